"""What records say beside who, whose goods and which rate: reasons, conditions, exemptions, lengths and ends, relations, authors.

Short articles of 5 March 2025. What is expected is written record by record in the order of the text, `IMPOSER value`, parted by
`;`; records without a value are left out, so that nothing at all is an empty text. In each construction half of the cases only
look like it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from extractor import Extraction
from extractor.records import TariffRecord
from tests.conftest import ExtractionOf
from tests.linking.test_tariff_constructions import CONTEXT, gap

PUBLISHED = "2025-03-05"
Table = dict[str, list[tuple[str, str]]]

REASONS: Table = {
    "preposition": [
        ("Colombia put a 14% duty on Peruvian sugar over drug smuggling.", "CO drugs"),
        ("The United States slapped a 30% tariff on goods from Honduras for failing to halt illegal migration.", "US migration"),
        ("Kenya has a 16% levy on Ugandan milk because of its trade deficit with Uganda.", "KE trade_deficit_reciprocity"),
        ("On national security grounds, Japan imposed a 12% tariff on Chinese drones.", "JP national_security"),
        ("In the name of food self-sufficiency, Ghana raised its duty on Thai rice to 30%.", "GH protect_industry_jobs"),
        ("Colombia put a 14% duty on Peruvian sugar despite a row over drug smuggling.", ""),
        ("Japan imposed a 12% tariff on Chinese drones, not on grounds of national security.", ""),
        ("Kenya has a 16% levy on Ugandan milk. Its trade deficit with Uganda fell.", ""),
        ("Police spoke of drug smuggling as Colombia's 14% duty on Peruvian sugar took effect.", ""),
        ("Japan imposed a 12% tariff on drones for buyers who care about human rights.", ""),
    ],
    "participle": [
        ("Norway put a 9% duty on Russian timber, citing human rights.", "NO foreign_policy"),
        ("Accusing Vietnam of dumping, India imposed a 22% tariff on Vietnamese steel.", "IN unfair_practices"),
        ("Brazil raised its tariff on Chinese buses to 35%, saying domestic producers needed shelter.", "BR protect_industry_jobs"),
        ("The EU set a 17% duty on Chinese pans, aimed at offsetting state subsidies.", "EU unfair_practices"),
        ("Norway put a 9% duty on Russian timber, ignoring human rights groups.", ""),
        ("Critics citing human rights praised a bishop when Norway put a 9% duty on Russian timber.", ""),
        ("Vietnam, accused of dumping by Malaysia, put a 5% tariff on Lao rubber.", ""),
        ("The EU set a 17% duty on Chinese pans. A book citing state subsidies was out.", ""),
    ],
    "purpose": [
        ("Egypt cut its tariff on Indian wheat to 2% to curb inflation.", "EG consumer_price_relief"),
        ("To protect domestic growers, Chile raised its duty on Peruvian grapes to 11%.", "CL protect_industry_jobs"),
        ("Pakistan imposed a 45% duty on Japanese cars in an effort to conserve foreign exchange.", "PK balance_of_payments"),
        ("The tariff of 25% on Mexican goods is meant to stop fentanyl, the United States said.", "US drugs"),
        ("Turkey put a 20% levy on Iranian nuts as a bargaining chip.", "TR negotiation_leverage"),
        ("Egypt failed to curb inflation after it cut its tariff on Indian wheat to 2%.", ""),
        ("Chile raised its duty on Peruvian grapes to 11%. Growers met to protect domestic water supplies.", ""),
        ("Pakistan imposed a 45% duty on Japanese cars, not to raise revenue.", ""),
        ("Turkey put a 20% levy on Iranian nuts and agreed to talk about human rights.", ""),
    ],
    "retaliation": [
        ("China slapped retaliatory tariffs of 15% on American coal.", "CN retaliation"),
        ("Mexico hit back with a 20% duty on American pork.", "MX retaliation"),
        ("In response to India's 20% duty on Nepalese tea, Nepal imposed a 30% duty on Indian spices.", "NP retaliation"),
        ("Canada put a 25% tariff on American wine in retaliation for U.S. duties.", "CA retaliation"),
        ("In response to a question, Nepal's minister said a 30% duty on Indian spices began on Monday.", ""),
        ("Mexico will not retaliate with a 20% duty on American pork.", ""),
        ("Canada said it would retaliate against the 25% U.S. tariff on Canadian steel.", ""),
        ("Songs that hit back at critics rang out after Mexico put a 20% duty on American pork.", ""),
        ("Washington will raise its tariff on Chinese goods to 50% unless Beijing drops its 34% retaliatory tariff on American goods.",
         "CN retaliation"),
    ],
    "before the noun": [
        ("The United States will charge a reciprocal tariff of 24% on Japanese goods.", "US trade_deficit_reciprocity"),
        ("Trump's national security tariffs of 25% on Canadian steel hurt mills.", "US national_security"),
        ("The United States put a fentanyl tariff of 20% on Chinese goods.", "US drugs"),
        ("Reciprocal visits were planned after Japan put a 24% tariff on Thai goods.", ""),
        ("Trump's national security adviser spoke of the 25% U.S. tariff on Canadian steel.", ""),
        ("Fentanyl sellers were tried in Ohio. The United States put a tariff of 20% on Chinese goods.", ""),
    ],
    "later sentence": [
        ("Brazil will put a 14% duty on Chinese tyres. The move is aimed at protecting local manufacturers.", "BR protect_industry_jobs"),
        ("India imposed a 20% tariff on Turkish marble. The measure is intended to punish dumping, officials said.", "IN unfair_practices"),
        ("The United States put a 25% tariff on Mexican goods. Washington cited the flow of drugs.", "US drugs"),
        ("Ghana cut its duty on Thai rice to 5%. The step is meant to bring down prices.", "GH consumer_price_relief"),
        ("Brazil will put a 14% duty on Chinese tyres. The museum is aimed at protecting local manufacturers of kites.", ""),
        ("India imposed a 20% tariff on Turkish marble. The measure is not intended to punish dumping, officials said.", ""),
        ("The United States put a 25% tariff on Mexican goods. Mexican police cited the flow of drugs.", ""),
        ("Ghana cut its duty on Thai rice to 5%. Farmers asked the state to bring down prices of seeds.", ""),
    ],
    "what would turn it away": [
        ("Trump threatened Mexico with a 30% tariff unless it stops illegal migration.", "US migration"),
        ("The United States will put a 25% tariff on Canadian goods until the flow of drugs stops.", "US drugs"),
        ("Norway would put a 9% duty on Russian timber if human rights were not respected.", "NO foreign_policy"),
        ("Trump threatened Mexico with a 30% tariff. Unless it rains, migrants will walk north.", ""),
        ("The United States will put a 25% tariff on Canadian goods until July 1. The flow of drugs is another matter.", ""),
        ("Norway would put a 9% duty on Russian timber if talks failed.", ""),
    ],
}  # fmt: skip

CONDITIONS: Table = {
    "clause": [
        ("Kenya would impose a 20% tariff on Ugandan milk if talks failed.", "KE if: talks failed"),
        ("Unless Oslo opens its ports, Sweden will put a 7% duty on Norwegian salmon.", "SE unless: Oslo opens its ports"),
        ("Peru's 8% tariff on Chilean wine will stay in force until Chile lifts its ban.", "PE until: Chile lifts its ban"),
        ("India will cut its 20% tariff on Nepalese tea, provided that Nepal does the same.", "IN if: Nepal does the same"),
        ("Sweden put a 7% duty on Norwegian salmon, even if Oslo protests.", ""),
        ("Asked if it would rain, Kenya's minister said a 20% tariff on Ugandan milk was due in May.", ""),
        ("Peru put an 8% tariff on Chilean wine. Ships wait until the fog lifts.", ""),
        ("Shops will close if sales fall, but India's 20% tariff on Nepalese tea stays in force.", ""),
        ("Manganese ore, until now exempt from any charge, will pay Peru's 8% tariff on Chilean goods.", ""),
    ],
    "inversion": [
        ("Should talks fail, Brazil will put a 14% duty on Chinese tyres.", "BR if: talks fail"),
        ("Brazil will put a 14% duty on Chinese tyres should talks fail.", "BR if: talks fail"),
        ("Brazil should put a 14% duty on Chinese tyres, a minister said.", ""),
        ("Talks should fail, said a poet, the day Brazil put a 14% duty on Chinese tyres.", ""),
    ],
    "phrase": [
        ("Without a deal, the United States will put a 20% tariff on Vietnamese goods.", "US unless: a deal"),
        ("India has suspended its 20% tariff on Nepalese tea pending a review.", "IN until: a review"),
        ("Kenya will keep its 16% duty on Ugandan maize until further notice.", "KE until: further notice"),
        ("Without warning, the United States put a 20% tariff on Vietnamese goods.", ""),
        ("India's 20% tariff on Nepalese tea runs until July 9.", ""),
        ("Kenya's 16% duty on Ugandan maize, pending since May, began on Monday.", ""),
        ("In the absence of a deal, Japan will put a 12% duty on Korean laver.", "JP unless: a deal"),
        ("In the absence of the premier, Japan put a 12% duty on Korean laver.", ""),
        ("With or without a deal, the United States will put a 20% tariff on Vietnamese goods.", ""),
    ],
}  # fmt: skip

EXEMPTIONS: Table = {
    "exception": [
        ("The U.S. put a 25% tariff on Canadian goods except potash.", "US potash"),
        ("Chile put a 6% tariff on Peruvian goods other than copper and zinc.", "CL copper and zinc"),
        ("The U.S. put a 10% tariff on all imports, excluding those from Canada and Mexico.", "US CA,MX"),
        ("India put a 15% duty on steel from every country with the exception of Nepal.", "IN NP"),
        ("The U.S. put a 25% tariff on Canadian goods, including potash.", ""),
        ("Except for a short break, talks went on after Chile put a 6% tariff on Peruvian goods.", ""),
        ("Chile put a 6% tariff on Peruvian goods. No other country did so.", ""),
        ("Chile cut its tariff on Peruvian goods to 6%, which will save Chilean firms $3 million.", ""),
        ("India put a 15% duty on steel from Nepal. Everyone except the minister left.", ""),
    ],
    "predicate": [
        ("The U.S. put a 25% tariff on Mexican goods. USMCA-compliant goods are exempt.", "US USMCA-compliant goods"),
        ("Japan imposed an 8% tariff on Australian meat. Lamb will be spared.", "JP Lamb"),
        ("Brazil put a 10% tariff on all imports. Chile and Peru were excluded from the levy.", "BR CL,PE"),
        ("The order exempts medicines from the 20% U.S. tariff on Swiss goods.", "US medicines"),
        ("Kenya's 16% duty on Ugandan farm goods does not apply to coffee.", "KE coffee"),
        ("The U.S. put a 25% tariff on Mexican goods. Women were excluded from the meeting.", ""),
        ("Japan imposed an 8% tariff on Australian meat. Lamb could be spared.", ""),
        ("Brazil put a 10% tariff on all imports. Chile asked to be exempt.", ""),
        ("Kenya's 16% duty on Ugandan farm goods applies to maize.", ""),
        ("Kenya put a 16% duty on Ugandan farm goods. Maize is no longer exempt from the duty.", ""),
    ],
    "noun": [
        ("Japan imposed an 8% tariff on Australian beef, with a carve-out for organic cuts.", "JP organic cuts"),
        ("Kenya put a 16% duty on Ugandan farm goods. It contains an exemption for seeds.", "KE seeds"),
        ("Turkey's 18% tariff on Egyptian cloth includes an exclusion for uniforms.", "TR uniforms"),
        ("The U.S. granted exclusions for medical gloves from its 25% tariff on Chinese goods.", "US medical gloves"),
        ("The U.S. rejected exclusions for medical gloves from its 25% tariff on Chinese goods.", ""),
        ("Japan imposed an 8% tariff on Australian beef. Ranchers sought a carve-out for organic cuts.", ""),
        ("Kenya put a 16% duty on Ugandan farm goods. There are no exemptions for seeds.", ""),
        ("Turkey's 18% tariff on Egyptian cloth took effect. A tax exemption for churches was debated.", ""),
    ],
}  # fmt: skip

ENDS: Table = {
    "length": [
        ("India imposed a 12% duty on Chinese steel on March 1 for 200 days.", "IN P200D 2025-09-17"),
        ("India will impose a 12% duty on Chinese steel from April 1 for the next two years.", "IN P2Y 2027-04-01"),
        ("The EU imposed a 10% duty on Chinese bikes in January 2024 and it will run for five years.", "EU P5Y 2029-01"),
        ("Peru imposed a 12% duty on Chinese steel in 2023 for a period of four years.", "PE P4Y 2027"),
        ("India will impose a 12% duty on Chinese steel from April 1 for at least three years.", "IN P3Y -"),
        ("India renewed its 12% duty on Chinese steel, in place since 2015, for five years.", "IN P5Y -"),
        ("India will impose a 12% duty on Chinese steel for two years.", "IN P2Y -"),
        ("India will charge a 12% duty on Chinese steel from April 1 for the first two years.", ""),
        ("India has charged a 12% duty on Chinese steel since May 2020 and will keep it for another five years.", "IN P5Y -"),
        ("India will phase out its 12% duty on Chinese steel over the next two years.", ""),
        ("India imposed a 12% duty on Chinese steel after talks that lasted for 90 days.", ""),
        ("India imposed a 12% duty on Chinese steel. A strike went on for 90 days.", ""),
    ],
    "pause": [
        ("The United States on Tuesday paused an 18% tariff on furniture from Vietnam for 90 days.", "US P90D 2025-06-02"),
        ("The United States paused an 18% tariff on furniture from Vietnam. The pause runs until April 9.", "US - 2025-04-09"),
        ("Japan suspended its 7% duty on Thai sugar on March 3 for six months.", "JP P6M 2025-09-03"),
        ("The United States has paused an 18% tariff on furniture from Vietnam for 90 days.", "US P90D -"),
        ("The United States paused an 18% tariff on furniture from Vietnam. The talks run until April 9.", ""),
        ("Japan suspended its 7% duty on Thai sugar. The delay of his train ended on March 9.", ""),
    ],
    "expiry": [
        ("India's 12% duty on Chinese steel expires on June 30.", "IN - 2025-06-30"),
        ("Kenya's 16% duty on Ugandan milk will lapse in May 2026.", "KE - 2026-05"),
        ("India's 12% duty on Chinese steel stays until March 2027.", "IN - 2027-03"),
        ("India's 12% duty on Chinese steel began on March 1. The minister's term expires on June 30.", ""),
        ("Kenya's 16% duty on Ugandan milk will start in May 2026.", ""),
        ("Shops sell until June 30 what paid India's 12% duty on Chinese steel.", ""),
    ],
}  # fmt: skip

RELATIONS: Table = {
    "retaliation": [
        ("China put a 15% tariff on American coal in retaliation for a 10% U.S. levy on Chinese goods.", "CN retaliates_against US"),
        ("The U.S. put a 25% tariff on Canadian steel. Canada hit back with a 20% tariff on American wine.", "CA retaliates_against US"),
        ("The U.S. put a 25% tariff on Canadian steel. Canada imposed retaliatory duties of 20% on American wine.",
         "CA retaliates_against US"),
        ("Turkey put a 9% duty on Greek olives. Greece retaliated by putting a 12% tariff on Turkish figs.", "GR retaliates_against TR"),
        ("The U.S. put a 25% tariff on Canadian steel. Canada imposed counter-tariffs of 20% on American wine.", "CA retaliates_against US"),
        ("In a tit-for-tat move, Turkey put a 12% duty on Greek olives after Greece put a 12% duty on Turkish figs.",
         "TR retaliates_against GR"),
        ("The U.S. put a 25% tariff on Canadian steel. Canada put a 20% tariff on American wine.", ""),
        ("The U.S. put a 25% tariff on Canadian steel. Canada will not retaliate with a 20% tariff on American wine.", ""),
        ("The U.S. put a 25% tariff on Canadian steel. China imposed a retaliatory duty of 8% on Australian barley.", ""),
        ("Canada said it would retaliate against the 25% U.S. tariff on Canadian steel.", ""),
        ("China's retaliation was swift, it put a 15% tariff on American coal.", ""),
    ],
    "response": [
        ("In response to India's 20% duty on Nepalese tea, Nepal imposed a 30% duty on Indian spices.", "NP responds_to IN"),
        ("Canada answered the U.S. tariff of 25% with a 20% tariff on American steel.", "CA responds_to US"),
        ("India put a 20% duty on Nepalese tea. Nepal responded with a 30% duty on Indian spices.", "NP responds_to IN"),
        ("India put a 20% duty on Nepalese tea. Nepal, responding to a letter, put a 30% duty on Thai spices.", ""),
        ("Nepal put a 30% duty on Indian spices. India put a 20% duty on Nepalese tea in response to floods.", ""),
        ("A firm responded to a survey. India put a 20% duty on Nepalese tea, Nepal a 30% duty on Indian spices.", ""),
    ],
    "match": [
        ("Vietnam will mirror Thailand's 20% tariff on Chinese tyres, Hanoi said.", "VN matches TH"),
        ("Kenya will match Uganda's 12% duty on Indian sugar.", "KE matches UG"),
        ("The colours match, said Vietnam, which put a 20% tariff on Chinese tyres. Thailand has a 20% tariff on Chinese tyres.", ""),
        ("Kenya lost the match in Kampala. Uganda has a 12% duty on Indian sugar and Kenya a 12% duty on Indian tea.", ""),
    ],
    "replacement": [
        ("Turkey's 18% tariff on Egyptian cotton replaces a 10% tariff on Egyptian cotton.", "TR replaces TR"),
        ("Turkey will charge an 18% tariff on Egyptian yarn in place of its 10% tariff on Egyptian cotton.", "TR replaces TR"),
        ("Turkey's 18% tariff on Egyptian cotton comes beside a 10% tariff on Egyptian cotton.", ""),
        ("A robot replaces clerks who collect Turkey's 18% tariff on Egyptian cotton and its 10% tariff on Egyptian yarn.", ""),
    ],
}  # fmt: skip

AUTHORS: Table = {
    "announced": [
        ("India will put a 12% duty on Chinese steel, Trade Minister Asha Rao said on Monday.", "IN Asha Rao"),
        ("Trade Minister Asha Rao announced on Monday that India would put a 12% duty on Chinese steel.", "IN Asha Rao"),
        ("The Commerce Department said a 12% U.S. duty on Chinese steel would start in May.", "US Commerce Department"),
        ("India put a 12% duty on Chinese steel. Trade Minister Asha Rao opened a fair.", ""),
        ("China's Commerce Ministry condemned India's 12% duty on Chinese steel.", ""),
        ("India put a 12% duty on Chinese steel. Trade Minister Asha Rao said harvests were good.", ""),
    ],
    "imposed by name": [
        ("The Commerce Department imposed a 12% duty on Chinese steel.", "US Commerce Department"),
        ("Donald Trump imposed a 20% tariff on Vietnamese furniture.", "US Donald Trump"),
        ("Washington imposed a 20% tariff on Vietnamese furniture.", ""),
        ("A U.S. appeals court upheld a 20% tariff on Vietnamese furniture.", ""),
        ("The United States imposed a 20% tariff on Vietnamese furniture. The Commerce Department has 40 offices.", ""),
    ],
    "told by one alone": [
        ('"Peru has a 9% tariff on Chilean wine," said the economist Rosa Diaz.', "PE Rosa Diaz"),
        ("Peru has a 9% tariff on Chilean wine. The economist Rosa Diaz has a dog.", ""),
        ("Peru has a 9% tariff on Chilean wine. \"Peru's 9% tariff on Chilean wine is mad,\" said the economist Rosa Diaz.", ""),
    ],
}  # fmt: skip

KNOWN_GAPS: dict[str, dict[str, list[int]]] = {}
"""Field -> construction -> the cases, counted from 1, that the rules do not get right yet."""


def _reasons(record: TariffRecord, _: Extraction) -> str:
    return ",".join(sorted(reason.code for reason in record.rationale))


def _condition(record: TariffRecord, _: Extraction) -> str:
    return f"{record.condition.kind}: {record.condition.text}" if record.condition else ""


def _exemptions(record: TariffRecord, _: Extraction) -> str:
    return ",".join(exemption.code or exemption.text for exemption in record.exemptions)


def _ends(record: TariffRecord, _: Extraction) -> str:
    if record.duration is None and record.end is None:
        return ""
    return f"{record.duration.iso if record.duration else '-'} {record.end.edtf if record.end else '-'}"


def _relations(record: TariffRecord, extraction: Extraction) -> str:
    imposers = {r.id: r.imposer.code if r.imposer else "?" for r in extraction.tariffs}
    return ",".join(f"{relation.type} {imposers[relation.tariff]}" for relation in record.relations)


def _author(record: TariffRecord, extraction: Extraction) -> str:
    return next((entity.name for entity in extraction.entities if entity.id == record.attributed_to), "")


FIELDS: dict[str, tuple[Table, Callable[[TariffRecord, Extraction], str]]] = {
    "rationale": (REASONS, _reasons),
    "condition": (CONDITIONS, _condition),
    "exemptions": (EXEMPTIONS, _exemptions),
    "end": (ENDS, _ends),
    "relations": (RELATIONS, _relations),
    "attributed_to": (AUTHORS, _author),
}
PROOF = {"rationale", "condition", "exemptions", "relations", "attributed_to"}


def cases() -> Iterator[object]:
    for field, (table, _) in FIELDS.items():
        for construction, rows in table.items():
            gaps = KNOWN_GAPS.get(field, {}).get(construction, [])
            for number, (text, expected) in enumerate(rows, 1):
                name = f"{field}: {construction} {number}"
                if number in gaps:
                    yield pytest.param(
                        *gap(field, text, expected, reason=construction).values, id=name, marks=gap(reason="").marks
                    )
                else:
                    yield pytest.param(field, text, expected, id=name)


@pytest.mark.parametrize(("field", "text", "expected"), cases())
def test_field(extraction_of: ExtractionOf, field: str, text: str, expected: str) -> None:
    extraction = extraction_of(f"{text} {CONTEXT}", PUBLISHED)
    write = FIELDS[field][1]
    found = [(record, write(record, extraction)) for record in extraction.tariffs]
    assert "; ".join(f"{r.imposer.code if r.imposer else '?'} {value}" for r, value in found if value) == expected
    for record, value in found:
        assert TariffRecord.model_validate(record.model_dump()) == record
        if value and field in PROOF:
            assert record.evidence[field], "a value without evidence"
