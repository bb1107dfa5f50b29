"""The arguments and options of the commands, with their help: what several commands take is said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.formats import InputFormat

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files, folders (with their subfolders; hidden files are left out) or - for stdin."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE|FOLDER/|URL",
        help="Write to FILE (it appears when complete), to a database (tariffs.db, duckdb:///FILE, postgresql://HOST/BASE), or "
        "one file for each input into FOLDER/ (it ends with a slash or exists): a.txt becomes a.txt.json, subfolders are kept. "
        "Default: stdout. The article of a single input is written as one indented object, all else as JSON Lines, sorted by "
        "source. What is done is journaled beside it, or in the database: the same command goes on after an interruption and "
        "does only what has changed.",
    ),
]
Format = Annotated[
    str,
    typer.Option("--format", metavar="json|jsonld", help="Form of the records: ours, or W3C Web Annotations."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Worker processes. Default: one for each core."),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        min=0.0, metavar="SECONDS", help="Longest time for one article, after which it is rejected; 0 for none. Default: 120."
    ),
]
Unordered = Annotated[
    bool | None,
    typer.Option("--unordered/--ordered", help="Write articles as they are done, not in the order of the inputs."),
]
SkipDuplicates = Annotated[
    bool | None,
    typer.Option(
        "--skip-duplicates/--keep-duplicates", help="Leave out articles that duplicate an earlier one. Default: mark them."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Start over: do again what an earlier run has done.")]
SummaryForm = Annotated[str, typer.Option("--summary", metavar="text|json", help="Form of the summary at the end, on stderr.")]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of articles that have none of their own.")
]
MetadataFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="JSON or CSV with fields by relative path or file name: published, publisher, title, url, authors. "
        "They override what the input says.",
    ),
]
Rejects = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write what was rejected as JSON Lines: path, stage, code, message, hint. Default: rejects.jsonl beside the output.",
    ),
]
Model = Annotated[
    str | None, typer.Option(metavar="PATH|NAME", help="Model folder or installed pipeline. Default: the one that ships.")
]
MaxBytes = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help="Largest text of one article in bytes; a page or JSON may have four times as much. Default: 5,000,000.",
    ),
]
InputForm = Annotated[
    InputFormat | None,
    typer.Option("--input-format", help="Format of all inputs, or of what archives hold. Default: told from the content."),
]
WithText = Annotated[
    bool | None, typer.Option("--with-text/--without-text", help="Put the article's text into the output. Default: without.")
]
Lexicon = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Word lists that add to the shipped ones: agencies.jsonl, offices.jsonl, cues.jsonl, …"),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Settings, as TOML. Default: extractor.toml here, or [tool.extractor] in pyproject.toml."
    ),
]
OfficialsOnly = Annotated[
    bool | None,
    typer.Option(
        "--officials-only/--all-speakers",
        help="Write only the statements of officials and public bodies, leaving out those of companies, analysts and others.",
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0.0, max=1.0, metavar="SHARE", help="Leave out tariff records of a lower confidence. Default: 0, none."),
]
MaxFailures = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="Stop, with exit code 3, when more than N inputs are rejected.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only, no warnings and no summary.")]
