"""The quality gate: no score may fall below its floor, and nobody may move the gold unseen.

usage: python tests/gate.py [--update [--allow-regression]]

The floors are in tests/floors.json, with a hash over the articles and the gold of each set. `samples/` is always scored; the
development sets beside the checkout where they are there. `--update` pins new hashes and raises floors; it lowers one only with
`--allow-regression`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.002
"""How far below its floor a score may be: floors are rounded."""

Scores = dict[str, float]
"""F1 of each row, accuracy of each slot ("slot: …"); wrong directions as a negative count, so that more is better."""


@dataclass(frozen=True)
class GoldSet:
    """Articles with gold. `scorer` is a program that scores gold of another form; without one it is the output's form."""

    name: str
    articles: Path
    gold: Path
    metadata: Path
    scorer: Path | None = None

    @property
    def is_here(self) -> bool:
        """Whether the set can be scored on this machine."""
        return all(folder.is_dir() and any(folder.iterdir()) for folder in (self.articles, self.gold)) and (
            self.scorer is None or self.scorer.is_file()
        )

    def sha256(self) -> str:
        """Hash over names and contents of articles, gold and metadata."""
        digest = hashlib.sha256()
        for root in (self.articles, self.gold, self.metadata):
            for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
                if file.is_file() and not file.name.startswith("."):
                    name = file.relative_to(root).as_posix()
                    digest.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
        return digest.hexdigest()


SETS = (
    GoldSet("samples", ROOT / "samples" / "articles", ROOT / "samples" / "expected", ROOT / "samples" / "metadata.json"),
    *(
        GoldSet(
            name,
            SHARED / name / "texts",
            SHARED / name / "gold",
            SHARED / name / "meta.json",
            SHARED / "bench" / "record_score.py",
        )
        for name in ("dev", "check")
    ),
)

Extract = Callable[[GoldSet], Iterator[str]]
"""Gives the extractions of a set's articles as JSON."""


def extractions(gold: GoldSet) -> Iterator[str]:
    """Extracts in this process, all sets with one model.

    Raises:
        InputError, ProcessingError: an article of the set fails; the gate needs all of them.
    """
    from extractor import Extractor, InputError
    from extractor.readers import Metadata, find_inputs, load_metadata, read

    extractor = Extractor()
    metadata = load_metadata(gold.metadata) if gold.metadata.is_file() else Metadata()
    for item in find_inputs([str(gold.articles)]):
        for article in [] if item.skip else read(item, extractor.settings, metadata):
            if isinstance(article, InputError):
                raise article
            yield extractor.extract(article).to_json()


def score(gold: GoldSet, extract: Extract) -> tuple[Scores, list[str]]:
    """Extracts and scores a set.

    Returns:
        The scores, and the gold articles that have no extraction.
    """
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "extractions.jsonl"
        pred.write_text("".join(f"{line}\n" for line in extract(gold)), encoding="utf-8")
        return _foreign_scores(gold.gold, pred, gold.scorer) if gold.scorer else _own_scores(gold.gold, pred)


def _own_scores(gold: Path, pred: Path) -> tuple[Scores, list[str]]:
    from extractor.evaluation import evaluate

    report = evaluate(gold, pred)
    scores = {name: row.f1 for name, row in report.rows.items()}
    scores |= {f"slot: {name}": slot.accuracy for name, slot in report.slots.items()}
    return _filled({**scores, "wrong direction": -report.wrong_direction}), report.absent


def _foreign_scores(gold: Path, pred: Path, scorer: Path) -> tuple[Scores, list[str]]:
    command = [sys.executable, str(scorer), str(gold), str(pred), "--json"]
    report: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    scores: dict[str, float | None] = {name: row["F1"] for name, row in report["scores"].items()}
    scores["wrong direction"] = -report["scores"].get("wrong direction", {"fp": 0})["fp"]
    scores |= {f"slot: {name}": slot[2] for name, slot in report["slots"].items()}
    return _filled(scores), report["absent"]


def _filled(scores: dict[str, float | None]) -> Scores:
    """Without those that had nothing to score; in one order."""
    return {name: value for name, value in sorted(scores.items()) if value is not None}


@dataclass
class Verdict:
    """What the gate says of one set: the floors to keep, what it wants to say, and what fails."""

    floors: Scores
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def judge(scores: Scores, floors: Scores) -> Verdict:
    """Compares scores with their floors. A score that is gone fails; one without a floor is only noted."""
    verdict = Verdict(dict(floors))
    for name, floor in floors.items():
        value = scores.get(name)
        if value is None:
            verdict.failures.append(f"{name}: not scored any more, floor {floor:.3f}")
        elif value < floor - TOLERANCE:
            verdict.failures.append(f"{name}: {value:.3f} is below its floor {floor:.3f}")
    verdict.notes += [f"{name}: {value:.3f} has no floor yet" for name, value in scores.items() if name not in floors]
    return verdict


def raise_floors(scores: Scores, floors: Scores, *, allow_regression: bool) -> Verdict:
    """New floors. One that would be lowered fails, unless regression is allowed."""
    verdict = judge(scores, floors)
    verdict.notes = []
    if allow_regression:
        verdict.notes, verdict.failures = [f"lowered: {failure}" for failure in verdict.failures], []
        floors = {}
    new = {name: max(math.floor(value * 1000) / 1000, floors.get(name, -math.inf)) for name, value in scores.items()}
    verdict.notes += [
        f"{name}: {old} → {new[name]:.3f}"
        for name in new
        if (old := f"{verdict.floors[name]:.3f}" if name in verdict.floors else "new") != f"{new[name]:.3f}"
    ]
    verdict.floors = dict(sorted({**floors, **new}.items()))
    return verdict


def main(
    arguments: Sequence[str] | None = None, sets: Sequence[GoldSet] = SETS, floors: Path = FLOORS, extract: Extract = extractions
) -> int:
    """Runs the gate.

    Returns:
        The exit code: 0 all well, 1 a floor is missed or the gold has changed.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--update", action="store_true", help="pin the gold's hashes and raise the floors")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: floors may fall")
    options = parser.parse_args(arguments)
    if options.allow_regression and not options.update:
        parser.error("--allow-regression goes with --update")

    pinned: dict[str, Any] = json.loads(floors.read_text(encoding="utf-8")) if floors.is_file() else {}
    failed = False
    for gold in sets:
        if not gold.is_here:
            print(f"{gold.name}: skipped: not here")
            continue
        entry = pinned.get(gold.name, {"sha256": None, "floors": {}})
        verdict = _run(gold, entry, extract, options)
        failed |= bool(verdict.failures)
        pinned[gold.name] = {"sha256": gold.sha256(), "floors": verdict.floors}
        for line in [*verdict.notes, *(f"FAILED {failure}" for failure in verdict.failures)]:
            print(f"{gold.name}: {line}")
    if options.update and not failed:
        floors.write_text(json.dumps(pinned, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    elif options.update:
        print("nothing is written: mend what failed, or lower floors on purpose with --allow-regression")
    return int(failed)


def _run(gold: GoldSet, entry: dict[str, Any], extract: Extract, options: argparse.Namespace) -> Verdict:
    if not options.update and entry["sha256"] != gold.sha256():
        why = "its articles or gold have changed" if entry["sha256"] else "it has no floors yet"
        return Verdict(entry["floors"], failures=[f"{why}: look at the change, then run with --update"])
    scores, absent = score(gold, extract)
    if options.update:
        verdict = raise_floors(scores, entry["floors"], allow_regression=options.allow_regression)
    else:
        verdict = judge(scores, entry["floors"])
    if absent:
        verdict.failures.append(f"{len(absent)} gold article(s) have no extraction, such as {absent[0]}")
    verdict.notes.append(f"{len(scores)} scores, {len(verdict.failures)} failure(s)")
    return verdict


if __name__ == "__main__":
    sys.exit(main())
