"""The output: every model that an extraction consists of, and their enumerations.

Field names are a contract: databases and scorers read them. Fields may be added, never renamed.
All offsets are Unicode code points, half open, in `Article.text`.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"


class Record(BaseModel):
    """Base of all output models: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A stretch of `Article.text`: `text[start:end] == span.text`."""

    start: Annotated[int, Field(ge=0)]
    end: int
    text: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _length(self) -> Span:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}:{self.end} does not have the length of its text {self.text!r}")
        return self


Evidence = dict[str, list[Span]]
"""Field name -> the spans that prove its value."""


# ---------------------------------------------------------------- values of entities


class Jurisdiction(Record):
    """A country, union or group. `code` is ISO 3166-1 alpha-2, "EU", or a group's name in capitals ("ASEAN")."""

    code: str
    iso3: str | None = None
    name: str
    kind: Literal["country", "union", "group"] = "country"


class PersonValue(Record):
    """What the article says a person is; `country` is a jurisdiction code."""

    role: str | None = None
    organization: str | None = None
    country: str | None = None


class AgencyValue(Record):
    """The country (or union) that a public body belongs to; null for bodies of several countries."""

    country: str | None = None


class CountryValue(Record):
    """Code of a country, union or group; `iso3` is null for unions and groups."""

    code: str
    iso3: str | None = None


class Granularity(StrEnum):
    """The precision that the text gives a date."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"


class DateValue(Record):
    """A calendar date in EDTF (ISO 8601-2 Level 2) with its ISO bounds, both inclusive."""

    edtf: str
    granularity: Granularity
    earliest: date
    latest: date
    basis: Literal["explicit", "relative", "computed"]
    text: str


class DurationValue(Record):
    """A length of time: ISO 8601 duration ("P90D") and the words."""

    iso: str
    text: str


class MoneyValue(Record):
    """An amount of money; `currency` is ISO 4217."""

    amount: float
    currency: str
    qualifier: Literal["exact", "more_than", "less_than", "about", "up_to", "at_least"] = "exact"


class SpecificRate(Record):
    """A duty per unit: 25 cents a kilo is 0.25 USD per "kg"."""

    amount: float
    currency: str
    per: str


class Derivation(Record):
    """How a computed rate came about; `from_percent` is the operand.

    Kinds: "doubled", "tripled", "quadrupled", "halved", "matched"; of a prior rate "before_doubled" and so on, and
    "raised_by_points", "lowered_by_points" (computed from the new rate and the points).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    kind: str
    from_percent: float | None = Field(default=None, alias="from", serialization_alias="from")


class Rate(Record):
    """A rate of duty. A cut to zero is 0.0; an unknown rate is no Rate at all.

    `form` "free" is of RATE entities alone: words that mean a rate of nothing and state no percentage ("duty-free"), so that the
    entity's percent is null. A record on such words has percent 0.0 and form "ad_valorem".
    """

    percent: float | None = None
    percent_high: float | None = None
    form: Literal["ad_valorem", "specific", "compound", "free"] = "ad_valorem"
    basis: Literal["additional", "total", "percentage_points", "floor", "cap", "in_quota", "out_of_quota"] | None = None
    qualifier: Literal["exact", "up_to", "at_least", "about", "range"] = "exact"
    specific: SpecificRate | None = None
    derivation: Derivation | None = None


class ProductValue(Record):
    """Goods as named, and the HS chapters ("76") that the name alone fixes."""

    text: str
    hs_chapters: tuple[str, ...] = ()


class LawValue(Record):
    """A legal basis; `code` as in the lexicon ("us_s232"), null for a law that has none."""

    code: str | None = None
    text: str


Value = AgencyValue | PersonValue | CountryValue | Rate | DateValue | DurationValue | MoneyValue | ProductValue | LawValue
"""Read from JSON, the first that has exactly the fields: an agency's are some of a person's, so it comes first."""


class EntityType(StrEnum):
    """The kinds of entity."""

    PERSON = "PERSON"
    AGENCY = "AGENCY"
    COUNTRY = "COUNTRY"
    GROUP = "GROUP"
    RATE = "RATE"
    DATE = "DATE"
    DURATION = "DURATION"
    MONEY = "MONEY"
    PRODUCT = "PRODUCT"
    LAW = "LAW"


class Entity(Record):
    """One thing in the world and all its mentions in the article. `id` is local to the article."""

    id: str
    type: EntityType
    name: str
    value: Value | None = None
    mentions: Annotated[list[Span], Field(min_length=1)]


# ---------------------------------------------------------------- tariffs


class Instrument(StrEnum):
    """The kind of trade measure."""

    IMPORT_TARIFF = "import_tariff"
    ANTI_DUMPING = "anti_dumping"
    COUNTERVAILING = "countervailing"
    SAFEGUARD = "safeguard"
    QUOTA = "quota"
    DE_MINIMIS = "de_minimis"
    EXPORT_DUTY = "export_duty"
    OTHER = "other"


class Action(StrEnum):
    """What the article's latest news does to the measure."""

    IMPOSE = "impose"
    RAISE = "raise"
    LOWER = "lower"
    REMOVE = "remove"
    SUSPEND = "suspend"
    DELAY = "delay"
    EXEMPT = "exempt"
    EXTEND = "extend"
    RESTORE = "restore"
    MAINTAIN = "maintain"
    INVESTIGATE = "investigate"


class Status(StrEnum):
    """Where the measure stands on the publication date."""

    THREATENED = "threatened"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    PAUSED = "paused"
    ENDED = "ended"
    REJECTED = "rejected"
    STRUCK_DOWN = "struck_down"
    UNKNOWN = "unknown"


class Rationale(Record):
    """Why: a code of the lexicon ("drugs") and the words."""

    code: str
    text: str


class Condition(Record):
    """What the measure depends on."""

    kind: Literal["if", "unless", "until"]
    text: str


class Exemption(Record):
    """Goods or partners let off; `code` is a jurisdiction's where it is one."""

    text: str
    code: str | None = None


class Relation(Record):
    """A link to another tariff record of the same article, by its id."""

    type: Literal["retaliates_against", "responds_to", "matches", "replaces"]
    tariff: str


class TariffRecord(Record):
    """One measure: who taxes whose goods, which products, at what rate, since when, in what state."""

    id: str
    imposer: Jurisdiction | None
    targets: list[Jurisdiction] = []
    target_scope: Literal["listed", "all", "all_except", "unspecified"] = "unspecified"
    excluded_targets: list[Jurisdiction] = []
    products: list[ProductValue] = []
    product_scope: Literal["listed", "all", "all_except", "unspecified"] = "unspecified"
    instrument: Instrument = Instrument.IMPORT_TARIFF
    action: Action = Action.IMPOSE
    status: Status = Status.UNKNOWN
    rate: Rate | None = None
    prior_rate: Rate | None = None
    announced: DateValue | None = None
    effective: DateValue | None = None
    end: DateValue | None = None
    duration: DurationValue | None = None
    trade_value: MoneyValue | None = None
    legal_basis: LawValue | None = None
    rationale: list[Rationale] = []
    condition: Condition | None = None
    exemptions: list[Exemption] = []
    relations: list[Relation] = []
    attributed_to: str | None = None
    evidence: Evidence
    confidence: Annotated[float, Field(ge=0, le=1)]

    @model_validator(mode="after")
    def _proven(self) -> TariffRecord:
        _require_evidence(self, PROVEN_TARIFF_FIELDS)
        return self


PROVEN_TARIFF_FIELDS = (
    "imposer", "targets", "excluded_targets", "products", "rate", "prior_rate", "announced", "effective", "end", "duration",
    "trade_value", "legal_basis", "rationale", "condition", "exemptions", "relations", "attributed_to",
)  # fmt: skip
"""Fields of a tariff record that need evidence when filled. `evidence["tariff"]`, the measure's own words, is always there."""


# ---------------------------------------------------------------- statements


class Speaker(Record):
    """Who speaks, as of the article's date. `members` are the names of joint speakers."""

    entity: str | None = None
    name: str
    kind: Literal["person", "organization", "anonymous"]
    role: str | None = None
    organization: str | None = None
    country: Jurisdiction | None = None
    official: bool = False
    members: list[str] = []


class Cue(Span):
    """The word that attributes, with its lemma."""

    lemma: str


class StatementRecord(Record):
    """One attribution: who said what. `content` is without the outer quotation marks."""

    id: str
    speaker: Speaker
    cue: Cue | None = None
    mode: Literal["direct", "indirect", "mixed", "no_comment"]
    content: list[Span]
    date: DateValue | None = None
    venue: str | None = None
    addressee: str | None = None
    speech_act: Literal[
        "announce", "threaten", "propose", "promise", "deny", "condemn", "support", "demand", "report", "other"
    ] = "other"
    tariffs: list[str] = []
    evidence: Evidence
    confidence: Annotated[float, Field(ge=0, le=1)]

    @model_validator(mode="after")
    def _proven(self) -> StatementRecord:
        for field in ("speaker", "content"):
            if not self.evidence.get(field):
                raise ValueError(f"a statement without evidence for its {field}")
        _require_evidence(self, ("date", "venue", "addressee"))
        return self


def _require_evidence(record: TariffRecord | StatementRecord, fields: tuple[str, ...]) -> None:
    if not any(record.evidence.values()):
        raise ValueError("a record without evidence")
    for field in fields:
        if getattr(record, field) not in (None, [], ()) and not record.evidence.get(field):
            raise ValueError(f"{field} is filled, but no evidence proves it")


# ---------------------------------------------------------------- the whole


class Rejected(Record):
    """A rate or tariff word that was seen and not taken, with the reason."""

    start: int
    end: int
    text: str
    reason: Literal["statistic", "price_tariff", "historical", "other_tax", "size_of_cut", "hypothetical", "duplicate", "other"]


class Warned(Record):
    """A coded warning about one article."""

    code: str
    message: str


class Generator(Record):
    """What made the extraction; together with the input it determines every byte of the output."""

    name: str = "tariff-extractor"
    version: str
    model: str
    model_sha256: str
    config_sha256: str


class ArticleInfo(Record):
    """The article as the output names it. `sha256` is of `Article.text` in UTF-8; `text` only when asked for."""

    id: str
    source: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: list[str] = []
    dateline: str | None = None
    published: date | None = None
    published_at: datetime | None = None
    published_basis: Literal["given", "metadata", "file_name", "inferred", "unknown"] = "unknown"
    language: str | None = "en"
    body_start: int = 0
    sha256: str
    characters: int
    text: str | None = None
    duplicate_of: str | None = None


class Extraction(Record):
    """Everything found in one article."""

    schema_version: str = SCHEMA_VERSION
    generator: Generator
    article: ArticleInfo
    entities: list[Entity] = []
    tariffs: list[TariffRecord] = []
    statements: list[StatementRecord] = []
    rejected: list[Rejected] = []
    warnings: list[Warned] = []

    def official_statements(self) -> list[StatementRecord]:
        """The statements of officials and public bodies; `statements` holds those of all others too."""
        return [statement for statement in self.statements if statement.speaker.official]

    def spans(self) -> list[Span]:
        """All spans that prove something, in no special order."""
        found = [mention for entity in self.entities for mention in entity.mentions]
        records: list[TariffRecord | StatementRecord] = [*self.tariffs, *self.statements]
        for record in records:
            found += [span for spans in record.evidence.values() for span in spans]
        for statement in self.statements:
            found += statement.content
            if statement.cue:
                found.append(statement.cue)
        return found

    def verify(self, text: str) -> None:
        """Checks every span against the article's text.

        Raises:
            ValueError: a span's words are not those of the text.
        """
        found: list[Span | Rejected] = [*self.spans(), *self.rejected]
        for span in found:
            if text[span.start : span.end] != span.text:
                raise ValueError(f"evidence {span.start}:{span.end} {span.text!r} is not in the text")

    def to_json(self, *, indent: int | None = None) -> str:
        """The extraction as JSON: fields in the order of the contract, nulls kept, no ASCII escapes."""
        return self.model_dump_json(indent=indent, by_alias=True)


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the output."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Extraction.model_json_schema(mode="serialization", by_alias=True),
    }
