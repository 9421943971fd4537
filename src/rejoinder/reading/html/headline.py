"""What a page states of itself, as it is meant: its headline without its outlet, and the outlet.

Takes what the page says that it is called (its title, that for others to share), the headlines that
stand on it, and what trafilatura made of them; gives headline and outlet. It reads no text.

The one idea: "A row | World | The Post" may be divided in any way, and "Norway - Iceland talks" in
none. So a title is divided only where one side of the bar stands on the page as a headline, or is
the outlet's known name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

_BAR = re.compile(r"\s+(?:[|–—·•»-]|::)\s+")
#: An outlet's name has no more words.
_WORDS = 6
#: A title of more code points is not divided.
_LONGEST = 500
#: What stands where an outlet's name does, and is none.
# fmt: off
_SECTIONS = frozenset((
    "world", "news", "world news", "uk news", "us news", "latest news", "breaking news",
    "latest", "home", "front page", "politics", "opinion", "comment", "analysis", "business",
    "economy", "sport", "sports", "culture", "europe", "asia", "africa", "middle east",
    "americas", "us", "uk", "international", "national", "local", "video", "videos", "live",
    "live updates", "live blog", "gallery", "photos", "pictures", "podcast", "editorial",
    "letters", "features", "exclusive", "in pictures",
))
# fmt: on


def headline_and_outlet(
    title: str | None,
    outlet: str | None,
    *,
    called: Sequence[str],
    headlines: Sequence[str],
    nobody: Collection[str],
) -> tuple[str | None, str | None]:
    """Return the headline and the outlet of a page.

    Args:
        title: What was taken for the headline; it may have the outlet's name at its end.
        outlet: What was taken for the outlet.
        called: What the page says that it is called.
        headlines: What stands on the page as a headline.
        nobody: Names that are no outlet's (an author's), or stand for one at best (its host), as
            they are written.
    """
    known = None if outlet in nobody else outlet
    # What stands on the page goes before what was taken for the headline.
    pairs = list(_divided(called, headlines)) or list(_divided(called, [title] if title else []))
    head = next((head for head, _ in pairs), None)
    known = known or next((name for _, name in pairs if name and name not in nobody), None)
    if title and head and (title == known or _go_together(title.casefold(), head.casefold())):
        title = head
    return _without(title, known), known or outlet


def _divided(called: Sequence[str], headlines: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the headlines that titles are or hold, each with the outlet named beside it."""
    heads = {head.casefold(): head for head in headlines}
    for title in called:
        if head := heads.get(title.casefold()):
            yield head, None
        for before, after in _about_bars(title):
            if head := heads.get(before.casefold()):
                yield head, _outlet(_BAR.split(after)[::-1])
            elif head := heads.get(after.casefold()):
                yield head, _outlet(_BAR.split(before))


def _about_bars(title: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each bar of a title."""
    for bar in _BAR.finditer(title) if len(title) <= _LONGEST else ():
        yield title[: bar.start()], title[bar.end() :]


def _outlet(names: Sequence[str]) -> str | None:
    """Return the first of names that may be an outlet's."""
    return next((n for n in names if n.casefold() not in _SECTIONS and _is_name(n)), None)


def _is_name(words: str) -> bool:
    return 0 < len(words.split()) <= _WORDS and not words.endswith(("?", "!", "…", "”"))


def _go_together(title: str, head: str) -> bool:
    """Tell whether one is the other with more at one end."""
    return title != head and (
        title.startswith(head) or title.endswith(head) or head.startswith(title)
    )


def _without(title: str | None, outlet: str | None) -> str | None:
    """Take an outlet's name and the bar beside it off a title."""
    if title is None or outlet is None:
        return title
    for before, after in _about_bars(title):
        if after.casefold() == outlet.casefold():
            return before
        if before.casefold() == outlet.casefold():
            return after
    return title
