"""What every floor has to know about text: spans, paragraphs, quotation marks.

Pure functions over strings and spans; no model, no files. Offsets are half-open code points, as
everywhere.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise
from operator import mul
from typing import TypeVar
from urllib.parse import urlsplit

from rejoinder.model import Span, Spans

Name = TypeVar("Name")

_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(spans: Iterable[Span]) -> Spans:
    """Sort `spans`, drop the empty ones and join those that touch or overlap."""
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def scalars(text: str) -> str:
    """Put a stand-in of the same length for every half of a surrogate pair, as JSON may spell it.

    Such a half is no Unicode text: it can neither be printed nor stored nor cut to pieces.
    """
    return _SURROGATE.sub("\ufffd", text)


def unaccented(text: str) -> str:
    """Return a text in its simplest letters (Unicode's NFKD), without accents."""
    if text.isascii():
        return text
    flat = unicodedata.normalize("NFKD", text)
    # A text has few letters that are different: to look at each of these is soon done.
    accents = {ord(c): None for c in set(flat) if unicodedata.combining(c)}
    return flat.translate(accents) if accents else flat


def day_from(day: date, days: int) -> date:
    """Return the day so many days on (or back), or the calendar's last (or first) one."""
    there = day.toordinal() + days
    return date.fromordinal(min(max(there, date.min.toordinal()), date.max.toordinal()))


def composed(text: str) -> str:
    """Return a text with accents in their letters (Unicode's NFC), as most keyboards have them."""
    return unicodedata.normalize("NFC", text)


def overlap(a: Spans, b: Spans) -> bool:
    """Tell whether two span lists share a character."""
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


#: Abbreviations before a name; their dot ends no sentence.
TITLES = (
    *("Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "Col", "Maj", "Adm", "Sgt", "Capt", "Brig", "Cmdr"),
    *("Sen", "Sens", "Rep", "Reps", "Gov", "Prof", "Rev", "Hon", "St", "Dep", "Asst", "Amb"),
)
#: The months by name, small, and in the short forms that reports have, without a dot.
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_SHORT = {**{name[:3]: number for number, name in enumerate(MONTHS, 1)}, "sept": 9}
MONTH_NUMBERS = {**{name: number for number, name in enumerate(MONTHS, 1)}, **_SHORT}
#: A month's name as a report has it: whole, or short with or without a dot.
MONTH = r"(?:(?:{})\b|(?:{})\b\.?)".format(
    *("|".join(map(str.capitalize, names)) for names in (MONTHS, _SHORT))
)
#: Words that begin a sentence though an initial's dot stands before them: "in the U.S. He said".
BEGINS = (
    r"(?:The|He|She|It|They|We|I|You|This|That|There|But|And|In|On|At|A|An|His|Her|Their|Its)\b"
)
#: Where a sentence ends, and the next begins. The dot comes first: what is looked up behind it is
#: then only looked up at dots.
_NO_TITLE = "".join(rf"(?<!\b{title}\.)" for title in (*TITLES, "[A-Z]"))
#: Two sentences that a page has run together, but no address: "the talks.Vale said".
_GLUED = (
    rf"(?:[!?]|\.{_NO_TITLE})(?:(?<=[a-z]{{2}}.)|(?<=\d{{4}}.))"
    r"[”’\"']?(?=(?!Com |Org |Net )[A-Z][a-z]+ [a-z])"
)
SENTENCE = re.compile(
    rf"(?:[!?…]|\.{_NO_TITLE})"
    rf"[”’\"']?\s+(?=[A-Z“\"‘])|(?<=\b[A-Z]\.)\s+(?={BEGINS})|{_GLUED}|\n"
)


@lru_cache(maxsize=4)  # several floors ask for those of one report, one after the other
def sentences(text: str) -> Spans:
    """Part a text into sentences, each with the white space behind it; nothing is left over."""
    ends = [0, *(match.end() for match in SENTENCE.finditer(text)), len(text)]
    return tuple(pairwise(ends))


def at(spans: Sequence[Span], offset: int) -> int:
    """Return the number of the span that holds an offset, of spans that follow on each other."""
    return max(0, bisect_right(spans, offset, key=lambda span: span[0]) - 1)


def holds(outer: Span, inner: Span) -> bool:
    """Tell whether one span lies in another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def covers(outer: Spans, inner: Spans) -> bool:
    """Tell whether each span of one list lies in a span of another."""
    return all(any(holds(span, part) for span in outer) for part in inner)


def without(text: str, spans: Iterable[Span], *, gap: str = "") -> str:
    """Return what of a text stands outside `spans`; `gap` stands where something was left out."""
    left = normalise(spans)
    starts = (0, *(end for _, end in left))
    ends = (*(start for start, _ in left), len(text))
    return gap.join(text[start:end] for start, end in zip(starts, ends, strict=True))


def length(spans: Iterable[Span]) -> int:
    """Return how many code points spans have together; they must not overlap."""
    return sum(end - start for start, end in spans)


def within(spans: Sequence[Span], span: Span) -> range:
    """Return the numbers of `spans`, which are in order and do not overlap, that lie in `span`."""
    first = bisect_left(spans, span[0], key=lambda s: s[0])
    last = bisect_right(spans, span[1], key=lambda s: s[1])
    return range(first, max(first, last))


def touching(spans: Sequence[Span], span: Span) -> range:
    """Return the numbers of `spans`, in order and apart, that share a character with `span`.

    `overlap` tells whether there are any, of any spans, and takes longer.
    """
    first = bisect_right(spans, span[0], key=lambda s: s[1])
    last = bisect_left(spans, span[1], key=lambda s: s[0])
    return range(first, max(first, last))


def logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    """Return the probability that features stand for; `weights` ends with the offset.

    Raises:
        ValueError: There are not as many weights as features and the offset.
    """
    if len(weights) != len(features) + 1:
        raise ValueError(f"{len(weights)} weights for {len(features)} features and an offset")
    z = weights[-1] + sum(map(mul, weights, features))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text, apart by white space."""
    return frozenset(text.split())


def cut(span: Span, marks: Iterable[tuple[Span, Name]]) -> Iterator[tuple[Span, tuple[Name, ...]]]:
    """Cut a span wherever a mark begins or ends within it; nothing of it is left over.

    Args:
        span: What is cut.
        marks: Other spans with what each is called; they may overlap, and reach beyond. One that
            is empty cuts, but covers nothing.

    Yields:
        The pieces in order, each with the names of the marks that cover it, in the order of these.
    """
    start, end = span
    here = [(mark, name) for mark, name in marks if mark[0] < end and start < mark[1]]
    inner = {edge for mark, _ in here for edge in mark if start < edge < end}
    begun: defaultdict[int, list[int]] = defaultdict(list)
    for number, (mark, _) in enumerate(here):
        begun[max(start, mark[0])].append(number)
    open_: list[int] = []
    for piece in pairwise(sorted({start, end, *inner})):
        known = (*open_, *begun[piece[0]])
        open_ = sorted(number for number in known if piece[0] < here[number][0][1])
        yield piece, tuple(here[number][1] for number in open_)


_HYPHENATED = re.compile(r"(?<=\w-)[^\W_]+(?:-[^\W_]+)*")


def end_of_word(text: str, end: int) -> int:
    """Return where a word ends that is cut at `end`, behind a hyphen ("Seol-"); else `end`."""
    rest = _HYPHENATED.match(text, end)
    return rest.end() if rest else end


def whole_words(text: str, span: Span) -> Span:
    """Return a span with the rest of the words that it begins and ends within."""
    start, end = span
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


#: Where a quotation leaves out words of the report. Not a bare ellipsis, which may be the report's
#: own.
GAP = " […] "


def words(text: str, spans: Spans, *, gap: str = " … ") -> str:
    """Return the report's own words at `spans`; `gap` stands where something was left out."""
    return gap.join(text[start:end] for start, end in spans)


def host(address: str | None) -> str | None:
    """Return whose an address is, without "www."; None where it names nobody."""
    try:
        named = urlsplit(address or "").hostname
    except ValueError:  # "http://[" and the like
        return None
    return named.removeprefix("www.") if named else None


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the lines of `text` that hold more than white space, without that at their ends."""
    for match in re.finditer(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+", text):
        start, end = match.span()
        body = match.group()
        start, end = start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip())
        if start < end:
            yield start, end


#: What closes a quotation that each mark opens. Where it never comes, the quotation runs on.
_CLOSING = {
    "“": re.compile("”"),
    "„": re.compile("[“”]"),
    "‟": re.compile("”"),
    "«": re.compile("»"),
    "『": re.compile("』"),
    "「": re.compile("」"),
    '"': re.compile("\"|''"),
    "``": re.compile("\"|''"),
}
#: What closes it all the same where its own mark does not come before it is opened anew.
_CLOSING_INSTEAD = {
    "“": re.compile(r'(?<=[^\s(])"(?!\w)'),
    '"': re.compile(r"(?<=[^\s(])”(?!\w)"),
}
#: The same for marks that open a quotation only where it is closed: alone they are ornaments.
_CLOSING_SURELY = {"»": re.compile("«"), "‹": re.compile("›")}
_MARK = re.compile(r"``|''|[“”„‟«‹»›『』「」‘’\"']")
#: The same mark opened anew within a quotation is looked for over no more marks than this.
_NESTED_REACH = 32
#: A quotation that has to be closed runs no further than this, in code points: what opens it may be
#: an apostrophe or an ornament.
_REACH = 600
#: A single mark opens after a gap and before anything; "'90s" and "'em" only lack letters.
_SINGLE_OPENS = re.compile(r"(?<![^\W_])['‘](?=\S)(?!(?:\d0s|tis|twas|em|til|n)\b)", re.IGNORECASE)
#: It closes after a word and before a gap; a plural's mark ("the allies' plan") may do so.
_SINGLE_CLOSES = re.compile(r"(?<=\S)['’](?![^\W_])")
_PLURAL = re.compile(r"(?<=[sS])['’](?=\s[^\W_])")


def quotations(text: str) -> Spans:
    """Find what stands in quotation marks: spans from mark to mark, both included, outermost only.

    Marks are paired within a paragraph. A double mark that is never closed is closed by one of the
    other make (“so"), else it runs to the end of its paragraph (a quotation over several paragraphs
    opens each anew and closes once); an apostrophe is no mark.
    """
    return tuple(span for line in paragraphs(text) for span in _quotations(text, line))


def _quotations(text: str, line: Span) -> Iterator[Span]:
    position, end = line
    while mark := _MARK.search(text, position, end):
        start, position = mark.span()
        close = _closing(text, mark.group(), start=start, end=end)
        if close is not None:
            yield start, close
            position = close


def _closing(text: str, mark: str, *, start: int, end: int) -> int | None:
    """Return where the quotation that `mark` opens at `start` ends, or None where it opens none."""
    after = start + len(mark)
    if mark in "'‘":
        return _single(text, start, end)
    if mark in _CLOSING_SURELY:
        close = _CLOSING_SURELY[mark].search(text, after, min(end, start + _REACH))
        return None if close is None or text[after].isspace() else close.end()
    if mark not in _CLOSING or (mark == '"' and _only_closes(text, start, end)):
        return None
    return _double(text, mark, start=after, end=end)


def _double(text: str, mark: str, *, start: int, end: int) -> int:
    """Return where a quotation in double marks ends, past those that it quotes in the same marks.

    Where more are opened than closed, a mark of the other make before the next that is opened ends
    it, else the first that is closed.
    """
    first = None
    depth, position = 1, start
    for _ in range(_NESTED_REACH):
        close = _CLOSING[mark].search(text, position, end)
        if close is None:
            break
        first = first or close.end()
        if mark not in "“«":
            break
        depth += text.count(mark, position, close.start()) - 1
        position = close.end()
        if depth == 0:
            return position
    again = text.find(mark, start, end)
    instead = _closed_instead(text, mark, start=start, end=end if again < 0 else again)
    return instead or first or end


def _closed_instead(text: str, mark: str, *, start: int, end: int) -> int | None:
    """Return where a mark of the other make closes a quotation: “so", "so”.

    Not one that closes what is quoted within: of “it is "so" and goes on, the end is not known.
    """
    if mark not in _CLOSING_INSTEAD:
        return None
    for close in islice(_CLOSING_INSTEAD[mark].finditer(text, start, end), _NESTED_REACH):
        within = close.start()
        if mark == "“":
            paired = text.count('"', start, within) % 2 == 0
        else:
            paired = text.count("“", start, within) == text.count("”", start, within)
        if paired:
            return close.end()
    return None


def _only_closes(text: str, start: int, end: int) -> bool:
    """Tell whether a straight double mark hangs on to what is before it: a closing mark, inches."""
    before = text[start - 1 : start] or " "
    after = text[start + 1 : min(start + 2, end)] or " "
    return not before.isspace() and (after.isspace() or (before.isalnum() and not after.isalnum()))


def _single(text: str, start: int, end: int) -> int | None:
    """Pair a single mark.

    What may be a plural's mark closes nothing where a sure one comes before the next that opens.
    """
    reach = min(end, start + _REACH)
    close = _SINGLE_OPENS.match(text, start) and _SINGLE_CLOSES.search(text, start + 1, reach)
    if not close:
        return None
    ends = close.end()
    if not _PLURAL.match(text, close.start()):
        return ends
    opened = _SINGLE_OPENS.search(text, ends, reach)
    for close in _SINGLE_CLOSES.finditer(text, ends, opened.start() if opened else reach):
        if not _PLURAL.match(text, close.start()):
            return close.end()
    return ends


def is_number(words: str) -> bool:
    """Tell whether words are a number of something in a record: plain digits, fewer than ten."""
    return words.isascii() and words.isdecimal() and len(words) < 10
