"""Many articles: read, extract, write, one after the other. One article is one unit of failure."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from extractor.article import Article
from extractor.errors import ConfigError, ExtractorError, InputError, OutputError, ProcessingError, warning
from extractor.pipeline import Extractor
from extractor.readers import Input, Metadata, SkippedError, find_inputs, load_metadata, read
from extractor.records import Warned
from extractor.settings import Settings
from extractor.writers import Writer, open_writer
from extractor.writers.rejects import RejectsFile


class Options(BaseModel):
    """What a run is asked to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paths: tuple[str, ...]
    output: str | None = None
    published: date | None = None
    metadata: Path | None = None
    rejects: Path | None = None
    model: str | None = None
    max_failures: int | None = None
    settings: Settings = Settings()


@dataclass(slots=True)
class Summary:
    """What became of the inputs: read = done + skipped + rejected, always.

    The unit is the article; a file that fails or is skipped as a whole counts once.
    """

    done: int = 0
    skipped: int = 0
    rejected: int = 0
    undated: int = 0
    too_many: bool = False

    @property
    def read(self) -> int:
        """All that was looked at."""
        return self.done + self.skipped + self.rejected

    def __str__(self) -> str:
        return f"{self.read} read: {self.done} done, {self.skipped} skipped, {self.rejected} rejected"


class Reporter(Protocol):
    """Where a run tells what happens."""

    def warn(self, where: str, note: Warned) -> None:
        """A warning about an input."""

    def reject(self, error: ExtractorError) -> None:
        """An input is rejected."""

    def say(self, message: str) -> None:
        """Anything else."""


class _TooManyError(Exception):
    """More failures than allowed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what to extract with, where to, and what to make of failures."""

    extractor: Extractor
    writer: Writer
    reporter: Reporter
    summary: Summary
    metadata: Metadata
    published: date | None = None
    rejects: RejectsFile | None = None
    max_failures: int | None = None

    def over(self, inputs: list[Input]) -> None:
        """Runs over the inputs in their order; `summary` counts along.

        Raises:
            OutputError: O001; all other errors are rejections.
        """
        try:
            for item in inputs:
                self._one(item)
        except _TooManyError:
            self.summary.too_many = True

    def _one(self, item: Input) -> None:
        try:
            if item.skip:
                self._skip(item, item.skip)
                return
            found = read(item, self.extractor.settings, self.metadata, self.published)
            first = list(islice(found, 2))
        except SkippedError:
            self._skip(item, warning("W103"))
            return
        several = len(first) > 1 or item.holds_lines
        self.writer.begin(item, several=several)
        for article in chain(first, found):
            self._article(item, article)
        self.writer.end()

    def _article(self, item: Input, article: Article | InputError) -> None:
        if isinstance(article, InputError):
            self._reject(article)
            return
        where = item.label + article.source.removeprefix(item.source)
        for note in article.warnings:
            self.reporter.warn(where, note)
        try:
            extraction = self.extractor.extract(article)
        except ProcessingError as error:
            error.where = where
            self._reject(error)
            return
        self.writer.write(extraction)
        self.summary.done += 1
        self.summary.undated += any(note.code == "W105" for note in extraction.warnings)

    def _skip(self, item: Input, note: Warned) -> None:
        self.summary.skipped += 1
        self.reporter.warn(item.label, note)

    def _reject(self, error: ExtractorError) -> None:
        self.summary.rejected += 1
        self.reporter.reject(error)
        if self.rejects:
            self.rejects.write(error.where, error)
        if self.max_failures is not None and self.summary.rejected > self.max_failures:
            raise _TooManyError


def run_batch(options: Options, reporter: Reporter) -> Summary:
    """Reads, extracts and writes all that the options name.

    Args:
        options: what to do.
        reporter: hears of warnings and rejections.

    Returns:
        The counts. Rejections are in them, not raised.

    Raises:
        ConfigError: a path, the metadata file, the model or the output cannot be used as asked.
        OutputError: the output cannot be written.
        BrokenPipeError: the reader of stdout has gone.
        KeyboardInterrupt: after the partial output has been put beside its place.
    """
    metadata = load_metadata(options.metadata) if options.metadata else Metadata()
    inputs = _inputs(options, reporter)
    extractor = Extractor(options.model, options.settings)
    summary = Summary()
    rejects = RejectsFile(options.rejects) if options.rejects else None
    writer = open_writer(options.output, inputs, lines=not (len(inputs) == 1 and inputs[0].alone))
    run = Run(extractor, writer, reporter, summary, metadata, options.published, rejects, options.max_failures)
    try:
        run.over(inputs)
        _close(writer, reporter, complete=not summary.too_many)
    except OutputError:
        writer.discard()
        raise
    except BaseException as error:
        _close(writer, reporter, complete=False)
        if isinstance(error, KeyboardInterrupt):
            reporter.say(f"interrupted after {summary}")
        raise
    finally:
        if rejects:
            rejects.close()
    if summary.undated:
        reporter.warn(f"{summary.undated} article(s)", warning("W105"))
    if unused := metadata.unused():
        reporter.warn(str(options.metadata), warning("W107", count=len(unused), detail=unused[0]))
    return summary


def _inputs(options: Options, reporter: Reporter) -> list[Input]:
    """Finds the inputs; refuses to overwrite one of them."""
    written = [Path(p) for p in (options.output, options.rejects) if p and p != "-"]
    own = [*written, options.metadata] if options.metadata else written
    if len({os.path.realpath(p) for p in own}) < len(own):
        raise ConfigError("C006", detail="output, rejects and metadata must be different files")
    inputs = find_inputs(options.paths, never=own)
    places = {os.path.realpath(p) for p in written}
    sources: set[str] = set()
    for item in inputs:
        if item.skip and item.path and os.path.realpath(item.path) in places and not _is_ours(item.path):
            raise ConfigError("C007", path=item.label)
        if not (item.skip or item.problem):
            if item.source in sources:
                reporter.warn(item.label, warning("W106", detail=item.source))
            sources.add(item.source)
    return inputs


def _is_ours(path: Path) -> bool:
    """Whether a file is an output of ours (or empty, or a folder): such a one may be overwritten, an article never."""
    if not path.is_file():
        return True
    with path.open("rb") as file:
        head = file.read(4096)
    return not head.strip() or b'"schema_version"' in head or head.startswith(b'{"path"')


def _close(writer: Writer, reporter: Reporter, *, complete: bool) -> None:
    partial = writer.close(complete=complete)
    if partial:
        reporter.say(f"what was done so far is in {partial}")
