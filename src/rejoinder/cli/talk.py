"""What all commands share: how they talk, show progress and end.

Data goes to stdout, talk to stderr. Nothing here knows what a command does.
"""

from __future__ import annotations

import codecs
import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from rejoinder.model import Failure, Reading
from rejoinder.pipeline import Added, Refreshed
from rejoinder.text import unaccented

if TYPE_CHECKING:
    from rich.console import Console

#: What a run goes through, one after the other.
Item = Reading | Added | Refreshed | Failure
#: What is said where pages cannot be made.
WEB_MISSING = "pages need further libraries: pip install 'rejoinder[web]'"
#: A run that is over sooner needs no progress bar.
BAR_AFTER_SECONDS = 2.0
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Exit(IntEnum):
    """How the program ends."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SOME_INPUTS_FAILED = 3
    INTERRUPTED = 130


def options(*listed: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """Return what gives a command some options, in the order of its help."""

    def given(command: _Command) -> _Command:
        told = command
        for option in reversed(listed):
            told = option(told)
        return told

    return given


def typed(*names: str) -> list[str]:
    """Return which options were typed for the command that runs, as they are written: "--since".

    What comes from the environment was meant for other commands too, and is none of them.

    Args:
        names: As the command takes them.
    """
    context = click.get_current_context()
    return [
        param.opts[-1]
        for param in context.command.params
        if param.name in names
        and context.get_parameter_source(param.name) is ParameterSource.COMMANDLINE
    ]


def say(message: str) -> None:
    """Say something on stderr."""
    click.echo(f"rejoinder: {message}", err=True)


def close_quietly() -> None:
    """Point stdout nowhere: whoever read it (`head`) has had enough, and that is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def set_up_logging(verbose: int) -> None:
    """Send logs to stderr: our warnings, our steps (-v), or everybody's details (-vv)."""
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", force=True)
    ours = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.getLogger("rejoinder").setLevel(ours)
    # Libraries complain about pages that we report as failures ourselves.
    logging.getLogger().setLevel(logging.DEBUG if verbose > 1 else logging.CRITICAL)


def console() -> Console:
    """Return stdout as people see it."""
    from rich.console import Console

    class Stdout(Console):
        """A console that leaves a closed pipe to us; rich would exit with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Stdout()


#: What stands for marks where an encoding lacks them; letters lose their accents.
_INSTEAD = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‹›", "'"),
        **dict.fromkeys("–—─·", "-"),
        **{"…": "...", "→": "->", "↩": "<-", "↳": "+", "⟨": "<", "⟩": ">", "¶": "#"},
    }
)


def say_with_what_there_is() -> None:
    """Let what is printed stay readable where the encoding of the screen lacks some of it.

    A quotation mark that takes another's place would break what programs read: that is printed in
    ASCII (JSON) or as bytes of UTF-8 (tables).
    """
    codecs.register_error("rejoinder", _instead)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="rejoinder")


def _instead(error: UnicodeError) -> tuple[str, int]:
    """Return what is printed for characters that an encoding lacks, and where it goes on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    plain = unaccented(lacking.translate(_INSTEAD))
    return plain.encode("ascii", "replace").decode("ascii"), error.end


@contextmanager
def bar_of(total: int | None, *, quiet: bool) -> Iterator[Silent]:
    """Show progress on stderr while the block runs, where somebody is watching."""
    if quiet or not sys.stderr.isatty():
        yield Silent()
        return
    bar = Bar(total)
    try:
        yield bar
    finally:
        bar.stop()


class Silent:
    """The bar that nobody sees."""

    def paused(self, item: Item) -> AbstractContextManager[None]:
        """Return a context in which `item` may be printed."""
        return nullcontext()


class Bar(Silent):
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
    def paused(self, item: Item) -> Iterator[None]:
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

    def _count(self, item: Item) -> None:
        # One file of JSON Lines holds many reports: the bar moves by files, the number beside it
        # counts reports.
        if isinstance(item, Refreshed):  # from the record, wherever it once was
            self._articles += 1
            self._progress.update(self._task, completed=self._articles, articles=self._articles)
            return
        source = item.source if isinstance(item, Failure) else item.article.source
        stem, _, line = source.rpartition(":")
        self._files.add(stem if line.isdigit() else source)
        self._articles += not isinstance(item, Failure)
        self._progress.update(self._task, completed=len(self._files), articles=self._articles)
