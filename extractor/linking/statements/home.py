"""The home country of an article: whose officials are meant where the text names no country beside them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from extractor.entities.countries import form_of
from extractor.entities.home import dateline_country
from extractor.entities.layout import segment_at
from extractor.entities.mention import Mention, mentions, span_of
from extractor.entities.people_offices import office_on
from extractor.lexicon import table
from extractor.linking.statements.cues import words
from extractor.records import AgencyValue, CountryValue, EntityType, PersonValue

ENOUGH = 3
"""How often it is named at least."""
CLEAR = 1.4
"""How many times as often as the next country the home country is named, where no dateline tells."""


@dataclass
class Home:
    """Knows the home country of one article."""

    doc: Doc

    @cached_property
    def code(self) -> str | None:
        """By the dateline's town, else by the country that the article names far more often than any other."""
        return dateline_country(self.doc) or self._by_count

    @staticmethod
    def of_role(phrase: str) -> str | None:
        """The one country that has an office of this name ("White House official")."""
        found = (
            code for p, code in table("roles")["implied_country"].items() if re.search(rf"(?<![\w-]){p}(?![\w-])", phrase.lower())
        )
        return next((str(code) for code in found), None)

    def of_commission(self, phrase: str) -> str | None:
        """The Union, of "a Commission official" in an article that speaks of it."""
        if not re.search(r"\bCommission\b", phrase):
            return None
        union = any(getattr(m.value, "code", None) == "EU" for m in mentions(self.doc, EntityType.COUNTRY))
        union = union or any(getattr(m.value, "country", None) == "EU" for m in mentions(self.doc, EntityType.AGENCY))
        return "EU" if union else None

    @cached_property
    def _by_count(self) -> str | None:
        named = [m.value.code for m in mentions(self.doc, EntityType.COUNTRY) if isinstance(m.value, CountryValue)]
        named += [
            m.value.country for m in mentions(self.doc, EntityType.AGENCY) if isinstance(m.value, AgencyValue) and m.value.country
        ]
        order = Counter(named).most_common(2)
        if not order or order[0][1] < ENOUGH:
            return None
        return order[0][0] if len(order) == 1 or order[0][1] >= CLEAR * order[1][1] else None

    def code_at(self, offset: int) -> str | None:
        """Whose officials are meant at a place: of the country that the sentence before speaks of, else of the home country."""
        return self._spoken_of(offset) or self.code

    def country_of(self, mention: Mention, value: PersonValue, code: str | None) -> str | None:
        """The country of a person in office: what the text says beside the name, else the home country.

        Args:
            mention: the mention that speaks.
            value: what the people component found for the person.
            code: the country so far; it is doubted if it came with a body that bears the same name in many countries.
        """
        if code is None:
            return None if _serves_body(self.doc, value) else self.code_at(self._first(mention))
        if self.code in {None, code} or not self._is_doubtful(mention, value, code):
            return code
        return self.code_at(self._first(mention)) or code

    def _first(self, mention: Mention) -> int:
        return min(m.start for m in mentions(self.doc, EntityType.PERSON) if m.entity == mention.entity)

    def _is_doubtful(self, mention: Mention, value: PersonValue, code: str) -> bool:
        """Whether nothing beside the person names the country, and the office is one that every country has."""
        role = (value.role or "").lower()
        if self.of_role(role):
            return False
        article = self.doc._.article
        if not any(w in role for w in words("nouns", "common_offices")) or office_on(
            mention.entity, article.published if article else None
        ):
            return False
        for own in (m for m in mentions(self.doc, EntityType.PERSON) if m.entity == mention.entity):
            paragraph = segment_at(self.doc, own.start)
            low = paragraph.start if paragraph else own.start
            sentence = span_of(self.doc, own).root.sent
            near = mentions(self.doc, EntityType.COUNTRY, within=(low, max(own.end, sentence.end_char)))
            if any(isinstance(m.value, CountryValue) and m.value.code == code for m in near):
                return False
        return True

    def _spoken_of(self, offset: int) -> str | None:
        """The country that is the subject of the sentence before, in the same paragraph."""
        paragraph = segment_at(self.doc, offset)
        here = next((s for s in self.doc.sents if s.start_char <= offset < s.end_char), None)
        if paragraph is None or here is None or here.start_char <= paragraph.start or here.start == 0:
            return None
        before = self.doc[here.start - 1].sent
        for mention in mentions(self.doc, EntityType.COUNTRY, within=(max(paragraph.start, before.start_char), here.start_char)):
            root = span_of(self.doc, mention).root
            if (
                root.dep_ in {"nsubj", "nsubjpass"}
                and isinstance(mention.value, CountryValue)
                and form_of(mention) != "adjective"
            ):
                return mention.value.code
        return None


def _serves_body(doc: Doc, value: PersonValue) -> bool:
    """Whether a person's body is one of no country: an international organisation."""
    if not value.organization:
        return False
    own = value.organization.lower()
    same = [m.value for m in mentions(doc, EntityType.AGENCY) if own in {m.text.lower(), m.entity.lower()}]
    return any(isinstance(v, AgencyValue) and v.country is None for v in same)
