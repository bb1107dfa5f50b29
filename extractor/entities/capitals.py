"""Whether a capital stands for its government ("Beijing said") or is the town ("a factory in Beijing")."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from extractor.lexicon import table


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("countries")["capital"][name])


def stands_for_government(doc: Doc, first: Token, last: Token) -> bool:
    """Reads a capital's place in the sentence. In doubt it is the town.

    Args:
        doc: the parsed document.
        first: first token of the capital's name.
        last: its last token, the head.
    """
    behind = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if first.ent_type_ == "PERSON" and first.ent_iob_ == "B" and behind is not None and behind.ent_iob_ == "I":
        return False
    if (
        behind is not None
        and behind.text == "-"
        and last.i + 2 < len(doc)
        and doc[last.i + 2].lower_ in ("based", "born", "area")
    ):
        return False
    before = doc[first.i - 1] if first.i else None
    if before is not None and before.lower_ in _words("place_prepositions"):
        return before.lower_ == "at" and bool({before.head.lemma_.lower(), doc[before.i - 1].lemma_.lower()} & _words("aim"))
    return _role(last, first, depth=0)


def _role(token: Token, first: Token, depth: int) -> bool:
    """The grammatical role of the name."""
    head = token.head
    match token.dep_:
        case "nsubj" | "nsubjpass":
            return True
        case "poss":
            return head.lemma_.lower() not in _words("city")
        case "compound" | "nmod" | "amod":
            word = head.lemma_.lower()
            misread = bool(first.is_sent_start) and head.i == token.i + 1 and head.pos_ != "PROPN"  # "Beijing hit back": a verb
            return word in _words("official") or (misread and word not in _words("city"))
        case "dobj" | "dative":
            return head.lemma_.lower() not in _words("motion")
        case "pobj":
            return _after_preposition(head)
        case "conj" if depth < 4:
            return _role(head, first, depth + 1)
        case "npadvmod":
            return token.i + 2 < len(token.doc) and token.doc[token.i + 1].text == "-"
    behind = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return bool(first.is_sent_start) and behind is not None and behind.pos_ in ("VERB", "AUX")  # the parser cut the sentence


def _after_preposition(preposition: Token) -> bool:
    word, head = preposition.lower_, preposition.head
    if word in _words("way_prepositions"):
        chain = [head, head.head] if head.pos_ in ("ADV", "ADP") else [head]
        return not any(h.lemma_.lower() in _words("motion") or h.pos_ in ("PROPN", "NUM") for h in chain)
    if word == "of":
        return head.lemma_.lower() in _words("official")
    return True
