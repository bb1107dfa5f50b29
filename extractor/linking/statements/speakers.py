"""Speakers: source phrase -> person, body or unnamed source, with office and country as of the article's date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from extractor.entities.countries import jurisdiction
from extractor.entities.mention import Mention, mentions, text_of
from extractor.entities.people_roles import is_official_role
from extractor.linking.entities import EntityIndex
from extractor.linking.references import References
from extractor.linking.statements.cues import words
from extractor.linking.statements.grammar import noun_phrase
from extractor.records import AgencyValue, CountryValue, EntityType, Jurisdiction, Speaker

NAMED = (EntityType.PERSON, EntityType.AGENCY, EntityType.COUNTRY, EntityType.GROUP)
_RELATIVES = frozenset({"who", "which", "that"})
_SINGULAR = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "both", "themselves"})
_NEUTER = frozenset({"it", "its"})
_DEFINITE = frozenset({"the", "his", "her", "its", "their", "that", "this", "these", "those"})
PARAGRAPHS_BACK = 2
"""A pronoun stands for the speaker before it at most this many paragraphs back."""
TOKENS_BACK = 70
"""A pronoun's antecedent that has not spoken before lies at most this many tokens back."""


@dataclass(frozen=True)
class Voice:
    """A speaker, the spans that prove it (the source phrase first), and the phrase that first named it."""

    speaker: Speaker
    evidence: tuple[tuple[int, int], ...]
    source: Span


@dataclass
class Speakers:
    """Resolves the source phrases of one article, in the order of the text."""

    doc: Doc
    index: EntityIndex
    heard: list[tuple[int, Voice]] = field(default_factory=list)

    @cached_property
    def references(self) -> References:
        """Resolves pronouns and definite descriptions."""
        return References(self.doc)

    def of(self, source: Span, segment: int) -> Voice | None:
        """The speaker of a source phrase; None if it stands for nobody who is known.

        Args:
            source: the phrase at the cue.
            segment: number of its paragraph.
        """
        phrase = (source.start_char, source.end_char)
        meant = _meant(source)
        voice = self._joint(meant, phrase) or self._one(meant, phrase, segment)
        if voice is not None:
            self.heard.append((segment, voice))
        return voice

    def _one(self, source: Span, phrase: tuple[int, int], segment: int) -> Voice | None:
        mention = self._named(source)
        before = None if mention else self._heard_before(source, segment)
        if mention is None and before is None:
            mention = self._referred(source)
        if mention is not None:
            return Voice(self._speaker(mention), _distinct([phrase, (mention.start, mention.end)]), source)
        before = before or self._last_heard(source, segment)
        if before is not None:
            return Voice(before.speaker, _distinct([phrase, *before.evidence]), before.source)
        if source.root.lower_ in _SINGULAR | _PLURAL | _NEUTER | _RELATIVES or source.root.tag_ in {"WP", "WDT"}:
            return None
        return Voice(self._unnamed(source), (phrase,), source)

    # ------------------------------------------------------------ who is meant

    def _named(self, source: Span) -> Mention | None:
        """The mention that the phrase's head belongs to; of a document, its author's."""
        root = source.root
        for kind in NAMED:
            found = self._covering(root, kind)
            if found is not None and (kind is not EntityType.COUNTRY or root.pos_ == "PROPN" or root.tag_ == "NNS"):
                return found
        if root.lemma_.lower() in words("nouns", "documents"):
            return self._author(source)
        for token in root.children:
            person = (
                self._covering(token, EntityType.PERSON) if token.dep_ in {"appos", "compound"} and token.i < source.end else None
            )
            if person is not None:
                return person
        return None

    def _author(self, source: Span) -> Mention | None:
        """Who made a document: "the ministry's report", "a statement by the ministry", "its filing"."""
        for token in source.root.children:
            if token.dep_ == "poss" and token.i >= source.start:
                return self._covered(token) or self.references.resolve(token)
        for kind in (EntityType.AGENCY, EntityType.PERSON, EntityType.COUNTRY):
            found = mentions(self.doc, kind, within=(source.start_char, source.end_char))
            if found:
                return found[0]
        return None

    def _covered(self, token: Token) -> Mention | None:
        return next((m for kind in NAMED if (m := self._covering(token, kind)) is not None), None)

    def _covering(self, token: Token, kind: EntityType) -> Mention | None:
        low, high = token.idx, token.idx + len(token)
        found = [m for m in mentions(self.doc, kind) if m.start < high and low < m.end]
        return max(found, key=lambda m: m.end - m.start, default=None)

    def _referred(self, source: Span) -> Mention | None:
        """What a pronoun or a definite description refers to."""
        root = source.root
        definite = root.pos_ == "PRON" or any(c.lower_ in _DEFINITE for c in root.children)
        return self.references.resolve(root) if definite and root.lower_ not in _PLURAL else None

    def _heard_before(self, source: Span, segment: int) -> Voice | None:
        """A plural pronoun takes up the plural speaker before; "the diplomat" takes up "one diplomat"."""
        root = source.root
        if root.lower_ in _PLURAL and len(source) == 1:
            return next((v for s, v in reversed(self.heard) if segment - s <= PARAGRAPHS_BACK and _is_plural(v)), None)
        if root.pos_ == "NOUN" and any(c.lower_ in {"the", "that", "this"} for c in root.children) and len(source) <= 3:
            return next(
                (v for _, v in reversed(self.heard) if v.source.root.lemma_ == root.lemma_ and v.speaker.kind == "anonymous"),
                None,
            )
        return None

    def _last_heard(self, source: Span, segment: int) -> Voice | None:
        """A pronoun that nothing else explains stands for the last speaker who can be meant; so does "the statement"."""
        low = source.root.lower_
        document = source.root.lemma_.lower() in words("nouns", "documents") and any(
            c.lower_ == "the" for c in source.root.children
        )
        if low in _SINGULAR:
            kinds = {"person", "anonymous"}
        elif low in _NEUTER | _PLURAL:
            kinds = {"organization"}
        else:
            kinds = {"organization", "person"} if document else set()
        for at, voice in reversed(self.heard):
            if segment - at > PARAGRAPHS_BACK:
                break
            if voice.speaker.kind in kinds and not voice.speaker.members and (low in _PLURAL or not _is_plural(voice)):
                return voice
        return self._subject_before(source.root) if low in _SINGULAR | _NEUTER | _PLURAL else None

    def _subject_before(self, pronoun: Token) -> Voice | None:
        """The last subject before a pronoun that fits it: a body for "it", several people for "they", one person for "he"."""
        low = pronoun.lower_
        for token in reversed(self.doc[max(0, pronoun.i - TOKENS_BACK) : pronoun.i]):
            if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ == "PRON":
                continue
            plural, lemma = token.tag_ in {"NNS", "NNPS"}, token.lemma_.lower()
            person = lemma in words("nouns", "people") or token.ent_type_ == "PERSON"
            body = lemma in words("nouns", "bodies") or token.ent_type_ in {"ORG", "GPE"}
            fits = (
                plural and (person or body)
                if low in _PLURAL
                else body and not plural
                if low in _NEUTER
                else person and not plural
            )
            if fits:
                phrase = noun_phrase(token, stop=pronoun.i)
                mention = self._named(phrase)
                speaker = self._speaker(mention) if mention else self._unnamed(phrase)
                return Voice(speaker, ((phrase.start_char, phrase.end_char),), phrase)
        return None

    # ------------------------------------------------------------ what they are

    def _speaker(self, mention: Mention) -> Speaker:
        entity = self.index.of(mention)
        if mention.type is EntityType.PERSON:
            value = self.references.speaker_value(mention)
            return Speaker(
                entity=entity.id, name=entity.name, kind="person", role=value.role, organization=value.organization,
                country=_jurisdiction(value.country), official=is_official_role(value.role, value.organization, value.country),
            )  # fmt: skip
        if mention.type is EntityType.AGENCY:
            country = entity.value.country if isinstance(entity.value, AgencyValue) else None
            return Speaker(
                entity=entity.id,
                name=entity.name,
                kind="organization",
                organization=entity.name,
                country=_jurisdiction(country),
                official=True,
            )
        code = entity.value.code if isinstance(entity.value, CountryValue) else None
        return Speaker(entity=entity.id, name=mention.text, kind="organization", country=_jurisdiction(code), official=True)

    def _joint(self, source: Span, phrase: tuple[int, int]) -> Voice | None:
        """Several named speakers in one phrase ("Okafor and Lindqvist", "Ottawa and Tokyo")."""
        heads = [t for t in (source.root, *source.root.conjuncts) if source.start <= t.i < source.end]
        found = list(dict.fromkeys(m for t in heads if (m := self._covered(t)) is not None))
        if len({(m.type, m.entity) for m in found}) < 2:
            return None
        each = [self._speaker(m) for m in found]
        countries = {s.country.code: s.country for s in each if s.country}
        speaker = Speaker(
            name=_text(self.doc, source), kind="person" if any(s.kind == "person" for s in each) else "organization",
            official=all(s.official for s in each), members=[s.name for s in each],
            country=next(iter(countries.values())) if len(countries) == 1 else None,
        )  # fmt: skip
        return Voice(speaker, _distinct([phrase, *((m.start, m.end) for m in found)]), source)

    def _unnamed(self, source: Span) -> Speaker:
        """An unnamed person or group ("a White House official"), or a body that is no entity ("the industry group")."""
        root, short = source.root, _short_phrase(source)
        agency = next(iter(mentions(self.doc, EntityType.AGENCY, within=short)), None)
        place = next(iter(mentions(self.doc, EntityType.COUNTRY, within=short)), None)
        code = place.value.code if place and isinstance(place.value, CountryValue) else None
        code = self._country_of(agency) or code
        name, lemma = _text(self.doc, short), root.lemma_.lower()
        organization = self.index.of(agency).name if agency else None
        if lemma in words("nouns", "people") or root.pos_ in {"PRON", "NUM", "DET", "ADJ"}:
            role = _role(short)
            public = is_official_role(role, organization, code) or (
                lemma in words("nouns", "public_people") and not _is_private(short)
            )
            return Speaker(
                name=name, kind="anonymous", role=role, organization=organization, country=_jurisdiction(code), official=public
            )
        if root.ent_type_ == "PERSON":
            return Speaker(name=name, kind="person")
        public = lemma in words("nouns", "public")
        return Speaker(
            name=name, kind="organization", organization=organization or name, country=_jurisdiction(code), official=public
        )

    def _country_of(self, agency: Mention | None) -> str | None:
        value = self.index.of(agency).value if agency else None
        return value.country if isinstance(value, AgencyValue) else None


def _meant(source: Span) -> Span:
    """The phrase itself; of "who" and "which", the noun that they stand for."""
    root = source.root
    if root.lower_ not in _RELATIVES:
        return source
    verb = next((t for t in root.ancestors if t.dep_ == "relcl"), None)
    return noun_phrase(verb.head, stop=source.start) if verb is not None and verb.head.i < source.start else source


def _is_plural(voice: Voice) -> bool:
    return (
        bool(voice.speaker.members)
        or voice.source.root.tag_ in {"NNS", "NNPS"}
        or voice.source.root.lower_ in words("nouns", "several")
    )


def _short_phrase(source: Span) -> Span:
    """The phrase without apposition and relative clause."""
    end = source.end
    for token in source.root.children:
        if token.i > source.root.i and token.dep_ in {"relcl", "appos", "acl"}:
            end = min(end, token.left_edge.i)
    while end - 1 > source.root.i and (source.doc[end - 1].is_punct or source.doc[end - 1].is_space):
        end -= 1
    return source.doc[source.start : max(end, source.root.i + 1)]


def _role(phrase: Span) -> str:
    """The phrase without article and place: "senior trade official"."""
    low = phrase.start
    while low < phrase.root.i and phrase.doc[low].pos_ in {"DET", "NUM", "PUNCT", "PRON"}:
        low += 1
    end = next((t.i for t in phrase if t.i > phrase.root.i and t.dep_ == "prep"), phrase.end)
    return _text(phrase.doc, phrase.doc[low:end])


def _is_private(phrase: Span) -> bool:
    """Whether an official or the like is a company's, party's or lobby's."""
    return any(t.lemma_.lower() in words("nouns", "private") for t in phrase)


def _text(doc: Doc, span: Span) -> str:
    return " ".join(text_of(doc)[span.start_char : span.end_char].split())


def _jurisdiction(code: str | None) -> Jurisdiction | None:
    try:
        return jurisdiction(code) if code else None
    except KeyError:
        return None


def _distinct(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(dict.fromkeys(spans))
