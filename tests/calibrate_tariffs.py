"""Counts how often each kind of tariff record is right, and says how well those counts predict articles that were not counted.

usage: python -m tests.calibrate_tariffs [--write] [--against] [ARTICLES GOLD METADATA]...

Each set is a folder of texts, one of gold JSON files of the same names, and a file of publication dates. The held-out half of
models/corpus and its news are always among them: rules were written on the others, which alone would promise too much for the
articles of unseen publishers. A record is right when all its cells (imposer, partner, rate) are in the gold, and one gold record of each has its status.
All weigh by their records; each kind's share is counted as if one more had been right and one wrong.

Prints the shares, and the expected calibration error over ten equal classes of confidence when each article's records get the shares
counted over the other four fifths of the articles. `--write` puts the shares into extractor/lexicon/tariff_confidence.toml and the
table into docs/confidence.md. `--against` counts nothing: it prints the error of the shares that ship, on the sets given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from extractor import Article, Extractor, load
from extractor import nlp as spacy_pipeline
from extractor.linking.entities import build_entities
from extractor.linking.tariffs import binned
from extractor.linking.tariffs.confidence import confidence
from extractor.records import TariffRecord
from tests.calibration import Judged, Outcome, Shares, calibration_error, classes, cross_validated, key, shares

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "models" / "corpus"
TABLE = ROOT / "extractor" / "lexicon" / "tariff_confidence.toml"
PAGE = ROOT / "docs" / "confidence.md"
STANDS = {
    "threatened": "proposed", "suspended": "paused", "struck_down": "rejected",
}  # fmt: skip
"""Status names, ours and the gold's, that count as one."""

Cell = tuple[str | None, str | None, float | None]


class Counted(NamedTuple):
    """A set's name and the outcomes of each article."""

    name: str
    articles: list[list[Outcome]]

    def records(self) -> list[Outcome]:
        """All outcomes."""
        return [outcome for article in self.articles for outcome in article]


# ---------------------------------------------------------------- what is right


def cells_of(imposer: str | None, targets: Sequence[str], rates: Iterable[float | None]) -> set[Cell]:
    """Every combination of a measure's partners and rates."""
    stated = [round(float(rate), 2) for rate in rates if rate is not None] or [None]
    return {(imposer, target, rate) for target in targets or [None] for rate in stated}


def gold_cells(gold: Sequence[dict[str, Any]]) -> dict[Cell, set[str]]:
    """The gold's cells, core or not, with the statuses that their records have."""
    out: dict[Cell, set[str]] = defaultdict(set)
    for tariff in gold:
        for cell in cells_of(tariff.get("imposer"), tariff.get("targets") or [], (tariff.get("rate"), tariff.get("rate_high"))):
            out[cell].add(_stands(tariff.get("status") or "unknown"))
    return out


def is_right(record: TariffRecord, gold: dict[Cell, set[str]]) -> bool:
    """Whether all cells of a record are in the gold with its status."""
    rate = record.rate
    everyone = record.target_scope in {"all", "all_except"}
    cells = cells_of(
        record.imposer.code if record.imposer else None,
        ["*"] if everyone else [place.code for place in record.targets],
        (rate.percent, rate.percent_high) if rate else (),
    )
    return all(_stands(record.status.value) in gold.get(cell, ()) for cell in cells)


def _stands(status: str) -> str:
    return STANDS.get(status, status)


def outcomes(
    extractor: Extractor, articles: Path, gold: Path, days: dict[str, Any], *, held_out: bool = False
) -> Iterator[list[Outcome]]:
    """The outcomes of each article, in the order of their names; of a corpus' odd numbers alone, if held out."""
    for file in sorted(gold.glob("*.json")):
        wanted = json.loads(file.read_text(encoding="utf-8"))
        if held_out and int(file.stem.split("-")[1]) % 2 == 0:
            continue
        text = articles / f"{file.stem}.txt"
        day = wanted.get("published") if held_out else (days.get(text.name) or {}).get("published")
        yield outcomes_of(extractor, text.read_text(encoding="utf-8"), day, wanted)


def news(extractor: Extractor) -> Iterator[list[Outcome]]:
    """The outcomes of each article of the corpus' news."""
    for file in sorted(CORPUS.glob("news_*.jsonl")):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            yield outcomes_of(extractor, row["text"], row["published"], row)


def outcomes_of(extractor: Extractor, text: str, day: str | None, wanted: dict[str, Any]) -> list[Outcome]:
    """The outcomes of one article."""
    article = Article.build(text, source="text", published=date.fromisoformat(day) if day else None)
    doc = spacy_pipeline.process(extractor.nlp, article)
    found = gold_cells(wanted["tariffs"])
    return [Outcome(kind, is_right(record, found)) for record, kind in binned(doc, build_entities(doc))]


# ---------------------------------------------------------------- printing


def reliability(sets: Sequence[Counted], judged: Sequence[Judged]) -> str:
    """The reliability table as Markdown: confidence said, share right, by class; and the errors."""
    names = [one.name for one in sets]
    rows = [
        f"| Confidence | Records | Said | Right | {' | '.join(f'Right in {n}' for n in names)} |",
        "|---|---|---|---|" + "---|" * len(names),
    ]
    together = [pair for one in judged for pair in one]
    for place, found in sorted(classes(together).items()):
        own = [classes(one).get(place, []) for one in judged]
        rows.append(
            f"| {place / 10:.1f} to {place / 10 + 0.1:.1f} | {len(found)} | {_mean(s for s, _ in found)} | {_mean(r for _, r in found)} | "
            + " | ".join(f"{_mean(r for _, r in c)} of {len(c)}" if c else "–" for c in own)
            + " |"
        )
    errors = [f"{name} {calibration_error(one):.3f}" for name, one in zip(names, judged, strict=True)]
    return "\n".join([*rows, "", f"Expected calibration error: {calibration_error(together):.3f} ({', '.join(errors)})."])


def _mean(values: Iterable[float]) -> str:
    known = list(values)
    return f"{sum(known) / len(known):.2f}"


def toml(table: Shares) -> str:
    """The shares as a lexicon has them."""
    lines = [f"{key(name)} = {share}  # {total}" for name, (share, total) in table.items()]
    return "\n".join([TABLE.read_text(encoding="utf-8").partition("[shares]")[0] + "[shares]", *lines]) + "\n"


def _into_page(table: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.partition("<!-- counts -->\n")[0], page.partition("<!-- end -->")[2]
    PAGE.write_text(f"{head}<!-- counts -->\n{table}\n<!-- end -->{rest}", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Prints the table and the errors, and writes them if told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--against", action="store_true")
    parser.add_argument("sets", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    if len(options.sets) % 3:
        parser.error("each set is ARTICLES GOLD METADATA")
    extractor = load()
    triples = [options.sets[i : i + 3] for i in range(0, len(options.sets), 3)]
    found = [
        Counted(gold.parent.name, list(outcomes(extractor, articles, gold, json.loads(days.read_text(encoding="utf-8")))))
        for articles, gold, days in triples
    ]
    if options.against:
        print(reliability(found, [[(confidence(o.kind), o.right) for o in one.records()] for one in found]))
        return
    found.append(Counted("held-out", list(outcomes(extractor, CORPUS / "articles", CORPUS / "gold", {}, held_out=True))))
    found.append(Counted("news", list(news(extractor))))
    counted = toml(shares(o for one in found for o in one.records()))
    table = reliability(found, cross_validated([one.articles for one in found]))
    print(counted, table, sep="\n")
    if options.write:
        TABLE.write_text(counted, encoding="utf-8")
        _into_page(table)


if __name__ == "__main__":
    main(sys.argv[1:])
