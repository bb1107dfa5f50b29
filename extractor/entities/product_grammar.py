"""Goods by grammar: any noun that stands where English names what is taxed or traded, whatever it means.

News taxes anything, so no lexicon knows all goods. A noun is goods where it is the complement of a duty (`a levy on lamps`), of
a flow (`imports of acrylic yarn`, `toy imports`), of a probe or exemption, what bears a rate (`lamps would be charged 40%`,
`copra pays 5%`), what a list lists (`They include pork and fruit`), or the label of a list item (`Walnuts: 45%`).
Coordination, apposition and `such as` hand the place on. Countries, people, firms, amounts and abstractions are no goods.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mentions
from extractor.entities.product_words import Found, lemma, modifiers, singular, words
from extractor.entities.terms import terms
from extractor.records import EntityType
from extractor.syntax import SUBJECTS

LONGEST_CHAIN = 24
"""Steps from an item of a list to the noun that opens it."""


BARRED = (
    ("open", "not_goods"),
    ("open", "people"),
    ("open", "verb_forms"),
    ("heads", "not_goods"),
    ("heads", "generic"),
    ("trade", "duties"),
    ("trade", "flows"),
)
"""Word lists of heads that are no goods, or none of their own."""


def open_class(doc: Doc, blocked: frozenset[int]) -> Iterator[Found]:
    """Goods that the syntax names, in the order of the text."""
    places = _Places(doc)
    for token in doc:
        if token.i in blocked or not _may_be_goods(token) or not places.holds(token):
            continue
        first = modifiers(doc, token.i, blocked, everything=True)
        entity = singular(doc[first : token.i + 1].text.lower())
        yield Found(first, token.i + 1, entity, (), weak=False)


def _may_be_goods(token: Token) -> bool:
    """A common noun that is neither a person, a firm, a place nor an abstraction."""
    name, lower = lemma(token), token.lower_
    if len(token) < 3 or not token.text[0].isalpha() or not token.tag_.startswith("NN") or token.pos_ == "VERB":
        return False
    if not token.is_lower and not (token.is_sent_start and _is_common(token)):
        return False
    if any(t.tag_ == "PRP$" for t in token.children):
        return False
    if name in words("open", "concrete"):
        return True
    return not any(name in words(*path) for path in BARRED) and not lower.endswith(tuple(sorted(words("open", "abstract"))))


def _is_common(token: Token) -> bool:
    """Whether a capital at the start of a sentence hides a common noun: a plural, no name, or a word seen small elsewhere."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and following.is_title and following.is_alpha:
        return False
    if token.tag_ in {"NNS", "NNPS"} or token.ent_type_ == "":
        return True
    small = {token.lower_, singular(token.lower_)}
    return any(t.is_lower and (t.lower_ in small or lemma(t) in small) for t in token.doc)


class _Places:
    """The places of one document where goods stand."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.duties = {t.head for t in terms(doc)}
        self.rates: dict[int, Mention] = {}
        for mention in mentions(doc, EntityType.RATE):
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                self.rates.update(dict.fromkeys(range(span.start, span.end), mention))

    def holds(self, token: Token) -> bool:
        """Whether a noun stands in a place of goods, or in a list that does."""
        head = token
        for _ in range(LONGEST_CHAIN):
            if self._is_goods(head):
                return True
            above = _opener(head)
            if above is None:
                break
            head = above
        return self._is_label(token)

    def _is_goods(self, noun: Token) -> bool:
        if noun.dep_ in {"compound", "nmod"}:
            return self._modifies_flow(noun)
        if noun.dep_ == "pobj":
            return self._complement(noun, noun.head)
        if noun.dep_ in SUBJECTS:
            return self._bears(noun, noun.head)
        if noun.dep_ in {"dobj", "attr"}:
            return self._is_listed(noun.head) or self._is_struck(noun.head)
        return False

    def _modifies_flow(self, noun: Token) -> bool:
        """`toy imports`."""
        if lemma(noun.head) not in {"import", "export"} or noun.i + 1 != noun.head.i or not noun.head.tag_.startswith("NN"):
            return False
        return lemma(noun) not in words("open", "not_goods_before")

    def _complement(self, noun: Token, preposition: Token) -> bool:
        """`duties on X`, `25% on X`, `imports of X`, `a probe into X`, `a quota for X`."""
        governor, word = preposition.head, preposition.lower_
        over = lemma(governor)
        bare = noun.tag_ in {"NNS", "NNPS"} or not any(t.lower_ in {"a", "an", "this", "that"} for t in noun.children)
        if word in {"on", "upon", "into"} and bare and self._takes_on(governor):
            return True
        if word in {"of", "in"} and over in words("trade", "flows") | {"dumping"}:
            return bare and word == "of"
        if word == "to":  # `added 10% to lamps`, `added a 10% tariff to lamps`
            verb = governor.head if self._is_duty(governor) else governor
            return bare and verb.lemma_.lower() in {"add", "apply"} and self._acts_on_duty(verb)
        over_goods = over in words("trade", "reliefs") or governor.i in self.duties or governor.i in self.rates
        return word == "for" and bare and over_goods

    def _takes_on(self, governor: Token) -> bool:
        """Whether what governs `on` or `into` is a duty, a change of one, a case, or a verb that acts on one of these."""
        if self._is_duty(governor) or lemma(governor) in words("trade", "probes") or self._acts_on_duty(governor):
            return True
        if governor.pos_ == "NOUN":  # `an increase in duty on lamps`, `tariff hikes on lamps`
            inside = [c for c in governor.children if c.dep_ in {"compound", "nmod"} or c.lower_ in {"in", "of"}]
            return any(self._is_duty(t) for c in inside for t in (c, *c.children))
        return any(c.dep_ == "dobj" and lemma(c) in words("trade", "probes") for c in governor.children)

    def _is_duty(self, token: Token) -> bool:
        return token.i in self.duties or token.i in self.rates or lemma(token) in words("trade", "duties")

    def _acts_on_duty(self, verb: Token) -> bool:
        """`puts a duty (on X)`, `raised to 60% the tariff (on X)`, `a duty was put (on X)`."""
        if verb.pos_ not in {"VERB", "AUX"}:
            return False
        return any(self._leads_to_duty(child) for child in verb.children if child.dep_ not in {"advcl", "conj", "ccomp"})

    def _leads_to_duty(self, child: Token) -> bool:
        if child.dep_ in {"prep", "agent"}:
            return child.lower_ in {"to", "at", "by", "with", "for", "from"} and any(self._is_duty(t) for t in child.children)
        if child.dep_ in {"acomp", "advmod", "prt"}:
            return any(self._leads_to_duty(t) for t in child.children)
        return child.dep_ in {"dobj", "nsubjpass", "attr", "npadvmod", "oprd", "dative"} and (
            self._is_duty(child) or any(t.i in self.rates for t in child.lefts)
        )

    def _bears(self, noun: Token, verb: Token) -> bool:
        """`X pays 5%`, `X would be charged 40%`, `X are subject to duties`, `X is exempt`, `X goes to 30%`."""
        if verb.dep_ == "relcl" or self._is_duty(noun):
            return False
        verb = _told(verb)
        being = verb.lemma_.lower() == "be"
        reaches = any(self._leads_to_duty(c) for c in verb.children if c.i > verb.i and not (being and c.dep_ == "attr"))
        if verb.lemma_.lower() in words("trade", "bearing"):
            return reaches
        passive = any(c.dep_ == "auxpass" for c in verb.children) and verb.lemma_.lower() in words("trade", "charging") | words(
            "trade", "striking"
        )
        if being or passive:
            free = any(c.lower_ in words("trade", "free") for c in verb.children) or verb.lower_ in words("trade", "free")
            return reaches or (free and self._near_duty(verb))
        return False

    def _is_listed(self, verb: Token) -> bool:
        """`They include X`, `The list covers X`: what a list of goods is said to hold."""
        if verb.lemma_.lower() not in words("trade", "listing"):
            return False
        who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if who is None:
            return verb.dep_ in {"acl", "prep"} and lemma(verb.head) in words("trade", "lists")
        pronoun = who.lower_ in {"they", "these", "those", "it", "which", "that"}
        return (pronoun or lemma(who) in words("trade", "lists") or who.i in self.duties) and self._near_duty(verb)

    def _is_struck(self, verb: Token) -> bool:
        """`tax X`, `hit X with tariffs`, `exempt X from duties`."""
        lower = verb.lemma_.lower()
        if lower in {"tax", "tariff"}:
            return True
        if lower not in words("trade", "striking"):
            return False
        tied = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"with", "from", "to", "at"})
        return any(self._is_duty(t) for prep in tied for t in prep.children)

    def _near_duty(self, token: Token) -> bool:
        """Whether the sentence, or the one before it, names a duty or rate."""
        sentence = token.sent
        first = self.doc[sentence.start - 1].sent.start if sentence.start else 0
        return any(i in self.duties or i in self.rates for i in range(first, sentence.end))

    def _is_label(self, token: Token) -> bool:
        """`Walnuts: 45%`, `walnuts (45%)`: what a list item says before its first rate, and `45%: walnuts`."""
        segment = segment_at(self.doc, token.idx)
        if segment is None or segment.kind is not SegmentKind.LIST_ITEM:
            return False
        top = token
        for _ in range(LONGEST_CHAIN):
            above = _opener(top)
            if above is None:
                break
            top = above
        behind = token.i + 1
        while behind < len(self.doc) and self.doc[behind].text in {":", "(", "-", "–", "—", ","} | {"at", "from"}:
            behind += 1
        before = token.left_edge.i - 1
        while before > 0 and self.doc[before].text in {":", ")", "-", "–", "—", "on", "for"}:
            before -= 1
        return behind in self.rates or (before in self.rates and self.doc[before].idx >= segment.start)


def _told(verb: Token) -> Token:
    """The verb that says what the subject does: `continue to come in`, `would have to pay`, `is set to attract`."""
    for _ in range(3):
        below = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
        if below is None:
            break
        verb = below
    return verb


def _opener(noun: Token) -> Token | None:
    """The noun whose place a noun shares: the one it is coordinated with, in apposition to, an example or a content of."""
    head = noun.head
    if head.i == noun.i:
        return None
    if noun.dep_ in {"conj", "appos"} and head.tag_.startswith("NN"):
        return head
    if noun.dep_ != "pobj":
        return None
    over = head.head
    if head.lower_ in {"as", "like", "including", "from", "to", "with", "among", "of"} or head.dep_ == "prep":
        if head.lower_ == "as" and not any(c.lower_ == "such" for c in head.children):
            return None
        if head.lower_ == "of" and lemma(over) not in words("open", "containers"):
            return None
        if head.lower_ not in {"as", "like", "including", "of"}:
            return None
        return over if over.tag_.startswith("NN") and over.i != noun.i else None
    return None
