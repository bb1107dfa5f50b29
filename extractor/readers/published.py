"""Publication dates as formats and users write them."""

from __future__ import annotations

import re
from datetime import date, datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_published(value: str) -> tuple[date, datetime | None]:
    """Reads an ISO date, or an ISO date and time.

    Args:
        value: "2025-02-28" or "2025-02-28T18:05:00-05:00" (also with a space, or Z).

    Returns:
        The outlet's local day, as the offset puts it; and the full time where it has an offset.

    Raises:
        ValueError: it is neither, or no day of the calendar.
    """
    value = value.strip()
    if not _DAY.match(value):
        raise ValueError(f"{value[:40]!r} is no date, write YYYY-MM-DD")
    if len(value) == len("YYYY-MM-DD"):
        return date.fromisoformat(value), None
    moment = datetime.fromisoformat(value)
    return moment.date(), moment if moment.tzinfo else None
