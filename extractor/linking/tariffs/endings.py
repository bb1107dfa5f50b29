"""How long a measure, or a pause of it, lasts, and the day on which that ends: stated, or counted from its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from spacy.tokens import Doc, Span

from extractor.entities.mention import Mention, mentions, smooth, span_of
from extractor.linking.tariffs.dates import datable, ending
from extractor.linking.tariffs.hanging import nodes_of, way_up, words
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.verbs import ends, lasting
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, DateValue, DurationValue, EntityType, Granularity
from extractor.syntax import subject

PAUSES = frozenset({Action.SUSPEND, Action.DELAY})
LATER = 300
"""Characters behind a pause within which a sentence says how long it runs."""
_FOR = re.compile(
    r"\b(?:for|lasts?) (?:(?:a|an|the) )?(?:period of|next|coming|following|further|additional|initial|"
    r"at least|at most|up to|about|around|roughly|nearly|only|another)(?: (?:a|an|the|another))? $"
)
"""What may stand before a length of time beside a bare `for`."""


def length_of(members: Sequence[Measure]) -> Mention | None:
    """How long the measure is to last: as its mentions say, else behind `for the next …`, `for at least …` on it."""
    stated = next((m.dates.duration for m in members if m.dates.duration is not None and not _is_of_others(m)), None)
    return stated or next((d for m in members for d in _loose(m)), None)


def _is_of_others(measure: Measure) -> bool:
    """`after talks that lasted for 90 days`: a clause on another noun tells how long that lasts."""
    head, length = measure.unit.head, measure.dates.duration
    way = way_up(span_of(head.doc, length).root, nodes_of(head)) if length is not None else None
    return way is not None and any(t.dep_ == "relcl" and t.head.i != head.i for t in way)


_VAGUE = re.compile(
    r"\b(?:at least|at most|no less than|no more than|more than|less than|up to|about|around|roughly|nearly|almost|some|"
    r"(?:a|an) further|another|an additional|an extra|within|after|in|every|each) $"
)


def is_exact(doc: Doc, length: Mention) -> bool:
    """Whether a length of time gives an end: `for 90 days`, not `for at least 90 days`, `another 90 days`, `within a year`."""
    if re.search(r"\bmore\b", length.text.lower()):
        return False
    return _VAGUE.search(smooth(doc)[max(0, length.start - 20) : length.start].lower()) is None


def _loose(measure: Measure) -> Iterator[Mention]:
    doc, sentence = measure.unit.doc, measure.unit.sentence
    nodes = nodes_of(measure.unit.head)
    for mention in mentions(doc, EntityType.DURATION, within=sentence):
        if _FOR.search(smooth(doc)[max(0, mention.start - 40) : mention.start].lower()):
            way = way_up(span_of(doc, mention).root, nodes)
            if way is not None and not any(t.pos_ in {"VERB", "AUX"} for t in way):
                yield mention


def counted_end(start: DateValue | None, length: Mention | None) -> DateValue | None:
    """The end of what runs for a while from a day, month or year; none where the length is finer than the start."""
    if start is None or length is None or not isinstance(length.value, DurationValue):
        return None
    if start.granularity is Granularity.DAY:
        return ending(start, length.value)
    sizes = {unit: int(number) for number, unit in re.findall(r"(\d{1,4})([YMWD])", length.value.iso)}
    years, months = sizes.pop("Y", 0), sizes.pop("M", 0)
    if sizes or "T" in length.value.iso or not (years or months):
        return None
    if start.granularity is Granularity.MONTH:
        at = start.earliest.year * 12 + start.earliest.month - 1 + years * 12 + months
        return _of_month(at // 12, at % 12 + 1, length.text)
    return _of_year(start.earliest.year + years, length.text) if start.granularity is Granularity.YEAR and not months else None


def _of_month(year: int, month: int, text: str) -> DateValue | None:
    if not date.min.year <= year < date.max.year:
        return None
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return _value(f"{year:04d}-{month:02d}", Granularity.MONTH, date(year, month, 1), last, text)


def _of_year(year: int, text: str) -> DateValue | None:
    if not date.min.year <= year <= date.max.year:
        return None
    return _value(f"{year:04d}", Granularity.YEAR, date(year, 1, 1), date(year, 12, 31), text)


def _value(edtf: str, granularity: Granularity, earliest: date, latest: date, text: str) -> DateValue:
    return DateValue(edtf=edtf, granularity=granularity, earliest=earliest, latest=latest, basis="computed", text=text)


def end_of_pause(members: Sequence[Measure]) -> tuple[DateValue, tuple[Mention, ...]] | None:
    """The end of a pause, with the words that prove it: told later (`The pause runs until Oct. 22`), else counted from its day.

    The day is that of the act (`paused on Thursday for 90 days`), never that of publication.
    """
    for member in members:
        if member.standing.action in PAUSES and (told := _told_later(member)) is not None and isinstance(told.value, DateValue):
            return told.value, (told,)
    for member in members:
        day, length = member.dates.effective or member.dates.announced, member.dates.duration
        if member.standing.action not in PAUSES or day is None or not isinstance(day.value, DateValue):
            continue
        end = counted_end(day.value, length)
        if end is not None and length is not None and is_exact(member.unit.doc, length):
            return end, (length, day)
    return None


def _told_later(measure: Measure) -> Mention | None:
    """`The pause runs until Oct. 22`."""
    for sentence in _behind(measure.unit.doc, measure.unit.sentence):
        for verb in sentence:
            who = subject(verb) if verb.pos_ in {"VERB", "AUX"} and (lasting(verb) or ends(verb)) else None
            if who is None or who.lemma_.lower() not in words("endings", "pauses"):
                continue
            if any(c.lower_ == "of" for c in who.rights):  # `the delay of his train`
                continue
            for mention in datable(sentence.doc, (sentence.start_char, sentence.end_char)):
                first = span_of(sentence.doc, mention).start
                led = sentence.doc[first - 1].lower_ in lemmas("dates", "end") - {"to"} if first else False
                if led or ends(verb):
                    return mention
    return None


def _behind(doc: Doc, sentence: Span) -> Iterator[Span]:
    start = sentence.end
    while start < len(doc) and doc[start].idx - sentence.end_char <= LATER:
        yield doc[start].sent
        start = doc[start].sent.end
