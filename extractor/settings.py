"""Limits and defaults in one typed place."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, ConfigDict, Field

DEFAULT_MAX_BYTES = 5_000_000
"""Largest text of one article, in bytes of UTF-8."""


class Settings(BaseModel):
    """What a run may be told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_bytes: int = Field(default=DEFAULT_MAX_BYTES, gt=0, description="largest text of one article, in bytes of UTF-8")
    with_text: bool = Field(default=False, description="put the article's text into the output")
    officials_only: bool = Field(default=False, description="leave out the statements of speakers who hold no public office")

    @property
    def max_file_bytes(self) -> int:
        """Largest text file, page or JSON article in bytes: mark-up and wide encodings take several times the text's."""
        return 4 * self.max_bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the settings that change an extraction. Limits only decide what is rejected, so they are not in it."""
        chosen = {"with_text": self.with_text} | ({"officials_only": True} if self.officials_only else {})
        return hashlib.sha256(json.dumps(chosen).encode()).hexdigest()
