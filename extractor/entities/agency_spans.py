"""Finds the words that name public bodies: names of the kept table, and names built as such names are built.

Each rule reads one construction: "Ministry of Trade", "trade ministry", "trade minister", "Federal Trade Commission", "Court of
Auditors", "the Reagan administration", "China's embassy", "a federal appeals court", "the Turkish central bank".
Which body is meant is settled in `agencies.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extractor.entities.agency_ministries import ministries, titles
from extractor.entities.agency_page import (
    Found,
    Page,
    family_of,
    is_part,
    is_topic,
    key_of,
    lists,
    with_adjective,
)
from extractor.entities.agency_states import administrations, courts, described, embassies, members, parts, single, small
from extractor.entities.agency_table import AgencyEntry, table_index


def find_bodies(doc: Doc) -> list[Found]:
    """All candidates, in the order of the text; of overlapping ones the longest, but for a body inside another's name."""
    page = Page(doc)
    known = list(_known(page))
    built = [*ministries(page), *titles(page), *_capitalised(page), *administrations(page), *embassies(page)]
    built += [*small(page), *described(page), *members(page), *courts(page), *single(page)]
    kept: list[Found] = []
    for one in sorted([*known, *built], key=lambda f: (not _is_full(f), -(f.end - f.start), f.start, not f.rows)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    kept += [inner for one in kept for inner in _inside(page, one)]
    kept += [part for part in parts(page) if all(part.end <= other.start or other.end <= part.start for other in kept)]
    return sorted(kept, key=lambda f: (f.start, -f.end))


def _is_full(one: Found) -> bool:
    """A name of the table of several words is never cut or stretched by a rule."""
    return bool(one.rows) and one.names and " " in one.key


# ---------------------------------------------------------------- names of the table


def _known(page: Page) -> Iterator[Found]:
    for hit in table_index().find(page.text):
        words = page.text[hit.start : hit.end]
        if " " not in words and not words.isupper() and is_part(page, hit.start, hit.end):
            continue
        if _is_of_more(page, hit.start, hit.end) or _is_membership(page, hit.start, hit.end):
            continue
        yield _of_rows(page, hit.start, hit.end, hit.payload)


def _is_of_more(page: Page, start: int, end: int) -> bool:
    """Whether a name of the table is only a part of another body's: `African Union Commission`."""
    behind = re.compile(r" ([A-Z]\w+)").match(page.text, end)
    if behind and behind[1] in {*lists("heads")["strong"], *lists("heads")["tails"]} and behind[1] != "Agency":
        return not page.in_title(start)
    before = re.search(r"([A-Z]\w{1,20}) \Z", page.text[max(0, start - 20) : start])
    return bool(before and before[1] in lists("heads")["ranks"] and " " in page.text[start:end] and not page.in_title(start))


def _is_membership(page: Page, start: int, end: int) -> bool:
    """Whether the name of a group of states stands for its members: `ASEAN countries`."""
    behind = re.compile(r"[ -](\w+)").match(page.text, end)
    return page.text[start:end] in lists("heads")["groups"] and bool(behind and behind[1] in lists("heads")["members"])


def _of_rows(page: Page, start: int, end: int, rows: tuple[AgencyEntry, ...]) -> Found:
    country, key = page.country(start, end), key_of(page.text[start:end])
    return Found(
        with_adjective(page, start, page.text[start:end]), end, family_of(page.text[start:end], rows[0].kind), key, country, rows
    )


def _inside(page: Page, outer: Found) -> Iterator[Found]:
    """The parent in "Tariff Commission of the State Council" and in "State Council's Tariff Commission"."""
    for match in re.compile(r" of the |'s ").finditer(page.text, outer.start, outer.end):
        start, end = (match.end(), outer.end) if match[0].startswith(" ") else (outer.start, match.start())
        rows = table_index().get(page.text[start:end])
        if rows:
            yield _of_rows(page, start, end, rows)


# ---------------------------------------------------------------- names in capitals with a public body's noun

_STEP_BACK = re.compile(r"(?:(?P<word>[A-Z][\w.'-]{0,40}|and|&) )\Z")
LONGEST_NAME = 8


def _capitalised(page: Page) -> Iterator[Found]:
    """Names like "Federal Trade Commission", "Bureau of Industry and Security", "National Tariff Board"."""
    heads = lists("heads")
    nouns = "|".join(re.escape(h) for h in sorted({*heads["strong"], *heads["weak"]}, key=len, reverse=True))
    for match in re.compile(rf"\b(?:{nouns})\b").finditer(page.text):
        if page.in_title(match.start()):
            continue
        start = _name_start(page, match.start())
        end = _name_end(page, match.end()) if match[0] in heads["first"] else match.end()
        name = page.text[start:end]
        country = page.country(start, end)
        bare = start == match.start() and end == match.end()
        if _is_public(page, name, match[0], bare, country) and not (_at_school(page, start, end) or _is_private(page, end)):
            yield Found(with_adjective(page, start, name), end, family_of(match[0], "agency"), key_of(name), country)


def _name_start(page: Page, at: int) -> int:
    """Goes back over the capitalised words before a noun, not over a country, a possessor or a sentence's start."""
    start = candidate = at
    heads = {*lists("heads")["strong"], *lists("heads")["weak"]}
    joined = False
    for _ in range(LONGEST_NAME):
        low = max(0, candidate - 30)
        step = _STEP_BACK.search(page.text[low:candidate])
        if not step or page.before(candidate)[0]:
            break
        word, candidate = step["word"], low + step.start("word")
        if word in ("The", "A", "An", "President", "Minister", "Secretary") or (joined and (word in heads or word.isupper())):
            break
        if word.endswith("'s") and word not in lists("heads")["public"]:
            break
        joined = not word[0].isupper()
        if joined:
            continue
        token = page.doc.char_span(candidate, candidate + len(word), alignment_mode="expand")
        if token is not None and (token[0].ent_type_ == "PERSON" or (token[0].is_sent_start and token[0].pos_ not in NAME_POS)):
            break
        start = candidate
    return start


NAME_POS = frozenset({"PROPN", "NOUN", "ADJ"})
_MORE = re.compile(
    r" (?:of|for|on) (?:the )?[A-Z][\w'-]*(?:(?: of the | of | for |, and | and (?:the )?| & |, | )[A-Z][\w'-]*){0,7}"
)


_JOINT = re.compile(r",? and (?:the )?")


def _name_end(page: Page, at: int) -> int:
    """Goes on over "of the Capitalised and Capitalised", up to the next body's name."""
    match = _MORE.match(page.text, at)
    if not match:
        return at
    country = page.behind(at)
    if (country and country.end >= match.end()) or match[0].split()[-1].lower() in lists("heads")["days"]:
        return at
    listed = re.search(r"(?:,? and | & )(?:the )?\w[^,]*\Z", match[0])
    if "," in match[0] and not listed:
        return at + match[0].index(",")  # "Department of Trade, Jane Roe"
    joints = [*_JOINT.finditer(page.text, at, match.end())]
    ends = [*(j.start() for j in joints[1:]), match.end()]
    heads = {*lists("heads")["strong"], *lists("heads")["first"]} - {"Customs"}
    for joint, end in zip(joints, ends, strict=False):
        if heads & set(page.text[joint.end() : end].split()):
            return joint.start()
    return match.end() - (2 if match[0].endswith("'s") else 0)


def _at_school(page: Page, start: int, end: int) -> bool:
    before, behind = page.text[max(0, start - 40) : start], page.text[end : end + 40]
    return bool(re.search(r"\b(?:University|College|School|Institute)\b[^.]*\Z", before) or re.match(r" at .*University", behind))


def _is_private(page: Page, end: int) -> bool:
    """Whether the words behind a name say that it is a lobby, company or party: `Trade Council, a farm lobby`."""
    tail = re.compile(r" ([A-Z]\w+)").match(page.text, end)
    if tail and tail[1] in lists("heads")["tails"]:
        return True
    what = re.compile(r",(?: which is)? (?:a|an|the) (?P<what>[\w -]{2,60})").match(page.text, end)
    return what is not None and bool(set(re.split(r"[ -]", what["what"])) & set(lists("heads")["lobbies"]))


def _is_public(page: Page, name: str, noun: str, bare: bool, country: str | None) -> bool:
    heads = lists("heads")
    if any(re.search(rf"\b{re.escape(word)}\b", name) for word in heads["private"]):
        return False
    if any(phrase in name for phrase in heads["offices"]):
        return True
    if bare:
        return country is not None and noun in heads["strong"] and noun not in ("Administration", "Assembly", "Authority")
    words = name.split()
    if noun == "Administration" and len(words) < 3 and not is_topic(words[0]):
        return False
    if noun == "Bank" and "Central" not in words and "Reserve" not in words:
        return False
    if noun in heads["strong"] or set(words) & set(heads["public"]):
        return True
    return country is not None and (noun not in heads["often_private"] or any(is_topic(word) for word in words))
