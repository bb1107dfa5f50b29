"""JSON: one indented object, JSON Lines, or one file for each input; with a journal wherever there is a place for one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from extractor.errors import ConfigError, OutputError
from extractor.job import Done, Same
from extractor.journal import Entry, Journal, Noted, checksum, entries_by_file
from extractor.readers.inputs import Input
from extractor.writers.atomic import AtomicFile, StandardOutput, failure
from extractor.writers.duplicates import Found, Originals, marked
from extractor.writers.rewriting import Copy, Row, has_files, mark_file


@dataclass(frozen=True, slots=True)
class Whole:
    """What a journal knows of an input that has not changed: the articles done, those without a date, and the rejected."""

    done: int
    undated: int
    rows: list[dict[str, Any]] = field(default_factory=list)


class Sink(Protocol):
    """Takes what becomes of the articles, in any order."""

    def known(self, item: Input) -> frozenset[str]:
        """Keys of an input's articles that need not be done again."""

    def whole(self, number: int, item: Input, key: str) -> Whole | None:
        """What is known of an input as a whole, if its key is; then the input need not be looked at."""

    def done(self, message: Done) -> None:
        """Keeps an extraction.

        Raises:
            OutputError: O001.
        """

    def same(self, message: Same) -> None:
        """Keeps an earlier extraction of an article that has not changed."""

    def lost(self, number: int, ordinal: int) -> None:
        """No extraction will come for an article."""

    def file_done(self, number: int, item: Input, key: str, count: int, rows: list[dict[str, Any]]) -> None:
        """An input is finished: so many articles and errors, of which these rejections."""

    def finish(self) -> Found:
        """Puts the output into its place, with its duplicates marked or left out.

        Raises:
            OutputError: O001.
        """

    def stop(self) -> str | None:
        """Ends early; says where what was done so far is, if it is anywhere."""

    def discard(self) -> None:
        """Ends after an error of the output itself."""


def check_distinct(folder: Path, inputs: list[Input]) -> None:
    """Refuses two inputs that would be written to one file of a folder.

    Raises:
        ConfigError: C008.
    """
    seen: dict[str, Input] = {}
    for item in inputs:
        if item.skip or item.problem:
            continue
        first = seen.setdefault(item.source.casefold(), item)
        if first is not item:
            raise ConfigError("C008", first=first.label, second=item.label, path=folder / f"{item.source}.json")


class StreamSink:
    """Stdout or a device: in the order of the inputs, since what follows may be a duplicate. What must wait waits on disk."""

    def __init__(self, output: str | None, *, skip: bool = False) -> None:
        self._target = StandardOutput() if output in (None, "-") else AtomicFile(Path(str(output)))
        self._skip, self._found, self._originals = skip, Found(), Originals()
        self._spool: BinaryIO | None = None
        self._waiting: dict[tuple[int, int], tuple[int, int, str]] = {}
        self._counts: dict[int, int] = {}
        self._next = (0, 0)

    def known(self, item: Input) -> frozenset[str]:
        """Nothing is known."""
        return frozenset()

    def whole(self, number: int, item: Input, key: str) -> Whole | None:
        """Nothing is known."""
        return None

    def done(self, message: Done) -> None:
        """Writes the line if its turn has come, else keeps it."""
        place = (message.task.number, message.ordinal)
        if place == self._next:
            self._write(message.line, message.sketch)
            self._next = (place[0], place[1] + 1)
            self._advance()
            return
        self._waiting[place] = (*self._keep(message.line), message.sketch)

    def same(self, message: Same) -> None:
        """Cannot be: nothing is known."""

    def lost(self, number: int, ordinal: int) -> None:
        """No line will come for an article."""
        self._waiting[number, ordinal] = (0, 0, "")
        self._advance()

    def file_done(self, number: int, item: Input, key: str, count: int, rows: list[dict[str, Any]]) -> None:
        """Lets the next input's lines follow."""
        self._counts[number] = count
        self._advance()

    def finish(self) -> Found:
        """Ends the stream."""
        self._target.commit()
        self.discard()
        return self._found

    def stop(self) -> str | None:
        """What was written stays written."""
        self.finish()
        return None

    def discard(self) -> None:
        """Drops what waits; what was written stays written."""
        if self._spool is not None:
            self._spool.close()
        self._target.discard()

    def _write(self, line: bytes, sketch: str) -> None:
        original = self._originals.of(sketch)
        self._found.duplicates += bool(original)
        if original and self._skip:
            self._found.leave_out(line, now=True)
        else:
            self._target.write(marked(line, original))

    def _keep(self, line: bytes) -> tuple[int, int]:
        if self._spool is None:
            self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the process
        try:
            start = self._spool.seek(0, os.SEEK_END)
            self._spool.write(line)
        except OSError as error:
            raise failure(tempfile.gettempdir(), error) from error
        return start, len(line)

    def _advance(self) -> None:
        """Writes all whose turn has come."""
        while True:
            number, ordinal = self._next
            if self._counts.get(number) is not None and ordinal >= self._counts[number]:
                del self._counts[number]
                self._next = (number + 1, 0)
            elif self._next in self._waiting:
                start, length, sketch = self._waiting.pop(self._next)
                if length:
                    assert self._spool is not None
                    self._spool.seek(start)
                    self._write(self._spool.read(length), sketch)
                self._next = (number, ordinal + 1)
            else:
                return


class JournaledSink:
    """What a file and a folder have in common: the journal and what it knows."""

    takes_finished = True
    """Whether lines of the finished output can be taken over, not only those of the part."""

    def __init__(self, journal: Journal, options: dict[str, Any], *, retry: bool, skip: bool = False) -> None:
        """Reads what is known and opens the journal.

        Args:
            journal: of the output.
            options: of the run.
            retry: whether what was rejected is to be tried again.
            skip: whether duplicates are left out.
        """
        self.journal = journal
        self._skip = skip
        self._options = options
        self._retry = retry
        self._old: dict[str, list[Entry]] = dict(entries_by_file(journal.finished()))
        kept = [entry for _, found in entries_by_file(journal.started()) for entry in found]
        self._new: dict[str, list[Entry]] = dict(entries_by_file(journal.begin(options, kept)))
        self._files: dict[int, Noted] = {}
        self._known: dict[str, dict[str, tuple[bool, Entry]]] = {}

    def known(self, item: Input) -> frozenset[str]:
        """Keys of the articles whose lines can be taken over."""
        by_key = {entry.key: (fresh, entry) for fresh, entry in self._articles(item) if fresh or self.takes_finished}
        if by_key:
            self._known[item.source] = by_key
        return frozenset(by_key)

    def _taken_over(self, message: Same) -> tuple[bool, Entry]:
        """The known line of an article that has not changed, which now stands in another place perhaps."""
        fresh, entry = self._known[message.task.item.source][message.key]
        return fresh, replace(entry, source=message.source, ordinal=message.ordinal)

    def _note_whole(self, number: int, entry: Entry) -> None:
        """Notes an input as a whole; without a key it could not be read, and is looked at again each time."""
        self._known.pop(entry.file, None)
        if entry.key:
            self._files[number] = self.journal.note(entry).noted

    def _wholes(self) -> Iterator[Entry]:
        """The inputs that were finished, in their order."""
        return (self.journal.entry(self._files[number]) for number in sorted(self._files))

    def _articles(self, item: Input) -> Iterator[tuple[bool, Entry]]:
        """An input's known articles, each with whether it is in the part rather than in the finished output."""
        seen: set[str | None] = set()
        for fresh, known in ((True, self._new), (False, self._old)):
            for entry in known.get(item.source, []):
                if entry.source is not None and entry.source not in seen:
                    seen.add(entry.source)
                    yield fresh, entry

    def _whole(self, item: Input, key: str) -> Entry | None:
        for known in (self._new, self._old):
            for entry in known.get(item.source, []):
                if entry.source is None and entry.key == key and not (self._retry and entry.counts.get("rows")):
                    return entry
        return None

    def _append(self, message: Done) -> Entry:
        start, length = self.journal.keep(message.line)
        source = message.task.item.source
        entry = Entry(
            source,
            message.key,
            source if message.source == source else message.source,  # one text in memory
            message.ordinal,
            start,
            length,
            checksum(message.line),
            message.undated,
            sketch=message.sketch,
        )
        return self.journal.note(entry)

    def lost(self, number: int, ordinal: int) -> None:
        """Nothing waits for it."""

    def stop(self) -> str | None:
        """Leaves the journal as it is."""
        self.journal.close()
        return f"what was done is kept in {self.journal.place}: the same command goes on there"

    def discard(self) -> None:
        """Leaves the journal as it is."""
        self.journal.close()


class FileSink(JournaledSink):
    """Everything into one file, which appears when it is complete; each article has its line once."""

    def __init__(self, journal: Journal, options: dict[str, Any], *, retry: bool, unordered: bool, skip: bool = False) -> None:
        AtomicFile(journal.output).discard()  # a place that cannot be written to is told before the work, not behind it
        super().__init__(journal, options, retry=retry, skip=skip)
        self._unordered = unordered
        self._index: list[Row] = []

    def whole(self, number: int, item: Input, key: str) -> Whole | None:
        """Takes all articles of an unchanged input over."""
        entry = self._whole(item, key)
        if entry is None:
            return None
        found = list(self._articles(item))
        if len(found) != entry.counts.get("done", 0):
            return None
        self._index += [Row(number, each, fresh=fresh) for fresh, each in found]
        self._files[number] = entry.noted
        return Whole(len(found), sum(e.undated for _, e in found), list(entry.counts.get("rows", [])))

    def done(self, message: Done) -> None:
        """Writes the line to the part, and notes it."""
        self._index.append(Row(message.task.number, self._append(message), fresh=True, now=True))

    def same(self, message: Same) -> None:
        """Takes the line over."""
        fresh, entry = self._taken_over(message)
        self._index.append(Row(message.task.number, entry, fresh=fresh))

    def file_done(self, number: int, item: Input, key: str, count: int, rows: list[dict[str, Any]]) -> None:
        """Notes the input as a whole."""
        counts = {"done": count - len(rows)} | ({"rows": rows} if rows else {})
        self._note_whole(number, Entry(item.source, key, counts=counts))

    def finish(self) -> Found:
        """Copies the lines into a new file, which takes the output's place; an output that would be the same stays."""
        found = self._mark()
        path = self.journal.output
        if self._is_current():
            entries = [row.entry for row in self._index]
            found.skipped_before = sum(entry.aside for entry in entries)
        else:
            with Copy(self.journal) as copy:
                entries = [copy.add(row, found, skip=self._skip) for row in self._index]
                copy.commit()
        self._placed()
        self.journal.finish(self._options, chain(entries, self._wholes()), path)
        self.journal.close()
        return found

    def _mark(self) -> Found:
        """Tells of each article which one it duplicates, and puts all into the order of the output."""
        in_order = sorted(self._index, key=lambda row: (row.number, row.entry.ordinal))
        originals = Originals()
        for row in in_order:
            row.original = originals.of(self.journal.sketches_of(row.entry))
        if not self._unordered:
            self._index = in_order
        return Found(duplicates=sum(bool(row.original) for row in in_order))

    def _placed(self) -> None:
        """The output is in its place, and not yet noted as finished: what is made from it is made now."""

    def _is_current(self) -> bool:
        """Whether the output is what would be written."""
        at = [0, 0]
        for row in self._index:
            entry, aside = row.entry, bool(row.original) and self._skip
            if row.fresh or entry.start != at[aside] or (entry.aside, entry.original) != (aside, row.original):
                return False
            at[aside] += entry.length
        try:
            return self.journal.output.stat().st_size == at[0]
        except OSError:
            return False


FIRST = frozenset({0})
"""The place of an only article: one set for all inputs."""


class FolderSink(JournaledSink):
    """One file for each input: `sub/a.txt` -> `sub/a.txt.json`, or `.jsonl` for an input of several articles.

    A finished file is known as a whole only. One that has duplicates which are left out lies whole beside the journal, too.
    """

    takes_finished = False

    def __init__(self, journal: Journal, options: dict[str, Any], *, retry: bool, skip: bool = False) -> None:
        AtomicFile(journal.output / "probe").discard()
        super().__init__(journal, options, retry=retry, skip=skip)
        self._open: dict[int, list[Entry]] = {}
        self._several: set[int] = set()
        self._now: dict[int, set[int]] = {}
        self._fresh: dict[int, frozenset[int]] = {}

    def whole(self, number: int, item: Input, key: str) -> Whole | None:
        """Whether an unchanged input's file is there."""
        entry = self._whole(item, key)
        if entry is None or not has_files(self.journal, entry):
            return None
        self._files[number] = entry.noted
        return Whole(entry.counts.get("done", 0), entry.counts.get("undated", 0), list(entry.counts.get("rows", [])))

    def done(self, message: Done) -> None:
        """Writes the line to the part, and notes it."""
        self._open.setdefault(message.task.number, []).append(self._append(message))
        self._now.setdefault(message.task.number, set()).add(message.ordinal)
        if message.several:
            self._several.add(message.task.number)

    def same(self, message: Same) -> None:
        """Takes a line of the part over."""
        self._open.setdefault(message.task.number, []).append(self._taken_over(message)[1])

    def file_done(self, number: int, item: Input, key: str, count: int, rows: list[dict[str, Any]]) -> None:
        """Writes the input's file, and notes it."""
        found = sorted(self._open.pop(number, []), key=lambda e: e.ordinal)
        ordinals, now = [e.ordinal for e in found], self._now.pop(number, set())
        counts: dict[str, Any] = {"done": len(found), "undated": sum(e.undated for e in found)}
        if rows:
            counts["rows"] = rows
        if found:
            several = number in self._several or item.holds_lines or count > 1
            target = item.source + (".jsonl" if several else ".json")
            file = AtomicFile(self.journal.output / target)
            try:
                for entry in found:
                    file.write(self.journal.kept(entry.start, entry.length))
                file.commit()
            except OutputError:
                file.discard()
                raise
            counts |= {"target": target, "size": sum(e.length for e in found)}
        sketches = "\n".join(self.journal.sketches_of(entry) for entry in found)
        self._note_whole(number, Entry(item.source, key, counts=counts, sketch=sketches))
        if now:
            places = frozenset(place for place, ordinal in enumerate(ordinals) if ordinal in now)
            self._fresh[number] = FIRST if places == FIRST else places

    def finish(self) -> Found:
        """Fills in what is known of duplicates; the journal keeps what earlier runs wrote there, too."""
        told, originals, named = Found(), Originals(), set[str]()
        for number in sorted(self._files):
            entry, now = self.journal.entry(self._files[number]), self._fresh.get(number, frozenset())
            named.add(entry.file)
            if "target" in entry.counts:
                found = [originals.of(sketch) for sketch in self.journal.sketches_of(entry).split("\n")]
                self._files[number] = mark_file(self.journal, entry, found, told, now, skip=self._skip).noted
        before = [e for name, known in self._old.items() for e in known if name not in named and e.source is None]
        self.journal.finish(self._options, chain(before, self._wholes()), None)
        self.journal.close()
        return told
