"""Articles -> independent sources: copies and versions of a report are one, and so are all reports of a publisher."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.records import ArticleInfo


def sources_of(articles: Iterable[ArticleInfo]) -> dict[str, str]:
    """The source of each article, by the article's id.

    Articles are one report if one is marked as the other's duplicate, or if their texts are the same. The source of a report is
    the publisher of its original: the article that the others duplicate, else the first.
    """
    known = {article.id: article for article in articles}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for article in known.values():
        parent[root(f"text {article.sha256}")] = root(article.id)
        if article.duplicate_of:
            parent[root(article.duplicate_of)] = root(article.id)
    reports: dict[str, list[ArticleInfo]] = {}
    for article in known.values():
        reports.setdefault(root(article.id), []).append(article)
    out = {}
    for report in reports.values():
        source = _origin(report, set(known))
        out.update({article.id: source for article in report})
    return out


def _origin(report: list[ArticleInfo], known: set[str]) -> str:
    copied = {article.duplicate_of for article in report if article.duplicate_of}
    absent = sorted(copied - known)
    if absent:  # the original is about something else, or was not given
        return f"article {absent[0]}"
    first = min(report, key=lambda a: (a.id not in copied, a.published is None, a.published, a.id))
    return f"publisher {' '.join(first.publisher.casefold().split())}" if first.publisher else f"article {first.id}"
