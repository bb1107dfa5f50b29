"""Marks copies and versions of articles whose texts are there, so that they count as one source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from extractor.article import Article
from extractor.duplicates import Duplicates, Sketch, mark, sketch
from extractor.records import Extraction


def mark_copies(extractions: Iterable[Extraction]) -> list[Extraction]:
    """Fills `duplicate_of` where it is null and the text is there (`run --with-text`), the first published being the original.

    Only tariffs are kept of the extractions, so that many fit into memory. The order in which they come does not matter.
    """
    rows: list[tuple[Extraction, Sketch | None]] = []
    for extraction in extractions:
        article = extraction.article
        slim = {
            "article": article.model_copy(update={"text": None}),
            "entities": [],
            "statements": [],
            "rejected": [],
            "warnings": [],
        }
        rows.append((extraction.model_copy(update=slim), _sketch(extraction)))
    known = Duplicates()
    out = []
    for extraction, found in sorted(rows, key=lambda row: (row[0].article.published or date.max, row[0].article.id)):
        original = known.add_sketch(found) if found is not None else None
        out.append(extraction if extraction.article.duplicate_of else mark(extraction, original))
    return out


def _sketch(extraction: Extraction) -> Sketch | None:
    article = extraction.article
    if not article.text:
        return None
    return sketch(Article(
        id=article.id, source=article.source, text=article.text, title=article.title, body_start=article.body_start,
        published=article.published,
    ))  # fmt: skip
