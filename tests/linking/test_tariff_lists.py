"""Tariff records where a sentence leaves out what the words beside it say: lists, relative clauses, decisions, whom a duty spares.

The notation is that of `test_tariff_constructions`; cases that only look like a construction stand beside the real ones.
"""

from __future__ import annotations

import pytest

from tests.conftest import ExtractionOf
from tests.linking.test_tariff_constructions import PUBLISHED, article, compared, read

CASES: dict[str, list[tuple[str, str]]] = {
    "whom a duty spares": [
        (
            "The United States imposed a 25 percent tariff on steel, with exemptions for Canada and Mexico.",
            "US>*-CA,MX 25 in_force",
        ),
        ("The United States will levy a 10% duty on copper, but Chile is exempt.", "US>*-CL 10 announced"),
        ("Japan will levy a 10% duty on copper, but Chile will be spared.", "JP>*-CL 10 announced"),
        (
            "Japan signed an order on Thursday to levy a 25% tariff on steel while offering potential exemptions for Canada.",
            "JP>* 25 announced",
        ),
        ("Japan will levy a 10% duty on Peruvian copper, but Chile is exempt.", "JP>PE 10 announced"),
        ("Japan will levy a 10% duty on Peruvian copper, and Chile is furious.", "JP>PE 10 announced"),
    ],
    "who is answered": [
        ("China responded to American tariffs with heavy duties on soybeans.", "CN>US - in_force goods=soybeans"),
        ("China countered American tariffs with duties of 8% on soybeans.", "CN>US 8 in_force"),
        (
            "Peru attacked the tariffs of the United States, which Canada responded to with a duty of 12% on wine.",
            "CA>US 12 in_force",
        ),
        ("The Chilean minister answered reporters in Peru with a promise of a 5% tariff on Thai shoes.", "CL>TH 5 threatened"),
    ],
    "the old rate alone": [
        (
            "The minister told reporters the tariffs on Peruvian shoes - up from five percent - should be a signal. Brazil raised the tariffs on Peruvian shoes to 20 percent on Monday.",
            "BR>PE 20 in_force prior=5",
        ),
        ("The tariffs on Peruvian shoes, up from 5% to 9%, began on Monday in Brazil.", "BR>PE 9 in_force prior=5"),
        (
            "The Commerce Department lowered to 2 percent the anti-dumping duty on Brazilian juice that in a preliminary decision had been set at 9 percent.",
            "US>BR 2 in_force prior=9",
        ),
        ("India raised to 30% the tariff on Kenyan tea, which had been set at 12% in May.", "IN>KE 30 in_force prior=12"),
        (
            "India cut to 30% the tariff on Kenyan tea, and Japan raised the tariff that had been set at 12% in May.",
            "IN>KE 30 in_force prior=-; JP>- 12 in_force prior=-",
        ),
        ("The pork duty that had been set at 9% was cut to 2% by Norway.", "NO>- 2 in_force prior=9"),
    ],
    "cuts for a partner": [
        ("South Korea announced more tariff cuts for the U.S. on Monday.", "KR>US - announced"),
        ("Norway announced a tariff cut for Kenyan tea on Monday.", "NO>KE - announced goods=tea"),
        ("Norway announced tariff cuts for consumers on Monday.", ""),
        ("Norway won tariff cuts for its fish on Monday.", ""),
    ],
    "places that bans are on": [
        ("China suspended beef imports from five Queensland abattoirs on Monday.", "CN>AU - in_force goods=beef"),
        ("China put a 10% tariff on beef from Queensland abattoirs on Monday.", "CN>AU 10 in_force"),
        ("China banned beef from the Acme Pacific plant on Monday.", ""),
    ],
    "who is asked for relief": [
        ("Canada asked the United States for an exemption from its 25% tariff on steel.", "US>- 25 in_force"),
        ("Canada pressed Washington for a waiver from its 25% tariff on steel.", "US>- 25 in_force"),
        ("Canada asked Mexico for help with its 25% tariff on American steel.", "CA>US 25 in_force"),
    ],
    "in whose market": [
        ("Kenyan growers complain of a 10% tariff on tea in their main market, Pakistan.", "PK>KE 10 in_force"),
        (
            "Brazil put a 10% tariff on tea from Kenya in May, a blow to growers in their main market, Pakistan.",
            "BR>KE 10 in_force",
        ),
    ],
    "what is only told of": [
        (
            "The report tells of Washington's tendency to impose duties on Chilean copper. Norway put a 5% duty on Danish cheese.",
            "NO>DK 5 in_force",
        ),
        ("The report tells of Washington's decision to impose duties on Chilean copper.", "US>CL - announced"),
    ],
    "preferences beside duties": [
        (
            "The US withdrew India and Turkey from its Generalized System of Preferences (GSP), an import duty exemption on certain goods - including Roe's jewels - that require a lot of work to make.",
            "US>IN,TR - ended",
        ),
        (
            "The US withdrew India and Turkey from its Generalized System of Preferences in June. It has imposed tariffs on steel imports.",
            "US>IN,TR - ended; US>- - in_force",
        ),
        (
            "The US withdrew India from its Generalized System of Preferences in June. It has imposed a 10% tariff on Indian steel.",
            "US>IN 10 in_force",
        ),
    ],
    "the verb of a list is told once": [
        (
            "Brazil imposed duties on Friday. Irish cheese will face a tariff of 20%, the Danes 31% and the Spanish as much as 44%.",
            "BR>IE 20; BR>DK 31; BR>ES <=44",
        ),
        ("Under the new tariffs Washington will charge Peru 12%, Chile 14% and Ecuador 18%.", "US>PE 12; US>CL 14; US>EC 18"),
        ("Norway's tariff on Thai rice is 9%, and exports to the Danes rose 31%.", "NO>TH 9"),
        ("Kenya levied 25% on steel from India and 10% on tyres from Japan.", "KE>IN 25; KE>JP 10"),
        ("Kenya spent 25% on roads in India and 10% on schools in Japan.", ""),
        ("Ghana put tariffs on imports that range from 10% on goods from Togo to 35% on those from Benin.", "GH>TG 10; GH>BJ 35"),
    ],
    "which and whose": [
        ("Vietnam, which Trump hit with a 46% tariff on Tuesday, asked for talks.", "US>VN 46 in_force"),
        ("Vietnam, which hit Thailand with a 46% tariff on Tuesday, asked for talks.", "VN>TH 46 in_force"),
        (
            "Chile put duties on fruit. Nothing changes for Peru, whose grapes have been charged 12% since Monday.",
            "CL>- -; CL>PE 12",
        ),
        ("Vietnam, which Trump visited in May, will pay a 20% U.S. tariff.", "US>VN 20 announced"),
        ("Peru, whose farmers sell grapes to Chile, put a 12% duty on Chilean wine on Monday.", "PE>CL 12 in_force"),
        ("The bloc, which Ottawa last week threatened with a 15% duty on cheese, declined to comment.", "CA>- 15 threatened"),
    ],
    "whose decision it is": [
        (
            "Ankara was responding to President Trump's decision last week to raise tariffs on Turkish metals, to 50% on steel and 20% on aluminium.",
            "US>TR 50; US>TR 20",
        ),
        ("Mexico protested against Chile's plan for a 14% tariff on Mexican avocados.", "CL>MX 14 announced"),
        ("Mexico's decision to hold talks did not stop Chile, which put a 14% tariff on Mexican avocados.", "CL>MX 14 in_force"),
        ("China urged India to revoke its decision to impose a 20% tariff on Chinese fans.", "IN>CN 20"),
        ("Peru welcomed Brazil's move to cut its tariff on Peruvian fish to 4%.", "BR>PE 4"),
        ("Peru welcomed Brazil's ambassador and put a 4% tariff on fish from Chile.", "PE>CL 4 in_force"),
    ],
    "who pays does not impose": [
        ("Brazil pays the 10% U.S. tariff that applies to nearly all imports.", "US>BR 10 in_force"),
        ("The U.S. cut its tariff on Thai goods to 19%. Vietnam remains at 20%.", "US>TH 19; US>VN 20"),
        ("American importers pay a 25% tariff on Chinese chairs.", "US>CN 25"),
        ("Thailand sells more to Japan than any other country, and Japan's tariff on Thai rice is 9%.", "JP>TH 9"),
        ("A 10% U.S. tariff applies to most U.S. trading partners.", "US>- 10 in_force"),
        ("Parcels from China lost their tax-free status in the U.S. and now face a U.S. tariff of 54%.", "US>CN 54 in_force"),
    ],
    "a participle tells it again": [
        (
            "Ecuador was the first to place duties on goods from Mexico, imposing a 27% tariff in February.",
            "EC>MX 27 in_force eff=2025-02",
        ),
        (
            "Ecuador lifted its duty on fish from Chile, imposing a 27% tariff on goods from Mexico.",
            "EC>MX 27 in_force; EC>CL - ended",
        ),
        (
            "Ecuador placed duties on goods from Mexico, hurting exporters who had paid a 3% tariff in Peru.",
            "EC>MX - in_force; PE>MX 3 in_force",
        ),
        ("Norway put tariffs on Danish ham, charging 30%.", "NO>DK 30 in_force"),
        ("Norway put a 30% tariff on Danish ham, angering farmers.", "NO>DK 30 in_force"),
        ("Norway, charging 30% on Danish ham, defended the tariff.", "NO>DK 30"),
    ],
    "a country told by its part of the world": [
        ("Vietnam exports shoes. The U.S. put a 46% tariff on the Asian nation on Monday.", "US>VN 46 in_force"),
        ("Brazil is angry. The European Union put a 12% tariff on goods from the South American country.", "EU>BR 12 in_force"),
        ("Vietnam exports shoes. The U.S. put a 46% tariff on Asian nations.", "US>- 46 in_force"),
        ("Brazil is angry. The European Union put a 12% tariff on an African country.", "EU>- 12 in_force"),
        ("Canada will put a 25% tariff on beer brewed in Ohio.", "CA>US 25 announced"),
        ("Canada will put a 25% tariff on beer, Premier Ford said in Ontario.", "CA>- 25 announced"),
    ],
    "what a law allows": [
        ("Section 122 lets a president charge a tariff of up to 15% for 150 days.", ""),
        ("The law allows the government to levy duties of 40% on dumped goods.", ""),
        ("Turkey's new law puts a 40% tariff on Russian fertiliser.", "TR>RU 40 in_force"),
        ("The court let the U.S. keep its 15% tariff on Chinese lamps.", "US>CN 15 in_force"),
        ("The act permits any minister to raise the tariff to 60%.", ""),
        ("Section 301 lets the United States impose a 25% tariff on Chinese cars.", ""),
        ("The law allows India to impose a 25% tariff on Chinese cars.", ""),
        ("The U.S. imposed 25% on steel from India. The bank imposed 5% on loans to Kenya.", "US>IN 25 in_force"),
        ("The U.S. imposed 25% on Chinese steel. The union levied 5% on members in Kenya.", "US>CN 25 in_force"),
        ("Japan allowed its 8% tariff on Thai rice to lapse on Monday.", "JP>TH 8 ended"),
    ],
    "one date for a round of duties": [
        (
            "The U.S. will charge a 25% tariff on goods from Mexico. Goods from China will be charged 10%. The tariffs take effect on Tuesday.",
            "US>MX 25 announced eff=2025-03-11; US>CN 10 announced eff=2025-03-11",
        ),
        ("Peru announced a 12% tariff on Chilean wine from Saturday.", "PE>CL 12 announced eff=2025-03-08"),
        ("Peru has charged a 12% tariff on Chilean wine since Saturday.", "PE>CL 12 in_force eff=2025-03-01"),
        (
            "The U.S. currently charges 2.5% on cars from Japan. The 20% tariff on Japanese cars that Trump announced takes effect on April 2.",
            "US>JP 2.5 in_force eff=-; US>JP 20 announced eff=2025-04-02",
        ),
        ("The pause does not touch the 25% U.S. tariff on Japanese cars.", "US>JP 25 in_force"),
        ("The 25% U.S. tariff on Japanese cars is not affected by the pause.", "US>JP 25 in_force"),
    ],
}


def cases() -> list[object]:
    return [
        pytest.param(text, expected, id=f"{name} {number}")
        for name, table in CASES.items()
        for number, (text, expected) in enumerate(table, 1)
    ]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_records(extraction_of: ExtractionOf, text: str, expected: str) -> None:
    want, got = compared(read(expected), extraction_of(article(text), PUBLISHED).tariffs)
    assert got == want
