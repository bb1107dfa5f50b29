"""Doc -> measure mentions: each place where the article names a trade measure, with all that its sentence says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import is_mute, segment_at
from extractor.entities.mention import Mention, make_mention, mentions, smooth, span_of
from extractor.entities.terms import terms, words
from extractor.lexicon import table
from extractor.linking.tariffs.act_nouns import act_words
from extractor.linking.tariffs.conditions import condition_of
from extractor.linking.tariffs.dates import Dates, dates_of, dates_of_clause
from extractor.linking.tariffs.goods import goods_of, trade_value
from extractor.linking.tariffs.laws import law_of
from extractor.linking.tariffs.parties import Parties, Party
from extractor.linking.tariffs.standing import UNDONE, Standing
from extractor.linking.tariffs.status import standing, standing_of
from extractor.linking.tariffs.units import Unit, units
from extractor.linking.tariffs.verbs import ends, lasting, particled, starts
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, Derivation, EntityType, Instrument, Rate, Status
from extractor.syntax import auxiliaries, governor, is_negated, subject


@dataclass(frozen=True)
class Measure:
    """One mention of a measure. Empty fields are what the sentence does not say."""

    unit: Unit
    imposer: Party | None
    targets: tuple[Party, ...]
    excluded: tuple[Party, ...]
    everyone: Span | None
    products: tuple[Mention, ...]
    instrument: Instrument
    standing: Standing
    dates: Dates
    trade_value: Mention | None
    law: Mention | None
    condition: tuple[str, Span] | None
    spans: tuple[Span, ...] = ()
    """The words that name what the measure is on."""
    inherited: frozenset[str] = field(default=frozenset())
    """Fields taken from an earlier mention."""

    def is_near(self, other: Measure) -> bool:
        """Whether an earlier mention stands within a few paragraphs."""
        return self.unit.head.idx - other.unit.head.idx <= NEAR

    @property
    def counts(self) -> bool:
        """Whether a mention is a measure rather than a general remark.

        A rate needs an imposer or a target; without a rate, imposer and a target or product must be named in the sentence itself,
        or all of the rest: whose goods, which goods, and what happens to them.
        """
        if self.rate is not None:
            return bool(self.imposer or self.targets or (self.products and self.spans))
        if self.imposer is None or self._is_any():
            return False
        if "imposer" in self.inherited:
            told = self.targets and "targets" not in self.inherited and (self.products or self.trade_value is not None)
            return bool(told) and self.standing.explicit
        changes = self.standing.explicit and self.standing.action in CHANGES
        partners = bool(self.targets or self.everyone is not None) and ("targets" not in self.inherited or self.definite)
        return bool(partners or self.products or changes)

    def _is_any(self) -> bool:
        """`any tariff would be unacceptable`: no measure in particular."""
        head = self.unit.head
        return any(t.lower_ == "any" and t.head.i == head.i for t in head.lefts)

    @property
    def follows(self) -> bool:
        """Whether it only takes up a known measure (`the duties take effect on July 1`) and makes no record of its own."""
        return not self.counts and self.rate is None and self.standing.explicit and self.definite

    @property
    def bare(self) -> bool:
        """Whether a rate has no tariff word of its own: `20% on pet food`, `would double that to 20%`."""
        return self.unit.term is None or self.unit.shared

    @property
    def separate(self) -> bool:
        """Whether it is said to be another measure than those before: `a separate duty on steel`."""
        return any(t.lower_ in lemmas("anaphora", "separate") for t in self.unit.head.lefts)

    @property
    def definite(self) -> bool:
        """Whether the term takes up a measure that is known: `the tariffs`, `those duties`, `its levies`."""
        head = self.unit.head
        if any(t.lower_ in lemmas("anaphora", "determiners") for t in head.doc[head.left_edge.i : head.i]):
            return True
        return any(t.lower_ in lemmas("anaphora", "goods_determiners") for span in self.spans for t in span)

    @property
    def rate(self) -> Rate | None:
        """The rate that the measure has or would have."""
        value = self.unit.rate.value if self.unit.rate else None
        return value if isinstance(value, Rate) else None

    @property
    def prior(self) -> Rate | None:
        """The rate that it replaces."""
        value = self.unit.prior.value if self.unit.prior else None
        return value if isinstance(value, Rate) else None


NEAR = 1500
"""Characters within which a mention takes something over from an earlier one: a few paragraphs of news."""
CHANGES = frozenset({Action.SUSPEND, Action.DELAY, Action.RESTORE})
"""Actions that speak of one known measure even where its goods and partners are not named: `Trump paused the tariffs`."""


def find_measures(doc: Doc, parties: Parties) -> list[Measure]:
    """All mentions of measures in an article, in the order of the text, each with what its own sentence says."""
    found: list[Measure] = []
    for sentence in doc.sents:
        if is_mute(doc, sentence.start_char):
            continue
        found += _dated_again(sentence, found)
        for unit in units(doc, sentence):
            verb = parties.verb(unit)
            if _would_have_been(verb) or _is_power(verb) or _is_imagined(unit) or _is_scheme(unit):
                continue
            measure = _elaborated(_as_listed(_as_before(_read(unit, verb, parties), found), found), found)
            found += [*_jointly(measure, parties), *_matching(measure, parties)]
        found += _taken_up(sentence, found, parties)
    return found


def _is_power(verb: Token | None) -> bool:
    """`Section 122 lets a president charge up to 15%`, `a tendency to impose duties`: what may be done is no measure."""
    if verb is not None and verb.dep_ == "acl" and verb.head.lemma_.lower() in lemmas("status", "tendencies"):
        return True
    above = verb.head if verb is not None and verb.dep_ in {"ccomp", "xcomp"} else None
    if above is None or above.lemma_.lower() not in lemmas("parties", "empowering"):
        return False
    power = subject(above)
    return power is not None and power.lemma_.lower() in lemmas("parties", "powers")


def _is_scheme(unit: Unit) -> bool:
    """`its Generalized System of Preferences, a duty exemption for small makers`: it explains, and is no measure."""
    head = unit.head
    noun = head.head if head.dep_ in {"compound", "nmod"} else head
    if noun.dep_ != "appos":
        return False
    named = unit.doc[noun.head.left_edge.i : noun.left_edge.i]
    return any(t.lower_ in act_words("preferences", "schemes") for t in named)


def _is_imagined(unit: Unit) -> bool:
    """`Suppose that A levies 20%`, `in the simulation, a made-up 30% tariff`, `could in theory charge 40%`: nobody means to."""
    sentence = unit.sentence
    if sentence[0].lower_ in lemmas("status", "supposing"):
        return True
    lead = unit.doc[unit.head.left_edge.i : unit.head.i].text.lower().replace(" - ", "-")
    if any(re.search(rf"\b{word}\b", lead) for word in table("measures")["status"]["imagined"]):
        return True
    lowered = sentence.text.lower()
    verb = governor(unit.head)
    possible = verb is not None and bool({"could", "can", "may", "might"} & set(auxiliaries(verb)))
    in_theory = possible and "in theory" in lowered
    return in_theory or any(phrase in lowered for phrase in table("measures")["status"]["in_thought"])


def _would_have_been(verb: Token | None) -> bool:
    """`Had Thailand imposed a tariff, prices would have risen`: an inverted clause tells what did not happen."""
    if verb is None or verb.tag_ not in {"VBN", "VBD"} or verb.dep_ != "advcl":
        return False
    had = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "had"), None)
    who = subject(verb)
    return had is not None and who is not None and had.i < who.i < verb.i


def _dated_again(sentence: Span, found: list[Measure]) -> list[Measure]:
    """`It takes effect on April 10 and will last six months`: a sentence without tariff word that dates the measure before.

    A plural (`the new rates apply from May`) dates all measures of the paragraph before that have no day yet.
    """
    if not found or terms(sentence.doc, sentence):
        return []
    for verb in sentence:
        who = subject(verb) if verb.pos_ in {"VERB", "AUX"} and (starts(verb) or lasting(verb) or ends(verb)) else None
        if who is None or who.i > verb.i or who.lemma_.lower() not in lemmas("anaphora", "measures"):
            continue
        dates = dates_of_clause(verb)
        if dates.effective or dates.end or dates.duration:
            several = who.tag_ == "NNS" or who.lower_ == "they"
            return [replace(m, dates=dates, inherited=m.inherited | {"dates"}) for m in _meant(found, several)]
    return []


def _taken_up(sentence: Span, found: list[Measure], parties: Parties) -> list[Measure]:
    """`Mexico matched it in January`, `On Tuesday it called the plan off`: what a verb does with the measure told before."""
    last = found[-1] if found else None
    imposer = last.imposer if last is not None else None
    if last is None or imposer is None or last.unit.head.idx < sentence.start_char - SAME:
        return []
    for verb in sentence:
        held = next((c for c in verb.children if c.dep_ == "dobj"), None) if verb.pos_ == "VERB" else None
        if held is None or held.i < last.unit.head.i or held.i == last.unit.head.i:
            continue
        doer = parties.of_token(subject(verb))
        taken = held.lemma_.lower() in lemmas("anaphora", "taken_up") and not any(c.dep_ == "prep" for c in held.children)
        if taken and verb.lemma_.lower() in lemmas("roles", "matchers") and doer is not None and doer.code != imposer.code:
            rate = matched(last.unit.rate)
            if rate is None or doer.code in {p.code for p in last.targets} or not last.targets:
                return []
            rate = replace(rate, start=held.idx, end=held.idx + len(held), text=held.text)
            unit = replace(last.unit, sentence=sentence, term=None, rate=rate, prior=None, start=held.i, end=sentence.end)
            stands = standing_of(unit, verb)
            return [replace(last, unit=unit, imposer=doer, standing=stands, dates=dates_of(unit, verb), spans=())]
        given_up = {particled(verb), verb.lemma_.lower()} & (lemmas("status", "rejecting") | {"cancel", "scrap", "withdraw"})
        plan = held.lemma_.lower() in lemmas("status", "plan_nouns") | lemmas("status", "threat_nouns") | {"it"}
        own = doer is None or doer.code == imposer.code
        open_ = last.standing.status in UNDONE and not terms(sentence.doc, sentence)
        if given_up and plan and own and open_ and not is_negated(verb):
            stands = Standing(last.standing.action, Status.REJECTED, (verb,))
            return [replace(last, standing=stands, inherited=last.inherited | {"standing"})]
    return []


def _meant(found: list[Measure], several: bool) -> list[Measure]:
    """The measure before, or all of its paragraph that have no firm date."""
    last = found[-1]
    if not several or last.rate is None:
        return [last]
    segment = segment_at(last.unit.doc, last.unit.head.idx)
    together = [m for m in found if m.rate is not None and segment_at(m.unit.doc, m.unit.head.idx) == segment]
    return [m for m in together if not m.dates.firm and m.standing.action is last.standing.action] or [last]


def issuer_of(doc: Doc, parties: Parties) -> Party | None:
    """The government that a press release or order comes from: the first official or body it names."""
    opening = smooth(doc)[:RELEASE_OPENING].lower()
    if not any(phrase in opening for phrase in table("measures")["releases"]["openings"]):
        return None
    named = mentions(doc, EntityType.PERSON, EntityType.AGENCY)
    return next((p for m in named if (p := parties.of_mention(m)) is not None), None)


RELEASE_OPENING = 400
"""Characters in which a release says that it is one."""


def _read(unit: Unit, verb: Token | None, parties: Parties) -> Measure:
    imposer = parties.imposer(unit)
    spans = parties.bearing_spans(unit)
    targets, excluded, everyone = parties.targets(unit, imposer, spans)
    goods = goods_of(unit, spans)
    dates = dates_of(unit, verb)
    stands = _due(unit, standing(unit, verb))
    instrument = _instrument(unit, spans, goods, parties)
    if instrument is Instrument.IMPORT_TARIFF and (spans or targets):
        unit = _to_nothing(unit, stands)
    return Measure(
        unit=unit,
        imposer=imposer,
        targets=tuple(targets),
        excluded=tuple(excluded),
        everyone=everyone,
        products=tuple(goods),
        instrument=instrument,
        standing=stands,
        dates=dates,
        trade_value=trade_value(unit, spans),
        law=law_of(unit),
        condition=condition_of(unit.head),
        spans=tuple(spans),
    )


def _to_nothing(unit: Unit, stands: Standing) -> Unit:
    """`Ecuador will eliminate its tariffs on American trucks`: an ordinary duty that is done away with is cut to zero.

    A measure for an occasion (`the retaliatory duties`) only ends, and one with a rate keeps it.
    """
    if unit.rate is not None or unit.term is None or stands.action is not Action.REMOVE or stands.status is not Status.ANNOUNCED:
        return unit
    verb = next((w for w in stands.words if w.lemma_.lower() in lemmas("status", "zeroing")), None)
    acted_on = verb is not None and unit.head.head.i == verb.i and unit.head.dep_ in {"dobj", "nsubjpass"}
    ordinary = all(
        t.pos_ == "DET" or t.lower_ in lemmas("anaphora", "ordinary_duties") for t in unit.head.lefts if not _is_owner(t)
    )
    if verb is None or not acted_on or not ordinary or any(c.dep_ in {"relcl", "acl"} for c in unit.head.rights):
        return unit
    free = Rate(percent=0.0, form="free")
    return replace(unit, rate=make_mention(unit.doc, EntityType.RATE, verb.idx, verb.idx + len(verb), "free", free))


def _is_owner(token: Token) -> bool:
    """`its`, `Mexico's`, `Peruvian`: whose a duty is."""
    return token.dep_ == "poss" or token.ent_type_ in {"GPE", "NORP"}


def _jointly(measure: Measure, parties: Parties) -> list[Measure]:
    """`Canada and Mexico imposed tariffs on American goods`: a measure of each; `on each other's goods`: each on the others'."""
    imposer = measure.imposer
    if imposer is None or "imposer" in measure.inherited:
        return [measure]
    others = [p for p in parties.beside(measure.unit, imposer) if p.code not in {t.code for t in measure.targets}]
    if not others:
        return [measure]
    all_of_them = [imposer, *others]
    if any(_is_mutual(span) for span in measure.spans):
        return [
            replace(measure, imposer=each, targets=tuple(p for p in all_of_them if p.code != each.code)) for each in all_of_them
        ]
    return [replace(measure, imposer=each) for each in all_of_them]


def _is_mutual(span: Span) -> bool:
    """`each other's goods`."""
    return any(phrase in span.text.lower() for phrase in ("each other", "one another"))


def _matching(measure: Measure, parties: Parties) -> Iterator[Measure]:
    """`Mexico would match U.S. tariffs on Chinese goods`: a measure of the subject's on the same goods.

    On the goods of whom it matches only where it says so: `will match U.S. tariffs dollar for dollar`.
    """
    verb = governor(measure.unit.head)
    if verb is None or verb.lemma_.lower() not in lemmas("roles", "matchers") or measure.imposer is None:
        return
    doer = parties.of_token(subject(verb))
    if doer is None or doer.code in {p.code for p in measure.targets} | {measure.imposer.code}:
        return
    targets = measure.targets
    if not targets and any(phrase in measure.unit.sentence.text.lower() for phrase in table("measures")["roles"]["in_kind"]):
        targets = (measure.imposer,)
    if not targets:
        return
    unit = replace(measure.unit, rate=matched(measure.unit.rate), prior=None)
    yield replace(measure, unit=unit, imposer=doer, targets=targets, standing=standing_of(unit, verb), inherited=frozenset())


def matched(rate: Mention | None) -> Mention | None:
    """Another's rate as one's own: `mirror Thailand's 20% tariff`, `imposed the same rate`."""
    if rate is None or not isinstance(rate.value, Rate) or rate.value.percent is None:
        return None
    derivation = Derivation.model_validate({"kind": "matched", "from": rate.value.percent})
    return replace(rate, value=rate.value.model_copy(update={"derivation": derivation}))


def same_sentence(one: Measure, other: Measure) -> bool:
    """Whether two mentions stand in one sentence."""
    return one.unit.sentence.start == other.unit.sentence.start


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


def _as_before(measure: Measure, found: list[Measure]) -> Measure:
    """`Mexico imposed the same rate on American whiskey`: the rate is that of the measure told just before."""
    head = measure.unit.head
    if measure.rate is not None or not any(t.lower_ == "same" and t.head.i == head.i for t in head.lefts):
        return measure
    last = next((m for m in reversed(found) if m.rate is not None and head.idx - m.unit.head.idx <= SAME), None)
    rate = matched(last.unit.rate) if last is not None else None
    return replace(measure, unit=replace(measure.unit, rate=rate)) if rate is not None else measure


def _elaborated(measure: Measure, found: list[Measure]) -> Measure:
    """`placed duties on goods from Mexico, imposing a 27% tariff in February`: the participle tells the same measure again."""
    last, verb = (found[-1] if found else None), governor(measure.unit.head)
    if last is None or measure.targets or measure.everyone is not None or not same_sentence(last, measure):
        return measure
    above = governor(last.unit.head)
    again = verb is not None and verb.tag_ == "VBG" and verb.dep_ == "advcl" and above is not None and verb.head.i == above.i
    if not again or measure.imposer is None or last.imposer is None or measure.imposer.code != last.imposer.code:
        return measure
    return replace(measure, targets=last.targets, everyone=last.everyone, products=measure.products or last.products)


def _as_listed(measure: Measure, found: list[Measure]) -> Measure:
    """`Trump's decision to double tariffs, to 50% on steel and 20% on aluminum`: a list goes on with who imposes."""
    last = found[-1] if found else None
    if last is None or last.imposer is None or not measure.bare or not same_sentence(last, measure):
        return measure
    own = measure.imposer
    inside = own is not None and measure.unit.zone.start_char <= own.start < measure.unit.zone.end_char
    if inside or any(p.code == last.imposer.code for p in measure.targets) or not goes_on(last, measure):
        return measure
    return replace(measure, imposer=last.imposer)


SAME = 300
"""Characters within which `the same rate` takes up a rate: this sentence and the one before."""


def _due(unit: Unit, found: Standing) -> Standing:
    """`tariffs due on Tuesday`: decided, whatever is attempted against them."""
    if found.status not in {Status.THREATENED, Status.PROPOSED}:
        return found
    behind = unit.doc[unit.head.i + 1 : min(unit.head.i + 4, unit.sentence.end)]
    due = next((t for t in behind if t.lower_ == "due" and t.i + 1 < unit.sentence.end and t.nbor().lower_ != "to"), None)
    return replace(found, status=Status.ANNOUNCED, words=(due,), explicit=True) if due is not None else found


def _instrument(unit: Unit, spans: list[Span], goods: list[Mention], parties: Parties) -> Instrument:
    """The kind of measure: by the term's own words, the case that it comes from, its clause, or its goods."""
    if unit.term is not None and unit.term.noun == "de_minimis":
        return Instrument.DE_MINIMIS
    known = table("measures")["instruments"]
    first = unit.term.start if unit.term else unit.start
    near = _low(unit, first - 2, unit.head.i + 2)
    for name in ("anti_dumping", "countervailing", "safeguard", "quota"):
        if any(word in near for word in known[name]):
            return Instrument(name)
    if any(word in _low(unit, unit.start - 4, unit.head.i + 4) for word in known["export_duty"]):
        return Instrument.EXPORT_DUTY
    exported = any(t.lemma_.lower() == "export" for span in spans for t in span)
    if exported and not any(parties.within(span) or any(t.dep_ == "poss" for t in span) for span in spans):
        return Instrument.EXPORT_DUTY  # `a tax on exports of rice`; `duties on Canadian exports` are another's
    whole = unit.sentence.text.lower()
    if unit.rate is not None and any(word in whole for word in known["within_quota"]):
        return Instrument.QUOTA
    if any(any(t.is_digit for t in span_of(unit.doc, g)) for g in goods) and any(word in whole for word in known["free"]):
        return (
            Instrument.DE_MINIMIS
            if any(mentions(unit.doc, EntityType.MONEY, within=(g.start, g.end)) for g in goods)
            else Instrument.IMPORT_TARIFF
        )
    return _of_case(unit, near) or Instrument.IMPORT_TARIFF


def _low(unit: Unit, first: int, last: int) -> str:
    """Words of the unit's sentence, from one token to before another."""
    return unit.doc[max(unit.sentence.start, first) : min(unit.sentence.end, last)].text.lower()


def _of_case(unit: Unit, near: str) -> Instrument | None:
    """`opened a dumping case and placed provisional duties`: a remedy's duty is of the kind of the case named last before it."""
    known = table("measures")["instruments"]
    if not any(word in near for word in known["of_cases"]):
        return None
    before = smooth(unit.doc)[max(0, unit.sentence.start_char - CASE) : unit.doc[unit.head.i].idx].lower()
    last = {name: max((before.rfind(word) for word in known[name]), default=-1) for name in CASES}
    best = max(CASES, key=lambda name: last[name])
    return Instrument(best) if last[best] >= 0 else None


CASES = ("anti_dumping", "countervailing", "safeguard")
CASE = 400
"""Characters before a sentence in which its case may be named: a paragraph."""
