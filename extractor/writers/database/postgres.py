"""The bulk way into PostgreSQL: rows are copied into temporary tables, and merged from there by one statement a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table

from extractor.writers.database import rows, statements
from extractor.writers.database.staging import stage_of
from extractor.writers.database.store import Store
from extractor.writers.database.tables import ARTICLES, PARTS, RECORDS

FEW = 2_000
"""Rows up to which plain upserts are quicker than temporary tables."""


class PostgresStore(Store):
    """PostgreSQL through psycopg."""

    def _replace(self, connection: Any, found: rows.Rows, known: list[str]) -> int:
        if sum(map(len, found.values())) <= FEW:
            return super()._replace(connection, found, known)
        tables = [table for table in RECORDS if found[table.name] or known]
        for table in tables:
            _copy(connection, table, found[table.name])
        changed = 0
        for table in tables:
            if found[table.name]:
                changed += int(self._run(connection, statements.upsert(table, self.dialect, stage_of(table))))
        if known:
            articles = stage_of(ARTICLES)
            for table in reversed(PARTS):
                changed += int(self._run(connection, statements.delete_stale(table, stage_of(table), articles)))
        return changed


def _copy(connection: Connection, table: Table, found: Sequence[rows.Row]) -> None:
    stage = stage_of(table).name
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {stage} (LIKE {table.name}) ON COMMIT DROP")
    if not found:
        return
    raw: Any = connection.connection.driver_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    with raw.cursor() as cursor, cursor.copy(f"COPY {stage} ({names}) FROM STDIN") as copy:
        for row in found:
            copy.write_row(row)
    connection.exec_driver_sql(f"ANALYZE {stage}")
