"""What a speaker is: person, body or unnamed source; office, body and country as of the article's date; official or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from extractor.entities.countries import form_of, jurisdiction
from extractor.entities.mention import Mention, mentions, span_of, text_of
from extractor.entities.people_names import words_of
from extractor.entities.people_public import is_noun, is_official_role, is_private_body, is_public_body, kind_of, left_office
from extractor.entities.people_roles import region_in
from extractor.lexicon import table
from extractor.linking.entities import EntityIndex
from extractor.linking.introductions import Introductions
from extractor.linking.references import References
from extractor.linking.statements.cues import words
from extractor.linking.statements.grammar import children, is_plural, noun_lemma, noun_phrase
from extractor.linking.statements.home import Home
from extractor.linking.statements.naming import (
    counted,
    initials,
    is_bare_body,
    is_called_private,
    is_corporate,
    is_document,
    is_private,
    leads_country,
    role_words,
    short_phrase,
    text_in,
)
from extractor.linking.statements.nationality import told_country
from extractor.records import AgencyValue, CountryValue, EntityType, Jurisdiction, PersonValue, Speaker

_ITS = frozenset({"its", "their", "whose"})


@dataclass
class Identity:
    """Says what the speakers of one article are."""

    doc: Doc
    index: EntityIndex
    references: References
    _asked: set[str] = field(default_factory=set)

    @cached_property
    def introductions(self) -> Introductions:
        """The offices that are told away from the names."""
        return Introductions(self.doc, self.references)

    @cached_property
    def home(self) -> Home:
        """The country that an official without one serves."""
        return Home(self.doc)

    def speaker(self, mention: Mention) -> Speaker:
        """The speaker that a mention names."""
        entity = self.index.of(mention)
        if mention.type is EntityType.PERSON:
            return self._person(mention)
        if mention.type is EntityType.AGENCY:
            code = entity.value.country if isinstance(entity.value, AgencyValue) else None
            return Speaker(
                entity=entity.id, name=entity.name, kind="organization", organization=entity.name,
                country=_jurisdiction(code), official=not is_called_private(span_of(self.doc, mention).root),
            )  # fmt: skip
        code = entity.value.code if isinstance(entity.value, CountryValue) else None
        name = entity.name if form_of(mention) == "adjective" else mention.text
        return Speaker(entity=entity.id, name=name, kind="organization", country=_jurisdiction(code), official=True)

    def joint(self, source: Span, found: Sequence[Mention]) -> Speaker:
        """Several named speakers in one phrase."""
        each = [self.speaker(m) for m in found]
        countries = {s.country.code: s.country for s in each if s.country}
        return Speaker(
            name=text_in(self.doc, source), kind="person" if any(s.kind == "person" for s in each) else "organization",
            official=all(s.official for s in each), members=[s.name for s in each],
            country=next(iter(countries.values())) if len(countries) == 1 else None,
        )  # fmt: skip

    def unnamed(self, source: Span, *, serving: bool = True) -> Speaker:
        """An unnamed person or group ("a White House official"), or a body that is no entity ("the industry group").

        Args:
            source: the phrase.
            serving: whether an aide's office may be that of the person named beside them.
        """
        named = _named_body(source)
        root, short = counted(source.root), short_phrase(source)
        agency = next(iter(mentions(self.doc, EntityType.AGENCY, within=short)), None) or self._owner(root)
        private = agency is None and _private_employer(short)
        place = next(iter(mentions(self.doc, EntityType.COUNTRY, within=short)), None)
        code = place.value.code if place and isinstance(place.value, CountryValue) and not private else None
        code = self._country_of(agency) or code or self.home.of_commission(short.text)
        name, lemma = text_in(self.doc, named or short), noun_lemma(root)
        organization = self.index.of(agency).name if agency else None
        if lemma in words("nouns", "people") or root.pos_ in {"PRON", "NUM", "DET", "ADJ"}:
            role = role_words(short)
            code = code or (region_in(role) if lemma in words("nouns", "partisans") else None)
            public = not private and (
                self._serves(source, role, organization, code)
                or leads_country(short, code)
                or (serving and self._serves_official(source))
            )
            code = code or told_country(self.doc, root)
            abroad = lemma in words("nouns", "abroad") or (organization is not None and self._country_of(agency) is None)
            if public and not code:
                code = self.home.of_role(name) or (None if abroad else self.home.code_at(source.start_char))
            person = _named_person(source)
            return Speaker(
                name=text_in(self.doc, person) if person is not None else name,
                kind="person" if person is not None else "anonymous",
                role=role, organization=organization, country=_jurisdiction(code), official=public,
            )  # fmt: skip
        if root.ent_type_ == "PERSON":
            return Speaker(name=name, kind="person")
        if _is_department(short) or _is_government_of(short):
            return Speaker(
                name=name,
                kind="organization",
                organization=name,
                country=_jurisdiction(self.home.code_at(source.start_char)),
                official=True,
            )
        public = lemma in words("nouns", "public") or bool(code and lemma in words("nouns", "public_of_country"))
        public = public or (
            is_document(root) and any(c.lemma_.lower() in words("nouns", "public") for c in children(root, "compound"))
        )
        public = public or (is_document(root) and any(c.lower_ in words("nouns", "state_words") for c in root.children))
        public = public or (agency is not None and lemma in words("nouns", "public_bare") | words("nouns", "public_of_country"))
        officer = self._officer(root)
        public = public or is_bare_body(short) or _is_of_office(root) or _is_public_name(short) or officer is not None
        code = code or (officer.country.code if officer is not None and officer.country is not None else None)
        code = code or told_country(self.doc, root, named=True)
        if public and lemma in words("nouns", "of_home"):
            code = code or self.home.code_at(source.start_char)
        public = public and not (is_called_private(root) or _is_of_trade(root))
        return Speaker(
            name=name, kind="organization", organization=organization or name, country=_jurisdiction(code), official=public
        )

    def _officer(self, root: Token) -> Speaker | None:
        """Who holds office in `Gov. Roe's office said`, `her office said`."""
        owner = next((c for c in root.children if c.dep_ == "poss"), None)
        if owner is None or noun_lemma(root) not in words("nouns", "of_office"):
            return None
        found = self.references.resolve(owner)
        speaker = self.speaker(found.mention) if found is not None and found.mention is not None else None
        return speaker if speaker is not None and speaker.kind == "person" and speaker.official else None

    def called(self, source: Span) -> Mention | None:
        """The person whom a role in front names with a comma between: "the group's director, Ruth Okafor"."""
        root = source.root
        if noun_lemma(root) not in words("nouns", "people") and not is_noun(root.lower_):
            return None
        for mention in mentions(self.doc, EntityType.PERSON, within=(root.idx, source.end_char + LONGEST_NAME)):
            first = span_of(self.doc, mention).start
            behind = first - 1 > root.i and self.doc[first - 1].text == "," and not _has_verb(self.doc[root.i + 1 : first])
            if behind and first <= source.end + 1:
                return mention
        return None

    # ------------------------------------------------------------ people

    def _person(self, mention: Mention) -> Speaker:
        entity, value = self.index.of(mention), self._in_office(mention, self.references.speaker_value(mention))
        if not value.role and not value.organization:
            value = self.introductions.of(mention.entity) or value
        official = self._is_office(value) or self._other_office(mention, value)
        code = value.country
        introduced = self._introductions.get(mention.entity)
        if introduced is not None:
            official, code = self._as_introduced(introduced, value, official, code)
        seat = self._body_of(mention, value) if not official else None
        if seat is not None:
            official, value = True, value.model_copy(update={"organization": self.index.of(seat).name})
            code = code or self._country_of(seat)
        role = value.role or (introduced[0].role if introduced else None)
        organization = value.organization or (introduced[0].organization if introduced else None)
        if official and organization is not None:
            body = self._body_called(mention, organization)
            if body is not None:
                organization, code = self.index.of(body).name, self._country_of(body) or code
        code = code or self._told(mention)
        if official:
            code = self.home.country_of(mention, value, code)
        return Speaker(
            entity=entity.id, name=entity.name, kind="person", role=role, organization=organization,
            country=_jurisdiction(code), official=official,
        )  # fmt: skip

    def _told(self, mention: Mention) -> str | None:
        """The country that the words beside one of the person's names tell."""
        own = self._namings.get(mention.entity, [])
        return next((code for m in own if (code := told_country(self.doc, span_of(self.doc, m).root))), None)

    def _in_office(self, mention: Mention, value: PersonValue) -> PersonValue:
        """The office that the article introduced the person with, where this mention only tells of another one, left before."""
        first = next(iter(self._values.get(mention.entity, [])), None)
        if first is None or not left_office(value.role) or not self._is_office(first):
            return value
        same = set((first.role or "").lower().split()) & set((value.role or "").lower().split())
        return value if same - words_of("roles", "ranks") else first

    def _is_office(self, value: PersonValue) -> bool:
        """Whether a value is a public office: by its words, by a body that the article shows to be public, or by a portfolio."""
        if is_official_role(value.role, value.organization, value.country):
            return True
        if not value.organization or left_office(value.role) or (value.role and kind_of(value.role) != "ambiguous"):
            return False
        if value.organization.lower() in self._public_bodies and not is_private_body(value.role or ""):
            return True
        parts = value.organization.lower().split()
        return value.role is not None and all(word in words("nouns", "portfolios") for word in parts)

    @cached_property
    def _public_bodies(self) -> frozenset[str]:
        """The article's agencies by every name that they have in it."""
        found = mentions(self.doc, EntityType.AGENCY)
        return frozenset(name.lower() for m in found for name in (m.text, m.entity, initials(m.entity)) if name)

    def _body_of(self, mention: Mention, value: PersonValue) -> Mention | None:
        """The commission or court whose bare "Chairman Roe" or "Vice Chair Roe" is: the public one named last before."""
        role = (value.role or "").lower()
        if value.organization or role not in words("nouns", "seats") | words("nouns", "staff"):
            return None
        own = self._namings[mention.entity]
        first = own[0].start
        if not any(text_of(self.doc)[: m.start].rstrip().lower().endswith(role) for m in own):
            return None  # "Roe, chair, Growers' Union": the body stands behind
        before = mentions(self.doc, EntityType.AGENCY, within=(max(0, first - WITHIN_SIGHT), first))
        if role in words("nouns", "staff"):
            last = before[-1] if before else None
            rivals = [e for e in self.doc.ents if e.label_ == "ORG" and last is not None and last.end < e.start_char < first]
            return last if not rivals else None
        kinds = words("nouns", "collegiate")
        near = next((m for m in reversed(before) if kinds & set(m.entity.lower().split())), None)
        everywhere = [m for m in mentions(self.doc, EntityType.AGENCY) if kinds & set(m.entity.lower().split())]
        return near or (everywhere[0] if len({m.entity for m in everywhere}) == 1 else None)

    def _body_called(self, mention: Mention, organization: str) -> Mention | None:
        """The body that a bare noun in a role takes up: of "ministry spokesman Roe" the ministry named last before."""
        noun = organization.lower().removeprefix("the ")
        if noun not in words("nouns", "bodies") and noun not in words("nouns", "public_bare"):
            return None
        first = self._namings[mention.entity][0].start
        before = [m for m in mentions(self.doc, EntityType.AGENCY, within=(0, first)) if noun in m.entity.lower().split()]
        return before[-1] if before else None

    def _owner(self, root: Token) -> Mention | None:
        """The public body that people belong to: of "the Fund's economists" the Fund."""
        for owner in children(root, "poss"):
            found = self.references.resolve(owner)
            if found is not None and found.type is EntityType.AGENCY:
                return found.mention
        return None

    def _other_office(self, mention: Mention, value: PersonValue) -> bool:
        """Whether another mention gives the person an office: "the Ohio Republican" was "Sen. Roe" above."""
        if left_office(value.role):
            return False
        roles = self._values.get(mention.entity, [])
        return any(self._is_office(v) for v in roles) and not any(left_office(v.role) for v in roles)

    @cached_property
    def _namings(self) -> dict[str, list[Mention]]:
        """All mentions of each person, in the order of the text."""
        out: dict[str, list[Mention]] = {}
        for mention in mentions(self.doc, EntityType.PERSON):
            out.setdefault(mention.entity, []).append(mention)
        return out

    @cached_property
    def _values(self) -> dict[str, list[PersonValue]]:
        """What the mentions of each person say, those that say anything."""
        out: dict[str, list[PersonValue]] = {}
        for mention in mentions(self.doc, EntityType.PERSON):
            if isinstance(mention.value, PersonValue) and mention.value.role and mention.value not in out.get(mention.entity, []):
                out.setdefault(mention.entity, []).append(mention.value)
        return out

    def _as_introduced(
        self, introduced: tuple[Speaker, Token | None], value: PersonValue, official: bool, code: str | None
    ) -> tuple[bool, str | None]:
        """With the body that "its president, Ruth Okafor" belongs to: a company's president holds no office."""
        speaker, owner = introduced
        if value.role is None:
            official, code = speaker.official, speaker.country.code if speaker.country else None
        if owner is None or kind_of(value.role or speaker.role or "") == "private":
            return official, code
        if owner.lower_ in _ITS and self._body_before(owner) is not None:
            return False, code
        found = self.references.resolve(owner)
        if found is None and owner.lower_ not in _ITS:
            private = owner.ent_type_ in {"ORG", "PERSON"} and not is_public_body(owner.text)
            held = private or noun_lemma(owner) in words("nouns", "companies")
            return official and not held, code
        if found is not None and found.type is EntityType.PERSON:
            boss = self._boss(found.mention) if _is_staff(value.role or speaker.role) else None
            if boss is None or not boss.official:
                return official, code
            return True, code or (boss.country.code if boss.country else None)
        if found is None:
            return official, code
        nation = found.value.code if isinstance(found.value, CountryValue) else self._country_of(found.mention)
        return official, code or nation

    def _boss(self, mention: Mention) -> Speaker | None:
        """Whom an aide serves; None where two people are introduced by each other."""
        if mention.entity in self._asked:
            return None
        self._asked.add(mention.entity)
        try:
            return self._person(mention)
        finally:
            self._asked.discard(mention.entity)

    def _body_before(self, owner: Token) -> Span | None:
        """The private body that "its" takes up: the nearest subject before it, if that is one."""
        for token in reversed(self.doc[max(0, owner.i - REACH) : owner.i]):
            if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ == "PRON" or token.head.dep_ not in {"ROOT", "conj"}:
                continue
            named = any(m.start <= token.idx < m.end for m in mentions(self.doc, EntityType.AGENCY, EntityType.COUNTRY))
            private = token.ent_type_ == "ORG" or noun_lemma(token) in words("nouns", "companies")
            private = private or (token.pos_ == "PROPN" and token.ent_type_ not in {"PERSON", "GPE", "NORP"})
            return self.doc[token.i : token.i + 1] if private and not named else None
        return None

    @cached_property
    def _introductions(self) -> dict[str, tuple[Speaker, Token | None]]:
        """People whose first mention stands behind their role and a comma, with what the role says and whose it is."""
        out: dict[str, tuple[Speaker, Token | None]] = {}
        for mention in mentions(self.doc, EntityType.PERSON):
            if mention.entity in out:
                continue
            span = span_of(self.doc, mention)
            head = span.root.head
            role = head.i < span.start - 1 and (noun_lemma(head) in words("nouns", "people") or is_noun(head.lower_))
            if span.root.dep_ != "appos" or not role or self.doc[span.start - 1].text != "," or is_plural(head):
                continue
            if any(m.start <= head.idx < m.end for m in mentions(self.doc, EntityType.PERSON)):
                continue
            phrase = noun_phrase(head, stop=span.start - 1)
            out[mention.entity] = (self.unnamed(phrase, serving=False), next(iter(children(head, "poss")), None))
        return out

    # ------------------------------------------------------------ unnamed people

    def _serves(self, source: Span, role: str, organization: str | None, code: str | None) -> bool:
        """Whether unnamed people hold office by their noun or by their body ("sources in the ministry")."""
        short, lemma = short_phrase(source), noun_lemma(counted(source.root))
        if lemma in words("nouns", "inside") and organization is not None:
            return True
        if lemma == "source":
            return any(t.lower_ in words("nouns", "official_source") for t in short)
        partisan = is_plural(source.root) and lemma in words("nouns", "partisans")
        if partisan and any(t.lower_ in words("nouns", "chambers") for t in source):
            return True
        if is_official_role(role, organization, code) and not is_corporate(short) and not partisan:
            return True
        return lemma in words("nouns", "public_people") and not is_private(short)

    def _serves_official(self, source: Span) -> bool:
        """Whether the phrase is an aide or spokesman of a person in office ("a spokesman for President Roe")."""
        if noun_lemma(source.root) not in words("nouns", "staff"):
            return False
        people = mentions(self.doc, EntityType.PERSON, within=(source.start_char, source.end_char))
        return bool(people) and self.speaker(people[0]).official

    def _country_of(self, agency: Mention | None) -> str | None:
        value = self.index.of(agency).value if agency else None
        return value.country if isinstance(value, AgencyValue) else None


LONGEST_NAME = 60
"""Characters behind a source phrase in which the name may end that the parser left out of it."""
WITHIN_SIGHT = 600
"""Characters back to the commission whose chairman bears only a title."""
REACH = 60
"""Tokens back to the body that "its" takes up."""


def _is_of_office(root: Token) -> bool:
    """`the president's office`, `the office of the prime minister`, `Parliament's committee`: an office or body owns it."""
    if noun_lemma(root) not in words("nouns", "of_office"):
        return False
    owners = [c for c in root.children if c.dep_ == "poss"]
    owners += [t for c in root.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
    return any(is_official_role(_with_modifiers(t)) or noun_lemma(t) in words("nouns", "public") for t in owners)


def _is_of_trade(root: Token) -> bool:
    """Whether "the exporters' council" is that of those who trade."""
    return noun_lemma(root) in {"council", "board", "committee"} and any(
        noun_lemma(c) in words("nouns", "traders") for c in children(root, "poss")
    )


def _is_department(phrase: Span) -> bool:
    """Whether a department stands there by its field alone: "Commerce said"."""
    return len(phrase) == 1 and phrase.text[0].isupper() and phrase.root.pos_ == "PROPN" and phrase.text.lower() in _fields()


def _is_government_of(phrase: Span) -> bool:
    """Whether a short form of trade law stands for a government: "the GOC" for that of China."""
    return len(phrase) == 2 and phrase[0].lower_ == "the" and re.fullmatch(r"GO[A-Z]{1,3}", phrase[1].text) is not None


def _fields() -> frozenset[str]:
    return frozenset(table("agency_words")["topics"]["american"])


def _is_staff(role: str | None) -> bool:
    """Whether a role serves whoever has it: a spokesman, an aide, a deputy."""
    last = (role or "").lower().split(" for ")[0].split()
    return bool(last) and (last[-1] in words("nouns", "staff") or last[-1] == "deputy")


def _private_employer(phrase: Span) -> bool:
    """Whether people speak for a private body: "a spokesman for the Dairy Farmers of Chile", "an official at Acme"."""
    for prep in children(phrase.root, "prep"):
        for noun in children(prep, "pobj") if prep.lower_ in {"for", "of", "at", "with"} else ():
            name = noun_phrase(noun, stop=phrase.end).text
            if is_private_body(name) and not is_public_body(name):
                return True
    return False


def _is_public_name(phrase: Span) -> bool:
    """Whether a body that is no entity has a public one's name: "the tariff commission", "the Board of Trade"."""
    if noun_lemma(phrase.root) not in words("nouns", "bodies") | words("nouns", "public_bare") or children(phrase.root, "poss"):
        return False
    return len(phrase) > 1 and is_public_body(re.sub(r"^[Tt]he ", "", phrase.text))


def _with_modifiers(token: Token) -> str:
    """A noun with the words before it: "prime minister"."""
    return re.sub(r"^[Tt]he ", "", token.doc[token.left_edge.i : token.i + 1].text)


def _named_body(source: Span) -> Span | None:
    """The name behind what a body is: "the trade group, the Alliance for Steel", "consultancy Acme Economics"."""
    root = source.root
    if root.pos_ != "NOUN" or noun_lemma(root) not in words("nouns", "bodies") | words("nouns", "parties"):
        return None
    for name in children(root, "appos"):
        if name.pos_ == "PROPN" and name.ent_type_ in {"ORG", "PRODUCT", "FAC", "GPE", "PERSON"} and name.i < source.end:
            phrase = noun_phrase(name, stop=source.end)
            return short_phrase(phrase)
    return None


def _named_person(source: Span) -> Span | None:
    """The name behind a role and a comma that the people component did not take for one."""
    for name in children(source.root, "appos"):
        first = name.left_edge.i
        behind = first - 1 > source.root.i and source.doc[first - 1].text == "," and name.i < source.end
        if behind and name.pos_ == "PROPN" and list(name.lefts) and not is_plural(source.root):
            return short_phrase(noun_phrase(name, stop=source.end))
    return None


def _has_verb(tokens: Span) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in tokens)


def _jurisdiction(code: str | None) -> Jurisdiction | None:
    try:
        return jurisdiction(code) if code else None
    except KeyError:
        return None
