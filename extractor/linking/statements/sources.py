"""The source phrase of a cue: who is said to speak, as the cue's own sentence words it."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, takewhile

from spacy.tokens import Doc, Span, Token

from extractor.entities.people_public import is_noun
from extractor.linking.statements.cues import Cue, entry_of, words
from extractor.linking.statements.grammar import agent, is_passive, noun_lemma, noun_phrase, subject
from extractor.linking.statements.units import Layout, Unit

_EMPTY = frozenset({"there", "what", "whatever", "it's", "which", "nothing", "none", "nobody", "all"})
_RELATIVES = frozenset({"who", "which", "that"})
_DETERMINERS = frozenset({"the", "this", "that", "his", "her", "its", "their"})


def source_of(layout: Layout, cue: Cue, unit: Unit) -> Span | None:
    """The source phrase by the parse: subject, agent of a passive, or the noun that a participle belongs to."""
    verb = cue.token
    if is_quoted_as(verb):
        who = subject(verb)
        return noun_phrase(who, stop=verb.i) if who is not None else None
    if is_passive(verb):
        by = agent(verb)
        return noun_phrase(by) if by is not None else None
    if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VBN"}:
        return _of_participle(layout, verb)
    aside = _inverted_aside(verb, unit)
    if aside is not None and cue.entry.lemma not in words("verbs", "addressing"):
        return aside
    head = _speaking_subject(verb)
    head = head or _reduced(verb)
    if head is None or head.i in layout.quote_of or not unit.low <= head.i < unit.high:
        return None
    if head.lower_ in _EMPTY and head.dep_ != "relcl" and not _is_relative(head, verb):
        return None
    if head.i > verb.i and cue.entry.lemma in words("verbs", "addressing"):
        return None  # "…, Roe told reporters": what stands behind is the hearer
    named = _named_before(head, verb)
    if named is not None:
        return named
    head = _unmerged(head, verb)
    stop = _first_quoted(layout, head, verb)
    return _without_time(noun_phrase(head, stop=stop, start=_after_quote(layout, head, unit)))


def is_quoted_as(verb: Token) -> bool:
    """`Roe was quoted by Xinhua as saying`: who is quoted has spoken, not the paper that quotes."""
    saying = (g for c in verb.children if c.lower_ == "as" for g in c.children)
    return verb.lemma_ == "quote" and is_passive(verb) and any(g.dep_ == "pcomp" and g.tag_ == "VBG" for g in saying)


def _speaking_subject(verb: Token) -> Token | None:
    """The subject that a cue shares; not one inside the report before it ("said the levy would end, complaining that …")."""
    head = subject(verb)
    for _ in range(3):
        if head is None or not _is_inside(head, verb):
            break
        outer = next((a for a in head.ancestors if a.dep_ in {"ccomp", "xcomp"} and a.head.pos_ in {"VERB", "AUX"}), None)
        above = subject(outer.head) if outer is not None else None
        if above is None or above.i == head.i or above.i > verb.i:
            break
        head = above
    return head


def _is_inside(head: Token, verb: Token) -> bool:
    """Whether a borrowed subject is that of a reported clause, and neither speaks nor fits: a thing, or "it" for the speaker."""
    if head.head == verb or verb.dep_ not in {"advcl", "conj"}:
        return False
    reported = next((a for a in (head.head, *head.head.ancestors) if a.dep_ == "ccomp"), None)
    cue = entry_of(reported.head) if reported is not None else None
    if cue is None or "clause" not in cue.frames or reported is None or reported.i < reported.head.i:
        return False
    return head.pos_ == "PRON" or not can_speak(noun_phrase(head, stop=verb.i if head.i < verb.i else None))


def _without_time(source: Span) -> Span:
    """The phrase without a day behind it, which belongs to the cue: "the bank last Friday announced"."""
    end = source.end
    while end - 1 > source.root.i and source.doc[end - 1].ent_type_ in {"DATE", "TIME"}:
        end -= 1
    return source.doc[source.start : end] if end < source.end and source.doc[end - 1].pos_ != "ADP" else source


def _chunks(doc: Doc, low: int, high: int) -> list[Span]:
    """Noun chunks between two tokens; spaCy walks through the whole document for those of a span."""
    known: list[Span] | None = doc.user_data.get("noun_chunks")
    if known is None:
        known = doc.user_data["noun_chunks"] = list(doc.noun_chunks)
    first = bisect_left(known, low, key=lambda c: c.start)
    return [c for c in takewhile(lambda c: c.start < high, islice(known, first, None)) if c.end <= high]


def _inverted_aside(verb: Token, unit: Unit) -> Span | None:
    """The source of an inverted cue between commas ("The plan, said Okafor, will …"), which the parser tends to misread."""
    doc = verb.doc
    if verb.tag_ not in {"VBD", "VBZ"} or verb.i - 1 <= unit.low or doc[verb.i - 1].text != ",":
        return None
    phrase = next((c for c in _chunks(doc, verb.i + 1, min(unit.high, verb.i + 12)) if c.start == verb.i + 1), None)
    if phrase is None or phrase.end >= unit.high or doc[phrase.end].text not in {",", "."} or not can_speak(phrase):
        return None
    return doc[phrase.start : phrase.end]


def _unmerged(head: Token, verb: Token) -> Token:
    """Takes apart what the parser has joined: in "it opposes the levy, the ministry said" the ministry is no apposition.

    A true apposition has a comma behind it too.
    """
    last = next((t for t in reversed(head.doc[head.i + 1 : verb.i]) if t.dep_ not in {"aux", "neg", "advmod"}), None)
    if head.i > verb.i or last is None or last.text in {",", "-", "--", "—", ")"}:
        return head
    for child in head.children:
        if (
            child.dep_ in {"appos", "conj"}
            and child.i > head.i
            and head.doc[child.left_edge.i - 1].text == ","
            and child.right_edge.i == last.i
        ):
            return child if child.dep_ == "appos" and not _is_description(child) else head
    return head


def _named_before(head: Token, verb: Token) -> Span | None:
    """The name that a bare role explains without a closing comma: ", Ruth Okafor, council inspector said"."""
    doc, low = head.doc, head.left_edge.i
    if head.i != verb.i - 1 or low < 2 or doc[low - 1].text != "," or doc[low - 2].ent_type_ != "PERSON":
        return None
    if doc[low].lower_ in _DETERMINERS or head.tag_ in {"NNS", "NNPS"} or not _is_role(head):
        return None
    return next((doc[e.start : e.end] for e in doc.ents if e.end == low - 1), None)


def _reduced(verb: Token) -> Token | None:
    """The subject with a participle that the parser took for a verb: "Officials briefed on the talks said they were over"."""
    doc = verb.doc
    for clause in verb.children:
        if clause.dep_ == "ccomp" and clause.i < verb.i and clause.tag_ in {"VBN", "VBD"} and clause.right_edge.i == verb.i - 1:
            own = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i == clause.i - 1]
            if own and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children) and not doc[verb.i - 1].is_punct:
                return own[0]
    return None


def _is_description(noun: Token) -> bool:
    """Whether an apposition says what the name before it is: "a fellow at the institute", "council investigator"."""
    first = noun.doc[noun.left_edge.i].lower_
    bare = first not in _DETERMINERS and noun.tag_ == "NN" and _is_role(noun)
    return first in {"a", "an"} or bare


def _is_role(noun: Token) -> bool:
    return noun_lemma(noun) in words("nouns", "people") or is_noun(noun.lower_)


def _is_relative(head: Token, verb: Token) -> bool:
    return head.lower_ in _RELATIVES and verb.dep_ == "relcl"


def _of_participle(layout: Layout, verb: Token) -> Span | None:
    """Of "officials saying that" the officials, of "issued a letter saying that" who issued it, else the letter."""
    noun = verb.head
    if verb.tag_ == "VBN":
        return None
    if noun.dep_ == "pobj" and noun.head.lower_ in {"to", "with", "before", "at"}:
        held = (
            noun.head.head
        )  # "a letter to the bank saying …", "sent letters to banks saying …", "filed a complaint with it saying …"
        given = [held, *(c for c in held.children if c.dep_ == "dobj")]
        noun = next((t for t in given if noun_lemma(t) in words("nouns", "documents")), noun)
    if noun.lemma_.lower() in words("nouns", "documents"):
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        if owner is not None:
            return noun_phrase(owner)
        if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
            giver = subject(noun.head)
            if giver is not None and giver.i not in layout.quote_of:
                return noun_phrase(giver, stop=noun.head.i)
    if noun.dep_ in {"dobj", "pobj", "attr"} and verb.i > noun.i + 1 and noun.doc[verb.i - 1].text == ",":
        giver = subject(noun.head if noun.head.pos_ in {"VERB", "AUX"} else noun.head.head)
        if giver is not None and giver.i not in layout.quote_of and giver.i != noun.i:
            return noun_phrase(giver, stop=verb.i)
    return noun_phrase(noun, stop=verb.i)


def _first_quoted(layout: Layout, head: Token, verb: Token) -> int | None:
    """Where the phrase must stop: at its verb, or at the next quote; a nickname in quotation marks is part of it."""
    if head.i < verb.i:
        return verb.i
    end = head.right_edge.i + 1
    for i in range(head.i + 1, end):
        quote = layout.quote_of.get(i)
        if quote is not None and quote.inner_end - quote.inner_start > 25:
            return i
    return end


def _after_quote(layout: Layout, head: Token, unit: Unit) -> int:
    """The phrase starts behind any quote before its head."""
    for i in range(head.i - 1, unit.low - 1, -1):
        quote = layout.quote_of.get(i)
        if quote is not None and quote.inner_end - quote.inner_start > 25:
            return i + 1
    return unit.low


def nearby_source(layout: Layout, cue: Cue, low: int, high: int) -> Span | None:
    """The source phrase by order, where the parse has lost it beside a quote: the noun phrase just before or behind the cue.

    Args:
        layout: the article's units.
        cue: the cue.
        low: where the stretch between quote and cue starts.
        high: where the unit, or the stretch up to the next quote, ends.
    """
    doc, verb = layout.doc, cue.token
    chunks = _chunks(doc, low, high)
    before = [c for c in chunks if c.end <= verb.i]
    if before:
        return doc[before[0].start : before[0].end]
    behind = next((c for c in chunks if verb.i < c.start <= verb.i + 3), None)
    if behind is None or not all(t.pos_ in {"ADV", "PUNCT"} for t in doc[verb.i + 1 : behind.start]):
        return None
    name = next((c for c in chunks if c.start == behind.end and c.root.ent_type_ == "PERSON"), None)
    if name is not None and behind.root.ent_type_ == "GPE":
        behind = name  # `asked U.S. Senator Roe`, in two for the parser
    return doc[behind.start : _hyphenated(chunks, behind)]


def _hyphenated(chunks: list[Span], first: Span) -> int:
    """Where a phrase ends that a hyphen goes on with: "its vice-president, Ruth Okafor"."""
    doc, end = first.doc, first.end
    if end < len(doc) and doc[end].text == "-" and not doc[end].whitespace_ and not doc[end - 1].whitespace_:
        joined = next((c for c in chunks if c.start <= end + 1 < c.end), None)
        return joined.root.right_edge.i + 1 if joined is not None else end
    return end


def can_speak(source: Span) -> bool:
    """Whether the phrase names a person, a body or a document: the weak cues need one."""
    head = source.root
    lemma = noun_lemma(head)
    if head.pos_ == "PRON":
        return head.lower_ not in {"this", "that", "these", "those", "what", "anything", "something", "everything", "nothing"}
    if head.pos_ == "PROPN" or head.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}:
        return True
    if any(c.dep_ == "appos" and c.ent_type_ == "ORG" and source.start <= c.i < source.end for c in head.children):
        return True  # `shipping line Nordhavn`
    return is_published(head) or any(lemma in words("nouns", kind) for kind in ("people", "bodies", "documents"))


def is_published(noun: Token) -> bool:
    """Whether figures bear the name of a body that published them: "customs bureau data", "data from the bureau"."""
    if noun.lemma_.lower() not in words("nouns", "published"):
        return False
    makers = [c for c in noun.children if c.dep_ in {"compound", "nmod", "poss"}]
    makers += [n for p in noun.subtree if p.lower_ in {"by", "from"} and p.i > noun.i for n in p.children if n.dep_ == "pobj"]
    return any(m.ent_type_ == "ORG" for m in makers)


def is_evidence(source: Span) -> bool:
    """Whether the phrase is a poll, a figure or another thing that shows but does not speak; a body's own data do."""
    if is_published(source.root):
        return False
    return source.root.lemma_.lower() in words("nouns", "evidence") or source.root.lower_ in words("nouns", "evidence")
