"""The page on which somebody marks a statement that the program missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from rejoinder.errors import DecisionError
from rejoinder.model import Act, Article
from rejoinder.states import side_of
from rejoinder.store import Record
from rejoinder.store.deciding import desk
from rejoinder.web import asked
from rejoinder.web.desk import reading
from rejoinder.web.desk.forms import parts_of
from rejoinder.web.desk.statement import PARTS, Name, Notice, names

_FIELDS = (*PARTS, *(f"{part}_at" for part in PARTS), "speaker", "side", "act", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedPage:
    """A report, and the form for what the program missed in it."""

    article: Article
    paragraphs: tuple[reading.Shown, ...]
    names: tuple[Name, ...]
    #: What was filled in, where it could not be done.
    given: Mapping[str, str]
    notice: Notice | None = None
    acts: tuple[Act, ...] = tuple(Act)

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return {"article": self.article.id, "text": self.article.text}


def page(
    record: Record, name: str, *, given: QueryParams | None = None, notice: Notice | None = None
) -> MissedPage | None:
    """Show a report by its id; None where there is none."""
    found = record.reading(name)
    if found is None:
        return None
    return MissedPage(
        article=found.article,
        paragraphs=reading.shown(found.article, found.statements, whole=True),
        names=tuple(names(record, found.statements)),
        given={name: "" if given is None else given.get(name, "") for name in _FIELDS},
        notice=notice,
    )


def put_in(record: Record, name: str, *, form: QueryParams, who: str) -> tuple[int, int]:
    """Put in what a form marks, with who speaks and what it does where the form says so.

    Returns:
        The numbers of the statement, and of the decision that it stands by.

    Raises:
        DecisionError: It cannot be a statement.
        HTTPException: A field is too long.
    """
    found = record.reading(name)
    if found is None:
        raise DecisionError(f"the record holds no report {name!r}")
    speaker, side = asked.words(form, "speaker"), asked.words(form, "side")
    act = asked.choice(form, "act", Act)
    parts = parts_of(form, found.article.text, near=0)
    why = asked.note(form)
    told = side_of(side) if speaker and side else None
    return desk.put_in(record, name, parts, who=who, why=why, speaker=speaker, side=told, act=act)
