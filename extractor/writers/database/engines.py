"""Connects through SQLAlchemy, and tells what a failure means: wait and try again, or give up."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from typing import Any
from urllib.parse import quote, quote_plus

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from extractor.errors import ConfigError

BUSY = 10.0
"""Seconds for which SQLite waits for another writer by itself."""
CONNECT = 10
"""Seconds that connecting to PostgreSQL may take."""
EXTRAS = {"psycopg": "postgres", "pymysql": "mysql", "duckdb": "duckdb", "pyarrow": "parquet"}

_FOUND_ROWS = 2
"""MySQL's CLIENT_FOUND_ROWS."""
_TRANSIENT_STATES = re.compile(r"08...|40001|40P01|53300|55P03|57P0.")
"""SQLSTATEs of PostgreSQL: connection lost, serialization, deadlock, too many clients, locks, shutting down or starting."""
_FINAL = re.compile(r"authentication failed|no pg_hba\.conf entry|does not exist|no password supplied|Access denied", re.I)
_BUSY = re.compile(r"locked|busy", re.I)
_LOST = re.compile(r"connect|resolve|server closed|terminat|gone away|timed? ?out|SSL|EOF", re.I)


def missing(package: str, where: str) -> ConfigError:
    """C030: a package that an output needs is not there."""
    extra = EXTRAS.get(package)
    install = f"tariff-extractor[{extra}]" if extra else package
    return ConfigError("C030", path=where, package=package, detail=install)


def connect(url: URL, where: str) -> Engine:
    """An engine that reports row counts, hides parameters and reads and writes as `store.py` expects.

    Args:
        url: a database's, with its driver.
        where: what messages call it.

    Raises:
        ConfigError: C030, the driver is missing; C031, SQLAlchemy knows no such database.
    """
    arguments: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        # A connection whose other end has vanished is noticed after half a minute, not after hours.
        waits = {"connect_timeout": CONNECT, "tcp_user_timeout": 30_000}
        arguments = {name: value for name, value in waits.items() if name not in url.query}
    elif url.get_backend_name() == "sqlite":
        arguments = {"timeout": BUSY}
    try:
        engine = create_engine(url, hide_parameters=True, connect_args=arguments)
    except NoSuchModuleError as error:
        raise ConfigError("C031", detail=url.get_backend_name(), known="sqlite, duckdb, postgresql, mysql, mariadb") from error
    except ImportError as error:
        raise missing(error.name or url.get_driver_name(), where) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begins)
    elif engine.dialect.name in ("mysql", "mariadb"):
        event.listen(engine, "do_connect", _mysql_connects)
    return engine


def _mysql_connects(dialect: object, record: object, given: object, named: dict[str, Any]) -> None:
    """Asks for the number of changed rows, not of those that were found: an upsert of a row that is there counts as none."""
    if "client_flag" in named:
        named["client_flag"] &= ~_FOUND_ROWS


def _sqlite_connected(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def let_read_while_writing(engine: Engine) -> None:
    """Sets up a new SQLite file so that who reads it is not in the way of who writes; the file remembers it."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA journal_mode = WAL")


def _sqlite_begins(connection: Connection) -> None:
    """Takes the right to write at once, so that no transaction has to be given up halfway."""
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def is_transient(error: BaseException) -> bool:
    """Whether it may help to wait and try again: the server is away, another one writes, a deadlock."""
    cause: BaseException = error
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        cause = error.orig or error
    said, state = str(cause), getattr(cause, "sqlstate", None)
    if state:
        return bool(_TRANSIENT_STATES.fullmatch(state))
    if isinstance(cause, sqlite3.Error):
        return isinstance(cause, sqlite3.OperationalError) and bool(_BUSY.search(said))
    if type(cause).__module__.partition(".")[0] in ("duckdb", "_duckdb"):
        return "lock" in said
    if _FINAL.search(said):
        return False
    return type(cause).__name__ in ("OperationalError", "InterfaceError", "ConnectionTimeout") and bool(_LOST.search(said))


def told(error: BaseException, secrets: tuple[str, ...] = ()) -> str:
    """What a database says of a failure, in one line, without statements, values and passwords."""
    cause = (error.orig or error) if isinstance(error, DBAPIError) else error
    said = (
        " ".join(str(cause).split()) if not isinstance(cause, SQLAlchemyError) else " ".join(str(cause).split("[SQL")[0].split())
    )
    for secret in secrets:
        said = said.replace(secret, "***")
    return said[:300] or type(cause).__name__


def driver_errors(url: URL) -> tuple[type[Exception], ...]:
    """What a driver raises where it is used past SQLAlchemy."""
    if url.drivername == "postgresql+psycopg":
        with suppress(ImportError):
            import psycopg

            return (psycopg.Error,)
    return ()


def secrets(url: URL) -> tuple[str, ...]:
    """What no message may hold: the password, as it is and as the URL spells it."""
    found = [str(url.password)] if url.password else []
    found += [str(value) for name, value in url.query.items() if re.search("pass|secret|token|key", name, re.IGNORECASE)]
    return tuple(
        sorted({form for each in found for form in (each, quote(each, safe=""), quote_plus(each))}, key=len, reverse=True)
    )
