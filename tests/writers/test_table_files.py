"""Folders of CSV and Parquet files hold what the databases hold."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.batch import Options, run_batch, stored_options
from extractor.errors import ConfigError
from extractor.linking.measures import Timeline
from extractor.measuring import fill
from extractor.writers.database.measures import measure_rows
from extractor.writers.database.sink import write
from extractor.writers.database.tables import ACROSS, CONTENT
from extractor.writers.table_files import FORMULA, csv_cell, table_path, write_measures, write_tables
from extractor.writers.targets import target_of
from tests.faults.runs import Silent
from tests.faulty import FaultyJob
from tests.writers.asking import contents, fill_measures, plain
from tests.writers.many import stories, story

forms = pytest.mark.parametrize("form", ["csv", "parquet"])
ROOT = Path(__file__).resolve().parents[2]


def read(folder: Path, form: str) -> dict[str, list[tuple]]:
    """All rows, read by DuckDB with the tables' types."""
    found = {}
    for table in CONTENT:
        path = table_path(folder, table, form)
        if not path.exists():
            continue
        names = [column.name for column in table.columns if column.name != "written_at"]
        if form == "csv":
            kinds = {c.name: str(c.type).split("(")[0] for c in table.columns if c.name in names}
            source = f"read_csv('{path}', header=true, columns={kinds}, auto_detect=false, allow_quoted_nulls=false, max_line_size=20000000)"
        else:
            source = f"read_parquet('{path}')"
        columns = ", ".join(f'"{name}"' for name in names)
        found[table.name] = sorted(
            (tuple(map(plain, row)) for row in duckdb.sql(f"SELECT {columns} FROM {source}").fetchall()), key=repr
        )
    return found


def lines(path: Path, told: list) -> Path:
    path.write_text("".join(each.to_json() + "\n" for each in told))
    return path


@forms
def test_the_rows_are_those_of_a_database(tmp_path, form):
    told = stories()
    whole, output = lines(tmp_path / "all.jsonl", told), str(tmp_path / "tariffs.db")
    write_tables(whole, tmp_path / "out", form)
    fill([str(whole)], target_of(f"{tmp_path}/out.{form}/"))
    for path in (tmp_path / f"out.{form}").iterdir():
        path.rename(tmp_path / "out" / path.name)
    write(told, output)
    fill_measures(output)
    assert read(tmp_path / "out", form) == contents(output)


@forms
def test_hostile_text_comes_back_as_it_was(tmp_path, form):
    told = [story(n, extra=" '\"`,;\r\n\t '); DROP TABLE tariffs; -- \U0001f600 NULL \\N") for n in range(3)]
    write_tables(lines(tmp_path / "all.jsonl", told), tmp_path / "out", form)
    write(told, str(tmp_path / "tariffs.db"))
    found = read(tmp_path / "out", form)
    assert found["articles"] == contents(str(tmp_path / "tariffs.db"))["articles"]
    assert found["evidence"] == contents(str(tmp_path / "tariffs.db"))["evidence"]


@forms
def test_an_article_of_two_inputs_is_there_once(tmp_path, form):
    pair = [
        story(1, source="a.json", url="https://gazette.example/1"),
        story(2, source="b.json", url="https://gazette.example/1"),
    ]
    write_tables(lines(tmp_path / "all.jsonl", pair[::-1]), tmp_path / "out", form)
    assert [row[2] for row in read(tmp_path / "out", form)["articles"]] == ["b.json"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""), ("", '""'), (True, "true"), (-2.5, "-2.5"), (0, "0"), ("steel", '"steel"'), ('a "b", c', '"a ""b"", c"'),
        ("=1+1", '"\'=1+1"'), ("+1", '"\'+1"'), ("-5%", '"\'-5%"'), ("@SUM(A1)", '"\'@SUM(A1)"'), ("\t=1", '"\'\t=1"'),
        ("\r=1", '"\'\r=1"'), ("\n=1", '"\'\n=1"'), ("＝1", '"\'＝1"'), ("'=1", '"\'=1"'), ("5=5", '"5=5"'), (" =1", '" =1"'),
    ],
)  # fmt: skip
def test_cells(value, cell):
    assert csv_cell(value) == cell


@given(st.text())
def test_no_text_begins_as_a_formula(text):
    cell = csv_cell(text)
    inner = cell[1:-1].replace('""', '"')
    assert not inner.startswith(FORMULA)
    assert inner.removeprefix("'") == text.removeprefix("'")


# ---------------------------------------------------------------- runs


@pytest.fixture
def articles(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    for n in range(6):
        Path(f"{n}.txt").write_text(f"Duties rise, part {n}.")
    return tmp_path


def run(output, **options):
    retry = options.pop("retry", False)
    return run_batch(Options(paths=(".",), output=output, workers=1, **options), Silent(), retry=retry, job=FaultyJob)


def stamps(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir() if path.is_file()}


@forms
def test_a_second_run_touches_no_file(articles, form):
    output = f"{articles}/out.{form}/"
    first = run(output)
    before = stamps(Path(output))
    assert len(before) == len(CONTENT)
    again = run(output)
    assert [(s.done, s.unchanged) for s in (first, again)] == [(6, 0), (0, 6)]
    assert stamps(Path(output)) == before
    assert run(output, force=True).done == 6
    assert {name: told for name, (_, told) in stamps(Path(output)).items()} == {name: told for name, (_, told) in before.items()}


@forms
def test_measures_stay_until_articles_change(articles, form):
    """Then they are empty again: a row of an article that is gone would be wrong."""
    output = f"{articles}/out.{form}/"
    measures = [table_path(Path(output), table, form) for table in ACROSS]
    run(output)
    empty = [path.read_bytes() for path in measures]
    write_measures(measure_rows(Timeline(stories(9))), Path(output), form)
    filled = [path.read_bytes() for path in measures]
    assert [len(told) > len(none) for told, none in zip(filled, empty, strict=True)] == [True] * 3
    assert run(output).unchanged == 6
    assert [path.read_bytes() for path in measures] == filled
    measures[1].unlink()
    run(output)
    assert [path.read_bytes() for path in measures] == empty
    write_measures(measure_rows(Timeline(stories(9))), Path(output), form)
    Path("7.txt").write_text("Duties fall.")
    run(output)
    assert [path.read_bytes() for path in measures] == empty


@forms
def test_new_articles_and_what_somebody_changed(articles, form):
    output = f"{articles}/out.{form}/"
    run(output)
    whole = stamps(Path(output))
    (Path(output) / f"articles.{form}").write_text("edited")
    (Path(output) / f"warnings.{form}").unlink()
    assert run(output).done == 0
    assert {name: told for name, (_, told) in stamps(Path(output)).items()} == {name: told for name, (_, told) in whole.items()}
    Path("7.txt").write_text("Duties fall.")
    assert run(output).done == 1
    assert len(read(Path(output), form)["articles"]) == 7


def test_a_run_is_tried_again_with_its_options(articles):
    Path("2.txt").write_text("The duty. FAIL")
    output = f"{articles}/out.csv/"
    assert (run(output).rejected, stored_options(output).paths) == (1, (".",))
    row = json.loads((Path(output) / "rejects.jsonl").read_text())
    assert (row["path"], run(output, retry=True).rejected) == ("2.txt", 1)


@forms
def test_killed_and_run_again(tmp_path, form):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(30):
        (folder / f"{n:04}.txt").write_text(f"story {n}")
    for name in ("whole", "killed"):
        command = [sys.executable, "-m", "tests.writers.killed", str(folder), f"{tmp_path / name}.{form}/"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            for line in child.stdout:
                if name == "killed" and line.startswith("articles") and int(line.split()[1]) >= 15:
                    child.send_signal(signal.SIGKILL)
                    break
            child.communicate()
    assert not list((tmp_path / f"killed.{form}").glob(f"*.{form}"))
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    found = [{name: told for name, (_, told) in stamps(tmp_path / f"{name}.{form}").items()} for name in ("whole", "killed")]
    assert found[0] == found[1]


def test_parquet_without_pyarrow_names_the_extra(articles, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"C030.*pyarrow.*tariff-extractor\[parquet\]"):
        run(f"{articles}/out.parquet/")


def test_parquet_has_comments_and_types(tmp_path):
    import pyarrow.parquet as pq

    write_tables(lines(tmp_path / "all.jsonl", stories(2)), tmp_path, "parquet")
    schema = pq.read_schema(tmp_path / "tariffs.parquet")
    assert str(schema.field("effective_earliest").type) == "date32[day]"
    assert schema.field("rate_percent").metadata[b"comment"].startswith(b"the rate in per cent")
