"""The page of a coded sample: what the machine has right, how far coders agree, and in words.

Takes the data of `rejoinder.coding` from the record; the passages themselves are for `passage`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rejoinder.coding.agreement import Agreement
from rejoinder.coding.results import Results, methods, results, share_told
from rejoinder.coding.sample import Sample
from rejoinder.export import coding as told
from rejoinder.store import Record
from rejoinder.store.studies import coding, sheets
from rejoinder.store.studies.sheets import Reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A sample, and how far its coders are."""

    sample: Sample
    done: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingPage:
    """The samples of a record, and what one of them says."""

    samples: tuple[Progress, ...]
    #: None where there is no sample yet.
    results: Results | None
    reviewed: Reviewed

    @property
    def methods(self) -> str:
        """The paragraph for a methods section."""
        return methods(self.results) if self.results else ""

    @property
    def measured(self) -> list[tuple[str, str, str, str]]:
        """What is measured of the machine: name, share, how many of how many, in words."""
        if self.results is None:
            return []
        found = self.results.measures
        rows = [(name, getattr(found, name), words) for name, words in told.MEASURES]
        return [
            (name, share_told(one), f"{one.hits:g} of {one.of:g}", words)
            for name, one, words in rows
        ]

    @property
    def agreed(self) -> list[tuple[str, list[str]]]:
        """How far coders agree: what, and for each pair or group how far."""
        groups = self.groups
        return [
            (words, [told.agreed_told(getattr(group, name)) for group in groups])
            for name, words in told.AGREEMENTS
        ]

    @property
    def groups(self) -> list[Agreement]:
        """Whose agreement is told."""
        if self.results is None:
            return []
        between = [self.results.between] if self.results.between else []
        return [*between, *self.results.with_machine]

    @property
    def columns(self) -> tuple[str, ...]:
        """The acts that the machine gives."""
        return told.confusion_columns(self.results.confusion) if self.results else ()

    def values(self) -> Mapping[str, Any]:
        """Return the page as plain values."""
        return {
            "samples": [told.sample_values(one.sample, one.done) for one in self.samples],
            "results": told.results_values(self.results) if self.results else None,
            "decided": asdict(self.reviewed),
        }


def page(record: Record, name: str | None = None) -> CodingPage | None:
    """Look samples up, and work out what one says; None where there is none of that name.

    Args:
        record: Where.
        name: Which sample; the one drawn last where None.
    """
    listed = coding.samples(record)
    chosen = next((s for s in reversed(listed) if name in {None, s.name}), None)
    if chosen is None and name is not None:
        return None
    found = None
    if chosen is not None:
        coded, readers = sheets.sheets(record, chosen)
        found = results(chosen, coded, readers=readers)
    counts: dict[str, Counter[str]] = {sample.name: Counter() for sample in listed}
    for one in coding.codings(record):
        counts[one.sample][one.coder] += 1
    return CodingPage(
        samples=tuple(Progress(sample=s, done=counts[s.name]) for s in listed),
        results=found,
        reviewed=sheets.reviewed(record),
    )
