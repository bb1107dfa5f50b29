"""The text that the model is trained on: marks where the names are, whatever is done to the text."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "models"))

from training import corpus, sentences
from training.variation import Names, recase, swap

GOLD = {
    "people": [["Jane Roe", "Ms Roe", "Roe"]],
    "agencies": [["Ministry of Trade", "ministry"], ["Trade"]],
    "organizations": [["Roe & Co"]],
    "places": [["Bern"]],
    "country_words": [["Swiss", "Bern"]],
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane Roe met Ms Roe.", [("Jane Roe", "PERSON"), ("Roe", "PERSON")]),
        ("The Ministry of Trade and Roe & Co", [("Ministry of Trade", "AGENCY"), ("Roe & Co", "ORG")]),
        ("the ministry; Trade Minister; ministrymen; Roes", [("ministry", "AGENCY"), ("Trade", "AGENCY")]),
        ("In Bern, Bern said", [("Bern", "PLACE"), ("Bern", "COUNTRY")]),
        ("nobody spoke", []),
    ],
)
def test_each_whole_form_is_marked_longest_first(text, found):
    assert [(text[s:e], label) for s, e, label in corpus.mark(text, GOLD)] == found


@pytest.mark.parametrize(("name", "held_out"), [("w1-01", True), ("w1-02", False), ("w9-13", True), ("w9-40", False)])
def test_odd_numbers_are_held_out(name, held_out):
    assert corpus.is_held_out(name) is held_out


def test_a_sentence_is_read_with_its_marks():
    piece = sentences.parse("= <P Jane Roe> of the <A Trade Board> (<L Oslo>)")
    assert piece.text == "Jane Roe of the Trade Board (Oslo)"
    assert piece.headline
    assert [(piece.text[s:e], label) for s, e, label in piece.spans] == [
        ("Jane Roe", "PERSON"),
        ("Trade Board", "AGENCY"),
        ("Oslo", "PLACE"),
    ]


def test_every_sentence_of_the_file_is_well_marked():
    found = sentences.pieces()
    assert len({p.text for p in found}) == len(found)
    assert not [p.text for p in found if "<" in p.text or ">" in p.text]
    assert not [p.text for p in found for s, e, _ in p.spans if p.text[s:e] != p.text[s:e].strip()]


def test_swapping_keeps_the_words_between_and_the_labels_in_place():
    piece = sentences.parse("<P Jane Roe>, minister, and <P Roe>'s aide left <L Oslo>.")
    names = Names(random.Random(3))
    for _ in range(50):
        new = swap(piece, names)
        pieces = [new.text[a:b] for (_, a, _), (b, _, _) in zip(new.spans, new.spans[1:], strict=False)]
        assert pieces == [", minister, and ", "'s aide left "]
        assert [label for *_, label in new.spans] == ["PERSON", "PERSON", "PLACE"]
        first, second = (new.text[s:e] for s, e, _ in new.spans[:2])
        assert second.split()[-1] in first or second in first
        assert len(recase(new, random.Random(1)).text) == len(new.text)


def test_the_same_seed_gives_the_same_text():
    piece = sentences.parse("<P Jane Roe> of the <A Trade Board> and <O Roe & Co> met in <C Peru>.")
    one, two = (swap(piece, Names(random.Random(7))) for _ in range(2))
    assert one == two
