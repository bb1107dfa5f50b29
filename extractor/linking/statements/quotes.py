"""Quotation marks -> quotes, paragraph by paragraph, so that a stray mark spoils no more than its own paragraph.

Marks are judged by what stands around them first (an opening mark has space before it and a word behind it), by their shape
second, and by turns last. Reads the article's own marks, not the smoothed text that the parser sees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractor.entities.layout import MUTE, Segment

Side = Literal["open", "close", "either"]

_DOUBLE = re.compile("''|``|[\"“”„‟«»]")
_SINGLE = re.compile("['‘’‛‹›]")
_OPENERS = frozenset({"“", "„", "‟", "«", "``", "‘", "‛", "‹"})
_CLOSERS = frozenset({"”", "»", "’", "›"})
_BEFORE_OPEN = frozenset(" \t\n\r\u00a0([{—–-/\"“«'‘")
_AFTER_CLOSE = frozenset(" \t\n\r\u00a0)]}—–-.,;:?!…/\"”»'’")
SHORTEST_SINGLE = 2
"""Words of the shortest quote in single marks; a lone word in them is a nickname or a plural's apostrophe."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted stretch of one paragraph.

    Attributes:
        start: offset of the opening mark.
        end: offset behind the closing mark; the paragraph's end if none closes it.
        inner_start: offset of the first quoted character.
        inner_end: offset behind the last quoted character.
        segment: index of the paragraph among the article's segments.
        runs_on: left open here and reopened in the next paragraph.
        resumes: reopens the quote that the paragraph before left open.
        single: in single marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    segment: int
    runs_on: bool = False
    resumes: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    side: Side


def find_quotes(text: str, segments: Sequence[Segment]) -> list[Quote]:
    """The quotes of an article in the order of the text, none within another.

    Args:
        text: the article's text with its own marks.
        segments: its segments; captions, bylines and the like hold no quotes.
    """
    found: list[Quote] = []
    for number, segment in enumerate(segments):
        if segment.kind not in MUTE:
            following = segments[number + 1] if number + 1 < len(segments) else None
            found += _of_segment(text, number, segment, following, found)
    return found


def _of_segment(text: str, number: int, segment: Segment, following: Segment | None, before: list[Quote]) -> list[Quote]:
    closed, left_open = _pair(_marks(text, segment, _DOUBLE), number, segment.end)
    if left_open is not None and _is_credible_opening(text, segment, left_open.start):
        closed.append(left_open)
    quotes = sorted([*closed, *_pair_single(text, number, segment, following, closed)], key=lambda q: q.start)
    last = before[-1] if before else None
    if quotes and quotes[0].start == segment.start and last and last.runs_on and last.segment == number - 1:
        quotes[0] = replace(quotes[0], resumes=True)
    elif last and last.runs_on and last.segment == number - 1:
        before[-1] = replace(last, runs_on=False)
    return [q for q in quotes if text[q.inner_start : q.inner_end].strip(" .,…")]


def _is_credible_opening(text: str, segment: Segment, at: int) -> bool:
    """Whether a mark that nothing closes opens a quote up to the paragraph's end: at its start, or behind a comma or colon."""
    return at == segment.start or text[segment.start : at].rstrip()[-1:] in {",", ":"}


def _marks(text: str, segment: Segment, pattern: re.Pattern[str]) -> list[_Mark]:
    return [
        _Mark(m.start(), m.end(), _side(text, segment, m))
        for m in pattern.finditer(text, segment.start, segment.end)
        if not (m[0] == '"' and text[max(segment.start, m.start() - 1) : m.start()].isdigit() and _is_inch(text, m.end()))
    ]


def _is_inch(text: str, end: int) -> bool:
    """A mark behind a digit that a word follows: 12" nails."""
    return re.match(r" [a-z]", text[end : end + 2]) is not None and '"' not in text[end : end + 60]


def _side(text: str, segment: Segment, mark: re.Match[str]) -> Side:
    before = text[mark.start() - 1] if mark.start() > segment.start else " "
    after = text[mark.end()] if mark.end() < segment.end else " "
    opens, closes = before in _BEFORE_OPEN and not after.isspace(), after in _AFTER_CLOSE and not before.isspace()
    if opens != closes:
        return "open" if opens else "close"
    if mark[0] in _OPENERS:
        return "open"
    return "close" if mark[0] in _CLOSERS else "either"


def _pair(marks: Sequence[_Mark], number: int, end: int) -> tuple[list[Quote], Quote | None]:
    """Pairs the marks of a paragraph. A second opening mark makes the first one stray; a closing mark without opening is stray.

    Returns:
        The closed quotes, and the one that the paragraph leaves open, as if it ran to the paragraph's end.
    """
    out: list[Quote] = []
    opening: _Mark | None = None
    for mark in marks:
        if opening is None or mark.side == "open":
            opening = mark if mark.side != "close" else None
        else:
            out.append(Quote(opening.start, mark.end, opening.end, mark.start, number))
            opening = None
    if opening is None:
        return out, None
    return out, Quote(opening.start, end, opening.end, end, number, runs_on=True)


def _pair_single(text: str, number: int, segment: Segment, following: Segment | None, doubles: Sequence[Quote]) -> list[Quote]:
    """Single marks outside double ones (British style). A mark within a word, or behind a plural, is an apostrophe."""
    marks = [
        m
        for m in _marks(text, segment, _SINGLE)
        if not any(q.start <= m.start < q.end for q in doubles) and not _is_doubled(text, m.start)
    ]
    if marks and marks[0].start == segment.start and _is_left_open(text, marks, segment, following):
        return [Quote(segment.start, segment.end, marks[0].end, segment.end, number, runs_on=True, single=True)]
    out: list[Quote] = []
    at = 0
    while at < len(marks):
        opening = marks[at]
        closing = _closing_single(text, marks, at) if opening.side == "open" and not _is_elision(text, opening) else None
        if closing is None:
            at += 1
            continue
        quote = Quote(opening.start, marks[closing].end, opening.end, marks[closing].start, number, single=True)
        if len(text[quote.inner_start : quote.inner_end].split()) >= SHORTEST_SINGLE:
            out.append(quote)
        at = closing + 1
    return out


def _is_left_open(text: str, marks: Sequence[_Mark], segment: Segment, following: Segment | None) -> bool:
    """Whether a paragraph in single marks goes on in the next one, which reopens them: no mark closes behind punctuation."""
    if following is None or _SINGLE.match(text, following.start) is None or marks[0].side != "open":
        return False
    return not any(m.side == "close" and text[m.start - 1] in ",.?!…" for m in marks) and not _is_elision(text, marks[0])


def _is_doubled(text: str, at: int) -> bool:
    return text[at : at + 2] == "''" or text[max(0, at - 1) : at + 1] == "''"


def _is_elision(text: str, mark: _Mark) -> bool:
    """An apostrophe at a word's start: '90s, 'em, 'til."""
    return re.match(r"\d0s\b|\d\d\b|em\b|til\b|tis\b|twas\b|cause\b|n\b", text[mark.end : mark.end + 6]) is not None


def _closing_single(text: str, marks: Sequence[_Mark], opening: int) -> int | None:
    """The mark that closes: the first one behind punctuation; else the first that is no plural's apostrophe.

    A mark that opens meanwhile takes the next closing one with it, unless the quote could have ended before it.
    """
    ahead: list[int] = []
    depth = 0
    for at in range(opening + 1, len(marks)):
        behind_point = text[marks[at].start - 1] in ",.?!…"
        if marks[at].side == "open":
            depth += 1
        elif marks[at].side == "close" and depth and not (behind_point and at + 1 == len(marks)):
            depth -= 1
        elif marks[at].side == "close":
            ahead.append(at)
            if behind_point:
                return at
    others = [at for at in ahead if text[marks[at].start - 1] != "s"]
    return next(iter([*others, *ahead]), None)
