"""HTML: text, metadata, and pages without an article."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from pages import BODY, PAGE


def test_a_page_gives_text_and_metadata(read_bytes):
    (article,) = read_bytes(PAGE, "a.html")
    assert article.text == f"Canada hits U.S. steel with 25% duty\n\n{BODY}"
    assert article.title == "Canada hits U.S. steel with 25% duty"
    assert article.text[article.body_start :] == BODY
    assert (article.publisher, article.authors) == ("Northern Wire", ("Jane Roe", "John Doe"))
    assert article.url == "https://wire.example/a/1"
    assert article.published == date(2021, 7, 2)
    assert article.published_at == datetime.fromisoformat("2021-07-02T21:00:00-04:00")
    assert article.published_basis == "metadata"


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a", "a.json.txt"])
def test_content_decides_before_the_name(read_bytes, name):
    (article,) = read_bytes(PAGE, name)
    assert article.text.endswith(BODY)


@pytest.mark.parametrize(("encoding", "codes"), [("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("cp1252", ["W102"])])
def test_encodings(read_bytes, encoding, codes):
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"') if encoding == "cp1252" else PAGE
    (article,) = read_bytes(page.encode(encoding), "a.html")
    assert article.text.endswith(BODY)
    assert [w.code for w in article.warnings] == codes


def test_a_page_without_a_date_has_none(read_bytes):
    page = PAGE.replace('<meta property="article:published_time" content="2021-07-02T21:00:00-04:00">', "")
    (article,) = read_bytes(page, "a.html")
    assert (article.published, article.published_basis) == (None, "unknown")


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html></html>", "R008"),
        ("<html><head><title>Log in</title></head><body><form><input name=a></form></body></html>", "R008"),
        ("<!doctype html>\n<!-- nothing -->", "R008"),
        ("<html><body>" + "<div>" * 5000 + "deep", "R008"),
        ("<html><body>" + "<p>" * 300_000, "R004"),
        ("<html><body><p " + " ".join(f"a{n}=1" for n in range(6000)) + ">x</p>", "R004"),
        ("<html><body><script>" + "x" * 1_000_000, "R008"),
        ("", "R001"),
    ],
)
def test_pages_without_an_article_are_rejected_quickly(code_of, page, code):
    began = time.monotonic()
    assert code_of(page, "a.html") == code
    assert time.monotonic() - began < 10


def test_the_clock_decides_nothing(read_bytes):
    (article,) = read_bytes(PAGE.replace("2021-07-02", "2091-07-02"), "a.html")
    assert article.published == date(2091, 7, 2)


def body(inner: str, title: str = "Page") -> str:
    return f"<html><head><title>{title}</title></head><body>{inner}</body></html>"


LINKS = "".join(f'<li><a href="/{n}">Ministers in Peru and Chile meet again on copper, part {n}</a></li>' for n in range(30))
BRIEF = "Peru cut its duty on Chilean wine to 4% on Monday. The trade ministry said the cut would last a year."
NO_ARTICLE = {
    "login": body("<h1>Sign in</h1><p>Please sign in to continue reading this and other stories.</p><form><input></form>"),
    "not found": body("<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
    "not found, in words": body("<h1>Sorry</h1><p>The page you are looking for does not exist or has been moved elsewhere.</p>"),
    "script": body("<p>Please enable JavaScript to view the pages of this newspaper in your browser.</p>"),
    "menu": body('<nav><a href="/a">News</a> <a href="/b">Sport</a></nav>'),
    "list of links": body(f"<ul>{LINKS}</ul>"),
}


@pytest.mark.parametrize("page", NO_ARTICLE.values(), ids=NO_ARTICLE.keys())
def test_what_is_no_story_is_rejected(code_of, page):
    assert code_of(page, "a.html") == "R008"


@pytest.mark.parametrize(
    "inner",
    [
        f"<article><h1>Peru cuts wine duty</h1><p>{BRIEF}</p></article>",
        f"<article><h1>Peru cuts wine duty</h1><p>{BRIEF}</p></article><ul>{LINKS}</ul>",
        "<article><h1>Duty</h1><p>\u201cThe duty on wine from Chile is gone for good,\u201d the minister said.</p></article>",
    ],
)
def test_a_brief_is_an_article(code_of, inner):
    assert code_of(body(inner), "a.html") == "ok"
