"""Direct speech: which cue frames which quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from extractor.entities.mention import smooth
from extractor.linking.statements.cues import Cue
from extractor.linking.statements.quotes import Quote
from extractor.linking.statements.sources import is_quoted_as, nearby_source, source_of
from extractor.linking.statements.units import Layout, Unit

LONGEST_GAP = 45
"""Tokens between a quote and its cue, a long appositive included."""


@dataclass
class Framed:
    """A cue with the quotes that it frames, and its source."""

    cue: Cue
    source: Span | None
    pieces: list[tuple[int, int]] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


def frame_quotes(layout: Layout, unit: Unit, cues: Sequence[Cue]) -> list[Framed]:
    """Gives each quote of a unit to the cue that it stands beside: `"…," X said`, `said X`, `X said: "…"`, `"…," X said, "…"`."""
    out: list[Framed] = []
    free = [q for q in unit.quotes if _word_count(layout, q) >= 1]
    for cue in cues:
        if not cue.takes("quote") or cue.token.tag_ == "VB":
            continue
        framed = Framed(cue, source_of(layout, cue, unit))
        behind = _quote_before(layout, unit, framed, free)
        ahead = _quote_after(layout, unit, framed, free)
        if behind is not None:
            framed.pieces.append((_piece_start(layout, unit, behind, cues), _end_before_source(layout, framed, behind)))
            framed.quotes.append(behind)
        if ahead is not None:
            framed.pieces.append((layout.bounds(ahead)[0], _piece_end(layout, unit, ahead, cues)))
            framed.quotes.append(ahead)
        if framed.pieces:
            free = [q for q in free if not any(low <= layout.bounds(q)[0] < high for low, high in framed.pieces)]
            out.append(framed)
    return out


def _word_count(layout: Layout, quote: Quote) -> int:
    low, high = layout.bounds(quote)
    return sum(t.is_alpha or t.like_num for t in layout.doc[low:high])


def _quote_before(layout: Layout, unit: Unit, framed: Framed, free: Sequence[Quote]) -> Quote | None:
    """The quote that ends just before the cue's phrase."""
    verb = framed.cue.token
    quote = next((q for q in reversed(free) if layout.bounds(q)[1] <= verb.i), None)
    participle = verb.tag_ in {"VBG", "VBN"} and not is_quoted_as(verb)
    if quote is None or participle or verb.i - layout.bounds(quote)[1] > LONGEST_GAP:
        return None
    low = layout.bounds(quote)[1]
    if not _leads_out(layout, unit, quote, low) or verb.dep_ == "relcl" or _first_verb(layout, low, unit.high) != verb:
        return None
    if any(t.dep_ == "cc" for t in layout.doc[low : min(low + 2, verb.i)]):
        return None
    if framed.source is None or framed.source.end <= layout.bounds(quote)[0]:
        limit = next((layout.bounds(q)[0] for q in free if layout.bounds(q)[0] > verb.i), unit.high)
        framed.source = nearby_source(layout, framed.cue, low, limit)
    return quote if framed.source is not None else None


def _leads_out(layout: Layout, unit: Unit, quote: Quote, behind: int) -> bool:
    """Whether a quote ends as one does before its attribution: with a comma, a question, a break; or stands first."""
    ending = smooth(layout.doc)[quote.inner_start : quote.inner_end].rstrip()[-1:]
    following = layout.doc[behind].text if behind < unit.high else ""
    return ending in {",", "?", "!", "-", "—", "…"} or following in {",", "--", "—"} or layout.bounds(quote)[0] == unit.low


def _first_verb(layout: Layout, low: int, high: int) -> Token | None:
    """The first verb of a stretch that is not inside a noun phrase."""
    for token in layout.doc[low:high]:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"relcl", "acl", "aux", "auxpass", "amod", "compound"}:
            if any(a.dep_ in {"relcl", "acl"} and a.i >= low for a in token.ancestors):
                continue
            return token
    return None


def _quote_after(layout: Layout, unit: Unit, framed: Framed, free: Sequence[Quote]) -> Quote | None:
    """The quote that the cue leads into; not one that only starts within a reported clause."""
    verb, doc = framed.cue.token, layout.doc
    quote = next((q for q in free if layout.bounds(q)[0] > verb.i), None)
    if quote is None:
        return None
    start = layout.bounds(quote)[0]
    between = doc[verb.i + 1 : start]
    if len(between) > LONGEST_GAP or any(_is_in_long_quote(layout, t.i) for t in between):
        return None
    if any(t.pos_ in {"VERB", "AUX"} and t.tag_ not in {"VBG", "VBN"} and not _is_in_source(t, framed.source) for t in between):
        return None
    last = next((t for t in reversed(between) if not t.is_space), verb)
    if not (last.text in {",", ":", "-", "--", "—"} or (last == verb and _begins_sentence(layout, quote))):
        return None
    if framed.source is None:
        framed.source = nearby_source(layout, framed.cue, unit.low, start)
    return quote if framed.source is not None else None


def _is_in_long_quote(layout: Layout, i: int) -> bool:
    quote = layout.quote_of.get(i)
    return quote is not None and _word_count(layout, quote) > 3


def _is_in_source(token: Token, source: Span | None) -> bool:
    return source is not None and source.start <= token.i < source.end


def _begins_sentence(layout: Layout, quote: Quote) -> bool:
    first = smooth(layout.doc)[quote.inner_start : quote.inner_end].lstrip(" [(…")[:1]
    return first.isupper() and _word_count(layout, quote) >= 4


def _end_before_source(layout: Layout, framed: Framed, quote: Quote) -> int:
    """Where the content ends: with the quote, or with the comma before the source, if the reported sentence goes on so far."""
    high = layout.bounds(quote)[1]
    phrase = min(framed.source.start if framed.source else framed.cue.token.i, framed.cue.token.i)
    between = [t for t in layout.doc[high:phrase] if t.is_alpha and t.pos_ not in {"ADV", "AUX", "CCONJ"}]
    return phrase if between and layout.doc[phrase - 1].text == "," else high


def _piece_start(layout: Layout, unit: Unit, quote: Quote, cues: Sequence[Cue]) -> int:
    """Where the content starts: with the unit, if what stands before it is reported too (`The plan "is dead," he said`)."""
    low = layout.bounds(quote)[0]
    before = layout.doc[unit.low : low]
    if any(c.token.i < low for c in cues) or not any(t.is_alpha for t in before):
        return low
    return unit.low


def _piece_end(layout: Layout, unit: Unit, quote: Quote, cues: Sequence[Cue]) -> int:
    """Where the content ends: with the unit, if the reported sentence goes on behind the quote without a comma."""
    high = layout.bounds(quote)[1]
    rest = layout.doc[high : unit.high]
    if [t.lower_ for t in rest if t.text != ","][:2] in (["but", "that"], ["and", "that"]):
        return unit.high  # `said "we are ready," but that the port was shut`
    if not any(t.is_alpha for t in rest) or (rest and rest[0].text in {",", "-", "--", "—", "("}):
        return high
    following = next((c.token for c in cues if c.token.i >= high), None)
    return high if following is not None else unit.high
