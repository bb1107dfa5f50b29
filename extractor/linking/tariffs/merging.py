"""Measure mentions -> groups: mentions of one measure merge, different measures stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractor.entities.layout import is_title
from extractor.entities.mention import Mention
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.parties import Party
from extractor.records import Instrument, Rate, Status


@dataclass
class Group:
    """Mentions of one measure."""

    members: list[Measure] = field(default_factory=list)

    def codes(self) -> set[str]:
        """Codes of all targets."""
        return {p.code for m in self.members for p in m.targets}

    def products(self) -> set[str]:
        """Canonical names of all products."""
        return {p.entity for m in self.members for p in m.products}

    @property
    def imposer(self) -> Party | None:
        """The imposer, from a mention that names it if one does."""
        named = sorted((m for m in self.members if m.imposer), key=lambda m: "imposer" in m.inherited)
        return named[0].imposer if named else None

    @property
    def rate(self) -> Rate | None:
        """The rate."""
        return next((m.rate for m in self.members if m.rate is not None), None)


def merge(found: Sequence[Measure]) -> list[Group]:
    """Groups mentions; groups and their members are in the order of the text.

    Mentions with a rate come first, since they tell measures apart; a mention without one joins the group that it fits best. A
    mention that only takes a measure up (`the duties take effect on July 1`) joins what it takes up, or is dropped. A headline
    without a rate tells what the body tells again, in fewer words.
    """
    groups: list[Group] = []
    for measure in sorted((m for m in found if not m.follows), key=lambda m: (m.rate is None, is_headline(m))):
        retold = measure.rate is None and is_headline(measure)
        homes = [g for g in groups if (_is_told(g, measure) if retold else _same(g, measure))]
        if homes:
            min(homes, key=lambda g: _distance(g, measure)).members.append(measure)
        else:
            groups.append(Group([measure]))
    for measure in (m for m in found if m.follows):
        for home in _taken_up(groups, measure):
            home.members.append(measure)
    groups = [g for g in groups if not _is_umbrella(g, groups)]
    for group in groups:
        _inherit_dates(group, found)
        group.members.sort(key=lambda m: m.unit.head.idx)
    return sorted(groups, key=lambda g: g.members[0].unit.head.idx)


def _same(group: Group, measure: Measure) -> bool:
    """Whether a mention is of the group's measure: imposer, instrument and rate agree, partners and goods do not contradict."""
    first = group.members[0]
    if group.imposer and measure.imposer and group.imposer.code != measure.imposer.code:
        return False
    if first.instrument is not measure.instrument and (
        Instrument.DE_MINIMIS in {first.instrument, measure.instrument} or (measure.rate and group.rate)
    ):
        return False
    codes, own = group.codes(), {p.code for p in measure.targets}
    if own and codes and not (own <= codes or codes <= own):
        return False
    goods, named = group.products(), {p.entity for p in measure.products}
    if measure.rate is not None and group.rate is not None:
        same_rate = measure.rate.percent == group.rate.percent and measure.rate.percent_high == group.rate.percent_high
        return same_rate and not (goods and named and not goods & named)
    if measure.rate is None and group.rate is not None:
        near = _distance(group, measure)[2] <= TAKEN_UP
        if _is_apart(group, measure):
            return False
        return not (goods and named and not goods & named) and (
            not own or bool(own & codes) or (not codes and near and bool(goods & named))
        )
    if measure.rate is None and group.rate is None:
        if _is_apart(group, measure):
            return False
        return (bool(goods & named) or not goods or not named) and (bool(own & codes) or not own or not codes)
    return False


def _is_umbrella(group: Group, groups: Sequence[Group]) -> bool:
    """`sets rates of 10% to 50%`, before a list of the rates on each kind of goods: it sums up other measures and is none."""
    rate = group.rate
    if rate is None or rate.percent_high is None or group.products() or group.codes():
        return False
    others = [g for g in groups if g is not group and g.rate is not None and (g.products() or g.codes())]
    told = {x for g in others if g.rate is not None for x in (g.rate.percent, g.rate.percent_high)}
    same = group.imposer is None or any(g.imposer is not None and g.imposer.code == group.imposer.code for g in others)
    return same and {rate.percent, rate.percent_high} <= told


def is_headline(measure: Measure) -> bool:
    """Whether the headline tells it."""
    return is_title(measure.unit.doc, measure.unit.head.idx)


def _is_told(group: Group, measure: Measure) -> bool:
    """Whether a group may be what a headline speaks of: imposer and partners agree; goods may be worded otherwise."""
    codes, own = group.codes(), {p.code for p in measure.targets}
    imposers_agree = group.imposer is None or measure.imposer is None or group.imposer.code == measure.imposer.code
    return imposers_agree and (not own or not codes or bool(own & codes))


def _is_apart(group: Group, measure: Measure) -> bool:
    """Whether a mention without a rate says too much of its own to be a group's measure with a rate.

    Its goods are told where the group's are not, or the other way round; it has an amount of trade or a day of its own; it is a
    threat or proposal about what stands (`would impose more duties on Thai rice`).
    """
    values = _entities(m.trade_value for m in group.members)
    if measure.trade_value is not None and values and measure.trade_value.entity not in values:
        return True
    if measure.follows:
        return False
    if measure.products and not group.products() and not measure.definite:
        return True
    if not measure.targets:
        return False
    if group.products() and not measure.products and not measure.definite:
        return True
    dates = _entities(m.dates.effective for m in group.members)
    if measure.dates.effective is not None and dates and measure.dates.effective.entity not in dates:
        return True
    return (
        measure.standing.explicit
        and measure.standing.status in OPEN
        and not any(m.standing.status in OPEN for m in group.members)
    )


OPEN = frozenset({Status.THREATENED, Status.PROPOSED})
"""Where what is not decided stands."""


def _entities(found: Iterable[Mention | None]) -> set[str]:
    return {m.entity for m in found if m is not None}


def _inherit_dates(group: Group, found: Sequence[Measure]) -> None:
    """A rate without date takes that of its announcement: `China will cut duties from July 1. The duty on shoes …`.

    The announcement names no rate, has the group's imposer, action and partners, and gives one date only.
    """
    main = group.members[0]
    if group.rate is None or group.imposer is None or any(m.dates.effective for m in group.members) or _is_charged(main):
        return
    umbrellas = [
        m
        for m in found
        if m.rate is None
        and m.dates.effective is not None
        and m.imposer is not None
        and m.imposer.code == group.imposer.code
        and m.instrument is main.instrument
        and m.standing.action in {x.standing.action for x in group.members}
        and (not m.targets or not group.codes() or bool(group.codes() & {p.code for p in m.targets}))
    ]
    if len({m.dates.effective.entity for m in umbrellas if m.dates.effective}) == 1:
        group.members.append(replace(main, dates=umbrellas[0].dates, inherited=main.inherited | {"dates"}))


def _is_charged(measure: Measure) -> bool:
    """`The US currently charges 2.5%`, `already pays 10%`: what is charged now did not begin with what is announced."""
    verb = measure.standing.words[0]
    still = any(c.lower_ in {"already", "currently", "still", "now"} for c in verb.children)
    return measure.standing.status is Status.IN_FORCE and (verb.tag_ in {"VBZ", "VBP"} or still)


def _distance(group: Group, measure: Measure) -> tuple[bool, bool, int]:
    """How far a mention is from a group: shared partners first, then shared goods, then nearness in the text."""
    partners = bool(group.codes() & {p.code for p in measure.targets})
    goods = bool(group.products() & {p.entity for p in measure.products})
    return not partners, not goods, min(abs(measure.unit.head.idx - m.unit.head.idx) for m in group.members)


def _taken_up(groups: list[Group], measure: Measure) -> list[Group]:
    """The measures that `the tariffs` takes up: those on the goods that it names, else the nearest of an agreeing imposer.

    A plural with a date (`The tariffs take effect Tuesday`) takes up all that the imposer has decided and that have no date yet.
    """
    goods = {p.entity for p in measure.products}
    alike = [
        g
        for g in groups
        if goods & g.products() and (g.imposer is None or measure.imposer is None or g.imposer.code == measure.imposer.code)
    ]
    if goods:
        return [g for g in alike if not measure.targets or not g.codes() or g.codes() & {p.code for p in measure.targets}]
    best: tuple[int, Group] | None = None
    fitting = [g for g in groups if _may_be_taken_up(g, measure)]
    if measure.unit.head.tag_ in {"NNS", "NNPS"} and measure.dates.firm:
        begun = measure.standing.status is Status.IN_FORCE
        together = [
            g for g in fitting if _is_open(g, begun=begun) and any(0 < _behind(measure, m) <= TOGETHER for m in g.members)
        ]
        if len(together) > 1 and len({g.imposer.code for g in together if g.imposer}) <= 1:
            return together
    for group in fitting:
        for member in group.members:
            distance = _behind(measure, member)
            if 0 < distance <= TAKEN_UP and (best is None or distance < best[0]):
                best = (distance, group)
    return [best[1]] if best else []


def _may_be_taken_up(group: Group, measure: Measure) -> bool:
    """Whether imposer and partners of a measure and of what takes it up agree."""
    told = measure.imposer if "imposer" not in measure.inherited else None
    if told is not None and group.imposer is not None and group.imposer.code != told.code:
        return False
    stated = measure.targets if "targets" not in measure.inherited else ()
    return not stated or not group.codes() or bool(group.codes() & {p.code for p in stated})


def _is_open(group: Group, *, begun: bool) -> bool:
    """Whether a measure is decided and no firm date is told of it, nor that it was charged before the date.

    Args:
        group: the measure.
        begun: whether the date lies behind (`The tariffs took effect on Tuesday`), so that what is charged may have begun then.
    """
    decided = any(m.standing.status in {Status.ANNOUNCED, Status.IN_FORCE, Status.UNKNOWN} for m in group.members)
    verb = group.members[0].standing.words[0]
    before = any(c.lower_ in {"already", "still"} for c in verb.children) if begun else _is_charged(group.members[0])
    return decided and not before and not any(m.dates.firm for m in group.members)


def _behind(measure: Measure, other: Measure) -> int:
    """Characters from another mention to this one, negative if it stands later."""
    return measure.unit.head.idx - other.unit.head.idx


TOGETHER = 2500
"""Characters over which a plural with a date takes up the measures before: the main part of a news story."""
TAKEN_UP = 900
"""Characters over which `the tariffs` takes up the measure before: two or three paragraphs of news."""
