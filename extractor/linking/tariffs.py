"""Measures -> tariff records."""

from __future__ import annotations

from spacy.tokens import Doc

from extractor.linking.entities import EntityIndex
from extractor.records import TariffRecord


def link_tariffs(doc: Doc, index: EntityIndex) -> list[TariffRecord]:
    """The tariff records of an article, in the order of the text."""
    return []
