"""Word lists of the user's: what they add, what is wrong in them, and that a process has one lexicon."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import lexicon
from extractor.cli import app
from extractor.errors import ConfigError
from extractor.lexicon import user
from extractor.settings import Settings

AGENCY = {"name": "Fish Council", "country": "NO", "kind": "agency", "source": "fish.example"}
OFFICE = {"name": "Ola Nordmann", "role": "Trade Minister", "country": "NO", "from": "2024", "surnames": ["Nordmann"]}
CUE = {"lemma": "yodel", "frames": ["clause"], "act": "announce", "strength": "strong"}
WORDS = {
    "agencies.jsonl": f"// ours\n{json.dumps(AGENCY)}\n",
    "offices.jsonl": json.dumps(OFFICE),
    "cues.jsonl": json.dumps(CUE),
    "terms.toml": '[nouns]\ntariff = ["gabelle", "gabelles"]\n',
    "README.md": "no list",
}
NEWS = (
    "Norway announced a gabelle of 25 percent on salmon from Canada, the Fish Council said. Nordmann yodelled that it was fair.\n"
)


def put(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# ---------------------------------------------------------------- what is added


@pytest.mark.parametrize(
    ("shipped", "own", "both"),
    [
        ({"a": ["x"]}, {"a": ["y"]}, {"a": ["x", "y"]}),
        ({"a": ["x"]}, {"a": ["x"]}, {"a": ["x"]}),
        ({"a": {"b": ["x"], "c": 1}}, {"a": {"b": ["y"]}}, {"a": {"b": ["x", "y"], "c": 1}}),
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": "one word"}, {"a": "another"}, {"a": "another"}),
        ({"a": "\nwords of\na list"}, {"a": "more"}, {"a": "\nwords of\na list\nmore"}),
        ({"a": {"b": "x"}}, {"a": {"c": "y"}}, {"a": {"b": "x", "c": "y"}}),
        ({"a": 1}, {}, {"a": 1}),
    ],
)
def test_lists_add_and_values_replace(shipped, own, both):
    before = json.dumps(shipped)
    assert user.merge(shipped, own) == both
    assert json.dumps(shipped) == before


def merged(folder: Path, name: str) -> list[dict]:
    model = user.FORMS[name].load()
    rows = user.load(folder).entries(name, model, lexicon.shipped_entries(name, model))
    return [row.model_dump() for row in rows]


@pytest.mark.parametrize(
    ("name", "own", "is_new", "expected"),
    [
        ("agencies", AGENCY, True, {"name": "Fish Council"}),
        (
            "agencies",
            {"name": "Department of Commerce", "country": "US", "kind": "ministry", "source": "x.example", "aliases": ["DoC"]},
            False,
            {"aliases": ("Commerce Dept", "Commerce Dept.", "U.S. Commerce", "DoC"), "source": "x.example"},
        ),
        ("offices", OFFICE, True, {"until": None}),
        (
            "offices",
            {"name": "Gerald Ford", "role": "President", "country": "US", "from": "1974-08-09", "surnames": ["Ford"]},
            False,
            {"surnames": ("Ford",), "until": "1977-01-20"},
        ),
        ("cues", CUE, True, {"act": "announce"}),
        ("cues", {"lemma": "say", "frames": ["object"]}, False, {"frames": ("clause", "quote", "object"), "act": "report"}),
        ("laws", {"code": "us_s232", "name": "Another", "patterns": ["Fish Act"]}, True, {"name": "Another"}),
    ],
)
def test_an_entry_is_new_or_adds_to_the_one_with_its_key(tmp_path, name, own, is_new, expected):
    folder = put(tmp_path, {f"{name}.jsonl": json.dumps(own)})
    rows = merged(folder, name)
    shipped = len(lexicon.shipped_entries(name, user.FORMS[name].load()))
    assert len(rows) == shipped + is_new
    first = own.get("lemma", own.get("name"))
    row = next(row for row in rows if (row["lemma"] if name == "cues" else row["name"]) == first)
    assert {key: row[key] for key in expected} == expected
    assert (rows[0] == row) == is_new or not is_new


def test_forms_are_of_all_shipped_lists():
    assert set(user.FORMS) == {p.stem for p in Path(lexicon.__file__).parent.glob("*.jsonl")}
    for name, form in user.FORMS.items():
        rows = lexicon.shipped_entries(name, form.load())
        assert rows, name
        assert set(form.key) <= set(form.load().model_fields)


@pytest.mark.parametrize("path", sorted(Path(lexicon.__file__).parent.glob("*.[jt]*")), ids=lambda p: p.name)
def test_every_shipped_list_is_a_valid_one_of_the_users(tmp_path, path):
    if path.stem not in {*user.CLOSED, *user.FIXED}:
        problems, notes = user.check(put(tmp_path, {path.name: path.read_text(encoding="utf-8")}))
        assert [str(problem) for problem in problems] == []
        assert len(notes) == 1
        assert "new" not in notes[0]


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("agencies.jsonl", f"{json.dumps(AGENCY)}\n\n{{", "line 3: no JSON"),
        ("agencies.jsonl", json.dumps(AGENCY | {"kind": "club"}), "line 1: kind"),
        ("agencies.jsonl", json.dumps(AGENCY | {"alias": ["x"]}), "line 1: alias"),
        ("agencies.jsonl", "[1]", "line 1"),
        ("offices.jsonl", json.dumps(OFFICE | {"from": "May 2024"}), "line 1: from, to"),
        ("offices.jsonl", json.dumps(OFFICE | {"to": "2024-02-30"}), "line 1: from, to"),
        ("cues.jsonl", json.dumps(CUE | {"frames": ["shout"]}), "line 1: frames"),
        ("cues.jsonl", '// a note\n{"lemma": "yodel"}', "line 2: frames"),
        ("laws.jsonl", json.dumps({"code": "x", "name": "x", "patterns": ["(Act"]}), "line 1: patterns: '(Act' is no regular"),
        ("terms.toml", "[nouns]\ntariff = [,]", "line 2"),
        ("terms.toml", '\n[noun]\ntariff = ["x"]', "line 2: noun: no such key; there are"),
        (
            "terms.toml",
            '[nouns]\nduty = ["x"]\ntariff = "x"',
            "line 3: nouns.tariff: text, but the shipped one is a list of text",
        ),
        ("terms.toml", "[nouns]\ntariff = [1]", "line 2: nouns.tariff"),
        ("terms.toml", "[nouns.tariff]\nx = 1", "line 1: nouns.tariff: a table"),
        ("measures.toml", '[noun_actions]\njump = ["raise"]', "line 2: noun_actions.jump"),
        ("layout.toml", "byline = ['(By ']", "line 1: byline"),
        ("rate_frames.toml", "[patterns]\nbase = 'x'", "line 1: patterns: no such key"),
        ("law_forms.toml", "section = '(x'", "line 1: section: '(x' is no regular"),
        ("agency.jsonl", "", "no such list; there are agencies.jsonl"),
        ("numbers.toml", "", "no such list"),
        ("agencies.toml", "", "no such list"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, name, text, says):
    problems, notes = user.check(put(tmp_path, {name: text}))
    assert [p.code for p in problems] == ["C005"]
    assert f"the lexicon file {tmp_path / name} is wrong" in str(problems[0])
    assert says in str(problems[0])
    assert notes == []
    with pytest.raises(ConfigError, match="C005"):
        user.load(tmp_path)


def test_what_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "terms.toml").write_bytes(b"# caf\xe9")
    assert "byte 6" in str(user.check(tmp_path)[0][0])


def test_check_tells_all_that_is_wrong_and_what_is_added(tmp_path):
    wrong = {"cues.jsonl": "{\n{}\n", "terms.toml": "x = 1"}
    result = CliRunner().invoke(app, ["lexicon", "check", str(put(tmp_path, WORDS | wrong))])
    assert result.exit_code == 2
    assert result.stderr.count("error: C005") == 3
    result = CliRunner().invoke(app, ["lexicon", "check", str(put(tmp_path, WORDS))])
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{tmp_path / 'agencies.jsonl'}: entries: 1" in result.stdout
    new = put(tmp_path, {"terms.toml": '[nouns]\ntarif = ["x"]'})
    assert "new: nouns.tarif" in CliRunner().invoke(app, ["lexicon", "check", str(new)]).stdout


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_a_folder_that_is_none_is_code_2(tmp_path, kind):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(app, ["lexicon", "check", str(tmp_path / kind)])
    assert (result.exit_code, "C023" in result.stderr) == (2, True)


# ---------------------------------------------------------------- one lexicon in a process


def test_the_content_is_in_the_fingerprint(tmp_path):
    folder = put(tmp_path / "a", WORDS)
    same = put(tmp_path / "b", WORDS | {"README.md": "other"})
    first = Settings(lexicon=folder).fingerprint
    assert first == Settings(lexicon=same).fingerprint
    assert first != Settings().fingerprint
    put(folder, {"cues.jsonl": ""})
    assert first != Settings(lexicon=folder).fingerprint


def run(code: str) -> str:
    """What a fresh process says."""
    result = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


START = """
from pathlib import Path
from extractor import Article, ConfigError, Extractor, Settings
def code(make):
    try:
        make()
    except ConfigError as error:
        return error.code
a = Settings(lexicon=Path({folder!r}))
"""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("print(code(lambda: Extractor(settings=a)), code(lambda: Extractor(settings=a)))", "None None"),
        ("print(code(lambda: Extractor(settings=a)), code(lambda: Extractor()))", "None C024"),
        ("print(code(lambda: Extractor()), code(lambda: Extractor(settings=a)))", "None C024"),
        ("Article.build('By X\\n\\nNews')\nprint(code(lambda: Extractor(settings=a)))", "None"),
        ("from extractor.lexicon import table\ntable('terms')\nprint(code(lambda: Extractor(settings=a)))", "C024"),
    ],
)
def test_a_process_has_one_lexicon(tmp_path, code, says):
    folder = put(tmp_path, {"terms.toml": WORDS["terms.toml"]})
    assert run(START.format(folder=str(folder)) + code).split() == says.split()


def test_no_list_is_read_when_the_package_is_imported():
    """Else it could not be added to."""
    code = (
        "import pkgutil, importlib, extractor, extractor.lexicon as l\n"
        "for m in pkgutil.walk_packages(extractor.__path__, 'extractor.'):\n"
        "    if not m.name.endswith('__main__'): importlib.import_module(m.name)\n"
        f"print(sorted(l._read - {set(user.CLOSED)!r}))"
    )
    assert run(code).strip() == "[]"


def test_a_run_finds_what_the_lists_add(tmp_path):
    put(tmp_path, {"a.txt": NEWS})
    put(tmp_path / "words", WORDS)
    found = {}
    for name, more in (("plain", []), ("words", ["--lexicon", "words"])):
        command = [sys.executable, "-m", "extractor", "run", "a.txt", "--published", "2025-03-03", "-q", *more]
        result = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)
        found[name] = json.loads(result.stdout)
    plain, words = found["plain"], found["words"]
    assert plain["generator"]["config_sha256"] != words["generator"]["config_sha256"]
    named = [{e["name"]: e["value"] for e in one["entities"] if e["type"] in ("AGENCY", "PERSON")} for one in (plain, words)]
    assert named[1]["Fish Council"] == {"country": "NO"}
    roles = [{s["speaker"]["name"]: s["speaker"]["role"] for s in one["statements"]} for one in (plain, words)]
    assert (roles[0].get("Nordmann"), roles[1]["Nordmann"]) == (None, "Trade Minister")
    assert [t["rate"]["percent"] for t in words["tariffs"]] == [25.0]
    assert [t for t in plain["tariffs"] if t["rate"]] == []
    assert "yodel" in [s["cue"]["lemma"] for s in words["statements"] if s["cue"]]
    assert "yodel" not in [s["cue"]["lemma"] for s in plain["statements"] if s["cue"]]
