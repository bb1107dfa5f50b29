"""Markdown: the text as it reads, the fields from front matter as site generators and people write it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

BODY = "LIMA - Peru will keep its 9% duty on wool from Chile, its trade ministry said on Tuesday."


def front(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", BODY, ""])


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Peru will *keep* its __9%__ `duty` on [wool](https://x.example/a).", "Peru will keep its 9% duty on wool."),
        ("Peru will keep\nits 9% duty  \non wool.", "Peru will keep its 9% duty\n\non wool."),
        ("> “We will wait,” he said.\n>\n> He left.", "“We will wait,” he said.\n\nHe left."),
        ("- Wool: 9%\n- Butter: 18%\n\n1. First\n2. Second", "Wool: 9%\n\nButter: 18%\n\nFirst\n\nSecond"),
        ("Before.\n\n## Next steps\n\nAfter.", "Before.\n\nNext steps\n\nAfter."),
        ("Before ![a map](map.png) after.", "Before after."),
        ("Text.\n\n| Good | Duty |\n|---|---|\n| Wool | 9% |\n\nMore.", "Text.\n\nMore."),
        ("Text.\n\n```\ncode\n```\n\nMore.", "Text.\n\nMore."),
        ("Text.\n\n<div class=note><p>A note &amp; more</p></div>\n\nMore.", "Text.\n\nA note & more\n\nMore."),
        ("Peru<br>and <b>Chile</b> &amp; Bolivia &copy; \\*", "Peru\n\nand Chile & Bolivia © *"),
        ("Text.<!-- hidden -->\n\n<!-- hidden -->\n\n[ref]: https://x.example", "Text."),
        ("Duties rose 5% * 2 and 3_000_000 * 4.", "Duties rose 5% * 2 and 3_000_000 * 4."),
    ],
)
def test_the_text_is_what_a_reader_sees(read_bytes, markdown, text):
    (article,) = read_bytes(markdown, "a.md")
    assert article.text == text


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        (f"# Peru keeps wool duty\n\n{BODY}", "Peru keeps wool duty"),
        (f"Peru keeps wool duty\n====\n\n{BODY}", "Peru keeps wool duty"),
        (front("title: Peru keeps wool duty"), "Peru keeps wool duty"),
        (front("Title: Peru keeps wool duty", "headline: Another"), "Peru keeps wool duty"),
        (front("headline: 'Peru keeps wool duty'").replace(BODY, f"# Peru keeps wool duty\n\n{BODY}"), "Peru keeps wool duty"),
        (front("title: >-", "  Peru keeps", "  wool duty"), "Peru keeps wool duty"),
        (front("title: [Peru keeps wool duty]"), "Peru keeps wool duty"),
    ],
)
def test_the_title_comes_once(read_bytes, markdown, title):
    (article,) = read_bytes(markdown, "a.md")
    assert article.text == f"{title}\n\n{BODY}"
    assert (article.title, article.body_start) == (title, len(title) + 2)


def test_a_heading_that_is_not_the_title_stays(read_bytes):
    (article,) = read_bytes(front("title: Peru keeps wool duty").replace(BODY, f"# Trade\n\n{BODY}"), "a.md")
    assert article.text == f"Peru keeps wool duty\n\nTrade\n\n{BODY}"


@pytest.mark.parametrize(
    ("line", "published", "time"),
    [
        ("date: 2025-03-04", "2025-03-04", None),
        ("date: '2025-03-04'", "2025-03-04", None),
        ("Date: 2025-03-04 15:30:00 -0300", "2025-03-04", "2025-03-04T15:30:00-03:00"),
        ("date: 2025-03-04T15:30:00Z", "2025-03-04", "2025-03-04T15:30:00+00:00"),
        ("date: 2025-03-04 15:30:00 UTC", "2025-03-04", "2025-03-04T15:30:00+00:00"),
        ("date: 2025-03-04 15:30", "2025-03-04", None),
        ("pubDate: Tue, 04 Mar 2025 15:30:00 -0300", "2025-03-04", "2025-03-04T15:30:00-03:00"),
        ("publishDate: 2025-03-04T23:30:00-05:00", "2025-03-04", "2025-03-04T23:30:00-05:00"),
        ("published_at: 20250304", "2025-03-04", None),
        ("date:", None, None),
    ],
)
def test_dates(read_bytes, line, published, time):
    (article,) = read_bytes(front("title: Peru keeps wool duty", line), "a.txt")
    assert article.published == (published and date.fromisoformat(published))
    assert article.published_at == (time and datetime.fromisoformat(time))
    assert article.published_basis == ("metadata" if published else "unknown")
    assert article.warnings == ()


@pytest.mark.parametrize(
    "value", ["soon", "2025-13-45", "2025", "2025-03", "04/03/2025", "[2025, 3, 4]", "99999999999999999999", "Tue, 99 Mar 2025"]
)
def test_what_is_no_date_is_none_and_said(read_bytes, value):
    (article,) = read_bytes(front(f"date: {value}"), "a.md")
    assert article.published is None
    assert [w.code for w in article.warnings] == ["W109"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("author: Ines Rojas", ("Ines Rojas",)),
        ("author: By Ines Rojas and Ann Poe", ("Ines Rojas", "Ann Poe")),
        ("authors: [Ines Rojas, Ann Poe]", ("Ines Rojas", "Ann Poe")),
        ("authors:\n- name: Ines Rojas\n  mail: i@x.example\n- Ann Poe", ("Ines Rojas", "Ann Poe")),
        ("byline: By Ines Rojas in Lima and Ann Poe in Santiago", ("Ines Rojas", "Ann Poe")),
        ("author: Ines Rojas, Andes Wire\npublisher: Andes Wire", ("Ines Rojas",)),
        ("author: {}", ()),
        ("author: ''", ()),
        ("author: Anderson Byers", ("Anderson Byers",)),
    ],
)
def test_authors(read_bytes, line, authors):
    (article,) = read_bytes(front(*line.split("\n")), "a.md")
    assert article.authors == authors


@pytest.mark.parametrize(
    ("lines", "publisher", "url"),
    [
        (("publisher: Andes Wire", "url: https://x.example/a"), "Andes Wire", "https://x.example/a"),
        (("source: https://x.example/a",), None, None),
        (("source: Andes Wire", "link: https://x.example/a"), "Andes Wire", "https://x.example/a"),
        (("permalink: /a/b",), None, None),
        (("canonical_url: ' https://x.example/a '",), None, "https://x.example/a"),
    ],
)
def test_publisher_and_address(read_bytes, lines, publisher, url):
    (article,) = read_bytes(front(*lines), "a.md")
    assert (article.publisher, article.url) == (publisher, url)


def test_a_colon_in_a_title_loses_nothing(read_bytes):
    """The commonest mistake in front matter: a title with a colon and without quotes is no YAML."""
    (article,) = read_bytes(front("title: Peru: wool duty stays", "date: 2025-03-04", 'author: "Ines Rojas"'), "a.md")
    assert (article.title, article.published, article.authors) == ("Peru: wool duty stays", date(2025, 3, 4), ("Ines Rojas",))
    assert [w.code for w in article.warnings] == ["W110"]


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        ("", "R001"),
        (" \n", "R001"),
        (front("title: x").replace(BODY, ""), "R022"),
        ("# Only a title\n", "R022"),
        ("![picture](a.png)\n", "R022"),
        (front("title: x", "a: &a [b, b]", *(f"{n}: &{n} [*{p}, *{p}, *{p}, *{p}, *{p}, *{p}]" for p, n in zip("abcdefgh", "bcdefghi", strict=True))), "ok"),
        (front("title: " + "[" * 5000), "ok"),
        (front("title: !!python/object/apply:os.system ['false']"), "ok"),
        (front("? [a, b]", ": c"), "ok"),
        (front("- a", "- b"), "ok"),
        (front("a: [", "b: x" + " " * 60_000 + "y"), "ok"),
        ("---\ntitle: never closed\n\n" + BODY, "ok"),
        (">" * 5000 + " " + BODY, "R022"),
        ("- " * 5000 + BODY, "R022"),
        ("[" * 20_000 + BODY, "ok"),
        ("*a_ " * 5_000 + BODY, "ok"),
    ],
)  # fmt: skip
def test_broken_and_hostile_files(code_of, content, outcome):
    assert code_of(content, "a.md") == outcome


def test_another_encoding_is_said(read_bytes):
    (article,) = read_bytes(front("title: Café duty").encode("cp1252"), "a.md")
    assert article.title == "Café duty"
    assert [w.code for w in article.warnings] == ["W102"]
