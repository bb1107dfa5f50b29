"""Many articles: found, given to worker processes, written and journaled. One article is one unit of failure.

What is done is kept at once: a run that was stopped or killed goes on where it was when the same command is given again.
"""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.errors import ConfigError, ExtractorError, OutputError, ProcessingError, warning
from extractor.fingerprint import fingerprint
from extractor.job import Done, Job, Rejected, Same, Skipped, reject_row
from extractor.journal import Journal, journal_of
from extractor.model_files import check_model, resolve_model
from extractor.readers.inputs import Input, find_inputs
from extractor.readers.metadata import Metadata, load_metadata
from extractor.records import Warned
from extractor.settings import DEFAULT_TIME_LIMIT, Settings
from extractor.summary import Reporter, Summary
from extractor.workers import End, Lost, Message, Pool, Task
from extractor.writers.json_files import FileSink, FolderSink, Sink, StreamSink, check_distinct
from extractor.writers.rejects import write_rejects
from extractor.writers.targets import Target, target_of

SHARED = 1_000_000
"""Bytes from which an input that may hold many articles is shared among the workers."""


class Options(BaseModel):
    """What a run is asked to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paths: tuple[str, ...]
    output: str | None = None
    form: Literal["json", "jsonld"] = "json"
    published: date | None = None
    metadata: Path | None = None
    rejects: Path | None = None
    model: str | None = None
    max_failures: int | None = None
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    time_limit: float | None = DEFAULT_TIME_LIMIT
    unordered: bool = False
    skip_duplicates: bool = False
    force: bool = False
    settings: Settings = Settings()


@dataclass(slots=True)
class _File:
    """An input under way."""

    item: Input
    key: str
    open: int
    count: int = 0
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


class Run:
    """One run: hands the inputs to the workers, and keeps what comes back."""

    def __init__(
        self, options: Options, reporter: Reporter, inputs: list[Input], sink: Sink, job: Job, metadata: Metadata
    ) -> None:
        self.options, self.reporter, self.inputs, self.sink = options, reporter, inputs, sink
        self.metadata = metadata
        self.summary = Summary()
        self.rows: dict[int, list[dict[str, Any]]] = {}
        self._files: dict[int, _File] = {}
        self._finished = 0
        self.pool = Pool(job, options.workers, options.time_limit)
        told = f"{_digest(options.metadata)} {options.settings.input_format}"
        self._said = f"{job.said} {options.published} {told}"

    def go(self) -> None:
        """Does all inputs; `summary` counts along.

        Raises:
            OutputError: O001.
            ConfigError: the workers cannot work.
        """
        for message in self.pool.run(self._tasks()):
            self._hear(message)

    def _tasks(self) -> Iterator[Task]:
        """The inputs that must be looked at, the large ones in shares."""
        for number, item in enumerate(self.inputs):
            if item.skip:
                self._skip(item, item.skip)
                self._close(number, item, "", 0)
                continue
            if item.problem:
                self._files[number] = _File(item, "", 1)
                self._reject(number, 0, item.problem)
                self._close(number, item, "", 1)
                continue
            key = _file_key(item, self._said)
            if key and (whole := self.sink.whole(number, item, key)) is not None:
                self._known(number, item, whole.done, whole.rows)
                self.summary.undated += whole.undated
                continue
            shards = self.options.workers if _may_hold_many(item) else 1
            self._files[number] = _File(item, key, shards)
            known = self.sink.known(item)
            for shard in range(shards):
                yield Task(number, item, shard, shards, known=known)

    def _hear(self, message: Message) -> None:
        number = message.task.number
        if isinstance(message, Done):
            for note in message.notes:
                self.reporter.warn(message.where, note)
            self.sink.done(message)
            self.summary.done += 1
            self.summary.undated += message.undated
            self.summary.tariffs += message.tariffs
            self.summary.statements += message.statements
            self._use(message.source)
            self._tell()
        elif isinstance(message, Same):
            self.sink.same(message)
            self.summary.skipped += 1
            self.summary.unchanged += 1
            self._use(message.source)
        elif isinstance(message, Rejected):
            self._reject(number, message.ordinal, message.error)
        elif isinstance(message, Skipped):
            self._skip(message.task.item, message.note)
        elif isinstance(message, Lost):
            self._lost(message)
        elif isinstance(message, End) and message.count is not None:
            self._end(message.task, message.count)

    def _lost(self, message: Lost) -> None:
        """A worker died or hung: the article that it was at is rejected, or the rest of the input that it was reading."""
        task, at = message.task, message.at
        where = at.where if at else task.item.label
        if message.seconds is None:
            error = ProcessingError("X003", where, detail=message.how)
        else:
            error = ProcessingError("X004", where, seconds=message.seconds)
        file = self._files[task.number]
        ordinal = at.ordinal if at else max(file.count, task.first)
        self._reject(task.number, ordinal, error)
        if at is None:
            self._end(task, ordinal + 1)

    def _end(self, task: Task, count: int) -> None:
        """A share is finished; with the last one the input is."""
        file = self._files[task.number]
        file.count = max(file.count, count)
        file.open -= 1
        if not file.open:
            self._close(task.number, file.item, file.key, file.count)

    def _close(self, number: int, item: Input, key: str, count: int) -> None:
        file = self._files.pop(number, None)
        rows = [row for _, row in sorted(file.rows, key=lambda pair: pair[0])] if file else []
        if rows:
            self.rows[number] = rows
        self.sink.file_done(number, item, key, count, rows)
        self._advance()

    def _known(self, number: int, item: Input, done: int, rows: list[dict[str, Any]]) -> None:
        """An input that has not changed: its articles are done, and what was rejected stays rejected."""
        self.summary.skipped += done
        self.summary.unchanged += done
        if rows:
            self.rows[number] = rows
        self._use(item.source)
        for row in rows:
            self.summary.rejected += 1
            self.summary.codes[row["code"]] += 1
            self.reporter.reject(_told(row))
            self._check_failures()
        self._advance()

    def _advance(self) -> None:
        self._finished += 1
        self._tell()

    def _tell(self) -> None:
        self.reporter.advance(self._finished, len(self.inputs), self.summary.done)

    def _skip(self, item: Input, note: Warned) -> None:
        self.summary.skipped += 1
        self.reporter.warn(item.label, note)

    def _reject(self, number: int, ordinal: int, error: ExtractorError) -> None:
        self.summary.rejected += 1
        self.summary.codes[error.code] += 1
        self.reporter.reject(error)
        self._files[number].rows.append((ordinal, reject_row(error.where, error)))
        self.sink.lost(number, ordinal)
        self._check_failures()

    def _check_failures(self) -> None:
        if self.options.max_failures is not None and self.summary.rejected > self.options.max_failures:
            self.summary.too_many = True
            self.pool.stop()

    def _use(self, source: str) -> None:
        """The workers read the metadata; here is only noted which entries are of use."""
        name, _, part = source.partition("#")
        self.metadata.of(name, part)


def run_batch(options: Options, reporter: Reporter, *, retry: bool = False, job: type[Job] = Job) -> Summary:
    """Reads, extracts and writes all that the options name.

    Args:
        options: what to do.
        reporter: hears of warnings, rejections and progress.
        retry: whether inputs that an earlier run rejected are tried again although they have not changed.
        job: what the workers do.

    Returns:
        The counts. Rejections are in them, not raised.

    Raises:
        ConfigError: a path, the metadata file, the model or the output cannot be used as asked, or another run uses the output.
        OutputError: the output cannot be written.
        BrokenPipeError: the reader of stdout has gone.
        KeyboardInterrupt: after what was done has been kept.
    """
    begun = time.monotonic()
    target = target_of(options.output)
    if target.wants_text and options.form != "json":
        raise ConfigError("C006", detail=f"--format {options.form} is for files, folders and stdout, not for {target.shown}")
    settings = options.settings.model_copy(update={"with_text": True}) if target.wants_text else options.settings
    metadata = load_metadata(options.metadata) if options.metadata else Metadata()
    model = check_model(resolve_model(options.model))
    inputs = _inputs(options, target, reporter)
    single = len(inputs) == 1 and inputs[0].alone
    work = job(
        settings,
        fingerprint(model, settings),
        options.model,
        options.metadata,
        options.published,
        indent=not target.wants_text and (single or target.kind == "folder"),
        form=options.form,
    )
    sink, rejects = _open(options, target, inputs, retry=retry)
    run = Run(options, reporter, inputs, sink, work, metadata)
    try:
        with _interruptible(run.pool, reporter) as interrupted, _spooled(inputs):
            run.go()
        run.summary.seconds = time.monotonic() - begun
        if interrupted or run.summary.too_many:
            kept = sink.stop()
        else:
            kept = None
            run.summary.settle(sink.finish())
    except (OutputError, BrokenPipeError):
        sink.discard()
        raise
    except BaseException as error:
        kept = sink.stop()
        if isinstance(error, KeyboardInterrupt):
            reporter.say(f"interrupted after {run.summary}" + (f"; {kept}" if kept else ""))
        raise
    rows = [row for number in sorted(run.rows) for row in run.rows[number]]
    if rejects is not None and (rows or options.rejects is not None or rejects.exists()):
        write_rejects(rejects, rows)
    if interrupted:
        reporter.say(f"interrupted after {run.summary}" + (f"; {kept}" if kept else ""))
        raise KeyboardInterrupt
    if kept:
        reporter.say(kept)
    if run.summary.undated:
        reporter.warn(f"{run.summary.undated} article(s)", warning("W105"))
    if unused := metadata.unused():
        reporter.warn(str(options.metadata), warning("W107", count=len(unused), detail=unused[0]))
    return run.summary


def _open(options: Options, target: Target, inputs: list[Input], *, retry: bool) -> tuple[Sink, Path | None]:
    """The sink, and where rejects go.

    Raises:
        ConfigError: C008, C010; of a database C030 to C034.
        OutputError: O001, O010.
    """
    rejects = options.rejects or target.rejects()
    said = options.model_dump(mode="json", exclude={"force", "workers"})
    if target.kind == "database":
        if options.skip_duplicates:
            told = "--skip-duplicates is for files; in a database duplicates are marked, and views leave them out"
            raise ConfigError("C006", detail=told)
        from extractor.writers.database.sink import DatabaseSink  # SQLAlchemy takes a while

        return DatabaseSink(target, said, retry=retry, force=options.force), rejects
    if target.kind == "tables":
        from extractor.writers.table_files import TableSink

        return TableSink(target, said, retry=retry, force=options.force, skip=options.skip_duplicates), rejects
    if target.kind == "stream":
        return StreamSink(options.output, skip=options.skip_duplicates), options.rejects
    assert target.path is not None
    folder = target.kind == "folder"
    if folder:
        check_distinct(target.path, inputs)
    journal = Journal(Path(os.path.realpath(target.path)), folder=folder)
    if options.force:
        journal.forget()
    try:
        if folder:
            return FolderSink(journal, said, retry=retry, skip=options.skip_duplicates), rejects
        return FileSink(journal, said, retry=retry, unordered=options.unordered, skip=options.skip_duplicates), rejects
    except BaseException:
        journal.close()
        raise


def stored_options(output: str) -> Options:
    """The options of the last run that wrote an output.

    Raises:
        ConfigError: C011, no run has; C010.
    """
    target = target_of(output)
    if target.kind == "database":
        from extractor.writers.database.sink import options_of

        return Options.model_validate(options_of(target)).model_copy(update={"output": output})
    place, folder = Path(os.path.realpath(output)), target.kind == "folder"
    if target.kind == "tables":
        from extractor.writers.table_files import journal_place

        place = journal_place(place)
    if not journal_of(place, folder=folder).is_dir():
        raise ConfigError("C011", path=output)
    found = Journal(place, folder=folder)
    try:
        said = found.options
    finally:
        found.close()
    if not said:
        raise ConfigError("C011", path=output)
    return Options.model_validate(said)


def _inputs(options: Options, target: Target, reporter: Reporter) -> list[Input]:
    """Finds the inputs; refuses to overwrite one of them."""
    written = [p for p in (target.path, options.rejects) if p]
    own = [*written, options.metadata] if options.metadata else written
    if len({os.path.realpath(p) for p in own}) < len(own):
        raise ConfigError("C006", detail="output, rejects and metadata must be different files")
    reserved = [*own, *target.files()]
    if target.kind != "stream" and not options.rejects and (rejects := target.rejects()):
        reserved.append(rejects)
    inputs = find_inputs(options.paths, never=reserved)
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
    a_database = head.startswith(b"SQLite format 3") or head[8:12] == b"DUCK"
    return not head.strip() or a_database or b'"schema_version"' in head or head.startswith(b'{"path"')


def _may_hold_many(item: Input) -> bool:
    """Whether an input may hold so many articles that several workers should share it."""
    try:
        return item.path is not None and item.path.stat().st_size >= SHARED
    except OSError:
        return False


def _file_key(item: Input, said: str) -> str:
    """Hash of an input's bytes with all that decides on its extraction; empty if it cannot be read."""
    digest = hashlib.sha256(f"{said} {item.source} {item.alone}".encode("utf-8", "surrogatepass"))
    try:
        assert item.path is not None
        with item.path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except (OSError, AssertionError):
        return ""
    return digest.hexdigest()[:32]


def _digest(path: Path | None) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


def _told(row: dict[str, Any]) -> ExtractorError:
    """A rejection of an earlier run, as it was told then."""
    error = ExtractorError.__new__(ProcessingError if row["stage"] == "extract" else ExtractorError)
    error.code, error.where, error.what, error.hint = row["code"], row["path"], row["message"], row.get("hint") or ""
    return error


@contextmanager
def _interruptible(pool: Pool, reporter: Reporter) -> Iterator[list[int]]:
    """Lets the first interruption finish the articles under way, and the second stop at once."""
    caught: list[int] = []

    def heed(number: int, frame: object) -> None:
        caught.append(number)
        if len(caught) > 1:
            raise KeyboardInterrupt
        reporter.say("interrupted: finishing the articles under way; once more to stop at once")
        pool.stop()

    if threading.current_thread() is not threading.main_thread():
        yield caught
        return
    before = {number: signal.signal(number, heed) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _spooled(inputs: list[Input]) -> Iterator[None]:
    """Puts stdin into a file for the workers, who have none."""
    import shutil
    import sys

    at = next((n for n, item in enumerate(inputs) if item.path is None and not item.skip), None)
    if at is None:
        yield
        return
    handle, name = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        inputs[at] = replace(inputs[at], path=Path(name))
        yield
    finally:
        with suppress(OSError):
            Path(name).unlink()
