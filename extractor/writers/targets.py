"""What `-o` names: stdout, a file, a folder, a folder of table files, or a database; and how it may be shown."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from extractor.errors import ConfigError

Kind = Literal["stream", "file", "folder", "tables", "database"]
DATABASES = {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".duckdb": "duckdb"}
"""Endings of files that are databases."""
TABLES = {".csv": "csv", ".parquet": "parquet"}
"""Endings of folders that hold one file for each table."""
DRIVERS = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql"}
"""What servers are spoken to with if the URL names no driver."""
BESIDE = ("", "-wal", "-shm", "-journal", ".wal")
"""What a database that is a file puts beside it."""

_URL = re.compile(r"([A-Za-z][\w+.-]{0,40})://(.*)", re.DOTALL)
_SECRET = re.compile(r"(?i)([?&][^=&?]{0,40}(?:pass|secret|token|key)[^=&?]{0,40}=)[^&]*")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a run writes to.

    Attributes:
        kind: what it is.
        shown: as messages, journals and logs may name it: without passwords.
        path: the file or folder; None for a stream or a server.
        form: of table files csv or parquet, of a database the name before ://.
        url: of a database; may hold a password.
    """

    kind: Kind
    shown: str
    path: Path | None = None
    form: str = ""
    url: str = field(default="", repr=False)

    @property
    def wants_text(self) -> bool:
        """Whether the article's text is always written."""
        return self.kind in ("tables", "database")

    def files(self) -> list[Path]:
        """What an input folder must not be read for, should the output lie in it."""
        if self.path is None:
            return []
        if self.kind != "database":
            return [self.path]
        return [self.path.with_name(self.path.name + ending) for ending in BESIDE]

    def rejects(self) -> Path | None:
        """Where what was rejected goes by default: beside the output, if that is a place."""
        if self.path is None:
            return None
        return (self.path if self.kind in ("folder", "tables") else self.path.parent) / "rejects.jsonl"


def target_of(output: str | None) -> Target:
    """Understands `-o`.

    Raises:
        ConfigError: C034, it cannot be meant so.
    """
    if output is None or output == "-":
        return Target("stream", "stdout")
    if found := _URL.fullmatch(output):
        return _database(output, found[1], found[2])
    path = Path(output)
    if is_folder(output):
        form = TABLES.get(path.suffix.lower(), "")
        return Target("tables" if form else "folder", output, path, form)
    if os.path.exists(output) and not os.path.isfile(output):  # noqa: PTH110, PTH113 - no error for a name too long
        return Target("stream", output, path)
    ending = path.suffix.lower()
    if ending in TABLES:
        raise ConfigError("C034", path=output, detail=f"one file cannot hold all tables; write {output}/")
    if ending in DATABASES:
        return Target("database", output, path, DATABASES[ending], _file_url(DATABASES[ending], path))
    return Target("file", output, path)


def is_folder(output: str) -> bool:
    """Whether `-o` names a folder: it ends with a slash or is one."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def without_password(url: str) -> str:
    """The URL with *** for its password, and for what looks like one in its parameters."""
    found = _URL.fullmatch(url)
    if not found:
        return url
    rest = found[2]
    place, at, behind = rest.rpartition("@")
    if at:
        user, colon, _ = place.partition(":")
        rest = f"{user}:***@{behind}" if colon else rest
    return _SECRET.sub(r"\1***", f"{found[1]}://{rest}")


def _database(output: str, scheme: str, rest: str) -> Target:
    name = scheme.partition("+")[0].lower()
    shown = without_password(output)
    if rest.count("@") > 1:
        raise ConfigError("C034", path=shown, detail="write an @ in a name or password as %40")
    if name in ("sqlite", "duckdb"):
        file = rest.removeprefix("/").partition("?")[0]
        if not rest.startswith("/") or not file or file == ":memory:":
            raise ConfigError(
                "C034", path=shown, detail=f"a file is needed: {name}:///tariffs.{'db' if name == 'sqlite' else name}"
            )
        return Target("database", shown, Path(file), name, _file_url(name, Path(file)))
    if name == "postgres":
        name = "postgresql"
    driver = DRIVERS.get(name, "")
    url = f"{name}+{driver}://{rest}" if driver and "+" not in scheme else f"{scheme}://{rest}"
    return Target("database", shown, None, name, url)


def _file_url(name: str, path: Path) -> str:
    return f"{name}:///{path}"
