"""What docs/ says of the tables is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.writers.database.diagram import page
from extractor.writers.database.sink import write
from extractor.writers.database.tables import METADATA
from tests.writers.asking import ask, fill_measures
from tests.writers.conftest import KINDS
from tests.writers.many import stories

DOCS = Path(__file__).resolve().parents[2] / "docs"
RECIPES = (DOCS / "databases.md").read_text(encoding="utf-8")


def test_the_page_of_the_tables_is_current():
    assert (DOCS / "schema.md").read_text(encoding="utf-8") == page(), "extractor schema --tables > docs/schema.md"


def test_every_table_and_column_says_what_it_is():
    for table in METADATA.sorted_tables:
        assert table.comment
        assert [column.name for column in table.columns if not column.comment] == []


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", RECIPES, flags=re.DOTALL | re.MULTILINE)


def queries(output: str, tariff: str) -> list[list[tuple]]:
    """Answers to the queries of the recipes, those in dbt's language left out."""
    told = [re.sub(r"--[^\n]*", "", sql) for sql in blocks("sql") if "{{" not in sql]
    return [ask(output, query.replace(":tariff", f"'{tariff}'")) for sql in told for query in sql.split(";") if query.strip()]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    output = str(tmp_path_factory.mktemp("reference") / "tariffs.db")
    write(stories(60), output)
    fill_measures(output)
    return output


@pytest.mark.parametrize("kind", KINDS)
def test_the_queries_of_the_recipes_have_the_same_answers_everywhere(reference, place, kind):
    output, tariff = place(kind), stories(2)[1].tariffs[0].id
    write(stories(60), output)
    fill_measures(output)
    answers = queries(output, tariff)
    assert [bool(rows) for rows in answers] == [True] * 7
    assert answers == queries(reference, tariff)


def test_what_is_in_force_on_chinese_steel_is_what_the_command_says(reference):
    """The first of the queries, beside the command that the page names."""
    (arguments,) = re.findall(r"`extractor (timeline tariffs\.db --on today[^`]*)`", RECIPES)
    result = CliRunner().invoke(app, arguments.replace("tariffs.db", reference).split())
    assert result.exit_code == 0
    told = {(h["imposer"]["name"], h["product"], h["since"], h["sources"]) for h in json.loads(result.stdout)["in_force"]}
    assert {(row[0], row[1], row[4], row[7]) for row in queries(reference, "")[0]} == told != set()


def test_the_lines_for_a_notebook_run(tmp_path, monkeypatch):
    """As they stand, with two articles."""
    monkeypatch.chdir(tmp_path)
    (lines,) = [code for code in blocks("python") if "texts" in code]
    text = "Norway will raise its import duty on salmon from Canada to 25 percent from 12.5 percent on April 1."
    scope = {"texts": {"a.txt": text, "b.txt": f"{text} Peru is next."}}
    exec(lines, scope)
    assert ask("tariffs.db", "SELECT count(*) FROM tariffs") == [(2,)]


def test_linked_files_exist():
    links = [
        link
        for path in DOCS.glob("*.md")
        for link in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
        if "://" not in link
    ]
    assert links
    assert [link for link in links if not (DOCS / link).exists()] == []
