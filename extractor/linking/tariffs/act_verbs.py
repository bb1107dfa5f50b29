"""Trade measures that a verb tells without a word of duty: `banned imports of wine`, `is probing whether steel is dumped`."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractor.entities.mention import mentions
from extractor.entities.terms import terms
from extractor.linking.tariffs.act_nouns import Act, Kind, act_words, case_of
from extractor.records import EntityType, Instrument
from extractor.syntax import is_negated, is_passive, objects, subject


def verb_acts(sentence: Span) -> Iterator[Act]:
    """The acts that verbs of a sentence tell."""
    for token in sentence:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        for reader in (_ban, _investigation, _withdrawal):
            if (act := reader(token)) is not None:
                yield act
                break


def exemptions(sentence: Span) -> Iterator[Act]:
    """`Canada and Mexico will be spared`, `smartphones were excluded`: who or what measures told before leave out."""
    if terms(sentence.doc, sentence):
        return
    for verb in sentence:
        out = verb.lemma_.lower() in act_words("exemptions", "verbs") and is_passive(verb)
        exempt = next((c for c in verb.rights if c.lower_ == "exempt"), None) if verb.lemma_ in {"be", "remain"} else None
        if not (out or exempt is not None) or verb.pos_ not in {"VERB", "AUX"} or is_negated(verb):
            continue
        who = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        below = [c for c in (exempt or verb).rights if c.dep_ == "prep" and c.lower_ in {"from", "of"}]
        if who is None or below:  # `was exempt from VAT`: from something else than what was told
            continue
        if any(c.dep_ in {"dobj", "oprd"} for c in verb.rights):  # `were spared the worst of the winter`
            continue
        span = verb.doc[who.left_edge.i : who.right_edge.i + 1]
        yield Act(Kind.EXEMPTION, verb, verb.i, Instrument.IMPORT_TARIFF, (span,))


def clause_behind(verb: Token, first: Token) -> Span:
    """From one word of a verb's object to the end of what hangs on the object, or on the verb as its origin or goal."""
    start, stop = max(first.left_edge.i, verb.i + 1 if first.i > verb.i else 0), first.right_edge.i + 1
    for child in verb.rights:
        if (
            child.dep_ in {"prep", "agent", "dative"}
            and child.i >= first.i
            and child.lower_ in {"from", "of", "to", "into", "by"}
            and not _is_day(child)
        ):
            stop = max(stop, child.right_edge.i + 1)
    for token in verb.doc[max(start, first.i) : stop]:
        clause = token.dep_ in {"relcl", "advcl", "ccomp"} or (token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"})
        if clause and token.i > first.i and token.left_edge.i > first.i:
            stop = min(stop, token.left_edge.i)
    return verb.doc[start:stop]


def _is_day(preposition: Token) -> bool:
    return any(c.ent_type_ in {"DATE", "TIME", "CARDINAL"} for c in preposition.children)


def _ban(verb: Token) -> Act | None:
    lemma = verb.lemma_.lower()
    strong = lemma in act_words("bans", "strong_verbs")
    if not strong and lemma not in act_words("bans", "weak_verbs"):
        return None
    if strong and (act := _barred(verb)) is not None:
        return act
    for noun in (*objects(verb), *((verb.head,) if read_as_adjective(verb) else ())):
        span = clause_behind(verb, noun)
        if {t.lemma_.lower() for t in span} & act_words("bans", "untraded"):
            continue
        flow = _flow_of(noun)
        goods = mentions(verb.doc, EntityType.PRODUCT, within=span)
        outward = noun.lemma_.lower() in act_words("bans", "outward") and _leads_abroad(verb, noun)
        flow = noun if outward else flow
        if flow is None and not (strong and goods and any(g.start <= noun.idx < g.end for g in goods)):
            continue
        instrument = Instrument.QUOTA if lemma in act_words("bans", "quota_verbs") else Instrument.OTHER
        export = outward or (flow is not None and flow.lemma_.lower().startswith("export") and not _of_another(noun))
        return Act(Kind.BAN, verb, verb.i, instrument, (span,), export=export, foreign=flow is None)
    return None


def _flow_of(noun: Token) -> Token | None:
    """`imports of wine`, `Moldovan wine imports`, `purchases of Moldovan wine`."""
    lemma = noun.lemma_.lower()
    single = noun.tag_ == "NN" and lemma in {"shipment", "purchase"}  # `blocked a shipment`: one of many
    return noun if lemma in act_words("bans", "flows") and not single else None


def _leads_abroad(verb: Token, noun: Token) -> bool:
    """`sales of chips to China`: whether the goods leave for another country."""
    leads = (t for anchor in (verb, *noun.subtree) for t in anchor.rights if t.lower_ == "to" and t.i > noun.i)
    return any(c.ent_type_ in {"GPE", "NORP", "LOC"} for t in leads for c in t.children if c.dep_ == "pobj")


def _of_another(noun: Token) -> bool:
    """`blocked Canadian exports`: goods that leave another country."""
    within = (noun.left_edge.idx, noun.idx)
    return bool(mentions(noun.doc, EntityType.COUNTRY, within=within)) and not any(
        c.dep_ == "poss" for c in noun.lefts if c.tag_ == "PRP$"
    )


def read_as_adjective(verb: Token) -> bool:
    """`Britain limited imports`, which the parser takes for imports that are limited and British."""
    before = verb.nbor(-1) if verb.i else None
    return (
        verb.dep_ == "amod"
        and verb.head.i > verb.i
        and before is not None
        and before.ent_type_ == "GPE"
        and before.pos_ == "PROPN"
    )


def _barred(verb: Token) -> Act | None:
    """`barred Australian firms from sending barley to China`, `has been banned from exporting barley`."""
    prep = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "from"), None)
    doing = next((c for c in prep.children if c.dep_ == "pcomp"), None) if prep is not None else None
    if doing is None or doing.lemma_.lower() not in act_words("bans", "trading"):
        return None
    who = objects(verb)
    goods = objects(doing)
    if not who or (not goods and doing.lemma_.lower() != "enter"):
        return None
    tokens = verb.doc[who[0].left_edge.i : who[0].right_edge.i + 1]
    spans = (tokens, *(clause_behind(doing, g) for g in goods[:1]))
    traded = mentions(verb.doc, EntityType.PRODUCT, within=spans[-1])
    if not traded or {t.lemma_.lower() for s in spans for t in s} & act_words("bans", "untraded"):
        return None
    return Act(Kind.BAN, verb, verb.i, Instrument.OTHER, spans, foreign=True)


def _investigation(verb: Token) -> Act | None:
    """`is investigating whether dairy producers receive subsidies`, `is investigating imports of drones`."""
    if verb.lemma_.lower() not in act_words("investigations", "verbs"):
        return None
    nouns = [t for t in objects(verb) if not (is_passive(verb) and t.i > verb.i)]
    clause = [
        c for c in verb.children if c.dep_ in {"ccomp", "advcl"} and any(g.lower_ in {"whether", "if", "how"} for g in c.children)
    ]
    for first in (*nouns[:1], *clause[:1]):
        span = verb.doc[first.left_edge.i : first.right_edge.i + 1] if first in clause else clause_behind(verb, first)
        lemmas = [t.lemma_.lower() for t in span]
        if set(lemmas) & act_words("investigations", "untraded"):
            continue
        if set(lemmas) & act_words("investigations", "matters"):
            instrument = case_of(lemmas) or Instrument.ANTI_DUMPING
            return Act(Kind.INVESTIGATION, verb, verb.i, instrument, (span,))
        if first in nouns and first.lemma_.lower() in act_words("investigations", "flows"):
            return Act(Kind.INVESTIGATION, verb, verb.i, Instrument.OTHER, (span,))
    return None


def _withdrawal(verb: Token) -> Act | None:
    """`withdrew India from its Generalized System of Preferences`, `stripped India of trade privileges`."""
    if verb.lemma_.lower() not in act_words("preferences", "ending"):
        return None
    who = objects(verb)
    prep = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in {"from", "of"}), None)
    if not who or prep is None:
        return None
    scheme = [t.lower_ for t in prep.subtree]
    named = set(scheme) & act_words("preferences", "schemes")
    parts = {part for w in scheme for part in w.split("-")}
    free = parts & act_words("preferences", "enjoyed") and parts & act_words("preferences", "modifiers")
    if not (named or free) or not (who[0].ent_type_ in {"GPE", "NORP"} or subject(verb) is not None):
        return None
    span = verb.doc[who[0].left_edge.i : who[0].right_edge.i + 1]
    return Act(Kind.PREFERENCE, verb, verb.i, Instrument.OTHER, (span,))
