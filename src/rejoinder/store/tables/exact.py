"""Text that comes back from a database to the character."""

from __future__ import annotations

import json
import re

from sqlalchemy import String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

#: Half a surrogate pair, or NUL.
_UNHELD = re.compile(r"[\0\ud800-\udfff]")


class Exact(TypeDecorator[str]):
    """Text that comes back to the character.

    No database holds half a surrogate pair, and PostgreSQL no NUL either. Texts with one, which
    only broken pages have, are kept as JSON behind a mark.
    """

    impl = String
    cache_ok = True
    _MARK = "\ufdd0json:"

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Write `value` in characters that every database holds."""
        if value is None or not (value.startswith(self._MARK) or _UNHELD.search(value)):
            return value
        return self._MARK + json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give back what was written."""
        if value is None or not value.startswith(self._MARK):
            return value
        return str(json.loads(value.removeprefix(self._MARK)))
