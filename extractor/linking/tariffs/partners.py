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

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mentions, smooth
from extractor.linking.tariffs.choices import (
    OPENING,
    Candidate,
    Features,
    Naming,
    Page,
    answers,
    behind,
    best,
    likeness,
    same_rate,
    situation,
)
from extractor.linking.tariffs.measures import Measure, goes_on, same_sentence
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.phrases import words_for_everyone
from extractor.records import EntityType, LawValue

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
        self._sets: dict[str, dict[frozenset[str], list[Naming]]] = {}

    def chosen(self, measure: Measure, earlier: Sequence[Measure]) -> Candidate:
        """The best candidate; nobody where all are equal."""
        return best(self.candidates(measure, earlier), "partners")

    def spared(self, measure: Measure) -> Token | None:
        """`a 25% tariff on steel, with exemptions for Canada`: whom its sentence spares shows that it is on several countries.

        So no country of another sentence is meant alone.
        """
        here = self.page.sentence(measure.unit.head.idx)
        return next((n.root for n in self.namings if n.sentence == here and "spared" in self.page.how(n)), None)

    def candidates(self, measure: Measure, earlier: Sequence[Measure]) -> list[Candidate]:
        """Nobody, everyone where words say so, and each set of countries that the article names, less the imposer's own."""
        assert measure.imposer is not None
        own = measure.imposer.code
        before = [e for e in earlier if e.imposer is not None and e.imposer.code == own and (e.targets or e.everyone is not None)]
        mates = [e for e in earlier if same_sentence(e, measure) and e.imposer is not None and e.imposer.code != own]
        shared = {frozenset(p.code for p in e.targets) for e in mates}
        here = self.page.sentence(measure.unit.head.idx)
        beside = {p.code for n in self.namings if n.sentence == here for p in n.parties} - {own}
        alone = {p.code for p in self.parties.only_other(measure.unit, measure.imposer)}
        imported = next((t for t in measure.unit.zone if t.lower_ in IMPORTED), None)
        nobody = dict(self._for_nobody(measure, earlier))
        if imported is not None:
            nobody["nobody imported"] = 1.0
        if beside:
            nobody["nobody beside others"] = 1.0
        out = [Candidate(features=nobody)]
        if (everyone := self._everyone(measure, before, imported)) is not None:
            features = dict(self._for_everyone(measure, before))
            if imported is not None:
                features["everyone imported"] = 1.0
            out.append(Candidate(everyone=everyone, features=features))
        stated = {frozenset(p.code for p in m.targets): m.targets for m in self._stated(own)}
        for codes, found in self._places(own).items():
            if measure.rate is None and codes not in stated:
                continue  # `urged the U.S. to drop its tariffs`: who speaks of tariffs in general need not bear them
            parties = stated.get(codes) or tuple(p for p in found[0].parties if p.code in codes)
            features = dict(self._for_some(measure, before, codes, found))
            if codes in shared:
                features["shared in sentence"] = 1.0  # `Thailand's 12% on Korean phones is higher than Vietnam's 4%`
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
        return Naming(tuple(unique.values()), first.root, self.page.sentence(first.start_char), segment.start)

    @cached_property
    def _shares(self) -> Counter[str]:
        return Counter(p.code for n in self.namings if len(n.parties) == 1 for p in n.parties)

    def _stated(self, code: str) -> list[Measure]:
        """The mentions whose own sentences name the imposer and whose goods bear it."""
        return [m for m in self.page.imposed.get(code, []) if m.targets]

    def _places(self, own: str) -> dict[frozenset[str], list[Naming]]:
        """Each set of countries that an imposer's measure may be on -> where the article names it; the stated ones last."""
        if own not in self._sets:
            ours = {own} | TERRITORIES.get(own, frozenset())
            found: dict[frozenset[str], list[Naming]] = {}
            for naming in self.namings:
                if left := frozenset(p.code for p in naming.parties) - ours:
                    found.setdefault(left, []).append(naming)
            for measure in self._stated(own):
                found.setdefault(frozenset(p.code for p in measure.targets), [])
            self._sets[own] = found
        return self._sets[own]

    def _everyone(self, measure: Measure, before: Sequence[Measure], imported: Token | None) -> Span | None:
        """Words from which all countries may be meant: `imported`, `foreign`, or an earlier measure's `all countries`."""
        if imported is not None:
            return self.doc[imported.i : imported.i + 1]
        stated = next((e.everyone for e in reversed(before) if e.everyone is not None), None)
        return stated if stated is not None else words_for_everyone(measure.unit.sentence)

    # ------------------------------------------------------------ features

    def _for_nobody(self, measure: Measure, earlier: Sequence[Measure]) -> Features:
        yield "nobody", 1.0
        ours = [
            e for e in earlier if e.imposer is not None and measure.imposer is not None and e.imposer.code == measure.imposer.code
        ]
        open_ = [e for e in ours if not e.targets and e.everyone is None and not e.excluded]
        if ours and open_ and ours[-1] is open_[-1]:
            yield from ((f"nobody {name}", value) for name, value in behind(measure, ours[-1]))
        if any(same_rate(e, measure) for e in open_):
            yield "nobody same rate", 1.0
        yield from ((f"nobody {name}", value) for name, value in likeness(measure, open_))
        with_partners = [e for e in ours if e.targets]
        if with_partners and not any(same_rate(e, measure) for e in ours) and measure.rate is not None:
            yield "nobody fresh rate", 1.0
        yield from ((f"nobody against {name}", value) for name, value in likeness(measure, with_partners))
        law = measure.law.value if measure.law is not None else None
        if isinstance(law, LawValue) and law.code:
            yield f"nobody {law.code}", 1.0
        yield from ((f"nobody {name}", 1.0) for name in situation(measure))
        if measure.separate:
            yield "nobody separate", 1.0
        if measure.dates.effective is not None:
            yield "nobody dated", 1.0

    def _for_everyone(self, measure: Measure, before: Sequence[Measure]) -> Features:
        yield "everyone", 1.0
        yield from ((f"everyone {name}", 1.0) for name in situation(measure))
        if words_for_everyone(measure.unit.sentence) is not None:
            yield "everyone in sentence", 1.0
        open_to_all = [e for e in before if e.everyone is not None]
        if open_to_all:
            yield "everyone stated", 1.0
        if open_to_all and before[-1] is open_to_all[-1]:
            yield "everyone last", 1.0
        if any(same_rate(e, measure) for e in open_to_all):
            yield "everyone same rate", 1.0
        yield from ((f"everyone {name}", value) for name, value in likeness(measure, open_to_all))

    def _for_some(self, measure: Measure, before: Sequence[Measure], codes: frozenset[str], found: Sequence[Naming]) -> Features:
        if len(codes) > 1:
            yield "several", 1.0
        yield from ((name, 1.0) for name in sorted(self._by_place(measure, found)))
        yield from self._by_measures(measure, before, codes)
        total = sum(n for c, n in self._shares.items() if measure.imposer is None or c != measure.imposer.code)
        yield "share", min((self._shares[c] for c in codes), default=0) / max(1, total)
        if self.home in codes:
            yield "home", 1.0

    def _by_place(self, measure: Measure, found: Sequence[Naming]) -> set[str]:
        """Where the countries are named, and how."""
        here = self.page.sentence(measure.unit.head.idx)
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

    def _by_measures(self, measure: Measure, before: Sequence[Measure], codes: frozenset[str]) -> Features:
        """What other measures of the article say of the countries; those before are the imposer's."""
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
        yield from likeness(measure, of_these)
        if before and frozenset(p.code for p in before[-1].targets) == codes:
            last = before[-1]
            yield from behind(measure, last)
            if same_sentence(last, measure) and goes_on(last, measure):
                yield "last goes on", 1.0
        if any((code, own) in self.page.pairs for code in codes):
            yield "imposes back", 1.0
            if answers(measure):
                yield "imposes back answered", 1.0


TERRITORIES = {"CN": frozenset({"HK", "MO"}), "US": frozenset({"PR", "GU", "VI"})}
"""Customs territories, which a country does not tax as foreign."""
