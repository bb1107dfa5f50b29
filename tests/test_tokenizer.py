"""Long runs of signs are tokenized in parts: every character keeps its offset, and ordinary text its tokens."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.nlp import LONGEST_AT_ONCE, process
from extractor.tokenizer import LONGEST_RUN
from tests.conftest import build_article
from tests.linear.attacks import seconds

SIGNS = {
    "quotation marks": '"', "curly marks": "“", "apostrophes": "'", "brackets": "(", "closing brackets": ")", "pairs": "()", "square": "[]",
    "mixed": "(\"[{", "dots": ".", "full stops": "a.", "dollars": "$", "per cent": "5%", "dashes": "—", "hyphens": "a-", "slashes": "a/", "addresses": "http://a.example/(",
}  # fmt: skip
FEW = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
RUN = st.tuples(st.sampled_from(sorted(SIGNS.values())), st.integers(LONGEST_RUN - 2, 3 * LONGEST_RUN)).map(
    lambda of: (of[0] * of[1])[: of[1]]
)
WORD = st.sampled_from(["Japan", "25%", "(U.S.-made", "don't", "$5bn,", '"Duty', "http://a.example/b?c=d", "—", "é", "🐑"])
SPACE = st.sampled_from([" ", "  ", "\n", "\n\n", "\t", "\u00a0", " \n"])


@FEW
@given(st.lists(st.tuples(WORD | RUN, SPACE), max_size=8), SPACE | st.just(""))
def test_offsets_stay_and_short_words_have_their_tokens(extractor: Extractor, pieces: list[tuple[str, str]], lead: str) -> None:
    text = lead + "".join(word + space for word, space in pieces)
    doc, plain = extractor.nlp.tokenizer(text), extractor.nlp.tokenizer.tokenizer
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    for word in re.finditer(r"\S+", text):
        if len(word[0]) <= LONGEST_RUN:
            own = [t.text for t in doc if word.start() <= t.idx < word.end()]
            assert own == [t.text for t in plain(word[0])]
    assert [t.whitespace_ for t in doc] == [" " if text[t.idx + len(t) :].startswith(" ") else "" for t in doc]


@pytest.mark.parametrize(
    "text", ["", " ", "Japan put a 25% duty (its third) on U.S.-made cars.", "a" * LONGEST_RUN, "Duty  \n\n(rise) "]
)
def test_text_without_long_runs_is_the_tokenizer_s_own(extractor: Extractor, text: str) -> None:
    plain = extractor.nlp.tokenizer.tokenizer
    assert extractor.nlp.tokenizer(text).to_json() == plain(text).to_json()


@pytest.mark.parametrize("what", SIGNS)
def test_time_grows_with_the_text(extractor: Extractor, what: str) -> None:
    sign, short, long = SIGNS[what], 2_000, 16_000
    for attempt in "abc":  # on a busy machine a figure may be off, all of them will not; what it has seen it remembers
        texts = [f"{attempt}{sign * (size // len(sign))}{attempt}" for size in (short, long)]
        times = [seconds(lambda text=text: extractor.nlp.tokenizer(text)) for text in texts]  # type: ignore[misc]
        if times[1] < 2 * long / short * max(times[0], 2e-3):
            return
    pytest.fail(f"{times[0]:.3f} s for {short} characters, {times[1]:.3f} s for {long}")


LINE = "Canada will impose a 25 percent tariff on Chinese steel, minister Jane Roe of the Treasury said on Monday."


@pytest.mark.parametrize(
    "text",
    [f"{LINE} " * 40, "word " * 900, '"' * 4000, "a" * 4000, f"Title\n\n{LINE}{LINE} " * 12],
    ids=["sentences", "words", "signs", "letters", "mixed"],
)
def test_one_line_without_end_is_parsed_in_stretches(extractor: Extractor, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    seen = []
    monkeypatch.setattr("extractor.nlp.LONGEST_AT_ONCE", 600)
    monkeypatch.setattr(
        extractor.nlp.tokenizer,
        "tokenizer",
        lambda part, own=extractor.nlp.tokenizer.tokenizer: seen.append(len(part)) or own(part),
    )
    doc = process(extractor.nlp, build_article(text))
    assert doc.text == build_article(text).text
    assert max(seen) <= 600 < LONGEST_AT_ONCE
    whole = {(m.type, m.start, m.end) for m in doc._.mentions}
    monkeypatch.undo()
    if LINE in text:
        assert whole == {(m.type, m.start, m.end) for m in process(extractor.nlp, build_article(text))._.mentions}
