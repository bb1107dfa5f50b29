"""The bulk way into DuckDB: rows go through a file of JSON Lines, since single inserts take it milliseconds each.

DuckDB keeps no foreign keys here: they refuse what a transaction needs (to delete a record's parts and the record together), and
know no cascade.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Delete, Executable, Table, delete, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from extractor.writers.database import engines, rows, statements
from extractor.writers.database.migrations import Step
from extractor.writers.database.staging import stage_of
from extractor.writers.database.store import Store, comments
from extractor.writers.database.tables import ARTICLES, MEASURE_EVENTS, METADATA, PARTS, RECORDS, TARIFFS
from extractor.writers.database.views import view_statements

LONGEST = 1 << 30
"""Bytes of one row as JSON."""


class DuckStore(Store):
    """A DuckDB file. Its SQL is close enough to PostgreSQL's to be compiled as such."""

    def __init__(self, path: Path, where: str) -> None:
        """Prepares to connect.

        Raises:
            ConfigError: C030, the package duckdb is missing.
        """
        try:
            import duckdb
        except ImportError as error:
            raise engines.missing("duckdb", where) from error
        self.where, self.path = where, path
        self.errors = (duckdb.Error,)
        self.secrets = ()
        self.dialect: Any = postgresql.dialect(paramstyle="qmark")  # type: ignore[no-untyped-call]
        self._duckdb = duckdb
        self._connection: Any = None

    @property
    def _connected(self) -> Any:
        if self._connection is None:
            self._connection = self._duckdb.connect(str(self.path))
        return self._connection

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        connection = self._connected
        connection.execute("BEGIN")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        """After an error that ended the transaction by itself there is nothing to roll back; the connection starts anew."""
        try:
            self._connected.execute("ROLLBACK")
        except self._duckdb.Error:
            self.close()

    def read(self, statement: Executable, **values: Any) -> Sequence[Any]:
        """The rows of a query."""
        found: Sequence[Any] = self._run(self._connected, statement, **values)
        return found

    def _run(self, connection: Any, statement: Executable, **values: Any) -> Any:
        made = statement.compile(dialect=self.dialect, compile_kwargs={"render_postcompile": True})  # type: ignore[attr-defined]
        given = made.construct_params(values)
        done = connection.execute(str(made), [given[name] for name in made.positiontup or ()]).fetchall()
        return done if made.statement.is_select else sum(row[0] for row in done)

    def _upsert(self, connection: Any, table: Table, found: list[rows.Row]) -> int:
        if not found:
            return 0
        self._stage(connection, table, found)
        changed = int(self._run(connection, statements.upsert(table, self.dialect, stage_of(table))))
        self._drop(connection, table)
        return changed

    def _replace(self, connection: Any, found: rows.Rows, known: list[str]) -> int:
        tables = [table for table in RECORDS if found[table.name] or known]
        for table in tables:
            self._stage(connection, table, found[table.name])
        changed: int = 0
        if known:
            for table in reversed(PARTS):
                changed += self._run(connection, statements.delete_stale(table, stage_of(table), stage_of(ARTICLES)))
            changed += self._run(connection, _events_of_none())
        changed += sum(self._run(connection, statements.upsert(table, self.dialect, stage_of(table))) for table in tables)
        for table in tables:
            self._drop(connection, table)
        return changed

    def _stage(self, connection: Any, table: Table, found: list[rows.Row]) -> None:
        names = [column.name for column in table.columns]
        kinds = [column.type.compile(dialect=self.dialect) for column in table.columns]
        stage = stage_of(table).name
        columns = ", ".join(f'"{name}" {kind}' for name, kind in zip(names, kinds, strict=True))
        if not found:
            connection.execute(f"CREATE TEMPORARY TABLE {stage} ({columns})")
            return
        told = ", ".join(f"'{name}': '{kind}'" for name, kind in zip(names, kinds, strict=True))
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
            for row in found:
                file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, separators=(",", ":")) + "\n")
            file.flush()
            connection.execute(
                f"CREATE TEMPORARY TABLE {stage} AS SELECT * FROM read_json(?, columns={{{told}}}, "
                f"format='newline_delimited', maximum_object_size={LONGEST})",
                [file.name],
            )

    def _drop(self, connection: Any, table: Table) -> None:
        connection.execute(f"DROP TABLE {stage_of(table).name}")

    def _has(self, table: str) -> bool:
        sql = "SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND NOT temporary"
        return bool(self._connected.execute(sql, [table]).fetchall())

    def create(self, version: int) -> None:
        """Creates tables, indexes and views, and notes the version."""
        self.migrate(lambda run: None, version)

    def _make(self, connection: Any) -> None:
        for table in METADATA.sorted_tables:
            made = CreateTable(table, include_foreign_key_constraints=[], if_not_exists=True)
            connection.execute(str(made.compile(dialect=self.dialect)))
            for index in sorted(table.indexes, key=lambda i: str(i.name)):
                connection.execute(str(CreateIndex(index, if_not_exists=True).compile(dialect=self.dialect)))
        for statement in comments(self.dialect, METADATA.sorted_tables):
            connection.execute(statement)

    def migrate(self, step: Step, version: int) -> None:
        """Runs a step, makes anew the tables that it drops and the views, and notes the version, all or nothing."""
        with self._writing() as connection:
            step(lambda sql: connection.execute(sql) and None)
            self._make(connection)
            self._views(connection.execute)
            self._note(connection, "schema", str(version))

    def _views(self, run: Callable[[str], object]) -> None:
        for sql in view_statements("duckdb"):
            run(sql)

    def close(self) -> None:
        """Closes the file, so that others may open it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _events_of_none() -> Delete:
    """Deletes the events of tariffs that are gone: elsewhere foreign keys see to it."""
    gone = MEASURE_EVENTS.c.tariff_id.not_in(select(TARIFFS.c.id))
    return delete(MEASURE_EVENTS).where(MEASURE_EVENTS.c.article_id.in_(select(stage_of(ARTICLES).c.id)), gone)
