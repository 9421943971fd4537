"""The page on which two sides face each other along time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from rejoinder.export import naming
from rejoinder.export import threads as told
from rejoinder.export.issues import name as issue_name
from rejoinder.merge.told import Exchange, Scope
from rejoinder.store import Record
from rejoinder.web import issues, links, shown
from rejoinder.web.asked import MOST_BEGUN
from rejoinder.web.shown import Shown
from rejoinder.web.strange import strange


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangePage:
    """What was exchanged within a scope."""

    scope: Scope
    #: The sides on the left and on the right.
    facing: tuple[str | None, str | None]
    #: Days on which threads begin, with these.
    days: tuple[tuple[date | None, tuple[tuple[Shown, ...], ...]], ...]
    names: tuple[naming.Thing, ...]
    #: Sides that can be chosen, those that speak most first.
    offered: tuple[str, ...]
    found: Exchange
    #: What the issue is called that the page keeps to.
    issue: str | None
    #: What is shown is about these issues: number, name, and how much of it.
    issues: tuple[tuple[int, str, int], ...]
    #: What is said of sides that there are none of.
    strange: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the page is called."""
        if len(self.scope.sides) == 2:
            return " and ".join(self.scope.sides)
        if self.scope.issue is not None and not self.scope.sides:
            return "What everybody says"
        if self.scope.sides:
            return f"What {self.scope.sides[0]} says"
        return "The latest that seems to answer something"

    @property
    def file(self) -> str:
        """The address of the page as one file."""
        return links.exchange_file(*self.scope.sides, **self._given, limit=self.scope.limit)

    @property
    def _given(self) -> dict[str, object]:
        """What the page keeps to, beside sides."""
        return {
            "since": self.scope.since,
            "until": self.scope.until,
            "issue": self.scope.issue,
        }

    @property
    def more(self) -> str | None:
        """The page that goes back further, where there may be more."""
        begun = self.scope.limit
        if not self.found.cut or begun >= MOST_BEGUN:
            return None
        return links.exchange(*self.scope.sides, **self._given, limit=min(2 * begun, MOST_BEGUN))

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return told.exchange_values(self.found, self.scope.sides)


def page(record: Record, scope: Scope, offered: tuple[str, ...]) -> ExchangePage:
    """Look up what was exchanged within a scope; sides are offered to choose from."""
    found = record.exchange(scope)
    facing = _facing(scope, found)
    issue = None if scope.issue is None else record.issue(scope.issue)
    return ExchangePage(
        scope=scope,
        facing=facing,
        days=tuple(_days(shown.threads(found, facing))),
        names=naming.things(found.names),
        offered=offered,
        found=found,
        issue=None if issue is None else issue_name(issue.label),
        issues=issues.scope_of(record, found.utterances),
        strange=strange(record, *scope.sides, issue=scope.issue),
    )


def _facing(scope: Scope, found: Exchange) -> tuple[str | None, str | None]:
    """Return who stands left and right: who is asked for, else who speaks most."""
    known = {name.casefold() for name in scope.sides}
    others = (s for s in shown.speaking(found.utterances.values()) if s.casefold() not in known)
    one, other, *_ = (*scope.sides, *others, None, None)
    return one, other


def _days(
    threads: tuple[tuple[Shown, ...], ...],
) -> Iterator[tuple[date | None, tuple[tuple[Shown, ...], ...]]]:
    for day, group in groupby(threads, key=lambda thread: thread[0].told.first):
        yield day, tuple(group)
