"""The views, for people and spreadsheets: one row a tariff or statement, lists joined by commas; and what is in force.

Written once; what databases say differently (joining values in order) is filled in.
"""

from __future__ import annotations

VIEWS = ("tariffs_flat", "statements_flat", "in_force")

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

_REPORTS = """
SELECT t.id AS tariff_id, t.article_id, a.published, t.imposer_code, g.code AS target_code, t.target_scope, p.text AS product,
       p.hs_chapters, t.product_scope, t.instrument, t.status, t.rate_percent, t.rate_percent_high, t.rate_form,
       t.legal_basis_code, t.effective_edtf, t.effective_earliest, t.effective_latest, t.end_edtf, t.end_latest, t.confidence,
       row_number() OVER (
           PARTITION BY t.imposer_code, g.code, t.target_scope, lower(p.text), t.product_scope, t.instrument
           ORDER BY CASE WHEN a.published IS NULL THEN 1 ELSE 0 END, a.published DESC, t.ordinal, t.id
       ) AS newest
FROM tariffs t
JOIN articles a ON a.id = t.article_id
LEFT JOIN tariff_targets g ON g.tariff_id = t.id AND g.role = 'targeted'
LEFT JOIN tariff_products p ON p.tariff_id = t.id
WHERE a.duplicate_of IS NULL AND t.imposer_code IS NOT NULL AND t.status <> 'unknown' AND t.action <> 'investigate'
"""
_IN_FORCE = """
SELECT tariff_id, article_id, published AS as_of, imposer_code, target_code, target_scope, product, hs_chapters, product_scope,
       instrument, status, rate_percent, rate_percent_high, rate_form, legal_basis_code, effective_edtf, effective_earliest,
       effective_latest, end_edtf, end_latest, confidence
FROM ({reports}) AS reports
WHERE newest = 1
  AND (status = 'in_force' OR (status = 'announced' AND effective_latest <= CURRENT_DATE))
  AND (effective_earliest IS NULL OR effective_earliest <= CURRENT_DATE)
  AND (end_latest IS NULL OR end_latest >= CURRENT_DATE)
"""
"""Of all reports on one imposer, target, product and instrument the newest holds. A tariff on three targets is three rows."""


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
        "in_force": _IN_FORCE.format(reports=_REPORTS.strip()),
    }
    made: list[str] = []
    for name in VIEWS:
        made += [f"DROP VIEW IF EXISTS {name}", f"CREATE VIEW {name} AS{bodies[name]}"]
    return made
