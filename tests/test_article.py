"""Article: cleaning replaces and never shifts; the title rule."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Article
from extractor.article import clean, split_title

SENTENCE = "Canada will put a 25% duty on steel from the United States on July 15, the finance minister said on Friday."


@pytest.mark.parametrize(
    ("text", "cleaned", "warned"),
    [
        ("plain", "plain", False),
        ("\ufeffmarked", "marked", False),
        ("a\ufeffb", "a\ufeffb", False),
        ("a\x00b", "a\ufffdb", True),
        ("a\ud800b\udfff", "a\ufffdb\ufffd", True),
        ("\U0001f600 stays", "\U0001f600 stays", False),
        ("tab\tCR\r\nLF\n", "tab\tCR\r\nLF\n", False),
    ],
)
def test_cleaning(text, cleaned, warned):
    found, warnings = clean(text)
    assert found == cleaned
    assert [w.code for w in warnings] == ["W101"] * warned


@given(st.text(st.characters()))
def test_cleaning_never_shifts(text):
    cleaned, _ = clean(text)
    assert len(cleaned) == len(text) - text.startswith("\ufeff")
    cleaned.encode()
    kept = text.removeprefix("\ufeff")
    assert all(b in {a, "\ufffd"} for a, b in zip(kept, cleaned, strict=True))
    assert clean(cleaned)[1] == []


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Canada taxes steel\n\nOTTAWA - It did.", "Canada taxes steel", "OTTAWA - It did."),
        ("Canada taxes steel\r\n\r\nIt did.", "Canada taxes steel", "It did."),
        ("Canada taxes steel  \n \t \n\n  It did.\n", "Canada taxes steel", "It did.\n"),
        ("\n\nCanada taxes steel\n\nIt did.", "Canada taxes steel", "It did."),
        ("FEWER DUTIES FOR THE U.S.\n\nIt did.", "FEWER DUTIES FOR THE U.S.", "It did."),
        ("No deal.\n\nIt did.", "No deal.", "It did."),
        (f"{SENTENCE.removesuffix('.')} in the U.S.\n\nIt did.", f"{SENTENCE.removesuffix('.')} in the U.S.", "It did."),
        (f"{SENTENCE}\n\nIt did.", None, None),
        (f"“{SENTENCE}”\n\nIt did.", None, None),
        ("x" * 201 + "\n\nIt did.", None, None),
        ("Canada taxes steel\nIt did.", None, None),
        ("Canada taxes steel", None, None),
        ("Canada taxes steel\n\n", None, None),
        ("Canada taxes steel\n\n \n", None, None),
        ("", None, None),
        ("\n\n", None, None),
    ],
)
def test_the_title_is_the_first_line_before_a_blank_one(text, title, body):
    found, start = split_title(text)
    assert found == title
    assert (text[start:] if title else start) == (body if title else 0)


@given(st.text(st.sampled_from("aB. \t\r\n"), max_size=60))
def test_title_and_body_lie_in_the_text(text):
    title, start = split_title(text)
    if title is None:
        assert start == 0
    else:
        assert text[:start].strip() == title
        assert text[start:].strip()


@pytest.mark.parametrize("text", ["a" + " " * 1_000_000 + "b", " " * 1_000_000, "\n \t" * 300_000, "a.b." * 300_000])
def test_the_title_rule_is_linear(text):
    began = time.monotonic()
    Article.build(text)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("text", "title", "expected", "named", "body_start"),
    [
        ("It did.", "Canada taxes steel", "Canada taxes steel\n\nIt did.", "Canada taxes steel", 20),
        ("\n It did.", "  Canada\n taxes  steel ", "Canada taxes steel\n\nIt did.", "Canada taxes steel", 20),
        ("Canada taxes steel\n\nIt did.", "Canada taxes steel", "Canada taxes steel\n\nIt did.", "Canada taxes steel", 20),
        ("Lead\n\nIt did.", "Canada taxes steel", "Canada taxes steel\n\nLead\n\nIt did.", "Canada taxes steel", 20),
        ("Lead\n\nIt did.", "  ", "Lead\n\nIt did.", "Lead", 6),
        ("Lead\n\nIt did.", None, "Lead\n\nIt did.", "Lead", 6),
        ("It did.", "Steel\x00 taxed", "Steel\ufffd taxed\n\nIt did.", "Steel\ufffd taxed", 14),
    ],
)
def test_a_title_that_is_kept_apart_goes_before_the_body(text, title, expected, named, body_start):
    article = Article.build(text, title=title)
    assert (article.text, article.title, article.body_start) == (expected, named, body_start)


def test_what_the_output_says_of_an_article():
    article = Article.build("Café duty\n\nIt did.", source="sub/a.txt", authors=("Jane Roe",))
    info = article.info(dateline="OTTAWA", with_text=True)
    assert (info.characters, info.text, info.dateline) == (18, article.text, "OTTAWA")
    assert info.sha256 == "bdf0b0d1" or len(info.sha256) == 64
    assert article.info().text is None
