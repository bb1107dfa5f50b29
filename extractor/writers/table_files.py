"""Folders of table files, CSV or Parquet: the tables of a database, one file each, made anew when the extractions change.

    out.csv/articles.csv, out.csv/tariffs.csv …    the tables, as `database/tables.py` has them
    out.csv/.journal/extractions.jsonl             the extractions that they are made from, with the journal of `json_files.py`
    out.csv/.journal/tables.json                   size and time of each file, by which a change from outside is seen

Each file is replaced whole. A run that is killed while it replaces them leaves older ones beside newer ones; the next run sees
that and makes them anew. The tables of measures are empty until `extractor timeline` fills them, and again when the extractions
change: a row of an article that is gone would be wrong. Columns that hold a clock's time are left out: the same input gives the
same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Boolean, Column, Date, Double, Integer, Table

from extractor.journal import Journal
from extractor.writers.atomic import AtomicFile, failure
from extractor.writers.database.engines import missing
from extractor.writers.database.rows import Row, Rows, merged, rows_of
from extractor.writers.database.statements import CLOCK
from extractor.writers.database.tables import ACROSS, RECORDS, RUNS
from extractor.writers.json_files import FileSink
from extractor.writers.targets import Target

SOME = 1_000
"""Articles whose rows are in memory at a time."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text may begin with that a spreadsheet would run."""


def journal_place(folder: Path) -> Path:
    """The file that the tables are made from, beside which their journal lies."""
    return folder / ".journal" / "extractions.jsonl"


class TableSink(FileSink):
    """Keeps the extractions as a file, and the tables that are made from it."""

    def __init__(self, target: Target, options: dict[str, Any], *, retry: bool, force: bool, skip: bool = False) -> None:
        """Takes the lock and reads what is known.

        Raises:
            ConfigError: C010, another run writes it; C030, the package pyarrow is missing.
            OutputError: O001.
        """
        assert target.path is not None
        self._folder, self._form = target.path, target.form
        if self._form == "parquet":
            _pyarrow(target.shown)
        journal = Journal(journal_place(Path(os.path.realpath(target.path))), folder=False)
        try:
            if force:
                journal.forget()
            super().__init__(journal, options, retry=retry, unordered=False, skip=skip)
        except BaseException:
            journal.close()
            raise

    def _placed(self) -> None:
        """Makes the tables, if the extractions have changed or somebody has changed a table."""
        told = self._folder / ".journal" / "tables.json"
        with suppress(OSError, ValueError):
            if json.loads(told.read_bytes()) == self._state():
                self._fill_up()
                return
        write_tables(self.journal.output, self._folder, self._form)
        write_measures({table.name: [] for table in ACROSS}, self._folder, self._form)
        file = AtomicFile(told)
        file.write(json.dumps(self._state()).encode())
        file.commit()

    def _fill_up(self) -> None:
        """Writes tables of measures that are missing: without rows, as they are until `extractor timeline` fills them."""
        if not all(table_path(self._folder, table, self._form).exists() for table in ACROSS):
            write_measures({table.name: [] for table in ACROSS}, self._folder, self._form)

    def _state(self) -> dict[str, list[int]]:
        """Size and time of what the tables are made from and of the tables; a missing one is not in it."""
        found: dict[str, list[int]] = {}
        for path in (self.journal.output, *(table_path(self._folder, table, self._form) for table in RECORDS)):
            with suppress(OSError):
                stat = path.stat()
                found[path.name] = [stat.st_size, stat.st_mtime_ns]
        return found if len(found) == len(RECORDS) + 1 else {}


def table_path(folder: Path, table: Table, form: str) -> Path:
    """The file that a table is in."""
    return folder / f"{table.name}.{form}"


def write_tables(extractions: Path, folder: Path, form: str) -> None:
    """Writes all tables of a file of extractions.

    Args:
        extractions: JSON Lines. Of two lines with the same article the one whose source sorts last holds.
        folder: where to.
        form: csv or parquet.

    Raises:
        OutputError: O001.
    """
    with _writers(RECORDS, folder, form) as writers:
        runs: set[Row] = set()
        lines = holding(extractions)
        while some := [rows_of(line) for line in islice(lines, SOME)]:
            found = merged(some)
            found[RUNS.name] = [row for row in found[RUNS.name] if row not in runs]
            runs.update(found[RUNS.name])
            for name, rows in found.items():
                writers[name].add(rows)


def write_measures(found: Rows, folder: Path, form: str) -> None:
    """Writes the tables of measures.

    Args:
        found: their rows.
        folder: where to.
        form: csv or parquet.

    Raises:
        ConfigError: C030, the package pyarrow is missing.
        OutputError: O001.
    """
    with _writers(ACROSS, folder, form) as writers:
        for table in ACROSS:
            writers[table.name].add(found[table.name])


@contextmanager
def _writers(tables: Sequence[Table], folder: Path, form: str) -> Iterator[dict[str, TableWriter]]:
    """Writers of tables by their names; the files appear together when all has gone well."""
    files: list[AtomicFile] = []
    writers: dict[str, TableWriter] = {}
    try:
        for table in tables:
            files.append(AtomicFile(table_path(folder, table, form)))
            writers[table.name] = CsvTable(table, files[-1]) if form == "csv" else ParquetTable(table, files[-1])
        yield writers
        for writer in writers.values():
            writer.end()
        for file in files:
            file.commit()
    except OSError as error:
        raise failure(folder, error) from error
    finally:
        for file in files:
            file.discard()


def holding(extractions: Path) -> Iterator[bytes]:
    """The lines that hold: each article once.

    Raises:
        OutputError: O001.
    """
    last: dict[str, tuple[str, int]] = {}
    try:
        with extractions.open("rb") as file:
            for number, line in enumerate(file):
                article = json.loads(line)["article"]
                last[article["id"]] = max((article["source"], number), last.get(article["id"], ("", -1)))
            holds = {number for _, number in last.values()}
            file.seek(0)
            for number, line in enumerate(file):
                if number in holds:
                    yield line
    except OSError as error:
        raise failure(extractions, error) from error


class TableWriter(Protocol):
    """Writes one table."""

    def add(self, rows: list[Row]) -> None:
        """Adds rows.

        Raises:
            OutputError: O001.
        """

    def end(self) -> None:
        """No more will come.

        Raises:
            OutputError: O001.
        """


def _columns(table: Table) -> list[tuple[int, Column[Any]]]:
    """The columns that are written, with their places in a row: all but the clock's."""
    return [(n, column) for n, column in enumerate(table.columns) if column.name != CLOCK]


class CsvTable:
    """UTF-8, RFC 4180, with a header; text is quoted, so that an empty text is not taken for null, which is nothing at all."""

    def __init__(self, table: Table, file: AtomicFile) -> None:
        self._file, self._places = file, [n for n, _ in _columns(table)]
        self._file.write((",".join(column.name for _, column in _columns(table)) + "\n").encode())

    def add(self, rows: list[Row]) -> None:
        """Adds rows."""
        if rows:
            lines = (",".join(csv_cell(row[n]) for n in self._places) for row in rows)
            self._file.write(("\n".join(lines) + "\n").encode())

    def end(self) -> None:
        """Nothing is left to do."""


def csv_cell(value: Any) -> str:
    """A value as a cell. A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP ASVS 1.2.10)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    told = f"'{value}" if value.startswith(FORMULA) else value
    return '"' + told.replace('"', '""') + '"'


class ParquetTable:
    """Parquet with the columns' types, and their comments as metadata."""

    def __init__(self, table: Table, file: AtomicFile) -> None:
        import pyarrow.parquet as pq

        self._pa = pa = _pyarrow(str(file.path))
        self._kept = _columns(table)
        kinds = {Boolean: pa.bool_(), Date: pa.date32(), Double: pa.float64(), Integer: pa.int64()}
        fields = []
        for _, column in self._kept:
            kind = next((arrow for sql, arrow in kinds.items() if isinstance(column.type, sql)), pa.string())
            fields.append(pa.field(column.name, kind, nullable=bool(column.nullable), metadata={"comment": column.comment or ""}))
        self._schema = pa.schema(fields, metadata={"comment": table.comment or ""})
        self._stream = _Stream(file)
        self._writer = pq.ParquetWriter(self._stream, self._schema, compression="zstd")

    def add(self, rows: list[Row]) -> None:
        """Adds rows."""
        if not rows:
            return
        pa = self._pa
        arrays = []
        for (n, _), field in zip(self._kept, self._schema, strict=True):
            values = [row[n] for row in rows]
            day = field.type == pa.date32()
            arrays.append(pa.array(values, pa.string()).cast(field.type) if day else pa.array(values, field.type))
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))

    def end(self) -> None:
        """Writes the footer."""
        self._writer.close()


class _Stream:
    """An output file as pyarrow wants it."""

    closed = False

    def __init__(self, file: AtomicFile) -> None:
        self._file, self._at = file, 0

    def write(self, data: Any) -> int:
        told = bytes(data)
        self._file.write(told)
        self._at += len(told)
        return len(told)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


def _pyarrow(where: str) -> Any:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise missing("pyarrow", where) from error
    return pa
