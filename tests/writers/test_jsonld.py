"""JSON-LD: a W3C Web Annotation for each record, with a schema.org Quotation in a statement's; codes of other lists."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyld import jsonld

from extractor.batch import Options, run_batch
from extractor.errors import ConfigError
from extractor.records import Action, Instrument
from extractor.writers.crosswalk import crosswalk, rules
from extractor.writers.jsonld import to_jsonld
from tests.factories import tariff
from tests.faults.runs import Silent
from tests.faulty import FaultyJob
from tests.writers.many import story

OA = "http://www.w3.org/ns/oa#"
ANNOTATION = {
    "oa": OA, "dcterms": "http://purl.org/dc/terms/", "as": "http://www.w3.org/ns/activitystreams#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "id": {"@id": "@id", "@type": "@id"}, "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource", "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector", "Software": "as:Application", "describing": "oa:describing",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "generator": {"@type": "@id", "@id": "as:generator"},
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"}, "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
}  # fmt: skip
"""Those terms of the context http://www.w3.org/ns/anno.jsonld that are used, as the recommendation defines them."""


def expanded(document: str) -> list[dict[str, Any]]:
    """What a JSON-LD processor makes of it; terms that no context defines are gone."""

    def load(url: str, _: object) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": ANNOTATION},
        }

    (whole,) = jsonld.expand(json.loads(document), {"documentLoader": load})
    return whole["@graph"]


def terms(value: Any) -> int:
    """How many names have a value in it, but for the keywords of JSON-LD."""
    if isinstance(value, dict):
        value = {name: each for name, each in value.items() if each is not None}
        return sum(terms(each) + (not name.startswith("@") and name not in ("id", "type")) for name, each in value.items())
    return sum(map(terms, value)) if isinstance(value, list) else 0


def test_a_processor_understands_every_term():
    document = to_jsonld(story(3))
    assert terms(expanded(document)) == terms(json.loads(document)["@graph"])


def test_each_record_is_an_annotation_on_its_words():
    told = story(3)
    article, *annotations = json.loads(to_jsonld(told))["@graph"]
    assert [one["body"]["type"] for one in annotations] == ["tx:Tariff", "tx:Tariff", "schema:Quotation"]
    text = told.article.text
    for one in annotations:
        assert (one["type"], one["motivation"]) == ("Annotation", "describing")
        for target in one["target"]:
            position, quote = target["selector"]
            assert target["source"] == article["id"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote.get("suffix", "")
            assert around in text
    proven = {field for target in annotations[0]["target"] for field in target["tx:proves"]}
    assert proven == set(told.tariffs[0].evidence)


def test_a_quotation_says_who_what_when_and_about_what():
    told = story(3)
    quotation = json.loads(to_jsonld(told))["@graph"][-1]["body"]
    assert quotation["schema:text"] == "This will not stand"
    assert quotation["schema:creator"]["type"] == "schema:Person"
    assert quotation["schema:creator"]["schema:name"] == "Ola Nordmann"
    assert (quotation["schema:dateCreated"], quotation["schema:locationCreated"]) == ("2025-05-04", "Oslo")
    assert quotation["schema:about"] == [{"id": f"urn:x-tariff-extractor:tariff:{each.id}"} for each in told.tariffs]


def test_a_tariff_has_its_fields_and_the_codes_of_other_lists():
    tariff_ = json.loads(to_jsonld(story(3)))["@graph"][1]["body"]
    assert tariff_["tx:imposer"] == {"tx:code": "MX", "tx:name": "Mexico", "tx:kind": "country"}
    assert tariff_["tx:rate"]["tx:percent"] == 8.0
    assert [
        (code["schema:inDefinedTermSet"], code["schema:termCode"], code["schema:name"]) for code in tariff_["schema:category"]
    ] == [
        ("Global Trade Alert intervention types", "47", "Import tariff"),
        ("UNCTAD TCM", "1700", "Temporary increased duties"),
    ]


def test_without_the_text_there_is_nothing_around_a_quote():
    told = story(1)
    bare = told.model_copy(update={"article": told.article.model_copy(update={"text": None})})
    (_, quote) = json.loads(to_jsonld(bare))["@graph"][1]["target"][0]["selector"]
    assert set(quote) == {"type", "exact"}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"instrument": "import_tariff", "action": "raise"}, {"gta": "47", "tcm": "1700"}),
        ({"instrument": "import_tariff", "action": "remove"}, {"gta": "47", "tcm": "1600"}),
        ({"instrument": "import_tariff", "action": "maintain"}, {"gta": "47"}),
        (
            {"instrument": "import_tariff", "relations": [{"type": "retaliates_against", "tariff": "t0"}]},
            {"gta": "47", "tcm": "1710"},
        ),
        ({"instrument": "import_tariff", "basis": "out_of_quota"}, {"gta": "44", "mast": "E", "tcm": "1420"}),
        ({"instrument": "anti_dumping", "action": "investigate"}, {"gta": "51", "mast": "D", "tcm": "3410"}),
        ({"instrument": "anti_dumping"}, {"gta": "51", "mast": "D", "tcm": "3420"}),
        ({"instrument": "countervailing"}, {"gta": "53", "mast": "D", "tcm": "3500"}),
        ({"instrument": "safeguard"}, {"gta": "52", "mast": "D", "tcm": "1720"}),
        ({"instrument": "quota"}, {"gta": "45", "mast": "E"}),
        ({"instrument": "export_duty"}, {"gta": "18", "mast": "P"}),
        ({"instrument": "de_minimis"}, {}),
        ({"instrument": "other"}, {"gta": "60"}),
    ],
)
def test_codes(fields, codes):
    basis = fields.pop("basis", None)
    record = tariff("a 5% duty", {"tariff": "duty", "rate": "5%"}, rate=5.0, **fields)
    if basis:
        record = record.model_copy(update={"rate": record.rate.model_copy(update={"basis": basis})})
    assert {code.scheme: code.code for code in crosswalk(record)} == codes
    assert all(code.name for code in crosswalk(record))


@pytest.mark.parametrize("instrument", list(Instrument))
@pytest.mark.parametrize("action", list(Action))
def test_every_record_fits_a_rule(instrument, action):
    assert any(rule.fits(tariff("a duty", {"tariff": "duty"}, instrument=instrument, action=action)) for rule in rules())


def test_a_run_writes_it_and_knows_it_again(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Duties rise.")
    monkeypatch.chdir(tmp_path)
    options = {"paths": (".",), "output": "out.jsonl", "workers": 1}
    runs = [run_batch(Options(**options, form=form), Silent(), job=FaultyJob) for form in ("jsonld", "jsonld", "json")]
    assert [(s.done, s.unchanged, s.rejected) for s in runs] == [(1, 0, 0), (0, 1, 0), (1, 0, 0)]
    run_batch(Options(**options, form="jsonld"), Silent(), job=FaultyJob)
    (line,) = (tmp_path / "out.jsonl").read_text().splitlines()
    assert json.loads(line)["@graph"][0]["type"] == "schema:NewsArticle"


def test_a_database_holds_no_jsonld(tmp_path):
    with pytest.raises(ConfigError, match="C006"):
        run_batch(Options(paths=(str(tmp_path),), output=str(tmp_path / "tariffs.db"), form="jsonld"), Silent(), job=FaultyJob)
