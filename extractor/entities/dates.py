"""Finds dates."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_dates")
def dates(doc: Doc) -> Doc:
    """Adds mentions of dates."""
    return doc
