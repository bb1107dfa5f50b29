"""What `extractor timeline` does: links stored records into measures, and keeps these where the records are, or elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.errors import ConfigError, OutputError
from extractor.linking.measures import Timeline
from extractor.linking.measures.copies import mark_copies
from extractor.stored import address, stored
from extractor.writers.targets import Target, target_of

ATTEMPTS = 5
"""How often measures are made again because articles change while they are being made."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What tables were filled with.

    Attributes:
        articles: how many were read.
        measures: how many there are.
        events: how many there are.
        changed: rows that were inserted, changed or deleted; None for files, which are written anew.
    """

    articles: int
    measures: int
    events: int
    changed: int | None

    def __str__(self) -> str:
        """In words."""
        told = f"{self.measures} measures with {self.events} events in {self.articles} articles"
        return told if self.changed is None else f"{told}: {self.changed} rows changed"


def timeline_of(inputs: Sequence[str]) -> Timeline:
    """The measures of all articles of the inputs.

    Raises:
        ConfigError: an input is missing or holds something else.
        OutputError: O010, a database that cannot be reached.
    """
    return Timeline(mark_copies(stored(inputs)))


def tables_for(inputs: Sequence[str], output: str | None) -> Target | None:
    """The database or folder of table files whose tables of measures are to be filled; None if none is meant.

    Args:
        inputs: of the command. A single database or folder of table files is meant itself.
        output: as `-o` takes it.

    Raises:
        ConfigError: C034, measures cannot be kept there.
    """
    own = address(inputs[0]) if len(inputs) == 1 else None
    if output is None:
        return own
    target = target_of(output)
    if target.kind == "folder":
        raise ConfigError("C034", path=target.shown, detail="measures go into one file, or into table files such as out.csv/")
    if target.kind == "database" and (own is None or (own.path, own.url) != (target.path, target.url)):
        told = f"a database keeps the measures of its own records: extractor timeline {target.shown}"
        raise ConfigError("C034", path=target.shown, detail=told)
    return target if target.kind in ("database", "tables") else None


def fill(inputs: Sequence[str], target: Target) -> Filled:
    """Makes the tables of measures hold what the inputs tell; in a database rows that are there already are not touched.

    Raises:
        ConfigError: an input is missing or holds something else; C030.
        OutputError: O001, O010.
    """
    if target.kind == "database":
        return _fill_database(target)
    from extractor.writers.database.measures import measure_rows
    from extractor.writers.table_files import write_measures

    assert target.path is not None
    line = timeline_of(inputs)
    found = measure_rows(line)
    write_measures(found, target.path, target.form)
    return Filled(line.output().articles, len(found["measures"]), len(found["measure_events"]), None)


def _fill_database(target: Target) -> Filled:
    from extractor.writers.database.measures import measure_rows
    from extractor.writers.database.reading import extractions_of, reader
    from extractor.writers.database.sink import patiently
    from extractor.writers.database.store import clock

    store = reader(target)
    try:
        for _ in range(ATTEMPTS):
            line = Timeline(mark_copies(extractions_of(store)))
            found = measure_rows(line, clock())
            changed = patiently(store, lambda found=found: store.store_measures(found))  # type: ignore[misc]
            if changed is not None:
                return Filled(line.output().articles, len(found["measures"]), len(found["measure_events"]), changed)
    finally:
        store.close()
    raise OutputError("O001", path=target.shown, detail="its articles change all the time: try again when no run writes to it")
