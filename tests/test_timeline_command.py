"""`extractor timeline`: what it reads, what it writes, and what a person sees."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from extractor import Extraction
from extractor.cli import app
from extractor.linking.measures import Timeline
from extractor.linking.measures.copies import mark_copies
from extractor.measure_records import HoldingsOutput, Measure, TimelineOutput
from extractor.stored import stored
from extractor.view_measures import show
from tests.timeline.reports import report

REPORTS = [
    report("2025-02-01", "US → CA MX | lumber | 25% | announced impose 2025-03-04", by="Wire"),
    report("2025-03-05", "US → CA | lumber | 25% | in_force impose 2025-03-04", by="Daily"),
    report("2025-03-06", "US → CA | lumber | 30% | in_force impose 2025-03-04", by="Post"),
    report(
        "2025-03-07", "CA → US | orange juice | 10% | in_force impose 2025-03-07", "US → *-JP | steel | 50% | threatened impose"
    ),
]
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `extractor timeline ARGUMENTS` in a folder with the reports in every form that `run` writes."""
    lines = [item.to_json() for item in REPORTS]
    files = {
        "all.jsonl": "\n".join(lines) + "\n",
        "list.json": "[" + ",\n".join(lines) + "]",
        "tree/one.txt.json": REPORTS[0].to_json(indent=2),
        "tree/sub/rest.jsonl": "\n".join(lines[1:]),
        "tree/rejects.jsonl": '{"path": "x", "code": "R001"}\n',
        "tree/.journal/old.json": "{}",
        "bad.jsonl": lines[0] + "\n{}\n",
        "broken.json": "[\n",
        "empty/x.txt": "",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(app, ["timeline", *arguments], **options)


def test_all_forms_of_input_give_the_same(run):
    wanted = run("all.jsonl")
    assert wanted.exit_code == 0
    assert TimelineOutput.model_validate_json(wanted.stdout).articles == len(REPORTS)
    for arguments in (["list.json"], ["tree"], ["tree/sub/rest.jsonl", "tree/one.txt.json"], ["all.jsonl", "tree"]):
        assert run(*arguments).stdout == wanted.stdout, arguments
    assert run("-", input=Path("all.jsonl").read_text()).stdout == wanted.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["gone.jsonl"], 2, "C001"),
        (["bad.jsonl"], 2, "bad.jsonl, line 2 is no extraction of this version"),
        (["broken.json"], 2, "broken.json is no JSON"),
        (["empty"], 2, "empty holds no extraction"),
        (["all.jsonl", "--on", "1 March"], 2, "C002"),
        (["all.jsonl", "-o", "all.jsonl/x.json"], 4, "O001"),
        (["all.jsonl", "-o", "./all.jsonl"], 2, "C007"),
        (["tree", "-o", "tree/measures.jsonl"], 2, "C007"),
    ],
)
def test_errors_say_where(run, arguments, code, words):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr


def test_a_file_appears_whole(run):
    assert run("all.jsonl", "-o", "out/measures.jsonl").stdout == ""
    rows = [Measure.model_validate_json(row) for row in Path("out/measures.jsonl").read_text().splitlines()]
    assert rows == Timeline(REPORTS).measures()
    run("all.jsonl", "--on", "2025-03-10", "-o", "out/day.json")
    day = HoldingsOutput.model_validate_json(Path("out/day.json").read_text())
    assert [(row.imposer and row.imposer.code, row.product) for row in day.in_force] == [
        ("CA", "orange juice"), ("US", "lumber"), ("US", "lumber"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "count"),
    [([], 4), (["--imposer", "US"], 3), (["--target", "CA"], 2), (["--product", "softwood lumber"], 2), (["--imposer", "JP"], 0)],
)
def test_selections(run, arguments, count):
    assert len(json.loads(run("all.jsonl", *arguments).stdout)["measures"]) == count


def test_the_schema_is_that_of_the_output():
    def schema(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["schema", *arguments])

    assert json.loads(schema("timeline").stdout)["title"] == "TimelineOutput"
    assert {"Measure", "MeasureEvent"} <= set(json.loads(schema("timeline").stdout)["$defs"])
    assert json.loads(schema().stdout) == json.loads(schema("extraction").stdout)
    assert schema("measures").exit_code == 2


def seen(found: TimelineOutput | HoldingsOutput, line: Timeline, width: int = 110) -> str:
    out = io.StringIO()
    show(found, line.sources(), Console(file=out, width=width, legacy_windows=False))
    return re.sub(r" +$", "", out.getvalue(), flags=re.MULTILINE)


HISTORY = """\
3  United States → Canada · lumber · import tariff  3 sources
   reported 2025-02-01 to 2025-03-06 · ID
   by 2025-02-01  announced  25%  1 source
   2025-03-04     imposed    25%  2 sources
   2025-03-04     imposed    30%  1 source
   sources differ in the rate of 2025-03-04: 25% (2 sources), 30% (1 source)
"""


def test_a_person_sees_histories():
    line = Timeline(REPORTS)
    text = re.sub(r"\b[0-9a-f]{20}\b", "ID", seen(line.output(), line))
    assert text.startswith("4 measures in 4 articles\n\n1  Canada → United States · orange juice · import tariff  1 source\n")
    assert HISTORY in text
    assert "2025-03-04     imposed    25%  1 source, planned" in text
    assert "excepts JP" in text


def test_a_person_sees_what_holds():
    line = Timeline(REPORTS)
    text = seen(line.in_force(date(2025, 3, 10)), line)
    assert text.startswith("3 measures in force on 2025-03-10\n")
    assert re.search(r"United States +Canada +lumber +25% or 30% +2025-03-04 +reported +2025-03-06 +2\n", text)
    assert re.search(r"United States +Mexico +lumber +25% +2025-03-04 +scheduled +2025-02-01 +1\n", text)
    assert seen(line.in_force(date(2024, 1, 1)), line) == "No measures in force on 2024-01-01\n\n"


def test_foreign_text_is_no_markup_and_moves_no_cursor():
    line = Timeline([report("2025-03-07", "CA → US | [red]\x1b[2Jcod | 10% | in_force impose 2025-03-07")])
    for found in (line.output(), line.in_force(date(2025, 4, 1))):
        assert "\x1b" not in seen(found, line)
        assert "[red]\\x1b" in seen(found, line)


STORY = " ".join(f"Mills number {n} in the north of the country reported orders of {n * 37} tonnes." for n in range(12))


def with_text(name: str, by: str, text: str, published: str = "2025-03-05") -> Extraction:
    line = "US → CA | lumber | 25% | in_force impose 2025-03-04"
    return report(published, line, by=by, name=name, text=text, characters=len(text))


def test_copies_are_found_where_the_texts_are_there():
    """In any order; what is marked already stays, and what has no text is left alone."""
    reports = [
        with_text("a", "Wire", f"Duty starts\n\nOTTAWA - {STORY}"),
        with_text("b", "Daily", f"Lumber duty in force\n\nOTTAWA (Wire) - {STORY} Sales fell.", "2025-03-06"),
        with_text("c", "Post", "Lumber duty bites\n\nQuite another story about sawmills, told by others in other words."),
        REPORTS[1],
    ]
    for order in (reports, reports[::-1]):
        marked = {e.article.source: e.article.duplicate_of for e in mark_copies(order)}
        assert marked == {"a": None, "b": reports[0].article.id, "c": None, REPORTS[1].article.source: None}
        (found,) = Timeline(mark_copies(order)).measures()
        assert found.sources == 3  # Wire with its copy, Post, and the Daily's own report


def test_a_file_larger_than_a_line_is_read_line_by_line(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(REPORTS[0].to_json() + "\n\nno json\n")
    rows = stored([str(file)])
    assert next(rows) == REPORTS[0]  # before the broken line is looked at
