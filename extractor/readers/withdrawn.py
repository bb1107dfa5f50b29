"""What its publisher has taken back is no article."""

from __future__ import annotations

from extractor.errors import InputError

WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
"""Of IPTC's statuses; `usable`, and NITF's `info` and `embargoed`, are read."""


def check_status(status: object, where: str) -> None:
    """Refuses what is canceled or withheld.

    Args:
        status: of ninjs (`pubstatus`), NewsML-G2 (`stat:canceled`, or an address that ends so) or NITF; none is usable.
        where: the item, for the message.

    Raises:
        InputError: R020.
    """
    if not isinstance(status, str):
        return
    bare = status.strip().rstrip("/").replace("/", ":").rpartition(":")[2].lower()
    if bare in WITHDRAWN:
        raise InputError("R020", where, detail=bare)
