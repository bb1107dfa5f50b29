"""Finds people."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_people")
def people(doc: Doc) -> Doc:
    """Adds mentions of people."""
    return doc
