"""Who imposes a measure, and on whose goods, by the grammar around a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractor.entities.countries import form_of, jurisdiction
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mention_at, mentions, smooth
from extractor.entities.terms import terms, words
from extractor.lexicon import table
from extractor.linking.references import References
from extractor.linking.tariffs.phrases import clause_between, complement, extent, in_clause, phrase_of, words_for_everyone
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.vocabulary import acting, lemmas
from extractor.records import AgencyValue, CountryValue, EntityType, Jurisdiction
from extractor.syntax import SUBJECTS, agent, governor, has_particle, is_passive, objects, subject

ACTORS = (EntityType.COUNTRY, EntityType.GROUP, EntityType.PERSON, EntityType.AGENCY)


@dataclass(frozen=True, slots=True)
class Party:
    """A jurisdiction and the words that name it."""

    code: str
    start: int
    end: int

    @property
    def jurisdiction(self) -> Jurisdiction:
        """The jurisdiction as the records name it."""
        return jurisdiction(self.code)


_JOINED = re.compile(r"[,:] | at | ?[–—-] ")
"""What may stand between a country and its rate in a list."""


def fends_off(verb: Token) -> bool:
    """`hold off new tariffs`, `avert a duty`: who does so does not impose it."""
    off = any(c.dep_ == "prt" and c.lower_ == "off" for c in verb.children)
    lemma = verb.lemma_.lower()
    return (off and lemma in lemmas("roles", "fending")) or (not has_particle(verb) and lemma in lemmas("status", "averting"))


class Parties:
    """Answers for one document."""

    def __init__(self, doc: Doc, references: References) -> None:
        self.doc = doc
        self.references = references

    # ------------------------------------------------------------ mentions to parties

    def of_mention(self, mention: Mention) -> Party | None:
        """The jurisdiction that a mention names or acts for."""
        value = mention.value
        if isinstance(value, CountryValue):
            return Party(value.code, mention.start, mention.end)
        if mention.type is EntityType.PERSON:
            country = self.references.speaker_value(mention).country
            return Party(country, mention.start, mention.end) if country else None
        if isinstance(value, AgencyValue) and value.country:
            return Party(value.country, mention.start, mention.end)
        return None

    def of_token(self, token: Token | None) -> Party | None:
        """The jurisdiction of a noun: its own mention, its modifiers', or its antecedent's."""
        if token is None:
            return None
        for kinds in (ACTORS[:2], ACTORS[2:]):
            mention = mention_at(self.doc, token, *kinds)
            if mention and (party := self.of_mention(mention)):
                return party
        if token.lemma_.lower() in lemmas("parties", "private"):  # `French farmers` are not France
            return None
        for child in token.lefts:  # `the Canadian government`, `Chinese officials`, `Beijing's move`
            if child.dep_ in {"amod", "compound", "poss", "nmod"} and (party := self.of_token(child)):
                return party
        for child in token.rights:  # `the government of Canada`
            if child.dep_ == "prep" and child.lower_ in {"of", "in"} and (party := self.of_token(complement(child))):
                return party
        if token.pos_ in {"PRON", "DET"} or any(c.lower_ in {"the", "its", "their", "his", "her"} for c in token.lefts):
            found = self.references.resolve(token)
            if found is not None and found.mention is not None:
                return self.of_mention(found.mention)
        return None

    def within(self, tokens: Iterable[Token]) -> list[Party]:
        """All countries and groups named by the tokens, each code once."""
        out: dict[str, Party] = {}
        for token in tokens:
            mention = mention_at(self.doc, token, EntityType.COUNTRY, EntityType.GROUP)
            if mention and (party := self.of_mention(mention)):
                out.setdefault(party.code, party)
        return list(out.values())

    # ------------------------------------------------------------ imposers

    def imposer(self, unit: Unit) -> Party | None:
        """Who imposes, where the sentence's grammar says so."""
        head = unit.head
        verb = self.verb(unit)
        for finder in (self._owner, self._by_phrase, self._holder):
            if party := finder(head):
                return party
        if verb is not None and (party := self._actor(verb, head)):
            return party
        return self.destination(unit) or self._place(unit, verb) or self._market(unit) or self._decider(unit, verb)

    def _market(self, unit: Unit) -> Party | None:
        """`25 percent in the European Union and 10 percent in Canada`: where the rate is paid."""
        if unit.rate is None or (unit.term is not None and not unit.shared):
            return None
        behind = [m for m in mentions(self.doc, EntityType.COUNTRY) if 0 < m.start - unit.rate.end <= 8 and form_of(m) == "name"]
        text = smooth(self.doc)
        if behind and re.fullmatch(r" in (?:the )?", text[unit.rate.end : behind[0].start]):
            return self.of_mention(behind[0])
        return None

    def _decider(self, unit: Unit, verb: Token | None) -> Party | None:
        """`The ministry announced that duties on steel would rise`: who decides it, where nobody else acts."""
        if verb is None or verb.dep_ != "ccomp" or verb.head.lemma_.lower() not in lemmas("roles", "deciders"):
            return None
        own = subject(verb)
        if own is None or own.i != unit.head.i and unit.head not in own.subtree:
            return None
        return self.of_token(subject(verb.head))

    def topic(self, unit: Unit) -> Party | None:
        """The one government that the sentences before in the unit's paragraph are about, as their subject."""
        segment = segment_at(self.doc, unit.head.idx)
        found: dict[str, Party] = {}
        if segment is None:
            return None
        at = unit.sentence.start
        while at > 0:
            sentence = self.doc[at - 1].sent
            if sentence.start_char < segment.start:
                break
            who = subject(sentence.root) if sentence.root.pos_ in {"VERB", "AUX"} else None
            if who is not None and who.pos_ != "PRON" and (party := self.of_token(who)):
                found.setdefault(party.code, party)
            at = sentence.start
        return next(iter(found.values())) if len(found) == 1 else None

    def _place(self, unit: Unit, verb: Token | None) -> Party | None:
        """`Indian exporters pay a 12% duty in Nepal`: where the bearer pays."""
        if verb is None or not (verb.lemma_.lower() in lemmas("roles", "bearers") or verb.lemma_ == "be"):
            return None
        for anchor in (verb, unit.head, *(t for t in unit.zone if t.head.i in range(unit.start, unit.head.i + 1))):
            for child in anchor.rights:
                place = complement(child) if child.dep_ == "prep" and child.lower_ == "in" else None
                mention = mention_at(self.doc, place, EntityType.COUNTRY) if place is not None else None
                if mention and form_of(mention) == "name":
                    return self.of_mention(mention)
        return None

    def verb(self, unit: Unit) -> Token | None:
        """The verb that says what happens to the measure."""
        head = unit.head
        participle = next((c for c in head.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
        return governor(head) if participle is None or head.dep_ in {"dobj", "nsubj", "nsubjpass"} else participle

    def _owner(self, head: Token) -> Party | None:
        """`China's tariffs`, `U.S. tariffs`, `Trump's steel tariffs`; a full country name as modifier bears (`China tariffs`)."""
        for child in head.lefts:
            if child.dep_ == "poss" and (party := self._possessor(child, head)):
                return party
        for child in head.lefts:
            mention = mention_at(self.doc, child, EntityType.COUNTRY, EntityType.GROUP, EntityType.AGENCY, EntityType.PERSON)
            if mention and child.dep_ in {"amod", "compound", "nmod"} and not self._is_bearer_modifier(head, mention):
                return self.of_mention(mention)
        return None

    def _possessor(self, owner: Token, head: Token) -> Party | None:
        """Who owns a measure; `its` goes with the subject of its clause: `asked Bangkok to drop its tariff`."""
        verb = governor(head)
        if owner.tag_ == "PRP$" and verb is not None:
            who = subject(verb)
            if who is not None and who.i < owner.i and head not in who.subtree and (party := self.of_token(who)):
                return party
        return self.of_token(owner)

    def _is_bearer_modifier(self, head: Token, mention: Mention) -> bool:
        """`Trump's China tariffs`, `the China tariffs`: a country's plain name before the noun bears the measure."""
        if mention.type is not EntityType.COUNTRY or form_of(mention) != "name" or "." in mention.text or mention.text.isupper():
            return False
        return mention.end + 12 >= head.idx

    def _by_phrase(self, head: Token) -> Party | None:
        """`tariffs by the EU`, `duties imposed by Japan`, `tariffs from Washington`."""
        for child in head.rights:
            if child.dep_ in {"acl", "relcl"} and (party := self._actor(child, head)):
                return party
            if child.dep_ not in {"prep", "agent"} or child.lower_ not in {"by", "from"}:
                continue
            after_goods = child.lower_ == "from" and any(c.lower_ in {"on", "against"} for c in head.doc[head.i : child.i])
            if not after_goods and (party := self.of_token(complement(child))):
                return party
        return None

    def _actor(self, verb: Token, head: Token) -> Party | None:
        """The subject or agent of the verb that acts on the measure."""
        doer = agent(verb)
        if doer is not None and verb.lemma_.lower() not in lemmas("roles", "bearers"):
            return self.of_token(doer)
        lemma = verb.lemma_.lower()
        acts = self._acts(verb, head)
        if lemma in lemmas("roles", "bearers") and not acts and not has_particle(verb):
            return None
        if lemma in lemmas("roles", "covers") and not acts and not self._is_object(head, verb):
            return None
        if fends_off(verb):
            return None
        if lemma not in acting() and (lemma in lemmas("roles", "bystanders") or not self._is_object(head, verb)):
            return None
        return self._doer(verb, head) or self._before(verb)

    def _is_object(self, head: Token, verb: Token) -> bool:
        """`drew up a levy`, `tacked on a round of duties`: what the verb acts on is the measure."""
        held = head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lemma_.lower() in lemmas("parties", "holders")
        above = head.head.head if held else head
        return above.dep_ == "dobj" and above.head.i == verb.i

    def _doer(self, verb: Token, head: Token) -> Party | None:
        """The subject; for `signed an order imposing a tariff` the order has no country, but its signer has."""
        who = subject(verb)
        if who is not None and who.lower_ in {"it", "they"} and (party := self._teller(verb)):
            return party
        for _ in range(3):
            if who is None or is_passive(verb) or who.i == head.i or (head in who.subtree and who.dep_ in SUBJECTS):
                return None
            if who.tag_ == "PRP$" and (party := self._possessor(who, who.head)):
                return party
            if party := self.of_token(who):
                return party
            above = governor(who.head)
            if who.dep_ in SUBJECTS or above is None or above.i == verb.i:
                return None
            verb, who = above, subject(above)
        return None

    def _teller(self, verb: Token) -> Party | None:
        """Whom `it` means.

        Who tells it (`Uganda said that it would …`), the clause above (`a list on which it could levy …`), or the subject of the
        sentence before.
        """
        current = verb
        for _ in range(4):
            if current.head.i == current.i:
                break
            above = governor(current.head)
            if above is None or above.i == current.i:
                break
            who = subject(above)
            if who is not None and who.pos_ != "PRON" and (party := self.of_token(who)):
                return party
            current = above
        return self._subject_before(verb.sent)

    def _subject_before(self, sentence: Span) -> Party | None:
        """The party that is the subject of the sentence before, in the same paragraph or the one before it."""
        if sentence.start == 0:
            return None
        before = self.doc[sentence.start - 1].sent
        who = subject(before.root) if before.root.pos_ in {"VERB", "AUX"} else None
        return self.of_token(who) if who is not None and who.pos_ != "PRON" else None

    def _before(self, verb: Token) -> Party | None:
        """The name before an active verb whose subject the parser lost: `Roe to slap duties`, `after Roe last year hit …`."""
        if is_passive(verb) or any(c.dep_ in SUBJECTS for c in verb.children):
            return None
        end = self._inserted(verb)
        for token in reversed(self.doc[max(verb.sent.start, end - 5) : end]):
            if mention := mention_at(self.doc, token, *ACTORS):
                return self.of_mention(mention)
            if token.pos_ not in {"AUX", "PART", "ADV", "ADJ", "NOUN"} or token.is_punct:
                return None
        return None

    def _inserted(self, verb: Token) -> int:
        """Where a report inserted before a verb begins, the verb if none is: `India, he pointed out, keeps …`."""
        at = verb.i - 1
        if at <= verb.sent.start or self.doc[at].text != ",":
            return verb.i
        for i in range(at - 1, max(verb.sent.start, at - 8), -1):
            if self.doc[i].text == ",":
                told = any(
                    t.lemma_.lower() in lemmas("dates", "announcing") | lemmas("dates", "inserted") for t in self.doc[i:at]
                )
                return i if told else verb.i
        return verb.i

    def _acts(self, verb: Token, head: Token) -> bool:
        """Whether a verb of two uses acts here: `targets China with tariffs` against `tariffs target China`."""
        if verb.lemma_.lower() not in lemmas("roles", "strikers"):
            return False
        carriers = {
            verb.i,
            *(t.i for t in objects(verb)),
            *(c.i for c in verb.children if c.dep_ in {"dobj", "npadvmod", "prep"}),
        }
        return any(t.lower_ == "with" and t.head.i in carriers and head in t.subtree for t in verb.subtree)

    def _holder(self, head: Token) -> Party | None:
        """`China's threat of tariffs`, `a U.S. plan for tariffs`: who holds the noun above."""
        above = head.head.head if head.dep_ == "pobj" and head.head.dep_ == "prep" else None
        if above is None or above.pos_ not in {"NOUN", "PROPN"}:
            return None
        if above.lemma_.lower() not in lemmas("parties", "holders"):
            return None
        return self._owner(above) or self._by_phrase(above)

    # ------------------------------------------------------------ targets

    def targets(self, unit: Unit, imposer: Party | None) -> tuple[list[Party], list[Party], Span | None]:
        """Whose goods bear the measure.

        Returns:
            Targets, those excluded, and the words that mean everyone ("all countries"), if any.
        """
        found: dict[str, Party] = {}
        excluded: dict[str, Party] = {}
        spans = self.bearing_spans(unit)
        for span in spans:
            gone = self._exceptions(span)
            for party in self.within(t for t in span if not in_clause(t, span)):
                inside = any(a <= party.start < b for a, b in gone)
                if (imposer and party.code == imposer.code) or self._is_destination(party):
                    continue
                (excluded if inside else found).setdefault(party.code, party)
        if not found:
            found = {p.code: p for span in spans for p in self._the_two(span, imposer)}
        if not found:
            bearers = (s for v in self._verbs(unit) for s in (*self._struck(v, unit.head), *self._bearer(v, unit.head)))
            found = {p.code: p for s in bearers for p in self.within(s) if imposer is None or p.code != imposer.code}
        everyone = next((words for span in (*spans, self._noun_phrase(unit)) if (words := words_for_everyone(span))), None)
        if not found:
            for party in self._modifier_targets(unit):
                if not imposer or party.code != imposer.code:
                    found.setdefault(party.code, party)
        return list(found.values()), list(excluded.values()), everyone

    def _noun_phrase(self, unit: Unit) -> Span:
        """The term with the modifiers before it: `an across-the-board 10% tariff`."""
        first = min(unit.start, unit.head.left_edge.i)
        return self.doc[max(first, unit.head.i - 10) : unit.head.i + 1]

    def only_other(self, unit: Unit, imposer: Party) -> list[Party]:
        """The only other country that the sentence names, for a rate that nothing else gives a bearer.

        Countries that goods enter, and those whose duties another noun names, do not count.
        """
        heads = {t.head for t in terms(self.doc, unit.sentence)}
        named = (t for t in unit.sentence if not (t.head.i in heads and t.dep_ in {"compound", "amod", "nmod", "poss"}))
        others = [p for p in self.within(named) if p.code != imposer.code and not self._is_destination(p)]
        return others if len(others) == 1 else []

    def bearing_spans(self, unit: Unit) -> list[Span]:
        """The words that name what the measure is on: its `on` phrases, else the object struck, else the subject that bears."""
        if bracketed := self._bracketed(unit):
            return [bracketed]
        phrases = self._on_phrases(unit)
        if phrases:
            return phrases
        head = unit.head
        segment = segment_at(self.doc, head.idx)
        if segment and segment.kind is SegmentKind.LIST_ITEM and unit.rate and unit.term is None:
            lead = self.doc.char_span(segment.start, unit.rate.start, alignment_mode="contract")
            return [lead] if lead else []
        for child in head.rights:  # `tariffs aimed at China`, `duties that cover steel`
            if child.dep_ in {"acl", "relcl"} and (spans := self._covered(child, head)):
                return spans
        for verb in self._verbs(unit):
            if spans := self._struck(verb, head) or self._covered(verb, head) or self._bearer(verb, head):
                return spans
        return []

    def _bracketed(self, unit: Unit) -> Span | None:
        """`Vietnam (46 per cent)`, `Brazil, 41.2 percent; China, 86 percent`: the country right before a rate bears it."""
        if unit.rate is None:
            return None
        text = smooth(self.doc)
        opening = text.rfind("(", max(0, unit.rate.start - 20), unit.rate.start)
        if opening >= 0 and ")" not in text[opening : unit.rate.start]:
            named = [m for m in mentions(self.doc, EntityType.COUNTRY, EntityType.GROUP) if 0 <= opening - m.end <= 1]
        else:
            near = mentions(
                self.doc, EntityType.COUNTRY, EntityType.GROUP, within=(max(0, unit.rate.start - 60), unit.rate.start)
            )
            named = [m for m in near if _JOINED.fullmatch(text, m.end, unit.rate.start) and form_of(m) == "name"]
        return self.doc.char_span(named[0].start, named[0].end, alignment_mode="expand") if named else None

    def _verbs(self, unit: Unit) -> Iterator[Token]:
        """The measure's verb and those that share its clause: `will see their tariffs quadrupled`."""
        current = self.verb(unit)
        for _ in range(3):
            if current is None:
                return
            yield current
            if current.dep_ not in {"xcomp", "ccomp", "conj", "acl", "pcomp"} or current.head.i == current.i:
                return
            current = governor(current.head)

    def _on_phrases(self, unit: Unit) -> list[Span]:
        """`on goods from China`, `against Japan` that hang on the term, its verb or its rate, in the unit's zone."""
        out: list[Span] = []
        anchors = self._anchors(unit)
        for token in unit.zone:
            if token.lower_ not in lemmas("parties", "targets") or token.pos_ not in {"ADP", "SCONJ", "PART"}:
                continue
            if token.lower_ in {"to", "at", "over", "for"} and not self._for_goods(unit, token):
                continue
            if out and token.i < out[-1].end:
                continue
            adjoins = unit.rate is not None and 0 <= token.idx - unit.rate.end <= 1
            if (
                adjoins
                or token.head.i in anchors
                or (token.i > unit.start and token.i - unit.start <= 12 and not clause_between(unit, token))
            ):
                if (antecedent := self._antecedent(token)) is not None:
                    out.append(antecedent)
                    continue
                stop = extent(unit, token)
                if stop > token.i + 1 and not self._is_date(complement(token)):
                    out.append(self.doc[token.i + 1 : stop])
        return out

    def _antecedent(self, preposition: Token) -> Span | None:
        """`a list of U.S. goods, on which it could levy a duty`: what the relative pronoun stands for."""
        what = complement(preposition)
        if what is None or what.tag_ not in {"WDT", "WP"}:
            return None
        clause = next((t for t in preposition.ancestors if t.dep_ == "relcl"), None)
        if clause is None or clause.head.i >= preposition.i:
            return None
        return self.doc[clause.head.left_edge.i : preposition.i]

    def _is_date(self, token: Token | None) -> bool:
        """Whether `on` brings a day, be it resolved or not."""
        if token is None:
            return False
        return token.ent_type_ in {"DATE", "TIME"} or mention_at(self.doc, token, EntityType.DATE) is not None

    def _for_goods(self, unit: Unit, token: Token) -> bool:
        """`raise duties for the following products`: whether a `for` brings goods, not reasons or dates."""
        if token.lower_ != "for":
            return False
        if token.head.i == unit.head.i or (unit.term is not None and unit.term.noun == "de_minimis"):
            return True
        what = complement(token)
        if unit.rate is not None and 0 <= token.idx - unit.rate.end <= 1 and what is not None and self.within(what.subtree):
            return True  # `22.7% for China and 11.9% for Thailand`
        return token.head.i in self._anchors(unit) and what is not None and what.lemma_.lower() in words("context", "flows")

    def _anchors(self, unit: Unit) -> set[int]:
        verb = self.verb(unit)
        anchors = {
            unit.head.i,
            *(t.i for t in unit.head.subtree if t.dep_ in {"acl", "prep", "relcl"} and t.head.i == unit.head.i),
        }
        if verb is not None:
            anchors.add(verb.i)
        return anchors

    def _struck(self, verb: Token, head: Token) -> list[Span]:
        """`hit China with tariffs`, `goods hit with tariffs`, `threatened Mexico with duties`."""
        if verb.lemma_.lower() not in lemmas("roles", "strikers") or not self._acts(verb, head):
            return []
        struck = [t for t in objects(verb) if t.i != head.i]
        if not struck and is_passive(verb) and (who := subject(verb)) is not None:
            struck = [who]
        return [phrase_of(t) for t in struck]

    def _covered(self, verb: Token, head: Token) -> list[Span]:
        """`the tariffs cover steel`, `the duty applies to imports from Japan`."""
        who = subject(verb)
        if verb.lemma_.lower() not in lemmas("roles", "covers") or who is None or who.i != head.i:
            return []
        return [phrase_of(t) for t in objects(verb) if t.i != head.i] + [
            self.doc[c.i + 1 : c.right_edge.i + 1]
            for c in verb.children
            if c.dep_ == "prep" and c.lower_ in {"to", "at", "on", "against"} and c.right_edge.i > c.i
        ]

    def _bearer(self, verb: Token, head: Token) -> list[Span]:
        """`Canada faces a 25% tariff`, `imports will be subject to a duty`, `Chinese cars attract tariffs`."""
        who = subject(verb)
        if who is None or who.i == head.i or head in who.subtree:
            return []
        subject_to = verb.lemma_ == "be" and any(c.lower_ in {"subject", "liable"} for c in verb.children)
        has_goods = verb.lemma_ == "have" and self.of_token(who) is None
        bears = verb.lemma_.lower() in lemmas("roles", "bearers") and not has_particle(verb)
        charged = is_passive(verb) and verb.lemma_.lower() in lemmas("roles", "charging")
        charged = charged and not any(c.dep_ == "xcomp" for c in verb.children)
        who = who.head if who.dep_ == "appos" else who  # `Brazil, its main supplier, which pays 3%`
        if bears or charged or subject_to or has_goods:
            return [phrase_of(who)]
        return []

    def _the_two(self, span: Span, imposer: Party | None) -> list[Party]:
        """`the two neighbors`, `both countries`: two countries named before in the sentence, if there are just two."""
        nouns = [t for t in span if t.lemma_.lower() in lemmas("roles", "partners") and t.tag_ in {"NNS", "NNPS"}]
        if not any(t.lower_ in {"two", "both"} for t in span) or not nouns:
            return []
        earlier = mentions(self.doc, EntityType.COUNTRY, within=(span.sent.start_char, span.start_char))
        named = {m.entity: m for m in earlier if form_of(m) == "name"}
        parties = [p for m in named.values() if (p := self.of_mention(m)) and (imposer is None or p.code != imposer.code)]
        return parties if len({p.code for p in parties}) == 2 else []

    def destination(self, unit: Unit) -> Party | None:
        """`tariffs on goods coming into Japan`: the country that the goods enter imposes."""
        found = [p for span in self.bearing_spans(unit) for p in self.within(span) if self._is_destination(p)]
        return found[0] if len({p.code for p in found}) == 1 else None

    def _is_destination(self, party: Party) -> bool:
        """Whether a country is where the goods go: `coming into the United States`, `exports to Japan`."""
        span = self.doc.char_span(party.start, party.end, alignment_mode="expand")
        lead = [t.lower_ for t in self.doc[max(0, span.start - 4) : span.start]] if span else []
        lead = [w for w in lead if w not in {"the", "all"}]
        return bool(lead) and (
            lead[-1] in lemmas("parties", "destinations")
            or (lead[-1] == "to" and bool({"exports", "shipments", "exported", "shipped", "sales", "sold", "sent"} & set(lead)))
        )

    def _modifier_targets(self, unit: Unit) -> list[Party]:
        """`Trump's China tariffs`."""
        out = []
        for child in unit.head.lefts:
            mention = mention_at(self.doc, child, EntityType.COUNTRY)
            if mention and child.dep_ in {"compound", "nmod", "amod"} and self._is_bearer_modifier(unit.head, mention):
                party = self.of_mention(mention)
                out += [party] if party else []
        return out

    def _exceptions(self, span: Span) -> list[tuple[int, int]]:
        """Character ranges inside the span that take partners out: `all countries except Canada and Mexico`."""
        out = []
        for token in span:
            if token.lower_ in lemmas("parties", "exceptions"):
                out.append((token.idx, span.end_char))
        lowered = span.text.lower()
        for phrase in table("measures")["parties"]["exception_phrases"]:
            at = lowered.find(phrase)
            if at >= 0:
                out.append((span.start_char + at, span.end_char))
        all_but = re.search(r"\b(?:all|every|any)\b[^.;]*?\bbut (?=[A-Z])", span.text)
        if all_but:
            out.append((span.start_char + all_but.end(), span.end_char))
        return out
