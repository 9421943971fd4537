"""Learnt weights, as the files of JSON beside the modules that they are for keep them.

What stands in a file is for its module to know; here is how one is read, and how it is said that
none can be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from rejoinder.errors import WeightsError

Made = TypeVar("Made")


def load(path: Path, make: Callable[[Any], Made]) -> Made:
    """Read a file and return what is made of it.

    Args:
        path: Of the file.
        make: Takes what stands in it and makes weights of that; may fail as it does where
            something lacks or is of another kind.

    Raises:
        WeightsError: It cannot be read, or nothing can be made of it.
    """
    try:
        return make(json.loads(path.read_text(encoding="utf8")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise WeightsError(path, f"it lacks what it must say ({error!r})") from error


def numbers(listed: Iterable[Any], count: int) -> tuple[float, ...]:
    """Return as many numbers as there have to be, for `make`.

    Raises:
        ValueError: There are more or fewer, or one is none; TypeError likewise.
    """
    found = tuple(map(float, listed))
    if len(found) != count:
        raise ValueError(f"{len(found)} weights in place of {count}")
    return found
