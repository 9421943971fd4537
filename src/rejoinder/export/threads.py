"""The record as people and programs see it: threads of utterances, who carries them, what is open.

Takes the data of `merge.told` and gives lines for a terminal, or plain values for JSON. It prints
nothing. Ids are `u12` for an utterance and `a3` for an actor of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from rejoinder.export import (
    contrast,
    differences,
    layout,
    merged,
    naming,
    surety,
    terminal,
    wording,
)
from rejoinder.merge.contrast import Contrast
from rejoinder.merge.threads import Turn
from rejoinder.merge.told import (
    Carrier,
    Comparison,
    Evidence,
    Exchange,
    Naming,
    Position,
    Profile,
    Tie,
    Utterance,
)

_STEP, _DEEPEST = 3, 5
#: So many outlets are named; of more, how many.
_NAMED = 4
#: So much is told of what an actor or a side says, the latest.
SAID = 30
#: So many things are named whose names are told.
_THINGS = 10


def exchange(found: Exchange, console: Console) -> Iterator[Text]:
    """Yield the threads of an exchange, answers under what they answer, then names of things."""
    width = terminal.measure(console)
    ties = {(tie.reply, tie.to): tie for tie in found.ties}
    for number, thread in enumerate(found.threads):
        if number:
            yield Text()
        for turn in thread:
            tie = ties.get((turn.number, turn.to)) if turn.to is not None else None
            told = found.utterances[turn.number]
            yield from _turn(told, turn, tie=tie, width=width)
    yield from naming.lines(found.names, width, most=_THINGS)


def _turn(told: Utterance, turn: Turn, *, tie: Tie | None, width: int) -> Iterator[Text]:
    inset = " " * _STEP * min(turn.depth, _DEEPEST)
    lines = list(utterance(told, width - len(inset) - 8, tie=tie))
    for number, line in enumerate(lines):
        mark = f"u{told.id}" if not number else ""
        yield Text.assemble((f"{inset}{mark:<8}", "dim"), line)


def listed(found: Iterable[Utterance], console: Console) -> Iterator[Text]:
    """Yield utterances one under the other, each with its id."""
    for told in found:
        turn = Turn(number=told.id, depth=0, to=None)
        yield from _turn(told, turn, tie=None, width=terminal.measure(console))
        yield Text()


def utterance(told: Utterance, width: int, *, tie: Tie | None = None) -> Iterator[Text]:
    """Yield an utterance in lines: who does what when, what was said, and who carries it."""
    head = Text()
    if tie is not None:
        doubt = surety.mark(tie.score)
        by = f" ({wording.decided(tie.by)})" if tie.by else ""
        head.append(f"↩ {tie.type} u{tie.to}{doubt}{by} · ")
    head.append(layout.printable(told.speaker or layout.UNNAMED), "bold" if told.speaker else "dim")
    if told.side and told.side != told.speaker:
        head.append(f" [{layout.printable(told.side)}{'?' if told.side_guessed else ''}]")
    doubt = surety.mark(told.act_confidence)
    head.append(f" · {wording.doing(told.act, told.target)}{doubt}")
    head.append(f" · {' · '.join(_tags(told))}", "dim")
    yield from terminal.wrap(head, width)
    # Only what a report quotes stands in quotation marks, which are its own.
    yield from terminal.wrap(Text(layout.printable(told.words)), width)
    yield from terminal.wrap(Text(" · ".join(carried(told)), "dim"), width)


def _tags(told: Utterance) -> list[str]:
    # Who decided what it does, or who speaks, took it for a statement: that is in doubt no more.
    doubt = "" if told.settled else surety.doubt(told.confidence)
    return [tag for tag in (told.shown.kind, doubt, *wording.ruled(told)) if tag]


def carried(told: Utterance) -> tuple[str, ...]:
    """Say when it was told, by which outlets, where it was said, and through whom by the first."""
    day = told.said_on or told.first
    # Whose words are shown stands first.
    carriers = (told.shown, *told.carriers)
    outlets = list(dict.fromkeys(layout.outlet(c.outlet, c.article) for c in carriers))
    more = f" and {len(outlets) - _NAMED} more" if len(outlets) > _NAMED else ""
    facts = (
        layout.day(day) if day else "",
        ", ".join(outlets[:_NAMED]) + more,
        *wording.setting(told.shown, told.occasion),
        wording.cited(told.shown),
    )
    return tuple(layout.printable(fact) for fact in facts if fact)


def comparison(found: Comparison, console: Console, *, most: int = _THINGS) -> Iterator[Text]:
    """Yield the positions of two sides, one after the other, and what each calls `most` things."""
    width = terminal.measure(console)
    for position in found.positions:
        yield from _position(position, width)
        yield Text()
    yield from naming.lines(found.names, width, most=most)


def _position(position: Position, width: int) -> Iterator[Text]:
    side, towards = (layout.printable(name) for name in (position.side, position.towards))
    yield Text(f"{side} → {towards}", "bold")
    acts = (f"{wording.doing(act, None)} {number}" for act, number in position.acts.items())
    yield from terminal.wrap(Text(" · ".join(acts) or "nothing found"), width)
    for told in position.latest:
        turn = Turn(number=told.id, depth=0, to=None)
        yield from _turn(told, turn, tie=None, width=width)


def as_values(told: Utterance) -> dict[str, Any]:
    """Return an utterance as plain values for JSON."""
    speaker = {"id": _actor(told.figure), "name": told.speaker, "role": told.role}
    return {
        "id": f"u{told.id}",
        "act": told.act.value,
        "act_confidence": round(told.act_confidence, 4),
        "confidence": round(told.confidence, 4),
        "speaker": {**speaker, "side": told.side, "side_guessed": told.side_guessed},
        "target": {
            "id": _actor(told.target_figure),
            "name": told.target,
            "side": told.target_side,
        },
        "said_on": _day(told.said_on),
        "first": _day(told.first),
        "words": told.words,
        "words_of": f"{told.shown.article}#{told.shown.statement}",
        "carriers": [_carrier(carrier) for carrier in told.carriers],
    }


def _actor(figure: int | None) -> str | None:
    return None if figure is None else f"a{figure}"


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _carrier(carrier: Carrier) -> dict[str, Any]:
    return {
        "article": carrier.article,
        "statement": carrier.statement,
        "title": carrier.title,
        "outlet": carrier.outlet,
        "url": carrier.url,
        "published": _day(carrier.published),
        "kind": carrier.kind,
        "act": carrier.act.value,
        "words": carrier.words,
        "content": [list(span) for span in carrier.content],
        "source": carrier.source,
        "cue": carrier.cue,
        "occasion": carrier.occasion,
        "via": carrier.via,
        "current": carrier.current,
        "version": carrier.version,
        "side": carrier.side,
        "side_guessed": carrier.side_guessed,
    }


def as_tie(tie: Tie) -> dict[str, Any]:
    """Return a tie as plain values for JSON."""
    return {
        "reply": f"u{tie.reply}",
        "to": f"u{tie.to}",
        "type": tie.type,
        "confidence": round(tie.score, 4),
        "why": [list(reason) for reason in tie.why],
        "article": tie.article,
        "by": tie.by,
    }


def whole_values(
    told: Utterance,
    around: Exchange,
    *,
    found: Sequence[Evidence],
    others: int | None,
    decisions: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return an utterance with how its versions differ, why they are one, ties, and decisions.

    Args:
        told: The utterance.
        around: The thread that it stands in.
        found: Why its versions are one.
        others: How many other reports say the speaker's side; None where those that carry it do.
        decisions: What people decided about any version, as plain values.
    """
    ties = [tie for tie in around.ties if told.id in {tie.reply, tie.to}]
    return {
        **as_values(told),
        "differences": differences.as_dict(differences.versions_of(told)),
        "ties": [as_tie(tie) for tie in ties],
        "evidence": merged.values(told, found),
        "side_by_others": others,
        "decisions": list(decisions),
    }


def exchange_values(found: Exchange, sides: Sequence[str] | None = None) -> dict[str, Any]:
    """Return an exchange as plain values for JSON.

    Args:
        found: The exchange.
        sides: Those that were asked for, told too; None where a thread was.
    """
    return {
        **({} if sides is None else {"sides": list(sides)}),
        "threads": [[_placed(turn) for turn in thread] for thread in found.threads],
        "utterances": [as_values(told) for told in found.utterances.values()],
        "ties": [as_tie(tie) for tie in found.ties],
        "names": naming_values(found.names),
        "cut": found.cut,
    }


def _placed(turn: Turn) -> dict[str, Any]:
    under = None if turn.to is None else f"u{turn.to}"
    return {"id": f"u{turn.number}", "depth": turn.depth, "under": under}


def naming_values(found: Iterable[Naming]) -> list[Mapping[str, str]]:
    """Return names of things as plain values for JSON."""
    return [
        {
            **{"thing": name.thing, "label": name.label, "caller": name.caller},
            "utterance": f"u{name.utterance}",
            "thing_by": name.whose.value,
        }
        for name in found
    ]


def comparison_values(found: Comparison, apart: Contrast) -> dict[str, Any]:
    """Return a comparison as plain values for JSON, with the words that set the two apart."""
    return {
        "positions": [
            {
                **{"side": position.side, "towards": position.towards},
                "acts": {act.value: number for act, number in position.acts.items()},
                "latest": [as_values(told) for told in position.latest],
            }
            for position in found.positions
        ],
        "names": naming_values(found.names),
        "contrast": contrast.values(apart),
    }


def profile(told: Profile) -> Iterator[Text]:
    """Yield an actor in lines: name, side, offices with their days, other names, what it does."""
    head = Text.assemble((f"a{told.id:<7}", "dim"), (layout.printable(told.name), "bold"))
    if told.side and told.side != told.name:
        head.append(f" [{layout.printable(told.side)}{'?' if told.side_guessed else ''}]")
    head.append(f" · in {layout.count(told.seen, 'report')}, {_span(told.first, told.last)}")
    yield head
    for office in told.offices:
        yield Text(f"        {layout.printable(office.role)}, {_span(office.first, office.last)}")
    if told.names:
        yield Text(f"        also {', '.join(map(layout.printable, told.names))}", "dim")
    if told.joined:
        yield Text(f"        with {', '.join(f'a{n}' for n in told.joined)}, as people said", "dim")
    acts = " · ".join(f"{wording.doing(act, None)} {n}" for act, n in told.acts.items())
    if acts:
        yield Text(f"        {acts}", "dim")


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "no day known"
    return str(first) if first == last else f"{first} to {last}"


def profile_values(told: Profile) -> dict[str, Any]:
    """Return an actor of the record as plain values for JSON."""
    return {
        "id": f"a{told.id}",
        "name": told.name,
        "side": told.side,
        "side_guessed": told.side_guessed,
        "names": list(told.names),
        "joined": [f"a{number}" for number in told.joined],
        "reports": told.seen,
        "first": _day(told.first),
        "last": _day(told.last),
        "offices": [
            {"role": office.role, "first": _day(office.first), "last": _day(office.last)}
            for office in told.offices
        ],
        "acts": {act.value: number for act, number in told.acts.items()},
    }


def actor_values(
    told: Profile, said: Exchange, *, decisions: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return an actor with what it says and what people decided, as plain values for JSON.

    Args:
        told: The actor.
        said: Its latest utterances, with what they answer and what answers them.
        decisions: What people decided of who it is, as plain values.
    """
    return {
        **profile_values(told),
        "exchange": exchange_values(said),
        "decisions": list(decisions),
    }
