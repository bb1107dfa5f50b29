"""Mends the lemmas of a few verbs, before anything reads them."""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lexicon import table


@cache
def _verbs() -> dict[str, str]:
    return {form: lemma for lemma, forms in table("lemmas")["verbs"].items() for form in forms}


@Language.component("tariff_lemmas")
def tariff_lemmas(doc: Doc) -> Doc:
    """Gives verb forms of `lemmas.toml` their lemma."""
    for token in doc:
        if token.pos_ == "VERB" and (lemma := _verbs().get(token.lower_)):
            token.lemma_ = lemma
    return doc
