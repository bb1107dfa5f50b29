"""What speakers are: named behind their role, of a body, of the article's home. One line a case."""

from __future__ import annotations

import pytest

from tests.conftest import ExtractionOf

HOME = "Rye Prices Rise\n\nOTTAWA (Corrie) - The port is shut.\n\n"


@pytest.mark.parametrize(
    ("text", "name", "official"),
    [
        ("A spokeswoman for the Finance Ministry, Ruth Okafor, said the port was shut.", "Ruth Okafor", True),
        ("Chile's envoy to the talks, Ruth Okafor, said the port was shut.", "Ruth Okafor", True),
        ("The union's director, Ruth Okafor, said the port was shut.", "Ruth Okafor", False),
        ("The group's chief executive, Ruth Okafor, said the port was shut.", "Ruth Okafor", False),
        ("Sources in the Finance Ministry said the port was shut.", "Sources in the Finance Ministry", True),
        ("A diplomatic source said the port was shut.", "A diplomatic source", True),
        ("A source said the port was shut.", "A source", False),
        ("An industry source said the port was shut.", "An industry source", False),
        ("A trade group, the Alliance for Rye, said the port was shut.", "the Alliance for Rye", False),
        ("Trade officials said the port was shut.", "Trade officials", True),
        ("The president's office said the port was shut.", "The president's office", True),
        ("The office of the prime minister said the port was shut.", "The office of the prime minister", True),
        ("Parliament's trade committee said the port was shut.", "Parliament's trade committee", True),
        ("The minister's spokesman, Karl Lund, said the port was shut.", "Karl Lund", True),
        ("The company's office said the port was shut.", "The company's office", False),
        ("The lawyer's office said the port was shut.", "The lawyer's office", False),
        ("The factory's director of trade, Ana Souza, said the port was shut.", "Ana Souza", False),
    ],
)
def test_identity(extraction_of: ExtractionOf, text: str, name: str, official: bool) -> None:
    (statement,) = extraction_of(text).statements
    assert (statement.speaker.name, statement.speaker.official) == (name, official)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HOME + "Government officials said rye was cheap.", "CA"),
        (HOME + "Senator Ruth Okafor said rye was cheap.", "CA"),
        (HOME + "A White House official said rye was cheap.", "US"),
        (HOME + "Chilean officials said rye was cheap.", "CL"),
        (HOME + "A diplomat said rye was cheap.", None),
        (HOME + "A farmer said rye was cheap.", None),
        ("Rye Prices Rise\n\nGovernment officials said rye was cheap.", None),
        (HOME.replace("OTTAWA", "OTTAWA/TOKYO") + "Government officials said rye was cheap.", None),
    ],
)
def test_home(extraction_of: ExtractionOf, text: str, code: str | None) -> None:
    statement = extraction_of(text).statements[-1]
    assert (statement.speaker.country.code if statement.speaker.country else None) == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The ministry said on Monday it would buy rye.", "2025-03-03"),
        ("Okafor told reporters in the port of Arica on Tuesday that rye was cheap.", "2025-03-04"),
        ("Speaking on Monday, the minister said rye was cheap.", "2025-03-03"),
        ("The minister told reporters Tuesday that rye was cheap.", "2025-03-04"),
        ("The ministry said rye would be cheap on Monday.", None),
        ("The ministry has said since Monday that rye is cheap.", None),
        ("The ministry said rye was cheap.", None),
        ("The ministry, which shut on Monday, said rye was cheap.", None),
    ],
)
def test_day(extraction_of: ExtractionOf, text: str, day: str | None) -> None:
    statement = extraction_of(text, "2025-03-06").statements[-1]
    assert (statement.date.edtf if statement.date else None) == day
