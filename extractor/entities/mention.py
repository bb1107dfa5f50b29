"""Mentions: what the entity components write and the linkers read.

Mentions overlap ("Treasury" in "Treasury Secretary"), so spaCy's `doc.ents` cannot hold them. They live in
`doc._.mentions`, frozen and with character offsets, and are mirrored to `doc.spans[TYPE]` for spaCy's own tools.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from extractor.article import Article
from extractor.records import EntityType, Rejected, Value

for _name, _default in (("article", None), ("mentions", ()), ("segments", ()), ("rejected", ())):
    Doc.set_extension(_name, default=_default, force=True)


def smooth(doc: Doc) -> str:
    """`doc.text`, built once: spaCy joins the tokens anew at each access."""
    known = doc.user_data.get("smooth")
    if known is None:
        known = doc.user_data["smooth"] = doc.text
    return str(known)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an entity.

    Attributes:
        type: kind of entity.
        start: offset of the first character in `Article.text`.
        end: offset behind the last character.
        text: the words, as in `Article.text`.
        entity: canonical name; mentions of one type with one canonical name are one entity.
        value: what the mention says of its entity; merged over the mentions when the entity is built.
    """

    type: EntityType
    start: int
    end: int
    text: str
    entity: str
    value: Value | None = None


def text_of(doc: Doc) -> str:
    """`Article.text`: the same length as `doc.text`, which has its quotation marks and line ends smoothed for the parser."""
    article: Article | None = doc._.article
    return article.text if article else smooth(doc)


def make_mention(doc: Doc, kind: EntityType, start: int, end: int, entity: str, value: Value | None = None) -> Mention:
    """A mention of `text_of(doc)[start:end]`."""
    return Mention(kind, start, end, text_of(doc)[start:end], entity, value)


def mentions(doc: Doc, *types: EntityType, within: Span | tuple[int, int] | None = None) -> list[Mention]:
    """Mentions of the types (all, if none is given) in the order of the text, longer ones first.

    Args:
        doc: the processed document.
        types: kinds of entity.
        within: only those that lie inside this span (a spaCy span, or character offsets).
    """
    found = _of_types(doc, types)
    if within is None:
        return list(found)
    low, high = _bounds(within)
    near = found[bisect_left(found, low, key=_start) : bisect_right(found, high, key=_start)]
    return [m for m in near if m.end <= high]


def _of_types(doc: Doc, types: tuple[EntityType, ...]) -> tuple[Mention, ...]:
    """All mentions of the types; kept as long as the mentions stay the same."""
    everything: tuple[Mention, ...] = doc._.mentions
    known = doc.user_data.get("by_types")
    if known is None or known[0] is not everything:
        first: dict[tuple[EntityType, ...], tuple[Mention, ...]] = {(): everything}
        known = doc.user_data["by_types"] = (everything, first)
    kept: dict[tuple[EntityType, ...], tuple[Mention, ...]] = known[1]
    if types not in kept:
        kept[types] = tuple(m for m in everything if m.type in types)
    return kept[types]


def _start(mention: Mention) -> int:
    return mention.start


def add_mentions(doc: Doc, new: Iterable[Mention]) -> None:
    """Adds mentions, keeps the order of the text, and mirrors them to `doc.spans`."""
    added = set(new)
    _write(doc, {*doc._.mentions, *added}, {m.type for m in added})


def drop_mentions(doc: Doc, gone: Iterable[Mention]) -> None:
    """Takes mentions back, where a later component knows better."""
    lost = set(gone)
    _write(doc, set(doc._.mentions) - lost, {m.type for m in lost})


def _write(doc: Doc, everything: set[Mention], changed: set[EntityType]) -> None:
    doc._.mentions = tuple(sorted(everything, key=lambda m: (m.start, -m.end, m.type, m.entity)))
    for kind in sorted(changed):
        found = [m for m in doc._.mentions if m.type == kind]
        spans = [doc.char_span(m.start, m.end, label=kind.value, alignment_mode="expand") for m in found]
        doc.spans[kind.value] = [span for span in spans if span is not None]


def add_rejected(doc: Doc, start: int, end: int, reason: str) -> None:
    """Notes a rate or tariff word that was seen and not taken."""
    doc._.rejected = (
        *doc._.rejected,
        Rejected.model_validate({"start": start, "end": end, "text": text_of(doc)[start:end], "reason": reason}),
    )


def with_value(mention: Mention, value: Value) -> Mention:
    """The same mention with another value."""
    return replace(mention, value=value)


def span_of(doc: Doc, mention: Mention) -> Span:
    """The tokens that a mention touches."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    assert span is not None, mention
    return span


def mention_at(doc: Doc, token: Token, *types: EntityType) -> Mention | None:
    """The longest mention of the types that covers the token."""
    covering = [m for m in _by_token(doc).get(token.i, ()) if m.type in types or not types]
    return max(covering, key=lambda m: m.end - m.start, default=None)


def _by_token(doc: Doc) -> dict[int, list[Mention]]:
    """Token index -> mentions that cover the token; kept as long as the mentions stay the same."""
    known = doc.user_data.get("by_token")
    if known is not None and known[0] is doc._.mentions:
        kept: dict[int, list[Mention]] = known[1]
        return kept
    index: dict[int, list[Mention]] = {}
    for mention in doc._.mentions:
        for token in span_of(doc, mention):
            index.setdefault(token.i, []).append(mention)
    doc.user_data["by_token"] = (doc._.mentions, index)
    return index


def _bounds(within: Span | tuple[int, int]) -> tuple[int, int]:
    return (within.start_char, within.end_char) if isinstance(within, Span) else within
