"""A pool of worker processes. One that dies, hangs or errs costs the article that it was at, and nothing else.

Each worker is a fresh process (spawned, so that no lock or thread is inherited) with a pipe of its own. It takes task after task
and answers with messages, the last of which is an `End`; before each article it sends a `Start`, from which its time runs. A task
whose worker is lost goes on behind the lost article, in a new worker.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol

from extractor.errors import ConfigError, ExtractorError
from extractor.readers.inputs import Input

_SPAWN = multiprocessing.get_context("spawn")
LOADING = 300.0
"""Seconds that a worker may take to load the model, on a slow disk."""
MOST_FAILED_STARTS = 3
"""Workers in a row that die before they are ready; then something is wrong with the machine, not with an article."""


@dataclass(frozen=True, slots=True)
class Task:
    """One input, or a share of its articles.

    Attributes:
        number: the input's place in the order of inputs.
        item: the input.
        shard: of the articles, those whose ordinal leaves this rest …
        shards: … when divided by this.
        first: ordinal of the first article to look at; those before are done or lost.
        known: keys of the articles that need not be done again.
    """

    number: int
    item: Input
    shard: int = 0
    shards: int = 1
    first: int = 0
    known: frozenset[str] = frozenset()


UNSAID: Any = None
"""Stands for the task while a message is on its way: the run knows it, and it may name a hundred thousand known articles."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a worker says of a task; subclasses say what."""

    task: Task


@dataclass(frozen=True, slots=True)
class Start(Message):
    """An article was read and is about to be extracted."""

    ordinal: int
    source: str
    where: str
    key: str


@dataclass(frozen=True, slots=True)
class End(Message):
    """A task is finished.

    Attributes:
        count: articles and errors that the input holds, in all shards; None for a task that was stopped.
    """

    count: int | None


@dataclass(frozen=True, slots=True)
class Lost(Message):
    """A worker died or took too long.

    Attributes:
        at: the article that it was at; None if it was reading, so that nothing more of the input can be had.
        seconds: the limit that it passed; None if it died.
        how: how it died.
    """

    at: Start | None
    seconds: float | None
    how: str = ""


class Setup(Protocol):
    """Runs once in each worker; gives what does a task."""

    def __call__(self) -> Callable[[Task], Iterator[Message]]:
        """Loads what the work needs.

        Raises:
            ExtractorError: it cannot work; the run ends with this error.
        """


def _serve(pipe: Connection, setup: Setup) -> None:
    """The life of a worker: load, then task by task, until the pipe says None or closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides what an interruption means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        work = setup()
    except ExtractorError as error:
        pipe.send(error)
        return
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the run has gone
        pipe.send(None)
        while (task := pipe.recv()) is not None:
            for message in work(task):
                pipe.send(replace(message, task=UNSAID))
                if not isinstance(message, End) and pipe.poll():  # while it works nothing comes but the word to stop
                    pipe.send(End(UNSAID, None))
                    return


@dataclass(eq=False)
class _Worker:
    setup: Setup
    process: SpawnProcess = field(init=False)
    pipe: Connection = field(init=False)
    ready: bool = False
    task: Task | None = None
    at: Start | None = None
    deadline: float = 0.0

    def __post_init__(self) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(theirs, self.setup), daemon=True)
        self.process.start()
        theirs.close()
        self.deadline = time.monotonic() + LOADING

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Does tasks in several processes. Not reusable."""

    def __init__(self, setup: Setup, workers: int, limit: float | None) -> None:
        """Notes what to do; starts nothing.

        Args:
            setup: picklable; see `Setup`.
            workers: how many processes, at least 1.
            limit: seconds for one article, reading or extracting; None for no limit.
        """
        self._setup, self._count, self._limit = setup, workers, limit
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._stopping = False
        self._failed_starts = 0

    def stop(self) -> None:
        """Lets the articles that are being done be finished, and begins no other."""
        self._stopping = True
        for worker in self._workers:
            with suppress(OSError):
                worker.pipe.send(None)

    def run(self, tasks: Iterable[Task]) -> Iterator[Message]:
        """Does the tasks and gives what the workers say, as it comes.

        Raises:
            ConfigError: a worker cannot load what it needs, or none can be started.
        """
        queue = iter(tasks)
        try:
            while True:
                self._hand_out(queue)
                if not self._workers:
                    return
                pipes = {worker.pipe: worker for worker in self._workers}
                for pipe in wait(list(pipes), self._patience()):
                    yield from self._heard(pipes[pipe])  # type: ignore[index]
                now = time.monotonic()
                # Who has something to say is not late, but was not heard yet: a sink may have kept us waiting.
                for worker in [w for w in self._workers if w.deadline <= now and not w.pipe.poll()]:
                    yield from self._lost(worker, self._limit)
        finally:
            for worker in self._workers:
                worker.end()
            self._workers = []

    def _hand_out(self, queue: Iterator[Task]) -> None:
        """Gives idle workers a task, starts missing ones while there is work, and lets the others go."""
        for worker in [w for w in self._workers if w.ready and w.task is None]:
            task = self._next(queue)
            if task is None:
                with suppress(OSError):
                    worker.pipe.send(None)
                self._dismiss(worker)
            else:
                self._give(worker, task)
        while len(self._workers) < self._count and not self._stopping:
            starting = sum(not w.ready for w in self._workers)
            while len(self._again) <= starting and (task := next(queue, None)) is not None:
                self._again.append(task)
            if len(self._again) <= starting:
                return
            self._workers.append(_Worker(self._setup))

    def _next(self, queue: Iterator[Task]) -> Task | None:
        if self._stopping:
            return None
        return self._again.popleft() if self._again else next(queue, None)

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task, worker.at = task, None
        self._wind(worker)
        try:
            worker.pipe.send(task)
        except OSError:  # it died while idle: the task is not to blame
            self._again.appendleft(task)
            worker.task = None
            self._dismiss(worker)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.join(1.0)
        worker.end()

    def _wind(self, worker: _Worker) -> None:
        worker.deadline = time.monotonic() + self._limit if self._limit else float("inf")

    def _patience(self) -> float | None:
        first = min(worker.deadline for worker in self._workers)
        return None if first == float("inf") else max(0.0, first - time.monotonic())

    def _heard(self, worker: _Worker) -> Iterator[Message]:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(worker, None)
            return
        if isinstance(message, ExtractorError):
            raise message
        if message is None:
            worker.ready, worker.deadline = True, float("inf")
            self._failed_starts = 0
            return
        self._wind(worker)
        message = replace(message, task=worker.task)
        if isinstance(message, Start):
            worker.at = message
            return
        worker.at = None
        if isinstance(message, End):
            worker.task, worker.deadline = None, float("inf")
            if self._stopping:
                self._dismiss(worker)
        yield message

    def _lost(self, worker: _Worker, seconds: float | None) -> Iterator[Message]:
        """A worker is gone, or must go: what it was at is lost, and the rest of its task is done by another."""
        task, at = worker.task, worker.at
        self._workers.remove(worker)
        if seconds is None:
            worker.process.join(5.0)
        code = worker.process.exitcode
        worker.end()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= MOST_FAILED_STARTS:
                raise ConfigError("C009", detail=_how(code) if seconds is None else "not ready in time")
            return
        if task is None or (self._stopping and code == 0):  # told to stop before it took the task: nothing is lost
            return
        yield Lost(task, at, seconds, _how(code))
        if at is not None:
            self._again.appendleft(replace(task, first=at.ordinal + 1))


def _how(code: int | None) -> str:
    if code is None:
        return "gone"
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
