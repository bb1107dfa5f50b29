"""Senses of tariff words: one line a case, the word and what it means."""

from __future__ import annotations

import pytest
from _pytest.mark.structures import ParameterSet

from extractor.entities.terms import Sense, is_about_trade, term_at, terms
from tests.conftest import DocOf

Case = tuple[object, ...] | ParameterSet


def gap(*row: object, reason: str) -> ParameterSet:
    """A case that a reader gets right and the rules do not yet: the test fails when they do."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=True, reason=reason))


TRADE: list[Case] = [
    ("Kenya put a tariff on imports of Ugandan milk.", "tariff"),
    ("Kenya's tariffs on imports were debated by exporters.", "tariffs"),
    ("Kenya answered the export ban with counter-tariffs.", "counter-tariffs"),
    ("Import duties on cars from Japan will rise.", "duties"),
    ("A customs duty on Danish cheese was set.", "duty"),
    ("Anti-dumping duties on Indian pipes were extended.", "duties"),
    ("Countervailing duties on Indian pipes were extended.", "duties"),
    ("A safeguard duty on steel imports was extended.", "duty"),
    ("The 20% duty on Indian pipes took effect.", "duty"),
    ("Canada put a levy on imports of Mexican beer.", "levy"),
    ("A 10% surcharge on all imports was announced.", "surcharge"),
    ("An import surtax on American trucks was announced.", "surtax"),
    gap("Brazil wants a border tax on goods from Chile.", "tax", reason="goods from a country, in a lone sentence"),
    ("The export tax on soybeans was cut.", "tax"),
    ("An import quota on Norwegian fish was agreed.", "quota"),
]
NOT_TRADE: list[Case] = [
    ("The regulator raised electricity tariffs for households.", "tariffs", Sense.PRICE),
    ("The company cut its broadband tariffs for customers.", "tariffs", Sense.PRICE),
    ("The feed-in tariff for rooftop panels was cut by the regulator.", "tariff", Sense.PRICE),
    ("The judge set a tariff of 18 years for the murder.", "tariff", Sense.PRICE),
    ("Water tariffs rose for every household in the city.", "tariffs", Sense.PRICE),
    ("Rail freight tariffs went up in May.", "tariffs", Sense.PRICE),
    ("Roaming tariffs fell for mobile subscribers.", "tariffs", Sense.PRICE),
    ("Stamp duty on second homes rose.", "duty", Sense.OTHER_TAX),
    ("Excise duty on beer was frozen.", "duty", Sense.OTHER_TAX),
    ("Income tax will fall next year.", "tax", Sense.OTHER_TAX),
    ("The sales tax rose in Texas.", "tax", Sense.OTHER_TAX),
    ("A carbon tax was voted down.", "tax", Sense.OTHER_TAX),
    ("A value-added tax of 20% applies.", "tax", Sense.OTHER_TAX),
    ("A congestion charge was brought in.", "charge", Sense.OTHER_TAX),
    ("He was called up for jury duty.", "duty", Sense.NONE),
    ("The officer was off duty at the time.", "duty", Sense.NONE),
    ("It is our duty to help.", "duty", Sense.NONE),
    ("She carried out her duties well.", "duties", Sense.NONE),
    ("They sell heavy-duty gloves.", "duty", Sense.NONE),
    ("Profit margins fell.", "margins", Sense.NONE),
    ("The team met its quota of foreign players.", "quota", Sense.NONE),
    ("Interest rates rose again.", "rates", Sense.NONE),
]
IN_CONTEXT: list[Case] = [
    ("Exporters protested against the tariffs.", "tariffs", Sense.TRADE),
    ("Exporters said the duties were unfair to trade.", "duties", Sense.TRADE),
    ("Trade ministers and exporters met. The levy stays.", "levy", Sense.TRADE),
    ("Trade ministers and exporters met. Stamp duty stays.", "duty", Sense.OTHER_TAX),
    ("Trade ministers and exporters met. The officer was on duty.", "duty", Sense.NONE),
    ("Trade ministers and exporters met. Electricity tariffs rose.", "tariffs", Sense.PRICE),
    ("Exporters pay import duties and income tax.", "duties", Sense.TRADE),
    ("Exporters pay import duties and income tax.", "tax", Sense.OTHER_TAX),
    ("Exporters pay an export tax on seed. The tax on wool goes.", "tax", Sense.TRADE),
    ("Exporters pay a sales tax on seed. The tax on wool goes.", "tax", Sense.OTHER_TAX),
    ("Importers pay duties, tariffs and import duties. A tax on zinc was cut.", "tax", Sense.TRADE),
    ("Importers pay duties, tariffs and import duties. A tax on homes was cut.", "tax", Sense.OTHER_TAX),
    ("Importers pay duties, tariffs and import duties. A tax on banks was cut.", "tax", Sense.OTHER_TAX),
    ("Importers pay duties. VAT stays.", "VAT", Sense.OTHER_TAX),
    ("Importers pay an import declaration fee.", "fee", Sense.TRADE),
    ("Importers pay a lawyer's fee.", "fee", Sense.NONE),
    ("Exporters were accused of dumping. The margins were final.", "margins", Sense.TRADE),
    ("Exporters were accused of dumping. Profit margins fell.", "margins", Sense.NONE),
    ("Exporters got a countervailing rate.", "rate", Sense.TRADE),
    ("Exporters watch the exchange rate.", "rate", Sense.NONE),
    ("Peru cut its duty on dry peas. Exporters cheered.", "duty", Sense.TRADE),
]
LONE: list[Case] = [
    ("Japan imposed a 5% tariff.", "tariff", Sense.TRADE),
    ("A 14% tariff was imposed on Indian shrimp by Vietnam.", "tariff", Sense.TRADE),
    ("Canada put a 25% tariff on American wine.", "tariff", Sense.TRADE),
    ("India put a 20% tariff on steel and zinc.", "tariff", Sense.TRADE),
    ("Peru set tariffs of 10% on Chinese textiles.", "tariffs", Sense.TRADE),
    ("Tariffs on steel come next.", "Tariffs", Sense.TRADE),
    ("Trump to slap 50% tariff on EU", "tariff", Sense.TRADE),
    ("Mexico hopes to avoid a 25% U.S. tariff.", "tariff", Sense.TRADE),
    gap(
        "The new tariff for off-peak trains was published.",
        "tariff",
        Sense.PRICE,
        reason="a price without the usual words of prices",
    ),
    gap("The hotel put its tariff on the door.", "tariff", Sense.PRICE, reason="a price without the usual words of prices"),
]


def sense(doc_of: DocOf, text: str, word: str) -> Sense | None:
    doc = doc_of(text)
    return next((t.sense for t in doc._.terms if doc[t.head].text == word.rsplit("-", 1)[-1] or doc[t.head].text == word), None)


@pytest.mark.parametrize(("text", "word"), TRADE)
def test_trade(doc_of: DocOf, text: str, word: str) -> None:
    assert sense(doc_of, text, word) is Sense.TRADE


@pytest.mark.parametrize(("text", "word", "meant"), NOT_TRADE)
def test_other_senses(doc_of: DocOf, text: str, word: str, meant: Sense) -> None:
    assert sense(doc_of, text, word) is meant


@pytest.mark.parametrize(("text", "word", "meant"), IN_CONTEXT)
def test_the_article_decides(doc_of: DocOf, text: str, word: str, meant: Sense) -> None:
    assert sense(doc_of, text, word) is meant


@pytest.mark.parametrize(("text", "word", "meant"), LONE)
def test_lone_sentences(doc_of: DocOf, text: str, word: str, meant: Sense) -> None:
    assert sense(doc_of, text, word) is meant


@pytest.mark.parametrize(
    "text",
    ["Customers tax their patience.", "They will levy what they can.", "The ship charges ahead.", "The farm has no fence.", ""],
)
def test_no_term(doc_of: DocOf, text: str) -> None:
    assert terms(doc_of(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Exporters pay anti-dumping duties.", "anti-dumping duties"),
        ("Exporters pay retaliatory import tariffs.", "retaliatory import tariffs"),
        ("Exporters see tariff rates rise.", "tariff rates"),
        ("Exporters fear a tariff quota.", "tariff quota"),
        ('Exporters use the "de minimis" exemption.', 'de minimis" exemption'),
        ("Exporters use the de minimis rule.", "de minimis rule"),
    ],
)
def test_extent(doc_of: DocOf, text: str, words: str) -> None:
    doc = doc_of(text)
    assert [doc[t.start : t.end].text for t in terms(doc)] == [words]


def test_within_and_at(doc_of: DocOf) -> None:
    doc = doc_of("Exporters fear import duties. Importers fear tariffs.")
    first, second = doc.sents
    assert [doc[t.head].text for t in terms(doc, first)] == ["duties"]
    assert [doc[t.head].text for t in terms(doc, second)] == ["tariffs"]
    duty = terms(doc, first)[0]
    assert term_at(doc, duty.head) == duty
    assert term_at(doc, 0) is None


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("Exporters and importers met at the port.", True),
        ("Customs officers checked each export.", True),
        ("Households pay the supplier for energy, the regulator said.", False),
        ("The prison has one export: bricks. Inmates serve long sentences for murder, a judge said.", False),
        ("A cat sat on a mat.", False),
    ],
)
def test_articles_of_trade(doc_of: DocOf, text: str, trade: bool) -> None:
    assert is_about_trade(doc_of(text)) is trade


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("The regulator raised electricity tariffs for households.", [("tariffs", "price_tariff")]),
        ("Stamp duty on second homes rose.", [("duty", "other_tax")]),
        ("A congestion charge was brought in.", []),
        ("The officer was off duty at the time.", []),
        ("Kenya put a tariff on imports of Ugandan milk.", []),
    ],
)
def test_rejected(doc_of: DocOf, text: str, rejected: list[tuple[str, str]]) -> None:
    assert [(r.text, r.reason) for r in doc_of(text)._.rejected] == rejected
