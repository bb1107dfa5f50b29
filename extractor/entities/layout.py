"""What each stretch of an article is: title, dateline, byline, caption, credit, heading, list item, paragraph.

Runs before the parser: a segment starts a sentence, and no sentence runs over a segment's end.
People in captions, bylines and credits are entities, but these segments make no records.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

import extractor.entities.mention  # noqa: F401 - registers the extensions
from extractor.article import Article
from extractor.entities.mention import smooth
from extractor.framing import (
    caption_prefix,
    dateline,
    is_byline,
    is_caption,
    is_credit,
    match,
    photo_brackets,
    run_together,
    tail,
)
from extractor.lexicon import table


class SegmentKind(StrEnum):
    """What a segment is."""

    TITLE = "title"
    HEADING = "heading"
    DATELINE = "dateline"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    LIST_ITEM = "list_item"
    PARAGRAPH = "paragraph"


MUTE = frozenset({SegmentKind.DATELINE, SegmentKind.BYLINE, SegmentKind.CAPTION, SegmentKind.CREDIT})
"""Segments that make no records."""
LONGEST_NOTE = 600
"""Characters of the longest caption, byline or credit; a longer row with such words is text that lost its line breaks."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of `Article.text`, without the white space around it."""

    kind: SegmentKind
    start: int
    end: int


def segment_at(doc: Doc, offset: int) -> Segment | None:
    """The segment that holds a character."""
    segments: tuple[Segment, ...] = doc._.segments
    at = bisect_right(segments, offset, key=lambda s: s.start) - 1
    return segments[at] if at >= 0 and offset < segments[at].end else None


def is_mute(doc: Doc, offset: int) -> bool:
    """Whether the character lies in a segment that makes no records."""
    segment = segment_at(doc, offset)
    return segment is not None and segment.kind in MUTE


def is_title(doc: Doc, offset: int) -> bool:
    """Whether the character lies in the article's headline."""
    segment = segment_at(doc, offset)
    return segment is not None and segment.kind is SegmentKind.TITLE


def segment(article: Article) -> tuple[Segment, ...]:
    """Splits an article into segments, in order and without overlap."""
    text = article.text
    blocks = [_rows(text, start, end) for start, end in _blocks(text)]
    width = _wrapping_width([[text[a:b].rstrip() for a, b in rows] for rows in blocks])
    out: list[Segment] = []
    first = True
    for rows in blocks:
        for start, end in _paragraphs(text, rows, width):
            found = _classify(text, start, end, article, first=first)
            first = first and not any(s.kind is SegmentKind.PARAGRAPH for s in found)
            out += found
    return tuple(out)


_BLANK = re.compile(r"\r?\n[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)+")


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches between blank lines."""
    out, start = [], 0
    for gap in _BLANK.finditer(text):
        out.append((start, gap.start()))
        start = gap.end()
    out.append((start, len(text)))
    return [_trim(text, a, b) for a, b in out if text[a:b].strip()]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a block, but for empty ones."""
    rows, at = [], start
    for row in text[start:end].splitlines(keepends=True):
        if row.strip():
            rows.append((at, at + len(row)))
        at += len(row)
    return rows


LONGEST_WRAPPED = 100
"""Hard-wrapped text has lines no longer than this."""
SHORTEST_WRAPPED = 40
"""A line that is broken within a sentence is at least this long."""
BROKEN = 0.25
"""Share of line ends within a sentence, of those between lines of such length, from which on the text is hard-wrapped."""


def _wrapping_width(blocks: list[list[str]]) -> int | None:
    """The longest line of a hard-wrapped article; None, if every line is a paragraph.

    In wrapped text many a line starts with a small letter, and the line before it does not end a sentence.
    """
    pairs = [
        (row, after)
        for rows in blocks
        for row, after in pairwise(rows)
        if SHORTEST_WRAPPED <= len(row) <= LONGEST_WRAPPED and len(after) <= LONGEST_WRAPPED
    ]
    broken = sum(after.lstrip()[:1].islower() and not _ENDS.search(row) for row, after in pairs)
    if not pairs or broken < BROKEN * len(pairs):
        return None
    return max(len(row) for pair in pairs for row in pair)


_ENDS = re.compile(r"[.!?:;][\"'”’)]*$")
FULL = 0.85
"""Share of the width that a line with its next word fills where it was broken, ragged as lines are."""


def _paragraphs(text: str, rows: list[tuple[int, int]], width: int | None) -> list[tuple[int, int]]:
    """Paragraphs of a block: its lines, joined where they were broken; an indented or listed line starts one."""
    out: list[tuple[int, int]] = []
    for a, b in rows:
        row = text[a:b].rstrip()
        if out and width and _continues(text[slice(*out[-1])], row, width):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return [_trim(text, a, b) for a, b in out]


def _continues(before: str, row: str, width: int) -> bool:
    """Whether the line goes on with the one before it in wrapped text."""
    last = before.rstrip().rsplit("\n", 1)[-1]
    bare = row.lstrip()
    if len(last) > LONGEST_WRAPPED or match("list_item", bare):
        return False
    if bare[0].islower() and not _ENDS.search(last):
        return True
    indented = re.match(r"\s{2,}|\t", row) is not None
    return not indented and len(last) + 1 + len(bare.split(maxsplit=1)[0]) > FULL * width


_WHOLE = (
    (SegmentKind.CREDIT, is_credit),
    (SegmentKind.CAPTION, is_caption),
    (SegmentKind.BYLINE, is_byline),
    (SegmentKind.LIST_ITEM, lambda row: match("list_item", row) is not None),
)


def _classify(text: str, start: int, end: int, article: Article, *, first: bool) -> list[Segment]:
    """The segments of one paragraph: mostly one, but a caption, dateline or credit may share it with the story."""
    if start < article.body_start:
        return [Segment(SegmentKind.TITLE, start, end)]
    row = text[start:end]
    for kind, test in _WHOLE:
        if test(row):
            return [Segment(kind, start, end)]
    edge = caption_prefix(row)
    if edge:
        kind = SegmentKind.BYLINE if is_byline(row[:edge].rstrip()) else SegmentKind.CAPTION
        head = Segment(kind, *_trim(text, start, start + edge))
        rest = _trim(text, start + edge, end)
        return [head, *(_classify(text, *rest, article, first=first) if rest[0] < rest[1] else [])]
    closing = tail(row)
    if closing and closing[1]:
        kind, at = SegmentKind(closing[0]), start + closing[1]
        return [*_classify(text, *_trim(text, start, at), article, first=first), Segment(kind, *_trim(text, at, end))]
    if _is_heading(row):
        return [Segment(SegmentKind.HEADING, start, end)]
    return _story(text, start, end, first)


def _story(text: str, start: int, end: int, first: bool) -> list[Segment]:
    """A story paragraph with what opens it: a dateline or a heading run into it."""
    row = text[start:end]
    head: list[Segment] = []
    edge = dateline(row, strong=not first)
    run_in = None if edge else match("run_in_heading", row)
    if edge or run_in:
        kind, at = (SegmentKind.DATELINE, edge) if edge else (SegmentKind.HEADING, run_in.end() if run_in else 0)
        head = [Segment(kind, *_trim(text, start, start + (at or 0)))]
        start, end = _trim(text, start + (at or 0), end)
        row = text[start:end]
    pictures = [(start + f.start(), start + f.end()) for f in photo_brackets(row)]
    joints = [start + at for at in run_together(row)]
    edges = sorted({start, end, *joints, *(at for span in pictures for at in span)})
    pieces = [(*_trim(text, a, b), (a, b) in pictures) for a, b in pairwise(edges) if text[a:b].strip(" .")]
    return [*head, *(Segment(SegmentKind.CAPTION if picture else SegmentKind.PARAGRAPH, a, b) for a, b, picture in pieces)]


LONGEST_HEADING = 14
"""Words of the longest heading."""


def _is_heading(row: str) -> bool:
    words = row.split()
    return len(words) <= LONGEST_HEADING and not re.search(r"[.!?;,:…][\"'”’)]*$|[\"”]$", row) and "\n" not in row


# ---------------------------------------------------------------- the text that the parser sees

_SMOOTH = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-", "–": "-", "\t": " "})


def parser_text(article: Article, segments: tuple[Segment, ...]) -> str:
    """The article's text as the parser should see it; every character keeps its offset.

    Curly marks become straight, wrapped lines are joined, and upper-case headlines get capitals and small letters, since the
    model was trained on such text.
    """
    out = list(article.text.translate(_SMOOTH))
    for s in segments:
        piece = "".join(out[s.start : s.end])
        joined = re.sub(r"\s", " ", piece)
        if s.kind in (SegmentKind.TITLE, SegmentKind.HEADING) and _shouts(joined):
            joined = _lower_headline(joined)
        out[s.start : s.end] = joined
    return "".join(out)


def _shouts(row: str) -> bool:
    letters = [c for c in row if c.isalpha()]
    return len(row.split()) >= 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _lower_headline(row: str) -> str:
    """Gives a headline in capitals the usual ones: `EC TO TAX CORN` -> `EC to Tax Corn`, the same length."""
    kept, small = set(table("layout")["acronyms"]), set(table("layout")["small_words"])

    def lower(match: re.Match[str]) -> str:
        word = match[0]
        if word in kept or len(word.lower()) != len(word):
            return word
        return word.lower() if word.lower() in small else word[0] + word[1:].lower()

    return re.sub(r"[^\W\d_](?:[^\W\d_]|['.](?=\w))*", lower, row)


@Language.component("tariff_layout")
def layout(doc: Doc) -> Doc:
    """Marks segment starts as sentence starts. `doc._.article` must be set; else the text is one paragraph per line."""
    article = doc._.article or Article.build(smooth(doc))
    segments = doc._.segments or segment(article)
    doc._.segments = segments
    starts = {s.start for s in segments}
    pending = bool(starts)
    for token in doc:
        if token.idx in starts:
            pending = True
        if pending and not token.is_space:
            token.is_sent_start = True
            pending = False
    return doc
