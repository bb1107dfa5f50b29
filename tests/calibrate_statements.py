"""Counts how often each kind of statement is right, and says how well those counts predict unseen articles.

usage: python -m tests.calibrate_statements ARTICLES GOLD METADATA

ARTICLES is a folder of texts, GOLD one of JSON files of the same names: `statements` with `speaker` (a list of names), `content`
(pairs of offsets) and `mode`. A statement is right when it shares half of its characters with a gold statement and its speaker bears one
of that one's names. Prints the table `[confidence]` of extractor/lexicon/statements.toml, and the expected calibration error: each
article's statements get the shares counted over the other four fifths of the articles, taken in turn by name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from extractor import Article, load
from extractor import nlp as spacy_pipeline
from extractor.comparison import same_name
from extractor.linking.entities import build_entities
from extractor.linking.statements.linker import binned
from extractor.records import StatementRecord
from tests.calibration import Outcome, calibration_error, cross_validated, key, shares


def outcomes(articles: Path, gold: Path, metadata: Path) -> list[list[Outcome]]:
    """The outcomes of each article, in the order of their names."""
    extractor, days = load(), json.loads(metadata.read_text(encoding="utf-8"))
    out = []
    for file in sorted(gold.glob("*.json")):
        text = articles / f"{file.stem}.txt"
        day = (days.get(text.name) or {}).get("published")
        article = Article.build(
            text.read_text(encoding="utf-8"), source=text.name, published=date.fromisoformat(day) if day else None
        )
        doc = spacy_pipeline.process(extractor.nlp, article)
        wanted = json.loads(file.read_text(encoding="utf-8"))["statements"]
        out.append(_judged(binned(doc, build_entities(doc), []), wanted))
    return out


def _judged(found: Sequence[tuple[StatementRecord, str]], wanted: Sequence[dict[str, Any]]) -> list[Outcome]:
    """Each statement with the gold statement of its kind that it shares most with; a gold statement is taken once."""
    left = list(wanted)
    out = []
    for record, kind in found:
        own = _characters((s.start, s.end) for s in record.content)
        same = [g for g in left if (g["mode"] == "no_comment") == (record.mode == "no_comment")]
        best = max(same, key=lambda g: _shared(own, _characters(map(tuple, g["content"]))), default=None)
        hit = best is not None and _shared(own, _characters(map(tuple, best["content"]))) >= 0.5
        if hit and best is not None:
            left.remove(best)
        out.append(Outcome(kind, bool(hit and best is not None and same_name(record.speaker.name, best["speaker"]))))
    return out


def _characters(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _shared(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def main(arguments: Sequence[str]) -> None:
    """Prints the table and the error."""
    articles, gold, metadata = map(Path, arguments)
    found = outcomes(articles, gold, metadata)
    for name, (share, total) in shares(o for article in found for o in article).items():
        print(f"{key(name)} = {share}  # {total}")
    print(f"\nexpected calibration error, cross-validated by article: {calibration_error(cross_validated([found])[0]):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
