"""Files are either old or complete."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from extractor.errors import OutputError
from extractor.writers.atomic import AtomicFile


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file())


def test_nothing_is_seen_before_the_commit(tmp_path):
    target = tmp_path / "new/sub/out.json"
    file = AtomicFile(target)
    file.write(b"complete")
    assert not target.exists()
    file.commit()
    assert target.read_bytes() == b"complete"
    assert names(tmp_path) == ["out.json"]


def test_the_old_file_stays_until_the_commit(tmp_path):
    target = tmp_path / "out.json"
    target.write_bytes(b"old")
    file = AtomicFile(target)
    file.write(b"new")
    assert target.read_bytes() == b"old"
    file.discard()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["out.json"]


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")
    file = AtomicFile(tmp_path / "link.json")
    file.write(b"new")
    file.commit()
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_the_rights_are_those_of_any_new_file(tmp_path):
    file = AtomicFile(tmp_path / "a")
    file.commit()
    (tmp_path / "b").touch()
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "b").stat().st_mode)


@pytest.mark.parametrize("name", ["file/out.json", "x" * 300])
def test_a_place_that_cannot_be_written_to_is_told_at_once(tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="O001"):
        AtomicFile(tmp_path / name)


@pytest.mark.parametrize("device", ["/dev/full"])
def test_a_device_is_written_to_and_never_replaced(device):
    file = AtomicFile(Path(device))
    with pytest.raises(OutputError, match="No space left"):
        file.write(b"x" * 100_000)
    file.discard()
    assert stat.S_ISCHR(Path(device).stat().st_mode)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="O001"):
        AtomicFile(tmp_path / "out.json")


def test_a_failing_rename_leaves_nothing(tmp_path, monkeypatch):
    file = AtomicFile(tmp_path / "out.json")
    file.write(b"new")

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="Input/output error"):
        file.commit()
    assert names(tmp_path) == []
