"""The flow: what it accounts for, what it does when a step fails, and that its time grows with the text."""

from __future__ import annotations

import json
import time

import pytest

from extractor import Article, ConfigError, Extraction, Extractor, extract
from extractor.errors import InputError, ProcessingError
from tests.conftest import build_article

TEXT = "Duty on pipes to rise\n\nOTTAWA, March 3 (Reuters) - Canada will impose a 25 percent tariff on Chinese steel, the ministry said."


def test_an_extraction_says_what_it_was_made_of(extractor):
    found = extractor.extract(build_article(TEXT, "2025-03-03"))
    assert isinstance(found, Extraction)
    assert found.article.title == "Duty on pipes to rise"
    assert found.article.dateline == "OTTAWA"
    assert found.article.text is None
    assert found.generator.model.startswith("en_tariff_news ")
    assert found.warnings == []


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "Photo: Jane Roe", "\ufffd", "\u200b", "🙂" * 50, '"' * 99, "A" * 5000])
def test_odd_texts_make_no_records_and_no_errors(extractor, text):
    found = extractor.extract(Article.build(text))
    assert found.tariffs == []
    assert found.statements == []


def test_without_a_date_a_warning_tells(extractor):
    assert [w.code for w in extractor.extract(Article.build("Nothing to see.")).warnings] == ["W105"]


def fail(*_: object, **__: object) -> None:
    raise ValueError("no such luck")


def deep(*_: object, **__: object) -> None:
    json.loads("{")


@pytest.mark.parametrize("step", ["build_entities", "link_tariffs", "link_statements", "with_inferred_date"])
def test_a_defect_names_the_article_and_the_place(extractor, monkeypatch, step):
    monkeypatch.setattr(f"extractor.pipeline.{step}", fail)
    with pytest.raises(ProcessingError) as caught:
        extractor.extract(Article.build(TEXT, source="a.txt"))
    assert caught.value.code == "X001"
    assert caught.value.where == "a.txt"
    assert "ValueError in extractor.pipeline:" in str(caught.value)
    assert "no such luck" in str(caught.value)


def test_the_place_is_the_innermost_one_of_ours(extractor, monkeypatch):
    monkeypatch.setattr("extractor.nlp.segment", deep)
    with pytest.raises(ProcessingError, match=r"JSONDecodeError in extractor\.nlp:\d+: "):
        extractor.extract(Article.build(TEXT))


def test_our_own_errors_pass_as_they_are(extractor, monkeypatch):
    def refuse(*_: object) -> None:
        raise InputError("R001", "a.txt")

    monkeypatch.setattr("extractor.pipeline.link_tariffs", refuse)
    with pytest.raises(InputError):
        extractor.extract(Article.build(TEXT))


def test_stream_keeps_the_order_and_stops_at_an_error(extractor, monkeypatch):
    articles = [Article.build(f"Paragraph {n}.", source=f"{n}.txt") for n in range(3)]
    assert [found.article.source for found in extractor.stream(articles)] == ["0.txt", "1.txt", "2.txt"]
    stream = extractor.stream(articles)
    next(stream)
    monkeypatch.setattr("extractor.pipeline.link_tariffs", fail)
    with pytest.raises(ProcessingError, match=r"1\.txt"):
        next(stream)


def test_the_same_article_gives_the_same_bytes(extractor):
    first, second = (extractor.extract(build_article(TEXT, "2025-03-03")).to_json() for _ in range(2))
    assert first == second == Extractor().extract(build_article(TEXT, "2025-03-03")).to_json()


def test_time_grows_with_the_text_not_with_its_square(extractor):
    def seconds(times: int) -> float:
        row = "Canada will impose a 25 percent tariff on Chinese steel from Monday, minister Jane Roe of the Treasury said.\n\n"
        article = build_article("Duty on pipes to rise\n\n" + row * times, "2025-03-03")
        began = time.process_time()
        extractor.extract(article)
        return time.process_time() - began

    seconds(5)
    small, large = seconds(40), seconds(320)
    assert large < 24 * small


@pytest.mark.parametrize("published", ["nope", "20250228", "2025-02-30", ""])
def test_a_wrong_publication_date_has_a_code(published: str) -> None:
    with pytest.raises(ConfigError, match="C002"):
        extract("Peru cut its duty on wine.", published=published)


def test_a_time_with_offset_gives_the_local_day() -> None:
    found = extract("Peru cut its duty on wine.", published="2025-02-28T23:30:00-05:00")
    assert str(found.article.published) == "2025-02-28"
