"""The law that a measure rests on: named in its sentence, or named once for the measures of a paragraph or of a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from extractor.entities.layout import segment_at
from extractor.entities.mention import Mention, mentions, span_of
from extractor.entities.terms import terms
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import EntityType, LawValue, Status

if TYPE_CHECKING:
    from extractor.linking.tariffs.measures import Measure


def law_of(unit: Unit) -> Mention | None:
    """The law of a unit's own sentence: it modifies the term, or a word such as "under" leads to it."""
    found = [m for m in mentions(unit.doc, EntityType.LAW, within=unit.sentence) if _is_led_to(unit.doc, m) or _modifies(unit, m)]
    return min(found, key=lambda m: abs(m.start - unit.head.idx), default=None)


def spread_laws(doc: Doc, found: Sequence[Measure], issuer: str | None) -> list[Measure]:
    """Gives a law to the measures that it holds for, though another sentence names it.

    In a government's release the one law that it invokes is the basis of all that it decides. In other texts a law that is
    invoked for a duty holds for the nearest measure of its country in the same paragraph.

    Args:
        doc: the article.
        found: its measure mentions.
        issuer: code of the government whose release the article is, if it is one.
    """
    out = list(found)
    invoked = [m for m in mentions(doc, EntityType.LAW) if _country(m) and (_is_led_to(doc, m) or _names_a_duty(doc, m))]
    if issuer is not None:
        own = [m for m in invoked if _country(m) == issuer]
        if own and len({m.entity for m in own}) == 1:
            out = [_with(m, own[0]) if _decided_by(m, issuer) else m for m in out]
    for law in invoked:
        near = [i for i, m in enumerate(out) if m.law is None and m.imposer is not None and m.imposer.code == _country(law)]
        near = [i for i in near if segment_at(doc, out[i].unit.head.idx) == segment_at(doc, law.start)]
        if near:
            nearest = min(near, key=lambda i: abs(out[i].unit.head.idx - law.start))
            out[nearest] = replace(out[nearest], law=law)
    return out


def _with(measure: Measure, law: Mention) -> Measure:
    return measure if measure.law is not None else replace(measure, law=law)


def _decided_by(measure: Measure, issuer: str) -> bool:
    return (
        measure.imposer is not None
        and measure.imposer.code == issuer
        and measure.rate is not None
        and measure.standing.status in {Status.ANNOUNCED, Status.IN_FORCE, Status.PAUSED, Status.ENDED, Status.UNKNOWN}
    )


def _country(law: Mention) -> str | None:
    """The jurisdiction of a law with a code of its own: `us_s232` is of the United States. Trade agreements bind several."""
    code = law.value.code if isinstance(law.value, LawValue) else None
    if code is None or code.endswith("agreement") or code == "other":
        return None
    prefix = code.split("_")[0].upper()
    return {"UK": "GB"}.get(prefix, prefix) if len(prefix) == 2 else None


def _is_led_to(doc: Doc, law: Mention) -> bool:
    """`under Section 232`, `using IEEPA`, `invoking a 1977 law`."""
    span = span_of(doc, law)
    lead = doc[max(span.sent.start, span.start - 4) : span.start]
    return bool(({t.lower_ for t in lead} | {t.lemma_.lower() for t in lead}) & lemmas("parties", "legal_leads"))


def _modifies(unit: Unit, law: Mention) -> bool:
    return 0 <= unit.head.i - span_of(unit.doc, law).end <= 3


def _names_a_duty(doc: Doc, law: Mention) -> bool:
    """`Section 232 tariffs`, `IEEPA levies`."""
    span = span_of(doc, law)
    return any(0 <= t.head - span.end <= 2 for t in terms(doc, span.sent))
