"""Tariff records of invented wire stories: every record that a careful reader would file, in the notation of the constructions."""

from __future__ import annotations

import pytest

from tests.conftest import ExtractionOf
from tests.linking.test_tariff_constructions import PUBLISHED, Case, compared, gap, read

TEA = """Kenya to tax Ugandan tea as row deepens

NAIROBI, March 5 (Exporters Wire) - Kenya will impose a 20 percent tariff on tea from Uganda from April 1, its trade minister said on
Wednesday, deepening a row between two of East Africa's biggest exporters.

"Our growers cannot wait any longer," the minister, Ann Otieno, told reporters in Nairobi.

Uganda's government called the tariff unfair and said that it would answer with a 15 percent duty on Kenyan flour.

Kenya sold tea worth $1.4 billion last year, 20 percent of all its exports. Shares in the largest grower rose 6 percent.
"""
METALS = """Peru doubles duty on Chinese steel

LIMA (Exporters Wire) - Peru on Tuesday doubled its tariff on Chinese steel to 30%, three weeks after Chile set a duty of 25% on the same
metal.

The higher rate took effect at midnight. Imports of steel from China had risen by 40% in a year, the ministry said.

Peru has not decided whether to tax Chinese aluminium, too. Analysts at a bank in London give that a 60% chance.
"""
TRUCE = """WELLINGTON - Australia and New Zealand agreed on Monday to suspend tariffs on each other's wine for 90 days.

Australia had imposed a 12% tariff on New Zealand wine in January. New Zealand hit back with a 10% tariff on Australian wine in February.

"This is a pause, not a peace," said Australia's trade minister, Dee Lind.
"""
THREATS = """Washington weighs duties on Swiss watches

WASHINGTON, March 4 (Exporters Wire) - The United States may impose a 31% tariff on watches from Switzerland if talks fail, a U.S. trade
official said on Tuesday.

Swiss exporters already pay a 10% U.S. tariff on all goods. The official declined to say when a decision would come.

Switzerland's economy minister said that Bern had no plans to retaliate. Watch exports to the United States fell 8% in January.
"""
COURT = """Court voids Brazil's levy on Argentine milk

BRASILIA - A Brazilian court on Tuesday struck down a 14% tariff on Argentine milk powder that the government imposed in December.

The judges found that the ministry had no power to set the duty. The government said that it would appeal.

A separate 6% tariff on milk powder from Uruguay remains in force.
"""
PRICES = """Power tariffs to rise in Ghana

ACCRA - Ghana's utilities commission raised electricity tariffs by 14.75% on Monday, the second rise in the tariff this year.

Households will pay the new tariffs from April 1. Exporters said the tariffs would hurt trade with Nigeria and Togo.

Inflation stood at 23% in January. The government has a value-added tax of 15% on electricity.
"""
SCHEDULE = """Turkey sets new farm tariffs

ANKARA - Turkey published new import duties on farm goods on Tuesday. They take effect on April 1.

- Wheat from Ukraine: 130%
- Rice from Thailand: 45%
- Beans from Egypt: 19.3%

The trade ministry said that the duties would stay until October 1.
"""
PROPOSAL = """BRUSSELS - The European Commission on Wednesday proposed a 10% duty on Indian tyres after an anti-dumping inquiry.

Member states will vote on the anti-dumping duty in May. India's exporters shipped tyres worth 900 million euros to the EU last year.

The EU already has duties of up to 85% on tyres from China. Those duties were imposed in 2018.
"""

OWN = """Palm oil duty raised to shield growers

NEW DELHI, March 4 (Exporters Wire) - The government raised the import duty on palm oil to 20% from 10% on Tuesday, a trade ministry
notification said.
"""
BEARERS = """Rice exporters fear the worst

BANGKOK, March 4 (Exporters Wire) - Rice exporters fear a 36% tariff from July 9. The government has asked for more time.
"""

ARTICLES: list[Case] = [
    (OWN, "IN>- 20 goods=palm oil prior=10"),
    (BEARERS, ""),
    (TEA, "KE>UG 20 announced eff=2025-04-01 goods=tea; UG>KE 15 announced eff=- goods=flour"),
    gap(METALS, "PE>CN 30 in_force goods=steel; CL>CN 25 in_force goods=steel", reason="'set a duty of 25% on the same metal'"),
    gap(TRUCE, "AU>NZ 12 paused dur=P90D goods=wine; NZ>AU 10 paused dur=P90D goods=wine", reason="a truce that suspends both sides' duties"),
    (THREATS, "US>CH 31 threatened goods=watches cond=if; US>CH 10 in_force goods=- cond=-"),
    (COURT, "BR>AR 14 struck_down eff=2024-12; BR>UY 6 in_force eff=-"),
    (PRICES, ""),
    gap(SCHEDULE, "TR>UA 130 eff=2025-04-01 end=2025-10-01; TR>TH 45 eff=2025-04-01 end=2025-10-01; TR>EG 19.3 eff=2025-04-01 end=2025-10-01", reason='list items of goods and partner with a colon'),
    gap(PROPOSAL, "EU>IN 10 proposed inst=anti_dumping; EU>CN <=85 in_force inst=import_tariff", reason='the instrument named beside the proposal'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_wire_stories(extraction_of: ExtractionOf, text: str, expected: str) -> None:
    want, got = compared(read(expected), extraction_of(text, PUBLISHED).tariffs)
    assert got == want
