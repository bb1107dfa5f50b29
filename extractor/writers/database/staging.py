"""Tables of the same columns, into which a database is loaded in bulk before the rows are merged."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Column, MetaData, Table

_STAGES = MetaData()


@cache
def stage_of(table: Table) -> Table:
    """The temporary table that a table's rows are copied into."""
    return Table(f"stage_{table.name}", _STAGES, *(Column(column.name, column.type) for column in table.columns))
