"""The versions of an utterance under each other, with what differs marked: for people and as JSON.

It takes versions, a label with each, and gives lines for a terminal or a dict. What differs, and
how loudly, is worked out in `rejoinder.difference`; nothing is judged here.

The one idea: the words are the articles' own, and only braces are put in, so that it can be read
without colours too. What differs from the base stands in braces; empty braces stand where a version
has nothing for a word of the others::

    The Harbour Post, 3 March 2026
      “We will {not} close the harbour in {March}”
    The Atlantic Courier, 4 March 2026
      “We will {} close the harbour in {May}”

    What differs
     negation  The Harbour Post has “not”, The Atlantic Courier lacks it
     number    The Harbour Post has “March”, The Atlantic Courier has “May”
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from rejoinder.difference import (
    QUIET,
    Comparison,
    Difference,
    Row,
    Sort,
    Table,
    Variant,
    Version,
    compare,
)
from rejoinder.export import wording
from rejoinder.export.layout import day, outlet, printable, quoted, shortened
from rejoinder.export.terminal import measure, wrap
from rejoinder.merge.told import Carrier, Utterance
from rejoinder.model import Span, Spans
from rejoinder.text import GAP, normalise

#: Heading above the list.
DIFFERS = "What differs"
_SAME = "No differences but of form."
#: More versions than this are counted, not named.
_NAMED = 2
#: More characters than this are shown by their beginning and end.
_LONG, _EDGE = 90, 40
#: Words in which versions agree are folded where they are more characters than this on end.
_FOLD = 400
#: From this on a difference is shown as an alarm.
ALARMING = 0.7


def versions_of(told: Utterance) -> list[Version]:
    """Return the versions of an utterance as they are compared, each under its outlet and day."""
    return [Version(text=c.text, spans=c.content, label=_carried(c)) for c in told.versions]


def _carried(carrier: Carrier) -> str:
    published = day(carrier.published) if carrier.published else ""
    label = ", ".join(filter(None, (outlet(carrier.outlet, carrier.article), published)))
    gone = wording.withdrawn(carrier)
    return f"{label} ({gone})" if gone else label


def render(versions: Sequence[Version], console: Console) -> Iterator[Text]:
    """Yield the lines that show versions and their loud differences.

    Args:
        versions: At least one, in order of time, each with a label.
        console: Where it will be shown.

    Raises:
        ValueError: There are no versions.
    """
    table = compare(versions)
    width = measure(console)
    for number, version in enumerate(versions):
        yield from wrap(Text(_label(versions, number), "bold"), width)
        for line in wrap(_marked(version, _marks(table, number)), width - 2):
            yield Text.assemble("  ", line)
    if len(versions) > 1:
        yield from (Text(), Text(DIFFERS, "bold"))
        yield from _rows(versions, table, width)


def _rows(versions: Sequence[Version], table: Table, width: int) -> Iterator[Text]:
    loud = [row for row in table.rows if row.weight >= QUIET]
    column = max((len(row.sort.value) for row in loud), default=0)
    if not loud:
        yield Text(f" {_SAME}")
    for row in loud:
        told = list(wrap(Text(sentence(versions, row)), width - column - 3))
        for number, line in enumerate(told):
            name = row.sort.value if number == 0 else ""
            style = "red" if row.weight >= ALARMING else "dim"
            yield Text.assemble((f" {name:<{column}}  ", style), line)


def sentence(versions: Sequence[Version], row: Row) -> str:
    """Return a row as a sentence: "3 versions have “not”, The Post lacks it"."""
    verb = ("quotes", "quote") if row.sort is Sort.QUOTE else ("has", "have")
    told: list[str] = []
    for variant in sorted(row.variants, key=lambda variant: not _has(row, variant)):
        names = [_label(versions, number) for number in variant.versions]
        who = f"{len(names)} versions" if len(names) > _NAMED else " and ".join(names)
        if _has(row, variant):
            told.append(f"{who} {verb[len(names) > 1]} {_words(versions, variant)}")
        else:
            told.append(f"{who} {_HAS_NOT[row.sort is Sort.QUOTE][len(names) > 1]}")
    where = f" ({row.why})" if row.sort in (Sort.CUT, Sort.ADDED) else ""
    return ", ".join(told) + where


_HAS_NOT = (("lacks it", "lack it"), ("does not", "do not"))


def _has(row: Row, variant: Variant) -> bool:
    """Tell whether versions have what a row is about: the words, or quotation marks about them."""
    return variant.quoted if row.sort is Sort.QUOTE else bool(variant.words)


def _label(versions: Sequence[Version], number: int) -> str:
    return printable(versions[number].label) or f"version {number + 1}"


def _words(versions: Sequence[Version], variant: Variant) -> str:
    return shortened(quoted(versions[variant.versions[0]].text, variant.words), _LONG, _EDGE)


def marked(table: Table, number: int) -> Iterator[tuple[Span, Difference]]:
    """Yield what is marked in a version and why; an empty span where it lacks words of others."""
    for comparison in [table.comparisons[number]] if number else table.comparisons:
        for difference in comparison.differences if comparison else ():
            if difference.weight >= QUIET and difference.sort is not Sort.QUOTE:
                here, at = difference.first, difference.at[0]
                if number:
                    here, at = difference.second, difference.at[1]
                yield from ((span, difference) for span in here or ((at, at),))


def _marks(table: Table, number: int) -> list[Span]:
    """Return what is marked in a version: spans of words, and empty ones where it has none."""
    found = [span for span, _ in marked(table, number)]
    words = normalise(found)
    places = {a for a, b in found if a == b and not any(x <= a <= y for x, y in words)}
    return sorted([*words, *((at, at) for at in places)])


def _marked(version: Version, marks: Sequence[Span]) -> Text:
    """Return a version's words with braces about what is marked; long stretches between folded."""
    out = Text()
    for number, (start, end) in enumerate(version.spans):
        out.append(GAP if number else "")
        for a, b in (mark for mark in marks if start <= mark[0] and mark[1] <= end):
            out.append(_folded(version.text[start:a]))
            # The empty braces stand apart from the word before them.
            out.append(" {}" if a == b else f"{{{printable(version.text[a:b])}}}", "bold")
            start = b
        out.append(_folded(version.text[start:end]))
    return out


def _folded(text: str) -> str:
    """Return words in which versions agree; of many, those next to where they differ."""
    return shortened(printable(text), _FOLD, _FOLD // 2)


def as_dict(versions: Sequence[Version]) -> dict[str, object]:
    """Return the comparison of versions as plain data, for JSON.

    `rows` are the places at which not all agree, the loudest first; `comparisons` hold each version
    against the base, whose words come first in them. Numbers count versions from 0; spans are
    half-open pairs of code points of the version's article, None or empty where it has no words.

    Raises:
        ValueError: There are no versions.
    """
    table = compare(versions)
    return {
        "versions": [
            {"label": version.label, "spans": _pairs(version.spans)} for version in versions
        ],
        "base": 0,
        "rows": [_row(row) for row in table.rows],
        "comparisons": [
            _comparison(number, found) for number, found in enumerate(table.comparisons) if found
        ],
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "sort": row.sort.value,
        "weight": row.weight,
        "why": row.why,
        "variants": [
            {"versions": list(v.versions), "words": _pairs(v.words), "quoted": v.quoted}
            for v in row.variants
        ],
    }


def _comparison(number: int, found: Comparison) -> dict[str, object]:
    return {
        "version": number,
        "alike": round(found.alike, 3),
        "pieces": [
            {
                "kind": piece.kind.value,
                "first": list(piece.first) if piece.first else None,
                "second": list(piece.second) if piece.second else None,
            }
            for piece in found.pieces
        ],
        "differences": [_difference(difference) for difference in found.differences],
    }


def _difference(found: Difference) -> dict[str, object]:
    return {
        "sort": found.sort.value,
        "weight": found.weight,
        "why": found.why,
        "first": _pairs(found.first),
        "second": _pairs(found.second),
        "at": list(found.at),
    }


def _pairs(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]
