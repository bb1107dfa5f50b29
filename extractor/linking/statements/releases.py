"""Releases: texts that a government published itself. What they tell in their own voice is no statement by a third party."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from extractor.entities.mention import smooth
from extractor.lexicon import table

HEAD = 1500
"""Characters from the start in which a release shows itself."""


def is_release(doc: Doc) -> bool:
    """Whether an article is a release, order or fact sheet, by its form: how its title begins, or a formula in its head."""
    head = smooth(doc)[:HEAD]
    return _any("titles").match(head.lstrip()) is not None or _any("formulas").search(head) is not None


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in table("statements")["release"][name]), re.IGNORECASE)
