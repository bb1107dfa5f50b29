"""Whether a percentage is the rate of a trade measure, by the words and the parse around it.

A cascade: what names a measure decides for it, what names a share, a change or another quantity against it; the first answer
holds. Without any, a percentage in a sentence that names a measure is a rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import smooth
from extractor.entities.rate_frames import is_framed, is_surely_framed
from extractor.entities.rate_spots import BASE, Spot, frame_words, goes_to, names_measure, of_quantity, pattern
from extractor.entities.terms import Term, all_terms, terms, words
from extractor.lexicon import table
from extractor.syntax import governor, is_passive, objects, subject

Reason = Literal["statistic", "size_of_cut", "other_tax", "price_tariff"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is None for a rate of duty."""

    reason: Reason | None


RATE = Verdict(None)
STATISTIC = Verdict("statistic")
SIZE_OF_CUT = Verdict("size_of_cut")
OTHER_TAX = Verdict("other_tax")
PRICE_TARIFF = Verdict("price_tariff")


def judge(doc: Doc, span: Span, points: bool, accepted: Sequence[int]) -> Verdict:
    """Judges one percentage.

    Args:
        doc: with terms and country mentions.
        span: the tokens of the percentage.
        points: percentage points.
        accepted: ends (characters) of the rates found so far.
    """
    in_sentence = terms(doc, span.sent)
    spot = Spot(doc, span, accepted)
    for rule in RULES:
        verdict = rule(doc, span, in_sentence, points)
        if verdict:
            return verdict
    if verdict := _bracketed(doc, span, accepted):
        return verdict
    if is_surely_framed(spot):
        return RATE
    if _changed_quantity(doc, span, in_sentence, points):
        return STATISTIC
    if points and in_sentence:
        lent = {t.lower_ for t in span.sent} & frame_words("nouns", "lending")
        return STATISTIC if lent or of_quantity(spot) else RATE
    if _listed(doc, span, accepted) or (in_sentence and _is_tied(span, in_sentence)):
        return RATE
    return RATE if is_framed(spot) else STATISTIC


def _following(span: Span, limit: int = 6) -> list[Token]:
    """The rest of the noun phrase after the percentage."""
    out: list[Token] = []
    for token in span.doc[span.end : min(span.end + limit, span.sent.end)]:
        if token.is_quote or (token.text in {"-", ","} and out and out[-1].pos_ == "ADJ"):
            continue
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} and not (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod"):
            break
        out.append(token)
    return out


def _headed(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`25% tariff`, `25 per cent punitive duties`, `25% of tariff`; `5% growth`, `20% sales tax`, `9% interest rate`."""
    if span.end < len(doc) and doc[span.end].lower_ == "ad" and names_measure(doc):
        return RATE  # `5 percent ad valorem`
    phrase = _following(span)
    heads = {t.head: t for t in all_terms(span.sent)}
    for token in phrase:
        term = heads.get(token.i)
        if term:
            return _by_sense(term)
    nouns = {t.lemma_.lower() for t in (phrase[:1] + phrase[-1:])}
    if nouns & words("rate_context", "statistic_nouns") and not nouns & frame_words("nouns", "dealt"):
        return STATISTIC
    share = _of(doc, span, heads)
    if share:
        return share
    before = _before(span)
    if before and (term := heads.get(before.i)):
        return _by_sense(term)
    return None


def _of(doc: Doc, span: Span, heads: dict[int, Term]) -> Verdict | None:
    """`25% of tariff` is a rate; `90% of the duties`, `98% of tariff lines` and `0.6% of output` are shares."""
    after = doc[span.end] if span.end < span.sent.end else None
    if after is None or after.lower_ != "of" or BASE.match(smooth(doc), after.idx):
        return None
    run = list(doc[after.i + 1 : min(after.i + 6, span.sent.end)])
    if run and run[0].lower_ in {"a", "an"}:
        run = run[1:]
    for token in run:
        if token.i in heads:
            whole = token.i + 1 < span.sent.end and doc[token.i + 1].pos_ in {"NOUN", "PROPN"}
            return STATISTIC if whole else _by_sense(heads[token.i])
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "PUNCT"} and token.dep_ != "amod":
            break
    return _share(doc, span, (), False)


def _by_sense(term: Term) -> Verdict | None:
    if term.sense == "trade":
        return RATE
    if term.sense == "price_tariff":
        return PRICE_TARIFF
    return None if term.noun in {"charge", "fee", "margin"} and term.sense == "other" else OTHER_TAX


def _other_tax(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`the goods and services tax, at the rate of 9 per cent`: the nearest tax in the sentence is none on trade."""
    taxes = [t for t in all_terms(span.sent) if t.sense in {"trade", "other_tax"}]
    nearest = min(taxes, key=lambda t: abs(t.head - span.start), default=None)
    return OTHER_TAX if nearest and nearest.sense == "other_tax" and not found else None


def _in_tax(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`pays 19% in corporate tax`: which tax the percentage is."""
    if span.end >= span.sent.end or doc[span.end].lower_ != "in":
        return None
    heads = {t.head: t for t in all_terms(span.sent)}
    what = next((c for c in doc[span.end].children if c.dep_ == "pobj"), None)
    term = heads.get(what.i) if what is not None else None
    return OTHER_TAX if term is not None and term.sense == "other_tax" else None


def _before(span: Span) -> Token | None:
    """The noun that the percentage is linked to by prepositions and qualifiers alone: `duties of up to 41%`."""
    at = span.start - 1
    while (
        at >= span.sent.start
        and span.start - at <= 5
        and (span.doc[at].lower_ in words("rate_context", "links") or (span.doc[at].is_punct and span.doc[at].text in {'"', "-"}))
    ):
        at -= 1
    if at < span.sent.start or at == span.start - 1:
        return None
    return span.doc[at] if span.doc[at].pos_ in {"NOUN", "PROPN"} else None


def _other_charge(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`fines of up to 300% of the value`, `the rebate is 3.75% of it`: what is paid is no duty."""
    verb = governor(span.root)
    told = subject(verb) if verb is not None and verb.lemma_.lower() in {"be", "equal", "reach", "total"} else None
    charged = words("rate_context", "other_charges")
    return STATISTIC if any(n is not None and n.lemma_.lower() in charged for n in (_before(span), told)) else None


def _compared(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`up 8.4%`, `5% more`, `down by 3 per cent`."""
    directions = words("rate_context", "direction_words")
    if span.end < len(doc) and doc[span.end].lower_ in directions - {"up"}:
        quota = doc[span.end].lower_ in {"above", "below"} and any("quota" in t.lower_ for t in doc[span.end : span.end + 5])
        return None if quota else STATISTIC
    before = smooth(doc)[max(span.sent.start_char, span.start_char - 40) : span.start_char].lower()
    return STATISTIC if _CHANGED.search(before) else None


_CHANGED = pattern("changed")


def _share(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`36% of Chinese exports`, `40 per cent share`."""
    after = doc[span.end] if span.end < len(doc) else None
    if after is None or after.lower_ != "of":
        return None
    if BASE.match(smooth(doc), after.idx):
        return None  # `14% of the customs value`
    inside = list(after.subtree)[:4]
    of_rate = any(t.lemma_.lower() in words("rate_context", "rate_nouns") for t in inside)
    return None if of_rate or any(t.i == term.head for t in inside for term in found) else STATISTIC


def _answered(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`61% reported paying tariffs`, `72 per cent who want duties`: people, not a rate."""
    following = doc[span.end] if span.end < span.sent.end else None
    if following is not None and following.lower_ in {"who", "whose", "whom"}:
        return STATISTIC
    preceding = doc[span.start - 1].lower_ if span.start > span.sent.start else ""
    verb = next((t.head for t in span if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if verb is not None and {t.i for t in objects(verb)} & {term.head for term in found}:
        return STATISTIC  # `38% pay tariffs`
    if following is not None and following.tag_ in {"VBP", "VBD"} and preceding not in {"the", "that", "a"}:
        return STATISTIC if following.lemma_.lower() in frame_words("verbs", "answering") else None
    if following is not None and following.lower_ in frame_words("verbs", "judging"):
        return STATISTIC
    if verb is None or verb.i < span.end or is_passive(verb):
        return None
    return STATISTIC if verb.lemma_.lower() in frame_words("verbs", "answering") else None


def _other_rate(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`The bank left its rate at 4.25%, citing tariffs`: a lender's rate."""
    word = _before(span)
    if word is None or word.lemma_.lower() != "rate" or any(t.start <= word.i <= t.head for t in found):
        return None
    return STATISTIC if {t.lower_ for t in span.sent} & frame_words("nouns", "lending") else None


_RESTATED = pattern("restated")


def _restated(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`slid 500 points, more than 2 percent`, `off 41 points, or 0.09%`: another number said again."""
    before = smooth(doc)[max(span.sent.start_char, span.start_char - 40) : span.start_char]
    return STATISTIC if _RESTATED.search(before) else None


def _size_of_cut(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`cut by 50 pct`, `lowered by an average of 46%`: the size of a change, not a rate; percentage points are one."""
    if points:
        return None
    lead = [t.lower_ for t in doc[max(span.sent.start, span.start - 5) : span.start]]
    if "by" not in lead or {"to", "at"} & set(lead[lead.index("by") :]):
        return None
    verb = governor(doc[span.start - len(lead) + lead.index("by")].head)
    if verb is None or verb.lemma_.lower() not in set(table("rates")["frames"]["size_verbs"]):
        return None
    who = subject(verb)
    moved = objects(verb) or ([who] if who is not None else [])
    of_measure = any(t.head in {d.i for noun in moved for d in noun.subtree} for t in found)
    return SIZE_OF_CUT if of_measure or any(t.pos_ == "PRON" for t in moved) else STATISTIC


def _changed_quantity(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`exports rose 5%`, `the economy would shrink by 2 per cent`: a verb of change with another subject."""
    verb = governor(span.root)
    if verb is None or verb.lemma_.lower() not in words("rate_context", "change_verbs"):
        return None
    if goes_to(Spot(doc, span, ())):
        return None  # `Wheat falls to 7.5 percent`
    if verb.lemma_.lower() == "add" and span.end < len(doc) and doc[span.end].lower_ in {"to", "on"}:
        onto = next((c for c in doc[span.end].children if c.dep_ == "pobj"), None)
        quantity = onto is not None and onto.lemma_.lower() in words("rate_context", "statistic_nouns")
        return STATISTIC if quantity else None  # `Canada added 10% to American tackle`; `adds 1% to its costs`
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    if not own and verb.tag_ in {"VBG", "VBN"} and any(term.head < verb.i for term in found):
        return None  # `a 15 per cent surtax …, rising to 30 per cent`
    who = subject(verb)
    moved = [c for c in objects(verb) if c.i not in range(span.start, span.end)]
    concerned = {t.i for anchor in (who, *moved) if anchor is not None for t in anchor.subtree}
    if any(term.head in concerned for term in found):
        return None
    if who is None or who.pos_ == "PRON" or who.lemma_.lower() in words("rate_context", "rate_nouns"):
        return None
    return None if moved else STATISTIC


def _average(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`the average effective tariff rate was 17%`: a statistic, unless a measure moves it."""
    lead = [t.lower_ for t in doc[max(span.sent.start, span.start - 4) : span.start]]
    if {"average", "averaging", "averaged", "averages", "mean"} & set(lead) and "by" not in lead:
        return STATISTIC
    everything: Sequence[Term] = all_terms(span.sent)
    near = [t for t in everything if t.head < span.start and span.start - t.head <= 12] or list(found)
    for term in near[-1:]:
        modifiers = {t.lower_ for t in doc[max(0, term.start - 3) : term.head]}
        if modifiers & words("rate_context", "average_words"):
            return STATISTIC
        if "average" in modifiers:
            verb = governor(span.root)
            acted_on = verb is not None and (is_passive(verb) or any(c.dep_ == "dobj" for c in verb.children))
            if verb is None or not acted_on or verb.lemma_.lower() not in set(table("rates")["frames"]["size_verbs"]):
                return STATISTIC
    return None


def _listed(doc: Doc, span: Span, accepted: Sequence[int]) -> bool:
    """`25 percent, 20 percent and 10 percent`; `10% on aluminium and 25% on steel`: goes on from a rate just before."""
    if not accepted or doc[span.start].idx - accepted[-1] > 120:
        return False
    between = doc.char_span(accepted[-1], doc[span.start].idx, alignment_mode="contract")
    if between is None:
        return True
    return not any((t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod") or t.text in {".", ";"} for t in between)


def _of_odds(doc: Doc, span: Span, found: Sequence[Term], points: bool) -> Verdict | None:
    """`puts the odds of tariffs at 40%`, `inflation rose to 3%`: what the verb moves is a quantity that is never a duty's."""
    verb = governor(span.root)
    if verb is None:
        return None
    if verb.dep_ == "pcomp" and verb.head.lower_ == "of":  # `the odds of tariffs being struck down at 40%`
        verb = governor(verb.head) or verb
    who = subject(verb)
    for noun in (*objects(verb), *([who] if who is not None and not objects(verb) else [])):
        kinds = {noun.lemma_.lower(), *(t.lemma_.lower() for c in noun.children if c.lower_ == "of" for t in c.children)}
        rated = noun.lemma_.lower() in words("rate_context", "rate_nouns")
        if noun.lemma_.lower() in words("rate_context", "unrated") or (rated and kinds & words("rate_context", "unrated")):
            return STATISTIC
    return None


_IN_BRACKETS, _FORMER = pattern("bracketed"), pattern("former")


def _bracketed(doc: Doc, span: Span, accepted: Sequence[int]) -> Verdict | None:
    """`Ontario (12%), Quebec (7%) and Manitoba (3%)`, `62% of it, up from 48%`: what the first is, the other is."""
    text, bounds = smooth(doc), (span.sent.start_char, span.start_char)
    before = _IN_BRACKETS.search(text, *bounds) or _FORMER.search(text, *bounds)
    if before is None:
        return None
    return RATE if before.end(1) in accepted else STATISTIC


def _is_tied(span: Span, found: Sequence[Term]) -> bool:
    """Whether the grammar ties a percentage to a measure of its sentence; that both stand in one sentence is not enough.

    The measure is what the percentage hangs on, or subject or object of its verb, itself or by its rate ("the level of the
    duty"), or it stands right beside the percentage.
    """
    heads = {t.head for t in found}
    doc, anchor = span.doc, span.root
    for _ in range(LONGEST_CHAIN):
        if anchor.i in heads:
            return True
        if anchor.pos_ in {"VERB", "AUX"} or anchor.head.i == anchor.i:
            break
        anchor = anchor.head
        if anchor.pos_ in {"NOUN", "PROPN"} and anchor.lemma_.lower() in words("rate_context", "statistic_nouns"):
            return False
    around = doc[max(span.sent.start, span.start - BESIDE) : min(span.sent.end, span.end + BESIDE)]
    if any(t.i in heads for t in around) and not any(t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod" for t in around):
        return True
    verb = governor(span.root)
    if verb is None:
        return True
    lead = [t.lower_ for t in doc[max(span.sent.start, span.start - 2) : span.start]]
    if lead == ["one", "of"] or any(t.lemma_.lower() in words("rate_context", "anaphors") for t in objects(verb)):
        return True  # `double that to 20 per cent`, `wants one of 20 per cent`
    who = subject(verb)
    acted_on = [t for t in objects(verb) if t.i not in range(span.start, span.end)]
    if acted_on and not is_passive(verb) and lead[-1:] and {"to", "by", "from"} & set(lead):
        who = None  # `the tariff would cut its margin to 6%`: the percentage is the margin's
    moved = [t for t in (who, *acted_on, *(c for c in verb.children if c.dep_ in {"attr", "oprd"})) if t is not None]
    return any(_names_measure(t, heads) for t in moved if t.i not in range(span.start, span.end))


LONGEST_CHAIN = 6
"""Words between a percentage and its verb that are looked at."""
BESIDE = 4
"""Tokens on either side in which a measure stands right beside a percentage."""


def _names_measure(noun: Token, heads: set[int]) -> bool:
    """`the duty`, `steel and its tariff`, `the level of the duty`, `the rate on the tariff`: a measure, or a property of one."""
    if noun.i in heads or any(c.i in heads for c in noun.conjuncts):
        return True
    if noun.lemma_.lower() not in words("rate_context", "rate_nouns") | words("rate_context", "holders"):
        return False
    return any(t.i in heads for c in noun.children if c.dep_ in {"prep", "compound", "nmod", "poss", "amod"} for t in c.subtree)


RULES = (
    _other_charge,
    _headed,
    _other_tax,
    _in_tax,
    _compared,
    _share,
    _answered,
    _other_rate,
    _restated,
    _average,
    _size_of_cut,
    _of_odds,
)
"""In this order: the first answer holds."""
