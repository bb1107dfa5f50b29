"""Measures that belong together without being one: a union's and its members', on all countries, exceptions, retaliation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.linking.measures.cells import EVERYONE, Cell, Key
from extractor.measure_records import MeasureRelation

AROUND = timedelta(days=730)
"""Two measures whose reports are not further apart may hold at the same time: a measure without news still holds."""


@dataclass(frozen=True)
class Linked:
    """A measure's id, key, reports and their sources, first and last day."""

    id: str
    key: Key
    cells: tuple[Cell, ...]
    sources: dict[str, str]
    first: date
    last: date


def relations_of(measures: Sequence[Linked]) -> dict[str, list[MeasureRelation]]:
    """The relations of each measure, by its id: to what it leaves out first, then to other measures, by their ids.

    Args:
        measures: all of them; what records say of each other may cross imposers.
    """
    found: dict[str, set[tuple[str, str | None, str | None]]] = defaultdict(set)
    for measure in measures:
        for cell in measure.cells:
            for code in _left_out(cell):
                found[measure.id].add(("excepts", None, code))
    groups: dict[tuple[str, str, str, str], list[Linked]] = defaultdict(list)
    for measure in measures:
        if measure.key.imposer and measure.key.target:
            groups[measure.key.imposer, measure.key.goods, measure.key.instrument, measure.key.side].append(measure)
    for group in groups.values():
        wide = [m for m in group if m.key.target == EVERYONE or _members(m.key.target)]
        for whole in wide:
            for part in group:
                if _is_within(part, whole):
                    found[part.id].add(("part_of", whole.id, None))
                    found[whole.id].add(("covers", part.id, None))
    for name, kind, other in _told(measures):
        found[name].add((kind, other, None))
    return {name: [_relation(*parts) for parts in sorted(rows, key=str)] for name, rows in found.items()}


def _relation(kind: str, measure: str | None, code: str | None) -> MeasureRelation:
    return MeasureRelation.model_validate({"type": kind, "measure": measure, "code": code})


def _left_out(cell: Cell) -> set[str]:
    record = cell.record
    told = {place.code for place in record.excluded_targets} | {e.code for e in record.exemptions if e.code}
    return told - {cell.key.target}


def _is_within(part: Linked, whole: Linked) -> bool:
    """Whether the partner of one is among those of the other, at about the same time."""
    if part.id == whole.id or part.key.target in {EVERYONE, whole.key.target}:
        return False
    inside = whole.key.target == EVERYONE or part.key.target in _members(whole.key.target)
    return inside and part.first - whole.last <= AROUND and whole.first - part.last <= AROUND


def _members(code: str) -> tuple[str, ...]:
    from extractor.entities.countries import members

    return members(code)


def _told(measures: Iterable[Linked]) -> Iterable[tuple[str, str, str]]:
    """What records of one article say of each other, as said of their measures."""
    homes: dict[str, set[str]] = defaultdict(set)
    rows: list[tuple[str, str, str]] = []
    for measure in measures:
        for cell in measure.cells:
            homes[cell.record.id].add(measure.id)
            rows += [(measure.id, relation.type, relation.tariff) for relation in cell.record.relations]
    return [(name, kind, other) for name, kind, tariff in rows for other in homes[tariff] - {name}]
