"""What a run writes to when its output is a database: whole articles, some hundred a transaction, and patience with the server.

Workers only extract; the run's own process writes. An article is noted as done in the transaction that holds its rows, so that
the journal and the tables cannot disagree, whatever is killed and wherever the database is restored from.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from extractor.errors import ConfigError, ExtractorError, OutputError
from extractor.job import Done, Same
from extractor.readers.inputs import Input
from extractor.records import Extraction
from extractor.writers.database import engines
from extractor.writers.database.opening import store_of
from extractor.writers.database.store import Batch, Finished, Loaded, Noted, Store
from extractor.writers.duplicates import Found
from extractor.writers.json_files import Whole
from extractor.writers.targets import Target, target_of

MOST_ARTICLES, MOST_BYTES, MOST_SECONDS = 200, 32_000_000, 5.0
"""Articles, bytes of their JSON, and seconds since the first of them, after which a transaction is written."""
PATIENCE, OPENING = 60.0, 10.0
"""Seconds for which a lost connection is tried again, and for which a first one is."""
FIRST_WAIT, LONGEST_WAIT = 0.25, 8.0

ResultT = TypeVar("ResultT")


class Places:
    """Where the articles of an input under way stand, as the journal has them and as this run finds them."""

    def __init__(self, keys: dict[int, str]) -> None:
        """Notes them.

        Args:
            keys: of the articles by their ordinals.
        """
        self.keys = keys
        self.ordinals = {key: ordinal for ordinal, key in keys.items()}
        self.displaced: dict[str, Noted] = {}


class DatabaseSink:
    """Takes extractions and writes them in batches."""

    def __init__(self, target: Target, options: dict[str, Any], *, retry: bool, force: bool) -> None:
        """Connects, and makes the tables ready.

        Args:
            target: the database.
            options: of the run.
            retry: whether what was rejected is to be tried again.
            force: whether all is to be done again.

        Raises:
            ConfigError: C030 to C034.
            OutputError: O001, O010.
        """
        self._retry, self._force = retry, force
        self._store = opened(target)
        self._where = target.shown
        self._batch = Batch()
        self._bytes, self._since = 0, 0.0
        self._lost: dict[int, list[int]] = {}
        self._places: dict[str, Places] = {}
        self.changed = 0
        said = json.dumps(options | {"output": target.shown}, ensure_ascii=True, sort_keys=True)
        patiently(self._store, lambda: self._store.note("options", said))
        patiently(self._store, self._store.mark_duplicates)  # a run that was killed has not come to it

    def known(self, item: Input) -> frozenset[str]:
        """Keys of an input's articles that are in the database."""
        if self._force:
            return frozenset()
        found = patiently(self._store, lambda: self._store.known(item.source))
        if found:
            self._places[item.source] = Places(found)
        return frozenset(found.values())

    def whole(self, number: int, item: Input, key: str) -> Whole | None:
        """What is known of an unchanged input."""
        if self._force:
            return None
        found = patiently(self._store, lambda: self._store.whole(item.source, key))
        if found is None or (self._retry and found[2]):
            return None
        return Whole(*found)

    def done(self, message: Done) -> None:
        """Keeps an extraction until the next transaction."""
        self._since = self._since or time.monotonic()
        source = message.task.item.source
        self._make_room(source, message.ordinal, message.key)
        self._batch.articles.append(Loaded(message.line, source, message.ordinal, message.key, message.undated, message.sketch))
        self._bytes += len(message.line)
        self._write_if_due()

    def same(self, message: Same) -> None:
        """It is in the database already; where it now stands in another place of its input, that is noted."""
        source = message.task.item.source
        places = self._places[source]
        if places.keys.get(message.ordinal) == message.key:
            return
        noted = places.displaced.pop(message.key, None) or self._noted(source, places.ordinals[message.key], message.key)
        self._make_room(source, message.ordinal, message.key)
        if noted is not None:
            self._since = self._since or time.monotonic()
            self._batch.moved.append(replace(noted, ordinal=message.ordinal))
            self._write_if_due()

    def _make_room(self, source: str, ordinal: int, key: str) -> None:
        """Keeps what the journal notes at a place that is about to be written over, since that article may come at another."""
        places = self._places.get(source)
        if places is None:
            return
        there = places.keys.get(ordinal)
        if there is not None and there != key and (noted := self._noted(source, ordinal, there)) is not None:
            places.displaced[there] = noted
        places.keys[ordinal] = key
        places.ordinals[key] = ordinal

    def _noted(self, source: str, ordinal: int, key: str) -> Noted | None:
        """What the journal notes at a place, if it still is that article."""
        found = patiently(self._store, lambda: self._store.noted(source, ordinal))
        return found if found is not None and found.key == key else None

    def lost(self, number: int, ordinal: int) -> None:
        """What the database has of the article from before stays, but no longer counts as done."""
        self._lost.setdefault(number, []).append(ordinal)

    def file_done(self, number: int, item: Input, key: str, count: int, rows: list[dict[str, Any]]) -> None:
        """Notes the input as a whole; without a key it could not be read, and is looked at again each time."""
        lost = self._lost.pop(number, [])
        self._places.pop(item.source, None)
        if key:
            self._since = self._since or time.monotonic()
            self._batch.inputs.append(Finished(item.source, key, count, tuple(lost), tuple(rows)))
            self._write_if_due()

    def finish(self) -> Found:
        """Writes what is left, and tells duplicates."""
        self._write()
        found = Found(duplicates=patiently(self._store, self._store.mark_duplicates))
        patiently(self._store, self._store.tidy)
        self._store.close()
        return found

    def stop(self) -> str | None:
        """Writes what is left, if it can be written at once."""
        try:
            patiently(self._store, self._write_once, patience=0.0)
            kept = f"what was done is kept in {self._where}: the same command goes on there"
        except OutputError as error:
            kept = f"what was done last is not kept ({error.what}); the same command does it again"
        self._store.close()
        return kept

    def discard(self) -> None:
        """What was written stays; the rest was never noted as done."""
        self._store.close()

    def _write_if_due(self) -> None:
        full = len(self._batch.articles) >= MOST_ARTICLES or self._bytes >= MOST_BYTES
        if full or time.monotonic() - self._since >= MOST_SECONDS:
            self._write()

    def _write(self) -> None:
        patiently(self._store, self._write_once)

    def _write_once(self) -> None:
        if self._batch:
            self.changed += self._store.write(self._batch)
        self._batch, self._bytes, self._since = Batch(), 0, 0.0


def opened(target: Target) -> Store:
    """A database that is ready to be written to.

    Raises:
        ConfigError: C030 to C034.
        OutputError: O001, O010.
    """
    store = store_of(target)
    try:
        patiently(store, store.open, patience=OPENING)
    except BaseException:
        store.close()
        raise
    return store


def patiently(store: Store, act: Callable[[], ResultT], *, patience: float | None = None) -> ResultT:
    """Does something with a database; when it is away or busy, waits and tries again, each time longer.

    Args:
        store: the database.
        act: what to do; it must do no harm to do it twice.
        patience: seconds after which it is given up.

    Raises:
        OutputError: O010, it stayed away; O001, it refuses.
    """
    wait, end = FIRST_WAIT, time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        try:
            return act()
        except ExtractorError:
            raise
        except store.errors as error:
            away = engines.is_transient(error)
            if not away or time.monotonic() + wait > end:
                code = "O010" if away else "O001"
                raise OutputError(code, path=store.where, detail=engines.told(error, store.secrets)) from None
        store.close()
        time.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


def options_of(target: Target) -> dict[str, Any]:
    """The options of the last run that wrote to a database.

    Raises:
        ConfigError: C011, no run has.
        OutputError: O001, O010.
    """
    if target.path is not None and not target.path.exists():
        raise ConfigError("C011", path=target.shown)
    store = opened(target)
    try:
        said = patiently(store, lambda: store.about("options"))
    finally:
        store.close()
    if said is None:
        raise ConfigError("C011", path=target.shown)
    return dict(json.loads(said))


def write(extractions: Iterable[Extraction], output: str) -> int:
    """Writes extractions to a database, for those who have them already; nothing is journaled.

    Args:
        extractions: any number; those of one article replace each other.
        output: as `-o` takes it: tariffs.db, duckdb:///tariffs.duckdb, postgresql://…

    Returns:
        How many rows were inserted, changed or deleted.

    Raises:
        ConfigError: C030 to C034.
        OutputError: O001, O010.
    """
    target = target_of(output)
    if target.kind != "database":
        raise ConfigError("C034", path=target.shown, detail="it is no database")
    store = opened(target)
    changed = 0
    try:
        for some in batched(extractions, MOST_ARTICLES):
            batch = Batch([Loaded(each.to_json()) for each in some])
            changed += patiently(store, lambda batch=batch: store.write(batch))  # type: ignore[misc]
        patiently(store, store.tidy)
    finally:
        store.close()
    return changed


def batched(found: Iterable[Extraction], size: int) -> Iterator[list[Extraction]]:
    """Lists of that many, the last one shorter."""
    rest = iter(found)
    while some := list(islice(rest, size)):
        yield some
