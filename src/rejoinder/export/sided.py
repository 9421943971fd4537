"""Whose side is known from other reports than the one at hand, in words.

Takes what the record gives and prints nothing. What the report itself has is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rejoinder.export import layout
from rejoinder.merge.told import Elsewhere, Utterance


def of_utterance(told: Utterance, others: int | None) -> str | None:
    """Say which reports say for whom the speaker of an utterance speaks; None where its own do.

    Args:
        told: The utterance.
        others: How many other reports say so, or None: see `Record.others_saying`.
    """
    if others is None:
        return None
    carriers = "this one" if len(told.carriers) == 1 else "those that carry it"
    guesses = [carrier.side for carrier in told.carriers if carrier.side]
    own = _own(carriers, guesses, many=len(told.carriers) > 1)
    return layout.printable(f"speaks for {told.side} by {_reports(others)}; {own}")


def of_report(found: Iterable[Elsewhere]) -> Iterator[str]:
    """Say of each whose side a report does not say for whom they speak by others."""
    for one in found:
        own = _own("this one", [one.guessed] if one.guessed else [], many=False)
        told = f"{one.name} speaks for {one.side} by {_reports(one.reports)}; {own}"
        yield layout.printable(told)


def _own(who: str, guesses: list[str], *, many: bool) -> str:
    if not guesses:
        return f"{who} {'do' if many else 'does'} not say"
    return f"{who} {'let' if many else 'lets'} one guess {', '.join(dict.fromkeys(guesses))}"


def _reports(count: int) -> str:
    return layout.count(count, "other report") if count else "other words of the report"
