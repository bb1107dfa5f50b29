"""What a date that does not say all is anchored to: the publication day, and the dates that were read before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Doc

from extractor.entities import dates_values as cal
from extractor.entities.dates_spans import Found
from extractor.entities.dates_tense import outlook
from extractor.entities.dates_values import Basis, Outlook, When
from extractor.entities.dates_words import full_dates
from extractor.entities.layout import segment_at

CLEARLY_NEAR = 150
"""Days within which a month and day lie in the nearest year whatever the verb; about half a year off the verb decides."""

SENTENCES_BACK = 2
"""How far back "the next day" looks for its anchor."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date with its place and value."""

    start: int
    end: int
    when: When
    basis: Basis


@dataclass
class Anchors:
    """One document, its publication date, and the dates read so far: what later ones are anchored to."""

    doc: Doc
    text: str
    published: date | None
    done: list[Resolved] = field(default_factory=list)

    def _whole(self, found: Found, when: When | None, basis: Basis) -> Iterator[Resolved]:
        if when is not None:
            yield Resolved(found.start, found.end, when, basis)

    def _outlook(self, found: Found) -> Outlook:
        return outlook(self.doc, found.start, found.end)

    def _relative_year(self, found: Found) -> int | None:
        """The year of "this year", "last year" behind a month."""
        said = found.get("ry")
        if said is None or self.published is None:
            return None
        return self.published.year + {"last": -1, "next": 1}.get(said.lower(), 0)

    @cached_property
    def _full_days(self) -> dict[tuple[int, int], set[int]]:
        """Month and day -> the years that the text gives them somewhere."""
        years: dict[tuple[int, int], set[int]] = {}
        for m, d, y in full_dates(self.text):
            years.setdefault((m, d), set()).add(y)
        return years

    def _sentence_year(self, at: int) -> int | None:
        """The year that opens the sentence ("In 2018, …") and holds for its months and days."""
        for last in reversed(self.done):
            if at - last.end > 200:
                break
            if last.when.granularity == "year" and last.basis == "explicit" and last.end <= at:
                span = self.doc.char_span(last.start, last.end, alignment_mode="expand")
                place = self.doc.char_span(at, at + 1, alignment_mode="expand")
                if span and place and span.sent.start == place.sent.start and span.start - span.sent.start <= 2:
                    opening = self.text[span.sent.start_char : last.start].strip().lower()
                    return int(last.when.edtf) if opening in {"in", "during", "back in"} else None
        return None

    def _day_without_year(self, month: int, day: int, at: int, weekday: int | None = None) -> date | None:
        context = self._sentence_year(at)
        if context is not None:
            return cal.valid(context, month, day)
        if self.published is None:
            known = self._full_days.get((month, day), set())
            return cal.valid(next(iter(known)), month, day) if len(known) == 1 else None
        if weekday is not None:
            return cal.nearest_year(month, day, self.published, weekday)
        nearest = cal.nearest_year(month, day, self.published)
        if nearest is None or abs((nearest - self.published).days) <= CLEARLY_NEAR:
            return nearest
        said = outlook(self.doc, at, at + 1)
        wrong = (said == "future" and nearest < self.published) or (said == "past" and nearest > self.published)
        return cal.valid(nearest.year + (1 if said == "future" else -1), month, day) if wrong else nearest

    def _anchor(self, at: int, granularities: frozenset[str]) -> Resolved | None:
        """The last date before an offset, in its paragraph or no further back than two sentences before its own."""
        place = self.doc.char_span(at, at + 1, alignment_mode="expand")
        if place is None:
            return None
        sent = place.sent
        for _ in range(SENTENCES_BACK):
            sent = self.doc[sent.start - 1].sent if sent.start else sent
        paragraph = segment_at(self.doc, at)
        reach = min(sent.start_char, paragraph.start if paragraph else sent.start_char)
        near = (d for d in takewhile(lambda d: d.start >= reach, reversed(self.done)) if d.end <= at)
        return next((d for d in near if d.when.granularity in granularities and "~" not in d.when.edtf), None)
