"""What a user installs: sdist -> wheel -> installed elsewhere, run from another folder without the checkout."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = re.compile(
    r"extractor/(?:[a-z_]+/)*[a-z0-9_]+\.(?:py|jsonl|toml|typed|tsv)|extractor/py\.typed|extractor/_model/[A-Za-z0-9_/.]+"
    r"|tariff_extractor-[0-9.]+\.dist-info/(?:METADATA|WHEEL|RECORD|entry_points\.txt|licenses/LICENSE)"
)
RUN = """
import sys
sys.path.insert(0, sys.argv[1])
sys.argv[1:] = sys.argv[2:]
import extractor
assert extractor.__file__.startswith(sys.path[0]), extractor.__file__
from extractor.cli import main
main()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist."""
    place = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (found,) = place.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as pip installs it."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target", str(target), str(wheel)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return target


def test_the_wheel_holds_nothing_stray(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [n for n in names if not ALLOWED.fullmatch(n)] == []
    assert "extractor/_model/meta.json" in names
    assert "extractor/py.typed" in names


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["info"], "model from            the package"),
        (["run", str(ROOT / "samples/articles/honey-2004.txt"), "--published", "2004-06-17"], '"source": "honey-2004.txt"'),
    ],
)
def test_it_runs_elsewhere_on_its_own(installed, tmp_path, arguments, expected):
    command = [sys.executable, "-I", "-c", RUN, str(installed), *arguments]
    result = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr
    assert expected in result.stdout
    if arguments[0] == "run":
        assert json.loads(result.stdout)["generator"]["model"].startswith("en_tariff_news")
