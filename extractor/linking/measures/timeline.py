"""Articles, in any order -> measures. Adding an article does again only the measures of its imposers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from extractor.linking.measures.cells import EVERYONE, Cell, Key, cells_of, family
from extractor.linking.measures.conflicts import conflicts_of
from extractor.linking.measures.events import events_of
from extractor.linking.measures.holding import History, Period, in_force
from extractor.linking.measures.relations import Linked, relations_of
from extractor.linking.measures.resolving import resolve
from extractor.linking.measures.sources import sources_of
from extractor.linking.measures.threads import Thread, ids, split
from extractor.measure_records import HoldingsOutput, Measure, TimelineOutput
from extractor.records import ArticleInfo, Extraction, LawValue

Row = tuple[Measure, Linked]
"""A measure without its relations, and what these are told by."""
ValueT = TypeVar("ValueT", bound=Hashable)


class Timeline:
    """Measures over many articles.

    The measures depend on the set of articles alone, not on the order in which they come or on how many come at a time. Measures
    of different imposers do not depend on each other, but for their relations.
    """

    def __init__(self, extractions: Iterable[Extraction] = ()) -> None:
        self._articles: dict[str, list[Cell]] = {}
        self._imposers: dict[str, dict[str, list[Cell]]] = defaultdict(dict)
        self._done: dict[str, list[Row]] = {}
        self._kept: dict[str, dict[Key, tuple[frozenset[int], list[Row]]]] = {}
        for extraction in extractions:
            self.add(extraction)

    def add(self, extraction: Extraction) -> set[str]:
        """Takes an article in; an article with the id of an earlier one replaces it.

        Returns:
            Codes of the imposers whose measures are to be done again; "" for an unknown one.
        """
        touched = self.remove(extraction.article.id)
        cells = list(cells_of(_slim(extraction)))
        self._articles[extraction.article.id] = cells
        for cell in cells:
            self._imposers[cell.key.imposer].setdefault(extraction.article.id, []).append(cell)
        return touched | self._forget(cells)

    def remove(self, article_id: str) -> set[str]:
        """Takes an article out, if it is there.

        Returns:
            As `add`.
        """
        cells = self._articles.pop(article_id, [])
        for cell in cells:
            self._imposers[cell.key.imposer].pop(article_id, None)
        return self._forget(cells)

    def _forget(self, cells: Sequence[Cell]) -> set[str]:
        touched = {cell.key.imposer for cell in cells}
        for imposer in touched:
            self._done.pop(imposer, None)
        return touched

    def output(self) -> TimelineOutput:
        """All measures."""
        return TimelineOutput(articles=len(self._articles), measures=self.measures())

    def measures(self) -> list[Measure]:
        """All measures, by imposer, target, goods, instrument and first report."""
        for imposer in self._imposers:
            if imposer not in self._done:
                self._done[imposer] = self._of_imposer(imposer)
        rows = [row for imposer in sorted(self._done) for row in self._done[imposer]]
        relations = relations_of([linked for _, linked in rows])
        rows.sort(key=lambda row: (*row[1].key, row[1].first, row[1].id))
        return [measure.model_copy(update={"relations": relations.get(measure.id, [])}) for measure, _ in rows]

    def homes(self) -> dict[tuple[str, str, str], str]:
        """Each cell's name -> the id of its measure: what the linking is scored by."""
        self.measures()
        return {cell.name: linked.id for rows in self._done.values() for _, linked in rows for cell in linked.cells}

    def in_force(self, on: date) -> HoldingsOutput:
        """What holds on a day."""
        return HoldingsOutput(on=on, in_force=in_force(self.measures(), on, self.sources()))

    def periods(self) -> dict[str, list[Period]]:
        """When each measure holds, and how: measure id -> stretches of days. `in_force` of a day says the same."""
        sources = self.sources()
        return {measure.id: list(History(measure, sources[measure.id]).periods()) for measure in self.measures()}

    def sources(self) -> dict[str, dict[str, str]]:
        """The source of each article of each measure: measure id -> article id -> source."""
        self.measures()
        return {linked.id: linked.sources for rows in self._done.values() for _, linked in rows}

    def _of_imposer(self, imposer: str) -> list[Row]:
        cells = [cell for group in self._imposers[imposer].values() for cell in group]
        found = []
        old, kept = self._kept.get(imposer, {}), {}
        for key, group in sorted(resolve(cells).items()):
            who = frozenset(map(id, group))  # what is kept holds the cells, so that no other one gets their ids
            rows = old[key][1] if key in old and old[key][0] == who else _of_key(key, group)
            kept[key] = who, rows
            found += rows
        self._kept[imposer] = kept
        return found


def _of_key(key: Key, cells: Sequence[Cell]) -> list[Row]:
    threads = split(cells)
    return [_measure(name, key, thread) for name, thread in zip(ids(key, threads), threads, strict=True)]


def _measure(name: str, key: Key, thread: Thread) -> Row:
    """A measure without its relations, and what relations are told by."""
    cells = thread.cells
    sources = sources_of(cell.article for cell in cells)
    events = events_of(name, cells, sources)
    reports = [article.published for article in _articles(cells) if article.published]
    rates = [family(cell.record.rate) for cell in cells]
    measure = Measure(
        id=name,
        imposer=_most([cell.record.imposer for cell in cells]),
        target=_most([cell.target for cell in cells]) if key.target != EVERYONE else None,
        target_scope="all" if key.target == EVERYONE else "listed" if key.target else "unspecified",
        product=key.goods or None,
        hs=sorted({chapter for cell in cells if cell.goods and cell.goods.family == key.goods for chapter in cell.goods.hs}),
        instrument=key.instrument,  # type: ignore[arg-type]  # pydantic makes it the enumeration's
        legal_basis=_law(cells),
        rate_family=_most(rates),
        first_reported=min(reports, default=None),
        last_reported=max(reports, default=None),
        sources=len(set(sources.values())),
        events=events,
        conflicts=conflicts_of(events, sources),
    )
    return measure, Linked(name, key, tuple(cells), sources, min(c.day for c in cells), max(c.day for c in cells))


def _slim(extraction: Extraction) -> Extraction:
    """Without the text, which is not needed any more."""
    if extraction.article.text is None:
        return extraction
    return extraction.model_copy(update={"article": extraction.article.model_copy(update={"text": None})})


def _articles(cells: Sequence[Cell]) -> list[ArticleInfo]:
    return list({cell.article.id: cell.article for cell in cells}.values())


def _most(values: Sequence[ValueT | None]) -> ValueT | None:
    """The most frequent value that is one; of equals the first in their own order."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)


def _law(cells: Sequence[Cell]) -> LawValue | None:
    """The legal basis that most articles name."""
    return min(
        (cell.record.legal_basis for cell in cells if cell.record.legal_basis is not None),
        key=lambda law: (-sum(cell.record.legal_basis == law for cell in cells), law.code is None, law.text),
        default=None,
    )
