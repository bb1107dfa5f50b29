"""Checks the corpus: form, and that every word of the gold stands in its article.

Usage: python models/corpus/validate.py [NAME…]. Gold is written by reading, in the form that README.md here describes. The
words of statements and of evidence are kept as text, so that a person can write them; `spans` finds where they stand.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
INSTRUMENTS = {"import_tariff", "anti_dumping", "countervailing", "safeguard", "quota", "de_minimis", "export_duty", "other"}
ACTIONS = {"impose", "raise", "lower", "remove", "suspend", "delay", "exempt", "extend", "restore", "maintain", "investigate"}
STATUSES = {"proposed", "announced", "in_force", "suspended", "ended", "rejected"}
MODES = {"direct", "indirect", "mixed", "no_comment"}
KINDS = {"person", "organization", "anonymous"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4])?")
CODE = re.compile(r"[A-Z]{2}")
NAMES = ("people", "byline_people", "agencies", "organizations", "places", "country_words")


def spans(text: str, pieces: list[str]) -> list[tuple[int, int]]:
    """Where the pieces of one statement stand: each behind the one before, the first anywhere.

    Raises:
        ValueError: a piece does not stand in the text, or not behind the one before.
    """
    out: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        start = text.find(piece, at)
        if start < 0:
            raise ValueError(f"not in the text{' behind the piece before' if out else ''}: {piece!r}")
        at = start + len(piece)
        out.append((start, at))
    return out


def faults(text: str, gold: dict[str, Any]) -> list[str]:
    """What is wrong with one gold file."""
    out: list[str] = []
    try:
        date.fromisoformat(gold["published"])
    except (KeyError, ValueError):
        out.append("published: not a day")
    for key in NAMES:
        for forms in gold.get(key, []):
            if not isinstance(forms, list) or not forms:
                out.append(f"{key}: {forms!r} is no list of forms")
                continue
            out += [f"{key}: not in the text: {form!r}" for form in forms if form not in text]
    out += [f"countries: {c!r} is no code" for c in gold.get("countries", []) if not CODE.fullmatch(c)]
    out += [f"rates: {r!r} is no number" for r in gold.get("rates", []) if not isinstance(r, int | float)]
    out += [f"dates: {d!r}" for d in gold.get("dates", []) if not DATE.fullmatch(d)]
    rates = set(gold.get("rates", []))
    for n, t in enumerate(gold.get("tariffs", []), 1):
        where = f"tariff {n}"
        for key, allowed in (("instrument", INSTRUMENTS), ("action", ACTIONS), ("status", STATUSES)):
            if t.get(key) not in allowed:
                out.append(f"{where}: {key} {t.get(key)!r}")
        if not isinstance(t.get("targets"), list):
            out.append(f"{where}: targets are no list")
        out += [
            f"{where}: {key} {t.get(key)!r} is not among the rates"
            for key in ("rate", "rate_high", "prior_rate")
            if t.get(key) is not None
            and t[key] not in rates | {0}
            and t.get("rate_basis") != "percentage_points"
            and not t.get("computed")
        ]
        out += [f"{where}: {key} {t[key]!r}" for key in ("effective", "end") if t.get(key) and not DATE.fullmatch(t[key])]
        if not isinstance(t.get("core"), bool):
            out.append(f"{where}: core is not true or false")
        if not t.get("evidence"):
            out.append(f"{where}: no evidence")
        out += [f"{where}: evidence not in the text: {e!r}" for e in t.get("evidence", []) if e not in text]
    for n, s in enumerate(gold.get("statements", []), 1):
        where = f"statement {n}"
        out += [
            f"{where}: {key} {s.get(key)!r}" for key, allowed in (("mode", MODES), ("kind", KINDS)) if s.get(key) not in allowed
        ]
        if not s.get("speaker") or not isinstance(s.get("official"), bool):
            out.append(f"{where}: no speaker, or official is not true or false")
        if s.get("date") and not DATE.fullmatch(s["date"]):
            out.append(f"{where}: date {s['date']!r}")
        try:
            spans(text, s.get("content") or [])
        except ValueError as error:
            out.append(f"{where}: {error}")
        if not s.get("content"):
            out.append(f"{where}: no content")
        out += [f"{where}: speaker not in the text: {form!r}" for form in s.get("speaker", []) if form not in text]
    return out


def main() -> int:
    """Prints every fault; 1 if there are any."""
    wanted = sys.argv[1:]
    bad = 0
    for file in sorted((HERE / "gold").glob("*.json")):
        if wanted and file.stem not in wanted:
            continue
        try:
            gold = json.loads(file.read_text(encoding="utf-8"))
            text = (HERE / "articles" / f"{file.stem}.txt").read_text(encoding="utf-8")
        except (ValueError, OSError) as error:
            print(f"{file.name}: {error}")
            bad += 1
            continue
        for fault in faults(text, gold):
            print(f"{file.name}: {fault}")
            bad += 1
    print(f"{bad} faults")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
