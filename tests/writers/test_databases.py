"""The same articles into every database: equal rows, equal answers, and nothing changes the second time."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from extractor.writers.database.sink import opened, write
from extractor.writers.targets import target_of
from tests.writers.asking import QUESTIONS, ask, contents, counts
from tests.writers.conftest import KINDS
from tests.writers.many import MAKER, NEWER, stories, story

everywhere = pytest.mark.parametrize("kind", [*KINDS, "postgresql-bulk"])


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A SQLite file of 300 articles, and what it says."""
    output = str(tmp_path_factory.mktemp("reference") / "tariffs.db")
    changed = write(stories(), output)
    found = counts(output)
    assert changed == sum(found.values())
    return output


def test_the_reference_has_rows_in_every_table(reference):
    found = counts(reference)
    assert (found["articles"], found["tariffs"], found["statements"], found["runs"]) == (300, 400, 300, 1)
    assert [name for name, count in found.items() if not count] == ["measures", "measure_events"]
    unused = [
        f"{table}.{column}"
        for table in found
        if not table.startswith("measure")
        for (_, column, *_) in ask(reference, f"PRAGMA table_info({table})")
        if ask(reference, f'SELECT count("{column}") FROM {table}')[0][0] == 0
    ]
    assert unused == [  # a field that no story fills would be tested nowhere
        "articles.url", "articles.published_at", "articles.duplicate_of", "tariffs.imposer_iso3", "tariffs.rate_percent_high", "tariffs.rate_basis",
        "tariffs.prior_rate_percent_high", "tariffs.prior_rate_basis", "tariffs.prior_rate_specific_amount",
        "tariffs.prior_rate_specific_currency", "tariffs.prior_rate_specific_per", "tariffs.prior_rate_derivation",
        "tariffs.prior_rate_derivation_from", "tariff_targets.iso3", "tariff_exemptions.code", "statements.speaker_iso3",
    ]  # fmt: skip


@everywhere
def test_the_same_articles_give_the_same_rows_and_answers_everywhere(reference, place, kind):
    output = place(kind)
    write(stories(), output)
    assert counts(output) == counts(reference)
    assert contents(output) == contents(reference)
    for question, sql in QUESTIONS.items():
        assert ask(output, sql) == ask(reference, sql), question
        assert ask(reference, sql), question


@everywhere
def test_the_second_time_nothing_changes(place, kind):
    output = place(kind)
    assert write(stories(250), output) > 5000
    before = contents(output), ask(output, "SELECT id, written_at FROM articles ORDER BY id")
    assert write(stories(250), output) == 0
    assert (contents(output), ask(output, "SELECT id, written_at FROM articles ORDER BY id")) == before


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
    assert write([*found[:3], changed, *found[4:]], output) == 1


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
    write(told, output)
    assert write(told, output) == 0
    write(told, fresh)
    assert contents(output) == contents(fresh)
    assert ask(output, "SELECT text FROM articles ORDER BY source") == [(each.article.text,) for each in told]
    goods = sorted(product.text for each in told for tariff in each.tariffs for product in tariff.products)
    assert sorted(text for (text,) in ask(output, "SELECT text FROM tariff_products")) == goods


@everywhere
def test_what_no_database_stores_becomes_u_fffd(place, kind):
    """Articles are cleaned of it; extractions from elsewhere need not be."""
    from extractor.writers.database.store import Batch, Loaded

    output = place(kind)
    store = opened(target_of(output))
    line = story(1, extra="XX").to_json().replace("XX", "\\u0000\\ud800")
    store.write(Batch([Loaded(line)]))
    store.close()
    ((title,),) = ask(output, "SELECT title FROM articles")
    assert title == "Tariff story 1��"


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


@everywhere
def test_measures_are_kept_exactly(place, kind):
    output = place(kind)
    told = stories(6)
    write(told, output)
    store = opened(target_of(output))
    measure = {"id": "m1", "imposer": "US", "target": "CN", "product": "steel", "first_reported": "2025-01-01", "sources": 2}
    events = [
        {
            "id": f"e{n}",
            "measure_id": "m1",
            "tariff_id": told[n].tariffs[0].id,
            "article_id": told[n].article.id,
            "event": "raised",
            "rate": n,
        }
        for n in range(2)
    ]
    assert [store.store_measures([measure], events) for _ in range(2)] == [3, 0]
    assert store.store_measures([measure | {"sources": 1}], events[:1]) == 2
    assert store.store_measures([], []) == 2
    store.close()


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
