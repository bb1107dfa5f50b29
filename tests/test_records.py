"""The output's contract: what cannot be constructed, what the JSON looks like."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from extractor.records import (
    PROVEN_TARIFF_FIELDS,
    AgencyValue,
    CountryValue,
    Derivation,
    DurationValue,
    Entity,
    Extraction,
    LawValue,
    MoneyValue,
    PersonValue,
    ProductValue,
    Rate,
    Rejected,
    Span,
    TariffRecord,
    Value,
    json_schema,
)
from tests.factories import article, day, entity, extraction, place, span, statement, tariff

TEXT = "Norway put a 25% tariff on Danish cheese on May 2. “It hurts,” Dee Lind said."
PROOF: dict[str, Any] = {"tariff": "a 25% tariff", "imposer": "Norway", "targets": "Danish", "rate": "25%", "status": "put"}


def whole() -> Extraction:
    """An extraction with something in every list."""
    record = tariff(
        TEXT, {**PROOF, "effective": "May 2", "products": "cheese"}, imposer="NO", targets=["DK"], status="in_force",
        rate=25.0, effective=day("2025-05-02", "May 2"), products=[{"text": "cheese"}],
    )  # fmt: skip
    return extraction(
        article(TEXT, "2025-05-05"),
        entities=[entity(TEXT, "COUNTRY", "Norway"), entity(TEXT, "RATE", "25%", value={"percent": 25.0})],
        tariffs=[record],
        statements=[statement(TEXT, "Dee Lind", "It hurts", cue="said", mode="direct", tariffs=[record.id])],
        rejected=[Rejected(start=0, end=6, text="Norway", reason="other")],
    )


# ---------------------------------------------------------------- validators


@pytest.mark.parametrize(
    ("start", "end", "text", "good"),
    [
        (0, 4, "wool", True),
        (7, 8, "w", True),
        (0, 3, "wool", False),
        (0, 5, "wool", False),
        (4, 0, "wool", False),
        (-4, 0, "wool", False),
        (0, 0, "", False),
        (3, 5, "🐑🧶", True),
        (0, 4, "🐑", False),
    ],
)
def test_spans(start: int, end: int, text: str, good: bool) -> None:
    if good:
        assert Span(start=start, end=end, text=text).text == text
    else:
        with pytest.raises(ValidationError):
            Span(start=start, end=end, text=text)


def test_a_tariff_needs_evidence() -> None:
    assert tariff(TEXT, {"tariff": "a 25% tariff"}).imposer is None
    for proof in ({}, {"tariff": []}):
        with pytest.raises(ValidationError, match="without evidence"):
            tariff(TEXT, proof)


FILLED: dict[str, Any] = {
    "imposer": place("NO"), "targets": [place("DK")], "excluded_targets": [place("MX")], "products": [{"text": "cheese"}],
    "rate": {"percent": 25.0}, "prior_rate": {"percent": 5.0}, "announced": day("2025-05-02", "May 2"),
    "effective": day("2025-05-02", "May 2"), "end": day("2025-05-02", "May 2"), "duration": {"iso": "P90D", "text": "90 days"},
    "trade_value": {"amount": 5.0, "currency": "USD"}, "legal_basis": {"code": None, "text": "the act"},
    "rationale": [{"code": "drugs", "text": "drugs"}], "condition": {"kind": "if", "text": "if"},
    "exemptions": [{"text": "wine"}], "relations": [{"type": "matches", "tariff": "u"}], "attributed_to": "person-1",
}  # fmt: skip


def test_every_proven_field_has_a_case() -> None:
    assert set(FILLED) == set(PROVEN_TARIFF_FIELDS)


@pytest.mark.parametrize("field", PROVEN_TARIFF_FIELDS)
def test_a_filled_field_needs_its_own_evidence(field: str) -> None:
    base: dict[str, Any] = {"id": "t", "imposer": None, "confidence": 0.5}
    proof = [span(TEXT, "25%").model_dump()]
    with pytest.raises(ValidationError, match=field):
        TariffRecord.model_validate({**base, field: FILLED[field], "evidence": {"tariff": proof}})
    with pytest.raises(ValidationError, match=field):
        TariffRecord.model_validate({**base, field: FILLED[field], "evidence": {"tariff": proof, field: []}})
    assert TariffRecord.model_validate({**base, field: FILLED[field], "evidence": {"tariff": proof, field: proof}})


def test_a_statement_needs_speaker_and_content() -> None:
    made = statement(TEXT, "Dee Lind", "It hurts").model_dump()
    for field in ("speaker", "content"):
        with pytest.raises(ValidationError, match=field):
            type(whole().statements[0]).model_validate({**made, "evidence": {**made["evidence"], field: []}})


@pytest.mark.parametrize(
    "change",
    [
        {"confidence": 1.1},
        {"confidence": -0.1},
        {"status": "done"},
        {"action": "hit"},
        {"instrument": "tax"},
        {"target_scope": "some"},
        {"colour": "red"},
        {"relations": [{"type": "like", "tariff": "t2"}]},
        {"condition": {"kind": "when", "text": "x"}},
    ],
)
def test_unknown_values_and_fields_are_refused(change: dict[str, Any]) -> None:
    good = whole().tariffs[0].model_dump()
    assert TariffRecord.model_validate(good)
    with pytest.raises(ValidationError):
        TariffRecord.model_validate({**good, **change})


def test_records_are_frozen() -> None:
    record = whole().tariffs[0]
    with pytest.raises(ValidationError):
        record.confidence = 1.0  # type: ignore[misc]


@pytest.mark.parametrize("where", ["tariffs", "entities", "statements", "rejected"])
def test_verify_reads_every_span(where: str) -> None:
    good = whole()
    good.verify(TEXT)
    alone = good.model_copy(update={name: [] for name in ("tariffs", "entities", "statements", "rejected") if name != where})
    alone.verify(TEXT)
    with pytest.raises(ValueError, match="not in the text"):
        alone.verify(TEXT.swapcase())
    with pytest.raises(ValueError, match="not in the text"):
        alone.verify("")


# ---------------------------------------------------------------- JSON


def test_round_trip() -> None:
    made = whole()
    text = made.to_json()
    assert Extraction.model_validate_json(text) == made
    assert Extraction.model_validate_json(text).to_json() == text
    assert Extraction.model_validate(json.loads(made.to_json(indent=2))) == made


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("PERSON", PersonValue(role="minister")),
        ("PERSON", PersonValue(country="NO")),
        ("PERSON", PersonValue()),
        ("AGENCY", AgencyValue(country="NO")),
        ("AGENCY", AgencyValue()),
        ("COUNTRY", CountryValue(code="NO", iso3="NOR")),
        ("GROUP", CountryValue(code="ASEAN")),
        ("RATE", Rate(percent=25.0)),
        ("RATE", Rate()),
        ("DATE", day("2025-05-02", "May 2")),
        ("DURATION", DurationValue(iso="P90D", text="90 days")),
        ("MONEY", MoneyValue(amount=5.0, currency="NOK")),
        ("PRODUCT", ProductValue(text="cheese", hs_chapters=("04",))),
        ("LAW", LawValue(code=None, text="the act")),
    ],
)
def test_a_value_is_read_as_what_it_was(kind: str, value: Value) -> None:
    made = entity(TEXT, kind, "Norway", value=value)
    again = Entity.model_validate_json(made.model_dump_json(by_alias=True))
    assert again == made
    assert type(again.value) is type(value)


def test_fields_keep_their_order_and_nulls_stay() -> None:
    data = json.loads(whole().to_json())
    assert list(data) == [
        "schema_version", "generator", "article", "entities", "tariffs", "statements", "rejected", "warnings",
    ]  # fmt: skip
    assert list(data["tariffs"][0])[:6] == ["id", "imposer", "targets", "target_scope", "excluded_targets", "products"]
    assert data["tariffs"][0]["prior_rate"] is None
    assert data["tariffs"][0]["effective"]["edtf"] == "2025-05-02"


def test_no_ascii_escapes() -> None:
    text = "Zoë put a 25% tariff on “wool”."
    made = extraction(article(text), entities=[entity(text, "PERSON", "Zoë"), entity(text, "PRODUCT", "“wool”")])
    assert "Zoë" in made.to_json()
    assert "\\u" not in made.to_json()


@pytest.mark.parametrize("name", ["from", "from_percent"])
def test_derivation_is_from_in_json(name: str) -> None:
    made = Derivation.model_validate({"kind": "doubled", name: 10.0})
    assert made.from_percent == 10.0
    assert made.model_dump(by_alias=True) == {"kind": "doubled", "from": 10.0}
    rate = Rate(percent=20.0, derivation=made)
    assert json.loads(rate.model_dump_json(by_alias=True))["derivation"] == {"kind": "doubled", "from": 10.0}
    assert Rate.model_validate_json(rate.model_dump_json(by_alias=True)) == rate


def test_zero_is_not_null() -> None:
    assert json.loads(Rate(percent=0.0).model_dump_json())["percent"] == 0.0
    assert tariff(TEXT, {"tariff": "25%", "rate": "25%"}, rate=0.0).rate == Rate(percent=0.0)
    with pytest.raises(ValidationError, match="rate"):
        tariff(TEXT, {"tariff": "25%"}, rate=0.0)


# ---------------------------------------------------------------- JSON Schema


def references(node: object) -> set[str]:
    """All `$ref`s below a node."""
    if isinstance(node, dict):
        own = {node["$ref"]} if "$ref" in node else set()
        return own.union(*(references(v) for v in node.values())) if node else own
    return set().union(*(references(v) for v in node)) if isinstance(node, list) else set()


def test_schema_names_its_dialect_and_is_closed() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema
    assert references(schema) <= {f"#/$defs/{name}" for name in schema["$defs"]}
    for name, part in [("Extraction", schema), *schema["$defs"].items()]:
        if part.get("type") == "object":
            assert part["additionalProperties"] is False, name


def test_schema_knows_every_field_of_the_output() -> None:
    schema, data = json_schema(), json.loads(whole().to_json())
    assert set(schema["properties"]) == set(data)
    assert set(schema["$defs"]["TariffRecord"]["properties"]) == set(data["tariffs"][0])
    assert set(schema["$defs"]["StatementRecord"]["properties"]) == set(data["statements"][0])
    assert set(schema["$defs"]["Derivation"]["properties"]) == {"kind", "from"}
