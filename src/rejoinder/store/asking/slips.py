"""Slips of the pen: words that were looked for and that no statement has, and what is like them.

Reads the words of the index. Offers, and changes nothing: what was typed stays what is looked for.
"""

from __future__ import annotations

from difflib import get_close_matches

from sqlalchemy import Connection, select

from rejoinder.store.tables.query import parsed
from rejoinder.store.tables.search import begun, matches

#: Shorter words are like too many others, in code points.
_SHORTEST = 4
#: How like two words have to be, from 0 to 1: "sanctons" is "sanctions" by 0.94.
_LIKE = 0.8
#: Of no more words than this something like them is looked for.
_MOST = 5


def meant(connection: Connection, query: str) -> dict[str, str]:
    """Return words of a query that nobody said and nobody is called by, each with the most like it.

    The words are folded, and the two begin with the same letter. What nothing is like is left out.
    """
    words = (word for term in parsed(query).terms for word in term[0].split())
    odd = [word for word in dict.fromkeys(words) if _is_odd(connection, word)]
    found = {
        word: get_close_matches(word, begun(connection, word[0]), n=1, cutoff=_LIKE)
        for word in odd[:_MOST]
    }
    return {word: near[0] for word, near in found.items() if near}


def _is_odd(connection: Connection, word: str) -> bool:
    """Tell whether a word of some length is nowhere."""
    found = matches(connection.dialect.name, [(word,)])
    if len(word) < _SHORTEST or not word.isalpha() or found is None:
        return False
    return connection.execute(select(found.c.number).limit(1)).first() is None
