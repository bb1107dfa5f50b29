"""What a run has done so far, so that one that was killed at any moment goes on where it stopped.

Beside an output (`out.jsonl`) lies a folder (`.out.jsonl.journal/`):

    lock           held while a run uses the journal, with its process id
    journal.jsonl  what the finished output holds, and where
    running.jsonl  what the run under way has done, appended to after …
    part.jsonl     … the extraction was written and flushed here
    aside…         what the finished output leaves out as duplicates, so that it is not extracted again when it is wanted

A line of a journal is an `Entry`. What a torn or foreign line would say is not believed: the article is done again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from extractor.errors import ConfigError
from extractor.writers.atomic import failure

FORM = 2
"""Version of the journal's form. One of another version is not read: all is done again."""
FINISHED, RUNNING, ASIDE = "journal.jsonl", "running.jsonl", "aside.jsonl"


_NOTHING: dict[str, Any] = {}

Noted = tuple[str, int]
"""Where an entry stands: the journal's file, and the offset."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that was done, or a whole input.

    Attributes:
        file: the input's source.
        key: hash of the article, or of the input's bytes, with all that decides on its extraction.
        source: the article's; None for a whole input.
        ordinal: the article's place in its input.
        start: where its line begins, in the output or in the part.
        length: bytes of the line.
        check: the beginning of the line's hash.
        undated: whether it has no publication date.
        original: of which article the stored line says that it is a duplicate.
        aside: whether the line is not in the output but aside.
        sketch: what tells duplicates, of a whole input one a line; in memory it is empty, see `Journal.sketches_of`.
        counts: of a whole input: how many articles were done, the file that holds them with its size, and what was rejected.
    """

    file: str
    key: str
    source: str | None = None
    ordinal: int = 0
    start: int = 0
    length: int = 0
    check: str = ""
    undated: bool = False
    original: str = ""
    aside: bool = False
    sketch: str = ""
    counts: dict[str, Any] = field(default_factory=lambda: _NOTHING)
    noted: Noted = ("", 0)
    """Where the entry itself stands; not part of what is written."""


def checksum(line: bytes) -> str:
    """The beginning of a line's hash: enough to see that it is the one that was written."""
    return hashlib.sha256(line).hexdigest()[:16]


def journal_of(output: Path, *, folder: bool) -> Path:
    """Where the journal of an output file or folder lies."""
    return output / ".journal" if folder else output.with_name(f".{output.name}.journal")


class Journal:
    """The journal of one output; holds its lock until it is closed."""

    def __init__(self, output: Path, *, folder: bool) -> None:
        """Takes the lock.

        Args:
            output: the output file or folder.
            folder: which of the two.

        Raises:
            ConfigError: C010, another run uses the journal.
            OutputError: O001.
        """
        self.output = output
        self.place = journal_of(output, folder=folder)
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.place / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise failure(self.place, error) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._lock, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(self._lock)
            raise ConfigError("C010", path=output, pid=holder) from error
        os.ftruncate(self._lock, 0)
        os.write(self._lock, f"{os.getpid()}\n".encode())
        self._running: BinaryIO | None = None
        self._part: BinaryIO | None = None
        self._end = 0
        self._noted: dict[str, BinaryIO] = {}

    # ------------------------------------------------------------ reading

    def finished(self) -> list[Entry]:
        """What the output holds, if it still is the file that was written."""
        head, entries = self._read(FINISHED)
        if "size" in head and not self._is_that(head):
            return []
        with _opened(self.place / ASIDE) as aside:
            return [e for e in entries if not e.aside or (aside is not None and self._holds(aside, e))]

    def started(self) -> list[Entry]:
        """What an unfinished run did and its part still holds."""
        _, entries = self._read(RUNNING)
        if not entries:
            return []
        try:
            with (self.place / "part.jsonl").open("rb") as part:
                return [e for e in entries if e.source is None or self._holds(part, e)]
        except OSError:
            return []

    def _is_that(self, head: dict[str, Any]) -> bool:
        try:
            found = self.output.stat()
        except OSError:
            return False
        return bool(head["size"] == found.st_size and head["mtime"] == found.st_mtime_ns)

    def _holds(self, part: BinaryIO, entry: Entry) -> bool:
        part.seek(entry.start)
        return checksum(part.read(entry.length)) == entry.check

    def _read(self, name: str) -> tuple[dict[str, Any], list[Entry]]:
        try:
            lines = (self.place / name).read_bytes().split(b"\n")
        except OSError:
            return {}, []
        head, entries = self._parsed(lines[0]), []
        if head.get("journal") != FORM:
            return {}, []
        at = len(lines[0]) + 1
        for line in lines[1:-1]:  # what stands behind the last line end is torn
            with suppress(TypeError):
                entries.append(Entry(**self._parsed(line) | {"sketch": "", "noted": (name, at)}))
            at += len(line) + 1
        return head, entries

    @staticmethod
    def _parsed(line: bytes) -> dict[str, Any]:
        try:
            value = json.loads(line)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def options(self) -> dict[str, Any]:
        """The options of the last run on this journal, by which `retry` runs again."""
        for name in (RUNNING, FINISHED):
            head, _ = self._read(name)
            if "options" in head:
                return dict(head["options"])
        return {}

    # ------------------------------------------------------------ writing

    def begin(self, options: dict[str, Any], kept: list[Entry]) -> list[Entry]:
        """Opens the running journal and its part.

        Args:
            options: of this run.
            kept: entries of an unfinished run that hold on; without any, part and journal start empty.

        Returns:
            The entries kept, which now stand elsewhere.

        Raises:
            OutputError: O001.
        """
        try:
            self._part = (self.place / "part.jsonl").open("r+b" if kept else "w+b")
            self._part.seek(0, os.SEEK_END)
            fresh, moved = self.place / "running.new", []
            with fresh.open("wb") as file:
                at = file.write(_line({"journal": FORM, "options": options}))
                for entry in kept:
                    moved.append(replace(entry, noted=(RUNNING, at)))
                    at += file.write(_said(replace(entry, sketch=self.sketches_of(entry))))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.place / RUNNING)
            self._close_noted()
            self._running = (self.place / RUNNING).open("ab")
            self._end = at
        except OSError as error:
            raise failure(self.place, error) from error
        return moved

    def keep(self, line: bytes) -> tuple[int, int]:
        """Writes an extraction to the part, flushed.

        Returns:
            Where it begins, and its length.

        Raises:
            OutputError: O001.
        """
        assert self._part is not None
        try:
            start = self._part.seek(0, os.SEEK_END)
            self._part.write(line)
            self._part.flush()
        except OSError as error:
            raise failure(self.place / "part.jsonl", error) from error
        return start, len(line)

    def note(self, entry: Entry) -> Entry:
        """Adds an entry, flushed; what it speaks of must have been written before.

        Returns:
            The entry as it is kept in memory.

        Raises:
            OutputError: O001.
        """
        assert self._running is not None
        at, line = self._end, _said(entry)
        try:
            self._running.write(line)
            self._running.flush()
        except OSError as error:
            raise failure(self.place / RUNNING, error) from error
        self._end += len(line)
        return replace(entry, sketch="", noted=(RUNNING, at))

    def sketches_of(self, entry: Entry) -> str:
        """What tells duplicates of an entry's articles: a sketch, or of a whole input one a line.

        Raises:
            OutputError: O001, the journal cannot be read.
        """
        return str(self._at(entry.noted).get("sketch", "")) if entry.noted[0] else entry.sketch

    def entry(self, noted: Noted) -> Entry:
        """The entry that stands there: a run keeps in memory only where those of whole inputs are.

        Raises:
            OutputError: O001, the journal cannot be read.
        """
        return Entry(**self._at(noted) | {"sketch": "", "noted": noted})

    def _at(self, noted: Noted) -> dict[str, Any]:
        name, at = noted
        try:
            if name not in self._noted:
                self._noted[name] = (self.place / name).open("rb")
            self._noted[name].seek(at)
            return self._parsed(self._noted[name].readline())
        except OSError as error:
            raise failure(self.place / name, error) from error

    def kept(self, start: int, length: int) -> bytes:
        """A line of the part."""
        assert self._part is not None
        self._part.seek(start)
        return self._part.read(length)

    def finish(self, options: dict[str, Any], entries: Iterable[Entry], output: Path | None) -> None:
        """Makes the entries the journal of the finished output, and drops the part.

        Args:
            options: of this run.
            entries: with places in the finished output.
            output: the finished file, whose size and time are noted; None for a folder.

        Raises:
            OutputError: O001.
        """
        head: dict[str, Any] = {"journal": FORM, "options": options}
        try:
            if output is not None:
                found = output.stat()
                head |= {"size": found.st_size, "mtime": found.st_mtime_ns}
            fresh = self.place / "journal.new"
            with fresh.open("wb") as file:
                file.write(_line(head))
                file.writelines(_said(replace(entry, sketch=self.sketches_of(entry))) for entry in entries)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.place / FINISHED)
            self._close_files()
            for name in (RUNNING, "part.jsonl"):
                (self.place / name).unlink(missing_ok=True)
        except OSError as error:
            raise failure(self.place, error) from error

    def forget(self) -> None:
        """Starts over: nothing is known any more."""
        for name in (FINISHED, RUNNING, "part.jsonl", ASIDE):
            (self.place / name).unlink(missing_ok=True)
        shutil.rmtree(self.place / "aside", ignore_errors=True)

    def close(self) -> None:
        """Lets the lock go; what was done stays noted."""
        self._close_files()
        with suppress(OSError):
            os.close(self._lock)

    def _close_files(self) -> None:
        for file in (self._running, self._part):
            if file is not None:
                with suppress(OSError):
                    file.close()
        self._running = self._part = None
        self._close_noted()

    def _close_noted(self) -> None:
        """Closes what `sketches_of` opened; a file of that name is another one from now on."""
        for file in self._noted.values():
            file.close()
        self._noted = {}


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO | None]:
    """The file, or None if it cannot be read."""
    try:
        file = path.open("rb")
    except OSError:
        yield None
        return
    with file:
        yield file


def _said(entry: Entry) -> bytes:
    return _line({name: value for name, value in asdict(entry).items() if name != "noted"})


def _line(value: dict[str, Any]) -> bytes:
    filled = {k: v for k, v in value.items() if v not in (None, {}, "", 0, False)}
    return (json.dumps(filled, ensure_ascii=True, separators=(",", ":")) + "\n").encode()


def entries_by_file(entries: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries, input by input; of one article or input the last one holds."""
    files: dict[str, dict[str | None, Entry]] = {}
    for entry in entries:
        files.setdefault(entry.file, {})[entry.source] = entry
    for name, found in files.items():
        yield name, list(found.values())
