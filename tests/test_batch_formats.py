"""Inputs that hold many articles, in a batch: archives, feeds and crawls; one bad member costs itself alone, and runs go on."""

from __future__ import annotations

import gzip
import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.batch import Options, run_batch
from extractor.cli import main
from extractor.formats import InputFormat
from extractor.settings import Settings
from extractor.summary import Summary
from tests.faulty import FaultyJob
from tests.test_batch import Listener, sources

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "formats"
Go = Callable[..., tuple[Summary, list[str]]]


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Go:
    """Runs the engine with faulty work over the folder `in`."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")

    def run(*, output: str = "out.jsonl", **options: object) -> tuple[Summary, list[str]]:
        told = Listener()
        chosen = Options(paths=(".",), output=str(tmp_path / output), **{"workers": 2, **options})
        return run_batch(chosen, told, job=FaultyJob), told.told

    return run


def zipped(**members: str) -> None:
    with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)


MEMBERS = {f"m{n}": f"Duties rise, part {n}." for n in range(8)}


@pytest.mark.parametrize(
    ("members", "code", "limit"),
    [
        ({"m3": "The duty. DIE"}, "X003", 60),
        ({"m3": "The duty. HANG"}, "X004", 2),
        ({"m3": "The duty. FAIL"}, "X001", 60),
        ({"m3": ""}, "R001", 60),
        ({"m3": "%PDF-1.7"}, "R002", 60),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("shared", [1, 10**6])
def test_a_bad_member_costs_itself_alone(go, tmp_path, monkeypatch, members, code, limit, workers, shared):
    monkeypatch.setattr("extractor.batch.SHARED", shared)
    zipped(**MEMBERS | members)
    summary, told = go(workers=workers, time_limit=limit)
    assert (summary.done, summary.rejected, dict(summary.codes)) == (7, 1, {code: 1}), told
    assert sources(tmp_path / "out.jsonl") == [f"a.zip!{name}.txt" for name in MEMBERS if name != "m3"]
    (row,) = map(json.loads, (tmp_path / "rejects.jsonl").read_text().splitlines())
    assert (row["path"], row["code"]) == ("a.zip!m3.txt", code)


def test_a_member_on_which_the_reader_hangs_costs_itself_alone(go, tmp_path):
    names = ["m1", "STUCK", "m2"]
    zipped(**dict.fromkeys(names, "Duties rise."))
    summary, _ = go(time_limit=2)
    assert (summary.done, dict(summary.codes)) == (2, {"X004": 1})
    assert sources(tmp_path / "out.jsonl") == ["a.zip!m1.txt", "a.zip!m2.txt"]


def test_samples_of_all_formats_in_one_run_and_again(go, tmp_path):
    for path in SAMPLES.iterdir():
        shutil.copy(path, Path(path.name))
    first, _ = go()
    again, _ = go()
    assert (first.done, dict(first.codes)) == (20, {"R021": 2, "R022": 1})
    assert (again.done, again.unchanged, dict(again.codes)) == (0, 20, {"R021": 2, "R022": 1})
    found = sources(tmp_path / "out.jsonl")
    assert found == sorted(found, key=lambda source: source.replace("!", "#").partition("#")[0])
    assert len(set(found)) == len(found) == 20


def test_a_long_file_shared_by_workers_who_pass_most_of_it_over(go, tmp_path, monkeypatch):
    monkeypatch.setattr("extractor.batch.SHARED", 1)
    with gzip.open("a.jsonl.gz", "wt") as file:
        file.writelines(json.dumps({"text": f"Duty {n}."}) + "\n" for n in range(1200))
    summary, _ = go(workers=3)
    assert (summary.done, summary.rejected) == (1200, 0)
    assert sources(tmp_path / "out.jsonl") == [f"a.jsonl.gz#{n}" for n in range(1, 1201)]


def test_one_line_of_an_archive_that_changed_is_done_again(go, tmp_path):
    zipped(**MEMBERS)
    go()
    zipped(**MEMBERS | {"m2": "Duties fall."})
    summary, _ = go()
    assert (summary.done, summary.unchanged) == (1, 7)
    assert sources(tmp_path / "out.jsonl") == [f"a.zip!{name}.txt" for name in MEMBERS]


def test_another_format_reads_the_inputs_again(go, tmp_path):
    Path("a.txt").write_text("# Duties\n\nDuties *rise*.\n")
    texts = []
    for asked in (InputFormat.AUTO, InputFormat.MARKDOWN, InputFormat.MARKDOWN):
        summary, _ = go(settings=Settings(input_format=asked))
        texts.append((summary.done, json.loads((tmp_path / "out.jsonl").read_text())["article"]["text"]))
    assert texts == [(1, "# Duties\n\nDuties *rise*.\n"), (1, "Duties\n\nDuties rise."), (0, "Duties\n\nDuties rise.")]


def test_a_folder_of_outputs_has_a_file_for_each_input(go, tmp_path):
    (tmp_path / "out").mkdir()
    zipped(**MEMBERS, evil="x")
    Path("one.txt.gz").write_bytes(gzip.compress(b"Duties rise."))
    Path("lines.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Duties rise."}\n'))
    go(output="out/")
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")) == [
        "a.zip.jsonl",
        "lines.jsonl.gz.jsonl",
        "one.txt.gz.json",
    ]


def test_the_option_of_the_command_line(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.txt").write_text("# Peru keeps wool duty\n\nPeru will *keep* its 9% duty on wool from Chile.\n")
    monkeypatch.setattr(
        sys,
        "argv",
        ["extractor", "run", str(tmp_path / "a.txt"), "--input-format", "markdown", "--with-text", "--workers", "1", "-q"],
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out)["article"]["text"].startswith("Peru keeps wool duty\n\nPeru will keep its 9%")


@pytest.mark.parametrize("asked", ["docx", ""])
def test_an_unknown_format_is_wrong_usage(tmp_path, monkeypatch, capsys, asked):
    monkeypatch.setattr(sys, "argv", ["extractor", "run", str(tmp_path), "--input-format", asked])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--input-format" in capsys.readouterr().err
