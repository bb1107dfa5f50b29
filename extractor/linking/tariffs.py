"""Measure mentions -> tariff records: mentions of one measure merge, different measures stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from extractor.article import Article
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, smooth, text_of
from extractor.ids import record_ids
from extractor.linking.entities import EntityIndex
from extractor.linking.measures import Measure, find_measures
from extractor.linking.parties import Party
from extractor.linking.references import References
from extractor.records import (
    Action,
    Condition,
    DateValue,
    DurationValue,
    Evidence,
    Instrument,
    Jurisdiction,
    LawValue,
    MoneyValue,
    ProductValue,
    Rate,
    Span,
    Status,
    TariffRecord,
)


@dataclass
class Group:
    """Mentions of one measure."""

    members: list[Measure] = field(default_factory=list)

    def codes(self) -> set[str]:
        """Codes of all targets."""
        return {p.code for m in self.members for p in m.targets}

    def products(self) -> set[str]:
        """Canonical names of all products."""
        return {p.entity for m in self.members for p in m.products}

    @property
    def imposer(self) -> Party | None:
        """The imposer, from a mention that names it if one does."""
        named = sorted((m for m in self.members if m.imposer), key=lambda m: "imposer" in m.inherited)
        return named[0].imposer if named else None

    @property
    def rate(self) -> Rate | None:
        """The rate."""
        return next((m.rate for m in self.members if m.rate is not None), None)


def link_tariffs(doc: Doc, index: EntityIndex) -> list[TariffRecord]:
    """The tariff records of an article, in the order of the text."""
    groups: list[Group] = []
    found = find_measures(doc, References(doc))
    for measure in sorted((m for m in found if not m.follows), key=lambda m: m.rate is None):
        homes = [g for g in groups if _same(g, measure)]
        if homes:
            min(homes, key=lambda g: _distance(g, measure)).members.append(measure)
        else:
            groups.append(Group([measure]))
    for measure in (m for m in found if m.follows):
        for home in _taken_up(groups, measure):
            home.members.append(measure)
    for group in groups:
        _inherit_dates(group, found)
        group.members.sort(key=lambda m: m.unit.head.idx)
    groups.sort(key=lambda g: g.members[0].unit.head.idx)
    article: Article = doc._.article
    drafts = [_record(doc, article, g) for g in groups]
    ids = record_ids(article.id, "tariff", [_key(d) for d in drafts])
    return [draft.model_copy(update={"id": identity}) for draft, identity in zip(drafts, ids, strict=True)]


def _key(record: TariffRecord) -> list[object]:
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


# ---------------------------------------------------------------- merging


def _same(group: Group, measure: Measure) -> bool:
    """Whether a mention is of the group's measure: imposer, instrument and rate agree, partners and goods do not contradict."""
    first = group.members[0]
    if group.imposer and measure.imposer and group.imposer.code != measure.imposer.code:
        return False
    if first.instrument is not measure.instrument and (
        Instrument.DE_MINIMIS in {first.instrument, measure.instrument} or (measure.rate and group.rate)
    ):
        return False
    codes, own = group.codes(), {p.code for p in measure.targets}
    if own and codes and not (own <= codes or codes <= own):
        return False
    goods, named = group.products(), {p.entity for p in measure.products}
    if measure.rate is not None and group.rate is not None:
        same_rate = measure.rate.percent == group.rate.percent and measure.rate.percent_high == group.rate.percent_high
        return same_rate and not (goods and named and not goods & named)
    if measure.rate is None and group.rate is not None:
        near = _distance(group, measure)[2] <= TAKEN_UP
        return not (goods and named and not goods & named) and (
            not own or bool(own & codes) or (not codes and near and bool(goods & named))
        )
    if measure.rate is None and group.rate is None:
        return (bool(goods & named) or not goods or not named) and (bool(own & codes) or not own or not codes)
    return False


def _inherit_dates(group: Group, found: list[Measure]) -> None:
    """A rate without a date takes that of the announcement it belongs to: `China will cut duties from July 1. The duty on shoes …`.

    The announcement names no rate, has the group's imposer, action and partners, and gives one date only.
    """
    main = group.members[0]
    if group.rate is None or group.imposer is None or any(m.dates.effective for m in group.members):
        return
    umbrellas = [
        m
        for m in found
        if m.rate is None
        and m.dates.effective is not None
        and m.imposer is not None
        and m.imposer.code == group.imposer.code
        and m.instrument is main.instrument
        and m.standing.action in {x.standing.action for x in group.members}
        and (not m.targets or not group.codes() or bool(group.codes() & {p.code for p in m.targets}))
    ]
    if len({m.dates.effective.entity for m in umbrellas if m.dates.effective}) == 1:
        group.members.append(replace(main, dates=umbrellas[0].dates, inherited=main.inherited | {"dates"}))


def _distance(group: Group, measure: Measure) -> tuple[bool, bool, int]:
    """How far a mention is from a group: shared partners first, then shared goods, then nearness in the text."""
    partners = bool(group.codes() & {p.code for p in measure.targets})
    goods = bool(group.products() & {p.entity for p in measure.products})
    return not partners, not goods, min(abs(measure.unit.head.idx - m.unit.head.idx) for m in group.members)


def _taken_up(groups: list[Group], measure: Measure) -> list[Group]:
    """The measures that `the tariffs` takes up: those on the goods that it names, else the nearest one before of an agreeing imposer."""
    goods = {p.entity for p in measure.products}
    alike = [
        g
        for g in groups
        if goods & g.products() and (g.imposer is None or measure.imposer is None or g.imposer.code == measure.imposer.code)
    ]
    if goods:
        return [g for g in alike if not measure.targets or not g.codes() or g.codes() & {p.code for p in measure.targets}]
    best: tuple[int, Group] | None = None
    for group in groups:
        if (
            group.imposer
            and measure.imposer
            and "imposer" not in measure.inherited
            and group.imposer.code != measure.imposer.code
        ):
            continue
        for member in group.members:
            distance = measure.unit.head.idx - member.unit.head.idx
            if 0 < distance <= TAKEN_UP and (best is None or distance < best[0]):
                best = (distance, group)
    return [best[1]] if best else []


TAKEN_UP = 900
"""Characters over which `the tariffs` takes up the measure before: two or three paragraphs of news."""

# ---------------------------------------------------------------- records


def _record(doc: Doc, article: Article, group: Group) -> TariffRecord:
    evidence: Evidence = {}
    members = group.members
    text = text_of(doc)

    def prove(name: str, *spans: tuple[int, int]) -> None:
        known = evidence.setdefault(name, [])
        for start, end in spans:
            span = Span(start=start, end=end, text=text[start:end])
            if span not in known:
                known.append(span)

    prove("tariff", *(_own_words(m) for m in members))
    imposer = group.imposer
    if imposer:
        prove("imposer", (imposer.start, imposer.end))
    targets = _parties([p for m in members for p in m.targets], prove, "targets")
    excluded = _parties([p for m in members for p in m.excluded], prove, "excluded_targets")
    everyone = next((m.everyone for m in members if m.everyone is not None), None)
    scope = "listed" if targets else "all_except" if excluded else "all" if everyone is not None else "unspecified"
    if everyone is not None and not targets:
        prove("targets", (everyone.start_char, everyone.end_char))
    products = _products(members, prove)
    main = _main(members, article)
    prove("status", *((t.idx, t.idx + len(t)) for t in main.standing.words))
    effective = _dated(members, "effective", prove)
    status = _status(main, effective, article)
    prior = _rated(members, "prior", prove)
    return TariffRecord(
        id="",
        imposer=imposer.jurisdiction if imposer else None,
        targets=targets,
        target_scope=scope,
        excluded_targets=excluded,
        products=products,
        product_scope="listed" if products else "unspecified",
        instrument=members[0].instrument,
        action=main.standing.action,
        status=status,
        rate=_rated(members, "rate", prove),
        prior_rate=prior,
        announced=_dated(members, "announced", prove),
        effective=effective,
        end=_dated(members, "end", prove),
        duration=_length(members, prove),
        trade_value=_valued(members, prove),
        legal_basis=_law(members, prove),
        condition=_condition(members, prove, text),
        evidence=evidence,
        confidence=_confidence(group, status),
    )


def _own_words(measure: Measure) -> tuple[int, int]:
    """The clause that names the measure: its sentence, cut at the zone's end."""
    sentence = measure.unit.sentence
    end = measure.unit.doc[measure.unit.end - 1]
    start = sentence.start_char
    while smooth(measure.unit.doc)[start].isspace():
        start += 1
    stop = end.idx + len(end)
    while stop > start and smooth(measure.unit.doc)[stop - 1].isspace():
        stop -= 1
    return start, stop


def _parties(found: Sequence[Party], prove: object, name: str) -> list[Jurisdiction]:
    out: dict[str, Jurisdiction] = {}
    for party in found:
        out.setdefault(party.code, party.jurisdiction)
        prove(name, (party.start, party.end))  # type: ignore[operator]
    return list(out.values())


def _products(members: Sequence[Measure], prove: object) -> list[ProductValue]:
    out: dict[str, ProductValue] = {}
    for mention in (p for m in members for p in m.products):
        if isinstance(mention.value, ProductValue):
            out.setdefault(mention.entity, mention.value)
            prove("products", (mention.start, mention.end))  # type: ignore[operator]
    return list(out.values())


def _main(members: Sequence[Measure], article: Article) -> Measure:
    """The mention that says where the measure stands: an explicit one in the body, with a rate if one has it; the first of these."""

    def rank(m: Measure) -> tuple[bool, bool, bool, int]:
        segment = segment_at(m.unit.doc, m.unit.head.idx)
        headline = segment is not None and segment.kind in {SegmentKind.TITLE, SegmentKind.HEADING}
        return (not m.standing.explicit, headline, m.rate is None, m.unit.head.idx)

    return min(members, key=rank)


def _status(main: Measure, effective: DateValue | None, article: Article) -> Status:
    """The status as of the publication date, once the effective date is known."""
    status = main.standing.status
    if effective is None or article.published is None:
        return status
    if status is Status.IN_FORCE and effective.earliest > article.published and main.standing.action is not Action.MAINTAIN:
        return Status.ANNOUNCED
    if status is Status.ANNOUNCED and effective.latest < article.published:
        return Status.IN_FORCE
    return status


def _mention_value(mention: Mention | None, prove: object, name: str) -> object:
    if mention is None:
        return None
    prove(name, (mention.start, mention.end))  # type: ignore[operator]
    return mention.value


def _rated(members: Sequence[Measure], which: str, prove: object) -> Rate | None:
    mention = next(
        (m.unit.rate if which == "rate" else m.unit.prior for m in members if (m.unit.rate if which == "rate" else m.unit.prior)),
        None,
    )
    value = _mention_value(mention, prove, "rate" if which == "rate" else "prior_rate")
    return value if isinstance(value, Rate) else None


def _dated(members: Sequence[Measure], which: str, prove: object) -> DateValue | None:
    mention = next((found for m in members if (found := getattr(m.dates, which)) is not None), None)
    value = _mention_value(mention, prove, which)
    return value if isinstance(value, DateValue) else None


def _length(members: Sequence[Measure], prove: object) -> DurationValue | None:
    mention = next((m.dates.duration for m in members if m.dates.duration), None)
    value = _mention_value(mention, prove, "duration")
    return value if isinstance(value, DurationValue) else None


def _valued(members: Sequence[Measure], prove: object) -> MoneyValue | None:
    mention = next((m.trade_value for m in members if m.trade_value), None)
    value = _mention_value(mention, prove, "trade_value")
    return value if isinstance(value, MoneyValue) else None


def _law(members: Sequence[Measure], prove: object) -> LawValue | None:
    mention = next((m.law for m in members if m.law), None)
    value = _mention_value(mention, prove, "legal_basis")
    return value if isinstance(value, LawValue) else None


def _condition(members: Sequence[Measure], prove: object, text: str) -> Condition | None:
    found = next((m.condition for m in members if m.condition), None)
    if found is None:
        return None
    kind, span = found
    prove("condition", (span.start_char, span.end_char))  # type: ignore[operator]
    return Condition.model_validate({"kind": kind, "text": text[span.start_char : span.end_char]})


def _confidence(group: Group, status: Status) -> float:
    """A first estimate by how much the text states outright; calibrated later."""
    score = 0.9
    inherited = all("imposer" in m.inherited or m.imposer is None for m in group.members)
    score -= 0.25 if inherited else 0.0
    score -= 0.15 if group.rate is None else 0.0
    score -= 0.15 if not group.codes() and not group.products() else 0.0
    score -= 0.1 if status is Status.UNKNOWN else 0.0
    return round(max(score, 0.05), 2)


def tokens_span(tokens: Sequence[Token]) -> tuple[int, int]:
    """Character offsets of the tokens."""
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])
