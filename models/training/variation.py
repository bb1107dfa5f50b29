"""Makes more training text of the corpus: other names in the same sentences, headlines' capitals, missing accents.

All is drawn from a seeded generator, so the same seed gives the same text.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.corpus import Piece

HERE = Path(__file__).resolve().parent
COUNTRIES = HERE.parent.parent / "extractor" / "lexicon" / "countries.jsonl"
JOINERS = {"Abu", "Al", "Di", "De", "Mac", "Ni", "bin", "binti", "du", "de", "los", "van", "El", "Abdul"}
LEADERS = 0.12
"""Share of the new people who are leaders whom everyone knows."""
EXCHANGED = 0.25
"""Share of the names of bodies that change places with other organisations'."""
WORD = re.compile(r"\w+(?:['’.-]\w+)*\.?")
SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "in",
    "into",
    "is",
    "of",
    "off",
    "on",
    "or",
    "over",
    "than",
    "that",
    "the",
    "to",
    "up",
    "via",
    "with",
}


class Names:
    """Draws names for the slots of a sentence."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        with (HERE / "names.toml").open("rb") as file:
            self.table: dict[str, Any] = tomllib.load(file)
        self.cultures = [_culture(row) for row in self.table["people"].values()]
        self.leaders = _cut(self.table["leaders"]["names"])
        self.table["agencies"] = {k: _cut(v) for k, v in self.table["agencies"].items()}
        self.table["organizations"] = {k: _cut(v) for k, v in self.table["organizations"].items()}
        self.table["places"] = {k: _cut(v) for k, v in self.table["places"].items()}
        rows = [json.loads(line) for line in COUNTRIES.read_text(encoding="utf-8").splitlines()]
        self.countries = [r for r in rows if r["kind"] == "country" and r.get("adjectives")]
        self.country_kinds = {
            form: kind for r in rows for kind in ("names", "adjectives", "people", "capitals") for form in r.get(kind, [])
        }

    def person(self) -> tuple[str, str]:
        """A full name and the surname by which it is called again."""
        rng = self.rng
        if rng.random() < LEADERS:
            full = rng.choice(self.leaders)
            return full, _called(full)
        row = rng.choice(self.cultures)
        given, family = rng.choice(row["given"]), rng.choice(row["family"])
        called = family
        if row.get("order") == "family_first" and rng.random() < 0.75:
            return f"{family} {given}", family
        if row.get("particles") and rng.random() < 0.25:
            part = rng.choice(row["particles"])
            family = f"{part}{family}" if part.endswith("'") else f"{part} {family}"
            called = rng.choice([family, called]) if " " in family else family
        if row.get("double") and rng.random() < 0.3:
            called = family
            family = f"{family} {rng.choice(row['family'])}"
        elif rng.random() < 0.08:
            family = called = f"{family.split()[-1]}-{rng.choice(row['family']).split()[-1]}"
        if row.get("initials") and rng.random() < 0.25:
            given = rng.choice(["{}.", "{}.{}.", "{}. {}.", "{} {}"]).format(rng.choice("ABDGJKMNPRSTV"), rng.choice("ACKLMNRSV"))
        elif rng.random() < 0.12:
            given = f"{given} {rng.choice('ABCDEFGHJKLMNPRSTVW')}."
        elif rng.random() < 0.05:
            given = f"{given} {rng.choice(row['given'])}"
        if rng.random() < 0.02:
            family = f"{family} {rng.choice(['Jr.', 'Jr', 'III', 'II', 'Sr.'])}"
        return f"{given} {family}", called

    def like(self, words: str, label: str, text: str, end: int) -> str | None:
        """Another name of the same kind and shape, or None where none fits."""
        rng = self.rng
        if label == "AGENCY":
            return self._agency(words, text[end : end + 20])
        if label == "ORG":
            kinds = self.table["organizations"]
            if words.isupper() and len(words) < 6 and rng.random() < 0.5:
                return "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(rng.randint(3, 5)))
            return rng.choice(kinds[rng.choice(["companies", "companies", "known", "bodies", "parties", "thinkers"])])
        if label == "PLACE":
            kinds = self.table["places"]
            new = rng.choice(kinds[rng.choice(["cities", "cities", "regions"])])
            return new.upper() if words.isupper() and len(words) > 3 else new
        kind = self.country_kinds.get(words)
        if label == "COUNTRY" and kind:
            forms = rng.choice(self.countries).get(kind) or ()
            return rng.choice(forms) if forms else None
        return None

    def exchange(self, label: str) -> tuple[str, str]:
        """A public body's name for another organisation's and the reverse: the words of the name decide, not its place."""
        if label == "AGENCY":
            kinds = self.table["organizations"]
            return "ORG", self.rng.choice(kinds[self.rng.choice(["bodies", "bodies", "thinkers", "companies"])])
        return "AGENCY", self.rng.choice(self.table["agencies"]["full"])

    def _agency(self, words: str, behind: str) -> str | None:
        rng, kinds = self.rng, self.table["agencies"]
        if re.match(r" (?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner)", behind):
            return rng.choice(kinds["topics" if words[0].isupper() else "low_topics"])
        if words.islower():
            return rng.choice(kinds["generic"]) if " " in words else None
        if re.search(r"\b[Aa]dministration\Z", words) and len(words.split()) < 3:
            return f"{self.person()[1]} {words.rsplit(maxsplit=1)[-1]}"
        if words.isupper() and " " not in words:
            return rng.choice(kinds["acronyms"])
        if " " in words:
            new = rng.choice(kinds["full"])
            if rng.random() < 0.3 and not re.search(r"\b(?:U\.?S\.?|UN|European|Canad|World|International)\b", new):
                owner = rng.choice(self.countries)
                new = f"{rng.choice(owner['adjectives'])} {new}" if rng.random() < 0.6 else f"{new} of {owner['names'][0]}"
            return new
        return None


def _called(full: str) -> str:
    """The surname of a leader; `Xi Jinping` is Xi."""
    words = full.split()
    if words[0] in ("Xi", "Hu", "Deng", "Lee", "Moon", "Lula"):
        return words[0]
    return " ".join(words[1:]) if "von" in words else words[-1]


def _cut(words: str) -> list[str]:
    return [w.strip() for w in words.split("|") if w.strip()] if "|" in words else words.split()


def _culture(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "given": _cut(row["given"]),
        "family": _joined(row["family"]),
        "particles": row["particles"].split("|") if "particles" in row else [],
    }


def _joined(words: str) -> list[str]:
    out: list[str] = []
    for word in words.split():
        if out and out[-1].split()[-1] in JOINERS:
            out[-1] = f"{out[-1]} {word}"
        else:
            out.append(word)
    return out


def swap(piece: Piece, names: Names, share: float = 0.75) -> Piece:
    """The piece with other names: one person's full name and surname stay one person's."""
    people: dict[str, tuple[str, str]] = {}
    others: dict[str, str | None] = {}
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, marked in piece.spans:
        label = marked
        words = piece.text[start:end]
        new: str | None = None
        if label == "PERSON":
            key = words.split()[-1]
            if key not in people:
                people[key] = names.person() if names.rng.random() < share else (words, words)
            new = people[key][0 if " " in words or people[key][0] == words else 1]
            new = new.upper() if words.isupper() and len(words) > 4 else new
        elif label in ("AGENCY", "ORG", "PLACE", "COUNTRY"):
            if words not in others:
                others[words] = names.like(words, label, piece.text, end) if names.rng.random() < share else None
            new = others[words]
            if label in ("AGENCY", "ORG") and " " in words and not words.islower() and names.rng.random() < EXCHANGED:
                label, new = names.exchange(label)
        new = new or words
        out.append(piece.text[at:start])
        length += start - at
        spans.append((length, length + len(new), label))
        out.append(new)
        length += len(new)
        at = end
    return replace(piece, text="".join(out) + piece.text[at:], spans=tuple(spans))


def recase(piece: Piece, rng: random.Random) -> Piece:
    """Sometimes a headline's capitals, all capitals, or no accents; every character keeps its place."""
    roll = rng.random()
    text = piece.text
    if roll < 0.06 and len(text) < 200:
        text = WORD.sub(lambda m: m[0] if m[0].lower() in SMALL and m.start() else m[0][0].upper() + m[0][1:], text)
    elif roll < 0.08 and len(text) < 200:
        text = text.upper()
    elif roll < 0.3:
        text = "".join(_plain(c) for c in text)
    return replace(piece, text=text) if len(text) == len(piece.text) else piece


def _plain(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "a"}.get(char, base)
