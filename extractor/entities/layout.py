"""What each stretch of an article is: title, dateline, byline, caption, credit, heading, list item, paragraph.

Runs before the parser: a segment starts a sentence, and no sentence runs over a segment's end.
People in captions, bylines and credits are entities, but these segments make no records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

import extractor.entities.mention  # noqa: F401 - registers the extensions
from extractor.article import Article
from extractor.entities.mention import smooth
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


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of `Article.text`, without the white space around it."""

    kind: SegmentKind
    start: int
    end: int


def segment_at(doc: Doc, offset: int) -> Segment | None:
    """The segment that holds a character."""
    segments: tuple[Segment, ...] = doc._.segments
    return next((s for s in segments if s.start <= offset < s.end), None)


def is_mute(doc: Doc, offset: int) -> bool:
    """Whether the character lies in a segment that makes no records."""
    segment = segment_at(doc, offset)
    return segment is not None and segment.kind in MUTE


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("layout")[name])


def _match(name: str, row: str) -> re.Match[str] | None:
    """The first pattern of the list that fits somewhere in the row (the patterns carry their own anchors)."""
    return next((found for pattern in _patterns(name) if (found := pattern.search(row))), None)


def segment(article: Article) -> tuple[Segment, ...]:
    """Splits an article into segments, in order and without overlap."""
    text = article.text
    out: list[Segment] = []
    for block_start, block_end in _blocks(text):
        for start, end in _lines(text, block_start, block_end):
            out += _classify(text, start, end, article, first=not any(s.kind is SegmentKind.PARAGRAPH for s in out))
    return tuple(out)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches between blank lines."""
    out, start = [], 0
    for gap in re.finditer(r"\r?\n[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)+", text):
        out.append((start, gap.start()))
        start = gap.end()
    out.append((start, len(text)))
    return [_trim(text, a, b) for a, b in out if text[a:b].strip()]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Paragraphs of a block: one, if its lines are hard-wrapped, else each line; an indented or listed line starts one."""
    rows, at = [], start
    for row in text[start:end].splitlines(keepends=True):
        rows.append((at, at + len(row)))
        at += len(row)
    wrapped = _is_wrapped([text[a:b] for a, b in rows])
    out: list[tuple[int, int]] = []
    for a, b in rows:
        row = text[a:b]
        if not row.strip():
            continue
        starts = not wrapped or bool(re.match(r"\s{2,}\S|\t\S", row)) or _match("list_item", row.lstrip()) is not None
        if out and not starts:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return [_trim(text, a, b) for a, b in out]


LONGEST_WRAPPED = 100
"""Hard-wrapped text has lines no longer than this."""


def _is_wrapped(rows: list[str]) -> bool:
    """Whether line ends are only where the line was full: lines of even length that end within a sentence."""
    if len(rows) < 2 or max(len(r.rstrip()) for r in rows) > LONGEST_WRAPPED:
        return False
    inner = [r.rstrip() for r in rows[:-1]]
    open_ends = sum(not r.endswith((".", "!", "?", '"', "”", ":", ";")) for r in inner)
    return open_ends >= 0.5 * len(inner) and max(len(r) for r in inner) > 45


def _classify(text: str, start: int, end: int, article: Article, *, first: bool) -> list[Segment]:
    row = text[start:end]
    if start < article.body_start:
        return [Segment(SegmentKind.TITLE, start, end)]
    for kind in (SegmentKind.CREDIT, SegmentKind.CAPTION, SegmentKind.BYLINE, SegmentKind.LIST_ITEM):
        if _match(kind, row):
            return [Segment(kind, start, end)]
    if _is_heading(row):
        return [Segment(SegmentKind.HEADING, start, end)]
    dateline = _match("dateline", row) if first else None
    if dateline:
        edge = start + dateline.end()
        return [
            Segment(SegmentKind.DATELINE, *_trim(text, start, edge)),
            Segment(SegmentKind.PARAGRAPH, *_trim(text, edge, end)),
        ]
    return [Segment(SegmentKind.PARAGRAPH, start, end)]


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
