"""A folder of the user's that adds to the shipped lists, in files of the same names and forms.

One rule for both forms: lists in it add, values in it replace, and what the shipped list does not have is new. In JSON Lines an
entry is added to the shipped one with the same key, such as the name and country of an agency (`FORMS`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module, resources
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from extractor.errors import ConfigError
from extractor.lexicon import Entry, parse_entries, parse_table, shipped_table

EntryT = TypeVar("EntryT", bound=Entry)


class Form(NamedTuple):
    """What an entry of a list is: the module and name of its model, and the fields that are its key; none where all are new."""

    module: str
    model: str
    key: tuple[str, ...] = ()

    def load(self) -> type[Entry]:
        """The model."""
        return cast("type[Entry]", getattr(import_module(self.module), self.model))


FORMS = {
    "agencies": Form("extractor.entities.agency_table", "AgencyEntry", ("name", "country")),
    "countries": Form("extractor.entities.countries", "CountryEntry", ("code",)),
    "cues": Form("extractor.linking.statements.cues", "CueEntry", ("lemma", "particle")),
    "currencies": Form("extractor.entities.money", "Currency", ("code",)),
    "groups": Form("extractor.entities.countries", "GroupEntry", ("code",)),
    "laws": Form("extractor.entities.laws", "Law"),
    "offices": Form("extractor.entities.people_offices", "Office", ("name", "role", "country", "since")),
    "products": Form("extractor.entities.products", "Product", ("name",)),
    "rationales": Form("extractor.entities.rationales", "RationaleCue", ("code",)),
}
CLOSED = frozenset({"numbers", "evaluation", "crosswalk", "tariff_confidence"})
"""Tables that are no word lists: the grammar of numbers, how scores and confidences are counted, and code lists of others."""
FIXED = {"rate_frames": "patterns"}
"""A section that belongs to the code which reads it: nothing is added to it."""


@dataclass(frozen=True)
class UserLexicon:
    """The content of such a folder, checked.

    Attributes:
        name: the folder, for messages.
        digest: SHA-256 of the files; empty for none.
        rows: entries by list.
        tables: TOML by list.
    """

    name: str = "the shipped one"
    digest: str = ""
    rows: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def lists(self) -> set[str]:
        """Names of the lists that it adds to."""
        return {*self.rows, *self.tables}

    def entries(self, name: str, model: type[EntryT], shipped: tuple[EntryT, ...]) -> tuple[EntryT, ...]:
        """A list with what the folder adds to it; new entries come first, so that they are preferred where only one can be."""
        merged = list(shipped)
        new: list[EntryT] = []
        places = {_key(name, row): place for place, row in reversed(list(enumerate(shipped)))} if FORMS[name].key else {}
        for row in cast("tuple[EntryT, ...]", self.rows.get(name, ())):
            place = places.get(_key(name, row))
            if place is None:
                new.append(row)
            else:
                merged[place] = _added(merged[place], row)
        return (*new, *merged)

    def table(self, name: str, shipped: dict[str, Any]) -> dict[str, Any]:
        """A table with what the folder adds to it."""
        return merge(shipped, self.tables.get(name, {}))


def _key(name: str, row: Entry) -> tuple[object, ...]:
    return tuple(getattr(row, part) for part in FORMS[name].key)


def _added(shipped: EntryT, row: EntryT) -> EntryT:
    given = {part: getattr(row, part) for part in row.model_fields_set}
    return shipped.model_copy(update={part: _both(getattr(shipped, part), value) for part, value in given.items()})


def merge(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Both tables by key: lists add, values replace. A text of several lines is a list of words."""
    return shipped | {key: _both(shipped.get(key), value) for key, value in own.items()}


def _both(shipped: Any, own: Any) -> Any:
    if isinstance(shipped, dict) and isinstance(own, dict):
        return merge(shipped, own)
    if isinstance(shipped, list | tuple) and isinstance(own, list | tuple):
        return type(shipped)((*shipped, *(one for one in own if one not in shipped)))
    if _is_words(shipped) and isinstance(own, str):
        return f"{shipped}\n{own}"
    return own


def _is_words(value: object) -> bool:
    return isinstance(value, str) and "\n" in value


# ---------------------------------------------------------------- reading and checking


def files(folder: Path) -> list[Path]:
    """The files of a folder that are lists; others than .jsonl and .toml are none, such as a README.

    Raises:
        ConfigError: C023, the folder cannot be read.
    """
    try:
        return sorted(p for p in folder.iterdir() if p.suffix in {".jsonl", ".toml"} and not p.name.startswith("."))
    except OSError as error:
        raise ConfigError("C023", path=str(folder), detail=error.strerror or error) from error


def digest(folder: Path | None) -> str:
    """SHA-256 of the names and contents of a folder's lists; empty for no folder.

    Raises:
        ConfigError: C023.
    """
    if folder is None:
        return ""
    total = hashlib.sha256()
    for path in files(folder):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(_bytes(path)).digest())
    return total.hexdigest()


def load(folder: Path | None) -> UserLexicon:
    """Reads and checks a folder; None is a lexicon that adds nothing.

    Raises:
        ConfigError: C005, a file is wrong: the first problem of `check`; C023, the folder cannot be used.
    """
    if folder is None:
        return UserLexicon()
    found = UserLexicon(str(folder), digest(folder))
    for path in files(folder):
        for problem in _read(path, found):
            raise problem
    return found


def check(folder: Path) -> tuple[list[ConfigError], list[str]]:
    """All that is wrong in a folder, and what it adds.

    Returns:
        C005 errors that name file and line, and one line for each file: what it adds.

    Raises:
        ConfigError: C023, the folder cannot be used, or holds no list.
    """
    found, problems, notes = UserLexicon(str(folder)), [], []
    paths = files(folder)
    if not paths:
        raise ConfigError("C023", path=str(folder), detail="it holds no .jsonl or .toml file")
    for path in paths:
        wrong = list(_read(path, found))
        problems += wrong
        if not wrong:
            notes.append(f"{path}: {_said(path.stem, found)}")
    return problems, notes


def _said(name: str, found: UserLexicon) -> str:
    if name in found.rows:
        return f"entries: {len(found.rows[name])}"
    shipped = shipped_table(name)
    new = [".".join(where) for where, _ in _leaves(found.tables[name]) if _at(shipped, where) is None]
    return f"keys: {len(list(_leaves(found.tables[name])))}" + (f", new: {', '.join(new)}" if new else "")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError("C023", path=str(path), detail=error.strerror or error) from error


def _read(path: Path, into: UserLexicon) -> Iterator[ConfigError]:
    """Reads one file; gives what is wrong in it."""
    known = {p.name for p in resources.files("extractor.lexicon").iterdir() if p.name.endswith(path.suffix)}
    if path.name not in known or path.stem in CLOSED:
        listed = ", ".join(sorted(name for name in known if name.partition(".")[0] not in CLOSED))
        yield ConfigError("C005", path=str(path), detail=f"no such list; there are {listed}")
        return
    try:
        text = _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield ConfigError("C005", path=str(path), detail=f"it is not UTF-8: byte {error.start + 1}")
        return
    yield from (_read_entries if path.suffix == ".jsonl" else _read_table)(path, text, into)


def _read_entries(path: Path, text: str, into: UserLexicon) -> Iterator[ConfigError]:
    model = FORMS[path.stem].load()
    rows: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            for _, entry in parse_entries(line, model, str(path)):
                _compile(entry)
                rows.append(entry)
        except ConfigError as error:
            detail = str(error.details["detail"]).replace("line 1:", f"line {number}:", 1)
            yield ConfigError("C005", path=str(path), detail=detail)
        except (re.error, ValueError) as error:
            yield ConfigError("C005", path=str(path), detail=f"line {number}: {error}")
    into.rows[path.stem] = tuple(rows)


def _compile(entry: Entry) -> None:
    """Tries what is computed from an entry only when it is used: patterns, and days of terms of office."""
    for pattern in getattr(entry, "patterns", ()):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"patterns: {pattern!r} is no regular expression: {error}") from error
    for part in ("start", "end"):
        try:
            getattr(entry, part, None)
        except ValueError as error:
            raise ValueError(f"from, to: {error}: write YYYY-MM-DD, YYYY-MM or YYYY") from error


def _read_table(path: Path, text: str, into: UserLexicon) -> Iterator[ConfigError]:
    try:
        own = parse_table(text, str(path))
    except ConfigError as error:
        yield error
        return
    fixed = FIXED.get(path.stem, "")
    for where, problem in _problems({k: v for k, v in shipped_table(path.stem).items() if k != fixed}, own, ()):
        detail = f"line {_line(text, where)}: {'.'.join(where)}: {problem}"
        yield ConfigError("C005", path=str(path), detail=detail)
    into.tables[path.stem] = own


def _problems(shipped: dict[str, Any], own: dict[str, Any], where: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    kinds = {_kind(value) for value in shipped.values()}
    for key, value in own.items():
        here, known = (*where, key), shipped.get(key)
        if known is None and (not where or (len(kinds) == 1 and _kind(value) not in kinds) or len(kinds) > 1):
            listed = ", ".join(sorted(shipped)[:12])
            expected = (
                f"; there are {listed}"
                if not where or len(kinds) > 1
                else f": {_kind(value)}, but its neighbours are {min(kinds)}"
            )
            yield here, f"no such key{expected}"
        elif known is not None and _kind(known) != _kind(value):
            yield here, f"{_kind(value)}, but the shipped one is {_kind(known)}"
        elif isinstance(known, dict):
            yield from _problems(known, value, here)
        elif problem := _bad_pattern(known if known is not None else list(shipped.values()), value):
            yield here, problem


def _kind(value: object) -> str:
    if isinstance(value, list):
        return f"a list of {_kind(value[0])}" if value and all(_kind(v) == _kind(value[0]) for v in value) else "a list"
    names: dict[type, str] = {dict: "a table", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


_PATTERN = re.compile(r"\(\?|\\[bdswWSD]|\[[^\]]+\]|\)\?")


def _bad_pattern(shipped: object, own: object) -> str | None:
    """What is wrong with an entry beside which the shipped ones are patterns."""
    if not any(_PATTERN.search(text) for text in _texts(shipped)):
        return None
    for text in _texts(own):
        try:
            re.compile(text)
        except re.error as error:
            if "{" not in text:  # a template, whose parts are filled in
                return f"{text!r} is no regular expression: {error}"
    return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _leaves(table: dict[str, Any], where: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*where, key))
        else:
            yield (*where, key), value


def _at(table: Any, where: tuple[str, ...]) -> Any:
    for key in where:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _line(text: str, where: tuple[str, ...]) -> int:
    """The line of a key: behind the header of its table, or its header, or the first line."""
    plain: Callable[[str], str] = lambda part: part.strip().strip("\"'")  # noqa: E731 - used twice, here only
    inside: tuple[str, ...] = ()
    best = 1
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+([^\]]+)\]", line)
        if header:
            inside = tuple(map(plain, header[1].split(".")))
            if inside == where[: len(inside)]:
                best = number
            if inside == where:
                return number
            continue
        key = line.partition("=")[0]
        if "=" in line and (*inside, *map(plain, key.split("."))) == where:
            return number
        if "=" in line and (*inside, plain(key)) == where:
            return number
    return best
