"""Names of goods -> families: one name for the spellings and wordings of the same goods.

A family depends on the name alone, never on what other articles say, so that ids are stable.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractor.lexicon import table
from extractor.records import ProductValue


@dataclass(frozen=True)
class Goods:
    """Goods as named, their family and HS chapters."""

    text: str
    family: str
    hs: tuple[str, ...] = ()


def goods_of(product: ProductValue) -> Goods:
    """The family of goods: `Crude palm oil imports` are `palm oil`."""
    return Goods(product.text, family_name(product.text), tuple(product.hs_chapters))


@cache
def family_name(text: str) -> str:
    """The name that unites the wordings of the same goods.

    Words that say nothing about which goods are dropped (`steel products`, `imported cars`, but `farm products` are no farms),
    then names of one thing become one (`aluminum`, `aluminium`). The condition of goods (`frozen`, `crude`) does not make them
    others.
    """
    words = _words(text)
    rules = table("goods_families")
    while len(words) > 1 and words[0] in rules["before"]["words"]:
        words = words[1:]
    while len(words) > 1 and _one(words[-1]) in rules["behind"]["flows"]:
        words = words[:-1]
    words = [*words[:-1], *map(_one, words[-1:])]
    if len(words) > 1 and words[-1] in rules["behind"]["heads"] and _is_known(" ".join([*words[:-2], _one(words[-2])])):
        words = [*words[:-2], _one(words[-2])]
    name = _canonical(" ".join(words))
    while len(words) > 1 and words[0] in rules["condition"]["words"] and name not in rules["condition"]["kept"]:
        words = words[1:]
        name = _canonical(" ".join(words))
    return name


def is_everything(text: str) -> bool:
    """Whether words name no goods but all: `goods`, `imports`."""
    behind = table("goods_families")["behind"]
    return family_name(text) in {*behind["heads"], *behind["flows"]}


def is_head(short: str, full: str) -> bool:
    """Whether one name is the last words of the other: `foil` of `aluminium foil`."""
    return full.endswith(f" {short}")


def shortens(short: str, full: str) -> bool:
    """Whether one name is the last or first words of the other, as in headlines: `copper` for `copper cathodes`."""
    return is_head(short, full) or full.startswith(f"{short} ")


def _canonical(name: str) -> str:
    known = _lexicon().get(name, name)
    return _same().get(known, known)


def _is_known(name: str) -> bool:
    return name in _lexicon() or name in _same() or name in _same().values()


def _words(text: str) -> list[str]:
    return text.casefold().replace("-", " ").replace("'", " ").replace("’", " ").split()


def _one(word: str) -> str:
    from extractor.entities.product_words import singular

    return singular(word)


@cache
def _lexicon() -> dict[str, str]:
    """Every name of the lexicon's goods -> the goods' canonical name, all in small letters and singular."""
    from extractor.entities.products import Product, plural
    from extractor.lexicon import entries

    names: dict[str, str] = {}
    for product in entries("products", Product):
        for name in (product.name, *product.aliases):
            for form in (name, plural(name), product.plural or name):
                names.setdefault(" ".join(_words(form)), product.name.casefold())
    return names


@cache
def _same() -> dict[str, str]:
    return {name: family for family, names in table("goods_families")["same"].items() for name in names}
