"""The command line: parses, calls a plain function, sets the exit code. Nothing else in the package prints."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec

import typer

from extractor.cli_options import (
    ConfigFile,
    Force,
    Format,
    InputForm,
    Lexicon,
    MaxBytes,
    MaxFailures,
    MetadataFile,
    MinConfidence,
    Model,
    OfficialsOnly,
    Output,
    Paths,
    Published,
    Quiet,
    Rejects,
    SkipDuplicates,
    SummaryForm,
    TimeLimit,
    Unordered,
    WithText,
    Workers,
)
from extractor.cli_timeline import timeline
from extractor.version import __version__

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from extractor.batch import Options
    from extractor.configuration import Configuration
    from extractor.errors import ExtractorError
    from extractor.records import Warned

P = ParamSpec("P")

DONE, REJECTED, USAGE, TOO_MANY, UNWRITABLE, INTERRUPTED = 0, 1, 2, 3, 4, 130

EXIT_CODES = (
    "Exit codes: 0 all done, 1 some inputs rejected, 2 wrong usage or configuration, 3 too many failures, "
    "4 output not writable, 130 interrupted."
)

app = typer.Typer(
    name="extractor",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turns English news articles into tariff records and official-statement records, "
    "every value with the words that prove it.",
    epilog=EXIT_CODES,
)


def _coded(command: Callable[P, None]) -> Callable[P, None]:
    """Turns every outcome of a command into its exit code."""

    @wraps(command)
    def coded(*args: P.args, **kwargs: P.kwargs) -> None:
        from extractor.errors import ConfigError, ExtractorError, OutputError

        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except ExtractorError as error:
            Console().reject(error)
            codes = {OutputError: UNWRITABLE, ConfigError: USAGE}
            raise typer.Exit(codes.get(type(error), REJECTED)) from error
        except BrokenPipeError as error:  # the reader of stdout has seen enough
            _silence()
            raise typer.Exit(DONE) from error
        except OSError as error:
            raise typer.Exit(_unwritable(error)) from error
        except KeyboardInterrupt as error:
            Console().fail("interrupted")
            _silence()
            raise typer.Exit(INTERRUPTED) from error

    return coded


def _unwritable(error: OSError) -> int:
    """Tells that stdout cannot be written to, and gives the exit code."""
    from extractor.errors import OutputError

    Console().reject(OutputError("O001", path="stdout", detail=error.strerror or error))
    _silence()
    return UNWRITABLE


def _silence() -> None:
    """Sends what is still buffered for stdout nowhere, so that leaving does not fail on it."""
    with suppress(OSError, ValueError):  # without a descriptor nothing is buffered below Python
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Console:
    """Stderr, one line a message."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._begun = self._told = time.monotonic()
        self._from = (self._begun, 0)
        self._bar: tuple[Progress, TaskID] | None = None

    def say(self, message: str) -> None:
        """A line for the person in front of the terminal; nothing with --quiet."""
        if not self.quiet:
            typer.echo(message, err=True)

    def warn(self, where: str, note: Warned) -> None:
        """`warning: W101 path: message`; nothing with --quiet."""
        self.say(f"warning: {note.code} {where}: {note.message}")

    def reject(self, error: ExtractorError) -> None:
        """`error: R001 path: message`."""
        self.fail(str(error))

    def advance(self, inputs: int, total: int, articles: int) -> None:
        """A bar on a terminal once a run takes a while; elsewhere a line every so often; nothing with --quiet.

        It is told of each article, since one input may hold a hundred thousand.
        """
        now = time.monotonic()
        if not articles:  # what an earlier run has done says nothing of how long the rest takes
            self._from = (now, inputs)
        if self.quiet or now - self._begun < SHORT:
            return
        since, before = self._from
        rate = articles / (now - since) if articles else 0.0
        if sys.stderr.isatty():
            if self._bar is None:
                self._bar = _progress_bar(total)
            self._bar[0].update(self._bar[1], completed=inputs, rate=f"{articles:,} articles, {rate:.1f}/s")
        elif now - self._told >= EVERY:
            self._told = now
            left = f", about {_duration((total - inputs) * (now - since) / (inputs - before))} left" if inputs > before else ""
            self.say(f"{inputs:,} of {total:,} inputs, {articles:,} articles, {rate:.1f}/s{left}")

    def done(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None

    def fail(self, message: str) -> None:
        """A line that --quiet does not silence."""
        typer.echo(f"error: {message}", err=True)


SHORT, EVERY = 2.0, 30.0
"""Seconds before progress is shown at all, and between its lines where stderr is no terminal."""


def _progress_bar(total: int) -> tuple[Progress, TaskID]:
    from rich.console import Console as Screen
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    bar = Progress(*columns, console=Screen(stderr=True), transient=True)
    task = bar.add_task("", total=total, rate="")
    bar.start()
    return bar, task


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"tariff-extractor {__version__}")
        raise typer.Exit


@app.command(epilog=EXIT_CODES)
@_coded
def run(
    paths: Paths,
    output: Output = None,
    form: Format = "json",
    published: Published = None,
    metadata: MetadataFile = None,
    rejects: Rejects = None,
    model: Model = None,
    lexicon: Lexicon = None,
    config: ConfigFile = None,
    max_bytes: MaxBytes = None,
    input_format: InputForm = None,
    with_text: WithText = None,
    officials_only: OfficialsOnly = None,
    min_confidence: MinConfidence = None,
    max_failures: MaxFailures = None,
    workers: Workers = None,
    time_limit: TimeLimit = None,
    unordered: Unordered = None,
    skip_duplicates: SkipDuplicates = None,
    force: Force = False,
    summary: SummaryForm = "text",
    quiet: Quiet = False,
) -> None:
    """Extract records from articles: text, Markdown, HTML, JSON, NITF, NewsML-G2, RSS, Atom and WARC, also in gzip and zip."""
    from extractor.batch import Options
    from extractor.errors import ConfigError

    if form not in ("json", "jsonld"):
        raise ConfigError("C006", detail=f"--format is json or jsonld, not {form}")
    set_ = _configured(
        config, model=model, lexicon=lexicon, metadata=metadata, published=_day(published), max_bytes=max_bytes,
        input_format=input_format, with_text=with_text, officials_only=officials_only,
        min_confidence=min_confidence, max_failures=max_failures, workers=workers,
        time_limit=time_limit, unordered=unordered, skip_duplicates=skip_duplicates,
    ).settings  # fmt: skip
    options = Options(
        paths=tuple(paths),
        output=output,
        form="jsonld" if form == "jsonld" else "json",
        published=set_.published,
        metadata=set_.metadata,
        rejects=rejects,
        model=set_.model,
        max_failures=set_.max_failures,
        **({"workers": set_.workers} if set_.workers else {}),
        time_limit=set_.time_limit or None,
        unordered=set_.unordered,
        skip_duplicates=set_.skip_duplicates,
        force=force,
        settings=set_.extraction,
    )
    _batch(options, summary, quiet=quiet)


@app.command(epilog=EXIT_CODES)
@_coded
def retry(
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="The file, folder or database that an earlier `run -o` wrote.")],
    workers: Workers = None,
    time_limit: Annotated[
        float | None, typer.Option(min=0.0, metavar="SECONDS", help="As for run. Default: that of the run.")
    ] = None,
    summary: SummaryForm = "text",
    quiet: Quiet = False,
) -> None:
    """Run again what an earlier run rejected, with its options; what it has done stays."""
    from extractor.batch import stored_options

    given = {"workers": workers, "time_limit": time_limit}
    options = stored_options(output).model_copy(update={name: value for name, value in given.items() if value is not None})
    _batch(options, summary, quiet=quiet, retry=True)


def _batch(options: Options, form: str, *, quiet: bool, retry: bool = False) -> None:
    """Runs, tells the summary, and sets the exit code."""
    import json

    from extractor.batch import run_batch
    from extractor.errors import ConfigError

    if form not in {"text", "json"}:
        raise ConfigError("C006", detail=f"--summary is text or json, not {form}")
    console = Console(quiet=quiet)
    try:
        summary = run_batch(options, console, retry=retry)
    finally:
        console.done()
    if form == "json":
        typer.echo(json.dumps(summary.as_dict()), err=True)
    else:
        console.say(str(summary))
    if summary.too_many:
        console.fail(f"more than {options.max_failures} inputs were rejected: stopped")
        raise typer.Exit(TOO_MANY)
    raise typer.Exit(REJECTED if summary.rejected else DONE)


def _configured(file: Path | None, **flags: object) -> Configuration:
    """What holds: flags > environment > file > default."""
    from extractor.configuration import configure

    return configure(file, flags)


def _day(value: str | None) -> date | None:
    from extractor.errors import ConfigError
    from extractor.readers.published import parse_published

    if value is None:
        return None
    try:
        return parse_published(value)[0]
    except ValueError as error:
        raise ConfigError("C002", detail=f"--published {value!r}") from error


@app.command()
@_coded
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An article, or an extraction that `run` wrote.")],
    article: Annotated[
        str | None, typer.Option(metavar="FILE", help="The article's file, for an extraction written without --with-text.")
    ] = None,
    published: Published = None,
    metadata: MetadataFile = None,
    model: Model = None,
    lexicon: Lexicon = None,
    config: ConfigFile = None,
) -> None:
    """Show the records of an article, each with its evidence highlighted in context."""
    from rich.console import Console as Screen

    from extractor import view
    from extractor.previews import previews

    screen = Screen(highlight=False, markup=False)
    set_ = _configured(config, model=model, lexicon=lexicon, metadata=metadata, published=_day(published)).settings
    found = previews(
        file,
        article=article,
        published=set_.published,
        metadata=set_.metadata,
        model=set_.model,
        settings=set_.extraction,
    )
    for extraction, text in found:
        view.show(extraction, text, screen)


@app.command()
@_coded
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Checked records: a file or folder of the output's form or a subset.")
    ],
    pred: Annotated[Path, typer.Argument(metavar="PRED", help="Extractions: a .json or .jsonl file, or a folder of them.")],
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed and what was wrong.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write all of it as data.")] = False,
) -> None:
    """Score extractions against gold: P, R and F1 of each kind of entity and record, accuracy of each slot."""
    import json

    from extractor import evaluation

    report = evaluation.evaluate(gold, pred)
    typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2) if as_json else report.render(errors=errors))


app.command(epilog=EXIT_CODES)(_coded(timeline))


@app.command()
@_coded
def schema(
    of: Annotated[str, typer.Argument(metavar="extraction|timeline", help="Which output.")] = "extraction",
    tables: Annotated[
        bool, typer.Option("--tables", help="The tables of a database instead, as Markdown with a diagram.")
    ] = False,
) -> None:
    """Print the JSON Schema of the output of `run` or of `timeline`, or the tables of a database."""
    import json

    if tables:
        from extractor.writers.database.diagram import page

        typer.echo(page(), nl=False)
        return

    from extractor.measure_records import schema_of

    typer.echo(json.dumps(schema_of(of), indent=2, ensure_ascii=False))


@app.command()
@_coded
def info(
    model: Model = None,
) -> None:
    """Print what a bug report needs: versions, model and its hash."""
    from extractor.information import information

    for name, value in information(_configured(None, model=model).settings.model):
        typer.echo(f"{name:<22}{value}")


@app.command()
@_coded
def config(
    file: ConfigFile = None,
) -> None:
    """Print the settings that hold, and where each was said: in the environment (EXTRACTOR_...), in a file, or nowhere."""
    from extractor.configuration import rows

    for name, value, origin in rows(_configured(file)):
        typer.echo(f"{name:<16}{value:<24}{origin}")


lexicon_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Word lists of your own.")
app.add_typer(lexicon_app, name="lexicon")


@lexicon_app.command()
@_coded
def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Files of the names and forms of the shipped lists.")],
) -> None:
    """Check word lists: every problem with its file and line, and what a file adds."""
    from extractor.lexicon import user

    problems, notes = user.check(folder)
    for problem in problems:
        Console().reject(problem)
    for note in notes:
        typer.echo(note)
    raise typer.Exit(USAGE if problems else DONE)


def main() -> None:
    """The command `extractor`."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end is an interruption
    logging.getLogger().addHandler(logging.NullHandler())  # libraries' chatter is not ours
    try:
        app()
    except OSError as error:  # typer's own output, such as --help, failed
        sys.exit(_unwritable(error))
