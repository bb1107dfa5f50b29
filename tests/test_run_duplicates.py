"""A run marks duplicates, or leaves them out: alike for any number of workers, any output, and whatever runs went before."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path

import pytest

from extractor.batch import Options, run_batch
from extractor.errors import ConfigError
from extractor.writers.duplicates import marked
from tests.faulty import FaultyJob
from tests.test_batch import Listener
from tests.test_duplicates import EVENT, PARAGRAPHS, TEXT

SALMON, SHRIMP, TILES = "Norway doubles its salmon duty.", "Denmark drops its shrimp quota.", "Turkey asks for talks on tiles."
FILES = {"a.txt": SALMON, "b.txt": SHRIMP, "c.txt": SALMON, "d.txt": f"{SALMON} SLOW", "e.txt": TILES, "f.txt": SALMON}
"""c and f have the text of a."""


class Runs:
    """Runs over a folder `in`, with work that is faulty where an article says so."""

    def __init__(self, root: Path) -> None:
        self.root, self.place = root, root / "in"
        self.place.mkdir()

    def put(self, files: dict[str, str | None]) -> None:
        for name, text in files.items():
            if text is None:
                (self.place / name).unlink(missing_ok=True)
            else:
                (self.place / name).write_text(text)

    def go(self, output: str | None = "out.jsonl", *, job=FaultyJob, **options):
        place = {} if output is None else {"output": str(self.root / output)}
        chosen = Options(paths=(str(self.place),), **place, **{"workers": 2, **options})
        return run_batch(chosen, Listener(), job=job)

    def marks(self, output: str = "out.jsonl") -> dict[str, str | None]:
        """For each source in the output the source that it duplicates."""
        place = self.root / output
        files = [place] if place.is_file() else sorted(place.glob("*.txt.json")) + sorted(place.glob("*.jsonl.jsonl"))
        said = [json.loads(line)["article"] for file in files for line in rows(file)]
        sources = {article["id"]: article["source"] for article in said} | {None: None}
        return {article["source"]: sources[article["duplicate_of"]] for article in said}


def rows(file: Path) -> list[str]:
    text = file.read_text()
    return [text] if file.suffix == ".json" else text.splitlines()


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


MARKED = {"a.txt": None, "b.txt": None, "c.txt": "a.txt", "d.txt": None, "e.txt": None, "f.txt": "a.txt"}


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("unordered", [False, True])
@pytest.mark.parametrize("output", ["out.jsonl", "out/"])
def test_marked_in_the_order_of_the_inputs(runs, output, workers, unordered):
    (runs.root / "out").mkdir()
    runs.put({**FILES, "a.txt": f"{SALMON} SLOW", "d.txt": SALMON})  # the first is done last, and d is as c
    summary = runs.go(output, workers=workers, unordered=unordered)
    assert runs.marks(output) == {**MARKED, "c.txt": None, "d.txt": "c.txt", "f.txt": "c.txt"}
    assert (summary.done, summary.skipped, summary.duplicates, summary.left_out) == (6, 0, 2, 0)
    assert str(summary).endswith("; 2 marked as duplicates")


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("output", ["out.jsonl", "out/"])
def test_left_out_and_counted(runs, output, workers):
    (runs.root / "out").mkdir()
    runs.put(FILES)
    first = runs.go(output, workers=workers, skip_duplicates=True)
    assert runs.marks(output) == {name: None for name, original in MARKED.items() if not original}
    assert (first.read, first.done, first.skipped, first.left_out, first.duplicates) == (6, 4, 2, 2, 2)
    assert "2 skipped (2 duplicates)" in str(first)
    assert first.as_dict()["duplicates_skipped"] == 2
    again = runs.go(output, skip_duplicates=True)
    assert (again.read, again.done, again.skipped, again.unchanged, again.left_out) == (6, 0, 6, 4, 2)
    assert "6 skipped (4 done before, 2 duplicates)" in str(again)


@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("unordered", [False, True])
def test_on_stdout(runs, inline, capfd, skip, unordered):
    runs.put({**FILES, "a.txt": f"{SALMON} SLOW", "d.txt": f"{SALMON} SLOW"})
    runs.go(None, workers=3, skip_duplicates=skip, unordered=unordered)
    said = [json.loads(line)["article"] for line in capfd.readouterr().out.splitlines()]
    told = [(article["source"][0], bool(article["duplicate_of"])) for article in said]
    assert told == [(name, name in "df") for name in "abcdef" if not (skip and name in "df")]


def test_an_original_that_was_rejected_is_none(runs, inline):
    runs.put({**FILES, "a.txt": f"{SALMON} FAIL", "b.txt": f"{SALMON} FAIL"})
    runs.go(skip_duplicates=True)
    assert runs.marks() == {"c.txt": None, "d.txt": None, "e.txt": None}


def test_articles_of_one_file(runs, inline):
    lines = [json.dumps({"text": text}) for text in (SALMON, SHRIMP, SALMON, f"{TILES} FAIL", TILES, SHRIMP)]
    runs.put({"many.jsonl": "\n".join(lines), "z.txt": TILES})
    (runs.root / "out").mkdir()
    for output in ("out.jsonl", "out/"):
        runs.go(output)
        expected = {f"many.jsonl#{n}": None for n in (1, 2, 5)}
        expected |= {"many.jsonl#3": "many.jsonl#1", "many.jsonl#6": "many.jsonl#2", "z.txt": "many.jsonl#5"}
        assert runs.marks(output) == expected
        summary = runs.go(output, skip_duplicates=True)
        assert set(runs.marks(output)) == {f"many.jsonl#{n}" for n in (1, 2, 5)}
        assert (summary.done, summary.unchanged, summary.left_out, summary.rejected) == (0, 3, 3, 1)


CHANGES: list[tuple[str, dict[str, str | None], bool]] = [
    ("the original goes", {"a.txt": None}, False),
    ("an earlier original comes", {"0.txt": SALMON, "a.txt": SALMON}, False),
    ("duplicates are left out", {}, True),
    ("the original is another story now", {"0.txt": TILES}, True),
    ("duplicates are wanted again", {}, False),
    ("nothing changes", {}, False),
    ("all is one story", {"b.txt": SALMON, "d.txt": SALMON, "e.txt": SALMON}, True),
    ("all are different", {"c.txt": "Peru cuts a duty.", "f.txt": "Kenya cuts a duty.", "e.txt": "Japan cuts a duty."}, True),
]


@pytest.mark.parametrize("output", ["out.jsonl", "out/"])
def test_across_runs(runs, inline, output):
    """Whatever was there before, a run ends as one that starts afresh, and extracts what is new only."""
    (runs.root / "out").mkdir()
    (runs.root / "fresh").mkdir()
    runs.put(FILES)
    runs.go(output)
    for what, files, skip in CHANGES:
        runs.put(files)
        summary = runs.go(output, skip_duplicates=skip)
        fresh = runs.go(output.replace("out", "fresh"), skip_duplicates=skip, force=True)
        assert contents(runs.root, "out", runs.place) == contents(runs.root, "fresh", runs.place), what
        assert (summary.read, summary.left_out, summary.duplicates) == (fresh.read, fresh.left_out, fresh.duplicates), what
        changed = sum(text is not None for text in files.values())
        assert summary.done <= changed, what


def contents(root: Path, stem: str, inputs: Path) -> dict[str, bytes]:
    """What a run wrote, for the inputs that are there."""
    found = {}
    for path in (p for p in root.rglob("*") if p.is_file()):
        parts = path.relative_to(root).parts
        if parts[0] == f"{stem}.jsonl":
            found["all"] = path.read_bytes()
        elif parts[0] == stem and ".journal" not in parts and (inputs / path.name.removesuffix(".json")).is_file():
            found[path.name] = path.read_bytes()
    return found


@pytest.mark.parametrize("output", ["out.jsonl", "out/"])
@pytest.mark.parametrize("seed", range(20))
def test_any_history_ends_alike(runs, inline, output, seed):
    rng = random.Random(seed)
    (runs.root / "out").mkdir()
    (runs.root / "fresh").mkdir()
    for _ in range(5):
        runs.put({f"{n}.txt": rng.choice([SALMON, SHRIMP, TILES, None]) for n in rng.sample(range(9), 4)})
        skip = rng.random() < 0.5
        runs.go(output, skip_duplicates=skip, workers=rng.randint(1, 3))
        runs.go(output.replace("out", "fresh"), skip_duplicates=skip, workers=1, force=True)
        assert contents(runs.root, "out", runs.place) == contents(runs.root, "fresh", runs.place)


VERSIONS = {
    "a.txt": TEXT,
    "b.txt": f"By Kari Hansen\n\nOSLO (Other Wire) - {TEXT}",
    "c.txt": f"(Corrects the value of trade)\n\n{TEXT.replace('140 million', '410 million')}",
    "d.txt": "\n\n".join(PARAGRAPHS[:2] + PARAGRAPHS[3:]),
    "e.txt": EVENT,
}
"""The original; another outlet's; a corrected one; a shortened one; and another story on the same event."""


def test_versions_of_a_story_with_the_real_work(runs):
    from extractor.job import Job

    runs.put(VERSIONS)
    summary = runs.go(job=Job, workers=1)
    assert runs.marks() == {"a.txt": None, "b.txt": "a.txt", "c.txt": "a.txt", "d.txt": "a.txt", "e.txt": None}
    assert (summary.done, summary.duplicates) == (5, 3)
    left = runs.go(job=Job, workers=1, skip_duplicates=True)
    assert runs.marks() == {"a.txt": None, "e.txt": None}
    assert (left.done, left.unchanged, left.left_out) == (0, 2, 3)


@pytest.mark.parametrize(
    ("line", "original", "expected"),
    [
        ('{"duplicate_of":null}', "ab", '{"duplicate_of":"ab"}'),
        ('{"duplicate_of": null}', "ab", '{"duplicate_of": "ab"}'),
        ('{"duplicate_of":"ab"}', "", '{"duplicate_of":null}'),
        ('{"duplicate_of":"ab"}', "cd", '{"duplicate_of":"cd"}'),
        (
            '{"title":"\\"duplicate_of\\":null","duplicate_of":null}',
            "ab",
            '{"title":"\\"duplicate_of\\":null","duplicate_of":"ab"}',
        ),
        ('{"duplicate_of":null}', 'a"\\1', '{"duplicate_of":"a\\"\\\\1"}'),
    ],
)
def test_marking_a_line(line, original, expected):
    assert marked(line.encode(), original).decode() == expected


def test_a_database_marks_duplicates_in_the_order_of_paths_and_leaves_none_out(runs: Runs) -> None:
    runs.put(FILES)
    for _ in range(2):  # the second run has nothing to do, and marks alike
        runs.go("out.db")
        with sqlite3.connect(runs.root / "out.db") as database:
            told = database.execute(
                "SELECT a.source, b.source FROM articles a LEFT JOIN articles b ON b.id = a.duplicate_of ORDER BY a.source"
            ).fetchall()
        assert told == [(name, "a.txt" if name in ("c.txt", "f.txt") else None) for name in sorted(FILES)]
    runs.put({"a.txt": None, "c.txt": TILES})
    runs.go("out.db")
    with sqlite3.connect(runs.root / "out.db") as database:
        told = dict(database.execute("SELECT source, duplicate_of IS NOT NULL FROM articles").fetchall())
    assert told["e.txt"] == 1
    assert told["f.txt"] == 1, "an article whose input is gone stays in a database, and so does what repeats it"
    with pytest.raises(ConfigError, match="C006"):
        runs.go("out.db", skip_duplicates=True)
