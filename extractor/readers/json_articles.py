"""JSON articles: one object, a list of objects, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, BinaryIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictInt, StrictStr, ValidationError
from pydantic_core import from_json

from extractor.errors import InputError
from extractor.readers.decode import decode
from extractor.readers.draft import Draft
from extractor.readers.published import parse_published
from extractor.records import Warned


def _names(value: Any) -> Any:
    """One name is a list of one."""
    return [value] if isinstance(value, str) else value


def _no_surrounding_space(value: Any) -> Any:
    return (value.strip() or None) if isinstance(value, str) else value


Line = Annotated[StrictStr | None, BeforeValidator(_no_surrounding_space)]
Names = Annotated[list[Annotated[StrictStr, BeforeValidator(_no_surrounding_space)]] | None, BeforeValidator(_names)]


class ArticleFields(BaseModel):
    """What may be said of an article besides its text; unknown keys are ignored, null is as good as absent."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    url: Line = None
    title: Line = None
    published: Line = None
    publisher: Line = None
    authors: Names = None

    def filled(self) -> dict[str, Any]:
        """The filled fields as `Draft` names them.

        Raises:
            ValueError: `published` is no date.
        """
        out: dict[str, Any] = {name: value for name in ("url", "title", "publisher") if (value := getattr(self, name))}
        if self.authors:
            out["authors"] = tuple(self.authors)
        if self.published:
            day, moment = parse_published(self.published)
            out |= {"published": day, "published_at": moment, "published_basis": "given"}
        return out


class JsonArticle(ArticleFields):
    """One article."""

    id: StrictStr | StrictInt | None = None
    text: StrictStr | None = None


def is_extraction(value: object) -> bool:
    """Whether the value is our own output."""
    return isinstance(value, dict) and "schema_version" in value


def parse_json(text: str) -> Any:
    """Parses untrusted JSON.

    Raises:
        ValueError: it is broken or nested too deeply.
    """
    try:
        return from_json(text)
    except TypeError:  # it takes no string that holds lone surrogates
        pass
    except ValueError as error:
        if "hex escape" not in str(error) and "surrogate" not in str(error):
            raise
    try:
        return json.loads(text)  # it takes lone surrogates, which the cleaning then replaces
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def read_json(value: Any, where: str, warnings: tuple[Warned, ...] = ()) -> Iterator[Draft | InputError]:
    """Reads an object or a list of objects.

    Yields:
        One draft or error for each article.
    """
    if isinstance(value, dict):
        yield _attempt(value, where, "", warnings)
        return
    if not isinstance(value, list) or not value:
        yield InputError("R010", where, detail="an empty list" if value == [] else f"a JSON {type(value).__name__}")
        return
    for number, row in enumerate(value, 1):
        yield _attempt(row, f"{where}#{number}", str(number), warnings)


def read_lines(lines: Iterator[bytes | None], where: str) -> Iterator[Draft | InputError]:
    """Reads one object a line; a broken line is its own failure.

    Args:
        lines: the lines; None for one that is over the limit.
        where: the file, for messages.
    """
    for number, line in enumerate(lines, 1):
        place = f"{where}#{number}"
        if line is None:
            yield InputError("R004", place, detail="the line is over the limit")
        elif line.strip():
            try:
                value = parse_json(decode(line, place)[0])
            except InputError as error:
                yield error
            except ValueError as error:
                yield InputError("R006", place, detail=str(error))
            else:
                yield _attempt(value, place, str(number))


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The stream's lines; None stands for one that is longer than the limit, which is never held whole."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(limit)):
            pass
        yield None


def _attempt(row: Any, where: str, part: str, warnings: tuple[Warned, ...] = ()) -> Draft | InputError:
    try:
        return replace(_draft(row, where, part), warnings=warnings)
    except InputError as error:
        return error


def _draft(row: Any, where: str, part: str) -> Draft:
    if not isinstance(row, dict):
        raise InputError("R010", where, detail=f"a JSON {type(row).__name__} in place of an object")
    try:
        article = JsonArticle.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InputError("R011", where, field=first["loc"][0], detail=first["msg"]) from error
    if not (article.text and article.text.strip()):
        raise InputError("R007", where)
    try:
        fields = article.filled()
    except ValueError as error:
        raise InputError("R011", where, field="published", detail=str(error)) from error
    given = "" if article.id is None else str(article.id).strip()
    return Draft(text=article.text, part=(given or part) if part else "", **fields)
