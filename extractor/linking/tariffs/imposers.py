"""Who imposes a measure where its own sentence does not say: a choice among all parties that the article names.

As `partners` for whose goods it is on: nobody and each jurisdiction are candidates, features speak for them, and their weights
(`choices.toml`) were fitted by `models/training/choices.py` on this project's own corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from spacy.tokens import Doc

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mentions
from extractor.linking.tariffs.choices import (
    OPENING,
    Candidate,
    Features,
    Naming,
    Page,
    answers,
    apart_in_goods,
    apart_in_time,
    introduction,
    same_rate,
    same_segment,
    same_sentence,
    situation,
)
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.party_names import ACTORS
from extractor.records import EntityType


class Imposers:
    """Chooses the imposers of one article's measures."""

    def __init__(self, doc: Doc, local: Sequence[Measure], parties: Parties, home: str | None, issuer: Party | None) -> None:
        """Notes where the article names whom.

        Args:
            doc: the article.
            local: its measure mentions, as their sentences give them.
            parties: who is who.
            home: code of the article's own country.
            issuer: the government whose release it is, if it is one.
        """
        self.doc, self.local, self.parties, self.home, self.issuer = doc, local, parties, home, issuer
        self.page = Page(doc, local)
        self.stated = Counter(m.imposer.code for m in local if m.imposer is not None)

    def chosen(self, measure: Measure, earlier: Sequence[Measure]) -> Candidate:
        """The best candidate; nobody where all are equal."""
        return max(self.candidates(measure, earlier), key=lambda c: c.score("imposers"))

    def candidates(self, measure: Measure, earlier: Sequence[Measure]) -> list[Candidate]:
        """Nobody, and each jurisdiction that the article names and that is none of the measure's targets."""
        own = {p.code for p in (*measure.targets, *measure.excluded)}
        intro = introduction(measure, earlier)
        out = [Candidate(features={"nobody": 1.0, **{f"nobody {name}": 1.0 for name in situation(measure)}})]
        for code, places in self._named(measure).items():
            features = dict(self._features(measure, earlier, intro, code, places))
            if code not in own and _is_licensed(features):
                out.append(Candidate(parties=(places[0][1],), features=features))
        return out

    @cached_property
    def places(self) -> dict[str, list[tuple[Naming, Party, Mention | None]]]:
        """Code -> all places that name the jurisdiction, by a country, a body or a person."""
        out: dict[str, list[tuple[Naming, Party, Mention | None]]] = {}
        for mention in mentions(self.doc, *ACTORS):
            party = self.parties.of_mention(mention)
            segment = segment_at(self.doc, mention.start)
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if party is None or span is None or segment is None:
                continue
            if segment.kind in {SegmentKind.DATELINE, SegmentKind.BYLINE, SegmentKind.CREDIT}:
                continue
            naming = Naming((party,), span.root, self.page.of(mention.start), segment.start)
            out.setdefault(party.code, []).append((naming, party, mention))
        return out

    def _named(self, measure: Measure) -> dict[str, list[tuple[Naming, Party, Mention | None]]]:
        """The parties that the article names, and its own government: `NEW DELHI: The government raised the duty on …`."""
        doer = self.parties.actor_noun(measure.unit)
        if self.home is None or self.home in self.places or doer is None or not self.parties.governs(doer):
            return self.places
        party = Party(self.home, doer.idx, doer.idx + len(doer))
        naming = Naming((party,), doer, self.page.of(doer.idx), self._segment(measure))
        return {**self.places, self.home: [(naming, party, None)]}

    # ------------------------------------------------------------ features

    def _features(
        self,
        measure: Measure,
        earlier: Sequence[Measure],
        intro: Measure | None,
        code: str,
        places: Sequence[tuple[Naming, Party, Mention | None]],
    ) -> Iterator[tuple[str, float]]:
        yield from ((name, 1.0) for name in sorted(self._by_place(measure, places)))
        yield from self._by_measures(measure, earlier, intro, code)
        total = sum(len(found) for found in self.places.values())
        yield "share", len(places) / max(1, total)
        if code == self.home:
            yield "home", 1.0
            doer = self.parties.actor_noun(measure.unit)
            if doer is not None and self.parties.governs(doer):
                yield "home governs", 1.0
        if self.issuer is not None and code == self.issuer.code:
            yield "issuer", 1.0
        topic = self.parties.topic(measure.unit)
        if topic is not None and topic.code == code:
            yield "topic", 1.0
            if not measure.definite:
                yield "topic of indefinite", 1.0

    def _by_place(self, measure: Measure, places: Sequence[tuple[Naming, Party, Mention | None]]) -> set[str]:
        here = self.page.of(measure.unit.head.idx)
        names: set[str] = set()
        for naming, _, mention in places:
            how = self.page.how(naming)
            kind = "actor" if mention is None or mention.type in {EntityType.PERSON, EntityType.AGENCY} else "country"
            if naming.sentence == here:
                side = "before" if naming.root.i < measure.unit.start else "behind"
                names |= {f"same sentence {side}", f"same sentence {kind}", *(f"same sentence {h}" for h in how)}
            elif naming.sentence == here - 1:
                names |= {"sentence before", f"sentence before {kind}", *(f"sentence before {h}" for h in how)}
            elif naming.segment == self._segment(measure):
                names.add("paragraph")
            if self.page.is_title(naming):
                names |= {"title", *(f"title {h}" for h in how)}
            elif naming.root.idx < OPENING:
                names |= {"opening", *(f"opening {h}" for h in how)}
        if all(naming.sentence > here for naming, *_ in places):
            names.add("only later")
        return names

    def _segment(self, measure: Measure) -> int:
        segment = segment_at(self.doc, measure.unit.head.idx)
        return segment.start if segment else -1

    def _by_measures(self, measure: Measure, earlier: Sequence[Measure], intro: Measure | None, code: str) -> Features:
        """What other measures of the article say of the jurisdiction."""
        of_this = self.page.imposed.get(code, [])
        if of_this:
            yield "imposes", 1.0
            yield "share of imposers", self.stated[code] / sum(self.stated.values())
            if len(self.stated) == 1:
                yield "only imposer", 1.0
        before = [e for e in earlier if e.imposer is not None]
        if before and before[-1].imposer is not None and before[-1].imposer.code == code:
            last = before[-1]
            yield "last", 1.0
            yield from ((f"last {name}", 1.0) for name in situation(measure))
            if same_sentence(last, measure):
                yield "last in sentence", 1.0
            elif same_segment(measure, last):
                yield "last in paragraph", 1.0
        if intro is not None and intro.imposer is not None and intro.imposer.code == code:
            yield "introduces", 1.0
        if measure.rate is not None and any(same_rate(e, measure) for e in before if e.imposer and e.imposer.code == code):
            yield "same rate", 1.0
        own = {p.code for p in measure.targets}
        if own and any(own & {p.code for p in m.targets} for m in of_this):
            yield "same partners", 1.0
        goods = {p.entity for p in measure.products}
        if goods and any(goods & {p.entity for p in m.products} for m in of_this):
            yield "same goods", 1.0
        if any(m.instrument is measure.instrument for m in of_this):
            yield "same instrument", 1.0
        elif of_this:
            yield "other instrument", 1.0
        if apart_in_goods(measure, of_this):
            yield "other goods", 1.0
        if apart_in_time(measure, of_this):
            yield "other time", 1.0
        if code in self.page.targets:
            yield "is target", 1.0
        if any((each, code) in self.page.pairs for each in own):
            yield "strikes back", 1.0
            if answers(measure):
                yield "strikes back answered", 1.0


LICENCES = frozenset({"imposes", "issuer", "home", "topic", "introduces"})
ACTING = ("subject", "telling", "of government")
"""How one is named that does or tells something, at the end of a feature's name."""


def _is_licensed(features: dict[str, float]) -> bool:
    """Whether a party acts: it imposes something, is the article's own or its topic, or does or tells something.

    `The Dutch professor wrote` is no act of the Netherlands, and an embassy of Chad imposes nothing by being named.
    """
    return bool(LICENCES & features.keys()) or any(name.endswith(ACTING) and not name.endswith("of subject") for name in features)
