"""Texts that make a regular expression go back and forth: what it repeats, again and again, behind what leads there, without its end."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

CHARACTERS = "aA1 -.,'\n\"(%é\u00a0"
"""One of each kind that patterns tell apart."""
MANY = 9
"""A repetition of so many or more is driven."""
BRANCHES, MOST = 4, 40
"""Alternatives looked into at one place, and attacks on one pattern."""
END = "\x00q\x00"
"""What most repetitions do not go on with."""
PLAIN = (
    " ",
    "a",
    "A",
    "1",
    "\n",
    "a ",
    "A ",
    "A a ",
    "A, ",
    "A. ",
    "1 ",
    "1,",
    ". ",
    '" ',
    "'s ",
    "A-",
    "(",
    "- ",
    "%",
    "1% ",
    "the ",
    "of ",
    "A of ",
)

_KINDS: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdigit,
    sre.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    sre.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    sre.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


def _of_class(items: list[tuple[Any, Any]]) -> list[str]:
    """Characters of a class."""
    negated = items[0][0] is sre.NEGATE
    own = [chr(v) if op is sre.LITERAL else chr(v[0]) for op, v in items if op in (sre.LITERAL, sre.RANGE)]

    def within(c: str) -> bool:
        for op, value in items:
            if op is sre.LITERAL and ord(c) == value:
                return True
            if op is sre.RANGE and value[0] <= ord(c) <= value[1]:
                return True
            if op is sre.CATEGORY and _KINDS[value](c):
                return True
        return False

    return [c for c in CHARACTERS if within(c) != negated] or [c for c in own if not negated] or ["~"]


def samples(tree: Any) -> list[str]:
    """A few strings that a part of a pattern matches, conditions left aside."""
    found = [""]
    for op, value in tree:
        parts = _samples(op, value)
        found = [head + part for head in found for part in parts][:BRANCHES] if parts else found
    return found


def _samples(op: Any, value: Any) -> list[str]:
    if op is sre.LITERAL:
        return [chr(value)]
    if op is sre.NOT_LITERAL:
        return [c for c in CHARACTERS if ord(c) != value][:2]
    if op is sre.ANY:
        return ["a", " "]
    if op is sre.IN:
        return _of_class(value)[:3]
    if op is sre.BRANCH:
        return [text for branch in value[1][:BRANCHES] for text in samples(branch)[:1]]
    if op is sre.SUBPATTERN:
        return samples(value[3])
    if op is sre.ATOMIC_GROUP:
        return samples(value)
    if op in _REPEATS:
        low, _, body = value
        return [text * max(low, 1) for text in samples(body)] + ([""] if low == 0 else [])
    return []


_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def pumps(tree: Any, lead: str = "") -> Iterator[tuple[str, str]]:
    """What leads to each long repetition, and what is repeated there."""
    for op, value in tree:
        if op in _REPEATS:
            _, high, body = value
            if high >= MANY:
                for text in samples(body):
                    if text:
                        yield lead, text
            yield from pumps(body, lead)
        elif op is sre.SUBPATTERN:
            yield from pumps(value[3], lead)
        elif op is sre.ATOMIC_GROUP:
            yield from pumps(value, lead)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from pumps(branch, lead)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from pumps(value[1], lead)
        parts = _samples(op, value)
        lead += parts[0] if parts else ""


def attacks(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], str]]:
    """Texts to try on a pattern, each as a function of its length."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    whole = samples(tree)[0]
    found = list(dict.fromkeys(islice(pumps(tree), 4 * MOST)))
    step = max(1, len(found) // MOST)
    for lead, part in found[::step]:
        yield lambda n, a=lead, b=part: a + b * (n // len(b)) + END  # type: ignore[misc]
        yield lambda n, a=lead, b=part: (a + b) * (n // len(a + b)) + END  # type: ignore[misc]
        yield lambda n, a=lead, b=part: a * (n // 2 // max(1, len(a))) + b * (n // 2 // len(b)) + END  # type: ignore[misc]
    for part in (*PLAIN, *([whole] if whole else []), *([whole[: len(whole) // 2]] if len(whole) > 1 else [])):
        yield lambda n, b=part: b * (n // len(b)) + END  # type: ignore[misc]


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """CPU time, the least of some tries: others on the machine can only make it longer."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best
