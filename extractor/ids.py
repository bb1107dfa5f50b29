"""Content hashes as ids, so that the same article extracted again updates rows.

The algorithm is frozen: changing it would orphan the rows of every user's database.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

LENGTH = 20
"""Hex digits of an id: 80 bits, enough for billions of records."""


def content_id(*parts: object) -> str:
    """Hashes the canonical JSON of the parts.

    Args:
        parts: strings, numbers, None, or lists of these.

    Returns:
        20 hex digits.
    """
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:LENGTH]


def article_id(url: str | None, source: str) -> str:
    """Id of an article: of its url, else of its source (path relative to the PATH argument, POSIX)."""
    return content_id("article", url or source)


def record_ids(article: str, kind: str, keys: Sequence[object]) -> list[str]:
    """Ids of the records of one article and kind; equal keys are told apart by their ordinal in the text's order."""
    seen: Counter[str] = Counter()
    out = []
    for key in keys:
        canonical = json.dumps(key, ensure_ascii=False, sort_keys=True)
        out.append(content_id(article, kind, key, seen[canonical]))
        seen[canonical] += 1
    return out
