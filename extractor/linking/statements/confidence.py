"""Confidence of statements: how often its kind is right, counted by `tests/calibrate_statements.py`; nothing is fitted."""

from __future__ import annotations

from functools import cache

from extractor.lexicon import table
from extractor.linking.statements.attribution import Attribution
from extractor.linking.statements.speakers import Voice

_FAMILIES = {"split": "direct", "transcript": "direct", "colon": "direct"}


def bin_of(one: Attribution, voice: Voice) -> str:
    """The kind of a statement, "direct.named": how it is attributed, and how its speaker is known.

    A speaker is `named` at the cue, `referred` to by a pronoun or description that was resolved, or `unnamed`.
    """
    family = _FAMILIES.get(one.construction, one.construction)
    if family == "free":
        return family
    referred = len(voice.evidence) > 1 and voice.evidence[0][1] - voice.evidence[0][0] > 0 and not _holds(voice)
    known = "referred" if referred else "named" if voice.speaker.entity or voice.speaker.members else "unnamed"
    return f"{family}.{known}"


def _holds(voice: Voice) -> bool:
    """Whether the source phrase itself holds the name that proves the speaker."""
    (start, end), *others = voice.evidence
    return any(start <= low and high <= end for low, high in others)


@cache
def confidences() -> dict[str, float]:
    """Share of right contents and speakers by bin."""
    return {name: float(value) for name, value in table("statements")["confidence"].items()}


def confidence(kind: str) -> float:
    """The confidence of a bin; of one without counts of its own, that of its construction."""
    found = confidences()
    return found[kind] if kind in found else found[kind.split(".", maxsplit=1)[0]]
