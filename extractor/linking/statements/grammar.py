"""Small questions to the parse that several constructions ask."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

FINITE = frozenset({"MD", "VBD", "VBZ", "VBP"})
"""Tags of finite verbs."""
SUBJECTS = frozenset({"nsubj", "csubj"})
CLAUSES = frozenset({"ccomp"})
INNER_CLAUSE = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})


def noun_lemma(token: Token) -> str:
    """The lemma in small letters; of a capitalised plural, which spaCy leaves as it is ("Ministers said"), the singular."""
    low = token.lemma_.lower()
    if token.pos_ != "PROPN" or low != token.lower_ or not low.endswith("s") or low.endswith("ss"):
        return low
    return low[:-3] + "y" if low.endswith("ies") else low[:-1]


def is_plural(token: Token) -> bool:
    """Whether a noun is plural, by its tag or, of a capitalised one, by the form that `noun_lemma` undoes."""
    return token.tag_ in {"NNS", "NNPS"} or (
        token.ent_type_ == "" and token.pos_ == "PROPN" and noun_lemma(token) != token.lower_
    )


def children(token: Token, *deps: str) -> list[Token]:
    """The dependents of these kinds, in order."""
    return [child for child in token.children if child.dep_ in deps]


def extent(token: Token) -> tuple[int, int]:
    """First and last-but-one token index of a subtree."""
    return token.left_edge.i, token.right_edge.i + 1


def noun_phrase(head: Token, stop: int | None = None, start: int | None = None) -> Span:
    """The noun phrase of a head: its subtree, kept within bounds and without trailing punctuation.

    Args:
        head: the noun.
        stop: token index that the phrase must not reach.
        start: token index before which it must not begin.
    """
    low, high = extent(head)
    high = min(high, stop) if stop is not None and stop > head.i else high
    low = max(low, start) if start is not None and start <= head.i else low
    while high - 1 > head.i and head.doc[high - 1].is_punct:
        high -= 1
    while low < head.i and (head.doc[low].is_punct or head.doc[low].is_space or head.doc[low + 1].text == ")"):
        low += 1  # also the number of a paragraph: "12) One producer"
    return head.doc[low:high]


def subject(verb: Token) -> Token | None:
    """The subject of an active verb, its own or the one it shares: of the verb it is joined to, or that governs it."""
    seen: set[int] = set()
    at: Token | None = verb
    while at is not None and at.i not in seen:
        seen.add(at.i)
        own = [c for c in at.children if c.dep_ in SUBJECTS]
        passive = [c for c in at.children if c.dep_ == "nsubjpass"]
        if own:
            return max((c for c in own if c.i < at.i), key=lambda c: c.i, default=own[0])  # the nearer of two
        if passive and at is not verb:
            return passive[0]
        if is_finite_acl(at):
            return at.head
        at = _lender(at)
    return None


def is_finite_acl(verb: Token) -> bool:
    """Whether a finite verb hangs on its own subject, as it may behind a relative clause: "Roe, who runs the port, said"."""
    return verb.dep_ == "acl" and verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.doc[verb.i - 1].text in {",", ")"}


def _lender(verb: Token) -> Token | None:
    """The verb (or noun) whose subject a verb without one shares."""
    if verb.dep_ in {"conj", "xcomp", "advcl", "dep", "aux", "auxpass"} and verb.head.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
        return verb.head
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        return verb.head.head if verb.head.head.pos_ in {"VERB", "AUX"} else None
    return None


def agent(verb: Token) -> Token | None:
    """The agent of a passive ("was criticised by the union")."""
    for by in children(verb, "agent"):
        for noun in children(by, "pobj"):
            return noun
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive."""
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)


def trimmed(doc: Doc, low: int, high: int, marks: Iterable[str] = (",", ":", ";", ".", "-", "--", "—", "–")) -> tuple[int, int]:
    """Token bounds without spaces and without punctuation of the given kinds at the edges."""
    edge = set(marks)
    while low < high and (doc[low].is_space or doc[low].text in edge):
        low += 1
    while high > low and (doc[high - 1].is_space or doc[high - 1].text in edge):
        high -= 1
    return low, high
