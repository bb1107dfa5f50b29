"""Settings from a file and the environment: flags > environment > file > default.

The file is the one given, or `extractor.toml` in the working folder, or the section `[tool.extractor]` of the `pyproject.toml`
there. The environment has `EXTRACTOR_` and the setting's name in capitals.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from extractor.errors import ConfigError
from extractor.settings import RunSettings

OWN, PROJECT = "extractor.toml", "pyproject.toml"
PREFIX = "EXTRACTOR_"
PATHS = frozenset({"lexicon", "metadata", "model"})
"""Settings that, in a file, are paths from its folder; a model that is no folder there is a name."""


class Value(NamedTuple):
    """What holds for a setting, and where it was said."""

    value: Any
    origin: str


class Configuration(NamedTuple):
    """All settings, and where each was said."""

    settings: RunSettings
    values: dict[str, Value]
    unknown: tuple[str, ...] = ()
    """Variables that begin as ours do and are no setting; others may use them."""


def configure(
    file: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Configuration:
    """Puts the settings together.

    Args:
        file: the settings file; None to look for one in the folder.
        flags: settings given on the command line; None stands for one that was not given.
        environment: the environment; None for the process's.
        folder: the working folder; None for the process's.

    Raises:
        ConfigError: C020, the file cannot be used; C021, it has an unknown setting; C022, a setting is wrong.
    """
    found = {name: Value(field.default, "default") for name, field in RunSettings.model_fields.items()}
    environment = os.environ if environment is None else environment
    given = file or (Path(environment[f"{PREFIX}CONFIG"]) if environment.get(f"{PREFIX}CONFIG") else None)
    found |= _from_file(given) if given else _from_folder(folder or Path())
    variables, unknown = _from_environment(environment)
    found |= variables
    found |= {name: Value(value, f"--{name.replace('_', '-')}") for name, value in (flags or {}).items() if value is not None}
    return Configuration(RunSettings(**{name: value.value for name, value in found.items()}), found, unknown)


def _from_folder(folder: Path) -> dict[str, Value]:
    """The settings of the folder's own file, or else of its project's."""
    for name in (OWN, PROJECT):
        if (folder / name).is_file():
            found = _from_file(folder / name, asked=False)
            if name == OWN or found:
                return found
    return {}


def _from_file(path: Path, *, asked: bool = True) -> dict[str, Value]:
    is_project = path.name == PROJECT
    origin = f"{path} [tool.extractor]" if is_project else str(path)
    try:
        text = path.read_text(encoding="utf-8")
        table: Any = tomllib.loads(text)
    except OSError as error:
        raise ConfigError("C020", path=path, detail=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise ConfigError("C020", path=path, detail="it is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        if is_project and not asked and "tool.extractor" not in text:
            return {}  # somebody else's, and it says nothing of ours
        raise ConfigError("C020", path=path, detail=error) from error
    if is_project:
        table = table.get("tool", {}).get("extractor")
        if table is None and asked:
            raise ConfigError("C020", path=path, detail="it has no section [tool.extractor]")
        if not isinstance(table, dict | None):
            raise ConfigError("C020", path=path, detail="tool.extractor is no section")
    return {name: Value(_typed(name, value, origin, path.parent), origin) for name, value in (table or {}).items()}


def _typed(name: str, value: object, origin: str, folder: Path) -> Any:
    """A value of a file in its type: TOML has types, so that "5" is no number."""
    if name not in RunSettings.model_fields:
        raise ConfigError("C021", path=origin, key=name, known=", ".join(RunSettings.model_fields))
    try:
        told = json.dumps({name: value}, default=str)
        found = getattr(RunSettings.model_validate_json(told, strict=True), name)
    except ValidationError as error:
        raise _wrong(name, origin, error) from error
    if name not in PATHS or found is None:
        return found
    place = folder / found
    return found if name == "model" and not place.exists() else type(found)(place)


def _from_environment(environment: Mapping[str, str]) -> tuple[dict[str, Value], tuple[str, ...]]:
    found: dict[str, Value] = {}
    unknown = []
    for variable, text in sorted(environment.items()):
        name = variable.removeprefix(PREFIX).lower()
        if not variable.startswith(PREFIX) or variable == f"{PREFIX}CONFIG" or not text:
            continue
        if name not in RunSettings.model_fields:
            unknown.append(variable)
            continue
        try:
            found[name] = Value(getattr(RunSettings.model_validate_strings({name: text}), name), variable)
        except ValidationError as error:
            raise _wrong(name, variable, error) from error
    return found, tuple(unknown)


def _wrong(name: str, origin: str, error: ValidationError) -> ConfigError:
    first = error.errors(include_url=False)[0]
    return ConfigError("C022", path=origin, key=name, detail=f"{first['msg']}, not {first['input']!r}")


def rows(found: Configuration) -> list[tuple[str, str, str]]:
    """Name, value and origin of each setting, as a person reads them."""
    told = [(name, _said(value.value), value.origin) for name, value in found.values.items()]
    return told + [(name, "", "the environment, but it is no setting") for name in found.unknown]


def _said(value: object) -> str:
    if value is None:
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
