"""Which record of an article answers, matches or replaces which: only where a word says so and both measures are told.

An answer is known by a word on it (`retaliatory duties`, `hit back with …`, `in response to …`). What it answers is the measure
that this word names; else the one that the other side has on the doer's goods, if the article tells one, or one nearby.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import smooth
from extractor.entities.terms import terms
from extractor.lexicon import table
from extractor.linking.tariffs.hanging import MODIFIERS, denied, nodes_of, paragraph, way_up, words
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.merging import Group
from extractor.linking.tariffs.phrases import complement
from extractor.records import Relation
from extractor.syntax import SUBJECTS, agent, is_passive, subject

KINDS = ("retaliates_against", "responds_to", "matches", "replaces")
BACK = frozenset({"against", "to", "for", "over", "of", "at"})
"""Prepositions behind a word of answering that bring what is answered."""
WITH = frozenset({"with", "by", "through", "via"})
"""Prepositions behind it that bring the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A word of answering: its kind, the word, and the words that prove it."""

    kind: str
    word: Token
    start: int
    end: int


Link = tuple[int, Answer, int]
"""Index of the measure that answers, the word, index of the measure that is answered."""


def relations_of(doc: Doc, groups: Sequence[Group]) -> list[Link]:
    """All links between an article's measures, in the order of the text, each pair and kind once."""
    out: dict[tuple[int, str, int], Link] = {}
    told: dict[int, list[tuple[Measure, int]]] = {}
    for number, group in enumerate(groups):
        for member in group.members:
            told.setdefault(member.unit.sentence.start, []).append((member, number))
    for sentence in doc.sents:
        inside = told.get(sentence.start, [])
        for answer in _answers(sentence) if inside else ():
            for doer, other in _linked(answer, inside, groups):
                if doer != other:
                    out.setdefault((doer, answer.kind, other), (doer, answer, other))
    return _plainest(list(out.values()))


def relation(kind: str, tariff: str) -> Relation:
    """A relation as a record has it."""
    return Relation.model_validate({"type": kind, "tariff": tariff})


def _plainest(links: Sequence[Link]) -> list[Link]:
    """Retaliation says more than response: of both between two measures it stays."""
    harsh = {(doer, other) for doer, answer, other in links if answer.kind == KINDS[0]}
    return [(d, a, o) for d, a, o in links if a.kind != KINDS[1] or (d, o) not in harsh]


# ---------------------------------------------------------------- words of answering


def _answers(sentence: Span) -> Iterator[Answer]:
    for token in sentence:
        last = _hyphened(token)
        whole = smooth(sentence.doc)[token.idx : last.idx + len(last)].lower()
        names = {token.lemma_.lower(), token.lower_, whole, whole.rstrip("s"), *_with_particle(token)}
        kind = next((k for k in KINDS if names & words("relations", k)), None)
        if kind is not None and not denied(token) and token.pos_ in {"VERB", "NOUN", "ADJ", "PROPN"}:
            yield Answer(kind, last, token.idx, last.idx + len(last))
        elif found := _replacing().match(smooth(sentence.doc), token.idx):
            yield Answer("replaces", token, found.start(), found.end())


def _with_particle(verb: Token) -> Iterator[str]:
    """`hit back`, `strikes back`."""
    if verb.pos_ == "VERB":
        yield from (
            f"{verb.lemma_.lower()}_{c.lower_}" for c in verb.children if c.dep_ in {"prt", "advmod"} and c.lower_ == "back"
        )


def _hyphened(token: Token) -> Token:
    """The last part of `tit-for-tat`, `counter-tariff`, which the tokeniser parts; another word itself."""
    end = token.i
    while (
        end + 2 < len(token.doc) and token.doc[end + 1].text == "-" and not token.doc[end + 1].whitespace_ and end - token.i < 6
    ):
        end += 2
    return token.doc[end]


@cache
def _replacing() -> re.Pattern[str]:
    found = sorted(table("measure_details")["relations"]["replacing"], key=lambda p: (-len(p), p))
    return re.compile("(?:" + "|".join(map(re.escape, found)) + r")\b")


# ---------------------------------------------------------------- who answers what


def _linked(answer: Answer, inside: Sequence[tuple[Measure, int]], groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    if answer.kind == "replaces":
        yield from _replaced(answer, inside, groups)
        return
    if answer.kind == "matches":
        yield from _matched(answer, inside, groups)
        return
    doers = [(m, i) for m, i in inside if _is_answer(answer.word, m)]
    named = {i for m, i in inside if _is_answered(answer.word, m)}
    if not named and _is_of_other(answer.word) and not _is_term(answer.word):
        return
    for measure, doer in doers:
        others = [i for i in sorted(named - {doer}) if _may_answer(groups[doer], groups[i], strict=False)]
        yield from ((doer, other) for other in others or _mutual(measure, doer, groups))


def _is_answer(word: Token, measure: Measure) -> bool:
    """Whether a word of answering is on a mention: before its noun, its verb, or hanging on it."""
    head = measure.unit.head
    if word.i == head.i:  # `counter-tariffs`
        return True
    if word.dep_ in MODIFIERS and (word.head.i == head.i or _is_term(word.head)):
        return word.head.i == head.i
    if _is_answered(word, measure):
        return False
    if word.pos_ == "VERB":
        below = way_up(head, [word])
        return below is not None and not _object_of_other(below)
    way = way_up(word, nodes_of(measure.unit.head))
    return way is not None and all(t.pos_ not in {"VERB", "AUX"} or t.dep_ in {"advcl", "xcomp", "acl"} for t in way)


def _is_term(noun: Token) -> bool:
    return any(t.head == noun.i for t in terms(noun.doc, noun.sent))


def _is_of_other(word: Token) -> bool:
    """Whether what a word of answering names is no measure: `in response to floods`."""
    brought = [what for c in word.rights if c.dep_ == "prep" and c.lower_ in BACK and (what := complement(c)) is not None]
    return bool(brought) and not any(t.lemma_.lower() in words("reasons", "answered") for what in brought for t in what.subtree)


def _object_of_other(below: Sequence[Token]) -> bool:
    """Whether a mention stands in a clause of its own below the verb: `retaliated after the U.S. imposed …`."""
    return any(
        (t.dep_ in {"relcl", "ccomp", "pcomp"} and any(c.dep_ in SUBJECTS for c in t.children))
        or (t.dep_ == "advcl" and t.tag_ not in {"VBG", "VB"})
        or (t.dep_ == "prep" and t.lower_ in {"after", "since", "despite", "when"})
        for t in below
    )


def _is_answered(word: Token, measure: Measure) -> bool:
    """Whether a mention is what a word of answering brings behind `for` or `to`, or has as its object: `answered the duty`."""
    below = way_up(measure.unit.head, [word])
    if not below:
        return False
    top = below[-1]
    if top.dep_ == "prep" and top.lower_ in BACK:
        return True
    return word.pos_ == "VERB" and top.dep_ == "dobj" and word.lemma_.lower() in {"answer", "match", "mirror", "counter"}


def _may_answer(doer: Group, other: Group, *, strict: bool) -> bool:
    """Whether two measures are of two sides, each on the other's goods.

    Where a word names what is answered (not strict), they only may not contradict it.
    """
    if doer.imposer is None or other.imposer is None or doer.imposer.code == other.imposer.code:
        return False
    everyone = any(m.everyone is not None for m in other.members)
    there = other.imposer.code in doer.codes() or (not strict and not doer.codes())
    back = doer.imposer.code in other.codes() or everyone or (not strict and not other.codes())
    return there and back


def _mutual(measure: Measure, doer: int, groups: Sequence[Group]) -> list[int]:
    """The other side's measure on the doer's goods: the only one, else the nearest before, within two paragraphs."""
    found = [i for i, g in enumerate(groups) if i != doer and _may_answer(groups[doer], g, strict=True)]
    if len(found) <= 1:
        return found
    doc, at = measure.unit.doc, measure.unit.head.idx
    before = [(m.unit.head.idx, i) for i in found for m in groups[i].members if m.unit.head.idx < at]
    if not before:
        return []
    last, nearest = max(before)
    return [nearest] if paragraph(doc, at) - paragraph(doc, last) <= 1 else []


def _matched(answer: Answer, inside: Sequence[tuple[Measure, int]], groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """`Canada will match U.S. tariffs`: the subject's measure, and the object."""
    objects = [(m, i) for m, i in inside if _is_answered(answer.word, m)]
    who = subject(answer.word) if answer.word.pos_ == "VERB" else None
    if who is None:
        return
    for _, other in objects:
        theirs = groups[other].imposer
        for measure, doer in inside:
            own = measure.imposer
            if doer != other and own is not None and (theirs is None or own.code != theirs.code) and _stands_in(own.start, who):
                yield doer, other


def _stands_in(offset: int, noun: Token) -> bool:
    doc = noun.doc
    last = doc[noun.right_edge.i]
    return doc[noun.left_edge.i].idx <= offset < last.idx + len(last)


def _replaced(answer: Answer, inside: Sequence[tuple[Measure, int]], groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """`The 15% duty replaces the 10% duty`, `… in place of …`: the new measure and the old, of one imposer."""
    word = answer.word
    if word.pos_ == "VERB":
        who, doer = subject(word), agent(word)
        old, new = (who, doer) if is_passive(word) else (next((c for c in word.children if c.dep_ == "dobj"), None), who)
        news, olds = _at(new, inside), _at(old, inside)
    else:
        behind = [(m, i) for m, i in inside if m.unit.head.idx > answer.end or m.unit.start > word.i]
        news = [i for m, i in inside if m.unit.start < word.i and way_up(word, nodes_of(m.unit.head)) is not None]
        olds = [behind[0][1]] if behind else []
    for new_one in dict.fromkeys(news):
        for old_one in dict.fromkeys(olds):
            first, second = groups[new_one].imposer, groups[old_one].imposer
            if first is not None and second is not None and first.code == second.code:
                yield new_one, old_one


def _at(noun: Token | None, inside: Sequence[tuple[Measure, int]]) -> list[int]:
    """The measures whose noun, or rate, a phrase has as its head."""
    if noun is None:
        return []
    known = {noun.i, *(t.i for t in noun.subtree if t.dep_ not in {"relcl", "acl"})}
    return [i for m, i in inside if m.unit.head.i in known]
