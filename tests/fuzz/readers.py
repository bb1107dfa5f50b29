"""A fuzz target for each reader: python -m tests.fuzz.readers [--minutes 60] [NAME …].

Needs `pip install -e '.[fuzz]'` (atheris, guided by coverage). The time is shared by the targets, each in a process of its own. Exits
with 1 when a target has found an input that breaks it, which then lies in the folder named.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
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
    words: tuple[str, ...]


def _samples(pattern: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((SAMPLES / "articles").glob(pattern)))


_JSON = (
    "text",
    "title",
    "published",
    "authors",
    "id",
    "url",
    "2025-02-28T18:05:00-05:00",
    r"\ud800",
    "schema_version",
    "1e999",
    "NaN",
)
_HTML = (
    "<article>",
    "<p>",
    "</p>",
    "<br>",
    "<script>",
    "<![CDATA[",
    "<!DOCTYPE html>",
    "<meta charset='",
    "&#0;",
    "&lt;",
    "datePublished",
)
TARGETS = {
    target.name: target
    for target in (
        Target("a.txt", _samples("*.txt"), ("\ufeff", "\x00", "By ", "WASHINGTON (Wire) - ", "\r\n\r\n", "March 3, 2025")),
        Target("a.html", _samples("*.html"), _HTML),
        Target("a.json", _samples("*.json"), _JSON),
        Target("a.jsonl", _samples("*.jsonl"), _JSON),
        Target(
            "a",
            (b"", b"%PDF", b"\xff\xfeA\0", b"\xef\xbb\xbf{", b"<html>", b'[{"text": "Duty cut."}]', b"PK\x03\x04"),
            _JSON + _HTML,
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
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in target.words)
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
