"""Who held which office when: a dated table, used only where the article itself does not say."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from pydantic import Field

from extractor.entities.people_names import Name, agree, fold, parse
from extractor.lexicon import Entry, entries, table
from extractor.records import PersonValue


class Office(Entry):
    """One term of office.

    Dates are "YYYY-MM-DD", "YYYY-MM" or "YYYY"; `surnames` name the holder without a given name.
    """

    name: str
    aliases: tuple[str, ...] = ()
    role: str
    organization: str | None = None
    country: str | None = None
    since: str = Field(alias="from")
    until: str | None = Field(default=None, alias="to")
    surnames: tuple[str, ...] = ()

    @property
    def start(self) -> date:
        """First day of the term; the earliest possible one, if only the month or the year is known."""
        return _day(self.since, last=False)

    @property
    def end(self) -> date:
        """Last day of the term; the latest possible one, if only the month or the year is known."""
        return _day(self.until, last=True) if self.until else date.max

    def covers(self, day: date) -> bool:
        """Whether the day lies in the term."""
        return self.start <= day <= self.end

    @property
    def value(self) -> PersonValue:
        """What the holder is during the term."""
        return PersonValue(role=self.role, organization=self.organization, country=self.country)


def _day(text: str, *, last: bool) -> date:
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts if len(parts) == 2 else (parts[0], 12 if last else 1)
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@cache
def offices() -> tuple[Office, ...]:
    """The whole table."""
    return entries("offices", Office)


@cache
def _full_names() -> dict[str, tuple[Office, ...]]:
    out: dict[str, list[Office]] = {}
    for office in offices():
        for name in (office.name, *office.aliases):
            out.setdefault(fold(name), []).append(office)
    return {name: tuple(found) for name, found in out.items()}


@cache
def _surnames() -> dict[str, tuple[Office, ...]]:
    out: dict[str, list[Office]] = {}
    for office in offices():
        for name in office.surnames:
            out.setdefault(fold(name), []).append(office)
    return {name: tuple(found) for name, found in out.items()}


@cache
def _by_word() -> dict[str, tuple[tuple[Office, Name], ...]]:
    """The offices by every word of the holder's name: two names that agree have one in common."""
    out: dict[str, list[tuple[Office, Name]]] = {}
    for office in offices():
        name = parse(office.name)
        for word in _words(name):
            out.setdefault(word, []).append((office, name))
    return {word: tuple(found) for word, found in out.items()}


def _words(name: Name) -> frozenset[str]:
    return frozenset((*name.given, *name.family.split()))


def is_known(name: str) -> bool:
    """Whether the full name is in the table."""
    return fold(name) in _full_names()


def known_surnames() -> dict[str, tuple[Office, ...]]:
    """Folded surnames that are enough to name a holder of an office."""
    return _surnames()


EARLIEST = timedelta(days=730)
"""How long before the first office a surname alone is already known."""


def terms(name: str, day: date | None = None) -> tuple[Office, ...]:
    """The terms of one person.

    Args:
        name: full name, or a surname that is enough.
        day: leave out surnames of people who were not yet known on that day.

    Returns:
        The terms; none where the name is not in the table or stands for two people.
    """
    found = _full_names().get(fold(name)) or _by_name(parse(name))
    if found is None:
        found = tuple(o for o in _surnames().get(fold(name), ()) if day is None or o.start - EARLIEST <= day)
    return found if len({o.name for o in found}) == 1 else _nearest_holder(found, day)


def _by_name(name: Name) -> tuple[Office, ...] | None:
    if not name.given:
        return None
    near = dict.fromkeys(pair for word in sorted(_words(name)) for pair in _by_word().get(word, ()))
    found = tuple(office for office, holder in near if agree(holder, name))
    return found or None


def _nearest_holder(found: tuple[Office, ...], day: date | None) -> tuple[Office, ...]:
    """Of several people with one name, the only one in office on the day."""
    if day is None:
        return ()
    holders = {o.name for o in found if o.covers(day)}
    return tuple(o for o in found if o.name in holders) if len(holders) == 1 else ()


def sole_leader(surname: str, day: date) -> PersonValue | None:
    """Who is meant by a surname too common for `surnames`: the only holder of an office on the day, and a leading one.

    Args:
        surname: a surname alone: "Mr Hunt said".
        day: the day.
    """
    if " " in surname.strip():
        return None
    near = [
        office for office, holder in _by_word().get(fold(surname), ()) if holder.family == fold(surname) and office.covers(day)
    ]
    if len({office.name for office in near}) != 1:
        return None
    leading = [o for o in near if o.country and _is_leading(o.role)]
    return max(leading, key=lambda o: o.start).value if leading else None


def _is_leading(role: str) -> bool:
    low = f" {fold(role).replace('-', ' ')} "
    held, below = table("roles")["leading"], table("roles")["below_leading"]
    return any(f" {p} " in low for p in held) and not any(f" {p} " in low for p in below)


def _common(found: tuple[Office, ...]) -> PersonValue:
    """What holds for all terms; the role only of someone who may still be in office."""

    def one(field: str) -> str | None:
        values = {getattr(o, field) for o in found}
        return values.pop() if len(values) == 1 else None

    in_office = any(o.until is None for o in found)
    return PersonValue(
        role=one("role") if in_office else None, organization=one("organization") if in_office else None, country=one("country")
    )


def office_on(name: str, day: date | None) -> PersonValue | None:
    """What a person was on a day: the office held, else the last one as "former ...".

    Args:
        name: full name, or a surname that is enough.
        day: the day; without one only what all the terms have in common is returned.
    """
    found = terms(name, day)
    if not found:
        return None
    if day is None:
        return _common(found)
    held = [o for o in found if o.covers(day)]
    if held:
        return max(held, key=lambda o: o.start).value
    past = [o for o in found if o.end < day]
    if not past:
        return None
    last = max(past, key=lambda o: o.end)
    return PersonValue(role=f"former {last.role}", organization=last.organization, country=last.country)
