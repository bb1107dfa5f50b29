"""HTML: the article's text by trafilatura, its date by htmldate, the rest from the page's metadata.

The text is title, blank line, then the paragraphs with blank lines between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from extractor.errors import InputError
from extractor.readers.decode import decode
from extractor.readers.draft import Draft
from extractor.readers.published import parse_published

MOST_ELEMENTS = 30_000
"""A page of so many takes up to 5 s; one of more is no article, and could hold a run up for minutes."""
MOST_ATTRIBUTES = 5_000
"""In one tag: the parser's time grows with their square."""
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2100-12-31"}
"""Fixed bounds: by default htmldate takes the clock's day for the upper one."""
_TIMES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished']/@datetime",
)
_LOOKS = re.compile(r"<(?:!doctype html|html|head|body|title|meta|article|main|div|p|h1|section)\b", re.IGNORECASE)
_BLOCKS = {"p", "head", "item", "quote", "list", "code", "row"}


def looks_like_html(text: str) -> bool:
    """Whether a text begins as a page does."""
    start = text[:4096].lstrip()
    return start.startswith("<") and bool(_LOOKS.search(start))


def read_html(data: bytes, where: str) -> Draft:
    """Reads a page.

    Raises:
        InputError: R001, R004 (too many elements), R005, R008 (no article in it).
    """
    text, warnings = decode(data, where, declares=True)
    if not text.strip():
        raise InputError("R001", where)
    tree = _parse(text, where)
    times = [str(value) for path in _TIMES for value in tree.xpath(path)]
    found = _extracted(tree, where)
    paragraphs = list(_paragraphs(found.body)) if found.body is not None else []
    title = " ".join((found.title or "").split())
    again = next((n for n, line in enumerate(paragraphs[:3]) if line.casefold() == title.casefold()), None)
    if again is not None:
        del paragraphs[again]
    if not any(_reads_as_prose(paragraph) for paragraph in paragraphs):
        raise InputError("R008", where, detail="no paragraph of prose")
    published, published_at = _published(found.date, times)
    return Draft(
        text="\n\n".join(paragraphs),
        title=title or None,
        url=found.url or None,
        publisher=found.sitename or None,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=published,
        published_at=published_at,
        published_basis="metadata" if published else "unknown",
        warnings=tuple(warnings),
    )


SHORTEST_PROSE = 8
"""Words of the shortest paragraph that makes an article; a menu, a login form or an error page has none so long."""


def _reads_as_prose(paragraph: str) -> bool:
    """Whether a paragraph is a sentence of a story, not a label, a link or a notice to the browser's user."""
    sentence = len(paragraph.split()) >= SHORTEST_PROSE and bool(re.search(r"[.!?…][\"'”’)]*\s*$", paragraph))
    return sentence and not _NOTICE.search(paragraph)


_NOTICE = re.compile(
    r"\b(?:enable|turn on|requires?) (?:java ?script|cookies)\b|\byour browser\b"
    r"|\b(?:sign|log) ?in to (?:continue|read|view|your)\b"
    r"|\bpage (?:you (?:requested|are looking for|were looking for)|was not found|not found|could not be found|does not exist)\b",
    re.IGNORECASE,
)


def _extracted(tree: Any, where: str) -> Any:
    """What trafilatura makes of the page: an object with body, title, author, date, sitename and url."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
        )
    except Exception as error:  # whatever a page makes the library do is this page's failure
        raise InputError("R008", where, detail=f"{type(error).__name__}: {error}") from error
    if found is None:
        raise InputError("R008", where, detail="nothing but navigation")
    return found


def _parse(text: str, where: str) -> Any:
    from lxml import etree, html

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


def _paragraphs(body: Any) -> Iterator[str]:
    """The body's blocks as lines, in order."""
    for block in _split(body):
        line = " ".join("".join(block).split())
        if line:
            yield line


def _split(element: Any) -> Iterator[list[str]]:
    """Walks the tree once; every block's edge and every line break ends a paragraph."""
    line: list[str] = []
    for event, node in _walk(element):
        if event in ("start", "end") and (node.tag in _BLOCKS or (node.tag == "lb" and event == "start")):
            yield line
            line = []
        if event == "start" and node.text:
            line.append(node.text)
        if event == "end" and node.tail and node is not element:
            line.append(node.tail)
    yield line


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    return iter(etree.iterwalk(element, events=("start", "end")))


def _published(day: str | None, times: list[str]) -> tuple[date | None, datetime | None]:
    """The day that htmldate found, with the page's own time where it says the same day with an offset."""
    if not day:
        return None, None
    published = date.fromisoformat(day)
    for value in times:
        try:
            found, moment = parse_published(value)
        except ValueError:
            continue
        if moment and found == published:
            return published, moment
    return published, None
