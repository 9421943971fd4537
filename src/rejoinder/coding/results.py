"""All that a coded sample says, and the paragraph that stands for it in a methods section.

Takes a sample with its sheets; gives how far coders are, how far they agree with each other and
with the machine, what the machine has right, and that in words. No number in the paragraph is not
in the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from rejoinder.coding.agreement import Agreement, agreement
from rejoinder.coding.alpha import FEWEST, Alpha
from rejoinder.coding.compare import MACHINE, Sheet, Values
from rejoinder.coding.interval import Estimate
from rejoinder.coding.measure import Measures, confusion, measures
from rejoinder.coding.sample import Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a coded sample says."""

    sample: Sample
    #: How many units each coder has finished.
    done: tuple[tuple[str, int], ...]
    #: Of how many units, in how many reports, somebody has coded; statements of the machine there.
    units: int
    reports: int
    statements: int
    #: Which program and weights have read the reports of the sample.
    readers: tuple[str, ...]
    measures: Measures
    #: Between people; None for a single one.
    between: Agreement | None
    #: Of each with the machine.
    with_machine: tuple[Agreement, ...]
    #: Acts: by coders, then by the machine.
    confusion: dict[str, dict[str, int]]


def results(
    sample: Sample,
    sheets: Iterable[Sheet],
    *,
    readers: Iterable[str] = (),
    coders: Sequence[str] = (),
) -> Results:
    """Work out what a coded sample says.

    Args:
        sample: What was drawn.
        sheets: Its units that somebody has coded, with the machine's reading.
        readers: What has read the reports.
        coders: Whose codings count; all where empty.
    """
    chosen = [_of(sheet, coders) for sheet in sheets]
    coded = [sheet for sheet in chosen if sheet.people]
    people = sorted(set(chain.from_iterable(sheet.people for sheet in coded)))
    values = Values(coded)
    pairs = [(person, MACHINE) for person in people]
    return Results(
        sample=sample,
        done=tuple(
            (name, sum(name in s.codings for s in coded))
            for name in sorted(
                {*people, *(name for name in sample.coders if not coders or name in coders)}
            )
        ),
        units=len(coded),
        reports=len({sheet.report for sheet in coded}),
        statements=sum(len(sheet.of(MACHINE)) for sheet in coded),
        readers=tuple(readers),
        measures=measures(coded, values=values),
        between=agreement(coded, people, values=values) if len(people) > 1 else None,
        with_machine=tuple(agreement(coded, pair, values=values) for pair in pairs),
        confusion=confusion(coded),
    )


def _of(sheet: Sheet, coders: Sequence[str]) -> Sheet:
    """Return a sheet with the codings of some coders, and the machine's."""
    if not coders:
        return sheet
    kept = {name: told for name, told in sheet.codings.items() if name in {*coders, MACHINE}}
    return Sheet(unit=sheet.unit, codings=kept)


def methods(found: Results) -> str:
    """Say in a paragraph how it was measured, and what came out."""
    if not found.units:
        return "Nothing has been coded yet."
    told = [_drawn(found), _coded(found), *_measured(found), *_agreed(found)]
    return " ".join(told)


def _drawn(found: Results) -> str:
    sample = found.sample
    limits = ", ".join(f"{name}: {value}" for name, value in sample.wanted)
    return (
        f"We drew a simple random sample of {len(sample.units):,} of the {sample.drawn_from:,} "
        f"paragraphs of {_count(sample.reports, 'report')}{f' ({limits})' if limits else ''}, "
        f"without headings and page furniture (seed {sample.seed})."
    )


def _coded(found: Results) -> str:
    told = _listed([f"{name} ({done:,})" for name, done in found.done if done])
    how = (
        "without seeing what the machine had found"
        if found.sample.blind
        else "beside what the machine had found, which they confirmed, corrected or completed"
    )
    some = "" if found.units == len(found.sample.units) else f", {found.units:,} in all"
    return f"They were coded by {told}{some}, {how}."


def _measured(found: Results) -> list[str]:
    got = found.measures
    readers = f" ({_listed(found.readers)})" if found.readers else ""
    shares = (("precision", got.precision), ("recall", got.recall), ("F1", got.f1))
    fields = [
        *(("the act was the same", got.act), ("the speaker", got.speaker)),
        *(("the target", got.target), ("all three", got.whole)),
    ]
    found_by = _listed([f"{name} {share_told(one)}" for name, one in shares])
    right = _listed([f"{name} in {share_told(one)}" for name, one in fields])
    return [
        f"In these paragraphs of {_count(found.reports, 'report')} Rejoinder{readers} had "
        f"{_count(found.statements, 'statement')}: {found_by}.",
        "Two statements count as the same where they share half of the characters of either. "
        f"Of those found by both, {right}.",
        "Intervals are at 95 %, after Wilson, with the effective sample size of a ratio estimate "
        "clustered by report (Korn and Graubard 1998; Franco et al. 2019).",
    ]


def _agreed(found: Results) -> list[str]:
    told = found.between
    if told is None or not told.units:
        return []
    listed = [
        *(f"{alpha_told(told.act)} for acts", f"{alpha_told(told.speaker)} for speakers"),
        f"{alpha_told(told.target)} for targets",
        f"{alpha_told(told.characters)} for whether a character is part of a statement",
    ]
    bounds = "95 % intervals by a bootstrap over reports"
    if told.characters.low is None:
        bounds = f"without intervals, which fewer than {FEWEST} reports do not bear"
    return [
        f"{_count(told.units, 'paragraph')} had two coders or more. Between them Krippendorff's α "
        f"(nominal; {bounds}) was "
        f"{_listed(listed)}; the F1 between two coders was {share_told(told.statements)} for "
        f"statements and {share_told(told.words)} for their characters."
    ]


def share_told(one: Estimate) -> str:
    """Say a share with its interval: "0.84 [0.76, 0.90]"."""
    if one.value is None:
        return "not known"
    return f"{one.value:.2f} [{one.low:.2f}, {one.high:.2f}]"


def alpha_told(one: Alpha) -> str:
    """Say an agreement with its interval."""
    if one.value is None:
        return "not defined"
    if one.low is None or one.high is None:
        return f"{one.value:.2f}"
    return f"{one.value:.2f} [{one.low:.2f}, {one.high:.2f}]"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))
