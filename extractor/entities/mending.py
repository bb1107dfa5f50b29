"""Mends what the trained parts get wrong in ways that can be told, before anything reads it: lemmas, lost subjects, days."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor.lexicon import table
from extractor.syntax import SUBJECTS

FINITE = frozenset({"VBD", "VBZ", "VBP"})
DATING = frozenset({"in", "on", "by", "during", "since", "from"})
"""Prepositions that bring a date, behind which the parser may take the subject into the date: `In March Trump threatened`."""
CLAUSAL = frozenset({"after", "before", "since", "until", "as"})
"""Prepositions that are conjunctions too: `after Trump last year hit China`."""


@cache
def _verbs() -> dict[str, str]:
    return {form: lemma for lemma, forms in table("lemmas")["verbs"].items() for form in forms}


@cache
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(table("lemmas")[name])


@Language.component("tariff_mending")
def tariff_mending(doc: Doc) -> Doc:
    """Gives verb forms of `lemmas.toml` their lemma, verbs a subject that a preposition took, and verbs of telling their day."""
    for token in doc:
        if token.pos_ == "VERB" and (lemma := _verbs().get(token.lower_)):
            token.lemma_ = lemma
    _join_fragments(doc)
    for token in doc:
        # the tagger takes some such participles for a past tense, and one behind a comma without an object is none
        if token.tag_ in {"VBN", "VBD"} and token.i > 1 and doc[token.i - 1].text == ",":
            _unfold(token)
        elif token.tag_ == "VBN" and token.dep_ == "ROOT":
            _unbare(token)
        elif token.dep_ == "ccomp" and token.i < token.head.i:
            _part_at_semicolon(token)
    for token in doc:
        finite = token.tag_ in FINITE or (token.tag_ == "VB" and any(c.tag_ == "MD" for c in token.children))
        if finite and token.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in token.children):
            _find_subject(token)
        if token.dep_ == "ccomp":
            _part_reports(token)
            _give_back_day(token)
        elif token.dep_ == "advcl" and token.tag_ == "VB":
            _give_back_infinitive(token)
        elif token.dep_ == "advcl" and token.tag_ in FINITE:
            _give_back_circumstance(token)
        elif token.dep_ == "dobj":
            _appose(token)
    return doc


def _part_reports(verb: Token) -> None:
    """`Roe said exports would rise, and the bank said the dinar would hold`: the second report is none of the first's."""
    teller = verb.head
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    first = next((c for c in teller.children if c.dep_ == "ccomp" and teller.i < c.i < verb.i), None)
    if own is None or first is None or not teller.i < own.i < verb.i or verb.tag_ not in FINITE:
        return
    if verb.lemma_ not in _lemmas("telling") or not any(c.dep_ == "ccomp" for c in verb.children):
        return
    low = own.left_edge.i
    if verb.doc[low - 1].lower_ in {"and", "but", "while", ";"}:
        verb.dep_ = "conj"


def _give_back_circumstance(verb: Token) -> None:
    """`Roe said after the talks there was hope`: the talks are the time of the saying, and what follows is what is said."""
    teller = verb.head
    mark = next((c for c in verb.children if c.dep_ == "mark" and any(g.dep_ == "pobj" for g in c.children)), None)
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if mark is None or who is None or teller.lemma_ not in _lemmas("telling") or not teller.i + 1 == mark.i < who.i < verb.i:
        return
    if not any(c.dep_ in {"ccomp", "dobj"} for c in teller.children):
        _hang(mark, teller, "prep")
        verb.dep_ = "ccomp"


def _appose(noun: Token) -> None:
    """`withdrew India from its preferences, an exemption for small makers`: the second explains the noun before the comma."""
    verb, first = noun.head, noun.left_edge
    if verb.pos_ != "VERB" or first.lower_ not in {"a", "an"} or first.i < 2 or noun.doc[first.i - 1].text != ",":
        return
    has_object = any(c.dep_ == "dobj" and c.i < first.i for c in verb.rights)
    phrase = next((c for c in verb.rights if c.dep_ == "prep" and c.right_edge.i in {first.i - 1, first.i - 2}), None)
    named = next((c for c in phrase.children if c.dep_ == "pobj"), None) if phrase is not None else None
    if has_object and named is not None:
        _hang(noun, named, "appos")


def _give_back_infinitive(verb: Token) -> None:
    """`vowed on Tuesday to match any subsidy`: what is vowed, though a day stands before it."""
    above = verb.head
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    leads = infinitive and above.lemma_ in _lemmas("vowing") and above.i < verb.i
    if not leads or any(c.dep_ in {"xcomp", "dobj", "ccomp"} for c in above.children):
        return
    between = verb.doc[above.i + 1 : verb.left_edge.i]
    if len(between) and all(t.ent_type_ in {"DATE", "TIME"} or t.pos_ in {"ADP", "ADV"} for t in between):
        verb.dep_ = "xcomp"


def _part_at_semicolon(verb: Token) -> None:
    """`The duty expired; producers had asked for more`: what stands before a semicolon is not what the second clause tells."""
    doc, above = verb.doc, verb.head
    mark = next((t.i for t in doc[verb.i : above.i] if t.text == ";"), None)
    who = next((c for c in above.children if c.dep_ in SUBJECTS), None)
    if mark is not None and who is not None and who.left_edge.i == mark + 1:
        verb.dep_ = "conj"


def _unfold(participle: Token) -> None:
    """`The duty, waived in May, was restored`: the participle between commas is no verb of the sentence, the next one is."""
    who = next((c for c in participle.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    bare = not any(c.dep_ in {"aux", "auxpass", "dobj", "ccomp"} for c in participle.children)
    verb = next((c for c in participle.rights if c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"}), None)
    if who is None or verb is None or not bare or any(c.dep_ == "cc" for c in participle.children):
        return
    finite = verb.tag_ in FINITE or any(c.dep_ in {"aux", "auxpass"} for c in verb.lefts)
    closed = participle.doc[verb.left_edge.i - 1].text == ","
    if not finite or not closed or any(c.dep_ in SUBJECTS for c in verb.children):
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    _take_over(verb, participle, who, "nsubjpass" if passive else "nsubj")


def _take_over(verb: Token, participle: Token, who: Token, relation: str) -> None:
    """Puts a verb where a participle hung, with its subject and what follows; the participle belongs to the subject."""
    later = [c for c in participle.rights if c.i > verb.i]
    is_root = participle.head.i == participle.i
    _hang(verb, verb if is_root else participle.head, participle.dep_)
    _hang(who, verb, relation)
    _hang(participle, who, "acl")
    for token in later:
        token.head = verb


def _unbare(participle: Token) -> None:
    """`Goods shipped from Kenya to Japan attract a 7% tariff`: the participle behind the noun is no verb of the sentence."""
    who = next((c for c in participle.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    bare = who is not None and who.i == participle.i - 1 and not any(c.dep_ in {"aux", "auxpass"} for c in participle.children)
    verb = next((c for c in participle.rights if c.dep_ in {"advcl", "conj"} and c.tag_ in FINITE | {"VB"}), None)
    if who is None or verb is None or not bare or participle.doc[verb.i - 1].is_punct:
        return
    if any(c.dep_ in SUBJECTS | {"mark", "cc", "aux"} for c in verb.children) or any(c.dep_ == "cc" for c in participle.children):
        return
    _take_over(verb, participle, who, "nsubj")


LONGEST_FRAGMENT = 3
"""Tokens of a sentence's first words that the parser took for a sentence."""


def _join_fragments(doc: Doc) -> None:
    """`Zimbabwe` and `on Monday postponed its levy` are one sentence: no mark ends the first, and the second begins small."""
    found = list(doc.sents)
    for first, second in pairwise(found):
        plain = len(first) <= LONGEST_FRAGMENT and all(t.is_alpha or t.is_quote for t in first)
        if not plain or not second[0].is_lower or not second[0].is_alpha or any(t.pos_ in {"VERB", "AUX"} for t in first):
            continue
        verb, noun = second.root, first.root
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
        if verb.pos_ in {"VERB", "AUX"} and not subjects and noun.pos_ in {"NOUN", "PROPN"}:
            _hang(noun, verb, "nsubj")
        elif subjects and subjects[0].left_edge.i == second.start:
            _hang(noun, subjects[0], "det" if noun.pos_ == "DET" else "compound" if noun.pos_ == "PROPN" else "amod")


def _give_back_day(verb: Token) -> None:
    """`Chile said on Monday it would impose a duty`: the day before the subject of what is said is that of the saying."""
    teller, doc = verb.head, verb.doc
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if who is None or teller.pos_ != "VERB" or not teller.i < who.left_edge.i < verb.i:
        return
    for token in doc[teller.i + 1 : who.left_edge.i]:
        if token.lower_ in {"that", "if", "when"} or token.text in {",", ":", ";"} or token.is_quote:
            return
        day = token.ent_type_ == "DATE" or any(c.ent_type_ == "DATE" for c in token.children if c.dep_ == "pobj")
        if token.head.i == verb.i and day and token.dep_ in {"prep", "npadvmod", "advmod", "nmod"}:
            token.head = teller


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
