"""Scores the timeline against its gold, in both layers and both halves; exit code 1 if a score is below its floor in floors.json.

usage: python -m tests.timeline.score [--errors] [--half learn|held|fresh|later|all] [--layer records|articles]

records: the hand-written records are linked. articles: the articles are extracted first, so that the extractor's misses count too.

Units are a partner and goods of a record. Pairwise F1 is over the pairs of units that are of one measure; B3 F1 is the mean over
units. A unit that was not found, or that gold does not have, is a measure of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

from extractor import Extraction, Extractor
from extractor.duplicates import Duplicates, mark
from extractor.linking.measures import Timeline
from extractor.linking.measures.cells import Cell, cells_of
from extractor.linking.measures.events import when
from extractor.linking.measures.goods import family_name, shortens
from extractor.measure_records import Measure
from tests.timeline.gold import Gold, GoldMeasure, Unit, load, same_goods

LAYERS, HALVES = ("records", "articles"), ("learn", "held", "fresh", "later", "all")
FLOORS = Path(__file__).with_name("floors.json")
CLOSE = timedelta(days=3)
"""An event is found if its day is that of gold, or if its report is so close to it."""


@dataclass(frozen=True)
class Scores:
    """Scores of one layer and half, each from 0 to 1."""

    pairwise_precision: float
    pairwise_recall: float
    pairwise: float
    bcubed: float
    history: float
    in_force: float


@cache
def _extractor() -> Extractor:
    return Extractor()


def extracted(gold: Gold) -> list[Extraction]:
    """The articles through the extractor, with duplicates marked, in the order of publication as a feed has them."""
    known, out = Duplicates(), []
    for article in sorted(gold.articles, key=lambda a: (a.published or date.min, a.source)):
        out.append(mark(_extractor().extract(article), known.add(article)))
    return out


def pairwise(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the pairs of units that are of one measure."""

    def pairs(of: Mapping[str, str]) -> set[tuple[str, str]]:
        groups = defaultdict(list)
        for unit, measure in of.items():
            groups[measure].append(unit)
        return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}

    want, got = pairs(gold), pairs(found)
    right = len(want & got)
    return right / max(1, len(got)), right / max(1, len(want)), 2 * right / max(1, len(want) + len(got))


def bcubed(gold: Mapping[str, str], found: Mapping[str, str]) -> float:
    """F1 of the mean precision and recall of units: which share of a unit's measure is right."""
    sides = [Counter(gold.values()), Counter(found.values()), Counter((gold[u], found[u]) for u in gold)]
    precision = sum(sides[2][gold[u], found[u]] / sides[1][found[u]] for u in gold) / len(gold)
    recall = sum(sides[2][gold[u], found[u]] / sides[0][gold[u]] for u in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def align(
    units: Sequence[Unit], extractions: Iterable[Extraction], homes: Mapping[tuple[str, str, str], str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Gold's and the found measure of each unit.

    A found unit is a gold one of the same article if they have the same imposer, partner and goods; it may leave the partner open
    and name the goods shorter. Of several, the one of equal rate is taken first. One that gold does not have, such as a second record
    of a measure or a passing word on one, is of the measure of the same story that it fits in the same way, by its rate if it fits
    several; where there is none, it is of a measure of its own.
    """
    stories = {unit.article: [u for u in units if u.story == unit.story] for unit in units}
    left = defaultdict(list)
    for extraction in extractions:
        for cell in cells_of(extraction):
            left[extraction.article.id].append(cell)
    gold: dict[str, str] = {}
    found: dict[str, str] = {}
    for number, unit in enumerate(sorted(units, key=lambda u: u.rate is None)):
        name = f"g{number}"
        gold[name], found[name] = unit.measure, f"missed {number}"
        fits = [cell for cell in left[unit.article] if _is_about(cell, unit)]
        best = min(fits, key=lambda c: _unlike(c, unit), default=None)
        if best is not None:
            left[unit.article].remove(best)
            found[name] = homes[best.name]
    for number, cell in enumerate(cell for cells in left.values() for cell in cells):
        fits_ = [u for u in stories[cell.article.id] if _is_about(cell, u)]
        about = {u.measure for u in fits_}
        if len(about) > 1:
            about = {u.measure for u in fits_ if u.rate is not None and cell.rate and u.rate == cell.rate.percent}
        gold[f"x{number}"] = about.pop() if len(about) == 1 else f"extra {number}"
        found[f"x{number}"] = homes[cell.name]
    return gold, found


def _is_about(cell: Cell, unit: Unit) -> bool:
    """Whether imposer, partner and goods of a found unit are gold's; it may leave the partner open, and name the goods shorter."""
    goods = cell.goods.text if cell.goods else ""
    shorter = bool(goods and shortens(family_name(goods), family_name(unit.goods)))
    fits = cell.key.imposer == unit.imposer and cell.key.target in {"", unit.target}
    return fits and (shorter or same_goods(goods, unit.goods))


def _unlike(cell: Cell, unit: Unit) -> tuple[bool, bool, bool]:
    """How far a found unit is from gold's: in its record, rate and partner."""
    rate = cell.rate.percent if cell.rate else None
    return cell.record.id != unit.tariff, rate != unit.rate, cell.key.target != unit.target


def best_measures(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """Gold's measure -> the found measure that shares most units with it."""
    shared = Counter((gold[unit], found[unit]) for unit in gold if unit.startswith("g"))
    out: dict[str, str] = {}
    for (want, got), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        out.setdefault(want, got)
    return out


def history_counts(want: GoldMeasure, got: Measure | None) -> tuple[int, int, list[str]]:
    """How many events of the true history are found, how many there are, and those that are missed."""
    missed = []
    for kind, day, rate in want.history:
        true = date.fromisoformat(day)
        hits = [
            event
            for event in (got.events if got else ())
            if event.event == kind
            and abs(when(event) - true) <= (CLOSE if event.date is None else timedelta(0))
            and (rate is None or (event.rate is not None and event.rate.percent == rate))
        ]
        if not hits:
            missed.append(f"{want.id}: {kind} {day} {rate}")
    return len(want.history) - len(missed), len(want.history), missed


def score(gold: Gold, layer: str) -> tuple[Scores, list[str]]:
    """Scores of a layer, and what is wrong, in words."""
    extractions = gold.extractions if layer == "records" else extracted(gold)
    timeline = Timeline(extractions)
    measures = {measure.id: measure for measure in timeline.measures()}
    homes = timeline.homes()
    want, got = align(gold.units, extractions, homes)
    precision, recall, f1 = pairwise(want, got)
    best = best_measures(want, got)
    found = total = right = asked = 0
    errors = _wrong_groups(gold, want, got)
    for measure in gold.measures:
        hits, count, missed = history_counts(measure, measures.get(best.get(measure.id, "")))
        found, total = found + hits, total + count
        errors += [f"event missed: {line}" for line in missed]
        for day, rate in measure.in_force.items():
            held = {h.measure_id: h for h in timeline.in_force(date.fromisoformat(day)).in_force}.get(best.get(measure.id, ""))
            said = "no" if held is None else held.rate.percent if held.rate else None
            right, asked = right + (said == rate), asked + 1
            if said != rate:
                errors.append(f"in force on {day}: {measure.id}: {said}, not {rate}")
    return Scores(precision, recall, f1, bcubed(want, got), found / max(1, total), right / max(1, asked)), errors


def _wrong_groups(gold: Gold, want: Mapping[str, str], got: Mapping[str, str]) -> list[str]:
    sources = {article.id: article.source for article in gold.articles}
    units = sorted(gold.units, key=lambda u: u.rate is None)
    best = best_measures(want, got)
    out = []
    for number, unit in enumerate(units):
        home = got[f"g{number}"]
        if home != best[unit.measure]:
            what = "not extracted" if home.startswith("missed") else "in another measure"
            out.append(
                f"unit {what}: {sources[unit.article]} {unit.imposer} → {unit.target or '?'} {unit.goods} {unit.rate} ({unit.measure})"
            )
    by_home = defaultdict(set)
    for unit, home in got.items():
        by_home[home].add(want[unit])
    return out + [f"one measure for {sorted(names)}" for names in by_home.values() if len(names) > 1]


def below(scores: Scores, layer: str, half: str) -> list[str]:
    """The scores that are below their floors."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[layer][half]
    return [
        f"{layer}, {half}: {name}: {value:.4f} is below its floor {floors[name]}"
        for name, value in asdict(scores).items()
        if value < floors[name]
    ]


def main() -> int:
    """Prints a table.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    parser.add_argument("--half", choices=HALVES, help="one part only")
    parser.add_argument("--layer", choices=LAYERS, help="one layer only")
    options = parser.parse_args()
    names = ("articles", "measures", "units", "pair P", "pair R", "pair F1", "B3 F1", "history", "in force")
    print(f"{'':10}{'half':8}" + "".join(f"{name:>9}" for name in names))
    low: list[str] = []
    for layer in [options.layer] if options.layer else LAYERS:
        for half in [options.half] if options.half else HALVES:
            gold = load(None if half == "all" else half)
            scores, errors = score(gold, layer)
            counts = (len(gold.articles), len(gold.measures), len(gold.units))
            print(
                f"{layer:10}{half:8}" + "".join(f"{x:9}" for x in counts) + "".join(f"{x:9.3f}" for x in asdict(scores).values())
            )
            low += below(scores, layer, half)
            if options.errors:
                print(*(f"    {error}" for error in errors), sep="\n")
    print(*low, sep="\n", end="\n" * bool(low))
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main())
