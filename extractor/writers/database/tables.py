"""The tables: the one definition that every database and table file is made from.

Two rules make loading safe to repeat. Every key follows from the article's content, so that the same article extracted again
meets its own rows; and every table that holds parts of an article has `article_id`, so that what an article no longer has can be
found and removed. No column holds a clock's time but `written_at`, which only moves when the row changes, an article's also when
its records do.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects import mysql

SCHEMA = 2
"""Version of the tables. A change of them is a step in `migrations.py`."""

METADATA = MetaData()

KEY = String().with_variant(mysql.VARCHAR(191), "mysql", "mariadb")
"""What is a key or indexed: MySQL wants a length there."""
WORDS = Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
JSON_WORDS = "a JSON list"


def _c(name: str, kind: Any, comment: str, **more: Any) -> Column[Any]:
    return Column(name, kind, comment=comment, **more)


def _key(name: str, kind: Any, comment: str, *rest: Any) -> Column[Any]:
    return Column(name, kind, *rest, primary_key=True, nullable=False, autoincrement=False, comment=comment)


def _article(**more: Any) -> Column[Any]:
    """The article that a row is a part of."""
    link = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article_id", KEY, link, nullable=False, comment="the article", **more)


def _article_key() -> Column[Any]:
    return _key("article_id", KEY, "the article", ForeignKey("articles.id", ondelete="CASCADE"))


def _of(table: str, name: str) -> Column[Any]:
    """The record that a row is a part of, as a part of its key."""
    return _key(name, KEY, f"the {name.removesuffix('_id')}", ForeignKey(f"{table}.id", ondelete="CASCADE"))


def _ordinal(what: str) -> Column[Any]:
    return _key("ordinal", Integer, f"place among the {what}, from 0")


def _span(prefix: str = "char", *, null: bool = False) -> list[Column[Any]]:
    place = "in articles.text, in Unicode code points"
    return [
        _c(f"{prefix}_start", Integer, f"where it begins {place}", nullable=null),
        _c(f"{prefix}_end", Integer, f"where it ends {place}; not included", nullable=null),
    ]


def _jurisdiction(prefix: str, what: str, *, null: bool = True) -> list[Column[Any]]:
    return [
        _c(f"{prefix}code", KEY, f"{what}: ISO 3166-1 alpha-2, EU, or a group's name in capitals", nullable=null),
        _c(f"{prefix}iso3", KEY, f"{what}: ISO 3166-1 alpha-3; null for unions and groups"),
        _c(f"{prefix}name", WORDS, f"{what}: name", nullable=null),
        _c(f"{prefix}kind", KEY, f"{what}: country, union or group", nullable=null),
    ]


def _rate(prefix: str, what: str) -> list[Column[Any]]:
    return [
        _c(f"{prefix}percent", Double, f"{what} in per cent; 0 is a cut to zero, null is unknown"),
        _c(f"{prefix}percent_high", Double, f"{what}: upper end of a range"),
        _c(f"{prefix}form", KEY, f"{what}: ad_valorem, specific or compound; null without a rate"),
        _c(f"{prefix}basis", KEY, f"{what}: additional, total, percentage_points, floor, cap, in_quota, out_of_quota"),
        _c(f"{prefix}qualifier", KEY, f"{what}: exact, up_to, at_least, about or range"),
        _c(f"{prefix}specific_amount", Double, f"{what}: duty for each unit"),
        _c(f"{prefix}specific_currency", KEY, f"{what}: ISO 4217 currency of that duty"),
        _c(f"{prefix}specific_per", WORDS, f"{what}: unit of that duty, such as kg"),
        _c(f"{prefix}derivation", KEY, f"{what}: how it was computed; null where the text states it"),
        _c(f"{prefix}derivation_from", Double, f"{what}: per cent that it was computed from"),
    ]


def _date(prefix: str, what: str) -> list[Column[Any]]:
    return [
        _c(f"{prefix}edtf", KEY, f"{what}, as exactly as the text says (EDTF, ISO 8601-2)"),
        _c(f"{prefix}granularity", KEY, f"{what}: day, week, month, quarter, season, year, decade or interval"),
        _c(f"{prefix}earliest", Date, f"{what}: first day that it can be"),
        _c(f"{prefix}latest", Date, f"{what}: last day that it can be"),
        _c(f"{prefix}basis", KEY, f"{what}: explicit, relative or computed"),
        _c(f"{prefix}text", WORDS, f"{what}: the words"),
    ]


def _written_at(what: str) -> Column[Any]:
    return _c("written_at", KEY, f"when {what} last changed here (UTC, ISO 8601)", nullable=False)


RUNS = Table(
    "runs",
    METADATA,
    _key("id", KEY, "hash of the rest"),
    _c("name", KEY, "the program", nullable=False),
    _c("version", KEY, "its version", nullable=False),
    _c("model", KEY, "name and version of the trained pipeline", nullable=False),
    _c("model_sha256", KEY, "hash of the trained pipeline", nullable=False),
    _c("config_sha256", KEY, "hash of the settings that change an extraction", nullable=False),
    _c("schema_version", KEY, "version of the records' form", nullable=False),
    comment="What made the records: one row for each version, model and configuration that articles are of.",
)

ARTICLES = Table(
    "articles",
    METADATA,
    _key("id", KEY, "hash of the url, else of the source"),
    Column("run_id", KEY, ForeignKey("runs.id"), nullable=False, comment="what made its records"),
    _c("source", WORDS, "path of the input, from the PATH argument; #3 for the third article in it", nullable=False),
    _c("url", WORDS, "web address"),
    _c("title", WORDS, "headline"),
    _c("publisher", WORDS, "outlet"),
    _c("authors", WORDS, f"names, {JSON_WORDS}", nullable=False),
    _c("dateline", WORDS, "place that the dateline names"),
    _c("published", Date, "the outlet's local day"),
    _c("published_at", KEY, "the full time with its offset (ISO 8601), if known"),
    _c("published_basis", KEY, "given, metadata, file_name, inferred or unknown", nullable=False),
    _c("language", KEY, "ISO 639-1 code"),
    _c("body_start", Integer, "offset of the body in the text", nullable=False),
    _c("sha256", KEY, "hash of the text in UTF-8", nullable=False),
    _c("characters", BigInteger, "length of the text in Unicode code points", nullable=False),
    _c("text", WORDS, "the text that all offsets are of; null if it was written from extractions without it"),
    _c("duplicate_of", KEY, "id of the earlier article that it repeats"),
    _written_at("the article or any of its records"),
    Index("ix_articles_published", "published"),
    Index("ix_articles_duplicate_of", "duplicate_of"),
    Index("ix_articles_written_at", "written_at"),
    comment="One row for each article.",
)

ENTITIES = Table(
    "entities",
    METADATA,
    _article_key(),
    _key("id", KEY, "id within the article, such as person-1"),
    _c("type", KEY, "PERSON, AGENCY, COUNTRY, GROUP, RATE, DATE, DURATION, MONEY, PRODUCT or LAW", nullable=False),
    _c("name", WORDS, "name, or the value as text", nullable=False),
    _c("code", KEY, "of a country or group its code, of a law its code, of a person or agency the country's"),
    _c("value", WORDS, "the value, a JSON object whose fields the type decides"),
    Index("ix_entities_type_code", "type", "code"),
    comment="People, agencies, places, rates, dates … that an article names.",
)

MENTIONS = Table(
    "mentions",
    METADATA,
    _article_key(),
    _key("entity_id", KEY, "the entity"),
    _ordinal("entity's mentions"),
    *_span(),
    _c("text", WORDS, "the words", nullable=False),
    ForeignKeyConstraint(["article_id", "entity_id"], ["entities.article_id", "entities.id"], ondelete="CASCADE"),
    comment="Where an article names an entity.",
)

TARIFFS = Table(
    "tariffs",
    METADATA,
    _key("id", KEY, "hash of the article and of what the measure is"),
    _article(),
    _c("ordinal", Integer, "place among the article's tariffs, from 0", nullable=False),
    *_jurisdiction("imposer_", "who imposes it"),
    _c("target_scope", KEY, "listed, all, all_except or unspecified", nullable=False),
    _c("product_scope", KEY, "listed, all, all_except or unspecified", nullable=False),
    _c("instrument", KEY, "import_tariff, anti_dumping, countervailing, safeguard, quota, de_minimis …", nullable=False),
    _c("action", KEY, "what the news does to it: impose, raise, lower, remove, suspend, delay …", nullable=False),
    _c("status", KEY, "where it stands on the publication date: threatened, announced, in_force …", nullable=False),
    *_rate("rate_", "the rate"),
    *_rate("prior_rate_", "the rate before"),
    *_date("announced_", "when it was announced"),
    *_date("effective_", "when it takes effect"),
    *_date("end_", "when it ends"),
    _c("duration_iso", KEY, "how long it lasts: ISO 8601 duration, such as P90D"),
    _c("duration_text", WORDS, "how long it lasts: the words"),
    _c("trade_value_amount", Double, "value of the trade that it covers"),
    _c("trade_value_currency", KEY, "ISO 4217 currency of that value"),
    _c("trade_value_qualifier", KEY, "exact, more_than, less_than, about, up_to or at_least"),
    _c("legal_basis_code", KEY, "law that it rests on: code, such as us_s232"),
    _c("legal_basis_text", WORDS, "law that it rests on: the words"),
    _c("condition_kind", KEY, "what it depends on: if, unless or until"),
    _c("condition_text", WORDS, "what it depends on: the words"),
    _c("attributed_to", KEY, "entity of the article that says so"),
    _c("confidence", Double, "0 to 1; share of right records of its kind, as counted", nullable=False),
    Index("ix_tariffs_article", "article_id"),
    Index("ix_tariffs_imposer_status", "imposer_code", "status"),
    Index("ix_tariffs_status_effective", "status", "effective_earliest"),
    comment="Tariff records: who taxes whose goods, at which rate, in what state, as one article tells it.",
)

TARIFF_TARGETS = Table(
    "tariff_targets",
    METADATA,
    _of("tariffs", "tariff_id"),
    _key("role", KEY, "targeted or excluded"),
    _ordinal("tariff's targets of that role"),
    _article(),
    *_jurisdiction("", "whose goods", null=False),
    CheckConstraint("role IN ('targeted', 'excluded')", name="ck_tariff_targets_role"),
    Index("ix_tariff_targets_code", "code", "role"),
    Index("ix_tariff_targets_article", "article_id"),
    comment="Whose goods a tariff is on, or leaves out.",
)

TARIFF_PRODUCTS = Table(
    "tariff_products",
    METADATA,
    _of("tariffs", "tariff_id"),
    _ordinal("tariff's products"),
    _article(),
    _c("text", WORDS, "the goods as named", nullable=False),
    _c("hs_chapters", KEY, "HS chapters that the name alone fixes, between commas: ,72,73,", nullable=False),
    Index("ix_tariff_products_article", "article_id"),
    comment="Which goods a tariff is on.",
)

TARIFF_RATIONALES = Table(
    "tariff_rationales",
    METADATA,
    _of("tariffs", "tariff_id"),
    _ordinal("tariff's reasons"),
    _article(),
    _c("code", KEY, "the reason, such as drugs", nullable=False),
    _c("text", WORDS, "the words", nullable=False),
    Index("ix_tariff_rationales_article", "article_id"),
    comment="Why a tariff is imposed.",
)

TARIFF_EXEMPTIONS = Table(
    "tariff_exemptions",
    METADATA,
    _of("tariffs", "tariff_id"),
    _ordinal("tariff's exemptions"),
    _article(),
    _c("text", WORDS, "what is let off", nullable=False),
    _c("code", KEY, "its code, where it is a jurisdiction"),
    Index("ix_tariff_exemptions_article", "article_id"),
    comment="Goods or partners that a tariff lets off.",
)

TARIFF_RELATIONS = Table(
    "tariff_relations",
    METADATA,
    _of("tariffs", "tariff_id"),
    _ordinal("tariff's relations"),
    _article(),
    _c("type", KEY, "retaliates_against, responds_to, matches or replaces", nullable=False),
    Column("other_id", KEY, ForeignKey("tariffs.id", ondelete="CASCADE"), nullable=False, comment="the other tariff"),
    Index("ix_tariff_relations_other", "other_id"),
    Index("ix_tariff_relations_article", "article_id"),
    comment="Links between tariffs of one article.",
)

STATEMENTS = Table(
    "statements",
    METADATA,
    _key("id", KEY, "hash of the article and of the content"),
    _article(),
    _c("ordinal", Integer, "place among the article's statements, from 0", nullable=False),
    _c("speaker_entity", KEY, "entity of the article that speaks"),
    _c("speaker_name", WORDS, "who speaks", nullable=False),
    _c("speaker_kind", KEY, "person, organization or anonymous", nullable=False),
    _c("speaker_role", WORDS, "office, as the article says it"),
    _c("speaker_organization", WORDS, "body that the speaker is of"),
    *_jurisdiction("speaker_", "country of the speaker")[:2],
    _c("speaker_official", Boolean, "holds or speaks for a public office, of any country, at the time", nullable=False),
    _c("speaker_members", WORDS, f"names of joint speakers, {JSON_WORDS}", nullable=False),
    _c("cue_lemma", KEY, "the word that attributes, as in a dictionary"),
    *_span("cue", null=True),
    _c("cue_text", WORDS, "the word that attributes, as in the text"),
    _c("mode", KEY, "direct, indirect, mixed or no_comment", nullable=False),
    _c("content", WORDS, "what was said; parts that lie apart are joined by …", nullable=False),
    *_date("date_", "when it was said"),
    _c("venue", WORDS, "where it was said"),
    _c("addressee", WORDS, "to whom"),
    _c(
        "speech_act", KEY, "announce, threaten, propose, promise, deny, condemn, support, demand, report or other", nullable=False
    ),
    _c("confidence", Double, "0 to 1; share of right records of its kind, as counted", nullable=False),
    Index("ix_statements_article", "article_id"),
    Index("ix_statements_country_official", "speaker_code", "speaker_official"),
    Index("ix_statements_date", "date_earliest"),
    comment="Statements: who said what, as one article tells it.",
)

STATEMENT_SPANS = Table(
    "statement_spans",
    METADATA,
    _of("statements", "statement_id"),
    _ordinal("statement's parts"),
    _article(),
    *_span(),
    _c("text", WORDS, "the words", nullable=False),
    Index("ix_statement_spans_article", "article_id"),
    comment="Where what was said stands in the text.",
)

STATEMENT_TARIFFS = Table(
    "statement_tariffs",
    METADATA,
    _of("statements", "statement_id"),
    _of("tariffs", "tariff_id"),
    _article(),
    Index("ix_statement_tariffs_tariff", "tariff_id"),
    Index("ix_statement_tariffs_article", "article_id"),
    comment="Which tariffs a statement speaks of.",
)

EVIDENCE = Table(
    "evidence",
    METADATA,
    _key("record_id", KEY, "the tariff or statement"),
    _key("field", KEY, "the field that the words prove, such as rate"),
    _ordinal("field's spans"),
    _article(),
    Column("tariff_id", KEY, ForeignKey("tariffs.id", ondelete="CASCADE"), comment="the record, if it is a tariff"),
    Column("statement_id", KEY, ForeignKey("statements.id", ondelete="CASCADE"), comment="the record, if it is a statement"),
    *_span(),
    _c("text", WORDS, "the words", nullable=False),
    Index("ix_evidence_tariff", "tariff_id"),
    Index("ix_evidence_statement", "statement_id"),
    Index("ix_evidence_article", "article_id"),
    comment="The words that prove each field of a record.",
)

REJECTED = Table(
    "rejected",
    METADATA,
    _article_key(),
    _ordinal("article's rejected words"),
    *_span(),
    _c("text", WORDS, "the words", nullable=False),
    _c("reason", KEY, "statistic, price_tariff, historical, other_tax …", nullable=False),
    comment="Rates and tariff words that were seen and not taken.",
)

WARNINGS = Table(
    "warnings",
    METADATA,
    _article_key(),
    _ordinal("article's warnings"),
    _c("code", KEY, "such as W105", nullable=False),
    _c("message", WORDS, "what it means", nullable=False),
    comment="Coded warnings about an article.",
)

MEASURES = Table(
    "measures",
    METADATA,
    _key("id", KEY, "hash of what the measure is"),
    _c("imposer", KEY, "code of who imposes it; null if no article says"),
    _c("imposer_name", WORDS, "who imposes it"),
    _c("target", KEY, "code of whose goods; null for all countries, or if no article says"),
    _c("target_name", WORDS, "whose goods"),
    _c("target_scope", KEY, "listed, all or unspecified", nullable=False),
    _c(
        "bears_on", WORDS, "codes of the target and, of a union or group, its members, between commas: ,EU,AT,BE,", nullable=False
    ),
    _c("not_on", WORDS, "codes of whom it leaves out, and of the imposer itself if it is on all, between commas", nullable=False),
    _c("product", WORDS, "which goods, by the name that unites spellings; null for all goods, or if no article says"),
    _c("hs", KEY, "HS chapters that the name alone fixes, between commas: ,72,73,", nullable=False),
    _c("instrument", KEY, "kind of measure", nullable=False),
    _c("legal_basis", KEY, "code of the law that it rests on"),
    _c("rate_family", KEY, "how the rate is charged: ad_valorem, specific, compound, in_quota or out_of_quota"),
    _c("first_reported", Date, "day of the first report"),
    _c("last_reported", Date, "day of the last report"),
    _c("sources", Integer, "independent sources; duplicates do not count", nullable=False),
    _c("conflicts", WORDS, "what sources report differently, a JSON list", nullable=False),
    _c("relations", WORDS, "how it stands to other measures, a JSON list", nullable=False),
    _written_at("the row"),
    Index("ix_measures_imposer_target", "imposer", "target"),
    comment="One measure as many articles tell it. Filled by `extractor timeline`, as are its events and periods.",
)

MEASURE_EVENTS = Table(
    "measure_events",
    METADATA,
    _key("id", KEY, "hash of the event"),
    Column("measure_id", KEY, ForeignKey("measures.id", ondelete="CASCADE"), nullable=False, comment="the measure"),
    Column("tariff_id", KEY, ForeignKey("tariffs.id", ondelete="CASCADE"), comment="the record that tells it"),
    Column("article_id", KEY, ForeignKey("articles.id", ondelete="CASCADE"), comment="the article that tells it"),
    _c("event", KEY, "threatened, announced, imposed, raised, paused, ended …", nullable=False),
    _c("date", Date, "when it happened, or happens; null if the article does not say"),
    _c("date_end", Date, "last day that it can be"),
    _c("edtf", KEY, "the date as exactly as the article says (EDTF)"),
    _c("rate", Double, "rate from then on, in per cent"),
    _c("rate_text", WORDS, "the rate in words, such as 10% to 41% or 0.25 USD per kg"),
    _c("prior_rate", Double, "rate before, in per cent"),
    _c("status", KEY, "status in that report", nullable=False),
    _c("reported", Date, "day of the report; an event dated behind it was planned"),
    _c("superseded", Boolean, "whether a later version of the same report corrects it", nullable=False),
    _written_at("the row"),
    Index("ix_measure_events_measure_date", "measure_id", "date"),
    Index("ix_measure_events_tariff", "tariff_id"),
    Index("ix_measure_events_article", "article_id"),
    comment="The dated history of a measure; conflicting reports stand side by side.",
)

MEASURE_PERIODS = Table(
    "measure_periods",
    METADATA,
    _key("measure_id", KEY, "the measure", ForeignKey("measures.id", ondelete="CASCADE")),
    _key("valid_from", Date, "first day on which it holds so"),
    _c("valid_to", Date, "first day on which it no longer holds so; null if none is known"),
    _c("rate", Double, "rate that most sources have, in per cent; null if none says"),
    _c("rate_high", Double, "the rate: upper end of a range"),
    _c("rate_form", KEY, "the rate: ad_valorem, specific or compound"),
    _c("rate_text", WORDS, "the rate in words, such as 10% to 41% or 0.25 USD per kg"),
    _c("other_rates", WORDS, "what other sources have, in words, a JSON list", nullable=False),
    _c("since", Date, "day from which on, at the latest, it is charged so"),
    _c("until", Date, "day on which it is to end or pause, where that is known"),
    _c("basis", KEY, "reported, or scheduled where only plans are known", nullable=False),
    _c("sources", Integer, "independent sources of the rate", nullable=False),
    _written_at("the row"),
    Index("ix_measure_periods_days", "valid_from", "valid_to"),
    comment="When a measure holds, and at which rate: what the views holdings and in_force show.",
)

JOURNAL_ARTICLES = Table(
    "journal_articles",
    METADATA,
    _key("input", KEY, "the input's source"),
    _key("ordinal", Integer, "place of the article in it, from 0"),
    Column("article_id", KEY, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, comment="the article"),
    _c("key", KEY, "hash of the article with all that decides on its extraction", nullable=False),
    _c("undated", Boolean, "whether it has no publication date", nullable=False),
    _c("sketch", WORDS, "what tells duplicates of it", nullable=False),
    Index("ix_journal_articles_article", "article_id"),
    comment="What has been done, so that a later run does only what is new. Written with the articles, in one transaction.",
)

JOURNAL_INPUTS = Table(
    "journal_inputs",
    METADATA,
    _key("input", KEY, "the input's source"),
    _c("key", KEY, "hash of the input with all that decides on its extraction", nullable=False),
    _c("articles", Integer, "how many of its articles were done", nullable=False),
    _c("rejected", WORDS, "what was rejected, a JSON list", nullable=False),
    comment="Inputs that were finished as a whole.",
)

ABOUT = Table(
    "about",
    METADATA,
    _key("name", KEY, "what"),
    _c("value", WORDS, "its value", nullable=False),
    comment="What the program must know of this database: schema, the version of these tables; options, of the last run.",
)

PARTS: tuple[Table, ...] = (
    ENTITIES, MENTIONS, TARIFFS, TARIFF_TARGETS, TARIFF_PRODUCTS, TARIFF_RATIONALES, TARIFF_EXEMPTIONS, TARIFF_RELATIONS,
    STATEMENTS, STATEMENT_SPANS, STATEMENT_TARIFFS, EVIDENCE, REJECTED, WARNINGS,
)  # fmt: skip
"""Tables whose rows are parts of one article, those that others refer to first."""
RECORDS: tuple[Table, ...] = (RUNS, ARTICLES, *PARTS)
"""What an extraction fills."""
ACROSS: tuple[Table, ...] = (MEASURES, MEASURE_EVENTS, MEASURE_PERIODS)
"""What `extractor timeline` fills, those that others refer to first."""
CONTENT: tuple[Table, ...] = (*RECORDS, *ACROSS)
"""What people read: all but the journal."""
