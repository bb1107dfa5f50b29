"""Speech acts: what a speaker does by saying something, where the word of saying leaves it open."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.cues import SpeechAct, words
from extractor.linking.statements.grammar import children, noun_lemma

_OPEN = frozenset({"report", "other"})
_OWN = frozenset({"i", "we", "it", "he", "she", "they"})
_INTENT = frozenset({"will", "would", "'ll", "'d", "shall"})
_CHANCE = frozenset({"could", "might", "may"})
_DUTY = frozenset({"should", "must", "ought"})


def speech_act(doc: Doc, one: Attribution) -> SpeechAct:
    """The act of a statement: the cue's own ("threatened"), else by the main verb of what is said ("said it would impose")."""
    if one.act not in _OPEN or one.mode is not None or not one.pieces:
        return one.act
    low, high = one.pieces[0]
    verb = doc[low:high].root
    subjects = [c for c in children(verb, "nsubj") if low <= c.i < high]
    own = any(c.lower_ in _OWN or noun_lemma(c) == noun_lemma(one.source.root) for c in subjects)
    return _by_verb(verb, own) or _by_judgement(verb) or one.act


def _by_verb(verb: Token, own: bool) -> SpeechAct | None:
    """By the main verb: what the speakers would do themselves, or what others should."""
    modals = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    negated = any(c.dep_ == "neg" for c in verb.children)
    if modals & _DUTY and not negated:
        return "demand"
    if not own or negated:
        return None
    acting = [verb, *(children(verb, "xcomp") if verb.lemma_.lower() in words("acts", "plans") else [])]
    lemmas = {t.lemma_.lower() for t in acting}
    if lemmas & words("acts", "measures"):
        if modals & _CHANCE:
            return "propose"
        if modals & _INTENT or len(acting) > 1:
            return "threaten" if _is_conditional(verb) else "announce"
        return None
    for act, kind in (("propose", "considering"), ("condemn", "against"), ("support", "for")):
        if lemmas & words("acts", kind):
            return act  # type: ignore[return-value]
    return None


def _is_conditional(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for clause in children(verb, "advcl") for c in clause.children)


def _by_judgement(verb: Token) -> SpeechAct | None:
    """By a predicate that judges: "the levy was unfair"."""
    judged = {c.lemma_.lower() for c in children(verb, "acomp")}
    negated = any(c.dep_ == "neg" for c in verb.children)
    return "condemn" if judged & words("acts", "bad") and not negated else None
