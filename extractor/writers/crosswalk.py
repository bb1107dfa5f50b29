"""A tariff record's kind in the code lists of others: Global Trade Alert, MAST and UNCTAD TCM. The codes are data."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.lexicon import shipped_table
from extractor.records import Action, Instrument, TariffRecord

SCHEMES = ("gta", "mast", "tcm")


class Code(NamedTuple):
    """One code of another list: `scheme` is gta, mast or tcm, `list_name` its name."""

    scheme: str
    list_name: str
    code: str
    name: str


class Rule(BaseModel):
    """When a record has which codes; a condition that is left out always holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instrument: Instrument
    actions: tuple[Action, ...] = ()
    basis: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    gta: str | None = None
    mast: str | None = None
    tcm: str | None = None

    def fits(self, tariff: TariffRecord) -> bool:
        """Whether it is of such a record."""
        related = {relation.type for relation in tariff.relations}
        return (
            self.instrument == tariff.instrument
            and (not self.actions or tariff.action in self.actions)
            and (not self.basis or (tariff.rate is not None and tariff.rate.basis in self.basis))
            and (not self.relations or bool(related & set(self.relations)))
        )


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, in the order in which they are tried."""
    return tuple(Rule.model_validate(rule) for rule in shipped_table("crosswalk")["rules"])


def crosswalk(tariff: TariffRecord) -> list[Code]:
    """The codes of a record's kind, at most one of each list."""
    told: dict[str, Any] = shipped_table("crosswalk")
    rule = next(rule for rule in rules() if rule.fits(tariff))
    found = ((scheme, getattr(rule, scheme)) for scheme in SCHEMES)
    return [Code(scheme, told["schemes"][scheme], code, told[scheme][code]) for scheme, code in found if code is not None]
