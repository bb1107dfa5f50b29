"""The rejects file: one JSON line for each input that could not be done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor.errors import OutputError
from extractor.writers.atomic import AtomicFile


def write_rejects(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Writes JSON Lines with path, stage (read or extract), code, message and hint; the file appears whole.

    Raises:
        OutputError: O001.
    """
    file = AtomicFile(path)
    try:
        for row in rows:
            file.write((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))
        file.commit()
    except OutputError:
        file.discard()
        raise
