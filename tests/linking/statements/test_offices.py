"""Offices as of the article: whose holders speak officially, and who only looks so. One line a case, made up."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Article
from extractor.pipeline import Extractor
from extractor.settings import Settings
from tests.conftest import ExtractionOf

SAID = " said prices would rise."
Case = tuple[str, str, bool]

AWAY: list[Case] = [
    ('"We are ready," said Ruth Okafor. The finance minister was speaking in Arica. Okafor' + SAID, "Ruth Okafor", True),
    ("As director of imports at Chile's agriculture ministry, Ruth Okafor has a large staff. Okafor" + SAID, "Ruth Okafor", True),
    ("Ruth Okafor is the deputy trade minister of Chile. Okafor" + SAID, "Ruth Okafor", True),
    ("Ruth Okafor, who has run Chile's customs service since 2019, opened the gate. Okafor" + SAID, "Ruth Okafor", True),
    ("Ruth Okafor, a Finn who chairs the European Parliament's trade committee," + SAID, "Ruth Okafor", True),
    ("Ruth Okafor, who runs a cold store in Arica," + SAID, "Ruth Okafor", False),
    ("Ruth Okafor, who once ran Chile's customs service, opened the gate. Okafor" + SAID, "Ruth Okafor", False),
    ('"We are ready," said Ruth Okafor. The union president was speaking in Arica. Okafor' + SAID, "Ruth Okafor", False),
    ("As director of imports at Acme, Ruth Okafor has a large staff. Okafor" + SAID, "Ruth Okafor", False),
    ("Labour's Ruth Okafor says farms come first. The prime minister called it reckless. Okafor" + SAID, "Ruth Okafor", False),
]
SEATS: list[Case] = [
    ("Ruth Okafor TD" + SAID, "Ruth Okafor", True),
    ("Ruth Okafor (EPP, Austria)" + SAID, "Ruth Okafor", True),
    ("Ruth Okafor, the top Republican on the Senate Finance Committee," + SAID, "Ruth Okafor", True),
    ("Ruth Okafor, an opposition MP and former farmer," + SAID, "Ruth Okafor", True),
    ("The Pennsylvania Democrat" + SAID, "The Pennsylvania Democrat", True),
    ("House Democrats" + SAID, "House Democrats", True),
    ("Opposition leader Ruth Okafor" + SAID, "Ruth Okafor", False),
    ("Ruth Okafor, a former MP," + SAID, "Ruth Okafor", False),
    ("Trade minister-designate Ruth Okafor" + SAID, "Ruth Okafor", False),
    ("Ruth Okafor, a Democratic strategist in Ohio," + SAID, "Ruth Okafor", False),
    ("Ruth Okafor (Acme, Austria)" + SAID, "Ruth Okafor", False),
    ("Ohio Democrats" + SAID, "Ohio Democrats", False),
]
OFFICES_OF: list[Case] = [
    ("Senator Ruth Okafor met growers. Her office" + SAID, "Her office", True),
    ("Governor Ruth Okafor's office" + SAID, "Governor Ruth Okafor's office", True),
    ("Ruth Okafor, who runs a cold store in Arica, met growers. Her office" + SAID, "Her office", False),
]
TAKEN_FOR_A_PERSON = pytest.mark.xfail(strict=True, reason="the model takes the body for a person")
BODIES: list[Any] = [
    ("The chairman of the Securities and Exchange Board of India, Ruth Okafor," + SAID, "Ruth Okafor", True),
    ("Reserve Bank of India governor Ruth Okafor" + SAID, "Ruth Okafor", True),
    ("Ruth Okafor of the World Trade Organization" + SAID, "Ruth Okafor", True),
    ("Ruth Okafor, Director, Ports Division, Ministry of Trade," + SAID, "Ruth Okafor", True),
    ("Commerce" + SAID, "Commerce", True),
    ("The tariff commission" + SAID, "The tariff commission", True),
    ("A three-judge panel" + SAID, "A three-judge panel", True),
    ("Ruth Okafor, president of the US Welded Mesh Council," + SAID, "Ruth Okafor", False),
    ("President, Association of Dock Porters, Ruth Okafor," + SAID, "Ruth Okafor", False),
    ("Ruth Okafor, Chief Executive Officer, Kenya Association of Manufacturers," + SAID, "Ruth Okafor", False),
    ("Bank of America economist Ruth Okafor" + SAID, "Ruth Okafor", False),
    ("A spokesperson for the Dairy Farmers of Canada" + SAID, "A spokesperson for the Dairy Farmers of Canada", False),
    pytest.param("AmCham Vietnam" + SAID, "AmCham Vietnam", False, marks=TAKEN_FOR_A_PERSON),
    ("Ruth Okafor, a researcher at the Steel Institute of the Ministry of Trade," + SAID, "Ruth Okafor", False),
]
SERVING: list[Case] = [
    ("Trade Minister Karl Lund left. His Canadian counterpart, Ruth Okafor," + SAID, "Ruth Okafor", True),
    ("Trade Minister Ana Souza met the press. Souza's spokesman, Piet Vos," + SAID, "Piet Vos", True),
    ("Taiwan's cabinet met in Taipei. Spokesman Piet Vos" + SAID, "Piet Vos", True),
    ("Deputy Trade Minister Karl Lund left. Lund, a former banker," + SAID, "Karl Lund", True),
    ("Acme Corp raised wages in May. Its president, Ruth Okafor," + SAID, "Ruth Okafor", False),
    ("Ana Souza, a banker, met the press. Souza's spokesman, Piet Vos," + SAID, "Piet Vos", False),
    ("Taiwan's cabinet met Acme Corp in Taipei. Spokesman Piet Vos" + SAID, "Piet Vos", False),
    ("Former trade minister Karl Lund left. Lund" + SAID, "Karl Lund", False),
]


@pytest.mark.parametrize(("text", "name", "official"), [*AWAY, *SEATS, *BODIES, *SERVING])
def test_official(extraction_of: ExtractionOf, text: str, name: str, official: bool) -> None:
    speaker = extraction_of(text).statements[-1].speaker
    assert (speaker.name, speaker.official) == (name, official)


UNNAMED = [
    ('A senior Chilean official spoke of Mr Lund.\n\n"There is no draft," the official said.\n\n"We told Mr Lund," he added.',
     "the official"),
    ('A Chilean official said rye was dear. Karl Lund met the press. "Rye is cheap," he said.', "Karl Lund"),
    ("The delegate of Chile said rye was dear. The envoy of Peru shared this concern. She asked that it be sold.", "The envoy of Peru"),
    ("The delegate of Chile said rye was dear. The price fell. He asked that it be sold.", "The delegate of Chile"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), UNNAMED)
def test_who_goes_on_speaking(extraction_of: ExtractionOf, text: str, name: str) -> None:
    assert extraction_of("Rye\n\n" + text).statements[-1].speaker.name in {name, "A senior Chilean official"}


MINUTES = [
    ("Debate of Parliament\n\nMr Karl Lund (Arica) (Lab): Rye is dear.\n\nRuth Okafor (Leith) (SNP): It is.\n\nThe Minister (Piet Vos): No.",
     [("Karl Lund", True), ("Ruth Okafor", True), ("Piet Vos", True)]),
    ("Briefing\n\nMODERATOR: Good day.\n\nTRADE OFFICIAL: The quota rises.\n\nQUESTION: When?\n\nTRADE OFFICIAL: In May.",
     [("TRADE OFFICIAL", True)] * 2),
    ("Rye: an interview\n\nTrade Minister Ruth Okafor met us.\n\nQ: Why now?\n\nA: Farmers asked for it.", [("Ruth Okafor", True)]),
    ("Rye: a list\n\nPrice: ten pounds.\n\nColour: grey.\n\nMill: none.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speakers"), MINUTES)
def test_minutes(extraction_of: ExtractionOf, text: str, speakers: list[tuple[str, bool]]) -> None:
    assert [(s.speaker.name, s.speaker.official) for s in extraction_of(text).statements] == speakers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The official, who asked not to be named, said rye was dear.", 1),
        ("The official asked not to be identified.", 0),
        ("The official asked the port to be shut.", 1),
        ("The tax office said it had no comment.", 1),
        ("I promise that we will open the port.", 0),
        ("We said last week that rye was dear.", 0),
        ('"I promise that we will open the port," the minister said.', 1),
    ],
)
def test_what_is_no_statement(extraction_of: ExtractionOf, text: str, said: int) -> None:
    assert len(extraction_of(text).statements) == said


def test_only_officials(extractor: Extractor) -> None:
    text = "The ministry said rye was dear. Karl Lund, a miller, said rye was cheap."
    chosen = Extractor(settings=Settings(officials_only=True))
    everybody, officials = (e.extract(Article.build(text)) for e in (extractor, chosen))
    assert [s.speaker.official for s in everybody.statements] == [True, False]
    assert officials.statements == everybody.official_statements()
    assert officials.generator.config_sha256 != everybody.generator.config_sha256
