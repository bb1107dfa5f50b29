"""Databases mark duplicates over all that they hold: soon, once, and with the time of the change."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from extractor.writers.database import store as stores
from extractor.writers.database.sink import DatabaseSink, opened, write
from extractor.writers.database.tables import ARTICLES, JOURNAL_ARTICLES
from extractor.writers.targets import target_of
from tests.writers.asking import ask, contents
from tests.writers.conftest import KINDS
from tests.writers.many import story
from tests.writers.runs import finished, run

everywhere = pytest.mark.parametrize("kind", KINDS)


def marks(output: str) -> list[tuple[str, str | None, str]]:
    return ask(
        output, "SELECT a.source, b.source, a.written_at FROM articles a LEFT JOIN articles b ON b.id = a.duplicate_of ORDER BY 1"
    )


def same(*numbers: int) -> None:
    for n in numbers:
        Path(f"{n:02}.txt").write_text("Duties rise, and nothing else is told.")


@everywhere
def test_what_a_killed_run_left_unmarked_the_next_one_marks_before_all_else(articles, place, kind, monkeypatch):
    output = place(kind)
    same(3, 5, 7)
    with monkeypatch.context() as killed:  # all is written, and then the process is gone
        killed.setattr(DatabaseSink, "finish", lambda self: self._write() or (_ for _ in ()).throw(KeyboardInterrupt))
        killed.setattr(DatabaseSink, "stop", lambda self: self._store.close())
        with pytest.raises(KeyboardInterrupt):
            run(output)
    assert [told for told in marks(output) if told[1]] == []
    DatabaseSink(target_of(output), {}, retry=False, force=False).discard()
    assert [told[:2] for told in marks(output) if told[1]] == [("05.txt", "03.txt"), ("07.txt", "03.txt")]
    settled = marks(output)
    assert run(output).unchanged == 18
    assert marks(output) == settled


@everywhere
def test_a_mark_moves_the_clock_of_its_article_alone(articles, place, kind, monkeypatch):
    output = place(kind)
    same(3, 5)
    days = iter(f"2025-01-0{n}" for n in range(1, 9))
    today = [next(days)]
    monkeypatch.setattr(stores, "clock", lambda: today[0])
    run(output)
    today[0] = next(days)
    for options in ({}, {"force": True}):  # what is extracted again keeps its mark, and its time
        run(output, **options)
        assert {told[2] for told in marks(output)} == {"2025-01-01"}
    today[0] = next(days)
    same(1)  # now the original, by the order of paths
    run(output)
    assert [told for told in marks(output) if told[2] == today[0]] == [
        ("01.txt", None, today[0]), ("03.txt", "01.txt", today[0]), ("05.txt", "01.txt", today[0]),
    ]  # fmt: skip


@everywhere
def test_marks_are_looked_at_only_if_something_was_written_or_deleted(articles, place, kind, monkeypatch):
    output = place(kind)
    same(3, 5, 7)
    run(output)
    looked: list[int] = []
    look = stores.Store._wrong_marks
    monkeypatch.setattr(stores.Store, "_wrong_marks", lambda self: looked.append(1) or look(self))
    assert (run(output).duplicates, looked) == (2, [])
    store = opened(target_of(output))
    with store._writing() as connection:
        store._run(connection, delete(ARTICLES).where(ARTICLES.c.source == "03.txt"))
        store._run(connection, delete(JOURNAL_ARTICLES).where(JOURNAL_ARTICLES.c.input == "03.txt"))
    store.close()
    Path("03.txt").unlink()
    assert run(output).duplicates == 1
    assert looked
    assert [told[:2] for told in marks(output) if told[1]] == [("07.txt", "05.txt")]


@everywhere
def test_articles_written_again_by_the_library_keep_the_marks_of_runs(undisturbed, place, kind):
    output = place(kind)
    finished(undisturbed[0], output)
    before = contents(output, clock=True)
    told = [story(n % 50, source=f"{n:04}.txt") for n in range(60)]
    assert any(told for told in marks(output) if told[1])
    assert write(told, output) == 0
    assert contents(output, clock=True) == before
