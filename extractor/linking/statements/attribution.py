"""Attributions: cue, source and content as stretches of the article, before anybody asks who the source is."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from extractor.entities.mention import smooth
from extractor.linking.statements.cues import SpeechAct
from extractor.linking.statements.grammar import trimmed
from extractor.linking.statements.units import Layout, Unit

Pieces = list[tuple[int, int]]


@dataclass
class Attribution:
    """One attribution.

    Attributes:
        construction: which rule found it; confidence goes by it.
        unit: the framed sentence of its cue.
        source: who speaks, as worded at the cue.
        pieces: token bounds of the content, in order.
        cue: the cue's words; None for a free-standing quote.
        lemma: the cue's lemma.
        act: what the cue does.
        mode: set only for a refusal to comment.
        spans: character offsets of the content, once it is complete.
        last: the last unit of its content.
    """

    construction: str
    unit: Unit
    source: Span
    pieces: Pieces
    cue: Span | None = None
    lemma: str = ""
    act: SpeechAct = "report"
    mode: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    last: Unit = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.unit


def with_whole_quotes(layout: Layout, pieces: Pieces) -> Pieces:
    """Widens pieces so that no quote is cut: a sentence of a quotation is never alone the content."""
    out: Pieces = []
    for low, high in pieces:
        start, end = low, high
        for i in (low, high - 1):
            quote = layout.quote_of.get(i)
            if quote is not None:
                bounds = layout.bounds(quote)
                start, end = min(start, bounds[0]), max(end, bounds[1])
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


_EDGE = " \t\r\n\u00a0,;:"


def character_spans(layout: Layout, doc: Doc, pieces: Pieces) -> list[tuple[int, int]]:
    """Offsets of the content: without the outer quotation marks of a piece that is one quotation, without commas at its edges."""
    out = []
    text = smooth(doc)
    for piece in pieces:
        low, high = trimmed(doc, *piece, marks=())
        if low >= high:
            continue
        start, end = doc[low].idx, doc[high - 1].idx + len(doc[high - 1])
        end = _without_stop(layout, text, low, high, start, end)
        quote = layout.quote_of.get(low)
        if quote is not None and quote.start <= start and text[quote.end : end].strip(_EDGE + ".") == "":
            start, end = quote.inner_start, quote.inner_end
        start, end = _strip(text, start, end)
        if end > start:
            out.append((start, end))
    return out


def _without_stop(layout: Layout, text: str, low: int, high: int, start: int, end: int) -> int:
    """The sentence's full stop is not said unless it stands inside the marks."""
    last = layout.doc[high - 1]
    return last.idx if last.text == "." and (high - 1) not in layout.quote_of and high - 1 > low else end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
