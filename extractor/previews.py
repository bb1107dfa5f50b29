"""What `extractor show` shows: extractions with their articles' texts, from an extraction or fresh from an article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from extractor.article import Article
from extractor.errors import ConfigError, InputError
from extractor.pipeline import Extractor
from extractor.readers import Metadata, SkippedError, find_inputs, load_metadata, read
from extractor.records import Extraction
from extractor.settings import Settings


def previews(
    path: str,
    *,
    article: str | None = None,
    published: date | None = None,
    metadata: Path | None = None,
    model: str | None = None,
    settings: Settings | None = None,
) -> Iterator[tuple[Extraction, str]]:
    """Extractions and their texts.

    Args:
        path: an article, which is extracted, or an extraction (JSON or JSON Lines).
        article: the article's file, for an extraction that was written without its text.
        published: publication date, if the article has none.
        metadata: metadata file, for an article.
        model: model folder or name, for an article.
        settings: limits and options, for an article.

    Yields:
        An extraction and its article's text; the text is empty where it is not known.

    Raises:
        InputError: the file is no article.
        ConfigError: a path does not exist, or an extraction is broken.
    """
    fields = load_metadata(metadata) if metadata else Metadata()
    try:
        articles = list(_articles(path, fields, published, settings))
    except SkippedError:
        texts = [a.text for a in _articles(article, fields, published, settings)] if article else []
        yield from _stored(Path(path), texts)
        return
    extractor = Extractor(model, settings)
    for found in articles:
        yield extractor.extract(found), found.text


def _articles(path: str, metadata: Metadata, published: date | None, settings: Settings | None) -> Iterator[Article]:
    for item in find_inputs([path]):
        for found in read(item, settings or Settings(), metadata, published):
            if isinstance(found, InputError):
                raise found
            yield found


def _stored(path: Path, texts: list[str]) -> Iterator[tuple[Extraction, str]]:
    content = path.read_text(encoding="utf-8")
    rows = content.splitlines() if content.startswith('{"') else [content]
    for number, row in enumerate(filter(str.strip, rows)):
        try:
            extraction = Extraction.model_validate_json(row)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or f"line {number + 1}"
            raise ConfigError("C006", detail=f"{path} is no extraction of this version ({place}: {first['msg']})") from error
        given = texts[number] if number < len(texts) else ""
        yield extraction, extraction.article.text or given
