"""A hash of all that decides on an extraction besides the article: code, lexicon, model, settings and the libraries below."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extractor.settings import Settings

LIBRARIES = (
    "babel",
    "charset-normalizer",
    "dateparser",
    "htmldate",
    "lxml",
    "markdown-it-py",
    "py3langid",
    "pyyaml",
    "spacy",
    "trafilatura",
    "warcio",
)
"""Those whose behaviour an extraction depends on."""
_KINDS = {".py", ".toml", ".jsonl"}


@cache
def of_code() -> str:
    """SHA-256 over the package's own files."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted(p for p in root.rglob("*") if p.suffix in _KINDS and "_model" not in p.parts):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    for name in LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()


def fingerprint(model_sha256: str, settings: Settings) -> str:
    """SHA-256 of all that decides on an extraction: change any of it, and all articles are done again.

    Args:
        model_sha256: the model's hash (`model_files.check_model`).
        settings: of the run.
    """
    return hashlib.sha256(f"{of_code()} {model_sha256} {settings.fingerprint}".encode()).hexdigest()
