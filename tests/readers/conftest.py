"""Reading in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import Article, InputError
from extractor.readers import find_inputs, read
from extractor.settings import Settings

Read = Callable[..., list[Article | InputError]]


@pytest.fixture
def read_bytes(tmp_path: Path) -> Read:
    """`read_bytes(b"...", "a.txt", metadata=..., max_bytes=...)`: the articles and errors of a file."""

    def go(data: bytes | str, name: str = "a.txt", *, max_bytes: int = 5_000_000, **options: Any) -> list[Article | InputError]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        (item,) = find_inputs([str(path)])
        return list(read(item, Settings(max_bytes=max_bytes), **options))

    return go


@pytest.fixture
def code_of(read_bytes: Read) -> Callable[..., str]:
    """The code of the single error, or "ok"."""

    def go(*args: Any, **options: Any) -> str:
        found = read_bytes(*args, **options)
        return ",".join(a.code if isinstance(a, InputError) else "ok" for a in found)

    return go
