"""Where a measure stands and when it starts and ends, by construction: short articles of 5 March 2025 about one measure.

Each case gives the status and, where named, `act` (action), `eff` (effective), `end` and `dur`; a dash is none.
"""

from __future__ import annotations

import pytest

from tests.conftest import ExtractionOf
from tests.linking.test_tariff_constructions import PUBLISHED, article, read, write

CASES: dict[str, list[tuple[str, str]]] = {
    "future": [
        ("Imports of Thai rice will be subject to a 12% Japanese tariff.", "announced"),
        ("Imports of Thai rice are subject to a 12% Japanese tariff.", "in_force"),
        ("Japan's tariff on Thai rice is to be lowered to 12%.", "announced act=lower"),
        ("Japan is to put a 12% tariff on Thai rice.", "announced"),
        ("Japan is going to impose a 12% tariff on Thai rice.", "announced"),
        ("Japan is imposing a 12% tariff on Thai rice from April 1.", "announced eff=2025-04-01"),
        ("Japan plans a 12% tariff on Thai rice.", "announced"),
        ("Japan has decided to put a 12% tariff on Thai rice.", "announced"),
        ("Japan's cabinet approved a 12% tariff on Thai rice on Tuesday.", "announced eff=-"),
        ("Japan announced measures on Monday to impose a 12% tariff on Thai rice.", "announced eff=-"),
        ("Japan imposes a 12% tariff on Thai rice.", "in_force"),
        ("Japan charges a 12% tariff on Thai rice.", "in_force"),
    ],
    "talks and light verbs": [
        ("Japan will hold talks on its 12% tariff on Thai rice.", "in_force"),
        ("Ministers held a meeting about Japan's 12% tariff on Thai rice.", "in_force"),
        ("Japan held off on a 12% tariff on Thai rice.", "paused act=delay"),
        ("Japan put off a 12% tariff on Thai rice.", "paused act=delay"),
        ("Japan pushed back its 12% tariff on Thai rice until May 1.", "paused act=delay eff=2025-05-01 end=-"),
        ("Japan put a 12% tariff on Thai rice.", "in_force act=impose"),
        ("Japan shelved its 12% tariff on Thai rice for six months.", "paused"),
        ("Japan shelved plans for a 12% tariff on Thai rice.", "rejected"),
        ("Japan backed down from a 12% tariff on Thai rice.", "rejected"),
        ("Japan did away with its 12% tariff on Thai rice in 2019.", "ended"),
    ],
    "demands and studies": [
        ("Farmers in Japan had asked for a 12% tariff on Thai rice.", "proposed"),
        ("Japan's rice lobby is calling for a 12% tariff on Thai rice.", "proposed"),
        ("Farmers insist on a 12% Japanese tariff on Thai rice.", "proposed"),
        ("Japan is drawing up a 12% tariff on Thai rice that could start in June.", "threatened eff=2025-06"),
        ("Japan is considering putting a 12% tariff on Thai rice.", "threatened"),
        ("Japan may slap a 12% tariff on Thai rice.", "threatened"),
        ("Thai rice would be charged a 12% tariff in Japan under the proposal.", "threatened"),
        ("Japan has asked Thailand about the 12% tariff that it charges.", "in_force"),
    ],
    "what is over": [
        ("Japan put a 12% tariff on Thai rice in 2019. The duty went away last year.", "ended eff=2019 end=2024"),
        ("Japan's 12% tariff on Thai rice went away in February.", "ended end=2025-02"),
        ("Japan's 12% tariff on Thai rice lapsed on February 28.", "ended end=2025-02-28"),
        ("Japan's 12% tariff on Thai rice will be allowed to lapse on May 1.", "in_force end=2025-05-01"),
        ("Japan's 12% tariff on Thai rice will expire on May 1.", "in_force end=2025-05-01"),
        ("From 2019 to 2022 Japan charged a 12% tariff on Thai rice.", "ended eff=2019 end=2022"),
        ("Japan has charged a 12% tariff on Thai rice since 2019.", "in_force eff=2019 end=-"),
        ("Japan scrapped its 12% tariff on Thai rice in 2022.", "ended end=2022 eff=-"),
        ("Japan lifted its tariff on Thai rice to 12% in 2022.", "in_force act=raise eff=2022 end=-"),
        ("Japan will lift its 12% tariff on Thai rice in May.", "announced act=remove end=2025-05"),
        ("Japan ruled out lowering its 12% tariff on Thai rice.", "in_force act=maintain"),
        ("Japan ruled out lowering its tariff on Thai rice from 12% to 6%.", "rejected"),
    ],
    "clauses on the noun": [
        ("Thai mills complain of the 12% tariff that Japan imposed in February.", "in_force eff=2025-02"),
        ("Thai mills complain of the 12% tariff on rice imposed by Japan last month.", "in_force eff=2025-02"),
        ("Thai mills complain of the 12% tariff that Japan will impose in June.", "announced eff=2025-06"),
        ("Thai mills complain of the 12% tariff that Japan announced in February.", "announced eff=-"),
        ("Thai mills fear the 12% tariff that Japan threatened in February.", "threatened eff=-"),
        ("Thai mills complain of a 12% Japanese tariff that kicked in last month.", "in_force eff=2025-02"),
        ("Thai mills complain of a 12% Japanese tariff on rice grown in the north.", "in_force eff=-"),
        ("Japan suspended the 12% tariff on Thai rice that it imposed in February.", "paused"),
        ("Japan lifted the 12% tariff that it imposed on Thai rice in 2019.", "ended"),
    ],
    "starts": [
        ("Starting on May 23, Japan will charge a 12% tariff on Thai rice.", "announced eff=2025-05-23"),
        ("Starting Monday, Thai rice will face a 12% tariff in Japan.", "announced eff=2025-03-10"),
        ("On April 2, Japan is scheduled to impose a 12% tariff on Thai rice.", "announced eff=2025-04-02"),
        ("Japan put a 12% tariff on Thai rice with immediate effect.", "announced eff=2025-03-05"),
        ("Japan will put a 12% tariff on Thai rice. It takes effect on April 10.", "announced eff=2025-04-10"),
        ("Japan put a 12% tariff on Thai rice. It runs until June 30.", "in_force end=2025-06-30"),
        ("Japan will put a 12% tariff on Thai rice on April 10. It will last for six months.", "announced eff=2025-04-10 end=2025-10-10"),
        ("Japan will put a 12% tariff on Thai rice from April 10 for six months.", "announced eff=2025-04-10 end=2025-10-10 dur=P6M"),
        ("Japan will impose a 12% tariff on Thai rice if no deal is reached by April 10.", "threatened eff=2025-04-10"),
        ("Japan will impose a 12% tariff on Thai rice if rain falls on April 10.", "threatened eff=-"),
        ("Japan put a 12% tariff on Thai rice, and ministers will meet for talks starting April 10.", "in_force eff=-"),
        ("Japan keeps its 12% tariff on Thai rice, with a review starting April 10.", "in_force eff=-"),
        ("Japan put a 12% tariff on Thai rice under its trade act of 2012.", "in_force eff=-"),
        ("In 2019, when Japan put a 12% tariff on Thai rice, mills closed.", "in_force eff=2019"),
        ("Last year Japan hit China with a quota and then put a 12% tariff on Thai rice.", "in_force eff=2024"),
        ("Japan announced on Monday a 12% tariff on Thai rice from April 10.", "announced eff=2025-04-10"),
        ("Japan's 12% tariff on Thai rice, effective April 10, was signed on Monday.", "announced eff=2025-04-10"),
        ("Japan imposed a 12% tariff on Thai rice, which took effect on February 10.", "in_force eff=2025-02-10"),
    ],
    "plans given up, pending, not yet": [
        ("Japan withdrew its threat of a 12% tariff on Thai rice.", "rejected"),
        ("Japan considered a 12% tariff on Thai rice but dropped the idea.", "rejected"),
        ("Japan stopped short of imposing a 12% tariff on Thai rice.", "rejected"),
        ("Japan refused to impose a 12% tariff on Thai rice.", "rejected"),
        ("Japan's 12% tariff on Thai rice is under discussion.", "proposed"),
        ("Japan's 12% tariff on Thai rice is still suspended.", "paused"),
        ("Japan's 12% tariff on Thai rice has not taken effect.", "announced"),
        ("Japan's 12% tariff on Thai rice is no longer in force.", "ended"),
        ("Japan's 12% tariff on Thai rice is still in force.", "in_force"),
        ("Japan signed a decree on Monday putting a 12% tariff on Thai rice.", "announced eff=-"),
        ("Under the deal Japan agreed to a 12% tariff on Thai rice.", "announced"),
        ("Japan's 12% tariff on Thai rice was struck down by a court on Monday.", "struck_down eff=-"),
        ("Japan extended its 12% tariff on Thai rice on Monday until 2027.", "in_force eff=- end=2027"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, want, id=f"{name} {n}") for name, table in CASES.items() for n, (text, want) in enumerate(table, 1)],
)
def test_standing_and_dates(extraction_of: ExtractionOf, text: str, expected: str) -> None:
    (want,) = read(f"JP>TH 12 {expected}")
    rows = [write(r) for r in extraction_of(article(text), PUBLISHED).tariffs if r.rate and r.rate.percent in {12, 6}]
    assert [{name: row[name] for name in want if name != "core"} for row in rows] == [
        {n: v for n, v in want.items() if n != "core"}
    ]
