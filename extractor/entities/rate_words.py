"""Rates in words: zero, nil, duty-free, a fifth."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import Mention, make_mention, smooth
from extractor.entities.numbers import number_in
from extractor.entities.rate_frames import is_framed, is_surely_framed
from extractor.entities.rate_spots import Spot, is_bare, names_measure
from extractor.entities.terms import all_terms, terms
from extractor.lexicon import table
from extractor.records import EntityType, Rate

_PERCENT = re.compile(r"\d ?(?:%|per ?cent|pct)", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r"[ -]{0,2}(?:%|per|pct|pc\b|p\.c\.)", re.IGNORECASE)


def rate_name(rate: Rate) -> str:
    """Canonical name: `25%`, `10%-20%`, `0.25 USD/kg`, `0.25 USD/kg + 5%`."""
    if rate.specific:
        amount = f"{rate.specific.amount:g} {rate.specific.currency}/{rate.specific.per}"
        return amount if rate.percent is None else f"{amount} + {rate.percent:g}%"
    return f"{rate.percent:g}%" + (f"-{rate.percent_high:g}%" if rate.percent_high is not None else "")


def worded_rates(doc: Doc, accepted: Sequence[int]) -> list[Mention]:
    """Rates that are written without a figure and a percent sign.

    Args:
        doc: with terms and the mentions of countries.
        accepted: ends (characters) of the rates in figures.
    """
    if not names_measure(doc):
        return []
    found = {(m.start, m.end): m for m in (*_zeros(doc, accepted), *_free(doc), *_fractions(doc, accepted))}
    return list(found.values())


def _mention(doc: Doc, start: int, end: int, percent: float) -> Mention:
    rate = Rate(percent=percent)
    return make_mention(doc, EntityType.RATE, start, end, rate_name(rate), rate)


def _nothing(doc: Doc, start: int, end: int) -> Mention:
    """Words that mean zero and state no percentage."""
    return make_mention(doc, EntityType.RATE, start, end, "free", Rate(percent=0.0, form="free"))


def _spot(doc: Doc, span: Span, accepted: Sequence[int]) -> Spot:
    at = bisect_right(accepted, span.start_char)
    return Spot(doc, span, accepted[max(0, at - 1) : at])


# ---------------------------------------------------------------- zero


def _zeros(doc: Doc, accepted: Sequence[int]) -> Iterator[Mention]:
    """`zero tariffs`, `tariffs cut to zero`, `a bill to cut these to zero`, `the rate, zero since 2015`."""
    for token in doc:
        if token.lower_ not in set(table("rates")["zero"]["words"]) or _UNIT_BEHIND.match(smooth(doc), token.idx + len(token)):
            continue
        if _in_slogan(token) or (token.lower_ == "nothing" and not _is_rate_of_nothing(token)):
            continue
        spot = _spot(doc, doc[token.i : token.i + 1], accepted)
        if _of_term(token) or is_surely_framed(spot) or (is_bare(spot) and (is_framed(spot) or _apposed(token))):
            yield _nothing(doc, token.idx, token.idx + len(token))


def _is_rate_of_nothing(token: Token) -> bool:
    """`cut from 7% to nothing`, `goes from nothing to 6%`: beside a percentage, not `got nothing`."""
    near = smooth(token.doc)[max(0, token.idx - 30) : token.idx + 30]
    return token.i > 0 and token.nbor(-1).lower_ in {"to", "from"} and _PERCENT.search(near) is not None


def _of_term(token: Token) -> bool:
    """Whether a measure of the sentence has it: `zero tariffs`, `tariffs cut to zero`."""
    doc = token.doc
    for term in terms(doc, token.sent):
        if not -14 < term.head - token.i < 7:
            continue
        if token.i < term.head and all(t.pos_ in {"NOUN", "ADJ", "PROPN", "PUNCT"} for t in doc[token.i + 1 : term.head]):
            return True
        if token.i and doc[token.i - 1].lower_ in {"to", "at", "of", "from"}:
            return True
    return False


def _in_slogan(token: Token) -> bool:
    """`zero for zero`, `a zero-tariff world`: an idea, not a rate; `zero-tariff access` is one."""
    doc = token.doc
    words = re.split(r"[\s-]+", doc[max(0, token.i - 4) : token.i + 5].text.lower())
    if any(words[i : i + 3] == [token.lower_, "for", token.lower_] for i in range(len(words))):
        return True
    if token.i + 3 >= len(doc) or doc[token.i + 1].text != "-":
        return False
    return doc[token.i + 3].pos_ == "NOUN" and doc[token.i + 3].lower_ not in set(table("rates")["zero"]["granted"])


def _apposed(token: Token) -> bool:
    """`The rate, zero since 2015, will go to 9%`."""
    doc = token.doc
    if token.i < 2 or doc[token.i - 1].text != ",":
        return False
    return any(t.head == token.i - 2 for t in all_terms(token.sent)) or doc[token.i - 2].lemma_ == "rate"


@cache
def _free_pattern() -> re.Pattern[str]:
    return re.compile("|".join(table("rates")["zero"]["free"]), re.IGNORECASE)


@cache
def _small_pattern() -> re.Pattern[str]:
    return re.compile("|".join(table("rates")["zero"]["small"]), re.IGNORECASE)


def _free(doc: Doc) -> Iterator[Mention]:
    """`a duty-free quota`, `enter free of duty`; the small parcels that are let in and the shops of airports are none."""
    for match in _free_pattern().finditer(smooth(doc)):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is not None and not _small_pattern().search(span.sent.text):
            yield _nothing(doc, match.start(), match.end())


# ---------------------------------------------------------------- fractions


_FRACTION = re.compile(
    r"\b(?:an?|one|two|three)[ -](?:half|thirds?|quarters?|fifths?|sixth|eighth|tenths?)\b|\bhalf\b",
    re.IGNORECASE,
)


def _fractions(doc: Doc, accepted: Sequence[int]) -> Iterator[Mention]:
    """`a tariff of a fifth`, `taxed at a quarter of their value`."""
    for match in _FRACTION.finditer(smooth(doc)):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        number = number_in(smooth(doc), match.start())
        if span is None or number is None or span.start < 2 or not 0 < number[1] < 1:
            continue
        spot = _spot(doc, span, accepted)
        if not is_bare(spot) or doc[span.start - 1].lower_ not in {"at", "of"}:
            continue
        of_term = any(t.head == span.start - 2 for t in terms(doc, span.sent))
        if of_term or is_surely_framed(spot) or (doc[span.start - 1].lower_ == "at" and is_framed(spot)):
            yield _mention(doc, match.start(), match.end(), round(100 * number[1], 2))
