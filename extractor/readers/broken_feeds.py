"""Feeds that are no XML as a whole: their items one by one, so that an item with a stray `&` costs itself alone."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

from extractor.errors import InputError
from extractor.readers.markup import SAFE, local

_ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:rss|feed|RDF))\b[^<>]{0,4000}>")
_ITEM = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:item|entry))[\s>]")
_TITLE = re.compile(rb"<title[^<>]{0,200}>[^<>]{0,500}</title>")


class Pieces(NamedTuple):
    """The items of a broken feed.

    Attributes:
        opening: the feed's root and title, which with an item and `closing` make a document.
        closing: the root's end.
        items: the items as they are.
        cut_off: whether it ends behind a whole item, and before its own end: others may be missing.
    """

    opening: bytes
    closing: bytes
    items: list[bytes]
    cut_off: bool


def pieces(data: bytes) -> Pieces:
    """Takes a feed apart, by its tags' names only."""
    root = _ROOT.search(data)
    if not root:
        return Pieces(b"", b"", [], False)
    starts = [(found.start(), found[1]) for found in _ITEM.finditer(data, root.end())]
    closing = b"</" + root[1] + b">"
    title = _TITLE.search(data, root.end(), starts[0][0]) if starts else None
    opening = root[0] + (title[0] if title else b"")
    if _parsed(opening + closing) is None:
        opening = root[0]
    items, stop = [], -1
    for (start, name), (end, _) in pairwise([*starts, (len(data), b"")]):
        stop = data.rfind(b"</" + name + b">", start, end)
        items.append(data[start : stop + len(name) + 3] if stop >= 0 else data[start:end])
    return Pieces(opening, closing, items, stop >= 0 and closing not in data[stop:])


def parse_item(document: bytes, where: str) -> Any:
    """Parses the document of one item.

    Raises:
        InputError: R013, it is the broken one.
    """
    root = _parsed(document, where)
    return next(element for element in root.iter("{*}item", "{*}entry") if local(element))


def _parsed(document: bytes, where: str | None = None) -> Any:
    """The document's root; None for one that is broken, unless a place is given."""
    from lxml import etree

    try:
        return etree.fromstring(document, etree.XMLParser(encoding="utf-8", **SAFE))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        if where is None:
            return None
        raise InputError("R013", where, detail=str(error)) from error
