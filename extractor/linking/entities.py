"""Mentions -> entities: mentions of one type with one canonical name are one entity."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from extractor.entities.mention import Mention
from extractor.records import Entity, EntityType, PersonValue, Rate, Span, Value


@dataclass
class EntityIndex:
    """The entities of an article, and which entity a mention belongs to."""

    entities: list[Entity] = field(default_factory=list)
    by_name: dict[tuple[EntityType, str], Entity] = field(default_factory=dict)

    def of(self, mention: Mention) -> Entity:
        """The entity of a mention."""
        return self.by_name[mention.type, mention.entity]


def build_entities(doc: Doc) -> EntityIndex:
    """Groups mentions; ids count up within each type in the order of first mention."""
    groups: dict[tuple[EntityType, str], list[Mention]] = {}
    for mention in doc._.mentions:
        groups.setdefault((mention.type, mention.entity), []).append(mention)
    index, counts = EntityIndex(), Counter[EntityType]()
    for (kind, name), found in groups.items():
        counts[kind] += 1
        entity = Entity(
            id=f"{kind.lower()}-{counts[kind]}",
            type=kind,
            name=name,
            value=_merged([m.value for m in found if m.value is not None]),
            mentions=[Span(start=m.start, end=m.end, text=m.text) for m in found],
        )
        index.entities.append(entity)
        index.by_name[kind, name] = entity
    return index


def _merged(values: list[Value]) -> Value | None:
    """The first value; of people, the first filled value of each field."""
    if values and isinstance(values[0], Rate) and values[0].form == "free":
        return values[0].model_copy(update={"percent": None})  # the mention's 0.0 is for the records
    if not values or not isinstance(values[0], PersonValue):
        return values[0] if values else None
    filled: dict[str, str | None] = {}
    for value in values:
        filled = {**value.model_dump(exclude_none=True), **filled}
    return PersonValue(**filled)
