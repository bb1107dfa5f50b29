"""Which measures bear on a country's goods, or on some goods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.linking.measures.goods import family_name
from extractor.measure_records import Holding, HoldingsOutput, Measure, TimelineOutput


@dataclass(frozen=True)
class Selection:
    """What is asked for; None for all.

    Attributes:
        imposer: code.
        target: code. Measures on unions that it is a member of, and on all countries, bear on it, unless they except it.
        product: goods, in any wording. Measures on all goods bear on them, and so do those on goods whose names have these words
            in them.
    """

    imposer: str | None = None
    target: str | None = None
    product: str | None = None

    def of_measures(self, output: TimelineOutput) -> TimelineOutput:
        """The measures that bear on it."""
        kept = [m for m in output.measures if self._fits(m, [r.code for r in m.relations if r.type == "excepts" and r.code])]
        return output.model_copy(update={"measures": kept})

    def of_holdings(self, output: HoldingsOutput) -> HoldingsOutput:
        """What holds and bears on it."""
        return output.model_copy(update={"in_force": [h for h in output.in_force if self._fits(h, h.excepted)]})

    def _fits(self, found: Measure | Holding, excepted: list[str]) -> bool:
        if self.imposer is not None and (found.imposer is None or found.imposer.code != self.imposer.upper()):
            return False
        return self._bears_on_target(found, excepted) and self._bears_on_goods(found.product)

    def _bears_on_target(self, found: Measure | Holding, excepted: list[str]) -> bool:
        if self.target is None:
            return True
        code = self.target.upper()
        return code not in not_on(found, excepted) and (found.target_scope == "all" or code in bears_on(found))

    def _bears_on_goods(self, product: str | None) -> bool:
        return self.product is None or product is None or f" {family_name(self.product)} " in f" {product} "


def bears_on(found: Measure | Holding) -> list[str]:
    """Codes of whose goods a measure is on: the partner and, if it is a union or group, its members. Empty for all countries."""
    return [found.target.code, *_members(found.target.code)] if found.target is not None else []


def not_on(found: Measure | Holding, excepted: Iterable[str]) -> list[str]:
    """Codes that a measure leaves out, though its partner may hold them: what it excepts, with members, and the imposer's own."""
    codes = {code for each in excepted for code in (each, *_members(each))}
    own = {found.imposer.code} if found.imposer is not None and found.target_scope == "all" else set()
    return sorted(codes | own)


def _members(code: str) -> tuple[str, ...]:
    from extractor.entities.countries import members

    return members(code)
