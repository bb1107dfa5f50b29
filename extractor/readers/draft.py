"""What readers hand on: places, entries that are not read yet, and drafts of articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, NoReturn

from extractor.article import PublishedBasis
from extractor.errors import ExtractorError
from extractor.readers.inputs import LINE_NAMES, bare_name
from extractor.records import Warned


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its format gives it, before metadata from elsewhere and the checks.

    Attributes:
        text: the whole text, or the body where the format keeps the title apart.
        title: the title that the format keeps apart.
        label: a title that names the article without being part of its text (from a metadata file, for plain text).
        part: what tells the articles of one file apart: the given id or the ordinal; empty for the only one.
    """

    text: str
    title: str | None = None
    label: str | None = None
    part: str = ""
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_at: datetime | None = None
    published_basis: PublishedBasis = "unknown"
    warnings: tuple[Warned, ...] = ()


class Place(NamedTuple):
    """A file, or an archive's member.

    Attributes:
        source: path relative to the PATH argument; `a.zip!x/b.txt` for a member.
        label: the same as the user would type it, for messages.
    """

    source: str
    label: str

    @property
    def name(self) -> str:
        """The name that tells the format, in small letters."""
        return bare_name(self.source)

    @property
    def holds_lines(self) -> bool:
        """Whether its name says that it holds one article a line."""
        return self.name.endswith(LINE_NAMES)

    def member(self, name: str) -> Place:
        """A member of this archive."""
        return Place(f"{self.source}!{name}", f"{self.label}!{name}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of an input, not read yet: reading may take long, and a worker does only its share.

    Attributes:
        place: the file or member that holds it.
        make: reads it. Needs no open file. Raises InputError.
        part: its ordinal among the file's articles; empty for the only one.
    """

    place: Place
    make: Callable[[], Draft]
    part: str = ""

    @property
    def where(self) -> str:
        """The place, for messages."""
        return f"{self.place.label}#{self.part}" if self.part else self.place.label

    @property
    def source(self) -> str:
        """The article's source, unless it has an id of its own."""
        return f"{self.place.source}#{self.part}" if self.part else self.place.source


def failed(place: Place, error: ExtractorError, part: str = "") -> Entry:
    """An entry whose reading has failed already."""

    def make() -> NoReturn:
        raise error

    return Entry(place, make, part)
