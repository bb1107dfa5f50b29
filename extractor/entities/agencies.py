"""Finds agencies."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_agencies")
def agencies(doc: Doc) -> Doc:
    """Adds mentions of agencies."""
    return doc
