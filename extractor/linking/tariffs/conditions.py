"""What a measure depends on: `if talks fail`, `unless Hanoi opens its market`, `until a deal is reached`, `without a deal`."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractor.entities.mention import mention_at, mentions
from extractor.linking.tariffs.hanging import nodes_of, words
from extractor.linking.tariffs.phrases import complement
from extractor.records import EntityType
from extractor.syntax import SUBJECTS

KINDS = ("if", "unless", "until")
NOT_CONDITIONS = frozenset({"even", "as", "or", "than"})
"""Words before `if` that make it concessive or a comparison: `even if`, `as if`, `with or without`."""
TIMES = frozenset({"now", "then", "recently", "today", "yesterday", "midnight", "lately"})
"""Words behind `until` that are times without being dates."""


def condition_of(head: Token) -> tuple[str, Span] | None:
    """The condition that a measure hangs on, without the word that opens it, and its kind.

    Args:
        head: the measure's noun.
    """
    for node in _told_by(head):
        for child in node.children:
            found = _clause(child) or _inverted(child) or _phrase(child)
            if found is not None and head.i not in range(found[1].start, found[1].end):
                return found
    return None


def _told_by(head: Token) -> Iterator[Token]:
    """The measure's noun and verbs, up to one whose subject is another clause's: `Shops close if …, but the duty stays`."""
    for node in nodes_of(head):
        yield node
        if node.dep_ == "conj" and any(c.dep_ in SUBJECTS for c in node.children):
            return


def _kind(mark: Token) -> str | None:
    before = mark.nbor(-1).lower_ if mark.i else ""
    if before in NOT_CONDITIONS:
        return None
    return next((kind for kind in KINDS if mark.lower_ in words("conditions", kind)), None)


def _clause(clause: Token) -> tuple[str, Span] | None:
    """`unless it opens its market`."""
    if clause.dep_ not in {"advcl", "ccomp", "pcomp"} or clause.pos_ not in {"VERB", "AUX"}:
        return None
    for mark in clause.lefts:
        if mark.dep_ not in {"mark", "advmod", "prep"} or (kind := _kind(mark)) is None:
            continue
        if mark.i - clause.left_edge.i > 1 or mark.nbor().lower_ in TIMES:
            return None
        start = mark.i + 1
        while start < clause.i and clause.doc[start].lower_ in {"that", "such", "time", "as"} and clause.doc[start].i < clause.i:
            start += 1
        return kind, _trimmed(clause.doc[start : clause.right_edge.i + 1])
    return None


def _inverted(clause: Token) -> tuple[str, Span] | None:
    """`should talks fail`, which has its auxiliary before its subject."""
    if clause.dep_ not in {"advcl", "ccomp"} or clause.pos_ not in {"VERB", "AUX"} or any(c.dep_ == "mark" for c in clause.lefts):
        return None
    first = clause.doc[clause.left_edge.i]
    who = next((c for c in clause.lefts if c.dep_ in SUBJECTS), None)
    if first.lower_ != "should" or who is None or first.head.i not in {clause.i, who.i} or who.i < first.i:
        return None
    return "if", _trimmed(clause.doc[first.i + 1 : clause.right_edge.i + 1])


def _phrase(preposition: Token) -> tuple[str, Span] | None:
    """`without a deal`, `pending a review`, `until further notice`; not `until July 9`."""
    if preposition.dep_ != "prep":
        return None
    what = complement(preposition)
    if what is None:
        return None
    span = preposition.doc[what.left_edge.i : what.right_edge.i + 1]
    if preposition.lower_ in words("conditions", "without"):
        return ("unless", _trimmed(span)) if what.lemma_.lower() in words("conditions", "settlements") else None
    if preposition.lower_ == "in" and what.lower_ == "absence":  # `in the absence of a deal`
        return next((found for c in what.children if (found := _missing(c)) is not None), None)
    kind = _kind(preposition)
    if what.dep_ == "pcomp":
        return (kind, _trimmed(span)) if kind else None
    timed = mentions(span.doc, EntityType.DATE, EntityType.DURATION, within=span) or what.ent_type_ in {"DATE", "TIME"}
    settled = what.lemma_.lower() in words("conditions", "settlements") | words("conditions", "reviews")
    named = mention_at(span.doc, what, EntityType.DATE) is not None
    return (kind, _trimmed(span)) if kind and settled and not timed and not named else None


def _missing(preposition: Token) -> tuple[str, Span] | None:
    what = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if what is None or preposition.lower_ != "of" or what.lemma_.lower() not in words("conditions", "settlements"):
        return None
    return "unless", _trimmed(what.doc[what.left_edge.i : what.right_edge.i + 1])


def _trimmed(span: Span) -> Span:
    start, end = span.start, span.end
    while start < end - 1 and span.doc[start].lower_ == "that":
        start += 1
    while end > start + 1 and span.doc[end - 1].is_punct:
        end -= 1
    return span.doc[start:end]
