"""What is sent to a database, in its own words: upserts that touch a row only when it differs, and the removal of stale rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Dialect,
    FromClause,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.schema import Table
from sqlalchemy.sql.dml import Insert

from extractor.errors import ConfigError

CLOCK = "written_at"
"""The one column that says nothing of the content: a row that differs in it alone is the same row."""
CAN_UPSERT = ("sqlite", "postgresql", "mysql", "mariadb")


def upsert(table: Table, dialect: Dialect, source: FromClause | None = None) -> Insert:
    """Inserts rows, or makes those with the same key like them; a row that is like them already is not touched.

    Args:
        table: where to.
        dialect: the database's.
        source: the table that holds the rows, with the same columns; None for parameters named like the columns.

    Raises:
        ConfigError: C031, the database knows no upsert.
    """
    kind = {"sqlite": sqlite.insert, "postgresql": postgresql.insert, "mysql": mysql.insert, "mariadb": mysql.insert}
    if dialect.name not in kind:
        raise ConfigError("C031", detail=dialect.name, known=", ".join(CAN_UPSERT))
    names = [column.name for column in table.columns]
    made: Any = kind[dialect.name](table)
    if source is None:
        made = made.values({name: bindparam(name) for name in names})
    else:
        made = made.from_select(names, select(*source.columns).where(true()))
    others = [column for column in table.columns if not column.primary_key]
    if dialect.name in ("mysql", "mariadb"):
        new = made.inserted
        sets = [(c.name, new[c.name]) for c in others if c.name != CLOCK]
        if CLOCK in table.columns:  # assigned before the rest, so that it still sees the old values
            same = and_(*(table.columns[name].is_not_distinct_from(value) for name, value in sets))
            sets.insert(0, (CLOCK, func.if_(same, table.columns[CLOCK], new[CLOCK])))
        made = made.on_duplicate_key_update(sets)
    else:
        new = made.excluded
        differs = or_(*(c.is_distinct_from(new[c.name]) for c in others if c.name != CLOCK))
        made = made.on_conflict_do_update(
            index_elements=list(table.primary_key.columns), set_={c.name: new[c.name] for c in others}, where=differs
        )
    return made  # type: ignore[no-any-return]


def plain_insert(table: Table) -> Insert:
    """Inserts rows from parameters named like the columns, for a comparison."""
    return insert(table).values({column.name: bindparam(column.name) for column in table.columns})


def same_key(table: FromClause, other: FromClause, keys: list[str]) -> ColumnElement[bool]:
    """Whether two tables' rows have the same key."""
    return and_(*(table.columns[name] == other.columns[name] for name in keys))


def key_names(table: Table) -> list[str]:
    """The columns of a table's key."""
    return [column.name for column in table.primary_key.columns]


def delete_row(table: Table) -> Delete:
    """Deletes the row with the key that parameters named k0, k1 … give."""
    keys = enumerate(table.primary_key.columns)
    return delete(table).where(and_(*(column == bindparam(f"k{n}") for n, column in keys)))


def delete_stale(table: Table, staged: FromClause, articles: FromClause) -> Delete:
    """Deletes the rows of the staged articles that are not staged themselves."""
    mine = table.columns["article_id"].in_(select(articles.columns["id"]))
    return delete(table).where(mine, ~exists().where(same_key(staged, table, key_names(table))))
