"""The site at work: one process, or several that answer at the same socket.

Takes what makes the site and a socket that listens; gives nothing but answers, until it is
interrupted. The one idea: Python works at one thing at a time, so a second processor is of use to
readers only where a second process answers. Processes know nothing of each other but the record,
and which sessions people have left (`ended`). What else has to be known of a visitor from one
request to the next (wrong passwords) is therefore a matter for a single one.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from socket import socket
from urllib.parse import quote

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from rejoinder.errors import RecordError
from rejoinder.store import Record

log = logging.getLogger(__name__)
#: More requests than this at once, and further ones are told to come again.
_AT_ONCE = 200
#: In seconds: how long a request may still take at the end, and a process to say that it lives.
_GRACE, _SILENCE = 3, 60


def prepare(where: str, *, writable: bool) -> None:
    """Look whether there is a record; let it have what pages use: indexes, and sides over reports.

    Raises:
        RecordError: There is none, or it cannot be opened.
    """
    with Record(where, create=False):
        pass
    if not writable:
        return
    try:
        with Record(where, create=False, upgrade=True) as record:
            record.index()
    except RecordError as error:  # a file that may only be read, or somebody writes for long
        log.info("pages may take longer: %s", error)


def settled(begin: Callable[[], ASGIApp]) -> ASGIApp:
    """Make the site, and have Python no longer look through what it is made of.

    What there is by then stays. To go through it for cycles now and again takes a tenth of a
    second, which single pages would pay for.
    """
    site = begin()
    gc.freeze()
    return site


def serve(begin: Callable[[], ASGIApp], listening: socket, *, processes: int) -> bool:
    """Answer until it is interrupted.

    Args:
        begin: Makes the site; it goes to another process where there are several.
        listening: The socket.
        processes: How many answer.

    Returns:
        Whether all went well: not where a process could not begin.
    """
    config = uvicorn.Config(
        partial(settled, begin) if processes > 1 else settled(begin),
        factory=processes > 1,
        workers=processes,
        log_config=None,
        access_log=False,  # the guard logs, without what queries say
        server_header=False,
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_GRACE,
        timeout_worker_healthcheck=_SILENCE,
    )
    if processes > 1:
        several = Multiprocess(config, sockets=[listening])
        several.run()
        return all(one.exitcode != uvicorn.config.STARTUP_FAILURE for one in several.processes)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
    return True


def address(host: str, port: int) -> str:
    """Return where a browser finds the site."""
    shown = f"[{host}]" if ":" in host else quote(host)
    return f"http://{shown}:{port}/"
