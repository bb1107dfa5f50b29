"""Who imposes a measure, by the grammar around a unit. The parties of a document: imposers here, targets in `targets`."""

from __future__ import annotations

import re

from spacy.tokens import Token

from extractor.entities.countries import form_of
from extractor.entities.layout import segment_at
from extractor.entities.mention import mention_at, mentions, smooth
from extractor.linking.tariffs.party_names import ACTORS, EUROPEAN, Party
from extractor.linking.tariffs.phrases import complement
from extractor.linking.tariffs.targets import Targets
from extractor.linking.tariffs.units import Unit
from extractor.linking.tariffs.verbs import (
    asks_for,
    clauses,
    is_linked,
    is_subject_to,
    muses,
    particled,
    receives,
    starts,
    stays_at,
)
from extractor.linking.tariffs.vocabulary import acting, lemmas
from extractor.records import EntityType
from extractor.syntax import SUBJECTS, agent, governor, has_particle, is_passive, objects, subject

__all__ = ["Parties", "Party"]

DECIDED = 10
"""Tokens between a decision and the measure that it leads to."""
INSERTED = 12
"""Tokens of a clause inserted between a subject and its verb."""


def fends_off(verb: Token) -> bool:
    """`hold off new tariffs`, `avert a duty`: who does so does not impose it."""
    off = any(c.dep_ == "prt" and c.lower_ == "off" for c in verb.children)
    lemma = verb.lemma_.lower()
    return (off and lemma in lemmas("roles", "fending")) or (not has_particle(verb) and lemma in lemmas("status", "averting"))


class Parties(Targets):
    """Answers for one document: imposers and targets of its measures."""

    def imposer(self, unit: Unit) -> Party | None:
        """Who imposes, where the sentence's grammar says so."""
        head = unit.head
        verb = self.verb(unit)
        for finder in (self._owner, self._by_phrase, self._holder):
            if party := finder(head):
                return party
        if party := self._decision(unit):
            return party
        if verb is not None and (party := self._actor(verb, head)):
            return party
        others = (
            self.destination(unit),
            self._entered(unit),
            self._market(unit),
            self._place(unit, verb),
            self._where(unit),
            self._decider(unit, verb),
        )
        found = next((party for party in others if party), None) or self._payer(unit)
        found = found or self._place_of_goods(unit)
        found = found or self._lawmaker(unit, verb) or self._asked(unit) or self.heading(unit)
        return found or self._candidate(unit, verb) or self._teller_of(unit, verb)

    def _candidate(self, unit: Unit, verb: Token | None) -> Party | None:
        """`has pledged a tariff if elected president of Argentina`: whose office a candidate runs for."""
        if verb is None or verb.lemma_.lower() not in lemmas("status", "threatened"):
            return None
        clauses_ = (c for c in verb.children if c.dep_ == "advcl" and c.lemma_ == "elect")
        places = (t for c in clauses_ for t in c.subtree if t.dep_ == "pobj" and t.head.lower_ == "of")
        return next((p for t in places if (p := self._named(t))), None)

    def _place_of_goods(self, unit: Unit) -> Party | None:
        """`pays a 26% duty on its yarn in Turkey`, `importers of Ugandan milk in Kenya`: where goods of another are brought."""
        for span in self.bearing_spans(unit):
            named = self.within(span)
            places = [p for p in named if self._is_market(p)]
            if len(places) == 1 and (len(named) > 1 or any(t.tag_ == "PRP$" for t in span)):
                return places[0]
        return None

    def _asked(self, unit: Unit) -> Party | None:
        """`petitioned Montevideo for a duty on milk`: who is asked for a measure would impose it."""
        for verb in self._verbs(unit):
            if asks_for(unit, verb):
                return self._addressed(verb, unit.head)
        return None

    def _addressed(self, verb: Token, before: Token) -> Party | None:
        """`petitioned Montevideo for …`: the government that a verb of asking turns to."""
        asked = next((t for t in objects(verb) if t.i < before.i), None)
        return self.of_token(asked) or self._of_capital(asked) if asked is not None else None

    def _is_on_another(self, unit: Unit, party: Party) -> bool:
        """Whether a measure is on goods of a named country that is not this one."""
        return any(p.code != party.code for span in self.bearing_spans(unit) for p in self.within(span))

    def beside(self, unit: Unit, imposer: Party) -> list[Party]:
        """`Canada and Mexico imposed tariffs`: the governments that are joined to the imposer's name and so act as well."""
        span = self.doc.char_span(imposer.start, imposer.end, alignment_mode="expand")
        verb = self.verb(unit)
        if span is None or verb is None or not is_linked(unit, verb):
            return []  # `the two hold talks about tariffs`
        deeds = {v.i for v in self._verbs(unit)} | {unit.head.i}
        above = span.root.head.head if span.root.dep_ == "pobj" else span.root.head
        if span.root.dep_ not in SUBJECTS | {"pobj", "poss"} or above.i not in deeds:
            return []
        found = {imposer.code: imposer}
        for token in span.root.conjuncts:
            mention = mention_at(self.doc, token, *ACTORS)
            party = self.of_mention(mention) if mention is not None else None
            if party is not None and token.sent.start == span.sent.start:
                found.setdefault(party.code, party)
        return [party for code, party in found.items() if code != imposer.code]

    def _payer(self, unit: Unit) -> Party | None:
        """`American importers pay a 25% tariff on Chinese chairs`: who buys pays the duties of the own country."""
        for verb in self._verbs(unit):
            who = subject(verb) if verb.lemma_.lower() in lemmas("roles", "bearers") else None
            if who is None or who.lemma_.lower() not in lemmas("parties", "buyers"):
                continue
            names = (mention_at(self.doc, c, EntityType.COUNTRY) for c in who.lefts)
            return next((self.of_mention(m) for m in names if m is not None), None)
        return None

    def _decision(self, unit: Unit) -> Party | None:
        """`responding to Trump's decision to double tariffs`: whose decision, threat or plan leads to the measure."""
        first = min(unit.start, unit.head.left_edge.i)
        for token in reversed(unit.doc[max(unit.sentence.start, first - DECIDED) : first]):
            if token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or token.text in {";", ":"}:
                return None
            if token.lemma_.lower() in lemmas("parties", "decisions") and token.pos_ in {"NOUN", "PROPN"}:
                owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
                leads = any(t.lower_ in {"to", "on", "for", "of", "in"} for t in unit.doc[token.i + 1 : first])
                named = owner is not None and owner.tag_ != "PRP$" and leads
                return self.of_token(owner) if named else None
        return None

    def actor_noun(self, unit: Unit) -> Token | None:
        """The noun that acts on the measure, or that tells of it, whatever country it is of."""
        verb = self.verb(unit)
        for _ in range(4):
            if verb is None:
                return None
            who = agent(verb) or (None if is_passive(verb) else subject(verb))
            if who is not None and who.i != unit.head.i and unit.head not in who.subtree and who.pos_ in {"NOUN", "PROPN"}:
                return who
            verb = governor(verb.head) if verb.head.i != verb.i else None
        return None

    def governs(self, noun: Token) -> bool:
        """Whether a noun names those who govern, one of their bodies, or a person in office, of whatever country."""
        person = mention_at(self.doc, noun, EntityType.PERSON)
        if person is not None:
            return self.references.is_official(self.references.speaker_value(person))
        return noun.lemma_.lower() in lemmas("parties", "governing") | lemmas("parties", "bodies")

    def _lawmaker(self, unit: Unit, verb: Token | None) -> Party | None:
        """`Thailand's parliament rejected a bill for a 12% tariff`: whose body decides on the bill."""
        head = unit.head
        above = head.head.head if head.dep_ == "pobj" else head if head.dep_ in {"dobj", "nsubjpass"} else None
        plans = lemmas("status", "proposal_nouns") | lemmas("status", "plan_nouns")
        votes = verb is not None and bool({particled(verb), verb.lemma_.lower()} & lemmas("status", "rejecting"))
        decided = above is not None and (above.lemma_.lower() in plans or (above.i == unit.head.i and votes))
        if verb is None or above is None or not decided or above.dep_ not in {"dobj", "nsubjpass"}:
            return None
        who = agent(verb) if is_passive(verb) else subject(verb)
        decides = who is not None and who.lemma_.lower() in lemmas("parties", "lawmakers")
        if who is None or not (decides or mention_at(self.doc, who, EntityType.AGENCY)):
            return None
        return self.of_token(who) or self._country_of(who)

    def _teller_of(self, unit: Unit, verb: Token | None) -> Party | None:
        """`Canada will pay a 35% tariff, Trump said`, `customs said a levy had been placed on cement`: the official who tells it.

        Nobody tells another's measure as done without naming whose it is; what others ask for or fear is not theirs.
        """
        if verb is None or (fends_off(verb) or verb.lemma_.lower() in lemmas("roles", "bystanders")):
            return None
        clause, bearers = verb, {p.code for span in self.bearing_spans(unit) for p in self.within(span)}
        for _ in range(3):
            while clause.dep_ in {"xcomp", "conj", "advcl"} and clause.head.pos_ in {"VERB", "AUX"} and clause.head.i != clause.i:
                clause = clause.head
            told = clause.head if clause.dep_ in {"ccomp", "parataxis"} and clause.head.i != clause.i else None
            if told is None or told.lemma_.lower() not in lemmas("roles", "tellers"):
                return None
            who = subject(told)
            party = self.of_token(who) if who is not None and who.pos_ != "PRON" and who not in clause.subtree else None
            if party is not None:
                return None if party.code in bearers else party
            clause = told
        return None

    def _entered(self, unit: Unit) -> Party | None:
        """`Grapes from Chile enter Mexico duty-free`: the country that goods come into."""
        for verb in self._verbs(unit):
            who = subject(verb)
            if verb.lemma_.lower() == "enter" and who is not None and unit.head not in who.subtree:
                near = [*objects(verb), *self.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]]
                return next((p for what in near if (p := self._named(what))), None)
        return None

    def _where(self, unit: Unit) -> Party | None:
        """`the United States, where a tariff on Chinese cars took effect`: the country that a clause is about."""
        for verb in self._verbs(unit):
            if verb.dep_ == "relcl" and any(c.lower_ == "where" and c.i < verb.i for c in verb.children):
                party = self._named(verb.head)
                return party if party is not None and self._is_on_another(unit, party) else None
        return None

    def _named(self, token: Token) -> Party | None:
        """The country that a token names outright."""
        mention = mention_at(self.doc, token, EntityType.COUNTRY)
        return self.of_mention(mention) if mention is not None and form_of(mention) == "name" else None

    def _market(self, unit: Unit) -> Party | None:
        """`25 percent in the European Union and 10 percent in Canada`: where the rate is paid."""
        if unit.rate is None:
            return None
        within = (unit.rate.end, unit.sentence.end_char)
        behind = [m for m in mentions(self.doc, EntityType.COUNTRY, within=within) if form_of(m) == "name"]
        text = smooth(self.doc)
        if behind and re.fullmatch(r" in (?:the )?", text[unit.rate.end : behind[0].start]):
            return self.of_mention(behind[0])
        return None

    def _decider(self, unit: Unit, verb: Token | None) -> Party | None:
        """`The ministry announced that duties on steel would rise`: who decides it, where nobody else acts."""
        if verb is None or verb.dep_ != "ccomp" or verb.head.lemma_.lower() not in lemmas("roles", "deciders"):
            return None
        own = subject(verb)
        if own is None or (own.i != unit.head.i and unit.head not in own.subtree):
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
            acts = who is not None and (mention_at(self.doc, who, *ACTORS) is not None or self.governs(who))
            if acts and (party := self._subject_of(sentence.root)):  # `Thai tyres enter duty-free` is not of Thailand's doing
                found.setdefault(party.code, party)
            at = sentence.start
        return next(iter(found.values())) if len(found) == 1 else None

    def _place(self, unit: Unit, verb: Token | None) -> Party | None:
        """`Indian exporters pay a 12% duty in Nepal`: where the bearer pays."""
        if verb is None or not (verb.lemma_.lower() in lemmas("roles", "bearers") | acting() | {"be"} or starts(verb)):
            return None
        pending = [c for child in verb.rights if child.dep_ == "prep" for c in child.children] if verb.lemma_ == "be" else []
        for anchor in (verb, *pending, unit.head, *(t for t in unit.zone if t.head.i in range(unit.start, unit.head.i + 1))):
            for child in anchor.rights:
                place = complement(child) if child.dep_ == "prep" and child.lower_ in {"in", "at"} else None
                mention = mention_at(self.doc, place, EntityType.COUNTRY) if place is not None else None
                if mention and form_of(mention) == "name" and child.lower_ == "in":
                    return self.of_mention(mention)
                if place is not None and (party := self._at_border(place)):
                    return party
                if place is not None and verb.lemma_ == "be" and (party := self._capital(verb, place)):
                    return party
        return None

    def _at_border(self, place: Token) -> Party | None:
        """`at Iraqi ports`, `in the American market`, `at the Russian border`: whose border goods come to."""
        if place.lemma_.lower() not in lemmas("parties", "borders"):
            return None
        return next(iter(self.within(c for c in place.lefts if c.dep_ in {"amod", "compound", "nmod", "poss"})), None)

    def _capital(self, verb: Token, place: Token) -> Party | None:
        """`is under discussion in Jakarta`: the government of the capital where a measure is not decided yet."""
        open_ = any(f"{c.lower_} {g.lower_}" in lemmas("status", "pending") for c in verb.children for g in c.children)
        return self._of_capital(place) if open_ else None

    def _owner(self, head: Token) -> Party | None:
        """`China's tariffs`, `U.S. tariffs`, `Trump's steel tariffs`; a full country name as modifier bears (`China tariffs`)."""
        for child in head.lefts:
            if child.dep_ == "poss" and (party := self._possessor(child, head)):
                return party
        for child in head.lefts:
            if child.lower_ in EUROPEAN:
                return self.of_token(child)
            mention = mention_at(self.doc, child, EntityType.COUNTRY, EntityType.GROUP, EntityType.AGENCY, EntityType.PERSON)
            if mention and child.dep_ in {"amod", "compound", "nmod"} and not self._is_bearer_modifier(head, mention):
                return self.of_mention(mention)
        return self._possessor_before(head)

    def _possessor_before(self, head: Token) -> Party | None:
        """`Nigeria's 20% tariff covers rice`: the possessive right before the noun phrase, which the parser hung elsewhere."""
        first = head.left_edge.i
        if first < 2 or self.doc[first - 1].tag_ != "POS" or self.doc[first - 1].sent.start > first - 2:
            return None
        mention = mention_at(self.doc, self.doc[first - 2], *ACTORS)
        return self.of_mention(mention) if mention is not None else None

    def _pleaded_with(self, head: Token) -> Party | None:
        """`asked the United States for an exemption from its tariff`: who could spare the one who asks."""
        relief = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "from" else head
        if relief.lemma_.lower() not in lemmas("parties", "sparing") or relief.dep_ != "pobj" or relief.head.lower_ != "for":
            return None
        return self._addressed(relief.head.head, relief)

    def _possessor(self, owner: Token, head: Token) -> Party | None:
        """Who owns a measure; `its` goes with the subject of its clause: `asked Bangkok to drop its tariff`."""
        if owner.tag_ == "PRP$" and (asked := self._pleaded_with(head)) is not None:
            return asked
        verb = governor(head)
        before = self.doc[owner.i - 1] if owner.i > owner.sent.start else None
        if owner.tag_ == "PRP$" and before is not None and before.pos_ == "PROPN" and (party := self._named(before)):
            return party  # `India has suspended its duty on tea and Nepal its duty on lentils`
        if owner.tag_ == "PRP$" and verb is not None:
            who = subject(verb)
            if who is not None and who.i < owner.i and head not in who.subtree and (party := self.of_token(who)):
                return party
        return self.of_token(owner)

    def _by_phrase(self, head: Token) -> Party | None:
        """`tariffs by the EU`, `duties imposed by Japan`, `tariffs from Washington`."""
        for child in (*head.rights, *clauses(head)):
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
        if is_subject_to(verb):
            return None
        acts = self._acts(verb, head)
        if lemma in lemmas("roles", "bearers") and not acts and not has_particle(verb):
            return None
        if lemma in lemmas("roles", "covers") and not acts and not self._is_object(head, verb):
            return None
        if fends_off(verb) or stays_at(verb, head) or receives(verb, head):
            return None
        if head.like_num and lemma in lemmas("roles", "receivers"):
            return None  # `Lesotho gets 50%, Vietnam 46`
        if muses(head, verb):
            return self._doer(verb, head)
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
            # `Thailand, which put a duty on phones`, `Norway, charging 30% on ham`
            relative = who is not None and verb.head.i == who.i and (verb.dep_ == "relcl" or verb.tag_ == "VBG")
            if who is None or is_passive(verb) or who.i == head.i:
                return None
            if head in who.subtree and who.dep_ in SUBJECTS and not relative:
                return None
            if who.tag_ == "PRP$" and (party := self._possessor(who, who.head)):
                return party
            if party := self.of_token(who) or (self._of_capital(who) if who.pos_ == "PROPN" else None):
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
            if party := self._subject_of(above):
                return party
            current = above
        start = verb.sent.start
        return self._subject_of(self.doc[start - 1].sent.root) if start else None

    def _subject_of(self, verb: Token) -> Party | None:
        """The party that a verb's subject names outright."""
        who = subject(verb) if verb.pos_ in {"VERB", "AUX"} else None
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
        """Where a report or clause inserted before a verb begins, the verb if none is: `India, he pointed out, keeps …`."""
        at = verb.i - 1
        while at > verb.sent.start and self.doc[at].pos_ == "AUX":
            at -= 1
        if at <= verb.sent.start or self.doc[at].text != ",":
            return verb.i
        for i in range(at - 1, max(verb.sent.start, at - INSERTED), -1):
            if self.doc[i].text == ",":
                inner = self.doc[i + 1 : at]
                told = any(t.lemma_.lower() in lemmas("dates", "announcing") | lemmas("dates", "inserted") for t in inner)
                feared = inner[0].lower_ == "it" and any(t.tag_ == "VBN" for t in inner)
                clause = inner[0].tag_ in {"WP$", "WDT", "WP"}  # `Thailand, whose exports fell, put a tariff on phones`
                return i if told or feared or clause else verb.i
        return verb.i

    def _holder(self, head: Token) -> Party | None:
        """`China's threat of tariffs`, `a U.S. plan for tariffs`: who holds the noun above."""
        above = head.head.head if head.dep_ == "pobj" and head.head.dep_ == "prep" else None
        if above is None or above.pos_ not in {"NOUN", "PROPN"}:
            return None
        if above.lemma_.lower() not in lemmas("parties", "holders"):
            return None
        return self._owner(above) or self._by_phrase(above)
