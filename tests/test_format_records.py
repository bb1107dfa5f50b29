"""The same story gives the same records with the same offsets, whatever format it came in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractor import Article, Extractor
from extractor.readers import find_inputs, read
from extractor.settings import Settings

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "formats"


def records(extractor: Extractor, name: str) -> list[object]:
    """Values and spans of the records of a sample's first article."""
    (item,) = find_inputs([str(SAMPLES / name)])
    article = next(read(item, Settings(), published=date(2025, 3, 4)))
    assert isinstance(article, Article)
    found = extractor.extract(article)
    found.verify(article.text)
    tariffs = [
        (
            t.imposer and t.imposer.code,
            [p.code for p in t.targets],
            t.rate and t.rate.percent,
            t.status,
            t.effective and t.effective.edtf,
            t.evidence,
        )
        for t in found.tariffs
    ]
    statements = [(s.speaker.name, s.mode, s.content, s.evidence) for s in found.statements]
    return [tariffs, statements]


@pytest.fixture(scope="module")
def expected(extractor: Extractor) -> list[object]:
    return records(extractor, "article.txt")


def test_the_records_of_the_text(expected: list[object]) -> None:
    tariffs, statements = expected
    assert [row[:5] for row in tariffs] == [
        ("CL", ["DK"], 18.0, "announced", "2025-04-01"),
        ("CL", ["DK"], 6.0, "in_force", None),
    ]
    assert "Pilar Quiroga" in [row[0] for row in statements]


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if path.name != "article.txt"))
def test_every_format_gives_the_same_records(extractor: Extractor, expected: list[object], name: str) -> None:
    assert records(extractor, name) == expected
