"""Measures across articles in databases and table files: what `extractor timeline` fills, and that it says what the command says."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor import measuring
from extractor.cli import app
from extractor.errors import OutputError
from extractor.linking.measures import Timeline
from extractor.linking.measures.selecting import Selection
from extractor.measuring import fill
from extractor.writers.database import store as stores
from extractor.writers.database.reading import extractions_of, reader
from extractor.writers.database.sink import write
from extractor.writers.table_files import journal_place
from extractor.writers.targets import target_of
from tests.timeline.gold import load
from tests.timeline.reports import report
from tests.writers.asking import ask, contents, fill_measures
from tests.writers.conftest import KINDS
from tests.writers.many import stories, story
from tests.writers.runs import finished

everywhere = pytest.mark.parametrize("kind", KINDS)
REPORTS = [
    report("2025-02-01", "US → CA MX | lumber | 25% | announced impose 2025-03-04", by="Wire"),
    report("2025-03-05", "US → CA | lumber | 25% | in_force impose 2025-03-04", by="Daily"),
    report("2025-03-06", "US → CA | lumber | 30% | in_force impose 2025-03-04", by="Post"),
    report(
        "2025-03-07", "CA → US | orange juice | 10% | in_force impose 2025-03-07", "US → *-JP | steel | 50% | threatened impose"
    ),
]
LATER = report("2025-06-02", "US → MX | lumber | 25% | paused suspend 2025-06-01", by="Wire")


def run(*arguments: str):
    return CliRunner().invoke(app, ["timeline", *arguments])


# ---------------------------------------------------------------- what is read is what was written


@everywhere
def test_records_come_back_as_they_were(place, kind):
    output, told = place(kind), stories(60)
    write(told, output)
    with closing(reader(target_of(output))) as store:
        found = {each.article.id: each for each in extractions_of(store)}
    assert len(found) == 60
    for each in told:
        known = {tariff.id for tariff in each.tariffs}  # a relation that leads nowhere has no row
        kept = [t.model_copy(update={"relations": [r for r in t.relations if r.tariff in known]}) for t in each.tariffs]
        assert found[each.article.id].tariffs == kept
        assert found[each.article.id].article == each.article
        assert found[each.article.id].generator == each.generator


def test_texts_are_read_only_where_no_run_has_told_duplicates(undisturbed, tmp_path):
    """A copy counts once in either case."""
    by_run, by_hand = str(tmp_path / "run.db"), str(tmp_path / "hand.db")
    finished(undisturbed[0], by_run)
    write([story(n % 50, source=f"{n:04}.txt") for n in range(60)], by_hand)
    ((whole,),) = ask(by_hand, "SELECT count(*) FROM articles")
    for output, texts in ((by_run, 0), (by_hand, whole)):
        with closing(reader(target_of(output))) as store:
            assert sum(each.article.text is not None for each in extractions_of(store)) == texts
        fill_measures(output)
    copies = "SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL"
    assert (ask(by_run, copies)[0][0] > 0, ask(by_hand, copies)) == (True, [(0,)])
    assert ask(by_hand, "SELECT max(sources) FROM measures") == [(1,)]  # all of one gazette


@everywhere
def test_a_database_gives_the_measures_of_its_articles(place, kind, tmp_path):
    output, lines = place(kind), tmp_path / "all.jsonl"
    write(REPORTS, output)
    lines.write_text("".join(f"{each.to_json()}\n" for each in REPORTS))
    for asked in (["--json"], ["--on", "2025-03-10"], ["--imposer", "US"], ["--target", "ca", "--product", "lumber"]):
        assert run(output, *asked).stdout == run(str(lines), *asked).stdout != "", asked
    assert ask(output, "SELECT count(*) FROM measures") == [(0,)]  # who only asks, changes nothing


# ---------------------------------------------------------------- filling


@everywhere
def test_filling_again_changes_nothing_and_an_article_only_what_it_touches(place, kind, monkeypatch):
    output = place(kind)
    write(REPORTS, output)
    monkeypatch.setattr(stores, "clock", lambda: "2025-03-08T00:00:00+00:00")
    assert fill_measures(output) > 0
    before = contents(output, clock=True)
    monkeypatch.setattr(stores, "clock", lambda: "2025-06-03T00:00:00+00:00")
    assert fill_measures(output) == 0
    assert contents(output, clock=True) == before
    write([LATER], output)
    fill_measures(output)
    moved = "SELECT DISTINCT m.imposer, m.target FROM {} x JOIN measures m ON m.id = x.{} WHERE x.written_at LIKE '2025-06%'"
    for table, key in (("measures", "id"), ("measure_events", "measure_id"), ("measure_periods", "measure_id")):
        assert ask(output, moved.format(table, key)) == [("US", "MX")], table
    assert ask(output, "SELECT valid_from, valid_to FROM holdings WHERE target_code = 'MX'") == [("2025-03-04", "2025-06-01")]


@everywhere
def test_in_any_order_and_at_any_times_the_rows_are_the_same(place, kind):
    output, fresh = place(kind), place("sqlite", "fresh")
    told = load("later").extractions
    for at in range(0, len(told), 9):
        write(told[::-1][at : at + 9], output)
        fill_measures(output)
    write(told, fresh)
    fill_measures(fresh)
    assert contents(output) == contents(fresh)


@everywhere
def test_a_record_that_is_gone_takes_its_events_along(place, kind):
    output = place(kind)
    write(REPORTS, output)
    fill_measures(output)
    gone = REPORTS[3].model_copy(update={"tariffs": REPORTS[3].tariffs[1:]})
    write([gone], output)
    orphans = "SELECT count(*) FROM measure_events WHERE tariff_id NOT IN (SELECT id FROM tariffs)"
    assert ask(output, orphans) == [(0,)]
    fill_measures(output)
    assert ask(output, "SELECT imposer, target FROM measures WHERE imposer = 'CA'") == []


@everywhere
def test_articles_that_change_while_measures_are_made(place, kind, monkeypatch):
    output = place(kind)
    write(REPORTS, output)
    read, times = extractions_of, []

    def changes(store):
        found = list(read(store))
        store.close()
        if len(times) < most:
            (now,) = [each.tariffs for each in found if each.article.id == REPORTS[3].article.id]
            other = [tariff for tariff in REPORTS[3].tariffs if tariff != now[0]]
            write([REPORTS[3].model_copy(update={"tariffs": other})], output)
        times.append(1)
        return found

    monkeypatch.setattr("extractor.writers.database.reading.extractions_of", changes)
    most = 1
    assert fill_measures(output) > 0
    assert len(times) == 2
    most = 99
    with pytest.raises(OutputError, match=r"O001.*try again"):
        fill_measures(output)
    assert len(times) == 2 + measuring.ATTEMPTS


# ---------------------------------------------------------------- what holds: the views say what the command says


SELECTED = """
SELECT measure_id, rate_percent, since, until, basis, sources FROM holdings
WHERE valid_from <= '{day}' AND (valid_to IS NULL OR valid_to > '{day}')
  AND (target_scope = 'all' OR bears_on LIKE '%,{code},%') AND not_on NOT LIKE '%,{code},%'
  AND (product IS NULL OR ' ' || product || ' ' LIKE '% {goods} %')
ORDER BY measure_id
"""


@everywhere
def test_the_view_holds_what_the_command_says(place, kind):
    output, told = place(kind), [*load().extractions, *REPORTS]
    write(told, output)
    fill_measures(output)
    line, asked = Timeline(told), 0
    days = sorted({e.date for m in line.measures() for e in m.events if e.date})
    for day in [days[0] - timedelta(days=1), *days[::5], days[-1] + timedelta(days=20 * 366)]:
        for code, goods in (("CN", "steel"), ("DE", "chicken"), ("NA", "fastener"), ("MX", "lumber"), ("VN", "wind tower")):
            chosen = Selection(target=code, product=goods).of_holdings(line.in_force(day)).in_force
            wanted = [
                (
                    h.measure_id,
                    h.rate.percent if h.rate else None,
                    h.since and str(h.since),
                    h.until and str(h.until),
                    h.basis,
                    h.sources,
                )
                for h in sorted(chosen, key=lambda h: h.measure_id)
            ]
            assert ask(output, SELECTED.format(day=day, code=code, goods=goods)) == wanted, (day, code)
            asked += len(wanted)
    assert asked > 30
    ((today,),) = ask(output, "SELECT CURRENT_DATE")
    held = {h.measure_id for h in line.in_force(date.fromisoformat(today)).in_force}
    assert {row[0] for row in ask(output, "SELECT measure_id FROM in_force")} == held != set()


KINDS_OF_NEWS = st.sampled_from(
    ["threatened impose", "announced impose", "in_force impose", "in_force raise", "in_force lower", "paused suspend", "paused delay",
     "in_force restore", "ended remove", "struck_down remove", "rejected impose", "in_force maintain", "announced raise"]
)  # fmt: skip
DAYS = st.dates(date(2024, 11, 1), date(2025, 12, 31))


@st.composite
def news(draw):
    at, kind, rate = draw(DAYS), draw(KINDS_OF_NEWS), draw(st.sampled_from(["10%", "25%", "?"]))
    day = draw(st.one_of(st.just(""), DAYS.map(str), st.sampled_from(["2025-03", "2025"])))
    until = draw(st.one_of(st.just(""), DAYS.map(lambda d: f" | end={d}")))
    line = f"US → CN | steel | {rate} | {kind} {day}{until}"
    return report(str(at), line, by=draw(st.sampled_from(["Wire", "Post"])), name=f"{at} {line}")


@settings(max_examples=80, deadline=None)
@given(st.lists(news(), min_size=1, max_size=6), st.lists(DAYS, min_size=1, max_size=8), st.integers(0, 20))
def test_periods_say_of_every_day_what_in_force_says(told, days, years):
    """Also of the days on which something happens, and of the time after the last report."""
    line = Timeline(told)
    events = [day for m in line.measures() for e in m.events for day in (e.date, e.latest, e.reported) if day]
    periods = line.periods()
    for day in {*days, *events, *(d + timedelta(days=1) for d in events), date(2025 + years, 7, 1)}:
        held = [p.holding for m in line.measures() for p in periods[m.id] if p.start <= day and (p.end is None or day < p.end)]
        assert held == line.in_force(day).in_force


# ---------------------------------------------------------------- table files, and where measures may go


@pytest.fixture
def lines(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("all.jsonl").write_text("".join(f"{each.to_json()}\n" for each in REPORTS))
    return tmp_path


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_table_files_hold_what_databases_hold(lines, form):
    import duckdb

    write(REPORTS, "tariffs.db")
    fill_measures("tariffs.db")
    result = run("all.jsonl", "-o", f"out.{form}/")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "4 measures with 8 events in 4 articles" in result.stderr
    for table in ("measures", "measure_events", "measure_periods"):
        found = duckdb.sql(f"SELECT * FROM read_{form}('out.{form}/{table}.{form}')")
        names = ", ".join(f'"{name}"' for name in found.columns)
        assert len(found.fetchall()) == len(ask("tariffs.db", f"SELECT {names} FROM {table}")) > 0
        keys = sorted(str(row[0]) for row in found.fetchall())
        assert keys == sorted(row[0] for row in ask("tariffs.db", f"SELECT {found.columns[0]} FROM {table}"))
    before = {path.name: path.read_bytes() for path in Path(f"out.{form}").iterdir()}
    run("all.jsonl", "-o", f"out.{form}/")
    assert {path.name: path.read_bytes() for path in Path(f"out.{form}").iterdir()} == before


def test_a_folder_of_table_files_is_filled_from_its_own_articles(lines):
    place = journal_place(Path("out.csv"))
    place.parent.mkdir(parents=True)
    place.write_text(Path("all.jsonl").read_text())
    assert run("out.csv/").exit_code == 0
    assert fill(["all.jsonl"], target_of("again.csv/")).measures == 4
    for name in ("measures.csv", "measure_events.csv", "measure_periods.csv"):
        assert Path("out.csv", name).read_bytes() == Path("again.csv", name).read_bytes()
    assert len(json.loads(run("out.csv/", "--json").stdout)["measures"]) == 4


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.db"], 2, "C001"),
        (["duckdb:///nowhere.duckdb"], 2, "C001"),
        (["empty.db"], 2, "C006"),
        (["nowhere.csv/"], 2, "C001"),
        (["all.jsonl", "-o", "tariffs.db"], 2, "C034"),
        (["all.jsonl", "-o", "out/"], 2, "C034"),
        (["tariffs.db", "all.jsonl"], 0, ""),
        (["tariffs.db", "-o", "tariffs.db"], 0, ""),
        (["tariffs.db", "-o", "sqlite:///tariffs.db"], 0, ""),
        (["tariffs.db", "-o", "other.db"], 2, "C034"),
        (["tariffs.db", "-o", "tariffs.db", "--on", "2025-03-10"], 2, "leave out what selects"),
        (["tariffs.db", "-o", "out.csv/", "--imposer", "US"], 2, "leave out what selects"),
        (["tariffs.db", "--on", "today"], 0, ""),
    ],
)  # fmt: skip
def test_what_may_be_read_and_filled(lines, arguments, code, words):
    write(REPORTS, "tariffs.db")
    Path("empty.db").write_bytes(b"")
    result = run(*arguments)
    assert result.exit_code == code, result.stderr
    assert words in result.stderr
    assert not Path("nowhere.db").exists()
    assert Path("empty.db").read_bytes() == b""


def test_a_database_out_of_reach_is_exit_code_4(monkeypatch):
    monkeypatch.setattr("extractor.writers.database.reading.OPENING", 0.0)
    result = run("postgresql://ann:s3cret@127.0.0.1:9/base?connect_timeout=1")
    assert result.exit_code == 4
    assert "O010" in result.stderr
    assert "s3cret" not in result.output + result.stderr
