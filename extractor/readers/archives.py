"""gzip and zip: opened and read member by member, never unpacked to disk and never whole.

What an archive unpacks to is bounded, in all and in proportion to its size; names are only names.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable, Iterator
from functools import partial
from io import BufferedReader, RawIOBase
from typing import Any, cast
from zipfile import ZipExtFile, ZipFile, ZipInfo

from extractor.errors import InputError
from extractor.readers.draft import Entry, Place, failed
from extractor.readers.gzip_members import GzipMembers
from extractor.readers.inputs import printable

MOST_TIMES = 100
"""How many bytes one byte of an archive may become; English text becomes 3 to 10."""
FREE = 64 << 20
"""Bytes that may come of any archive, however small."""
MOST_BYTES = 64 << 30
"""Bytes that may come of one archive in all."""
MOST_MEMBERS = 100_000
NAMELESS = "nameless"
"""What a member is called of whose name nothing is left, such as `..`."""
LONGEST_DIRECTORY = 16 << 20
"""Bytes of a zip file's list of members, which is read whole."""

Open = Callable[[BufferedReader, Place, int], Iterator[Entry]]
"""Reads an opened member: stream, place, how many archives are around it."""


class Unpacked(RawIOBase):
    """The bytes of a member as they come. Every failure is an InputError: R016, broken; R018, too much.

    Who reads on after a failure gets it again, unless there is a whole part of the member behind the break.
    """

    def __init__(self, raw: GzipMembers | ZipExtFile, where: str, taken: Callable[[], int], before: int = 0) -> None:
        """Wraps a decompressor.

        Args:
            raw: the decompressor.
            where: the member, for messages.
            taken: how many bytes of the archive have been read so far.
            before: how many bytes the archive's earlier members have become.
        """
        self._raw, self._where, self._taken = raw, where, taken
        self.count = self._before = before
        self._failure: InputError | None = None
        self._told = False

    def readable(self) -> bool:
        """Always."""
        return True

    @property
    def exhausted(self) -> bool:
        """Whether the archive has become as much as it may."""
        return self._failure is not None and self._failure.code == "R018"

    def tell(self) -> int:
        """How many bytes have come."""
        return self.count - self._before

    def close(self) -> None:
        """Closes the decompressor, too."""
        self._raw.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, unless the member ends; what comes before a failure is given first."""
        view, filled = memoryview(buffer), 0
        if self._told and self._resynced():
            view[:1], filled = b"\n", 1  # so that what follows begins a line
        while filled < len(view) and self._failure is None:
            try:
                piece = self._read(len(view) - filled)
            except InputError as error:
                self._failure = error
                break
            if not piece:
                return filled
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        if self._failure and not filled:
            self._told = True
            raise self._failure
        return filled

    def _resynced(self) -> bool:
        if self.exhausted or not isinstance(self._raw, GzipMembers) or not self._raw.resync():
            return False
        self._failure, self._told = None, False
        return True

    def _read(self, size: int) -> bytes:
        try:
            piece = self._raw.read1(size)  # `read` would lose what comes before a failure
        except InputError:
            raise
        except Exception as error:  # zlib, bz2, lzma, zipfile and gzip each have their own
            raise broken(self._where, error) from error
        self.count += len(piece)
        if self.count > min(MOST_BYTES, FREE + MOST_TIMES * self._taken()):
            raise InputError("R018", self._where, detail=f"more than {self.count:,} bytes; the rest is not read")
        return piece


def broken(where: str, error: Exception) -> InputError:
    """The coded error of a failure in an archive."""
    return InputError("R016", where, detail=str(error) or type(error).__name__)


def is_gzip(head: bytes) -> bool:
    """Whether the bytes begin a gzip file."""
    return head.startswith(b"\x1f\x8b")


def is_zip(head: bytes) -> bool:
    """Whether the bytes begin a zip file."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def gzip_entries(stream: BufferedReader, place: Place, depth: int, read: Open) -> Iterator[Entry]:
    """The articles of a gzip file.

    Raises:
        InputError: R016, R018, whatever reading it raises.
    """
    unpacked = Unpacked(GzipMembers(stream), place.label, partial(_told, stream))
    yield from read(BufferedReader(unpacked, 1 << 16), place, depth + 1)


def _told(stream: BufferedReader) -> int:
    """How many bytes of a stream have been read; 0 for a pipe, which does not know."""
    try:
        return stream.tell()
    except OSError:
        return 0


def zip_entries(stream: BufferedReader, place: Place, read: Open) -> Iterator[Entry]:
    """The articles of a zip file's members, in the order of its list; a member that cannot be read is its own failure.

    Folders, hidden files and what macOS adds are passed over.

    Raises:
        InputError: R002, an office document; R016, R018, of the archive as a whole; R023, it is empty.
    """
    size = _checked_size(stream, place.label)
    try:
        archive = ZipFile(stream)
        infos = archive.infolist()
    except Exception as error:
        raise broken(place.label, error) from error
    if len(infos) > MOST_MEMBERS:
        raise InputError("R018", place.label, detail=f"{len(infos):,} members")
    first = {info.filename for info in infos[:50]}
    if "[Content_Types].xml" in first or "mimetype" in first:
        raise InputError("R002", place.label, detail="an office document or e-book")
    known: dict[str, int] = {}
    count = 0
    for info in infos:
        name = member_name(info.filename) or NAMELESS
        if info.filename.endswith("/") or any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            continue
        known[name] = known.get(name, 0) + 1
        member = place.member(name if known[name] == 1 else f"{name}~{known[name]}")
        unpacked = _member(archive, info, member, size, count)
        if isinstance(unpacked, InputError):
            yield failed(member, unpacked)
            continue
        try:
            yield from read(BufferedReader(unpacked, 1 << 16), member, 1)
        except InputError as error:
            yield failed(member, error)
            if unpacked.exhausted:
                return
        finally:
            count = unpacked.count
            unpacked.close()
    if not known:
        raise InputError("R023", place.label, detail="an empty archive")


def _member(archive: ZipFile, info: ZipInfo, member: Place, size: int, before: int) -> Unpacked | InputError:
    if info.flag_bits & 0x1:
        return InputError("R017", member.label)
    try:
        return Unpacked(cast(ZipExtFile, archive.open(info)), member.label, lambda: size, before)
    except Exception as error:
        return broken(member.label, error)


_DRIVE = re.compile(r"^[A-Za-z]:")


def member_name(name: str) -> str:
    """A member's name as a relative path without `..`, printable: a part of ids and messages, never a path to write to."""
    parts = _DRIVE.sub("", printable(name.replace("\\", "/"))).split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _checked_size(stream: BufferedReader, where: str) -> int:
    """The archive's size; refuses one whose list of members is too long to be read."""
    if not stream.seekable():
        raise InputError("R016", where, detail="a zip file must be a file, not a stream")
    size = stream.seek(0, os.SEEK_END)
    tail_at = max(0, size - (1 << 16) - 22)
    stream.seek(tail_at)
    tail = stream.read()
    for found in re.finditer(rb"PK\x05\x06", tail):
        if len(tail) - found.start() < 22:
            continue
        (length,) = struct.unpack_from("<L", tail, found.start() + 12)
        if length == 0xFFFFFFFF and found.start() >= 20:
            length = _zip64_length(stream, tail[found.start() - 20 : found.start()], size)
        if LONGEST_DIRECTORY < length <= size:
            raise InputError("R018", where, detail=f"a list of members of {length:,} bytes")
    stream.seek(0)
    return size


def _zip64_length(stream: BufferedReader, locator: bytes, size: int) -> int:
    """The length of the list in a large archive; 0 if there is no such list."""
    signature, _, at, _ = struct.unpack("<4sLQL", locator)
    if signature != b"PK\x06\x07" or at > size - 56:
        return 0
    stream.seek(at)
    record = stream.read(56)
    return struct.unpack_from("<Q", record, 40)[0] if record.startswith(b"PK\x06\x06") else 0
