"""Draft: what a format says of one article, before metadata from elsewhere and the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from extractor.article import PublishedBasis
from extractor.records import Warned


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its format gives it.

    Attributes:
        text: the whole text, or the body where the format keeps the title apart.
        title: the title that the format keeps apart.
        label: a title that names the article without being part of its text (from a metadata file, for plain text).
        part: what tells the articles of one file apart: the given id or the ordinal; empty for the only one.
    """

    text: str
    title: str | None = None
    label: str | None = None
    part: str = ""
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_at: datetime | None = None
    published_basis: PublishedBasis = "unknown"
    warnings: tuple[Warned, ...] = ()
