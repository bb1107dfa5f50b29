"""Entities of the flow beside those of the bare base model: python models/compare.py FOLDER.

FOLDER holds `dev/`, `check/` and `dates/` and the scorers in `bench/`; without them nothing can be
scored. Prints one table in Markdown: F1 of each kind of entity on the articles, and recall and accuracy of dates.

The base model's entities are taken as an afternoon's program would take them: PERSON as they are, ORG for public bodies, GPE and
NORP that the country lexicon knows, every PERCENT as a rate, and DATE through dateparser against the day of publication.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import spacy  # noqa: E402
from build import fetch  # noqa: E402
from dateparser.date import DateDataParser  # noqa: E402

from extractor import Article, load  # noqa: E402
from extractor.entities.countries import country_named  # noqa: E402

KINDS = ("people", "agencies", "countries", "rates", "dates")


def base_extraction(nlp: spacy.Language, name: str, text: str, published: date | None) -> dict[str, Any]:
    """The base model's entities in the output's form."""
    doc = nlp(text)
    entities: dict[tuple[str, str], dict[str, Any]] = {}

    def add(kind: str, key: str, value: object, start: int, end: int) -> None:
        entity = entities.setdefault((kind, key), {"type": kind, "name": key, "value": value, "mentions": []})
        entity["mentions"].append({"start": start, "end": end, "text": text[start:end]})

    people: list[str] = []
    for ent in doc.ents:
        words = re.sub(r"^[Tt]he |['’]s$", "", ent.text)
        if ent.label_ == "PERSON":
            whole = next((p for p in people if p.split()[-1:] == words.split()[-1:]), words)
            people.append(whole)
            add("PERSON", whole, None, ent.start_char, ent.end_char)
        elif ent.label_ == "ORG":
            add("AGENCY", words, None, ent.start_char, ent.end_char)
        elif ent.label_ in {"GPE", "NORP"} and (code := country_named(words)):
            add("COUNTRY", code, {"code": code}, ent.start_char, ent.end_char)
        elif ent.label_ == "PERCENT":
            for number in re.findall(r"\d+(?:\.\d+)?", words):
                add("RATE", number, {"percent": float(number)}, ent.start_char, ent.end_char)
        elif ent.label_ == "DATE" and (value := base_date(words, published)):
            add("DATE", value, {"edtf": value}, ent.start_char, ent.end_char)
    return {"article": {"source": f"{name}.txt"}, "entities": list(entities.values()), "tariffs": [], "statements": []}


def base_date(words: str, published: date | None) -> str | None:
    """A date by dateparser, as fine as it says."""
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if published:
        settings["RELATIVE_BASE"] = datetime(published.year, published.month, published.day)
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found.date_obj is None:
        return None
    length = {"year": 4, "month": 7}.get(found.period, 10)
    return found.date_obj.date().isoformat()[:length]


def scores(folder: Path, gold: Path, lines: list[str]) -> dict[str, float]:
    """F1 of each kind of entity by the scorer of records."""
    with tempfile.TemporaryDirectory() as work:
        pred = Path(work) / "pred.jsonl"
        pred.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, folder / "bench" / "record_score.py", gold, pred, "--json"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["scores"]
    return {kind: found[kind]["F1"] for kind in KINDS}


def date_scores(folder: Path, lines: list[str]) -> tuple[float, float]:
    """Relaxed recall and value accuracy, in percent, by the scorer of dates."""
    with tempfile.TemporaryDirectory() as work:
        out, pred = Path(work) / "out.jsonl", Path(work) / "pred.jsonl"
        out.write_text("\n".join(lines), encoding="utf-8")
        form = [sys.executable, folder / "bench" / "to_date_form.py", out]
        pred.write_text(subprocess.run(form, check=True, capture_output=True, text=True).stdout, encoding="utf-8")
        command = [sys.executable, folder / "bench" / "date_score.py", folder / "dates" / "gold.jsonl", pred, "--types", "date"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    recall = re.search(r"relaxed\s+P\s+[\d.]+\s+R\s+([\d.]+)", text)
    accuracy = re.search(r"value_acc ([\d.]+)", text)
    assert recall is not None
    assert accuracy is not None
    return float(recall[1]), float(accuracy[1])


def main() -> None:
    """Scores both on all three sets and prints the table."""
    folder = Path(sys.argv[1])
    extractor, base = load(), spacy.load(fetch())

    def both(name: str, text: str, day: date | None) -> tuple[str, str]:
        basis = "given" if day else "unknown"
        flow = extractor.extract(Article.build(text, source=f"{name}.txt", published=day, published_basis=basis)).to_json()
        return flow, json.dumps(base_extraction(base, name, text, day))

    rows: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for part in ("dev", "check"):
        meta = json.loads((folder / part / "meta.json").read_text(encoding="utf-8"))
        pairs = []
        for file in sorted((folder / part / "texts").glob("*.txt")):
            said = meta.get(file.name, {}).get("published")
            pairs.append(both(file.stem, file.read_text(encoding="utf-8"), date.fromisoformat(said) if said else None))
        for lines in zip(*pairs, strict=True):
            for kind, value in scores(folder, folder / part / "gold", list(lines)).items():
                rows[kind].append(f"{value:.3f}")
    print("| F1 | dev: this package | dev: base model | check: this package | check: base model |")
    print("|---|---|---|---|---|")
    for kind, cells in rows.items():
        print(f"| {kind} | " + " | ".join(cells) + " |")
    texts = [json.loads(line) for line in (folder / "dates" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    pairs = [both(row["doc"], row["text"], date.fromisoformat(row["dct"])) for row in texts]
    print("\n| Dates of 24 news articles (GUM) | this package | base model and dateparser |\n|---|---|---|")
    ours, theirs = (date_scores(folder, list(lines)) for lines in zip(*pairs, strict=True))
    print(f"| recall, relaxed | {ours[0]:.1f} | {theirs[0]:.1f} |")
    print(f"| accuracy of values | {ours[1]:.1f} | {theirs[1]:.1f} |")


if __name__ == "__main__":
    main()
