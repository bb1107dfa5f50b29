"""Finds dates and durations: patterns first, then anchoring by the publication date, tense and verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractor.entities.dates_rules import Reader
from extractor.entities.dates_spans import Found, before, choose, find, is_plausible
from extractor.entities.dates_words import number
from extractor.entities.mention import Mention, add_mentions, make_mention, smooth, text_of
from extractor.records import DurationValue, EntityType


@Language.component("tariff_dates")
def dates(doc: Doc) -> Doc:
    """Adds mentions of dates and durations."""
    article = doc._.article
    text = smooth(doc)
    reader = Reader(doc, text, article.published if article else None)
    found = choose(one for one in find(text) if is_plausible(doc, text, one))
    new = [mention for one in found for mention in _date_mentions(doc, reader, one)]
    taken = [(m.start, m.end) for m in new] + [
        (f.start, f.end) for f in found if f.rule in {"ago", "ahead", "shifted", "after_event"}
    ]
    add_mentions(doc, [*new, *_durations(doc, text, taken)])
    return doc


_CLOCK = re.compile(
    r"(?:\b\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)|\b\d{1,2}:\d\d|\b(?:noon|midnight))"
    r"(?: (?:[A-Z]{2,4}|Eastern(?: Time)?|local time))?,? (?:on )?$"
)


def _date_mentions(doc: Doc, reader: Reader, found: Found) -> Iterator[Mention]:
    for one in reader.read(found):
        clock = _CLOCK.search(before(reader.text, one.start, 40)) if one.when.granularity == "day" else None
        start = clock.start() + max(0, one.start - 40) if clock else one.start
        text = text_of(doc)[start : one.end]
        yield make_mention(doc, EntityType.DATE, start, one.end, one.when.edtf, one.when.value(text, one.basis))


# ---------------------------------------------------------------- durations

_SIGNS = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H"}
_RATE_OF_TIME = re.compile(r"(?i)^an?$")


def iso_duration(amount: int, unit: str, *, half: bool = False) -> str:
    """ISO 8601 duration: 90 days -> "P90D", two and a half years -> "P2Y6M"."""
    amount, unit = {"quarter": (3 * amount, "month"), "decade": (10 * amount, "year")}.get(unit, (amount, unit))
    if half:
        if unit == "year":
            return f"P{amount}Y6M" if amount else "P6M"
        finer, many = {"day": ("hour", 24), "week": ("hour", 168), "month": ("day", 30), "hour": ("minute", 60)}[unit]
        total = amount * many + many // 2
        return {"hour": f"PT{total}H", "day": f"P{total}D", "minute": f"PT{total}M"}[finer]
    return f"PT{amount}H" if unit == "hour" else f"P{amount}{_SIGNS[unit]}"


def _durations(doc: Doc, text: str, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    dates_ = sorted(taken)
    at = 0
    for found in choose(find(text, "duration")):
        while at < len(dates_) and dates_[at][1] <= found.start:
            at += 1
        if at < len(dates_) and dates_[at][0] < found.end:
            continue
        iso = _iso_of(text, found)
        if iso:
            value = DurationValue(iso=iso, text=text_of(doc)[found.start : found.end])
            yield make_mention(doc, EntityType.DURATION, found.start, found.end, iso, value)


def _iso_of(text: str, found: Found) -> str | None:
    if "hof" in found.groups:
        return iso_duration(0, found.groups["hof"].lower(), half=True)
    amount, unit = number(found.get("n")), found.groups["u"].lower()
    if not amount or (_RATE_OF_TIME.match(found.groups["n"]) and not _is_length(text, found)):
        return None
    return iso_duration(amount, unit, half="half" in found.groups)


def _is_length(text: str, found: Found) -> bool:
    """Whether "a year" is a length of time ("for a year", "a year-long"), not a rate ("90,000 units a year")."""
    if "half" in found.groups:
        return True
    cue = re.search(
        r"(?i)\b(?:for|within|in|over|after|lasting|another|least|than|nearly|almost|about|by) $", before(text, found.start, 12)
    )
    return cue is not None or text[found.end : found.end + 5] == "-long"
