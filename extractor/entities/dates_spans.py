"""Where dates and durations stand: the patterns of `lexicon/dates.toml`, and what speaks against a find."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Span

from extractor.lexicon import table

YEAR = r"(?:1[789]\d\d|20\d\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"

SPACE = r"(?: {1,2}| ?\r?\n ?)"
"""What `_` stands for: spaces, or one line end."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text that a pattern fits, with the pattern's rule and its groups."""

    rule: str
    start: int
    end: int
    groups: dict[str, str] = field(hash=False)
    places: dict[str, tuple[int, int]] = field(hash=False)

    def get(self, *names: str) -> str | None:
        """The first of the groups that took part."""
        return next((self.groups[name] for name in names if name in self.groups), None)


def words(name: str) -> dict[str, int]:
    """A table of the lexicon, its words in small letters."""
    return {word.lower(): number for word, number in table("dates")[name].items()}


def _names(name: str, *, short: bool) -> str:
    """Alternatives of month or weekday names, as written and in capitals; short forms with or without their full stop."""
    full = {number: word for word, number in reversed(table("dates")[name].items())}
    wanted = [word for word in table("dates")[name] if short or full[table("dates")[name][word]] == word]
    both = sorted({form for word in wanted for form in (word, word.upper())}, key=lambda form: (-len(form), form))
    stops = [rf"{form}\b" if form.title() in full.values() else rf"{form}\b\.?" for form in both]
    return rf"\b(?:{'|'.join(stops)})"


def _numbers() -> str:
    plain = sorted(table("dates")["numbers"], key=lambda word: (-len(word), word))
    return rf"(?:\d{{1,4}}|(?:{'|'.join(plain)})(?:-(?:{'|'.join(plain)}))?)\b"


@cache
def _compiled(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of a section with their rules, short forms written out."""
    forms = {
        **table("dates")["short_forms"],
        "month": _names("months", short=True),
        "weekday": _names("weekdays", short=False),
        "wday": _names("weekdays", short=True),
        "day": DAY,
        "year": YEAR,
        "num": _numbers(),
        "holiday": "(?:" + "|".join(sorted(table("dates")["holidays"], key=lambda name: (-len(name), name))) + r")\b",
    }

    def compiled(regex: str) -> re.Pattern[str]:
        spaced = _spaced(regex)
        for form, meaning in forms.items():
            spaced = spaced.replace(f"{{{form}}}", _spaced(meaning))
        return re.compile(spaced)

    return tuple((row.get("rule", name), compiled(row["regex"])) for row in table("dates")[name])


def _spaced(regex: str) -> str:
    """Writes `_` out; not inside the braces of a short form."""
    parts = re.split(r"(\{[a-z_]+\})", regex)
    return "".join(part if part.startswith("{") else _space(part) for part in parts)


def _space(part: str) -> str:
    return part.replace("[-_]", "(?:-|_)").replace("_?", "(?:_)?").replace("_", SPACE)


def find(text: str, section: str = "pattern") -> list[Found]:
    """All finds of a section's patterns, overlapping ones too, in the order of the patterns."""
    out = []
    for rule, pattern in _compiled(section):
        for match in pattern.finditer(text):
            taken = {name: value for name, value in match.groupdict().items() if value is not None}
            out.append(Found(rule, match.start(), match.end(), taken, {name: match.span(name) for name in taken}))
    return out


def choose(found: Iterable[Found]) -> list[Found]:
    """Of overlapping finds the first, then the longest, then the one whose pattern is listed first."""
    out: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not out or one.start >= out[-1].end:
            out.append(one)
    return out


# ---------------------------------------------------------------- what speaks against a find


@cache
def guard(name: str) -> re.Pattern[str]:
    """A pattern of the lexicon's guards."""
    return re.compile(table("dates")["guards"][name])


def before(text: str, start: int, length: int = 60) -> str:
    """The text before an offset, within reach of a guard."""
    return text[max(0, start - length) : start]


def is_plausible(doc: Doc, text: str, found: Found) -> bool:
    """Whether a find is a date and no number, name or verb.

    Args:
        doc: the parsed document.
        text: its text; `doc.text` joins all tokens anew each time.
        found: the find.
    """
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    if span is None:
        return False
    if found.rule == "year":
        return _is_year(doc, text, found)
    if found.rule == "month":
        return _is_month(doc, text, found)
    if found.rule == "two_months":
        return not any(token.ent_type_ in NAMES for token in span) and (
            any(t.ent_type_ == "DATE" for t in span) or _cued(text, found)
        )
    if found.rule == "weekday":
        left = before(text, found.start)
        return not guard("before_weekday").search(left) and (not _is_name(span) or _CLOCK.search(left) is not None)
    if found.rule in {"deictic", "decade", "season"}:
        return not _is_name(span)
    return True


_CLOCK = re.compile(r"\b[ap]\.?m\.? (?:[A-Z]{2,4} )?$")
"""`at 12:01 a.m. EST Tuesday`: behind a time of day a weekday is no name."""
NAMES = frozenset({"PERSON", "WORK_OF_ART", "FAC", "PRODUCT"})
NUMBERS = frozenset({"MONEY", "QUANTITY", "PERCENT", "CARDINAL"})


EARLY = 1850
"""Before this, four digits are more often an amount than a year, and need a preposition."""


def _is_name(span: Span) -> bool:
    """Whether the model takes the words for a part of a longer name."""
    return any(token.ent_type_ in NAMES for token in span) and all(token.ent_type_ for token in span)


def _is_year(doc: Doc, text: str, found: Found) -> bool:
    """Whether four digits are a year: not money, not counted things, not a plan's name."""
    start, end = found.places["y"]
    left = before(text, start)
    if guard("before_year").search(left) or guard("after_year").search(text[end : end + 24]):
        return False
    if guard("plan_name").search(left):
        return False
    if int(found.groups["y"]) < EARLY and (not guard("year_cue").search(left) or re.match(r" [a-z]+s\b", text[end : end + 24])):
        return False
    token = doc.char_span(start, end, alignment_mode="expand")
    counted = token is not None and token[0].ent_type_ in NUMBERS and token[0].dep_ == "nummod" and token[0].head.tag_ == "NNS"
    return not counted


def _is_month(doc: Doc, text: str, found: Found) -> bool:
    """Whether a month's name without a day is a month: "may", "march on", "Theresa May" are none."""
    if found.get("y", "ry", "q"):
        return True
    start, end = found.places["m"]
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or any(t.ent_type_ in NAMES or t.ent_type_ in {"ORG", "GPE", "LOC"} for t in span):
        return False
    token = span[0]
    if token.pos_ in {"VERB", "AUX"} or token.tag_ == "MD":
        return False
    cued = found.start < start or _cued(text, found)
    if text.startswith("'s ", end):
        return True
    name = found.groups["m"].rstrip(".").title()
    if name in table("dates")["guards"]["ambiguous_months"] or "." in found.groups["m"] or len(name) < 4:
        return cued and (token.ent_type_ == "DATE" or token.head.pos_ == "ADP")
    return cued or token.ent_type_ == "DATE"


def _cued(text: str, found: Found) -> bool:
    """Whether a word before the find speaks for a month."""
    return guard("month_cue").search(before(text, found.start)) is not None
