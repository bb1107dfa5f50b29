"""NITF: old and new versions, odd and broken ones."""

from __future__ import annotations

import socket
from datetime import date, datetime

import pytest

P = "Peru will keep its 9% duty on wool from Chile, its trade ministry said on Tuesday."


def nitf(content: str = f"<p>{P}</p>", head: str = "", body_head: str = "", opening: str = "") -> str:
    return (
        f"{opening}<nitf><head>{head}</head><body><body.head><hedline><hl1>Peru keeps wool duty</hl1></hedline>{body_head}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (f"<p>{P}</p><p>So it said.</p>", f"{P}\n\nSo it said."),
        (f"<block><p>{P}</p><hl2>Next steps</hl2><p>So it said.</p></block>", f"{P}\n\nNext steps\n\nSo it said."),
        (f"<p lede='true'>{P}</p><ul><li>Wool: 9%</li><li>Butter: 18%</li></ul>", f"{P}\n\nWool: 9%\n\nButter: 18%"),
        (f"<p>{P}</p><bq><block><p>“We wait,”</p></block><credit>A minister</credit></bq>", f"{P}\n\n“We wait,”\n\nA minister"),
        (f"<media><media-caption>A sheep.</media-caption></media><p>{P}</p>", P),
        (f"<p>{P}</p><table><tr><td>Wool</td><td>9%</td></tr></table><p>End.</p>", f"{P}\n\nEnd."),
        ("<p>Peru’s <org>Trade Ministry</org> said <num>9</num>% <em>stays</em>.<br/>It is <!-- x -->final.</p>", "Peru’s Trade Ministry said 9% stays.\n\nIt is final."),
        (f"\n  Bare text at first.\n<p>{P}</p>", f"Bare text at first.\n\n{P}"),
        (f"<p>{P}</p><p> </p><p/>", P),
        ("<p>A&amp;B &lt;5% &#8364;3 &eacute;t&eacute; &mdash;&nbsp;x &rsquo;s</p>", "A&B <5% €3 été — x ’s"),
        (f"<p><![CDATA[{P} A & B]]></p>", f"{P} A & B"),
    ],
)  # fmt: skip
def test_bodies(read_bytes, content, body):
    (article,) = read_bytes(nitf(content), "a.xml")
    assert article.text == f"Peru keeps wool duty\n\n{body}"
    assert article.title == "Peru keeps wool duty"


@pytest.mark.parametrize(
    ("head", "published", "time"),
    [
        ('<docdata><date.issue norm="20250304T153000-0300"/></docdata>', "2025-03-04", "2025-03-04T15:30:00-03:00"),
        ('<docdata><date.issue norm="20250304T153000Z"/></docdata>', "2025-03-04", "2025-03-04T15:30:00+00:00"),
        ('<docdata><date.issue norm="2025-03-04T15:30:00-03:00"/></docdata>', "2025-03-04", "2025-03-04T15:30:00-03:00"),
        ('<docdata><date.issue norm="20250304"/></docdata>', "2025-03-04", None),
        ('<docdata><date.issue norm="20250304T1530"/></docdata>', "2025-03-04", None),
        ('<docdata><date.release norm="20250304"/><date.expire norm="20260101"/></docdata>', "2025-03-04", None),
        ('<pubdata date.publication="20250304T120000" name="Andes Wire"/>', "2025-03-04", None),
        ('<docdata><date.issue norm=""/></docdata>', None, None),
        ("", None, None),
    ],
)
def test_dates(read_bytes, head, published, time):
    (article,) = read_bytes(nitf(head=head), "a.xml")
    assert article.published == (published and date.fromisoformat(published))
    assert article.published_at == (time and datetime.fromisoformat(time))
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("head", "body_head", "publisher", "authors", "url"),
    [
        ('<pubdata name="Andes Wire" ex-ref="https://x.example/a"/>', "<byline>By Ines Rojas</byline>", "Andes Wire", ("Ines Rojas",), "https://x.example/a"),
        ('<docdata><doc.copyright holder="Andes Wire"/></docdata>', "<byline>BY INES ROJAS AND ANN POE</byline>", "Andes Wire", ("INES ROJAS", "ANN POE"), None),
        ("", "<byline>By <person>Ines Rojas</person> and <person>Ann Poe</person>, Andes Wire</byline>", None, ("Ines Rojas", "Ann Poe"), None),
        ("", "<byline>By Ines Rojas<byttl>Trade Correspondent</byttl></byline><distributor>Andes Wire</distributor>", "Andes Wire", ("Ines Rojas",), None),
        ('<docdata><doc-id id-string="https://x.example/a"/></docdata>', "<byline/>", None, (), "https://x.example/a"),
        ('<docdata><doc-id id-string="aw-17"/></docdata>', "<byline>Andes Wire</byline><distributor>Andes Wire</distributor>", "Andes Wire", (), None),
    ],
)  # fmt: skip
def test_publisher_byline_and_address(read_bytes, head, body_head, publisher, authors, url):
    (article,) = read_bytes(nitf(head=head, body_head=body_head), "a.xml")
    assert (article.publisher, article.authors, article.url) == (publisher, authors, url)


@pytest.mark.parametrize(
    ("dateline", "content", "start"),
    [
        ("<location>LIMA</location>, <story.date>March 4</story.date>", f"<p>{P}</p>", "LIMA, March 4 — Peru will"),
        ("<location>LIMA</location>", f"<p>LIMA (Andes Wire) - {P}</p>", "LIMA (Andes Wire) - Peru"),
        ("LIMA, March 4 -", f"<p>{P}</p>", "LIMA, March 4 — Peru will"),
        ("", f"<p>{P}</p>", "Peru will"),
    ],
)
def test_a_dateline_kept_apart_opens_the_story(read_bytes, dateline, content, start):
    (article,) = read_bytes(nitf(content, body_head=f"<dateline>{dateline}</dateline>"), "a.xml")
    assert article.text[article.body_start :].startswith(start)


@pytest.mark.parametrize(
    "opening",
    [
        "",
        '<?xml version="1.0"?>',
        '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.2//EN" "nitf-3-2.dtd">\n',
        '<?xml version="1.0"?><?xml-stylesheet href="http://x.example/a.xsl"?><!-- a comment -->\n',
        '\ufeff<?xml version="1.0" encoding="utf-16"?>',
        "\n\n  <?xml version='1.0' standalone='yes'?>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_openings_and_encodings(read_bytes, monkeypatch, opening, encoding):
    def no_network(*args: object) -> None:
        raise AssertionError("a socket is opened")

    monkeypatch.setattr(socket, "socket", no_network)
    (article,) = read_bytes(nitf("<p>The café’s owner in Peru pays 9%.</p>", opening=opening).encode(encoding), "a")
    assert article.text.endswith("The café’s owner in Peru pays 9%.")


@pytest.mark.parametrize(("declared", "real"), [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "cp1252"), ("no-such", "cp1252"), ("iso-8859-1", "utf-8")])  # fmt: skip
def test_a_wrong_declaration_of_the_encoding(read_bytes, declared, real):
    page = nitf("<p>The café’s owner in Peru pays 9%.</p>", opening=f'<?xml version="1.0" encoding="{declared}"?>')
    (article,) = read_bytes(page.encode(real), "a.xml")
    assert article.text.endswith("The café’s owner in Peru pays 9%.")
    assert [w.code for w in article.warnings] == ["W102"] * (real != "utf-8")


def test_a_namespace_changes_nothing(read_bytes):
    page = nitf().replace("<nitf>", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" version="-//IPTC//DTD NITF 3.6//EN">')
    (article,) = read_bytes(page, "a.xml")
    assert article.text == f"Peru keeps wool duty\n\n{P}"


BOMB = '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (nitf(""), "R022"),
        (nitf("<p> </p>"), "R022"),
        ("<nitf/>", "R022"),
        ("<nitf><body/></nitf>", "R022"),
        (nitf()[:-30], "R013"),
        (nitf().replace("</p>", ""), "R013"),
        (nitf("<p>&undefined;</p>"), "R013"),
        (nitf("<p/>" * 600_000), "R004"),
        (nitf("<p " + " ".join(f"a{n}='1'" for n in range(100_000)) + f">{P}</p>"), "ok"),
        (nitf("<p>" * 3000 + P + "</p>" * 3000), "R013"),
        (nitf(opening=BOMB, content="<p>&c;</p>"), "R014"),
        (nitf(opening='<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>', content="<p>&x;</p>"), "R014"),
        (nitf(opening='<!DOCTYPE nitf [<!ENTITY % x SYSTEM "http://x.example/a.dtd"> %x;]>'), "R014"),
        (nitf(opening='<!DOCTYPE nitf SYSTEM "file:///etc/passwd">'), "ok"),
        (nitf(head='<docdata management-status="canceled"/>'), "R020"),
        (nitf(head='<docdata management-status="withheld"/>'), "R020"),
        (nitf(head='<docdata management-status="usable"/>'), "ok"),
        (nitf(head='<docdata><date.issue norm="soon"/></docdata>'), "ok"),
        (nitf(f"<p>{P}\x0b\x00</p>"), "ok"),
    ],
)
def test_empty_broken_hostile_and_withdrawn_ones(code_of, page, code):
    assert code_of(page, "a.xml") == code


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-32"])
def test_entities_are_found_in_any_encoding(code_of, name):
    assert code_of(nitf(opening=BOMB, content="<p>&c;</p>").encode(name), "a.xml") == "R014"
