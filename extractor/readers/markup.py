"""HTML and XML from outside: parsed without entities, network or unbounded work; and their blocks as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import Any

from extractor.errors import InputError, warning
from extractor.readers.decode import decode
from extractor.records import Warned

MOST_ELEMENTS = 30_000
"""A page of so many takes up to 5 s; one of more is no article, and could hold a run up for minutes."""
MOST_TAGS = 500_000
"""Tags, comments and the like of a document: more are not even parsed, for each takes memory many times its length."""
MOST_ATTRIBUTES = 5_000
"""In one tag: the parser's time grows with their square."""
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""How XML is parsed: nothing is fetched, nothing is expanded, depth and sizes are bounded."""

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[A-Za-z/!]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_DECLARATION = re.compile(r"\A[\ufeff\s]*<\?xml\b[^>]{0,500}\?>")


def parse_html(text: str, where: str) -> Any:
    """Parses a page.

    Raises:
        InputError: R004, too many elements or attributes; R008, it is no page.
    """
    from lxml import etree, html

    if (count := text.count("<")) > MOST_TAGS:
        raise InputError("R004", where, detail=f"{count:,} HTML tags, the limit is {MOST_TAGS:,}")
    if any(piece.partition(">")[0].count("=") > MOST_ATTRIBUTES for piece in text.split("<")):
        raise InputError("R004", where, detail=f"an HTML tag with more than {MOST_ATTRIBUTES:,} attributes")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError("R008", where, detail=str(error) or "no page") from error
    count = sum(1 for _ in tree.iter())
    if count > MOST_ELEMENTS:
        raise InputError("R004", where, detail=f"{count:,} HTML elements, the limit is {MOST_ELEMENTS:,}")
    return tree


def xml_bytes(data: bytes, where: str) -> tuple[bytes, list[Warned]]:
    """XML as UTF-8 without declaration, entities of HTML's names and characters that XML does not have.

    The declared encoding is believed where the bytes are not UTF-8 and it fits them. HTML's names would come from a DTD, which
    is not read.

    Raises:
        InputError: R001; R004, too many tags; R005; R014, it declares entities.
    """
    text, warnings = decode(data, where, declares=True)
    if not text.strip():
        raise InputError("R001", where)
    if (count := text.count("<")) > MOST_TAGS:
        raise InputError("R004", where, detail=f"{count:,} XML tags, the limit is {MOST_TAGS:,}")
    if "<!DOCTYPE" in text and "<!ENTITY" in text:
        raise InputError("R014", where)
    text = _DECLARATION.sub("", text, count=1).lstrip("\ufeff").lstrip()
    text, count = _NO_XML.subn("\ufffd", text)
    if count:
        warnings.append(warning("W101", count=count))
    return _ENTITY.sub(_named, text).encode(), warnings


def _named(match: re.Match[str]) -> str:
    known = html5.get(match[1] + ";") if match[1] not in _OF_XML else None
    return known if known and not set(known) & set("<>&") else match[0]


def parse_xml(data: bytes, where: str) -> tuple[Any, list[Warned]]:
    """Parses XML.

    Returns:
        The root, and what there is to warn of.

    Raises:
        InputError: R001, R005, R014; R013, it is broken.
    """
    from lxml import etree

    clean, warnings = xml_bytes(data, where)
    try:
        root = etree.fromstring(clean, etree.XMLParser(encoding="utf-8", **SAFE))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError("R013", where, detail=str(error)) from error
    if root is None:
        raise InputError("R013", where, detail="no element")
    return root, warnings


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments, entities and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words(element: Any) -> str | None:
    """All text of an element, on one line; None if there is none."""
    return None if element is None else " ".join("".join(element.itertext("{*}*", "{}*")).split()) or None


HTML_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "li", "main", "nav", "ol",
        "p", "pre", "section", "summary", "table", "td", "th", "title", "tr", "ul",
    }
)  # fmt: skip
HTML_BREAKS = frozenset({"br"})
HTML_SKIPPED = frozenset(
    {
        "audio", "button", "canvas", "embed", "figcaption", "figure", "form", "head", "iframe", "map", "math", "nav", "noscript",
        "object", "script", "select", "style", "svg", "table", "template", "textarea", "title", "video",
    }
)  # fmt: skip
"""What is no story: as the reader of pages, this leaves out tables, too."""


def html_paragraphs(markup: str, where: str) -> list[str]:
    """The paragraphs of a piece of HTML that is all article, such as a feed's content; without tags, of a text.

    Raises:
        InputError: R004, R008.
    """
    if not _TAG.search(markup):
        return [line for piece in _BLANK_LINE.split(unescape(markup)) if (line := " ".join(piece.split()))]
    return list(paragraphs(parse_html(f"<div>{markup}</div>", where), HTML_BLOCKS, HTML_BREAKS, HTML_SKIPPED))


def paragraphs(
    element: Any, blocks: frozenset[str], breaks: frozenset[str], skipped: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The element's blocks as lines, in order.

    Args:
        element: root of the tree.
        blocks: names of elements whose edges end a paragraph.
        breaks: names of elements that end a paragraph where they stand.
        skipped: names of elements that are left out with all that they hold.
    """
    for pieces in _split(element, blocks, breaks, skipped):
        line = " ".join("".join(pieces).split())
        if line:
            yield line


def _split(element: Any, blocks: frozenset[str], breaks: frozenset[str], skipped: frozenset[str]) -> Iterator[list[str]]:
    """Walks the tree once."""
    from lxml import etree

    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    line: list[str] = []
    for event, node in walk:
        tag = local(node) if event in ("start", "end") else ""
        leaves_out = tag in skipped and node is not element
        if tag in blocks or (tag in breaks and event == "start"):
            yield line
            line = []
        if event == "start":
            if leaves_out:
                walk.skip_subtree()
            elif node.text:
                line.append(node.text)
        elif node.tail and node is not element:
            line.append(node.tail)
    yield line
