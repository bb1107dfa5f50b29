"""What independent sources report differently: kept side by side, never averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from extractor.linking.measures.cells import rate_key
from extractor.linking.measures.events import ON, figures, when
from extractor.measure_records import Conflict, ConflictValue, EventKind, MeasureEvent
from extractor.records import Rate, Status

STARTS = ON - {EventKind.MAINTAINED, EventKind.EXTENDED}
AFTER = frozenset({Status.PAUSED, Status.ENDED, Status.STRUCK_DOWN, Status.REJECTED})
"""Where a measure stands that is not, or no longer, charged."""
WINDOW = timedelta(days=31)
"""Two days of one event that sources give are not further apart."""

ValueT = TypeVar("ValueT", bound=Hashable)
Sources = dict[str, str]
"""Article id -> source."""


def conflicts_of(events: Sequence[MeasureEvent], sources: Sources) -> list[Conflict]:
    """The conflicts of a measure's events; superseded ones are left aside."""
    alive = [event for event in events if not event.superseded]
    return [*_rates(alive, sources), *_dates(alive, sources), *_statuses(alive, sources)]


def _rates(events: Sequence[MeasureEvent], sources: Sources) -> Iterator[Conflict]:
    """Rates that are charged from one day on."""
    by_day: dict[date, list[MeasureEvent]] = defaultdict(list)
    for event in events:
        if event.event in STARTS and event.date is not None and figures(event) is not None:
            by_day[event.date].append(event)
    for day, group in sorted(by_day.items()):
        values: dict[str, list[MeasureEvent]] = defaultdict(list)
        for event in group:
            values[rate_text(event.rate)].append(event)
        yield from _conflict("rate", day, values, sources)


def _dates(events: Sequence[MeasureEvent], sources: Sources) -> Iterator[Conflict]:
    """Days of one event that was past when it was reported: what is ahead may be put off."""
    groups: list[list[MeasureEvent]] = []
    past = [e for e in events if e.date and e.reported and e.date <= e.reported and e.edtf == e.date.isoformat()]
    for event in past:
        if event.event is EventKind.EXEMPTED:
            continue
        for group in groups:
            first = group[0]
            if first.event is event.event and figures(first) == figures(event) and when(event) - when(first) <= WINDOW:
                group.append(event)
                break
        else:
            groups.append([event])
    for group in groups:
        values: dict[str, list[MeasureEvent]] = defaultdict(list)
        for event in group:
            values[str(event.date)].append(event)
        yield from _conflict("date", None, values, sources)


def _statuses(events: Sequence[MeasureEvent], sources: Sources) -> Iterator[Conflict]:
    """Reports of one day of which one has the measure in force, and another one has it gone before that day."""
    by_day: dict[date, list[MeasureEvent]] = defaultdict(list)
    for event in events:
        if event.reported is not None:
            by_day[event.reported].append(event)
    for day, group in sorted(by_day.items()):
        gone = [e for e in group if e.status in AFTER and e.date is not None and e.date < day]
        stands = [e for e in group if e.status is Status.IN_FORCE]
        values: dict[str, list[MeasureEvent]] = defaultdict(list)
        for event in [*gone, *stands] if gone and stands else []:
            values[str(event.status)].append(event)
        yield from _conflict("status", day, values, sources)


def _conflict(field: str, day: date | None, values: dict[str, list[MeasureEvent]], sources: Sources) -> Iterator[Conflict]:
    """One, if sources differ."""
    whose = {value: {sources[event.article_id] for event in group} for value, group in values.items()}
    kept = held(sorted(whose, key=lambda value: (-len(whose[value]), value)), whose)
    if len(kept) < 2:
        return
    rows = [ConflictValue(value=v, sources=len(whose[v]), events=sorted({e.id for e in values[v]})) for v in kept]
    yield Conflict.model_validate({"field": field, "date": day, "values": rows})


def held(ranked: Sequence[ValueT], whose: Mapping[ValueT, set[str]]) -> list[ValueT]:
    """The values that somebody holds against the others: not those given only by sources of a better one, such as the old rate.

    Args:
        ranked: the best supported first.
        whose: the sources of each.
    """
    return [value for n, value in enumerate(ranked) if not any(whose[value] <= whose[better] for better in ranked[:n])]


def count(events: Iterable[MeasureEvent], sources: Sources) -> int:
    """Number of independent sources of events."""
    return len({sources[event.article_id] for event in events})


def rate_text(told: Rate | None) -> str:
    """A rate's figures: `35%`, `10% to 41%`, `0.25 USD per kg`; empty without any."""
    rate = rate_key(told)
    if rate is None:
        return ""
    percents = " to ".join(f"{x:g}%" for x in (rate.percent, rate.percent_high) if x is not None)
    amount = f"{rate.specific[0]:g} {rate.specific[1]} per {rate.specific[2]}" if rate.specific else ""
    return " + ".join(filter(None, (percents, amount)))
