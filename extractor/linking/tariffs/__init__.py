"""Tariff records: sentences -> units -> measure mentions -> groups of mentions -> records.

units      where a sentence names a measure: a rate, old and new, and its tariff word
parties    who imposes it, and on whose goods
status     what happens to it, and where it stands
dates      when it starts and ends
measures   all of that for each mention, with what earlier sentences give it
merging    mentions of one measure become one group
records    a group becomes a record with evidence for each field
"""

from __future__ import annotations

from spacy.tokens import Doc

from extractor.article import Article
from extractor.ids import record_ids
from extractor.linking.entities import EntityIndex
from extractor.linking.references import References
from extractor.linking.tariffs.measures import find_measures
from extractor.linking.tariffs.merging import merge
from extractor.linking.tariffs.records import build_record, identity
from extractor.records import TariffRecord


def link_tariffs(doc: Doc, index: EntityIndex) -> list[TariffRecord]:
    """The tariff records of an article, in the order of the text."""
    article: Article = doc._.article
    groups = merge(find_measures(doc, References(doc)))
    drafts = [build_record(doc, article, group) for group in groups]
    ids = record_ids(article.id, "tariff", [identity(draft) for draft in drafts])
    return [draft.model_copy(update={"id": each}) for draft, each in zip(drafts, ids, strict=True)]
