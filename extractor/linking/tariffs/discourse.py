"""What other sentences give a measure that its own sentence leaves open: imposer, partners, instrument, status, dates.

An article speaks of few measures, and names their parties once. A mention takes a party over where the text licenses it: it
goes on in the same sentence, stands in a list that a sentence introduces, is taken up by a determiner or pronoun ("the levy",
"it"), has no tariff word of its own ("20% on pet food"), or the whole article knows just one country that it could be. Nothing
else is filled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import span_of
from extractor.entities.terms import words
from extractor.linking.statements.home import Home
from extractor.linking.tariffs.goods_carried import carried_goods, carried_instrument
from extractor.linking.tariffs.measures import NEAR, Measure
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Instrument

DOMINANT = 0.66
"""Share of an article's stated imposers from which one may be taken over."""
OPENING = 1000
"""Characters of a headline and lead, which tell what an article is about."""


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
        self.doc, self.local, self.parties, self.issuer = doc, local, parties, issuer
        self.home = Home(doc)
        self.stated = Counter(m.imposer.code for m in local if m.imposer is not None)
        self.partners: dict[str, set[frozenset[str]]] = {}
        for m in local:
            if m.imposer is not None and (m.targets or m.everyone is not None):
                self.partners.setdefault(m.imposer.code, set()).add(frozenset(p.code for p in m.targets) or EVERYONE)

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

    # ------------------------------------------------------------ imposers

    def _imposer(self, measure: Measure, earlier: Sequence[Measure]) -> Measure:
        """Takes an imposer over; it never becomes its own target."""
        if measure.imposer is not None:
            return measure
        own = codes(measure)
        for party in self._imposers(measure, earlier):
            if party is not None and party.code not in own:
                return with_field(measure, "imposer", imposer=party)
        return measure

    def _imposers(self, measure: Measure, earlier: Sequence[Measure]) -> Iterator[Party | None]:
        """Candidates, the best licensed first."""
        own = codes(measure)
        known = [e for e in reversed(earlier) if e.imposer is not None and e.imposer.code not in own and measure.is_near(e)]
        yield from (e.imposer for e in known if same_sentence(e, measure))
        if (intro := introduction(measure, earlier)) is not None:
            yield intro.imposer
        if measure.rate is not None:
            alike = [e for e in known if e.rate is not None and e.rate.percent == measure.rate.percent]
            yield from (e.imposer for e in alike if agree(own, codes(e)))
        if not measure.definite and (topic := self.parties.topic(measure.unit)) is not None:
            yield topic
        if measure.bare:
            yield from (e.imposer for e in known[:1])
        yield self.issuer
        agreeing = [e for e in known if own and own & codes(e)]
        for candidate in (*agreeing, *known):
            assert candidate.imposer is not None
            if self._dominates(candidate.imposer.code) or (measure.definite and same_segment(measure, candidate)):
                yield candidate.imposer
        if self.stated and self._dominates(self.stated.most_common(1)[0][0]):
            code = self.stated.most_common(1)[0][0]
            yield next(m.imposer for m in self.local if m.imposer is not None and m.imposer.code == code)
        yield self._own_government(measure)

    def _own_government(self, measure: Measure) -> Party | None:
        """`NEW DELHI: The government raised the duty on …`: the home country, if no other imposes."""
        code = self.home.code
        if code is None or (self.stated and set(self.stated) != {code}):
            return None
        doer = self.parties.actor_noun(measure.unit)
        if doer is None or not self.parties.governs(doer):
            return None
        return Party(code, doer.idx, doer.idx + len(doer))

    def _dominates(self, code: str) -> bool:
        return self.stated[code] >= DOMINANT * max(1, sum(self.stated.values()))

    # ------------------------------------------------------------ partners

    def _targets(self, measure: Measure, earlier: Sequence[Measure]) -> Measure:
        """Takes partners over, or the words that mean everyone."""
        closed = measure.targets or measure.everyone is not None or measure.excluded
        if closed or measure.imposer is None or measure.instrument is Instrument.DE_MINIMIS:
            return measure
        source = next(self._target_sources(measure, earlier), None)
        if source is None:
            return self._sole_in_sentence(measure)
        return with_field(measure, "targets", targets=source.targets, everyone=source.everyone if not source.targets else None)

    def _target_sources(self, measure: Measure, earlier: Sequence[Measure]) -> Iterator[Measure]:
        assert measure.imposer is not None
        code = measure.imposer.code
        if measure.separate:
            return
        same = [
            e
            for e in reversed(earlier)
            if e.imposer is not None
            and e.imposer.code == code
            and (e.targets or e.everyone is not None)
            and measure.is_near(e)
            and measure.instrument in {Instrument.IMPORT_TARIFF, e.instrument}
        ]
        yield from (e for e in same if same_sentence(e, measure) and measure.rate is not None and goes_on(e, measure))
        if measure.bare:
            yield from same[:1]
        if measure.definite and not bears_on_goods(measure):
            yield from (e for e in same if measure.rate is None or e.rate is None or e.rate.percent == measure.rate.percent)
        if measure.rate is not None and self._is_topic(code):
            yield from (
                m for m in self._stated_on_partners(code) if measure.instrument in {Instrument.IMPORT_TARIFF, m.instrument}
            )

    def _is_topic(self, code: str) -> bool:
        """Whether the article is about one pair: all that it states of the imposer is on one partner, and it opens with that."""
        if len(self.partners.get(code, ())) != 1:
            return False
        stated = self._stated_on_partners(code)
        return len(stated) > 2 or self.issuer is not None or any(m.unit.head.idx < OPENING for m in stated)

    def _stated_on_partners(self, code: str) -> list[Measure]:
        """The mentions whose own sentences name the imposer and whose goods bear it."""
        return [m for m in self.local if m.imposer is not None and m.imposer.code == code and m.targets]

    def _sole_in_sentence(self, measure: Measure) -> Measure:
        """A rate without bearer takes the only other country of its sentence."""
        if measure.rate is None or bears_on_goods(measure) or measure.imposer is None or _by_deeds(measure):
            return measure
        others = self.parties.only_other(measure.unit, measure.imposer)
        return with_field(measure, "targets", targets=tuple(others)) if others else measure

    # ------------------------------------------------------------ the rest

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


EVERYONE = frozenset({"*"})


def with_field(measure: Measure, name: str, **fields: object) -> Measure:
    """The measure with a field taken over, and a note that it was."""
    return replace(measure, inherited=measure.inherited | {name}, **fields)  # type: ignore[arg-type]


def bears_on_goods(measure: Measure) -> bool:
    """Whether the words that say what a measure is on name goods."""
    return any(s.start_char <= p.start < s.end_char for s in measure.spans for p in measure.products)


def _by_deeds(measure: Measure) -> bool:
    """Whether partners are told by what they do, which names none: `on buyers of Russian gas`, `nations that trade with Iran`."""
    for span in measure.spans:
        for token in span:
            behaving = token.lemma_.lower() in lemmas("parties", "behaving")
            if behaving or (token.dep_ == "relcl" and token.head.lemma_.lower() in lemmas("roles", "partners")):
                return True
    return False


def codes(measure: Measure) -> set[str]:
    """Codes of a measure's targets."""
    return {p.code for p in measure.targets}


def agree(own: set[str], other: set[str]) -> bool:
    """Whether two sets of targets do not contradict each other."""
    return not own or not other or bool(own & other)


def same_sentence(one: Measure, other: Measure) -> bool:
    """Whether two mentions stand in one sentence."""
    return one.unit.sentence.start == other.unit.sentence.start


def same_segment(measure: Measure, other: Measure) -> bool:
    """Whether two mentions stand in one paragraph."""
    doc = measure.unit.doc
    return segment_at(doc, measure.unit.head.idx) == segment_at(doc, other.unit.head.idx)


def in_list(measure: Measure) -> bool:
    """Whether a mention is a list item."""
    segment = segment_at(measure.unit.doc, measure.unit.head.idx)
    return segment is not None and segment.kind is SegmentKind.LIST_ITEM


def introduction(measure: Measure, earlier: Sequence[Measure]) -> Measure | None:
    """The mention before a list that a bare item goes on with: a dated one, else the nearest."""
    if measure.unit.term is not None or not in_list(measure):
        return None
    first = _start_of_list(measure)
    outside = [e for e in reversed(earlier) if not in_list(e) and first - e.unit.head.idx <= NEAR]
    dated = [e for e in outside if e.dates.effective is not None and e.standing.explicit]
    return next(iter(dated or [e for e in outside if e.standing.explicit]), None)


def _start_of_list(measure: Measure) -> int:
    """Where the list begins that a mention is an item of."""
    segments = measure.unit.doc._.segments
    at = next(i for i, s in enumerate(segments) if s.start <= measure.unit.head.idx < s.end)
    while at > 0 and segments[at - 1].kind is SegmentKind.LIST_ITEM:
        at -= 1
    return int(segments[at].start)


def goes_on(first: Measure, second: Measure) -> bool:
    """Whether a second unit goes on with the first: `25% on steel and 10% on aluminium`, `would double that to 20%`."""
    doc = first.unit.doc
    if any(
        t.lemma_.lower() in words("rate_context", "anaphors") and t.pos_ == "PRON"
        for t in doc[max(0, second.unit.start - 3) : second.unit.start]
    ):
        return True
    edge = span_of(doc, first.unit.rate).end if first.unit.rate else max(first.unit.head.i, first.unit.start)
    low, high = sorted((edge, second.unit.start))
    return not any(t.pos_ in {"VERB", "AUX"} and t.tag_ not in {"VBN", "VBG"} for t in doc[low:high])
