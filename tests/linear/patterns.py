"""All regular expressions that ship: python -m tests.linear.patterns prints them as JSON, one a line.

Three ways find them, since most are made of word lists when they are first needed: those compiled while the package is imported and
the samples are extracted, those in the lexicon's files, and those written in the code at a place that this did not reach.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CALLS = {"compile", "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}
NOT_TEXT = {
    "extractor.model_files",
    "extractor.information",
    "extractor.evaluation",
    "extractor.comparison",
    "extractor.lexicon.user",
}
"""Modules whose patterns see file names, requirements, gold and word lists, no article."""

UNDATED = """Duty on tiles

Published: March 4, 2025, 10:15 a.m.

The European Union will double its duty on tiles, the EC said on Tuesday. Rates range from 5% to 10%.
"""
"""Leads to places that the samples, which have dates, do not reach."""

Found = dict[tuple[str | bytes, int], set[str]]


def record() -> Found:
    """From now on notes each pattern that a module of the package compiles, with the places."""
    found: Found = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(2)
        module = frame.f_globals.get("__name__", "")
        made = compiled(pattern, flags)
        if module.split(".")[0] == "extractor" and module not in NOT_TEXT:
            found.setdefault((made.pattern, made.flags), set()).add(f"{module}:{frame.f_lineno}")
        return made

    re._compile = noting  # type: ignore[attr-defined]
    return found


def places() -> Iterator[tuple[str, int, int, str | bytes | None, bool]]:
    """Calls of `re` in the package: module, first and last line, the pattern if it is written there, whether case is ignored."""
    for file in sorted((ROOT / "extractor").rglob("*.py")):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in CALLS
                and module not in NOT_TEXT
            ):
                first = node.args[0]
                text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes) else None
                yield module, node.lineno, node.end_lineno or node.lineno, text, "IGNORECASE" in ast.dump(node)


def exercise() -> None:
    """Imports all and extracts the samples, so that what is made of word lists is made."""
    import extractor
    from extractor.entities.rationales import rationales_in
    from extractor.linking.tariffs.reasons import reason_phrases
    from extractor.nlp import process
    from extractor.readers import find_inputs, load_metadata, read
    from extractor.settings import Settings

    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    reader = extractor.load()
    metadata = load_metadata(ROOT / "samples" / "metadata.json")
    for item in find_inputs([str(ROOT / "samples" / "articles")]):
        for article in read(item, Settings(), metadata):
            if isinstance(article, extractor.Article):
                reader.extract(article)
    doc = process(reader.nlp, extractor.Article.build(UNDATED, source="2025-03-04-duty.txt"))
    reader.extract(extractor.Article.build(UNDATED, source="duty.txt"))
    rationales_in(doc[:])
    reason_phrases()


def collect() -> Found:
    """All patterns with the places that compile them; run it in a process that has not imported the package yet."""
    found = record()
    exercise()
    reached = {place for seen in found.values() for place in seen}
    for module, first, last, text, folded in places():
        if text is not None and not any(f"{module}:{line}" in reached for line in range(first, last + 1)):
            made = re.compile(text, re.IGNORECASE if folded else 0)
            found.setdefault((made.pattern, made.flags), set()).add(f"{module}:{first}")
    return found


def main() -> None:
    for (pattern, flags), seen in sorted(collect().items(), key=lambda row: sorted(row[1])):
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        print(json.dumps({"pattern": text, "flags": flags, "bytes": isinstance(pattern, bytes), "places": sorted(seen)}))


if __name__ == "__main__":
    main()
