"""Plain text: the file's text, character for character."""

from __future__ import annotations

from extractor.errors import InputError
from extractor.readers.decode import decode
from extractor.readers.draft import Draft


def read_text(data: bytes, where: str) -> Draft:
    """Reads a plain text.

    Raises:
        InputError: R001, R005.
    """
    text, warnings = decode(data, where)
    if not text.strip():
        raise InputError("R001", where)
    return Draft(text=text, warnings=tuple(warnings))
