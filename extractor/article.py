"""Article: the one thing that readers make, and the only place where text is cleaned.

Cleaning replaces, it never shifts: every offset in the output is an offset into `Article.text`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from extractor.errors import warning
from extractor.framing import is_caption
from extractor.ids import article_id
from extractor.records import ArticleInfo, Warned

PublishedBasis = Literal["given", "metadata", "file_name", "inferred", "unknown"]

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


class Article(BaseModel):
    """One article, ready to be extracted. Make it with `Article.build`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    source: str
    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_at: datetime | None = None
    published_basis: PublishedBasis = "unknown"
    body_start: int = 0
    warnings: tuple[Warned, ...] = ()

    @classmethod
    def build(
        cls,
        text: str,
        *,
        source: str = "text",
        title: str | None = None,
        warnings: Sequence[Warned] = (),
        **fields: Any,
    ) -> Article:
        """Cleans the text and finds title and body.

        Args:
            text: the whole text; where a format keeps title and body apart, the body.
            source: path relative to the PATH argument, POSIX style.
            title: the title that a format keeps apart; the text becomes title, blank line, body, unless
                it begins with that title already. Without one, see `split_title`.
            warnings: what the reader has to say.
            fields: url, publisher, authors, published, published_at, published_basis, id.

        Returns:
            The article. Its text is the given text character for character, but for NUL and lone
            surrogates, which become U+FFFD (with a warning), and a byte-order mark, which goes.
        """
        cleaned, notes = clean(text)
        heading, more = clean(" ".join((title or "").split()))
        own, body_start = split_title(cleaned)
        if heading and (own is None or " ".join(own.split()) != heading):
            cleaned = f"{heading}\n\n{cleaned.lstrip()}"
            own, body_start = heading, len(heading) + 2
            notes += more
        fields = {name: _clean_field(value) for name, value in fields.items()}
        source = _clean_field(source)
        identity = fields.pop("id", None) or article_id(fields.get("url"), source)
        return cls(
            id=identity, source=source, text=cleaned, title=own, body_start=body_start,
            warnings=(*warnings, *notes), **fields,
        )  # fmt: skip

    def info(self, *, dateline: str | None = None, with_text: bool = False) -> ArticleInfo:
        """The article as the output names it."""
        return ArticleInfo(
            id=self.id,
            source=self.source,
            url=self.url,
            title=self.title,
            publisher=self.publisher,
            authors=list(self.authors),
            dateline=dateline,
            published=self.published,
            published_at=self.published_at,
            published_basis=self.published_basis,
            body_start=self.body_start,
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            characters=len(self.text),
            text=self.text if with_text else None,
        )


def clean(text: str) -> tuple[str, list[Warned]]:
    """Replaces what spaCy and databases refuse, one character for one.

    Returns:
        The text without a leading byte-order mark, NUL and lone surrogates as U+FFFD; and the warnings.
    """
    text = text.removeprefix("\ufeff")
    cleaned, count = _UNUSABLE.subn("\ufffd", text)
    return cleaned, [warning("W101", count=count)] if count else []


def _clean_field(value: Any) -> Any:
    """A string or some of them as `clean` leaves them; anything else as it is."""
    if isinstance(value, tuple):
        return tuple(map(_clean_field, value))
    return _UNUSABLE.sub("\ufffd", value) if isinstance(value, str) else value


LONGEST_TITLE = 200
"""Characters; a longer first line is a paragraph."""
LONGEST_SENTENCE_TITLE = 14
"""Words; a longer first line that ends with a full stop is a paragraph."""
_ABBREVIATION = re.compile(r"\b[A-Za-z]\.$")


def split_title(text: str) -> tuple[str | None, int]:
    """Title = first line when a blank line follows, unless the line reads like a paragraph or is a picture's caption.

    A paragraph is longer than `LONGEST_TITLE`, or longer than `LONGEST_SENTENCE_TITLE` and ends with a full stop
    that is not an abbreviation's ("FEWER DUTIES FOR THE U.S.").

    Returns:
        The title, or None, and the offset at which the body starts.
    """
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start:end].rstrip() if end >= 0 else ""
    rest = text[end + 1 :] if line else ""
    body = rest.lstrip()
    if not body or "\n" not in rest[: len(rest) - len(body)] or _is_paragraph(line) or is_caption(line):
        return None, 0
    return line, len(text) - len(body)


def _is_paragraph(line: str) -> bool:
    if len(line) > LONGEST_TITLE:
        return True
    bare = line.rstrip("\"'”’)")
    stops = bare.endswith(".") and not _ABBREVIATION.search(bare[-12:])
    return stops and len(line.split()) > LONGEST_SENTENCE_TITLE
