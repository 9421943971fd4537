"""`rejoinder serve`: the record as pages."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import click

from rejoinder.cli.access import access_of, access_options, told
from rejoinder.cli.record import RECORD
from rejoinder.cli.sampling import sampled
from rejoinder.cli.talk import WEB_MISSING, Exit, say, set_up_logging, typed
from rejoinder.errors import RejoinderError, UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from rejoinder.web.access import Access

#: No more processes than this answer, unless it is said how many.
_PROCESSES = 4
#: What a process ends with that cannot begin, as uvicorn has it.
_NO_START = 3


@click.command()
@RECORD
@click.option(
    "--samples",
    is_flag=True,
    help="Show the sample reports that come with the program, in a record that goes at the end.",
)
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="The address of this machine to use."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8322,
    metavar="N",
    help="The port; 0 takes one that is free.",
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    show_default="localhost and addresses",
    help="A name that the site may be asked for by; can be given several times.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 32),
    metavar="N",
    show_default="as many as processors, at most 4; one with a password, a token or samples",
    help="How many processes answer.",
)
@access_options
@click.option(
    "-v",
    "--verbose",
    count=True,
    help="Say in a line each who asks for what, without queries.",
)
def serve(
    *,
    where: str,
    samples: bool,
    host: str,
    port: int,
    names: tuple[str, ...],
    processes: int | None,
    verbose: int,
    **who: Any,
) -> Exit:
    """Show the record as pages in a browser, until it is interrupted (Ctrl-C).

    At /desk people go through what is in doubt, and correct it; each says a name. Whoever reaches
    the address can do so: it is this machine's own unless you say otherwise, and at another one
    there is no desk without a password.

    \b
    Exit codes:
      0  done
      1  there is no such record, or a library is missing
      2  the address or port cannot be used

    \b
    Examples:
      rejoinder serve --samples
      rejoinder serve --record iceland.db --port 8080
      rejoinder serve --host 0.0.0.0 --coders coders.txt --allow-host desk.example
    """
    set_up_logging(verbose)
    if samples and typed("where"):
        raise click.UsageError("--samples has a record of its own; leave out --record.")
    try:
        from rejoinder.web import ended, serving
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "rejoinder":
            raise
        say(WEB_MISSING)
        return Exit.FAILED
    # A name of its own means that others come by it, through a proxy on this machine.
    loopback = _is_loopback(host) and not names
    access = access_of(loopback=loopback, **who)
    # Tries are known to the process that they came to, and one alone may look after a file.
    alone = access.locked or access.ended is not None
    if alone and (processes or 1) > 1:
        raise UsageError("where people or programs show who they are, there is one process")
    many = processes or (1 if alone or samples else min(os.cpu_count() or 1, _PROCESSES))
    with (
        _listening(host, port) as listening,
        sampled() if samples else nullcontext(where) as where,
        ended.shared() if many > 1 else nullcontext(access.ended) as left,
    ):
        access = replace(access, ended=left)
        set_up = verbose if many > 1 else None
        begin = partial(_site, where, hosts=(*names, host), access=access, verbose=set_up)
        serving.prepare(where, writable=access.writable)
        place = serving.address(host, listening.getsockname()[1])
        say(f"the record is at {place} (Ctrl-C ends it)")
        told(access, loopback=loopback)
        done = serving.serve(begin, listening, processes=many)
        say("done" if done else "a process could not begin")
    return Exit.DONE if done else Exit.FAILED


def _site(where: str, *, hosts: tuple[str, ...], access: Access, verbose: int | None) -> ASGIApp:
    """Make the site, in the process that serves it; `verbose` is None where logging is set up."""
    from rejoinder.web.app import application

    if verbose is None:
        return application(where, hosts=hosts, access=access)
    set_up_logging(verbose)
    try:
        return application(where, hosts=hosts, access=access)
    except RejoinderError as error:  # with any other code it would be begun again, for ever
        say(str(error))
        sys.exit(_NO_START)


def _listening(host: str, port: int) -> socket.socket:
    """Open the socket that listens.

    Raises:
        UsageError: The address is none of this machine, or the port is taken.
    """
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(place[:2], family=family, backlog=128)
    except (OSError, UnicodeError) as error:  # no host's name has a part that is empty or so long
        reason = error.strerror if isinstance(error, OSError) else "that is no name of a host"
        raise UsageError(f"cannot listen at {host}, port {port}: {reason}") from None
    # Each connection has it from here. Else an answer's body waits, 40 ms, until the browser has
    # acknowledged its head: asyncio sees to that only for sockets that name their protocol.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
