"""Statements by construction: who is the source, what is the content. One line a case; an empty list is a negative."""

from __future__ import annotations

import pytest

from extractor.linking.statements.constructions import attributions
from tests.conftest import DocOf, ExtractionOf

Expected = list[tuple[str, list[str]]]

DIRECT: list[tuple[str, Expected]] = [
    ('"The port is shut," Okafor said.', [("Okafor", ["The port is shut"])]),
    ('"The port is shut," said Ruth Okafor, a former harbour master who now farms.', [("Ruth Okafor, a former harbour master who now farms", ["The port is shut"])]),
    ('Okafor said: "The port is shut."', [("Okafor", ["The port is shut."])]),
    ('Okafor told reporters, "The port is shut."', [("Okafor", ["The port is shut."])]),
    ('"The port," Okafor said, "is shut."', [("Okafor", ["The port", "is shut."])]),
    ('"The port is shut," Okafor said. "It will stay so."', [("Okafor", ["The port is shut", "It will stay so."])]),
    ('"Is the port shut?" Okafor asked.', [("Okafor", ["Is the port shut?"])]),
    ('"The port is shut.\n\n"It will stay so," Okafor said.', [("Okafor", ["It will stay so"])]),
    ('Okafor was unmoved: "The port is shut and will stay so."', [("Okafor", ["The port is shut and will stay so."])]),
    ('He wrote a book called "The Port Is Shut Again" in May.', []),
    ('Ruth "the Rock" Okafor runs the port.', []),
    ('The so-called "free port" was shut in May.', []),
    ('The band played "Late Is the Hour of My Love" at dusk.', []),
    ('The mill, which they called "the old lady of the lake", burnt down.', []),
]  # fmt: skip
MIXED: list[tuple[str, Expected]] = [
    ('Okafor said the port was "shut for good" after the flood.', [("Okafor", ['the port was "shut for good" after the flood'])]),
    ('Okafor said that the port "is shut."', [("Okafor", ['the port "is shut."'])]),
    ('The port is "shut for good", Okafor said.', [("Okafor", ['The port is "shut for good"'])]),
    ('The minister said "shut" was the word for the port.', [("The minister", ['"shut" was the word for the port'])]),
    ('Okafor called the port "a drain on the budget".', [("Okafor", ['the port "a drain on the budget"'])]),
    ('The port is a "shut" door for now.', []),
    ('The "free" port was shut in May.', []),
    ('The port with the "open" sign was shut in May.', []),
    ('The mill sells "rye" and "oats" to Chile.', []),
]  # fmt: skip
INDIRECT: list[tuple[str, Expected]] = [
    ("The minister said that the port would close.", [("The minister", ["the port would close"])]),
    ("The minister said the port would close.", [("The minister", ["the port would close"])]),
    ("The port would close, the minister said.", [("the minister", ["The port would close"])]),
    ("The port, the minister said, would close.", [("the minister", ["The port", "would close"])]),
    ("The port, said Okafor, would close.", [("Okafor", ["The port", "would close"])]),
    ("The minister said on Friday that the port would close.", [("The minister", ["the port would close"])]),
    ("Okafor left early, saying the port would close.", [("Okafor", ["the port would close"])]),
    ("The minister did not say that the port would close.", []),
    ("If the minister says that the port will close, farms suffer.", []),
    ("The minister thinks that the port will close.", []),
    ("The minister believes the port will close.", []),
    ("The poll shows that voters want the port shut.", []),
    ("The minister will say that the port is shut.", []),
    ("Farmers fear that the port will close.", []),
]
RELATIVE: list[tuple[str, Expected]] = [
    ("The ministry raised the duty on goods that it said were too cheap.", [("it", ["were too cheap"])]),
    ("The bank raised its rate in May, in a move it said would calm prices.", [("it", ["would calm prices"])]),
    ("As Okafor said, the port is shut for good.", [("Okafor", ["the port is shut for good"])]),
    ("The minister said in a 2019 study that the port was shut.", [("The minister", ["the port was shut"])]),
    ("Officials briefed on the talks said they had failed.", [("Officials briefed on the talks", ["they had failed"])]),
    ("The minister who spoke at noon runs the port.", []),
    ("The goods that he bought were too cheap.", []),
    ("As the port shut, prices rose.", []),
    ("As Okafor knew, the port is shut for good.", []),
    ("The mill that sold the goods said nothing.", []),
]
ASIDES: list[tuple[str, Expected]] = [
    ("The minister rejected the new offer, which came on a quiet day.", [("The minister", ["the new offer"])]),
    ("The minister says the port is shut while the union says it is open.",
     [("The minister", ["the port is shut"]), ("the union", ["it is open"])]),
    ("Canada urged Chile on Friday to open its ports.", [("Canada", ["to open its ports"])]),
    ("Canada announced duties worth 9 million dollars.", [("Canada", ["duties worth 9 million dollars"])]),
    ("The minister said the port would shut while the storm lasted.", [("The minister", ["the port would shut while the storm lasted"])]),
    ("The minister said the port would shut if prices fell.", [("The minister", ["the port would shut if prices fell"])]),
    ("The minister said the port, which was old, would shut.", [("The minister", ["the port, which was old, would shut"])]),
    ("The minister rejected the offer that came from Chile.", [("The minister", ["the offer that came from Chile"])]),
]  # fmt: skip
TOLD: list[tuple[str, Expected]] = [
    ("The envoy said the union urged the mill to close.", [("The envoy", ["the union urged the mill to close"])]),
    ("The union urged the mill to close.", [("The union", ["the mill to close"])]),
    ("FACT SHEET: A New Port\n\nThe premier announced a new port on the lake.", []),
    ("A New Port\n\nThe premier announced a new port on the lake.", [("The premier", ["a new port on the lake"])]),
    ("FACT SHEET: A New Port\n\nThe premier said the port was new.", [("The premier", ["the port was new"])]),
    ("A New Port\n\nFOR IMMEDIATE RELEASE\n\nThe premier welcomed the plan for a port.", []),
    ("A Factory\n\nThe premier welcomed the plan for a port.", [("The premier", ["the plan for a port"])]),
    ("The premier ordered the ministry to open the port.", []),
]
ACCORDING: list[tuple[str, Expected]] = [
    ("The port will close, according to Okafor.", [("Okafor", ["The port will close"])]),
    ("According to Okafor, the port will close.", [("Okafor", ["the port will close"])]),
    ("The port will close in May, according to the ministry.", [("the ministry", ["The port will close in May"])]),
    ("According to the poll, voters want the port shut.", []),
    ("They sat according to age and rank.", []),
    ("The port is busy, according to Okafor, and will close.", [("Okafor", ["The port is busy", "and will close"])]),
    ('Ruin, according to Okafor: "The port is shut and will stay so."', [("Okafor", ["The port is shut and will stay so."])]),
    ("The port is busy, according to a report by the union.", [("a report by the union", ["The port is busy"])]),
    ("Prices moved according to the weather.", []),
    ("He acted in accord with Okafor.", []),
]
ACTS: list[tuple[str, Expected]] = [
    ("The minister vowed to keep the port open.", [("The minister", ["to keep the port open"])]),
    ("The union urged the minister to open the port.", [("The union", ["the minister to open the port"])]),
    ("The union criticised the closure of the port.", [("The union", ["the closure of the port"])]),
    ("The union called for the closure of the port.", [("The union", ["the closure of the port"])]),
    ("The minister announced the closure of two ports.", [("The minister", ["the closure of two ports"])]),
    ("The minister described the port as a drain on the budget.", [("The minister", ["the port as a drain on the budget"])]),
    ("The minister refused to open the port.", []),
    ("The storm threatened two ports on the coast.", []),
    ("The minister called his mother on the phone.", []),
    ("The union criticised him.", []),
    ("The ministry imposed a levy on rye from Chile.", []),
    ("The minister wants to keep the port open.", []),
]
NOUNS: list[tuple[str, Expected]] = [
    ("Farmers laughed at his claim that the port was shut.", [("his", ["the port was shut"])]),
    ("The union's call for a new port fell flat.", [("The union's", ["a new port"])]),
    ("The claim that the port was shut drew laughter.", []),
    ("The call came at night.", []),
    ("His claim against the mill was settled.", []),
    ("Few heard the union's demand for a new port.", [("the union's", ["a new port"])]),
    ("Few heard her warning that the port would shut.", [("her", ["the port would shut"])]),
    ("The demand for rye rose in May.", []),
]
TRANSCRIPT: list[tuple[str, Expected]] = [
    ("Mayor Ruth Miller met the press.\n\nShe took one question.\n\nWHAT COMES NEXT: The port is shut for now.", []),
    (
        "Mayor Ruth Miller met the press.\n\nShe took one question.\n\nMILLER: The port is shut for now.",
        [("MILLER", ["The port is shut for now"])],
    ),
    ("Mayor Ruth Okafor met the press.\n\nLATEST NEWS: The port is shut for now.", []),
    ("Mayor Ruth Okafor met the press.\n\nSUBJECT: The closure of the port.", []),
    (
        "Mayor Ruth Miller met the press.\n\nQUESTION: Will the port be shut for long?",
        [],  # a reporter's question is no statement
    ),
    ("The mill has three parts.\n\nFirst: The port is shut for now.", []),
]
NO_COMMENT: list[tuple[str, Expected]] = [
    ("The ministry declined to comment.", [("The ministry", ["declined to comment"])]),
    ("The ministry did not immediately respond to a request for comment.", [("The ministry", ["did not immediately respond to a request for comment"])]),
    ("Okafor could not be reached for comment.", [("Okafor", ["could not be reached for comment"])]),
    ("The ministry declined an offer of help.", []),
    ("The mill did not respond to the new price.", []),
    ("Okafor could not reach the shore.", []),
    ("The ministry refused to answer questions about the port.", [("The ministry", ["refused to answer questions about the port"])]),
    ("The ministry had no comment on the port.", [("The ministry", ["had no comment on the port"])]),
    ("The ministry refused to open the port.", []),
]  # fmt: skip
ALL = [*DIRECT, *MIXED, *INDIRECT, *RELATIVE, *ASIDES, *TOLD, *ACCORDING, *ACTS, *NOUNS, *TRANSCRIPT, *NO_COMMENT]


@pytest.mark.parametrize(("text", "expected"), ALL, ids=[t for t, _ in ALL])
def test_constructions(doc_of: DocOf, text: str, expected: Expected) -> None:
    doc = doc_of(text)
    assert [(a.source.text, [doc.text[s:e] for s, e in a.spans]) for a in attributions(doc)] == expected


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ('"The port is shut," Ruth Okafor said.', "direct"),
        ('Ruth Okafor said the port was "shut for good" after the flood.', "mixed"),
        ("Ruth Okafor said the port was shut.", "indirect"),
        ("Ruth Okafor declined to comment.", "no_comment"),
    ],
)
def test_mode(extraction_of: ExtractionOf, text: str, mode: str) -> None:
    assert [s.mode for s in extraction_of(text).statements] == [mode]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ruth Okafor spoke at noon. She said the port was shut.", "Ruth Okafor", "person"),
        ("A ministry official said the port was shut.", "A ministry official", "anonymous"),
        ("Two people familiar with the plan said the port was shut.", "Two people familiar with the plan", "anonymous"),
        ("Canada said the port was shut.", "Canada", "organization"),
        ("Canada and Japan said the port was shut.", "Canada and Japan", "organization"),
        ("One diplomat said the port was open. The diplomat said a quay was shut.", "One diplomat", "anonymous"),
        ("The Treasury issued a statement saying rye was cheap. The statement said oats were dear.", "Treasury", "organization"),
        (
            "Trade ministers issued a statement saying rye was cheap. The statement said oats were dear.",
            "Trade ministers",
            "anonymous",
        ),
        ("The inquiry will last a year, according to a statement on the U.S. Treasury website.", "U.S. Treasury", "organization"),
        ("Rye is dear, according to a report by the growers' union.", "the growers' union", "organization"),
        ("Okafor officials said the port was shut.", "Okafor officials", "anonymous"),
        ("Acme Corp said its mill was shut. The company said it would hire.", "Acme Corp", "organization"),
        ("Rye is dear, a study said.", "a study", "organization"),
        ("The port is shut, Ruth Okafor, council inspector said.", "Ruth Okafor", "person"),
    ],
)
def test_speaker(extraction_of: ExtractionOf, text: str, name: str, kind: str) -> None:
    speaker = extraction_of(text).statements[-1].speaker
    assert (speaker.name, speaker.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("Chinese officials said rye was dear.", True),
        ("Trade ministers said rye was dear.", True),
        ("Ministers said rye was dear.", True),
        ("Four of the judges said rye was dear.", True),
        ("Both countries said rye was dear.", True),
        ("Canada's customs department said rye was dear.", True),
        ("The parliament said rye was dear.", True),
        ("European leaders said rye was dear.", True),
        ("The central bank said rye was dear.", True),
        ("The commission said rye was dear.", True),
        ("An executive order said rye was dear.", True),
        ("A spokesman for President Xi Jinping said rye was dear.", True),
        ("Attorney General Ruth Okafor said rye was dear.", True),
        ("Industry officials said rye was dear.", False),
        ("Union leaders said rye was dear.", False),
        ("The savings bank said rye was dear.", False),
        ("A spokesman for the mill said rye was dear.", False),
        ("A club order said rye was dear.", False),
        ("Ruth Okafor, an attorney, said rye was dear.", False),
        ("Trade analysts said rye was dear.", False),
        ("Company officials said rye was dear.", False),
        ("Farmers said rye was dear.", False),
        ("Both mills said rye was dear.", False),
        ("The carmaker's sales department said rye was dear.", False),
        ("The grain industry said rye was dear.", False),
    ],
)
def test_official(extraction_of: ExtractionOf, text: str, official: bool) -> None:
    assert [s.speaker.official for s in extraction_of(text).statements] == [official]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Canada said it would impose a duty on rye.", "announce"),
        ("Canada said it would impose a duty on rye if talks failed.", "threaten"),
        ("Canada said it was considering a duty on rye.", "propose"),
        ("Canada said it could raise the duty on rye.", "propose"),
        ("Canada said it opposed the duty on rye.", "condemn"),
        ("Canada said the duty on rye was unfair.", "condemn"),
        ("Canada said it welcomed the talks.", "support"),
        ("Canada said Chile should lower its duty.", "demand"),
        ("Canada vowed to lower its duty on rye.", "promise"),
        ("Canada said it would not impose a duty on rye.", "report"),
        ("Canada said prices would raise the cost of bread.", "report"),
        ("Canada said the duty on rye was not unfair.", "report"),
        ("Canada said Chile opposed the duty on rye.", "report"),
        ("Canada said the talks were long.", "report"),
    ],
)
def test_speech_act(extraction_of: ExtractionOf, text: str, act: str) -> None:
    assert [s.speech_act for s in extraction_of(text).statements] == [act]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ruth Okafor said on Monday that rye was dear.", "2025-03-03"),
        ("On Monday, Ruth Okafor said rye was dear.", "2025-03-03"),
        ("Ruth Okafor on Monday said rye was dear.", "2025-03-03"),
        ("At a briefing on Monday, Ruth Okafor said rye was dear.", "2025-03-03"),
        ("Ruth Okafor opened a port on Monday, saying rye was dear.", "2025-03-03"),
        ("In January, Ruth Okafor said rye was dear.", "2025-01"),
        ("Ruth Okafor said rye would be dear on Monday.", None),
        ("Ruth Okafor said rye was dear.", None),
        ("Ruth Okafor said rye would be dear in 2026.", None),
        ("Ruth Okafor this week said rye was dear.", None),
        ("The port shut on Monday. Ruth Okafor said rye was dear.", None),
    ],
)
def test_date(extraction_of: ExtractionOf, text: str, day: str | None) -> None:
    found = extraction_of(text, published="2025-03-05").statements[0].date
    assert (found.edtf if found else None) == day


def test_circumstances(extraction_of: ExtractionOf) -> None:
    text = "Ruth Okafor told reporters at a news conference on 3 March 2025 that the port was shut."
    found = extraction_of(text, published="2025-03-05").statements[0]
    assert (found.date and found.date.edtf, found.venue, found.addressee) == ("2025-03-03", "news conference", "reporters")


def test_headline_and_caption_make_none(extraction_of: ExtractionOf) -> None:
    assert not extraction_of("Minister says port is shut\n\nThe port is old.").statements
