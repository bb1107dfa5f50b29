"""Mentions: order, overlap, offsets into the article's own text, the mirror in `doc.spans`."""

from __future__ import annotations

import pytest

from extractor.entities.mention import (
    Mention,
    add_mentions,
    add_rejected,
    drop_mentions,
    make_mention,
    mention_at,
    mentions,
    smooth,
    span_of,
    text_of,
    with_value,
)
from extractor.records import AgencyValue, CountryValue, EntityType, Rate
from tests.conftest import DocOf

TEXT = "The Treasury Secretary of Norland put a 10%-20% levy on wool."
COUNTRY, AGENCY, RATE = EntityType.COUNTRY, EntityType.AGENCY, EntityType.RATE


def at(text: str, words: str, kind: EntityType = AGENCY, entity: str | None = None) -> Mention:
    start = text.index(words)
    return Mention(kind, start, start + len(words), words, entity or words)


@pytest.fixture
def bare(doc_of: DocOf):
    """A processed document without the mentions that the components found."""
    doc = doc_of(TEXT)
    drop_mentions(doc, doc._.mentions)
    return doc


def test_order_is_that_of_the_text_longer_ones_first(bare) -> None:
    add_mentions(bare, [at(TEXT, "wool"), at(TEXT, "Treasury"), at(TEXT, "Treasury Secretary")])
    assert [m.text for m in bare._.mentions] == ["Treasury Secretary", "Treasury", "wool"]


def test_a_mention_is_added_once(bare) -> None:
    add_mentions(bare, [at(TEXT, "wool"), at(TEXT, "wool")])
    add_mentions(bare, [at(TEXT, "wool")])
    assert len(bare._.mentions) == 1


def test_dropping(bare) -> None:
    add_mentions(bare, [at(TEXT, "wool"), at(TEXT, "Norland", COUNTRY)])
    drop_mentions(bare, [at(TEXT, "wool")])
    assert [m.text for m in bare._.mentions] == ["Norland"]
    assert [s.text for s in bare.spans["AGENCY"]] == []
    assert [s.text for s in bare.spans["COUNTRY"]] == ["Norland"]


@pytest.mark.parametrize(
    ("kinds", "within", "expected"),
    [
        ((), None, ["Treasury Secretary", "Treasury", "Norland", "wool"]),
        ((AGENCY,), None, ["Treasury Secretary", "Treasury", "wool"]),
        ((COUNTRY,), None, ["Norland"]),
        ((COUNTRY, AGENCY), None, ["Treasury Secretary", "Treasury", "Norland", "wool"]),
        ((RATE,), None, []),
        ((), "Treasury Secretary", ["Treasury Secretary", "Treasury"]),
        ((), "Treasury Secretar", ["Treasury"]),
        ((), "levy on wool", ["wool"]),
    ],
)
def test_asking(bare, kinds, within, expected) -> None:
    add_mentions(bare, [at(TEXT, "wool"), at(TEXT, "Treasury"), at(TEXT, "Treasury Secretary"), at(TEXT, "Norland", COUNTRY)])
    bounds = (TEXT.index(within), TEXT.index(within) + len(within)) if within else None
    assert [m.text for m in mentions(bare, *kinds, within=bounds)] == expected


def test_asking_within_tokens(bare) -> None:
    add_mentions(bare, [at(TEXT, "wool"), at(TEXT, "Norland", COUNTRY)])
    assert [m.text for m in mentions(bare, within=bare[:5])] == ["Norland"]


@pytest.mark.parametrize(
    ("words", "tokens"), [("10%-20%", "10%-20%"), ("Treasury", "Treasury"), ("10", "10"), ("reasur", "Treasury")]
)
def test_span_covers_the_tokens_it_touches(bare, words: str, tokens: str) -> None:
    span = span_of(bare, at(TEXT, words))
    assert span.text.startswith(tokens[:2])
    assert span.start_char <= TEXT.index(words)
    assert span.end_char >= TEXT.index(words) + len(words)


def test_the_longest_mention_at_a_token(bare) -> None:
    add_mentions(bare, [at(TEXT, "Treasury"), at(TEXT, "Treasury Secretary"), at(TEXT, "Norland", COUNTRY)])
    treasury, norland = bare[1], bare[4]
    found = mention_at(bare, treasury)
    assert found
    assert found.text == "Treasury Secretary"
    assert mention_at(bare, treasury, COUNTRY) is None
    assert mention_at(bare, bare[0]) is None
    drop_mentions(bare, [at(TEXT, "Norland", COUNTRY)])
    assert mention_at(bare, norland) is None


@pytest.mark.parametrize(
    "text",
    [
        "“Wool,” said Ruth Okafor’s aide, “is cheap”—for now…",
        "A line that is wrapped\nbefore its end, in Norland.",
        "MINISTER SEES LEVY ON WOOL\n\nThe minister spoke.",
        "Zoë’s naïve 10–20% café levy costs ¥5.",
        "\ufeffWool\x00 is cheap.",
        "🐑 wool and 🧶 yarn face a 7% levy",
    ],
)
def test_smoothing_keeps_every_offset(doc_of: DocOf, text: str) -> None:
    doc = doc_of(text)
    assert len(smooth(doc)) == len(text_of(doc))
    assert smooth(doc) == doc.text
    for mention in doc._.mentions:
        assert text_of(doc)[mention.start : mention.end] == mention.text


def test_a_mention_has_the_words_of_the_article(doc_of: DocOf) -> None:
    doc = doc_of("The “free” port.")
    made = make_mention(doc, AGENCY, 4, 10, "free")
    assert made.text == "“free”"
    assert doc.text[4:10] == '"free"'


def test_values() -> None:
    plain = at(TEXT, "Norland", COUNTRY)
    valued = with_value(plain, CountryValue(code="NL"))
    assert plain.value is None
    assert valued.value == CountryValue(code="NL")
    assert with_value(valued, AgencyValue()) != valued
    assert len({valued, with_value(plain, CountryValue(code="NL"))}) == 1
    assert hash(with_value(plain, Rate(percent=1.0)))


def test_rejected_has_the_words_of_the_article(doc_of: DocOf) -> None:
    doc = doc_of("A “rate”.")
    add_rejected(doc, 2, 8, "statistic")
    last = doc._.rejected[-1]
    assert (last.text, last.reason) == ("“rate”", "statistic")
    with pytest.raises(ValueError, match="reason"):
        add_rejected(doc, 2, 8, "because")


def test_documents_share_nothing(doc_of: DocOf) -> None:
    one, two = doc_of(TEXT), doc_of(TEXT)
    add_mentions(one, [at(TEXT, "wool", EntityType.LAW)])
    assert not mentions(two, EntityType.LAW)
