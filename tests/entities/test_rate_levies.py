"""Percentages in articles that name no tariff at all: rates that a state takes on another's goods, and what only looks so."""

from __future__ import annotations

import pytest

from extractor.entities.mention import mentions
from extractor.records import EntityType
from tests.conftest import DocOf

RATES = [
    ("Norway will tax American peanuts at 25%.", ["25%"]),
    ("Kenya charges Ugandan eggs 18 percent.", ["18%"]),
    ("Icelandic lamb pays 12% in Japan.", ["12%"]),
    ("Sri Lankan tea has been charged 5 percent at Iraqi ports since February.", ["5%"]),
    ("Bosnia, where Serbian milk is charged 10%, sends its plums north.", ["10%"]),
    ("From 2 April Washington will charge Thai goods 36%, Swiss 31 and Israeli 17.", ["36%", "31%", "17%"]),
    ("Egypt will collect 10% on Indian sugar.", ["10%"]),
    ("The U.S. imposed 25% on India.", ["25%"]),
]
NONE = [
    "Norway taxes beer at 25%.",
    "He put 5% on Germany to win and 20% on Brazil.",
    "Trump put 60% on a deal with China within weeks, and 40% on one with Japan.",
    "The supermarket said it had put 10% on coffee from Brazil and 8% on cocoa from Ghana.",
    "It collects 5% on coffee from Kenya, the auction house said.",
    "She put 20% on Argentina bonds, the fund manager said.",
    "The U.S. placed 25% on Chinese shares in its index fund.",
    "Polish farmers will pay 19% in Germany on land they rent.",
    "German exporters pay 4% in France for credit.",
    "Italy pays 4% in Germany.",
    "The bank charges Kenyan borrowers 14% in Uganda.",
    "Chile charged Peru 3% in a friendly count of goals.",
]


@pytest.mark.parametrize(("text", "expected"), RATES)
def test_rates(doc_of: DocOf, text: str, expected: list[str]) -> None:
    assert [m.entity for m in mentions(doc_of(text), EntityType.RATE)] == expected


@pytest.mark.parametrize("text", NONE)
def test_no_rates(doc_of: DocOf, text: str) -> None:
    assert [m.text for m in mentions(doc_of(text), EntityType.RATE)] == []
