"""Which goods and which kind of measure a rate is given: made-up articles of 5 March 2025."""

from __future__ import annotations

import pytest

from tests.conftest import ExtractionOf

CONTEXT = "Trade notes\n\nExporters and importers follow trade closely.\n\n"
GOODS = [
    # one sentence, several rates
    ("Chile set the duty on copper wire at 17% and on zinc bars at 11%.", [(17, "copper wire"), (11, "zinc bars")]),
    ("Japan raised tariffs on Thai rice and sugar to 50% and 20% respectively.", [(50, "rice"), (20, "sugar")]),
    ("India has a 10% tariff on Chinese lamps and more than 90% on Chinese kites.", [(10, "lamps"), (90, "kites")]),
    # lists
    ("Japan put a 12% tariff on U.S. goods. They include kites and pillows.", [(12, "kites, pillows")]),
    ("Peru raised tariffs on a list of 40 Chilean products, among them grapes, to 15%.", [(15, "grapes")]),
    ("India raised tariffs to 15% on 28 U.S. products.", [(15, "28 U.S. products")]),
    # pronouns and later mentions
    ("Canada opened a dumping case on Chinese kayaks and put a duty of 53% on them.", [(53, "kayaks")]),
    # goods of every kind stay untold
    ("Canada put a 25% tariff on U.S. goods.", [(25, "")]),
    ("Canada put a 25% tariff on $30 billion of U.S. goods.", [(25, "")]),
    ("Canada put a 25% tariff on all U.S. goods except lumber.", [(25, "")]),
]
KINDS = [
    ("Canada opened a dumping case on Chinese kayaks and placed provisional duties of 53% on them.", ["anti_dumping"]),
    ("Japan put an anti-dumping duty of 9% on Thai glass. Japan raised its customs duty on Thai rice to 20%.", ["anti_dumping", "import_tariff"]),
    ("Japan put a 12% duty on exports of scrap. Japan raised the tariff on Thai rice to 20%.", ["export_duty", "import_tariff"]),
    ("Japan put a 12% tariff on Thai glass.", ["import_tariff"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "goods"), GOODS)
def test_goods_of_a_rate(extraction_of: ExtractionOf, text: str, goods: list[tuple[float, str]]) -> None:
    records = extraction_of(CONTEXT + text, "2025-03-05").tariffs
    assert [(r.rate.percent, ", ".join(p.text for p in r.products)) for r in records if r.rate] == goods


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kind_of_measure(extraction_of: ExtractionOf, text: str, kinds: list[str]) -> None:
    assert [r.instrument.value for r in extraction_of(CONTEXT + text, "2025-03-05").tariffs if r.rate] == kinds
