"""Finds countries."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("tariff_countries")
def countries(doc: Doc) -> Doc:
    """Adds mentions of countries."""
    return doc
