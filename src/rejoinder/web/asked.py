"""What a query asks for, checked field by field before it reaches the record.

Takes the parameters of an address; gives days, sides, filters and numbers, or refuses in plain
words with the status 400. Unknown parameters do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from rejoinder.errors import ReversedDays, UsageError
from rejoinder.merge.told import Scope, in_order
from rejoinder.model import Act, Kind, Mode
from rejoinder.states import side_of
from rejoinder.store import Filter, Order
from rejoinder.store.tables.query import parsed
from rejoinder.store.tables.search import folded
from rejoinder.text import composed
from rejoinder.web.strange import sentence

#: Longer words than this are not looked for, and no name is longer, in characters.
LONGEST = 300
#: No search shows more than this.
MOST = 200
#: With so many utterances an exchange begins where nothing is said, and with so many at most.
USUAL_BEGUN, MOST_BEGUN = 60, 240
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
Choice = TypeVar("Choice", bound=StrEnum)


class Refused(HTTPException):
    """A query that makes no sense."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        """Take the reason in plain words, and the field at which it lies, where it is one."""
        super().__init__(400, reason)
        self.field = field


def again(given: QueryParams, refused: Refused) -> tuple[tuple[str, str, bool], ...]:
    """Return what was asked for, to be mended: names, values, and which of them is wrong.

    Nothing, where what is wrong is no field of it. Of several of a name, the last is wrong.
    """
    pairs = [(plain(name), plain(value)) for name, value in given.multi_items() if value]
    at = max((n for n, (name, _) in enumerate(pairs) if name == refused.field), default=None)
    if at is None:
        return ()
    return tuple((name, value, n == at) for n, (name, value) in enumerate(pairs))


def words(given: QueryParams, name: str) -> str | None:
    """Return a text, or None where it is empty."""
    return _clean(name, given.get(name, ""))


def coder(given: QueryParams, name: str) -> str | None:
    """Return the name of a coder as it is kept, or None where it is empty."""
    return composed(words(given, name) or "") or None


def note(given: QueryParams) -> str | None:
    """Return why somebody decides, or None; how long that may be is for the record to say."""
    return plain(given.get("why", "")) or None


def _clean(name: str, value: str) -> str | None:
    bare = plain(value)
    if len(bare) > LONGEST:
        raise Refused(f"“{name}” may have {LONGEST} characters; this has {len(bare):,}.", name)
    return bare or None


def plain(value: str) -> str:
    """Return a text without characters that no text has."""
    return _CONTROL.sub(" ", value).strip()


def day(given: QueryParams, name: str) -> date | None:
    """Return a day, or None where it is empty."""
    value = words(given, name)
    if value is None:
        return None
    try:
        return as_day(value)
    except ValueError:
        raise Refused(f"“{name}” has to be a day, for instance 2026-03-14.", name) from None


def days(given: QueryParams) -> tuple[date | None, date | None]:
    """Return the days `since` and `until`; None where they are empty.

    Raises:
        HTTPException: One is no day, or the one is later than the other.
    """
    try:
        return in_order(day(given, "since"), day(given, "until"))
    except ReversedDays as error:
        raise Refused(sentence(error), "until") from None


def as_day(value: str) -> date:
    """Return the day that is written as 2026-03-14, and in no other way.

    Raises:
        ValueError: It is none.
    """
    return date.fromisoformat(value if _DAY.fullmatch(value) else "")


def is_count(value: str) -> bool:
    """Tell whether something counts: plain digits, six at most."""
    return bool(_NUMBER.fullmatch(value))


def choice(given: QueryParams, name: str, among: type[Choice]) -> Choice | None:
    """Return one of a closed set, or None where it is empty."""
    value = words(given, name)
    if value is None:
        return None
    try:
        return among(value)
    except ValueError:
        raise Refused(f"“{name}” has to be one of: {', '.join(among)}.", name) from None


def number(given: QueryParams, name: str, *, usual: int, most: int) -> int:
    """Return a number from 1 to `most`, `usual` where it is empty."""
    value = words(given, name)
    if value is None:
        return usual
    if not is_count(value) or not 1 <= int(value) <= most:
        raise Refused(f"“{name}” has to be a number from 1 to {most}.", name)
    return int(value)


def version(given: QueryParams) -> int | None:
    """Return the number of a version of a report; None where it is empty, for the latest."""
    value = words(given, "version")
    if value is not None and (not is_count(value) or not int(value)):
        raise Refused("“version” has to be the number of a version, from 1.", "version")
    return int(value) if value else None


def issue(given: QueryParams) -> int | None:
    """Return the number of an issue, with or without its letter; None where it is empty."""
    value = (words(given, "issue") or "").removeprefix("i")
    if value and not is_count(value):
        raise Refused("“issue” has to be the number of an issue, for instance 7.", "issue")
    return int(value) if value else None


def ticked(given: QueryParams, name: str) -> bool:
    """Tell whether a box is ticked."""
    return words(given, name) not in {None, "0", "no"}


def sides(given: QueryParams) -> tuple[str, ...]:
    """Return the sides that are named, by their short names, each once.

    Empty fields of the form do not count.
    """
    named = (_clean("sides", value) for value in given.getlist("sides")[:10])
    return named_once(side_of(name) for name in named if name)


def named_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without those that come again, whatever their case and accents."""
    return tuple({folded(name): name for name in names}.values())


def scope(given: QueryParams) -> Scope:
    """Return which utterances are wanted.

    Raises:
        HTTPException: More than two sides are named, or a field makes no sense.
    """
    named = sides(given)
    if len(named) > 2:
        raise Refused("Two sides can face each other, not more.", "sides")
    since, until = days(given)
    return Scope(
        sides=named,
        since=since,
        until=until,
        issue=issue(given),
        limit=number(given, "limit", usual=USUAL_BEGUN, most=MOST_BEGUN),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for."""

    query: str
    filter: Filter
    words_only: bool
    order: Order
    limit: int


def wanted(given: QueryParams) -> Wanted:
    """Return what is looked for.

    Raises:
        HTTPException: A field makes no sense.
    """
    side = words(given, "side")
    since, until = days(given)
    return Wanted(
        query=_query(given),
        filter=Filter(
            speaker=words(given, "speaker"),
            side=side_of(side) if side else None,
            act=choice(given, "act", Act),
            target=words(given, "target"),
            outlet=words(given, "outlet"),
            since=since,
            until=until,
            kind=choice(given, "kind", Kind),
            mode=choice(given, "mode", Mode),
            reply=True if ticked(given, "reply") else None,
            once=ticked(given, "once"),
            issue=issue(given),
        ),
        words_only=ticked(given, "words"),
        order=choice(given, "sort", Order) or Order.RANK,
        limit=number(given, "limit", usual=20, most=MOST),
    )


def _query(given: QueryParams) -> str:
    """Return the words that are looked for."""
    query = plain(given.get("q", ""))
    try:
        parsed(query)
    except UsageError as error:
        raise Refused(sentence(error)) from None
    return query


def is_name(value: str) -> bool:
    """Tell whether something from a path may be the name of a side."""
    return 0 < len(value) <= LONGEST and not _CONTROL.search(value)
