"""Invented extractions by the hundred, in which every field of the records is filled somewhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from extractor import Article, Extraction
from extractor.records import Generator, Rate, TariffRecord
from tests.factories import day, entity, place, span, statement, tariff

MAKER = Generator(version="0.0.0", model="test 0.0.0", model_sha256="0" * 64, config_sha256="0" * 64)
NEWER = MAKER.model_copy(update={"version": "0.0.1"})
IMPOSERS = ("US", "CA", "EU", "MX", "NO")
GOODS = (("steel", ["72", "73"]), ("salmon", ["03"]), ("wine", ["22"]), ("toys", []))


def story(number: int, *, extra: str = "", rate: float | None = None, maker: Generator = MAKER, **fields: Any) -> Extraction:
    """One article's extraction: every third has two tariffs, every fifth one that is paused.

    Args:
        number: decides on what it says.
        extra: stands in every text of it.
        rate: another rate than the number's.
        maker: what made it.
        fields: more fields of the article.
    """
    imposer, (goods, chapters) = IMPOSERS[number % 5], GOODS[number % 4]
    percent = float(5 + number % 40) if rate is None else rate
    said = f"This will not stand{extra}"
    if number % 7 == 3:
        fields.setdefault("url", f"https://gazette.example/{number}{extra}")
    text = (
        f"Tariff story {number}{extra}\n\n{imposer} will put {percent:g}% on {goods}{extra} from China on May {1 + number % 28}, up from 2.5%, "
        f"to stop dumping{extra} under the Trade Act{extra}, unless talks{extra} succeed, but not on samples{extra}. It covers $900 billion of trade "
        f"for 90 days. Peru is spared. In return China will put 7% on corn{extra}. "
        f'"{said}," Minister Ola Nordmann{extra} of the Trade Ministry{extra} told the Fish Council{extra} in Oslo{extra} on Monday. Prices rose 3%.'
    )
    published = date(2025, 1, 1) + timedelta(days=number % 200)
    about = Article.build(
        text,
        source=fields.pop("source", f"{number:04}.txt"),
        published=published,
        published_basis="given",
        publisher=f"Gazette{extra}",
        authors=(f"A. Writer{extra}", "B. Writer"),
        **fields,
    )
    when = f"May {1 + number % 28}"
    proof = {
        "imposer": imposer, "targets": "China", "rate": f"{percent:g}%", "tariff": f"put {percent:g}% on {goods}{extra}", "products": f"{goods}{extra}",
        "prior_rate": "2.5%", "effective": when, "end": when, "announced": when, "duration": "90 days", "trade_value": "$900 billion",
        "legal_basis": f"Trade Act{extra}", "rationale": f"stop dumping{extra}", "condition": f"unless talks{extra} succeed", "exemptions": f"samples{extra}",
        "excluded_targets": "Peru",
    }  # fmt: skip
    iso = f"2025-05-{1 + number % 28:02}"
    first = tariff(
        about.text, proof, id=f"{about.id[:15]}t1", imposer=imposer, targets=["CN"], status="paused" if number % 5 == 0 else "in_force",
        excluded_targets=[place("PE")], products=[{"text": f"{goods}{extra}", "hs_chapters": chapters}], product_scope="listed", action="raise",
        prior_rate={"percent": 2.5}, announced=day(iso, when), effective=day(iso, when), end=day("2099-01-01", when),
        duration={"iso": "P90D", "text": "90 days"}, trade_value={"amount": 9e11, "currency": "USD"}, attributed_to="person-1",
        legal_basis={"code": "us_s301", "text": f"Trade Act{extra}"}, rationale=[{"code": "unfair_practices", "text": f"stop dumping{extra}"}],
        condition={"kind": "unless", "text": f"talks{extra} succeed"}, exemptions=[{"text": f"samples{extra}"}], rate=None,
    ).model_copy(update={"rate": tariff(about.text, proof, rate=percent).rate})  # fmt: skip
    tariffs = [first]
    if number % 3 == 0:
        tariffs.append(_answer(about.text, f"{about.id[:15]}t2", first.id, extra))
    words = statement(
        about.text, f"Ola Nordmann{extra}", said, id=f"{about.id[:15]}s1", cue="told", mode="direct", speech_act="condemn",
        date=day(iso, "Monday"), venue=f"Oslo{extra}", addressee=f"Fish Council{extra}", tariffs=[each.id for each in tariffs],
        speaker={"entity": "person-1", "role": f"Minister{extra}", "organization": f"Trade Ministry{extra}", "country": place("NO").model_dump(),
                 "official": True, "members": [f"Ola Nordmann{extra}"]},
        proof={"date": "Monday", "venue": f"Oslo{extra}", "addressee": f"Fish Council{extra}"},
    )  # fmt: skip
    entities = [
        entity(
            about.text,
            "PERSON",
            f"Ola Nordmann{extra}",
            value={"role": f"Minister{extra}", "organization": None, "country": "NO"},
        ),
        entity(about.text, "COUNTRY", "China", value={"code": "CN", "iso3": "CHN"}),
        entity(about.text, "PRODUCT", f"{goods}{extra}", value={"text": f"{goods}{extra}", "hs_chapters": chapters}),
    ]
    made = Extraction.model_validate({
        "generator": maker, "article": about.info(dateline=f"OSLO{extra}", with_text=True), "entities": entities, "tariffs": tariffs,
        "statements": [words], "rejected": [{**span(about.text, "3%").model_dump(), "reason": "statistic"}] if "3%" in about.text else [],
        "warnings": [{"code": "W101", "message": f"about{extra}"}],
    })  # fmt: skip
    made.verify(about.text)
    return made


def _answer(text: str, ident: str, other: str, extra: str) -> TariffRecord:
    proof = {"imposer": "China", "rate": "7%", "tariff": f"put 7% on corn{extra}", "products": f"corn{extra}"}
    made = tariff(
        text, proof, id=ident, imposer="CN", products=[{"text": f"corn{extra}"}], product_scope="listed", status="threatened",
        relations=[{"type": "retaliates_against", "tariff": other}, {"type": "matches", "tariff": "nowhere"}],
    )  # fmt: skip
    rate = Rate.model_validate({
        "percent": 7.0, "form": "compound", "specific": {"amount": 0.25, "currency": "USD", "per": f"kg{extra}"},
        "derivation": {"kind": "doubled", "from": 3.5},
    })  # fmt: skip
    return made.model_copy(update={"rate": rate})


def stories(count: int = 300) -> list[Extraction]:
    """That many, all different."""
    return [story(number) for number in range(count)]
