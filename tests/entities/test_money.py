from __future__ import annotations

import pytest

from extractor.entities.mention import mentions
from extractor.records import EntityType, MoneyValue


def found(doc) -> list[tuple[str, str, str]]:
    return [
        (m.text, m.entity, m.value.qualifier)
        for m in mentions(doc, EntityType.MONEY)
        if isinstance(m.value, MoneyValue)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Duties on $50 billion of goods.", "$50 billion", "USD 50000000000"),
        ("Duties on $50bn of goods.", "$50bn", "USD 50000000000"),
        ("A $1.2 trillion deficit.", "$1.2 trillion", "USD 1200000000000"),
        ("A $1.2-billion package.", "$1.2-billion", "USD 1200000000"),
        ("A US$12 million fine.", "US$12 million", "USD 12000000"),
        ("Canada lists C$30 billion in goods.", "C$30 billion", "CAD 30000000000"),
        ("Exports of A$3.5m a year.", "A$3.5m", "AUD 3500000"),
        ("A parcel worth HK$2,000.", "HK$2,000", "HKD 2000"),
        ("A loan of NT$1,000 million.", "NT$1,000 million", "TWD 1000000000"),
        ("Goods worth €26bn were listed.", "€26bn", "EUR 26000000000"),
        ("The levy raised £1.2m.", "£1.2m", "GBP 1200000"),
        ("It cost ¥500 billion.", "¥500 billion", "JPY 500000000000"),
        ("China spent ¥500 billion.", "¥500 billion", "CNY 500000000000"),
        ("It cost 200 billion U.S. dollars.", "200 billion U.S. dollars", "USD 200000000000"),
        ("Trade of 50 mln dlrs a year.", "50 mln dlrs", "USD 50000000"),
        ("Trade of 50 mln Canadian dlrs a year.", "50 mln Canadian dlrs", "CAD 50000000"),
        ("Subsidies of 150 million yuan.", "150 million yuan", "CNY 150000000"),
        ("Sales of RMB 20 bn.", "RMB 20 bn", "CNY 20000000000"),
        ("A plan worth Rs 2,000 crore.", "Rs 2,000 crore", "INR 20000000000"),
        ("A plan worth ₹500 crore.", "₹500 crore", "INR 5000000000"),
        ("Losses of 30 billion won.", "30 billion won", "KRW 30000000000"),
        ("Losses of 3 billion rand.", "3 billion rand", "ZAR 3000000000"),
        ("Sales of 4 billion reais.", "4 billion reais", "BRL 4000000000"),
        ("Sales of R$4 billion.", "R$4 billion", "BRL 4000000000"),
        ("Costs of 10 million Swiss francs.", "10 million Swiss francs", "CHF 10000000"),
        ("Mexico expects 20 billion pesos.", "20 billion pesos", "MXN 20000000000"),
        ("The Philippines expects 20 billion pesos.", "20 billion pesos", "PHP 20000000000"),
        ("The tax is 25 cents a kilo.", "25 cents", "USD 0.25"),
        ("Aid of two billion euros.", "two billion euros", "EUR 2000000000"),
        ("A half a billion dollar loss.", "half a billion dollar", "USD 500000000"),
        ("The trillion-dollar question, a trillion-dollar bill.", "a trillion-dollar", "USD 1000000000000"),
        ("Parcels below $800 are free.", "$800", "USD 800"),
        ("It put $5 billion Canadian, it said.", "$5 billion", "CAD 5000000000"),
        ("It sold $5 billion Canadian exports.", "$5 billion", "USD 5000000000"),
        ("It cost 80 mln stg.", "80 mln stg", "GBP 80000000"),
    ],
)
def test_amounts(doc_of, text: str, words: str, name: str) -> None:
    assert [(m[0], m[1]) for m in found(doc_of(text))] == [(words, name)]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Goods worth more than $900 billion are hit.", "more_than"),
        ("Goods worth over $900 billion are hit.", "more_than"),
        ("Duties hit upwards of €2bn in trade.", "more_than"),
        ("Goods worth less than $800 are exempt.", "less_than"),
        ("Parcels valued under $800 are exempt.", "less_than"),
        ("It hit about $34 billion of imports.", "about"),
        ("It hit an estimated 34 billion dollars of imports.", "about"),
        ("It will hit up to $34 billion of imports.", "up_to"),
        ("It will hit as much as another $34 billion of imports.", "up_to"),
        ("It will hit at least $34 billion of imports.", "at_least"),
        ("Shipments of $2,500 or more need a form.", "at_least"),
        ("Shipments of $2,500 or less need none.", "up_to"),
        ("The $50-billion-plus package was passed.", "more_than"),
        ("It will hit $34 billion of imports.", "exact"),
        ("A dispute over $34 billion of imports drags on.", "exact"),
        ("The company said more on Monday: $34 billion is at stake.", "exact"),
    ],
)
def test_qualifiers(doc_of, text: str, qualifier: str) -> None:
    assert [m[2] for m in found(doc_of(text))] == [qualifier]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It will cost $200-300 billion.", ["USD 200000000000"]),
        ("It will cost between $50 and $60 billion.", ["USD 50000000000", "USD 60000000000"]),
        ("It will cost 5 to 6 billion yuan.", ["CNY 5000000000"]),
        ("From $34 billion to $50 billion.", ["USD 34000000000", "USD 50000000000"]),
        (
            "Canada will tax $30 billion (US$21 billion) of goods, then $125 billion.",
            ["CAD 30000000000", "USD 21000000000", "CAD 125000000000"],
        ),
        ("Canada will tax C$30 billion ($21 billion) of goods.", ["CAD 30000000000", "USD 21000000000"]),
    ],
)
def test_several_amounts(doc_of, text: str, names: list[str]) -> None:
    assert [m[1] for m in found(doc_of(text))] == names


@pytest.mark.parametrize(
    "text",
    [
        "A tariff of 25 percent on steel.",
        "Exports of 50 million tonnes.",
        "It shipped 40 million pounds of beef.",
        "The team won 30 games and 12 won prizes.",
        "The party with 120 won.",
        "He took 200 of them in 2018.",
        "The dollar fell against the yuan.",
        "Billions of dollars are at stake.",
        "A multi-million dollar business.",
        "Section 301 and Section 232 tariffs.",
        "Shares of $AAPL fell.",
        "The G20 and the G7 met.",
        "The 1930 law raised 20,000 duties.",
        "The yuan is weak and so is the euro.",
        "Two cars and a half were sold.",
        "He marks 30 years at the ministry.",
        "The crowns of 12 kings.",
        "A duty of 20 pct on wheat.",
        "It takes 90 days.",
        "It cost 20 billion pesos.",  # whose?
    ],
)
def test_no_money(doc_of, text: str) -> None:
    assert found(doc_of(text)) == []
