"""The trained recogniser's spans, and that the base's entities stay what they were."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Span

from extractor.entities.names import KEY, keep_names, names
from extractor.model_files import find_model

SENTENCE = "Jane Roe of the Ministry of Trade said on Monday that Canada would pay $5 million."

pytestmark = pytest.mark.skipif(not (find_model() / KEY).is_dir(), reason="the model has no such component")


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        (SENTENCE, "PERSON", ["Jane Roe"]),
        (SENTENCE, "AGENCY", ["Ministry of Trade"]),
        (SENTENCE, "COUNTRY", ["Canada"]),
        (SENTENCE, "ORG", []),
        ("The Glass Makers Association sued the Customs Authority in Lyon.", "ORG", ["Glass Makers Association"]),
        ("The Glass Makers Association sued the Customs Authority in Lyon.", "AGENCY", ["Customs Authority"]),
        ("The Glass Makers Association sued the Customs Authority in Lyon.", "PLACE", ["Lyon"]),
    ],
)
def test_names_by_label(doc_of, text, label, words):
    assert [span.text for span in names(doc_of(text), label)] == words


def test_without_a_label_all_come_in_the_order_of_the_text(doc_of):
    found = names(doc_of(SENTENCE))
    assert [span.start for span in found] == sorted(span.start for span in found)
    assert {span.label_ for span in found} == {"PERSON", "AGENCY", "COUNTRY"}


def test_the_base_keeps_its_entities(doc_of):
    base = spacy.load(find_model(), exclude=[KEY])
    assert [(e.text, e.label_) for e in doc_of(SENTENCE).ents] == [(e.text, e.label_) for e in base(SENTENCE).ents]


def test_a_model_without_the_component_gives_none():
    doc = spacy.blank("en")(SENTENCE)
    assert names(doc) == []


def test_spans_are_moved():
    doc = spacy.blank("en")("Jane Roe spoke.")
    doc.ents = [Span(doc, 0, 2, label="PERSON")]
    doc = keep_names(doc)
    assert doc.ents == ()
    assert [t.ent_iob_ for t in doc] == ["", "", "", ""]
    assert [s.text for s in names(doc, "PERSON")] == ["Jane Roe"]
