"""gzip and zip: member by member, bounded, names harmless, one broken member never stops the others."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import struct
import tempfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import ENGLISH, PAGE

from extractor import InputError
from extractor.readers import archives, entries, find_inputs, load_metadata
from extractor.readers.archives import member_name
from extractor.settings import Settings

LINE = json.dumps({"text": "Peru will keep its 9% duty on wool from Chile."}).encode()


def zipped(*members: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()


def places(read_bytes, data: bytes, name: str, **options: object) -> list[str]:
    """Source of each article, code and place of each error."""
    return [
        f"{a.code} {a.where[a.where.index(name) :]}" if isinstance(a, InputError) else a.source
        for a in read_bytes(data, name, **options)
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_of_several_formats(read_bytes, method):
    data = zipped(
        ("b.txt", ENGLISH),
        ("a/page", PAGE),
        ("a/lines.jsonl", LINE + b"\n" + LINE),
        ("c.txt.gz", gzip.compress(ENGLISH.encode())),
        method=method,
    )
    assert places(read_bytes, data, "x.zip") == [
        "x.zip!b.txt",
        "x.zip!a/page",
        "x.zip!a/lines.jsonl#1",
        "x.zip!a/lines.jsonl#2",
        "x.zip!c.txt.gz",
    ]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (gzip.compress(ENGLISH.encode()), ["x.gz"]),
        (gzip.compress(ENGLISH[:99].encode()) + gzip.compress(ENGLISH[99:].encode()), ["x.gz"]),
        (gzip.compress(LINE + b"\n" + LINE), ["x.gz#1", "x.gz#2"]),
        (gzip.compress(b""), ["R001 x.gz"]),
        (gzip.compress(ENGLISH.encode())[:-20], ["R016 x.gz"]),
        (gzip.compress(ENGLISH.encode())[:-4] + b"abcd", ["R016 x.gz"]),
        (gzip.compress(ENGLISH.encode()) + b"rubbish", ["R016 x.gz"]),
        (b"\x1f\x8b", ["R016 x.gz"]),
        (b"\x1f\x8b\x08\x00" + b"x" * 99, ["R016 x.gz"]),
        (gzip.compress(gzip.compress(ENGLISH.encode())), ["R019 x.gz"]),
        (gzip.compress(zipped(("a.txt", ENGLISH))), ["R019 x.gz"]),
        (gzip.compress(b"%PDF-1.7"), ["R002 x.gz"]),
        (bz2.compress(ENGLISH.encode()), ["R002 x.gz"]),
    ],
)
def test_gzip(read_bytes, data, found):
    assert places(read_bytes, data, "x.gz") == found


def test_lines_before_a_break_are_read(read_bytes):
    lines = b"\n".join(
        json.dumps({"text": f"Peru will keep its 9% duty on wool. {n} {hash(str(n))}"}).encode() for n in range(4000)
    )
    found = read_bytes(gzip.compress(lines)[:-1000], "x.jsonl.gz")
    assert len(found) > 3900
    assert [a.code for a in found if isinstance(a, InputError)] == ["R016"]


GOOD = ("z.txt", ENGLISH)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (zipped(GOOD), ["x.zip!z.txt"]),
        (zipped(), ["R023 x.zip"]),
        (zipped(("folder/", "")), ["R023 x.zip"]),
        (zipped((".hidden", ENGLISH), ("__MACOSX/._z.txt", ENGLISH), ("a/.git/x", ENGLISH)), ["R023 x.zip"]),
        (zipped(("a.txt", ""), GOOD), ["R001 x.zip!a.txt", "x.zip!z.txt"]),
        (zipped(("a.png", b"\x89PNG"), GOOD), ["R002 x.zip!a.png", "x.zip!z.txt"]),
        (zipped(("a.zip", zipped(GOOD)), GOOD), ["R019 x.zip!a.zip", "x.zip!z.txt"]),
        (zipped(("a.gz", gzip.compress(gzip.compress(b"x"))), GOOD), ["R019 x.zip!a.gz", "x.zip!z.txt"]),
        (zipped(("a.gz", gzip.compress(zipped(GOOD))), GOOD), ["R019 x.zip!a.gz", "x.zip!z.txt"]),
        (zipped(("a.gz", gzip.compress(ENGLISH.encode())[:-9]), GOOD), ["R016 x.zip!a.gz", "x.zip!z.txt"]),
        (zipped(("a.json", '{"schema_version": "1.0"}'), GOOD), ["R023 x.zip!a.json", "x.zip!z.txt"]),
        (zipped(GOOD, ("y.txt", ENGLISH)).replace(b"y.txt", b"z.txt"), ["x.zip!z.txt", "x.zip!z.txt~2"]),
        (zipped(("a.txt", ENGLISH), GOOD).replace(b"a.txt", b"\0.txt"), ["x.zip!nameless", "x.zip!z.txt"]),
        (
            zipped(("..", ENGLISH), ("/..", ENGLISH), ("../", ""), ("/", ""), GOOD),
            ["x.zip!nameless", "x.zip!nameless~2", "x.zip!z.txt"],
        ),
        (zipped(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")), ["R002 x.zip"]),
        (zipped(("mimetype", "application/epub+zip"), GOOD), ["R002 x.zip"]),
        (zipped(GOOD)[:-30], ["R016 x.zip"]),
        (zipped(GOOD)[:50], ["R016 x.zip"]),
        (b"PK\x03\x04", ["R016 x.zip"]),
        (b"PK\x05\x06" + b"\xff" * 18, ["R016 x.zip"]),
    ],
)
def test_zip(read_bytes, data, found):
    assert places(read_bytes, data, "x.zip") == found


def patched(data: bytes, name: str, flag: int = 0, method: int | None = None) -> bytes:
    """The archive with flags or method of one member changed in both of its headers."""
    out = bytearray(data)
    for signature, flags_at, name_at, length_at in ((b"PK\x03\x04", 6, 30, 26), (b"PK\x01\x02", 8, 46, 28)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            (length,) = struct.unpack_from("<H", data, at + length_at)
            if data[at + name_at : at + name_at + length] == name.encode():
                out[at + flags_at] |= flag
                if method is not None:
                    struct.pack_into("<H", out, at + flags_at + 2, method)
    return bytes(out)


def test_an_encrypted_member_is_rejected_and_the_others_go_on(read_bytes):
    data = patched(zipped(("a.txt", ENGLISH), GOOD), "a.txt", flag=1)
    assert places(read_bytes, data, "x.zip") == ["R017 x.zip!a.txt", "x.zip!z.txt"]


@pytest.mark.parametrize("method", [9, 97, 99])
def test_an_unknown_compression_is_rejected_and_the_others_go_on(read_bytes, method):
    data = patched(zipped(("a.txt", ENGLISH), GOOD), "a.txt", method=method)
    assert places(read_bytes, data, "x.zip") == ["R016 x.zip!a.txt", "x.zip!z.txt"]


def test_a_member_with_a_wrong_checksum_is_rejected_and_the_others_go_on(read_bytes):
    data = zipped(("a.txt", ENGLISH), GOOD, method=zipfile.ZIP_STORED).replace(b"OTTAWA", b"OTTOWA", 1)
    assert places(read_bytes, data, "x.zip") == ["R016 x.zip!a.txt", "x.zip!z.txt"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\x.txt", "Windows/x.txt"),
        ("a/./../b.txt", "a/b.txt"),
        ("\\\\server\\share\\a.txt", "server/share/a.txt"),
        ("a\x1b[1m\n.txt", "a\\x1b[1m\\n.txt"),
        ("été/a.txt", "été/a.txt"),
        ("..", ""),
        ("", ""),
    ],
)
def test_names_are_made_harmless(name, safe):
    assert member_name(name) == safe


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_name_leads_out(name):
    safe = member_name(name.encode("utf-8", "replace").decode())
    assert not safe.startswith("/")
    assert ".." not in safe.split("/")
    assert safe.isprintable()


def test_nothing_is_written_to_disk(read_bytes, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    data = zipped(("../../evil.txt", ENGLISH), ("/evil.txt", ENGLISH))
    assert places(read_bytes, data, "x.zip") == ["x.zip!evil.txt", "x.zip!evil.txt~2"]
    assert {p.name for p in tmp_path.rglob("*")} == {"x.zip"}


def test_links_are_texts(read_bytes):
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (article,) = read_bytes(made.getvalue(), "x.zip")
    assert article.text == "/etc/passwd"


@pytest.fixture
def small_limits(monkeypatch):
    monkeypatch.setattr(archives, "FREE", 100_000)


ZEROS = b'{"text": "a"}\n' * 2 + b"\n" * 3_000_000


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (gzip.compress(b"\n" * 3_000_000), "x.gz", ["R018 x.gz"]),
        (gzip.compress(ZEROS), "x.jsonl.gz", ["x.jsonl.gz#1", "x.jsonl.gz#2", "R018 x.jsonl.gz"]),
        (zipped(("a.jsonl", ZEROS), GOOD), "x.zip", ["x.zip!a.jsonl#1", "x.zip!a.jsonl#2", "R018 x.zip!a.jsonl"]),
        (zipped(*((f"{n}.jsonl", b"\n" * 90_000) for n in range(50))), "x.zip", ["R001 x.zip!0.jsonl", "R001 x.zip!1.jsonl"]),
        (zipped(("a.jsonl.gz", gzip.compress(ZEROS)), GOOD), "x.zip", ["x.zip!a.jsonl.gz#1", "x.zip!a.jsonl.gz#2", "R018 x.zip!a.jsonl.gz", "x.zip!z.txt"]),
    ],
)  # fmt: skip
def test_bombs_are_stopped(read_bytes, small_limits, data, name, found):
    assert places(read_bytes, data, name)[: len(found)] == found


def test_a_bomb_of_one_text_is_never_held_whole(read_bytes):
    data = zipped(("a.txt", b"steel " * 30_000_000), GOOD)
    tracemalloc.start()
    assert places(read_bytes, data, "x.zip", max_bytes=100_000) == ["R004 x.zip!a.txt", "x.zip!z.txt"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_many_members_are_refused(read_bytes, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    assert places(read_bytes, zipped(*((f"{n}.txt", ENGLISH) for n in range(4))), "x.zip") == ["R018 x.zip"]
    monkeypatch.setattr(archives, "LONGEST_DIRECTORY", 100)
    assert places(read_bytes, zipped(*((f"{n}.txt", ENGLISH) for n in range(3))), "x.zip") == ["R018 x.zip"]


def test_members_that_lie_about_their_size_are_broken(read_bytes):
    data = bytearray(zipped(("a.txt", ENGLISH), GOOD))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)
    assert places(read_bytes, bytes(data), "x.zip") == ["R016 x.zip!a.txt", "x.zip!z.txt"]


def test_metadata_of_members_and_of_the_archive(read_bytes, tmp_path):
    rows = {
        "x.zip!a.txt": {"publisher": "One"},
        "b.txt": {"publisher": "Two"},
        "x.zip": {"publisher": "Three"},
        "sub/d.txt": {"publisher": "Four"},
    }
    (tmp_path / "m.json").write_text(json.dumps(rows))
    metadata = load_metadata(tmp_path / "m.json")
    data = zipped(*((name, ENGLISH) for name in ("a.txt", "sub/b.txt", "c.txt", "sub/d.txt")))
    found = read_bytes(data, "x.zip", metadata=metadata)
    assert [a.publisher for a in found] == ["One", "Two", "Three", "Four"]
    assert metadata.unused() == []


def test_memory_stays_flat_over_a_large_archive(tmp_path: Path):
    """40 MB of lines and as much of members, at most a few texts of which are held at a time."""
    line = json.dumps({"text": "Peru will keep its 9% duty on wool from Chile. " * 400}).encode()
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        for n in range(2000):
            file.write(line + b" " * (n % 7) + b"\n")
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(200):
            archive.writestr(f"{n}.json", line)
    tracemalloc.start()
    count = 0
    for item in find_inputs([str(tmp_path)]):
        for entry in entries(item, Settings()):
            count += 1
            if not count % 100:
                entry.make()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2200
    assert peak < 25_000_000
