"""What the words beside a name say of the person: role, organization, country."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extractor.entities.mention import Mention, mentions, text_of
from extractor.entities.people_names import Word, fold, particles, token_of, words_of
from extractor.entities.people_offices import terms
from extractor.entities.people_public import is_noun, is_public_body, kind_of, prefix_body
from extractor.lexicon import table
from extractor.records import AgencyValue, CountryValue, EntityType, PersonValue

LONGEST_TITLE = 14
"""Words that a title before a name may have."""
LONGEST_APPOSITIVE = 24
"""Words that an appositive behind a name may have."""


# ---------------------------------------------------------------- title before the name


def title_start(doc: Doc, line: list[Word], at: int) -> int | None:
    """Where the title begins that stands directly before the name at `line[at]`; None if there is none."""
    i = at - 1
    if i > 1 and line[i].text == "(" and line[i - 1].is_cap:
        i -= 1  # "The Minister for Trade (Jane Roe):"
    while i > 0 and line[i].low in _courtesies() and not _is_title_noun(line, i):
        i -= 1  # "the minister, Mr Roe", "chief negotiator Dr. Jane Roe"
    if i > 0 and line[i].text == ",":
        head = i - 1 if _is_title_noun(line, i - 1) else _head_before_body(doc, line, i)  # "the trade commissioner, Jane Roe,"
        if head is None:
            return None
        i = head
    elif i >= 0 and not _is_title_noun(line, i):
        head = _head_of_complement(line, i)
        if head is None:
            return None
        i = head
    if i < 0:
        return None
    return _leftmost(doc, line, i)


def _courtesies() -> frozenset[str]:
    """Mr, Dr and the like, which stand between a role and a name."""
    return frozenset().union(*(words_of("titles", "honorifics", kind) for kind in ("male", "female", "other")))


def _is_title_noun(line: list[Word], i: int) -> bool:
    """Whether a title ends with this word: "minister", and the second of two that make one ("crown prince")."""
    return is_noun(line[i].text) or (i > 0 and line[i - 1].text.isalpha() and is_noun(f"{line[i - 1].text}-{line[i].text}"))


def _head_before_body(doc: Doc, line: list[Word], comma: int) -> int | None:
    """The noun of "the head of the Acme Institute, Jane Roe," seen from the first comma; the name must end at another."""
    behind = next((w for w in line[comma + 1 : comma + 8] if not w.is_cap and w.low not in particles()), None)
    if behind is None or (behind.text not in {",", "'s"} and token_of(doc, behind).pos_ not in ("VERB", "AUX")):
        return None
    for j in range(comma - 1, max(0, comma - 9), -1):
        if line[j].text == "," and line[j - 1].is_cap and is_noun(line[j - 1].text) and line[j + 1].is_cap:
            return j - 1  # "President, Association of Porters, Jane Roe"
        if line[j].text in {",", ";", ":", "."}:
            return None
        if line[j].low in ("of", "for", "at", "to", "in") and is_noun(line[j - 1].text):
            return j - 1
        if not line[j].is_cap and token_of(doc, line[j]).pos_ not in ("NOUN", "ADJ", "PROPN", "DET", "PART", "CCONJ", "ADP"):
            return None
    return None


def ends_complement(line: list[Word], i: int) -> bool:
    """Whether a title ends with this word behind a preposition: "Secretary for Trade and Compliance"."""
    return _head_of_complement(line, i) is not None


def _head_of_complement(line: list[Word], i: int) -> int | None:
    """The noun of "Secretary of State", "Minister for Trade and Industry", seen from its last word."""
    more = ("affairs", "security", "commons", "representatives", "trade", "resources")
    body = is_public_body(line[i].low)  # "spokesperson for the finance ministry"
    if line[i].low not in words_of("roles", "portfolios") and line[i].low not in more and not line[i].is_cap and not body:
        return None
    for j in range(i - 1, max(-1, i - 9), -1):
        if line[j].text == "," and line[j - 1].is_cap and line[j + 1].is_cap:
            continue  # "Minister of Trade, Industry and Competition"
        if line[j].low in ("of", "for", "to", "on", "in", "without") and j > 0 and is_noun(line[j - 1].text):
            return (_head_of_staff(line, j - 1) or j - 1) if line[j].low in ("for", "on") else j - 1
        if not (line[j].is_cap or line[j].low in ("and", "&", "the", "of", "for") or body):
            return None
    return None


def _head_of_staff(line: list[Word], i: int) -> int | None:
    """The noun of "adviser to the prime minister on commerce", seen from "minister"."""
    k = i - 1
    while k > 0 and (line[k].low in words_of("roles", "modifiers") or line[k].low == "the"):
        k -= 1
    return k - 1 if k > 0 and line[k].low == "to" and is_noun(line[k - 1].text) else None


def _leftmost(doc: Doc, line: list[Word], i: int) -> int:
    """The first word of a title whose noun is `line[i]`."""
    sentence = token_of(doc, line[i]).sent.start
    bodies = {e.end_char: e.start_char for e in doc.ents if e.label_ == "ORG" and " of " in e.text}
    bodies |= {m.end: m.start for m in mentions(doc, EntityType.AGENCY)}
    start = i
    while start > 0 and i - start < LONGEST_TITLE and line[start - 1].first >= sentence:
        word, before = line[start - 1], line[start - 2] if start > 1 else None
        if word.end in bodies and bodies[word.end] < word.start:  # "Bank of Trade Governor"
            start = next(k for k in range(start - 1, -1, -1) if line[k].start <= bodies[word.end])
        elif word.text in ("'s", "'"):
            if before is None or not (before.is_cap or token_of(doc, before).pos_ in ("NOUN", "PROPN")):
                break
            start -= 2
        elif word.low in ("and", "&") and before is not None and _joins(before, line[start]):
            start -= 2
        elif (word.is_cap and token_of(doc, word).pos_ in ("PROPN", "ADJ", "NOUN", "X") and not is_noun(word.text)) or _belongs(
            doc, word
        ):
            start -= 1
        else:
            break
    return start


def _joins(before: Word, behind: Word) -> bool:
    """Whether "and" joins two parts of one office: `Trade and Industry Secretary`."""
    parts = words_of("roles", "portfolios") | words_of("roles", "modifiers")
    return before.low in parts and behind.low in parts and behind.low not in ("prime", "vice", "deputy", "first", "former")


def _belongs(doc: Doc, word: Word) -> bool:
    """Whether a word before a role's noun is a part of the role."""
    low = word.low
    return (
        low in words_of("roles", "modifiers")
        or low.split("-")[0] == "ex"
        or is_noun(word.text)
        or token_of(doc, word).dep_ == "compound"
    )


def short_title(doc: Doc, line: list[Word], first: int, last: int) -> PersonValue | None:
    """What `Sen.`, `Rep.` or `Gov.` before a name says; the American ones unless a party list or country says otherwise."""
    if first == 0:
        return None
    role = table("titles")["honorifics"]["office"].get(line[first - 1].text.rstrip("."))
    if role is None:
        return None
    american = role in ("Senator", "Representative", "Governor") and line[first - 1].text not in ("MP", "MEP", "TD")
    body = {"Senator": "Senate", "Representative": "House of Representatives"}.get(role)
    return PersonValue(role=role, organization=body, country="US" if american else None)


def post_nominal(doc: Doc, line: list[Word], last: int) -> PersonValue | None:
    """What `MP`, `TD` or `(R-Texas)` directly behind a name says: a seat in a parliament."""
    at = last + 1 if last + 1 < len(line) and line[last].text == "," else last
    if at < len(line) and line[at].text in table("titles")["post_nominal"]:
        return PersonValue(role=line[at].text, country="IE" if line[at].text == "TD" else None)
    behind = text_of(doc)[line[last - 1].end : line[last - 1].end + 60]
    if last and _is_seat(doc, line[last - 1].end):
        return PersonValue(role="MP")
    group = re.match(r"\s?\((?P<group>[^,()]{2,12}), [A-Z]", behind)
    if group and group["group"] in table("titles")["european_groups"]:
        return PersonValue(role="MEP", organization="European Parliament", country="EU")
    american = _PARTY_AND_STATE.match(text_of(doc)[line[last - 1].end : line[last - 1].end + 20])
    return PersonValue(role="lawmaker", country="US") if american else None


def _is_seat(doc: Doc, end: int) -> bool:
    """Whether a seat or party stands in a label of a parliament's minutes: `Jane Roe (Arica East) (Lab):`."""
    label = re.match(r"(?P<seat>(?: \([^()\n]{1,60}\)){1,3}):", text_of(doc)[end : end + 130])
    if label is None:
        return False
    groups = re.findall(r"\(([^()]+)\)", label["seat"])
    parties = {part.strip() for group in groups for part in re.split(r"[,—–]", group)}
    debate = re.search(
        r"\b(?:debate|hansard|parliament|house of|oireachtas|dáil|lok sabha|senate)\b", text_of(doc)[:400], re.IGNORECASE
    )
    return bool(parties & set(table("titles")["parties"])) or (len(groups) > 1 or debate is not None)


_PARTY_AND_STATE = re.compile(r"\s?(?:\(|, )?(?:D|R|I|DFL)(?:\.?,\s|[-\u2011\u2013.])(?=[A-Z])")


def body_behind(doc: Doc, end: int) -> PersonValue | None:
    """The public body that `Jane Roe of the ministry` works for."""
    behind = re.match(r" (?:of|at|from|with) (?:the )?", text_of(doc)[end : end + 12])
    found = mentions(doc, EntityType.AGENCY, within=(end, end + 120)) if behind else []
    body = next((m for m in found if behind and m.start == end + behind.end()), None)
    if body is None:
        return None
    return PersonValue(organization=body.entity, country=body.value.country if isinstance(body.value, AgencyValue) else None)


def held_office(doc: Doc, line: list[Word], at: int) -> PersonValue | None:
    """What a relative clause behind a name says: `Jane Roe, who chairs the committee`, `Jane Roe, a Finn who leads the agency`.

    Only what is held at the time: "who led the agency" may be over.
    """
    if at >= len(line) or line[at].text != ",":
        return None
    who = next((k for k in range(at + 1, min(len(line), at + LONGEST_TITLE)) if line[k].low == "who"), None)
    if who is None or any(w.text in {",", ";", '"'} or w.low in ("said", "says") for w in line[at + 1 : who]):
        return None
    k = who + 1
    while k < len(line) - 1 and line[k].low in ("has", "have", "also", "now", "currently", "is"):
        k += 1
    if k >= len(line) or (line[k - 1].low not in ("has", "have", "is", "also") and token_of(doc, line[k]).tag_ == "VBD"):
        return None
    verb = fold(token_of(doc, line[k]).lemma_)
    noun = table("roles")["held_by"].get(verb)
    end = _appositive_end(doc, line, k + 1)
    if noun is None or end <= k + 1:
        return None
    start, stop = line[k + 1].start, line[end - 1].end
    body = re.split(r"\s(?:since|until|from|after|under|and has)\s", " ".join(text_of(doc)[start:stop].split()))[0]
    if verb == "represent":
        seat = bool(_SEAT.search(body)) or _region(re.sub(r"^the ", "", body)) is not None
        return PersonValue(role=noun, country=read(doc, start, stop).country) if seat else None
    known = mentions(doc, EntityType.AGENCY, within=(start, stop))
    if not known and not is_public_body(body):
        return None
    name = known[0].entity if known else re.sub(r"^(?:the|its|his|her|their) ", "", body)
    return PersonValue(role=noun, organization=name, country=_country_within(doc, start, stop))


_SEAT = re.compile(r"\b(?:district|constituency|riding|seat|electorate|ward)\b")


def _country_within(doc: Doc, start: int, stop: int) -> str | None:
    for mention in mentions(doc, EntityType.COUNTRY, EntityType.AGENCY, within=(start, stop)):
        code = getattr(mention.value, "code", None) or getattr(mention.value, "country", None)
        if code:
            return str(code)
    return None


def region_behind(doc: Doc, end: int) -> str | None:
    """The country that a lawmaker's or governor's state or party behind a name gives: `(D-Ohio)`, `, R-Texas,`, `of Ohio`."""
    behind = text_of(doc)[end : end + 40]
    if re.match(r"\s?(?:\(|, )(?:D|R|I|DFL)[-\u2011\u2013.](?:[A-Z])", behind):
        return "US"
    place = re.match(r"(?: of|,) (?P<region>[A-Z][a-z]+(?: [A-Z][a-z]+)?)", behind)
    return _region(place["region"]) if place else None


def region_in(phrase: str) -> str | None:
    """The country of a state or province anywhere in the name of a body: "the Pennsylvania Department of Trade"."""
    words = re.findall(r"\b[A-Z]\w+", phrase)
    return next((code for i in range(len(words)) if (code := _region(" ".join(words[i : i + 2])))), None)


def _region(words: str) -> str | None:
    """The country of a state or province, named at the beginning of the words."""
    parts = words.split()
    for name in (" ".join(parts[:2]), *parts[:1]):
        for code, names in table("roles")["regions"].items():
            if name in names:
                return str(code)
    return None


# ---------------------------------------------------------------- appositive after the name


def appositive(doc: Doc, line: list[Word], at: int) -> tuple[int, int] | None:
    """The appositive that follows a name which ends before `line[at]`: word indices, half open.

    `Jane Roe, a spokeswoman for the ministry, said`; `Jane Roe (chief economist at Acme)`; `Jane Roe, who heads the agency`.
    """
    if at >= len(line) or line[at].text not in {",", "(", "-", "--", "—"}:
        return None
    start = at + 1
    if start + 1 < len(line) and line[start].text.isdigit() and line[start + 1].text == ",":
        start += 2  # an age
    if start < len(line) and line[start].low == "who":
        start += 1
        if start < len(line) and line[start].low in ("is", "was"):
            start += 1
    end = _appositive_end(doc, line, start)
    noun = next((k for k in range(start, min(end, start + 12)) if is_noun(line[k].text)), None)
    if noun is None or any(line[k].low in ("of", "for", "at", "in", "with", "from", "said", "says") for k in range(start, noun)):
        return None
    if any(token_of(doc, line[k]).tag_ in ("VBD", "VBZ", "VBP", "MD") for k in range(start, noun)):
        return None
    return start, end


def _appositive_end(doc: Doc, line: list[Word], start: int) -> int:
    sentence = token_of(doc, line[start - 1]).sent.end
    for k in range(start, min(len(line), start + LONGEST_APPOSITIVE)):
        word = line[k]
        if word.text == "," and k > start and _lists_body(doc, line, start, k):
            continue  # "Director, Ministry of Ports"
        if word.first >= sentence or word.text in {",", ")", ";", ":", '"', ".", "-", "--", "—", "(", "?", "!"}:
            return k
        if k > start and (
            word.low in ("who", "which", "that", "said", "says", "told") or token_of(doc, word).tag_ in ("VBD", "VBZ", "MD")
        ):
            return k
    return min(len(line), start + LONGEST_APPOSITIVE)


def _lists_body(doc: Doc, line: list[Word], start: int, comma: int) -> bool:
    """Whether a comma behind a title leads on to its body: "Jane Roe, Director, Trade Division, Ministry of Ports"."""
    joints = ("of", "for", "and", "&", ",", "the")
    title = line[start:comma]
    if not all(w.is_cap or w.low in joints for w in title) or not any(is_noun(w.text) for w in title):
        return False
    body = next(iter(mentions(doc, EntityType.AGENCY, within=(line[comma].end, line[comma].end + 90))), None)
    between = [w for w in line[comma + 1 : comma + 12] if body is not None and w.end <= body.start]
    return body is not None and all(w.is_cap or w.low in joints for w in between)


# ---------------------------------------------------------------- reading


_PREPOSITION = re.compile(r"\s(of|for|at|to|with|from|in)\s(?:the\s|its\s|his\s|her\s)?")
_POSSESSOR = re.compile(r"(?:the\s|a\s)?(?P<who>\S[^'’,]{0,60})['’]s?\s(?=\S)", re.IGNORECASE)


_STATE_OWNED = re.compile(r"\b(?:state|government)-(?:owned|run|backed|controlled)\b", re.IGNORECASE)
"""Whose a company is makes its chief no official: "chief executive of Italy's state-owned shipbuilder"."""


def read(doc: Doc, start: int, end: int) -> PersonValue:
    """Role, organization and country of a phrase (character offsets) such as `Mexico's deputy economy minister`."""
    inside = mentions(doc, EntityType.COUNTRY, EntityType.AGENCY, within=(start, end))
    countries = [m for m in inside if m.type is EntityType.COUNTRY]
    agencies = [m for m in inside if m.type is EntityType.AGENCY]
    text = text_of(doc)[start:end]
    text = _STATE_OWNED.sub(lambda found: " " * len(found.group()), text)
    owner, skip = _owner(text, [m for m in countries if m.start - start < 6])
    role, preposition, body = _split(text[skip:])
    inner = [c for c in countries if any(a.start < c.start and c.end <= a.end for a in agencies)]  # "Bank of Chile Governor"
    role = _without_countries(role, start + skip, [c for c in countries if c not in inner])
    organization = _organization(role, body if preposition in ("of", "for", "at", "with") else None, agencies)
    if organization is None and owner and not _is_person(doc, start, end, owner):
        organization = owner
    if kind_of(role) == "ambiguous" and body and not organization and preposition in ("of", "for", "at"):
        organization = _name_in(body)
    if body and agencies and "," in body:
        body = organization or body
    if body and (preposition == "to" or (kind_of(role) == "ambiguous" and not is_public_body(body))):
        role = f"{role} {preposition} {body}"
    return PersonValue(role=role or None, organization=organization, country=_country(countries, agencies, text, owner))


def _owner(text: str, countries: list[Mention]) -> tuple[str | None, int]:
    """Who has the person ("Acme's boss"), unless it is a country; and where the role begins."""
    found = _POSSESSOR.match(text)
    if found is None or not found["who"][0].isupper() or kind_of(found["who"]):
        return None, 0
    who = " ".join(found["who"].split())
    return (None if countries else who), found.end()


def _is_person(doc: Doc, start: int, end: int, owner: str) -> bool:
    """Whether the owner is a person: "Roe's Treasury secretary" works for no body called Roe."""
    held = any(
        e.label_ == "PERSON" and e.start_char < end and start < e.end_char and fold(e.text).startswith(fold(owner))
        for e in doc.ents
    )
    return held or bool(terms(owner))


def _split(text: str) -> tuple[str, str | None, str | None]:
    """Role, preposition and body: "head | of | the Acme Institute". The body has a capital or is public by its words."""
    listed = re.fullmatch(r"(?P<head>[^,]{1,200}), (?P<body>[A-Z].{0,200}?(?: of | for | and |, ).*)", text)
    listed = listed or re.fullmatch(r"(?P<head>[^,]{1,200}), (?P<body>[A-Z][^,]*)", text)
    if listed and kind_of(listed["head"]) and kind_of(listed["body"]) is None:
        return listed["head"], "of", listed["body"]  # "President, Association of Porters"
    for found in _PREPOSITION.finditer(text):
        head, body = text[: found.start()], " ".join(text[found.end() :].split())
        if kind_of(head) is None:
            return text, None, None
        first = re.split(_BODY_END, body, maxsplit=1)[0].strip(" ,.")
        named = (
            first[:1].isupper()
            or is_public_body(first)
            or (_name_in(first) is not None and found[1] in ("of", "for", "at", "with"))
        )
        if named and not _is_portfolio(head, first):
            return head, found[1], first
    return text, None, None


_BODY_END = re.compile(r"\s(?:in|and\s(?:a|an|the|former|ex|one|author|co-author))\s")


def _is_portfolio(head: str, body: str) -> bool:
    """Whether the words behind "of" belong to the office: "Secretary of State", "Minister for Trade and Industry"."""
    noun = fold(head).split()[-1]
    return noun in ("minister", "secretary", "undersecretary") and fold(body).split()[0].strip(",") in words_of(
        "roles", "portfolios"
    )


def _name_in(body: str) -> str | None:
    """The capitalised end of a body: "the research provider Acme Group" -> "Acme Group"."""
    parts = body.split()
    at = next((i for i, w in enumerate(parts) if w[0].isupper() and not w.endswith("-based")), None)
    return " ".join(parts[at:]) if at is not None else None


def _without_countries(role: str, offset: int, countries: list[Mention]) -> str:
    """A role without determiner, country and possessive mark; a seat of power and an office's own name stay."""
    for mention in sorted(countries, key=lambda m: -m.start):
        low, high = mention.start - offset, mention.end - offset
        kept = fold(mention.text) in words_of("roles", "seats") or _in_acronym_title(role[max(high, 0) :])
        if low >= 0 and high <= len(role) and not kept:
            role = role[:low] + role[high:]
    role = re.sub(r"^(?:\s|['’]s?\b|[-,])+", "", role.strip())
    first = role.split(" ")[0] if role else ""
    if fold(first) in words_of("roles", "determiners"):
        role = role[len(first) :]
    return " ".join(re.sub(r"^(?:\s|['’]s\b|[-,])+", "", role).split()).strip(" ,-")


def _in_acronym_title(behind: str) -> bool:
    """Whether a country belongs to an office's name: `U.S. Trade Representative`, `European Commission President`."""
    return bool(re.match(r"\s{1,9}(?:trade representative|commission|council|central bank|parliament|union)\b", fold(behind)))


def _organization(role: str, body: str | None, agencies: list[Mention]) -> str | None:
    if agencies:
        longest = max(agencies, key=lambda m: (m.end - m.start, -m.start))
        return longest.text if is_public_body(longest.text) else longest.entity
    if body and (body[0].isupper() or is_public_body(body)):
        return body
    low = fold(role)
    if body:
        return _name_in(body)
    if "trade representative" in low:
        return " ".join(
            w
            for w in role.split()
            if fold(w) not in words_of("roles", "not_in_office") and (not w.islower() or w in ("trade", "representative"))
        )
    if re.search(r"\bsecretary of state$", low):
        return "State"
    parts = role.split()
    for noun in ("minister", "secretary"):
        at = next((i for i, w in enumerate(parts) if fold(w) == noun), None)
        if at:
            kept = [
                w
                for w in parts[:at]
                if fold(w) in words_of("roles", "portfolios") or fold(w) in ("and", "&", "affairs", "external")
            ]
            return " ".join(kept) or None
    return prefix_body(role)


def _country(countries: list[Mention], agencies: list[Mention], phrase: str, owner: str | None) -> str | None:
    for mention in countries:
        if isinstance(mention.value, CountryValue):
            return mention.value.code
    for mention in agencies:
        if isinstance(mention.value, AgencyValue) and mention.value.country:
            return mention.value.country
    low = fold(" ".join(phrase.split()))
    for pattern, code in table("roles")["implied_country"].items():
        if re.search(rf"(?<![\w-]){pattern}(?![\w-])", low):
            return str(code)
    seat = kind_of(phrase) == "public" or low.endswith(("republican", "democrat"))  # "Ohio Governor", "the Ohio Democrat"
    region = _region(" ".join(phrase.split())) if seat else region_in(phrase)
    codes = {office.country for office in terms(owner)} if owner else {region}  # "Roe's Treasury secretary"
    return codes.pop() if len(codes) == 1 else None
