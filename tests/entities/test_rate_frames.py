"""Percentages in sentences that name no measure: rates by their frame, and statistics that look alike."""

from __future__ import annotations

import pytest

from extractor.entities.mention import mentions
from extractor.records import EntityType, Rate
from tests.conftest import DocOf

OPENING = "Peru raised its import duties on Monday, its trade ministry told exporters.\n\n"
"""A measure that the sentence after it goes on about."""

RATES: list[tuple[str, list[str]]] = [
    # charging, paying, facing
    ("Copper wire will be charged 25 pct from Wednesday.", ["25%"]),
    ("Bicycles would be charged 10 percent, while skates would be left alone.", ["10%"]),
    ("Manganese ore will be taxed at 10%.", ["10%"]),
    ("Frozen squid is assessed at 14 per cent.", ["14%"]),
    ("Pencils from Brazil will be held to 15%.", ["15%"]),
    ("Steel, glass and cars pay 25 per cent.", ["25%"]),
    ("Bolivian firms will pay from 4.1% to 9.75%.", ["4.1%", "9.75%"]),
    ("Leather and soles still pay between 5% and 15%.", ["5%-15%"]),
    ("Mill owners have paid up to 15% since 2010.", ["15%"]),
    ("Tyres paid 35% until last month and now pay 16%.", ["35%", "16%"]),
    ("Lipstick faces 30 percent.", ["30%"]),
    ("Exports of raw hides will attract 15pc.", ["15%"]),
    ("As per the notice, 25pc will be charged on perfume, 15pc on tiles and 5pc on dog food.", ["25%", "15%", "5%"]),
    ("Lima is charging 30% on Chilean shrimp.", ["30%"]),
    ("Chile was hit with 26%.", ["26%"]),
    ("Chilean grapes were slapped with 40 per cent.", ["40%"]),
    ("Everything else is subject to 10 percent.", ["10%"]),
    ("Growers pay 20 pct, against 15 pct until July.", ["20%", "15%"]),
    ("Canada has taken 30% on shipments of logs since 2011.", ["30%"]),
    # on goods and partners
    ("Chile put 25% on Peruvian-made boats last June.", ["25%"]),
    ("Chile added 10% to Peruvian tackle last July.", ["10%"]),
    ("Lima wants 12 percent on toasters and 8 percent on kettles.", ["12%", "8%"]),
    ("The department is also tacking on as much as 9.9% to offset the aid.", ["9.9%"]),
    ("It means 50% on pumps and 25% on pipes.", ["50%", "25%"]),
    # raising, cutting, standing at
    ("The rate goes to 50 pct in May.", ["50%"]),
    ("The rate was cut to 12 percent in 2003.", ["12%"]),
    ("A second step in July would bring it to 50 percent.", ["50%"]),
    ("Imported furniture moves to 35 per cent.", ["35%"]),
    ("The decree puts chilled beef back up to 50 percent from 38.5 percent.", ["50%", "38.5%"]),
    ("The minister left old clothes where they were, at 35 per cent.", ["35%"]),
    ("Walnuts are down for 20 percent.", ["20%"]),
    ("Then came an extra 10%.", ["10%"]),
    ("In May the extra became 25%.", ["25%"]),
    ("That lifts the total to 45%.", ["45%"]),
    ("The increase, from 5 percent, was agreed late on Sunday.", ["5%"]),
    ("The levels stand at 13.1% to 36.1%.", ["13.1%-36.1%"]),
    ("Hot-rolled coil would go from 9 to 14 per cent.", ["9%", "14%"]),
    ("It now stands at 22 percent.", ["22%"]),
    ("They were set at 8 percent in 1994.", ["8%"]),
    ("The new rates range from 6% to 33%.", ["6%-33%"]),
    # rates and their nouns
    ("Swiss makers live with a 39% rate.", ["39%"]),
    ("Its 39% rate is the steepest of all.", ["39%"]),
    ("Chile secured a 15% ceiling on most of its goods.", ["15%"]),
    ("Negotiators thought they were about to get a 10% deal.", ["10%"]),
    ("Officials expect a rate of 25 per cent.", ["25%"]),
    ("Two members want a fourth band of 30, 33 or 35 per cent.", ["30%", "33%", "35%"]),
    ("The present general rate is 5.7 percent ad valorem.", ["5.7%"]),
    ("The country-wide rate was set at 88.05% on the facts available.", ["88.05%"]),
    # comparisons with a rate
    ("Copper will pay 25 pct, down from 50 pct.", ["25%", "50%"]),
    ("Cars will pay 35% instead of 15%.", ["35%", "15%"]),
    ("Soap goes to 30%, rather than the 20% that Lima had announced.", ["30%", "20%"]),
    ("Boats pay 50%, double the 25% they have paid since 2018.", ["50%", "25%"]),
    # brackets
    ("Seed will pay 17 pct (now 26 pct) and oil 11 pct (16 pct).", ["17%", "26%", "11%", "16%"]),
    ("Cars will pay 50% (up from 20%).", ["50%", "20%"]),
    # what somebody wants
    ("Tanners had asked for 20pc.", ["20%"]),
    ("Its neighbour had pushed for 20 percent but ran into resistance.", ["20%"]),
    ('"We are asking for 15%, like our neighbours," he said.', ["15%"]),
    ("The mills had insisted on a straight 35% on all flat products.", ["35%"]),
    # lists
    ("The new rates are:\n\n- 45% on walnuts, up from 15%\n- 60% on mopeds\n- 20% on pet food\n", ["45%", "15%", "60%", "20%"]),
    ("The law covers three groups:\n\n• rape seed: 15%\n\n• pine logs: 25%\n\n• flaxseed: 5%\n", ["15%", "25%", "5%"]),
    ("Here is the list:\n\n- Chile (25%)\n- Brazil (10%)\n", ["25%", "10%"]),
    ("The duties shall be:\n\n(a) 24 percent ad valorem in 1999;\n(b) 18 percent ad valorem in 2000.\n", ["24%", "18%"]),
    (
        "The final dumping margins:\n\n- Oman: Gulf Wire, 6.31%; all others, 7.2%\n- Chile: Andes Mesh, 14.22%\n",
        ["6.31%", "7.2%", "14.22%"],
    ),
    ("Dumping margins range from 14.22 to 88.05 percent.", ["14.22%-88.05%"]),
    ("Commerce found a countervailing rate of 3.9% for Chile.", ["3.9%"]),
    # what a rate is taken of
    ("The rate is 14% of the customs value.", ["14%"]),
    ("Dryers will pay 31.2% of the cost, insurance and freight value.", ["31.2%"]),
    # zero and fractions in words
    ("A bill would cut these to zero.", ["0%"]),
    ("The rate, zero since 2015, will go to 9% in May.", ["0%", "9%"]),
    ("Growers asked for the zero rate to be kept.", ["0%"]),
    ("Crockery will come in at nil duty.", ["0%"]),
    ("Kits of parts can be brought in free of duty.", ["0%"]),
    ("A duty-free quota of 3,000 tonnes was agreed.", ["0%"]),
    ("Coconut oil would go out untaxed.", ["0%"]),
    ("Maize enters without paying duty.", ["0%"]),
    ("Lima set a tariff of a fifth on boots.", ["20%"]),
    ("Boots are taxed at a quarter of the customs value.", ["25%"]),
]
STATISTICS = [
    "Exports to Chile rose 5%.",
    "Exports to Chile rose to 5% of the total.",
    "Shares in the toymaker closed 1.3 per cent higher.",
    "The Lima index slid 500 points, or 2 percent.",
    "The Lima index slid 500 points, more than 2 percent, in late trading.",
    "Inflation accelerated to 61.4% in October.",
    "The central bank raised its policy rate to 40%.",
    "The central bank raised its rate to 4%.",
    "The interest rate stands at 6 percent.",
    "Growth slowed to 0.2%, from 0.3% in the second quarter.",
    "A poll found that 47 percent of voters backed the move, against 39 percent who opposed it.",
    "Of the firms asked, 61% reported losses.",
    "Some 72 per cent said they would pay more for local eel.",
    "Chile, which supplies 87% of the batteries, was told beforehand.",
    "Imports from Chile account for 16 percent.",
    "The share of Chilean dryers went from 6% to 19% in two years.",
    "Its market share is expected to rise to 8 percent.",
    "Hot-rolled coil is 19% more expensive in Lima.",
    '"He wants 20 percent off," she said.',
    "Prices of coconuts have risen by 70% since January.",
    "She will raise prices 8% in March.",
    "Retail prices could climb 12% by May.",
    "The plan would take 0.7 per cent off demand.",
    "Capacity utilization fell to 77.3% and 75.3%.",
    "The aluminium capacity utilization rate went from 40% to 61%.",
    "Cars must have 55 per cent local content.",
    "The factory moved 30 percent of its work to Chile.",
    "Households spend 30% on food.",
    "Households ended up covering 60% of the bill.",
    "Unemployment stands at 8.4 percent.",
    "The sol has lost about 40% of its value.",
    "The sol weakened 0.3 percent to 3.7 a dollar.",
    "Profits fell from 9.2% to minus 3.1%.",
    "The trade deficit widened to 4 percent of output.",
    "There is a 70 percent chance of a deal.",
    "Odds of a recession stand at 40%.",
    "The yield on the ten-year bond rose to 4.5%.",
    "The fund holds 12% and its founder 8%.",
    "Analysts had expected 3%.",
    "The economy is likely to expand 2.5 percent.",
    "Economists expect growth of 2.1%.",
    "The company has a margin of 12%.",
    "Wages went up 6 percent.",
    "The discount is 15 percent on Mondays.",
    "Orders from Chile are down 90%.",
    "Rates for a container are up between 30% and 40%.",
    "The survey puts support at 58%.",
    "Turnout was 61%.",
    "Sales in Chile make up 20%.",
    "The ministry expects output to drop by 15%.",
    "Its stake would fall to 25%.",
    "Income tax was cut to 15%.",
    "VAT stays at 18%.",
    "The sales tax rises to 9 percent.",
    "It grew by another 4 percent.",
    "The harvest was 25% below average.",
    "Chile buys 40% and Brazil 10%.",
    "Chile (30%) and Brazil (20%) are the largest buyers.",
    "Shipments to Brazil (up 12%) rose most.",
    "Farm incomes:\n\n- 2019: up 4%\n- 2020: down 9%\n",
    "Stocks of copper stand at 15% of capacity.",
    "The average rate on goods is 4.8%.",
    "Imports of rice will be increased by 75%.",
    "The union wants 7% for its members, up from 5%.",
    "The bank charges 12% on loans.",
    "Lenders charge 12 percent interest.",
    "The idea is a zero-tariff world.",
    "He spoke of zero-for-zero tariffs.",
    "There were zero complaints.",
    "The chance of that is zero.",
    "The duty-free shop at the airport closed.",
    "Parcels under $800 enter duty-free.",
    "A fifth of the crop was lost.",
    "Half of the firms lost money.",
]


@pytest.mark.parametrize(("text", "rates"), RATES)
def test_frames(doc_of: DocOf, text: str, rates: list[str]) -> None:
    assert [m.entity for m in mentions(doc_of(OPENING + text), EntityType.RATE)] == rates


@pytest.mark.parametrize("text", STATISTICS)
def test_statistics(doc_of: DocOf, text: str) -> None:
    doc = doc_of(OPENING + text)
    assert [m.entity for m in mentions(doc, EntityType.RATE)] == []


SPECIFIC = [
    ("Lima put a duty of 25 cents a kilo on garlic.", "specific", 0.25, "USD", "kg", None),
    ("Lima put a 54-cent-a-gallon tariff on ethanol.", "specific", 0.54, "USD", "gal", None),
    ("Lima set a tariff of $1.50 a gallon on rum.", "specific", 1.5, "USD", "gal", None),
    ("The EU set a duty of €95 a tonne on maize.", "specific", 95, "EUR", "t", None),
    ("India put an import duty of Rs 5 per kg on garlic.", "specific", 5, "INR", "kg", None),
    ("Footwear will pay $3.20 a pair.", "specific", 3.2, "USD", "pair", None),
    ("Lima set a tariff of 5% plus $1.20 per kg on boots.", "compound", 1.2, "USD", "kg", 5),
    ("Boots will pay 25 cents a kilo plus 5%.", "compound", 0.25, "USD", "kg", 5),
    ("Boots will pay 10 percent plus $2 a pair.", "compound", 2, "USD", "pair", 10),
]


@pytest.mark.parametrize(("text", "form", "amount", "currency", "per", "percent"), SPECIFIC)
def test_specific(doc_of: DocOf, text: str, form: str, amount: float, currency: str, per: str, percent: float | None) -> None:
    (mention,) = mentions(doc_of(OPENING + text), EntityType.RATE)
    assert isinstance(mention.value, Rate)
    assert mention.value.specific is not None
    found = mention.value.specific
    assert (mention.value.form, found.amount, found.currency, found.per, mention.value.percent) == (
        form,
        amount,
        currency,
        per,
        percent,
    )
    assert mentions(doc_of(OPENING + text), EntityType.MONEY) == []


@pytest.mark.parametrize(
    "text",
    [
        "Garlic sells at $1.50 a kilo.",
        "Copper fetched $9,000 a tonne.",
        "The price of rum is $4 a gallon.",
        "The price rose by 20 cents a pound.",
        "Oil traded at $70 a barrel.",
        "Workers earn $15 an hour.",
        "Lima earned $3 million a year.",
    ],
)
def test_prices_per_unit(doc_of: DocOf, text: str) -> None:
    assert mentions(doc_of(OPENING + text), EntityType.RATE) == []
