"""Measures across articles: records of many articles about one measure become one, with its history.

The way of a record: `cells.py` takes it apart by partner and goods, `resolving.py` finds what an article leaves open,
`threads.py` tells measures of one key apart, `events.py` dates what happened. From the events follow `conflicts.py`,
`relations.py` and `holding.py`, which says what holds on a day.
"""

from __future__ import annotations

from extractor.linking.measures.timeline import Timeline

__all__ = ["Timeline"]
