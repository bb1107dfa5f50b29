"""The views, for people and spreadsheets: one row a tariff or statement, lists joined by commas; what holds, today and ever.

Written once; what databases say differently (joining values in order) is filled in.
"""

from __future__ import annotations

VIEWS = ("tariffs_flat", "statements_flat", "holdings", "in_force")

_JOINED = {
    "sqlite": "(SELECT group_concat(x, ', ') FROM (SELECT {what} AS x FROM {table} WHERE {where} ORDER BY {order}))",
    "mysql": "(SELECT group_concat({what} ORDER BY {order} SEPARATOR ', ') FROM {table} WHERE {where})",
    "": "(SELECT string_agg({what}, ', ' ORDER BY {order}) FROM {table} WHERE {where})",
}

_TARIFFS = """
SELECT t.id AS tariff_id, t.article_id, a.published, a.publisher, a.title, a.url, a.source, a.duplicate_of,
       t.imposer_code, t.imposer_name, {targets} AS target_codes, {target_names} AS targets, t.target_scope,
       {excluded} AS excluded_codes, {products} AS products, t.product_scope, t.instrument, t.action, t.status,
       t.rate_percent, t.rate_percent_high, t.rate_form, t.rate_basis, t.rate_qualifier, t.rate_specific_amount,
       t.rate_specific_currency, t.rate_specific_per, t.prior_rate_percent, t.announced_edtf, t.effective_edtf,
       t.effective_earliest, t.effective_latest, t.end_edtf, t.end_earliest, t.end_latest, t.duration_iso,
       t.trade_value_amount, t.trade_value_currency, t.legal_basis_code, t.condition_kind, t.condition_text,
       {evidence} AS evidence, t.confidence
FROM tariffs t JOIN articles a ON a.id = t.article_id
"""

_STATEMENTS = """
SELECT s.id AS statement_id, s.article_id, a.published, a.publisher, a.title, a.url, a.source, a.duplicate_of,
       s.speaker_name, s.speaker_kind, s.speaker_role, s.speaker_organization, s.speaker_code, s.speaker_official, s.mode,
       s.cue_lemma, s.content, s.speech_act, s.date_edtf, s.date_earliest, s.date_latest, s.venue, s.addressee,
       {tariffs} AS tariff_ids, s.confidence
FROM statements s JOIN articles a ON a.id = s.article_id
"""

_HOLDINGS = """
SELECT m.id AS measure_id, p.valid_from, p.valid_to, m.imposer AS imposer_code, m.imposer_name, m.target AS target_code,
       m.target_name, m.target_scope, m.bears_on, m.not_on, m.product, m.hs AS hs_chapters, m.instrument,
       p.rate AS rate_percent, p.rate_high AS rate_percent_high, p.rate_form, p.rate_text, p.other_rates,
       m.legal_basis AS legal_basis_code, p.since, p.until, p.basis, p.sources, m.last_reported AS as_of
FROM measure_periods p JOIN measures m ON m.id = p.measure_id
"""
"""Measures with the days on which they hold: valid_from is the first of them, valid_to the first one no longer."""
_IN_FORCE = """
SELECT * FROM holdings WHERE valid_from <= CURRENT_DATE AND (valid_to IS NULL OR valid_to > CURRENT_DATE)
"""


def view_statements(dialect: str) -> list[str]:
    """Statements that make the views, whatever stood there under their names.

    Args:
        dialect: sqlite, postgresql, duckdb, mysql or mariadb.
    """
    form = _JOINED["mysql" if dialect == "mariadb" else dialect if dialect in _JOINED else ""]

    def joined(what: str, table: str, where: str, order: str) -> str:
        return form.format(what=what, table=table, where=where, order=order)

    targeted = "tariff_id = t.id AND role = 'targeted'"
    bodies = {
        "tariffs_flat": _TARIFFS.format(
            targets=joined("code", "tariff_targets", targeted, "ordinal"),
            target_names=joined("name", "tariff_targets", targeted, "ordinal"),
            excluded=joined("code", "tariff_targets", "tariff_id = t.id AND role = 'excluded'", "ordinal"),
            products=joined("text", "tariff_products", "tariff_id = t.id", "ordinal"),
            evidence=joined("text", "evidence", "tariff_id = t.id AND field = 'tariff'", "ordinal"),
        ),
        "statements_flat": _STATEMENTS.format(
            tariffs=joined("tariff_id", "statement_tariffs", "statement_id = s.id", "tariff_id")
        ),
        "holdings": _HOLDINGS,
        "in_force": _IN_FORCE,
    }
    old = [f"DROP VIEW IF EXISTS {name}" for name in reversed(VIEWS)]  # those that are made of others first
    return old + [f"CREATE VIEW {name} AS{bodies[name]}" for name in VIEWS]
