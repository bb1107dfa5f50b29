"""Constructions that the parse alone does not give: interrupted, light, prepositional and joined reports. One line a case."""

from __future__ import annotations

import pytest

from extractor.linking.statements.constructions import attributions
from tests.conftest import DocOf

Expected = list[tuple[str, list[str]]]

LEAD: list[tuple[str, Expected]] = [
    ('A Port\n\nOkafor was blunt:\n\n"The port is shut and will stay so."', [("Okafor", ["The port is shut and will stay so."])]),
    (
        'A Port\n\nThe ministry said in a statement:\n\n"The port is shut for good."',
        [("The ministry", ["The port is shut for good."])],
    ),
    ('A Port\n\nThe union was unmoved:\n\n"We will not go back to work."', [("The union", ["We will not go back to work."])]),
    (
        "A Port\n\nThe minister replied at once:\n\n'The port is shut for good.'",
        [("The minister", ["The port is shut for good."])],
    ),
    ("A Port\n\nThe ministry sold three things:\n\nA port, a mill and a road.", []),
    ('A Port\n\nThe goods were these:\n\n"Rye" and "oats" from Chile.', []),
    ('A Port\n\nThe road is open:\n\nThe "free" port was shut in May.', []),
    ("A Port\n\nHere is what is known:\n\nThe port is shut for good.", []),
]
INTERRUPTED: list[tuple[str, Expected]] = [
    ("The port, he pointed out, keeps its gates shut.", [("he", ["The port", "keeps its gates shut"])]),
    ("The port, the minister said, would close.", [("the minister", ["The port", "would close"])]),
    ("They paid less than half of the bill, Okafor pointed out, but added that farms would suffer.",
     [("Okafor", ["They paid less than half of the bill"]), ("Okafor", ["farms would suffer"])]),
    ("The minister argued that it was late; that prices had risen; and that farms would suffer.",
     [("The minister", ["it was late; that prices had risen; and that farms would suffer"])]),
    ("The port, which he bought, keeps its gates shut.", []),
    ("The port, he knew, was shut.", []),
    ("Okafor came, sat down, and left.", []),
    ("The mill, he hoped, would open.", []),
]  # fmt: skip
LIGHT: list[tuple[str, Expected]] = [
    ("The ministry made clear that the port would close.", [("The ministry", ["the port would close"])]),
    ("The ministry made it clear on Friday that the port would close.", [("The ministry", ["the port would close"])]),
    ("The ministry let it be known that the port would close.", [("The ministry", ["the port would close"])]),
    ("Okafor was of the opinion that the port was shut.", [("Okafor", ["the port was shut"])]),
    ("The minister took the view that the port was shut.", [("The minister", ["the port was shut"])]),
    ("The ministry gave a warning that the port may close.", [("The ministry", ["the port may close"])]),
    ("The weather made it clear that the summer was over.", []),
    ("It is clear that the port is shut.", []),
    ("The ministry did not make clear that the port would close.", []),
    ("The ministry wants to make it clear that the port is shut.", []),
    ("It is a known fact that the port is shut.", []),
    ("The hint that the port may close was false.", []),
]
PREPOSITIONAL: list[tuple[str, Expected]] = [
    ('The port is "a drain on the budget," in the words of Okafor.', [("Okafor", ['The port is "a drain on the budget,"'])]),
    ("The port is shut, as per the ministry.", [("the ministry", ["The port is shut"])]),
    ("In the view of the union, the port is shut.", [("the union", ["the port is shut"])]),
    ("In her view the port is shut.", [("her", ["the port is shut"])]),
    ("The mills paid a fee that according to the union breaks the pact.", [("the union", ["breaks the pact"])]),
    ("The view of the port is fine.", []),
    ("The ship came in view of the port.", []),
    ("Farmers sell rye as per the season.", []),
    ("In other words, the port is shut.", []),
    ("The words of the song are old.", []),
]
JOINED: list[tuple[str, Expected]] = [
    ('The minister dismissed the plan as "a joke", saying it would cost jobs.',
     [("The minister", ['the plan as "a joke"', "it would cost jobs"])]),
    ("Officials said the harvest was large but Chile would hold it below the quota.",
     [("Officials", ["the harvest was large but Chile would hold it below the quota"])]),
    ("The minister told reporters that the port was shut and was looking for a buyer.",
     [("The minister", ["the port was shut and was looking for a buyer"])]),
    ('The minister said "we are ready," but that the port was shut.', [("The minister", ['"we are ready," but that the port was shut'])]),
    ("Okafor said the port was shut, but farmers disagreed.", [("Okafor", ["the port was shut"])]),
    ("The minister vowed to fight the ruling, which came on a quiet day.", [("The minister", ["to fight the ruling"])]),
    ("The minister vowed to fight the ruling that came on a quiet day.",
     [("The minister", ["to fight the ruling that came on a quiet day"])]),
]  # fmt: skip
THOUGHT: list[tuple[str, Expected]] = [
    ('Okafor believes that the talks are "a waste of time".', [("Okafor", ['the talks are "a waste of time"'])]),
    ('Economists think the effect is "a rounding error".', [("Economists", ['the effect is "a rounding error"'])]),
    ('The union fears that the plan is "a trap for farmers".', [("The union", ['the plan is "a trap for farmers"'])]),
    ('The bank expects that prices will stay "in a narrow band".', [("The bank", ['prices will stay "in a narrow band"'])]),
    ("Okafor believes that the talks are a waste of time.", []),
    ('Okafor believes that the "free" port is shut.', []),
    ('The figures show that prices stay "in a narrow band".', []),
    ("The union fears that the plan will fail.", []),
]
LED_TO: list[tuple[str, Expected]] = [
    ("The minister said no subsidy was planned, sending shares of the mill lower.", [("The minister", ["no subsidy was planned"])]),
    ("Okafor said the port would close, prompting a protest by dockers.", [("Okafor", ["the port would close"])]),
    ("Okafor said the port had closed, leaving 300 dockers without work.",
     [("Okafor", ["the port had closed, leaving 300 dockers without work"])]),
    ("The minister said the mill was selling rye at a loss.", [("The minister", ["the mill was selling rye at a loss"])]),
    ("The minister said after the talks there was hope for the port.", [("The minister", ["there was hope for the port"])]),
]  # fmt: skip
GERUND: list[tuple[str, Expected]] = [
    ("The premier ruled out selling the port to Chile.", [("The premier", ["selling the port to Chile"])]),
    ("The firm denied breaching the rules of the port.", [("The firm", ["breaching the rules of the port"])]),
    ("The panel recommended selling the port to Chile.", [("The panel", ["selling the port to Chile"])]),
    ("The premier proposed selling the port to Chile.", [("The premier", ["selling the port to Chile"])]),
    ("The premier stopped selling rye to Chile.", []),
    ("The premier enjoyed selling rye to Chile.", []),
    ("The premier did not rule out selling the port to Chile.", []),
    ("The firm began breaching the rules of the port.", []),
]
CASES = [*LEAD, *INTERRUPTED, *LIGHT, *PREPOSITIONAL, *JOINED, *THOUGHT, *LED_TO, *GERUND]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[t for t, _ in CASES])
def test_constructions(doc_of: DocOf, text: str, expected: Expected) -> None:
    doc = doc_of(text)
    assert [(a.source.text, [doc.text[s:e] for s, e in a.spans]) for a in attributions(doc)] == expected
