"""Reports in one line each, for tables of cases."""

from __future__ import annotations

from typing import Any

from extractor import Article, Extraction
from extractor.ids import record_ids
from tests.factories import GENERATOR
from tests.timeline.gold import record_of


def report(published: str | None, *lines: str, by: str | None = None, name: str | None = None, **info: Any) -> Extraction:
    """An article with a record for each line: `US → CN | steel | 25% | announced impose 2025-03-12 | law=us_s232`.

    The parts are imposer and targets, goods, rate, then status, action and first day, then other fields of the gold's short form.
    `*` is all countries, `*-CA` all but one, `?` or nothing what the article leaves open.

    Args:
        published: day of publication.
        lines: records.
        by: publisher.
        name: of the article; else made of day, publisher and lines.
        info: other fields of the article's info, such as `duplicate_of` (an id) and `sha256`.
    """
    from datetime import date

    source = name or " ".join([str(published), str(by), *lines])
    day = date.fromisoformat(published) if published else None
    article = Article.build(f"Report\n\n{source}", source=source, publisher=by, published=day)
    rows = [_row(line) for line in lines]
    names = record_ids(article.id, "tariff", [[number] for number in range(len(rows))])
    tariffs = [record_of(name_, row, names, "Report") for name_, row in zip(names, rows, strict=True)]
    about = article.info(dateline=None).model_copy(update=info)
    return Extraction(generator=GENERATOR, article=about, tariffs=tariffs)


def _row(line: str) -> dict[str, Any]:
    parties, goods, rate, state, *more = (part.strip() for part in line.split("|"))
    imposer, _, targets = (part.strip() for part in parties.partition("→"))
    row: dict[str, Any] = {"imposer": imposer}
    if imposer == "?":
        row["imposer"] = None
    if targets.startswith("*"):
        row |= {"scope": "all_except", "excluded": targets[2:].split()} if targets[1:] else {"scope": "all"}
    elif targets not in {"", "?"}:
        row["targets"] = targets.split()
    if goods == "all":
        row["product_scope"] = "all"
    elif goods not in {"", "?"}:
        row["products"] = [words.strip() for words in goods.split(",")]
    if rate not in {"", "?"}:
        row["rate"] = float(rate.rstrip("%"))
    row["status"], row["action"], *dates = state.split()
    if dates:
        row["effective"] = dates[0]
    for part in more:
        for pair in part.split():
            key, _, value = pair.partition("=")
            row[key] = float(value) if key == "prior" else int(value) if key == "retaliates" else value
    return row
