"""The command `rejoinder`: thin, and the only place that prints, counts and exits.

It gives data on stdout and talk on stderr, streams article by article, and ends with a code that
scripts can trust (`Exit`). It takes its settings from options, and where an option is not given
from `REJOINDER_READ_…` in the environment. It holds no rule of its own: each line of work is a call
to a floor below.

The one idea: everything heavy is imported inside the function that needs it, so that `--help`
answers at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from rejoinder import errors
from rejoinder.cli.access import password
from rejoinder.cli.book import actors
from rejoinder.cli.code import code
from rejoinder.cli.decide import decide, log, undo
from rejoinder.cli.exchange import compare, exchange, open_
from rejoinder.cli.issues import issues
from rejoinder.cli.marking import missed, words
from rejoinder.cli.moving import backup, import_
from rejoinder.cli.reading import read
from rejoinder.cli.record import add, check, export, search, status
from rejoinder.cli.refreshing import refresh
from rejoinder.cli.serve import serve
from rejoinder.cli.showing import show
from rejoinder.cli.talk import Exit, close_quietly, say, say_with_what_there_is
from rejoinder.cli.watching import watch

__all__ = ["Exit", "commands", "main"]

#: A disk, somebody's share of it, or a file that is as large as it may be.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command with `args` (the process's own by default) and exit with one of `Exit`."""
    # NumPy's own threads, which its products here are too small for, wait for each other where the
    # machine is busy: up to ten times as long as one alone takes. It looks here when it is loaded.
    for setting in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(setting, "1")
    if sys.stdin is None:  # closed: whoever reads it finds nothing, as in an empty one
        sys.stdin = open(os.devnull)  # noqa: SIM115
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:
    """Run the command and return its exit code, having said on stderr what went wrong."""
    say_with_what_there_is()
    try:
        return int(commands.main(args, prog_name="rejoinder", standalone_mode=False) or Exit.DONE)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return Exit.INTERRUPTED
    except errors.UsageError as problem:
        say(str(problem))
        return Exit.USAGE
    except errors.RejoinderError as problem:
        say(str(problem))
        return Exit.FAILED
    except OSError as problem:
        if problem.errno not in _FULL:
            raise
        close_quietly()  # what is left of the output would fail again as the process ends
        say(f"what was to be written has no room: {problem.strerror}")
        return Exit.FAILED


class _Commands(click.Group):
    """All commands; whoever reads what they print may have had enough, and that is no error."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*args, **more)
        except BrokenPipeError:  # while it printed its help
            close_quietly()
            raise click.exceptions.Exit(Exit.DONE) from None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            close_quietly()
            return Exit.DONE


@click.group(
    cls=_Commands,
    context_settings={
        "auto_envvar_prefix": "REJOINDER",
        "help_option_names": ["-h", "--help"],
        "show_default": True,
    },
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


for command in (
    *(read, add, watch, refresh, search, show, exchange, compare, open_, issues, serve, password),
    *(decide, undo, log, code, status, export, import_, backup, check, actors),
):
    commands.add_command(command)
for command in (words, missed):
    decide.add_command(command)
