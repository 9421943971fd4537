"""What people corrected, as labels: from codings of a report and from decisions about it.

Takes a report as it was read, the sheets of its units, and what was decided at the desk; gives the
statements that people vouch for, with what of them they vouch for, those that they say are none,
and the stretches of the text in which nothing else is one.

The one idea: of several coders the majority counts, and where there is none nothing is said: a
statement that half of them have is no label, nor is an act on which they are divided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rejoinder.coding.compare import Field, Sheet, Values, groups, paired
from rejoinder.coding.sample import NOBODY, Coded, machine_in
from rejoinder.model import Act, Actor, Mode, Reading, Span, Spans, Statement
from rejoinder.posts import quoted
from rejoinder.resolve.kinds import kind
from rejoinder.resolve.names import slug

#: That it is a statement at all, beside act, speaker and target.
STATEMENT = "statement"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A statement that people vouch for."""

    statement: Statement
    #: Who, and in how: "coding" or "decision".
    who: tuple[str, ...]
    by: str
    #: What of it they vouch for: `STATEMENT`, "act", "speaker", "target". The rest is as it was.
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A report with what people say of its statements."""

    reading: Reading
    labels: tuple[Label, ...]
    #: Where the machine has a statement that is none.
    rejected: tuple[Spans, ...]
    #: Stretches of the text in which there is no statement but those labelled.
    complete: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided at the desk about a statement."""

    who: tuple[str, ...]
    #: Empty where it was said to be none.
    fields: tuple[str, ...]


def gold(
    machine: Reading,
    sheets: Sequence[Sheet],
    *,
    desk: Reading,
    decided: Mapping[str, Decided],
) -> Gold:
    """Put together what people say of a report.

    Args:
        machine: As the machine read it.
        sheets: Its units that people coded.
        desk: As decisions left it.
        decided: About which of its statements they are, by id; what was coded too counts as coded.
    """
    labels: list[Label] = []
    rejected: list[Spans] = []
    complete: list[Span] = []
    values = Values(sheets)
    coded: set[str] = set()
    for sheet in sorted(sheets, key=lambda sheet: sheet.unit.span):
        unit = _Unit(sheet, machine, values=values)
        labels += unit.labels()
        rejected += unit.rejected()
        complete += [sheet.unit.span] if unit.settled else []
        coded |= unit.names
    for statement in desk.statements:
        told = decided.get(statement.id)
        if told is None or statement.id in coded:
            continue
        if told.fields:
            labels.append(
                Label(statement=statement, who=told.who, by="decision", fields=told.fields)
            )
        else:
            rejected.append(statement.content)
    return Gold(
        reading=machine,
        labels=tuple(_in_order(labels)),
        rejected=tuple(rejected),
        complete=tuple(complete),
    )


def _in_order(labels: Sequence[Label]) -> Iterator[Label]:
    """Yield labels in reading order, none of them inside a statement that is no label."""
    there = {label.statement.id for label in labels}
    for label in sorted(labels, key=lambda label: label.statement.offset):
        statement = label.statement
        if statement.inside is not None and statement.inside not in there:
            label = replace(label, statement=replace(statement, inside=None))
        yield label


class _Unit:
    """A unit with what the majority of its coders says."""

    def __init__(self, sheet: Sheet, machine: Reading, *, values: Values) -> None:
        self._sheet, self._reading, self._values = sheet, machine, values
        people = sheet.people
        found = groups(sheet, people)
        self._agreed = [group for group in found if 2 * len(group) > len(people)]
        self._doubtful = [group for group in found if 2 * len(group) == len(people)]
        self.settled = not self._doubtful
        self._held = [
            (statement, coded)
            for statement in machine.statements
            for coded in machine_in(sheet.unit.span, (statement,))
        ]
        #: What of the machine's stands here, by id.
        self.names = {statement.id for statement, _ in self._held}

    def labels(self) -> Iterator[Label]:
        """Yield the statements that most coders have."""
        for number, (group, known) in enumerate(self._matched(self._agreed), 1):
            yield self._label(group, known, name=f"c{self._sheet.unit.span[0]}-{number}")

    def rejected(self) -> Iterator[Spans]:
        """Yield what the machine has and most coders have not."""
        taken = {
            known.id
            for _, known in self._matched([*self._agreed, *self._doubtful])
            if known is not None
        }
        right = {coded.content for one, coded in self._held if one.id in taken}
        return (coded.content for _, coded in self._held if coded.content not in right)

    def _matched(
        self, found: Sequence[dict[str, Coded]]
    ) -> Iterator[tuple[dict[str, Coded], Statement | None]]:
        """Yield groups with the machine's statement that they are."""
        shown = [Coded(content=_most(c.content for c in group.values())[0]) for group in found]
        pairs = {
            one.content: other.content for one, other in paired(shown, [c for _, c in self._held])
        }
        known: dict[Spans, Statement] = {}
        for statement, coded in self._held:  # of two at the same words the first counts
            known.setdefault(coded.content, statement)
        for one, group in zip(shown, found, strict=True):
            there = pairs.get(one.content)
            yield group, None if there is None else known[there]

    def _label(self, group: dict[str, Coded], known: Statement | None, *, name: str) -> Label:
        statement = known or self._new(group, name)
        content = _most(coded.content for coded in group.values())[0]
        if known is None or all(coded.content != content for _, coded in self._of(known)):
            statement = replace(statement, content=content)
        fields = [STATEMENT]
        for field in Field:
            value = self._settled_value(group, field)
            if value is not None:
                fields.append(field.value)
                statement = self._set(statement, field, value, group=group)
        return Label(
            statement=statement, who=tuple(sorted(group)), by="coding", fields=tuple(fields)
        )

    def _of(self, known: Statement) -> Iterator[tuple[Statement, Coded]]:
        return (pair for pair in self._held if pair[0] is known)

    def _new(self, group: dict[str, Coded], name: str) -> Statement:
        """Return a statement that the machine missed."""
        coded = _most(group.values())[0]
        text = self._reading.article.text
        return Statement(
            id=name,
            kind=kind(text, coded.content, quoted(text)),
            mode=Mode.SAID,
            source=coded.source,
            cue=coded.cue,
            content=coded.content,
        )

    def _settled_value(self, group: dict[str, Coded], field: Field) -> str | None:
        """Return what most of those who say something of a field say."""
        given = [self._values.get(self._sheet.report, c, field) for c in group.values()]
        said = [value for value in given if value is not None]
        if not said:
            return None
        value, count = _most(said)
        return value if 2 * count > len(said) else None

    def _set(
        self, statement: Statement, field: Field, value: str, *, group: dict[str, Coded]
    ) -> Statement:
        if field is Field.ACT:
            return replace(statement, act=Act(value), act_confidence=1.0)
        actor = None if value == NOBODY else self._actor(value, field, group)
        if field is Field.SPEAKER:
            return replace(statement, speaker=actor, resolution=None)
        return replace(statement, target=actor)

    def _actor(self, value: str, field: Field, group: dict[str, Coded]) -> Actor:
        """Return whom a category stands for: an actor of the report, or one with the longest name.

        The names are those that coders wrote, so nobody is called by what nobody wrote.
        """
        for one in self._reading.statements:
            for actor in (one.speaker, one.target):
                if actor and self._category(actor.name) == value:
                    return actor
        names = [c.speaker if field is Field.SPEAKER else c.target for c in group.values()]
        fitting = [name for name in names if name and self._category(name) == value]
        name = max(fitting, key=lambda name: (len(name), name))
        return Actor(id=slug(name), name=name)

    def _category(self, name: str) -> str | None:
        coded = Coded(content=(), speaker=name)
        return self._values.get(self._sheet.report, coded, Field.SPEAKER)


def _most(items: Iterable[_T]) -> tuple[_T, int]:
    """Return what comes most often, of equals the first in order, and how often it does."""
    counted = Counter(items)
    best = max(counted.values())
    return min((item for item, count in counted.items() if count == best), key=repr), best
