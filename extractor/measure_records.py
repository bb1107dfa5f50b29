"""The output of `extractor timeline`: measures, each with what many articles report of it.

Field names are a contract, as those of `records.py` are: databases read them. Fields may be added, never renamed.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from extractor.records import SCHEMA_VERSION, Instrument, Jurisdiction, LawValue, Rate, Record, Status, json_schema


class EventKind(StrEnum):
    """What happened to a measure. `maintained`: an article says that it stands, and tells of no change."""

    INVESTIGATED = "investigated"
    THREATENED = "threatened"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    IMPOSED = "imposed"
    RAISED = "raised"
    LOWERED = "lowered"
    EXTENDED = "extended"
    EXEMPTED = "exempted"
    MAINTAINED = "maintained"
    DELAYED = "delayed"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"
    REJECTED = "rejected"
    STRUCK_DOWN = "struck_down"
    REPORTED = "reported"


class MeasureEvent(Record):
    """One event as one article's record reports it; several articles may report the same event.

    Attributes:
        id: of tariff record, partner, goods and event; it does not change with the measure that the record is found to be of.
        measure_id: of the measure.
        tariff_id: of the record.
        article_id: of the article.
        event: what happened.
        date: the day, or the first day of what the article gives; null where it gives none, never the day of publication. A date
            behind `reported` is ahead: the event was planned.
        latest: the last day of what the article gives.
        edtf: the date in the precision that the article gives.
        rate: after the event; null if not given.
        prior_rate: before it.
        status: of the measure, as of the day of the article.
        reported: day of publication.
        superseded: a later version of the same report corrects it.
    """

    id: str
    measure_id: str
    tariff_id: str
    article_id: str
    event: EventKind
    date: dt.date | None
    latest: dt.date | None = None
    edtf: str | None = None
    rate: Rate | None = None
    prior_rate: Rate | None = None
    status: Status
    reported: dt.date | None = None
    superseded: bool = False


class ConflictValue(Record):
    """One of several values that sources give: how many independent ones, and in which events."""

    value: str
    sources: int
    events: list[str]


class Conflict(Record):
    """What independent sources report differently. All values stay, the one of most sources first.

    Attributes:
        field: what they differ in: the rate from a day on, the date of an event, or whether the measure holds on a day.
        date: the day; null for a date.
        values: two or more.
    """

    field: Literal["rate", "date", "status"]
    date: dt.date | None = None
    values: list[ConflictValue]


class MeasureRelation(Record):
    """How a measure stands to another one, or to a country.

    Attributes:
        type: `part_of` and its reverse `covers` (the partner is a member of the other's partner, or the other is on all
            countries), `excepts` (a country that the measure leaves out), and what records say of each other.
        measure: id of the other measure; null where none is known.
        code: the country that is left out.
    """

    type: Literal["part_of", "covers", "excepts", "retaliates_against", "responds_to", "matches", "replaces"]
    measure: str | None = None
    code: str | None = None


class Measure(Record):
    """One measure: what identifies it, and all that is reported of it.

    Attributes:
        id: hash of imposer, target, goods, instrument and side of a quota; of several such measures the later ones' also of
            their first year. It does not depend on the number or order of articles.
        imposer: who taxes.
        target: whose goods; null for all countries, or where no article says.
        target_scope: which of these it is.
        product: the goods, by the name that unites their spellings; null for all goods, or where no article says.
        hs: HS chapters that the name alone fixes.
        instrument: kind of measure.
        legal_basis: the law, where an article names it.
        rate_family: how the rate is charged; null without one.
        first_reported: publication of the first article.
        last_reported: publication of the last one.
        sources: number of independent sources: copies and versions of a report count once, and so do all reports of a publisher.
        events: in the order of time.
        conflicts: what sources report differently.
        relations: to other measures.
    """

    id: str
    imposer: Jurisdiction | None
    target: Jurisdiction | None
    target_scope: Literal["listed", "all", "unspecified"]
    product: str | None
    hs: list[str] = Field(default_factory=list)
    instrument: Instrument
    legal_basis: LawValue | None = None
    rate_family: Literal["ad_valorem", "specific", "compound", "in_quota", "out_of_quota"] | None = None
    first_reported: dt.date | None = None
    last_reported: dt.date | None = None
    sources: int
    events: list[MeasureEvent]
    conflicts: list[Conflict] = Field(default_factory=list)
    relations: list[MeasureRelation] = Field(default_factory=list)


class TimelineOutput(Record):
    """All measures of a set of articles, by imposer, target, goods and first report."""

    schema_version: str = SCHEMA_VERSION
    articles: int
    measures: list[Measure]

    def to_json(self, *, indent: int | None = None) -> str:
        """As JSON: nulls kept, no ASCII escapes."""
        return self.model_dump_json(indent=indent, by_alias=True)

    def to_lines(self) -> str:
        """As JSON Lines, one measure a line."""
        return "".join(f"{measure.model_dump_json(by_alias=True)}\n" for measure in self.measures)


class Holding(Record):
    """A measure that holds on a day.

    Attributes:
        measure_id: of the measure.
        imposer: who taxes.
        target: whose goods; null as in the measure.
        target_scope: as in the measure.
        excepted: codes of countries that it leaves out.
        product: the goods; null as in the measure.
        hs: HS chapters.
        instrument: kind of measure.
        legal_basis: the law.
        rate: on that day, as most sources have it; null where none says.
        other_rates: what other sources have.
        since: the day from which on, at the latest, it is charged so, as far as reported.
        until: the day on which it is to end or pause, where that is known.
        basis: `reported`: an article of that time or later says so; `scheduled`: it was planned, and no later article is known.
        sources: number of independent sources of the rate.
        last_reported: publication of the last article on the measure; what is old may no longer be so.
    """

    measure_id: str
    imposer: Jurisdiction | None
    target: Jurisdiction | None
    target_scope: Literal["listed", "all", "unspecified"]
    excepted: list[str] = Field(default_factory=list)
    product: str | None
    hs: list[str] = Field(default_factory=list)
    instrument: Instrument
    legal_basis: LawValue | None = None
    rate: Rate | None = None
    other_rates: list[Rate] = Field(default_factory=list)
    since: dt.date | None = None
    until: dt.date | None = None
    basis: Literal["reported", "scheduled"]
    sources: int
    last_reported: dt.date | None = None


class HoldingsOutput(Record):
    """What holds on a day."""

    schema_version: str = SCHEMA_VERSION
    on: dt.date
    in_force: list[Holding]

    def to_json(self, *, indent: int | None = None) -> str:
        """As JSON: nulls kept, no ASCII escapes."""
        return self.model_dump_json(indent=indent, by_alias=True)

    def to_lines(self) -> str:
        """As JSON Lines, one measure a line."""
        return "".join(f"{holding.model_dump_json(by_alias=True)}\n" for holding in self.in_force)


def schema_of(output: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of an output: "extraction" or "timeline".

    Raises:
        ConfigError: C006, there is no such output.
    """
    from extractor.errors import ConfigError

    if output == "extraction":
        return json_schema()
    if output != "timeline":
        raise ConfigError("C006", detail=f"there is a schema of extraction and of timeline, not of {output}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TimelineOutput.model_json_schema(mode="serialization", by_alias=True),
    }
