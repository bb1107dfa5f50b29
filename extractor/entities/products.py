"""Finds products."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_products")
def products(doc: Doc) -> Doc:
    """Adds mentions of products."""
    return doc
