"""Specific and compound duties: `25 cents a kilo`, `$1.50 a gallon plus 5%`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from spacy.tokens import Doc, Span

from extractor.entities.mention import Mention, drop_mentions, make_mention, mentions, smooth
from extractor.entities.rate_frames import is_framed
from extractor.entities.rate_spots import Spot, kind, names_measure, pattern
from extractor.entities.rate_words import rate_name
from extractor.entities.terms import all_terms, terms
from extractor.lexicon import table
from extractor.records import EntityType, MoneyValue, Rate, SpecificRate


@cache
def _units() -> dict[str, str]:
    return {form: unit for unit, forms in table("rates")["units"].items() for form in forms}


@cache
def _per_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(form) for form in sorted(_units(), key=lambda form: (-len(form), form)))
    return re.compile(
        rf"(?:\s?/\s?|[\s-](?:an?|per|each|every|the|for each|for every|on each|on every)[\s-])"
        rf"(?P<count>100 )?(?P<unit>{names})(?![A-Za-z])",
        re.IGNORECASE,
    )


def with_specific_rates(doc: Doc, rates: Iterable[Mention]) -> list[Mention]:
    """The rates and the specific duties; a percentage and an amount that are added become one compound rate."""
    found = sorted(rates, key=lambda m: (m.start, m.end))
    ends = [m.end for m in found]
    gone: list[Mention] = []
    joined: set[Mention] = set()
    specific: list[Mention] = []
    for money in mentions(doc, EntityType.MONEY):
        match = _per_pattern().match(smooth(doc), money.end)
        if not match or not isinstance(money.value, MoneyValue):
            continue
        at = bisect_right(ends, money.start)
        partner = _partner(doc, found[max(0, at - 1) : at + 1], money.start, match.end())
        if partner is None and not _is_duty(doc, money.start, match.end(), ends[max(0, at - 1) : at]):
            continue
        per = ("100 " if match["count"] else "") + _units()[match["unit"].lower()]
        duty = SpecificRate(amount=money.value.amount, currency=money.value.currency, per=per)
        specific.append(_mention(doc, money.start, match.end(), duty, partner))
        gone.append(money)
        joined |= {partner} if partner else set()
    drop_mentions(doc, gone)
    return sorted([*(m for m in found if m not in joined), *specific], key=lambda m: (m.start, m.end))


def _mention(doc: Doc, start: int, end: int, specific: SpecificRate, partner: Mention | None) -> Mention:
    if partner is not None and isinstance(partner.value, Rate):
        value = partner.value.model_copy(update={"form": "compound", "specific": specific})
        start, end = min(start, partner.start), max(end, partner.end)
    else:
        value = Rate(form="specific", specific=specific)
    return make_mention(doc, EntityType.RATE, start, end, rate_name(value), value)


_PLUS = pattern("plus")


def _partner(doc: Doc, rates: list[Mention], start: int, end: int) -> Mention | None:
    """The percentage that the amount is added to, before or behind it."""
    text = smooth(doc)
    for rate in rates:
        if not isinstance(rate.value, Rate) or rate.value.specific:
            continue
        if _PLUS.fullmatch(text, rate.end, start) or _PLUS.fullmatch(text, end, rate.start):
            return rate
    return None


def _is_duty(doc: Doc, start: int, end: int, accepted: Sequence[int]) -> bool:
    """Whether the amount is a duty's and no price's: a measure beside it, or a frame of charging."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not names_measure(doc):
        return False
    at = doc[span.start - 1] if span.start else span[0]
    if at.lower_ == "at" and at.i and kind(doc[at.i - 1]) == "goods":
        return False  # `fertiliser at 95 euros a tonne`
    if any(t.lemma_.lower() in set(table("rates")["prices"]["words"]) for t in span.sent):
        return _is_beside(doc, span)
    if re.match(r"\s?(?:,\s)?or\s", smooth(doc)[accepted[-1] : start]) if accepted else False:
        return True
    if _is_beside(doc, span) or is_framed(Spot(doc, span, accepted)):
        return True
    return any(abs(t.head - span.start) <= 12 for t in terms(doc, span.sent))


def _is_beside(doc: Doc, span: Span) -> bool:
    """`a duty of 25 cents a kilo`, `a 54-cent-a-gallon tariff`."""
    trade = {t.head for t in all_terms(span.sent) if t.sense == "trade"}
    following = [t.i for t in doc[span.end : min(span.end + 4, span.sent.end)]]
    behind = next((i for i in following if i in trade), None)
    if behind is not None and all(doc[i].pos_ in {"NOUN", "ADJ", "PROPN", "PUNCT", "VERB"} for i in range(span.end, behind)):
        return True
    lead = span.start - 1
    while lead >= span.sent.start and doc[lead].lower_ in {"of", "at", "to", "a", "an", "about", "up", "from", "only", "just"}:
        lead -= 1
    return lead >= span.sent.start and lead < span.start - 1 and lead in trade
