"""What is sent from the desk: forms become decisions, and lead on to the next statement.

`decided` makes a decision of a form; what it may do is for the record to say, and who sends it for
the door. Where somebody else has changed the statement meanwhile nothing is done, and it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from rejoinder import selection
from rejoinder.coding.sample import is_coder
from rejoinder.errors import ChangedError, DecisionError
from rejoinder.model import Parts, Spans
from rejoinder.states import side_of
from rejoinder.store import Decision, Deed, Item, Record
from rejoinder.store.deciding import desk
from rejoinder.text import is_number
from rejoinder.web import asked
from rejoinder.web.access import PROGRAM, Visitor
from rejoinder.web.desk.queue import Wanted
from rejoinder.web.desk.statement import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form, from whom, about which statement."""

    record: Record
    item: Item
    form: QueryParams
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a form: where to go on, or what to say instead."""

    onward: str | None = None
    notice: Notice | None = None
    status: int = 303


def who_of(visitor: Visitor, form: QueryParams) -> str:
    """Return the name that stands with a decision; a program gives it as `who`.

    Raises:
        HTTPException: It is no name.
    """
    if visitor.name is not None:
        return visitor.name
    who = asked.coder(form, "who") or PROGRAM
    if not is_coder(who):
        raise HTTPException(400, "“who” has to be a name, up to 80 characters.")
    return who


def sent(record: Record, wanted: Wanted, item: Item, *, form: QueryParams, who: str) -> Done:
    """Do what a form asks for."""
    told = Sent(record=record, item=item, form=form, who=who)
    try:
        if form.get("do") in {"undo", "undo-last"}:
            number = taken_back(record, form, who)
            if desk.item(record, item.number) is None:  # it was put in, and is gone
                return Done(onward=wanted.link(made=number))
            return Done(onward=wanted.staying(item.place, item.number) + _made(number))
        decision = decided(told)
        # What comes next is looked up first: once this is accepted, it has no place any more.
        after = desk.following(record, wanted.queue, after=wanted.at or item.place, limit=2)
        seen = form.get("seen")
        number = record.decide(decision, seen={item.number: seen} if seen else None)
    except ChangedError:
        words = "Somebody has changed this statement since you loaded it; nothing of yours was done"
        words += f" ({form.get('do', '')} {form.get('value', '')}".rstrip() + "). Look again;"
        words += " what you typed still stands in its form."
        return Done(notice=Notice(words=words, wrong=True), status=409)
    except DecisionError as error:
        return Done(notice=Notice(words=f"That cannot be: {error}.", wrong=True), status=400)
    except asked.Refused as error:
        return Done(notice=Notice(words=error.detail, wrong=True), status=error.status_code)
    if decision.deed not in {Deed.ACCEPT, Deed.DISMISS}:
        return Done(onward=wanted.staying(item.place, item.number) + _made(number))
    others = [place.number for place in after if place.number != item.number]
    onward = wanted.link(others[0], made=number) if others else wanted.link(made=number)
    return Done(onward=onward)


def _made(number: int) -> str:
    return f"&made={number}"


def taken_back(record: Record, form: QueryParams, who: str) -> int:
    """Undo the decision that a form names, or the last of whoever sends it; return its number.

    Raises:
        DecisionError: There is none, or it cannot be undone.
    """
    if form.get("do") == "undo-last":
        mine = [d.id for d in record.log() if d.who == who and not d.undone]
        if not mine:
            raise DecisionError("there is nothing of yours to undo")
        return record.undo(mine[-1], who=who).id
    number = form.get("decision", "")
    if not is_number(number):
        raise DecisionError("there is no such decision")
    return record.undo(int(number), who=who).id


def decided(told: Sent) -> Decision:
    """Return the decision that a form asks for.

    Raises:
        DecisionError: It asks for none, or for none that makes sense.
        HTTPException: A field is too long.
    """
    make = _DEEDS.get(told.form.get("do", ""))
    if make is None:
        raise DecisionError("the form does not say what to do")
    return make(told)


def _single(deed: Deed) -> Callable[[Sent], Decision]:
    """Return what decides something about a statement, or about all versions of the utterance."""

    def make(told: Sent) -> Decision:
        return _decision(told, deed, _about(told))

    return make


def _decision(
    told: Sent,
    deed: Deed,
    about: tuple[int, ...],
    *,
    value: str | None = None,
    side: str | None = None,
    parts: Parts | None = None,
) -> Decision:
    return Decision(
        deed=deed,
        who=told.who,
        why=asked.note(told.form),
        about=about,
        value=value,
        side=side_of(side) if side else None,
        parts=parts,
    )


def _about(told: Sent) -> tuple[int, ...]:
    """Return what a form is about: the statement first, then all versions if it says so."""
    mine = told.item.number
    if not asked.ticked(told.form, "all"):
        return (mine,)
    others = told.record.versions_of(f"u{mine}")
    return (mine, *(number for number in others if number != mine))


def _act(told: Sent) -> Decision:
    return _decision(told, Deed.ACT, _about(told), value=asked.words(told.form, "value"))


def _actor(deed: Deed) -> Callable[[Sent], Decision]:
    def make(told: Sent) -> Decision:
        value, side = asked.words(told.form, "value"), asked.words(told.form, "side")
        return _decision(told, deed, _about(told), value=value, side=side)

    return make


def _pair(deed: Deed, *, turned: bool = False) -> Callable[[Sent], Decision]:
    """Return what decides something about the statement and another that the form names."""

    def make(told: Sent) -> Decision:
        named = asked.words(told.form, "other")
        if not named:
            raise DecisionError("the form names no other statement")
        other = told.record.number_of(named)
        if other is None:
            raise DecisionError(f"the record holds no statement {named!r}")
        pair = told.item.number, other
        return _decision(told, deed, pair[::-1] if turned else pair)

    return make


def _spans(told: Sent) -> Decision:
    text, statement = told.item.article.text, told.item.statement
    parts = parts_of(told.form, text, near=statement.offset)
    return _decision(told, Deed.SPANS, (told.item.number,), parts=parts)


def parts_of(form: QueryParams, text: str, *, near: int) -> Parts:
    """Return the words that a form marks.

    Args:
        form: With `content`, `source` and `cue` as words, and `content_at`, … as offsets.
        text: Of the report.
        near: Where the words are looked for first.

    Raises:
        DecisionError: They do not stand there.
    """

    def part(name: str) -> Spans:
        at, words = form.get(f"{name}_at", ""), form.get(name)
        return selection.marked(text, at=at, words=words, near=near)

    return Parts(source=part("source"), cue=part("cue"), content=part("content"))


#: What a form may ask for, by the field `do`.
_DEEDS: Mapping[str, Callable[[Sent], Decision]] = {
    "accept": _single(Deed.ACCEPT),
    "dismiss": _single(Deed.DISMISS),
    "act": _act,
    "speaker": _actor(Deed.SPEAKER),
    "target": _actor(Deed.TARGET),
    "spans": _spans,
    "merge": _pair(Deed.MERGE),
    "split": lambda told: _decision(told, Deed.SPLIT, (told.item.number,)),
    "link": _pair(Deed.LINK),
    "linked": _pair(Deed.LINK, turned=True),
    "unlink": _pair(Deed.UNLINK),
    "unlinked": _pair(Deed.UNLINK, turned=True),
}
