"""Tariff records of some 580 passages as newspapers, agencies and governments word them, written without knowledge of the rules.

The cases are in `cases/`: `parties.txt`, `standing.txt`, `goods.txt`. Many are intricate on purpose; those that the rules do not read yet
are marked there, and their tests fail when they do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ExtractionOf
from tests.linking.test_tariff_constructions import PUBLISHED, article, compared, read

CASES = Path(__file__).parent / "cases"
HEADLINE = "Tariff watch\n\n"
"""Above each passage that is no headline itself: it stands in an article about tariffs."""
GAP = "~ "


def cases() -> Iterator[object]:
    for file in sorted(CASES.glob("*.txt")):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for number, line in enumerate(lines, 1):
            text, _, expected = line.removeprefix(GAP).partition("\t")
            marks = [pytest.mark.xfail(strict=True, reason="not yet")] if line.startswith(GAP) else []
            yield pytest.param(text.replace("\\n", "\n"), expected, marks=marks, id=f"{file.stem} {number}")


@pytest.mark.parametrize(("text", "expected"), cases())
def test_records(extraction_of: ExtractionOf, text: str, expected: str) -> None:
    headline = HEADLINE if text.endswith((".", '."')) else ""
    want, got = compared(read(expected) if expected else [], extraction_of(headline + article(text), PUBLISHED).tariffs)
    assert got == want


def test_every_file_has_cases_without_records() -> None:
    for file in CASES.glob("*.txt"):
        assert any(line.endswith("\t") for line in file.read_text(encoding="utf-8").splitlines()), file.stem
