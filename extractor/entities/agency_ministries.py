"""Ministries and departments, by their names and by the titles of those who head them: "trade ministry", "Treasury Secretary"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.entities.agency_page import (
    Found,
    Page,
    capitalised_name,
    key_of,
    lists,
    ministry_form,
    with_adjective,
)
from extractor.entities.agency_table import table_index


def ministries(page: Page) -> Iterator[Found]:
    """Names like "Ministry of Trade and Industry" or "commerce ministry"."""
    for form in (r"\bTOPICS HEAD\b", r"\bHEAD (?:of|for) (?:the )?TOPICS\b"):
        for match in ministry_form(form).finditer(page.text):
            country, key = page.country(*match.span()), key_of(match["topics"])
            small_department = match["head"] in ("department", "dept") or key in ("economics", "science")
            if small_department and country is None and key not in lists("topics")["american"]:
                continue
            start = with_adjective(page, match.start(), match[0])
            rows = table_index().get(match[0]) or table_index().get(capitalised_name(match[0])) or ()
            yield Found(start, match.end(), match["head"].lower().replace("dept", "department"), key, country, rows)


def titles(page: Page) -> Iterator[Found]:
    """Bodies named only in a title: "Treasury Secretary", "trade minister", "Minister of Finance"."""
    forms = (
        r"\bTOPICS (?:vice |deputy )?TITLE\b(?! general)",
        r"\bTITLE of state for (?:the )?TOPICS\b",
        r"\bTITLE (?:of|for) (?:the )?TOPICS\b",
    )
    for form in forms:
        for match in ministry_form(form).finditer(page.text):
            key = key_of(match["topics"])
            foreign_state = page.country(*match.span()) not in (None, "US") or match["head"].lower() == "minister"
            if not _is_title(page, match) or (key == "state" and foreign_state):
                continue
            if key in lists("topics")["never_alone"] and not (key == "home" and match["head"].lower() == "secretary"):
                continue
            american = match["head"].lower() == "secretary" and key in lists("topics")["american"]
            country = page.country(*match.span()) or ("US" if american else None)
            head = "Department" if country == "US" else "Ministry"
            name = f"{capitalised_name(match['topics'])} {head}"
            rows = table_index().get(name) or ()
            yield Found(*match.span("topics"), head.lower(), key, country, rows, names=False)


def _is_title(page: Page, match: re.Match[str]) -> bool:
    """Whether the words are a holder's title: in capitals, with a country or beside a name."""
    before = re.search(r"(\w{1,20})[ -]\Z", page.text[max(0, match.start() - 20) : match.start()])
    own_post = "of" not in match[0].lower().split() or before is None or before[1].lower() not in lists("topics")["deputies"]
    if before and before[1].lower() in lists("topics")["under"] and own_post:
        return False
    named = re.compile(r" [A-Z][a-z]").match(page.text, match.end())
    owned = re.search(r"\b(?:his|her|its|their|'s)(?: \w+)? \Z", page.text[max(0, match.start() - 25) : match.start()])
    beside = re.search(r"[A-Z]\w{1,40}, (?:the |a )?(?:\w{1,40} )?\Z", page.text[max(0, match.start() - 40) : match.start()])
    one_only = match["head"].lower() == "secretary" and key_of(match["topics"]) in lists("topics")["american"]
    capital = match["topics"][0].isupper() and not page.in_title(match.start())
    return bool(named or owned or beside or one_only or capital or page.country(*match.span()))
