"""References within an article: pronouns, surnames, titles, bodies; and what a speaker was on the day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extractor.entities.mention import mentions
from extractor.linking.references import References
from extractor.records import EntityType

DocOf = Callable[..., Doc]

CASES = [
    # text, the word (its last occurrence), the antecedent
    ("Peter Lindqvist spoke on Monday. He said prices would rise.", "he", "Peter Lindqvist"),
    ("Mary Hale met Peter Lindqvist. She said prices would rise.", "she", "Mary Hale"),
    ("Mary Hale met Peter Lindqvist. He said prices would rise.", "he", "Peter Lindqvist"),
    ("Peter Lindqvist said that he would resign.", "he", "Peter Lindqvist"),
    ("Peter Lindqvist and John Dunmore met. He said no.", "he", None),
    ("Prices rose. He said no.", "he", None),
    ("Peter Lindqvist spoke. Prices rose. Shares fell. Rates fell. Banks closed. He said no.", "he", None),
    ("Mary Hale spoke. He said no.", "he", None),
    ("Peter Lindqvist, who runs the shop, said no.", "who", "Peter Lindqvist"),
    ("Trade Minister Peter Lindqvist spoke. Lindqvist left.", "lindqvist", "Peter Lindqvist"),
    ("Canada's trade minister, Mary Hale, spoke. Prices rose. The minister was calm.", "minister", "Mary Hale"),
    ("Canada's trade minister, Mary Hale, spoke. The finance minister was calm.", "minister", None),
    ("Trade minister Mary Hale met trade minister John Dunmore. The minister was calm.", "minister", None),
    ("Trump spoke. Markets fell. The president was calm.", "president", "Trump"),
    ("Trump spoke. Former presidents listened. A president was calm.", "president", None),
    ("Ministry spokesman Peter Lindqvist spoke. The spokesman was calm.", "spokesman", "Peter Lindqvist"),
    ("Peter Lindqvist spoke. The spokesman was calm.", "spokesman", None),
    ("EU trade commissioner Mary Hale spoke. The commissioner was calm.", "commissioner", "Mary Hale"),
    ("The ministers met Mary Hale. The ministers left.", "ministers", None),
    ("Mary Hale spoke. They left.", "they", None),
    ("Mary Hale spoke. The weather was calm.", "weather", None),
    ("Peter Lindqvist, an analyst, spoke. The president was calm.", "president", None),
    ("“Peter Lindqvist lied,” said John Dunmore. He left.", "he", "John Dunmore"),
    ("John Dunmore said the deal was dead. Asked about prices, he shrugged.", "he", "John Dunmore"),
    ("Peter Lindqvist met him.", "him", None),
    ("Mr Okafor spoke. She left.", "she", None),
    ("Ms Okafor spoke. She left.", "she", "Okafor"),
]


@pytest.mark.parametrize(("text", "word", "entity"), CASES)
def test_resolve(doc_of: DocOf, text: str, word: str, entity: str | None) -> None:
    doc = doc_of(text, published="2025-04-02")
    token = [t for t in doc if t.lower_ == word][-1]
    found = References(doc).resolve(token)
    assert (found.entity if found else None) == entity


VALUES = [
    # text, published, role, country of the first person
    ("Trump said so.", "2025-04-02", "President", "US"),
    ("Trump said so.", "2020-04-02", "President", "US"),
    ("Donald Trump said so.", "2022-04-02", "former President", "US"),
    ("Janet Yellen spoke. Yellen, a professor, said so.", "2025-04-02", "professor", None),
    (
        "Peter Lindqvist spoke. The report by Peter Lindqvist, Norway's trade minister, came late.",
        "2025-04-02",
        "trade minister",
        "NO",
    ),
    ("Peter Lindqvist said so.", "2025-04-02", None, None),
    ("Lyng said so.", "1987-03-20", "Agriculture Secretary", "US"),
    ("Mr Fox told parliament that Mexico would wait.", "2002-03-06", "President", "MX"),
    ("Mr Fox told parliament that Britain would wait.", "2018-03-06", "International Trade Secretary", "GB"),
    ("Mr Fox told parliament that Norway would wait.", "2018-03-06", None, None),
    ("Mr Fox, a farmer, said that Mexico would wait.", "2002-03-06", "farmer", None),
]


@pytest.mark.parametrize(("text", "published", "role", "country"), VALUES)
def test_speaker_value(doc_of: DocOf, text: str, published: str, role: str | None, country: str | None) -> None:
    doc = doc_of(text, published=published)
    value = References(doc).speaker_value(mentions(doc, EntityType.PERSON)[0])
    assert (value.role, value.country) == (role, country)
