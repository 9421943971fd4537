"""A report as it sounds: without the characters and marks in it that nobody sees.

Takes an article, gives one whose text lacks soft hyphens, blanks without width and Markdown's marks
within a line, has each accent in one character with its letter, and goes on where a line was only
broken at a width (`rejoinder.wrapped`); `Bared.restored` puts what was found in that back to where
it stands in the report. Pure; whole lines of Markdown (headings, lists,
images) are no matter of this.

The one idea: the text of an article never changes, and yet no rule about names, offices or
quotations has to know what may stand in the middle of a word. Whatever is printed of a name comes
from the bare text, whatever is quoted from the report itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.model import Article, Framing, Reading, Reply, Span, Spans, Statement
from rejoinder.text import normalise, within
from rejoinder.wrapped import breaks, unwrapped

#: Where a word may be parted, where it may not, and which way it runs; a byte-order mark.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]+")
#: A letter and the accents that follow it as characters of their own.
_ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
#: Marks of Markdown in pairs, on one line. A star within a word stands for a letter ("f***"), and
#: one with a blank behind it is a bullet, or times; nor is an address or a handle emphatic.
_PAIRED = (
    re.compile(r"(?<![\w*\\])(\*{2,3})(?=[^\s*])(?:(?!\*\*).){1,500}?(?<=[^\s*\\])(\1)(?!\*)"),
    re.compile(r"(?<![\w*\\])(\*)(?=[^\s*])[^*\n]{1,500}?(?<=[^\s*\\])(\*)(?![\w*])"),
    re.compile(r"(?<![\w/@\\])(_{1,2})(?=[^\s_])[^_\n]{1,500}?(?<=[^\s_\\])(\1)(?![\w@])"),
    re.compile(
        r"(?<![!\\])(\[)[^\[\]\n]{1,300}"
        r"(\]\([^\s()]{0,500}[./#][^\s()]{0,500}(?:\([^\s()]{0,100}\))?(?: \"[^\"\n]{0,200}\")?\))"
    ),
)

#: Where the mark stands that opens, and where the one that closes.
_Pair = tuple[Span, Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bared:
    """An article without what nobody sees in it, and where each of its characters stands."""

    #: As it is read.
    article: Article
    #: As it is.
    whole: Article
    #: For each character of the bare text, first code point and one past the last in the whole one.
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    #: Pairs of marks in the whole text, by where the first ends and by where the second begins.
    opening: Mapping[int, _Pair]
    closing: Mapping[int, _Pair]

    def restored(self, reading: Reading) -> Reading:
        """Put what was found in the bare article back to where it stands in the whole one."""
        return replace(
            reading,
            article=self.whole,
            statements=tuple(map(self._statement, reading.statements)),
            replies=tuple(map(self._reply, reading.replies)),
            framings=tuple(map(self._framing, reading.framings)),
        )

    def _statement(self, statement: Statement) -> Statement:
        how = statement.resolution
        return replace(
            statement,
            source=self._spans(statement.source),
            cue=self._spans(statement.cue),
            content=self._spans(statement.content),
            occasion=self._spans(statement.occasion),
            via=self._spans(statement.via),
            replying=tuple((self._spans(cue), chance) for cue, chance in statement.replying),
            resolution=how and replace(how, chain=self._spans(how.chain)),
        )

    def _reply(self, reply: Reply) -> Reply:
        return replace(reply, answers=self._spans(reply.answers), signal=self._spans(reply.signal))

    def _framing(self, framing: Framing) -> Framing:
        return replace(framing, thing=self._spans(framing.thing), label=self._spans(framing.label))

    def _spans(self, spans: Spans) -> Spans:
        return tuple(self._paired(self.starts[start], self.ends[end - 1]) for start, end in spans)

    def _paired(self, start: int, end: int) -> Span:
        """Take in the marks right at the ends of a span whose partners are in it."""
        while (pair := self.closing.get(end)) and start <= pair[0][0]:
            end = pair[1][1]
        while (pair := self.opening.get(start)) and pair[1][1] <= end:
            start = pair[0][0]
        return start, end


def bare(text: str) -> str:
    """Return a text without what nobody sees in it."""
    return "".join(words for _, words in _kept(text))


def bared(article: Article) -> Bared | None:
    """Return an article without what nobody sees in it; None where there is nothing of that."""
    text = bare(article.text)
    if text in ("", article.text):
        return None
    starts: list[int] = []
    ends: list[int] = []
    for (start, end), words in _kept(article.text):
        same = len(words) == end - start  # else letters with their accents
        starts.extend(range(start, end) if same else [start] * len(words))
        ends.extend(range(start + 1, end + 1) if same else [end] * len(words))
    left = replace(
        article,
        text=text,
        furniture=_moved(article.furniture, starts),
        headings=_moved(article.headings, starts),
    )
    pairs = list(_pairs(unwrapped(article.text)))
    return Bared(
        article=left,
        whole=article,
        starts=tuple(starts),
        ends=tuple(ends),
        opening={pair[0][1]: pair for pair in pairs},
        closing={pair[1][0]: pair for pair in pairs},
    )


def _moved(spans: Spans, starts: Sequence[int]) -> Spans:
    """Return where spans of the whole text are in the bare one."""
    return normalise((bisect_left(starts, a), bisect_left(starts, b)) for a, b in spans)


def _kept(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the parts of a text in order, each with what is seen of it."""
    broken = breaks(text)
    spans = [found.span for found in broken]
    unseen = normalise((*_unseen(unwrapped(text)), *spans))
    position = 0
    for start, end in (*unseen, (len(text), len(text))):
        for match in _ACCENTED.finditer(text, position, start):
            yield (position, match.start()), text[position : match.start()]
            yield match.span(), unicodedata.normalize("NFC", match.group())
            position = match.end()
        yield (position, start), text[position:start]
        here = within(spans, (start, end))
        yield (start, end), "".join(broken[number].seen for number in here)
        position = end


def _unseen(text: str) -> Iterator[Span]:
    yield from (match.span() for match in _UNSEEN.finditer(text))
    for pair in _pairs(text):
        yield from pair


def _pairs(text: str) -> Iterator[_Pair]:
    for pair in _PAIRED:
        for match in pair.finditer(text):
            yield match.span(1), match.span(2)
