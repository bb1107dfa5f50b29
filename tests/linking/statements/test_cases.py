"""Statements of 200 passages as newspapers and agencies word them, written by somebody who did not know the rules.

Each line of `cases.jsonl` is a passage of 5 March 2025 and what a careful reader types: speaker, office, country, mode, day and words.
A line with `"gap": true` is not read right yet: its test fails when it is. Words are compared without articles and marks, and a statement
is the same where nine tenths of them are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.records import StatementRecord
from tests.conftest import ExtractionOf

CASES = Path(__file__).parent / "cases.jsonl"
PUBLISHED = "2025-03-05"
ALIKE = 0.9


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - {"a", "an", "the"}


def content(record: StatementRecord) -> str:
    return " ".join(piece.text for piece in record.content)


def is_alike(one: str, other: str) -> bool:
    first, second = words(one), words(other)
    return len(first & second) >= ALIKE * len(first | second)


def differences(expected: dict[str, Any], record: StatementRecord) -> list[str]:
    """The fields in which a record is not what a reader types."""
    speaker = record.speaker
    got = {
        "official": speaker.official,
        "country": speaker.country.code if speaker.country else None,
        "mode": str(record.mode.value if hasattr(record.mode, "value") else record.mode),
        "date": record.date.edtf if record.date else None,
    }
    wrong = [f"{name}: {got[name]}, not {expected[name]}" for name in got if got[name] != expected[name]]
    if not words(expected["speaker"]) & words(speaker.name):
        wrong.append(f"speaker: {speaker.name}, not {expected['speaker']}")
    return wrong


def problems(expected: list[dict[str, Any]], found: list[StatementRecord]) -> list[str]:
    """What is missing, too much or wrong."""
    left, out = list(found), []
    for wanted in expected:
        record = next((r for r in left if is_alike(wanted["content"], content(r))), None)
        if record is None:
            out.append(f"missing: {wanted['content']}")
            continue
        left.remove(record)
        out += differences(wanted, record)
    return out + [f"too much: {content(r)}" for r in left]


def cases() -> Iterator[object]:
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        case = json.loads(line)
        marks = [pytest.mark.xfail(strict=True, reason="not yet")] if case.get("gap") else []
        yield pytest.param(case["text"], case["statements"], marks=marks, id=str(number))


@pytest.mark.parametrize(("text", "expected"), cases())
def test_statements(extraction_of: ExtractionOf, text: str, expected: list[dict[str, Any]]) -> None:
    assert problems(expected, extraction_of(text, PUBLISHED).statements) == []


def test_some_passages_make_no_statement() -> None:
    assert any(not json.loads(line)["statements"] for line in CASES.read_text(encoding="utf-8").splitlines())
