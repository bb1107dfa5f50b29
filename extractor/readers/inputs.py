"""PATH arguments -> input files, in an order that depends on their names only."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import ConfigError, InputError, warning
from extractor.records import Warned

STDIN = "-"
LINE_NAMES = (".jsonl", ".ndjson")
"""Endings of files that hold one article a line."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read.

    Attributes:
        source: path relative to the PATH argument, POSIX style; "stdin" for stdin.
        label: the path as the user would type it, for messages.
        path: the file; None for stdin.
        alone: whether it is the only PATH argument and no folder.
        problem: why it cannot be read, where finding it showed that already.
        skip: why it is no article.
    """

    source: str
    label: str
    path: Path | None
    alone: bool = False
    problem: InputError | None = None
    skip: Warned | None = None

    @property
    def holds_lines(self) -> bool:
        """Whether its name says that it holds one article a line."""
        return bare_name(self.source).endswith(LINE_NAMES)


def bare_name(source: str) -> str:
    """The name that tells a format, in small letters: that of an archive's member, without `.gz`."""
    return source.rpartition("!")[2].lower().removesuffix(".gz")


def find_inputs(paths: Iterable[str], *, never: Iterable[Path] = ()) -> list[Input]:
    """Expands the PATH arguments.

    Folders are read with their subfolders. Hidden files and folders in them are left out; links to folders are
    not followed. A file that is reached twice is read once.

    Args:
        paths: files, folders or "-".
        never: files and folders of the run itself (metadata, rejects, output), which are skipped.

    Returns:
        The inputs sorted by source, whatever the order of the arguments.

    Raises:
        ConfigError: C001, an argument does not exist.
    """
    arguments = list(dict.fromkeys(paths))
    reserved = {os.path.realpath(p) for p in never}
    found: list[Input] = []
    for argument in arguments:
        if argument == STDIN:
            found.append(Input("stdin", STDIN, None, alone=len(arguments) == 1))
        elif not os.path.exists(argument):  # noqa: PTH110 - no error for a name too long
            raise ConfigError("C001", detail=printable(argument))
        elif Path(argument).is_dir():
            found += _walk(Path(argument), Path(argument), reserved)
        else:
            found.append(_input(Path(argument), Path(argument).name, reserved, alone=len(arguments) == 1))
    return list(_once(sorted(found, key=lambda i: (i.source, i.label))))


def printable(name: str) -> str:
    """A file name that can be encoded and printed: undecodable bytes and control characters become escapes."""
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def _walk(root: Path, folder: Path, reserved: set[str]) -> Iterator[Input]:
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        label = printable(str(folder))
        yield Input(_relative(root, folder), label, folder, problem=InputError("R003", label, detail=error.strerror))
        return
    for child in children:
        if child.name.startswith("."):
            continue
        source = _relative(root, child)
        if child.is_dir() and (child.is_symlink() or os.path.realpath(child) in reserved):
            detail = "a link to a folder" if child.is_symlink() else "the output folder"
            yield Input(source, printable(str(child)), child, skip=warning("W104", detail=detail))
        elif child.is_dir():
            yield from _walk(root, child, reserved)
        else:
            yield _input(child, source, reserved)


def _relative(root: Path, path: Path) -> str:
    return printable(path.relative_to(root).as_posix())


def _input(path: Path, source: str, reserved: set[str], *, alone: bool = False) -> Input:
    label = printable(str(path))
    source = printable(source)
    if os.path.realpath(path) in reserved:
        detail = "it is the run's own metadata, rejects or output file"
        return Input(source, label, path, alone, skip=warning("W104", detail=detail))
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Input(source, label, path, alone, problem=InputError("R003", label, detail=error.strerror))
    if not stat.S_ISREG(mode):
        return Input(source, label, path, alone, problem=InputError("R012", label, detail=_kind(mode)))
    return Input(source, label, path, alone)


def _kind(mode: int) -> str:
    kinds = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
    return kinds.get(stat.S_IFMT(mode), "something else")


def _once(inputs: Iterable[Input]) -> Iterator[Input]:
    """Leaves out files that are reached a second time."""
    seen: set[str] = set()
    for item in inputs:
        place = os.path.realpath(item.path) if item.path else STDIN
        if place not in seen:
            seen.add(place)
            yield item
