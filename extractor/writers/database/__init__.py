"""Extractions as tables: one definition for SQLite, PostgreSQL, DuckDB, CSV, Parquet and what else SQLAlchemy reaches.

tables.py      the tables, their columns, keys and indexes
views.py       the views for people and spreadsheets
reading.py     rows -> the extractions that they were, for measures across articles
measures.py    measures across articles -> rows
rows.py        an extraction -> its rows
migrations.py  creates the tables, and brings older ones up to date
statements.py  upserts and what else is sent, in a database's own words
store.py       the one who writes: whole articles, a transaction at a time
engines.py     connects through SQLAlchemy; what a failure means
postgres.py    the bulk way into PostgreSQL (COPY)
duck.py        the bulk way into DuckDB
sink.py        what a run writes to
"""
