"""The first page: what is in the record, and where to go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rejoinder.export import issues as told_issues
from rejoinder.export import naming
from rejoinder.export import threads as told
from rejoinder.merge.told import (
    Exchange,
    Issue,
    Known,
    Naming,
    Network,
    Profile,
    Scope,
    Tie,
    Utterance,
)
from rejoinder.model import Failure
from rejoinder.store import Facets, Record, Status
from rejoinder.web import chart, shown
from rejoinder.web.chart import Chart
from rejoinder.web.counts import Counted
from rejoinder.web.retold import Retold, loudest
from rejoinder.web.shown import Shown

#: Among so many of the latest answers those between sides are looked for, and so many are shown.
_LOOKED_AT, _LATEST = 120, 6
_OPEN, _ACTORS, _FAILURES, _PAIRS, _SIDES, _ISSUES, _RETOLD = 6, 12, 20, 6, 12, 6, 5
_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is in a record."""

    where: str
    counted: Counted
    #: Whether something was written since it was counted.
    behind: bool
    volume: Chart | None
    #: Two sides, and how many answers of all go from either to the other.
    pairs: tuple[tuple[tuple[str, str], int], ...]
    #: The latest first: what was answered, then the answers to it.
    latest: tuple[tuple[Shown, ...], ...]
    #: Whether these all are answers of one side to another.
    sided: bool
    open: tuple[Utterance, ...]
    #: What somebody calls things in the latest reports, the most contested first.
    names: tuple[naming.Thing, ...]
    #: How many things there are that these were chosen from.
    named: int
    #: Of what several reports carry, what they tell most unlike each other.
    retold: tuple[Retold, ...]
    #: What it is about, the latest first.
    issues: tuple[Issue, ...]
    actors: tuple[Known, ...]
    #: The same in full, for the twin.
    profiles: tuple[Profile, ...]
    failures: tuple[Failure, ...]

    @property
    def status(self) -> Status:
        """How much there is of everything."""
        return self.counted.status

    @property
    def facets(self) -> Facets:
        """How all statements are spread."""
        return self.counted.facets

    @property
    def sides(self) -> tuple[tuple[str, int], ...]:
        """The sides that say most."""
        return self.facets.sides[:_SIDES]

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return {
            "record": self.where,
            "counted": self.counted.when.isoformat(timespec="seconds"),
            "status": asdict(self.status),
            "sides": dict(self.facets.sides),
            "acts": {act.value: count for act, count in self.facets.acts},
            "outlets": dict(self.facets.outlets),
            "days": {day.isoformat(): count for day, count in self.facets.days},
            "pairs": [{"sides": list(pair), "answers": n} for pair, n in self.pairs],
            "latest": [[told.as_values(one.told) for one in thread] for thread in self.latest],
            "open": [told.as_values(utterance) for utterance in self.open],
            "names": [
                {"thing": thing.words, "names": [_named(name) for name in thing.names]}
                for thing in self.names
            ],
            "differing": [
                {"utterance": f"u{one.told.id}", "sort": one.sort, "sentence": one.sentence}
                for one in self.retold
            ],
            "issues": [told_issues.as_values(issue) for issue in self.issues],
            "actors": [told.profile_values(profile) for profile in self.profiles],
            "failures": [asdict(failure) for failure in self.failures],
        }


def _named(name: Naming) -> dict[str, Any]:
    values = asdict(name)
    by = values.pop("whose").value
    return {**values, "thing_by": by}


def page(record: Record, counted: Counted, *, behind: bool, brief: bool) -> Overview:
    """Look up what is in a record.

    Args:
        record: Where.
        counted: What is counted over all of it, maybe a little before.
        behind: Whether something was written since.
        brief: Whether to leave out what only the twin has.
    """
    found = record.exchange(Scope(limit=_LOOKED_AT))
    named = naming.things(record.names())
    answers = _of_others(found)
    between = _between_sides(found, answers)
    return Overview(
        where=record.where,
        counted=counted,
        behind=behind,
        volume=chart.chart(counted.facets.days),
        pairs=_pairs(counted.network),
        latest=_latest(found, between or answers),
        sided=bool(between),
        open=tuple(record.unanswered(scope=Scope(limit=_OPEN))),
        names=named[:_NAMES],
        named=len(named),
        retold=loudest(record.retold(), most=_RETOLD),
        issues=tuple(record.issues(limit=_ISSUES)),
        actors=tuple(record.known(limit=_ACTORS)),
        profiles=() if brief else tuple(record.profiles(limit=_ACTORS)),
        failures=record.failures()[:_FAILURES],
    )


def _pairs(network: Network) -> tuple[tuple[tuple[str, str], int], ...]:
    """Count the answers between any two sides, the most first."""
    counted: Counter[tuple[str, str]] = Counter()
    for found in network.answering:
        one, other = found.who.side, found.whom.side
        if one and other and one != other:
            counted[min(one, other), max(one, other)] += found.answers
    return tuple(counted.most_common(_PAIRS))


def _of_others(found: Exchange) -> tuple[Tie, ...]:
    """Return answers of one speaker to another."""
    told = found.utterances
    return tuple(t for t in found.ties if told[t.reply].speaker != told[t.to].speaker)


def _between_sides(found: Exchange, answers: Iterable[Tie]) -> tuple[Tie, ...]:
    """Return of answers those of one side to another."""
    told = found.utterances
    return tuple(t for t in answers if len({told[t.reply].side, told[t.to].side, None}) > 2)


def _latest(found: Exchange, ties: Iterable[Tie]) -> tuple[tuple[Shown, ...], ...]:
    """Return the latest of some answers under what they answer."""
    known = found.utterances
    latest = sorted(ties, key=lambda t: (str(known[t.reply].first or ""), t.reply), reverse=True)
    facing = shown.speaking(known.values())[:2]
    threads: dict[int, list[Shown]] = {}
    for tie in latest:
        to, reply = known[tie.to], known[tie.reply]
        first = Shown(told=to, column=shown.column(to, facing))
        answer = Shown(told=reply, column=shown.column(reply, facing), depth=1, under=to, tie=tie)
        threads.setdefault(to.id, [first]).append(answer)
    return tuple(tuple(thread) for thread in threads.values())[:_LATEST]
