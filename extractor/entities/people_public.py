"""Which roles are public offices: by the noun at their head, by the body that they belong to, and by marks such as "former"."""

from __future__ import annotations

import re
from functools import cache

from extractor.entities.people_names import fold, words_of
from extractor.lexicon import table


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
    """`public`, `ambiguous` or `private`, by the noun at the head of a role; None where there is none.

    The head stands before the first preposition ("head of the port"), or last behind a name with one ("Bank of Chile chief").
    """
    before, *behind = re.split(r"\b(?:of|for|at|to|in|on|with|from)\b|,", role)
    return _kind_of(before) or (_kind_of(" ".join(behind[-1].split()[-2:])) if behind and "," not in role else None)


def _kind_of(words: str) -> str | None:
    low = [w.strip(".,'\"") for w in fold(words).split()]
    if f"{'-'.join(low[-2:])}" in _nouns("public"):
        return "public"  # "attorney general" is no attorney
    if len(low) > 1 and low[-1] == "general":
        low.pop()  # "director general", "attorney general"
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
    low = re.sub(r"\b(?:european|african|eurasian economic) union\b|\bswiss confederation\b", "eu", fold(name))
    if is_private_body(low):
        return False
    return bool(_phrases("public_body").search(low)) or _is_council(low)


def is_private_body(name: str) -> bool:
    """Whether a body's name, or a role that holds it, shows that it is a company's, lobby's, school's or the like."""
    low = re.sub(r"\b(ministry|department|secretary|minister) (?:of|for) [\w ,]*", r"\1", fold(name))  # "Ministry for Business"
    return bool(_phrases("private_body").search(low))


def _is_council(low: str) -> bool:
    """Whether a council or board is a state's: lobbies call themselves so too ("Welded Mesh Council")."""
    words = set(re.findall(r"[\w-]+", low))
    bare = words <= {"the", "council", "board"}
    return bool(words & _nouns("councils")) and (bare or bool(words & _nouns("of_state")))


def left_office(role: str | None) -> bool:
    """Whether a role is marked as not held: former, elect, candidate, nominee, opposition; of several, whether all are."""
    return all(_left(one) for one in _offices(role or ""))


_FROM_THE_HOUSE = re.compile(
    r"\bshadow (?:[a-z]+ ){0,4}(?:minister|secretary|chancellor|treasurer|spokes\w+)\b|\bleader of the (?:\w+ )?opposition\b"
)
"""Offices against the government that only members of parliament hold: "shadow trade secretary", "leader of the opposition"."""


def _left(role: str) -> bool:
    low = fold(role)
    listed = words_of("roles", "not_in_office")
    marks = [w for w in low.split() if w.strip(".,") in listed or w.split("-")[0] == "ex" or w.split("-")[-1] in listed]
    seated = any(w.strip(".,").removesuffix("s") in words_of("roles", "seats_held") for w in low.split())
    seated = seated or bool(_FROM_THE_HOUSE.search(low))
    return bool([w for w in marks if w not in words_of("roles", "against_government")] if seated else marks)


def _offices(role: str) -> list[str]:
    """The offices of "opposition MP and former farmer"; "former economy and trade minister" is one."""
    out: list[str] = []
    pending = ""
    for part in re.split(r"(?:,| and) ", role):
        pending = f"{pending} and {part}" if pending else part
        if any(is_noun(w.strip(".,")) for w in part.split()):
            out.append(pending)
            pending = ""
    if pending and out:
        out[-1] = f"{out[-1]} and {pending}"
    return out or [role]


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
    held = [one for one in _offices(role) if not _left(one)]
    return any(_is_official(one, organization, country) for one in held)


_CHIEF = re.compile(r"\b(?:chief (?:\w+ )?(?:executive|officer)|ceo)\b")
"""Who runs a company, or an agency that is organised like one."""


def _is_critic(low: str) -> bool:
    """`finance critic`, `critic for international trade`: the member of parliament who answers a minister."""
    found = re.search(r"\b(\w+) critic\b|\bcritic for (?:\w+ )?(\w+)", low)
    return found is not None and (found[1] or found[2]) in words_of("roles", "portfolios")


def _is_official(role: str, organization: str | None, country: str | None) -> bool:
    if _is_critic(fold(role)) or _FROM_THE_HOUSE.search(fold(role)):
        return True
    kind = kind_of(role)
    chief = bool(_CHIEF.search(fold(role)))
    if kind != "ambiguous" or chief:
        return kind == "public" or (chief and is_public_body(organization))
    low = fold(role)
    owner = re.match(r"(?:the )?(.{1,100}?)['’]s?\s", role)
    if owner and (kind_of(owner[1]) == "public" or is_public_body(owner[1])):
        return True  # "minister's spokesman", "ministry's director of trade"
    if is_private_body(low):
        return False
    if organization:
        acronym = organization.isupper() and country is not None
        return is_public_body(organization) or bool(_phrases("public_body").search(low)) or acronym
    body = re.split(r"\b(?:of|for|at|to|in|with)\b", role, maxsplit=1)
    if len(body) == 2 and body[1].strip():
        return is_public_body(body[1]) or country is not None
    bare = low.split()[-1]
    observer = bare.removesuffix("s") in ("analyst", "economist", "researcher")  # "trade analysts" watch, they hold no office
    if _phrases("public_body").search(low) or (not observer and any(w in words_of("roles", "portfolios") for w in low.split())):
        return True
    if country is None and prefix_body(role):
        return False
    return bare in (
        "president",
        "vice-president",
        "speaker",
        "secretary",
        "secretary-general",
        "representative",
        "deputy",
        "official",
        "officials",
    ) or (country is not None and bare not in ("chairman", "director", "manager", "head", "chief", "member") and not observer)


def prefix_body(role: str) -> str | None:
    """The body before a role's noun: "Acme chief executive", "White House spokesman", "foreign ministry spokesman"."""
    parts = role.split()
    at = next((i for i, w in enumerate(parts) if is_noun(w)), None)
    if not at:
        return None
    public = words_of("roles", "public_body")
    kept = list(parts[:at])
    while kept and (fold(kept[0]) in words_of("roles", "not_in_office") or fold(kept[0]) in words_of("roles", "ranks")):
        kept.pop(0)
    while kept and fold(kept[-1]) in words_of("roles", "ranks"):
        kept.pop()
    name = " ".join(kept)
    if not kept or not (
        any(w[0].isupper() and fold(w) not in words_of("roles", "modifiers") for w in kept)
        or any(fold(w) in public for w in kept)
    ):
        return None
    return name
