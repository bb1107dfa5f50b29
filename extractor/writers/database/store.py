"""The one who writes: whole articles, a transaction at a time, and the journal of what was done in the same transaction.

An article's rows are upserted and what it no longer has is deleted, so that writing it again changes nothing, a newer version
leaves no orphan, and a crash leaves all of it or nothing. Of two inputs that have the same article (the same url), the one whose
source sorts last holds, whichever came first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Executable,
    Select,
    Table,
    bindparam,
    case,
    delete,
    exists,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from extractor.writers.database import engines, rows, statements
from extractor.writers.database.migrations import Step, prepare
from extractor.writers.database.tables import (
    ABOUT,
    ACROSS,
    ARTICLES,
    CONTENT,
    JOURNAL_ARTICLES,
    JOURNAL_INPUTS,
    MEASURE_EVENTS,
    METADATA,
    PARTS,
    RECORDS,
    RUNS,
    TARIFFS,
)
from extractor.writers.database.views import view_statements
from extractor.writers.duplicates import Originals

COUNTED = {"preserve_rowcount": True}
"""Lets SQLAlchemy keep how many rows an insert touched."""
BATCHES, MARKED = "batches", "marked"
"""What is noted: how many batches were written, and how many when duplicates were last marked."""
_MARK = [column.name for column in ARTICLES.columns].index("duplicate_of")
_JOURNALED = select(JOURNAL_ARTICLES.c.article_id)
MYSQL = ("mysql", "mariadb")


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article to be written: its extraction as JSON, and what the journal notes of it."""

    line: bytes | str
    input: str = ""
    ordinal: int = 0
    key: str = ""
    undated: bool = False
    sketch: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the journal notes of an article: a row of its table."""

    input: str
    ordinal: int
    article: str
    key: str
    undated: bool
    sketch: str


@dataclass(frozen=True, slots=True)
class Finished:
    """An input that is finished: how many articles and errors it had, and which ordinals gave no article."""

    input: str
    key: str
    count: int
    lost: tuple[int, ...] = ()
    rejected: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class Batch:
    """What is written in one transaction."""

    articles: list[Loaded] = field(default_factory=list)
    moved: list[Noted] = field(default_factory=list)
    """Articles that are in the database, and now stand in another place of their input."""
    inputs: list[Finished] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.articles or self.moved or self.inputs)


class Store:
    """A database that SQLAlchemy reaches and that knows an upsert. The bulk ways of others derive from it."""

    def __init__(self, url: URL, where: str) -> None:
        """Prepares to connect.

        Args:
            url: the database's, with its driver.
            where: what messages call it.

        Raises:
            ConfigError: C030, C031.
        """
        self.where = where
        self.errors: tuple[type[Exception], ...] = (SQLAlchemyError, *engines.driver_errors(url))
        self.secrets = engines.secrets(url)
        self.engine = engines.connect(url, where)
        self.dialect = self.engine.dialect
        self._compiled: dict[str, tuple[str, Callable[[Sequence[Any]], Any]]] = {}
        statements.upsert(ABOUT, self.dialect)  # a database without an upsert is refused before it is touched

    # ------------------------------------------------------------ how this database is spoken to; others do it their way

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction, in which this is the only writer of ours."""
        with self.engine.begin() as connection:
            connection.execute(select(ABOUT.c.value).where(ABOUT.c.name == "schema").with_for_update())
            yield connection

    def read(self, statement: Executable, **values: Any) -> Sequence[Any]:
        """The rows of a query."""
        with self.engine.connect().execution_options(reads=True) as connection:
            return connection.execute(statement, values).fetchall()

    def _run(self, connection: Any, statement: Executable, **values: Any) -> Any:
        """Runs a statement within a transaction: rows of a query, else how many were changed."""
        done = connection.execute(statement, values, execution_options=COUNTED)
        return done.fetchall() if done.returns_rows else _count(done.rowcount)

    def _replace(self, connection: Any, found: rows.Rows, known: list[str]) -> int:
        """Makes the database hold these rows of the articles, some of which it has already, and no others."""
        changed = sum(self._upsert(connection, table, found[table.name]) for table in RECORDS)
        if known:
            changed += sum(self._prune(connection, table, known, found[table.name]) for table in reversed(PARTS))
        return changed

    def _upsert(self, connection: Any, table: Table, found: list[rows.Row]) -> int:
        if not found:
            return 0
        sql, bound = self._upsert_of(table)
        return _count(connection.exec_driver_sql(sql, [bound(row) for row in found], COUNTED).rowcount)

    def _prune(self, connection: Any, table: Table, articles: list[str], found: list[rows.Row]) -> int:
        keys = [n for n, column in enumerate(table.columns) if column.primary_key]
        here = {tuple(row[n] for n in keys) for row in found}
        stale = [
            tuple(row)
            for some in rows.portions(articles)
            for row in connection.execute(select(*table.primary_key.columns).where(table.c.article_id.in_(some)))
            if tuple(row) not in here
        ]
        if stale:
            connection.execute(statements.delete_row(table), [{f"k{n}": value for n, value in enumerate(key)} for key in stale])
        return len(stale)

    # ------------------------------------------------------------ tables

    def open(self) -> None:
        """Creates the tables where they are missing, and brings old ones up to date.

        Raises:
            ConfigError: C032, C033.
        """
        prepare(self, self.where)

    def version(self) -> int | None:
        """Version of its tables; None where it has none of ours."""
        if not self._has(ABOUT.name):
            return None
        found = self.about("schema")
        return int(found) if found else None

    def foreign(self) -> list[str]:
        """Tables that have names of ours without being ours."""
        return [table.name for table in METADATA.sorted_tables if self._has(table.name)]

    def _has(self, table: str) -> bool:
        return inspect(self.engine).has_table(table)

    def create(self, version: int) -> None:
        """Creates tables, indexes and views, and notes the version; a run that does the same just now is no trouble."""
        engines.let_read_while_writing(self.engine)
        with self.engine.begin() as connection:
            if self.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7263019)")  # IF NOT EXISTS alone is no lock
            elif self.dialect.name in MYSQL:
                connection.exec_driver_sql("SELECT GET_LOCK('tariff_extractor', 60)")  # gone with the connection
                if self.version() is not None:
                    return
            self._make(connection)
            self._views(connection.exec_driver_sql)
            self._note(connection, "schema", str(version))

    def _make(self, connection: Connection) -> None:
        """Creates what is missing of tables, indexes and comments."""
        missing = [table for table in METADATA.sorted_tables if not inspect(connection).has_table(table.name)]
        for table in missing:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in sorted(table.indexes, key=lambda i: str(i.name)):
                connection.execute(CreateIndex(index, if_not_exists=self.dialect.name in ("sqlite", "postgresql")))
        if self.dialect.supports_comments and not self.dialect.inline_comments:
            for statement in comments(self.dialect, missing):
                connection.exec_driver_sql(statement)

    def migrate(self, step: Step, version: int) -> None:
        """Runs a step, makes anew the tables that it drops and the views, and notes the version, all or nothing."""
        with self.engine.begin() as connection:
            step(lambda sql: _nothing(connection.execute(text(sql))))
            self._make(connection)
            self._views(connection.exec_driver_sql)
            self._note(connection, "schema", str(version))

    def _views(self, run: Callable[[str], object]) -> None:
        for sql in view_statements(self.dialect.name):
            run(sql)

    def _note(self, connection: Any, name: str, value: str) -> int:
        return self._upsert(connection, ABOUT, [(name, value)])

    # ------------------------------------------------------------ the journal

    def about(self, name: str) -> str | None:
        """What was noted under a name."""
        found = self.read(_about(name))
        return str(found[0][0]) if found else None

    def _noted(self, connection: Any, name: str) -> str | None:
        """As `about`, within a transaction."""
        found = self._run(connection, _about(name))
        return str(found[0][0]) if found else None

    def note(self, name: str, value: str) -> None:
        """Notes something under a name."""
        if self.about(name) != value:
            with self._writing() as connection:
                self._note(connection, name, value)

    def known(self, source: str) -> dict[int, str]:
        """Keys of an input's articles that are in the database, by their places in it."""
        journal = JOURNAL_ARTICLES.c
        return {int(ordinal): str(key) for ordinal, key in self.read(_there(journal.ordinal, journal.key), source=source)}

    def noted(self, source: str, ordinal: int) -> Noted | None:
        """What the journal notes at a place of an input."""
        journal = JOURNAL_ARTICLES.c
        asked = _there(*JOURNAL_ARTICLES.columns).where(journal.ordinal == bindparam("ordinal"))
        found = self.read(asked, source=source, ordinal=ordinal)
        return Noted(*found[0]) if found else None

    def whole(self, source: str, key: str) -> tuple[int, int, list[dict[str, Any]]] | None:
        """How many articles of an unchanged input are there, how many of them undated, and what was rejected of it.

        None if the input is not known by that key, or if an article of it has been deleted since.
        """
        inputs, journal = JOURNAL_INPUTS.c, JOURNAL_ARTICLES.c
        found = self.read(
            select(inputs.articles, inputs.rejected).where(inputs.input == bindparam("source"), inputs.key == bindparam("key")),
            source=source,
            key=key,
        )
        if not found:
            return None
        there = self.read(_there(journal.undated), source=source)
        if len(there) != found[0][0]:
            return None
        return len(there), sum(bool(row[0]) for row in there), json.loads(found[0][1])

    # ------------------------------------------------------------ writing

    def write(self, batch: Batch) -> int:
        """Writes a batch in one transaction.

        Returns:
            How many rows were inserted, changed or deleted, those of the journal not counted.
        """
        now = clock()
        made: dict[str, tuple[rows.Rows, str, str]] = {}
        journal: dict[tuple[str, int], rows.Row] = {}
        for each in batch.articles:
            told = rows.rows_of(each.line, now)
            ident, run, source = told[ARTICLES.name][0][:3]
            if ident not in made or made[ident][2] <= source:
                made[ident] = (told, run, source)
            if each.key:
                journal[each.input, each.ordinal] = (each.input, each.ordinal, ident, each.key, each.undated, each.sketch)
        with self._writing() as connection:
            known = self._sources(connection, sorted(made))
            held = {i for i, (_, run, source) in made.items() if i in known and known[i][0] > source and known[i][1] == run}
            taken = sorted(made.keys() - held)
            for ident in taken:
                if ident in known and (mark := known[ident][2]):
                    made[ident][0][ARTICLES.name] = [_marked(row, mark) for row in made[ident][0][ARTICLES.name]]
            changed = self._replace(connection, rows.merged(made[i][0] for i in taken), [i for i in taken if i in known])
            there = self._sources(connection, sorted({each.article for each in batch.moved}))  # nobody has deleted it meanwhile
            journal |= {(m.input, m.ordinal): _noted_row(m) for m in batch.moved if m.article in there}
            self._upsert(connection, JOURNAL_ARTICLES, list(journal.values()))
            self._finished(connection, batch.inputs)
            self._note(connection, BATCHES, str(int(self._noted(connection, BATCHES) or 0) + 1))
        return changed

    def _sources(self, connection: Any, articles: list[str]) -> dict[str, tuple[str, str, str | None]]:
        """Source, maker and mark of those articles that are there; only a run's articles are marked here."""
        columns = ARTICLES.c
        of_run = exists().where(JOURNAL_ARTICLES.c.article_id == columns.id)
        mark = case((of_run, columns.duplicate_of), else_=None)
        return {
            row[0]: (row[1], row[2], row[3])
            for some in rows.portions(articles)
            for row in self._run(connection, select(columns.id, columns.source, columns.run_id, mark).where(columns.id.in_(some)))
        }

    def _finished(self, connection: Any, inputs: list[Finished]) -> None:
        journal = JOURNAL_ARTICLES.c
        last: dict[str, int] = {}
        for some in rows.portions([each.input for each in inputs]):
            highest = select(journal.input, func.max(journal.ordinal)).where(journal.input.in_(some)).group_by(journal.input)
            last.update((row[0], row[1]) for row in self._run(connection, highest))
        for each in inputs:
            stale: list[Any] = [journal.ordinal.in_(some) for some in rows.portions(list(each.lost))]
            if last.get(each.input, -1) >= each.count:
                stale.append(journal.ordinal >= each.count)
            for condition in stale if each.input in last else ():
                self._run(connection, delete(JOURNAL_ARTICLES).where(journal.input == each.input, condition))
        noted = [
            (e.input, e.key, e.count - len(e.rejected), json.dumps(list(e.rejected), ensure_ascii=True)) for e in inputs if e.key
        ]
        self._upsert(connection, JOURNAL_INPUTS, noted)

    def mark_duplicates(self) -> int:
        """Fills `duplicate_of` of the journaled articles, in the order of their inputs' paths; touches only what differs.

        Nothing is looked at if no batch was written since the last time, by whomever, and no original has been deleted.

        Returns:
            How many articles duplicate another.
        """
        batches = self.about(BATCHES)
        if self.about(MARKED) != batches or self._lost_originals():
            changed = self._wrong_marks()
            with self._writing() as connection:
                for article, original in changed:
                    marked = update(ARTICLES).where(ARTICLES.c.id == article)
                    self._run(connection, marked.values(duplicate_of=original, written_at=clock()))
                if batches is not None:  # what was written since the marks were read moves the count on
                    self._note(connection, MARKED, batches)
        duplicates = select(func.count()).where(ARTICLES.c.duplicate_of.is_not(None), ARTICLES.c.id.in_(_JOURNALED))
        return int(self.read(duplicates)[0][0])

    def _wrong_marks(self) -> list[tuple[str, str | None]]:
        """Articles whose mark is not what it must be, and what it must be."""
        journal = JOURNAL_ARTICLES.c
        asked = select(journal.article_id, journal.sketch, ARTICLES.c.duplicate_of).join(
            ARTICLES, ARTICLES.c.id == journal.article_id
        )
        originals, found = Originals(), {}
        for article, sketch, told in self.read(asked.order_by(journal.input, journal.ordinal)):
            if article not in found:
                found[article] = (originals.of(sketch) or None, told)
        return [(article, original) for article, (original, told) in found.items() if original != told]

    def _lost_originals(self) -> bool:
        originals = ARTICLES.alias("originals")
        there = exists().where(originals.c.id == ARTICLES.c.duplicate_of)
        lost = select(ARTICLES.c.id).where(ARTICLES.c.duplicate_of.is_not(None), ARTICLES.c.id.in_(_JOURNALED), ~there)
        return bool(self.read(lost.limit(1)))

    def tidy(self) -> None:
        """Drops makers that no article is of any more."""
        used = select(ARTICLES.c.run_id)
        if self.read(select(RUNS.c.id).where(RUNS.c.id.not_in(used))):
            with self._writing() as connection:
                self._run(connection, delete(RUNS).where(RUNS.c.id.not_in(used)))

    def counts(self) -> dict[str, int]:
        """How many rows each table has, those of the journal left out."""
        return {table.name: int(self.read(select(func.count()).select_from(table))[0][0]) for table in CONTENT}

    def close(self) -> None:
        """Lets all connections go."""
        self.engine.dispose()

    # ------------------------------------------------------------ measures across articles

    def store_measures(self, found: rows.Rows) -> int | None:
        """Makes the tables of measures hold exactly these rows; rows that are there already are not touched.

        Args:
            found: rows by table, as `measures.py` makes them of what is in the database.

        Returns:
            How many rows were inserted, changed or deleted; None if articles that they are of have changed meanwhile: nothing is
            written then.
        """
        at = [column.name for column in MEASURE_EVENTS.columns].index("tariff_id")
        with self._writing() as connection:
            there = {row[0] for row in self._run(connection, select(TARIFFS.c.id))}
            if any(row[at] not in there for row in found[MEASURE_EVENTS.name]):
                return None
            changed = sum(self._upsert(connection, table, found[table.name]) for table in ACROSS)
            return changed + sum(self._keep_only(connection, table, found[table.name]) for table in reversed(ACROSS))

    def _keep_only(self, connection: Any, table: Table, found: list[rows.Row]) -> int:
        """Deletes all rows but these."""
        keys = [n for n, column in enumerate(table.columns) if column.primary_key]
        here = {tuple(row[n] for n in keys) for row in found}
        there = self._run(connection, select(*table.primary_key.columns))
        stale = [row for row in there if tuple(map(plain, row)) not in here]
        for key in stale:
            self._run(connection, statements.delete_row(table), **{f"k{n}": value for n, value in enumerate(key)})
        return len(stale)

    def _upsert_of(self, table: Table) -> tuple[str, Callable[[Sequence[Any]], Any]]:
        """A table's upsert as the driver takes it, and what makes a row's parameters; compiled once."""
        if table.name not in self._compiled:
            made = statements.upsert(table, self.dialect).compile(dialect=self.dialect)
            names = [column.name for column in table.columns]
            if made.positional:
                order = [names.index(name) for name in made.positiontup or ()]
                straight = order == list(range(len(names)))
                bound: Callable[[Sequence[Any]], Any] = (
                    (lambda row: row) if straight else (lambda row: tuple(row[n] for n in order))
                )
            else:
                bound = lambda row: dict(zip(names, row, strict=True))  # noqa: E731
            self._compiled[table.name] = (str(made), bound)
        return self._compiled[table.name]


def comments(dialect: Any, tables: Iterable[Table]) -> list[str]:
    """Statements that put the comments on tables and columns, where these are not part of CREATE TABLE."""
    from sqlalchemy.schema import SetColumnComment, SetTableComment

    made: list[str] = []
    for table in tables:
        told: list[Any] = [SetTableComment(table), *(SetColumnComment(column) for column in table.columns)]
        made += [str(each.compile(dialect=dialect)) for each in told]
    return made


def _about(name: str) -> Select[Any]:
    return select(ABOUT.c.value).where(ABOUT.c.name == name)


def _marked(row: rows.Row, mark: str) -> rows.Row:
    """An article's row with the mark that it has, unless it brings one."""
    return row if row[_MARK] else (*row[:_MARK], mark, *row[_MARK + 1 :])


def clock() -> str:
    """What `written_at` says now."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _there(*columns: Any) -> Select[Any]:
    """What the journal notes of an input's articles that are there: a key is not enough, somebody may have deleted rows."""
    journal = JOURNAL_ARTICLES
    return select(*columns).join(ARTICLES, ARTICLES.c.id == journal.c.article_id).where(journal.c.input == bindparam("source"))


def _noted_row(noted: Noted) -> rows.Row:
    return (noted.input, noted.ordinal, noted.article, noted.key, noted.undated, noted.sketch)


def plain(value: Any) -> Any:
    """A value as rows hold it: days in ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value


def _count(rowcount: int) -> int:
    return max(rowcount, 0)


def _nothing(_: object) -> None:
    return None
