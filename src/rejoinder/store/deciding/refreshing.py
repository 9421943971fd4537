"""A version read again: what was derived from its text is replaced, and people's decisions stay.

Takes a reading of a text that the record keeps, and puts it in the place of the one before, in the
caller's transaction. Who reads is for `pipeline`, which statements are the same for
`rejoinder.merge.rereading`, what a version means for the record for `merging`.

The one idea: a statement that is found again keeps its number. So whatever names it by that (a
person's edges and ties, a decision, the utterance that it is the first of) stays true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, or_, select, update

from rejoinder.merge.rereading import found_again
from rejoinder.model import Actor, Article, Reading, Reply
from rejoinder.store.deciding import decisions
from rejoinder.store.entering.readings import insert_row, make_findable, rows_of
from rejoinder.store.merging import figures as joined
from rejoinder.store.merging import merge, sides, utterances
from rejoinder.store.tables import near, rows, search
from rejoinder.store.tables.deeds import about
from rejoinder.store.tables.identity import digest_of, hashed
from rejoinder.store.tables.rows import spans_of
from rejoinder.store.tables.schema import (
    actors,
    edges,
    fingerprints,
    framings,
    remarks,
    replies,
    runs,
    statement_vectors,
    statements,
    ties,
    versions,
)


def outdated(connection: Connection, *, program: str, weights: str, every: bool) -> list[int]:
    """List the latest versions that others than this program and these weights have read.

    Args:
        connection: It is only read.
        program: Version of the program.
        weights: Version of the weights.
        every: Whether to list all latest versions.

    Returns:
        Those whose reading is the oldest first, so that a run that was stopped goes on.
    """
    wanted = select(versions.c.id).join(runs).where(versions.c.latest)
    if not every:
        wanted = wanted.where(or_(runs.c.program != program, runs.c.weights != weights))
    found = connection.execute(wanted.order_by(versions.c.run, versions.c.id))
    return list(found.scalars())


def article_of(connection: Connection, version: int) -> Article:
    """Return the article of a version as it is kept."""
    (row,) = rows_of(connection, select(versions).where(versions.c.id == version))
    return rows.to_article(row)


def replace(connection: Connection, reading: Reading, *, run: int) -> bool:
    """Put a reading in the place of the one that the record has of the same text.

    Returns:
        Whether it did: not where the article has a further version by now.
    """
    version = connection.execute(
        select(versions.c.id).where(
            versions.c.name_key == hashed(reading.article.id),
            versions.c.latest,
            versions.c.digest == digest_of(reading.article),
        )
    ).scalar()
    if version is None:
        return False
    replaced = _Replaced(connection, reading, version)
    replaced.take_away()
    replaced.put_in()
    connection.execute(update(versions).where(versions.c.id == version).values(run=run))
    merge(connection, version, published=reading.article.published)
    replaced.join_again()
    near.changed(connection)
    return True


class _Replaced:
    """One version on its way from one reading to another."""

    def __init__(self, connection: Connection, reading: Reading, version: int) -> None:
        self._connection, self._reading, self._version = connection, reading, version
        self._old = {row["id"]: row for row in self._rows(statements)}
        #: What the machine said of those that are there.
        self._judged = self._machine_edges()
        #: What people decided about them, or about what they were judged to be one with.
        self._made = about(connection, {*self._old, *chain.from_iterable(self._judged)})
        #: By the names in the new reading, the numbers of those that were found again.
        self._kept = self._found_again()
        lost = self._old.keys() - self._kept.values()
        decided = decisions.decided(self._made)
        #: Not found again, but somebody has decided something about them; by number, with the names
        #: that they get.
        self._lone = dict(zip(sorted(lost & decided), _free_names(reading), strict=False))
        self._gone = sorted(lost - decided)
        self._touched = self._neighbours()
        #: Of whom the version speaks.
        self._figures = self._figures_now()
        self._spared = self._tied_to_lone()
        self._undone = self._taken_away()

    def _found_again(self) -> dict[str, int]:
        """Tell what was found again: where the program found it before, else where people did."""
        new = {s.id: s.content for s in self._reading.statements}
        before = decisions.undecided(self._made)
        marked = {id: spans_of(row["content"]) for id, row in self._old.items()}
        read = {
            id: spans_of(before[id]["content"]) if "content" in before.get(id, {}) else spans
            for id, spans in marked.items()
        }
        found = found_again(read, new)
        rest = {name: spans for name, spans in new.items() if name not in found}
        lost = {id: s for id, s in marked.items() if s != read[id] and id not in found.values()}
        return found | found_again(lost, rest)

    def _rows(self, table: Table) -> list[rows.Row]:
        return rows_of(self._connection, select(table).where(table.c.version == self._version))

    def _figures_now(self) -> set[int]:
        known = select(actors.c.figure).where(actors.c.version == self._version)
        return set(self._connection.execute(known).scalars()) - {None}

    def _neighbours(self) -> set[int]:
        """Return the statements whose utterances may change: theirs, and those tied to them."""
        homes = select(statements.c.utterance).where(statements.c.version == self._version)
        same = select(statements.c.id).where(statements.c.utterance.in_(homes))
        found = set(self._connection.execute(same).scalars())
        for row in self._connection.execute(select(edges).where(_touches(edges, self._old))):
            found |= {row.first, row.second}
        return found | set(self._old)

    def _machine_edges(self) -> dict[tuple[int, int], rows.Row]:
        machine = and_(_touches(edges, self._old), edges.c.decision.is_(None))
        found = rows_of(self._connection, select(edges).where(machine))
        return {(row["first"], row["second"]): row for row in found}

    def _tied_to_lone(self) -> list[tuple[Table, rows.Row]]:
        """List the replies and framings of the statements that stay as they are."""
        names = {row["name"]: id for id, row in self._old.items()}
        new = {id: name for name, id in self._kept.items()} | self._lone
        spared: list[tuple[Table, rows.Row]] = []
        for table, ends in ((replies, ("reply", "to")), (framings, ("statement",))):
            for row in self._rows(table):
                told = [names[row[end]] for end in ends if row[end] is not None]
                if set(told) & self._lone.keys() and set(told) <= new.keys():
                    named = {e: new[names[row[e]]] for e in ends if row[e] is not None}
                    spared.append((table, {**row, **named}))
        return spared

    def _taken_away(self) -> dict[tuple[int, int], rows.Row]:
        """Return of the replies that people took away, by their ends, what they are known by."""
        names = {row["name"]: id for id, row in self._old.items()}
        return {
            (names[row["reply"]], names[row["to"]]): {"id": row["id"], "undone": True}
            for row in self._rows(replies)
            if row["to"] is not None and row["undone"]
        }

    def _of_reply(self, reply: Reply) -> rows.Row:
        """Return the row of a reply: the one that it had, if people took it away."""
        ends = self._kept.get(reply.reply), self._kept.get(reply.to or "")
        held = self._undone.pop((ends[0], ends[1]), {}) if ends[0] and ends[1] else {}
        return {**rows.of_reply(reply), **held}

    def take_away(self) -> None:
        """Take away what was derived from the old reading and does not stay."""
        for table in (replies, framings, remarks):
            self._connection.execute(delete(table).where(table.c.version == self._version))
        mine = sorted(self._old)
        self._connection.execute(delete(fingerprints).where(fingerprints.c.statement.in_(mine)))
        renewed = sorted(self._old.keys() - self._lone.keys())
        search.forget(self._connection, renewed)
        vectors = statement_vectors.c.statement.in_(renewed)
        self._connection.execute(delete(statement_vectors).where(vectors))
        for table in (edges, ties):
            # What people took away of it stays, and so is not made again.
            standing = and_(table.c.decision.is_(None), table.c.undone.is_(False))
            machine = and_(_touches(table, mine), standing)
            lost = or_(machine, _touches(table, self._gone))
            self._connection.execute(delete(table).where(lost))
        for number in mine:  # so that no new name is taken
            self._set(number, {"name": f"~{number}"})

    def put_in(self) -> None:
        """Put the new reading in, with the numbers that stay."""
        cast = rows.cast(self._reading)
        numbers = {actor: self._insert_actor(actor) for actor in cast}
        for statement in self._reading.statements:
            row = rows.of_statement(statement, numbers)
            number = self._kept.get(statement.id)
            if number is None:
                insert_row(self._connection, statements, {**row, "version": self._version})
            else:
                self._set(number, {**row, "review": None})
        self._connection.execute(delete(statements).where(statements.c.id.in_(self._gone)))
        self._keep_lone()
        self._forget_actors(set(numbers.values()))
        told: Sequence[tuple[Table, rows.Row]] = (
            *((replies, self._of_reply(reply)) for reply in self._reading.replies),
            *((framings, rows.of_framing(framing)) for framing in self._reading.framings),
            *((remarks, {"remark": remark}) for remark in self._reading.remarks),
            *self._spared,
        )
        for table, row in told:
            insert_row(self._connection, table, {**row, "version": self._version})
        make_findable(self._connection, self._reading, self._version)

    def _insert_actor(self, actor: Actor) -> int:
        row = {**rows.of_actor(actor), "version": self._version}
        return insert_row(self._connection, actors, row)

    def _set(self, number: int, values: Mapping[str, Any]) -> None:
        mine = update(statements).where(statements.c.id == number)
        self._connection.execute(mine.values(**values))

    def _keep_lone(self) -> None:
        """Give those that stay as they are the next free names."""
        names = {row["name"]: id for id, row in self._old.items()}
        new = {id: name for name, id in self._kept.items()} | self._lone
        for number, name in self._lone.items():
            inside = self._old[number]["inside"]
            home = new.get(names[inside]) if inside is not None else None
            self._set(number, {"name": name, "inside": home})

    def _forget_actors(self, new: set[int]) -> None:
        """Take away the actors of the old reading that nothing names any more."""
        lone = [self._old[number] for number in self._lone]
        used = new.union(*map(rows.cast_of, lone)) | self._put_back()
        mine = and_(actors.c.version == self._version, actors.c.id.not_in(sorted(used)))
        self._connection.execute(delete(actors).where(mine))

    def _put_back(self) -> set[int]:
        """Return the actors that undoing a decision on those that stay would put back."""
        wanted = {str(number) for number in self._lone}
        return {
            values[column]
            for decision in self._made
            for thing, values in decision.before.items()
            if thing in wanted
            for column in ("speaker", "target")
            if values.get(column) is not None
        }

    def _keep_edges(self, marked: set[int]) -> None:
        """Let stand what the program said of statements whose words people have marked since.

        It said so of other words; whether they are one utterance still is for people to say.
        """
        kept = {pair: row for pair, row in self._judged.items() if marked & set(pair)}
        ends = sorted({number for pair in kept for number in pair})
        known = select(statements.c.id).where(statements.c.id.in_(ends))
        there = set(self._connection.execute(known).scalars())
        machine = and_(edges.c.first.in_(ends), edges.c.decision.is_(None))
        made = self._connection.execute(select(edges.c.first, edges.c.second).where(machine))
        again = {(row.first, row.second) for row in made}
        for pair, row in kept.items():
            if pair not in again and there >= set(pair):
                told = {name: value for name, value in row.items() if name != "id"}
                insert_row(self._connection, edges, told)

    def join_again(self) -> None:
        """Set right what hangs on the version: decisions, utterances, and who is who."""
        decisions.remake(self._connection, self._made, set(self._kept.values()))
        marked = decisions.marked(self._made)
        utterances.judge_again(
            self._connection, [pair for pair in self._judged if not marked & set(pair)]
        )
        self._keep_edges(marked)
        mine = select(statements.c.id).where(statements.c.version == self._version)
        numbers = set(self._connection.execute(mine).scalars())
        utterances.regroup(self._connection, (self._touched - set(self._gone)) | numbers)
        decisions.untie_again(self._connection, numbers)
        spoken_of = self._figures | self._figures_now()
        joined.recount(self._connection, spoken_of)
        sides.settle(self._connection, spoken_of)


def _touches(table: Table, numbers: Iterable[int]) -> Any:
    """Select the edges or ties of statements."""
    ends = (table.c.first, table.c.second) if table is edges else (table.c.reply, table.c.to)
    listed = sorted(numbers)
    return or_(*(end.in_(listed) for end in ends))


def _free_names(reading: Reading) -> Iterable[str]:
    """Yield names of statements that a reading leaves free, the next first."""
    taken: Collection[str] = {statement.id for statement in reading.statements}
    number = len(taken)
    while True:
        number += 1
        if f"s{number}" not in taken:
            yield f"s{number}"
