"""Files that are either old or complete: written beside their place, then renamed into it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from extractor.errors import OutputError


def failure(path: str | Path, error: OSError) -> OutputError:
    """An OSError as O001.

    Raises:
        BrokenPipeError: it is one; the reader has gone, which is no failure.
    """
    if isinstance(error, BrokenPipeError):
        raise error
    return OutputError("O001", path=path, detail=error.strerror or error)


class AtomicFile:
    """A file that appears whole, or not at all.

    Devices and pipes are written to directly. A link is followed: what it points to is replaced, not the link.
    """

    def __init__(self, path: Path) -> None:
        """Opens the temporary file, and makes missing folders.

        Raises:
            OutputError: O001, the place cannot be written to.
        """
        self.path = path
        self._direct = os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113 - no error for a name too long
        self._place = path if self._direct else Path(os.path.realpath(path))
        self._temporary = path if self._direct else self._place.parent / f".extractor-{os.getpid()}-{id(self):x}.tmp"
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            if self._place.is_file() and not os.access(self._place, os.W_OK):
                raise PermissionError(13, "Permission denied")
            self._file: BinaryIO = self._temporary.open("wb", buffering=0) if self._direct else self._temporary.open("xb")
        except OSError as error:
            raise failure(path, error) from error

    def write(self, data: bytes) -> None:
        """Writes and flushes.

        Raises:
            OutputError: O001.
        """
        try:
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise failure(self.path, error) from error

    def commit(self) -> None:
        """Puts the file into its place.

        Raises:
            OutputError: O001.
        """
        try:
            if not self._direct:
                os.fsync(self._file.fileno())
            self._file.close()
            if not self._direct:
                self._temporary.replace(self._place)
        except OSError as error:
            self.discard()
            raise failure(self.path, error) from error

    def discard(self) -> None:
        """Removes the temporary file."""
        with suppress(OSError):  # the disk is full or gone: nothing of it is kept anyway
            self._file.close()
        if not self._direct:
            self._temporary.unlink(missing_ok=True)


class StandardOutput:
    """Stdout, written in UTF-8 whatever the locale."""

    path = Path("-")

    def write(self, data: bytes) -> None:
        """Writes and flushes.

        Raises:
            BrokenPipeError: the reader has gone.
            OutputError: O001.
        """
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except OSError as error:
            raise failure("stdout", error) from error

    def commit(self) -> None:
        """Nothing is left to do."""

    def discard(self) -> None:
        """What was written stays written."""
