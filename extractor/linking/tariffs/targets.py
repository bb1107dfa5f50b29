"""On whose goods a measure is, by the grammar around a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extractor.entities.countries import form_of
from extractor.entities.home import country_of_place
from extractor.entities.layout import SegmentKind, segment_at
from extractor.entities.mention import Mention, mention_at, mentions, smooth
from extractor.entities.terms import terms, words
from extractor.linking.tariffs.party_names import PERCENTS, Party, PartyNames
from extractor.linking.tariffs.phrases import (
    clause_between,
    complement,
    exceptions,
    extent,
    in_clause,
    phrase_of,
    wherever_from,
    words_for_everyone,
)
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import actions, is_subject_to, receives, stays_at
from extractor.linking.tariffs.vocabulary import lemmas
from extractor.records import Action, EntityType
from extractor.syntax import governor, has_particle, is_passive, objects, relative_object, subject

_JOINED = re.compile(r"[,:] | at | ?[–—-] | (?:about |some |up to |as much as |at least |around |nearly )?")
"""What may stand between a country and its rate in a list."""
_LED_TO = re.compile(r"\b(?:in|into|to|by|at) (?:the )?$")
_IN_MARKET = re.compile(r"\bin (?:its|their|his|her|our) (?:[a-z-]+ ){0,3}market(?:,| -|:) (?:the )?$")
"""`a duty on tea in their main market, Pakistan`: who imposes it."""
_INCLUDING = re.compile(r" \(including ([^()]{1,200})\)")


def spans_everyone(everyone: Span | None, spans: Sequence[Span]) -> bool:
    """Whether the words for everyone stand in what a measure is on, not in its own name (`the 10% baseline`)."""
    return everyone is not None and any(s.start <= everyone.start < s.end for s in spans)


def _has_partners(name: Token) -> bool:
    """`most U.S. trading partners`: the country whose partners are meant is none of them."""
    return name.dep_ in {"compound", "amod", "nmod", "poss"} and name.head.lemma_.lower() in {
        "partner",
        "ally",
        "rival",
        "supplier",
    }


class Targets(PartyNames):
    """Whose goods bear the measures of a document, and the words that name them."""

    def targets(self, unit: Unit, imposer: Party | None, spans: Sequence[Span]) -> tuple[list[Party], list[Party], Span | None]:
        """Whose goods bear the measure.

        Args:
            unit: where it is named.
            imposer: who imposes it, never its own target.
            spans: the unit's `bearing_spans`.

        Returns:
            Targets, those excluded, and the words that mean everyone ("all countries"), if any.
        """
        found: dict[str, Party] = {}
        excluded: dict[str, Party] = {}
        for span in spans:
            gone = exceptions(span)
            for party in self.within(t for t in span if not in_clause(t, span) and not _has_partners(t)):
                inside = any(a <= party.start < b for a, b in gone)
                if (imposer and party.code == imposer.code) or self._is_destination(party):
                    continue
                (excluded if inside else found).setdefault(party.code, party)
        places = {code for code, p in found.items() if self._is_market(p)}
        if places and (len(found) > len(places) or any(t.tag_ == "PRP$" for s in spans for t in s)):
            found = {code: p for code, p in found.items() if code not in places}  # `importers of Ugandan milk in Kenya`
        for party in tuple(found.values()):
            found |= {p.code: p for p in self._including(party) if imposer is None or p.code != imposer.code}
        told = bool(found or excluded)
        if not told:
            found = {p.code: p for span in spans for p in (*self._the_two(span, imposer), *self._owners(span, imposer))}
        if not found and not told:
            finders = (self._spared, self._struck, self._answered, self._bearer)
            bearers = (s for v in self._verbs(unit) for finder in finders for s in finder(v, unit.head))
            named = (p for s in bearers for p in self.within(t for t in s if not in_clause(t, s)))
            found = {p.code: p for p in named if imposer is None or p.code != imposer.code}
        if not found and not told:
            found = {
                p.code: p for span in spans for p in self._places_of_origin(span) if imposer is None or p.code != imposer.code
            }
        everyone = next((words for span in (*spans, self._noun_phrase(unit)) if (words := words_for_everyone(span))), None)
        everyone = everyone or wherever_from(unit.zone)
        if found and not spans_everyone(everyone, spans):
            everyone = None  # `The UK got the 10% baseline`
        if everyone is not None and re.search(r"\bincluding\b", smooth(self.doc)[everyone.end_char : everyone.end_char + 12]):
            found = {}  # `all countries, including Canada and Mexico`
        elif not found and not told:
            for party in self._modifier_targets(unit):
                if not imposer or party.code != imposer.code:
                    found.setdefault(party.code, party)
        return list(found.values()), list(excluded.values()), everyone

    def _places_of_origin(self, span: Span) -> list[Party]:
        """`beer brewed in Ontario`, `wine from California`: the country of the state or town that goods come from."""
        found: dict[str, Party] = {}
        for token in span:
            modifies = token.dep_ in {"compound", "poss", "nmod", "amod"} and span.root.i >= token.head.i > token.i
            led = token.i > span.start and self.doc[token.i - 1].lower_ in {"from", "in", "of"}
            maker = token.dep_ == "compound" and token.head.dep_ == "pobj" and token.head.head.lower_ == "from"
            if token.pos_ != "PROPN" or not (modifies or led or maker):  # `beef from five Queensland abattoirs`
                continue
            for end in (token.i + 2, token.i + 1):
                words = self.doc[token.i : min(end, span.end)]
                if code := country_of_place(words.text):
                    found.setdefault(code, Party(code, words.start_char, words.end_char))
                    break
        return list(found.values())

    def _including(self, party: Party) -> list[Party]:
        """`articles of China (including articles of Hong Kong and Macau)`: whom brackets behind a country add."""
        text = smooth(self.doc)
        added = _INCLUDING.match(text, party.end)
        span = self.doc.char_span(added.start(1), added.end(1), alignment_mode="expand") if added else None
        return self.within(span) if span is not None else []

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
        others = [
            p for p in self.within(named) if p.code != imposer.code and not self._is_destination(p) and not self._is_place(p)
        ]
        return others if len(others) == 1 else []

    def bearing_spans(self, unit: Unit) -> list[Span]:
        """The words that name what the measure is on: its `on` phrases, else the object struck, else the subject that bears."""
        if (bracketed := self._bracketed(unit) or self._gapped(unit)) and self.heading(unit) is None:
            return [bracketed]
        phrases = self._on_phrases(unit) or self._of_probe(unit) or self._fronted(unit)
        if phrases:
            return phrases
        head = unit.head
        segment = segment_at(self.doc, head.idx)
        if segment and segment.kind is SegmentKind.LIST_ITEM and unit.rate and unit.term is None:
            lead = self.doc.char_span(segment.start, unit.rate.start, alignment_mode="contract")
            return [lead] if lead else []
        for child in head.rights:  # `tariffs aimed at China`, `duties that cover steel`
            if child.dep_ in {"acl", "relcl"} and (spans := self._covered(child, head)):
                bearers = (s for v in self._verbs(unit) for s in self._bearer(v, head) if self.within(s))
                return [*bearers, *spans] if child.dep_ == "relcl" else spans  # `Brazil pays a tariff that applies to steel`
        for verb in self._verbs(unit):
            if (
                spans := self._spared(verb, head)
                or self._struck(verb, head)
                or self._covered(verb, head)
                or self._bearer(verb, head)
            ):
                return spans
        return []

    def _spared(self, verb: Token, head: Token) -> list[Span]:
        """`exempted Australia from its tariff`, `spares Swiss cheese a 31% tariff`: the object does not bear it."""
        if actions().get(verb.lemma_.lower()) is not Action.EXEMPT:
            return []
        away = head.dep_ == "pobj" and head.head.lower_ == "from" and head.head.head.i == verb.i
        given = head.dep_ == "dobj" and head.head.i == verb.i
        if not (away or given):
            return []
        return self._acted_on(verb, [t for t in objects(verb) if t.i < head.i])

    @staticmethod
    def _acted_on(verb: Token, found: list[Token]) -> list[Span]:
        """The phrases of a verb's objects, of the subject of a bare participle where it has none."""
        who = subject(verb) if not found and is_passive(verb) else None
        return [phrase_of(t) for t in (found if who is None else [who])]

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
            named = [m for m in near if _JOINED.fullmatch(text, m.end, unit.rate.start) and self._is_name(m)]
            named = [
                m for m in named if not _LED_TO.search(text, max(0, m.start - 12), m.start)
            ]  # `10% in Serbia, 12% in Turkey`
        return self.doc.char_span(named[0].start, named[0].end, alignment_mode="expand") if named else None

    def _gapped(self, unit: Unit) -> Span | None:
        """`Canada goes to 35% and Mexico to 30%`: who bears the second rate, where the verb is left out."""
        if unit.rate is None:
            return None
        text = smooth(self.doc)
        near = mentions(self.doc, EntityType.COUNTRY, EntityType.GROUP, within=(max(0, unit.rate.start - 60), unit.rate.start))
        named = next((m for m in reversed(near) if self._is_name(m)), None)
        if named is None or text[named.end : unit.rate.start] not in {" to ", " with ", " by "}:
            return None
        before = text[max(unit.sentence.start_char, named.start - 24) : named.start]
        follows = re.search(r"(?:%|per ?cent|pct|\d)(?:,|;)?(?: and| while| but)? (?:the )?$", before)
        return self.doc.char_span(named.start, named.end, alignment_mode="expand") if follows else None

    def heading(self, unit: Unit) -> Party | None:
        """`Argentina: 16% tariff on Brazilian toys`: the country that heads a line, where the measure is on goods of another."""
        first = next(iter(mentions(self.doc, EntityType.COUNTRY, within=(unit.sentence.start_char, unit.head.idx))), None)
        if first is None or form_of(first) != "name" or first.start != unit.sentence.start_char:
            return None
        between = smooth(self.doc)[first.end : self.doc[min(unit.start, unit.head.i)].idx]
        party = self.of_mention(first) if re.fullmatch(r": (?:[a-z]+ ){0,2}", between) else None
        others = (p for span in self._on_phrases(unit) for p in self.within(span))
        return party if party is not None and any(p.code != party.code for p in others) else None

    def _is_name(self, mention: Mention) -> bool:
        """`Japan`, `the Danes`, `the Spanish`: not an adjective."""
        article = smooth(self.doc)[max(0, mention.start - 4) : mention.start].lower() == "the "
        return form_of(mention) == "name" or (article and form_of(mention) in {"people", "adjective"})

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
            if (out and token.i < out[-1].end) or token.head.lower_ in {"none", "nothing"}:
                continue  # `a tariff on Korean phones and none on Chinese ones`
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

    def _fronted(self, unit: Unit) -> list[Span]:
        """`For Brazil, the rate is 190 percent`, `On prunes from Chile the charge is 35%`: what the sentence begins with."""
        first = unit.sentence[0]
        if first.lower_ not in {"for", "on"} or first.dep_ != "prep" or unit.rate is None:
            return []
        what, verb = complement(first), self.verb(unit)
        if what is None or verb is None or first.head.i != verb.i or verb.lemma_ not in {"be", "go", "stand", "rise", "fall"}:
            return []
        phrase = phrase_of(what)
        return [phrase] if self.within(phrase) and phrase.end <= unit.start and not self._is_date(what) else []

    def _of_probe(self, unit: Unit) -> list[Span]:
        """`a countervailing duty probe of Kazakh silicon`: what a case is about that names the measure."""
        noun = unit.head.head
        if unit.head.dep_ not in {"compound", "nmod"} or noun.lemma_.lower() not in lemmas("status", "case_nouns"):
            return []
        about = [c for c in noun.rights if c.dep_ == "prep" and c.lower_ in {"of", "into", "on", "against"}]
        return [self.doc[c.i + 1 : c.right_edge.i + 1] for c in about if c.right_edge.i > c.i]

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
        return (
            token.ent_type_ in {"DATE", "TIME"}
            or token.lemma_.lower() in {"date", "day"}
            or mention_at(self.doc, token, EntityType.DATE) is not None
        )

    def _for_goods(self, unit: Unit, token: Token) -> bool:
        """`raise duties for the following products`: whether a `for` brings goods, not reasons or dates."""
        if token.lower_ == "to":
            return token.head.lemma_ == "apply"  # `the duty that the EU will apply to Ukrainian sugar`
        if token.lower_ != "for":
            return False
        if token.head.i == unit.head.i or (unit.term is not None and unit.term.noun in {"de_minimis", "quota"}):
            return True
        what = complement(token)
        easing = unit.head.dep_ in {"compound", "nmod"} and token.head.i == unit.head.head.i
        if (
            easing
            and token.head.lemma_.lower() in lemmas("roles", "easing")
            and what is not None
            and self.within(phrase_of(what))
        ):
            return True  # `tariff cuts for the U.S.`
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
        if (antecedent := relative_object(verb)) is not None:  # `Vietnam, which Trump hit with a 46% tariff`
            return [self.doc[antecedent.left_edge.i : antecedent.i + 1]]
        found = [t for t in (*objects(verb), *(c for c in verb.children if c.dep_ == "dative")) if t.i != head.i]
        if found and verb.dep_ == "relcl" and any(c.tag_ == "WP$" for c in found[0].lefts):
            return [self.doc[verb.head.left_edge.i : found[0].i + 1]]  # `Vietnam, whose fish it charges 14%`
        return self._acted_on(verb, found)

    def _answered(self, verb: Token, head: Token) -> list[Span]:
        """`responded to U.S. tariffs with duties`, `countered the EU's duties with a tax`: who is answered bears it."""
        if verb.lemma_.lower() not in lemmas("roles", "replies") or head.dep_ != "pobj" or head.head.lower_ != "with":
            return []
        led = (complement(c) for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "against"})
        answered = next((t for t in (*led, *objects(verb)) if t is not None and t.i < head.i), None)
        if verb.dep_ == "relcl" and (answered is None or answered.tag_ == "WDT"):
            answered = verb.head  # `Norway's tariffs, which Chile responded to with a duty`
        if head.head.head.i != verb.i or answered is None:
            return []
        own = answered if self.of_token(answered) is not None else next((c for c in answered.lefts if self.of_token(c)), None)
        return [] if own is None else [self.doc[own.left_edge.i : own.i + 1]]

    def _covered(self, verb: Token, head: Token) -> list[Span]:
        """`the tariffs cover steel`, `the duty applies to imports from Japan`."""
        who = subject(verb)
        if verb.lemma_.lower() not in lemmas("roles", "covers") or who is None or who.i != head.i:
            return []
        covered = [t for t in objects(verb) if t.i != head.i]
        leads = {"to", "at", "on", "against"} | ({"from"} if covered else set())  # `covers rice and sugar from Thailand`
        return [phrase_of(t) for t in covered] + [
            self.doc[c.i + 1 : c.right_edge.i + 1]
            for c in verb.children
            if c.dep_ == "prep" and c.lower_ in leads and c.right_edge.i > c.i
        ]

    def _bearer(self, verb: Token, head: Token) -> list[Span]:
        """`Canada faces a 25% tariff`, `imports will be subject to a duty`, `Chinese cars attract tariffs`."""
        who = subject(verb)
        relative = who is not None and verb.dep_ == "relcl" and verb.head.i == who.i  # `Peru, which faces a 10% duty`
        if who is None or who.i == head.i or (head in who.subtree and not relative):
            return []
        has_goods = verb.lemma_ == "have" and self.of_token(who) is None
        bears = verb.lemma_.lower() in lemmas("roles", "bearers") and not has_particle(verb)
        charged = is_passive(verb) and verb.lemma_.lower() in lemmas("roles", "charging")
        charged = charged and not any(c.dep_ == "xcomp" for c in verb.children)
        who = who.head if who.dep_ == "appos" else who  # `Brazil, its main supplier, which pays 3%`
        bare = head.text in PERCENTS or any(c.text in PERCENTS for c in head.lefts)
        received = bare and (receives(verb, head) or (stays_at(verb, head) and bool(self.within(phrase_of(who)))))
        if bears and who.lemma_.lower() in lemmas("parties", "buyers"):  # `German importers of Kenyan beans`
            bought = [c for c in who.rights if c.dep_ == "prep" and c.lower_ == "of" and c.right_edge.i > c.i]
            return [self.doc[c.i + 1 : c.right_edge.i + 1] for c in bought] or [phrase_of(who)]
        if bears or charged or is_subject_to(verb) or has_goods or received:
            if verb.dep_ == "relcl" and any(c.tag_ == "WP$" for c in who.lefts):
                return [self.doc[verb.head.i : who.i + 1]]  # `China, whose products are charged 20%`
            return [self.doc[who.left_edge.i : who.i + 1] if relative else phrase_of(who)]
        return []

    def bearers(self, unit: Unit) -> list[Party]:
        """Countries that bear a measure as the subject of its verb, themselves or by goods: `Brazil pays 10%`.

        Who buys pays the tariffs of his own country: `American importers pay 25%`.
        """
        found: list[Party] = []
        for verb in self._verbs(unit):
            for span in self._bearer(verb, unit.head):
                buys = span.root.lemma_.lower() in lemmas("parties", "payers")
                found += [] if buys else self.within(t for t in span if not in_clause(t, span))
        return found

    def whose_own(self, spans: Sequence[Span]) -> list[Party]:
        """`accepted a 15% tariff on its exports`: whose goods are meant, where nobody imposes in the sentence."""
        found: list[Party] = []
        for owned in (t for span in spans for t in span if t.tag_ == "PRP$" and t.lower_ in {"its", "their"}):
            verb = governor(owned)
            who = subject(verb) if verb is not None else None
            party = self.of_token(who) if who is not None and who.i < owned.i else None
            found += [party] if party is not None else []
        return found

    def _the_two(self, span: Span, imposer: Party | None) -> list[Party]:
        """`the two neighbors`, `both countries`: two countries named before in the sentence, if there are just two."""
        nouns = [t for t in span if t.lemma_.lower() in lemmas("roles", "partners") and t.tag_ in {"NNS", "NNPS"}]
        if not any(t.lower_ in {"two", "both"} for t in span) or not nouns:
            return []
        earlier = mentions(self.doc, EntityType.COUNTRY, within=(span.sent.start_char, span.start_char))
        named = {m.entity: m for m in earlier if form_of(m) == "name"}
        parties = [p for m in named.values() if (p := self.of_mention(m)) and (imposer is None or p.code != imposer.code)]
        return parties if len({p.code for p in parties}) == 2 else []

    def _owners(self, span: Span, imposer: Party | None) -> list[Party]:
        """`Japan asked Washington to lift tariffs on its steel`: the first subject above that does not impose."""
        owned = next((t for t in span if t.tag_ == "PRP$" and t.lower_ in {"its", "their"}), None)
        verb = governor(owned) if owned is not None and imposer is not None else None
        for _ in range(4):
            if verb is None or imposer is None:
                return []
            who = subject(verb)
            party = self.of_token(who) or self._country_of(who) if who is not None and who.i < span.start else None
            if party is not None and party.code != imposer.code:
                return [party]
            verb = governor(verb.head) if verb.head.i != verb.i else None
        return []

    def _country_of(self, who: Token) -> Party | None:
        """`Colombia's growers`, `Thai millers`: the country of those who own goods."""
        return next(iter(self.within(c for c in who.lefts if c.dep_ in {"poss", "amod", "compound", "nmod"})), None)

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

    def _is_market(self, party: Party) -> bool:
        """`importers of Ugandan milk in Kenya`, `its yarn in Turkey`: where goods are brought, not where plants are."""
        if _IN_MARKET.search(smooth(self.doc)[max(0, party.start - 80) : party.start]):
            return True
        span = self.doc.char_span(party.start, party.end, alignment_mode="expand")
        if span is None or not self._is_place(party):
            return False
        noun = next((t for t in reversed(self.doc[max(0, span.start - 4) : span.start]) if t.lower_ not in {"in", "the"}), None)
        if noun is None or mention_at(self.doc, noun, EntityType.PRODUCT) is None:
            return False
        own = any(c.tag_ == "PRP$" for c in noun.lefts)
        return own or any(t.lemma_.lower() in lemmas("parties", "buyers") for t in noun.ancestors)

    def _is_place(self, party: Party) -> bool:
        """`25 percent in the European Union`, `told reporters in Canada`: where something happens."""
        return re.search(r"\bin (?:the )?$", smooth(self.doc)[max(0, party.start - 8) : party.start]) is not None

    def _modifier_targets(self, unit: Unit) -> list[Party]:
        """`Trump's China tariffs`."""
        out = []
        for child in unit.head.lefts:
            mention = mention_at(self.doc, child, EntityType.COUNTRY)
            if mention and child.dep_ in {"compound", "nmod", "amod"} and self._is_bearer_modifier(unit.head, mention):
                party = self.of_mention(mention)
                out += [party] if party else []
        return out
