"""Where an act stands that is told without a word of duty: what is sought, decided, done, or given up."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from extractor.linking.tariffs.act_nouns import Act, Kind, act_words
from extractor.linking.tariffs.standing import Standing
from extractor.linking.tariffs.status import standing
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import governors
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, Status
from extractor.syntax import auxiliaries, is_negated


def standing_of(act: Act, unit: Unit, verb: Token | None) -> Standing:
    """Action and status of an act.

    Args:
        act: what is told.
        unit: where.
        verb: the verb that says what happens to it, or that is the act itself.
    """
    found = standing(unit, verb)
    if act.kind is Kind.INVESTIGATION:
        return _of_inquiry(act, found, verb)
    if act.head is verb and verb is not None:
        return _of_verb(act, found, verb)
    if act.kind is Kind.PREFERENCE and found.status is Status.ENDED and verb is not None and "to" in auxiliaries(verb):
        return replace(found, status=_by_tense(verb))
    if act.kind is Kind.PREFERENCE and found.action is Action.REMOVE and found.status is Status.IN_FORCE and verb is not None:
        over = verb.tag_ in {"VBD", "VBN"}  # `will end its access`: the access ends, nothing is in force
        return replace(found, status=Status.ENDED if over else Status.ANNOUNCED)
    against = act.head.head if act.head.dep_ == "pobj" else None
    if (
        act.kind is Kind.BAN
        and against is not None
        and against.lower_ == "against"
        and any(c.dep_ == "poss" for c in act.head.lefts)
    ):
        return Standing(Action.MAINTAIN, Status.IN_FORCE, (act.head,))  # `a petition against Japan's ban`: it is there
    return found


def _of_inquiry(act: Act, found: Standing, verb: Token | None) -> Standing:
    """An inquiry proposes a measure, until it is closed or refused."""
    if found.status is Status.REJECTED:
        return replace(found, action=Action.INVESTIGATE)
    closes = verb is not None and verb.lemma_.lower() in act_words("investigations", "closing") and not is_negated(verb)
    if closes and act.head is not verb and found.status in {Status.ENDED, Status.IN_FORCE, Status.PAUSED}:
        return Standing(Action.INVESTIGATE, Status.REJECTED, found.words)
    status = found.status if found.status in {Status.THREATENED, Status.PROPOSED} else Status.PROPOSED
    return Standing(Action.INVESTIGATE, status, found.words)


def _of_verb(act: Act, found: Standing, verb: Token) -> Standing:
    """What a verb that is the act itself says: `halted imports` is a ban put in force, not a measure suspended."""
    if act.kind is Kind.PREFERENCE:
        waits = found.status is Status.ENDED and "to" in auxiliaries(verb)
        return replace(found, status=_by_tense(verb)) if waits else found
    if found.status not in {Status.THREATENED, Status.PROPOSED, Status.REJECTED, Status.STRUCK_DOWN}:
        found = replace(found, status=_by_tense(verb))
    explicit = found.explicit or verb.tag_ in {"VBD", "VBN", "VBZ", "VBP"}
    return replace(found, action=Action.IMPOSE, explicit=explicit)


def _by_tense(verb: Token) -> Status:
    """Whether a verb tells what was done, what will be, or what is only meant."""
    chain = (verb, *governors(verb))
    if any(t.lemma_.lower() in lemmas("status", "announced") for t in chain[1:]):
        return Status.ANNOUNCED
    if any(set(auxiliaries(t)) & (lemmas("status", "modals_future") | {"would"}) for t in chain):
        return Status.ANNOUNCED
    if verb.tag_ == "VBG" and {"is", "are", "'s", "'re", "am"} & set(auxiliaries(verb)):
        return Status.ANNOUNCED
    if "to" in auxiliaries(verb):
        told = any(t.lemma_.lower() in lemmas("dates", "announcing") for t in chain[1:])
        return Status.ANNOUNCED if told or verb.dep_ == "ROOT" else Status.PROPOSED
    return Status.IN_FORCE
