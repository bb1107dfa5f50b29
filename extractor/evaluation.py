"""Scores extractions against gold: precision, recall and F1 of entities and records, accuracy of their slots.

Gold is the output form or a subset of it. A list or slot that it leaves out is not scored, null must be null, and what it
marks `core: false` is neither right nor wrong to find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from extractor.comparison import STATEMENT_SLOTS, TARIFF_SLOTS, SlotRule, edtf, get, goods, plain, same_name
from extractor.gold import GoldArticle, GoldEntity, GoldStatement, GoldTariff, Percent, Words, load, pair

GoldT = TypeVar("GoldT", GoldTariff, GoldStatement)
Cell = tuple[str | None, str | None, float | None]
"""Imposer, target ("*": all countries) and rate in percent."""

SAME_CONTENT = 0.5
"""Two statements are one when the overlap of their content is at least half of both together."""


# ---------------------------------------------------------------- the report


@dataclass
class Row:
    """Counts of one kind of entity or record."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the found ones that are right; None if nothing was found."""
        return _share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float | None:
        """Share of the gold ones that were found; None if gold has none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None if there was nothing to find and nothing found."""
        return _share(2 * self.right, 2 * self.right + self.extra + self.missed)


@dataclass
class Slot:
    """Counts of one slot of matched records, where gold or extraction fills it."""

    right: int = 0
    total: int = 0

    @property
    def accuracy(self) -> float | None:
        """Share of right values."""
        return _share(self.right, self.total)


@dataclass(frozen=True)
class Miss:
    """One difference between gold and extraction."""

    article: str
    kind: str
    what: Literal["missed", "extra", "wrong"]
    text: str


@dataclass
class Report:
    """The scores of a set of articles.

    Attributes:
        articles: number of gold articles.
        absent: gold articles without an extraction; all their gold counts as missed.
        rows: kind of entity or record -> counts.
        slots: slot -> counts.
        wrong_direction: pairs of imposer and target that are exchanged.
        errors: every difference, in the order of gold.
    """

    articles: int = 0
    absent: list[str] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    wrong_direction: int = 0
    errors: list[Miss] = field(default_factory=list)

    def add(self, kind: str, right: int, extra: int, missed: int) -> None:
        """Adds one article's counts of a kind."""
        row = self.rows.setdefault(kind, Row())
        row.right, row.extra, row.missed = row.right + right, row.extra + extra, row.missed + missed

    def add_slot(self, name: str, right: bool) -> None:
        """Adds one value of a slot."""
        slot = self.slots.setdefault(name, Slot())
        slot.right, slot.total = slot.right + right, slot.total + 1

    def note(self, article: str, kind: str, what: Literal["missed", "extra", "wrong"], texts: Iterable[str]) -> None:
        """Notes differences of one kind."""
        self.errors += [Miss(article, kind, what, text) for text in texts]

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, shares rounded to four digits."""
        return {
            "articles": self.articles,
            "absent": self.absent,
            "rows": {
                name: {"precision": _round(r.precision), "recall": _round(r.recall), "f1": _round(r.f1), **asdict(r)}
                for name, r in self.rows.items()
            },
            "slots": {name: {"accuracy": _round(s.accuracy), **asdict(s)} for name, s in self.slots.items()},
            "wrong_direction": self.wrong_direction,
            "errors": [asdict(error) for error in self.errors],
        }

    def render(self, *, errors: bool = False) -> str:
        """The report as an aligned plain-text table, on demand with every difference."""
        lines = [f"{self.articles} article{'s' * (self.articles != 1)}"]
        if self.absent:
            lines[0] += f", {len(self.absent)} without an extraction: {', '.join(self.absent[:5])}" + " …" * (
                len(self.absent) > 5
            )
        width = max(map(len, [*self.rows, *self.slots, "wrong direction"]))
        lines += ["", f"{'':{width}}      P      R     F1   right  extra  missed"]
        for name, row in self.rows.items():
            shares = " ".join(f"{_show(share):>6}" for share in (row.precision, row.recall, row.f1))
            lines.append(f"{name:{width}} {shares}  {row.right:6} {row.extra:6} {row.missed:7}")
        lines.append(f"{'wrong direction':{width}} {'':20}  {'':6} {self.wrong_direction:6}")
        if self.slots:
            lines += ["", f"{'slots of matched records':{width}}  share     right      of"]
        lines += [f"{name:{width}} {_show(s.accuracy):>6} {s.right:9} {s.total:7}" for name, s in self.slots.items()]
        if errors and self.errors:
            lines += ["", *(f"{e.article}: {e.kind}: {e.what}: {e.text}" for e in self.errors)]
        return "\n".join(lines)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _round(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _show(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


# ---------------------------------------------------------------- the whole


def evaluate(gold: Path, pred: Path) -> Report:
    """Scores extractions against gold.

    Args:
        gold: a file (one JSON object, a list, JSON Lines) or a folder of such files.
        pred: the same, as `extractor run` writes it. Extractions of articles that gold does not have are left aside.

    Raises:
        ConfigError: C001 or C006, a file is missing or does not have the output's form.
    """
    golds, report = load(gold), Report()
    kinds = {entity.type for article in golds for entity in article.entities}
    for want, found in pair(golds, load(pred)):
        name, got = want.article.label, found or GoldArticle(article=want.article)
        report.articles += 1
        if found is None:
            report.absent.append(name)
        if "entities" in want.model_fields_set:
            _score_entities(name, want, got, kinds, report)
        if "tariffs" in want.model_fields_set:
            _score_tariffs(name, want.tariffs, got.tariffs, report)
        if "statements" in want.model_fields_set:
            _score_statements(name, want, got, report)
    return report


# ---------------------------------------------------------------- entities

NAMED = {"PERSON": "people", "AGENCY": "agencies"}
KEYED = {
    "COUNTRY": "countries", "GROUP": "groups", "RATE": "rates", "DATE": "dates", "DURATION": "durations", "MONEY": "money",
    "PRODUCT": "products", "LAW": "laws",
}  # fmt: skip


def _score_entities(name: str, want: GoldArticle, got: GoldArticle, kinds: set[str], report: Report) -> None:
    """Each entity counts once an article. A kind that gold has nowhere is not scored."""
    for kind, label in (NAMED | KEYED).items():
        if kind not in kinds:
            continue
        golds, preds = ([e for e in article.entities if e.type == kind] for article in (want, got))
        right, extra, missed = (_match_names if kind in NAMED else _match_keys)(golds, preds)
        report.add(label, right, len(extra), len(missed))
        report.note(name, label, "missed", missed)
        report.note(name, label, "extra", extra)


def _match_names(golds: list[GoldEntity], preds: list[GoldEntity]) -> tuple[int, list[str], list[str]]:
    """One to one, greedily in the order of gold.

    Returns:
        How many are right, and the names of extra and missed ones.
    """
    left, missed = [entity.name for entity in preds], []
    for entity in sorted(golds, key=lambda e: not e.core):
        hit = next((name for name in left if same_name(name, entity.forms)), None)
        if hit is not None:
            left.remove(hit)
        elif entity.core:
            missed.append(entity.name)
    return sum(e.core for e in golds) - len(missed), left, missed


def _match_keys(golds: list[GoldEntity], preds: list[GoldEntity]) -> tuple[int, list[str], list[str]]:
    core = {key for e in golds if e.core for key in _keys(e)}
    soft = {key for e in golds if not e.core for key in _keys(e)}
    got = {key for e in preds for key in _keys(e)}
    return len(core & got), sorted(got - core - soft), sorted(core - got)


def _keys(entity: GoldEntity) -> list[str]:
    """What an entity is compared by, readable in a list of errors. A range of rates is two rates."""
    value = entity.value
    if value is None:
        return [" ".join(goods(entity.name))]
    if entity.type == "RATE":
        unit = value.specific
        parts = [f"{x:g}%" for x in (value.percent, value.percent_high) if x is not None]
        return parts + ([f"{unit.amount:g} {unit.currency} per {unit.per}"] if unit else [])
    if value.amount is not None:
        return [f"{value.amount:.12g} {value.currency}"]
    return [value.code or (value.edtf and edtf(value.edtf)) or value.iso or " ".join(goods(entity.name))]


# ---------------------------------------------------------------- tariffs


def _score_tariffs(name: str, golds: list[GoldTariff], preds: list[GoldTariff], report: Report) -> None:
    core = [g for g in golds if g.core]
    want, soft, got = ({c for t in some for c in cells(t)} for some in (core, [g for g in golds if not g.core], preds))
    _score_cells("tariff cells", want, soft, got, report)
    rated = [{c for c in some if c[2] is not None} for some in (want, soft, got)]
    _score_cells("tariff cells with a rate", rated[0], rated[1], rated[2], report)
    report.note(name, "tariff cells", "missed", sorted(map(_cell_text, want - got)))
    report.note(name, "tariff cells", "extra", sorted(map(_cell_text, got - want - soft)))

    pairs = {(imposer, target) for imposer, target, _ in want | soft}
    swapped = {(i, t) for i, t, _ in got if i and t and (i, t) not in pairs and (t, i) in pairs}
    report.wrong_direction += len(swapped)
    report.note(name, "direction", "wrong", sorted(f"{i} → {t}" for i, t in swapped))

    matched, ignored = _align_soft(golds, preds, _tariff_likeness)
    report.add("tariff records", len(matched), len(preds) - len(matched) - len(ignored), len(core) - len(matched))
    for gold, pred in matched:
        _score_slots(name, gold, pred, TARIFF_SLOTS, "tariff", " / ".join(map(_cell_text, cells(gold))), report)


def _score_cells(label: str, want: set[Cell], soft: set[Cell], got: set[Cell], report: Report) -> None:
    report.add(label, len(want & got), len(got - want - soft), len(want - got))


def cells(tariff: GoldTariff) -> list[Cell]:
    """The cells imposer × target × rate of a record; what it leaves open is None."""
    imposer = tariff.imposer.code if tariff.imposer else None
    everyone = tariff.target_scope in {"all", "all_except"}
    targets: list[str | None] = ["*"] if everyone else [place.code for place in tariff.targets or ()]
    rate = tariff.rate or Percent()
    rates: list[float | None] = [round(x, 2) for x in (rate.percent, rate.percent_high) if x is not None]
    return [(imposer, target, percent) for target in targets or [None] for percent in rates or [None]]


def _cell_text(cell: Cell) -> str:
    imposer, target, rate = cell
    return f"{imposer or '?'} → {target or '?'} " + ("no rate" if rate is None else f"{rate:g}%")


def _tariff_likeness(gold: GoldTariff, pred: GoldTariff) -> float:
    """0 without a shared cell, which makes two records one; else more for each shared cell, then for each right slot."""
    shared = set(cells(gold)) & set(cells(pred))
    right = [slot.right(gold, pred) for slot in TARIFF_SLOTS]
    return len(shared) + sum(r is True for r in right) / (len(right) + 1) if shared else 0.0


# ---------------------------------------------------------------- statements


def _score_statements(name: str, want: GoldArticle, got: GoldArticle, report: Report) -> None:
    golds, preds = ([s for s in article.statements if s.mode != "no_comment"] for article in (want, got))
    matched, ignored = _statements_row("all", want, golds, preds, report)
    done = {id(statement) for couple in matched for statement in couple} | {id(pred) for pred in ignored}
    report.note(name, "statement", "missed", [_statement_text(g) for g in golds if g.core and id(g) not in done])
    report.note(name, "statement", "extra", [_statement_text(p) for p in preds if id(p) not in done])
    for gold, pred in matched:
        same = _same_speaker(want, gold, pred)
        if not same:
            report.note(name, "speaker", "wrong", [f"{gold.speaker.name}, not {pred.speaker.name}: {_short(gold)}"])
        slots = [slot for slot in STATEMENT_SLOTS if same or not slot.path.startswith("speaker.")]
        _score_slots(name, gold, pred, slots, "statement", _short(gold), report)
    if all(g.speaker.official is not None for g in golds):
        officials = [g for g in golds if g.speaker.official or not g.core]
        _statements_row("official", want, officials, [p for p in preds if p.speaker.official], report)
    _score_no_comment(name, want, got, report)


def _statements_row(
    label: str, article: GoldArticle, golds: list[GoldStatement], preds: list[GoldStatement], report: Report
) -> tuple[list[tuple[GoldStatement, GoldStatement]], list[GoldStatement]]:
    """Scores statements found, and found with the right speaker.

    Returns:
        As `_align_soft`.
    """
    matched, ignored = _align_soft(golds, preds, _content_likeness)
    core, attributed = sum(g.core for g in golds), sum(_same_speaker(article, g, p) for g, p in matched)
    for kind, right in (("found", len(matched)), ("found with speaker", attributed)):
        report.add(f"{label} statements: {kind}", right, len(preds) - len(ignored) - right, core - right)
    return matched, ignored


def _score_no_comment(name: str, want: GoldArticle, got: GoldArticle, report: Report) -> None:
    """Refusals to comment have no content: their speakers are compared."""
    golds, preds = ([s for s in article.statements if s.mode == "no_comment"] for article in (want, got))
    entities = [
        GoldEntity(
            type="PERSON", name=s.speaker.name, mentions=[Words(text=form) for form in want.forms(s.speaker.entity)], core=s.core
        )
        for s in golds
    ]
    right, extra, missed = _match_names(entities, [GoldEntity(type="PERSON", name=s.speaker.name) for s in preds])
    if golds or preds:
        report.add("no-comment statements", right, len(extra), len(missed))
    report.note(name, "no comment", "missed", missed)
    report.note(name, "no comment", "extra", extra)


def _same_speaker(article: GoldArticle, gold: GoldStatement, pred: GoldStatement) -> bool:
    return same_name(pred.speaker.name, [gold.speaker.name, *article.forms(gold.speaker.entity)])


def _content_likeness(gold: GoldStatement, pred: GoldStatement) -> float:
    """Overlap of the content over both together: of offsets, or of words where a side has no offsets."""
    one, other = _offsets(gold.content), _offsets(pred.content)
    if one is None or other is None:
        one, other = (Counter(w for span in s.content for w in re.findall(r"\w+", span.text.casefold())) for s in (gold, pred))
    likeness = (one & other).total() / max(1, (one | other).total())
    return likeness if likeness >= SAME_CONTENT else 0.0


def _offsets(spans: list[Words]) -> Counter[Any] | None:
    """Every character position of the spans once; None if one of them has no offsets."""
    if any(span.start is None or span.end is None for span in spans):
        return None
    return Counter({at for span in spans for at in range(span.start or 0, span.end or 0)})


def _short(statement: GoldStatement) -> str:
    text = " ".join(" ".join(span.text for span in statement.content).split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def _statement_text(statement: GoldStatement) -> str:
    return f"{statement.speaker.name}: {_short(statement)}"


# ---------------------------------------------------------------- aligning


def _align(
    golds: Sequence[GoldT], preds: Sequence[GoldT], likeness: Callable[[GoldT, GoldT], float]
) -> list[tuple[GoldT, GoldT]]:
    """One to one, the most alike first; pairs of likeness 0 never match."""
    scored = [(-likeness(g, p), i, j) for i, g in enumerate(golds) for j, p in enumerate(preds)]
    used_golds, used_preds, pairs = set[int](), set[int](), []
    for score, i, j in sorted(scored):
        if score < 0 and i not in used_golds and j not in used_preds:
            used_golds.add(i)
            used_preds.add(j)
            pairs.append((i, j))
    return [(golds[i], preds[j]) for i, j in sorted(pairs)]


def _align_soft(
    golds: Sequence[GoldT], preds: Sequence[GoldT], likeness: Callable[[GoldT, GoldT], float]
) -> tuple[list[tuple[GoldT, GoldT]], list[GoldT]]:
    """Aligns with core gold first.

    Returns:
        The pairs with core gold, and those of the other predictions that are neither right nor wrong, for gold that is not
        core is like them.
    """
    matched = _align([g for g in golds if g.core], preds, likeness)
    taken = {id(pred) for _, pred in matched}
    soft = [g for g in golds if not g.core]
    return matched, [p for p in preds if id(p) not in taken and any(likeness(g, p) for g in soft)]


def _score_slots(article: str, gold: GoldT, pred: GoldT, rules: Sequence[SlotRule], kind: str, text: str, report: Report) -> None:
    for rule in rules:
        right = rule.right(gold, pred)
        if right is None:
            continue
        label = f"{kind} {rule.path}"
        report.add_slot(label, right)
        if not right:
            want, got = (plain(rule.value(get(record, rule.path))) for record in (gold, pred))
            report.note(article, label, "wrong", [f"{text}: {got}, should be {want}"])
