"""THE FLOW: Article -> Doc -> entities -> records -> Extraction. Read this file first."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor import lexicon
from extractor import nlp as spacy_pipeline
from extractor.article import Article
from extractor.entities.layout import SegmentKind
from extractor.entities.published import with_inferred_date
from extractor.errors import ConfigError, ExtractorError, ProcessingError, warning
from extractor.linking.attribution import attributed
from extractor.linking.entities import build_entities
from extractor.linking.statements import link_statements
from extractor.linking.tariffs import link_tariffs
from extractor.linking.tariffs.confidence import at_least
from extractor.model_files import check_model, resolve_model
from extractor.readers.published import parse_published
from extractor.records import Extraction, Generator
from extractor.settings import Settings
from extractor.version import __version__


class Extractor:
    """Turns articles into extractions. Loads the model once; safe to reuse, not to share between threads."""

    def __init__(self, model: str | Path | None = None, settings: Settings | None = None) -> None:
        """Loads the pipeline.

        Args:
            model: folder or installed pipeline's name; None for the model that ships with the package.
            settings: limits and options.

        Raises:
            ConfigError: C004, no usable model; C005 or C023, no usable lexicon; C024, the process has another lexicon.
        """
        self.settings = settings or Settings()
        lexicon.choose(self.settings.lexicon)
        self.model_path = resolve_model(model)
        self.nlp = spacy_pipeline.build(self.model_path)

    def extract(self, article: Article) -> Extraction:
        """Extracts one article.

        Raises:
            ProcessingError: X001, a defect of ours; other articles are not concerned.
        """
        try:
            article = with_inferred_date(article)
            doc = spacy_pipeline.process(self.nlp, article)
            index = build_entities(doc)
            tariffs = link_tariffs(doc, index)
            statements = link_statements(doc, index, tariffs)
            tariffs = attributed(index, tariffs, statements)
            tariffs, statements = at_least(self.settings.min_confidence, tariffs, statements)
            dateline = next((s for s in doc._.segments if s.kind is SegmentKind.DATELINE), None)
            notes = [] if article.published else [warning("W105")]
            extraction = Extraction(
                generator=self.generator,
                article=article.info(
                    dateline=_place_of(article.text[dateline.start : dateline.end]) if dateline else None,
                    with_text=self.settings.with_text,
                ),
                entities=index.entities,
                tariffs=tariffs,
                statements=[s for s in statements if s.speaker.official or not self.settings.officials_only],
                rejected=sorted(doc._.rejected, key=lambda r: (r.start, r.end, r.reason)),
                warnings=[*article.warnings, *notes],
            )
            extraction.verify(article.text)
        except ExtractorError:
            raise
        except Exception as error:
            raise ProcessingError("X001", article.source, detail=f"{type(error).__name__} in {_place(error)}: {error}") from error
        return extraction

    def stream(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Extracts articles one after the other, in their order. An error in one is raised when its turn comes."""
        for article in articles:
            yield self.extract(article)

    @cached_property
    def generator(self) -> Generator:
        """What made the output: versions and hashes."""
        meta = self.nlp.meta
        return Generator(
            version=__version__,
            model=f"{meta['lang']}_{meta['name']} {meta['version']}",
            model_sha256=check_model(self.model_path),
            config_sha256=self.settings.fingerprint,
        )


def _place(error: BaseException) -> str:
    """Module and line of the innermost frame that is ours, since other libraries' say little about a defect of ours."""
    frames = [(f.f_globals.get("__name__", ""), line) for f, line in traceback.walk_tb(error.__traceback__)]
    ours = [f"{module}:{line}" for module, line in frames if module.split(".")[0] == __name__.split(".")[0]]
    return ours[-1] if ours else __name__


def _place_of(dateline: str) -> str:
    """`BRUSSELS, March 17 (Reuters) -` -> `BRUSSELS`."""
    return re.split(r"[,(]", dateline, maxsplit=1)[0].strip(" -–—:")


def load(model: str | Path | None = None, settings: Settings | None = None) -> Extractor:
    """An extractor with the given model: a folder, an installed pipeline's name, or None for the shipped one."""
    return Extractor(model, settings)


def extract(text: str, published: date | str | None = None, *, min_confidence: float = 0.0, **fields: Any) -> Extraction:
    """Extracts one text with the model that ships with the package.

    Args:
        text: the article; its first line is the title when a blank line follows.
        published: publication date (a date or "YYYY-MM-DD"), against which relative dates are resolved.
        min_confidence: tariff records below it, from 0 to 1, are left out.
        fields: more fields of `Article.build`: title, url, publisher, authors, source.

    Raises:
        ConfigError: C002, `published` is no date; C006, `min_confidence` is no share.
        ProcessingError: X001, a defect of ours.
    """
    if not 0 <= min_confidence <= 1:
        raise ConfigError("C006", detail=f"min_confidence is between 0 and 1, not {min_confidence}")
    if isinstance(published, str):
        try:
            published = parse_published(published)[0]
        except ValueError as error:
            raise ConfigError("C002", detail=f"published {published!r}") from error
    basis = "given" if published else "unknown"
    extractor = Extractor(settings=Settings(min_confidence=min_confidence))
    return extractor.extract(Article.build(text, published=published, published_basis=basis, **fields))
