"""An article of twice as many sentences takes twice as long, whatever it is full of."""

from __future__ import annotations

import pytest

from extractor import Article, Extractor
from tests.linear.attacks import seconds

FEW = 40
FOUR_TIMES = 7.0
"""Time for four times the sentences over that for them: 4 if linear, 16 if quadratic."""

SENTENCES = {
    "measures": "Japan will impose a 25% tariff on steel from China on May 2.",
    "answers": "Chile hit back with a {n}% tariff on wool from Japan, citing dumping, unless Japan lifts its 5% tariff on wine from Chile.",
    "exceptions": "Japan put a {n}% tariff on goods from Chile except rice. Wine is exempt from the tariff.",
    "statements": '"We will answer," said Trade Minister Dee Lind of Norway on Friday.',
    "indirect": "The minister said that the duty would hurt farmers in Peru.",
    "names": "Dee Lind met Ola Nordmann and Kari Hansen in Geneva.",
    "different names": "Minister Ola N{n}son met Ann H{n}sen of the Ministry of Trade in Geneva.",
    "percentages": "Exports fell 4 percent, imports 12 percent and prices 0.5 percent.",
    "different rates": "The duty on wool from India rises to {n}.5 percent from {n} percent.",
    "dates": "Talks on May 2, 2025, and on Friday led to a pause until July 9.",
    "countries": "Japan, Peru, Kenya, Norway, India and Canada want lower duties on rice.",
    "goods": "The list has steel, wool, cars, rice, wine, cheese, copper and tyres.",
    "back references": "It would double that to 50 percent if they do not lift the ban.",
    "bodies": "The Ministry of Trade and the Customs Board of Peru will answer.",
    "laws": "The duty under Section 232 of the Trade Expansion Act of 1962 stays.",
}


@pytest.mark.parametrize("what", SENTENCES)
def test_linear_in_sentences(extractor: Extractor, what: str) -> None:
    def article(count: int) -> Article:
        rows = (SENTENCES[what].replace("{n}", str(n)) for n in range(count))
        return Article.build("Duty\n\n" + "".join(f"{row}{' ' if n % 4 else chr(10) * 2}" for n, row in enumerate(rows, 1)))

    few, many = article(FEW), article(4 * FEW)
    extractor.extract(few)
    for times in (1, 2, 4):  # on a busy machine a figure may be off, all of them will not
        short, long = seconds(lambda: extractor.extract(few), times), seconds(lambda: extractor.extract(many), times)
        if long <= FOUR_TIMES * short:
            return
    pytest.fail(f"{short:.2f} s for {FEW} sentences, {long:.2f} s for {4 * FEW}")
