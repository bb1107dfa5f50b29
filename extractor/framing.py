"""Rows that frame a story: captions, credits, bylines, datelines. Reads strings alone, so that a reader needs no spaCy for it."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

from extractor.lexicon import table

LONGEST_CAPTION = 400
"""Characters; a longer row holds more than a caption."""
LONGEST_CREDIT = 500
"""Characters of a row of names."""
NAMES = 0.8
"""Share of a credit's words that are names or stand between names."""

_SENTENCE_END = re.compile(r"(?<=[a-z\d)]{2})[.!?][\"”'’)\]]*\s+(?=[\"“'‘(\[]?[A-Z])")


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("layout")[name])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("layout")[name])


def match(name: str, row: str) -> re.Match[str] | None:
    """The first pattern of a list of the lexicon's that fits somewhere in the row (the patterns carry their own anchors)."""
    return next((found for pattern in _patterns(name) if (found := pattern.search(row))), None)


# ---------------------------------------------------------------- whole rows


def is_caption(row: str) -> bool:
    """Whether the row is a picture's caption from end to end: a label opens it or a picture's credit ends it."""
    if len(row) > LONGEST_CAPTION or embedded_dateline(row):
        return False
    return bool(match("caption_label", row) or match("photo_tail", row) or _closing_bracket(row))


def _closing_bracket(row: str) -> bool:
    return any(not row[found.end() :].strip(" .") for found in photo_brackets(row))


def photo_brackets(row: str) -> list[re.Match[str]]:
    """Pictures' credits in brackets, in the order of the text, none over another."""
    found = sorted((f for p in _patterns("photo_bracket") for f in p.finditer(row)), key=lambda f: (f.start(), -f.end()))
    out: list[re.Match[str]] = []
    for hit in found:
        if not out or hit.start() >= out[-1].end():
            out.append(hit)
    return out


def is_credit(row: str) -> bool:
    """Whether the row names who wrote, edited or owns the story."""
    if len(row) > LONGEST_CREDIT:
        return False
    label, end = match("credit_label", row), match("credit_end", row)
    if label:
        return only_names(row[label.end() :])
    return bool(match("credit", row)) or bool(end and only_names(row[: end.start()]))


def is_byline(row: str) -> bool:
    """Whether the row says by whom the story is."""
    label = match("byline_label", row)
    if label is None:
        return match("byline", row) is not None
    words = row[label.end() :].split()
    first = words[0].strip(",.")
    gerund = first.endswith("ing") and len(first) >= 6 and len(words) >= 4
    return len(words) <= 20 and first not in _words("times") and not gerund and only_names(" ".join(words))


def only_names(row: str) -> bool:
    """Whether nearly all words are names or stand between names."""
    words = [w.strip(',.;:()&|/"“”') for w in row.split()]
    words = [w for w in words if w]
    fitting = sum(not w[0].islower() or w in _words("name_words") or "@" in w for w in words)
    return bool(words) and words[0][0].isupper() and fitting >= NAMES * len(words)


# ---------------------------------------------------------------- datelines


@cache
def _towns() -> frozenset[str]:
    """Capitals and other towns that news comes from, case-folded."""
    path = resources.files("extractor.lexicon") / "countries.jsonl"
    rows: list[dict[str, Any]] = [json.loads(r) for r in path.read_text(encoding="utf-8").splitlines() if r.startswith("{")]
    capitals = (name for row in rows for name in row.get("capitals", ()))
    return frozenset(name.casefold() for name in (*capitals, *table("layout")["cities"]))


def dateline(row: str, at: int = 0, *, strong: bool = False) -> int | None:
    """Where the dateline that starts at an offset ends, or None.

    Args:
        row: one paragraph.
        at: where the dateline may start.
        strong: only with a date or an agency, which no heading has.
    """
    for pattern in _patterns("dateline"):
        found = pattern.match(row, at)
        if found and _is_dateline(found, row, strong):
            return found.end()
    return None


def _is_dateline(found: re.Match[str], row: str, strong: bool) -> bool:
    place, agency, mark = found["place"].strip(), (found["agency"] or "").strip(" ()"), found["mark"].strip()
    words = re.split(r"[ /]+", place)
    towns = place.split("/")
    known = any(town.strip(" .").casefold() in _towns() or town.casefold() in _towns() for town in towns)
    if place and any(word in _words("no_place") for word in words):
        return False
    if place.isupper() or not place:
        if agency or found["date"]:
            return mark != ":" or known or bool(agency)
        if strong:
            return False
        return known or (mark != ":" and _may_be_place(place, words))
    if agency:
        return known or bool(found["date"]) or agency.split("/")[0] in _words("agencies")
    if found["date"]:
        return known
    return not strong and known and mark in {"—", "–", "--", "-"} and row[found.end()].isupper()


def _may_be_place(place: str, words: list[str]) -> bool:
    """Whether words in capitals may name a town that no list has: neither an acronym nor a heading."""
    acronym = place.rstrip(".") in _words("acronyms") or len(re.sub(r"\W", "", place)) < 4
    return not acronym and len(words) <= 4 and not any(word.lower() in _words("small_words") for word in words)


def embedded_dateline(row: str) -> int | None:
    """Where a dateline starts behind a caption or byline of the same paragraph, or None."""
    window = row[: LONGEST_CAPTION + 200]
    for found in re.finditer(r"(?<=[\w.)\]\"”]) +(?=[A-ZÀ-Þ(])", window):
        at = found.end()
        town = re.match(r"[^\W\d_]+", row[at:])
        if dateline(row, at, strong=True) or (
            town and town[0].isupper() and len(town[0]) > 2 and row[found.start() - 1] in '.)]"”' and _known_here(row, at)
        ):
            return at
    return None


def _known_here(row: str, at: int) -> bool:
    """Whether a known town in capitals and a dash stand here: `WASHINGTON — The …`."""
    found = _patterns("dateline")[0].match(row, at)
    place = found["place"].strip().casefold() if found else ""
    return found is not None and place in _towns() and found["mark"].strip() != ":"


# ---------------------------------------------------------------- parts of rows


def caption_prefix(row: str) -> int:
    """Length of the caption that stands before a story in one paragraph; 0, if none does."""
    brackets = photo_brackets(row[: LONGEST_CAPTION + 130])
    if brackets and brackets[0].start() == 0:
        return brackets[0].end()
    at = embedded_dateline(row)
    if at and at <= LONGEST_CAPTION + 130 and (is_caption(row[:at].rstrip()) or is_byline(row[:at].rstrip())):
        return at
    if not match("caption_label", row):
        return 0
    if brackets:
        return brackets[0].end()
    end = _SENTENCE_END.search(row[:LONGEST_CAPTION])
    return end.end() if end else 0


def tail(row: str) -> tuple[str, int] | None:
    """A credit or a picture's credit that ends a story paragraph: its kind and where it starts."""
    found = match("credit_tail", row[-700:])
    offset = max(0, len(row) - 700)
    if found and (found[0].startswith("(") or only_names(found[0])):
        return "credit", offset + found.start()
    found = match("photo_tail", row[-200:])
    if found:
        return "caption", max(0, len(row) - 200) + found.start()
    return None


def run_together(row: str) -> list[int]:
    """Where sentences start that stand behind a full stop without a space, outside of quotation marks: `it said.The`."""
    out = []
    for found in _JOINT.finditer(row):
        odd = row.count('"', 0, found.start("stop")) % 2 == 1
        inside = row.count("“", 0, found.start("stop")) > row.count("”", 0, found.start("stop"))
        at = found.end("stop")
        if found["close"] or (found["straight"] and odd):
            at, inside, odd = at + 1, False, False
        if not inside and not odd and found["word"] not in _words("no_sentence"):
            out.append(at)
    return out


_JOINT = re.compile(
    r"(?<=[a-z]{2}|\d\d|\d%|[a-z]\))(?P<stop>[.!?])(?:(?P<close>”)|(?P<open>“)|(?P<straight>\"))?"
    r"(?P<word>[A-Z][a-z]{1,15}|[AI](?= ))(?![\w.@/])"
)
