"""Text that was broken into lines of one width, as mails and pages of PDF are.

Takes a text, gives the breaks in it that part nothing (`breaks`), and the text as it is read across
them (`unwrapped`), which is as long as the text itself. Pure.

The one idea: who breaks lines at a width fills them. A break parts nothing where the next word
would not have fitted into its line; a shorter line ends a paragraph. And only where most lines of a
text are full was it broken so: prose has a line a paragraph, and verses and lists are not full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rejoinder.model import Span

#: Widths that lines are broken at, in code points.
_NARROWEST, _WIDEST = 40, 110
#: So many of a hundred lines may be longer: addresses do not break.
_LONGER = 5
#: A line that has less than this of the width with the next word would have held that; type is not
#: all of one width.
_FULL = 0.85
#: At least so many breaks, and this share of those between lines that touch, are behind full lines;
#: and this share of these stand within a sentence. Of 36,431 reports as pages give them none is so.
_LEAST, _MOSTLY, _RUNNING = 4, 0.5, 0.5
#: A line without what a mail puts before what it answers.
_LINE = re.compile(r"^(?:[ \t]*>)*(?P<indent>[ \t]*)(?P<words>[^\s>][^\r\n]*)", re.MULTILINE)
_WORD = re.compile(r"\S+")
#: What an item of a list begins with.
_ITEM = re.compile(r"(?:[-–—*•#|]+|\(?\w{1,2}[.)])[ \t]")
_STOP = re.compile(r"[.!?…:][”’\"')]*\Z")
#: A word, with the hyphens within it.
_TOKEN = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_HYPHENED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)([-\u2010\u00ad])\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where a line ends, and neither its sentence nor its paragraph does."""

    #: From the last word of a line, or its hyphen, to the first of the next.
    span: Span
    #: What stands there for who reads on: a blank, the hyphen of a compound, or nothing in a word.
    seen: str


@lru_cache(maxsize=4)  # several floors ask for those of one report, one after the other
def breaks(text: str) -> tuple[Break, ...]:
    """Find the breaks that part nothing, in order; none where lines were not broken at a width."""
    lines = list(_LINE.finditer(text))
    if len(lines) <= _LEAST:
        return ()
    lengths = sorted(len(_words(line)) for line in lines)
    width = lengths[(len(lengths) - 1) * (100 - _LONGER) // 100]
    if not _NARROWEST <= width <= _WIDEST:
        return ()
    touching = [pair for pair in pairwise(lines) if _touch(text, *pair)]
    full = [pair for pair in touching if _goes_on(*pair, width=width)]
    running = sum(_STOP.search(_words(line)) is None for line, _ in full)
    if len(full) < max(_LEAST, _MOSTLY * len(touching)) or running < _RUNNING * len(full):
        return ()
    known = frozenset(_TOKEN.findall(text))
    return tuple(_break(*pair, known=known) for pair in full)


def unwrapped(text: str) -> str:
    """Return a text with blanks for the breaks that part nothing; as long as it was."""
    return "".join(_blanked(text))


def _blanked(text: str) -> Iterator[str]:
    position = 0
    for found in breaks(text):
        start, end = found.span
        yield text[position:start]
        yield " " * (end - start)
        position = end
    yield text[position:]


def _words(line: re.Match[str]) -> str:
    return line["words"].rstrip()


def _touch(text: str, line: re.Match[str], after: re.Match[str]) -> bool:
    """Tell whether no empty line is between two lines."""
    return len(f"{text[line.end() : after.start()]}.".splitlines()) == 2


def _goes_on(line: re.Match[str], after: re.Match[str], *, width: int) -> bool:
    """Tell whether a line was full, and the next does not begin something else."""
    word = _WORD.match(after["words"])
    reach = len(_words(line)) + 1 + len(word.group() if word else "")
    begins = len(after["indent"]) > len(line["indent"]) or _ITEM.match(after["words"])
    return reach >= _FULL * width and not begins


def _break(line: re.Match[str], after: re.Match[str], *, known: frozenset[str]) -> Break:
    words = _words(line)
    end = line.start("words") + len(words)
    hyphened, rest = _HYPHENED.search(words), _TOKEN.match(after["words"])
    if hyphened is None:
        return Break(span=(end, after.start("words")), seen=" ")
    part, hyphen = hyphened.groups()
    whole, apart = (f"{part}{tie}{rest.group() if rest else ''}" for tie in ("", hyphen))
    # "re-straint" was one word; "US-led" is written so, and "long-term" where it is elsewhere too.
    small = part.islower() and after["words"][0].islower() and apart not in known
    within = hyphen == "\u00ad" or whole in known or small
    return Break(span=(end - 1, after.start("words")), seen="" if within else hyphen)
