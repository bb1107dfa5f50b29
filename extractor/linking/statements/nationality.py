"""The country that the words beside a speaker tell: `Peruvian miner Julio Tapia`, `a baker in Cairo`, `Norway's Aluvik`.

Officials serve a country by their office (`home`); anybody else is of one only where the text says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractor.entities.countries import form_of
from extractor.entities.home import AS_COUNTRIES, country_of_place
from extractor.entities.mention import mention_at
from extractor.linking.statements.cues import words
from extractor.linking.statements.grammar import children, noun_lemma
from extractor.records import CountryValue, EntityType

DEPTH = 2
"""Prepositional phrases within one another in which a place may stand: `the owner of a shop in Leeds`."""


def told_country(doc: Doc, root: Token, *, named: bool = False) -> str | None:
    """The country of a name or noun phrase by its modifiers and places, and by those of what it is called beside it.

    Args:
        doc: the article.
        root: main token of the name or phrase.
        named: whether the phrase is the name of a body, whose places are where it is active (`the EU Chamber in China`).
    """
    for noun in _descriptions(root):
        if noun_lemma(noun) in words("nouns", "abroad"):
            continue  # the ambassador in Canberra
        code = _by_modifier(doc, noun) or (None if named and noun.i == root.i else _by_place(doc, noun, DEPTH))
        if code is not None:
            return code
    return None


def _descriptions(root: Token) -> Iterator[Token]:
    """The noun itself, what it stands in apposition to, and what stands in apposition to it."""
    yield root
    if root.dep_ == "appos" and root.head.i != root.i:
        yield root.head
    yield from children(root, "appos")


def _by_modifier(doc: Doc, noun: Token) -> str | None:
    """`Peruvian miner`, `Chile's growers`, `a Colombo broker`; `the China analyst` is not of China."""
    field = noun_lemma(noun) in words("nouns", "specialists") or any(
        noun_lemma(t) in words("nouns", "specialists") for t in noun.lefts
    )
    for token in reversed(list(doc[max(noun.left_edge.i, noun.sent.start) : noun.i])):
        if token.dep_ not in {"amod", "poss", "compound", "nmod"} or not _is_within(token, noun):
            continue
        mention = mention_at(doc, token, EntityType.COUNTRY)
        if mention is not None and isinstance(mention.value, CountryValue):
            by_name = form_of(mention) == "name" and token.dep_ != "poss"
            if by_name and (field or noun.ent_type_ != "ORG"):
                continue
            return mention.value.code
        first = token.i == noun.left_edge.i + int(noun.left_edge.pos_ == "DET")
        town = country_of_place(token.text) if first and token.pos_ == "PROPN" and token.dep_ != "poss" else None
        if town is not None:
            return town
    return None


def _is_within(token: Token, noun: Token) -> bool:
    """Whether a modifier hangs on the noun, or on another modifier of it, and not on what a preposition brings."""
    current = token
    while current.i != noun.i:
        if current.dep_ not in {"amod", "poss", "compound", "nmod"} or current.head.i == current.i:
            return False
        current = current.head
    return True


def _by_place(doc: Doc, noun: Token, depth: int) -> str | None:
    """`of Bolivia`, `from Lima`, `a chain of cafes in Leeds`, `based in Busan`."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.lemma_ == "base" and (code := _by_place(doc, child, 1)):
            return code
        if child.dep_ != "prep" or child.lower_ not in {"of", "in", "from"}:
            continue
        for what in children(child, "pobj"):
            mention = mention_at(doc, what, EntityType.COUNTRY)
            known = mention is not None and mention.text not in AS_COUNTRIES and form_of(mention) == "name"
            if known and mention is not None and isinstance(mention.value, CountryValue):
                return mention.value.code
            if code := _place_named(doc, what):
                return code
            if depth > 1 and (code := _by_modifier(doc, what) or _by_place(doc, what, depth - 1)):
                return code
    return None


def _place_named(doc: Doc, token: Token) -> str | None:
    """The country of the town, state or province that a token ends, by its longest name."""
    if token.pos_ != "PROPN":
        return None
    following = doc[token.i + 1 : min(token.i + 4, token.sent.end)]
    if len(following) > 1 and following[0].text == "," and following[1].pos_ == "PROPN":  # `Manchester, New Hampshire`
        return next((code for n in (2, 1) if (code := country_of_place(following[1 : 1 + n].text))), None)
    start = token.i
    while start > token.sent.start and doc[start - 1].pos_ == "PROPN" and token.i - start < 2:
        start -= 1
    return next((code for i in range(start, token.i + 1) if (code := country_of_place(doc[i : token.i + 1].text))), None)
