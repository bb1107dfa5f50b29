"""Public bodies."""

from __future__ import annotations

import math
import time

import pytest

from extractor.entities.agency_table import AgencyEntry, table_index
from extractor.entities.mention import mentions
from extractor.lexicon import entries
from extractor.records import EntityType


def bodies(doc_of, text: str) -> list[str]:
    """ "name/country" of the bodies, in the order of first mention."""
    found = mentions(doc_of(f"Title\n\n{text}"), EntityType.AGENCY)
    return list(dict.fromkeys(f"{m.entity}/{m.value.country or '-'}" for m in found))


KNOWN = [
    ("The World Trade Organization met. The WTO agreed.", ["World Trade Organization/-"]),
    ("USTR asked for comments.", ["USTR/US"]),
    ("U.S. Customs and Border Protection began to collect. CBP said so.", ["U.S. Customs and Border Protection/US"]),
    ("The Fed and the European Central Bank held rates.", ["Fed/US", "European Central Bank/EU"]),
    ("The Bank of England waited.", ["Bank of England/GB"]),
    ("The Office of the U.S. Trade Representative opened a docket.", ["Office of the U.S. Trade Representative/US"]),
    ("The National Development and Reform Commission sets prices.", ["National Development and Reform Commission/CN"]),
    ("GATT rules and the OECD code forbid it.", ["GATT/-", "OECD/-"]),
    (
        "The Customs Tariff Commission of the State Council lifted it.",
        ["Customs Tariff Commission of the State Council/CN", "State Council/CN"],
    ),
    ("The Court of International Trade ruled; the trade court was clear.", ["Court of International Trade/US"]),
    ("Congress and the Supreme Court will decide.", ["Congress/US", "Supreme Court/US"]),
    ("The Senate voted. The House did too.", ["Senate/US", "House/US"]),
    ("The House Ways and Means Committee and the Senate Finance Committee met.", ["House Ways and Means Committee/US", "Senate Finance Committee/US"]),
]  # fmt: skip
ONE_BODY = [
    ("The U.S. Treasury agreed. The Treasury Department said so, and Treasury will act.", ["Treasury Department/US"]),
    ("China's Ministry of Commerce (MOFCOM) spoke. MOFCOM gave no date; the ministry waits.", ["Ministry of Commerce/CN"]),
    ("The European Commission will decide. The Commission met.", ["European Commission/EU"]),
    ("Japan's Trade Remedy Board (TRB) met. The TRB ruled.", ["Trade Remedy Board/JP"]),
    ("The Philippine Tariff Commission met. The commission will report.", ["Philippine Tariff Commission/PH"]),
    ("The Commerce Department set the rate. Commerce said so.", ["Commerce Department/US"]),
]
UNSEEN = [
    ("Kenya's Ministry of Investments, Trade and Industry agreed.", ["Ministry of Investments, Trade and Industry/KE"]),
    ("The Bureau of Alcohol, Tobacco and Firearms met.", ["Bureau of Alcohol, Tobacco and Firearms/-"]),
    ("The Federal Widget Commission met.", ["Federal Widget Commission/-"]),
    ("The Malawi Revenue Authority collects it.", ["Malawi Revenue Authority/MW"]),
    ("Australia's competition regulator sued.", ["competition regulator/AU"]),
    ("Chile's customs service seized it.", ["customs service/CL"]),
    ("The Turkish central bank cut rates.", ["Turkish central bank/TR"]),
    ("The commerce ministry in Beijing declined to comment.", ["commerce ministry/CN"]),
    ("Norway's parliament approved it.", ["parliament/NO"]),
]
DESCRIBED = [
    ("Output grew, according to NARE, the statistics agency, in May.", ["NARE/-"]),
    ("Brazil's competition watchdog CADE opened a case.", ["competition watchdog CADE/BR"]),
    ("In Oslo, the regulator, which is new, said so.", []),
    (
        "The Ministry of Trade spoke. The ministry's fiscal policy office agreed.",
        ["Ministry of Trade/-", "fiscal policy office/-"],
    ),
    ("The U.S. mission to the WTO declined to comment.", ["U.S. mission/US", "WTO/-"]),
    ("Nobody would act before December, and parliament would have to agree.", ["parliament/-"]),
    ("The party hopes for a hung parliament.", []),
    ("Brussels waits: the EU trade list is ready, and the commission will propose it.", ["European Commission/EU"]),
    ("Vladimir Putin's government objected.", ["Vladimir Putin's government/RU"]),
    ("The Directorate General of Widgets and Allied Duties met.", ["Directorate General of Widgets and Allied Duties/-"]),
    ("The Central Board of Widgets and Customs met.", ["Central Board of Widgets and Customs/-"]),
    ("The African Union Commission met.", ["African Union Commission/-"]),
    ("ASEAN objected, though ASEAN countries differ.", ["ASEAN/-"]),
    ("The Department of Widgets in Dublin, Jane Roe and others met.", ["Department of Widgets/IE"]),
    ("The Philippines' Department of Trade and Industry (DTI) ruled. DTI said so.", ["Department of Trade and Industry/PH"]),
    ("The Federal Reserve Bank of Dallas agreed. The Dallas Fed said so.", ["Federal Reserve Bank of Dallas/US"]),
    ("MOFCOM said it would act.", ["MOFCOM/CN"]),
]
TITLES = [
    ("Undersecretary of Agriculture Ray Castle spoke.", ["Agriculture Department/US"]),
    ("Minister of State for Trade Fiona Tansey spoke.", ["Trade Ministry/-"]),
    ("Kenya's Cabinet Secretary for Trade, Wambui Njoro, spoke.", ["Trade Ministry/KE"]),
    ("Agriculture Secretary Jane Doe spoke. The Department's staff agreed.", ["Agriculture Department/US"]),
    ("Treasury Secretary Jane Doe spoke.", ["Treasury/US"]),
    ("Mexican Economy Minister Luis Perez spoke.", ["Mexican Economy Ministry/MX"]),
    ("Chile's trade minister met Canada's trade minister.", ["Chile's Trade Ministry/CL", "Canada's Trade Ministry/CA"]),
    ("Secretary of State John Roe agreed.", ["State Department/US"]),
    ("Jane Doe, the treasury secretary, agreed.", ["Treasury Department/US"]),
    ("House Speaker Ann Roy agreed.", ["House/US"]),
    ("The EU's trade commissioner met the press.", ["European Commission/EU"]),
]
GOVERNMENTS = [
    ("The Reagan administration objected, and the administration won.", ["Reagan administration/US"]),
    ("The Trump administration and the Biden administration agree.", ["Trump administration/US", "Biden administration/US"]),
    ("It lapsed under the administration of US President Joe Biden.", ["administration of US President Joe Biden/US"]),
    ("Administration officials disagreed with the Obama Administration.", ["Obama Administration/US"]),
    ("The White House and the Kremlin talked.", ["White House/US", "Kremlin/RU"]),
    ("The Chinese embassy in Washington protested. The embassy sent a note.", ["Chinese embassy/CN"]),
    ("A federal appeals court ruled. The court was split; the appellate court erred.", ["federal appeals court/-"]),
    ("India's commerce ministry met Thailand's commerce ministry.", ["India's commerce ministry/IN", "Thailand's commerce ministry/TH"]),
]  # fmt: skip
NONE = [
    ("The US Welded Mesh Council and the Palouse Legume Council met.", []),
    ("The Ukrainian Agrarian Assembly, a farm lobby, would sue.", []),
    ("The American Widget Bureau Federation and the National Customs Union met.", []),
    ("The news agency Xinhua and the rating agency met; a shipping agency closed.", []),
    ("The U.S. Chamber of Commerce and the Atlantic Council objected.", []),
    ("The National Pork Producers Council and the Xinhua News Agency met.", []),
    ("The Economic Policy Institute and the National Bureau of Economic Research published.", []),
    ("The department store and the sales department closed.", []),
    ("The board of directors and its executive committee met.", []),
    ("Treasury yields rose, and customs duties too.", []),
    ("The ministry said so. The commission too. The court agreed.", []),
    ("G7 finance ministers met.", []),
    ("The trade secretary of the union quit.", []),
    ("Press secretary Kay Lee smiled.", []),
    ("She works for an advertising agency.", []),
    ("The administration of justice is slow.", []),
    ("A Smith administration would be worse.", []),
    ("The Republican Party and the Democratic National Committee met.", []),
    ("The University of Ohio's Department of Economics published a study.", []),
    ("The new powers would allow the foreign minister to act.", []),
    ("The Salvation Army and the Chicago Board of Trade met.", []),
    ("Prime Minister Ann Roy spoke.", []),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*KNOWN, *ONE_BODY, *UNSEEN, *DESCRIBED, *TITLES, *GOVERNMENTS, *NONE],
    ids=lambda v: v[:50] if isinstance(v, str) else "",
)
def test_bodies(doc_of, text: str, expected: list[str]) -> None:
    assert bodies(doc_of, text) == expected


def test_title_gives_the_body_not_the_title(doc_of) -> None:
    found = mentions(doc_of("Title\n\nTreasury Secretary Jane Doe spoke."), EntityType.AGENCY)
    assert [m.text for m in found] == ["Treasury"]


def test_table_is_large_and_sourced() -> None:
    rows = entries("agencies", AgencyEntry)
    assert len(rows) >= 550
    assert all("." in row.source for row in rows)
    assert len({(row.name, row.country) for row in rows}) == len(rows)


def test_matching_is_linear() -> None:
    index = table_index()

    def seconds(copies: int) -> float:
        text, best = "the Customs Tariff Commission of the State " * copies, math.inf
        for _ in range(3):  # the best of three: other tests run beside this one
            started = time.perf_counter()
            list(index.find(text))
            best = min(best, time.perf_counter() - started)
        return best

    seconds(100)
    assert seconds(8000) < 40 * max(seconds(800), 0.002)
