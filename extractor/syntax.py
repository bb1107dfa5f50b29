"""Questions to the dependency parse that several components ask. Labels are those of spaCy's English models (ClearNLP style)."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECTS = frozenset({"dobj", "obj"})
NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
"""Entity labels of the model for names that may act."""
SHARED = frozenset({"xcomp", "conj"})
"""A verb with one of these relations may take its subject from its head: `are set to rise`, `raised rates and cut spending`."""


def governor(token: Token) -> Token | None:
    """The nearest verb above a token (or itself)."""
    current = token
    for _ in range(DEEPEST):
        if current.pos_ in {"VERB", "AUX"}:
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


DEEPEST = 40
"""Steps up a parse; what lies higher has no bearing, and a list of thousands of words must not cost their square."""


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or that of the verb which shares it.

    `Tariffs are set to rise` gives `Tariffs` for `rise`; for a participle after a noun (`duties imposed by Japan`) the noun.
    """
    current = verb
    for _ in range(4):
        own = _own_subject(current)
        if own is not None:
            relative = own.tag_ in {"WDT", "WP"} and current.dep_ == "relcl"
            return current.head if relative else own
        if current.dep_ == "relcl" and current.head.pos_ in {"NOUN", "PROPN"}:
            return current.head
        if current.dep_ == "acl":
            return current.head if current.tag_ in {"VBN", "VBG"} else subject_of_noun_clause(current)
        if current.dep_ == "xcomp":
            received = next((c for c in current.head.children if c.dep_ in OBJECTS), None) or _called_on(current.head)
            if (
                received is not None
                and received.i < current.i
                and current.head.lemma_ not in {"promise", "vow", "threaten", "pledge"}
            ):
                return received
        if current.dep_ not in SHARED | {"advcl", "ccomp", "pcomp"} or current.head.i == current.i:
            return None
        if current.dep_ == "pcomp" and (doer := _blamed(current)) is not None:
            return doer
        if current.dep_ in {"ccomp", "pcomp"} and current.tag_ not in {"VBG", "VB"}:
            return None
        above = current.head if current.head.pos_ in {"VERB", "AUX"} else governor(current.head)
        if above is None:
            return None
        current = above
    return None


def _own_subject(verb: Token) -> Token | None:
    """A verb's own subject; of two, `which` is the object: `the EU, which Trump threatened with a tariff`."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "expl"]
    named = [c for c in found if c.tag_ not in {"WDT", "WP"}]
    return next(iter(named if len(found) > 1 and verb.dep_ == "relcl" and named else found), None)


def relative_object(verb: Token) -> Token | None:
    """What a relative clause's verb acts on: `Vietnam, which Trump hit with a tariff`."""
    if verb.dep_ != "relcl" or is_passive(verb):
        return None
    pronoun = next((c for c in verb.children if c.tag_ in {"WDT", "WP"} or c.lower_ == "that"), None)
    acted_on = pronoun is not None and (pronoun.dep_ in OBJECTS or _own_subject(verb) not in {None, pronoun})
    return verb.head if acted_on else None


def _blamed(gerund: Token) -> Token | None:
    """Who acts in `accused the EU of keeping duties`, `stop Japan from raising them`: the object of the verb above."""
    preposition = gerund.head
    if preposition.lower_ not in {"of", "for", "from", "into"} or preposition.head.pos_ != "VERB":
        return None
    return next((c for c in preposition.head.children if c.dep_ in OBJECTS and c.i < preposition.i and c.pos_ == "PROPN"), None)


def _called_on(verb: Token) -> Token | None:
    """Who is called on, appealed to or pleaded with to do something."""
    if verb.lemma_.lower() not in {"call", "appeal", "plead", "prevail"}:
        return None
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"on", "upon", "to", "with"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def subject_of_noun_clause(verb: Token) -> Token | None:
    """Who would act in `a plan to raise tariffs`, `China's decision to impose duties`: the noun's possessor or verb's subject."""
    noun = verb.head
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:
        owner = next((c for c in noun.lefts if c.dep_ in {"compound", "nmod", "amod"} and c.ent_type_ in NAMES), None)
    if owner is not None:
        return owner
    by_whom = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"by", "of", "from"}), None)
    if by_whom is not None:
        return next((c for c in by_whom.children if c.dep_ == "pobj"), None)
    above = governor(noun)
    return subject(above) if above is not None and above.i != verb.i else None


def agent(verb: Token) -> Token | None:
    """Who acts in a passive: `imposed by Japan`."""
    by = next((c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, or a bare participle behind a noun."""
    if any(c.dep_ in {"auxpass", "nsubjpass", "agent"} for c in verb.children):
        return True
    reduced = verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl", "amod", "advcl"}
    return reduced and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children)


def has_particle(verb: Token) -> bool:
    """Whether a particle makes another verb of it: `draw up`, `pay back`."""
    return any(c.dep_ == "prt" for c in verb.children)


def objects(verb: Token) -> list[Token]:
    """Direct objects and the subject of a passive, with what is coordinated."""
    found = [c for c in verb.children if c.dep_ in OBJECTS or c.dep_ == "nsubjpass"]
    return [t for noun in found for t in (noun, *noun.conjuncts)]


def auxiliaries(verb: Token) -> list[str]:
    """Lower-case auxiliaries of a verb, those of the verb it is coordinated with if it has none."""
    own = [c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if not own and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and verb.tag_ == verb.head.tag_:
        return auxiliaries(verb.head)
    return own


def is_negated(verb: Token) -> bool:
    """Whether a verb is negated by not, never or no longer."""
    if any(c.dep_ == "neg" or c.lower_ in {"never", "not", "n't"} for c in verb.children):
        return True
    return any(c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in verb.children)


def clause_tokens(verb: Token) -> Iterator[Token]:
    """The tokens of a verb's own clause: its subtree without clauses that hang on it."""
    yield verb
    for child in verb.children:
        if child.dep_ in {"ccomp", "advcl", "relcl", "parataxis"} or (child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}):
            continue
        yield from child.subtree


def phrase_after(doc: Doc, preposition: Token) -> Span:
    """The preposition's complement, as a span of its subtree."""
    return doc[preposition.left_edge.i : preposition.right_edge.i + 1]
