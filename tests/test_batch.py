"""Every input ends as exactly one of done, skipped, rejected."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import ConfigError
from extractor.batch import Options, Summary, run_batch
from extractor.errors import ExtractorError
from extractor.records import Warned

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
def test_all_inputs_are_accounted_for(tmp_path, monkeypatch, files, counts, told):
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


def test_the_summary_reads_well():
    assert str(Summary(done=10, skipped=1, rejected=1)) == "12 read: 10 done, 1 skipped, 1 rejected"


def test_nothing_is_written_when_a_path_is_wrong(tmp_path):
    with pytest.raises(ConfigError, match="C001"):
        run_batch(Options(paths=(str(tmp_path / "gone"),), output=str(tmp_path / "out.jsonl")), Listener())
    assert list(Path(tmp_path).iterdir()) == []
