"""When a measure takes effect and ends: the dates and durations of its clause."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractor.entities.mention import Mention, mentions, span_of
from extractor.linking.tariffs.status import starts
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import DateValue, EntityType, Granularity
from extractor.syntax import clause_tokens, governor


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a unit, each a DATE or DURATION mention."""

    effective: Mention | None = None
    end: Mention | None = None
    announced: Mention | None = None
    duration: Mention | None = None


def dates_of(unit: Unit, verb: Token | None) -> Dates:
    """Sorts the dates of a unit's clause into effective, end and announced.

    A date belongs to the measure when its preposition says so ("from", "until") or when it hangs on the verb that acts on the
    measure; a date on a verb of saying or deciding is that of the announcement.
    """
    doc = unit.doc
    effective = end = announced = None
    sentence = (unit.sentence.start_char, unit.sentence.end_char)
    scope = _scope(unit, verb)
    for mention in mentions(doc, EntityType.DATE, within=sentence):
        if not isinstance(mention.value, DateValue) or mention.value.granularity not in DATABLE or "~" in mention.value.edtf:
            continue
        token = span_of(doc, mention).root
        role = _role(doc, mention, token, verb, scope)
        if role == "end" and end is None:
            end = mention
        elif role == "effective" and (effective is None or _finer(mention, effective)):
            effective = mention
        elif role == "announced" and announced is None:
            announced = mention
    lengths = [m for m in mentions(doc, EntityType.DURATION, within=sentence) if span_of(doc, m).root.i in scope]
    duration = next((m for m in lengths if _for_a_while(doc, m)), None)
    return Dates(effective, end, announced, duration)


DATABLE = frozenset({Granularity.DAY, Granularity.MONTH, Granularity.QUARTER, Granularity.YEAR})
"""A measure starts or ends on a date of these; spans and approximations say too little for a row."""


def _scope(unit: Unit, verb: Token | None) -> set[int]:
    """Tokens of the measure's own clause and of the clause that starts it ("which took effect on June 1")."""
    inside = {t.i for t in unit.head.subtree}
    if verb is not None:
        inside |= {t.i for t in clause_tokens(verb)}
    inside |= set(range(unit.start, unit.end)) if unit.end - unit.start < 40 else set()
    return inside


def _role(doc: Doc, mention: Mention, token: Token, verb: Token | None, scope: set[int]) -> str:
    before = [t.lower_ for t in doc[max(0, span_of(doc, mention).start - 3) : span_of(doc, mention).start]]
    own = governor(token)
    last = before[-1] if before else ""
    if last in lemmas("dates", "end") and last != "to":
        return "end" if token.i in scope else ""
    if own is not None and own.lemma_.lower() in {"expire", "end", "lapse"}:
        return "end"
    opening = last in {"from", "starting", "beginning", "effective", "since", "due"} or any(
        w in {"starting", "effective", "beginning", "due"} for w in before
    )
    if opening and token.i in scope:
        return "effective"
    if own is None:
        return "effective" if token.i in scope else ""
    lemma = own.lemma_.lower()
    if starts(own) and (verb is None or own.i in scope or verb.i == own.i):
        return "effective"
    if lemma in lemmas("dates", "announcing") and (
        verb is None or own.i != verb.i or lemma in {"announce", "threaten", "propose", "unveil", "sign", "order"}
    ):
        return "announced" if verb is not None and (own.i == verb.i or verb in own.subtree) else ""
    if verb is not None and own.i == verb.i and token.i in scope:
        return "effective"
    scheduled = (
        own.lemma_.lower() in lemmas("dates", "scheduling") and verb is not None and verb.dep_ == "xcomp" and verb.head.i == own.i
    )
    return "effective" if scheduled else ""


def _finer(mention: Mention, other: Mention) -> bool:
    order = [Granularity.DAY, Granularity.MONTH, Granularity.QUARTER, Granularity.YEAR]
    assert isinstance(mention.value, DateValue)
    assert isinstance(other.value, DateValue)
    rank = [order.index(v.granularity) if v.granularity in order else len(order) for v in (mention.value, other.value)]
    return rank[0] < rank[1]


def _for_a_while(doc: Doc, mention: Mention) -> bool:
    """`for 90 days`, `a 90-day pause`."""
    span = span_of(doc, mention)
    before = doc[span.start - 1].lower_ if span.start else ""
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    return before in {"for", "of", "a", "the", "another", "to"} or after in lemmas("dates", "pauses")
