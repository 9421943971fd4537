"""What the record holds near a statement: what may be the same, and what it may answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rejoinder.export import layout, wording
from rejoinder.store import Filter, Hit, Item, Record
from rejoinder.text import day_from

#: Reports of so many days may carry the same; and an answer comes within so many.
_SAME_DAYS, _ANSWER_DAYS = 4, 3
#: So many are looked up, and so many are shown of each sort.
_LOOKED_AT, _SHOWN = 12, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A statement near the one that is looked at."""

    number: int
    article: str
    statement: str
    who: str
    act: str
    words: str
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """What there is near a statement."""

    #: What may be the same utterance, and what it may answer.
    alike: tuple[Near, ...] = ()
    before: tuple[Near, ...] = ()


def nearby(record: Record, item: Item, tied: Iterable[int]) -> Nearby:
    """Look for what is near a statement; `tied` are the utterances that it is tied to already."""
    known = {item.utterance, *tied}
    same = record.alike(item.number, _about(item, _SAME_DAYS, _SAME_DAYS), limit=_LOOKED_AT)
    return Nearby(alike=_only(same, known), before=_only(_before(record, item), known))


def _before(record: Record, item: Item) -> list[Hit]:
    """Return what the one that it is aimed at said in the days before, or the other side did."""
    target = item.statement.target
    if target is None:
        return []
    filter = _about(item, _ANSWER_DAYS, 0)
    if filter == Filter():  # of all days, only whoever the record knows well is looked for
        whose = Filter(figure=item.target)
        return [] if item.target is None else record.search("", whose, limit=_LOOKED_AT)
    whose = Filter(speaker=target.name, since=filter.since, until=filter.until)
    found = record.search("", whose, limit=_LOOKED_AT)
    if not found and target.side:
        whose = Filter(side=target.side, since=filter.since, until=filter.until)
        found = record.search("", whose, limit=_LOOKED_AT)
    return found


def _about(item: Item, before: int, after: int) -> Filter:
    day = item.article.published
    if day is None:
        return Filter()
    return Filter(since=day_from(day, -before), until=day_from(day, after))


def _only(hits: Iterable[Hit], known: Set[int]) -> tuple[Near, ...]:
    return tuple(islice(_others(hits, set(known)), _SHOWN))


def _others(hits: Iterable[Hit], seen: set[int]) -> Iterator[Near]:
    """Yield hits that are of other utterances, each utterance once."""
    for hit in hits:
        if hit.utterance is None or hit.utterance in seen:
            continue
        seen.add(hit.utterance)
        yield Near(
            number=hit.number,
            article=hit.article.id,
            statement=hit.statement.id,
            who=wording.who(hit.article.text, hit.statement).name,
            act=wording.act(hit.statement),
            words=layout.said(hit.article.text, hit.statement),
            outlet=hit.article.outlet,
            published=hit.article.published,
        )
