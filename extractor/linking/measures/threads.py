"""Cells of one key -> measures: an imposer may tax the same goods twice, under two laws, on top of each other, or years later.

The cells are gone through in the order of time, which depends on their contents alone. Each joins the measure that fits best, or
begins a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from extractor.ids import content_id
from extractor.linking.measures.cells import Cell, Key, RateKey, day_of
from extractor.records import Action, Status

SILENCE = timedelta(days=4 * 365)
"""After so long without a report, what is imposed is another measure."""
LONGEST_SILENCE = timedelta(days=12 * 365)
"""After so long, everything is another measure: the longest that duties are commonly extended for, and a review."""
AFTERMATH = timedelta(days=45)
"""For so long after the end of a measure, reports may still be of it."""

OVER = frozenset({Status.ENDED, Status.REJECTED, Status.STRUCK_DOWN})
AHEAD = frozenset({Status.THREATENED, Status.PROPOSED, Status.ANNOUNCED})
GOES_ON = frozenset({
    Action.RAISE, Action.LOWER, Action.REMOVE, Action.SUSPEND, Action.EXTEND, Action.RESTORE, Action.MAINTAIN, Action.DELAY,
    Action.EXEMPT,
})  # fmt: skip
"""Actions on a measure that is there already."""

Links = frozenset[tuple[RateKey, RateKey]]


@dataclass
class Thread:
    """The cells of one measure, in the order of time."""

    cells: list[Cell] = field(default_factory=list)
    by_article: dict[str, list[Cell]] = field(default_factory=dict)
    rates: set[RateKey] = field(default_factory=set)
    laws: set[str] = field(default_factory=set)
    starts: set[date] = field(default_factory=set)
    begun: set[date] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        """Takes a cell in."""
        self.cells.append(cell)
        self.by_article.setdefault(cell.article.id, []).append(cell)
        self.rates |= {rate for rate in (cell.rate, cell.prior) if rate is not None}
        self.laws |= {cell.law} - {""}
        self.starts |= {start for start in (day_of(cell.record.effective),) if start is not None}
        self.begun |= {start for start in (_begins(cell),) if start is not None}

    @property
    def last(self) -> Cell:
        """The latest report."""
        return self.cells[-1]


def _begins(cell: Cell) -> date | None:
    """The first day (of its month or year) of a measure that is imposed; without a date, that of a report on what is ahead."""
    record = cell.record
    if record.action is not Action.IMPOSE:
        return None
    if record.effective is not None:
        return record.effective.earliest
    return cell.day if record.status in AHEAD and cell.day != date.max else None


def split(cells: Sequence[Cell]) -> list[Thread]:
    """The measures of the cells of one key, the first reported first."""
    threads: list[Thread] = []
    links = frozenset((cell.prior, cell.rate) for cell in cells if cell.prior is not None and cell.rate is not None)
    for cell in sorted(cells, key=lambda c: c.order):
        homes = [thread for thread in threads if not _is_apart(thread, cell, links)]
        if homes:
            max(homes, key=lambda thread: _likeness(thread, cell)).add(cell)
        else:
            threads.append(Thread())
            threads[-1].add(cell)
    return threads


def _likeness(thread: Thread, cell: Cell) -> tuple[bool, bool, bool, date]:
    rates = {rate for rate in (cell.rate, cell.prior) if rate is not None}
    return (
        bool(cell.law) and cell.law in thread.laws,
        bool(rates & thread.rates),
        day_of(cell.record.effective) in thread.starts,
        thread.last.day,
    )


def _is_apart(thread: Thread, cell: Cell, links: Links) -> bool:
    """Whether a cell cannot be of a measure."""
    if cell.law and thread.laws and cell.law not in thread.laws:
        return True
    if any(_stand_side_by_side(c, cell, links) for c in thread.by_article.get(cell.article.id, ())):
        return True
    return _is_later(thread, cell) or _is_on_top(thread, cell, links)


def _stand_side_by_side(one: Cell, other: Cell, links: Links) -> bool:
    """Whether two records of one article are of two measures: they differ in rate, and neither follows the other."""
    if one.rate is None or other.rate is None or one.rate == other.rate or _linked(one.rate, other.rate, links):
        return False
    if Action.RAISE in (pair := {one.record.action, other.record.action}) or Action.LOWER in pair:
        return False
    start, begun = day_of(one.record.effective), day_of(other.record.effective)
    return start is None or begun is None or start == begun


def _is_later(thread: Thread, cell: Cell) -> bool:
    """Whether the measure was over, or long silent, when the cell's begins."""
    if cell.day == date.max:  # undated: time says nothing
        return False
    silence = cell.day - thread.last.day
    known = bool({rate for rate in (cell.rate, cell.prior) if rate is not None} & thread.rates)
    if silence > LONGEST_SILENCE:
        return True
    if silence > SILENCE:
        return cell.record.action not in GOES_ON or not (known or cell.rate is None)
    begins = _begins(cell)
    if begins is not None and thread.begun and not known and all(abs(start - begins) > SILENCE for start in thread.begun):
        return True  # `the tariffs of 2002`, told of in 2018
    closing = next((c for c in reversed(thread.cells) if c.record.status is not Status.UNKNOWN), thread.last)
    if closing.record.status not in OVER or cell.record.status in OVER or cell.record.action in GOES_ON - {Action.RAISE}:
        return False
    start = day_of(cell.record.effective)
    return silence > AFTERMATH and (start is None or start > closing.day)


def _is_on_top(thread: Thread, cell: Cell, links: Links) -> bool:
    """Whether the cell's rate is expressly added to a measure in force with another rate: one tax on top of the other."""
    rate = cell.record.rate
    if rate is None or cell.rate is None or rate.basis != "additional" or cell.record.action is not Action.IMPOSE:
        return False
    if not thread.rates or cell.rate in thread.rates or any(_linked(cell.rate, other, links) for other in thread.rates):
        return False
    start = day_of(cell.record.effective) or cell.day
    return any(c.record.status is Status.IN_FORCE and (day_of(c.record.effective) or c.day) < start for c in thread.cells)


def _linked(one: RateKey, other: RateKey, links: Links) -> bool:
    return (one, other) in links or (other, one) in links


def ids(key: Key, threads: Sequence[Thread]) -> list[str]:
    """Ids of the measures of one key, which `split` gives in the order of their first reports.

    The first measure's id is of the key alone, so that it stays when reports are added, earlier ones too. A later one's has the
    year of its first report. Where a report joins two measures, the one with the earlier first report keeps its id, and the other
    id goes.
    """
    out: list[str] = []
    for thread in threads:
        first = thread.cells[0].day.year
        parts = ["measure", *key] if not out else ["measure", *key, first]
        name, number = content_id(*parts), 1
        while name in out:
            number += 1
            name = content_id(*parts, number)
        out.append(name)
    return out
