"""Builds `extractor/lexicon/countries.jsonl`: codes and names of a maintained source, and the words kept beside this script.

    pip install rigour==2.6.1
    python models/lexicon/build_countries.py

Codes (ISO 3166-1, of states that are gone ISO 3166-3), short and full names come from rigour 2.6.1 (MIT, OpenSanctions).
Adjectives, peoples, capitals and usual other names are those of `country_words.tsv`. rigour is needed here only; the package
reads the frozen file.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "extractor" / "lexicon" / "countries.jsonl"
GONE = {"SU": "suhh", "YU": "yucs", "CS": "cshh", "DD": "dd"}
"""States that are gone, with rigour's code. SU, YU, CS and DD were their alpha-2 codes; no successor stands for them."""
NOT_TRADING = {"AC", "AQ", "BV", "CP", "CQ", "DG", "GS", "HM", "IO", "IP", "SJ", "TF", "UM"}
"""Codes of places without trade or people, and of what is no place."""
NAMES = {"CG": "Republic of the Congo", "CD": "DR Congo", "TR": "Turkey", "MO": "Macau", "NR": "Nauru"}
"""Short names in common use where rigour's is unusual in the news."""
UNSAFE = {"Jersey", "Saint Martin", "Congo", "Réunion"}
"""Names of rigour's that are mostly something else in the news."""


def main() -> None:
    """Writes the file, in the order of the codes."""
    from rigour.territories import get_territories

    known = {t.code: t for t in get_territories()}
    words = read_words()
    codes = [t.code.upper() for t in known.values() if len(t.code) == 2 and (t.alpha3 or t.code == "eu") and not t.is_historical]
    wanted = sorted({*codes, *words} - NOT_TRADING)
    rows = [row(code, known[GONE.get(code, code.lower())], words.get(code, {})) for code in wanted]
    missing = set(words) - {r["code"] for r in rows}
    if missing:
        raise SystemExit(f"no such code: {sorted(missing)}")
    TARGET.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    print(f"{len(rows)} rows in {TARGET.name}")


def read_words() -> dict[str, dict[str, list[str]]]:
    """Words by code and column."""
    out = {}
    with (HERE / "country_words.tsv").open(encoding="utf-8") as file:
        for cells in csv.reader(file, delimiter="\t"):
            if cells and not cells[0].startswith("#"):
                columns = zip(("names", "adjectives", "people", "capitals"), cells[1:], strict=True)
                out[cells[0]] = {key: [w.strip() for w in cell.split(";") if w.strip()] for key, cell in columns}
    return out


def row(code: str, territory: Any, words: dict[str, list[str]]) -> dict[str, Any]:
    """One line of the file."""
    short = NAMES.get(code) or territory.in_sentence.removeprefix("the ").removeprefix("The ")
    given = [short, territory.name, territory.full_name, *words.get("names", [])]
    usual = words.get("names", [])
    safe = [n for n in given if n in usual or (n not in UNSAFE and not set(n) & set("(["))]
    names = dict.fromkeys(n.removeprefix("the ").removeprefix("The ") for n in safe)
    return {
        "code": code,
        "iso3": territory.alpha3.upper() if territory.alpha3 else None,
        "name": short,
        "kind": "union" if code == "EU" else "country",
        "names": both_spellings(list(names)),
        **{key: both_spellings(words.get(key, [])) for key in ("adjectives", "people", "capitals")},
    }


def both_spellings(words: list[str]) -> list[str]:
    """The words, each followed by itself without accents."""
    out = []
    for word in words:
        plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        out += [word, plain]
    return list(dict.fromkeys(out))


if __name__ == "__main__":
    main()
