"""Indirect speech: reported clauses before, behind and around their cue."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from extractor.linking.statements.circumstances import is_circumstance, is_time
from extractor.linking.statements.cues import Cue, entry_of, words
from extractor.linking.statements.grammar import children, is_passive, trimmed
from extractor.linking.statements.units import Layout, Unit

Pieces = list[tuple[int, int]]


def reported_clause(layout: Layout, unit: Unit, cue: Cue, source: Span) -> Pieces:
    """The reported clause of a cue, without "that": one stretch of tokens, or two around the cue; none if it has none."""
    verb = cue.token
    behind = [c for c in children(verb, "ccomp") if c.i > verb.i and (cue.entry.strength != "weak" or _is_finite(c))]
    behind += [c for c in children(verb, "xcomp") if c.i > verb.i and verb.dep_ == "relcl" and _is_finite(c)]
    if behind and cue.takes("object") and not _is_finite(behind[0]) and any(c.i < behind[0].i for c in children(verb, "dobj")):
        return []  # "announced duties worth …": an object with what describes it
    if behind:
        found = _clause_behind(layout, unit, verb, behind)
        return [] if verb.dep_ == "relcl" and found[0][1] - found[0][0] <= SHORTEST_GAPPED else found
    aside = _in_relative(layout, unit, cue) or _as_said(layout, unit, cue) or _interrupted(layout, unit, verb, source)
    if aside:
        return aside
    before = [c for c in children(verb, "ccomp") if c.i < verb.i]
    if before:
        return _around(layout, unit, verb, source, inside=before[0])
    if verb.dep_ == "parataxis" and verb.head.pos_ in {"VERB", "AUX"}:
        return _around(layout, unit, verb, source, inside=verb.head)
    return (
        _interrupted(layout, unit, verb, source) or _by_order(layout, unit, cue, source) or _trailing(layout, unit, verb, source)
    )


def _in_relative(layout: Layout, unit: Unit, cue: Cue) -> Pieces:
    """Reads "goods that he said were cheap": what follows the cue in a relative clause that has a subject besides its own."""
    doc, verb = layout.doc, cue.token
    if (
        verb.dep_ != "relcl"
        or cue.entry.strength != "strong"
        or verb.i + 1 >= unit.high
        or doc[verb.i + 1].pos_ not in {"VERB", "AUX"}
    ):
        return []
    if not any(c.tag_ in {"WDT", "WP"} for c in children(verb, "nsubj", "dobj")) or len(children(verb, "nsubj")) < 2:
        return []
    high = next((i for i in range(verb.i + 1, unit.high) if doc[i].text == "," and i not in layout.quote_of), unit.high)
    return [trimmed(doc, verb.i + 1, high)]


def _as_said(layout: Layout, unit: Unit, cue: Cue) -> Pieces:
    """Reads "As Okafor said, the port is shut" and "The port is shut, as Okafor said": the sentence without the phrase."""
    doc, verb = layout.doc, cue.token
    marks = [c for c in children(verb, "mark", "advmod") if c.lower_ == "as" and c.i < verb.i]
    if not marks or cue.entry.strength != "strong" or children(verb, "dobj", "ccomp", "xcomp"):
        return []
    first = marks[0].i
    if all(not t.is_alpha for t in doc[unit.low : first]):
        comma = next((i for i in range(verb.i + 1, unit.high) if doc[i].text == ","), None)
        return [trimmed(doc, comma + 1, unit.high)] if comma is not None and _has_finite(layout, comma + 1, unit.high) else []
    ends = not any(t.pos_ in {"VERB", "AUX"} for t in doc[verb.i + 1 : unit.high])
    return [trimmed(doc, unit.low, first)] if ends and doc[first - 1].text == "," else []


def _is_finite(verb: Token) -> bool:
    finite = {"MD", "VBD", "VBZ", "VBP"}
    return verb.tag_ in finite or any(c.tag_ in finite for c in verb.children if c.dep_ in {"aux", "auxpass", "cop"})


def _clause_behind(layout: Layout, unit: Unit, verb: Token, found: list[Token]) -> Pieces:
    doc = layout.doc
    low = _earlier_that(doc, verb, found[0].left_edge.i)
    high = max(c.right_edge.i for c in found) + 1
    while low < high and (doc[low].is_punct or doc[low].lower_ == "that") and low not in layout.quote_of:
        if doc[low].lower_ == "that" and doc[low].dep_ not in {"mark", "ccomp"} and doc[low].pos_ != "SCONJ":
            break
        low += 1
    if low <= verb.i:
        low = verb.i + 1
    low = _behind_day(doc, verb, low, high)
    high = _with_further(layout, _with_tail(verb, high, unit), unit)
    high = min(_cut_at_next_cue(layout, low, high), _before_aside(doc, low, high), _before_consequence(layout, low, high))
    return [trimmed(doc, low, high, marks=(",",))]


def _before_consequence(layout: Layout, low: int, high: int) -> int:
    """The clause without what the saying led to, which its writer adds: "said no change was planned, sending shares lower"."""
    doc = layout.doc
    for token in doc[low + 1 : high]:
        if token.tag_ != "VBG" or token.dep_ != "advcl":
            continue
        moved = any(c.lemma_.lower() in words("clauses", "markets") for c in children(token, "dobj"))
        led_to = moved or token.lemma_.lower() in words("clauses", "consequences")
        if led_to and doc[token.i - 1].text == "," and token.right_edge.i + 1 >= high and token.i not in layout.quote_of:
            return token.i - 1
    return high


def _earlier_that(doc: Doc, verb: Token, low: int) -> int:
    """The clause's own "that", where the parser took only its last part for it."""
    for token in doc[verb.i + 1 : min(low, verb.i + 1 + LATEST_THAT)]:
        if token.lower_ == "that" and token.dep_ == "mark" and not any(t.pos_ == "VERB" for t in doc[verb.i + 1 : token.i]):
            return token.i
    return low


def _behind_day(doc: Doc, verb: Token, low: int, high: int) -> int:
    """The clause without a day that stands right behind the cue and belongs to it: "said on Monday it would act"."""
    if low != verb.i + 1 and not (doc[low].lower_ == "on" and low + 1 < high and is_time(doc[low + 1])):
        return low
    at = low + 1 if doc[low].dep_ == "prep" and low + 1 < high else low
    end = at
    while end < high and (is_time(doc[end]) or doc[end].lower_ in {"last", "this", "late", "early"}):
        end += 1
    return (
        end
        if end > at and end < high and doc[end].text != "," and doc[end].pos_ in {"PRON", "DET", "NOUN", "PROPN", "ADJ"}
        else low
    )


def _with_further(layout: Layout, high: int, unit: Unit) -> int:
    """The clause with the further ones that semicolons add to it: "argued that it was late; that prices rose; and that …"."""
    doc = layout.doc
    following = [t.lower_ for t in doc[high : min(unit.high, high + 3)]]
    further = following[:2] == [";", "that"] or (following[:1] == [";"] and following[1:] in (["and", "that"], ["but", "that"]))
    return trimmed(doc, high, unit.high)[1] if further else high


def _before_aside(doc: Doc, low: int, high: int) -> int:
    """Ends the clause before the writer's own turn: ", in a move he said would …", "while the bank says …"."""
    for token in doc[low + 2 : high]:
        if token.dep_ == "relcl" and _reports(token) and token.head.dep_ == "pobj" and doc[token.head.head.i - 1].text == ",":
            return token.head.head.i
        if (
            token.dep_ == "advcl"
            and _reports(token)
            and doc[token.left_edge.i].lower_ in {"while", "whereas", "although", "though"}
        ):
            return token.left_edge.i
    return high


def _reports(verb: Token) -> bool:
    """Whether a verb is a word of saying with a subject and a clause of its own."""
    entry = entry_of(verb)
    return (
        entry is not None
        and entry.strength == "strong"
        and "clause" in entry.frames
        and bool(children(verb, "nsubj"))
        and bool(children(verb, "ccomp", "xcomp"))
    )


def _with_tail(verb: Token, high: int, unit: Unit) -> int:
    """The clause with what the parser hung on the cue though it is said too ("said it would act if prices fell")."""
    for child in verb.children:
        if child.i < high:
            continue
        if child.dep_ in {"cc", "punct"}:
            continue
        if child.dep_ == "conj":
            if not _goes_on(verb, child):
                break
            high = child.right_edge.i + 1
            continue
        if is_circumstance(child) or entry_of(child) is not None or child.dep_ in {"nsubj", "parataxis"}:
            break
        high = child.right_edge.i + 1
    return min(high, unit.high)


def _goes_on(verb: Token, joined: Token) -> bool:
    """Whether a verb joined to the cue is said too, by its tense: "said it was late but would wait"."""
    if entry_of(joined) is not None or verb.tag_ not in {"VBD", "VBN"}:
        return False
    auxiliaries = {c.lower_ for c in joined.children if c.dep_ in {"aux", "auxpass"}}
    shifted = bool(auxiliaries & {"would", "could", "might"})
    own = children(joined, "nsubj", "nsubjpass", "expl")
    shifted = shifted or (
        not own and joined.tag_ in {"VBG", "VBN"} and bool(auxiliaries & {"was", "were", "had"}) and not is_passive(joined)
    )
    present = joined.tag_ in {"VBZ", "VBP"} or any(c.tag_ in {"VBZ", "VBP", "MD"} for c in joined.children if c.dep_ == "aux")
    return shifted or (present and not own)


def _cut_at_next_cue(layout: Layout, low: int, high: int) -> int:
    """Ends the clause before what attributes anew: a participle (", adding that …"), or "according to"."""
    doc = layout.doc
    for i in range(low + 2, high):
        token = doc[i]
        if token.lower_ == "according" and i + 1 < high and doc[i + 1].lower_ == "to" and i not in layout.quote_of:
            return i
        if token.tag_ == "VBG" and doc[i - 1].text == "," and i not in layout.quote_of:
            entry = entry_of(token)
            if entry is not None and {"clause", "quote"} & set(entry.frames) and children(token, "ccomp", "xcomp"):
                return i - 1
    return high


def _around(layout: Layout, unit: Unit, verb: Token, source: Span, inside: Token) -> Pieces:
    """A clause before the cue, or on both sides of it."""
    doc = layout.doc
    left = min([verb.i, *[c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "advmod"} and c.i > inside.i]])
    if source.start > unit.low and source.start < left and source.end > inside.left_edge.i:
        left = source.start
    right = max([verb.i, source.end - 1])
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"dobj", "dative", "prep", "npadvmod", "advmod", "nsubj"} and child.i <= right + 2:
            right = max(right, child.right_edge.i)
    members = [t.i for t in inside.subtree if t.i > right and not t.is_punct and t.i < unit.high]
    pieces = [trimmed(doc, min(unit.low, inside.left_edge.i), left)]
    if members and doc[right + 1 if right + 1 < len(doc) else right].text in {",", "-", "--", "—"}:
        pieces.append(trimmed(doc, members[0], max(members) + 1))
    return [(a, b) for a, b in pieces if b > a]


def _interrupted(layout: Layout, unit: Unit, verb: Token, source: Span) -> Pieces:
    """Reads "Canada, he pointed out, keeps its levy", where the parser takes what stands around the cue for its parts."""
    doc = layout.doc
    start, end = min(source.start, verb.i), max(source.end, verb.i + 1)
    if end < unit.high and doc[end].dep_ == "prt":
        end += 1
    if not (unit.low < start - 1 and end < unit.high and doc[start - 1].text == "," and doc[end].text == ","):
        return []
    if end - start > LONGEST_INTERRUPTION or _has_finite(layout, unit.low, start) or not _has_finite(layout, end, unit.high):
        return []
    nouns = [t for t in doc[unit.low : start] if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    behind = next((t for t in doc[end + 1 : unit.high] if not t.is_punct), None)
    if not nouns or behind is None or behind.dep_ == "cc" or behind.pos_ not in {"VERB", "AUX", "ADV", "PART"}:
        return []
    return [trimmed(doc, unit.low, start), trimmed(doc, end, unit.high)]


LONGEST_INTERRUPTION = 8
"""Tokens of the longest source and cue that stand between a sentence's subject and its verb."""
SHORTEST_GAPPED = 2
"""Tokens of a clause in a relative one that says nothing without its noun: "the seed which farmers say they want"."""
LATEST_THAT = 8
"""Tokens from a cue to the "that" of its clause."""


def _by_order(layout: Layout, unit: Unit, cue: Cue, source: Span) -> Pieces:
    """A clause behind its cue that the parser did not see as one: what follows "that", or a sentence behind a word of saying."""
    doc, verb = layout.doc, cue.token
    if source.start > verb.i or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VBG"}:
        return []
    for token in doc[verb.i + 1 : min(unit.high, verb.i + 1 + LATEST_THAT)]:
        if token.lower_ == "that" and _is_of_noun(token, cue):
            break
        if (
            token.lower_ == "that"
            and token.dep_ != "det"
            and (token.i == verb.i + 1 or _has_finite(layout, token.i + 1, unit.high))
        ):
            low, high = trimmed(doc, token.i + 1, unit.high)
            return [(low, _cut_at_next_cue(layout, low, high))]
        if token.pos_ in {"VERB", "AUX"}:
            break
    start = next((t.i for t in doc[verb.i + 1 : unit.high] if t.dep_ not in {"npadvmod", "advmod"}), unit.high)
    if cue.entry.strength != "strong" or "object" in cue.entry.frames or children(verb, "dobj", "xcomp"):
        return []
    subjects = [
        t for t in doc[start : min(unit.high, start + LATEST_THAT)] if t.dep_ in {"nsubj", "nsubjpass", "expl"} and t.head.i > t.i
    ]
    if subjects and subjects[0].left_edge.i == start and _has_finite(layout, start, unit.high):
        low, high = trimmed(doc, start, unit.high)
        return [(low, _cut_at_next_cue(layout, low, high))]
    return []


def _is_of_noun(that: Token, cue: Cue) -> bool:
    """Whether "that" opens a relative clause ("agreed to a deal that …"): it follows a noun which is neither hearer nor time."""
    noun = that.nbor(-1)
    if noun.pos_ not in {"NOUN", "PROPN"} or cue.entry.lemma in words("verbs", "addressing"):
        return False
    if cue.entry.strength == "strong" and "object" not in cue.entry.frames and not children(cue.token, "dobj"):
        return False  # "said in a study that …": a word of saying has no other noun
    return not any(is_circumstance(t) for t in (noun, *noun.ancestors) if t.head == cue.token)


def _has_finite(layout: Layout, low: int, high: int) -> bool:
    return any(t.tag_ in {"MD", "VBD", "VBZ", "VBP"} for t in layout.doc[low:high])


def _joined_cue(verb: Token, high: int) -> int:
    """Where the next act of saying starts that is joined to a cue (", but added that …")."""
    for joined in children(verb, "conj"):
        first = next((c.i for c in children(verb, "cc") if c.i < joined.i), joined.i)
        if entry_of(joined) is not None and joined.i > verb.i:
            return min(first, high)
    return high


def _trailing(layout: Layout, unit: Unit, verb: Token, source: Span) -> Pieces:
    """A sentence that ends ", X said" though the parser saw no clause before."""
    doc = layout.doc
    start = min(source.start, verb.i)
    while start > unit.low and doc[start - 1].is_space:
        start -= 1
    if start <= unit.low + 3 or doc[start - 1].text != "," or verb.tag_ in {"VBG", "VBN", "VB"} or verb.dep_ in {"relcl", "conj"}:
        return []
    behind = max(verb.i + 1, source.end)
    rest = [t for t in doc[behind : _joined_cue(verb, unit.high)] if not t.is_punct]
    if any(t.pos_ in {"VERB", "AUX"} for t in rest) or len(rest) > 12 or children(verb, "dobj", "xcomp", "attr", "oprd"):
        return []
    low, high = trimmed(doc, unit.low, start)
    if not any(t.pos_ in {"VERB", "AUX"} and t.tag_ not in {"VBG", "VB"} for t in doc[low:high]):
        return []
    return [(low, high)]
