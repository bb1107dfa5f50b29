"""A person's view of an extraction in the terminal: each record with its evidence highlighted in context.

The text of an article is foreign: it is shown as it stands, never read as markup, and control characters are escaped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.records import Extraction, Jurisdiction, MoneyValue, Rate, Span, StatementRecord, TariffRecord

PROOF = "bold yellow"
FAINT = "dim"
INDENT = 3
NARROW = 76
"""Below this width, evidence stands under its field instead of beside it."""
NEAR = 200
"""Spans with fewer characters between them are shown in one passage."""
LONGEST_PASSAGE = 900
CONTEXT = 300
"""How far, in characters, the ends of the sentence around a span are looked for."""
MOST_PASSAGES = 3
MEASURE = "measure"
"""The row of the whole measure, in whose words the fields' evidence is highlighted."""
_SENTENCE_END = re.compile(r"""(?:\w{4}|[A-Z]{2}|[%)\d])[.!?]["'”’]?\s+|["”]\s*\n\s*|[.!?]["”]\s+(?=["“A-Z])|\n[ \t\r]*\n\s*""")


def show(extraction: Extraction, text: str, console: Console) -> None:
    """Shows an extraction: the article, its tariffs, its statements, and what was not taken.

    Args:
        extraction: what was found.
        text: the article's text, which the spans point into; where it does not fit, evidence is shown without context.
        console: where to. Without colours, evidence stands between « and ».
    """
    view = _View(extraction, text, console)
    view.article()
    view.heading("tariff record", len(extraction.tariffs))
    for number, tariff in enumerate(extraction.tariffs, 1):
        view.tariff(number, tariff)
    view.heading("statement", len(extraction.statements))
    for number, statement in enumerate(extraction.statements, 1):
        view.statement(number, statement)
    view.notes()


class _View:
    def __init__(self, extraction: Extraction, text: str, console: Console) -> None:
        self.extraction, self.text, self.console = extraction, text, console
        self.marks = console.no_color or console.color_system is None
        self.numbers = {tariff.id: number for number, tariff in enumerate(extraction.tariffs, 1)}
        self.names = {entity.id: entity.name for entity in extraction.entities}

    # ---- parts of the screen

    def article(self) -> None:
        article = self.extraction.article
        self._print(Text(safe(article.title or article.source), style="bold"))
        published = f"{article.published} ({article.published_basis})" if article.published else "no publication date"
        self._faint([article.publisher, published, article.dateline, ", ".join(article.authors)])
        self._faint([article.source, article.url])

    def heading(self, what: str, count: int) -> None:
        self._print(Text(f"\n{count or 'No'} {what}{'s' * (count != 1)}", style="bold cyan"))

    def tariff(self, number: int, tariff: TariffRecord) -> None:
        targets = _target_words(tariff, codes=False) or "?"
        parts = [f"{tariff.imposer.name if tariff.imposer else '?'} → {targets}", rate_words(tariff.rate), str(tariff.status)]
        self._title(number, " · ".join(filter(None, parts)), tariff.confidence)
        rows = self._tariff_rows(tariff)
        fields = max(len(field) for field, _, _ in rows)
        values = min(max(len(value) for _, value, _ in rows), max(16, self.console.width // 4))
        width = self.console.width - INDENT - fields - values - 4
        if self.console.width < NARROW:
            self._stacked(rows, _inner(tariff))
            return
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style=FAINT, no_wrap=True, width=fields + 2)
        table.add_column(width=values + 2)
        table.add_column(overflow="fold", width=width)
        for field, value, spans in rows:
            inner = _inner(tariff) if field == MEASURE else ()
            table.add_row(field, Text(safe(value)), Text("\n").join(self._lines(spans, width - 2, inner)))
        self.console.print(Padding(table, (0, 0, 0, INDENT), expand=False))

    def statement(self, number: int, statement: StatementRecord) -> None:
        who, made = statement.speaker, statement.date
        role = [who.name, who.role, who.organization, who.country.name if who.country else None]
        self._title(number, ", ".join(dict.fromkeys(filter(None, role))), statement.confidence)
        official = "official" if who.official else who.kind
        about = [str(self.numbers[t]) for t in statement.tariffs if t in self.numbers]
        self._faint([
            official, statement.mode.replace("_", " "), None if statement.speech_act == "other" else statement.speech_act,
            made.edtf if made else None, statement.venue, statement.addressee and f"to {statement.addressee}",
            f"on tariff{'s' * (len(about) != 1)} {', '.join(about)}" if about else None,
        ], indent=INDENT)  # fmt: skip
        cue = [statement.cue] if statement.cue else []
        for passage in self._passages(statement.content or statement.evidence["speaker"], cue):
            self._print(passage, indent=INDENT)

    def notes(self) -> None:
        reasons = Counter(rejected.reason.replace("_", " ") for rejected in self.extraction.rejected)
        if reasons:
            counts = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))
            self._print(Text(f"\nSeen and not taken: {counts}", style=FAINT))
        for warned in self.extraction.warnings:
            self._print(Text(f"{safe(warned.code)} {safe(warned.message)}", style="magenta"))

    # ---- pieces

    def _tariff_rows(self, tariff: TariffRecord) -> list[tuple[str, str, list[Span]]]:
        """Field, value and evidence of every filled field; then evidence of what has no row of its own."""
        known = {
            "tariff": (MEASURE, _plain(tariff.instrument)),
            "action": ("action", _plain(tariff.action)),
            "imposer": ("imposer", _places([tariff.imposer] if tariff.imposer else [])),
            "targets": ("targets", _target_words(tariff)),
            "excluded_targets": ("except", _places(tariff.excluded_targets)),
            "products": ("products", _product_words(tariff)),
            "rate": ("rate", rate_words(tariff.rate)),
            "prior_rate": ("rate before", rate_words(tariff.prior_rate)),
            "status": ("status", _plain(tariff.status)),
            "announced": ("announced", tariff.announced.edtf if tariff.announced else ""),
            "effective": ("effective", tariff.effective.edtf if tariff.effective else ""),
            "end": ("end", tariff.end.edtf if tariff.end else ""),
            "duration": ("duration", tariff.duration.text if tariff.duration else ""),
            "trade_value": ("trade value", money_words(tariff.trade_value)),
            "legal_basis": ("legal basis", tariff.legal_basis.text if tariff.legal_basis else ""),
            "rationale": ("reason", ", ".join(_plain(reason.code) for reason in tariff.rationale)),
            "condition": ("condition", tariff.condition.text if tariff.condition else ""),
            "exemptions": ("exempt", ", ".join(exemption.text for exemption in tariff.exemptions)),
            "relations": ("relation", ", ".join(f"{_plain(r.type)} {self.numbers.get(r.tariff, '?')}" for r in tariff.relations)),
            "attributed_to": ("according to", self.names.get(tariff.attributed_to or "", "")),
        }
        rows = [(field, value, tariff.evidence.get(key, [])) for key, (field, value) in known.items()]
        rows += [(_plain(key), "", spans) for key, spans in tariff.evidence.items() if key not in known]
        return [row for row in rows if row[1] or row[2]]

    def _stacked(self, rows: Sequence[tuple[str, str, list[Span]]], inner: Sequence[Span]) -> None:
        for field, value, spans in rows:
            self._print(Text.assemble((f"{field}: ", FAINT), safe(value)), indent=INDENT)
            for line in self._lines(spans, self.console.width - 2 * INDENT, inner if field == MEASURE else ()):
                self._print(line, indent=2 * INDENT)

    def _lines(self, spans: Sequence[Span], width: int, inner: Sequence[Span] = ()) -> list[Text]:
        """The spans in context, a line of the width for each passage. Where `inner` spans are given, they are highlighted."""
        lines = []
        for group in _groups(spans, gap=NEAR, length=width - 2):
            low, high = self._sentence(group)
            spare = width - (group[-1].end - group[0].start) - 2 - 2 * self.marks * len(group)
            before, after = group[0].start - low, high - group[-1].end
            left = min(before, max(spare // 2, spare - after, 0))
            right = min(after, max(spare - left, 0))
            lines.append(self._passage(group, group[0].start - left, group[-1].end + right, inner=inner))
        rest = len(lines) - MOST_PASSAGES
        return [*lines[:MOST_PASSAGES], *([Text(f"and {rest} more", style=FAINT)] if rest > 0 else [])]

    def _passages(self, spans: Sequence[Span], cues: Sequence[Span]) -> list[Text]:
        """The spans in whole sentences."""
        return [self._passage(group, *self._sentence(group), cues) for group in _groups(spans, gap=NEAR)]

    def _sentence(self, group: Sequence[Span]) -> tuple[int, int]:
        """Where the sentences around neighbouring spans start and end, as far as `CONTEXT` goes."""
        low, high = group[0].start, group[-1].end
        start, end = max(0, low - CONTEXT), min(len(self.text), high + CONTEXT)
        for stop in _SENTENCE_END.finditer(self.text, start, low):
            start = stop.end()
        behind = _SENTENCE_END.search(self.text, max(low, high - 4), end)
        while behind and behind.end() <= high:
            behind = _SENTENCE_END.search(self.text, behind.end(), end)
        return start, max(high, behind.end() if behind else end)

    def _passage(
        self, group: Sequence[Span], start: int, end: int, cues: Sequence[Span] = (), inner: Sequence[Span] = ()
    ) -> Text:
        """The text from start to end, cut at words, with the group, or what is `inner` to it, highlighted and cues marked."""
        if any(self.text[span.start : span.end] != span.text for span in group):
            return Text(" … ").join(self._proof(span.text) for span in group)
        first, last = group[0].start, group[-1].end
        start = _word_start(self.text, start, first)
        end = _word_end(self.text, max(end, last), last)
        cut = min(end, max(start + LONGEST_PASSAGE, first + 1))
        passage = Text("" if _starts_clean(self.text, start) else "…")
        proofs = _union([span for span in inner if first <= span.start and span.end <= last] or group)
        cue_places = [(cue.start, cue.end) for cue in cues]
        edges = {start, cut, *(at for place in [*proofs, *cue_places] for at in place if start < at < cut)}
        for low, high in pairwise(sorted(edges)):
            words = self.text[low:high]
            if any(begin <= low < finish for begin, finish in proofs):
                passage.append_text(self._proof(words))
            else:
                passage.append(safe(words), style="cyan" if any(begin <= low < finish for begin, finish in cue_places) else "")
        if cut < end or not _ends_clean(self.text, cut):
            passage.rstrip()
            passage.append("…")
        passage.rstrip()
        return passage

    def _proof(self, words: str) -> Text:
        return Text(f"«{safe(words)}»" if self.marks else safe(words), style=PROOF)

    def _title(self, number: int, words: str, confidence: float) -> None:
        self._print(Text.assemble("\n", (f"{number:<{INDENT}}", FAINT), (safe(words), "bold"), (f"  {confidence:.2f}", FAINT)))

    def _faint(self, parts: Iterable[str | None], indent: int = 0) -> None:
        self._print(Text(" · ".join(safe(part) for part in parts if part), style=FAINT), indent=indent)

    def _print(self, text: Text, indent: int = 0) -> None:
        self.console.print(Padding(text, (0, 0, 0, indent), expand=False) if indent else text, highlight=False)


# ---------------------------------------------------------------- text


def safe(text: str) -> str:
    """The text on one line, with every character that a terminal might act on escaped: ESC becomes x1b behind a backslash."""
    flat = re.sub(r"\s+", " ", text)
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in flat)


def _groups(spans: Sequence[Span], *, gap: int, length: int | None = None) -> list[list[Span]]:
    """Neighbours together, in the order of the text; spans within another one are left out.

    Args:
        spans: in any order.
        gap: how many characters may lie between two of a group.
        length: how many characters a group may have.
    """
    groups: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if groups and span.end <= groups[-1][-1].end:
            continue
        joins = groups and span.start - groups[-1][-1].end <= gap
        if joins and (length is None or span.end - groups[-1][0].start <= length):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _inner(tariff: TariffRecord) -> list[Span]:
    """Evidence of the fields, as against that of the measure as a whole."""
    return [span for field, spans in tariff.evidence.items() if field != "tariff" for span in spans]


def _union(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The places that the spans cover, overlapping ones as one."""
    places: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: s.start):
        if places and span.start < places[-1][1]:
            places[-1] = (places[-1][0], max(places[-1][1], span.end))
        else:
            places.append((span.start, span.end))
    return places


def _word_start(text: str, start: int, limit: int) -> int:
    """The first start of a word from `start` on, not behind `limit`."""
    while start < limit and (text[start].isspace() or (start and not text[start - 1].isspace())):
        start += 1
    return start


def _word_end(text: str, end: int, limit: int) -> int:
    """The last end of a word up to `end`, not before `limit`."""
    while end > limit and (text[end - 1].isspace() or (end < len(text) and not text[end].isspace())):
        end -= 1
    return end


def _starts_clean(text: str, start: int) -> bool:
    """Whether a sentence or line starts here."""
    before = text[max(0, start - 12) : start]
    return not before.strip() or "\n" in before[len(before.rstrip()) :] or before.rstrip()[-1] in '.!?"”’'


def _ends_clean(text: str, end: int) -> bool:
    """Whether a sentence or line ends here."""
    return text[end - 1 : end] in {*'.!?"”’'} or text[end : end + 2].strip(" \r") in {"", "\n"} or "\n\n" in text[end : end + 3]


# ---------------------------------------------------------------- values


def rate_words(rate: Rate | None) -> str:
    """A rate as one would write it: "up to 41%", "10% to 41%", "5% + 0.25 USD per kg (additional)"."""
    if rate is None:
        return ""
    unit = " points" if rate.basis == "percentage_points" else "%"
    numbers = " to ".join(f"{x:g}{unit}" for x in (rate.percent, rate.percent_high) if x is not None)
    qualifier = "" if rate.qualifier in {"exact", "range"} else f"{_plain(rate.qualifier)} "
    specific = f"{rate.specific.amount:g} {rate.specific.currency} per {rate.specific.per}" if rate.specific else ""
    words = qualifier + " + ".join(filter(None, [numbers, specific]))
    notes = [] if rate.basis in {None, "percentage_points"} else [_plain(str(rate.basis))]
    if rate.derivation:
        origin = rate.derivation.from_percent
        notes.append(rate.derivation.kind + ("" if origin is None else f" from {origin:g}%"))
    return words + (f" ({', '.join(notes)})" if notes else "")


def money_words(money: MoneyValue | None) -> str:
    """An amount: "more than 900,000,000 USD"."""
    if money is None:
        return ""
    amount = f"{money.amount:,.4f}".rstrip("0").rstrip(".")
    return f"{'' if money.qualifier == 'exact' else _plain(money.qualifier) + ' '}{amount} {money.currency}"


def _target_words(tariff: TariffRecord, *, codes: bool = True) -> str:
    listed = _places(tariff.targets, codes=codes)
    everyone = {"all": "all countries", "all_except": "all countries but some"}.get(tariff.target_scope, "")
    if tariff.target_scope == "all_except" and tariff.excluded_targets:
        everyone = f"all countries but {_places(tariff.excluded_targets, codes=False)}"
    return ", ".join(filter(None, [everyone, listed]))


def _product_words(tariff: TariffRecord) -> str:
    listed = ", ".join(
        product.text + (f" (HS {', '.join(product.hs_chapters)})" if product.hs_chapters else "") for product in tariff.products
    )
    scope = {"all": "all goods", "all_except": "all goods except"}.get(tariff.product_scope, "")
    return " ".join(filter(None, [scope, listed]))


def _places(places: Sequence[Jurisdiction], *, codes: bool = True) -> str:
    return ", ".join(f"{p.name} ({p.code})" if codes and p.code != p.name else p.name for p in places)


def _plain(code: str) -> str:
    return str(code).replace("_", " ")
