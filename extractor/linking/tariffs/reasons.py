"""Why a measure is taken: reasons that hang on it, not those that only stand in its sentence.

`rationales.jsonl` has the words of each reason; here the syntax decides whether they are this measure's: behind a preposition or
in a clause of reason or purpose on its noun or verb (`over fentanyl`, `citing national security`, `to protect farmers`), before
its noun (`reciprocal tariffs`), or in a later sentence that takes it up (`The move is aimed at …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from extractor.entities.mention import mentions, smooth
from extractor.entities.rationales import rationales_in
from extractor.entities.terms import terms
from extractor.lexicon import table
from extractor.linking.tariffs.hanging import MODIFIERS, denied, nodes_of, paragraph, quoted, way_up, words
from extractor.linking.tariffs.measures import Measure
from extractor.linking.tariffs.merging import Group
from extractor.linking.tariffs.parties import Parties
from extractor.records import EntityType, Rationale
from extractor.syntax import SUBJECTS, auxiliaries, subject

RETALIATION = "retaliation"
LATER = 240
"""Characters behind a mention's sentence within which another gives its reason: the paragraph, or the start of the next."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of D6's list and the words, from their first character to behind the last."""

    code: str
    start: int
    end: int

    def record(self, doc: Doc) -> Rationale:
        """The reason as a record has it."""
        return Rationale(code=self.code, text=quoted(doc, self.start, self.end))


def reasons_of(group: Group, parties: Parties) -> list[Reason]:
    """The reasons of a measure, in the order of the text; a code may come from several places.

    Args:
        group: its mentions.
        parties: who is who.
    """
    out: dict[tuple[str, int], Reason] = {}
    for member in group.members:
        for reason in _of_mention(member, group):
            out.setdefault((reason.code, reason.start), reason)
    for sentence in _later_sentences(group):
        for reason in _of_later(sentence, group, parties):
            out.setdefault((reason.code, reason.start), reason)
    return sorted(out.values(), key=lambda r: (r.start, r.code))


def _of_mention(measure: Measure, group: Group) -> Iterator[Reason]:
    nodes = nodes_of(measure.unit.head)
    for code, span in _cues(measure.unit.sentence):
        if _is_of(code, span, nodes) and _is_nearest(measure, span) and not _is_answered(measure, code, span):
            yield _reason(code, span)


def _cues(sentence: Span) -> list[tuple[str, Span]]:
    """The words of reasons in a sentence, found once."""
    known: dict[int, list[tuple[str, Span]]] = sentence.doc.user_data.setdefault("reasons", {})
    if sentence.start not in known:
        found = ((r.code, sentence.doc.char_span(r.start, r.end, alignment_mode="expand")) for r in rationales_in(sentence))
        known[sentence.start] = [(code, span) for code, span in found if span is not None]
    return known[sentence.start]


def _reason(code: str, span: Span) -> Reason:
    """The cue with the noun that it modifies: `fentanyl trafficking`."""
    head = span.root
    if head.dep_ in MODIFIERS and head.head.i == span.end and head.head.pos_ in {"NOUN", "PROPN"}:
        return Reason(code, span.start_char, head.head.idx + len(head.head))
    return Reason(code, span.start_char, span.end_char)


def _is_of(code: str, span: Span, nodes: Sequence[Token]) -> bool:
    """Whether a cue is the reason of what the nodes tell."""
    head = nodes[0]
    if span.root.i != head.i and span.root.head.i == head.i and span.root.dep_ in MODIFIERS:
        return not denied(span.root)  # `retaliatory duties`
    if any(n.i in range(span.start, span.end) for n in nodes[1:]):  # `retaliated with duties`
        return code == RETALIATION and not denied(span.root) and _brings(head, span.root)
    way = way_up(span.root, nodes)
    others = {t.head for t in terms(head.doc, head.sent)} - {head.i}
    if not way or any(t.i in others for t in way):  # `unless it lifts its retaliatory duty`: that is another measure's
        return False
    return _leads(code, span, way) or _serves(way, head)


def _serves(way: Sequence[Token], head: Token) -> bool:
    """`protect our security by imposing tariffs`, `the tariffs protect jobs`: the verb above both tells the purpose."""
    verb = way[-1].head
    if verb.lemma_.lower() not in words("reasons", "serving") or denied(verb) or way[-1].dep_ not in {"dobj", "prep", "xcomp"}:
        return False
    own = way_up(head, [verb])
    return bool(own) and own[-1].dep_ == "prep" and own[-1].lower_ in {"by", "with", "through"} if own else False


def _brings(head: Token, verb: Token) -> bool:
    """`retaliated with a duty`, `hit back by raising duties`; not `retaliate against the duties`."""
    for token in (head, *head.ancestors):
        if token.i == verb.i:
            return False
        if token.dep_ in {"prep", "agent"} and token.head.i == verb.i:
            return token.lower_ in {"with", "by", "through"}
    return False


def _leads(code: str, span: Span, way: Sequence[Token]) -> bool:
    """Whether the way from the measure down to the cue begins as that of a reason does."""
    for node in reversed(way):
        if {c.lower_ for c in node.children if c.dep_ == "mark"} & words("reasons", "turning"):
            return True
        if denied(node) or node.lower_ in words("reasons", "no_leads"):
            return False
        if node.dep_ in {"prep", "agent", "mark"} or node.pos_ in {"ADP", "SCONJ"}:
            if node.lower_ in words("reasons", "prepositions") or _phrase_at(node) is not None:
                lead = _answered_behind(node) if code == RETALIATION and not _names_retaliation(span) else True
                return lead and not _in_relative(way, node)
            continue
        if node.dep_ == "relcl" and node.lemma_.lower() in words("reasons", "pleas"):
            continue  # `the levy, which Quito says is needed to …`
        if node.pos_ in {"VERB", "AUX"}:
            return _is_clause_of_reason(node, code, span)
    return code == RETALIATION and _phrase_at(span[0]) is not None and _answered_behind(span.root)


def _in_relative(way: Sequence[Token], lead: Token) -> bool:
    """`for goods that threaten jobs`: a clause on what the lead brings is not what it brings."""
    below = way[: [t.i for t in way].index(lead.i)]
    return any(t.dep_ == "relcl" for t in below)


def _is_clause_of_reason(verb: Token, code: str, span: Span) -> bool:
    """`to protect …`, `citing …`, `aimed at …`, `because …`, on the measure's noun or verb."""
    lemma = verb.lemma_.lower()
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    if marks & words("reasons", "marks") and verb.dep_ in {"advcl", "ccomp"}:
        return True
    if verb.dep_ in {"advcl", "acl", "xcomp", "relcl", "conj"} and "to" in auxiliaries(verb) and verb.tag_ == "VB":
        return lemma in words("reasons", "serving") if verb.dep_ == "conj" else lemma not in words("reasons", "no_purposes")
    if verb.dep_ in {"advcl", "acl", "xcomp", "conj", "parataxis"} and verb.tag_ == "VBG":
        return lemma in words("reasons", "pleas") | words("reasons", "purposes")
    return verb.dep_ in {"acl", "advcl", "relcl"} and lemma in words("reasons", "purposes")


@cache
def reason_phrases() -> re.Pattern[str]:
    """One expression for the phrases that bring a reason."""
    found = sorted(table("measure_details")["reasons"]["phrases"], key=lambda p: (-len(p), p))
    return re.compile("|".join(re.escape(p).replace(r"\*", r"[a-z-]{2,20}(?: [a-z-]{2,20})?") + r"\b" for p in found))


def _phrase_at(token: Token) -> re.Match[str] | None:
    """The phrase of reason that begins at a word: `in retaliation for`."""
    return reason_phrases().match(smooth(token.doc)[token.idx : token.idx + 60].lower())


def _names_retaliation(span: Span) -> bool:
    """Whether the words mean retaliation by themselves, as `in response to` does not."""
    return span.root.lemma_.lower() in words("relations", "retaliates_against")


def _answered_behind(lead: Token) -> bool:
    """Whether what is answered is a measure or an act: `in response to the duties`, not `to a question`."""
    behind = [t for t in lead.subtree if t.i > lead.i] or list(lead.doc[lead.i + 1 : lead.i + 12])
    return any(t.lemma_.lower() in words("reasons", "answered") for t in behind) or any(
        term.head in {t.i for t in behind} for term in terms(lead.doc, lead.sent)
    )


def _is_answered(measure: Measure, code: str, span: Span) -> bool:
    """Whether the measure is what the retaliation answers: `in retaliation for the U.S. duty`."""
    if code != RETALIATION:
        return False
    head = measure.unit.head
    root = span.root
    if head.i in {root.i, root.head.i}:
        return False
    if head.i >= span.end and span[-1].lower_ in {"to", "for", "of", "against"}:
        between = head.doc[span.end : head.i]  # `in response to the disruption caused by the U.S. duties`
        if not any(t.dep_ in SUBJECTS for t in between):
            return True
    above = {t.i for t in head.ancestors}
    under = next(
        (t for t in head.ancestors if t.dep_ == "prep" and t.lower_ in {"for", "to", "against", "of", "at", "from"}), None
    )
    return under is not None and bool(above & set(range(span.start, span.end))) and under.i >= span.start


def _is_nearest(measure: Measure, span: Span) -> bool:
    """Where a sentence gives several measures reasons of their own, each has those of its zone."""
    unit = measure.unit
    if unit.start <= span.start < unit.end:
        return True
    cues = [s for _, s in _cues(unit.sentence)]
    mine = any(unit.start <= s.start < unit.end for s in cues)
    return not mine


# ---------------------------------------------------------------- later sentences


def _later_sentences(group: Group) -> Iterator[Span]:
    """The sentences behind each of a group's mentions that tell no measure of their own."""
    doc = group.members[0].unit.doc
    seen: set[int] = set()
    for member in group.members:
        start = member.unit.sentence.end
        while start < len(doc) and doc[start].idx - member.unit.sentence.end_char <= LATER:
            sentence = doc[start].sent
            rates = mentions(doc, EntityType.RATE, within=sentence)
            if sentence.start not in seen and not rates:
                yield sentence
            seen.add(sentence.start)
            start = sentence.end


def _of_later(sentence: Span, group: Group, parties: Parties) -> Iterator[Reason]:
    """`The move is aimed at protecting mills.`, `Washington cited national security`."""
    if not (cues := _cues(sentence)):
        return
    root = sentence.root
    for code, span in cues:
        for verb in (root, *(c for c in root.children if c.dep_ in {"ccomp", "xcomp", "acomp"})):
            if denied(verb) or not _takes_up(verb):
                continue
            way = way_up(span.root, [verb])
            if way and (_gives_purpose(verb, way) or _leads(code, span, way)) and not _unfounded(code, way[-1]):
                yield _reason(code, span)
                break
            if way and _pleads(verb, group, sentence, parties):
                yield _reason(code, span)
                break


def _unfounded(code: str, lead: Token) -> bool:
    return code == RETALIATION and not _answered_behind(lead)


def _takes_up(verb: Token) -> bool:
    """Whether a sentence's subject is the measure, or who imposes it."""
    who = subject(verb)
    if who is None:
        return False
    if verb.lemma_.lower() in words("reasons", "later_pleas"):
        return True
    if who.pos_ == "PRON" and verb.lemma_ != "be" and verb.tag_ != "VBN":  # `they threatened …`: people
        return False
    return who.lemma_.lower() in words("reasons", "takers_up") or any(
        t.head == who.i and any(c.lower_ in {"the", "these", "those", "this", "its", "their", "such"} for c in who.lefts)
        for t in terms(verb.doc, verb.sent)
    )


def _gives_purpose(verb: Token, way: Sequence[Token]) -> bool:
    """`is aimed at …`, `is meant to …`, `is needed to …`."""
    lemmas = {verb.lemma_.lower(), *(c.lemma_.lower() for c in verb.children if c.dep_ in {"acomp", "attr"})}
    return bool(lemmas & words("reasons", "purposes")) and verb.tag_ in {"VBN", "VBZ", "VBP", "VBD", "VB"} and not denied(way[-1])


def _pleads(verb: Token, group: Group, sentence: Span, parties: Parties) -> bool:
    """`Washington cited …`: who imposes gives the reason, in the paragraph of the measure."""
    if verb.lemma_.lower() not in words("reasons", "later_pleas") or group.imposer is None:
        return False
    here = paragraph(sentence.doc, sentence.start_char)
    same = any(m.unit.sentence.end <= sentence.start and paragraph(sentence.doc, m.unit.head.idx) == here for m in group.members)
    who = subject(verb)
    if who is None or not same:
        return False
    party = parties.of_token(who)
    return party is not None and party.code == group.imposer.code
