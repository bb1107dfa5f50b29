"""Asks any of the databases the same questions, through its own driver: not through what wrote it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import Any

from sqlalchemy import make_url

from extractor.measuring import fill
from extractor.writers.database.tables import CONTENT, METADATA
from extractor.writers.targets import target_of

QUESTIONS = {
    "who is on Chinese steel, and since when": "SELECT imposer_code, rate_percent, effective_earliest, source FROM tariffs_flat "
    "WHERE target_codes LIKE '%CN%' AND products LIKE '%steel%' ORDER BY 1, 2, 3, 4",
    "all tariffs": "SELECT * FROM tariffs_flat ORDER BY tariff_id",
    "all statements": "SELECT * FROM statements_flat ORDER BY statement_id",
    "in force": "SELECT * FROM in_force ORDER BY measure_id",
    "what holds when": "SELECT * FROM holdings ORDER BY measure_id, valid_from",
    "histories": "SELECT m.imposer, m.product, e.event, e.date, e.rate, a.publisher FROM measure_events e "
    "JOIN measures m ON m.id = e.measure_id JOIN articles a ON a.id = e.article_id ORDER BY e.reported, e.id",
    "tariffs of each state": "SELECT imposer_code, status, count(*), max(rate_percent) FROM tariffs GROUP BY 1, 2 ORDER BY 1, 2",
    "officials who condemn": "SELECT speaker_name, count(*) FROM statements WHERE speaker_official AND speech_act = 'condemn' GROUP BY 1",
    "words that prove a rate": "SELECT e.text, a.source FROM evidence e JOIN articles a ON a.id = e.article_id "
    "WHERE e.field = 'rate' ORDER BY 2, 1",
}


def ask(output: str, sql: str) -> list[tuple[Any, ...]]:
    """The answer, with dates as ISO text and truth values as numbers: what SQLite makes of them."""
    target = target_of(output)
    if target.form == "sqlite":
        with closing(sqlite3.connect(str(target.path))) as connection:
            found = connection.execute(sql).fetchall()
    elif target.form == "duckdb":
        import duckdb

        with duckdb.connect(str(target.path), read_only=True) as connection:
            found = connection.execute(sql).fetchall()
    elif target.form in {"mysql", "mariadb"}:
        import pymysql

        at = make_url(output)
        there = {
            "host": at.host,
            "port": at.port or 3306,
            "user": at.username,
            "password": at.password or "",
            "database": at.database,
        }
        modes = "ANSI_QUOTES,PIPES_AS_CONCAT"
        with closing(pymysql.connect(**there, charset="utf8mb4", sql_mode=modes)) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            found = cursor.fetchall()
    else:
        import psycopg

        with psycopg.connect(output) as connection:
            found = connection.execute(sql).fetchall()  # type: ignore[call-overload]
    return [tuple(plain(value) for value in row) for row in found]


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def fill_measures(output: str) -> int:
    """As `extractor timeline OUTPUT`; returns how many rows changed."""
    changed = fill([output], target_of(output)).changed
    assert changed is not None
    return changed


def counts(output: str) -> dict[str, int]:
    return {table.name: ask(output, f"SELECT count(*) FROM {table.name}")[0][0] for table in CONTENT}


def contents(output: str, *, journal: bool = False, clock: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, sorted; without the columns that hold a clock's time, unless they are asked for."""
    tables = [t for t in METADATA.sorted_tables if t.name != "about"] if journal else CONTENT
    found = {}
    for table in tables:
        names = ", ".join(f'"{column.name}"' for column in table.columns if clock or column.name != "written_at")
        found[table.name] = sorted(ask(output, f"SELECT {names} FROM {table.name}"), key=repr)
    return found
