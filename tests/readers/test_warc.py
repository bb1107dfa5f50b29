"""WARC: pages of successful responses, whatever else the file holds and wherever it is broken."""

from __future__ import annotations

import gc
import gzip
import io
import warnings
import zlib
from datetime import date

import pytest
from pages import BODY, PAGE
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

URL = "https://wire.example/crawled"


def record(kind: str, block: bytes, *, length: int | None = None, version: str = "WARC/1.0", **header: str) -> bytes:
    lines = [version, f"WARC-Type: {kind}", "WARC-Date: 2025-03-05T02:00:00Z", f"WARC-Target-URI: {URL}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in header.items()]
    lines += [f"Content-Length: {len(block) if length is None else length}", "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def response(page: bytes = PAGE.encode(), status: str = "HTTP/1.1 200 OK", kind: str = "text/html", **header: str) -> bytes:
    lines = [status, f"Content-Type: {kind}", *(f"{name.replace('_', '-')}: {value}" for name, value in header.items()), "", ""]
    return record("response", "\r\n".join(lines).encode() + page, Content_Type="application/http; msgtype=response")


def chunked(page: bytes, size: int = 100) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(page[n : n + size]), page[n : n + size]) for n in range(0, len(page), size))
        + b"0\r\n\r\n"
    )


INFO = record("warcinfo", b"software: a crawler\r\n", Content_Type="application/warc-fields")
REQUEST = record("request", b"GET / HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request")


@pytest.mark.parametrize(
    "data",
    [
        response(),
        INFO + REQUEST + response(),
        response(kind="text/html; charset=utf-8"),
        response(kind="TEXT/HTML;charset=UTF-8"),
        response(kind="application/xhtml+xml"),
        response(status="HTTP/1.0 200"),
        response(status="HTTP/2 200"),
        response(PAGE.encode("utf-16")),
        response(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
        response(zlib.compress(PAGE.encode()), Content_Encoding="deflate"),
        response(chunked(PAGE.encode()), Transfer_Encoding="chunked"),
        response(chunked(gzip.compress(PAGE.encode())), Transfer_Encoding="chunked", Content_Encoding="gzip"),
        response(PAGE.encode(), Content_Encoding="gzip"),
        response(PAGE.encode(), Transfer_Encoding="chunked"),
        response(PAGE.encode(), Content_Encoding="identity", Set_Cookie="a=b; c", X_Odd="café"),
        response().replace(b"WARC/1.0", b"WARC/1.1"),
        response().replace(b"\r\n\r\n\r\n", b"\r\n\r\n"),
        response().replace(b"WARC-Type: response", b"warc-type: response"),
        record("resource", PAGE.encode(), Content_Type="text/html"),
    ],
)
@pytest.mark.parametrize("packed", ["", "whole", "records"])
def test_the_page_of_a_response(read_bytes, data, packed):
    data = {"": data, "whole": gzip.compress(data), "records": gzip.compress(INFO) + gzip.compress(data)}[packed]
    (article,) = read_bytes(data, "a.warc.gz" if packed else "a.warc")
    assert article.text == f"Canada hits U.S. steel with 25% duty\n\n{BODY}"
    assert article.source == ("a.warc.gz#1" if packed else "a.warc#1")
    assert (article.published, article.url) == (date(2021, 7, 2), "https://wire.example/a/1")


def crawled(version: str, *, packed: bool) -> bytes:
    """A file as warcio writes it."""
    made = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the writer leaves its temporary files to the collector
        writer = WARCWriter(made, gzip=packed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "a crawler"}))
        for status in ("200 OK", "404 Not Found", "200 OK"):
            headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            page = writer.create_warc_record(URL, "response", payload=io.BytesIO(PAGE.encode()), http_headers=headers)
            request = writer.create_warc_record(URL, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", []))
            writer.write_request_response_pair(request, page)
        del writer, page, request
        gc.collect()
    return made.getvalue()


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("packed", [False, True])
def test_files_as_a_crawler_writes_them(read_bytes, version, packed):
    found = read_bytes(crawled(version, packed=packed), "a.warc.gz")
    assert [article.source for article in found] == ["a.warc.gz#1", "a.warc.gz#2"]
    assert all(article.text.endswith(BODY) for article in found)


def test_the_crawl_gives_the_address_but_no_date(read_bytes):
    page = PAGE.replace('<link rel="canonical" href="https://wire.example/a/1">', "")
    page = page.replace('<meta property="article:published_time" content="2021-07-02T21:00:00-04:00">', "")
    (article,) = read_bytes(response(page.encode()), "a.warc")
    assert (article.url, article.published) == (URL, None)


@pytest.mark.parametrize(
    ("told", "codes"),
    [("text/html; charset=windows-1252", ["W102"]), ("text/html; charset=none-such", ["W102"]), ("text/html", ["W102"])],
)
def test_the_encoding_of_the_header_is_believed_where_the_bytes_are_not_utf8(read_bytes, told, codes):
    page = PAGE.replace('<meta charset="utf-8">', "").encode("cp1252")
    (article,) = read_bytes(response(page, kind=told), "a.warc")
    assert article.text.endswith(BODY)
    assert [w.code for w in article.warnings] == codes


OTHERS = {
    "no page": response(b"\x89PNG", kind="image/png"),
    "not found": response(status="HTTP/1.1 404 Not Found"),
    "moved": response(b"", status="HTTP/1.1 301 Moved"),
    "revisit": record("revisit", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", Content_Type="application/http"),
    "metadata": record("metadata", PAGE.encode(), Content_Type="text/html"),
    "dns": record("response", b"20250305\nx.example. A 192.0.2.1", Content_Type="text/dns"),
    "no status": record("response", b"\r\n\r\n", Content_Type="application/http"),
    "empty": record("response", b"", Content_Type="application/http"),
    "large film": response(b"x" * 300_000, kind="video/mp4"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_other_records_are_passed_over(code_of, other):
    assert code_of(other + response() + other, "a.warc", max_bytes=5000) == "ok"
    assert code_of(INFO + other, "a.warc", max_bytes=5000) == "R023"


LOGIN = response(b"<html><body><h1>Sign in</h1><form></form></body></html>")


LARGE = response(PAGE.replace("</footer>", "".join(hex(n * n * 7919) for n in range(20_000)) + "</footer>").encode())


def spoiled(data: bytes, share: float) -> bytes:
    """The bytes with some of them overwritten, so far from the beginning."""
    at = int(len(data) * share)
    return data[:at] + b"\xff\x00\xff\x00" + data[at + 4 :]


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("page", [response(), LARGE], ids=["small", "large"])
def test_a_broken_part_of_a_crawl_costs_itself_alone(code_of, page, share):
    """Each record is a gzip member of its own; one whose checksum alone is wrong is read, and the break told."""
    whole = gzip.compress(page)
    for before, after in ((1, 1), (0, 2), (2, 0)):
        codes = code_of(whole * before + spoiled(whole, share) + whole * after, "a.warc.gz", max_bytes=200_000)
        if before == 0 and share < 0.05:
            assert codes == "R002"  # then it does not even begin as gzip
            continue
        expected = ["ok"] * before + ["R016"] + ["ok"] * after
        assert codes in (",".join(expected), ",".join(["ok", *expected]))


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (gzip.compress(response()) + b"rubbish" * 9 + gzip.compress(response()), "ok,R016,ok"),
        (gzip.compress(response()) + b"rubbish" * 9000 + gzip.compress(response()), "ok,R016,ok"),
        (gzip.compress(response()) + b"\x1f\x8b\x08\xff" * 9 + gzip.compress(response()), ",".join(["ok", *["R016"] * 9, "ok"])),
        (gzip.compress(response()) + b"\x00" * 90_000 + gzip.compress(response()), "ok,ok"),
        (gzip.compress(response())[:-200] + gzip.compress(response()), "R016,ok"),
        (response() + LOGIN + response(), "ok,R008,ok"),
        (response() + response(b"") + response(), "ok,R001,ok"),
        (response() + response(PAGE.encode() + b" " * 100_000) + response(), "ok,R004,ok"),
        (response() + response(gzip.compress(b" " * 10_000_000), Content_Encoding="gzip") + response(), "ok,R004,ok"),
        (
            response()
            + response(chunked(gzip.compress(b" " * 10_000_000)), Content_Encoding="gzip", Transfer_Encoding="chunked")
            + response(),
            "ok,R004,ok",
        ),
        (response() + response(b"\x00\x01\x02\x03\x04\x05" * 99) + response(), "ok,R008,ok"),
        (response()[:-200], "R016"),
        (response() + response()[:-200], "ok,R016"),
        (response() + response()[:80], "ok,R016"),
        (response() + b"rubbish\r\n\r\n" + response(), "ok,R016,ok"),
        (response() + b"rubbish" * 20_000 + b"\r\n" + response(), "ok,R016,ok"),
        (response() + record("response", b"", length=-5) + response(), "ok,R016,ok"),
        (response() + response().replace(b"Content-Length", b"X-Length") + response(), "ok,R016,ok"),
        (response() + b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000 + response(), "ok,R016,ok"),
        (record("response", response(), length=10) + response(), "R016,ok"),
        (record("warcinfo", b"", length=10**14) + response(), "R016"),
        (record("warcinfo", b"", length=10**20) + response(), "R016,ok"),
        (b"WARC/1.0", "R016"),
        (b"WARC/1.0\r\n\r\n", "R016"),
        (b"WARC/9", "R016"),
        (INFO, "R023"),
        (gzip.compress(response() + response())[:-300], "R016"),
        (gzip.compress(response()) + gzip.compress(response())[:-300], "ok,R016"),
        (gzip.compress(response()) + b"rubbish", "ok,R016"),
        (gzip.compress(response()) + b"\x00" * 99, "ok"),
    ],
)
def test_a_broken_record_costs_itself_alone(code_of, data, codes):
    assert code_of(data, "a.warc", max_bytes=20_000) == codes
