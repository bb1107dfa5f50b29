"""The corpus of invented articles: its gold has its form, and every word of it stands in its article."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[1] / "models" / "corpus"
spec = importlib.util.spec_from_file_location("validate", CORPUS / "validate.py")
assert spec is not None
assert spec.loader is not None
validate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(validate)


@pytest.mark.parametrize("gold", sorted((CORPUS / "gold").glob("*.json")), ids=lambda file: file.stem)
def test_gold_stands_in_its_article(gold):
    text = (CORPUS / "articles" / f"{gold.stem}.txt").read_text(encoding="utf-8")
    assert validate.faults(text, json.loads(gold.read_text(encoding="utf-8"))) == []


BRIEFS = [
    json.loads(line) for file in sorted(CORPUS.glob("briefs_*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: str(brief["id"]))
def test_briefs_have_their_form(brief):
    told = [{"core": True, "evidence": ["read"], **t} for t in brief["tariffs"]]
    faults = validate.faults(
        brief["text"], {"published": brief["published"], "rates": brief["rates"], "tariffs": told, "statements": []}
    )
    assert [f for f in faults if "evidence" not in f and "computed" not in f] == []


def test_every_article_has_gold():
    assert {f.stem for f in (CORPUS / "articles").iterdir()} == {f.stem for f in (CORPUS / "gold").iterdir()}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"people": [["Nobody Here"]]}, "people: not in the text: 'Nobody Here'"),
        ({"countries": ["Peru"]}, "countries: 'Peru' is no code"),
        ({"dates": ["last May"]}, "dates: 'last May'"),
        ({"published": "soon"}, "published: not a day"),
    ],
)
def test_faults_are_found(change, fault):
    gold = {
        "published": "2025-03-05",
        "people": [["Ann Roe"]],
        "countries": ["PE"],
        "dates": ["2025-03"],
        "tariffs": [],
        "statements": [],
    }
    assert validate.faults("Ann Roe spoke in Lima in March.", gold) == []
    assert fault in validate.faults("Ann Roe spoke in Lima in March.", {**gold, **change})
