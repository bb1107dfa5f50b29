"""Every code has a message that says what and, for errors, what to do."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

import extractor
from extractor.errors import MESSAGES, ConfigError, ExtractorError, InputError, ProcessingError, warning

SOURCES = [p.read_text(encoding="utf-8") for p in Path(extractor.__file__).parent.rglob("*.py") if p.name != "errors.py"]


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_codes_are_well_formed_and_used(code):
    assert re.fullmatch(r"[RCOX]0\d\d|W1\d\d", code)
    assert any(f'"{code}"' in source for source in SOURCES), f"{code} is never used"


@pytest.mark.parametrize("code", sorted({code for source in SOURCES for code in re.findall(r'"([RCOXW]\d{3})"', source)}))
def test_used_codes_have_a_message(code):
    assert MESSAGES[code].text


@pytest.mark.parametrize("code", [c for c in sorted(MESSAGES) if c[0] in "ROX"])
def test_what_a_user_can_mend_has_a_hint(code):
    assert MESSAGES[code].hint


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (InputError("R001", "a.txt"), "R001 a.txt: the file is empty: give it text or leave it out"),
        (ConfigError("C006", detail="nothing to do"), "C006 nothing to do"),
    ],
)
def test_an_error_says_code_place_what_and_hint(error, text):
    assert str(error) == text
    assert isinstance(error, ExtractorError)


def test_a_warning_is_coded():
    assert warning("W102", encoding="cp1252").message == "decoded as cp1252: not valid UTF-8"


def test_errors_cross_process_borders() -> None:
    """A worker's error arrives with its code, place and words, whatever details it has."""
    for error in (
        ProcessingError("X001", "a.txt", detail="KeyError: 'x'"),
        ConfigError("C006", detail="no"),
        InputError("R001", "b.txt"),
    ):
        back = pickle.loads(pickle.dumps(error))
        assert (type(back), str(back), back.code, back.where) == (type(error), str(error), error.code, error.where)
