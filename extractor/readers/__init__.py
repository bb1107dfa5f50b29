"""Readers: bytes -> Article, one format a file. The content decides on the format first, then the name."""

from __future__ import annotations

import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from io import BufferedReader
from itertools import chain
from typing import Any, cast

from extractor.article import Article, clean
from extractor.errors import InputError
from extractor.readers.decode import check_not_binary, decode, peek
from extractor.readers.draft import Draft
from extractor.readers.html import looks_like_html, read_html
from extractor.readers.inputs import Input, find_inputs
from extractor.readers.json_articles import bounded_lines, is_extraction, parse_json, read_json, read_lines
from extractor.readers.language import check_english
from extractor.readers.metadata import Metadata, load_metadata
from extractor.readers.published import parse_published
from extractor.readers.text import read_text
from extractor.settings import Settings

__all__ = ["Input", "Metadata", "SkippedError", "find_inputs", "load_metadata", "parse_published", "read"]

_HTML_NAMES = (".html", ".htm", ".xhtml")
_JSON = re.compile(r"\{\s{0,99}(?:\"|\}\s{0,99}$)|\[\s{0,99}(?:\{|\]\s{0,99}$)")
_HEAD = 4096


class SkippedError(Exception):
    """The input is our own output."""


def read(
    item: Input, settings: Settings, metadata: Metadata | None = None, published: date | None = None
) -> Iterator[Article | InputError]:
    """Reads one input.

    Args:
        item: the input.
        settings: limits.
        metadata: fields that override those of the input.
        published: publication date of articles that have none.

    Yields:
        One article or error for each article of the input.

    Raises:
        SkippedError: the input is an extraction.
    """
    for found in _drafts(item, settings):
        if isinstance(found, InputError):
            yield found
            continue
        try:
            yield _article(found, item, settings, (metadata or Metadata()).of(item.source, found.part), published)
        except InputError as error:
            yield error


def _article(draft: Draft, item: Input, settings: Settings, given: dict[str, Any], published: date | None) -> Article:
    """Merges what is said elsewhere, builds and checks."""
    if "title" in given and draft.title is None and draft.label is None:
        given = {**given, "label": given["title"]}
        del given["title"]
    draft = replace(draft, **given)
    if draft.published is None and published is not None:
        draft = replace(draft, published=published, published_basis="given")
    suffix = f"#{draft.part}" if draft.part else ""
    where = item.label + suffix
    size = len(draft.text.encode("utf-8", "replace"))
    if size > settings.max_bytes:
        raise InputError("R004", where, detail=f"{size:,} bytes of text, the limit is {settings.max_bytes:,}")
    check_english(draft.text, where)
    article = Article.build(
        draft.text,
        source=item.source + suffix,
        title=draft.title,
        warnings=draft.warnings,
        url=draft.url,
        publisher=draft.publisher,
        authors=draft.authors,
        published=draft.published,
        published_at=draft.published_at,
        published_basis=draft.published_basis,
    )
    return article.model_copy(update={"title": clean(draft.label)[0]}) if draft.label else article


def _drafts(item: Input, settings: Settings) -> Iterator[Draft | InputError]:
    try:
        if item.problem:
            raise item.problem
        with item.path.open("rb") if item.path else nullcontext(sys.stdin.buffer) as stream:
            yield from _dispatch(cast(BufferedReader, stream), item, settings.max_file_bytes)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError("R003", item.label, detail=error.strerror or error)


def _dispatch(stream: BufferedReader, item: Input, limit: int) -> Iterator[Draft | InputError]:
    """Looks at the beginning and hands the input to its format."""
    where, name = item.label, item.source.lower()
    head = stream.peek()[:_HEAD]
    check_not_binary(head, where)
    lines = bounded_lines(stream, limit)
    first = next(lines, b"")
    row = _row(first)
    if is_extraction(row):
        raise SkippedError
    opening = [first, *(_until_filled(lines) if row is not None else ())]
    if item.holds_lines or any(line is None or line.strip() for line in opening[1:]):
        yield from _some(read_lines(chain(opening, lines), where), where)
        return
    data = b"" if first is None else first + stream.read(limit + 1 - len(first))
    if first is None or len(data) > limit:
        if head.lstrip()[:1] == b"{" and b'"schema_version"' in head:
            raise SkippedError
        raise InputError("R004", where, detail=f"more than {limit:,} bytes")
    if not data.strip():
        raise InputError("R001", where)
    check_not_binary(data[:_HEAD], where)
    start = peek(data).lstrip()
    if name.endswith(".json") or _JSON.match(start):
        yield from _json(data, where)
    elif name.endswith(_HTML_NAMES) or looks_like_html(start):
        yield read_html(data, where)
    else:
        yield read_text(data, where)


def _until_filled(lines: Iterator[bytes | None]) -> Iterator[bytes | None]:
    """Lines up to the first that is not blank."""
    for line in lines:
        yield line
        if line is None or line.strip():
            return


def _row(line: bytes | None) -> dict[str, Any] | None:
    """The line's object, if it is one: then the file may hold one object a line."""
    if not line or not line.removeprefix(BOM_UTF8).lstrip().startswith(b"{"):
        return None
    try:
        value = parse_json(line.decode("utf-8-sig"))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _some(drafts: Iterator[Draft | InputError], where: str) -> Iterator[Draft | InputError]:
    """The drafts; an error if there is none."""
    count = 0
    for count, draft in enumerate(drafts, 1):  # noqa: B007 - the count is read behind the loop
        yield draft
    if not count:
        yield InputError("R001", where)


def _json(data: bytes, where: str) -> Iterator[Draft | InputError]:
    text, warnings = decode(data, where)
    try:
        value = parse_json(text)
    except ValueError as error:
        raise InputError("R006", where, detail=error) from error
    if is_extraction(value[0] if isinstance(value, list) and value else value):
        raise SkippedError
    yield from read_json(value, where, tuple(warnings))
