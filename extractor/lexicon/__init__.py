"""Word lists and patterns as data: one file for each, validated when loaded.

A list is JSON Lines, one entry a line, or TOML where sections help the reader. Code holds mechanism only.

A folder of the user's may add to the lists (`user.py` says how). What is made of the lists is kept for the life of the process,
so a process has one lexicon: the first `choose` decides, and another one is refused.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import ConfigError

if TYPE_CHECKING:
    from extractor.lexicon.user import UserLexicon

EntryT = TypeVar("EntryT", bound="Entry")


class Entry(BaseModel):
    """Base of all lexicon entries: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_chosen: UserLexicon | None = None
_read: set[str] = set()
"""Lists that something has been made of."""


def choose(folder: Path | None) -> None:
    """Decides which folder adds to the shipped lists; None for none. The same may be chosen again.

    Raises:
        ConfigError: C005, the folder's files are wrong; C023, it cannot be used; C024, the process has another lexicon, or has
            read one of the lists already.
    """
    from extractor.lexicon import user

    global _chosen  # noqa: PLW0603 - the one place that decides
    wanted = user.load(folder)
    if _chosen is None:
        late = sorted(_read & wanted.lists)
        if late:
            raise ConfigError("C024", detail=f"its list {late[0]} is in use; make the Extractor first")
        _chosen = wanted
    elif _chosen.digest != wanted.digest:
        raise ConfigError("C024", detail=f"it is {_chosen.name}, not {wanted.name}")


def entries(name: str, model: type[EntryT]) -> tuple[EntryT, ...]:
    """The entries of `NAME.jsonl`, and those of the chosen folder.

    Args:
        name: file name without its ending.
        model: the form of an entry.

    Raises:
        ConfigError: C005, an entry does not have that form.
    """
    _read.add(name)
    return _entries(name, model)


@cache
def _entries(name: str, model: type[EntryT]) -> tuple[EntryT, ...]:
    rows = shipped_entries(name, model)
    return _chosen.entries(name, model, rows) if _chosen else rows


def table(name: str) -> dict[str, Any]:
    """The content of `NAME.toml`, and that of the chosen folder's."""
    _read.add(name)
    return _table(name)


@cache
def _table(name: str) -> dict[str, Any]:
    found = shipped_table(name)
    return _chosen.table(name, found) if _chosen else found


# ---------------------------------------------------------------- the shipped lists


def shipped_entries(name: str, model: type[EntryT]) -> tuple[EntryT, ...]:
    """The entries of the package's `NAME.jsonl`.

    Raises:
        ConfigError: C005, an entry does not have the form.
    """
    text = (resources.files(__name__) / f"{name}.jsonl").read_text(encoding="utf-8")
    return tuple(entry for _, entry in parse_entries(text, model, f"{name}.jsonl"))


def parse_entries(text: str, model: type[EntryT], path: str) -> list[tuple[int, EntryT]]:
    """The entries of JSON Lines with the numbers of their lines; empty lines and those that begin with // are left out.

    Raises:
        ConfigError: C005, an entry does not have the form; it names the line.
    """
    out = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("//"):
            continue
        try:
            out.append((number, model.model_validate(json.loads(line))))
        except json.JSONDecodeError as error:
            raise ConfigError("C005", path=path, detail=f"line {number}: no JSON: {error.msg}") from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "entry"
            raise ConfigError("C005", path=path, detail=f"line {number}: {place}: {first['msg']}") from error
    return out


@cache
def shipped_table(name: str) -> dict[str, Any]:
    """The content of the package's `NAME.toml`."""
    return parse_table((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


def parse_table(text: str, path: str) -> dict[str, Any]:
    """The content of a TOML text.

    Raises:
        ConfigError: C005.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("C005", path=path, detail=str(error)) from error
