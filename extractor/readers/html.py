"""HTML: the article's text by trafilatura, its date by htmldate, the rest from the page's metadata.

The text is title, blank line, then the paragraphs with blank lines between them.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from extractor.errors import InputError
from extractor.readers import json_ld
from extractor.readers.decode import decode
from extractor.readers.draft import Draft
from extractor.readers.fields import one_line
from extractor.readers.json_articles import parse_json
from extractor.readers.markup import paragraphs as lines_of
from extractor.readers.markup import parse_html
from extractor.readers.published import parse_published
from extractor.records import Warned

_DATES = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2100-12-31"}
"""Fixed bounds: by default htmldate takes the clock's day for the upper one."""
_TIMES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished']/@datetime",
)
_WHOLE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_LOOKS = re.compile(r"<(?:!doctype html|html|head|body|title|meta|article|main|div|p|h1|section)\b", re.IGNORECASE)
_ADDRESS = "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"
_CDATA = re.compile(r"^\s*(?://)?<!\[CDATA\[|(?://)?\]\]>\s*$")
MOST_SCRIPTS = 50
"""Descriptions of a page that are looked at."""
_BLOCKS = frozenset({"p", "head", "item", "quote", "list", "code", "row"})
_BREAKS = frozenset({"lb"})
"""As trafilatura names them."""


def looks_like_html(text: str, *, whole: bool = False) -> bool:
    """Whether a text begins as a page does.

    Args:
        text: the text, or its beginning.
        whole: whether only a whole page counts, for Markdown may begin with some HTML.
    """
    start = text[:4096].lstrip()
    return start.startswith("<") and bool(_WHOLE.match(start) if whole else _LOOKS.search(start))


def read_html(data: bytes, where: str, *, told: str | None = None) -> Draft:
    """Reads a page. Where it describes its article in JSON-LD, that gives the fields, and the text if the page shows none.

    Args:
        data: the page.
        where: the page, for messages.
        told: the encoding that its HTTP header names.

    Raises:
        InputError: R001, R004 (too many elements), R005, R008 (no article in it).
    """
    text, warnings = decode(data, where, declares=True, told=told)
    if not text.strip():
        raise InputError("R001", where)
    tree = parse_html(text, where)
    times = [str(value) for path in _TIMES for value in tree.xpath(path)]
    described = _described(tree)
    try:
        found = _extracted(tree, where)
        lines = list(lines_of(found.body, _BLOCKS, _BREAKS)) if found.body is not None else []
        title = one_line(found.title) or json_ld.title_of(described)
        again = next((n for n, line in enumerate(lines[:3]) if title and line.casefold() == title.casefold()), None)
        if again is not None:
            del lines[again]
        lines = _with_paragraphs(lines, json_ld.text_of(described, where))
        if not any(_reads_as_prose(paragraph) for paragraph in lines):
            raise InputError("R008", where, detail="no paragraph of prose")
    except InputError:
        lines = json_ld.text_of(described, where).split("\n\n")
        if not any(_reads_as_prose(paragraph) for paragraph in lines):
            raise
        return _from_description(described, lines, tuple(warnings))
    published, published_at = _published(found.date, times)
    said = json_ld.date_of(described, own=False)
    if said.published:
        published, published_at = said.published, said.published_at or (published_at if published == said.published else None)
    return Draft(
        text="\n\n".join(lines),
        title=title,
        url=json_ld.url_of(described) or found.url or None,
        publisher=json_ld.publisher_of(described) or found.sitename or None,
        authors=json_ld.authors_of(described) or tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=published,
        published_at=published_at,
        published_basis="metadata" if published else "unknown",
        warnings=tuple(warnings),
    )


def _described(tree: Any) -> dict[str, Any]:
    """The one article that the page's JSON-LD describes; of several the one with the page's address; empty if there is none."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']")[:MOST_SCRIPTS]:
        with suppress(ValueError):
            found += json_ld.articles(parse_json(_CDATA.sub("", script.text or "")))
    if len(found) > 1:
        own = {str(value).rstrip("/") for value in tree.xpath(_ADDRESS)}
        found = [one for one in found if (json_ld.url_of(one) or "").rstrip("/") in own]
    return found[0] if len(found) == 1 else {}


def _with_paragraphs(lines: list[str], body: str) -> list[str]:
    """The description's body where the page gave its words on one line: trafilatura falls back on it and joins its paragraphs."""
    return body.split("\n\n") if len(lines) == 1 and lines[0].split() == body.split() else lines


def _from_description(described: dict[str, Any], lines: list[str], warnings: tuple[Warned, ...]) -> Draft:
    """The article of a page that shows it by script only."""
    said = json_ld.date_of(described, own=False)
    return Draft(
        text="\n\n".join(lines),
        title=json_ld.title_of(described),
        url=json_ld.url_of(described),
        publisher=json_ld.publisher_of(described),
        authors=json_ld.authors_of(described),
        published=said.published,
        published_at=said.published_at,
        published_basis=said.published_basis,
        warnings=(*warnings, *said.warnings),
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
