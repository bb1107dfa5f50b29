"""Ids are content hashes, frozen for good: a change here would orphan every user's rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ids import article_id, content_id, record_ids

GOLDEN: list[tuple[tuple[object, ...], str]] = [
    ((), "4f53cda18c2baa0c0354"),
    (("article", "sub/a.txt"), "c5bdae8221fdccacbcf0"),
    (("é €", None, 1, 2.5, ["a", ["b"]]), "323ad1266cd5ba34420b"),
    (("tariff", ["US", ["CA", "MX"], 25.0]), "b305bd48dfa3f2b89cf5"),
]
GOLDEN_SOURCE = "c5bdae8221fdccacbcf0"
GOLDEN_URL = "680f4b5c03c9b25fe3e0"


@pytest.mark.parametrize(("parts", "expected"), GOLDEN)
def test_golden_ids(parts, expected):
    assert content_id(*parts) == expected


@pytest.mark.parametrize(
    ("url", "source", "same_as"),
    [
        ("https://wire.example/1", "a.txt", ("https://wire.example/1", "b.txt")),
        (None, "sub/a.txt", (None, "sub/a.txt")),
        ("", "sub/a.txt", (None, "sub/a.txt")),
    ],
)
def test_an_article_is_its_url_or_its_source(url, source, same_as):
    assert article_id(url, source) == article_id(*same_as)


def test_golden_articles():
    assert article_id(None, "sub/a.txt") == GOLDEN_SOURCE
    assert article_id("https://wire.example/1", "x") == GOLDEN_URL


def test_equal_keys_are_told_apart_by_their_ordinal():
    first, other, second = record_ids("a" * 20, "tariff", [["US", 25.0], ["CA", 25.0], ["US", 25.0]])
    assert len({first, other, second}) == 3
    assert record_ids("a" * 20, "tariff", [["US", 25.0]]) == [first]
    assert record_ids("a" * 20, "statement", [["US", 25.0]]) != [first]


@given(st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), max_size=5), max_size=3), max_size=8))
def test_record_ids_are_unique_and_stable(keys):
    ids = record_ids("a" * 20, "tariff", keys)
    assert len(set(ids)) == len(keys)
    assert ids == record_ids("a" * 20, "tariff", keys)
    assert all(len(i) == 20 and set(i) <= set("0123456789abcdef") for i in ids)
