"""Who imposes a measure where its own sentence does not say: a choice among all parties that the article names.

As `partners` for whose goods it is on: nobody and each jurisdiction are candidates, features speak for them, and their weights
(`choices.toml`) were fitted by `models/training/choices.py` on this project's own corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import mentions
from extractor.linking.tariffs.choices import (
    OPENING,
    Candidate,
    Features,
    Naming,
    Page,
    answers,
    behind,
    best,
    introduction,
    likeness,
    same_rate,
    situation,
)
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.party_names import ACTORS
from extractor.records import EntityType


class Place(NamedTuple):
    """Where a jurisdiction is named, and whether by a person or body that acts for it."""

    naming: Naming
    actor: bool


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
        return best(self.candidates(measure, earlier), "imposers")

    def candidates(self, measure: Measure, earlier: Sequence[Measure]) -> list[Candidate]:
        """Nobody, and each jurisdiction that the article names and that is none of the measure's targets."""
        bearing = (*self.parties.bearers(measure.unit), *self.parties.whose_own(measure.spans))
        own = {p.code for p in (*measure.targets, *measure.excluded, *bearing)}
        before = [e for e in earlier if e.imposer is not None]
        places, marks = self._named(measure), self._marks(measure, earlier)
        total = sum(len(found) for found in self.places.values())
        out = [Candidate(features={"nobody": 1.0, **{f"nobody {name}": 1.0 for name in situation(measure)}})]
        for code, found in places.items():
            if code in own:
                continue
            features = dict.fromkeys(sorted(self._by_place(measure, found)), 1.0)
            features |= self._by_measures(measure, before, code)
            features["share"] = len(found) / max(1, total)
            features |= dict.fromkeys(marks.get(code, ()), 1.0)
            if _is_licensed(features):
                out.append(Candidate(parties=found[0].naming.parties, features=features))
        return out

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """Code -> all places that name the jurisdiction, by a country, a body or a person."""
        out: dict[str, list[Place]] = {}
        for mention in mentions(self.doc, *ACTORS):
            party = self.parties.of_mention(mention)
            segment = segment_at(self.doc, mention.start)
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if party is None or span is None or segment is None:
                continue
            if segment.kind in {SegmentKind.DATELINE, SegmentKind.BYLINE, SegmentKind.CREDIT}:
                continue
            naming = Naming((party,), span.root, self.page.sentence(mention.start), segment.start)
            actor = mention.type in {EntityType.PERSON, EntityType.AGENCY}
            out.setdefault(party.code, []).append(Place(naming, actor))
        return out

    def _named(self, measure: Measure) -> dict[str, list[Place]]:
        """The parties that the article names, and its own government: `NEW DELHI: The government raised the duty on …`."""
        doer = self._governing(measure)
        if self.home is None or self.home in self.places or doer is None:
            return self.places
        party = Party(self.home, doer.idx, doer.idx + len(doer))
        naming = Naming((party,), doer, self.page.sentence(doer.idx), self._segment(measure))
        return {**self.places, self.home: [Place(naming, actor=True)]}

    def _governing(self, measure: Measure) -> Token | None:
        """The noun that acts on the measure, if it names those who govern."""
        doer = self.parties.actor_noun(measure.unit)
        return doer if doer is not None and self.parties.governs(doer) else None

    def _segment(self, measure: Measure) -> int:
        segment = segment_at(self.doc, measure.unit.head.idx)
        return segment.start if segment else -1

    # ------------------------------------------------------------ features

    def _marks(self, measure: Measure, earlier: Sequence[Measure]) -> dict[str, list[str]]:
        """Code -> the features that at most one jurisdiction has: the article's own, its issuer, its topic, a list's."""
        out: dict[str, list[str]] = {}
        intro, topic = introduction(measure, earlier), self.parties.topic(measure.unit)
        if intro is not None and intro.imposer is not None:
            out.setdefault(intro.imposer.code, []).append("introduces")
        if self.home is not None:
            out.setdefault(self.home, []).extend(["home"] + ["home governs"] * (self._governing(measure) is not None))
        if self.issuer is not None:
            out.setdefault(self.issuer.code, []).append("issuer")
        if topic is not None:
            out.setdefault(topic.code, []).extend(["topic"] + ["topic of indefinite"] * (not measure.definite))
        return out

    def _by_place(self, measure: Measure, places: Sequence[Place]) -> set[str]:
        """Where the jurisdiction is named, and how."""
        here, paragraph = self.page.sentence(measure.unit.head.idx), self._segment(measure)
        names: set[str] = set()
        for naming, actor in places:
            how = self.page.how(naming)
            kind = "actor" if actor else "country"
            if naming.sentence == here:
                side = "before" if naming.root.i < measure.unit.start else "behind"
                names |= {f"same sentence {side}", f"same sentence {kind}", *(f"same sentence {h}" for h in how)}
            elif naming.sentence == here - 1:
                names |= {"sentence before", f"sentence before {kind}", *(f"sentence before {h}" for h in how)}
            elif naming.segment == paragraph:
                names.add("paragraph")
            if self.page.is_title(naming):
                names |= {"title", *(f"title {h}" for h in how)}
            elif naming.root.idx < OPENING:
                names |= {"opening", *(f"opening {h}" for h in how)}
        if all(naming.sentence > here for naming, _ in places):
            names.add("only later")
        return names

    def _by_measures(self, measure: Measure, before: Sequence[Measure], code: str) -> Features:
        """What other measures of the article say of the jurisdiction; those before have an imposer each."""
        of_this = self.page.imposed.get(code, [])
        if of_this:
            yield "imposes", 1.0
            yield "share of imposers", self.stated[code] / sum(self.stated.values())
            if len(self.stated) == 1:
                yield "only imposer", 1.0
        if before and before[-1].imposer is not None and before[-1].imposer.code == code:
            yield from behind(measure, before[-1])
        if any(same_rate(e, measure) for e in before if e.imposer and e.imposer.code == code):
            yield "same rate", 1.0
        own = {p.code for p in measure.targets}
        if own and any(own & {p.code for p in m.targets} for m in of_this):
            yield "same partners", 1.0
        yield from likeness(measure, of_this)
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
