"""The inferred publication date: evidence in the article -> the day, or None where it says too little."""

from __future__ import annotations

from datetime import date

import pytest

from extractor import Article
from extractor.entities.published import infer_published, with_inferred_date

BODY = "The ministry said on Tuesday that duties on steel would rise. Exporters were not amused, and the union spoke of a blow."
CAPTION = "Duties rise\n\nThe minister greets envoys at the port, Tuesday, Feb. 4, 2025, in Rotterdam. (AP Photo/A. Lens)"

CASES = [
    # file name and address
    ("2025-03-04-duties.txt", BODY, "2025-03-04", "file_name"),
    ("news/20250304_duties.txt", BODY, "2025-03-04", "file_name"),
    ("2025.03.04.txt", BODY, "2025-03-04", "file_name"),
    ("duties-2025-03.txt", BODY, None, None),
    ("2025-02-30-duties.txt", BODY, None, None),
    ("order-1202503041.txt", BODY, None, None),
    ("2025-03-04/duties.txt", BODY, None, None),  # a folder's date may be that of a download
    ("2025-01-15-port.txt", f"{CAPTION}\n\n{BODY}", None, None),  # the picture is younger than the name
    ("2025-02-28-port.txt", f"{CAPTION}\n\n{BODY}", "2025-02-28", "file_name"),
    # a line of its own at the top
    ("a.txt", f"Duties rise\n\nTuesday, March 4, 2025\n\n{BODY}", "2025-03-04", "release_line"),
    ("a.txt", f"Duties rise\n\nPublished: 4 March 2025 10:15 GMT\n\n{BODY}", "2025-03-04", "release_line"),
    ("a.txt", f"FOR IMMEDIATE RELEASE: March 4, 2025\n\n{BODY}", "2025-03-04", "release_line"),
    ("a.txt", f"Duties rise\n\nUpdated March 9, 2025\n\n{BODY}", None, None),
    ("a.txt", f"Duties rise\n\nMonday, March 4, 2025\n\n{BODY}", None, None),  # it was a Tuesday
    ("a.txt", f"Duties rise\n\nMarch 4\n\n{BODY}", None, None),
    ("a.txt", f"Duties rise\n\nThe law of March 4, 2025\n\n{BODY}", None, None),
    # datelines
    ("a.txt", f"BRUSSELS, March 17, 1987 - {BODY}", "1987-03-17", "dateline"),
    ("a.txt", f"BRUSSELS, March 17 - {BODY}", None, None),
    ("a.txt", f"{CAPTION}\n\nBRUSSELS, March 3 (Agency) - {BODY}", "2025-03-03", "dateline"),
    ("a.txt", f"{CAPTION}\n\nBRUSSELS, Jan. 3 (Agency) - {BODY}", None, None),  # eleven months after the picture
    ("a.txt", f"BEIJING, Aug. 3 (Agency) -- {BODY} The list of Aug. 3, 2018, names plums.", "2018-08-03", "dateline"),
    ("a.txt", f"BEIJING, Aug. 8 (Agency) -- {BODY} In 2018, on Friday, Aug. 3, envoys met.", "2018-08-08", "dateline"),
    ("a.txt", f"BEIJING, Aug. 8 (Agency) -- {BODY} On Friday, Aug. 3, envoys met.", None, None),
    ("a.txt", f"BEIJING, Aug. 8 (Agency) -- {BODY} In 2018, on Monday, Aug. 3, envoys met.", None, None),
    # not enough
    ("a.txt", f"{CAPTION}\n\n{BODY}", None, None),
    ("a.txt", BODY, None, None),
    ("a.txt", f"{BODY} The order of March 4, 2025, stays in force.", None, None),
    ("a.txt", f"WASHINGTON - {BODY} On Tuesday, Feb. 4, envoys met.", None, None),
    ("a.txt", "", None, None),
]


@pytest.mark.parametrize(("source", "text", "day", "kind"), CASES)
def test_inference(source: str, text: str, day: str | None, kind: str | None) -> None:
    guess = infer_published(Article.build(text, source=source))
    assert (guess and guess[0].isoformat(), guess and guess[1].kind) == (day, kind)


@pytest.mark.parametrize(("source", "text"), [case[:2] for case in CASES if case[3] in {"release_line", "dateline"}])
def test_evidence_stands_in_the_article(source: str, text: str) -> None:
    article = Article.build(text, source=source)
    guess = infer_published(article)
    assert guess is not None
    assert article.text[guess[1].start : guess[1].end] == guess[1].text


def test_address() -> None:
    guess = infer_published(Article.build(BODY, url="https://news.example/world/2025/03/04/duties"))
    assert guess is not None
    assert (guess[0], guess[1].kind, guess[1].basis) == (date(2025, 3, 4), "address", "inferred")


def test_a_given_date_stays() -> None:
    article = Article.build(BODY, source="2025-03-04.txt", published=date(2024, 1, 1), published_basis="given")
    assert with_inferred_date(article) is article


def test_the_copy_says_how_it_knows() -> None:
    article = with_inferred_date(Article.build(BODY, source="2025-03-04.txt"))
    assert (article.published, article.published_basis) == (date(2025, 3, 4), "file_name")
    assert with_inferred_date(Article.build(BODY)).published_basis == "unknown"
