"""Scores the recogniser of names, span by span, beside the base's own, which is fetched where it is not there.

Usage: python models/score.py [--model DIR] [--corpus DIR] [--gold DIR]

Exact spans, by label, on the held-out articles of the corpus and, where a folder with `gold/` and `texts/` is given, on that.
The base knows no AGENCY and no COUNTRY: its ORG counts for both kinds of body, its GPE, NORP and LOC for countries and places.
It takes "the" into a name, which is cut off here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import spacy  # noqa: E402
from build import DROPPED, fetch  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Span  # noqa: E402
from training.corpus import LABELS, Piece, names, pieces, read  # noqa: E402

MERGED = {"AGENCY": "BODY", "ORG": "BODY", "COUNTRY": "LAND", "PLACE": "LAND", "GPE": "LAND", "NORP": "LAND", "LOC": "LAND"}
Finder = Callable[[str], Iterable[Span]]


def tally(texts: Iterable[Piece], find: Finder, nlp: Language, labels: frozenset[str], rename: dict[str, str]) -> Counter[str]:
    """Right, extra and missed spans: keys like "PERSON right"."""
    out: Counter[str] = Counter()
    for piece in texts:
        doc = nlp.make_doc(piece.text)
        spans = [(doc.char_span(s, e, alignment_mode="expand"), label) for s, e, label in piece.spans]
        gold = {(s.start_char, s.end_char, rename.get(label, label)) for s, label in spans if s is not None}
        found = {(s.start_char, s.end_char, rename.get(s.label_, s.label_)) for s in find(piece.text)}
        for kind, some in (("right", found & gold), ("extra", found - gold), ("missed", gold - found)):
            out.update(f"{label} {kind}" for *_, label in some if label in labels)
    return out


def row(count: Counter[str], label: str) -> str:
    """Precision, recall and F1 of one label."""
    right, extra, missed = (count[f"{label} {kind}"] for kind in ("right", "extra", "missed"))
    precision, recall = right / max(1, right + extra), right / max(1, right + missed)
    return f"{precision:.3f} | {recall:.3f} | {2 * right / max(1, 2 * right + extra + missed):.3f}"


def report(title: str, texts: list[Piece], nlp: Language, bare: Language, labels: tuple[str, ...]) -> None:
    """Prints one table: the trained labels, then trained and base on the labels that both have."""

    def trained(text: str) -> Iterable[Span]:
        return [e for e in nlp.get_pipe("ner")(nlp.make_doc(text)).ents if e.label_ in LABELS]  # type: ignore[operator]

    def base(text: str) -> Iterable[Span]:
        doc = bare.get_pipe("ner")(bare.make_doc(text))  # type: ignore[operator]
        found = [e for e in doc.ents if e.label_ in ("PERSON", "ORG", "GPE", "NORP", "LOC")]
        return [Span(doc, e.start + (e[0].lower_ == "the" and len(e) > 1), e.end, label=e.label_) for e in found]

    marked = Counter(label for piece in texts for *_, label in piece.spans)
    print(f"\n{title}: {len({p.article for p in texts})} articles, {sum(len(p.text.split()) for p in texts)} words\n")
    print("| Label | Mentions | Precision | Recall | F1 | Base's precision | Recall | F1 |\n|---|---|---|---|---|---|---|---|")
    own, merged = (
        tally(texts, trained, nlp, frozenset(labels), {}),
        tally(texts, trained, nlp, frozenset({"BODY", "LAND"}), MERGED),
    )
    theirs = tally(texts, base, nlp, frozenset({"PERSON", "BODY", "LAND"}), MERGED)
    for label in labels:
        print(f"| {label} | {marked[label]} | {row(own, label)} | {row(theirs, label) if label == 'PERSON' else '– | – | –'} |")
    if len(labels) == len(LABELS):
        for label, both in (("BODY", ("AGENCY", "ORG")), ("LAND", ("COUNTRY", "PLACE"))):
            print(f"| {' or '.join(both)} | {sum(marked[x] for x in both)} | {row(merged, label)} | {row(theirs, label)} |")


def speed(nlp: Language, bare: Language, texts: list[Piece]) -> None:
    """Words a second of the trained parts, and of the base with the same parts."""
    rows = [piece.text for piece in texts]
    words = sum(len(text.split()) for text in rows)
    for name, model in (("this model", nlp), ("base", bare)):
        started = time.process_time()
        for text in rows:
            model(text)
        print(f"{name}: {words / (time.process_time() - started):.0f} words a second")


def main() -> None:
    """Prints all scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=HERE / "en_tariff_news")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--gold", type=Path, help="a folder with gold/ and texts/, of which people and agencies are scored")
    options = parser.parse_args()
    nlp, bare = spacy.load(options.model), spacy.load(fetch(), exclude=DROPPED)
    held_out = [p for name in names(options.corpus, held_out=True) for p in read(options.corpus, name)]
    report("Held-out articles", held_out, nlp, bare, LABELS)
    if options.gold:
        texts = []
        for file in sorted((options.gold / "gold").glob("*.json")):
            gold = json.loads(file.read_text(encoding="utf-8"))
            raw = (options.gold / "texts" / f"{file.stem}.txt").read_text(encoding="utf-8")
            texts += list(pieces(raw, {k: gold.get(k, []) for k in ("people", "byline_people", "agencies")}, file.stem))
        report(options.gold.name, texts, nlp, bare, ("PERSON", "AGENCY"))
    print()
    speed(nlp, bare, held_out)
    print(f"size: {sum(f.stat().st_size for f in options.model.rglob('*') if f.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
