"""Tariff records -> cells: one partner and one kind of goods each, the unit that measures are made of.

A record on several countries or goods tells of several measures, since each may go its own way later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from extractor.linking.measures.goods import Goods, goods_of, is_everything, shortens
from extractor.records import ArticleInfo, DateValue, Extraction, Instrument, Jurisdiction, LawValue, Rate, TariffRecord

EVERYONE = "*"
"""Target code of a measure on all countries, whether or not some are excepted."""
Family = Literal["ad_valorem", "specific", "compound", "in_quota", "out_of_quota"]


class Key(NamedTuple):
    """What cells of one measure have in common. An empty string is what the article leaves open.

    Attributes:
        imposer: code.
        target: code, `*` for all countries.
        goods: name of the family of goods.
        instrument: kind of measure.
        side: `in_quota`, `out_of_quota` or empty: two rates that hold side by side.
    """

    imposer: str
    target: str
    goods: str
    instrument: str
    side: str


class RateKey(NamedTuple):
    """A rate's figures, to compare by."""

    percent: float | None
    percent_high: float | None
    specific: tuple[float, str, str] | None


@dataclass(frozen=True)
class Cell:
    """One partner and one kind of goods of one record of one article."""

    key: Key
    article: ArticleInfo
    record: TariffRecord
    target: Jurisdiction | None
    goods: Goods | None

    @cached_property
    def name(self) -> tuple[str, str, str]:
        """What tells a cell from all others: record, target as coded, goods as named."""
        return self.record.id, self.key.target, self.goods.text if self.goods else ""

    @cached_property
    def day(self) -> date:
        """When it was reported; for an article without a date, what it tells of."""
        told = (self.record.effective, self.record.announced, self.record.end)
        return self.article.published or next((d.earliest for d in told if d is not None), date.max)

    @cached_property
    def order(self) -> tuple[object, ...]:
        """A total order that depends on contents alone."""
        return self.day, self.article.id, *self.name

    @cached_property
    def rate(self) -> RateKey | None:
        """The rate's figures."""
        return rate_key(self.record.rate)

    @cached_property
    def prior(self) -> RateKey | None:
        """The prior rate's figures; of a computed rate, what it was computed from."""
        rate = self.record.rate
        if self.record.prior_rate is None and rate is not None and rate.derivation and rate.derivation.from_percent is not None:
            return RateKey(rate.derivation.from_percent, None, None)
        return rate_key(self.record.prior_rate)

    @cached_property
    def law(self) -> str:
        """What the legal basis is compared by; empty without one."""
        return law_key(self.record.legal_basis)


def rate_key(rate: Rate | None) -> RateKey | None:
    """What rates are compared by; None for one without figures."""
    if rate is None or (rate.percent is None and rate.specific is None):
        return None
    unit = rate.specific
    return RateKey(rate.percent, rate.percent_high, (unit.amount, unit.currency, unit.per) if unit else None)


def law_key(law: LawValue | None) -> str:
    """What laws are compared by: the code, or the words where it is a general one."""
    if law is None:
        return ""
    return law.code if law.code and not law.code.endswith("other") else law.text.casefold()


def day_of(value: DateValue | None) -> date | None:
    """The day of a date that is one; None for a month, a year or nothing."""
    return value.earliest if value is not None and value.earliest == value.latest else None


def family(rate: Rate | None) -> Family | None:
    """How a rate is charged."""
    if rate is None or rate.form == "free":
        return None
    if rate.basis in {"in_quota", "out_of_quota"}:
        return rate.basis
    return rate.form


def cells_of(extraction: Extraction) -> Iterator[Cell]:
    """The cells of all tariff records of an article, each once."""
    for record in extraction.tariffs:
        seen = set()
        for target, code in _targets(record):
            for goods in _goods(record, extraction.article.body_start):
                cell = Cell(_key(record, code, goods), extraction.article, record, target, goods)
                if (code, cell.key.goods) not in seen:
                    seen.add((code, cell.key.goods))
                    yield cell


def _key(record: TariffRecord, target: str, goods: Goods | None) -> Key:
    side = family(record.rate)
    return Key(
        imposer=record.imposer.code if record.imposer else "",
        target=target,
        goods=goods.family if goods else "",
        instrument=str(record.instrument),
        side=side if side in {"in_quota", "out_of_quota"} else "",
    )


def _targets(record: TariffRecord) -> list[tuple[Jurisdiction | None, str]]:
    if record.target_scope in {"all", "all_except"}:
        return [(None, EVERYONE)]
    return [(target, target.code) for target in record.targets] or [(None, "")]


def _goods(record: TariffRecord, body_start: int) -> list[Goods | None]:
    """The goods; a headline's short name for what the body names in full (`copper`, `copper cathodes`) is left out."""
    if record.product_scope in {"all", "all_except"}:
        return [None]
    named = [goods_of(product) for product in record.products if not is_everything(product.text)]
    body = {span.text for span in record.evidence.get("products", ()) if span.start >= body_start}
    told = [g for g in named if g.text in body or not any(shortens(g.family, other.family) for other in named)]
    return [*told] or [None]


def is_generic(key: Key) -> bool:
    """Whether the instrument is the word for any: a `duty` may be an anti-dumping one."""
    return key.instrument == Instrument.IMPORT_TARIFF
