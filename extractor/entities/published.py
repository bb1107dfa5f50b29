"""The publication date of an article that came without one, from evidence in the article only.

A wrong anchor spoils every relative date, so only four things count: a date in the file's name or address, a dateline with a full
date, a line of its own at the top that is a date, and a dateline's month and day whose year the article fixes. A caption's
date is never the answer: the picture may be old. It is a lower bound, though, and an inference before it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from extractor.article import Article
from extractor.entities.dates_spans import Found, choose, find
from extractor.entities.dates_values import nearest_year, valid
from extractor.entities.dates_words import day_number, month_number, weekday_number
from extractor.entities.layout import Segment, SegmentKind, segment
from extractor.lexicon import table


class Evidence(NamedTuple):
    """What the inference rests on: words of the article, or of its file name or address (then without offsets)."""

    kind: Literal["file_name", "address", "dateline", "release_line"]
    text: str
    start: int | None = None
    end: int | None = None

    @property
    def basis(self) -> Literal["file_name", "inferred"]:
        """As `Article.published_basis` names it."""
        return "file_name" if self.kind == "file_name" else "inferred"


def infer_published(article: Article) -> tuple[date, Evidence] | None:
    """The day on which an article came out, if something in it says so.

    Args:
        article: an article, whose own `published` is not looked at.

    Returns:
        The day and its evidence; None where the article says too little or contradicts itself.
    """
    segments = segment(article)
    latest = max((at for at, _ in _past_dates(article, segments)), default=None)
    for guess in _guesses(article, segments, latest):
        if latest is None or guess[0] >= latest:
            return guess
    return None


def with_inferred_date(article: Article) -> Article:
    """The same article with its publication date, where it has none and one can be inferred."""
    guess = infer_published(article) if article.published is None else None
    if guess is None:
        return article
    return article.model_copy(update={"published": guess[0], "published_basis": guess[1].basis})


def _guesses(article: Article, segments: tuple[Segment, ...], latest: date | None) -> Iterator[tuple[date, Evidence]]:
    """In the order of their worth."""
    yield from _release_lines(article, segments)
    yield from _dateline(article, segments, latest)
    for kind, place in (("file_name", article.source.rsplit("/", 1)[-1]), ("address", article.url or "")):
        match = _pattern(kind).search(place)
        at = valid(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
        if match and at:
            yield at, Evidence("file_name" if kind == "file_name" else "address", match[0])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("dates")["published"][name])


def _full(found: Found) -> date | None:
    """The day of a find that says day, month and year; one whose weekday disagrees is none."""
    g = found.groups
    if found.rule not in {"day", "iso"} or "y" not in g:
        return None
    at = valid(int(g["y"]), month_number(g["m"]), day_number(g["d"]))
    return None if at and "w" in g and weekday_number(g["w"]) != at.weekday() else at


def _finds(article: Article, part: Segment) -> list[Found]:
    return choose(find(article.text[part.start : part.end]))


def _release_lines(article: Article, segments: tuple[Segment, ...]) -> Iterator[tuple[date, Evidence]]:
    """Lines at the top that hold nothing but a full date. A date of correction is later than publication, so it is none."""
    for part in segments[: table("dates")["published"]["top_lines"]]:
        line = article.text[part.start : part.end]
        if len(line) > LONGEST_LINE or _pattern("corrected").search(line):
            continue
        for found in _finds(article, part):
            at, rest = _full(found), line[: found.start] + line[found.end :]
            if at and _pattern("release_line").match(rest):
                start = part.start + found.start
                yield at, Evidence("release_line", line[found.start : found.end], start, start + found.end - found.start)


LONGEST_LINE = 80
"""Characters of a line that only says when the article came out."""


def _dateline(article: Article, segments: tuple[Segment, ...], latest: date | None) -> Iterator[tuple[date, Evidence]]:
    """A dateline's date: full, or a month and day whose year a full date or an agreeing weekday fixes."""
    for part in segments:
        if part.kind is not SegmentKind.DATELINE:
            continue
        for found in _finds(article, part):
            at = None
            if found.rule == "day":
                at = _full(found) if "y" in found.groups else _year_fixed(article, segments, found, latest)
            if at:
                start, end = part.start + found.start, part.start + found.end
                yield at, Evidence("dateline", article.text[start:end], start, end)
        return


def _year_fixed(article: Article, segments: tuple[Segment, ...], found: Found, latest: date | None) -> date | None:
    """The year of a dateline's month and day."""
    month, day = month_number(found.groups["m"]), day_number(found.groups["d"])
    full = {at for at, _ in _all_dates(article, segments)}
    same = [at for at in full if (at.month, at.day) == (month, day)]
    if len(same) == 1:
        return same[0]
    pairs = list(_weekday_pairs(article, segments, found))
    if latest is not None:
        after = [at for step in (0, 1) if (at := valid(latest.year + step, month, day)) and at >= latest]
        gap = timedelta(days=table("dates")["published"]["longest_gap"])
        if after and after[0] - latest <= gap and _agree(after[0], pairs):
            return after[0]
        return None
    return _only_agreeing(article, segments, month, day, pairs)


def _only_agreeing(
    article: Article, segments: tuple[Segment, ...], month: int, day: int, pairs: list[tuple[int, int, int]]
) -> date | None:
    """The one year, of those that the text names and the next, in which every weekday fits its month and day."""
    years = {
        int(f.groups["y"]) for part in segments for f in _finds(article, part) if f.rule in {"year", "month"} and "y" in f.groups
    }
    if not pairs or not years:
        return None
    around = sorted({year + step for year in years for step in (0, 1)})
    fitting = [at for year in around if (at := valid(year, month, day)) and _agree(at, pairs)]
    return fitting[0] if len(fitting) == 1 else None


def _weekday_pairs(article: Article, segments: tuple[Segment, ...], dateline: Found) -> Iterator[tuple[int, int, int]]:
    """Weekday, month and day of dates without a year."""
    own = [dateline] if "w" in dateline.groups else []
    for found in [*own, *(f for part in segments for f in _finds(article, part))]:
        g = found.groups
        if found.rule == "day" and "w" in g and "y" not in g:
            yield weekday_number(g["w"]), month_number(g["m"]), day_number(g["d"])


def _agree(at: date, pairs: list[tuple[int, int, int]]) -> bool:
    """Whether each weekday fits its month and day in the year nearest to a publication day."""
    near = [(weekday, nearest_year(month, day, at)) for weekday, month, day in pairs]
    return all(found is not None and found.weekday() == weekday for weekday, found in near)


def _all_dates(article: Article, segments: tuple[Segment, ...]) -> Iterator[tuple[date, Segment]]:
    for part in segments:
        for found in _finds(article, part):
            if at := _full(found):
                yield at, part


def _past_dates(article: Article, segments: tuple[Segment, ...]) -> Iterator[tuple[date, Segment]]:
    """Dates that lie before publication: those of captions, whose pictures exist."""
    return ((at, part) for at, part in _all_dates(article, segments) if part.kind is SegmentKind.CAPTION)
