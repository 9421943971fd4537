"""The pages of an actor and of a side: who they are, what they do, what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rejoinder.export import naming
from rejoinder.export import threads as told
from rejoinder.merge.told import Exchange, Known, Profile, Scope, Utterance
from rejoinder.store import Decision, Facets, Filter, Record
from rejoinder.web import chart, issues, shown
from rejoinder.web.chart import Chart
from rejoinder.web.shown import Shown

_OPEN, _ACTORS = 10, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """An actor of the record."""

    profile: Profile
    threads: tuple[tuple[Shown, ...], ...]
    names: tuple[naming.Thing, ...]
    found: Exchange
    #: What is shown is about these issues: number, name, and how much of it.
    issues: tuple[tuple[int, str, int], ...]
    #: What people said of who it is, and what it is called.
    decisions: tuple[Decision, ...]

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        decisions = map(asdict, self.decisions)
        return told.actor_values(self.profile, self.found, decisions=decisions)


def actor(record: Record, number: int) -> ActorPage | None:
    """Look an actor up by its number; None where there is none."""
    profile = next(iter(record.profiles(number=number, limit=1)), None)
    if profile is None:
        return None
    found = record.exchange(Scope(figure=profile.id, limit=told.SAID))
    facing = profile.side, _other(found, profile.side)
    return ActorPage(
        profile=profile,
        threads=_latest_first(shown.threads(found, facing)),
        names=naming.things(found.names),
        found=found,
        issues=issues.scope_of(record, found.utterances),
        decisions=record.decided_of_actor(profile),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePage:
    """A state or organisation for which somebody speaks."""

    name: str
    facets: Facets
    volume: Chart | None
    actors: tuple[Known, ...]
    #: The same in full, for the twin.
    profiles: tuple[Profile, ...]
    #: Whom it speaks to or of, or answers, and how often in its latest utterances.
    others: tuple[tuple[str, int], ...]
    #: What is asked of it and not known to be answered.
    open: tuple[Utterance, ...]
    threads: tuple[tuple[Shown, ...], ...]
    names: tuple[naming.Thing, ...]
    found: Exchange
    #: What is shown is about these issues: number, name, and how much of it.
    issues: tuple[tuple[int, str, int], ...]

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return {
            "side": self.name,
            "statements": self.facets.statements,
            "acts": {act.value: count for act, count in self.facets.acts},
            "days": {day.isoformat(): count for day, count in self.facets.days},
            "others": dict(self.others),
            "actors": [told.profile_values(profile) for profile in self.profiles],
            "open": [told.as_values(utterance) for utterance in self.open],
            "exchange": told.exchange_values(self.found),
        }


def side(record: Record, name: str, *, brief: bool = False) -> SidePage | None:
    """Look a side up by its short name; None where nobody speaks for it or to it.

    Args:
        record: Where.
        name: Its short name.
        brief: Whether to leave out what only the twin has.
    """
    facets = record.facets("", Filter(side=name))
    asked = tuple(record.unanswered(side=name, scope=Scope(limit=_OPEN)))
    actors = tuple(record.known(side=name, limit=_ACTORS))
    if not (facets.statements or asked or actors):
        return None
    found = record.exchange(Scope(sides=(name,), limit=told.SAID))
    return SidePage(
        name=name,
        facets=facets,
        volume=chart.chart(facets.days, side=name),
        actors=actors,
        profiles=() if brief else tuple(record.profiles(side=name, limit=_ACTORS)),
        others=_others(found, name),
        open=asked,
        threads=_latest_first(shown.threads(found, (name, _other(found, name)))),
        names=naming.things(found.names),
        found=found,
        issues=issues.scope_of(record, found.utterances),
    )


def _latest_first(threads: tuple[tuple[Shown, ...], ...]) -> tuple[tuple[Shown, ...], ...]:
    return tuple(reversed(threads))


def _other(found: Exchange, side: str | None) -> str | None:
    """Return the side, other than this one, that speaks most."""
    mine = (side or "").casefold()
    speaking = shown.speaking(found.utterances.values())
    return next((name for name in speaking if name.casefold() != mine), None)


def _others(found: Exchange, side: str) -> tuple[tuple[str, int], ...]:
    """Count whom a side speaks to or of, the most first."""
    mine = side.casefold()
    counted: Counter[str] = Counter()
    for utterance in found.utterances.values():
        if (utterance.side or "").casefold() == mine and utterance.target_side:
            counted[utterance.target_side] += 1
    return tuple(pair for pair in counted.most_common(8) if pair[0].casefold() != mine)
