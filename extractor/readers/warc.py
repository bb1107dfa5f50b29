"""WARC, as CC-NEWS and other crawls keep pages: the HTML of successful responses, record by record.

The records are told apart here, in bounded memory and so that one broken record costs only itself; what HTTP does to a page
(chunks, compression, headers) is undone by warcio.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BufferedReader, BytesIO
from typing import Any

from extractor.errors import InputError
from extractor.readers.draft import Draft, Entry, Place, failed
from extractor.readers.fields import web_address

LONGEST_HEADER = 64_000
"""Bytes of a record's header."""
_HEAD = 16_384
"""Bytes of a response that tell whether it is a page."""
_VERSION = re.compile(rb"WARC/\d\.\d\s*$")
_PAGES = ("text/html", "application/xhtml+xml")
ReadPage = Callable[..., Draft]


class _BrokenError(Exception):
    """The record's frame is broken; the next one is looked for."""


def warc_entries(
    stream: BufferedReader, place: Place, limit: int, read_page: ReadPage, broken: InputError | None = None
) -> Iterator[Entry]:
    """The pages of a WARC file.

    Args:
        stream: the file, uncompressed.
        place: where it stands.
        limit: largest page in bytes.
        read_page: reads the bytes of a page; see `read_html`.
        broken: what is wrong with the beginning.
    """
    number, record = 0, 0
    resumed: bytes | None = None
    before: Exception | None = broken
    if broken:
        number += 1
        yield failed(place, _told(broken, f"{place.label}#{number}", 1), str(number))
    while True:
        try:
            if before:
                resumed, before = _next_version(stream), None
                if resumed is None:
                    return
            header = _header(stream, resumed)
            if header is None:
                break
            record += 1
            resumed = None
            found = _response(stream, header, limit)
        except (InputError, _BrokenError) as error:  # behind a broken record, or a broken part of the archive, it may go on
            if error is before:
                return
            before = error
            number += 1
            yield failed(place, _told(error, f"{place.label}#{number}", record + 1), str(number))
            continue
        if found is None:
            continue
        number += 1
        part = str(number)
        if isinstance(found, int):
            where = f"{place.label}#{part}"
            yield failed(place, InputError("R004", where, detail=f"a record of {found:,} bytes, the limit is {limit:,}"), part)
        else:
            yield Entry(place, partial(_read, found, f"{place.label}#{part}", part, limit, read_page), part)
    if not number:
        yield failed(place, InputError("R023", place.label, detail="a WARC file without pages"))


def _told(error: InputError | _BrokenError, where: str, record: int) -> InputError:
    if isinstance(error, InputError):  # of the archive around it
        return InputError(error.code, where, **error.details)
    return InputError("R016", where, detail=f"WARC record {record}: {error}")


def _header(stream: BufferedReader, first: bytes | None) -> tuple[bytes, dict[str, str]] | None:
    """The next record's header, as it is and as fields; None at the end.

    Raises:
        _BrokenError: there is something else.
    """
    line = first or stream.readline(LONGEST_HEADER)
    while line and not line.strip():
        line = stream.readline(LONGEST_HEADER)
    if not line:
        return None
    if not _VERSION.match(line):
        raise _BrokenError("no record begins where the last one should end")
    whole, fields = line, {}
    while (line := stream.readline(LONGEST_HEADER)).strip():
        whole += line
        if len(whole) > LONGEST_HEADER:
            raise _BrokenError("a header without end")
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields[name.strip().lower()] = value.strip()
    if not line:
        raise _BrokenError("it ends within a header")
    if not re.fullmatch(r"\d{1,15}", fields.get("content-length", "")):
        raise _BrokenError("no Content-Length")
    return whole + line, fields


def _response(stream: BufferedReader, header: tuple[bytes, dict[str, str]], limit: int) -> Any:
    """The record, parsed, if it is a page; its size, if it is one that is too large; None for all other records.

    Raises:
        _BrokenError: it is shorter than it says.
    """
    whole, fields = header
    size = int(fields["content-length"])
    head = stream.read(min(size, _HEAD))
    wanted = fields.get("warc-type") in ("response", "resource") and _page(whole, head)
    large = size > limit + _HEAD
    if wanted and not large:
        block = head + stream.read(size - len(head))
        if len(block) < size:
            raise _BrokenError("it ends within a record")
        return _page(whole, block)
    left = size - len(head)
    while left > 0:
        piece = stream.read(min(left, 1 << 20))
        if not piece:
            raise _BrokenError("it ends within a record")
        left -= len(piece)
    return size if wanted else None


def _page(header: bytes, block: bytes) -> Any:
    """Warcio's record, if it is a page that was found; None if not."""
    from warcio.archiveiterator import WARCIterator

    data = re.sub(rb"(?mi)^content-length:[^\r\n]*", b"Content-Length: %d" % len(block), header, count=1)
    try:
        record = next(iter(WARCIterator(BytesIO(data + block))), None)
    except Exception:  # whatever a record makes the library do: it is no page
        return None
    if record is None:
        return None
    http = record.http_headers
    if http is None:
        kind = record.rec_headers.get_header("Content-Type") or ""
        return record if kind.lower().startswith(_PAGES) else None
    kind = http.get_header("Content-Type") or ""
    return record if http.get_statuscode() == "200" and kind.strip().lower().startswith(_PAGES) else None


def _read(record: Any, where: str, part: str, limit: int, read_page: ReadPage) -> Draft:
    """Reads the page. Its address is the crawled one, if it says none itself; the day of the crawl is no publication date."""
    data = bytearray()
    try:
        stream = record.content_stream()
        while len(data) <= limit and (piece := stream.read(1 << 16)):  # it may give less than it is asked for
            data += piece
    except Exception as error:
        raise InputError("R016", where, detail=f"its HTTP content: {type(error).__name__}: {error}") from error
    if len(data) > limit:
        raise InputError("R004", where, detail=f"more than {limit:,} bytes")
    kind = (record.http_headers.get_header("Content-Type") if record.http_headers else None) or ""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", kind)
    draft = read_page(bytes(data), where, told=charset[1] if charset else None)
    address = web_address((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))
    return replace(draft, part=part, url=draft.url or address)


def _next_version(stream: BufferedReader) -> bytes | None:
    """Reads on to the line with which a record begins."""
    while line := stream.readline(LONGEST_HEADER):
        if _VERSION.match(line):
            return line
    return None
