"""PATH arguments -> inputs, in an order that names alone decide."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from extractor.errors import ConfigError, InputError
from extractor.readers import find_inputs, read
from extractor.settings import Settings


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deep/d.txt", ".hidden", ".git/x.txt", "Z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Canada will tax steel.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "sources"),
    [
        (["."], ["Z.txt", "a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt"]),
        (["sub"], ["c.txt", "deep/d.txt"]),
        (["sub/"], ["c.txt", "deep/d.txt"]),
        (["b.txt", "a.txt"], ["a.txt", "b.txt"]),
        (["sub/c.txt"], ["c.txt"]),
        (["a.txt", "./a.txt", "a.txt"], ["a.txt"]),
        (["sub", "b.txt", "a.txt"], ["a.txt", "b.txt", "c.txt", "deep/d.txt"]),
        ([".hidden"], [".hidden"]),
        (["-", "a.txt"], ["a.txt", "stdin"]),
    ],
)
def test_sources(tree, paths, sources):
    assert [i.source for i in find_inputs(paths)] == sources
    assert [i.source for i in find_inputs(paths[::-1])] == sources


def test_a_missing_path_is_wrong_usage(tree):
    with pytest.raises(ConfigError, match=r"C001.*nowhere"):
        find_inputs(["a.txt", "nowhere"])


def test_links_to_folders_are_not_followed(tree):
    (tree / "sub/loop").symlink_to(tree)
    (tree / "sub/link.txt").symlink_to(tree / "a.txt")
    found = {i.source: i for i in find_inputs(["sub"])}
    assert sorted(found) == ["c.txt", "deep/d.txt", "link.txt", "loop"]
    assert found["loop"].skip.code == "W104"


def test_the_runs_own_files_are_skipped(tree):
    found = find_inputs(["."], never=[tree / "b.txt", tree / "sub"])
    assert {i.source: i.skip and i.skip.code for i in found} == {"Z.txt": None, "a.txt": None, "b.txt": "W104", "sub": "W104"}


def test_what_is_no_regular_file_never_blocks(tree):
    os.mkfifo(tree / "sub/pipe.txt")
    (tree / "sub/dangling.txt").symlink_to(tree / "gone.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sub/s")
    codes = {}
    for item in find_inputs(["sub", "/dev/null"]):
        (first,) = read(item, Settings())
        codes[item.source] = first.code if isinstance(first, InputError) else "ok"
    assert codes == {"c.txt": "ok", "dangling.txt": "R003", "deep/d.txt": "ok", "null": "R012", "pipe.txt": "R012", "s": "R012"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_rights_are_rejected(tree):
    (tree / "a.txt").chmod(0)
    (tree / "sub").chmod(0)
    codes = {i.source: next(read(i, Settings())) for i in find_inputs(["."])}
    (tree / "sub").chmod(0o755)
    assert codes["a.txt"].code == codes["sub"].code == "R003"


def test_names_that_are_no_utf8_or_hold_controls_are_escaped(tree):
    Path("odd").mkdir()
    Path(os.fsdecode(b"odd/\xff.txt")).write_text("Canada will tax steel.")
    Path("odd/a\x1b[1m\n.txt").write_text("Canada will tax steel.")
    assert [i.source for i in find_inputs(["odd"])] == ["\\xff.txt", "a\\x1b[1m\\n.txt"]
