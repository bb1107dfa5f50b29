"""Finds goods: names of the lexicon with the words that narrow them, and other nouns where the syntax says goods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor.entities.layout import SegmentKind
from extractor.entities.mention import Mention, add_mentions, make_mention, mentions
from extractor.entities.product_grammar import open_class
from extractor.entities.product_words import LONGEST_NAME, Found, lemma, modifiers, singular, words
from extractor.lexicon import Entry, entries
from extractor.records import EntityType, MoneyValue, ProductValue


class Product(Entry):
    """Goods.

    Attributes:
        name: canonical name, singular.
        aliases: other names and spellings of the same goods.
        plural: where it is irregular.
        hs: the HS 2022 chapters, where the name alone fixes them.
        weak: the name has other everyday senses; it counts only where the syntax says that goods are meant.
        weak_aliases: aliases of that sort.
    """

    name: str
    aliases: tuple[str, ...] = ()
    plural: str | None = None
    hs: tuple[str, ...] = ()
    weak: bool = False
    weak_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    product: Product
    weak: bool
    cased: bool


@cache
def _names() -> dict[tuple[str, ...], _Name]:
    out: dict[tuple[str, ...], _Name] = {}
    for product in entries("products", Product):
        for name in (product.name, *product.aliases):
            weak = product.weak or name in product.weak_aliases
            found = _Name(product, weak, cased=name != name.lower())
            for form in {name, plural(name), product.plural or name}:
                out.setdefault(_key(form), found)
    return out


def _key(name: str) -> tuple[str, ...]:
    return tuple(name.lower().replace("-", " ").replace("'", " ").split())


def plural(name: str) -> str:
    """The regular plural of a noun phrase."""
    if name.endswith("y") and name[-2:-1] not in {"a", "e", "o", "u"}:
        return name[:-1] + "ies"
    if name.endswith(("s", "x", "ch", "sh", "z")):
        return name + "es"
    if name.endswith(("tomato", "potato", "mango", "cargo")):
        return name + "es"
    if name.endswith("knife"):
        return name[:-2] + "ves"
    return name + "s"


@Language.component("tariff_products")
def products(doc: Doc) -> Doc:
    """Adds mentions of products."""
    blocked = _blocked(doc)
    taken: dict[int, Found] = {}
    for item in (*_small_goods(doc), *_of_lexicon(doc, blocked), *open_class(doc, blocked)):
        before = {taken[i] for i in range(item.start, item.end) if i in taken}
        if any(other.start < item.start or other.end >= item.end for other in before):
            continue
        for other in before:  # `glass-ceramic hob plates`: a name that only modifies the goods
            for i in range(other.start, other.end):
                del taken[i]
        taken.update(dict.fromkeys(range(item.start, item.end), item))
    add_mentions(doc, [_mention(doc, item) for item in dict.fromkeys(taken.values())])
    return doc


def _mention(doc: Doc, item: Found) -> Mention:
    span = doc[item.start : item.end]
    value = ProductValue(text=span.text, hs_chapters=item.hs)
    return make_mention(doc, EntityType.PRODUCT, span.start_char, span.end_char, item.entity, value)


def _blocked(doc: Doc) -> frozenset[int]:
    """Tokens that are part of a country's, person's or body's name, or of an amount."""
    kinds = [kind for kind in EntityType if kind not in {EntityType.PRODUCT, EntityType.DURATION}]
    out: set[int] = set()
    for mention in mentions(doc, *kinds):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None:
            out.update(range(span.start, span.end))
    return frozenset(out)


# ---------------------------------------------------------------- the lexicon


def _of_lexicon(doc: Doc, blocked: frozenset[int]) -> Iterator[Found]:
    i = 0
    strong: list[Found] = []
    while i < len(doc):
        hit = _longest(doc, i, blocked)
        if hit is None:
            generic = _generic(doc, i, blocked)
            if generic:
                strong.append(generic)
            i += 1
            continue
        end, name = hit
        item = _lexical(doc, i, end, name, blocked)
        if item:
            strong.append(item)
        i = item.end if item else end
    sure = {t for item in strong if not item.weak for t in range(item.start, item.end)}
    for item in sorted(strong, key=lambda f: (f.start, -f.end)):
        if not item.weak or _means_goods(doc[item.end - 1], sure):
            yield item


def _longest(doc: Doc, i: int, blocked: frozenset[int]) -> tuple[int, _Name] | None:
    said: list[str] = []
    best: tuple[int, _Name] | None = None
    for j in range(i, min(len(doc), i + 2 * LONGEST_NAME)):
        token = doc[j]
        if token.text in {"-", "'", "'s"} and said:
            continue
        if j in blocked or not token.text[0].isalnum() or len(said) >= LONGEST_NAME or (j > i and token.is_sent_start):
            break
        said += _key(token.text)
        name = _names().get(tuple(said))
        if name and _noun(token) and (not name.cased or token.text != token.lower_ or j > i):
            best = j + 1, name
    return best


def _noun(token: Token) -> bool:
    return token.tag_.startswith("NN") or (token.pos_ in {"ADJ", "X", "PROPN"} and not token.tag_.startswith("V"))


def _lexical(doc: Doc, start: int, end: int, name: _Name, blocked: frozenset[int]) -> Found | None:
    """A name of the lexicon in its noun phrase."""
    if _part_of_a_name(doc, start, end, name) or (start and doc[start - 1].lower_ in words("modifiers", "spoils")):
        return None
    base, hs = name.product.name, name.product.hs
    behind = doc[end] if end < len(doc) else None
    if behind is not None and behind.lower_ == "-" and end + 1 < len(doc):
        behind = None
    stretched = end
    while behind is not None and _belongs(behind) and not behind.is_sent_start and stretched - end < 3:
        stretched += 1
        behind = doc[stretched] if stretched < len(doc) else None
    if behind is not None and lemma(behind) in words("heads", "not_goods") and _noun(behind) and not _is_object_of_duty(behind):
        return None
    if stretched > end:
        base, hs = f"{base} {singular(doc[end:stretched].text.lower())}", ()
    first = modifiers(doc, start, blocked)
    before = doc[first:start].text_with_ws.lower()
    if before:
        hs = hs if _keeps_chapter(doc, first, start) else ()
        base = before + base
    return Found(first, stretched, base, hs, name.weak and stretched == end)


def _belongs(token: Token) -> bool:
    return token.tag_.startswith("NN") and lemma(token) in words("heads", "behind") and token.is_lower


def _keeps_chapter(doc: Doc, first: int, start: int) -> bool:
    """Adjectives narrow within the chapter; a noun before the name may make other goods of it ("paper cups")."""
    before = [t for t in doc[first:start] if t.is_alpha and t.lower_ not in words("modifiers", "same_chapter")]
    return all(t.pos_ == "ADJ" and t.lower_ not in words("modifiers", "processed") for t in before)


def _part_of_a_name(doc: Doc, start: int, end: int, name: _Name) -> bool:
    """Whether "Steel" in "Nippon Steel" is part of a company's name: capitals beside capitals in running text."""
    own = [t for t in doc[start:end] if t.is_alpha]
    if name.cased or all(t.is_lower for t in own) or all(t.is_upper and len(t) <= 4 for t in own):
        return False
    if any(t.ent_type_ == "PERSON" for t in own):
        return True
    if own[0].lower_ in words("modifiers", "firms") and not _plain_title(doc, start):
        return True
    if _is_title(doc, start):
        return own[-1].ent_type_ == "ORG" and not _plain_title(doc, start)
    left = doc[start - 1] if start and not doc[start].is_sent_start else None
    right = doc[end] if end < len(doc) else None
    if left is not None and left.text == "-":
        return False
    beside = [t for t in (left, right) if t is not None and t.is_alpha and t.is_title]
    beside += [left] if left is not None and left.text in {"U.S.", "&"} else []
    if doc[start].is_sent_start:
        return any(t.is_title for t in own[1:]) or bool(beside)
    return True


def _plain_title(doc: Doc, start: int) -> bool:
    """Whether the word is a modifier of a trade noun in its title: "Steel Tariffs"."""
    return lemma(doc[start].head) in words("trade", "duties") | words("trade", "flows")


def _is_title(doc: Doc, i: int) -> bool:
    at = doc[i].idx
    return any(s.start <= at < s.end and s.kind in {SegmentKind.TITLE, SegmentKind.HEADING} for s in doc._.segments)


# ---------------------------------------------------------------- generic heads


def _generic(doc: Doc, i: int, blocked: frozenset[int]) -> Found | None:
    """`aquatic products`, `medical supplies`: a head that names goods only with a modifier."""
    token = doc[i]
    if i in blocked or not token.is_lower or not token.tag_.startswith("NN") or lemma(token) not in words("heads", "generic"):
        return None
    if i + 1 < len(doc) and doc[i + 1].dep_ == "ROOT" and doc[i + 1].tag_ == "NN":
        return None
    first = modifiers(doc, i, blocked, generic=True)
    if first == i or (i + 1 < len(doc) and token.dep_ == "compound" and lemma(doc[i + 1]) in words("heads", "not_goods")):
        return None
    return Found(first, i + 1, singular(doc[first : i + 1].text.lower()), (), weak=True)


# ---------------------------------------------------------------- syntax that says goods


def _means_goods(token: Token, sure: set[int]) -> bool:
    """Whether the syntax makes a noun goods: duties on it, trade in it, or a list with sure goods."""
    head = token
    for _ in range(6):
        if _is_object_of_duty(head) or _is_traded(head):
            return True
        if head.dep_ in {"conj", "appos"} and head.head.i != head.i:
            if head.head.i in sure:
                return True
            head = head.head
            continue
        break
    return any(child.dep_ in {"conj", "appos"} and (child.i in sure or _is_traded(child)) for child in token.children)


def _is_object_of_duty(token: Token) -> bool:
    """`tariffs on X`, `a 25% levy on the X sector`, `imposes 25% on X`."""
    prep, duties = token.head, words("trade", "duties")
    if token.dep_ != "pobj":
        return False
    if prep.lower_ in {"on", "upon"}:
        governor = prep.head
        return lemma(governor) in duties | words("trade", "levels") or governor.lemma_.lower() in words("trade", "imposing")
    return prep.lower_ in {"for", "against"} and lemma(prep.head) in duties


def _is_traded(token: Token) -> bool:
    """`imports of X`, `X imports`, `X tariffs`, `tax X`, `X are exempt`."""
    head = token.head
    if token.dep_ in {"compound", "nmod"} and lemma(head) in words("trade", "duties") | words("trade", "flows"):
        return True
    if token.dep_ == "pobj" and head.lower_ in {"of", "in", "for"}:
        return lemma(head.head) in words("trade", "flows") | {"sale", "purchase", "trade", "tonne", "ton"}
    if token.dep_ == "pobj" and head.lower_ in {"including", "like", "as"}:
        return True
    return token.dep_ in {"dobj", "nsubjpass"} and head.lemma_.lower() in words("trade", "verbs")


# ---------------------------------------------------------------- parcels


def _small_goods(doc: Doc) -> Iterator[Found]:
    """`goods worth less than $800`, `parcels under €150`: the goods are those below the threshold."""
    for mention in mentions(doc, EntityType.MONEY):
        if not isinstance(mention.value, MoneyValue) or mention.value.amount > 10_000:
            continue
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or mention.value.qualifier not in {"less_than", "up_to"}:
            continue
        j = span.start - 1
        while j > 0 and doc[j].lower_ in words("small", "links") and span.start - j <= 6:
            j -= 1
        if lemma(doc[j]) in words("small", "heads") and doc[j].tag_.startswith("NN"):
            first = modifiers(doc, j, frozenset())
            end = span.end + 2 if doc[span.end : span.end + 2].text in {"or less", "or under"} else span.end
            yield Found(first, end, doc[first:end].text.lower(), (), weak=False)
