"""Where a measure stands by its own words: its adjectives, the noun that it hangs on, and the clauses on it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from extractor.entities.terms import Term
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import (
    actions,
    asks_for,
    clauses,
    is_linked,
    lemma_of,
    noun_action,
    particled,
    starts,
)
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, Status
from extractor.syntax import auxiliaries, is_negated


@dataclass(frozen=True, slots=True)
class Standing:
    """Action and status of a measure, and the tokens that say so."""

    action: Action
    status: Status
    words: tuple[Token, ...]
    explicit: bool = True
    """Whether a verb or adjective says so, rather than a default."""


UNDONE = frozenset({Status.THREATENED, Status.PROPOSED, Status.ANNOUNCED})
"""Statuses of what is not in force yet."""
UNDONE_LISTS = (("threatened", Status.THREATENED), ("proposed", Status.PROPOSED), ("announced", Status.ANNOUNCED))
"""Lists of verbs and adjectives for what is not done yet, and their status; `OTHER_LISTS` are of adjectives alone."""
OTHER_LISTS = (("paused", Status.PAUSED), ("ended", Status.ENDED), ("in_force", Status.IN_FORCE))


def acts(unit: Unit, verb: Token) -> bool:
    """Whether the verb acts on the measure, or only has it somewhere in its clause (`the tariffs hurt farmers`)."""
    if not is_linked(unit, verb):
        return noun_action(unit) is not None
    known = verb.lemma_.lower() in actions() or lemma_of(verb) in actions() or verb.lemma_ in {"be", "have", "become"}
    bears = any(verb.lemma_.lower() in lemmas("roles", role) for role in ("bearers", "strikers", "covers", "replies"))
    bears = bears or any(verb.lemma_.lower() in lemmas("status", name) for name in ("threatened", "proposed", "announced"))
    bears = bears or particled(verb) in lemmas("status", "rejecting") or asks_for(unit, verb)
    return known or bears or starts(verb) or noun_action(unit) is not None


def begins(unit: Unit) -> Standing | None:
    """`rates which will take effect on Aug. 1`, `tariffs that are now in force`: a clause on the noun says when it starts."""
    for child in unit.head.rights:
        if child.dep_ == "relcl" and starts(child) and not is_negated(child):
            words = set(auxiliaries(child))
            if words & lemmas("status", "modals_hypothetical"):
                return Standing(Action.IMPOSE, Status.THREATENED, (child,))
            future = words & (lemmas("status", "modals_future") | {"to"})
            return Standing(Action.IMPOSE, Status.ANNOUNCED if future else Status.IN_FORCE, (child,))
    return None


def by_clause(unit: Unit) -> Standing | None:
    """`the 25% tariff that Tokyo imposed in May`, `tariffs announced by China`: what a clause on the noun says was done."""
    for child in clauses(unit.head):
        if child.tag_ not in {"VBN", "VBD"} or is_negated(child):
            continue
        words = set(auxiliaries(child))
        if words & (lemmas("status", "modals_hypothetical") | lemmas("status", "modals_future") | {"to", "being"}):
            continue
        lemma = child.lemma_.lower()
        action = actions().get(lemma_of(child))
        for name, status in UNDONE_LISTS:
            if lemma in lemmas("status", name) and not any(c.dep_ in {"xcomp", "ccomp"} for c in child.children):
                return None if lemma == "set" else Standing(Action.IMPOSE, status, (child,))
        if action is Action.REMOVE:
            return Standing(action, Status.ENDED, (child,))
        if action in {Action.SUSPEND, Action.DELAY}:
            return Standing(action, Status.PAUSED, (child,))
        if action in {Action.IMPOSE, Action.RAISE} and lemma not in lemmas("status", "undecided"):
            return Standing(Action.IMPOSE, Status.IN_FORCE, (child,))
    return None


def by_adjective(unit: Unit) -> Standing | None:
    """`threatened tariffs`, `the planned duties`, `existing tariffs`."""
    term: Term | None = unit.term
    if term is None:
        return None
    first = min(unit.start, term.start)
    for token in unit.doc[max(unit.sentence.start, first - 2) : term.head]:
        for name, status in (*UNDONE_LISTS, *OTHER_LISTS):
            if token.lower_ in lemmas("status", f"adjectives_{name}") and (token.head.i == term.head or token.i >= term.start):
                action = Action.MAINTAIN if status is Status.IN_FORCE else Action.IMPOSE
                return Standing(action, status, (token,))
    return None


BY_NOUN = (("threat_nouns", Status.THREATENED), ("proposal_nouns", Status.PROPOSED), ("plan_nouns", Status.ANNOUNCED))
"""Lists of nouns for what is not done yet, and the status of the measure that they lead to."""


def by_noun(head: Token) -> Standing | None:
    """`the threat of tariffs`, `a proposal for duties`, `plans for a levy`."""
    while head.dep_ in {"conj", "appos"} and head.head.i != head.i and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    above = head.head.head if head.dep_ == "pobj" and head.head.dep_ == "prep" else head.head if head.dep_ == "compound" else None
    if above is None:
        return None
    lemma = above.lemma_.lower()
    if lemma in lemmas("status", "exchanges") and (above.tag_ == "NNS" or any(c.dep_ == "poss" for c in head.lefts)):
        return None  # `talks on its tariff`, not `talk of tariffs`
    for child in above.lefts:
        for name, status in UNDONE_LISTS:
            if child.lower_ in lemmas("status", f"adjectives_{name}"):
                return Standing(Action.IMPOSE, status, (child,))
    for name, status in BY_NOUN:
        if lemma in lemmas("status", name):
            return Standing(Action.IMPOSE, status, (above,))
    return None


def by_noun_before(unit: Unit) -> Standing | None:
    """`protested against Chile's plan for a 14% tariff`: the noun right before, wherever the parser hung the preposition."""
    first = min(unit.start, unit.head.left_edge.i)
    if first - 2 < unit.sentence.start or unit.doc[first - 1].lower_ not in {"for", "of"}:
        return None
    noun = unit.doc[first - 2]
    for name, status in BY_NOUN:
        if noun.pos_ == "NOUN" and noun.lemma_.lower() in lemmas("status", name) - lemmas("status", "exchanges"):
            return Standing(Action.IMPOSE, status, (noun,))
    return None


def of_probe(unit: Unit) -> bool:
    """`began a countervailing duty probe`: the measure only names a case."""
    return (
        unit.rate is None
        and unit.head.dep_ in {"compound", "nmod"}
        and unit.head.head.lemma_.lower() in lemmas("status", "case_nouns")
    )
