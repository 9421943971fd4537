"""`rejoinder watch`: add again and again, and say what is new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import click

import rejoinder
from rejoinder import book, pipeline
from rejoinder.cli.fetching import how_to_fetch
from rejoinder.cli.reading import how_to_read, sources_of
from rejoinder.cli.record import RECORD
from rejoinder.cli.talk import Exit, say, set_up_logging
from rejoinder.errors import BusyRecord, NoSuchSource
from rejoinder.export import layout
from rejoinder.export.json import line
from rejoinder.export.news import lines, news
from rejoinder.fetch import Fetcher, Manners, Pace
from rejoinder.model import Failure
from rejoinder.reading import count_inputs

if TYPE_CHECKING:
    from rejoinder.store import Record

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: Seconds: a year. There are numbers of them that no clock can wait for.
_LONGEST = 366 * 86400
_TIME = re.compile(r"(\d{1,6})\s?([smhd])", re.IGNORECASE)


def _seconds(context: click.Context, option: click.Parameter, value: str) -> int:
    match = _TIME.fullmatch(value.strip())
    seconds = int(match[1]) * _UNITS[match[2].lower()] if match else 0
    if not 1 <= seconds <= _LONGEST:
        raise click.BadParameter("a number and a unit, such as 90s, 15m, 2h or 1d; a year at most.")
    return seconds


@dataclass(slots=True, kw_only=True)
class _Watch:
    """What stays the same from round to round, and what was said in the last one."""

    sources: Sequence[str]
    where: str
    manners: Manners
    reader: pipeline.Reader
    max_chars: int
    json: bool
    failing: frozenset[str] = field(default_factory=frozenset)
    #: One for all rounds: a server that wants to be left alone wants it in the next one too.
    pace: Pace = field(default_factory=Pace)

    def round(self) -> None:
        """Add once, and print what is new; a failure that lasts is named once."""
        from rejoinder.store import Fetches, Record

        failing = set()
        with (
            Record(self.where) as record,
            Fetcher(self.manners, memory=Fetches(record), pace=self.pace) as web,
        ):
            for item in pipeline.add_sources(
                self.sources,
                record,
                reader=self.reader,
                program=rejoinder.__version__,
                max_chars=self.max_chars,
                web=web,
            ):
                if isinstance(item, Failure):
                    failing.add(told := layout.failure(item))
                    if told not in self.failing:
                        say(told)
                else:
                    self._show(item, record)
        self.failing = frozenset(failing)

    def _show(self, item: pipeline.Added, record: Record) -> None:
        from rejoinder.store import stands_as

        if item.reading is None or (stands := stands_as(record, item.article)) is None:
            return
        name, number = stands
        reading = replace(item.reading, article=replace(item.article, id=name))
        # What somebody dismissed of the version before is no news in this one.
        before = record.reading(name, number=number - 1, dismissed=True) if number > 1 else None
        new = news(reading, before)
        if not self.json:
            for row in lines(new, reading):
                click.echo(row)
        elif new.statements:
            click.echo(line(new))


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCES...")
@click.option(
    "--every",
    metavar="TIME",
    default="15m",
    callback=_seconds,
    help="From one round to the next: a number with s, m, h or d behind it.",
)
@click.option(
    "--times",
    type=click.IntRange(min=1),
    metavar="N",
    show_default="until interrupted",
    help="Stop after so many rounds.",
)
@click.option("--json", is_flag=True, help="Print one JSON object a line, one line a report.")
@RECORD
@how_to_read
@how_to_fetch
def watch(
    sources: tuple[str, ...],
    *,
    every: int,
    times: int | None,
    json: bool,
    where: str,
    actors: Path | None,
    samples: bool,
    max_chars: int,
    precise: bool,
    threads: int,
    jobs: int,
    quiet: bool,
    verbose: int,
    manners: Manners,
) -> Exit:
    """Add SOURCES to the record again and again, and print what is new.

    SOURCES are those of `rejoinder read`, but no stream; mostly the addresses of feeds.

    Each new statement is a line: outlet, day, speaker with side, act, words, and its id for
    `rejoinder show`. What it answers stands under it. Of a report that its outlet has changed, only
    what is new is printed. With --json, a line is a report as `read --json` has it, with what is
    new in it.

    What cannot be read is named on stderr, once while it lasts, and never stops the watch; nor does
    a record that somebody else is writing to. Ctrl-C does.

    \b
    Exit codes:
      0    done, after --times rounds
      1    failed
      2    used wrongly
      3    done, but some inputs could not be read in the last round
      130  interrupted

    \b
    Examples:
      rejoinder watch --times 1 reports/
      rejoinder watch --every 1h --times 1 --json --record iceland.db report.html
    """
    set_up_logging(verbose)
    named = sources_of(sources, samples=samples)
    if "-" in named:
        raise click.UsageError("a stream cannot be watched: it is read once.")
    count_inputs(named)  # before the model is loaded: a mistyped name is answered at once
    from rejoinder import batch  # loads what handles processes

    known = book.Book.load(actors) if actors else None
    with batch.reader_of(jobs=jobs, threads=threads, book=known, precise=precise) as reader:
        watched = _Watch(
            sources=named,
            where=where,
            manners=manners,
            reader=reader,
            max_chars=max_chars,
            json=json,
        )
        _rounds(watched, every=every, times=times, quiet=quiet)
    return Exit.SOME_INPUTS_FAILED if watched.failing else Exit.DONE


def _rounds(watched: _Watch, *, every: int, times: int | None, quiet: bool) -> None:
    """Go round after round; one that takes longer than `every` is followed by the next at once."""
    number = 0
    while True:
        number, begun = number + 1, monotonic()
        try:
            watched.round()
        except (NoSuchSource, BusyRecord) as error:  # no file any more, or no room for a writer
            if str(error) not in watched.failing:
                say(str(error))
            watched.failing |= {str(error)}
        if number == times:
            return
        left = max(0.0, begun + every - monotonic())
        if not quiet and number == 1:
            say(f"watching; the next round is in {left:,.0f} seconds")
        sleep(left)
