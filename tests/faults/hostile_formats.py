"""Hostile inputs of the formats that newsrooms keep: archives, crawls, feeds, news messages, Markdown."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile

from tests.faults.hostile import PAGE, STORY, Kind, holding


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def _link() -> zipfile.ZipInfo:
    """A member that says it is a symbolic link."""
    member = zipfile.ZipInfo("link.txt")
    member.external_attr = 0o120777 << 16
    return member


def _overlapping(times: int) -> bytes:
    """A zip file whose list names the same bytes again and again."""
    data = zipped(("a.txt", STORY))
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    names, tail = data[at:end] * times, bytearray(data[end:])
    struct.pack_into("<HHLL", tail, 8, times, times, len(names), at)
    return data[:at] + names + bytes(tail)


def _encrypted() -> bytes:
    data = bytearray(zipped(("a.txt", STORY)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def _record(body: bytes, length: int | None = None) -> bytes:
    """A WARC record of a response, perhaps with a wrong length."""
    said = len(body) if length is None else length
    kind = "WARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http; msgtype=response"
    return f"WARC/1.0\r\n{kind}\r\nContent-Length: {said}\r\n\r\n".encode() + body + b"\r\n\r\n"


def _response(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", ""]).encode() + body


def _nitf(body: str, before: str = "", attributes: str = "") -> bytes:
    return f"{before}<nitf{attributes}><body><body.content>{body}<p>{STORY}</p></body.content></body></nitf>".encode()


ALIASES = "".join(f"{c}: &{c} [{','.join([f'*{p}'] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
GRAPH = {"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "@id": "#a", "isPartOf": {"@id": "#a"}}] * 2000}
HTML_BODY = {"role": "main", "contenttype": "text/html", "value": "<b>" * 100_000 + STORY}
ATTRIBUTES = " ".join(f"a{n}='1'" for n in range(100_000))
INCLUDE = '<xi:include href="file:///etc/passwd" parse="text"/>'

KINDS: list[Kind] = [
    # archives
    Kind("bomb.jsonl.gz", holding(gzip.compress((b" " * 999_999 + b"\n") * 90)), ("R018",)),
    Kind("bomb.zip", holding(zipped(("a.txt", bytes(30_000_000)), ("b.txt", STORY))), ("R002", "R004", "done")),
    Kind("nested.zip", holding(zipped(("a.zip", zipped(("b.zip", zipped(("c.txt", STORY))))))), ("R019",)),
    Kind("torn.zip", holding(zipped(("a.txt", STORY))[:-30]), ("R016",)),
    Kind("torn.txt.gz", holding(gzip.compress(STORY.encode())[:-9]), ("R016",)),
    Kind("encrypted.zip", holding(_encrypted()), ("R017",)),
    Kind("overlapping.zip", holding(_overlapping(5)), ("done",)),
    Kind("crowded.zip", holding(zipped(*((f"{n}.txt", "") for n in range(300)))), ("R001",)),
    Kind("places.zip", holding(zipped(*((f"{n}etc/passwd.txt", STORY) for n in ("../../", "/", "C:\\", "a/../../")))), ("done",)),
    Kind("link.zip", holding(zipped((_link(), "/etc/passwd"))), ("done", "R009")),
    # crawls
    Kind("long.warc", holding(_record(_response(PAGE.encode()), 10**15)), ("R016",)),
    Kind("negative.warc", holding(_record(_response(PAGE.encode()), -5)), ("R016",)),
    Kind("headers.warc", holding(b"WARC/1.0\r\n" + b"X: y\r\n" * 500_000), ("R016",)),
    Kind("chunks.warc", holding(_record(_response(b"ffffffffff\r\n" + PAGE.encode(), "Transfer-Encoding: chunked"))), ("done", "R016")),
    Kind("bomb.warc", holding(_record(_response(gzip.compress(bytes(100_000_000)), "Content-Encoding: gzip"))), ("R004", "R018")),
    # Markdown
    Kind("aliases.md", holding(f"---\na: &a [{','.join('x' * 9)}]\n{ALIASES}title: *i\n---\n\n{STORY}"), ("done",)),
    Kind("objects.md", holding(f"---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n\n{STORY}"), ("done",)),
    Kind("deep.md", holding(f"---\ntitle: {'[' * 20_000}\n---\n\n{STORY}"), ("done",)),
    Kind("quotes.md", holding(">" * 100_000 + STORY), ("R022", "done")),
    Kind("lists.md", holding("- " * 50_000 + STORY), ("R022", "done")),
    # XML and JSON
    Kind("external.rss", holding(f'<!DOCTYPE rss [<!ENTITY a SYSTEM "http://a.example/x">]><rss><channel><item><description>&a; {STORY * 9}</description></item></channel></rss>'), ("R014",)),
    Kind("dtd.xml", holding(_nitf("", '<!DOCTYPE nitf SYSTEM "http://a.example/a.dtd"><?xml-stylesheet href="http://a.example/a.xsl"?>')), ("done",)),
    Kind("include.xml", holding(_nitf(INCLUDE, attributes=' xmlns:xi="http://www.w3.org/2001/XInclude"')), ("done",)),
    Kind("attributes.xml", holding(f"<nitf {ATTRIBUTES}/>"), ("R013", "R022")),
    Kind("items.xml", holding("<rss><channel>" + "<item>" * 500), ("R013",)),
    Kind("deep_data.html", holding(f'<html><script type="application/ld+json">{"[" * 100_000}</script><article><p>{STORY * 3}</p></article></html>'), ("done",)),
    Kind("graph.html", holding(f'<html><script type="application/ld+json">{json.dumps(GRAPH)}</script><article><p>{STORY * 3}</p></article></html>'), ("done",)),
    Kind("body.json", holding(json.dumps({"uri": "a", "bodies": [HTML_BODY]})), ("R004", "R008", "R022")),
]  # fmt: skip
