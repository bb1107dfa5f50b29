"""To whom the article attributes a measure: the official who announces it, else who imposes it by name, else its only teller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.linking.entities import EntityIndex
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import EntityType, Evidence, Span, StatementRecord, Status, TariffRecord

ANNOUNCING = frozenset({"announce", "threaten", "propose", "promise", "report", "other"})
"""Speech acts by which an official tells a measure of the own government; who condemns or demands one has not made it."""
DATING = frozenset({"announce", "report"})
"""Speech acts whose day is that of the announcement."""


def attributed(index: EntityIndex, tariffs: Sequence[TariffRecord], statements: Sequence[StatementRecord]) -> list[TariffRecord]:
    """The records with `attributed_to`, and the day of the announcement where only the statement has it.

    Args:
        index: the article's entities; `attributed_to` is the id of a person or agency.
        tariffs: the records.
        statements: what was said; of these the ones that speak of a measure count.
    """
    actors = {
        (m.start, m.end): e.id for e in index.entities if e.type in {EntityType.PERSON, EntityType.AGENCY} for m in e.mentions
    }
    people = set(actors.values())
    spoken: dict[str, list[StatementRecord]] = {}
    for statement in statements:
        for tariff in statement.tariffs if statement.speaker.entity in people else ():
            spoken.setdefault(tariff, []).append(statement)
    return [_with_author(record, spoken.get(record.id, ()), actors) for record in tariffs]


def _with_author(record: TariffRecord, statements: Sequence[StatementRecord], actors: dict[tuple[int, int], str]) -> TariffRecord:
    update: dict[str, Any] = {}
    evidence: Evidence = dict(record.evidence)
    spoken = [s for s in statements if _holds(s, record)]
    told = next((s for s in spoken if _announces(s, record)), None)
    if told is not None:
        update["attributed_to"], evidence["attributed_to"] = told.speaker.entity, told.evidence["speaker"]
        dates = told.date is not None and told.speech_act in DATING and record.status is Status.ANNOUNCED
        if dates and record.announced is None and record.effective != told.date:
            update["announced"], evidence["announced"] = told.date, told.evidence["date"]
    elif (author := _by_name(record, actors)) is not None:
        update["attributed_to"], evidence["attributed_to"] = actors[author.start, author.end], [author]
    elif (only := _only_teller(record, spoken)) is not None:
        update["attributed_to"], evidence["attributed_to"] = only.speaker.entity, only.evidence["speaker"]
    return record.model_copy(update={**update, "evidence": evidence}) if update else record


def _holds(statement: StatementRecord, record: TariffRecord) -> bool:
    """Whether a statement's words tell the measure, rather than only take it up."""
    proof = record.evidence.get("rate") or record.evidence.get("instrument", [])
    return any(c.start <= s.start and s.end <= c.end for s in proof for c in statement.content)


def _announces(statement: StatementRecord, record: TariffRecord) -> bool:
    """Whether an official tells a measure of the own country."""
    speaker = statement.speaker
    if not speaker.official or statement.speech_act not in ANNOUNCING or record.imposer is None:
        return False
    return speaker.country is not None and speaker.country.code == record.imposer.code


def _by_name(record: TariffRecord, actors: dict[tuple[int, int], str]) -> Span | None:
    """The person or body that the measure's own sentence names as its imposer: `Trump put a 25% tariff on …`."""
    own = record.evidence.get("tariff", [])
    courts = lemmas("status", "court_nouns")  # which rule on a measure, and do not impose it
    named = [
        s for s in record.evidence.get("imposer", []) if (s.start, s.end) in actors and not courts & {*s.text.lower().split()}
    ]
    return next((s for s in named if any(w.start <= s.start and s.end <= w.end for w in own)), None)


def _only_teller(record: TariffRecord, spoken: Sequence[StatementRecord]) -> StatementRecord | None:
    """The statement of the only one who tells the measure, if all that tells it is in one speaker's statements."""
    heads = record.evidence.get("instrument", []) + record.evidence.get("rate", [])
    spoken = [s for s in spoken if s.speech_act in ANNOUNCING]
    speakers = {s.speaker.entity for s in spoken}
    if not spoken or len(speakers) != 1:
        return None
    inside = all(any(c.start <= h.start and h.end <= c.end for s in spoken for c in s.content) for h in heads)
    return spoken[0] if inside and heads else None
