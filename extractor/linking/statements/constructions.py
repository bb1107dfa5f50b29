"""All constructions in one order: which attribution each cue, phrase and quote of an article makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from extractor.entities.mention import mentions, text_of
from extractor.linking.statements.attribution import Attribution, character_spans, with_whole_quotes
from extractor.linking.statements.clauses import reported_clause
from extractor.linking.statements.cues import Cue, find_cues, words
from extractor.linking.statements.direct import Framed, frame_quotes
from extractor.linking.statements.grammar import noun_phrase, trimmed
from extractor.linking.statements.home import Home
from extractor.linking.statements.objects import acted_on
from extractor.linking.statements.phrases import according_to, made_clear, no_comment, noun_cue, transcript
from extractor.linking.statements.quotes import find_quotes
from extractor.linking.statements.releases import is_release
from extractor.linking.statements.sources import can_speak, is_evidence, source_of
from extractor.linking.statements.units import Layout, Unit, lay_out
from extractor.records import EntityType

MIN_LEAD = 3
"""Words of the shortest sentence that leads into the next paragraph with a colon."""
SHORTEST_FREE = 4
"""Words of the shortest quote that is a statement without a cue."""


def attributions(doc: Doc) -> list[Attribution]:
    """Every attribution of an article, in the order of the text, with character spans of its content."""
    layout = lay_out(doc, find_quotes(text_of(doc), doc._.segments))
    cues = list(find_cues(doc, layout.quote_of))
    found: list[Attribution] = list(transcript(layout))
    labelled = {a.unit.segment for a in found}
    lead: Attribution | None = None
    for unit in layout.units:
        if unit.segment in labelled:
            continue
        mine = [c for c in cues if unit.low <= c.token.i < unit.high]
        here = _of_unit(layout, unit, mine)
        if not here:
            here = _led_in(layout, unit, lead)
        if not here:
            _continue_or_stand_free(layout, unit, found)
        lead = _lead(layout, unit, mine)
        found += here
    for one in found:
        one.spans = character_spans(layout, doc, one.pieces)
    found = [a for a in found if a.construction not in {"act", "noun"} or _is_told(layout, a, found)]
    return sorted((a for a in found if a.spans), key=lambda a: (a.spans[0], a.cue.start if a.cue else 0))


def _is_told(layout: Layout, act: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether a verbal act is news: not one that somebody else's statement tells of, nor a release praising its own deeds."""
    assert act.cue is not None
    at = act.cue.start
    if any(i in layout.quote_of for low, high in act.pieces for i in range(low, high)):
        return True
    if is_release(layout.doc):
        return _is_foreign(layout.doc, act.source) or _is_guest(layout.doc, act.source)
    return not any(low <= at < high for other in found if other is not act for low, high in other.pieces)


def _is_guest(doc: Doc, source: Span) -> bool:
    """Whether a source in a release is a lawmaker, who does not belong to the government that wrote it."""
    found = mentions(doc, EntityType.PERSON, within=(source.start_char, source.end_char))
    roles = {getattr(m.value, "role", None) or "" for m in found}
    return any(set(role.lower().split()) & words("nouns", "lawmakers") for role in roles)


def _is_foreign(doc: Doc, source: Span) -> bool:
    """Whether a source belongs to another country than the article's own."""
    home = Home(doc).code
    found = mentions(doc, EntityType.COUNTRY, EntityType.AGENCY, within=(source.start_char, source.end_char))
    codes = {getattr(m.value, "code", None) or getattr(m.value, "country", None) for m in found} - {None}
    return home is not None and bool(codes) and home not in codes


def _of_unit(layout: Layout, unit: Unit, cues: Sequence[Cue]) -> list[Attribution]:
    silent = list(no_comment(layout, unit))
    refused = {i for a in silent for low, high in a.pieces for i in range(low, high)}
    reported = {a.cue.root.head for a in silent if a.cue is not None and a.cue.root.dep_ == "ccomp"}
    cues = [c for c in cues if c.token.i not in refused and c.token not in reported]  # "said it had no comment"
    framed = frame_quotes(layout, unit, cues)
    out = [*silent, *(_direct(f, unit) for f in framed if f.source is not None)]
    if not framed:
        out += _after_colon(layout, unit)
    taken = {f.cue.token.i for f in framed}
    for cue in cues:
        if cue.token.i not in taken:
            out += _indirect(layout, unit, cue)
    out += according_to(layout, unit)
    out += made_clear(layout, unit)
    out += noun_cue(layout, unit)
    return _with_participles(sorted(_distinct(out), key=lambda a: a.pieces[0]))


def _after_colon(layout: Layout, unit: Unit) -> list[Attribution]:
    """A sentence that leads into a quote with a colon, without a word of saying (`She was unmoved: "…"`): its subject speaks."""
    doc = layout.doc
    for quote in unit.quotes:
        low, high = layout.bounds(quote)
        if any(t.lower_ == "according" for t in doc[unit.low : low]):
            continue
        if low - 1 <= unit.low or doc[low - 1].text != ":" or high - low < SHORTEST_FREE + 2:
            continue
        leads = [t for t in doc[unit.low : low] if t.dep_ in {"nsubj", "nsubjpass"} and t.i not in layout.quote_of]
        heads = [t for t in leads if t.head.dep_ in {"ROOT", "ccomp"}]
        if heads and can_speak(noun_phrase(heads[0], stop=heads[0].head.i)):
            source = noun_phrase(heads[0], stop=heads[0].head.i)
            return [Attribution("colon", unit, source, [(low, high)], doc[low - 1 : low], ":", "report")]
    return []


def _lead(layout: Layout, unit: Unit, cues: Sequence[Cue]) -> Attribution | None:
    """An attribution whose quotation is the next paragraph: a sentence that ends with a colon (`Okafor was blunt:`)."""
    doc = layout.doc
    low, high = trimmed(doc, unit.low, unit.high, marks=())
    if high - low < MIN_LEAD or doc[high - 1].text != ":":
        return None
    speaking = [c for c in cues if c.takes("quote", "clause")]
    for cue in reversed(speaking):
        source = source_of(layout, cue, unit)
        if source is not None and can_speak(source) and not is_evidence(source):
            return Attribution("colon", unit, source, [], cue_span(cue), cue.entry.lemma, cue.entry.act)
    heads = [
        t for t in doc[low:high] if t.dep_ in {"nsubj", "nsubjpass"} and t.head.dep_ == "ROOT" and t.i not in layout.quote_of
    ]
    if not heads or not can_speak(noun_phrase(heads[0], stop=heads[0].head.i)):
        return None
    return Attribution("colon", unit, noun_phrase(heads[0], stop=heads[0].head.i), [], doc[high - 1 : high], ":", "report")


def _led_in(layout: Layout, unit: Unit, lead: Attribution | None) -> list[Attribution]:
    """The statement of a quotation that the sentence before led into with a colon."""
    bare = [t for t in layout.doc[unit.low : unit.high] if t.i not in layout.quote_of and (t.is_alpha or t.like_num)]
    if lead is None or bare or not unit.quotes or unit.segment - lead.unit.segment > 1:
        return []
    return [replace(lead, unit=unit, pieces=[(unit.low, unit.high)])]


def _with_participles(found: Sequence[Attribution]) -> list[Attribution]:
    """Joins what a participle adds (`rejected the plan, saying it was late`) to the verbal act of the same speaker before."""
    out: list[Attribution] = []
    for one in found:
        host = next((a for a in reversed(out) if _is_added(one, a)), None)
        if host is None:
            out.append(one)
        else:
            host.pieces = sorted([*host.pieces, *one.pieces])
    return out


def _is_added(one: Attribution, host: Attribution) -> bool:
    if (
        one.cue is None
        or host.cue is None
        or one.construction not in {"clause", "act"}
        or host.mode is not None
        or host.construction != "act"
    ):
        return False
    if one.act != "report":
        return False  # "…, warning that it would close": an act of its own
    verb = one.cue.root
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "conj", "xcomp"} or host.cue.start > one.cue.start:
        return False
    apart = all(high <= one.pieces[0][0] or low >= one.pieces[-1][1] for low, high in host.pieces)
    return apart and one.source.root.i == host.source.root.i and any(t.text == "," for t in verb.doc[host.cue.end : verb.i])


def _distinct(found: Sequence[Attribution]) -> list[Attribution]:
    """The first attribution of each content."""
    seen: set[tuple[tuple[int, int], ...]] = set()
    out = []
    for one in found:
        key = tuple(one.pieces)
        if key not in seen:
            seen.add(key)
            out.append(one)
    return out


def _direct(framed: Framed, unit: Unit) -> Attribution:
    assert framed.source is not None
    cue = framed.cue
    pieces = sorted(framed.pieces)
    kind = "split" if len(pieces) > 1 else "direct"
    return Attribution(kind, unit, framed.source, pieces, cue_span(cue), cue.entry.lemma, cue.entry.act)


def _indirect(layout: Layout, unit: Unit, cue: Cue) -> list[Attribution]:
    source = source_of(layout, cue, unit)
    if source is None or is_evidence(source) or (cue.entry.strength != "strong" and not can_speak(source)):
        return []
    kind, pieces = "clause", (reported_clause(layout, unit, cue, source) if cue.takes("clause") else [])
    if cue.takes("quoted") and can_speak(source):
        pieces = [p for p in reported_clause(layout, unit, cue, source) if _holds_words(layout, p)]
    if not pieces and cue.takes("infinitive", "object", "prep") and can_speak(source):
        kind, pieces = "act", acted_on(layout, unit, cue)
    if not pieces:
        return []
    pieces = with_whole_quotes(layout, pieces)
    return [Attribution(kind, unit, source, pieces, cue_span(cue), cue.entry.lemma, cue.entry.act)]


def _holds_words(layout: Layout, piece: tuple[int, int]) -> bool:
    """Whether a stretch quotes two words or more, so that somebody must have spoken them."""
    return sum(layout.doc[i].is_alpha for i in range(*piece) if i in layout.quote_of) > 1


def cue_span(cue: Cue) -> Span:
    """The words of a cue: its verb and the particle behind it."""
    doc, i = cue.token.doc, cue.token.i
    end = i + 2 if cue.entry.particle and i + 1 < len(doc) and doc[i + 1].lower_ == cue.entry.particle else i + 1
    return doc[i:end]


def _goes_on(layout: Layout, unit: Unit, found: Sequence[Attribution]) -> Attribution | None:
    """The statement that a quote without a cue goes on with: the last one with a quotation in the sentence before."""
    spoken = [a for a in found if a.mode is None]
    if not spoken:
        return None
    beside = [a for a in spoken if a.last == spoken[-1].last]
    quoting = [a for a in beside if any(i in layout.quote_of for low, high in a.pieces for i in (low, high - 1))]
    return (quoting or beside)[-1]


def _continue_or_stand_free(layout: Layout, unit: Unit, found: list[Attribution]) -> None:
    """A unit that is all quotation, without a cue, goes on with the statement before, or stands alone with the last speaker."""
    doc = layout.doc
    bare = [t for t in doc[unit.low : unit.high] if t.i not in layout.quote_of and (t.is_alpha or t.like_num)]
    quoted = sum(t.is_alpha for t in doc[unit.low : unit.high])
    previous = _goes_on(layout, unit, found)
    if bare or not unit.quotes or previous is None:
        return
    piece = (unit.low, unit.high)
    resumed = unit.quotes[0].resumes and previous.last.segment == unit.segment - 1
    if previous.construction != "act" and (resumed or (previous.last.segment == unit.segment and not unit.first)):
        previous.pieces.append(piece)
        previous.last = unit
    elif quoted >= SHORTEST_FREE and unit.segment - previous.last.segment <= 1:
        found.append(Attribution("free", unit, previous.source, [piece]))
