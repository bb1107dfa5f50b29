"""Speakers: source phrase -> person, body or unnamed source, with office and country as of the article's date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import Mention, mentions, text_of
from extractor.linking.entities import EntityIndex
from extractor.linking.references import References
from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.cues import words
from extractor.linking.statements.grammar import is_plural, noun_lemma, noun_phrase, subject
from extractor.linking.statements.identity import Identity
from extractor.linking.statements.naming import (
    documents,
    initials,
    is_document,
    what_is_meant,
)
from extractor.linking.statements.quotes import find_quotes
from extractor.records import EntityType, Speaker

NAMED = (EntityType.PERSON, EntityType.AGENCY, EntityType.COUNTRY, EntityType.GROUP)
_RELATIVES = frozenset({"who", "which", "that"})
_SINGULAR = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "both", "themselves"})
_OF_SEVERAL = frozenset({"one", "another", "others"})
_SAYING = frozenset({"say", "add"})
_WRITING = frozenset({"i", "we", "you"})
_NEUTER = frozenset({"it", "its"})
_DEFINITE = frozenset({"the", "his", "her", "its", "their", "that", "this", "these", "those"})
PARAGRAPHS_BACK = 2
"""A pronoun stands for the speaker before it at most this many paragraphs back."""
DOCUMENT_BACK = 8
"""Paragraphs back to who was heard in the statement that "the statement" takes up."""
TOKENS_BACK = 70
"""A pronoun's antecedent that has not spoken before lies at most this many tokens back."""


@dataclass(frozen=True)
class Voice:
    """A speaker, the spans that prove it (the source phrase first), and the phrase that first named it."""

    speaker: Speaker
    evidence: tuple[tuple[int, int], ...]
    source: Span


@dataclass(frozen=True)
class Heard:
    """A speaker who has been heard: in which paragraph, at which token, and through which documents ("in a statement")."""

    segment: int
    at: int
    voice: Voice
    documents: frozenset[str]
    written: bool = False


@dataclass
class Speakers:
    """Resolves the source phrases of one article, in the order of the text."""

    doc: Doc
    index: EntityIndex
    heard: list[Heard] = field(default_factory=list)

    @cached_property
    def identity(self) -> Identity:
        """Says what a speaker is."""
        return Identity(self.doc, self.index, self.references)

    @cached_property
    def references(self) -> References:
        """Resolves pronouns and definite descriptions."""
        return References(self.doc)

    def of(self, one: Attribution) -> Voice | None:
        """The speaker of an attribution; None if its source phrase stands for nobody who is known."""
        source, segment = one.source, one.unit.segment
        phrase = (source.start_char, source.end_char)
        meant = what_is_meant(source)
        voice = self._joint(meant, phrase) or self._one(meant, phrase, segment, one)
        if voice is not None:
            document = is_document(meant.root)
            took_up = meant.root.lower_ in _NEUTER and any(h.written and h.voice.source == voice.source for h in self.heard[-3:])
            self.heard.append(Heard(segment, source.start, voice, documents(self.doc, one), document or took_up))
        return voice

    def _one(self, source: Span, phrase: tuple[int, int], segment: int, one: Attribution) -> Voice | None:
        if source.root.lower_ in _WRITING and len(source) == 1:
            return None  # the writer, or somebody who speaks at length: no report of another's words
        mention = self._named(source)
        before = None if mention else self._heard_before(source, segment) or self._first_choice(source, segment, one)
        if mention is None and before is None:
            mention = self._referred(source)
        if mention is not None:
            return Voice(self.identity.speaker(mention), _distinct([phrase, (mention.start, mention.end)]), source)
        before = before or self._last_heard(source, segment) or self._company(source, segment)
        if before is not None:
            return Voice(before.speaker, _distinct([phrase, *before.evidence]), before.source)
        if source.root.lower_ in _SINGULAR | _PLURAL | _NEUTER | _RELATIVES or source.root.tag_ in {"WP", "WDT"}:
            return None
        return Voice(self.identity.unnamed(source), (phrase,), source)

    # ------------------------------------------------------------ who is meant

    def _named(self, source: Span) -> Mention | None:
        """The mention that the phrase's head belongs to; of a document, its author's."""
        root = source.root
        for kind in NAMED:
            found = self._covering(root, kind)
            if found is None or (kind is EntityType.COUNTRY and self._is_part_of_name(root, found)):
                continue
            if kind is not EntityType.COUNTRY or root.pos_ == "PROPN" or root.tag_ == "NNS":
                return found
        if is_document(root):
            return self._author(source)
        if root.text.isupper() and len(root.text) > 2:
            known = [m for m in mentions(self.doc, EntityType.AGENCY, within=(0, root.idx)) if initials(m.entity) == root.text]
            if known:
                return known[-1]
        if is_plural(root):
            return None  # "Roe officials" are not Roe
        called = self.identity.called(source)
        if called is not None:
            return called
        for token in root.children:
            person = (
                self._covering(token, EntityType.PERSON) if token.dep_ in {"appos", "compound"} and token.i < source.end else None
            )
            if person is not None:
                return person
        return None

    def _is_part_of_name(self, root: Token, country: Mention) -> bool:
        """Whether a country's name ends a private body's: "AmCham Chile"."""
        whole = next((e for e in self.doc.ents if e.start <= root.i < e.end and e.label_ == "ORG"), None)
        return whole is not None and whole.start_char < country.start and self.doc[whole.start].pos_ == "PROPN"

    def _joint(self, source: Span, phrase: tuple[int, int]) -> Voice | None:
        """Several named speakers in one phrase ("Okafor and Lindqvist", "Ottawa and Tokyo")."""
        heads = [t for t in (source.root, *source.root.conjuncts) if source.start <= t.i < source.end]
        found = list(dict.fromkeys(m for t in heads if (m := self._covered(t)) is not None))
        if len({(m.type, m.entity) for m in found}) < 2:
            return None
        speaker = self.identity.joint(source, found)
        return Voice(speaker, _distinct([phrase, *((m.start, m.end) for m in found)]), source)

    def _author(self, source: Span) -> Mention | None:
        """Who made a document: "the ministry's report", "a statement by the ministry", "its filing"."""
        for token in source.root.children:
            if token.dep_ == "poss" and token.i >= source.start and token.ent_type_ not in {"DATE", "TIME"}:
                return self._covered(token) or self.references.resolve(token)
        for child in source.root.children:
            made_by = [n for n in child.children if n.dep_ == "pobj"] if child.lower_ in {"by", "from", "of"} else []
            before = [child] if child.dep_ in {"compound", "nmod", "amod"} else []
            for token in (*made_by, *before):
                author = self._covered(token)
                if author is not None and (child.lower_ != "of" or author.type is EntityType.AGENCY):
                    return author
        aside = min((c.left_edge.idx for c in source.root.children if c.dep_ == "relcl"), default=source.end_char)
        bodies = mentions(self.doc, EntityType.AGENCY, within=(source.start_char, aside))
        if bodies:
            return bodies[0]  # "a statement on the ministry's website"
        giver = subject(source.root.head) if source.root.dep_ == "dobj" and source.root.head.pos_ == "VERB" else None
        return (self._covered(giver) or self.references.resolve(giver)) if giver is not None else None

    def _covered(self, token: Token) -> Mention | None:
        return next((m for kind in NAMED if (m := self._covering(token, kind)) is not None), None)

    def _covering(self, token: Token, kind: EntityType) -> Mention | None:
        low, high = token.idx, token.idx + len(token)
        found = [m for m in mentions(self.doc, kind) if m.start < high and low < m.end]
        return max(found, key=lambda m: m.end - m.start, default=None)

    def _referred(self, source: Span) -> Mention | None:
        """What a pronoun or a definite description refers to."""
        root = source.root
        definite = root.pos_ == "PRON" or any(c.lower_ in _DEFINITE for c in root.children)
        if not definite or root.lower_ in _PLURAL:
            return None
        return self.references.resolve(root) or self.identity.introductions.described(root)

    def _heard_before(self, source: Span, segment: int) -> Voice | None:
        """A plural pronoun takes up the plural speaker before; "the diplomat" takes up "one diplomat"."""
        root = source.root
        if root.lower_ in _OF_SEVERAL and len(source) == 1:
            return self._group_before(root, segment)
        if root.lower_ in _SINGULAR and len(source) == 1:
            return self._unnamed_before(root, segment)
        if root.lower_ in _PLURAL and len(source) == 1:
            near = [h.voice for h in self.heard if segment - h.segment <= PARAGRAPHS_BACK]
            return next((v for v in reversed(near) if _is_plural(v)), None)
        if root.pos_ == "NOUN" and any(c.lower_ in {"the", "that", "this"} for c in root.children) and len(source) <= 3:
            unnamed = [h.voice for h in self.heard if h.voice.speaker.kind == "anonymous"]
            return next((v for v in reversed(unnamed) if v.source.root.lemma_ == root.lemma_), None)
        return None

    def _unnamed_before(self, pronoun: Token, segment: int) -> Voice | None:
        """The unnamed official who spoke last, where nobody with a name has acted since: "…, an official said. He added …"."""
        last = next(iter(self._recent(segment)), None)
        if last is None or segment - last.segment > 1 or last.voice.speaker.kind != "anonymous" or _is_plural(last.voice):
            return None
        if last.voice.source.root.lower_ in _SINGULAR:
            return None
        acted = self._actor_since(last.at, pronoun)
        return last.voice if acted is None else None

    def _actor_since(self, start: int, pronoun: Token) -> Span | None:
        """The person or people noun, in the singular, that is the subject of a main clause between a speaker and a pronoun."""
        for token in reversed(self.doc[start + 1 : pronoun.i]):
            if token.dep_ not in {"nsubj", "nsubjpass"} or token.head.dep_ not in {"ROOT", "conj"} or token.pos_ == "PRON":
                continue
            if token.i in self._quoted or is_plural(token) or token.head.lemma_.lower() in _SAYING:
                continue
            if token.ent_type_ == "PERSON" or noun_lemma(token) in words("nouns", "people"):
                return noun_phrase(token, stop=token.head.i if token.head.i > token.i else None)
        return None

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """Tokens in quotation marks."""
        quotes = iter(find_quotes(text_of(self.doc), self.doc._.segments))
        quote, out = next(quotes, None), []
        for token in self.doc:
            while quote is not None and quote.end <= token.idx:
                quote = next(quotes, None)
            if quote is not None and quote.start <= token.idx:
                out.append(token.i)
        return frozenset(out)

    def _group_before(self, one: Token, segment: int) -> Voice | None:
        """The unnamed people of whom "one" or "another" is one."""
        return self._subject_before(one) or next((h.voice for h in self._recent(segment) if _is_plural(h.voice)), None)

    def _signed(self, source: Span) -> Voice | None:
        """The author of a document who is no entity: "a report by the growers' union"."""
        for prep in source.root.children:
            for noun in prep.children if prep.lower_ in {"by", "from"} else ():
                if noun.dep_ == "pobj":
                    phrase = noun_phrase(noun, stop=source.end)
                    return Voice(self.identity.unnamed(phrase), ((phrase.start_char, phrase.end_char),), phrase)
        return None

    def _first_choice(self, source: Span, segment: int, one: Attribution) -> Voice | None:
        """What stands for a speaker before any name is tried: a document for who wrote it, and "it" where a report goes on."""
        root = source.root
        if source.text in words("transcript", "answers"):
            return self._interviewed(source)
        if is_document(root):
            return self._signed(source) or self._writer(source, segment)
        if root.lower_ not in _NEUTER or one.cue is None:
            return None
        if any(low < root.i for low, _ in one.pieces):  # "…, it said" goes on with the report before
            acting = subject(self.doc[one.pieces[0][0] : one.pieces[0][1]].root)
            if acting is not None and acting.ent_type_ == "ORG" and acting.tag_ == "NNP" and self._covered(acting) is None:
                phrase = noun_phrase(acting, stop=acting.i + 1)  # "Acme will close two mills, it said"
                return Voice(self.identity.unnamed(phrase), ((phrase.start_char, phrase.end_char),), phrase)
            return next((h.voice for h in self._recent(segment) if self._is_it(h)), None)
        return None

    def _interviewed(self, source: Span) -> Voice | None:
        """Who answers in an interview: an official whom the lead keeps unnamed, else the person named first."""
        lead = self.doc[: source.start]
        if any(t.lower_ in words("transcript", "anonymity") for t in lead):
            hidden = next((t for t in lead if noun_lemma(t) in words("transcript", "hidden") and not is_plural(t)), None)
            if hidden is not None and not any(self._covering(t, EntityType.PERSON) for t in hidden.subtree):
                phrase = noun_phrase(hidden, stop=hidden.i + 1)
                return Voice(self.identity.unnamed(phrase), ((phrase.start_char, phrase.end_char),), phrase)
        first = next(iter(mentions(self.doc, EntityType.PERSON)), None)
        return Voice(self.identity.speaker(first), ((first.start, first.end),), source) if first is not None else None

    def _writer(self, source: Span, segment: int) -> Voice | None:
        """Whose statement "the statement" is: of who was heard in one; else of the body heard last, or named just before."""
        lemma = noun_lemma(source.root)
        issued = lemma in words("nouns", "issued")
        definite = any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in source.root.children)
        if definite:
            known = [h for h in self.heard if segment - h.segment <= DOCUMENT_BACK and lemma in h.documents]
            if known:
                return known[-1].voice
        elif issued:
            sentence = (source.root.sent.start_char, source.start_char)
            named = mentions(self.doc, EntityType.AGENCY, within=sentence)
            if named:
                return Voice(self.identity.speaker(named[-1]), ((named[-1].start, named[-1].end),), source)
        return next((h.voice for h in self._recent(segment) if issued and h.voice.speaker.kind == "organization"), None)

    def _recent(self, segment: int) -> list[Heard]:
        """Those heard in this paragraph and the ones just before, the last first."""
        return [h for h in reversed(self.heard) if segment - h.segment <= PARAGRAPHS_BACK]

    def _is_it(self, heard: Heard) -> bool:
        """Whether "it" may stand for a speaker: a body, or whoever wrote the statement that was quoted."""
        return heard.written or (heard.voice.speaker.kind == "organization" and not _is_plural(heard.voice))

    def _last_heard(self, source: Span, segment: int) -> Voice | None:
        """A pronoun that nothing else explains stands for the last speaker who can be meant; so does "the statement"."""
        low = source.root.lower_
        definite = any(c.lower_ == "the" for c in source.root.children)
        if low in _SINGULAR:
            kinds = {"person", "anonymous"}
        elif low in _NEUTER | _PLURAL:
            kinds = {"organization"}
        elif definite and is_document(source.root):
            kinds = {"organization", "person"}
        elif definite and noun_lemma(source.root) in words("nouns", "private_people") and not is_plural(source.root):
            kinds = {"person"}  # "the economist" is the economist who was named
        else:
            kinds = set()
        for heard in self._recent(segment):
            voice = heard.voice
            actor = self._actor_since(heard.at, source.root) if low in _SINGULAR else None
            if actor is not None and self._named(actor) is None:
                return Voice(self.identity.unnamed(actor), ((actor.start_char, actor.end_char),), actor)
            if (
                definite
                and voice.speaker.kind == "organization"
                and noun_lemma(source.root) in voice.speaker.name.lower().split()
            ):
                return voice
            if voice.speaker.kind in kinds and not voice.speaker.members and (low in _PLURAL or not _is_plural(voice)):
                return voice
        return self._subject_before(source.root) if low in _SINGULAR | _NEUTER | _PLURAL else None

    def _subject_before(self, pronoun: Token) -> Voice | None:
        """The last subject before a pronoun that fits it: a body for "it", several people for "they", one person for "he"."""
        low = pronoun.lower_
        for token in reversed(self.doc[max(0, pronoun.i - TOKENS_BACK) : pronoun.i]):
            if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ == "PRON":
                continue
            plural, lemma = is_plural(token), noun_lemma(token)
            person = lemma in words("nouns", "people") or token.ent_type_ == "PERSON"
            body = lemma in words("nouns", "bodies") or token.ent_type_ in {"ORG", "GPE"}
            fits = (
                plural and (person or body)
                if low in _PLURAL or low in _OF_SEVERAL
                else body and not plural
                if low in _NEUTER
                else person and not plural
            )
            if fits:
                phrase = noun_phrase(token, stop=pronoun.i)
                mention = self._named(phrase)
                speaker = self.identity.speaker(mention) if mention else self.identity.unnamed(phrase)
                return Voice(speaker, ((phrase.start_char, phrase.end_char),), phrase)
        return None

    def _company(self, source: Span, segment: int) -> Voice | None:
        """The company that "the company" or "the carmaker" is: the private body heard last, or the last subject that is one."""
        root = source.root
        if noun_lemma(root) not in words("nouns", "companies") or is_plural(root) or root.pos_ != "NOUN":
            return None
        if not any(c.lower_ == "the" for c in root.children) or any(c.dep_ in {"relcl", "appos"} for c in root.children):
            return None
        for heard in self._recent(segment):
            if heard.voice.speaker.kind == "organization" and not heard.voice.speaker.official:
                return heard.voice
        named = [e for e in self.doc.ents if e.label_ == "ORG" and e.end <= root.i and not self._covered(e.root)]
        acting = [e for e in named if e.root.dep_ in {"nsubj", "nsubjpass"} and root.i - e.end <= TOKENS_BACK]
        if not acting:
            return None
        return Voice(self.identity.unnamed(acting[-1]), ((acting[-1].start_char, acting[-1].end_char),), acting[-1])


def _is_plural(voice: Voice) -> bool:
    return bool(voice.speaker.members) or is_plural(voice.source.root) or voice.source.root.lower_ in words("nouns", "several")


def _distinct(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(dict.fromkeys(spans))
