"""What a statement speaks of: the tariff records whose words it holds, or that "the levy" in it takes up."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.entities.layout import segment_at
from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.cues import words
from extractor.linking.statements.grammar import noun_lemma
from extractor.records import Span, TariffRecord

_DEFINITE = frozenset({"the", "this", "these", "those", "that", "such", "any"})
_PROVING = ("tariff", "rate")
"""The evidence of a record that is of this measure alone: its noun and its rate, not the places."""
PARAGRAPHS_BACK = 1


def spoken_of(doc: Doc, one: Attribution, tariffs: Sequence[TariffRecord]) -> list[str]:
    """Ids of the records that a statement announces, threatens, denies or comments on, in their order."""
    held = [t.id for t in tariffs if any(a < s.end and s.start < b for s in _proof(t) for a, b in one.spans)]
    return held or (_taken_up(doc, one, tariffs) if _names_measure(doc, one) else [])


def _proof(tariff: TariffRecord) -> list[Span]:
    return [span for name in _PROVING for span in tariff.evidence.get(name, [])]


def _names_measure(doc: Doc, one: Attribution) -> bool:
    """Whether the content has a definite phrase for a measure: "the levy", "this decision"."""
    return any(
        noun_lemma(token) in words("topics", "measures") and any(c.lower_ in _DEFINITE for c in token.children)
        for low, high in one.pieces
        for token in doc[low:high]
    )


def _taken_up(doc: Doc, one: Attribution, tariffs: Sequence[TariffRecord]) -> list[str]:
    """The records of the sentence that spoke of one last, in this paragraph or the one before."""
    here = min(start for start, _ in one.spans)
    before = [s for t in tariffs for s in _proof(t) if s.end <= here]
    if not before:
        return []
    last = max(before, key=lambda s: s.end)
    between = [s for s in doc._.segments if last.end <= s.start <= here]
    if len(between) > PARAGRAPHS_BACK or segment_at(doc, last.start) is None:
        return []
    sentence = next((s for s in doc.sents if s.start_char <= last.start < s.end_char), None)
    if sentence is None:
        return []
    return [t.id for t in tariffs if any(sentence.start_char <= s.start < sentence.end_char for s in _proof(t))]
