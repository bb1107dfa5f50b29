"""Acts told without a word of duty -> groups beside those of duties, which an article may tell again in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.linking.tariffs.act_nouns import Act, Kind, act_words
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.merging import Group, is_headline
from extractor.records import Instrument

Told = tuple[Act, Measure]
"""An act and the mention of a measure that it makes."""


def with_acts(groups: list[Group], told: Sequence[Told]) -> list[Group]:
    """The groups of duties with those of acts that tell another measure, in the order of the text."""
    own: list[tuple[Kind, Group]] = []
    for act, measure in sorted(told, key=lambda t: is_headline(t[1])):
        if act.kind in RETOLD and any(_is_told(g, measure, act.kind) for g in groups):
            continue
        if act.head.lemma_.lower() in act_words("bans", "means") and any(_is_by_duty(g, measure) for g in groups):
            continue
        if act.kind is Kind.EXEMPTION and any(g.rate is None and g.codes() and _agrees(g, measure) for g in groups):
            continue
        home = next((g for kind, g in own if kind is act.kind and _fits(g, measure)), None)
        if home is not None:
            told_better = is_headline(measure) and home.products()
            home.members.append(replace(measure, products=()) if told_better else measure)
        else:
            own.append((act.kind, Group([measure])))
    for _, group in own:
        group.members.sort(key=lambda m: m.unit.head.idx)
    return sorted([*groups, *(g for _, g in own)], key=lambda g: g.members[0].unit.head.idx)


RETOLD = frozenset({Kind.INVESTIGATION, Kind.REMEDY, Kind.RETALIATION, Kind.PREFERENCE, Kind.FEE})
"""Kinds of acts whose words may tell a duty of the article again; a ban is no duty."""


def _is_told(group: Group, measure: Measure, kind: Kind) -> bool:
    """Whether a group of duties may be what an act speaks of.

    Who loses preferences pays the ordinary duties, which are no new ones: those on goods of nobody in particular are not meant.
    """
    if kind is Kind.PREFERENCE and measure.targets and group.products():
        named = group.codes() & {p.code for p in measure.targets} or group.products() & {p.entity for p in measure.products}
        if not named:
            return False
    if (
        Instrument.DE_MINIMIS in {group.members[0].instrument, measure.instrument}
        and group.members[0].instrument is not measure.instrument
    ):
        return False
    return _agrees(group, measure)


def _is_by_duty(group: Group, measure: Measure) -> bool:
    """Whether a group of duties on the same goods is how imports are curbed: `tariffs that would restrict imports of steel`."""
    return bool(group.products() & {p.entity for p in measure.products}) and _agrees(group, measure)


def _fits(group: Group, measure: Measure) -> bool:
    """Whether a group of acts is one with another act of its kind."""
    return group.members[0].instrument is measure.instrument and _agrees(group, measure)


def _agrees(group: Group, measure: Measure) -> bool:
    """Whether imposer, partners and goods of a group and a mention do not contradict each other."""
    if group.imposer is None or measure.imposer is None or group.imposer.code != measure.imposer.code:
        return False
    codes, mine = group.codes(), {p.code for p in measure.targets}
    goods, own = group.products(), {p.entity for p in measure.products}
    if is_headline(measure):  # which words goods as it likes
        return not codes or not mine or bool(codes & mine)
    return (not codes or not mine or bool(codes & mine)) and (not goods or not own or bool(goods & own))
