"""Trade measures that a noun tells without a word of duty: `an anti-dumping probe`, `an import ban`, `countermeasures`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Span, Token

from extractor.entities.mention import mentions
from extractor.entities.terms import Sense, all_terms
from extractor.lexicon import table
from extractor.records import EntityType, Instrument


class Kind(StrEnum):
    """What is done."""

    INVESTIGATION = "investigation"
    REMEDY = "remedy"
    RETALIATION = "retaliation"
    BAN = "ban"
    PREFERENCE = "preference"
    FEE = "fee"
    EXEMPTION = "exemption"


@dataclass(frozen=True, slots=True)
class Act:
    """A measure told without a word of duty.

    Attributes:
        kind: what is done.
        head: the noun, or the verb, that says it.
        start: first token of the noun's phrase.
        instrument: the kind of measure.
        spans: the words that name what it is on.
        export: whether it is on goods that leave the country.
        foreign: whether only goods of another country make it a measure of trade.
        of_case: whether only the article's case says what it is of (`a parallel investigation into Thai makers`).
        loose: whether the words alone don't make it one of trade; the article must.
    """

    kind: Kind
    head: Token
    start: int
    instrument: Instrument
    spans: tuple[Span, ...] = ()
    export: bool = False
    foreign: bool = False
    loose: bool = False
    of_case: bool = False


@cache
def act_words(section: str, name: str) -> frozenset[str]:
    """A word list of `acts.toml`."""
    return frozenset(table("acts")[section][name])


def noun_acts(sentence: Span) -> Iterator[Act]:
    """The acts that nouns of a sentence tell; a noun that names a duty is none."""
    known = {i for t in all_terms(sentence) if t.sense is Sense.TRADE for i in range(t.start, t.end)}
    for token in sentence:
        if token.i in known or token.pos_ not in {"NOUN", "PROPN", "VERB", "ADJ"}:
            continue
        if token.pos_ in {"VERB", "ADJ"} and token.dep_ not in {"pobj", "dobj", "nsubj", "ROOT"}:
            continue
        if _modifies(token):
            continue
        for reader in (_investigation, _remedy, _retaliation, _ban, _fee, _preference):
            if (act := reader(token)) is not None:
                yield act
                break


def _modifies(token: Token) -> bool:
    """`the ban decision`: whether the noun only modifies another one."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.dep_ in {"compound", "nmod", "amod"} and following is not None and following.pos_ in {"NOUN", "PROPN"}


def phrase_before(head: Token) -> list[Token]:
    """The unbroken run of words before a noun that belong to its phrase: `anti-dumping and anti-subsidy …`."""
    at, first = head.i, head.sent.start
    while at > first and head.i - at < LONGEST:
        token = head.doc[at - 1]
        joins = token.text in {"-", "/", "–", "$", "€", "£"} or token.lower_ in {"and", "or", "favored", "favoured"}
        if not (joins or token.is_quote or token.pos_ in MODIFYING or (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod")):
            break
        at -= 1
    while at < head.i and head.doc[at].text.lower() in {"and", "or", "-"}:
        at += 1
    return list(head.doc[at : head.i])


LONGEST = 12
"""Tokens of a noun phrase before its head."""
MODIFYING = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM"})


def _low(tokens: list[Token]) -> list[str]:
    return [part for t in tokens for part in t.lower_.split("-")]


def case_of(words: list[str]) -> Instrument | None:
    """The kind of trade remedy that words name, the first first; `other` for a matter of trade of no kind."""
    kinds = ("anti_dumping", "countervailing", "safeguard", "import_tariff")
    for word in words:
        for kind in kinds:
            if word in act_words("cases", kind):
                return Instrument(kind)
    return Instrument.IMPORT_TARIFF if act_words("cases", "trade") & set(words) else None


def spans_of(head: Token, prepositions: frozenset[str]) -> tuple[Span, ...]:
    """What the prepositions behind a noun bring: those that hang on it, or right on its verb, before another clause begins."""
    doc, end = head.doc, head.sent.end
    out: list[Span] = []
    for token in doc[head.i + 1 : end]:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"acl", "amod", "prep", "pcomp"} and token.tag_ != "VBN":
            break
        if token.text in {";", ":"} or (out and token.i < out[-1].end):
            continue
        if token.lower_ not in prepositions:
            continue
        near = token.i - head.i <= NEAR_HEAD and not any(t.text == "," for t in doc[head.i : token.i])
        if not (token.head.i == head.i or near):
            continue
        stop = _end_of(token, end)
        if stop > token.i + 1 and not _is_time(token):
            out.append(doc[token.i + 1 : stop])
        if len(out) == SPANS:
            break
    return tuple(out)


NEAR_HEAD = 3
"""Tokens behind a noun within which a preposition is its own, whatever the parser hung it on."""
SPANS = 2
"""Phrases of a noun that are looked at: `restrictions on exports of rice to Japan`."""
ORIGINS = frozenset({"from", "imported", "made", "originating", "by", "of"})
"""Words that go on with where goods are from, or whose they are."""


def _to_country(preposition: Token) -> bool:
    return any(c.dep_ == "pobj" and c.ent_type_ in {"GPE", "NORP", "LOC"} for c in preposition.children)


def _end_of(preposition: Token, end: int) -> int:
    """Behind a phrase and the origins that the parser hung elsewhere: `on beef | from Brazil`."""
    doc, stop = preposition.doc, max(preposition.right_edge.i + 1, preposition.i + 1)
    for token in doc[preposition.i + 1 : stop]:
        clause = token.dep_ in {"relcl", "advcl", "ccomp"} or (token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"})
        clause = clause and token.tag_ not in {"VBN", "VBG"}
        if clause and token.left_edge.i > preposition.i + 1 and not (token.dep_ == "relcl" and token.tag_ == "VBN"):
            stop = min(stop, token.left_edge.i)
    while stop < end and (doc[stop].lower_ in ORIGINS or (doc[stop].lower_ == "to" and _to_country(doc[stop]))):
        further = doc[stop].right_edge.i + 1
        if further <= stop + 1 or any(t.pos_ in {"VERB", "AUX"} for t in doc[stop + 1 : further]):
            break
        stop = further
    return min(stop, end)


def _is_time(preposition: Token) -> bool:
    what = next((c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}), None)
    return what is not None and what.ent_type_ in {"DATE", "TIME"}


def first_noun(span: Span) -> Token | None:
    """What a phrase is about at its head: `imports` of `imports of beef from Brazil`."""
    return span.root if span.root.pos_ in {"NOUN", "PROPN", "VERB"} else next((t for t in span if t.pos_ == "NOUN"), None)


# ---------------------------------------------------------------- kinds


def _investigation(head: Token) -> Act | None:
    """`an anti-dumping probe into …`, `a Section 232 investigation`, `a probe into pork imports`, `a dumping complaint`."""
    lemma = head.lemma_.lower()
    of_case = lemma in act_words("investigations", "cases")
    if not (of_case or lemma in act_words("investigations", "nouns")):
        return None
    run = phrase_before(head)
    spans = spans_of(head, act_words("investigations", "prepositions"))
    if any(t.lemma_.lower() in act_words("investigations", "untraded") for span in spans for t in span):
        return None
    instrument, foreign = case_of(_low(run)), False
    if instrument is None and not of_case:
        if lemma == "review":
            return None
        inside = [w for span in spans[:1] for w in _low(list(span))[:8]]
        instrument = case_of([w for w in inside if w not in {"trade"}])
        if instrument is Instrument.IMPORT_TARIFF and not set(inside) & {"232", "301"}:
            instrument = Instrument.OTHER
        foreign = instrument is None and bool(spans) and _are_goods(spans[0])
        if instrument is None and not foreign and any(mentions(s.doc, EntityType.COUNTRY, within=s) for s in spans):
            return Act(Kind.INVESTIGATION, head, run[0].i if run else head.i, Instrument.OTHER, spans, of_case=True)
        instrument = Instrument.OTHER if foreign else instrument
    if instrument is None or (of_case and instrument is Instrument.IMPORT_TARIFF and not {"232", "301"} & set(_low(run))):
        return None
    return Act(Kind.INVESTIGATION, head, run[0].i if run else head.i, instrument, spans, foreign=foreign)


def _are_goods(span: Span) -> bool:
    """Whether a phrase is of goods by itself: `European pork`, not `a crash of Chinese cars`."""
    return any(m.start <= span.root.idx < m.end for m in mentions(span.doc, EntityType.PRODUCT, within=span))


def _remedy(head: Token) -> Act | None:
    """`anti-dumping measures on …`, `safeguards on steel`, `trade remedies`."""
    lemma = head.lemma_.lower()
    if lemma not in act_words("remedies", "own") | act_words("remedies", "nouns"):
        return None
    run = phrase_before(head)
    spans = spans_of(head, act_words("remedies", "prepositions"))
    if lemma in act_words("remedies", "own"):
        return Act(Kind.REMEDY, head, run[0].i if run else head.i, Instrument.SAFEGUARD, spans, foreign=False) if spans else None
    instrument = case_of([w for w in _low(run) if w not in act_words("cases", "trade") | act_words("cases", "import_tariff")])
    if instrument is None and lemma in {"remedy", "relief"} and act_words("cases", "trade") & set(_low(run)):
        instrument = Instrument.OTHER
    return Act(Kind.REMEDY, head, run[0].i, instrument, spans) if instrument is not None else None


def _retaliation(head: Token) -> Act | None:
    """`countermeasures on American bourbon`, `retaliatory measures`, `trade sanctions against Japan`."""
    lemma = head.lemma_.lower()
    if lemma != "measure" and lemma not in act_words("retaliation", "own") | act_words("retaliation", "nouns"):
        return None
    run = phrase_before(head)
    words = set(_low(run))
    spans = spans_of(head, act_words("retaliation", "prepositions"))
    start = run[0].i if run else head.i
    if lemma in act_words("retaliation", "own") or (lemma == "measure" and words & {"counter"}):
        return Act(Kind.RETALIATION, head, start, Instrument.IMPORT_TARIFF, spans, loose="trade" not in words)
    if lemma not in act_words("retaliation", "nouns"):
        return None
    if words & act_words("retaliation", "modifiers"):
        return Act(Kind.RETALIATION, head, start, Instrument.IMPORT_TARIFF, spans, loose="trade" not in words)
    money = lemma == "sanction" and any(
        mentions(head.doc, EntityType.MONEY, within=s) for s in spans
    )  # `on $300 million of goods`
    if words & act_words("retaliation", "trade") or money:
        return Act(Kind.RETALIATION, head, start, Instrument.OTHER, spans)
    return None


def _ban(head: Token) -> Act | None:
    """`an import ban on …`, `a ban on Brazilian beef`, `quotas on steel imports`, `a minimum import price`, `export curbs`."""
    lemma = head.lemma_.lower()
    strong = lemma in act_words("bans", "strong")
    group = next((n for n in ("weak", "quotas", "prices", "licences") if lemma in act_words("bans", n)), None)
    if not strong and group is None:
        return None
    if group == "quotas" and head.dep_ == "pobj" and head.head.lower_ in OUTSIDE:
        return None
    run = phrase_before(head)
    words = set(_low(run))
    if group == "prices" and not {"minimum", "floor"} & words:
        return None
    if group == "licences" and not ({"licence", "license", "licensing"} & (words | {lemma})):
        return None
    spans = spans_of(head, act_words("bans", "prepositions"))
    flow = next((w for w in words if w in {"import", "imports", "export", "exports"}), None) or next(
        (n.lemma_.lower() for s in spans[:1] if (n := _flow(s)) is not None), None
    )
    if _untraded(words) or any(_untraded({t.lemma_.lower() for t in s}) for s in spans[:1]):
        return None
    outward = _goes_out(spans[:1])
    if flow is None and not outward and not strong and group != "quotas" and not (group == "weak" and "trade" in words):
        return None
    instrument = Instrument.QUOTA if group == "quotas" else Instrument.OTHER
    export = outward or (flow is not None and flow.startswith("export") and not _of_another(spans))
    start = run[0].i if run else head.i
    of_quota = lemma == "quota" and bool(spans) and _are_goods(spans[0])  # `its quotas on beef`
    return Act(Kind.BAN, head, start, instrument, spans, export=export, foreign=flow is None and not of_quota)


def _goes_out(spans: tuple[Span, ...]) -> bool:
    """`a ban on sales of chips to China`."""
    return any(
        s.root.lemma_.lower() in act_words("bans", "outward") and any(t.lower_ == "to" and _to_country(t) for t in s)
        for s in spans
    )


OUTSIDE = frozenset({"above", "over", "within", "outside", "beyond", "inside", "below", "in", "under"})
"""Words before a quota that only measure by it: `a duty above quota`."""


def _flow(span: Span) -> Token | None:
    """The word for goods on the move at the head of a phrase: `imports of beef`, `Brazilian beef imports`."""
    for token in (span.root, *(t for t in span if t.head.i == span.root.i)):
        if token.lemma_.lower() in act_words("bans", "flows") and token.pos_ in {"NOUN", "PROPN"}:
            return token
    return next((t for t in span[:5] if t.lemma_.lower() in {"import", "export"} and t.pos_ in {"NOUN", "PROPN"}), None)


def _of_another(spans: tuple[Span, ...]) -> bool:
    """`curbs on Canadian exports`: goods that leave another country."""
    for span in spans[:1]:
        for mention in mentions(span.doc, EntityType.COUNTRY, within=span):
            token = span.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if token is not None and any(t.lemma_.lower() == "export" for t in span.doc[token.end : token.end + 3]):
                return True
    return False


def _untraded(words: set[str]) -> bool:
    return bool(words & act_words("bans", "untraded"))


def _fee(head: Token) -> Act | None:
    """`a handling fee on parcels`."""
    if head.lemma_.lower() not in act_words("preferences", "fees"):
        return None
    run = phrase_before(head)
    money = _has_money(head, run, spans_of(head, frozenset({"of"})))
    if not money and not set(_low(run)) & act_words("preferences", "fee_modifiers"):
        return None
    spans = spans_of(head, act_words("preferences", "prepositions") | {"per"})
    if not any(is_parcel(t) for span in spans for t in span):
        return None
    return Act(Kind.FEE, head, run[0].i if run else head.i, Instrument.OTHER, spans)


def _has_money(head: Token, run: list[Token], spans: tuple[Span, ...]) -> bool:
    """`a 2-euro fee`, `parcels worth less than 150 euros`: whether an amount stands before a noun or in its phrases."""
    before = bool(run) and bool(mentions(head.doc, EntityType.MONEY, within=(run[0].idx - 1, head.idx)))
    return before or any(mentions(head.doc, EntityType.MONEY, within=s) for s in spans)


def is_parcel(token: Token) -> bool:
    """Whether a word names what the post brings."""
    return token.lemma_.lower() in act_words("preferences", "parcels")


def _preference(head: Token) -> Act | None:
    """`the duty-free treatment of small parcels`, `most-favoured-nation status`, `the $800 exemption`."""
    if head.lemma_.lower() not in act_words("preferences", "nouns"):
        return None
    run = phrase_before(head)
    words = set(_low(run))
    spans = spans_of(head, act_words("preferences", "prepositions"))
    start = run[0].i if run else head.i
    small = any(is_parcel(t) for t in (*run, *(t for s in spans for t in s)))
    money = _has_money(head, run, ())
    exempt = head.lemma_.lower() in {"exemption", "loophole", "waiver", "threshold", "treatment", "exception", "entry", "access"}
    low = {part for s in spans for t in s for part in t.lower_.split("-")} & act_words("preferences", "small")
    cheap = bool(low) or _has_money(head, [], spans)
    if exempt and small and cheap and head.lemma_.lower() not in {"entry", "access"}:
        return Act(Kind.PREFERENCE, head, start, Instrument.DE_MINIMIS, spans)
    if exempt and ((money and (small or "duty" in words)) or (small and words & act_words("preferences", "modifiers"))):
        return Act(Kind.PREFERENCE, head, start, Instrument.DE_MINIMIS, spans)
    if exempt and money and head.lemma_.lower() in {"exemption", "loophole", "threshold"}:
        return Act(Kind.PREFERENCE, head, start, Instrument.DE_MINIMIS, spans, loose=True)
    if head.lemma_.lower() in {"access", "benefit"} and any(
        t.lower_ in act_words("preferences", "schemes") for s in spans for t in s
    ):
        return Act(Kind.PREFERENCE, head, start, Instrument.OTHER, spans)
    nation = {"favored", "favoured", "mfn", "preferential", "gsp"} & words or {"normal", "trade"} <= words
    free = {"duty", "free"} <= words or {"tariff", "free"} <= words or "trade" in words
    if nation or (
        free and head.lemma_.lower() in {"treatment", "access", "entry", "status", "privilege", "preference", "benefit"}
    ):
        return Act(Kind.PREFERENCE, head, start, Instrument.OTHER, spans)
    return None
