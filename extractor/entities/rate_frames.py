"""Frames that make a percentage a rate of duty in a sentence that names no measure.

`Copper will be charged 25 pct`, `25% on toys`, `the rate goes to 50%`, `oil at 11 pct (16 pct)`, `they asked for 20 pct`.
Each frame needs an article about measures of trade, and most need a measure or a rate shortly before.
"""

from __future__ import annotations

import re
from functools import cache

from extractor.entities.mention import mention_at, mentions, smooth
from extractor.entities.rate_levies import is_levied
from extractor.entities.rate_lists import is_listed
from extractor.entities.rate_spots import (
    FAR,
    NEAR,
    VERY_NEAR,
    Spot,
    affected_by,
    clause_of,
    frame_words,
    has_quantity,
    is_bare,
    is_of_quantity,
    kind,
    lead_of,
    names_measure,
    pattern,
    verb_of,
)
from extractor.entities.terms import terms
from extractor.lexicon import table
from extractor.records import EntityType
from extractor.syntax import governor, is_passive, subject


def is_surely_framed(spot: Spot) -> bool:
    """Whether the words right beside the percentage make it a rate, whatever the rest of the sentence says."""
    return is_levied(spot) or (names_measure(spot.doc) and any(frame(spot) for frame in SURE_FRAMES))


def is_framed(spot: Spot) -> bool:
    """Whether a frame makes the percentage a rate though its clause names no measure."""
    sentence = spot.span.sent
    if not (spot.accepted or names_measure(spot.doc)):
        return False
    if {t.lower_ for t in sentence} & frame_words("nouns", "lending") and not terms(spot.doc, sentence):
        return False
    return any(frame(spot) for frame in FRAMES)


# ---------------------------------------------------------------- the frames


def _on_goods(spot: Spot) -> bool:
    """`25% on disposable supplies`, `put 25% ad valorem on boats`."""
    at = spot.span.end
    sentence = spot.span.sent
    while at < sentence.end and spot.doc[at].lower_ in {"ad", "valorem", "duty", "more", "extra"}:
        at += 1
    if at + 1 >= sentence.end or spot.doc[at].lower_ not in {"on", "upon"}:
        return False
    verb = verb_of(spot, lead_of(spot))
    if verb is not None and (verb.lemma_.lower() in frame_words("verbs", "spending") or is_of_quantity(verb, spot.span)):
        return False
    head = next((c for c in spot.doc[at].children if c.dep_ == "pobj"), spot.doc[at + 1])
    noun = spot.doc[at + 1] if head.i >= sentence.end else head
    if noun.lemma_.lower() in frame_words("nouns", "not_goods") or mention_at(spot.doc, noun, EntityType.DATE, EntityType.MONEY):
        return False
    return spot.follows_measure(FAR) or kind(noun) == "goods"


def _paid(spot: Spot) -> bool:
    """`Copper pays 25 pct`, `Korean firms will pay from 4.1% to 9.75%`, `Canada added 10% to American tackle`."""
    lead = lead_of(spot)
    verb = verb_of(spot, lead)
    if verb is None or not is_bare(spot):
        return False
    if lead.preposition is not None and lead.preposition.lower_ not in {"from", "between", "of", "on", "to"}:
        return False
    if lead.preposition is not None and lead.preposition.lower_ == "to" and "up" not in {t.lower_ for t in spot.before[-4:]}:
        return False
    if verb.i != (lead.word.i if lead.word is not None else -1):
        return False
    if verb.lemma_.lower() in frame_words("verbs", "receiving"):
        who = subject(verb)
        return who is not None and (kind(who) == "goods" or spot.follows_rate(VERY_NEAR)) and not is_of_quantity(verb, spot.span)
    if verb.lemma_.lower() in frame_words("verbs", "direct"):
        return not is_of_quantity(verb, spot.span) and spot.follows_measure(FAR)
    onto = spot.after is not None and spot.after.lower_ in {"to", "on"}
    return verb.lemma_.lower() == "add" and onto and spot.follows_measure(FAR)


def _charged_each(spot: Spot) -> bool:
    """`will charge Vietnam 46%, Thailand 36% and Malaysia 24%`: a partner before it, and a verb of charging or a rate."""
    if not len(spot.before) or not is_bare(spot) or spot.span.start_char != spot.before[-1].idx + len(spot.before[-1]) + 1:
        return False
    linked = spot.before[-1].lower_ in {"with", "at"} and len(spot.before) > 1 and bool(spot.accepted)
    partner = spot.before[-2] if linked else spot.before[-1]
    if mention_at(spot.doc, partner, EntityType.COUNTRY, EntityType.GROUP) is None:
        return False
    if spot.accepted and re.fullmatch(r"(?:,|,? and) [A-Z][\w .]{2,40}", smooth(spot.doc)[spot.accepted[-1] : spot.start - 1]):
        return True
    verb = governor(spot.before[-1])
    charges = verb is not None and verb.i < spot.span.start and verb.lemma_.lower() in frame_words("verbs", "charging_each")
    return charges and not has_quantity(clause_of(spot))


def _gapped(spot: Spot) -> bool:
    """`Steel faces a 50% levy, cars 25 percent, and all else 10 percent`: goods and rate go on with the verb left out."""
    if not len(spot.before) or not spot.accepted or not is_bare(spot):
        return False
    between = smooth(spot.doc)[spot.accepted[-1] : spot.start]
    goods = [t for t in spot.before[-3:] if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    listed = re.fullmatch(r"(?:,|;|,? and)(?: [\w-]+){1,5} ", between) is not None
    return listed and bool(goods) and kind(goods[-1]) == "goods" and spot.accepted[-1] > spot.span.sent.start_char


def _charged(spot: Spot) -> bool:
    """`will be taxed at 10 percent`, `held to 15%`, `subject to 25%`, `hit with 26%`, `25 pct will be charged on toys`."""
    lead = lead_of(spot)
    verb = verb_of(spot, lead)
    if verb is None or not is_bare(spot) or not spot.follows_measure(FAR):
        return False
    passive = governor(spot.span.root)
    if passive is not None and passive.i > spot.span.end and is_passive(passive) and subject(passive) is not None:
        mine = subject(passive)
        if mine is not None and mine.i in range(spot.span.start, spot.span.end):
            return passive.lemma_.lower() in frame_words("verbs", "direct") | frame_words("verbs", "charging")
    if lead.preposition is None or lead.preposition.lower_ not in {"at", "to", "with", "from", "between"}:
        return False
    if verb.lemma_.lower() not in frame_words("verbs", "charging"):
        return False
    return not is_of_quantity(verb, spot.span)


def _moved(spot: Spot) -> bool:
    """`the rate goes to 50%`, `bring it to 50%`, `furniture moves to 35 per cent`, `the extra became 25%`."""
    lead = lead_of(spot)
    verb = verb_of(spot, lead)
    if verb is None or not is_bare(spot):
        return False
    points = "point" in spot.span.text and lead.preposition is not None and lead.preposition.lower_ == "by"
    if points and verb.lemma_.lower() in frame_words("verbs", "moving"):
        return spot.follows_measure(NEAR) and not is_of_quantity(verb, spot.span)
    if verb.lemma_.lower() not in frame_words("verbs", "moving") and verb.lower_ != "down":
        return False
    preposition = lead.preposition.lower_ if lead.preposition is not None else ""
    if not preposition and verb.lemma_.lower() not in frame_words("verbs", "equating"):
        return False
    if preposition in {"of", "by", "in", "with"}:
        return False
    affected = affected_by(verb, spot.span)
    if not affected and lead.word is not None and lead.word.pos_ in {"NOUN", "PROPN", "PRON"}:
        affected = [lead.word]
    kinds = {kind(t) for t in affected}
    if not kinds or "quantity" in kinds or is_of_quantity(verb, spot.span):
        return False
    if "rate" in kinds:
        return spot.follows_measure(NEAR)
    if "pronoun" in kinds:
        return spot.follows_measure(VERY_NEAR) and not has_quantity(clause_of(spot))
    return "goods" in kinds and preposition in {"to", "at", "on", "for", "from", "between"} and spot.follows_measure(NEAR)


def _of_rate(spot: Spot) -> bool:
    """`a rate of 25 per cent`, `the ceiling of 25%`, `a fourth band, of 30, 33 or 35 per cent`."""
    lead = lead_of(spot)
    word = lead.word
    if word is None or lead.preposition is None or word.pos_ not in {"NOUN", "PROPN"}:
        return False
    names = frame_words("nouns", "rates") - frame_words("nouns", "moved_only") | {"level", "maximum", "minimum"}
    preposition = lead.preposition.lower_
    if preposition == "of" and any(t.lower_ == "band" for t in spot.before[-8:]):
        return spot.follows_measure(FAR)
    if preposition in {"to", "from"}:
        others = {t.lower_ for t in spot.before} & (
            frame_words("nouns", "other_rates") - {"trade", "export", "market", "base", "key"}
        )
        return (
            word.lemma_.lower() in frame_words("nouns", "rates")
            and not others
            and is_bare(spot)
            and spot.follows_measure(VERY_NEAR)
        )
    return preposition in {"of", "at"} and word.lemma_.lower() in names and kind(word) == "rate" and spot.follows_measure(FAR)


def _named_rate(spot: Spot) -> bool:
    """`the 39% rate`, `a 15% ceiling`, `a 10% deal`, `a 10% "baseline"`."""
    names = frame_words("nouns", "rates") - frame_words("nouns", "moved_only")
    for token in spot.doc[spot.span.end : min(spot.span.end + 4, spot.span.sent.end)]:
        if token.lower_ in frame_words("nouns", "other_rates") - names:
            return False
        if token.is_quote or token.pos_ == "ADJ" or token.lower_ in {"tariff", "reciprocal", "country-wide"}:
            continue
        following = token.nbor().lower_ if token.i + 1 < len(spot.doc) else ""
        return token.lemma_.lower() in names and following != "of" and spot.follows_measure(FAR)
    return False


def _bracketed(spot: Spot) -> bool:
    """`at 11 pct (16 pct)`, `17 pct (now 26 pct)`, `passenger vehicles (up from 20%)`, `Japan (25%)`."""
    text = smooth(spot.doc)
    opening = text.rfind("(", max(0, spot.start - 30), spot.start)
    if opening < 0 or text[opening + 1 : spot.start].strip().lower() not in frame_words("cues", "bracketed"):
        return False
    if not re.match(r"[^()]{0,40}\)", text[spot.span.end_char : spot.span.end_char + 42]):
        return False
    if spot.follows_rate(0) or (spot.accepted and not text[spot.accepted[-1] : opening].strip()):
        return True
    holder = spot.doc.char_span(opening, opening + 1, alignment_mode="expand")
    if holder is None or holder.start == 0:
        return False
    word = spot.doc[holder.start - 1]
    worded = text[opening + 1 : spot.start].strip()
    if has_quantity(spot.before) or not (word.pos_ in {"NOUN", "PROPN"} or kind(word) == "goods"):
        return False
    return spot.follows_rate(NEAR) if worded else spot.follows_rate(VERY_NEAR) and kind(word) in {"goods", "other"}


@cache
def _comparing() -> tuple[str, ...]:
    return tuple(sorted(table("rate_frames")["cues"]["comparing"], key=len, reverse=True))


def _compared(spot: Spot) -> bool:
    """`25 pct from Wednesday, down from 50 pct`, `20 pct, against 15 pct until July`: goes on from a rate of the sentence."""
    sentence = spot.span.sent
    if not spot.accepted or spot.accepted[-1] <= sentence.start_char:
        return False
    between = smooth(spot.doc)[spot.accepted[-1] : spot.start].lower().rstrip(" ~$")
    if len(between) > 120 or ";" in between:
        return False
    cue = next((c for c in _comparing() if re.search(rf"(?<![a-z]){re.escape(c)}$", between)), None)
    gap = spot.doc.char_span(spot.accepted[-1], spot.start, alignment_mode="contract")
    return cue is not None and is_bare(spot) and not (gap is not None and has_quantity(gap))


def _wanted(spot: Spot) -> bool:
    """`they had asked for 20 pct`, `Minsk pushed for 20 percent`, `expected 15%`: where rates are what is talked of."""
    lead = lead_of(spot)
    verb = lead.word
    if verb is None or verb.lemma_.lower() not in frame_words("verbs", "wanting") or not is_bare(spot):
        return False
    if spot.after is not None and spot.after.lower_ in {"more", "less", "off", "who", "growth"}:
        return False
    return spot.follows_measure(NEAR) and not has_quantity(clause_of(spot)) and not is_of_quantity(verb, spot.span)


def _another(spot: Spot) -> bool:
    """`Then came an extra 10%`, `a straight 35% on all flat products`."""
    last = spot.before[-1].lower_ if len(spot.before) else ""
    if last not in frame_words("cues", "additional") or not is_bare(spot) or "by" in {t.lower_ for t in spot.before[-3:]}:
        return False
    return spot.follows_measure(VERY_NEAR) and not has_quantity(clause_of(spot))


def _agreed(spot: Spot) -> bool:
    """`double the 25% they have paid`, `the 10% imposed in April`."""
    if not len(spot.before) or spot.before[-1].lower_ not in {"the", "that"}:
        return False
    clauses = [c for t in spot.span for c in t.children if c.dep_ in {"acl", "relcl"} and c.i >= spot.span.end]
    return any(c.lemma_.lower() in frame_words("cues", "agreed") for c in clauses) and spot.follows_measure(NEAR)


def _instead(spot: Spot) -> bool:
    """`Instead of 25 per cent, Korean cars are charged 15`: at the head of a sentence."""
    words = [t.lower_ for t in spot.before]
    closed = spot.after is not None and spot.after.text == ","
    opening = words[:2] in (["instead", "of"], ["rather", "than"], ["up", "from"], ["down", "from"]) and len(words) <= 4
    return opening and closed and spot.follows_measure(NEAR) and not has_quantity(spot.span.sent)


def _coloned(spot: Spot) -> bool:
    """`Solar panels: 50%`: goods, a colon and the rate."""
    words = list(spot.before)
    if len(words) < 2 or words[-1].text != ":" or not is_bare(spot):
        return False
    return kind(words[-2]) in {"goods", "rate"} and not has_quantity(spot.before) and spot.follows_measure(NEAR)


_PER_UNIT = pattern("per_unit")


def _plus(spot: Spot) -> bool:
    """`25 cents a kilo plus 5%`: an amount per unit stands before it."""
    near = smooth(spot.doc)[max(0, spot.start - 40) : spot.start]
    money = mentions(spot.doc, EntityType.MONEY, within=(max(0, spot.start - 60), spot.start))
    return bool(money) and _PER_UNIT.search(near) is not None


def _at_its_rate(spot: Spot) -> bool:
    """`an exemption for corn from Laos, at 0 percent, is …`: at with a percentage, and no quantity beside it."""
    last = spot.before[-1].lower_ if len(spot.before) else ""
    closed = (
        spot.after is None or spot.after.is_punct or spot.after.lower_ in {"or", "and", "from", "ad", "since", "until", "for"}
    )
    if last != "at" or not closed or has_quantity(clause_of(spot)):
        return False
    verb = governor(spot.before[-1])
    if verb is not None and verb.lemma_.lower() in frame_words("verbs", "trading"):
        return False
    return spot.follows_measure(NEAR)


FRAMES = (
    is_listed,
    _bracketed,
    _compared,
    _on_goods,
    _paid,
    _charged,
    _charged_each,
    _gapped,
    _moved,
    _wanted,
    _another,
    _agreed,
    _at_its_rate,
    _plus,
    _instead,
    _coloned,
)

SURE_FRAMES = (_of_rate, _named_rate)
