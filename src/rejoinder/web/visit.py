"""A request on its way: who asks, what for, and the page that becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rejoinder.store import Record
from rejoinder.text import is_number
from rejoinder.web import links, render
from rejoinder.web.access import Visitor
from rejoinder.web.counts import Counted
from rejoinder.web.guard import OF_FORMS, SCRIPTED
from rejoinder.web.lending import Lending
from rejoinder.web.problems import problem, to_program

#: So many sides can be chosen from; others have to be typed.
_OFFERED = 80
#: The templates of pages with a script.
_SCRIPTED = frozenset({"desk.html", "desk_missed.html", "passage.html"})


class Page(Protocol):
    """What a page is before it is one: a frozen dataclass that can be told as plain values."""

    def values(self) -> Mapping[str, Any]:
        """Return it as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request, and the record that it may look into."""

    record: Record
    request: Request
    lending: Lending

    @property
    def visitor(self) -> Visitor:
        """Who asks."""
        return visitor_of(self.request)

    @property
    def form(self) -> QueryParams:
        """The fields of the form that was sent; the door has seen that it may be."""
        form: QueryParams = self.request.scope["form"]
        return form

    @property
    def counted(self) -> Counted:
        """What is counted over all statements of the record."""
        return self.lending.counted(self.record)

    @property
    def offered(self) -> tuple[str, ...]:
        """Sides that can be chosen, those that speak most first."""
        return tuple(side for side, _ in self.counted.facets.sides[:_OFFERED])


#: Fills a page from the record; answers otherwise where the page is elsewhere.
Fill = Callable[[Visit], Page | Response]
#: Does what a form asks for, and says where to go on.
Take = Callable[[Visit], Response]


def visitor_of(request: Request) -> Visitor:
    """Return who asks."""
    # A bug may be met before the door has looked.
    visitor: Visitor = request.scope.get("visitor") or Visitor()
    return visitor


def number_in(request: Request) -> int:
    """Return the number in an address; no record counts as far as ten digits.

    Raises:
        HTTPException: There is none.
    """
    digits = str(request.path_params["number"])
    if not is_number(digits):
        raise HTTPException(404, "Utterances and actors are known by a number: /u/12, /a/3.")
    return int(digits)


def shown(visit: Visit, template: str, page: Page, *, status: int = 200) -> Response:
    """Return a page as HTML, with the address of its twin."""
    return answer(template, visit.visitor, filled(visit, template, page), status=status)


def refused(visit: Visit, template: str, page: Page, *, status: int, reason: str) -> Response:
    """Return a page that says why a form was refused; to a program the reason alone, as JSON."""
    if to_program(visit.request.scope):
        return problem(status, reason)
    return shown(visit, template, page, status=status)


def filled(visit: Visit, template: str, page: Page) -> bytes:
    """Fill the template of a page."""
    request = visit.request
    path = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    twin = links.twin(path, request.url.query)
    where = visit.lending.where
    return render.html(template, visitor=visit.visitor, page=page, twin=twin, where=where)


def html(template: str, visitor: Visitor, *, status: int = 200, **given: object) -> Response:
    """Fill a template, and answer with it."""
    content = render.html(template, visitor=visitor, **given)
    return answer(template, visitor, content, status=status)


def answer(template: str, visitor: Visitor, content: bytes, *, status: int = 200) -> Response:
    """Answer with a template that was filled; where it has forms, nobody keeps the page."""
    headers = SCRIPTED if template in _SCRIPTED else OF_FORMS if visitor.token else {}
    return Response(content, status, headers, media_type="text/html")
