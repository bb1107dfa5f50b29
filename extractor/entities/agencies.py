"""Finds public bodies: ministries, legislatures, courts, central banks, embassies, international organisations.

Not companies, media, parties, lobbies, think tanks or schools. All words for one body are one entity; its name is the fullest
form that the article uses. A body named only in a title ("Treasury Secretary") counts as the body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from extractor.entities.agency_page import Found, Page, code_of, key_of
from extractor.entities.agency_spans import find_bodies
from extractor.entities.agency_table import AgencyEntry, of_kind, short_index, table_index
from extractor.entities.countries import jurisdiction
from extractor.entities.home import SEATS, dateline_countries, dateline_country, speaks_of_state, weights
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, add_mentions, make_mention
from extractor.lexicon import table
from extractor.records import AgencyValue, EntityType

SILENT = frozenset({SegmentKind.BYLINE, SegmentKind.CREDIT, SegmentKind.DATELINE})


@dataclass
class Body:
    """One public body of the article and the words for it."""

    country: str | None
    row: AgencyEntry | None
    key: str
    found: list[Found] = field(default_factory=list)


@Language.component("tariff_agencies")
def agencies(doc: Doc) -> Doc:
    """Adds mentions of public bodies. Countries must have been found before."""
    page = Page(doc)
    found = [f for f in find_bodies(doc) if _speaks(doc, f.start)]
    bodies = _settle(page, found)
    for more in (_acronyms, _short, _generic):
        more(page, bodies)
    bodies = [body for body in bodies if body.found]
    names = _names(page, bodies)
    new: list[Mention] = []
    for body, name in zip(bodies, names, strict=True):
        value = AgencyValue(country=body.country)
        new += [make_mention(doc, EntityType.AGENCY, f.start, f.end, name, value) for f in body.found]
    add_mentions(doc, new)
    return doc


def _speaks(doc: Doc, offset: int) -> bool:
    segment = segment_at(doc, offset)
    return segment is None or segment.kind not in SILENT


# ---------------------------------------------------------------- which body is meant


def _settle(page: Page, found: list[Found]) -> list[Body]:
    """Groups the words by body: those that give their country first, then the rest by the company they keep."""
    counts = Counter(code_of(m) for m in page.countries)
    home, told = _home(page, found), dateline_country(page.doc)
    bodies: list[Body] = []
    for one in sorted(found, key=lambda f: (f.country is None and len(f.rows) != 1, f.start)):
        row = _row(page, one, counts, bodies, told)
        country = one.country or (row.country if row else None)
        body = _same(bodies, row, one.key, country, one.family)
        if body is None:
            if country is None and one.family in ("ministry", "department") and not row and len(one.key.split()) < 5:
                country = _near(page, one.start, home, abroad=one.family == "ministry")
            body = Body(country, row, one.key)
            bodies.append(body)
        body.found.append(one)
    bodies.sort(key=lambda b: min(f.start for f in b.found))
    return bodies


def _home(page: Page, found: list[Found]) -> Mapping[str, float]:
    """How much each country may be the one whose ministries are meant: those of the dateline alone, if there is one."""
    told = dateline_countries(page.doc) - SEATS
    if len(told) == 1:
        return dict.fromkeys(told, 1.0)
    only = (f.rows[0].country if len(f.rows) == 1 else f.country for f in found)
    heavy = weights(page.doc, (code for code in only if code))
    return {code: weight for code, weight in heavy.items() if code in told} if told else heavy


def _row(page: Page, one: Found, counts: Counter[str], bodies: list[Body], home: str | None) -> AgencyEntry | None:
    """The body of the table that the words mean here, or None; a ministry is the dateline's if the sentence names nobody else."""
    rows = [r for r in one.rows if r.country in (one.country, None)] if one.country else list(one.rows)
    if one.country and not rows and len(one.rows) == 1 and one.rows[0].country is None:
        rows = list(one.rows)
    if not one.country:
        before = [b.row for b in bodies if b.row in rows]
        if before:
            return before[-1]
        words = page.text[one.start : one.end]
        only = len(one.rows) == 1 and (rows[0].name == words or (words.isupper() and len(words) > 3))
        rows = [r for r in rows if r.country in (None, "US", "EU") or counts[r.country] or only]
        if home is not None and not only and one.family == "ministry":
            rows = [r for r in rows if r.country in (None, home, *_acting_before(page, one.start))]
    if len(rows) > 1 and not one.country:
        near = _near(page, one.start, Counter({r.country or "": counts[r.country or ""] for r in rows}), abroad=False)
        rows = [r for r in rows if r.country == near] or rows
    if len(rows) > 1:
        words = page.text[one.start : one.end].lower()
        rows = [r for r in rows if key_of(r.name) == one.key] or [r for r in rows if r.name.lower() in words] or rows
    return rows[0] if rows else None


def _same(bodies: list[Body], row: AgencyEntry | None, key: str, country: str | None, family: str) -> Body | None:
    """The body met before that these words mean."""
    for body in bodies:
        if row is not None and body.row == row:
            return body
    for body in bodies:
        alike = body.key == key or any(f.key == key for f in body.found)
        if alike and (row is None or body.row is None) and (country is None or body.country is None or body.country == country):
            body.country = body.country or country
            body.row = body.row or row
            return body
    if family == "court":
        return next(
            (b for b in bodies if b.found[0].family == "court" and country in (None, b.country) and _shortens(key, b)), None
        )
    if family == "administration" and country:
        named = [b for b in bodies if b.country == country and b.found[0].family == family]
        if key == "administration":
            return named[0] if named else None
        return named[0] if len(named) == 1 and named[0].key == "administration" else None
    if country and family in ("ministry", "department"):
        for body in bodies:
            if body.country == country and any(
                f.family in ("ministry", "department") and _covers(f.key, key) for f in body.found
            ):
                return body
    return None


def _shortens(key: str, body: Body) -> bool:
    """Whether "trade court" is short for a court met before ("Court of International Trade")."""
    last = key.removesuffix(" court").split()[-1]
    return last not in table("agency_words")["courts"]["no_short"] and any(last in f.key.split() for f in body.found)


def _covers(one: str, other: str) -> bool:
    """Whether one ministry's field is part of the other's ("trade" of "trade industry energy")."""
    a, b = set(one.split()), set(other.split())
    return bool(a and b) and (a <= b or b <= a)


def _near(page: Page, at: int, wanted: Mapping[str, float], *, abroad: bool) -> str | None:
    """The wanted country named last before the offset in the same sentence, else the one that weighs most."""
    usable = {c: n for c, n in wanted.items() if n and c and not (abroad and c == "US")}
    near = [code for code in _acting_before(page, at) if code in usable]
    if near:
        return near[-1]
    return max(usable, key=lambda c: (usable[c], c), default=None)


def _acting_before(page: Page, at: int) -> list[str]:
    """The countries that the sentence names before the words as ones that act."""
    span = page.doc.char_span(at, at + 1, alignment_mode="expand")
    low = span.sent.start_char if span is not None else 0
    return [code_of(m) for m in page.countries if low <= m.start < at and speaks_of_state(page.doc, m)]


# ---------------------------------------------------------------- more words for the same bodies

_ACRONYM = re.compile(r" ?\((?:the |or |\")?(?P<short>[A-Z][A-Za-z&.-]{1,9})\"?\)")


def _acronyms(page: Page, bodies: list[Body]) -> None:
    """Acronyms that the text itself defines: "the Trade Remedy Board (TRB)"."""
    for body in list(bodies):
        defined = [
            m for f in list(body.found) if (m := _ACRONYM.match(page.text, f.end)) and sum(map(str.isupper, m["short"])) > 1
        ]
        for short in dict.fromkeys(m["short"] for m in defined):
            _merge(page, bodies, body, short)
            for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", page.text):
                _add(page, bodies, body, match.start(), match.end())


def _merge(page: Page, bodies: list[Body], body: Body, short: str) -> None:
    """Gives a body the words that were taken for another one of its acronym's."""
    for other in bodies:
        if other is not body and other.found and all(page.text[f.start : f.end] == short for f in other.found):
            body.found += other.found
            body.country = body.country or other.country
            other.found = []


def _short(page: Page, bodies: list[Body]) -> None:
    """Short names of bodies that the article names more fully: "Commerce said"."""
    for hit in short_index().find(page.text):
        body = next((b for b in bodies if b.row in hit.payload), None) or _beside(page, bodies, hit.start, hit.payload)
        token = page.doc.char_span(hit.start, hit.end, alignment_mode="expand")
        acronym = page.text[hit.start : hit.end].isupper()
        if body and not body.found and body.row and not _taken(bodies, hit.start, hit.end):
            body.found.append(Found(hit.start, hit.end, "legislature", body.key, body.country, (body.row,)))
        elif body and token is not None and (acronym or _is_subject(page, hit.start, hit.end)):
            _add(page, bodies, body, hit.start, hit.end)
        elif acronym and len(hit.payload) == 1 and _stands_alone(page, hit.payload[0], page.text[hit.start : hit.end]):
            row = hit.payload[0]
            if not _taken(bodies, hit.start, hit.end):
                bodies.append(Body(row.country, row, row.name.lower(), [Found(hit.start, hit.end, row.kind, "", None, (row,))]))


def _stands_alone(page: Page, row: AgencyEntry, words: str) -> bool:
    """Whether an acronym needs no fuller name in the article: of an international body, or beside the words that it needs."""
    if words in row.beside:
        return any(re.search(rf"\b{re.escape(other)}\b", page.text) for other in row.beside[words])
    return row.country is None


def _beside(page: Page, bodies: list[Body], start: int, rows: tuple[AgencyEntry, ...]) -> Body | None:
    """The other chamber: "the House" in an article that names the Senate."""
    row = next((r for r in rows if r.kind == "legislature"), None)
    if row is None or page.text[max(0, start - 4) : start].lower() != "the " or page.in_title(start):
        return None
    if not any(b.row and b.row.kind == "legislature" and b.country == row.country for b in bodies):
        return None
    body = Body(row.country, row, key_of(row.name))
    bodies.append(body)
    return body


def _is_subject(page: Page, start: int, end: int) -> bool:
    """Whether a word in capitals stands as a name of its own."""
    span = page.doc.char_span(start, end)
    if span is None or page.in_title(start):
        return False
    token = span[-1]
    return (
        token.pos_ == "PROPN"
        and token.dep_ in ("nsubj", "nsubjpass", "poss", "dobj", "pobj", "conj")
        and token.head.i != token.i + 1
    )


def _generic(page: Page, bodies: list[Body]) -> None:
    """Later common nouns: "the ministry" is the last ministry before it."""
    for family, nouns in table("agency_words")["generic"].items():
        form = rf"\b[Tt]he (?P<noun>{'|'.join(nouns)})\b(?! (?:of|for|on|in charge) )"
        if family == "administration":
            form += rf"|\b(?P<staff>administration) (?:{'|'.join(table('agency_words')['administration']['staff'])})\b"
        for match in re.compile(form, re.IGNORECASE).finditer(page.text):
            start, end = match.span("noun") if match["noun"] else match.span("staff")
            body = _last(bodies, family, start) or _understood(page, bodies, family, start)
            if body:
                _add(page, bodies, body, start, end)
            elif family == "administration" and not _taken(bodies, start, end):
                one = Found(start, end, family, "administration")
                bodies.append(Body("US" if any(code_of(m) == "US" for m in page.countries) else None, None, one.key, [one]))


def _understood(page: Page, bodies: list[Body], family: str, at: int) -> Body | None:
    """The body that a common noun means without a name before it: Brussels' commission, the central bank here."""
    rows: tuple[AgencyEntry, ...] | None = None
    if family == "commission" and any(code_of(m) == "EU" for m in page.countries):
        rows = table_index().get("European Commission")
    elif family == "central_bank":
        country = _near(page, at, Counter(code_of(m) for m in page.countries), abroad=False)
        rows = of_kind(country, "central_bank")[:1] if country else None
    if not rows or any(b.row == rows[0] for b in bodies):
        return None
    bodies.append(Body(rows[0].country, rows[0], rows[0].name.lower()))
    return bodies[-1]


def _last(bodies: list[Body], family: str, at: int) -> Body | None:
    """The last body of the kind before the offset; an administration may be named after its first common noun."""
    kind = [(f.start, b) for b in bodies for f in b.found if f.family == family]
    before = [pair for pair in kind if pair[0] < at]
    if not before and family == "administration":
        return min(kind, key=lambda pair: pair[0], default=(0, None))[1]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def _add(page: Page, bodies: list[Body], body: Body, start: int, end: int) -> None:
    if not _taken(bodies, start, end) and _speaks(page.doc, start):
        family = body.found[0].family if body.found else body.row.kind if body.row else "agency"
        body.found.append(Found(start, end, family, body.key, names=not page.text[start:end].islower()))


def _taken(bodies: list[Body], start: int, end: int) -> bool:
    return any(f.start < end and start < f.end for b in bodies for f in b.found)


# ---------------------------------------------------------------- names


def _names(page: Page, bodies: list[Body]) -> list[str]:
    """A name for each body; bodies of different countries with one name are told apart by the country."""
    names = [_name(page, body) for body in bodies]
    twice = {name for name, count in Counter(names).items() if count > 1}
    out = []
    for body, plain in zip(bodies, names, strict=True):
        name = plain
        if name in twice and body.country:
            name = _with_owner(page, body, name) or f"{name} ({jurisdiction(body.country).name})"
        out.append(name)
    return out


def _name(page: Page, body: Body) -> str:
    """The fullest form in the article; for a body that only titles name, topic and kind ("Canadian Trade Ministry")."""
    forms = [" ".join(page.text[f.start : f.end].split()) for f in body.found if f.names]
    nouns = {noun for family in table("agency_words")["generic"].values() for noun in family}
    forms = [form for form in forms if form.lower() not in nouns] or (forms if body.found[0].names else [])
    if forms:
        return max(forms, key=lambda form: (form.split()[-1][:1].isupper() or " " in form, " " in form, len(form)))
    one = body.found[0]
    words = page.text[one.start : one.end]
    if one.family in ("ministry", "department"):
        name = f"{words[:1].upper()}{words[1:]} {one.family.capitalize()}"
        return _with_owner(page, body, name) or name
    return body.row.name if body.row else words


def _with_owner(page: Page, body: Body, name: str) -> str | None:
    """A body's name with its country as the article puts it: "Canadian Trade Ministry", "Chile's Trade Ministry"."""
    for one in body.found:
        owner, possessor = page.before(one.start)
        owner = owner or page.behind(one.end)
        if owner and code_of(owner) == body.country:
            return f"{owner.text}'s {name}" if possessor else f"{owner.text} {name}"
    return None
