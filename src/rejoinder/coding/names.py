"""Names as coders write them, made one where they mean the same.

Takes the names that were written about each report; gives each the category that it counts as. One
coder writes "Brekka" where another writes "Ana Brekka", and neither is wrong.

The one idea: a shorter name counts as the longer one that it shortens, in the same report first;
where it could be short for two, it stays a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rejoinder.coding.sample import NOBODY
from rejoinder.resolve.names import as_written, by_last, is_fuller, shortens, tokens
from rejoinder.states import side_of

#: A name by the words that count.
_Key = tuple[str, ...]


def categories(written: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return what each name counts as.

    Args:
        written: Pairs of a report and a name that somebody wrote about it.

    Returns:
        Of each such pair the category: words in small letters, or `NOBODY`.
    """
    keys = {pair: _key(pair[1]) for pair in written}
    by_report: dict[str, set[_Key]] = {}
    for (report, _), key in keys.items():
        by_report.setdefault(report, set()).add(key)
    within = {report: _longest(found) for report, found in by_report.items()}
    full = {pair: within[pair[0]][key] for pair, key in keys.items()}
    everywhere = _longest(set(full.values()))
    return {pair: " ".join(everywhere[key]) for pair, key in full.items()}


def named_in(name: str, text: str) -> bool:
    """Tell whether a text has all words of a name, in whatever order and form."""
    said = set(tokens(text))
    return bool(said) and said.issuperset(tokens(as_written(name)))


def _key(name: str) -> _Key:
    if name.strip() in {"", NOBODY}:
        return (NOBODY,)
    return tokens(side_of(as_written(name))) or (name.strip(),)


def _longest(keys: set[_Key]) -> Mapping[_Key, _Key]:
    """Return of each name the longest one that it alone shortens."""
    found = {}
    for key in keys:
        longer = [other for other in keys if len(key) < len(other) and by_last(key, other)]
        # A surname goes before a first name: "Vale" is Ann Vale, not the Vale government.
        longer = longer or [other for other in keys if _abridges(key, other)]
        fullest = [one for one in longer if not any(_abridges(one, other) for other in longer)]
        found[key] = fullest[0] if len(fullest) == 1 else key
    return found


def _abridges(short: _Key, full: _Key) -> bool:
    """Tell whether one name is another without words of it, or with initials for some."""
    return short != full and (shortens(short, full) or is_fuller(full, short))
