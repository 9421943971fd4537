"""The page of a search: what was found, and how it is spread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rejoinder.export import layout, wording
from rejoinder.export.issues import name as issue_name
from rejoinder.export.json import as_found
from rejoinder.model import Act, Kind, Mode
from rejoinder.store import Facets, Filter, Hit, Order, Record
from rejoinder.store.tables.search import folded
from rejoinder.web import links
from rejoinder.web.asked import MOST, Wanted
from rejoinder.web.chart import end_of
from rejoinder.web.strange import strange

_SHOWN, _OFFERED = 12, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A statement that was found."""

    hit: Hit
    who: wording.Who
    act: str
    said: str
    tags: tuple[str, ...]
    #: Who else carries it; empty where nobody does.
    also: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way in which what was found is spread: names, how many there are, and links to these."""

    title: str
    rows: tuple[tuple[str, int, str], ...]
    #: The link without this filter, where it is set.
    without: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What was looked for, and what was found."""

    wanted: Wanted
    found: tuple[Found, ...]
    counts: Facets
    facets: tuple[Facet, ...]
    offered: tuple[str, ...]
    #: What is said of a side, an issue or an actor that there is none of.
    strange: tuple[str, ...]
    #: Words that were looked for and that no statement has, each with the one most like it.
    meant: Mapping[str, str]
    #: What the issue is called that the page keeps to.
    issue: str | None
    acts: tuple[Act, ...] = tuple(Act)
    kinds: tuple[Kind, ...] = tuple(Kind)
    modes: tuple[Mode, ...] = tuple(Mode)
    orders: tuple[Order, ...] = tuple(Order)

    @property
    def narrowed(self) -> bool:
        """Whether more than words is wanted."""
        wanted = self.wanted
        return wanted.words_only or wanted.order is not Order.RANK or wanted.filter != Filter()

    @property
    def of_all_issues(self) -> str:
        """The page of the same search, whatever it is about."""
        return links.search(**{**_parameters(self.wanted), "issue": None})

    @property
    def first(self) -> str:
        """Say in which order the statements stand."""
        order = self.wanted.order
        if order is Order.RANK:
            return "the best first" if self.wanted.query else "these are the latest"
        return f"the {order.value} first"

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """What may have been meant, and the page that looks for it."""
        query = self.wanted.query
        return tuple(
            (
                wording.did_you_mean(word, near),
                links.search(**{**_parameters(self.wanted), "q": _instead(query, word, near)}),
            )
            for word, near in self.meant.items()
        )

    @property
    def more(self) -> str | None:
        """The page with more, where there may be."""
        limit = self.wanted.limit
        if len(self.found) < limit or limit >= MOST:
            return None
        return links.search(**{**_parameters(self.wanted), "limit": min(limit * 2, MOST)})

    @property
    def left_out(self) -> int:
        """How many that have the words are not shown, at least.

        What stands behind another report's need not have the words.
        """
        if len(self.found) < self.wanted.limit:
            return 0
        hits = (one.hit for one in self.found)
        shown = sum(1 + len(hit.also) for hit in hits if not hit.by_meaning)
        return max(self.counts.statements - shown, 0)

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values; a hit is a report with one statement."""
        return {
            "query": self.wanted.query,
            "hits": [as_found(one.hit) for one in self.found],
            "by_words": self.counts.statements,
            "did_you_mean": dict(self.meant),
            "left_out": self.left_out,
            "facets": {
                "sides": dict(self.counts.sides),
                "acts": {act.value: count for act, count in self.counts.acts},
                "outlets": dict(self.counts.outlets),
                "months": {f"{month:%Y-%m}": count for month, count in self.counts.months},
            },
        }


def page(record: Record, wanted: Wanted, whole: Facets) -> SearchPage:
    """Look for what is wanted in a record, all statements of which are spread in a known way."""
    odd = strange(record, wanted.filter.side, issue=wanted.filter.issue, actor=wanted.filter.actor)
    meant = wanted.filter if odd else record.meant(wanted.filter)
    hits = record.search(
        wanted.query, meant, limit=wanted.limit, words_only=wanted.words_only, order=wanted.order
    )
    narrow = bool(wanted.query) or meant != Filter()
    counts = record.facets(wanted.query, meant) if narrow else whole
    about = None if meant.issue is None else record.issue(meant.issue)
    return SearchPage(
        wanted=wanted,
        found=tuple(_found(hit) for hit in hits),
        counts=counts,
        facets=tuple(_facets(counts, wanted)),
        offered=tuple(side for side, _ in whole.sides[:_OFFERED]),
        strange=odd,
        meant={} if counts.statements else record.meant_words(wanted.query),
        issue=None if about is None else issue_name(about.label),
    )


def _instead(query: str, word: str, near: str) -> str:
    """Return a query with another word in the place of one."""
    return re.sub(r"\w+", lambda found: near if folded(found[0]) == word else found[0], query)


def _found(hit: Hit) -> Found:
    article, statement = hit.article, hit.statement
    return Found(
        hit=hit,
        who=wording.who(article.text, statement, (hit.side, hit.side_guessed)),
        act=wording.act(statement),
        said=layout.said(article.text, statement),
        tags=layout.tags(statement),
        also=wording.also(hit.also),
    )


def _parameters(wanted: Wanted) -> dict[str, object]:
    """Return what is wanted as the parameters of an address."""
    chosen = wanted.filter
    return {
        "q": wanted.query,
        "speaker": chosen.speaker,
        "side": chosen.side,
        "act": chosen.act,
        "target": chosen.target,
        "outlet": chosen.outlet,
        "since": chosen.since,
        "until": chosen.until,
        "kind": chosen.kind,
        "mode": chosen.mode,
        "reply": "1" if chosen.reply else None,
        "issue": chosen.issue,
        "once": "1" if chosen.once else None,
        "words": "1" if wanted.words_only else None,
        "sort": None if wanted.order is Order.RANK else wanted.order,
    }


def _facets(counts: Facets, wanted: Wanted) -> Iterator[Facet]:
    given = _parameters(wanted)
    named = (
        ("Sides", "side", counts.sides),
        ("Acts", "act", counts.acts),
        ("Outlets", "outlet", counts.outlets),
    )
    for title, name, pairs in named:
        yield Facet(
            title=title,
            rows=tuple(
                (str(value), count, links.search(**{**given, name: value}))
                for value, count in pairs[:_SHOWN]
            ),
            without=links.search(**{**given, name: None}) if given[name] else None,
        )
    dated = bool(wanted.filter.since or wanted.filter.until)
    yield Facet(
        title="Months",
        rows=tuple(
            (
                f"{first:%B %Y}",
                count,
                links.search(**{**given, **links.days(first, end_of(first, "month"))}),
            )
            for first, count in counts.months[-24:]
        ),
        without=links.search(**{**given, "since": None, "until": None}) if dated else None,
    )
