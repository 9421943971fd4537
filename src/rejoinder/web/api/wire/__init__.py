"""What the API answers, as models: of these the OpenAPI document is made.

Nothing is built of them while the API answers, since the forms are made elsewhere (`export`, and
the pages' twins) and may hold half characters that no model lets through. Tests hold every answer
against them: what is here and what is answered are the same fields. Fields may be added.
"""

from __future__ import annotations

from rejoinder.web.api.wire.base import EVERYWHERE, LISTED, NAMED
from rejoinder.web.api.wire.lists import (
    Actors,
    Articles,
    Decisions,
    Differing,
    Issues,
    Searched,
    Sides,
    Statements,
    Utterances,
)
from rejoinder.web.api.wire.reports import Found, Held
from rejoinder.web.api.wire.told import (
    Comparison,
    Exchange,
    Issue,
    ScopedExchange,
    WholeActor,
    WholeSide,
    WholeUtterance,
)

__all__ = [
    "EVERYWHERE",
    "LISTED",
    "NAMED",
    "Actors",
    "Articles",
    "Comparison",
    "Decisions",
    "Differing",
    "Exchange",
    "Found",
    "Held",
    "Issue",
    "Issues",
    "ScopedExchange",
    "Searched",
    "Sides",
    "Statements",
    "Utterances",
    "WholeActor",
    "WholeSide",
    "WholeUtterance",
]
