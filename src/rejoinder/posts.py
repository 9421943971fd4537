"""Posts that a report shows, signed by their authors: "… — Ann Vale (@annvale) May 3, 2019".

Takes a text and gives `Post`s with their spans, the turns of a conversation (`rejoinder.turns`) as
such too, and with them all that stands in somebody's own words (`quoted`). Pure; which actor a
signature names is for others to say. Form after the widget by which pages show what stands on
Twitter: the words, a dash, a name with its handle, the day.

The one idea: a signature is surer than any reporting word. But where a post begins, no mark says;
so it is no more than the line that the signature ends, and nothing where that is longer than posts
are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rejoinder.model import NameType, Span, Spans
from rejoinder.text import MONTH, MONTH_NUMBERS, quotations, touching
from rejoinder.turns import turns

#: What every signature has, and hardly any other text.
HANDLE = re.compile(r"\(@\w{1,20}\)")
#: A hyphen is a dash only apart from words. Behind the dash, the line may end.
_SIGNATURE = re.compile(
    r"(?:[—–]\s{0,3}(?P<name>[^\s@()—–][^\n@()—–]{0,60}?)|"
    r"(?<=\s)--?\s(?P<hyphened>[^\s@()—–](?:(?!\s--?\s)[^\n@()—–]){0,60}?))"
    rf"\s?{HANDLE.pattern},?\s"
    rf"(?:(?P<month>{MONTH})\s(?P<day>\d{{1,2}}),\s|"
    rf"(?P<day_first>\d{{1,2}})\s(?P<month_last>{MONTH}),?\s)(?P<year>\d{{4}})(?!\d)"
)
#: What a post begins with where it was copied from its own page: "Ann Vale @annvale · May 3".
_HEADER = re.compile(
    r"^[ \t]*(?P<name>[^\s@·•][^\n@·•]{0,60}?)[ \t]+@\w{1,20}[ \t]*[·•][ \t]*[\w.,: ]{1,30}$\s*",
    re.MULTILINE,
)
#: An address; pages run what is posted into it.
_LINK = r"(?:https?://\S+|pic\.twitter\.com/\w+|twitter\.com/\S+)"
_LINKS_AT_END = re.compile(rf"(?:\s*{_LINK})+\s*\Z")
#: Also what pages put before a post for those who have it read out to them.
_AT_START = re.compile(rf"(?:(?:{_LINK}|Skip \w+ post(?: \d+)? by @\w+)\s+)+")
#: Two words, handles and tags aside, say something.
_WORD = re.compile(r"(?<![@#\w])[^\W\d_]{2,}")
_LEAST_WORDS = 2
#: Nothing that is posted has more code points, marks spelt out: of 5,683 lines that a signature
#: ends 22 are longer, by what is run into them.
_LONGEST = 330


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody posted, or says in turn, as a report shows it."""

    #: Its words, without the addresses about them.
    content: Span
    #: The name in its signature.
    author: Span
    #: From the dash to the day; the label of a turn.
    signature: Span
    #: The day that it is signed with; None where there is no such day.
    day: date | None = None
    #: What its author is where nothing else tells; None where that is no name ("Reporter").
    taken_for: NameType | None = NameType.ORGANISATION

    @property
    def whole(self) -> Span:
        """With its signature."""
        start, end = zip(self.content, self.signature, strict=True)
        return min(start), max(end)


@lru_cache(maxsize=4)  # several floors ask for those of one report, one after the other
def posts(text: str) -> tuple[Post, ...]:
    """Find the posts and turns of a text, in its order, apart from each other."""
    kept = tuple(_said(text))
    for more in (_posts(text) if "(@" in text else (), _headed(text)):
        taken = [post.whole for post in kept]
        apart = (post for post in more if not touching(taken, post.whole))
        kept = tuple(sorted((*kept, *apart), key=lambda post: post.content))
    return kept


def _said(text: str) -> Iterator[Post]:
    for turn in turns(text):
        yield Post(
            content=turn.content,
            author=turn.author,
            signature=turn.label,
            taken_for=NameType.PERSON if turn.named else None,
        )


@lru_cache(maxsize=4)
def authors(text: str) -> Mapping[Span, Post]:
    """Give each post by the name in its signature."""
    return {post.author: post for post in posts(text)}


@lru_cache(maxsize=4)
def quoted(text: str) -> Spans:
    """Find what stands in its speaker's own words: quotations (the outermost) and posts.

    Quotations within a post are its own affair, and none reaches beyond it.
    """
    posted = tuple(post.content for post in posts(text))
    if not posted:
        return quotations(text)
    return tuple(sorted((*posted, *(q for q in quotations(text) if not touching(posted, q)))))


def _posts(text: str) -> Iterator[Post]:
    behind = 0
    for match in _SIGNATURE.finditer(text):
        start = max(behind, text.rfind("\n", 0, match.start()) + 1)
        behind = match.end()
        content = _words(text, start, match.start())
        author = _name(text, match.span("name" if match["name"] else "hyphened"))
        if content and author:
            yield Post(content=content, author=author, signature=match.span(), day=_day(match))


def _headed(text: str) -> Iterator[Post]:
    """Yield the posts that begin with a header; one is no more than the line below that."""
    for match in _HEADER.finditer(text) if "@" in text else ():
        end = text.find("\n", match.end())
        content = _words(text, match.end(), len(text) if end < 0 else end)
        author = _name(text, match.span("name"))
        if content and author and not _HEADER.match(text, content[0]):
            header = (match.start("name"), match.start() + len(match.group().rstrip()))
            yield Post(content=content, author=author, signature=header)


def _words(text: str, start: int, end: int) -> Span | None:
    """Cut addresses and white space off a post; None where nothing is said, or where it runs on."""
    if end - start > 2 * _LONGEST:  # with all the addresses that may be about it
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if begun := _AT_START.match(text, start, end):
        start = begun.end()
    said = _LINKS_AT_END.sub("", text[start:end]).rstrip()
    told = len(said) <= _LONGEST and len(_WORD.findall(said)) >= _LEAST_WORDS
    return (start, start + len(said)) if told else None


def _name(text: str, span: Span) -> Span | None:
    """Cut pictures and marks off a name; the stop behind "Jr." is its own."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    return (start, end) if any(c.isalpha() for c in text[start:end]) else None


def _day(match: re.Match[str]) -> date | None:
    month = MONTH_NUMBERS[(match["month"] or match["month_last"]).rstrip(".").lower()]
    with suppress(ValueError):  # that month has no such day
        return date(int(match["year"]), month, int(match["day"] or match["day_first"]))
    return None
