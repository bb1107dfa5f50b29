"""The bulk way into PostgreSQL: COPY.

Rows of new articles are copied into the tables themselves: where the article is not, none of its rows can be, since foreign keys
hold. Else they are copied into temporary tables, and merged from there by one statement a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table

from extractor.writers.database import rows, statements
from extractor.writers.database.staging import stage_of
from extractor.writers.database.store import Store
from extractor.writers.database.tables import ARTICLES, PARTS, RECORDS, RUNS

FEW = 2_000
"""Rows up to which plain upserts are quicker than temporary tables."""


class PostgresStore(Store):
    """PostgreSQL through psycopg."""

    def _replace(self, connection: Any, found: rows.Rows, known: list[str]) -> int:
        if sum(map(len, found.values())) <= FEW:
            return super()._replace(connection, found, known)
        if not known:
            changed = self._upsert(connection, RUNS, found[RUNS.name])
            for table in (ARTICLES, *PARTS):
                _copy(connection, table, table.name, found[table.name])
            return changed + sum(len(found[table.name]) for table in (ARTICLES, *PARTS))
        for table in RECORDS:
            stage = stage_of(table).name
            connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {stage} (LIKE {table.name}) ON COMMIT DROP")
            _copy(connection, table, stage, found[table.name])
            connection.exec_driver_sql(f"ANALYZE {stage}")
        changed = 0
        for table in RECORDS:
            if found[table.name]:
                changed += int(self._run(connection, statements.upsert(table, self.dialect, stage_of(table))))
        articles = stage_of(ARTICLES)
        for table in reversed(PARTS):
            changed += int(self._run(connection, statements.delete_stale(table, stage_of(table), articles)))
        return changed


def _copy(connection: Connection, table: Table, into: str, found: Sequence[rows.Row]) -> None:
    if not found:
        return
    raw: Any = connection.connection.driver_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    with raw.cursor() as cursor, cursor.copy(f"COPY {into} ({names}) FROM STDIN") as copy:
        for row in found:
            copy.write_row(row)
