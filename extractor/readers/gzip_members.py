"""gzip, member by member: behind a broken member the next one can still be read, as crawls need that have one for each record."""

from __future__ import annotations

import zlib
from io import BufferedReader

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 14
_HEADER_AND_CHECKS = 31
"""zlib's word for gzip: it reads the header, and checks length and checksum."""


class BrokenGzipError(Exception):
    """The bytes are no gzip, or end too early."""


class GzipMembers:
    """The decompressed bytes of a stream of gzip members; zeros between and behind them are padding."""

    def __init__(self, stream: BufferedReader) -> None:
        """Reads nothing yet."""
        self._stream = stream
        self._data = b""
        self._unzip = zlib.decompressobj(_HEADER_AND_CHECKS)
        self._inside = False
        self._begins = False  # whether the data begin with the member's own beginning

    def read1(self, size: int) -> bytes:
        """Gives some of the bytes, at most so many; none at the end.

        Raises:
            BrokenGzipError: all that comes before the break was given.
            OSError: the stream cannot be read.
        """
        while True:
            if not self._data:
                self._data = self._stream.read(_CHUNK)
            if not self._inside:
                self._data = self._data.lstrip(b"\x00")
                if not self._data and not self._stream.peek(1):
                    return b""
                if not self._data:
                    continue
                self._unzip = zlib.decompressobj(_HEADER_AND_CHECKS)
                self._inside = self._begins = True
            if not self._data:
                self._inside = False
                raise BrokenGzipError("it ends too early")
            try:
                out = self._unzip.decompress(self._data, size)
            except zlib.error as error:
                raise BrokenGzipError(str(error)) from error
            self._begins, self._inside = False, not self._unzip.eof
            self._data = self._unzip.unconsumed_tail if self._inside else self._unzip.unused_data
            if out:
                return out

    def resync(self) -> bool:
        """Goes to the next member behind the place where one was broken; whether there is one."""
        data = self._data[1:] if self._begins else self._data
        while (at := data.find(_MAGIC)) < 0:
            more = self._stream.read(_CHUNK)
            if not more:
                self._data, self._inside = b"", False
                return False
            data = data[-2:] + more
        self._data, self._inside = data[at:], False
        return True

    def close(self) -> None:
        """Lets go of the data."""
        self._data = b""
