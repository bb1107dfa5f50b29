"""When a measure takes effect and ends: the dates and durations of its clause."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from extractor.entities.mention import Mention, make_mention, mentions, smooth, span_of
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import actions, clauses, ends, lasting, lemma_of, starts, taken_further
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, DateValue, DurationValue, EntityType, Granularity
from extractor.syntax import SUBJECTS, auxiliaries, clause_tokens, governor, is_negated


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a unit, each a DATE or DURATION mention."""

    effective: Mention | None = None
    end: Mention | None = None
    announced: Mention | None = None
    duration: Mention | None = None
    firm: bool = False
    """Whether the text says that the measure starts on the effective date, and not only that it was imposed then."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date of the sentence with its part (`effective`, `end`, `announced`) and how well it is founded (less is better)."""

    mention: Mention
    role: str
    rank: int


FIRM, ACT, DEADLINE = 0, 1, 2
"""A date of starting; the date of an act that imposes; the date by which a condition must be met."""


def dates_of(unit: Unit, verb: Token | None) -> Dates:
    """Sorts the dates of a unit's clause into effective, end and announced.

    A date belongs to the measure when its preposition says so ("from", "until") or when it hangs on the verb that acts on the
    measure; a date on a verb of saying or deciding is that of the announcement. Where a sentence dates several rates
    ("to 9% in May, to 14% in July") each has the date of its own zone.
    """
    found = list(_candidates(unit, verb))
    effective = _best(unit, found, "effective")
    if effective is None or effective.rank != FIRM:
        effective = _at_once(unit, effective) or effective
    end, announced = _best(unit, found, "end"), _best(unit, found, "announced")
    scope = _scope(unit, verb)
    sentence = (unit.sentence.start_char, unit.sentence.end_char)
    lengths = [m for m in mentions(unit.doc, EntityType.DURATION, within=sentence) if span_of(unit.doc, m).root.i in scope]
    duration = next((m for m in lengths if _for_a_while(unit.doc, m)), None)
    return Dates(
        effective.mention if effective else None,
        end.mention if end else None,
        announced.mention if announced else None,
        duration,
        firm=effective is not None and effective.rank == FIRM,
    )


DATABLE = frozenset({Granularity.DAY, Granularity.MONTH, Granularity.QUARTER, Granularity.YEAR})
"""A measure starts or ends on a date of these; spans and approximations say too little for a row."""


def datable(doc: Doc, within: tuple[int, int]) -> Iterator[Mention]:
    """The dates of a stretch of text that may start or end a measure; `early July` is July."""
    for mention in mentions(doc, EntityType.DATE, within=within):
        value = mention.value
        if isinstance(value, DateValue) and value.granularity in DATABLE:
            plain = value.model_copy(update={"edtf": value.edtf.rstrip("~")})
            yield replace(mention, value=plain) if plain != value else mention


def _candidates(unit: Unit, verb: Token | None) -> Iterator[Candidate]:
    doc = unit.doc
    scope = _scope(unit, verb)
    for mention in datable(doc, (unit.sentence.start_char, unit.sentence.end_char)):
        token = span_of(doc, mention).root
        role, rank = _role(unit, mention, token, verb, scope)
        if role == "end" and _dates_prior(unit, mention):
            role, rank = "effective", ACT  # `20%, against 15% until July`
        if role:
            yield Candidate(mention, role, rank)


def _best(unit: Unit, found: list[Candidate], role: str) -> Candidate | None:
    """The best founded date of a role: in the unit's own zone, firm, of fine grain, the first."""

    def rank(candidate: Candidate) -> tuple[bool, int, int, int]:
        token = span_of(unit.doc, candidate.mention).root.i
        before_all = token < unit.start and not any(unit.start <= span_of(unit.doc, c.mention).root.i < unit.end for c in found)
        mine = unit.start <= token < unit.end or before_all
        return not mine, candidate.rank, _grain(candidate.mention), candidate.mention.start

    return min((c for c in found if c.role == role), key=rank, default=None)


_IMMEDIATELY = re.compile(
    r"(?i)\b(?:with immediate effect|effective immediately|takes? effect immediately|took effect immediately)\b"
)


def _at_once(unit: Unit, act: Candidate | None) -> Candidate | None:
    """`with immediate effect`: the day of the act, else that of publication."""
    article = unit.doc._.article
    start = unit.doc[unit.start].idx
    found = _IMMEDIATELY.search(smooth(unit.doc)[start : unit.sentence.end_char])
    if found is None:
        return None
    if act is not None and isinstance(act.mention.value, DateValue):
        return replace(act, rank=FIRM)
    if article is None or article.published is None:
        return None
    day = article.published
    words = found.group()
    value = DateValue(edtf=day.isoformat(), granularity=Granularity.DAY, earliest=day, latest=day, basis="relative", text=words)
    first, last = start + found.start(), start + found.end()
    return Candidate(make_mention(unit.doc, EntityType.DATE, first, last, day.isoformat(), value), "effective", FIRM)


def _dates_prior(unit: Unit, mention: Mention) -> bool:
    """Whether `until July` tells how long the rate before was in force."""
    return unit.prior is not None and unit.rate is not None and unit.rate.end <= unit.prior.end <= mention.start


def _scope(unit: Unit, verb: Token | None) -> set[int]:
    """Tokens of the measure's own clause and of the clause that starts it ("which took effect on June 1")."""
    inside = {t.i for t in unit.head.subtree}
    if verb is not None:
        inside |= {t.i for t in clause_tokens(verb)}
    inside |= set(range(unit.start, unit.end)) if unit.end - unit.start < 40 else set()
    return inside


OPENINGS = frozenset({"starting", "effective", "beginning", "due", "commencing"})
"""Words that make what follows the day on which a thing starts."""


CLAUSAL = frozenset({"since", "after", "before", "until"})
"""Prepositions that are conjunctions too."""


def _role(unit: Unit, mention: Mention, token: Token, verb: Token | None, scope: set[int]) -> tuple[str, int]:
    doc = unit.doc
    first = span_of(doc, mention).start
    before = [t.lower_ for t in doc[max(unit.sentence.start, first - 3) : first]]
    last = before[-1] if before else ""
    own = _dating_verb(token)
    ours = own is not None and _is_ours(own, unit, verb)
    if role := _of_delay(token, own, last) or _of_waiting(token, own, last, ours):
        return role
    if last == "to" and before[-2:-1] and before[-2].startswith("retroactive"):
        return "effective", FIRM
    if last in lemmas("dates", "end") and last != "to":
        return ("end" if token.i in scope else "", FIRM)
    if last in {"to", "-", "–"} and re.search(
        r"(?i)\b(?:from|between) [^;:]{4,24}$", smooth(doc)[: mention.start - len(last) - 1][-32:]
    ):
        return ("end" if token.i in scope else "", FIRM)
    if own is not None and {"would", "have"} <= set(auxiliaries(own)):
        return "", FIRM  # `which would have lapsed in February`
    # `since a preference lapsed in 2021`, which the parser takes for the preference of a clause
    of_another = own is not None and own.dep_ == "acl" and own.head.dep_ == "pobj" and own.head.head.lower_ in CLAUSAL
    if own is not None and ours and ends(own) and not of_another:
        exemption = unit.term is not None and unit.term.noun == "de_minimis"  # what ends is the exemption: the duty begins
        return "effective" if exemption else "end", FIRM
    opening = last in OPENINGS | {"from", "since"} or any(w in OPENINGS for w in before)
    if opening and (ours or token.i in {t.i for t in unit.head.subtree} or _runs_on(unit, first)):
        return "effective", FIRM
    if last == "of" and before[-2:-1] != ["as"] and token.head.dep_ == "prep" and token.head.head.i != unit.head.i:
        return "", FIRM  # `under the order of April 2`
    if own is None:
        return ("effective" if token.i in scope else "", FIRM)
    return _role_by_verb(unit, token, own, verb, scope)


def _of_delay(token: Token, own: Token | None, last: str) -> tuple[str, int] | None:
    """`postponed from March to April`, `delayed until May 1`: the day that it is moved to, not the one that it is moved from."""
    if own is None or actions().get(lemma_of(own)) is not Action.DELAY or token.head.head.i != own.i:
        return None
    if last == "from":
        return "", FIRM
    return ("effective", FIRM) if last in {"to", "until", "till"} else None


def _of_waiting(token: Token, own: Token | None, last: str, ours: bool) -> tuple[str, int] | None:
    """`will not kick in until July 1`: it starts then; `suspended until a hearing on April 9`: that is the day of the hearing."""
    if last in {"until", "till", "before"}:
        return ("effective", FIRM) if own is not None and ours and is_negated(own) and not ends(own) else None
    above = [token.head, token.head.head, *list(token.head.head.ancestors)[:1]]
    return ("", FIRM) if any(t.lower_ in {"until", "till", "pending"} and t.i < token.i for t in above) else None


def _role_by_verb(unit: Unit, token: Token, own: Token, verb: Token | None, scope: set[int]) -> tuple[str, int]:
    """What the date of a verb is to the measure."""
    lemma = own.lemma_.lower()
    if verb is not None and own.i != verb.i and _is_shared(own, verb, token):
        return "effective", ACT
    if starts(own) and (verb is None or own.i in scope or verb.i == own.i):
        return "effective", FIRM
    if lemma in lemmas("dates", "announcing") and (
        lemma not in {"add", "set", "issue", "release"} or verb is None or own.i != verb.i
    ):
        return ("announced" if verb is not None and (own.i == verb.i or verb in own.subtree) else "", ACT)
    if own in clauses(unit.head):
        if own.i >= unit.end:
            return "", ACT  # `30%, plus the 145% tariff levied last month`: the other measure's
        acts = lemma in actions() and actions()[lemma] not in {Action.SUSPEND, Action.DELAY, Action.REMOVE, Action.EXEMPT}
        return ("effective" if acts or starts(own) else "", ACT)
    if lemma in lemmas("status", "courts") | lemmas("status", "rejecting") or actions().get(lemma) is Action.EXTEND:
        return "", ACT  # the day of a ruling or renewal is not that of the measure
    if verb is not None and own.i == verb.i and token.i in scope:
        ahead = own.tag_ in {"VBZ", "VBP", "VBG"} or bool({"will", "shall", "'ll", "to", "would"} & {*auxiliaries(own)})
        return "effective", FIRM if ahead else ACT
    if verb is not None and own.i != verb.i and own in verb.subtree and _is_deadline(own, token):
        return "effective", DEADLINE
    scheduled = lemma in lemmas("dates", "scheduling") and verb is not None and verb.dep_ == "xcomp" and verb.head.i == own.i
    return ("effective" if scheduled else "", FIRM)


def _is_shared(own: Token, verb: Token, token: Token) -> bool:
    """`In 2018 it hit China with tariffs and then imposed duties on India`; `in 2002, when Bush placed tariffs on steel`."""
    after = token.doc[token.i + 1 : min(token.i + 3, len(token.doc))]
    when = any(c.lower_ == "when" and c in after for c in verb.children)
    if when and (verb.head.i == token.i or (verb.dep_ == "advcl" and verb.head.i == own.i)):
        return True
    joined = (
        verb.dep_ == "conj"
        and verb.head.i == own.i
        and token.i < own.i
        and own.tag_ == "VBD"
        and verb.tag_ in {"VBD", "VBN", "VB"}
    )
    return joined and not auxiliaries(verb) and not any(c.dep_ in SUBJECTS for c in verb.children)


def _dating_verb(token: Token) -> Token | None:
    """The verb that a date belongs to; `starting May 1` belongs to the verb above `starting`."""
    own = governor(token)
    while own is not None and own.lower_ in OPENINGS and own.head.i != own.i and own.dep_ not in {"ROOT", "ccomp", "relcl"}:
        own = governor(own.head)
    return own


def _is_ours(own: Token, unit: Unit, verb: Token | None) -> bool:
    """Whether a verb is the measure's, one that it hangs on (`plans to impose`) or that hangs on the measure."""
    if verb is None or own.i == verb.i or own in unit.head.subtree:
        return True
    if own in {*clause_tokens(verb)} or ((taken := taken_further(verb)) is not None and own.i == taken.i):
        return True
    return verb.dep_ in {"xcomp", "conj"} and verb.head.i == own.i


def _runs_on(unit: Unit, first: int) -> bool:
    """Whether no finite verb parts the unit's words from the token."""
    return unit.start <= first < unit.end and not any(
        t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in unit.doc[unit.head.i + 1 : first]
    )


def _is_deadline(own: Token, token: Token) -> bool:
    """`if no deal is reached by March 1`, `unless Hanoi opens its market by April 9`: it starts when time is up."""
    marks = {c.lower_ for c in own.children if c.dep_ == "mark"}
    before = {t.lower_ for t in token.doc[max(0, token.i - 4) : token.i]}
    denied = "unless" in marks or any(t.lower_ in {"no", "not", "n't", "fail", "fails"} for t in own.subtree)
    return bool(marks & {"if", "unless"}) and denied and bool(before & {"by", "before"})


def _grain(mention: Mention) -> int:
    assert isinstance(mention.value, DateValue)
    order = [Granularity.DAY, Granularity.MONTH, Granularity.QUARTER, Granularity.YEAR]
    return order.index(mention.value.granularity) if mention.value.granularity in order else len(order)


def _for_a_while(doc: Doc, mention: Mention) -> bool:
    """`for 90 days`, `a 90-day pause`."""
    span = span_of(doc, mention)
    before = doc[span.start - 1].lower_ if span.start else ""
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    return before in {"for", "of", "a", "the", "another", "to", "last", "lasts"} or after in lemmas("dates", "pauses")


def dates_of_clause(verb: Token) -> Dates:
    """`It takes effect on Nov. 20 and will last nine months`: dates of a clause whose subject takes a measure up."""
    doc, sentence = verb.doc, verb.sent
    bounds = (sentence.start_char, sentence.end_char)
    effective = end = None
    for mention in datable(doc, bounds):
        span = span_of(doc, mention)
        own = _dating_verb(span.root)
        if own is None or (own.i != verb.i and own not in verb.conjuncts and own not in {*clause_tokens(verb)}):
            continue
        last = doc[span.start - 1].lower_ if span.start > sentence.start else ""
        if ends(own) or (last in lemmas("dates", "end") and last != "to"):
            end = end or mention
        elif starts(own) or (lasting(own) and last in {"from", "since", "on", "as", "of", "starting"}):
            effective = effective or mention
    lengths = [m for m in mentions(doc, EntityType.DURATION, within=bounds) if _for_a_while(doc, m)]
    kept = lasting(verb) or any(lasting(c) for c in verb.conjuncts)
    duration = lengths[0] if lengths and (kept or starts(verb)) else None
    return Dates(effective, end, None, duration, firm=effective is not None)


def ending(start: DateValue, length: DurationValue) -> DateValue | None:
    """The day on which a measure ends that runs for a while from a day; none if the start is vaguer or the length is in hours."""
    sizes = {unit: int(number) for number, unit in re.findall(r"(\d{1,9})([YMWD])", length.iso)}
    if start.granularity is not Granularity.DAY or not sizes or "T" in length.iso:
        return None
    months = start.earliest.month - 1 + sizes.get("M", 0) + 12 * sizes.get("Y", 0)
    year, month = start.earliest.year + months // 12, months % 12 + 1
    day = date(year, month, min(start.earliest.day, monthrange(year, month)[1]))
    day += timedelta(days=sizes.get("D", 0) + 7 * sizes.get("W", 0))
    return DateValue(
        edtf=day.isoformat(), granularity=Granularity.DAY, earliest=day, latest=day, basis="computed", text=length.text
    )
