"""References within an article: which person or body "he", "Roe", "the minister" and "the ministry" stand for.

Rules only, and cautious ones: where two readings are near, there is no answer. An antecedent is a mention, so it can be shown
as evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Literal

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import MUTE, Segment, segment_at
from extractor.entities.mention import Mention, mentions, smooth, span_of
from extractor.entities.people_names import fold, parse, sex, words_of
from extractor.entities.people_offices import office_on, sole_leader
from extractor.entities.people_public import is_noun, is_official_role, left_office
from extractor.lexicon import table
from extractor.records import AgencyValue, CountryValue, EntityType, PersonValue

__all__ = ["Reference", "References", "is_official_role", "speaker_value"]

ReferenceKind = Literal["name", "pronoun", "relative", "title", "body"]


@dataclass(frozen=True, slots=True)
class Reference(Mention):
    """What a phrase stands for: the antecedent, the nearest mention that names it (the phrase's own for kind "name").

    Attributes:
        kind: how it was found.
    """

    kind: ReferenceKind = "name"

    @classmethod
    def to(cls, mention: Mention, kind: ReferenceKind) -> Reference:
        """A reference to a mention."""
        return cls(mention.type, mention.start, mention.end, mention.text, mention.entity, mention.value, kind)

    @property
    def mention(self) -> Mention:
        """The antecedent as it stands in `doc._.mentions`."""
        return Mention(self.type, self.start, self.end, self.text, self.entity, self.value)


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: Mention
    token: Token
    sentence: int
    quoted: bool


SENTENCES_BACK = 3
"""A pronoun's antecedent lies at most this many sentences back."""
TITLE_SENTENCES_BACK = 25
"""So far back may the name be that "the minister" takes up."""


class References:
    """Resolves the references of one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._words: dict[str, frozenset[str]] = {
            key: frozenset(value) for key, value in table("roles_references").items() if isinstance(value, list)
        }

    def resolve(self, what: Token | Span) -> Reference | None:
        """The antecedent of a token or phrase.

        Args:
            what: a name, pronoun or noun phrase; of a phrase, its head counts.

        Returns:
            The antecedent, or None for anything plural, indefinite, unknown or doubtful.
        """
        token = what.root if isinstance(what, Span) else what
        own = self._own(token)
        if own is not None:
            return Reference.to(own, "name")
        low = token.lower_
        if low in self._words["male"] or low in self._words["female"]:
            return self._person(token, "male" if low in self._words["male"] else "female")
        if low in self._words["relative"]:
            return self._relative(token)
        if low in self._words["neuter"]:
            return self._neuter(token)
        if token.pos_ in ("NOUN", "PROPN"):
            return self._definite(token)
        return None

    # ------------------------------------------------------------ names

    def _own(self, token: Token) -> Mention | None:
        """The mention that the token itself is a part of, and not only its possessor."""
        end = token.idx + len(token)
        low, high = (bisect_right(self._named, at, key=lambda m: m.start) for at in (end - self._longest - 1, token.idx))
        covering = [m for m in self._named[low:high] if end <= m.end]
        people = [m for m in covering if m.type is EntityType.PERSON]
        return max(people or covering, key=lambda m: m.end - m.start, default=None)

    @cached_property
    def _named(self) -> list[Mention]:
        return mentions(self.doc, EntityType.PERSON, EntityType.AGENCY, EntityType.COUNTRY)

    @cached_property
    def _longest(self) -> int:
        """Characters of the longest name: no mention that covers a token starts further back."""
        return max((m.end - m.start for m in self._named), default=0)

    @cached_property
    def _organisations(self) -> list[Span]:
        return [e for e in self.doc.ents if e.label_ == "ORG"]

    @cached_property
    def _sentence_of(self) -> dict[int, int]:
        return {token.i: n for n, sentence in enumerate(self.doc.sents) for token in sentence}

    @cached_property
    def _candidates(self) -> list[_Candidate]:
        out = []
        for mention in self._named:
            segment: Segment | None = segment_at(self.doc, mention.start)
            if segment is None or segment.kind in MUTE:
                continue
            token = span_of(self.doc, mention).root
            out.append(_Candidate(mention, token, self._sentence_of[token.i], mention.start in self._quoted))
        return out

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """Offsets inside quotation marks, paired within each segment."""
        out: set[int] = set()
        for segment in self.doc._.segments:
            opened: int | None = None
            for i in range(segment.start, segment.end):
                if smooth(self.doc)[i] == '"':
                    if opened is not None:
                        out.update(range(opened, i))
                    opened = i if opened is None else None
        return frozenset(out)

    # ------------------------------------------------------------ pronouns

    def _person(self, token: Token, gender: str) -> Reference | None:
        """The person that he or she is."""
        here, quoted = self._sentence_of[token.i], token.idx in self._quoted
        scores: dict[str, float] = {}
        nearest: dict[str, Mention] = {}
        for candidate in self._candidates:
            mention = candidate.mention
            if mention.type is not EntityType.PERSON or mention.start >= token.idx or here - candidate.sentence > SENTENCES_BACK:
                continue
            if self._gender(mention.entity) not in (None, gender) or (candidate.quoted and not quoted):
                continue
            if self._bound(token, candidate.token):
                continue
            score = self._salience(candidate, here, gender)
            scores[mention.entity] = max(scores.get(mention.entity, 0.0), score) + 0.2 * (mention.entity in scores)
            nearest[mention.entity] = mention
        return self._clear_winner(scores, nearest, "pronoun")

    def _salience(self, candidate: _Candidate, here: int, gender: str | None) -> float:
        score = 3.0 - 0.8 * (here - candidate.sentence) + _ROLES.get(self._grammatical_role(candidate.token), 0.0)
        if gender and self._gender(candidate.mention.entity) == gender:
            score += 0.3
        return score

    @staticmethod
    def _grammatical_role(token: Token) -> str:
        """The role of the phrase: subject, object …; of an apposition and of "X and Y", that of the whole."""
        while token.dep_ in ("appos", "conj", "compound", "nmod") and token.head is not token:
            token = token.head
        return token.dep_

    @staticmethod
    def _bound(pronoun: Token, name: Token) -> bool:
        """Whether the grammar forbids the reading: "Roe met him" is not about Roe."""
        objects = ("dobj", "dative", "pobj", "obj")
        verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
        return pronoun.dep_ in objects and name.dep_ in ("nsubj", "nsubjpass") and name.head == verb

    @staticmethod
    def _clear_winner(scores: dict[str, float], nearest: dict[str, Mention], kind: ReferenceKind) -> Reference | None:
        if not scores:
            return None
        order = sorted(scores, key=lambda entity: (-scores[entity], -nearest[entity].start))
        if len(order) > 1 and scores[order[0]] - scores[order[1]] < MARGIN:
            return None
        return Reference.to(nearest[order[0]], kind)

    def _gender(self, entity: str) -> str | None:
        """`male` or `female` by honorific or given name; None if neither tells."""
        return self._genders.get(entity)

    @cached_property
    def _genders(self) -> dict[str, str | None]:
        out: dict[str, str | None] = {}
        for mention in self._named:
            if mention.type is not EntityType.PERSON:
                continue
            before = smooth(self.doc)[max(0, mention.start - 12) : mention.start].split()
            title = fold(before[-1]) if before else ""
            for gender in ("male", "female"):
                if title in words_of("titles", "honorifics", gender):
                    out[mention.entity] = gender
            if out.get(mention.entity) is None:
                out[mention.entity] = sex(parse(mention.entity))
        return out

    def _relative(self, token: Token) -> Reference | None:
        """Who or which: the noun that the relative clause hangs on."""
        verb = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
        if verb is None:
            return None
        found = self._own(verb.head) or next(
            (m for t in reversed(list(verb.head.subtree)) if t.i < token.i and (m := self._own(t))), None
        )
        if found is None or (token.lower_ == "who") != (found.type is EntityType.PERSON):
            return None
        return Reference.to(found, "relative")

    def _neuter(self, token: Token) -> Reference | None:
        """It: a public body or government that was the subject of this sentence or the one before."""
        here = self._sentence_of[token.i]
        subjects: dict[str, float] = {}
        nearest: dict[str, Mention] = {}
        for candidate in self._candidates:
            mention = candidate.mention
            if (
                mention.type is EntityType.PERSON
                or mention.start >= token.idx
                or here - candidate.sentence > 1
                or candidate.quoted
            ):
                continue
            if self._grammatical_role(candidate.token) in ("nsubj", "nsubjpass"):
                subjects[mention.entity] = 3.0 - (here - candidate.sentence) + 0.6 * (mention.type is EntityType.AGENCY)
                nearest[mention.entity] = mention
        before = self._organisations[: bisect_left(self._organisations, token.i, key=lambda e: e.start)]
        near = takewhile(lambda e: here - self._sentence_of[e.start] <= 1, reversed(before))
        rival = any(e.root.dep_ == "nsubj" and not self._own(e.root) for e in near)
        return None if rival else self._clear_winner(subjects, nearest, "pronoun")

    # ------------------------------------------------------------ "the minister", "the ministry"

    def _definite(self, token: Token) -> Reference | None:
        """A definite, singular noun phrase that takes a name up again."""
        if token.tag_ in ("NNS", "NNPS") or not any(t.lower_ in self._words["definite"] and t.dep_ == "det" for t in token.lefts):
            return None
        if any(t.dep_ in ("relcl", "prep", "acl") for t in token.rights):
            return None
        extra = [fold(t.text) for t in token.lefts if t.dep_ in ("amod", "compound", "nmod")]
        noun = fold(token.text)
        if is_noun(noun):
            return self._title(token, noun, extra)
        if noun in self._words["bodies"]:
            return self._body(token, noun, extra)
        return None

    def _title(self, token: Token, noun: str, extra: list[str]) -> Reference | None:
        here = self._sentence_of[token.i]
        same = set(self._words["heads_of_government"]) if noun in self._words["leader"] else {noun}
        same |= set(table("roles_references")["same"].get(noun, ()))
        scores: dict[str, float] = {}
        nearest: dict[str, Mention] = {}
        for candidate in self._candidates:
            mention = candidate.mention
            if (
                mention.type is not EntityType.PERSON
                or mention.start >= token.idx
                or here - candidate.sentence > TITLE_SENTENCES_BACK
            ):
                continue
            value = self.speaker_value(mention)
            if not self._fits(value, same, extra):
                continue
            scores[mention.entity] = (
                3.0 - 0.4 * (here - candidate.sentence) + _ROLES.get(self._grammatical_role(candidate.token), 0.0) / 2
            )
            nearest[mention.entity] = mention
        return self._clear_winner(scores, nearest, "title")

    def _fits(self, value: PersonValue, nouns: set[str], extra: list[str]) -> bool:
        """Whether a person of that role may be called so: every word of the phrase is in role, organization or country."""
        if not value.role or (left_office(value.role) and "former" not in extra):
            return False
        known = set(fold(f"{value.role} {value.organization or ''}").replace("-", " ").split())
        if not any(set(noun.replace("-", " ").split()) <= known for noun in nouns):
            return False
        return all(word in known or self._code_of(word) == value.country is not None for word in extra)

    def _code_of(self, word: str) -> str | None:
        """The code of a country's adjective that is a mention somewhere in the article."""
        for mention in self._named:
            if mention.type is EntityType.COUNTRY and fold(mention.text) == word and isinstance(mention.value, CountryValue):
                return mention.value.code
        return None

    def _body(self, token: Token, noun: str, extra: list[str]) -> Reference | None:
        fitting = [
            c.mention
            for c in self._candidates
            if c.mention.type is EntityType.AGENCY
            and c.mention.end <= token.idx
            and noun in fold(f"{c.mention.entity} {c.mention.text}").split()
            and all(word in fold(f"{c.mention.entity} {c.mention.text}").split() for word in extra)
        ]
        if not fitting:
            return None
        here = self._sentence_of[token.i]
        recent = {m.entity for m in fitting if here - self._sentence_of[span_of(self.doc, m).root.i] <= SENTENCES_BACK}
        return Reference.to(fitting[-1], "body") if len(recent) <= 1 or len({m.entity for m in fitting}) == 1 else None

    # ------------------------------------------------------------ values

    def speaker_value(self, mention: Mention) -> PersonValue:
        """What a person was on the day of the article: from the text first, the table of offices second.

        Args:
            mention: a mention of a person. The words beside it come first, then those of the person's other mentions, the nearest
                before this one first.

        Returns:
            Role, organization and country; a field that neither source fills is None. Of a body or country, the country alone.
        """
        if mention.type is not EntityType.PERSON:
            return PersonValue(organization=mention.entity, country=_code(mention))
        return self._values[mention.entity, self._own_value(mention)]

    def _own_value(self, mention: Mention) -> PersonValue | None:
        return mention.value if isinstance(mention.value, PersonValue) and _says(mention.value) else None

    @cached_property
    def _values(self) -> _Values:
        return _Values(self)

    def is_official(self, value: PersonValue) -> bool:
        """Whether a person with these values holds a public office or speaks for a public body."""
        return is_official_role(value.role, value.organization, value.country)


class _Values(dict[tuple[str, PersonValue | None], PersonValue]):
    """Values of people, worked out when first asked for."""

    def __init__(self, references: References) -> None:
        super().__init__()
        self._references = references

    def __missing__(self, key: tuple[str, PersonValue | None]) -> PersonValue:
        entity, own = key
        article = self._references.doc._.article
        said = [
            m.value
            for m in self._references._named
            if m.type is EntityType.PERSON and m.entity == entity and isinstance(m.value, PersonValue) and _says(m.value)
        ]
        first = own or (said[0] if said else None)
        value = first or PersonValue()
        for other in said:
            if value.role and _same_office(value, other):
                value = _filled(value, other)
        table_value = office_on(entity, article.published if article else None)
        if table_value is None and value.role is None and article and article.published:
            table_value = self._sole_leader(entity, article.published)
        if table_value is not None and _is_that_office(
            value, table_value
        ):  # a body's country may be a guess; the holder's is not
            value = value.model_copy(update={"country": table_value.country})
        if table_value is not None and (value.role is None or _same_office(value, table_value)):
            value = _filled(value, table_value)
        if table_value is not None and value.country is None and is_official_role(value.role):
            # `in 2002, when President George W. Bush …`: offices pass, countries stay
            value = value.model_copy(update={"country": table_value.country})
        self[key] = value
        return value

    def _sole_leader(self, surname: str, day: date) -> PersonValue | None:
        """The leader whom a surname alone may mean, in an article that speaks of the leader's country."""
        leader = sole_leader(surname, day)
        countries = {
            m.value.code for m in mentions(self._references.doc, EntityType.COUNTRY) if isinstance(m.value, CountryValue)
        }
        return leader if leader is not None and leader.country in countries else None


def speaker_value(mention: Mention) -> PersonValue:
    """What the words beside one mention say of a person, without the rest of the article; see `References.speaker_value`."""
    return mention.value if isinstance(mention.value, PersonValue) else PersonValue()


def _says(value: PersonValue) -> bool:
    """Whether the words beside a name say what a person is: a role, or at least whom they work for."""
    return bool(value.role or value.organization)


def _same_office(one: PersonValue, other: PersonValue) -> bool:
    """Whether two values speak of one office: a noun in common, or both official and neither country against the other."""
    if left_office(one.role) != left_office(other.role):
        return False
    if one.country and other.country and one.country != other.country:
        return False
    first, second = (set(fold(v.role or "").replace("-", " ").split()) for v in (one, other))
    return bool(first & second) or (is_official_role(one.role) and is_official_role(other.role))


def _is_that_office(value: PersonValue, other: PersonValue) -> bool:
    """Whether a role read from the text is the very office of the table: "Finance Minister" of a known finance minister."""
    words, table_words = set(fold(value.role or "").split()), set(fold(other.role or "").split())
    return bool(other.country) and len(table_words) > 1 and table_words <= words and not left_office(value.role)


def _filled(value: PersonValue, other: PersonValue) -> PersonValue:
    return PersonValue(
        role=value.role or other.role,
        organization=value.organization or other.organization,
        country=value.country or other.country,
    )


def _code(mention: Mention) -> str | None:
    if isinstance(mention.value, CountryValue):
        return mention.value.code
    return mention.value.country if isinstance(mention.value, AgencyValue) else None


MARGIN = 0.5
"""How much better the best antecedent must be than the next."""

_ROLES = {"nsubj": 1.2, "nsubjpass": 1.0, "ROOT": 0.6, "dobj": 0.4, "dative": 0.3, "pobj": 0.1, "poss": -0.2}
"""Subjects are taken up again more often than objects, objects more often than the rest."""
