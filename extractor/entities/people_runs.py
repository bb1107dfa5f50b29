"""Runs of words that may be names, and the evidence that they are.

A name needs evidence beside its capitals: the model's own opinion, a title or honorific before it, an appositive behind it,
a known given name, a verb of saying. Evidence of a company or place counts against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractor.entities import people_roles as roles
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mentions, smooth, text_of
from extractor.entities.people_names import (
    Name,
    Word,
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
from extractor.entities.people_offices import is_known
from extractor.entities.people_public import is_noun
from extractor.lexicon import table
from extractor.records import EntityType

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


class Runs:
    """The words of one document, its candidate names and their evidence."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.line = words(doc)
        others = ("ORG", "FAC", "PRODUCT", "LAW", "WORK_OF_ART", "GPE", "LOC", "EVENT")
        self.model = {t.i: e for e in doc.ents if e.label_ == "PERSON" for t in e}
        self.other = {t.i: e for e in doc.ents if e.label_ in others for t in e}
        self.places = {i: m for m in mentions(doc, EntityType.COUNTRY, EntityType.GROUP) for i in range(m.start, m.end)}
        self.places_of: dict[str, list[int]] = {}
        for k, word in enumerate(self.line):
            self.places_of.setdefault(word.text, []).append(k)
        self.agencies = {i: m for m in mentions(doc, EntityType.AGENCY) for i in range(m.start, m.end)}

    def found(self, first: int, last: int) -> Found:
        """The words `first` to `last`, half open, as a name."""
        text = " ".join(text_of(self.doc)[self.line[first].start : self.line[last - 1].end].split())
        return Found(first, last, parse(text), text)

    def is_peer(self, first: int, last: int) -> bool:
        """Whether the honorific is part of the name: `Lord Roe`."""
        return last - first == 1 and self.line[first - 1].low in ("lord", "lady", "baroness") and self.line[first - 1].is_cap

    def in_headline(self, at: int) -> bool:
        """Whether the word stands in a headline, where any word may have a capital."""
        segment = segment_at(self.doc, self.line[at].start)
        return segment is not None and segment.kind in (SegmentKind.TITLE, SegmentKind.HEADING)

    def runs(self) -> Iterator[tuple[int, int]]:
        """Runs of words that may be one name, titles left out."""
        i = 0
        while i < len(self.line):
            if not self.name_word(i) or self._ends_title(i):
                i += 1
                continue
            j = i + 1
            while j < len(self.line) and j - i < LONGEST_NAME and self._continues(i, j):
                j = self._after_nickname(j) or j + 1
            while j > i + 1 and self.line[j - 1].low in particles() and not self.line[j - 1].is_cap:
                j -= 1
            start = self._model_start(self._behind_honorific(i, j), j)
            if j - start > 1 or self._is_titled(start) or self._is_introduced(start):
                yield start, j
            i = j

    def _ends_title(self, i: int) -> bool:
        """Whether a capitalised plain word ends a title and two names follow: `Secretary for Trade and Compliance Jane Roe`."""
        line = self.line
        if i < 2 or i + 2 >= len(line) or not self.is_common(i) or line[i].low in given_names():
            return False
        named = self.name_word(i + 1, after=line[i]) and self.name_word(i + 2, after=line[i + 1])
        return named and roles.ends_complement(line, i) and not self.gap(line[i], line[i + 1])

    def _model_start(self, i: int, j: int) -> int:
        """Where the model lets a name begin that ends with the run: "Represenative | Jane Roe"."""
        ent = self.model.get(self.line[j - 1].last)
        for k in range(i + 1, j - 1):
            if self.line[k - 1].low in given_names():
                break
            if ent is not None and ent.start == self.line[k].first and self.line[k].low in given_names():
                return k
        return i

    def _behind_honorific(self, i: int, j: int) -> int:
        """Where the name begins in a run whose first words are an honorific that is made of names: `Tan Sri`."""
        double = " ".join(w.low for w in self.line[i : i + 2])
        return i + 2 if j - i > 2 and double in words_of("titles", "honorifics", "double") else i

    def _continues(self, i: int, j: int) -> bool:
        word, before = self.line[j], self.line[j - 1]
        if self.gap(before, word):
            return False
        if self._after_nickname(j) is not None:
            return True
        if word.low in particles() and not word.is_cap:
            return j + 1 < len(self.line) and (self.line[j + 1].is_cap or self.line[j + 1].low in particles())
        if word.text == "," and j + 1 < len(self.line):
            return self.line[j + 1].low in words_of("people_names", "parts", "suffixes")
        if word.low in words_of("people_names", "parts", "suffixes"):
            return True
        return self.name_word(j, after=self.line[j - 1], alone=j - i == 1)

    def gap(self, before: Word, word: Word) -> bool:
        """Whether a line or sentence ends between two words."""
        between = smooth(self.doc)[before.end : word.start]
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
            and self.name_word(j + 3)
        ):
            return j + 3 if line[j + 1].text.isalpha() and not line[j + 1].text.isupper() else None
        return None

    def name_word(self, i: int, after: Word | None = None, alone: bool = False) -> bool:
        """Whether a word may belong to a name.

        Args:
            i: index of the word.
            after: the word of the same run before it.
            alone: the word before it is the run's first.
        """
        word = self.line[i]
        if not word.is_cap or (word.text.endswith(".") and not is_initial(word.text) and not _may_end_in_stop(word, after)):
            return False
        if is_initial(word.text):
            return self._is_part_initial(i, after)
        surname_place = (
            after is not None
            and alone
            and (after.low in given_names() or (i > 1 and self._is_titled(i - 1)))
            and not (i + 1 < len(self.line) and self.line[i + 1].is_cap)
        )
        eastern = after is not None and after.low in family_first() and "-" in word.text  # "Roh Min-son" is no son
        if (is_noun(word.text) and not eastern) or word.low in _not_names():
            return surname_place and word.low not in _calendar()
        if word.text.isupper() and len(word.text) > 1 and not self._shouted(i):
            return False
        if self._is_place(i):
            return surname_place or self._place_is_name(i)
        token = token_of(self.doc, word)
        if token.i in self.model or word.low in given_names() or word.low in family_first():
            return self._is_chinese_he(i, after) or not (
                token.pos_ in ("ADP", "PRON", "DET", "CCONJ", "SCONJ", "AUX", "INTJ", "PART")
                and after is None
                and token.i not in self.model
            )
        return token.pos_ in ("PROPN", "NOUN", "X", "ADJ", "VERB") and (token.pos_ == "PROPN" or not self._opens(i))

    def _is_part_initial(self, i: int, after: Word | None) -> bool:
        """Whether an initial belongs to a name: `J. Roe`, `Jane F. Roe`, `Jane F Roe`, `P S Roe`, `Jane de la O`."""
        word = self.line[i]
        behind = self.line[i + 1] if i + 1 < len(self.line) else None
        followed = behind is not None and behind.is_cap
        if "." in word.text:
            return after is not None or followed
        if after is not None:
            return after.low in particles() or (followed and (len(after.text) == 1 or after.low in given_names()))
        third = self.line[i + 2] if i + 2 < len(self.line) else None
        return (
            followed
            and behind is not None
            and len(behind.text) == 1
            and third is not None
            and third.is_cap
            and len(third.text) > 1
        )

    def _is_chinese_he(self, i: int, after: Word | None) -> bool:
        """Whether "He" is a family name: no verb follows, but another name (`He Minfeng said`)."""
        behind = self.line[i + 1] if i + 1 < len(self.line) else None
        if after is not None or self.line[i].text != "He" or behind is None or not behind.is_cap or self._is_place(i + 1):
            return False
        common = behind.low in _calendar() or behind.low in _not_names() or self.is_common(i + 1)
        return not common and token_of(self.doc, behind).pos_ == "PROPN"

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
        if i == 0 or self.gap(self.line[i - 1], self.line[i]):
            return False
        before = self.line[i - 1]
        if before.low in honorifics():
            return before.low.rstrip(".") not in ("justice", "judge", "king", "queen", "prince") or before.is_cap
        titled = is_noun(before.text) and before.low not in words_of("roles", "not_titles")
        return titled and (before.is_cap or token_of(self.doc, self.line[i]).i in self.model) and not before.text.isupper()

    def _is_introduced(self, i: int) -> bool:
        """Whether the words around a single name say what the person is: `the finance minister, Roe,`, `Roe, a farmer in`."""
        line, behind = self.line, self.line[i + 1].text if i + 1 < len(self.line) else ""
        word = line[i]
        if behind != "," or i + 2 >= len(line) or self._single_against(i) or self.is_common(i) or word.start in self.agencies:
            return False
        if token_of(self.doc, word).pos_ != "PROPN" or word.low in _not_names():
            return False
        if i and (line[i - 1].low in ("of", "at", "with", "and", "the", "&") or line[i - 1].is_cap):
            return False
        if line[i + 2].low == "who":
            return not word.text.endswith("s")  # "Roe, who": a person; "Liberals, who": several
        if i > 1 and line[i - 1].text == "," and is_person_noun(line[i - 2]):
            return roles.title_start(self.doc, line, i) is not None
        span = roles.appositive(self.doc, line, i + 1)
        if span is None or line[span[0]].low not in ("a", "an"):
            return False
        noun = next((line[k] for k in range(span[0] + 1, min(span[1], span[0] + 5)) if is_noun(line[k].text)), None)
        return noun is not None and is_person_noun(noun)

    # ------------------------------------------------------------ evidence

    def evidence(self, first: int, last: int) -> float:
        """How much speaks for a person; below `ENOUGH` it is none."""
        line, text = self.line, self.found(first, last).text
        if self._against(first, last):
            return 0.0
        if last - first == 1:
            return 0.0 if self._single_against(first) else ENOUGH
        titled, placed = self._title_before(first), self._role_after(last)
        score = 2.0 * is_known(text) + 1.0 * (line[first].low.split("-")[0] in given_names() or line[first].low in given_names())
        score += 1.0 * all(token_of(self.doc, line[k]).i in self.model for k in (first, last - 1))
        score += 1.5 * titled + 1.5 * placed + 0.8 * self._speaks(first, last)
        score += 0.75 * parse(text).family.startswith(line[first].low) + 0.4 * is_initial(line[first + 1].text)
        score += 0.8 * (is_initial(line[first].text) and not self._is_place(first))
        labels = {self.other[i].label_ for k in range(first, last) if (i := token_of(self.doc, line[k]).i) in self.other}
        if not titled and (not placed or labels & {"GPE", "LOC"}):
            sure = line[first].low in given_names() and not self.is_common(first)
            score -= (0.3 if sure else 0.7) * bool(labels - {"WORK_OF_ART", "EVENT"}) + 2.0 * (fold(text) in _namesakes())
            score -= 1.5 * self._has_article(first, last) + 0.7 * self._names_thing(last)
        score -= 1.0 * self._is_long(first, last)
        common = sum(self.is_common(k) for k in range(first, last) if line[k].low not in particles() and len(line[k].text) > 1)
        if last - first == 2 and line[first + 1].low in words_of("people_names", "parts", "suffixes"):
            return 1.5 * titled + 2.0 * is_known(text)  # "Schedule II"
        score += 0.3 * (common == 0) + self._recurs(first, last)
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
            and not self.gap(end, behind)
        ):
            return True
        if behind is not None and behind.text in {"&", "+"}:
            return True
        if end.low in words_of("titles", "evidence", "not_person_after") and line[first].low not in given_names():
            return True
        if end.low in words_of("titles", "evidence", "never_surname"):
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
        said = fold(other.text).split()
        if {said[0], said[-1]} & words_of("titles", "evidence", "regimes"):
            return False
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
            and not self.gap(word, behind)
            and self.is_common(at)
        )

    def _title_before(self, first: int) -> bool:
        before = self.line[first - 1] if first else None
        if before is None or self.gap(before, self.line[first]):
            return False
        if before.low in honorifics():
            return True
        start = roles.title_start(self.doc, self.line, first)
        return start is not None and before.low not in words_of("roles", "not_titles")

    def _recurs(self, first: int, last: int) -> float:
        """How a family name that stands alone elsewhere speaks for a person: by an honorific, the model, a verb of saying."""
        family, best = self.line[last - 1], 0.0
        for k in self.places_of.get(family.text, ()):
            if first <= k < last or (k and self.line[k - 1].is_cap and self.line[k - 1].low not in honorifics()):
                continue
            if k and self.line[k - 1].low in honorifics() and self.line[k - 1].is_cap:
                return 1.5
            ent = self.model.get(self.line[k].last)
            alone = ent is not None and ent.text == family.text
            best = max(best, 0.7 * (alone or (self._speaks(k, k + 1) and not self._is_place(k))))
        return best

    def _is_long(self, first: int, last: int) -> bool:
        """Whether a run has more plain words than a name: a headline within the text, say."""
        plain = [w for w in self.line[first:last] if w.low not in particles() and not is_initial(w.text)]
        return len(plain) > 4 and not any(w.low in words_of("people_names", "parts", "suffixes") for w in plain)

    def _has_article(self, first: int, last: int) -> bool:
        """Whether "the" or "a" stands before the name, as before a ship's; "the Jane Roe government" is one of hers."""
        behind = self.line[last].low if last < len(self.line) else ""
        if behind == "-":
            return False  # "the Jane Roe-led talks"
        return (
            first > 0
            and self.line[first - 1].low in ("the", "a", "an")
            and behind not in words_of("titles", "evidence", "regimes")
        )

    def _names_thing(self, last: int) -> bool:
        """Whether the name only says which thing is meant: `Jane Roe apples`."""
        token = token_of(self.doc, self.line[last - 1])
        head = token.head
        thing = token.dep_ in ("compound", "nmod") and head.i == token.i + 1 and head.pos_ == "NOUN" and head.text.islower()
        return thing and not is_noun(head.text) and head.lower_ not in words_of("titles", "evidence", "regimes")

    def _role_after(self, last: int) -> bool:
        line = self.line
        if last + 1 < len(line) and line[last].text == "," and line[last + 1].low == "who":
            return True
        span = roles.appositive(self.doc, self.line, last)
        if span is None:
            return False
        firm = words_of("roles", "not_titles") | words_of("titles", "evidence", "company")
        noun = next((k for k in range(*span) if is_noun(line[k].text)), span[0])
        return not any(line[k].low in firm for k in range(span[0], noun + 1))

    def _speaks(self, first: int, last: int) -> bool:
        speech = words_of("titles", "evidence", "speech")
        near = [self.line[k] for k in (first - 1, last) if 0 <= k < len(self.line)]
        return any(fold(token_of(self.doc, w).lemma_) in speech and not w.is_cap for w in near)

    def is_common(self, k: int) -> bool:
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


def is_person_noun(word: Word) -> bool:
    """Whether a noun says what a person is, and never what a firm is."""
    firms = words_of("roles", "not_titles") | words_of("titles", "evidence", "company") | words_of("roles", "also_firms")
    return is_noun(word.text) and word.low not in firms


def _may_end_in_stop(word: Word, after: Word | None) -> bool:
    """Whether a word with a full stop belongs to a name: `Jr.`, `Md.`, and any short one behind an initial."""
    listed = words_of("people_names", "parts", "suffixes") | words_of("people_names", "parts", "short")
    return word.low in listed or (
        after is not None and is_initial(after.text) and len(word.text) < 4 and word.low not in honorifics()
    )


@cache
def _namesakes() -> frozenset[str]:
    """Firms, brands and places that are called like people."""
    return words_of("titles", "evidence", "namesakes")


@cache
def _not_names() -> frozenset[str]:
    topics = {word for phrase in table("agency_words")["topics"]["words"] for word in phrase.split()}
    return (
        honorifics()
        | topics
        | words_of("titles", "evidence", "not_in_name")
        | words_of("roles", "modifiers")
        | words_of("roles", "not_in_office")
    )


@cache
def honorifics() -> frozenset[str]:
    """Mr, Dr, Sen. and the like, folded, with and without a full stop."""
    listed = (
        words_of("titles", "honorifics", "male")
        | words_of("titles", "honorifics", "female")
        | words_of("titles", "honorifics", "other")
    )
    short = words_of("titles", "honorifics", "office")
    return listed | short | frozenset(f"{s}." for s in short)


@cache
def _calendar() -> frozenset[str]:
    return words_of("titles", "evidence", "calendar")


_VOCABULARY: dict[int, frozenset[str]] = {}


def learn_vocabulary(nlp: Language) -> None:
    """Keeps the lemmatizer's list of English words, which tells a name from other words."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    tables = lemmatizer.lookups.get_table("lemma_index") if lemmatizer else {}
    _VOCABULARY[id(nlp.vocab)] = frozenset(word for part in tables.values() for word in part)


def _vocabulary(doc: Doc) -> frozenset[str]:
    return _VOCABULARY.get(id(doc.vocab), frozenset())
