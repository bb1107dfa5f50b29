"""Reads the words of dates: numbers, names of months and weekdays, and whole spans with dateparser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from extractor.entities.dates_spans import find, words
from extractor.entities.dates_values import valid

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
