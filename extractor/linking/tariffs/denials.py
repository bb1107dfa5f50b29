"""Measures that a court struck down, that were given up or averted, and what is denied of them."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.linking.tariffs.standing import Standing, acts, by_adjective, by_clause
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import (
    actions,
    holds_threat,
    lemma_of,
    noun_action,
    particled,
    receives,
    starts,
)
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, Status
from extractor.syntax import auxiliaries, governor, is_negated, is_passive, subject


def struck_down(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`the court struck down the tariffs`, `tariffs ruled illegal`."""
    for token in (verb, *above):
        if not {token.lemma_.lower(), particled(token)} & lemmas("status", "courts"):
            continue
        if _is_overruled(token, above):
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (token,))
        who = subject(token)
        ruled = who is not None and who.lemma_.lower() in lemmas("status", "rulings")
        judged = who is not None and any(t.lower_.rstrip("s") in lemmas("status", "court_nouns") for t in who.subtree)
        by_court = ruled or judged
        agents = any(
            t.lemma_.lower() in lemmas("status", "court_nouns") for c in token.children if c.dep_ == "agent" for t in c.subtree
        )
        illegal = any(t.lower_ in lemmas("status", "illegal") for t in token.subtree)
        if (
            (by_court or agents)
            and (illegal or token.lemma_.lower() not in {"rule", "declare", "block"})
            and not is_negated(token)
        ):
            return Standing(Action.REMOVE, Status.STRUCK_DOWN, (token,))
    return None


def _is_overruled(verb: Token, above: list[Token]) -> bool:
    """`stayed a ruling that had struck down the tariff`, `refused to block the duty`: it stays in force."""
    if any(t.lemma_.lower() in {"refuse", "decline"} for t in above[:1]):
        return True
    ruling = verb.head if verb.dep_ in {"relcl", "acl"} else None
    if ruling is None or ruling.lemma_.lower() not in lemmas("status", "rulings") | {
        "decision",
        "order",
        "injunction",
        "finding",
    }:
        return False
    over = governor(ruling)
    acted_on = over is not None and (ruling.head.i == over.i and ruling.dep_ in {"dobj", "nsubjpass"})
    return acted_on and over is not None and {over.lemma_.lower(), particled(over)} & lemmas("status", "overruling") != set()


def given_up(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`withdrew its threat of tariffs`, `considered a tariff but dropped the idea`: what is given up is only the intention."""
    plans = lemmas("status", "threat_nouns") | lemmas("status", "proposal_nouns") | lemmas("status", "plan_nouns")
    plans -= lemmas("status", "exchanges")
    holder = unit.head.head.head if unit.head.dep_ == "pobj" else None
    if holder is None and verb.dep_ == "acl" and verb.tag_ == "VB":
        holder = verb.head  # `dropped plans to put tariffs on fertiliser`
    over = governor(holder) if holder is not None and holder.lemma_.lower() in plans else None
    later = next(
        (c for c in verb.children if c.dep_ == "conj" and any(g.dep_ == "dobj" and g.lemma_ in plans for g in c.children)), None
    )
    for token in (over, later):
        if token is None or is_negated(token) or set(auxiliaries(token)) & {"to", "would", "could", "may", "might"}:
            continue
        if actions().get(lemma_of(token)) is Action.REMOVE or {particled(token), token.lemma_.lower()} & lemmas(
            "status", "rejecting"
        ):
            return Standing(Action.IMPOSE, Status.REJECTED, (token,))
        if actions().get(lemma_of(token)) in {Action.SUSPEND, Action.DELAY}:
            return Standing(actions()[lemma_of(token)], Status.PAUSED, (token,))
    return None


NOUNS = {"proposed": "proposal_nouns", "threatened": "threat_nouns"}


def by_complement(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`remains suspended`, `is pending`, `is under discussion`, `is exempt from the tariff`."""
    if verb.lemma_.lower() not in {"be", "remain", "stay", "lie", "become"} or is_negated(verb):
        return None
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd", "xcomp"} and child.i > verb.i:
            if child.lower_ in {"exempt", "free", "immune", "excluded"} and unit.head in child.subtree:
                return Standing(Action.EXEMPT, Status.IN_FORCE, (child,))
            for name, status in (("paused", Status.PAUSED), ("proposed", Status.PROPOSED), ("threatened", Status.THREATENED)):
                if child.dep_ == "attr" and name != "paused" and child.lemma_.lower() in lemmas("status", NOUNS[name]):
                    return Standing(action, status, (child,))  # `is only a threat`
                plain = not any(c.dep_ in {"xcomp", "ccomp"} for c in child.children)
                if plain and child.lower_ in lemmas("status", f"adjectives_{name}"):
                    return Standing(Action.SUSPEND if name == "paused" else action, status, (child,))
        if child.dep_ == "prep" and any(f"{child.lower_} {c.lower_}" in lemmas("status", "pending") for c in child.children):
            return Standing(action, Status.PROPOSED, (child,))
    return None


def averted(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`to avoid 25% tariffs`: the tariff looms; `averted the tariffs`: it will not come."""
    if receives(verb, unit.head):
        return None  # `escaped with 10%`
    if action is Action.EXEMPT and unit.head.dep_ == "dobj" and unit.head.head.i == verb.i:
        return Standing(Action.IMPOSE, Status.REJECTED, (verb,))  # `Japan was spared a 24% tariff`
    verb = next((t for t in (verb, *above[:1]) if t.lemma_.lower() in lemmas("status", "averting")), verb)
    if verb.lemma_.lower() not in lemmas("status", "averting"):
        return None
    if verb.dep_ in {"relcl", "acl"} and verb.head.lemma_.lower() in lemmas("status", "deal_nouns"):
        above = [*above, verb.head]  # `reached a deal to avoid the tariff`
    around = {t.lemma_.lower() for t in (*above[:2], *(c for t in above[:1] for c in t.children if c.dep_ == "dobj"))}
    by_deal = bool(around & lemmas("status", "deal_nouns"))
    if any(t.lemma_.lower() == "fail" for t in above[:1]):
        return Standing(Action.IMPOSE, Status.IN_FORCE, (verb,), explicit=False)
    if verb.lemma_.lower() in lemmas("status", "evading") and not by_deal:
        return Standing(Action.IMPOSE, Status.IN_FORCE, (verb,), explicit=False)  # smugglers dodge what is charged
    done = by_deal or (verb.tag_ in {"VBD", "VBN"} and auxiliaries(verb)[:1] != ["would"])
    if done and not any(t.lemma_.lower() in lemmas("status", "threatened") | {"try", "seek", "hope"} for t in above):
        return Standing(Action.IMPOSE, Status.REJECTED, (verb,))
    return Standing(Action.IMPOSE, Status.THREATENED, (verb,), explicit=False)


def negated(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`will not impose`, `ruled out tariffs`, `has yet to impose`."""
    chain = [verb, *above]
    holder = unit.head.head.head if unit.head.dep_ == "pobj" else None
    if holder is not None and (over := governor(holder)) is not None and over not in chain:
        chain.append(over)
    eases = action in RELIEVING and unit.prior is None and lemma_of(verb) in actions()
    if noun_action(unit) in RELIEVING and {particled(verb), verb.lemma_.lower()} & lemmas("status", "rejecting") - {"drop"}:
        return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,))  # `ruled out any cut in the duty`
    for token in chain:
        if token is not verb and eases and ({particled(token), token.lemma_.lower()} & lemmas("status", "rejecting")):
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (token,))  # `ruled out reducing the duty`
        if lemma_of(token) in actions() and "_" in lemma_of(token):
            continue
        if token.lemma_.lower() == "shelve" and any(c.lower_ in {"for", "until", "till"} for c in token.children):
            return Standing(Action.SUSPEND, Status.PAUSED, (token,))  # `shelved for six months`
        if particled(token) in lemmas("status", "rejecting"):
            return Standing(action, Status.REJECTED, (token,))
        if token.lemma_.lower() in lemmas("status", "rejecting") and (
            token is verb or token.lemma_.lower() != "drop" or holds_threat(token)
        ):
            if (
                token.lemma_.lower() == "drop"
                and token is verb
                and not any(t.lemma_.lower() in lemmas("status", "threat_nouns") for t in token.subtree)
            ):
                continue
            return Standing(action, Status.REJECTED, (token,))
    if any(t.pos_ == "NOUN" and any(c.lower_ == "no" for c in t.children) for t in above[:2]):
        return Standing(action, Status.REJECTED, tuple(above[:1]))  # `has no plans to impose`
    if starts(verb) and is_negated(verb):
        if any(c.lower_ == "longer" for c in verb.subtree):
            return Standing(Action.REMOVE, Status.ENDED, (verb,))
        waits = bool({"has", "have"} & set(auxiliaries(verb))) or any(c.lower_ in {"until", "till"} for c in verb.children)
        return Standing(action, Status.ANNOUNCED if waits else Status.REJECTED, (verb,))
    yet = next((t for t in chain if any(c.lower_ == "yet" for c in t.children) and (is_negated(t) or t.lemma_ == "have")), None)
    if yet is not None:
        decided = (by_clause(unit) or by_adjective(unit)) if action is Action.IMPOSE else None
        return decided if decided and decided.status is Status.ANNOUNCED else Standing(action, Status.PROPOSED, (yet,))
    if is_negated(verb):
        if verb.lemma_.lower() in lemmas("roles", "covers") and (unit.head.dep_ == "dobj" or is_passive(verb)):
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,), explicit=False)  # `the pause does not touch the tariffs`
        if (
            verb.lemma_.lower() in lemmas("roles", "bearers")
            and verb.tag_ in {"VB", "VBP"}
            and {"do", "does"} & set(auxiliaries(verb))
        ):
            return Standing(Action.EXEMPT, Status.IN_FORCE, (verb,))  # `small parcels do not face duties`
        if action in RELIEVING or verb.lemma_.lower() in lemmas("status", "enduring"):
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,))
        if any(c.lower_ == "longer" for c in verb.children):
            return Standing(Action.REMOVE, Status.ENDED, (verb,))  # `no longer charges the duty`
        if _is_plain_state(verb) or not acts(unit, verb) or action is Action.MAINTAIN:
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,), explicit=False)
        if any(t.lemma_.lower() in lemmas("status", "proposed") for t in above):
            return Standing(action, Status.THREATENED, (verb,))  # `urged Thailand not to impose`: it may yet
        return Standing(action, Status.REJECTED, (verb,))
    return None


def _is_plain_state(verb: Token) -> bool:
    """`The duty was not at issue`, `is not new`: what is denied is no act; `is not on the table` denies one."""
    if verb.lemma_ != "be" or is_passive(verb) or not any(c.dep_ in {"attr", "acomp", "prep"} for c in verb.children):
        return False
    return not any(f"{c.lower_} {g.lower_}" in lemmas("status", "pending") for c in verb.children for g in c.children)


RELIEVING = frozenset({Action.REMOVE, Action.SUSPEND, Action.LOWER, Action.EXEMPT, Action.DELAY})
"""Actions that ease a measure: denied, they leave it as it is."""
