"""Measures across articles as rows: what `extractor timeline` fills tables with. Pure, and the same for databases and files."""

from __future__ import annotations

import json
from collections.abc import Iterator

from extractor.linking.measures import Timeline
from extractor.linking.measures.conflicts import rate_text
from extractor.linking.measures.holding import Period
from extractor.linking.measures.selecting import bears_on, not_on
from extractor.measure_records import Measure
from extractor.records import Rate
from extractor.writers.database.rows import Row, Rows, between_commas, day, storable
from extractor.writers.database.tables import ACROSS, MEASURE_EVENTS, MEASURE_PERIODS, MEASURES


def measure_rows(timeline: Timeline, written_at: str = "") -> Rows:
    """The rows of all measures, their events and the days on which they hold.

    Args:
        timeline: of the articles.
        written_at: the time that new and changed rows get, in ISO 8601.
    """
    found = Rows((table.name, []) for table in ACROSS)
    periods = timeline.periods()
    for measure in timeline.measures():
        found[MEASURES.name].append((*_measure(measure), written_at))
        found[MEASURE_EVENTS.name] += [(*event, written_at) for event in _events(measure)]
        found[MEASURE_PERIODS.name] += [(*_period(each), written_at) for each in periods[measure.id]]
    return {name: [tuple(map(storable, row)) for row in rows] for name, rows in found.items()}


def _measure(measure: Measure) -> Row:
    imposer, target, law = measure.imposer, measure.target, measure.legal_basis
    excepted = [relation.code for relation in measure.relations if relation.type == "excepts" and relation.code]
    return (
        measure.id, imposer and imposer.code, imposer and imposer.name, target and target.code, target and target.name,
        measure.target_scope, between_commas(bears_on(measure)), between_commas(not_on(measure, excepted)), measure.product,
        between_commas(measure.hs), measure.instrument.value, law and law.code, measure.rate_family,
        day(measure.first_reported), day(measure.last_reported), measure.sources,
        json.dumps([each.model_dump(mode="json") for each in measure.conflicts], ensure_ascii=False),
        json.dumps([each.model_dump(mode="json") for each in measure.relations], ensure_ascii=False),
    )  # fmt: skip


def _events(measure: Measure) -> Iterator[Row]:
    for event in measure.events:
        yield (
            event.id, measure.id, event.tariff_id, event.article_id, event.event.value, day(event.date), day(event.latest),
            event.edtf, _percent(event.rate), rate_text(event.rate) or None, _percent(event.prior_rate), event.status.value,
            day(event.reported), event.superseded,
        )  # fmt: skip


def _period(period: Period) -> Row:
    held, rate = period.holding, period.holding.rate
    return (
        held.measure_id, day(period.start), day(period.end), _percent(rate), rate and rate.percent_high, rate and rate.form,
        rate_text(rate) or None, json.dumps([rate_text(other) for other in held.other_rates], ensure_ascii=False),
        day(held.since), day(held.until), held.basis, held.sources,
    )  # fmt: skip


def _percent(rate: Rate | None) -> float | None:
    return rate.percent if rate is not None else None
