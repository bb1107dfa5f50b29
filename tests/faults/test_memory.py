"""What a run keeps of each article, and what a worker sends: small, whatever the size of the batch. `soak.py` measures whole runs."""

from __future__ import annotations

import pickle
import tracemalloc
from collections import deque
from pathlib import Path

import pytest

from extractor.job import Done
from extractor.journal import Journal
from extractor.readers.inputs import Input
from extractor.settings import Settings
from extractor.workers import Task, _serve
from extractor.writers.json_files import FileSink, FolderSink, JournaledSink
from tests.faulty import FaultyJob

ARTICLES, MOST = 3000, 1000
"""Articles, and bytes that a run may keep of each: 1 MB for 1,000, and less, for memory is also lost between what is kept."""


def sink_of(kind: str, folder: Path) -> JournaledSink:
    if kind == "folder":
        return FolderSink(Journal(folder / "out", folder=True), {}, retry=False)
    return FileSink(Journal(folder / "out.jsonl", folder=False), {}, retry=False, unordered=False)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_little_is_kept_of_an_article(tmp_path: Path, kind: str) -> None:
    sink = sink_of(kind, tmp_path)
    items = [Input(f"{n:05}.txt", f"in/{n:05}.txt", tmp_path / f"{n:05}.txt") for n in range(ARTICLES)]
    tracemalloc.start()
    for number, item in enumerate(items):
        said = Done(Task(number, item), 0, item.source, item.label, f"{number:032x}", b"{}\n", False, True, (), 1, 1, "x" * 700)
        sink.done(pickle.loads(pickle.dumps(said)))
        sink.file_done(number, item, f"{number + 7:032x}", 1, [])
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sink.discard()
    assert 100 < kept / ARTICLES < MOST


class Pipe:
    """The end of a pipe at which a worker is, with what the run says to it; keeps what it sends."""

    def __init__(self, *said: Task | None) -> None:
        self.said, self.sent = deque(said), list[bytes]()

    def recv(self) -> Task | None:
        return self.said.popleft()

    def poll(self) -> bool:
        return False

    def send(self, message: object) -> None:
        self.sent.append(pickle.dumps(message))


def test_what_a_worker_says_does_not_grow_with_what_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.workers.signal.signal", lambda *_: None)
    (tmp_path / "many.jsonl").write_text("".join(f'{{"text": "Duty {n} was cut."}}\n' for n in range(5)))
    item = Input("many.jsonl", "many.jsonl", tmp_path / "many.jsonl")
    longest = []
    for known in (0, 10_000):
        pipe = Pipe(Task(0, item, known=frozenset(f"{n:032x}" for n in range(known))), None)
        _serve(pipe, FaultyJob(Settings(), "of code"))  # type: ignore[arg-type]
        assert len(pipe.sent) > 10
        longest.append(max(map(len, pipe.sent)))
    assert longest[0] == longest[1]
