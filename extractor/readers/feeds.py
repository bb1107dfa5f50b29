"""RSS 0.9 to 2.0 and Atom: the articles whose full text the feed has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from extractor.errors import InputError
from extractor.readers.broken_feeds import Pieces, parse_item, pieces
from extractor.readers.draft import Draft, Entry, Place, failed
from extractor.readers.fields import dated, names, web_address
from extractor.readers.markup import (
    HTML_BLOCKS,
    HTML_BREAKS,
    HTML_SKIPPED,
    SAFE,
    html_paragraphs,
    local,
    paragraphs,
    words,
    xml_bytes,
)
from extractor.records import Warned

ROOTS = frozenset({"rss", "feed", "RDF"})
FEWEST_WORDS = 120
"""A description of so many words is the article, as feeds of press releases have it; a shorter one tells what it is about."""
_CUT = re.compile(r"(?:\[?(?:\.\.\.|…)\]?|\b(?:read|continue|see) (?:more|on|reading|full)[^.]{0,40})[\s»→>]*$", re.IGNORECASE)
_APPEARED = re.compile(r"The post .{1,300} (?:first )?appeared (?:first )?on .{1,200}", re.DOTALL)
"""The last paragraph that WordPress adds."""


def feed_entries(data: bytes, place: Place) -> Iterator[Entry]:
    """The items of a feed; of one that is broken those that are whole.

    Raises:
        InputError: R001, R004, R005, R014; R013, it is broken, and has no items.
    """
    from lxml import etree

    clean, more = xml_bytes(data, place.label)
    warnings, count = tuple(more), 0
    try:
        root = etree.fromstring(clean, etree.XMLParser(encoding="utf-8", **SAFE))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        broken = InputError("R013", place.label, detail=str(error))
        found = pieces(clean)
        if not found.items:
            raise broken from error
        for count, piece in enumerate(found.items, 1):
            yield Entry(place, partial(_read_piece, found, piece, f"{place.label}#{count}", str(count), warnings), str(count))
        if found.cut_off:
            part = str(count + 1)
            yield failed(place, InputError("R013", f"{place.label}#{part}", **broken.details), part)
        return
    for count, item in enumerate(root.iter("{*}item", "{*}entry"), 1):
        yield Entry(place, partial(_read_item, item, f"{place.label}#{count}", str(count), warnings), str(count))
    if not count:
        yield failed(place, InputError("R023", place.label, detail="a feed without items"))


def _read_piece(feed: Pieces, piece: bytes, where: str, part: str, warnings: tuple[Warned, ...]) -> Draft:
    return _read_item(parse_item(feed.opening + piece + feed.closing, where), where, part, warnings)


def _read_item(item: Any, where: str, part: str, warnings: tuple[Warned, ...]) -> Draft:
    """Reads one item.

    Raises:
        InputError: R021, only a teaser; R022, nothing; R004, R008.
    """
    lines = _content(item, where)
    if not lines:
        teaser = html_paragraphs(_text(item, "description", "summary") or "", where)
        count = len(" ".join(teaser).split())
        if not count:
            raise InputError("R022", where, detail="neither content nor description")
        if count < FEWEST_WORDS or _CUT.search(teaser[-1]):
            raise InputError("R021", where, detail=f"{count} words")
        lines = teaser
    if len(lines) > 1 and _APPEARED.fullmatch(lines[-1]):
        del lines[-1]
    publisher = _publisher(item)
    said = dated(*(_text(item, name) for name in ("pubDate", "published", "date", "issued", "updated", "modified")))
    return Draft(
        text="\n\n".join(lines),
        title=" ".join(html_paragraphs(_text(item, "title") or "", where)) or None,
        part=part,
        url=_address(item),
        publisher=publisher,
        authors=_authors(item, publisher),
        published=said.published,
        published_at=said.published_at,
        published_basis=said.published_basis,
        warnings=(*warnings, *said.warnings),
    )


def _content(item: Any, where: str) -> list[str]:
    """The full text: `content:encoded`, RSS's `fullText` and Atom's `content`, be it text, HTML or XHTML."""
    for element in _children(item, "encoded", "fulltext", "full-text", "fullText", "content", "body"):
        if local(element) == "content" and element.get("url"):
            continue  # a picture of Media RSS
        kind = (element.get("type") or "html").lower()
        if len(element):
            lines = list(paragraphs(element, HTML_BLOCKS, HTML_BREAKS, HTML_SKIPPED))
        elif kind in ("text", "text/plain"):
            lines = [text.strip("\r\n")] if (text := element.text or "").strip() else []
        else:
            lines = html_paragraphs(element.text or "", where)
        if lines:
            return lines
    return []


def _publisher(item: Any) -> str | None:
    """The item's own source, or else the feed's title."""
    source = next(iter(_children(item, "source")), None)
    if source is not None and (found := words(next(iter(_children(source, "title")), source))):
        return found
    parent = item.getparent()
    channels = [parent, *(_children(parent, "channel") if parent is not None else ())]
    return next((found for e in channels if e is not None and (found := _text(e, "title"))), None)


def _authors(item: Any, publisher: str | None) -> tuple[str, ...]:
    """`dc:creator`, Atom's author names, or RSS's `author`, which is an e-mail address with a name behind it."""
    found: list[str] = []
    for element in _children(item, "creator", "author", "contributor"):
        line = _text(element, "name") or words(element) or ""
        mail = re.fullmatch(r"[^\s@]{1,99}@\S{1,200}(?: \((.{0,500})\))?", line)
        found += names((mail[1] or "") if mail else line, but=publisher)
    return tuple(dict.fromkeys(found))


def _address(item: Any) -> str | None:
    """The article's page, not the feed's redirection to it."""
    links = _children(item, "link")
    atom = [e.get("href") for e in links if e.get("href") and e.get("rel", "alternate") == "alternate"]
    guids = [words(e) for e in _children(item, "guid", "id") if e.get("isPermaLink", "true") == "true"]
    given = [_text(item, "origLink"), *atom, *(words(e) for e in links), *guids]
    return next((found for value in given if (found := web_address(value))), None)


def _children(element: Any, *wanted: str) -> list[Any]:
    """Children in the order of the wanted names."""
    return [e for name in wanted for e in element if local(e) == name]


def _text(element: Any, *wanted: str) -> str | None:
    """The text of the first child of one of the names that has any, its markup as it is."""
    return next((found for e in _children(element, *wanted) if (found := "".join(e.itertext()).strip())), None)
