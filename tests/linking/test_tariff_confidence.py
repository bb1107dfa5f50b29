"""Confidence of tariff records: which kind a record is of, how kinds are counted, and what leaving records out does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor as package
from extractor import Extractor
from extractor.errors import ConfigError
from extractor.linking.entities import build_entities
from extractor.linking.tariffs import binned
from extractor.linking.tariffs.confidence import at_least, confidence, confidences
from extractor.records import StatementRecord, TariffRecord
from extractor.settings import Settings
from tests.calibrate_tariffs import gold_cells, is_right
from tests.calibration import Outcome, calibration_error, cross_validated, look_up, shares
from tests.conftest import DocOf
from tests.factories import evidence, statement, tariff

DAY = "2025-03-05"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Peru put an 8% tariff on Chilean wine.", ["named.told"]),
        ("Peru put an 8% tariff on wine from all countries.", ["named.told"]),
        ("The 8% Peruvian tariff on Chilean wine hurts growers.", ["named.assumed"]),
        ("Peru scrapped its 8% tariff on Chilean wine.", ["named.gone"]),
        ("Peru ruled out an 8% tariff on Chilean wine.", ["named.gone"]),
        ("Peru put an 8% tariff on wine.", ["open.told"]),
        ("Peru scrapped its 8% tariff on wine.", ["open.gone"]),
        ("Peru put an 8% tariff on Chilean wine. Peru also put a 5% tariff on wool.", ["named.told", "chosen.told"]),
    ],
)
def test_kinds(doc_of: DocOf, text: str, kinds: list[str]) -> None:
    doc = doc_of(f"{text} Exporters and importers follow trade closely.", DAY)
    found = binned(doc, build_entities(doc))
    assert [kind for _, kind in found] == kinds
    assert [record.confidence for record, _ in found] == [confidence(kind) for kind in kinds]


def test_every_kind_has_a_share() -> None:
    for partners in ("named", "chosen", "open"):
        for status in ("told", "assumed", "gone"):
            assert 0 <= confidence(f"{partners}.{status}") <= 1
    assert {"named", "chosen", "open"} <= set(confidences())


# ---------------------------------------------------------------- leaving records out

TEXT = "Peru put an 8% tariff on Chilean wine and Chile hit back with 9% on fruit, Ana Ruiz said."


def pair() -> tuple[list[TariffRecord], list[StatementRecord]]:
    """Two measures, of which the second answers the first, and a statement on both."""
    proof = {"tariff": "8% tariff"}
    first = tariff(TEXT, proof, id="a", confidence=0.3)
    second = tariff(
        TEXT, {"tariff": "9%", "relations": "hit back"}, id="b", relations=[{"type": "retaliates_against", "tariff": "a"}]
    )
    said = statement(TEXT, "Ana Ruiz", "Peru put an 8% tariff", tariffs=["a", "b"])
    return [first, second.model_copy(update={"confidence": 0.7})], [said]


@pytest.mark.parametrize(
    ("least", "ids", "related"),
    [(0.0, ["a", "b"], 1), (0.3, ["a", "b"], 1), (0.31, ["b"], 0), (0.7, ["b"], 0), (0.71, [], 0), (1.0, [], 0)],
)
def test_what_is_left(least: float, ids: list[str], related: int) -> None:
    tariffs, said = at_least(least, *pair())
    assert [t.id for t in tariffs] == ids
    assert [s.tariffs for s in said] == [ids]
    assert sum(len(t.relations) for t in tariffs) == related
    for record in tariffs:
        assert bool(record.relations) == ("relations" in record.evidence)
        assert TariffRecord.model_validate(record.model_dump()) == record


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_left_out_by_a_higher_share(one: float, other: float) -> None:
    low, high = sorted((one, other))
    few, many = (at_least(share, *pair())[0] for share in (high, low))
    assert {t.id for t in few} <= {t.id for t in many}


def test_the_flow_leaves_out(extractor: Extractor) -> None:
    text = "Peru scrapped its 8% tariff on wine. Peru put a 5% tariff on Chilean wool, Trade Minister Ana Ruiz said."
    everything = package.extract(text, DAY)
    low, high = sorted(t.confidence for t in everything.tariffs)
    assert low < high
    kept = package.extract(text, DAY, min_confidence=high)
    assert [t.confidence for t in kept.tariffs] == [high]
    assert kept.entities == everything.entities
    assert len(kept.statements) == len(everything.statements)
    assert {i for s in kept.statements for i in s.tariffs} <= {t.id for t in kept.tariffs}
    assert kept.generator.config_sha256 != everything.generator.config_sha256
    assert Settings().fingerprint == extractor.settings.fingerprint


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_is_between_0_and_1(share: float) -> None:
    with pytest.raises(ConfigError, match="C006"):
        package.extract("Peru put an 8% tariff on Chilean wine.", min_confidence=share)


# ---------------------------------------------------------------- counting

GOLD = [
    {"imposer": "NO", "targets": ["CA", "MX"], "rate": 25, "status": "announced"},
    {"imposer": "NO", "targets": ["*"], "rate": 10, "rate_high": 15, "status": "suspended"},
    {"imposer": "NO", "targets": None, "rate": None, "status": "proposed"},
]


@pytest.mark.parametrize(
    ("fields", "right"),
    [
        ({"targets": ["CA", "MX"], "rate": 25.0, "status": "announced"}, True),
        ({"targets": ["CA"], "rate": 25.0, "status": "announced"}, True),
        ({"targets": ["CA", "CN"], "rate": 25.0, "status": "announced"}, False),
        ({"targets": ["CA"], "rate": 20.0, "status": "announced"}, False),
        ({"targets": ["CA"], "rate": 25.0, "status": "in_force"}, False),
        ({"targets": [], "rate": None, "status": "threatened"}, True),
        ({"targets": [], "rate": None, "status": "in_force"}, False),
        ({"target_scope": "all", "rate": 15.0, "status": "paused"}, True),
        ({"target_scope": "all_except", "rate": 15.0, "status": "paused"}, True),
    ],
)
def test_what_is_right(fields: dict[str, object], right: bool) -> None:
    words = {"tariff": "Canada", "imposer": "Norway", "targets": ["Canada", "Mexico"], "rate": "25%"}
    text = "Norway 25% Canada Mexico"
    record = tariff(text, words, imposer="NO", **fields)
    assert evidence(text, rate="25%")
    assert is_right(record, gold_cells(GOLD)) is right


def outcomes(kind: str, right: int, wrong: int) -> Iterator[Outcome]:
    yield from (Outcome(kind, True) for _ in range(right))
    yield from (Outcome(kind, False) for _ in range(wrong))


def test_rare_kinds_take_the_share_of_their_partners() -> None:
    table = shares([*outcomes("named.told", 17, 1), *outcomes("named.gone", 0, 2)])
    assert table == {"named": (0.82, 20), "named.told": (0.9, 18)}
    assert look_up(table, "named.gone") == 0.82
    assert look_up(table, "open.told") == 0.5


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([(0.5, True), (0.5, False)], 0.0),
        ([(0.9, False)], 0.9),
        ([(0.8, True)] * 4 + [(0.8, False)], 0.0),
        ([(0.2, True), (0.8, False)], 0.8),
        ([], 0.0),
    ],
)
def test_calibration_error(judged: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(judged) == pytest.approx(error)


def test_no_article_is_judged_by_its_own_records() -> None:
    """One article in five is all right, the others all wrong: it gets what the others say."""
    articles = [list(outcomes("named.told", 20 if n == 0 else 0, 0 if n == 0 else 20)) for n in range(5)]
    (judged,) = cross_validated([articles])
    assert {share for share, right in judged if right} == {0.01}


def test_the_shipped_shares_are_on_the_page() -> None:
    """What the page tells was counted together with what ships."""
    from tests.calibrate_tariffs import PAGE, TABLE

    told = PAGE.read_text(encoding="utf-8").partition("<!-- counts -->")[2].partition("<!-- end -->")[0]
    total = sum(int(line.split("|")[2]) for line in told.splitlines() if line.startswith("| 0."))
    counts = [
        line.partition("# ")
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith(("named =", "chosen =", "open ="))
    ]
    assert total == sum(json.loads(count) for *_, count in counts) > 0
