"""Measures told without a word of duty: acts of a sentence -> measure mentions -> groups beside those of duties.

An article that states a duty tells the same measure again in other words (`the retaliation`, `the probe`); such an act makes no
record of its own. An act makes one only where its sentence names who acts, and whose or which goods.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extractor.entities.layout import is_mute, segment_at
from extractor.entities.mention import Mention, mention_at, mentions, span_of
from extractor.entities.terms import Sense, Term, terms, words
from extractor.linking.tariffs.act_groups import Told
from extractor.linking.tariffs.act_nouns import Act, Kind, act_words, noun_acts
from extractor.linking.tariffs.act_status import standing_of
from extractor.linking.tariffs.act_verbs import exemptions, read_as_adjective, verb_acts
from extractor.linking.tariffs.dates import dates_of
from extractor.linking.tariffs.goods import trade_value
from extractor.linking.tariffs.goods_carried import REMEDIES
from extractor.linking.tariffs.laws import law_of
from extractor.linking.tariffs.measures import NEAR, Measure
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.phrases import complement, in_clause
from extractor.linking.tariffs.standing import Standing
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, EntityType, Instrument, Status
from extractor.syntax import SUBJECTS, agent, auxiliaries, is_passive, subject


class Acts(Parties):
    """The acts of one document, with who does them to whose goods."""

    def found(self, duties: Sequence[Measure] = ()) -> list[Told]:
        """All acts that make a measure, in the order of the text.

        Args:
            duties: the mentions of duties, which exemptions are from.
        """
        of_duties = bool(terms(self.doc))
        out: list[Told] = []
        for sentence in self.doc.sents:
            if is_mute(self.doc, sentence.start_char):
                continue
            for act in sorted((*noun_acts(sentence), *verb_acts(sentence)), key=lambda a: a.head.i):
                measure = _in_case(act, self._read(act, sentence), duties)
                if measure is not None and self._counts(act, measure, of_duties):
                    out += [(act, m) for m in (measure, *self._others(measure))]
            out += [t for act in exemptions(sentence) if (t := self._exempted(act, sentence, duties)) is not None]
        return out

    def _exempted(self, act: Act, sentence: Span, duties: Sequence[Measure]) -> Told | None:
        """An exemption from the duty told last before, within a few paragraphs."""
        measure = self._read(act, sentence)
        at = act.head.idx
        before = [d for d in duties if d.imposer is not None and 0 < at - d.unit.head.idx <= LEFT_OUT]
        if measure is None or not before:
            return None
        imposer = before[-1].imposer
        targets = tuple(p for p in measure.targets if imposer is not None and p.code != imposer.code)
        if not (targets or measure.products):
            return None
        told = Standing(Action.EXEMPT, measure.standing.status, (act.head,))
        future = {"will", "would", "to", "'ll"} & set(auxiliaries(act.head))
        if told.status in {Status.IN_FORCE, Status.UNKNOWN, Status.ENDED} or future:
            told = replace(told, status=Status.ANNOUNCED if future else Status.IN_FORCE)
        instrument = before[-1].instrument
        return act, replace(measure, imposer=imposer, targets=targets, instrument=instrument, standing=told)

    def _read(self, act: Act, sentence: Span) -> Measure | None:
        unit = Unit(
            sentence, Term(act.start, act.head.i + 1, act.head.i, act.kind, Sense.TRADE), None, None, act.start, sentence.end
        )
        verb = act.head if act.head.pos_ in {"VERB", "AUX"} else self.verb(unit)
        spans = list(act.spans) or self._struck_spans(unit)
        imposer, inferred = self._doing(act, unit, verb, spans)
        act = self._directed(act, imposer, spans)
        law = law_of(unit)
        targets = [p for p in self._on(act, unit, spans) if imposer is None or p.code != imposer.code]
        if not targets and imposer is not None and act.kind is Kind.BAN and not act.export:
            targets = [p for span in spans for p in self._places_of_origin(span) if p.code != imposer.code]
            if not targets and self._from_place(spans):
                targets = self.only_other(unit, imposer)
        goods = self._goods(act, unit, spans)
        if act.foreign and not (targets and goods):
            return None
        return Measure(
            unit=unit,
            imposer=imposer,
            targets=tuple(targets),
            excluded=(),
            everyone=None,
            products=tuple(goods),
            instrument=_under_law(act, law),
            standing=standing_of(act, unit, verb),
            dates=dates_of(unit, verb),
            trade_value=trade_value(unit, spans),
            law=law,
            condition=None,
            spans=tuple(spans),
            inherited=frozenset({"imposer"}) if inferred else frozenset(),
        )

    def _from_place(self, spans: Sequence[Span]) -> bool:
        """`beef from Queensland`: whether goods come from a place that is no country."""
        return any(
            t.lower_ == "from" and any(p.ent_type_ in {"GPE", "LOC"} for p in t.subtree) and not self.within(t.subtree)
            for span in spans
            for t in span
        )

    def _others(self, measure: Measure) -> Iterator[Measure]:
        """`Poland, Hungary and Slovakia banned Ukrainian grain`: the same act of those who are named beside the first."""
        span = self.doc.char_span(measure.imposer.start, measure.imposer.end) if measure.imposer else None
        if span is None or span.root.pos_ != "PROPN" or span.root.dep_ not in SUBJECTS:
            return
        taken = {p.code for p in (measure.imposer, *measure.targets) if p is not None}
        for token in span.root.conjuncts:
            party = self.of_token(token) if token.pos_ == "PROPN" else None
            if party is not None and party.code not in taken:
                yield replace(measure, imposer=party)

    def _directed(self, act: Act, imposer: Party | None, spans: Sequence[Span]) -> Act:
        """`Japan will curb Japanese exports to Fiji`: goods of who acts that go to another country leave his own."""
        if act.kind is not Kind.BAN or act.export or imposer is None:
            return act
        named = [(p, _led_by(span, p, GOALS)) for span in spans for p in self.within(span)]
        own = any(p.code == imposer.code and not to for p, to in named)
        return replace(act, export=own and any(to and p.code != imposer.code for p, to in named))

    def _counts(self, act: Act, measure: Measure, of_duties: bool) -> bool:
        """Whether who acts is told, and on whose or which goods, of an act of trade that is said to happen."""
        if measure.imposer is None or not (measure.targets or measure.products or act.instrument is Instrument.DE_MINIMIS):
            return False
        if "imposer" in measure.inherited and not (measure.standing.explicit and (measure.products or measure.targets)):
            return False
        on_goods = any(t.lemma_.lower() in words("context", "flows") for span in measure.spans for t in span)
        if act.loose and not (measure.products or of_duties or on_goods):
            return False
        if any(t.lower_ in {"any", "no"} for noun in (act.head, act.head.head) for t in noun.lefts if noun.pos_ == "NOUN"):
            return False
        if act.kind is Kind.PREFERENCE:
            return measure.standing.action in {Action.REMOVE, Action.SUSPEND, Action.RESTORE, Action.EXTEND}
        if act.kind is Kind.RETALIATION:
            return bool(measure.targets) or bool(measure.products)
        return True

    # ------------------------------------------------------------ who

    def _doing(self, act: Act, unit: Unit, verb: Token | None, spans: Sequence[Span]) -> tuple[Party | None, bool]:
        """Who acts, and whether only the sentences before say so."""
        found = self._actor_of(verb) if act.head is verb and verb is not None else self._of_noun(act, unit, verb)
        bearers = {p.code for p in self._on(act, unit, spans)} if found is None else set()
        found = found or self._filer(act, verb) or self._goal(act, spans)
        if found is not None:
            return found, False
        topic = self.topic(unit)
        return (topic, True) if topic is not None and topic.code not in bearers else (None, False)

    def _actor_of(self, verb: Token) -> Party | None:
        """The subject or agent of a verb that is the act itself."""
        if is_passive(verb) and (doer := agent(verb)) is not None:
            party = self.of_token(doer)
            return party if party is not None and self._is_official(doer, party) else None
        if read_as_adjective(verb):
            return self.of_token(verb.nbor(-1))
        if is_passive(verb):
            return None
        party = self._doer(verb, verb) or self._told_by(verb) or self._before(verb) or self._cut_off(verb)
        return party if party is not None and self._is_official(subject(verb), party) else None

    def _of_noun(self, act: Act, unit: Unit, verb: Token | None) -> Party | None:
        """Who acts by a noun: its owner, its agent, or who does something about it.

        The country whose goods are named before it does not (`the Chinese car probe`).
        """
        noun = act.head
        while noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and not any(c.dep_ == "poss" for c in noun.lefts):
            noun = noun.head  # `its boycotts and bans`
        if act.kind is Kind.PREFERENCE and act.instrument is Instrument.OTHER:  # its owner enjoys it
            return (self._actor(verb, act.head) or self._told_by(verb)) if verb is not None else None
        owner = self._owner(noun) or self._made_by(act.head) or self._holder(act.head)
        if owner is not None and (act.export or not self._before_goods(act, owner)):
            return owner
        if owner is None and any(c.dep_ == "poss" and c.tag_ != "PRP$" for c in noun.lefts):
            return None  # somebody else's
        doer = self._actor(verb, act.head) if verb is not None else None
        doer = doer or self._told_by(verb)
        if doer is not None and verb is not None and not self._is_official(subject(verb), doer):
            doer = None
        return doer or self._decider(unit, verb) or (self._cut_off(verb) if verb is not None else None)

    def _told_by(self, verb: Token | None) -> Party | None:
        """`The president said he would end …`, `Peru said a ban would be lifted`: who reports what is done by no one else."""
        who = subject(verb) if verb is not None else None
        if verb is None or who is None or verb.dep_ not in {"ccomp", "xcomp", "conj"}:
            return None
        own = any(t.tag_ == "PRP$" for t in who.subtree)
        unsaid = is_passive(verb) and agent(verb) is None and verb.dep_ == "ccomp" and not own
        told = unsaid and verb.head.lemma_.lower() in lemmas("dates", "announcing")
        return self._teller(verb) if told or who.lower_ in {"he", "she"} else None

    def _cut_off(self, verb: Token, who: Token | None = None) -> Party | None:
        """`Canada` | `closed its case`: the subject, or the name before it, that the parser took for a sentence of its own."""
        start = verb.sent.start
        finite = verb.tag_ in {"VBD", "VBZ"} or any(
            c.tag_ in {"MD", "VBZ", "VBP", "VBD"} and c.dep_ == "aux" for c in verb.children
        )
        alone = not any(c.dep_ in SUBJECTS and (who is None or c.i != who.i) for c in verb.children)
        if verb.dep_ != "ROOT" or not finite or start == 0 or not alone or verb.doc[start].is_title:
            return None
        before = self.doc[start - 1].sent
        if len(before) > SHORT or segment_at(self.doc, before.start_char) != segment_at(self.doc, verb.idx):
            return None
        return next((p for t in before if (p := self.of_token(t)) is not None and t.pos_ == "PROPN"), None)

    def _made_by(self, noun: Token) -> Party | None:
        """`an investigation by Canada`, `countermeasures taken by India`."""
        for child in noun.rights:
            if child.dep_ in {"acl", "relcl"} and (party := self._actor(child, noun)):
                return party
            what = complement(child) if child.lower_ == "by" else None
            if what is not None and (party := self.of_token(what)):
                return party
        return None

    def _is_official(self, who: Token | None, party: Party) -> bool:
        """Whether who acts may act for a country: by name, as a body or person in office, not as its firms do."""
        if who is None or who.pos_ in {"PRON", "PROPN", "DET"} or who.tag_ in {"WDT", "WP"}:
            return True
        named = mention_at(self.doc, who, EntityType.COUNTRY, EntityType.GROUP, EntityType.AGENCY, EntityType.PERSON)
        inside = party.start < who.doc[who.right_edge.i].idx + 1 and party.end > who.doc[who.left_edge.i].idx
        return named is not None or not inside or who.lemma_.lower() in act_words("parties", "officials")

    def _before_goods(self, act: Act, party: Party) -> bool:
        """Whether a country stands before goods that stand before the noun, as their origin."""
        first, head = self.doc[act.start], act.head
        if not first.idx <= party.start < head.idx:
            return False
        mine = self.doc.char_span(party.start, party.end, alignment_mode="expand")
        if mine is None or (mine.end < len(self.doc) and self.doc[mine.end].lower_ in {"'s", "’s", "'", "’"}):
            return False
        return any(0 <= m.start - party.end <= 1 for m in mentions(self.doc, EntityType.PRODUCT, within=(party.end, head.idx)))

    def _filer(self, act: Act, verb: Token | None) -> Party | None:
        """`U.S. mills filed a petition`: the case is before the authorities of the country of the industry."""
        if verb is None or verb.lemma_.lower() not in act_words("investigations", "filing"):
            return None
        asks = verb.lemma_.lower() in act_words("investigations", "asking")
        if not (asks or act.kind is Kind.REMEDY or act.head.lemma_.lower() in act_words("investigations", "cases")):
            return None
        for child in verb.rights:  # `filed a complaint with the European Commission`
            if child.dep_ == "prep" and child.lower_ in {"with", "to", "before"} and (body := complement(child)) is not None:
                mention = mention_at(self.doc, body, EntityType.AGENCY)
                if mention is not None and (party := self.of_mention(mention)) is not None:
                    return party
        who = subject(verb)
        named = self.within(who.subtree) if who is not None and not is_passive(verb) else []
        return named[0] if len(named) == 1 else self._cut_off(verb, who)

    def _goal(self, act: Act, spans: Sequence[Span]) -> Party | None:
        """`imports into Peru`, `from sending barley to China`: where the goods may not go."""
        if act.export or (act.head.pos_ == "VERB" and not is_passive(act.head)):
            return None
        found = {p.code: p for span in spans for p in self.within(span) if _led_by(span, p, GOALS)}
        return next(iter(found.values())) if len(found) == 1 else None

    # ------------------------------------------------------------ on what

    def _struck_spans(self, unit: Unit) -> list[Span]:
        """`hit U.S. goods with countermeasures`, `measures that cover bourbon`."""
        verb = self.verb(unit)
        relative = verb is not None and verb.dep_ == "relcl" and self._acts(verb, unit.head)  # `goods that it will hit with them`
        if (
            verb is not None
            and relative
            and not any(t.i > verb.head.i and t.dep_ == "dobj" and t.pos_ == "NOUN" for t in verb.children)
        ):
            return [self.doc[verb.head.left_edge.i : verb.left_edge.i]]
        return self.bearing_spans(unit)

    def _on(self, act: Act, unit: Unit, spans: Sequence[Span]) -> list[Party]:
        """Whose goods bear the act: those whom exports go to, or whom imports come from."""
        found: dict[str, Party] = {}
        for span in spans:
            whole = act.kind is Kind.INVESTIGATION and act.head.pos_ == "VERB"
            for party in self.within(t for t in span if whole or not in_clause(t, span)):
                if act.head.lemma_.lower() in {"access", "entry"} and _leads(span, "to"):  # `access to the European market`
                    continue
                to = _led_by(span, party, GOALS)
                if to is act.export or (act.export and _led_by(span, party, frozenset({"against"}))):
                    found.setdefault(party.code, party)
        enjoyed = act.kind is Kind.PREFERENCE and act.instrument is Instrument.OTHER and act.head.pos_ != "VERB"
        if enjoyed and not found and (owner := self._owner(act.head)) is not None:
            found[owner.code] = owner
        if not found and act.head.pos_ != "VERB":
            named = mentions(self.doc, EntityType.COUNTRY, within=self.doc[act.start : act.head.i])
            found = {p.code: p for m in named if (p := self.of_mention(m)) is not None and self._before_goods(act, p)}
        return list(found.values())

    def _goods(self, act: Act, unit: Unit, spans: Sequence[Span]) -> list[Mention]:
        """The goods of the phrases, else those before the noun."""
        answered = act.kind is Kind.RETALIATION  # `countermeasures against duties on steel`: those are another's
        spans = [s for s in spans if not (answered and terms(self.doc, s))]
        if act.head.pos_ == "VERB" and len(spans) > 1:  # `barred grain traders from selling barley`
            spans = spans[1:]
        found = [m for span in spans for m in mentions(self.doc, EntityType.PRODUCT, within=span)]
        whole = act.kind is Kind.INVESTIGATION and act.head.pos_ == "VERB"
        found = [m for m in found if whole or not any(in_clause(span_of(self.doc, m).root, s) for s in spans)]
        if not found and act.head.i > act.start:
            found = mentions(self.doc, EntityType.PRODUCT, within=self.doc[act.start : act.head.i])
        out: list[Mention] = []
        for mention in found:
            if not any(o.start <= mention.start and mention.end <= o.end for o in out):
                out.append(mention)
        return out


SHORT = 4
"""Tokens of a name that the parser took for a sentence."""
LEFT_OUT = 600
"""Characters behind a duty within which `Canada will be spared` is from it: a paragraph."""


def _in_case(act: Act, measure: Measure | None, duties: Sequence[Measure]) -> Measure | None:
    """What an article on trade remedies of one government gives an inquiry or order: who acts, and of which kind it is."""
    if measure is None or act.kind not in {Kind.INVESTIGATION, Kind.REMEDY}:
        return measure
    near = (d for d in duties if 0 < act.head.idx - d.unit.head.idx <= NEAR)
    cases = [d for d in near if d.instrument in REMEDIES and d.imposer is not None]
    codes = {d.imposer.code for d in cases if d.imposer is not None}
    if act.of_case:
        if len(codes) != 1:
            return None
        measure = replace(measure, instrument=cases[0].instrument)
    if measure.imposer is None and len(codes) == 1 and not codes & {p.code for p in measure.targets}:
        return replace(measure, imposer=cases[0].imposer, inherited=frozenset({"imposer"}))
    return measure


GOALS = frozenset({"to", "into", "entering", "reaching"})
"""Words before the country that goods go to."""


def _leads(span: Span, word: str) -> bool:
    """Whether a phrase is what a preposition brings."""
    return span.start > 0 and span.doc[span.start - 1].lower_ == word


def _led_by(phrase: Span, party: Party, words: frozenset[str]) -> bool:
    """Whether one of some prepositions inside a phrase leads to a country, or to the list that it stands in."""
    doc = phrase.doc
    span = doc.char_span(party.start, party.end, alignment_mode="expand")
    at = span.start - 1 if span is not None else -1
    while at >= phrase.start and (doc[at].pos_ in {"PROPN", "DET", "CCONJ", "PUNCT", "ADJ"} and doc[at].lower_ not in words):
        at -= 1
    return at >= phrase.start and doc[at].lower_ in words


def _under_law(act: Act, law: Mention | None) -> Instrument:
    """`an investigation into imports of trucks under Section 232`: the law says what it leads to."""
    leads = act.kind is Kind.INVESTIGATION and act.instrument is Instrument.OTHER
    return Instrument.IMPORT_TARIFF if leads and law is not None and law.entity in TARIFF_LAWS else act.instrument


TARIFF_LAWS = frozenset({"us_s232", "us_s301"})
"""Laws whose inquiries lead to tariffs."""
