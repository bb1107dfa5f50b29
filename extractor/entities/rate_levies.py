"""Percentages that a state takes on another's goods, in an article that need not name a tariff at all.

`Norway will tax American peanuts at 25%`, `Icelandic lamb pays 12% in Japan`: who takes it, a verb of taking or paying, and goods
with the country that they are from. One country alone does not do: `Japan taxes beer at 9%` may be an excise.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.entities.countries import capital_of
from extractor.entities.mention import mention_at
from extractor.entities.rate_spots import Spot, frame_words, is_bare, is_of_quantity, kind, lead_of, verb_of
from extractor.records import CountryValue, EntityType
from extractor.syntax import governor, is_passive, objects, subject

NEAR_GOODS = 8
"""Tokens behind `25% on` in which the goods are named."""
STATES = (EntityType.COUNTRY, EntityType.GROUP)


def is_levied(spot: Spot) -> bool:
    """Whether the clause of a percentage says that a state takes it on goods of another."""
    lead = lead_of(spot)
    verb = lead.word if lead.word is not None and lead.word.pos_ == "VERB" else verb_of(spot, lead)
    if verb is None or verb.pos_ != "VERB" or not is_bare(spot) or is_of_quantity(verb, spot.span):
        return False
    if {t.lower_ for t in spot.span.sent} & frame_words("nouns", "lending"):
        return False
    preposition = lead.preposition.lower_ if lead.preposition is not None and lead.preposition.i > verb.i else ""
    if preposition not in {"", "at", "with", "of"}:
        return False
    lemma, after = verb.lemma_.lower(), spot.after.lower_ if spot.after is not None else ""
    if is_passive(verb) or lemma in frame_words("verbs", "bearing"):
        borne = lemma in frame_words("verbs", "bearing") | frame_words("verbs", "levying") | frame_words("verbs", "taxing")
        return borne and after not in {"on", "for", "of"} and _is_borne(verb)
    if lemma in frame_words("verbs", "taxing"):
        return _takes(verb, objects(verb) + [c for c in verb.children if c.dep_ == "dative" and c.i < spot.span.start])
    if spot.after is None or after not in {"on", "upon"} or lemma not in frame_words("verbs", "levying"):
        return False
    behind = spot.doc[spot.after.i + 1 : min(spot.after.i + 1 + NEAR_GOODS, spot.span.sent.end)]
    if _takes(verb, list(behind)):
        return True
    elsewhere = {"to", "in", "for", "with", "by"}
    others = [t for t in behind if mention_at(t.doc, t, *STATES) is not None and t.head.lower_ not in elsewhere]
    return bool(others) and lemma in frame_words("verbs", "levying_surely") and _is_state(subject(verb))


def _takes(verb: Token, goods: list[Token]) -> bool:
    """Whether a state is the subject and the goods are of another."""
    who = _antecedent(subject(verb))
    return who is not None and _is_state(who) and bool({code for noun in goods for code in _origins(noun)} - {_code(who)})


def _is_state(who: Token | None) -> bool:
    """Whether a subject is a country, its capital or its government; not a shop, a player or a fund."""
    return who is not None and (who.lower_ in frame_words("nouns", "governing") or _code(who) is not None)


def _is_borne(verb: Token) -> bool:
    """Whether the subject is another's goods, and a country is where, or by whom, they are charged."""
    who = _antecedent(subject(verb))
    if who is None:
        return False
    origins = set(_origins(who))
    places = {code for child in verb.children if child.lower_ in {"in", "at", "by", "from"} for code in _places(child)}
    clause = verb
    for _ in range(2):
        where = any(c.lower_ in {"where", "when", "if"} for c in clause.children)
        if clause.dep_ == "relcl" and where and (code := _code(clause.head)):
            places.add(code)
        clause = governor(clause.head) or clause
    return any(place != origin for place in places for origin in origins)


def _antecedent(who: Token | None) -> Token | None:
    """What a relative pronoun stands for."""
    if who is not None and who.tag_ in {"WDT", "WP"}:
        clause = governor(who)
        return clause.head if clause is not None and clause.dep_ == "relcl" else None
    return who


def _code(token: Token) -> str | None:
    """The country or group that a token names, by itself or by its capital."""
    mention = mention_at(token.doc, token, *STATES)
    if mention is not None:
        return mention.value.code if isinstance(mention.value, CountryValue) else mention.entity
    return capital_of(token.text)


def _origins(noun: Token) -> Iterator[str]:
    """The countries that goods are from: `Thai rice`, `China's tyres`, `rice from Laos`; none where the noun is no goods."""
    if kind(noun) != "goods" or mention_at(noun.doc, noun, *STATES) is not None:
        return
    for token in noun.subtree:
        if mention_at(token.doc, token, *STATES) is not None and (code := _code(token)):
            yield code


def _places(preposition: Token) -> Iterator[str]:
    """The country behind `in`, `at` or `by`: `in Japan`, `in the American market`, `at Iraqi ports`."""
    for token in preposition.subtree:
        near = token.head.i == preposition.i or (token.head.head.i == preposition.i and token.i < token.head.i)
        if near and (code := _code(token)):
            yield code
