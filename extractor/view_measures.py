"""A person's view of measures in the terminal: each with its history, or all that hold on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.linking.measures.conflicts import count
from extractor.linking.measures.events import figures
from extractor.measure_records import Conflict, Holding, HoldingsOutput, Measure, MeasureEvent, TimelineOutput
from extractor.view import FAINT, INDENT, rate_words, safe

Sources = Mapping[str, dict[str, str]]
"""Measure id -> article id -> source."""


def show(found: TimelineOutput | HoldingsOutput, sources: Sources, console: Console) -> None:
    """Shows measures, or what holds on a day.

    Args:
        found: which.
        sources: whose reports they are.
        console: where to.
    """
    if isinstance(found, HoldingsOutput):
        _holdings(found, console)
        return
    count_ = len(found.measures)
    articles = f"{found.articles} article{'s' * (found.articles != 1)}"
    console.print(Text(f"{count_ or 'No'} measure{'s' * (count_ != 1)} in {articles}", style="bold cyan"))
    numbers = {measure.id: number for number, measure in enumerate(found.measures, 1)}
    for measure in found.measures:
        _measure(numbers, measure, sources.get(measure.id, {}), console)


def _measure(numbers: Mapping[str, int], measure: Measure, sources: dict[str, str], console: Console) -> None:
    title = (
        (f"{numbers[measure.id]:<{INDENT - 1}} ", FAINT),
        (safe(_title(measure)), "bold"),
        (f"  {_sources(measure.sources)}", FAINT),
    )
    console.print(Text.assemble("\n", *title))
    span = " to ".join(str(day) for day in dict.fromkeys((measure.first_reported, measure.last_reported)) if day)
    law = measure.legal_basis.text if measure.legal_basis else ""
    about = [f"reported {span}" if span else "", law, f"HS {', '.join(measure.hs)}" if measure.hs else "", measure.id]
    console.print(Padding(Text(" · ".join(safe(part) for part in about if part), style=FAINT), (0, 0, 0, INDENT)))
    table = Table.grid(padding=(0, 2, 0, 0))
    for style in (FAINT, "", "bold yellow", FAINT):
        table.add_column(style=style, no_wrap=style != FAINT)
    for group in _together(measure.events):
        event = group[0]
        before = f"from {rate_words(event.prior_rate)}" if event.prior_rate else ""
        planned = ", planned" if all(e.date and e.reported and e.date > e.reported for e in group) else ""
        who = _sources(count(group, sources)) + (", later corrected" if event.superseded else planned)
        cells = (_when(event), _plain(event.event), rate_words(event.rate), f"{before}  {who}".strip())
        table.add_row(*(Text(safe(cell)) for cell in cells))
    console.print(Padding(table, (0, 0, 0, INDENT), expand=False))
    for conflict in measure.conflicts:
        console.print(Padding(Text(safe(_conflict(conflict)), style="magenta"), (0, 0, 0, INDENT)))
    relations = "; ".join(_relations(measure, numbers))
    if relations:
        console.print(Padding(Text(safe(relations), style=FAINT), (0, 0, 0, INDENT)))


def _holdings(found: HoldingsOutput, console: Console) -> None:
    count_ = len(found.in_force)
    console.print(Text(f"{count_ or 'No'} measure{'s' * (count_ != 1)} in force on {found.on}\n", style="bold cyan"))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=FAINT, pad_edge=False)
    for name in ("imposer", "on goods of", "goods", "rate", "since", "until", "as", "last report", "sources"):
        table.add_column(name, style="bold yellow" if name == "rate" else "", overflow="fold")
    for row in found.in_force:
        rates = [rate_words(rate) for rate in (row.rate, *row.other_rates) if rate]
        cells = (
            row.imposer.name if row.imposer else "?", _target(row), row.product or "all or not said", " or ".join(rates) or "?",
            row.since or "?", row.until or "", row.basis, row.last_reported or "?", row.sources,
        )  # fmt: skip
        table.add_row(*(Text(safe(str(cell))) for cell in cells))
    if found.in_force:
        console.print(table)


# ---------------------------------------------------------------- words


def _title(measure: Measure) -> str:
    imposer = measure.imposer.name if measure.imposer else "?"
    return " · ".join([f"{imposer} → {_target(measure)}", measure.product or "all goods or not said", _plain(measure.instrument)])


def _target(found: Measure | Holding) -> str:
    if found.target is not None:
        return found.target.name
    return "all countries" if found.target_scope == "all" else "?"


def _together(events: Sequence[MeasureEvent]) -> list[list[MeasureEvent]]:
    """Events of the same kind, day and rate, in the order of the first; undated ones of one day of report."""
    groups: dict[tuple[object, ...], list[MeasureEvent]] = {}
    for event in events:
        name = (event.event, event.edtf or event.reported, event.edtf is None, figures(event), event.superseded)
        groups.setdefault(name, []).append(event)
    return list(groups.values())


def _when(event: MeasureEvent) -> str:
    return event.edtf or (f"by {event.reported}" if event.reported else "?")


def _conflict(conflict: Conflict) -> str:
    day = f" of {conflict.date}" if conflict.date else ""
    values = ", ".join(f"{_plain(value.value)} ({_sources(value.sources)})" for value in conflict.values)
    return f"sources differ in the {conflict.field}{day}: {values}"


def _relations(measure: Measure, numbers: Mapping[str, int]) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    for relation in measure.relations:
        number = numbers.get(relation.measure or "")
        other = relation.code or (f"measure {number}" if number else "another measure")
        kinds.setdefault(relation.type, []).append(other)
    for kind, others in kinds.items():
        yield f"{_plain(kind)} {', '.join(others)}"


def _sources(number: int) -> str:
    return f"{number} source{'s' * (number != 1)}"


def _plain(code: str) -> str:
    return str(code).replace("_", " ")
