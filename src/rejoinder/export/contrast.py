"""By which words two sides differ, for people and as values for JSON: every number with its places.

Takes a `Contrast` and gives lines for a terminal, or plain values; what pages need of a use, the
sentence that it stands in, is here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from rejoinder import text as texts
from rejoinder.export import layout, terminal
from rejoinder.merge.contrast import MOST, SURE, Contrast, Contrasted, Use

#: What is compared and how, for whoever looks at the numbers.
RULE = (
    f"Of each side the latest {MOST} utterances are compared. "
    "Each utterance counts once, with its quoted words in the version that quotes most; where none "
    "quotes it, with the report's words for it. Stop words, names of those who speak or are spoken "
    "of, and words for states are left out. z: weighted log-odds with an informative Dirichlet "
    f"prior (Monroe, Colaresi and Quinn 2008); beyond {SURE} either way hardly chance, for a term "
    "looked at alone."
)
#: The same for whoever reads a page or a terminal.
_COMPARED = RULE.partition(" z: ")[0]
PLAIN = (
    f"{_COMPARED} “Far more by” one side: a difference that is hardly chance, for a term looked at "
    "alone; all others may be chance."
)
#: From here on a difference that may be chance is worth a look.
_SOME = 1.0
#: So many characters of a sentence are shown on either side of a term.
_AROUND = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A use in its sentence."""

    utterance: int
    before: str
    term: str
    after: str


def place(use: Use) -> Place:
    """Return the sentence of a use, cut where words part if it is long."""
    start, end = use.span
    bounds = texts.sentences(use.words)
    first, last = bounds[texts.at(bounds, start)][0], bounds[texts.at(bounds, end - 1)][1]
    before, after = use.words[first:start], use.words[end:last].rstrip()
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return Place(utterance=use.utterance, before=before, term=use.words[start:end], after=after)


def lean(term: Contrasted, sides: tuple[str, str]) -> str:
    """Say by whom a term is used more, and whether that may be chance."""
    more, less = sides if term.z > 0 else sides[::-1]
    if term.sure:
        return f"said far more by {more} than by {less}"
    return f"said more by {more}, maybe by chance" if abs(term.z) >= _SOME else "may well be chance"


def lines(found: Contrast, console: Console, *, most: int = 8) -> Iterator[Text]:
    """Yield what sets either side apart, each term with its counts and one sentence."""
    width = terminal.measure(console)
    yield Text("What sets their words apart", "bold")
    for number, side in enumerate(found.sides):
        name = layout.printable(side)
        yield Text.assemble(f" {name}", (f" · {size(found, number)}", "dim"))
        for term in found.leading(number, most):
            yield from _line(term, found.sides, side=number, width=width)
    yield from terminal.wrap(Text(f"{PLAIN} --json has the numbers.", "dim"), width)


def size(found: Contrast, side: int) -> str:
    """Say how much of a side is compared, and how much of that is quoted."""
    said, whole = found.said[side], found.whole[side]
    told = layout.count(said, "utterance")
    if whole > said:
        told = f"the latest {said:,} of {layout.count(whole, 'utterance')}"
    return f"{told}, {found.quoted[side]} of them quoted"


def counts(term: Contrasted, sides: tuple[str, str]) -> str:
    """Say in how many utterances of either side a term is: "Iceland 4, Portugal 1"."""
    return layout.printable(f"{sides[0]} {len(term.one)}, {sides[1]} {len(term.other)}")


def _line(term: Contrasted, sides: tuple[str, str], *, side: int, width: int) -> Iterator[Text]:
    mine = term.other if side else term.one
    told = f" · {counts(term, sides)} · {layout.printable(lean(term, sides))}"
    head = Text.assemble((layout.printable(term.term), "bold"), (told, "dim"))
    for number, row in enumerate(terminal.wrap(head, width - 5)):
        yield Text.assemble("   " if not number else "     ", row)
    if mine:
        shown = place(mine[0])
        words = layout.printable(f"{shown.before}{shown.term}{shown.after}")
        for row in terminal.wrap(Text(f"{words} (u{shown.utterance})"), width - 5):
            yield Text.assemble(" " * 5, row)


def values(found: Contrast, *, most: int = 50) -> dict[str, Any]:
    """Return the terms that set either side apart most as plain values for JSON."""
    terms = (*found.leading(0, most), *reversed(found.leading(1, most)))
    return {
        "sides": list(found.sides),
        "utterances": list(found.said),
        "in_all": list(found.whole),
        "quoted": list(found.quoted),
        "rule": RULE,
        "terms": [
            {
                "term": term.term,
                "z": round(term.z, 4),
                "log_odds": round(term.odds, 4),
                "uses": [[_use(use) for use in uses] for uses in (term.one, term.other)],
            }
            for term in terms
        ],
    }


def _use(use: Use) -> dict[str, Any]:
    return {"utterance": f"u{use.utterance}", "words": use.words, "span": list(use.span)}
