"""IPTC ninjs, versions 1.0 to 3.x: news in JSON. 1.x has `headline` and `body_…`; 2.x lists of them; 3.x camelCase names."""

from __future__ import annotations

import re
from typing import Any

from extractor.errors import InputError
from extractor.readers.draft import Draft
from extractor.readers.fields import dated, names, one_line, web_address
from extractor.readers.markup import html_paragraphs
from extractor.readers.withdrawn import check_status

_SIGNS = ("headlines", "bodies", "versioncreated", "firstcreated", "pubstatus", "body_text", "body_xhtml", "body_html")
_ASIDE = frozenset({"caption", "summary", "abstract", "teaser", "description", "social", "ednote"})
"""Roles of bodies that are not the story."""
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|section|article)\b", re.IGNORECASE)
LEAST_SHARE = 0.8
"""Of the longest body's length: a body of HTML so long is the same story, with its paragraphs."""


def is_ninjs(row: dict[str, Any]) -> bool:
    """Whether an object is a ninjs item: it has a `uri`, and something that only such an item has."""
    small = {key.lower() for key in row if isinstance(key, str)}
    return "uri" in small and "text" not in small and (not small.isdisjoint(_SIGNS) or any(k.startswith("body_") for k in small))


def read_ninjs(row: dict[str, Any], where: str, part: str = "") -> Draft:
    """Reads an item.

    Args:
        row: the object.
        where: the item, for messages.
        part: its ordinal, if it is one of several; its `uri` then tells it apart.

    Raises:
        InputError: R020, canceled or withheld; R022, no body (a picture, or a notice).
    """
    item = {key.lower(): value for key, value in row.items()}
    check_status(item.get("pubstatus"), where)
    text = _body(item, where)
    if not text:
        raise InputError("R022", where, detail=f"type {item.get('type') or 'unknown'}")
    publisher = _publisher(item)
    said = dated(
        *(one_line(item.get(name)) for name in ("contentcreated", "versioncreated", "firstcreated")),
        basis="given",
    )
    uri = one_line(item.get("uri"))
    return Draft(
        text=text,
        title=_headline(item),
        part=(uri or part) if part else "",
        url=web_address(item.get("url")) or web_address(uri),
        publisher=publisher,
        authors=names(item.get("byline"), but=publisher) or names(item.get("by"), but=publisher),
        published=said.published,
        published_at=said.published_at,
        published_basis=said.published_basis,
        warnings=said.warnings,
    )


def _variants(item: dict[str, Any], single: str, several: str) -> list[tuple[str, str, str]]:
    """Role, content type and value of each variant, as 1.x (`body_text`) and 2.x (`bodies`) have them."""
    out = []
    for key, value in item.items():
        if isinstance(value, str) and (key == single or key.startswith(f"{single}_")):
            role = key.removeprefix(single).removeprefix("_")
            out.append((role, "text/html" if role in ("xhtml", "html") else "", value))
    rows = item.get(several)
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            small = {str(key).lower(): value for key, value in row.items()}
            if isinstance(value := small.get("value"), str):
                out.append((str(small.get("role") or "").lower(), str(small.get("contenttype") or "").lower(), value))
    return [(role, kind, value) for role, kind, value in out if value.strip()]


def _headline(item: dict[str, Any]) -> str | None:
    """The main headline, or else the first."""
    found = _variants(item, "headline", "headlines")
    main = [value for role, _, value in found if role in ("", "main")]
    titles = main or [value for *_, value in found]
    title = titles[0] if titles else one_line(item.get("title"))
    return one_line(re.sub(r"<[^<>]{1,200}>", "", title)) if title else None


def _body(item: dict[str, Any], where: str) -> str:
    """The longest body that is the story; of the same story in several forms the one in HTML, which has paragraphs."""
    found = [(kind, value) for role, kind, value in _variants(item, "body", "bodies") if role not in _ASIDE]
    plain = [value.strip("\r\n") for kind, value in found if not _is_markup(kind, value)]
    marked = ["\n\n".join(html_paragraphs(value, where)) for kind, value in found if _is_markup(kind, value)]
    longest = max((len(text) for text in (*plain, *marked)), default=0)
    best = max(marked, key=len, default="")
    if best and len(best) >= LEAST_SHARE * longest:
        return best
    return max(plain, key=len, default="")


def _is_markup(kind: str, value: str) -> bool:
    return "html" in kind or "xml" in kind or bool(_MARKUP.search(value[:4096]))


def _publisher(item: dict[str, Any]) -> str | None:
    """The holder of the rights, or else the first source."""
    if found := one_line(item.get("copyrightholder")):
        return found
    sources = item.get("infosources")
    rows = sources if isinstance(sources, list) else []
    return next((found for row in rows if isinstance(row, dict) and (found := one_line(row.get("name")))), None)
