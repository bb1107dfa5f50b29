"""The command `extractor timeline`: measures across articles."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def timeline(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="IN", help="Extractions that `run` wrote: .json and .jsonl files, folders of them, or - for stdin."
        ),
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Show what holds on a day (YYYY-MM-DD), not the histories.")
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
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write JSON to FILE; one measure a line if it ends with .jsonl."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON to a terminal, too.")] = False,
) -> None:
    """Link the records of many articles into measures, each with its history, its sources and where they differ."""
    from extractor.errors import ConfigError
    from extractor.lexicon import choose
    from extractor.linking.measures import Timeline
    from extractor.linking.measures.copies import mark_copies
    from extractor.linking.measures.selecting import Selection
    from extractor.stored import refuse_input, stored

    day = None
    if on is not None:
        try:
            day = date.fromisoformat(on)
        except ValueError as error:
            raise ConfigError("C002", detail=f"--on {on!r}") from error
    choose(lexicon)
    if output is not None:
        refuse_input(output, paths)
    line = Timeline(mark_copies(stored(paths)))
    chosen = Selection(imposer=imposer, target=target, product=product)
    found = chosen.of_holdings(line.in_force(day)) if day else chosen.of_measures(line.output())
    if output is None and sys.stdout.isatty() and not as_json:
        from rich.console import Console as Screen

        from extractor import view_measures

        view_measures.show(found, line.sources(), Screen(highlight=False, markup=False))
        return
    _write(found.to_lines() if output is not None and output.suffix == ".jsonl" else found.to_json(indent=2) + "\n", output)


def _write(text: str, output: Path | None) -> None:
    from extractor.writers.atomic import AtomicFile, StandardOutput

    sink = AtomicFile(output) if output is not None else StandardOutput()
    try:
        sink.write(text.encode())
    except BaseException:
        sink.discard()
        raise
    sink.commit()
