"""A run whose workers give invented stories, as a process that can be killed: python -m tests.writers.killed FOLDER OUTPUT."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractor.article import Article
from extractor.batch import Options, run_batch
from extractor.job import Job
from extractor.readers.metadata import Metadata
from extractor.records import Extraction
from extractor.workers import Message, Task
from extractor.writers.database import sink
from tests.faults.runs import Silent
from tests.writers.many import story


class Teller:
    """Tells story 7 for a text that ends with 7."""

    def extract(self, article: Article) -> Extraction:
        return story(int(article.text.split()[-1]), source=article.source)


@dataclass(frozen=True, slots=True)
class StoryJob(Job):
    """The engine's work with invented records."""

    def __call__(self) -> Callable[[Task], Iterator[Message]]:
        return lambda task: self._work(task, Teller(), Metadata())  # type: ignore[arg-type]


if __name__ == "__main__":
    sink.MOST_ARTICLES = 10
    run_batch(Options(paths=(sys.argv[1],), output=sys.argv[2], workers=2), Silent(), job=StoryJob)
