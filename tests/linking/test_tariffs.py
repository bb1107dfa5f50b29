"""Tariff records of whole (short) articles: what merges, what stays apart, ids, order, evidence, silence."""

from __future__ import annotations

import pytest

from extractor.records import PROVEN_TARIFF_FIELDS, TariffRecord
from tests.conftest import ExtractionOf
from tests.linking.test_tariff_constructions import Case, gap, write

DAY = "2025-03-05"


def core(records: list[TariffRecord]) -> list[str]:
    """Imposer, targets and rate of each record, in the order of the output: `US>CA 25`."""
    return [write(r)["core"] for r in records]


# ---------------------------------------------------------------- merging

MERGED: list[Case] = [
    (
        "Peru taxes Chilean wine\n\nPeru put an 8% tariff on Chilean wine on Monday. Exporters called the 8% tariff unfair.",
        ["PE>CL 8"],
    ),
    ("Peru put an 8% tariff on Chilean wine. The tariff hurts exporters, one of them said.", ["PE>CL 8"]),
    ("Peru put an 8% tariff on Chilean wine. The levy of 8% on Chilean wine is new, exporters said.", ["PE>CL 8"]),
    (
        "Peru will put an 8% tariff on Chilean wine.\n\nPeru's 8% tariff on wine from Chile starts in May, exporters heard.",
        ["PE>CL 8"],
    ),
    ("Peru to tax Chilean wine at 8%\n\nLIMA - Peru said it would put a tariff of 8% on wine imports from Chile.", ["PE>CL 8"]),
    ("Exporters say Lima has put an 8% tariff on Chilean wine. Peru's government defended its 8% tariff.", ["PE>CL 8"]),
    ("Japan put a 5 per cent duty on imports of Thai rice. Exporters of Thai rice will pay the 5% duty.", ["JP>TH 5"]),
]
APART: list[Case] = [
    ("Peru put an 8% tariff on Chilean wine. Kenya put an 8% tariff on Ugandan milk, exporters said.", ["PE>CL 8", "KE>UG 8"]),
    ("Peru put an 8% tariff on Chilean wine. Peru put a 3% tariff on Chilean wool, exporters said.", ["PE>CL 8", "PE>CL 3"]),
    ("Peru put an 8% tariff on Chilean wine. Chile put an 8% tariff on Peruvian wool, exporters said.", ["PE>CL 8", "CL>PE 8"]),
    ("Peru put an 8% tariff on Chilean wine. Peru put an 8% tariff on Bolivian wine, exporters said.", ["PE>CL 8", "PE>BO 8"]),
    ("Peru put an 8% tariff on imports of Chilean wine and a 5% tariff on Chilean wool.", ["PE>CL 8", "PE>CL 5"]),
    ("Peru put an 8% tariff on imports of Chilean wine in 2019. It plans a 20% tariff on Chilean wine.", ["PE>CL 8", "PE>CL 20"]),
    (
        "Peru put an 8% tariff on wine imports from Chile. Peru put an anti-dumping duty of 8% on Chilean glass.",
        ["PE>CL 8", "PE>CL 8"],
    ),
]


@pytest.mark.parametrize(("text", "records"), [*MERGED, *APART])
def test_merging(extraction_of: ExtractionOf, text: str, records: list[str]) -> None:
    assert core(extraction_of(text, DAY).tariffs) == records


def test_merged_records_keep_the_evidence_of_every_mention(extraction_of: ExtractionOf) -> None:
    text = "Peru put an 8% tariff on Chilean wine. Exporters say Peru's 8% tariff on wine from Chile is unfair."
    (record,) = extraction_of(text, DAY).tariffs
    assert len(record.evidence["tariff"]) == 2
    assert [s.text for s in record.evidence["targets"]] == ["Chilean", "Chile"]


# ---------------------------------------------------------------- ids

BASE = "Peru put an 8% tariff on imports of Chilean wine."
SAME_ID = [
    "Peru will put an 8% tariff on imports of Chilean wine.",
    "Peru threatened to put an 8% tariff on imports of Chilean wine.",
    "Peru put an 8% tariff on imports of Chilean wine on March 1.",
    "On Monday, Peru put an 8% tariff on imports of Chilean wine.",
    "Peru suspended an 8% tariff on imports of Chilean wine.",
    "Storms came.\n\nPeru put an 8% tariff on imports of Chilean wine.",
    "Lima put an 8% tariff on imports of wine from Chile.",
]
OTHER_ID = [
    "Peru put a 9% tariff on imports of Chilean wine.",
    "Peru put an 8% tariff on imports of Chilean wool.",
    "Peru put an 8% tariff on imports of Bolivian wine.",
    "Kenya put an 8% tariff on imports of Chilean wine.",
    "Peru put an 8% anti-dumping tariff on imports of Chilean wine.",
    "Peru put an additional 8% tariff on imports of Chilean wine.",
]


@pytest.mark.parametrize("text", SAME_ID)
def test_ids_do_not_hang_on_status_dates_or_evidence(extraction_of: ExtractionOf, text: str) -> None:
    (base,), (record,) = extraction_of(BASE, DAY).tariffs, extraction_of(text, DAY).tariffs
    assert record.id == base.id


@pytest.mark.parametrize("text", OTHER_ID)
def test_ids_hang_on_who_whom_what_and_how_much(extraction_of: ExtractionOf, text: str) -> None:
    (base,), (record,) = extraction_of(BASE, DAY).tariffs, extraction_of(text, DAY).tariffs
    assert record.id != base.id


def test_ids_hang_on_the_article(extraction_of: ExtractionOf) -> None:
    one, two = (extraction_of(BASE, DAY, source=name).tariffs[0] for name in ("a.txt", "b.txt"))
    assert one.id != two.id
    assert one.model_copy(update={"id": ""}) == two.model_copy(update={"id": ""})


def test_the_publication_date_does_not_change_the_id(extraction_of: ExtractionOf) -> None:
    assert len({extraction_of(BASE, day).tariffs[0].id for day in (DAY, "2019-01-01", None)}) == 1


def test_ids_are_hex_and_unique(extraction_of: ExtractionOf) -> None:
    text = "Peru put tariffs of 8% on Chilean wine, 9% on Chilean wool and 10% on Bolivian tin, exporters said."
    ids = [r.id for r in extraction_of(text, DAY).tariffs]
    assert len(set(ids)) == 3
    assert all(len(i) == 20 and set(i) <= set("0123456789abcdef") for i in ids)


# ---------------------------------------------------------------- order


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("Kenya put a 3% tariff on Ugandan milk. Peru put an 8% tariff on Chilean wine, exporters said.", ["KE>UG 3", "PE>CL 8"]),
        ("Peru put an 8% tariff on Chilean wine. Kenya put a 3% tariff on Ugandan milk, exporters said.", ["PE>CL 8", "KE>UG 3"]),
        (
            "Kenya put a 3% tariff on Ugandan milk. Peru put an 8% tariff on Chilean wine. Exporters say Kenya's 3% tariff on Ugandan milk hurts.",
            ["KE>UG 3", "PE>CL 8"],
        ),
    ],
)
def test_records_come_in_the_order_of_the_text(extraction_of: ExtractionOf, text: str, records: list[str]) -> None:
    assert core(extraction_of(text, DAY).tariffs) == records


# ---------------------------------------------------------------- evidence

RICH = [
    "Peru will raise its tariff on imports of Chilean wine from 8% to 12% on May 2, until June 30, if talks fail.",
    "The U.S. put a 25% tariff on $5 billion of Chinese steel under Section 232 for 90 days, exporters said.",
    "The U.S. put a 10% tariff on all imports except those from Canada.",
    "Canada announced on Monday a 25% tariff on American wine worth C$3 billion in trade, from March 25.",
    "Japan put a 10% tariff on Thai rice. Thai exporters said the tariff would double to 20%.",
]


@pytest.mark.parametrize("text", RICH)
def test_every_filled_field_has_its_own_evidence(extraction_of: ExtractionOf, text: str) -> None:
    records = extraction_of(text, DAY).tariffs
    assert records
    for record in records:
        assert record.evidence["tariff"]
        assert record.evidence["status"]
        for field, spans in record.evidence.items():
            assert spans, field
            assert all(text[s.start : s.end] == s.text for s in spans)
            assert len({(s.start, s.end) for s in spans}) == len(spans), field
        filled = {f for f in PROVEN_TARIFF_FIELDS if getattr(record, f) not in (None, [])}
        assert filled <= set(record.evidence)
        assert {f for f in record.evidence if f in PROVEN_TARIFF_FIELDS} - filled <= {"targets"}  # "all" has evidence, no list


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("imposer", ["Peru"]),
        ("targets", ["Chilean"]),
        ("products", ["wine"]),
        ("rate", ["12%"]),
        ("prior_rate", ["8%"]),
        ("effective", ["May 2"]),
        ("status", ["raise"]),
    ],
)
def test_evidence_is_the_words_that_say_so(extraction_of: ExtractionOf, field: str, words: list[str]) -> None:
    text = "Peru will raise its tariff on imports of Chilean wine from 8% to 12% on May 2."
    (record,) = extraction_of(text, DAY).tariffs
    found = [s.text for s in record.evidence[field]]
    assert set(words) <= set(found)


# ---------------------------------------------------------------- saying "don't know"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("A 9% tariff on imports of Thai rice took effect.", "?>TH 9"),
        ("Exporters say that a 9% tariff on Thai rice is unfair.", "?>TH 9"),
        ("Japan put a tariff on imports of Thai rice.", "JP>TH -"),
        ("Japan put a 9% tariff on rice imports.", "JP>- 9"),
    ],
)
def test_what_is_not_said_is_null(extraction_of: ExtractionOf, text: str, record: str) -> None:
    found = extraction_of(text, DAY).tariffs
    assert core(found) == [record]
    assert found[0].effective is None
    assert found[0].announced is None
    assert found[0].end is None
    assert found[0].prior_rate is None
    assert found[0].trade_value is None
    assert found[0].target_scope in {"listed", "unspecified"}


def test_a_date_without_a_publication_date_stays_null(extraction_of: ExtractionOf) -> None:
    (record,) = extraction_of("Japan will put a 9% tariff on imports of Thai rice from Friday.").tariffs
    assert record.effective is None


# ---------------------------------------------------------------- no record

FURNITURE: list[Case] = [
    "Photo: Chinese wine, subject to a 9% tariff in Peru, at the port. Exporters Wire/Dee Lind\n\nThe port was busy.",
    "(Picture: Dee Lind/Exporters Wire)\n\nThe port was busy on Monday.",
    "By Dee Lind, tariff and trade editor in Peru\n\nThe port was busy on Monday.",
    "LIMA, Peru (Tariff Wire) -- The port was busy on Monday with exporters.",
]
NOT_TRADE: list[Case] = [
    "Kenya's energy regulator raised electricity tariffs by 12%. Households in Kenya will pay the new tariff from May.",
    "India's telecom operators raised mobile tariffs by 20% for subscribers in Mumbai.",
    "Germany cut the feed-in tariff for solar power by 8%. Operators in Germany objected.",
    "Spain will raise value-added tax on hotels to 10%. Spain's income tax stays at 19%.",
    "Britain's stamp duty on homes rose by 2%. Buyers from China pay a 5% stamp duty.",
    "A British judge set a minimum tariff of 18 years. The murder shocked France.",
    "French police on duty in Paris arrested 25% of the marchers from Italy.",
    "The EU set a data roaming tariff of 3 cents for operators in Norway.",
    "Water tariffs in South Africa will go up by 9% in July, the utility said.",
    gap("Zambia's toll road tariffs rose 5% for drivers from Malawi.", reason="a word of prices before the last modifier"),
    "Japan's growth slowed to 2%, and its exports to China fell by 5%.",
    "The U.S. and China held trade talks in Geneva. Both hope for a deal, exporters say.",
    "The United States sanctioned 25% of the banks of Iran.",
]
BESIDE_TRADE: list[Case] = [
    "France's tourist levy rose to 5% for guests from Britain.",
    "The British government put a windfall tax of 25% on oil firms from Norway.",
    gap(
        "Italy put a 3% web tax on American technology giants, and Washington objected.",
        reason="a tax on services that names a country",
    ),
    "Canada imposed a 20% tax on foreign buyers of homes, many of them from China.",
    "The United States imposed sanctions on Russian banks that hold 80% of deposits.",
    "Fees at the Suez Canal rose 15% for tankers, Egypt said.",
    "Panama raised canal tolls by 10% for ships from Japan.",
    "Kenya put an excise duty of 20% on mobile data and 10% on bottled water.",
    "India raised the excise duty on petrol by 2 rupees a litre.",
    "Australia raised the tobacco excise by 5%, and smugglers from China gained.",
    "Hungary cut the duty officer's pay by 10%, Austria's police union said.",
    "China charged a Canadian man with espionage; he faces a 25% chance of acquittal.",
    "Germany cut corporate tax to 10% to compete with Ireland.",
    "Ireland's minimum rate of 15% for big firms took effect, under a deal with the OECD.",
    "Brazil's central bank raised its rate to 13% as the U.S. dollar rose.",
    "Turkey raised the minimum wage by 30% and its exports to Germany grew 4%.",
    "The IMF said that Argentina must raise utility tariffs by 40% as part of a deal with exporters.",
    "Pakistan raised gas tariffs by 25% for fertiliser plants under a loan from the IMF.",
    gap("The UK cut the remittance charge on transfers to India to 2%.", reason="a charge on transfers that names a country"),
    "Norway's carbon tax of 30% applies to ships from Denmark.",
    "The EU's carbon border tax will add 20% to the price of Indian steel.",
    "The cricket board fined India 40% of its match fee for a slow over rate against Australia.",
    "Spain levied a fine of 4% of sales on an American company.",
    "Trade between Japan and Korea grew 6%, customs data showed.",
    "Customs officers in Kenya seized 20% more ivory bound for China.",
    "The tariff of fees at the embassy of Chad rose 10%.",
    "Hotels in Bali must charge a 10% tax to guests from Australia.",
    "Zambia will raise the export of copper to China by 12%.",
    "Mexico's remittances face a 5% U.S. tax.",
    "A proposed U.S. tax of 5% on remittances would hurt Mexico, exporters said.",
    "Trump said 90% of Canada's trade is with the United States.",
    "The deal gives U.S. beef 10% of Japan's market, trade officials said.",
    "Trump wants NATO allies such as Germany to spend 5% of GDP on arms, or face tariffs.",
    "France sells 20% of its wine to the United States, where Trump has threatened tariffs.",
    "Import prices in Japan rose 3% as tariffs loomed, customs data showed.",
    "China's exports to the U.S. fell 34% in May under the weight of tariffs.",
    "Tariff revenue in the United States rose 270% to $24 billion.",
    "About 60% of Americans oppose tariffs on Canada, a poll showed.",
    "The EU accounts for 30% of U.S. steel imports, on which tariffs apply.",
]
GENERAL: list[Case] = [
    "Tariffs hurt consumers, economists in France said. Trade makes exporters richer.",
    "Exporters in Chile know that tariffs never won a war.",
    "A history of tariffs, written by a Norwegian, sells well among exporters.",
    "Shares in Japan fell 3% on fears about trade and tariffs.",
]


@pytest.mark.parametrize("text", [*FURNITURE, *NOT_TRADE, *GENERAL])
def test_no_record(extraction_of: ExtractionOf, text: str) -> None:
    assert core(extraction_of(text, DAY).tariffs) == []


@pytest.mark.parametrize("text", BESIDE_TRADE)
def test_no_record_beside_trade(extraction_of: ExtractionOf, text: str) -> None:
    text = f"{text} Exporters and importers follow trade closely."
    assert core(extraction_of(text, DAY).tariffs) == []


@pytest.mark.parametrize("text", NOT_TRADE)
def test_other_percentages_are_no_rates(extraction_of: ExtractionOf, text: str) -> None:
    found = extraction_of(text, DAY)
    assert [e.name for e in found.entities if e.type == "RATE"] == []


# ---------------------------------------------------------------- determinism and ranges

ARTICLE = """Peru sets duties on its neighbours

LIMA (Exporters Wire) - Peru will put an 8% tariff on wine from Chile and a 5% tariff on Bolivian tin from May 2, its trade
minister, Dee Lind, said on Monday.

"We had no choice," Lind told exporters. The tariffs answer Chile's 4% levy on Peruvian wool.

- Chile (8%)
- Bolivia (5%)
"""


def test_the_same_article_gives_the_same_records(extraction_of: ExtractionOf) -> None:
    assert len({extraction_of(ARTICLE, DAY).to_json() for _ in range(3)}) == 1


def test_a_short_article(extraction_of: ExtractionOf) -> None:
    assert set(core(extraction_of(ARTICLE, DAY).tariffs)) == {"PE>CL 8", "PE>BO 5", "CL>PE 4"}


@pytest.mark.parametrize("text", [*RICH, BASE, ARTICLE, *SAME_ID])
def test_confidence_is_between_nothing_and_certainty(extraction_of: ExtractionOf, text: str) -> None:
    assert all(0 < r.confidence < 1 for r in extraction_of(text, DAY).tariffs)


def test_less_said_less_certain(extraction_of: ExtractionOf) -> None:
    (full,) = extraction_of("Japan put a 9% tariff on imports of Thai rice.", DAY).tariffs
    (bare,) = extraction_of("A 9% tariff on imports of Thai rice took effect.", DAY).tariffs
    assert bare.confidence < full.confidence
