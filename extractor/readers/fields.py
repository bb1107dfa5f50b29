"""Fields as formats write them: dates of several kinds, bylines, lines."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from extractor.article import PublishedBasis
from extractor.errors import warning
from extractor.readers.published import parse_published
from extractor.records import Warned


class Dated(NamedTuple):
    """A publication date, and what there is to say of it."""

    published: date | None = None
    published_at: datetime | None = None
    published_basis: PublishedBasis = "unknown"
    warnings: tuple[Warned, ...] = ()


def dated(*values: str | None, basis: PublishedBasis = "metadata") -> Dated:
    """The first value that is a date.

    Args:
        values: in the order of preference; ISO (also basic, `20250304T101500-0500`) or RFC 822; empty ones are passed over.
        basis: what the date rests on.

    Returns:
        The date; a warning W109 where values were given and none is a date, for an article is not lost with its date.
    """
    given = [line for value in values if (line := one_line(value))]
    for value in given:
        try:
            day, moment = _parse(value)
        except (ValueError, OverflowError, TypeError, IndexError):  # the last two are the e-mail parser's
            continue
        return Dated(day, moment, basis)
    return Dated(warnings=(warning("W109", detail=repr(given[0][:40])),) if given else ())


_BASIC = re.compile(r"\d{8}(?:T[\d.:+\-Z]*)?")
_SPACED_OFFSET = re.compile(r"\s{1,9}(?=[+-]\d\d:?\d\d$)|\s{1,9}UTC$")


def _parse(value: str) -> tuple[date, datetime | None]:
    bare = _SPACED_OFFSET.sub("", value) + ("Z" if value.endswith(" UTC") else "")
    if _BASIC.fullmatch(bare):
        if len(bare) == len("YYYYMMDD"):
            return date.fromisoformat(bare), None
        moment = datetime.fromisoformat(bare)
        return moment.date(), moment if moment.tzinfo else None
    if bare[:1].isdigit() and bare[4:5] == "-":
        return parse_published(bare)
    moment = parsedate_to_datetime(value)
    return moment.date(), moment if moment.tzinfo else None


def one_line(value: object) -> str | None:
    """A text's words on one line; None for what is no text, or blank."""
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(r" ?[;,&] ?(?:and )?| and ", re.IGNORECASE)
_PLACE = re.compile(r" in [A-Z].*")
MOST_AUTHORS = 50


def names(byline: object, *, but: str | None = None) -> tuple[str, ...]:
    """The people of a byline: "By Jane Roe in Ottawa and John Doe" -> ("Jane Roe", "John Doe").

    Args:
        byline: the line.
        but: the publisher, which is no author ("Jane Roe, Northern Wire").
    """
    line = one_line(byline)
    if line is None:
        return ()
    if found := _BY.match(line):
        line = line[found.end() :]
    pieces = [_PLACE.sub("", piece).strip() for piece in _BETWEEN.split(line[:2000])]
    return tuple(dict.fromkeys(name for name in pieces if name and name.casefold() != (but or "").casefold()))[:MOST_AUTHORS]


def web_address(value: object) -> str | None:
    """The value, if it is an address on the web."""
    line = one_line(value)
    return line if line and line.lower().startswith(("http://", "https://")) and " " not in line else None
