"""Tariff records: sentences -> units -> measure mentions -> groups of mentions -> records.

units      where a sentence names a measure: a rate, old and new, and its tariff word
parties    who imposes it, and on whose goods
status     what happens to it, and where it stands
dates      when it starts and ends
measures   all of that for each mention, as its sentence says it
discourse  what other sentences give it
laws       the law that it rests on
merging    mentions of one measure become one group
acts       measures told without a word of duty, by nouns (act_nouns) and verbs (act_verbs)
act_groups their groups beside those of duties
records    a group becomes a record with evidence for each field
endings    how long it, or its pause, lasts, and when that ends
conditions what it depends on
details    what else its words say: reasons, exceptions, and relations to other records (hanging: how words hang on a measure)
confidence how often records of its kind are right
"""

from __future__ import annotations

from spacy.tokens import Doc

from extractor.article import Article
from extractor.ids import record_ids
from extractor.linking.entities import EntityIndex
from extractor.linking.references import References
from extractor.linking.tariffs.act_groups import with_acts
from extractor.linking.tariffs.acts import Acts
from extractor.linking.tariffs.confidence import bin_of
from extractor.linking.tariffs.details import with_details, with_relations
from extractor.linking.tariffs.discourse import Discourse
from extractor.linking.tariffs.laws import spread_laws
from extractor.linking.tariffs.measures import find_measures, issuer_of
from extractor.linking.tariffs.merging import merge
from extractor.linking.tariffs.parties import Parties
from extractor.linking.tariffs.records import build_record, identity
from extractor.records import TariffRecord


def link_tariffs(doc: Doc, index: EntityIndex) -> list[TariffRecord]:
    """The tariff records of an article, in the order of the text."""
    return [record for record, _ in binned(doc, index)]


def binned(doc: Doc, index: EntityIndex) -> list[tuple[TariffRecord, str]]:
    """The tariff records of an article, each with the bin that its confidence goes by."""
    article: Article = doc._.article
    parties = Parties(doc, References(doc))
    issuer = issuer_of(doc, parties)
    found = Discourse(doc, find_measures(doc, parties), parties, issuer).resolved()
    found = spread_laws(doc, [m for m in found if m.counts or m.follows], issuer.code if issuer else None)
    groups = with_acts(merge(found), Acts(doc, parties.references).found(found))
    drafts = with_details(doc, parties, groups, [build_record(doc, article, group) for group in groups])
    ids = record_ids(article.id, "tariff", [identity(draft) for draft in drafts])
    records = [draft.model_copy(update={"id": each}) for draft, each in zip(drafts, ids, strict=True)]
    records = with_relations(doc, groups, records)
    return [(record, bin_of(group, record.status)) for record, group in zip(records, groups, strict=True)]
