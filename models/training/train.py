"""Trains the base's recogniser further, on this domain's names; public bodies, countries and places have labels of their own."""

from __future__ import annotations

import random
import warnings
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed, minibatch

from training.corpus import Piece
from training.variation import Names, recase, swap

COMPONENT = "ner"
HEIRS = {"AGENCY": "ORG", "COUNTRY": "GPE", "PLACE": "GPE"}
"""New label -> the base's label from whose weights it starts."""
REHEARSED = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"}
    | {"LAW", "EVENT", "PRODUCT", "WORK_OF_ART", "FAC", "LANGUAGE", "NORP"}
)
"""Labels of the base that the corpus does not mark: what the base finds of them is learned again, so that it is not forgotten."""


def examples(nlp: Language, base: Language, pieces: Sequence[Piece]) -> list[Example]:
    """Pieces as training examples: the marked names, and what the base finds beside them.

    A span that no token's edge fits is stretched to one.
    """
    out = []
    for piece, seen in zip(pieces, base.pipe([p.text for p in pieces], batch_size=256), strict=True):
        doc = nlp.make_doc(piece.text)
        gold = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        fitted = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in piece.spans]
        marked = filter_spans([Span(gold, s.start, s.end, label=s.label_) for s in fitted if s is not None])
        taken = {i for span in marked for i in range(span.start, span.end)}
        rest = [e for e in seen.ents if e.label_ in REHEARSED and not taken & set(range(e.start, e.end))]
        gold.ents = marked + [Span(gold, e.start, e.end, label=e.label_) for e in rest]
        out.append(Example(doc, gold))
    return out


def widen(nlp: Language) -> None:
    """Gives the base's recogniser the new labels; their weights begin as those of the labels that they come from."""
    ner = nlp.get_pipe(COMPONENT)
    old = ner.model.get_ref("upper")
    weights, bias = old.get_param("W").copy(), old.get_param("b").copy()
    rows = {name: n for n, name in enumerate(ner.move_names)}
    for label in HEIRS:
        ner.add_label(label)
    new = ner.model.get_ref("upper")
    wider, longer = new.get_param("W").copy(), new.get_param("b").copy()
    for n, move in enumerate(ner.move_names):
        kind, _, label = move.partition("-")
        known = rows.get(move, rows.get(f"{kind}-{HEIRS.get(label, label)}"))
        if known is not None:
            wider[n], longer[n] = weights[known], bias[known]
    new.set_param("W", wider)
    new.set_param("b", longer)


def varied(pieces: Sequence[Piece], names: Names, rng: random.Random, copies: int) -> list[Piece]:
    """One round's text: the pieces as they are, and copies with other names."""
    out = list(pieces)
    for _ in range(copies):
        out += [recase(swap(p, names), rng) for p in pieces]
    rng.shuffle(out)
    return out


def train(
    nlp: Language,
    base: Language,
    pieces: Sequence[Piece],
    *,
    rounds: int = 8,
    copies: int = 2,
    rate: float = 0.001,
    dropout: float = 0.2,
    seed: int = 0,
) -> list[float]:
    """Trains the recogniser on the pieces.

    Args:
        nlp: the pipeline, its recogniser widened.
        base: the pipeline as it was.
        pieces: text with marked names.
        rounds: passes over the text.
        copies: copies with other names, in each round beside the text itself.
        rate: learning rate at the start; it falls to a tenth.
        dropout: share of the inputs left out.
        seed: of everything that is drawn.

    Returns:
        The losses by round.
    """
    fix_random_seed(seed)
    rng = random.Random(seed)
    names = Names(random.Random(seed + 1))
    optimizer = nlp.create_optimizer()
    losses = []
    with nlp.select_pipes(enable=[COMPONENT]), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for n in range(rounds):
            optimizer.learn_rate = rate * (1 - 0.9 * n / rounds)
            total: dict[str, float] = {}
            for few in minibatch(examples(nlp, base, varied(pieces, names, rng, copies)), 16):
                nlp.update(few, sgd=optimizer, losses=total, drop=dropout)
            losses.append(total[COMPONENT])
        model = nlp.get_pipe(COMPONENT).model
        with model.use_params(optimizer.averages):
            weights = model.to_bytes()
        model.from_bytes(weights)
    return losses
