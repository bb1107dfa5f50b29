"""Numbers as news writes them: figures, words, fractions, and the scales behind them ("mln", "crore").

No library on PyPI covers that mixture ("2-1/2", "50 mln", "half a billion", "a fifth"), so this is a small parser over a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.lexicon import table

_TABLE = table("numbers")
_UNITS: dict[str, float] = _TABLE["units"]
_TENS: dict[str, float] = _TABLE["tens"]
_SCALES: dict[str, float] = _TABLE["scales"]
_SUFFIXES: dict[str, float] = _TABLE["suffixes"]
_MONEY_SUFFIXES: dict[str, float] = _TABLE["money_suffixes"]
_FRACTIONS: dict[str, float] = _TABLE["fractions"]
_SIGNS: dict[str, float] = _TABLE["signs"]
_ORDINALS = frozenset(_TABLE["words"]["ordinals"])
_ATTACHED = frozenset(_TABLE["words"]["attached"])
_BEGINNERS = frozenset({*_UNITS, *_TENS, *_SIGNS, "a", "an", "half"})
_SLASH_DENOMINATORS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32, 64)

_PIECE = re.compile(
    r"(?P<gap>[\s‑–-]{0,2})"
    r"(?:(?P<slash>\d{1,2}/\d{1,2})(?![\d/])"
    r"|(?P<figure>\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?:\.\d{1,9})?(?!\d)|\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})"
    r"|(?P<sign>[" + "".join(_SIGNS) + r"])"
    r"|(?P<word>[A-Za-z]{1,20}))"
)
_LEADING = re.compile(r"[\s(]*(?:[A-Za-z]{0,3}[$€£¥₹₩])?\s*")
LONGEST = 12
"""Pieces of the longest number; a bound, so that a scan stays linear."""


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    end: int
    attached: bool


def parse_number(text: str) -> float | None:
    """The value of a text that is one number, or None.

    `25`, `1,000`, `2.5`, `twenty-five`, `a dozen`, `half`, `a fifth`, `2-1/2`, `$1.2 trillion`, `50 mln`, `2,000 crore`.
    """
    start = _LEADING.match(text)
    begin = start.end() if start else 0
    found = number_in(text, begin, money=begin > 0)
    return found[1] if found and not text[found[0] :].strip(" \t\n).,") else None


def number_at(doc: Doc, i: int) -> tuple[int, float] | None:
    """The number that begins at token `i`.

    Returns:
        The index behind its last token, and its value; None if no number begins there. A token that goes on behind the number
        ("25pct") counts as its last one.
    """
    if i and not doc[i - 1].whitespace_ and doc[i - 1].text[-1].isalnum():
        return None
    found = number_in(doc[i : i + 2 * LONGEST].text, 0)
    if not found:
        return None
    end, last = doc[i].idx + found[0], i
    while last + 1 < len(doc) and doc[last + 1].idx < end:
        last += 1
    return last + 1, found[1]


def begins_number(doc: Doc, i: int) -> bool:
    """Whether a number may begin at token `i`; cheap, for scans over all tokens."""
    word = doc[i].lower_
    return word[0].isdigit() or word in _BEGINNERS or word.partition("-")[0] in _BEGINNERS


def number_in(text: str, start: int, *, money: bool = False) -> tuple[int, float] | None:
    """The number that begins at a character.

    Args:
        text: any text.
        start: offset of the number's first character; nothing before it is looked at.
        money: an amount of money, where "t" is a trillion.

    Returns:
        The offset behind its last character, and its value.
    """
    pieces = list(_pieces(text, start))
    if not pieces:
        return None
    first = pieces[0]
    if first.kind in {"figure", "slash", "sign"}:
        return _figure(pieces, money=money)
    if first.text in {"a", "an"}:
        return _with_article(pieces)
    if first.text == "half":
        return _half(pieces)
    return _words(pieces)


def _pieces(text: str, start: int) -> Iterator[_Piece]:
    at = start
    for count in range(LONGEST):
        match = _PIECE.match(text, at)
        if not match or (count == 0 and match["gap"]):
            return
        kind = match.lastgroup or ""
        yield _Piece(kind, match[kind].lower(), match.end(), not match["gap"])
        at = match.end()


def _figure(pieces: list[_Piece], *, money: bool) -> tuple[int, float] | None:
    value, end, rest = _value(pieces[0]), pieces[0].end, pieces[1:]
    if value is None:
        return None
    if rest and pieces[0].kind == "figure" and rest[0].kind in {"slash", "sign"}:
        part = _value(rest[0])
        if part is not None and value == int(value):
            value, end, rest = value + part, rest[0].end, rest[1:]
    if rest and rest[0].attached and rest[0].kind == "word":
        factor = {**_SCALES, **_SUFFIXES, **(_MONEY_SUFFIXES if money else {})}.get(rest[0].text)
        if factor:
            value, end, rest = value * factor, rest[0].end, rest[1:]
        elif rest[0].text not in _ATTACHED:
            return None
    return _scaled(value, end, rest)


def _value(piece: _Piece) -> float | None:
    if piece.kind == "sign":
        return _SIGNS[piece.text]
    if piece.kind == "figure":
        return float(piece.text.replace(",", ""))
    over, under = (int(part) for part in piece.text.split("/"))
    return over / under if under in _SLASH_DENOMINATORS and over < under else None


def _scaled(value: float, end: int, rest: list[_Piece]) -> tuple[int, float]:
    """Applies the scales that follow: "2 lakh crore"."""
    for piece in rest:
        if piece.kind != "word" or piece.text not in _SCALES:
            break
        value, end = value * _SCALES[piece.text], piece.end
    return end, round(value, 6)


def _with_article(pieces: list[_Piece]) -> tuple[int, float] | None:
    """`a hundred`, `a fifth`, `a half`, `a dozen`."""
    if len(pieces) < 2:
        return None
    word = pieces[1].text
    if word in _SCALES:
        return _words([_Piece("word", "one", pieces[0].end, False), *pieces[1:]])
    if word in _FRACTIONS and not word.endswith("s") and word != "halves":
        return pieces[1].end, 1 / _FRACTIONS[word]
    return None


def _half(pieces: list[_Piece]) -> tuple[int, float]:
    """`half`, `half a billion`."""
    rest = pieces[2:] if len(pieces) > 2 and pieces[1].text in {"a", "an"} else []
    return _scaled(0.5, rest[0].end, rest) if rest and rest[0].text in _SCALES else (pieces[0].end, 0.5)


def _words(pieces: list[_Piece]) -> tuple[int, float] | None:
    """Cardinal number words, with "and a half" and fractions ("two-thirds")."""
    total = group = 0.0
    count, end = 0, 0
    last = 0.0
    while count < len(pieces):
        word = pieces[count].text
        if word in _UNITS and (count == 0 or last == 0.0 or last >= 100 or (last >= 20 and _UNITS[word] < 10)):
            group, last = group + _UNITS[word], _UNITS[word] or 1.0
        elif word in _TENS and (count == 0 or last >= 100):
            group, last = group + _TENS[word], _TENS[word]
        elif word in _SCALES and count:
            scale = _SCALES[word]
            if scale <= 100:
                group *= scale
            else:
                total, group = (total + group * scale, 0.0) if group else (total * scale, 0.0)
            last = scale if scale != 12 else 1.0
        elif word == "and" and count and last >= 100 and _continues(pieces, count + 1):
            count += 1
            continue
        else:
            break
        end, count = pieces[count].end, count + 1
    if not count or not end:
        return None
    return _tail(total + group, last, end, pieces[count:])


def _continues(pieces: list[_Piece], at: int) -> bool:
    return at < len(pieces) and (pieces[at].text in _UNITS or pieces[at].text in _TENS)


def _tail(value: float, last: float, end: int, rest: list[_Piece]) -> tuple[int, float] | None:
    if not rest:
        return end, value
    word = rest[0].text
    if word in _FRACTIONS and 0 < value < _FRACTIONS[word] and (value == 1) != word.endswith("s"):
        return rest[0].end, value / _FRACTIONS[word]
    if word in _ORDINALS and rest[0].kind == "word":
        return None
    fraction = _and_fraction(rest)
    if fraction:
        part, used = fraction
        scale = last if last >= 1000 else 1.0
        return _scaled(value + part * scale, rest[used - 1].end, rest[used:] if scale == 1.0 else [])
    return end, value


def _and_fraction(rest: list[_Piece]) -> tuple[float, int] | None:
    """`and a half`, `and three quarters`: the fraction and how many pieces it has."""
    if len(rest) < 3 or rest[0].text != "and":
        return None
    over = {"a": 1.0, "an": 1.0, **_UNITS}.get(rest[1].text)
    under = _FRACTIONS.get(rest[2].text)
    return (over / under, 3) if over and under and over < under else None
