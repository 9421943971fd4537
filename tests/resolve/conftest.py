"""Reports with marks: who is named, who says what, in the text itself.

A report is lines. `| ` begins a paragraph, two spaces go on with it. A line holds at most one
attribution, and one more within its content. In a line:

    [source] {cue} <content> ^target^     the parts of an attribution
    *person* _organisation_ ~place~       names

"[*Ann Vale*] {said} <she would stay>."
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from rejoinder.extract.mentions import gather
from rejoinder.model import Act, Article, Attribution, Extraction, Mention, NameType, Span, Spans

#: A word, the words of an earlier mention, and how likely the two mean the same.
Link = tuple[str, str, float]
Reported = Callable[..., tuple[Article, Extraction]]

_MARKS = re.compile(r"[\[\]{}<>^*_~]")
_CLOSED_BY = {"[": "]", "{": "}", "<": ">", "^": "^", "*": "*", "_": "_", "~": "~"}
_PARTS = {"[": "source", "{": "cue", "<": "content", "^": "target"}
_TYPES = {"*": NameType.PERSON, "_": NameType.ORGANISATION, "~": NameType.PLACE}


@pytest.fixture(scope="session")
def reported() -> Reported:
    """Return a reader of reports with marks."""
    return _reported


def _reported(
    report: str, *, links: Iterable[Link] = (), published: date | None = None
) -> tuple[Article, Extraction]:
    """Read a report with marks; `links` go from the last mention that is a word."""
    text = ""
    attributions: list[Attribution] = []
    names: list[tuple[Span, NameType]] = []
    for line in report.strip("\n").splitlines():
        text += ("\n" if line.startswith("| ") else " ") if text else ""
        marks = list(_marks(line[2:], len(text)))
        names += [(span, _TYPES[mark]) for mark, _, span in marks if mark in _TYPES]
        attributions += _attributions(marks)
        text += _MARKS.sub("", line[2:])
    article = Article(id="a", text=text, published=published)
    mentions = gather(article, names, attributions)
    for link in links:
        mentions = _linked(text, mentions, link)
    return article, Extraction(attributions=tuple(attributions), mentions=tuple(mentions))


def _marks(line: str, offset: int) -> Iterator[tuple[str, int, Span]]:
    """Yield what is marked in a line: the opening mark, within how many contents, and the span."""
    opened: list[tuple[str, int]] = []
    for passed, match in enumerate(_MARKS.finditer(line)):
        mark, here = match.group(), offset + match.start() - passed
        if opened and mark == _CLOSED_BY[opened[-1][0]]:
            mark, start = opened.pop()
            yield mark, sum(outer == "<" for outer, _ in opened), (start, here)
        else:
            assert mark in _CLOSED_BY, f"{mark} closes nothing: {line}"
            opened.append((mark, here))
    assert not opened, f"{opened[-1][0]} is never closed: {line}"


def _attributions(marks: Iterable[tuple[str, int, Span]]) -> list[Attribution]:
    """Make one attribution of the parts at each depth."""
    found: dict[int, dict[str, Spans]] = {}
    for mark, depth, span in marks:
        if mark in _PARTS:
            parts = found.setdefault(depth, {"source": (), "cue": (), "content": ()})
            parts[_PARTS[mark]] = (*parts.get(_PARTS[mark], ()), span)
    return [
        Attribution(
            source=parts["source"],
            cue=parts["cue"],
            content=parts["content"],
            # What only asserts is aimed at nobody.
            act=Act.REQUEST if "target" in parts else Act.ASSERT,
            aims=tuple((span, 0.9) for span in parts.get("target", ())),
        )
        for parts in found.values()
    ]


def _linked(text: str, mentions: list[Mention], link: Link) -> list[Mention]:
    """Let the last mention that is `word` refer to the first that is `name`."""
    word, name, chance = link
    words = [text[slice(*mention.span)] for mention in mentions]
    at = max(i for i, w in enumerate(words) if w == word)
    antecedents = (*mentions[at].antecedents, (words.index(name), chance))
    ranked = tuple(sorted(antecedents, key=lambda pair: -pair[1]))
    return [*mentions[:at], replace(mentions[at], antecedents=ranked), *mentions[at + 1 :]]
