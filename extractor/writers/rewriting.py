"""Finished outputs that are written again: lines are taken over, marked as duplicates, or put aside where those are left out."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from extractor.errors import OutputError
from extractor.journal import ASIDE, Entry, Journal, checksum
from extractor.writers.atomic import AtomicFile, failure
from extractor.writers.duplicates import Found, marked


@dataclass(slots=True)
class Row:
    """A line of the output.

    Attributes:
        number: the input's place in the order of inputs.
        entry: where the line is now.
        fresh: whether that is in the part rather than in the finished output.
        now: whether this run extracted it.
        original: the article that it duplicates; empty if none.
    """

    number: int
    entry: Entry
    fresh: bool
    now: bool = False
    original: str = ""


class Copy:
    """A new output file, made of lines of the part, of the old output and of what it left out."""

    def __init__(self, journal: Journal) -> None:
        """Opens what is written.

        Raises:
            OutputError: O001.
        """
        self._journal = journal
        self._open = ExitStack()
        self._old: dict[bool, BinaryIO] = {}
        self._new = {False: AtomicFile(journal.output), True: AtomicFile(journal.place / ASIDE)}
        self._at = {False: 0, True: 0}

    def __enter__(self) -> Self:
        return self

    def add(self, row: Row, found: Found, *, skip: bool) -> Entry:
        """Writes a line to its new place.

        Args:
            row: the line.
            found: counts what is left out.
            skip: whether duplicates are left out.

        Returns:
            The entry with the line's new place.

        Raises:
            OutputError: O001.
        """
        entry, aside = row.entry, bool(row.original) and skip
        line = self._line(row)
        if entry.original != row.original:
            line = marked(line, row.original)
            entry = replace(entry, original=row.original, length=len(line), check=checksum(line))
        if aside:
            found.leave_out(line, now=row.now)
        self._new[aside].write(line)
        start = self._at[aside]
        self._at[aside] += len(line)
        return replace(entry, start=start, aside=aside)

    def commit(self) -> None:
        """Puts the files into their places.

        Raises:
            OutputError: O001.
        """
        if self._at[True]:
            self._new[True].commit()
        else:
            self._new[True].discard()
        self._new[False].commit()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()
        if error is None:
            return
        for file in self._new.values():
            file.discard()
        if isinstance(error, OSError):
            raise failure(self._journal.output, error) from error

    def _line(self, row: Row) -> bytes:
        entry = row.entry
        if row.fresh:
            return self._journal.kept(entry.start, entry.length)
        if entry.aside not in self._old:
            path = self._journal.place / ASIDE if entry.aside else self._journal.output
            self._old[entry.aside] = self._open.enter_context(path.open("rb"))
        self._old[entry.aside].seek(entry.start)
        return self._old[entry.aside].read(entry.length)


def has_files(journal: Journal, entry: Entry) -> bool:
    """Whether the files that were written for an input are there, with the sizes that they had."""
    target, size, left = (entry.counts.get(name) for name in ("target", "size", "left"))
    if target is None:
        return True
    if left is None:
        return _size(journal.output / target) == size
    return (_size(_aside(journal, target)), _size(journal.output / target) or 0) == (size, left)


def mark_file(journal: Journal, entry: Entry, originals: list[str], found: Found, now: frozenset[int], *, skip: bool) -> Entry:
    """Writes an input's file again, if what it says of duplicates has changed.

    Args:
        journal: of the output folder.
        entry: of the input, which has a file.
        originals: for each article in it the one that it duplicates, or nothing.
        found: counts duplicates and what is left out.
        now: places of those articles that this run has extracted.
        skip: whether duplicates are left out.

    Returns:
        The entry as it is now.

    Raises:
        OutputError: O001.
    """
    counts, aside = dict(entry.counts), skip and any(originals)
    found.duplicates += sum(map(bool, originals))
    if counts.get("marks", [""] * len(originals)) == originals and aside == ("left" in counts):
        found.skipped_before += sum(map(bool, originals)) if aside else 0
        return entry
    target = journal.output / counts["target"]
    whole = _aside(journal, counts["target"])
    try:
        content = (whole if "left" in counts else target).read_bytes()
    except OSError as error:
        raise failure(target, error) from error
    journal.note(Entry(entry.file, "under way"))  # until the files fit each other again, the input is looked at anew
    parts = [content] if target.suffix == ".json" else content.splitlines(keepends=True)
    lines = [marked(line, original) for line, original in zip(parts, originals, strict=True)]
    counts |= {"marks": originals, "size": sum(map(len, lines))}
    left = [line for line, original in zip(lines, originals, strict=True) if not (skip and original)]
    if aside:
        counts["left"] = sum(map(len, left))
        _write(whole, lines)
        for place, (line, original) in enumerate(zip(lines, originals, strict=True)):
            if original:
                found.leave_out(line, now=place in now)
    else:
        counts.pop("left", None)
    _write(target, left)
    if not aside:
        _write(whole, [])
    return journal.note(replace(entry, counts=counts, sketch=journal.sketches_of(entry)))


def _write(path: Path, lines: list[bytes]) -> None:
    """Puts a file into its place; one without lines goes."""
    if not lines:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise failure(path, error) from error
        return
    file = AtomicFile(path)
    try:
        for line in lines:
            file.write(line)
        file.commit()
    except OutputError:
        file.discard()
        raise


def _aside(journal: Journal, target: str) -> Path:
    return journal.place / "aside" / target


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
