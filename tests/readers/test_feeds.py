"""RSS and Atom: items with full texts are articles, teasers are rejected, one broken item never stops the others."""

from __future__ import annotations

from datetime import date, datetime

import pytest

P = "Peru will keep its 9% duty on wool from Chile, its trade ministry said on Tuesday."
LONG = " ".join([P] * 10)


def rss(*items: str, channel: str = "<title>Andes Wire</title>") -> str:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    return f"<?xml version='1.0'?><rss version='2.0' {spaces}><channel>{channel}{''.join(f'<item>{one}</item>' for one in items)}</channel></rss>"


def atom(*entries: str) -> str:
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Andes Wire</title>{''.join(f'<entry>{one}</entry>' for one in entries)}</feed>"


FULL = f"<title>Peru keeps wool duty</title><content:encoded><![CDATA[<p>{P}</p>]]></content:encoded>"


@pytest.mark.parametrize(
    ("item", "body"),
    [
        (f"<content:encoded><![CDATA[<p>{P}</p><p>So it&nbsp;said.</p>]]></content:encoded>", f"{P}\n\nSo it said."),
        (f"<content:encoded>&lt;p&gt;{P}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content:encoded>", P),
        (f"<content:encoded><![CDATA[{P}<br /><br />So it said.]]></content:encoded>", f"{P}\n\nSo it said."),
        (f"<description>Short.</description><content:encoded><![CDATA[<p>{P}</p>]]></content:encoded>", P),
        (f"<content:encoded><![CDATA[<p>{P}</p><p>The post <a href='/'>Wool</a> appeared first on <a href='/'>Andes Wire</a>.</p>]]></content:encoded>", P),
        (f"<content:encoded><![CDATA[<figure><figcaption>A sheep</figcaption></figure><p>{P}</p><iframe src=x></iframe>]]></content:encoded>", P),
        (f"<content:encoded> </content:encoded><description>{LONG}</description>", LONG),
        (f"<description>{LONG}</description>", LONG),
        (f"<description><![CDATA[<p>{LONG}</p><p>End.</p>]]></description>", f"{LONG}\n\nEnd."),
        (f"<fullText>{P}</fullText>", P),
        (f"<description>{LONG}\n\n{P}\nA &amp;lt; B</description>", f"{LONG}\n\n{P} A < B"),
    ],
)  # fmt: skip
def test_texts_of_rss(read_bytes, item, body):
    (article,) = read_bytes(rss(item), "a.xml")
    assert article.text == body


@pytest.mark.parametrize(
    ("entry", "body"),
    [
        (f"<content type='html'>&lt;p&gt;{P}&lt;/p&gt;&lt;p&gt;A &amp;amp; B&lt;/p&gt;</content>", f"{P}\n\nA & B"),
        (
            f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{P}</p><p>A &amp; B</p></div></content>",
            f"{P}\n\nA & B",
        ),
        (f"<content type='text'>{P}\n\nA &lt; B</content>", f"{P}\n\nA < B"),
        (f"<content>{P}</content>", P),
        (f"<summary>{LONG}</summary>", LONG),
    ],
)
def test_texts_of_atom(read_bytes, entry, body):
    (article,) = read_bytes(atom(entry), "a.xml")
    assert article.text == body


@pytest.mark.parametrize(
    ("item", "title", "url", "authors", "publisher"),
    [
        ("<title>Duty &amp;amp; &lt;b&gt;wool&lt;/b&gt;</title><link>https://x.example/a</link>", "Duty & wool", "https://x.example/a", (), "Andes Wire"),
        ("<guid>https://x.example/a</guid><dc:creator>Ines Rojas</dc:creator>", None, "https://x.example/a", ("Ines Rojas",), "Andes Wire"),
        ("<guid isPermaLink='false'>https://x.example/a</guid><author>i@x.example (Ines Rojas)</author>", None, None, ("Ines Rojas",), "Andes Wire"),
        ("<guid>aw-17</guid><author>i@x.example</author>", None, None, (), "Andes Wire"),
        ("<source url='https://x.example'>Lima Journal</source><dc:creator>Lima Journal</dc:creator>", None, None, (), "Lima Journal"),
        ("<media:content url='https://x.example/a.jpg'/><media:title>A sheep</media:title><link>  </link>", "A sheep", None, (), "Andes Wire"),
    ],
)  # fmt: skip
def test_fields_of_rss(read_bytes, item, title, url, authors, publisher):
    (article,) = read_bytes(rss(f"{item}<content:encoded>{P}</content:encoded>"), "a.xml")
    assert (article.title, article.url, article.authors, article.publisher) == (title, url, authors, publisher)


def test_fields_of_atom(read_bytes):
    entry = "<link rel='edit' href='https://x.example/e'/><link href='https://x.example/a'/><author><name>Ines Rojas</name><uri>https://x.example/i</uri></author>"
    (article,) = read_bytes(atom(f"{entry}<content>{P}</content>"), "a.xml")
    assert (article.url, article.authors, article.publisher) == ("https://x.example/a", ("Ines Rojas",), "Andes Wire")


@pytest.mark.parametrize(
    ("line", "published", "time"),
    [
        ("<pubDate>Tue, 04 Mar 2025 15:30:00 -0300</pubDate>", "2025-03-04", "2025-03-04T15:30:00-03:00"),
        ("<pubDate>Tue, 4 Mar 2025 15:30:00 EST</pubDate>", "2025-03-04", "2025-03-04T15:30:00-05:00"),
        ("<pubDate>04 Mar 25 15:30 GMT</pubDate>", "2025-03-04", "2025-03-04T15:30:00+00:00"),
        ("<pubDate>2025-03-04T15:30:00-03:00</pubDate>", "2025-03-04", "2025-03-04T15:30:00-03:00"),
        ("<dc:date>2025-03-04T15:30:00Z</dc:date>", "2025-03-04", "2025-03-04T15:30:00+00:00"),
        (
            "<updated>2025-03-09T00:00:00Z</updated><published>2025-03-04T00:00:00Z</published>",
            "2025-03-04",
            "2025-03-04T00:00:00+00:00",
        ),
        ("<pubDate>yesterday</pubDate>", None, None),
        ("", None, None),
    ],
)
def test_dates(read_bytes, line, published, time):
    (article,) = read_bytes(rss(f"{line}<content:encoded>{P}</content:encoded>"), "a.xml")
    assert article.published == (published and date.fromisoformat(published))
    assert article.published_at == (time and datetime.fromisoformat(time))
    assert [w.code for w in article.warnings] == ["W109"] * ("yesterday" in line)


def test_rss_1_has_its_items_beside_the_channel(read_bytes):
    page = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>Andes Wire</title></channel><item><title>Peru keeps wool duty</title><content:encoded>{P}</content:encoded></item></rdf:RDF>"
    )
    (article,) = read_bytes(page, "a.rdf")
    assert (article.source, article.title, article.publisher) == ("a.rdf#1", "Peru keeps wool duty", "Andes Wire")


@pytest.mark.parametrize(
    ("feed", "codes"),
    [
        (rss(FULL, "<description>Peru keeps its duty.</description>", FULL), "ok,R021,ok"),
        (rss(f"<description>{LONG} [...]</description>"), "R021"),
        (rss(f"<description>{LONG} Read more »</description>"), "R021"),
        (rss(f"<description>{LONG} Continue reading Peru keeps wool duty</description>"), "R021"),
        (atom("<summary>Peru keeps its duty.</summary><content src='https://x.example/a'/>"), "R021"),
        (rss("<title>Only a title</title>"), "R022"),
        (rss("<description><![CDATA[<img src=x>]]></description>"), "R022"),
        (rss("", FULL), "R022,ok"),
        (rss(), "R023"),
        ("<rss/>", "R023"),
        (rss(FULL, FULL)[:-60], "ok,R013"),
        (rss(FULL, FULL)[:-16], "ok,ok,R013"),
        (rss(FULL)[:60], "R013"),
        (rss(FULL, "<title>A & B</title>", FULL), "ok,R013,ok"),
        (rss(FULL, "<description><b>no end</description>", FULL, FULL), "ok,R013,ok,ok"),
        (rss(FULL, FULL, channel="<title>A & B</title>"), "ok,ok"),
        (rss(FULL, f"<dc:creator>I</dc:creator><x:y/>{FULL}", FULL), "ok,R013,ok"),
        (atom(f"<content>{P}</content>", "<title>A & B</title>", f"<content>{P}</content>"), "ok,R013,ok"),
        (rss(FULL, f"<title>&eacute;&nbsp;&hellip;</title><content:encoded>{P}</content:encoded>", FULL), "ok,ok,ok"),
        (rss(FULL.replace("duty", "duty\x0b")), "ok"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss(FULL).removeprefix("<?xml version='1.0'?>"), "R014"),
        ("<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://x.example/rss-0.91.dtd'>" + rss(FULL).removeprefix("<?xml version='1.0'?>"), "ok"),
        (rss(*[FULL] * 300), ",".join(["ok"] * 300)),
    ],
)  # fmt: skip
def test_teasers_empty_and_broken_ones(code_of, feed, codes):
    assert code_of(feed, "a.xml") == codes
