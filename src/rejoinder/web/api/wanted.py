"""What is wanted of the record, once all that is asked for by name or id has been looked up.

A side, an issue or an actor that the record does not have is refused: nothing would be found, as if
nobody had said anything.
"""

from __future__ import annotations

from dataclasses import replace

from rejoinder.errors import NoSuchActor
from rejoinder.merge.told import Scope
from rejoinder.store import Filter
from rejoinder.web.api import issues, sides
from rejoinder.web.api.asking import Ask, Refused
from rejoinder.web.api.parameters import ExchangeAsked, Filtered
from rejoinder.web.strange import no_actor


def filtered(ask: Ask, given: Filtered) -> Filter:
    """Return which statements are wanted.

    Args:
        ask: The request, and the records that it may borrow.
        given: What the request says.

    Raises:
        Refused: The record has no such side, issue or actor.
    """
    sides.check(ask, "side", [given.side])
    issues.check(ask, given.issue)
    wanted = given.filter()
    if wanted.actor is None:
        return wanted
    with ask.lending.borrowed() as record:
        try:
            return record.meant(wanted)
        except NoSuchActor as error:
            raise _refused("actor" if given.actor else "speaker", error) from error


def scoped(ask: Ask, given: ExchangeAsked) -> Scope:
    """Return which utterances are wanted.

    Args:
        ask: The request, and the records that it may borrow.
        given: What the request says.

    Raises:
        Refused: The record has no such side, issue or actor.
    """
    sides.check(ask, "sides", given.sides)
    issues.check(ask, given.issue)
    scope = given.scope()
    if scope.figure is None:
        return scope
    with ask.lending.borrowed() as record:
        try:
            return replace(scope, figure=record.known_actor(scope.figure))
        except NoSuchActor as error:
            raise _refused("actor", error) from error


def _refused(parameter: str, error: NoSuchActor) -> Refused:
    return Refused(parameter, no_actor(error.number), status=422)
