"""Units: the sentences of a paragraph as the reader sees them, a quotation counting as part of the sentence that frames it.

The parser ends sentences inside quotes, and attribution needs what frames them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extractor.entities.layout import MUTE, Segment, SegmentKind
from extractor.entities.mention import smooth
from extractor.linking.statements.cues import entry_of
from extractor.linking.statements.quotes import Quote

_FINAL = frozenset(".?!")
LONGEST_TAG = 14
"""Tokens between a question's closing mark and the cue that asks it."""


@dataclass(frozen=True)
class Unit:
    """One framed sentence: tokens `low:high` of a paragraph, and the quotes in it."""

    low: int
    high: int
    segment: int
    quotes: tuple[Quote, ...]
    first: bool


@dataclass
class Layout:
    """An article's units, and which quote each token lies in."""

    doc: Doc
    quotes: list[Quote]
    units: list[Unit] = field(default_factory=list)
    quote_of: dict[int, Quote] = field(default_factory=dict)

    def unit_at(self, token: int) -> Unit | None:
        """The unit that holds a token."""
        return next((u for u in self.units if u.low <= token < u.high), None)

    def bounds(self, quote: Quote) -> tuple[int, int]:
        """Token bounds of a quote with its marks."""
        return self._bounds[quote.start]

    def __post_init__(self) -> None:
        self._bounds: dict[int, tuple[int, int]] = {}
        at = 0
        for quote in self.quotes:
            while at < len(self.doc) and self.doc[at].idx + len(self.doc[at]) <= quote.start:
                at += 1
            low = at
            while at < len(self.doc) and self.doc[at].idx < quote.end:
                self.quote_of[at] = quote
                at += 1
            self._bounds[quote.start] = (low, at)


def lay_out(doc: Doc, quotes: Sequence[Quote]) -> Layout:
    """Splits an article's speaking segments into units. Titles and headings make none."""
    out = Layout(doc, list(quotes))
    segments: tuple[Segment, ...] = doc._.segments
    at = 0
    for number, segment in enumerate(segments):
        while at < len(doc) and doc[at].idx < segment.start:
            at += 1
        low = at
        while at < len(doc) and doc[at].idx < segment.end:
            at += 1
        if segment.kind in MUTE or segment.kind in {SegmentKind.TITLE, SegmentKind.HEADING}:
            continue
        _split(out, number, low, at)
    return out


def _split(out: Layout, number: int, low: int, high: int) -> None:
    start = low
    for i in range(low + 1, high + 1):
        if i == high or _is_boundary(out, i, high):
            held = tuple(q for q in out.quotes if q.segment == number and start <= out.bounds(q)[0] < i)
            if any(not t.is_space for t in out.doc[start:i]):
                out.units.append(Unit(start, i, number, held, first=start == low))
            start = i


def _is_boundary(out: Layout, i: int, high: int) -> bool:
    """Whether a unit starts at token i."""
    doc, here = out.doc, out.quote_of.get(i)
    before = out.quote_of.get(i - 1)
    if here is not None and before is here:
        return False
    if before is None:
        last = doc[i - 1]
        ended = last.text[-1:] in _FINAL and (last.is_punct or doc[i].is_sent_start is True)
        if here is not None and last.text[-1:] in _FINAL and not last.whitespace_:
            return True  # a sentence and a quote that no space parts
        return ended and (here is not None or _begins(doc[i].text) or doc[i].is_digit or doc[i].is_punct)
    if doc[i].is_punct and here is None:
        return False
    ending = smooth(doc)[before.inner_start : before.inner_end].rstrip()[-1:]
    if ending == "." or (ending in _FINAL and here is not None):
        return here is not None or not doc[i].is_lower
    if ending in _FINAL:
        return not doc[i].is_lower and not _is_tag(doc, i, high)
    return False


def _begins(word: str) -> bool:
    """Whether a word may begin a sentence: its first letter is a capital, whatever mark stands before it."""
    return word.lstrip("'\"([")[:1].isupper()


def _is_tag(doc: Doc, i: int, high: int) -> bool:
    """Whether what follows a quoted question or exclamation is its attribution: a short phrase and a cue without content."""
    for token in doc[i : min(high, i + LONGEST_TAG)]:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"relcl", "acl"}:
            return _closes(token)
    return False


def _closes(verb: Token) -> bool:
    entry = entry_of(verb)
    if entry is None or "quote" not in entry.frames:
        return False
    ahead = [c for c in verb.children if c.i > verb.i]
    return not any(c.dep_ in {"ccomp", "xcomp", "dobj"} and c.i > verb.i + 1 and c.dep_ != "dobj" for c in ahead)
