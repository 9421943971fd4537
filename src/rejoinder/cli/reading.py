"""`rejoinder read`: who says what in the reports that are named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click

from rejoinder import book, pipeline
from rejoinder.cli.fetching import how_to_fetch
from rejoinder.cli.talk import Exit, bar_of, console, options, say, set_up_logging
from rejoinder.export import layout
from rejoinder.export.json import line
from rejoinder.fetch import Fetcher, Manners
from rejoinder.model import Failure, Reading
from rejoinder.reading import MAX_CHARS, count_inputs

#: What every command that reads reports can be told about it, in the order of its help.
_HOW_TO_READ = (
    click.option(
        "--actors",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        show_default="no book",
        help="Actor book (CSV or TOML) that overrides what the reports say of who is who.",
    ),
    click.option(
        "--samples", is_flag=True, help="Take the sample reports that come with the program."
    ),
    click.option(
        "--max-chars",
        type=click.IntRange(min=1),
        metavar="N",
        default=MAX_CHARS,
        help="Longest text to read, in characters; a longer one counts as failed.",
    ),
    click.option(
        "--precise",
        is_flag=True,
        help="Only statements as sure as to be right 95 times of 100; that is about half of them.",
    ),
    click.option(
        "--threads",
        type=click.IntRange(min=1),
        default=1,
        metavar="N",
        help="CPU threads that the model may use.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        metavar="N",
        help="Processes that read at the same time; each loads the model.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No progress bar and no closing count."),
    click.option(
        "-v", "--verbose", count=True, help="Log each step on stderr; -vv for every detail."
    ),
)


#: What gives a command the options of reading, and those of reading texts that are there.
how_to_read = options(*_HOW_TO_READ)
how_to_read_again = options(_HOW_TO_READ[0], *_HOW_TO_READ[3:])


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCES]...")
@click.option("--json", is_flag=True, help="Print one JSON object a line, one line an article.")
@click.option("--text", is_flag=True, help="Print each report with its statements marked.")
@click.option(
    "--flat", is_flag=True, help="Keep reading order: name what a statement answers, move nothing."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Tell of each statement how its speaker was found, and how sure all is, in percent.",
)
@how_to_read
@how_to_fetch
def read(
    sources: tuple[str, ...],
    *,
    json: bool,
    text: bool,
    flat: bool,
    explain: bool,
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
    """Print who says what in the reports at SOURCES.

    SOURCES are files, folders, patterns, http(s) addresses, or - for a stream: HTML pages, plain
    text, Markdown, JSON Lines, JSON or CSV (plain or gzip), or WARC archives. Feeds, sitemaps and
    OPML lists lead to their pages, which are fetched. Without SOURCES, what is piped in is read.

    People see an exchange: what answers a statement, or is reported in it, stands under it.

    What cannot be read is named on stderr and never stops the run.

    \b
    Exit codes:
      0    done
      1    failed
      2    used wrongly
      3    done, but some inputs could not be read
      130  interrupted

    \b
    Examples:
      rejoinder read report.html
      rejoinder read --explain --actors actors.csv report.html
      rejoinder read --json reports/*.html > statements.jsonl
      cat report.txt | rejoinder read --text
    """
    if json and text:
        raise click.UsageError("--json and --text are two views; choose one.")
    if (flat or explain) and (json or text):
        raise click.UsageError("--flat and --explain go with neither --json nor --text.")
    set_up_logging(verbose)
    return _read(
        sources_of(sources, samples=samples),
        as_json if json else people(text=text, flat=flat, explain=explain),
        known=book.Book.load(actors) if actors else None,
        max_chars=max_chars,
        precise=precise,
        threads=threads,
        jobs=jobs,
        quiet=quiet,
        manners=manners,
    )


def sources_of(named: Sequence[str], *, samples: bool) -> Sequence[str]:
    """Return what is to be read: what was named, the samples, or the stream that is piped in."""
    if samples:
        from rejoinder.samples import sample_paths

        return [*named, *map(str, sample_paths())]
    if not named and sys.stdin.isatty():
        raise click.UsageError(
            "nothing to read: name files, folders or addresses, pipe a report in, or try --samples."
        )
    return named or ["-"]


def _read(
    sources: Sequence[str],
    view: Callable[[Reading], None],
    *,
    known: book.Book | None,
    max_chars: int,
    precise: bool,
    threads: int,
    jobs: int,
    quiet: bool,
    manners: Manners,
) -> Exit:
    """Read `sources`, hand each reading to `view`, and report failures and the count."""
    total = count_inputs(sources)  # before the model is loaded: a mistyped name is answered at once
    from rejoinder import batch  # loads what handles processes

    tally = Tally()
    with (
        batch.reader_of(jobs=jobs, threads=threads, book=known, precise=precise) as reader,
        Fetcher(manners) as web,
        bar_of(total, quiet=quiet) as bar,
    ):
        for item in pipeline.read_sources(
            sources, reader=reader, stdin=sys.stdin.buffer, max_chars=max_chars, web=web
        ):
            with bar.paused(item):
                tally.take(item, view)
    if not quiet:
        tally.report()
    return Exit.SOME_INPUTS_FAILED if tally.failures else Exit.DONE


class Tally:
    """Shows each item where it belongs, and counts."""

    def __init__(self) -> None:
        self.articles = self.statements = self.failures = 0

    def take(self, item: Reading | Failure, view: Callable[[Reading], None]) -> None:
        """Show `item`: a reading in `view`, a failure as a line on stderr."""
        if isinstance(item, Failure):
            self.failures += 1
            say(layout.failure(item))
        else:
            self.articles += 1
            self.statements += len(item.statements)
            view(item)

    def report(self) -> None:
        """Say how much was read, unless that is one report: people see that one."""
        if self.articles == 1 and not self.failures:
            return
        lost = layout.count(self.failures, "input") + " could not be read"
        found = layout.count(self.statements, "statement")
        read = f"{found} in {layout.count(self.articles, 'report')}"
        say(f"{read}; {lost}" if self.failures else read)


def as_json(reading: Reading) -> None:
    """Print a reading for programs."""
    click.echo(line(reading))


def people(*, text: bool, flat: bool, explain: bool) -> Callable[[Reading], None]:
    """Return a view for people on stdout: the exchange, or the marked text."""
    from rejoinder.export import marked, terminal

    out = console()
    exchange = partial(terminal.render, flat=flat, explain=explain)
    render = marked.render if text else exchange
    shown = 0

    def show(reading: Reading) -> None:
        nonlocal shown
        if shown:
            out.print("\n" + "─" * min(out.width, 40), style="dim")
        shown += 1
        for row in render(reading, out):
            out.print(row, soft_wrap=True, highlight=False)

    return show
