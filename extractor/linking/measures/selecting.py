"""Which measures bear on a country's goods, or on some goods."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.linking.measures.goods import family_name, shortens
from extractor.measure_records import Holding, HoldingsOutput, Measure, TimelineOutput


@dataclass(frozen=True)
class Selection:
    """What is asked for; None for all.

    Attributes:
        imposer: code.
        target: code. Measures on unions that it is a member of, and on all countries, bear on it, unless they except it.
        product: goods, in any wording. Measures on all goods bear on them, and so do those on goods that are named more closely.
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
        if code in excepted or any(code in _members(group) for group in excepted):
            return False
        if found.target is not None:
            return found.target.code == code or code in _members(found.target.code)
        return found.target_scope == "all" and (found.imposer is None or found.imposer.code != code)

    def _bears_on_goods(self, product: str | None) -> bool:
        if self.product is None or product is None:
            return True
        family = family_name(self.product)
        return product == family or shortens(family, product)


def _members(code: str) -> tuple[str, ...]:
    from extractor.entities.countries import members

    return members(code)
