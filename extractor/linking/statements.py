"""Attributions -> statement records."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.linking.entities import EntityIndex
from extractor.records import StatementRecord, TariffRecord


def link_statements(doc: Doc, index: EntityIndex, tariffs: Sequence[TariffRecord]) -> list[StatementRecord]:
    """The statement records of an article, in the order of the text."""
    return []
