"""Markdown (CommonMark with tables): the text as it reads, without markup; the fields from its YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.errors import InputError, warning
from extractor.readers.decode import decode
from extractor.readers.draft import Draft
from extractor.readers.fields import dated, names, one_line, web_address
from extractor.readers.markup import html_paragraphs
from extractor.records import Warned

NAMES = (".md", ".markdown", ".mdown", ".mkd")
LONGEST_FRONT = 64_000
"""Characters of front matter; what is longer is none."""
MOST_BRACKETS = 500
"""In front matter: the time that YAML takes grows with the square of their depth."""
_FRONT = re.compile(r"\s{0,99}---[ \t]*\r?\n(?=#|[A-Za-z_\"'][\w .\"'-]{0,60}:(?:\s|$))")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_LINE = re.compile(r"^([A-Za-z_][\w .-]{0,40}):[ \t]+(\S.*)$", re.MULTILINE)

# The names that the fields go by in Hugo, Jekyll, Pelican, Eleventy, Obsidian and hand-written files, in the order of preference.
_TITLE = ("title", "headline")
_DATE = ("published", "date", "pubdate", "publishdate", "published_at", "datepublished", "published_time", "created")
_AUTHOR = ("authors", "author", "byline", "by", "creator")
_PUBLISHER = ("publisher", "source", "publication", "outlet", "site", "site_name", "agency")
_URL = ("url", "canonical", "canonical_url", "canonicalurl", "link", "source_url", "permalink")


def has_front_matter(text: str) -> bool:
    """Whether a text, or the beginning of one, begins with front matter."""
    opening = _FRONT.match(text)
    return opening is not None and _FRONT_END.search(text, opening.end()) is not None


def read_markdown(data: bytes, where: str) -> Draft:
    """Reads a Markdown file.

    Raises:
        InputError: R001; R005; R022, nothing but front matter.
    """
    text, warnings = decode(data, where)
    if not text.strip():
        raise InputError("R001", where)
    fields, body, more = split_front_matter(text)
    blocks = [(kind, line) for kind, line in _blocks(body, where) if line]
    title = next((line for name in _TITLE if (line := one_line(_only(fields.get(name))))), None)
    if blocks and blocks[0][0] == "h1" and (title is None or blocks[0][1].casefold() == title.casefold()):
        title = title or blocks[0][1]
        del blocks[0]
    if not blocks:
        raise InputError("R022", where, detail="nothing below its title")
    publisher = next((line for name in _PUBLISHER if (line := one_line(_only(fields.get(name)))) and not web_address(line)), None)
    said = dated(*(one_line(_only(fields.get(name))) for name in _DATE))
    return Draft(
        text="\n\n".join(line for _, line in blocks),
        title=title,
        url=next((found for name in _URL if (found := web_address(_only(fields.get(name))))), None),
        publisher=publisher,
        authors=_authors(fields, publisher),
        published=said.published,
        published_at=said.published_at,
        published_basis=said.published_basis,
        warnings=(*warnings, *more, *said.warnings),
    )


def split_front_matter(text: str) -> tuple[dict[str, Any], str, list[Warned]]:
    """Front matter and body.

    Returns:
        The fields by their names in small letters, all values as strings, lists or objects of such; the body; a warning where the
        front matter is no YAML (mostly a colon in a title without quotes): then its simple lines are read.
    """
    opening = _FRONT.match(text)
    closing = _FRONT_END.search(text, opening.end(), opening.end() + LONGEST_FRONT) if opening else None
    if not (opening and closing):
        return {}, text, []
    import yaml

    source, body = text[opening.end() : closing.start()], text[closing.end() :]
    try:
        if source.count("[") + source.count("{") > MOST_BRACKETS:
            raise ValueError
        found = yaml.load(source, Loader=yaml.BaseLoader)
        if isinstance(found, dict):
            return {str(key).lower(): value for key, value in found.items()}, body, []
        detail = "no fields"
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        detail = " ".join(str(getattr(error, "problem", None) or type(error).__name__).split())
    lines = {match[1].lower(): match[2].strip().strip("\"'") for match in _LINE.finditer(source)}
    return lines, body, [warning("W110", detail=detail)]


def _only(value: Any) -> Any:
    """A list's first; an object's name."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def _authors(fields: dict[str, Any], publisher: str | None) -> tuple[str, ...]:
    for name in _AUTHOR:
        value = fields.get(name)
        rows = value if isinstance(value, list) else [value]
        found = [one for row in rows for one in names(_only(row), but=publisher)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _blocks(body: str, where: str) -> Iterator[tuple[str, str]]:
    """The leaf blocks as they read, each with its kind; code, pictures and tables are left out, as on pages."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    table, kind = 0, ""
    for token in parser.parse(body):
        table += (token.type == "table_open") - (token.type == "table_close")
        if token.type == "heading_open":
            kind = token.tag
        elif token.type == "paragraph_open":
            kind = "p"
        elif token.type == "html_block":
            yield from (("p", line) for line in html_paragraphs(token.content, where))
        elif token.type == "inline" and not table:
            for line in "".join(_inline(token.children or ())).split("\n\n"):
                yield kind, " ".join(line.split())


def _inline(tokens: Any) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            yield "\n\n"
