"""The same story in every format that newsrooms keep: one text, one set of fields; and which format a file is taken for."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from pathlib import Path

import pytest
from pages import ENGLISH, PAGE

from extractor import Article, InputError
from extractor.formats import InputFormat
from extractor.readers import find_inputs, read
from extractor.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "formats"
TEXT = (SAMPLES / "article.txt").read_text(encoding="utf-8").strip()


def outcomes(path: Path, **settings: object) -> list[Article | InputError]:
    (item,) = find_inputs([str(path)])
    return list(read(item, Settings(**settings)))


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if path.stem != "README"))
def test_the_story_reads_the_same_in_every_format(name):
    first = outcomes(SAMPLES / name)[0]
    assert isinstance(first, Article)
    assert first.text.rstrip("\n") == TEXT
    assert first.title == "Chile to tax Danish butter at 18%"
    assert first.text[first.body_start :].startswith("SANTIAGO, March 4 (Andes Wire) - Chile will")
    if name in ("article.txt", "articles.zip"):
        return  # plain text has no fields
    assert first.published == date(2025, 3, 4)
    assert first.published_at == datetime.fromisoformat("2025-03-04T15:30:00-03:00")
    assert first.published_basis == ("given" if ".json" in name else "metadata")
    assert (first.publisher, first.authors) == ("Andes Wire", ("Ines Rojas",))
    assert first.url == "https://andeswire.example/2025/03/04/butter"
    assert first.warnings == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("articles.jsonl", ["articles.jsonl#aw-0304-17", "articles.jsonl#aw-0304-18"]),
        ("articles.jsonl.gz", ["articles.jsonl.gz#aw-0304-17", "articles.jsonl.gz#aw-0304-18"]),
        ("rss.xml", ["rss.xml#1", "R021 rss.xml#2"]),
        ("atom.xml", ["atom.xml#1"]),
        ("newsml-g2.xml", ["newsml-g2.xml#https://andeswire.example/2025/03/04/butter", "R022 newsml-g2.xml#2"]),
        ("pages.warc.gz", ["pages.warc.gz#1"]),
        ("articles.zip", ["articles.zip!2025/butter.txt", "articles.zip!2025/butter.md", "articles.zip!feeds/andes.xml#1", "R021 articles.zip!feeds/andes.xml#2"]),
    ],
)  # fmt: skip
def test_each_article_of_an_input_has_its_place(name, found):
    places = [
        a.source if isinstance(a, Article) else f"{a.code} {a.where.removeprefix(f'{SAMPLES}/')}"
        for a in outcomes(SAMPLES / name)
    ]
    assert places == found


@pytest.mark.parametrize(
    "name", ["page.html", "nitf.xml", "rss.xml", "article.md", "ninjs-3.json", "articles.zip", "pages.warc.gz"]
)
def test_content_goes_before_the_name(tmp_path, name):
    (tmp_path / "x.txt").write_bytes((SAMPLES / name).read_bytes())
    first = outcomes(tmp_path / "x.txt")[0]
    assert isinstance(first, Article)
    assert first.text.rstrip("\n") == TEXT


MARKED = "# Peru keeps wool duty\n\nLIMA - Peru will *keep* its 9% duty on wool from Chile, its trade ministry said on Tuesday.\n"


@pytest.mark.parametrize(
    ("content", "name", "asked", "start"),
    [
        (MARKED, "a.txt", "auto", "# Peru keeps wool duty\n\nLIMA - Peru will *keep*"),
        (MARKED, "a.md", "auto", "Peru keeps wool duty\n\nLIMA - Peru will keep"),
        (MARKED, "a.MD.gz", "auto", "Peru keeps wool duty\n\nLIMA - Peru will keep"),
        (MARKED, "a.txt", "markdown", "Peru keeps wool duty\n\nLIMA - Peru will keep"),
        (MARKED, "a.md", "text", "# Peru keeps wool duty"),
        ("<div align=center>\n\n# Peru keeps wool duty\n\n</div>\n\nPeru will *keep* its duty.", "a.md", "auto", "Peru keeps wool duty\n\nPeru will keep"),
        (PAGE, "a.md", "auto", "Canada hits U.S. steel with 25% duty\n\nOTTAWA"),
        (PAGE, "a.html", "text", "<!doctype html>"),
        (PAGE, "a.json", "html", "Canada hits U.S. steel with 25% duty\n\nOTTAWA"),
        (ENGLISH, "a.json", "text", "Canada hits U.S. steel"),
        (ENGLISH, "a.md", "text", "Canada hits U.S. steel"),
        ('{"text": "Peru will tax wool."}', "a.txt", "text", '{"text"'),
        ('{"text": "Peru will tax wool."}\n{"text": "Peru will tax wool."}', "a.txt", "jsonl", "Peru will tax wool."),
        ('{"text": "Peru will tax wool."}\n{"text": "Peru will tax wool."}', "a.txt", "json", "R006"),
        (ENGLISH, "a.txt", "json", "R006"),
        (ENGLISH, "a.txt", "jsonl", "R006"),
        (ENGLISH, "a.txt", "xml", "R013"),
        (ENGLISH, "a.txt", "html", "Canada hits U.S. steel"),
        (ENGLISH, "a.txt", "warc", "R016"),
        ("%PDF-1.7\n", "a.txt", "text", "R002"),
        ("---\nA rule of hyphens, and a text below it, is no front matter.\n", "a.txt", "auto", "---"),
        ("<p>Peru said on Monday that it would keep its 9% duty on wool.</p>" * 3, "a.txt", "auto", "Peru said"),
        ("<Peru> is what the ministry wrote in its notice on wool.", "a.txt", "auto", "<Peru> is"),
        ("<?xml version='1.0'?><playlist><track>One</track></playlist>", "a.txt", "auto", "R015"),
        ("<?xml version='1.0'?>\n" + "<!-- x -->" * 2000 + "<rss><channel/></rss>", "a.txt", "auto", "R023"),
    ],
)  # fmt: skip
def test_the_format_is_told_from_content_then_name_and_may_be_given(tmp_path, content, name, asked, start):
    data = content.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    first = outcomes(tmp_path / name, input_format=asked)[0]
    assert (first.text if isinstance(first, Article) else first.code).startswith(start)


def test_the_formats_are_those_of_the_option():
    assert [str(one) for one in InputFormat] == ["auto", "text", "markdown", "html", "json", "jsonl", "xml", "warc"]
