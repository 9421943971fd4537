"""Issues that are asked for by id: one that the record never had is refused."""

from __future__ import annotations

from rejoinder.errors import NoSuchIssue
from rejoinder.web.api.asking import Ask, Refused
from rejoinder.web.api.parameters import numbered
from rejoinder.web.strange import no_issue


def check(ask: Ask, id: str | None) -> None:
    """See that an id is that of an issue; None for none.

    Args:
        ask: The request, and the records that it may borrow.
        id: As the parameter `issue` has it.

    Raises:
        Refused: The record has no such issue.
    """
    if id is None:
        return
    number = numbered(id)
    with ask.lending.borrowed() as record:
        try:
            record.known_issue(number)
        except NoSuchIssue as error:
            raise Refused("issue", no_issue(number), status=422) from error
