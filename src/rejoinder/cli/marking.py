"""`rejoinder decide words` and `missed`: which words of a report are a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rejoinder import selection
from rejoinder.cli.asked import ACT
from rejoinder.cli.decide import SIDE, decision_options, made, number_of, undone_by
from rejoinder.cli.talk import options
from rejoinder.errors import DecisionError
from rejoinder.model import Act, Parts, Spans
from rejoinder.states import side_of

if TYPE_CHECKING:
    from rejoinder.store import Decision, Record


#: What gives a command the options that say which words the parts of a statement are.
_marking = options(
    click.option(
        "--said",
        metavar="TEXT",
        multiple=True,
        show_default="as it stands",
        help="What was said, as the report has it; once for each part of it.",
    ),
    click.option(
        "--source",
        metavar="TEXT",
        show_default="as it stands",
        help="The words for who says it; '' for none.",
    ),
    click.option(
        "--cue",
        metavar="TEXT",
        show_default="as it stands",
        help="The words that report it, such as “said”; '' for none.",
    ),
)


@click.command()
@click.argument("statement", metavar="STATEMENT")
@_marking
@decision_options
def words(
    statement: str,
    *,
    said: tuple[str, ...],
    source: str | None,
    cue: str | None,
    where: str,
    who: str,
    why: str | None,
) -> None:
    """Say which words of the report a statement is.

    They are looked for in the report, white space aside; of several places the one nearest to where
    the statement stands counts.

    \b
    Examples:
      rejoinder decide words 'report#s1' --said "the talks"
      rejoinder decide words u1 --said "the talks" --said "over" --cue '' --why "cut short"
    """
    from rejoinder.store import Decision, Deed
    from rejoinder.store.deciding import desk

    if not said and source is None and cue is None:
        raise click.UsageError("say which words: --said, --source or --cue.")
    if said and not "".join(said).strip():
        raise click.UsageError("--said has no words; `decide dismiss` takes a statement out.")

    def build(record: Record) -> Decision:
        number = number_of(record, statement)
        item = desk.item(record, number)
        if item is None:
            raise DecisionError(f"the latest version of its report has no {statement!r}")
        text, now = item.article.text, item.statement
        parts = Parts(
            source=_found(source, text, near=now.offset, usual=now.source),
            cue=_found(cue, text, near=now.offset, usual=now.cue),
            content=_found("\n".join(said) or None, text, near=now.offset, usual=now.content),
        )
        return Decision(deed=Deed.SPANS, who=who, why=why, about=(number,), parts=parts)

    made(where, build)


@click.command()
@click.argument("article", metavar="REPORT")
@_marking
@click.option("--speaker", metavar="NAME", show_default="nobody named", help="Who speaks.")
@SIDE
@click.option(
    "--act",
    "act_",
    type=ACT,
    show_default="what its words make of it",
    help="What it does.",
)
@decision_options
def missed(
    article: str,
    *,
    said: tuple[str, ...],
    source: str | None,
    cue: str | None,
    speaker: str | None,
    side: str | None,
    act_: str | None,
    where: str,
    who: str,
    why: str | None,
) -> None:
    """Put in a statement of REPORT that the program missed.

    It gets the next free name of its report. Whatever is said of it here is one decision, and one
    undo takes it all back.

    \b
    Examples:
      rejoinder decide missed report --said "talks were" --speaker "Ann Vale" --act warn
      rejoinder decide missed report --said "talks" --source Ann --cue said --who anna
    """
    from rejoinder.store import Record
    from rejoinder.store.deciding import desk

    if not said:
        raise click.UsageError("say what was said: --said.")
    if side and not speaker:
        raise click.UsageError("--side is whom somebody speaks for: name them with --speaker.")
    with Record(where, create=False, upgrade=True) as record:
        reading = record.reading(article)
        if reading is None:
            raise DecisionError(f"the record holds no report {article!r}")
        text = reading.article.text
        content = _found("\n".join(said), text, near=0, usual=())
        near = content[0][0] if content else 0
        parts = Parts(
            source=_found(source, text, near=near, usual=()),
            cue=_found(cue, text, near=near, usual=()),
            content=content,
        )
        _, decision = desk.put_in(
            record,
            article,
            parts,
            who=who,
            why=why,
            speaker=speaker,
            side=side_of(side) if side else None,
            act=Act(act_) if act_ else None,
        )
    undone_by(decision)


def _found(words: str | None, text: str, *, near: int, usual: Spans) -> Spans:
    """Return where words stand; what is usual where none are given."""
    return usual if words is None else selection.spans_of(words, text, near=near)
