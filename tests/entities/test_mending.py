"""What is mended in the parse before anything reads it: `child relation head`, and sentences that stay as they are."""

from __future__ import annotations

import pytest

from tests.conftest import DocOf

MENDED: dict[str, list[tuple[str, list[str]]]] = {
    "a day goes back to the verb of saying": [
        ("Chile said on Monday it would impose a duty.", ["on prep said"]),
        ("Chile said it would impose a duty on Monday.", ["on prep impose"]),
        ("Chile said that on Monday it would impose a duty.", ["on prep impose"]),
    ],
    "a report beside another": [
        ("Iraq's oil minister said exports would rise, and Iraq's central bank said the dinar would hold.", ["rise ccomp said", "hold ccomp said"]),
    ],
    "what was vowed stands behind a day": [
        ("Britain's steel minister, Oliver Keane, vowed on Tuesday night to match any subsidy.", ["match xcomp vowed"]),
    ],
    "the time of a report": [
        ("Trade Commissioner Jan Roe said after the talks there was a growing impatience.", ["after prep said", "was ccomp said"]),
        ("Jan Roe said after she had met them there was hope.", ["said ROOT said"]),
    ],
    "the first word is no sentence": [
        ("Tariff watch\n\nZimbabwe on Monday postponed by a year its 5% export levy on unprocessed lithium.", ["Zimbabwe nsubj postponed"]),
        ("Tariff watch\n\nThai officials flew to Washington on Tuesday.", ["Thai compound officials"]),
    ],
    "a participle between commas is no verb of the sentence": [
        ("The duty on Colombian panela in Ecuador, waived during the drought, was restored to 15 percent on Monday.", ["duty nsubjpass restored"]),
        ("The tariff on Panamanian fruit, paused on 3 February, remains on hold.", ["tariff nsubj remains"]),
        ("The tariff was paused, and talks resumed.", ["tariff nsubjpass paused"]),
        ("The ministry, under pressure, waived the duty and was thanked.", ["ministry nsubj waived"]),
    ],
    "a participle behind a noun is no verb of the sentence": [
        ("Goods shipped from Kenya to Japan attract a 7% tariff.", ["Goods nsubj attract", "shipped acl Goods"]),
        ("Goods were shipped from Kenya to Japan.", ["Goods nsubjpass shipped"]),
    ],
    "a second object that explains": [
        ("In April 2019, the US withdrew India and Turkey from its Generalized System of Preferences (GSP), an import duty exemption on certain goods.", ["exemption appos System"]),
        ("Norway put a duty on cheese from Denmark, and a duty on ham.", ["duty dobj put"]),
    ],
    "a clause before a semicolon": [
        ("The minister denied it; the paper reported that a duty was planned.", ["denied conj reported"]),
        ("The duty has expired; talks go on, the paper reported.", ["reported ROOT reported"]),
    ],
}  # fmt: skip


def cases() -> list[object]:
    return [
        pytest.param(text, expected, id=f"{name} {n}")
        for name, table in MENDED.items()
        for n, (text, expected) in enumerate(table, 1)
    ]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_mended(doc_of: DocOf, text: str, expected: list[str]) -> None:
    doc = doc_of(text)
    found = {f"{t.text} {t.dep_} {t.head.text}" for t in doc}
    assert set(expected) <= found


@pytest.mark.parametrize("text", [text for table in MENDED.values() for text, _ in table])
def test_each_sentence_has_one_root(doc_of: DocOf, text: str) -> None:
    """Mending hangs words on others and makes no circles."""
    doc = doc_of(text)
    for sentence in doc.sents:
        assert sum(t.head.i == t.i for t in sentence) == 1
        assert all(t in sentence.root.subtree for t in sentence)
