"""Personal names: their parts, which two name the same person, and the words of a document that they are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from extractor.entities.mention import smooth
from extractor.lexicon import table

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i"}
    | {"þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss"}
)
"""Letters that are no plain one with an accent."""


def fold(text: str) -> str:
    """Small letters without accents; straight marks."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@cache
def words_of(file: str, *keys: str) -> frozenset[str]:
    """A word list of the lexicon (`people_names`, `titles` or `roles`), folded."""
    value: object = table(file)
    for key in keys:
        assert isinstance(value, dict)
        value = value[key]
    if isinstance(value, str):
        return frozenset(fold(word) for word in value.split())
    assert isinstance(value, Iterable)
    return frozenset(fold(str(word)) for word in value)


@cache
def given_names() -> frozenset[str]:
    """All given names that the lexicon knows."""
    return (
        words_of("people_names", "given", "female")
        | words_of("people_names", "given", "male")
        | words_of("people_names", "given", "either")
    )


@cache
def family_first() -> frozenset[str]:
    """Family names that stand before the given name."""
    return frozenset().union(*(words_of("people_names", "east_asian", key) for key in ("chinese", "korean", "vietnamese")))


@cache
def particles() -> frozenset[str]:
    """Particles of family names, folded."""
    return words_of("people_names", "parts", "particles") | words_of("people_names", "parts", "capital_particles")


def is_initial(word: str) -> bool:
    """`J.`, `H.W.` or a bare `J`."""
    return bool(re.fullmatch(r"(?:[A-Z]\.-?){1,3}|[A-Z]", word))


# ---------------------------------------------------------------- words


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a document; tokens joined by hyphens are one word.

    Attributes:
        text: as the parser sees it.
        start: offset of the first character.
        end: offset behind the last character.
        first: index of the first token.
        last: index of the last token.
    """

    text: str
    start: int
    end: int
    first: int
    last: int

    @property
    def low(self) -> str:
        """Folded text."""
        return fold(self.text)

    @property
    def is_cap(self) -> bool:
        """Whether it begins with a capital letter and holds letters only (and marks that names hold); `al-Sabri` counts."""
        article, name = ([*re.split("[-']", self.text, maxsplit=1), ""])[:2]
        capital = self.text[0].isupper() or (name[:1].isupper() and article in words_of("people_names", "parts", "articles"))
        return capital and all(c.isalpha() or c in "-'." for c in self.text)


def words(doc: Doc) -> list[Word]:
    """The words of a document in order, white space left out."""
    out: list[Word] = []
    i = 0
    while i < len(doc):
        if doc[i].is_space:
            i += 1
            continue
        j = i
        while _joined(doc, j):
            j += 2
        start, end = doc[i].idx, doc[j].idx + len(doc[j])
        if end - start > 1:  # a dash may be glued to a word: "India -Jane Roe"
            start += len(smooth(doc)[start:end]) - len(smooth(doc)[start:end].lstrip("-—"))
            end -= len(smooth(doc)[start:end]) - len(smooth(doc)[start:end].rstrip("-—"))
        if start < end:
            out.append(Word(smooth(doc)[start:end], start, end, i, j))
        i = j + 1
    return out


def _joined(doc: Doc, i: int) -> bool:
    """Whether a hyphen joins the token to the one after next."""
    return (
        i + 2 < len(doc)
        and doc[i + 1].text == "-"
        and not doc[i].whitespace_
        and not doc[i + 1].whitespace_
        and doc[i].text[-1].isalpha()
        and doc[i + 2].text[0].isalpha()
        and doc[i + 2].text not in words_of("people_names", "parts", "participles")  # "Roe-led" is no name
    )


def token_of(doc: Doc, word: Word) -> Token:
    """The last token of a word; it carries the word's tag and its place in the parse."""
    return doc[word.last]


# ---------------------------------------------------------------- names


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart, folded.

    Attributes:
        given: given names and initials in order.
        family: the family name, with its particles.
        suffix: `jr`, `iii` and the like.
    """

    given: tuple[str, ...]
    family: str
    suffix: str | None = None


def parse(text: str) -> Name:
    """Takes a name apart: `Ursula von der Leyen`, `Xi Jinping`, `Joseph R. Biden Jr.`, `De Clercq`."""
    parts = [p for p in re.sub(r"[\"“”(][^\"“”)]{0,100}[\"“”)]", " ", text).replace(",", " ").split() if p]
    suffix = None
    while len(parts) > 1 and fold(parts[-1]) in words_of("people_names", "parts", "suffixes"):
        suffix = fold(parts.pop()).rstrip(".")
    if len(parts) > 1 and fold(parts[0]) in ("lord", "lady", "baroness", "sir", "dame"):
        parts = parts[1:]
    low = [fold(p) for p in parts]
    if len(parts) == 1:
        return Name((), low[0], suffix)
    if low[0] in particles() and low[0] not in given_names() | short_forms().keys():
        return Name((), " ".join(low), suffix)  # "Von der Leyen" alone
    if is_family_first(parts):
        return Name(tuple(low[1:]), low[0], suffix)
    at = len(low) - 1
    while at > 1 and low[at - 1] in particles():
        at -= 1
    return Name(tuple(low[:at]), " ".join(low[at:]), suffix)


def is_family_first(parts: list[str]) -> bool:
    """Whether the family name stands first, as in Chinese, Korean and Vietnamese names."""
    low = [fold(p) for p in parts]
    if low[0] not in family_first() or not 2 <= len(parts) <= 3 or any(is_initial(p) or p.islower() for p in parts):
        return False
    if low[0] in given_names():  # "Kim", "Lee", "Ben": a hyphen or a second Asian name decides
        return "-" in parts[1] or len(parts) == 3
    return low[1] not in given_names() or "-" in parts[1]


def agree(one: Name, other: Name) -> bool:
    """Whether two names may be one person's: one family name and no given name against it, or one is the other cut short."""
    if one.family != other.family:
        whole = {
            " ".join((*n.given, n.family)) for n in (one, other) if n.given
        }  # "Al Sabri" alone may look like a given name and a family name
        return bool(whole & {one.family, other.family}) or _cut_short(one, other) or _cut_short(other, one)
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    if not one.given or not other.given:
        return True
    first, second = one.given[0], other.given[0]
    if not same_given(first, second):
        return first in other.given[1:] or second in one.given[1:]
    middle, another = one.given[1:], other.given[1:]
    return not middle or not another or same_given(middle[0], another[0])


def _cut_short(short: Name, full: Name) -> bool:
    """Whether a full name is used without some of its parts: `Ana Lago` for `Ana Lago Prieto`."""
    if not short.given or not full.given or short.given[0] != full.given[0]:
        return False
    words, more = [*short.given, *short.family.split()], [*full.given, *full.family.split()]
    return len(words) < len(more) and [w for w in more if w in words] == words


def same_given(one: str, other: str) -> bool:
    """Whether two given names may be the same: equal, an initial, or a usual short form."""
    if one == other:
        return True
    bare, naked = one.rstrip("."), other.rstrip(".")
    if len(bare) == 1 or len(naked) == 1 or "." in bare or "." in naked:
        return bare[0] == naked[0]
    return other in short_forms().get(one, ()) or one in short_forms().get(other, ())


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Usual short forms of given names, folded."""
    return {fold(short): frozenset(fold(f) for f in full) for short, full in table("people_names")["nicknames"].items()}


def sex(name: Name) -> str | None:
    """`male` or `female` where the first given name says so."""
    if not name.given:
        return None
    first = re.split(r"[- ]", name.given[0])[0] if name.given[0] not in given_names() else name.given[0]
    male, female = first in words_of("people_names", "given", "male"), first in words_of("people_names", "given", "female")
    return None if male == female else "male" if male else "female"
