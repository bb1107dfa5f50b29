"""Sentences -> units: each rate, or pair of old and new rate, with the term that it belongs to; and terms without a rate.

A unit is where a measure is named. Its zone, from its own words up to the next unit's, is where its goods and partners are
looked for first, so that "25% on Canada and Mexico and 10% on China" keeps two measures apart whatever the parser makes of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import Mention, make_mention, mentions, smooth, span_of, text_of
from extractor.entities.terms import Term, terms, words
from extractor.lexicon import table
from extractor.records import Derivation, EntityType, Rate
from extractor.syntax import governor, objects, subject


@dataclass(frozen=True)
class Unit:
    """Where one measure is named in a sentence. Indices are tokens.

    Attributes:
        sentence: the sentence.
        term: the tariff word, None in a list item such as `Japan (25%)`.
        rate: mention of the rate that the measure has or would have; None if no rate is stated.
        prior: mention of the rate that it replaces.
        start: first token of the unit's own words.
        end: token behind the zone.
    """

    sentence: Span
    term: Term | None
    rate: Mention | None
    prior: Mention | None
    start: int
    end: int
    shared: bool = False
    """Whether the term belongs to an earlier rate of the sentence: `imposed a 10% duty, then doubled that to 20%`."""

    @property
    def doc(self) -> Doc:
        """The document."""
        return self.sentence.doc

    @cached_property
    def head(self) -> Token:
        """The tariff word, or the rate's main token where the rate has no tariff word of its own."""
        if self.term and not self.shared:
            return self.doc[self.term.head]
        assert self.rate is not None
        return span_of(self.doc, self.rate).root

    @property
    def zone(self) -> Span:
        """The unit's words and what follows them, up to the next unit."""
        return self.doc[self.start : self.end]


def units(doc: Doc, sentence: Span) -> list[Unit]:
    """The units of a sentence, in the order of the text."""
    rates = [m for m in mentions(doc, EntityType.RATE) if sentence.start_char <= m.start < sentence.end_char]
    found = terms(doc, sentence)
    out: list[Unit] = []
    used: set[int] = set()
    for rate, prior in _pairs(doc, rates):
        term = _term_of(doc, rate, prior, found, used)
        shared = term is not None and term.head in used
        if term:
            used.add(term.head)
        first = min(m.start for m in (rate, prior) if m)
        token = doc.char_span(first, first + 1, alignment_mode="expand")
        start = token.start if token else sentence.start
        if term and not shared and term.start < start and not any(u.start > term.start for u in out):
            start = term.start
        if (
            term
            and not shared
            and prior is None
            and _ONLY_FROM.search(smooth(doc)[max(sentence.start_char, rate.start - 40) : rate.start])
        ):
            out.append(Unit(sentence, term, None, rate, start, sentence.end))
        else:
            out.append(Unit(sentence, term, rate, prior, start, sentence.end, shared))
    out = _moved([multiplied(u) for u in out])
    unrated = (t for t in found if t.head not in used and not _is_base(doc, t) and not _is_average(doc, t))
    out += [Unit(sentence, t, None, None, t.start, sentence.end) for t in unrated]
    out.sort(key=lambda u: u.start)
    return [replace(u, end=max(u.start + 1, following.start)) for u, following in pairwise(out)] + out[-1:]


def _pairs(doc: Doc, rates: list[Mention]) -> list[tuple[Mention, Mention | None]]:
    """Rates, each with the one that it replaces: `from 10% to 25%`, `to 25% from 10%`, `50%, up from 25%`."""
    out: list[tuple[Mention, Mention | None]] = []
    at = 0
    while at < len(rates):
        this, following = rates[at], rates[at + 1] if at + 1 < len(rates) else None
        if out and _TOTAL.search(smooth(doc)[max(0, this.start - 60) : this.start].lower()):
            at += 1
            continue
        if out and _BASE.search(smooth(doc)[max(0, this.start - 60) : this.start].lower()):
            at += 1  # `10% on top of the existing 25%`: the base is no measure of its own here
            continue
        if following and _is_points(this) and re.match(r",? to (?:a total of )?$", smooth(doc)[this.end : following.start]):
            out.append((following, _before_points(doc, this, following)))
            at += 2  # `by 10 percentage points, to 25%`: the new rate counts
            continue
        role = _pair_role(smooth(doc), this, following) if following else ""
        if following and role == "old_new":
            out.append((following, this))
        elif following and role == "new_old":
            out.append((this, following))
        elif following and role == "range":
            out.append((_joined(doc, this, following), None))
        else:
            out.append((this, None))
            role = ""
        at += 2 if role else 1
    return out


_ONCE = re.compile(r"(?:,|\() ?(?:once|formerly|previously|now|currently|until now|hitherto|today|at present)(?: at| of)? $")
_CHANGED_SINCE = re.compile(
    r"^[,)] (?:has|have|had|will|is|are|was|were|would|went|goes|rises|falls|drops)\b[a-z ]{0,40}\b(?:to|by) $"
)
"""`the duty, once 7%, has been cut to zero`."""
_BRINGING = re.compile(
    r"^ [^.;:%]{0,60}, (?:bringing|taking|setting|cutting|raising|lowering|putting)"
    r" (?:it|them|that|the rate) (?:up |down |back )?(?:to|at) $"
)
"""`abolish its 12% duty on butter, bringing it to zero`."""
_FILLERS = r"(?: (?:a|an|the|its|their|current|existing|previous|just|about|around|nearly|some|as much as|at least))* $"
_FROM = re.compile(r"\b(?:from|was|were|at)" + _FILLERS)
_TO = re.compile(
    r"^,? (?:(?:per unit|ad valorem|now|each|currently|in \d{4}|this year) )?(?:to|up to|to as much as|and then to)" + _FILLERS
)
_UP_FROM = re.compile(
    r"^[,(]? ?(?:\(?(?:up|down|raised|increased|lowered|cut|compared|reduced|rising|instead|rather|doubled) )?"
    r"(?:from|than|(?<=compared )with|of(?: paying)?|against|versus)" + _FILLERS
)
_REPLACED = re.compile(
    r"\b(?:replaced|superseded|succeeded) (?:by|with) (?:an?|one of|a (?:new )?(?:duty|tariff|rate|levy) of) $"
)
_UP_FROM_BEHIND = re.compile(
    r"[,(] ?(?:up|down|raised|increased|lowered|cut|reduced|instead|rather)(?: sharply| slightly)? (?:from|than|of)" + _FILLERS
)
_ONLY_FROM = re.compile(r"[,(–—-] ?(?:up|down|raised|increased|lowered|cut|reduced)(?: sharply| slightly)? from" + _FILLERS)
"""`the tariffs - up from five percent - are a signal`: the old rate alone; the new one is told elsewhere."""
_CHANGED_FROM_SET = re.compile(
    r"^ [^.,;:%]{0,90},? (?:that|which)(?: [^.;:%]{1,60})? (?:had been|was (?:previously|earlier|originally|initially|first)) "
    r"(?:(?:set|fixed|put|imposed|levied|estimated|calculated) )?at" + _FILLERS
)
"""`lowered to 2% the duty that in May had been set at 9%`."""
_SET_AT = re.compile(r"\b(?:that|which)\b[^,;%]{0,30}\b(?:set|fixed|put|stood|been) at" + _FILLERS)
_WAS_CHANGED = re.compile(
    r"^,? (?:was|were|is|are|has been|have been|will be) (?:to be )?"
    r"(?:cut|lowered|raised|reduced|increased|trimmed|slashed|hiked) to" + _FILLERS
)
"""`the duty that had been set at 9% was cut to 2%`."""
_BRACKETED = re.compile(
    r"^ \((?:(?:now|currently|at present|today|previously|formerly|before|was|until now|hitherto)[:,]? ?)?$"
    r"|^, (?:now|currently|previously|formerly) $"
)
_UNTIL_NOW = re.compile(
    r"^ until [a-z0-9 .,]{1,30}(?:and|but),? (?:now|currently|today) "
    r"(?:pays?|faces?|attracts?|bears?|is|are|carries|carry) (?:at )?$"
)
_OWN = re.compile(r"^ (?:its|the|their|his|a)(?: (?:current|existing|present|previous))? $")
_CHANGED_TO = re.compile(r"\b(?:cut|lower|raise|reduce|increase|hike|slash|trim|double|halve)\w* to $")
_RANGING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|spanning|anywhere|tariffs|duties|rates|levies) from (?:about )?$"
)
_RANGE = re.compile(r"^ (?:to|and) $|^-$")


_TOTAL = re.compile(
    r"\b(?:bringing|taking|raising|pushing|lifting|for|making|brings|takes|brought|took)\b[^.;%]{0,30}"
    r"\b(?:total|overall|combined|cumulative|effective)\b[^.;%]{0,30}$"
)
_BASE = re.compile(
    r"\b(?:on top of|in addition to|over and above|atop|besides)(?: (?:the|an|a|its|their))?"
    r"(?: (?:existing|current|previous|earlier|prevailing|general|standard|initial|normal|usual))*[^.;%]{0,12}$"
)


def _is_base(doc: Doc, term: Term) -> bool:
    """`inclusive of existing duties`, `on top of the tariffs`: what a measure counts from is no measure of its own."""
    before = smooth(doc)[max(0, doc[doc[term.head].left_edge.i].idx - 24) : doc[doc[term.head].left_edge.i].idx].lower().rstrip()
    return before.endswith(tuple(table("measures")["anaphora"]["bases"]))


def _is_average(doc: Doc, term: Term) -> bool:
    """`Average U.S. tariffs on Chinese goods will slip`: a statistic, not a measure."""
    lead = doc[doc[term.head].left_edge.i : term.head]
    return any(t.lower_ == "average" or t.lower_ in words("rate_context", "average_words") for t in lead)


def _is_points(mention: Mention) -> bool:
    return isinstance(mention.value, Rate) and mention.value.basis == "percentage_points"


def _pair_role(text: str, first: Mention, second: Mention) -> str:
    before, between = text[max(0, first.start - 40) : first.start].lower(), text[first.end : second.start].lower()
    if len(between) <= 120 and _REPLACED.search(between):
        return "old_new"
    if _BRINGING.match(between):
        return "old_new"
    if _SET_AT.search(before) and _WAS_CHANGED.match(between):
        return "old_new"
    if _CHANGED_TO.search(before) and _CHANGED_FROM_SET.match(between):
        return "new_old"
    if len(between) > 60:
        return ""
    if _UNTIL_NOW.match(between):
        return "old_new"
    if _BRACKETED.match(between) and text[second.end : second.end + 1] in {")", ","}:
        return "new_old"
    if _CHANGED_SINCE.match(between) and _ONCE.search(before):
        return "old_new"
    if _TO.match(between) and _FROM.search(before):
        return "range" if _RANGING.search(before) and _value(first) < _value(second) else "old_new"
    if _UP_FROM_BEHIND.search(between) or (_OWN.match(between) and _CHANGED_TO.search(before)):
        return "new_old"
    if _UP_FROM.match(between) and between.strip() != "of":
        return "new_old"
    if (
        _RANGE.match(between)
        and (between != " and " or re.search(r"\bbetween (?:about )?$", before))
        and _value(first) < _value(second)
    ):
        return "range"
    return ""


def _value(mention: Mention) -> float:
    assert isinstance(mention.value, Rate)
    return mention.value.percent or 0.0


def _joined(doc: Doc, low: Mention, high: Mention) -> Mention:
    """`40% to 50%` as one rate."""
    assert isinstance(low.value, Rate)
    value = low.value.model_copy(update={"percent_high": _value(high), "qualifier": "range"})
    return Mention(low.type, low.start, high.end, text_of(doc)[low.start : high.end], f"{low.entity}-{high.entity}", value)


def _moved(found: list[Unit]) -> list[Unit]:
    """`its 5% tariff will rise to 9%`: the rate in the noun phrase is the old one of the rate that the verb leads to."""
    out: list[Unit] = []
    for unit in found:
        last = out[-1] if out else None
        if last is not None and last.rate is not None and unit.rate is not None and _leads_on(last, unit):
            out[-1] = replace(last, rate=unit.rate, prior=last.rate, end=unit.end)
        else:
            out.append(unit)
    return out


def _leads_on(first: Unit, second: Unit) -> bool:
    if not second.shared or first.term is None or first.prior is not None or second.prior is not None:
        return False
    assert first.rate is not None
    assert second.rate is not None
    doc, text = first.doc, smooth(first.doc)
    if re.match(r" (?:on|for|against) ", text[first.rate.end : second.rate.start]):
        return False  # `from 10 percent on Britain to 50 percent on India`: each has its own bearer
    verb = governor(span_of(doc, second.rate).root)
    relative = verb is not None and verb.dep_ == "relcl" and verb.head.i == first.term.head  # `a 40% duty, which it cut to 15%`
    if (doc[first.term.head].idx < first.rate.start and not relative) or not re.search(
        r"\bto" + _FILLERS, text[max(0, second.rate.start - 24) : second.rate.start]
    ):
        return False
    if relative:
        return True
    moved = (
        {doc[first.term.head].i} & ({t.i for t in objects(verb)} | {t.i for t in (subject(verb),) if t is not None})
        if verb
        else set()
    )
    return bool(moved)


def multiplied(unit: Unit) -> Unit:
    """`double the 25% tariff` (50, was 25) and `double that to 20 per cent` (20, was 10): old and new rate of a multiplying verb.

    The old rate is the article's own where it states one, else computed, with the verb as its evidence.
    """
    rate = unit.rate
    if rate is None or unit.prior is not None or not isinstance(rate.value, Rate) or rate.value.percent is None:
        return unit
    doc = unit.doc
    verb = governor(span_of(doc, rate).root)
    factors: dict[str, float] = table("measures")["factors"]
    kinds: dict[str, str] = table("measures")["multiples"]
    if verb is None:
        return unit
    lemma = "halve" if _in_half(verb) else verb.lemma_.lower()
    if lemma not in factors:
        return unit
    before = smooth(doc)[max(0, rate.start - 24) : rate.start].lower()
    if re.search(r"\b(?:to|at)(?: [a-z]+){0,2} $", before):
        old = rate.value.percent / factors[lemma]
        stated = [
            m
            for m in mentions(doc, EntityType.RATE)
            if m.end <= rate.start and isinstance(m.value, Rate) and m.value.percent == old
        ]
        prior = stated[-1] if stated else _computed(doc, verb, old, kinds[lemma], rate.value.percent)
        derivation = None if _stated(unit, old) else _derived(kinds[lemma], old)
        value = rate.value.model_copy(update={"derivation": derivation, "basis": rate.value.basis or "total"})
        return replace(unit, prior=prior, rate=replace(rate, value=value))
    if unit.term is not None and unit.term.head in {t.i for t in objects(verb)}:
        new = rate.value.percent * factors[lemma]
        value = rate.value.model_copy(
            update={
                "percent": new,
                "derivation": None if _stated(unit, new) else _derived(kinds[lemma], rate.value.percent),
                "basis": "total",
            }
        )
        return replace(unit, prior=rate, rate=replace(rate, value=value))
    return unit


def _stated(unit: Unit, percent: float) -> bool:
    """Whether the sentence states the other rate of a multiplication: `triple its 12% duty to 36%` leaves nothing to compute."""
    within = (unit.sentence.start_char, unit.sentence.end_char)
    rates = (m for m in mentions(unit.doc, EntityType.RATE, within=within) if unit.rate is None or m.start != unit.rate.start)
    return any(isinstance(m.value, Rate) and m.value.percent == percent for m in rates)


def _in_half(verb: Token) -> bool:
    """`has been cut in half`."""
    within = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"in", "by"}), None)
    return (
        verb.lemma_.lower() in {"cut", "slash", "reduce", "fall", "drop", "lower"}
        and within is not None
        and any(c.lower_ == "half" for c in within.children)
    )


def _before_points(doc: Doc, points: Mention, new: Mention) -> Mention | None:
    """The rate before `raised by 10 percentage points, to 25%`, by the direction of the verb; the points prove it."""
    verb = governor(span_of(doc, points).root)
    lemma = verb.lemma_.lower() if verb is not None else ""
    rises, falls = (lemma in table("measures")["actions"][name] for name in ("raise", "lower"))
    if not rises and not falls:
        return None
    old = round(_value(new) - _value(points) if rises else _value(new) + _value(points), 4)
    if old < 0:
        return None
    value = Rate(percent=old, derivation=_derived("raised_by_points" if rises else "lowered_by_points", _value(new)))
    return make_mention(doc, EntityType.RATE, points.start, points.end, f"{old:g}%", value)


def _derived(kind: str, operand: float) -> Derivation:
    return Derivation.model_validate({"kind": kind, "from": operand})


def _computed(doc: Doc, verb: Token, percent: float, kind: str, new: float) -> Mention:
    """The rate before a doubling to `new`; the verb proves it."""
    value = Rate(percent=percent, derivation=_derived(f"before_{kind}", new))
    return make_mention(doc, EntityType.RATE, verb.idx, verb.idx + len(verb), f"{percent:g}%", value)


NEAREST = 25
"""Tokens between a rate and the term that it may belong to."""


def _term_of(doc: Doc, rate: Mention, prior: Mention | None, found: list[Term], used: set[int]) -> Term | None:
    """The term that a rate belongs to: the noun that it modifies, its verb's subject or object, else the nearest before it."""
    span = span_of(doc, rate)
    found = [t for t in found if not _is_free(doc, t, span)]
    for term in found:  # `25% punitive tariffs`
        if term.start <= span.start < term.end or (
            0 <= term.start - span.end <= 1 and not _verb_between(doc, span.end, term.start)
        ):
            return term
    following = [t for t in found if 0 <= t.head - span.end <= 5 and not _breaks(doc, span.end, t.head)]
    if following:
        return following[0]
    verb = governor(span.root)
    if verb is not None:
        near = [t for t in found if governor(doc[t.head]) == verb or verb in doc[t.head].ancestors]
        before = [t for t in near if t.head < span.start]
        if before:
            return before[-1]
    earlier = [t for t in found if t.head < span.start and span.start - t.head <= NEAREST]
    return earlier[-1] if earlier else None


def _is_free(doc: Doc, term: Term, rate: Span) -> bool:
    """`lost their tax-free status and now face a charge of 120%`: a word for no duty is not the other rate's."""
    behind = doc[term.head + 1 : term.head + 3].text.lower().lstrip("- ")
    return behind.startswith("free") and not rate.start <= term.head < rate.end


def _verb_between(doc: Doc, start: int, end: int) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod" for t in doc[start:end])


def _breaks(doc: Doc, start: int, end: int) -> bool:
    """Whether the words between a rate and a noun do not form one noun phrase with it."""
    return any(
        (t.pos_ in {"VERB", "AUX", "ADP", "CCONJ"} and t.dep_ != "amod" and t.lower_ != "of") or t.text in {",", ";", ".", ")"}
        for t in doc[start:end]
    )
