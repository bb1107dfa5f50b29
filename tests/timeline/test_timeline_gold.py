"""The timeline against its gold: floors of both layers and halves, and the form of the gold."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from tests.timeline.gold import GOLD, load
from tests.timeline.score import HALVES, LAYERS, align, bcubed, below, score
from tests.timeline.score import pairwise as pairs

STORIES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(GOLD.glob("*.toml"))}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("layer", LAYERS)
def test_no_score_is_below_its_floor(layer, half):
    scores, errors = score(load(None if half == "all" else half), layer)
    assert below(scores, layer, half) == [], errors


def test_records_are_linked_as_well_as_asked():
    """Pairwise F1 of at least 0.85, whatever the floors say."""
    assert score(load(), "records")[0].pairwise >= 0.85


def test_the_gold_is_large_enough():
    gold = load()
    assert len(gold.articles) >= 40
    assert len(gold.measures) >= 12
    assert {a.published.year for a in gold.articles if a.published} >= {1987, 1995, 2005, 2018, 2026}
    assert len({a.publisher for a in gold.articles}) >= 15
    halves = Counter(story["half"] for story in STORIES.values())
    assert abs(halves["learn"] - halves["held"]) <= 1


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_well_formed(name):
    story = STORIES[name]
    measures = {measure["id"] for measure in story["measures"]}
    told = set()
    for article in story["articles"]:
        assert 15 <= len(article["text"].split()) <= 200, article["source"]
        for record in article["records"]:
            homes = record["m"]
            told |= set(homes.values() if isinstance(homes, dict) else [homes])
    assert told == measures
    days = [article["published"] for article in story["articles"]]
    assert days == sorted(days)
    for measure in story["measures"]:
        dates = [date.fromisoformat(event[1]) for event in measure["history"]]
        assert all(one <= other for one, other in pairwise(dates))
        assert measure["in_force"]


def test_the_scores_by_hand():
    """Two measures of two reports each; one report is put with the other measure."""
    gold = {"a": "1", "b": "1", "c": "2", "d": "2"}
    found = {"a": "x", "b": "x", "c": "x", "d": "y"}
    precision, recall, f1 = pairs(gold, found)
    assert (precision, recall, f1) == (1 / 3, 1 / 2, 2 / 5)
    assert bcubed(gold, found) == pytest.approx(2 * (2 / 3) * (3 / 4) / (2 / 3 + 3 / 4))


def test_a_report_that_was_not_found_counts_as_missed():
    gold = load("learn")
    want, got = align(gold.units, [], {})
    assert len(set(got.values())) == len(gold.units)
    assert pairs(want, got)[1] == 0


@pytest.mark.parametrize("measure", [m for m in load().measures if m.excepts or m.retaliates], ids=lambda m: m.id)
def test_exceptions_and_retaliation(measure):
    from extractor.linking.measures import Timeline

    line = Timeline(load().extractions)
    found = next(
        m for m in line.measures()
        if m.imposer and m.imposer.code == measure.imposer and (m.target.code if m.target else "*") == measure.target
        and (m.product or "*").startswith(measure.product[:4] if measure.product != "*" else "*")
    )  # fmt: skip
    assert {r.code for r in found.relations if r.type == "excepts"} == set(measure.excepts)
    assert [r.type for r in found.relations].count("retaliates_against") == bool(measure.retaliates)
