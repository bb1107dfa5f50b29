"""The home country of an article: whose government, ministries and officials are meant where the text names no country.

A dateline's town tells it. Without one, the country weighs most that the article speaks of as of a state: by bodies that only one
country has, by possessives and subjects (`Australia's last cannery`, `Japan said`), far less by goods (`Italian tomatoes`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc, Token

from extractor.entities.countries import capital_of, country_named
from extractor.entities.layout import SegmentKind
from extractor.entities.mention import Mention, mentions, span_of, text_of
from extractor.lexicon import table
from extractor.records import CountryValue, EntityType
from extractor.syntax import SUBJECTS

SEATS = frozenset({"BE", "CH", "EU"})
"""Countries of towns that are seats of bodies of many countries: Brussels, Geneva."""
BODY, STATE, NAME, GOODS = 2.0, 1.5, 1.0, 0.3
"""Weights: a body that only one country has; a possessive or subject; any other naming; an adjective on what is no government."""


def dateline_country(doc: Doc) -> str | None:
    """Code of the country in which the article was written; None without a dateline, or if it names a seat of bodies of many."""
    codes = dateline_countries(doc)
    return next(iter(codes)) if len(codes) == 1 and not codes & SEATS else None


def dateline_countries(doc: Doc) -> frozenset[str]:
    """Codes of all countries whose towns the dateline names."""
    for segment in doc._.segments:
        if segment.kind is SegmentKind.DATELINE:
            places = re.split(r"/| and ", text_of(doc)[segment.start : segment.end])  # `WASHINGTON/OTTAWA`: two towns
            return frozenset(code for place in places for code in _of_place(place))
    return frozenset()


def _of_place(place: str) -> set[str]:
    """Codes of a town with its country; `LONDON, Ontario`, `ATLANTA, Georgia`: a state or province behind it tells which town."""
    names = [name.title() if name.isupper() else name for piece in re.split(r"[,:(–—-]", place) if (name := piece.strip())]
    found = [country_of_place(name) for name in names]
    if len(names) > 1 and names[1] in AS_COUNTRIES and found[0] == AS_COUNTRIES[names[1]]:
        return {AS_COUNTRIES[names[1]]}
    if len(names) > 1 and names[1] in _regions():
        return {_regions()[names[1]]}
    return {code for code in found if code}


AS_COUNTRIES = {"Georgia": "US"}
"""States whose name is a country's too: they are meant behind a town of theirs."""


def weights(doc: Doc, bodies: Iterable[str]) -> dict[str, float]:
    """How much the article speaks of each country as of a state.

    Args:
        doc: the article, with its countries.
        bodies: for each mention of a body that only one country has, that country's code.

    Returns:
        code of a country -> weight.
    """
    found: defaultdict[str, float] = defaultdict(float)
    for mention in mentions(doc, EntityType.COUNTRY):
        if isinstance(mention.value, CountryValue):
            found[mention.value.code] += _weight(span_of(doc, mention).root)
    for code in bodies:
        found[code] += BODY
    return found


def speaks_of_state(doc: Doc, mention: Mention) -> bool:
    """Whether a country is named as one that acts, not by its goods or people (`American pork`)."""
    return _weight(span_of(doc, mention).root) > GOODS


def _weight(name: Token) -> float:
    """How much one naming says of whose article it is."""
    if name.dep_ == "poss" or name.dep_ in SUBJECTS:
        return STATE
    if name.dep_ in {"amod", "compound", "nmod"}:
        return STATE if name.head.lemma_.lower() in _governing() else GOODS
    return NAME


@cache
def _governing() -> frozenset[str]:
    parties = table("measures")["parties"]
    return frozenset({*parties["governing"], *parties["bodies"]})


def country_of_place(name: str) -> str | None:
    """Code of the country that a capital, a town, a state or a country's own name stands for."""
    return capital_of(name) or country_named(name) or _towns().get(name)


@cache
def _regions() -> dict[str, str]:
    """State or province -> code."""
    rows = (*table("towns")["regions"].items(), *table("roles")["regions"].items())
    return {name: code for code, names in rows for name in names}


@cache
def _towns() -> dict[str, str]:
    """Town, or state or province, -> code."""
    return {**{name: code for code, names in table("towns")["towns"].items() for name in names}, **_regions()}
