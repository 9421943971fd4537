"""One reading as one line of JSON, in the project's interchange format.

It takes a `Reading` and gives the object that every other program builds on: the names are fixed,
fields may be added. What the report does not tell is null or empty, never guessed.

The one idea: the line is plain ASCII, with everything else escaped. It survives any locale, holds
no character that some program takes for a line break, and can carry even the half characters that
broken pages contain.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from rejoinder import states
from rejoinder.acts import SCHEMES, code
from rejoinder.model import Actor, Article, Framing, Reading, Reply, Resolution, Spans, Statement
from rejoinder.text import words


def line(reading: Reading) -> str:
    """Return `reading` as one line of JSON, without the line's end."""
    return json.dumps(as_object(reading))


def as_object(reading: Reading) -> Mapping[str, object]:
    """Return `reading` as the interchange format's object; spans are offsets in code points."""
    return {
        "article": _article(reading.article),
        "statements": [
            _statement(statement, reading.article.text) for statement in reading.statements
        ],
        "replies": [_reply(reply) for reply in reading.replies],
        "framings": [_framing(framing) for framing in reading.framings],
        "remarks": list(reading.remarks),
        "schemes": SCHEMES,
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


def _statement(statement: Statement, text: str) -> Mapping[str, object]:
    codes = code(
        statement.act, cue=words(text, statement.cue), content=words(text, statement.content)
    )
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "mode": statement.mode.value,
        "act": statement.act.value,
        "act_confidence": round(statement.act_confidence, 3),
        "cameo": codes.cameo,
        "plover": codes.plover,
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "speaker": _actor(statement.speaker),
        "resolution": _resolution(statement.resolution),
        "target": _actor(statement.target),
        "occasion": _spans(statement.occasion),
        "via": _spans(statement.via),
        "said_on": statement.said_on.isoformat() if statement.said_on else None,
        "inside": statement.inside,
        "confidence": round(statement.confidence, 3),
    }


def _actor(actor: Actor | None) -> Mapping[str, object] | None:
    if actor is None:
        return None
    return {
        "id": actor.id,
        "name": actor.name,
        "role": actor.role,
        "side": actor.side,
        "side_guessed": actor.side_guessed,
        "code": states.code(actor.side) if actor.side else None,
    }


def _resolution(resolution: Resolution | None) -> Mapping[str, object] | None:
    if resolution is None:
        return None
    return {
        "how": resolution.how.value,
        "confidence": round(resolution.confidence, 3),
        "chain": _spans(resolution.chain),
    }


def _reply(reply: Reply) -> Mapping[str, object]:
    return {
        "reply": reply.reply,
        "to": reply.to,
        "type": reply.type.value,
        "answers": _spans(reply.answers),
        "signal": _spans(reply.signal),
        "confidence": round(reply.confidence, 3),
    }


def _framing(framing: Framing) -> Mapping[str, object]:
    return {
        "statement": framing.statement,
        "thing": _spans(framing.thing),
        "label": _spans(framing.label),
        "confidence": round(framing.confidence, 3),
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
