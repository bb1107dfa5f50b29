"""Trains the recogniser of names on top of the base's own."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed, minibatch

from training.corpus import Piece
from training.variation import Names, recase, swap

COMPONENT = "names"
HEIRS = {"PERSON": "PERSON", "AGENCY": "ORG", "ORG": "ORG", "COUNTRY": "GPE", "PLACE": "GPE"}
"""Label -> the base's label from whose weights it starts."""


def examples(nlp: Language, pieces: Iterable[Piece]) -> list[Example]:
    """Pieces as training examples; a span that no token's edge fits is stretched to one."""
    out = []
    for piece in pieces:
        doc = nlp.make_doc(piece.text)
        gold = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        spans = [doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in piece.spans]
        gold.ents = filter_spans([Span(gold, s.start, s.end, label=s.label_) for s in spans if s is not None])
        out.append(Example(doc, gold))
    return out


def add_recogniser(nlp: Language, sample: Sequence[Example]) -> None:
    """Adds the recogniser: its embedding and lower layer begin as those of the base's `ner`."""
    fix_random_seed(0)
    ner = nlp.get_pipe("ner")
    config = {"model": dict(nlp.get_pipe_config("ner")["model"])}
    pipe = nlp.add_pipe("ner", name=COMPONENT, config=config, before="ner")
    pipe.initialize(lambda: sample, nlp=nlp, labels=None)
    for part in ("tok2vec", "lower"):
        pipe.model.get_ref(part).from_bytes(ner.model.get_ref(part).to_bytes())
    old, new = ner.model.get_ref("upper"), pipe.model.get_ref("upper")
    weights, bias = new.get_param("W").copy(), new.get_param("b").copy()
    rows = {name: n for n, name in enumerate(ner.move_names)}
    for n, move in enumerate(pipe.move_names):
        kind, _, label = move.partition("-")
        known = rows.get(f"{kind}-{HEIRS[label]}" if label in HEIRS else move)
        if known is not None:
            weights[n], bias[n] = old.get_param("W")[known], old.get_param("b")[known]
    new.set_param("W", weights)
    new.set_param("b", bias)


def varied(pieces: Sequence[Piece], names: Names, rng: random.Random, copies: int) -> list[Piece]:
    """One round's text: the pieces as they are, and copies with other names."""
    out = list(pieces)
    for _ in range(copies):
        out += [recase(swap(p, names), rng) for p in pieces]
    rng.shuffle(out)
    return out


def train(
    nlp: Language,
    pieces: Sequence[Piece],
    component: str,
    *,
    rounds: int = 8,
    copies: int = 2,
    rate: float = 0.001,
    dropout: float = 0.2,
    seed: int = 0,
) -> list[float]:
    """Trains one component on the pieces; the losses by round."""
    fix_random_seed(seed)
    rng = random.Random(seed)
    names = Names(random.Random(seed + 1))
    optimizer = nlp.create_optimizer()
    optimizer.learn_rate = rate
    losses = []
    with nlp.select_pipes(enable=[component]), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for n in range(rounds):
            optimizer.learn_rate = rate * (1 - 0.9 * n / rounds)
            batch = examples(nlp, varied(pieces, names, rng, copies))
            total: dict[str, float] = {}
            for few in minibatch(batch, 16):
                nlp.update(few, sgd=optimizer, losses=total, drop=dropout)
            losses.append(total[component])
        averages = nlp.get_pipe(component).model.use_params(optimizer.averages)
        with averages:
            weights = nlp.get_pipe(component).model.to_bytes()
        nlp.get_pipe(component).model.from_bytes(weights)
    return losses
