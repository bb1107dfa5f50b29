"""Whatever bytes a reader is given, it yields articles and coded errors, and no other exception; every article is sound."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, InputError
from extractor.formats import InputFormat
from extractor.readers import SkippedError, find_inputs, read
from extractor.settings import Settings

SAMPLES = {
    path.name: path.read_bytes() for path in sorted((Path(__file__).resolve().parents[2] / "samples" / "formats").iterdir())
}
FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def check(data: bytes, name: str, asked: InputFormat = InputFormat.AUTO) -> list[Article | InputError]:
    """Reads, and checks what comes."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        (item,) = find_inputs([folder])
        try:
            found = list(read(item, Settings(max_bytes=50_000, input_format=asked)))
        except SkippedError:
            return []
    assert found
    for one in found:
        if isinstance(one, InputError):
            assert one.code.startswith("R0")
            assert one.where.startswith(folder)
            assert str(one)
            continue
        whole = one.model_dump_json()  # which lone surrogates would not let be written
        assert "\\u0000" not in whole.replace("\\\\", "")
        assert one.source.startswith(name)
        assert one.title is None or one.text[: one.body_start].strip() == one.title or one.body_start == 0
        assert (one.published is None) == (one.published_basis == "unknown")
        assert one.published_at is None or one.published_at.date() == one.published
    return found


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sample with some of it cut off, overwritten, doubled or in another place."""
    name = draw(st.sampled_from(sorted(SAMPLES)))
    data = SAMPLES[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 400)))
        how = draw(st.sampled_from(["cut", "drop", "write", "double", "swap"]))
        if how == "cut":
            data = data[:start] if draw(st.booleans()) else data[start:]
        elif how == "drop":
            data = data[:start] + data[end:]
        elif how == "write":
            data = data[:start] + draw(st.binary(max_size=40)) + data[end:]
        elif how == "double":
            data = data[:end] + data[start:end] + data[end:]
        else:
            data = data[start:end] + data[:start] + data[end:]
    return name, data


@FEW
@given(damaged())
def test_a_damaged_file(made: tuple[str, bytes]) -> None:
    check(made[1], made[0])


@FEW
@given(
    damaged(),
    st.sampled_from(sorted(InputFormat)),
    st.sampled_from(["x", "x.gz", "x.zip", "x.md", "x.json", "x.jsonl", "x.xml", "x.warc"]),
)
def test_a_damaged_file_by_another_name_read_as_another_format(made: tuple[str, bytes], asked: InputFormat, name: str) -> None:
    check(made[1], name, asked)


BEGINNINGS = [
    b"", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"PK\x05\x06", b"WARC/1.0\r\n", b"---\ntitle: ", b"<?xml version='1.0'?>", b"<nitf>", b"<rss><item>",
    b'{"uri": "a", "bodies": ', b'{"@type": "NewsArticle", "articleBody": ', b"\xef\xbb\xbf", b"\xff\xfe",
]  # fmt: skip


@FEW
@given(
    st.sampled_from(BEGINNINGS),
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
def test_any_bytes(beginning: bytes, rest: bytes) -> None:
    check(beginning + rest, "x")


@FEW
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=[]), max_size=20), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
    ["uri", "pubstatus", "headline", "headlines", "body_text", "bodies", "role", "value", "contenttype", "versioncreated", "byline", "infosources", "name", "@type", "@graph",
     "articleBody", "author", "publisher", "datePublished", "url", "text", "title", "NewsArticle"]), inner, max_size=5), max_leaves=20))  # fmt: skip
def test_any_json(value: object) -> None:
    import json

    check(json.dumps(value).encode(), "x.json")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_truncation_of_a_sample(name: str) -> None:
    data = SAMPLES[name]
    for end in range(0, len(data), max(1, len(data) // 40)):
        check(data[:end], name)
