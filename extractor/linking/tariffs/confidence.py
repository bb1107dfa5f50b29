"""Confidence of tariff records: how often its kind is right, counted by `tests/calibrate_tariffs.py`; nothing is fitted.

A record is right when its cells of imposer, partner and rate are in the gold, with the status there. What tells right from
wrong in articles that the rules have not seen is how its partners are known, and whether the text says where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractor.lexicon import table
from extractor.linking.tariffs.merging import Group
from extractor.records import StatementRecord, Status, TariffRecord

GONE = frozenset({Status.ENDED, Status.REJECTED, Status.STRUCK_DOWN, Status.UNKNOWN})
"""Where measures stand that are told in passing, or where nothing says where they stand."""


def bin_of(group: Group, status: Status) -> str:
    """The kind of a record, "named.told": how its partners are known, and how its status is.

    Partners are `named` (by the grammar of a mention's own sentence, everyone included), `chosen` (taken from elsewhere in the
    article) or `open` (nobody's goods, or nobody who imposes, is known). The status is `gone`, `told` (a verb or adjective says
    so) or `assumed`.
    """
    named = any((m.targets or m.excluded or m.everyone is not None) and "targets" not in m.inherited for m in group.members)
    known = named or any(m.targets or m.everyone is not None for m in group.members)
    partners = "open" if group.imposer is None or not known else "named" if named else "chosen"
    told = any(m.standing.explicit for m in group.members)
    return f"{partners}.{'gone' if status in GONE else 'told' if told else 'assumed'}"


@cache
def confidences() -> dict[str, float]:
    """Share of right records by bin."""
    return {name: float(value) for name, value in table("tariff_confidence")["shares"].items()}


def confidence(kind: str) -> float:
    """The confidence of a bin; of one without a share of its own, that of how its partners are known."""
    found = confidences()
    return found[kind] if kind in found else found[kind.split(".", maxsplit=1)[0]]


def at_least(
    least: float, tariffs: Sequence[TariffRecord], statements: Sequence[StatementRecord]
) -> tuple[list[TariffRecord], list[StatementRecord]]:
    """The tariff records of a confidence or a higher one; what refers to others no longer does.

    Args:
        least: the lowest confidence that is kept.
        tariffs: the records; those that stay lose their relations to those that go, with the words for these.
        statements: all stay, without the ids of records that go.
    """
    kept = [record for record in tariffs if record.confidence >= least]
    if len(kept) == len(tariffs):
        return kept, list(statements)
    ids = {record.id for record in kept}
    said = [s.model_copy(update={"tariffs": [i for i in s.tariffs if i in ids]}) for s in statements]
    return [_without_lost(record, ids) for record in kept], said


def _without_lost(record: TariffRecord, ids: set[str]) -> TariffRecord:
    relations = [relation for relation in record.relations if relation.tariff in ids]
    if len(relations) == len(record.relations):
        return record
    evidence = record.evidence if relations else {name: spans for name, spans in record.evidence.items() if name != "relations"}
    return record.model_copy(update={"relations": relations, "evidence": evidence})
