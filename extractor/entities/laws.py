"""Finds legal bases: sections, acts, orders, regulations, treaty articles and trade agreements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extractor.entities.mention import Mention, add_mentions, make_mention, mentions, smooth, text_of
from extractor.lexicon import Entry, entries, table
from extractor.records import CountryValue, EntityType, LawValue


class Law(Entry):
    """A law that trade measures rest on.

    Attributes:
        code: as in the output; "other" for laws without a code of their own, "us_other" for those of the United States.
        name: canonical name.
        patterns: regular expressions for its names.
        sections: numbers that name it ("232").
        acts: words, one of which is in the name of the act that a section is said to be of.
        country: whose law it is; its code is withheld in an article that names countries, but not this one.
        rivals: countries with a law of the same name; the code is withheld in a sentence that names one, but not `country`.
        numbers: numbered instruments that rest on it ("Executive Order 14257").
        yes: sentences in which it is mentioned.
        no: sentences in which it is not.
    """

    code: str
    name: str
    patterns: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    country: str | None = None
    rivals: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@cache
def _form(*path: str) -> re.Pattern[str]:
    found = table("law_forms")
    for key in path[:-1]:
        found = found[key]
    return re.compile(found[path[-1]])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Law], ...]:
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{'|'.join(law.patterns)})(?!\w)"), law) for law in entries("laws", Law) if law.patterns
    )


@cache
def _by_section() -> dict[str, Law]:
    return {number: law for law in entries("laws", Law) for number in law.sections}


@cache
def _by_number() -> dict[str, Law]:
    return {number: law for law in entries("laws", Law) for number in law.numbers}


@Language.component("tariff_laws")
def laws(doc: Doc) -> Doc:
    """Adds mentions of laws; of two that overlap, the one that begins first and then the longer one stays."""
    found = [*_sections(doc), *_named(doc), *_instruments(doc), *_generic(doc)]
    out: list[Mention] = []
    behind = 0
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if mention.start >= behind:
            out.append(mention)
            behind = mention.end
    add_mentions(doc, out)
    return doc


def _mention(doc: Doc, start: int, end: int, law: Law | None, name: str | None = None) -> Mention:
    code = law.code if law and not _foreign(doc, law, start) else None
    words = " ".join(text_of(doc)[start:end].split())
    entity = name or (law.name if law and code else re.sub(r"^[Tt]he ", "", words))
    return make_mention(doc, EntityType.LAW, start, end, entity, LawValue(code=code, text=words))


def _foreign(doc: Doc, law: Law, at: int) -> bool:
    """Whether the text speaks of another country's law of that name."""
    if law.country is None:
        return False
    token = doc.char_span(at, at + 1, alignment_mode="expand")
    near = _codes(mentions(doc, EntityType.COUNTRY, within=token.sent)) if token is not None else set()
    if law.country in near:
        return False
    everywhere = _codes(mentions(doc, EntityType.COUNTRY))
    return bool(near & set(law.rivals)) or (bool(everywhere) and law.country not in everywhere)


def _codes(found: list[Mention]) -> set[str]:
    return {m.value.code for m in found if isinstance(m.value, CountryValue)}


# ---------------------------------------------------------------- sections


def _sections(doc: Doc) -> Iterator[Mention]:
    """`Section 232 of the Trade Expansion Act`, `Sections 201 and 301`, `the 301 duties`."""
    text, named = smooth(doc), set()
    for head in _form("section").finditer(text):
        at, start = head.end(), head.start()
        while True:
            number = _form("section_number").match(text, at)
            if not number:
                break
            named.add(number[1])
            mention = _section(doc, text, start, number)
            if mention:
                yield mention
            following = _form("section_next").match(text, number.end())
            if not following:
                break
            at = start = following.end()
    for bare in _form("bare_number").finditer(text):
        law = _by_section().get(bare[1])
        if law and (bare[1] in table("law_forms")["bare_known"] or bare[1] in named):
            yield _mention(doc, bare.start(1), bare.end(1), law)


def _section(doc: Doc, text: str, start: int, number: re.Match[str]) -> Mention | None:
    of_act = _form("of_act").match(text, number.end())
    law = _by_section().get(number[1])
    if of_act is None:
        return _mention(doc, start, number.end(), law) if law else None
    if law and any(act in of_act[1].lower() for act in law.acts):
        return _mention(doc, start, of_act.end(), law)
    act = next((found for pattern, found in _patterns() if pattern.search(of_act[1])), None)
    return _mention(doc, start, of_act.end(), act)


# ---------------------------------------------------------------- names and numbers


def _named(doc: Doc) -> Iterator[Mention]:
    text = smooth(doc)
    for pattern, law in _patterns():
        for match in pattern.finditer(text):
            start = match.start() + (4 if match[0].lower().startswith("the ") else 0)
            yield _mention(doc, start, match.end(), law)


def _instruments(doc: Doc) -> Iterator[Mention]:
    """`Executive Order 14257`, `Proclamation 9705`, `Regulation (EU) 2015/478`, `Announcement No. 4 of 2025`."""
    text = smooth(doc)
    for kind in table("law_forms")["instruments"]:
        for match in _form("instruments", kind).finditer(text):
            name = f"{kind} {match[1]}" if match.re.groups and match[1] else kind
            yield _mention(doc, match.start(), match.end(), _by_number().get(name), name)


def _generic(doc: Doc) -> Iterator[Mention]:
    """`the Farm Trade Act of 1987`: any act that its determiner or its year proves to be a name."""
    text = smooth(doc)
    for kind in ("act", "agreement"):
        for match in _form("generic", kind).finditer(text):
            start, words = match.start(1), match[1].split()
            proven = re.search(r"\d{4}", match[1]) or _form("generic", "before").search(text[max(0, start - 24) : start])
            if proven and words[-2 if not words[-1].isdigit() else 0] not in table("law_forms")["generic"]["never"]:
                yield _mention(doc, start, match.end(1), None)
