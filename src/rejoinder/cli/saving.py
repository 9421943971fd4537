"""What `rejoinder exchange --html` does: an exchange as one file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from rejoinder.cli.asked import MOST, say_how_many
from rejoinder.cli.talk import WEB_MISSING, Exit, say

if TYPE_CHECKING:
    from rejoinder.merge.told import Scope
    from rejoinder.store import Record


def written(record: Record, scope: Scope, file: str) -> Exit:
    """Write what was exchanged within a scope to a file; `-` is stdout."""
    try:
        from rejoinder.web import alone, exchange
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "rejoinder":
            raise
        say(WEB_MISSING)
        return Exit.FAILED
    page = exchange.page(record, scope, ())
    say_how_many(len(page.found.utterances), more=page.found.cut, most=scope.limit == MOST)
    content = alone.html(page, record, made=datetime.now(UTC))
    try:
        with click.open_file(file, "wb") as out:
            out.write(content)
    except OSError as error:
        raise click.FileError(file, error.strerror) from None
    return Exit.DONE
