"""Which reports carry the same words: near duplicates, agency copy, excerpts.

Takes articles; gives a `Carrier` for each (all that is compared) and, for two of them, a `Copy` or
None. Which two are worth comparing is for the record to find; it does so by `anchors`. Nothing here
knows what the words say.

The one idea: two reports share what they have in common in runs of five words. A run is a number,
so a report is a set of numbers, and how much of a report stands in another is counted exactly. Of
every 24 runs that follow on each other, the lowest is an anchor: where two reports share 28 words
in a row, they share an anchor, however long the rest of either is. (Signatures of a whole text, as
MinHash makes them, miss a short excerpt of a long report.) The numbers go into records that are
kept for years, so how they are made is written out here and may not change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import TypeVar

from rejoinder.agencies import Credit, agency_of, credits
from rejoinder.model import Article, Spans
from rejoinder.text import host, unaccented, without

#: Words in a run: fewer are often shared by chance, more are broken by every edit.
RUN = 5
#: Runs of which one is an anchor.
WINDOW = 24
#: Of the fewer anchors that either of two reports has, this part has to be shared for them to be
#: compared; of reports that half share their words it never was less.
WORTH = 0.25
#: Reports that share fewer runs are not compared: what they have in common is a phrase.
LEAST = 30
#: How much of a report has to stand in an earlier one for it to be a copy; less is enough where an
#: agency is credited. Chosen on pairs that were read: `copies` in docs/benchmarks.md.
COPIED, CREDITED = 0.8, 0.5
#: An excerpt and an agency's words appear within so many days. Reports that share a part and lie
#: further apart share a box: a gallery of pictures, a biography.
DAYS = 7
_WORD = re.compile(r"\w+")
# Odd numbers that mix bits well, from the fractional part of the golden ratio and of roots.
_ORDER = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9

Key = TypeVar("Key", bound=Hashable)


class CopyKind(StrEnum):
    """In what way a report carries the words of another."""

    #: Nearly identical: seen again, or published again.
    SAME = "same"
    #: Another outlet carries an agency's words.
    WIRE = "wire"
    #: A part of the other.
    EXCERPT = "excerpt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How many runs two reports share, and which part that is of either."""

    shared: int
    #: Of the later one, and of the earlier one.
    later: float
    earlier: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """That the later of two reports carries the words of the earlier, and why that is said."""

    kind: CopyKind
    overlap: Overlap
    #: The agency whose words they are, for a wire copy.
    agency: str | None = None
    #: Where the later one credits it, and where the earlier one does; in the text of either. Empty
    #: where its outlet or author does.
    credit: Spans = ()
    credit_of: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A report as it is compared with others."""

    published: date | None
    #: Folded name, and host.
    outlet: str | None
    host: str | None
    #: Numbers of its runs of words, furniture left out.
    runs: frozenset[int]
    anchors: frozenset[int]
    credits: tuple[Credit, ...]
    #: Carriers are told in this order: by date, the agency itself first, the longest first; then
    #: by what does not depend on which was found first.
    place: tuple[date, bool, int, str]


def carrier(article: Article) -> Carrier:
    """Work out all that is compared of a report."""
    listed = runs(bare_words(article))
    facts = [article.title, article.text, article.outlet, article.url]
    digest = blake2b(json.dumps(facts).encode(), digest_size=16).hexdigest()
    own = agency_of(article.outlet) is not None
    distinct = frozenset(listed)
    return Carrier(
        published=article.published,
        outlet=article.outlet.casefold().strip() if article.outlet else None,
        host=host(article.url),
        runs=distinct,
        anchors=anchors(listed),
        credits=credits(article),
        place=(article.published or date.max, not own, -len(distinct), digest),
    )


def bare_words(article: Article) -> list[str]:
    """List the words of a report without furniture, case and accents."""
    kept = without(article.text, article.furniture, gap="\n")
    return _WORD.findall(unaccented(kept).casefold())


def runs(words: Sequence[str]) -> list[int]:
    """Number every run of five words, in reading order; numbers are signed, of 64 bits."""
    import numpy as np

    if len(words) < RUN:
        return []
    known = {word: _number(word) for word in set(words)}
    each = np.array([known[word] for word in words], dtype=np.uint64)
    count = len(words) - RUN + 1
    found = np.zeros(count, dtype=np.uint64)
    for i in range(RUN):
        found = found * np.uint64(_ORDER) + each[i : i + count]
    found ^= found >> np.uint64(31)
    found *= np.uint64(_MIX)
    found ^= found >> np.uint64(29)
    return [int(number) for number in found.view(np.int64).tolist()]


def anchors(listed: Sequence[int]) -> frozenset[int]:
    """Choose the runs by which a report is found: the lowest of all that stand in a window."""
    import numpy as np

    if len(listed) <= WINDOW:
        return frozenset([min(listed)]) if listed else frozenset()
    windows = np.lib.stride_tricks.sliding_window_view(np.array(listed, dtype=np.int64), WINDOW)
    return frozenset(np.unique(windows.min(axis=1)).tolist())


def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def worth_comparing(shared: int, mine: int, theirs: int) -> bool:
    """Tell by the number of anchors, shared and of either, whether two reports may be copies."""
    return shared > 0 and shared >= WORTH * min(mine, theirs)


def overlap(later: Carrier, earlier: Carrier) -> Overlap:
    """Count what two reports share."""
    shared = len(later.runs & earlier.runs)
    return Overlap(
        shared=shared,
        later=shared / (len(later.runs) or 1),
        earlier=shared / (len(earlier.runs) or 1),
    )


def copied(later: Carrier, earlier: Carrier) -> Copy | None:
    """Decide whether a report carries the words of an earlier one, and in what way.

    Only what is mostly in the earlier one is a copy of it: a report that goes on where another
    stopped has words of its own, which nobody would count if it were left out.
    """
    found = overlap(later, earlier)
    if found.shared < LEAST:
        return None
    near = _days_apart(later, earlier) <= DAYS
    agency = _agency(later, earlier) if near and _elsewhere(later, earlier) else None
    if agency and found.later >= CREDITED:
        return Copy(
            kind=CopyKind.WIRE,
            overlap=found,
            agency=agency,
            credit=_spans(later, agency),
            credit_of=_spans(earlier, agency),
        )
    if found.later < COPIED:
        return None
    if found.earlier >= COPIED:
        return Copy(kind=CopyKind.SAME, overlap=found)
    return Copy(kind=CopyKind.EXCERPT, overlap=found) if near else None


def heads(originals: Mapping[Key, Key]) -> dict[Key, Key]:
    """Follow each copy to the first of its chain.

    Args:
        originals: Of each copy, what it copies; no chain may come back to itself.
    """
    found: dict[Key, Key] = {}
    for key in originals:
        chain = [key]
        while (last := chain[-1]) in originals and last not in found:
            chain.append(originals[last])
        head = found.get(chain[-1], chain[-1])
        found.update(dict.fromkeys(chain[:-1], head))
    return found


def _days_apart(later: Carrier, earlier: Carrier) -> int:
    """Count the days between two reports; none where a date is missing."""
    if later.published is None or earlier.published is None:
        return 0
    return abs((later.published - earlier.published).days)


def _agency(later: Carrier, earlier: Carrier) -> str | None:
    """Return the agency that both credit, else the first that either does."""
    here, there = ([c.agency for c in carrier.credits] for carrier in (later, earlier))
    both = [agency for agency in here if agency in there]
    return next(iter((*both, *here, *there)), None)


def _spans(found: Carrier, agency: str) -> Spans:
    return tuple(c.span for c in found.credits if c.agency == agency and c.span)


def _elsewhere(later: Carrier, earlier: Carrier) -> bool:
    """Tell whether two reports are known to be of different outlets."""
    if later.outlet and earlier.outlet:
        return later.outlet != earlier.outlet
    return bool(later.host and earlier.host) and later.host != earlier.host
