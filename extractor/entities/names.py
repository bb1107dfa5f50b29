"""The names that the trained recogniser of this domain finds: the accessor that rules read.

The model's `names` component knows PERSON, AGENCY (public bodies), ORG (all others), COUNTRY (countries, their people,
adjectives and seats of government) and PLACE. Its spans live in `doc.spans["names"]`; `doc.ents` stays the base recogniser's,
with its dates, money and the rest. A model without the component is usable: there are then no such spans.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

KEY = "names"
"""The trained component's name, and the key of its spans."""


@Language.component("tariff_names")
def keep_names(doc: Doc) -> Doc:
    """Moves the spans of the component before it from `doc.ents` to `doc.spans`, so that the base's recogniser begins anew."""
    doc.spans[KEY] = list(doc.ents)
    doc.set_ents([], default="missing")
    return doc


def names(doc: Doc, *labels: str) -> list[Span]:
    """The trained spans with one of the labels (all, if none is given), in the order of the text."""
    return [span for span in doc.spans.get(KEY, ()) if not labels or span.label_ in labels]
