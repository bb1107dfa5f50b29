"""Extractions that `extractor run` wrote: from files, folders, stdin, table files and databases."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import ConfigError
from extractor.records import Extraction
from extractor.writers.targets import DATABASES, TABLES, Target, is_folder, target_of

STDIN = "-"
ENDINGS = frozenset({".json", ".jsonl"})
REJECTS = "rejects.jsonl"
"""What a run rejected, beside its output."""


def stored(paths: Sequence[str]) -> Iterator[Extraction]:
    """The extractions of files, of the .json and .jsonl files of folders (hidden ones are left out), of databases and `-`, stdin.

    A file of JSON Lines is read line by line, so that it may be larger than memory. Of a database come tariff records alone.

    Raises:
        ConfigError: C001, there is no such file, folder or database; C006, it cannot be read or holds something else; C030 to
            C034, of a database.
        OutputError: O010, a database that cannot be reached.
    """
    for path in paths:
        if path == STDIN:
            yield from _rows("stdin", sys.stdin)
            continue
        target = address(path)
        if target is not None:
            yield from _of_database(target) if target.kind == "database" else _of_tables(target)
            continue
        for file in _files(Path(path)):
            try:
                with file.open(encoding="utf-8-sig") as lines:
                    yield from _rows(str(file), lines)
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError("C006", detail=f"{file} cannot be read: {error}") from error


def address(path: str) -> Target | None:
    """The database, or the folder of table files, that an input names; None for other files and folders."""
    ending = Path(path).suffix.lower()
    if "://" in path or ending in DATABASES or (ending in TABLES and is_folder(path)):
        return target_of(path)
    return None


def _of_database(target: Target) -> Iterator[Extraction]:
    from extractor.writers.database.reading import extractions_of, reader

    store = reader(target)
    try:
        yield from extractions_of(store)
    finally:
        store.close()


def _of_tables(target: Target) -> Iterator[Extraction]:
    from extractor.writers.table_files import holding, journal_place

    assert target.path is not None
    file = journal_place(target.path)
    if not file.is_file():
        told = "C006" if target.path.exists() else "C001"
        raise ConfigError(told, detail=f"{target.shown} holds no extractions: `extractor run -o {target.shown}` writes them")
    for number, line in enumerate(holding(file), 1):
        found = _extraction(f"{file}, article {number}", line.decode())
        yield found.model_copy(update={"article": found.article.model_copy(update={"text": None})})  # the run marks duplicates


def refuse_input(output: Path, paths: Sequence[str]) -> None:
    """Sees to it that an output is none of the files that are read, now or the next time.

    Raises:
        ConfigError: C007.
    """
    place = output.resolve()
    for path in map(Path, paths):
        within = path.is_dir() and output.suffix in ENDINGS and place.is_relative_to(path.resolve())
        if str(path) != STDIN and (path.resolve() == place or within):
            raise ConfigError("C007", path=output)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise ConfigError("C001", detail=str(path))
    if not path.is_dir():
        return [path]
    found = (p for p in path.rglob("*") if p.suffix in ENDINGS and p.name != REJECTS and p.is_file())
    files = sorted(p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts))
    if not files:
        raise ConfigError("C006", detail=f"{path} holds no extraction: give a .json or .jsonl file, or a folder of them")
    return files


def _rows(name: str, lines: Iterable[str]) -> Iterator[Extraction]:
    """JSON Lines; or one object or list, which may stretch over many lines."""
    rows = iter(lines)
    for number, line in enumerate(rows, 1):
        if not line.strip():
            continue
        if (number == 1 and line.strip() in {"{", "["}) or line.lstrip().startswith("["):
            yield from _whole(name, line + "".join(rows))
        else:
            yield _extraction(f"{name}, line {number}", line)


def _whole(name: str, text: str) -> Iterator[Extraction]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError("C006", detail=f"{name} is no JSON: {error}") from error
    for number, item in enumerate(found if isinstance(found, list) else [found], 1):
        yield _extraction(f"{name}, item {number}" if isinstance(found, list) else name, json.dumps(item))


def _extraction(where: str, text: str) -> Extraction:
    try:
        return Extraction.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        detail = f"{where} is no extraction of this version ({field or 'the whole'}: {first['msg']}): run the extractor again"
        raise ConfigError("C006", detail=detail) from error
