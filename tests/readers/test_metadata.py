"""The metadata file: whose entry holds, and what makes it unusable."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from pages import PAGE

from extractor.errors import ConfigError
from extractor.readers import Metadata, find_inputs, load_metadata, read
from extractor.settings import Settings

TEXT = "Canada will put a 25% duty on steel from the United States, the minister said."


def load(tmp_path: Path, content: object, name: str = "meta.json") -> Metadata:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return load_metadata(path)


@pytest.mark.parametrize(
    ("source", "part", "publisher"),
    [
        ("sub/a.txt", "", "by path"),
        ("other/a.txt", "", "by name"),
        ("a.txt", "", "by name"),
        ("b.jsonl", "7", "by part"),
        ("b.jsonl", "8", "by file"),
        ("c.txt", "", None),
    ],
)
def test_the_most_exact_entry_holds(tmp_path, source, part, publisher):
    rows = {"sub/a.txt": "by path", "./a.txt": "by name", "b.jsonl": "by file", "b.jsonl#7": "by part"}
    metadata = load(tmp_path, {key: {"publisher": value} for key, value in rows.items()})
    assert metadata.of(source, part).get("publisher") == publisher


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.json", '{"a.txt": {"published": "2021-07-02", "authors": ["Jane Roe", "John Doe"], "unknown": 1, "url": null}}'),
        ("m.json", '\ufeff[{"path": "a.txt", "published": "2021-07-02", "authors": ["Jane Roe", "John Doe"]}]'),
        ("m.csv", "path,published,authors,url,note\na.txt,2021-07-02,Jane Roe; John Doe,,x\n"),
        ("m.csv", '\ufeffpublished,path,authors\r\n2021-07-02,a.txt,"Jane Roe;John Doe"\r\n'),
    ],
)
def test_forms(tmp_path, name, content):
    fields = load(tmp_path, content, name).of("a.txt")
    assert fields == {
        "published": date(2021, 7, 2),
        "published_at": None,
        "published_basis": "given",
        "authors": ("Jane Roe", "John Doe"),
    }


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("{", "meta.json"),
        ("[1]", "path"),
        ('{"a.txt": 5}', "a.txt"),
        ('{"a.txt": {"published": "soon"}}', "published"),
        ('{"a.txt": {"published": 2021}}', "published"),
        ('{"a.txt": {"authors": 5}}', "authors"),
        ("name,published\na.txt,2021-07-02\n", "path"),
        ("path,published\na.txt,2021-02-30\n", "published"),
    ],
)
def test_an_unusable_file_is_refused(tmp_path, content, names):
    with pytest.raises(ConfigError, match=rf"C003.*{names}"):
        load(tmp_path, content)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"C003.*No such file"):
        load_metadata(tmp_path / "none.json")


def test_unused_entries_are_known(tmp_path):
    metadata = load(tmp_path, {"a.txt": {}, "b.txt": {}})
    metadata.of("sub/a.txt")
    assert metadata.unused() == ["b.txt"]


def test_the_metadata_file_overrides_and_the_flag_fills(tmp_path, read_bytes):
    metadata = load(
        tmp_path, {"a.html": {"published": "2020-01-31", "title": "Another title"}, "a.txt": {"title": "A name only"}}
    )
    flag = date(2019, 5, 5)
    (page,) = read_bytes(PAGE, "a.html", metadata=metadata, published=flag)
    assert (page.published, page.published_basis, page.publisher) == (date(2020, 1, 31), "given", "Northern Wire")
    assert page.text.startswith("Another title\n\nOTTAWA")
    (dated,) = read_bytes(PAGE, "b.html", metadata=metadata, published=flag)
    assert dated.published == date(2021, 7, 2)
    (text,) = read_bytes(TEXT, "a.txt", metadata=metadata, published=flag)
    assert (text.published, text.published_basis) == (flag, "given")
    assert (text.text, text.title, text.body_start) == (TEXT, "A name only", 0)


def test_an_id_is_of_the_url_that_the_metadata_gives(tmp_path):
    (tmp_path / "x").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "x" / name).write_text(TEXT)
    metadata = load(tmp_path, {name: {"url": "https://wire.example/1"} for name in ("a.txt", "b.txt")})
    ids = [next(read(i, Settings(), metadata)).id for i in find_inputs([str(tmp_path / "x")])]
    assert ids[0] == ids[1]
