"""Marks what is no report in an article's text: teasers, sign-up boxes, credits, bylines, notices.

Takes the text and what is known of it (outlet, authors, lines that the page sets apart); gives
spans. It removes nothing, knows no format and reads no file. `cited_outlets` reads the one kind of
furniture that says something: "Sources: …".

The one idea: precision before recall. A teaser left in costs little, a quotation marked as
furniture is lost. So almost every rule has to match a whole line, lines that quote or report are
spared by the looser rules, and the loosest ones (a name on its own, a date on its own) hold only at
the two ends of the text. Lines longer than `LONGEST` are prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from rejoinder.model import Span, Spans
from rejoinder.posts import HANDLE
from rejoinder.reading.patterns import (
    AUTHORS,
    BYLINE,
    CALENDAR,
    CARD,
    CONTRIBUTED,
    CREDIT,
    FIRM_LINE,
    INTRO,
    LABEL,
    LED_BY_CREDIT,
    LINKS,
    LONGEST,
    NOTICE,
    SHARES,
    SIGNATURE,
    SIGNED,
    SOFT_LINE,
    SOURCES,
    SPEAKS,
    STAFF,
    TEASER,
    WORD,
)
from rejoinder.reading.walls import wall_spans
from rejoinder.text import normalise, paragraphs

#: How many lines from either end count as an end of the text.
EDGE = 6
#: A picture's credit takes no more code points than this.
_CREDIT_REACH = 200
#: The label of a teaser has no more words.
_LABEL = 8
_ENDS = tuple(".!?…”\"’')]")
#: A quotation mark that opens or closes speech; an apostrophe is none.
_QUOTES = re.compile(r"[\"“”«»„]")
_SINGLE = frozenset("'‘’")
# Behind four small letters a full stop ends more than "Sen." or "U.S."
_SENTENCE_ENDS = re.compile(r"[a-z]{4}[.?!]['’\"”]? [A-Z]")


def find_furniture(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    authors: Collection[str] = (),
    set_apart: Collection[str] = (),
) -> Spans:
    """Mark what is not the report.

    Args:
        text: The article, lines or paragraphs apart by line ends.
        title: Its headline; where it comes again in the text, it is furniture.
        outlet: Its outlet; a line that is only this name is furniture at either end.
        authors: Their names, likewise.
        set_apart: Lines that the page's markup sets apart (captions, asides), white space
            collapsed.

    Returns:
        Spans of `text`, sorted, apart from each other, without outer white space.
    """
    spans = tuple(paragraphs(text))
    lines = [text[start:end] if end - start <= LONGEST else "" for start, end in spans]
    marked = {i for i, line in enumerate(lines) if line and _is_furniture(line, set_apart)}
    marked |= _at_the_ends(lines, names=_known_names(outlet, authors))
    marked |= _linked(lines, marked)
    marked |= _repeated(lines, title)
    marked |= set(_teasers(lines))
    marked |= set(_source_lines(lines))
    found: list[Span] = []
    for i, (start, end) in enumerate(spans):
        found.extend(((start, end),) if i in marked else _within(text, start, end))
    found.extend(_leading_caption(text, spans[:1]))
    found.extend(wall_spans(text))
    return normalise(found)


def cited_outlets(text: str) -> tuple[str, ...]:
    """Read the outlets that a line such as "Sources: Digi24.ro, Reuters" names, in its order."""
    lines = [text[start:end] if end - start <= LONGEST else "" for start, end in paragraphs(text)]
    found = (name for i in _source_lines(lines) for name in _outlets(lines[i]))
    return tuple(dict.fromkeys(found))


def find_headings(text: str, furniture: Spans, title: str | None = None) -> Spans:
    """Find section headings: short lines without an end or a handle, alone between lines of prose.

    Args:
        text: The article.
        furniture: What was marked in it; a heading is looked for between the other lines.
        title: The headline; where the text begins with it, it is a heading too.
    """
    taken = {start for start, _ in furniture}
    spans = [span for span in paragraphs(text) if span[0] not in taken]
    lines = [text[start : min(end, start + LONGEST)] for start, end in spans]
    # What comes again and again is the name of whoever speaks next, in an interview.
    times = Counter(lines)
    return tuple(
        span
        for i, (span, line) in enumerate(zip(spans, lines, strict=True))
        if (i == 0 and line == title)
        or (_short(line) and times[line] == 1 and _between_prose(lines, i))
    )


def _is_furniture(line: str, set_apart: Collection[str]) -> bool:
    if FIRM_LINE.fullmatch(line) or (set_apart and " ".join(line.split()) in set_apart):
        return True
    if SOFT_LINE.fullmatch(line) and (NOTICE.match(line) or not SPEAKS.search(line)):
        return True
    return _is_caption(line) or _is_signature(line) or _is_share_bar(line) or _is_timestamp(line)


def _is_caption(line: str) -> bool:
    """Tell whether a line ends in a picture's credit; what quotes may be prose before one."""
    tail = line[-_CREDIT_REACH:]
    # Looking for the marks first spares nearly all prose the search.
    if not any(mark in tail for mark in ("/", "|", "hoto", "HOTO", "mage", "icture", "redit")):
        return False
    ends = len(tail.rstrip(" .)"))
    return any(match.end() >= ends for match in CREDIT.finditer(tail)) and not _QUOTES.search(line)


def _leading_caption(text: str, first: Iterable[Span]) -> Iterator[Span]:
    """Yield the caption that a report's first line begins with, its credit included."""
    for start, end in first:
        if match := LED_BY_CREDIT.match(text, start, end):
            yield match.span()


def _is_signature(line: str) -> bool:
    """Tell whether a line only says who wrote, edited or contributed."""
    if match := SIGNED.match(line):
        return _only_names(line[match.end() :])
    if "ontributed" in line and (match := CONTRIBUTED.fullmatch(line)):
        return _only_names(match[1].lstrip("-–—•⦁* "))
    return False


def _only_names(words: str) -> bool:
    return all(
        word[:1].isupper() or word.strip(".,;:()").lower() in LINKS
        for word in (w.lstrip("([&@•-–—") for w in words.split())
        if word
    )


def _is_share_bar(line: str) -> bool:
    words = re.findall(r"[\w-]+", line.lower()) if len(line) < 120 else []
    return len(words) > 1 and all(word in SHARES or word.isdigit() for word in words)


def _is_timestamp(line: str) -> bool:
    """Tell whether a line is all "Published 3 hours ago", "[Updated 9 p.m. ET]", "2 years ago"."""
    if len(line) > 120 or not any(c.isdigit() for c in line):
        return False
    words = [word.lower() for word in WORD.findall(line)]
    return (
        bool(words)
        and all(word in CALENDAR for word in words)
        and bool(
            words[-1] == "ago"
            or {"updated", "published", "posted", "modified", "read"} & set(words)
        )
    )


def _known_names(outlet: str | None, authors: Collection[str]) -> frozenset[str]:
    # "New York Times - News", "CNN (Web News)": how data sets write outlets.
    bare = re.sub(r"\s*(?:\(.*|- .*)", "", outlet[:200]) if outlet else ""
    return frozenset(" ".join(n.split()).casefold() for n in (outlet or "", bare, *authors)) - {""}


def _at_the_ends(lines: Sequence[str], *, names: frozenset[str]) -> set[int]:
    """Mark bylines, outlets and dates that stand alone near the beginning or the end."""
    ends = {*range(min(EDGE, len(lines))), *range(max(0, len(lines) - EDGE), len(lines))}
    found = {
        i
        for i in ends
        if 0 < len(lines[i]) <= 160 and lines.count(lines[i]) == 1 and _is_edge(lines[i], names)
    }
    # "Anna Arutunyan" / "Special for USA TODAY": a name is a byline where the next line says so.
    return found | {i - 1 for i in found if 1 <= i <= 2 and AUTHORS.fullmatch(lines[i - 1])}


def _is_edge(line: str, names: frozenset[str]) -> bool:
    if line.startswith(("By ", "BY ")) and BYLINE.fullmatch(line):
        return _only_names(line[3:].replace("|", " "))
    if STAFF.fullmatch(line):
        return True
    parts = re.split(r",| and | & |/|\|", line.casefold())
    if names and all(" ".join(part.split()) in names for part in parts if part.strip()):
        return True
    words = [word.lower() for word in WORD.findall(line)] if len(line) < 60 else []
    dated = bool(words) and re.search(r"\d{4}", line) is not None
    return dated and all(word in CALENDAR for word in words)


def _linked(lines: Sequence[str], marked: Collection[int]) -> set[int]:
    """Mark the headlines listed behind "Related:"; without a colon only where there are several.

    A single short line behind "Also read" may as well be the report's next section heading, and is
    left alone.
    """
    found: set[int] = set()
    for i in sorted(marked):
        match = INTRO.fullmatch(lines[i])
        if match:
            run = list(_run_of_titles(lines, i + 1, marked))
            if match[1] or len(run) > 1:
                found.update(run)
    return found


def _run_of_titles(lines: Sequence[str], start: int, marked: Collection[int]) -> Iterator[int]:
    for i in range(start, min(start + 12, len(lines))):
        line = lines[i]
        title = 0 < len(line) <= 140 and not line.endswith(_ENDS) and len(line.split()) >= 5
        if i in marked or not title:
            return
        yield i


def _repeated(lines: Sequence[str], title: str | None) -> set[int]:
    """Mark later copies of a line without an end: a caption, a teaser, the headline again."""
    seen: set[str] = set()
    found: set[int] = set()
    for i, line in enumerate(lines):
        if 0 < len(line) <= 160 and not line.endswith((*_ENDS, ":", ",")):
            teaser = len(line.split()) >= 4 and not SPEAKS.search(line)
            if line in seen and (teaser or line == title):
                found.add(i)
            seen.add(line)
    return found


def _teasers(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines that are a label, a colon without a blank behind it, and a headline.

    A label that comes again is whoever speaks next, in an interview; what is several sentences, or
    all in quotation marks, is somebody's words.
    """
    found = [(i, match) for i, line in enumerate(lines) if (match := TEASER.fullmatch(line))]
    times = Counter(match[1] for _, match in found)
    for i, match in found:
        label, words = match.groups()
        quoted = words[0] in _SINGLE and words[-1] in _SINGLE
        short = len(label.split()) <= _LABEL and len(words.split()) >= 4
        if short and times[label] == 1 and not quoted and not _SENTENCE_ENDS.search(words):
            yield i


def _source_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines that only name sources, with no prose of any length behind them."""
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - 2 * EDGE), -1):
        if SOURCES.fullmatch(lines[i]):
            names = _outlets(lines[i])
            if names and all(len(n.split()) <= 5 and _only_names(n) for n in names):
                yield i


def _outlets(line: str) -> list[str]:
    match = SOURCES.fullmatch(line)
    parts = re.split(r"[,;/|]| and | & ", match[1]) if match else []
    return [
        name for part in parts if (name := part.strip().rstrip(".").strip()) and not name.isdigit()
    ]


def _within(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield furniture inside prose: labels, cards, a credit in brackets, Reuters' signature."""
    if label := LABEL.match(text, start, end):
        yield label.span()
    if text.find("MORE", start, end) >= 0:
        yield from (match.span(match.lastindex or 0) for match in CARD.finditer(text, start, end))
    tail = max(start, end - LONGEST)
    if text.endswith(")", start, end) and (match := SIGNATURE.search(text, tail, end)):
        yield match.span()
    elif "hoto" in text[start : start + LONGEST]:
        for match in CREDIT.finditer(text, start, min(end, start + LONGEST)):
            if match.group().startswith("("):
                yield match.span()


def _short(line: str) -> bool:
    words = line.split()
    return (
        1 <= len(words) <= 12
        and len(line) <= 90
        and any(c.isalpha() for c in line)
        and not line.endswith((".", "!", "…", ",", ";", ":", "”", '"', ")"))
        and (not line.endswith("?") or len(words) >= 2)
        and not _QUOTES.match(line)
        and not line.startswith("|")  # a row of a table
        and not HANDLE.search(line)  # what is signed so is a post
        and (words[0][0].isupper() or not words[0][0].isalpha())
    )


def _between_prose(lines: Sequence[str], i: int) -> bool:
    """Tell whether the next line is a sentence at least, and the one before leads up to nothing."""
    after = i + 1 < len(lines) and _is_prose(lines[i + 1])
    return after and not (i and lines[i - 1].endswith((":", ",")))


def _is_prose(line: str) -> bool:
    words = len(line.split())
    return words > 12 or (words >= 5 and line.endswith(_ENDS))
