"""Every error and warning, with its code.

    ExtractorError
    ├── InputError      R0xx  an input that cannot be an article: rejected, the others go on
    ├── ConfigError     C0xx  wrong usage or configuration: exit code 2
    ├── OutputError     O0xx  the output cannot be written: exit code 4
    └── ProcessingError X0xx  a defect of ours in one article: rejected, the others go on

A message says what is wrong, where, and what to do. Codes are never reused.
"""

from __future__ import annotations

from extractor.records import Warned

MESSAGES: dict[str, str] = {
    # reading
    "R001": "the file is empty: give it text or leave it out",
    "R002": "the file is binary, not text ({detail}): convert it to text, HTML or JSON first",
    "R003": "cannot be read ({detail}): check that it exists and may be read",
    "R004": "the text has {size:,} bytes, the limit is {limit:,}: split it or raise --max-bytes",
    "R005": "no encoding fits its bytes ({detail}): save it as UTF-8",
    "R006": "broken JSON ({detail}): mend it or leave it out",
    "R007": "the JSON article has no text: it needs a non-empty string in `text`",
    "R008": "the page has no article: check that it is an article's page, not a list or a login",
    "R009": "the article is not in English but {detail}: give English articles only",
    "R010": "no article in it: the JSON is neither an object nor a list of objects",
    "R011": "field `{field}` of the JSON article is wrong ({detail}): mend it or leave it out",
    "R012": "not a regular file ({detail}): give files, folders or -",
    # configuration
    "C001": "no such file or folder: {detail}",
    "C002": "{detail} is no date: write YYYY-MM-DD",
    "C003": "the metadata file {path} cannot be used ({detail}): give JSON (path -> fields) or CSV with a `path` column",
    "C004": "no usable model at {path} ({detail}): give a folder that spaCy's to_disk wrote or an installed pipeline's name",
    "C005": "the lexicon file {path} is wrong ({detail})",
    "C006": "{detail}",
    # output
    "O001": "cannot write {path} ({detail}): check the path, the rights and the free space",
    # processing
    "X001": "the extraction failed ({detail}): please report it with the output of `extractor info`",
    # warnings
    "W101": "{count} NUL or lone surrogate character(s) became U+FFFD",
    "W102": "decoded as {encoding}: not valid UTF-8",
    "W103": "the file is itself an extraction: skipped",
    "W104": "skipped ({detail})",
    "W105": "no publication date: relative dates stay null; give --published or --metadata",
    "W106": "metadata field `{field}` is unusable ({detail}): ignored",
    "W107": "the metadata file names {count} path(s) that were not read, such as {detail}",
}


class ExtractorError(Exception):
    """Base of all errors: a code, a message, and where it happened."""

    def __init__(self, code: str, where: str = "", **details: object) -> None:
        self.code = code
        self.where = where
        self.message = MESSAGES[code].format(**details)
        super().__init__(f"{code} {where}: {self.message}" if where else f"{code} {self.message}")


class InputError(ExtractorError):
    """One input is no article; the others go on."""


class ProcessingError(ExtractorError):
    """A defect met in one article; the others go on."""


class ConfigError(ExtractorError):
    """Wrong usage or configuration."""


class OutputError(ExtractorError):
    """The output cannot be written."""


def warning(code: str, **details: object) -> Warned:
    """A coded warning for an article's extraction."""
    return Warned(code=code, message=MESSAGES[code].format(**details))
