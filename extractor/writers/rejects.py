"""The rejects file: one JSON line for each input that could not be done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

from extractor.errors import ExtractorError, ProcessingError
from extractor.writers.atomic import failure


class RejectsFile:
    """JSON Lines with path, stage (read or extract), code, message and hint; written and flushed line by line."""

    def __init__(self, path: Path) -> None:
        """Opens the file, empty.

        Raises:
            OutputError: O001.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = path.open("wb")
        except OSError as error:
            raise failure(path, error) from error

    def write(self, where: str, error: ExtractorError) -> None:
        """Adds a line.

        Raises:
            OutputError: O001.
        """
        row = {
            "path": where,
            "stage": "extract" if isinstance(error, ProcessingError) else "read",
            "code": error.code,
            "message": error.what,
            "hint": error.hint or None,
        }
        try:
            self._file.write((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))
            self._file.flush()
        except OSError as problem:
            raise failure(self._path, problem) from problem

    def close(self) -> None:
        """Closes the file."""
        self._file.close()
