"""The tariff records that a statement speaks of. One line a case, made up."""

from __future__ import annotations

import pytest

from tests.conftest import ExtractionOf

NEWS = "Chile taxes rye\n\nChile will impose a 25 percent duty on rye from Canada on April 1.\n\n"


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("The ministry said Chile would impose a 25 percent duty on rye from Canada.", True),
        ("Finance Minister Ruth Okafor called the duty a gift to smugglers.", True),
        ("Okafor, the finance minister, denied that the levy would raise prices.", True),
        ('"This measure will hurt our farms," said Karl Lund, a miller.', True),
        ("Karl Lund, a miller, said rye was dear.", False),
        ("The ministry said the port was shut.", False),
        ("Karl Lund, a miller, said a tax on windows would be next.", False),
        ("The port is shut.\n\nThe road is shut.\n\nThe ministry said the decision was late.", False),
    ],
)
def test_tariffs_of_a_statement(extraction_of: ExtractionOf, text: str, linked: bool) -> None:
    found = extraction_of(NEWS + text, "2025-03-06")
    assert found.tariffs
    assert bool(found.statements[-1].tariffs) is linked
