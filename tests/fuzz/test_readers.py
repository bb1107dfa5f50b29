"""The fuzz targets in a bounded form: seeds, damaged seeds, and what the long runs have found."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.readers import TARGETS, check

FOUND = [
    ("a.json", rb'{"text": "Duty cut.", "authors": ["\ud800"], "url": "\udfff", "publisher": "\ud800", "title": "\ud800"}'),
    ("a.jsonl", b'{"text": "Duty cut.", "id": "\\ud800"}\n{"text": "Duty up.", "authors": "\\udc00"}\n'),
    ("a.json", b'{"text": "Duty \xed\xbd\xbd cut."}'),
    ("meta.json", b"{\xed\xbd\xbd"),
]


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found_once(name, data):
    check(name, data)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_seeds(name):
    target, chance = TARGETS[name], random.Random(3)
    words = target.tokens
    for seed in target.seeds:
        check(name, seed)
        for _ in range(3 if len(seed) > 2000 else 12):
            data = bytearray(seed)
            for _ in range(chance.randint(1, 6)):
                at = chance.randrange(len(data) + 1)
                data[at : at + chance.choice((0, 0, 1, 9))] = chance.choice([*words, bytes([chance.randrange(256)])])
            check(name, bytes(data))
