"""The sample articles and their gold: every article has gold, and the gold is well formed and quotes its article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from pydantic import BaseModel

from extractor.records import Action, EntityType, Instrument, Rate, Speaker, StatementRecord, Status, TariffRecord

SAMPLES = Path(__file__).parent.parent / "samples"
NO_TARIFF = {"power-bills-2012.txt", "phone-plans-2016.html", "poll-2022.json"}
ENTITY_TYPES = {EntityType.PERSON, EntityType.AGENCY, EntityType.COUNTRY, EntityType.RATE, EntityType.DATE}
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
CODE = re.compile(r"[A-Z]{2}")

Json = dict[str, Any]


class Sample(NamedTuple):
    """One article: its file, its text as a reader would see it, and its gold."""

    name: str
    text: str
    offsets: bool
    gold: Json


def _visible(page: str) -> str:
    """The words of a page, blocks apart, spaces as one: good enough to look a quote up in."""
    page = re.sub(r"<(script|style|title)\b[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r"</?(p|li|div|h\d|blockquote|figcaption|dd|dt|br)\b[^>]*>", "\n", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def _texts(path: Path) -> list[str]:
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return [_visible(raw)]
    if path.suffix == ".txt":
        return [raw]
    rows = [json.loads(line) for line in raw.splitlines()] if path.suffix == ".jsonl" else [json.loads(raw)]
    return [f"{row['title']}\n\n{row['text']}" for row in rows]


def _golds(path: Path) -> list[Json]:
    if path.suffix == ".jsonl":
        lines = (SAMPLES / "expected" / path.name).read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]
    return [json.loads((SAMPLES / "expected" / f"{path.name}.json").read_text(encoding="utf-8"))]


@cache
def _samples() -> list[Sample]:
    found = []
    for path in sorted((SAMPLES / "articles").iterdir()):
        pairs = zip(_texts(path), _golds(path), strict=True)
        found += [Sample(path.name, text, path.suffix == ".txt", gold) for text, gold in pairs]
    return found


each_sample = pytest.mark.parametrize("sample", _samples(), ids=lambda sample: sample.gold["article"].get("id") or sample.name)


def _spans(value: Any) -> Iterator[Json]:
    """Every object with a `text` in a gold record."""
    if isinstance(value, dict):
        if "text" in value:
            yield value
        for part in value.values():
            yield from _spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from _spans(part)


def _choices(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """The values that a Literal field of a model allows."""
    return get_args(model.model_fields[field].annotation)


def _dates(gold: Json) -> Iterator[str]:
    for entity in gold["entities"]:
        if entity["type"] == "DATE":
            yield entity["value"]["edtf"]
    for tariff in gold["tariffs"]:
        yield from (tariff[field]["edtf"] for field in ("effective", "end") if tariff.get(field))
    yield from (statement["date"]["edtf"] for statement in gold["statements"] if statement["date"])


def _codes(gold: Json) -> Iterator[str]:
    yield from (entity["value"]["code"] for entity in gold["entities"] if entity["type"] == "COUNTRY")
    for tariff in gold["tariffs"]:
        places = [tariff.get("imposer"), *tariff.get("targets", []), *tariff.get("excluded_targets", [])]
        yield from (place["code"] for place in places if place)
    yield from (s["speaker"]["country"]["code"] for s in gold["statements"] if s["speaker"].get("country"))


def test_every_article_has_gold_and_all_gold_an_article() -> None:
    articles = sorted((SAMPLES / "articles").iterdir())
    expected = {path.name if path.suffix == ".jsonl" else f"{path.name}.json" for path in articles}
    assert {path.name for path in (SAMPLES / "expected").iterdir()} == expected
    assert len(_samples()) >= 14


def test_metadata_dates_every_text_file() -> None:
    metadata = json.loads((SAMPLES / "metadata.json").read_text(encoding="utf-8"))
    golds = {sample.name: sample.gold["article"] for sample in _samples() if sample.offsets}
    assert set(metadata) == set(golds)
    for name, entry in metadata.items():
        assert entry == {key: golds[name][key] for key in ("published", "publisher")}


@each_sample
def test_article_fields(sample: Sample) -> None:
    article = sample.gold["article"]
    assert article["source"] == sample.name
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", article["published"])
    assert article["title"] is None or article["title"] in sample.text
    assert article["title"] is not None or sample.name == "ottawa-surtax-2026.txt"


@each_sample
def test_quotes_are_in_the_article(sample: Sample) -> None:
    spans = [span for key in ("entities", "tariffs", "statements") for span in _spans(sample.gold[key])]
    assert spans
    for span in spans:
        assert span["text"] in sample.text
        if "start" in span:
            assert sample.text[span["start"] : span["end"]] == span["text"]
    for name in sample.gold["byline_people"]:
        assert name in sample.text


@each_sample
def test_proof_has_offsets_in_plain_text_only(sample: Sample) -> None:
    proof = [mention for entity in sample.gold["entities"] for mention in entity["mentions"]]
    proof += [span for tariff in sample.gold["tariffs"] for span in tariff["evidence"]["tariff"]]
    proof += [span for statement in sample.gold["statements"] for span in statement["content"]]
    assert all(("start" in span) == sample.offsets for span in proof)


@each_sample
def test_entities(sample: Sample) -> None:
    entities = sample.gold["entities"]
    assert {entity["type"] for entity in entities} <= ENTITY_TYPES
    assert len({entity["id"] for entity in entities}) == len(entities)
    named = [(entity["type"], json.dumps(entity["value"]) if entity["type"] == "RATE" else entity["name"]) for entity in entities]
    assert len(set(named)) == len(named), "each once"
    for entity in entities:
        assert entity["name"]
        assert entity["mentions"]
        if entity["type"] in ("PERSON", "AGENCY"):
            assert entity["mentions"][0]["text"].split() == entity["name"].split()


@each_sample
def test_tariffs(sample: Sample) -> None:
    for tariff in sample.gold["tariffs"]:
        assert set(tariff) - {"core"} <= set(TariffRecord.model_fields)
        assert isinstance(tariff["core"], bool)
        assert tariff["evidence"]["tariff"]
        assert {tariff.get("instrument", "other")} <= set(Instrument)
        assert {tariff.get("action", "impose")} <= set(Action)
        assert {tariff.get("status", "unknown")} <= set(Status)
        if "target_scope" in tariff:
            assert tariff["target_scope"] in _choices(TariffRecord, "target_scope")
            assert (tariff["target_scope"] == "listed") == bool(tariff["targets"])
            assert (tariff["target_scope"] == "all_except") == bool(tariff["excluded_targets"])
        for rate in filter(None, (tariff.get("rate"), tariff.get("prior_rate"))):
            Rate.model_validate(rate)
            assert rate["percent"] is not None or rate["specific"]


@each_sample
def test_statements(sample: Sample) -> None:
    people = {entity["name"] for entity in sample.gold["entities"] if entity["type"] == "PERSON"}
    for statement in sample.gold["statements"]:
        speaker = statement["speaker"]
        assert set(statement) <= set(StatementRecord.model_fields)
        assert set(speaker) <= set(Speaker.model_fields)
        assert speaker["kind"] in _choices(Speaker, "kind")
        assert statement["mode"] in _choices(StatementRecord, "mode")
        assert isinstance(speaker["official"], bool)
        assert (speaker["name"] in people) == (speaker["kind"] == "person")
        assert speaker["name"] in " ".join(sample.text.split())
        assert statement["content"]


@each_sample
def test_dates_and_codes(sample: Sample) -> None:
    for edtf in _dates(sample.gold):
        assert EDTF.fullmatch(edtf), edtf
    countries = {entity["value"]["code"] for entity in sample.gold["entities"] if entity["type"] == "COUNTRY"}
    assert all(CODE.fullmatch(code) for code in countries)
    assert set(_codes(sample.gold)) <= countries, "a record's country that the article does not name"


@each_sample
def test_rates_of_tariffs_are_entities(sample: Sample) -> None:
    rates = [entity["value"] for entity in sample.gold["entities"] if entity["type"] == "RATE"]
    stated = {value[key] for value in rates for key in ("percent", "percent_high")} | {0.0}
    used = {
        tariff["rate"].get(key) for tariff in sample.gold["tariffs"] if tariff.get("rate") for key in ("percent", "percent_high")
    }
    assert used <= stated | {None}


@each_sample
def test_articles_without_tariffs(sample: Sample) -> None:
    rated = [entity for entity in sample.gold["entities"] if entity["type"] == "RATE"]
    assert bool(sample.gold["tariffs"]) == bool(rated) == (sample.name not in NO_TARIFF)
