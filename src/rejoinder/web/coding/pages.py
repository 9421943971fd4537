"""Where coding is: its addresses, and what answers at each."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from rejoinder.web import asked, links
from rejoinder.web.coding import passage, results
from rejoinder.web.coding.passage import PassagePage
from rejoinder.web.coding.results import CodingPage
from rejoinder.web.door import ask
from rejoinder.web.visit import Visit, number_in, shown


def found(visit: Visit) -> CodingPage:
    """Show what a coded sample says."""
    told = results.page(visit.record, asked.words(visit.request.query_params, "sample"))
    if told is None:
        raise HTTPException(404, "The record holds no sample of that name.")
    return told


def single(visit: Visit) -> PassagePage | Response:
    """Show a passage to its coder; without a number, lead to the next one."""
    coder = _coder(visit)
    if coder is None:
        return ask(visit.request.scope)
    name = str(visit.request.path_params["name"])
    if "number" in visit.request.path_params:
        return passage.page(visit.record, name, number_in(visit.request), coder=coder)
    following = passage.next_of(visit.record, name, coder)
    return RedirectResponse(
        links.passage(name, following) if following else links.coding(name), 303
    )


def _coder(visit: Visit) -> str | None:
    """Return the name of whoever codes; None where that is not known yet.

    Raises:
        HTTPException: Nobody can code here.
    """
    if not visit.visitor.desk:
        raise HTTPException(404, "Nobody can code here: the record can only be read.")
    return visit.visitor.name


def sent(visit: Visit) -> Response:
    """Take a coded passage in and lead to the next, or show what is wrong with it."""
    coder = _coder(visit)
    if coder is None:
        raise HTTPException(403, "Programs do not code; people do.")
    again = passage.take(visit.record, visit.form, coder)
    if again is not None:
        return shown(visit, "passage.html", again, status=400)
    name, number = visit.form["sample"], int(visit.form["unit"])
    stays = bool(visit.form.get("stay"))
    return RedirectResponse(links.passage(name, number if stays else None), 303)
