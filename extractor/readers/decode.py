"""Bytes -> characters: byte-order mark, then UTF-8, then what the page declares, then a guess that is reported."""

from __future__ import annotations

import codecs
import re

from extractor.errors import InputError, warning
from extractor.records import Warned

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"PK\x03\x04", "zip or an office format"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x7fELF", "program"),
    (b"\xd0\xcf\x11\xe0", "old office format"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"{\\rtf", "RTF"),
)
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_NO_TEXTS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
"""Codecs that no newsroom writes; some take time that grows with the square of the length."""
_ENGLISH_ENCODINGS = ["cp1252", "mac_roman"]
"""Tried before all other guesses: what English newsrooms wrote before UTF-8."""


def check_not_binary(head: bytes, where: str) -> None:
    """Refuses what is no text by its first bytes.

    Raises:
        InputError: R002, with the format's name where the bytes tell it.
    """
    if _mark(head):
        return
    name = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if name is None and _wide(head) is None:
        count = len(head) - len(head.translate(None, _CONTROL))
        if count > 3 and count > 0.03 * len(head):
            name = f"{count} control bytes in the first {len(head)}"
    if name:
        raise InputError("R002", where, detail=name)


def decode(data: bytes, where: str, *, declares: bool = False, told: str | None = None) -> tuple[str, list[Warned]]:
    """Decodes strictly; line ends stay as they are.

    Args:
        data: all bytes.
        where: the file, for the message.
        declares: whether the bytes may declare their encoding, as HTML and XML do.
        told: an encoding that is named elsewhere, as in a page's HTTP header.

    Returns:
        The text without a byte-order mark, and a warning where the encoding had to be guessed.

    Raises:
        InputError: R005, nothing fits.
    """
    if found := _mark(data):
        mark, encoding = found
        return _strict(data[len(mark) :], encoding, where), []
    if wide := _wide(data[:4096]):
        return _strict(data, wide, where), [warning("W102", encoding=wide)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
    try:
        return data.decode("utf-8", "surrogatepass"), []  # lone surrogates and nothing else amiss: cleaning replaces them
    except UnicodeDecodeError:
        pass
    if damaged := _damaged(data):
        return damaged, [warning("W108", count=damaged.count("\ufffd"))]
    guessed = _fitting(data, told) or (_declared(data) if declares else None) or _guess(data)
    if guessed is None:
        raise InputError("R005", where, detail=reason)
    return _strict(data, guessed, where), [warning("W102", encoding=guessed)]


def peek(data: bytes) -> str:
    """The beginning, roughly decoded: enough to see the format."""
    mark, encoding = _mark(data) or (b"", _wide(data[:4096]) or "latin-1")
    return data[len(mark) : 4096].decode(encoding, "replace")


def _mark(data: bytes) -> tuple[bytes, str] | None:
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: English text in it has NUL for every other byte."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and even + odd > 0.4 * len(head) and min(even, odd) < 0.01 * len(head):
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise InputError("R005", where, detail=f"not {encoding}: {error}") from error


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return _fitting(data, match[1].decode("ascii")) if match else None


def _fitting(data: bytes, encoding: str | None) -> str | None:
    """The encoding's name, if it is one of texts and fits the bytes."""
    if not encoding:
        return None
    try:
        name = codecs.lookup(encoding).name
        if name in _NO_TEXTS:
            return None
        data.decode(name)
    except (LookupError, ValueError):  # UnicodeDecodeError is a ValueError; so is a name with NUL
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _damaged(data: bytes) -> str | None:
    """UTF-8 with a few bad bytes: far more of the characters beyond ASCII are whole than are not."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    whole = sum(c > "\x7f" for c in text) - bad
    return text if whole > 4 * bad else None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:200_000]
    best = from_bytes(sample, cp_isolation=_ENGLISH_ENCODINGS).best() or from_bytes(sample).best()
    return best.encoding if best else None
