"""Cues: the words that attribute something to somebody, and the frames that they do it in. The list is lexicon/cues.jsonl."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from spacy.tokens import Doc, Token

from extractor.lexicon import Entry, entries, table

Frame = Literal["clause", "infinitive", "object", "prep", "noun", "quote", "quoted"]
SpeechAct = Literal["announce", "threaten", "propose", "promise", "deny", "condemn", "support", "demand", "report", "other"]


class CueEntry(Entry):
    """One lemma.

    Attributes:
        lemma: as spaCy gives it.
        variants: other spellings.
        particle: the adverb or preposition that makes the cue ("point out").
        frames: how its content is joined to it; "quoted" for a word of thought, which attributes only words in quotation marks;
            none for a word of showing, which attributes nothing.
        preps: the prepositions of its frame "prep".
        act: what it does.
        strength: strong, a word of saying only; usual, mostly; weak, only with a person or body as its subject.
        examples: sentences in which it makes a statement.
        negative: sentences in which it makes none.
    """

    lemma: str
    variants: tuple[str, ...] = ()
    particle: str | None = None
    frames: tuple[Frame, ...]
    preps: tuple[str, ...] = ()
    act: SpeechAct = "other"
    strength: Literal["strong", "usual", "weak"] = "usual"
    examples: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cue:
    """A verb that attributes, where it stands."""

    token: Token
    entry: CueEntry

    def takes(self, *frames: Frame) -> bool:
        """Whether it has one of the frames."""
        return any(frame in self.entry.frames for frame in frames)


def cue_entries() -> tuple[CueEntry, ...]:
    """The whole list."""
    return entries("cues", CueEntry)


@cache
def _by_lemma() -> dict[str, list[CueEntry]]:
    out: dict[str, list[CueEntry]] = {}
    for entry in cue_entries():
        for lemma in (entry.lemma, *entry.variants):
            out.setdefault(lemma, []).append(entry)
    return {lemma: sorted(found, key=lambda e: (e.particle is None, e.frames != ("prep",))) for lemma, found in out.items()}


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A list of lexicon/statements.toml."""
    return frozenset(cast("list[str]", table("statements")[section][name]))


@cache
def noun_cues() -> dict[str, SpeechAct]:
    """The nouns that attribute, with their speech acts."""
    return cast("dict[str, SpeechAct]", _section("noun_cues"))


def _section(name: str) -> Any:
    return table("statements")[name]


def find_cues(doc: Doc, quoted: Container[int]) -> Iterator[Cue]:
    """The verbs of an article that may attribute, in the order of the text.

    Args:
        doc: the parsed article.
        quoted: indices of the tokens inside quotation marks; what a quoted person says of others is theirs.
    """
    for token in doc:
        if token.i in quoted or token.pos_ not in {"VERB", "AUX"}:
            continue
        entry = entry_of(token)
        if entry and entry.frames and is_asserted(token):
            yield Cue(token, entry)


def entry_of(token: Token) -> CueEntry | None:
    """The entry of a verb, the one with its particle first ("point out")."""
    for entry in _by_lemma().get(token.lemma_.lower(), ()):
        if _fits(token, entry):
            return entry
    return None


def _fits(token: Token, entry: CueEntry) -> bool:
    """Whether particle and preposition are there; a lemma has an entry for each of its frames that mean different things."""
    if entry.particle is not None and not _has_particle(token, entry.particle):
        return False
    if entry.frames != ("prep",):
        return True
    return any(child.dep_ == "prep" and child.lower_ in entry.preps for child in token.children)


def _has_particle(token: Token, particle: str) -> bool:
    near = token.doc[token.i + 1 : token.i + 3]
    return any(t.lower_ == particle and (t.i == token.i + 1 or t.head == token) for t in near)


def is_asserted(token: Token) -> bool:
    """Whether the act of speaking is told as done: not negated, hypothetical, wished for, commanded or asked about."""
    if any(child.dep_ == "neg" or child.lower_ in {"never", "n't"} for child in token.children):
        return False
    if any(child.lower_ in words("verbs", "conditions") and child.dep_ == "mark" for child in token.children):
        return False
    if token.tag_ == "VBN" and not any(child.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for child in token.children):
        return token.dep_ == "conj" and is_asserted(token.head)
    auxiliaries = [child.lower_ for child in token.children if child.dep_ in {"aux", "auxpass"}]
    if any(aux in words("verbs", "modals") for aux in auxiliaries):
        return False
    if token.dep_ == "pcomp" and token.head.lower_ not in {"by", "in", "while", "after", "before", "as"}:
        return False
    if token.tag_ == "VB" and "to" in auxiliaries:
        return token.head.lemma_.lower() in words("verbs", "carriers") and token.dep_ in {"xcomp", "advcl", "conj"}
    if token.tag_ in {"VB", "VBP"} and token.dep_ == "conj" and token.head.pos_ == "VERB" and token.head.tag_ == "VB":
        return is_asserted(token.head)
    return not (token.dep_ in {"xcomp", "pcomp"} and token.head.lemma_.lower() in words("verbs", "undone"))
