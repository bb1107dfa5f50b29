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
    ('The port is a "shut" door for now.', []),
]
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
ACCORDING: list[tuple[str, Expected]] = [
    ("The port will close, according to Okafor.", [("Okafor", ["The port will close"])]),
    ("According to Okafor, the port will close.", [("Okafor", ["the port will close"])]),
    ("The port will close in May, according to the ministry.", [("the ministry", ["The port will close in May"])]),
    ("According to the poll, voters want the port shut.", []),
    ("They sat according to age and rank.", []),
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
]
TRANSCRIPT: list[tuple[str, Expected]] = [
    ("Mayor Ruth Miller met the press.\n\nShe took one question.\n\nWHAT COMES NEXT: The port is shut for now.", []),
    (
        "Mayor Ruth Miller met the press.\n\nShe took one question.\n\nMILLER: The port is shut for now.",
        [("MILLER", ["The port is shut for now"])],
    ),
    ("Mayor Ruth Okafor met the press.\n\nLATEST NEWS: The port is shut for now.", []),
    ("Mayor Ruth Okafor met the press.\n\nSUBJECT: The closure of the port.", []),
]
NO_COMMENT: list[tuple[str, Expected]] = [
    ("The ministry declined to comment.", [("The ministry", ["declined to comment"])]),
    ("The ministry did not immediately respond to a request for comment.", [("The ministry", ["did not immediately respond to a request for comment"])]),
    ("Okafor could not be reached for comment.", [("Okafor", ["could not be reached for comment"])]),
    ("The ministry declined an offer of help.", []),
    ("The mill did not respond to the new price.", []),
    ("Okafor could not reach the shore.", []),
]  # fmt: skip
ALL = [*DIRECT, *MIXED, *INDIRECT, *ACCORDING, *ACTS, *NOUNS, *TRANSCRIPT, *NO_COMMENT]


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
    ],
)
def test_speaker(extraction_of: ExtractionOf, text: str, name: str, kind: str) -> None:
    speaker = extraction_of(text).statements[-1].speaker
    assert (speaker.name, speaker.kind) == (name, kind)


def test_circumstances(extraction_of: ExtractionOf) -> None:
    text = "Ruth Okafor told reporters at a news conference on 3 March 2025 that the port was shut."
    found = extraction_of(text, published="2025-03-05").statements[0]
    assert (found.date and found.date.edtf, found.venue, found.addressee) == ("2025-03-03", "news conference", "reporters")


def test_headline_and_caption_make_none(extraction_of: ExtractionOf) -> None:
    assert not extraction_of("Minister says port is shut\n\nThe port is old.").statements
