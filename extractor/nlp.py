"""The spaCy pipeline: the trained model plus our components, in one order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import extractor.entities
import extractor.entities.layout
import extractor.entities.names
from extractor.article import Article
from extractor.entities.layout import Segment, parser_text, segment
from extractor.errors import ConfigError
from extractor.model_files import check_model
from extractor.tokenizer import BoundedTokenizer

REQUIRED = ("tagger", "parser", "lemmatizer", "ner")
"""What our components read."""


@lru_cache(maxsize=2)
def build(path: Path) -> Language:
    """Loads the trained parts and adds our components.

    Raises:
        ConfigError: C004, the folder is no usable model.
    """
    check_model(path)
    try:
        nlp = spacy.load(path)
    except Exception as error:
        raise ConfigError("C004", path=str(path), detail=_reason(error)) from error
    if nlp.lang != "en":
        raise ConfigError("C004", path=str(path), detail=f"its language is {nlp.lang}, not en")
    missing = [name for name in REQUIRED if name not in nlp.pipe_names]
    if missing:
        raise ConfigError("C004", path=str(path), detail=f"it has no {', '.join(missing)}")
    own = ("tariff_layout", "tariff_names", *extractor.entities.COMPONENTS)
    taken = [name for name in own if name in nlp.component_names]
    if taken:
        raise ConfigError("C004", path=str(path), detail=f"it has a component {taken[0]} of its own, a name of ours")
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer)
    nlp.add_pipe(own[0], first=True)
    for name in own[1:]:
        nlp.add_pipe(name, last=True)
    return nlp


LONGEST_REASON = 200
"""Characters of spaCy's message that an error of ours quotes."""


def _reason(error: Exception) -> str:
    """What spaCy says, in one line: its messages often begin with empty lines, and some are empty."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:LONGEST_REASON]}" if words else type(error).__name__


LONGEST_AT_ONCE = 50_000
"""Characters that the trained parts read at once; they need some 3.5 kB for each, which a long text cannot have."""


def process(nlp: Language, article: Article) -> Doc:
    """Article -> Doc with segments, parse and mentions."""
    segments = segment(article)
    text = parser_text(article, segments)
    parsed = [_parse(nlp, text, start, end, segments) for start, end in _stretches(text, segments)]
    doc = parsed[0] if len(parsed) == 1 else _joined(parsed)
    doc._.article = article
    doc._.segments = segments
    for name, component in nlp.pipeline:
        if name in extractor.entities.COMPONENTS:
            doc = component(doc)
    return doc


def _stretches(text: str, segments: tuple[Segment, ...]) -> list[tuple[int, int]]:
    """Cuts a text before segments, at white space, into stretches of at most `LONGEST_AT_ONCE` characters where that can be.

    What is still longer, as one line without end, is cut behind sentences, else at white space, else anywhere.
    """
    edges, at = [0], 0
    starts = [s.start for s in segments if s.start and text[s.start - 1].isspace()]
    for start, following in pairwise([*starts, len(text)]):
        if following - at > LONGEST_AT_ONCE and start > at:
            edges.append(start)
            at = start
    whole = list(pairwise([*edges, len(text)])) if text else [(0, 0)]
    return [part for start, end in whole for part in _cut(text, start, end, starts)]


_SENTENCE_END = re.compile(r"[.!?][\"')\]]?\s+(?=\S)")


def _cut(text: str, start: int, end: int, begins: list[int]) -> Iterator[tuple[int, int]]:
    """Cuts a stretch that is too long: before a segment or behind a sentence, else at white space, else anywhere."""
    while end - start > LONGEST_AT_ONCE:
        low, high = start + LONGEST_AT_ONCE // 2, start + LONGEST_AT_ONCE
        at = bisect_left(begins, high)
        begun = begins[at - 1] if at else 0  # none begins before: white space stands there
        ends = [found.end() for found in _SENTENCE_END.finditer(text, low, high)]
        edge = max([begun, *ends])
        if edge <= low:
            edge = 1 + max(low, *(text.rfind(space, low, high) for space in " \n"))
            edge = edge if edge > low + 1 else high
        yield start, edge
        start = edge
    yield start, end


def _parse(nlp: Language, text: str, start: int, end: int, segments: tuple[Segment, ...]) -> Doc:
    """One stretch through the layout and the trained parts."""
    doc = nlp.make_doc(text[start:end]) if end - start <= nlp.max_length else nlp.tokenizer(text[start:end])
    low, high = bisect_right(segments, start, key=lambda s: s.end), bisect_left(segments, end, key=lambda s: s.start)
    clipped = ((s, max(s.start, start), min(s.end, end)) for s in segments[low:high])
    doc._.segments = tuple(replace(s, start=a - start, end=b - start) for s, a, b in clipped)
    for name, component in nlp.pipeline:
        if name not in extractor.entities.COMPONENTS:
            doc = component(doc)
    return doc


def _joined(parsed: list[Doc]) -> Doc:
    left_out = ("user_data", "tensor")
    doc = Doc.from_docs(parsed, ensure_whitespace=False, exclude=left_out)  # type: ignore[call-arg]  # the stub lacks it
    assert doc is not None
    return doc
