"""Finds people: full names by evidence, then the surnames of people already named, then leaders known by surname alone.

A name needs evidence beside its capitals: the model's own opinion, a title or honorific before it, an appositive behind it, a known
given name, a verb of saying. Evidence of a company or place counts against it. One surname is one person unless the text has two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractor.entities import people_roles as roles
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, add_mentions, make_mention, mentions, text_of
from extractor.entities.people_names import (
    Name,
    Word,
    agree,
    family_first,
    fold,
    given_names,
    is_initial,
    parse,
    particles,
    token_of,
    words,
    words_of,
)
from extractor.entities.people_offices import is_known, known_surnames, terms
from extractor.entities.people_roles import is_official_role
from extractor.records import EntityType, PersonValue

__all__ = ["is_official_role", "people"]

ENOUGH = 1.0
"""Evidence that a run of capitalised words needs to be a person."""
LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text: words `first` to `last`, half open, of the document's words."""

    first: int
    last: int
    name: Name
    text: str


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


class Finder:
    """Finds the people of one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.line = words(doc)
        self.persons: list[Person] = []
        self.taken: dict[int, Person] = {}
        self.model = {t.i: e for e in doc.ents if e.label_ == "PERSON" for t in e}
        self.other = {
            t.i: e
            for e in doc.ents
            if e.label_ in ("ORG", "FAC", "PRODUCT", "LAW", "WORK_OF_ART", "GPE", "LOC", "EVENT")
            for t in e
        }
        self.places = {i: m for m in mentions(doc, EntityType.COUNTRY, EntityType.GROUP) for i in range(m.start, m.end)}
        self.agencies = {i: m for m in mentions(doc, EntityType.AGENCY) for i in range(m.start, m.end)}

    def run(self) -> list[tuple[Found, Person]]:
        """All mentions with their persons, in the order of the text."""
        out: list[tuple[Found, Person]] = []
        for found in self._full_names():
            out.append((found, self._enter(found)))
        out += self._short_forms()
        out += self._known_alone()
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
        for first, last in self._runs():
            if self._in_headline(first):
                later.append((first, last))
            elif self._evidence(first, last) >= ENOUGH:
                yield self._found(first - self._is_peer(first, last), last)
        for first, last in later:  # every word of a headline may have a capital: only names that the body or the table knows
            yield from self._in_title(first, last)

    def _in_title(self, first: int, last: int) -> Iterator[Found]:
        spans = [(a, b) for a in range(first, last - 1) for b in range(min(last, a + LONGEST_NAME), a + 1, -1)]
        for start, end in spans:
            found = self._found(start, end)
            if is_known(found.text) or any(
                f.name.given and fold(f.text) == fold(found.text) for p in self.persons for f in p.forms
            ):
                yield found
                return
        plain = last - first <= 3 and not any(self._common(k) for k in range(first, last))
        if plain and self._evidence(first, last) >= 2 * ENOUGH:
            yield self._found(first, last)

    def _found(self, first: int, last: int) -> Found:
        text = " ".join(text_of(self.doc)[self.line[first].start : self.line[last - 1].end].split())
        return Found(first, last, parse(text), text)

    def _is_peer(self, first: int, last: int) -> bool:
        """Whether the honorific is part of the name: `Lord Roe`."""
        return last - first == 1 and self.line[first - 1].low in ("lord", "lady", "baroness") and self.line[first - 1].is_cap

    def _in_headline(self, at: int) -> bool:
        segment = segment_at(self.doc, self.line[at].start)
        return segment is not None and segment.kind in (SegmentKind.TITLE, SegmentKind.HEADING)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Runs of words that may be one name, titles left out."""
        i = 0
        while i < len(self.line):
            if not self._name_word(i):
                i += 1
                continue
            j = i + 1
            while j < len(self.line) and j - i < LONGEST_NAME and self._continues(i, j):
                j = self._after_nickname(j) or j + 1
            while j > i + 1 and self.line[j - 1].low in particles() and not self.line[j - 1].is_cap:
                j -= 1
            start = self._model_start(i, j)
            if j - start > 1 or self._is_titled(start):
                yield start, j
            i = j

    def _model_start(self, i: int, j: int) -> int:
        """Where the model lets a name begin that ends with the run: "Represenative | Jane Roe"."""
        ent = self.model.get(self.line[j - 1].last)
        for k in range(i + 1, j - 1):
            if ent is not None and ent.start == self.line[k].first and self.line[k].low in given_names():
                return k
        return i

    def _continues(self, i: int, j: int) -> bool:
        word, before = self.line[j], self.line[j - 1]
        if self._gap(before, word):
            return False
        if self._after_nickname(j) is not None:
            return True
        if word.low in particles() and not word.is_cap:
            return j + 1 < len(self.line) and (self.line[j + 1].is_cap or self.line[j + 1].low in particles())
        if word.text == "," and j + 1 < len(self.line):
            return self.line[j + 1].low in words_of("people_names", "parts", "suffixes")
        if word.low in words_of("people_names", "parts", "suffixes"):
            return True
        return self._name_word(j, after=self.line[j - 1], alone=j - i == 1)

    def _gap(self, before: Word, word: Word) -> bool:
        between = self.doc.text[before.end : word.start]
        sentence = self.doc[word.first].is_sent_start and not (
            is_initial(before.text) or before.low in words_of("people_names", "parts", "suffixes")
        )
        return "\n" in between or bool(sentence)

    def _after_nickname(self, j: int) -> int | None:
        """The index behind a nickname in marks (`"Johnny"`), if one starts here and a family name follows."""
        line = self.line
        if (
            j + 3 < len(line)
            and line[j].text in {'"', "("}
            and line[j + 2].text in {'"', ")"}
            and line[j + 1].is_cap
            and self._name_word(j + 3)
        ):
            return j + 3 if line[j + 1].text.isalpha() and not line[j + 1].text.isupper() else None
        return None

    def _name_word(self, i: int, after: Word | None = None, alone: bool = False) -> bool:
        """Whether a word may belong to a name.

        Args:
            i: index of the word.
            after: the word of the same run before it.
            alone: the word before it is the run's first.
        """
        word = self.line[i]
        if (
            not word.is_cap
            or (word.text.endswith(".")
            and not is_initial(word.text)
            and word.low not in words_of("people_names", "parts", "suffixes"))
        ):
            return False
        if is_initial(word.text):
            return (after is not None or (i + 1 < len(self.line) and self.line[i + 1].is_cap)) and "." in word.text
        surname_place = (
            after is not None
            and alone
            and after.low in given_names()
            and not (i + 1 < len(self.line) and self.line[i + 1].is_cap)
        )
        if roles.is_noun(word.text) or word.low in _not_names():
            return surname_place and word.low not in _calendar()
        if word.text.isupper() and len(word.text) > 1 and not self._shouted(i):
            return False
        if self._is_place(i):
            return surname_place or self._place_is_name(i)
        token = token_of(self.doc, word)
        if token.i in self.model or word.low in given_names() or word.low in family_first():
            return not (
                token.pos_ in ("ADP", "PRON", "DET", "CCONJ", "SCONJ", "AUX", "INTJ", "PART")
                and after is None
                and token.i not in self.model
            )
        return token.pos_ in ("PROPN", "NOUN", "X", "ADJ", "VERB") and (token.pos_ == "PROPN" or not self._opens(i))

    def _opens(self, i: int) -> bool:
        """Whether the word begins a sentence, where any word has a capital."""
        return i == 0 or bool(self.doc[self.line[i].first].is_sent_start) or self.line[i - 1].text in {'"', ":", "'", "("}

    def _shouted(self, i: int) -> bool:
        """Whether a name is written in capitals: two words of it, each longer than most acronyms, or with an initial."""
        near = [self.line[k] for k in (i - 1, i + 1) if 0 <= k < len(self.line)]
        long = len(self.line[i].text) > 3
        return long and any(w.is_cap and w.text.isupper() and (len(w.text) > 3 or is_initial(w.text)) for w in near)

    def _is_place(self, i: int) -> bool:
        word = self.line[i]
        place = self.places.get(word.start)
        return place is not None and place.start == word.start and place.end >= word.end

    def _place_is_name(self, i: int) -> bool:
        """`Israel Katz`, `Jordan Roe`: a country's name that the model takes for a part of a longer name."""
        ent = self.model.get(self.line[i].last)
        place = self.places[self.line[i].start]
        return (
            ent is not None
            and ent.start_char <= self.line[i].start < ent.end_char - (place.end - place.start)
            and place.text == place.entity
        )

    def _is_titled(self, i: int) -> bool:
        """Whether an honorific or a title that needs no second name stands directly before: `Mr Roe`, `President Roe`."""
        if i == 0 or self._gap(self.line[i - 1], self.line[i]):
            return False
        before = self.line[i - 1]
        if before.low in _honorifics():
            return before.low.rstrip(".") not in ("justice", "judge", "king", "queen", "prince") or before.is_cap
        titled = roles.is_noun(before.text) and before.low not in words_of("roles", "not_titles")
        return titled and (before.is_cap or token_of(self.doc, self.line[i]).i in self.model) and not before.text.isupper()

    # ------------------------------------------------------------ evidence

    def _evidence(self, first: int, last: int) -> float:
        """How much speaks for a person; below `ENOUGH` it is none."""
        line, text = self.line, self._found(first, last).text
        if self._against(first, last):
            return 0.0
        if last - first == 1:
            return 0.0 if self._single_against(first) else ENOUGH
        score = 2.0 * is_known(text) + 1.0 * (line[first].low.split("-")[0] in given_names() or line[first].low in given_names())
        score += 1.0 * all(token_of(self.doc, line[k]).i in self.model for k in (first, last - 1))
        score += 1.5 * self._title_before(first) + 1.5 * self._role_after(last) + 0.8 * self._speaks(first, last)
        score += 0.6 * parse(text).family.startswith(line[first].low) + 0.4 * is_initial(line[first + 1].text)
        labels = {self.other[i].label_ for k in range(first, last) if (i := token_of(self.doc, line[k]).i) in self.other}
        score -= 0.7 * bool(labels - {"WORK_OF_ART", "EVENT"})
        common = sum(self._common(k) for k in range(first, last))
        score += 0.3 * (common == 0)
        score -= 0.8 * (common == last - first) + 0.4 * (0 < common < last - first and line[first].low not in given_names())
        return score - 1.6 * self._company(first, last)

    def _against(self, first: int, last: int) -> bool:
        """Whether the name is part of another one: an Act, a company, an agency, a place."""
        line, end = self.line, self.line[last - 1]
        behind = line[last] if last < len(line) else None
        if (
            behind is not None
            and behind.is_cap
            and behind.low in words_of("titles", "evidence", "not_person_after")
            and not self._gap(end, behind)
        ):
            return True
        if behind is not None and behind.text in {"&", "+"}:
            return True
        if end.low in words_of("titles", "evidence", "not_person_after") and line[first].low not in given_names():
            return True
        if first > 0 and line[first - 1].text in {"&", "+", "@", "#"}:
            return True
        agency, place = self.agencies.get(line[first].start), self.places.get(line[first].start)
        return any(
            m is not None and m.start <= line[first].start and end.end <= m.end and self._covers_more(m, first)
            for m in (agency, place)
        )

    def _covers_more(self, other: Mention, first: int) -> bool:
        """Whether another mention has a right to the words: it starts where they do, or is no "Jane Roe administration"."""
        return other.start == self.line[first].start or other.type is EntityType.AGENCY

    def _single_against(self, at: int) -> bool:
        word = self.line[at]
        behind = self.line[at + 1] if at + 1 < len(self.line) else None
        if word.text.isupper() or word.low in _calendar() or len(word.text) < 2 or self._is_place(at):
            return True
        return (
            behind is not None
            and behind.text not in {"'s", "'"}
            and behind.is_cap
            and not self._gap(word, behind)
            and self._common(at)
        )

    def _title_before(self, first: int) -> bool:
        before = self.line[first - 1] if first else None
        if before is None or self._gap(before, self.line[first]):
            return False
        if before.low in _honorifics():
            return True
        start = roles.title_start(self.doc, self.line, first)
        return start is not None and before.low not in words_of("roles", "not_titles")

    def _role_after(self, last: int) -> bool:
        span = roles.appositive(self.doc, self.line, last)
        firm = words_of("roles", "not_titles") | words_of("titles", "evidence", "company")
        return span is not None and not any(self.line[k].low in firm for k in range(*span))

    def _speaks(self, first: int, last: int) -> bool:
        speech = words_of("titles", "evidence", "speech")
        near = [self.line[k] for k in (first - 1, last) if 0 <= k < len(self.line)]
        return any(fold(token_of(self.doc, w).lemma_) in speech and not w.is_cap for w in near)

    def _common(self, k: int) -> bool:
        """Whether a word is an English word beside being a name, by the lemmatizer's own lists."""
        return self.line[k].low in _vocabulary(self.doc)

    def _company(self, first: int, last: int) -> bool:
        """Whether the words beside it say that it is a firm: `analysts at Roe Doe`, `Roe Doe, a consultancy`."""
        line = self.line
        if (
            first > 1
            and line[first - 1].low in ("at", "of", "with", "from")
            and line[first - 2].low in words_of("titles", "evidence", "staff")
        ):
            return True
        if last + 1 < len(line) and line[last].text == "," and line[last + 1].low in ("a", "an", "the", "which", "its"):
            if line[last + 1].low == "which":
                return True
            for k in range(last + 2, min(len(line), last + 9)):
                if line[k].text in {",", "."} or line[k].low in ("of", "for", "at", "who", "which"):
                    return line[k - 1].low in words_of("titles", "evidence", "company")
        return False

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
            found = self._found(i, i + hit)
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
        if first and not self._gap(line[first - 1], head):
            before = line[first - 1]
            if before.text in {"&", "+", "@", "#"} or (
                self._name_word(first - 1) and not self._in_headline(first) and not self._opens(first - 1)
            ):
                return False
        token = token_of(self.doc, end)
        if self._common(last - 1) and token.pos_ not in ("PROPN",) and not (first and line[first - 1].low in _honorifics()):
            return False
        return not (end.text.isupper() and len(end.text) < 3)

    def _part_of_more(self, first: int, last: int) -> bool:
        """Whether the word belongs to a longer name of something else."""
        line = self.line
        behind = line[last] if last < len(line) else None
        if behind is not None and not self._gap(line[last - 1], behind):
            if behind.low in words_of("titles", "evidence", "not_person_after") and (behind.is_cap or behind.low in _regimes()):
                return True
            if behind.text in {"&", "+"}:
                return True
        ent = self.other.get(line[last - 1].last)
        if (
            ent is not None
            and ent.label_ in ("FAC", "PRODUCT", "LAW", "WORK_OF_ART")
            and not self._in_headline(first)
            and ent.end - ent.start > 2
        ):
            return True
        return (
            behind is not None
            and behind.is_cap
            and self._name_word(last, after=line[last - 1])
            and not self._in_headline(first)
            and not _verb(self.doc, behind)
        )

    def _nearest(self, persons: list[Person], at: int) -> Person:
        """Of several people with one surname, the one named last before this place."""
        if len(persons) == 1:
            return persons[0]
        before = [(f.first, n) for n, p in enumerate(persons) for f in p.forms if f.first < at]
        return persons[max(before)[1]] if before else persons[0]

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
                found = self._found(i, i + n)
                person = alone.setdefault(key, Person())
                person.forms.append(found)
                self.taken |= dict.fromkeys(range(i, i + n), person)
                yield found, person


@cache
def _not_names() -> frozenset[str]:
    return (
        _honorifics()
        | words_of("titles", "evidence", "not_in_name")
        | words_of("roles", "modifiers")
        | words_of("roles", "not_in_office")
    )


@cache
def _honorifics() -> frozenset[str]:
    listed = (
        words_of("titles", "honorifics", "male")
        | words_of("titles", "honorifics", "female")
        | words_of("titles", "honorifics", "other")
    )
    short = words_of("titles", "honorifics", "office")
    return listed | short | frozenset(f"{s}." for s in short)


@cache
def _calendar() -> frozenset[str]:
    return frozenset(
        ["january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )


def _regimes() -> frozenset[str]:
    return frozenset({"administration", "government", "presidency", "campaign", "era", "doctrine"})


def _verb(doc: Doc, word: Word) -> bool:
    return token_of(doc, word).pos_ in ("VERB", "AUX")


_VOCABULARY: dict[int, frozenset[str]] = {}


def _vocabulary(doc: Doc) -> frozenset[str]:
    return _VOCABULARY.get(id(doc.vocab), frozenset())


def value_beside(doc: Doc, line: list[Word], found: Found) -> PersonValue:
    """What the words before and behind one mention say of the person."""
    short = roles.short_title(doc, line, found.first, found.last)
    if short is not None:
        return short
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
        lemmatizer: Any = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
        tables = lemmatizer.lookups.get_table("lemma_index") if lemmatizer else {}
        _VOCABULARY[id(nlp.vocab)] = frozenset(word for part in tables.values() for word in part)

    def __call__(self, doc: Doc) -> Doc:
        finder = Finder(doc)
        made = []
        for found, person in finder.run():
            start, end = finder.line[found.first].start, finder.line[found.last - 1].end
            made.append(make_mention(doc, EntityType.PERSON, start, end, person.canonical, value_beside(doc, finder.line, found)))
        add_mentions(doc, made)
        return doc


people = People
