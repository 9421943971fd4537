"""What is new in a report, for those who watch: a line a statement, and what it answers under it.

Takes a reading and, where its outlet has changed the report, the reading of it before. A statement
is new when the words of its three parts did not stand in the report as a statement before; a reply
when what answers and what is answered did not. It decides nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rejoinder.export import layout, wording
from rejoinder.model import Reading, Reply, Statement
from rejoinder.text import words


def news(reading: Reading, before: Reading | None) -> Reading:
    """Return what is new in a reading: its new statements, and its new replies with theirs."""
    if before is None:
        return reading
    known = {_told(before, statement) for statement in before.statements}
    answered = {_tie(before, reply) for reply in before.replies}
    replies = tuple(r for r in reading.replies if _tie(reading, r) not in answered)
    replying = {reply.reply for reply in replies}
    statements = tuple(
        s for s in reading.statements if s.id in replying or _told(reading, s) not in known
    )
    shown = {statement.id for statement in statements}
    framings = tuple(f for f in reading.framings if f.statement in shown)
    return replace(reading, statements=statements, replies=replies, framings=framings)


def lines(new: Reading, whole: Reading) -> Iterator[str]:
    """Say for people what is new.

    Args:
        new: What `news` gave.
        whole: The reading it is of, for what is answered may be older.
    """
    for statement in new.statements:
        yield _statement(new, statement)
        for reply in new.replies:
            if reply.reply == statement.id and (answered := _answered(whole, reply)):
                yield f"    {reply.type.value} {answered}"


def _told(reading: Reading, statement: Statement) -> tuple[str, ...]:
    """Return the words of a statement, by which it is known again wherever it stands."""
    parts = (statement.source, statement.cue, statement.content)
    return tuple(" ".join(words(reading.article.text, part).split()) for part in parts)


def _tie(reading: Reading, reply: Reply) -> tuple[object, ...]:
    """Return what ties a reply, by which it is known again."""
    told = {s.id: _told(reading, s) for s in reading.statements if s.id in {reply.reply, reply.to}}
    what = words(reading.article.text, reply.answers)
    return (told.get(reply.reply), told.get(reply.to or ""), what)


def _statement(new: Reading, statement: Statement) -> str:
    """Return outlet, day, speaker, side, act and words, and where that stands, on one line."""
    article = new.article
    facts = (
        article.outlet,
        article.published,
        _who(new, statement),
        wording.act(statement),
        layout.said(article.text, statement),
        f"{article.id}#{statement.id}",
    )
    return layout.printable(" · ".join(str(fact) for fact in facts if fact))


def _who(whole: Reading, statement: Statement) -> str:
    who = wording.who(whole.article.text, statement)
    return f"{who.name}{who.mark}"


def _answered(whole: Reading, reply: Reply) -> str:
    """Return what a reply answers: a statement with its speaker, or words of the report."""
    text = whole.article.text
    for statement in whole.statements:
        if statement.id == reply.to:
            told = f"{_who(whole, statement)}: {layout.said(text, statement)}"
            return layout.printable(f"{told} · {whole.article.id}#{statement.id}")
    return layout.quoted(text, reply.answers) if reply.answers else ""
