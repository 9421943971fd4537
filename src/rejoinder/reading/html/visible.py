"""Makes a page say what a browser shows of it: marks by markup, no layout, nothing that is hidden.

Takes a parsed page and changes it in place, before anything is read off it. It knows nothing of
articles, and of style sheets only what every browser brings along.

The one idea: a reader sees that `<q>` and `<blockquote>` quote, by marks or by where they stand, so
marks belong into the text; a page that writes its own keeps those. Pages set in other things than
quotations too (notes, offers, what they want to stand out), so a block has to be led up to by
somebody who says it. A table that says of no column what it holds, and has prose in a cell, is
there to put things beside each other.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

# An element of lxml, which carries no types.
_Element = Any

#: What a script shows when it is ready.
_WHOLE = "body"
#: Classes of blocks that are set in for another reason: posts of others, and what is repeated.
_OTHERS = re.compile(
    r"twitter|instagram|tiktok|bluesky|mastodon|reddit|fb-|embed|pull", re.IGNORECASE
)
_MARK = re.compile(r"[\"“”„«»]")
#: What no block of speech has in it: lines of a list or a table, whoever signs, other blocks.
_NO_SPEECH = (
    *("ul", "ol", "table", "h1", "h2", "h3", "h4", "br", "cite", "footer"),
    *("blockquote", "figure", "img", "video", "iframe"),
)
#: What only a table of data has.
_TELLS_COLUMNS = ("thead", "caption", "tfoot")
_DASHES = ("—", "–", "-", "―")
#: What says, in so many code points before a block, that it is somebody's words.
_REPORTS = re.compile(
    r"\b(?:said|says|told|stated|announced|wrote|writes|posted|tweeted|added|reads?|statement)\b"
)
_LEAD = 40
#: So many blocks of a page are looked at.
_MOST_BLOCKS = 100
#: So many words in a cell are prose, and so many of a table's more than a box with a quotation.
_PROSE, _MORE_THAN_A_BOX = 12, 45
_OPENED = re.compile(r"[\"“„«‘']\Z")
_OPENS = re.compile(r"\s*[\"“„«]")


def as_shown(tree: _Element) -> None:
    """Drop what is hidden in `tree`, undo its layout, and put marks around what is quoted in it."""
    for element in tuple(tree.iterdescendants("*")):
        if _is_hidden(element):
            element.drop_tree()
    for table in tuple(tree.iterdescendants("table")):
        _undo_layout(table)
    # From the last to the first: what stands within another has to find it still there.
    for quote in reversed(tuple(tree.iterdescendants("q"))):
        _spell_out(quote)
    for block in tuple(islice(tree.iterdescendants("blockquote"), _MOST_BLOCKS)):
        if not _OTHERS.search(block.get("class", "")):
            _unframe(block, tree)
            if _is_led_up_to(block):
                _set_in_marks(block)


def _is_hidden(element: _Element) -> bool:
    if element.tag == "template":
        return "shadowrootmode" not in element.attrib  # with that it is shown in its place
    # What is hidden "until-found" is folded up, and opens when it is looked for.
    folded = element.get("hidden", "until-found") == "until-found"
    return not folded and bool(element.tag != _WHOLE)


def _undo_layout(table: _Element) -> None:
    """Make plain blocks of the cells of a table that is there for layout alone."""
    groups = tuple(table.iterchildren("tbody"))
    rows = tuple(row for part in (table, *groups) for row in part.iterchildren("tr"))
    cells = tuple(cell for row in rows for cell in row.iterchildren("td"))
    words = (len(cell.text_content().split()) for cell in cells)
    of_data = any(True for part in (table, *rows) for _ in part.iterchildren("th", *_TELLS_COLUMNS))
    if not of_data and sum(n for n in words if n >= _PROSE) >= _MORE_THAN_A_BOX:
        for part in (table, *groups, *rows, *cells):
            part.tag = "div"


def _spell_out(quote: _Element) -> None:
    """Put marks in place of a `<q>`, single ones within another, unless the page has its own."""
    said = quote.text_content()
    if said.strip() and not _OPENS.match(said) and not _OPENED.search(_before(quote)):
        within = sum(1 for _ in quote.iterancestors("q"))
        opening, closing = "‘’" if within % 2 else "“”"
        quote.text = opening + (quote.text or "").lstrip()
        _append(quote, closing)
    quote.drop_tag()


def _unframe(block: _Element, tree: _Element) -> None:
    """Make plain blocks of a figure around a quotation, which would be taken for a picture.

    Not of one that only says again what stands in the page, for people to look at.
    """
    figure = block.getparent()
    if figure.tag != "figure" or _OTHERS.search(figure.get("class", "")):
        return
    if " ".join(tree.text_content().split()).count(" ".join(block.text_content().split())) == 1:
        figure.tag = "div"
        for caption in figure.iterchildren("figcaption"):
            caption.tag = "p"


def _is_led_up_to(block: _Element) -> bool:
    """Tell whether a block without marks is somebody's words, by what stands before it."""
    other = any(True for _ in block.iterdescendants(*_NO_SPEECH))
    if other or _MARK.search(block.text_content()):
        return False
    place = block
    while not _before(place).strip() and place.getprevious() is None:
        place = place.getparent()
        if place is None:
            return False
    lead = _before(place).strip() or place.getprevious().text_content().strip()
    return lead.endswith(":") or _REPORTS.search(lead[-_LEAD:]) is not None


def _set_in_marks(block: _Element) -> None:
    """Open each paragraph of a block with a mark, and close the last, as papers do."""
    parts = [part for part in block.iterdescendants("p") if part.text_content().strip()] or [block]
    if len(parts) > 1 and parts[-1].text_content().lstrip().startswith(_DASHES):
        parts.pop()  # whose words they are
    for part in parts:
        part.text = "“" + (part.text or "").lstrip()
    _append(parts[-1], "”")


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
