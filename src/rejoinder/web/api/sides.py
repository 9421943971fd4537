"""Sides that are asked for by name: a name that is none is refused, with those that are like it."""

from __future__ import annotations

from collections.abc import Iterable

from rejoinder import states
from rejoinder.errors import NoSuchSide, SameSide
from rejoinder.web.api.asking import Ask, Refused
from rejoinder.web.asked import named_once
from rejoinder.web.strange import sentence


def check(ask: Ask, parameter: str, names: Iterable[str | None]) -> None:
    """See that names are those of sides; only what is no state or organisation is looked up.

    Args:
        ask: The request, and the records that it may borrow.
        parameter: Which parameter has them.
        names: What it says; None for nothing.

    Raises:
        Refused: One is the name of no side.
    """
    unknown = [n for n in names if n and not states.is_side(states.side_of(n))]
    if not unknown:
        return
    with ask.lending.borrowed() as record:
        for name in unknown:
            try:
                record.side(name)
            except NoSuchSide as error:
                raise Refused(parameter, sentence(error), status=422) from error


def check_different(parameter: str, one: str, other: str) -> None:
    """See that two sides, by their short names, are not one and the same.

    Args:
        parameter: Which parameter has them.
        one: A side.
        other: Another.

    Raises:
        Refused: They are one.
    """
    if len(named_once((one, other))) == 1:
        raise Refused(parameter, sentence(SameSide(one)), status=422)
