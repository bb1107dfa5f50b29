"""Which store is for which database."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from extractor.errors import ConfigError, OutputError
from extractor.writers.database.store import Store
from extractor.writers.targets import Target


def store_of(target: Target) -> Store:
    """The store for a database; nothing is connected yet.

    Raises:
        ConfigError: C030, a package is missing; C031, no upsert is known there; C034, the URL cannot be understood.
        OutputError: O001, the folder of a file cannot be made.
    """
    if target.path is not None:
        try:
            target.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError("O001", path=target.shown, detail=error.strerror or error) from error
    if target.form == "duckdb":
        from extractor.writers.database.duck import DuckStore

        assert target.path is not None
        return DuckStore(target.path, target.shown)
    try:
        url = URL.create("sqlite", database=str(target.path)) if target.form == "sqlite" else make_url(target.url)
    except ArgumentError:  # its words may hold the password
        raise ConfigError("C034", path=target.shown, detail="write name://user:password@host/database") from None
    if target.form == "postgresql":
        from extractor.writers.database.postgres import PostgresStore

        return PostgresStore(url, target.shown)
    return Store(url, target.shown)
