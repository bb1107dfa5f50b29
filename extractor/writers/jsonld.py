"""JSON-LD: each record as a W3C Web Annotation on the article's text, a statement's body being a schema.org Quotation.

Fields that neither vocabulary has keep their names, under `tx:`. An annotation's targets are the words that prove the record,
each with the fields that they prove; positions count Unicode code points, as the model of Web Annotation asks.
"""

from __future__ import annotations

import json
from typing import Any

from extractor.records import Extraction, Span, Speaker, StatementRecord, TariffRecord
from extractor.writers.crosswalk import crosswalk

NAMESPACE = "urn:x-tariff-extractor:"
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"schema": "https://schema.org/", "tx": NAMESPACE, "schema_version": "tx:schema_version"},
]
AROUND = 32
"""Characters before and after a quote by which it is found again in another version of the text."""


def to_jsonld(extraction: Extraction, text: str | None = None, *, indent: int | None = None) -> str:
    """The extraction as one JSON-LD document.

    Args:
        extraction: of one article.
        text: the article's, for what stands before and after each quote; None to leave that out.
        indent: as `json.dumps` takes it.
    """
    text = text if text is not None else extraction.article.text
    article = _article(extraction)
    records: list[TariffRecord | StatementRecord] = [*extraction.tariffs, *extraction.statements]
    graph = [article, *(_annotation(record, article["id"], extraction, text) for record in records)]
    told = {"@context": CONTEXT, "schema_version": extraction.schema_version, "@graph": graph}
    return json.dumps(told, ensure_ascii=False, indent=indent, separators=None if indent else (",", ":"))


def _article(extraction: Extraction) -> dict[str, Any]:
    about = extraction.article
    when = about.published_at or about.published
    return _filled({
        "id": f"{NAMESPACE}article:{about.id}",
        "type": "schema:NewsArticle",
        "schema:headline": about.title,
        "schema:url": {"id": about.url} if about.url else None,
        "schema:publisher": {"type": "schema:Organization", "schema:name": about.publisher} if about.publisher else None,
        "schema:author": [{"type": "schema:Person", "schema:name": name} for name in about.authors],
        "schema:datePublished": when.isoformat() if when else None,
        "schema:inLanguage": about.language,
        "schema:locationCreated": about.dateline,
        "schema:sha256": about.sha256,
        "schema:text": about.text,
        "tx:source": about.source,
    }) | {"tx:duplicate_of": about.duplicate_of}  # fmt: skip


def _annotation(record: TariffRecord | StatementRecord, article: str, extraction: Extraction, text: str | None) -> dict[str, Any]:
    made = extraction.generator
    return {
        "id": f"{NAMESPACE}annotation:{record.id}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {
            "id": f"{NAMESPACE}software:{made.name}:{made.version}:{made.config_sha256[:12]}",
            "type": "Software",
            "schema:name": made.name,
            "schema:softwareVersion": made.version,
            "tx:model": made.model,
        },
        "body": _tariff(record) if isinstance(record, TariffRecord) else _statement(record, article),
        "target": _targets(record.evidence, article, text),
    }


def _tariff(tariff: TariffRecord) -> dict[str, Any]:
    told = tariff.model_dump(mode="json", by_alias=True, exclude={"id", "evidence", "relations"})
    codes = [
        {
            "type": "schema:DefinedTerm",
            "schema:inDefinedTermSet": code.list_name,
            "schema:termCode": code.code,
            "schema:name": code.name,
        }
        for code in crosswalk(tariff)
    ]
    relations = {
        f"tx:{kind}": [{"id": _of("tariff", relation.tariff)} for relation in tariff.relations if relation.type == kind]
        for kind in dict.fromkeys(relation.type for relation in tariff.relations)
    }
    body = {"id": _of("tariff", tariff.id), "type": "tx:Tariff", **_prefixed(told), **relations}
    return body | ({"schema:category": codes} if codes else {})


def _statement(statement: StatementRecord, article: str) -> dict[str, Any]:
    told = statement.model_dump(mode="json", include={"mode", "speech_act", "addressee", "cue", "date", "confidence"})
    return _filled({
        "id": _of("statement", statement.id),
        "type": "schema:Quotation",
        "schema:text": " … ".join(span.text for span in statement.content),
        "schema:creator": _speaker(statement.speaker),
        "schema:dateCreated": statement.date.edtf if statement.date else None,
        "schema:locationCreated": statement.venue,
        "schema:isPartOf": {"id": article},
        "schema:about": [{"id": _of("tariff", tariff)} for tariff in statement.tariffs],
        **_prefixed(told),
    })  # fmt: skip


def _speaker(speaker: Speaker) -> dict[str, Any]:
    body = speaker.organization
    kinds = {"person": "schema:Person", "organization": "schema:Organization"}
    return _filled({
        "type": kinds.get(speaker.kind, "schema:Thing"),
        "schema:name": speaker.name,
        "schema:jobTitle": speaker.role,
        "schema:affiliation": {"type": "schema:Organization", "schema:name": body} if body else None,
        "tx:country": _prefixed(speaker.country.model_dump(mode="json")) if speaker.country else None,
        "tx:official": speaker.official,
        "tx:members": speaker.members,
    })  # fmt: skip


def _targets(evidence: dict[str, list[Span]], article: str, text: str | None) -> list[dict[str, Any]]:
    """Each stretch of words once, with all fields that it proves, in the text's order."""
    proves: dict[tuple[int, int, str], list[str]] = {}
    for field, spans in evidence.items():
        for span in spans:
            proves.setdefault((span.start, span.end, span.text), []).append(field)
    return [
        {
            "type": "SpecificResource",
            "source": article,
            "tx:proves": list(dict.fromkeys(fields)),
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": words, **_around(text, start, end)},
            ],
        }
        for (start, end, words), fields in sorted(proves.items())
    ]


def _around(text: str | None, start: int, end: int) -> dict[str, str]:
    if text is None:
        return {}
    return _filled({"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]})


def _of(kind: str, ident: str) -> str:
    return f"{NAMESPACE}{kind}:{ident}"


def _prefixed(value: Any) -> Any:
    """The value with `tx:` before all names, without what is empty."""
    if isinstance(value, dict):
        return {f"tx:{name}": _prefixed(each) for name, each in value.items() if each not in (None, [], {})}
    return [_prefixed(each) for each in value] if isinstance(value, list) else value


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], "")}
