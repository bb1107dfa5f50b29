"""Mends what the trained parts get wrong in ways that can be told, before anything reads it: a few lemmas, lost subjects."""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor.lexicon import table
from extractor.syntax import SUBJECTS

FINITE = frozenset({"VBD", "VBZ", "VBP"})
DATING = frozenset({"in", "on", "by", "during", "since"})
"""Prepositions that bring a date, behind which the parser may take the subject into the date: `In March Trump threatened`."""
CLAUSAL = frozenset({"after", "before", "since", "until", "as"})
"""Prepositions that are conjunctions too: `after Trump last year hit China`."""


@cache
def _verbs() -> dict[str, str]:
    return {form: lemma for lemma, forms in table("lemmas")["verbs"].items() for form in forms}


@Language.component("tariff_mending")
def tariff_mending(doc: Doc) -> Doc:
    """Gives verb forms of `lemmas.toml` their lemma, and verbs a subject that a preposition before it took."""
    for token in doc:
        if token.pos_ == "VERB" and (lemma := _verbs().get(token.lower_)):
            token.lemma_ = lemma
    for token in doc:
        if token.tag_ in FINITE and token.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in token.children):
            _find_subject(token)
    return doc


def _find_subject(verb: Token) -> None:
    """Hangs the noun before a verb on it, if a preposition has it that cannot mean it."""
    doc, at = verb.doc, verb.i - 1
    while at > verb.sent.start and (doc[at].pos_ in {"ADV", "AUX"} or doc[at].ent_type_ == "DATE"):
        at -= 1
    noun = doc[at]
    if noun.dep_ != "pobj" or noun.pos_ not in {"NOUN", "PROPN"} or noun.head.i >= noun.i or noun.i < verb.sent.start:
        return
    preposition = noun.head
    dates = [c for c in noun.lefts if c.dep_ in {"compound", "nmod", "amod", "npadvmod"} and c.ent_type_ == "DATE"]
    if preposition.lower_ in DATING and dates and noun.ent_type_ != "DATE" and dates[0].left_edge.i == preposition.i + 1:
        date = dates[-1]
        _hang(noun, verb, "nsubj")
        _hang(date, preposition, "pobj")
        for other in dates[:-1]:
            _hang(other, date, "compound")
    elif preposition.lower_ in CLAUSAL and verb.dep_ in {"advcl", "conj", "ccomp", "dep"} and preposition.head.i != verb.i:
        above = preposition.head
        if verb in above.ancestors or above.i == verb.i:
            return
        _hang(noun, verb, "nsubj")
        _hang(verb, above, "advcl")
        _hang(preposition, verb, "mark")
        for between in doc[noun.i + 1 : verb.i]:
            if between.head.i == above.i:
                between.head = verb


def _hang(token: Token, head: Token, relation: str) -> None:
    token.head, token.dep_ = head, relation
