"""Tariff terms: the words that name a trade measure, and which of their senses is meant.

Terms are no entities; the rate component and the linkers read them from `doc._.terms`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import add_rejected
from extractor.lexicon import table

Doc.set_extension("terms", default=(), force=True)


class Sense(StrEnum):
    """What a tariff word means."""

    TRADE = "trade"
    PRICE = "price_tariff"
    OTHER_TAX = "other_tax"
    NONE = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """A noun that names a measure: `tokens[start:end]` with its modifiers of kind, headed by `head` (token indices)."""

    start: int
    end: int
    head: int
    noun: str
    sense: Sense


def terms(doc: Doc, within: Span | None = None) -> list[Term]:
    """The terms of trade measures, in the order of the text."""
    found = doc._.terms if within is None else all_terms(within)
    return [t for t in found if t.sense is Sense.TRADE]


def all_terms(within: Span) -> tuple[Term, ...]:
    """The terms of every sense whose heads lie in the span, in the order of the text."""
    found: tuple[Term, ...] = within.doc._.terms
    return found[bisect_left(found, within.start, key=_head) : bisect_left(found, within.end, key=_head)]


def _head(term: Term) -> int:
    return term.head


LONGEST_TERM = 40
"""Tokens of a term on either side of its head that are looked at."""


def term_at(doc: Doc, index: int) -> Term | None:
    """The trade term that covers a token."""
    near = doc[max(0, index - LONGEST_TERM) : index + LONGEST_TERM]
    return next((t for t in terms(doc, near) if t.start <= index < t.end), None)


@cache
def _nouns() -> dict[str, str]:
    return {form: noun for noun, forms in table("terms")["nouns"].items() for form in forms}


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A word list of `terms.toml`."""
    return frozenset(table("terms")[section][name])


@Language.component("tariff_terms")
def tariff_terms(doc: Doc) -> Doc:
    """Finds the terms and tells their senses; price tariffs and other taxes go to `rejected`."""
    of_trade = is_about_trade(doc)
    of_price = _trade_and_price(doc)[1] > 0 and not _only_prisons(doc)
    found = []
    for token in doc:
        noun = _nouns().get(token.lower_)
        if noun is None or token.pos_ in {"VERB", "AUX"} or _modifies_term(token):
            continue
        modifiers = _modifiers(token)
        sense = _sense(token, noun, modifiers, of_trade or (noun == "tariff" and not of_price))
        start = modifiers[0].i if modifiers else token.i
        found.append(Term(start, token.i + 1, token.i, noun, sense))
    found = _taxes_of_trade(doc, found)
    for term in found:
        if term.sense in {Sense.PRICE, Sense.OTHER_TAX} and term.noun != "charge":
            add_rejected(doc, doc[term.head].idx, doc[term.head].idx + len(doc[term.head]), term.sense)
    found += [t for t in _de_minimis(doc) if not any(o.start <= t.head < o.end for o in found)]
    doc._.terms = tuple(sorted(found, key=lambda t: t.head))
    return doc


def _taxes_of_trade(doc: Doc, found: list[Term]) -> list[Term]:
    """Bare taxes take the sense of the last one that says its kind: `an export tax` makes `the tax on wool` one of trade.

    Where duties are what the article is about, a bare tax on goods is one too.
    """
    of_duties = sum(t.sense is Sense.TRADE for t in found) >= DUTIES
    last: Sense | None = None
    out: list[Term] = []
    for term in found:
        if term.noun == "tax" and term.sense is Sense.OTHER_TAX and not _has_kind(doc, term):
            on_goods = _taxes_goods(doc[term.head])
            if (last is Sense.TRADE and on_goods is not False) or (last is None and of_duties and on_goods):
                out.append(replace(term, sense=Sense.TRADE))
                continue
        elif term.noun in {"tax", "levy", "vat"} and term.sense in {Sense.TRADE, Sense.OTHER_TAX}:
            last = term.sense
        out.append(term)
    return out


DUTIES = 3
"""Names of measures of trade that make duties the subject of an article."""


def _has_kind(doc: Doc, term: Term) -> bool:
    """Whether a word before the tax says which tax it is."""
    return bool({t.lower_ for t in doc[term.start : term.head]} & words("modifiers", "other_tax")) or term.head - term.start > 2


def _taxes_goods(head: Token) -> bool | None:
    """Whether the tax is on goods: no for incomes, homes and vices, None if nothing says on what."""
    following = head.nbor() if head.i + 1 < len(head.doc) else None
    carriers = (*head.children, *(head.head.rights if head.dep_ == "nsubjpass" else ()), following)
    on = next((c for c in carriers if c is not None and c.lower_ in {"on", "upon"} and c.pos_ == "ADP"), None)
    if on is None:
        return False if following is not None and following.pos_ in {"NOUN", "PROPN"} else None
    objects = [t for c in on.children if c.dep_ == "pobj" for t in (c, *c.conjuncts)]
    others = (t for t in objects if t.lemma_.lower() in words("context", "untraded") or t.ent_type_ in {"PERSON", "ORG"})
    return bool(objects) and not any(others)


def _de_minimis(doc: Doc) -> Iterator[Term]:
    """`the "de minimis" exemption`, `the de minimis rule`: a measure by itself."""
    for token in doc[:-1]:
        if token.lower_ != "de" or token.nbor().lower_ != "minimis":
            continue
        at = token.i + 2
        while (
            at < len(doc)
            and at - token.i <= 7
            and (doc[at].is_quote or doc[at].text == "-" or doc[at].pos_ in {"ADJ", "NOUN", "PROPN", "ADV"})
        ):
            at += 1
        nouns = [t for t in doc[token.i + 2 : at] if t.pos_ in {"NOUN", "PROPN"}]
        head = nouns[-1].i if nouns else token.i + 1
        yield Term(token.i, head + 1, head, "de_minimis", Sense.TRADE)


def is_about_trade(doc: Doc) -> bool:
    """Whether the article's tariffs are taxes on trade: more words of trade than of prices and prisons."""
    trade, price = _trade_and_price(doc)
    return trade >= 2 and trade > 0.5 * price if price else trade >= 1


def _trade_and_price(doc: Doc) -> tuple[int, int]:
    """How many words of the article speak of trade, and how many of prices, networks and prisons."""
    lemmas = Counter(token.lemma_.lower() for token in doc if token.is_alpha and token.pos_ not in {"VERB", "AUX"})
    trade = sum(lemmas[w] for w in words("context", "trade") - {"tariff", "duty", "levy", "quota"})
    return trade, sum(lemmas[w] for w in words("context", "price"))


def _only_prisons(doc: Doc) -> bool:
    """Whether all that speaks for a price are words of courts and prisons, whose tariffs are of years and not of per cent."""
    lemmas = {token.lemma_.lower() for token in doc if token.is_alpha and token.pos_ not in {"VERB", "AUX"}}
    if lemmas & (words("context", "price") - words("context", "prison")):
        return False
    return any(_nouns().get(token.lower_) == "tariff" and _has_rate(token) for token in doc)


def _modifies_term(token: Token) -> bool:
    """Whether the token only modifies another tariff noun ("tariff rates", "tariff quotas")."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return following is not None and following.lower_ in _nouns() and token.dep_ in {"compound", "amod", "nmod"}


def _modifiers(head: Token) -> list[Token]:
    """The unbroken run of words before the noun that belong to its phrase and say its kind."""
    run: list[Token] = []
    at = head.i - 1
    while at >= 0 and head.i - at <= 8:
        token = head.doc[at]
        if token.is_sent_start and token.is_space:
            break
        kinds = {"NOUN", "PROPN", "ADJ"} | (
            {"VERB"} if token.tag_ in {"VBN", "VBG"} and token.dep_ in {"amod", "compound"} else set()
        )
        hyphened = at > 0 and head.doc[at - 1].text == "-" and not head.doc[at - 1].whitespace_  # "in" of "feed-in tariff"
        joint = (
            token.text == "-"
            or hyphened
            or (token.lower_ in {"and", "or"} and run and at > 0 and head.doc[at - 1].lower_ not in _nouns())
        )
        if not (token.pos_ in kinds or joint):
            break
        run.insert(0, token)
        at -= 1
    while run and (run[0].text == "-" or run[0].lower_ in {"and", "or"}):
        run.pop(0)
    return [t for t in run if t.lower_ not in {"and", "or"} or t.i > run[0].i]


def _sense(head: Token, noun: str, modifiers: list[Token], of_trade: bool) -> Sense:
    lowered = {t.lower_ for t in modifiers} | {"-".join(t.lower_ for t in modifiers)}
    last = modifiers[-1].lower_ if modifiers else ""
    if len(modifiers) > 2 and modifiers[-2].text == "-":
        last = "".join(t.lower_ for t in modifiers[-3:])  # "feed-in"
    trade_word = bool(lowered & words("modifiers", "trade"))
    if head.i and head.nbor(-1).text == "-" and noun == "duty" and not trade_word:
        return Sense.NONE  # heavy-duty
    if last in words("modifiers", "price") and noun in {"tariff", "charge", "levy", "surcharge"} and not _names_trade(head):
        return Sense.PRICE
    if noun == "tariff" and lowered & {"non", "non-tariff", "nontariff"} and head.nbor(-1).lower_ in {"-", "non"}:
        return Sense.NONE  # `non-tariff barriers`
    if noun == "tariff":
        return Sense.TRADE if of_trade or trade_word or _names_trade(head) else Sense.PRICE
    if noun == "quota":
        return Sense.TRADE if of_trade and (trade_word or _names_trade(head)) else Sense.NONE
    if noun == "margin":
        of_dumping = of_trade and not modifiers and "dumping" in _before_margin(head)
        return Sense.TRADE if trade_word or of_dumping else Sense.NONE
    if lowered & words("modifiers", "other_tax") and not trade_word:
        return Sense.OTHER_TAX
    if noun == "duty":
        return _duty_sense(head, last, of_trade, trade_word)
    if noun == "charge":
        of_kind = bool(lowered & words("modifiers", "rate"))
        return Sense.TRADE if of_trade and (of_kind or _names_trade(head)) else Sense.NONE
    if noun == "fee":
        return Sense.TRADE if of_trade and lowered & words("modifiers", "fee") else Sense.NONE
    if noun == "vat":
        return Sense.OTHER_TAX
    if trade_word or _names_trade(head):
        return Sense.TRADE if of_trade or noun != "tax" else Sense.OTHER_TAX
    if noun in {"levy", "surcharge"} and of_trade:
        return Sense.TRADE
    return Sense.OTHER_TAX


MARGIN_REACH = 300
"""Tokens before bare margins within which dumping is spoken of when they are its."""


def _before_margin(head: Token) -> set[str]:
    return {part for t in head.doc[max(0, head.i - MARGIN_REACH) : head.i] for part in t.lower_.replace("anti", "").split("-")}


def _duty_sense(head: Token, last: str, of_trade: bool, trade_word: bool) -> Sense:
    if trade_word or _names_trade(head) or _has_rate(head):
        return Sense.TRADE
    if of_trade and _taxes_goods(head):
        return Sense.TRADE
    obliged = last in words("modifiers", "obligation") or any(
        c.dep_ in {"acl", "relcl"} and c.tag_ == "VB" for c in head.children
    )
    possessed = any(c.dep_ == "poss" for c in head.children)
    before = head.nbor(-1).lower_ if head.i else ""
    if obliged or before in {"on", "off", "our", "their", "his", "her", "my", "your"} or (possessed and head.lower_ == "duty"):
        return Sense.NONE
    return Sense.TRADE if of_trade else Sense.NONE


def _names_trade(head: Token) -> bool:
    """Whether a complement with "on", "against" or "for" names goods, trade or a country."""
    carriers = [*head.children, *(head.head.rights if head.dep_ in {"dobj", "nsubjpass"} else ())]
    for child in carriers:
        if child.dep_ == "prep" and child.lower_ in {"on", "against", "upon"}:
            for token in child.subtree:
                if token.lemma_.lower() in words("context", "flows") or token.ent_type_ in {"GPE", "NORP"}:
                    return True
            if _from_country(head.doc[child.i + 1 : min(child.i + ORIGIN, child.sent.end)]):
                return True
    return False


ORIGIN = 8
"""Tokens behind `on` in which goods are told with their origin, wherever the parser hangs it."""


def _from_country(goods: Span) -> bool:
    """`salmon from Peru (to 21 percent)`: the parser may take it for where a rise begins."""
    return any(t.lower_ == "from" and t.i + 1 < goods.end and t.nbor().ent_type_ in {"GPE", "NORP"} for t in goods)


def _has_rate(head: Token) -> bool:
    """Whether a percentage stands beside the noun: "20% duties", "duties of 20 per cent"."""
    window = head.doc[max(head.sent.start, head.i - 5) : min(head.sent.end, head.i + 6)]
    return any(t.text == "%" or t.lower_ in {"percent", "pct", "cent"} for t in window)
