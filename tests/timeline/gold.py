"""Reads the gold of the timeline: articles, their hand-written records, and the measures that these are of.

The form is in README.md beside it.
"""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from extractor import Article, Extraction, TariffRecord
from extractor.entities.countries import jurisdiction
from extractor.ids import record_ids
from extractor.linking.measures.cells import cells_of
from extractor.linking.measures.goods import family_name
from extractor.records import PROVEN_TARIFF_FIELDS, DateValue, Span
from tests.factories import GENERATOR

GOLD = Path(__file__).with_name("gold")


class Unit(NamedTuple):
    """What the linking is scored on: a partner and goods of a record, and the measure that it is of."""

    article: str
    tariff: str
    target: str
    goods: str
    imposer: str
    rate: float | None
    measure: str
    story: str


@dataclass(frozen=True)
class GoldMeasure:
    """A measure and its true history."""

    id: str
    imposer: str
    target: str
    product: str
    history: list[tuple[str, str, float | None]]
    in_force: dict[str, float | str]
    excepts: list[str] = field(default_factory=list)
    retaliates: str | None = None


@dataclass
class Gold:
    """A set of stories."""

    articles: list[Article] = field(default_factory=list)
    extractions: list[Extraction] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    measures: list[GoldMeasure] = field(default_factory=list)


def load(half: str | None = None) -> Gold:
    """The stories of a half ("learn", "held"), or all."""
    gold = Gold()
    for file in sorted(GOLD.glob("*.toml")):
        story = tomllib.loads(file.read_text(encoding="utf-8"))
        if half in {None, story["half"]}:
            for row in story["measures"]:
                history = [(kind, day, *(rate or [None])) for kind, day, *rate in row.pop("history")]
                gold.measures.append(GoldMeasure(history=history, **row))
            for row in story["articles"]:
                _add(gold, row, file.stem)
    return gold


def _add(gold: Gold, row: dict[str, Any], story: str) -> None:
    text = row["text"].strip()
    article = Article.build(
        text, source=row["source"], publisher=row["publisher"], published=date.fromisoformat(row["published"]), published_basis="given",
    )  # fmt: skip
    info = article.info(dateline=None)
    if "duplicate_of" in row:
        original = next(a for a in gold.articles if a.source == row["duplicate_of"])
        info = info.model_copy(update={"duplicate_of": original.id})
    names = record_ids(article.id, "tariff", [[i] for i in range(len(row["records"]))])
    tariffs = [record_of(name, record, names, text) for name, record in zip(names, row["records"], strict=True)]
    extraction = Extraction(generator=GENERATOR, article=info, tariffs=tariffs)
    gold.articles.append(article)
    gold.extractions.append(extraction)
    for cell in cells_of(extraction):
        home = row["records"][names.index(cell.record.id)]["m"]
        if isinstance(home, dict):
            home = home.get(cell.key.target) or home[cell.goods.text]
        rate = cell.record.rate.percent if cell.record.rate else None
        goods = cell.goods.text if cell.goods else ""
        gold.units.append(Unit(article.id, cell.record.id, cell.key.target, goods, cell.key.imposer, rate, home, story))


def record_of(name: str, row: dict[str, Any], names: list[str], text: str) -> TariffRecord:
    """A record in the short form of the gold. Its evidence is the headline: this layer tests the linking alone."""
    places = {key: [_place(code) for code in row.get(key, [])] for key in ("targets", "excluded")}
    products = [{"text": words} for words in row.get("products", [])]
    data: dict[str, Any] = {
        "id": name, "imposer": _place(row["imposer"]) if row["imposer"] else None, "targets": places["targets"], "excluded_targets": places["excluded"],
        "target_scope": row.get("scope", "listed" if places["targets"] else "unspecified"),
        "products": products, "product_scope": row.get("product_scope", "listed" if products else "unspecified"),
        "instrument": row.get("instrument", "import_tariff"), "status": row["status"], "action": row["action"],
        "rate": {"percent": row["rate"], "basis": row.get("basis")} if "rate" in row else None,
        "prior_rate": {"percent": row["prior"]} if "prior" in row else None,
        "legal_basis": {"code": row["law"], "text": row["law"]} if "law" in row else None,
        "duration": {"iso": row["duration"], "text": row["duration"]} if "duration" in row else None,
        "exemptions": [{"text": words} for words in row.get("exemptions", [])],
        "relations": [{"type": "retaliates_against", "tariff": names[row["retaliates"]]}] if "retaliates" in row else [],
        "confidence": 1.0,
    }  # fmt: skip
    data |= {key: day(row[key]) if key in row else None for key in ("announced", "effective", "end")}
    headline = text.partition("\n")[0]
    proof = [Span(start=0, end=len(headline), text=headline)]
    data["evidence"] = {"tariff": proof, **{key: proof for key in PROVEN_TARIFF_FIELDS if data.get(key)}}
    return TariffRecord.model_validate(data)


def _place(code: str) -> dict[str, Any]:
    return jurisdiction(code).model_dump()


def day(edtf: str) -> DateValue:
    """A day, month or year."""
    parts = [int(part) for part in edtf.split("-")]
    first = date(*parts, *[1] * (3 - len(parts)))
    month = parts[1] if len(parts) > 1 else 12
    last = first if len(parts) > 2 else date(first.year, month, calendar.monthrange(first.year, month)[1])
    kind = ("year", "month", "day")[len(parts) - 1]
    return DateValue.model_validate(
        {"edtf": edtf, "granularity": kind, "earliest": first, "latest": last, "basis": "explicit", "text": edtf}
    )


def same_goods(one: str, other: str) -> bool:
    """Whether goods as named are the same."""
    return family_name(one) == family_name(other) if one and other else one == other
