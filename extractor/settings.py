"""Limits and defaults in one typed place."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """What a run may be told. Part of the configuration hash in the output's `generator`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_bytes: int = Field(default=5_000_000, gt=0, description="largest text of one article, in bytes of UTF-8")
    max_file_bytes: int = Field(default=20_000_000, gt=0, description="largest page or JSON article, in bytes")
    with_text: bool = Field(default=False, description="put the article's text into the output")
