"""The words of a statement, as people mark them: set, found by, and taken back.

A statement that the program missed is put in here too. It is a row like any other; what makes it
different is the decision that it stands by: while nobody had said so it was dismissed, and so it is
no part of what the program read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from rejoinder.errors import DecisionError
from rejoinder.merge.utterances import found_by
from rejoinder.model import Article, Attribution, Mode, Parts, Statement
from rejoinder.resolve.kinds import statements as resolved
from rejoinder.store.entering.readings import insert_row
from rejoinder.store.merging import utterances
from rejoinder.store.tables import near, rows, search
from rejoinder.store.tables.deeds import Decision, Deed, pairs_of
from rejoinder.store.tables.reviews import DISMISSED
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import (
    actors,
    edges,
    fingerprints,
    statement_vectors,
    statements,
    ties,
    versions,
)
from rejoinder.text import normalise, overlap, words


def check(connection: Connection, decision: Decision) -> None:
    """See that a decision marks words of the report that can be a statement.

    Raises:
        DecisionError: They cannot.
    """
    if decision.parts is None or len(decision.about) != 1:
        raise DecisionError(f"{decision.deed} marks the words of one statement")
    text = connection.execute(
        select(versions.c.text).join(statements).where(statements.c.id == decision.about[0])
    ).scalar_one()
    _check(decision.parts, text)


def _check(parts: Parts, text: str) -> None:
    named = {"who": parts.source, "reporting words": parts.cue, "what was said": parts.content}
    for name, spans in named.items():
        inside = all(0 <= start < end <= len(text) for start, end in spans)
        if not inside or normalise(spans) != spans:
            raise DecisionError(f"{name}: not in order, or not in the report")
    if not parts.content:
        raise DecisionError("nothing is marked as said")
    pairs = (parts.source, parts.cue), (parts.source, parts.content), (parts.cue, parts.content)
    if any(overlap(one, other) for one, other in pairs):
        raise DecisionError("who, reporting words and what was said overlap")


def columns(connection: Connection, decision: Decision, number: int) -> dict[str, Any]:
    """Return the columns that a decision on the words of a statement sets."""
    assert decision.parts is not None
    text = connection.execute(
        select(versions.c.text).join(statements).where(statements.c.id == number)
    ).scalar_one()
    kind = _statement(decision.parts, text).kind.value
    told = {**pairs_of(decision.parts), "kind": kind, "confidence": 1.0}
    return {**told, "review": None} if decision.deed is Deed.ADD else told


def _statement(parts: Parts, text: str) -> Statement:
    """Return what the program would make of these words; who speaks is not among it."""
    found = Attribution(source=parts.source, cue=parts.cue, content=parts.content, mode=Mode.SAID)
    (statement,) = resolved(Article(id="", text=text), [found])
    return statement


def put_in(connection: Connection, version: int, parts: Parts, *, name: str = "") -> int:
    """Put a statement in that the program missed, dismissed until somebody decides that it is one.

    Args:
        connection: In a transaction.
        version: Of its report.
        parts: Its words.
        name: What to call it, if that is free: "s9".

    Returns:
        Its number.

    Raises:
        DecisionError: The words cannot be a statement, or are one already.
    """
    text = connection.execute(select(versions.c.text).where(versions.c.id == version)).scalar_one()
    _check(parts, text)
    mine = select(statements).where(statements.c.version == version)
    held = connection.execute(mine).mappings().all()
    for row in held:
        if spans_of(row["content"]) == parts.content:
            raise DecisionError(f"these words are {row['name']} already")
    taken = {row["name"] for row in held}
    free = name if name and name not in taken else _free(taken)
    told = {**rows.of_statement(_statement(parts, text), {}), "name": free, "version": version}
    number = insert_row(connection, statements, {**told, "review": DISMISSED})
    alone = update(statements).where(statements.c.id == number)
    connection.execute(alone.values(utterance=number))
    return number


def _free(taken: set[str]) -> str:
    digits = [int(name[1:]) for name in taken if name[:1] == "s" and name[1:].isdecimal()]
    return f"s{max(digits, default=0) + 1}"


def find_again(connection: Connection, numbers: Sequence[int]) -> None:
    """Let statements be found by the words that they have now, and by nothing else."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    query = (
        select(
            statements.c.id,
            statements.c.content,
            versions.c.text,
            speaker.c.name.label("who"),
            target.c.name.label("whom"),
        )
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
        .where(statements.c.id.in_(numbers))
    )
    found = connection.execute(query).all()
    said = {row.id: words(row.text, spans_of(row.content)) for row in found}
    named = {row.id: " ".join(filter(None, (row.who, row.whom))) for row in found}
    _forget_words(connection, list(said))
    search.index(connection, {n: (said[n], named[n]) for n in said})
    near.keep(connection, said)
    near.changed(connection)
    prints = [
        {"key": key, "statement": number}
        for number, told in said.items()
        for key in found_by(tuple(search.folded(told).split()))
    ]
    if prints:
        connection.execute(insert(fingerprints), prints)


def _forget_words(connection: Connection, numbers: Sequence[int]) -> None:
    search.forget(connection, numbers)
    for table in (statement_vectors, fingerprints):
        connection.execute(delete(table).where(table.c.statement.in_(numbers)))


def take_back(connection: Connection, decision: Decision) -> None:
    """Go on where the words of statements have been put back; one that nobody found goes."""
    found = {int(number): values for number, values in decision.before.items()}
    missed = {number for number, values in found.items() if values.get("review") == DISMISSED}
    if decision.deed is Deed.ADD and missed:
        _take_away(connection, missed)
        found = {number: found[number] for number in found.keys() - missed}
    if found:
        find_again(connection, sorted(found))


def _take_away(connection: Connection, numbers: set[int]) -> None:
    """Take statements away that were put in, with all that hangs on them."""
    listed = sorted(numbers)
    homes = select(statements.c.utterance).where(statements.c.id.in_(listed))
    same = select(statements.c.id).where(statements.c.utterance.in_(homes))
    around = set(connection.execute(same).scalars())
    for table, ends in ((edges, ("first", "second")), (ties, ("reply", "to"))):
        mine = or_(*(table.c[end].in_(listed) for end in ends))
        connection.execute(delete(table).where(mine))
    utterances.regroup(connection, around)
    _forget_words(connection, listed)
    connection.execute(delete(statements).where(statements.c.id.in_(listed)))
    near.changed(connection)
