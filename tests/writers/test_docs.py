"""What docs/ says of the tables is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.writers.database.diagram import page
from extractor.writers.database.sink import write
from extractor.writers.database.tables import METADATA
from tests.writers.asking import ask
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


@pytest.mark.parametrize("kind", KINDS)
def test_the_queries_of_the_recipes_run(place, kind):
    output = place(kind)
    told = stories(12)
    write(told, output)
    queries = [q for q in re.split(r";(?:\s*--[^\n]*)?\s*", blocks("sql")[0]) if q.strip()]
    assert len(queries) == 4
    answers = [ask(output, query.replace(":tariff", f"'{told[1].tariffs[0].id}'")) for query in queries]
    assert [bool(rows) for rows in answers] == [True] * 4 if kind == "sqlite" else all(answers)


def test_linked_files_exist():
    links = [
        link
        for path in DOCS.glob("*.md")
        for link in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
        if "://" not in link
    ]
    assert links
    assert [link for link in links if not (DOCS / link).exists()] == []
