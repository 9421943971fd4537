"""Takes other reports out of a page, so that none is read as part of the one it was asked for.

Takes a parsed page and changes it in place, before anything is read off it: what goes are reports
that a page goes on with as one scrolls, and teasers that are marked up as reports. A live page,
whose posts may be marked up so too, is not for it.

The one idea: a page has the title of its report. Whichever headline stands in that title is the
report's, and another headline has a report of its own if each of the two stands in an element for
one.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

# An element of lxml, which carries no types.
_Element = Any

#: So many headlines of a page are looked at.
_MOST_HEADS = 100
#: With fewer words, what stands around the page's headline may be but the top of its report.
_TOP = 60
#: A headline with fewer words may stand in a title by chance.
_FEWEST_WORDS = 2
_TITLES = ("og:title", "twitter:title")
# "article", "story-body", "post_content"
_CLASS = re.compile(
    r"(?:^|\s)(?:article|story|post)(?:[-_](?:body|content|wrapper|container|page|item))?(?:\s|$)"
)
_ITEM = re.compile(r"schema\.org/\w*Article\b")


def drop_others(tree: _Element) -> None:
    """Drop the reports of `tree` that have a headline of their own, but for the page's."""
    heads = tuple(islice(tree.iterdescendants("h1", "h2", "h3", "h4"), _MOST_HEADS))
    titles = tuple(title.casefold() for title in titles_of(tree))
    named = [head for head in heads if head.tag == "h1" and _is_named(head, titles)]
    main = max(named, key=lambda head: len(head.text_content()), default=None)
    for head in heads if main is not None else ():
        report = None if head in named else _report_of(head, apart_from=main)
        if report is not None and _stands_apart(main, head, report):
            report.drop_tree()


def _stands_apart(main: _Element, head: _Element, report: _Element) -> bool:
    """Tell whether the page's headline has a report without that of another headline."""
    own = _report_of(main, apart_from=head)
    if own is None or head.tag == "h1":
        return own is not None
    return report.tag == "article" and len(own.text_content().split()) >= _TOP


def titles_of(tree: _Element) -> list[str]:
    """Return what a page says that it is called, white space collapsed."""
    found = [title.text_content() for title in tree.iterfind(".//head/title")]
    for meta in tree.iterfind(".//head/meta[@content]"):
        if {meta.get("property"), meta.get("name")} & {*_TITLES}:
            found.append(meta.get("content"))
    return [" ".join(title.split()) for title in found]


def _is_named(head: _Element, titles: tuple[str, ...]) -> bool:
    """Tell whether a headline stands in a title, all small."""
    words = head.text_content().casefold().split()
    return len(words) >= _FEWEST_WORDS and any(" ".join(words) in title for title in titles)


def _report_of(head: _Element, *, apart_from: _Element) -> _Element | None:
    """Return the outermost element of a report around one headline, and not around another."""
    around, found = set(apart_from.iterancestors()), None
    for element in head.iterancestors():
        if element in around:
            return found
        if element.tag == "article" or _is_marked(element):
            found = element
    return None  # it went with another


def _is_marked(element: _Element) -> bool:
    item = _ITEM.search(element.get("itemtype", ""))
    return bool(item or _CLASS.search(element.get("class", "")))
