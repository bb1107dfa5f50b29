"""Doc -> mentions with values: one kind of entity a file, each a spaCy component.

A component finds and normalises; it never builds records.
"""

from __future__ import annotations

from extractor.entities import agencies, countries, dates, laws, mending, money, people, products, rates, terms

COMPONENTS = (
    "tariff_mending",
    "tariff_terms",
    "tariff_countries",
    "tariff_dates",
    "tariff_money",
    "tariff_rates",
    "tariff_laws",
    "tariff_agencies",
    "tariff_people",
    "tariff_products",
)
"""In the order of the pipeline: a component may read the mentions of those before it."""

__all__ = ["COMPONENTS", "agencies", "countries", "dates", "laws", "mending", "money", "people", "products", "rates", "terms"]
