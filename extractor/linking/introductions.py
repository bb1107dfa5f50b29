"""Offices told away from the name: `Roe is the port's director`, `As minister, Roe …`, `…, said Roe. The minister …`.

The people component reads what stands beside a name; this module reads the sentence and the one behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from extractor.entities.layout import segment_at
from extractor.entities.mention import Mention, mentions
from extractor.entities.people_public import is_noun
from extractor.entities.people_roles import read
from extractor.lexicon import table
from extractor.linking.references import References
from extractor.records import EntityType, PersonValue

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PERSONAL = frozenset({"he", "she"})
_PRESENT = frozenset({"is", "'s"})
FARTHEST = 2
"""Paragraphs between a name and the description that takes it up."""


@dataclass
class Introductions:
    """The offices of one article's people that no words beside their names tell."""

    doc: Doc
    references: References
    _described: dict[int, str] = field(default_factory=dict)

    def of(self, entity: str) -> PersonValue | None:
        """What the article tells of a person elsewhere than beside the name; None for people with a role beside it."""
        return self._told.get(entity)

    def described(self, token: Token) -> Mention | None:
        """The person whom a description ("the finance minister") takes up, where nothing but order tells."""
        _ = self._told
        entity = self._described.get(token.i)
        return next((m for m in reversed(self._people) if m.entity == entity and m.end <= token.idx), None) if entity else None

    @cached_property
    def _people(self) -> list[Mention]:
        return mentions(self.doc, EntityType.PERSON)

    @cached_property
    def _plain(self) -> frozenset[str]:
        """The people whom neither the words beside the name nor the table of offices explains."""
        return frozenset(m.entity for m in self._people if not self.references.speaker_value(m).role)

    @cached_property
    def _told(self) -> dict[str, PersonValue]:
        out: dict[str, PersonValue] = {}
        found = (self._predicates(), self._capacities(), self._appointments(), self._offices_since(), self._descriptions())
        for entity, noun in (pair for each in found for pair in each):
            value = read(self.doc, self.doc[noun.left_edge.i].idx, self._end(noun))
            if entity not in out and value.role:
                out[entity] = value
        return out

    @staticmethod
    def _end(noun: Token) -> int:
        """Where a role ends: with its complement, before a relative clause."""
        last = max((c.right_edge for c in noun.children if c.dep_ == "prep" and c.i > noun.i), key=lambda t: t.i, default=noun)
        return last.idx + len(last)

    # ------------------------------------------------------------ within the sentence

    def _predicates(self) -> Iterator[tuple[str, Token]]:
        """Reads "Roe is the director of the port"."""
        for verb in self.doc:
            if verb.lemma_ != "be" or verb.lower_ not in _PRESENT:
                continue
            for noun in verb.children:
                if noun.dep_ == "attr" and noun.i > verb.i and is_noun(noun.lower_):
                    entity = self._subject(verb)
                    if entity is not None:
                        yield entity, noun

    def _capacities(self) -> Iterator[tuple[str, Token]]:
        """Reads "As director of the port, Roe must …"."""
        for prep in self.doc:
            if prep.lower_ != "as" or prep.dep_ != "prep" or prep.head.pos_ not in {"VERB", "AUX"} or prep.i > prep.head.i:
                continue
            for noun in prep.children:
                if noun.dep_ == "pobj" and is_noun(noun.lower_):
                    entity = self._subject(prep.head)
                    if entity is not None:
                        yield entity, noun

    def _appointments(self) -> Iterator[tuple[str, Token]]:
        """Reads "Roe was appointed industry minister", "Roe became minister", "Roe was sworn in as minister"."""
        appointing = set(table("roles_references")["appointing"])
        for verb in self.doc:
            if verb.lemma_.lower() not in appointing or verb.tag_ not in {"VBD", "VBN", "VBZ"} or _is_denied(verb):
                continue
            below = [g for c in verb.children if c.lower_ == "as" for g in c.children if g.dep_ == "pobj"]
            for noun in (*verb.children, *below):
                held = not any(c.dep_ == "poss" and is_noun(c.lower_) for c in noun.children)  # not "the minister's wife"
                if noun.dep_ in {"attr", "oprd", "pobj"} and noun.i > verb.i and is_noun(noun.lower_) and held:
                    entity = self._subject(verb)
                    if entity is not None:
                        yield entity, noun

    def _offices_since(self) -> Iterator[tuple[str, Token]]:
        """Reads "Roe, a former captain who has been ports minister since 2023"."""
        for verb in self.doc:
            perfect = any(c.lower_ in {"has", "have"} for c in verb.children)
            if verb.lemma_ != "be" or verb.dep_ != "relcl" or not (verb.lower_ in _PRESENT or (verb.tag_ == "VBN" and perfect)):
                continue
            whom = verb.head.head if verb.head.dep_ == "appos" else verb.head
            own = self._covering(whom)
            for noun in verb.children:
                if noun.dep_ == "attr" and noun.i > verb.i and is_noun(noun.lower_) and own is not None:
                    yield own.entity, noun

    def _subject(self, verb: Token) -> str | None:
        """The unexplained person who is the subject of a verb, also by a pronoun."""
        for token in verb.children:
            if token.dep_ not in _SUBJECTS:
                continue
            own = self._covering(token) or (self.references.resolve(token) if token.lower_ in _PERSONAL else None)
            if own is not None and own.type is EntityType.PERSON and own.entity in self._plain:
                return own.entity
        return None

    # ------------------------------------------------------------ the next sentence

    def _descriptions(self) -> Iterator[tuple[str, Token]]:
        """Reads "…, said Roe. The finance minister was speaking in Arica": a role without a name behind a name without a role."""
        for token in self.doc:
            if token.dep_ not in _SUBJECTS or token.pos_ not in {"NOUN", "PROPN"} or not is_noun(token.lower_):
                continue
            if not any(c.lower_ == "the" for c in token.children) or self._covering(token) is not None:
                continue
            heads = set(table("roles_references")["heads_of_government"])
            if token.lower_ in heads or re.sub(r"^the ", "", self.doc[token.left_edge.i : token.i + 1].text.lower()) in heads:
                continue  # there is one only, who needs no name
            if any(c.dep_ in {"relcl", "appos", "conj"} for c in token.children) or self.references.resolve(token) is not None:
                continue
            entity = self._last_named(token)
            if entity is not None:
                self._described[token.i] = entity
                yield entity, token

    def _last_named(self, token: Token) -> str | None:
        """The only person of the sentences just before, if that one speaks or acts there and has no role."""
        sentence = token.sent
        here = segment_at(self.doc, token.idx)
        before = [m for m in self._people if m.end <= sentence.start_char]
        if not before or here is None:
            return None
        last = before[-1]
        gap = sum(s.start > last.end and s.end <= here.start for s in self.doc._.segments)
        if last.entity not in self._plain or gap >= FARTHEST:
            return None
        root = self._token_of(last)
        previous = self.doc[sentence.start - 1].sent if sentence.start else None
        near = previous is not None and previous.start_char <= last.start
        rivals = {m.entity for m in before if previous is not None and m.start >= previous.start_char}
        if any(c.dep_ == "poss" for c in root.children) and self.doc[root.left_edge.i].ent_type_ not in {"GPE", "LOC"}:
            return None  # "Labour's Jane Roe" has been introduced
        return last.entity if near and root.dep_ in _SUBJECTS and len(rivals) == 1 else None

    def _token_of(self, mention: Mention) -> Token:
        span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        assert span is not None
        return span.root

    def _covering(self, token: Token) -> Mention | None:
        return next((m for m in self._people if m.start <= token.idx < m.end), None)


def _is_denied(verb: Token) -> bool:
    """`was not appointed minister`, `was almost named minister`."""
    return any(c.dep_ == "neg" or c.lower_ in {"never", "almost", "nearly"} for c in verb.children)
