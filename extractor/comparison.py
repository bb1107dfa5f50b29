"""When two values are the same: of slots, names, goods and dates. What gold leaves out is not compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from extractor.gold import Coded, Day, GoldStatement, GoldTariff, Loose, Percent, Place, Words
from extractor.lexicon import table


class SlotRule(NamedTuple):
    """How a slot is compared: its value, None where it is empty, and when two values are the same."""

    path: str
    value: Callable[[Any], Any]
    same: Callable[[Any, Any], bool] = lambda one, other: bool(one == other)

    def right(self, gold: GoldTariff | GoldStatement, pred: GoldTariff | GoldStatement) -> bool | None:
        """Whether the extraction has gold's value; None if gold leaves the slot out or both have it empty."""
        if not given(gold, self.path):
            return None
        want, got = self.value(get(gold, self.path)), self.value(get(pred, self.path))
        if want is None and got is None:
            return None
        return want is not None and got is not None and self.same(want, got)


def given(record: Loose | None, path: str) -> bool:
    """Whether gold has the slot. A null on the way leaves the slots below it out."""
    head, _, rest = path.partition(".")
    if record is None or head not in record.model_fields_set:
        return False
    return not rest or given(getattr(record, head), rest)


def get(record: Any, path: str) -> Any:
    """The value of a slot, None where something on the way to it is empty."""
    for part in path.split("."):
        record = getattr(record, part, None)
    return record


def plain(value: Any) -> str:
    """A slot's value for a list of errors."""
    if value is None:
        return "null"
    if isinstance(value, set | frozenset | list | tuple):
        return ", ".join(sorted(str(part) for part in value if part is not None))
    return str(value)


def _itself(value: Any) -> Any:
    return value


def _codes(places: Sequence[Any] | None) -> frozenset[str] | None:
    return frozenset(place.code for place in places or () if place.code) or None


def _code(place: Place | None) -> str | None:
    return place.code if place else None


def _day(day: Day | None) -> str | None:
    return edtf(day.edtf) if day else None


def _percents(rate: Percent | None) -> tuple[float | None, ...] | None:
    return tuple(None if x is None else round(x, 2) for x in (rate.percent, rate.percent_high)) if rate else None


def _product_words(products: list[Words] | None) -> frozenset[str] | None:
    return frozenset(goods(" ".join(p.text for p in products or ()))) or None


def _half_shared(one: frozenset[str], other: frozenset[str]) -> bool:
    """Half of the words of the shorter list: "steel" is right for "steel and steel articles"."""
    return len(one & other) >= 0.5 * min(len(one), len(other))


def _name_words(name: str | None) -> frozenset[str] | None:
    return frozenset(_norm(name)) or None if name else None


def _mostly_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one or len(one & other) >= 0.5 * len(one | other)


def _same_law(one: Coded, other: Coded) -> bool:
    """By code where gold has one; else it is enough that a law is named."""
    return one.code is None or one.code == other.code


TARIFF_SLOTS = (
    SlotRule("targets", _codes),
    SlotRule("target_scope", _itself),
    SlotRule("excluded_targets", _codes),
    SlotRule("products", _product_words, _half_shared),
    SlotRule("product_scope", _itself),
    SlotRule("instrument", _itself),
    SlotRule("action", _itself),
    SlotRule("status", _itself),
    SlotRule("rate.form", _itself),
    SlotRule("rate.basis", _itself),
    SlotRule("rate.qualifier", _itself),
    SlotRule("prior_rate", _percents),
    SlotRule("announced", _day),
    SlotRule("effective", _day),
    SlotRule("end", _day),
    SlotRule("duration", lambda duration: duration.iso if duration else None),
    SlotRule("trade_value", lambda money: (money.amount, money.currency) if money else None),
    SlotRule("legal_basis", _itself, _same_law),
    SlotRule("rationale", _codes),
    SlotRule("condition", lambda condition: condition.kind if condition else None),
)
STATEMENT_SLOTS = (
    SlotRule("mode", _itself),
    SlotRule("speaker.kind", _itself),
    SlotRule("speaker.official", _itself),
    SlotRule("speaker.country", _code),
    SlotRule("speaker.role", _name_words, _mostly_same),
    SlotRule("speaker.organization", _name_words, _mostly_same),
    SlotRule("date", _day),
    SlotRule("venue", _name_words, _mostly_same),
    SlotRule("addressee", _name_words, _mostly_same),
    SlotRule("speech_act", _itself),
)


# ---------------------------------------------------------------- words


def same_name(name: str, forms: Iterable[str]) -> bool:
    """Whether a name is one of the forms, a part of one that ends alike ("Bessent" of "Scott Bessent"), or holds one."""
    one = _norm(name)
    for form in forms:
        other = _norm(form)
        if one and other and (one == other or (set(one) <= set(other) and one[-1] == other[-1]) or set(other) <= set(one)):
            return True
    return False


def _norm(name: str) -> list[str]:
    """The words of a name without case, accents, possessives and words that say nothing."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("‘", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("u.s.", "us").replace("u.k.", "uk")
    fillers = table("evaluation")["names"]["fillers"]
    return [word for word in re.findall(r"\w+", re.sub(r"'s?\b", " ", plain)) if word not in fillers]


def goods(text: str) -> list[str]:
    """Content words; "all Chinese imports" has none, for it names no goods."""
    fillers = table("evaluation")["goods"]["fillers"]
    return [word.rstrip("s") for word in re.findall(r"[^\W_]+", text.casefold()) if word not in fillers]


def edtf(day: str) -> str:
    """EDTF, the common "2025-Q1" as its quarter "2025-33"."""
    return re.sub(r"^(\d{4})-Q([1-4])$", lambda m: f"{m[1]}-{int(m[2]) + 32}", day)
