"""The same story from several outlets, or a corrected version of it: exact by hash, near by MinHash with LSH.

What is compared is the body: titles, bylines, datelines, captions and credits are each outlet's own. Texts are near when most of
their runs of `SHINGLE` words are the same. Two more things must then fit: the names, since the announcements of one body on two
countries' goods differ in little else, and the days, since a weekly report differs from the last one in its figures.

The signatures lie in arrays, so that an article costs some 1,000 bytes. The same articles in the same order give the same answers
on any machine: there are no random numbers, and no `hash()` of Python's.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.article import Article
from extractor.records import Extraction

SHINGLE = 3
"""Words of a shingle."""
ROWS, BANDS = 4, 32
"""Values in a band, and bands: texts that share 55% of their shingles share a band in 95 of 100 cases, 70% in all."""
NEAR = 0.55
"""Least estimated share of common shingles."""
SHORTEST = 30
"""Words of the shortest text that may be near another; shorter ones are the same or not."""
LEAD_WORDS, OFTEN, KEY_NAMES = 30, 3, 24
"""Words of the lead; times that a name must stand in the text to be a key name as those of the lead are; most key names kept."""
NAME_BITS = 1024
"""Bits of the filter of all names in a text."""
LONGEST_GAP = 4
"""Days between two articles that are near each other: a story travels for a weekend, a weekly report comes after seven days."""
FORMAT = "extractor-duplicates 1"
"""First word of a stored state; a state of another form is refused."""

_WIDTH = ROWS * BANDS
_AT_ONCE = 4096
"""Shingles that are hashed at once: a bound on memory for long texts."""


class Sketch(NamedTuple):
    """What is kept of an article. It may be made in any process and is small: pass it on, or write it down as text.

    Attributes:
        id: the article's.
        exact: hash of the words.
        signature: MinHash values; empty for a text too short to be near another.
        names: a Bloom filter of all names in the text.
        keys: hashed names of the lead and names that stand often in the text.
        day: day of publication as an ordinal; 0 if not known.
    """

    id: str
    exact: bytes
    signature: bytes
    names: bytes
    keys: tuple[int, ...]
    day: int

    def to_text(self) -> str:
        """One line of JSON."""
        packed = [base64.b85encode(part).decode() for part in (self.exact, self.signature, self.names)]
        return json.dumps([self.id, *packed, self.keys, self.day], separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Sketch:
        """The sketch that `to_text` wrote.

        Raises:
            ValueError: it is none.
        """
        try:
            name, *packed, keys, day = json.loads(text)
            exact, signature, names = map(base64.b85decode, packed)
            found = cls(str(name), exact, signature, names, tuple(map(int, keys)), int(day))
        except (TypeError, AttributeError) as error:
            raise ValueError(f"no sketch of an article: {text[:40]!r}") from error
        sizes = len(found.exact), len(found.names), len(found.signature)
        if sizes not in ((8, NAME_BITS // 8, 0), (8, NAME_BITS // 8, 2 * _WIDTH)) or len(found.keys) > KEY_NAMES:
            raise ValueError(f"no sketch of an article: {text[:40]!r}")
        return found


def sketch(article: Article) -> Sketch:
    """What is kept of an article."""
    written = list(_words(_body(article)))
    words = [_plain(word) for word in written]
    names, keys = _names(written, words)
    return Sketch(
        id=article.id,
        exact=_digest(" ".join(words)),
        signature=_signature(words) if len(words) >= SHORTEST else b"",
        names=names,
        keys=keys,
        day=article.published.toordinal() if article.published else 0,
    )


class Duplicates:
    """Tells of each article, in the order in which they come, which earlier one it duplicates.

    Only articles that duplicate none are kept, so that the answer is always an original and versions do not drift.
    """

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._exact: dict[bytes, int] = {}
        self._near = _Index()

    def __len__(self) -> int:
        """How many originals there are."""
        return len(self._ids)

    def add(self, article: Article) -> str | None:
        """Looks an article up, and keeps it when it is new.

        Returns:
            The id of the earlier article that this one duplicates, or None. An article with the id of an earlier one is that
            article again, no duplicate.
        """
        return self.add_sketch(sketch(article))

    def add_sketch(self, new: Sketch) -> str | None:
        """As `add`, with an article's sketch."""
        at = self._exact.get(new.exact)
        if at is None:
            at = self._near.find(new)
        if at is not None:
            return self._ids[at] if self._ids[at] != new.id else None
        self._exact[new.exact] = len(self._ids)
        self._ids.append(new.id)
        self._near.append(new)
        return None

    def state(self) -> bytes:
        """All that is known, as plain bytes: a line of JSON, then numbers."""
        head = json.dumps({"format": FORMAT, "ids": self._ids}, ensure_ascii=False).encode()
        return head + b"\n" + b"".join(self._exact) + self._near.dump()

    @classmethod
    def restore(cls, state: bytes) -> Duplicates:
        """Goes on from what `state` gave.

        Raises:
            ValueError: it is no such state, or is not whole.
        """
        head, _, rest = state.partition(b"\n")
        try:
            found = json.loads(head)
        except ValueError as error:
            raise ValueError("not a state of duplicates") from error
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise ValueError("not a state of duplicates, or of another version")
        new, count = cls(), len(found["ids"])
        if len(rest) != count * (8 + _ROW.itemsize):
            raise ValueError("the state of duplicates is not whole")
        new._ids = found["ids"]
        new._exact = {rest[8 * at : 8 * at + 8]: at for at in range(count)}
        new._near.load(rest[8 * count :])
        return new


def mark(extraction: Extraction, original: str | None) -> Extraction:
    """The extraction with `article.duplicate_of` filled."""
    if original is None:
        return extraction
    return extraction.model_copy(update={"article": extraction.article.model_copy(update={"duplicate_of": original})})


# ---------------------------------------------------------------- the index

_ROW = np.dtype(
    [
        ("bands", "<u8", (BANDS,)),
        ("names", "u1", (NAME_BITS // 8,)),
        ("keys", "<u2", (KEY_NAMES,)),
        ("day", "<i4"),
        ("near", "?"),
    ]
)


class _Index:
    """Signatures by their bands: sorted up to some row, and a short unsorted rest that is looked through whole."""

    UNSORTED = 2048

    def __init__(self) -> None:
        self._rows = np.zeros(64, _ROW)
        self._count = 0
        self._keys: list[NDArray[np.uint64]] = []
        self._order: list[NDArray[np.uint32]] = []
        self._sorted = 0

    def append(self, new: Sketch) -> None:
        """Keeps a sketch as the next row."""
        if self._count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros(max(64, self._count // 4), _ROW)])
        row = self._rows[self._count]
        if new.signature:
            row["bands"] = np.frombuffer(new.signature, "<u8")
            row["near"] = True
        row["names"] = np.frombuffer(new.names, "u1")
        row["keys"][: len(new.keys)] = new.keys
        row["day"] = new.day
        self._count += 1
        if self._count - self._sorted >= self.UNSORTED:
            self._sort()

    def find(self, new: Sketch) -> int | None:
        """The row that is most like a sketch, the earliest of equals; None if none is near."""
        if not new.signature:
            return None
        bands = np.frombuffer(new.signature, "<u8")
        rows = self._candidates(bands)
        if not len(rows):
            return None
        mine = bands.view("<u2")
        best: tuple[float, int] | None = None
        alike = (np.ascontiguousarray(self._rows["bands"][rows]).view("<u2") == mine).mean(axis=1)
        for share, at in sorted(zip((-alike).tolist(), rows.tolist(), strict=True)):
            if -share < NEAR:
                break
            if self._fits(new, at):
                best = (share, at)
                break
        return best[1] if best else None

    def _candidates(self, bands: NDArray[np.uint64]) -> NDArray[np.int64]:
        found: list[NDArray[np.int64]] = []
        for band, (keys, order) in enumerate(zip(self._keys, self._order, strict=True)):
            low, high = keys.searchsorted(bands[band], "left"), keys.searchsorted(bands[band], "right")
            found.append(order[low:high].astype(np.int64))
        rest = self._rows[self._sorted : self._count]
        found.append(np.flatnonzero(((rest["bands"] == bands).any(axis=1)) & rest["near"]) + self._sorted)
        return np.unique(np.concatenate(found))

    def _fits(self, new: Sketch, at: int) -> bool:
        row = self._rows[at]
        if new.day and row["day"] and abs(new.day - int(row["day"])) > LONGEST_GAP:
            return False
        lacking = _lacks(row["names"].tobytes(), new.keys)
        return not (lacking and _lacks(new.names, tuple(key for key in row["keys"].tolist() if key)))

    def _sort(self) -> None:
        rows = np.flatnonzero(self._rows["near"][: self._count]).astype(np.uint32)
        self._keys, self._order = [], []
        for band in range(BANDS):
            keys = self._rows["bands"][rows, band]
            order = np.argsort(keys, kind="stable")
            self._keys.append(keys[order])
            self._order.append(rows[order])
        self._sorted = self._count

    def dump(self) -> bytes:
        """All rows."""
        return self._rows[: self._count].tobytes()

    def load(self, data: bytes) -> None:
        """The rows that `dump` gave."""
        self._rows = np.frombuffer(data, _ROW).copy()
        self._count = len(self._rows)
        self._sort()


# ---------------------------------------------------------------- what is compared

_WORD = re.compile(r"[^\W_](?:[.,'&-]?[^\W_])*\.?")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})


def _body(article: Article) -> str:
    """The rows that tell the story; all of the text, where there are none."""
    from extractor.entities.layout import MUTE, SegmentKind, segment  # with spaCy, which a run's own process does without

    own = {SegmentKind.TITLE, *MUTE}
    parts = [article.text[s.start : s.end] for s in segment(article) if s.kind not in own]
    return "\n".join(parts) or article.text


def _words(text: str) -> Iterator[str]:
    """Words, figures with their points and commas, "U.S." as "US"."""
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text).translate(_SIGNS)):
        word = match[0].removesuffix(".")
        yield word.replace(".", "") if word[:1].isalpha() else word


def _plain(word: str) -> str:
    return word.casefold().removesuffix("'s")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _names(written: list[str], words: list[str]) -> tuple[bytes, tuple[int, ...]]:
    """A filter of all names, and hashes of the key ones; none of a text in capitals, in which they cannot be told.

    A name has a capital, and is nowhere in the text without it, as the first words of sentences are.

    Args:
        written: the words.
        words: the same, plain.
    """
    small = {word for word in written if not word[0].isupper()}
    places = [place for place, word in enumerate(written) if word[0].isupper() and words[place] not in small]
    if 2 * len(places) > len(written):
        places = []
    counts = Counter(words[place] for place in places)
    lead = [words[place] for place in places if place < LEAD_WORDS]
    often = [name for name, count in counts.most_common() if count >= OFTEN]
    hashes = {name: int.from_bytes(_digest(name)[:2], "little") or 1 for name in counts}
    filled = 0
    for value in hashes.values():
        filled |= _bits(value)
    keys = tuple(dict.fromkeys(hashes[name] for name in (*lead[: KEY_NAMES // 2], *often)))[:KEY_NAMES]
    return filled.to_bytes(NAME_BITS // 8, "little"), keys


def _bits(value: int) -> int:
    """The two bits that a name's hash sets."""
    return 1 << value % NAME_BITS | 1 << (value * 0x9E37 >> 4) % NAME_BITS


def _lacks(names: bytes, keys: tuple[int, ...]) -> bool:
    """Whether one of the key names is not among the names of a text."""
    filled = int.from_bytes(names, "little")
    return any(filled & _bits(key) != _bits(key) for key in keys)


def _constants(name: str) -> NDArray[np.uint64]:
    """Fixed numbers for the hash functions, from a hash of their names."""
    numbers = [int.from_bytes(_digest(f"{name} {n}"), "little") for n in range(_WIDTH)]
    return np.array(numbers, np.uint64)


_FACTORS, _TERMS = _constants("factor") | np.uint64(1), _constants("term")
_BASE = np.uint64(0x9E3779B97F4A7C15)


def _signature(words: list[str]) -> bytes:
    """The low halves of the least hashes of all shingles, one for each hash function."""
    known: dict[str, int] = {}
    for word in words:
        if word not in known:
            known[word] = int.from_bytes(_digest(word), "little")
    hashes = np.array([known[word] for word in words], np.uint64)
    shingles = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for at in range(SHINGLE):
        shingles = (shingles ^ (shingles >> np.uint64(29))) * _BASE + hashes[at : at + len(shingles)]
    shingles = np.unique(shingles)
    least = np.full(_WIDTH, 2**32 - 1, np.uint64)
    for start in range(0, len(shingles), _AT_ONCE):
        part = shingles[start : start + _AT_ONCE, None] * _FACTORS + _TERMS
        least = np.minimum(least, (part >> np.uint64(32)).min(axis=0))
    return (least & np.uint64(0xFFFF)).astype("<u2").tobytes()
