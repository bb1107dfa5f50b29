"""Fits the weights by which the flow chooses imposers and partners.

Usage: python models/training/choices.py [--evaluate]

Reads the articles of even number in `corpus/`, the briefs and the news, runs the flow on them, and notes at each choice the
candidates with their features and which of them the gold has. The weights are those of a log-linear model (softmax over the
candidates of one choice), with a square penalty; they are written to `extractor/lexicon/choices.toml`. A choice depends on those
before it in the article, so the text is read in rounds, each with the weights of the round before.

It prints how many choices are right: fitted on all, and on the rest of the articles when fitted on four fifths of them.
`--evaluate` writes nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(HERE.parent)]

import numpy as np  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

from extractor import Article, load, nlp  # noqa: E402
from extractor.lexicon import table  # noqa: E402
from extractor.linking.entities import build_entities  # noqa: E402
from extractor.linking.tariffs import link_tariffs  # noqa: E402
from extractor.linking.tariffs.choices import Candidate, best  # noqa: E402
from extractor.linking.tariffs.imposers import Imposers  # noqa: E402
from extractor.linking.tariffs.measures import Measure  # noqa: E402
from extractor.linking.tariffs.partners import Partners  # noqa: E402
from training.corpus import names  # noqa: E402

CORPUS = HERE.parent / "corpus"
TARGET = ROOT / "extractor" / "lexicon" / "choices.toml"
CHOICES = {"imposers": Imposers, "partners": Partners}
ROUNDS = 3
PENALTY = 0.01
SELDOM = 4
"""Features of fewer choices are left out."""

Gold = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """An article, parsed, with its gold."""

    name: str
    doc: Doc
    gold: Gold


@dataclass(frozen=True)
class Row:
    """One choice: the features of each candidate, and how right each is, from 0 to 1."""

    text: str
    features: tuple[dict[str, float], ...]
    right: tuple[float, ...]


def texts() -> Iterator[Text]:
    """What may be learned from: articles of even number, briefs a and b of even number, all later briefs, and the news."""
    extractor = load()
    found: list[tuple[str, str, Gold]] = []
    for name in names(CORPUS, held_out=False):
        gold = json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        found.append((name, (CORPUS / "articles" / f"{name}.txt").read_text(encoding="utf-8"), gold))
    for file in (*sorted(CORPUS.glob("briefs_*.jsonl")), *sorted(CORPUS.glob("news_*.jsonl"))):
        for brief in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            if file.stem not in HALVED or int(brief["id"][1:]) % 2 == 0:
                found.append((brief["id"], brief["text"], brief))
    for name, words, gold in found:
        day = date.fromisoformat(gold["published"])
        article = Article.build(words, source=f"{name}.txt", published=day, published_basis="given")
        yield Text(name, nlp.process(extractor.nlp, article), gold)


HALVED = frozenset({"briefs_a", "briefs_b"})
"""Files whose odd numbers are held out."""


# ---------------------------------------------------------------- what the gold says of a mention


def places(words: str, gold_record: Gold) -> list[tuple[int, int]]:
    """Where the evidence of a gold record stands."""
    found = (words.find(quote) for quote in gold_record.get("evidence") or [])
    return [(at, at + len(q)) for at, q in zip(found, gold_record.get("evidence") or [], strict=True) if at >= 0]


def meant(words: str, measure: Measure, gold: Gold) -> list[Gold]:
    """The gold records that a mention may be of: its rate is theirs and it stands in their evidence; goods break ties."""
    at = measure.unit.rate.start if measure.unit.rate else measure.unit.head.idx
    own = {w for p in measure.products for w in re.findall("[a-z]+", p.entity.lower())}
    best: list[tuple[float, Gold]] = []
    for record in gold["tariffs"]:
        rates = {r for r in (record.get("rate"), record.get("rate_high")) if r is not None}
        if measure.rate is not None and not rates & {measure.rate.percent, measure.rate.percent_high}:
            continue
        evidence = places(words, record)
        inside = any(a - 2 <= at < b + 2 for a, b in evidence)
        goods = {w for p in record.get("products") or [] for w in re.findall("[a-z]+", p.lower())}
        if measure.rate is None and not (inside or (not evidence and goods & own)):
            continue
        best.append((2 * inside + bool(goods & own) - 0.5 * bool(measure.rate is None and rates), record))
    top = max((score for score, _ in best), default=0.0)
    return [record for score, record in best if score == top]


def right_partners(candidate: Candidate, records: Sequence[Gold]) -> float:
    """The best overlap (F1) of a candidate with the targets of a gold record; nobody is a member of its own."""
    codes = candidate.codes or {None}
    overlap = 0.0
    for record in records:
        wanted = set(record.get("targets") or [None])
        overlap = max(overlap, 2 * len(codes & wanted) / (len(codes) + len(wanted)))
    return overlap


def right_imposer(candidate: Candidate, records: Sequence[Gold]) -> float:
    """Whether a candidate is the imposer of a gold record."""
    code = next(iter(candidate.codes), None)
    return float(any(record.get("imposer") == code for record in records))


# ---------------------------------------------------------------- rows


def rows(found: Sequence[Text]) -> dict[str, list[Row]]:
    """All choices that the flow makes on the texts with its present weights, by kind."""
    out: dict[str, list[Row]] = {name: [] for name in CHOICES}
    for text in found:
        words = text.doc._.article.text

        def note(kind: str, measure: Measure, candidates: list[Candidate], text: Text = text, words: str = words) -> None:
            records = meant(words, measure, text.gold)
            if kind == "partners":
                records = [r for r in records if measure.imposer is None or r.get("imposer") in {measure.imposer.code, None}]
            judge = right_imposer if kind == "imposers" else right_partners
            right = tuple(judge(c, records) for c in candidates)
            if records and max(right) > 0:
                out[kind].append(Row(text.name, tuple(c.features for c in candidates), right))

        with Listening(note):
            link_tariffs(text.doc, build_entities(text.doc))
    return out


class Listening:
    """Hands each choice of the flow to a function while it lasts."""

    def __init__(self, note: Any) -> None:
        self.note = note
        self.kept: dict[str, Any] = {}

    def __enter__(self) -> None:
        for kind, chooser in CHOICES.items():
            self.kept[kind] = chooser.chosen

            def chosen(own: Any, measure: Measure, earlier: Sequence[Measure], kind: str = kind) -> Candidate:
                candidates = own.candidates(measure, earlier)
                self.note(kind, measure, candidates)
                return best(candidates, kind)

            chooser.chosen = chosen  # type: ignore[method-assign]

    def __exit__(self, *_: object) -> None:
        for kind, chooser in CHOICES.items():
            chooser.chosen = self.kept[kind]  # type: ignore[method-assign]


# ---------------------------------------------------------------- weights


def arrays(found: Iterable[Row], features: Sequence[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Each row as a matrix, candidates by features, and its rightness."""
    index = {name: n for n, name in enumerate(features)}
    out = []
    for row in found:
        matrix = np.zeros((len(row.features), len(features)))
        for n, held in enumerate(row.features):
            for name, value in held.items():
                if name in index:
                    matrix[n, index[name]] = value
        out.append((matrix, np.array(row.right)))
    return out


def fit(found: Sequence[Row], penalty: float = PENALTY, steps: int = 400) -> dict[str, float]:
    """The weights of the log-linear model: Adam on the mean loss, all rows at once."""
    counts = Counter(name for row in found for name in {n for held in row.features for n in held})
    features = sorted(name for name, count in counts.items() if count >= SELDOM)
    data = [(m, r) for m, r in arrays(found, features) if r.min() < r.max()]
    weights, first, second = (np.zeros(len(features)) for _ in range(3))
    for step in range(1, steps + 1):
        slope = 2 * penalty * weights
        for matrix, right in data:
            scores = matrix @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            wanted = share * (right >= 0.99 * right.max())
            slope += matrix.T @ (share - wanted / wanted.sum()) / len(data)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(w), 2) for name, w in zip(features, weights, strict=True) if abs(w) >= 0.005}


def rightness(found: Sequence[Row], weights: dict[str, float]) -> float:
    """Sum of the rightness of the best candidates."""
    total = 0.0
    for row in found:
        scores = [sum(weights.get(n, 0.0) * v for n, v in held.items()) for held in row.features]
        total += row.right[scores.index(max(scores))]
    return total


def fitted(found: Sequence[Text]) -> tuple[dict[str, dict[str, float]], dict[str, list[Row]]]:
    """The weights after all rounds, and the rows of the last."""
    known = table("choices")
    for kind in CHOICES:
        known.setdefault(kind, {}).clear()
    seen: dict[str, list[Row]] = {}
    for _ in range(ROUNDS):
        seen = rows(found)
        for kind in CHOICES:
            known[kind].clear()
            known[kind].update(fit(seen[kind]))
    return {kind: dict(known[kind]) for kind in CHOICES}, seen


def main() -> None:
    """Fits and writes, or evaluates."""
    found = list(texts())
    weights, seen = fitted(found)
    order = sorted(text.name for text in found)
    for kind in CHOICES:
        crossed = 0.0
        for fold in range(5):
            held = {name for n, name in enumerate(order) if n % 5 == fold}
            crossed += rightness([r for r in seen[kind] if r.text in held], fit([r for r in seen[kind] if r.text not in held]))
        first = sum(r.right[0] for r in seen[kind])
        whole = rightness(seen[kind], weights[kind])
        print(f"{kind}: {len(seen[kind])} choices in {len(found)} texts")
        print(f"    right: {whole:.0f} fitted on all, {crossed:.0f} cross-validated, {first:.0f} if nobody is always taken")
    if "--evaluate" not in sys.argv:
        TARGET.write_text(HEADER + "".join(toml(kind, weights[kind]) for kind in CHOICES), encoding="utf-8")


HEADER = (
    "# Weights of the features by which imposers and partners are chosen. Fitted by models/training/choices.py: do not edit.\n"
)


def toml(kind: str, weights: dict[str, float]) -> str:
    """One table."""
    return f"\n[{kind}]\n" + "".join(f'"{name}" = {weight}\n' for name, weight in sorted(weights.items()))


if __name__ == "__main__":
    main()
