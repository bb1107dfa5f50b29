"""What became of a run's inputs, and who hears of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from extractor.errors import ExtractorError
from extractor.records import Warned
from extractor.writers.duplicates import Found


@dataclass(slots=True)
class Summary:
    """What became of the inputs: read = done + skipped + rejected, always.

    The unit is the article; a file that fails or is skipped as a whole counts once. `unchanged` are those of the skipped that an
    earlier run had done, `left_out` those that are duplicates; `duplicates` are all of them, marked or left out.
    """

    done: int = 0
    skipped: int = 0
    rejected: int = 0
    unchanged: int = 0
    left_out: int = 0
    duplicates: int = 0
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

    def settle(self, found: Found) -> None:
        """Takes account of duplicates, which are told from other articles at the end: what is left out is skipped, not done."""
        self.duplicates = found.duplicates
        self.done -= found.skipped
        self.skipped += found.skipped
        self.tariffs -= found.tariffs
        self.statements -= found.statements
        self.unchanged -= found.skipped_before
        self.left_out = found.skipped + found.skipped_before

    def __str__(self) -> str:
        reasons = [(self.unchanged, "done before"), (self.left_out, "duplicates")]
        why = ", ".join(f"{count} {reason}" for count, reason in reasons if count)
        skipped = f"{self.skipped} skipped" + (f" ({why})" if why else "")
        codes = ", ".join(f"{code} {count}" for code, count in sorted(self.codes.items()))
        rejected = f"{self.rejected} rejected" + (f" ({codes})" if codes else "")
        records = f"; {self.tariffs} tariffs, {self.statements} statements, {self.rate:.1f} articles/s" if self.done else ""
        marked = self.duplicates - self.left_out
        same = f"; {marked} marked as duplicates" if marked else ""
        return f"{self.read} read: {self.done} done, {skipped}, {rejected}{records}{same}"

    def as_dict(self) -> dict[str, Any]:
        """The counts as data."""
        return {
            "read": self.read,
            "done": self.done,
            "skipped": self.skipped,
            "already_done": self.unchanged,
            "duplicates": self.duplicates,
            "duplicates_skipped": self.left_out,
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
