"""Reads the corpus: invented articles with their names marked, as paragraphs with labelled spans.

A name's forms are listed once an article (`gold/NAME.json`); each whole-word occurrence of a form is one mention, longest first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.article import Article
from extractor.entities.layout import SegmentKind, parser_text, segment

LABELS = ("PERSON", "AGENCY", "ORG", "COUNTRY", "PLACE")
LISTS = {
    "people": "PERSON",
    "byline_people": "PERSON",
    "agencies": "AGENCY",
    "organizations": "ORG",
    "places": "PLACE",
    "country_words": "COUNTRY",
}
_HONORIFIC = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prof|Professor|Lord|Lady|President|Secretary|Justice|Sen|Senator|Rep|Congresswoman)\.? "
    r"(?=\S+ ?\S*)"
)
_AT_PLACE = re.compile(r"\b(?:in|at|near|around|outside|into|to|from)\s\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a headline, as the trained parts see it.

    Attributes:
        text: the words.
        spans: start, end and label of each name, in the order of the text.
        article: where it comes from.
        headline: whether any word may have a capital.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    article: str
    headline: bool = False


def is_held_out(name: str) -> bool:
    """Whether an article is for the last test alone: those of odd number."""
    return int(name.rsplit("-", 1)[1]) % 2 == 1


def names(folder: Path, *, held_out: bool) -> list[str]:
    """The articles of one part of the corpus."""
    return sorted(p.stem for p in (folder / "gold").glob("*.json") if is_held_out(p.stem) == held_out)


def read(folder: Path, name: str) -> list[Piece]:
    """One article's pieces."""
    gold = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return list(pieces((folder / "articles" / f"{name}.txt").read_text(encoding="utf-8"), gold, name))


def pieces(raw: str, gold: dict[str, Any], name: str) -> Iterator[Piece]:
    """The pieces of a text, by its lists of forms."""
    article = Article.build(raw, source=name)
    segments = segment(article)
    text = parser_text(article, segments)
    found = mark(article.text, gold)
    for part in segments:
        low = part.start + len(text[part.start : part.end]) - len(text[part.start : part.end].lstrip())
        inside = [(s - low, e - low, label) for s, e, label in found if low <= s and e <= part.end]
        words = text[low : part.end].rstrip()
        if words:
            yield Piece(words, tuple(inside), name, part.kind in (SegmentKind.TITLE, SegmentKind.HEADING))


def mark(text: str, gold: dict[str, Any]) -> list[tuple[int, int, str]]:
    """All mentions of the forms: longest first, none inside another; of "Bend, Oregon" each place by itself."""
    forms: dict[str, set[str]] = {}
    for key, label in LISTS.items():
        for group in gold.get(key, []):
            for form in [group] if isinstance(group, str) else group:
                bare = _HONORIFIC.sub("", form, count=1) if label == "PERSON" and _HONORIFIC.match(form) else form
                for part in bare.split(", ") if label == "PLACE" else [bare]:
                    forms.setdefault(part, set()).add(label)
    found: list[tuple[int, int, str]] = []
    taken = [False] * len(text)
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        for match in re.finditer(rf"(?<![\w])(?:{re.escape(form)})(?!\w)", text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append((start, end, _settle(text, start, forms[form])))
    return sorted(found)


def _settle(text: str, start: int, labels: set[str]) -> str:
    """Of a city that is a place here and a government there: a place behind a preposition and at the start of a line."""
    if labels == {"PLACE", "COUNTRY"}:
        before = text[max(0, start - 12) : start]
        return "PLACE" if _AT_PLACE.search(before) or before.endswith("\n") else "COUNTRY"
    return next(label for label in LABELS if label in labels)
