"""Runs that write to databases: in this process, or in one that can be killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from extractor.batch import Options, run_batch
from tests.faults.runs import Silent
from tests.faulty import FaultyJob

ROOT = Path(__file__).resolve().parents[2]


def run(output, **options):
    retry = options.pop("retry", False)
    return run_batch(Options(paths=(".",), output=output, **{"workers": 1, **options}), Silent(), retry=retry, job=FaultyJob)


def child(folder: Path, output: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.writers.killed", str(folder), output]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(folder: Path, output: str) -> None:
    one = child(folder, output)
    _, err = one.communicate(timeout=120)
    assert one.returncode == 0, err
