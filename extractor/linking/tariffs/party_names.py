"""The countries, groups and unions that act in an article: what a mention, a noun or a pronoun stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractor.entities.countries import capital_of, form_of, jurisdiction
from extractor.entities.mention import Mention, mention_at, mentions
from extractor.lexicon import table
from extractor.linking.references import References
from extractor.linking.tariffs.phrases import complement
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import AgencyValue, CountryValue, EntityType, Jurisdiction
from extractor.syntax import governor, objects

ACTORS = (EntityType.COUNTRY, EntityType.GROUP, EntityType.PERSON, EntityType.AGENCY)

EUROPEAN = frozenset({"european", "europeans"})
"""In trade policy these are the Union's: `tariffs on European cars`."""


@dataclass(frozen=True, slots=True)
class Party:
    """A jurisdiction and the words that name it."""

    code: str
    start: int
    end: int

    @property
    def jurisdiction(self) -> Jurisdiction:
        """The jurisdiction as the records name it."""
        return jurisdiction(self.code)


PERCENTS = frozenset({"%", "percent", "pct", "cent"})


def _is_taxed_at(verb: Token, rate: Token) -> bool:
    """`will tax American peanuts at 25%`, `will charge Thai goods 36%`."""
    if rate.dep_ == "pobj":
        return rate.head.lower_ == "at" and rate.head.head.i in {verb.i, *(t.i for t in objects(verb))}
    return rate.head.i == verb.i and rate.i > verb.i and rate.dep_ in {"npadvmod", "dobj", "oprd"}


class PartyNames:
    """Answers for one document."""

    def __init__(self, doc: Doc, references: References) -> None:
        self.doc = doc
        self.references = references

    # ------------------------------------------------------------ mentions to parties

    def of_mention(self, mention: Mention) -> Party | None:
        """The jurisdiction that a mention names or acts for."""
        value = mention.value
        if isinstance(value, CountryValue):
            return Party(value.code, mention.start, mention.end)
        if mention.type is EntityType.PERSON:
            country = self.references.speaker_value(mention).country
            return Party(country, mention.start, mention.end) if country else None
        if isinstance(value, AgencyValue) and value.country:
            return Party(value.country, mention.start, mention.end)
        return None

    def of_token(self, token: Token | None) -> Party | None:
        """The jurisdiction of a noun: its own mention, its modifiers', or its antecedent's."""
        if token is None:
            return None
        for kinds in (ACTORS[:2], ACTORS[2:]):
            mention = mention_at(self.doc, token, *kinds)
            if mention and (party := self.of_mention(mention)):
                return party
        if token.lower_ in EUROPEAN:
            return Party("EU", token.idx, token.idx + len(token))
        if party := self._described(token):
            return party
        goods = mention_at(self.doc, token, EntityType.PRODUCT) is not None
        if goods or token.lemma_.lower() in lemmas("parties", "private"):  # `French farmers` are not France, nor is French wine
            return None
        for child in token.lefts:  # `the Canadian government`, `Chinese officials`, `Beijing's move`
            if child.dep_ in {"amod", "compound", "poss", "nmod"} and (party := self.of_token(child)):
                return party
        for child in token.rights:  # `the government of Canada`, `officials in Hanoi`
            what = complement(child) if child.dep_ == "prep" and child.lower_ in {"of", "in"} else None
            if what is not None and (party := self.of_token(what) or self._seated(token, what)):
                return party
        if token.pos_ in {"PRON", "DET"} or any(c.lower_ in {"the", "its", "their", "his", "her"} for c in token.lefts):
            found = self.references.resolve(token)
            if found is not None and found.mention is not None:
                return self.of_mention(found.mention)
        return None

    def _described(self, token: Token) -> Party | None:
        """`the Asian nation`, `the South American country`: the country of that part of the world that was named last."""
        if token.tag_ != "NN" or token.lemma_.lower() not in lemmas("roles", "states"):
            return None
        lefts = [t for t in token.lefts if t.i > 0]
        if not any(t.lower_ == "the" for t in lefts):
            return None
        parts: dict[str, list[str]] = table("towns")["parts_of_the_world"]
        words = self.doc[lefts[0].i : token.i].text.lower()
        part = next((name for name in sorted(parts, key=len, reverse=True) if name in words), None)
        if part is None:
            return None
        before = mentions(self.doc, EntityType.COUNTRY, within=(0, token.idx))
        meant = next((m for m in reversed(before) if getattr(m.value, "code", None) in parts[part]), None)
        return (
            Party(meant.value.code, lefts[0].idx, token.idx + len(token))
            if meant and isinstance(meant.value, CountryValue)
            else None
        )

    def _seated(self, token: Token, place: Token) -> Party | None:
        """`officials in Hanoi`, `the government in Jakarta`: a capital behind those who govern there."""
        return self._of_capital(place) if token.lemma_.lower() in lemmas("parties", "governing") else None

    def _of_capital(self, place: Token) -> Party | None:
        """The country whose capital a token is."""
        code = capital_of(place.text)
        return Party(code, place.idx, place.idx + len(place)) if code else None

    def within(self, tokens: Iterable[Token]) -> list[Party]:
        """All countries and groups named by the tokens, each code once."""
        out: dict[str, Party] = {}
        for token in tokens:
            mention = mention_at(self.doc, token, EntityType.COUNTRY, EntityType.GROUP)
            if (mention and (party := self.of_mention(mention))) or (party := self._described(token)):
                out.setdefault(party.code, party)
            elif token.lower_ in EUROPEAN:
                out.setdefault("EU", Party("EU", token.idx, token.idx + len(token)))
        return list(out.values())

    # ------------------------------------------------------------ grammar that imposers and targets share

    def verb(self, unit: Unit) -> Token | None:
        """The verb that says what happens to the measure."""
        head = unit.head
        participle = next((c for c in head.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
        return governor(head) if participle is None or head.dep_ in {"dobj", "nsubj", "nsubjpass"} else participle

    def _is_bearer_modifier(self, head: Token, mention: Mention) -> bool:
        """`Trump's China tariffs`, `the China tariffs`: a country's plain name before the noun bears the measure."""
        if mention.type is not EntityType.COUNTRY or form_of(mention) != "name" or "." in mention.text or mention.text.isupper():
            return False
        return mention.end + 12 >= head.idx

    def _acts(self, verb: Token, head: Token) -> bool:
        """Whether a verb of two uses acts here: `targets China with tariffs` against `tariffs target China`."""
        if verb.lemma_.lower() not in lemmas("roles", "strikers"):
            return False
        if head.dep_ == "pobj" and head.head.dep_ == "agent" and head.head.head.i == verb.i:
            return True  # `winemakers, hit by a Chinese tariff`
        if head.text in PERCENTS and verb.lemma_.lower() in lemmas("roles", "taxing") and _is_taxed_at(verb, head):
            return True
        carriers = {
            verb.i,
            *(t.i for t in objects(verb)),
            *(c.i for c in verb.children if c.dep_ in {"dobj", "npadvmod", "prep"}),
        }
        return any(t.lower_ == "with" and t.head.i in carriers and head in t.subtree for t in verb.subtree)
