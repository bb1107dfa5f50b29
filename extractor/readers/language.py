"""Is the article in English? Only a sure answer rejects it."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor.errors import InputError

FEWEST_WORDS = 8
"""Shorter texts are never rejected, unless another script gives them away."""
FEWEST_LETTERS = 10
LEAST_SURE = 0.5
"""Probability of the other language from which on the article is rejected (near relatives share the rest) ..."""
MOST_ENGLISH = 0.01
"""... if English has no more than this."""
_SAMPLE = 20_000
_LIKE_ENGLISH = ("en", "pcm", "sco", "jam")
"""English and the creoles and kin that short English headlines are taken for."""


def check_english(text: str, where: str) -> None:
    """Rejects an article that is surely in another language.

    Raises:
        InputError: R009, with the language's name.
    """
    sample = text[:_SAMPLE].lower()  # wire copy in capitals looks foreign to the model
    letters = [c for c in sample if c.isalpha()]
    foreign = sum(ord(c) > 0x24F for c in letters)
    other_script = len(letters) >= FEWEST_LETTERS and foreign > 0.5 * len(letters)
    if not other_script and len(sample.split()) < FEWEST_WORDS:
        return
    ranked: dict[str, float] = dict(_identifier().rank(sample))
    code = max(ranked, key=lambda c: ranked[c])
    english = sum(ranked.get(c, 0.0) for c in _LIKE_ENGLISH)
    if other_script or (code not in _LIKE_ENGLISH and english <= MOST_ENGLISH and ranked[code] >= LEAST_SURE):
        raise InputError("R009", where, detail=language_name(code))


def language_name(code: str) -> str:
    """The English name of an ISO 639 code, or the code itself."""
    from babel import Locale

    return str(Locale("en").languages.get(code, f"language {code!r}"))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
