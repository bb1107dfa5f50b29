"""Finds goods: names of the lexicon with the words that narrow them, and other nouns where the syntax says goods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor.entities.layout import SegmentKind
from extractor.entities.mention import Mention, add_mentions, make_mention, mentions
from extractor.lexicon import Entry, entries, table
from extractor.records import EntityType, MoneyValue, ProductValue

LONGEST_NAME = 6
"""Words of the longest name in the lexicon."""
LONGEST_MODIFIER = 4
"""Tokens that may stand before a name and belong to it."""


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


@dataclass(frozen=True, slots=True)
class _Found:
    """Tokens `start:end` name goods; `head` is the last token of the phrase."""

    start: int
    end: int
    entity: str
    hs: tuple[str, ...]
    weak: bool


@cache
def _words(*path: str) -> frozenset[str]:
    found = table("product_words")
    for key in path:
        found = found[key]
    return frozenset(found)


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
    taken: set[int] = set()
    out: list[Mention] = []
    for item in (*_small_goods(doc), *_of_lexicon(doc, blocked), *_open_class(doc, blocked)):
        if taken.isdisjoint(range(item.start, item.end)):
            taken.update(range(item.start, item.end))
            out.append(_mention(doc, item))
    add_mentions(doc, out)
    return doc


def _mention(doc: Doc, item: _Found) -> Mention:
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


def _of_lexicon(doc: Doc, blocked: frozenset[int]) -> Iterator[_Found]:
    i = 0
    strong: list[_Found] = []
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
    words: list[str] = []
    best: tuple[int, _Name] | None = None
    for j in range(i, min(len(doc), i + 2 * LONGEST_NAME)):
        token = doc[j]
        if token.text in {"-", "'", "'s"} and words:
            continue
        if j in blocked or not token.text[0].isalnum() or len(words) >= LONGEST_NAME or (j > i and token.is_sent_start):
            break
        words += _key(token.text)
        name = _names().get(tuple(words))
        if name and _noun(token) and (not name.cased or token.text != token.lower_ or j > i):
            best = j + 1, name
    return best


def _noun(token: Token) -> bool:
    return token.tag_.startswith("NN") or (token.pos_ in {"ADJ", "X", "PROPN"} and not token.tag_.startswith("V"))


def _lexical(doc: Doc, start: int, end: int, name: _Name, blocked: frozenset[int]) -> _Found | None:
    """A name of the lexicon in its noun phrase."""
    if _part_of_a_name(doc, start, end, name) or (start and doc[start - 1].lower_ in _words("modifiers", "spoils")):
        return None
    base, hs = name.product.name, name.product.hs
    behind = doc[end] if end < len(doc) else None
    if behind is not None and behind.lower_ == "-" and end + 1 < len(doc):
        behind = None
    stretched = end
    while behind is not None and _belongs(behind) and not behind.is_sent_start and stretched - end < 3:
        stretched += 1
        behind = doc[stretched] if stretched < len(doc) else None
    if behind is not None and _lemma(behind) in _words("heads", "not_goods") and _noun(behind) and not _is_object_of_duty(behind):
        return None
    if stretched > end:
        base, hs = f"{base} {_singular(doc[end:stretched].text.lower())}", ()
    first = _modifiers(doc, start, blocked)
    before = doc[first:start].text_with_ws.lower()
    if before:
        hs = hs if _keeps_chapter(doc, first, start) else ()
        base = before + base
    return _Found(first, stretched, base, hs, name.weak and stretched == end)


def _belongs(token: Token) -> bool:
    return token.tag_.startswith("NN") and _lemma(token) in _words("heads", "behind") and token.is_lower


def _lemma(token: Token) -> str:
    return _singular(token.lower_)


def _singular(words: str) -> str:
    """The singular of the last word, by its ending."""
    for ending, other in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if words.endswith(ending) and len(words) > len(ending) + 1:
            return words[: -len(ending)] + other
    return words[:-1] if words.endswith("s") and not words.endswith(("ss", "us", "is")) and len(words) > 3 else words


def _modifiers(doc: Doc, start: int, blocked: frozenset[int], *, generic: bool = False) -> int:
    """The first token of the modifiers before a name that narrow it."""
    first = start
    for j in range(start - 1, max(-1, start - 1 - 2 * LONGEST_MODIFIER), -1):
        token = doc[j]
        if j in blocked or doc[j + 1].is_sent_start or token.is_space:
            break
        if token.text == "-" and j > 0 and token.whitespace_ == "" and doc[j - 1].whitespace_ == "" and first == j + 1:
            left = doc[j - 1]
            if j - 1 in blocked or left.lower_ in _words("modifiers", "never") or not left.is_alpha:
                first = min(start, j + 2)
                break
            first = j - 1
            continue
        if j >= first:
            continue
        if not _narrows(token, generic=generic) or token.head.i < j or token.head.i >= start + LONGEST_NAME:
            break
        first = j
    return first


def _narrows(token: Token, *, generic: bool) -> bool:
    """Whether a modifier says which goods: a noun does, an adjective only if the lexicon says so."""
    word = token.lower_
    if word in _words("modifiers", "never") or token.text in _words("modifiers", "never") or not word[0].isalpha():
        return False
    if word in _words("trade", "flows") or _lemma(token) in _words("trade", "duties"):
        return False
    if token.tag_ in {"JJR", "JJS", "PRP$", "DT", "CD", "POS", "PDT"}:
        return False
    if token.dep_ not in {"amod", "compound", "nmod"} or not (token.is_lower or token.is_sent_start):
        return False
    if word in _words("modifiers", "narrowing") or (token.tag_ in {"NN", "NNS"} and token.dep_ != "amod"):
        return True
    relational = word.endswith(tuple(sorted(_words("modifiers", "endings")))) and word not in _words("modifiers", "never_generic")
    return generic and token.pos_ == "ADJ" and relational


def _keeps_chapter(doc: Doc, first: int, start: int) -> bool:
    """Adjectives narrow within the chapter; a noun before the name may make other goods of it ("paper cups")."""
    words = [t for t in doc[first:start] if t.is_alpha and t.lower_ not in _words("modifiers", "same_chapter")]
    return all(t.pos_ == "ADJ" and t.lower_ not in _words("modifiers", "processed") for t in words)


def _part_of_a_name(doc: Doc, start: int, end: int, name: _Name) -> bool:
    """Whether "Steel" in "Nippon Steel" is part of a company's name: capitals beside capitals in running text."""
    words = [t for t in doc[start:end] if t.is_alpha]
    if name.cased or all(t.is_lower for t in words) or all(t.is_upper and len(t) <= 4 for t in words):
        return False
    if any(t.ent_type_ == "PERSON" for t in words):
        return True
    if words[0].lower_ in _words("modifiers", "firms") and not _plain_title(doc, start):
        return True
    if _is_title(doc, start):
        return words[-1].ent_type_ == "ORG" and not _plain_title(doc, start)
    left = doc[start - 1] if start and not doc[start].is_sent_start else None
    right = doc[end] if end < len(doc) else None
    if left is not None and left.text == "-":
        return False
    beside = [t for t in (left, right) if t is not None and t.is_alpha and t.is_title]
    beside += [left] if left is not None and left.text in {"U.S.", "&"} else []
    if doc[start].is_sent_start:
        return any(t.is_title for t in words[1:]) or bool(beside)
    return True


def _plain_title(doc: Doc, start: int) -> bool:
    """Whether the word is a modifier of a trade noun in its title: "Steel Tariffs"."""
    return _lemma(doc[start].head) in _words("trade", "duties") | _words("trade", "flows")


def _is_title(doc: Doc, i: int) -> bool:
    at = doc[i].idx
    return any(s.start <= at < s.end and s.kind in {SegmentKind.TITLE, SegmentKind.HEADING} for s in doc._.segments)


# ---------------------------------------------------------------- generic heads


def _generic(doc: Doc, i: int, blocked: frozenset[int]) -> _Found | None:
    """`aquatic products`, `medical supplies`: a head that names goods only with a modifier."""
    token = doc[i]
    if i in blocked or not token.is_lower or not token.tag_.startswith("NN") or _lemma(token) not in _words("heads", "generic"):
        return None
    if i + 1 < len(doc) and doc[i + 1].dep_ == "ROOT" and doc[i + 1].tag_ == "NN":
        return None
    first = _modifiers(doc, i, blocked, generic=True)
    if first == i or (i + 1 < len(doc) and token.dep_ == "compound" and _lemma(doc[i + 1]) in _words("heads", "not_goods")):
        return None
    return _Found(first, i + 1, _singular(doc[first : i + 1].text.lower()), (), weak=True)


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
    prep, duties = token.head, _words("trade", "duties")
    if token.dep_ != "pobj":
        return False
    if prep.lower_ in {"on", "upon"}:
        governor = prep.head
        return _lemma(governor) in duties | _words("trade", "levels") or governor.lemma_.lower() in _words("trade", "imposing")
    return prep.lower_ in {"for", "against"} and _lemma(prep.head) in duties


def _is_traded(token: Token) -> bool:
    """`imports of X`, `X imports`, `X tariffs`, `tax X`, `X are exempt`."""
    head = token.head
    if token.dep_ in {"compound", "nmod"} and _lemma(head) in _words("trade", "duties") | _words("trade", "flows"):
        return True
    if token.dep_ == "pobj" and head.lower_ in {"of", "in", "for"}:
        return _lemma(head.head) in _words("trade", "flows") | {"sale", "purchase", "trade", "tonne", "ton"}
    if token.dep_ == "pobj" and head.lower_ in {"including", "like", "as"}:
        return True
    return token.dep_ in {"dobj", "nsubjpass"} and head.lemma_.lower() in _words("trade", "verbs")


def _open_class(doc: Doc, blocked: frozenset[int]) -> Iterator[_Found]:
    """Nouns that no lexicon knows, where the syntax leaves no doubt: `tariffs on widgets`, `imports of acrylic yarn`."""
    for token in doc:
        if token.i in blocked or not token.is_lower or len(token) < 3 or token.tag_ not in {"NN", "NNS"}:
            continue
        if not _named_as_goods(token):
            continue
        first = _modifiers(doc, token.i, blocked)
        yield _Found(first, token.i + 1, _singular(doc[first : token.i + 1].text.lower()), (), weak=False)


def _named_as_goods(token: Token) -> bool:
    head, lemma = token.head, _lemma(token)
    if any(t.dep_ in {"poss", "relcl"} for t in token.children) or lemma in _words("open", "not_goods"):
        return False
    if token.dep_ == "compound" and token.i + 1 == head.i and _lemma(head) in {"import", "export"}:
        return head.tag_.startswith("NN") and lemma not in _words("open", "not_goods_before")
    if token.dep_ != "pobj":
        return False
    governor = _lemma(head.head)
    if head.lower_ == "on":
        return token.tag_ == "NNS" and (governor in _words("trade", "duties") or _imposes(head.head))
    bare = token.tag_ == "NNS" or not any(t.dep_ == "det" for t in token.children)
    return head.lower_ == "of" and bare and governor in {"import", "export", "importation", "importer", "exporter"}


def _imposes(verb: Token) -> bool:
    """`puts a duty (on X)`: a verb of imposing with a duty as its object."""
    objects = [t for t in verb.children if t.dep_ in {"dobj", "nsubjpass"}]
    return verb.lemma_.lower() in _words("trade", "imposing") and any(_lemma(t) in _words("trade", "duties") for t in objects)


# ---------------------------------------------------------------- parcels


def _small_goods(doc: Doc) -> Iterator[_Found]:
    """`goods worth less than $800`, `parcels under €150`: the goods are those below the threshold."""
    for mention in mentions(doc, EntityType.MONEY):
        if not isinstance(mention.value, MoneyValue) or mention.value.amount > 10_000:
            continue
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or mention.value.qualifier not in {"less_than", "up_to"}:
            continue
        j = span.start - 1
        while j > 0 and doc[j].lower_ in _words("small", "links") and span.start - j <= 6:
            j -= 1
        if _lemma(doc[j]) in _words("small", "heads") and doc[j].tag_.startswith("NN"):
            first = _modifiers(doc, j, frozenset())
            end = span.end + 2 if doc[span.end : span.end + 2].text in {"or less", "or under"} else span.end
            yield _Found(first, end, doc[first:end].text.lower(), (), weak=False)
