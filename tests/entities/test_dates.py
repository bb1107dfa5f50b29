"""Dates and durations: an expression in a sentence and the publication date -> the dates that a careful reader lists."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.entities import dates_values as cal
from extractor.entities.dates import iso_duration
from extractor.entities.dates_spans import choose, find
from extractor.entities.dates_words import number, parsed
from extractor.entities.mention import mentions
from extractor.records import EntityType
from tests.conftest import DocOf

# 2025-03-05 is a Wednesday.
CASES = [
    # ---- weekdays: the latest one including the publication day, unless the verb looks ahead
    ("2025-03-05", "The minister spoke to reporters on Monday.", ["2025-03-03"]),
    ("2025-03-05", "The council met on Wednesday to discuss the matter.", ["2025-03-05"]),
    ("2025-03-05", "The ministry announced the step Thursday.", ["2025-02-27"]),
    ("2025-03-05", "The duties will take effect on Friday.", ["2025-03-07"]),
    ("2025-03-05", "The levies are scheduled to begin on Monday.", ["2025-03-10"]),
    ("2025-03-05", "The duties are due on Tuesday.", ["2025-03-11"]),
    ("2025-03-05", "The premier said on Tuesday that the duties would rise from Thursday.", ["2025-03-04", "2025-03-06"]),
    ("2025-03-05", "Importers must pay the new rate starting Monday.", ["2025-03-10"]),
    ("2025-03-05", "The duties took effect on Tuesday.", ["2025-03-04"]),
    ("2025-03-05", "The tariffs kick in on Saturday.", ["2025-03-08"]),
    ("2025-03-05", "Lawmakers missed Friday's deadline.", ["2025-02-28"]),
    ("2025-03-05", "Negotiators are racing to meet the Friday deadline.", ["2025-03-07"]),
    ("2025-03-05", "Monday's announcement will hurt exporters.", ["2025-03-03"]),
    ("2025-03-05", "Ministers will meet on Thursday and Friday.", ["2025-03-06", "2025-03-07"]),
    ("2025-03-05", "The envoy is flying to Ottawa for talks on Friday.", ["2025-03-07"]),
    ("2025-03-05", "The cabinet last Wednesday approved the plan.", ["2025-02-26"]),
    ("2025-03-05", "The board votes next Tuesday.", ["2025-03-11"]),
    ("2025-03-05", "The talks were held on Tuesday of last week.", ["2025-02-25"]),
    ("2025-03-05", "The duties, which took effect at 12:01 a.m. EST Tuesday, hit steel.", ["2025-03-04"]),
    ("2025-03-05", "He met the envoy on Monday night.", ["2025-03-03"]),
    ("2025-03-05", "The union said today (Tuesday) that it would act.", ["2025-03-04"]),
    ("2025-03-05", "A ruling is expected on Friday.", ["2025-03-07"]),
    ("2025-03-05", "Unless a deal is reached by Friday, the duties will snap back.", ["2025-03-07"]),
    ("2025-03-05", "The commission said member states had agreed to vote on Monday.", ["2025-03-10"]),
    ("2025-03-05", "The duty has been in force since Saturday.", ["2025-03-01"]),
    ("2025-03-05", "By Monday night the order had been signed.", ["2025-03-03"]),
    ("2025-03-05", "Goods are taxed from Monday.", ["2025-03-10"]),
    ("2025-03-05", "It was due on Monday.", ["2025-03-03"]),
    ("2025-03-05", "The duties, which begin on Thursday, hit cars.", ["2025-03-06"]),
    # ---- the day of saying, what is compared, contracts, what is awaited
    ("2025-03-05", "The ministry said on Monday it would collect a duty.", ["2025-03-03"]),
    ("2025-03-05", "The envoy told lawmakers in Lima on Tuesday the levy would go.", ["2025-03-04"]),
    ("2025-03-05", "The ministry said that on Monday it would collect a duty.", ["2025-03-10"]),
    ("2025-03-05", "Shippers paid 15 percent until July, when the levy was raised.", ["2024-07"]),
    ("2025-03-05", "The index is at 55 points, against 58 in August.", ["2024-08"]),
    ("2025-03-05", "The July soybean contract closed higher.", ["2025-07"]),
    ("2025-03-05", "Wheat for September delivery fell.", ["2025-09"]),
    ("2025-03-05", "We were counting on November.", ["2025-11"]),
    ("2025-03-05", "The plant will be finished in mid-2026.", ["2026"]),
    ("2025-03-05", "By then it will be April.", ["2025-04"]),
    # ---- months of a year named before
    ("2025-03-05", "Lima asked for talks on April 9, 2009, and for a panel that September.", ["2009-04-09", "2009-09"]),
    ("2025-03-05", "Lima asked for talks in November 2009 and for a panel that February.", ["2009-11", "2010-02"]),
    ("2025-03-05", "The duties came in April 2001 and went in December of that year.", ["2001-04", "2001-12"]),
    ("2025-03-05", "The duties came in 2001 and went in March of the following year.", ["2001", "2002-03"]),
    ("2025-03-05", "The duties came in 2001 and went on June 5 of the next year.", ["2001", "2002-06-05"]),
    ("2025-03-05", "That May hurt is plain.", []),
    # ---- holidays and days in words
    ("2025-03-05", "The mill will be back by Christmas.", ["2025-12-25"]),
    ("2025-03-05", "The mill has been shut since Christmas.", ["2024-12-25"]),
    ("2025-03-05", "Prices will climb by Labor Day.", ["2025-09-01"]),
    ("2025-03-05", "Prices rose after Thanksgiving.", ["2024-11-28"]),
    ("2025-03-05", "Prices rose on Memorial Day 2022.", ["2022-05-30"]),
    ("2025-03-05", "The duties hit sellers of Christmas trees.", []),
    ("2025-03-05", "Stores stock up before Christmas sales.", []),
    ("2025-03-05", "Done this twenty-eighth day of February, in the year of our Lord two thousand twenty-five.", ["2025-02-28"]),
    ("2025-03-05", "On the first day of the talks nothing happened.", []),
    # ---- headlines
    ("2025-03-03", "EU to vote on Thursday on car duties", ["2025-03-06"]),
    ("2025-03-03", "Canada to raise duties on dairy Friday", ["2025-03-07"]),
    # ---- month and day: the nearest year; a weekday must agree
    ("2025-03-05", "The order was signed on Feb. 1.", ["2025-02-01"]),
    ("2025-01-10", "The deal was signed on Dec. 12.", ["2024-12-12"]),
    ("2024-12-22", "The new president takes office on Jan. 20.", ["2025-01-20"]),
    ("2025-03-05", "The duties apply from April 2.", ["2025-04-02"]),
    ("2025-03-05", "On Saturday, Feb. 1, he signed the order.", ["2025-02-01"]),
    ("2024-07-10", "The inquiry is expected to end by January 10.", ["2025-01-10"]),
    ("2025-03-05", "The pact dates from last October 23.", ["2024-10-23"]),
    ("2025-03-05", "It was adopted on 4 March, the ministry said.", ["2025-03-04"]),
    ("2025-03-05", "The court heard the case on the 4th of March.", ["2025-03-04"]),
    ("2025-03-05", "In 2018, duties rose on July 6 and again in September.", ["2018", "2018-07-06", "2018-09"]),
    ("2025-03-05", "GENEVA, March 4 - Envoys met behind closed doors in the city.", ["2025-03-04"]),
    ("2025-03-05", "They agreed on Sept. 6 last year to wait.", ["2024-09-06"]),
    # ---- full dates
    ("2025-03-05", "It was signed on 4 March 2024.", ["2024-03-04"]),
    ("2025-03-05", "It was signed on August 23, 2018, in the capital.", ["2018-08-23"]),
    ("2025-03-05", "It was filed on 2024-06-07 and 13/06/2024.", ["2024-06-07", "2024-06-13"]),
    ("2025-03-05", "It was filed on 04/05/2024.", []),  # April or May
    ("2025-03-05", "It was filed on February 30, 2024.", []),
    # ---- months
    ("2025-03-05", "The duties were announced in February.", ["2025-02"]),
    ("2025-03-05", "The president promised it in November.", ["2024-11"]),
    ("2025-03-05", "The duties will rise in December.", ["2025-12"]),
    ("2025-03-05", "The plan was shelved in early April 2024.", ["2024-04"]),
    ("2025-03-05", "Duties could come as early as May.", ["2025-05"]),
    ("2025-03-05", "The two sides signed last September.", ["2024-09"]),
    ("2025-03-05", "In April last year, he ordered a review.", ["2024-04"]),
    ("2025-03-05", "The bank's February report spoke of losses.", ["2025-02"]),
    ("2025-03-05", "Duties stay in place until the end of May.", ["2025-05"]),
    ("2025-03-05", "A decision will come later this month, after last month's review.", ["2025-02", "2025-03"]),
    # ---- quarters, years, seasons, decades
    ("2025-03-05", "Exports fell in the fourth quarter.", ["2024-36"]),
    ("2025-03-05", "Growth will slow in the third quarter.", ["2025-35"]),
    ("2025-03-05", "Sales rose in Q1 2024 and in the second quarter of 2023.", ["2023-34", "2024-33"]),
    ("2025-10-28", "Output shrank in the April-June quarter.", ["2025-34"]),
    ("2025-03-05", "Imports grew last year and may shrink early next year.", ["2024", "2026"]),
    ("2025-03-05", "Earlier this year it was worth more than in 2023.", ["2023", "2025"]),
    ("2025-03-05", "A deal may come later in the year.", ["2025"]),
    ("2025-03-05", "The law dates back to the 1930s.", ["193X"]),
    ("2025-03-05", "They met in the summer of 2018 and last fall.", ["2018-22", "2024-23"]),
    ("2025-03-05", "The Trade Act of 1974 and the 1962 act allow it.", ["1962", "1974"]),
    ("2025-03-05", "The 2018 tariffs did more harm than those of the 2008-2009 crisis.", ["2008", "2009", "2018"]),
    ("2025-03-05", "Trade fell by the end of 2023.", ["2023"]),
    # ---- ranges: both ends, sharing what they share
    ("2025-03-05", "Envoys meet March 10-12 in Geneva.", ["2025-03-10", "2025-03-12"]),
    ("2025-03-05", "The pause ran from Nov. 20 to Jan. 3.", ["2024-11-20", "2025-01-03"]),
    ("2025-03-05", "Imports rose between March and May 2024.", ["2024-03", "2024-05"]),
    ("2025-03-05", "From 2018 to 2020 and in 2021-22 prices rose.", ["2018", "2020", "2021", "2022"]),
    ("2025-03-05", "Talks took place on 4 and 5 February 2025.", ["2025-02-04", "2025-02-05"]),
    ("2025-03-05", "The duties of July 6 and Aug. 23, 2018, remain.", ["2018-07-06", "2018-08-23"]),
    # ---- relative and computed
    ("2025-03-05", "He said so yesterday; a vote is set for tomorrow.", ["2025-03-04", "2025-03-06"]),
    ("2025-03-05", "The ministry announced the step today.", ["2025-03-05"]),
    ("2025-03-05", "Officials met last night and are meeting again this morning.", ["2025-03-04", "2025-03-05"]),
    ("2025-03-05", "The ban takes effect in 30 days.", ["2025-04-04"]),
    ("2025-03-05", "The order was signed 10 days ago.", ["2025-02-23"]),
    ("2025-03-05", "The plan was first floated two years ago.", ["2023"]),
    ("2025-03-05", "It was floated roughly two years ago.", ["2023~"]),
    ("2025-03-05", "Sixty days from now the exemption ends.", ["2025-05-04"]),
    ("2025-03-05", "He signed it on Feb. 1. Two days later he paused it.", ["2025-02-01", "2025-02-03"]),
    ("2025-03-05", "He signed it on Feb. 1. Shares fell the next day.", ["2025-02-01", "2025-02-02"]),
    ("2025-03-05", "In 2002 steel was hit. Seven years later it was tyres.", ["2002", "2009"]),
    ("2025-03-05", "Exports rose 5% in March 2024 from a year earlier.", ["2023-03", "2024-03"]),
    ("2025-03-05", "The step comes a day after Brussels voted.", ["2025-03-04"]),
    ("2025-03-05", "Last week he agreed.", ["2025-02-24/2025-03-02"]),
    ("2025-03-05", "Talks were held over the weekend.", ["2025-03-01/2025-03-02"]),
    ("2025-03-05", "They will meet this weekend.", ["2025-03-08/2025-03-09"]),
    ("2025-03-05", '"[Ten] years ago, duties were low," he said.', ["2015"]),
    # ---- wrapped lines and typographic marks
    (
        "2025-07-07",
        "The new rates, which the second order had left alone, expire on August 1,\n2025, officials said in a note.",
        ["2025-08-01"],
    ),
    ("2025-03-05", "The pause ran from July 6–8, 2024, the ministry’s note said.", ["2024-07-06", "2024-07-08"]),
    # ---- negative: no date
    ("2025-03-05", "On Friday the 13th nobody signs.", []),
    ("2025-03-05", "The survey asked 1709 schools, and the firm keeps a 2000 year old recipe.", []),
    ("2025-03-05", "It rose in fiscal 2024 and the firm's fiscal first quarter.", []),
    ("2025-03-05", "The ministry may act, and duties may rise further.", []),
    ("2025-03-05", "The workers march on the ministry in august company.", []),
    ("2025-03-05", "Theresa May and April Smith signed.", []),
    ("2025-03-05", "The firm sold 2025 vehicles for $2025 each.", []),
    ("2025-03-05", "Goods under heading 2009 pay more under Section 2025.", []),
    ("2025-03-05", "The plan, called Made in China 2025, worries rivals, as does Vision 2030.", []),
    ("2025-03-05", "The six-year-old deal between decades-old rivals is now in force.", []),
    ("2025-03-05", "Cars are simply cheaper today.", []),
    ("2025-03-05", "Every Monday the shop holds a Black Friday sale.", []),
    ("2025-03-05", "Rates rose 25 percent, then 10 points, at 1230 GMT.", []),
    ("2025-03-05", "Prices have risen in recent months, for the third time in 30 years.", []),
    ("2025-03-05", "On Monday, Feb. 4, he signed it.", []),  # in none of the years around was it a Monday
    ("2025-03-05", "On Tuesday, Feb. 4, he signed it.", ["2025-02-04"]),
    # ---- no publication date: only what the article itself fixes
    (None, "The minister said on Tuesday that duties would rise next week.", []),
    (None, "The order of Feb. 1 took effect on Feb. 4, 2025.", ["2025-02-04"]),
    (None, "On May 14, 2024, he spoke. The May 14 speech was long.", ["2024-05-14"]),
    (None, "In 2002 steel was hit. Seven years later it was tyres.", ["2002", "2009"]),
    (None, "The deal of March 2024 was signed yesterday, last month or in July.", ["2024-03"]),
]


@pytest.mark.parametrize(("published", "text", "expected"), CASES)
def test_dates(doc_of: DocOf, published: str | None, text: str, expected: list[str]) -> None:
    assert sorted({m.entity for m in mentions(doc_of(text, published), EntityType.DATE)}) == expected


SPANS = [
    ("The duties took effect at 12:01 a.m. EST Tuesday.", "12:01 a.m. EST Tuesday", "relative", "day"),
    ("He signed it on Saturday, Feb. 1.", "Saturday, Feb. 1", "relative", "day"),
    ("It fell in early April 2024.", "early April 2024", "explicit", "month"),
    ("It takes effect in 30 days.", "in 30 days", "computed", "day"),
    ("It ran from March 4-8, 2024.", "March 4", "explicit", "day"),
    ("In the first quarter sales fell.", "the first quarter", "relative", "quarter"),
]


@pytest.mark.parametrize(("text", "words", "basis", "granularity"), SPANS)
def test_words_basis_and_granularity(doc_of: DocOf, text: str, words: str, basis: str, granularity: str) -> None:
    found = mentions(doc_of(text, "2025-03-05"), EntityType.DATE)[0]
    assert (found.text, found.value.basis, found.value.granularity) == (words, basis, granularity)
    assert found.value.text == words


DURATIONS = [
    ("The duties are paused for 90 days.", ["P90D"]),
    ("A 30-day pause followed.", ["P30D"]),
    ("It won a 90-day reprieve after six months of talks.", ["P90D", "P6M"]),
    ("The inquiry took two and a half years.", ["P2Y6M"]),
    ("It lasted a year and a half.", ["P1Y6M"]),
    ("The ban holds for half a year.", ["P6M"]),
    ("They gave the firm 24 hours.", ["PT24H"]),
    ("It holds for a year.", ["P1Y"]),
    ("It was the first time in 25 years.", ["P25Y"]),
    ("The plan spans three decades.", ["P30Y"]),
    ("The duty may be charged for 150 days.", ["P150D"]),
    ("He gave them twenty-one days.", ["P21D"]),
    ("Talks will go on for two more weeks.", ["P2W"]),
    ("It may take six to 12 months.", ["P12M"]),
    ("A year-long fight ended.", ["P1Y"]),
    # negative
    ("It costs households $400 a year.", []),
    ("The firm makes 900 units a week.", []),
    ("He is 72 years old and has a six-year-old son.", []),
    ("It was signed two years ago.", []),
    ("Two days later he paused it.", []),
    ("It has taken weeks, months, even decades.", []),
    ("It takes effect in 30 days.", []),
]


@pytest.mark.parametrize(("text", "expected"), DURATIONS)
def test_durations(doc_of: DocOf, text: str, expected: list[str]) -> None:
    assert [m.entity for m in mentions(doc_of(text, "2025-03-05"), EntityType.DURATION)] == expected


EDTF = re.compile(
    r"-?\d{4}-\d\d-\d\d~?|\d{4}-(?:0[1-9]|1[0-2])~?|\d{4}-(?:2[1-4]|3[3-6])|\d{4}~?|\d{3}X|\d\dXX|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d"
)
WORDY = "On Feb. 3, from March 4-8, in May, last week, in the third quarter, this summer, yesterday, in 2019 and the 1930s."


@pytest.mark.parametrize("published", ["1987-03-17", "2000-02-29", "2025-03-05", "2024-12-31", "2030-01-01"])
def test_every_value_is_well_formed(doc_of: DocOf, published: str) -> None:
    found = mentions(doc_of(WORDY, published), EntityType.DATE)
    assert len(found) == 10
    for mention in found:
        assert EDTF.fullmatch(mention.value.edtf), mention
        assert mention.value.earliest <= mention.value.latest
        assert mention.value.text == mention.text


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_do_no_harm(doc_of: DocOf, published: str) -> None:
    text = f"{WORDY} Next year, last year, in 30 years, 90 years ago, next Friday, Dec. 30 and the year after."
    assert all(m.value.earliest <= m.value.latest for m in mentions(doc_of(text, published), EntityType.DATE))


def test_the_same_text_twice_gives_the_same(doc_of: DocOf) -> None:
    assert doc_of(WORDY, "2025-03-05")._.mentions == doc_of(WORDY, "2025-03-05")._.mentions


def test_seven_days_later_weekdays_move_by_seven(doc_of: DocOf) -> None:
    text = "He spoke on Monday, will return on Friday, met us yesterday and goes home today."
    first, second = (mentions(doc_of(text, day), EntityType.DATE) for day in ("2025-03-05", "2025-03-12"))
    assert len(first) == 4
    assert [m.value.earliest + timedelta(days=7) for m in first] == [m.value.earliest for m in second]


def test_explicit_dates_do_not_depend_on_publication(doc_of: DocOf) -> None:
    text = "Signed on 4 March 2024, it took effect in May 2024, not in 2023 or in Q1 2022."
    values = [[m.entity for m in mentions(doc_of(text, day), EntityType.DATE)] for day in ("1999-01-01", "2025-03-05", None)]
    assert values[0] == values[1] == values[2] == ["2024-03-04", "2024-05", "2023", "2022-33"]


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(anchor=days, weekday=st.integers(0, 6))
def test_weekdays_lie_within_a_week(anchor: date, weekday: int) -> None:
    past, future = (cal.weekday_near(weekday, anchor, said) for said in ("past", "future"))
    assert past <= anchor <= future
    assert past.weekday() == future.weekday() == weekday
    assert (future - past).days in {0, 7}
    assert cal.weekday_near(weekday, anchor, None) == past


@given(anchor=days, month=st.integers(1, 12), day=st.integers(1, 28))
def test_the_nearest_year_is_at_most_half_a_year_away(anchor: date, month: int, day: int) -> None:
    found = cal.nearest_year(month, day, anchor)
    assert found is not None
    assert abs((found - anchor).days) <= 183


@given(anchor=days, month=st.integers(1, 12))
def test_months_lie_on_the_side_that_the_verb_says(anchor: date, month: int) -> None:
    past, future, near = (cal.month_near(month, anchor, said) for said in ("past", "future", None))
    assert past.earliest <= anchor <= future.latest
    assert near in (past, future)


@given(anchor=days, amount=st.integers(-400, 400), unit=st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_moving_keeps_the_direction(anchor: date, amount: int, unit: str) -> None:
    moved = cal.shift(anchor, amount, unit)
    assert moved is None or (moved >= anchor) == (amount >= 0)


@given(at=days, unit=st.sampled_from(["day", "week", "weekend", "month", "quarter", "year"]))
def test_units_are_well_formed(at: date, unit: str) -> None:
    when = cal.at_unit(at, unit)
    assert when.earliest <= when.latest
    assert unit == "weekend" or when.earliest <= at <= when.latest
    assert EDTF.fullmatch(when.edtf)


@given(text=st.text(alphabet=st.sampled_from("March 4-8,2025 to the of and Q1 last week's in '30s\n.ag"), max_size=200))
def test_finds_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = choose(find(text))
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


NUMBERS = [
    ("90", 90),
    ("ninety", 90),
    ("twenty-one", 21),
    ("a", 1),
    ("hundred", 100),
    ("two-three", None),
    ("forty-twelve", None),
    (None, None),
]


@pytest.mark.parametrize(("words", "expected"), NUMBERS)
def test_numbers(words: str | None, expected: int | None) -> None:
    assert number(words) == expected


ISO = [(90, "day", "P90D"), (6, "month", "P6M"), (2, "quarter", "P6M"), (3, "decade", "P30Y"), (48, "hour", "PT48H")]


@pytest.mark.parametrize(("amount", "unit", "expected"), ISO)
def test_iso_durations(amount: int, unit: str, expected: str) -> None:
    assert iso_duration(amount, unit) == expected


def test_dateparser_gets_short_spans_only() -> None:
    assert parsed("4th of March 2025") == date(2025, 3, 4)
    assert parsed("2 weeks ago", date(2025, 3, 5)) == date(2025, 2, 19)
    assert parsed("March 4") is None  # a part is missing and nothing fixes it
    assert parsed("on the fourth day of the month of March in the year 2025") is None


@pytest.mark.parametrize("unit", ["March ", "12:", "a ", "the end of ", "2025-", "4, ", "in 30 ", "last "])
def test_patterns_take_linear_time(unit: str) -> None:
    import time

    def seconds(copies: int) -> float:
        start = time.perf_counter()
        find(unit * copies)
        return time.perf_counter() - start

    small = max(min(seconds(2_000) for _ in range(2)), 0.002)
    assert min(seconds(16_000) for _ in range(2)) < 40 * small
