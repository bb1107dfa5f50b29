from __future__ import annotations

import pytest

from extractor.entities.laws import Law
from extractor.entities.mention import mentions
from extractor.lexicon import entries
from extractor.records import EntityType, LawValue


def found(doc) -> list[tuple[str, str | None]]:
    return [(m.text, m.value.code) for m in mentions(doc, EntityType.LAW) if isinstance(m.value, LawValue)]


@pytest.mark.parametrize(("law", "sentence"), [(law, s) for law in entries("laws", Law) for s in law.yes])
def test_lexicon_finds(doc_of, law: Law, sentence: str) -> None:
    assert law.code in [code for _, code in found(doc_of(sentence))]


@pytest.mark.parametrize(("law", "sentence"), [(law, s) for law in entries("laws", Law) for s in law.no])
def test_lexicon_leaves(doc_of, law: Law, sentence: str) -> None:
    names = [(m.entity, m.value.code) for m in mentions(doc_of(sentence), EntityType.LAW) if isinstance(m.value, LawValue)]
    assert (law.name, law.code) not in names


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("Duties under Section 232 of the Trade Expansion Act of 1962 rose.", [("Section 232 of the Trade Expansion Act of 1962", "us_s232")]),
        ("Duties under section 232 of US Trade Expansion Act of 1962 rose.", [("section 232 of US Trade Expansion Act of 1962", "us_s232")]),
        ("Duties under section 301 of the 1974 Trade Act rose.", [("section 301 of the 1974 Trade Act", "us_s301")]),
        ("It used Section 232 and 301.", [("Section 232", "us_s232"), ("301", "us_s301")]),
        ("It used Sections 201, 232 and 301.", [("Sections 201", "us_s201"), ("232", "us_s232"), ("301", "us_s301")]),
        ("It used Section 232 and Section 338.", [("Section 232", "us_s232"), ("Section 338", "us_s338")]),
        ("The Section 122 duties end; the 122 tariffs were brief.", [("Section 122", "us_s122"), ("122", "us_s122")]),
        ("The International Emergency Economic Powers Act, or IEEPA, is old.", [("International Emergency Economic Powers Act", "us_ieepa"), ("IEEPA", "us_ieepa")]),
        ("Executive Order 14257 of April 2, 2025 applies.", [("Executive Order 14257", "us_ieepa")]),
        ("Executive Order 11111 applies.", [("Executive Order 11111", None)]),
        ("He signed an executive order on Friday.", [("executive order", None)]),
        ("Presidential Proclamation 10896 applies.", [("Presidential Proclamation 10896", "us_s232")]),
        ("Commission Implementing Regulation (EU) 2018/886 applies.", [("Commission Implementing Regulation (EU) 2018/886", None)]),
        ("It cites the Farm Trade Reform Act of 1987.", [("Farm Trade Reform Act of 1987", None)]),
        ("It cites the Fair Lumber Act.", [("Fair Lumber Act", None)]),
        ("It breaks the Japan-Chile Free Trade Agreement.", [("Japan-Chile Free Trade Agreement", None)]),
        ("India uses Section 8B of the Customs Tariff Act.", [("Section 8B of the Customs Tariff Act", "in_customs_tariff_act")]),
        ("The new White House. Bill Smith spoke.", []),
        ("The EU ends its de minimis exemption.", [("de minimis exemption", None)]),
        ("The de minimis exemption ends.", [("de minimis exemption", "us_s321_de_minimis")]),
        ("GATT Article XXI and Article XXVIII differ.", [("GATT Article XXI", "gatt_xxi"), ("Article XXVIII", "gatt_xxviii")]),
        ("The Smoot-Hawley tariffs hurt.", [("Smoot-Hawley", "us_other")]),
        ("Announcement No. 4 of 2025 lists the goods.", [("Announcement No. 4 of 2025", None)]),
    ],
)  # fmt: skip
def test_laws(doc_of, text: str, laws: list[tuple[str, str | None]]) -> None:
    assert found(doc_of(text)) == laws


@pytest.mark.parametrize(
    "text",
    [
        "The 25% tariff takes effect on Tuesday.",
        "Some 232 people came.",
        "The list has 301 goods and 122 tariff lines.",
        "Jude Law acted in it.",
        "Harvard Law School opened.",
        "They act on the law.",
        "Bill Clinton met Bill Gates.",
        "A section of the wall fell.",
        "Rule of Law matters.",
        "Under Martial Law nobody moved.",
        "The article appeared on page XXI.",
        "Trade law is complex.",
        "Executive orders are common.",
        "An order of 737 planes was placed.",
        "The bill passed in May.",
        "The deal was signed.",
        "A free trade agreement is near.",
        "The company won the order.",
        "The margin is de minimis.",
        "He read sections aloud.",
    ],
)
def test_no_laws(doc_of, text: str) -> None:
    assert found(doc_of(text)) == []
