"""Measures across articles: which reports are of one measure, and what follows from them."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extraction
from extractor.linking.measures import Timeline
from extractor.linking.measures.goods import family_name
from extractor.linking.measures.selecting import Selection
from extractor.linking.measures.sources import sources_of
from extractor.measure_records import Measure
from tests.timeline.reports import report


def measures(*reports: Extraction) -> list[Measure]:
    return Timeline(reports).measures()


def one(*reports: Extraction) -> Measure:
    found = measures(*reports)
    assert len(found) == 1, [(m.target, m.product, m.instrument) for m in found]
    return found[0]


# ---------------------------------------------------------------- goods


@pytest.mark.parametrize(
    ("one_name", "other", "same"),
    [
        ("steel", "Steel", True),
        ("steel", "steel products", True),
        ("aluminum", "aluminium", True),
        ("imported cars", "automobiles", True),
        ("cars", "vehicles", True),
        ("crude palm oil", "palm oil", True),
        ("frozen chicken", "chicken", True),
        ("whisky", "whiskey", True),
        ("computer chips", "semiconductors", True),
        ("softwood lumber", "lumber", True),
        ("roller bearings", "roller bearing", True),
        ("purple widgets", "purple widget", True),
        ("steel imports", "steel", True),
        ("purple widget imports", "purple widgets", True),
        ("agricultural products", "farm goods", True),
        # negative
        ("farm products", "farms", False),
        ("crude oil", "oil", False),
        ("steel", "aluminium", False),
        ("steel pipe", "steel", False),
        ("cars", "trucks", False),
        ("electric vehicles", "cars", False),
        ("orange juice", "oranges", False),
        ("sunflower oil", "palm oil", False),
        ("", "steel", False),
    ],
)
def test_families_of_goods(one_name, other, same):
    assert (family_name(one_name) == family_name(other)) == same


# ---------------------------------------------------------------- one measure or several

ANNOUNCED = report("2025-03-01", "US → CN | steel | 25% | announced impose 2025-03-12", by="Wire")

SAME = {
    "the same, months later": report("2025-09-01", "US → CN | steel | 25% | in_force maintain"),
    "raised": report("2025-06-02", "US → CN | steel | 50% | in_force raise 2025-06-01 | prior=25"),
    "raised, the old rate not told": report("2025-06-02", "US → CN | steel | 50% | in_force raise 2025-06-01"),
    "a threat before it, at another rate": report("2025-02-10", "US → CN | steel | 60% | threatened impose"),
    "another wording of the goods": report("2025-03-13", "US → CN | steel products | 25% | in_force impose 2025-03-12"),
    "no rate": report("2025-03-13", "US → CN | steel | ? | in_force impose"),
    "no partner, the same rate": report("2025-03-13", "US → ? | steel | 25% | in_force impose"),
    "no partner and rate": report("2025-03-13", "US → ? | steel | ? | in_force maintain"),
    "no goods, the same rate and first day": report("2025-03-13", "US → CN | ? | 25% | in_force impose 2025-03-12"),
    "paused": report("2025-04-09", "US → CN | steel | 25% | paused suspend 2025-04-09"),
    "lifted a year later": report("2026-04-09", "US → CN | steel | ? | ended remove 2026-04-08"),
    "extended after eight years": report("2033-04-09", "US → CN | steel | 25% | in_force extend 2033-04-08"),
    "no date of publication": report(None, "US → CN | steel | 25% | in_force maintain"),
    "a law is named": report("2025-03-13", "US → CN | steel | 25% | in_force impose 2025-03-12 | law=us_s232"),
}
APART = {
    "another imposer": report("2025-03-13", "CA → CN | steel | 25% | in_force impose 2025-03-12"),
    "another partner": report("2025-03-13", "US → JP | steel | 25% | in_force impose 2025-03-12"),
    "a member of a group is not the group": report("2025-03-13", "US → BRICS | steel | 25% | in_force impose 2025-03-12"),
    "all countries are not one": report("2025-03-13", "US → * | steel | 25% | in_force impose 2025-03-12"),
    "the other direction": report("2025-03-13", "CN → US | steel | 25% | in_force impose 2025-03-12"),
    "other goods": report("2025-03-13", "US → CN | aluminium | 25% | in_force impose 2025-03-12"),
    "all goods": report("2025-03-13", "US → CN | all | 25% | in_force impose 2025-03-12"),
    "no goods, another rate": report("2025-03-13", "US → CN | ? | 10% | in_force impose 2025-03-12"),
    "no goods, another day": report("2025-02-05", "US → CN | ? | 25% | in_force impose 2025-02-04"),
    "no imposer": report("2025-03-13", "? → CN | steel | 25% | in_force impose 2025-03-12"),
    "a quota": report("2025-03-13", "US → CN | steel | 25% | in_force impose 2025-03-12 | instrument=quota"),
    "another anti-dumping duty": report(
        "2025-03-13", "US → CN | steel | 80% | in_force impose 2025-03-10 | instrument=anti_dumping"
    ),
    "imposed thirteen years later": report("2038-03-13", "US → CN | steel | 25% | in_force impose 2038-03-12"),
    "imposed after five years of silence": report("2030-06-13", "US → CN | steel | 10% | in_force impose 2030-06-12"),
}


@pytest.mark.parametrize("other", SAME.values(), ids=SAME)
def test_reports_of_one_measure(other):
    assert len(measures(ANNOUNCED, other)) == 1


@pytest.mark.parametrize("other", APART.values(), ids=APART)
def test_reports_of_two_measures(other):
    assert len(measures(ANNOUNCED, other)) == 2


SETS = {
    "two laws": (
        2,
        report("2025-07-30", "US → BR | all | 40% | announced impose | law=us_ieepa"),
        report("2026-06-30", "US → BR | all | 25% | announced impose | law=us_s301"),
    ),
    "two laws, and reports that name none, by rate": (
        2,
        report("2025-07-30", "US → BR | all | 40% | announced impose | law=us_ieepa"),
        report("2025-07-31", "US → BR | all | 25% | announced impose | law=us_s301"),
        report("2025-08-08", "US → BR | all | 25% | in_force impose"),
        report("2025-08-09", "US → BR | all | 40% | in_force impose"),
    ),
    "one tax on top of another": (
        2,
        report("2025-02-05", "US → CN | all | 10% | in_force impose 2025-02-04"),
        report("2025-04-03", "US → CN | all | 34% | announced impose 2025-04-09 | basis=additional"),
    ),
    "an additional rate that is said to follow the old one": (
        1,
        report("2025-02-05", "US → CN | all | 10% | in_force impose 2025-02-04"),
        report("2025-03-05", "US → CN | all | 20% | in_force impose 2025-03-04 | basis=additional"),
        report("2025-03-06", "US → CN | all | 20% | in_force raise 2025-03-04 | prior=10"),
    ),
    "two rates side by side in one article": (
        2,
        report("2025-05-05", "US → CN | all | 20% | in_force maintain", "US → CN | all | 10% | in_force maintain"),
    ),
    "steps in one article": (
        1,
        report("2024-05-30", "EU → RU | urea | 10% | announced impose 2024-07-01", "EU → RU | urea | 20% | announced impose 2025-07-01"),
    ),
    "imposed anew after the end": (
        2,
        report("2015-03-01", "EU → CN | bicycles | 10% | in_force impose 2015-03-01"),
        report("2016-03-01", "EU → CN | bicycles | 10% | ended remove 2016-02-29"),
        report("2017-03-01", "EU → CN | bicycles | 20% | in_force impose 2017-03-01"),
    ),
    "an old one is told of beside the new one": (
        2,
        report("2018-03-02", "US → ? | steel | ? | in_force impose 2002"),
        report("2018-03-03", "US → ? | steel | 25% | announced impose 2018-03-23"),
        report("2018-03-01", "US → ? | steel | 25% | threatened impose"),
    ),
    "told of again after the end": (
        1,
        report("2015-03-01", "EU → CN | bicycles | 10% | in_force impose 2015-03-01"),
        report("2016-03-01", "EU → CN | bicycles | 10% | ended remove 2016-02-29"),
        report("2017-03-01", "EU → CN | bicycles | 10% | ended remove 2016-02-29"),
        report("2017-03-02", "EU → CN | bicycles | 10% | in_force impose 2015-03-01"),
    ),
    "brought back by a higher court": (
        1,
        report("2025-03-01", "US → JP | toys | 10% | in_force impose 2025-03-01"),
        report("2025-05-28", "US → JP | toys | 10% | struck_down remove 2025-05-28"),
        report("2025-09-01", "US → JP | toys | 10% | in_force restore 2025-09-01"),
    ),
    "a duty is an anti-dumping duty, by its rate": (
        1,
        report("2020-06-08", "CN → AU | oats | 45.3% | announced impose 2020-06-09 | instrument=anti_dumping"),
        report("2023-08-05", "CN → AU | oats | 45.3% | ended remove 2023-08-05"),
    ),
    "what fits two is of neither": (
        3,
        report("2025-03-12", "US → CN | steel | 25% | in_force impose 2025-03-12"),
        report("2025-03-12", "US → JP | steel | 25% | in_force impose 2025-03-12"),
        report("2025-03-13", "US → ? | steel | 25% | in_force impose 2025-03-12"),
    ),
    "what fits all countries and one is of all": (
        2,
        report("2025-03-12", "US → * | steel | 25% | in_force impose 2025-03-12"),
        report("2025-03-12", "US → JP | steel | 25% | in_force impose 2025-03-12"),
        report("2025-03-13", "US → ? | steel | 25% | in_force impose 2025-03-12"),
    ),
    "one names the instrument, the other the partner": (
        1,
        report("2026-02-27", "GB → * | steel | 50% | announced raise 2026-04-01 | prior=25"),
        report("2026-10-01", "GB → ? | steel | 50% | ended remove 2026-09-30 | instrument=safeguard"),
    ),
    "a duty that follows an inquiry": (
        1,
        report("2004-01-21", "US → VN | shrimp | ? | proposed investigate | instrument=anti_dumping"),
        report("2004-07-07", "US → VN | shrimp | 16.1% | in_force impose 2004-07-06"),
    ),
    "what was filled explains the next": (
        1,
        report("2015-06-12", "KE → * | cement | 35% | announced impose 2015-07-01"),
        report("2017-05-30", "KE → ? | cement | 25% | announced lower 2017-07-01 | prior=35"),
        report("2019-05-07", "KE → ? | cement | 25% | in_force maintain"),
    ),
    "goods left open, the rate and the month told": (
        1,
        report("2004-07-07", "US → VN | shrimp | 16.1% | in_force impose 2004-07-06"),
        report("2004-08-05", "US → VN | ? | 16.1% | in_force maintain 2004-07"),
    ),
    "each partner and each kind of goods is a measure": (
        4,
        report("2025-03-01", "US → CA MX | steel, aluminium | 25% | announced impose"),
    ),
    "in and out of the quota": (
        2,
        report("2026-03-01", "GB → * | steel | 0% | in_force maintain | basis=in_quota", "GB → * | steel | 50% | in_force raise | basis=out_of_quota"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SETS.values(), ids=SETS)
def test_sets_of_reports(case):
    count, *reports = case
    assert len(measures(*reports)) == count


# ---------------------------------------------------------------- history

HISTORIES: dict[str, tuple[list[str], list[Extraction]]] = {
    "threat, order, start, rise, pause, end": (
        [
            "threatened 2025-01-10 25", "announced 2025-02-01 25", "imposed 2025-03-04 25", "raised 2025-05-01 50",
            "paused 2025-06-01 50", "ended 2025-08-01 50",
        ],
        [
            report("2025-01-11", "US → CA | lumber | 25% | threatened impose | announced=2025-01-10"),
            report("2025-02-01", "US → CA | lumber | 25% | announced impose 2025-03-04 | announced=2025-02-01"),
            report("2025-05-02", "US → CA | lumber | 50% | in_force raise 2025-05-01 | prior=25"),
            report("2025-06-01", "US → CA | lumber | 50% | paused suspend 2025-06-01"),
            report("2025-08-02", "US → CA | lumber | 50% | ended remove 2025-08-01"),
        ],
    ),
    "a pause with an end": (
        ["paused 2025-04-09 34", "resumed 2025-07-09 34"],
        [report("2025-04-09", "US → CN | toys | 34% | paused suspend 2025-04-09 | end=2025-07-09")],
    ),
    "a delay": (
        ["delayed null 34", "imposed 2025-08-01 34"],
        [report("2025-07-07", "US → CN | toys | 34% | announced delay 2025-08-01")],
    ),
    "a planned end": (
        ["imposed 2026-02-24 10", "ended 2026-07-23 10"],
        [report("2026-02-24", "US → * | toys | 10% | in_force impose 2026-02-24 | end=2026-07-23")],
    ),
    "a planned removal": (["ended 2025-03-01 10"], [report("2025-02-01", "US → CN | toys | 10% | announced remove 2025-03-01")]),
    "a date that is not told stays null": (["imposed null 10"], [report("2025-02-01", "US → CN | toys | 10% | in_force impose")]),
    "an inquiry": (["investigated null"], [report("2025-02-01", "EU → CN | toys | ? | proposed investigate")]),
    "still in force, since a day": (
        ["imposed 2020-06-09 45", "maintained null 45"],
        [report("2020-07-11", "CN → AU | oats | 45% | in_force maintain 2020-06-09")],
    ),
    "struck down": (["struck_down 2026-02-20 45"], [report("2026-02-20", "US → BR | all | 45% | struck_down remove 2026-02-20")]),
    "ruled out": (["rejected null 25"], [report("2025-12-05", "CA → US | cheese | 25% | rejected impose")]),
}  # fmt: skip


@pytest.mark.parametrize("case", HISTORIES.values(), ids=HISTORIES)
def test_histories(case):
    wanted, reports = case
    events = one(*reports).events
    told = [" ".join([e.event, str(e.date or "null"), *([f"{e.rate.percent:g}"] if e.rate else [])]) for e in events]
    assert list(dict.fromkeys(told)) == wanted
    assert {e.measure_id for e in events} == {one(*reports).id}
    assert len({e.id for e in events}) == len(events)


def test_first_and_last_report():
    found = one(ANNOUNCED, SAME["the same, months later"])
    assert (found.first_reported, found.last_reported) == (date(2025, 3, 1), date(2025, 9, 1))


# ---------------------------------------------------------------- sources

LINE = "US → CN | toys | 10% | in_force impose 2025-03-01"
SOURCES: dict[str, tuple[int, list[dict[str, Any]]]] = {
    "two publishers": (2, [{"by": "Wire"}, {"by": "Daily"}]),
    "two articles of one publisher": (1, [{"by": "Wire"}, {"by": "WIRE "}]),
    "two articles without a publisher": (2, [{}, {}]),
    "a copy": (1, [{"by": "Wire"}, {"by": "Daily", "duplicate_of": 0}]),
    "two copies of what is not here": (1, [{"by": "Wire", "duplicate_of": "gone"}, {"by": "Daily", "duplicate_of": "gone"}]),
    "the same text": (1, [{"by": "Wire", "sha256": "f" * 64}, {"by": "Daily", "sha256": "f" * 64}]),
    "a paper that copied once and reported once": (2, [{"by": "Wire"}, {"by": "Daily", "duplicate_of": 0}, {"by": "Daily"}]),
}


@pytest.mark.parametrize("case", SOURCES.values(), ids=SOURCES)
def test_independent_sources(case):
    count, rows = case
    reports: list[Extraction] = []
    for number, row in enumerate(rows):
        original = row.get("duplicate_of")
        info = {**row, "duplicate_of": reports[original].article.id if isinstance(original, int) else original}
        reports.append(report(f"2025-03-0{number + 2}", LINE, name=f"n{number}", **info))
    for order in (reports, reports[::-1]):
        assert one(*order).sources == count
        assert len(set(sources_of(r.article for r in order).values())) == count


# ---------------------------------------------------------------- conflicts and corrections


def conflicts(*reports: Extraction) -> list[str]:
    return [f"{c.field}: " + ", ".join(f"{v.value} ({v.sources})" for v in c.values) for c in one(*reports).conflicts]


@pytest.mark.parametrize(
    ("wanted", "reports"),
    [
        ([], [report("2025-03-02", LINE, by="A"), report("2025-03-02", LINE, by="B")]),
        (
            ["rate: 10% (2), 15% (1)"],
            [
                report("2025-03-02", LINE, by="A"),
                report("2025-03-02", LINE, by="B"),
                report("2025-03-02", LINE.replace("10%", "15%"), by="C"),
            ],
        ),
        (
            ["date: 2025-03-01 (1), 2025-03-03 (1)"],
            [report("2025-03-05", LINE, by="A"), report("2025-03-05", LINE.replace("03-01", "03-03"), by="B")],
        ),
        (
            ["status: ended (1), in_force (1)"],
            [
                report("2025-06-05", "US → CN | toys | 10% | ended remove 2025-06-01", by="A"),
                report("2025-06-05", "US → CN | toys | 10% | in_force maintain", by="B"),
            ],
        ),
        # an article that has the old rate as well does not contradict itself
        (
            [],
            [
                report("2025-03-02", LINE, LINE.replace("10%", "5%"), by="A"),
                report("2025-03-02", LINE, by="B"),
                report("2025-03-01", "US → CN | toys | 10% | announced raise 2025-03-01 | prior=5", by="B"),
            ],
        ),
        # a source's later version corrects the first, and a plan may be put off
        ([], [report("2025-03-02", LINE.replace("10%", "15%"), by="A"), report("2025-03-03", LINE, by="A")]),
        (
            [],
            [
                report("2025-02-01", "US → CN | toys | 10% | announced impose 2025-03-01", by="A"),
                report("2025-02-15", "US → CN | toys | 10% | announced impose 2025-04-01", by="B"),
            ],
        ),
    ],
    ids=["none", "rate", "date", "status", "its own old rate", "corrected", "put off"],
)
def test_conflicts(wanted, reports):
    assert conflicts(*reports) == wanted
    assert conflicts(*reversed(reports)) == wanted


def test_a_corrected_report_stays_and_is_marked():
    first = report("2025-03-02", LINE.replace("10%", "15%"), by="A", name="first")
    mended = report("2025-03-03", LINE, by="A", name="second", duplicate_of=first.article.id)
    found = one(first, mended)
    assert {(e.rate.percent, e.superseded) for e in found.events if e.rate} == {(15.0, True), (10.0, False)}


# ---------------------------------------------------------------- relations


def relations(*reports: Extraction) -> set[tuple[str, str, str]]:
    """(target, type, target or code)."""
    found = {m.id: m for m in measures(*reports)}

    def name(m: Measure) -> str:
        return m.target.code if m.target else "*"

    return {(name(m), r.type, r.code or name(found[r.measure or ""])) for m in found.values() for r in m.relations}


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        ({("DE", "part_of", "EU"), ("EU", "covers", "DE")}, ["US → EU | wine | 20% | in_force impose", "US → DE | wine | 20% | in_force impose"]),
        ({("JP", "part_of", "*"), ("*", "covers", "JP")}, ["US → * | wine | 10% | in_force impose", "US → JP | wine | 24% | in_force impose"]),
        ({("*", "excepts", "CA"), ("*", "excepts", "MX")}, ["US → *-CA MX | wine | 10% | in_force impose"]),
        (set(), ["US → EU | wine | 20% | in_force impose", "US → DE | beer | 20% | in_force impose"]),
        (set(), ["US → EU | wine | 20% | in_force impose", "US → NO | wine | 20% | in_force impose"]),
        ({("US", "retaliates_against", "CN")}, ["US → CN | wine | 20% | in_force impose", "CN → US | pork | 20% | in_force impose | retaliates=0"]),
    ],
    ids=["union", "all countries", "exceptions", "other goods", "no member", "retaliation"],
)  # fmt: skip
def test_relations(wanted, lines):
    assert relations(report("2025-03-01", *lines)) == wanted
    assert relations(*(report(f"2025-03-0{n + 1}", line) for n, line in enumerate(lines) if "retaliates" not in line)) == {
        row for row in wanted if row[1] != "retaliates_against"
    }


# ---------------------------------------------------------------- what holds on a day

COPPER = [
    report("2025-06-11", "US → CL | copper | 30% | threatened impose 2025-07-01", by="A"),
    report("2025-07-02", "US → CL | copper | 30% | announced impose 2025-07-21", by="A"),
    report("2025-08-20", "US → CL | copper | 30% | paused suspend 2025-08-20 | end=2025-10-19", by="A"),
]
HOLDS: dict[str, tuple[list[Extraction], dict[str, str]]] = {
    "a threat holds nothing; a plan holds from its day on; a pause ends as planned": (
        COPPER,
        {"2025-07-05": "", "2025-07-21": "30 scheduled", "2025-08-20": "", "2025-10-18": "", "2025-10-19": "30 scheduled"},
    ),
    "confirmed by a later report": (
        [*COPPER, report("2025-12-01", "US → CL | copper | 30% | in_force maintain", by="B")],
        {"2025-11-01": "30 scheduled", "2025-12-01": "30 reported"},
    ),
    "a plan that was called off": (
        [COPPER[1], report("2025-07-15", "US → CL | copper | 30% | rejected impose", by="B")],
        {"2025-07-21": "", "2026-01-01": ""},
    ),
    "a plan that was put off": (
        [COPPER[1], report("2025-07-15", "US → CL | copper | 30% | announced delay 2025-09-01", by="B")],
        {"2025-07-21": "", "2025-09-01": "30 scheduled"},
    ),
    "raised in steps": (
        [report("2024-05-30", "EU → RU | urea | 10% | announced impose 2024-07-01", "EU → RU | urea | 20% | announced raise 2025-07-01 | prior=10")],
        {"2024-06-30": "", "2024-07-01": "10 scheduled", "2025-06-30": "10 scheduled", "2025-07-01": "20 scheduled"},
    ),
    "the old rate, once a change of it is announced": (
        [report("2026-02-27", "GB → * | steel | 50% | announced raise 2026-04-01 | prior=25 end=2026-09-30")],
        {"2026-02-26": "", "2026-02-27": "25 reported", "2026-04-01": "50 scheduled", "2026-09-30": ""},
    ),
    "an end that an extension puts off": (
        [
            report("2020-01-01", "EU → CN | bolts | 20% | in_force impose 2020-01-01 | end=2025-01-01"),
            report("2024-12-20", "EU → CN | bolts | 20% | in_force extend 2024-12-20 | end=2029-12-20"),
        ],
        {"2024-01-01": "20 reported", "2025-06-01": "20 reported", "2029-12-20": ""},
    ),
    "struck down, and brought back": (
        [
            report("2025-03-01", "US → JP | toys | 10% | in_force impose 2025-03-01"),
            report("2025-05-28", "US → JP | toys | 10% | struck_down remove 2025-05-28"),
            report("2025-09-01", "US → JP | toys | 10% | in_force restore 2025-09-01"),
        ],
        {"2025-05-27": "10 reported", "2025-05-28": "", "2025-09-01": "10 reported"},
    ),
    "a month is not its first day": (
        [report("2025-02-01", "US → JP | toys | 10% | announced impose 2025-03")],
        {"2025-03-01": "", "2025-03-31": "10 scheduled"},
    ),
    "sources differ: that of most first, the other beside it": (
        [report("2025-03-02", LINE, by="A"), report("2025-03-02", LINE, by="B"), report("2025-03-02", LINE.replace("10%", "15%"), by="C")],
        {"2025-03-01": "10 or 15 reported"},
    ),
    "one against one: that of most reports of other days first": (
        [
            report("2020-06-11", "CN → AU | oats | 54% | in_force impose 2020-06-09", by="A"),
            report("2020-06-08", "CN → AU | oats | 45% | announced impose 2020-06-09", by="B"),
            report("2021-06-08", "CN → AU | oats | 45% | in_force maintain", by="C"),
        ],
        {"2020-07-01": "45 or 54 reported"},
    ),
    "one against one: that which its source has again as the rate before a change": (
        [
            report("2007-06-05", "CA → CN | garlic | 31% | in_force impose 2007-06-04", by="A"),
            report("2007-06-06", "CA → CN | garlic | 37% | in_force impose 2007-06-04", by="B"),
            report("2007-08-31", "CA → CN | garlic | 48% | in_force raise 2007-08-31 | prior=31", by="A"),
        ],
        {"2007-07-01": "31 or 37 reported", "2007-09-01": "48 reported"},
    ),
    "a correction counts, not what it corrects": (
        [report("2025-03-02", LINE.replace("10%", "15%"), by="A"), report("2025-03-03", LINE, by="A")],
        {"2025-03-01": "10 reported"},
    ),
    "nothing heard of it for twelve years": (
        [report("1987-04-17", "US → JP | toys | 10% | in_force impose 1987-04-17")],
        {"1999-01-01": "10 reported", "2000-01-01": ""},
    ),
    "no date: from the report on": (
        [report("2025-03-02", "US → CN | toys | 10% | in_force maintain", by="A")],
        {"2025-03-01": "", "2025-03-02": "10 reported"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOLDS.values(), ids=HOLDS)
def test_what_holds_on_a_day(case):
    reports, wanted = case
    line = Timeline(reports)
    said = {}
    for day in wanted:
        rows = line.in_force(date.fromisoformat(day)).in_force
        assert len(rows) <= 1
        said[day] = "".join(
            " or ".join(f"{rate.percent:g}" for rate in [row.rate, *row.other_rates] if rate) + f" {row.basis}" for row in rows
        )
    assert said == wanted


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        ({}, ["BR→US", "US→*", "US→CN", "US→EU", "ZA→MX"]),
        ({"imposer": "us"}, ["US→*", "US→CN", "US→EU"]),
        ({"target": "CN"}, ["US→*", "US→CN"]),
        ({"target": "DE"}, ["US→*", "US→EU"]),
        ({"target": "CA"}, []),
        ({"target": "US"}, ["BR→US"]),
        ({"product": "steel products"}, ["US→*", "US→EU", "ZA→MX"]),
        ({"product": "toys", "target": "CN"}, ["US→*", "US→CN"]),
        ({"product": "nails"}, ["US→*", "ZA→MX"]),
        ({"product": "steel nails", "target": "MX"}, ["US→*", "ZA→MX"]),
        ({"product": "wire"}, ["US→*", "ZA→MX"]),
        ({"imposer": "ZA", "product": "ire"}, []),
    ],
)
def test_what_bears_on_a_country_or_goods(selection, wanted):
    line = Timeline([
        report("2025-03-01", "US → *-CA | all | 10% | in_force impose", "US → EU | steel | 50% | in_force impose"),
        report("2025-03-01", "US → CN | toys | 20% | in_force impose", "BR → US | corn | 20% | in_force impose"),
        report("2025-03-01", "ZA → MX | wire steel nails | 30% | in_force impose"),
    ])  # fmt: skip
    chosen = Selection(**selection)
    for rows in (chosen.of_measures(line.output()).measures, chosen.of_holdings(line.in_force(date(2025, 3, 2))).in_force):
        assert sorted(f"{r.imposer.code if r.imposer else '?'}→{r.target.code if r.target else '*'}" for r in rows) == sorted(
            wanted
        )


# ---------------------------------------------------------------- ids

RAISED = report("2025-06-02", "US → CN | steel | 50% | in_force raise 2025-06-01 | prior=25")
EARLIER = report("2024-11-05", "US → CN | steel | 60% | threatened impose")


def test_an_id_does_not_depend_on_what_else_is_reported():
    name = one(ANNOUNCED).id
    assert {one(*some).id for n in (1, 2, 3) for some in combinations([ANNOUNCED, RAISED, EARLIER], n)} == {name}
    assert name in {m.id for m in measures(ANNOUNCED, *APART.values())}


def test_a_later_measure_of_the_same_kind_has_an_id_of_its_own():
    first = report("2015-03-01", "EU → CN | bicycles | 10% | in_force impose 2015-03-01")
    end = report("2016-03-01", "EU → CN | bicycles | 10% | ended remove 2016-02-29")
    again = report("2019-03-01", "EU → CN | bicycles | 20% | in_force impose 2019-03-01")
    both = measures(first, end, again)
    assert len({m.id for m in both}) == 2
    assert both[0].id == one(first, end).id


def test_a_report_that_joins_two_measures_keeps_the_id_of_the_earlier_one():
    old = report("2014-03-01", "EU → CN | bolts | 20% | in_force impose 2014-03-01")
    new = report("2020-03-01", "EU → CN | bolts | 30% | in_force raise 2020-03-01")
    bridge = report("2017-03-01", "EU → CN | bolts | 20% | in_force maintain")
    apart = measures(old, new)
    assert len(apart) == 2
    joined = one(old, new, bridge)
    assert joined.id == apart[0].id == one(old).id
    assert {e.id for e in joined.events} > {e.id for m in apart for e in m.events}


# ---------------------------------------------------------------- order and increments

POOL = [
    ANNOUNCED, RAISED, EARLIER, *SAME.values(), *APART.values(), *COPPER,
    *(r for _, *reports in SETS.values() for r in reports),
    *(r for _, reports in HISTORIES.values() for r in reports),
    report(None, "US → CN | steel | 25% | in_force maintain"),
]  # fmt: skip
POOL = list({r.article.id: r for r in POOL}.values())
some = st.lists(st.sampled_from(range(len(POOL))), max_size=14, unique=True)


@settings(max_examples=150, deadline=None)
@given(some, st.randoms(use_true_random=False), st.integers(0, 4))
def test_neither_order_nor_portions_matter(chosen, random, looks):
    """The output is the same in any order, and whether or not it was looked at in between."""
    reports = [POOL[i] for i in chosen]
    wanted = Timeline(reports).output()
    shuffled = list(reports)
    random.shuffle(shuffled)
    line = Timeline()
    for number, item in enumerate(shuffled):
        line.add(item)
        if looks and number % looks == 0:
            line.measures()
    assert line.output().to_json() == wanted.to_json()


@settings(max_examples=100, deadline=None)
@given(some, st.sampled_from(range(len(POOL))))
def test_an_article_that_comes_and_goes_leaves_nothing(chosen, guest):
    reports = [POOL[i] for i in chosen if i != guest]
    line = Timeline(reports)
    before = line.output().to_json()
    line.add(POOL[guest])
    line.measures()
    line.remove(POOL[guest].article.id)
    assert line.output().to_json() == before


@settings(max_examples=100, deadline=None)
@given(some, st.sampled_from(range(len(POOL))))
def test_an_article_changes_only_measures_of_its_imposers(chosen, guest):
    line = Timeline(POOL[i] for i in chosen if i != guest)
    before = {m.id: m for m in line.measures()}
    touched = line.add(POOL[guest])
    after = {m.id: m for m in line.measures()}
    strange = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    imposers = {(m.imposer.code if m.imposer else "") for name in strange for m in (before.get(name), after.get(name)) if m}
    assert imposers <= touched


@settings(max_examples=60, deadline=None)
@given(some)
def test_nothing_is_lost_and_nothing_told_twice(chosen):
    reports = [POOL[i] for i in chosen]
    line = Timeline(reports)
    events = [event for measure in line.measures() for event in measure.events]
    assert len({event.id for event in events}) == len(events)
    assert {event.tariff_id for event in events} == {tariff.id for r in reports for tariff in r.tariffs}
    for measure in line.measures():
        assert {event.measure_id for event in measure.events} == {measure.id}
        assert 1 <= measure.sources <= len({event.article_id for event in measure.events})


def test_a_newer_version_of_an_article_replaces_it():
    line = Timeline([report("2025-03-02", LINE, name="a")])
    line.add(report("2025-03-02", LINE.replace("toys", "shoes"), name="a"))
    assert [m.product for m in line.measures()] == ["footwear"]
