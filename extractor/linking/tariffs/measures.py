"""Doc -> measure mentions: each place where the article names a trade measure, with all that its sentence says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import SegmentKind, is_mute, segment_at
from extractor.entities.mention import Mention, mentions, smooth, span_of
from extractor.entities.terms import terms, words
from extractor.lexicon import table
from extractor.linking.references import References
from extractor.linking.tariffs.dates import Dates, dates_of
from extractor.linking.tariffs.laws import law_of, spread_laws
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.status import Standing, standing, starts
from extractor.linking.tariffs.units import Unit, units
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, EntityType, Instrument, MoneyValue, Rate, Status
from extractor.syntax import governor, subject


@dataclass(frozen=True)
class Measure:
    """One mention of a measure. Empty fields are what the sentence does not say."""

    unit: Unit
    imposer: Party | None
    targets: tuple[Party, ...]
    excluded: tuple[Party, ...]
    everyone: Span | None
    products: tuple[Mention, ...]
    instrument: Instrument
    standing: Standing
    dates: Dates
    trade_value: Mention | None
    law: Mention | None
    condition: tuple[str, Span] | None
    spans: tuple[Span, ...] = ()
    """The words that name what the measure is on."""
    inherited: frozenset[str] = field(default=frozenset())
    """Fields taken from an earlier mention."""

    @property
    def follows(self) -> bool:
        """Whether it only takes up a known measure (`the duties take effect on July 1`) and makes no record of its own."""
        return not _is_measure(self) and self.rate is None and self.standing.explicit and _is_definite(self)

    @property
    def rate(self) -> Rate | None:
        """The rate that the measure has or would have."""
        value = self.unit.rate.value if self.unit.rate else None
        return value if isinstance(value, Rate) else None

    @property
    def prior(self) -> Rate | None:
        """The rate that it replaces."""
        value = self.unit.prior.value if self.unit.prior else None
        return value if isinstance(value, Rate) else None


def find_measures(doc: Doc, references: References) -> list[Measure]:
    """All measure mentions of an article, in the order of the text, parties carried over where the text licenses it."""
    parties = Parties(doc, references)
    found: list[Measure] = []
    issuer = _issuer(doc, parties)
    for sentence in doc.sents:
        if is_mute(doc, sentence.start_char):
            continue
        if found and (start := _start_of_last(sentence)):
            found.append(replace(found[-1], dates=start, inherited=found[-1].inherited | {"dates"}))
        for unit in units(doc, sentence):
            measure = _sole_partner(_carried(_read(unit, parties), found, issuer), parties)
            found += [measure, *_matching(measure, parties)]
    found = [m for m in found if _is_measure(m) or m.follows]
    return spread_laws(doc, found, issuer.code if issuer else None)


def _start_of_last(sentence: Span) -> Dates | None:
    """`It will take effect on April 10`: a sentence without tariff word that dates the measure before."""
    if terms(sentence.doc, sentence):
        return None
    for verb in sentence:
        who = subject(verb) if verb.pos_ in {"VERB", "AUX"} and starts(verb) else None
        if who is None or who.lemma_.lower() not in lemmas("anaphora", "measures"):
            continue
        dated = [
            m for m in mentions(sentence.doc, EntityType.DATE, within=sentence) if governor(span_of(sentence.doc, m).root) == verb
        ]
        if dated:
            return Dates(effective=dated[0])
    return None


def _issuer(doc: Doc, parties: Parties) -> Party | None:
    """The government that a press release or order comes from: the first official or body it names."""
    opening = smooth(doc)[:RELEASE_OPENING].lower()
    if not any(phrase in opening for phrase in table("measures")["releases"]["openings"]):
        return None
    named = mentions(doc, EntityType.PERSON, EntityType.AGENCY)
    return next((p for m in named if (p := parties.of_mention(m)) is not None), None)


RELEASE_OPENING = 400
"""Characters in which a release says that it is one."""


def _read(unit: Unit, parties: Parties) -> Measure:
    verb = parties.verb(unit)
    imposer = parties.imposer(unit)
    targets, excluded, everyone = parties.targets(unit, imposer)
    spans = parties.bearing_spans(unit)
    dates = dates_of(unit, verb)
    return Measure(
        unit=unit,
        imposer=imposer,
        targets=tuple(targets),
        excluded=tuple(excluded),
        everyone=everyone,
        products=tuple(_products(unit, spans)),
        instrument=_instrument(unit),
        standing=_due(unit, standing(unit, verb)),
        dates=dates,
        trade_value=_trade_value(unit, spans),
        law=law_of(unit),
        condition=_condition(verb),
        spans=tuple(spans),
    )


def _sole_partner(measure: Measure, parties: Parties) -> Measure:
    """A rate without bearer takes the only other country of its sentence."""
    bare = (
        measure.rate is not None
        and not measure.targets
        and measure.everyone is None
        and not measure.products
        and not measure.excluded
    )
    if not bare or measure.imposer is None:
        return measure
    others = parties.only_other(measure.unit, measure.imposer)
    return replace(measure, targets=tuple(others), inherited=measure.inherited | {"targets"}) if others else measure


def _matching(measure: Measure, parties: Parties) -> Iterator[Measure]:
    """`Mexico would match U.S. tariffs on Chinese goods`: a measure of the subject's on the same goods."""
    verb = governor(measure.unit.head)
    if verb is None or verb.lemma_.lower() not in lemmas("roles", "matchers") or not measure.targets:
        return
    doer = parties.of_token(subject(verb))
    if doer is None or doer.code in {p.code for p in measure.targets} or (measure.imposer and doer.code == measure.imposer.code):
        return
    unit = replace(measure.unit, rate=None, prior=None)
    yield replace(measure, unit=unit, imposer=doer, standing=standing(unit, verb), inherited=frozenset())


def _due(unit: Unit, found: Standing) -> Standing:
    """`tariffs due on Tuesday`: decided, whatever is attempted against them."""
    if found.status not in {Status.THREATENED, Status.PROPOSED}:
        return found
    behind = unit.doc[unit.head.i + 1 : min(unit.head.i + 4, unit.sentence.end)]
    due = next((t for t in behind if t.lower_ == "due" and t.i + 1 < unit.sentence.end and t.nbor().lower_ != "to"), None)
    return replace(found, status=Status.ANNOUNCED, words=(due,), explicit=True) if due is not None else found


def _products(unit: Unit, spans: list[Span]) -> Iterator[Mention]:
    """Goods in the bearing phrases; else those that modify the term (`steel tariffs`); in a list item those before the rate."""
    found = [m for span in spans for m in mentions(unit.doc, EntityType.PRODUCT, within=span)]
    if not found and unit.term is not None:
        first = unit.doc[max(unit.sentence.start, unit.term.start - 2)].idx
        head = unit.doc[unit.term.head]
        found = [m for m in mentions(unit.doc, EntityType.PRODUCT, within=(first, head.idx)) if head.idx - m.end <= 25]
    segment = segment_at(unit.doc, unit.head.idx)
    if not found and segment and segment.kind is SegmentKind.LIST_ITEM and unit.rate:
        found = mentions(unit.doc, EntityType.PRODUCT, within=(segment.start, unit.rate.start))[:1]
    seen: list[Mention] = []
    for mention in found:
        if not any(o.start <= mention.start and mention.end <= o.end for o in seen):
            seen.append(mention)
            yield mention


def _instrument(unit: Unit) -> Instrument:
    if unit.term is not None and unit.term.noun == "de_minimis":
        return Instrument.DE_MINIMIS
    words = table("measures")["instruments"]
    low = unit.doc[max(unit.sentence.start, unit.start - 4) : min(unit.sentence.end, unit.head.i + 4)].text.lower()
    near = unit.doc[max(unit.sentence.start, (unit.term.start if unit.term else unit.start) - 2) : unit.head.i + 2].text.lower()
    for name in ("anti_dumping", "countervailing", "safeguard", "quota"):
        if any(word in near for word in words[name]):
            return Instrument(name)
    if any(word in low for word in words["export_duty"]):
        return Instrument.EXPORT_DUTY
    return Instrument.IMPORT_TARIFF


def _trade_value(unit: Unit, spans: list[Span]) -> Mention | None:
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


def _condition(verb: Token | None) -> tuple[str, Span] | None:
    """`if no deal is reached`, `unless …`, `until …`: a clause on the measure's verb or one above it."""
    current = verb
    for _ in range(4):
        if current is None:
            return None
        for child in current.children:
            if child.dep_ != "advcl":
                continue
            mark = next((c for c in child.children if c.dep_ == "mark" and c.lower_ in {"if", "unless", "until"}), None)
            if mark is not None:
                return mark.lower_, current.doc[child.left_edge.i : child.right_edge.i + 1]
        current = governor(current.head) if current.head.i != current.i and current.dep_ in {"xcomp", "ccomp", "conj"} else None
    return None


# ---------------------------------------------------------------- what an earlier sentence says


def _carried(measure: Measure, earlier: list[Measure], issuer: Party | None) -> Measure:
    """Fills imposer and targets from earlier mentions where the text licenses it. The imposer never becomes its own target."""
    inherited: set[str] = set()
    if measure.imposer is None:
        source = _imposer_source(measure, earlier)
        found = source.imposer if source else issuer
        if found is not None and found.code not in {p.code for p in measure.targets}:
            measure = replace(measure, imposer=found)
            inherited.add("imposer")
    if not measure.targets and measure.everyone is None and (source := _target_source(measure, earlier)):
        measure = replace(measure, targets=source.targets)
        inherited.add("targets")
    intro = _introduction(measure, earlier)
    if intro is not None:
        dates = measure.dates if measure.dates.effective else intro.dates
        measure = replace(measure, standing=intro.standing, dates=dates, law=measure.law or intro.law)
        if not measure.targets and intro.targets:
            measure = replace(measure, targets=intro.targets)
            inherited.add("targets")
    return replace(measure, inherited=frozenset(inherited))


def _imposer_source(measure: Measure, earlier: list[Measure]) -> Measure | None:
    """Whose imposer a mention without one takes.

    In this order: the unit before in the same sentence; an earlier mention of the same rate on no other partner; the nearest
    mention whose partners agree, if most of the article's measures have its imposer or it stands in the same segment.
    """
    own = {p.code for p in measure.targets}
    usable = [e for e in reversed(earlier) if e.imposer is not None and e.imposer.code not in own and _near(measure, e)]
    same_sentence = next((e for e in usable if e.unit.sentence.start == measure.unit.sentence.start), None)
    if same_sentence is not None:
        return same_sentence
    if measure.rate is not None:
        alike = [e for e in usable if e.rate is not None and e.rate.percent == measure.rate.percent]
        agreeing = [e for e in alike if not own or not e.targets or own & {p.code for p in e.targets}]
        if agreeing:
            return agreeing[0]
    counts = Counter(e.imposer.code for e in earlier if e.imposer is not None and "imposer" not in e.inherited)
    agreeing = [e for e in usable if own and own & {p.code for p in e.targets}]
    for candidate in (*agreeing, *usable):
        assert candidate.imposer is not None
        taken_up = _is_definite(measure) and _same_segment(measure, candidate)
        if counts[candidate.imposer.code] >= DOMINANT * max(1, sum(counts.values())) or taken_up:
            return candidate
    return None


DOMINANT = 0.66
"""Share of an article's stated imposers from which one may be taken over."""


def _target_source(measure: Measure, earlier: list[Measure]) -> Measure | None:
    """Whose targets a mention without any takes.

    The unit before in its sentence that goes on (`… and 10% on aluminium`), or for a term taken up again (`the tariffs`,
    `the 25% duty`) the nearest mention of the same imposer.
    """
    if measure.imposer is None or measure.instrument is Instrument.DE_MINIMIS:
        return None
    same = [
        e
        for e in reversed(earlier)
        if e.imposer is not None and e.imposer.code == measure.imposer.code and e.targets and _near(measure, e)
    ]
    for candidate in same:
        if (
            candidate.unit.sentence.start == measure.unit.sentence.start
            and measure.rate is not None
            and _goes_on(candidate, measure)
        ):
            return candidate
    definite = _is_definite(measure)
    if not definite or measure.products:
        return None
    if measure.rate is not None:
        same = [e for e in same if e.rate is None or e.rate.percent == measure.rate.percent]
    return same[0] if same else None


def _introduction(measure: Measure, earlier: list[Measure]) -> Measure | None:
    """The mention before a list, whose status and dates hold for bare items such as `Japan (25%)`."""
    if measure.unit.term is not None or measure.standing.explicit:
        return None
    outside = [e for e in reversed(earlier) if not _in_list(e) and _near(measure, e)]
    dated = [e for e in outside if e.dates.effective is not None and e.standing.explicit]
    return next(iter(dated or [e for e in outside if e.standing.explicit]), None) if _in_list(measure) else None


def _in_list(measure: Measure) -> bool:
    segment = segment_at(measure.unit.doc, measure.unit.head.idx)
    return segment is not None and segment.kind is SegmentKind.LIST_ITEM


def _goes_on(first: Measure, second: Measure) -> bool:
    """Whether a second unit goes on with the first: `25% on steel and 10% on aluminium`, `would double that to 20%`."""
    doc = first.unit.doc
    if any(
        t.lemma_.lower() in words("rate_context", "anaphors") and t.pos_ == "PRON"
        for t in doc[second.unit.start - 3 : second.unit.start]
    ):
        return True
    edge = span_of(doc, first.unit.rate).end if first.unit.rate else max(first.unit.head.i, first.unit.start)
    low, high = sorted((edge, second.unit.start))
    return not any(t.pos_ in {"VERB", "AUX"} and t.tag_ not in {"VBN", "VBG"} for t in doc[low:high])


def _is_definite(measure: Measure) -> bool:
    """Whether the term takes up a measure that is known: `the tariffs`, `those duties`, `its levies`."""
    first = measure.unit.head.left_edge.i
    lead = measure.unit.doc[first : measure.unit.head.i]
    if any(t.lower_ in lemmas("anaphora", "determiners") for t in lead):
        return True
    return any(t.lower_ in lemmas("anaphora", "goods_determiners") for span in measure.spans for t in span)


def _same_segment(measure: Measure, other: Measure) -> bool:
    doc = measure.unit.doc
    return segment_at(doc, measure.unit.head.idx) == segment_at(doc, other.unit.head.idx)


NEAR = 1500
"""Characters within which an imposer is carried over: a few paragraphs of news."""


def _near(measure: Measure, other: Measure) -> bool:
    return measure.unit.head.idx - other.unit.head.idx <= NEAR


CHANGES = frozenset({Action.SUSPEND, Action.DELAY, Action.RESTORE})
"""Actions that speak of one known measure even where its goods and partners are not named: `Trump paused the tariffs`."""


def _is_measure(measure: Measure) -> bool:
    """Whether a mention is a measure rather than a general remark.

    A rate needs an imposer or a target; without a rate, imposer and a target or product must be named in the sentence itself.
    """
    if measure.rate is not None:
        return bool(measure.imposer or measure.targets or (measure.products and measure.spans))
    if measure.imposer is None or "imposer" in measure.inherited:
        return False
    changes = measure.standing.explicit and measure.standing.action in CHANGES
    return bool(measure.targets or measure.products or (measure.everyone is not None) or changes)
