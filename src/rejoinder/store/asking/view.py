"""What the record shows: utterances with those who carry them, and the ties between them.

Reads only, and gives the data of `merge.told`. The one idea: statements are read in bulk, a few
queries for any number of utterances, so a page costs milliseconds on a large record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from rejoinder.merge.told import Carrier, Tie, Utterance
from rejoinder.model import Act
from rejoinder.store.asking import whose
from rejoinder.store.tables import deeds
from rejoinder.store.tables.identity import hashed
from rejoinder.store.tables.reviews import KEPT, kept
from rejoinder.store.tables.rows import UNSHOWN, spans_of
from rejoinder.store.tables.schema import (
    actors,
    decisions,
    figures,
    issues,
    replies,
    statements,
    ties,
    versions,
)
from rejoinder.text import GAP, normalise, words

#: A reference with more digits is none: no database counts so far.
_LONGEST = 11
#: Columns of statements that nobody shows, and that take long to load.
_LONG = UNSHOWN | {"chain"}
#: The ends of a tie; made once, for making them takes long.
_REPLY, _TO = statements.alias("reply"), statements.alias("to")


def utterances(
    connection: Connection, numbers: Iterable[int], *, dismissed: bool = True
) -> dict[int, Utterance]:
    """Load utterances, in order; a number may be that of any statement that is a version of one.

    Args:
        connection: To the record.
        numbers: Of statements.
        dismissed: Whether versions that a person said are no statement count too.
    """
    homes = select(statements.c.utterance).where(statements.c.id.in_(sorted(set(numbers))))
    wanted = sorted(set(connection.execute(homes).scalars()))
    told: defaultdict[int, list[RowMapping]] = defaultdict(list)
    query = _rows().where(statements.c.utterance.in_(wanted))
    if not dismissed:
        query = query.where(KEPT)
    for row in connection.execute(query).mappings():
        told[row["utterance"]].append(row)
    rows = [row for listed in told.values() for row in listed]
    texts = texts_of(connection, {row["version"] for row in rows})
    sides = whose.shown(connection, (one for row in rows for one in _cast(row)))
    ruled = deeds.rulings(connection, {row["id"]: row["utterance"] for row in rows})
    return {
        n: replace(_utterance(n, told[n], texts, sides=sides), ruled=ruled.get(n, ()))
        for n in wanted
        if told[n]
    }


def _cast(row: RowMapping) -> Iterator[Mapping[str, Any]]:
    """Yield who speaks in a statement and whom it is aimed at, with their sides."""
    if row["speaker"] is not None:
        columns = "figure", "side", "side_guessed", "side_folded"
        yield {"id": row["speaker"], **{column: row[column] for column in columns}}
    if row["target"] is not None:
        yield {
            "id": row["target"],
            "figure": row["target_figure"],
            "side": row["target_side"],
            "side_guessed": row["target_guessed"],
            "side_folded": row["target_folded"],
        }


@cache
def _rows() -> Select[Any]:
    """Select what utterances are put together from; made once, for making it takes long."""
    speaker, target = actors.alias("speaker"), actors.alias("target")
    known, aimed = figures.alias("known"), figures.alias("aimed")
    return (
        select(
            *(column for column in statements.c if column.name not in _LONG),
            versions.c.name.label("article"),
            versions.c.title,
            versions.c.outlet,
            versions.c.url,
            versions.c.published,
            versions.c.latest,
            versions.c.number,
            speaker.c.figure,
            speaker.c.name.label("speaker_name"),
            speaker.c.role,
            speaker.c.side,
            speaker.c.side_guessed,
            speaker.c.side_folded,
            known.c.name.label("known_name"),
            target.c.name.label("target_name"),
            target.c.side.label("target_side"),
            target.c.side_guessed.label("target_guessed"),
            target.c.side_folded.label("target_folded"),
            target.c.figure.label("target_figure"),
            aimed.c.name.label("aimed_name"),
        )
        .join(versions, versions.c.id == statements.c.version)
        .outerjoin(speaker, speaker.c.id == statements.c.speaker)
        .outerjoin(target, target.c.id == statements.c.target)
        .outerjoin(known, known.c.id == speaker.c.figure)
        .outerjoin(aimed, aimed.c.id == target.c.figure)
        .order_by(versions.c.published.nulls_last(), statements.c.id)
    )


def texts_of(connection: Connection, numbers: set[int]) -> dict[int, str]:
    """Return the texts of versions, by their numbers."""
    query = select(versions.c.id, versions.c.text).where(versions.c.id.in_(sorted(numbers)))
    return {number: text for number, text in connection.execute(query)}


def _utterance(
    number: int,
    told: Sequence[RowMapping],
    texts: Mapping[int, str],
    *,
    sides: Mapping[int, whose.Shown],
) -> Utterance:
    """Put an utterance together: who says it, and what it does, by most reports of it.

    What an outlet has withdrawn counts only where no report is left that has it.
    """
    stands = [row for row in told if row["latest"]] or list(told)
    lead = _lead(stands)
    aimed = next((row for row in stands if row["target_name"]), lead)
    # Reports that name another speaker say nothing of this one's side.
    same = [row for row in stands if row["figure"] in {lead["figure"], None}]
    side, guessed = _side([lead, *same], sides)
    return Utterance(
        id=number,
        figure=lead["figure"],
        speaker=lead["known_name"] or lead["speaker_name"],
        role=lead["role"],
        side=side,
        side_guessed=guessed,
        act=act_of((row["published"], row["id"], row["act"]) for row in stands),
        target=aimed["aimed_name"] or aimed["target_name"],
        target_figure=aimed["target_figure"],
        target_side=sides.get(aimed["target"], _UNKNOWN)[0],
        said_on=next((row["said_on"] for row in stands if row["said_on"]), None),
        carriers=tuple(_carrier(row, texts[row["version"]]) for row in told),
    )


def _lead(told: Sequence[RowMapping]) -> RowMapping:
    """Return who says it by most reports that name somebody; of equals, by the first of them."""
    named = [row for row in told if row["figure"] is not None]
    reports = Counter(figure for figure, _ in {(row["figure"], row["version"]) for row in named})
    return max(named, key=lambda row: reports[row["figure"]], default=told[0])


def act_of(told: Iterable[tuple[date | None, int, str]]) -> Act:
    """Return what an utterance does: what most of its versions do, of equals the first published.

    Args:
        told: Of each version the day of its report, its number and its act, in any order.
    """
    in_order = sorted(told, key=lambda one: (one[0] is None, one[0] or date.min, one[1]))
    return Act(Counter(act for _, _, act in in_order).most_common(1)[0][0])


_UNKNOWN: whose.Shown = (None, False)


def _side(told: Sequence[RowMapping], sides: Mapping[int, whose.Shown]) -> whose.Shown:
    """Return whom the speaker speaks for, and whether that is a guess.

    What a report of it says comes first, then what other reports say of the speaker, then what a
    report of it lets one guess.
    """
    own = [(row["side"], False) for row in told if row["side"] and not row["side_guessed"]]
    known = [sides[row["speaker"]] for row in told if row["speaker"] is not None]
    told_ = [one for one in known if one[0] is not None]
    return next(iter(own + sorted(told_, key=lambda one: one[1])), _UNKNOWN)


def _carrier(row: RowMapping, text: str) -> Carrier:
    def at(column: str) -> str:
        return words(text, spans_of(row[column]), gap=GAP)

    return Carrier(
        article=row["article"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=row["published"],
        statement=row["name"],
        number=row["id"],
        kind=row["kind"],
        act=Act(row["act"]),
        confidence=row["confidence"],
        act_confidence=row["act_confidence"],
        words=at("content"),
        content=spans_of(row["content"]),
        parts=normalise((*spans_of(row["source"]), *spans_of(row["cue"]))),
        text=text,
        source=at("source"),
        cue=at("cue"),
        occasion=at("occasion"),
        via=at("via"),
        current=row["latest"],
        side=row["side"],
        side_guessed=bool(row["side_guessed"]),
        figure=row["figure"],
        speaker=row["known_name"] or row["speaker_name"],
        version=row["number"],
    )


def about(issue: int) -> ColumnElement[bool]:
    """Select statements of an issue, or of the older one that it has become a part of."""
    into = select(issues.c.into).where(issues.c.id == issue).scalar_subquery()
    return statements.c.issue == func.coalesce(into, issue)


def published(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Select reports from a day on, and up to another, both included; None does not matter."""
    only: list[ColumnElement[bool]] = []
    if since is not None:
        only.append(versions.c.published >= since)
    if until is not None:
        only.append(versions.c.published <= until)
    return only


@cache
def holds() -> ColumnElement[bool]:
    """Admit `ties` that hold: both utterances stand in the latest version of some report.

    What the program tied holds as long as the report that it was found in stands as it was; of a
    further version it is found anew. What a person tied goes with the utterance. Made once, for
    making it takes long.
    """
    one, version = statements.alias("one"), versions.alias("version")
    mine = select(one.c.id).join(version, version.c.id == one.c.version).where(version.c.latest)
    return and_(
        ties.c.undone.is_(False),
        or_(ties.c.decision.is_not(None), mine.where(one.c.id == ties.c.reply).exists()),
        *(_stands(end) for end in (ties.c.reply, ties.c.to)),
    )


def _stands(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell whether the utterance of a statement stands in the latest version of some report."""
    one, other, version = (t.alias() for t in (statements, statements, versions))
    carried = (
        select(other.c.id)
        .join(one, one.c.utterance == other.c.utterance)
        .join(version, version.c.id == other.c.version)
        .where(one.c.id == number, version.c.latest)
    )
    return carried.exists()


def homes(connection: Connection, article: str, number: int | None = None) -> dict[str, int]:
    """Return of each statement of a version of an article, by "s1", its utterance.

    What somebody said is no statement is not there.

    Args:
        connection: To the record.
        article: Its id within the record.
        number: Which version, from 1; the latest where None.
    """
    which = versions.c.latest if number is None else versions.c.number == number
    query = (
        select(statements.c.name, statements.c.utterance)
        .join(versions, versions.c.id == statements.c.version)
        .where(versions.c.name_key == hashed(article), which, KEPT)
        .where(statements.c.utterance.is_not(None))
        .order_by(statements.c.id)
    )
    return {name: number for name, number in connection.execute(query)}


def tied(
    connection: Connection,
    numbers: Iterable[int],
    *,
    ends: Sequence[Literal["reply", "to"]] = ("reply", "to"),
) -> list[Tie]:
    """Return the ties of these utterances with any: what they answer, and what answers them.

    Those that reports say outright come before those that were found across articles.

    Args:
        connection: To the record.
        numbers: Of the utterances.
        ends: Whether they answer, or are answered, or either.
    """
    wanted = sorted(set(numbers))
    reply, to = _REPLY, _TO
    # The one end, then the other: of "or" no index can be made use of.
    columns = {"reply": reply.c.utterance, "to": to.c.utterance}
    within = (
        select(
            reply.c.utterance.label("reply"),
            to.c.utterance.label("to"),
            replies.c.type,
            replies.c.confidence.label("score"),
            versions.c.name.label("article"),
        )
        .join(reply, and_(reply.c.version == replies.c.version, reply.c.name == replies.c.reply))
        .join(to, and_(to.c.version == replies.c.version, to.c.name == replies.c.to))
        .join(versions, versions.c.id == replies.c.version)
        .where(versions.c.latest.is_not(False), replies.c.undone.is_(False))
        .where(kept(reply), kept(to))
    )
    across = (
        select(
            reply.c.utterance.label("reply"),
            to.c.utterance.label("to"),
            ties.c.type,
            ties.c.score,
            ties.c.why,
            decisions.c.who,
        )
        .join(reply, reply.c.id == ties.c.reply)
        .join(to, to.c.id == ties.c.to)
        .outerjoin(decisions, decisions.c.id == ties.c.decision)
        .where(holds())
    )
    found: dict[tuple[int, int], Tie] = {}
    # What a person ties is that person's, also where the program has found it.
    by_people_first = across.order_by(ties.c.decision.is_(None), ties.c.id)
    for query in (within.order_by(replies.c.id), by_people_first):
        for end in ends:
            for row in connection.execute(query.where(columns[end].in_(wanted))).mappings():
                found.setdefault((row["reply"], row["to"]), _tie(row))
    return [found[key] for key in sorted(found) if key[0] != key[1]]


def _tie(row: RowMapping) -> Tie:
    return Tie(
        reply=row["reply"],
        to=row["to"],
        type=row["type"],
        score=row["score"],
        why=tuple((reason, weight) for reason, weight in row.get("why") or ()),
        article=row.get("article"),
        by=row.get("who"),
    )


def number_of(connection: Connection, reference: str) -> int | None:
    """Return the number of a statement that is called `u12`, or `ARTICLE#s3` in the latest version.

    Returns:
        None where the record holds none of this name.
    """
    article, _, name = reference.rpartition("#")
    if article:
        query = (
            select(statements.c.id)
            .join(versions, versions.c.id == statements.c.version)
            .where(versions.c.name_key == hashed(article), versions.c.latest)
            .where(statements.c.name == name)
        )
    elif reference[:1] == "u" and reference[1:].isdecimal() and len(reference) < _LONGEST:
        query = select(statements.c.id).where(statements.c.id == int(reference[1:]))
    else:
        return None
    return connection.execute(query).scalar()


def versions_of(connection: Connection, reference: str) -> tuple[int, ...]:
    """Return the statements that a reference means: `u12` all versions of it, `ARTICLE#s3` one."""
    number = number_of(connection, reference)
    if number is None or "#" in reference:
        return () if number is None else (number,)
    home = select(statements.c.utterance).where(statements.c.id == number).scalar_subquery()
    query = select(statements.c.id).where(statements.c.utterance == home).order_by(statements.c.id)
    return tuple(connection.execute(query).scalars())
