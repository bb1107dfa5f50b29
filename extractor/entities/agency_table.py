"""The kept table of public bodies, as a dictionary of all their names."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pydantic import Field

from extractor.entities.phrases import PhraseIndex
from extractor.lexicon import Entry, entries

AgencyKind = Literal[
    "ministry", "agency", "legislature", "court", "central_bank", "executive", "customs", "international", "police", "military"
]


class AgencyEntry(Entry):
    """A row of `agencies.jsonl`.

    Attributes:
        name: the official English name.
        country: code of the state or union; null for bodies of several.
        kind: what sort of body.
        source: site of the body, or of the holder of its records, which gives the name.
        aliases: other names that mean this body wherever they stand, or in articles about its country.
        short: names that mean it only where the article has named it more fully ("Commerce").
        beside: short names that mean it where the article has one of these other words ("EC" beside "EU" is the Commission).
    """

    name: str
    country: str | None
    kind: AgencyKind
    source: str
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    beside: dict[str, tuple[str, ...]] = Field(default={})


@cache
def table_index() -> PhraseIndex[tuple[AgencyEntry, ...]]:
    """All names and aliases; several bodies may share one ("Finance Ministry")."""
    return _index_of([(name, row) for row in entries("agencies", AgencyEntry) for name in (*_spellings(row.name), *row.aliases)])


@cache
def short_index() -> PhraseIndex[tuple[AgencyEntry, ...]]:
    """Short names, which need a fuller one elsewhere in the article."""
    return _index_of([(name, row) for row in entries("agencies", AgencyEntry) for name in row.short])


def _index_of(rows: list[tuple[str, AgencyEntry]]) -> PhraseIndex[tuple[AgencyEntry, ...]]:
    found: dict[str, list[AgencyEntry]] = {}
    for name, row in rows:
        if row not in found.setdefault(name, []):
            found[name].append(row)
    return PhraseIndex((name, tuple(bodies)) for name, bodies in found.items())


def _spellings(name: str) -> list[str]:
    """The name, and "Commerce Department" beside "Department of Commerce"."""
    match = re.fullmatch(r"(Ministry|Department|Secretariat) (?:of|for)(?: the)? (.+)", name)
    return [name, f"{match[2]} {match[1]}"] if match else [name]


@cache
def of_kind(country: str, kind: str) -> tuple[AgencyEntry, ...]:
    """The bodies of a country that are of a kind; one, for what every state has one of."""
    return tuple(row for row in entries("agencies", AgencyEntry) if row.country == country and row.kind == kind)
