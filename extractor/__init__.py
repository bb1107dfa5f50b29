"""English news articles in, tariff records and official-statement records out, every value with the words that prove it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extractor.version import __version__

if TYPE_CHECKING:
    from extractor.article import Article
    from extractor.errors import ConfigError, ExtractorError, InputError, OutputError, ProcessingError
    from extractor.pipeline import Extractor, extract, load
    from extractor.records import Extraction, StatementRecord, TariffRecord
    from extractor.settings import Settings

_HOMES = {
    "Article": "article",
    "ConfigError": "errors",
    "ExtractorError": "errors",
    "Extraction": "records",
    "Extractor": "pipeline",
    "InputError": "errors",
    "OutputError": "errors",
    "ProcessingError": "errors",
    "Settings": "settings",
    "StatementRecord": "records",
    "TariffRecord": "records",
    "extract": "pipeline",
    "load": "pipeline",
}

__all__ = [
    "Article",
    "ConfigError",
    "Extraction",
    "Extractor",
    "ExtractorError",
    "InputError",
    "OutputError",
    "ProcessingError",
    "Settings",
    "StatementRecord",
    "TariffRecord",
    "__version__",
    "extract",
    "load",
]


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used: `import extractor` stays light, `extractor --help` quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
