"""Rates in lists and short rows: `- 45% on walnuts, up from 15%`, `flaxseed: 5%`, margins by company."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import smooth
from extractor.entities.rate_spots import FAR, Spot, frame_words, names_measure, pattern, segments_before

_ROW = re.compile(r"^\W*(?:\(?[a-z0-9]{1,3}[.)]\s)?\W*")


def is_listed(spot: Spot) -> bool:
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
    return bool(re.search(r"[:,(=|]\s{0,40}$|\s[-–—]\s{0,40}$|\b(?:at|to|from|of|is|up)\s$|\s\s$|\t$", lead))


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


def _introduced(doc: Doc, start: int) -> bool:
    """Whether the three segments before a list, or its own earlier items, name a measure."""
    earlier = [s for s in segments_before(doc, start) if s.end <= start]
    while earlier and (earlier[-1].kind is SegmentKind.LIST_ITEM or _is_row(doc, earlier[-1].start, earlier[-1].end)):
        earlier.pop()
    opening, top = (earlier[max(0, len(earlier) - 3)].start, earlier[-1].end) if earlier else (0, start)
    if names_measure(doc, opening, start):
        return True
    lead = smooth(doc)[max(opening, top - 300) : top].lower().rstrip()
    if lead.endswith(":") and names_measure(doc, start - FAR, start):
        return not pattern("statistics_lead").search(lead[-150:])
    return pattern("rates_lead").search(lead) is not None


def _is_row(doc: Doc, start: int, end: int) -> bool:
    text = smooth(doc)[start:end]
    return len(text.split()) <= 14 and re.search(r"\d\s?(?:%|per|pct|pc)", text) is not None and not text.endswith(".")
