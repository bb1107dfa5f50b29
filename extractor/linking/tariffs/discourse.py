"""What other sentences give a measure that its own sentence leaves open: imposer, partners, instrument, status, dates.

Who imposes it, and whose goods it is on, are chosen among all that the article names (`imposers`, `partners`). Status, dates and
law of the sentence that introduces a list hold for its items; goods and kind of measure are taken up where the text licenses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from extractor.linking.statements.home import Home
from extractor.linking.tariffs.choices import by_deeds, introduction
from extractor.linking.tariffs.goods_carried import carried_goods, carried_instrument
from extractor.linking.tariffs.hanging import words
from extractor.linking.tariffs.imposers import Imposers
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.partners import Partners
from extractor.linking.tariffs.verbs import governors
from extractor.records import Instrument


class Discourse:
    """Fills the gaps of an article's measure mentions, in the order of the text."""

    def __init__(self, doc: Doc, local: Sequence[Measure], parties: Parties, issuer: Party | None) -> None:
        """Notes what the article states outright.

        Args:
            doc: the article.
            local: its measure mentions, as their sentences give them.
            parties: who is who.
            issuer: the government whose release it is, if it is one.
        """
        home = Home(doc).code
        self.local = local
        self.imposers = Imposers(doc, local, parties, home, issuer)
        self.partners = Partners(doc, local, parties, home)

    def resolved(self) -> list[Measure]:
        """The mentions with what the article gives them; `inherited` names the fields taken over."""
        out: list[Measure] = []
        for measure in self.local:
            found = self._imposer(measure, out)
            found = self._introduced(found, out)
            found = self._targets(found, out)
            found = replace(found, instrument=carried_instrument(found, out))
            if goods := carried_goods(found, out):
                found = with_field(found, "products", products=goods)
            out.append(found)
        return out

    def _imposer(self, measure: Measure, earlier: Sequence[Measure]) -> Measure:
        if measure.imposer is not None:
            return measure
        best = self.imposers.chosen(measure, earlier)
        return with_field(measure, "imposer", imposer=best.parties[0]) if best.parties else measure

    def _targets(self, measure: Measure, earlier: Sequence[Measure]) -> Measure:
        """Takes partners over, or the words that mean everyone."""
        closed = measure.targets or measure.everyone is not None or measure.excluded
        if closed or measure.imposer is None or measure.instrument in FOR_ALL or by_deeds(measure):
            return measure
        if (spared := self.partners.spared(measure)) is not None:
            everyone = _all_but(spared) if measure.products else None
            return with_field(measure, "targets", everyone=everyone) if everyone is not None else measure
        own = tuple(p for p in self.partners.parties.whose_own(measure.spans) if p.code != measure.imposer.code)
        if own:  # `accepted a 15% tariff on its exports`
            return with_field(measure, "targets", targets=own)
        best = self.partners.chosen(measure, earlier)
        return with_field(measure, "targets", targets=best.parties, everyone=best.everyone) if best.codes else measure

    def _introduced(self, measure: Measure, earlier: Sequence[Measure]) -> Measure:
        """Status, dates, law and partners of the sentence that introduces a list hold for its bare items: `Japan (25%)`."""
        intro = introduction(measure, earlier)
        if intro is None or measure.standing.explicit:
            return measure
        dates = measure.dates if measure.dates.effective else intro.dates
        measure = replace(measure, standing=intro.standing, dates=dates, law=measure.law or intro.law)
        if measure.targets or not intro.targets:
            return measure
        return with_field(measure, "targets", targets=intro.targets)


def _all_but(spared: Token) -> Span | None:
    """`while offering potential exemptions for Canada`: that goods of all others bear it, unless taken back."""
    told = spared.head.head if spared.dep_ == "pobj" else spared.head
    if any(g.lemma_.lower() in words("exemptions", "open") for g in (told.head, *governors(told.head))):
        return None
    first, last = sorted((told.i, spared.i))
    return spared.doc[first : last + 1]


FOR_ALL = frozenset({Instrument.DE_MINIMIS, Instrument.EXPORT_DUTY})
"""Instruments that have no partners unless their own sentence names them: a threshold, and what leaves a country."""


def with_field(measure: Measure, name: str, **fields: object) -> Measure:
    """The measure with a field taken over, and a note that it was."""
    return replace(measure, inherited=measure.inherited | {name}, **fields)  # type: ignore[arg-type]
