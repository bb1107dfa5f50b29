"""Finds laws."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_laws")
def laws(doc: Doc) -> Doc:
    """Adds mentions of laws."""
    return doc
