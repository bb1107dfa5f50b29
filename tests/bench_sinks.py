"""How fast a database is loaded: python -m tests.bench_sinks [ARTICLES] [KIND …].

For each database, in one run on one machine: articles and rows a second of the sink as a whole (from the extractions' JSON to the
commit, 200 articles a transaction), and its ratio to a bare `executemany` of the same upserts, of plain inserts, and, on
PostgreSQL, of COPY; these are handed ready-made rows. Each is done three times into fresh tables, the middle one counts.
DuckDB takes milliseconds for each row of an `executemany`, so that it is measured on a share of the articles. Table files have
nothing to be compared with: CSV and Parquet are measured as a whole.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from extractor.writers.database import rows, statements
from extractor.writers.database.sink import MOST_ARTICLES, opened
from extractor.writers.database.store import Batch, Finished, Loaded
from extractor.writers.database.tables import RECORDS
from extractor.writers.table_files import write_tables
from extractor.writers.targets import target_of
from tests.writers.conftest import schema_of, started
from tests.writers.many import story

TIMES = 3


def batches(lines: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(lines), MOST_ARTICLES):
        yield lines[at : at + MOST_ARTICLES]


def by_sink(output: str, lines: list[str]) -> float:
    store = opened(target_of(output))
    begun = time.perf_counter()
    for at, some in enumerate(batches(lines)):
        names = [f"{at}-{n}.txt" for n in range(len(some))]
        articles = [Loaded(line, name, 0, "key") for name, line in zip(names, some, strict=True)]
        store.write(Batch(articles, [Finished(name, "key", 1) for name in names]))
    took = time.perf_counter() - begun
    store.close()
    return took


def bare(output: str, ready: list[rows.Rows], how: str) -> float:
    """Ready rows by the driver's own `executemany` of upserts or plain inserts, or by COPY."""
    store = opened(target_of(output))
    dialect: Any = store.dialect
    make = (lambda table: statements.upsert(table, dialect)) if how == "upsert" else statements.plain_insert
    sql = {table.name: make(table).compile(dialect=dialect) for table in RECORDS}
    store.close()
    connection, execute = driver(output)
    with closing(connection):
        begun = time.perf_counter()
        for found in ready:
            for table in RECORDS:
                told = found[table.name]
                if not told or (table.name == "runs" and found is not ready[0]):
                    continue
                if how == "COPY":
                    with connection.cursor() as cursor, cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
                        for row in told:
                            copy.write_row(row)
                else:
                    statement = sql[table.name]
                    names = [column.name for column in table.columns]
                    given = told if statement.positional else [dict(zip(names, row, strict=True)) for row in told]
                    execute(str(statement), given)
            connection.commit()
        return time.perf_counter() - begun


def driver(output: str) -> tuple[Any, Callable[[str, Any], Any]]:
    target = target_of(output)
    if target.form == "sqlite":
        connection: Any = sqlite3.connect(str(target.path))
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection, connection.executemany
    if target.form == "duckdb":
        import duckdb

        connection = duckdb.connect(str(target.path))
        connection.begin()
        return connection, connection.executemany
    import psycopg

    connection = psycopg.connect(output)
    return connection, connection.cursor().executemany


def measure(kind: str, place: Callable[[], str], lines: list[str]) -> None:
    ready = [rows.merged(rows.rows_of(line, "2025-01-01") for line in some) for some in batches(lines)]
    count = sum(len(found) for each in ready for found in each.values())
    ways = {"upsert": "executemany of the same upserts", "insert": "executemany of plain inserts"}
    if kind == "postgresql":
        ways["COPY"] = "COPY"
    ours: list[float] = []
    theirs: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(TIMES):
        ours.append(by_sink(place(), lines))
        for way in ways:
            theirs[way].append(bare(place(), ready, way))
    own = statistics.median(ours)
    print(f"{kind}: {len(lines)} articles, {count} rows: {len(lines) / own:,.0f} articles/s, {count / own:,.0f} rows/s")
    for way, said in ways.items():
        took = statistics.median(theirs[way])
        print(f"    {took / own:5.2f} of the rate of {said} ({count / took:,.0f} rows/s)")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    kinds = sys.argv[2:] or ["sqlite", "postgresql", "duckdb", "csv", "parquet"]
    lines = [story(n).to_json() for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        number = iter(range(1_000))
        if "sqlite" in kinds:
            measure("sqlite", lambda: str(Path(folder) / f"{next(number)}.db"), lines)
        if "postgresql" in kinds:
            import psycopg

            with started() as server:
                url = server.get_uri()

                def schema() -> str:
                    name = f"bench{next(number)}"
                    with psycopg.connect(url, autocommit=True) as connection:
                        connection.execute(f"CREATE SCHEMA {name}")
                    return schema_of(url, name)

                measure("postgresql", schema, lines)
        if "duckdb" in kinds:
            took = by_sink(str(Path(folder) / "whole.duckdb"), lines)
            print(f"duckdb: {len(lines)} articles: {len(lines) / took:,.0f} articles/s")
            measure("duckdb", lambda: str(Path(folder) / f"{next(number)}.duckdb"), lines[: max(20, count // 50)])
        source = Path(folder) / "extractions.jsonl"
        source.write_text("\n".join(lines) + "\n")
        for form in [kind for kind in ("csv", "parquet") if kind in kinds]:
            begun = time.perf_counter()
            write_tables(source, Path(folder) / form, form)
            print(f"{form}: {len(lines)} articles: {len(lines) / (time.perf_counter() - begun):,.0f} articles/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
