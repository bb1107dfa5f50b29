"""Finds amounts of money: a currency sign or name with a number, and the word that qualifies it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.language import Language
from spacy.tokens import Doc

from extractor.entities.mention import Mention, add_mentions, make_mention, mentions, smooth
from extractor.entities.numbers import begins_number, number_in
from extractor.lexicon import Entry, entries, table
from extractor.records import CountryValue, EntityType, MoneyValue

Qualifier = Literal["exact", "more_than", "less_than", "about", "up_to", "at_least"]

LOOK_BACK = 40
"""Characters before an amount in which its qualifier stands."""


class Currency(Entry):
    """A currency: its ISO 4217 code, its country, what people write before an amount and behind it."""

    code: str
    country: str
    unit: str | None = None
    adjectives: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    """What a sign or name says: a currency (`code`) or only a unit that several may share."""

    code: str | None
    unit: str | None
    factor: float = 1.0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    amount: float
    name: _Name
    low_of_range: bool = False


@cache
def _signs() -> dict[str, _Name]:
    out = {sign: _Name(None, unit) for sign, unit in table("currency_units")["signs"].items()}
    for currency in entries("currencies", Currency):
        out |= {sign: _Name(currency.code, currency.unit) for sign in currency.signs}
    return out


@cache
def _names() -> dict[str, _Name]:
    """Names behind an amount, in small letters."""
    units, subunits = table("currency_units")["units"], table("currency_units")["subunits"]
    out: dict[str, _Name] = {}
    for unit, fields in units.items():
        out |= {form: _Name(None, unit, weak=fields.get("weak", False)) for form in fields["forms"]}
    for sub in subunits.values():
        out |= {form: _Name(None, sub["unit"], 0.01) for form in sub["forms"]}
    for currency in entries("currencies", Currency):
        forms = units[currency.unit]["forms"] if currency.unit else []
        hundredths = [form for sub in subunits.values() if sub["unit"] == currency.unit for form in sub["forms"]]
        for adjective in currency.adjectives:
            out |= {f"{adjective} {form}".lower(): _Name(currency.code, currency.unit) for form in forms}
            out |= {f"{adjective} {form}".lower(): _Name(currency.code, currency.unit, 0.01) for form in hundredths}
        out |= {name.lower(): _Name(currency.code, currency.unit) for name in (*currency.names, currency.code)}
    return out


def _alternatives(words: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _sign_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9.$])({_alternatives(list(_signs()))})\s?(?=\.?\d)")


@cache
def _name_pattern() -> re.Pattern[str]:
    return re.compile(rf"[\s-]{{0,2}}({_alternatives(list(_names()))})(?![A-Za-z])", re.IGNORECASE)


@cache
def _qualifier_patterns(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    phrases = {phrase: kind for kind, found in table("currency_units")[section].items() for phrase in found}
    if section == "qualifiers":
        between = r"\s?(?:(?:a|an|the|another|additional|extra|further|total|of)\s){0,3}"
        return re.compile(rf"(?<![A-Za-z])({_alternatives(list(phrases))}){between}$", re.IGNORECASE), phrases
    return re.compile(rf"\s?({_alternatives(list(phrases))})(?![A-Za-z])", re.IGNORECASE), phrases


# What a dollar adjective behind the amount needs after it, so that "$5 billion Canadian exports" is none.
_ADJECTIVE_BEHIND = re.compile(r"\s\(?([A-Z][A-Za-z. ]{1,14}?)\)?(?=\s*[.,;:)]|\s*$)")
_CONVERSION = re.compile(r"\s?\(\s?(?:about |around |some |roughly |approximately |~)?(?:US\$|\$US|USD)")
_CONVERTED = re.compile(r"\s?\((?:[a-z]{2,15}\s){0,2}(?:[A-Z]{1,3})?[$€£¥]\s?\d")
_RANGE = re.compile(r"\s?(?:-|–|to)\s?(?=\d)")
_RANGE_WITH_SIGN = re.compile(r"\s?(?:-|–|to|and|or)\s?(?=(?:[A-Za-z]{0,3}[$€£¥₹])\s?\d)")


@Language.component("tariff_money")
def money(doc: Doc) -> Doc:
    """Adds mentions of money."""
    found = sorted(_amounts(doc), key=lambda a: (a.start, -a.end))
    local_dollar = _local_dollar(doc, found)
    out: list[Mention] = []
    text, behind = smooth(doc), 0
    currencies = {unit: _currency_of(doc, unit, local_dollar) for unit in sorted({a.name.unit or "" for a in found} - {""})}
    for amount in found:
        if amount.start < behind:
            continue
        currency = amount.name.code or currencies.get(amount.name.unit or "")
        if currency is None:
            continue
        behind = amount.end
        out.append(_mention(doc, text, amount, currency))
    add_mentions(doc, out)
    return doc


def _mention(doc: Doc, text: str, amount: _Amount, currency: str) -> Mention:
    value = round(amount.amount * amount.name.factor, 6)
    qualifier: Qualifier = "at_least" if amount.low_of_range else _qualifier(doc, text, amount.start, amount.end)
    figures = f"{value:.4f}".rstrip("0").rstrip(".")
    return make_mention(
        doc,
        EntityType.MONEY,
        amount.start,
        amount.end,
        entity=f"{currency} {figures}",
        value=MoneyValue(amount=value, currency=currency, qualifier=qualifier),
    )


def _amounts(doc: Doc) -> Iterator[_Amount]:
    text = smooth(doc)
    for match in _sign_pattern().finditer(text):
        amount = _with_sign(text, match)
        if amount:
            yield amount
    for i, token in enumerate(doc):
        if not begins_number(doc, i):
            continue
        amount = _with_name(text, token.idx)
        if amount:
            yield amount


def _with_sign(text: str, match: re.Match[str]) -> _Amount | None:
    """`$50 billion`, `C$30bn`, `Rs 2,000 crore`, `$200-300 billion`."""
    number = number_in(text, match.end(), money=True)
    if not number:
        return None
    end, value, low = *number, False
    if value < 1e3:
        end, value, low = _ranged(text, end, value)
    name = _signs()[match[1]]
    return _Amount(match.start(), _code_behind(text, end), value, _behind(text, end, name), low)


def _ranged(text: str, end: int, value: float) -> tuple[int, float, bool]:
    """The first number of a range takes the scale of the second; without a sign of its own the second is part of the amount."""
    joined = _RANGE.match(text, end)
    second = number_in(text, joined.end(), money=True) if joined else None
    if second and second[1] > value:
        return second[0], value * _scale(second[1]), True
    joined = _RANGE_WITH_SIGN.match(text, end)
    sign = _sign_pattern().match(text, joined.end()) if joined else None
    second = number_in(text, sign.end(), money=True) if sign else None
    return end, value * _scale(second[1]) if second else value, False


def _scale(value: float) -> float:
    """The scale that a number was written with: 3e11 is 300 billion."""
    return next((scale for scale in (1e12, 1e9, 1e6) if value >= scale), 1.0)


def _behind(text: str, end: int, name: _Name) -> _Name:
    """A currency that follows the amount overrules a bare sign: `$5 billion Canadian`, `$20 (CAD)`."""
    if name.code:
        return name
    match = _ADJECTIVE_BEHIND.match(text, end)
    words = match[1].strip().lower() if match else ""
    for currency in entries("currencies", Currency):
        if currency.unit == name.unit and words in {currency.code.lower(), *(a.lower() for a in currency.adjectives)}:
            return _Name(currency.code, currency.unit)
    named = _name_pattern().match(text, end)
    return _names()[named[1].lower()] if named and _names()[named[1].lower()].code else name


def _code_behind(text: str, end: int) -> int:
    """`$50 billion USD`, `$5bn dollars`: the name is part of the mention."""
    named = _name_pattern().match(text, end)
    return named.end() if named and not _names()[named[1].lower()].weak else end


def _with_name(text: str, start: int) -> _Amount | None:
    """`200 billion U.S. dollars`, `50 mln dlrs`, `200 to 300 million yuan`, `25 cents`."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "$€£¥₹"):
        return None
    number = number_in(text, start)
    if not number:
        return None
    end, value, low = *number, False
    named = _name_pattern().match(text, end)
    if not named and value < 1e3:
        end, value, low = _ranged(text, end, value)
        named = _name_pattern().match(text, end)
    if not named:
        return None
    name = _names()[named[1].lower()]
    if name.weak and value < 1e6 and not _CONVERTED.match(text, named.end()):
        return None
    if name.unit == "pound" and name.weak and re.match(r"\s(?:of|per|each|a)\s", text[named.end() : named.end() + 6]):
        return None
    return _Amount(start, named.end(), value, name, low)


def _qualifier(doc: Doc, text: str, start: int, end: int) -> Qualifier:
    pattern, kinds = _qualifier_patterns("qualifiers_behind")
    match = pattern.match(text, end)
    if match:
        return cast(Qualifier, kinds[match[1].lower()])
    pattern, kinds = _qualifier_patterns("qualifiers")
    base = max(0, start - LOOK_BACK)
    match = pattern.search(text[base:start])
    if not match or (
        match[1].lower() in table("currency_units")["soft"]["words"] and _is_preposition(doc, base + match.start(1))
    ):
        return "exact"
    return cast(Qualifier, kinds[match[1].lower()])


def _is_preposition(doc: Doc, at: int) -> bool:
    """Whether "over" in "a dispute over $5 billion" governs the amount as a topic: a preposition behind a noun."""
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None or span[0].i == 0:
        return False
    before = doc[span[0].i - 1]
    return before.pos_ in {"NOUN", "PROPN"} and span[0].dep_ not in {"advmod", "quantmod", "amod"}


def _local_dollar(doc: Doc, found: list[_Amount]) -> str | None:
    """The dollar of the outlet's own country: the article converts its bare dollars ("$30 billion (US$21 billion)")."""
    bare = [a for a in found if a.name.unit == "dollar" and a.name.code is None]
    text = smooth(doc)
    if not any(_CONVERSION.match(text, a.end) for a in bare):
        return None
    return _most_mentioned(doc, "dollar", but="USD")


def _currency_of(doc: Doc, unit: str, local_dollar: str | None) -> str | None:
    if unit == "dollar" and local_dollar:
        return local_dollar
    default: str | None = table("currency_units")["units"][unit].get("default")
    if unit in {"dollar", "euro", "pound"}:
        return default
    return _most_mentioned(doc, unit) or default


def _most_mentioned(doc: Doc, unit: str, but: str | None = None) -> str | None:
    """The currency of that unit whose country the article names most; None if none or two alike."""
    of_country = {c.country: c.code for c in entries("currencies", Currency) if c.unit in unit.split(" or ") and c.code != but}
    counts: Counter[str] = Counter()
    for mention in mentions(doc, EntityType.COUNTRY):
        if isinstance(mention.value, CountryValue) and mention.value.code in of_country:
            counts[of_country[mention.value.code]] += 1
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
