"""Counting how often each kind of record is right, and how well those counts predict articles that were not counted.

A kind is `part.part`; a rare one takes the share of its first part. Shares are counted as if one more had been right and one wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FOLDS = 5
FEWEST = 12
"""Records of a kind that has a share of its own."""


class Outcome(NamedTuple):
    """A record's kind, and whether it is right."""

    kind: str
    right: bool


Shares = dict[str, tuple[float, int]]
"""Share of right records and their number, by kind and by its first part."""
Judged = list[tuple[float, bool]]
"""Records' confidences, and whether they are right."""


def shares(seen: Iterable[Outcome]) -> Shares:
    """Share of right records and their number by kind, and by its first part."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kind, right in seen:
        for name in {kind, kind.split(".")[0]}:
            counts[name][0] += right
            counts[name][1] += 1
    return {
        name: (round((right + 1) / (total + 2), 2), total)
        for name, (right, total) in sorted(counts.items())
        if total >= FEWEST or "." not in name
    }


def look_up(table: Shares, kind: str) -> float:
    """A kind's share in a table, as the flow looks it up."""
    return (table.get(kind) or table.get(kind.split(".", maxsplit=1)[0]) or (0.5, 0))[0]


def cross_validated(sets: Sequence[Sequence[Sequence[Outcome]]]) -> list[Judged]:
    """Each set's records with the shares counted over the other articles of all sets, a fifth at a time.

    Args:
        sets: the outcomes of each article of each set.
    """
    numbered = [(place, number, article) for place, one in enumerate(sets) for number, article in enumerate(one)]
    out: list[Judged] = [[] for _ in sets]
    for fold in range(FOLDS):
        table = shares(o for _, number, article in numbered if number % FOLDS != fold for o in article)
        for place, number, article in numbered:
            if number % FOLDS == fold:
                out[place] += [(look_up(table, o.kind), o.right) for o in article]
    return out


def classes(judged: Judged) -> dict[int, Judged]:
    """Records by ten equal classes of confidence."""
    out: dict[int, Judged] = defaultdict(list)
    for share, right in judged:
        out[min(9, int(share * 10 + 1e-9))].append((share, right))
    return out


def calibration_error(judged: Judged) -> float:
    """Expected calibration error: how far confidence and share of right records lie apart, on average over the records."""
    if not judged:
        return 0.0
    apart = (abs(sum(s for s, _ in c) - sum(r for _, r in c)) for c in classes(judged).values())
    return sum(apart) / len(judged)


def key(name: str) -> str:
    """A kind as a key of TOML."""
    return f'"{name}"' if "." in name else name
