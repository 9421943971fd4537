"""Makes a page say what a browser shows of it: quotation marks by markup, nothing that is hidden.

Takes a parsed page and changes it in place, before anything is read off it. It knows nothing of
articles, and of style sheets only what every browser brings along.

The one idea: a reader sees the marks that a browser puts around `<q>`, so they belong into the
text; a page that writes its own keeps those.
"""

from __future__ import annotations

import re
from typing import Any

# An element of lxml, which carries no types.
_Element = Any

#: What a script shows when it is ready.
_WHOLE = "body"
_OPENED = re.compile(r"[\"“„«‘']\Z")
_OPENS = re.compile(r"\s*[\"“„«]")


def as_shown(tree: _Element) -> None:
    """Drop what is hidden in `tree`, and put marks around what is quoted in it."""
    for element in tuple(tree.iterdescendants("*")):
        if _is_hidden(element):
            element.drop_tree()
    # From the last to the first: what stands within another has to find it still there.
    for quote in reversed(tuple(tree.iterdescendants("q"))):
        _spell_out(quote)


def _is_hidden(element: _Element) -> bool:
    if element.tag == "template":
        return "shadowrootmode" not in element.attrib  # with that it is shown in its place
    # What is hidden "until-found" is folded up, and opens when it is looked for.
    folded = element.get("hidden", "until-found") == "until-found"
    return not folded and bool(element.tag != _WHOLE)


def _spell_out(quote: _Element) -> None:
    """Put marks in place of a `<q>`, single ones within another, unless the page has its own."""
    said = quote.text_content()
    if said.strip() and not _OPENS.match(said) and not _OPENED.search(_before(quote)):
        within = sum(1 for _ in quote.iterancestors("q"))
        opening, closing = "‘’" if within % 2 else "“”"
        quote.text = opening + (quote.text or "").lstrip()
        _append(quote, closing)
    quote.drop_tag()


def _append(element: _Element, words: str) -> None:
    """Put `words` behind all that an element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + words
    else:
        element.text = (element.text or "").rstrip() + words


def _before(element: _Element) -> str:
    """Return the text right before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or ""
    return "" if parent is None else parent.text or ""
