"""What a worker does with an input: reads it, extracts its articles, and tells what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.article import Article
from extractor.errors import ExtractorError, ProcessingError, warning
from extractor.readers import Entry, Metadata, SkippedError, entries, load_metadata, read_entry
from extractor.readers.draft import Place, failed
from extractor.records import Extraction, Warned
from extractor.settings import Settings
from extractor.workers import End, Message, Start, Task

if TYPE_CHECKING:
    from extractor.pipeline import Extractor


SIGN_OF_LIFE = 500
"""Articles that are passed over in silence, since they are another worker's or done: then the worker says that it is alive."""


@dataclass(frozen=True, slots=True)
class Done(Message):
    """An article was extracted: its JSON, and what the run counts."""

    ordinal: int
    source: str
    where: str
    key: str
    line: bytes
    several: bool
    undated: bool
    notes: tuple[Warned, ...]
    tariffs: int
    statements: int
    sketch: str


@dataclass(frozen=True, slots=True)
class Same(Message):
    """An article is known by its key, and was not extracted again."""

    ordinal: int
    source: str
    key: str


@dataclass(frozen=True, slots=True)
class Rejected(Message):
    """An article, or the input, is rejected."""

    ordinal: int
    source: str
    key: str
    error: ExtractorError


@dataclass(frozen=True, slots=True)
class Skipped(Message):
    """The input is none of articles."""

    note: Warned


@dataclass(frozen=True, slots=True)
class Job:
    """Set up once in each worker.

    Attributes:
        settings: limits and options.
        fingerprint: of all that decides on an extraction; part of each article's key.
        model: folder or name.
        metadata: the metadata file.
        published: day of articles that have none.
        indent: whether an input's only article is written as an indented object.
        form: json or jsonld.
    """

    settings: Settings
    fingerprint: str
    model: str | None = None
    metadata: Path | None = None
    published: date | None = None
    indent: bool = False
    form: str = "json"

    def __call__(self) -> Callable[[Task], Iterator[Message]]:
        """Loads model and metadata.

        Raises:
            ConfigError: one of them cannot be used.
        """
        from extractor.pipeline import Extractor

        metadata = load_metadata(self.metadata) if self.metadata else Metadata()
        extractor = Extractor(self.model, self.settings)
        return lambda task: self._work(task, extractor, metadata)

    def _work(self, task: Task, extractor: Extractor, metadata: Metadata) -> Iterator[Message]:
        try:
            found = _guarded(entries(task.item, self.settings), task)
            first = list(islice(found, 2))
        except SkippedError:
            yield Skipped(task, warning("W103"))
            yield End(task, 0)
            return
        several = len(first) > 1 or task.item.holds_lines
        ordinal = -1
        for ordinal, entry in enumerate(chain(first, found)):
            if ordinal >= task.first and ordinal % task.shards == task.shard:
                yield Start(task, ordinal, entry.source, entry.where, "")  # a page on which the reader hangs costs itself alone
                article = self._read(entry, metadata)
                if isinstance(article, ExtractorError):
                    yield Rejected(task, ordinal, f"{task.item.source}#{ordinal}", "", article)
                else:
                    yield from self._article(task, ordinal, article, several, extractor)
            elif not ordinal % SIGN_OF_LIFE:
                yield Message(task)
        yield End(task, ordinal + 1)

    def _read(self, entry: Entry, metadata: Metadata) -> Article | ExtractorError:
        try:
            return read_entry(entry, self.settings, metadata, self.published)
        except ExtractorError as error:
            return error
        except Exception as error:
            return ProcessingError("X002", entry.where, detail=f"{type(error).__name__}: {error}")

    def _article(self, task: Task, ordinal: int, article: Article, several: bool, extractor: Extractor) -> Iterator[Message]:
        indent = self.indent and not several
        key = self._key(article, indent=indent)
        if key in task.known:
            yield Same(task, ordinal, article.source, key)
            return
        where = task.item.label + article.source.removeprefix(task.item.source)
        yield Start(task, ordinal, article.source, where, key)
        try:
            extraction = extractor.extract(article)
            story = self._sketch(article.model_copy(update={"published": extraction.article.published}))
        except ProcessingError as error:
            error.where = where
            yield Rejected(task, ordinal, article.source, key, error)
            return
        yield Done(
            task,
            ordinal,
            article.source,
            where,
            key,
            (self._written(extraction, article, indent=2 if indent else None) + "\n").encode(),
            several,
            any(note.code == "W105" for note in extraction.warnings),
            article.warnings,
            len(extraction.tariffs),
            len(extraction.statements),
            story,
        )

    def _sketch(self, article: Article) -> str:
        """What tells duplicates of the article."""
        from extractor.duplicates import sketch

        return sketch(article).to_text()

    def _written(self, extraction: Extraction, article: Article, *, indent: int | None) -> str:
        if self.form == "json":
            return extraction.to_json(indent=indent)
        from extractor.writers.jsonld import to_jsonld

        return to_jsonld(extraction, article.text, indent=indent)

    @property
    def said(self) -> str:
        """All that decides on what is written of an article, and is the same for all."""
        return f"{self.fingerprint} {self.indent}" + ("" if self.form == "json" else f" {self.form}")

    def _key(self, article: Article, *, indent: bool) -> str:
        said = f"{self.fingerprint} {indent} {'' if self.form == 'json' else self.form}{article.model_dump_json()}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _guarded(found: Iterator[Entry], task: Task) -> Iterator[Entry]:
    """What a reader finds; a defect of it is the input's last word, and no worker dies of it."""
    try:
        yield from found
    except (SkippedError, ExtractorError):
        raise
    except Exception as error:
        problem = ProcessingError("X002", task.item.label, detail=f"{type(error).__name__}: {error}")
        yield failed(Place(task.item.source, task.item.label), problem)


def reject_row(where: str, error: ExtractorError) -> dict[str, Any]:
    """The line of the rejects file."""
    return {
        "path": where,
        "stage": "extract" if isinstance(error, ProcessingError) else "read",
        "code": error.code,
        "message": error.what,
        "hint": error.hint or None,
    }
