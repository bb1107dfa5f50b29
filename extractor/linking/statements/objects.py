"""Verbal acts: what is vowed, urged, announced, criticised, called for."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.linking.statements.circumstances import is_circumstance
from extractor.linking.statements.cues import Cue, words
from extractor.linking.statements.grammar import children, extent, is_passive
from extractor.linking.statements.units import Layout, Unit

Pieces = list[tuple[int, int]]
SHORTEST = 2
"""Words, articles and pronouns aside, of the shortest object that is content; "criticised the decision" says nothing."""


def acted_on(layout: Layout, unit: Unit, cue: Cue) -> Pieces:
    """What a verbal act is about: infinitive, object or prepositional object, in this order."""
    for find in (_infinitive, _object, _prepositional):
        low, high = find(cue)
        high = _with_quote(layout, _before_remark(layout, low, min(high, unit.high)), low)
        if _weight(layout, low, high) >= SHORTEST and any(
            t.pos_ in {"NOUN", "PROPN", "VERB", "NUM"} for t in layout.doc[low:high]
        ):
            return [(low, high)]
    return []


def _with_quote(layout: Layout, high: int, low: int) -> int:
    """The object with a quotation right behind it that says what it is: `called the plan "dead in the water"`."""
    quote = layout.quote_of.get(high) if high > low else None
    return layout.bounds(quote)[1] if quote is not None and high - 1 not in layout.quote_of else high


def _before_remark(layout: Layout, low: int, high: int) -> int:
    """Leaves out the writer's own remark at the end: "vowed to fight the ruling, which came on Monday"."""
    doc = layout.doc
    for clause in doc[low:high]:
        first = clause.left_edge
        if clause.dep_ != "relcl" or first.i <= low + 1 or first.lower_ not in {"which", "who", "where"}:
            continue
        if doc[first.i - 1].text == "," and clause.right_edge.i + 1 >= high and first.i not in layout.quote_of:
            return first.i - 1
    return high


def _weight(layout: Layout, low: int, high: int) -> int:
    return sum(t.is_alpha and t.pos_ not in {"DET", "PRON", "PART"} for t in layout.doc[low:high])


def _infinitive(cue: Cue) -> tuple[int, int]:
    """Reads "vowed to act", "urged the bank to act" (with the one urged)."""
    verb = cue.token
    if not cue.takes("infinitive"):
        return (0, 0)
    for clause in children(verb, "xcomp", "ccomp"):
        if clause.i > verb.i and any(c.tag_ == "TO" for c in clause.children) and not _hides_source(clause):
            urged = [c for c in children(verb, "dobj", "dative") if verb.i < c.i < clause.i]
            low = min([clause.left_edge.i, *[c.left_edge.i for c in urged]])
            if any(is_circumstance(c) for c in verb.children if low < c.i < clause.left_edge.i):
                low = clause.left_edge.i  # "urged the bank on Friday to act"
            return (low, clause.right_edge.i + 1)
    return (0, 0)


def _hides_source(clause: Token) -> bool:
    """Whether the infinitive is the source's own condition: "asked not to be named"."""
    return is_passive(clause) and clause.lemma_.lower() in words("verbs", "naming")


def _object(cue: Cue) -> tuple[int, int]:
    """Reads "criticised the levy", "described it as a gift", "called it a gift"."""
    verb = cue.token
    if not cue.takes("object"):
        return (0, 0)
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return _passive_subject(verb)
    if verb.dep_ == "relcl" and not any(c.dep_ == "nsubj" and c.tag_ in {"WP", "WDT"} for c in verb.children):
        return (0, 0)  # "which they called …": a name
    objects = [c for c in children(verb, "dobj", "ccomp", "oprd", "attr") if c.i > verb.i]
    objects = objects or [c for c in _below(verb) if c.tag_ == "VBG" and c.dep_ in {"xcomp", "pcomp", "ccomp"}]
    if not objects:
        return (0, 0)
    low, high = extent(objects[0])
    high = _without_aside(objects[0], high)
    for child in verb.children:
        if child.i < high:
            continue
        kept = child.dep_ == "prep" and child.lower_ in words("kept", "default")
        if is_circumstance(child) or not (kept or child.dep_ in {"oprd", "xcomp", "ccomp", "acomp", "dobj"}):
            break
        high = child.right_edge.i + 1
    if objects[0].pos_ == "PRON" and high - low < SHORTEST + 1:
        return (0, 0)
    return (max(low, verb.i + 1), high)


def _below(verb: Token) -> list[Token]:
    """The dependents behind a verb, those of its particle too ("ruled out selling the port")."""
    own = [c for c in verb.children if c.i > verb.i]
    return own + [
        c for particle in own if particle.dep_ in {"prt", "prep"} for c in particle.children if particle.i == verb.i + 1
    ]


def _without_aside(noun: Token, high: int) -> int:
    """Leaves out the writer's own remark behind a comma: "rejected the offer, which came on Monday"."""
    for clause in children(noun, "relcl"):
        first = clause.left_edge
        if first.lower_ in {"which", "who", "where"} and noun.doc[first.i - 1].text == ",":
            return min(high, first.i - 1)
    return high


def _passive_subject(verb: Token) -> tuple[int, int]:
    passive = children(verb, "nsubjpass")[0]
    return extent(passive) if passive.pos_ != "PRON" and children(verb, "agent") else (0, 0)


def _prepositional(cue: Cue) -> tuple[int, int]:
    """Reads "called for calm", "called on the bank to act", "warned of floods"."""
    verb = cue.token
    if not cue.takes("prep"):
        return (0, 0)
    for prep in children(verb, "prep"):
        nouns = children(prep, "pobj", "pcomp")
        if prep.i < verb.i or prep.lower_ not in cue.entry.preps or not nouns or is_circumstance(prep):
            continue
        low, high = nouns[0].left_edge.i, prep.right_edge.i + 1
        for other in children(verb, "prep"):
            if other.i == high and other.lower_ in words("kept", "default") and not is_circumstance(other):
                high = other.right_edge.i + 1
        for clause in children(verb, "xcomp", "advcl"):
            if clause.i >= high and clause.left_edge.i <= high + 1 and any(c.tag_ == "TO" for c in clause.children):
                high = clause.right_edge.i + 1
        return (low, high)
    return (0, 0)
