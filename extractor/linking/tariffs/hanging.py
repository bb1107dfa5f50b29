"""How words hang on a measure: the way up the parse from a word to a measure's noun or verb, and what leads on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from extractor.entities.mention import text_of
from extractor.entities.terms import terms
from extractor.lexicon import table
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.syntax import DEEPEST, SUBJECTS, governor, is_negated

SHARING = frozenset({"xcomp", "ccomp", "conj", "pcomp", "acl"})
"""A verb with one of these relations tells together with the one above it: `plans to impose`, `said it would impose`."""


MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
"""Relations of what stands before a noun and says of which kind it is."""


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A word list of `measure_details.toml`."""
    return frozenset(table("measure_details")[section][name])


def nodes_of(head: Token) -> list[Token]:
    """A measure's noun and the verbs that tell of it, from the nearest up."""
    stray = head.dep_ == "conj" and head.head.pos_ == "VERB"  # `shops close, but the duty …`: no part of that clause
    out, verb = [head], None if stray else governor(head)
    for _ in range(4):
        if verb is None:
            break
        out.append(verb)
        if verb.dep_ not in SHARING or verb.head.i == verb.i or _is_told_of(verb):
            break
        verb = governor(verb.head)
    return out


def _is_told_of(verb: Token) -> bool:
    """`in response to a move to impose duties`: a clause on a noun behind a preposition, which the verb above does not do."""
    return verb.dep_ == "acl" and verb.head.dep_ not in {"dobj", "nsubj", "nsubjpass", "attr", "conj", "ROOT"}


def way_up(token: Token, nodes: Sequence[Token]) -> list[Token] | None:
    """The words from a token (first) up to the child of the first node that it hangs on; None if it hangs on none.

    A node is no word of its own way: a token that is a node has an empty one.
    """
    known = {n.i for n in nodes}
    out: list[Token] = []
    current = token
    for _ in range(DEEPEST):
        if current.i in known:
            return out
        out.append(current)
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def denied(token: Token) -> bool:
    """Whether `not`, `never`, `no` or `rather than` stands at a word: `not over drugs`, `is not meant to`."""
    before = token.doc[max(0, token.left_edge.i - 2) : token.i]
    if token.dep_ in SUBJECTS and is_negated(token.head):  # `retaliation is not on the agenda`
        return True
    return is_negated(token) or any(t.lower_ in {"not", "n't", "never", "rather", "instead"} for t in before)


def paragraph(doc: Doc, offset: int) -> int:
    """Number of the paragraph that an offset is in."""
    starts = doc.user_data.get("paragraphs")
    if starts is None:
        starts = doc.user_data["paragraphs"] = [segment.start for segment in doc._.segments]
    return bisect_right(starts, offset)


def takes_up(noun: Token) -> bool:
    """Whether a noun or pronoun may stand for a measure that was told: `the levy`, `them`."""
    if noun.lower_ in words("nouns", "pronouns") or any(t.head == noun.i for t in terms(noun.doc, noun.sent)):
        return True
    definite = any(c.lower_ in lemmas("anaphora", "determiners") for c in noun.lefts)
    return definite and noun.lemma_.lower() in words("nouns", "measures")


def quoted(doc: Doc, start: int, end: int) -> str:
    """The article's own words of a stretch, on one line."""
    return " ".join(text_of(doc)[start:end].split())
