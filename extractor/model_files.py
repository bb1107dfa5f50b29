"""Which model a run uses, where it lies, and that it holds nothing but data. Imports nothing heavy."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from extractor.errors import ConfigError

MODEL_NAME = "en_tariff_news"
ALLOWED_FILES = re.compile(
    r"config\.cfg|(?:meta|accuracy)\.json|tokenizer|README\.md|LICENSES?(?:_SOURCES)?(?:\.txt)?"
    r"|vocab/(?:strings\.json|lookups\.bin|key2row|vectors|vectors\.cfg)"
    r"|[a-z0-9_]+/(?:cfg|model|moves|patterns|lookups/lookups\.bin)"
)
"""What spaCy's `to_disk` writes, all of it data. Pickles and anything unknown are refused: a model folder must not run code."""


def find_model() -> Path:
    """The model that ships with the package: beside it when installed, else in the checkout's `models/`."""
    here = Path(__file__).resolve().parent
    for place in (here / "_model", here.parent / "models" / MODEL_NAME):
        if (place / "meta.json").is_file():
            return place
    raise ConfigError("C004", path=str(here / "_model"), detail="the package's own model is missing; install it again")


def resolve_model(model: str | Path | None) -> Path:
    """The folder of a model given by path or by an installed pipeline's name; the shipped one for None."""
    if model is None:
        return find_model()
    path = Path(model)
    if path.is_dir():
        return path
    import spacy.util

    if not spacy.util.is_package(str(model)):
        raise ConfigError("C004", path=str(model), detail="neither a folder nor an installed pipeline")
    try:
        package = spacy.util.get_package_path(str(model))
    except ImportError as error:
        raise ConfigError("C004", path=str(model), detail="the package holds no pipeline") from error
    versions = sorted(p.parent for p in package.glob("*/config.cfg"))
    if not versions:
        raise ConfigError("C004", path=str(model), detail="the package holds no pipeline")
    return versions[-1]


def check_model(path: Path) -> str:
    """Refuses a folder that holds anything but data files of spaCy's.

    Returns:
        SHA-256 over all file names and contents, in hex.

    Raises:
        ConfigError: C004.
    """
    if not (path / "config.cfg").is_file() or not (path / "meta.json").is_file():
        raise ConfigError("C004", path=str(path), detail="it has no config.cfg and meta.json")
    digest = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_symlink() or not p.is_dir()):
        name = file.relative_to(path).as_posix()
        known = ALLOWED_FILES.fullmatch(file.relative_to(path).as_posix()) is not None
        if file.is_symlink() or not file.is_file() or not known:
            raise ConfigError("C004", path=str(path), detail=f"it holds {name}, which no trained pipeline needs")
        digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
