"""Callings: courtesies and relations that the words beside a name call its bearer by.

Takes a text and where a name stands; gives words such as "mrs", "lady" or "son", and tells whether
who is called so can be meant by a surname behind a courtesy or an office. Pure.

The one idea: "Mr. Vale" is nobody whom the report calls a first lady, and "President Vale" no son
of whom it says nothing else. What is said of offices proves nothing: women are chairmen.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from rejoinder.model import Span
from rejoinder.resolve.roles import KIN, OFFICIAL, alike, collective, gender
from rejoinder.text import word_set

#: How far before and behind a name, in code points, such words stand.
_REACH = 60
_RELATION = rf"(?:{'|'.join(sorted(KIN))})"
#: Words before a name that are of a woman or a man.
_COURTESY = word_set("mr mrs ms miss sir dame lord lady king queen prince princess")
_BEFORE = re.compile(rf"\b({'|'.join(sorted(_COURTESY | KIN))})\.?,?\s$", re.IGNORECASE)
#: "Ann Vale, the first lady", "Ann Vale, his wife", "Ann Vale and her husband".
_BEHIND = re.compile(
    rf",\s(?:(?:the|his|her|their|[\w.]+['’]s?)\s){{0,2}}(first lady|{_RELATION})\b"
)
_SPOUSE = re.compile(r"(?:,|\sand|\swith|,\swith)\s(?:her\s(husband)|his\s(wife))\b")
_MARRIED_TO = {"husband": "wife", "wife": "husband"}


def callings(text: str, name: Span) -> set[str]:
    """Return what words beside a name call its bearer, in lower case: "mrs", "lady", "wife"."""
    before = _BEFORE.search(text, max(0, name[0] - _REACH), name[0])
    found = {m[1].lower().split()[-1] for m in (before, _BEHIND.match(text, name[1])) if m}
    spouse = _SPOUSE.match(text, name[1])
    return found | ({_MARRIED_TO[spouse[1] or spouse[2]]} if spouse else set())


def admits(called: Collection[str], before: Collection[str]) -> bool:
    """Tell whether no courtesy `before` a surname is a man's while the words are of a woman.

    Nor the reverse; where the words are of both, they tell nothing.
    """
    courtesies = _COURTESY.intersection(word.lower().rstrip(".") for word in before)
    told, own = set(map(gender, courtesies)), {gender(word) for word in called} - {None}
    return len(told) != 1 or len(own) != 1 or told == own


def holds(called: Collection[str], office: str | None, held: Collection[str]) -> bool:
    """Tell whether somebody may hold an office: not who is only called somebody's relation.

    Args:
        called: What words beside the name call its bearer.
        office: The noun of the office.
        held: Nouns of offices that are said of the bearer.
    """
    if office is None or office not in OFFICIAL or collective(office) or KIN.isdisjoint(called):
        return True
    return any(alike(office) & alike(noun) for noun in held)
