"""Shared fixtures: the model is loaded once for the whole run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from extractor import Article, Extraction, Extractor
from extractor.nlp import process

DocOf = Callable[..., Doc]
ExtractionOf = Callable[..., Extraction]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """An extractor with the model that ships with the package."""
    return Extractor()


def build_article(text: str, published: str | None = None, **fields: object) -> Article:
    """An article of one text."""
    day = date.fromisoformat(published) if published else None
    return Article.build(text, published=day, published_basis="given" if day else "unknown", **fields)


@pytest.fixture(scope="session")
def doc_of(extractor: Extractor) -> DocOf:
    """Processes a text: `doc_of(text, published="2025-02-28")`."""

    def make(text: str, published: str | None = None, **fields: object) -> Doc:
        return process(extractor.nlp, build_article(text, published, **fields))

    return make


@pytest.fixture(scope="session")
def extraction_of(extractor: Extractor) -> ExtractionOf:
    """Extracts a text: `extraction_of(text, published="2025-02-28")`."""

    def make(text: str, published: str | None = None, **fields: object) -> Extraction:
        return extractor.extract(build_article(text, published, **fields))

    return make


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs do their work without processes."""
    from tests.faulty import Inline

    monkeypatch.setattr("extractor.batch.Pool", Inline)


SLOW = ("tests/faults/", "tests/linear/", "tests/test_wheel.py", "tests/writers/", "tests/test_cli.py", "tests/test_batch")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files come first, so that of several processes none is left with one of them at the end."""
    items.sort(key=lambda item: next((n for n, name in enumerate(SLOW) if item.nodeid.startswith(name)), len(SLOW)))


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Names bytes by their parameter: archives hold the time at which they were made, and ids must be the same in each process."""
    return argname if isinstance(val, bytes) else None
