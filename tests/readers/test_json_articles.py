"""JSON: one article, a list, or one a line; broken ones are rejected alone."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from extractor import InputError
from extractor.readers import SkippedError

TEXT = "Canada will put a 25% duty on steel from the United States, the minister said."
FULL = {
    "id": "n7", "url": "https://wire.example/7", "title": "Canada taxes steel", "text": TEXT, "published": "2021-07-02T21:00:00-04:00",
    "publisher": "Northern Wire", "authors": ["Jane Roe", "John Doe"], "section": {"unknown": ["ignored"]},
}  # fmt: skip


def test_all_fields(read_bytes):
    (article,) = read_bytes(json.dumps(FULL), "a.json")
    assert article.text == f"Canada taxes steel\n\n{TEXT}"
    assert (article.title, article.body_start) == ("Canada taxes steel", 20)
    assert (article.url, article.publisher, article.authors) == (
        "https://wire.example/7",
        "Northern Wire",
        ("Jane Roe", "John Doe"),
    )
    assert (article.published, article.published_basis) == (date(2021, 7, 2), "given")
    assert article.published_at == datetime.fromisoformat("2021-07-02T21:00:00-04:00")
    assert article.source == "a.json"


def test_a_text_that_begins_with_its_title_is_kept(read_bytes):
    (article,) = read_bytes(json.dumps({"title": "Canada taxes steel", "text": f"Canada taxes steel\n\n{TEXT}"}), "a.json")
    assert article.text == f"Canada taxes steel\n\n{TEXT}"


@pytest.mark.parametrize(
    ("content", "name", "sources"),
    [
        ([{"text": TEXT}, {"text": TEXT}], "a.json", ["a.json#1", "a.json#2"]),
        ([{"text": TEXT, "id": "x"}, {"text": TEXT, "id": 5}], "a.json", ["a.json#x", "a.json#5"]),
        ([{"text": TEXT}], "a.txt", ["a.txt#1"]),
        ({"text": TEXT}, "a.txt", ["a.txt"]),
        ({"text": TEXT}, "a.jsonl", ["a.jsonl#1"]),
    ],
)
def test_sources_tell_the_articles_of_a_file_apart(read_bytes, content, name, sources):
    assert [a.source for a in read_bytes(json.dumps(content), name)] == sources


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.txt", "a.json"])
def test_one_article_a_line_whatever_the_name(read_bytes, name):
    lines = "\n".join([json.dumps({"text": TEXT}), "", json.dumps({"text": TEXT + " So it goes."}), ""])
    assert [a.source for a in read_bytes(lines, name)] == [f"{name}#1", f"{name}#3"]


def test_a_bad_line_is_its_own_failure(code_of):
    good = json.dumps({"text": TEXT})
    lines = [good, "{broken", '{"title": "no text"}', "[1]", '{"text": 7}', "x" * 900, good]
    assert code_of("\n".join(lines), "a.jsonl", max_bytes=200) == "ok,R006,R007,R010,R011,R004,ok"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "R006"),
        ('{"text": "a",}', "R006"),
        ('{"text": ' + "[" * 100_000, "R006"),
        ("[" * 100_000, "R006"),
        ('{"text": ' + "9" * 5000 + "}", "R006"),
        ("nothing like JSON", "R006"),
        ("[]", "R010"),
        ("7", "R010"),
        ('"a string"', "R010"),
        ("null", "R010"),
        ("[1, 2]", "R010,R010"),
        ("{}", "R007"),
        ('{"text": ""}', "R007"),
        ('{"text": " \\n "}', "R007"),
        ('{"text": null}', "R007"),
        ('{"text": ["a"]}', "R011"),
        ('{"text": "a", "title": 5}', "R011"),
        ('{"text": "a", "authors": "Jane Roe"}', "ok"),
        ('{"text": "a", "authors": [1]}', "R011"),
        ('{"text": "a", "authors": {"name": "x"}}', "R011"),
        ('{"text": "a", "published": "yesterday"}', "R011"),
        ('{"text": "a", "published": "2021-13-02"}', "R011"),
        ('{"text": "a", "published": "2021-07"}', "R011"),
        ('{"text": "a", "published": 20210702}', "R011"),
        ('{"text": "a", "published": null, "url": null, "id": null}', "ok"),
        ('{"text": "a", "published": ""}', "ok"),
        ('{"text": "a", "published": "2021-07-02 21:00:00Z"}', "ok"),
        ('{"text": "a", "n": NaN, "big": 1e999, "text": "b"}', "ok"),
    ],
)
def test_bad_json_is_rejected_with_its_code(code_of, content, code):
    assert code_of(content, "a.json") == code


def test_a_message_names_the_field(read_bytes):
    (error,) = read_bytes('{"text": "a", "published": "yesterday"}', "a.json")
    assert isinstance(error, InputError)
    assert "`published`" in str(error)


def test_lone_surrogates_are_replaced(read_bytes):
    (article,) = read_bytes('{"text": "Duty\\ud800 of 25%"}', "a.json")
    assert article.text == "Duty\ufffd of 25%"
    assert [w.code for w in article.warnings] == ["W101"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('{"schema_version": "1.0", "article": {}}', "a.json"),
        ('{\n  "schema_version": "9.0"\n}', "a.txt"),
        ('{"schema_version": "1.0"}\n{"schema_version": "1.0"}\n', "a.jsonl"),
        ('[{"schema_version": "1.0"}]', "a.json"),
        ('{"schema_version": "1.0", "text": "' + "x" * 5000 + '"}', "a.json"),
        ('{\n"schema_version": "1.0", "text": "' + "x" * 5000 + '"}', "a.json"),
    ],
)
def test_an_extraction_is_no_article(read_bytes, content, name):
    with pytest.raises(SkippedError):
        read_bytes(content, name, max_bytes=500)


@pytest.mark.parametrize(
    "text", ["[Corrects date] Canada will tax steel.", "{Refiles} Canada will tax steel.", "{} is empty [ ] too"]
)
def test_brackets_make_no_json(read_bytes, text):
    (article,) = read_bytes(text)
    assert article.text == text
