"""Mentions become entities: one for each name of a type."""

from __future__ import annotations

import pytest

from extractor.entities.mention import Mention, add_mentions, drop_mentions
from extractor.linking.entities import build_entities
from extractor.records import CountryValue, EntityType, PersonValue, Value
from tests.conftest import DocOf, ExtractionOf

TEXT = "Ruth Okafor met Dee Lind in Peru. Okafor then left Peru for Chile. Lind, a minister, stayed."
PERSON, COUNTRY = EntityType.PERSON, EntityType.COUNTRY


def at(words: str, kind: EntityType, entity: str, value: Value | None = None, after: int = 0) -> Mention:
    start = TEXT.index(words, after)
    return Mention(kind, start, start + len(words), words, entity, value)


@pytest.fixture
def bare(doc_of: DocOf):
    doc = doc_of(TEXT)
    drop_mentions(doc, doc._.mentions)
    return doc


def test_mentions_of_one_name_are_one_entity(bare) -> None:
    add_mentions(bare, [at("Ruth Okafor", PERSON, "Ruth Okafor"), at("Okafor", PERSON, "Ruth Okafor", after=30)])
    (entity,) = build_entities(bare).entities
    assert (entity.id, entity.name, [m.text for m in entity.mentions]) == ("person-1", "Ruth Okafor", ["Ruth Okafor", "Okafor"])


def test_ids_count_within_a_type_in_the_order_of_the_text(bare) -> None:
    add_mentions(bare, [
        at("Chile", COUNTRY, "Chile"), at("Dee Lind", PERSON, "Dee Lind"), at("Peru", COUNTRY, "Peru"),
        at("Ruth Okafor", PERSON, "Ruth Okafor"),
    ])  # fmt: skip
    found = [(e.id, e.name) for e in build_entities(bare).entities]
    assert found == [("person-1", "Ruth Okafor"), ("person-2", "Dee Lind"), ("country-1", "Peru"), ("country-2", "Chile")]


def test_one_name_in_two_types_is_two_entities(bare) -> None:
    add_mentions(bare, [at("Peru", COUNTRY, "Peru"), at("Peru", EntityType.AGENCY, "Peru", after=40)])
    assert sorted(e.id for e in build_entities(bare).entities) == ["agency-1", "country-1"]


def test_of_finds_the_entity(bare) -> None:
    first, second = at("Peru", COUNTRY, "Peru"), at("Peru", COUNTRY, "Peru", after=40)
    add_mentions(bare, [first, second])
    index = build_entities(bare)
    assert index.of(first) is index.of(second)
    with pytest.raises(KeyError):
        index.of(at("Chile", COUNTRY, "Chile"))


@pytest.mark.parametrize(
    ("values", "merged"),
    [
        ((None, None), None),
        ((PersonValue(role="minister"), None), PersonValue(role="minister")),
        ((None, PersonValue(role="minister")), PersonValue(role="minister")),
        ((PersonValue(country="PE"), PersonValue(role="minister")), PersonValue(role="minister", country="PE")),
        ((PersonValue(role="aide"), PersonValue(role="minister")), PersonValue(role="aide")),
    ],
)
def test_what_is_said_of_a_person_is_gathered(bare, values, merged) -> None:
    one, two = values
    add_mentions(bare, [at("Dee Lind", PERSON, "Dee Lind", one), at("Lind", PERSON, "Dee Lind", two, after=40)])
    assert build_entities(bare).entities[0].value == merged


def test_of_other_types_the_first_value_holds(bare) -> None:
    add_mentions(bare, [
        at("Peru", COUNTRY, "Peru", CountryValue(code="PE")), at("Peru", COUNTRY, "Peru", CountryValue(code="XX"), after=40),
    ])  # fmt: skip
    assert build_entities(bare).entities[0].value == CountryValue(code="PE")


def test_nothing(bare) -> None:
    assert build_entities(bare).entities == []


@pytest.mark.parametrize(
    "text",
    [
        "Canada and Mexico face a 25% tariff. Canada said on Friday that Mexico was a friend.",
        "The Chinese ministry met Chinese exporters in China about tariffs.",
        "Canada’s Dee Lind, trade minister, met “Ms. Lind” of the wool trade.",
    ],
)
def test_entities_of_an_article(extraction_of: ExtractionOf, text: str) -> None:
    found = extraction_of(text, "2025-03-05").entities
    assert found
    assert len({e.id for e in found}) == len(found)
    assert len({(e.type, e.name) for e in found}) == len(found)
    for entity in found:
        starts = [m.start for m in entity.mentions]
        assert starts == sorted(set(starts))
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
