"""Every regular expression that ships takes time in proportion to a text's length, whatever the text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.linear.attacks import attacks, seconds
from tests.linear.patterns import ROOT, places

SHORT, LONG = 4_000, 8_000
QUICK = 1e-6
"""Seconds a character: what is done with the short text in less has not gone back and forth over it."""
TWICE = 2.8
"""Time for the text of double length over that for the text: 2 if linear, 4 if quadratic."""
GROUPS = 6

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    run = [sys.executable, "-m", "tests.linear.patterns"]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in said.splitlines()]


def test_every_place_that_compiles_a_pattern_is_seen(rows: list[Row]) -> None:
    seen = {place for row in rows for place in row["places"]}
    unseen = [(m, a) for m, a, b, _, _ in places() if not any(f"{m}:{line}" in seen for line in range(a, b + 1))]
    assert unseen == []
    assert len(rows) > 500


def pattern_of(row: Row) -> re.Pattern[Any]:
    text = row["pattern"]
    return re.compile(text.encode("latin-1") if row["bytes"] else text, row["flags"])


def time_of(pattern: re.Pattern[Any], text: str, times: int = 1) -> float:
    subject: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    return seconds(lambda: sum(1 for _ in pattern.finditer(subject)), times)


def failing(pattern: re.Pattern[Any]) -> str | None:
    """A text on which it is not linear, told by its beginning."""
    for attack in attacks(pattern):
        for size in (16, 20, 24, 28, 100, 500):  # step by step, since what doubles with each character would never end
            if time_of(pattern, attack(size)) > 0.02:
                return f"{attack(40)!r}…: far too slow at {size} characters"
        if time_of(pattern, attack(SHORT)) <= SHORT * QUICK:
            continue
        for times in (1, 3, 5):  # on a busy machine a figure may be off, all of them will not
            short, double = (time_of(pattern, attack(size), times) for size in (SHORT, LONG))
            if double <= TWICE * short:
                break
        else:
            return f"{attack(40)!r}…: {short:.4f} s, doubled {double:.4f} s"
    return None


@pytest.mark.parametrize("group", range(GROUPS))
def test_linear(rows: list[Row], group: int) -> None:
    told = {(row["places"][0], row["pattern"][:100]): failing(pattern_of(row)) for row in rows[group::GROUPS]}
    assert {place: how for place, how in told.items() if how} == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$", r"(?:\w+\s*)+:", r"\s+$", r"(?:a|a)*b", r"^[\W_]*(?:on)?[\W_]*$", r"<[^>]*>",
    ],
)  # fmt: skip
def test_the_test_sees_what_is_not_linear(pattern: str) -> None:
    assert failing(re.compile(pattern))
