"""Plain text: character for character, or rejected with a code."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.readers.decode import check_not_binary, decode
from extractor.readers.text import read_text

NEWS = "Canada will put a 25% duty on steel – “a mistake”, the minister’s office said. The café owner paid £5.\n\nIt starts on July 15.\n"


@pytest.mark.parametrize(
    "text",
    [
        "One line.",
        "Title\n\nBody.\n",
        "Title\r\n\r\nBody with CRLF.\r\n",
        "\n\n  Indented title\n\n\tBody\n\n\n",
        "Old Mac\r\rlines\r",
        "Zero\u200bwidth, right\u202eto left, e\u0301 and \u00e9, \U0001f600",
        "Line\u2028separator and \x0b form\x0cfeeds",
        "Tab\tand \x1b[1mescape",
    ],
)
def test_the_text_is_the_file_character_for_character(read_bytes, text):
    (article,) = read_bytes(text)
    assert article.text == text
    assert article.warnings == ()


def outcome(data: bytes) -> tuple[str, str]:
    """The code and the text."""
    try:
        check_not_binary(data, "x")
        return "ok", read_text(data, "x").text
    except InputError as error:
        return error.code, ""


@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_utf8_text_round_trips(text):
    code, found = outcome(text.encode())
    assert code in ("ok", "R001", "R002")
    assert code != "ok" or found == text.removeprefix("\ufeff")
    assert code != "R001" or not text.strip("\ufeff \t\r\n").strip()


@given(st.binary(max_size=2000))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_end_as_text_or_coded_error(data):
    assert outcome(data)[0] in ("ok", "R001", "R002", "R005")


@pytest.mark.parametrize(
    ("data", "encoding", "warned"),
    [
        (NEWS.encode(), None, False),
        (codecs.BOM_UTF8 + NEWS.encode(), None, False),
        (codecs.BOM_UTF16_LE + NEWS.encode("utf-16-le"), None, False),
        (codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), None, False),
        (codecs.BOM_UTF32_LE + NEWS.encode("utf-32-le"), None, False),
        (NEWS.encode("utf-16-le"), "utf-16-le", True),
        (NEWS.encode("utf-16-be"), "utf-16-be", True),
        (NEWS.encode("cp1252"), "cp1252", True),
        (NEWS.encode("mac_roman"), "mac_roman", True),
        ("Tariffs – up to 25%.".encode("cp1252"), "cp1252", True),
    ],
)
def test_encodings(data, encoding, warned):
    text, warnings = decode(data, "x")
    assert text in (NEWS, "Tariffs – up to 25%.")
    assert [w.code for w in warnings] == ["W102"] * warned
    assert not warned or encoding in warnings[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "R001"),
        (b" \n\t\r\n ", "R001"),
        (codecs.BOM_UTF8, "R001"),
        (codecs.BOM_UTF16_LE, "R001"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "R002"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "R002"),
        (b"PK\x03\x04\x14\x00", "R016"),
        (b"\x1f\x8b\x08\x00", "R016"),
        (b"\x7fELF\x02\x01", "R002"),
        (bytes(range(256)) * 8, "R002"),
        (b"\x00" * 500, "R002"),
        (codecs.BOM_UTF8 + b"Canada \xff\xfe", "R005"),
        (codecs.BOM_UTF16_LE + b"abc", "R005"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "R005"),
        (b"one letter: x", "ok"),
        (b"x", "ok"),
        (b"Canada will tax steel.\x00 So it said.\x00", "ok"),
    ],
)
def test_bad_bytes_are_rejected_with_their_code(code_of, data, code):
    assert code_of(data) == code


@pytest.mark.parametrize("bad", [b"\xe2\x80", b"\xff"])
def test_damaged_utf8_keeps_what_is_whole(bad):
    text, warnings = decode(NEWS.encode() + bad, "x")
    assert (text, [w.code for w in warnings]) == (NEWS + "\ufffd", ["W108"])


def test_nul_becomes_the_replacement_character_with_a_warning(read_bytes):
    (article,) = read_bytes(b"Canada will\x00tax steel.\n")
    assert article.text == "Canada will\ufffdtax steel.\n"
    assert [w.code for w in article.warnings] == ["W101"]


def test_lone_surrogates_become_the_replacement_character_and_shift_nothing(read_bytes):
    (article,) = read_bytes("Café duty: sal\ud800mon, 5 €.\n".encode("utf-8", "surrogatepass"))
    assert article.text == "Café duty: sal\ufffdmon, 5 €.\n"
    assert [w.code for w in article.warnings] == ["W101"]


@pytest.mark.parametrize(("limit", "code"), [(100, "R004"), (120, "R004"), (200, "ok")])
def test_the_limit_is_of_the_text_in_utf8(code_of, limit, code):
    assert code_of("€" * 42 + "\n" + "word " * 8, max_bytes=limit) == code


def test_a_huge_file_is_not_read_whole(code_of):
    assert code_of(b"Steel duty. " * 10_000, max_bytes=1000) == "R004"
    assert code_of(b"Steel duty.\n" * 10_000, max_bytes=1000) == "R004"
