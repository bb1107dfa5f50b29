"""Countries, unions and groups."""

from __future__ import annotations

import pytest

from extractor.entities.countries import form_of, jurisdiction, members
from extractor.entities.mention import mentions
from extractor.records import EntityType


def codes(doc_of, text: str, kind: EntityType = EntityType.COUNTRY) -> list[str]:
    """Codes of the countries mentioned, in the order of first mention."""
    return list(dict.fromkeys(m.value.code for m in mentions(doc_of(f"Title\n\n{text}"), kind)))


NAMED = [
    ("Canada and Mexico are exempt.", "CA MX"),
    ("The United States taxed steel from South Korea.", "US KR"),
    ("U.S.-China talks resumed.", "US CN"),
    ("A U.S.-led group met, and the US agreed.", "US"),
    ("Exports to the U.K. and the UAE rose.", "GB AE"),
    ("S. Korea's exports fell.", "KR"),
    ("The E.U. and the ROK signed.", "EU KR"),
    ("Korea will cut its quota.", "KR"),
    ("North Korean coal was banned.", "KP"),
    ("Taiwan, Macau and Hong Kong face duties.", "TW MO HK"),
    ("Growers in Côte d'Ivoire and the Ivory Coast's neighbour Ghana sold cocoa.", "CI GH"),
    ("Türkiye matched the duty, and Turkey's exporters cheered.", "TR"),
    ("The Czech Republic objected; so did Czechia.", "CZ"),
    ("Laos, Viet Nam and Burma were named.", "LA VN MM"),
    ("The Democratic Republic of the Congo exports cobalt.", "CD"),
    ("Papua New Guinea and New Zealand trade freely.", "PG NZ"),
    ("Duties on goods from Bosnia and Herzegovina rose.", "BA"),
    ("Imports from the People's Republic of China fell.", "CN"),
    ("Goods of the Republic of China on Taiwan are taxed.", "TW"),
    ("Saudi oil and Emirati aluminium were spared.", "SA AE"),
]
ADJECTIVES_AND_PEOPLES = [
    ("Chinese goods cost more.", "CN"),
    ("American farmers and Brazilian growers compete.", "US BR"),
    ("The Dutch and the Swiss objected.", "NL CH"),
    ("Swedes, Danes and Filipinos buy it.", "SE DK PH"),
    ("A Thai exporter met South African buyers.", "TH ZA"),
    ("Sino-Japanese trade shrank.", "CN JP"),
    ("Chinese-made cars arrived.", "CN"),
    ("Anti-American feeling grew.", "US"),
    ("Polish apples were banned.", "PL"),
    ("British and Irish cheese is taxed.", "GB IE"),
    ("Americans will pay.", "US"),
]
GOVERNMENTS = [
    ("Beijing hit back on Friday.", "CN"),
    ("Officials blamed Ottawa's levy.", "CA"),
    ("Talks between Tokyo and Seoul stalled.", "JP KR"),
    ("The pressure on New Delhi mounted.", "IN"),
    ("Brussels will respond within weeks.", "EU"),
    ("The duty was aimed at Beijing.", "CN"),
    ("Mexico City accused Washington of bad faith.", "MX US"),
    ("The Kremlin shrugged.", "RU"),
    ("The White House rejected it.", "US"),
    ("Downing Street declined to comment.", "GB"),
    ("Lawmakers on Capitol Hill want more.", "US"),
]
PLACES = [
    ("The factory in Beijing makes toys.", ""),
    ("She flew to London and later visited Hanoi.", ""),
    ("Brussels-based lobbyists met.", ""),
    ("A ship left Paris, Texas for repairs.", ""),
    ("The firm from Washington state won.", ""),
    ("He spoke near Tokyo station.", ""),
]
HISTORICAL = [
    ("West Germany and the Soviet Union signed.", "DE SU"),
    ("The EC will tax corn, and the European Community's farmers agree.", "EU"),
    ("The EEC asked Spain to wait.", "EU ES"),
    ("Soviet wheat and Yugoslav cars were cheap.", "SU YU"),
    ("The European Commission said the Community would act.", "EU"),
]
NOT_COUNTRIES = [
    ("They told us to wait for us.", ""),
    ("New Mexico and New Jersey objected.", ""),
    ("The ship crossed the South China Sea and the Indian Ocean.", ""),
    ("American Airlines and Bank of America warned of costs.", ""),
    ("China Daily and the Korea Herald reported it.", ""),
    ("The U.S. Chamber of Commerce objected.", ""),
    ("The American Soybean Association objected.", ""),
    ("He teaches at the American University.", ""),
    ("Air Canada and Air India fly there.", ""),
    ("Chad Bown studies tariffs.", ""),
    ("Rep. Jordan said no.", ""),
    ("Turkey prices rose before the holiday.", ""),
    ("The guinea pig ate a Brazil nut off the china plate.", ""),
    ("Peach growers in Georgia want help.", ""),
    ("Latin American exports and Central American growers gained.", ""),
    ("Native American and African American firms lost.", ""),
    ("European shares fell.", ""),
    ("Brazil nuts, French fries and a Panama hat.", ""),
    ("New England lobster is dear.", ""),
    ("The community asked for europium.", ""),
]
INSIDE_BODIES = [
    ("The U.S. Treasury said so.", "US"),
    ("China's Ministry of Commerce said so.", "CN"),
    ("The Bank of England and the Bank of Japan met.", "GB JP"),
    ("Georgia's leaders in Tbilisi want a trade deal.", "GE"),
    ("Chad exports oil and Jordan exports shirts.", "TD JO"),
    ("The European Union said Europe would answer.", "EU"),
    ("The EU paused. The bloc will wait.", "EU"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*NAMED, *ADJECTIVES_AND_PEOPLES, *GOVERNMENTS, *PLACES, *HISTORICAL, *NOT_COUNTRIES, *INSIDE_BODIES],
    ids=lambda v: v[:50],
)
def test_countries(doc_of, text: str, expected: str) -> None:
    assert codes(doc_of, text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASEAN agreed, and the bloc will not retaliate.", "ASEAN"),
        ("The BRICS and the Group of Seven met.", "BRICS G7"),
        ("USMCA partners are exempt.", "USMCA"),
        ("The USMCA was signed in 2018.", ""),
        ("NAFTA countries and Mercosur gained.", "NAFTA MERCOSUR"),
        ("The bloc of voters was large.", ""),
    ],
)
def test_groups(doc_of, text: str, expected: str) -> None:
    assert codes(doc_of, text, EntityType.GROUP) == expected.split()


def test_dateline_is_no_mention(doc_of) -> None:
    doc = doc_of("Ports are full\n\nTOKYO, Japan, Feb. 3 (Reuters) - Ships waited off the coast on Monday for berths.")
    assert mentions(doc, EntityType.COUNTRY) == []


def test_paragraph_that_begins_like_a_dateline(doc_of) -> None:
    doc = doc_of("Talks\n\nU.S.-China talks resumed on Monday after a break of two months, officials said.")
    assert [m.text for m in mentions(doc, EntityType.COUNTRY)] == ["U.S.", "China"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Canada will act.", "name"),
        ("Chinese goods cost more.", "adjective"),
        ("Americans will pay.", "people"),
        ("Beijing hit back.", "capital"),
        ("The White House rejected it.", "seat"),
        ("Brussels will respond.", "capital"),
    ],
)
def test_form_of(doc_of, text: str, form: str) -> None:
    assert form_of(mentions(doc_of(f"Title\n\n{text}"), EntityType.COUNTRY)[0]) == form


def test_jurisdiction_and_members() -> None:
    assert jurisdiction("CN").model_dump() == {"code": "CN", "iso3": "CHN", "name": "China", "kind": "country"}
    assert jurisdiction("EU").kind == "union"
    assert jurisdiction("ASEAN").kind == "group"
    assert "DE" in members("EU")
    assert members("CN") == ()
    with pytest.raises(KeyError):
        jurisdiction("XX")


def test_offsets_are_those_of_the_article(doc_of) -> None:
    text = "Title\n\nThe “United\nStates” taxed China’s steel."
    for mention in mentions(doc_of(text), EntityType.COUNTRY):
        assert text[mention.start : mention.end] == mention.text


def test_every_group_member_is_a_country() -> None:
    for code in ("EU", "ASEAN", "BRICS", "G20", "CPTPP", "MERCOSUR"):
        assert all(jurisdiction(member).code == member for member in members(code))
