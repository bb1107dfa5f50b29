"""Which articles of an output are duplicates: told in the order of the inputs, and written into lines that were written before.

Whether an article duplicates another is known when all before it are done. So an extraction is first kept as if it duplicated
none, and its `duplicate_of` is filled when its turn has come: neither the number of workers nor an interruption changes it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.duplicates import Duplicates

_MARK = re.compile(rb'"((?:tx:)?duplicate_of)":( ?)(?:null|"[^"]*")')
"""Inside of JSON's strings a quotation mark has a backslash before it, so that this matches the key and nothing else."""


@dataclass(slots=True)
class Found:
    """What an output tells of duplicates when it is finished.

    Attributes:
        duplicates: articles that duplicate another.
        skipped: those of them that this run extracted and left out …
        tariffs: … with so many tariffs …
        statements: … and statements.
        skipped_before: those that an earlier run had extracted, and that are left out.
    """

    duplicates: int = 0
    skipped: int = 0
    tariffs: int = 0
    statements: int = 0
    skipped_before: int = 0

    def leave_out(self, line: bytes, *, now: bool) -> None:
        """Counts an article that is left out.

        Args:
            line: its extraction.
            now: whether this run extracted it.
        """
        if not now:
            self.skipped_before += 1
            return
        extraction = json.loads(line)
        self.skipped += 1
        self.tariffs += len(extraction.get("tariffs", ()))
        self.statements += len(extraction.get("statements", ()))


class Originals:
    """Gives for each article, in the order of the inputs, the id of the one that it duplicates."""

    def __init__(self) -> None:
        self._known: Duplicates | None = None

    def of(self, sketch: str) -> str:
        """The id; empty where it duplicates none, or where nothing is known of it."""
        from extractor.duplicates import Duplicates, Sketch

        if not sketch:
            return ""
        if self._known is None:
            self._known = Duplicates()
        return self._known.add_sketch(Sketch.from_text(sketch)) or ""


def marked(line: bytes, original: str) -> bytes:
    """An extraction's JSON with `duplicate_of` filled, or null if the original is empty."""
    told = json.dumps(original or None, ensure_ascii=False).encode()
    return _MARK.sub(lambda match: b'"' + match[1] + b'":' + match[2] + told, line, count=1)
