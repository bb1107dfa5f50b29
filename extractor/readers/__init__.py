"""Readers: bytes -> Article, one format a file. `dispatch.py` tells which; archives are opened on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from io import BufferedReader
from typing import Any, cast

from extractor.article import Article, clean
from extractor.errors import InputError
from extractor.readers.dispatch import SkippedError, entries_of
from extractor.readers.draft import Draft, Entry, Place, failed
from extractor.readers.inputs import Input, find_inputs
from extractor.readers.language import check_english
from extractor.readers.metadata import Metadata, load_metadata
from extractor.readers.published import parse_published
from extractor.settings import Settings

__all__ = [
    "Entry",
    "Input",
    "Metadata",
    "SkippedError",
    "entries",
    "find_inputs",
    "load_metadata",
    "parse_published",
    "read",
    "read_entry",
]


def read(
    item: Input, settings: Settings, metadata: Metadata | None = None, published: date | None = None
) -> Iterator[Article | InputError]:
    """Reads one input.

    Args:
        item: the input.
        settings: limits, and the format if it is not to be told from the content.
        metadata: fields that override those of the input.
        published: publication date of articles that have none.

    Yields:
        One article or error for each article of the input.

    Raises:
        SkippedError: the input is an extraction.
    """
    for entry in entries(item, settings):
        try:
            yield read_entry(entry, settings, metadata, published)
        except InputError as error:
            yield error


def entries(item: Input, settings: Settings) -> Iterator[Entry]:
    """The articles of an input, not read yet: what takes long is done by `read_entry`.

    Yields:
        One entry for each article, and for each part of the input in which none can be found.

    Raises:
        SkippedError: the input is an extraction.
    """
    place = Place(item.source, item.label)
    try:
        if item.problem:
            raise item.problem
        with item.path.open("rb") if item.path else nullcontext(sys.stdin.buffer) as stream:
            yield from entries_of(cast(BufferedReader, stream), place, settings)
    except InputError as error:
        yield failed(place, error)
    except OSError as error:
        yield failed(place, InputError("R003", item.label, detail=error.strerror or error))


def read_entry(entry: Entry, settings: Settings, metadata: Metadata | None = None, published: date | None = None) -> Article:
    """Reads one article.

    Raises:
        InputError: it cannot be read, or is none.
    """
    draft = entry.make()
    return _article(draft, entry.place, settings, (metadata or Metadata()).of(entry.place.source, draft.part), published)


def _article(draft: Draft, place: Place, settings: Settings, given: dict[str, Any], published: date | None) -> Article:
    """Merges what is said elsewhere, builds and checks."""
    if "title" in given and draft.title is None and draft.label is None:
        given = {**given, "label": given["title"]}
        del given["title"]
    draft = replace(draft, **given)
    if draft.published is None and published is not None:
        draft = replace(draft, published=published, published_basis="given")
    suffix = f"#{_clean(draft.part)}" if draft.part else ""
    where = place.label + suffix
    size = len(draft.text.encode("utf-8", "replace"))
    if size > settings.max_bytes:
        raise InputError("R004", where, detail=f"{size:,} bytes of text, the limit is {settings.max_bytes:,}")
    check_english(draft.text, where)
    article = Article.build(
        draft.text,
        source=place.source + suffix,
        title=draft.title,
        warnings=draft.warnings,
        url=_clean(draft.url),
        publisher=_clean(draft.publisher),
        authors=tuple(filter(None, map(_clean, draft.authors))),
        published=draft.published,
        published_at=draft.published_at,
        published_basis=draft.published_basis,
    )
    return article.model_copy(update={"title": clean(draft.label)[0]}) if draft.label else article


def _clean(line: str | None) -> str | None:
    """A field without what databases refuse."""
    return None if line is None else clean(line)[0]
