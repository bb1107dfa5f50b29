"""The metadata file: fields of articles by relative path or file name.

JSON: `{"a.txt": {"published": "2025-02-28", "publisher": "…"}}`, or a list of objects with `path`.
CSV: a header with `path` and any of the fields; several authors are separated by semicolons.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from extractor.errors import ConfigError, InputError
from extractor.readers.decode import decode
from extractor.readers.json_articles import ArticleFields, parse_json


class Metadata:
    """Fields by path; knows which entries were used."""

    def __init__(self, fields: dict[str, dict[str, Any]] | None = None) -> None:
        self._fields = fields or {}
        self._used: set[str] = set()

    def of(self, source: str, part: str = "") -> dict[str, Any]:
        """The fields of an article: by source and part ("a.jsonl#7"), by source, or by file name, in this order.

        For an archive's member ("a.zip!x/b.txt") its own name and then the archive's are looked up likewise.
        """
        archive, _, member = source.partition("!")
        for name in (source, member, archive) if member else (source,):
            for key in (f"{name}#{part}" if part else name, name, PurePosixPath(name).name):
                if key in self._fields:
                    self._used.add(key)
                    return self._fields[key]
        return {}

    def unused(self) -> list[str]:
        """Entries that no article asked for, sorted."""
        return sorted(self._fields.keys() - self._used)


def load_metadata(path: Path) -> Metadata:
    """Reads a metadata file.

    Raises:
        ConfigError: C003, it cannot be read or a field in it is wrong.
    """
    try:
        text = decode(path.read_bytes(), str(path))[0]
        rows = _json_rows(text) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text)
        return Metadata({_key(name): _fields(name, row) for name, row in rows})
    except OSError as error:
        raise ConfigError("C003", path=path, detail=error.strerror or error) from error
    except (ValueError, InputError, csv.Error) as error:
        raise ConfigError("C003", path=path, detail=error) from error


def _json_rows(text: str) -> list[tuple[str, Any]]:
    value = parse_json(text)
    if isinstance(value, dict):
        return list(value.items())
    return [(_path_of(row), row) for row in value]


def _csv_rows(text: str) -> list[tuple[str, Any]]:
    rows = []
    table = csv.DictReader(io.StringIO(text))
    if "path" not in (table.fieldnames or ()):
        raise ValueError("no column `path` in its first line")
    for row in table:
        authors = [name.strip() for name in (row.get("authors") or "").split(";") if name.strip()]
        rows.append((_path_of(row), {**row, "authors": authors}))
    return rows


def _path_of(row: Any) -> str:
    name = row.get("path") if isinstance(row, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise ValueError("an entry without `path`")
    return name.strip()


def _key(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).as_posix()


def _fields(name: str, row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ValueError(f"the entry of {name} is no object")
    try:
        return ArticleFields.model_validate(row).filled()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"{name}: field `{first['loc'][0]}`: {first['msg']}") from error
    except ValueError as error:
        raise ValueError(f"{name}: field `published`: {error}") from error
