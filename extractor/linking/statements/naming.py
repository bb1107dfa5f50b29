"""Source phrases: what a noun phrase says of the speaker that it names or leaves unnamed."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import text_of
from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.cues import words
from extractor.linking.statements.grammar import children, noun_lemma, noun_phrase
from extractor.linking.statements.sources import is_published

_RELATIVES = frozenset({"who", "which", "that"})


def what_is_meant(source: Span) -> Span:
    """The phrase itself; of "who" and "which", the noun that they stand for."""
    root = source.root
    if root.lower_ not in _RELATIVES:
        return source
    verb = next((t for t in root.ancestors if t.dep_ == "relcl"), None)
    if verb is None or verb.head.i >= source.start:
        return source
    head = verb.head.head if verb.head.dep_ == "appos" and verb.head.head.pos_ in {"NOUN", "PROPN"} else verb.head
    if (
        root.lower_ == "who"
        and head.ent_type_ in {"ORG", "GPE"}
        and head.dep_ == "pobj"
        and head.head.head.pos_ in {"NOUN", "PROPN"}
    ):
        head = head.head.head  # "Roe of Acme, who …"
    return noun_phrase(head, stop=source.start)


def is_document(token: Token) -> bool:
    """Whether a noun is something written or spoken, or figures that bear their maker's name."""
    return noun_lemma(token) in words("nouns", "documents") or is_published(token)


def documents(doc: Doc, one: Attribution) -> frozenset[str]:
    """The documents that a sentence names outside what is said."""
    said = {i for low, high in one.pieces for i in range(low, high)}
    return frozenset(noun_lemma(t) for t in doc[one.unit.low : one.unit.high] if t.i not in said and is_document(t))


def counted(head: Token) -> Token:
    """The noun behind a number: of "four of the judges" the judges."""
    if head.pos_ != "NUM" and head.lower_ not in words("nouns", "several"):
        return head
    nouns = [n for prep in head.children if prep.lower_ == "of" for n in prep.children if n.dep_ == "pobj"]
    return nouns[0] if nouns else head


def short_phrase(source: Span) -> Span:
    """The phrase without apposition and relative clause."""
    end = source.end
    for token in source.root.children:
        parted = token.dep_ != "appos" or not source.doc[token.left_edge.i - 1].is_alpha
        if token.i > source.root.i and token.dep_ in {"relcl", "appos", "acl"} and parted:
            end = min(end, token.left_edge.i)
    while end - 1 > source.root.i and (source.doc[end - 1].is_punct or source.doc[end - 1].is_space):
        end -= 1
    return source.doc[source.start : max(end, source.root.i + 1)]


def role_words(phrase: Span) -> str:
    """The phrase without article and place: "senior trade official"."""
    low = phrase.start
    while low < phrase.root.i and phrase.doc[low].pos_ in {"DET", "NUM", "PUNCT", "PRON"}:
        low += 1
    end = next((t.i for t in phrase if t.i > phrase.root.i and t.dep_ == "prep"), phrase.end)
    return text_in(phrase.doc, phrase.doc[low:end])


def is_corporate(phrase: Span) -> bool:
    """Whether officials or leaders are an industry's or a company's."""
    return any(t.lemma_.lower() in words("nouns", "corporate") for t in children(phrase.root, "compound", "amod", "nmod", "poss"))


def leads_country(phrase: Span, code: str | None) -> bool:
    """Whether "leaders" are those of countries: "European leaders", "world leaders", "the Canadian leader"."""
    if noun_lemma(phrase.root) != "leader" or is_private(phrase):
        return False
    of = [n for c in children(phrase.root, "prep") if c.lower_ == "of" for n in children(c, "pobj")]
    return (
        code is not None
        or any(t.lower_ in words("nouns", "led") for t in phrase)
        or any(noun_lemma(n) in words("nouns", "ruled") for n in of)
    )


def is_bare_body(phrase: Span) -> bool:
    """Whether "the agency", "the central bank", "tax authorities": a public body without its name."""
    root = phrase.root
    if noun_lemma(root) == "bank":
        return any(c.lower_ in {"central", "reserve"} for c in root.children)
    bare = all(t.i == root.i or t.lower_ in {"the", "that", "this"} for t in phrase)
    judges = any(c.lemma_.lower() == "judge" for t in children(root, "amod", "compound") for c in (t, *t.children))
    return (bare or judges) and root.pos_ in {"NOUN", "PROPN"} and noun_lemma(root) in words("nouns", "public_bare")


def is_called_private(name: Token) -> bool:
    """Whether a body is called a lobby, company or the like beside its name: "the National Council, a lobby group"."""
    return any(
        noun_lemma(c) in words("nouns", "called_private")
        or (noun_lemma(c) == "group" and any(t.lemma_.lower() in words("nouns", "private") for t in c.lefts))
        for c in children(name, "appos")
        if c.i > name.i
    )


def is_private(phrase: Span) -> bool:
    """Whether an official or the like is a company's, party's or lobby's."""
    return any(t.lemma_.lower() in words("nouns", "private") for t in phrase)


def initials(name: str) -> str:
    """The initials of a name's capitalised words, of three or more: "NTC" of "National Tariff Commission"."""
    letters = "".join(w[0] for w in name.replace("-", " ").split() if w[:1].isupper())
    return letters if len(letters) > 2 else ""


def text_in(doc: Doc, span: Span) -> str:
    """A phrase as the article has it, on one line."""
    return " ".join(text_of(doc)[span.start_char : span.end_char].split())
