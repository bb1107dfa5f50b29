"""Whose ministries are meant where the text names no country: the dateline's, else the state that the article speaks of most."""

from __future__ import annotations

import pytest

from extractor.entities.home import country_of_place, dateline_countries
from tests.conftest import DocOf, ExtractionOf

PLACES = [
    ("New Delhi", "IN"), ("Karachi", "PK"), ("Norway", "NO"), ("Ontario", "CA"), ("Mich.", "US"),
    ("Springfield", None), ("Acme", None), ("Rotterdam", "NL"), ("Paris", "FR"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), PLACES)
def test_places(name: str, code: str | None) -> None:
    assert country_of_place(name) == code


MINISTRIES = [
    # the dateline's country, however often others are named
    ("Rice levy rises\n\nNEW DELHI: The finance ministry raised a levy on rice. Thailand, Thailand and Thailand were named.", "IN"),
    ("Looms stop\n\nMASERU, Lesotho (Reuters) - The trade ministry counted the jobs lost. South Africa and South Africa looked on.", "LS"),
    ("Mills idle\n\nLONDON, Ontario - The finance ministry would not say. Britain, Britain and Britain were named.", "CA"),
    # two towns are of two countries: the sentence or the article decides, not the second town
    ("Steel tax\n\nMEXICO CITY/WASHINGTON (Wire) - Mexico was firm. Mexico's economy ministry said it would act. The U.S. was angry.", "MX"),
    ("Steel tax\n\nWASHINGTON/OTTAWA (Wire) - The finance ministry would tax steel from Peru, Peru and Peru.", None),
    ("Peach tax\n\nATLANTA, Georgia (Wire) - Chile and Chile were named. Peru said its trade ministry would act.", "PE"),
    # a name that one ministry has is that one's
    ("Resin\n\nBEIJING, Nov. 26 (Wire) - China will tax resin. In Tokyo, the Ministry of Economy, Trade and Industry was angry.", "JP"),
    # without one, the state that acts, not the goods that are talked of
    ("Cannery wins\n\nAustralia's last cannery won its case. Italian tomatoes, Italian cheese and Italian wine are cheap. The fisheries ministry agreed.", "AU"),
    ("Cannery wins\n\nItaly's last cannery won its case. Australian wine and Australian beef are cheap. The fisheries ministry agreed.", "IT"),
    # the country of the sentence goes before, if it acts
    ("Rice levy rises\n\nNEW DELHI: Thailand's exports fell. Vietnam said its trade ministry would meet.", "VN"),
    ("Pork tax rises\n\nBeijing will tax American pork and American ethanol, its finance ministry said. America and America were angry.", "CN"),
]  # fmt: skip


DATELINES = [
    ("WASHINGTON/OTTAWA", {"US", "CA"}), ("MEXICO CITY/WASHINGTON", {"MX", "US"}), ("BEIJING/WASHINGTON, April 2", {"CN", "US"}),
    ("LONDON, Ontario", {"CA"}), ("LONDON", {"GB"}), ("ATLANTA, Georgia", {"US"}), ("TBILISI, Georgia", {"GE"}), ("MASERU, Lesotho", {"LS"}),
    ("DETROIT, Mich.", {"US"}), ("NEW DELHI", {"IN"}), ("SPRINGFIELD", set()),
]  # fmt: skip


@pytest.mark.parametrize(("dateline", "codes"), DATELINES)
def test_datelines(doc_of: DocOf, dateline: str, codes: set[str]) -> None:
    text = f"Steel tax\n\n{dateline} (Reuters) - The ministry was firm about steel."
    assert dateline_countries(doc_of(text)) == codes


@pytest.mark.parametrize(("text", "code"), MINISTRIES)
def test_ministries(extraction_of: ExtractionOf, text: str, code: str | None) -> None:
    bodies = [e for e in extraction_of(text, "2025-03-05").entities if e.type == "AGENCY" and "inistry" in e.name]
    assert [getattr(body.value, "country", None) for body in bodies] == [code]
