"""A batch with hostile inputs: each is done or rejected with a code in its time, and the good articles among them are not harmed."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from extractor.batch import Options, run_batch
from extractor.errors import ExtractorError
from extractor.job import Job
from extractor.readers.inputs import printable
from extractor.records import Warned
from tests.faults.hostile import FLOODS, KINDS, STORY

FULL = os.environ.get("EXTRACTOR_FAULTS") == "full"
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
    summary = run_batch(options, ear, job=Job)
    assert summary.read == summary.done + summary.skipped + summary.rejected
    found = defaultdict(list)
    for line in output.read_bytes().splitlines():
        found[_input(json.loads(line)["article"]["source"])].append(line)
    return found


Outcome = tuple[dict[str, set[str]], dict[str, list[bytes]], dict[str, list[bytes]]]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory) -> Outcome:
    """What became of each input, the records of all, and those of the good ones in a batch of their own."""
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
    found = extracted(bad, root / "out" / "bad.jsonl", ear)
    for source in found:
        ear.told[str(bad / source)].add("done")
    alone = extracted(good, root / "out" / "good.jsonl", Ear())
    assert sorted(p.name for p in root.iterdir()) == ["bad", "good", "out"]
    assert set(os.listdir("/etc")) == before  # noqa: PTH208
    return {Path(where).relative_to(bad).as_posix(): codes for where, codes in ear.told.items()}, found, alone


def test_enough_kinds():
    assert len(KINDS) >= 25
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: printable(kind.name)[:40])
def test_done_or_rejected(outcome: Outcome, kind):
    told = outcome[0][printable(kind.name)]
    assert told
    assert told <= set(kind.right)


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_one_thing(outcome: Outcome, name):
    told = outcome[0][f"flood {name}.txt"]
    assert told
    assert told <= ({"done", "R001", "R002", "R009", "X004"} if FULL else {"done", "R001", "R002", "R009"})


def without_marks(lines: list[bytes]) -> list[object]:
    rows = [json.loads(line) for line in lines]
    return [row | {"article": row["article"] | {"duplicate_of": None}} for row in rows]


@pytest.mark.parametrize("name", GOOD)
def test_the_good_ones_are_not_harmed(outcome: Outcome, name):
    _, found, alone = outcome
    assert len(alone[name]) == 1
    assert without_marks(found[name]) == without_marks(alone[name])


def test_no_file_of_the_machine_is_read(outcome: Outcome):
    assert not any(b"root:" in line for lines in outcome[1].values() for line in lines)
