"""Calendar values in EDTF, and the arithmetic that leads to them. No text, no parse: numbers only."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extractor.records import DateValue, Granularity

Basis = Literal["explicit", "relative", "computed"]
Outlook = Literal["past", "future"] | None
"""Where a date lies as its verb says; None where nothing says."""

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of the calendar: its EDTF text, granularity and both inclusive bounds."""

    edtf: str
    granularity: Granularity
    earliest: date
    latest: date

    def value(self, text: str, basis: Basis) -> DateValue:
        """As the output has it."""
        return DateValue(
            edtf=self.edtf, granularity=self.granularity, earliest=self.earliest, latest=self.latest, basis=basis, text=text
        )


def day(at: date) -> When:
    """One day."""
    return When(at.isoformat(), Granularity.DAY, at, at)


def week(at: date) -> When:
    """The week of a day, Monday to Sunday, as an interval of days."""
    monday = at - timedelta(days=at.weekday())
    sunday = monday + timedelta(days=6)
    return When(f"{monday}/{sunday}", Granularity.WEEK, monday, sunday)


def interval(first: date, last: date) -> When:
    """Several days in a row."""
    return When(f"{first}/{last}", Granularity.INTERVAL, first, last)


def month(year_: int, month_: int) -> When:
    """A month."""
    last = calendar.monthrange(year_, month_)[1]
    return When(f"{year_:04}-{month_:02}", Granularity.MONTH, date(year_, month_, 1), date(year_, month_, last))


def quarter(year_: int, quarter_: int) -> When:
    """A quarter; EDTF numbers the quarters of a year 33 to 36."""
    first, last = month(year_, 3 * quarter_ - 2), month(year_, 3 * quarter_)
    return When(f"{year_:04}-{32 + quarter_}", Granularity.QUARTER, first.earliest, last.latest)


def season(year_: int, code: int) -> When:
    """A season by its EDTF code, 21 (spring) to 24 (winter), bounded as in the north; winter begins in December of its year."""
    first = 3 * (code - 20)
    end_year, last = (year_ + 1, 2) if code == 24 else (year_, first + 2)
    return When(f"{year_:04}-{code}", Granularity.SEASON, date(year_, first, 1), month(end_year, last).latest)


def year(year_: int) -> When:
    """A year."""
    return When(f"{year_:04}", Granularity.YEAR, date(year_, 1, 1), date(year_, 12, 31))


def decade(first: int) -> When:
    """Ten years, given the first."""
    return When(f"{first // 10}X", Granularity.DECADE, date(first, 1, 1), date(first + 9, 12, 31))


def century(ordinal: int) -> When:
    """A hundred years; EDTF counts them by their first two digits, so the 20th runs from 1900."""
    first = 100 * (ordinal - 1)
    return When(f"{ordinal - 1:02}XX", Granularity.INTERVAL, date(first, 1, 1), date(first + 99, 12, 31))


def about(when: When) -> When:
    """The same, marked as approximate ("2005~"); weeks and intervals stay as they are."""
    return when if "/" in when.edtf else replace(when, edtf=f"{when.edtf}~")


def valid(year_: int, month_: int, day_: int) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(year_, month_, day_)
    except ValueError:
        return None


def add_months(at: date, months: int) -> date:
    """The same day some months on, or the month's last where it has no such day.

    Raises:
        ValueError: beyond the years that Python knows.
    """
    index = at.year * MONTHS_OF_YEAR + at.month - 1 + months
    year_, month_ = divmod(index, MONTHS_OF_YEAR)
    if not date.min.year <= year_ <= date.max.year:
        raise ValueError(f"year {year_} is out of range")
    return date(year_, month_ + 1, min(at.day, calendar.monthrange(year_, month_ + 1)[1]))


def shift(at: date, amount: int, unit: str) -> date | None:
    """A day moved by an amount of units, None beyond the calendar."""
    days = {"hour": 0, "day": 1, "week": 7}
    try:
        if unit == "hour":
            return at + timedelta(days=round(amount / 24))
        if unit in days:
            return at + timedelta(days=days[unit] * amount)
        return add_months(at, amount * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
    except (ValueError, OverflowError):
        return None


def at_unit(at: date, unit: str) -> When:
    """The day, week, month, quarter or year around a day."""
    if unit in {"hour", "day"}:
        return day(at)
    if unit == "week":
        return week(at)
    if unit == "weekend":
        saturday = at - timedelta(days=at.weekday()) + timedelta(days=5)
        return interval(saturday, saturday + timedelta(days=1))
    if unit == "month":
        return month(at.year, at.month)
    if unit == "quarter":
        return quarter(at.year, quarter_of(at))
    return year(at.year)


def quarter_of(at: date) -> int:
    """1 to 4."""
    return (at.month - 1) // 3 + 1


def nearest_year(month_: int, day_: int, anchor: date, weekday: int | None = None) -> date | None:
    """A month and day in the year in which it lies nearest to the anchor; where a weekday is given, it must agree."""
    days = [valid(anchor.year + step, month_, day_) for step in (-1, 0, 1)]
    fitting = [d for d in days if d is not None and (weekday is None or d.weekday() == weekday)]
    return min(fitting, key=lambda d: (abs((d - anchor).days), d), default=None)


def weekday_near(weekday: int, anchor: date, outlook: Outlook) -> date:
    """The latest such weekday including the anchor, or the next including it where the verb looks ahead."""
    if outlook == "future":
        return anchor + timedelta(days=(weekday - anchor.weekday()) % 7)
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def holiday(rule: str, year_: int) -> date:
    """A holiday of a year: "12-25", or "9:1:0" for the first Monday of September (-1 for the last)."""
    if "-" in rule and ":" not in rule:
        month_, day_ = (int(part) for part in rule.split("-"))
        return date(year_, month_, day_)
    month_, which, weekday = (int(part) for part in rule.split(":"))
    length = calendar.monthrange(year_, month_)[1]
    days = [d for n in range(1, length + 1) if (d := date(year_, month_, n)).weekday() == weekday]
    return days[which - 1 if which > 0 else which]


def month_near(month_: int, anchor: date, outlook: Outlook) -> When:
    """A month without a year: the latest or next including the anchor's own, the nearest where no verb says."""
    ahead = (month_ - anchor.month) % MONTHS_OF_YEAR
    back = (anchor.month - month_) % MONTHS_OF_YEAR
    forward = outlook == "future" or (outlook is None and ahead <= back)
    first = add_months(anchor.replace(day=1), ahead if forward else -back)
    return month(first.year, first.month)


def quarter_near(quarter_: int, anchor: date, outlook: Outlook) -> When:
    """A quarter without a year, as for months."""
    now = quarter_of(anchor)
    ahead, back = (quarter_ - now) % 4, (now - quarter_) % 4
    forward = outlook == "future" or (outlook is None and ahead < back)
    first = add_months(anchor.replace(day=1), 3 * (ahead if forward else -back))
    return quarter(first.year, quarter_)


def season_near(code: int, anchor: date, outlook: Outlook) -> When:
    """A season without a year: the latest that has begun, or the next that has not ended."""
    around = [season(anchor.year + step, code) for step in (-2, -1, 0, 1)]
    if outlook == "future":
        return next(s for s in around if s.latest >= anchor)
    return [s for s in around if s.earliest <= anchor][-1]


def moved(when: When, step: int, unit: str, *, same: bool) -> When | None:
    """A date moved, as precise as the coarser of what it was and what it moved by.

    Args:
        when: the date.
        step: units to move by.
        unit: the unit.
        same: whether two equal stretches are compared ("in March, up from a year earlier"): then a month stays a month.
    """
    at = shift(when.earliest, step, unit)
    if at is None or unit == "week":
        return week(at) if at else None
    order = ["day", "month", "quarter", "year"]
    kept = str(when.granularity)
    coarser = max(kept, "year" if unit == "decade" else unit, key=order.index)
    return at_unit(at, kept if same and kept != "day" else coarser)
