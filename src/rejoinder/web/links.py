"""Addresses: of pages here, and of the words of a report at its outlet.

Pure functions to strings that may stand in a page. What comes from a report is quoted, and a
report's own address is given only where a browser does nothing but open it.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

from rejoinder.merge.told import Carrier

_WORD = re.compile(r"\S+")
#: So many words at either end of a passage find it on a page.
_EDGE = 4
#: What need not be quoted in a path, and what is already.
_PLAIN = "%/:@!$&'()*+,;="


def utterance(number: int) -> str:
    """Return the page of an utterance."""
    return f"/u/{number}"


def actor(figure: int) -> str:
    """Return the page of an actor of the record."""
    return f"/a/{figure}"


def side(name: str) -> str:
    """Return the page of a side."""
    return f"/side/{_part(name)}"


def article(id: str, statement: str | None = None, *, version: int | None = None) -> str:
    """Return the page of a report, or of an earlier version, at one of its statements."""
    asked = _query(version=version, s=statement)
    page = f"/article/{_part(id)}" + (f"?{asked}" if asked else "")
    return f"{page}#{_part(statement)}" if statement else page


def version(carrier: Carrier) -> str:
    """Return the page of a report where it carries an utterance, also if that is withdrawn."""
    number = None if carrier.current else carrier.version
    return article(carrier.article, carrier.statement, version=number)


def exchange(*sides: str, **wanted: object) -> str:
    """Return the page on which two sides face each other."""
    return f"/exchange?{_query(sides=sides, **wanted)}"


def exchange_file(*sides: str, **wanted: object) -> str:
    """Return the address that gives the same as one file."""
    return f"/exchange.html?{_query(sides=sides, **wanted)}"


def issue(number: int, *sides: str) -> str:
    """Return the page of an issue, with two sides whose words are compared."""
    return f"/issue/{number}" + (f"?{_query(sides=sides)}" if sides else "")


def issues(**wanted: object) -> str:
    """Return the page of all issues that are wanted; what is None or empty is left out."""
    asked = _query(**wanted)
    return f"/issues?{asked}" if asked else "/issues"


def search(**wanted: object) -> str:
    """Return the page that finds what is wanted; what is None or empty is left out."""
    return f"/search?{_query(**wanted)}"


def coding(sample: str | None = None) -> str:
    """Return the page of what a coded sample says."""
    return f"/coding?{_query(sample=sample)}" if sample else "/coding"


def passage(sample: str, number: int | None = None) -> str:
    """Return the page on which a passage of a sample is coded; without a number, the next one."""
    page = f"/coding/sample/{_part(sample)}"
    return f"{page}/{number}" if number else page


def desk(number: int) -> str:
    """Return the page of a statement at the desk."""
    return f"/desk/{number}?state=all"


def missed(id: str) -> str:
    """Return the page on which what the program missed in a report is put in."""
    return f"/desk/missed?{_query(article=id)}"


def twin(path: bytes, query: str) -> str:
    """Return the address of a page's twin in JSON; the path is as it was asked for, quoted."""
    return f"{quote(path, safe=_PLAIN)}.json" + (f"?{query}" if query else "")


def _query(**wanted: object) -> str:
    pairs = [(name, value) for name, value in wanted.items() if value]
    return urlencode(pairs, doseq=True, errors="replace")


def _part(name: str) -> str:
    return quote(name, safe="", errors="replace")


def outside(url: str | None, words: str = "") -> str | None:
    """Return a report's own address, with what finds the words on that page; None if it is none.

    Args:
        url: As it was read.
        words: A passage of the report, in one piece.
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    bare = parts._replace(fragment="").geturl()
    found = _WORD.findall(words)
    return f"{bare}#:~:text={_fragment(found)}" if found else bare


def _fragment(words: list[str]) -> str:
    """Return words as a text fragment: short ones whole, of others both ends."""
    ends = [words] if len(words) <= 2 * _EDGE else [words[:_EDGE], words[-_EDGE:]]
    # A hyphen has a meaning of its own there, and `quote` leaves it.
    return ",".join(_part(" ".join(end)).replace("-", "%2D") for end in ends)


def days(first: date, last: date) -> dict[str, str]:
    """Return the part of a query that stands for some days."""
    return {"since": first.isoformat(), "until": last.isoformat()}
