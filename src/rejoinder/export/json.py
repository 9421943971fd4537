"""One reading as one line of JSON, in the project's interchange format.

It takes a `Reading` and gives the object that every other program builds on: the names are fixed,
fields may be added. What this version does not work out yet (speaker, act, target, replies,
framings, …) is null or empty, never guessed.

The one idea: the line is plain ASCII, with everything else escaped. It survives any locale, holds
no character that some program takes for a line break, and can carry even the half characters that
broken pages contain.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from rejoinder.model import Article, Reading, Spans, Statement


def line(reading: Reading) -> str:
    """Return `reading` as one line of JSON, without the line's end."""
    return json.dumps(as_object(reading))


def as_object(reading: Reading) -> Mapping[str, object]:
    """Return `reading` as the interchange format's object; spans are offsets in code points."""
    return {
        "article": _article(reading.article),
        "statements": [_statement(statement) for statement in reading.statements],
        "replies": [],
        "framings": [],
        "weights": reading.weights,
    }


def _article(article: Article) -> Mapping[str, object]:
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "language": article.language,
        "authors": list(article.authors),
        "cited": list(article.cited),
        "text": article.text,
        "furniture": _spans(article.furniture),
        "headings": _spans(article.headings),
    }


def _statement(statement: Statement) -> Mapping[str, object]:
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "mode": statement.mode.value,
        "act": None,
        "cameo": None,
        "plover": None,
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "speaker": None,
        "target": None,
        "occasion": [],
        "via": [],
        "said_on": None,
        "inside": statement.inside,
        "confidence": round(statement.confidence, 3),
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
