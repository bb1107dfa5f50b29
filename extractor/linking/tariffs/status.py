"""What happens to a measure (action), and where it stands (status), by verb, tense, modality and governors."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from extractor.entities.layout import is_title
from extractor.entities.terms import Term
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import (
    actions,
    asks_for,
    charges,
    clauses,
    governors,
    holds_threat,
    is_linked,
    leading_verb,
    leads_to_rate,
    lemma_of,
    muses,
    noun_action,
    particled,
    says,
    starts,
    taken_further,
)
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, Status
from extractor.syntax import SUBJECTS, auxiliaries, governor, is_negated, is_passive, objects, subject


@dataclass(frozen=True, slots=True)
class Standing:
    """Action and status of a measure, and the tokens that say so."""

    action: Action
    status: Status
    words: tuple[Token, ...]
    explicit: bool = True
    """Whether a verb or adjective says so, rather than a default."""


def standing(unit: Unit, verb: Token | None) -> Standing:
    """Reads action and status of a unit, before dates are known.

    Args:
        unit: where the measure is named.
        verb: the verb that says what happens to it, as `Parties.verb` finds it.
    """
    described = _by_adjective(unit)
    if begun := _begins(unit):
        return begun
    if verb is not None:
        verb = taken_further(verb) or leading_verb(verb) or verb
    if verb is None:
        headline = described or _by_noun(unit.head)
        return headline or Standing(Action.IMPOSE, Status.UNKNOWN, (unit.head,), explicit=False)
    action = _action(unit, verb)
    above = list(governors(verb))
    acts = _acts(unit, verb)
    if starts(verb) and verb.tag_ == "VBD" and not is_negated(verb):
        return Standing(action, Status.PAUSED if action in {Action.SUSPEND, Action.DELAY} else Status.IN_FORCE, (verb,))
    if (told := _by_clause(unit)) and (not acts or action is Action.IMPOSE) and not _denies(verb, above):
        return told
    rules = (_struck_down, _given_up, _by_complement, _averted, _negated) if is_linked(unit, verb) else (_struck_down, _given_up)
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
    named = _by_noun(unit.head)
    hypothetical = _hypothetical(unit, verb, action, above) if is_linked(unit, verb) or named else None
    if hypothetical:
        return hypothetical
    if named and action is Action.IMPOSE:
        return named
    found = _by_tense(unit, verb, action, above)
    if not acts and (planned := _by_noun_before(unit)):
        return planned
    return found if acts else replace(found, status=Status.IN_FORCE, explicit=False)


def standing_of(unit: Unit, verb: Token) -> Standing:
    """Where a measure stands that a verb outside the table of actions brings about: `will match U.S. tariffs`."""
    above = list(governors(verb))
    return _hypothetical(unit, verb, Action.IMPOSE, above) or _by_tense(unit, verb, Action.IMPOSE, above)


def _acts(unit: Unit, verb: Token) -> bool:
    """Whether the verb acts on the measure, or only has it somewhere in its clause (`the tariffs hurt farmers`)."""
    if not is_linked(unit, verb):
        return noun_action(unit) is not None
    known = verb.lemma_.lower() in actions() or lemma_of(verb) in actions() or verb.lemma_ in {"be", "have", "become"}
    bears = any(verb.lemma_.lower() in lemmas("roles", role) for role in ("bearers", "strikers", "covers", "replies"))
    bears = bears or any(verb.lemma_.lower() in lemmas("status", name) for name in ("threatened", "proposed", "announced"))
    bears = bears or particled(verb) in lemmas("status", "rejecting") or asks_for(unit, verb)
    return known or bears or starts(verb) or noun_action(unit) is not None


def _begins(unit: Unit) -> Standing | None:
    """`rates which will take effect on Aug. 1`, `tariffs that are now in force`: a clause on the noun says when it starts."""
    for child in unit.head.rights:
        if child.dep_ == "relcl" and starts(child) and not is_negated(child):
            words = set(auxiliaries(child))
            if words & lemmas("status", "modals_hypothetical"):
                return Standing(Action.IMPOSE, Status.THREATENED, (child,))
            future = words & (lemmas("status", "modals_future") | {"to"})
            return Standing(Action.IMPOSE, Status.ANNOUNCED if future else Status.IN_FORCE, (child,))
    return None


def _by_clause(unit: Unit) -> Standing | None:
    """`the 25% tariff that Tokyo imposed in May`, `tariffs announced by China`: what a clause on the noun says was done."""
    for child in clauses(unit.head):
        if child.tag_ not in {"VBN", "VBD"} or is_negated(child):
            continue
        words = set(auxiliaries(child))
        if words & (lemmas("status", "modals_hypothetical") | lemmas("status", "modals_future") | {"to", "being"}):
            continue
        lemma = child.lemma_.lower()
        action = actions().get(lemma_of(child))
        for name, status in (
            ("threatened", Status.THREATENED),
            ("proposed", Status.PROPOSED),
            ("announced", Status.ANNOUNCED),
        ):
            if lemma in lemmas("status", name) and not any(c.dep_ in {"xcomp", "ccomp"} for c in child.children):
                return None if lemma == "set" else Standing(Action.IMPOSE, status, (child,))
        if action is Action.REMOVE:
            return Standing(action, Status.ENDED, (child,))
        if action in {Action.SUSPEND, Action.DELAY}:
            return Standing(action, Status.PAUSED, (child,))
        if action in {Action.IMPOSE, Action.RAISE} and lemma not in lemmas("status", "undecided"):
            return Standing(Action.IMPOSE, Status.IN_FORCE, (child,))
    return None


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
        own = table_.get(above.lemma_.lower()) if above.pos_ in {"NOUN", "VERB"} else None
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


def _by_adjective(unit: Unit) -> Standing | None:
    """`threatened tariffs`, `the planned duties`, `existing tariffs`."""
    term: Term | None = unit.term
    if term is None:
        return None
    first = min(unit.start, term.start)
    for token in unit.doc[max(unit.sentence.start, first - 2) : term.head]:
        for name, status in (
            ("threatened", Status.THREATENED),
            ("proposed", Status.PROPOSED),
            ("announced", Status.ANNOUNCED),
            ("paused", Status.PAUSED),
            ("ended", Status.ENDED),
            ("in_force", Status.IN_FORCE),
        ):
            if token.lower_ in lemmas("status", f"adjectives_{name}") and (token.head.i == term.head or token.i >= term.start):
                action = Action.MAINTAIN if status is Status.IN_FORCE else Action.IMPOSE
                return Standing(action, status, (token,))
    return None


BY_NOUN = (("threat_nouns", Status.THREATENED), ("proposal_nouns", Status.PROPOSED), ("plan_nouns", Status.ANNOUNCED))
"""Lists of nouns for what is not done yet, and the status of the measure that they lead to."""


def _by_noun(head: Token) -> Standing | None:
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
        for name, status in (("threatened", Status.THREATENED), ("proposed", Status.PROPOSED), ("announced", Status.ANNOUNCED)):
            if child.lower_ in lemmas("status", f"adjectives_{name}"):
                return Standing(Action.IMPOSE, status, (child,))
    for name, status in BY_NOUN:
        if lemma in lemmas("status", name):
            return Standing(Action.IMPOSE, status, (above,))
    return None


def _by_noun_before(unit: Unit) -> Standing | None:
    """`protested against Chile's plan for a 14% tariff`: the noun right before, wherever the parser hung the preposition."""
    first = min(unit.start, unit.head.left_edge.i)
    if first - 2 < unit.sentence.start or unit.doc[first - 1].lower_ not in {"for", "of"}:
        return None
    noun = unit.doc[first - 2]
    for name, status in BY_NOUN:
        if noun.pos_ == "NOUN" and noun.lemma_.lower() in lemmas("status", name) - lemmas("status", "exchanges"):
            return Standing(Action.IMPOSE, status, (noun,))
    return None


def _struck_down(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`the court struck down the tariffs`, `tariffs ruled illegal`."""
    for token in (verb, *above):
        if token.lemma_.lower() not in lemmas("status", "courts"):
            continue
        who = subject(token)
        by_court = who is not None and any(t.lemma_.lower() in lemmas("status", "court_nouns") for t in who.subtree)
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


def _given_up(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
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


def _by_complement(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`remains suspended`, `is pending`, `is under discussion`, `is exempt from the tariff`."""
    if verb.lemma_.lower() not in {"be", "remain", "stay", "lie", "become"} or is_negated(verb):
        return None
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd", "xcomp"} and child.i > verb.i:
            if child.lower_ in {"exempt", "free", "immune", "excluded"} and unit.head in child.subtree:
                return Standing(Action.EXEMPT, Status.IN_FORCE, (child,))
            for name, status in (("paused", Status.PAUSED), ("proposed", Status.PROPOSED), ("threatened", Status.THREATENED)):
                plain = not any(c.dep_ in {"xcomp", "ccomp"} for c in child.children)
                if plain and child.lower_ in lemmas("status", f"adjectives_{name}"):
                    return Standing(Action.SUSPEND if name == "paused" else action, status, (child,))
        if child.dep_ == "prep" and any(f"{child.lower_} {c.lower_}" in lemmas("status", "pending") for c in child.children):
            return Standing(action, Status.PROPOSED, (child,))
    return None


def _averted(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`to avoid 25% tariffs`: the tariff looms; `averted the tariffs`: it will not come."""
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


def _negated(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """`will not impose`, `ruled out tariffs`, `has yet to impose`."""
    chain = [verb, *above]
    holder = unit.head.head.head if unit.head.dep_ == "pobj" else None
    if holder is not None and (over := governor(holder)) is not None and over not in chain:
        chain.append(over)
    eases = action in RELIEVING and unit.prior is None and lemma_of(verb) in actions()
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
        waits = bool({"has", "have"} & set(auxiliaries(verb)))
        return Standing(action, Status.ANNOUNCED if waits else Status.REJECTED, (verb,))
    yet = next((t for t in chain if any(c.lower_ == "yet" for c in t.children) and (is_negated(t) or t.lemma_ == "have")), None)
    if yet is not None:
        decided = (_by_clause(unit) or _by_adjective(unit)) if action is Action.IMPOSE else None
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
        if action in RELIEVING:
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,))
        if not _acts(unit, verb) or action is Action.MAINTAIN:
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,), explicit=False)
        if any(t.lemma_.lower() in lemmas("status", "proposed") for t in above):
            return Standing(action, Status.THREATENED, (verb,))  # `urged Thailand not to impose`: it may yet
        return Standing(action, Status.REJECTED, (verb,))
    return None


RELIEVING = frozenset({Action.REMOVE, Action.SUSPEND, Action.LOWER, Action.EXEMPT, Action.DELAY})
"""Actions that ease a measure: denied, they leave it as it is."""


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


def _depends(verb: Token) -> bool:
    """`will impose … unless …`: what is announced on a condition is a threat."""
    marks = [c for child in verb.children if child.dep_ == "advcl" for c in child.children if c.dep_ == "mark"]
    return any(m.lower_ in {"if", "unless"} for m in marks)


def _by_tense(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing:
    chain = [verb, *above]
    planned = next((t for t in chain if t.lemma_.lower() in lemmas("status", "announced")), None)
    future = next((t for t in chain if set(auxiliaries(t)) & lemmas("status", "modals_future")), None)
    progressive = verb.tag_ == "VBG" and bool(set(auxiliaries(verb)) & {"is", "are", "'s", "'re", "am"})
    infinitive = verb.tag_ in {"VB", "VBN"} and "to" in auxiliaries(verb)
    purpose = infinitive and verb.dep_ == "advcl" and bool(above)
    if action in {Action.SUSPEND, Action.DELAY}:
        return Standing(action, Status.PAUSED, (verb,))
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
    told = verb.tag_ in {"VBD", "VBN"} or is_passive(verb) or charges(verb) or starts(verb)
    return Standing(action, Status.IN_FORCE, (verb,), explicit=told)
