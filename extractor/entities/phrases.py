"""A dictionary of phrases over words: the longest phrase from each place on, in linear time.

Its words are its own, not the tokenizer's, so that "U.S.-China" holds two names. A phrase matches in the letters that it is given
in, or in capitals throughout ("SOUTH KOREA"); two- and three-letter phrases only as given ("US" is not "us").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?(?![^\W_])|[^\W_]+|&")
_GAP = re.compile(r"(?:[ \t\r\n\u00a0]{0,4}|\. ?|[-’'‘\u2011])\Z|, \Z")
SHORTEST_SHOUTED = 4


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: character offsets and what the dictionary has for it."""

    start: int
    end: int
    payload: T


class PhraseIndex(Generic[T]):
    """Phrases and what they mean."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, any_case: bool = False) -> None:
        """Builds the dictionary. The first of two equal phrases wins.

        Args:
            phrases: pairs of a phrase and its payload.
            any_case: whether letters' case does not matter at all.
        """
        self._any_case = any_case
        self._table: dict[tuple[str, ...], list[tuple[tuple[str, ...], T]]] = {}
        self._longest: dict[str, int] = {}
        for phrase, payload in phrases:
            surface = tuple(phrase[a:b] for a, b in words(phrase))
            key = tuple(_key(w) for w in surface)
            rows = self._table.setdefault(key, [])
            if all(known != surface for known, _ in rows):
                rows.append((surface, payload))
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def find(self, text: str) -> Iterator[Hit[T]]:
        """Phrases in the text, leftmost and longest first, without overlap."""
        places = list(words(text))
        keys = [_key(text[a:b]) for a, b in places]
        at = 0
        while at < len(places):
            for length in range(min(self._longest.get(keys[at], 0), len(places) - at), 0, -1):
                payload = self._match(text, places[at : at + length], tuple(keys[at : at + length]))
                if payload is not None:
                    yield Hit(places[at][0], places[at + length - 1][1], payload[0])
                    at += length - 1
                    break
            at += 1

    def get(self, phrase: str) -> T | None:
        """What the dictionary has for exactly this phrase."""
        places = list(words(phrase))
        found = self._match(phrase, places, tuple(_key(phrase[a:b]) for a, b in places)) if places else None
        return found[0] if found else None

    def _match(self, text: str, places: list[tuple[int, int]], key: tuple[str, ...]) -> tuple[T] | None:
        rows = self._table.get(key)
        if not rows or any(not _GAP.match(text[a:b]) for (_, a), (b, _) in pairwise(places)):
            return None
        surface = tuple(text[a:b] for a, b in places)
        for form, payload in rows:
            if self._any_case or _same(surface, form):
                return (payload,)
        return None


def words(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the words: runs of letters and digits, and initials with their points ("U.S.")."""
    for found in _WORD.finditer(text):
        yield found.span()


def _key(word: str) -> str:
    return word.casefold().replace(".", "") or "&"


def _same(surface: tuple[str, ...], form: tuple[str, ...]) -> bool:
    if surface == form:
        return True
    shouted = sum(len(w) for w in form) >= SHORTEST_SHOUTED
    return shouted and all(s in (f, f.upper()) for s, f in zip(surface, form, strict=True))
