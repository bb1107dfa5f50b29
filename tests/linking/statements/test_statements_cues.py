"""The list of cues: every example makes a statement with its cue, no negative one does."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from extractor.linking.statements.constructions import attributions
from extractor.linking.statements.cues import CueEntry, cue_entries
from tests.conftest import DocOf

POSITIVE = [(e, x) for e in cue_entries() for x in e.examples]
NEGATIVE = [(e, x) for e in cue_entries() for x in e.negative]


def lemmas(doc: Doc) -> list[str]:
    return [a.lemma for a in attributions(doc)]


@pytest.mark.parametrize(("entry", "text"), POSITIVE, ids=lambda v: v if isinstance(v, str) else v.lemma)
def test_example(doc_of: DocOf, entry: CueEntry, text: str) -> None:
    assert entry.lemma in lemmas(doc_of(text))


@pytest.mark.parametrize(("entry", "text"), NEGATIVE, ids=lambda v: v if isinstance(v, str) else v.lemma)
def test_negative(doc_of: DocOf, entry: CueEntry, text: str) -> None:
    assert entry.lemma not in lemmas(doc_of(text))


def test_every_entry_has_examples() -> None:
    assert not [e.lemma for e in cue_entries() if e.frames and not (e.examples or e.negative)]
    assert len({(e.lemma, e.particle, e.frames) for e in cue_entries()}) == len(cue_entries())
