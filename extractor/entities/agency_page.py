"""What the rules for public bodies share: the article with its countries, candidates, and how bodies are named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc

from extractor.entities.agency_table import AgencyEntry
from extractor.entities.countries import capital_of
from extractor.entities.home import speaks_of_state
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mentions, smooth
from extractor.lexicon import table
from extractor.records import EntityType


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may name a public body.

    Attributes:
        start: offset of the first character.
        end: offset behind the last one.
        family: what a later "the ministry" or "the court" would call it.
        key: the words that tell it from other bodies of its kind, small and in order.
        country: code of the country that the words themselves give.
        rows: bodies of the table that have this name.
        names: whether the words are a name of the body, not a title or another's word for it.
    """

    start: int
    end: int
    family: str
    key: str
    country: str | None = None
    rows: tuple[AgencyEntry, ...] = ()
    names: bool = True


_BEHIND = re.compile(r" (?:of|for) (?:the )?")
_OWN = re.compile(r"\b(?:its|their) (?:own )?\Z")
_SEAT = re.compile(r" in (?P<city>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")


class Page:
    """An article as the rules see it: its text, and the countries by where they begin and end."""

    def __init__(self, doc: Doc) -> None:
        """Collects the countries of a document."""
        self.doc = doc
        self.text = smooth(doc)
        self.countries = mentions(doc, EntityType.COUNTRY)
        self._ending = {m.end: m for m in self.countries}
        self._beginning = {m.start: m for m in reversed(self.countries)}

    def before(self, start: int) -> tuple[Mention | None, bool]:
        """The country that stands right before an offset, and whether as a possessor ("China's")."""
        at = len(self.text[:start].rstrip()) if start < 80 else start - 80 + len(self.text[start - 80 : start].rstrip())
        if self.text[max(0, at - 2) : at] == "'s":
            return self._ending.get(at - 2), True
        if self.text[max(0, at - 1) : at] == "'":
            return self._ending.get(at - 1), True
        return self._ending.get(at) if at < start else None, False

    def behind(self, end: int) -> Mention | None:
        """The country in "… of (the) COUNTRY" or "… for COUNTRY" behind an offset."""
        match = _BEHIND.match(self.text, end)
        return self._beginning.get(match.end()) if match else None

    def seat_behind(self, end: int) -> str | None:
        """Code of the country whose capital follows: "the commerce ministry in Beijing"."""
        match = _SEAT.match(self.text, end)
        return capital_of(match["city"]) if match else None

    def country(self, start: int, end: int) -> str | None:
        """Code of the country that a name's neighbours or its own words give."""
        inner = next((m for m in self.countries if start <= m.start and m.end <= end), None)
        found = inner or self.before(start)[0] or self.behind(end) or self._owner(start)
        return code_of(found) if found else self.seat_behind(end)

    def _owner(self, start: int) -> Mention | None:
        """The country that "its" or "their" before an offset means: the last one before it in the sentence, not of goods."""
        pronoun = _OWN.search(self.text, max(0, start - 12), start)
        span = self.doc.char_span(start, start + 1, alignment_mode="expand")
        if pronoun is None or span is None:
            return None
        sentence = span.sent.start_char
        before = [m for m in self.countries if sentence <= m.start and m.end <= pronoun.start()]
        return next((m for m in reversed(before) if speaks_of_state(self.doc, m)), before[-1] if before else None)

    def in_title(self, offset: int) -> bool:
        """Whether the offset lies in a headline, where capitals say nothing."""
        segment = segment_at(self.doc, offset)
        return segment is not None and segment.kind in (SegmentKind.TITLE, SegmentKind.HEADING)


def code_of(mention: Mention) -> str:
    """The code of a country's mention."""
    code: str = getattr(mention.value, "code", "")
    return code


@cache
def lists(name: str) -> dict[str, Any]:
    """A section of `agency_words.toml`."""
    found: dict[str, Any] = table("agency_words")[name]
    return found


def family_of(words: str, kind: str) -> str:
    """The common noun for the body: the one in its name, else the one of its kind."""
    low = words.lower()
    for family, nouns in lists("generic").items():
        if any(re.search(rf"\b{noun}\b", low) for noun in nouns):
            return str(family)
    return kind


def key_of(words: str) -> str:
    """The words that matter of a body's name: "Ministry of Commerce" and "commerce ministry" are both "commerce"."""
    low = re.sub(r"['’]s?\b", " ", words.lower().replace("defence", "defense").replace("labour", "labor"))
    kept = [w for w in re.findall(r"[\w.&-]+", low) if w not in lists("empty")["words"]]
    return " ".join(kept) or low.strip()


def is_part(page: Page, start: int, end: int) -> bool:
    """Whether a single word ("Army", "Treasury") is part of a longer name or of a term ("Treasury yields")."""
    following = re.compile(r"[ -](\w+)").match(page.text, end)
    if following and following[1].lower() in lists("single")["not_before"]:
        return True
    before = re.search(r"([A-Z]\w{0,25}) $", page.text[max(0, start - 25) : start])
    if not before or page.before(start)[0]:
        return False
    sentence_start = re.search(r"(?:^|[.!?\n\"] ?)\s{0,40}$", page.text[max(0, start - 40) : start - len(before[0])])
    return not sentence_start and before[1] not in ("The",)


def with_adjective(page: Page, start: int, words: str) -> int:
    """Where a name begins with its country ("Chinese Commerce Ministry"); a possessor stays outside."""
    country, possessor = page.before(start)
    return country.start if country and not possessor and words[0].isupper() else start


@cache
def topic() -> str:
    """A pattern for what a ministry is for, one or several: `trade, industry and energy`."""
    words = sorted(lists("topics")["words"], key=len, reverse=True)
    one = "(?:" + "|".join(re.escape(w) for w in words) + ")"
    return rf"(?:{one}(?: {one})?(?:(?:, and |, | and | & ){one}(?: {one})?){{0,3}})"


@cache
def ministry_form(form: str) -> re.Pattern[str]:
    """A pattern in which TOPICS, HEAD and TITLE stand for topics, "ministry" and "minister" and their like."""
    heads, titles = "|".join(lists("topics")["heads"]), "|".join(lists("topics")["titles"])
    return re.compile(
        form.replace("TOPICS", f"(?P<topics>{topic()})")
        .replace("HEAD", f"(?P<head>{heads})")
        .replace("TITLE", f"(?:under-?)?(?P<head>{titles})"),
        re.IGNORECASE,
    )


def capitalised_name(words: str) -> str:
    """Words with the capitals of a name: `Ministry of Trade`."""
    small = {"of", "for", "and", "the"}
    return re.sub(r"[^\W\d_]+", lambda m: m[0].lower() if m[0].lower() in small else m[0][0].upper() + m[0][1:], words)


def is_topic(word: str) -> bool:
    """Whether a word says what a public body is for."""
    return word.lower() in lists("topics")["words"] or word in lists("heads")["public"]
