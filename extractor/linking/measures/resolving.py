"""Cells that leave something open -> the one measure that they can be of.

`The 50% steel tariff took effect` names no partner. It is of the measure on all countries' steel if that is the only measure of
the imposer that fits, and if something beyond the name speaks for it: the same rate or the same first day, at about the same
time. A passing word on `the U.S. duty on steel`, without a rate, needs no more than the goods, and a duty that follows an inquiry
into the same goods of the same partner is the inquiry's. Where two measures fit, it stays apart: nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from extractor.linking.measures.cells import EVERYONE, Cell, Key, RateKey, day_of, is_generic
from extractor.linking.measures.goods import is_head, shortens
from extractor.linking.measures.threads import LONGEST_SILENCE
from extractor.records import Action, DateValue

SPAN = timedelta(days=730)
"""How far apart two reports may be of which one explains which goods or partner the other leaves open."""
NEAR = timedelta(days=3)
"""Reports of one event are not further apart."""
MONTH = timedelta(days=31)
ROUNDS = 3
"""How often cells are looked at: what one fills explains the next."""

Cells = dict[Key, list[Cell]]


def resolve(cells: Sequence[Cell]) -> Cells:
    """Sorts the cells of one imposer by key; a cell that leaves something open goes to the key of the only one that explains it.

    All cells are looked at together, a few times over, since one that was filled may explain another: the order does not matter.
    """
    groups: Cells = defaultdict(list)
    for cell in cells:
        groups[cell.key].append(cell)
    for _ in range(ROUNDS):
        filled = _filled(groups)
        if filled.keys() == groups.keys() and all(len(filled[key]) == len(groups[key]) for key in groups):
            break
        groups = filled
    return groups


def _filled(groups: Cells) -> Cells:
    """The cells, those that others explain under the keys of these."""
    stated = {key: _Stated(key, group) for key, group in groups.items()}
    by_goods: dict[str, list[Key]] = defaultdict(list)
    for key in stated:
        by_goods[key.goods].append(key)
    out: Cells = defaultdict(list)
    for key, group in groups.items():
        finer = [other for other in _reachable(key, stated, by_goods) if _refines(other, key)]
        for cell in group:
            out[_home(cell, key, finer, stated)].append(cell)
    return out


class _Stated:
    """The cells of a key, by what speaks for them."""

    def __init__(self, key: Key, cells: Sequence[Cell]) -> None:
        self.key, self.cells = key, cells
        self._marked: dict[RateKey | date | Action, list[Cell]] = defaultdict(list)
        for cell in cells:
            for mark in {cell.rate, cell.prior, day_of(cell.record.effective), cell.record.action} - {None}:
                self._marked[mark].append(cell)  # type: ignore[index]  # None is taken out

    def explains(self, cell: Cell, key: Key) -> bool:
        """Whether one of them speaks of what a cell leaves open that has a key so far."""
        if cell.rate is None and cell.prior is None:
            return any(_explains(other, self.key, cell, key) for other in self.cells)
        marks = (cell.rate, cell.prior, day_of(cell.record.effective), Action.INVESTIGATE)
        near = (other for mark in marks if mark is not None for other in self._marked.get(mark, ()))
        return any(_explains(other, self.key, cell, key) for other in near)


def _reachable(key: Key, stated: Collection[Key], by_goods: dict[str, list[Key]]) -> Sequence[Key]:
    if not key.goods:
        return list(stated)
    return [other for goods, keys in by_goods.items() if goods == key.goods or shortens(key.goods, goods) for other in keys]


def _refines(fine: Key, coarse: Key) -> bool:
    """Whether a key says all that another says, and more; of the instrument it may say less if it says more of the partner."""
    fits = (
        (fine.target == coarse.target or not coarse.target)
        and (fine.goods == coarse.goods or not coarse.goods or shortens(coarse.goods, fine.goods))
        and (fine.side == coarse.side or not coarse.side)
    )
    if not fits or fine.instrument == coarse.instrument:
        return fits and fine != coarse
    named = is_generic(coarse) and fine.instrument in REMEDIES
    # `the safeguard expired` names the instrument where `a tariff on steel from all countries` names the partner
    return named or (is_generic(fine) and coarse.instrument in REMEDIES and fine.target != coarse.target)


REMEDIES = frozenset({"anti_dumping", "countervailing", "safeguard", "export_duty"})
"""Instruments that news calls a tariff or duty for short."""


def _home(cell: Cell, own: Key, finer: Sequence[Key], stated: Mapping[Key, _Stated]) -> Key:
    """The key that a cell belongs to."""
    fits = [key for key in finer if stated[key].explains(cell, own)]
    fits = [key for key in fits if not any(_refines(other, key) for other in fits)]
    if not own.target and len(fits) > 1:
        fits = [key for key in fits if key.target == EVERYONE] or fits
    return fits[0] if len(fits) == 1 else own


def _explains(other: Cell, its: Key, cell: Cell, own: Key) -> bool:
    """Whether another report, of a key, speaks of what a cell leaves open. Which goods are meant takes the most proof."""
    same_goods, same_target = own.goods == its.goods, own.target == its.target
    span = LONGEST_SILENCE if same_goods and same_target else SPAN
    if abs(other.day - cell.day) > span or (other.law and cell.law and other.law != cell.law):
        return False
    start, begun = other.record.effective, cell.record.effective
    same_day = day_of(start) is not None and day_of(start) == day_of(begun)
    same_rate = (cell.rate is not None and cell.rate in {other.rate, other.prior}) or (
        cell.prior is not None and cell.prior == other.rate
    )
    if same_goods:
        in_passing = bool(own.goods) and cell.rate is None and cell.prior is None
        probed = same_target and other.record.action is Action.INVESTIGATE and timedelta(0) <= cell.day - other.day <= SPAN
        return same_rate or same_day or in_passing or (bool(own.goods) and probed)
    if cell.record.product_scope != "unspecified" and not own.goods:
        return False
    if own.goods:
        return same_rate and (is_head(own.goods, its.goods) or cell.article.id == other.article.id)
    undated = start is None and begun is None and abs(other.day - cell.day) <= NEAR
    return same_rate and (undated or _meet(start, begun))


def _meet(one: DateValue | None, other: DateValue | None) -> bool:
    """Whether two dates may be one: the same day, or a day and its month."""
    if one is None or other is None or max(one.latest - one.earliest, other.latest - other.earliest) > MONTH:
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest
