"""Finds countries, unions and groups of countries: by name, adjective, people, capital and seat of power.

A country is mentioned where it is named or meant ("Chinese goods", "Beijing said"), also inside the name of a public body
("U.S. Treasury"), but not inside a company's or paper's name, a sea's or a town's. A capital counts only where it stands for
its government. States that are gone keep the codes they had (SU, YU, CS, DD); West Germany is Germany, the European Community
is the European Union.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor.entities.capitals import stands_for_government
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, add_mentions, make_mention, text_of
from extractor.entities.phrases import Hit, PhraseIndex
from extractor.lexicon import Entry, entries, table
from extractor.records import CountryValue, EntityType, Jurisdiction

FormKind = Literal["name", "adjective", "people", "capital", "seat"]


class CountryEntry(Entry):
    """A row of `countries.jsonl`."""

    code: str
    iso3: str | None
    name: str
    kind: Literal["country", "union"]
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


class GroupEntry(Entry):
    """A row of `groups.jsonl`: `partners` groups are agreements, and count only as their partners ("USMCA countries")."""

    code: str
    name: str
    kind: Literal["group", "union"] = "group"
    bloc: bool = False
    partners: bool = False
    aliases: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What a phrase means: a country or group, and in which way; a phrase that is no country has kind None."""

    kind: FormKind | None
    code: str = ""
    weak: bool = False
    group: bool = False


# ---------------------------------------------------------------- what linkers ask


@cache
def _jurisdictions() -> dict[str, Jurisdiction]:
    groups = {g.code: Jurisdiction(code=g.code, name=g.name, kind=g.kind) for g in entries("groups", GroupEntry)}
    rows = entries("countries", CountryEntry)
    return {**groups, **{c.code: Jurisdiction(code=c.code, iso3=c.iso3, name=c.name, kind=c.kind) for c in rows}}


def jurisdiction(code: str) -> Jurisdiction:
    """The country, union or group of a code.

    Raises:
        KeyError: no such code in the lexicon.
    """
    return _jurisdictions()[code]


@cache
def members(group_code: str) -> tuple[str, ...]:
    """Codes of a group's members today; empty for what is no group."""
    return next((g.members for g in entries("groups", GroupEntry) if g.code == group_code), ())


def form_of(mention: Mention) -> FormKind:
    """How a mention means its country: by name, adjective, people, capital or seat of power."""
    form = _index().get(" ".join(mention.text.removesuffix(".").split())) or _index().get(mention.text)
    return form.kind if form and form.kind else "name"


def capital_of(city: str) -> str | None:
    """Code of the country whose capital or seat of power this is."""
    form = _index().get(city) or _index().get(city.partition(" ")[0])
    return form.code if form and form.kind in ("capital", "seat") else None


def country_named(name: str) -> str | None:
    """Code of the country whose very name this is."""
    form = _index().get(name)
    return form.code if form and form.kind == "name" else None


# ---------------------------------------------------------------- the dictionary


@cache
def _index() -> PhraseIndex[Form]:
    words = table("countries")
    weak = set(words["europe"]["weak"])
    phrases: list[tuple[str, Form]] = [(p, Form(None)) for p in words["blocked"]["phrases"]]
    for kind in ("name", "adjective", "people"):
        phrases += [(p, Form(kind, "EU", weak=True)) for p in words["europe"][kind]]
    for code, seats in words["seats"].items():
        phrases += [(s, Form("capital" if s == "Brussels" else "seat", code)) for s in seats]
    for row in entries("countries", CountryEntry):
        phrases += [(n, Form("name", row.code, weak=row.code == "EU" and n in weak)) for n in row.names]
        phrases += [(a, Form("adjective", row.code)) for a in row.adjectives]
        phrases += [(p, Form("people", row.code)) for p in row.people]
        phrases += [(c, Form("capital", row.code)) for c in row.capitals]
    for group in entries("groups", GroupEntry):
        phrases += [(a, Form("name", group.code, group=True)) for a in group.aliases]
    return PhraseIndex(phrases)


# ---------------------------------------------------------------- the component

SILENT = frozenset({SegmentKind.DATELINE, SegmentKind.BYLINE, SegmentKind.CREDIT})
PARTNERS = re.compile(
    r"(?:'s|’s)?[\s-](?:(?:trade|trading|member|free-trade) )?"
    r"(?:partners?|countr(?:y|ies)|members?|nations?|states?|bloc|neighbou?rs?|governments?)\b"
)
BLOC = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat)(?: (?:\d+|[a-z]+)-(?:nation|member|country|strong|state))?(?: [a-z]+)? bloc\b(?! of\b)"
)


@Language.component("tariff_countries")
def countries(doc: Doc) -> Doc:
    """Adds mentions of countries (COUNTRY; the European Union is one) and of groups (GROUP)."""
    text = text_of(doc)
    hits = [h for h in _index().find(text) if h.payload.kind and _speaks(doc, h.start)]
    named = {h.payload.code for h in hits if h.payload.code == "EU" and not h.payload.weak}
    europe = "EU" in named or _supported(text, hits)
    names = _full_names(doc)
    found = [mention for hit in hits if (mention := _read(doc, hit, names, europe=europe))]
    add_mentions(doc, [*found, *_blocs(doc, text, found)])
    return doc


def _speaks(doc: Doc, offset: int) -> bool:
    segment = segment_at(doc, offset)
    return segment is None or segment.kind not in SILENT


def _supported(text: str, hits: list[Hit[Form]]) -> bool:
    """Whether an article that never writes "EU" speaks of it: of one of its bodies, or of the "EC" beside a European word."""
    words = table("countries")["europe"]
    if any(body in text for body in words["bodies"]):
        return True
    short = any(h.payload.weak and text[h.start : h.end] in words["weak"] for h in hits)
    member = any(h.payload.code in members("EU") for h in hits)
    return short and (member or any(word in text.casefold() for word in words["support"]))


def _read(doc: Doc, hit: Hit[Form], names: frozenset[str], *, europe: bool) -> Mention | None:
    form = hit.payload
    if form.weak and not europe:
        return None
    if form.group:
        return _group(doc, hit)
    token = _token_at(doc, hit.end - 1)
    if token is None or _is_private(doc, hit) or _is_other(doc, hit, token, names):
        return None
    if form.kind == "capital" and not stands_for_government(doc, _token_at(doc, hit.start) or token, token):
        return None
    if text_of(doc)[hit.start : hit.end] == "Community" and not _is_the_community(doc, hit):
        return None
    known = jurisdiction(form.code)
    value = CountryValue(code=known.code, iso3=known.iso3)
    return make_mention(doc, EntityType.COUNTRY, hit.start, hit.end, known.name, value)


def _group(doc: Doc, hit: Hit[Form]) -> Mention | None:
    group = next(g for g in entries("groups", GroupEntry) if g.code == hit.payload.code)
    if group.partners and not PARTNERS.match(text_of(doc), hit.end):
        return None
    return make_mention(doc, EntityType.GROUP, hit.start, hit.end, group.name, CountryValue(code=group.code))


def _token_at(doc: Doc, offset: int) -> Token | None:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[0] if span is not None else None


def _blocs(doc: Doc, text: str, found: list[Mention]) -> list[Mention]:
    """Reads "the bloc" as the union or group named last before it."""
    blocs = {g.name for g in entries("groups", GroupEntry) if g.bloc} | {jurisdiction("EU").name}
    named = [m for m in found if m.entity in blocs]
    out = []
    for match in BLOC.finditer(text):
        before = [m for m in named if m.start < match.start()]
        last = before[-1] if before else next(iter(named), None)
        if last and _speaks(doc, match.start()):
            out.append(make_mention(doc, last.type, match.start(), match.end(), last.entity, last.value))
    return out


# ---------------------------------------------------------------- names of something else


def _is_private(doc: Doc, hit: Hit[Form]) -> bool:
    """Whether the country stands in a company's, paper's, lobby's or school's name."""
    text, lists = text_of(doc), table("countries")["blocked"]
    if hit.payload.kind not in ("name", "adjective"):
        return False
    before = text[max(0, hit.start - 40) : hit.start].split()
    if before and before[-1] in lists["before"] and text[hit.start - 1] == " ":
        return True
    if len(before) > 1 and before[-1] == "of" and before[-2] in lists["of_america"]:
        return True
    run = _capitals_behind(text, hit.end, lists["inside"])
    segment = segment_at(doc, hit.start)
    title = segment is not None and segment.kind in (SegmentKind.TITLE, SegmentKind.HEADING)
    private = {*lists["private"], *([] if title else lists["private_in_sentences"])}
    return bool(private & set(run)) and not set(lists["public"]) & set(run)


_NEXT = re.compile(r" (?P<word>&|[^\W_][\w.-]*)")
LONGEST_RUN = 7


def _capitals_behind(text: str, at: int, inside: list[str]) -> list[str]:
    """The capitalised words that follow a name, up to the next country's."""
    run: list[str] = []
    while len(run) < LONGEST_RUN and (found := _NEXT.match(text, at)):
        word = found["word"].rstrip(".")
        if (not word[0].isupper() and word not in inside) or _index().get(word):
            break
        run.append(word)
        if found["word"] != word and word not in ("Inc", "Corp", "Co"):
            break
        at = found.end()
    return run


def _is_other(doc: Doc, hit: Hit[Form], token: Token, names: frozenset[str]) -> bool:
    """Whether the word is a person's name, a town's, a bird's."""
    text, lists = text_of(doc), table("countries")
    word, ambiguous = text[hit.start : hit.end], lists["ambiguous"]
    behind = text[hit.end : hit.end + 40]
    if hit.payload.kind in ("name", "capital") and behind.startswith(", ") and _begins(behind[2:], lists["states"]["us"]):
        return True
    if word in ambiguous["words"] and token.ent_type_ not in ("NORP", "GPE") and token.is_sent_start:
        return True
    if word in ambiguous["prefixes"] and not behind.startswith(("-", "‑", "–")):
        return True
    if word in ambiguous["first_names"] and _has_surname(doc, token, lists["blocked"]["public"]):
        return True
    if word == "Polish" and token.pos_ == "VERB":
        return True
    if word == "Turkey" and re.match(r"[ -](\w+)", behind) and behind[1:].split(None, 1)[0].strip(".,;") in ambiguous["bird"]:
        return True
    if word in ("Georgia", "GEORGIA") and not any(sign in text for sign in ambiguous["georgia"]):
        return True
    return word in ambiguous["surnames"] and _is_person(doc, token, word, names)


def _has_surname(doc: Doc, token: Token, public: list[str]) -> bool:
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if following is None or following.pos_ != "PROPN" or not following.is_title or following.text in public:
        return False
    segment = segment_at(doc, token.idx)
    title = segment is not None and segment.kind in (SegmentKind.TITLE, SegmentKind.HEADING)
    return not title and _index().get(following.text) is None


def _begins(text: str, names: list[str]) -> bool:
    return any(text.startswith(name) and not text[len(name) : len(name) + 1].isalpha() for name in names)


def _full_names(doc: Doc) -> frozenset[str]:
    """First and last words of the people whom the article names in full."""
    people = [e for e in doc.ents if e.label_ == "PERSON" and len(e) > 1]
    return frozenset(word for e in people for word in (e[0].text, e[-1].text))


def _is_person(doc: Doc, token: Token, word: str, names: frozenset[str]) -> bool:
    """Whether a country's name is a person's here, or the surname of a person whom the article names in full."""
    behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
    longer = token.ent_iob_ == "I" or (behind is not None and behind.ent_iob_ == "I")
    if token.ent_type_ == "PERSON" and longer:
        return True
    if token.i and doc[token.i - 1].lower_ in table("countries")["ambiguous"]["titles"]:
        return True
    return word in names and token.ent_type_ not in ("GPE", "NORP", "LOC")


def _is_the_community(doc: Doc, hit: Hit[Form]) -> bool:
    """Whether it is "the Community" or "Community imports", not "Business Community" or a sentence's first word."""
    before = text_of(doc)[max(0, hit.start - 12) : hit.start].rstrip()
    return bool(before) and not before.endswith((".", '"', "”")) and before.split()[-1].islower()
