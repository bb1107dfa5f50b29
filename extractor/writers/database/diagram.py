"""The tables as a page: a diagram that Markdown viewers draw (Mermaid), and each table with its columns and their meaning."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from extractor.writers.database.tables import CONTENT, METADATA, SCHEMA
from extractor.writers.database.views import VIEWS


def page() -> str:
    """The whole page, as `docs/schema.md` has it."""
    others = [table for table in METADATA.sorted_tables if table not in CONTENT]
    lines = [
        "# The tables",
        "",
        f"Schema version {SCHEMA}. Made by `extractor schema --tables` from `extractor/writers/database/tables.py`.",
        "Types are PostgreSQL's.",
        "",
        *_diagram(),
        "",
        f"Views for people and spreadsheets: {', '.join(f'`{name}`' for name in VIEWS)}.",
    ]
    for table in (*CONTENT, *others):
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "erDiagram"
    for table in CONTENT:
        linked = sorted({key.column.table.name for key in table.foreign_keys})
        for other in linked:
            yield f"    {other} ||--o{{ {table.name} : has"
    for table in CONTENT:
        yield f"    {table.name} {{"
        links = {key.parent.name for key in table.foreign_keys}
        for column in table.columns:
            if column.primary_key or column.name in links:
                marks = ["PK"] * column.primary_key + ["FK"] * (column.name in links)
                yield f"        {_type(column.type)} {column.name} {', '.join(marks)}"
        yield "    }"
    yield "```"


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield str(table.comment)
    yield ""
    yield "| Column | Type | Null | Meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        links = [
            f"`{key.column.table.name}.{key.column.name}`" for key in sorted(column.foreign_keys, key=lambda k: k.target_fullname)
        ]
        told = f"{column.comment}{'; refers to ' + ', '.join(links) if links else ''}"
        name = f"**{column.name}**" if column.primary_key else column.name
        yield f"| {name} | {_type(column.type)} | {'yes' if column.nullable else ''} | {told} |"


def _type(kind: object) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return str(kind.compile(dialect=dialect)).lower().replace(" ", "_")  # type: ignore[attr-defined]
