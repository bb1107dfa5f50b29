"""The circumstances of a statement: day, place and hearer; they belong to the cue, not to the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import Mention, mentions, span_of
from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.cues import words
from extractor.linking.statements.grammar import noun_phrase
from extractor.records import DateValue, EntityType

_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_TIMES = frozenset(
    {
        "today",
        "yesterday",
        "tonight",
        "earlier",
        "later",
        "ago",
        "recently",
        "morning",
        "afternoon",
        "evening",
        "night",
        "week",
        "month",
        "year",
        "weekend",
    }
)


def is_circumstance(token: Token) -> bool:
    """Whether a dependent of a cue tells when, where or to whom it was said."""
    if token.dep_ == "npadvmod":
        return token.lower_ in _WEEKDAYS or token.lemma_.lower() in _TIMES or token.ent_type_ in {"DATE", "TIME"}
    if token.dep_ in {"advmod"}:
        return token.lower_ in _TIMES
    if token.dep_ != "prep":
        return False
    nouns = [c for c in token.children if c.dep_ == "pobj"]
    return any(is_time(n) or is_venue(token, n) for n in nouns) or token.lower_ in {"according"}


def is_time(noun: Token) -> bool:
    """Whether a noun names a day or another time."""
    return noun.ent_type_ in {"DATE", "TIME"} or noun.lower_ in _WEEKDAYS


def is_venue(prep: Token, noun: Token) -> bool:
    """Whether "in an interview", "on CNN", "at a rally": preposition and noun name an occasion or medium of speech."""
    if prep.lower_ not in words("nouns", "venue_prepositions"):
        return False
    return (
        noun.lemma_.lower() in words("nouns", "venues")
        or noun.lower_ in words("nouns", "venues")
        or noun.text in words("nouns", "venue_names")
    )


# ---------------------------------------------------------------- values


@dataclass(frozen=True)
class Circumstances:
    """When, where and to whom something was said, each with its span; None where the text does not say."""

    date: Mention | None = None
    venue: Span | None = None
    addressee: Span | None = None


def circumstances(doc: Doc, one: Attribution, said: Sequence[tuple[int, int]] = ()) -> Circumstances:
    """The circumstances of an attribution, read from the words around its cue.

    Args:
        doc: the article.
        one: the attribution.
        said: what the article's other attributions report; a day in there is what somebody spoke of.
    """
    if one.cue is None:
        return Circumstances()
    verb = one.cue.root
    return Circumstances(_date(doc, one, said), _venue(one, verb), _addressee(one, verb))


def _date(doc: Doc, one: Attribution, said: Sequence[tuple[int, int]]) -> Mention | None:
    """The day that modifies the cue ("said on Friday"), not one that is said."""
    low, high = doc[one.unit.low].idx, doc[one.unit.high - 1].idx + len(doc[one.unit.high - 1])
    document = one.source.root.lemma_.lower() in words("nouns", "documents")
    assert one.cue is not None
    free = []
    for mention in mentions(doc, EntityType.DATE, within=(low, high)):
        if any(a < mention.end and mention.start < b for a, b in (*one.spans, *said)) or not _is_point(mention):
            continue
        inside = one.source.start_char <= mention.start < one.source.end_char
        if inside and not _is_day(mention):
            continue  # "a 2012 study"
        if document or not one.source.start_char <= mention.start < one.source.end_char:
            free.append((mention, span_of(doc, mention)))
    for verb in _governing(one.cue.root):
        for mention, span in free:
            if _modifies(span.root, verb) and (verb == one.cue.root or _is_day(mention)):
                return mention
    for mention, span in free:
        if (document and _is_day(mention)) or _is_beside(doc, one, span):
            return mention
    return None


def _is_day(mention: Mention) -> bool:
    return isinstance(mention.value, DateValue) and mention.value.granularity == "day"


def _is_beside(doc: Doc, one: Attribution, span: Span) -> bool:
    """Whether a day stands behind the cue with nothing but hearers and places between: "told reporters in Rome on Friday"."""
    assert one.cue is not None
    start = max(one.cue.end, one.source.end if one.source.start >= one.cue.end else 0)
    between = doc[start : span.start]
    if span.start < start or len(between) > FARTHEST or any(low <= t.i < high for t in between for low, high in one.pieces):
        return False
    if span[0].lower_ in _SINCE or (between and between[-1].lower_ in _SINCE):
        return False
    return not any(t.pos_ in {"VERB", "AUX", "SCONJ", "CCONJ"} or t.text in {",", ";", "-"} for t in between)


FARTHEST = 12
"""Tokens between a cue and its day."""
_SINCE = frozenset({"since", "until", "till", "by", "from", "for", "before", "after"})


def _governing(verb: Token) -> list[Token]:
    """The cue, and the verbs that it goes with: "confirmed the ban on Monday, saying …", "speaking on Monday, he said …"."""
    participle = verb.dep_ == "advcl" and verb.tag_ == "VBG"
    joined = verb.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in verb.children)
    speaking = [
        c
        for c in verb.children
        if c.dep_ == "advcl" and ((c.tag_ == "VBG" and c.lemma_.lower() in words("verbs", "speaking")) or c.lower_ == "asked")
    ]  # `Asked on Monday about the duty, she said …`
    return [verb, *speaking, *([verb.head] if participle or joined else [])]


def _is_point(mention: Mention) -> bool:
    """Whether a mention is one day, month or year; a statement is not made all week long."""
    return isinstance(mention.value, DateValue) and mention.value.granularity in {"day", "month", "quarter", "year"}


def _modifies(token: Token, verb: Token) -> bool:
    """Whether a time hangs on the verb: itself, by a preposition, or by what the verb names ("in a speech on Friday")."""
    for _ in range(7):
        if token.dep_ == "prep" and token.lower_ in _SINCE:
            return False
        if token.head == verb:
            return token.dep_ in {"npadvmod", "prep", "advmod", "tmod", "dobj", "pobj", "nsubj", "dep"}
        issued = token.head.dep_ == "acl" and token.head.lemma_.lower() in words("verbs", "issuing")
        if (token.head.pos_ in {"VERB", "AUX"} and not issued) or token.head == token:
            return False
        token = token.head
    return False


def _venue(one: Attribution, verb: Token) -> Span | None:
    for prep in verb.children:
        if prep.dep_ != "prep" or any(low <= prep.i < high for low, high in one.pieces):
            continue
        for noun in prep.children:
            if noun.dep_ == "pobj" and is_venue(prep, noun):
                return _bare_phrase(noun)
    return None


def _bare_phrase(noun: Token) -> Span:
    """The noun with what stands before it, without its article."""
    low = noun.left_edge.i
    while low < noun.i and noun.doc[low].pos_ in {"DET", "PRON", "SPACE"}:
        low += 1
    end = noun.i + 1
    for prep in noun.children:
        if (
            prep.dep_ == "prep"
            and prep.i == end
            and prep.lower_ in {"with", "on", "to", "by"}
            and not is_circumstance_of_day(prep)
        ):
            end = min(prep.right_edge.i + 1, prep.i + 7)
            break
    return noun.doc[low:end]


def is_circumstance_of_day(prep: Token) -> bool:
    """Whether "on Friday"."""
    return any(is_time(c) for c in prep.children)


def _addressee(one: Attribution, verb: Token) -> Span | None:
    for child in verb.children:
        if any(low <= child.i < high for low, high in one.pieces) or child.i < verb.i:
            continue
        if child.dep_ in {"dobj", "dative"} and one.lemma in words("verbs", "addressing") and not is_time(child):
            return noun_phrase(child, stop=next((low for low, _ in sorted(one.pieces) if low > child.i), None))
        if child.dep_ == "prep" and child.lower_ == "to":
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in words("nouns", "addressees"):
                    return noun_phrase(noun)
    return None
