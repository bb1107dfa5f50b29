"""Scores of hand-made gold against hand-made extractions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from factories import article, entity, extraction, statement, tariff

from extractor.errors import ConfigError
from extractor.evaluation import Miss, Report, evaluate

SOURCE = {"article": {"source": "a.txt"}}


def scored(tmp_path: Path, gold: Any, pred: Any) -> Report:
    """The report of one article."""
    (tmp_path / "gold.json").write_text(json.dumps(SOURCE | gold))
    (tmp_path / "pred.json").write_text(json.dumps(SOURCE | pred))
    return evaluate(tmp_path / "gold.json", tmp_path / "pred.json")


def counts(report: Report) -> dict[str, tuple[int, int, int]]:
    return {name: (row.right, row.extra, row.missed) for name, row in report.rows.items()}


def slots(report: Report) -> dict[str, tuple[int, int]]:
    return {name: (slot.right, slot.total) for name, slot in report.slots.items()}


def ent(kind: str, name: str, *others: str, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "mentions": [{"text": text} for text in (name, *others)], **fields}


def rec(imposer: str | None = "US", targets: str = "CA", rate: Any = 25, **fields: Any) -> dict[str, Any]:
    places = [{"code": code} for code in targets.split()]
    return {
        "imposer": {"code": imposer} if imposer else None,
        "targets": places,
        "rate": rate if isinstance(rate, dict) else {"percent": rate},
        **fields,
    }


def said(name: str, *content: str, mode: str = "direct", official: bool = True, **fields: Any) -> dict[str, Any]:
    speaker = {"name": name, "official": official, **fields.pop("speaker", {})}
    return {"speaker": speaker, "mode": mode, "content": [{"text": text} for text in content], **fields}


@pytest.mark.parametrize(
    ("gold", "pred", "row", "expected"),
    [
        # names: any form of the gold entity, surname or longer form; one to one
        (ent("PERSON", "Ana Ruiz", "Ruiz"), ent("PERSON", "Ruiz"), "people", (1, 0, 0)),
        (ent("PERSON", "Ana Ruiz"), ent("PERSON", "Dr. Ana M. Ruiz"), "people", (1, 0, 0)),
        (ent("PERSON", "Ana Ruiz"), ent("PERSON", "Ana"), "people", (0, 1, 1)),
        (ent("PERSON", "Işıl Öz"), ent("PERSON", "ISIL OZ"), "people", (0, 1, 1)),
        (ent("PERSON", "José Peña’s"), ent("PERSON", "Jose Pena"), "people", (1, 0, 0)),
        (ent("AGENCY", "Ministry of Commerce"), ent("AGENCY", "the Commerce Ministry"), "agencies", (1, 0, 0)),
        (ent("AGENCY", "U.S. Treasury"), ent("AGENCY", "US Treasury"), "agencies", (1, 0, 0)),
        (ent("AGENCY", "Commerce Department"), ent("AGENCY", "State Department"), "agencies", (0, 1, 1)),
        # values
        (ent("COUNTRY", "Canada", value={"code": "CA"}), ent("COUNTRY", "Ottawa", value={"code": "CA"}), "countries", (1, 0, 0)),
        (ent("RATE", "25%", value={"percent": 25}), ent("RATE", "25 pct", value={"percent": 25.0}), "rates", (1, 0, 0)),
        (ent("RATE", "10-20%", value={"percent": 10, "percent_high": 20}), ent("RATE", "10%", value={"percent": 10}), "rates", (1, 0, 1)),
        (ent("DATE", "first quarter", value={"edtf": "2025-Q1"}), ent("DATE", "Q1", value={"edtf": "2025-33"}), "dates", (1, 0, 0)),
        (ent("DATE", "March", value={"edtf": "2025-03"}), ent("DATE", "March 1", value={"edtf": "2025-03-01"}), "dates", (0, 1, 1)),
        (ent("DURATION", "90 days", value={"iso": "P90D"}), ent("DURATION", "ninety days", value={"iso": "P90D"}), "durations", (1, 0, 0)),
        (ent("MONEY", "$5 bln", value={"amount": 5e9, "currency": "USD"}), ent("MONEY", "$5bn", value={"amount": 5e9, "currency": "USD"}), "money", (1, 0, 0)),
        (ent("PRODUCT", "steel products"), ent("PRODUCT", "imported steel"), "products", (1, 0, 0)),
        (ent("LAW", "Section 232", value={"code": "us_s232"}), ent("LAW", "the statute", value={"code": "us_s301"}), "laws", (0, 1, 1)),
        # neither right nor wrong
        (ent("PERSON", "Ana Ruiz", core=False), ent("PERSON", "Ruiz"), "people", (0, 0, 0)),
        (ent("PERSON", "Ana Ruiz", core=False), ent("PERSON", "Li Wei"), "people", (0, 1, 0)),
        (ent("RATE", "5%", value={"percent": 5}, core=False), ent("RATE", "5%", value={"percent": 5}), "rates", (0, 0, 0)),
    ],
)  # fmt: skip
def test_entities(tmp_path: Path, gold: Any, pred: Any, row: str, expected: tuple[int, int, int]) -> None:
    assert counts(scored(tmp_path, {"entities": [gold]}, {"entities": [pred]})) == {row: expected}


def test_a_kind_of_entity_that_gold_never_has_is_not_scored(tmp_path: Path) -> None:
    gold = {"entities": [ent("PERSON", "Ana Ruiz")]}
    pred = {"entities": [ent("PERSON", "Ana Ruiz"), ent("COUNTRY", "Chile", value={"code": "CL"})], "tariffs": [rec()]}
    assert counts(scored(tmp_path, gold, pred)) == {"people": (1, 0, 0)}


@pytest.mark.parametrize(
    ("gold", "pred", "cells", "records"),
    [
        ([rec()], [rec()], (1, 0, 0), (1, 0, 0)),
        ([rec()], [], (0, 0, 1), (0, 0, 1)),
        ([], [rec()], (0, 1, 0), (0, 1, 0)),
        ([rec(targets="CA MX")], [rec(targets="CA")], (1, 0, 1), (1, 0, 0)),
        ([rec(targets="CA MX")], [rec(targets="CA"), rec(targets="MX")], (2, 0, 0), (1, 1, 0)),
        ([rec(rate=25)], [rec(rate=10)], (0, 1, 1), (0, 1, 1)),
        ([rec(rate=0)], [rec(rate=None)], (0, 1, 1), (0, 1, 1)),
        ([rec(rate=None)], [rec(rate=None)], (1, 0, 0), (1, 0, 0)),
        ([rec("CA", "US")], [rec("US", "CA")], (0, 1, 1), (0, 1, 1)),
        ([rec(targets="", target_scope="all")], [rec(targets="", target_scope="all_except")], (1, 0, 0), (1, 0, 0)),
        ([rec(targets="*")], [rec(targets="", target_scope="all")], (1, 0, 0), (1, 0, 0)),
        ([rec(targets="")], [rec(targets="", target_scope="all")], (0, 1, 1), (0, 1, 1)),
        # soft gold: found or not found, nothing is counted
        ([rec(core=False)], [rec()], (0, 0, 0), (0, 0, 0)),
        ([rec(core=False)], [], (0, 0, 0), (0, 0, 0)),
        ([rec(core=False)], [rec(), rec(targets="MX")], (0, 1, 0), (0, 1, 0)),
        ([rec(), rec(core=False)], [rec(), rec()], (1, 0, 0), (1, 0, 0)),
    ],
)  # fmt: skip
def test_tariffs(tmp_path: Path, gold: Any, pred: Any, cells: Any, records: Any) -> None:
    got = counts(scored(tmp_path, {"tariffs": gold}, {"tariffs": pred}))
    assert (got["tariff cells"], got["tariff records"]) == (cells, records)


def test_cells_with_a_rate_are_counted_apart(tmp_path: Path) -> None:
    report = scored(tmp_path, {"tariffs": [rec(), rec(rate=None)]}, {"tariffs": [rec(), rec("EU", rate=None)]})
    assert counts(report)["tariff cells with a rate"] == (1, 0, 0)
    assert counts(report)["tariff cells"] == (1, 1, 1)


@pytest.mark.parametrize(
    ("gold", "pred", "wrong"),
    [
        ([rec("US", "CA")], [rec("CA", "US")], 1),
        ([rec("US", "CA")], [rec("CA", "MX")], 0),
        ([rec("US", "CA"), rec("CA", "US")], [rec("CA", "US", 10)], 0),
        ([rec("US", "CA", core=False)], [rec("CA", "US")], 1),
    ],
)
def test_wrong_direction(tmp_path: Path, gold: Any, pred: Any, wrong: int) -> None:
    assert scored(tmp_path, {"tariffs": gold}, {"tariffs": pred}).wrong_direction == wrong


@pytest.mark.parametrize(
    ("gold", "pred", "slot", "expected"),
    [
        ({"status": "paused"}, {"status": "paused"}, "status", (1, 1)),
        ({"status": "threatened"}, {"status": "proposed"}, "status", (0, 1)),
        ({"status": "paused"}, {}, "status", (0, 1)),
        ({}, {"status": "paused"}, "status", None),  # gold leaves it out
        ({"end": None}, {"end": {"edtf": "2025-03"}}, "end", (0, 1)),  # null: must be null
        ({"end": None}, {"end": None}, "end", None),  # nothing to find, nothing found
        ({"end": None}, {}, "end", None),
        ({"effective": {"edtf": "2025-03-04"}}, {"effective": {"edtf": "2025-03-04", "basis": "relative"}}, "effective", (1, 1)),
        ({"effective": "2025-03-04"}, {"effective": {"edtf": "2025-03"}}, "effective", (0, 1)),
        ({"prior_rate": {"percent": 10}}, {"prior_rate": {"percent": 10.0}}, "prior_rate", (1, 1)),
        ({"prior_rate": {"percent": 0}}, {"prior_rate": None}, "prior_rate", (0, 1)),
        ({"products": [{"text": "steel"}]}, {"products": [{"text": "imported steel products"}]}, "products", (1, 1)),
        ({"products": ["cars and car parts"]}, {"products": [{"text": "cars"}]}, "products", (1, 1)),
        ({"products": ["steel"]}, {"products": [{"text": "aluminium"}]}, "products", (0, 1)),
        ({"products": []}, {"products": [{"text": "steel"}]}, "products", (0, 1)),
        ({"products": []}, {"products": [{"text": "all imported goods"}]}, "products", None),
        ({"legal_basis": {"code": "us_s232"}}, {"legal_basis": {"code": "us_s301", "text": "Section 301"}}, "legal_basis", (0, 1)),
        ({"legal_basis": {"code": None, "text": "the act"}}, {"legal_basis": {"code": "us_s301"}}, "legal_basis", (1, 1)),
        ({"trade_value": {"amount": 5e9, "currency": "USD"}}, {"trade_value": {"amount": 5e9, "currency": "EUR"}}, "trade_value", (0, 1)),
        ({"duration": {"iso": "P90D"}}, {"duration": {"iso": "P90D", "text": "90 days"}}, "duration", (1, 1)),
        ({"duration": None}, {"duration": {"iso": "P90D"}}, "duration", (0, 1)),
        ({"target_scope": "listed"}, {"target_scope": "unspecified"}, "target_scope", (0, 1)),
        ({"rationale": [{"code": "drugs"}]}, {"rationale": [{"code": "drugs", "text": "fentanyl"}]}, "rationale", (1, 1)),
        ({"rate": {"percent": 25, "basis": "additional"}}, {"rate": {"percent": 25, "basis": None}}, "rate.basis", (0, 1)),
        ({"rate": {"percent": 25, "qualifier": "up_to"}}, {"rate": {"percent": 25, "qualifier": "up_to"}}, "rate.qualifier", (1, 1)),
        ({"rate": {"percent": 25}}, {"rate": {"percent": 25, "qualifier": "up_to"}}, "rate.qualifier", None),
    ],
)  # fmt: skip
def test_tariff_slots(tmp_path: Path, gold: Any, pred: Any, slot: str, expected: tuple[int, int] | None) -> None:
    report = scored(tmp_path, {"tariffs": [rec(**gold)]}, {"tariffs": [rec(**pred)]})
    assert slots(report).get(f"tariff {slot}") == expected


def test_of_records_with_one_cell_the_most_alike_are_paired(tmp_path: Path) -> None:
    gold = [rec(status="ended"), rec(status="in_force")]
    report = scored(tmp_path, {"tariffs": gold}, {"tariffs": gold[::-1]})
    assert slots(report)["tariff status"] == (2, 2)


SAID = "Prices will rise for every family in the country"


@pytest.mark.parametrize(
    ("gold", "pred", "found", "speaker", "official"),
    [
        ([said("Ana Ruiz", SAID)], [said("Ruiz", SAID)], (1, 0, 0), (1, 0, 0), (1, 0, 0)),
        ([said("Ana Ruiz", SAID)], [said("Li Wei", SAID)], (1, 0, 0), (0, 1, 1), (0, 1, 1)),
        ([said("Ana Ruiz", SAID)], [said("Ana Ruiz", "Something else was said there")], (0, 1, 1), (0, 1, 1), (0, 1, 1)),
        ([said("Ana Ruiz", SAID)], [said("Ana Ruiz", "Prices will rise", "for every family.")], (1, 0, 0), (1, 0, 0), (1, 0, 0)),
        ([said("Ana Ruiz", SAID)], [said("Ana Ruiz", "Prices will rise")], (0, 1, 1), (0, 1, 1), (0, 1, 1)),
        ([said("Ana Ruiz", SAID)], [said("Ana Ruiz", SAID, official=False)], (1, 0, 0), (1, 0, 0), (0, 0, 1)),
        ([said("Ana Ruiz", SAID, official=False)], [said("Ana Ruiz", SAID)], (1, 0, 0), (1, 0, 0), (0, 1, 0)),
        ([said("Ana Ruiz", SAID, core=False)], [said("Ana Ruiz", SAID)], (0, 0, 0), (0, 0, 0), (0, 0, 0)),
        ([said("Ana Ruiz", SAID, core=False)], [], (0, 0, 0), (0, 0, 0), (0, 0, 0)),
        ([said("Ana Ruiz", SAID), said("Ana Ruiz", SAID)], [said("Ana Ruiz", SAID)], (1, 0, 1), (1, 0, 1), (1, 0, 1)),
    ],
)  # fmt: skip
def test_statements(tmp_path: Path, gold: Any, pred: Any, found: Any, speaker: Any, official: Any) -> None:
    got = counts(scored(tmp_path, {"statements": gold}, {"statements": pred}))
    rows = ("all statements: found", "all statements: found with speaker", "official statements: found with speaker")
    assert tuple(got[row] for row in rows) == (found, speaker, official)


@pytest.mark.parametrize(
    ("gold", "pred", "right"),
    [((0, 20), (0, 20), 1), ((0, 20), (10, 20), 1), ((0, 20), (11, 20), 0), ((0, 20), (40, 60), 0)],
)
def test_content_with_offsets_is_compared_by_them(tmp_path: Path, gold: Any, pred: Any, right: int) -> None:
    """The words are the same, so that only the offsets can tell."""
    one, other = (
        said("Ana Ruiz") | {"content": [{"start": start, "end": end, "text": "same words"}]} for start, end in (gold, pred)
    )
    assert counts(scored(tmp_path, {"statements": [one]}, {"statements": [other]}))["all statements: found"][0] == right


def test_a_speaker_may_have_any_name_of_its_entity(tmp_path: Path) -> None:
    gold = {
        "entities": [ent("AGENCY", "Ministry of Commerce", "MOFCOM", id="agency-1")],
        "statements": [said("Ministry of Commerce", SAID, speaker={"entity": "agency-1"})],
    }
    report = scored(tmp_path, gold, {"statements": [said("MOFCOM", SAID)]})
    assert counts(report)["all statements: found with speaker"] == (1, 0, 0)


def test_officials_are_scored_only_where_gold_tells_them(tmp_path: Path) -> None:
    gold = {"statements": [{"speaker": "Ana Ruiz", "content": [SAID]}]}
    report = scored(tmp_path, gold, {"statements": [said("Ana Ruiz", SAID)]})
    assert list(report.rows) == ["all statements: found", "all statements: found with speaker"]
    assert report.slots == {}


@pytest.mark.parametrize(
    ("gold", "pred", "slot", "expected"),
    [
        ({"mode": "mixed"}, {"mode": "direct"}, "mode", (0, 1)),
        ({"date": "2025-03-04"}, {"date": {"edtf": "2025-03-04"}}, "date", (1, 1)),
        ({"date": None}, {"date": {"edtf": "2025-03-04"}}, "date", (0, 1)),
        ({"speech_act": "deny"}, {"speech_act": "deny"}, "speech_act", (1, 1)),
        ({"speaker": {"country": {"code": "CL"}}}, {"speaker": {"country": {"code": "CL"}}}, "speaker.country", (1, 1)),
        ({"speaker": {"country": "CL"}}, {"speaker": {"country": None}}, "speaker.country", (0, 1)),
        ({"speaker": {"country": None}}, {"speaker": {"country": {"code": "CL"}}}, "speaker.country", (0, 1)),
        ({"speaker": {"role": "trade minister"}}, {"speaker": {"role": "Chilean Trade Minister"}}, "speaker.role", (1, 1)),
        ({"speaker": {"role": "trade minister"}}, {"speaker": {"role": "president"}}, "speaker.role", (0, 1)),
        ({"official": True}, {"official": False}, "speaker.official", (0, 1)),
        ({}, {"speaker": {"role": "president"}}, "speaker.role", None),
    ],
)
def test_statement_slots(tmp_path: Path, gold: Any, pred: Any, slot: str, expected: tuple[int, int] | None) -> None:
    report = scored(tmp_path, {"statements": [said("Ana Ruiz", SAID, **gold)]}, {"statements": [said("Ana Ruiz", SAID, **pred)]})
    assert slots(report).get(f"statement {slot}") == expected


def test_slots_of_a_wrong_speaker_are_not_scored(tmp_path: Path) -> None:
    report = scored(tmp_path, {"statements": [said("Ana Ruiz", SAID)]}, {"statements": [said("Li Wei", SAID)]})
    assert list(report.slots) == ["statement mode"]


def test_refusals_to_comment_are_a_row_of_their_own(tmp_path: Path) -> None:
    gold = {"statements": [said("Ana Ruiz", mode="no_comment"), said("Li Wei", mode="no_comment")]}
    report = scored(tmp_path, gold, {"statements": [said("Ruiz", mode="no_comment")]})
    assert counts(report)["no-comment statements"] == (1, 0, 1)
    assert counts(report)["all statements: found"] == (0, 0, 0)


def test_errors_name_article_kind_and_text(tmp_path: Path) -> None:
    gold = {"entities": [ent("PERSON", "Ana Ruiz")], "tariffs": [rec(status="ended")], "statements": [said("Ana Ruiz", SAID)]}
    pred = {"entities": [], "tariffs": [rec(status="paused"), rec("EU", "", None)], "statements": []}
    assert scored(tmp_path, gold, pred).errors == [
        Miss("a.txt", "people", "missed", "Ana Ruiz"),
        Miss("a.txt", "tariff cells", "extra", "EU → ? no rate"),
        Miss("a.txt", "tariff status", "wrong", "US → CA 25%: paused, should be ended"),
        Miss("a.txt", "statement", "missed", f"Ana Ruiz: {SAID}"),
    ]


# ---------------------------------------------------------------- files


def named(source: str, code: str = "CA", **fields: Any) -> dict[str, Any]:
    return {"article": {"source": source, **fields}, "tariffs": [rec(targets=code)]}


def write(path: Path, *articles: dict[str, Any], form: str = "lines") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(json.dumps, articles)) if form == "lines" else json.dumps(articles))
    return path


def test_files_folders_lists_and_lines_are_read_alike(tmp_path: Path) -> None:
    articles = [named("a.txt"), named("b.txt", "MX"), named("sub/c.txt", "CN")]
    lines, listed = write(tmp_path / "all.jsonl", *articles), write(tmp_path / "all.json", *articles, form="list")
    for number, one in enumerate(articles):
        write(tmp_path / "folder" / f"sub{number}" / "x.json", one)
    for gold in (lines, listed, tmp_path / "folder"):
        for pred in (lines, listed, tmp_path / "folder"):
            assert counts(evaluate(gold, pred))["tariff records"] == (3, 0, 0)


@pytest.mark.parametrize(
    ("gold", "pred", "found"),
    [
        (named("a.txt"), named("folder/a.txt"), True),
        (named("x.txt", url="https://news.example/1"), named("y.txt", url="https://news.example/1"), True),
        (named("x.txt", id="0123"), named("y.txt", id="0123"), True),
        (named("a.txt"), named("b.txt"), False),
        (named("a.txt"), named("a.html"), False),
    ],
)
def test_articles_are_paired_by_id_url_or_file_name(tmp_path: Path, gold: Any, pred: Any, found: bool) -> None:
    report = evaluate(write(tmp_path / "g.jsonl", gold, named("other")), write(tmp_path / "p.jsonl", named("more", "MX"), pred))
    assert (gold["article"]["source"] not in report.absent) == found
    assert counts(report)["tariff records"] == ((1, 0, 1) if found else (0, 0, 2))


def test_a_file_name_that_two_articles_have_pairs_neither(tmp_path: Path) -> None:
    pred = write(tmp_path / "p.jsonl", named("2024/a.txt"), named("2025/a.txt"))
    assert evaluate(write(tmp_path / "g.json", named("2025/a.txt")), pred).absent == []
    assert evaluate(write(tmp_path / "g.json", named("a.txt")), pred).absent == ["a.txt"]


def test_one_gold_and_one_extraction_need_no_name(tmp_path: Path) -> None:
    report = evaluate(write(tmp_path / "g.json", named("gold")), write(tmp_path / "p.json", named("other.txt")))
    assert (report.absent, counts(report)["tariff records"]) == ([], (1, 0, 0))


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("{", "C006", "is no JSON"),
        ("", "C006", "is no JSON"),
        ("[]", "C006", "holds no extraction"),
        ('{"a": 1}\n{"b": ', "C006", "line 2"),
        ('{"a.txt": {"published": "2025-01-01"}}', "C006", "article: Field required"),
        ('{"article": {}}', "C006", "needs a source"),
        ('[{"article": {"source": "a"}}, {"article": {"source": "b"}, "tariffs": {}}]', "C006", "item 2"),
        ('{"article": {"source": "a"}, "tariffs": [{"rate": "a fifth"}]}', "C006", "tariffs.0.rate.percent"),
        ('{"article": {"source": "a"}}\n{"article": {"source": "a"}}', "C006", "more than once"),
        ("42", "C006", "is no extraction"),
        ("[" * 100_000, "C006", "is no JSON"),
    ],
)
def test_files_of_another_form_are_refused(tmp_path: Path, content: str, code: str, words: str) -> None:
    good, bad = write(tmp_path / "good.json", named("a.txt")), tmp_path / "bad.json"
    bad.write_text(content)
    for gold, pred in ((good, bad), (bad, good)):
        with pytest.raises(ConfigError, match=re_escape(words)) as caught:
            evaluate(gold, pred)
        assert caught.value.code == code
        assert "bad.json" in caught.value.message


def re_escape(words: str) -> str:
    return words.replace(".", r"\.")


def test_missing_files_are_refused(tmp_path: Path) -> None:
    good = write(tmp_path / "good.json", named("a.txt"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    for path, code in ((tmp_path / "none.json", "C001"), (tmp_path / "empty", "C006"), (tmp_path / "binary.json", "C006")):
        with pytest.raises(ConfigError) as caught:
            evaluate(good, path)
        assert (caught.value.code, path.name in caught.value.message) == (code, True)


# ---------------------------------------------------------------- the report

TEXT = "Norway will tax Canadian salmon at 25%, Trade Minister Kari Nordmann said."


def test_an_extraction_is_its_own_perfect_gold(tmp_path: Path) -> None:
    about = article(TEXT, source="a.txt", published="2025-03-01")
    proof: dict[str, str | list[str]] = {
        "tariff": "tax Canadian salmon at 25%",
        "imposer": "Norway",
        "targets": "Canadian",
        "rate": "25%",
    }
    made = extraction(
        about,
        entities=[entity(TEXT, "PERSON", "Kari Nordmann"), entity(TEXT, "RATE", "25%", value={"percent": 25})],
        tariffs=[tariff(TEXT, proof, imposer="NO", targets=["CA"], rate=25)],
        statements=[statement(TEXT, "Kari Nordmann", "Norway will tax Canadian salmon at 25%")],
    )
    (tmp_path / "x.json").write_text(made.to_json(indent=2))
    report = evaluate(tmp_path / "x.json", tmp_path / "x.json")
    assert {(row.extra, row.missed) for row in report.rows.values()} == {(0, 0)}
    assert {name: slot.accuracy for name, slot in report.slots.items() if slot.accuracy != 1} == {}
    assert {"people", "rates", "tariff cells", "tariff records", "all statements: found with speaker"} <= set(report.rows)
    assert report.errors == []


def test_shares_of_nothing_are_unknown_not_zero(tmp_path: Path) -> None:
    report = scored(tmp_path, {"tariffs": []}, {"tariffs": []})
    row = report.as_dict()["rows"]["tariff cells"]
    assert (row["precision"], row["recall"], row["f1"]) == (None, None, None)
    assert "tariff cells" in report.render()


def test_the_report_is_plain_data_and_a_table(tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", named("a.txt", "CA MX"), named("b.txt"), named("c.txt"))
    report = evaluate(gold, write(tmp_path / "p.jsonl", named("a.txt"), named("b.txt", "MX")))
    data = json.loads(json.dumps(report.as_dict()))
    assert data["articles"] == 3
    assert data["absent"] == ["c.txt"]
    assert data["rows"]["tariff cells"] == {"precision": 0.5, "recall": 0.25, "f1": 0.3333, "right": 1, "extra": 1, "missed": 3}
    assert data["slots"]["tariff targets"] == {"accuracy": 0.0, "right": 0, "total": 1}
    assert data["errors"][0] == {"article": "a.txt", "kind": "tariff cells", "what": "missed", "text": "US → MX 25%"}
    shown = report.render()
    assert shown.startswith("3 articles, 1 without an extraction: c.txt")
    assert "tariff cells              0.500  0.250  0.333       1      1       3" in shown
    assert "b.txt: tariff cells: missed" not in shown
    assert "b.txt: tariff cells: missed: US → CA 25%" in report.render(errors=True)
