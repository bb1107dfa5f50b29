"""Scores the flow on the corpus. Usage: python models/corpus/score.py even|odd|news SCORER [options of the scorer].

SCORER is the development sets' scorer (`../shared/bench/record_score.py`). Articles of odd number are held out: print
their scores, never their errors. `news` is what `news_*.jsonl` has, from which weights of the linker are made.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

from training.corpus import names  # noqa: E402
from validate import spans  # noqa: E402

from extractor import Article, load  # noqa: E402

LISTS = ("people", "agencies", "countries", "dates", "statements", "byline_people")
"""What the scorer reads of each article; the news has not all of it."""


def articles(part: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, text and gold of each article of a part of the corpus."""
    if part == "news":
        for file in sorted(HERE.glob("news_*.jsonl")):
            for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
                yield row["id"], row["text"], row
        return
    for name in names(HERE, held_out=part == "odd"):
        text = (HERE / "articles" / f"{name}.txt").read_text(encoding="utf-8")
        yield name, text, json.loads((HERE / "gold" / f"{name}.json").read_text(encoding="utf-8"))


def gold_of(name: str, text: str, row: dict[str, Any]) -> dict[str, Any]:
    """The gold in the scorer's form: one list of by-line names, offsets for what was said."""
    gold = {**{key: [] for key in LISTS}, **row, "id": name}
    gold["byline_people"] = [form for forms in gold["byline_people"] for form in forms]
    for statement in gold["statements"]:
        statement["content"] = spans(text, statement["content"])
    return gold


def main() -> int:
    """Extracts, converts the gold, and calls the scorer.

    Returns:
        The scorer's exit code.
    """
    half, scorer, *options = sys.argv[1:]
    extractor = load()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "gold").mkdir()
        lines = []
        for name, text, row in articles(half):
            gold = gold_of(name, text, row)
            (Path(folder) / "gold" / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")
            day = date.fromisoformat(gold["published"])
            lines.append(
                extractor.extract(Article.build(text, source=f"{name}.txt", published=day, published_basis="given")).to_json()
            )
        pred = Path(folder) / "pred.jsonl"
        pred.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return subprocess.run([sys.executable, scorer, f"{folder}/gold", pred, *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
