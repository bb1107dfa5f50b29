"""Stretches of a sentence that name what a measure is on: where they end, and whether they mean everyone."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from extractor.lexicon import table
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.syntax import SUBJECTS


def in_clause(token: Token, span: Span) -> bool:
    """Whether a token stands in a clause about the bearer (`any country that buys Venezuelan oil`) or says what buyers buy."""
    current = token
    while current.head.i != current.i and span.start <= current.i:  # the clause's verb may stand behind the span
        if current.dep_ == "relcl" and span.start <= current.head.i < span.end and not _tells_origin(current):
            return True
        behaving = current.dep_ == "prep" and current.head.lemma_.lower() in lemmas("parties", "behaving")
        if behaving and span.start <= current.head.i < span.end:
            return True
        current = current.head
    return False


def exceptions(span: Span) -> list[tuple[int, int]]:
    """Character ranges inside the span that take partners out: `all countries except Canada and Mexico`."""
    out = []
    for token in span:
        if token.lower_ in lemmas("parties", "exceptions"):
            out.append((token.idx, span.end_char))
    lowered = span.text.lower()
    for phrase in table("measures")["parties"]["exception_phrases"]:
        at = lowered.find(phrase)
        if at >= 0:
            out.append((span.start_char + at, span.end_char))
    all_but = re.search(r"\b(?:all|every|any)\b[^.;]*?\bbut (?=[A-Z])", span.text)
    if all_but:
        out.append((span.start_char + all_but.end(), span.end_char))
    return out


def _tells_origin(clause: Token) -> bool:
    """`everything that it buys from Zambia`: a clause that says from whom the imposer's goods come."""
    who = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    comes = clause.lemma_.lower() in lemmas("parties", "coming") and any(c.lower_ == "from" for c in clause.children)
    if comes and clause.head.lemma_.lower() not in lemmas("roles", "partners"):
        return True  # `anything that comes from the European Union`
    buys = clause.lemma_.lower() in lemmas("parties", "buying")
    return buys and who is not None and who.pos_ == "PRON" and who.tag_ == "PRP"


def complement(preposition: Token) -> Token | None:
    """What a preposition governs."""
    return next((c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}), None)


def phrase_of(token: Token) -> Span:
    """A noun with all that hangs on it."""
    return token.doc[max(token.left_edge.i, token.sent.start) : min(token.right_edge.i + 1, token.sent.end)]


def extent(unit: Unit, preposition: Token) -> int:
    """Token behind an `on` phrase: its subtree, and a `from …` that the parser hung elsewhere, up to a clause or rate."""
    stop = min((_lost_object(preposition) or preposition.right_edge.i) + 1, unit.end)
    while stop < unit.end:
        token = unit.doc[stop]
        if token.lower_ not in lemmas("parties", "origins") or (unit.rate and _leads_to(token, unit)):
            break
        stop = min(max(token.right_edge.i + 1, stop + 1), unit.end)
    for token in unit.doc[preposition.i + 1 : stop]:
        if token.lower_ in lemmas("parties", "origins"):
            continue  # `resin originating in Malaysia`
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "acl", "relcl", "pcomp"} and token.i > preposition.i + 1:
            return token.left_edge.i if token.left_edge.i > preposition.i + 1 else token.i
        if token.dep_ == "acl" and token.tag_ == "VBN" and token.lemma_.lower() in lemmas("status", "imposing"):
            return token.i  # `on steel imposed by the U.S. in March`
        if token.lower_ in {"none", "not", "neither"} and token.i > preposition.i + 1:
            return token.i - (token.nbor(-1).lower_ in {"and", "but", ","})  # `on Korean phones and none on Chinese ones`
    return stop


def _lost_object(preposition: Token) -> int | None:
    """Last token of the noun phrase behind a preposition, which the parser gave to the verb: `that Norway put on roses`."""
    if preposition.right_edge.i > preposition.i or preposition.i + 1 >= preposition.sent.end:
        return None
    noun = preposition.nbor()
    while noun.head.left_edge.i == preposition.i + 1 and noun.head.i != noun.i:
        noun = noun.head
    own = noun.left_edge.i == preposition.i + 1 and noun.pos_ in {"NOUN", "PROPN"} and noun.head.i == preposition.head.i
    return noun.right_edge.i if own else None


def _leads_to(preposition: Token, unit: Unit) -> bool:
    """Whether a preposition leads to one of the unit's rates: `from 10% to 25%`, `from about 10%`."""
    at = preposition.i + 1
    while at < len(unit.doc) and unit.doc[at].pos_ in {"ADV", "DET", "ADP", "ADJ", "PRON"}:
        at += 1
    offset = unit.doc[at].idx if at < len(unit.doc) else -1
    return any(m is not None and m.start <= offset < m.end for m in (unit.rate, unit.prior))


def clause_between(unit: Unit, token: Token) -> bool:
    """Whether another clause begins between the unit's words and a preposition."""
    own = unit.doc[min(unit.start, unit.head.i) : token.i]
    verbs = [t for t in own if t.pos_ in {"VERB", "AUX"} and t.tag_ not in {"VBN", "VBG"} and t.i > unit.head.i]
    return bool(verbs) or any(t.text in {";", ":"} for t in own)


_ALL_GOODS = re.compile(
    r"\b(?:all|every|any|virtually all|nearly all|most)(?: (?:of )?(?:its|the|their|other|foreign|imported))?(?: [a-z-]+){0,2} "
    r"(?:imports?|countries|country|nations?|economies|trading partners|goods)\b"
    r"(?! (?:that|which|who|buying|trading|doing|caught|dealing))"
)


_COMPARED = re.compile(r"\b(?:than|like|unlike|as) (?:with |in |for )?$")
"""`sells more than any other country`: those it is compared with bear nothing."""
_BY_DEEDS = re.compile(
    r" (?:else\b|that|which|who|buying|trading|doing|caught|dealing|(?:it|they|we) (?:buys?|imports?|purchases?))\b"
)
"""`any country that buys its oil`: partners told by what they do are not everyone."""


def words_for_everyone(span: Span) -> Span | None:
    """The words that mean every country: `all car imports`, `worldwide`."""
    lowered = span.text.lower()
    found = _ALL_GOODS.search(lowered)
    if found and not _COMPARED.search(lowered, 0, found.start()):
        return span.char_span(found.start(), found.end(), alignment_mode="expand")
    for phrase in table("measures")["parties"]["everyone"]:
        at = lowered.find(phrase)
        if at >= 0 and not _BY_DEEDS.match(lowered, at + len(phrase)):
            return span.char_span(at, at + len(phrase), alignment_mode="expand")
    return None


_WHEREVER = re.compile(
    r"(?:regardless|irrespective) of (?:the |their |its )?(?:country of )?origins?\b"
    r"|(?:whatever|no matter) (?:the|their|its) (?:country of )?(?:origin|source)\b|wherever (?:they|it) comes? from\b"
    r"|(?:from|in|of) (?:any|every|all|whatever|whichever) (?:other )?"
    r"(?:countr(?:y|ies)|nations?|origins?|sources?|suppliers?|partners?)\b"
    r"(?! (?:that|which|who|with|outside|in|of)\b)"
)


def wherever_from(span: Span) -> Span | None:
    """`gowns, masks and gloves, from any country`: words behind the goods that mean every country."""
    found = _WHEREVER.search(span.text.lower())
    return span.char_span(found.start(), found.end(), alignment_mode="expand") if found else None
