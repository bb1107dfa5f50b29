"""Settings: flags > environment > file > default, and messages that name file and key."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.configuration import configure, rows
from extractor.errors import ConfigError
from extractor.settings import RunSettings, Settings

OWN, PROJECT, OTHER = "extractor.toml", "pyproject.toml", "other/mine.toml"
SECTION = "[tool.extractor]\n"


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "environment", "flags", "value", "origin"),
    [
        ({}, {}, {}, 5_000_000, "default"),
        ({OWN: "max_bytes = 10"}, {}, {}, 10, OWN),
        ({PROJECT: f"{SECTION}max_bytes = 11"}, {}, {}, 11, f"{PROJECT} [tool.extractor]"),
        ({OWN: "max_bytes = 10", PROJECT: f"{SECTION}max_bytes = 11"}, {}, {}, 10, OWN),
        ({OWN: "with_text = true", PROJECT: f"{SECTION}max_bytes = 11"}, {}, {}, 5_000_000, "default"),
        ({PROJECT: "[project]\nname = 'x'"}, {}, {}, 5_000_000, "default"),
        ({PROJECT: "[project\n"}, {}, {}, 5_000_000, "default"),
        ({OWN: "max_bytes = 10"}, {"EXTRACTOR_MAX_BYTES": "12"}, {}, 12, "EXTRACTOR_MAX_BYTES"),
        ({OWN: "max_bytes = 10"}, {"EXTRACTOR_MAX_BYTES": ""}, {}, 10, OWN),
        ({OWN: "max_bytes = 10"}, {"EXTRACTOR_MAX_BYTES": "12"}, {"max_bytes": 13}, 13, "--max-bytes"),
        ({OWN: "max_bytes = 10"}, {"EXTRACTOR_MAX_BYTES": "12"}, {"max_bytes": None}, 12, "EXTRACTOR_MAX_BYTES"),
        ({OTHER: "max_bytes = 14"}, {"EXTRACTOR_CONFIG": OTHER}, {}, 14, OTHER),
    ],
)
def test_who_decides(here, files, environment, flags, value, origin):
    put(here, files)
    assert configure(flags=flags, environment=environment).values["max_bytes"] == (value, origin)


def test_a_given_file_is_the_only_one(here):
    put(here, {OWN: "max_bytes = 10", OTHER: "with_text = true"})
    found = configure(Path(OTHER), environment={"EXTRACTOR_CONFIG": OWN}).settings
    assert (found.max_bytes, found.with_text) == (5_000_000, True)


@pytest.mark.parametrize(
    ("text", "variable", "expected"),
    [
        ("with_text = true", "true", {"with_text": True}),
        ("unordered = false", "0", {"unordered": False}),
        ("workers = 3", "3", {"workers": 3}),
        ("time_limit = 7", "7", {"time_limit": 7.0}),
        ("published = 2025-03-03", "2025-03-03", {"published": date(2025, 3, 3)}),
        ('published = "2025-03-03"', "2025-03-03", {"published": date(2025, 3, 3)}),
        ('model = "en_some_model"', "en_some_model", {"model": "en_some_model"}),
        ("max_failures = 0", "0", {"max_failures": 0}),
    ],
)
def test_types(here, text, variable, expected):
    name, value = next(iter(expected.items()))
    put(here, {OWN: text})
    assert getattr(configure(environment={}).settings, name) == value
    assert getattr(configure(Path("/dev/null"), environment={f"EXTRACTOR_{name.upper()}": variable}).settings, name) == value


def test_paths_of_a_file_are_from_its_folder(here):
    put(here, {OTHER: 'lexicon = "words"\nmetadata = "/abs/meta.json"\nmodel = "net"', "other/net/meta.json": ""})
    found = configure(Path(OTHER), environment={}).settings
    assert (found.lexicon, found.metadata, found.model) == (Path("other/words"), Path("/abs/meta.json"), "other/net")
    assert configure(Path("/dev/null"), environment={"EXTRACTOR_LEXICON": "words"}).settings.lexicon == Path("words")


@pytest.mark.parametrize(
    ("files", "given", "environment", "says"),
    [
        ({OWN: "max_byte = 1"}, None, {}, ["C021", OWN, "max_byte", "max_failures"]),
        ({PROJECT: f"{SECTION}output = 'x'"}, None, {}, ["C021", PROJECT, "output"]),
        ({OWN: 'max_bytes = "1"'}, None, {}, ["C022", OWN, "max_bytes", "'1'"]),
        ({OWN: "max_bytes = 0"}, None, {}, ["C022", OWN, "max_bytes", "greater than 0"]),
        ({OWN: "max_bytes = true"}, None, {}, ["C022", OWN, "max_bytes"]),
        ({OWN: "with_text = 1"}, None, {}, ["C022", OWN, "with_text"]),
        ({OWN: 'published = "soon"'}, None, {}, ["C022", OWN, "published", "soon"]),
        ({OWN: "lexicon = ['a', 'b']"}, None, {}, ["C022", OWN, "lexicon"]),
        ({OWN: "[model]\nname = 'x'"}, None, {}, ["C022", OWN, "model"]),
        ({}, None, {"EXTRACTOR_WORKERS": "many"}, ["C022", "EXTRACTOR_WORKERS", "many"]),
        ({}, None, {"EXTRACTOR_WORKERS": "0"}, ["C022", "EXTRACTOR_WORKERS"]),
        ({OWN: "max_bytes = \n"}, None, {}, ["C020", OWN, "line 1"]),
        ({OWN: "max_bytes = 1\nmax_bytes = 2"}, None, {}, ["C020", OWN]),
        ({PROJECT: f"{SECTION}max_bytes = "}, None, {}, ["C020", PROJECT]),
        ({PROJECT: "[tool]\nextractor = 3"}, None, {}, ["C020", PROJECT]),
        ({PROJECT: "[project]"}, PROJECT, {}, ["C020", "[tool.extractor]"]),
        ({}, "none.toml", {}, ["C020", "none.toml", "No such file"]),
        ({}, None, {"EXTRACTOR_CONFIG": "none.toml"}, ["C020", "none.toml"]),
    ],
)
def test_what_is_wrong_is_named(here, files, given, environment, says):
    put(here, files)
    with pytest.raises(ConfigError) as caught:
        configure(Path(given) if given else None, environment=environment)
    assert [word for word in says if word not in str(caught.value)] == []


def test_a_foreign_variable_is_told_and_not_refused(here):
    found = configure(environment={"EXTRACTOR_HOME": "/opt", "OTHER": "1"})
    assert found.unknown == ("EXTRACTOR_HOME",)
    assert any("EXTRACTOR_HOME" in row for row in rows(found))


def test_every_setting_is_described():
    assert [name for name, field in RunSettings.model_fields.items() if not field.description] == []
    assert set(Settings.model_fields) == set(RunSettings().extraction.model_fields_set)


# ---------------------------------------------------------------- the commands


NEWS = "Mexico will put a 10% tariff on Chinese toys, the economy ministry said on Tuesday.\n"


def invoke(*arguments: str, environment: dict[str, str] | None = None) -> Any:
    return CliRunner().invoke(app, list(arguments), env=environment)


def test_config_prints_what_holds_and_why(here):
    put(here, {OWN: 'lexicon = "words"\nworkers = 3'})
    lines = {
        line.split()[0]: line.split()[1:]
        for line in invoke("config", environment={"EXTRACTOR_WITH_TEXT": "1"}).stdout.splitlines()
    }
    assert lines["lexicon"] == ["words", OWN]
    assert lines["workers"] == ["3", OWN]
    assert lines["with_text"] == ["true", "EXTRACTOR_WITH_TEXT"]
    assert lines["model"] == ["-", "default"]
    assert set(lines) == set(RunSettings.model_fields)
    assert invoke("config", "--config", "gone.toml").exit_code == 2


@pytest.mark.parametrize(
    ("settings", "arguments", "with_text"),
    [
        ("", [], False),
        ("with_text = true", [], True),
        ("with_text = true", ["--without-text"], False),
        ("", ["--with-text"], True),
    ],
)
def test_run_heeds_the_settings(here, inline, settings, arguments, with_text):
    put(here, {OWN: settings, "a.txt": NEWS})
    found = json.loads(invoke("run", "a.txt", "-q", *arguments).stdout)
    assert found["article"]["text"] == (NEWS if with_text else None)


@pytest.mark.parametrize("command", [["run", "a.txt"], ["show", "a.txt"], ["info"], ["config"]])
def test_wrong_settings_are_code_2(here, command):
    put(here, {OWN: "colour = 'red'", "a.txt": NEWS})
    result = invoke(*command)
    assert (result.exit_code, "C021" in result.stderr, "colour" in result.stderr) == (2, True, True)
