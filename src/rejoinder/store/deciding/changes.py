"""From what to what people changed something, in words.

`spelled_out` fills in the `changes` of decisions. What was there before stands in a decision as it
stood in rows; here the numbers of actors become names, and spans the words of the report.

The one idea: it looks up only what the decisions at hand need, so a page of them costs the same
however long the log is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from rejoinder.model import NO_WORDS, Change
from rejoinder.store.tables.deeds import Decision, Deed, pairs_of
from rejoinder.store.tables.engine import parted
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import actors, statements, versions
from rejoinder.text import words

#: So many decisions are looked up at once, with the reports whose words they mark.
_AT_ONCE = 200
#: What stands where nobody speaks or is spoken to.
_NOBODY = {"speaker": "nobody named", "target": "nobody"}


def spelled_out(connection: Connection, decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions with what each changed, as far as that can still be told."""
    listed, found = list(decisions), list[Decision]()
    for some in parted(listed, _AT_ONCE):
        known = _Known(texts=_texts(connection, some), names=_names(connection, some))
        found += [replace(one, changes=one.changes or tuple(_changes(one, known))) for one in some]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the numbers in decisions stand for."""

    #: Of reports, by the numbers of statements.
    texts: Mapping[int, str]
    #: Name and side of actors, by their numbers.
    names: Mapping[int, tuple[str, str | None]]


def _texts(connection: Connection, decisions: Sequence[Decision]) -> dict[int, str]:
    about = {number for d in decisions if d.parts is not None for number in d.about}
    query = select(statements.c.id, versions.c.text).join(versions)
    found = connection.execute(query.where(statements.c.id.in_(sorted(about))))
    return {row.id: row.text for row in found}


def _names(
    connection: Connection, decisions: Sequence[Decision]
) -> dict[int, tuple[str, str | None]]:
    wanted = {
        was[field]
        for decision in decisions
        if decision.deed.value in _NOBODY
        for was in decision.before.values()
        for field in _NOBODY
        if was.get(field) is not None
    }
    query = select(actors.c.id, actors.c.name, actors.c.side)
    found = connection.execute(query.where(actors.c.id.in_(sorted(wanted))))
    return {row.id: (row.name, row.side) for row in found}


def _changes(decision: Decision, known: _Known) -> Iterator[Change]:
    """Yield what a decision changed; nothing where it ties or judges: that is all in its deed."""
    if decision.deed in {Deed.SPANS, Deed.ADD}:
        yield from _worded(decision, known)
    if decision.deed is Deed.ADD:
        if decision.value is not None:
            yield Change(field="speaker", before=None, after=_named(decision))
        if decision.act is not None:
            yield Change(field="act", before=None, after=decision.act)
    elif decision.deed is Deed.ACT:
        yield Change(field="act", before=_was(decision, "act"), after=decision.value or "")
    elif decision.deed is Deed.RENAME:
        yield Change(field="name", before=_was(decision, "name"), after=decision.value or "")
    elif decision.deed.value in _NOBODY:
        before = _joined(_once_named(decision, known))
        yield Change(field=decision.deed.value, before=before, after=_named(decision))
    elif decision.deed.review and _was(decision, "review"):
        before = _was(decision, "review")
        yield Change(field="review", before=before, after=decision.deed.review)


def _was(decision: Decision, field: str) -> str | None:
    """Return what stood there; all of it, where that was not the same of each thing."""
    return _joined(was[field] for was in decision.before.values() if was.get(field))


def _joined(told: Iterable[str]) -> str | None:
    return " / ".join(dict.fromkeys(told)) or None


def _named(decision: Decision) -> str:
    if decision.value is None:
        return _NOBODY[decision.deed.value]
    return _with_side(decision.value, decision.side)


def _once_named(decision: Decision, known: _Known) -> Iterator[str]:
    """Yield who stood there before; for whom they speak, where the decision is about that too."""
    field = decision.deed.value
    for was in decision.before.values():
        if was.get(field) is None:
            yield _NOBODY[field]
        elif was[field] in known.names:
            name, side = known.names[was[field]]
            yield _with_side(name, side if decision.side else None)


def _with_side(name: str, side: str | None) -> str:
    return f"{name} [{side}]" if side else name


def _worded(decision: Decision, known: _Known) -> Iterator[Change]:
    """Yield which words stood where others stand now; none of a statement that is gone."""
    (number,) = decision.about
    text = known.texts.get(number)
    if text is None or decision.parts is None:
        return
    was: Mapping[str, Any] = decision.before.get(str(number), {})
    put_in = decision.deed is Deed.ADD
    marked = pairs_of(decision.parts)
    for field in ("content", "source", "cue"):
        now, then = _cut(text, marked[field]), None if put_in else _cut(text, was.get(field) or ())
        if now != then and not (put_in and now == NO_WORDS):
            yield Change(field=field, before=then, after=now)


def _cut(text: str, spans: Sequence[Sequence[int]]) -> str:
    return words(text, spans_of(spans)) or NO_WORDS
