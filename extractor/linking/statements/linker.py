"""Attributions -> statement records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Doc

from extractor.entities.mention import text_of
from extractor.ids import record_ids
from extractor.linking.entities import EntityIndex
from extractor.linking.statements.acts import speech_act
from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.circumstances import circumstances
from extractor.linking.statements.confidence import bin_of, confidence
from extractor.linking.statements.constructions import attributions
from extractor.linking.statements.quotes import Quote, find_quotes
from extractor.linking.statements.speakers import Speakers, Voice
from extractor.linking.statements.topics import spoken_of
from extractor.records import Cue, Evidence, Span, StatementRecord, TariffRecord

Mode = Literal["direct", "indirect", "mixed", "no_comment"]
DIRECT_FROM = 0.9
"""Share of a content's characters in quotation marks from which it is direct."""


def link_statements(doc: Doc, index: EntityIndex, tariffs: Sequence[TariffRecord]) -> list[StatementRecord]:
    """The statement records of an article, in the order of the text.

    Args:
        doc: the processed article.
        index: its entities.
        tariffs: its tariff records; a statement names those whose words it holds.
    """
    return [record for record, _ in binned(doc, index, tariffs)]


def binned(doc: Doc, index: EntityIndex, tariffs: Sequence[TariffRecord]) -> list[tuple[StatementRecord, str]]:
    """The statement records of an article, each with the bin that its confidence goes by."""
    speakers = Speakers(doc, index)
    voiced = [(one, voice) for one in attributions(doc) if (voice := speakers.of(one)) is not None]
    quotes = find_quotes(text_of(doc), doc._.segments)
    keys = [" ".join(text_of(doc)[a:b] for a, b in one.spans).casefold() for one, _ in voiced]
    ids = record_ids(doc._.article.id if doc._.article else "", "statement", keys)
    said = sorted(span for one, _ in voiced for span in one.spans)
    records = [_record(doc, one, voice, number, quotes, tariffs, said) for (one, voice), number in zip(voiced, ids, strict=True)]
    records = _with_carried_days([one for one, _ in voiced], records)
    return [(record, bin_of(one, voice)) for record, (one, voice) in zip(records, voiced, strict=True)]


def _record(
    doc: Doc,
    one: Attribution,
    voice: Voice,
    number: str,
    quotes: Sequence[Quote],
    tariffs: Sequence[TariffRecord],
    said: Sequence[tuple[int, int]],
) -> StatementRecord:
    around = circumstances(doc, one, said)
    content = [_span(doc, *s) for s in one.spans]
    evidence: Evidence = {"speaker": [_span(doc, *s) for s in voice.evidence], "content": content}
    if around.date:
        evidence["date"] = [_span(doc, around.date.start, around.date.end)]
    for name, found in (("venue", around.venue), ("addressee", around.addressee)):
        if found is not None:
            evidence[name] = [_span(doc, found.start_char, found.end_char)]
    return StatementRecord(
        id=number,
        speaker=voice.speaker,
        cue=_cue(doc, one),
        mode=_mode(one, quotes),
        content=content,
        date=around.date.value if around.date else None,  # type: ignore[arg-type]
        venue=_words(evidence, "venue"),
        addressee=_words(evidence, "addressee"),
        speech_act=speech_act(doc, one),
        tariffs=spoken_of(doc, one, tariffs),
        evidence=evidence,
        confidence=confidence(bin_of(one, voice)),
    )


def _with_carried_days(found: Sequence[Attribution], records: Sequence[StatementRecord]) -> list[StatementRecord]:
    """The day of a statement also dates the quotations of the same speaker that go on in its paragraph."""
    out: list[StatementRecord] = []
    for one, record in zip(found, records, strict=True):
        before, last = (out[-1], found[len(out) - 1]) if out else (None, None)
        goes_on = (
            before is not None
            and last is not None
            and before.date is not None
            and record.date is None
            and record.mode in {"direct", "mixed"}
            and before.speaker == record.speaker
            and one.unit.segment - last.unit.segment <= CARRIED
        )
        if goes_on and before is not None:
            evidence = record.evidence | {"date": before.evidence["date"]}
            out.append(record.model_copy(update={"date": before.date, "evidence": evidence}))
        else:
            out.append(record)
    return out


CARRIED = 0
"""Paragraphs over which a day is carried."""


def _span(doc: Doc, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text_of(doc)[start:end])


def _cue(doc: Doc, one: Attribution) -> Cue | None:
    if one.cue is None:
        return None
    start, end = one.cue.start_char, one.cue.end_char
    return Cue(start=start, end=end, text=text_of(doc)[start:end], lemma=one.lemma)


def _words(evidence: Evidence, name: str) -> str | None:
    return " ".join(evidence[name][0].text.split()) if name in evidence else None


def _mode(one: Attribution, quotes: Sequence[Quote]) -> Mode:
    """Direct if (nearly) all of the content is in quotation marks, mixed if some is."""
    if one.mode is not None:
        return "no_comment"
    inside = whole = 0
    for start, end in one.spans:
        whole += end - start
        inside += sum(max(0, min(end, q.end) - max(start, q.start)) for q in quotes)
    if inside >= DIRECT_FROM * whole:
        return "direct"
    return "mixed" if inside else "indirect"
