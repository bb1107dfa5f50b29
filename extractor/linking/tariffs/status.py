"""What happens to a measure (action), and where it stands (status), by verb, tense, modality and governors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from extractor.entities.terms import Term
from extractor.lexicon import table
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, Status
from extractor.syntax import SUBJECTS, auxiliaries, governor, is_negated, is_passive, subject


@dataclass(frozen=True, slots=True)
class Standing:
    """Action and status of a measure, and the tokens that say so."""

    action: Action
    status: Status
    words: tuple[Token, ...]
    explicit: bool = True
    """Whether a verb or adjective says so, rather than a default."""


@cache
def actions() -> dict[str, Action]:
    """Verbs by lemma, with a particle where it makes another verb of it (`put_off`), and what they do to a measure."""
    return {lemma: Action(name) for name, found in table("measures")["actions"].items() for lemma in found}


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
        verb = taken_further(verb) or _leading_verb(verb) or verb
    if verb is None:
        headline = described or _by_noun(unit.head)
        return headline or Standing(Action.IMPOSE, Status.UNKNOWN, (unit.head,), explicit=False)
    action = _action(unit, verb)
    above = list(_governors(verb))
    acts = _acts(unit, verb)
    if starts(verb) and verb.tag_ == "VBD" and not is_negated(verb):
        return Standing(action, Status.PAUSED if action in {Action.SUSPEND, Action.DELAY} else Status.IN_FORCE, (verb,))
    if (told := _by_clause(unit)) and (not acts or action is Action.IMPOSE) and not _denies(verb, above):
        return told
    rules = (_struck_down, _given_up, _by_complement, _averted, _negated) if _is_linked(unit, verb) else (_struck_down, _given_up)
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
    hypothetical = _hypothetical(unit, verb, action, above) if _is_linked(unit, verb) or named else None
    if hypothetical:
        return hypothetical
    if named and action is Action.IMPOSE:
        return named
    found = _by_tense(unit, verb, action, above)
    return found if acts else replace(found, status=Status.IN_FORCE, explicit=False)


def _acts(unit: Unit, verb: Token) -> bool:
    """Whether the verb acts on the measure, or only has it somewhere in its clause (`the tariffs hurt farmers`)."""
    if not _is_linked(unit, verb):
        return _noun_action(unit) is not None
    known = verb.lemma_.lower() in actions() or _lemma(verb) in actions() or verb.lemma_ in {"be", "have", "become"}
    bears = any(verb.lemma_.lower() in lemmas("roles", role) for role in ("bearers", "strikers", "covers", "replies"))
    bears = bears or any(verb.lemma_.lower() in lemmas("status", name) for name in ("threatened", "proposed", "announced"))
    bears = bears or _particled(verb) in lemmas("status", "rejecting") or _asks_for(unit, verb)
    return known or bears or starts(verb) or _noun_action(unit) is not None


def starts(verb: Token) -> bool:
    """`take effect`, `come into force`, `kick in`, `begin`."""
    return _says(verb, "starting")


def ends(verb: Token) -> bool:
    """`expire`, `lapse`, `go away`; and the verbs that lift a measure, unless they raise it (`lift to 20%`)."""
    lifts = actions().get(_lemma(verb)) is Action.REMOVE and not any(c.dep_ == "prep" and c.lower_ == "to" for c in verb.children)
    return _says(verb, "ending") or (lifts and not is_negated(verb))


def lasting(verb: Token) -> bool:
    """`apply`, `run`, `remain in place`: a measure is there from one day or until another."""
    return _says(verb, "lasting")


def _says(verb: Token, name: str) -> bool:
    """Whether a verb, with the words that hang on it, is one of a list's phrases."""
    lemma = verb.lemma_.lower()
    near = {*(c.lemma_.lower() for c in verb.children), *(g.lemma_.lower() for c in verb.children for g in c.children)}
    return any(first == lemma and set(rest) <= near for first, *rest in map(str.split, lemmas("status", name)))


def taken_further(verb: Token) -> Token | None:
    """`put a tariff on phones in 2019 and scrapped it on Monday`: the second verb, whose object takes the measure up."""
    for other in verb.children:
        if other.dep_ != "conj" or actions().get(_lemma(other)) not in {Action.REMOVE, Action.SUSPEND, Action.DELAY}:
            continue
        if any(c.dep_ in {"dobj", "nsubjpass"} and c.lower_ in {"it", "them", "that"} for c in other.children):
            return other
    return None


def _leading_verb(verb: Token) -> Token | None:
    """The verb that tells what happens, below one that only says that it will: `is to be lowered`, `be allowed to lapse`."""
    below = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"}]
    if verb.lemma_.lower() in {"allow", "let", "permit", "leave"}:
        return next((c for c in below if _says(c, "ending")), None)
    if verb.lemma_ == "be" and not any(c.dep_ in {"attr", "acomp", "dobj"} for c in verb.children):
        return next((c for c in below if "to" in auxiliaries(c) and c.tag_ in {"VB", "VBN"}), None)
    return None


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


def clauses(unit: Unit) -> list[Token]:
    """The clauses on a measure, also behind its goods: `the tariff on imports from China levied by Trump last month`."""
    own = [c for c in unit.head.rights if c.dep_ in {"acl", "relcl"}]
    behind = [
        t
        for t in unit.head.subtree
        if t.i > unit.head.i
        and t.dep_ in {"acl", "relcl"}
        and t.tag_ in {"VBN", "VBD"}
        and t.lemma_.lower() in lemmas("status", "imposing")
    ]
    return [*own, *(t for t in behind if t not in own)]


def _by_clause(unit: Unit) -> Standing | None:
    """`the 25% tariff that Tokyo imposed in May`, `tariffs announced by China`: what a clause on the noun says was done."""
    for child in clauses(unit):
        if child.tag_ not in {"VBN", "VBD"} or is_negated(child):
            continue
        words = set(auxiliaries(child))
        if words & (lemmas("status", "modals_hypothetical") | lemmas("status", "modals_future") | {"to", "being"}):
            continue
        lemma = child.lemma_.lower()
        action = actions().get(_lemma(child))
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


def _governors(verb: Token) -> Iterator[Token]:
    """The words above a verb that colour it: `plans to impose`, `threatened to raise`, `a proposal to cut`."""
    current = verb
    for _ in range(6):
        purpose = (
            current.dep_ == "advcl"
            and current.tag_ in {"VB", "VBG"}
            and current.head.lemma_.lower() in lemmas("dates", "announcing")
        )
        if current.head.i == current.i or (current.dep_ in {"ROOT", "advcl", "relcl", "parataxis"} and not purpose):
            return
        if current.dep_ == "conj" and any(c.dep_ in SUBJECTS for c in current.children):
            return
        above = current.head
        if current.dep_ in {"ccomp"} and current.tag_ not in {"VB", "VBG"}:
            yield above
            return
        yield above
        current = above


def _is_linked(unit: Unit, verb: Token) -> bool:
    """Whether the measure is the verb's subject, object or close complement, not farther off (`despite the duties`)."""
    head = unit.head
    while (
        head.dep_ in {"conj", "compound", "nummod", "nmod", "appos"}
        and head.head.i != head.i
        and head.head.pos_ not in {"VERB", "AUX"}
    ):
        head = head.head
    if head.dep_ == "pobj" and head.head.head.i != verb.i and head.head.head.pos_ in {"NOUN", "PROPN"}:
        if head.head.lower_ in {"about", "over"} or head.head.head.lemma_.lower() in lemmas("status", "exchanges"):
            return False  # `hold talks on the tariffs`
        head = head.head.head
    if head.dep_ == "pobj":
        above = head.head.head
        if above.pos_ == "ADJ" and above.head.i == verb.i:  # `will be subject to a 15% tariff`
            return True
        loose = head.head.lower_ in lemmas("status", "loose_prepositions") and not _asks_for(unit, verb)
        return above.i == verb.i and not loose
    if verb.dep_ == "xcomp" and head.dep_ in SUBJECTS and head.head.i == verb.head.i:
        return True  # `the tariff is to be lowered`
    return verb.i in {head.head.i, head.i} or verb in head.subtree or unit.shared


def _asks_for(unit: Unit, verb: Token) -> bool:
    """`had asked for a single rate`, `insist on a duty`: a verb of demand with the measure in its preposition's phrase."""
    head = unit.head
    while head.dep_ in {"conj", "compound", "nummod", "nmod"} and head.head.i != head.i:
        head = head.head
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN":
        head = head.head.head
    if head.dep_ != "pobj" or head.head.head.i != verb.i:
        return False
    return f"{verb.lemma_.lower()} {head.head.lower_}" in lemmas("status", "asking")


def _action(unit: Unit, verb: Token) -> Action:
    table_ = actions()
    own = table_.get(_lemma(verb), None) if _is_linked(unit, verb) else None
    if own is Action.REMOVE and verb.lemma_.lower() in {"lift", "drop"} and _leads_to_rate(unit):
        own = Action.RAISE if verb.lemma_.lower() == "lift" else Action.LOWER
    if own is None and unit.head.dep_ == "pobj":
        above = unit.head.head.head
        own = table_.get(above.lemma_.lower()) if above.pos_ in {"NOUN", "VERB"} else None
    if own is None or own is Action.IMPOSE:
        for child in verb.children:  # `decided to suspend the tariffs`, `plans to lift`
            over = unit.head in child.subtree or (unit.head.dep_ in SUBJECTS and unit.head.head.i == verb.i)
            if child.dep_ == "xcomp" and over and child.lemma_.lower() in table_:
                own = table_[child.lemma_.lower()]
    noun = _noun_action(unit)
    if noun is Action.SUSPEND and own is Action.REMOVE:
        return Action.RESTORE
    if noun and own in {None, Action.IMPOSE, Action.MAINTAIN}:
        return noun
    if unit.prior is not None and unit.rate is not None and own in {None, Action.IMPOSE, Action.MAINTAIN}:
        return Action.RAISE if (_percent(unit) or 0) > (_prior(unit) or 0) else Action.LOWER
    return own or Action.IMPOSE


def _leads_to_rate(unit: Unit) -> bool:
    """`lift the duty to 20%`: the rate stands behind `to`."""
    if unit.rate is None:
        return False
    span = unit.doc.char_span(unit.rate.start, unit.rate.end, alignment_mode="expand")
    return span is not None and any(t.lower_ == "to" for t in unit.doc[max(unit.sentence.start, span.start - 2) : span.start])


def _percent(unit: Unit) -> float | None:
    return getattr(unit.rate.value, "percent", None) if unit.rate else None


def _prior(unit: Unit) -> float | None:
    return getattr(unit.prior.value, "percent", None) if unit.prior else None


def _lemma(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"} and c.lower_ in PARTICLES), "")
    if any(c.lower_ == "on" and any(g.lower_ in {"hold", "ice"} for g in c.children) for c in verb.children):
        particle = "on_hold"
    joined = f"{verb.lemma_.lower()}_{particle}" if particle else verb.lemma_.lower()
    return joined if joined in actions() else verb.lemma_.lower()


PARTICLES = frozenset({"off", "back", "out", "away", "up", "down", "in"})
"""Words that make another verb of the one that they follow: `put off`, `go away`, `draw up`."""


def _noun_action(unit: Unit) -> Action | None:
    """`tariff hikes`, `a tariff cut`, `tariff exemptions`, `a pause in tariffs`: the action is a noun."""
    head = unit.head
    nouns = lemmas("status", "action_nouns")
    candidates = [head.head] if head.dep_ in {"compound", "nmod", "amod"} else []
    if head.dep_ == "pobj" and head.head.lower_ in {"of", "in", "to", "from", "on"}:
        candidates.append(head.head.head)
    for noun in candidates:
        if noun.lemma_.lower() in nouns:
            return Action(table("measures")["noun_actions"][noun.lemma_.lower()])
    return None


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
    for name, status in (
        ("threat_nouns", Status.THREATENED),
        ("proposal_nouns", Status.PROPOSED),
        ("plan_nouns", Status.ANNOUNCED),
    ):
        if lemma in lemmas("status", name):
            return Standing(Action.IMPOSE, status, (above,))
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
    over = governor(holder) if holder is not None and holder.lemma_.lower() in plans else None
    later = next(
        (c for c in verb.children if c.dep_ == "conj" and any(g.dep_ == "dobj" and g.lemma_ in plans for g in c.children)), None
    )
    for token in (over, later):
        if token is None or is_negated(token) or set(auxiliaries(token)) & {"to", "would", "could", "may", "might"}:
            continue
        if actions().get(_lemma(token)) is Action.REMOVE or {_particled(token), token.lemma_.lower()} & lemmas(
            "status", "rejecting"
        ):
            return Standing(Action.IMPOSE, Status.REJECTED, (token,))
        if actions().get(_lemma(token)) in {Action.SUSPEND, Action.DELAY}:
            return Standing(actions()[_lemma(token)], Status.PAUSED, (token,))
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
    around = {t.lemma_.lower() for t in (*above[:2], *(c for t in above[:1] for c in t.children if c.dep_ == "dobj"))}
    by_deal = bool(around & lemmas("status", "deal_nouns"))
    if any(t.lemma_.lower() == "fail" for t in above[:1]):
        return Standing(Action.IMPOSE, Status.IN_FORCE, (verb,), explicit=False)
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
    eases = action in RELIEVING and unit.prior is None and _lemma(verb) in actions()
    for token in chain:
        if token is not verb and eases and ({_particled(token), token.lemma_.lower()} & lemmas("status", "rejecting")):
            return Standing(Action.MAINTAIN, Status.IN_FORCE, (token,))  # `ruled out reducing the duty`
        if _lemma(token) in actions() and "_" in _lemma(token):
            continue
        if token.lemma_.lower() == "shelve" and any(c.lower_ in {"for", "until", "till"} for c in token.children):
            return Standing(Action.SUSPEND, Status.PAUSED, (token,))  # `shelved for six months`
        if _particled(token) in lemmas("status", "rejecting"):
            return Standing(action, Status.REJECTED, (token,))
        if token.lemma_.lower() in lemmas("status", "rejecting") and (
            token is verb or token.lemma_.lower() != "drop" or _holds_threat(token)
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
        return Standing(action, Status.PROPOSED, (yet,))
    if is_negated(verb):
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


def _holds_threat(token: Token) -> bool:
    """`dropped its threat to impose …`."""
    return any(c.lemma_.lower() in lemmas("status", "threat_nouns") for c in token.children if c.dep_ == "dobj")


def _particled(token: Token) -> str:
    """`rule out`, `back down`: a verb with its particle."""
    particle = next(
        (
            c.lower_
            for c in token.children
            if c.dep_ in {"prt", "advmod"} and c.lower_ in {"out", "down", "off", "away", "short", "back"}
        ),
        "",
    )
    return f"{token.lemma_.lower()} {particle}" if particle else ""


def _hypothetical(unit: Unit, verb: Token, action: Action, above: list[Token]) -> Standing | None:
    """Modals, conditions, threats and proposals above the verb."""
    if action in {Action.REMOVE, Action.SUSPEND} and any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "until"} for c in verb.children
    ):
        return Standing(Action.MAINTAIN, Status.IN_FORCE, (verb,))  # `unless Beijing withdraws its tariff`: it is there
    if _asks_for(unit, verb) or actions().get(_lemma(verb)) is Action.INVESTIGATE and "_" in _lemma(verb):
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
        if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in token.children):
            return Standing(action, Status.THREATENED, (token,))
        modal = next((a for a in auxiliaries(token) if a in lemmas("status", "modals_hypothetical")), None)
        if modal in {"would", "should"} and _is_reported(token):
            return Standing(action, Status.PAUSED if action in {Action.SUSPEND, Action.DELAY} else Status.ANNOUNCED, (token,))
        if modal and token.pos_ in {"VERB", "AUX"} and not (modal == "can" and token is not verb):
            return Standing(action, Status.THREATENED, (token,))
        if token.pos_ == "VERB" and token is not verb and lemma in lemmas("dates", "announcing") - lemmas("status", "threatened"):
            break
    return None


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
        or (infinitive and verb.dep_ in {"ROOT", "xcomp", "acl"})
    ):
        words = tuple(dict.fromkeys(t for t in (planned, future, verb) if t is not None))
        if action is Action.MAINTAIN or _says(verb, "ending"):
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
    return Standing(action, Status.IN_FORCE, (verb,), explicit=verb.tag_ in {"VBD", "VBN"} or is_passive(verb) or _charges(verb))


def _charges(verb: Token) -> bool:
    """`Japan charges a 5% duty`, `has a 5% duty`: the present of a verb whose subject imposes."""
    return verb.tag_ in {"VBZ", "VBP"} and (
        actions().get(_lemma(verb)) is Action.IMPOSE or verb.lemma_.lower() in {"have", "pay"}
    )
