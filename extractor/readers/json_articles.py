"""JSON articles: one object, a list of objects, or one object a line; simple ones, ninjs and JSON-LD."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, BinaryIO

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictInt, StrictStr, ValidationError
from pydantic_core import from_json

from extractor.errors import InputError
from extractor.readers.decode import decode
from extractor.readers.draft import Draft, Entry, Place, failed
from extractor.readers.json_ld import is_json_ld, read_json_ld
from extractor.readers.ninjs import is_ninjs, read_ninjs
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


def parse_row(line: bytes | None) -> dict[str, Any] | None:
    """The line's object, if it is one: then the file may hold one object a line."""
    if not line or not line.removeprefix(BOM_UTF8).lstrip().startswith(b"{"):
        return None
    try:
        value = parse_json(line.decode("utf-8-sig"))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def json_entries(value: Any, place: Place, warnings: tuple[Warned, ...] = ()) -> Iterator[Entry]:
    """An object, or a list of objects: one entry for each."""
    if isinstance(value, dict):
        yield Entry(place, partial(_draft, value, place.label, "", warnings))
        return
    if not isinstance(value, list) or not value:
        detail = "an empty list" if value == [] else f"a JSON {type(value).__name__}"
        yield failed(place, InputError("R010", place.label, detail=detail))
        return
    for number, row in enumerate(value, 1):
        yield Entry(place, partial(_draft, row, f"{place.label}#{number}", str(number), warnings), str(number))


def line_entries(lines: Iterator[bytes | None], place: Place) -> Iterator[Entry]:
    """One object a line; a broken line is its own failure.

    Args:
        lines: the lines; None for one that is over the limit.
        place: the file.
    """
    for number, line in enumerate(lines, 1):
        if line is None:
            error = InputError("R004", f"{place.label}#{number}", detail="the line is over the limit")
            yield failed(place, error, str(number))
        elif line.strip():
            yield Entry(place, partial(_line, line, f"{place.label}#{number}", str(number)), str(number))


def _line(line: bytes, where: str, part: str) -> Draft:
    text = decode(line, where)[0]
    try:
        value = parse_json(text)
    except ValueError as error:
        raise InputError("R006", where, detail=str(error)) from error
    return _draft(value, where, part)


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The stream's lines; None stands for one that is longer than the limit, which is never held whole."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        yield None
        while not line.endswith(b"\n") and (line := stream.readline(limit)):
            pass  # only who wants the next line reads to the end of this one


def _draft(row: Any, where: str, part: str, warnings: tuple[Warned, ...] = ()) -> Draft:
    """An article of its own kind: schema.org's, ninjs, or the simple one."""
    if not isinstance(row, dict):
        raise InputError("R010", where, detail=f"a JSON {type(row).__name__} in place of an object")
    if is_json_ld(row):
        draft = read_json_ld(row, where, part)
    elif is_ninjs(row):
        draft = read_ninjs(row, where, part)
    else:
        draft = _simple(row, where, part)
    return replace(draft, warnings=(*warnings, *draft.warnings))


def _simple(row: dict[str, Any], where: str, part: str) -> Draft:
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
