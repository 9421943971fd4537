"""Readings to rows and back: what goes into the tables of `schema`, and how it comes out again.

Pure: plain data in, plain data out. A reading that went in comes out equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rejoinder.model import (
    Act,
    Actor,
    Article,
    Framing,
    How,
    Kind,
    Mode,
    Reading,
    Reply,
    ReplyType,
    Resolution,
    Span,
    Spans,
    Statement,
)
from rejoinder.store.tables.search import folded

#: A row by column.
Row = Mapping[str, Any]
#: Columns of statements that serve to tie replies, and that no page shows.
UNSHOWN = frozenset({"aims", "replying"})


def of_article(article: Article) -> Row:
    """Return the columns of `versions` that an article fills."""
    return {
        "name": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "outlet_folded": folded(article.outlet) if article.outlet else None,
        "title": article.title,
        "published": article.published,
        "published_from": article.published_from,
        "language": article.language,
        "authors": list(article.authors),
        "cited": list(article.cited),
        "text": article.text,
        "furniture": _pairs(article.furniture),
        "headings": _pairs(article.headings),
        "source": article.source,
    }


def to_article(row: Row) -> Article:
    """Return the article of a row of `versions`."""
    return Article(
        id=row["name"],
        text=row["text"],
        furniture=spans_of(row["furniture"]),
        headings=spans_of(row["headings"]),
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        published=row["published"],
        published_from=row["published_from"],
        language=row["language"],
        authors=tuple(row["authors"]),
        cited=tuple(row["cited"]),
        source=row["source"],
    )


def cast(reading: Reading) -> list[Actor]:
    """List the actors of a reading, each once, in the order in which they come up."""
    named = (
        actor
        for s in reading.statements
        for actor in (s.speaker, s.target, *(actor for actor, _ in s.aims))
    )
    return list(dict.fromkeys(actor for actor in named if actor))


def of_actor(actor: Actor) -> Row:
    """Return the columns of `actors` that an actor fills."""
    return {
        "slug": actor.id,
        "name": actor.name,
        "role": actor.role,
        "side": actor.side,
        "side_guessed": actor.side_guessed,
        "name_folded": folded(actor.name),
        "side_folded": folded(actor.side) if actor.side else None,
    }


def to_actor(row: Row) -> Actor:
    """Return the actor of a row."""
    return Actor(
        id=row["slug"],
        name=row["name"],
        role=row["role"],
        side=row["side"],
        side_guessed=row["side_guessed"],
    )


def of_statement(statement: Statement, numbers: Mapping[Actor, int]) -> Row:
    """Return the columns of `statements` that a statement fills; `numbers` are its actors' rows."""
    found = statement.resolution
    return {
        "name": statement.id,
        "kind": statement.kind.value,
        "mode": statement.mode.value,
        "source": _pairs(statement.source),
        "cue": _pairs(statement.cue),
        "content": _pairs(statement.content),
        "inside": statement.inside,
        "confidence": statement.confidence,
        "act": statement.act.value,
        "act_confidence": statement.act_confidence,
        "speaker": numbers[statement.speaker] if statement.speaker else None,
        "target": numbers[statement.target] if statement.target else None,
        "how": found.how.value if found else None,
        "how_confidence": found.confidence if found else None,
        "chain": _pairs(found.chain) if found else None,
        "occasion": _pairs(statement.occasion),
        "via": _pairs(statement.via),
        "said_on": statement.said_on,
        "answering": statement.answering,
        "naming": statement.naming,
        "aims": [[numbers[actor], chance] for actor, chance in statement.aims],
        "replying": [[_pairs(cue), chance] for cue, chance in statement.replying],
    }


def cast_of(row: Row) -> set[int]:
    """Return the rows of the actors that the statement of a row has to do with."""
    named = (row["speaker"], row["target"], *(number for number, _ in row.get("aims", ())))
    return {number for number in named if number is not None}


def to_statement(row: Row, actors: Mapping[int, Actor]) -> Statement:
    """Return the statement of a row; `actors` are those of its version by row.

    What is `UNSHOWN` may be left out; then the statement has none of it.
    """
    resolution = None
    if row["how"] is not None:
        resolution = Resolution(
            how=How(row["how"]), confidence=row["how_confidence"], chain=spans_of(row["chain"])
        )
    return Statement(
        id=row["name"],
        kind=Kind(row["kind"]),
        mode=Mode(row["mode"]),
        source=spans_of(row["source"]),
        cue=spans_of(row["cue"]),
        content=spans_of(row["content"]),
        inside=row["inside"],
        confidence=row["confidence"],
        act=Act(row["act"]),
        act_confidence=row["act_confidence"],
        speaker=actors[row["speaker"]] if row["speaker"] is not None else None,
        target=actors[row["target"]] if row["target"] is not None else None,
        resolution=resolution,
        occasion=spans_of(row["occasion"]),
        via=spans_of(row["via"]),
        said_on=row["said_on"],
        answering=row["answering"],
        naming=row["naming"],
        aims=tuple((actors[number], chance) for number, chance in row.get("aims", ())),
        replying=tuple((spans_of(cue), chance) for cue, chance in row.get("replying", ())),
    )


def of_reply(reply: Reply) -> Row:
    """Return the columns of `replies` that a reply fills."""
    return {
        "reply": reply.reply,
        "to": reply.to,
        "type": reply.type.value,
        "answers": _pairs(reply.answers),
        "signal": _pairs(reply.signal),
        "confidence": reply.confidence,
        "undone": False,
    }


def to_reply(row: Row) -> Reply:
    """Return the reply of a row."""
    return Reply(
        reply=row["reply"],
        to=row["to"],
        type=ReplyType(row["type"]),
        answers=spans_of(row["answers"]),
        signal=spans_of(row["signal"]),
        confidence=row["confidence"],
    )


def of_framing(framing: Framing) -> Row:
    """Return the columns of `framings` that a framing fills."""
    return {
        "statement": framing.statement,
        "thing": _pairs(framing.thing),
        "label": _pairs(framing.label),
        "confidence": framing.confidence,
    }


def to_framing(row: Row) -> Framing:
    """Return the framing of a row."""
    return Framing(
        statement=row["statement"],
        thing=spans_of(row["thing"]),
        label=spans_of(row["label"]),
        confidence=row["confidence"],
    )


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def spans_of(pairs: Sequence[Sequence[int]]) -> Spans:
    """Return spans as they are kept in a column."""
    return tuple((start, end) for start, end in pairs)
