"""Finds the words that name public bodies: names of the kept table, and names built as such names are built.

Each rule reads one construction: "Ministry of Trade", "trade ministry", "trade minister", "Federal Trade Commission", "Court of
Auditors", "the Reagan administration", "China's embassy", "a federal appeals court", "the Turkish central bank".
Which body is meant is settled in `agencies.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc

from extractor.entities.agency_table import AgencyEntry, of_kind, short_index, table_index
from extractor.entities.countries import capital_of
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mentions, smooth
from extractor.entities.phrases import PhraseIndex
from extractor.lexicon import table
from extractor.records import EntityType


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may name a public body.

    Attributes:
        start: offset of the first character.
        end: offset behind the last one.
        family: what a later "the ministry" or "the court" would call it.
        key: the words that tell it from other bodies of its kind, small and in order.
        country: code of the country that the words themselves give.
        rows: bodies of the table that have this name.
        names: whether the words are a name of the body, not a title or another's word for it.
    """

    start: int
    end: int
    family: str
    key: str
    country: str | None = None
    rows: tuple[AgencyEntry, ...] = ()
    names: bool = True


_BEHIND = re.compile(r" (?:of|for) (?:the )?")
_SEAT = re.compile(r" in (?P<city>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")


class Page:
    """An article as the rules see it: its text, and the countries by where they begin and end."""

    def __init__(self, doc: Doc) -> None:
        """Collects the countries of a document."""
        self.doc = doc
        self.text = smooth(doc)
        self.countries = mentions(doc, EntityType.COUNTRY)
        self._ending = {m.end: m for m in self.countries}
        self._beginning = {m.start: m for m in reversed(self.countries)}

    def before(self, start: int) -> tuple[Mention | None, bool]:
        """The country that stands right before an offset, and whether as a possessor ("China's")."""
        at = len(self.text[:start].rstrip()) if start < 80 else start - 80 + len(self.text[start - 80 : start].rstrip())
        if self.text[max(0, at - 2) : at] == "'s":
            return self._ending.get(at - 2), True
        if self.text[max(0, at - 1) : at] == "'":
            return self._ending.get(at - 1), True
        return self._ending.get(at) if at < start else None, False

    def behind(self, end: int) -> Mention | None:
        """The country in "… of (the) COUNTRY" or "… for COUNTRY" behind an offset."""
        match = _BEHIND.match(self.text, end)
        return self._beginning.get(match.end()) if match else None

    def seat_behind(self, end: int) -> str | None:
        """Code of the country whose capital follows: "the commerce ministry in Beijing"."""
        match = _SEAT.match(self.text, end)
        return capital_of(match["city"]) if match else None

    def country(self, start: int, end: int) -> str | None:
        """Code of the country that a name's neighbours or its own words give."""
        inner = next((m for m in self.countries if start <= m.start and m.end <= end), None)
        found = inner or self.before(start)[0] or self.behind(end)
        return code_of(found) if found else self.seat_behind(end)

    def in_title(self, offset: int) -> bool:
        """Whether the offset lies in a headline, where capitals say nothing."""
        segment = segment_at(self.doc, offset)
        return segment is not None and segment.kind in (SegmentKind.TITLE, SegmentKind.HEADING)


def code_of(mention: Mention) -> str:
    """The code of a country's mention."""
    code: str = getattr(mention.value, "code", "")
    return code


def find_bodies(doc: Doc) -> list[Found]:
    """All candidates, in the order of the text; of overlapping ones the longest, but for a body inside another's name."""
    page = Page(doc)
    known = list(_known(page))
    built = [*_ministries(page), *_titles(page), *_capitalised(page), *_administrations(page), *_embassies(page)]
    built += [*_small(page), *_members(page), *_courts(page), *_single(page)]
    kept: list[Found] = []
    for one in sorted([*known, *built], key=lambda f: (not _is_full(f), -(f.end - f.start), f.start, not f.rows)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    kept += [inner for one in kept for inner in _inside(page, one)]
    return sorted(kept, key=lambda f: (f.start, -f.end))


def _is_full(one: Found) -> bool:
    """A name of the table of several words is never cut or stretched by a rule."""
    return bool(one.rows) and one.names and " " in one.key


@cache
def _lists(name: str) -> dict[str, Any]:
    found: dict[str, Any] = table("agency_words")[name]
    return found


# ---------------------------------------------------------------- names of the table


def _known(page: Page) -> Iterator[Found]:
    for hit in table_index().find(page.text):
        words = page.text[hit.start : hit.end]
        if " " not in words and not words.isupper() and _is_part(page, hit.start, hit.end):
            continue
        yield _of_rows(page, hit.start, hit.end, hit.payload)


def _of_rows(page: Page, start: int, end: int, rows: tuple[AgencyEntry, ...]) -> Found:
    country, key = page.country(start, end), key_of(page.text[start:end])
    return Found(
        _with_adjective(page, start, page.text[start:end]), end, _family(page.text[start:end], rows[0].kind), key, country, rows
    )


def _is_part(page: Page, start: int, end: int) -> bool:
    """Whether a single word ("Army", "Treasury") is part of a longer name or of a term ("Treasury yields")."""
    following = re.compile(r"[ -](\w+)").match(page.text, end)
    if following and following[1].lower() in _lists("single")["not_before"]:
        return True
    before = re.search(r"([A-Z]\w*) $", page.text[max(0, start - 25) : start])
    if not before or page.before(start)[0]:
        return False
    sentence_start = re.search(r"(?:^|[.!?\n\"] ?)\s*$", page.text[max(0, start - 40) : start - len(before[0])])
    return not sentence_start and before[1] not in ("The",)


def _inside(page: Page, outer: Found) -> Iterator[Found]:
    """The parent in "Tariff Commission of the State Council" and in "State Council's Tariff Commission"."""
    for match in re.compile(r" of the |'s ").finditer(page.text, outer.start, outer.end):
        start, end = (match.end(), outer.end) if match[0].startswith(" ") else (outer.start, match.start())
        rows = table_index().get(page.text[start:end])
        if rows:
            yield _of_rows(page, start, end, rows)


def _family(words: str, kind: str) -> str:
    """The common noun for the body: the one in its name, else the one of its kind."""
    low = words.lower()
    for family, nouns in _lists("generic").items():
        if any(re.search(rf"\b{noun}\b", low) for noun in nouns):
            return str(family)
    return kind


def key_of(words: str) -> str:
    """The words that matter of a body's name: "Ministry of Commerce" and "commerce ministry" are both "commerce"."""
    low = re.sub(r"['’]s?\b", " ", words.lower().replace("defence", "defense").replace("labour", "labor"))
    kept = [w for w in re.findall(r"[\w.&-]+", low) if w not in _lists("empty")["words"]]
    return " ".join(kept) or low.strip()


# ---------------------------------------------------------------- ministries and the titles that name them


@cache
def _topic() -> str:
    words = sorted(_lists("topics")["words"], key=len, reverse=True)
    one = "(?:" + "|".join(re.escape(w) for w in words) + ")"
    return rf"(?:{one}(?: {one})?(?:(?:, and |, | and | & ){one}(?: {one})?){{0,3}})"


@cache
def _ministry_form(form: str) -> re.Pattern[str]:
    heads, titles = "|".join(_lists("topics")["heads"]), "|".join(_lists("topics")["titles"])
    return re.compile(
        form.replace("TOPICS", f"(?P<topics>{_topic()})")
        .replace("HEAD", f"(?P<head>{heads})")
        .replace("TITLE", f"(?P<head>{titles})"),
        re.IGNORECASE,
    )


def _ministries(page: Page) -> Iterator[Found]:
    """Names like "Ministry of Trade and Industry" or "commerce ministry"."""
    for form in (r"\bTOPICS HEAD\b", r"\bHEAD (?:of|for) (?:the )?TOPICS\b"):
        for match in _ministry_form(form).finditer(page.text):
            country, key = page.country(*match.span()), key_of(match["topics"])
            small_department = match["head"] in ("department", "dept") or key in ("economics", "science")
            if small_department and country is None and key not in _lists("topics")["american"]:
                continue
            start = _with_adjective(page, match.start(), match[0])
            rows = table_index().get(match[0]) or table_index().get(_capitalised_name(match[0])) or ()
            yield Found(start, match.end(), match["head"].lower().replace("dept", "department"), key, country, rows)


def _titles(page: Page) -> Iterator[Found]:
    """Bodies named only in a title: "Treasury Secretary", "trade minister", "Minister of Finance"."""
    forms = (
        r"\bTOPICS (?:vice |deputy )?TITLE\b(?! general)",
        r"\bTITLE of state for (?:the )?TOPICS\b",
        r"\bTITLE (?:of|for) (?:the )?TOPICS\b",
    )
    for form in forms:
        for match in _ministry_form(form).finditer(page.text):
            key = key_of(match["topics"])
            if not _is_title(page, match) or (key == "state" and page.country(*match.span()) not in (None, "US")):
                continue
            if key in _lists("topics")["never_alone"] and not (key == "home" and match["head"].lower() == "secretary"):
                continue
            american = match["head"].lower() == "secretary" and key in _lists("topics")["american"]
            country = page.country(*match.span()) or ("US" if american else None)
            head = "Department" if country == "US" else "Ministry"
            name = f"{_capitalised_name(match['topics'])} {head}"
            rows = table_index().get(name) or ()
            yield Found(*match.span("topics"), head.lower(), key, country, rows, names=False)


def _is_title(page: Page, match: re.Match[str]) -> bool:
    """Whether the words are a holder's title: in capitals, with a country or beside a name."""
    before = re.search(r"(\w+)[ -]\Z", page.text[max(0, match.start() - 20) : match.start()])
    if before and before[1].lower() in _lists("topics")["under"]:
        return False
    named = re.compile(r" [A-Z][a-z]").match(page.text, match.end())
    owned = re.search(r"\b(?:his|her|its|their|'s)(?: \w+)? \Z", page.text[max(0, match.start() - 25) : match.start()])
    beside = re.search(r"[A-Z]\w+, (?:the |a )?(?:\w+ )?\Z", page.text[max(0, match.start() - 40) : match.start()])
    one_only = match["head"].lower() == "secretary" and key_of(match["topics"]) in _lists("topics")["american"]
    capital = match["topics"][0].isupper() and not page.in_title(match.start())
    return bool(named or owned or beside or one_only or capital or page.country(*match.span()))


def _with_adjective(page: Page, start: int, words: str) -> int:
    """Where a name begins with its country ("Chinese Commerce Ministry"); a possessor stays outside."""
    country, possessor = page.before(start)
    return country.start if country and not possessor and words[0].isupper() else start


def _capitalised_name(words: str) -> str:
    small = {"of", "for", "and", "the"}
    return re.sub(r"[^\W\d_]+", lambda m: m[0].lower() if m[0].lower() in small else m[0][0].upper() + m[0][1:], words)


# ---------------------------------------------------------------- names in capitals with a public body's noun

_STEP_BACK = re.compile(r"(?:(?P<word>[A-Z][\w.'-]*|and|&) )\Z")
LONGEST_NAME = 8


def _capitalised(page: Page) -> Iterator[Found]:
    """Names like "Federal Trade Commission", "Bureau of Industry and Security", "National Tariff Board"."""
    heads = _lists("heads")
    nouns = "|".join(re.escape(h) for h in sorted({*heads["strong"], *heads["weak"]}, key=len, reverse=True))
    for match in re.compile(rf"\b(?:{nouns})\b").finditer(page.text):
        if page.in_title(match.start()):
            continue
        start = _name_start(page, match.start())
        end = _name_end(page, match.end()) if match[0] in heads["first"] else match.end()
        name = page.text[start:end]
        country = page.country(start, end)
        bare = start == match.start() and end == match.end()
        if _is_public(page, name, match[0], bare, country) and not _at_school(page, start, end):
            yield Found(_with_adjective(page, start, name), end, _family(match[0], "agency"), key_of(name), country)


def _name_start(page: Page, at: int) -> int:
    """Goes back over the capitalised words before a noun, not over a country, a possessor or a sentence's start."""
    start = candidate = at
    heads = {*_lists("heads")["strong"], *_lists("heads")["weak"]}
    joined = False
    for _ in range(LONGEST_NAME):
        low = max(0, candidate - 30)
        step = _STEP_BACK.search(page.text[low:candidate])
        if not step or page.before(candidate)[0]:
            break
        word, candidate = step["word"], low + step.start("word")
        if word in ("The", "A", "An", "President", "Minister", "Secretary") or (joined and (word in heads or word.isupper())):
            break
        if word.endswith("'s") and word not in _lists("heads")["public"]:
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
    if (country and country.end >= match.end()) or match[0].split()[-1].lower() in _lists("heads")["days"]:
        return at
    joints = [*_JOINT.finditer(page.text, at, match.end())]
    ends = [*(j.start() for j in joints[1:]), match.end()]
    heads = {*_lists("heads")["strong"], *_lists("heads")["first"]}
    for joint, end in zip(joints, ends, strict=False):
        if heads & set(page.text[joint.end() : end].split()):
            return joint.start()
    return match.end() - (2 if match[0].endswith("'s") else 0)


def _at_school(page: Page, start: int, end: int) -> bool:
    before, behind = page.text[max(0, start - 40) : start], page.text[end : end + 40]
    return bool(re.search(r"\b(?:University|College|School|Institute)\b[^.]*\Z", before) or re.match(r" at .*University", behind))


def _is_public(page: Page, name: str, noun: str, bare: bool, country: str | None) -> bool:
    heads = _lists("heads")
    if any(re.search(rf"\b{re.escape(word)}\b", name) for word in heads["private"]):
        return False
    if bare:
        return country is not None and noun in heads["strong"] and noun not in ("Administration", "Assembly", "Authority")
    words = name.split()
    if noun == "Administration" and len(words) < 3 and not _is_topic(words[0]):
        return False
    if noun == "Bank" and "Central" not in words and "Reserve" not in words:
        return False
    return noun in heads["strong"] or country is not None or bool(set(words) & set(heads["public"]))


def _is_topic(word: str) -> bool:
    return word.lower() in _lists("topics")["words"] or word in _lists("heads")["public"]


# ---------------------------------------------------------------- administrations, embassies, courts, bodies that every state has


@cache
def _leaders() -> dict[str, str]:
    return {name.split()[-1]: code for code, names in _lists("administration")["leaders"].items() for name in names}


def _administrations(page: Page) -> Iterator[Found]:
    """Governments called after a person or country: "the Reagan administration", "Trump's first administration"."""
    between = "|".join(_lists("administration")["between"])
    name = r"(?P<name>[A-Z][\w.-]*[\w.])"
    form = rf"(?:{name}(?:'s)? )(?:(?:{between}) )?(?P<word>[Aa]dministration)\b(?! (?:of|for) )"
    for match in re.compile(form).finditer(page.text):
        if match["name"] in _lists("administration")["not_names"] or _is_topic(match["name"]):
            continue
        determiner = re.search(r"(\w+) \Z", page.text[max(0, match.start() - 20) : match.start()])
        if determiner and determiner[1].lower() in _lists("administration")["indefinite"]:
            continue
        country, _ = page.before(match.start("word"))
        code = code_of(country) if country else _leaders().get(match["name"])
        key = "administration" if country else f"{match['name'].lower()} administration"
        yield Found(_first_names(page, match.start()), match.end(), "administration", key, code)
    title = r"(?:(?:the |former |US |U\.S\. |then-){0,2}(?:President|Prime Minister) )?"
    form = rf"\b(?P<word>[Aa]dministration) of {title}(?:[A-Z]\w+ |[A-Z]\. ){{0,3}}(?P<name>[A-Z][\w-]+)"
    for match in re.compile(form).finditer(page.text):
        if match["name"] in _leaders():
            yield Found(*match.span(), "administration", f"{match['name'].lower()} administration", _leaders()[match["name"]])


def _first_names(page: Page, at: int) -> int:
    """Where "President Donald Trump's administration" begins: behind title and first names is the surname."""
    match = re.search(r"(?:(?:President|Prime Minister) )(?:[A-Z][\w.]* ){0,3}\Z", page.text[max(0, at - 60) : at])
    return at - len(match[0]) if match else at


def _embassies(page: Page) -> Iterator[Found]:
    """Embassies with their country: "China's embassy in Washington", "the Embassy of Japan"."""
    for match in re.compile(r"\b(?:[Ee]mbassy|[Cc]onsulate(?:[ -][Gg]eneral)?)\b").finditer(page.text):
        country = page.country(*match.span())
        if country is None:
            continue
        behind = page.behind(match.end())
        start = _with_adjective(page, match.start(), "E")
        end = behind.end if behind and start == match.start() else match.end()
        yield Found(start, end, "embassy", f"embassy {country.lower()}", country)


def _small(page: Page) -> Iterator[Found]:
    """Bodies described in small letters behind their country: "Australia's competition regulator"."""
    words = _lists("small")
    form = re.compile(rf" (?P<what>(?:[a-z][a-z-]+ ){{1,3}})(?P<head>{'|'.join(words['heads'])})\b")
    for country in page.countries:
        at = country.end + 2 if page.text[country.end : country.end + 2] == "'s" else country.end
        match = form.match(page.text, at)
        if match and not set(words["never"]) & set(match["what"].split()):
            acronym = re.compile(r",? ([A-Z]{3,8})\b").match(page.text, match.end())
            rows = table_index().get(acronym[1]) if acronym else None
            end = acronym.end() if acronym and rows else match.end()
            family = _family(match["head"], "agency")
            yield Found(match.start() + 1, end, family, key_of(match[0]), code_of(country), rows or ())


def _members(page: Page) -> Iterator[Found]:
    """The chamber in "House Speaker" and the European Commission in "EU trade commissioner"."""
    rows = short_index().get("House")
    for match in re.finditer(rf"\bHouse(?= (?:{'|'.join(_lists('members')['house'])})\b)", page.text):
        yield Found(*match.span(), "legislature", "house", "US", rows or ())
    rows = table_index().get("European Commission")
    europe = any(code_of(country) == "EU" for country in page.countries)
    for match in _ministry_form(r"\b(?:TOPICS commissioner|commission president)\b").finditer(page.text):
        if europe and page.country(*match.span()) in (None, "EU"):
            yield Found(*match.span(), "commission", "european commission", "EU", rows or (), names=False)


def _courts(page: Page) -> Iterator[Found]:
    """Courts without a name of their own: "a federal appeals court", "lower courts"."""
    words = _lists("courts")
    adjective = "(?:" + "|".join(words["adjectives"]) + ")"
    for match in re.compile(
        rf"\b(?P<adjectives>{adjective}(?: {adjective}){{0,3}}) [Cc]ourts?\b(?: of [Aa]ppeals)?", re.IGNORECASE
    ).finditer(page.text):
        low = match["adjectives"].lower()
        country = page.country(*match.span())
        if low in words["weak"] and country is None:
            continue
        place = re.compile(r" in (?:the )?[A-Z]\w+(?:(?: of)? [A-Z]\w+)*(?:, D\.?C\.?)?").match(page.text, match.end())
        end = place.end() if place else match.end()
        key = "supreme" if f"{low} court" in words["supreme"] else re.sub(r"\bappellate\b", "appeals", low)
        where = f" {key_of(place[0])}" if place else ""
        yield Found(_with_adjective(page, match.start(), match[0]), end, "court", f"{key} court{where}", country)


@cache
def _single_index() -> PhraseIndex[str]:
    return PhraseIndex(
        [(phrase, kind) for kind, phrases in _lists("single").items() if kind != "not_before" for phrase in phrases],
        any_case=True,
    )


def _single(page: Page) -> Iterator[Found]:
    """Bodies that every state has one of, with their country: "the Turkish central bank", "India's parliament"."""
    for hit in _single_index().find(page.text):
        if hit.payload == "not_before" or _is_part(page, hit.end, hit.end) or _followed(page, hit.end):
            continue
        words, country = page.text[hit.start : hit.end], page.country(hit.start, hit.end)
        parliament = words == "Parliament" and not _is_part(page, hit.start, hit.end)
        if country is None and not parliament:
            continue
        rows = of_kind(country, hit.payload) if country else ()
        exact = rows if len(rows) == 1 and hit.payload in ("central_bank", "customs") else ()
        start = _with_adjective(page, hit.start, "X")
        yield Found(start, hit.end, _family(words, hit.payload), key_of(words), country, exact)


def _followed(page: Page, end: int) -> bool:
    following = re.compile(r"[ -](\w+)").match(page.text, end)
    return bool(following and following[1].lower() in _lists("single")["not_before"])
