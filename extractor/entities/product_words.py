"""What the finders of goods share: stretches that name goods, word lists, and the modifiers that belong to a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from extractor.lexicon import table

LONGEST_NAME = 6
"""Words of the longest name in the lexicon."""
LONGEST_MODIFIER = 4
"""Tokens that may stand before a name and belong to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `start:end` name goods; `head` is the last token of the phrase."""

    start: int
    end: int
    entity: str
    hs: tuple[str, ...]
    weak: bool


@cache
def words(*path: str) -> frozenset[str]:
    """A word list of `product_words.toml`."""
    found = table("product_words")
    for key in path:
        found = found[key]
    return frozenset(found)


def lemma(token: Token) -> str:
    """The singular of a noun, by its ending."""
    return singular(token.lower_)


def singular(words: str) -> str:
    """The singular of the last word, by its ending."""
    for ending, other in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if words.endswith(ending) and len(words) > len(ending) + 1:
            return words[: -len(ending)] + other
    return words[:-1] if words.endswith("s") and not words.endswith(("ss", "us", "is")) and len(words) > 3 else words


def modifiers(doc: Doc, start: int, blocked: frozenset[int], *, generic: bool = False, everything: bool = False) -> int:
    """The first token of the modifiers before a name that narrow it; `everything` takes adjectives that no list knows as well."""
    first = start
    for j in range(start - 1, max(-1, start - 1 - 2 * LONGEST_MODIFIER), -1):
        token = doc[j]
        if j in blocked or doc[j + 1].is_sent_start or token.is_space:
            break
        if token.text == "-" and j > 0 and token.whitespace_ == "" and doc[j - 1].whitespace_ == "" and first == j + 1:
            left = doc[j - 1]
            if j - 1 in blocked or left.lower_ in words("modifiers", "never") or not left.is_alpha:
                first = min(start, j + 2)
                break
            first = j - 1
            continue
        if j >= first:
            continue
        if not narrows(token, generic=generic, everything=everything) or token.head.i < j or token.head.i >= start + LONGEST_NAME:
            break
        first = j
    return first


def narrows(token: Token, *, generic: bool, everything: bool = False) -> bool:
    """Whether a modifier says which goods: a noun does, an adjective only if the lexicon says so."""
    word = token.lower_
    if word in words("modifiers", "never") or token.text in words("modifiers", "never") or not word[0].isalpha():
        return False
    if word in words("trade", "flows") or lemma(token) in words("trade", "duties"):
        return False
    if token.tag_ in {"JJR", "JJS", "PRP$", "DT", "CD", "POS", "PDT"}:
        return False
    if token.dep_ not in {"amod", "compound", "nmod"} or not (token.is_lower or token.is_sent_start):
        return False
    if word in words("modifiers", "narrowing") or (token.tag_ in {"NN", "NNS"} and token.dep_ != "amod"):
        return True
    if everything and token.dep_ in {"amod", "compound", "nmod"} and token.tag_ not in {"VBG", "JJR", "JJS", "RB"}:
        return True
    relational = word.endswith(tuple(sorted(words("modifiers", "endings")))) and word not in words("modifiers", "never_generic")
    return generic and token.pos_ == "ADJ" and relational
