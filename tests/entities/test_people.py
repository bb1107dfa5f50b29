"""People: which names are found, under which canonical name, and what the words beside them say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from extractor.entities.mention import mentions
from extractor.entities.people import is_official_role
from extractor.entities.people_names import agree, fold, parse
from extractor.entities.people_offices import office_on, offices, sole_leader
from extractor.records import EntityType, PersonValue

DocOf = Callable[..., Doc]

FOUND = [
    # text, the people's canonical names
    ("Mexican Economy Minister Tomas Arriaga said the talks went well.", ["Tomas Arriaga"]),
    ("Treasury Secretary Helen Quimby arrived. Quimby's aides said little.", ["Helen Quimby"]),
    ("Sen. Walter Dunmore, a Democrat, disagreed. Mr. Dunmore voted against it.", ["Walter Dunmore"]),
    ("Mr Juncker and Ms Okafor met in Brussels.", ["Juncker", "Okafor"]),
    ("“It is over,” said Peter Lindqvist, chief executive of Norrbruk.", ["Peter Lindqvist"]),
    ("Zhao Minfeng, a spokesman for the ministry, told reporters on Tuesday. Zhao gave no date.", ["Zhao Minfeng"]),
    ("Park Ji-hoon, South Korea's trade minister, spoke. Park was brief.", ["Park Ji-hoon"]),
    ("Ursula von der Leyen spoke first. Von der Leyen promised a reply.", ["Ursula von der Leyen"]),
    ("EC commissioner Willem De Brouwer warned of a dispute. De Brouwer said so twice.", ["Willem De Brouwer"]),
    ("Anna-Maria Oyelaran-Smith left. Oyelaran-Smith did not comment.", ["Anna-Maria Oyelaran-Smith"]),
    ("John T. Harrowgate Jr. testified. Harrowgate said no.", ["John T. Harrowgate Jr."]),
    ("Trump said he would act.", ["Trump"]),
    ("Donald Trump spoke, and President Donald J. Trump signed. Trump left.", ["Donald J. Trump"]),
    ("The duties were announced by Trump and rejected by Xi.", ["Trump", "Xi"]),
    ("DONALD TRUMP signed the order. Trump then left.", ["Donald Trump"]),
    ("Robert Hale and Bob Hale are one man. Hale is a farmer.", ["Robert Hale"]),
    ("Mary Hale met John Hale in Ottawa.", ["Mary Hale", "John Hale"]),
    ("Lord Ashcombe, the negotiator, wrote to carmakers.", ["Lord Ashcombe"]),
    ("Juan “Johnny” Perez, a grower, sells avocados.", ["Juan “Johnny” Perez"]),
    ("The head of the Trade Council, Ines Caldeira, said exports fell.", ["Ines Caldeira"]),
    ("Dr. Amara Nwosu, director-general of the body, agreed.", ["Amara Nwosu"]),
    ("He spoke with Jacques O’Rourke’s lawyer.", ["Jacques O’Rourke"]),
    ("Photo: Laura Benning/Getty Images", ["Laura Benning"]),
    ("Bessent said the talks were going well.", ["Bessent"]),
    ("Former Treasury Secretary Nathan Velmar disagreed.", ["Nathan Velmar"]),
    ("U.S. Trade Representative Claire Dunlop predicted a deal.", ["Claire Dunlop"]),
    ("Shares fell, analyst Oskar Brandt said in a note.", ["Oskar Brandt"]),
    ("Premier Li met business leaders.", ["Li"]),
    ("The Harold Quimby administration kept the tariffs, as Harold Quimby’s government had.", ["Harold Quimby"]),
    # names of many cultures
    ("Vietnamese Trade Minister Nguyen Hong Vinh said so.", ["Nguyen Hong Vinh"]),
    ("Tan Sri Rosli Hamdan said the levy was wrong.", ["Rosli Hamdan"]),
    ("Shri Devendra Goswami told Parliament on Monday.", ["Devendra Goswami"]),
    ("Minister for Economic Affairs Wibowo Santosa said so.", ["Wibowo Santosa"]),
    ("Indonesia's finance minister, Sumiarti, said the budget was safe.", ["Sumiarti"]),
    ("Sugiono, an economist at a bank in Jakarta, said prices rose.", ["Sugiono"]),
    ("Wiradi, who farms two hectares, sells chillies.", ["Wiradi"]),
    ("Sheikh Talal bin Hamad al-Sabri met the envoy. Al-Sabri left.", ["Talal bin Hamad al-Sabri"]),
    ("Hilal bin Nasser al Shukri spoke. Al Shukri was brief.", ["Hilal bin Nasser al Shukri"]),
    ("João Henrique d'Amaral calculates the price.", ["João Henrique d'Amaral"]),
    ("María Elena Vargas de la Torre, the consul, spoke.", ["María Elena Vargas de la Torre"]),
    ("Claudia Barreda spoke. Claudia Barreda Pardo won in June.", ["Claudia Barreda Pardo"]),
    ("Søren Gadebjerg said so.", ["Søren Gadebjerg"]),
    ("J. D. Kessler and P S Ramaswamy, a farmer, agreed.", ["J. D. Kessler", "P S Ramaswamy"]),
    ("He Minfeng, a spokesman for the ministry, said so. He Minfeng left.", ["He Minfeng"]),
    ("Acting President Roh Min-son said no.", ["Roh Min-son"]),
    ("Norway's state secretary for trade, Torbjorn Aaker-Nilsen, proposed a vote.", ["Torbjorn Aaker-Nilsen"]),
    ("Bola Tinubade, Nigeria's president, signed it.", ["Bola Tinubade"]),
    ("The Helen Quimby-led talks failed.", ["Helen Quimby"]),
    ("Pope Anselm urged calm. Rabbi Josef Wolpe agreed.", ["Anselm", "Josef Wolpe"]),
    ("Deputy U.S. Trade Representative Jaynie White left.", ["Jaynie White"]),
    # nobody
    ("Calvin Klein and John Deere raised prices.", []),
    ("The Emma Larsen left Rotterdam with cars.", []),
    ("The Steven F. Ostrander Center opened a show.", []),
    ("Schedule II and Subchapter III were amended.", []),
    ("He Tuesday called the duty a mistake.", []),
    ("Los Angeles and Las Vegas lost visitors.", []),
    ("Shares of Norrbruk, an exporter in Oslo, fell.", []),
    ("The Smoot-Hawley Act of 1930 raised duties.", []),
    ("The Biden administration kept the tariffs.", []),
    ("The Modi government raised duties on phones.", []),
    ("Tariffs under Section 232 took effect in March.", []),
    ("Goldman Sachs and Morgan Stanley cut their forecasts.", []),
    ("Ford Motor and General Motors fell.", []),
    ("The Treasury Secretary and the Prime Minister met.", []),
    ("White House officials declined to comment.", []),
    ("Boeing said deliveries to China would stop.", []),
    ("Economists at Piper Roswell, a brokerage, expect a recession.", []),
    ("The Commerce Department opened an inquiry on Monday.", []),
    ("Trump Tower stands on Fifth Avenue.", []),
    ("The European Commission will reply in April.", []),
    ("Johnson & Johnson raised prices.", []),
    ("New Zealand and Saudi Arabia signed a pact.", []),
    ("Hyundai shares fell after the news.", []),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_people_found(doc_of: DocOf, text: str, names: list[str]) -> None:
    found = mentions(doc_of(text, published="2025-04-02"), EntityType.PERSON)
    assert list(dict.fromkeys(m.entity for m in found)) == names


def test_two_people_of_one_surname(doc_of: DocOf) -> None:
    doc = doc_of("Mary Hale spoke. Hale smiled. Then John Hale came. Hale frowned.", published="2025-04-02")
    assert [m.entity for m in mentions(doc, EntityType.PERSON)] == ["Mary Hale", "Mary Hale", "John Hale", "John Hale"]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Thai Finance Minister Somboon Charoen said so. Somboon added details.", 2),
        ("Tran Quoc Vinh, a deputy minister, agreed. Vinh said so.", 2),
        ("Claudia Barreda Pardo left. Barreda said no.", 2),
        ("Grant Holloway left. A grant said nothing. Grant County said so.", 1),
    ],
)
def test_a_person_named_by_other_parts_of_the_name(doc_of: DocOf, text: str, times: int) -> None:
    found = mentions(doc_of(text, published="2025-04-02"), EntityType.PERSON)
    assert len(found) == times
    assert len({m.entity for m in found}) == 1


def test_a_surname_alone_is_not_known_before_its_time(doc_of: DocOf) -> None:
    assert not mentions(doc_of("Trump said so.", published="1996-04-02"), EntityType.PERSON)


VALUES = [
    # text, role, organization, country of the first person
    ("Mexican Economy Minister Tomas Arriaga said no.", "Economy Minister", None, "MX"),
    ("Treasury Secretary Helen Quimby said no.", "Treasury Secretary", None, "US"),
    ("Former Treasury Secretary Helen Quimby said no.", "Former Treasury Secretary", None, "US"),
    ("Helen Quimby, Canada's deputy trade minister, said no.", "deputy trade minister", None, "CA"),
    ("Sen. Walter Dunmore said no.", "Senator", "Senate", "US"),
    ("“No,” said Peter Lindqvist, chief executive of Norrbruk.", "chief executive", "Norrbruk", None),
    (
        "Peter Lindqvist, an economist at the Harrow Institute in Oslo, said no.",
        "economist at Harrow Institute",
        "Harrow Institute",
        None,
    ),
    pytest.param(
        *("Norrbruk's boss, Peter Lindqvist, said no.", "boss", "Norrbruk", None),
        marks=pytest.mark.xfail(strict=True, reason="the model takes the firm for a person"),
    ),
    ("White House spokesman Peter Lindqvist said no.", "White House spokesman", "White House", "US"),
    ("Peter Lindqvist arrived late.", None, None, None),
    ("Bank of Canada Governor Peter Lindqvist said no.", "Bank of Canada Governor", "Bank of Canada", "CA"),
    ("U.S. Ambassador to Japan Peter Lindqvist said no.", "Ambassador to Japan", None, "US"),
    ("China's ambassador to the United States, Xie Minfang, said no.", "ambassador to United States", None, "CN"),
    ("Senator Helen Quimby of Vermont said no.", "Senator", None, "US"),
    ("Representative Helen Quimby (D-Ohio) said no.", "Representative", None, "US"),
    ("Ontario Premier Helen Quimby said no.", "Ontario Premier", None, "CA"),
    ("Helen Quimby of Vermont said no.", None, None, None),
]


@pytest.mark.parametrize(("text", "role", "organization", "country"), VALUES)
def test_values(doc_of: DocOf, text: str, role: str | None, organization: str | None, country: str | None) -> None:
    value = mentions(doc_of(text, published="2025-04-02"), EntityType.PERSON)[0].value
    assert isinstance(value, PersonValue)
    assert (value.role, value.country) == (role, country)
    if organization:
        assert value.organization == organization


OFFICIAL = [
    ("Economy Minister", None, True), ("Treasury Secretary", None, True), ("President", None, True), ("Prime Minister", None, True),
    ("senator", None, True), ("ambassador", None, True), ("mayor", None, True), ("Trade Commissioner", None, True),
    ("foreign ministry spokesman", None, True), ("White House official", None, True), ("spokesperson", "European Commission", True),
    ("director general", "World Trade Organization", True), ("governor", "Bank of England", True), ("head of the customs agency", None, True),
    ("chief executive", "Norrbruk", False), ("CEO", None, False), ("president of Norrbruk", None, False), ("president", "Norrbruk Corp", False),
    ("economist at Norrbruk", None, False), ("analyst", None, False), ("professor", "State University", False), ("spokesman", "Norrbruk", False),
    ("union leader", None, False), ("president", "European Union", True), ("president", "Steelworkers union", False), ("former Treasury Secretary", None, False),
    ("president-elect", None, False), ("presidential candidate", None, False), ("opposition leader", None, False),
    ("shadow trade secretary", None, True), ("Shadow Minister for Trade", None, True), ("leader of the opposition", None, True),
    ("Liberal finance critic", None, True), ("critic for international trade", None, True), ("film critic", None, False), ("fierce critic", None, False),
    ("former shadow chancellor", None, False), ("shadow banker", None, False),
    ("director general", "Steel Association", False), ("ex-minister", None, False), (None, None, False), ("", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("role", "organization", "official"), OFFICIAL)
def test_official(role: str | None, organization: str | None, official: bool) -> None:
    assert is_official_role(role, organization) is official


NAMES = [
    ("Xi Jinping", "xi"), ("Gao Feng", "gao"), ("Park Ji-hoon", "park"), ("Kim Novak", "novak"), ("Ursula von der Leyen", "von der leyen"),
    ("Willy De Clercq", "de clercq"), ("Joseph R. Biden Jr.", "biden"), ("Lula da Silva", "da silva"), ("Lord Frost", "frost"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "family"), NAMES)
def test_family_name(text: str, family: str) -> None:
    assert parse(text).family == family


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Donald J. Trump", "Donald Trump", True), ("Joe Biden", "Joseph R. Biden Jr.", True), ("J. Roe", "Jane Roe", True),
        ("Ana Lago", "Ana Lago Prieto", True), ("Al Sabri", "Omar al Sabri", True), ("Ana Lago", "Eva Lago Prieto", False),
        ("Hills", "Yarrow", False), ("Roe", "Jane Roe", True), ("Jane Roe", "John Roe", False), ("Jane Roe", "Jane Doe", False), ("Mary T. Roe", "Mary S. Roe", False),
    ],
)  # fmt: skip
def test_agree(one: str, other: str, same: bool) -> None:
    assert agree(parse(one), parse(other)) is same


@pytest.mark.parametrize(
    ("name", "day", "role"),
    [
        ("Trump", "2025-04-02", "President"), ("Trump", "2020-01-02", "President"), ("Donald J. Trump", "2022-05-01", "former President"),
        ("Joe Biden", "2010-01-01", "Vice President"), ("Janet Yellen", "2016-01-01", "Federal Reserve chair"),
        ("Janet Yellen", "2024-01-01", "Treasury Secretary"), ("Marcelo Ebrard", "2025-03-01", "Economy Minister"), ("Jane Roe", "2025-03-01", None),
        ("Bush", "1990-05-01", "President"), ("Bush", "2004-05-01", "President"), ("Bush", "2020-05-01", None),
        ("Robert Dole", "1987-05-01", "Senate Minority Leader"), ("Dole", "1999-05-01", None), ("Stoltenberg", "1987-02-01", "Finance Minister"),
        ("Stoltenberg", "2020-02-01", "secretary-general"), ("Koizumi", "2025-07-01", "Agriculture Minister"),
        ("Lord Young", "1988-03-01", "Trade and Industry Secretary"), ("Michael Wilson", "1987-03-01", "Finance Minister"), ("Mulford", "1990-12-31", "Treasury under secretary for international affairs"), ("Peter Kyle", "2025-11-03", "Business and Trade Secretary"),
        ("Wang Shouwen", "2018-05-01", "vice commerce minister"), ("Jane R. Roe", "2025-03-01", None),
    ],
)  # fmt: skip
def test_office_on(name: str, day: str, role: str | None) -> None:
    value = office_on(name, date.fromisoformat(day))
    assert (value.role if value else None) == role


@pytest.mark.parametrize(
    ("name", "day", "country"),
    [
        ("Fox", "2002-03-06", "MX"), ("Fox", "2018-03-06", "GB"), ("Fox", "2010-03-06", None), ("Hunt", "2023-05-01", "GB"),
        ("Vicente Fox", "2002-03-06", None), ("Roe", "2002-03-06", None), ("Vander Zalm", "1987-05-01", None), ("Casey", "2010-05-01", None),
    ],
)  # fmt: skip
def test_sole_leader(name: str, day: str, country: str | None) -> None:
    value = sole_leader(name, date.fromisoformat(day))
    assert (value.country if value else None) == country


def test_the_table_is_in_order() -> None:
    assert len(offices()) >= 2500
    assert all(office.start < office.end for office in offices())
    terms = [(fold(office.name), office.role, office.country, office.since) for office in offices()]
    assert len(set(terms)) == len(terms)


def test_holders_of_the_table_are_officials() -> None:
    """Each role and body of the table reads as an office, but for a handful that no word of theirs shows."""
    doubtful = {o.role for o in offices() if not is_official_role(o.role, o.organization, o.country)}
    assert len(doubtful) <= 10
