"""NewsML-G2: items and messages, texts inline in several forms, and items without one."""

from __future__ import annotations

import base64
from datetime import date

import pytest

P = "Peru will keep its 9% duty on wool from Chile, its trade ministry said on Tuesday."
XHTML = f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head><body><p>{P}</p></body></html></inlineXML>'
SPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def item(content: str = XHTML, meta: str = "", about: str = "", guid: str = "tag:x.example,2025:1", rights: str = "") -> str:
    return (
        f'<newsItem {SPACE} guid="{guid}" version="1" standard="NewsML-G2"><catalogRef href="http://x.example/catalog"/>{rights}'
        f"<itemMeta>{meta}</itemMeta><contentMeta><headline>Peru keeps wool duty</headline>{about}</contentMeta>"
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def message(*items: str) -> str:
    return f"<?xml version='1.0'?><newsMessage {SPACE}><header/><itemSet>{''.join(items)}</itemSet></newsMessage>"


NITF = (
    f"<nitf><body><body.head><dateline>LIMA, March 4</dateline></body.head><body.content><p>{P}</p></body.content></body></nitf>"
)


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (XHTML, P),
        (f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>', f"LIMA, March 4 — {P}"),
        (f'<inlineXML>{NITF.replace("<nitf>", "<nitf xmlns=&quot;urn:x&quot;>").replace("&quot;", chr(34))}</inlineXML>', f"LIMA, March 4 — {P}"),
        (f'<inlineXML><div xmlns="http://www.w3.org/1999/xhtml"><p>{P}</p><ul><li>Wool</li></ul></div></inlineXML>', f"{P}\n\nWool"),
        (f'<inlineData contenttype="text/plain">{P}\n\n   So it said.\n</inlineData>', f"{P}\n\n   So it said."),
        (f"<inlineData>{P}</inlineData>", P),
        (f'<inlineData contenttype="text/html">&lt;p&gt;{P}&lt;/p&gt;&lt;p&gt;End.&lt;/p&gt;</inlineData>', f"{P}\n\nEnd."),
        (f'<inlineData contenttype="text/plain" encoding="base64">{base64.b64encode(P.encode()).decode()}</inlineData>', P),
        (f'<remoteContent href="a.jpg"/>{XHTML}', P),
        (f"<inlineXML><html><body/></html></inlineXML>{XHTML}", P),
    ],
)  # fmt: skip
def test_bodies(read_bytes, content, body):
    (article,) = read_bytes(item(content), "a.xml")
    assert article.text == f"Peru keeps wool duty\n\n{body}"
    assert article.source == "a.xml"


@pytest.mark.parametrize(
    ("meta", "about", "published"),
    [
        (
            "<versionCreated>2025-03-04T15:30:00-03:00</versionCreated><firstCreated>2025-03-03T15:30:00-03:00</firstCreated>",
            "",
            "2025-03-04",
        ),
        ("<versionCreated>2025-03-06T15:30:00Z</versionCreated>", "<contentCreated>2025-03-04</contentCreated>", "2025-03-04"),
        ("<firstCreated>2025-03-04T00:00:00Z</firstCreated>", "", "2025-03-04"),
        ("<versionCreated>now</versionCreated><firstCreated>2025-03-04T00:00:00Z</firstCreated>", "", "2025-03-04"),
        ("", "", None),
    ],
)
def test_dates(read_bytes, meta, about, published):
    (article,) = read_bytes(item(meta=meta, about=about), "a.xml")
    assert article.published == (published and date.fromisoformat(published))


@pytest.mark.parametrize(
    ("meta", "about", "rights", "publisher", "authors"),
    [
        ('<provider qcode="p:AW"><name>Andes Wire</name></provider>', "<by>By Ines Rojas and Ann Poe</by>", "", "Andes Wire", ("Ines Rojas", "Ann Poe")),
        ('<provider literal="Andes Wire"/>', "<by>Ines Rojas, Andes Wire</by>", "", "Andes Wire", ("Ines Rojas",)),
        ("", '<creator qcode="c:1"><name>Ines Rojas</name></creator>', "<rightsInfo><copyrightHolder><name>Andes Wire</name></copyrightHolder></rightsInfo>", "Andes Wire", ("Ines Rojas",)),
        ("<provider><name>Andes Wire</name></provider>", "<creator><name>Andes Wire</name></creator>", "", "Andes Wire", ()),
        ("", "<infoSource><name>Andes Wire</name></infoSource><by/>", "", "Andes Wire", ()),
        ("", "", "", None, ()),
    ],
)  # fmt: skip
def test_publisher_and_byline(read_bytes, meta, about, rights, publisher, authors):
    (article,) = read_bytes(item(meta=meta, about=about, rights=rights), "a.xml")
    assert (article.publisher, article.authors) == (publisher, authors)


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        (item(), "ok"),
        (message(item(), item(guid="tag:2")), "ok,ok"),
        (message(item(), item(""), item(guid="tag:2")), "ok,R022,ok"),
        (message(), "R023"),
        (f"<packageItem {SPACE}><groupSet/></packageItem>", "R023"),
        (item('<remoteContent href="a.jpg" contenttype="image/jpeg"/>'), "R022"),
        (item('<inlineData contenttype="text/plain" encoding="base64">!</inlineData>'), "R022"),
        (item('<inlineData contenttype="application/pdf" encoding="base64">aaaa</inlineData>'), "R022"),
        (item(meta='<pubStatus qcode="stat:canceled"/>'), "R020"),
        (item(meta='<pubStatus qcode="stat:withheld"/>'), "R020"),
        (item(meta='<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>'), "R020"),
        (item(meta='<pubStatus qcode="stat:usable"/>'), "ok"),
        (message(item(meta='<pubStatus qcode="stat:canceled"/>'), item()), "R020,ok"),
        (message(item(), item())[:-40], "R013"),
        ("<!DOCTYPE newsItem [<!ENTITY a 'b'>]>" + item(), "R014"),
    ],
)
def test_messages_empty_broken_and_withdrawn_ones(code_of, page, codes):
    assert code_of(page, "a.xml") == codes


def test_items_of_a_message_are_told_apart_by_their_guid(read_bytes):
    found = read_bytes(message(item(guid="tag:1"), item(guid="https://x.example/a"), item(guid="")), "a.xml")
    assert [(a.source, a.url) for a in found] == [
        ("a.xml#tag:1", None),
        ("a.xml#https://x.example/a", "https://x.example/a"),
        ("a.xml#3", None),
    ]
