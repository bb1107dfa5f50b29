"""An extraction -> its rows, table by table. Pure, and quick: it runs in the one process that writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from extractor.ids import content_id
from extractor.writers.database.tables import RECORDS, RUNS

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Rows by their table's name, their values in the order of its columns: text, numbers, truth values, ISO dates and None."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL refuses in text, and what no database can encode. Articles are cleaned of it; foreign extractions are not."""


def rows_of(line: bytes | str, written_at: str = "") -> Rows:
    """The rows of one extraction.

    Args:
        line: the extraction as JSON, as `Extraction.to_json` writes it.
        written_at: the time that the article's row gets, in ISO 8601.

    Returns:
        Rows of all tables that an extraction fills; most articles have none in some of them.
    """
    told = json.loads(line)
    if "\\u" in (line if isinstance(line, str) else line.decode("utf-8", "replace")):
        told = _cleaned(told)
    found = Rows((table.name, []) for table in RECORDS)
    article = told["article"]
    ident = article["id"]
    run = _run(told)
    found["runs"].append(run)
    found["articles"].append(_article(article, run[0], written_at))
    _entities(found, ident, _once(told["entities"]))
    tariffs = _once(told["tariffs"])
    known = {tariff["id"] for tariff in tariffs}
    for ordinal, tariff in enumerate(tariffs):
        _tariff(found, ident, ordinal, tariff, known)
    for ordinal, statement in enumerate(_once(told["statements"])):
        _statement(found, ident, ordinal, statement, known)
    found["rejected"] += [
        (ident, n, each["start"], each["end"], each["text"], each["reason"]) for n, each in enumerate(told["rejected"])
    ]
    found["warnings"] += [(ident, n, each["code"], each["message"]) for n, each in enumerate(told["warnings"])]
    return found


def merged(many: Iterable[Rows]) -> Rows:
    """The rows of several articles together; what made them is in it once."""
    found = Rows((table.name, []) for table in RECORDS)
    for rows in many:
        for name, more in rows.items():
            found[name] += more
    found[RUNS.name] = list(dict.fromkeys(found[RUNS.name]))
    return found


def _once(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of each id: two of one id would be one row."""
    found: dict[str, dict[str, Any]] = {}
    for each in records:
        found.setdefault(each["id"], each)
    return list(found.values())


def _cleaned(value: Any) -> Any:
    """The value with U+FFFD for what cannot be stored."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(each) for name, each in value.items()}
    return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _run(told: dict[str, Any]) -> Row:
    made = told["generator"]
    row = (made["name"], made["version"], made["model"], made["model_sha256"], made["config_sha256"], told["schema_version"])
    return (content_id("run", *row), *row)


def _article(article: dict[str, Any], run: str, written_at: str) -> Row:
    at = article["published_at"]
    return (
        article["id"], run, article["source"], article["url"], article["title"], article["publisher"],
        _json(article["authors"]), article["dateline"], article["published"], at, article["published_basis"],
        article["language"], article["body_start"], article["sha256"], article["characters"], article["text"],
        article["duplicate_of"], written_at,
    )  # fmt: skip


def _entities(found: Rows, article: str, entities: list[dict[str, Any]]) -> None:
    for entity in entities:
        value = entity["value"]
        code = (value.get("code") or value.get("country")) if value else None
        ident = entity["id"]
        found["entities"].append((article, ident, entity["type"], entity["name"], code, _json(value) if value else None))
        found["mentions"] += [(article, ident, n, s["start"], s["end"], s["text"]) for n, s in enumerate(entity["mentions"])]


def _fields(*names: str) -> Callable[[dict[str, Any] | None], Row]:
    """Takes fields of an object in their order; all null where there is no object."""
    nothing: Row = (None,) * len(names)
    return lambda value: nothing if value is None else tuple(value[name] for name in names)


_jurisdiction = _fields("code", "iso3", "name", "kind")
_country = _fields("code", "iso3")
_date = _fields("edtf", "granularity", "earliest", "latest", "basis", "text")
_duration = _fields("iso", "text")
_money = _fields("amount", "currency", "qualifier")
_law = _fields("code", "text")
_condition = _fields("kind", "text")
_specific = _fields("amount", "currency", "per")
_derivation = _fields("kind", "from")
_plain_rate = _fields("percent", "percent_high", "form", "basis", "qualifier")


def _rate(rate: dict[str, Any] | None) -> Row:
    if rate is None:
        return (None,) * 10
    return (*_plain_rate(rate), *_specific(rate["specific"]), *_derivation(rate["derivation"]))


def _tariff(found: Rows, article: str, ordinal: int, tariff: dict[str, Any], known: set[str]) -> None:
    ident = tariff["id"]
    found["tariffs"].append((
        ident, article, ordinal, *_jurisdiction(tariff["imposer"]), tariff["target_scope"], tariff["product_scope"],
        tariff["instrument"], tariff["action"], tariff["status"], *_rate(tariff["rate"]), *_rate(tariff["prior_rate"]),
        *_date(tariff["announced"]), *_date(tariff["effective"]), *_date(tariff["end"]), *_duration(tariff["duration"]),
        *_money(tariff["trade_value"]), *_law(tariff["legal_basis"]), *_condition(tariff["condition"]),
        tariff["attributed_to"], tariff["confidence"],
    ))  # fmt: skip
    for role, places in (("targeted", tariff["targets"]), ("excluded", tariff["excluded_targets"])):
        found["tariff_targets"] += [(ident, role, n, article, *_jurisdiction(place)) for n, place in enumerate(places)]
    found["tariff_products"] += [
        (ident, n, article, product["text"], between_commas(product["hs_chapters"]))
        for n, product in enumerate(tariff["products"])
    ]
    found["tariff_rationales"] += [(ident, n, article, r["code"], r["text"]) for n, r in enumerate(tariff["rationale"])]
    found["tariff_exemptions"] += [(ident, n, article, e["text"], e["code"]) for n, e in enumerate(tariff["exemptions"])]
    found["tariff_relations"] += [  # an id that the article does not have leads nowhere: no row can hold it
        (ident, n, article, r["type"], r["tariff"]) for n, r in enumerate(tariff["relations"]) if r["tariff"] in known
    ]
    _evidence(found, article, ident, (ident, None), tariff["evidence"])


def _statement(found: Rows, article: str, ordinal: int, statement: dict[str, Any], known: set[str]) -> None:
    ident, speaker, cue, content = statement["id"], statement["speaker"], statement["cue"], statement["content"]
    found["statements"].append((
        ident, article, ordinal, speaker["entity"], speaker["name"], speaker["kind"], speaker["role"],
        speaker["organization"], *_country(speaker["country"]), speaker["official"], _json(speaker["members"]),
        *((cue["lemma"], cue["start"], cue["end"], cue["text"]) if cue else (None,) * 4), statement["mode"],
        " … ".join(span["text"] for span in content), *_date(statement["date"]), statement["venue"], statement["addressee"],
        statement["speech_act"], statement["confidence"],
    ))  # fmt: skip
    found["statement_spans"] += [(ident, n, article, s["start"], s["end"], s["text"]) for n, s in enumerate(content)]
    found["statement_tariffs"] += [(ident, tariff, article) for tariff in dict.fromkeys(statement["tariffs"]) if tariff in known]
    _evidence(found, article, ident, (None, ident), statement["evidence"])


def _evidence(found: Rows, article: str, record: str, of: Row, evidence: dict[str, list[dict[str, Any]]]) -> None:
    for field, spans in evidence.items():
        found["evidence"] += [(record, field, n, article, *of, s["start"], s["end"], s["text"]) for n, s in enumerate(spans)]


def between_commas(codes: list[str]) -> str:
    """`,72,73,`: `LIKE '%,72,%'` finds chapter 72 and nothing else."""
    return f",{','.join(codes)}," if codes else ""


def storable(value: Any) -> Any:
    """The value with U+FFFD for what no database stores."""
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def day(value: date | None) -> str | None:
    """A day as rows hold it: in ISO 8601."""
    return value.isoformat() if value is not None else None


SOME = 400
"""Most parameters of a list in one statement."""


def portions(found: list[Any]) -> Iterator[list[Any]]:
    """Lists short enough for one statement."""
    for at in range(0, len(found), SOME):
        yield found[at : at + SOME]
