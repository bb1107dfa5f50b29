"""schema.org JSON-LD: in pages it gives the fields, and the text if the page shows none; on its own it is the article."""

from __future__ import annotations

import json
from datetime import date

import pytest

P = "Peru will keep its 9% duty on wool from Chile, its trade ministry said on Tuesday."
LD = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Peru keeps wool duty", "datePublished": "2025-03-04T15:30:00-03:00",
      "author": {"@type": "Person", "name": "Ines Rojas"}, "publisher": {"@type": "Organization", "name": "Andes Wire"}, "url": "https://x.example/a"}  # fmt: skip
MORE = "Breeders in the south had asked for a duty twice as high, and a guild of weavers in Lima for none at all."
BODY = f"<p>{P}</p><p>{MORE}</p>"


def page(*scripts: object, body: str = f"<article><h1>Peru keeps wool duty</h1>{BODY}</article>", head: str = "") -> str:
    made = "".join(
        f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>' for one in scripts
    )
    return f"<!doctype html><html><head><title>Peru keeps wool duty - Site</title>{head}{made}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "script",
    [
        LD,
        [LD],
        {"@graph": [{"@type": "WebSite", "name": "Site"}, LD]},
        {"@type": "WebPage", "mainEntity": LD},
        LD | {"@type": ["NewsArticle", "Article"]},
        LD | {"@type": "ReportageNewsArticle"},
        LD | {"@type": "https://schema.org/NewsArticle"},
        LD | {"author": [{"name": "Ines Rojas"}, {"name": "Andes Wire"}]},
        LD | {"author": "Ines Rojas"},
        LD | {"author": ["By Ines Rojas"]},
        LD | {"url": None, "mainEntityOfPage": {"@id": "https://x.example/a"}},
        LD | {"url": None, "mainEntityOfPage": "https://x.example/a"},
        f"//<![CDATA[\n{json.dumps(LD)}\n//]]>",
    ],
)
def test_a_page_s_fields(read_bytes, script):
    (article,) = read_bytes(page("{broken", script), "a.html")
    assert article.text.startswith("Peru keeps wool duty\n\nPeru will keep")
    assert (article.title, article.url, article.publisher, article.authors) == (
        "Peru keeps wool duty",
        "https://x.example/a",
        "Andes Wire",
        ("Ines Rojas",),
    )
    assert (str(article.published_at), article.published_basis) == ("2025-03-04 15:30:00-03:00", "metadata")


@pytest.mark.parametrize(
    "script",
    [
        "", "{", "[]", "null", '"x"', "[" * 100_000, {"@type": "WebSite", "name": "Andes Wire"}, {"@type": 5}, {"@graph": {"@graph": {}}},
        {"@type": "NewsArticle", "author": 5, "publisher": [], "datePublished": {}, "url": [], "headline": 7, "mainEntityOfPage": 5},
    ],
)  # fmt: skip
def test_descriptions_that_say_nothing_change_nothing(read_bytes, script):
    (with_it,) = read_bytes(page(script), "a.html")
    (without,) = read_bytes(page(), "a.html")
    assert with_it == without


def test_of_several_articles_the_page_s_own_counts(read_bytes):
    other = LD | {"url": "https://x.example/b", "publisher": {"name": "Another"}}
    head = '<link rel="canonical" href="https://x.example/a/">'
    (article,) = read_bytes(page(other, LD, head=head), "a.html")
    assert article.publisher == "Andes Wire"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"{P}\n{MORE}", f"{P}\n\n{MORE}"),
        (f"<p>{P}</p><p>Ines &amp; Ann left at noon.</p>", f"{P}\n\nInes & Ann left at noon."),
        (f"{P} Ines &amp; Ann left at noon.", f"{P} Ines & Ann left at noon."),
    ],
)
def test_a_page_that_shows_its_article_by_script_only(read_bytes, body, text):
    (article,) = read_bytes(page(LD | {"articleBody": body}, body="<div id=root></div>"), "a.html")
    assert article.text == f"Peru keeps wool duty\n\n{text}"
    assert (article.published, article.authors) == (date(2025, 3, 4), ("Ines Rojas",))


def test_the_page_s_paragraphs_go_before_the_body_of_its_description(read_bytes):
    (article,) = read_bytes(page(LD | {"articleBody": "Cut off, as descriptions are ..."}), "a.html")
    assert article.text == f"Peru keeps wool duty\n\n{P}\n\n{MORE}"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (LD | {"articleBody": P}, "ok"),
        ({"@graph": [{"@type": "Person"}, LD | {"articleBody": P}]}, "ok"),
        ([LD | {"articleBody": P}, LD, {"@type": "Person", "name": "Ines Rojas"}], "ok,R022,R022"),
        (LD, "R022"),
        (LD | {"articleBody": 5}, "R022"),
        (LD | {"articleBody": " "}, "R022"),
        (LD | {"articleBody": P, "datePublished": "soon"}, "ok"),
        ({"@type": "Recipe", "text": P}, "R022"),
    ],
)
def test_documents_of_their_own(code_of, value, code):
    assert code_of(json.dumps(value), "a.json") == code
