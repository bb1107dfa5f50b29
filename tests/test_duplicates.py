"""Duplicates: which versions of a story are the same story, and which stories only look alike."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from extractor.article import Article
from extractor.duplicates import Duplicates, Sketch, mark, sketch
from tests.factories import GENERATOR

TITLE = "Norway to double duty on Canadian salmon"
PARAGRAPHS = [
    (
        "Norway will raise its import duty on salmon from Canada to 25 percent from 12.5 percent on April 1, the trade ministry said on "
        "Monday, in a move that deepens a quarrel over farmed fish between the two countries."
    ),
    (
        '"We did not seek this quarrel," Trade Minister Ola Nordmann told reporters at a briefing. "But our farmers cannot compete '
        'with fish that is sold below its cost, and we will stand by them for as long as it takes."'
    ),
    (
        "Canada, which sold 140 million dollars of salmon to Norway last year, called the step unjustified. Its ambassador was asked to "
        "hand over a note of protest, and a spokesman said that all options were on the table."
    ),
    (
        "The duty covers fresh and frozen salmon, but not smoked fish, which is made in small plants along the coast. Importers have "
        "until the end of May to use the licences that they hold."
    ),
    (
        "Analysts expect prices to rise by a tenth in the summer, when demand is highest. The two governments will meet in Geneva next "
        "month, under the rules of the world trade body, to see whether a settlement can be found."
    ),
]
TEXT = "\n\n".join(PARAGRAPHS)

SAME: dict[str, dict[str, Any]] = {
    "the very text": {"text": TEXT},
    "another headline": {"text": TEXT, "title": "Fish war: Oslo strikes back"},
    "no headline": {"text": TEXT, "title": None},
    "case and space": {"text": TEXT.replace("\n\n", "\n \n\t").replace(" ", "  ").replace("Norway", "NORWAY")},
    "curly quotes": {"text": TEXT.replace('"We', "“We").replace('quarrel,"', "quarrel,”").replace("'", "’")},
    "a dateline": {"text": f"OSLO, March 3 (Wire) - {TEXT}"},
    "another dateline and byline": {"text": f"By Kari Hansen\n\nOSLO (Other Wire) — {TEXT}"},
    "the last paragraph cut": {"text": "\n\n".join(PARAGRAPHS[:-1])},
    "a paragraph in the middle cut": {"text": "\n\n".join(PARAGRAPHS[:2] + PARAGRAPHS[3:])},
    "a paragraph added": {
        "text": f"{TEXT}\n\nThe share of the largest Norwegian fish farmer rose by 3 percent in the afternoon."
    },
    "corrected figures": {
        "text": TEXT.replace("140 million", "410 million").replace("12.5", "15").replace("April 1", "April 10")
    },
    "corrected, with a note": {
        "text": f"(Corrects the value of trade in paragraph 3)\n\n{TEXT.replace('140 million', '1.4 billion')}",
        "title": f"CORRECTED-{TITLE}",
    },
    "a word edited here and there": {
        "text": TEXT.replace("quarrel", "dispute").replace("step", "move").replace("Analysts", "Traders")
    },
    "a day later": {"text": TEXT.replace("140", "141"), "published": date(2025, 3, 4)},
    "no date": {"text": TEXT.replace("140", "141"), "published": None},
}

EVENT = """Oslo's decision to make Canadian salmon dearer drew anger in Vancouver, where fish farmers said that they had been given no warning.

Norway will raise its import duty on salmon from Canada to 25 percent from 12.5 percent on April 1, the trade ministry said on Monday.

"We did not seek this quarrel," Trade Minister Ola Nordmann told reporters. On the quays of British Columbia few believed him. Three
exporters said that they would send their fish to Japan instead, and one had already stopped a ship that was bound for Bergen.

The industry employs some 7,000 people in the province. Its association wants the federal government to answer with a levy on
Norwegian shrimp, and the opposition has asked for a debate in parliament before Easter.
"""
BOILERPLATE = (
    "The world trade body lets a member raise a duty for a time when imports hurt its farmers or its plants. The member must show that "
    "the harm is serious, hold talks with those that sell the goods, and lower the duty step by step while it lasts."
)
SHRIMP = f"""Denmark has dropped its plan to put a quota on shrimp from Greenland, the food agency said on Tuesday, after fishermen blocked
two harbours for a week.

The agency will look for other means to steady prices, which have fallen by a third since the autumn, it said in a statement.

{BOILERPLATE}
"""
TILES = f"""Turkey asked for talks with Morocco over a safeguard duty of 30 percent on ceramic tiles that began this month, according to a
notice that was sent to members on Thursday.

Its exporters say that they have lost half of their orders, and that the duty breaks a treaty of 2004 between the two countries.

{BOILERPLATE}
"""
NOTICE = """The Department of Commerce announced today its affirmative preliminary finding in the antidumping duty investigation of steel nails
from {country}.

The department found that exporters from {country} have sold steel nails in the United States at {margin} percent less than fair
value. As a result of the finding, customs officers will be told to collect cash deposits from importers of steel nails from {country}
on the basis of these margins. In the last full year, imports of steel nails from {country} were worth an estimated {worth} million
dollars. The petitioners are four makers of nails in Illinois, Ohio and Texas. A final finding is due in the autumn, and the trade
commission will then vote on whether the industry has been harmed.
"""
WEEKLY = """Exporters paid duty on {tons} tonnes of wheat in the week, down from the week before, the ministry's bulletin showed. The duty will be
{rate} roubles a tonne in the coming week. The ministry computes it each week from contracts that are registered at the exchange. It
takes seven tenths of the difference between the price of these contracts and a base price, which the government has set for grain.
"""
SHORT = "Norway raised its duty on salmon from Canada to {rate} percent on Monday."

APART: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "two stories of one event": ({"text": TEXT}, {"text": EVENT, "title": "Anger in Vancouver over fish duty"}),
    "two stories with a paragraph in common": ({"text": SHRIMP}, {"text": TILES}),
    "notices on two countries' goods": (
        {"text": NOTICE.format(country="India", margin="12.5", worth="61")},
        {"text": NOTICE.format(country="Oman", margin="9.1", worth="48")},
    ),
    "the next week's report": (
        {"text": WEEKLY.format(tons="310,000", rate="2,900.4"), "published": date(2025, 3, 3)},
        {"text": WEEKLY.format(tons="288,000", rate="3,014.9"), "published": date(2025, 3, 10)},
    ),
    "two short texts with two rates": ({"text": SHORT.format(rate=25)}, {"text": SHORT.format(rate=20)}),
    "a sentence and the story around it": ({"text": PARAGRAPHS[0]}, {"text": TEXT}),
}


def article(number: int, *, text: str, **fields: Any) -> Article:
    known = {"title": TITLE, "published": date(2025, 3, 3), "source": f"{number}.txt"} | fields
    return Article.build(text, **known)


def answers(*given: dict[str, Any]) -> list[int | None]:
    """For each article the place of the one that it duplicates."""
    known, articles = Duplicates(), [article(n, **fields) for n, fields in enumerate(given)]
    places = {a.id: n for n, a in enumerate(articles)}
    found = [known.add(a) for a in articles]
    return [None if one is None else places[one] for one in found]


@pytest.mark.parametrize("variant", SAME.values(), ids=SAME)
def test_versions_of_a_story_are_one(variant):
    assert answers({"text": TEXT}, variant) == [None, 0]
    assert answers(variant, {"text": TEXT}) == [None, 0]


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_stories_that_look_alike_are_two(pair):
    assert answers(*pair) == [None, None]
    assert answers(*pair[::-1]) == [None, None]


def test_the_answer_is_the_original_and_the_nearest():
    cut, rest = {"text": "\n\n".join(PARAGRAPHS[:-1])}, {"text": EVENT}
    assert answers({"text": TEXT}, rest, cut, cut, {"text": TEXT}, rest) == [None, None, 0, 0, 0, 1]


def test_the_same_article_again_is_no_duplicate_of_itself():
    known, one = Duplicates(), article(0, text=TEXT)
    assert [known.add(one), known.add(one), known.add(article(1, text=TEXT))] == [None, None, one.id]
    assert len(known) == 1


def test_the_extraction_names_the_original():
    from extractor.records import Extraction

    found = Extraction(generator=GENERATOR, article=article(0, text=TEXT).info())
    assert mark(found, None) is found
    assert mark(found, "abc").article.duplicate_of == "abc"
    assert found.article.duplicate_of is None


# ---------------------------------------------------------------- many articles, states


WORDS = [
    f"{a}{b}{c}"
    for a in ("ba", "ke", "li", "mo", "su", "ta")
    for b in ("ran", "del", "vis", "por")
    for c in ("", "a", "ing", "s")
]


def invented(count: int, length: int = 120) -> list[Sketch]:
    """Sketches of so many texts of random words; every tenth is a changed version of the one before."""
    chance, out, words = random.Random(7), [], []
    for number in range(count):
        words = list(words) if number % 10 == 9 else chance.choices(WORDS, k=length)
        words[chance.randrange(length)] = "changed"
        out.append(sketch(article(number, text=" ".join(words))))
    return out


def test_many_articles_and_a_break_in_the_middle():
    """Enough of them that the index is sorted more than once; every version is found, and a restored state goes on alike."""
    sketches = invented(5000)
    known, expected = Duplicates(), []
    for number, one in enumerate(sketches):
        if number in (1, 2500):
            known = Duplicates.restore(known.state())
        expected.append(known.add_sketch(Sketch.from_text(one.to_text())))
    found = [n for n, answer in enumerate(expected) if answer is not None]
    assert found == list(range(9, 5000, 10))
    assert [expected[n] for n in found] == [sketches[n - 1].id for n in found]
    straight = Duplicates()
    assert [straight.add_sketch(one) for one in sketches] == expected
    assert straight.state() == known.state()
    assert len(known.state()) < 600 * len(known)


def test_sketches_do_not_depend_on_the_process():
    code = "from tests.test_duplicates import *; print(sketch(article(0, text=TEXT)).to_text())"
    said = [
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert {line.strip() for line in said} == {sketch(article(0, text=TEXT)).to_text()}


@pytest.mark.parametrize("state", [b"", b"{}", b"[1]\n", b'{"format": "other", "ids": []}\n', Duplicates().state() + b"x"])
def test_a_foreign_or_broken_state_is_refused(state):
    with pytest.raises(ValueError, match="state"):
        Duplicates.restore(state)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '["a", "", "", "", [], 0]', "[1, 2, 3, 4, [], 6]", "null"])
def test_a_broken_sketch_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own messages come too
        Sketch.from_text(text)


@pytest.mark.parametrize("text", ["", "…", "25", "Norway", " ".join(["steel"] * 500), "a " * 300_000])
def test_odd_texts_are_taken(text):
    assert answers({"text": text, "title": None}, {"text": text, "title": None}) == [None, 0]
