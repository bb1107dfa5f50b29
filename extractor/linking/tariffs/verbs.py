"""Verbs that say what happens to a measure: what they do to it, how they hang on it, and what stands above them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from extractor.lexicon import table
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action
from extractor.syntax import SUBJECTS, auxiliaries, has_particle, is_negated


@cache
def actions() -> dict[str, Action]:
    """Verbs by lemma, with a particle where it makes another verb of it (`put_off`), and what they do to a measure."""
    return {lemma: Action(name) for name, found in table("measures")["actions"].items() for lemma in found}


def starts(verb: Token) -> bool:
    """`take effect`, `come into force`, `kick in`, `begin`."""
    return says(verb, "starting")


def ends(verb: Token) -> bool:
    """`expire`, `lapse`, `go away`; and the verbs that lift a measure, unless they raise it (`lift to 20%`)."""
    lifts = actions().get(lemma_of(verb)) is Action.REMOVE and not any(
        c.dep_ == "prep" and c.lower_ == "to" for c in verb.children
    )
    return says(verb, "ending") or (lifts and not is_negated(verb))


def lasting(verb: Token) -> bool:
    """`apply`, `run`, `remain in place`: a measure is there from one day or until another."""
    return says(verb, "lasting")


def says(verb: Token, name: str) -> bool:
    """Whether a verb, with the words that hang on it, is one of a list's phrases."""
    lemma = verb.lemma_.lower()
    near = {*(c.lemma_.lower() for c in verb.children), *(g.lemma_.lower() for c in verb.children for g in c.children)}
    return any(first == lemma and set(rest) <= near for first, *rest in map(str.split, lemmas("status", name)))


def stays_at(verb: Token, rate: Token) -> bool:
    """`Vietnam remains at 20 percent`, `Canada goes to 35%`: where the rate of the subject is, which imposes nothing."""
    at = rate.dep_ == "pobj" and rate.head.lower_ in {"at", "on", "to"} and rate.head.head.i == verb.i
    return at and verb.lemma_.lower() in lemmas("roles", "standing")


def receives(verb: Token, rate: Token) -> bool:
    """`Uganda got 10%`, `The UK got off with the 10% baseline`, `Lesotho ends up with 50%`: whose rate it is imposes nothing."""
    while rate.dep_ in {"compound", "nummod", "amod"} and rate.head.i != rate.i:
        rate = rate.head  # `got the 10% baseline`
    if rate.head.i == verb.i and rate.dep_ in {"dobj", "attr", "nmod"}:
        return verb.lemma_.lower() in lemmas("roles", "receivers")
    given = rate.dep_ == "pobj" and rate.head.lower_ == "with" and rate.head.head.i == verb.i
    return given and verb.lemma_.lower() in lemmas("roles", "ending_up")


def muses(head: Token, verb: Token) -> bool:
    """`had talked of a 45% tariff`: who speaks of a measure of the own says what may come."""
    if head.dep_ != "pobj" or head.head.head.i != verb.i:
        return False
    return f"{verb.lemma_.lower()} {head.head.lower_}" in lemmas("roles", "musing")


def taken_further(verb: Token) -> Token | None:
    """`put a tariff on phones in 2019 and scrapped it on Monday`: the second verb, whose object takes the measure up."""
    for other in verb.children:
        if other.dep_ != "conj" or actions().get(lemma_of(other)) not in {Action.REMOVE, Action.SUSPEND, Action.DELAY}:
            continue
        if any(c.dep_ in {"dobj", "nsubjpass"} and c.lower_ in {"it", "them", "that"} for c in other.children):
            return other
    return None


def leading_verb(verb: Token) -> Token | None:
    """The verb that tells what happens, below one that only says that it will: `is to be lowered`, `be allowed to lapse`."""
    below = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"}]
    if verb.lemma_.lower() in {"allow", "let", "permit", "leave"}:
        return next((c for c in below if says(c, "ending")), None)
    if verb.lemma_ == "be" and not any(c.dep_ in {"attr", "acomp", "dobj"} for c in verb.children):
        return next((c for c in below if "to" in auxiliaries(c) and c.tag_ in {"VB", "VBN"}), None)
    return None


def clauses(head: Token) -> list[Token]:
    """The clauses on a measure, also behind its goods: `the tariff on imports from China levied by Trump last month`."""
    own = [c for c in head.rights if c.dep_ in {"acl", "relcl"}]
    behind = [
        t
        for t in head.subtree
        if t.i > head.i
        and t.dep_ in {"acl", "relcl"}
        and t.tag_ in {"VBN", "VBD"}
        and t.lemma_.lower() in lemmas("status", "imposing")
    ]
    return [*own, *(t for t in behind if t not in own)]


def governors(verb: Token) -> Iterator[Token]:
    """The words above a verb that colour it: `plans to impose`, `threatened to raise`, `a proposal to cut`."""
    current = verb
    for _ in range(6):
        purpose = (
            current.dep_ == "advcl"
            and current.tag_ in {"VB", "VBG"}
            and current.head.lemma_.lower() in lemmas("dates", "announcing")
        )
        bill = current.dep_ == "relcl" and "to" in auxiliaries(current)  # `a bill to put a tariff on seed`
        loose = current.dep_ in {"ROOT", "advcl", "relcl", "parataxis"} and not (purpose or bill)
        if current.head.i == current.i or loose:
            return
        if current.dep_ == "conj" and any(c.dep_ in SUBJECTS for c in current.children):
            return
        above = current.head
        if current.dep_ in {"ccomp"} and current.tag_ not in {"VB", "VBG"}:
            yield above
            return
        yield above
        current = above


def is_linked(unit: Unit, verb: Token) -> bool:
    """Whether the measure is the verb's subject, object or close complement, not farther off (`despite the duties`)."""
    head = unit.head
    if _answered(head, verb):
        return False
    while (
        head.dep_ in {"conj", "compound", "nummod", "nmod", "appos"}
        and head.head.i != head.i
        and head.head.pos_ not in {"VERB", "AUX"}
    ):
        head = head.head
    if head.dep_ == "pobj" and head.head.head.i != verb.i and head.head.head.pos_ in {"NOUN", "PROPN"}:
        if head.head.lower_ in {"about", "over"} or head.head.head.lemma_.lower() in lemmas("status", "exchanges"):
            return False  # `hold talks on the tariffs`
        if head.head.lower_ in {"for", "to", "against"} and head.head.head.lemma_.lower() in lemmas("roles", "reply_nouns"):
            return False  # `in retaliation for Washington's tariff`
        head = head.head.head
    if head.dep_ == "pobj" and verb.lemma_ == "hold" and not has_particle(verb):
        return False  # `will hold a hearing on a duty`
    if head.dep_ == "pobj":
        above = head.head.head
        if above.pos_ == "ADJ" and above.head.i == verb.i:  # `will be subject to a 15% tariff`
            return True
        loose = head.head.lower_ in lemmas("status", "loose_prepositions") and not asks_for(unit, verb)
        return above.i == verb.i and not loose
    if verb.dep_ == "xcomp" and head.dep_ in SUBJECTS and head.head.i == verb.head.i:
        return True  # `the tariff is to be lowered`
    return verb.i in {head.head.i, head.i} or verb in head.subtree or unit.shared


def _answered(head: Token, verb: Token) -> bool:
    """`retaliate against U.S. duties`, `cut off by duties`: the verb does something else because of the measure."""
    if head.dep_ != "pobj" or head.head.head.i != verb.i:
        return False
    if head.head.dep_ == "agent":
        return verb.lemma_.lower() in lemmas("roles", "bystanders") or lemma_of(verb) != particle_verb(verb)
    return head.head.lower_ in {"against", "to"} and verb.lemma_.lower() in lemmas("roles", "replies")


def particle_verb(verb: Token) -> str:
    """A verb's lemma with its particle, whether or not the table of actions has it."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return f"{verb.lemma_.lower()}_{particle}" if particle else verb.lemma_.lower()


def is_subject_to(verb: Token) -> bool:
    """`imports will be subject to a duty`, `are liable to`: the subject bears it."""
    return verb.lemma_ == "be" and any(c.lower_ in {"subject", "liable"} for c in verb.children)


def asks_for(unit: Unit, verb: Token) -> bool:
    """`had asked for a single rate`, `insist on a duty`: a verb of demand with the measure in its preposition's phrase."""
    head = unit.head
    while head.dep_ in {"conj", "compound", "nummod", "nmod"} and head.head.i != head.i:
        head = head.head
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN":
        head = head.head.head
    if head.dep_ != "pobj" or head.head.head.i != verb.i:
        return False
    return f"{verb.lemma_.lower()} {head.head.lower_}" in lemmas("status", "asking")


def leads_to_rate(unit: Unit) -> bool:
    """`lift the duty to 20%`: the rate stands behind `to`."""
    if unit.rate is None:
        return False
    span = unit.doc.char_span(unit.rate.start, unit.rate.end, alignment_mode="expand")
    return span is not None and any(t.lower_ == "to" for t in unit.doc[max(unit.sentence.start, span.start - 2) : span.start])


def lemma_of(verb: Token) -> str:
    """A verb's lemma, with its particle if that makes a verb of the table of actions (`put_off`)."""
    particle = next((c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"} and c.lower_ in PARTICLES), "")
    if any(c.lower_ == "on" and any(g.lower_ in {"hold", "ice"} for g in c.children) for c in verb.children):
        particle = "on_hold"
    joined = f"{verb.lemma_.lower()}_{particle}" if particle else verb.lemma_.lower()
    return joined if joined in actions() else verb.lemma_.lower()


PARTICLES = frozenset({"off", "back", "out", "away", "up", "down", "in"})
"""Words that make another verb of the one that they follow: `put off`, `go away`, `draw up`."""


def noun_action(unit: Unit) -> Action | None:
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


def holds_threat(token: Token) -> bool:
    """`dropped its threat to impose …`."""
    return any(c.lemma_.lower() in lemmas("status", "threat_nouns") for c in token.children if c.dep_ == "dobj")


def particled(token: Token) -> str:
    """`rule out`, `back down`: a verb with its particle."""
    particle = next(
        (
            c.lower_
            for c in token.children
            if (c.dep_ in {"prt", "advmod"} and c.lower_ in {"out", "down", "off", "away", "short", "back", "aside"})
            or (c.dep_ == "prep" and c.lower_ == "against")
        ),
        "",
    )
    return f"{token.lemma_.lower()} {particle}" if particle else ""


def charges(verb: Token) -> bool:
    """`Japan charges a 5% duty`, `has a 5% duty`: the present of a verb whose subject imposes."""
    return verb.tag_ in {"VBZ", "VBP"} and (
        actions().get(lemma_of(verb)) is Action.IMPOSE or verb.lemma_.lower() in {"have", "pay"}
    )
