"""A database's rows -> extractions with their tariff records, as they were written: what measures are made of."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Table, case, exists, select

from extractor.errors import ConfigError
from extractor.records import Extraction
from extractor.writers.database.opening import store_of
from extractor.writers.database.rows import portions
from extractor.writers.database.sink import OPENING, opened, patiently
from extractor.writers.database.store import Store
from extractor.writers.database.tables import (
    ARTICLES,
    EVIDENCE,
    JOURNAL_ARTICLES,
    RUNS,
    TARIFF_EXEMPTIONS,
    TARIFF_PRODUCTS,
    TARIFF_RATIONALES,
    TARIFF_RELATIONS,
    TARIFF_TARGETS,
    TARIFFS,
)
from extractor.writers.targets import Target

Fields = dict[str, Any]
_JURISDICTION = ("code", "iso3", "name", "kind")
_DATE = ("edtf", "granularity", "earliest", "latest", "basis", "text")
_PLAIN = ("id", "target_scope", "product_scope", "instrument", "action", "status", "attributed_to", "confidence")
_OBJECTS: Mapping[str, tuple[str, ...]] = {
    "imposer": _JURISDICTION, "announced": _DATE, "effective": _DATE, "end": _DATE, "duration": ("text", "iso"),
    "trade_value": ("amount", "currency", "qualifier"), "legal_basis": ("text", "code"), "condition": ("kind", "text"),
}  # fmt: skip
"""Fields of a tariff record that are objects, and their columns; the first one is never null where there is an object."""


def reader(target: Target) -> Store:
    """A database that runs have written to; tables of an older version are brought up to date.

    Raises:
        ConfigError: C001, there is none; C006, it has no tables of ours; C030 to C034.
        OutputError: O001, O010.
    """
    if target.path is not None and not target.path.exists():
        raise ConfigError("C001", detail=target.shown)
    store = store_of(target)
    try:
        if patiently(store, store.version, patience=OPENING) is None:
            raise ConfigError(
                "C006", detail=f"{target.shown} holds no extractions: `extractor run -o {target.shown}` writes them"
            )
    finally:
        store.close()
    return opened(target)


def extractions_of(store: Store) -> Iterator[Extraction]:
    """All articles of a database with their tariff records, in the order of their ids, without entities and statements.

    The text is there only where no run has written the article, so that none has looked whether it is a duplicate. Some hundred
    articles are in memory at a time.
    """
    names = [column.name for column in ARTICLES.columns]
    of_run = exists().where(JOURNAL_ARTICLES.c.article_id == ARTICLES.c.id)
    columns = [case((of_run, None), else_=c).label("text") if c.name == "text" else c for c in ARTICLES.columns]
    makers = {row["id"]: row for row in _rows(store, RUNS)}
    ids = sorted(row[0] for row in _read(store, select(ARTICLES.c.id)))
    for some in portions(ids):
        articles = [dict(zip(names, row, strict=True)) for row in _read(store, select(*columns).where(ARTICLES.c.id.in_(some)))]
        tariffs = _tariffs(store, some)
        for article in sorted(articles, key=lambda each: str(each["id"])):
            made = makers[article["run_id"]]
            yield Extraction.model_validate({
                "schema_version": made["schema_version"],
                "generator": {name: value for name, value in made.items() if name not in {"id", "schema_version"}},
                "article": {**_without(article, "run_id", "written_at"), "authors": json.loads(article["authors"])},
                "tariffs": tariffs[article["id"]],
            })  # fmt: skip


def _read(store: Store, asked: Executable) -> Sequence[Any]:
    return patiently(store, lambda: store.read(asked))


def _rows(store: Store, table: Table, articles: Sequence[str] | None = None) -> Iterator[Fields]:
    asked = select(table).order_by(*table.primary_key.columns)
    if articles is not None:
        asked = asked.where(table.c.article_id.in_(articles))
    names = [column.name for column in table.columns]
    for row in _read(store, asked):
        yield dict(zip(names, row, strict=True))


def _tariffs(store: Store, articles: Sequence[str]) -> dict[str, list[Fields]]:
    """The tariff records of articles, by the article's id, in their order."""
    parts: dict[str, dict[str, list[Fields]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, TARIFF_TARGETS, articles):
        name = "targets" if row["role"] == "targeted" else "excluded_targets"
        parts[row["tariff_id"]][name].append({field: row[field] for field in _JURISDICTION})
    for row in _rows(store, TARIFF_PRODUCTS, articles):
        chapters = [chapter for chapter in row["hs_chapters"].split(",") if chapter]
        parts[row["tariff_id"]]["products"].append({"text": row["text"], "hs_chapters": chapters})
    for table, name in ((TARIFF_RATIONALES, "rationale"), (TARIFF_EXEMPTIONS, "exemptions")):
        for row in _rows(store, table, articles):
            parts[row["tariff_id"]][name].append({"code": row["code"], "text": row["text"]})
    for row in _rows(store, TARIFF_RELATIONS, articles):
        parts[row["tariff_id"]]["relations"].append({"type": row["type"], "tariff": row["other_id"]})
    proofs: dict[str, dict[str, list[Fields]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, EVIDENCE, articles):
        if row["tariff_id"]:
            span = {"start": row["char_start"], "end": row["char_end"], "text": row["text"]}
            proofs[row["tariff_id"]][row["field"]].append(span)
    found: dict[str, list[Fields]] = defaultdict(list)
    for row in sorted(_rows(store, TARIFFS, articles), key=lambda each: int(each["ordinal"])):
        found[row["article_id"]].append({**_own(row), **parts[row["id"]], "evidence": proofs[row["id"]]})
    return found


def _own(row: Fields) -> Fields:
    """The fields of a record that its own row has."""
    objects = {name: _object(row, f"{name}_", columns) for name, columns in _OBJECTS.items()}
    return {
        **{name: row[name] for name in _PLAIN}, **objects,
        "rate": _rate(row, "rate_"), "prior_rate": _rate(row, "prior_rate_"),
    }  # fmt: skip


def _object(row: Fields, prefix: str, columns: Sequence[str]) -> Fields | None:
    if row[prefix + columns[0]] is None:
        return None
    return {name: row[prefix + name] for name in columns}


def _rate(row: Fields, prefix: str) -> Fields | None:
    rate = _object(row, prefix, ("form", "percent", "percent_high", "basis", "qualifier"))
    if rate is not None:
        rate["specific"] = _object(row, f"{prefix}specific_", ("amount", "currency", "per"))
        kind = row[f"{prefix}derivation"]
        rate["derivation"] = {"kind": kind, "from": row[f"{prefix}derivation_from"]} if kind is not None else None
    return rate


def _without(row: Fields, *names: str) -> Fields:
    return {name: value for name, value in row.items() if name not in names}
