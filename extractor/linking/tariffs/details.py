"""What a record says beside who, whose goods, which rate and when: why, what it spares, and where that leaves its scopes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from extractor.entities.countries import jurisdiction
from extractor.entities.mention import text_of
from extractor.linking.tariffs.exceptions import Exceptions, Spared
from extractor.linking.tariffs.merging import Group
from extractor.linking.tariffs.parties import Parties
from extractor.linking.tariffs.reasons import RETALIATION, reasons_of
from extractor.linking.tariffs.records import Proof
from extractor.linking.tariffs.relations import relation, relations_of
from extractor.records import Evidence, ProductValue, Rationale, Relation, TariffRecord


def with_details(doc: Doc, parties: Parties, groups: Sequence[Group], drafts: Sequence[TariffRecord]) -> list[TariffRecord]:
    """The drafts with `rationale`, `exemptions` and the scopes that follow from these, each with evidence.

    Args:
        doc: the article.
        parties: who is who.
        groups: its measures.
        drafts: their records, one for each group.
    """
    exceptions = Exceptions(doc, parties, groups)
    return [_detailed(doc, parties, group, draft, exceptions.of(group)) for group, draft in zip(groups, drafts, strict=True)]


def _detailed(doc: Doc, parties: Parties, group: Group, draft: TariffRecord, spared: Sequence[Spared]) -> TariffRecord:
    proof = Proof(text_of(doc))
    why: dict[str, Rationale] = {}
    for reason in reasons_of(group, parties):
        why.setdefault(reason.code, reason.record(doc))
        proof.words("rationale", (reason.start, reason.end))
    for one in spared:
        proof.words("exemptions", (one.start, one.end))
    update: dict[str, Any] = {"rationale": list(why.values()), "exemptions": [s.record(doc) for s in spared]}
    update |= _scopes(draft, spared, proof)
    evidence = draft.evidence | proof.evidence
    taken_out = [s for s in spared if s.excepted]
    if taken_out:
        update |= _goods(group, taken_out, evidence)
    return draft.model_copy(update=update | {"evidence": evidence})


def _goods(group: Group, taken_out: Sequence[Spared], evidence: Evidence) -> dict[str, Any]:
    """The goods without those that are taken out, which leave all others where the measure names none."""
    found = [p for m in group.members for p in m.products]
    left = [p for p in found if not any(s.start <= p.start < s.end for s in taken_out)]
    kept = {p.entity: p.value for p in left if isinstance(p.value, ProductValue)}
    evidence["products"] = [s for s in evidence.get("products", []) if any(p.start == s.start for p in left)]
    if not kept:
        evidence.pop("products")
    return {"products": list(kept.values()), "product_scope": "listed" if kept else "all_except"}


def _scopes(draft: TariffRecord, spared: Sequence[Spared], proof: Proof) -> dict[str, Any]:
    """`all` is `all_except` where partners are spared; so is a duty on goods of which no partner is named."""
    update: dict[str, Any] = {}
    known = {place.code for place in draft.excluded_targets}
    partners = [s for s in spared if s.code is not None and s.code not in known]
    open_ = draft.target_scope == "unspecified" and bool(draft.products) and draft.imposer is not None
    if (open_ and partners) or (draft.target_scope in {"all", "all_except"} and (partners or known)):
        proof.words("excluded_targets", *((s.start, s.end) for s in spared if s.code is not None))
        update["target_scope"] = "all_except"
        update["excluded_targets"] = [*draft.excluded_targets, *(jurisdiction(s.code) for s in partners if s.code)]
    return update


def with_relations(doc: Doc, groups: Sequence[Group], records: Sequence[TariffRecord]) -> list[TariffRecord]:
    """The records, which have their ids, with `relations` to others of the article and the words that say so."""
    found: dict[int, list[Relation]] = {}
    proofs: dict[int, Proof] = {}
    for doer, answer, other in relations_of(doc, groups):
        found.setdefault(doer, []).append(relation(answer.kind, records[other].id))
        proofs.setdefault(doer, Proof(text_of(doc))).words("relations", (answer.start, answer.end))
    return [_related(record, found[i], proofs[i].evidence) if i in found else record for i, record in enumerate(records)]


def _related(record: TariffRecord, relations: list[Relation], evidence: Evidence) -> TariffRecord:
    """The record with its relations; what answers another measure is taken for that reason."""
    update: dict[str, Any] = {"relations": relations, "evidence": record.evidence | evidence}
    answers = any(relation.type in {"retaliates_against", "responds_to"} for relation in relations)
    if answers and all(reason.code != RETALIATION for reason in record.rationale):
        words = evidence["relations"][0]
        update["rationale"] = [*record.rationale, Rationale(code=RETALIATION, text=words.text)]
        update["evidence"]["rationale"] = [*record.evidence.get("rationale", []), words]
    return record.model_copy(update=update)
