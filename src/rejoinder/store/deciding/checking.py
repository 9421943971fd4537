"""Whether what somebody decides can be: it is about what is there, and not decided so already.

Only looks; `decisions` does what is decided.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from rejoinder.coding.sample import is_coder
from rejoinder.errors import DecisionError
from rejoinder.model import Act
from rejoinder.store.deciding import rewording
from rejoinder.store.deciding.untying import home, stands
from rejoinder.store.merging.persons import persons
from rejoinder.store.tables.deeds import Decision, Deed, about
from rejoinder.store.tables.reviews import accepted
from rejoinder.store.tables.schema import edges, figures, statements, ties
from rejoinder.text import composed

#: What a decision on a single thing sets.
COLUMNS = {
    Deed.RENAME: "name",
    Deed.ACT: "act",
    Deed.SPEAKER: "speaker",
    Deed.TARGET: "target",
    Deed.SPANS: "content",
    Deed.ADD: "content",
    Deed.ACCEPT: "review",
    Deed.DISMISS: "review",
}
#: How long a reason and a name may be, in characters; the desk's forms send no longer ones either.
LONGEST_WHY, LONGEST_NAME = 2_000, 300
#: What gives a name.
_NAMING = {Deed.RENAME, Deed.SPEAKER, Deed.TARGET, Deed.ADD}
#: What changes the words of a statement.
WORDING = {Deed.SPANS, Deed.ADD}


def checked(connection: Connection, decision: Decision) -> Decision:
    """Return a decision that can be made; one of actors is about those they are shown as.

    Raises:
        DecisionError: It is about what is not there, lacks what it needs, or is so decided already.
    """
    decision = _typed(decision)
    check_sound(connection, decision)
    if decision.deed.of_actors:
        decision = _of_persons(connection, decision)
    _check_new(connection, decision)
    return decision


def _typed(decision: Decision) -> Decision:
    """Return a decision with what a person has typed as it is kept: accents in their letters.

    Raises:
        DecisionError: It names nobody who decides, has no name where one is given, or is too long.
    """
    who, why = composed(decision.who), composed((decision.why or "").strip())
    if not is_coder(who):
        raise DecisionError("whoever decides has a name: one line of 80 letters at most, no colon")
    if len(why) > LONGEST_WHY:
        told = f"a reason has {LONGEST_WHY:,} characters at most; this has {len(why):,}"
        raise DecisionError(told)
    value, side = (None if t is None else composed(t) for t in (decision.value, decision.side))
    if max(len(value or ""), len(side or "")) > LONGEST_NAME:
        raise DecisionError(f"a name has {LONGEST_NAME} characters at most")
    name = value if decision.deed in _NAMING else None
    if name is not None and not any(c.isalnum() for c in name):
        raise DecisionError(f"{decision.deed} needs a name with a letter in it: “Ana Brekka”")
    return replace(decision, who=who, why=why or None, value=value, side=side)


def check_sound(connection: Connection, decision: Decision) -> None:
    """See that a decision is about what is there and has what it needs.

    Raises:
        DecisionError: It is not, or has not.
    """
    table = figures if decision.deed.of_actors else statements
    there = select(table.c.id).where(table.c.id.in_(decision.about))
    missing = set(decision.about) - set(connection.execute(there).scalars())
    if missing:
        thing = "actor a" if decision.deed.of_actors else "statement u"
        raise DecisionError(f"the record holds no {thing}{min(missing)}")
    count = len(set(decision.about))
    if decision.deed.of_two and count != 2:
        things = "actors" if decision.deed.of_actors else "statements"
        raise DecisionError(f"{decision.deed.value} is about two different {things}")
    act = decision.value if decision.deed is Deed.ACT else decision.act
    if (decision.deed is Deed.ACT or act is not None) and act not in {known.value for known in Act}:
        raise DecisionError(f"there is no act {act!r}")
    if decision.deed in WORDING:
        rewording.check(connection, decision)
    nobody = {Deed.TARGET: not decision.value, Deed.ADD: decision.value is None}
    needed = decision.deed in _NAMING and not nobody.get(decision.deed)
    if needed and not (decision.value or "").strip():
        raise DecisionError(f"{decision.deed} needs a name")


def _check_new(connection: Connection, decision: Decision) -> None:
    """See that it does not stand decided so already; what only the program says is confirmed.

    Raises:
        DecisionError: It does, or is about what people said is no statement.
    """
    if decision.deed in {Deed.ACT, Deed.LINK}:
        for gone in (number for number in decision.about if not stands(connection, number)):
            raise DecisionError(f"u{gone} is no statement, as people said: undo that first")
    made: int | None = None
    if decision.deed in COLUMNS:
        made = _set_so(connection, decision)
    elif decision.deed is Deed.LINK:
        reply, to = decision.about
        ends = ties.c.reply == reply, ties.c.to == to
        query = select(ties.c.decision).where(*ends, ties.c.undone.is_(False))
        made = connection.execute(query.where(ties.c.decision.is_not(None)).limit(1)).scalar()
    elif decision.deed is Deed.MERGE:
        one, other = sorted(decision.about)
        query = select(edges.c.decision).where(
            *(edges.c.first == one, edges.c.second == other, edges.c.same),
            *(edges.c.undone.is_(False), home(one) == home(other)),
        )
        made = connection.execute(query.where(edges.c.decision.is_not(None)).limit(1)).scalar()
    if made is not None:
        raise DecisionError(f"already so, by decision {made}")


def _set_so(connection: Connection, decision: Decision) -> int | None:
    """Return the last decision that set the same of all that one is about; None if none did."""
    reopened = decision.deed is Deed.ACCEPT and not (
        accepted(connection, decision.about) >= set(decision.about)
    )
    if reopened:
        return None
    last: dict[int, Decision] = {}
    for earlier in about(connection, decision.about):
        if not earlier.undone and COLUMNS.get(earlier.deed) == COLUMNS[decision.deed]:
            last |= dict.fromkeys(earlier.about, earlier)
    found = [last.get(thing) for thing in decision.about]
    same = [one for one in found if one is not None and _says(one) == _says(decision)]
    return same[-1].id if same and len(same) == len(found) else None


def _says(decision: Decision) -> tuple[object, ...]:
    """Return what a decision says of a thing."""
    return decision.deed, decision.value, decision.side, decision.parts, decision.act


def _of_persons(connection: Connection, decision: Decision) -> Decision:
    """Let a decision be about the figures that those it names are shown as.

    Raises:
        DecisionError: They are one already, or people said already that they are not.
    """
    known = persons(connection)
    if decision.deed is Deed.APART:  # it is of these two, also where they are shown as one
        one, other = decision.about
        if other in known.apart.get(one, ()):
            raise DecisionError("somebody said so already")
        return decision
    heads = tuple(dict.fromkeys(known.head(number) for number in decision.about))
    if decision.deed is Deed.SAME and len(heads) < 2:
        raise DecisionError("they are one already")
    return replace(decision, about=heads)
