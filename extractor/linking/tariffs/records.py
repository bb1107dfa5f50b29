"""Groups of measure mentions -> tariff records, each filled field with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from spacy.tokens import Doc

from extractor.article import Article
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, smooth, text_of
from extractor.linking.tariffs.confidence import bin_of, confidence
from extractor.linking.tariffs.endings import PAUSES, counted_end, end_of_pause, is_exact, length_of
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.merging import Group
from extractor.linking.tariffs.parties import Party
from extractor.linking.tariffs.verbs import starts
from extractor.records import (
    Action,
    Condition,
    DateValue,
    DurationValue,
    Evidence,
    Jurisdiction,
    LawValue,
    MoneyValue,
    ProductValue,
    Rate,
    Span,
    Status,
    TariffRecord,
)
from extractor.syntax import auxiliaries

ValueT = TypeVar("ValueT", Rate, DateValue, DurationValue, MoneyValue, LawValue)


class Proof:
    """Collects the evidence of one record while its fields are filled."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.evidence: Evidence = {}
        self._known: set[tuple[str, int, int]] = set()

    def words(self, field: str, *spans: tuple[int, int]) -> None:
        """Notes character spans as evidence of a field, each once."""
        for start, end in spans:
            if (field, start, end) not in self._known:
                self._known.add((field, start, end))
                self.evidence.setdefault(field, []).append(Span(start=start, end=end, text=self.text[start:end]))

    def first(self, field: str, found: Iterable[Mention | None], kind: type[ValueT]) -> ValueT | None:
        """The first mention's value, if it has the kind, with the mention as evidence."""
        mention = next((m for m in found if m is not None), None)
        if mention is None or not isinstance(mention.value, kind):
            return None
        self.words(field, (mention.start, mention.end))
        if isinstance(mention.value, Rate) and mention.value.form == "free":
            return mention.value.model_copy(update={"form": "ad_valorem"})
        return mention.value

    def parties(self, field: str, found: Iterable[Party]) -> list[Jurisdiction]:
        """The jurisdictions of parties, each once, all their words as evidence."""
        out: dict[str, Jurisdiction] = {}
        for party in found:
            out.setdefault(party.code, party.jurisdiction)
            self.words(field, (party.start, party.end))
        return list(out.values())

    def products(self, found: Iterable[Mention]) -> list[ProductValue]:
        """The goods, each once."""
        out: dict[str, ProductValue] = {}
        for mention in found:
            if isinstance(mention.value, ProductValue):
                out.setdefault(mention.entity, mention.value)
                self.words("products", (mention.start, mention.end))
        return list(out.values())


def build_record(doc: Doc, article: Article, group: Group) -> TariffRecord:
    """The record of a group; its id is still empty."""
    members, imposer = group.members, group.imposer
    proof = Proof(text_of(doc))
    proof.words("tariff", *(_own_words(m) for m in members))
    if imposer:
        proof.words("imposer", (imposer.start, imposer.end))
    bearing = [m for m in members if m.rate is not None and m.targets] or members
    targets = proof.parties("targets", (p for m in bearing for p in m.targets if imposer is None or p.code != imposer.code))
    excluded = proof.parties("excluded_targets", (p for m in members for p in m.excluded))
    everyone = next((m.everyone for m in members if m.everyone is not None), None)
    if everyone is not None and not targets:
        proof.words("targets", (everyone.start_char, everyone.end_char))
    products = proof.products(p for m in members for p in m.products)
    main = _main(members)
    for field in ("action", "status"):
        proof.words(field, *((t.idx, t.idx + len(t)) for t in main.standing.words))
    head = members[0].unit.head
    proof.words("instrument", (head.idx, head.idx + len(head)))
    effective, end = _dates(main, members, proof, article)
    status = _status(main, members, effective, end, article)
    return TariffRecord(
        id="",
        imposer=imposer.jurisdiction if imposer else None,
        targets=targets,
        target_scope="listed" if targets else "all_except" if excluded else "all" if everyone is not None else "unspecified",
        excluded_targets=excluded,
        products=products,
        product_scope="listed" if products else "unspecified",
        instrument=members[0].instrument,
        action=main.standing.action,
        status=status,
        rate=proof.first("rate", (m.unit.rate for m in members), Rate),
        prior_rate=proof.first("prior_rate", (m.unit.prior for m in members), Rate),
        announced=proof.first("announced", (m.dates.announced for m in members), DateValue),
        effective=effective,
        end=end,
        duration=proof.first("duration", [length_of(members)], DurationValue),
        trade_value=proof.first("trade_value", (m.trade_value for m in members), MoneyValue),
        legal_basis=proof.first("legal_basis", (m.law for m in members), LawValue),
        condition=_condition(members, proof),
        evidence=proof.evidence,
        confidence=confidence(bin_of(group, status)),
    )


def identity(record: TariffRecord) -> list[object]:
    """What makes a tariff itself: never status, dates or evidence, which a better version may mend."""
    rate = record.rate.model_dump(exclude={"derivation", "qualifier"}) if record.rate else None
    return [
        record.imposer.code if record.imposer else None,
        sorted(t.code for t in record.targets),
        record.target_scope,
        record.product_scope,
        sorted(p.text.casefold() for p in record.products),
        record.instrument,
        rate,
    ]


def _own_words(measure: Measure) -> tuple[int, int]:
    """The measure's own words: its sentence up to where the next measure begins, without white space around it."""
    unit, text = measure.unit, smooth(measure.unit.doc)
    last = unit.doc[unit.end - 1]
    start, end = unit.sentence.start_char, last.idx + len(last)
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _main(members: Sequence[Measure]) -> Measure:
    """The mention that says where the measure stands: an explicit one, in the body, with a rate; the first of these.

    That it might be lifted or lowered (`would lift the surtax if …`) leaves a measure where it is.
    """

    def rank(m: Measure) -> tuple[bool, bool, bool, bool, int]:
        relief = m.standing.action in RELIEF and m.standing.status in {Status.THREATENED, Status.PROPOSED}
        segment = segment_at(m.unit.doc, m.unit.head.idx)
        headline = segment is not None and segment.kind in {SegmentKind.TITLE, SegmentKind.HEADING}
        return (relief and m.rate is None, not m.standing.explicit, headline, m.rate is None, m.unit.head.idx)

    return min(members, key=rank)


RELIEF = frozenset({Action.REMOVE, Action.SUSPEND, Action.LOWER, Action.EXEMPT, Action.DELAY})
"""Actions that ease a measure."""


def _dates(
    main: Measure, members: Sequence[Measure], proof: Proof, article: Article
) -> tuple[DateValue | None, DateValue | None]:
    """When the measure takes effect and ends: the date of its start, else that of the act, of the main mention before others."""
    order = [main, *(m for m in members if m is not main)]
    if main.standing.action is Action.MAINTAIN:  # what is ahead is another measure's
        order = [m for m in order if not _is_ahead(m.dates.effective, article, wholly=True)]
    if main.standing.status in {Status.THREATENED, Status.PROPOSED}:  # what is past was another measure's, or the proposal's
        order = [m for m in order if _is_ahead(m.dates.effective, article)]
    order = [m for m in order if m is main or not _contradicts(main, m, article)]
    dated = [m.dates.effective for m in sorted(order, key=lambda m: not m.dates.firm) if m.dates.effective is not None]
    start = next((d for d in dated if _lies_within(d, dated[0])), dated[0]) if dated else None
    effective = proof.first("effective", [start], DateValue)
    end = proof.first("end", (m.dates.end for m in (main, *members)), DateValue)
    if (
        main.standing.action is Action.DELAY and end is not None and not any(m.dates.firm for m in order)
    ):  # `put off until July 9`: it starts then
        proof.evidence["effective"] = proof.evidence.pop("end")
        return end, None
    if end is not None:
        return effective, end
    if main.standing.action in PAUSES:
        pause = end_of_pause([main, *(m for m in members if m is not main)])
        if pause is None:
            return effective, None
        proof.words("end", *((m.start, m.end) for m in pause[1]))
        return effective, pause[0]
    if main.standing.action is Action.EXTEND:  # `in place since 2015, were renewed for five years`: not from their beginning
        return effective, end
    length = length_of(order)
    end = counted_end(effective, length) if length is not None and is_exact(main.unit.doc, length) else None
    if end is not None and length is not None:
        proof.words("end", (length.start, length.end))
    return effective, end


def _contradicts(main: Measure, other: Measure, article: Article) -> bool:
    """Whether another mention's date cannot be that of the measure as its main mention has it.

    What `came into force` has no day ahead; what is announced without a rate was not imposed years ago.
    """
    if other.dates.effective is None:
        return False
    if main.standing.status is Status.IN_FORCE:
        verb = main.standing.words[0]
        return verb.tag_ == "VBD" and starts(verb) and _is_ahead(other.dates.effective, article, wholly=True)
    announced = main.standing.status is Status.ANNOUNCED and main.rate is None and not other.dates.firm
    return announced and not _is_ahead(other.dates.effective, article)


def _is_ahead(mention: Mention | None, article: Article, *, wholly: bool = False) -> bool:
    """Whether a date, or its end, lies behind the day of publication."""
    value = mention.value if mention is not None else None
    if not isinstance(value, DateValue) or article.published is None:
        return False
    return (value.earliest if wholly else value.latest) > article.published


def _lies_within(mention: Mention, other: Mention) -> bool:
    """Whether a date is a finer one for another: Nov. 20 for November."""
    inner, outer = mention.value, other.value
    assert isinstance(inner, DateValue)
    assert isinstance(outer, DateValue)
    if (inner.earliest, inner.latest) == (outer.earliest, outer.latest):
        return False
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


OVER = frozenset({Status.ENDED, Status.PAUSED, Status.STRUCK_DOWN, Status.REJECTED})
"""Where a measure stands that is not, or no longer, charged."""


def _is_over(measure: Measure) -> bool:
    """Whether a mention tells as a fact that the measure is gone: `the duties were lifted`, not `to lift the duties`."""
    verb = measure.standing.words[0]
    told = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool({"have", "has", "was", "were", "been"} & set(auxiliaries(verb))))
    return told and measure.standing.status in OVER and not {"to", "would", "could", "might"} & set(auxiliaries(verb))


def _status(
    main: Measure, members: Sequence[Measure], effective: DateValue | None, end: DateValue | None, article: Article
) -> Status:
    """The status as of the publication date, once the dates are known; a later `the duties went away` overrules `imposed`."""
    status, today = main.standing.status, article.published
    later = [m for m in members if m.follows and m.unit.head.idx > main.unit.head.idx and _is_over(m)]
    if later and status in {Status.IN_FORCE, Status.ANNOUNCED, Status.THREATENED}:
        status = later[-1].standing.status
    if today is None:
        return status
    if status is Status.ENDED and end is not None and end.earliest > today:
        return Status.IN_FORCE  # `expires on Sept. 30`
    if status is Status.IN_FORCE and end is not None and end.latest < today:
        return Status.ENDED  # `paid 35% until July`
    if effective is None:
        return status
    moves = main.standing.action is not Action.MAINTAIN
    ahead = effective.earliest > today or (effective.earliest == today and not starts(main.standing.words[0]))
    if status in {Status.IN_FORCE, Status.UNKNOWN} and ahead and moves:
        return Status.ANNOUNCED
    if status in {Status.ANNOUNCED, Status.UNKNOWN} and effective.latest < today:
        return Status.IN_FORCE
    return status


def _condition(members: Sequence[Measure], proof: Proof) -> Condition | None:
    found = next((m.condition for m in members if m.condition), None)
    if found is None:
        return None
    kind, span = found
    proof.words("condition", (span.start_char, span.end_char))
    return Condition.model_validate({"kind": kind, "text": proof.text[span.start_char : span.end_char]})
