"""What the choice of imposers and of partners share: candidates, their features and weights, and where the article names whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import mentions
from extractor.entities.terms import words
from extractor.lexicon import table
from extractor.linking.statements.cues import cue_entries
from extractor.linking.tariffs.measures import NEAR, Measure, same_sentence
from extractor.linking.tariffs.party_names import Party
from extractor.linking.tariffs.phrases import phrase_of
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import EntityType, Instrument
from extractor.syntax import SUBJECTS, governor, is_negated, subject

OPENING = 1000
"""Characters of a headline and lead, which tell what an article is about."""
EVERYONE = frozenset({"*"})
Features = Iterator[tuple[str, float]]


@dataclass(frozen=True)
class Candidate:
    """Who a measure may be of, or on.

    Attributes:
        parties: the jurisdictions and the words that name them; none for nobody and for everyone.
        everyone: the words that mean all countries.
        features: name of each feature that holds -> its value, from 0 to 1.
    """

    parties: tuple[Party, ...] = ()
    everyone: Span | None = None
    features: dict[str, float] = field(default_factory=dict)

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the jurisdictions, `*` for everyone."""
        return EVERYONE if self.everyone is not None else frozenset(p.code for p in self.parties)

    def score(self, choice: str) -> float:
        """The sum of the weights that `choices.toml` has for this choice."""
        weights: dict[str, float] = table("choices")[choice]
        return sum(weights.get(name, 0.0) * value for name, value in self.features.items())


@dataclass(frozen=True)
class Naming:
    """One place where the article names a set of jurisdictions: `Canada and Mexico`, `Chinese`.

    Attributes:
        parties: the jurisdictions.
        root: token of the first name.
        sentence: index of the sentence.
        segment: start of the paragraph.
    """

    parties: tuple[Party, ...]
    root: Token
    sentence: int
    segment: int


class Page:
    """What is asked of the same places again and again: whose sentence it is, how a name stands there, who is on whom."""

    def __init__(self, doc: Doc, local: Sequence[Measure]) -> None:
        """Notes sentences and parties.

        Args:
            doc: the article.
            local: its measure mentions, as their sentences give them.
        """
        self.doc = doc
        self.starts = [s.start_char for s in doc.sents]
        self.imposed: dict[str, list[Measure]] = {}
        self.pairs: set[tuple[str, str]] = set()
        self.targets: set[str] = set()
        for m in local:
            self.targets |= {p.code for p in m.targets}
            if m.imposer is not None:
                self.imposed.setdefault(m.imposer.code, []).append(m)
                self.pairs |= {(m.imposer.code, p.code) for p in m.targets}
        self._how: dict[int, frozenset[str]] = {}
        self._kinds: dict[int, SegmentKind | None] = {}

    def how(self, naming: Naming) -> frozenset[str]:
        """How a name stands in its sentence."""
        if naming.root.i not in self._how:
            self._how[naming.root.i] = frozenset(how_named(self.doc, naming))
        return self._how[naming.root.i]

    def is_title(self, naming: Naming) -> bool:
        """Whether a name stands in the headline."""
        at = naming.root.idx
        if at not in self._kinds:
            segment = segment_at(self.doc, at)
            self._kinds[at] = segment.kind if segment is not None else None
        return self._kinds[at] is SegmentKind.TITLE

    def sentence(self, offset: int) -> int:
        """Index of the sentence that an offset is in."""
        return max(0, bisect_right(self.starts, offset) - 1)


def best(candidates: Sequence[Candidate], choice: str) -> Candidate:
    """The candidate of the greatest score, the first of equals."""
    return max(candidates, key=lambda c: c.score(choice))


def situation(measure: Measure) -> Iterator[str]:
    """What kind of mention it is."""
    if bears_on_goods(measure):
        yield "goods"
    elif measure.products:
        yield "products"
    if measure.bare:
        yield "bare"
    if measure.definite:
        yield "definite"
    if any(t.lower_ in lemmas("anaphora", "general") for t in measure.unit.head.lefts):
        yield "general"
    if measure.rate is None:
        yield "unrated"
    if measure.instrument in {Instrument.ANTI_DUMPING, Instrument.COUNTERVAILING}:
        yield "remedy"
    elif measure.instrument is not Instrument.IMPORT_TARIFF:
        yield str(measure.instrument.value)


def _is_spared(name: Token) -> bool:
    """`an exemption for Chile`, `Chile is exempt`, `exempting Chile`."""
    sparing = lemmas("parties", "sparing")
    above = name.head
    if is_negated(above):
        return False
    if name.dep_ == "pobj":
        return above.head.lemma_.lower() in sparing
    if name.dep_ in {"dobj", "nsubjpass"}:
        return above.lemma_.lower() in sparing
    return name.dep_ == "nsubj" and any(c.dep_ == "acomp" and c.lower_ == "exempt" for c in above.children)


def how_named(doc: Doc, naming: Naming) -> Iterator[str]:
    """`Chinese goods`, `from China`: of goods; or as who acts, or where something is."""
    root = naming.root
    before = doc[root.left_edge.i - 1].lower_ if root.left_edge.i > 0 else ""
    verb = governor(root)
    bears = verb is not None and root.dep_ in SUBJECTS and verb.lemma_.lower() in lemmas("roles", "bearers")
    noun = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else root.head
    modifies = root.dep_ in {"amod", "compound", "nmod", "poss"} or noun.i != root.head.i
    if _is_spared(root):
        yield "spared"
    elif modifies and _is_goods(doc, noun):
        yield "of goods"
    elif bears:
        yield "bearing"
    elif before == "from":
        yield "from"
    elif before in {"in", "at"}:
        yield "place"
    elif before in {"to", "into"}:
        yield "to"
    elif root.dep_ in SUBJECTS:
        yield _stance(verb)
    elif root.dep_ == "poss" or (root.dep_ in {"amod", "compound", "nmod"} and root.head.pos_ in {"NOUN", "PROPN"}):
        governs = root.head.lemma_.lower() in lemmas("parties", "governing") | lemmas("parties", "bodies")
        yield "of government" if governs else "of subject" if root.head.dep_ in SUBJECTS else "of others"
    elif root.dep_ == "dobj" or before in {"with", "against", "on"}:
        yield "object"


@cache
def _acts() -> dict[str, frozenset[str]]:
    """Lemma of a cue -> its speech acts."""
    out: dict[str, set[str]] = {}
    for entry in cue_entries():
        for lemma in (entry.lemma, *entry.variants):
            out.setdefault(lemma, set()).add(entry.act)
    return {lemma: frozenset(acts) for lemma, acts in out.items()}


def _stance(verb: Token | None) -> str:
    """Whether a subject takes a stand on what others do (`urged`, `condemned`), tells something, or does something."""
    lemma = verb.lemma_.lower() if verb is not None else ""
    acts = _acts().get(lemma, frozenset())
    if acts & {"condemn", "support", "demand"} or (lemma in lemmas("roles", "bystanders") and not acts):
        return "reacting"
    return "telling" if acts else "subject"


def answers(measure: Measure) -> bool:
    """Whether its sentence calls a measure an answer to another's: `Beijing hit back with duties`, `in retaliation`."""
    return any(t.lemma_.lower() in lemmas("roles", "answering") for t in measure.unit.sentence)


def likeness(measure: Measure, others: Sequence[Measure]) -> Features:
    """Goods, instrument and start that a mention has in common with others, or has not."""
    goods = {p.entity for p in measure.products}
    if goods and any(goods & {p.entity for p in m.products} for m in others):
        yield "same goods", 1.0
    if any(m.instrument is measure.instrument for m in others):
        yield "same instrument", 1.0
    elif others:
        yield "other instrument", 1.0
    if _apart_in_goods(measure, others):
        yield "other goods", 1.0
    if _apart_in_time(measure, others):
        yield "other time", 1.0


def behind(measure: Measure, last: Measure) -> Features:
    """That a candidate is the last mention's, how near that is, and what kind of mention goes on from it."""
    yield "last", 1.0
    yield from ((f"last {name}", 1.0) for name in situation(measure))
    if same_sentence(last, measure):
        yield "last in sentence", 1.0
    elif same_segment(measure, last):
        yield "last in paragraph", 1.0


def _apart_in_goods(measure: Measure, others: Sequence[Measure]) -> bool:
    """Whether a mention and all others name goods, and none in common."""
    goods = {p.entity for p in measure.products}
    theirs = [{p.entity for p in m.products} for m in others]
    return bool(goods) and bool(theirs) and all(g and not g & goods for g in theirs)


def _apart_in_time(measure: Measure, others: Sequence[Measure]) -> bool:
    """Whether a mention and the others begin at different times."""
    own = measure.dates.effective
    theirs = {m.dates.effective.entity for m in others if m.dates.effective is not None}
    return own is not None and bool(theirs) and own.entity not in theirs


def by_deeds(measure: Measure) -> bool:
    """Whether partners are told by what they do or are, which names none.

    `on buyers of Russian gas`, `nations that trade with Iran`, `on Asian nations`, `on an African country`.
    """
    if any(_is_unnamed(span) for span in measure.spans):
        return True
    verb = governor(measure.unit.head)
    who = subject(verb) if verb is not None else None
    bearer = [phrase_of(who)] if who is not None and who.i < measure.unit.head.i else []
    for span in (*measure.spans, *bearer):
        for token in span:
            behaving = token.lemma_.lower() in lemmas("parties", "behaving")
            if behaving or (token.dep_ == "relcl" and token.head.lemma_.lower() in lemmas("roles", "partners")):
                return True
    return False


def _is_unnamed(span: Span) -> bool:
    """`Asian nations`, `an African country`, `dozens of countries`: partners that are not told, and not taken up either."""
    root = span.root
    if root.lemma_.lower() not in lemmas("roles", "states") or any(t.ent_type_ == "CARDINAL" and t.lower_ == "two" for t in span):
        return False
    return not {"the", "these", "those", "both", "all", "its", "their", "every", "each", "other", "that", "this"} & {
        t.lower_ for t in root.lefts
    }


def _is_goods(doc: Doc, noun: Token) -> bool:
    if noun.lemma_.lower() in words("context", "flows"):
        return True
    near = mentions(doc, EntityType.PRODUCT, within=(noun.idx - 30, noun.idx + len(noun) + 30))
    return any(m.start <= noun.idx < m.end for m in near)


def same_rate(one: Measure, other: Measure) -> bool:
    """Whether two mentions give one rate."""
    return one.rate is not None and other.rate is not None and one.rate.percent == other.rate.percent


def bears_on_goods(measure: Measure) -> bool:
    """Whether the words that say what a measure is on name goods."""
    return any(s.start_char <= p.start < s.end_char for s in measure.spans for p in measure.products)


def same_segment(measure: Measure, other: Measure) -> bool:
    """Whether two mentions stand in one paragraph."""
    doc = measure.unit.doc
    return segment_at(doc, measure.unit.head.idx) == segment_at(doc, other.unit.head.idx)


def in_list(measure: Measure) -> bool:
    """Whether a mention is a list item."""
    segment = segment_at(measure.unit.doc, measure.unit.head.idx)
    return segment is not None and segment.kind is SegmentKind.LIST_ITEM


def introduction(measure: Measure, earlier: Sequence[Measure]) -> Measure | None:
    """The mention before a list that a bare item goes on with: a dated one, else the nearest."""
    if measure.unit.term is not None or not in_list(measure):
        return None
    first = _start_of_list(measure)
    near = takewhile(lambda e: first - e.unit.head.idx <= NEAR, reversed(earlier))
    outside = [e for e in near if not in_list(e)]
    dated = [e for e in outside if e.dates.effective is not None and e.standing.explicit]
    return next(iter(dated or [e for e in outside if e.standing.explicit]), None)


def _start_of_list(measure: Measure) -> int:
    """Where the list begins that a mention is an item of."""
    segments = measure.unit.doc._.segments
    at = next(i for i, s in enumerate(segments) if s.start <= measure.unit.head.idx < s.end)
    while at > 0 and segments[at - 1].kind is SegmentKind.LIST_ITEM:
        at -= 1
    return int(segments[at].start)
