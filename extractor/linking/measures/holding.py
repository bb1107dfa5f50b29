"""What holds on a day, and from when to when: the events of each measure, gone through up to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from extractor.linking.measures.cells import RateKey, rate_key
from extractor.linking.measures.conflicts import held
from extractor.linking.measures.events import OFF, ON, TOGETHER, figures, order, when
from extractor.linking.measures.threads import LONGEST_SILENCE
from extractor.measure_records import EventKind, Holding, Measure, MeasureEvent
from extractor.records import Rate

CHANGES = frozenset({EventKind.RAISED, EventKind.LOWERED})
STOPS = OFF - {EventKind.REJECTED}
RENEWAL = timedelta(days=31)
"""What is raised or lowered so shortly before its planned end goes on: a definitive duty follows a provisional one."""

Rates = list[tuple[Rate, int]]
"""Rates with the number of their sources."""
Support = Counter[RateKey | None]
"""Number of sources of a rate in all of a measure's history."""


@dataclass
class _State:
    """How a measure stands at some time."""

    charged: bool = False
    rates: Rates = field(default_factory=list)
    since: date | None = None
    reported: bool = False


def in_force(measures: Iterable[Measure], on: date, sources: Mapping[str, dict[str, str]]) -> list[Holding]:
    """The measures that hold on a day, in their order.

    What was planned for a day counts from that day on, unless a later report has it put off, paused, ended or rejected before. A
    threat or proposal changes nothing. Where sources differ in the rate, that of most sources is given, and the others beside it.
    What began in a month counts from the month's last day on, or from its report. What nothing was heard of for twelve years, and
    had no later date set, is not listed.

    Args:
        measures: with their events.
        on: the day.
        sources: measure id -> article id -> source.
    """
    found = (History(measure, sources[measure.id]).on(on) for measure in measures)
    return [holding for holding in found if holding is not None]


class History:
    """The events of a measure that count, in the order of time."""

    def __init__(self, measure: Measure, sources: Mapping[str, str]) -> None:
        """Takes the measure's events.

        Args:
            measure: with its events.
            sources: article id -> source.
        """
        self._measure, self._sources = measure, sources
        self._events = _valid(measure.events)
        self._support = _support(self._events, sources)
        self._ordered = sorted(self._events, key=lambda event: (_moment(event), order(event)))
        days = [day for event in self._events for day in (event.reported, event.latest) if day is not None]
        self._heard = max(days, default=None)

    def on(self, day: date) -> Holding | None:
        """How the measure holds on a day; None if it does not."""
        if self._heard is not None and day - self._heard > LONGEST_SILENCE:
            return None
        state = _State()
        for step in _steps([event for event in self._ordered if _moment(event) <= day]):
            _advance(state, step, self._sources, self._support)
        if not state.charged:
            before = _before(self._events, day)
            if before is None:
                return None
            state = before
        measure, rates = self._measure, [rate for rate, _ in state.rates]
        until = next((e.date for e in self._events if e.date is not None and e.date > day and e.event in STOPS), None)
        return Holding(
            measure_id=measure.id, imposer=measure.imposer, target=measure.target, target_scope=measure.target_scope,
            excepted=[r.code for r in measure.relations if r.type == "excepts" and r.code],
            product=measure.product, hs=measure.hs, instrument=measure.instrument, legal_basis=measure.legal_basis,
            rate=rates[0] if rates else None, other_rates=rates[1:], since=state.since, until=until,
            basis="reported" if state.reported else "scheduled", sources=state.rates[0][1] if state.rates else measure.sources,
            last_reported=measure.last_reported,
        )  # fmt: skip

    def periods(self) -> Iterator[Period]:
        """The stretches of days on which the measure holds in one way, in the order of time.

        Between two days that an event is dated or reported on, or on which silence becomes too long, nothing changes, so that
        these are the only ones to look at.
        """
        turns = {day for event in self._events for day in (event.date, event.latest, event.reported, _moment(event)) if day}
        if self._heard is not None:
            turns.add(_later(self._heard, LONGEST_SILENCE + timedelta(days=1)))
        first, now = date.min, None
        for day in sorted(turns):
            holding = self.on(day)
            if holding != now:
                if now is not None:
                    yield Period(first, day, now)
                first, now = day, holding
        if now is not None:
            yield Period(first, None, now)


class Period(NamedTuple):
    """Days on which a measure holds in one way: from the first one to the last one before `end`; None has no end."""

    start: date
    end: date | None
    holding: Holding


def _later(day: date, wait: timedelta) -> date:
    return day + wait if date.max - day > wait else date.max


# ---------------------------------------------------------------- which events count


def _valid(events: Sequence[MeasureEvent]) -> list[MeasureEvent]:
    """Without what is corrected, overtaken by later reports, or told more exactly by another report."""
    alive = [event for event in events if not event.superseded and event.event is not EventKind.REPORTED]
    off = {e.id for e in alive if _is_plan(e) and any(_overtakes(later, e) for later in alive)}
    alive = [event for event in alive if event.id not in off]
    vague = {e.id for e in alive if e.date is not None and not _is_exact(e) and any(_refines(other, e) for other in alive)}
    return [event for event in alive if event.id not in vague]


def _is_plan(event: MeasureEvent) -> bool:
    return event.date is not None and event.reported is not None and event.date > event.reported


def _overtakes(later: MeasureEvent, plan: MeasureEvent) -> bool:
    """Whether a report says that a plan of an earlier report is off: it was stopped before its day, or has another day."""
    if plan.date is None or plan.reported is None or later.reported is None or later.reported <= plan.reported:
        return False
    moved = later.event is plan.event and later.date is not None and later.date != plan.date
    before = when(later) <= plan.date
    if plan.event in STOPS:  # an end: put off by an extension or a restart, or by what replaces it
        longer = later.event in {EventKind.EXTENDED, EventKind.RESUMED}
        return moved or (before and (longer or (later.event in CHANGES and plan.date - when(later) <= RENEWAL)))
    return (later.event in OFF and before) or (moved and figures(later) == figures(plan))


def _is_exact(event: MeasureEvent) -> bool:
    return event.date is not None and event.date == event.latest


def _refines(other: MeasureEvent, event: MeasureEvent) -> bool:
    """Whether another report gives the day of what this one dates to a month or year."""
    if event.date is None or event.latest is None or _is_exact(event) or not _is_exact(other) or other.date is None:
        return False
    alike = (event.event in ON and other.event in ON) or event.event is other.event
    return alike and event.date <= other.date <= event.latest


def _moment(event: MeasureEvent) -> date:
    """The day from which on an event counts: of a vague start the last one, or that of a report before it."""
    if event.event in ON and event.date is not None and event.latest is not None and not _is_exact(event):
        return event.reported if event.reported and event.date <= event.reported <= event.latest else event.latest
    return when(event)


def _steps(events: Sequence[MeasureEvent]) -> list[list[MeasureEvent]]:
    """Events, in the order of time, that are one: of the same kind and day, or undated and reported together."""
    steps: list[list[MeasureEvent]] = []
    for event in events:
        last = next((step for step in reversed(steps) if step[0].event is event.event), None)
        if last is not None and (
            (event.date is not None and last[0].date == event.date)
            or (None in {event.date, last[0].date} and when(event) - when(last[0]) <= TOGETHER)
        ):
            last.append(event)
        else:
            steps.append([event])
    return steps


# ---------------------------------------------------------------- going through them


def _advance(state: _State, step: Sequence[MeasureEvent], sources: Mapping[str, str], support: Support) -> None:
    """The state after events that are one."""
    kind, day = step[0].event, _moment(step[0])
    if kind in STOPS:
        state.charged = False
        return
    if kind not in ON:
        return
    rates = _rates(step, sources, support)
    if kind is EventKind.MAINTAINED and state.charged and (not rates or _figures(rates) & _figures(state.rates)):
        state.reported = True
        return
    changed = not state.charged or (bool(rates) and _figures(rates) != _figures(state.rates))
    together = state.charged and state.since == day
    if changed:
        state.since = day if kind is not EventKind.MAINTAINED else None
        state.reported = False
    if rates:
        state.rates = rates if changed and not together else _merged(state.rates, rates, support)
    state.charged = True
    state.reported = state.reported or any(e.reported is not None and e.reported >= day for e in step)


def _merged(old: Rates, new: Rates, support: Support) -> Rates:
    """Both lists of rates, each once, with the larger number of sources."""
    best: dict[RateKey | None, tuple[Rate, int]] = {}
    for rate, number in (*old, *new):
        name = rate_key(rate)
        best[name] = max(best.get(name, (rate, 0)), (rate, number), key=lambda pair: pair[1])
    return sorted(best.values(), key=lambda pair: (-pair[1], -support[rate_key(pair[0])], str(rate_key(pair[0]))))


def _figures(rates: Rates) -> set[RateKey | None]:
    return {rate_key(rate) for rate, _ in rates}


def _support(events: Iterable[MeasureEvent], sources: Mapping[str, str]) -> Support:
    """How many sources have a rate anywhere in the measure's history: what decides between rates of as many sources on a day.

    One that has it again later, as the rate before a change, counts once more: `to 48% from 31%`.
    """
    told = (
        (rate, sources[e.article_id], prior) for e in events for prior, rate in enumerate((figures(e), rate_key(e.prior_rate)))
    )
    return Counter(rate for rate, *_ in set(told) if rate is not None)


def _rates(step: Sequence[MeasureEvent], sources: Mapping[str, str], support: Support) -> Rates:
    """The rates that are reported, with their number of sources: that of most sources first, then the best known and latest."""
    who: dict[RateKey, set[str]] = defaultdict(set)
    last: Counter[RateKey] = Counter()
    values: dict[RateKey, Rate] = {}
    for event in step:
        name = figures(event)
        if name is not None and event.rate is not None:
            who[name].add(sources[event.article_id])
            last[name] = max(last[name], (event.reported or date.min).toordinal())
            values.setdefault(name, event.rate)
    ranked = sorted(who, key=lambda name: (-len(who[name]), -support[name], -last[name], str(name)))
    return [(values[name], len(who[name])) for name in held(ranked, who)]


def _before(events: Sequence[MeasureEvent], on: date) -> _State | None:
    """The rate before the first change, from the day on that its plan was reported: `will rise to 50% from 25% in April`."""
    first = min((e for e in events if e.event in ON | STOPS), key=lambda e: (_moment(e), order(e)), default=None)
    if first is None or first.event not in CHANGES or first.prior_rate is None or first.reported is None:
        return None
    planned = first.reported <= on < _moment(first)
    return _State(charged=True, rates=[(first.prior_rate, 1)], reported=True) if planned else None
