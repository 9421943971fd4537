"""Keeps what the posts of a live page state of themselves apart from what the page states.

Takes a parsed page. `is_live` tells whether it is such a page; `drop_updates` takes the posts out
of the page's JSON-LD in place, so that none of their headlines and authors passes for the page's;
`without_times` gives the page without the times above its posts. The posts themselves stay where
and as they are.

The one idea: a live page goes on for days. Where its posts are of several, none of these is its
own, and only what its head, its JSON-LD or its address says is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import copy
from typing import Any

from rejoinder.reading.html.other_reports import titles_of

# An element of lxml, which carries no types.
_Element = Any

_TYPE = "LiveBlogPosting"
_UPDATES = "liveBlogUpdate"
# "Talks in Oslo: live updates", "Talks in Oslo – live", "Live: talks in Oslo", "… as it happened"
_CALLED = re.compile(
    r"\blive[ -]?(?:blog|updates?|coverage)\b|\bas it happened\b|[–—|-] live(?= *(?:[–—|-]|\Z))"
    r"|\Alive ?[:–—|-]",
    re.IGNORECASE,
)


def is_live(tree: _Element) -> bool:
    """Tell whether a page is a live one, by its JSON-LD, its markup or its title."""
    typed = any(_TYPE in (script.text or "") for script in _told(tree))
    marked = bool(tree.xpath(f".//*[contains(@itemtype, '{_TYPE}')]"))
    return typed or marked or any(_CALLED.search(title) for title in titles_of(tree))


def drop_updates(tree: _Element) -> None:
    """Take the posts out of what a page's JSON-LD says of it."""
    for script in _told(tree):
        if _UPDATES in (script.text or ""):
            try:
                told = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
            for item in _items(told):
                item.pop(_UPDATES, None)
            script.text = json.dumps(told)


def without_times(tree: _Element) -> _Element:
    """Return a page without the times on it, where it is a live one and they are of several days.

    Any other page is returned as it is.
    """
    days = {time.get("datetime", "")[:10] for time in tree.iterdescendants("time")} - {""}
    if len(days) < 2 or not is_live(tree):
        return tree
    found = copy(tree)
    for time in tuple(found.iterdescendants("time")):
        time.drop_tree()
    return found


def _told(tree: _Element) -> Iterator[_Element]:
    return (s for s in tree.iterdescendants("script") if s.get("type") == "application/ld+json")


def _items(told: object) -> list[dict[str, Any]]:
    """Return the objects that JSON-LD is made of: one, several, or those of a graph."""
    found = [
        item for item in (told if isinstance(told, list) else [told]) if isinstance(item, dict)
    ]
    graphs = [graph for item in found if isinstance(graph := item.get("@graph"), list)]
    return found + [item for graph in graphs for item in graph if isinstance(item, dict)]
