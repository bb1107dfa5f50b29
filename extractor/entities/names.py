"""The names that the trained recogniser of this domain finds: the accessor that rules read.

The model's `ner` knows, beside the base's labels, AGENCY (public bodies; ORG is all others), COUNTRY (countries, their
people, adjectives and seats of government) and PLACE (cities, regions, waters). What it found lives in `doc.spans["names"]`.
In `doc.ents` those three stand under the base's nearest label, so that rules which ask for an organisation or a country
read one set of labels, whichever model is loaded: with the bare base there are no spans of the three labels.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

KEY = "names"
"""The key of the spans."""
LABELS = frozenset({"PERSON", "AGENCY", "ORG", "COUNTRY", "PLACE"})
BASE_LABELS = {"AGENCY": "ORG", "COUNTRY": "GPE", "PLACE": "GPE"}
"""Label of ours -> the base's nearest; an adjective or a people ("Chinese", "Canadians") is NORP."""
ADJECTIVES = frozenset({"JJ", "NNPS", "NNS"})


@Language.component("tariff_names")
def keep_names(doc: Doc) -> Doc:
    """Keeps the trained names in `doc.spans` and gives `doc.ents` the base's labels."""
    doc.spans[KEY] = [e for e in doc.ents if e.label_ in LABELS]
    doc.ents = [Span(doc, e.start, e.end, label=_base_label(e)) for e in doc.ents]
    return doc


def _base_label(name: Span) -> str:
    if name.label_ == "COUNTRY" and name[-1].tag_ in ADJECTIVES:
        return "NORP"
    return BASE_LABELS.get(name.label_, name.label_)


def names(doc: Doc, *labels: str) -> list[Span]:
    """The trained spans with one of the labels (all, if none is given), in the order of the text."""
    return [span for span in doc.spans.get(KEY, ()) if not labels or span.label_ in labels]
