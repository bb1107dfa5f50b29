"""What became of a run's inputs, and who hears of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from extractor.errors import ExtractorError
from extractor.records import Warned


@dataclass(slots=True)
class Summary:
    """What became of the inputs: read = done + skipped + rejected, always.

    The unit is the article; a file that fails or is skipped as a whole counts once. `unchanged` are those of the skipped that an
    earlier run had done.
    """

    done: int = 0
    skipped: int = 0
    rejected: int = 0
    unchanged: int = 0
    undated: int = 0
    tariffs: int = 0
    statements: int = 0
    seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    too_many: bool = False

    @property
    def read(self) -> int:
        """All that was looked at."""
        return self.done + self.skipped + self.rejected

    @property
    def rate(self) -> float:
        """Articles done in a second."""
        return self.done / self.seconds if self.seconds else 0.0

    def __str__(self) -> str:
        skipped = f"{self.skipped} skipped" + (f" ({self.unchanged} done before)" if self.unchanged else "")
        codes = ", ".join(f"{code} {count}" for code, count in sorted(self.codes.items()))
        rejected = f"{self.rejected} rejected" + (f" ({codes})" if codes else "")
        records = f"; {self.tariffs} tariffs, {self.statements} statements, {self.rate:.1f} articles/s" if self.done else ""
        return f"{self.read} read: {self.done} done, {skipped}, {rejected}{records}"

    def as_dict(self) -> dict[str, Any]:
        """The counts as data."""
        return {
            "read": self.read,
            "done": self.done,
            "skipped": self.skipped,
            "already_done": self.unchanged,
            "rejected": self.rejected,
            "rejected_by_code": dict(sorted(self.codes.items())),
            "tariffs": self.tariffs,
            "statements": self.statements,
            "seconds": round(self.seconds, 3),
            "articles_per_second": round(self.rate, 3),
        }


class Reporter(Protocol):
    """Where a run tells what happens."""

    def warn(self, where: str, note: Warned) -> None:
        """A warning about an input."""

    def reject(self, error: ExtractorError) -> None:
        """An input is rejected."""

    def say(self, message: str) -> None:
        """Anything else."""

    def advance(self, inputs: int, total: int, articles: int) -> None:
        """So many of all inputs are finished, with so many articles done."""
