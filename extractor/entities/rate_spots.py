"""What stands around a percentage: its sentence, the word it hangs on, what its verb speaks of, the rates before it."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import Segment, SegmentKind
from extractor.entities.mention import mention_at, smooth
from extractor.entities.products import Product, plural
from extractor.entities.terms import all_terms, terms
from extractor.lexicon import entries, shipped_table, table
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
        """Whether a rate or the name of a measure stands at most so many characters before it, or in the rest of its sentence."""
        reach = min(self.start, _list_start(self.doc, self.start)) - within
        return any(end >= reach for end in self.accepted[-1:]) or names_measure(self.doc, reach, self.span.sent.end_char)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of `rate_frames.toml`."""
    return re.compile(shipped_table("rate_frames")["patterns"][name], re.IGNORECASE)


@cache
def frame_words(section: str, name: str) -> frozenset[str]:
    """A word list of `rate_frames.toml`."""
    return frozenset(table("rate_frames")[section][name])


def _offsets(doc: Doc) -> list[int]:
    """Where the measures of an article are named; kept as long as its terms stay the same."""
    known = doc.user_data.get("measures")
    if known is None or known[0] is not doc._.terms:
        known = doc.user_data["measures"] = (doc._.terms, [doc[t.head].idx for t in terms(doc)])
    found: list[int] = known[1]
    return found


def names_measure(doc: Doc, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether a measure of trade is named between two characters."""
    found = _offsets(doc)
    at = bisect_left(found, start)
    return at < len(found) and found[at] < end


LONGEST_LIST = 200
"""Items of a list that are gone back over to what introduces it."""


def segments_before(doc: Doc, offset: int) -> list[Segment]:
    """The segments up to and with the one that begins at or before a character, as many as a list may be long."""
    found: tuple[Segment, ...] = doc._.segments
    at = bisect_right(found, offset, key=lambda s: s.start)
    return list(found[max(0, at - LONGEST_LIST) : at])


def _list_start(doc: Doc, at: int) -> int:
    """Where the list begins that the character lies in; the character itself outside of lists."""
    segments, start = segments_before(doc, at), at
    while segments and segments[-1].kind is SegmentKind.LIST_ITEM:
        start = segments.pop().start
    return start


# ---------------------------------------------------------------- what a word may be


@cache
def goods_words() -> frozenset[str]:
    """The last words of all names of goods."""
    names = [n for p in entries("products", Product) for n in (p.name, *p.aliases, p.plural or p.name)]
    heads = {n.split()[-1].lower() for n in names}
    return frozenset({*heads, *(plural(h) for h in heads), "goods", "imports", "products", "items", "everything"})


def kind(token: Token) -> str:
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
    if token.lower_ in goods_words() or mention_at(token.doc, token, EntityType.COUNTRY, EntityType.GROUP):
        return "goods"
    return "other"


def has_quantity(span: Span) -> bool:
    """Whether the span names another quantity."""
    return any(t.lemma_.lower() in frame_words("nouns", "quantities") and t.pos_ in {"NOUN", "PROPN"} for t in span)


_BOUNDARY = frozenset({";", ":", "(", ")", "while", "but", "although", "though", "whereas", "because"})


def clause_of(spot: Spot) -> Span:
    """The percentage's surroundings between semicolons, brackets and conjunctions of contrast."""
    sentence = spot.span.sent
    start = next((t.i + 1 for t in reversed(list(spot.before)) if t.lower_ in _BOUNDARY), sentence.start)
    end = next((t.i for t in spot.doc[spot.span.end : sentence.end] if t.lower_ in _BOUNDARY), sentence.end)
    return spot.doc[start:end]


BASE = pattern("base")
"""What a rate is taken of: `of the customs value`."""


def is_bare(spot: Spot) -> bool:
    """Whether no noun follows that the percentage would measure."""
    after = spot.after
    return (
        after is None
        or bool(BASE.match(smooth(spot.doc), after.idx))
        or not (after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or after.lower_ == "of")
    )


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before the number, qualifiers aside: the word, and the preposition between the two."""

    word: Token | None
    preposition: Token | None


def lead_of(spot: Spot) -> Lead:
    """What stands before the number, qualifiers aside."""
    preposition = None
    for token in reversed(list(spot.before)[-9:]):
        if preposition is None and token.lower_ in {"at", "to", "with", "for", "on", "from", "between", "of", "by", "in"}:
            preposition = token
        elif token.lower_ not in frame_words("cues", "lead") and not token.is_quote and token.text not in {",", "-"}:
            return Lead(token, preposition)
    return Lead(None, preposition)


def verb_of(spot: Spot, lead: Lead) -> Token | None:
    """The verb (or "subject", "liable") that the percentage hangs on."""
    word = lead.word
    if word is not None and (word.pos_ in {"VERB", "AUX"} or word.lower_ in frame_words("verbs", "mistaken")):
        return word
    return governor(lead.preposition if lead.preposition is not None else spot.span.root)


def affected_by(verb: Token, span: Span) -> list[Token]:
    """What the verb says a rate of: its objects, or its subject where it has none."""
    if verb.pos_ == "NOUN" and verb.lower_ in frame_words("verbs", "mistaken") and verb.i > verb.sent.start:
        return [verb.nbor(-1)]
    if verb.pos_ == "ADJ" or verb.dep_ in {"acomp", "oprd"}:
        verb = verb.head
    found = [t for t in objects(verb) if t.i not in range(span.start, span.end)]
    if is_passive(verb) or not found:
        who = subject(verb)
        if who is None and verb.i > verb.sent.start and verb.nbor(-1).dep_ == "compound":
            who = verb.nbor(-1)
        return [*found, who] if who is not None and who.i not in range(span.start, span.end) else found
    return found


def of_quantity(spot: Spot) -> bool:
    """Whether the verb above speaks of another quantity: `add 0.4 points to inflation`, `trim its margin by 2 points`."""
    verb = verb_of(spot, lead_of(spot))
    after = spot.after
    if after is not None and after.lower_ in {"to", "off", "from", "of"}:
        object_ = next((c for c in after.children if c.dep_ == "pobj"), None)
        if object_ is not None and kind(object_) == "quantity":
            return True
    return verb is not None and is_of_quantity(verb, spot.span)


def goes_to(spot: Spot) -> bool:
    """`Wheat falls to 7.5 percent`: goods that go to a percentage; prices and volumes of goods go by one."""
    lead = lead_of(spot)
    verb = verb_of(spot, lead)
    if verb is None or lead.preposition is None or lead.preposition.lower_ not in {"to", "from"}:
        return False
    affected = affected_by(verb, spot.span)
    return bool(affected) and all(t.lower_ in goods_words() and kind(t) == "goods" for t in affected)


def is_of_quantity(verb: Token, span: Span) -> bool:
    """Whether what the verb speaks of, or who acts, is another quantity or a lender."""
    who = subject(verb)
    return any(kind(t) == "quantity" for t in [*affected_by(verb, span), *([who] if who is not None else [])])
