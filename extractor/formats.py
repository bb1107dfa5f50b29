"""The formats that `--input-format` names."""

from __future__ import annotations

from enum import StrEnum


class InputFormat(StrEnum):
    """What an input is; gzip and zip are opened first, so it is the format of what they hold."""

    AUTO = "auto"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    JSONL = "jsonl"
    XML = "xml"
    WARC = "warc"
