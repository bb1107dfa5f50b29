"""Small factories: hand-made extractions, whose spans are found in the text by their words."""

from __future__ import annotations

from datetime import date
from typing import Any

from extractor import Article, Extraction, StatementRecord, TariffRecord
from extractor.records import DateValue, Entity, Generator, Granularity, Jurisdiction, Span

NAMES = {"US": "United States", "CA": "Canada", "MX": "Mexico", "CN": "China", "EU": "European Union", "NO": "Norway"}
GENERATOR = Generator(version="0.0.0", model="test 0.0.0", model_sha256="0" * 64, config_sha256="0" * 64)


def article(text: str, published: str | None = None, **fields: Any) -> Article:
    """An article of one text."""
    day = date.fromisoformat(published) if published else None
    return Article.build(text, published=day, published_basis="given" if day else "unknown", **fields)


def place(code: str) -> Jurisdiction:
    """A jurisdiction by its code."""
    return Jurisdiction(code=code, name=NAMES.get(code, code), kind="union" if code == "EU" else "country")


def day(iso: str, words: str) -> DateValue:
    """An explicit day."""
    return DateValue(edtf=iso, granularity=Granularity.DAY, earliest=iso, latest=iso, basis="explicit", text=words)  # type: ignore[arg-type]


def span(text: str, words: str) -> Span:
    """The first place where the text has the words."""
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def evidence(text: str, **words: str | list[str]) -> dict[str, list[Span]]:
    """Evidence by words: `evidence(text, rate="25%", targets=["Canada", "Mexico"])`."""
    return {name: [span(text, w) for w in ([found] if isinstance(found, str) else found)] for name, found in words.items()}


def tariff(text: str, proof: dict[str, str | list[str]], **fields: Any) -> TariffRecord:
    """A tariff record; imposer and targets by their codes, the rate as a number."""
    imposer = fields.pop("imposer", None)
    rate = fields.pop("rate", None)
    targets = fields.pop("targets", [])
    proof = {**{name: proof["tariff"] for name in ("relations", "attributed_to") if fields.get(name)}, **proof}
    return TariffRecord.model_validate({
        "id": fields.pop("id", "t1"), "imposer": place(imposer) if imposer else None, "targets": [place(t) for t in targets],
        "target_scope": "listed" if targets else "unspecified", "rate": {"percent": rate} if rate is not None else None,
        "evidence": evidence(text, **proof), "confidence": 0.9, **fields,
    })  # fmt: skip


def statement(text: str, name: str, content: str, **fields: Any) -> StatementRecord:
    """A statement record of a named person."""
    speaker = {"name": name, "kind": "person", **fields.pop("speaker", {})}
    cue = fields.pop("cue", None)
    return StatementRecord.model_validate({
        "id": fields.pop("id", "s1"), "speaker": speaker, "mode": "indirect", "content": [span(text, content)],
        "cue": {**span(text, cue).model_dump(), "lemma": cue} if cue else None,
        "evidence": evidence(text, speaker=name, content=content, **fields.pop("proof", {})), "confidence": 0.8, **fields,
    })  # fmt: skip


def entity(text: str, kind: str, *words: str, **fields: Any) -> Entity:
    """An entity named like its first mention."""
    data = {"id": f"{kind.lower()}-1", "type": kind, "name": words[0], "mentions": [span(text, w) for w in words], **fields}
    return Entity.model_validate(data)


def extraction(about: Article, **parts: Any) -> Extraction:
    """An extraction of the article, checked against its text."""
    made = Extraction(generator=GENERATOR, article=about.info(dateline=parts.pop("dateline", None)), **parts)
    made.verify(about.text)
    return made
