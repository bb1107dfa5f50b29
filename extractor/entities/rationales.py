"""Finds words that give a reason for a measure. Whether they are its reason the linker decides, from the syntax around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span

from extractor.entities.mention import smooth, text_of
from extractor.lexicon import Entry, entries


class RationaleCue(Entry):
    """Phrases of one reason: words in small letters, `*` for any ending of a word, or for any one word."""

    code: str
    phrases: tuple[str, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundRationale:
    """A reason's code and its words, with their offsets in `Article.text`."""

    code: str
    start: int
    end: int
    text: str


_WORD_END = r"[A-Za-z]{0,14}"
_ONE_WORD = r"[A-Za-z.'-]{1,20}"


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all phrases, with a group for each code; longer phrases first."""
    codes = {f"c{number}": cue.code for number, cue in enumerate(entries("rationales", RationaleCue))}
    groups = []
    for number, cue in enumerate(entries("rationales", RationaleCue)):
        phrases = sorted(cue.phrases, key=lambda phrase: (-len(phrase), phrase))
        groups.append(f"(?P<c{number}>{'|'.join(_expression(phrase) for phrase in phrases)})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE), codes


def _expression(phrase: str) -> str:
    words = [_ONE_WORD if word == "*" else re.escape(word).replace(r"\*", _WORD_END) for word in phrase.split()]
    return r"[\s-]".join(words)


def rationales_in(span: Span) -> list[FoundRationale]:
    """The reasons that a span's words name, in the order of the text; each stretch of text counts once."""
    pattern, codes = _pattern()
    text = text_of(span.doc)
    out = []
    for match in pattern.finditer(smooth(span.doc), span.start_char, span.end_char):
        out.append(FoundRationale(codes[match.lastgroup or ""], match.start(), match.end(), text[match.start() : match.end()]))
    return out
