"""What a found date means: one small method for each rule of `lexicon/dates.toml`.

The anchoring rules were measured on news gold (TempEval-3, TimeBank, GUM): a weekday is the latest one including the day of
publication unless its verb looks ahead; a month and day lie in the nearest year; a bare month follows its verb, else is the
nearest. The publication date is never invented: without it, only what the article itself fixes has a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.entities import dates_values as cal
from extractor.entities.dates_anchors import Anchors, Resolved
from extractor.entities.dates_spans import Found, before, guard, words
from extractor.entities.dates_tense import is_nowadays, outlook
from extractor.entities.dates_values import Basis, Outlook, When
from extractor.entities.dates_words import (
    day_number,
    holiday_rule,
    month_number,
    number,
    ordinal_day,
    parsed,
    weekday_number,
)


@dataclass
class Reader(Anchors):
    """Reads the finds of one document in the order of the text."""

    def read(self, found: Found) -> list[Resolved]:
        """The dates of a find (a range or list has two), none where nothing fixes them."""
        try:
            new = list(getattr(self, f"_{found.rule}")(found))
        except (ValueError, OverflowError):  # beyond the calendar's ends
            return []
        self.done += new
        return new

    # ------------------------------------------------------------ dates that say all

    def _iso(self, found: Found) -> Iterator[Resolved]:
        g = found.groups
        at = cal.valid(int(g["y"]), int(g["m"]), int(g["d"]))
        return self._whole(found, cal.day(at) if at else None, "explicit")

    def _numeric(self, found: Found) -> Iterator[Resolved]:
        first, second = int(found.groups["d"]), int(found.groups["m"])
        at = None
        if first == second or (first > 12) != (second > 12):
            order = (first, second) if second > 12 or first == second else (second, first)
            at = cal.valid(int(found.groups["y"]), *order)
        return self._whole(found, cal.day(at) if at else None, "explicit")

    def _day(self, found: Found) -> Iterator[Resolved]:
        g = found.groups
        month, day = month_number(g["m"]), day_number(g["d"])
        weekday = weekday_number(g["w"]) if "w" in g else None
        if "y" in g:
            at = cal.valid(int(g["y"]), month, day)
            if at and parsed(" ".join(self.text[found.start : found.end].split())) not in {None, at}:
                return iter(())
            return self._whole(found, cal.day(at) if at else None, "explicit")
        if "ry" in g:
            year = self._relative_year(found)
            at = cal.valid(year, month, day) if year else None
        elif g.get("q") in {"last", "next"}:
            at = self._strict_day(month, day, g["q"])
        else:
            at = self._day_without_year(month, day, found.start, weekday)
        return self._whole(found, cal.day(at) if at else None, "relative")

    def _strict_day(self, month: int, day: int, which: str) -> date | None:
        """A month and day after "last" or "next": on that side of the publication day."""
        if self.published is None:
            return None
        days = [d for step in (-1, 0, 1) if (d := cal.valid(self.published.year + step, month, day))]
        if which == "last":
            return max((d for d in days if d < self.published), default=None)
        return min((d for d in days if d > self.published), default=None)

    def _ordinal_day(self, found: Found) -> Iterator[Resolved]:
        day, month = ordinal_day(found.groups["o"]), month_number(found.groups["m"])
        year = found.get("y")
        if day is None:
            return iter(())
        at = cal.valid(int(year), month, day) if year else self._day_without_year(month, day, found.start)
        return self._whole(found, cal.day(at) if at else None, "explicit" if year else "relative")

    def _holiday(self, found: Found) -> Iterator[Resolved]:
        rule = holiday_rule(found.groups["h"])
        if "y" in found.groups:
            return self._whole(found, cal.day(cal.holiday(rule, int(found.groups["y"]))), "explicit")
        if self.published is None:
            return iter(())
        days = [cal.holiday(rule, self.published.year + step) for step in (-1, 0, 1)]
        said, today = self._outlook(found), self.published
        fitting = [d for d in days if said is None or (d >= today if said == "future" else d <= today)]
        at = min(fitting, key=lambda d: abs((d - today).days))
        return self._whole(found, cal.day(at), "relative")

    # ------------------------------------------------------------ ranges and lists

    def _pair(self, found: Found, days: tuple[date | None, date | None], basis: Basis) -> Iterator[Resolved]:
        """Both ends of a range, each with its own words."""
        places = found.places
        for at, which in zip(days, "12", strict=True):
            if at is None:
                continue
            start, end = places[f"d{which}"]
            beside = places.get(f"m{which}") or places["m"]
            if f"m{which}" in places or (which == "1") == (beside[0] < start):
                start, end = min(start, beside[0]), max(end, beside[1])
            end = places.get("y" if which == "2" else "y1", (0, end))[1]
            yield Resolved(start, end, cal.day(at), basis)

    def _days_of_month(self, found: Found) -> Iterator[Resolved]:
        g = found.groups
        month, first, second = month_number(g["m"]), day_number(g["d1"]), day_number(g["d2"])
        if second <= first:
            return iter(())
        if "y" in g:
            days = cal.valid(int(g["y"]), month, first), cal.valid(int(g["y"]), month, second)
            return self._pair(found, days, "explicit")
        at = self._day_without_year(month, first, found.start)
        return self._pair(found, (at, cal.valid(at.year, month, second) if at else None), "relative")

    def _two_days(self, found: Found) -> Iterator[Resolved]:
        g = found.groups
        first = month_number(g["m1"]), day_number(g["d1"])
        second = month_number(g["m2"]), day_number(g["d2"])
        is_range = not re.search(r"and|or|&|/", g["j"])
        if "y" in g:
            year = int(g["y"])
            start_year = int(g.get("y1", year - (1 if is_range and first > second else 0)))
            return self._pair(found, (cal.valid(start_year, *first), cal.valid(year, *second)), "explicit")
        if "y1" in g:
            year = int(g["y1"])
            later = year + (1 if is_range and second < first else 0)
            return self._pair(found, (cal.valid(year, *first), cal.valid(later, *second)), "explicit")
        start = self._day_without_year(*first, found.start)
        if start is None or not is_range:
            return self._pair(found, (start, self._day_without_year(*second, found.start)), "relative")
        return self._pair(found, (start, cal.valid(start.year + (second < first), *second)), "relative")

    def _months_quarter(self, found: Found) -> Iterator[Resolved]:
        g = found.groups
        first, last = month_number(g["m1"]), month_number(g["m2"])
        if (last - first) % 12 != 2 or first % 3 != 1:
            return iter(())
        number_ = (first + 2) // 3
        year = int(g["y"]) if "y" in g else self._relative_year(found)
        if year:
            return self._whole(found, cal.quarter(year, number_), "explicit" if "y" in g else "relative")
        near = cal.quarter_near(number_, self.published, self._outlook(found) or "past") if self.published else None
        return self._whole(found, near, "relative")

    def _two_months(self, found: Found) -> Iterator[Resolved]:
        g, places = found.groups, found.places
        first, second = month_number(g["m1"]), month_number(g["m2"])
        is_range = not re.search(r"and|or|&|/", g["j"]) or before(self.text, found.start, 9).lower().endswith("between ")
        year = int(g["y"]) if "y" in g else self._relative_year(found)
        basis: Basis = "explicit" if "y" in g else "relative"
        if year:
            months = cal.month(year - (is_range and second < first), first), cal.month(year, second)
        else:
            start = self._month_without_year(first, found)
            if start is None:
                return
            crosses = second < first and is_range
            end = cal.month(start.earliest.year + crosses, second) if is_range else self._month_without_year(second, found)
            months = start, end or start
        yield Resolved(*places["m1"], months[0], basis)
        yield Resolved(places["m2"][0], found.end, months[1], basis)

    def _years(self, found: Found) -> Iterator[Resolved]:
        first, tail = int(found.groups["y1"]), found.groups["y2"]
        if len(tail) == 2 and 1 <= int(tail) <= 12 and int(tail) != first % 100 + 1:
            yield from self._whole(found, cal.month(first, int(tail)), "explicit")
            return
        second = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
        if first < second <= first + 100:
            yield Resolved(*found.places["y1"], cal.year(first), "explicit")
            yield Resolved(*found.places["y2"], cal.year(second), "explicit")

    # ------------------------------------------------------------ months, quarters, seasons, years

    def _month_without_year(self, month: int, found: Found, said: Outlook = None) -> When | None:
        context = self._sentence_year(found.start)
        if context is not None:
            return cal.month(context, month)
        if self.published is None:
            return None
        return cal.month_near(month, self.published, said or outlook(self.doc, found.start, found.end, progressive=False))

    def _month(self, found: Found) -> Iterator[Resolved]:
        g = found.groups
        month = month_number(g["m"])
        year = int(g["y"]) if "y" in g else self._relative_year(found)
        if year:
            return self._whole(found, cal.month(year, month), "explicit" if "y" in g else "relative")
        which = (g.get("q") or "").lower()
        if which in {"last", "next"} and self.published:
            step = -1 if which == "last" else 1
            beyond = cal.add_months(self.published.replace(day=1), step)
            return self._whole(found, cal.month_near(month, beyond, "past" if step < 0 else "future"), "relative")
        if which == "this" and self.published:
            return self._whole(found, cal.month(self.published.year, month), "relative")
        said: Outlook = {"this past": "past", "this coming": "future"}.get(which)  # type: ignore[assignment]
        return self._whole(found, self._month_without_year(month, found, said), "relative")

    def _century(self, found: Found) -> Iterator[Resolved]:
        return self._whole(found, cal.century(int(found.groups["n"][:2])), "explicit")

    def _day_of_month(self, found: Found) -> Iterator[Resolved]:
        if self.published is None:
            return iter(())
        step = {"last": -1, "next": 1}.get(found.groups["q"], 0)
        first = cal.add_months(self.published.replace(day=1), step)
        at = cal.valid(first.year, first.month, day_number(found.groups["d"]))
        return self._whole(found, cal.day(at) if at else None, "relative")

    def _quarter(self, found: Found) -> Iterator[Resolved]:
        said = found.get("n", "n2") or ""
        which = int(said) if said.isdigit() else words("ordinals")[said.lower()]
        if "y" in found.groups:
            return self._whole(found, cal.quarter(int(found.groups["y"]), which), "explicit")
        if re.search(r"(?i)\b(?:fiscal|(?:its|their)(?: own)?) $", before(self.text, found.start, 16)):
            return iter(())
        year = self._relative_year(found)
        if self.published is None:
            return iter(())
        when = cal.quarter(year, which) if year else cal.quarter_near(which, self.published, self._outlook(found) or "past")
        return self._whole(found, when, "relative")

    def _season(self, found: Found) -> Iterator[Resolved]:
        code = words("seasons")[(found.get("s", "s2") or "").lower()]
        if "y" in found.groups:
            return self._whole(found, cal.season(int(found.groups["y"]), code), "explicit")
        if self.published is None:
            return iter(())
        which = (found.get("q") or "").lower()
        if which == "next":
            beyond = cal.season_near(code, self.published, "past").latest + timedelta(days=1)
            return self._whole(found, cal.season_near(code, max(beyond, self.published), "future"), "relative")
        if which == "last":
            earlier = cal.season_near(code, self.published, "past")
            current = earlier.latest >= self.published
            when = cal.season_near(code, earlier.earliest - timedelta(days=1), "past") if current else earlier
            return self._whole(found, when, "relative")
        return self._whole(found, cal.season_near(code, self.published, self._outlook(found) or "past"), "relative")

    def _decade(self, found: Found) -> Iterator[Resolved]:
        g = found.groups
        if "y" in g:
            return self._whole(found, cal.decade(int(g["y"])), "explicit")
        tens = int(g["n"]) if "n" in g else words("decade_words")[g["dw"].lower()]
        return self._whole(found, cal.decade(1900 + 10 * tens), "explicit")

    def _year(self, found: Found) -> Iterator[Resolved]:
        return self._whole(found, cal.year(int(found.groups["y"])), "explicit")

    # ------------------------------------------------------------ relative to the publication date

    def _unit(self, found: Found) -> Iterator[Resolved]:
        if self.published is None:
            return iter(())
        unit = (found.get("u", "u2", "u3") or "").lower()
        which = (found.get("q") or "this").lower()
        step = -1 if which in {"last", "this past"} else 1 if which in {"next", "this coming"} else 0
        if unit == "weekend":
            return self._whole(found, self._weekend(which, self.published, self._outlook(found)), "relative")
        base = self.published if unit in {"week", "day"} else self.published.replace(day=1)
        moved = cal.shift(base, step, unit)
        return self._whole(found, cal.at_unit(moved, unit) if moved else None, "relative")

    @staticmethod
    def _weekend(which: str, anchor: date, said: Outlook) -> When:
        """This weekend is the one of this week; early in a week, or with a past verb, the one just past."""
        saturday = cal.weekday_near(5, anchor, "past")
        begun = anchor.weekday() >= 5
        if which in {"next", "this coming"}:
            steps = 1
        elif which in {"last", "this past"}:
            steps = -1 if begun else 0
        else:
            steps = 0 if begun or said == "past" or (anchor.weekday() < 2 and said is None) else 1
        return cal.at_unit(saturday + timedelta(days=7 * steps), "weekend")

    def _ago(self, found: Found) -> Iterator[Resolved]:
        amount, unit = number(found.get("n")), found.groups["u"].lower()
        if self.published is None or amount is None or "half" in found.groups:
            return iter(())
        at = cal.shift(self.published, -amount, unit) if unit == "hour" else parsed(f"{amount} {unit}s ago", self.published)
        when = cal.at_unit(at, unit) if at else None
        if when and (unit == "decade" or (unit != "hour" and guard("approximate").search(before(self.text, found.start)))):
            when = cal.about(when)
        return self._whole(found, when, "relative")

    def _ahead(self, found: Found) -> Iterator[Resolved]:
        amount, unit = number(found.get("n")), found.groups["u"].lower()
        if self.published is None or amount is None or guard("approximate").search(before(self.text, found.start)):
            return iter(())
        at = parsed(f"in {amount} {unit}s", self.published)
        when = cal.at_unit(at, unit) if at else None
        if when and unit in {"month", "year"}:  # "nine months from now" fixes no calendar month
            when = cal.about(when)
        return self._whole(found, when, "computed")

    def _in_time(self, found: Found) -> Iterator[Resolved]:
        if self._outlook(found) != "future" or guard("not_ahead").search(before(self.text, found.start)):
            return iter(())
        return self._ahead(found)

    def _weekday(self, found: Found) -> Iterator[Resolved]:
        if self.published is None:
            return
        target, which = weekday_number(found.groups["w"]), (found.get("q") or "").lower()
        if "rw" in found.groups:
            week = self.published - timedelta(days=self.published.weekday())
            at = week + timedelta(days=target + 7 * {"last": -1, "next": 1}.get(found.groups["rw"].lower(), 0))
        elif which in {"last", "this past"}:
            at = cal.weekday_near(target, self.published - timedelta(days=1), "past")
        elif which in {"next", "this coming", "coming"}:
            at = cal.weekday_near(target, self.published + timedelta(days=1), "future")
        elif which == "this":
            said = self._outlook(found)
            at = cal.weekday_near(target, self.published, "past" if said == "past" else "future")
        else:
            at = cal.weekday_near(target, self.published, self._outlook(found))
        yield Resolved(found.start, found.end, cal.day(at), "relative")

    def _today_weekday(self, found: Found) -> Iterator[Resolved]:
        if self.published is None:
            return iter(())
        at = cal.weekday_near(weekday_number(found.groups["w"]), self.published, None)
        return self._whole(found, cal.day(at), "relative")

    def _deictic(self, found: Found) -> Iterator[Resolved]:
        if self.published is None:
            return iter(())
        said = " ".join((found.get("q", "q2", "q3") or "").lower().split())
        if said == "today" and is_nowadays(self.doc, found.start, found.end):
            return iter(())
        steps = {"yesterday": -1, "last night": -1, "tomorrow": 1, "before yesterday": -2, "after tomorrow": 2}
        return self._whole(found, cal.day(self.published + timedelta(days=steps.get(said, 0))), "relative")

    # ------------------------------------------------------------ relative to a date before

    def _shifted(self, found: Found) -> Iterator[Resolved]:
        amount, unit = number(found.get("n")), found.groups["u"].lower()
        reach = {"day": {"day"}, "week": {"day"}, "month": {"day", "month"}, "year": {"day", "month", "quarter", "year"}}
        anchor = self._anchor(found.start, frozenset(reach.get(unit, ())))
        if anchor is None or amount is None or guard("approximate").search(before(self.text, found.start)):
            return iter(())
        step = -amount if found.groups["q"].lower() in {"earlier", "previously", "before"} else amount
        compared = guard("compared").search(before(self.text, found.start)) is not None
        return self._whole(found, cal.moved(anchor.when, step, unit, same=compared), "computed")

    def _after_event(self, found: Found) -> Iterator[Resolved]:
        """The event before ("comes a day after …"), seen from the last day that the text gave, else from publication."""
        amount = number(found.get("n"))
        if amount is None or not guard("coming").search(before(self.text, found.start)):
            return iter(())
        last = self._anchor(found.start, frozenset({"day"}))
        anchor = last.when.earliest if last else self.published
        return self._whole(found, cal.day(anchor - timedelta(days=amount)) if anchor else None, "computed")

    def _beside(self, found: Found) -> Iterator[Resolved]:
        which = (found.get("q", "q2", "q3", "q4") or "").lower()
        unit = (found.get("u", "u2", "u3", "u4", "u5") or "").lower().replace("date", "day")
        reach = {
            "day": {"day"}, "week": {"day"}, "month": {"day", "month"}, "quarter": {"day", "month", "quarter"},
            "year": {"day", "month", "quarter", "year"},
        }  # fmt: skip
        anchor = self._anchor(found.start, frozenset(reach[unit]))
        if anchor is None and (which, unit) == ("next", "day"):
            anchor = next((d for d in reversed(self.done) if d.when.granularity == "day"), None)
        if anchor is None or guard("idiom").search(before(self.text, found.start)):
            return iter(())
        step = {"following": 1, "next": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}.get(which, 0)
        base = anchor.when.earliest if unit in {"day", "week"} else anchor.when.earliest.replace(day=1)
        moved = cal.shift(base, step, unit)
        return self._whole(found, cal.at_unit(moved, unit) if moved else None, "computed")

    def _that_month(self, found: Found) -> Iterator[Resolved]:
        """`asked for talks on April 9, 2009, and for a panel that September`."""
        anchor = self._anchor(found.start, frozenset({"day", "month", "quarter", "year"}))
        if anchor is None:
            return iter(())
        first, month = anchor.when.earliest, month_number(found.groups["m"])
        return self._whole(found, cal.month(first.year + (month < first.month), month), "computed")

    def _month_of_year(self, found: Found) -> Iterator[Resolved]:
        anchor = self._anchor(found.start, frozenset({"day", "month", "quarter", "year"}))
        if anchor is None:
            return iter(())
        step = {"following": 1, "next": 1, "previous": -1, "preceding": -1}.get(found.groups["q"].split()[-1].lower(), 0)
        year, month = anchor.when.earliest.year + step, month_number(found.groups["m"])
        at = cal.valid(year, month, day_number(found.groups["d"])) if "d" in found.groups else None
        return self._whole(found, cal.day(at) if at else cal.month(year, month), "computed")

    def _beside_weekday(self, found: Found) -> Iterator[Resolved]:
        anchor = self._anchor(found.start, frozenset({"day", "week"}))
        if anchor is None:
            return iter(())
        target = weekday_number(found.groups["w"])
        which = found.groups["q"].lower()
        if which.startswith("that"):
            week = anchor.when.earliest - timedelta(days=anchor.when.earliest.weekday())
            at = week + timedelta(days=target)
        elif which in {"the following", "the next"}:
            at = cal.weekday_near(target, anchor.when.latest + timedelta(days=1), "future")
        else:
            at = cal.weekday_near(target, anchor.when.earliest - timedelta(days=1), "past")
        return self._whole(found, cal.day(at), "computed")
