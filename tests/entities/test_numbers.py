from __future__ import annotations

import pytest

from extractor.entities.numbers import number_at, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        ("1,000", 1000),
        ("2,00,000", 200_000),
        ("12,345,678.5", 12_345_678.5),
        ("2.5", 2.5),
        (".5", 0.5),
        ("0", 0),
        ("zero", 0),
        ("seven", 7),
        ("twenty-five", 25),
        ("Twenty five", 25),
        ("a hundred", 100),
        ("one hundred and forty-five", 145),
        ("fifteen hundred", 1500),
        ("two thousand three hundred", 2300),
        ("one million two hundred thousand", 1_200_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half", 0.5),
        ("a half", 0.5),
        ("a fifth", 0.2),
        ("one-fifth", 0.2),
        ("two-thirds", 2 / 3),
        ("three quarters", 0.75),
        ("two and a half", 2.5),
        ("one and a half million", 1_500_000),
        ("a million and a half", 1_500_000),
        ("half a billion", 500_000_000),
        ("12-1/2", 12.5),
        ("13 3/4", 13.75),
        ("2½", 2.5),
        ("1/2", 0.5),
        ("$1.2 trillion", 1.2e12),
        ("$1.2t", 1.2e12),
        ("50 mln", 5e7),
        ("26bn", 2.6e10),
        ("3.4 bln", 3.4e9),
        ("£1.2m", 1.2e6),
        ("800k", 8e5),
        ("2,000 crore", 2e10),
        ("1.5 lakh crore", 1.5e12),
        ("five lakh", 5e5),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a duty",
        "and",
        "hundred",  # a scale alone is no number
        "million",
        "third",
        "twenty-first",
        "twenty-fifth",
        "one hundred third",
        "25th",
        "5G",
        "3rd",
        "25 percent",
        "10 to 20",
        "ten to twenty",
        "9/11",
        "24/7",
        "12/25/2025",
        "tariff",
        "several",
        "quarter",
        "one two",
        "twenty twenty",
        "m",
        "bn",
    ],
)
def test_no_numbers(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "token", "found"),
    [
        ("a duty of 25 percent", "25", ("25", 25)),
        ("a duty of twenty-five percent", "twenty", ("twenty-five", 25)),
        ("a fifth of imports", "a", ("a fifth", 0.2)),
        ("a share of imports", "a", None),
        ("from 10 to 20 percent", "10", ("10", 10)),
        ("duties of 12-1/2 pct", "12", ("12-1/2", 12.5)),
        ("worth 1.2 trillion yuan", "1.2", ("1.2 trillion", 1.2e12)),
        ("one of the levies", "one", ("one", 1)),
        ("five and six", "five", ("five", 5)),
        ("the third round", "third", None),
        ("the duty was a duty", "duty", None),
    ],
)
def test_number_at_a_token(extractor, text: str, token: str, found: tuple[str, float] | None) -> None:
    doc = extractor.nlp.make_doc(text)
    i = next(t.i for t in doc if t.text == token or t.text.startswith(token + "-"))
    result = number_at(doc, i)
    assert (result and (doc[i : result[0]].text, pytest.approx(result[1]))) == found
