"""Word lists and patterns as data: one file for each, validated when loaded.

A list is JSON Lines, one entry a line, or TOML where sections help the reader. Code holds mechanism only.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import ConfigError

EntryT = TypeVar("EntryT", bound="Entry")


class Entry(BaseModel):
    """Base of all lexicon entries: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@cache
def entries(name: str, model: type[EntryT]) -> tuple[EntryT, ...]:
    """The entries of `NAME.jsonl`.

    Args:
        name: file name without its ending.
        model: the form of an entry.

    Raises:
        ConfigError: C005, an entry does not have that form.
    """
    path = resources.files(__name__) / f"{name}.jsonl"
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("//"):
            continue
        try:
            out.append(model.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise ConfigError("C005", path=f"{name}.jsonl", detail=f"line {number}: {error}") from error
    return tuple(out)


@cache
def table(name: str) -> dict[str, Any]:
    """The content of `NAME.toml`."""
    path = resources.files(__name__) / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("C005", path=f"{name}.toml", detail=str(error)) from error
