"""Rates of trade measures: percentages, lists and ranges of them, zero. Other percentages go to `rejected`.

Found in two steps: `percentages` finds every number with a percent sign or word; `reject_reason` says why one is no rate of duty.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.entities.mention import Mention, add_mentions, add_rejected, make_mention, mention_at, smooth
from extractor.entities.numbers import number_in
from extractor.entities.rate_context import Verdict, judge
from extractor.entities.rate_specific import with_specific_rates
from extractor.entities.rate_spots import pattern
from extractor.entities.rate_words import rate_name, worded_rates
from extractor.lexicon import table
from extractor.records import EntityType, Rate
from extractor.syntax import governor


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number of per cent: `text[start:end]`; `high` of a range; `points` for percentage points."""

    start: int
    end: int
    low: float
    high: float | None = None
    points: bool = False
    elided: bool = False
    """Whether it stands without a unit in a list of names and numbers."""


_START = re.compile(
    r"(?<![\w.,$€£¥/])(?:\d|(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)\b)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[ -]{0,2}(?:(?P<points>percent(?:age)?[ -]points?|per[ -]cent(?:age)?[ -]points?|pct[ -]points?|pp\b)"
    r"|%|per[ -]?cent\b|percents?\b|pct\b|pc\b|p\.c\.)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s?(?P<joint>,|-|to|from|and|or|, and|, or)\s?(?=[\dA-Za-z])")
_ALONE = (
    r"(?P<number>\d+(?:\.\d+)?)"
    r"(?=[,.;)](?!\d)| (?:on|in|for|from|by|as|at|and|if|next|this|after|until|when|since|under|with)\b|$)"
)
"""A number that no noun follows."""
_ELIDED_NEW = re.compile(r" to (?:just |only |about )?" + _ALONE)
_ELIDED_OLD = re.compile(
    r"(?: (?:on|for) [\w'’ -]{3,40})?(?:,? (?:up|down) from|(?: (?:on|in|from|at|as of) [\w. ]{3,24})?, from"
    r"|,? instead of(?: the| its)?(?: usual| current| previous| former| normal)?) (?:just |only |about )?" + _ALONE
)
_ELIDED_TO = re.compile(
    r" (?:[a-z-]+ ){0,2}(?:tariff|duty|levy|tax|rate)\b(?: [\w'’-]+){0,6}? to (?:just |only |about )?" + _ALONE
)
_CHANGING = re.compile(
    r"\b(?:cut|lower|reduc|slash|trim|rais|increas|hik|lift|tak|bring|brought|drop|fall|fell|ris|rose)\w*\b[^.;%]{0,40}$"
)


_RANGE_BEFORE = pattern("range_before")


def percentages(text: str) -> list[Percentage]:
    """All percentages of a text, in order: `25%`, `10, 15 and 25 per cent`, `10 to 20 pct`, `ten percentage points`."""
    out: list[Percentage] = []
    at = 0
    while match := _START.search(text, at):
        chain, at = _chain(text, match.start())
        out += chain
        if chain and (elided := _elided(text, chain)):
            out.append(elided)
            at = elided.end
        while chain and (listed := _ELIDED_ITEM.match(text, at)) and listed["name"].split()[-1] not in _NO_NAMES:
            start, at = listed.span("number")
            out.append(Percentage(start, at, float(listed["number"]), None, chain[-1].points, elided=True))
    return out


_NO_NAMES = frozenset(
    {*month_name, *month_abbr, "Sept", "Section", "Article", "Chapter", "Annex", "No", "Page", "Rule", "Clause"}
)
"""Capitalised words before a number that is no rate."""
_ELIDED_ITEM = re.compile(
    r"(?:,|;)?(?: and| while| but)? (?:the )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})(?: with| at)? "
    r"(?P<number>\d{1,3}(?:\.\d+)?)"
    r"(?=[,;.)](?!\d)| (?:and|from|on|when|under|as|in)\b|$)"
)
"""`36%, Swiss 31 and Malaysian 24`: further items of a list whose unit stands once."""


def _elided(text: str, chain: list[Percentage]) -> Percentage | None:
    """`from 35% to 20`, `7 percent, up from 3`: the other rate of a pair, whose unit is left out."""
    last = chain[-1]
    found = _ELIDED_OLD.match(text, last.end)
    if found is None and len(chain) == 1 and text[max(0, last.start - 5) : last.start].lower() == "from ":
        found = _ELIDED_NEW.match(text, last.end)
    if found is None and len(chain) == 1 and _CHANGING.search(text, max(0, last.start - 50), last.start):
        found = _ELIDED_TO.match(text, last.end)
    return Percentage(found.start("number"), found.end("number"), float(found["number"]), None, last.points) if found else None


def _chain(text: str, start: int) -> tuple[list[Percentage], int]:
    """Numbers joined by commas, "and" or "to", when the last one has a unit."""
    pending: list[tuple[int, int, float, str]] = []
    at = start
    while True:
        found = number_in(text, at)
        if not found:
            return [], max(at, start) + 1
        end, value = found
        unit = _UNIT.match(text, end)
        if unit:
            return _close(text, [*pending, (at, unit.end(), value, "")], bool(unit["points"])), unit.end()
        joint = _JOINT.match(text, end)
        if not joint or len(pending) > 8 or not _START.match(text, joint.end()):
            return [], end
        if joint["joint"] == "from" and text[max(0, at - 3) : at].lower() != "to ":
            return [], end  # `to 5 from 10 percent`
        pending.append((at, end, value, joint["joint"]))
        at = joint.end()


def _close(text: str, numbers: list[tuple[int, int, float, str]], points: bool) -> list[Percentage]:
    out: list[Percentage] = []
    before = text[max(0, numbers[0][0] - 32) : numbers[0][0]]
    between = before.lower().endswith("between ")
    change = before.lower().endswith("from ") and not _RANGE_BEFORE.search(before)
    skip = False
    for this, following in zip(numbers, [*numbers[1:], None], strict=True):
        if skip:
            skip = False
            continue
        start, end, value, joint = this
        if following and ((joint in {"to", "-"} and not change) or (between and joint == "and")) and following[2] > value:
            out.append(Percentage(start, following[1], value, following[2], points))
            skip = True
        else:
            out.append(Percentage(start, end, value, None, points))
    return out


@cache
def _phrases(section: str) -> list[tuple[str, str]]:
    """(phrase, name) of a section of `rates.toml`, longest phrase first."""
    found = [(phrase, name) for name, phrases in table("rates")[section].items() for phrase in phrases]
    return sorted(found, key=lambda pair: (-len(pair[0]), pair))


_WENT_UP = re.compile(r"\b(?:go(?:es|ing)?|went|gone|mov\w+|push\w+|tak\w+|took|bring\w*|brought|bump\w*|step\w*|back) up to$")
"""`goes up to 35%`: how far it goes, not what it may be at most."""


def qualifier(text: str, start: int) -> str:
    """The qualifier that stands right before a number: up_to, at_least, about, or exact."""
    before = text[max(0, start - 24) : start].lower().rstrip(" ~")
    if _WENT_UP.search(before):
        return "exact"
    for phrase, name in _phrases("qualifiers"):
        if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
            return name
    return "exact"


def basis(doc: Doc, percentage: Percentage) -> str | None:
    """What the number counts from, by the words beside it; the names are those of `Rate.basis`."""
    if percentage.points:
        return "percentage_points"
    sentence = _sentence(doc, percentage)
    before = smooth(doc)[max(sentence.start_char, percentage.start - 40) : percentage.start].lower()
    after = re.split(
        r"[;.]\s|,? (?:and|while|but) ",
        smooth(doc)[percentage.end : min(sentence.end_char, percentage.end + 70)].lower(),
        maxsplit=1,
    )[0]
    near = " ".join(before.split()[-3:])
    for phrase, name in _phrases("basis"):
        if re.search(rf"\b{re.escape(phrase)}\b", after) or re.search(rf"\b{re.escape(phrase)}\b", near):
            if name == "total" and "total" in after and not re.match(r"\W{0,70}(?:in )?total", after):
                continue
            if re.search(rf"\b{re.escape(phrase)} (?:what|that|which|a|an|his|her)\b", after):
                continue  # `on top of what they called a hill of red tape`
            return name
    span = doc.char_span(percentage.start, percentage.end, alignment_mode="expand")
    verb = governor(span.root) if span is not None else None
    return "cap" if verb is not None and verb.lemma_ == "cap" and " at " in f" {near} " else None


def _sentence(doc: Doc, percentage: Percentage) -> Span:
    span = doc.char_span(percentage.start, percentage.end, alignment_mode="expand")
    assert span is not None
    return span.sent


def to_rate(doc: Doc, percentage: Percentage) -> Rate:
    """The percentage as a rate, with the qualifier and basis of the words beside it."""
    return Rate.model_validate(
        {
            "percent": percentage.low,
            "percent_high": percentage.high,
            "basis": basis(doc, percentage),
            "qualifier": "range" if percentage.high is not None else qualifier(smooth(doc), percentage.start),
        }
    )


_JOINED = pattern("joined")


def _groups(doc: Doc) -> Iterator[list[Percentage]]:
    """Percentages that one verdict decides: joined by commas, "and", "to" or "from" alone, in one sentence."""
    text, group = smooth(doc), list[Percentage]()
    for percentage in percentages(text):
        if percentage.elided and not _is_of_party(doc, percentage):
            continue
        if group and not (_JOINED.fullmatch(text, group[-1].end, percentage.start) and _together(doc, group[-1], percentage)):
            yield group
            group = []
        group.append(percentage)
    if group:
        yield group


def _is_of_party(doc: Doc, percentage: Percentage) -> bool:
    """Whether a country or group stands right before a number without a unit: `Thailand 36%, Vietnam 46 and Laos with 40`."""
    span = doc.char_span(percentage.start, percentage.end, alignment_mode="expand")
    if span is None or span.start == 0:
        return False
    before = doc[span.start - 1]
    if before.lower_ in {"with", "at"} and span.start > 1:
        before = doc[span.start - 2]
    return mention_at(doc, before, EntityType.COUNTRY, EntityType.GROUP) is not None


def _ranges(doc: Doc, group: list[Percentage]) -> list[Percentage]:
    """The same, with the two ends of a range as one: `between 5% and 15%`, `at 13% to 36%`, `range from 6% to 33%`."""
    if len(group) != 2 or group[0].high is not None or group[1].high is not None or group[0].low >= group[1].low:
        return group
    one, other = group
    joint = smooth(doc)[one.end : other.start].strip().lower()
    before = smooth(doc)[max(0, one.start - 32) : one.start].lower()
    spread = joint in {"to", "-"} and (_RANGE_BEFORE.search(before) or not before.rstrip().endswith("from"))
    if spread or (joint == "and" and before.endswith("between ")):
        return [Percentage(one.start, other.end, one.low, other.low, one.points)]
    return group


def _together(doc: Doc, one: Percentage, other: Percentage) -> bool:
    return one.points == other.points and _sentence(doc, one).start == _sentence(doc, other).start


def _judged(doc: Doc, group: list[Percentage], accepted: list[int]) -> Verdict:
    span = doc.char_span(group[0].start, group[-1].end, alignment_mode="expand")
    assert span is not None
    return judge(doc, span, group[0].points, accepted)


@Language.component("tariff_rates")
def rates(doc: Doc) -> Doc:
    """Adds RATE mentions; percentages of other things go to `rejected`."""
    accepted: list[int] = []
    found: list[Mention] = []
    for group in _groups(doc):
        verdict = _judged(doc, group, accepted)
        if verdict.reason:
            for percentage in group:
                add_rejected(doc, percentage.start, percentage.end, verdict.reason)
            continue
        accepted.append(group[-1].end)
        for percentage in _ranges(doc, group):
            rate = to_rate(doc, percentage)
            found.append(make_mention(doc, EntityType.RATE, percentage.start, percentage.end, rate_name(rate), rate))
    found += worded_rates(doc, accepted)
    add_mentions(doc, with_specific_rates(doc, found))
    return doc
