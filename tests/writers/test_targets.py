"""What -o may be, and that no password is shown."""

from __future__ import annotations

import pytest

from extractor.errors import ConfigError
from extractor.writers.targets import target_of


@pytest.mark.parametrize(
    ("output", "kind", "form", "path"),
    [
        (None, "stream", "", None),
        ("-", "stream", "", None),
        ("/dev/null", "stream", "", "/dev/null"),
        ("out.json", "file", "", "out.json"),
        ("out.jsonl", "file", "", "out.jsonl"),
        ("out/", "folder", "", "out"),
        ("out.csv/", "tables", "csv", "out.csv"),
        ("deep/out.Parquet/", "tables", "parquet", "deep/out.Parquet"),
        ("tariffs.db", "database", "sqlite", "tariffs.db"),
        ("a b/tariffs.sqlite3", "database", "sqlite", "a b/tariffs.sqlite3"),
        ("tariffs.duckdb", "database", "duckdb", "tariffs.duckdb"),
        ("sqlite:///tariffs.db", "database", "sqlite", "tariffs.db"),
        ("sqlite:////var/lib/tariffs.db", "database", "sqlite", "/var/lib/tariffs.db"),
        ("duckdb:///tariffs.duckdb", "database", "duckdb", "tariffs.duckdb"),
        ("postgresql://host/base", "database", "postgresql", None),
        ("postgres://host/base", "database", "postgresql", None),
        ("mysql+pymysql://host/base", "database", "mysql", None),
        ("mariadb://host/base", "database", "mariadb", None),
    ],
)
def test_what_an_output_is(output, kind, form, path):
    found = target_of(output)
    assert (found.kind, found.form, found.path and str(found.path)) == (kind, form, path)


@pytest.mark.parametrize(
    ("output", "url"),
    [
        ("postgres://host/base", "postgresql+psycopg://host/base"),
        ("postgresql+psycopg2://host/base", "postgresql+psycopg2://host/base"),
        ("mysql://ann@host/base", "mysql+pymysql://ann@host/base"),
        ("mariadb://host/base", "mariadb+pymysql://host/base"),
        ("sqlite:///tariffs.db", "sqlite:///tariffs.db"),
    ],
)
def test_a_url_without_a_driver_gets_the_one_that_is_tested(output, url):
    assert target_of(output).url == url


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("postgresql://ann@host/base", "postgresql://ann@host/base"),
        ("postgresql://ann:s3cret@host:5432/base", "postgresql://ann:***@host:5432/base"),
        ("postgresql://ann:s3:cr/et@host/base", "postgresql://ann:***@host/base"),
        ("postgresql://ann:s3c%40ret@host/base?sslmode=require", "postgresql://ann:***@host/base?sslmode=require"),
        ("postgresql://host/base?user=ann&password=s3cret&x=1", "postgresql://host/base?user=ann&password=***&x=1"),
        ("postgresql://host/base?sslpassword=s3cret", "postgresql://host/base?sslpassword=***"),
    ],
)
def test_a_password_is_not_shown(output, shown):
    found = target_of(output)
    assert found.shown == shown
    assert "s3" not in repr(found)


@pytest.mark.parametrize(
    "output",
    [
        "out.csv",
        "out.parquet",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "duckdb://x",
        "postgresql://ann:s3c@ret@host/base",
    ],
)
def test_what_cannot_be_meant_is_refused_without_its_password(output):
    with pytest.raises(ConfigError, match="C034") as raised:
        target_of(output)
    assert "s3c" not in str(raised.value)
