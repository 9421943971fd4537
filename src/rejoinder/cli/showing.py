"""`rejoinder show`: a report of the record, or an utterance with all its versions."""

from __future__ import annotations

import json as json_
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from rejoinder.cli.exchange import printed
from rejoinder.cli.reading import people
from rejoinder.cli.record import RECORD
from rejoinder.cli.talk import Exit, console, say
from rejoinder.export import layout, sided, wording
from rejoinder.export.json import as_held

if TYPE_CHECKING:
    from rich.text import Text

    from rejoinder.difference import Version
    from rejoinder.merge.told import Evidence, Exchange, Utterance
    from rejoinder.store import Decision, Original, Record

#: An actor or an issue of a record, as `actors` and `issues` call it.
_NAMED = re.compile(r"(?P<sort>[ai])(?P<number>[0-9]{1,9})")


@click.command()
@click.argument("name", metavar="ID")
@RECORD
@click.option("--text", is_flag=True, help="Print the report with its statements marked.")
@click.option(
    "--explain",
    is_flag=True,
    help="Tell how each speaker of a report was found, and how sure all is, in percent.",
)
@click.option("--json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--version",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    show_default="the latest",
    help="Which version of the report, from 1.",
)
def show(
    name: str, *, where: str, text: bool, explain: bool, json: bool, number: int | None
) -> Exit:
    """Print a report of the record as `rejoinder read` would, or an utterance with its versions.

    ID is that of a report, which `search` and `export` give; what stands behind a # in it names a
    statement and is not needed. Or it is that of an utterance, u12, which `exchange` gives: every
    report that carries it, what they say differently, the sentences that it stands in, why they are
    one utterance, what it answers and what answers it. Or that of an actor, a5, or of an issue, i2,
    as `actors` and `issues` print them. A report that is called u12 too is u12# here.

    \b
    Exit codes:
      0  done
      1  there is none of this id, or no such record

    \b
    Examples:
      rejoinder show report
      rejoinder show u1
    """
    if json and text:
        raise click.UsageError("--json and --text are two views; choose one.")
    if explain and (json or text):
        raise click.UsageError("--explain goes with neither --json nor --text.")
    from rejoinder.store import Record

    with Record(where, create=False) as record:
        # What is called u12 means the utterance in every command, whatever a report is called.
        utterance = record.number_of(name) if "#" not in name else None
        found = record.reading(name, number=number)
        if utterance is not None and (number is None or found is None):
            _refuse(name, text=text, explain=explain, number=number)
            _show_utterance(record, utterance, json=json)
            if found is not None:
                say(f"there is a report {name} too: `rejoinder show '{name}#'`")
            return Exit.DONE
        found = found or record.reading(name.rpartition("#")[0], number=number)
        named = _NAMED.fullmatch(name) if found is None else None
        if named:
            _refuse(name, text=text, explain=explain, number=number)
            return _show_named(record, named, json=json)
        if found is None:
            say(
                f"the record holds no report or utterance {name!r}"
                + (f", version {number}" if number else "")
                + "; `rejoinder search` prints the ids of what it holds"
            )
            return Exit.FAILED
        report = found.article.id
        elsewhere = record.elsewhere(report, number=number)
        if json:
            homes = record.homes(report, number=number)
            click.echo(json_.dumps(as_held(found, homes, elsewhere)))
            return Exit.DONE
        versions = record.versions(report)
        original = record.original(report) if number in {None, max(versions)} else None
    people(text=text, flat=False, explain=explain)(found)
    if standing := wording.standing(number or max(versions), versions):
        other = "--version 1 for the first" if number is None else "the latest without --version"
        click.echo(f"\n{standing}; {other}")
    if original:
        click.echo(f"\n{_carries(original)}")
    if elsewhere:
        click.echo("\n" + "\n".join(sided.of_report(elsewhere)))
    return Exit.DONE


def _refuse(name: str, *, text: bool, explain: bool, number: int | None) -> None:
    """Refuse what only a report can be shown with, where an id is not that of one.

    Raises:
        UsageError: One of these is given.
    """
    for option, given in (("--text", text), ("--explain", explain), ("--version", number)):
        if given:
            raise click.UsageError(f"{option} is for a report, and {name} is none.")


def _show_named(record: Record, named: re.Match[str], *, json: bool) -> Exit:
    """Print an actor or an issue."""
    from rejoinder.export import issues, threads
    from rejoinder.merge.told import Scope

    number = int(named["number"])
    values: Mapping[str, Any] | None = None
    lines: Iterable[Text] = ()
    if named["sort"] == "a":
        for actor in record.profiles(number=number, limit=1):
            said = record.exchange(Scope(figure=actor.id, limit=threads.SAID))
            made = map(asdict, record.decided_of_actor(actor))
            values = threads.actor_values(actor, said, decisions=made)
            lines = threads.profile(actor)
    elif (issue := record.issue(number)) is not None:
        values, lines = issues.as_values(issue), issues.lines(issue)
    if values is None:
        things = {"a": "actor", "i": "issue"}[named["sort"]]
        say(f"the record holds no {things} {named[0]}; `rejoinder {things}s` lists them")
        return Exit.FAILED
    if json:
        click.echo(json_.dumps(values))
    else:
        printed(lines)
    return Exit.DONE


def _carries(original: Original) -> str:
    """Say for people whose words a report carries, and how much of it they are."""
    named = f"“{original.title}”" if original.title else original.id
    stands = (original.outlet, original.published, original.id if original.title else None)
    told = f"carries the words of {named} ({', '.join(str(fact) for fact in stands if fact)})"
    told = told.removesuffix(" ()") + f", {100 * original.share:.0f} %"
    return layout.printable(told + (f"; credited to {original.agency}" if original.agency else ""))


def _show_utterance(record: Record, number: int, *, json: bool) -> None:
    """Print an utterance: its versions and what differs, what it answers and what answers it."""
    from rejoinder.export import differences, threads

    around = record.around(number)
    told = next(u for u in record.utterances([number]).values())
    versions = differences.versions_of(told)
    found = record.evidence(carrier.number for carrier in told.carriers)
    others = record.others_saying(told)
    made = record.decided_of(told)
    if not json:
        printed(_utterance(told, versions, around=around, found=found, others=others, made=made))
        return
    values = threads.whole_values(
        told, around, found=found, others=others, decisions=map(asdict, made)
    )
    click.echo(json_.dumps(values))


def _utterance(
    told: Utterance,
    versions: list[Version],
    *,
    around: Exchange,
    found: list[Evidence],
    others: int | None,
    made: Sequence[Decision],
) -> Iterator[Text]:
    from rich.text import Text

    from rejoinder.export import context, differences, merged, terminal, threads

    out = console()
    width = terminal.measure(out)
    yield from threads.utterance(told, width)
    whose = sided.of_utterance(told, others)
    if whose:
        yield from terminal.wrap(Text(whose, "dim"), width)
    yield Text()
    yield from differences.render(versions, out)
    yield from context.lines(told, width)
    yield from merged.lines(told, found, width)
    yield from _decided(told, made, width)
    for heading, tied in (
        ("It answers", [(t.to, t.by) for t in around.ties if t.reply == told.id]),
        ("Answered by", [(t.reply, t.by) for t in around.ties if t.to == told.id]),
    ):
        for number, by in tied:
            decided = f" ({wording.decided(by)})" if by else ""
            yield from (Text(), Text(f"{heading} u{number}{decided}", "bold"))
            yield from threads.utterance(around.utterances[number], width)


def _decided(told: Utterance, made: Sequence[Decision], width: int) -> Iterator[Text]:
    """Yield what people decided about an utterance, a line a decision."""
    from rich.text import Text

    from rejoinder.export import terminal

    mine = {carrier.number for carrier in told.carriers}
    if made:
        yield from (Text(), Text("What people decided", "bold"))
    for one in made:
        facts = (
            *(f"{one.id}", one.who, one.sentence),
            wording.of_two(one.deed.value, one.about, mine),
            one.why or "",
            f"undone by {one.undone_by}" if one.undone else "",
        )
        line = layout.printable(" · ".join(fact for fact in facts if fact))
        yield from terminal.wrap(Text(line), width)
