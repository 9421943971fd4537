"""`rejoinder code`: people code a sample of the record, and what follows from that."""

from __future__ import annotations

import json as json_
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rejoinder.cli.asked import DAY, days
from rejoinder.cli.decide import WHO
from rejoinder.cli.record import RECORD
from rejoinder.cli.talk import Exit, say
from rejoinder.errors import CodingError
from rejoinder.export import layout

if TYPE_CHECKING:
    from rejoinder.coding import table
    from rejoinder.coding.results import Results
    from rejoinder.coding.sample import Coding, Sample
    from rejoinder.store import Record

_JSON = click.option("--json", is_flag=True, help="Print one JSON object.")
_SAMPLE = click.option(
    "--sample", "name", metavar="NAME", show_default="the one drawn last", help="Which sample."
)
_CODERS = click.option(
    "--coder",
    "coders",
    multiple=True,
    metavar="NAME",
    show_default="all",
    help="Whose codings count; can be given several times.",
)
_FILE = click.Path(dir_okay=False, allow_dash=True)


@click.group()
def code() -> None:
    """Code a random sample by hand: how good is the reading of this record, and how sure is that?

    Draw a sample of passages (paragraphs), let each coder code it alone, in a spreadsheet or in the
    browser (rejoinder serve, then /coding), and let the agreement and the estimates be worked out:
    sample, export, import, agreement and estimate follow each other, and --help of each says how.

    \b
    Examples:
      rejoinder code sample pilot -n 2 --coder anna --coder ben
      rejoinder code estimate
    """


@code.command()
@click.argument("name")
@RECORD
@click.option(
    "-n",
    "--size",
    type=click.IntRange(1, 100_000),
    default=100,
    metavar="N",
    help="How many passages.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=1,
    metavar="N",
    help="The same seed draws the same passages.",
)
@click.option(
    "--coder",
    "coders",
    multiple=True,
    metavar="NAME",
    show_default="whoever draws",
    help="Who is to code; can be given several times.",
)
@click.option(
    "--blind", is_flag=True, help="Coders see the text alone, not what the machine found in it."
)
@click.option(
    "--outlet", metavar="NAME", show_default="any", help="From reports of outlets called like this."
)
@click.option(
    "--since",
    type=DAY,
    metavar="DAY",
    show_default="any",
    help="From reports of this day or later.",
)
@click.option(
    "--until",
    type=DAY,
    metavar="DAY",
    show_default="any",
    help="From reports of this day or before.",
)
@click.option("--once", is_flag=True, help="Leave out reports that copy another.")
@WHO
def sample(
    name: str,
    *,
    where: str,
    size: int,
    seed: int,
    coders: tuple[str, ...],
    blind: bool,
    outlet: str | None,
    since: datetime | None,
    until: datetime | None,
    once: bool,
    who: str,
) -> None:
    """Draw passages of the record at random, to be coded, and keep them under NAME.

    Every paragraph of the latest version of every report is as likely to be drawn as any other;
    headings and furniture are left out. A larger sample of the same seed begins with the smaller.

    \b
    Examples:
      rejoinder code sample pilot -n 2 --coder anna --coder ben
      rejoinder code sample blind --blind --seed 7 --coder anna
    """
    from rejoinder.store import Record
    from rejoinder.store.studies import coding

    first, last = days(since, until)
    wanted = coding.Draw(
        name=name,
        size=size,
        seed=seed,
        coders=coders or (who,),
        who=who,
        blind=blind,
        outlet=outlet,
        since=first,
        until=last,
        once=once,
    )
    with Record(where, create=False, upgrade=True) as record:
        drawn = coding.draw(record, wanted)
    count = layout.count(len(drawn.units), "passage")
    reports = layout.count(drawn.reports, "report")
    say(f"{name}: {count} of {drawn.drawn_from:,} in {reports}; `rejoinder code export` is next")


@code.command("status")
@RECORD
@click.option("--json", is_flag=True, help="Print one JSON object a line.")
def status(*, where: str, json: bool) -> None:
    """List the samples that were drawn, and how far their coders are.

    \b
    Examples:
      rejoinder code status
      rejoinder code status --json
    """
    from rejoinder.export.coding import sample_values
    from rejoinder.store import Record
    from rejoinder.store.studies import coding

    with Record(where, create=False) as record:
        found = coding.samples(record)
        done = [Counter(told.coder for told in coding.codings(record, s.name)) for s in found]
    for one, counts in zip(found, done, strict=True):
        if json:
            click.echo(json_.dumps(sample_values(one, counts)))
        else:
            each = ", ".join(f"{coder} {counts[coder]}" for coder in one.coders)
            blind = " · blind" if one.blind else ""
            size = layout.count(len(one.units), "passage")
            line = f"{one.name} · {size} · seed {one.seed}{blind} · {each}"
            click.echo(layout.printable(line))
    if not found:
        say("no sample yet; `rejoinder code sample` draws one")


@code.command("export")
@click.argument("file", type=_FILE, metavar="FILE")
@RECORD
@_SAMPLE
@click.option(
    "--coder", metavar="NAME", show_default="the only one", help="Who is to code it, or has."
)
def export(file: str, *, where: str, name: str | None, coder: str | None) -> None:
    """Write the passages of a sample as a table (CSV) for a coder to fill in; - is the screen.

    One row a statement, or a passage without one. Unless the sample is blind, the machine's
    statements are there to be corrected: "no" under is_statement, another act, speaker or target
    ("-" for nobody). A statement that it missed is a further row: copy sample, coder, passage and
    done, and put the words of the passage under content ("…" for what is left out between them).
    "yes" under done says that the passage is finished.

    \b
    Examples:
      rejoinder code export anna.csv --sample pilot --coder anna
      rejoinder code export --sample pilot --coder anna -
    """
    from rejoinder.coding import table
    from rejoinder.store import Record
    from rejoinder.store.studies import coding, sheets
    from rejoinder.text import composed

    with Record(where, create=False) as record:
        drawn = coding.sample(record, name)
        if coder is None and len(drawn.coders) > 1:
            raise click.UsageError(f"say for whom: --coder, of {', '.join(drawn.coders)}.")
        coder = composed(coder) if coder else drawn.coders[0]
        _check_coder(drawn, coder)
        told = {c.unit: c for c in coding.codings(record, drawn.name) if c.coder == coder}
        there = sheets.passages(record, drawn)
    rows = (
        row
        for number, passage in enumerate(there, 1)
        if passage is not None
        for row in table.rows(drawn, passage, number=number, coder=coder, coding=told.get(number))
    )
    _write(file, table.written(rows), encoding="utf-8-sig")
    say(f"{layout.count(len(there), 'passage')} of {drawn.name} for {coder}, {len(told)} done")


def _check_coder(sample: Sample, coder: str) -> None:
    if coder not in sample.coders:
        listed = ", ".join(sample.coders)
        raise CodingError(f"{coder!r} does not code {sample.name!r}; coders: {listed}")


def _write(file: str, lines: Iterable[str], *, encoding: str = "utf-8") -> None:
    """Write lines, which have their ends, into a file that is not there yet, or on the screen."""
    if file == "-":
        for line in lines:
            click.echo(line.encode(), nl=False)  # UTF-8, as in a file, whatever the screen has
        return
    try:
        with Path(file).open("x", encoding=encoding, newline="") as out:
            out.writelines(lines)
    except FileExistsError:
        raise click.UsageError(f"there is a file {file} already.") from None
    except OSError as error:
        raise CodingError(f"{file} cannot be written: {error.strerror}") from None


@code.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@RECORD
@click.option(
    "--new-names",
    is_flag=True,
    help="Take speakers and targets too whom neither the report names nor the record knows.",
)
def import_(file: str, *, where: str, new_names: bool) -> Exit:
    """Take in a table that a coder has filled in; - is a stream.

    Passages that are done go in, each as a whole; one that was coded before is replaced, and kept.
    A passage of which a row makes no sense is named and left out, with the line: also where
    somebody is named in it whom neither the report nor the record has, which is mostly a slip.

    \b
    Exit codes:
      0  done
      1  failed
      2  used wrongly
      3  done, but some passages make no sense

    \b
    Examples:
      rejoinder code import anna.csv
      cat anna.csv | rejoinder code import --new-names -
    """
    from rejoinder.coding import table
    from rejoinder.store import Record
    from rejoinder.store.studies import sheets

    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        rows = table.parsed(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CodingError(f"{file} is not UTF-8; save it as “CSV UTF-8”") from None
    if strange := table.unknown(rows):
        say(f"left out, as there are no such columns: {', '.join(map(layout.printable, strange))}")
    counts: Counter[str] = Counter()
    with Record(where, create=False, upgrade=True) as record:
        known = None if new_names else cache(partial(sheets.knows, record))
        for told in table.codings(rows, _finder(record), known=known):
            counts[_taken(record, told)] += 1
    say(
        f"{layout.count(counts['new'], 'passage')} coded, {counts['known']} as they were, "
        f"{counts['refused']} left out"
    )
    return Exit.SOME_INPUTS_FAILED if counts["refused"] else Exit.DONE


def _finder(record: Record) -> Callable[[str, int], table.Passage | None]:
    """Return what gives the passages of samples; each sample is looked up once."""
    from rejoinder.store.studies import coding, sheets

    known: dict[str, list[table.Passage | None]] = {}

    def find(name: str, number: int) -> table.Passage | None:
        if name not in known:
            known[name] = sheets.passages(record, coding.sample(record, name))
        there = known[name]
        return there[number - 1] if 1 <= number <= len(there) else None

    return find


def _taken(record: Record, told: Coding | CodingError) -> str:
    """Take in a coding; say what became of it."""
    from rejoinder.store.studies import coding

    try:
        if isinstance(told, CodingError):
            raise told
        return "new" if coding.code(record, told) else "known"
    except CodingError as error:
        for line in str(error).split("\n"):
            say(layout.printable(line))
        return "refused"


@code.command()
@RECORD
@_SAMPLE
@_CODERS
@_JSON
def agreement(*, where: str, name: str | None, coders: tuple[str, ...], json: bool) -> None:
    """Print how far coders agree with each other, and each with the machine.

    Krippendorff's alpha on acts, speakers, targets, and on which characters are part of a
    statement; F1 of statements and of characters; all with 95 % intervals.

    \b
    Examples:
      rejoinder code agreement
      rejoinder code agreement --sample pilot --json
    """
    from rejoinder.export.coding import agreement_lines, agreement_values

    found = _results(where, name, coders)
    _print(agreement_values(found) if json else None, agreement_lines(found))


@code.command()
@RECORD
@_SAMPLE
@_CODERS
@_JSON
def estimate(*, where: str, name: str | None, coders: tuple[str, ...], json: bool) -> None:
    """Print precision and recall of the machine on this record, and a paragraph that says so.

    With 95 % intervals and a table of acts; the paragraph has all that a methods section needs.
    --json prints all results, the agreement too.

    \b
    Examples:
      rejoinder code estimate
      rejoinder code estimate --sample pilot --coder anna --json
    """
    from rejoinder.export.coding import estimate_lines, results_values

    found = _results(where, name, coders)
    _print(results_values(found) if json else None, estimate_lines(found))


def _results(where: str, name: str | None, coders: tuple[str, ...]) -> Results:
    from rejoinder.coding.results import results
    from rejoinder.store import Record
    from rejoinder.store.studies import coding, sheets
    from rejoinder.text import composed

    with Record(where, create=False) as record:
        drawn = coding.sample(record, name)
        coders = tuple(map(composed, coders))
        for coder in coders:
            _check_coder(drawn, coder)
        coded, readers = sheets.sheets(record, drawn)
    return results(drawn, coded, readers=readers, coders=coders)


def _print(values: Mapping[str, object] | None, lines: Iterable[str]) -> None:
    if values is not None:
        click.echo(json_.dumps(values))
        return
    for line in lines:
        click.echo(line)


@code.command()
@click.argument("file", type=_FILE, metavar="FILE")
@RECORD
def corrections(file: str, *, where: str) -> None:
    """Write what people corrected as JSON Lines, to train on; - is the screen.

    One report a line: the statements that coders or `rejoinder decide` vouch for, with what of them
    they vouch for, where the machine has a statement that is none, and which stretches were coded
    in full. Of several coders the majority counts.

    \b
    Examples:
      rejoinder code corrections gold.jsonl
      rejoinder code corrections --record iceland.db -
    """
    from rejoinder.export.coding import gold_line
    from rejoinder.store import Record
    from rejoinder.store.studies import sheets

    with Record(where, create=False) as record:
        found = list(sheets.golds(record))
    _write(file, (f"{gold_line(gold)}\n" for gold in found))
    say(
        f"{layout.count(sum(len(gold.labels) for gold in found), 'label')} "
        f"of {layout.count(len(found), 'report')}"
    )
