"""IPTC NITF: News Industry Text Format, versions 2.5 to 3.6, with or without a namespace."""

from __future__ import annotations

from typing import Any

from extractor.errors import InputError
from extractor.readers.draft import Draft
from extractor.readers.fields import dated, names, web_address
from extractor.readers.markup import HTML_BLOCKS, HTML_BREAKS, HTML_SKIPPED, local, paragraphs, words
from extractor.readers.withdrawn import check_status
from extractor.records import Warned

_OWN = {"body.content", "block", "bq", "credit", "datasource", "fn", "hedline", "hl1", "hl2", "media", "note", "nitf-table"}
_BLOCKS = HTML_BLOCKS | _OWN
_SKIPPED = HTML_SKIPPED | {"media", "nitf-table"}


def read_nitf(root: Any, where: str, warnings: tuple[Warned, ...] = ()) -> Draft:
    """Reads an NITF document.

    The text is the main headline, blank line, then the paragraphs of the body; a dateline that the document keeps apart opens the
    first of them, as on the wire.

    Args:
        root: the element `nitf`.
        where: the file, for messages.
        warnings: what there is to say already.

    Raises:
        InputError: R020, withdrawn; R022, no body.
    """
    data = _first(root, "docdata")
    if data is not None:
        check_status(data.get("management-status"), where)
    lines = body_lines(root)
    if not lines:
        raise InputError("R022", where, detail="its `body.content` is empty")
    title = words(_first(root, "hl1")) or words(_first(root, "hedline")) or words(_first(root, "title"))
    pubdata = _first(root, "pubdata")
    publisher = _value(pubdata, "name") or words(_first(root, "distributor")) or _value(_first(root, "doc.copyright"), "holder")
    said = dated(
        _value(_first(root, "date.issue"), "norm"),
        _value(pubdata, "date.publication"),
        _value(_first(root, "date.release"), "norm"),
        _value(_first(root, "story.date"), "norm"),
    )
    return Draft(
        text="\n\n".join(lines),
        title=title,
        url=web_address(_value(pubdata, "ex-ref")) or web_address(_value(_first(root, "doc-id"), "id-string")),
        publisher=publisher,
        authors=_authors(root, publisher),
        published=said.published,
        published_at=said.published_at,
        published_basis=said.published_basis,
        warnings=(*warnings, *said.warnings),
    )


def body_lines(root: Any) -> list[str]:
    """The paragraphs of an NITF body, a dateline in front."""
    body = _first(root, "body.content")
    lines = list(paragraphs(body, _BLOCKS, HTML_BREAKS, _SKIPPED)) if body is not None else []
    head = _first(root, "dateline")
    place = words(_first(head, "location")) if head is not None else None
    line = words(head)
    if lines and line and not lines[0].casefold().startswith((place or line).casefold()):
        lines[0] = f"{line.rstrip(' -–—')} — {lines[0]}"
    return lines


def _authors(root: Any, publisher: str | None) -> tuple[str, ...]:
    """People of the byline: its `person` elements, or else its words without the title below them."""
    found: list[str] = []
    for byline in (e for e in root.iter("{*}byline") if isinstance(e.tag, str)):
        people = [name for e in byline.iter("{*}person") if (name := words(e))]
        title = words(_first(byline, "byttl"))
        found += people or names((words(byline) or "").removesuffix(title or ""), but=publisher)
    return tuple(dict.fromkeys(found))


def _first(element: Any, name: str) -> Any:
    """The first element of a name, in document order."""
    if element is None:
        return None
    return next((e for e in element.iter("{*}" + name) if local(e) == name), None)


def _value(element: Any, name: str) -> str | None:
    return None if element is None else element.get(name)
