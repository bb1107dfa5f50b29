"""The trained recogniser's spans, and under which labels of the base its entities stand for the rules."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Span

from extractor.entities.names import keep_names, names

SENTENCE = "Jane Roe of the Ministry of Trade said on Monday that Canada would pay $5 million."
LOBBY = "The Glass Makers Association sued the Customs Authority in Lyon."


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        (SENTENCE, "PERSON", ["Jane Roe"]),
        (SENTENCE, "AGENCY", ["Ministry of Trade"]),
        (SENTENCE, "COUNTRY", ["Canada"]),
        (SENTENCE, "ORG", []),
        (LOBBY, "ORG", ["Glass Makers Association"]),
        (LOBBY, "AGENCY", ["Customs Authority"]),
        (LOBBY, "PLACE", ["Lyon"]),
    ],
)
def test_names_by_label(doc_of, text, label, words):
    assert [span.text for span in names(doc_of(text), label)] == words


def test_without_a_label_all_come_in_the_order_of_the_text(doc_of):
    found = names(doc_of(SENTENCE))
    assert [span.start for span in found] == sorted(span.start for span in found)
    assert {span.label_ for span in found} == {"PERSON", "AGENCY", "COUNTRY"}


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        (SENTENCE, "Ministry of Trade", "ORG"),
        (SENTENCE, "Canada", "GPE"),
        (SENTENCE, "Monday", "DATE"),
        (SENTENCE, "$5 million", "MONEY"),
        (LOBBY, "Lyon", "GPE"),
        ("The Canadians met Chinese officials in Geneva.", "Canadians", "NORP"),
        ("The Canadians met Chinese officials in Geneva.", "Chinese", "NORP"),
    ],
)
def test_rules_read_the_base_labels(doc_of, text, words, label):
    assert (words, label) in [(e.text, e.label_) for e in doc_of(text).ents]


def test_a_model_without_the_labels_gives_none():
    doc = spacy.blank("en")("Jane Roe spoke.")
    assert names(doc) == []


def test_entities_stay_and_names_are_kept_beside():
    doc = spacy.blank("en")("Jane Roe of the Trade Board spoke on Monday.")
    doc.ents = [Span(doc, 0, 2, label="PERSON"), Span(doc, 4, 6, label="AGENCY"), Span(doc, 8, 9, label="DATE")]
    doc = keep_names(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("Jane Roe", "PERSON"), ("Trade Board", "ORG"), ("Monday", "DATE")]
    assert [(s.text, s.label_) for s in names(doc)] == [("Jane Roe", "PERSON"), ("Trade Board", "AGENCY")]
