"""Every error and warning, with its code.

    ExtractorError
    ├── InputError      R0xx  an input that cannot be an article: rejected, the others go on
    ├── ProcessingError X0xx  a defect of ours in one article: rejected, the others go on
    ├── ConfigError     C0xx  wrong usage or configuration: exit code 2
    └── OutputError     O0xx  the output cannot be written: exit code 4

A message says what is wrong and where; its hint says what to do. Codes are never reused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from extractor.records import Warned


class Message(NamedTuple):
    """What is wrong, and what to do about it."""

    text: str
    hint: str = ""


MESSAGES: dict[str, Message] = {
    # reading
    "R001": Message("the file is empty", "give it text or leave it out"),
    "R002": Message("the file is binary, not text ({detail})", "convert it to text, HTML or JSON first"),
    "R003": Message("cannot be read ({detail})", "check that it exists and may be read"),
    "R004": Message("too large ({detail})", "split it or raise --max-bytes"),
    "R005": Message("no encoding fits its bytes ({detail})", "save it as UTF-8"),
    "R006": Message("broken JSON ({detail})", "mend it or leave it out"),
    "R007": Message("the JSON article has no text", "it needs a non-empty string in `text`"),
    "R008": Message("the page has no article ({detail})", "check that it is an article's page, not a list or a login"),
    "R009": Message("the article is not in English but {detail}", "give English articles only"),
    "R010": Message("no article in it ({detail})", "give an object with `text`, a list of such objects, or one a line"),
    "R011": Message("field `{field}` of the JSON article is wrong ({detail})", "mend it or leave it out"),
    "R012": Message("not a regular file but {detail}", "give files, folders or -"),
    "R013": Message("broken XML ({detail})", "mend it or leave it out"),
    "R014": Message("the XML declares entities of its own, which are never read", "remove them from its DOCTYPE"),
    "R015": Message("XML of an unknown kind (its root is {detail})", "give NITF, NewsML-G2, RSS or Atom"),
    "R016": Message("the archive is broken ({detail})", "make it anew, or unpack it and give the files that are whole"),
    "R017": Message("the archive's member is encrypted", "unpack it with its password first"),
    "R018": Message("the archive unpacks to too much ({detail})", "unpack it yourself and give the files"),
    "R019": Message("an archive within an archive ({detail})", "unpack the outer one first"),
    "R020": Message("withdrawn by its publisher (status {detail})", "leave it out, with what earlier versions of it gave"),
    "R021": Message("only a teaser of an article ({detail})", "give the article's page, or a feed with full texts"),
    "R022": Message("the item has no text ({detail})", "give the version with its body"),
    "R023": Message("nothing to read in it ({detail})", "leave it out"),
    # configuration
    "C001": Message("no such file or folder: {detail}", "check the path"),
    "C002": Message("{detail} is no date", "write YYYY-MM-DD"),
    "C003": Message(
        "the metadata file {path} cannot be used ({detail})", "give JSON (path -> fields) or CSV with a `path` column"
    ),
    "C004": Message(
        "no usable model at {path} ({detail})", "give a folder that spaCy's to_disk wrote or an installed pipeline's name"
    ),
    "C005": Message("the lexicon file {path} is wrong ({detail})"),
    "C006": Message("{detail}"),
    "C007": Message("the output {path} is one of the inputs", "name another output"),
    "C008": Message("{first} and {second} would both be written to {path}", "run them apart, each into its own folder"),
    "C009": Message("no worker process can be started ({detail})", "try --workers 1, or see what ends them"),
    "C010": Message("another run is writing {path} (process {pid})", "wait for it, or name another output"),
    "C011": Message("no run has written {path}", "give the output of an earlier `extractor run -o`"),
    "C020": Message("the settings file {path} cannot be used ({detail})", "mend it, or name another with --config"),
    "C021": Message("{path} has an unknown setting {key}; there are {known}", "`extractor config` prints them all"),
    "C022": Message("the setting {key} in {path} is wrong ({detail})", "`extractor config` tells what holds"),
    "C023": Message("the lexicon {path} cannot be used ({detail})", "give a folder with files such as agencies.jsonl"),
    "C024": Message("a process has one lexicon ({detail})", "use another process for another lexicon"),
    "C030": Message("writing {path} needs the package {package}: install {detail}", "pip install it, or name another output"),
    "C031": Message(
        "no way is known to write to {detail} twice and have the same; there is one for {known}", "name another output"
    ),
    "C032": Message(
        "the tables of {path} are of version {found}, newer than {known}, the newest that this program knows",
        "update it: pip install -U tariff-extractor",
    ),
    "C033": Message("{path} has other tables of the same names ({detail})", "name another database, or another schema of it"),
    "C034": Message("the output {path} cannot be used: {detail}"),
    # output
    "O001": Message("cannot write {path} ({detail})", "check the path, the rights and the free space"),
    "O010": Message(
        "the database {path} cannot be reached ({detail})", "see that it runs; the same command goes on where it stopped"
    ),
    # processing
    "X001": Message("the extraction failed ({detail})", "please report it with the output of `extractor info`"),
    "X002": Message("the reader failed ({detail})", "please report it with the output of `extractor info`"),
    "X003": Message("the worker process died of it ({detail})", "try it again with `extractor retry`; it may need more memory"),
    "X004": Message("it took longer than {seconds:g} s", "raise --time-limit, or leave it out"),
    # warnings
    "W101": Message("{count} NUL or lone surrogate character(s) became U+FFFD"),
    "W102": Message("decoded as {encoding}: not valid UTF-8"),
    "W103": Message("the file is itself an extraction: skipped"),
    "W104": Message("skipped ({detail})"),
    "W105": Message("no publication date", "relative dates stay null; give --published or --metadata"),
    "W106": Message("another input has the same source name {detail}", "their articles and records get the same ids"),
    "W107": Message("the metadata file names {count} path(s) that were not read, such as {detail}"),
    "W108": Message("{count} byte(s) that are not UTF-8 became U+FFFD"),
    "W109": Message("the publication date {detail} cannot be read", "give it by --metadata"),
    "W110": Message("the front matter is no YAML and was read line by line ({detail})"),
}


class ExtractorError(Exception):
    """Base of all errors: a code, what is wrong, what to do, and where it happened."""

    def __init__(self, code: str, where: str = "", **details: object) -> None:
        text, hint = MESSAGES[code]
        self.code = code
        self.where = where
        self.what = text.format(**details)
        self.hint = hint
        self.details = details
        super().__init__(code, where)

    def __reduce__(self) -> tuple[Callable[..., ExtractorError], tuple[object, ...]]:
        """Lets an error cross from a worker process whole; by default its details would be lost and it could not be rebuilt."""
        return _rebuilt, (type(self), self.code, self.where, {name: str(value) for name, value in self.details.items()})

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.code} {place}{self.message}"

    @property
    def message(self) -> str:
        """What is wrong and what to do."""
        return f"{self.what}: {self.hint}" if self.hint else self.what


def _rebuilt(kind: type[ExtractorError], code: str, where: str, details: dict[str, object]) -> ExtractorError:
    return kind(code, where, **details)


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
    text, hint = MESSAGES[code]
    message = text.format(**details)
    return Warned(code=code, message=f"{message}: {hint}" if hint else message)
