"""Reads `sentences*.txt`: single sentences with their names marked."""

from __future__ import annotations

import re
from pathlib import Path

from training.corpus import Piece

MARKS = {"P": "PERSON", "A": "AGENCY", "O": "ORG", "C": "COUNTRY", "L": "PLACE"}
_MARK = re.compile(r"<([PAOCL]) ([^<>]+)>")


def pieces() -> list[Piece]:
    """All sentences of the files."""
    files = sorted(Path(__file__).parent.glob("sentences*.txt"))
    rows = [row for file in files for row in file.read_text(encoding="utf-8").splitlines()]
    return [parse(row) for row in rows if row and not row.startswith("#")]


def parse(row: str) -> Piece:
    """`<P Jane Roe> said` -> a piece with one span."""
    headline = row.startswith("= ")
    row = row.removeprefix("= ")
    text, spans, at = "", [], 0
    for match in _MARK.finditer(row):
        text += row[at : match.start()]
        spans.append((len(text), len(text) + len(match[2]), MARKS[match[1]]))
        text += match[2]
        at = match.end()
    return Piece(text + row[at:], tuple(spans), "sentences", headline)
