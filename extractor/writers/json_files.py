"""JSON: one indented object, JSON Lines, or one file for each input."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from extractor.errors import ConfigError
from extractor.readers.inputs import Input
from extractor.records import Extraction
from extractor.writers.atomic import AtomicFile, StandardOutput


class Writer(Protocol):
    """Takes extractions, grouped by input, and is closed once."""

    def begin(self, item: Input, *, several: bool) -> None:
        """Announces an input and whether it holds several articles."""

    def write(self, extraction: Extraction) -> None:
        """Writes one extraction of the announced input."""

    def end(self) -> None:
        """The announced input is finished."""

    def close(self, *, complete: bool) -> Path | None:
        """Finishes; after an incomplete run, returns where the partial output lies, if anywhere."""

    def discard(self) -> None:
        """Drops what is not finished: it could not be written."""


def open_writer(output: str | None, inputs: list[Input], *, lines: bool) -> Writer:
    """The writer for `-o OUTPUT`.

    Args:
        output: a file; a folder, if it ends with a slash or is one; stdout for None or "-".
        inputs: all inputs, to see that no two end in one file.
        lines: JSON Lines even for a single article.

    Raises:
        ConfigError: C008, two inputs would be written to one file.
        OutputError: O001.
    """
    if output is None or output == "-":
        return StreamWriter(StandardOutput(), lines=lines)
    if is_folder(output):
        return FolderWriter(Path(output), inputs)
    return StreamWriter(AtomicFile(Path(output)), lines=lines)


def is_folder(output: str) -> bool:
    """Whether `-o` names a folder: it ends with a slash or is one."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


class StreamWriter:
    """Everything into one file or stdout."""

    def __init__(self, target: AtomicFile | StandardOutput, *, lines: bool) -> None:
        self._target = target
        self._lines = lines
        self._indent = False

    def begin(self, item: Input, *, several: bool) -> None:
        """Announces an input; a single one with a single article is written indented."""
        self._indent = not (self._lines or several)

    def write(self, extraction: Extraction) -> None:
        """Writes one line, or the indented object."""
        self._target.write(_encode(extraction, indent=self._indent))

    def end(self) -> None:
        """Nothing to do between inputs."""

    def close(self, *, complete: bool) -> Path | None:
        """Puts the file into its place, or what there is of it beside it."""
        if complete:
            self._target.commit()
            return None
        return self._target.keep_partial()

    def discard(self) -> None:
        """Drops the temporary file."""
        self._target.discard()


class FolderWriter:
    """One file for each input: `sub/a.txt` -> `sub/a.txt.json`, or `.jsonl` for an input of several articles."""

    def __init__(self, folder: Path, inputs: list[Input]) -> None:
        _check_distinct(folder, inputs)
        self._folder = folder
        self._file: AtomicFile | None = None
        self._item: Input | None = None
        self._several = False
        AtomicFile(folder / "probe").discard()  # an unwritable folder is told before the work, not behind it

    def begin(self, item: Input, *, several: bool) -> None:
        """Announces an input."""
        self._item, self._several = item, several

    def write(self, extraction: Extraction) -> None:
        """Adds to the input's file."""
        if self._file is None:
            assert self._item is not None
            name = self._item.source + (".jsonl" if self._several else ".json")
            self._file = AtomicFile(self._folder / name)
        self._file.write(_encode(extraction, indent=not self._several))

    def end(self) -> None:
        """Puts the input's file into its place."""
        if self._file is not None:
            self._file.commit()
        self._file = None

    def close(self, *, complete: bool) -> Path | None:
        """Drops an unfinished file; the finished ones stay."""
        self.discard()
        return None

    def discard(self) -> None:
        """Drops an unfinished file."""
        if self._file is not None:
            self._file.discard()
        self._file = None


def _check_distinct(folder: Path, inputs: list[Input]) -> None:
    seen: dict[str, Input] = {}
    for item in inputs:
        if item.skip or item.problem:
            continue
        first = seen.setdefault(item.source.casefold(), item)
        if first is not item:
            raise ConfigError("C008", first=first.label, second=item.label, path=folder / f"{item.source}.json")


def _encode(extraction: Extraction, *, indent: bool) -> bytes:
    return (extraction.to_json(indent=2 if indent else None) + "\n").encode()
