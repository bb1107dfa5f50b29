"""What a bug report needs: versions, platform, and the model with its hash."""

from __future__ import annotations

import json
import platform
import re
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from extractor import model_files
from extractor.records import SCHEMA_VERSION
from extractor.version import __version__


def information(model: str | None = None) -> list[tuple[str, str]]:
    """Names and values, in the order in which a person reads them.

    Raises:
        ConfigError: C004, no such model.
    """
    path = model_files.resolve_model(model)
    digest = model_files.check_model(path)
    meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    return [
        ("tariff-extractor", __version__),
        ("output schema", SCHEMA_VERSION),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("platform", platform.platform()),
        *_dependencies(),
        ("model", f"{meta['lang']}_{meta['name']} {meta['version']}"),
        ("model from", _kind(model, path)),
        ("model path", str(path)),
        ("model sha256", digest),
    ]


def _dependencies() -> list[tuple[str, str]]:
    """The installed versions of the direct dependencies; what the distribution's metadata lacks cannot be listed."""
    try:
        wanted = requires("tariff-extractor") or []
    except PackageNotFoundError:
        return []
    names = sorted(re.split(r"[^A-Za-z0-9_.-]", line, maxsplit=1)[0] for line in wanted if "extra ==" not in line)
    return [(name, _version(name)) for name in names]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _kind(model: str | None, path: Path) -> str:
    if model is None:
        return "the package" if path.name == "_model" else "the checkout"
    return "a folder" if Path(model).is_dir() else "an installed pipeline"
