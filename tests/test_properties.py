"""What holds of any text: spans verify, nothing is thrown, the same input gives the same output, work grows with length."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, Extraction, Extractor
from extractor.entities import rates
from extractor.entities.mention import mentions, text_of
from extractor.entities.rates import percentages
from extractor.nlp import process

DAY = date(2025, 3, 5)
FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

WORDS = [
    "Japan", "China", "Trump", "the EU", "Ottawa", "Dee Lind", "Minister", "Treasury", "tariff", "tariffs", "duties", "levy", "a", "the", "on",
    "of", "to", "from", "by", "and", "or", "except", "if", "unless", "said", "imposed", "will", "would", "threatened", "doubled", "paused",
    "25%", "10%-20%", "ten per cent", "zero", "$5 billion", "C$3bn", "steel", "wool", "cars", "May 2", "Friday", "2018", "for 90 days", "Section 232",
    "de minimis", "“", "”", '"', "'", "’s", "(", ")", "—", ",", ".", ".", ";", ":", "\n", "\n\n", "- ", "* ", "%", "per cent", "percentage points",
    "Reuters", "By", "WASHINGTON (Reuters) -", "Photo:", "|", "http://a.example/b", "@", "#", "🐑", "é", "\u00a0", "\t", "\u200b", "\ufeff", "\x00",
]  # fmt: skip
NEWS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
NOISE = st.text(max_size=120)
PUBLISHED = st.sampled_from([None, DAY, date(1987, 1, 1), date(9999, 12, 31), date(1, 1, 1)])


def article(text: str, published: date | None = DAY, source: str = "a.txt") -> Article:
    return Article.build(text, source=source, published=published, published_basis="given" if published else "unknown")


def checked(extractor: Extractor, made: Article) -> Extraction:
    """Extracts, and checks every span and id."""
    found = extractor.extract(made)
    found.verify(made.text)
    for records in (found.entities, found.tariffs, found.statements):
        assert len({r.id for r in records}) == len(records)
    assert all(s.end <= len(made.text) for s in found.spans())
    tariffs = {t.id for t in found.tariffs}
    assert all(set(s.tariffs) <= tariffs for s in found.statements)
    assert all(r.tariff in tariffs - {t.id} for t in found.tariffs for r in t.relations)
    people = {e.id for e in found.entities}
    assert all(t.attributed_to is None or t.attributed_to in people for t in found.tariffs)
    return found


@FEW
@given(text=NEWS, published=PUBLISHED)
def test_any_words_of_news(extractor: Extractor, text: str, published: date | None) -> None:
    checked(extractor, article(text, published))


@FEW
@given(text=NOISE)
def test_any_text(extractor: Extractor, text: str) -> None:
    checked(extractor, article(text))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n", "\n\n\n", ".", "%", "25%", "tariff", "“", "\x00", "\ufeff", "🐑" * 50, "a" * 3000, "% " * 500, "25% " * 300, "tariff " * 300,
        "\u202eabc 25% tariff", "\r\n\r\nTitle\r\n\r\nJapan put a 25% tariff on wool.\r\n", "((((((((" * 50, "“" * 200, "1,2,3,4,5,6,7,8,9,10,11,12 per cent",
    ],
)  # fmt: skip
def test_odd_texts(extractor: Extractor, text: str) -> None:
    checked(extractor, article(text))


@FEW
@given(text=NEWS)
def test_extracting_twice_gives_the_same_bytes(extractor: Extractor, text: str) -> None:
    assert extractor.extract(article(text)).to_json() == extractor.extract(article(text)).to_json()


@FEW
@given(text=NEWS)
def test_round_trip(extractor: Extractor, text: str) -> None:
    made = extractor.extract(article(text)).to_json()
    assert Extraction.model_validate_json(made).to_json() == made


def test_order_of_articles_does_not_matter(extractor: Extractor) -> None:
    texts = [
        "Japan put a 25% tariff on Danish wool. Trade officials said exporters were told on Friday.",
        "“The levy hurts,” said Dee Lind, Norway's trade minister. It took effect on May 2.",
        "He said the tariffs would double to 20%.",
        "",
        "Ottawa will match U.S. tariffs, exporters said.",
    ]
    made = [article(text, source=f"{n}.txt") for n, text in enumerate(texts)]
    forwards = [e.to_json() for e in extractor.stream(made)]
    backwards = [e.to_json() for e in extractor.stream(reversed(made))]
    assert forwards == backwards[::-1]


@FEW
@given(text=NEWS)
def test_mentions_are_ordered_and_have_the_text_s_words(extractor: Extractor, text: str) -> None:
    doc = process(extractor.nlp, article(text))
    found = mentions(doc)
    assert [(m.start, -m.end) for m in found] == sorted((m.start, -m.end) for m in found)
    assert all(text_of(doc)[m.start : m.end] == m.text for m in found)
    assert len(doc.text) == len(text_of(doc))


# ---------------------------------------------------------------- percentages

PARTS = st.sampled_from(
    ["1", "25", "2.5", "1,000", "ten", "twenty-five", "a", "half", "%", " per cent", " percentage points", "-", "–", " to ", " and ", ", ", " or ", " ", ".", "$", "between "]
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.lists(PARTS, max_size=20).map("".join) | NOISE)
def test_percentages_never_overlap(text: str) -> None:
    found = percentages(text)
    ends = [0, *(p.end for p in found)]
    for percentage, before in zip(found, ends, strict=False):
        assert before <= percentage.start < percentage.end <= len(text)
        assert percentage.high is None or percentage.high > percentage.low >= 0


class Counted:
    """A compiled pattern that counts how often it is asked."""

    def __init__(self, pattern: object) -> None:
        self.pattern, self.calls = pattern, 0

    def __getattr__(self, name: str) -> object:
        self.calls += 1
        return getattr(self.pattern, name)


@pytest.mark.parametrize("unit", ["25% ", "10, ", "10 to ", "ten ", "1,000", "twenty-", "10 and ", "5 per cent, ", "a ", "%"])
def test_percentages_ask_in_proportion_to_the_text(monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    asked = []
    for times in (100, 400):
        counters = {name: Counted(getattr(rates, name)) for name in ("_START", "_UNIT", "_JOINT")}
        with monkeypatch.context() as patch:
            for name, counter in counters.items():
                patch.setattr(rates, name, counter)
            percentages(unit * times)
        asked.append(sum(c.calls for c in counters.values()))
    assert asked[1] <= 4.5 * asked[0] + 20


@pytest.mark.parametrize(
    "sentence",
    [
        "Japan put a 25% tariff on Danish wool. ",
        "“The levy hurts,” said Dee Lind. ",
        "Exports rose 5% in May. ",
        "25% ",
        "Dee Lind, ",
    ],
)
def test_output_grows_in_proportion_to_the_text(extractor: Extractor, sentence: str) -> None:
    sizes = []
    for times in (10, 40):
        found = checked(extractor, article(sentence * times))
        sizes.append(len(found.spans()) + len(found.rejected) + len(found.entities))
    assert sizes[1] <= 4.5 * sizes[0] + 20


def test_the_same_measure_said_often_is_one_record(extractor: Extractor) -> None:
    once = "Japan put a 25% tariff on Danish wool, exporters say. "
    for times in (1, 5, 30):
        assert len(extractor.extract(article(once * times)).tariffs) == 1, times
