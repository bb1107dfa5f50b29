"""Which format is it? The content decides first, then the name; `Settings.input_format` overrules both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from itertools import chain
from typing import Any

from extractor.errors import InputError
from extractor.formats import InputFormat
from extractor.readers.archives import gzip_entries, is_gzip, is_zip, zip_entries
from extractor.readers.decode import check_not_binary, decode, peek
from extractor.readers.draft import Entry, Place, failed
from extractor.readers.feeds import ROOTS as FEEDS
from extractor.readers.feeds import feed_entries
from extractor.readers.html import looks_like_html, read_html
from extractor.readers.json_articles import bounded_lines, is_extraction, json_entries, line_entries, parse_json, parse_row
from extractor.readers.markdown import NAMES as MARKDOWN_NAMES
from extractor.readers.markdown import has_front_matter, read_markdown
from extractor.readers.markup import local, parse_xml
from extractor.readers.newsml import ROOTS as NEWSML
from extractor.readers.newsml import newsml_entries
from extractor.readers.nitf import read_nitf
from extractor.readers.text import read_text
from extractor.readers.warc import warc_entries
from extractor.settings import Settings

_HTML_NAMES = (".html", ".htm", ".xhtml")
_JSON = re.compile(r"\{\s{0,99}(?:\"|\}\s{0,99}$)|\[\s{0,99}(?:\{|\]\s{0,99}$)")
_ROOT = re.compile(
    r"\A(?>\s+|<\?(?>[^?]+|\?(?!>))*+\?>|<!--(?>[^-]+|-(?!->))*+-->|<!DOCTYPE[^<>\[]*+(?>\[[^\]]*+\]\s*+)?>)*+<(?:[\w.-]+:)?([\w.-]+)"
)
"""The first element's name. Nothing in it is tried twice, so hostile openings cost no time."""
_HEAD = 4096
DEEPEST = 2
"""Archives around an article: a gzip file in a zip file."""


class SkippedError(Exception):
    """The input is our own output."""


def entries_of(stream: BufferedReader, place: Place, settings: Settings, depth: int = 0) -> Iterator[Entry]:
    """Looks at the beginning, and hands the file or member to its format.

    Args:
        stream: the bytes, at their beginning.
        place: where they stand.
        settings: limits and format.
        depth: archives around it.

    Raises:
        InputError: nothing of it, or nothing more of it, can be read.
        SkippedError: it is an extraction.
    """
    limit, asked = settings.max_file_bytes, settings.input_format
    try:
        head = stream.peek()[:_HEAD]
    except InputError as error:
        if not place.name.endswith(".warc"):
            raise
        yield from warc_entries(stream, place, limit, read_html, error)  # the first of a crawl's members is broken: others follow
        return
    if is_zip(head) or is_gzip(head):
        yield from _archive(stream, place, settings, depth, zipped=is_zip(head))
        return
    if head.startswith(b"WARC/") if asked is InputFormat.AUTO else asked is InputFormat.WARC:
        yield from warc_entries(stream, place, limit, read_html)
        return
    check_not_binary(head, place.label)
    lines = bounded_lines(stream, limit)
    first = next(lines, b"")
    row = parse_row(first)
    if is_extraction(row):
        raise SkippedError
    opening = [first, *(_until_filled(lines) if row is not None else ())]
    many = place.holds_lines or any(line is None or line.strip() for line in opening[1:])
    if many if asked is InputFormat.AUTO else asked is InputFormat.JSONL:
        yield from _some(line_entries(chain(opening, lines), place), place)
        return
    data = b"".join(line or b"" for line in opening)
    data += stream.read(max(0, limit + 1 - len(data)))
    if None in opening or len(data) > limit:
        if head.lstrip()[:1] == b"{" and b'"schema_version"' in head:
            raise SkippedError
        raise InputError("R004", place.label, detail=f"more than {limit:,} bytes")
    if not data.strip():
        raise InputError("R001", place.label)
    check_not_binary(data[:_HEAD], place.label)
    yield from _whole(data, place, _format_of(data, place) if asked is InputFormat.AUTO else asked)


def _archive(stream: BufferedReader, place: Place, settings: Settings, depth: int, *, zipped: bool) -> Iterator[Entry]:
    """Opens an archive: a gzip file, also within a zip file, but no other within another."""

    def read(unpacked: BufferedReader, member: Place, around: int) -> Iterator[Entry]:
        try:
            yield from entries_of(unpacked, member, settings, around)
        except SkippedError:
            if not zipped:
                raise
            yield failed(member, InputError("R023", member.label, detail="an extraction, not an article"))

    if depth and (zipped or depth >= DEEPEST or not _is_member(place)):
        raise InputError("R019", place.label, detail="zip" if zipped else "gzip")
    if zipped:
        yield from zip_entries(stream, place, read)
    else:
        yield from gzip_entries(stream, place, depth, read)


def _is_member(place: Place) -> bool:
    """Whether a place is a zip file's member."""
    return "!" in place.source


def _format_of(data: bytes, place: Place) -> InputFormat:
    """The format of a whole file: by its beginning, or else by its name."""
    start = peek(data).lstrip("\ufeff").lstrip()
    root = _ROOT.match(start) if start.startswith("<") else None
    name = root[1] if root else ""
    if name in FEEDS or name in NEWSML or name == "nitf" or (start.startswith("<?xml") and name.lower() != "html"):
        return InputFormat.XML
    if place.name.endswith(".json") or _JSON.match(start):
        return InputFormat.JSON
    marked = place.name.endswith(MARKDOWN_NAMES)
    if place.name.endswith(_HTML_NAMES) or looks_like_html(start, whole=marked):
        return InputFormat.HTML
    if marked or has_front_matter(start):
        return InputFormat.MARKDOWN
    return InputFormat.TEXT


def _whole(data: bytes, place: Place, found: InputFormat) -> Iterator[Entry]:
    """Reads a file that is held whole."""
    if found is InputFormat.JSON:
        yield from _json(data, place)
    elif found is InputFormat.XML:
        yield from _xml(data, place)
    else:
        readers: dict[InputFormat, Any] = {InputFormat.HTML: read_html, InputFormat.MARKDOWN: read_markdown}
        yield Entry(place, partial(readers.get(found, read_text), data, place.label))


def _xml(data: bytes, place: Place) -> Iterator[Entry]:
    """Its root tells what it is; feeds are parsed again, for they are read as far as they are whole."""
    match = _ROOT.match(peek(data).lstrip("\ufeff").lstrip())
    if match and match[1] in FEEDS:
        yield from feed_entries(data, place)
        return
    root, warnings = parse_xml(data, place.label)
    name = local(root)
    if name in FEEDS:
        yield from feed_entries(data, place)
    elif name == "nitf":
        yield Entry(place, partial(read_nitf, root, place.label, tuple(warnings)))
    elif name in NEWSML:
        yield from newsml_entries(root, place, tuple(warnings))
    elif name.lower() == "html":
        yield Entry(place, partial(read_html, data, place.label))
    else:
        raise InputError("R015", place.label, detail=name)


def _json(data: bytes, place: Place) -> Iterator[Entry]:
    text, warnings = decode(data, place.label)
    try:
        value = parse_json(text)
    except ValueError as error:
        raise InputError("R006", place.label, detail=error) from error
    if is_extraction(value[0] if isinstance(value, list) and value else value):
        raise SkippedError
    yield from json_entries(value, place, tuple(warnings))


def _until_filled(lines: Iterator[bytes | None]) -> Iterator[bytes | None]:
    """Lines up to the first that is not blank."""
    for line in lines:
        yield line
        if line is None or line.strip():
            return


def _some(entries: Iterator[Entry], place: Place) -> Iterator[Entry]:
    """The entries; an error if there is none."""
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007 - the count is read behind the loop
        yield entry
    if not count:
        yield failed(place, InputError("R001", place.label))
