"""Whose goods a measure is on where its own sentence does not say: a choice among all that the article names.

An article speaks of few measures and names their partners once. Each set of countries that it names, everyone, and nobody are
candidates; what speaks for one is a feature, and what a feature is worth is a weight in `choices.toml`, which
`models/training/choices.py` fitted on this project's own corpus. The candidate of the greatest sum is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from spacy.tokens import Doc, Span

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mentions, smooth
from extractor.linking.tariffs.choices import (
    OPENING,
    Candidate,
    Features,
    Naming,
    Page,
    answers,
    apart_in_goods,
    apart_in_time,
    goes_on,
    same_rate,
    same_segment,
    same_sentence,
    situation,
)
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.phrases import words_for_everyone
from extractor.records import EntityType

IMPORTED = frozenset({"imported", "imports", "foreign", "import"})
_JOINED = re.compile(r"(?:'s?)?(?:, | and | or |, and | and the |, the | as well as | & )")


class Partners:
    """Chooses the partners of one article's measures."""

    def __init__(self, doc: Doc, local: Sequence[Measure], parties: Parties, home: str | None) -> None:
        """Notes where the article names whom.

        Args:
            doc: the article.
            local: its measure mentions, as their sentences give them.
            parties: who is who.
            home: code of the article's own country.
        """
        self.doc, self.local, self.parties, self.home = doc, local, parties, home
        self.page = Page(doc, local)

    def chosen(self, measure: Measure, earlier: Sequence[Measure]) -> Candidate:
        """The best candidate; nobody where all are equal."""
        return max(self.candidates(measure, earlier), key=lambda c: c.score("partners"))

    def candidates(self, measure: Measure, earlier: Sequence[Measure]) -> list[Candidate]:
        """Nobody, everyone where words say so, and each set of countries that the article names, less the imposer's own."""
        assert measure.imposer is not None
        own = measure.imposer.code
        out = [Candidate(features=dict(self._for_nobody(measure)))]
        here = self.page.of(measure.unit.head.idx)
        beside = {p.code for n in self.namings if n.sentence == here for p in n.parties} - {own}
        if beside:
            out[0].features["nobody beside others"] = 1.0
        if (everyone := self._everyone(measure, earlier)) is not None:
            out.append(Candidate(everyone=everyone, features=dict(self._for_everyone(measure, earlier))))
        places: dict[frozenset[str], list[Naming]] = {}
        for naming in self.namings:
            left = frozenset(p.code for p in naming.parties if p.code not in {own, *_territories(own)})
            if left:
                places.setdefault(left, []).append(naming)
        stated = {frozenset(p.code for p in m.targets): m.targets for m in self._stated(own)}
        for codes in stated:
            places.setdefault(codes, [])
        alone = {p.code for p in self.parties.only_other(measure.unit, measure.imposer)}
        for codes, found in places.items():
            if measure.rate is None and codes not in stated:
                continue  # `urged the U.S. to drop its tariffs`: who speaks of tariffs in general need not bear them
            parties = stated.get(codes) or tuple(p for p in found[0].parties if p.code in codes)
            features = dict(self._for_some(measure, earlier, codes, found))
            if beside and not beside & codes:
                features["beside others"] = 1.0
            if alone == codes:
                features["only other"] = 1.0
            if len(beside) > 1 and beside == codes:
                features["all beside"] = 1.0
            out.append(Candidate(parties=parties, features=features))
        return out

    # ------------------------------------------------------------ what the article says

    @cached_property
    def namings(self) -> list[Naming]:
        """All places that name countries, with those joined by `and` as one set and each by itself."""
        text = smooth(self.doc)
        out: list[Naming] = []
        run: list[tuple[Mention, Party]] = []
        for mention in mentions(self.doc, EntityType.COUNTRY, EntityType.GROUP):
            party = self.parties.of_mention(mention)
            if party is None:
                continue
            if run and not _JOINED.fullmatch(text, run[-1][0].end, mention.start):
                out += self._of_run(run)
                run = []
            run.append((mention, party))
        return out + self._of_run(run)

    def _of_run(self, run: Sequence[tuple[Mention, Party]]) -> list[Naming]:
        sets = [run] if len(run) < 2 else [run, *([one] for one in run)]
        return [n for some in sets if some and (n := self._naming(some)) is not None]

    def _naming(self, run: Sequence[tuple[Mention, Party]]) -> Naming | None:
        first = self.doc.char_span(run[0][0].start, run[0][0].end, alignment_mode="expand")
        segment = segment_at(self.doc, run[0][0].start)
        if first is None or segment is None or segment.kind is SegmentKind.DATELINE:
            return None
        unique = {p.code: p for _, p in run}
        return Naming(tuple(unique.values()), first.root, self.page.of(first.start_char), segment.start)

    @cached_property
    def _shares(self) -> Counter[str]:
        return Counter(p.code for n in self.namings if len(n.parties) == 1 for p in n.parties)

    def _stated(self, code: str) -> list[Measure]:
        """The mentions whose own sentences name the imposer and whose goods bear it."""
        return [m for m in self.page.imposed.get(code, []) if m.targets]

    def _everyone(self, measure: Measure, earlier: Sequence[Measure]) -> Span | None:
        """Words from which all countries may be meant: `imported`, `foreign`, or an earlier measure's `all countries`."""
        assert measure.imposer is not None
        for token in measure.unit.zone:
            if token.lower_ in IMPORTED:
                return self.doc[token.i : token.i + 1]
        for e in reversed(earlier):
            if e.everyone is not None and e.imposer is not None and e.imposer.code == measure.imposer.code:
                return e.everyone
        return words_for_everyone(measure.unit.sentence)

    # ------------------------------------------------------------ features

    def _for_nobody(self, measure: Measure) -> Features:
        yield "nobody", 1.0
        yield from ((f"nobody {name}", 1.0) for name in situation(measure))
        if measure.separate:
            yield "nobody separate", 1.0
        if measure.dates.effective is not None:
            yield "nobody dated", 1.0
        if any(t.lower_ in IMPORTED for t in measure.unit.zone):
            yield "nobody imported", 1.0

    def _for_everyone(self, measure: Measure, earlier: Sequence[Measure]) -> Features:
        assert measure.imposer is not None
        code = measure.imposer.code
        yield "everyone", 1.0
        yield from ((f"everyone {name}", 1.0) for name in situation(measure))
        if any(t.lower_ in IMPORTED for t in measure.unit.zone):
            yield "everyone imported", 1.0
        if words_for_everyone(measure.unit.sentence) is not None:
            yield "everyone in sentence", 1.0
        known = [e for e in earlier if e.imposer is not None and e.imposer.code == code and (e.targets or e.everyone is not None)]
        before = [e for e in known if e.everyone is not None]
        if before:
            yield "everyone stated", 1.0
        if before and known[-1] is before[-1]:
            yield "everyone last", 1.0
        if any(same_rate(e, measure) for e in before):
            yield "everyone same rate", 1.0

    def _for_some(self, measure: Measure, earlier: Sequence[Measure], codes: frozenset[str], found: Sequence[Naming]) -> Features:
        if len(codes) > 1:
            yield "several", 1.0
        yield from ((name, 1.0) for name in sorted(self._by_place(measure, found)))
        yield from self._by_measures(measure, earlier, codes)
        total = sum(n for c, n in self._shares.items() if measure.imposer is None or c != measure.imposer.code)
        yield "share", min((self._shares[c] for c in codes), default=0) / max(1, total)
        if self.home in codes:
            yield "home", 1.0

    def _by_place(self, measure: Measure, found: Sequence[Naming]) -> set[str]:
        """Where the countries are named, and how."""
        here = self.page.of(measure.unit.head.idx)
        segment = segment_at(self.doc, measure.unit.head.idx)
        names: set[str] = set()
        for n in found:
            how = self.page.how(n)
            if n.sentence == here:
                side = "before" if n.root.i < measure.unit.start else "behind"
                names |= {f"same sentence {side}", *(f"same sentence {h}" for h in how)}
            elif n.sentence == here - 1:
                names |= {"sentence before", *(f"sentence before {h}" for h in how)}
            elif segment is not None and n.segment == segment.start:
                names.add("paragraph")
            if self.page.is_title(n):
                names |= {"title", *(f"title {h}" for h in how)}
            elif n.root.idx < OPENING and n.sentence < here - 1:
                names |= {"opening", *(f"opening {h}" for h in how)}
            if n.sentence > here:
                names.add("later")
        if found and all(n.sentence > here for n in found):
            names.add("only later")
        return names

    def _by_measures(self, measure: Measure, earlier: Sequence[Measure], codes: frozenset[str]) -> Features:
        """What other measures of the article say of the countries."""
        assert measure.imposer is not None
        own = measure.imposer.code
        stated = self._stated(own)
        of_these = [m for m in stated if frozenset(p.code for p in m.targets) == codes]
        if of_these:
            yield "stated", 1.0
            yield "stated share", len(of_these) / len(stated)
            if len(of_these) == len(stated):
                yield "only stated", 1.0
        if any(same_rate(m, measure) for m in of_these):
            yield "same rate", 1.0
        goods = {p.entity for p in measure.products}
        if goods and any(goods & {p.entity for p in m.products} for m in of_these):
            yield "same goods", 1.0
        if any(m.instrument is measure.instrument for m in of_these):
            yield "same instrument", 1.0
        elif of_these:
            yield "other instrument", 1.0
        if apart_in_goods(measure, of_these):
            yield "other goods", 1.0
        if apart_in_time(measure, of_these):
            yield "other time", 1.0
        before = [e for e in earlier if e.imposer is not None and e.imposer.code == own and (e.targets or e.everyone is not None)]
        if before and frozenset(p.code for p in before[-1].targets) == codes:
            last = before[-1]
            yield "last", 1.0
            yield from ((f"last {name}", 1.0) for name in situation(measure))
            if same_sentence(last, measure):
                yield "last in sentence", 1.0
                if goes_on(last, measure):
                    yield "last goes on", 1.0
            elif same_segment(measure, last):
                yield "last in paragraph", 1.0
        mates = [e for e in earlier if same_sentence(e, measure) and frozenset(p.code for p in e.targets) == codes]
        if any(e.imposer is not None and e.imposer.code != own for e in mates):
            yield "shared in sentence", 1.0  # `Thailand's 12% on Korean phones is higher than Vietnam's 4%`
        if any((code, own) in self.page.pairs for code in codes):
            yield "imposes back", 1.0
            if answers(measure):
                yield "imposes back answered", 1.0


def _territories(code: str) -> frozenset[str]:
    """A country's customs territories, which it does not tax as foreign: Hong Kong and Macau are China's."""
    return TERRITORIES.get(code, frozenset())


TERRITORIES = {"CN": frozenset({"HK", "MO"}), "US": frozenset({"PR", "GU", "VI"})}
