"""The pages of issues: all of them by activity, and one with how sides stand in it.

What is told of one: what each side does along time and in sum, what most outlets carry of it, what
each calls things, and by which of their own words two sides differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from rejoinder.export import contrast as apart
from rejoinder.export import issues as told_issues
from rejoinder.export import naming
from rejoinder.export import threads as told
from rejoinder.merge.contrast import SURE, Contrast, Contrasted
from rejoinder.merge.told import Issue, Stance, Standing
from rejoinder.model import Act
from rejoinder.states import side_of
from rejoinder.store import Record, Wanted
from rejoinder.web import asked, lanes, links, shown
from rejoinder.web.lanes import Lanes
from rejoinder.web.shown import Shown
from rejoinder.web.strange import strange

#: So many sides have a lane and a column; of each of so many, so many utterances are shown.
_SIDES, _LEADING, _EACH = 6, 4, 3
#: So many terms set each of two sides apart, with so many places at once.
_TERMS, _PLACES = 12, 3
_USUAL, _MOST = 30, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuesPage:
    """What the record is about."""

    query: str
    wanted: Wanted
    limit: int
    found: tuple[Issue, ...]
    #: Sides that can be chosen.
    offered: tuple[str, ...]
    #: What is said of a side that there is none of.
    strange: tuple[str, ...]

    @property
    def more(self) -> str | None:
        """The page with more, where there may be."""
        if len(self.found) < self.limit or self.limit >= _MOST:
            return None
        return links.issues(
            q=self.query,
            side=self.wanted.side,
            since=self.wanted.since,
            until=self.wanted.until,
            biggest="1" if self.wanted.biggest else None,
            limit=min(2 * self.limit, _MOST),
        )

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        issues = [told_issues.as_values(issue) for issue in self.found]
        return {"query": self.query, "issues": issues}


def listed(record: Record, given: QueryParams, offered: tuple[str, ...]) -> IssuesPage:
    """Look for issues.

    Raises:
        HTTPException: A field of the query makes no sense.
    """
    side = asked.words(given, "side")
    query = asked.words(given, "q") or ""
    limit = asked.number(given, "limit", usual=_USUAL, most=_MOST)
    since, until = asked.days(given)
    biggest = asked.ticked(given, "biggest")
    if query and biggest:
        raise asked.Refused(
            "“biggest” is for all issues; of words, what fits best comes first.", "biggest"
        )
    wanted = Wanted(
        side=side_of(side) if side else None,
        since=since,
        until=until,
        biggest=biggest,
    )
    found = tuple(record.issues(query, wanted, limit=limit))
    return IssuesPage(
        query=query,
        wanted=wanted,
        limit=limit,
        found=found,
        offered=offered,
        strange=strange(record, wanted.side),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the contrast with what a page shows of its places."""

    found: Contrasted
    #: In how many utterances of either side it is: "Iceland 4, Portugal 1".
    counts: str
    #: By whom it is said more, and whether that may be chance.
    lean: str
    places: tuple[apart.Place, ...]
    #: Those that are folded away, and those of the other side.
    rest: tuple[apart.Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePage:
    """An issue, and how sides stand in it."""

    standing: Standing
    #: Sides that say something of it, those that say most first, and how much.
    sides: tuple[tuple[str, int], ...]
    acts: tuple[tuple[Act, tuple[int, ...]], ...]
    lanes: Lanes | None
    leading: tuple[tuple[str, tuple[Shown, ...]], ...]
    names: tuple[naming.Thing, ...]
    #: The two sides whose words are held against each other, where there are two.
    facing: tuple[str, ...]
    contrast: Contrast | None
    #: What sets each of the two apart.
    terms: tuple[tuple[Term, ...], ...]
    #: What is said of sides that there are none of.
    strange: tuple[str, ...]

    @property
    def issue(self) -> Issue:
        """What is known of it as a whole."""
        return self.standing.issue

    @property
    def columns(self) -> tuple[str, ...]:
        """The sides that have a lane and a column."""
        return tuple(side for side, _ in self.sides[:_SIDES])

    @property
    def sizes(self) -> tuple[str, ...]:
        """How much of either side is compared."""
        return () if self.contrast is None else tuple(apart.size(self.contrast, n) for n in (0, 1))

    @property
    def rule(self) -> str:
        """What is compared, and how."""
        return apart.PLAIN

    @property
    def certain(self) -> float:
        """From which z on a difference is hardly chance."""
        return SURE

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return {
            **told_issues.as_values(self.issue),
            "positions": [_stance(stance) for stance in self.standing.stances],
            "leading": {
                side: [told.as_values(one.told) for one in found] for side, found in self.leading
            },
            "names": told.naming_values(self.standing.names),
            "contrast": None if self.contrast is None else apart.values(self.contrast),
        }


def _stance(stance: Stance) -> Mapping[str, Any]:
    return {
        "utterance": f"u{stance.utterance}",
        "side": stance.side,
        "act": stance.act.value,
        "day": None if stance.day is None else str(stance.day),
        "outlets": stance.outlets,
    }


def one(record: Record, number: int, facing: tuple[str, ...]) -> IssuePage | None:
    """Look an issue up by its number; two sides may be named whose words are compared."""
    standing = record.standing(number)
    if standing is None:
        return None
    counted = Counter(stance.side for stance in standing.stances if stance.side)
    sides = tuple(counted.most_common())
    unknown = strange(record, *facing)
    facing = _facing(facing, [side for side, _ in sides])
    contrast = record.contrast(*facing, issue=standing.issue.id) if len(facing) == 2 else None
    columns = [side for side, _ in sides[:_SIDES]]
    return IssuePage(
        standing=standing,
        sides=sides,
        acts=_acts(standing.stances, columns),
        lanes=lanes.lanes(standing.stances, columns),
        leading=_leading(record, standing.stances, columns[:_LEADING]),
        names=naming.things(standing.names),
        facing=facing,
        contrast=contrast,
        terms=() if contrast is None else (_terms(contrast, 0), _terms(contrast, 1)),
        strange=unknown,
    )


def _facing(named: tuple[str, ...], known: list[str]) -> tuple[str, ...]:
    """Return the two sides that are named, filled up with those that say most."""
    taken = {side.casefold() for side in named}
    return (*named, *(side for side in known if side.casefold() not in taken))[:2]


def _acts(stances: Iterable[Stance], columns: list[str]) -> tuple[tuple[Act, tuple[int, ...]], ...]:
    """Count what each side does, the most frequent act first."""
    counted = Counter((stance.act, stance.side) for stance in stances)
    rows = [(act, tuple(counted[act, side] for side in columns)) for act in Act]
    return tuple(sorted((row for row in rows if any(row[1])), key=lambda row: -sum(row[1])))


def _leading(
    record: Record, stances: tuple[Stance, ...], sides: list[str]
) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """Return of each side what most outlets carry, of equals the latest."""
    chosen: dict[str, list[int]] = {}
    for side in sides:
        mine = [stance for stance in stances if stance.side == side]
        best = sorted(mine, key=lambda stance: -stance.outlets)[:_EACH]
        chosen[side] = [stance.utterance for stance in best]
    found = record.utterances(number for numbers in chosen.values() for number in numbers)
    return tuple(
        (
            side,
            tuple(
                Shown(told=found[n], column=shown.column(found[n], sides[:2]))
                for n in numbers
                if n in found
            ),
        )
        for side, numbers in chosen.items()
    )


def _terms(contrast: Contrast, side: int) -> tuple[Term, ...]:
    out = []
    for found in contrast.leading(side, _TERMS):
        mine, theirs = (found.other, found.one) if side else (found.one, found.other)
        places = [apart.place(use) for use in (*mine, *theirs)]
        out.append(
            Term(
                found=found,
                counts=apart.counts(found, contrast.sides),
                lean=apart.lean(found, contrast.sides),
                places=tuple(places[: min(_PLACES, len(mine))]),
                rest=tuple(places[min(_PLACES, len(mine)) :]),
            )
        )
    return tuple(out)


def scope_of(record: Record, utterances: Iterable[int]) -> tuple[tuple[int, str, int], ...]:
    """Return what utterances are about: issues by number and name, with how many are of each."""
    homes = record.issues_of(utterances)
    counted = Counter(homes.values())
    return tuple((number, name, count) for (number, name), count in counted.most_common(_SIDES))
