"""Gold and extractions as plain data: the output form or any subset of it, read from files and folders, and paired.

What a file leaves out stays out of `model_fields_set`: such a slot is not scored, while null says "must be null".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from extractor.errors import ConfigError


class Loose(BaseModel):
    """Base of all forms here: fields may be missing, unknown ones are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Bare(Loose):
    """A form that may be written as its main value alone."""

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, data: Any) -> Any:
        return data if isinstance(data, dict) else {next(iter(cls.model_fields)): data}


class Words(Bare):
    """A span. Without offsets, its words stand for it."""

    text: str
    start: int | None = None
    end: int | None = None


class Place(Bare):
    """A jurisdiction, by its code."""

    code: str


class Day(Bare):
    """A date, by its EDTF text."""

    edtf: str


class PerUnit(Loose):
    """A specific duty."""

    amount: float
    currency: str
    per: str


class Percent(Bare):
    """A rate."""

    percent: float | None = None
    percent_high: float | None = None
    form: str | None = None
    basis: str | None = None
    qualifier: str | None = None
    specific: PerUnit | None = None


class Coded(Bare):
    """A thing with a code: a law, a reason."""

    text: str | None = None
    code: str | None = None


class Amount(Loose):
    """A sum of money."""

    amount: float
    currency: str


class Length(Bare):
    """A length of time, by its ISO 8601 text."""

    iso: str


class Kind(Bare):
    """A condition, by its kind."""

    kind: str


class AnyValue(Loose):
    """The value of an entity of any type."""

    code: str | None = None
    percent: float | None = None
    percent_high: float | None = None
    specific: PerUnit | None = None
    edtf: str | None = None
    iso: str | None = None
    amount: float | None = None
    currency: str | None = None


class GoldEntity(Loose):
    """An entity; `core: false` makes it neither right nor wrong to find it."""

    type: str
    id: str | None = None
    name: str
    value: AnyValue | None = None
    mentions: list[Words] = []
    core: bool = True

    @property
    def forms(self) -> list[str]:
        """All names of the entity, the fullest first."""
        return list(dict.fromkeys([self.name, *(m.text for m in self.mentions)]))


class GoldTariff(Loose):
    """A tariff record."""

    id: str | None = None
    imposer: Place | None = None
    targets: list[Place] | None = None
    target_scope: str | None = None
    excluded_targets: list[Place] | None = None
    products: list[Words] | None = None
    product_scope: str | None = None
    instrument: str | None = None
    action: str | None = None
    status: str | None = None
    rate: Percent | None = None
    prior_rate: Percent | None = None
    announced: Day | None = None
    effective: Day | None = None
    end: Day | None = None
    duration: Length | None = None
    trade_value: Amount | None = None
    legal_basis: Coded | None = None
    rationale: list[Coded] | None = None
    condition: Kind | None = None
    core: bool = True


class GoldSpeaker(Bare):
    """A speaker."""

    name: str
    entity: str | None = None
    kind: str | None = None
    role: str | None = None
    organization: str | None = None
    country: Place | None = None
    official: bool | None = None


class GoldStatement(Loose):
    """A statement record."""

    speaker: GoldSpeaker
    mode: str | None = None
    content: list[Words] = []
    date: Day | None = None
    venue: str | None = None
    addressee: str | None = None
    speech_act: str | None = None
    core: bool = True


class GoldSource(Loose):
    """What names the article."""

    source: str | None = None
    url: str | None = None
    id: str | None = None

    @model_validator(mode="after")
    def _named(self) -> GoldSource:
        if not self.names:
            raise ValueError("it needs a source, a url or an id")
        return self

    @property
    def names(self) -> list[str]:
        """What identifies the article, the surest first; the source's file name is the last resort."""
        names = [self.id, self.url, self.source, PurePosixPath(self.source).name if self.source else None]
        return [name for name in names if name]

    @property
    def label(self) -> str:
        """How a report names the article."""
        return self.source or self.url or self.id or ""


class GoldArticle(Loose):
    """What one article holds. A list that is left out is not scored."""

    article: GoldSource
    entities: list[GoldEntity] = []
    tariffs: list[GoldTariff] = []
    statements: list[GoldStatement] = []

    def forms(self, entity: str | None) -> list[str]:
        """All names of the entity with this id."""
        return next((e.forms for e in self.entities if entity is not None and e.id == entity), [])


def load(path: Path) -> list[GoldArticle]:
    """Reads a file (one JSON object, a list of them, JSON Lines) or all .json and .jsonl files of a folder.

    Raises:
        ConfigError: C001, there is no such file; C006, a file does not have the output's form.
    """
    if not path.exists():
        raise ConfigError("C001", detail=str(path))
    files = sorted(p for p in path.rglob("*") if p.suffix in {".json", ".jsonl"} and p.is_file()) if path.is_dir() else [path]
    articles = [article for file in files for article in _read(file)]
    if not articles:
        raise ConfigError("C006", detail=f"{path} holds no extraction: give a .json or .jsonl file, or a folder of them")
    twice = [name for name, count in Counter(a.article.names[0] for a in articles).items() if count > 1]
    if twice:
        raise ConfigError("C006", detail=f"{path} holds {twice[0]} more than once: keep one of them")
    return articles


def _read(file: Path) -> Iterator[GoldArticle]:
    for where, item in _items(file):
        try:
            yield GoldArticle.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            detail = f"{where} is no extraction: {field or 'the whole'}: {first['msg']}; see `extractor schema`"
            raise ConfigError("C006", detail=detail) from error


def _items(file: Path) -> list[tuple[str, Any]]:
    """The objects of a file, each with the place where it stands."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("C006", detail=f"{file} cannot be read: {error}") from error
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) < 2:
            raise ConfigError("C006", detail=f"{file} is no JSON: {error}") from error
        return [_line(file, number, line) for number, line in lines]
    if isinstance(whole, list):
        return [(f"{file}, item {number}", item) for number, item in enumerate(whole, 1)]
    return [(str(file), whole)]


def _line(file: Path, number: int, line: str) -> tuple[str, Any]:
    try:
        return f"{file}, line {number}", json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ConfigError("C006", detail=f"{file}, line {number} is no JSON: {error}") from error


def pair(gold: list[GoldArticle], found: list[GoldArticle]) -> list[tuple[GoldArticle, GoldArticle | None]]:
    """Finds the extraction of each gold article: by id, url, source, or a file name that only one has.

    A single extraction against a single gold article needs no names.
    """
    if len(gold) == len(found) == 1:
        return [(gold[0], found[0])]
    uses = Counter(name for article in found for name in dict.fromkeys(article.article.names))
    by_name = {name: article for article in found for name in article.article.names if uses[name] == 1}
    return [(want, next((by_name[n] for n in want.article.names if n in by_name), None)) for want in gold]
