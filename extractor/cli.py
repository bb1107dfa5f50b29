"""The command line: parses, calls a plain function, sets the exit code. Nothing else in the package prints."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec

import typer

from extractor.settings import DEFAULT_MAX_BYTES
from extractor.version import __version__

if TYPE_CHECKING:
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

    def fail(self, message: str) -> None:
        """A line that --quiet does not silence."""
        typer.echo(f"error: {message}", err=True)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"tariff-extractor {__version__}")
        raise typer.Exit


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files, folders (with their subfolders; hidden files are left out) or - for stdin."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE|FOLDER/",
        help="Write to FILE (it appears when complete), or one file for each input into FOLDER/ (it ends with a slash or "
        "exists): a.txt becomes a.txt.json, subfolders are kept. Default: stdout. The article of a single input is written "
        "as one indented object, all else as JSON Lines, sorted by source.",
    ),
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of articles that have none of their own.")
]
MetadataFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="JSON or CSV with fields by relative path or file name: published, publisher, title, url, authors. "
        "They override what the input says.",
    ),
]
Rejects = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write what was rejected as JSON Lines: path, stage, code, message, hint."),
]
Model = Annotated[
    str | None, typer.Option(metavar="PATH|NAME", help="Model folder or installed pipeline. Default: the one that ships.")
]
MaxBytes = Annotated[
    int,
    typer.Option(min=1, metavar="N", help="Largest text of one article in bytes; a page or JSON may have four times as much."),
]
WithText = Annotated[bool, typer.Option("--with-text", help="Put the article's text into the output.")]
OfficialsOnly = Annotated[
    bool,
    typer.Option(
        "--officials-only",
        help="Write only the statements of officials and public bodies, leaving out those of companies, analysts and others.",
    ),
]
MaxFailures = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="Stop, with exit code 3, when more than N inputs are rejected.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only, no warnings and no summary.")]


@app.command(epilog=EXIT_CODES)
@_coded
def run(
    paths: Paths,
    output: Output = None,
    published: Published = None,
    metadata: MetadataFile = None,
    rejects: Rejects = None,
    model: Model = None,
    max_bytes: MaxBytes = DEFAULT_MAX_BYTES,
    with_text: WithText = False,
    officials_only: OfficialsOnly = False,
    max_failures: MaxFailures = None,
    quiet: Quiet = False,
) -> None:
    """Extract records from articles: plain text, HTML, JSON and JSON Lines."""
    from extractor.batch import Options, run_batch
    from extractor.settings import Settings

    console = Console(quiet=quiet)
    summary = run_batch(
        Options(
            paths=tuple(paths),
            output=output,
            published=_day(published),
            metadata=metadata,
            rejects=rejects,
            model=model,
            max_failures=max_failures,
            settings=Settings(max_bytes=max_bytes, with_text=with_text, officials_only=officials_only),
        ),
        console,
    )
    console.say(str(summary))
    if summary.too_many:
        console.fail(f"more than {max_failures} inputs were rejected: stopped")
        raise typer.Exit(TOO_MANY)
    raise typer.Exit(REJECTED if summary.rejected else DONE)


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
) -> None:
    """Show the records of an article, each with its evidence highlighted in context."""
    from rich.console import Console as Screen

    from extractor import view
    from extractor.previews import previews

    screen = Screen(highlight=False, markup=False)
    for extraction, text in previews(file, article=article, published=_day(published), metadata=metadata, model=model):
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


@app.command()
@_coded
def schema() -> None:
    """Print the JSON Schema of the output."""
    import json

    from extractor.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command()
@_coded
def info(
    model: Model = None,
) -> None:
    """Print what a bug report needs: versions, model and its hash."""
    from extractor.information import information

    for name, value in information(model):
        typer.echo(f"{name:<22}{value}")


def main() -> None:
    """The command `extractor`."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end is an interruption
    logging.getLogger().addHandler(logging.NullHandler())  # libraries' chatter is not ours
    try:
        app()
    except OSError as error:  # typer's own output, such as --help, failed
        sys.exit(_unwritable(error))
