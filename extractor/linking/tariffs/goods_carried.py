"""Goods and kinds of measure that a mention takes over from what the article said before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.entities.layout import segment_at
from extractor.entities.mention import Mention, mentions, smooth
from extractor.lexicon import table
from extractor.linking.tariffs.goods import says_goods
from extractor.linking.tariffs.measures import Measure
from extractor.records import EntityType, Instrument

REMEDIES = frozenset({Instrument.ANTI_DUMPING, Instrument.COUNTERVAILING, Instrument.SAFEGUARD})
"""Measures that are on certain goods always."""
CARRIED = REMEDIES | {Instrument.EXPORT_DUTY}
"""Instruments that "the duty" takes up."""


def carried_goods(measure: Measure, earlier: Sequence[Measure]) -> tuple[Mention, ...]:
    """The goods of an earlier mention that a measure without goods is on.

    A trade remedy is on the goods of its case. A bare rate, or `the duty`, goes on with the measure before of the same imposer.
    """
    if measure.products or measure.everyone is not None or measure.instrument is Instrument.DE_MINIMIS:
        return ()
    if any(says_goods(span) for span in measure.spans) and not measure.definite:
        return ()
    before = [e for e in reversed(earlier) if e.products and _same_imposer(e, measure)]
    alike = [e for e in before if (e.instrument in REMEDIES) == (measure.instrument in REMEDIES)]
    if measure.instrument in REMEDIES:
        return alike[0].products if alike else _topic(measure.unit.doc)
    near = [e for e in alike if measure.is_near(e) and e.instrument is measure.instrument]
    if near and measure.rate is not None and (measure.bare or measure.definite) and not _named_since(measure, near[0], earlier):
        return near[0].products
    return ()


def _same_imposer(one: Measure, other: Measure) -> bool:
    return one.imposer is None or other.imposer is None or one.imposer.code == other.imposer.code


def _named_since(measure: Measure, source: Measure, earlier: Sequence[Measure]) -> bool:
    """Whether a blanket measure of the imposer stands between: `25% on steel … 10% on all goods … the 10% rate`."""
    between = earlier[next(i for i, e in enumerate(earlier) if e is source) + 1 :]
    blanket = [e for e in between if e.everyone is not None or any(says_goods(s) for s in e.spans)]
    return any(_same_imposer(e, measure) and not e.products for e in blanket)


def _topic(doc: Doc) -> tuple[Mention, ...]:
    """The goods that an article on a trade remedy names first."""
    return tuple(mentions(doc, EntityType.PRODUCT)[:1])


def carried_instrument(measure: Measure, earlier: Sequence[Measure]) -> Instrument:
    """The kind of measure that `the duty`, or a bare rate, takes up; its own where it says its kind, or is on other goods."""
    own = measure.instrument
    if own is not Instrument.IMPORT_TARIFF or not (measure.bare or measure.definite) or measure.imposer is None:
        return own
    if _says_import(measure):
        return own
    if _under_relief(measure):
        return Instrument.SAFEGUARD
    named = {p.entity for p in measure.products}
    kinds = [e.instrument for e in earlier if e.imposer and e.imposer.code == measure.imposer.code]
    if measure.definite and len(kinds) > 1 and set(kinds) <= REMEDIES:
        return max(kinds, key=kinds.count)  # an article on one case
    for other in reversed(earlier):
        if other.imposer is None or other.imposer.code != measure.imposer.code:
            continue
        if not measure.is_near(other):
            break
        goods = {p.entity for p in other.products}
        if named and goods and not named & goods and not _of_one_kind(measure, earlier):
            continue
        if other.instrument is Instrument.EXPORT_DUTY and _is_tariff(measure):
            return own
        return other.instrument if other.instrument in CARRIED else own
    return own


def _is_tariff(measure: Measure) -> bool:
    """Whether a mention calls itself a tariff and names other goods: exports pay duties, taxes and levies."""
    term = measure.unit.term
    return term is not None and term.noun == "tariff" and not measure.unit.shared and bool(measure.products)


def _of_one_kind(measure: Measure, earlier: Sequence[Measure]) -> bool:
    """Whether all that the article said so far of the imposer is one kind of measure, some of it in this paragraph."""
    kinds = {e.instrument for e in earlier if e.imposer and measure.imposer and e.imposer.code == measure.imposer.code}
    doc = measure.unit.doc
    here = segment_at(doc, measure.unit.head.idx)
    return len(kinds) == 1 and (measure.bare or any(segment_at(doc, e.unit.head.idx) == here for e in earlier))


_RELIEF = re.compile(r"\bsection 20[1-4]\b|\bescape clause\b|\bimport relief\b")


def _under_relief(measure: Measure) -> bool:
    """Whether the words before the rate invoke the American law of safeguards, sections 201 to 204 of the Trade Act of 1974."""
    head = measure.unit.head.idx
    return measure.rate is not None and _RELIEF.search(smooth(measure.unit.doc)[max(0, head - CASE) : head].lower()) is not None


CASE = 600
"""Characters before a rate in which the law or case that it comes from may be named."""


def _says_import(measure: Measure) -> bool:
    """Whether a term says that it is an ordinary duty: `the basic customs duty`, `the import tax`."""
    term = measure.unit.term
    if term is None or measure.unit.shared:
        return False
    doc = measure.unit.doc
    first = max(measure.unit.sentence.start, term.start - 2)
    low = smooth(doc)[doc[first].idx : doc[term.head].idx].lower()
    return any(word in low for word in table("measures")["instruments"]["ordinary"])
