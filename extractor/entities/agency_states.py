"""Bodies that every state has: administrations, embassies, chambers, courts, central banks, and those only described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.entities.agency_page import (
    Found,
    Page,
    code_of,
    family_of,
    is_part,
    is_topic,
    key_of,
    lists,
    ministry_form,
    with_adjective,
)
from extractor.entities.agency_table import of_kind, short_index, table_index
from extractor.entities.people_names import fold, given_names
from extractor.entities.phrases import PhraseIndex

# ---------------------------------------------------------------- administrations, embassies, courts, bodies that every state has


@cache
def _leaders() -> dict[str, str]:
    return {name.split()[-1]: code for code, names in lists("administration")["leaders"].items() for name in names}


def administrations(page: Page) -> Iterator[Found]:
    """Governments called after a person or country: "the Reagan administration", "Trump's first administration"."""
    between = "|".join(lists("administration")["between"])
    name = r"(?P<name>[A-Z][\w.-]{0,40}[\w.])"
    form = rf"(?:{name}(?:'s)? )(?:(?:{between}) )?(?P<word>[Aa]dministration)\b(?! (?:of|for) )"
    for match in re.compile(form).finditer(page.text):
        if match["name"] in lists("administration")["not_names"] or is_topic(match["name"]):
            continue
        determiner = re.search(r"(\w{1,20}) \Z", page.text[max(0, match.start() - 20) : match.start()])
        if determiner and determiner[1].lower() in lists("administration")["indefinite"]:
            continue
        country, _ = page.before(match.start("word"))
        code = code_of(country) if country else _leaders().get(match["name"])
        key = "administration" if country else f"{match['name'].lower()} administration"
        yield Found(_first_names(page, match.start()), match.end(), "administration", key, code)
    yield from _governments(page)
    title = r"(?:(?:the |former |US |U\.S\. |then-){0,2}(?:President|Prime Minister) )?"
    form = rf"\b(?P<word>[Aa]dministration) of {title}(?:[A-Z]\w+ |[A-Z]\. ){{0,3}}(?P<name>[A-Z][\w-]+)"
    for match in re.compile(form).finditer(page.text):
        if match["name"] in _leaders():
            yield Found(*match.span(), "administration", f"{match['name'].lower()} administration", _leaders()[match["name"]])


def _governments(page: Page) -> Iterator[Found]:
    """Governments called after a person: "Jane Roe's government", "the government of President Jane Roe"."""
    title = r"(?:(?:the |former ){0,2}(?:President|Prime Minister|Premier|Chancellor) )?"
    forms = (
        r"\b(?P<name>[A-Z][\w-]{1,40})'s (?P<word>government)\b",
        rf"\b(?P<word>[Gg]overnment) of {title}(?:[A-Z]\w+ |[A-Z]\. ){{0,3}}(?P<name>[A-Z][\w-]+)",
    )
    for form in forms:
        for match in re.compile(form).finditer(page.text):
            token = page.doc.char_span(*match.span("name"), alignment_mode="expand")
            if (
                token is None
                or (token[-1].ent_type_ != "PERSON" and match["name"] not in _leaders())
                or page.country(*match.span("word"))
                or page.country(*match.span())
            ):
                continue
            possessive = match.start("name") == match.start()
            start = _first_names(page, _given_name(page, match.start())) if possessive else match.start()
            yield Found(
                start, match.end(), "administration", f"{match['name'].lower()} administration", _leaders().get(match["name"])
            )


def _given_name(page: Page, at: int) -> int:
    """Where the name begins whose family name begins at an offset: one known given name is taken along."""
    before = re.search(r"(?P<name>[A-Z][\w-]{1,25}) \Z", page.text[max(0, at - 25) : at])
    return at - len(before[0]) if before and fold(before["name"]) in given_names() else at


def _first_names(page: Page, at: int) -> int:
    """Where "President Donald Trump's administration" begins: behind title and first names is the surname."""
    match = re.search(r"(?:(?:President|Prime Minister) )(?:[A-Z][\w.]* ){0,3}\Z", page.text[max(0, at - 60) : at])
    return at - len(match[0]) if match else at


def embassies(page: Page) -> Iterator[Found]:
    """Embassies with their country: "China's embassy in Washington", "the Embassy of Japan"."""
    kinds = r"\b(?:[Ee]mbassy|[Cc]onsulate(?:[ -][Gg]eneral)?|[Hh]igh [Cc]ommission|(?:[Pp]ermanent )?(?P<mission>[Mm]ission))\b"
    for match in re.compile(kinds).finditer(page.text):
        country = page.country(*match.span())
        sent = re.compile(r" (?:of (?:the )?[A-Z]\w+(?: [A-Z]\w+)? )?(?:to|in) (?:the )?[A-Z]").match(page.text, match.end())
        if country is None or (match["mission"] and not sent):
            continue
        behind = page.behind(match.end())
        start = with_adjective(page, match.start(), "E")
        end = behind.end if behind and start == match.start() else match.end()
        host = re.compile(r" to (?:the )?[A-Z]\w+(?: [A-Z]\w+)*").match(page.text, end)
        end = host.end() if host and match["mission"] and match["mission"][0].isupper() else end
        yield Found(start, end, "embassy", f"embassy {country.lower()}", country)


def small(page: Page) -> Iterator[Found]:
    """Bodies described in small letters behind their country: "Australia's competition regulator"."""
    words = lists("small")
    form = re.compile(rf" (?P<what>(?:[a-z][a-z-]+ ){{1,3}})(?P<head>{'|'.join(words['heads'])})\b")
    for country in page.countries:
        at = country.end + 2 if page.text[country.end : country.end + 2] == "'s" else country.end
        match = form.match(page.text, at)
        if match and not set(words["never"]) & set(match["what"].split()):
            acronym = re.compile(r",? ([A-Z]{3,8})\b").match(page.text, match.end())
            rows = table_index().get(acronym[1]) if acronym else None
            end = acronym.end() if acronym and rows else match.end()
            family = family_of(match["head"], "agency")
            yield Found(match.start() + 1, end, family, key_of(match[0]), code_of(country), rows or ())


def described(page: Page) -> Iterator[Found]:
    """Names that the words beside them describe: "DANE, the statistics agency," and "the competition watchdog CADE"."""
    words = lists("small")
    head = "|".join(re.escape(h) for h in sorted(words["described"], key=len, reverse=True))
    before = (
        rf"(?P<name>[A-Z][\w&-]{{1,40}}(?: [A-Z][\w-]{{1,40}}){{0,3}}), "
        rf"(?P<what>(?:the|its|a|an|\w{{1,40}}'s) (?:[\w-]{{1,40}} ){{0,4}}?(?:{head}))(?=[,.)])"
    )
    behind = rf"\b(?P<what>(?:[a-z-]+ ){{1,3}}(?:{head})),? (?P<name>[A-Z]{{3,8}})\b"
    for form in (before, behind):
        for match in re.compile(form).finditer(page.text):
            span = page.doc.char_span(*match.span("name"), alignment_mode="expand")
            if span is None or set(words["never"]) & set(re.split(r"[ -]", match["what"])) or page.in_title(match.start()):
                continue
            place = span[-1].ent_type_ in ("GPE", "LOC", "PERSON", "NORP") or any(
                m.start < match.end("name") and match.start("name") < m.end for m in page.countries
            )
            if (place and not match["name"].isupper()) or page.text[
                max(0, match.start("name") - 3) : match.start("name")
            ] == "In ":
                continue
            inner = next((m for m in page.countries if match.start("what") <= m.start and m.end <= match.end("what")), None)
            country = code_of(inner) if inner else page.country(*match.span("name")) or page.country(*match.span("what"))
            yield Found(*match.span("name"), family_of(match["what"], "agency"), key_of(match["name"]), country)


def parts(page: Page) -> Iterator[Found]:
    """Parts of a ministry, in small letters: "the ministry's tariff office", "the tariff bureau of the Ministry of Trade"."""
    head, whole = "|".join(lists("parts")["heads"]), "|".join(lists("parts")["wholes"])
    within = r"(?:of|at|under|in) (?:the |\w+'s )?(?:[A-Z]\w+ ){0,3}"
    forms = (
        rf"\b(?:{whole})'s (?P<name>(?:[a-z-]+ ){{1,4}}?(?:{head}))\b",
        rf"\bthe (?P<name>(?:(?!the |of )[a-z-]+ ){{1,5}}?(?:{head})) {within}(?:{whole})\b",
    )
    for form in forms:
        for match in re.compile(form, re.IGNORECASE if form == forms[0] else 0).finditer(page.text):
            if not set(lists("small")["never"]) & set(match["name"].split()):
                yield Found(
                    *match.span("name"),
                    family_of(match["name"], "agency"),
                    key_of(match["name"]),
                    page.country(*match.span("name")),
                )


def members(page: Page) -> Iterator[Found]:
    """The chamber in "House Speaker" and the European Commission in "EU trade commissioner"."""
    rows = short_index().get("House")
    for match in re.finditer(rf"\bHouse(?= (?:{'|'.join(lists('members')['house'])})\b)", page.text):
        yield Found(*match.span(), "legislature", "house", "US", rows or ())
    rows = table_index().get("European Commission")
    europe = any(code_of(country) == "EU" for country in page.countries)
    for match in ministry_form(r"\b(?:TOPICS commissioner|commission president)\b").finditer(page.text):
        if europe and page.country(*match.span()) in (None, "EU"):
            yield Found(*match.span(), "commission", "european commission", "EU", rows or (), names=False)


def courts(page: Page) -> Iterator[Found]:
    """Courts without a name of their own: "a federal appeals court", "lower courts"."""
    words = lists("courts")
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
        yield Found(with_adjective(page, match.start(), match[0]), end, "court", f"{key} court{where}", country)


@cache
def _single_index() -> PhraseIndex[str]:
    return PhraseIndex(
        [
            (phrase, kind)
            for kind, phrases in lists("single").items()
            if kind not in ("not_before", "posts")
            for phrase in phrases
        ],
        any_case=True,
    )


def single(page: Page) -> Iterator[Found]:
    """Bodies that every state has one of, with their country: "the Turkish central bank", "India's parliament"."""
    for hit in _single_index().find(page.text):
        if is_part(page, hit.end, hit.end) or _followed(page, hit.end, hit.payload):
            continue
        words, country = page.text[hit.start : hit.end], page.country(hit.start, hit.end)
        bare = words == "parliament" and not re.search(
            r"\b(?:an?|no|any|hung|every) (?:\w+ )?\Z", page.text[max(0, hit.start - 25) : hit.start]
        )
        parliament = bare or (words == "Parliament" and not is_part(page, hit.start, hit.end))
        if country is None and not parliament:
            continue
        rows = of_kind(country, hit.payload) if country else ()
        exact = rows if len(rows) == 1 and hit.payload in ("central_bank", "customs") else ()
        start = with_adjective(page, hit.start, "X")
        yield Found(start, hit.end, family_of(words, hit.payload), key_of(words), country, exact)


def _followed(page: Page, end: int, kind: str) -> bool:
    following = re.compile(r"[ -](\w+)").match(page.text, end)
    never = {*lists("single")["not_before"], *(lists("single")["posts"] if kind == "executive" else ())}
    return bool(following and following[1].lower() in never)
