"""What the words beside a name say of the person: role, organization, country; and which roles are public offices."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from extractor.entities.mention import Mention, mentions, text_of
from extractor.entities.people_names import Word, fold, token_of, words_of
from extractor.lexicon import table
from extractor.records import AgencyValue, CountryValue, EntityType, PersonValue

LONGEST_TITLE = 14
"""Words that a title before a name may have."""
LONGEST_APPOSITIVE = 24
"""Words that an appositive behind a name may have."""


# ---------------------------------------------------------------- nouns


@cache
def _nouns(kind: str) -> frozenset[str]:
    return words_of("roles", kind)


def is_noun(word: str) -> bool:
    """Whether a word names what a person is: minister, spokesman, analyst, `Secretary-General`, `vice-president`."""
    low = fold(word).removesuffix("'s")
    if low in _nouns("public") or low in _nouns("ambiguous") or low in _nouns("private"):
        return True
    head = re.split(r"[-/]", low)[-1]
    if head in ("elect", "designate", "general", "nominee", "candidate"):
        head = re.split(r"[-/]", low)[0]
    return "-" in low and head != low and is_noun(head)


def kind_of(role: str) -> str | None:
    """`public`, `ambiguous` or `private`, by the noun at the head of a role; None where there is none."""
    low = [w.strip(".,'\"") for w in fold(re.split(r"\b(?:of|for|at|to|in|on|with|from)\b|,", role)[0]).split()]
    for word in reversed(low):
        parts = [word, *reversed(re.split(r"[-/]", word))]
        for part in parts:
            for kind in ("private", "public", "ambiguous"):
                if part in _nouns(kind) or part.removesuffix("s") in _nouns(kind):
                    return kind
    return None


@cache
def _phrases(key: str) -> re.Pattern[str]:
    listed = sorted(words_of("roles", key) if key == "x" else {fold(p) for p in table("roles")[key]}, key=lambda p: (-len(p), p))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(p) for p in listed) + r")(?![\w-])")


def is_public_body(name: str | None) -> bool:
    """Whether a body's name shows that it is public: `Ministry of Finance`, `White House`, `WTO`; not `Acme Corp`."""
    if not name:
        return False
    low = fold(name)
    return bool(_phrases("public_body").search(low)) and not _phrases("private_body").search(low)


def left_office(role: str | None) -> bool:
    """Whether a role is marked as not held: former, elect, candidate, nominee, opposition."""
    low = fold(role or "")
    listed = words_of("roles", "not_in_office")
    return any(word.strip(".,") in listed or word.split("-")[0] == "ex" or word.split("-")[-1] in listed for word in low.split())


def is_official_role(role: str | None, organization: str | None = None, country: str | None = None) -> bool:
    """Whether a role is a public office, held at the time.

    Args:
        role: as `PersonValue.role` has it: "Economy Minister", "chief executive of Acme", "former Treasury Secretary".
        organization: the body, if it is known; decides for a president, director or spokesman.
        country: code of the country, if the person is known to act for one.

    Returns:
        True for ministers, senators, ambassadors and the like, for heads, spokespeople and staff of public bodies, and for a bare
        "President" without a body. False for former, elect and would-be holders, for private roles and for None.
    """
    if not role or left_office(role):
        return False
    kind = kind_of(role)
    if kind != "ambiguous":
        return kind == "public"
    low = fold(role)
    if _phrases("private_body").search(low):
        return False
    if organization:
        return is_public_body(organization) or bool(_phrases("public_body").search(low))
    body = re.split(r"\b(?:of|for|at|to|in|with)\b", role, maxsplit=1)
    if len(body) == 2 and body[1].strip():
        return is_public_body(body[1]) or country is not None
    if _phrases("public_body").search(low) or any(w in words_of("roles", "portfolios") for w in low.split()):
        return True
    bare = low.split()[-1]
    return bare in (
        "president",
        "vice-president",
        "speaker",
        "secretary",
        "secretary-general",
        "deputy",
        "official",
        "officials",
    ) or (
        country is not None
        and bare not in ("chairman", "director", "manager", "head", "chief", "analyst", "economist", "researcher", "member")
    )


# ---------------------------------------------------------------- title before the name


def title_start(doc: Doc, line: list[Word], at: int) -> int | None:
    """Where the title begins that stands directly before the name at `line[at]`; None if there is none."""
    i = at - 1
    if i >= 0 and line[i].text == "," and i > 0 and is_noun(line[i - 1].text):
        i -= 1  # "the bloc's trade commissioner, Jane Roe"
    elif i >= 0 and not is_noun(line[i].text):
        head = _head_of_complement(line, i)
        if head is None:
            return None
        i = head
    if i < 0:
        return None
    return _leftmost(doc, line, i)


def _head_of_complement(line: list[Word], i: int) -> int | None:
    """The noun of "Secretary of State", "Minister for Trade and Industry", seen from its last word."""
    low = line[i].low
    if low not in words_of("roles", "portfolios") and low not in (
        "affairs",
        "security",
        "commons",
        "representatives",
        "trade",
        "resources",
    ):
        return None
    for j in range(i - 1, max(-1, i - 8), -1):
        if line[j].text in {",", ".", ";", ":", '"'}:
            return None
        if line[j].low in ("of", "for") and j > 0 and is_noun(line[j - 1].text):
            return j - 1
        if not (line[j].is_cap or line[j].low in ("and", "&", "the", "of", "for")):
            return None
    return None


def _leftmost(doc: Doc, line: list[Word], i: int) -> int:
    """The first word of a title whose noun is `line[i]`."""
    sentence = token_of(doc, line[i]).sent.start
    start = i
    while start > 0 and i - start < LONGEST_TITLE and line[start - 1].first >= sentence:
        word, before = line[start - 1], line[start - 2] if start > 1 else None
        if word.text in ("'s", "'"):
            if before is None or not (before.is_cap or token_of(doc, before).pos_ in ("NOUN", "PROPN")):
                break
            start -= 2
        elif word.low in ("and", "&") and before is not None and before.is_cap and line[start].is_cap and start - 1 > 0:
            start -= 2
        elif (word.is_cap and token_of(doc, word).pos_ in ("PROPN", "ADJ", "NOUN", "X") and not is_noun(word.text)) or _belongs(
            doc, word
        ):
            start -= 1
        else:
            break
    return start


def _belongs(doc: Doc, word: Word) -> bool:
    """Whether a word before a role's noun is a part of the role."""
    low = word.low
    return (
        low in words_of("roles", "modifiers")
        or low.split("-")[0] == "ex"
        or is_noun(word.text)
        or token_of(doc, word).dep_ == "compound"
    )


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
        if word.first >= sentence or word.text in {",", ")", ";", ":", '"', ".", "-", "--", "—", "(", "?", "!"}:
            return k
        if k > start and (
            word.low in ("who", "which", "that", "said", "says", "told") or token_of(doc, word).tag_ in ("VBD", "VBZ", "MD")
        ):
            return k
    return min(len(line), start + LONGEST_APPOSITIVE)


# ---------------------------------------------------------------- reading


_BODY_PREPOSITION = re.compile(r"\s(?:of|for|at|to|with|from|in)\s(?:the\s|its\s|his\s|her\s)?")


def read(doc: Doc, start: int, end: int) -> PersonValue:
    """Role, organization and country of a phrase (character offsets) such as `Mexico's deputy economy minister`."""
    inside = mentions(doc, EntityType.COUNTRY, EntityType.AGENCY, within=(start, end))
    countries = [m for m in inside if m.type is EntityType.COUNTRY]
    agencies = [m for m in inside if m.type is EntityType.AGENCY]
    phrase = " ".join(text_of(doc)[start:end].split())
    role, body = _split(doc, start, end, countries)
    organization = _organization(role, body, agencies, phrase)
    if kind_of(role) == "ambiguous" and body and not is_public_body(body):
        role = f"{role} of {body}" if " of " in phrase else f"{role} for {body}"
    return PersonValue(role=role or None, organization=organization, country=_country(countries, agencies, phrase, body))


def _split(doc: Doc, start: int, end: int, countries: list[Mention]) -> tuple[str, str | None]:
    """Role without country, determiner and body; and the body behind its preposition."""
    text = text_of(doc)[start:end]
    head, body = text, None
    found = _BODY_PREPOSITION.search(text)
    if found and kind_of(text[: found.start()]):
        head, body = text[: found.start()], " ".join(text[found.end() :].split())
        if fold(body).split(" ")[0] in ("state", "trade", "finance", "foreign", "commerce", "economy", "staff"):
            head, body = text, None  # "Secretary of State" is the role itself
    for mention in sorted(countries, key=lambda m: -m.start):
        if mention.end <= start + len(head) and not _in_acronym_title(text, mention, start):
            head = head[: mention.start - start] + head[mention.end - start :]
    head = re.sub(r"^(?:\s|['’]s?\b|[-,])+", "", head.strip())
    head = re.sub(r"^.*[A-Za-z]['’]s?\s+(?=\S)", "", head) if re.search(r"\w['’]s?\s", head) else head
    first = head.split(" ")[0] if head else ""
    if fold(first) in words_of("roles", "determiners"):
        head = head[len(first) :]
    head = re.sub(r"^(?:\s|['’]s\b|[-,])+", "", head)
    return " ".join(head.split()).strip(" ,-"), body.strip(" ,.") if body else None


def _in_acronym_title(text: str, mention: Mention, start: int) -> bool:
    """Whether a country belongs to an office's name: `U.S. Trade Representative`, `European Commission President`."""
    return bool(
        re.match(
            r"\s+(?:trade representative|commission|council|central bank|parliament|union)\b", fold(text[mention.end - start :])
        )
    )


def _organization(role: str, body: str | None, agencies: list[Mention], phrase: str) -> str | None:
    if agencies:
        return max(agencies, key=lambda m: (m.end - m.start, -m.start)).text
    if body and not left_office(body):
        return body
    low = role.split()
    if "secretary of state" in fold(role) and len(low) == 3:
        return "State"
    for noun in ("minister", "secretary", "commissioner"):
        at = next((i for i, w in enumerate(low) if fold(w) == noun), None)
        if at:
            kept = [
                w
                for w in low[:at]
                if fold(w) in words_of("roles", "portfolios") or fold(w) in ("and", "&", "affairs", "external")
            ]
            return " ".join(kept) or None
    for i, word in enumerate(low):
        if i and is_noun(word) and is_public_body(" ".join(low[:i])):
            return " ".join(w for w in low[:i] if fold(w) not in {"former", "deputy", "chief", "senior", "top"}) or None
    return None


def _country(countries: list[Mention], agencies: list[Mention], phrase: str, body: str | None) -> str | None:
    for mention in agencies:
        if isinstance(mention.value, AgencyValue) and mention.value.country:
            return mention.value.country
    for mention in countries:
        if isinstance(mention.value, CountryValue):
            return mention.value.code
    low = fold(phrase)
    for pattern, code in table("roles")["implied_country"].items():
        if re.search(rf"(?<![\w-]){pattern}(?![\w-])", low):
            return str(code)
    return None
