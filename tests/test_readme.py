"""The README is true: its session runs, and it leaves out no command, option, field, value or code."""

from __future__ import annotations

import doctest
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel
from typer.main import get_command

from extractor import Extraction, Extractor, TariffRecord
from extractor.article import Article
from extractor.errors import MESSAGES
from extractor.measure_records import HoldingsOutput, TimelineOutput

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", README, flags=re.DOTALL)))
"""What stands in backquotes."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)


def test_the_python_session_runs() -> None:
    session = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "README", "README.md", 0)
    assert len(session.examples) > 10
    said: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(session, out=said.append)
    assert outcome.failed == 0, "".join(said)


def within(shown: Any, actual: Any) -> bool:
    """Whether all that is shown is in the actual value."""
    if isinstance(shown, dict):
        return isinstance(actual, dict) and all(key in actual and within(shown[key], actual[key]) for key in shown)
    if isinstance(shown, list):
        return isinstance(actual, list) and len(shown) == len(actual) and all(map(within, shown, actual))
    return bool(shown == actual)


@pytest.fixture(scope="module")
def example() -> tuple[str, dict[str, Any]]:
    """The article that the README shows, and the record."""
    lines = re.findall(r"^> (.*)$", README, flags=re.MULTILINE)
    return " ".join(lines), json.loads(blocks("json")[0])


def test_the_record_is_of_the_contract_and_its_evidence_in_the_text(example: tuple[str, dict[str, Any]]) -> None:
    text, shown = example
    spans = [span for spans in shown["evidence"].values() for span in spans]
    assert [text[s["start"] : s["end"]] for s in spans] == [s["text"] for s in spans]
    assert set(shown) <= set(TariffRecord.model_fields)


def test_the_record_is_what_comes_out(example: tuple[str, dict[str, Any]], extractor: Extractor) -> None:
    from datetime import date

    text, shown = example
    found = extractor.extract(Article.build(text, published=date(2025, 3, 3), published_basis="given"))
    assert len(found.tariffs) == 1
    actual = json.loads(found.to_json())["tariffs"][0]
    assert {name: (value, actual[name]) for name, value in shown.items() if not within(value, actual[name])} == {}


def commands() -> dict[str, Any]:
    from extractor.cli import app

    return get_command(app).commands  # type: ignore[attr-defined, no-any-return]


def test_every_command_is_documented() -> None:
    assert [name for name in commands() if not re.search(rf"`extractor {name}\b", README)] == []


@pytest.mark.parametrize("command", ["run", "show", "evaluate", "timeline"])
def test_every_option_is_documented(command: str) -> None:
    options = [option for parameter in commands()[command].params for option in parameter.opts if option.startswith("-")]
    assert options
    assert [option for option in options if not re.search(rf"`{option}\b", README)] == []


def test_no_option_is_documented_that_does_not_exist() -> None:
    real = {
        option
        for command in commands().values()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert {word for code in CODE for word in re.findall(r"(?<!\S)--[a-z-]+", code)} - real == set()


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """The model and all that its fields hold."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for kind in parts(field.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from models(kind, seen)


def parts(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from parts(part)


MODELS = list(dict.fromkeys(m for top in (Extraction, TimelineOutput, HoldingsOutput) for m in models(top, set())))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_every_field_is_documented(model: type[BaseModel]) -> None:
    names = [field.serialization_alias or name for name, field in model.model_fields.items()]
    assert [name for name in names if name not in CODE] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_every_value_of_an_enumeration_is_documented(model: type[BaseModel]) -> None:
    values: list[str] = []
    for field in model.model_fields.values():
        for part in parts(field.annotation):
            if get_origin(part) is Literal:
                values += map(str, get_args(part))
            elif isinstance(part, type) and issubclass(part, StrEnum):
                values += map(str, part)
    assert [value for value in values if value not in CODE] == []


def test_every_code_is_documented_and_no_other() -> None:
    assert set(re.findall(r"^\| ([A-Z]\d{3}) \|", README, flags=re.MULTILINE)) == set(MESSAGES)


def test_nothing_is_left_to_fill_in() -> None:
    assert re.findall(r".*TODO.*", README) == []


def test_linked_files_exist() -> None:
    root = Path(__file__).resolve().parents[1]
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (root / link).exists()] == []
