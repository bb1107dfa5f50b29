"""What happens to a measure (action), and where it stands (status), by verb, tense, modality and governors."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from extractor.entities.layout import is_title
from extractor.linking.tariffs.denials import averted, by_complement, given_up, negated, struck_down
from extractor.linking.tariffs.standing import (
    UNDONE,
    Standing,
    acts,
    begins,
    by_adjective,
    by_clause,
    by_noun,
    by_noun_before,
    of_probe,
)
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import (
    actions,
    asks_for,
    charges,
    governors,
    is_linked,
    leading_verb,
    leads_to_rate,
    lemma_of,
    muses,
    noun_action,
    says,
    starts,
    taken_further,
)
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, Status
from extractor.syntax import SUBJECTS, auxiliaries, is_negated, is_passive, objects, subject


def standing(unit: Unit, verb: Token | None) -> Standing:
    """Reads action and status of a unit, before dates are known.

    Args:
        unit: where the measure is named.
        verb: the verb that says what happens to it, as `Parties.verb` finds it.
    """
    described = by_adjective(unit)
    if begun := begins(unit):
        return begun
    if verb is not None:
        verb = taken_further(verb) or leading_verb(verb) or verb
    if verb is None:
        headline = described or by_noun(unit.head)
        there = unit.head.dep_ == "pobj" and unit.head.head.lower_ in {"despite", "amid"} and unit.rate is not None
        if headline is None and there:  # `Shops open on Sunday despite India's 10% tariff`
            return Standing(Action.IMPOSE, Status.IN_FORCE, (unit.head,), explicit=False)
        return headline or Standing(Action.IMPOSE, Status.UNKNOWN, (unit.head,), explicit=False)
    action = _action(unit, verb)
    above = list(governors(verb))
    acting = acts(unit, verb)
    if struck := struck_down(unit, verb, action, above):
        return struck
    if of_probe(unit):
        return Standing(Action.INVESTIGATE, Status.PROPOSED, (unit.head.head,))
    if starts(verb) and verb.tag_ == "VBD" and not is_negated(verb):
        return Standing(action, Status.PAUSED if action in {Action.SUSPEND, Action.DELAY} else Status.IN_FORCE, (verb,))
    told = by_clause(unit)
    if told and told.status in UNDONE and verb.lemma_.lower() in lemmas("status", "averting"):
        told = None  # `averted the duty that Colombia had planned`
    if told and (not acting or action is Action.IMPOSE) and not _denies(verb, above):
        return told
    rules = (given_up, by_complement, averted, negated) if is_linked(unit, verb) else (given_up,)
    for rule in rules:
        found = rule(unit, verb, action, above)
        if found:
            return found
    if (
        described
        and described.status in {Status.THREATENED, Status.PROPOSED, Status.ANNOUNCED}
        and action in {Action.IMPOSE, Action.MAINTAIN}
    ):
        return described
    named = by_noun(unit.head)
    hypothetical = _hypothetical(unit, verb, action, above) if is_linked(unit, verb) or named else None
    if hypothetical:
        return hypothetical
    if named and action is Action.IMPOSE:
        return named
    found = _by_tense(unit, verb, action, above)
    if described and described.status in UNDONE and found.status is Status.ENDED:
        found = replace(found, status=Status.REJECTED)  # `dropped a planned 10% duty`
    if not acting and (planned := by_noun_before(unit)):
        return planned
    return found if acting else replace(found, status=Status.IN_FORCE, explicit=False)


def standing_of(unit: Unit, verb: Token) -> Standing:
    """Where a measure stands that a verb outside the table of actions brings about: `will match U.S. tariffs`."""
    above = list(governors(verb))
    return _hypothetical(unit, verb, Action.IMPOSE, above) or _by_tense(unit, verb, Action.IMPOSE, above)


def _denies(verb: Token, above: list[Token]) -> bool:
    """Whether the main verb is negated, hypothetical or undecided, so that a clause on the noun does not settle the matter."""
    if verb.lemma_.lower() in lemmas("status", "averting"):
        return False
    chain = (verb, *above)
    yet = any(c.lower_ == "yet" for c in verb.children) or any(c.lower_ == "yet" for t in above for c in t.children)
    return yet or any(t.lemma_.lower() in lemmas("status", "rejecting") for t in chain)


def _action(unit: Unit, verb: Token) -> Action:
    table_ = actions()
    own = table_.get(lemma_of(verb), None) if is_linked(unit, verb) else None
    if own is Action.REMOVE and verb.lemma_.lower() in {"lift", "drop"} and leads_to_rate(unit):
        own = Action.RAISE if verb.lemma_.lower() == "lift" else Action.LOWER
    if own is None and unit.head.dep_ == "pobj":
        above = unit.head.head.head
        own = table_.get(above.lemma_.lower()) if above.pos_ in {"NOUN", "VERB"} and above.lemma_ != "hold" else None
    if own is None or own is Action.IMPOSE:
        for child in verb.children:  # `decided to suspend the tariffs`, `plans to lift`
            over = unit.head in child.subtree or (unit.head.dep_ in SUBJECTS and unit.head.head.i == verb.i)
            if child.dep_ == "xcomp" and over and child.lemma_.lower() in table_:
                own = table_[child.lemma_.lower()]
    noun = noun_action(unit)
    if noun is Action.SUSPEND and own is Action.REMOVE:
        return Action.RESTORE
    if noun and own in {None, Action.IMPOSE, Action.MAINTAIN}:
        return noun
    if unit.prior is not None and unit.rate is not None and own in {None, Action.IMPOSE, Action.MAINTAIN}:
        return Action.RAISE if (_percent(unit) or 0) > (_prior(unit) or 0) else Action.LOWER
    return own or Action.IMPOSE


def _percent(unit: Unit) -> float | None:
    return getattr(unit.rate.value, "percent", None) if unit.rate else None


def _prior(unit: Unit) -> float | None:
    return getattr(unit.prior.value, "percent", None) if unit.prior else None


def _hypothetical(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """Modals, conditions, threats and proposals above the verb."""
    if action in {Action.REMOVE, Action.SUSPEND} and any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "until"} for c in verb.children
    ):
        return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,))  # `unless Beijing withdraws its tariff`: it is there
    if muses(unit.head, verb):
        return Standing(Action.IMPOSE, Status.THREATENED, (verb,))
    if asks_for(unit, verb) or (actions().get(lemma_of(verb)) is Action.INVESTIGATE and "_" in lemma_of(verb)):
        return Standing(Action.IMPOSE, Status.PROPOSED, (verb,))
    for token in (verb, *above):
        lemma = token.lemma_.lower()
        if lemma in {"allow", "let", "permit"} and token is not verb and action is Action.REMOVE:
            continue  # `will be allowed to lapse`
        if token.pos_ in {"VERB", "AUX", "ADJ"}:
            if lemma in lemmas("status", "proposed") and not (
                token is verb and action not in {Action.IMPOSE, Action.INVESTIGATE}
            ):
                return Standing(action, Status.PROPOSED, (token,))
            if lemma in lemmas("status", "threatened") and not (token is verb and token.tag_ == "JJ"):
                return Standing(action, Status.THREATENED, (token,))
        if token.pos_ == "NOUN" and lemma in lemmas("status", "threat_nouns"):
            return Standing(action, Status.THREATENED, (token,))
        if token.pos_ == "NOUN" and lemma in lemmas("status", "proposal_nouns"):
            return Standing(action, Status.PROPOSED, (token,))
        if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} and not _either_way(c) for c in token.children):
            return Standing(action, Status.THREATENED, (token,))
        modal = next((a for a in auxiliaries(token) if a in lemmas("status", "modals_hypothetical")), None)
        if modal in {"would", "should"} and _is_reported(token):
            return Standing(action, Status.PAUSED if action in {Action.SUSPEND, Action.DELAY} else Status.ANNOUNCED, (token,))
        drafted = subject(token) if modal else None
        if drafted is not None and drafted.lemma_.lower() in lemmas("status", "proposal_nouns"):
            return Standing(action, Status.PROPOSED, (drafted,))  # `a draft decree would put the duty at 20%`
        if modal and token.dep_ == "relcl" and token.head.lemma_.lower() in lemmas("status", "proposal_nouns"):
            return Standing(action, Status.PROPOSED, (token.head,))  # `a bill that would impose a tariff`
        if modal and token.pos_ in {"VERB", "AUX"} and not (modal == "can" and token is not verb):
            return Standing(action, Status.THREATENED, (token,))
        if token.pos_ == "VERB" and token is not verb and lemma in lemmas("dates", "announcing") - lemmas("status", "threatened"):
            break
    return None


def _either_way(mark: Token) -> bool:
    """`whether or not the ship sails`: no condition."""
    return mark.lower_ == "whether" and any(t.lower_ == "not" for t in mark.doc[mark.i + 1 : mark.i + 3])


def _is_reported(verb: Token) -> bool:
    """`said it would impose`: the future of a report in the past, without a condition."""
    if (
        verb.dep_ != "ccomp"
        or verb.head.tag_ not in {"VBD", "VBN"}
        or verb.head.lemma_.lower() not in lemmas("dates", "announcing")
    ):
        return False
    if verb.head.lemma_.lower() in lemmas("status", "threatened") | lemmas("status", "proposed"):
        return False
    return not any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for child in verb.children for c in child.children)


def _is_of_vote(unit: Unit) -> bool:
    """`A vote on a 25% tariff has been postponed`: the measure is not decided."""
    holder = unit.head.head.head if unit.head.dep_ == "pobj" else unit.head
    return holder.lemma_.lower() in lemmas("status", "votes")


def _depends(verb: Token) -> bool:
    """`will impose … unless …`: what is announced on a condition is a threat."""
    marks = [c for child in verb.children if child.dep_ == "advcl" for c in child.children if c.dep_ == "mark"]
    inverted = any(c.left_edge.lower_ in {"should", "were", "had"} for c in verb.children if c.dep_ == "advcl" and c.i < verb.i)
    return inverted or any(m.lower_ in {"if", "unless"} for m in marks)


def _by_tense(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing:
    chain = [verb, *above]
    planned = next((t for t in chain if t.lemma_.lower() in lemmas("status", "announced")), None)
    future = next((t for t in chain if set(auxiliaries(t)) & lemmas("status", "modals_future")), None)
    ongoing = verb.lemma_.lower() in lemmas("status", "ongoing")
    progressive = verb.tag_ == "VBG" and bool(set(auxiliaries(verb)) & {"is", "are", "'s", "'re", "am"}) and not ongoing
    must = (
        verb.dep_ == "xcomp"
        and verb.head.lemma_ == "have"
        and not set(auxiliaries(verb.head)) & lemmas("status", "modals_future")
    )
    begun = verb.dep_ == "xcomp" and verb.head.lemma_ in {"begin", "start"} and verb.head.tag_ in {"VBD", "VBN"}
    must = must or (begun and not {"to", "will", "would"} & set(auxiliaries(verb.head)))
    infinitive = verb.tag_ in {"VB", "VBN"} and "to" in auxiliaries(verb) and not must  # `have had to pay`, `began to charge`
    purpose = infinitive and verb.dep_ == "advcl" and bool(above)
    if action in {Action.SUSPEND, Action.DELAY}:
        return Standing(action, Status.PROPOSED if _is_of_vote(unit) else Status.PAUSED, (verb,))
    if action is Action.EXTEND and noun_action(unit) is Action.SUSPEND:
        return Standing(action, Status.PAUSED, (verb,))  # `the pause on the duty has been extended`
    if (
        planned is not None
        or future is not None
        or progressive
        or purpose
        or (infinitive and (verb.dep_ in {"ROOT", "xcomp", "acl"} or is_title(verb.doc, verb.idx)))  # `Trump to slap …`
    ):
        words = tuple(dict.fromkeys(t for t in (planned, future, verb) if t is not None))
        runs_out = says(verb, "ending") and not objects(verb)  # `will expire`, not `will end the exemption`
        if action is Action.MAINTAIN or runs_out:
            return Standing(action, Status.IN_FORCE, words)
        if planned is None and future is not None and _depends(future):
            return Standing(action, Status.THREATENED, words)
        return Standing(action, Status.ANNOUNCED, words)
    if action is Action.REMOVE:
        return Standing(action, Status.ENDED, (verb,))
    if action is Action.EXEMPT:
        return Standing(action, Status.IN_FORCE, (verb,))
    if action is Action.INVESTIGATE:
        return Standing(action, Status.PROPOSED, (verb,))
    told = must or verb.tag_ in {"VBD", "VBN"} or is_passive(verb) or charges(verb) or starts(verb)
    return Standing(action, Status.IN_FORCE, (verb,), explicit=told)
