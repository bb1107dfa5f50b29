"""Every input ends as exactly one of done, skipped, rejected."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from extractor import ConfigError
from extractor.batch import Options, run_batch, stored_options
from extractor.errors import ExtractorError
from extractor.records import Warned
from extractor.summary import Summary
from extractor.workers import Pool
from tests.faulty import FaultyJob

TEXT = "Mexico will put a 10% tariff on Chinese toys, the economy ministry said on Tuesday.\n"


class Listener:
    """Collects what a run tells."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def warn(self, where: str, note: Warned) -> None:
        self.told.append(f"{note.code} {where}")

    def reject(self, error: ExtractorError) -> None:
        self.told.append(f"{error.code} {error.where}")

    def say(self, message: str) -> None:
        self.told.append(message)

    def advance(self, inputs: int, total: int, articles: int) -> None:
        pass


@pytest.mark.parametrize(
    ("files", "counts", "told"),
    [
        ({}, (0, 0, 0), []),
        ({"a.txt": TEXT}, (1, 0, 0), ["W105 1 article(s)"]),
        (
            {"a.txt": TEXT, "b.txt": "", "c.json": '{"schema_version": "1.0"}'},
            (1, 1, 1),
            ["R001 b.txt", "W103 c.json", "W105 1 article(s)"],
        ),
        ({"a.jsonl": '{"text": "Duty cut."}\n{\n{"text": "Duty up."}\n'}, (2, 0, 1), ["R006 a.jsonl#2", "W105 2 article(s)"]),
        ({"a.txt": "Duty\0 cut."}, (1, 0, 0), ["W101 a.txt", "W105 1 article(s)"]),
    ],
)
def test_all_inputs_are_accounted_for(inline, tmp_path, monkeypatch, files, counts, told):
    (tmp_path / "in").mkdir()
    for name, content in files.items():
        (tmp_path / "in" / name).write_text(content)
    monkeypatch.chdir(tmp_path / "in")
    listener = Listener()
    summary = run_batch(Options(paths=(".",), output=str(tmp_path / "out.jsonl")), listener)
    assert (summary.done, summary.skipped, summary.rejected) == counts
    assert summary.read == sum(counts)
    assert listener.told == told
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == counts[0]


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"skipped": 1}, "1 read: 0 done, 1 skipped, 0 rejected"),
        ({"skipped": 3, "unchanged": 2}, "3 read: 0 done, 3 skipped (2 done before), 0 rejected"),
        (
            {"done": 10, "rejected": 3, "codes": Counter(X003=1, R001=2), "tariffs": 4, "statements": 7, "seconds": 5.0},
            "13 read: 10 done, 0 skipped, 3 rejected (R001 2, X003 1); 4 tariffs, 7 statements, 2.0 articles/s",
        ),
    ],
)
def test_the_summary_reads_well(counts, text):
    assert str(Summary(**counts)) == text


def test_nothing_is_written_when_a_path_is_wrong(tmp_path):
    with pytest.raises(ConfigError, match="C001"):
        run_batch(Options(paths=(str(tmp_path / "gone"),), output=str(tmp_path / "out.jsonl")), Listener())
    assert list(Path(tmp_path).iterdir()) == []


# ---------------------------------------------------------------- workers that go wrong, runs that are run again


@pytest.fixture
def faulty(tmp_path, monkeypatch):
    """Runs the engine with faulty work over files, from the folder of these: `faulty({"a.txt": "text"}, limit=1)`."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")

    def go(files=None, *, output="out.jsonl", retry=False, **options):
        for name, text in (files or {}).items():
            Path(name).write_text(text)
        told = Listener()
        place = {} if output is None else {"output": str(tmp_path / output)}
        chosen = Options(paths=(".",), **place, **{"workers": 2, **options})
        summary = run_batch(chosen, told, retry=retry, job=FaultyJob)
        return summary, told.told

    return go


def sources(path: Path) -> list[str]:
    return [json.loads(line)["article"]["source"] for line in path.read_text().splitlines()]


GOOD = {f"{n}.txt": f"Duties rise, part {n}." for n in range(8)}


@pytest.mark.parametrize(
    ("text", "code", "limit"),
    [
        ("The duty. DIE", "X003", 60),
        ("The duty. HANG", "X004", 1),
        ("The duty. FAIL", "X001", 60),
        ("", "R001", 60),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_article_costs_itself_alone(faulty, tmp_path, text, code, limit, workers):
    summary, told = faulty({**GOOD, "3.txt": text}, workers=workers, time_limit=limit)
    assert (summary.done, summary.rejected, dict(summary.codes)) == (7, 1, {code: 1})
    assert sources(tmp_path / "out.jsonl") == [name for name in GOOD if name != "3.txt"]
    assert [line.split() for line in told if line.startswith(code)] == [[code, "3.txt"]]
    (row,) = map(json.loads, (tmp_path / "rejects.jsonl").read_text().splitlines())
    assert (row["path"], row["code"]) == ("3.txt", code)


@pytest.mark.parametrize("bad", ["DIE", "FAIL"])
def test_a_bad_article_in_the_midst_of_a_file(faulty, tmp_path, bad):
    lines = [json.dumps({"text": f"Duty {n} was cut." + (bad if n in {2, 3} else "")}) for n in range(6)]
    summary, _ = faulty({"many.jsonl": "\n".join(lines)})
    assert (summary.done, summary.rejected) == (4, 2)
    assert sources(tmp_path / "out.jsonl") == [f"many.jsonl#{n}" for n in (1, 2, 5, 6)]


def test_a_large_file_is_shared(faulty, tmp_path, monkeypatch):
    monkeypatch.setattr("extractor.batch.SHARED", 100)
    lines = [json.dumps({"text": f"Duty {n} was cut. {'DIE' if n == 11 else ''}"}) for n in range(30)]
    summary, _ = faulty({"many.jsonl": "\n".join(lines)}, workers=3)
    assert (summary.done, summary.rejected) == (29, 1)
    assert sources(tmp_path / "out.jsonl") == [f"many.jsonl#{n}" for n in range(1, 31) if n != 12]


@pytest.mark.parametrize("output", ["out.jsonl", "out/"])
def test_a_second_run_does_only_what_has_changed(faulty, tmp_path, output):
    (tmp_path / "out").mkdir()
    first, _ = faulty(GOOD, output=output)
    again, _ = faulty(output=output)
    changed, _ = faulty({"2.txt": "Duties fall.", "new.txt": "A new duty."}, output=output)
    assert [(s.done, s.unchanged) for s in (first, again, changed)] == [(8, 0), (0, 8), (2, 7)]
    forced, _ = faulty(output=output, force=True)
    assert (forced.done, forced.unchanged) == (9, 0)


def test_one_line_for_each_article_whatever_the_runs_before(faulty, tmp_path):
    faulty(GOOD)
    faulty({"2.txt": "Duties fall.", "new.txt": "A new duty."})
    Path("5.txt").unlink()
    faulty()
    told = (tmp_path / "out.jsonl").read_bytes()
    assert sources(tmp_path / "out.jsonl") == [*(f"{n}.txt" for n in range(8) if n != 5), "new.txt"]
    faulty(force=True)
    assert (tmp_path / "out.jsonl").read_bytes() == told


def test_an_output_that_somebody_else_changed_is_written_again(faulty, tmp_path):
    faulty(GOOD)
    whole = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / "out.jsonl").write_text("edited\n")
    summary, _ = faulty()
    assert summary.done == 8
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_what_was_rejected_stays_so_until_it_is_retried(faulty, tmp_path):
    files = {**GOOD, "3.txt": "The duty. FAIL", "4.txt": ""}
    first, _ = faulty(files)
    again, told = faulty()
    assert (again.done, again.unchanged, again.rejected, again.codes) == (0, 6, 2, first.codes)
    assert {"X001 3.txt", "R001 4.txt"} <= set(told)
    retried, _ = faulty(retry=True)
    assert (retried.done, retried.unchanged, retried.rejected) == (0, 6, 2)
    assert stored_options(str(tmp_path / "out.jsonl")).paths == (".",)


@pytest.mark.parametrize("workers", [1, 4])
def test_unordered_has_the_same_lines(faulty, tmp_path, workers):
    faulty(GOOD)
    faulty(output="any.jsonl", unordered=True, workers=workers)
    assert sorted(sources(tmp_path / "any.jsonl")) == sources(tmp_path / "out.jsonl")


def test_stdout_is_in_order_whoever_is_first(faulty, capfdbinary):
    faulty({**GOOD, "0.txt": "The duty. SLOW", "1.txt": "The duty. FAIL", "2.txt": ""}, output=None, workers=4)
    out = capfdbinary.readouterr().out.decode().splitlines()
    assert [json.loads(line)["article"]["source"] for line in out] == ["0.txt", *(f"{n}.txt" for n in range(3, 8))]


def test_retry_of_what_was_never_run(tmp_path):
    with pytest.raises(ConfigError, match="C011"):
        stored_options(str(tmp_path / "never.jsonl"))


def test_a_task_handed_to_a_worker_that_was_just_told_to_stop_is_not_lost(faulty, tmp_path, monkeypatch):
    give = Pool._give

    def stopped_first(self, worker, task):
        self.stop()
        give(self, worker, task)

    with monkeypatch.context() as patched:
        patched.setattr(Pool, "_give", stopped_first)
        faulty(GOOD, max_failures=0)
    summary, told = faulty()
    assert (summary.done + summary.unchanged, summary.rejected) == (8, 0), told
