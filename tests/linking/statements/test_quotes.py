"""Quotation marks: which stretches of a text are quoted."""

from __future__ import annotations

import pytest

from extractor import Article
from extractor.entities.layout import segment
from extractor.linking.statements.quotes import Quote, find_quotes


def quotes_of(text: str) -> list[Quote]:
    return find_quotes(text, segment(Article.build(text)))


PAIRED = [
    ('"It is late," she said.', ["It is late,"]),
    ("“It is late,” she said.", ["It is late,"]),
    ("''It is late,'' she said.", ["It is late,"]),
    ("``It is late,'' she said.", ["It is late,"]),
    ("«It is late», she said.", ["It is late"]),
    ("„It is late,“ she said.", ["It is late,"]),
    ("'It is late,' she said.", ["It is late,"]),
    ("‘It is late,’ she said.", ["It is late,"]),
    ('"It is," she said, "late."', ["It is,", "late."]),
    ('He called it "odd" and "new" in May.', ["odd", "new"]),
    ("“It is late,“ she said, wrong mark and all.", ["It is late,"]),
    ("'The mill's owner didn't come,' she said.", ["The mill's owner didn't come,"]),
    ("‘The workers’ hall is shut,’ she said.", ["The workers’ hall is shut,"]),
    ("\"He said 'never again' to me,\" she said.", ["He said 'never again' to me,"]),
    ('("It is late.") He left.', ["It is late."]),
]
UNPAIRED = [
    ("The mill's owner didn't come.", []),
    ("The workers' hall and the farmers' market are shut.", []),
    ("In the '90s the mills' owners left.", []),
    ("A 5'10\" tall man came in.", []),
    ('A stray" mark closes nothing here.', []),
    ('A stray "mark opens nothing here.', []),
    ("She called him 'Rocky' once.", []),
    ('"" is empty.', []),
]


@pytest.mark.parametrize(("text", "expected"), PAIRED + UNPAIRED)
def test_pairs(text: str, expected: list[str]) -> None:
    assert [text[q.inner_start : q.inner_end] for q in quotes_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"First part.\n\n"Second part," he said.', [("First part.", True, False), ("Second part,", False, True)]),
        ('"First part."\n\n"Second part," he said.', [("First part.", False, False), ("Second part,", False, False)]),
        ('He said, "First part.\n\n"Second part."', [("First part.", True, False), ("Second part.", False, True)]),
        ('"Never closed.\n\nNo mark here at all.', [("Never closed.", False, False)]),
        ('A stray "mark in here.\n\n"Second part," he said.', [("Second part,", False, False)]),
        ("'First part.\n\n'Second part.' He left.", [("First part.", True, False), ("Second part.", False, True)]),
        ("“First part.\n\n“Second part.\n\n“Third.”", [("First part.", True, False), ("Second part.", True, True), ("Third.", False, True)]),
    ],
)  # fmt: skip
def test_paragraphs(text: str, expected: list[tuple[str, bool, bool]]) -> None:
    assert [(text[q.inner_start : q.inner_end], q.runs_on, q.resumes) for q in quotes_of(text)] == expected
