"""`rejoinder decide`, `undo`, `log`: people overrule the program, and each other."""

from __future__ import annotations

import getpass
import json as json_
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from rejoinder.cli.asked import ACT
from rejoinder.cli.record import RECORD
from rejoinder.cli.talk import options, say
from rejoinder.errors import DecisionError
from rejoinder.export import layout
from rejoinder.states import side_of

if TYPE_CHECKING:
    from rejoinder.merge.told import Utterance
    from rejoinder.store import Decision, Record


#: What is said where nobody is named.
_WHO = "say who decides: --who NAME, or REJOINDER_WHO."


def _me() -> str:
    """Return the name of whoever runs the program; some machines know none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise click.UsageError(_WHO) from None


def _named(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Return a name as it is kept."""
    from rejoinder.coding.sample import is_coder
    from rejoinder.text import composed

    name = composed(value)
    if not is_coder(name):
        raise click.UsageError(f"{_WHO} The name is one line of 80 letters at most, no colon.")
    return name


#: Who does it.
WHO = click.option(
    "--who",
    metavar="NAME",
    envvar="REJOINDER_WHO",
    default=_me,
    callback=_named,
    show_default="your name on this computer",
    help="Who decides.",
)
_WHY = click.option("--why", metavar="TEXT", show_default="no reason", help="Why.")
#: What gives a command the options that every decision has.
decision_options = options(RECORD, WHO, _WHY)


@click.group()
def decide() -> None:
    """Overrule the program: what you decide is kept, with your name, and can be undone.

    A statement is named as `search` and `exchange` print it: u12, or REPORT#s3; an actor of the
    record as a3.

    \b
    Examples:
      rejoinder decide act 'report#s1' warn --why "a threat, read in full"
      rejoinder decide dismiss 'report#s1' --who anna
    """


def made(where: str, build: Callable[[Record], Decision]) -> None:
    """Make a decision and say under which number."""
    from rejoinder.store import Record

    with Record(where, create=False, upgrade=True) as record:
        number = record.decide(build(record))
    undone_by(number)


def undone_by(number: int) -> None:
    """Say under which number a decision is known, and what takes it back."""
    say(f"decision {number}; `rejoinder undo {number}` takes it back")


def number_of(record: Record, reference: str) -> int:
    """Return the number of what is called `u12` or `REPORT#s3`."""
    number = record.number_of(reference)
    if number is None:
        raise DecisionError(f"the record holds no statement {reference!r}")
    return number


@decide.command()
@click.argument("one", metavar="STATEMENT")
@click.argument("other", metavar="STATEMENT")
@click.option("--force", is_flag=True, help="Also where different people are said to speak.")
@decision_options
def merge(one: str, other: str, *, force: bool, where: str, who: str, why: str | None) -> None:
    """Say that two statements are one utterance.

    \b
    Examples:
      rejoinder decide merge 'report#s1' 'one#s1'
      rejoinder decide merge --record iceland.db u1 u2 --force
    """
    from rejoinder.store import Decision, Deed

    def build(record: Record) -> Decision:
        about = number_of(record, one), number_of(record, other)
        if not force:
            _same_speaker(record, about)
        return Decision(deed=Deed.MERGE, who=who, why=why, about=about)

    made(where, build)


def _same_speaker(record: Record, about: tuple[int, int]) -> None:
    """Make sure that no two people are said to have made what is to be one utterance."""
    found = list(record.utterances(about).values())
    if len(found) == 2 and _differ(*found):
        first, second = (f"{told.speaker} ({_called(told)})" for told in found)
        known = all(told.figure is not None for told in found)
        same = ", `rejoinder decide same` says that they are one person" if known else ""
        raise DecisionError(f"{first} said the one, {second} the other; --force merges them{same}")


def _differ(one: Utterance, other: Utterance) -> bool:
    """Tell whether two people are said to speak: by the record, or by name where it knows not."""
    from rejoinder.resolve import names

    if one.figure is not None and other.figure is not None:
        return one.figure != other.figure
    if one.speaker is None or other.speaker is None:
        return False
    mine, theirs = names.tokens(one.speaker), names.tokens(other.speaker)
    alike = names.by_last(mine, theirs) or names.by_last(theirs, mine)
    return not (alike or names.same_person(mine, theirs))


def _called(told: Utterance) -> str:
    return f"u{told.id}" + (f", a{told.figure}" if told.figure is not None else "")


@decide.command()
@click.argument("statement", metavar="STATEMENT")
@decision_options
def split(statement: str, *, where: str, who: str, why: str | None) -> None:
    """Say that a statement is an utterance of its own.

    \b
    Examples:
      rejoinder decide split 'one#s1' --why "another day"
      rejoinder decide split --record iceland.db 'one#s1'
    """
    if "#" not in statement:
        raise click.UsageError("name the one version that is to be split off: REPORT#s3.")
    _single("split", statement, where=where, who=who, why=why)


@decide.command()
@click.argument("reply", metavar="STATEMENT")
@click.argument("to", metavar="STATEMENT")
@decision_options
def link(reply: str, to: str, *, where: str, who: str, why: str | None) -> None:
    """Say that the first statement answers the second.

    \b
    Examples:
      rejoinder decide link 'one#s1' 'report#s1'
      rejoinder decide link --record iceland.db u2 u1
    """
    _pair("link", reply, to, where=where, who=who, why=why)


@decide.command()
@click.argument("reply", metavar="STATEMENT")
@click.argument("to", metavar="STATEMENT")
@decision_options
def unlink(reply: str, to: str, *, where: str, who: str, why: str | None) -> None:
    """Say that the first statement does not answer the second.

    \b
    Examples:
      rejoinder decide unlink 'one#s1' 'report#s1'
      rejoinder decide unlink --record iceland.db 'one#s1' 'report#s1'
    """
    _pair("unlink", reply, to, where=where, who=who, why=why)


@decide.command()
@click.argument("actor", metavar="ACTOR")
@click.argument("name")
@decision_options
def rename(actor: str, name: str, *, where: str, who: str, why: str | None) -> None:
    """Call an actor of the record NAME.

    \b
    Examples:
      rejoinder decide rename a1 "Ministry of Fisheries"
      rejoinder decide rename a1 "Fisheries Ministry" --who anna
    """
    from rejoinder.store import Decision, Deed

    about = (_actor(actor),)
    made(where, lambda r: Decision(deed=Deed.RENAME, who=who, why=why, about=about, value=name))


def _actor(name: str) -> int:
    """Return the number of what is called `a3`."""
    digits = name.removeprefix("a")
    if not digits.isdecimal() or len(digits) > 9:
        raise click.UsageError(f"{name!r} is no actor of a record; they are called a1, a2, …")
    return int(digits)


@decide.command()
@click.argument("one", metavar="ACTOR")
@click.argument("other", metavar="ACTOR")
@decision_options
def same(one: str, other: str, *, where: str, who: str, why: str | None) -> None:
    """Say that two actors of the record are one.

    What was said of the one is then shown with the other, that of the lower number, also what comes
    in later; both numbers lead to it.

    \b
    Examples:
      rejoinder decide same a1 a2 --why "she married"
      rejoinder decide same --record iceland.db a1 a2
    """
    _actors("same", one, other, where=where, who=who, why=why)


@decide.command()
@click.argument("one", metavar="ACTOR")
@click.argument("other", metavar="ACTOR")
@decision_options
def apart(one: str, other: str, *, where: str, who: str, why: str | None) -> None:
    """Say that two actors of the record are not one, also where somebody said so before.

    \b
    Examples:
      rejoinder decide apart a1 a2 --why "father and son"
      rejoinder decide apart --record iceland.db a1 a2
    """
    _actors("apart", one, other, where=where, who=who, why=why)


def _actors(deed: str, one: str, other: str, *, where: str, who: str, why: str | None) -> None:
    """Decide something about two actors."""
    from rejoinder.store import Decision, Deed

    about = _actor(one), _actor(other)
    made(where, lambda record: Decision(deed=Deed(deed), who=who, why=why, about=about))


@decide.command()
@click.argument("statement", metavar="STATEMENT")
@click.argument("act_", metavar="ACT", type=ACT)
@decision_options
def act(statement: str, act_: str, *, where: str, who: str, why: str | None) -> None:
    """Say what a statement does.

    \b
    Examples:
      rejoinder decide act 'report#s1' warn
      rejoinder decide act u1 deny --why "it says so"
    """
    _single("act", statement, where=where, who=who, why=why, value=act_)


SIDE = click.option(
    "--side", metavar="NAME", show_default="as it stands", help="Whom they speak for."
)


@decide.command()
@click.argument("statement", metavar="STATEMENT")
@click.argument("name")
@SIDE
@decision_options
def speaker(
    statement: str, name: str, *, side: str | None, where: str, who: str, why: str | None
) -> None:
    """Say that NAME made a statement.

    \b
    Examples:
      rejoinder decide speaker 'report#s1' "Ana Brekka" --side Iceland
      rejoinder decide speaker u1 "Ana Brekka" --who anna
    """
    _single("speaker", statement, where=where, who=who, why=why, value=name, side=side)


@decide.command()
@click.argument("statement", metavar="STATEMENT")
@click.argument("name")
@SIDE
@decision_options
def target(
    statement: str, name: str, *, side: str | None, where: str, who: str, why: str | None
) -> None:
    """Say that a statement is aimed at NAME; at nobody where NAME is "-".

    \b
    Examples:
      rejoinder decide target 'report#s1' Denmark --side Denmark
      rejoinder decide target u1 -
    """
    if not name.strip():
        raise click.UsageError('say at whom it is aimed: a name, or "-" for nobody.')
    if name == "-" and side:
        raise click.UsageError("--side is whom somebody speaks for, and “-” is nobody.")
    value = None if name == "-" else name
    _single("target", statement, where=where, who=who, why=why, value=value, side=side)


@decide.command()
@click.argument("statement", metavar="STATEMENT")
@decision_options
def accept(statement: str, *, where: str, who: str, why: str | None) -> None:
    """Say that a statement is right as it stands.

    \b
    Examples:
      rejoinder decide accept 'report#s1'
      rejoinder decide accept u1 --who anna
    """
    _single("accept", statement, where=where, who=who, why=why)


@decide.command()
@click.argument("statement", metavar="STATEMENT")
@decision_options
def dismiss(statement: str, *, where: str, who: str, why: str | None) -> None:
    """Say that something is no statement; it is not found any more, and not lost.

    \b
    Examples:
      rejoinder decide dismiss 'report#s1' --why "a headline"
      rejoinder decide dismiss u1 --who anna
    """
    _single("dismiss", statement, where=where, who=who, why=why)


def _single(
    deed: str,
    statement: str,
    *,
    where: str,
    who: str,
    why: str | None,
    value: str | None = None,
    side: str | None = None,
) -> None:
    """Decide something about one statement."""
    from rejoinder.store import Decision, Deed

    def build(record: Record) -> Decision:
        about = record.versions_of(statement)
        if not about:
            raise DecisionError(f"the record holds no statement {statement!r}")
        return Decision(
            deed=Deed(deed),
            who=who,
            why=why,
            about=about,
            value=value,
            side=side_of(side) if side else None,
        )

    made(where, build)


def _pair(deed: str, one: str, other: str, *, where: str, who: str, why: str | None) -> None:
    """Decide something about two statements."""
    from rejoinder.store import Decision, Deed

    def build(record: Record) -> Decision:
        about = number_of(record, one), number_of(record, other)
        return Decision(deed=Deed(deed), who=who, why=why, about=about)

    made(where, build)


class _Number(click.IntRange):
    """The number of a decision, and where there are any."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(
                f"{value!r} is no number of a decision; `rejoinder log` has them.", param, ctx
            )


@click.command()
@click.argument("number", type=_Number(min=1), metavar="DECISION")
@RECORD
@WHO
def undo(number: int, *, where: str, who: str) -> None:
    """Take a decision back; it stays in the log, marked.

    \b
    Examples:
      rejoinder undo 2
      rejoinder undo 1 --who anna
    """
    from rejoinder.store import Record

    with Record(where, create=False, upgrade=True) as record:
        (found,) = record.spelled_out([record.undo(number, who=who)])
        called = _called_in(record, [found])
    say(f"undone: {_told(found, called)}")


@click.command()
@RECORD
@click.option("--json", is_flag=True, help="Print one JSON object a line, one line a decision.")
def log(*, where: str, json: bool) -> None:
    """Print all decisions: who changed what from what to what, when and why, and who undid it.

    \b
    Examples:
      rejoinder log
      rejoinder log --json
    """
    from rejoinder.store import Record

    with Record(where, create=False) as record:
        found = record.spelled_out(record.log())
        called = _called_in(record, found)
    for decision in found:
        told = json_.dumps(asdict(decision)) if json else None
        click.echo(told or _told(decision, called))
    if not found:
        say("nobody has decided anything yet")


def _called_in(record: Record, found: Iterable[Decision]) -> Mapping[int, str]:
    """Return what those are called whom people took for one, or for two."""
    pairs = (one.about for one in found if one.deed.of_actors and one.deed.of_two)
    return record.called({number for pair in pairs for number in pair})


def _told(decision: Decision, called: Mapping[int, str]) -> str:
    """Say a decision in one line."""
    of_two = decision.deed.of_actors and decision.deed.of_two
    sign = "a" if decision.deed.of_actors else "u"
    about = (", " if of_two else " ").join(
        f"{sign}{number}" + (f" {called[number]}" if of_two and number in called else "")
        for number in decision.about
    )
    undone = ""
    if decision.undone:
        undone = f"undone {layout.minute(decision.undone)} UTC by {decision.undone_by}"
    facts = [
        f"{decision.id}",
        f"{layout.minute(decision.made)} UTC",
        f"{decision.who}",
        about,
        decision.sentence,
        decision.why or "",
        undone,
    ]
    return layout.printable(" · ".join(fact for fact in facts if fact))
