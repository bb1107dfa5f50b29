"""Statements: who is reported to have said what.

Read in this order: `quotes` (quotation marks), `cues` (the words of saying), `sources`, `clauses`, `objects`, `phrases` and
`direct` (one construction each), `constructions` (all of them over a document), `speakers` (who a source is), `naming`,
`identity` and `home` (what a speaker is), `circumstances` (when, where and to whom), `topics` (of which
tariffs), `confidence` (how sure), `linker` (the records).
"""

from extractor.linking.statements.linker import link_statements

__all__ = ["link_statements"]
