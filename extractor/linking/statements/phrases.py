"""Attributions without a verb of saying in front: "according to", noun cues, transcripts, refusals to comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import Segment, SegmentKind
from extractor.entities.mention import mentions, smooth
from extractor.entities.people_public import is_noun
from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.cues import is_asserted, noun_cues, words
from extractor.linking.statements.grammar import FINITE, children, noun_phrase, subject, trimmed
from extractor.linking.statements.sources import can_speak, is_evidence
from extractor.linking.statements.units import Layout, Unit
from extractor.records import EntityType

# ---------------------------------------------------------------- according to


def according_to(layout: Layout, unit: Unit) -> Iterator[Attribution]:
    """`…, according to X`, `According to X, …`, `…, in the words of X`, `In X's view …`, and with the phrase in the middle."""
    doc = layout.doc
    for i in range(unit.low, unit.high - 1):
        marker = _marker(doc, i, unit.high) if i not in layout.quote_of else None
        head = _named_by(doc, marker, unit) if marker is not None else None
        if marker is None or head is None:
            continue
        source = noun_phrase(head, stop=marker.end - 1 if head.dep_ == "poss" else _phrase_end(doc, i, unit))
        if is_evidence(source) or not can_speak(source):
            continue
        pieces = [
            p for p in _around_phrase(doc, unit, i, max(source.end, marker.end)) if sum(t.is_alpha for t in doc[p[0] : p[1]]) > 1
        ]
        if pieces:
            yield Attribution("according", unit, source, pieces, marker, marker.text.lower(), "report")


def _marker(doc: Doc, i: int, high: int) -> Span | None:
    """The words "according to" or their like that start at a token; of "in his view" all three."""
    text = doc[i : min(high, i + 4)].text.lower()
    for phrase in words("according", "phrases"):
        if text == phrase or text.startswith(phrase + " "):
            return doc[i : i + len(phrase.split())]
    if doc[i].lower_ != "in":
        return None
    noun = next((c for c in children(doc[i], "pobj") if i < c.i < min(high, i + 8)), None)
    owned = noun is not None and noun.lower_ in words("according", "views") and noun.i == noun.right_edge.i
    return doc[i : noun.i + 1] if noun is not None and owned and children(noun, "poss") else None


def _named_by(doc: Doc, marker: Span, unit: Unit) -> Token | None:
    """Who is named: the complement of the marker's last preposition, or the owner in "in his view"."""
    owner = next((c for t in marker for c in children(t, "poss")), None)
    if owner is not None:
        return owner
    bounds = {marker.start, marker.end - 1}
    return next((t for t in doc[marker.end : unit.high] if t.dep_ == "pobj" and t.head.i in bounds), None)


def _around_phrase(doc: Doc, unit: Unit, low: int, high: int) -> list[tuple[int, int]]:
    """What is reported: before the phrase, behind it, or both."""
    left, right = trimmed(doc, unit.low, low), trimmed(doc, high, unit.high)
    if low - 1 > unit.low and doc[low - 1].lower_ in {"that", "which", "who"}:
        return [right]  # "a step that according to the bank breaks the pact"
    if doc[min(high, unit.high - 1)].text == ":":
        left = (left[0], left[0])
    elif right[0] < right[1] and left[0] < left[1] and not _resumes(doc, high):
        right = (right[0], right[0])
    return [left, right]


def _phrase_end(doc: Doc, i: int, unit: Unit) -> int:
    """At a sentence's start the source ends with the comma before the main clause."""
    if i - unit.low > 1:
        return unit.high
    verb = next((t.i for t in doc[i : unit.high] if t.dep_ in {"ROOT", "nsubj", "nsubjpass", "expl"} and t.i > i + 2), unit.high)
    return max((t.i for t in doc[i:verb] if t.text == ","), default=unit.high)


def _resumes(doc: Doc, at: int) -> bool:
    """Whether the sentence goes on behind the phrase: with a comma and a finite verb."""
    return at < len(doc) and doc[at].text == "," and any(t.tag_ in FINITE for t in doc[at : at + 8])


# ---------------------------------------------------------------- "made clear that"


def made_clear(layout: Layout, unit: Unit) -> Iterator[Attribution]:
    """`made (it) clear that …`, `let it be known that …`, `is of the opinion that …`."""
    doc = layout.doc
    for verb in doc[unit.low : unit.high]:
        if verb.i in layout.quote_of or verb.lemma_.lower() not in words("made_clear", "verbs") or not is_asserted(verb):
            continue
        near = doc[verb.i + 1 : min(unit.high, verb.i + LONGEST_LIGHT)]
        said = next((t for t in near if t.lower_ in words("made_clear", "complements")), None)
        that = next((t for t in near if t.lower_ == "that" and t.dep_ in {"mark", "det", "nsubj"}), None)
        head = subject(verb)
        if verb.lemma_ == "be" and doc[verb.i + 1].lower_ != "of":
            continue
        if said is None or that is None or said.i > that.i or head is None or head.i > verb.i or head.i in layout.quote_of:
            continue
        if any(t.pos_ == "VERB" and t.lower_ != "known" for t in doc[verb.i + 1 : that.i]):
            continue
        source = noun_phrase(head, stop=verb.i)
        if can_speak(source) and not is_evidence(source):
            piece = trimmed(doc, that.i + 1, unit.high)
            yield Attribution("clause", unit, source, [piece], doc[verb.i : said.i + 1], verb.lemma_.lower(), "report")


LONGEST_LIGHT = 9
"""Tokens from "made" to "that" in "made it clear on Friday that"."""


# ---------------------------------------------------------------- noun cues


def noun_cue(layout: Layout, unit: Unit) -> Iterator[Attribution]:
    """`his claim that …`, `the union's call for …`, `criticism of … by X`."""
    doc = layout.doc
    for token in doc[unit.low : unit.high]:
        act = noun_cues().get(token.lemma_.lower()) if token.pos_ == "NOUN" and token.i not in layout.quote_of else None
        if act is None:
            continue
        source = _owner(token) or _giver(layout, token)
        content = _noun_content(token) or _equated(token)
        if source is not None and content is not None and content[1] - content[0] > 2:
            yield Attribution("noun", unit, source, [content], doc[token.i : token.i + 1], token.lemma_.lower(), act)


def _owner(noun: Token) -> Span | None:
    """Whose claim it is: "his", "the union's", "by the union", "from the union"."""
    for owner in children(noun, "poss"):
        return noun_phrase(owner, stop=noun.i)
    for prep in children(noun, "prep", "agent"):
        if prep.lower_ in {"by", "from"}:
            for owner in children(prep, "pobj"):
                return noun_phrase(owner)
    return None


def _giver(layout: Layout, noun: Token) -> Span | None:
    """Who does it with a verb that says no more than the noun: "issued a warning that", "dropped hints that"."""
    verb = noun.head
    light = noun.dep_ == "dobj" and verb.lemma_.lower() in words("made_clear", "light_verbs")
    if not light or verb.i in layout.quote_of or not is_asserted(verb):
        return None
    head = subject(verb)
    if head is None or head.i in layout.quote_of or head.i > verb.i:
        return None
    source = noun_phrase(head, stop=verb.i)
    return source if can_speak(source) and not is_evidence(source) else None


def _equated(noun: Token) -> tuple[int, int] | None:
    """Reads "its main demand was that the port be opened"."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ != "be":
        return None
    for clause in children(noun.head, "ccomp"):
        if clause.i > noun.head.i and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children):
            return clause.left_edge.i + 1, clause.right_edge.i + 1
    return None


def _noun_content(noun: Token) -> tuple[int, int] | None:
    beside = noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("made_clear", "light_verbs")
    further = [c for c in children(noun.head, "ccomp") if c.i > noun.i] if beside else []
    for clause in [*children(noun, "acl", "ccomp", "relcl"), *further]:
        if any(c.lower_ == "that" and (c.dep_ == "mark" or c.tag_ == "IN") for c in clause.children):
            return clause.left_edge.i + 1, clause.right_edge.i + 1
        if clause.dep_ == "acl" and any(c.tag_ == "TO" for c in clause.children):
            return clause.left_edge.i, clause.right_edge.i + 1
    wanted = {
        "call": {"for"},
        "demand": {"for"},
        "appeal": {"for"},
        "plea": {"for"},
        "request": {"for"},
        "criticism": {"of"},
        "praise": {"for", "of"},
    }
    for prep in children(noun, "prep"):
        if prep.lower_ in wanted.get(noun.lemma_.lower(), {}) and children(prep, "pobj"):
            return prep.i + 1, prep.right_edge.i + 1
    return None


# ---------------------------------------------------------------- transcripts

_LABEL = re.compile(r"(?P<who>[A-Z][\w.'’-]{0,40}(?: (?:[A-Z(][\w.,'’)-]{0,40}|for|of|and|the)){0,9}):\s{1,40}(?=\S)")


def transcript(layout: Layout) -> Iterator[Attribution]:
    """Paragraphs that begin with a speaker's name and a colon: `OKAFOR: …`. Names in small letters need two of them."""
    doc = layout.doc
    segments: tuple[Segment, ...] = doc._.segments
    labelled = []
    for number, segment in enumerate(segments):
        match = _LABEL.match(smooth(doc), segment.start, segment.end) if segment.kind is SegmentKind.PARAGRAPH else None
        if match:
            labelled.append((number, segment, match))
    for number, segment, match in labelled:
        often = sum(m["who"] == match["who"] for _, _, m in labelled) > 1 or _names_person(doc, *_name_in(match))
        if not _is_name(doc, match["who"]) or (not match["who"].isupper() and (len(labelled) < 3 or not often)):
            continue
        if match["who"] in words("transcript", "questions"):
            continue
        unit = next((u for u in layout.units if u.segment == number), None)
        who = doc.char_span(*_name_in(match), alignment_mode="expand")
        text = doc.char_span(match.end(), segment.end, alignment_mode="expand")
        if unit and who is not None and text is not None and len(text) > 1:
            cue = doc[text.start - 1 : text.start]
            yield Attribution("transcript", unit, who, [(text.start, text.end)], cue, ":", "report")


def _names_person(doc: Doc, start: int, end: int) -> bool:
    """Whether a label holds a full name of a person of the article."""
    return any(" " in m.text for m in mentions(doc, EntityType.PERSON, within=(start, end)))


def _name_in(match: re.Match[str]) -> tuple[int, int]:
    """Bounds of the speaker in a label: without a seat behind it ("Jane Roe (Arica) (Lab)"), within marks behind an office."""
    label, start = match["who"], match.start("who")
    office = re.match(r"The [^()]{1,200}\((?P<name>[^()]{1,200})\)$", label)
    if office:
        return start + office.start("name"), start + office.end("name")
    end = label.find(" (")
    return start, start + (end if end > 0 else len(label))


def _is_name(doc: Doc, label: str) -> bool:
    """Whether a label is a person's: its last word ends a name of the article, or it is two or three words that make one."""
    office = re.fullmatch(r"The [^()]{1,200}\(([^()]{1,200})\)", label)
    last = (office[1] if office else label.split("(", maxsplit=1)[0]).rsplit(maxsplit=1)[-1].casefold().strip(".,")
    names = {m.entity.split()[-1].casefold() for m in mentions(doc, EntityType.PERSON)} | {
        e[-1].lower_ for e in doc.ents if e.label_ == "PERSON" and not e.text.isupper()
    }
    title = label.isupper() and is_noun(label.rsplit(maxsplit=1)[-1].lower()) and " " in label  # "SENIOR OFFICIAL:"
    return title or last in names or label in words("transcript", "questions") | words("transcript", "answers")


# ---------------------------------------------------------------- no comment


def no_comment(layout: Layout, unit: Unit) -> Iterator[Attribution]:
    """`declined to comment`, `did not immediately respond to a request for comment`, `had no comment`, `could not be reached`."""
    for verb in layout.doc[unit.low : unit.high]:
        if verb.pos_ not in {"VERB", "AUX"} or verb.i in layout.quote_of or not _is_silence(verb):
            continue
        head = subject(verb) or next(iter(children(verb, "nsubjpass")), None)
        if head is None or head.i in layout.quote_of or head.i >= verb.i:
            continue
        own = [t.i for t in verb.subtree if t.i >= head.right_edge.i + 1 and t.i < unit.high and not _is_aside(t, verb)]
        low = min([t for t in own if t <= verb.i], default=verb.i)
        piece = trimmed(layout.doc, low, _predicate_end(verb, unit))
        yield Attribution(
            "no_comment",
            unit,
            noun_phrase(head, stop=verb.i),
            [piece],
            layout.doc[verb.i : verb.i + 1],
            verb.lemma_.lower(),
            "other",
            mode="no_comment",
        )


def _is_aside(token: Token, verb: Token) -> bool:
    return token.is_punct or token.dep_ in {"cc"}


def _predicate_end(verb: Token, unit: Unit) -> int:
    ends = [
        c.right_edge.i
        for c in verb.children
        if c.i > verb.i and c.dep_ in {"xcomp", "prep", "dobj", "ccomp", "acomp", "advmod", "npadvmod"}
    ]
    return min(max([verb.i, *ends]) + 1, unit.high)


def _is_silence(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    negated = any(c.dep_ == "neg" for c in verb.children)
    below = {t.lemma_.lower() for t in verb.subtree if t.i > verb.i}
    asked = bool(below & words("no_comment", "asked"))
    if lemma in words("no_comment", "refusals"):
        return any(c.lemma_.lower() in words("no_comment", "refused") for c in children(verb, "xcomp"))
    if lemma in words("no_comment", "silent") and negated:
        return lemma == "comment" or asked
    if lemma == "reach" and "comment" in below:
        return negated
    return (
        lemma == "have"
        and any(c.lemma_ == "comment" and any(d.lower_ == "no" for d in c.children) for c in children(verb, "dobj"))
    ) or (lemma == "be" and negated and "comment" in below and "available" in below)
