"""The command `extractor timeline`: measures across articles."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli_options import Quiet


def timeline(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="IN",
            help="What `run` wrote: .json and .jsonl files, folders of them, - for stdin, a database or a folder of table files. "
            "The tables of measures of a database or of table files are filled, unless something is asked.",
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Show what holds on a day (YYYY-MM-DD or today), not the histories."),
    ] = None,
    imposer: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only measures of this country or union, such as US or EU.")
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Only measures that bear on this country's goods, also as a member of a union or of all."
        ),
    ] = None,
    product: Annotated[
        str | None,
        typer.Option(metavar="GOODS", help="Only measures that bear on these goods, such as steel, also as on all goods."),
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Word lists that add to the shipped ones, as for run.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|FOLDER/",
            help="Write JSON to FILE, one measure a line if it ends with .jsonl; or tables to FOLDER.csv/ or FOLDER.parquet/.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, to a terminal too, and fill no tables.")] = False,
    quiet: Quiet = False,
) -> None:
    """Link the records of many articles into measures, each with its history, its sources and where they differ."""
    from extractor.errors import ConfigError
    from extractor.lexicon import choose
    from extractor.linking.measures.selecting import Selection
    from extractor.measuring import fill, tables_for, timeline_of
    from extractor.stored import refuse_input

    day = _day(on)
    choose(lexicon)
    chosen = Selection(imposer=imposer, target=target, product=product)
    asked = day is not None or chosen != Selection() or as_json
    tables = tables_for(paths, output) if output is not None or not asked else None
    if tables is not None:
        if asked:
            raise ConfigError("C006", detail=f"the tables of {tables.shown} hold all measures: leave out what selects some")
        filled = fill(paths, tables)
        if not quiet:
            typer.echo(str(filled), err=True)
        return
    if output is not None:
        refuse_input(Path(output), paths)
    line = timeline_of(paths)
    found = chosen.of_holdings(line.in_force(day)) if day else chosen.of_measures(line.output())
    if output is None and sys.stdout.isatty() and not as_json:
        from rich.console import Console as Screen

        from extractor import view_measures

        view_measures.show(found, line.sources(), Screen(highlight=False, markup=False))
        return
    lines = output is not None and output.endswith(".jsonl")
    _write(found.to_lines() if lines else found.to_json(indent=2) + "\n", Path(output) if output not in (None, "-") else None)


def _day(value: str | None) -> date | None:
    from extractor.errors import ConfigError

    if value is None:
        return None
    try:
        return date.today() if value == "today" else date.fromisoformat(value)
    except ValueError as error:
        raise ConfigError("C002", detail=f"--on {value!r}") from error


def _write(text: str, output: Path | None) -> None:
    from extractor.writers.atomic import AtomicFile, StandardOutput

    sink = AtomicFile(output) if output is not None else StandardOutput()
    try:
        sink.write(text.encode())
    except BaseException:
        sink.discard()
        raise
    sink.commit()
