"""A cell -> the dated events that its record reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.ids import content_id
from extractor.linking.measures.cells import Cell, RateKey, rate_key
from extractor.measure_records import EventKind, MeasureEvent
from extractor.records import Action, ArticleInfo, DateValue, Rate, Status

STARTS = {
    Action.IMPOSE: EventKind.IMPOSED,
    Action.RAISE: EventKind.RAISED,
    Action.LOWER: EventKind.LOWERED,
    Action.RESTORE: EventKind.RESUMED,
    Action.EXTEND: EventKind.EXTENDED,
    Action.MAINTAIN: EventKind.MAINTAINED,
    Action.EXEMPT: EventKind.EXEMPTED,
    Action.DELAY: EventKind.DELAYED,
    Action.SUSPEND: EventKind.PAUSED,
    Action.REMOVE: EventKind.ENDED,
    Action.INVESTIGATE: EventKind.INVESTIGATED,
}
"""What an action is as an event, once it is decided."""
ON = frozenset({
    EventKind.IMPOSED, EventKind.RAISED, EventKind.LOWERED, EventKind.RESUMED, EventKind.EXTENDED, EventKind.MAINTAINED,
})  # fmt: skip
"""After these a measure is charged."""
OFF = frozenset({EventKind.PAUSED, EventKind.ENDED, EventKind.STRUCK_DOWN, EventKind.DELAYED, EventKind.REJECTED})
"""After these it is not."""
TOGETHER = timedelta(days=3)
"""Undated events that are reported within so many days are one."""
_STEP = {kind: step for step, kind in enumerate(EventKind)}


@dataclass(frozen=True)
class Told:
    """An event of a record: what, when, at which rate."""

    kind: EventKind
    when: DateValue | None
    rate: Rate | None
    prior: Rate | None = None


def told(cell: Cell) -> Iterator[Told]:
    """The events of a record: that of its status, and what is planned to follow."""
    record = cell.record
    rate, prior, published = record.rate, record.prior_rate, cell.article.published
    match record.status:
        case Status.THREATENED:
            yield Told(EventKind.THREATENED, record.announced, rate, prior)
        case Status.PROPOSED:
            yield Told(_probe(record.action, EventKind.PROPOSED), record.announced, rate, prior)
        case Status.ANNOUNCED:
            kind = STARTS[record.action]
            if kind in ON - {EventKind.MAINTAINED} or kind is EventKind.INVESTIGATED or record.effective is None:
                yield Told(_probe(record.action, EventKind.ANNOUNCED), record.announced, rate, prior)
            if kind is EventKind.DELAYED:
                yield Told(kind, record.announced, rate)
                kind = EventKind.IMPOSED
            if record.effective is not None:
                yield Told(kind, record.effective, rate, prior)
        case Status.IN_FORCE:
            kind = STARTS[record.action]
            if kind in {EventKind.MAINTAINED, EventKind.EXEMPTED} and record.effective is not None:
                yield Told(EventKind.IMPOSED, record.effective, rate, prior)
            if kind in ON and kind is not EventKind.MAINTAINED:
                yield Told(kind, record.effective, rate, prior)
            elif kind is EventKind.EXEMPTED:
                yield Told(kind, record.effective, rate)
            else:  # it is still in force, whatever is done to it
                yield Told(EventKind.MAINTAINED, None, rate, prior)
        case Status.PAUSED:
            delayed = record.action is Action.DELAY
            yield Told(EventKind.DELAYED if delayed else EventKind.PAUSED, None if delayed else record.effective, rate)
            if delayed and record.effective is not None:
                yield Told(EventKind.IMPOSED, record.effective, rate, prior)
            elif record.end is not None:
                yield Told(EventKind.RESUMED, record.end, rate)
        case Status.ENDED:
            if record.end is not None and record.effective is not None and record.effective.latest < record.end.earliest:
                yield Told(EventKind.IMPOSED, record.effective, rate)
            yield Told(EventKind.ENDED, record.end or record.effective, rate)
        case Status.REJECTED:
            yield Told(EventKind.REJECTED, record.announced or record.effective, rate)
        case Status.STRUCK_DOWN:
            yield Told(EventKind.STRUCK_DOWN, record.effective, rate)
        case _:
            yield Told(EventKind.REPORTED, record.effective, rate, prior)
    ahead = record.end is not None and (published is None or record.end.latest > published)
    if record.end is not None and ahead and record.status in {Status.ANNOUNCED, Status.IN_FORCE}:
        yield Told(EventKind.ENDED, record.end, rate)


def _probe(action: Action, otherwise: EventKind) -> EventKind:
    return EventKind.INVESTIGATED if action is Action.INVESTIGATE else otherwise


def events_of(measure_id: str, cells: Iterable[Cell], sources: dict[str, str]) -> list[MeasureEvent]:
    """All events of a measure, in the order of time.

    Args:
        measure_id: of the measure.
        cells: its reports.
        sources: article id -> source, as `sources_of` gives it.
    """
    found: dict[str, MeasureEvent] = {}
    articles: dict[str, ArticleInfo] = {}
    for cell in cells:
        articles[cell.article.id] = cell.article
        for number, one in enumerate(told(cell)):
            name = content_id("event", *cell.name, one.kind, number)
            found[name] = MeasureEvent(
                id=name, measure_id=measure_id, tariff_id=cell.record.id, article_id=cell.article.id, event=one.kind,
                date=one.when.earliest if one.when else None, latest=one.when.latest if one.when else None,
                edtf=one.when.edtf if one.when else None,
                rate=one.rate, prior_rate=one.prior, status=cell.record.status, reported=cell.article.published,
            )  # fmt: skip
    events = sorted(found.values(), key=order)
    alike: dict[tuple[EventKind, str], list[MeasureEvent]] = defaultdict(list)
    for event in events:
        alike[event.event, sources[event.article_id]].append(event)
    gone = {event.id for group in alike.values() for event in group if any(_corrects(e, event, articles) for e in group)}
    return [event.model_copy(update={"superseded": True}) if event.id in gone else event for event in events]


def when(event: MeasureEvent) -> date:
    """The day of an event; that of the report where the article gives none."""
    return event.date or event.reported or date.max


def order(event: MeasureEvent) -> tuple[date, int, date, str]:
    """Events in the order of time."""
    return when(event), _STEP[event.event], event.reported or date.max, event.id


def figures(event: MeasureEvent) -> RateKey | None:
    """An event's rate, to compare by."""
    return rate_key(event.rate)


def _corrects(later: MeasureEvent, event: MeasureEvent, articles: dict[str, ArticleInfo]) -> bool:
    """Whether a later report of the same source and kind of event gives another rate or date for the same event.

    A version or copy corrects what it was made from. Another article of the publisher does if it has another rate for the same
    day; if it has another day, the plan may have changed.
    """
    if later.reported is None or event.reported is None:
        return False
    if (later.reported, later.article_id) <= (event.reported, event.article_id):
        return False
    mine, its = articles[event.article_id], articles[later.article_id]
    rates = figures(later), figures(event)
    other_rate, other_day = None not in rates and rates[0] != rates[1], later.date != event.date
    if its.duplicate_of == mine.id or mine.duplicate_of == its.id or (its.duplicate_of and its.duplicate_of == mine.duplicate_of):
        return other_rate or other_day
    return other_rate and not other_day and event.date is not None
