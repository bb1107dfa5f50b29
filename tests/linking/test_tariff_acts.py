"""Measures told without a word of duty: investigations, remedies, retaliation, bans and limits, preferences, exemptions.

A record is written `IMPOSER>TARGETS instrument action status goods`; records are parted by `;`, `-` is nothing, no text is no record.
"""

from __future__ import annotations

import pytest

from extractor.records import TariffRecord
from tests.conftest import ExtractionOf

DAY = "2025-06-18"

INVESTIGATIONS = [
    (
        "China's Commerce Ministry opened an anti-dumping investigation into synthetic rubber from Japan and Korea.",
        "CN>JP,KR anti_dumping investigate proposed synthetic rubber",
    ),
    (
        "The U.S. Commerce Department said it began a Section 232 investigation into imports of drones.",
        "US>- import_tariff investigate proposed drones",
    ),
    ("India initiated a safeguard inquiry into imports of flat steel.", "IN>- safeguard investigate proposed steel"),
    (
        "Beijing is investigating whether dairy producers in the EU receive unfair subsidies.",
        "CN>EU countervailing investigate proposed -",
    ),
    (
        "The European Commission is investigating alleged dumping of tyres by Chinese makers.",
        "EU>CN anti_dumping investigate proposed tyres",
    ),
    (
        "Mexico's economy ministry has started an anti-dumping probe of U.S. pork legs.",
        "MX>US anti_dumping investigate proposed pork",
    ),
    ("The U.S. dropped its anti-dumping case against Canadian potash in 1988.", "US>CA anti_dumping investigate rejected potash"),
    (
        "Brazil ruled out a dumping investigation into Argentine milk powder.",
        "BR>AR anti_dumping investigate rejected milk powder",
    ),
    (
        "Brazilian carmakers plan to request an anti-dumping investigation into Chinese vehicles.",
        "BR>CN anti_dumping investigate proposed vehicles",
    ),
    (
        "The Dominican Republic is probing whether cement from Turkey was dumped.",
        "DO>TR anti_dumping investigate proposed cement",
    ),
    ("A probe by Thailand into Korean steel found no dumping.", "TH>KR other investigate proposed steel"),
    ("Police launched a probe into the minister.", ""),
    ("The FBI opened an investigation into imports of fentanyl from China.", ""),
    ("Brussels opened a subsidy probe into a Chinese train maker's bid in Bulgaria.", ""),
    ("China filed a complaint at the World Trade Organization against U.S. subsidies for electric cars.", ""),
    ("The council opened an inquiry into the dumping of sewage in the river.", ""),
]
REMEDIES = [
    ("The EU extended anti-dumping measures on Chinese bicycles for five years.", "EU>CN anti_dumping extend in_force bicycles"),
    ("The U.S. revoked an antidumping order on Chilean salmon.", "US>CL anti_dumping remove ended salmon"),
    ("Safeguard measures on imports of tiles were imposed by Morocco.", "MA>- safeguard impose in_force tiles"),
    (
        "American shrimpers petitioned for anti-dumping relief against imports from Thailand and Brazil.",
        "US>TH,BR anti_dumping impose proposed -",
    ),
    ("A safeguard against fraud was built into the voting machines.", ""),
    ("Parliament adopted measures on housing.", ""),
]
RETALIATION = [
    (
        "The EU is preparing countermeasures on American bourbon and motorcycles.",
        "EU>US import_tariff impose announced bourbon,motorcycles",
    ),
    (
        "Ottawa published a list of U.S. goods that it will hit with retaliatory measures.",
        "CA>US import_tariff impose announced -",
    ),
    (
        "Canada's retaliatory measures target American orange juice and whiskey.",
        "CA>US import_tariff impose in_force orange juice,whiskey",
    ),
    (
        "Britain said retaliatory measures on American jeans would be lifted on June 1.",
        "GB>US import_tariff remove announced jeans",
    ),
    ("Washington imposed trade sanctions on Japan over computer chips.", "US>JP other impose in_force computer chips"),
    ("Iran vowed retaliatory measures against Israel after the strike.", ""),
    ("China took countermeasures against two U.S. officials over Tibet.", ""),
    ("Russia expelled diplomats as a retaliatory measure against Britain.", ""),
    ("The U.S. imposed sanctions on two Iranian officials.", ""),
]
BANS = [
    ("Russia banned imports of Moldovan wine in March.", "RU>MD other impose in_force wine"),
    ("China lifted its ban on Australian lobsters.", "CN>AU other remove ended lobsters"),
    ("Japan imposed an import ban on Brazilian poultry after bird flu was found.", "JP>BR other impose in_force poultry"),
    ("China's ban on Japanese seafood imports has hurt fishermen.", "CN>JP other impose in_force seafood"),
    ("Australia's top grain exporter has been banned from sending barley to China.", "CN>AU other impose in_force barley"),
    ("U.S. President Joe Biden said the United States would ban Russian oil imports.", "US>RU other impose announced oil"),
    ("If talks fail, Ottawa would ban imports of U.S. wine.", "CA>US other impose threatened wine"),
    ("Vietnam eased restrictions on imports of U.S. beef.", "VN>US other lower in_force beef"),
    ("China will not lift its ban on Philippine bananas, an official said.", "CN>PH other maintain in_force bananas"),
    ("Pakistan banned imports from India.", "PK>IN other impose in_force -"),
    ("China praised Australia for its wine but suspended imports of beef from Queensland.", "CN>AU other impose in_force beef"),
    ("Chinese refiners halted imports of Iranian oil.", ""),
    ("Toyota suspended exports of cars to Russia.", ""),
    ("A strike stopped shipments of coal to Japan.", ""),
    ("The city banned smoking in bars.", ""),
    ("France banned plastic bags.", ""),
    ("Trump banned travellers from Iran.", ""),
    ("The EU imposed an arms embargo on Myanmar.", ""),
    ("Switzerland banned exports of weapons to Saudi Arabia.", ""),
    ("The U.S. lifted visa restrictions on Chinese students.", ""),
    ("A ban on beef would hurt farmers.", ""),
]
EXPORTS = [
    ("India banned exports of broken rice.", "IN>- other impose in_force broken rice"),
    ("Beijing restricted exports of gallium to the United States.", "CN>US other impose in_force gallium"),
    ("Russia halted gas exports to Poland and Bulgaria in April.", "RU>PL,BG other impose in_force gas"),
    ("Washington banned sales of Nvidia chips to China.", "US>CN other impose in_force chips"),
    ("The United States will restrict U.S. exports of luxury watches to Russia.", "US>RU other impose announced luxury watches"),
    ("China restricted Australian exports of barley to China.", "CN>AU other impose in_force barley"),
    ("The Indonesian nickel export restrictions hurt mills.", "ID>- other impose in_force nickel"),
    ("Thailand ruled out a ban on rice exports.", "TH>- other impose rejected rice"),
    ("The Philippines may ban exports of nickel ore, its president said.", "PH>- other impose threatened nickel ore"),
]
LIMITS = [
    ("Canada limits imports of American cheese with quotas.", "CA>US quota impose in_force cheese"),
    ("Britain limited imports of Russian aluminium.", "GB>RU quota impose in_force aluminium"),
    ("Japan will expand its quota for U.S. rice.", "JP>US quota raise announced rice"),
    ("Brussels plans a minimum import price for Chinese electric cars.", "EU>CN other impose announced electric cars"),
    ("Nigeria introduced import licences for frozen fish from Norway.", "NG>NO other impose in_force frozen fish"),
    ("The regulator capped the price of imported gas for households.", ""),
    ("Spain limited the number of tourists from Britain.", ""),
]
PREFERENCES = [
    (
        "The United States ended the duty-free treatment of small parcels from China.",
        "US>CN de_minimis remove ended small parcels",
    ),
    ("Japan plans to scrap the exemption for low-value parcels.", "JP>- de_minimis remove announced low-value parcels"),
    ("The U.S. withdrew India from its Generalized System of Preferences.", "US>IN other remove ended -"),
    ("The EU withdrew Sri Lanka's trade preferences under the GSP scheme.", "EU>LK other remove ended -"),
    ("Biden will end Uganda's access to AGOA.", "US>UG other remove announced -"),
    ("The European Commission opened a procedure to withdraw Cambodia's trade preferences.", "EU>KH other remove proposed -"),
    ("Canada revoked the most-favoured-nation status of Russia.", "CA>RU other remove ended -"),
    ("The EU plans a handling fee on parcels from China.", "EU>CN other impose announced -"),
    ("Japan will open its market to US beef.", ""),
    ("China resumed imports of Brazilian beef.", ""),
]
EXEMPTIONS = [
    (
        "Trump announced tariffs of 25% on steel. Canada and Mexico were exempted.",
        "US>- import_tariff impose announced steel; US>CA,MX import_tariff exempt in_force -",
    ),
    (
        "Washington put a 10% tariff on most imports. Energy and minerals are excluded.",
        "US>- import_tariff impose in_force -; US>- import_tariff exempt in_force Energy,minerals",
    ),
    (
        "Trump imposed a 25% tariff on Chinese goods. Soldiers were spared the worst of the winter.",
        "US>CN import_tariff impose in_force -",
    ),
]
RETOLD = [
    (
        "Peru put an 8% anti-dumping duty on glass from Chile. An investigation into Bolivian makers was closed without measures.",
        "PE>CL anti_dumping impose in_force glass; PE>BO anti_dumping investigate rejected -",
    ),
    (
        "Peru put an 8% tariff on glass from Chile. An investigation into Bolivian makers was closed without charges.",
        "PE>CL import_tariff impose in_force glass",
    ),
    (
        "Peru put an 8% tariff on Chilean steel. Peru wants to restrict imports of steel, its minister said.",
        "PE>CL import_tariff impose in_force steel",
    ),
    (
        "Peru opens case on metals\n\nPeru launched a safeguard investigation into imports of tin on Monday. Importers waited.",
        "PE>- safeguard investigate proposed tin",
    ),
    (
        "Poland and Hungary banned imports of Ukrainian grain on Friday.",
        "PL>UA other impose in_force grain; HU>UA other impose in_force grain",
    ),
    (
        "Peru put an 8% anti-dumping duty on Chilean glass. The probe by Peru into Chilean glass began in May.",
        "PE>CL anti_dumping impose in_force glass",
    ),
    ("Peru banned Chilean wine. The ban on Chilean wine imposed by Peru hurts growers.", "PE>CL other impose in_force wine"),
]


def written(record: TariffRecord) -> str:
    """A record as the tables write it."""
    targets = ",".join(t.code for t in record.targets) or "-"
    goods = ",".join(p.text for p in record.products) or "-"
    imposer = record.imposer.code if record.imposer else "?"
    return f"{imposer}>{targets} {record.instrument} {record.action} {record.status} {goods}"


@pytest.mark.parametrize(
    ("text", "records"),
    [*INVESTIGATIONS, *REMEDIES, *RETALIATION, *BANS, *EXPORTS, *LIMITS, *PREFERENCES, *EXEMPTIONS, *RETOLD],
)
def test_acts(extraction_of: ExtractionOf, text: str, records: str) -> None:
    assert "; ".join(written(r) for r in extraction_of(text, DAY).tariffs) == records


def test_an_act_proves_who_acts_and_on_what(extraction_of: ExtractionOf) -> None:
    (record,) = extraction_of("Russia banned imports of Moldovan wine in March.", DAY).tariffs
    assert [s.text for s in record.evidence["imposer"]] == ["Russia"]
    assert [s.text for s in record.evidence["targets"]] == ["Moldovan"]
    assert [s.text for s in record.evidence["products"]] == ["wine"]
