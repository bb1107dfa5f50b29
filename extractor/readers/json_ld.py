"""schema.org articles as JSON-LD: in pages, where they give the fields and at need the text, and on their own."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from extractor.errors import InputError
from extractor.readers.draft import Draft
from extractor.readers.fields import Dated, dated, names, one_line, web_address
from extractor.readers.markup import html_paragraphs

MOST_NODES = 10_000
"""Objects of a document that are looked at."""
_OTHERS = frozenset({"Report", "BlogPosting", "LiveBlogPosting", "NewsArticle"})


def is_article(value: Any) -> bool:
    """Whether a value is an object of schema.org's Article or one of its kinds (NewsArticle, ReportageNewsArticle ...)."""
    kinds = value.get("@type") if isinstance(value, dict) else None
    rows = kinds if isinstance(kinds, list) else [kinds]
    bare = [kind.rpartition("/")[2].rpartition(":")[2] for kind in rows if isinstance(kind, str)]
    return any(kind.endswith("Article") or kind in _OTHERS for kind in bare)


def articles(value: Any) -> Iterator[dict[str, Any]]:
    """The article objects of a document: itself, of a list, of `@graph`, or a page's `mainEntity`."""
    waiting, seen = [value], 0
    while waiting and seen < MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting += node[: MOST_NODES - seen]
        elif is_article(node):
            yield node
        elif isinstance(node, dict):
            waiting += [
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(node.get(key), list | dict)
            ]


def is_json_ld(row: dict[str, Any]) -> bool:
    """Whether an object of a JSON file is such a document."""
    return "@type" in row or "@graph" in row


def text_of(article: dict[str, Any], where: str) -> str:
    """The body, if the object has one: its paragraphs, with blank lines between them where it has lines or markup."""
    body = article.get("articleBody") or article.get("text")
    if not isinstance(body, str):
        return ""
    if "<p" in body or "<br" in body:
        return "\n\n".join(html_paragraphs(body, where))
    return "\n\n".join(line for piece in unescape(body).splitlines() if (line := one_line(piece)))


def title_of(article: dict[str, Any]) -> str | None:
    """The headline."""
    return _line(article.get("headline")) or _line(article.get("name"))


def publisher_of(article: dict[str, Any]) -> str | None:
    """The publisher's name."""
    return next(iter(_names(article.get("publisher"))), None) or next(iter(_names(article.get("sourceOrganization"))), None)


def authors_of(article: dict[str, Any]) -> tuple[str, ...]:
    """The authors' names, but not the publisher's."""
    publisher = publisher_of(article)
    found = [name for one in _names(article.get("author") or article.get("creator")) for name in names(one, but=publisher)]
    return tuple(dict.fromkeys(found))


def url_of(article: dict[str, Any]) -> str | None:
    """The page's address."""
    page = article.get("mainEntityOfPage")
    given = [article.get("url"), page.get("@id") if isinstance(page, dict) else page, article.get("@id")]
    return next((found for value in given if (found := web_address(value))), None)


def date_of(article: dict[str, Any], *, own: bool) -> Dated:
    """The publication date.

    Args:
        article: the object.
        own: whether it is the format itself, not part of a page.
    """
    values = (one_line(article.get(name)) for name in ("datePublished", "dateCreated", "dateModified"))
    return dated(*values, basis="given" if own else "metadata")


def read_json_ld(value: dict[str, Any], where: str, part: str = "") -> Draft:
    """Reads a document of its own.

    Raises:
        InputError: R022, no article in it, or one without `articleBody`.
    """
    found = next(articles(value), None)
    text = text_of(found, where) if found else ""
    if not found or not text:
        raise InputError("R022", where, detail="no `articleBody`" if found else f"@type {value.get('@type')}")
    said = date_of(found, own=True)
    return Draft(
        text=text,
        title=title_of(found),
        part=part,
        url=url_of(found),
        publisher=publisher_of(found),
        authors=authors_of(found),
        published=said.published,
        published_at=said.published_at,
        published_basis=said.published_basis,
        warnings=said.warnings,
    )


def _line(value: Any) -> str | None:
    return one_line(unescape(value)) if isinstance(value, str) else None


def _names(value: Any) -> list[str]:
    """Names of people or organisations: a name, an object with one, or a list of these."""
    rows = value if isinstance(value, list) else [value]
    found = [row.get("name") if isinstance(row, dict) else row for row in rows[:100]]
    lines = [_line(name[0] if isinstance(name, list) and name else name) for name in found]
    return [line for line in lines if line and not web_address(line)]
