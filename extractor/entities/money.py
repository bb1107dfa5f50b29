"""Finds money."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_money")
def money(doc: Doc) -> Doc:
    """Adds mentions of money."""
    return doc
