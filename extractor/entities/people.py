"""Finds people: full names by evidence, then surnames of people already named, then leaders known by surname alone.

One surname is one person unless the text has two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor.entities import people_roles as roles
from extractor.entities.mention import add_mentions, make_mention
from extractor.entities.people_names import Name, Word, agree, fold, is_initial, token_of, words_of
from extractor.entities.people_offices import is_known, known_surnames, terms
from extractor.entities.people_public import is_official_role, kind_of
from extractor.entities.people_runs import ENOUGH, LONGEST_NAME, Found, Runs, learn_vocabulary
from extractor.records import EntityType, PersonValue

__all__ = ["is_official_role", "people"]


@dataclass
class Person:
    """One person of the article and the forms of the name."""

    forms: list[Found] = field(default_factory=list)

    @property
    def canonical(self) -> str:
        """The fullest form in the text, the first of equals; a form in small letters before one in capitals."""
        best = max(self.forms, key=lambda f: (not f.text.isupper(), len(f.text.split()), len(f.name.given), -f.first))
        return best.text.title() if best.text.isupper() and len(best.text) > 3 else best.text

    @property
    def name(self) -> Name:
        """The fullest name, taken apart."""
        return max(self.forms, key=lambda f: (len(f.name.given), f.name.suffix is not None, -f.first)).name

    def matches(self, name: Name) -> bool:
        """Whether a name may be this person's."""
        return all(agree(form.name, name) for form in self.forms)


class Finder(Runs):
    """Finds the people of one document."""

    def __init__(self, doc: Doc) -> None:
        super().__init__(doc)
        self.persons: list[Person] = []
        self.taken: dict[int, Person] = {}

    def run(self) -> list[tuple[Found, Person]]:
        """All mentions with their persons, in the order of the text."""
        out: list[tuple[Found, Person]] = []
        for found in self._full_names():
            out.append((found, self._enter(found)))
        out += self._short_forms()
        out += self._known_alone()
        out += self._given_alone()
        return sorted(out, key=lambda pair: pair[0].first)

    def _enter(self, found: Found) -> Person:
        """The person of a full or titled name, new or known."""
        fitting = [p for p in self.persons if p.matches(found.name)]
        person = fitting[-1] if fitting else Person()
        if not fitting:
            self.persons.append(person)
        person.forms.append(found)
        self.taken |= dict.fromkeys(range(found.first, found.last), person)
        return person

    # ------------------------------------------------------------ full names

    def _full_names(self) -> Iterator[Found]:
        later: list[tuple[int, int]] = []
        for first, last in self.runs():
            if self.in_headline(first):
                later.append((first, last))
            elif self.evidence(first, last) >= ENOUGH:
                yield self.found(first - self.is_peer(first, last), last)
        for first, last in later:  # every word of a headline may have a capital: only names that the body or the table knows
            yield from self._in_title(first, last)

    def _in_title(self, first: int, last: int) -> Iterator[Found]:
        spans = [(a, b) for a in range(first, last - 1) for b in range(min(last, a + LONGEST_NAME), a + 1, -1)]
        for start, end in spans:
            found = self.found(start, end)
            if is_known(found.text) or any(
                f.name.given and fold(f.text) == fold(found.text) for p in self.persons for f in p.forms
            ):
                yield found
                return
        plain = last - first <= 3 and not any(self.is_common(k) for k in range(first, last))
        if plain and self.evidence(first, last) >= 2 * ENOUGH:
            yield self.found(first, last)

    # ------------------------------------------------------------ surnames

    def _short_forms(self) -> Iterator[tuple[Found, Person]]:
        """Surnames (and lone given names) of people whom the article names in full."""
        keys = self._keys()
        longest = max((len(k.split()) for k in keys), default=0)
        i = 0
        while i < len(self.line):
            hit = next((n for n in range(longest, 0, -1) if self._is_short(i, n, keys)), None)
            if hit is None:
                i += 1
                continue
            found = self.found(i, i + hit)
            person = self._nearest(keys[self._key(i, hit)], i)
            self.taken |= dict.fromkeys(range(i, i + hit), person)
            yield found, person
            i += hit

    def _keys(self) -> dict[str, list[Person]]:
        out: dict[str, list[Person]] = {}
        for person in self.persons:
            out.setdefault(person.name.family, []).append(person)
            bare = person.name.family.split(" ")[-1]
            if bare != person.name.family and len(bare) > 3:
                out.setdefault(bare, []).append(person)
            given = person.name.given
            if len(given) > 1 and not is_initial(given[-1].upper()) and "." not in given[-1]:
                out.setdefault(f"{given[-1]} {person.name.family}", []).append(person)  # Spanish and double surnames
        return out

    def _key(self, i: int, n: int) -> str:
        return " ".join(w.low for w in self.line[i : i + n])

    def _is_short(self, i: int, n: int, keys: dict[str, list[Person]]) -> bool:
        if i + n > len(self.line) or any(k in self.taken for k in range(i, i + n)) or self._key(i, n) not in keys:
            return False
        return self._stands_alone(i, i + n)

    def _stands_alone(self, first: int, last: int) -> bool:
        """Whether a surname is a name of its own here: not `Roe Act`, `Mary Roe`, `Roe & Co`, `the Roe administration`."""
        line = self.line
        head, end = line[first], line[last - 1]
        if not (head.is_cap or line[last - 1].is_cap) or self._part_of_more(first, last):
            return False
        if first and not self.gap(line[first - 1], head):
            before = line[first - 1]
            if before.text in {"&", "+", "@", "#"} or (
                self.name_word(first - 1) and not self.in_headline(first) and not self._opens(first - 1)
            ):
                return False
        token = token_of(self.doc, end)
        named = token.pos_ == "PROPN" or _is_bare_actor(token)
        if self.is_common(last - 1) and not named and not (self._is_titled(first) or self._speaks(first, last)):
            return False
        return not (end.text.isupper() and len(end.text) < 3)

    def _part_of_more(self, first: int, last: int) -> bool:
        """Whether the word belongs to a longer name of something else."""
        line = self.line
        behind = line[last] if last < len(line) else None
        if behind is not None and not self.gap(line[last - 1], behind):
            if behind.low in words_of("titles", "evidence", "not_person_after") and (behind.is_cap or behind.low in _regimes()):
                return True
            if behind.text in {"&", "+"}:
                return True
        ent = self.other.get(line[last - 1].last)
        if (
            ent is not None
            and ent.label_ in ("FAC", "PRODUCT", "LAW", "WORK_OF_ART")
            and not self.in_headline(first)
            and ent.end - ent.start > 2
        ):
            return True
        return (
            behind is not None
            and behind.is_cap
            and self.name_word(last, after=line[last - 1])
            and not self.in_headline(first)
            and not _verb(self.doc, behind)
        )

    def _nearest(self, persons: list[Person], at: int) -> Person:
        """Of several people with one surname, the one named last before this place."""
        if len(persons) == 1:
            return persons[0]
        before = [(f.first, n) for n, p in enumerate(persons) for f in p.forms if f.first < at]
        return persons[max(before)[1]] if before else persons[0]

    def _given_alone(self) -> Iterator[tuple[Found, Person]]:
        """Given names alone, as of Indonesian, Thai and Vietnamese people: `Somboon Charoen ... Somboon said`."""
        keys: dict[str, list[Person]] = {}
        for person in self.persons:
            given = person.name.given
            for name in {given[0], given[-1]} if given else ():
                if len(name) > 2 and "." not in name:
                    keys.setdefault(name, []).append(person)
        for i in range(len(self.line)):
            persons = keys.get(self._key(i, 1), [])
            if len(persons) != 1 or i in self.taken or not self._stands_alone(i, i + 1) or self._is_place(i):
                continue
            ent = self.model.get(self.line[i].last)
            if not (ent is not None and len(ent) == 1) and not self._speaks(i, i + 1):
                continue
            self.taken[i] = persons[0]
            yield self.found(i, i + 1), persons[0]

    # ------------------------------------------------------------ known leaders

    def _known_alone(self) -> Iterator[tuple[Found, Person]]:
        """Leaders whom everyone knows by surname, where the article has not introduced them."""
        day = self.doc._.article.published if self.doc._.article else None
        keys = known_surnames()
        alone: dict[str, Person] = {}
        for n in (3, 2, 1):
            for i in range(len(self.line) - n + 1):
                key = self._key(i, n)
                if key not in keys or any(k in self.taken for k in range(i, i + n)) or not self._stands_alone(i, i + n):
                    continue
                if not terms(key, day):
                    continue
                found = self.found(i, i + n)
                person = alone.setdefault(key, Person())
                person.forms.append(found)
                self.taken |= dict.fromkeys(range(i, i + n), person)
                yield found, person


def _regimes() -> frozenset[str]:
    return words_of("titles", "evidence", "regimes")


def _is_bare_actor(token: Token) -> bool:
    """Whether a capitalised word that is also a noun or verb acts like a name: `Trump on Feb. 4 imposed`, `Trump to slap duties`.

    A common noun in the singular would have an article as a subject, and no headline begins with a verb and "to".
    """
    if not token.text[:1].isupper() or any(c.dep_ in {"det", "amod", "compound", "poss", "nummod"} for c in token.children):
        return False
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    headline = token.is_sent_start and following is not None and following.lower_ == "to" and following.pos_ == "PART"
    return bool(headline) or (token.tag_ in {"NN", "NNP"} and token.dep_ in {"nsubj", "nsubjpass"})


def _verb(doc: Doc, word: Word) -> bool:
    return token_of(doc, word).pos_ in ("VERB", "AUX")


def value_beside(doc: Doc, line: list[Word], found: Found) -> PersonValue:
    """What the words before and behind one mention say of the person; the state of a lawmaker or governor gives the country."""
    value = _said_beside(doc, line, found)
    if value.country or value.role is None or not is_official_role(value.role):
        return value
    return value.model_copy(update={"country": roles.region_behind(doc, line[found.last - 1].end)})


def _said_beside(doc: Doc, line: list[Word], found: Found) -> PersonValue:
    short = roles.short_title(doc, line, found.first, found.last)
    if short is not None:
        return short
    value = _titled_or_described(doc, line, found)
    seat = roles.post_nominal(doc, line, found.last)
    if seat is not None and not is_official_role(value.role, value.organization, value.country):
        role = f"{value.role} and {seat.role}" if value.role and kind_of(value.role) else seat.role
        return seat.model_copy(update={"role": role})
    if value.role is None or kind_of(value.role) is None:
        value = roles.held_office(doc, line, found.last) or value
    held = roles.held_office(doc, line, found.last) if value.role and value.organization is None else None
    if held is not None:
        return value.model_copy(update={"organization": held.organization, "country": value.country or held.country})
    if value.organization is None and (body := roles.body_behind(doc, line[found.last - 1].end)) is not None:
        return body.model_copy(update={"role": value.role, "country": value.country or body.country})
    return value


def _titled_or_described(doc: Doc, line: list[Word], found: Found) -> PersonValue:
    start = roles.title_start(doc, line, found.first)
    before = roles.read(doc, line[start].start, line[found.first - 1].end) if start is not None else None
    span = roles.appositive(doc, line, found.last)
    after = roles.read(doc, line[span[0]].start, line[span[1] - 1].end) if span else None
    if before is None or before.role is None:
        return after or PersonValue()
    if after is None or not after.role:
        return before
    return PersonValue(
        role=before.role, organization=before.organization or after.organization, country=before.country or after.country
    )


@Language.factory("tariff_people")
class People:
    """Adds mentions of people."""

    def __init__(self, nlp: Language, name: str) -> None:
        learn_vocabulary(nlp)

    def __call__(self, doc: Doc) -> Doc:
        finder = Finder(doc)
        made = []
        for found, person in finder.run():
            start, end = finder.line[found.first].start, finder.line[found.last - 1].end
            made.append(make_mention(doc, EntityType.PERSON, start, end, person.canonical, value_beside(doc, finder.line, found)))
        add_mentions(doc, made)
        return doc


people = People
