"""Reads the words of dates: numbers, names of months and weekdays, and whole spans with dateparser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from extractor.entities.dates_spans import find, words
from extractor.entities.dates_values import valid
from extractor.lexicon import table

LONGEST_SPAN = 40
"""Characters of the longest span that is handed to dateparser."""


@lru_cache(maxsize=1)
def _dateparser() -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser


@lru_cache(maxsize=4096)
def parsed(words_: str, anchor: date | None = None) -> date | None:
    """A day that dateparser reads from one span; English only, all parts required where no anchor is given."""
    if len(words_) > LONGEST_SPAN:
        return None
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "current_period", "RETURN_AS_TIMEZONE_AWARE": False}
    if anchor:
        settings["RELATIVE_BASE"] = datetime(anchor.year, anchor.month, anchor.day)
    else:
        settings |= {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = _dateparser()(languages=["en"], settings=settings).get_date_data(words_).date_obj
    return found.date() if found else None


def number(words_: str | None) -> int | None:
    """A whole number from figures or words ("thirty-five"); None for what is neither."""
    if words_ is None:
        return None
    if words_.isdigit():
        return int(words_)
    values = [words("numbers").get(part) for part in words_.lower().split("-")]
    if None in values or (len(values) == 2 and ((values[0] or 0) < 20 or (values[1] or 0) > 9)):
        return None
    return sum(value or 0 for value in values)


def month_number(name: str) -> int:
    """1 to 12 of a month's name, full or short, or of figures."""
    return int(name) if name.isdigit() else words("months")[name.rstrip(".").lower()]


def day_number(name: str) -> int:
    """The day of "4", "4th" or "04"."""
    return int(name.rstrip("sthndr"))


def ordinal_day(name: str) -> int | None:
    """The day of "eighth" or "twenty-first"; None for what is no day of a month."""
    tens, _, last = name.lower().rpartition("-")
    known = {word: n + 1 for n, word in enumerate(table("numbers")["words"]["ordinals"][:20])} | {"thirtieth": 30}
    day = known.get(last, 0) + {"twenty": 20, "thirty": 30, "": 0}[tens]
    return day if last in known and (not tens or known[last] < 10) and day <= LAST_DAY else None


LAST_DAY = 31


def holiday_rule(name: str) -> str:
    """When a holiday of the lexicon is, as the lexicon writes it."""
    plain = " ".join(name.lower().split())
    return next(str(rule) for known, rule in table("dates")["holidays"].items() if known.lower() == plain)


def weekday_number(name: str) -> int:
    """Monday is 0."""
    return words("weekdays")[name.rstrip(".").lower()]


def full_dates(text: str) -> Iterator[tuple[int, int, int]]:
    """Month, day and year of every full date in a text."""
    for found in find(text):
        g = found.groups
        if found.rule in {"day", "iso"} and "y" in g:
            month, day, year = month_number(g["m"]), day_number(g["d"]), int(g["y"])
            if valid(year, month, day):
                yield month, day, year
