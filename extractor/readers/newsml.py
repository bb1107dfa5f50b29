"""IPTC NewsML-G2: a news item, or a message with several."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from functools import partial
from typing import Any

from extractor.errors import InputError
from extractor.readers.draft import Draft, Entry, Place, failed
from extractor.readers.fields import dated, names, web_address
from extractor.readers.markup import HTML_BLOCKS, HTML_BREAKS, HTML_SKIPPED, html_paragraphs, local, paragraphs, words
from extractor.readers.nitf import body_lines
from extractor.readers.withdrawn import check_status
from extractor.records import Warned

ROOTS = frozenset({"newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"})


def newsml_entries(root: Any, place: Place, warnings: tuple[Warned, ...]) -> Iterator[Entry]:
    """The news items of a document; other kinds of items (packages, concepts) have no text and are passed over."""
    items = [root] if local(root) == "newsItem" else [e for e in root.iter("{*}newsItem") if local(e) == "newsItem"]
    if not items:
        yield failed(place, InputError("R023", place.label, detail=f"a NewsML-G2 {local(root)} without a newsItem"))
    for number, item in enumerate(items, 1):
        part = "" if item is root else str(number)
        where = f"{place.label}#{part}" if part else place.label
        yield Entry(place, partial(read_news_item, item, where, part, warnings), part)


def read_news_item(item: Any, where: str, part: str = "", warnings: tuple[Warned, ...] = ()) -> Draft:
    """Reads one news item.

    Raises:
        InputError: R020, withdrawn; R022, no text in it (a picture, or text that is elsewhere).
    """
    meta, content = _child(item, "itemMeta"), _child(item, "contentMeta")
    status = _child(meta, "pubStatus")
    if status is not None:
        check_status(status.get("qcode") or status.get("uri") or words(status), where)
    lines = _lines(item, where)
    if not lines:
        kinds = sorted({local(e) for e in _children(_child(item, "contentSet"), "*")})
        raise InputError("R022", where, detail=", ".join(kinds) or "no contentSet")
    publisher = _publisher(item, meta, content)
    said = dated(
        words(_child(content, "contentCreated")),
        words(_child(meta, "versionCreated")),
        words(_child(meta, "firstCreated")),
    )
    return Draft(
        text="\n\n".join(lines),
        title=words(_child(content, "headline")) or words(_child(meta, "title")),
        part=(item.get("guid") or part) if part else "",
        url=web_address(item.get("guid")),
        publisher=publisher,
        authors=_authors(content, publisher),
        published=said.published,
        published_at=said.published_at,
        published_basis=said.published_basis,
        warnings=(*warnings, *said.warnings),
    )


def _lines(item: Any, where: str) -> list[str]:
    """The paragraphs of the first rendition that has any: NITF or XHTML inline, or text."""
    for content in _children(_child(item, "contentSet"), "*"):
        lines: list[str] = []
        if local(content) == "inlineXML":
            inner = next(iter(_children(content, "*")), None)
            if inner is not None and any(True for _ in inner.iter("{*}body.content")):
                lines = body_lines(inner)
            elif inner is not None:
                lines = list(paragraphs(inner, HTML_BLOCKS, HTML_BREAKS, HTML_SKIPPED))
        elif local(content) == "inlineData":
            lines = _plain(content, where)
        if lines:
            return lines
    return []


def _plain(content: Any, where: str) -> list[str]:
    """Text within the item; it may be HTML, and it may be in base 64."""
    text = "".join(content.itertext())
    if "base64" in (content.get("encoding") or "").lower():
        try:
            text = base64.b64decode(text, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return []
    kind = (content.get("contenttype") or "text/plain").lower()
    if "html" in kind:
        return html_paragraphs(text, where)
    if not kind.startswith("text/plain"):
        return []
    return [text.strip("\r\n")] if text.strip() else []  # its lines are left as they are: they may be wrapped


def _publisher(item: Any, meta: Any, content: Any) -> str | None:
    """The provider's name, or else the source's or the holder of the rights."""
    rights = _child(item, "rightsInfo")
    for parent, name in ((meta, "provider"), (content, "infoSource"), (rights, "copyrightHolder")):
        element = _child(parent, name)
        if element is not None and (found := words(_child(element, "name")) or element.get("literal")):
            return str(found)
    return None


def _authors(content: Any, publisher: str | None) -> tuple[str, ...]:
    """The byline, or else the creators."""
    found = [name for line in _children(content, "by") for name in names(words(line), but=publisher)]
    if not found:
        found = [name for e in _children(content, "creator") if (name := words(_child(e, "name"))) and name != publisher]
    return tuple(dict.fromkeys(found))


def _children(element: Any, name: str) -> list[Any]:
    if element is None:
        return []
    return [e for e in element if local(e) and name in ("*", local(e))]


def _child(element: Any, name: str) -> Any:
    return next(iter(_children(element, name)), None)
