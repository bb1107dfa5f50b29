"""A batch with hostile inputs: each is done or rejected with a code in its time, and the good articles among them are not harmed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor.batch import Options, run_batch
from extractor.errors import ExtractorError
from extractor.readers.inputs import printable
from extractor.records import Warned
from tests.faults.guarded import NEVER, NOTES, GuardedJob
from tests.faults.hostile import FLOODS, STORY
from tests.faults.hostile import KINDS as ANY_KINDS
from tests.faults.hostile_formats import KINDS as FORMAT_KINDS

KINDS = ANY_KINDS + FORMAT_KINDS
FULL = os.environ.get("EXTRACTOR_FAULTS") == "full"
ROOT = Path(__file__).resolve().parents[2]
FLOOD = 1_000_000 if FULL else 3_000
"""Characters of a flood. So many of some kinds take longer than the limit, and are rejected for that."""
LIMIT = 120 if FULL else 90
GOOD = {
    "0good.txt": STORY,
    "good.txt": f"Duty on wool\n\n{STORY.replace('salmon', 'wool')}",
    "zgood.json": json.dumps({"text": STORY * 2}),
}


def _input(where: str) -> str:
    """The input of an article or member: `a.zip!b.txt`, `a.jsonl#3`."""
    return re.split("[#!]", where)[0]


class Ear:
    """What became of each input, by its label."""

    def __init__(self) -> None:
        self.told: dict[str, set[str]] = defaultdict(set)

    def warn(self, where: str, note: Warned) -> None:
        if note.code in ("W103", "W104"):
            self.told[_input(where)].add("skipped")

    def reject(self, error: ExtractorError) -> None:
        self.told[_input(error.where)].add(error.code)

    def say(self, message: str) -> None:
        pass

    def advance(self, inputs: int, total: int, articles: int) -> None:
        pass


def extracted(folder: Path, output: Path, ear: Ear) -> dict[str, list[bytes]]:
    """The lines by the inputs' sources."""
    options = Options(paths=(str(folder),), output=str(output), workers=2, time_limit=LIMIT)
    summary = run_batch(options, ear, job=GuardedJob)
    assert summary.read == summary.done + summary.skipped + summary.rejected
    found = defaultdict(list)
    for line in output.read_bytes().splitlines():
        found[_input(json.loads(line)["article"]["source"])].append(line)
    return found


class Outcome(NamedTuple):
    """What became of each input, the records of all, those of the good ones in a batch of their own, and what workers did besides."""

    told: dict[str, set[str]]
    found: dict[str, list[bytes]]
    alone: dict[str, list[bytes]]
    notes: list[str]


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, patched) -> Outcome:
    root = tmp_path_factory.mktemp("hostile")
    bad, good, ear = root / "bad", root / "good", Ear()
    for place in (bad, good):
        place.mkdir()
        for name, text in GOOD.items():
            (place / name).write_text(text)
    before = set(os.listdir("/etc"))  # noqa: PTH208
    for kind in KINDS:
        kind.make(bad / kind.name)
    for name, part in FLOODS.items():
        (bad / f"flood {name}.txt").write_text(f"Duty.\n\n{part * (FLOOD // len(part))}")
    (root / "out").mkdir()
    notes = tmp_path_factory.mktemp("notes") / "notes"
    patched.setenv(NOTES, str(notes))
    found = extracted(bad, root / "out" / "bad.jsonl", ear)
    for source in found:
        ear.told[str(bad / source)].add("done")
    alone = extracted(good, root / "out" / "good.jsonl", Ear())
    assert sorted(p.name for p in root.iterdir()) == ["bad", "good", "out"]
    assert set(os.listdir("/etc")) == before  # noqa: PTH208
    told = {Path(where).relative_to(bad).as_posix(): codes for where, codes in ear.told.items()}
    return Outcome(told, found, alone, notes.read_text().splitlines())


def test_enough_kinds():
    assert len(KINDS) >= 25
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: printable(kind.name)[:40])
def test_done_or_rejected(outcome: Outcome, kind):
    told = outcome.told[printable(kind.name)]
    assert told
    assert told <= set(kind.right)


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_one_thing(outcome: Outcome, name):
    told = outcome.told[f"flood {name}.txt"]
    assert told
    assert told <= ({"done", "R001", "R002", "R009", "X004"} if FULL else {"done", "R001", "R002", "R009"})


def without_marks(lines: list[bytes]) -> list[object]:
    rows = [json.loads(line) for line in lines]
    return [row | {"article": row["article"] | {"duplicate_of": None}} for row in rows]


@pytest.mark.parametrize("name", GOOD)
def test_the_good_ones_are_not_harmed(outcome: Outcome, name):
    assert len(outcome.alone[name]) == 1
    assert without_marks(outcome.found[name]) == without_marks(outcome.alone[name])


def test_no_file_of_the_machine_is_read(outcome: Outcome):
    assert not any(b"root:" in line for lines in outcome.found.values() for line in lines)


def test_no_network_no_program_and_no_file_written(outcome: Outcome):
    assert outcome.notes == []


def test_the_watch_sees_what_it_is_for(tmp_path):
    acts = "import os, socket, urllib.request; os.system('true'); open('x', 'w'); os.open('y', os.O_CREAT | os.O_RDWR)"
    connect = "socket.socket().connect_ex(('127.0.0.1', 9)); open('x'); os.open('x', os.O_RDONLY)"
    run = [sys.executable, "-c", f"from tests.faults.guarded import watch; watch(); {acts}; {connect}"]
    environment = os.environ | {NOTES: str(tmp_path / "notes"), "PYTHONPATH": str(ROOT)}
    subprocess.run(run, cwd=tmp_path, env=environment, check=True)
    told = [line.split()[0] for line in (tmp_path / "notes").read_text().splitlines()]
    assert [event for event in told if event in NEVER or event == "open"] == ["os.system", "open", "open", "socket.connect"]
