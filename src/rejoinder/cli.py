"""The command `rejoinder`: thin, and the only place that prints, counts and exits.

It gives data on stdout and talk on stderr, streams article by article, and ends with a code that
scripts can trust (`Exit`). It takes its settings from options, and where an option is not given
from `REJOINDER_READ_…` in the environment. It holds no rule of its own: each line of work is a call
to a floor below.

The one idea: everything heavy is imported inside the function that needs it, so that `--help`
answers at once.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from rejoinder import book, errors, pipeline
from rejoinder.export import layout
from rejoinder.export.json import line
from rejoinder.model import Failure, Reading
from rejoinder.reading import MAX_CHARS, count_inputs

if TYPE_CHECKING:
    from rich.console import Console

#: A run that is over sooner needs no progress bar.
BAR_AFTER_SECONDS = 2.0


class Exit(IntEnum):
    """How the program ends."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SOME_INPUTS_FAILED = 3
    INTERRUPTED = 130


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command with `args` (the process's own by default) and exit with one of `Exit`."""
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:
    """Run the command and return its exit code, having said on stderr what went wrong."""
    try:
        return int(commands.main(args, prog_name="rejoinder", standalone_mode=False) or Exit.DONE)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        return Exit.INTERRUPTED
    except errors.UsageError as problem:
        _say(str(problem))
        return Exit.USAGE
    except errors.RejoinderError as problem:
        _say(str(problem))
        return Exit.FAILED


@click.group(
    context_settings={
        "auto_envvar_prefix": "REJOINDER",
        "help_option_names": ["-h", "--help"],
        "show_default": True,
    }
)
@click.version_option(package_name="rejoinder", message="rejoinder %(version)s")
def commands() -> None:
    """Read news coverage and write down who said what.

    Every quotation that is printed is the report's own characters, and says where they stand.

    \b
    Examples:
      rejoinder read report.html
      rejoinder read --json reports/ > statements.jsonl
    """


@commands.command()
@click.argument("sources", nargs=-1, metavar="[SOURCES]...")
@click.option("--json", is_flag=True, help="Print one JSON object a line, one line an article.")
@click.option("--text", is_flag=True, help="Print each report with its statements marked.")
@click.option(
    "--flat", is_flag=True, help="Keep reading order: name what a statement answers, move nothing."
)
@click.option("--explain", is_flag=True, help="Tell of each statement how its speaker was found.")
@click.option(
    "--actors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    show_default="no book",
    help="Actor book (CSV or TOML) that overrides what the reports say of who is who.",
)
@click.option("--samples", is_flag=True, help="Read the sample reports that come with the program.")
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    metavar="N",
    default=MAX_CHARS,
    help="Longest text to read, in characters; a longer one counts as failed.",
)
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="CPU threads that the model may use.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no closing count.")
@click.option("-v", "--verbose", count=True, help="Log each step on stderr; -vv for every detail.")
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
    threads: int,
    quiet: bool,
    verbose: int,
) -> Exit:
    """Print who says what in the reports at SOURCES.

    SOURCES are files, folders, patterns, or - for a stream: HTML pages, plain text, Markdown, or
    JSON Lines (plain or gzip). Without SOURCES, what is piped in is read.

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
    _set_up_logging(verbose)
    return _read(
        _sources(sources, samples=samples),
        _json if json else _people(text=text, flat=flat, explain=explain),
        known=book.Book.load(actors) if actors else None,
        max_chars=max_chars,
        threads=threads,
        quiet=quiet,
    )


def _sources(named: Sequence[str], *, samples: bool) -> Sequence[str]:
    """Return what is to be read: what was named, the samples, or the stream that is piped in."""
    if samples:
        from rejoinder.samples import sample_paths

        return [*named, *map(str, sample_paths())]
    if not named and sys.stdin.isatty():
        raise click.UsageError(
            "nothing to read: name files or folders, pipe a report in, or try --samples."
        )
    return named or ["-"]


def _read(
    sources: Sequence[str],
    view: Callable[[Reading], None],
    *,
    known: book.Book | None,
    max_chars: int,
    threads: int,
    quiet: bool,
) -> Exit:
    """Read `sources`, hand each reading to `view`, and report failures and the count."""
    total = count_inputs(sources)  # before the model is loaded: a mistyped name is answered at once
    extractor = pipeline.load_extractor(threads=threads)
    items = pipeline.read_sources(
        sources, extractor=extractor, stdin=sys.stdin.buffer, max_chars=max_chars, book=known
    )
    tally = _Tally()
    try:
        with _bar(total, quiet=quiet) as bar:
            for item in items:
                with bar.paused(item):
                    tally.take(item, view)
    except BrokenPipeError:
        _close_quietly()
        return Exit.DONE
    if not quiet:
        tally.report()
    return Exit.SOME_INPUTS_FAILED if tally.failures else Exit.DONE


class _Tally:
    """Shows each item where it belongs, and counts."""

    def __init__(self) -> None:
        self.articles = self.statements = self.failures = 0

    def take(self, item: Reading | Failure, view: Callable[[Reading], None]) -> None:
        """Show `item`: a reading in `view`, a failure as a line on stderr."""
        if isinstance(item, Failure):
            self.failures += 1
            _say(layout.failure(item))
        else:
            self.articles += 1
            self.statements += len(item.statements)
            view(item)

    def report(self) -> None:
        """Say how much was read, where there is more to count than one report."""
        if self.articles + self.failures < 2 and not self.failures:
            return
        lost = layout.count(self.failures, "input") + " could not be read"
        found = layout.count(self.statements, "statement")
        read = f"{found} in {layout.count(self.articles, 'report')}"
        _say(f"{read}; {lost}" if self.failures else read)


def _json(reading: Reading) -> None:
    click.echo(line(reading))


def _people(*, text: bool, flat: bool, explain: bool) -> Callable[[Reading], None]:
    """Return a view for people on stdout: the exchange, or the marked text."""
    from rejoinder.export import marked, terminal

    console = _console()
    exchange = partial(terminal.render, flat=flat, explain=explain)
    render = marked.render if text else exchange
    shown = 0

    def show(reading: Reading) -> None:
        nonlocal shown
        if shown:
            console.print("\n" + "─" * min(console.width, 40), style="dim")
        shown += 1
        for row in render(reading, console):
            console.print(row, soft_wrap=True, highlight=False)

    return show


def _console() -> Console:
    """Return stdout as people see it; characters that its encoding lacks are replaced."""
    from rich.console import Console

    class Stdout(Console):
        """A console that leaves a closed pipe to us; rich would exit with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Stdout()


@contextmanager
def _bar(total: int | None, *, quiet: bool) -> Iterator[_Silent]:
    """Show progress on stderr while the block runs, where somebody is watching."""
    if quiet or not sys.stderr.isatty():
        yield _Silent()
        return
    bar = _Bar(total)
    try:
        yield bar
    finally:
        bar.stop()


class _Silent:
    """The bar that nobody sees."""

    def paused(self, item: Reading | Failure) -> AbstractContextManager[None]:
        """Return a context in which `item` may be printed."""
        return nullcontext()


class _Bar(_Silent):
    """A progress bar that comes after a while and steps aside whenever something is printed."""

    def __init__(self, total: int | None) -> None:
        from threading import Lock, Timer

        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            TextColumn("reading"),
            BarColumn(),
            TextColumn("{task.fields[articles]} reports"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=total, articles=0)
        self._articles = 0
        self._files: set[str] = set()
        self._lock = Lock()  # the timer may ring while something is being printed
        self._due = False
        self._timer = Timer(BAR_AFTER_SECONDS, self._start)
        self._timer.daemon = True
        self._timer.start()

    @contextmanager
    def paused(self, item: Reading | Failure) -> Iterator[None]:
        """Hide the bar while `item` is printed, then show it one step on."""
        with self._lock:
            self._progress.stop()
            yield
            self._count(item)
            if self._due:
                self._progress.start()

    def stop(self) -> None:
        """Take the bar away for good."""
        self._timer.cancel()
        with self._lock:
            self._due = False
            self._progress.stop()

    def _start(self) -> None:
        with self._lock:
            self._due = True
            self._progress.start()

    def _count(self, item: Reading | Failure) -> None:
        # One file of JSON Lines holds many reports: the bar moves by files, the number beside it
        # counts reports.
        source = item.source if isinstance(item, Failure) else item.article.source
        stem, _, line = source.rpartition(":")
        self._files.add(stem if line.isdigit() else source)
        self._articles += isinstance(item, Reading)
        self._progress.update(self._task, completed=len(self._files), articles=self._articles)


@commands.group()
def actors() -> None:
    """Look after the actor book: your own list of who is who in a dispute.

    The book is a CSV or TOML file; docs/actors.md describes it.

    \b
    Examples:
      rejoinder actors check actors.csv
      rejoinder actors check actors.toml > problems.txt
    """


@actors.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> Exit:
    """Print what is wrong with the actor book FILE.

    Each problem is a line of its own: FILE:LINE: message.

    \b
    Exit codes:
      0    nothing is wrong
      1    there are problems
      2    used wrongly, or there is no such file

    \b
    Examples:
      rejoinder actors check actors.csv
      rejoinder actors check actors.toml > problems.txt
    """
    end, rows = _checked(file)
    console = _console()
    try:
        for row in rows:
            console.out(row, highlight=False)
    except BrokenPipeError:
        _close_quietly()
    return end


def _checked(file: Path) -> tuple[Exit, list[str]]:
    """Return how checking the actor book ends, and what there is to say."""
    try:
        named = {entry.name for entry in book.Book.load(file).entries}
    except errors.BookError as mistakes:
        return Exit.FAILED, [f"{file}:{where}: {what}" for where, what in mistakes.problems]
    return Exit.DONE, [f"{layout.count(len(named), 'actor')}, no problems"]


def _set_up_logging(verbose: int) -> None:
    """Send logs to stderr: our warnings, our steps (-v), or everybody's details (-vv)."""
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", force=True)
    ours = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.getLogger("rejoinder").setLevel(ours)
    # Libraries complain about pages that we report as failures ourselves.
    logging.getLogger().setLevel(logging.DEBUG if verbose > 1 else logging.CRITICAL)


def _say(message: str) -> None:
    click.echo(f"rejoinder: {message}", err=True)


def _close_quietly() -> None:
    """Point stdout nowhere: whoever read it (`head`) has had enough, and that is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
