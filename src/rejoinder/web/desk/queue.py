"""Which statements somebody goes through, as an address has it, and addresses of the desk."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from rejoinder.model import Act
from rejoinder.states import side_of
from rejoinder.store import Filter, Place, Queue, State
from rejoinder.web import asked

#: The fields of an address that say which statements.
_FIELDS = ("side", "act", "speaker", "outlet", "issue", "state", "coder")
_PLACE = re.compile(r"(\d(?:\.\d{1,20})?(?:e-\d\d)?)~(\d{1,9})", re.ASCII)
_MOST = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks the desk for."""

    queue: Queue
    #: From where in the queue to go on; where the statement itself stands, if None.
    at: Place | None = None
    #: Whether the whole report is shown.
    whole: bool = False
    #: The decision that was just made.
    made: int | None = None
    #: The fields as they were given, to be given again.
    given: Mapping[str, str] = field(default_factory=dict)

    def link(self, number: int | None = None, **more: object) -> str:
        """Return the address of a statement of the same queue, or of the queue."""
        return address(number, **self.given, **more)

    def here(self, number: int, **more: object) -> str:
        """Return the address of a statement as it is looked at now."""
        at = self.at and f"{self.at.confidence!r}~{self.at.number}"
        return self.link(number, **{"at": at, "whole": "1" if self.whole else None, **more})

    def staying(self, place: Place, number: int) -> str:
        """Return the address of a statement after which the queue goes on as it would have.

        Args:
            place: Where the statement stood before it was changed.
            number: Of the statement.
        """
        at = self.at or place
        return self.link(number, at=f"{at.confidence!r}~{at.number}")


def address(number: int | None = None, **fields: object) -> str:
    """Return an address at the desk; what is None or empty is left out."""
    path = "/desk" if number is None else f"/desk/{number}"
    query = urlencode({name: v for name, v in fields.items() if v}, errors="replace")
    return f"{path}?{query}" if query else path


def wanted(query: QueryParams) -> Wanted:
    """Return what an address asks for.

    Raises:
        HTTPException: A field makes no sense.
    """
    side = asked.words(query, "side")
    made = asked.words(query, "made")
    queue = Queue(
        filter=Filter(
            side=side_of(side) if side else None,
            act=asked.choice(query, "act", Act),
            speaker=asked.words(query, "speaker"),
            outlet=asked.words(query, "outlet"),
            issue=asked.issue(query),
        ),
        state=asked.choice(query, "state", State) or State.OPEN,
        coder=asked.coder(query, "coder"),
    )
    given = {name: asked.words(query, name) for name in _FIELDS}
    return Wanted(
        queue=queue,
        at=_at(query.get("at", "")),
        whole=asked.ticked(query, "whole"),
        made=asked.number(query, "made", usual=1, most=_MOST) if made else None,
        given={name: value for name, value in given.items() if value},
    )


def _at(told: str) -> Place | None:
    match = _PLACE.fullmatch(told)
    if not match or not math.isfinite(float(match[1])):
        return None
    return Place(confidence=float(match[1]), number=int(match[2]))
