"""The command line: what goes where, in which order, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app

NEWS = "Canada taxes steel\n\nOTTAWA (Wire) - Canada will put a 25% duty on steel from the United States on July 15, its minister said.\n"
PLAIN = "Mexico will put a 10% tariff on Chinese toys, the economy ministry said on Tuesday.\n"
FRENCH = "Le gouvernement a annoncé mardi de nouveaux droits de douane de 25 % sur l'acier importé des États-Unis.\n"
TREE = {
    "in/b.txt": NEWS,
    "in/a.txt": PLAIN,
    "in/sub/c.json": json.dumps({"text": PLAIN, "published": "2021-07-02"}),
    "in/two.jsonl": "\n".join(json.dumps({"text": PLAIN, "id": n}) for n in (1, 2)),
    "bad/empty.txt": "",
    "bad/french.txt": FRENCH,
    "bad/good.txt": PLAIN,
    "bad/page.html": "<html><body></body></html>",
    "bad/broken.json": "{",
    "bad/image.txt": "\x00\x01\x02\x03" * 50,
    "meta.json": json.dumps({"a.txt": {"published": "2020-03-04", "publisher": "The Wire"}, "gone.txt": {}}),
}
SOURCES = ["a.txt", "b.txt", "sub/c.json", "two.jsonl#1", "two.jsonl#2"]
Run = Callable[..., Result]


@pytest.fixture
def run(tree: Run, inline: None) -> Run:
    """As `tree`, but the work is done in this process: what workers are for is tested elsewhere."""
    return tree


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `extractor ARGUMENTS` in a folder with `TREE`."""
    for name, content in TREE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def process(*arguments: str, cwd: Path | None = None, **options: object) -> subprocess.CompletedProcess[str]:
    """Runs the program as a process of its own."""
    command = [sys.executable, "-m", "extractor", *arguments]
    return subprocess.run(command, cwd=cwd, check=False, text=True, timeout=120, **({"capture_output": True} | options))


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def sources(text: str) -> list[str]:
    return [row["article"]["source"] for row in rows(text)]


# ---------------------------------------------------------------- form and place of the output


def test_a_single_article_is_one_indented_object(tree):
    result = tree("run", "in/a.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith('{\n  "schema_version"')
    assert json.loads(result.stdout)["article"]["source"] == "a.txt"
    assert "1 read: 1 done, 0 skipped, 0 rejected" in result.stderr


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["in"], SOURCES),
        (["in/b.txt", "in/a.txt"], ["a.txt", "b.txt"]),
        (["in/two.jsonl"], ["two.jsonl#1", "two.jsonl#2"]),
        (["in/sub"], ["c.json"]),
        (["in/sub/c.json", "in/a.txt"], ["a.txt", "c.json"]),
    ],
)
def test_several_articles_are_json_lines_sorted_by_source(run, paths, expected):
    result = run("run", *paths)
    assert sources(result.stdout) == expected
    assert run("run", *paths[::-1]).stdout == result.stdout


def test_twice_the_same_bytes(run):
    for name in ("one.jsonl", "two.jsonl"):
        assert run("run", "in", "--metadata", "meta.json", "-o", f"out/{name}").exit_code == 0
    assert Path("out/one.jsonl").read_bytes() == Path("out/two.jsonl").read_bytes()


def test_neither_hash_seed_nor_zone_nor_locale_nor_order_decides(tmp_path):
    """All samples, in one order and the other, in two very different surroundings."""
    samples = sorted(str(p) for p in (Path(__file__).parent.parent / "samples/articles").iterdir())
    surroundings = [
        {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
    ]
    outputs = []
    for order, extra in zip((samples, samples[::-1]), surroundings, strict=True):
        output = tmp_path / f"{len(outputs)}.jsonl"
        result = process("run", *order, "-q", "-o", str(output), env=os.environ | extra, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1]


def test_the_output_file_appears_whole_and_is_replaced(run):
    Path("old.json").write_text("old")
    assert run("run", "in/a.txt", "-o", "old.json").stdout == ""
    assert json.loads(Path("old.json").read_text())["article"]["source"] == "a.txt"
    assert [p.name for p in Path.cwd().iterdir() if p.name.startswith(".")] == [".old.json.journal"]


@pytest.mark.parametrize("output", ["out/", "there"])
def test_a_folder_gets_one_file_for_each_input(run, output):
    Path("there").mkdir()
    assert run("run", "in", "-o", output).exit_code == 0
    written = {
        p.relative_to(output).as_posix(): p.read_text()
        for p in Path(output).rglob("*")
        if p.is_file() and ".journal" not in p.parts
    }
    assert sorted(written) == ["a.txt.json", "b.txt.json", "sub/c.json.json", "two.jsonl.jsonl"]
    assert json.loads(written["sub/c.json.json"])["article"]["source"] == "sub/c.json"
    assert len(rows(written["two.jsonl.jsonl"])) == 2


def test_a_folder_can_be_its_own_output(run):
    first = run("run", "in", "-o", "in/")
    second = run("run", "in", "-o", "in")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.stderr.count("W103") == 4
    assert "9 read: 0 done, 9 skipped (5 done before), 0 rejected" in second.stderr


def test_two_inputs_for_one_file_are_refused(run):
    Path("other").mkdir()
    Path("other/a.txt").write_text(NEWS)
    result = run("run", "in", "other", "-o", "out/")
    assert result.exit_code == 2
    assert "C008" in result.stderr
    assert "W106" in run("run", "in", "other").stderr


def test_the_text_comes_along_when_asked_for(run):
    assert json.loads(run("run", "in/b.txt", "--with-text").stdout)["article"]["text"] == NEWS
    assert json.loads(run("run", "in/b.txt").stdout)["article"]["text"] is None


def test_officials_only(run):
    Path("in/d.txt").write_text("The ministry said rye was dear. Karl Lund, a miller, said rye was cheap.\n")
    assert len(json.loads(run("run", "in/d.txt").stdout)["statements"]) == 2
    (statement,) = json.loads(run("run", "in/d.txt", "--officials-only").stdout)["statements"]
    assert statement["speaker"]["official"]


@pytest.mark.parametrize(("least", "kept"), [("0", 1), ("0.01", 1), ("1", 0)])
def test_min_confidence(run, least, kept):
    found = json.loads(run("run", "in/b.txt", "--min-confidence", least).stdout)
    assert len(found["tariffs"]) == kept
    assert [len(s["tariffs"]) for s in found["statements"]] == [kept]


@pytest.mark.parametrize("least", ["1.5", "-0.1", "high"])
def test_a_confidence_is_a_share(run, least):
    assert run("run", "in/b.txt", "--min-confidence", least).exit_code == 2


# ---------------------------------------------------------------- dates and metadata


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], [None, None, "2021-07-02", None, None]),
        (["--published", "2019-05-05"], ["2019-05-05", "2019-05-05", "2021-07-02", "2019-05-05", "2019-05-05"]),
        (["--metadata", "meta.json"], ["2020-03-04", None, "2021-07-02", None, None]),
        (
            ["--metadata", "meta.json", "--published", "2019-05-05"],
            ["2020-03-04", "2019-05-05", "2021-07-02", "2019-05-05", "2019-05-05"],
        ),
    ],
)
def test_publication_dates(run, arguments, expected):
    result = run("run", "in", *arguments)
    assert [row["article"]["published"] for row in rows(result.stdout)] == expected
    assert {row["article"]["published_basis"] for row in rows(result.stdout)} <= {"given", "unknown"}
    assert ("W105" in result.stderr) == (None in expected)
    assert ("W107" in result.stderr) == ("--metadata" in arguments)


# ---------------------------------------------------------------- what is never read, what is rejected


def test_the_runs_own_files_are_skipped(run):
    Path("meta.json").rename("in/meta.json")
    arguments = ["run", "in", "--metadata", "in/meta.json", "-o", "in/out.jsonl", "--rejects", "in/rejects.jsonl"]
    run(*arguments)
    result = run(*arguments)
    assert result.exit_code == 0
    assert "8 read: 0 done, 8 skipped (5 done before), 0 rejected" in result.stderr
    assert sources(Path("in/out.jsonl").read_text()) == SOURCES


@pytest.mark.parametrize("option", ["-o", "--rejects"])
def test_an_article_is_never_overwritten(run, option):
    result = run("run", "in", option, "in/a.txt")
    assert (result.exit_code, "C007" in result.stderr) == (2, True)
    assert Path("in/a.txt").read_text() == PLAIN


def test_bad_inputs_are_rejected_and_the_others_go_on(run):
    result = run("run", "bad", "--rejects", "rejects.jsonl")
    assert result.exit_code == 1
    assert sources(result.stdout) == ["good.txt"]
    assert "6 read: 1 done, 0 skipped, 5 rejected" in result.stderr
    found = rows(Path("rejects.jsonl").read_text())
    assert {row["path"]: (row["stage"], row["code"]) for row in found} == {
        "bad/broken.json": ("read", "R006"),
        "bad/empty.txt": ("read", "R001"),
        "bad/french.txt": ("read", "R009"),
        "bad/image.txt": ("read", "R002"),
        "bad/page.html": ("read", "R008"),
    }
    for row in found:
        assert f"error: {row['code']} {row['path']}: {row['message']}" in result.stderr
        assert row["hint"]
        assert row["hint"] in result.stderr


@pytest.mark.parametrize(("most", "code", "rejected"), [("0", 3, 1), ("2", 3, 3), ("5", 1, 5)])
def test_too_many_failures_stop_the_run(tree, most, code, rejected):
    result = tree("run", "bad", "--max-failures", most, "-o", "out.jsonl", "--workers", "1")  # others would finish what they have
    assert result.exit_code == code
    assert f"{rejected} rejected" in result.stderr
    assert Path("out.jsonl").exists() == (code == 1)


def test_quiet_leaves_errors_only(run):
    assert run("run", "in/a.txt", "-q").stderr == ""
    assert run("run", "bad", "-q").stderr.count("\n") == 5


# ---------------------------------------------------------------- wrong usage, places that cannot be written to


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run"], "PATH"),
        (["run", "nowhere"], "C001"),
        (["run", "in", "--published", "yesterday"], "C002"),
        (["run", "in", "--metadata", "none.json"], "C003"),
        (["run", "in", "--metadata", "in/a.txt"], "C003"),
        (["run", "in", "--model", "no_such_model"], "C004"),
        (["run", "in", "--model", "in"], "C004"),
        (["run", "in", "--max-bytes", "0"], "max-bytes"),
        (["run", "in", "--max-failures", "-1"], "max-failures"),
        (["run", "in", "-o", "x.jsonl", "--rejects", "x.jsonl"], "C006"),
        (["run", "in", "--no-such-option"], "no-such-option"),
        (["nonsense"], "nonsense"),
        (["evaluate", "nowhere", "in"], "nowhere"),
        (["show", "nowhere"], "C001"),
    ],
)
def test_wrong_usage_is_code_2(run, arguments, says):
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "in", "-o", "/dev/full"],
        ["run", "in", "-o", "meta.json/out.jsonl"],
        ["run", "in", "-o", "meta.json/"],
        ["run", "in", "--rejects", "meta.json/rejects.jsonl"],
        ["run", "bad", "--rejects", "/dev/full"],
    ],
)
def test_an_output_that_cannot_be_written_is_code_4(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 4
    assert "error: O001" in result.stderr
    assert not [p for p in Path.cwd().rglob("*") if p.name.endswith(".tmp")]


@pytest.mark.parametrize("arguments", [["run", "in"], ["schema"], ["--help"]])
def test_a_full_stdout_is_code_4(tree, arguments):
    with Path("/dev/full").open("w") as full:
        result = process(*arguments, stdout=full, capture_output=False, stderr=subprocess.PIPE)
    assert (result.returncode, result.stderr.count("O001"), "Traceback" in result.stderr) == (4, 1, False)


# ---------------------------------------------------------------- pipes and signals


@pytest.mark.parametrize(("content", "source"), [(PLAIN, "stdin"), (json.dumps({"text": PLAIN}), "stdin")])
def test_stdin(content, source):
    result = process("run", "-", "--published", "2021-07-02", input=content)
    assert (result.returncode, json.loads(result.stdout)["article"]["source"]) == (0, source)


def test_a_closed_pipe_ends_the_run_quietly(tree):
    many(400)
    shell = f"{sys.executable} -m extractor run many -q | head -n 1"
    result = subprocess.run(["bash", "-o", "pipefail", "-c", shell], check=False, capture_output=True, text=True, timeout=120)
    assert (result.returncode, result.stderr) == (0, "")
    assert sources(result.stdout) == ["0000.txt"]


@pytest.mark.parametrize(("output", "number"), [(None, signal.SIGINT), ("out.jsonl", signal.SIGINT), (None, signal.SIGTERM)])
def test_an_interruption_keeps_whole_lines(tree, output, number):
    many(2000)
    command = [
        sys.executable,
        "-m",
        "extractor",
        "run",
        "many",
        *(["-o", output] if output else []),
        "--rejects",
        "rejects.jsonl",
    ]
    Path("many/0003.txt").write_text("")  # its message tells that the run is under way
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, preexec_fn=heed_interrupts, **pipes) as child:  # noqa: PLW1509 - no threads here
        assert "R001" in child.stderr.readline()
        child.send_signal(number)
        out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    kept = Path(".out.jsonl.journal/part.jsonl").read_text() if output else out
    if output:  # in the order in which they were done
        assert all(source.startswith("0") for source in sources(kept))
    else:
        assert sources(kept)[:4] == ["0000.txt", "0001.txt", "0002.txt", "0004.txt"][: len(rows(kept))]
    assert not Path("out.jsonl").exists()
    assert not list(Path.cwd().glob(".extractor-*"))


def heed_interrupts() -> None:
    """Undoes what a background job of a shell inherits, which is to ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def many(count: int) -> None:
    """A folder of so many small articles."""
    Path("many").mkdir()
    for number in range(count):
        Path(f"many/{number:04}.txt").write_text(PLAIN)


# ---------------------------------------------------------------- the other commands


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"], ["show", "--help"]])
def test_help_is_light(arguments):
    heavy = (
        "sqlalchemy",
        "duckdb",
        "pyarrow",
        "psycopg",
        "spacy",
        "dateparser",
        "trafilatura",
        "lxml",
        "htmldate",
        "numpy",
        "py3langid",
        "charset_normalizer",
    )
    code = (
        "import sys; from extractor.cli import app\n"
        "try: app(sys.argv[1:])\n"
        f"finally: print([m for m in {heavy} if m in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    assert result.stderr.strip() == "[]"
    assert result.stdout


@pytest.mark.parametrize(
    "option",
    [
        "--output",
        "--published",
        "--metadata",
        "--rejects",
        "--model",
        "--max-bytes",
        "--with-text",
        "--officials-only",
        "--min-confidence",
        "--max-failures",
        "--quiet",
    ],
)
def test_run_documents_each_option(run, option):
    assert option in run("run", "--help").stdout


def test_schema_is_the_outputs(run):
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"article", "tariffs", "statements"} <= set(schema["properties"])


@pytest.mark.parametrize(
    "word", ["tariff-extractor", "Python", "platform", "spacy", "trafilatura", "en_tariff_news", "model sha256"]
)
def test_info_has_what_a_bug_report_needs(run, word):
    assert word in run("info").stdout


@pytest.mark.parametrize(
    ("before", "arguments"),
    [
        (None, ["in/b.txt"]),
        (["in/b.txt", "-o", "x.json", "--with-text"], ["x.json"]),
        (["in/b.txt", "-o", "x.json"], ["x.json", "--article", "in/b.txt"]),
        (["in/b.txt", "in/a.txt", "-o", "x.jsonl", "--with-text"], ["x.jsonl"]),
    ],
)
def test_show_takes_an_article_or_an_extraction(run, before, arguments):
    if before:
        assert run("run", *before).exit_code == 0
    result = run("show", *arguments)
    assert result.exit_code == 0
    assert "Canada taxes steel" in result.stdout


def test_show_refuses_a_broken_extraction(run):
    Path("x.json").write_text('{"schema_version": "1.0"}')
    result = run("show", "x.json")
    assert (result.exit_code, "C006" in result.stderr) == (2, True)


def test_show_rejects_what_is_no_article(run):
    result = run("show", "bad/french.txt")
    assert (result.exit_code, "R009" in result.stderr) == (1, True)


def test_evaluate_scores_an_extraction_against_itself(run):
    run("run", "in", "-o", "x.jsonl")
    result = run("evaluate", "x.jsonl", "x.jsonl", "--errors")
    assert result.exit_code == 0
    assert "1.00" in result.stdout
    data = json.loads(run("evaluate", "x.jsonl", "x.jsonl", "--json").stdout)
    assert {"rows", "slots", "errors"} <= data.keys()


def test_the_module_is_the_command(tmp_path):
    result = process("--version", cwd=tmp_path, env={**os.environ})
    assert result.stdout.startswith("tariff-extractor ")
