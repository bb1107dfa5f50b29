"""Runs that write to databases: done once, killed, without a server, beside another writer."""

from __future__ import annotations

import json
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from extractor.batch import stored_options
from extractor.errors import ConfigError, OutputError
from extractor.writers.database import engines, migrations, sink
from extractor.writers.database.postgres import PostgresStore
from extractor.writers.database.sink import DatabaseSink, opened, write
from extractor.writers.targets import target_of
from tests.faults.test_kills import FULL
from tests.writers.asking import ask, contents, counts, fill_measures
from tests.writers.conftest import KINDS, started
from tests.writers.many import stories
from tests.writers.runs import child, finished, run

ROOT = Path(__file__).resolve().parents[2]
everywhere = pytest.mark.parametrize("kind", KINDS)


@everywhere
def test_a_run_does_only_what_is_new(articles, place, kind):
    output = place(kind)
    first = run(output)
    before = contents(output, journal=True)
    again = run(output)
    assert [(s.done, s.unchanged) for s in (first, again)] == [(18, 0), (0, 18)]
    assert contents(output, journal=True) == before
    forced = run(output, force=True)
    assert (forced.done, contents(output, journal=True)) == (18, before)
    Path("03.txt").write_text("Duties fall.")
    Path("many.jsonl").write_text(Path("many.jsonl").read_text() + '{"text": "Duty new was cut."}\n')
    changed = run(output)
    assert (changed.done, changed.unchanged) == (2, 17)
    assert counts(output)["articles"] == 19


def test_what_somebody_deleted_is_done_again(articles, place):
    output = place("sqlite")
    run(output)
    before = contents(output, journal=True)
    with closing(sqlite3.connect(output)) as connection, connection:
        connection.execute("DELETE FROM articles WHERE source IN ('03.txt', 'many.jsonl#2')")
    assert run(output).done == 2
    assert contents(output, journal=True) == before


@everywhere
def test_rejections_stay_until_they_are_retried(articles, place, kind):
    output = place(kind)
    Path("03.txt").write_text("The duty. FAIL")
    Path("many.jsonl").write_text('{"text": "Duty 0 was cut."}\n{\n')
    assert [(s.done, s.unchanged, s.rejected) for s in (run(output), run(output), run(output, retry=True))] == [
        (12, 0, 2), (0, 12, 2), (0, 12, 2),
    ]  # fmt: skip
    assert stored_options(output).output == output
    Path("03.txt").write_text("The duty.")
    assert (run(output).done, counts(output)["articles"]) == (1, 13)


def test_an_article_that_is_broken_now_keeps_what_it_had(articles, place):
    output = place("sqlite")
    run(output)
    Path("many.jsonl").write_text('{"text": "Duty 0 was cut.", "url": "https://e.example/0"}\n{\n')
    changed = run(output)
    assert (changed.done, changed.unchanged, changed.rejected) == (0, 13, 1)
    again = run(output)
    assert (again.done, again.unchanged, again.rejected) == (0, 13, 1)
    assert counts(output)["articles"] == 18


def test_one_article_in_two_inputs_settles(articles, place):
    output = place("sqlite")
    for name in ("a.json", "b.json"):
        Path(name).write_text(json.dumps({"text": f"Duty in {name}.", "url": "https://e.example/same"}))
    runs = [run(output) for _ in range(3)]
    assert [s.done for s in runs] == [20, 0, 0]
    assert ask(output, "SELECT source FROM articles WHERE url LIKE '%same'") == [("b.json",)]


MOVES = [
    # members in an archive before and after, and how many of them are to be done
    ("abcdef", "abcdef", 0),
    ("abcdef", "fabcde", 0),
    ("abcdef", "fedcba", 0),
    ("abcdef", "badcfe", 0),
    ("abcdef", "xabcdef", 1),
    ("abcdef", "xyabcdefz", 3),
    ("abcdef", "bcdef", 0),
    ("abcdef", "fdb", 0),
    ("abcdef", "xfydza", 3),
    ("abcdef", "!abcdef", 0),  # one that cannot be read, before the others
    ("abcdef", "bc!a", 0),
]


def archive(members: str) -> None:
    with zipfile.ZipFile("many.zip", "w") as made:
        for name in members:
            made.writestr(f"{name}.txt", "" if name == "!" else f"Duties rise, part {name}.")


@pytest.mark.parametrize(("before", "after", "done"), MOVES)
@pytest.mark.parametrize("at_once", [1, 200])
@everywhere
def test_articles_that_move_in_their_archive_are_not_done_again(
    inline, tmp_path, monkeypatch, place, kind, before, after, done, at_once
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sink, "MOST_ARTICLES", at_once)
    output, fresh = place(kind), str(tmp_path / "fresh.db")
    archive(before)
    run(output)
    archive(after)
    runs = [run(output, workers=2) for _ in range(2)]
    assert [s.done for s in runs] == [done, 0]
    run(fresh)
    noted = "SELECT input, ordinal, article_id, key, undated, sketch FROM journal_articles ORDER BY 1, 2"
    assert ask(output, noted) == ask(fresh, noted)


def test_retry_of_a_database_that_no_run_has_written(tmp_path):
    with pytest.raises(ConfigError, match="C011"):
        stored_options(str(tmp_path / "never.db"))
    assert not (tmp_path / "never.db").exists()
    write(stories(1), str(tmp_path / "tariffs.db"))
    with pytest.raises(ConfigError, match="C011"):
        stored_options(str(tmp_path / "tariffs.db"))


def test_a_database_among_the_inputs_is_no_input(articles):
    first = run("tariffs.db")
    with closing(sqlite3.connect("tariffs.db")) as reader:  # keeps what SQLite puts beside it
        reader.execute("SELECT count(*) FROM articles").fetchone()
        assert Path("tariffs.db-wal").exists()
        again = run("tariffs.db")
    assert (first.rejected, again.rejected, again.done) == (0, 0, 0)


# ---------------------------------------------------------------- kills


POINTS = [(kind, after) for kind in KINDS for after in ((1, 20, 30, 45, 59) if FULL else (30,))]


@pytest.mark.parametrize(("kind", "after"), POINTS)
def test_killed_and_run_again_is_as_if_undisturbed(undisturbed, place, kind, after):
    folder, whole = undisturbed
    output = place(kind)
    killed = child(folder, output)
    for line in killed.stdout:
        if line.startswith("articles") and int(line.split()[1]) >= after:
            break
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    halves(output)
    finished(folder, output)
    assert contents(output, journal=True) == whole


def halves(output: str) -> None:
    """What the killed run left is whole articles, each noted as done.

    One statement, since a server may be committing still what its client sent before it was killed.
    """
    parts = ", ".join(
        f"(SELECT count(DISTINCT article_id) FROM {name})" for name in ("statements", "warnings", "journal_articles")
    )
    ((articles, *found),) = ask(output, f"SELECT (SELECT count(*) FROM articles), {parts}")
    assert found == [articles] * 3


# ---------------------------------------------------------------- a server that goes away, others that write


def test_a_server_stopped_for_good_ends_the_run_with_nothing_lost(articles, monkeypatch, tmp_path):
    monkeypatch.setattr(sink, "PATIENCE", 1.0)
    monkeypatch.setattr(sink, "MOST_ARTICLES", 3)
    with started() as server:
        output = server.get_uri()
        wrote = DatabaseSink._write_once

        def stops_later(self):
            wrote(self)
            if ask(output, "SELECT count(*) FROM articles")[0][0] >= 6:
                server.stop()

        with monkeypatch.context() as patched:
            patched.setattr(DatabaseSink, "_write_once", stops_later)
            with pytest.raises(OutputError, match="O010"):
                run(output)
        server.start()
        done = ask(output, "SELECT count(*) FROM articles")[0][0]
        assert 6 <= done < 18
        assert ask(output, "SELECT count(*) FROM journal_articles") == [(done,)]
        again = run(output)
        assert (again.done + again.unchanged, again.unchanged) == (18, done)
        assert counts(output)["articles"] == 18


@pytest.mark.parametrize("within", [False, True], ids=["between transactions", "within one"])
def test_a_server_that_comes_back_costs_nothing(articles, monkeypatch, within):
    monkeypatch.setattr(sink, "MOST_ARTICLES", 3)
    with started() as server:
        output = server.get_uri()
        wrote, stopped = DatabaseSink._write_once, []

        def restarts():
            if not stopped:
                stopped.append(True)
                server.stop()
                threading.Timer(1.0, server.start).start()

        def between(self):
            if self.changed:
                restarts()
            wrote(self)

        def amid(self, connection, table, found):
            done = upserted(self, connection, table, found)
            if table.name == "entities" and ask(output, "SELECT count(*) FROM articles")[0][0]:
                restarts()
            return done

        upserted = PostgresStore._upsert
        if within:
            monkeypatch.setattr(PostgresStore, "_upsert", amid)
        else:
            monkeypatch.setattr(DatabaseSink, "_write_once", between)
        assert run(output).done == 18
        assert stopped
        assert counts(output)["articles"] == 18


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_writers_at_once(tmp_path, place, kind):
    output, fresh = place(kind), place("sqlite", "fresh")
    told = stories(120)
    failed: list[BaseException] = []

    def writes(some):
        try:
            for at in range(0, len(some), 10):
                write(some[at : at + 10], output)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=writes, args=(some,)) for some in (told, list(reversed(told)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    write(told, fresh)
    assert contents(output) == contents(fresh)


def test_a_writer_that_does_not_end_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sink, "PATIENCE", 0.5)
    monkeypatch.setattr(engines, "BUSY", 0.1)
    output = str(tmp_path / "tariffs.db")
    write(stories(1), output)
    with closing(sqlite3.connect(output, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match=r"O010.*locked"):
            write(stories(2), output)
    assert write(stories(2), output) > 0


def test_duckdb_in_the_hands_of_another_process(tmp_path, monkeypatch):
    monkeypatch.setattr(sink, "OPENING", 0.3)
    output = str(tmp_path / "tariffs.duckdb")
    write(stories(1), output)
    code = f"import duckdb, sys; c = duckdb.connect({output!r}); print('open', flush=True); sys.stdin.read()"
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "open\n"
    with pytest.raises(OutputError, match=r"O010.*lock"):
        write(stories(2), output)
    other.communicate("")
    assert write(stories(2), output) > 0


# ---------------------------------------------------------------- what cannot be written to


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: p.write_bytes(b"not a database at all, but longer than a page header of one hundred bytes" * 3), "O001"),
        (lambda p: (p.touch(), p.chmod(0o400), p.parent.chmod(0o500)), "O001"),
        (lambda p: write_table(p, "CREATE TABLE articles (x)"), "C033"),
        (lambda p: (write([], str(p)), write_table(p, "UPDATE about SET value = '99' WHERE name = 'schema'")), "C032"),
    ],
    ids=["no database", "without rights", "others' tables", "newer"],
)
def test_a_database_that_cannot_be_used_is_left_alone(tmp_path, make, code):
    if "chmod" in make.__code__.co_names and os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    path = tmp_path / "sub" / "tariffs.db"
    path.parent.mkdir()
    make(path)
    before = path.read_bytes()
    with pytest.raises((ConfigError, OutputError), match=code):
        write(stories(1), str(path))
    assert path.read_bytes() == before


def write_table(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_a_password_is_in_no_message_and_no_log(monkeypatch, caplog):
    monkeypatch.setattr(sink, "OPENING", 0.0)
    caplog.set_level(logging.DEBUG)
    for host in ("127.0.0.1:9", "nowhere.invalid"):
        with pytest.raises(OutputError, match="O010") as raised:
            write([], f"postgresql://ann:s3cr%40et@{host}/base?password=s3cret&connect_timeout=1")
        assert "s3cr" not in str(raised.value) + repr(raised.value) + caplog.text
        assert raised.value.__cause__ is None


def test_a_password_is_not_kept_with_the_options(articles, server, schema):
    output = schema.replace("postgres:@", "postgres:s3cret@")
    run(output)
    assert "s3cret" not in repr(contents(output, journal=True)) + repr(ask(output, "SELECT * FROM about"))
    assert stored_options(output).output == output


@pytest.mark.parametrize(
    ("url", "code"), [("mssql+pyodbc://host/base", "C030"), ("nosuch://host/base", "C031"), ("oracle+oracledb://h/b", "C030")]
)
def test_a_database_that_is_not_reached(url, code):
    with pytest.raises(ConfigError, match=code):
        opened(target_of(url))


@pytest.mark.parametrize(
    ("package", "output", "extra"),
    [
        ("psycopg", "postgresql://host/base", "postgres"),
        ("duckdb", "t.duckdb", "duckdb"),
        ("pymysql", "mariadb://host/base", "mysql"),
    ],
)
def test_a_missing_package_is_named_with_its_extra(monkeypatch, tmp_path, package, output, extra):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=rf"C030.*{package}.*tariff-extractor\[{extra}\]"):
        write([], output)


# ---------------------------------------------------------------- versions of the tables


@everywhere
def test_steps_are_taken_one_by_one_and_all_or_nothing(place, kind):
    output = place(kind)
    write(stories(2), output)
    before = contents(output)

    def adds(run):
        run("ALTER TABLE runs ADD COLUMN note VARCHAR(9)")

    def fails(run):
        run("UPDATE runs SET note = 'half'")
        run("UPDATE nowhere SET x = 1")

    store = opened(target_of(output))
    with pytest.raises(store.errors):
        migrations.prepare(store, "here", steps={2: adds, 3: fails}, newest=4)
    assert store.version() == 3
    store.close()
    assert ask(output, "SELECT note FROM runs") == [(None,)]
    assert contents(output) == before
    store = opened_as(output)
    migrations.prepare(store, "here", steps={3: lambda run: run("UPDATE runs SET note = 'whole'")}, newest=4)
    assert (store.version(), ask_closed(store, output, "SELECT note FROM runs")) == (4, [("whole",)])


VERSION_1 = [
    "DROP VIEW in_force",
    "DROP VIEW holdings",
    "DROP TABLE measure_periods",
    "DROP TABLE measure_events",
    "DROP TABLE measures",
    "CREATE TABLE measures (id VARCHAR(20) PRIMARY KEY, imposer VARCHAR(20), target VARCHAR(20), first_reported DATE, sources INTEGER)",
    "CREATE TABLE measure_events (id VARCHAR(20) PRIMARY KEY, measure_id VARCHAR(20) NOT NULL REFERENCES measures (id), rate FLOAT)",
    "CREATE VIEW in_force AS SELECT id AS tariff_id FROM tariffs WHERE status = 'in_force'",
    "UPDATE about SET value = '1' WHERE name = 'schema'",
]
"""What makes of a database one of version 1, as far as version 2 differs."""


@everywhere
def test_tables_of_version_1_are_brought_up_to_date(place, kind):
    output, fresh = place(kind), place("sqlite", "fresh")
    for each in (output, fresh):
        write(stories(8), each)
    store = opened(target_of(output))
    with store._writing() as connection:
        for sql in VERSION_1:
            connection.execute(sql) if kind == "duckdb" else connection.exec_driver_sql(sql)
    store.close()
    for each in (output, fresh):
        fill_measures(each)
    assert contents(output, journal=True) == contents(fresh, journal=True)
    assert ask(output, "SELECT count(*) FROM in_force") == ask(fresh, "SELECT count(*) FROM in_force") != [(0,)]
    assert ask(output, "SELECT value FROM about WHERE name = 'schema'") == [("2",)]


def opened_as(output: str):
    from extractor.writers.database.opening import store_of

    return store_of(target_of(output))


def ask_closed(store, output: str, sql: str):
    store.close()
    return ask(output, sql)


@everywhere
def test_two_who_create_the_tables_at_once(place, kind):
    if kind == "duckdb":
        pytest.skip("has one process only")
    output = place(kind)
    failed: list[BaseException] = []

    def creates():
        try:
            opened(target_of(output)).close()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=creates) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.parametrize(
    ("output", "code", "says"),
    [
        (
            "postgresql://ann:s3cret@127.0.0.1:9/base",
            4,
            "O010 the database postgresql://ann:***@127.0.0.1:9/base cannot be reached",
        ),
        ("nosuch://ann:s3cret@host/base", 2, "C031"),
        ("out.csv", 2, "C034"),
    ],
)
def test_the_command_line_tells_it_with_its_exit_code(articles, monkeypatch, output, code, says):
    from typer.testing import CliRunner

    from extractor.cli import app

    monkeypatch.setattr(sink, "OPENING", 0.0)
    result = CliRunner().invoke(app, ["run", ".", "-o", output])
    assert (result.exit_code, says in result.stderr, "s3cret" in result.output) == (code, True, False), result.output
