"""Rates of duty, and the percentages that are none: one line a case."""

from __future__ import annotations

import pytest
from _pytest.mark.structures import ParameterSet

from extractor.entities.mention import mentions
from extractor.entities.rates import Percentage, percentages
from extractor.records import EntityType, Rate
from tests.conftest import DocOf, ExtractionOf

CONTEXT = " Exporters and importers follow trade closely."
"""Makes each case an article of trade."""

Case = tuple[object, ...] | ParameterSet


def gap(*row: object, reason: str) -> ParameterSet:
    """A case that a reader gets right and the rules do not yet: the test fails when they do."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=True, reason=reason))


# ---------------------------------------------------------------- numbers with a percent sign or word

NUMBERS: list[tuple[str, list[tuple[float, float | None]]]] = [
    ("25%", [(25, None)]),
    ("25 %", [(25, None)]),
    ("25 per cent", [(25, None)]),
    ("25 percent", [(25, None)]),
    ("25-percent", [(25, None)]),
    ("25 pct", [(25, None)]),
    ("25pc", [(25, None)]),
    ("2.5%", [(2.5, None)]),
    ("145%", [(145, None)]),
    ("1,000%", [(1000, None)]),
    ("ten per cent", [(10, None)]),
    ("twenty-five percent", [(25, None)]),
    ("10% to 20%", [(10, 20)]),
    ("10%-20%", [(10, 20)]),
    ("10-20%", [(10, 20)]),
    ("10 to 20 per cent", [(10, 20)]),
    ("between 10 and 20 per cent", [(10, 20)]),
    ("between 10% and 20%", [(10, 20)]),
    ("20% to 10%", [(20, None), (10, None)]),
    ("10 and 20 per cent", [(10, None), (20, None)]),
    ("10, 15 and 25 percent", [(10, None), (15, None), (25, None)]),
    ("10% or 15%", [(10, None), (15, None)]),
    ("5% in May", [(5, None)]),
    ("25 points", []),
    ("25 cents", []),
    ("$25", []),
    ("25", []),
    ("percent", []),
    ("per cent", []),
    ("", []),
    ("Boeing 737-800", []),
    ("in 2018 and 2019", []),
]
# In running text "10% to 20%" may be a change and not a range, so these two numbers may stand apart.
APART = {"10% to 20%", "10%-20%", "between 10% and 20%"}


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_percentages(text: str, expected: list[tuple[float, float | None]]) -> None:
    found = [(p.low, p.high) for p in percentages(text)]
    apart = [(value, None) for pair in expected for value in pair]
    assert found == expected or (text in APART and found == apart)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("10 percentage points", True),
        ("ten percentage points", True),
        ("10 pct points", True),
        ("10-percentage-point", True),
        ("10 per cent", False),
        ("10% pointing", False),
    ],
)
def test_percentage_points(text: str, points: bool) -> None:
    assert [p.points for p in percentages(text)] == [points]


def test_offsets() -> None:
    text = "Duties of 10, 15 and 25 per cent."
    assert [text[p.start : p.end] for p in percentages(text)] == ["10", "15", "25 per cent"]
    assert percentages("of 7%.") == [Percentage(3, 5, 7.0)]


# ---------------------------------------------------------------- rates and what is none

Expected = tuple[str, list[str], list[tuple[str, str]]]
RATES: list[Case] = [
    ("Japan put a 25% tariff on Chinese toys.", ["25%"], []),
    ("Japan put a 25 per cent tariff on Chinese toys.", ["25%"], []),
    ("Japan put a 25 percent tariff on Chinese toys.", ["25%"], []),
    ("Japan put a 25 pct tariff on Chinese toys.", ["25%"], []),
    ("Japan put a twenty-five per cent tariff on Chinese toys.", ["25%"], []),
    ("Japan put tariffs of 2.5% on Chinese toys.", ["2.5%"], []),
    ("The tariff on Chinese toys is 25%.", ["25%"], []),
    ("Chinese toys face a tariff of 25%.", ["25%"], []),
    ("Chinese toys attract a 25% import duty.", ["25%"], []),
    ("Japan put tariffs of 10 to 20 per cent on Chinese toys.", ["10%-20%"], []),
    ("Japan put tariffs of between 10 and 20 per cent on Chinese toys.", ["10%-20%"], []),
    ("Japan put a 10-20% tariff on Chinese toys.", ["10%-20%"], []),
    ("Japan put a 10–20% tariff on Chinese toys.", ["10%-20%"], []),
    ("Japan put tariffs of 10 and 20 per cent on Chinese toys.", ["10%", "20%"], []),
    ("Japan put tariffs of 10, 15 and 25 per cent on Chinese toys.", ["10%", "15%", "25%"], []),
    ("Japan put tariffs of up to 41% on Chinese toys.", ["41%"], []),
    ("Japan put tariffs of at least 15% on Chinese toys.", ["15%"], []),
    ("Japan cut its tariff on Chinese toys to zero.", ["free"], []),
    ("Japan offers zero tariffs on Chinese toys.", ["free"], []),
    ("Japan will have zero-tariff access for toys.", ["free"], []),
    ("Japan raised its tariff on Chinese toys from 10% to 25%.", ["10%", "25%"], []),
    ("Japan raised its tariff on Chinese toys by 10 percentage points.", ["10%"], []),
    ("Japan put 10% on Chinese toys and 25% on Korean cars, the highest tariffs so far.", ["10%", "25%"], []),
    ("Japan will put a 10% levy on imports of toys.", ["10%"], []),
    ("Japan set anti-dumping duties of 33.4% on Chinese toys.", ["33.4%"], []),
    ("Japan doubled its 10% tariff on Chinese toys to 20%.", ["10%", "20%"], []),
    ("Japan set a tariff on Chinese toys. The rate will rise to 30% in May.", ["30%"], []),
    ("Toys\n\nJapan set new tariffs:\n\n- Korea (25%)\n- Peru (10%)\n\n", ["25%", "10%"], []),
]
STATISTICS: list[Case] = [
    ("Shares of the toymaker fell 3% after Japan set a tariff.", [], [("3%", "statistic")]),
    ("Exports rose 5 per cent last year.", [], [("5 per cent", "statistic")]),
    ("The economy grew 2.1% despite tariffs.", [], [("2.1%", "statistic")]),
    ("Inflation of 4% hurts trade.", [], [("4%", "statistic")]),
    ("A poll found that 61% of voters dislike tariffs.", [], [("61%", "statistic")]),
    ("Some 72 per cent of firms said that tariffs hurt them.", [], [("72 per cent", "statistic")]),
    ("Tariffs cover 58% of imports.", [], [("58%", "statistic")]),
    ("There is a 70% chance of new tariffs on toys.", [], [("70%", "statistic")]),
    ("The average effective tariff rate is 17%.", [], [("17%", "statistic")]),
    ("Prices of toys jumped 12% because of tariffs.", [], [("12%", "statistic")]),
    ("Tariffs left toys 5% dearer.", [], [("5%", "statistic")]),
    ("Japan sells 40% of its toys to Peru, which has tariffs.", [], [("40%", "statistic")]),
    ("The central bank cut its interest rate to 4%.", [], [("4%", "statistic")]),
    ("Unemployment of 6% is a reason for tariffs, he said.", [], [("6%", "statistic")]),
    ("The yen fell 2% against the dollar on news of tariffs.", [], [("2%", "statistic")]),
    ("Imports from Peru were down 8% under the tariffs.", [], [("8%", "statistic")]),
    ("Toys are up 8.4% since the tariffs began.", [], [("8.4%", "statistic")]),
    ("A rule that 75% of parts be made at home avoids the tariff.", [], [("75%", "statistic")]),
    ("Peru buys a 30% stake in the port.", [], [("30%", "statistic")]),
    ("Japan put a 25% tariff on toys, and shares fell 3%.", ["25%"], [("3%", "statistic")]),
    ("With tariffs at 25%, output may shrink by 2%.", ["25%"], [("2%", "statistic")]),
    ("Peru, where growth is 2%, faces a 25% tariff on toys.", ["25%"], [("2%", "statistic")]),
    ("A 25% tariff would cut exports by 12%.", ["25%"], [("12%", "statistic")]),
    ("A 25% tariff hits 40% of Peru's exports.", ["25%"], [("40%", "statistic")]),
    ("The toymaker raised prices by 10% after the 25% tariff.", ["25%"], [("10%", "statistic")]),
]
CUTS: list[Case] = [
    ("Japan cut its tariffs on toys by 50%.", [], [("50%", "size_of_cut")]),
    ("Japan will lower its tariffs by an average of 46 per cent.", [], [("46 per cent", "size_of_cut")]),
    ("Tariffs on toys were reduced by half, or 50 pct.", [], [("50 pct", "size_of_cut")]),
    ("Japan cut its tariffs on toys to 50%.", ["50%"], []),
    ("Japan cut its tariffs on toys by five percentage points.", ["5%"], []),
    ("Japan cut spending by 50% and set a 5% tariff on toys.", ["5%"], [("50%", "statistic")]),
]
TAXES: list[Case] = [
    ("Peru raised its sales tax to 9%.", [], [("9%", "other_tax")]),
    ("Peru has a value-added tax of 18%.", [], [("18%", "other_tax")]),
    ("Peru cut income tax to 15%.", [], [("15%", "other_tax")]),
    ("A corporate tax of 21% applies.", [], [("21%", "other_tax")]),
    ("Stamp duty of 5% applies to homes.", [], [("5%", "other_tax")]),
    ("A VAT of 20% applies to toys.", [], [("20%", "other_tax")]),
    ("VAT on toys was cut to 5%.", [], [("5%", "other_tax")]),
    ("Peru put a 10% tariff on toys and an 18% sales tax on homes.", ["10%"], [("18%", "other_tax")]),
    ("The goods and services tax, at the rate of 9 per cent, stays.", [], [("9 per cent", "other_tax")]),
    ("Electricity tariffs rose 12% for households.", [], [("12%", "statistic")]),
    ("The 12% rise in electricity tariffs hurts households.", [], [("12%", "statistic")]),
    ("A 12% electricity tariff increase hurts households.", [], [("12%", "price_tariff")]),
]


def found(doc_of: DocOf, text: str) -> tuple[list[str], list[tuple[str, str]]]:
    doc = doc_of(text + CONTEXT)
    rejected = [(r.text, r.reason) for r in doc._.rejected if any(c.isdigit() for c in r.text) or "cent" in r.text]
    return [m.entity for m in mentions(doc, EntityType.RATE)], rejected


@pytest.mark.parametrize(("text", "rates", "rejected"), [*RATES, *STATISTICS, *CUTS, *TAXES])
def test_rates(doc_of: DocOf, text: str, rates: list[str], rejected: list[tuple[str, str]]) -> None:
    taken, refused = found(doc_of, text)
    assert taken == rates
    assert refused == rejected


# ---------------------------------------------------------------- qualifier and basis

QUALIFIERS: list[Case] = [
    ("a tariff of 15%", "exact"),
    ("a tariff of up to 15%", "up_to"),
    ("a tariff of as much as 15%", "up_to"),
    ("a tariff as high as 15%", "up_to"),
    ("a tariff of at least 15%", "at_least"),
    ("a tariff of more than 15%", "at_least"),
    ("a tariff of over 15%", "at_least"),
    ("a tariff of about 15%", "about"),
    ("a tariff of roughly 15%", "about"),
    ("a tariff of nearly 15%", "about"),
    ("a tariff of around 15%", "about"),
    ("a tariff of 10 to 15%", "range"),
    ("a handover 15% tariff", "exact"),
    gap("a maximum tariff of 15%", "up_to", reason="a qualifier before the noun"),
]
BASES: list[Case] = [
    ("Japan put an additional 15% tariff on toys.", "additional"),
    ("Japan put a further 15% tariff on toys.", "additional"),
    ("Japan put an extra 15% duty on toys.", "additional"),
    ("Japan put a 15% tariff on toys on top of the duty that stands.", "additional"),
    ("Japan put a 15% tariff on toys.", None),
    gap("Japan put a tariff on toys that totals 15%.", "total", reason="a relative clause with the rate"),
    ("Japan put a total tariff of 15% on toys.", "total"),
    ("Japan put an all-in 15% tariff on toys.", "total"),
    ("Japan put a 15% tariff, inclusive of existing duties, on toys.", "floor"),
    ("Japan's tariff on toys is capped at 15%.", "cap"),
    ("Japan raised its tariff on toys by 15 percentage points.", "percentage_points"),
    ("Japan has an in-quota tariff of 15% on toys.", "in_quota"),
    ("Japan has an out-of-quota tariff of 15% on toys.", "out_of_quota"),
    ("Further talks led to a 15% tariff on toys.", None),
    ("Japan put a 15% tariff on toys, and a further round of talks failed.", None),
]


def only_rate(doc_of: DocOf, text: str) -> Rate:
    (mention,) = mentions(doc_of(text + CONTEXT), EntityType.RATE)
    assert isinstance(mention.value, Rate)
    return mention.value


@pytest.mark.parametrize(("phrase", "qualifier"), QUALIFIERS)
def test_qualifiers(doc_of: DocOf, phrase: str, qualifier: str) -> None:
    assert only_rate(doc_of, f"Japan has {phrase} on imports of toys.").qualifier == qualifier


@pytest.mark.parametrize(("text", "basis"), BASES)
def test_bases(doc_of: DocOf, text: str, basis: str | None) -> None:
    assert only_rate(doc_of, text).basis == basis


def test_words_for_nothing_state_no_percentage(extraction_of: ExtractionOf) -> None:
    told = extraction_of(
        "Japan made imports of Thai mangoes duty-free on January 1. Exporters and importers welcomed the tariff cut."
    )
    assert [e.value.percent for e in told.entities if isinstance(e.value, Rate)] == [None]
    assert [t.rate.percent for t in told.tariffs if t.rate] == [0.0]


def test_zero_is_a_rate_and_unknown_is_none(doc_of: DocOf) -> None:
    assert only_rate(doc_of, "Japan cut its tariff on toys to zero.").percent == 0.0
    assert mentions(doc_of("Japan cut its tariff on toys." + CONTEXT), EntityType.RATE) == []
    assert mentions(doc_of("Exporters saw zero growth under the tariffs." + CONTEXT), EntityType.RATE) == []
