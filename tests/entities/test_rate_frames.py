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


NEWSWIRE: list[tuple[str, list[float]]] = [
    ("Tariffs on Chilean cars, now at 2.5%, would rise to 25%.", [2.5, 25]),
    ("The duties, ranging from 7.8% to 35.3%, come on top of the standard 10% rate.", [7.8, 10, 35.3]),
    ("BYD faces an additional duty of 17.0%, Geely 18.8% and SAIC 35.3%.", [17, 18.8, 35.3]),
    (
        "Tesla will pay 7.8 percent, while cooperating firms will be charged 20.7 percent and all others 35.3 percent.",
        [7.8, 20.7, 35.3],
    ),
    ("Washington has threatened a 200% tariff on French wine.", [200]),
    ("The president said chips would be hit with a rate of roughly 100%.", [100]),
    ("Goods from Lesotho were originally set to face a 50 per cent levy before it was reduced to 15 per cent.", [15, 50]),
    ("The EU's tariff on American cars is 10%, four times the 2.5% that America charges.", [2.5, 10]),
    ("China will lift its retaliatory duty on beef to 34%, from 22%.", [22, 34]),
    ("Under the deal, levies on Swiss goods drop to 15% from 39%.", [15, 39]),
    ("Canada's counter-duties of 25% apply to C$30bn of goods.", [25]),
    ("The bound rate is 40 percent but the applied rate only 12 percent.", [12, 40]),
    ("Customs duty on gold was cut to 6% from 15%, while that on platinum was lowered to 6.4%.", [6, 6.4, 15]),
    ("Basic customs duty on mobile phones has been reduced to 15 per cent from 20 per cent.", [15, 20]),
    ("The safeguard duty of 12% will fall to 11.5% in the second year and 11% in the third.", [11, 11.5, 12]),
    ("It proposed preliminary anti-dumping duties of 63.4% on Ningbo Tools and 88.6% on other exporters.", [63.4, 88.6]),
    ("Section 232 tariffs were doubled to 50 percent in June.", [50]),
    ("A 10% universal tariff and a 60% tariff on China were campaign pledges.", [10, 60]),
    ("The country's applied most-favoured-nation tariff is 7.5 per cent.", [7.5]),
    ("Britain escaped with 10%, and Japan with 24%.", [10, 24]),
    ("Vietnam got 46%, Cambodia 49% and Laos 48%.", [46, 48, 49]),
    ("Brazil's tax on ethanol imports is 18%.", [18]),
    ("Argentina cut the export tax on soybeans to 26 pct from 33 pct, corn to 9.5 pct from 12 pct.", [9.5, 12, 26, 33]),
    ("Wheat and barley fall to 7.5 percent.", [7.5]),
    ("The Mexican senate approved duties of 5 to 50 percent on 1,400 products.", [5, 50]),
    ("Most items will carry 35 percent; cars, at 50 percent, get the highest.", [35, 50]),
    ("Duties will go up in three steps, to 5 percent in May, 10 percent in July and 15 percent in October.", [5, 10, 15]),
    ("Instead of 25 per cent, Korean cars are now charged 15 per cent.", [15, 25]),
    ('"If they charge us 50, we charge them 50," he said, floating a 50 per cent levy.', [50]),
    ("The ministry had earlier floated 30%.", [30]),
    ("Japan's 700 percent tariff on rice is a myth, officials say.", [700]),
    ("Beer was spared, but wine was lumped in at 20 percent.", [20]),
    ("Tariff: 25 percent on autos from August 1.", [25]),
    ("Solar panels: 50% (was 25%). Syringes: 100% (was zero).", [0, 25, 50, 100]),
    ("The reciprocal rate for Taiwan is 20 percent, for Thailand 19 percent.", [19, 20]),
    ("Mr Lee welcomed a cap of 15% on drugs and chips.", [15]),
    ("Retaliatory duties of as much as 30 pct on pasta were published.", [30]),
]
"""Sentences as news writes them, and the numbers that are rates."""
BESIDE_TARIFFS = [
    "The tariffs cover 17 percent of China's exports.",
    "Tariffs would add 0.4 percentage point to inflation.",
    "Economists say the tariffs will shave 0.5 percentage points off growth.",
    "The tariff news pushed the peso down 1.8 percent.",
    "The stock fell 6%, its worst day since the tariffs were announced.",
    "Import duties account for about 12 percent of government revenue.",
    "The average tariff on farm goods is 15.7 percent.",
    "The trade-weighted tariff has climbed to 18.2 percent.",
    "America's effective tariff rate has risen to 17.9%, the highest since 1934.",
    "About 85% of Canadian trade is exempt from the duties.",
    "Around 90 per cent of the tariff is paid by American firms.",
    "Tariff revenue jumped 300 percent to $29 billion in July.",
    "Customs revenue grew 12 percent on the new duties.",
    "Polymarket traders see a 40% chance that the tariffs stay.",
    "Tariffs have cut steel imports by 27%.",
    "He said the duties had raised costs by 15 to 20 percent.",
    "Exporters will absorb about 20 per cent of the tariff cost.",
    "The duty helped local mills raise output by 8 percent.",
    "The tariffs would lead to a 3 percent drop in exports, the ministry said.",
    "A goods and services tax of 18% applies on top of customs duty.",
    "The company expects tariffs to trim its margin by 1.5 percentage points.",
    "The IMF cut its forecast for growth to 2.8% because of the tariffs.",
    "With the tariffs in place, imports fell 20% in May from April.",
    "Chilean copper makes up 65% of what is subject to the tariff.",
    "Steel prices have risen 40 percent since the duties were imposed.",
    "Duties or not, he said, 30 percent of his orders are gone.",
    "The tariff is unpopular: 61 percent disapprove.",
    "Peru sends 25% of its grapes to Chile, which threatens tariffs.",
    "Peru's exports, 30% of which go to Chile, are subject to duties.",
    "Import duties were paid on only 4 percent of parcels.",
    "The fund cut its stake in the tariff-hit mill to 5 percent.",
    "The yuan's 3 percent slide offsets part of the tariff.",
    "Car sales surged 11 percent as buyers rushed to beat the tariffs.",
    "Wholesale prices are up 0.9 percent, a sign that tariffs bite.",
    "To be exempt from tariffs, 75 percent of a car must be made in the region.",
    "The mill runs at 60 percent of capacity despite the duty.",
    "The duty will be refunded if exports exceed 50 percent of sales.",
    "Chile takes 40 percent of Peru's avocados and could face tariffs.",
    "The bank left its rate at 4.25%, citing tariffs.",
    "Excise duty on beer was raised by 5 percent.",
    "Corporate tax at 25 percent is not affected by the tariffs.",
    "Two-year yields rose to 3.9 percent after the tariff news.",
    "Analysts put the hit from tariffs at 0.6% of output.",
    "Tariffs on 97 percent of goods will go.",
    "Duties on about 90% of tariff lines will be scrapped.",
    "The pact removes duties on 98 percent of exports.",
    "The deal eliminates tariffs on more than 90 per cent of goods traded.",
    "Firms plan to pass on 70% of the duties to customers.",
    "Some 55 percent said tariffs had hurt them.",
    "Import duties raised the price of a washer by 20 percent.",
]
"""Percentages beside a tariff word that are no rate."""


@pytest.mark.parametrize(("text", "numbers"), NEWSWIRE)
def test_newswire(doc_of: DocOf, text: str, numbers: list[float]) -> None:
    values = [m.value for m in mentions(doc_of(OPENING + text), EntityType.RATE)]
    found = {x for v in values if isinstance(v, Rate) for x in (v.percent, v.percent_high) if x is not None}
    assert sorted(found) == numbers


@pytest.mark.parametrize("text", BESIDE_TARIFFS)
def test_beside_tariffs(doc_of: DocOf, text: str) -> None:
    doc = doc_of(OPENING + text)
    assert [m.entity for m in mentions(doc, EntityType.RATE)] == []
    assert any(r.start >= len(OPENING) for r in doc._.rejected)


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
        "Garlic at $1.50 a kilo is dear.",
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
