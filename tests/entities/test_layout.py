"""What each stretch of an article is. A row of a table is one text, and its segments as kind and words."""

from __future__ import annotations

import time

import pytest

from extractor import Article
from extractor.entities.layout import Segment, SegmentKind, is_mute, parser_text, segment, segment_at

STORY = "The ministry will raise the duty on steel pipes to 20 percent from 10 percent on Monday, officials said."
MORE = " ".join(["Importers of pipes and tubes told the inquiry that they had seen the change coming for a long time."] * 6)
PHOTO = "A crane lifts steel coils at a port in Ohio, April 2, 2018."


def parts(text: str, **fields: object) -> list[tuple[str, str]]:
    article = Article.build(text, **fields)
    return [(s.kind.value, article.text[s.start : s.end]) for s in segment(article)]


def kind_of(row: str) -> list[str]:
    """The kinds of segments that one row becomes between two story paragraphs."""
    return [kind for kind, _ in parts(f"{STORY}\n\n{row}\n\n{STORY}")[1:-1]]


CAPTIONS = [
    (f"{PHOTO} (AP Photo/Jane Roe)", True),
    (f"{PHOTO} (Xinhua/Jane Roe)", True),
    (f"{PHOTO} [Jane Roe/Reuters]", True),
    (f"{PHOTO} REUTERS/Jane Roe/File Photo", True),
    (f"{PHOTO} Image: Jane Roe/Getty Images", True),
    (f"{PHOTO} Jane Roe via Getty Images", True),
    (f"{PHOTO} (Photo by Jane Roe/Example Daily)", True),
    ("FILE - A crane lifts steel coils at a port in Ohio.", True),
    ("File photo: A crane lifts steel coils at a port in Ohio.", True),
    ("Photo: Jane Roe", True),
    ("Image caption, The minister called the talks useful.", True),
    ("In this April 2, 2018, file photo, a crane lifts steel coils.", True),
    ("Jane Roe/Getty Images.", True),
    # the same words in prose
    ("A Reuters/Ipsos poll found that most voters oppose the duty.", False),
    ("Six in ten voters oppose the duty, according to a poll (Reuters/Ipsos).", False),
    ("Getty Images sued the company over the photo by Jane Roe, it said.", False),
    ("The agency said it had bought the pictures from Getty Images.", False),
    ("File-sharing services would pay the levy too, the ministry said.", False),
    ("Photo finish or not, the vote ended the dispute.", False),
    ("This picture is misleading, the minister said.", False),
    ("He asked the court (the image of patience) to file a complaint (file it, he said) in May.", False),
]


@pytest.mark.parametrize(("row", "expected"), CAPTIONS)
def test_captions(row, expected):
    assert kind_of(row) == ["caption" if expected else "paragraph"]


CREDITS = [
    ("Reporting by Jane Roe and John Doe in Brussels; Editing by Mary Major", True),
    ("(Reporting by Jane Roe; additional reporting by John Doe; editing by Mary Major)", True),
    ("Additional reporting by Jane Roe in Ottawa.", True),
    ("With files from The Canadian Press", True),
    ("Jane Roe contributed to this report.", True),
    ("Associated Press writers Jane Roe in Brussels and John Doe in Beijing contributed to this report.", True),
    ("© 2024 Example News. All rights reserved.", True),
    ("Copyright 2024 Example News", True),
    ("This story has been updated with the ministry's comment.", True),
    # prose
    ("Reporting by the newspaper found that importers had evaded the duty for years.", False),
    ("Higher duties contributed to this decline.", False),
    ("Copyright law is one of the subjects of the talks, the ministry said.", False),
    ("(c) The ministry shall publish the list of goods within 30 days.", None),
    ("Jane Roe said that her firm had contributed reporting and data to the inquiry of the ministry.", False),
    ("With inputs from abroad so dear, the plant will close, its owner said.", False),
]


@pytest.mark.parametrize(("row", "expected"), CREDITS)
def test_credits(row, expected):
    assert kind_of(row) == ["list_item" if expected is None else "credit" if expected else "paragraph"]


BYLINES = [
    ("By Jane Roe", "byline"),
    ("By Jane Roe, Reuters", "byline"),
    ("By Jane Q. Roe and John Doe", "byline"),
    ("By JANE ROE in Brussels", "byline"),
    ("By Jane Roe, Example News business correspondent", "byline"),
    ("Jane Roe, Reuters", "byline"),
    ("Jane Roe in Brussels", "byline"),
    ("By Friday the new duty will be in force", "heading"),
    ("By Raising Duties, Ministry Hurts Its Own Farmers", "heading"),
    ("By March Canada will have paid more than any other country.", "paragraph"),
]


@pytest.mark.parametrize(("row", "expected"), BYLINES)
def test_bylines(row, expected):
    assert kind_of(row) == [expected]


ROWS = [
    ("- Steel pipes: 20 percent", ["list_item"]),
    ("• Steel pipes", ["list_item"]),
    ("2. Steel pipes", ["list_item"]),
    ("(iv) steel pipes;", ["list_item"]),
    ("2018 was a good year for makers of pipes.", ["paragraph"]),
    ("25 percent is the new duty.", ["paragraph"]),
    ("What comes next", ["heading"]),
    ("DUTY ON STEEL PIPES TO RISE", ["heading"]),
    ("That is all.", ["paragraph"]),
    ("“We will not wait”", ["paragraph"]),
    (f"RESTORING BALANCE TO TRADE: {STORY}", ["heading", "paragraph"]),
    (f"OKAFOR: {STORY}", ["paragraph"]),
    (f"PRIME MINISTER OKAFOR: {STORY}", ["paragraph"]),
    (f"{STORY} (Reporting by Jane Roe; Editing by John Doe)", ["paragraph", "credit"]),
    (f"{STORY} Reporting by Jane Roe; Editing by John Doe", ["paragraph", "credit"]),
    (f"{STORY} (Jane Roe in Ottawa contributed to this story)", ["paragraph", "credit"]),
    (f"{STORY} (The list names pipes and tubes alone)", ["paragraph"]),
    (f"{STORY} Reporting by the press found that the list was longer.", ["paragraph"]),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_rows(row, expected):
    assert kind_of(row) == expected


DATELINES = [
    "WASHINGTON —",
    "WASHINGTON (AP) —",
    "BRUSSELS, March 17 -",
    "BEIJING, Sept. 6 (Xinhua) --",
    "NEW DELHI/GENEVA, Feb 3 (Reuters) -",
    "ELKHART, Ind. —",
    "HANOI, Vietnam (AP) —",
    "SÃO PAULO, 3 April (Reuters) -",
    "Geneva (AFP) -",
    "Brussels, 4 March (Reuters) –",
    "Ottawa —",
    "KARACHI:",
    "(Reuters) -",
]
NO_DATELINES = [
    "OKAFOR:",
    "THE PRESIDENT:",
    "EXCLUSIVE -",
    "FACT SHEET -",
    "EU -",
    "U.S. -",
    "Okafor (Labour) —",
    "Okafor —",
    "SLOW TO THE TABLE -",
]


@pytest.mark.parametrize("line", DATELINES)
def test_a_dateline_opens_the_first_paragraph(line):
    assert parts(f"Duty on pipes to rise\n\n{line} {STORY}\n\n{STORY}")[1:3] == [("dateline", line), ("paragraph", STORY)]


@pytest.mark.parametrize("line", NO_DATELINES)
def test_a_label_is_no_dateline(line):
    assert parts(f"Duty on pipes to rise\n\n{line} {STORY}\n\n{STORY}")[1] == ("paragraph", f"{line} {STORY}")


@pytest.mark.parametrize(("line", "expected"), [("BEIJING, April 2 (Xinhua) --", True), ("PIPES —", False)])
def test_behind_the_first_paragraph_a_dateline_needs_a_date_or_an_agency(line, expected):
    kinds = [kind for kind, _ in parts(f"{STORY}\n\n{line} {STORY}")]
    assert kinds == ["paragraph", "dateline", "paragraph"] if expected else ["paragraph", "paragraph"]


GLUED = [
    ("caption", "[Photo: Example Agency]", "BEIJING, April 2 (Xinhua) --"),
    ("caption", f"{PHOTO} (Xinhua/Jane Roe)", "BEIJING, April 2 (Xinhua) --"),
    ("caption", f"{PHOTO} [Photo: EX]", "WASHINGTON —"),
    ("caption", f"File photo: {PHOTO}", "BRUSSELS, March 17 -"),
    ("byline", "By Jane Roe", "BRUSSELS, March 17 (Reuters) -"),
    ("caption", "[Photo: Example Agency]", ""),
    ("caption", f"File photo: {PHOTO}", ""),
    ("caption", f"File photo: {PHOTO} (Xinhua/Jane Roe)", ""),
]


@pytest.mark.parametrize(("kind", "head", "line"), GLUED)
def test_what_stands_before_a_story_in_its_paragraph_is_cut_off(kind, head, line):
    expected = [(kind, head), *([("dateline", line)] if line else []), ("paragraph", f"{STORY} {MORE}")]
    assert parts(" ".join(filter(None, [head, line, STORY, MORE]))) == expected


LONG = [
    f"{STORY} {MORE} {PHOTO} (AP Photo/Jane Roe) {STORY}",
    f"{STORY} {MORE} {PHOTO} Image: Jane Roe/Getty Images",
    f"Photo: {PHOTO} {STORY} {MORE}",
    f"© 2024 Example News. {STORY} {MORE}",
    f"Reporting by Jane Roe. {STORY} {MORE}",
]


@pytest.mark.parametrize("text", LONG)
def test_no_caption_or_credit_swallows_a_story(text):
    paragraphs = " ".join(words for kind, words in parts(text) if kind == "paragraph")
    assert STORY in paragraphs
    assert MORE in paragraphs


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("The duty will rise, it said.The other side objected.", ["The duty", "The other"]),
        ("It hurts both countries.“That is wrong,” she said.", ["It hurts", "“That"]),
        ("“That is wrong for trade.”The minister left.", ["“That", "The minister"]),
        ('It hurts both countries."That is wrong," she said.', ["It hurts", '"That']),
        ('"That is wrong for trade."The minister left.', ['"That', "The minister"]),
        ("It rose by 25%.The other side objected.", ["It rose", "The other"]),
        ("The duty will rise, it said. The other side objected.", ["The duty"]),
        ("The firm sells on Example.Com and pays the duty.", ["The firm"]),
        ("The U.S.Trade office of the ministry said so.", ["The U.S."]),
        ("“We asked.They declined,” she said.", ["“We"]),
        ("“We asked.The rest,” she said, “is known.”", ["“We"]),
    ],
)
def test_paragraphs_that_run_together(text, starts):
    found = parts(text)
    assert [kind for kind, _ in found] == ["paragraph"] * len(starts)
    assert all(words.startswith(start) for (_, words), start in zip(found, starts, strict=True))


WRAPPED = (
    "Duty on pipes to rise\n\n"
    "The ministry will raise the duty on steel pipes to 20 percent\n"
    "from 10 percent on Monday, officials of the ministry told the\n"
    "press. Importers had asked for a delay until the end of the\n"
    "year.\n"
    "They will now pay at once, said a spokesman.\n"
    "Nobody else objected to the plan.\n"
)


def test_hard_wrapped_lines_are_joined():
    assert [(kind, words.split()[0]) for kind, words in parts(WRAPPED)] == [
        ("title", "Duty"),
        ("paragraph", "The"),
        ("paragraph", "They"),
        ("paragraph", "Nobody"),
    ]


def test_lines_that_are_paragraphs_or_headlines_stay_apart():
    rows = ["Canada raises its duty on steel pipes to 20 percent", "India lowers its duty on almonds from abroad to nil", STORY]
    assert [words for _, words in parts("\n".join(rows))] == rows


def test_a_list_in_wrapped_text_keeps_its_items():
    text = WRAPPED + "\n- steel pipes, which the ministry put on the list of goods\n  in May\n- tubes\n"
    assert [kind for kind, _ in parts(text)][-2:] == ["list_item", "list_item"]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Duty on pipes to rise", "Duty on pipes to rise"),
        (f"{PHOTO} (AP Photo/Jane Roe)", None),
        ("File photo: a crane lifts steel coils", None),
        ("Photo agencies face a new duty", "Photo agencies face a new duty"),
    ],
)
def test_a_caption_is_no_title(first, title):
    article = Article.build(f"{first}\n\n{STORY}\n\n{STORY}")
    assert article.title == title
    assert segment(article)[0].kind is (SegmentKind.TITLE if title else SegmentKind.CAPTION)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("EC TO TAX CORN FROM U.S.", "EC to Tax Corn from U.S."),
        ("Ministry to tax corn", "Ministry to tax corn"),
    ],
)
def test_headlines_in_capitals_are_recast_for_the_parser(title, expected):
    article = Article.build(f"{title}\n\n{STORY}")
    text = parser_text(article, segment(article))
    assert text.splitlines()[0] == expected
    assert len(text) == len(article.text)


def test_segments_start_sentences(doc_of):
    doc = doc_of(f"Duty on pipes to rise\n\nBEIJING, April 2 (Xinhua) -- {STORY}\n\nIt hurts trade.The ministry knows.")
    starts = {sentence.start_char for sentence in doc.sents}
    assert {s.start for s in doc._.segments} <= starts


def test_the_segment_at_an_offset(doc_of):
    doc = doc_of(f"Duty on pipes to rise\n\n{STORY}\n\nReporting by Jane Roe")
    segments: tuple[Segment, ...] = doc._.segments
    assert [segment_at(doc, s.start) for s in segments] == list(segments)
    assert [segment_at(doc, s.end - 1) for s in segments] == list(segments)
    assert segment_at(doc, segments[0].end) is None
    assert [is_mute(doc, s.start) for s in segments] == [False, False, True]


@pytest.mark.parametrize(
    "row",
    ["a" * 200_000, "A " * 100_000, "(" * 100_000, "By " + "Ab " * 60_000, "A.B" * 60_000, '"' * 100_000, "Photo: A/" * 20_000],
)
def test_no_row_takes_long(row):
    began = time.process_time()
    segment(Article.build(row))
    assert time.process_time() - began < 5
