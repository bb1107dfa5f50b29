"""What a person or a log sees of a long run while it goes on."""

from __future__ import annotations

import io
import json
import sys

import pytest

from extractor.batch import Options, run_batch
from extractor.cli import Console
from tests.faulty import FaultyJob
from tests.test_batch import Listener


class Screen(io.StringIO):
    """Stderr, a terminal or not."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


Steps = list[tuple[float, int, int]]
"""Seconds since the start, inputs finished, articles done."""


def shown(
    monkeypatch: pytest.MonkeyPatch, steps: Steps, *, terminal: bool = False, quiet: bool = False, total: int = 1000
) -> str:
    clock, screen = [100.0], Screen(terminal=terminal)
    monkeypatch.setattr("extractor.cli.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    console = Console(quiet=quiet)
    for seconds, inputs, articles in steps:
        clock[0] = 100.0 + seconds
        console.advance(inputs, total, articles)
    console.done()
    return screen.getvalue()


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        ([(1, 10, 10)], []),
        ([(29, 290, 290)], []),
        ([(30, 300, 300), (31, 310, 310), (60, 600, 600)], [
            "300 of 1,000 inputs, 300 articles, 10.0/s, about 1:10 left",
            "600 of 1,000 inputs, 600 articles, 10.0/s, about 0:40 left",
        ]),
        # 500 inputs were done by an earlier run: they are passed over in a second, and say nothing of how long the others take
        ([(0.5, 250, 0), (1, 500, 0), (31, 515, 15)], ["515 of 1,000 inputs, 15 articles, 0.5/s, about 16:10 left"]),
        # one input of many articles
        ([(1, 0, 1), (40, 0, 78), (80, 0, 160)], ["0 of 1,000 inputs, 78 articles, 1.9/s", "0 of 1,000 inputs, 160 articles, 2.0/s"]),
        ([(30, 1, 0)], ["1 of 1,000 inputs, 0 articles, 0.0/s"]),
        ([(30, 1, 1)], ["1 of 1,000 inputs, 1 articles, 0.0/s, about 8:19:30 left"]),
    ],
)  # fmt: skip
def test_lines_where_stderr_is_no_terminal(monkeypatch, steps, lines):
    assert shown(monkeypatch, steps).splitlines() == lines


@pytest.mark.parametrize("terminal", [True, False])
def test_nothing_with_quiet(monkeypatch, terminal):
    assert shown(monkeypatch, [(30, 300, 300), (60, 600, 600)], terminal=terminal, quiet=True) == ""


def test_a_bar_on_a_terminal(monkeypatch):
    assert shown(monkeypatch, [(1, 1, 1)], terminal=True) == ""
    told = shown(monkeypatch, [(30, 300, 300), (60, 600, 600)], terminal=True)
    assert "600/1000" in told
    assert "600 articles, 10.0/s" in told


def test_each_article_of_one_input_is_told(inline, tmp_path):
    (tmp_path / "many.jsonl").write_text("".join(json.dumps({"text": f"Duty {n} was cut."}) + "\n" for n in range(5)))
    told = []

    class Watching(Listener):
        def advance(self, inputs: int, total: int, articles: int) -> None:
            told.append((inputs, total, articles))

    run_batch(Options(paths=(str(tmp_path / "many.jsonl"),), output=str(tmp_path / "out.jsonl")), Watching(), job=FaultyJob)
    assert told == [*((0, 1, n) for n in range(1, 6)), (1, 1, 5)]
