"""Inputs that mean harm, or look as if they did: a table to which each new format adds its own.

Each kind makes a file (or what is none) in a folder and says what may become of it: "done", "skipped", or a code of rejection.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

STORY = "Norway will raise its import duty on salmon from Canada to 25 percent on April 1, the trade ministry said on Monday. "
PAGE = f"<html><body><article><h1>Duty on salmon</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"

Make = Callable[[Path], None]


class Kind(NamedTuple):
    """A kind of hostile input: the file's name, what makes it, and the outcomes that are right."""

    name: str
    make: Make
    right: tuple[str, ...]


def holding(data: bytes | str) -> Make:
    """A file of these bytes."""
    return lambda path: path.write_bytes(data.encode() if isinstance(data, str) else data) and None


def json_of(text: str, **fields: object) -> Make:
    return holding(json.dumps({"text": text, **fields}))


def _zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/a.txt", "Duty. " * 5_000_000)
    return buffer.getvalue()


def _socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def _loop(path: Path) -> None:
    other = path.with_name(f".{path.name}")
    other.symlink_to(path)
    path.symlink_to(other)


def _unreadable(path: Path) -> None:
    path.write_text(STORY)
    path.chmod(0)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(300_000_000)


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "duty"}">' for n in range(12))
WORDS = ("tariff", "duty", "25%", "Norway", "said", "on", "of", "the", "salmon", "will", "raise")
MIXED = STORY.encode() + "“Zölle”".encode() * 3 + "“Zölle” – naïve".encode("cp1252") + "Zölle".encode("utf-16-le")

KINDS: list[Kind] = [
    # what is no file, or none that can be read
    Kind("empty.txt", holding(""), ("R001",)),
    Kind("blank.txt", holding(" \n\t\r\n\u00a0" * 1000), ("R001",)),
    Kind("pipe.txt", os.mkfifo, ("R012",)),
    Kind("socket.txt", _socket, ("R012",)),
    Kind("zero.txt", lambda path: path.symlink_to("/dev/zero"), ("R012",)),
    Kind("tty.txt", lambda path: path.symlink_to("/dev/tty"), ("R012", "R003")),
    Kind("gone.txt", lambda path: path.symlink_to("nowhere"), ("R003",)),
    Kind("loop.txt", _loop, ("R003",)),
    Kind("folders", lambda path: path.symlink_to(".."), ("skipped",)),
    Kind("unreadable.txt", _unreadable, ("R003", "done")),  # an administrator may read it
    Kind("sparse.txt", _sparse, ("R002", "R004")),
    # names
    Kind("line\nend.txt", holding(STORY), ("done",)),
    Kind("\x1b[31mred\x07.txt", holding(STORY), ("done",)),
    Kind("x..%2f..%2fetc%2fpasswd.txt", holding(STORY), ("done",)),
    Kind("x..\\..\\up.txt", holding(STORY), ("done",)),
    Kind("bytes\udcff\udc80.txt", holding(STORY), ("done",)),
    Kind("rtl\u202etxt.exe.txt", holding(STORY), ("done",)),
    Kind("n" * 240 + ".txt", holding(STORY), ("done",)),
    Kind("-rf.txt", holding(STORY), ("done",)),
    Kind("id.json", json_of(STORY, id="../../../etc/passwd", url="file:///etc/passwd", title="../x\x00"), ("done",)),
    # archives and programs under a false name
    Kind("zip.txt", holding(_zip_bomb()), ("R004",)),
    Kind("gzip.html", holding(gzip.compress(bytes(30_000_000))), ("R002",)),
    Kind("gzip.jsonl", holding(gzip.compress(b"[" * 30_000_000)), ("R004",)),
    Kind("program.txt", holding(b"\x7fELF" + _noise(1000)), ("R002",)),
    Kind("pdf.html", holding(b"%PDF-1.7\n" + _noise(1000)), ("R002",)),
    # bytes
    Kind("noise.txt", holding(_noise(50_000)), ("R002", "R005")),
    Kind("high.txt", holding(bytes(b | 0x80 for b in _noise(20_000))), ("R002", "R005", "R009", "done")),
    Kind("mixed.txt", holding(MIXED), ("R005", "done")),
    Kind("cut.txt", holding(STORY.encode() + "€".encode()[:2]), ("done",)),
    Kind("utf16.txt", holding((STORY * 3).encode("utf-16-le")), ("done",)),
    Kind("utf32.txt", holding((STORY * 3).encode("utf-32-be")), ("R002", "done")),
    Kind("utf7.html", holding(PAGE.replace("<html>", '<html><meta charset="utf-7">') + "+ADw-script+AD4-"), ("done",)),
    Kind("charset.html", holding(PAGE.replace("<html>", '<meta charset="rot13">').encode() + b"\xff"), ("done", "R005")),
    Kind("nul.txt", holding(STORY.replace("duty", "du\0ty")), ("done",)),
    Kind("nuls.txt", holding(bytes(100_000)), ("R002",)),
    Kind("surrogates.json", holding(r'{"text": "The duty \ud800 was cut. \udfff", "authors": ["\ud800"]}'), ("done",)),
    Kind("surrogates.txt", holding(b"The duty \xed\xa0\x80 was cut."), ("done",)),
    # JSON
    Kind("deep.json", holding("[" * 200_000), ("R006",)),
    Kind("deep_objects.json", holding('{"a":' * 100_000 + "1" + "}" * 100_000), ("R006",)),
    Kind("deep.jsonl", holding(f'{"[" * 100_000}\n{{"text": "Duty cut."}}\n'), ("done", "R006")),
    Kind("huge_number.json", holding(f'{{"text": "{STORY}", "id": {"9" * 10_000}}}'), ("done", "R006", "R011")),
    Kind("nan.json", holding(f'{{"text": "{STORY}", "id": NaN, "x": Infinity, "y": 1e999}}'), ("R006", "R011")),
    Kind("twice.json", holding(f'{{"text": 1, "text": "{STORY}", "text": "{STORY}"}}'), ("done",)),
    Kind("types.json", holding('{"text": {"text": ["Duty"]}, "published": {}, "authors": 3}'), ("R011",)),
    Kind("dates.json", json_of(STORY, published="9999-99-99T99:99:99"), ("R011",)),
    Kind("line.jsonl", holding(b'{"text": "' + b"a" * 50_000_000 + b'"}\n'), ("R004",)),
    Kind("broken_lines.jsonl", holding('{"text": "Duty cut."\n' * 300), ("R006",)),
    Kind("page.json", json_of(f"<script>alert(1)</script>{PAGE}{{{{7*7}}}}${{jndi:ldap://x}}"), ("done",)),
    # mark-up
    Kind("tags.html", holding(f"<html><body>{'<b>x</b>' * 300_000}</body></html>"), ("R004", "R008")),
    Kind("nested.html", holding("<div>" * 100_000 + STORY), ("R004", "R008", "done")),
    Kind("attributes.html", holding(f"<html><p {' '.join(f'a{n}=1' for n in range(100_000))}>{STORY}</p></html>"), ("R004",)),
    Kind("entities.html", holding(f"<!DOCTYPE html [{ENTITIES}]>{PAGE.replace('salmon', '&e11;')}"), ("done", "R008")),
    Kind(
        "external.html",
        holding('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + PAGE.replace("salmon", "&x;")),
        ("done",),
    ),
    Kind("entities.txt", holding(f"<!DOCTYPE a [{ENTITIES}]><a>&e11;</a> {STORY}"), ("done", "R008")),
    Kind("entities.json", json_of(f"<!DOCTYPE a [{ENTITIES}]><a>&e11;</a> {STORY}"), ("done",)),
    Kind("comment.html", holding(f"{PAGE}<!-- {'-' * 100_000}"), ("done",)),
    Kind("cdata.html", holding(f"{PAGE}{'<![CDATA[' * 20_000}"), ("done", "R004", "R008")),
    Kind("inline.html", holding(PAGE.replace("<p>", f'<p><img src="data:image/png;base64,{"A" * 3_000_000}">', 1)), ("done",)),
    Kind("angles.html", holding("<html>" + "<" * 500_000), ("R004",)),
    # XML
    Kind(
        "laughs.xml",
        holding(f'<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><nitf><body><p>&b; {STORY}</p></body></nitf>'),
        ("R014",),
    ),
    Kind(
        "entity.xml",
        holding(f'<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf><body><p>&a; {STORY}</p></body></nitf>'),
        ("R014",),
    ),
    Kind("deep.xml", holding("<nitf>" + "<block>" * 100_000), ("R004", "R008", "R013", "R014", "R015", "R019")),
    # text
    Kind("line.txt", holding(STORY * 420_000), ("R004",)),
    Kind("rtl.txt", holding(STORY.replace(" ", " \u202e\u2066 ")), ("done",)),
    Kind("zero_width.txt", holding(STORY.replace(" ", " \u200b\u200d\u2060\ufeff" * 200)), ("done", "R009")),
    Kind("marks.txt", holding(STORY.replace("a", "a" + "\u0301\u0316" * 200)), ("done", "R009")),
    Kind("emoji.txt", holding(STORY + "👩‍👩‍👧‍👦" * 200), ("done",)),
    Kind("digits.txt", holding(STORY.translate({ord("2"): "２", ord("5"): "٥"}) + "½% ²% ⑤% " * 100), ("done", "R009")),
]
"""What is quick to tell; texts that are slow to extract stand in `FLOODS`."""

FLOODS: dict[str, str] = {
    "quotes": '"', "curly": "“", "closing": "”", "singles": "'", "brackets": "(", "pairs": "()", "square": "[", "percents": "25% ",
    "numbers": "1", "decimals": "1.", "thousands": "1,000,", "names": "Dee Lind ", "initials": "J. ", "dates": "May 2, 2025 ",
    "days": "Monday ", "said": "said ", "countries": "Japan, ", "and": "and ", "dashes": "- ", "dots": ". ", "commas": ", ",
    "spaces": " ", "lines": "\n", "rows": "a\n", "one word": "a", "one capital": "A", "hyphens": "a-", "apostrophes": "a's ",
    "capitals": "TARIFF ", "tabs": "\t", "colons": "A: ", "labels": "OKAFOR: duty\n\n", "bullets": "* 5%\n", "of": "Minister of ",
    "money": "$5 billion ", "laws": "Section 232 ", "links": "http://a.example/ ", "slashes": "1/2/", "reopened": '"We will act.\n\n',
}  # fmt: skip
"""One thing and nothing else, by what is repeated."""
