from __future__ import annotations

import pytest

from extractor.entities.rationales import RationaleCue, rationales_in
from extractor.lexicon import entries

CUES = entries("rationales", RationaleCue)


def found(nlp, text: str) -> list[tuple[str, str]]:
    return [(r.code, r.text) for r in rationales_in(nlp.make_doc(text)[:])]


@pytest.mark.parametrize(("code", "sentence"), [(cue.code, s) for cue in CUES for s in cue.yes])
def test_lexicon_finds(extractor, code: str, sentence: str) -> None:
    assert code in [c for c, _ in found(extractor.nlp, sentence)]


@pytest.mark.parametrize(("code", "sentence"), [(cue.code, s) for cue in CUES for s in cue.no])
def test_lexicon_leaves(extractor, code: str, sentence: str) -> None:
    assert code not in [c for c, _ in found(extractor.nlp, sentence)]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("It is about fentanyl and illegal migration.", [("drugs", "fentanyl"), ("migration", "illegal migration")]),
        ("National-security grounds were cited.", [("national_security", "National-security")]),
        ("It will bring Beijing to the table.", [("negotiation_leverage", "bring Beijing to the table")]),
        ("Retaliatory duties on dumped steel.", [("retaliation", "Retaliatory"), ("unfair_practices", "dumped")]),
        ("The 25% duty starts on Tuesday.", []),
        ("The minister met reporters.", []),
    ],
)
def test_rationales(extractor, text: str, reasons: list[tuple[str, str]]) -> None:
    assert found(extractor.nlp, text) == reasons


def test_offsets_are_of_the_article(doc_of) -> None:
    doc = doc_of("First.\n\nIt is about the trade deficit.")
    (reason,) = [r for sentence in doc.sents for r in rationales_in(sentence)]
    assert doc.text[reason.start : reason.end] == reason.text == "trade deficit"
