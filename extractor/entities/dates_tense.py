"""Past or future: what the governing verb says of a date's place."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span, Token

from extractor.entities.dates_values import Outlook
from extractor.lexicon import table
from extractor.syntax import governor

LONGEST_CHAIN = 12
"""Heads looked at on the way to the verb."""

PRESENT = frozenset({"VBZ", "VBP"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("dates")["tense"][name])


def outlook(doc: Doc, start: int, end: int, *, progressive: bool = True) -> Outlook:
    """Whether the words around a date look ahead, back, or say nothing.

    Args:
        doc: the parsed document.
        start: offset of the date's first character.
        end: offset behind its last.
        progressive: whether a present progressive looks ahead ("are meeting on Friday"); for months it does not.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    since = span.start > 0 and doc[span.start - 1].lower_ == "since"
    if since or _told_then(span) or _explained(span):
        return "past"
    verb = _verbal(span, progressive=progressive)
    if _follows_forward_word(span) and (verb != "past" or _announced(span)):
        return "future"
    return verb


def _told_then(span: Span) -> bool:
    """`The ministry said on Monday it would collect a duty`: the day of the saying, whatever the parse says."""
    verb = span.root.head if span.root.head.pos_ in {"VERB", "AUX"} else span.root.head.head
    if verb.dep_ != "ccomp" or verb.head.tag_ != "VBD" or not verb.head.i < span.start:
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.i < span.end:
        return False
    return not any(t.lower_ == "that" or t.text in {",", '"', ":"} for t in span.doc[verb.head.i + 1 : span.start])


def _explained(span: Span) -> bool:
    """`until July, when the levy was raised`: a clause with "when" says that the time is past."""
    for clause in (c for t in span for c in t.children if c.dep_ in {"relcl", "advcl"} and c.i >= span.end):
        helpers = [c for c in clause.children if c.dep_ in {"aux", "auxpass"}]
        when = any(c.lower_ == "when" for c in clause.children)
        if when and (clause.tag_ == "VBD" or any(c.tag_ == "VBD" for c in helpers)):
            return True
    return False


def _announced(span: Span) -> bool:
    """`announced a 10% tariff on imports from Saturday`: what is announced from a day on lies ahead, though the verb is past."""
    verb = governor(span.root)
    return verb is not None and verb.tag_ == "VBD" and verb.lemma_.lower() in _words("announcing")


def _follows_forward_word(span: Span) -> bool:
    """Whether a word such as "from", "until", "starting" stands before the date, "on" and an article aside."""
    at = span.start - 1
    while (
        at >= 0 and span.doc[at].lower_ in {"on", "the", "this", "of", "midnight", "early", "late", ","} and span.start - at < 4
    ):
        at -= 1
    return at >= 0 and span.doc[at].lower_ in _words("prepositions")


MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "nummod"})
CLAUSES = frozenset({"ccomp", "csubj", "csubjpass", "relcl"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def _verbal(span: Span, *, progressive: bool) -> Outlook:
    """Climbs from the date to the first word that settles the matter, within its clause."""
    token = span.root
    if token.dep_ in MODIFIERS and token.head.pos_ in {"NOUN", "PROPN"}:
        return "future" if not progressive and token.head.lemma_.lower() in _words("delivery_nouns") else _of_noun(token.head)
    event = False
    for step in range(LONGEST_CHAIN):
        if token.pos_ in {"VERB", "AUX"}:
            said = _of_verb(token, progressive=progressive)
            if said == "future" and _is_of_cue(span, token):
                return "past"
            if said is not None or token.dep_ in CLAUSES or (event and "to" in {c.lower_ for c in token.children}):
                return said
        elif step > 0:
            if token.lower_ in _words("due") and token.pos_ in {"ADJ", "ADV"}:
                return "future"
            if _is_compared(token):
                return "past"
            noun = token.pos_ in {"NOUN", "PROPN"}
            event = event or (noun and token.lemma_.lower() in _words("event_nouns"))
            if noun and (token.dep_ in SUBJECTS or token.lemma_.lower() in _words("calendar_nouns")):
                return _of_noun(token)
        if token.head == token:
            return "future" if _opens_headline(token) else None
        token = token.head
    return None


def _is_of_cue(span: Span, verb: Token) -> bool:
    """Whether the date stands right behind the past verb that governs the clause: "said on Monday it would act"."""
    before = span.start - 2 if span.start > 1 and span.doc[span.start - 1].pos_ == "ADP" else span.start - 1
    return before >= 0 and verb.dep_ == "ccomp" and verb.head.i == before and verb.head.tag_ == "VBD" and verb.i >= span.end


def _is_compared(token: Token) -> bool:
    """`against 58.2 in August`: a number behind a preposition of comparison, or that preposition."""
    preposition = token.head if token.dep_ == "pobj" else token
    if preposition.lower_ not in _words("comparing"):
        return False
    return any(c.pos_ == "NUM" or any(g.pos_ == "NUM" for g in c.children) for c in preposition.children if c.dep_ == "pobj")


def _opens_headline(root: Token) -> bool:
    """Whether a root without a verb is the subject of a headline's infinitive: "Canada to raise duties Friday"."""
    after = root.nbor(1) if root.i + 1 < len(root.doc) else root
    return after.lower_ == "to" and after.tag_ == "TO" and not any(t.tag_ in PRESENT or t.tag_ == "VBD" for t in root.sent)


def _of_noun(noun: Token) -> Outlook:
    """A date that belongs to a noun: what is ahead by nature ("Friday's deadline"), or an event that the verb puts ahead."""
    while noun.dep_ in MODIFIERS and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    verb = noun
    while verb.head != verb and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head
    said = _of_verb(verb) if verb.pos_ in {"VERB", "AUX"} else None
    lemma = noun.lemma_.lower()
    if lemma in _words("calendar_nouns"):
        return None if said == "past" else "future"
    return said if said == "past" or lemma in _words("event_nouns") else None


def _of_verb(verb: Token, *, progressive: bool = True) -> Outlook:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    lowered = {child.lower_ for child in helpers}
    has_have = any(child.lemma_ == "have" and child != verb for child in helpers)
    if lowered & _words("modals"):
        return None if has_have else "future"
    if "to" in lowered:
        return _of_infinitive(verb, has_have=has_have)
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ == "VBN" and helpers:
        return _of_participle(verb, helpers, has_have=has_have)
    if verb.tag_ == "VBG" and verb.lemma_ in _words("awaiting_verbs"):
        return "future"
    if verb.tag_ == "VBG" and has_have:
        return "past"  # `have been collecting since Saturday`
    if verb.tag_ == "VBG":
        if progressive and any(child.tag_ in PRESENT for child in helpers):
            return "future"
        return "past" if any(child.tag_ == "VBD" for child in helpers) else None
    if verb.tag_ in PRESENT:
        return "future" if verb.lemma_ in _words("calendar_verbs") or _is_condition(verb) else None
    if verb.tag_ == "VBN" and verb.lower_ in _words("due"):
        return "future"
    return "past" if verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl"} else None


def _of_participle(verb: Token, helpers: list[Token], *, has_have: bool) -> Outlook:
    """A participle with its auxiliaries: "has taken", "was signed", "is expected", "if it is reached"."""
    past = has_have or any(child.tag_ == "VBD" for child in helpers)
    if verb.lower_ in _words("due") and not has_have:
        return None if past else "future"
    if past:
        return "past"
    return "future" if _is_condition(verb) else None


def _is_condition(verb: Token) -> bool:
    """Whether the clause states a condition, which a present tense puts ahead: "if no deal is reached by Friday"."""
    return any(child.dep_ == "mark" and child.lower_ in _words("conditions") for child in verb.children)


def _of_infinitive(verb: Token, *, has_have: bool) -> Outlook:
    """A to-infinitive looks ahead under a scheduling word, and in a headline ("Trump to raise duties Friday")."""
    if has_have:
        return None
    head = verb.head
    if {"had", "been"} <= {child.lower_ for child in head.children}:  # "had been set to begin": by now it may have
        return None
    headline = head == verb or (head.head == head and head.pos_ in {"NOUN", "PROPN"})
    if headline or head.lemma_.lower() in _words("scheduling") or head.lower_ in _words("scheduling"):
        return "future"
    return None


def is_nowadays(doc: Doc, start: int, end: int) -> bool:
    """Whether "today" means these days: under a simple present of a state, outside headlines."""
    span = doc.char_span(start, end, alignment_mode="expand")
    after = doc[span.end].text if span is not None and span.end < len(doc) else ""
    if span is None or after in {"'s", ":"}:
        return False
    token = span.root
    while token.head != token and (token.pos_ not in {"VERB", "AUX"} or _is_reduced(token)):
        if token.pos_ == "VERB" and token.lemma_ in _words("event_verbs"):
            return False
        if token.dep_ in {"nsubj", "nsubjpass", "attr"} and token in span:
            return False
        token = token.head
    events = _words("event_verbs") | (_words("calendar_verbs") - _words("state_verbs"))
    if token.tag_ not in PRESENT or token.lemma_ in events:
        return False
    helpers = {child.lower_ for child in token.children if child.dep_ in {"aux", "auxpass"}}
    return not helpers & _words("modals") and not any(child.tag_ == "VB" and child.dep_ == "xcomp" for child in token.children)


def _is_reduced(token: Token) -> bool:
    """A participle without an auxiliary: "cars sold in America today"."""
    return token.tag_ == "VBN" and token.dep_ == "acl" and not any(child.dep_ in {"aux", "auxpass"} for child in token.children)
