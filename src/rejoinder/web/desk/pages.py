"""Where the desk is: its addresses, and what answers at each."""

from __future__ import annotations

from typing import NoReturn

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from rejoinder.errors import DecisionError
from rejoinder.store import Decision, Record
from rejoinder.store.deciding import desk
from rejoinder.web import asked
from rejoinder.web.access import Visitor
from rejoinder.web.desk import forms, log, missed, statement
from rejoinder.web.desk.queue import Wanted, address, wanted
from rejoinder.web.desk.statement import DeskPage, Notice
from rejoinder.web.door import ask
from rejoinder.web.visit import Visit, number_in, refused

_ABSENT = "There is no desk here: the record can only be read."
_GONE = "The record holds no such statement, or its report has changed since."


def _at_desk(visit: Visit) -> Response | None:
    """Return where somebody has to go before they may be here; None where they may.

    Raises:
        HTTPException: There is no desk.
    """
    visitor: Visitor = visit.visitor
    if not visitor.desk:
        raise HTTPException(404, _ABSENT)
    if visitor.known:
        return None
    return ask(visit.request.scope)


def shown(visit: Visit) -> DeskPage | Response:
    """Show the statement of an address, or the first of a queue where it names none."""
    away = _at_desk(visit)
    if away:
        return away
    asked_for = wanted(visit.request.query_params)
    number = number_in(visit.request) if "number" in visit.request.path_params else None
    notice = _made(visit.record, asked_for)
    return statement.page(visit.record, asked_for, number, notice=notice) or _missing()


def _missing() -> NoReturn:
    raise HTTPException(404, _GONE)


def _made(record: Record, asked_for: Wanted) -> Notice | None:
    """Say which decision was just made, with what takes it back."""
    if asked_for.made is None:
        return None
    found = record.decision(asked_for.made)
    return None if found is None else told(*record.spelled_out([found]))


def told(decision: Decision) -> Notice:
    """Say what became of a decision."""
    about = ", ".join(f"u{number}" for number in decision.about)
    words = f"{decision.sentence} ({about})"
    if decision.undone:
        return Notice(words=f"Decision {decision.id} is undone: {words}.")
    return Notice(words=f"Decision {decision.id}: {words}.", decision=decision.id)


def sent(visit: Visit) -> Response:
    """Do what a form about a statement asks for."""
    asked_for, number = wanted(visit.request.query_params), number_in(visit.request)
    item = desk.item(visit.record, number)
    if item is None:
        _missing()
    who = forms.who_of(visit.visitor, visit.form)
    done = forms.sent(visit.record, asked_for, item, form=visit.form, who=who)
    if done.onward is not None:
        return RedirectResponse(done.onward, 303)
    page = statement.page(visit.record, asked_for, number, notice=done.notice, sent=visit.form)
    reason = done.notice.words if done.notice else ""
    return refused(visit, "desk.html", page or _missing(), status=done.status, reason=reason)


def decisions(visit: Visit) -> log.LogPage | Response:
    """Show what everybody decided."""
    coder = asked.coder(visit.request.query_params, "coder")
    return _at_desk(visit) or log.page(visit.record, coder, notice=_undone(visit))


def _undone(visit: Visit) -> Notice | None:
    return _made(visit.record, wanted(visit.request.query_params))


def undone(visit: Visit) -> Response:
    """Take a decision back that the page of all of them names."""
    who = forms.who_of(visit.visitor, visit.form)
    try:
        number = forms.taken_back(visit.record, visit.form, who)
    except DecisionError as error:
        notice = Notice(words=f"That cannot be: {error}.", wrong=True)
        page = log.page(visit.record, None, notice=notice)
        return refused(visit, "desk_log.html", page, status=400, reason=notice.words)
    return RedirectResponse(f"/desk/log?made={number}", 303)


def unread(visit: Visit) -> missed.MissedPage | Response:
    """Show a report in which somebody marks what the program missed."""
    away = _at_desk(visit)
    name = visit.request.query_params.get("article", "")
    return away or missed.page(visit.record, name) or _missing_report()


def _missing_report() -> NoReturn:
    raise HTTPException(404, "The record holds no report of that id.")


def marked(visit: Visit) -> Response:
    """Put in what the program missed."""
    name, form = visit.request.query_params.get("article", ""), visit.form
    who = forms.who_of(visit.visitor, form)
    try:
        number, decision = missed.put_in(visit.record, name, form=form, who=who)
    except (DecisionError, asked.Refused) as error:
        said = error.detail if isinstance(error, asked.Refused) else f"That cannot be: {error}."
        notice = Notice(words=said, wrong=True)
        again = missed.page(visit.record, name, given=form, notice=notice)
        page = again or _missing_report()
        return refused(visit, "desk_missed.html", page, status=400, reason=notice.words)
    return RedirectResponse(address(number, made=decision), 303)
