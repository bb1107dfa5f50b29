"""What a person sees in the terminal."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from factories import article, day, entity, extraction, span, statement, tariff
from rich.console import Console

from extractor import Extraction
from extractor.records import MoneyValue, Rate, Span
from extractor.view import LONGEST_PASSAGE, money_words, rate_words, safe, show

TEXT = """Norway to double duty on salmon

OSLO, March 3 (Newswire) - Norway will raise its duty on salmon from Canada and Mexico to 25 per cent from 12.5 per cent on
April 1, 2025, Trade Minister Ola Nordmann said on Monday.

"We did not seek this quarrel," Nordmann told reporters. "But our coast will not pay for others."

Fish prices rose 4% in Oslo. A spokesman in Ottawa declined to comment.
"""


def made() -> Extraction:
    proof: dict[str, str | list[str]] = {
        "tariff": "raise its duty on salmon", "imposer": "Norway will", "targets": ["Canada", "Mexico"], "rate": "25 per cent",
        "prior_rate": "12.5 per cent", "effective": "April 1, 2025", "products": "salmon from", "status": "will raise",
        "timing": "on Monday",
    }  # fmt: skip
    record = tariff(
        TEXT, proof, imposer="NO", targets=["CA", "MX"], rate=25, prior_rate={"percent": 12.5}, action="raise", status="announced",
        effective=day("2025-04-01", "April 1, 2025"), products=[{"text": "salmon", "hs_chapters": ["03"]}], product_scope="listed",
        attributed_to="person-1", relations=[{"type": "replaces", "tariff": "t2"}],
    )  # fmt: skip
    other = tariff(TEXT, {"tariff": "duty on salmon", "prior_rate": "12.5 per cent"}, id="t2", prior_rate={"percent": 12.5})
    office = {"role": "Trade Minister", "official": True, "country": {"code": "NO", "name": "Norway"}}
    quote = statement(
        TEXT, "Nordmann", "We did not seek this quarrel,", speaker=office, cue="told", mode="direct", tariffs=["t2", "t1"]
    )
    quote = quote.model_copy(update={"content": [*quote.content, span(TEXT, "But our coast will not pay for others.")]})
    refusal = statement(TEXT, "A spokesman in Ottawa", "declined to comment", mode="no_comment", speaker={"kind": "anonymous"})
    return extraction(
        article(TEXT, "2025-03-03", source="salmon.txt", publisher="Newswire", authors=("Kari Hansen",)),
        dateline="OSLO", tariffs=[record, other], statements=[quote, refusal], entities=[entity(TEXT, "PERSON", "Ola Nordmann")],
        rejected=[{**span(TEXT, words).model_dump(), "reason": why} for words, why in (("4%", "statistic"), ("12.5", "duplicate"))],
        warnings=[{"code": "W101", "message": "1 NUL became U+FFFD"}],
    )  # fmt: skip


def seen(shown: Extraction, text: str, width: int = 110, **options: Any) -> str:
    """What is written to a terminal of this width, by default one without colours."""
    out = io.StringIO()
    show(shown, text, Console(file=out, width=width, legacy_windows=False, **options))
    return re.sub(r" +$", "", out.getvalue(), flags=re.MULTILINE)


@pytest.mark.parametrize(
    "line",
    [
        "Newswire · 2025-03-03 (given) · OSLO · Kari Hansen",
        "salmon.txt",
        "2 tariff records",
        "1  Norway → Canada, Mexico · 25% · announced  0.90",
        "2  ? → ? · unknown  0.90",
        "2 statements",
        "1  Nordmann, Trade Minister, Norway  0.80",
        "   official · direct · on tariffs 2, 1",
        '   "«We did not seek this quarrel,»" Nordmann told reporters. "«But our coast will not pay for others.»"',
        "   A spokesman in Ottawa «declined to comment».",
        "   anonymous · no comment",
        "Seen and not taken: 1 duplicate, 1 statistic",
        "W101 1 NUL became U+FFFD",
    ],
)
def test_lines_of_the_screen(line: str) -> None:
    assert line in seen(made(), TEXT).splitlines()


@pytest.mark.parametrize(
    ("field", "value", "proof"),
    [
        ("imposer", "Norway (NO)", "«Norway will» raise its duty"),
        ("targets", "Canada (CA), Mexico (MX)", "from «Canada» and «Mexico» to"),
        ("products", "salmon (HS 03)", "«salmon from» Canada"),
        ("rate", "25%", "to «25 per cent» from"),
        ("rate before", "12.5%", "from «12.5 per cent» on"),
        ("status", "announced", "Norway «will raise» its"),
        ("effective", "2025-04-01", "on «April 1, 2025», Trade"),
        ("action", "raise", ""),
        ("relation", "replaces 2", ""),
        ("according to", "Ola Nordmann", ""),
        ("timing", "", "said «on Monday»."),
    ],
)
def test_each_field_stands_with_its_value_and_its_evidence(field: str, value: str, proof: str) -> None:
    lines = seen(made(), TEXT).splitlines()
    line = next(line for line in lines if line.startswith(f"   {field}  "))
    assert value in line
    assert proof in line


def test_in_the_words_of_the_measure_the_evidence_of_its_fields_is_highlighted() -> None:
    text = "Norway will tax salmon at 5%."
    proof: dict[str, str | list[str]] = {"tariff": text, "imposer": "Norway", "rate": "at 5%", "status": "5%"}
    shown = seen(extraction(article(text), tariffs=[tariff(text, proof, imposer="NO", rate=5)]), text)
    line = next(line for line in shown.splitlines() if line.startswith("   measure"))
    assert line.endswith("«Norway» will tax salmon «at 5%».")


def test_empty_fields_are_left_out() -> None:
    shown = seen(made(), TEXT)
    for field in ("legal basis", "trade value", "duration", "condition", "exempt"):
        assert field not in shown


@pytest.mark.parametrize("width", [20, 40, 60, 75, 76, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    shown = seen(made(), TEXT, width)
    assert max(map(len, shown.splitlines())) <= width
    assert "«25 per cent»" in " ".join(shown.split())


def test_colours_highlight_where_there_are_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    options: dict[str, Any] = {"force_terminal": True, "color_system": "standard"}
    coloured = seen(made(), TEXT, **options)
    assert "\x1b[1;33m25 per cent\x1b[0m" in coloured
    assert "«" not in coloured
    assert "«25 per cent»" in seen(made(), TEXT, no_color=True, **options)


def test_nothing_found_is_said() -> None:
    text = "A quiet day"
    shown = seen(extraction(article(text, source="quiet.txt")), text)
    assert shown.split("\n") == [
        "quiet.txt",
        "no publication date",
        "quiet.txt",
        "",
        "No tariff records",
        "",
        "No statements",
        "",
    ]


HOSTILE = "Trade \x1b]0;owned\x07 Minister [red]Li[/red] [link=x]said\x1b[2J \u202eevil \x9b31m a tariff of 25% :smile: is fine."


def test_foreign_text_neither_acts_on_the_terminal_nor_counts_as_markup() -> None:
    record = tariff(HOSTILE, {"rate": "25%", "tariff": HOSTILE}, rate=25)
    spoken = statement(HOSTILE, "[red]Li[/red]", HOSTILE, speaker={"role": "\x1b[31mchief[/]"})
    about = article(HOSTILE, source="a\x1b[2J.txt", title=None, publisher="[blink]\x1b[5m")
    shown = seen(extraction(about, tariffs=[record], statements=[spoken]), HOSTILE, 300)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    for literal in (
        r"\x1b]0;owned\x07",
        "[red]Li[/red]",
        r"\u202eevil",
        r"\x9b31m",
        ":smile:",
        r"a\x1b[2J.txt",
        r"[blink]\x1b[5m",
    ):
        assert literal in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\r\nc\u00a0d", "a b c d"),
        ("\x1b[0m", r"\x1b[0m"),
        ("\u2066x", r"\u2066x"),
        ("\ud800", r"\ud800"),
        ("naïve – “é” €", "naïve – “é” €"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_evidence_is_shown_without_context_where_the_text_is_another() -> None:
    shown = seen(made(), "Some other text altogether")
    assert "«25 per cent»" in shown
    assert "other text" not in shown


def test_long_content_is_cut() -> None:
    text = "He said " + "we will see what they will do about it " * 100 + "."
    passage = seen(extraction(article(text), statements=[statement(text, "He", text[8:-2])]), text, 100)
    assert LONGEST_PASSAGE * 0.9 < len(passage) < LONGEST_PASSAGE * 1.5
    assert passage.rstrip().endswith("…")


def test_of_many_passages_the_first_are_shown() -> None:
    text = " ".join(f"On day {number} the rate was 5% all over the country and nobody knew why." for number in range(9))
    spans = [Span(start=m.start(), end=m.end(), text="5%") for m in re.finditer("5%", text)]
    record = tariff(text, {"tariff": "rate was"}).model_copy(update={"evidence": {"rate": spans}})
    shown = seen(extraction(article(text), tariffs=[record]), text)
    assert re.search(r"^ +and \d more$", shown, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (None, ""),
        ({"percent": 25}, "25%"),
        ({"percent": 0}, "0%"),
        ({"percent": 12.5}, "12.5%"),
        ({"percent": 10, "percent_high": 41, "qualifier": "range"}, "10% to 41%"),
        ({"percent": 41, "qualifier": "up_to"}, "up to 41%"),
        ({"percent": 10, "basis": "additional"}, "10% (additional)"),
        ({"percent": 24, "basis": "percentage_points"}, "24 points"),
        ({"percent": 50, "derivation": {"kind": "doubled", "from": 25}}, "50% (doubled from 25%)"),
        ({"form": "specific", "specific": {"amount": 0.25, "currency": "USD", "per": "kg"}}, "0.25 USD per kg"),
        (
            {"form": "compound", "percent": 5, "specific": {"amount": 0.25, "currency": "USD", "per": "kg"}},
            "5% + 0.25 USD per kg",
        ),
    ],
)
def test_rates_as_one_would_write_them(rate: dict[str, Any] | None, words: str) -> None:
    assert rate_words(Rate.model_validate(rate) if rate else None) == words


@pytest.mark.parametrize(
    ("amount", "qualifier", "words"),
    [(900e9, "more_than", "more than 900,000,000,000 USD"), (800, "exact", "800 USD"), (0.25, "about", "about 0.25 USD")],
)
def test_money_as_one_would_write_it(amount: float, qualifier: Any, words: str) -> None:
    assert money_words(MoneyValue(amount=amount, currency="USD", qualifier=qualifier)) == words
