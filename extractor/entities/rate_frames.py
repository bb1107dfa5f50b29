"""Frames that make a percentage a rate of duty in a sentence that names no measure.

`Copper will be charged 25 pct`, `25% on toys`, `the rate goes to 50%`, `sunflower oil at 11 pct (16 pct)`, `they had asked for 20 pct`.
Each frame needs an article about measures of trade, and most need a measure or a rate shortly before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import mention_at, mentions, smooth
from extractor.entities.products import Product, plural
from extractor.entities.terms import all_terms, terms
from extractor.lexicon import entries, table
from extractor.records import EntityType
from extractor.syntax import governor, is_passive, objects, subject

VERY_NEAR, NEAR, FAR = 300, 1000, 4000
"""Characters before a percentage within which a measure or a rate must have been named."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A percentage, or several that are joined, and the ends (characters) of the rates found before it."""

    doc: Doc
    span: Span
    accepted: Sequence[int]

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.span.start_char

    @property
    def before(self) -> Span:
        """The sentence up to it."""
        return self.doc[self.span.sent.start : self.span.start]

    @property
    def after(self) -> Token | None:
        """The token that follows it in its sentence."""
        return self.doc[self.span.end] if self.span.end < self.span.sent.end else None

    def follows_rate(self, within: int) -> bool:
        """Whether a rate stands at most so many characters before it."""
        return bool(self.accepted) and self.start - self.accepted[-1] <= within

    def follows_measure(self, within: int) -> bool:
        """Whether a rate or the name of a measure stands at most so many characters before it."""
        reach = min(self.start, _list_start(self.doc, self.start)) - within
        return any(end >= reach for end in self.accepted[-1:]) or any(
            reach <= self.doc[t.head].idx < self.start for t in terms(self.doc)
        )


@cache
def frame_words(section: str, name: str) -> frozenset[str]:
    """A word list of `rate_frames.toml`."""
    return frozenset(table("rate_frames")[section][name])


def is_surely_framed(spot: Spot) -> bool:
    """Whether the words right beside the percentage make it a rate, whatever the rest of the sentence says."""
    return bool(terms(spot.doc)) and any(frame(spot) for frame in SURE_FRAMES)


def is_framed(spot: Spot) -> bool:
    """Whether a frame makes the percentage a rate though its clause names no measure."""
    if not terms(spot.doc):
        return False
    return any(frame(spot) for frame in FRAMES)


# ---------------------------------------------------------------- what a word may be


@cache
def _goods() -> frozenset[str]:
    """The last words of all names of goods."""
    names = [n for p in entries("products", Product) for n in (p.name, *p.aliases, p.plural or p.name)]
    heads = {n.split()[-1].lower() for n in names}
    return frozenset({*heads, *(plural(h) for h in heads), "goods", "imports", "products", "items", "everything"})


def _kind(token: Token) -> str:
    """`rate`, `pronoun`, `quantity`, `goods` or `other`: what a subject or object names."""
    lemma = token.lemma_.lower()
    if any(t.start <= token.i < t.end and t.sense == "trade" for t in all_terms(token.sent)):
        return "rate"
    modifiers = {c.lower_ for c in token.lefts}
    if lemma in frame_words("nouns", "rates"):
        return "quantity" if modifiers & frame_words("nouns", "other_rates") else "rate"
    if token.pos_ == "PRON" or token.lower_ in {"that", "this", "these", "those", "which"}:
        return "pronoun"
    if lemma in frame_words("nouns", "quantities") and token.lower_ not in {
        "imports",
        "exports",
        "import",
        "export",
        "shipments",
    }:
        return "quantity"
    if token.lower_ in _goods() or mention_at(token.doc, token, EntityType.COUNTRY, EntityType.GROUP):
        return "goods"
    return "other"


def _has_quantity(span: Span) -> bool:
    return any(t.lemma_.lower() in frame_words("nouns", "quantities") and t.pos_ in {"NOUN", "PROPN"} for t in span)


_BOUNDARY = frozenset({";", ":", "(", ")", "while", "but", "although", "though", "whereas", "because"})


def _clause(spot: Spot) -> Span:
    """The percentage's surroundings between semicolons, brackets and conjunctions of contrast."""
    sentence = spot.span.sent
    start = next((t.i + 1 for t in reversed(list(spot.before)) if t.lower_ in _BOUNDARY), sentence.start)
    end = next((t.i for t in spot.doc[spot.span.end : sentence.end] if t.lower_ in _BOUNDARY), sentence.end)
    return spot.doc[start:end]


BASE = re.compile(
    r"of the (?:(?:customs|declared|dutiable|invoice|import|imported|total|c\.?i\.?f\.?|f\.?o\.?b\.?|export|market|full|net|assessed|transaction) )*"
    r"(?:value|price|cost, insurance|cif\b|fob\b|c\.i\.f|f\.o\.b)",
    re.IGNORECASE,
)
"""What a rate is taken of."""


def is_bare(spot: Spot) -> bool:
    """Whether no noun follows that the percentage would measure."""
    after = spot.after
    return (
        after is None
        or bool(BASE.match(smooth(spot.doc), after.idx))
        or not (after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or after.lower_ == "of")
    )


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before the number, qualifiers aside: the word, and the preposition between the two."""

    word: Token | None
    preposition: Token | None


def _lead(spot: Spot) -> _Lead:
    preposition = None
    for token in reversed(list(spot.before)[-9:]):
        if preposition is None and token.lower_ in {"at", "to", "with", "for", "on", "from", "between", "of", "by", "in"}:
            preposition = token
        elif token.lower_ not in frame_words("cues", "lead") and not token.is_quote and token.text not in {",", "-"}:
            return _Lead(token, preposition)
    return _Lead(None, preposition)


_VERBAL = frozenset({"subject", "liable", "dutiable", "down", "pay", "pays", "face", "faces", "owe", "owes"})


def _verb(spot: Spot, lead: _Lead) -> Token | None:
    """The verb (or "subject", "liable") that the percentage hangs on."""
    word = lead.word
    if word is not None and (word.pos_ in {"VERB", "AUX"} or word.lower_ in _VERBAL):
        return word
    return governor(lead.preposition if lead.preposition is not None else spot.span.root)


def _affected(verb: Token, span: Span) -> list[Token]:
    """What the verb says a rate of: its objects, or its subject where it has none."""
    if verb.pos_ == "ADJ" or verb.dep_ in {"acomp", "oprd"}:
        verb = verb.head
    found = [t for t in objects(verb) if t.i not in range(span.start, span.end)]
    if is_passive(verb) or not found:
        who = subject(verb)
        return [*found, who] if who is not None and who.i not in range(span.start, span.end) else found
    return found


def _is_of_quantity(verb: Token, span: Span) -> bool:
    """Whether what the verb speaks of, or who acts, is another quantity or a lender."""
    who = subject(verb)
    return any(_kind(t) == "quantity" for t in [*_affected(verb, span), *([who] if who is not None else [])])


# ---------------------------------------------------------------- the frames


def _on_goods(spot: Spot) -> bool:
    """`25% on disposable supplies`, `put 25% ad valorem on boats`."""
    at = spot.span.end
    sentence = spot.span.sent
    while at < sentence.end and spot.doc[at].lower_ in {"ad", "valorem", "duty", "more", "extra"}:
        at += 1
    if at + 1 >= sentence.end or spot.doc[at].lower_ not in {"on", "upon"}:
        return False
    verb = _verb(spot, _lead(spot))
    if verb is not None and (verb.lemma_.lower() in frame_words("verbs", "spending") or _is_of_quantity(verb, spot.span)):
        return False
    head = next((c for c in spot.doc[at].children if c.dep_ == "pobj"), spot.doc[at + 1])
    noun = spot.doc[at + 1] if head.i >= sentence.end else head
    if noun.lemma_.lower() in frame_words("nouns", "not_goods") or mention_at(spot.doc, noun, EntityType.DATE, EntityType.MONEY):
        return False
    return spot.follows_measure(FAR) or _kind(noun) == "goods"


def _paid(spot: Spot) -> bool:
    """`Copper pays 25 pct`, `Korean firms will pay from 4.1% to 9.75%`, `Canada added 10% to American tackle`."""
    lead = _lead(spot)
    verb = _verb(spot, lead)
    if verb is None or not is_bare(spot):
        return False
    if lead.preposition is not None and lead.preposition.lower_ not in {"from", "between", "of", "on", "to"}:
        return False
    if lead.preposition is not None and lead.preposition.lower_ == "to" and "up" not in {t.lower_ for t in spot.before[-4:]}:
        return False
    if verb.i != (lead.word.i if lead.word is not None else -1):
        return False
    if verb.lemma_.lower() in frame_words("verbs", "direct"):
        return not _is_of_quantity(verb, spot.span) and spot.follows_measure(FAR)
    onto = spot.after is not None and spot.after.lower_ in {"to", "on"}
    return verb.lemma_.lower() == "add" and onto and spot.follows_measure(FAR)


def _charged(spot: Spot) -> bool:
    """`will be taxed at 10 percent`, `held to 15%`, `subject to 25%`, `hit with 26%`, `25 pct will be charged on toys`."""
    lead = _lead(spot)
    verb = _verb(spot, lead)
    if verb is None or not is_bare(spot) or not spot.follows_measure(FAR):
        return False
    passive = governor(spot.span.root)
    if passive is not None and passive.i > spot.span.end and is_passive(passive) and subject(passive) is not None:
        mine = subject(passive)
        if mine is not None and mine.i in range(spot.span.start, spot.span.end):
            return passive.lemma_.lower() in frame_words("verbs", "direct") | frame_words("verbs", "charging")
    if lead.preposition is None or lead.preposition.lower_ not in {"at", "to", "with", "from", "between"}:
        return False
    if verb.lemma_.lower() not in frame_words("verbs", "charging"):
        return False
    return not _is_of_quantity(verb, spot.span)


def _moved(spot: Spot) -> bool:
    """`the rate goes to 50%`, `bring it to 50%`, `furniture moves to 35 per cent`, `the extra became 25%`."""
    lead = _lead(spot)
    verb = _verb(spot, lead)
    if verb is None or not is_bare(spot):
        return False
    points = "point" in spot.span.text and lead.preposition is not None and lead.preposition.lower_ == "by"
    if points and verb.lemma_.lower() in frame_words("verbs", "moving"):
        return spot.follows_measure(NEAR) and not _is_of_quantity(verb, spot.span)
    if verb.lemma_.lower() not in frame_words("verbs", "moving") and verb.lower_ != "down":
        return False
    preposition = lead.preposition.lower_ if lead.preposition is not None else ""
    if not preposition and verb.lemma_.lower() not in {
        "be",
        "become",
        "reach",
        "hit",
        "total",
        "remain",
        "stay",
        "exceed",
        "top",
    }:
        return False
    if preposition in {"of", "by", "in", "with"}:
        return False
    affected = _affected(verb, spot.span)
    if not affected and lead.word is not None and lead.word.pos_ in {"NOUN", "PROPN", "PRON"}:
        affected = [lead.word]
    kinds = {_kind(t) for t in affected}
    if not kinds or "quantity" in kinds or _is_of_quantity(verb, spot.span):
        return False
    if "rate" in kinds:
        return spot.follows_measure(NEAR)
    if "pronoun" in kinds:
        return spot.follows_measure(VERY_NEAR) and not _has_quantity(_clause(spot))
    return "goods" in kinds and preposition in {"to", "at", "on", "for", "from", "between"} and spot.follows_measure(NEAR)


def _of_rate(spot: Spot) -> bool:
    """`a rate of 25 per cent`, `the ceiling of 25%`, `a fourth band, of 30, 33 or 35 per cent`."""
    lead = _lead(spot)
    word = lead.word
    if word is None or lead.preposition is None or word.pos_ not in {"NOUN", "PROPN"}:
        return False
    names = frame_words("nouns", "rates") - frame_words("nouns", "moved_only") | {"level", "maximum", "minimum"}
    preposition = lead.preposition.lower_
    if preposition == "of" and any(t.lower_ == "band" for t in spot.before[-8:]):
        return spot.follows_measure(FAR)
    if preposition in {"to", "from"}:
        others = {t.lower_ for t in spot.before} & (
            frame_words("nouns", "other_rates") - {"trade", "export", "market", "base", "key"}
        )
        return (
            word.lemma_.lower() in frame_words("nouns", "rates")
            and not others
            and is_bare(spot)
            and spot.follows_measure(VERY_NEAR)
        )
    return preposition in {"of", "at"} and word.lemma_.lower() in names and _kind(word) == "rate" and spot.follows_measure(FAR)


def _named_rate(spot: Spot) -> bool:
    """`the 39% rate`, `a 15% ceiling`, `a 10% deal`, `a 10% "baseline"`."""
    names = frame_words("nouns", "rates") - frame_words("nouns", "moved_only")
    for token in spot.doc[spot.span.end : min(spot.span.end + 4, spot.span.sent.end)]:
        if token.is_quote or token.pos_ == "ADJ" or token.lower_ in {"tariff", "reciprocal", "country-wide"}:
            continue
        if token.lower_ in frame_words("nouns", "other_rates") and token.lower_ not in names:
            return False
        following = token.nbor().lower_ if token.i + 1 < len(spot.doc) else ""
        return token.lemma_.lower() in names and following != "of" and spot.follows_measure(FAR)
    return False


def _bracketed(spot: Spot) -> bool:
    """`at 11 pct (16 pct)`, `17 pct (now 26 pct)`, `passenger vehicles (up from 20%)`, `Japan (25%)`."""
    text = smooth(spot.doc)
    opening = text.rfind("(", max(0, spot.start - 30), spot.start)
    if opening < 0 or text[opening + 1 : spot.start].strip().lower() not in frame_words("cues", "bracketed"):
        return False
    if not re.match(r"[^()]{0,40}\)", text[spot.span.end_char : spot.span.end_char + 42]):
        return False
    if spot.follows_rate(0) or (spot.accepted and not text[spot.accepted[-1] : opening].strip()):
        return True
    holder = spot.doc.char_span(opening, opening + 1, alignment_mode="expand")
    if holder is None or holder.start == 0:
        return False
    word = spot.doc[holder.start - 1]
    worded = text[opening + 1 : spot.start].strip()
    if _has_quantity(spot.before) or not (word.pos_ in {"NOUN", "PROPN"} or _kind(word) == "goods"):
        return False
    return spot.follows_rate(NEAR) if worded else spot.follows_rate(VERY_NEAR) and _kind(word) in {"goods", "other"}


_COMPARING = tuple(sorted(table("rate_frames")["cues"]["comparing"], key=len, reverse=True))


def _compared(spot: Spot) -> bool:
    """`25 pct from Wednesday, down from 50 pct`, `20 pct, against 15 pct until July`: goes on from a rate of the sentence."""
    sentence = spot.span.sent
    if not spot.accepted or spot.accepted[-1] <= sentence.start_char:
        return False
    between = smooth(spot.doc)[spot.accepted[-1] : spot.start].lower().rstrip(" ~$")
    if len(between) > 120 or ";" in between:
        return False
    cue = next((c for c in _COMPARING if re.search(rf"(?<![a-z]){re.escape(c)}$", between)), None)
    gap = spot.doc.char_span(spot.accepted[-1], spot.start, alignment_mode="contract")
    return cue is not None and is_bare(spot) and not (gap is not None and _has_quantity(gap))


def _wanted(spot: Spot) -> bool:
    """`they had asked for 20 pct`, `Minsk pushed for 20 percent`, `expected 15%`: where rates are what is talked of."""
    lead = _lead(spot)
    verb = lead.word
    if verb is None or verb.lemma_.lower() not in frame_words("verbs", "wanting") or not is_bare(spot):
        return False
    if spot.after is not None and spot.after.lower_ in {"more", "less", "off", "who", "growth"}:
        return False
    return spot.follows_measure(NEAR) and not _has_quantity(_clause(spot)) and not _is_of_quantity(verb, spot.span)


def _another(spot: Spot) -> bool:
    """`Then came an extra 10%`, `a straight 35% on all flat products`."""
    last = spot.before[-1].lower_ if len(spot.before) else ""
    if last not in frame_words("cues", "additional") or not is_bare(spot):
        return False
    return spot.follows_measure(VERY_NEAR) and not _has_quantity(_clause(spot))


def _agreed(spot: Spot) -> bool:
    """`double the 25% they have paid`, `the 10% imposed in April`."""
    if not len(spot.before) or spot.before[-1].lower_ not in {"the", "that"}:
        return False
    clauses = [c for t in spot.span for c in t.children if c.dep_ in {"acl", "relcl"} and c.i >= spot.span.end]
    return any(c.lemma_.lower() in frame_words("verbs", "agreed") for c in clauses) and spot.follows_measure(NEAR)


_PER_UNIT = re.compile(
    r"(?:\ban?|\bper|/)\s?\w{1,12}(?: \w{1,12})?,? plus (?:an? )?(?:further |additional |extra )?$", re.IGNORECASE
)


def _plus(spot: Spot) -> bool:
    """`25 cents a kilo plus 5%`: an amount per unit stands before it."""
    near = smooth(spot.doc)[max(0, spot.start - 40) : spot.start]
    money = mentions(spot.doc, EntityType.MONEY, within=(max(0, spot.start - 60), spot.start))
    return bool(money) and _PER_UNIT.search(near) is not None


def _at_its_rate(spot: Spot) -> bool:
    """`an exemption for corn from Laos, at 0 percent, is …`: at with a percentage, and no quantity beside it."""
    last = spot.before[-1].lower_ if len(spot.before) else ""
    closed = (
        spot.after is None or spot.after.is_punct or spot.after.lower_ in {"or", "and", "from", "ad", "since", "until", "for"}
    )
    if last != "at" or not closed or _has_quantity(_clause(spot)):
        return False
    verb = governor(spot.before[-1])
    if verb is not None and verb.lemma_.lower() in {"close", "trade", "estimate", "end", "open", "value", "grow", "run"}:
        return False
    return spot.follows_measure(NEAR)


# ---------------------------------------------------------------- lists


_ROW = re.compile(r"^\W*(?:\(?[a-z0-9]{1,3}[.)]\s)?\W*")


def _listed(spot: Spot) -> bool:
    """`- 45% on walnuts, up from 15%`, `flaxseed: 5%`, `Oman: Al Batinah Wire, 6.31%`, `(a) 24 percent ad valorem for …`."""
    row = _row(spot)
    if row is None:
        return False
    start, end = row
    text = smooth(spot.doc)
    lead = text[start : spot.start]
    words = spot.doc.char_span(start, end, alignment_mode="expand")
    if words is None or any(t.lemma_.lower() in frame_words("rows", "quantities") and t.pos_ != "VERB" for t in words):
        return False
    if _ROW.fullmatch(lead):
        after = spot.after
        return (
            after is None
            or after.is_punct
            or after.lower_ in {"on", "for", "ad", "from", "to", "tariff", "duty", "if", "until", "in", "rate"}
        )
    verbs = spot.doc.char_span(start, spot.start, alignment_mode="contract")
    if verbs is not None and any(_is_clause(t) for t in verbs):
        return False
    return bool(re.search(r"[:,(=|]\s*$|\s[-–—]\s*$|\b(?:at|to|from|of|is|up)\s$|\s{2,}$|\t$", lead))


def _is_clause(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)


def _row(spot: Spot) -> tuple[int, int] | None:
    """The list item or short line that the percentage stands in, when what introduces the list names a measure or a rate."""
    segment = segment_at(spot.doc, spot.start)
    if segment is None:
        return None
    text = smooth(spot.doc)[segment.start : segment.end]
    short = len(text.split()) <= 14 and not re.search(r"[.!?]$", text) and segment.kind is not SegmentKind.TITLE
    marked = segment.kind is SegmentKind.LIST_ITEM or re.match(r"\(?[a-z0-9]{1,2}[.)]\s", text)
    if not (marked or short):
        return None
    return (segment.start, segment.end) if _introduced(spot.doc, segment.start) else None


def _list_start(doc: Doc, at: int) -> int:
    """Where the list begins that the character lies in; the character itself outside of lists."""
    segments = [s for s in doc._.segments if s.start <= at]
    start = at
    while segments and segments[-1].kind is SegmentKind.LIST_ITEM:
        start = segments.pop().start
    return start


def _introduced(doc: Doc, start: int) -> bool:
    """Whether the three segments before a list, or its own earlier items, name a measure."""
    earlier = [s for s in doc._.segments if s.end <= start]
    while earlier and (earlier[-1].kind is SegmentKind.LIST_ITEM or _is_row(doc, earlier[-1].start, earlier[-1].end)):
        earlier.pop()
    opening = earlier[max(0, len(earlier) - 3)].start if earlier else 0
    if any(opening <= doc[t.head].idx < start for t in terms(doc)):
        return True
    lead = smooth(doc)[opening:start].lower().rstrip()
    if lead.endswith(":") and any(t.head < len(doc) and start - FAR <= doc[t.head].idx < start for t in terms(doc)):
        return not re.search(r"\b(?:share|growth|poll|forecast|exports?|statistics|figures)\b", lead[-150:])
    return bool(re.search(r"\brates?\b|\btaxed\b|\btiers?\b|\bmargins?\b|\bincreases?\b", lead[-300:]))


def _is_row(doc: Doc, start: int, end: int) -> bool:
    text = smooth(doc)[start:end]
    return len(text.split()) <= 14 and re.search(r"\d\s?(?:%|per|pct|pc)", text) is not None and not text.endswith(".")


FRAMES = (
    _listed,
    _bracketed,
    _compared,
    _on_goods,
    _paid,
    _charged,
    _moved,
    _wanted,
    _another,
    _agreed,
    _at_its_rate,
    _plus,
)

SURE_FRAMES = (_of_rate, _named_rate)
