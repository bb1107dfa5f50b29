"""Questions to the parse: one line a case, a sentence, a word of it, and the word that answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Token

from extractor.syntax import (
    agent,
    auxiliaries,
    clause_tokens,
    governor,
    is_negated,
    is_passive,
    objects,
    phrase_after,
    subject,
)
from tests.conftest import DocOf


def word(doc: Doc, text: str) -> Token:
    """The first token with this text."""
    return next(t for t in doc if t.text == text)


def answer(token: Token | None) -> str | None:
    return token.text if token is not None else None


SUBJECTS: list[tuple[str, str, str | None]] = [
    ("Japan raised the duty.", "raised", "Japan"),
    ("The duty was raised by Japan.", "raised", "duty"),
    ("Japan wants to raise the duty.", "raise", "Japan"),
    ("Japan raised the duty and cut the quota.", "cut", "Japan"),
    ("Tariffs are set to rise in May.", "rise", "Tariffs"),
    ("The duties imposed by Japan hurt farmers.", "imposed", "duties"),
    ("Farmers dislike the duty that Japan raised.", "raised", "Japan"),
    ("The duty that hurts farmers is old.", "hurts", "duty"),
    ("Peru said that Japan raised the duty.", "raised", "Japan"),
    ("Peru urged Japan to cut the duty.", "cut", "Japan"),
    ("Peru promised to cut the duty.", "cut", "Peru"),
    ("Japan's decision to cut the duty pleased farmers.", "cut", "Japan"),
    ("It rained.", "rained", "It"),
    ("Raise the duty now.", "Raise", None),
]
AGENTS: list[tuple[str, str, str | None]] = [
    ("The duty was raised by Japan.", "raised", "Japan"),
    ("The duties imposed by Japan hurt farmers.", "imposed", "Japan"),
    ("The duty was raised in May.", "raised", None),
    ("Japan raised the duty.", "raised", None),
]
PASSIVES: list[tuple[str, str, bool]] = [
    ("The duty was raised by Japan.", "raised", True),
    ("The duty was raised.", "raised", True),
    ("The duty has been raised.", "raised", True),
    ("The duties imposed by Japan hurt farmers.", "imposed", True),
    ("Japan raised the duty.", "raised", False),
    ("Japan has raised the duty.", "raised", False),
    ("Japan is raising the duty.", "raising", False),
]
OBJECTS: list[tuple[str, str, list[str]]] = [
    ("Japan raised the duty.", "raised", ["duty"]),
    ("Japan raised duties and quotas.", "raised", ["duties", "quotas"]),
    ("The duty was raised by Japan.", "raised", ["duty"]),
    ("Japan waited in vain.", "waited", []),
]
AUXILIARIES: list[tuple[str, str, list[str]]] = [
    ("Japan will raise the duty.", "raise", ["will"]),
    ("The duty would be raised.", "raised", ["would", "be"]),
    ("Japan has raised the duty.", "raised", ["has"]),
    ("Japan raised the duty.", "raised", []),
    ("Japan will raise the duty and lower the quota.", "lower", ["will"]),
    ("The duty may have been raised.", "raised", ["may", "have", "been"]),
]
NEGATED: list[tuple[str, str, bool]] = [
    ("Japan did not raise the duty.", "raise", True),
    ("Japan didn't raise the duty.", "raise", True),
    ("Japan never raised the duty.", "raised", True),
    ("Japan no longer raises the duty.", "raises", True),
    ("Japan raised the duty.", "raised", False),
    ("Japan raised the duty, not the quota.", "raised", False),
    ("Japan raised no duty.", "raised", False),
    ("Japan, which did not wait, raised the duty.", "raised", False),
]
GOVERNORS: list[tuple[str, str, str | None]] = [
    ("Japan raised the duty on wool.", "wool", "raised"),
    ("Japan raised the duty on wool.", "raised", "raised"),
    ("Japan said that Peru raised the duty.", "duty", "raised"),
    ("A duty on wool.", "wool", None),
]


@pytest.mark.parametrize(("text", "verb", "expected"), SUBJECTS)
def test_subject(doc_of: DocOf, text: str, verb: str, expected: str | None) -> None:
    assert answer(subject(word(doc_of(text), verb))) == expected


@pytest.mark.parametrize(("text", "verb", "expected"), AGENTS)
def test_agent(doc_of: DocOf, text: str, verb: str, expected: str | None) -> None:
    assert answer(agent(word(doc_of(text), verb))) == expected


@pytest.mark.parametrize(("text", "verb", "expected"), PASSIVES)
def test_is_passive(doc_of: DocOf, text: str, verb: str, expected: bool) -> None:
    assert is_passive(word(doc_of(text), verb)) is expected


@pytest.mark.parametrize(("text", "verb", "expected"), OBJECTS)
def test_objects(doc_of: DocOf, text: str, verb: str, expected: list[str]) -> None:
    assert [t.text for t in objects(word(doc_of(text), verb))] == expected


@pytest.mark.parametrize(("text", "verb", "expected"), AUXILIARIES)
def test_auxiliaries(doc_of: DocOf, text: str, verb: str, expected: list[str]) -> None:
    assert auxiliaries(word(doc_of(text), verb)) == expected


@pytest.mark.parametrize(("text", "verb", "expected"), NEGATED)
def test_is_negated(doc_of: DocOf, text: str, verb: str, expected: bool) -> None:
    assert is_negated(word(doc_of(text), verb)) is expected


@pytest.mark.parametrize(("text", "noun", "expected"), GOVERNORS)
def test_governor(doc_of: DocOf, text: str, noun: str, expected: str | None) -> None:
    assert answer(governor(word(doc_of(text), noun))) == expected


@pytest.mark.parametrize(
    ("text", "verb", "outside"),
    [
        ("Japan raised the duty because Peru cut the quota.", "raised", {"Peru", "cut", "quota"}),
        ("Japan said that Peru cut the quota.", "said", {"Peru", "cut", "quota"}),
        ("Japan raised the duty and Peru cut the quota.", "raised", {"Peru", "cut", "quota"}),
        ("Japan raised the duty on wool.", "raised", set()),
    ],
)
def test_clause_tokens(doc_of: DocOf, text: str, verb: str, outside: set[str]) -> None:
    doc = doc_of(text)
    inside = {t.text for t in clause_tokens(word(doc, verb))}
    assert verb in inside
    assert not inside & outside
    assert {"Japan"} <= inside


def test_phrase_after(doc_of: DocOf) -> None:
    doc = doc_of("Japan raised the duty on Danish wool in May.")
    assert phrase_after(doc, word(doc, "on")).text == "on Danish wool"


@pytest.mark.parametrize("ask", [subject, agent, governor, objects, auxiliaries, is_negated, is_passive])
def test_any_token_may_be_asked(doc_of: DocOf, ask: Callable[[Token], object]) -> None:
    for token in doc_of("Well — “what a levy!” The $5 fee (it’s 3%) isn't fair, is it?\n\nNo."):
        ask(token)
