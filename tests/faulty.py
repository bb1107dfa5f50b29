"""Work that goes wrong where an article says so, in real worker processes: for the tests of the batch engine."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from extractor.article import Article
from extractor.duplicates import NAME_BITS, Sketch
from extractor.errors import ExtractorError, ProcessingError
from extractor.job import Job
from extractor.readers import Entry, Metadata
from extractor.records import Extraction, Generator
from extractor.workers import Message, Start, Task

GENERATOR = Generator(version="0", model="none", model_sha256="0", config_sha256="0")


class FaultyExtractor:
    """Dies, hangs, fails or is slow at the words DIE, HANG, FAIL and SLOW; else gives an extraction without records, quickly."""

    def extract(self, article: Article) -> Extraction:
        if "DIE" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in article.text:
            time.sleep(600)
        if "SLOW" in article.text:
            time.sleep(0.1)
        if "FAIL" in article.text:
            raise ProcessingError("X001", article.source, detail="planted")
        return Extraction(generator=GENERATOR, article=article.info(with_text=True))


@dataclass(frozen=True, slots=True)
class FaultyJob(Job):
    """The engine's work with a faulty extractor, a reader that hangs at STUCK in a name, and without the model's loading."""

    def __call__(self) -> Callable[[Task], Iterator[Message]]:
        extractor = FaultyExtractor()
        return lambda task: self._work(task, extractor, Metadata())  # type: ignore[arg-type]

    def _read(self, entry: Entry, metadata: Metadata) -> Article | ExtractorError:
        if "STUCK" in entry.where:
            time.sleep(600)
        return Job._read(self, entry, metadata)

    def _sketch(self, article: Article) -> str:
        """Equal bodies only, which takes no spaCy."""
        body = article.text[article.body_start :].encode()
        exact = hashlib.blake2b(body, digest_size=8).digest()
        return Sketch(article.id, exact, b"", bytes(NAME_BITS // 8), (), 0).to_text()


class Inline:
    """A pool without processes, in which tasks come to their ends in any order: for tests of many runs."""

    chance = random.Random(5)

    def __init__(self, job: Job, workers: int, limit: float | None) -> None:
        self.work, self.workers, self.stopped = job(), workers, False

    def run(self, tasks: Iterable[Task]) -> Iterator[Message]:
        tasks = iter(tasks)
        under_way = [self.work(task) for task in islice(tasks, self.workers)]
        while under_way and not self.stopped:
            one = self.chance.choice(under_way)
            message = next(one, None)
            if message is None:
                under_way.remove(one)
                under_way += [self.work(task) for task in islice(tasks, 1)]
            elif not isinstance(message, Start):
                yield message

    def stop(self) -> None:
        """Leaves what is under way, too."""
        self.stopped = True
