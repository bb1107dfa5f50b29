"""Which goods a measure is on: those of its own phrase, of what its rate stands with, of the list that it announces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, make_mention, mentions, smooth, span_of
from extractor.entities.product_words import lemma
from extractor.entities.product_words import words as goods_words
from extractor.lexicon import table
from extractor.linking.tariffs.phrases import in_clause, phrase_of
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import EntityType, MoneyValue, ProductValue
from extractor.syntax import governor, objects, subject


def goods_of(unit: Unit, spans: Sequence[Span]) -> list[Mention]:
    """The goods of a measure, in the order of the text; none where the sentence says none, or goods of every kind."""
    if shared := _respectively(unit):
        return [shared]
    others = _of_other_rates(unit)
    for found in _candidates(unit, spans):
        if own := _distinct(m for m in found if m not in others):
            return own
    return []


def _candidates(unit: Unit, spans: Sequence[Span]) -> Iterator[list[Mention]]:
    """Goods by place, the surest first."""
    if unit.rate is not None and (run := _before_rate(unit.doc, unit.prior if _is_first(unit) else unit.rate)):
        yield run
    if unit.rate is not None and (run := _after_rate(unit)):
        yield run
    yield [m for span in spans for m in _within(span)]
    yield _modifying(unit)
    yield _in_list_item(unit)
    yield [m for span in _parts_of_clause(unit) for m in _within(span)]
    yield _listed(unit, spans)
    yield _taken_up(unit, spans)
    if unit.rate is not None:
        yield _counted(spans)


def _is_first(unit: Unit) -> bool:
    return unit.prior is not None and unit.rate is not None and unit.prior.start < unit.rate.start


def _distinct(found: Iterable[Mention]) -> list[Mention]:
    """Each mention once, none that lies in another."""
    out: list[Mention] = []
    for mention in found:
        if not any(o.start <= mention.start and mention.end <= o.end for o in out):
            out.append(mention)
    return out


# ---------------------------------------------------------------- the measure's own phrases


def _within(span: Span) -> list[Mention]:
    """Goods of a bearing phrase; not those it takes out, nor what its people and countries deal in."""
    stop = _exception(span)
    found = mentions(span.doc, EntityType.PRODUCT, within=span)
    return [m for m in found if m.start < stop and not in_clause(span_of(span.doc, m).root, span)]


def _exception(span: Span) -> int:
    """Where a phrase begins to take goods out: `all farm goods except rice`."""
    starts = [t.idx for t in span if t.lower_ in lemmas("parties", "exceptions")]
    lowered = span.text.lower()
    for phrase in table("measures")["parties"]["exception_phrases"]:
        if (at := lowered.find(phrase)) >= 0:
            starts.append(span.start_char + at)
    return min(starts, default=span.end_char)


def _modifying(unit: Unit) -> list[Mention]:
    """`steel tariffs`, `Trump's steel and aluminium tariffs`."""
    if unit.term is None or unit.shared:
        return []
    first = unit.doc[max(unit.sentence.start, unit.term.start - 2)].idx
    head = unit.doc[unit.term.head]
    return [m for m in mentions(unit.doc, EntityType.PRODUCT, within=(first, head.idx)) if head.idx - m.end <= NEAR_TERM]


NEAR_TERM = 25
"""Characters between goods and the term that they modify."""


def _in_list_item(unit: Unit) -> list[Mention]:
    """`Walnuts: 45%`, `45%: walnuts`: what an item of a list says before its rate, else after it."""
    segment = segment_at(unit.doc, unit.head.idx)
    if segment is None or segment.kind is not SegmentKind.LIST_ITEM or unit.rate is None:
        return []
    before = mentions(unit.doc, EntityType.PRODUCT, within=(segment.start, unit.rate.start))
    last = unit.doc[unit.end - 1]
    return before or mentions(unit.doc, EntityType.PRODUCT, within=(unit.rate.end, min(segment.end, last.idx + len(last))))


def _parts_of_clause(unit: Unit) -> Iterator[Span]:
    """Subject and object of the rate's clause: `Wheat shippers pay 20%`, `kits come in at zero`, `lets lamps in at 5%`."""
    if unit.rate is None:
        return
    verb = governor(span_of(unit.doc, unit.rate).root)
    if verb is None or not unit.sentence.start <= verb.i < unit.sentence.end:
        return
    who = subject(verb)
    if who is not None and who.i not in {unit.head.i} and who.pos_ != "PROPN" and _bears(verb):
        yield phrase_of(who)
    for noun in objects(verb):
        if noun.i != unit.head.i and noun.pos_ == "NOUN":
            yield phrase_of(noun)

    if verb.dep_ == "relcl":  # `lamps, where it has imposed 20% duties`, `a list of goods on which it could levy 25%`
        yield unit.doc[verb.head.left_edge.i : verb.left_edge.i]
    for child in (*verb.children, *unit.head.children):  # `added 10% to American lamps`
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to" and verb.lemma_.lower() in {"add", "apply"}:
            yield phrase_of(child)


def _bears(verb: Token) -> bool:
    listed = goods_words("trade", "bearing") | goods_words("trade", "charging")
    return verb.lemma_.lower() in listed or verb.lemma_ == "be"


# ---------------------------------------------------------------- several rates in a sentence

_LEAD = re.compile(
    r"[ ,:(–—-]*(?:(?:at|to|by|of|from|for|with|pays?|pay|face|faces|attracts?|was|is|are|were|on|by|up|rises?|goes|go) ?)*"
    r"(?:(?:a|an|the|about|around|up to|only|just|new|additional|extra) )*[ (]*"
)
_JOINS = re.compile(r"(?:,|,? and|,? or|,? as well as|/)(?: (?:other|the|some|certain|on|[A-Z][a-z]+))* *")
_GOES_ON = re.compile(r"(?: ?\([^()]{0,30}\))? (?:(?:tariff|duty|levy|tax|rate)s? )?(?:on|upon|for) ")


def _before_rate(doc: Doc, rate: Mention | None) -> list[Mention]:
    """`steel at 50%`, `on copra at 17 pct`, `walnuts 5%`: the list of goods that a rate directly follows."""
    if rate is None or _GOES_ON.match(smooth(doc)[rate.end : rate.end + 60]):
        return []
    text = smooth(doc)
    sentence = span_of(doc, rate).root.sent
    found = mentions(doc, EntityType.PRODUCT, within=(sentence.start_char, rate.start))
    if not found or not _LEAD.fullmatch(text[found[-1].end : rate.start]):
        return []
    return _list_that_ends(found, text)


def _list_that_ends(found: Sequence[Mention], text: str) -> list[Mention]:
    """The last of some goods with those that a list joins to it: `steel, copper and zinc`."""
    run = list(found[-1:])
    for mention in reversed(found[:-1]):
        if not _JOINS.fullmatch(text[mention.end : run[0].start]):
            break
        run.insert(0, mention)
    return run


def _after_rate(unit: Unit) -> list[Mention]:
    """`100% on certain autos`, `raise to 30%, from 20%, the tax on polyethylene`: the list that directly follows a rate."""
    assert unit.rate is not None
    last = max(unit.rate.end, unit.prior.end if unit.prior else 0)
    text = smooth(unit.doc)
    found = _ON_GOODS.match(text, last)
    if found is None or found.end() > unit.doc[unit.end - 1].idx + len(unit.doc[unit.end - 1]):
        return []
    goods = mentions(unit.doc, EntityType.PRODUCT, within=(found.end(), unit.sentence.end_char))
    if not goods or not _BEFORE_GOODS.fullmatch(text[found.end() : goods[0].start]):
        return []
    run = [goods[0]]
    for mention in goods[1:]:
        if not _JOINS.fullmatch(text[run[-1].end : mention.start]):
            break
        run.append(mention)
    return run


_ON_GOODS = re.compile(
    r"(?: ?\([^()]{0,30}\))?,? (?:(?:the|its|a|an|their)? ?(?:[a-z]+ ){0,3}"
    r"(?:tariff|duty|levy|tax|rate|tariffs|duties|levies|taxes) )?(?:on|upon|for) "
)
_BEFORE_GOODS = re.compile(r"(?:[A-Za-z.-]{1,40}(?:'s)? ){0,3}")


def _of_other_rates(unit: Unit) -> set[Mention]:
    """Goods in the sentence that another rate follows."""
    out: set[Mention] = set()
    own = [m for m in (unit.rate, unit.prior) if m is not None]
    for rate in mentions(unit.doc, EntityType.RATE, within=unit.sentence):
        if not any(m.start <= rate.start < m.end or rate.start <= m.start < rate.end for m in own):
            out.update(_before_rate(unit.doc, rate))
    return out


def _respectively(unit: Unit) -> Mention | None:
    """`on steel and aluminium, to 50% and 20% respectively`: the goods that stand where the rate does."""
    if unit.rate is None or not any(t.lower_ == "respectively" for t in unit.sentence):
        return None
    rates = mentions(unit.doc, EntityType.RATE, within=unit.sentence)
    goods = mentions(unit.doc, EntityType.PRODUCT, within=unit.sentence)
    at = next((i for i, r in enumerate(rates) if r.start <= unit.rate.start < r.end), None)
    return goods[at] if at is not None and len(rates) == len(goods) > 1 else None


# ---------------------------------------------------------------- lists


def _listed(unit: Unit, spans: Sequence[Span]) -> list[Mention]:
    """`on 128 products, including pork and fruit`; `They include …` in the next sentence."""
    if not any(says_goods(span) for span in spans):
        return []
    last = spans[-1].end
    for token in unit.doc[last : unit.end]:
        if token.lower_ in LEADS_LIST:
            return mentions(unit.doc, EntityType.PRODUCT, within=unit.doc[token.i : unit.end])
    following, first = _sentence_after(unit.sentence), True
    for _ in range(2):
        if following is None or mentions(unit.doc, EntityType.RATE, within=following):
            return []
        verb, who = following.root, subject(following.root)
        lists = verb.lemma_.lower() in goods_words("trade", "listing") | {"range"}
        if lists and who is not None and ((who.lower_ in PRONOUNS and first) or lemma(who) in goods_words("trade", "lists")):
            return mentions(unit.doc, EntityType.PRODUCT, within=unit.doc[verb.i : following.end])
        following, first = _sentence_after(following), False
    return []


def _taken_up(unit: Unit, spans: Sequence[Span]) -> list[Mention]:
    """`opened a case on kayaks and put a 53% duty on them`: what a pronoun in the bearing phrase takes up."""
    taking = next((t for span in spans for t in span if t.lower_ in TAKES_UP and t.i <= span.start + 1), None)
    if taking is None or (taking.i + 1 < len(unit.doc) and taking.nbor().pos_ in {"NOUN", "ADJ", "NUM", "PROPN"}):
        return []
    before = unit.doc[unit.sentence.start - 1].sent.start if unit.sentence.start else 0
    return _list_that_ends(mentions(unit.doc, EntityType.PRODUCT, within=unit.doc[before : taking.i]), smooth(unit.doc))


TAKES_UP = frozenset({"them", "it", "these", "those", "both", "each", "either"})
_COUNT = re.compile(
    r"\b(?:\d[\d,]{0,20}|dozens of|hundreds of|thousands of) (?:[A-Za-z][\w.-]{0,40} ){0,4}?"
    r"(?:products|items|goods|categories|lines|commodities)\b"
)


MONEY = re.compile(r"\b(?:billion|million|trillion|bln|mln|trln|dollars|euros|worth|bn|percent|pct|years?|days|months)\b")


def _counted(spans: Sequence[Span]) -> list[Mention]:
    """`on 28 U.S. products`: goods that are some, counted and not told."""
    for span in spans:
        found = _COUNT.search(smooth(span.doc)[span.start_char : span.end_char])
        if found and (area := span.doc.char_span(span.start_char + found.start(), span.start_char + found.end())) is not None:
            if mentions(span.doc, EntityType.MONEY, within=(area.start_char - 2, area.end_char)) or MONEY.search(area.text):
                continue
            value = ProductValue(text=area.text)
            return [make_mention(span.doc, EntityType.PRODUCT, area.start_char, area.end_char, area.text.lower(), value)]
    return []


LEADS_LIST = frozenset({"including", "such", "notably", "like", "among", "namely", "from", "covering"})
PRONOUNS = frozenset({"they", "these", "those", "it", "among"})


def _sentence_after(sentence: Span) -> Span | None:
    doc, end = sentence.doc, sentence.end
    while end < len(doc) and doc[end].is_space:
        end += 1
    return doc[end].sent if end < len(doc) else None


def says_goods(span: Span) -> bool:
    """Whether a phrase speaks of goods without saying which: `128 U.S. products`, `Chinese imports`."""
    return any(lemma(t) in goods_words("open", "unnamed") for t in span)


# ---------------------------------------------------------------- amounts


def trade_value(unit: Unit, spans: Sequence[Span]) -> Mention | None:
    """`tariffs on $34bn of Chinese goods`: an amount of money in the bearing phrase that goods follow."""
    for span in spans:
        for mention in mentions(unit.doc, EntityType.MONEY, within=span):
            if not isinstance(mention.value, MoneyValue) or mention.value.amount < 1_000_000:
                continue
            after = smooth(unit.doc)[mention.end : mention.end + 16].lower().lstrip(" -")
            before = smooth(unit.doc)[max(0, mention.start - 16) : mention.start]
            of_country = mentions(unit.doc, EntityType.COUNTRY, within=(mention.end, mention.end + 24))
            adjoins = bool(of_country) and of_country[0].start - mention.end <= 2
            if after.startswith(("of ", "in ", "worth ")) or adjoins or "worth" in before:
                return mention
    return None
