"""Finds rates."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_rates")
def rates(doc: Doc) -> Doc:
    """Adds mentions of rates."""
    return doc
