from __future__ import annotations

import pytest

from extractor.entities.mention import mentions
from extractor.entities.products import Product, plural
from extractor.lexicon import entries
from extractor.records import EntityType, ProductValue


def found(doc) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.text, m.value.hs_chapters) for m in mentions(doc, EntityType.PRODUCT) if isinstance(m.value, ProductValue)]


def test_lexicon_chapters_exist() -> None:
    chapters = {f"{n:02}" for n in range(1, 98)} - {"77"}
    assert [p.name for p in entries("products", Product) if not set(p.hs) <= chapters] == []


def test_lexicon_names_are_of_one_entry() -> None:
    names = [name for p in entries("products", Product) for name in {p.name.lower(), *(a.lower() for a in p.aliases)}]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def test_lexicon_is_broad() -> None:
    assert len(entries("products", Product)) >= 450


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("car", "cars"),
        ("berry", "berries"),
        ("toy", "toys"),
        ("dish", "dishes"),
        ("tomato", "tomatoes"),
        ("knife", "knives"),
        ("box", "boxes"),
    ],
)
def test_plural(name: str, form: str) -> None:
    assert plural(name) == form


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("The 25% tariff on steel starts on Tuesday.", [("steel", ("72", "73"))]),
        ("The 25% tariffs on steel and aluminum stay.", [("steel", ("72", "73")), ("aluminum", ("76",))]),
        ("Steel imports fell.", [("Steel", ("72", "73"))]),
        ("Brussels put duties on Chinese-made electric vehicles.", [("electric vehicles", ("87",))]),
        ("Brussels put duties on Chinese EVs.", [("EVs", ("87",))]),
        ("It covers softwood lumber.", [("softwood lumber", ("44",))]),
        ("It covers cars and car parts.", [("cars", ("87",)), ("car parts", ())]),
        ("The duty covers steel derivative products.", [("steel derivative products", ())]),
        ("The duty covers certain steel products.", [("steel products", ("72", "73"))]),
        ("Auto tariffs will rise.", [("Auto", ("87",))]),
        ("Tariffs on the auto sector will rise.", [("auto", ("87",))]),
        ("China taxed American soybeans, pork and corn.", [("soybeans", ("12",)), ("pork", ("02",)), ("corn", ("10",))]),
        ("Canada listed bourbon, motorcycles and orange juice.", [("bourbon", ("22",)), ("motorcycles", ("87",)), ("orange juice", ("20",))]),
        ("Levies on solar panels and washing machines began.", [("solar panels", ("85",)), ("washing machines", ("84",))]),
        ("Duties on lithium-ion batteries rose.", [("lithium-ion batteries", ("85",))]),
        ("Duties on agricultural products rose.", [("agricultural products", ())]),
        ("Duties on aquatic products rose.", [("aquatic products", ())]),
        ("Duties on consumer electronics rose.", [("consumer electronics", ())]),
        ("The rule let low-value packages in.", [("low-value packages", ())]),
        ("Goods worth less than $800 were exempt.", [("Goods worth less than $800", ())]),
        ("It taxes goods under $800.", [("goods under $800", ())]),
        ("Parcels valued at under €150 were exempt.", [("Parcels valued at under €150", ())]),
        ("It put a 10% tariff on widgets.", [("widgets", ())]),
        ("It cut imports of acrylic sheet.", [("acrylic sheet", ())]),
        ("The tax on imported drugs is 100%.", [("drugs", ("30",))]),
        ("The duty on dried fruit is 5%.", [("dried fruit", ())]),
        ("Duties on non-lithium-ion batteries and large-scale steel rose.", [("lithium-ion batteries", ("85",)), ("steel", ("72", "73"))]),
        ("Duties on computer microchips rose.", [("computer microchips", ())]),
        ("Duties on electrical vehicle batteries rose.", [("electrical vehicle batteries", ())]),
        ("Luxury cars pay more.", [("Luxury cars", ("87",))]),
        ("A duty of 20 pct on Ukrainian wheat was set.", [("wheat", ("10",))]),
        ("He wants crude oil and natural gas at 10%.", [("crude oil", ("27",)), ("natural gas", ("27",))]),
        ("A tariff on refined copper is near.", [("refined copper", ("74",))]),
        ("The EU listed whiskey, jeans and peanut butter.", [("whiskey", ("22",)), ("jeans", ()), ("peanut butter", ("20",))]),
    ],
)  # fmt: skip
def test_products(doc_of, text: str, goods: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(doc_of(text)) == goods


@pytest.mark.parametrize(
    "text",
    [
        "Nippon Steel will buy U.S. Steel.",
        "The American Iron and Steel Institute backed it.",
        "The Aluminum Association backed it.",
        "Apple and Amazon fell 3%.",
        "Shell and Gap reported profits.",
        "Turkey and China met.",
        "The tariffs on China are illegal.",
        "The tariffs on Chinese goods stay.",
        "Tariffs on countries that object will rise.",
        "Tariffs on other partners are on hold.",
        "Tariffs on imports will rise.",
        "The levy takes effect on Tuesday.",
        "Duties are at record levels.",
        "Record imports widened the gap.",
        "Trade tensions rose.",
        "Steel workers cheered.",
        "The steel industry cheered.",
        "Oil prices fell.",
        "He steels himself for talks.",
        "The ship sailed on.",
        "It played a part in the talks.",
        "He read the paper.",
        "The drug cartels are the target.",
        "It is a good tool.",
        "The bank bought an investment vehicle.",
        "New products are coming.",
        "Mr. Rice and Ms. Wheat spoke.",
        "He is on steroids, critics say of the tariffs on average.",
        "A table of rates is attached.",
        "Retaliatory tariffs will follow.",
    ],
)
def test_no_products(doc_of, text: str) -> None:
    assert found(doc_of(text)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tariffs on aluminum", "tariffs on aluminium"),
        ("tariffs on EVs", "tariffs on electric cars"),
        ("tariffs on soybeans", "tariffs on soya"),
    ],
)
def test_one_entity_for_two_spellings(doc_of, one: str, other: str) -> None:
    first, second = ([m.entity for m in mentions(doc_of(f"He set {t}."), EntityType.PRODUCT)] for t in (one, other))
    assert first == second != []


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        # the complement of a duty, of a change of one, of the verb that acts on one, of a rate
        ("A tariff on newsprint is due.", ["newsprint"]),
        ("They slapped duties on lanterns, kites and bath salts.", ["lanterns", "kites", "bath salts"]),
        ("It decided on an increase in duty on roller chain.", ["roller chain"]),
        ("Kenya put a tariff of 25% on imported birdcages.", ["birdcages"]),
        ("Canada added a 10% tariff to American fishing tackle.", ["fishing tackle"]),
        # flows, cases and relief
        ("Imports of bicycle bells fell.", ["bicycle bells"]),
        ("Lantern imports fell after the tariff.", []),
        ("Last year kayak imports fell after the tariff.", ["kayak"]),
        ("Canada opened a dumping case on Chinese kayaks and set duties.", ["kayaks"]),
        ("They won a tariff exemption for telescopes.", ["telescopes"]),
        # what bears a rate
        ("Lanterns would be charged a duty of 40%.", ["Lanterns"]),
        ("The ministry said kites and umbrellas will have to pay a 15 percent tariff.", ["kites", "umbrellas"]),
        ("The ministry said pillows will attract a tariff of 5%.", ["pillows"]),
        ("Bone china crockery will continue to come in at a duty of 5%.", ["Bone china crockery"]),
        ("The tariff on milk hurts.", ["milk"]),
        # lists
        ("The tariffs start in May. They include lanterns and kites.", ["lanterns", "kites"]),
        ("Tariffs were put on products such as lanterns and kites.", ["lanterns", "kites"]),
        # no goods
        ("The tariffs are on hold.", []),
        ("Tariffs on companies and exporters are a burden.", []),
        ("The tariffs affect growth.", []),
        ("The main reason is the tariff.", []),
        ("The 25% tariff on imports takes effect on Tuesday.", []),
        ("The exporters pay a 15% tariff.", []),
        ("Households would pay a 15% tariff.", []),
        ("The minister spoke on condition that the tariffs stay.", []),
        ("They include lawyers and judges. Trade is slow.", []),
        ("The probe into tariff evasion goes on.", []),
    ],
)
def test_goods_by_grammar(doc_of, text: str, goods: list[str]) -> None:
    assert [name for name, _ in found(doc_of(text))] == goods
