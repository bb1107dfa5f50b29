"""The word lists of `measures.toml`, as sets of lemmas."""

from __future__ import annotations

from functools import cache

from extractor.lexicon import table


@cache
def lemmas(section: str, name: str) -> frozenset[str]:
    """A word list of `measures.toml`."""
    return frozenset(table("measures")[section][name])


@cache
def acting() -> frozenset[str]:
    """Verbs whose subject imposes, changes or ends a measure; who opposes or criticises one need not impose it."""
    listed = {lemma for found in table("measures")["actions"].values() for lemma in found}
    return frozenset(listed | lemmas("roles", "strikers") | lemmas("roles", "matchers") | lemmas("roles", "answerers"))
