"""The page of one statement at the desk.

Its words in their report, what the program read and how surely, what the record holds near it, what
people decided about it, and what comes next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from starlette.datastructures import QueryParams

from rejoinder import selection
from rejoinder.export import layout, surety, threads, wording
from rejoinder.merge.told import Carrier, Utterance
from rejoinder.model import Act, Spans, Statement
from rejoinder.store import Item, Place, Record, State
from rejoinder.store.deciding import desk
from rejoinder.web.desk import near, reading
from rejoinder.web.desk.queue import Wanted
from rejoinder.web.strange import strange
from rejoinder.web.utterance import tied

#: So many statements that come next are listed, and so many names offered.
_NEXT, _NAMES = 8, 60
#: The parts of a statement, by their fields.
PARTS = ("source", "cue", "content")
#: The forms of the page that ask for more than one thing, by what they ask for.
_FORMS = {"accept": "review", "dismiss": "review"} | dict.fromkeys(
    ("link", "linked", "merge"), "tie"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A statement that comes later."""

    number: int
    link: str
    who: str
    words: str
    doubt: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that is offered."""

    name: str
    side: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is said above a statement: what was just done, or what is wrong."""

    words: str
    wrong: bool = False
    #: The decision that can be taken back.
    decision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """A statement at the desk; nothing but the queue where that is empty."""

    wanted: Wanted
    waiting: int
    #: What is said of a side of the address that there is none of.
    strange: tuple[str, ...] = ()
    notice: Notice | None = None
    item: Item | None = None
    who: wording.Who | None = None
    act: str = ""
    paragraphs: tuple[reading.Shown, ...] = ()
    #: Other versions of the utterance.
    versions: tuple[Carrier, ...] = ()
    #: What the statement answers, and what answers it.
    answers: tuple[Utterance, ...] = ()
    answered: tuple[Utterance, ...] = ()
    near: near.Nearby = field(default_factory=near.Nearby)
    #: The form that was refused.
    sent: QueryParams = field(default_factory=QueryParams)
    names: tuple[Name, ...] = ()
    next: tuple[Waiting, ...] = ()
    previous: str | None = None
    states: tuple[State, ...] = tuple(State)
    acts: tuple[Act, ...] = tuple(Act)

    @property
    def doubtful(self) -> tuple[str, ...]:
        """What is in doubt, the most doubtful first."""
        doubts = self.item.doubts if self.item else ()
        return tuple(d.field for d in doubts if d.confidence < surety.UNCERTAIN) or tuple(
            d.field for d in doubts[:1] if d.confidence < 1
        )

    def sure(self, name: str) -> float:
        """Return how sure the program is of something."""
        doubts = self.item.doubts if self.item else ()
        return next((d.confidence for d in doubts if d.field == name), 1.0)

    def typed(self, form: str, name: str, now: str | None = "") -> str:
        """Return what stands in a field: what was sent and refused, else what the record has.

        Args:
            form: Which form of the page.
            name: Of the field.
            now: What the record has.
        """
        deed = self.sent.get("do", "")
        if _FORMS.get(deed, deed) == form:
            return self.sent.get(name, "")
        return now or ""

    @property
    def marked(self) -> Mapping[str, str]:
        """The fields of the form that says which words it is."""
        now = {
            **{name: self.part(name) for name in PARTS},
            **{f"{name}_at": self.offsets(name) for name in PARTS},
        }
        return {name: self.typed("spans", name, words) for name, words in now.items()}

    def part(self, name: str) -> str:
        """Return the words of a part of the statement, a line each."""
        if self.item is None:
            return ""
        return "\n".join(selection.lines(self.item.article.text, self.spans(name)))

    def offsets(self, name: str) -> str:
        """Return the offsets of a part of the statement, as a form has them."""
        return " ".join(f"{start}-{end}" for start, end in self.spans(name))

    def spans(self, name: str) -> Spans:
        """Return where a part of the statement stands."""
        if self.item is None:
            return ()
        of = self.item.statement
        return {"source": of.source, "cue": of.cue, "content": of.content}[name]

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        following = [asdict(one) for one in self.next]
        told: dict[str, Any] = {"waiting": self.waiting, "next": following, "statement": None}
        item = self.item
        if item is None:
            return told
        return {
            **told,
            "statement": {
                "number": item.number,
                "id": f"{item.article.id}#{item.statement.id}",
                "utterance": f"u{item.utterance}",
                "review": item.review,
                "stamp": item.stamp,
                "speaker": asdict(item.statement.speaker) if item.statement.speaker else None,
                "target": asdict(item.statement.target) if item.statement.target else None,
                "act": item.statement.act.value,
                "source": item.statement.source,
                "cue": item.statement.cue,
                "content": item.statement.content,
                "words": layout.quote(item.article.text, item.statement.content),
                "doubts": [asdict(doubt) for doubt in item.doubts],
            },
            "decisions": [asdict(decision) for decision in item.history],
            "answers": [threads.as_values(other) for other in self.answers],
            "answered": [threads.as_values(other) for other in self.answered],
            "near": asdict(self.near),
        }


def page(
    record: Record,
    wanted: Wanted,
    number: int | None,
    *,
    notice: Notice | None = None,
    sent: QueryParams | None = None,
) -> DeskPage | None:
    """Fill the page of a statement, or of the first of the queue.

    Args:
        record: Where.
        wanted: The queue.
        number: Of the statement; the first of the queue where None.
        notice: What to say above it.
        sent: The form that was refused, which is kept.

    Returns:
        None where there is no such statement.
    """
    if number is None:
        first = desk.following(record, wanted.queue)
        number = first[0].number if first else None
    empty = DeskPage(
        wanted=wanted,
        waiting=desk.waiting(record, wanted.queue),
        strange=strange(record, wanted.queue.filter.side),
        notice=notice,
        sent=sent or QueryParams(),
    )
    if number is None:
        return empty
    item = desk.item(record, number)
    return None if item is None else _filled(record, item, empty)


def _filled(record: Record, item: Item, empty: DeskPage) -> DeskPage:
    wanted = empty.wanted
    place = wanted.at or item.place
    read = record.reading(item.article.id)
    others = read.statements if read else ()
    (utterance,) = record.utterances([item.number]).values()
    around = record.around(item.utterance)
    answers, answered = (
        tuple(other for _, other in tied(around, item.utterance, answering=answering))
        for answering in (True, False)
    )
    back = desk.following(record, wanted.queue, after=place, back=True)
    return replace(
        empty,
        item=item,
        who=wording.who(item.article.text, item.statement),
        act=wording.act(item.statement),
        paragraphs=reading.shown(item.article, others, item.statement, whole=wanted.whole),
        versions=tuple(c for c in utterance.carriers if c.number != item.number),
        answers=answers,
        answered=answered,
        near=near.nearby(record, item, [other.id for other in (*answers, *answered)]),
        names=tuple(names(record, others)),
        next=tuple(_next(record, wanted, item, place=place)),
        previous=wanted.link(back[0].number) if back else None,
    )


def names(record: Record, statements: Sequence[Statement]) -> Iterator[Name]:
    """Yield names that are offered: of the report, then of the record."""
    seen: set[str] = set()
    cast = [a for s in statements for a in (s.speaker, s.target) if a is not None]
    told = [(actor.name, actor.side) for actor in cast]
    told += record.named(limit=_NAMES)
    for name, side in told:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            yield Name(name=name, side=side)


def _next(record: Record, wanted: Wanted, item: Item, *, place: Place) -> Iterator[Waiting]:
    """Yield what comes next in the queue."""
    after = desk.following(record, wanted.queue, after=place, limit=_NEXT + 1)
    others = {p.number: p.confidence for p in after if p.number != item.number}
    for hit, doubt in desk.listed(record, list(others)[:_NEXT]):
        text, statement = hit.article.text, hit.statement
        yield Waiting(
            number=hit.number,
            link=wanted.link(hit.number),
            who=wording.who(text, statement).name,
            words=layout.said(text, statement),
            doubt=doubt.field,
            confidence=others[hit.number],
        )
