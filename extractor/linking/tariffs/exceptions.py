"""What a measure spares: goods and partners behind `except`, those that `are exempt`, and `exemptions for` them.

What is only asked for, could be granted, or is taken back is no exemption.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import mention_at, mentions, smooth
from extractor.entities.terms import term_at
from extractor.entities.terms import words as term_words
from extractor.lexicon import table
from extractor.linking.tariffs.hanging import nodes_of, paragraph, quoted, takes_up, way_up, words
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.merging import Group
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.phrases import complement
from extractor.linking.tariffs.verbs import governors
from extractor.records import Action, EntityType, Exemption, Instrument
from extractor.syntax import auxiliaries, is_negated, is_passive, subject

LATER = 400
"""Characters behind a mention within which a sentence says what its measure spares: a paragraph."""
OPEN_MODALS = frozenset({"could", "may", "might", "should", "can"})


@dataclass(frozen=True, slots=True)
class Spared:
    """What a measure spares.

    Attributes:
        start, end: its words.
        code: the jurisdiction, where it is one.
        excepted: whether it is taken out of what the measure is on (`on all imports except potash`), not spared by a sentence.
    """

    start: int
    end: int
    code: str | None = None
    excepted: bool = False

    def record(self, doc: Doc) -> Exemption:
        """The exemption as a record has it."""
        return Exemption(text=quoted(doc, self.start, self.end), code=self.code)


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate of sparing: the noun that is spared, the verb or noun that says so, and what it is spared from, if named."""

    spared: Token
    told: Token
    source: Token | None
    sure: bool = False
    """Whether it can be nothing but a measure that is spared from, so that any noun will do."""


class Exceptions:
    """Answers for one article."""

    def __init__(self, doc: Doc, parties: Parties, groups: Sequence[Group]) -> None:
        """Finds the predicates of sparing and whose measures they are of.

        Args:
            doc: the article.
            parties: who is who.
            groups: its measures.
        """
        self.doc, self.parties, self.groups = doc, parties, groups
        self._told: dict[int, list[Spared]] = {}
        self._marks: dict[int, list[tuple[Token, int]]] = {}
        self._by_head: dict[int, list[Group]] = {}
        spared_from: list[tuple[int, int, Measure, Group]] = []
        for number, group in enumerate(groups):
            for member in group.members:
                if not _is_exemption(member):
                    spared_from.append((member.unit.head.idx, number, member, group))
                if not _is_exempting(group):
                    self._by_head.setdefault(member.unit.head.i, []).append(group)
        self._before = sorted(spared_from, key=lambda row: row[:2])
        for sentence in doc.sents:
            for clause in _clauses(sentence):
                spared = self._parts(_phrase(clause.spared), sure=clause.sure)
                for group in self._meant(clause) if spared else ():
                    self._told.setdefault(id(group), []).extend(s for s in spared if not _is_itself(s, group))

    def of(self, group: Group) -> list[Spared]:
        """What a measure spares, in the order of the text, each once."""
        if all(_is_exemption(m) for m in group.members):
            return []
        found = [s for m in group.members for s in self._excepted(m)] + self._told.get(id(group), [])
        out: dict[object, Spared] = {}
        for spared in sorted(found, key=lambda s: (s.start, s.end)):
            key = spared.code or quoted(self.doc, spared.start, spared.end).casefold()
            if not any(o.start <= spared.start and spared.end <= o.end for o in out.values()):
                out.setdefault(key, spared)
        return list(out.values())

    # ------------------------------------------------------------ `except …`

    def _excepted(self, measure: Measure) -> Iterator[Spared]:
        yield from (Spared(p.start, p.end, p.code) for p in measure.excluded)
        nodes = nodes_of(measure.unit.head)
        unit = measure.unit
        for token, length in self._exceptions(unit.sentence):
            if token.i < unit.start or (token.i >= unit.end and _has_other_rate(unit.sentence, token, measure)):
                continue
            way = way_up(token, nodes)
            what = _behind(self.doc, token.i + length, unit.sentence.end)
            if what is None or way is None or any(t.pos_ == "VERB" and t.i != token.i and t.dep_ != "acl" for t in way):
                continue
            yield from self._parts(_phrase(what), excepted=True)

    def _exceptions(self, sentence: Span) -> list[tuple[Token, int]]:
        """The exception words of a sentence, and how many tokens each has."""
        if sentence.start not in self._marks:
            self._marks[sentence.start] = [(t, length) for t in sentence if (length := _exception_at(t))]
        return self._marks[sentence.start]

    def _parts(self, span: Span, *, sure: bool = False, excepted: bool = False) -> list[Spared]:
        """Each country of a phrase that names countries alone; else the phrase, if it names goods, partners or a flow of them."""
        parties = self.parties.within(span)
        goods = mentions(self.doc, EntityType.PRODUCT, within=span)
        root = span.root
        flows = any(t.lemma_.lower() in term_words("context", "flows") for t in span)
        named = [p for p in parties if _covers(p, span, root)]
        bare = root.lower_ in words("nouns", "pronouns") or (
            flows and not any(c.dep_ in {"amod", "compound"} for c in root.lefts)
        )
        if parties and not goods and ((named and not flows) or bare):  # `those from Canada`
            return [Spared(p.start, p.end, p.code) for p in parties]
        sure = sure or (excepted and root.tag_ == "NNS")
        partners = any(t.lemma_.lower() in words("exemptions", "spared") for t in (root, *root.conjuncts))
        if root.lemma_.lower() in words("exemptions", "no_goods") or mention_at(self.doc, root, EntityType.PERSON) is not None:
            return []
        return [Spared(span.start_char, span.end_char, None, excepted)] if goods or flows or partners or parties or sure else []

    # ------------------------------------------------------------ whose measure

    def _meant(self, clause: Clause) -> list[Group]:
        """The measures that a predicate spares from: one that it names, else those of the sentence told last before."""
        at = clause.told.idx
        if clause.source is not None:
            own = {clause.source.i, *(t.i for t in clause.source.subtree)}
            named = [g for i in sorted(own) for g in self._by_head.get(i, ())]
            if named:
                return _distinct(named)
        stop = bisect_left(self._before, at, key=lambda row: row[0])
        if not stop or not self._is_near(last := self._before[stop - 1][2], at):
            return []
        several = clause.source is None or clause.source.tag_ in {"NNS", "PRP"}
        same = takewhile(lambda row: row[2].unit.sentence.start == last.unit.sentence.start, reversed(self._before[:stop]))
        return _distinct([g for _, _, m, g in same if several or m is last][::-1])

    def _is_near(self, measure: Measure, at: int) -> bool:
        """Whether a place is in the paragraph of a mention, or the next."""
        near = at - measure.unit.sentence.end_char <= LATER
        return near and paragraph(self.doc, at) - paragraph(self.doc, measure.unit.head.idx) <= 1


def _distinct(groups: Sequence[Group]) -> list[Group]:
    return list({id(group): group for group in groups}.values())


def _covers(party: Party, span: Span, root: Token) -> bool:
    heads = {root.i, *(t.i for t in root.conjuncts)}
    return any(span.doc[i].idx < party.end and party.start < span.doc[i].idx + len(span.doc[i]) for i in heads)


def _is_exemption(measure: Measure) -> bool:
    freed = measure.standing.action is Action.EXEMPT and measure.rate is None
    return freed or measure.instrument is Instrument.DE_MINIMIS


def _is_exempting(group: Group) -> bool:
    return all(_is_exemption(m) for m in group.members)


def _is_itself(spared: Spared, group: Group) -> bool:
    """Whether what is spared is all that the measure is on: then it is the measure that is lifted."""
    return spared.code is not None and group.codes() == {spared.code}


def _phrase(token: Token) -> Span:
    """A noun with what hangs on it, up to a clause set off by a comma."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    for child in token.subtree:
        if child.dep_ in {"relcl", "advcl", "appos", "parataxis", "punct"} and child.i > token.i:
            first = child.left_edge.i
            if child.dep_ == "punct" and child.text in {",", "-", "–", "—", ";", "("} and not _goes_on_listing(child):
                end = min(end, child.i)
            elif child.dep_ != "punct" and first > token.i and token.doc[first - 1].text == ",":
                end = min(end, first - 1)
    while start < end - 1 and token.doc[start].lower_ in {"and", "or", "but", ","}:
        start += 1
    while end - 1 > start and token.doc[end - 1].is_space:
        end -= 1
    return token.doc[start:end]


def _goes_on_listing(comma: Token) -> bool:
    """`beef, pork and lamb`: a comma within a list."""
    return comma.text == "," and any(
        c.dep_ == "conj" and c.i > comma.i and c.pos_ in {"NOUN", "PROPN"} for c in comma.head.children
    )


# ---------------------------------------------------------------- exception words


@cache
def _phrases() -> re.Pattern[str]:
    found = sorted(table("measure_details")["exemptions"]["phrases"], key=lambda p: (-len(p), p))
    return re.compile("(?:" + "|".join(map(re.escape, found)) + r")\b")


def _exception_at(token: Token) -> int:
    """Tokens of the exception word or phrase that begins at a token, 0 if none does."""
    found = _phrases().match(smooth(token.doc)[token.idx : token.idx + 40].lower())
    if found is not None:
        return len(found.group().split()) + found.group().count("-") * 2
    preposition = token.pos_ in {"ADP", "SCONJ"} or token.tag_ == "VBG"  # `excluding`; not `save firms a sum`
    return 1 if token.lower_ in words("exemptions", "prepositions") and preposition else 0


def _behind(doc: Doc, at: int, stop: int) -> Token | None:
    """The noun that heads the phrase from a token on."""
    chunk = None
    for token in doc[at : min(at + 14, stop)]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ not in {"compound", "nmod", "amod", "poss"}:
            chunk = token
            break
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound"}:
            break
    return chunk if chunk is not None and chunk.left_edge.i >= at - 1 else None


def _has_other_rate(sentence: Span, token: Token, measure: Measure) -> bool:
    """Whether another measure is named between a mention and a word of its sentence."""
    between = (
        mentions(sentence.doc, EntityType.RATE, within=sentence.doc[measure.unit.end : token.i])
        if token.i > measure.unit.end
        else []
    )
    return bool(between)


# ---------------------------------------------------------------- predicates


def _clauses(sentence: Span) -> Iterator[Clause]:
    for token in sentence:
        if token.pos_ in {"VERB", "AUX", "NOUN", "ADP", "ADV"}:
            for finder in (_be_exempt, _exempted, _exempting, _unapplied, _granted):
                clause = finder(token)
                if clause is not None and not _is_open(clause.told):
                    yield clause
                    break


def _be_exempt(verb: Token) -> Clause | None:
    """`Potash is exempt from the duty`."""
    if verb.lemma_ not in {"be", "remain", "stay"} or is_negated(verb):
        return None
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd"} and child.lower_ in words("exemptions", "adjectives"):
            return _from(subject(verb), verb, child)
    return None


def _exempted(verb: Token) -> Clause | None:
    """`Potash was spared`."""
    if verb.lemma_.lower() not in words("exemptions", "passives") or not is_passive(verb) or is_negated(verb):
        return None
    if verb.dep_ in {"amod", "acl", "relcl"}:
        return None
    return _from(subject(verb), verb, verb)


def _exempting(verb: Token) -> Clause | None:
    """`The order exempts potash`."""
    if verb.lemma_.lower() not in words("exemptions", "actives") or is_passive(verb) or is_negated(verb):
        return None
    if verb.tag_ == "VBG" and verb.dep_ in {"prep", "pcomp"}:
        return None
    what = next((c for c in verb.children if c.dep_ == "dobj"), None)
    return _from(what, verb, verb)


def _from(spared: Token | None, told: Token, holder: Token) -> Clause | None:
    """A predicate with what it spares from, which must be a measure if it is named."""
    if spared is None or spared.pos_ not in {"NOUN", "PROPN"} or term_at(spared.doc, spared.i) is not None:
        return None
    source = next((complement(c) for c in holder.children if c.dep_ == "prep" and c.lower_ == "from"), None)
    if source is not None and not takes_up(source):
        return None
    return Clause(spared, told, source, sure=source is not None)


def _unapplied(verb: Token) -> Clause | None:
    """`The duty does not apply to potash`."""
    if verb.lemma_.lower() not in words("exemptions", "unapplied") or not is_negated(verb):
        return None
    who = subject(verb)
    if who is None or not takes_up(who):
        return None
    what = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if what is None:
        preposition = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "on"}), None)
        what = complement(preposition) if preposition is not None else None
    if what is None or what.pos_ not in {"NOUN", "PROPN"}:
        return None
    return Clause(what, verb, who if who.pos_ != "PRON" else None, sure=True)


def _granted(noun: Token) -> Clause | None:
    """`with an exemption for potash`, `won carve-outs for its cheese`."""
    carved = noun.i >= 2 and noun.doc[noun.i - 1].text == "-" and noun.doc[noun.i - 2].lower_ == "carve"  # `carve-out` is parted
    if not carved and (noun.pos_ != "NOUN" or noun.lemma_.lower() not in words("exemptions", "nouns")):
        return None
    if any(c.lower_ in {"no", "any", "potential", "possible", "few", "without"} for c in noun.lefts):
        return None
    preposition = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ in {"for", "on"}), None)
    what = complement(preposition) if preposition is not None else None
    above = noun.head
    granted = above.lemma_.lower() in words("exemptions", "granting") and not is_negated(above)
    if (
        what is None
        or what.pos_ not in {"NOUN", "PROPN"}
        or not granted
        or noun.dep_ not in {"dobj", "pobj", "attr", "nsubj", "nsubjpass"}
    ):
        return None
    behind = [*noun.rights, *(c for c in above.rights if c.i > noun.i)]
    source = next((complement(c) for c in behind if c.dep_ == "prep" and c.lower_ in {"from", "to"}), None)
    return Clause(what, above if above.pos_ in {"VERB", "AUX"} else noun, source, sure=True)


def _is_open(told: Token) -> bool:
    """Whether it is only asked for or possible: `wants potash to be exempt`, `could be spared`."""
    if set(auxiliaries(told)) & OPEN_MODALS or any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in told.children
    ):
        return True
    return any(g.lemma_.lower() in words("exemptions", "open") for g in governors(told))
