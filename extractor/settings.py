"""Limits, defaults and all that may be set, in one typed place. `configuration.py` reads it from files and the environment."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from extractor.formats import InputFormat

DEFAULT_MAX_BYTES = 5_000_000
"""Largest text of one article, in bytes of UTF-8."""
DEFAULT_TIME_LIMIT = 120.0
"""Seconds that reading or extracting one article may take: a hundred times what a long one needs."""


class Settings(BaseModel):
    """What an extractor may be told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_bytes: int = Field(default=DEFAULT_MAX_BYTES, gt=0, description="largest text of one article, in bytes of UTF-8")
    with_text: bool = Field(default=False, description="put the article's text into the output")
    lexicon: Path | None = Field(default=None, description="folder that adds to the word lists")
    input_format: InputFormat = Field(
        default=InputFormat.AUTO, description="format of all inputs; auto tells it from the content"
    )
    officials_only: bool = Field(default=False, description="leave out the statements of speakers who hold no public office")

    min_confidence: float = Field(default=0.0, ge=0.0, le=1.0, description="leave out tariff records of a lower confidence")

    @property
    def max_file_bytes(self) -> int:
        """Largest text file, page or JSON article in bytes: mark-up and wide encodings take several times the text's."""
        return 4 * self.max_bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the settings that change an extraction.

        Limits only decide what is rejected, and the format shows in the article, so they are not in it.

        Raises:
            ConfigError: C023, the lexicon cannot be read.
        """
        said: dict[str, object] = {"with_text": self.with_text}
        if self.officials_only:
            said["officials_only"] = True
        if self.min_confidence:
            said["min_confidence"] = self.min_confidence
        if self.lexicon is not None:
            from extractor.lexicon import user

            said["lexicon"] = user.digest(self.lexicon)
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


class RunSettings(Settings):
    """What a run may be told in a settings file or the environment: all but what is of one run only, such as its output."""

    model: str | None = Field(default=None, description="model folder or installed pipeline")
    metadata: Path | None = Field(default=None, description="JSON or CSV with fields by relative path or file name")
    published: date | None = Field(default=None, description="publication date of articles that have none of their own")
    max_failures: int | None = Field(default=None, ge=0, description="stop when more inputs are rejected")
    workers: int | None = Field(default=None, ge=1, description="worker processes; one for each core, if not set")
    time_limit: float = Field(default=DEFAULT_TIME_LIMIT, ge=0, description="longest time for one article; 0 for none")
    unordered: bool = Field(default=False, description="write articles as they are done")
    skip_duplicates: bool = Field(default=False, description="leave out articles that duplicate an earlier one")

    @property
    def extraction(self) -> Settings:
        """The part that an extractor is told."""
        return Settings(**{name: getattr(self, name) for name in Settings.model_fields})
