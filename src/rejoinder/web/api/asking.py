"""How a question becomes an answer: looked up, told as JSON, with its tag and what comes next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rejoinder.store import Record
from rejoinder.store.listing import Listing, Piece, Place, Ranking
from rejoinder.web.api import cursors
from rejoinder.web.api.parameters import REPEATED, Paged
from rejoinder.web.lending import Lending
from rejoinder.web.problems import problem
from rejoinder.web.tags import is_any, is_known, tag_of, unchanged

Item = TypeVar("Item")
Opened = TypeVar("Opened")
_NO_CURSOR = "this is no cursor of this list with these parameters; begin without one"
#: An answer before it is JSON.
Values = Mapping[str, Any]


class Refused(HTTPException):
    """A parameter that makes no sense, whatever its form."""

    def __init__(self, name: str, reason: str, *, status: int = 400) -> None:
        super().__init__(status, f"“{name}”: {reason}")
        self.parameter = {"name": name, "in": "query", "reason": reason}

    def answer(self) -> Response:
        """Return what is answered."""
        return problem(self.status_code, str(self.detail), parameters=[self.parameter])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request, and the records that it may borrow."""

    request: Request
    lending: Lending

    def told(self, look: Callable[[Record], Values], *, state: str | None = None) -> Response:
        """Answer with what is found, unless whoever asks has that already.

        Args:
            look: Looks it up.
            state: That of what it is made of, where that is not the record as it is now.
        """
        tag = tag_of(self.request, state or self.lending.state())  # before the look
        if is_known(self.request, tag):
            return unchanged(tag)
        with self.lending.borrowed() as record:
            values = look(record)
        if is_any(self.request):
            return unchanged(tag)
        headers = {"ETag": tag}
        if values.get("next"):
            headers["Link"] = f'<{self._after(values["next"])}>; rel="next"'
        content = json.dumps(values, default=str)
        return Response(content, headers=headers, media_type="application/json")

    def listed(
        self, listing: Listing[Item], given: Paged, form: Callable[[Item], Values]
    ) -> Response:
        """Answer with some of a list whose order stays."""

        def cut(record: Record, after: Place | None) -> Piece[Item]:
            return record.piece(listing, after=after, limit=given.limit)

        return self.cut(listing, given, form, cut=cut)

    def cut(
        self,
        listing: Listing[Any],
        given: Paged,
        form: Callable[[Item], Values],
        *,
        cut: Callable[[Record, Place | None], Piece[Item]],
    ) -> Response:
        """Answer with what is cut out of a list whose order stays, from a place on."""
        name = repr(listing)
        kinds = [(key.kind, key.open) for key in listing.keys]
        after = opened(given.cursor, lambda cursor: cursors.place(name, cursor, kinds))

        def look(record: Record) -> Values:
            piece = cut(record, after)
            further = None if piece.after is None else cursors.sealed(name, piece.after)
            return {"items": [form(item) for item in piece.items], "next": further}

        return self.told(look)

    def ranked(
        self,
        ranking: Ranking[Item],
        given: Paged,
        form: Callable[[Item], Values],
        *,
        besides: Callable[[Record, Sequence[Item]], Values] = lambda *_: {},
    ) -> Response:
        """Answer with some of what comes first in a list whose order may change.

        Args:
            ranking: The list.
            given: How much of it is wanted.
            form: How an item is told.
            besides: What is said beside the items.
        """
        name = repr(ranking)
        left = opened(given.cursor, lambda cursor: cursors.rest(name, cursor))

        def look(record: Record) -> Values:
            numbers = record.ranked(ranking, limit=cursors.MOST) if left is None else left
            shown, rest = numbers[: given.limit], numbers[given.limit :]
            further = cursors.sealed(name, rest) if rest else None
            items = record.picked(ranking, shown)
            told = {"items": [form(item) for item in items], "next": further}
            return {**told, **besides(record, items)}

        return self.told(look)

    def _after(self, cursor: str) -> str:
        """Return the address of what comes after this answer."""
        given = self.request.query_params.multi_items()
        pairs = [(name, value) for name, value in given if name != "cursor"]
        query = urlencode([*pairs, ("cursor", cursor)], errors="replace")
        return f"{self.request.scope['path']}?{query}"


def opened(cursor: str | None, opening: Callable[[str], Opened]) -> Opened | None:
    """Open a cursor, where there is one."""
    if cursor is None:
        return None
    try:
        return opening(cursor)
    except cursors.BadCursor:
        raise Refused("cursor", _NO_CURSOR) from None


async def _ask(request: Request) -> Ask:
    given = Counter(name for name, _ in request.query_params.multi_items())
    again = [name for name, times in given.items() if times > 1 and name not in REPEATED]
    if again:
        msg = "it can be given once only"
        raise RequestValidationError(
            [{"type": "repeated", "loc": ("query", name), "msg": msg} for name in again]
        )
    return Ask(request=request, lending=request.app.state.lending)


Asking = Annotated[Ask, Depends(_ask)]
