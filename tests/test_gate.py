"""The gate must be able to fail: a fake extractor over a tiny invented set."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", Path(__file__).with_name("gate.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["gate"] = module
    spec.loader.exec_module(module)
    return module


gate = _load()


def record(name: str, *rates: float, status: str = "announced") -> dict[str, Any]:
    tariffs = [{"imposer": {"code": "NO"}, "rate": {"percent": rate}, "status": status} for rate in rates]
    return {"article": {"source": name}, "tariffs": tariffs}


GOLD = [record("a.txt", 10, 20), record("b.txt", 5)]
PERFECT, WORSE = GOLD, [record("a.txt", 10), record("b.txt", 5)]


class Bench:
    """A set in a folder, its floors, and a fake extractor that gives `found`."""

    def __init__(self, folder: Path) -> None:
        self.floors, self.found = folder / "floors.json", PERFECT
        self.set = gate.GoldSet("tiny", folder / "articles", folder / "expected", folder / "metadata.json")
        for name in ("articles", "expected"):
            (folder / name).mkdir()
        (folder / "articles" / "a.txt").write_text("Norway will tax snow.")
        for gold in GOLD:
            (folder / "expected" / f"{gold['article']['source']}.json").write_text(json.dumps(gold))

    def run(self, *arguments: str, found: Any = None) -> int:
        self.found = self.found if found is None else found
        return gate.main(arguments, [self.set], self.floors, self._extract)  # type: ignore[no-any-return]

    def _extract(self, gold: Any) -> Iterator[str]:
        return iter(map(json.dumps, self.found))

    @property
    def pinned(self) -> dict[str, float]:
        floors: dict[str, float] = json.loads(self.floors.read_text())["tiny"]["floors"]
        return floors


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench whose floors are pinned at perfect scores."""
    made = Bench(tmp_path)
    assert made.run("--update") == 0
    assert made.pinned["tariff cells"] == 1
    return made


def test_without_floors_the_gate_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Bench(tmp_path).run() == 1
    assert "no floors yet" in capsys.readouterr().out


def test_equal_scores_pass(bench: Bench) -> None:
    assert bench.run() == 0


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (WORSE, "tariff cells: 0.800 is below its floor 1.000"),
        ([record("a.txt", 10, 20, status="ended"), GOLD[1]], "slot: tariff status: 0.333 is below its floor 1.000"),
        ([record("a.txt", 10, 20), record("b.txt", 7)], "tariff cells: 0.667 is below its floor 1.000"),
        ([GOLD[0]], "1 gold article(s) have no extraction, such as b.txt"),
        ([record("a.txt"), record("b.txt")], "slot: tariff status: not scored any more"),
    ],
)  # fmt: skip
def test_a_lowered_score_fails(bench: Bench, capsys: pytest.CaptureFixture[str], found: Any, named: str) -> None:
    assert bench.run(found=found) == 1
    assert named in capsys.readouterr().out


def test_an_exchanged_imposer_and_target_fails() -> None:
    assert gate.judge({"wrong direction": -1.0}, {"wrong direction": 0.0}).failures
    assert not gate.judge({"wrong direction": 0.0}, {"wrong direction": -1.0}).failures


def changed_gold(bench: Bench) -> None:
    (bench.set.gold / "b.txt.json").write_text(json.dumps(record("b.txt", 6)))


def changed_article(bench: Bench) -> None:
    (bench.set.articles / "a.txt").write_text("Norway will tax rain.")


def new_article(bench: Bench) -> None:
    (bench.set.articles / "c.txt").write_text("Norway will tax rain.")


def renamed_gold(bench: Bench) -> None:
    (bench.set.gold / "b.txt.json").rename(bench.set.gold / "c.txt.json")


def changed_metadata(bench: Bench) -> None:
    bench.set.metadata.write_text("{}")


@pytest.mark.parametrize("change", [changed_gold, changed_article, new_article, renamed_gold, changed_metadata])
def test_changed_gold_fails_until_it_is_pinned(
    bench: Bench, capsys: pytest.CaptureFixture[str], change: Callable[[Bench], None]
) -> None:
    change(bench)
    assert bench.run() == 1
    assert "articles or gold have changed" in capsys.readouterr().out
    if change is not changed_gold:
        assert bench.run("--update") == 0
        assert bench.run() == 0


def test_update_raises_floors(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    assert bench.run("--update", found=WORSE) == 0
    assert bench.pinned["tariff cells"] == 0.8
    assert bench.run("--update", found=PERFECT) == 0
    assert bench.pinned["tariff cells"] == 1
    assert bench.run(found=WORSE) == 1


def test_update_never_lowers_a_floor(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    before = bench.floors.read_bytes()
    assert bench.run("--update", found=WORSE) == 1
    assert bench.floors.read_bytes() == before
    assert "tariff cells: 0.800 is below its floor 1.000" in capsys.readouterr().out


def test_update_keeps_a_floor_that_a_score_misses_within_the_tolerance() -> None:
    verdict = gate.raise_floors({"people": 0.999}, {"people": 1.0}, allow_regression=False)
    assert (verdict.floors, verdict.failures) == ({"people": 1.0}, [])


def test_regression_can_be_allowed(bench: Bench) -> None:
    assert bench.run("--update", "--allow-regression", found=WORSE) == 0
    assert bench.pinned["tariff cells"] == 0.8
    assert bench.run() == 0


def test_regression_is_allowed_with_update_only(bench: Bench) -> None:
    with pytest.raises(SystemExit) as caught:
        bench.run("--allow-regression")
    assert caught.value.code == 2


@pytest.mark.parametrize(("value", "fails"), [(0.9, False), (0.8985, False), (0.897, True), (0.95, False)])
def test_tolerance(value: float, fails: bool) -> None:
    assert bool(gate.judge({"people": value}, {"people": 0.9}).failures) == fails


def test_a_score_without_a_floor_is_noted_only() -> None:
    verdict = gate.judge({"people": 0.9}, {})
    assert (verdict.failures, verdict.notes) == ([], ["people: 0.900 has no floor yet"])


@pytest.mark.parametrize("missing", ["articles", "gold", "scorer"])
def test_an_absent_set_is_skipped_and_said(bench: Bench, capsys: pytest.CaptureFixture[str], missing: str) -> None:
    before = bench.floors.read_bytes()
    parts = {"articles": bench.set.articles, "gold": bench.set.gold, "scorer": None, missing: bench.set.gold / "nowhere"}
    gone = gate.GoldSet("tiny", parts["articles"], parts["gold"], bench.set.metadata, parts["scorer"])
    assert gate.main([], [gone], bench.floors, bench._extract) == 0
    assert gate.main(["--update"], [gone], bench.floors, bench._extract) == 0
    assert capsys.readouterr().out == "tiny: skipped: not here\n" * 2
    assert json.loads(bench.floors.read_bytes()) == json.loads(before)


SCORER = """
import json, sys
print(json.dumps({"absent": [], "slots": {"status": [1, 2, 0.5]}, "scores": {
    "people": {"F1": 0.9, "fp": 1}, "wrong direction": {"F1": 0.0, "fp": 2}}}))
"""


def test_gold_of_another_form_is_scored_by_its_own_program(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "scorer.py").write_text(SCORER)
    foreign = gate.GoldSet("tiny", bench.set.articles, bench.set.gold, bench.set.metadata, tmp_path / "scorer.py")
    scores, absent = gate.score(foreign, bench._extract)
    assert scores == {"people": 0.9, "slot: status": 0.5, "wrong direction": -2}
    assert absent == []


def test_every_article_of_a_set_is_extracted(bench: Bench) -> None:
    """The real extractor; an input that is no article stops the gate."""
    from extractor import InputError

    assert [json.loads(line)["article"]["source"] for line in gate.extractions(bench.set)] == ["a.txt"]
    (bench.set.articles / "empty.txt").write_text("")
    with pytest.raises(InputError):
        list(gate.extractions(bench.set))
