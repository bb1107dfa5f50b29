"""ninjs: versions 1.x, 2.x and 3.x, alone, in lists and one a line; withdrawn items are rejected."""

from __future__ import annotations

import json
from datetime import date

import pytest

P = "Peru will keep its 9% duty on wool from Chile, its trade ministry said on Tuesday."
TWO = f"<p>{P}</p><p>So it said.</p>"
ITEM = {
    "uri": "https://x.example/a",
    "type": "text",
    "versioncreated": "2025-03-04T15:30:00Z",
    "headline": "Peru keeps wool duty",
    "body_text": P,
}


def body(kind: str, value: str, role: str = "main", key: str = "contenttype") -> dict[str, str]:
    return {"role": role, key: kind, "value": value}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"body_text": f"{P}\n\nSo it said."}, f"{P}\n\nSo it said."),
        ({"body_xhtml": TWO}, f"{P}\n\nSo it said."),
        ({"body_html": TWO}, f"{P}\n\nSo it said."),
        ({"body_text": f"{P} So it said.", "body_xhtml": TWO}, f"{P}\n\nSo it said."),
        ({"body_text": f"{P} " * 9, "body_xhtml": "<p>Short.</p>"}, f"{P} " * 9),
        ({"body_main": f"{P} So it said.", "body_richtext": TWO}, f"{P}\n\nSo it said."),
        ({"body_summary": f"{P} " * 9, "body_main": P}, P),
        ({"body_text": "", "body_xhtml": TWO}, f"{P}\n\nSo it said."),
        ({"bodies": [body("text/plain", P)]}, P),
        ({"bodies": [body("text/plain", P + " So it said."), body("text/html", TWO)]}, f"{P}\n\nSo it said."),
        ({"bodies": [body("text/plain", P), body("text/plain", f"{P} " * 9, role="caption")]}, P),
        ({"bodies": [body("application/xhtml+xml", TWO, key="contentType")]}, f"{P}\n\nSo it said."),
        ({"bodies": [{"value": P}]}, P),
        ({"bodies": ["x", {"value": None}, {"value": P}]}, P),
    ],
)
def test_bodies(read_bytes, fields, text):
    item = {key: value for key, value in ITEM.items() if key != "body_text"} | fields
    (article,) = read_bytes(json.dumps(item), "a.json")
    assert article.text == f"Peru keeps wool duty\n\n{text}"
    assert article.source == "a.json"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"headline": "A duty stays"}, "A duty stays"),
        ({"headline": None, "headline_main": "A duty stays", "headline_short": "Duty"}, "A duty stays"),
        (
            {"headline": None, "headlines": [{"role": "short", "value": "Duty"}, {"role": "main", "value": "A duty stays"}]},
            "A duty stays",
        ),
        ({"headline": None, "headlines": [{"value": "A <b>duty</b> stays"}]}, "A duty stays"),
        ({"headline": None, "title": "A duty stays"}, "A duty stays"),
        ({"headline": None}, None),
    ],
)
def test_headlines(read_bytes, fields, title):
    (article,) = read_bytes(json.dumps(ITEM | fields), "a.json")
    assert article.title == title


@pytest.mark.parametrize(
    ("fields", "authors", "publisher"),
    [
        ({"byline": "By Ines Rojas and Ann Poe", "copyrightholder": "Andes Wire"}, ("Ines Rojas", "Ann Poe"), "Andes Wire"),
        ({"by": "Ines Rojas", "copyrightHolder": "Andes Wire"}, ("Ines Rojas",), "Andes Wire"),
        ({"byline": "Andes Wire", "infosources": [{"name": "Andes Wire", "role": "provider"}]}, (), "Andes Wire"),
        ({"byline": 5, "infosources": "x"}, (), None),
    ],
)
def test_byline_and_publisher(read_bytes, fields, authors, publisher):
    (article,) = read_bytes(json.dumps(ITEM | fields), "a.json")
    assert (article.authors, article.publisher) == (authors, publisher)


@pytest.mark.parametrize(
    ("fields", "published", "codes"),
    [
        ({}, "2025-03-04", []),
        ({"versioncreated": None, "versionCreated": "2025-03-05T01:00:00+09:00"}, "2025-03-05", []),
        ({"contentcreated": "2025-03-01T00:00:00Z"}, "2025-03-01", []),
        ({"versioncreated": None, "firstcreated": "2025-03-02"}, "2025-03-02", []),
        ({"versioncreated": "soon"}, None, ["W109"]),
        ({"versioncreated": 20250304}, None, []),
    ],
)
def test_dates(read_bytes, fields, published, codes):
    item = {key: value for key, value in (ITEM | fields).items() if value is not None}
    (article,) = read_bytes(json.dumps(item), "a.json")
    assert article.published == (published and date.fromisoformat(published))
    assert [w.code for w in article.warnings] == codes


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"pubstatus": "usable"}, "ok"),
        ({"pubstatus": "canceled"}, "R020"),
        ({"pubstatus": "withheld"}, "R020"),
        ({"pubStatus": "canceled"}, "R020"),
        ({"pubstatus": " Cancelled "}, "R020"),
        ({"pubstatus": None}, "ok"),
        ({"body_text": " "}, "R022"),
        ({"body_text": None, "type": "picture"}, "R022"),
        ({"body_text": None, "bodies": {}}, "R022"),
        ({"body_text": "<p></p>"}, "R022"),
    ],
)
def test_withdrawn_and_empty_items(code_of, fields, code):
    assert code_of(json.dumps(ITEM | fields), "a.json") == code


def test_items_one_a_line_and_in_lists(read_bytes):
    items = [ITEM, ITEM | {"pubstatus": "canceled"}, ITEM | {"uri": "tag:x.example,2025:2"}, {"text": P}]
    for data in (json.dumps(items), "\n".join(map(json.dumps, items))):
        found = read_bytes(data, "a.json")
        assert [getattr(one, "code", None) or one.source for one in found] == [
            "a.json#https://x.example/a",
            "R020",
            "a.json#tag:x.example,2025:2",
            "a.json#4",
        ]


@pytest.mark.parametrize("odd", ["\\ud800", "\\u0000"])
def test_what_databases_refuse_is_replaced_in_every_field(read_bytes, odd):
    item = {
        "uri": "https://x.example/?",
        "headline": "Wool? duty",
        "body_text": f"{P}?",
        "byline": "Ines Rojas?",
        "copyrightholder": "Andes? Wire",
        "versioncreated": "?",
    }
    (article,) = read_bytes(json.dumps(item).replace("?", odd), "a.json")
    assert (article.url, article.title, article.authors, article.publisher) == (
        "https://x.example/\ufffd", "Wool\ufffd duty", ("Ines Rojas\ufffd",), "Andes\ufffd Wire",
    )  # fmt: skip
    assert article.text.endswith(f"{P}\ufffd")
    assert article.source == "a.json"
    (first, _) = read_bytes("[" + json.dumps(item).replace("?", odd) + ', {"text": "Duties rise."}]', "b.json")
    assert first.source == "b.json#https://x.example/\ufffd"


def test_a_simple_article_with_a_uri_is_a_simple_article(read_bytes):
    (article,) = read_bytes(json.dumps({"uri": "x", "text": P, "title": "Peru keeps wool duty"}), "a.json")
    assert article.text == f"Peru keeps wool duty\n\n{P}"
