"""Names: when two strings may name the same. Pure functions over strings.

The one idea: names are compared as tuples of folded words, so accents, courtesies and possessive
marks never matter; whether a match is enough is for the caller to say, who knows the rest.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby

from rejoinder.resolve.roles import COURTESY
from rejoinder.text import unaccented

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
#: Results that are kept: a report asks again and again about the same few names.
_KEPT = 4096
#: A surname that is written twice has so many letters at least: "Ting Ting" is a first name.
_TWICE = 5
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv"})
#: First names, each with other spellings and what it is shortened to.
_SHORTENED = (
    "abraham abe", "alan al", "albert al bert", "alexander alex alec", "alexandra alex",
    "andrew andy drew", "anthony tony", "arthur art", "ashton ash", "barbara barb",
    "benjamin ben benny", "bernard bernie", "bradley brad", "charles charlie chuck",
    "christine chris", "christopher chris", "cynthia cindy", "daniel dan danny", "david dave",
    "deborah deb debbie", "donald don donnie", "douglas doug", "edward ed eddie ted",
    "elizabeth beth betty liz", "eugene gene", "francis frank", "franklin frank",
    "frederick fred", "gerald jerry", "jerrold jerry", "gregory greg", "harold hal harry",
    "henry hank harry", "jacob jake", "james jim jimmy jamie", "jefferson jeff",
    "jeffrey geoffrey jeff geoff", "jennifer jen jenny", "jessica jess", "john jack johnny",
    "jonathan jon", "joseph joe joey", "joshua josh", "judith judy",
    "katherine catherine kate kathy cathy katie", "kathleen kathy katie", "kenneth ken kenny",
    "kimberly kim", "lawrence larry", "leonard len lenny", "margaret maggie meg peggy",
    "matthew matt", "michael mick mickey mike", "nathan nate", "nathaniel nate", "nicholas nick",
    "pamela pam", "patricia pat patty", "patrick paddy pat", "peter pete", "philip phillip phil",
    "raymond ray", "rebecca becky", "richard dick rich rick ricky", "robert bob bobby rob",
    "rodney rod", "ronald ron ronnie", "rudolph rudy", "samantha sam", "samuel sam sammy",
    "stanley stan", "stephen steven steve", "stuart stu", "susan sue susie", "suzanne sue",
    "theodore ted teddy", "theresa terry", "thomas tom tommy", "timothy tim", "victoria vicky",
    "vincent vince", "walter walt", "william bill billy will", "zachary zach",
)  # fmt: skip
#: The Arabic article, which a report writes and leaves out as it likes: "al-Qadiri", "Qadiri".
_ARABIC = re.compile(r"^(?:al|el)-(?=\w{3})")
#: Words at the beginning of a phrase that say how many or which, not who.
_DETERMINER = re.compile(
    r"^(?:(?:some|one|two|many|most|several|any|all|both|none|a number|a group|dozens|hundreds) of|"
    r"the|a|an|this|that|these|those|some|several|many|most|other|others|all|both|his|her|its|"
    r"their|our|my|one|two|three|four|five|six|another|any|at least|more than|few|each|every|such|"
    r"certain|various)\s+"
    # "Many in the crowd", "those on the left" say who by themselves.
    r"(?!(?:in|on|at|of|for|from|with|within|among|around|inside|outside|under|who)\s)",
    re.IGNORECASE,
)
#: What a phrase goes on with that is not who it is.
_CLAUSE = re.compile(
    r",(?!\d)|\s(?:who|whose|whom|which|that|speaking|briefing)\b|\s--?(?:\s|$)|\s?[(–—]"
)


#: What is hung on behind, which says when, where or how, not who.
_HUNG_ON = re.compile(
    r"\s(?:(?:(?:made public|released|published|issued)\s)?(?:earlier\s)?"
    r"(?:on\s)?(?:(?:last|this)\s)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|week|month|year)(?:\s(?:morning|evening|night))?"
    r"|(?:elsewhere|allegedly|reportedly|earlier|later|also|there|already|again))$"
)


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> str:
    """Return `text` in lower case, without accents, with straight apostrophes."""
    return unaccented(text.replace("’", "'")).casefold()


@lru_cache(maxsize=_KEPT)
def written(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded, without courtesies and a possessive mark."""
    bare = re.sub(r"['’]s?$", "", name.strip())
    words = [fold(word) for word in _WORD.findall(bare)]
    kept = [word for word in words if not COURTESY.match(word)]
    return once(tuple(kept or words))


def once(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without its last one again: "Ann Brekka Brekka".

    Pages run captions and headings into names. Of two words, the name is that: "Walla Walla".
    """
    while len(words) > 2 and len(words[-1]) >= _TWICE and fold(words[-1]) == fold(words[-2]):
        words = words[:-1]
    return words


@lru_cache(maxsize=_KEPT)
def tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name by which it is compared: as `written`, without Arabic articles."""
    return tuple(_ARABIC.sub("", word) for word in written(name))


@lru_cache(maxsize=_KEPT)
def spelt(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name in one spelling: hyphens as blanks, single letters as one word.

    "Kim Seol-ram" is "Kim Seol Ram", and "U.S. Navy" is "US Navy". Only whole names are compared
    so: half of a hyphenated surname is another surname.
    """
    out: list[str] = []
    parts = [part for word in words for part in word.split("-")]
    for lone, found in groupby(parts, lambda part: len(part) == 1):
        run = list(found)
        out += ["".join(run)] if lone else run
    return tuple(out)


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two full names name one person: first and last word, whatever is between.

    Hyphens and the dots of initials make no difference.
    """
    if a and spelt(a) == spelt(b):
        return True
    x, y = _without_suffix(a), _without_suffix(b)
    if not x or not y:
        return False
    suffixes = {a[-1]} & _SUFFIX, {b[-1]} & _SUFFIX
    if suffixes[0] != suffixes[1]:
        return False
    if len(x) < 2 or len(y) < 2:
        return x == y
    initials = len(x[0]) == 1 or len(y[0]) == 1
    first = x[0][0] == y[0][0] if initials else x[0] == y[0] or _short_of(x[0], y[0])
    return (first and x[-1] == y[-1]) or x[-len(y) :] == y or y[-len(x) :] == x


def keys(name: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Return what a full name is looked up by: two of one person have one of these in common."""
    return frozenset({spelt(name), _without_suffix(name)[-1:]})


def _short_of(a: str, b: str) -> bool:
    """Tell whether one of two first names is short for the other: "Tom", "Thomas".

    Two short forms of one name may be one person's too: "Bob" and "Rob".
    """
    return not _groups().get(a, frozenset()).isdisjoint(_groups().get(b, frozenset()))


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Give the numbers of the groups that a first name is in."""
    names = {name for group in _SHORTENED for name in group.split()}
    return {n: frozenset(i for i, g in enumerate(_SHORTENED) if n in g.split()) for n in names}


def shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Tell whether `short` is how `full` is called later: its last words, or its first one.

    "Peña Nieto" for Enrique Peña Nieto, "Kim" for Kim Jong Un; whether that is enough is for the
    caller to say.
    """
    whole = _without_suffix(full)
    return len(short) < len(whole) and (whole[-len(short) :] == short or whole[:1] == short)


def is_fuller(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Tell whether a full name is another with more of its words, or without its initials."""
    # Of two with as many words, the one with initials is the shorter.
    if (len(short), len("".join(short))) > (len(full), len("".join(full))):
        return False
    if len(short) < 2 or not same_person(short, full) or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(any(word in {other, other[:1]} for other in rest) for word in short)


def by_last(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Tell whether `short` is the end of `full`: a surname, which goes before a first name."""
    whole = _without_suffix(full)
    return whole[-len(short) :] == short


def of_three(name: tuple[str, ...]) -> bool:
    """Tell whether a name is of three words, as those are that begin with a family's in Korea."""
    return len(spelt(name)) == 3 and all(len(word) > 1 for word in name)


def has_initial(name: tuple[str, ...]) -> bool:
    """Tell whether a name begins with a first name cut to its letter."""
    return len(name[:1]) == 1 and len(name[0]) == 1


def is_junior(name: tuple[str, ...]) -> bool:
    """Tell whether a name ends in "Jr." or the like."""
    return name[-1:] != () and name[-1] in _SUFFIX


def _without_suffix(name: tuple[str, ...]) -> tuple[str, ...]:
    return name[:-1] if len(name) > 1 and name[-1] in _SUFFIX else name


def initials(name: str) -> str:
    """Return the capitals of a name's words: "OSCE" of its full name."""
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(word[0] for word in words if word[0].isupper())


def short_for(a: str, b: str) -> bool:
    """Tell whether one of two names is the initials of the other."""
    return initials(a) == b or initials(b) == a


def fullness(name: str, words: tuple[str, ...]) -> tuple[int, int]:
    """Return how full a name is, the fullest the most: by its words, then its code points."""
    return len(spelt(words)), len(name)


def as_written(words: str) -> str:
    """Return a phrase as a name: without determiner, clause and possessive mark."""
    body = words.strip()
    clause = _CLAUSE.search(body, 1)
    body = re.sub(r"['’]s?$", "", body[: clause.start()].strip() if clause else body)
    while _HUNG_ON.search(body, 1):
        body = _HUNG_ON.sub("", body).strip()
    return plain(body) or words.strip()


def plain(words: str) -> str:
    """Return words on one line, without determiners before them."""
    body = words.strip()
    while (stripped := _DETERMINER.sub("", body)) != body and stripped:
        body = stripped
    return " ".join(body.split())


def slug(name: str) -> str:
    """Return an id made from a name."""
    return "-".join(re.findall(r"[^\W_]+", fold(name))) or "nobody"
