"""Creates the tables, and brings older ones up to date, one step after the other, each in a transaction of its own.

Steps are plain functions from one version to the next, and are never changed once released. They use the statements of their
time, not `tables.py`, which knows only the newest form. Views hold no data: they are made anew whenever the version moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from extractor.errors import ConfigError
from extractor.writers.database.tables import SCHEMA

Step = Callable[[Callable[[str], None]], None]
"""Gets a function that runs one statement."""


def _measures_anew(run: Callable[[str], None]) -> None:
    """Version 2 has more columns for measures and their events. They held nothing that cannot be computed again."""
    run("DROP TABLE measure_events")
    run("DROP TABLE measures")


STEPS: Mapping[int, Step] = {1: _measures_anew}
"""Version that a step starts from -> the step. A table that a step drops is made anew in its newest form right after it."""


class Migratable(Protocol):
    """What the steps need of a database."""

    def version(self) -> int | None:
        """Version of its tables; None where it has none of ours."""

    def foreign(self) -> list[str]:
        """Tables that have names of ours without being ours."""

    def create(self, version: int) -> None:
        """Creates tables, indexes and views, and notes the version."""

    def migrate(self, step: Step, version: int) -> None:
        """Runs a step, makes anew the tables that it drops and the views, and notes the version, all or nothing."""


def prepare(database: Migratable, where: str, *, steps: Mapping[int, Step] | None = None, newest: int = SCHEMA) -> None:
    """Makes a database ready to be written to.

    Args:
        database: whose tables are missing, old or current.
        where: what messages call it.
        steps: those to be taken.
        newest: the version to arrive at.

    Raises:
        ConfigError: C032, its tables are of a newer version; C033, it has other tables of these names.
    """
    steps = STEPS if steps is None else steps
    found = database.version()
    if found is None:
        others = database.foreign()
        if others and database.version() is None:  # asked again: another run may have made them meanwhile
            raise ConfigError("C033", path=where, detail=", ".join(others))
        if not others:
            database.create(newest)
        return
    if found > newest:
        raise ConfigError("C032", path=where, found=found, known=newest)
    for version in range(found, newest):
        database.migrate(steps[version], version + 1)
