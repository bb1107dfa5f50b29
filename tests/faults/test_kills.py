"""A run that is killed at any moment and run again ends as one that nobody disturbed.

`make test` kills a small batch at a few points, `make faults` one of 300 articles at 50.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FULL = os.environ.get("EXTRACTOR_FAULTS") == "full"
ARTICLES, POINTS = (300, 50) if FULL else (60, 6)
ROOT = Path(__file__).resolve().parents[2]


def batch(folder: Path, count: int = ARTICLES) -> Path:
    """Articles, one a file, and a file of many; all of a size that varies."""
    rng = random.Random(7)
    place = folder / "in"
    place.mkdir()
    for n in range(count - 40):
        (place / f"{n:04}.txt").write_text(f"Duties rise, part {n}\n\n" + "Importers of steel pay more. " * rng.randint(1, 60))
    lines = [f'{{"text": "Duty number {n} was cut. {"It was high. " * rng.randint(1, 30)}"}}' for n in range(40)]
    (place / "many.jsonl").write_text("\n".join(lines) + "\n")
    return place


def run(place: Path, output: Path, workers: int = 2, *mode: str, **how: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.runs", str(place), str(output), str(workers), *mode]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how)  # type: ignore[call-overload,no-any-return]


def finished(child: subprocess.Popen[str]) -> int:
    child.communicate(timeout=300)
    return child.returncode


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    place = batch(folder)
    assert finished(run(place, folder / "out.jsonl")) == 0
    return place, {"out.jsonl": (folder / "out.jsonl").read_bytes()}


def test_the_number_of_workers_does_not_matter(undisturbed, tmp_path):
    place, expected = undisturbed
    assert finished(run(place, tmp_path / "out.jsonl", 1)) == 0
    assert (tmp_path / "out.jsonl").read_bytes() == expected["out.jsonl"]
    assert b'"duplicate_of":"' in expected["out.jsonl"]  # so that the kills below try duplicates, too


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_and_run_again(undisturbed, tmp_path, point):
    place, expected = undisturbed
    output = tmp_path / "out.jsonl"
    after = 1 + point * (ARTICLES - 2) // POINTS
    child = run(place, output)
    for line in child.stdout:
        if line.startswith("articles") and int(line.split()[1]) >= after:
            break
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert not output.exists()
    before = journaled(tmp_path)
    assert finished(run(place, output)) == 0
    assert output.read_bytes() == expected["out.jsonl"]
    assert before >= after - 1


def journaled(folder: Path) -> int:
    """Articles that the unfinished run has noted."""
    lines = (folder / ".out.jsonl.journal" / "running.jsonl").read_bytes().split(b"\n")
    return sum(b'"source"' in line for line in lines[:-1])


def test_a_folder_of_outputs_killed_and_run_again(undisturbed, tmp_path):
    place, _ = undisturbed
    for output in ("whole/", "killed/"):
        child = run(place, tmp_path / output, 2)
        if output == "killed/":
            for line in child.stdout:
                if line.startswith("articles") and int(line.split()[1]) >= 10:
                    break
            child.kill()
        child.communicate()
    assert finished(run(place, tmp_path / "killed")) == 0
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".journal" not in p.parts
    }


def slow(folder: Path) -> Path:
    """Articles that take a tenth of a second each."""
    place = folder / "in"
    place.mkdir()
    for n in range(60):
        (place / f"{n:04}.txt").write_text(f"Duties rise, part {n}. SLOW.")
    return place


def test_interrupted_once(tmp_path):
    place = slow(tmp_path)
    output = tmp_path / "out.jsonl"
    child = run(place, output, preexec_fn=heed)
    for line in child.stdout:
        if line.startswith("articles") and int(line.split()[1]) >= 5:
            break
    begun = time.monotonic()
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert time.monotonic() - begun < 10
    done = journaled(tmp_path)
    assert 5 <= done < 60
    assert finished(run(place, output)) == 0
    assert len(output.read_bytes().splitlines()) == 60


def heed() -> None:
    """Undoes what a background job of a shell inherits, which is to ignore interruptions."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_full_disk(undisturbed, tmp_path):
    place, expected = undisturbed
    output = tmp_path / "out.jsonl"
    output.write_text("an earlier output\n")
    child = run(place, output, 2, "full")
    _, err = child.communicate(timeout=120)
    assert child.returncode == 4, err
    assert "O001" in err
    assert output.read_text() == "an earlier output\n"
    assert finished(run(place, output)) == 0
    assert output.read_bytes() == expected["out.jsonl"]


def test_two_runs_on_one_output(tmp_path):
    place = slow(tmp_path)
    output = tmp_path / "out.jsonl"
    first = run(place, output)
    for line in first.stdout:
        if line.startswith("articles"):
            break
    second = run(place, output)
    _, err = second.communicate(timeout=60)
    assert f"C010 another run is writing {output} (process {first.pid})" in err
    assert finished(first) == 0
