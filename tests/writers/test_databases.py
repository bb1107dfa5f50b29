"""The same articles into every database: equal rows, equal answers, and nothing changes the second time."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Text

from extractor.linking.measures import Timeline
from extractor.writers.database import rows
from extractor.writers.database.measures import measure_rows
from extractor.writers.database.sink import opened, write
from extractor.writers.database.store import Batch, Finished, Loaded
from extractor.writers.database.tables import METADATA
from extractor.writers.targets import target_of
from tests.writers.asking import QUESTIONS, ask, contents, counts, fill_measures
from tests.writers.conftest import KINDS
from tests.writers.many import MAKER, NEWER, stories, story

everywhere = pytest.mark.parametrize("kind", [*KINDS, "postgresql-bulk"])


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A SQLite file of 300 articles, and what it says."""
    output = str(tmp_path_factory.mktemp("reference") / "tariffs.db")
    changed = write(stories(), output) + fill_measures(output)
    found = counts(output)
    assert changed == sum(found.values())
    return output


def test_the_reference_has_rows_in_every_table(reference):
    found = counts(reference)
    assert (found["articles"], found["tariffs"], found["statements"], found["runs"]) == (300, 400, 300, 1)
    assert [name for name, count in found.items() if not count] == []
    unused = [
        f"{table}.{column}"
        for table in found
        for (_, column, *_) in ask(reference, f"PRAGMA table_info({table})")
        if ask(reference, f'SELECT count("{column}") FROM {table}')[0][0] == 0
    ]
    assert unused == [  # a field that no story fills would be tested nowhere
        "articles.published_at", "articles.duplicate_of", "tariffs.imposer_iso3", "tariffs.rate_percent_high", "tariffs.rate_basis",
        "tariffs.prior_rate_percent_high", "tariffs.prior_rate_basis", "tariffs.prior_rate_specific_amount",
        "tariffs.prior_rate_specific_currency", "tariffs.prior_rate_specific_per", "tariffs.prior_rate_derivation",
        "tariffs.prior_rate_derivation_from", "tariff_targets.iso3", "tariff_exemptions.code", "statements.speaker_iso3", "measure_periods.rate_high",
    ]  # fmt: skip


@everywhere
def test_the_same_articles_give_the_same_rows_and_answers_everywhere(reference, place, kind):
    output = place(kind)
    write(stories(), output)
    fill_measures(output)
    assert counts(output) == counts(reference)
    assert contents(output) == contents(reference)
    for question, sql in QUESTIONS.items():
        assert ask(output, sql) == ask(reference, sql), question
        assert ask(reference, sql), question


@everywhere
def test_the_second_time_nothing_changes(place, kind):
    output = place(kind)
    assert write(stories(250), output) + fill_measures(output) > 5000
    before = contents(output, clock=True)
    assert write(stories(250), output) + fill_measures(output) == 0
    assert contents(output, clock=True) == before


@everywhere
def test_an_article_extracted_again_replaces_its_records_and_leaves_no_orphan(place, kind):
    output, fresh = place(kind), place("sqlite", "fresh")
    write(stories(30), output)
    again = [story(n, maker=NEWER, rate=9.0) for n in range(30)]
    shorter = [each.model_copy(update={"tariffs": each.tariffs[:1], "statements": []}) for each in again]
    write(shorter, output)
    write(shorter, fresh)
    assert contents(output) == contents(fresh)
    assert counts(output)["runs"] == 1


@everywhere
def test_only_what_differs_is_touched(place, kind):
    output = place(kind)
    found = stories(20)
    write(found, output)
    surer = found[3].tariffs[0].model_copy(update={"confidence": 0.5})
    changed = found[3].model_copy(update={"tariffs": [surer, *found[3].tariffs[1:]]})
    assert write([*found[:3], changed, *found[4:]], output) == (2 if kind == "mysql" else 1)  # it counts an update twice


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@everywhere
def test_of_two_inputs_with_one_article_the_one_that_sorts_last_holds(place, kind, order):
    output = place(kind)
    pair = [
        story(1, source="a.json", url="https://gazette.example/1"),
        story(2, source="b.json", url="https://gazette.example/1"),
    ]
    for at in order:
        write([pair[at]], output)
    assert ask(output, "SELECT source FROM articles") == [("b.json",)]
    assert counts(output)["tariffs"] == 1
    write([story(3, source="a.json", url="https://gazette.example/1", maker=NEWER)], output)
    assert ask(output, "SELECT source FROM articles") == [("a.json",)]


HOSTILE = {
    "quotes": " ' \" `",
    "sql": "'); DROP TABLE tariffs; --",
    "emoji": " \U0001f600 é ﷽",
    "breaks": "\r\n\t\\ \\n \\. %s :x ? {} $1",
    "escapes": " \x01\x1b[31m\x7f\u2028\u202e",
    "like NULL": " NULL \\N",
    "formula": "=cmd|' /C calc'!A0",
}


@pytest.mark.parametrize("name", HOSTILE)
@everywhere
def test_hostile_text_in_every_column_comes_back_as_it_was(place, kind, name):
    output, fresh = place(kind), place("sqlite", "fresh")
    told = [story(n, extra=HOSTILE[name]) for n in range(4)]
    for each in (output, fresh):
        assert write(told, each) + fill_measures(each) > 0
    assert write(told, output) + fill_measures(output) == 0
    assert contents(output) == contents(fresh)
    assert ask(output, "SELECT text FROM articles ORDER BY source") == [(each.article.text,) for each in told]
    goods = sorted(product.text for each in told for tariff in each.tariffs for product in tariff.products)
    assert sorted(text for (text,) in ask(output, "SELECT text FROM tariff_products")) == goods


def everywhere_in(found, words):
    """Rows with the words behind the value of every column of free text, and for null."""
    for table in METADATA.sorted_tables:
        at = [n for n, column in enumerate(table.columns) if isinstance(column.type, Text)]
        if table.name in found:
            found[table.name] = [
                tuple(f"{value or ''}{words}" if n in at else value for n, value in enumerate(row)) for row in found[table.name]
            ]
    return found


@pytest.mark.parametrize("name", [*HOSTILE, "a megabyte"])
@everywhere
def test_every_column_of_text_holds_any_text(place, kind, name, monkeypatch):
    """Also those that no article's words reach today."""
    words = HOSTILE.get(name, " long" * 200_000)
    made, output = rows.rows_of, place(kind)
    told = stories(4 if name in HOSTILE else 1)
    monkeypatch.setattr(rows, "rows_of", lambda line, at="": everywhere_in(made(line, at), words))
    batch = Batch([Loaded(t.to_json(), t.article.source, 0, "key", sketch=words) for t in told], inputs=[Finished("x", "key", 1)])
    measures = everywhere_in(measure_rows(Timeline(told), "2025-01-01"), words)
    store = opened(target_of(output))
    store.note("words", words)
    store.write(batch)
    assert store.store_measures(measures) > 0
    assert [store.write(batch), store.store_measures(measures), store.about("words")] == [0, 0, words]
    store.close()
    free = [(table.name, c.name) for table in METADATA.sorted_tables for c in table.columns if isinstance(c.type, Text)]
    lost = []
    for table, column in free:
        values = [str(value) for (value,) in ask(output, f'SELECT "{column}" FROM {table}')]
        if not any(value.endswith(words) for value in values) or (
            table in measures and not all(v.endswith(words) for v in values)
        ):
            lost.append(f"{table}.{column}")
    assert lost == ["journal_inputs.rejected"]  # JSON, made here


@everywhere
def test_what_no_database_stores_becomes_u_fffd(place, kind):
    """Articles are cleaned of it; extractions from elsewhere need not be."""
    output, fresh = place(kind), place("sqlite", "fresh")
    for each, words in ((output, "\\u0000\\ud800"), (fresh, "\\ufffd\\ufffd")):
        store = opened(target_of(each))
        store.write(Batch([Loaded(story(n, extra="XX").to_json().replace("XX", words)) for n in range(4)]))
        store.close()
        fill_measures(each)
    assert contents(output) == contents(fresh)
    assert ask(output, "SELECT title FROM articles WHERE source = '0001.txt'") == [("Tariff story 1\ufffd\ufffd",)]


@everywhere
def test_records_of_one_id_are_one_row(place, kind):
    output = place(kind)
    told = story(3)
    twice = told.model_copy(
        update={"tariffs": [*told.tariffs, told.tariffs[0]], "statements": told.statements * 2, "entities": told.entities * 2}
    )
    write([twice], output)
    assert write([told], output) == 0


@everywhere
def test_strings_of_a_megabyte(place, kind):
    output = place(kind)
    told = story(1, extra=" long" * 200_000)
    write([told], output)
    assert write([told], output) == 0
    ((length, product),) = ask(output, "SELECT length(a.text), length(p.text) FROM articles a, tariff_products p")
    assert (length, product) == (told.article.characters, 1_000_006)


def test_deleting_an_article_takes_all_of_it_along(tmp_path):
    output = str(tmp_path / "tariffs.db")
    write(stories(5), output)
    with closing(sqlite3.connect(output)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM articles")
    assert {name for name, count in counts(output).items() if count} == {"runs"}


def test_a_run_is_what_made_the_records(reference):
    assert ask(reference, "SELECT name, version, model FROM runs") == [(MAKER.name, MAKER.version, MAKER.model)]


def test_mysql_is_spoken_to_in_its_own_words():
    """No such server is at hand: what would be sent is at least made, with a length for all that is indexed."""
    from sqlalchemy.dialects import mysql
    from sqlalchemy.schema import CreateIndex, CreateTable

    from extractor.writers.database.statements import upsert
    from extractor.writers.database.tables import METADATA

    dialect = mysql.dialect()
    for table in METADATA.sorted_tables:
        assert "VARCHAR," not in str(CreateTable(table).compile(dialect=dialect))
        assert all(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
        assert "ON DUPLICATE KEY UPDATE" in str(upsert(table, dialect).compile(dialect=dialect))
    first = str(upsert(METADATA.tables["articles"], dialect).compile(dialect=dialect)).split("ON DUPLICATE KEY UPDATE")[1]
    assert first.strip().lower().startswith("written_at = if(")
