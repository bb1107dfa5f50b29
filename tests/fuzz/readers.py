"""A fuzz target for each reader: python -m tests.fuzz.readers [--minutes 60] [NAME …].

Needs `pip install -e '.[fuzz]'` (atheris, guided by coverage). The time is shared by the targets, each in a process of its own. Exits
with 1 when a target has found an input that breaks it, which then lies in the folder named.
"""

from __future__ import annotations

import argparse
import gzip
import io
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LONGEST, SLOWEST = 20_000, 60
"""Bytes of the longest input tried, and seconds that one may take."""


@dataclass(frozen=True)
class Target:
    """A file name that leads to one reader, with what its inputs begin as and are made of."""

    name: str
    seeds: tuple[bytes, ...]
    words: tuple[str | bytes, ...]

    @property
    def tokens(self) -> list[bytes]:
        """The words as bytes."""
        return [word if isinstance(word, bytes) else word.encode() for word in self.words]


def _samples(*patterns: str) -> tuple[bytes, ...]:
    """The samples of these names, in every folder of them."""
    found = (path for pattern in patterns for path in sorted(SAMPLES.glob(f"*/{pattern}")) if path.parent.name != "expected")
    return tuple(path.read_bytes() for path in found)


def _packed(*names: str) -> bytes:
    """A zip file that holds samples as they are, so that a changed byte of one is a changed byte of the file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.writestr(name, (SAMPLES / "formats" / name).read_bytes())
    return buffer.getvalue()


def _unpacked(name: str) -> bytes:
    return gzip.decompress((SAMPLES / "formats" / name).read_bytes())


_TEXT = ("\ufeff", "\x00", "By ", "WASHINGTON (Wire) - ", "\r\n\r\n", "March 3, 2025")
_DATES = ("2025-02-28T18:05:00-05:00", "20250228T180500Z", "9999-12-31", "Fri, 28 Feb 2025 18:05:00 GMT")
_JSON = ("text", "title", "published", "authors", "id", "url", *_DATES, r"\ud800", "schema_version", "1e999", "NaN")
_NINJS = (
    "uri",
    "pubstatus",
    "usable",
    "canceled",
    "headlines",
    "bodies",
    "role",
    "value",
    "contenttype",
    "byline",
    "infosources",
)
_SCHEMA = (
    "@context",
    "@type",
    "@graph",
    "NewsArticle",
    "articleBody",
    "headline",
    "datePublished",
    "author",
    "name",
    "</script>",
)
_HTML = (
    "<article>", "<p>", "</p>", "<br>", "<script>", "<![CDATA[", "<!DOCTYPE html>", "<meta charset='", "&#0;", "&lt;", "datePublished",
)  # fmt: skip
_XML = (
    "<?xml version='1.0' encoding='",
    "<!DOCTYPE a [",
    "<!ENTITY a 'b'>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&#0;",
    "&amp;",
    "xmlns='",
    "<",
    ">",
)
_NITF = ("<nitf>", "<head>", "<docdata>", "<date.issue norm='", "<hl1>", "<byline>", "<dateline>", "<block>", "management-status")
_NEWSML = (
    "<newsItem>",
    "<newsMessage>",
    "<itemSet>",
    "<inlineXML>",
    "<pubStatus qcode='stat:withheld'/>",
    "<versionCreated>",
    "<headline>",
)
_FEEDS = (
    "<rss>",
    "<channel>",
    "<item>",
    "<content:encoded>",
    "<description>",
    "<pubDate>",
    "<feed>",
    "<entry>",
    "<content type='xhtml'>",
    "<link href='",
)
_WARC = (
    "WARC/1.0\r\n", "WARC-Type: response\r\n", "WARC-Target-URI: ", "Content-Length: ", "HTTP/1.1 200 OK\r\n", "Content-Encoding: gzip\r\n",
    "Transfer-Encoding: chunked\r\n", "Content-Type: text/html; charset=", "\r\n\r\n",
)  # fmt: skip
_FRONT = (
    "---\n",
    "title: ",
    "date: 2025-02-28\n",
    "authors: [",
    "&a ",
    "*a",
    "!!python/object:",
    "- ",
    "# ",
    "```",
    "[a](b)",
    "![",
    "| a |",
)
_ARCHIVE = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"\x1f\x8b\x08\x00",
    b"\xff\xff\xff\xff",
    b"../",
)
TARGETS = {
    target.name: target
    for target in (
        Target("a.txt", _samples("*.txt"), _TEXT),
        Target("a.md", _samples("*.md"), _FRONT),
        Target("a.html", _samples("*.html"), _HTML),
        Target("schema.html", _samples("page.html", "schema-org.json"), _HTML + _SCHEMA),
        Target("a.json", _samples("*.json"), _JSON),
        Target("ninjs.json", _samples("ninjs-*.json"), _JSON + _NINJS),
        Target("a.jsonl", _samples("*.jsonl"), _JSON),
        Target("nitf.xml", _samples("nitf.xml"), _XML + _NITF),
        Target("newsml.xml", _samples("newsml-g2.xml"), _XML + _NEWSML),
        Target("feed.xml", _samples("rss.xml", "atom.xml"), _XML + _FEEDS),
        Target("a.warc", (_unpacked("pages.warc.gz"),), _WARC + _HTML),
        Target("a.gz", _samples("*.gz"), _ARCHIVE),
        Target("a.zip", (*_samples("*.zip"), _packed("article.txt", "articles.jsonl.gz"), _packed("nitf.xml")), _ARCHIVE),
        Target(
            "a",
            (b"", b"%PDF", b"\xff\xfeA\0", b"\xef\xbb\xbf{", b"<html>", b'[{"text": "Duty cut."}]', b"PK\x03\x04"),
            _JSON + _HTML + _XML,
        ),
        Target("meta.csv", (b"path,published,authors\na.txt,2025-03-03,A;B\n",), ("path", "published", '"', ";", "\r")),
        Target("meta.json", (b'{"a.txt": {"published": "2025-03-03", "title": "T"}}',), _JSON),
    )
}


class _Bytes:
    """As much of a path as reading takes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def open(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(self._data))  # type: ignore[arg-type]

    def read_bytes(self) -> bytes:
        return self._data


def check(name: str, data: bytes) -> None:
    """Reads bytes as a file of that name: it gives articles or coded errors, and articles that later stages can take.

    Raises:
        AssertionError: it gives something else.
        Exception: the reader does not know what to do.
    """
    from extractor.errors import ConfigError, InputError
    from extractor.readers import Input, SkippedError, load_metadata, read
    from extractor.settings import Settings

    place: Any = _Bytes(data)
    if name.startswith("meta"):
        try:
            load_metadata(place)
        except ConfigError as error:
            assert error.code == "C003"  # noqa: PT017
        return
    found: Iterator[Any] = read(Input(name, name, place), Settings())
    try:
        for one in found:
            if isinstance(one, InputError):
                assert str(one)
                continue
            one.text.encode()
            assert "\x00" not in one.text
            assert 0 <= one.body_start <= len(one.text)
            assert one.title is None or one.title.strip()
            assert (one.published is None) == (one.published_basis == "unknown")
            assert one.source.startswith(name)
            one.model_dump_json()
    except SkippedError:
        return


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Tries inputs for so long; does not return."""
    import atheris

    with atheris.instrument_imports(include=["extractor"]):
        check("a.txt", b"Norway raised its duty on salmon from Canada.")  # loads what takes long to load
        check("a.html", b"<p>Norway raised its duty on salmon from Canada, the ministry said.</p>")
    target = TARGETS[name]
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(target.seeds):
        (corpus / str(number)).write_bytes(seed[:LONGEST])
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in target.tokens)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in escaped))
    flags = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-print_final_stats=1", "-verbosity=0"]
    atheris.Setup(
        [name, *flags, f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/", str(corpus)], lambda data: check(name, data)
    )
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    names = asked.names or list(TARGETS)
    seconds = max(1, round(60 * asked.minutes / len(names)))
    if asked.only:
        fuzz(names[0], seconds, Path(asked.only))
    broken = 0
    for name in names:
        folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
        begun = time.monotonic()
        share = str(asked.minutes / len(names))
        run = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.readers", name, "--minutes", share, "--only", str(folder)],
            check=False, capture_output=True, text=True, errors="replace",
        )  # fmt: skip
        stats = [line.split()[-1] for line in run.stderr.splitlines() if "number_of_executed_units" in line]
        took = time.monotonic() - begun
        print(
            f"{name}: {stats[0] if stats else '?'} inputs in {took / 60:.1f} min, {'clean' if not run.returncode else 'BROKEN'}",
            flush=True,
        )
        if run.returncode:
            broken += 1
            print(f"{run.stderr[-3000:]}\nsee {folder}", flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
