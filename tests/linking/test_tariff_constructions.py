"""Tariff records by construction of English or of trade policy: short articles of 5 March 2025 and the records a careful reader would type.

A record is written `IMPOSER>TARGETS RATE [STATUS] [field=value …]`; records are parted by `;`, nothing at all is no record.

- imposer: a code, `?` for unknown. Targets: codes joined by `,`; `*` all; `*-CA,MX` all except; `-` not stated.
- rate: `25`, `10..41` a range, `<=41` up to, `>=10` at least, `~15` about, `-` unknown.
- fields: act, inst, goods, prior, basis, eff, end, dur, value, law, cond, der (derivation), rel (types of relation), spec (specific duty).

A field that one record of a case names is compared in all of that case, others are not. Within a construction, cases that only look
like it stand beside the real ones. `KNOWN_GAPS` names the cases (counted from 1) that the extractor does not get right yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet

from extractor.records import Rate, TariffRecord
from tests.conftest import ExtractionOf

Case = tuple[object, ...] | str | ParameterSet
PUBLISHED = "2025-03-05"
CONTEXT = "Exporters and importers follow trade closely."
"""Makes each case an article of trade, so that it tests its construction and not the sense of a lone word."""

CASES: dict[str, list[tuple[str, str]]] = {
    "relative rate": [
        ("On Monday Brazil doubled its 10% tariff on Argentine wine.", "BR>AR 20 in_force prior=10 der=doubled"),
        ("Norway halved its 40% duty on Danish cheese on February 1.", "NO>DK 20 in_force prior=40 der=halved"),
        ("Brazil will double its 10% tariff on Argentine wine in June.", "BR>AR 20 announced prior=10 der=doubled"),
        ("India charged 10% on Chinese toys in January. It has now moved to double that tariff to 20%.", "IN>CN 20 prior=10"),
        ("Exports of marble doubled after India imposed a 15% duty on Turkish tiles.", "IN>TR 15 prior=- der=-"),
        ("Japan kept its 5% tariff on Thai rice although sales of the grain had tripled.", "JP>TH 5 in_force prior=- der=-"),
        ("The commerce ministry said India would triple its 12% duty on Malaysian palm oil to 36% from April 15.", "IN>MY 36 announced prior=12 der=-"),
        ("Ecuador's president, who doubled his majority in May, put a 27% tariff on Mexican goods on Saturday.", "EC>MX 27 in_force prior=- der=-"),
    ],
    "stacking": [
        ("The United States put another 10% tariff on Chinese goods, on top of the existing 25%.", "US>CN 10 in_force basis=additional"),
        ("Mexico imposed an additional 15% duty on Vietnamese shoes.", "MX>VN 15 in_force basis=additional"),
        ("Canada announced an extra 5% levy on Japanese cars from May 1.", "CA>JP 5 announced basis=additional eff=2025-05-01"),
        ("Mexico imposed a 15% duty on Vietnamese shoes. An additional 300 inspectors were hired.", "MX>VN 15 in_force basis=-"),
        ("Chile imposed a 12% tariff on Peruvian grapes, on top of what ministers called a hill of red tape.", "CL>PE 12 in_force basis=-"),
        ("Further talks failed, so Kenya imposed a 20% tariff on Ugandan sugar.", "KE>UG 20 in_force basis=-"),
        ("Colombia will levy a further 10 percent on Peruvian textiles on top of the 20 percent tariff they already pay.", "CO>PE 10 announced basis=additional"),
        ("A further 40 ships were held after Colombia put a 10% tariff on Peruvian textiles.", "CO>PE 10 in_force basis=-"),
    ],
    "percentage points": [
        ("Australia raised its tariff on Indian steel by 10 percentage points, to 25%.", "AU>IN 25 in_force act=raise"),
        ("Australia will raise its tariff on Indian steel by 10 percentage points.", "AU>IN 10 announced act=raise basis=percentage_points"),
        ("Korea will lower its duties on American cherries by five percentage points.", "KR>US 5 announced act=lower basis=percentage_points"),
        ("Korea will lower its duties on American cherries to 5 per cent.", "KR>US 5 announced act=lower basis=-"),
        ("Inflation rose by two percentage points after Ghana imposed a 30% tariff on Togolese rice.", "GH>TG 30 in_force act=impose basis=-"),
        ("A poll put the party 12 percentage points ahead of rivals who want tariffs scrapped.", ""),
        ("Thailand trimmed its duty on Lao coffee by 2.5 percentage points, to 7.5 percent, on February 10.", "TH>LA 7.5 in_force act=lower basis=-"),
        ("The Bank of Thailand cut its rate by a quarter of a percentage point as exporters waited for news of tariffs.", ""),
    ],
    "up to and at least": [
        ("India imposed duties of up to 41% on Chinese glass.", "IN>CN <=41 in_force"),
        ("Vietnam faces U.S. tariffs of at least 20%.", "US>VN >=20"),
        ("Canada slapped duties of as much as 60% on Turkish rebar.", "CA>TR <=60 in_force"),
        ("Egypt will impose a tariff of about 15% on Libyan dates.", "EG>LY ~15 announced"),
        ("India imposed duties of 41% on up to 300 Chinese products.", "IN>CN 41 in_force"),
        ("At least 40 firms protested when Canada imposed a 60% duty on Turkish rebar.", "CA>TR 60 in_force"),
        ("South Africa has slapped duties of no less than 37% on frozen chicken from Brazil.", "ZA>BR >=37 in_force"),
        ("Up to 900 jobs may go, the union said, now that South Africa has a 37% duty on frozen chicken from Brazil.", "ZA>BR 37 in_force"),
    ],
    "range or old to new": [
        ("Peru set tariffs of 10% to 41% on Chinese textiles.", "PE>CN 10..41 prior=-"),
        ("Peru raised its tariff on Chinese textiles from 10% to 41%.", "PE>CN 41 in_force prior=10 act=raise"),
        ("Peru cut its tariff on Chinese textiles from 41% to 10% on January 1.", "PE>CN 10 in_force prior=41 act=lower"),
        ("Peru's new tariffs on Chinese textiles range from 10% to 41%.", "PE>CN 10..41 prior=-"),
        ("Switzerland imposed tariffs of between 5% and 12% on Austrian milk.", "CH>AT 5..12 in_force prior=-"),
        ("Peru's tariff on Chinese textiles went to 41% from 10%.", "PE>CN 41 in_force prior=10"),
        ("The duties, which range from 9.5 percent to 27.1 percent, were imposed by Colombia on Turkish steel on Monday.", "CO>TR 9.5..27.1 in_force prior=-"),
        ("Sales fell from 41% to 10% of the total after Peru put a 12% tariff on Chinese textiles.", "PE>CN 12 in_force prior=-"),
    ],
    "matching by reference": [
        ("Canada will match U.S. tariffs dollar for dollar.", "CA>US - announced"),
        ("After the U.S. imposed a 25% tariff on Mexican beer, Mexico imposed the same rate on American whiskey.", "US>MX 25 in_force; MX>US 25 in_force"),
        ("India put a 30% tariff on Chinese steel, and Turkey matched it.", "IN>CN 30; TR>CN 30"),
        ("Canada's players could not match the U.S. team, a day after Ottawa put a 25% tariff on American beer.", "CA>US 25 in_force"),
        ("The match in Lima was off after Peru imposed a 9% tariff on Chilean wine.", "PE>CL 9 in_force"),
        ("Firms must match the documents before paying Peru's 9% tariff on Chilean wine.", "PE>CL 9 in_force"),
        ("Vietnam will mirror Thailand's 20% tariff on Chinese tyres, Hanoi said.", "VN>CN 20 announced; TH>CN 20 in_force"),
        ("The colours of the boxes match, said Vietnam's customs office, which put a 20% tariff on Chinese tyres on Monday.", "VN>CN 20 in_force"),
    ],
    "direction": [
        ("The tariff on Chinese goods is 25%, Washington said.", "US>CN 25 in_force"),
        ("The Chinese tariff on U.S. soybeans is 25%.", "CN>US 25 in_force"),
        ("China faces a 25% tariff from India.", "IN>CN 25"),
        ("Indian exporters now pay a 12% duty in Nepal.", "NP>IN 12 in_force"),
        ("Goods shipped from Kenya to Japan attract a 7% tariff.", "JP>KE 7 in_force"),
        ("Japan's goods are subject to Kenya's 7% tariff.", "KE>JP 7 in_force"),
        ("Kenyan flowers entering Britain have since January faced an 8 percent duty.", "GB>KE 8 in_force eff=2025-01"),
        ("Australian winemakers, hit by a Chinese tariff of 116 percent, have turned to Vietnam.", "CN>AU 116 in_force"),
    ],
    "nested retaliation": [
        ("China imposed a 15% tariff on American coal in retaliation for a 10% U.S. levy on Chinese goods.", "CN>US 15 in_force; US>CN 10 in_force"),
        ("In response to India's 20% duty on Nepalese tea, Nepal imposed a 30% duty on Indian spices.", "IN>NP 20 in_force; NP>IN 30 in_force"),
        ("The U.S. threatened a 50% tariff on Chinese goods unless Beijing withdraws its 34% retaliatory tariff on American goods.", "US>CN 50 threatened; CN>US 34 in_force"),
        ("Canada answered the U.S. tariff of 25% with a 20% tariff on American steel.", "US>CA 25; CA>US 20"),
        ("In response to a question, India's minister said a 20% duty on Nepalese tea took effect on Monday.", "IN>NP 20 in_force"),
        ("Nepal imposed a 30% duty on Indian spices, in retaliation for a border closure.", "NP>IN 30 in_force"),
        ("The EU will put 30% duties on American bourbon in retaliation for Washington's 25% tariff on European steel.", "EU>US 30 announced; US>EU 25 in_force"),
        ("Turkey, angered by a U.S. tariff of 50% on its steel, raised its own duty on American rice to 34% on Friday.", "US>TR 50 in_force; TR>US 34 in_force"),
    ],
    "passive without agent": [
        ("A 25% duty was imposed on steel.", "?>- 25 goods=steel"),
        ("Brazil acted on Monday. A 25% duty was imposed on Chinese steel.", "BR>CN 25 in_force"),
        ("A 14% tariff was imposed on Indian shrimp by Vietnam.", "VN>IN 14 in_force"),
        ("A 14% tariff imposed by Vietnam on Indian shrimp took effect on March 1.", "VN>IN 14 in_force eff=2025-03-01"),
        ("A 30% tariff on Indian shrimp will be imposed in July.", "?>IN 30 announced eff=2025-07"),
        ("Stocks in Japan fell. In Lima, a 12% tariff was placed on Chinese shoes by the Peruvian government.", "PE>CN 12 in_force"),
        ("Nigeria's customs service said that a 15% levy had been placed on cement imported from Benin.", "NG>BJ 15 in_force"),
        ("Benin's cement was loaded by noon; a 15% levy was placed on it by Nigeria.", "NG>BJ 15 in_force"),
    ],
    "metonyms and people": [
        ("Ottawa imposed a 25% tariff on American whiskey.", "CA>US 25 in_force"),
        ("Brussels will put a 10% duty on Chinese vans from April 1.", "EU>CN 10 announced eff=2025-04-01"),
        ("The White House imposed a 12% tariff on Japanese trucks.", "US>JP 12 in_force"),
        ("Trump imposed a 20% tariff on Vietnamese furniture.", "US>VN 20 in_force"),
        ("A bakery in Ottawa pays Japan's 5% tariff on Canadian flour.", "JP>CA 5 in_force"),
        ("Reporters in Brussels asked about India's 18% tariff on Chinese solar glass.", "IN>CN 18 in_force"),
        ("Beijing on Thursday slapped a 34% tariff on American sorghum.", "CN>US 34 in_force"),
        ("Modi's government put a 12% tariff on Korean steel.", "IN>KR 12 in_force"),
    ],
    "averted": [
        ("Mexico reached a deal to avoid 25% U.S. tariffs.", "US>MX 25 rejected"),
        ("Colombia averted a 25% U.S. tariff by accepting the flights.", "US>CO 25 rejected"),
        ("Mexico hopes to avoid a 25% U.S. tariff.", "US>MX 25 threatened"),
        ("India dropped its threat to impose a 40% duty on Nepalese tea.", "IN>NP 40 rejected"),
        ("Mexico could not avoid the 25% tariff that the U.S. imposed on Tuesday.", "US>MX 25 in_force"),
        ("Drivers took a detour to avoid floods, as Mexico's 8% duty on Peruvian coffee took effect.", "MX>PE 8 in_force"),
        ("Swiss negotiators won a reprieve that spares Swiss cheese a 31% U.S. tariff.", "US>CH 31 rejected"),
        ("Switzerland failed to avert a 31% U.S. tariff on its cheese, which took effect on Monday.", "US>CH 31 in_force"),
    ],
    "pause": [
        ("Trump paused the 25% tariffs on Mexico for 30 days.", "US>MX 25 paused dur=P30D"),
        ("India suspended its 15% duty on Australian lentils until June 30.", "IN>AU 15 paused end=2025-06-30"),
        ("Japan delayed a 10% tariff on Thai sugar that was due on March 1.", "JP>TH 10 paused"),
        ("A 90-day pause on the 20% U.S. tariff on Swiss watches began on Monday.", "US>CH 20 paused dur=P90D"),
        ("The minister paused for 30 seconds before he announced a 15% duty on Australian lentils for India.", "IN>AU 15 announced dur=-"),
        ("India ended the suspension of its 15% duty on Australian lentils.", "IN>AU 15 in_force"),
        ("Colombia has put its 10% tariff on Peruvian textiles on hold until May 31.", "CO>PE 10 paused end=2025-05-31"),
        ("After a 90-minute pause in the hearing, Colombia's minister signed a 10% tariff on Peruvian textiles.", "CO>PE 10 dur=-"),
    ],
    "conditional": [
        ("If the EU does not move, the U.S. would impose a 50% tariff on European wine.", "US>EU 50 threatened cond=if"),
        ("Turkey will put a 30% duty on Bulgarian steel unless Sofia reopens the border.", "TR>BG 30 threatened cond=unless"),
        ("Ghana would impose a 20% tariff on Nigerian cement if talks failed, its minister said.", "GH>NG 20 threatened cond=if"),
        ("Asked if rain had delayed his flight, Turkey's trade minister said a 30% duty on Bulgarian steel took effect on March 1.", "TR>BG 30 in_force cond=-"),
        ("Turkey imposed a 30% duty on Bulgarian steel. If it rains, the ceremony moves indoors.", "TR>BG 30 in_force cond=-"),
        ("Shops will close if sales fall, but Ghana's 20% tariff on Nigerian cement is here to stay.", "GH>NG 20 in_force cond=-"),
        ("Unless Hanoi opens its market by April 9, Washington will raise its tariff on Vietnamese shrimp to 46%.", "US>VN 46 threatened cond=unless"),
        ("Whether or not the ship sails, Indonesia's 20% duty on Thai sugar will take effect on April 9.", "ID>TH 20 announced cond=-"),
    ],
    "negation and denial": [
        ("Canada will not impose a 25% tariff on Mexican beer.", "CA>MX 25 rejected"),
        ("Japan ruled out a 10% tariff on Korean ships.", "JP>KR 10 rejected"),
        ("India denied that it plans a 40% tariff on Kenyan tea.", "IN>KE 40 rejected"),
        ("The EU has yet to impose the 25% duty on American bourbon that it announced in February.", "EU>US 25 announced"),
        ("Japan will not lift its 10% tariff on Korean ships.", "JP>KR 10 in_force"),
        ("Japan imposed a 10% tariff on Korean ships, but not on Korean steel.", "JP>KR 10 in_force"),
        ("Jakarta has no plans to impose a 20% duty on Thai sugar, a minister said.", "ID>TH 20 rejected"),
        ("Jakarta did not hesitate to impose a 20% duty on Thai sugar on Monday.", "ID>TH 20 in_force"),
    ],
    "campaign promises": [
        ("On the campaign trail Trump promised a 60% tariff on Chinese goods.", "US>CN 60 threatened"),
        ("The candidate has pledged a 15% tariff on Brazilian beef if elected president of Argentina.", "AR>BR 15 threatened"),
        ("During the campaign Trump had vowed to impose a 20% tariff on all imports.", "US>* 20 threatened"),
        ("After a bitter campaign Argentina imposed a 15% tariff on Brazilian beef.", "AR>BR 15 in_force"),
        ("Trump kept his promise: a 60% tariff on Chinese goods took effect on Saturday.", "US>CN 60 in_force"),
        ("An advertising campaign began as Argentina's 15% tariff on Brazilian beef took effect.", "AR>BR 15 in_force"),
        ("As a candidate in 2016, Trump had talked of a 45% tariff on Chinese imports.", "US>CN 45 threatened"),
        ("Argentina's president, who campaigned against tariffs, cut the duty on Brazilian beef to 4% on Monday.", "AR>BR 4 in_force"),
    ],
    "history": [
        ("The 1930 Smoot-Hawley Act is taught in every school.", ""),
        ("In 2018 the U.S. imposed a 25% tariff on Chinese machinery.", "US>CN 25 in_force eff=2018"),
        ("Tariffs were a popular subject of songs in the 1890s.", ""),
        ("Japan abolished its 30% tariff on Korean seaweed in 2011.", "JP>KR 30 ended end=2011"),
        ("In 2018 the mill opened; on March 1 the U.S. imposed a 25% tariff on Chinese machinery.", "US>CN 25 in_force eff=2025-03-01"),
        ("The old duty of 30% on Korean seaweed, which Japan scrapped in 2011, is remembered fondly.", "JP>KR 30 ended"),
        ("From 2009 to 2012 the United States levied a 35% tariff on Chinese tyres.", "US>CN 35 ended eff=2009 end=2012"),
        ("Historians of the 1890 tariff gathered in Ohio to swap stories.", ""),
    ],
    "statistics": [
        ("The average effective U.S. tariff rate is now 17%.", ""),
        ("Tariffs cover 58% of American imports, a think tank said.", ""),
        ("Shares of the steelmaker fell 3% after Canada imposed a 25% tariff on American steel.", "CA>US 25 in_force"),
        ("Analysts see a 70% chance that Canada imposes a 25% tariff on American steel.", "CA>US 25 threatened"),
        ("Exports to Canada, 20% of the total, face a 25% tariff, the U.S. trade office said.", "CA>US 25"),
        ("Growth slowed to 2% as tariffs hurt trade with China.", ""),
        ("Vietnam sends 30% of its exports to the United States, which put a 46% tariff on Vietnamese goods on Monday.", "US>VN 46 in_force"),
        ("The ministry expects a 46% U.S. tariff on Vietnamese shrimp to cut growth by 1.3% this year.", "US>VN 46"),
    ],
    "other senses of tariff": [
        ("The regulator raised electricity tariffs by 12% for households.", ""),
        ("Mobile operators in Kenya cut call tariffs to 2%.", ""),
        ("The judge set a minimum tariff of 18 years for the murder.", ""),
        ("The feed-in tariff for solar power will fall 8% in Germany.", ""),
        ("Germany imposed a 20% tariff on imported electricity from Norway.", "DE>NO 20 in_force"),
        ("Kenya imposed a 25% import tariff on mobile phones from China.", "KE>CN 25 in_force"),
        ("Uganda's power utility wants a 14 percent increase in the tariff that factories in Kampala pay for electricity.", ""),
        ("The lawyer for the Briton said that his tariff, the minimum prison term, was cut by 10%.", ""),
    ],
    "exemptions and exceptions": [
        ("The U.S. imposed a 10% tariff on all countries except Canada and Mexico.", "US>*-CA,MX 10 in_force"),
        ("India put a 15% duty on steel from every country other than Nepal.", "IN>*-NP 15 in_force"),
        ("Japan exempted Australia from its 8% tariff on beef.", "JP>AU 8 act=exempt"),
        ("All countries, including Canada and Mexico, face a 10% U.S. tariff.", "US>* 10"),
        ("Japan imposed an 8% tariff on Australian beef, except for organic cuts.", "JP>AU 8 in_force"),
        ("Except for a short break, talks went on after Japan imposed an 8% tariff on Australian beef.", "JP>AU 8 in_force"),
        ("Imports from all countries, with the exception of Chile and Peru, will pay a 10% Brazilian tariff from April 5.", "BR>*-CL,PE 10 announced"),
        ("Brazil's 10% tariff on Indian cotton, which does not apply to yarn, took effect on Monday.", "BR>IN 10 in_force"),
    ],
    "distributed lists": [
        ("The U.S. imposed tariffs of 25% on Canada and Mexico and 10% on China.", "US>CA,MX 25 in_force; US>CN 10 in_force"),
        ("India will put a 20% tariff on Chinese steel, a 15% tariff on Korean steel and a 5% tariff on Nepalese steel.", "IN>CN 20 announced; IN>KR 15 announced; IN>NP 5 announced"),
        ("Brazil imposed duties of 30 and 12 per cent on shoes and hats from China respectively.", "BR>CN 30 goods=shoes; BR>CN 12 goods=hats"),
        ("Turkey raised tariffs on cars to 120%, on alcohol to 140% and on tobacco to 60% for American goods.", "TR>US 120 goods=cars; TR>US 140 goods=alcohol; TR>US 60 goods=tobacco"),
        ("The U.S. imposed a 25% tariff on Canada, Mexico and China.", "US>CA,CN,MX 25 in_force"),
        ("India put a 20% tariff on steel, copper and zinc from China.", "IN>CN 20 goods=copper,steel,zinc"),
        ("Washington will charge Vietnam 46%, Thailand 36% and Malaysia 24% under the new tariffs.", "US>VN 46 announced; US>TH 36 announced; US>MY 24 announced"),
        ("Vietnam (46%), Thailand (36%) and Malaysia (24%) all face new U.S. tariffs.", "US>VN 46; US>TH 36; US>MY 24"),
    ],
    "groups and unnamed sets": [
        ("Trump threatened a 100% tariff on BRICS countries.", "US>BRICS 100 threatened"),
        ("China will lift its 12% tariff on fruit from ASEAN members.", "CN>ASEAN 12 act=remove"),
        ("Mexico will put a 35% tariff on goods from countries with which it has no trade deal.", "MX>- 35 announced"),
        ("Dozens of nations face U.S. tariffs of 15%.", "US>- 15"),
        ("At the BRICS meeting, Brazil announced a 9% tariff on Peruvian copper.", "BR>PE 9 announced"),
        ("A spokesman for ASEAN praised Malaysia's 5% tariff on Indian rice.", "MY>IN 5 in_force"),
        ("The EU will put a 7% duty on sugar from Mercosur countries.", "EU>MERCOSUR 7 announced"),
        ("Some 60 trading partners will face Brazilian tariffs of 11% to 50%.", "BR>- 11..50 announced"),
    ],
    "products or blanket": [
        ("The EU imposed 25% on steel from India, plus 10% on everything else.", "EU>IN 25 goods=steel; EU>IN 10 goods=-"),
        ("Canada imposed a 25% tariff on American orange juice and motorcycles.", "CA>US 25 goods=motorcycles,orange juice"),
        ("Canada imposed a blanket 25% tariff on American goods.", "CA>US 25 goods=-"),
        ("Vietnam cut its duty on cherries from Chile to 3%.", "VN>CL 3 goods=cherries"),
        ("Steel mills cheered as Canada imposed a 25% tariff on American goods.", "CA>US 25 goods=-"),
        ("A juice seller in Quebec regretted Canada's 25% tariff on American motorcycles.", "CA>US 25 goods=motorcycles"),
        ("Nigeria's 20% tariff covers rice, wheat and sugar from Thailand.", "NG>TH 20 goods=rice,sugar,wheat"),
        ("Rice farmers in Nigeria welcomed a 20% tariff on all goods from Thailand.", "NG>TH 20 goods=-"),
    ],
    "quotas and thresholds": [
        ("The EU set a quota of 500,000 tonnes of Ukrainian wheat; imports beyond it face a 25% tariff.", "EU>UA 25"),
        ("The U.S. will end the de minimis exemption for Chinese parcels under $800 on May 2.", "US>CN - announced inst=de_minimis eff=2025-05-02"),
        ("Britain put an out-of-quota duty of 30% on Chinese rebar.", "GB>CN 30 in_force basis=out_of_quota"),
        ("Japan imposed a 20% tariff on 800 Chinese products.", "JP>CN 20 in_force inst=import_tariff"),
        ("The fleet used its fishing quota before Norway imposed a 6% tariff on Danish herring.", "NO>DK 6 in_force inst=import_tariff"),
        ("Norway sold 500,000 tonnes of fish last year.", ""),
        ("The U.S. scrapped the duty-free treatment of low-value parcels from China, worth $800 or less, on Monday.", "US>CN - ended inst=de_minimis eff=2025-03-03"),
        ("Canada will let in 20,000 tonnes of Brazilian poultry duty-free and charge 238% above that.", "CA>BR 0 announced inst=quota; CA>BR 238 announced inst=quota"),
    ],
    "relative and staged dates": [
        ("From Friday India will charge a 10% tariff on Chinese toys.", "IN>CN 10 announced eff=2025-03-07"),
        ("The 10% Indian tariff on Chinese toys took effect yesterday.", "IN>CN 10 in_force eff=2025-03-04"),
        ("Brazil will put a 50% tariff on Chinese buses in July, rising to 100% a year later.", "BR>CN 50 announced eff=2025-07; BR>CN 100 announced eff=2026-07"),
        ("Kenya will raise its duty on Ugandan eggs to 15% on April 1 and to 25% on October 1.", "KE>UG 15 announced eff=2025-04-01; KE>UG 25 announced eff=2025-10-01"),
        ("India imposed a 10% tariff on Chinese toys, its minister said on Friday.", "IN>CN 10 in_force eff=-"),
        ("Shops open on Sunday despite India's 10% tariff on Chinese toys.", "IN>CN 10 in_force eff=-"),
        ("A 10% Indian tariff on Chinese toys starts next month.", "IN>CN 10 announced eff=2025-04"),
        ("Two days after the vote, on February 27, India put a 10% tariff on Chinese toys.", "IN>CN 10 in_force eff=2025-02-27"),
    ],
    "headline grammar": [
        ("Trump to slap 50% tariff on EU", "US>EU 50 announced"),
        ("Trump floats 50% tariff on Japan", "US>JP 50 threatened"),
        ("India weighs 20% duty on Nepal tea", "IN>NP 20 threatened"),
        ("China hits Canada with 100% tariff on canola", "CN>CA 100 in_force"),
        ("EU slaps 17% tariff on Chinese pans", "EU>CN 17 in_force"),
        ("Canola farmers weigh their harvest", ""),
        ("Mexico vows 25% tariffs on U.S. beef", "MX>US 25 threatened"),
        ("U.S. tariffs of 25% on Japanese cars take effect", "US>JP 25 in_force"),
    ],
    "number words": [
        ("Ghana imposed a twenty per cent tariff on Togolese salt.", "GH>TG 20 in_force"),
        ("Ghana imposed a 20 pct tariff on Togolese salt.", "GH>TG 20 in_force"),
        ("Norway cut its tariff on Danish cheese to zero on January 1.", "NO>DK 0 in_force act=lower"),
        ("Japan made Thai mangoes duty-free on January 1, scrapping a tariff of 12%.", "JP>TH 0 in_force act=lower"),
        ("Ghana imposed a 20% tariff on twenty kinds of Togolese salt.", "GH>TG 20 in_force"),
        ("Ghana has zero tolerance for smugglers of Togolese salt who dodge its 20% tariff.", "GH>TG 20 in_force"),
        ("Fiji will put a five-per-cent duty on Tongan kava.", "FJ>TO 5 announced"),
        ("Fiji levied 12-1/2 pct on Tongan kava imports as a duty in January.", "FJ>TO 12.5 in_force"),
    ],
    "specific and compound duties": [
        ("Canada put a duty of 25 cents a kilo on American onions.", "CA>US - in_force spec=0.25/CAD"),
        ("India imposed an anti-dumping duty of $180 a tonne on Chinese soda ash.", "IN>CN - in_force inst=anti_dumping spec=180/USD"),
        ("Turkey will charge a 10% duty plus $2 per kilo on Iranian nuts.", "TR>IR 10 announced spec=2/USD"),
        ("Onions sell at 25 cents a kilo since Canada put a 10% duty on American onions.", "CA>US 10 in_force spec=-"),
        ("India imposed an 18% duty on Chinese soda ash, which costs $180 a tonne.", "IN>CN 18 in_force spec=-"),
        ("India imposed an anti-dumping duty of 18% on Chinese soda ash.", "IN>CN 18 in_force inst=anti_dumping spec=-"),
        ("The EU set a tariff of 95 euros a tonne on Russian fertiliser.", "EU>RU - spec=95/EUR"),
        ("Russian fertiliser at 95 euros a tonne now bears a 6.5% EU tariff.", "EU>RU 6.5 in_force spec=-"),
    ],
    "floor rates": [
        ("The U.S. set a 15% tariff, inclusive of existing duties, on Japanese cars.", "US>JP 15 basis=floor"),
        ("Swiss watches will face an all-in tariff of 15% in the United States.", "US>CH 15 announced basis=total"),
        ("Korea agreed that its tariff on Chilean wine is capped at 12%.", "KR>CL 12 basis=cap"),
        ("The U.S. set a 15% tariff on Japanese cars, including existing models.", "US>JP 15 basis=-"),
        ("The hotel floor was wet when the U.S. set a 15% tariff on Japanese cars.", "US>JP 15 basis=-"),
        ("Hats and caps from Chile face a 12% tariff in Korea.", "KR>CL 12 basis=-"),
        ("Under the deal Japanese cars will pay a U.S. tariff of 15 percent in total.", "US>JP 15 announced basis=total"),
        ("The deal caps the U.S. tariff on Swiss pharmaceuticals at 15%.", "US>CH 15 basis=cap"),
    ],
    "secondary tariffs": [
        ("The U.S. will put a 25% tariff on any country that buys Venezuelan oil.", "US>- 25 announced"),
        ("Trump threatened secondary tariffs of 100% on buyers of Russian gas.", "US>- 100 threatened"),
        ("India, which buys Russian oil, faces a further 25% U.S. tariff.", "US>IN 25"),
        ("The U.S. will put a 25% tariff on Venezuelan oil.", "US>VE 25 announced"),
        ("Chile, which buys Peruvian oil, imposed a 5% tariff on Bolivian tin.", "CL>BO 5 in_force"),
        ("Countries that buy Venezuelan oil met in Lima.", ""),
        ("Any nation that trades with Iran will pay a 25% tariff on its exports to the United States, Trump said.", "US>- 25 announced"),
        ("Turkey, which trades with Iran, will pay a 25% tariff on its exports to the United States.", "US>TR 25 announced"),
    ],
    "courts and sunsets": [
        ("A court struck down the 10% U.S. tariff on Japanese tea.", "US>JP 10 struck_down"),
        ("The 15% Indian duty on Chinese yarn expired on February 28.", "IN>CN 15 ended end=2025-02-28"),
        ("An appeals court reinstated the 10% U.S. tariff on Japanese tea.", "US>JP 10 in_force"),
        ("India extended its 15% duty on Chinese yarn until March 2030.", "IN>CN 15 in_force end=2030-03"),
        ("A court upheld the 10% U.S. tariff on Japanese tea.", "US>JP 10 in_force"),
        ("A tennis court was built by the mill that pays India's 15% duty on Chinese yarn.", "IN>CN 15 in_force"),
        ("A trade court ruled that the 10% U.S. tariff on Japanese tea is illegal.", "US>JP 10 struck_down"),
        ("A court in Delhi jailed a smuggler who dodged India's 15% duty on Chinese yarn.", "IN>CN 15 in_force"),
    ],
    "without a rate": [
        ("Japan asked the United States to lift tariffs on its steel.", "US>JP - proposed act=remove goods=steel"),
        ("Japan asked the United States for help with its steel. Tariffs were not discussed.", ""),
        ("Peru accused the EU of keeping unfair tariffs on its bananas.", "EU>PE - in_force goods=bananas"),
        ("China has condemned new EU duties on its electric cars.", "EU>CN - in_force goods=electric cars"),
        ("European tariffs on Chinese electric cars took effect in October.", "EU>CN - in_force goods=electric cars eff=2024-10"),
        ("Trump has threatened to impose tariffs on European cars.", "US>EU - threatened goods=cars"),
        ("The tariffs on steel imposed by the U.S. in February have cost jobs in Ohio.", "US>- - in_force goods=steel eff=2025-02"),
        ("Import duties on rice were cut in the Philippines last year.", "PH>- - in_force act=lower goods=rice"),
        ("Duties on rice were discussed in the Philippines last year.", ""),
        ("Switzerland hopes that Washington will cut the tariff on its watches.", "US>CH - proposed act=lower goods=watches"),
        ("Taiwan said it would not retaliate against U.S. duties on its semiconductors.", "US>TW - in_force goods=semiconductors"),
        ("Britain dropped plans to put tariffs on Russian fertiliser.", "GB>RU - rejected goods=fertiliser"),
        ("Britain drew up plans to put tariffs on Russian fertiliser.", "GB>RU - announced goods=fertiliser"),
        ("Exporters of Thai rice face higher tariffs in Nigeria.", "NG>TH - in_force goods=rice"),
    ],
    "who tells it": [
        ("Colombia faces a 30% tariff on its coffee, Trump said.", "US>CO 30"),
        ("Colombia faces a 30% tariff on its coffee, an economist said.", "?>CO 30"),
        ("Thai officials said a 20% duty on American corn could be removed.", "TH>US 20"),
        ("Thai farmers said a 20% duty on American corn could be removed.", "?>US 20"),
        ("The Argentine commission recommended that a duty of 12% be placed on Brazilian toys.", "AR>BR 12 proposed"),
        ("A 20% duty on American corn is unfair, a Dutch professor wrote.", "?>US 20"),
        ("Mexico will pay a 30% tariff, Mexico's president said.", "?>MX 30"),
        ("Vietnamese wood will be hit with a 12% duty, the U.S. Commerce Department announced.", "US>VN 12 announced"),
    ],
    "everyone and those told by their deeds": [
        ("The order puts a 10% tariff on gowns and gloves from any country, the United States said.", "US>* 10 goods=gloves,gowns"),
        ("The U.S. will put a 25% tariff on any country that buys Venezuelan oil.", "US>- 25 announced"),
        ("Trump threatened tariffs of 100% on buyers of Russian gas.", "US>- 100 threatened"),
        ("Trump threatened tariffs of 100% on Russian gas.", "US>RU 100 threatened"),
        ("All countries, including Canada and Mexico, face a 10% U.S. tariff.", "US>* 10"),
        ("Canada and Mexico, among others, face a 10% U.S. tariff.", "US>CA,MX 10"),
        ("The U.S. put a 10% tariff on all imports of copper.", "US>* 10 goods=copper"),
        ("The U.S. put a 10% tariff on copper.", "US>- 10 goods=copper"),
    ],
    "trade value in stages": [
        ("Canada imposed a 25% tariff on C$30 billion of American goods and will add C$125 billion of goods on March 25.", "CA>US 25 in_force value=30e9; CA>US 25 announced value=125e9"),
        ("The EU will put a 10% duty on $4 billion of U.S. goods.", "EU>US 10 announced value=4e9"),
        ("India imposed a 12% tariff on Chinese goods worth $6 billion.", "IN>CN 12 in_force value=6e9"),
        ("India imposed a 12% tariff on Chinese goods and fined a bank $6 billion.", "IN>CN 12 in_force value=-"),
        ("The 12% Indian tariff on Chinese goods will raise $6 billion in revenue.", "IN>CN 12 value=-"),
        ("Canada has a trade surplus of $60 billion and put a 25% tariff on American wine.", "CA>US 25 in_force value=-"),
        ("Beijing's 15% tariff covers $14 billion in American coal and gas.", "CN>US 15 in_force value=14e9"),
        ("A $14 billion wind farm opened as China put a 15% tariff on American coal.", "CN>US 15 in_force value=-"),
    ],
    "taking up across sentences": [
        ("India imposed a 15% duty on Chinese yarn. The levy took effect on March 1.", "IN>CN 15 in_force eff=2025-03-01"),
        ("Canada put a 25% tariff on American wine. Washington called the move unfair.", "CA>US 25 in_force"),
        ("Peru announced an 8% tariff on Chilean wine. It will take effect on April 10.", "PE>CL 8 announced eff=2025-04-10"),
        ("Officials in Hanoi met on Monday. They imposed a 7% tariff on Thai pork.", "VN>TH 7 in_force"),
        ("Peru put an 8% tariff on Chilean wine. The festival starts on April 10.", "PE>CL 8 in_force eff=-"),
        ("Peru put an 8% tariff on Chilean wine. Separately, Kenya put a 3% tariff on Ugandan milk.", "PE>CL 8 in_force; KE>UG 3 in_force"),
        ("Turkey raised its duty on Ukrainian wheat to 130%. The new rate applies from March 7.", "TR>UA 130 announced eff=2025-03-07"),
        ("Kenya's finance minister, Ann Otieno, spoke on Monday. She announced a 35% duty on Egyptian rice.", "KE>EG 35 announced"),
    ],
    "threats and announcements": [
        ("India threatened to impose a 20% tariff on Nepalese tea.", "IN>NP 20 threatened"),
        ("India announced a 20% tariff on Nepalese tea.", "IN>NP 20 announced"),
        ("India's commerce ministry proposed a 20% tariff on Nepalese tea.", "IN>NP 20 proposed"),
        ("India could impose a 20% tariff on Nepalese tea.", "IN>NP 20 threatened"),
        ("India said it would impose a 20% tariff on Nepalese tea from April 1.", "IN>NP 20 announced eff=2025-04-01"),
        ("Storms threatened the harvest when India imposed a 20% tariff on Nepalese tea.", "IN>NP 20 in_force"),
        ("Trump said on Tuesday he was considering a 25% tariff on Indian pharmaceuticals.", "US>IN 25 threatened"),
        ("A 25% tariff on Indian pharmaceuticals is under discussion in Washington.", "US>IN 25 proposed"),
    ],
    "planned against in force": [
        ("Japan's 5% tariff on Thai rice will rise to 9% in April.", "JP>TH 9 announced prior=5 eff=2025-04"),
        ("Egypt plans to lift its 20% duty on Jordanian olives on June 1.", "EG>JO 20 announced act=remove"),
        ("Egypt scrapped its 20% duty on Jordanian olives.", "EG>JO 20 ended act=remove"),
        ("Egypt's 20% duty on Jordanian olives remains in place.", "EG>JO 20 in_force act=maintain"),
        ("Thai rice will reach shops that pay Japan's 5% tariff on Thai rice.", "JP>TH 5 in_force prior=-"),
        ("Egypt, which has kept a 20% duty on Jordanian olives since 2019, will host the summit on June 1.", "EG>JO 20 in_force eff=2019"),
        ("The current 10% Turkish tariff on Egyptian cotton will be replaced by one of 18% on May 1.", "TR>EG 18 announced prior=10 eff=2025-05-01"),
        ("A 10% Turkish tariff on Egyptian cotton expires on May 1.", "TR>EG 10 in_force prior=- eff=-"),
    ],
    "instruments and laws": [
        ("The U.S. put a 25% tariff on Japanese steel under Section 232.", "US>JP 25 in_force law=us_s232"),
        ("Canada imposed countervailing duties of 11% on Indian pipes.", "CA>IN 11 in_force inst=countervailing"),
        ("Britain imposed a safeguard duty of 20% on Turkish steel plate.", "GB>TR 20 in_force inst=safeguard"),
        ("Argentina cut its export tax on soybeans to 26%.", "AR>- 26 in_force inst=export_duty"),
        ("Fans sat in section 232 on the day that the U.S. put a 25% tariff on Japanese steel.", "US>JP 25 in_force law=- inst=import_tariff"),
        ("Dumping of waste rose after Canada put an 11% tariff on Indian pipes.", "CA>IN 11 in_force inst=import_tariff"),
        ("Using the International Emergency Economic Powers Act, Trump put a 10% tariff on Chinese goods.", "US>CN 10 in_force law=us_ieepa"),
        ("India's trade remedies office recommended a 12% safeguard duty on Vietnamese steel.", "IN>VN 12 proposed inst=safeguard"),
    ],
    "other taxes beside a tariff": [
        ("Kenya raised its value-added tax to 18% and put a 10% tariff on Ugandan eggs.", "KE>UG 10 in_force"),
        ("Spain will cut its income tax to 20%.", ""),
        ("Stamp duty of 5% applies to homes in Hong Kong.", ""),
        ("India's goods and services tax on tea is 5%, its tariff on Nepalese tea 20%.", "IN>NP 20 in_force"),
        ("The tax on wine imports from Chile is 12% in Peru.", "PE>CL 12 in_force"),
        ("He kept his duty to 100% of the voters in France.", ""),
        ("Egypt put a 14% sales tax on meals and a 30% customs duty on Turkish carpets.", "EG>TR 30 in_force"),
        ("France's digital services tax of 3% hits American firms.", ""),
    ],
    "general remarks": [
        ("Tariffs hurt consumers in both countries, economists said.", ""),
        ("Canada and Mexico fear tariffs.", ""),
        ("Free trade lifts growth, and tariffs never won a war, the French writer said.", ""),
        ("The word tariff comes from Arabic.", ""),
        ("France imposed a 3% tariff on British jam, which hurts consumers in both countries.", "FR>GB 3 in_force"),
        ("Tariffs hurt consumers, but Kenya's 6% tariff on Ugandan milk took effect on Monday.", "KE>UG 6 in_force"),
        ("Europe has always believed that tariffs are taxes, the commissioner told French exporters.", ""),
        ("A tariff of 100% would be madness, the Dutch professor wrote.", ""),
    ],
    "unknown parts": [
        ("Japan imposed a tariff on Thai rice.", "JP>TH - in_force"),
        ("Japan imposed a 5% tariff.", "JP>- 5 in_force eff=-"),
        ("A 9% tariff on Thai rice took effect on Monday.", "?>TH 9 in_force eff=2025-03-03"),
        ("The ministry did not say what rate the tariff on Thai rice would have.", ""),
        ("Japan imposed a tariff on Thai rice, which makes up 5% of imports.", "JP>TH - in_force"),
        ("Japan said nothing about tariffs.", ""),
        ("Tariffs of 25% took effect at midnight.", ""),
        ("India raised its tariff on Chinese solar cells.", "IN>CN - in_force"),
    ],
    "other countries in the sentence": [
        ("Speaking in Tokyo, Thailand's premier said that his country would put a 12% tariff on Korean phones.", "TH>KR 12 announced"),
        ("Thailand, a neighbour of Laos, put a 12% tariff on Korean phones.", "TH>KR 12 in_force"),
        ("Thailand put a 12% tariff on Korean phones, a move praised by Japan.", "TH>KR 12 in_force"),
        ("Thailand put a 12% tariff on Korean phones after talks with China failed.", "TH>KR 12 in_force"),
        ("Thailand put a 12% tariff on Korean phones to please voters weary of Chinese goods.", "TH>KR 12 in_force"),
        ("Unlike Japan, Thailand has a 12% tariff on Korean phones.", "TH>KR 12 in_force"),
        ("A Japanese analyst said Thailand's 12% tariff on Korean phones was wise.", "TH>KR 12 in_force"),
        ("Korean phones face a 12% tariff in Thailand, twice the rate in Vietnam.", "TH>KR 12 in_force"),
        ("Thailand's 12% tariff on Korean phones is higher than Vietnam's 4%.", "TH>KR 12 in_force; VN>KR 4 in_force"),
        ("Korean phone makers, which employ 40,000 people in Vietnam, face a 12% tariff in Thailand.", "TH>KR 12 in_force"),
        ("Thailand, whose exports to China fell 8%, put a 12% tariff on Korean phones.", "TH>KR 12 in_force"),
        ("Thailand, it is feared, will impose a 12% tariff on Korean phones.", "TH>KR 12"),
        ("Thailand imposes a 12% tariff on Korean phones and none on Chinese ones.", "TH>KR 12 in_force"),
        ("Seoul asked Bangkok to drop its 12% tariff on Korean phones.", "TH>KR 12"),
        ("About 60% of Americans oppose Thailand's 12% tariff on Korean phones.", "TH>KR 12 in_force"),
    ],
    "what happened to it": [
        ("Thailand put a 12% tariff on Korean phones in 2019 and scrapped it on Monday.", "TH>KR 12 ended eff=2019 end=2025-03-03"),
        ("Thailand will put a 12% tariff on Korean phones, up from 8% now.", "TH>KR 12 announced prior=8"),
        ("Thailand, which put a 12% tariff on Korean phones last year, now wants one of 20%.", "TH>KR 12; TH>KR 20"),
        ("Seoul threatened to leave the pact over Thailand's 12% tariff on Korean phones.", "TH>KR 12 in_force"),
        ("Korea's president urged Thailand not to impose a 12% tariff on Korean phones.", "TH>KR 12 threatened"),
        ("Thailand's parliament approved a 12% tariff on Korean phones.", "TH>KR 12 announced"),
        ("Thailand's parliament rejected a bill for a 12% tariff on Korean phones.", "TH>KR 12 rejected"),
        ("Thailand signed an order imposing a 12% tariff on Korean phones.", "TH>KR 12 announced"),
        ("Thailand is ready to impose a 12% tariff on Korean phones.", "TH>KR 12"),
        ("Thailand has imposed, and will keep, a 12% tariff on Korean phones.", "TH>KR 12 in_force"),
        ("Had Thailand imposed a 12% tariff on Korean phones, prices would have risen.", ""),
        ("Thailand agreed to cut to 5% its 12% tariff on Korean phones.", "TH>KR 5 announced prior=12"),
    ],
}  # fmt: skip

KNOWN_GAPS: dict[str, list[int]] = {
    "relative rate": [4],
    "pause": [5],
    "history": [5],
    "distributed lists": [4],
    "products or blanket": [8],
    "quotas and thresholds": [1, 7, 8],
    "relative and staged dates": [3],
    "number words": [4],
    "specific and compound duties": [1, 3],
    "trade value in stages": [1],
    "other taxes beside a tariff": [4],
}


# ---------------------------------------------------------------- the notation

Row = dict[str, str]
MARKS = {"exact": "", "range": "", "up_to": "<=", "at_least": ">=", "about": "~"}


def read(notation: str) -> list[Row]:
    """`US>CA 25 announced eff=2025-03-12` as fields; `core` is imposer, targets and rate."""
    rows = []
    for part in filter(None, (p.strip() for p in notation.split(";"))):
        parties, rate, *rest = part.split(" ")
        row = {"core": f"{parties} {rate}"}
        for word in _whole(rest):
            name, _, value = word.partition("=") if "=" in word else ("status", "", word)
            row[name] = value
        rows.append(row)
    return rows


def _whole(words: list[str]) -> Iterator[str]:
    """Goods may have spaces: `goods=motorcycles,orange juice`."""
    joined = " ".join(words)
    yield from re.findall(r"\w+=.*?(?= \w+=|$)|[a-z_]+", joined)


def _number(rate: Rate | None) -> str:
    if rate is None or rate.percent is None:
        return "-"
    if rate.percent_high is not None:
        return f"{rate.percent:g}..{rate.percent_high:g}"
    return f"{MARKS[rate.qualifier]}{rate.percent:g}"


def _targets(record: TariffRecord) -> str:
    if record.target_scope == "all":
        return "*"
    if record.target_scope == "all_except":
        return "*-" + ",".join(sorted(t.code for t in record.excluded_targets))
    return ",".join(sorted(t.code for t in record.targets)) or "-"


def write(record: TariffRecord) -> Row:
    """A record in the notation, every field."""
    rate, spec = record.rate, record.rate.specific if record.rate else None
    return {
        "core": f"{record.imposer.code if record.imposer else '?'}>{_targets(record)} {_number(rate)}",
        "status": record.status.value,
        "act": record.action.value,
        "inst": record.instrument.value,
        "goods": ",".join(sorted(p.text.casefold() for p in record.products)) or "-",
        "prior": _number(record.prior_rate),
        "basis": (rate and rate.basis) or "-",
        "eff": record.effective.edtf if record.effective else "-",
        "end": record.end.edtf if record.end else "-",
        "dur": record.duration.iso if record.duration else "-",
        "value": f"{record.trade_value.amount:g}" if record.trade_value else "-",
        "law": (record.legal_basis and record.legal_basis.code) or "-",
        "cond": record.condition.kind if record.condition else "-",
        "der": rate.derivation.kind if rate and rate.derivation else "-",
        "rel": ",".join(sorted(r.type for r in record.relations)) or "-",
        "spec": f"{spec.amount:g}/{spec.currency}" if spec else "-",
    }


def compared(expected: list[Row], found: list[TariffRecord]) -> tuple[list[str], list[str]]:
    """Both sides as text, with the fields that the expected rows name; in a fixed order."""
    fields = list(dict.fromkeys(["core", *(name for row in expected for name in row)]))

    def line(row: Row) -> str:
        values = {**row, **({"value": f"{float(row['value']):g}"} if row.get("value", "-") != "-" else {})}
        return " ".join(
            values[f] if f in {"core", "status"} else f"{f}={values.get(f, '-')}" for f in fields if f in values or f != "status"
        )

    return sorted(map(line, expected)), sorted(line(write(r)) for r in found)


def article(text: str) -> str:
    """The case as an article: a headline has no full stop and stands above the body."""
    return f"{text} {CONTEXT}" if text.endswith(".") else f"{text}\n\n{CONTEXT}"


def gap(*row: object, reason: str) -> ParameterSet:
    """A case that a reader gets right and the rules do not yet: the test fails when they do."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=True, reason=reason))


def cases() -> Iterator[object]:
    for construction, table in CASES.items():
        gaps = KNOWN_GAPS.get(construction, [])
        for number, (text, expected) in enumerate(table, 1):
            marks = [pytest.mark.xfail(strict=True, reason=f"not yet: {construction}")] if number in gaps else []
            yield pytest.param(text, expected, marks=marks, id=f"{construction} {number}")


@pytest.mark.parametrize(("text", "expected"), cases())
def test_records(extraction_of: ExtractionOf, text: str, expected: str) -> None:
    want, got = compared(read(expected), extraction_of(article(text), PUBLISHED).tariffs)
    assert got == want


def test_each_construction_has_contrasts() -> None:
    assert all(len(table) >= 8 for table in CASES.values())


def test_gaps_name_cases() -> None:
    for construction, numbers in KNOWN_GAPS.items():
        assert set(numbers) <= set(range(1, len(CASES[construction]) + 1)), construction


@pytest.mark.parametrize(
    ("notation", "row"),
    [
        ("US>CA,MX 25 announced eff=2025-03-12", {"core": "US>CA,MX 25", "status": "announced", "eff": "2025-03-12"}),
        (
            "?>- 25 goods=motorcycles,orange juice prior=10",
            {"core": "?>- 25", "goods": "motorcycles,orange juice", "prior": "10"},
        ),
        ("CA>US -", {"core": "CA>US -"}),
    ],
)
def test_notation(notation: str, row: Row) -> None:
    assert read(notation) == [row]
