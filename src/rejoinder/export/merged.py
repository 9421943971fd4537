"""Why versions are one utterance, as people and programs see it: a line a version, with reasons.

Takes what the record gives and prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from rejoinder.export import layout, surety, terminal, wording
from rejoinder.merge.told import Evidence, Utterance


def lines(told: Utterance, found: Sequence[Evidence], width: int) -> Iterator[Text]:
    """Yield why each version belongs to an utterance; nothing where there is but one."""
    if not found:
        return
    names = {c.number: wording.cited(c) for c in told.carriers}
    yield from (Text(), Text("Why it is one utterance", "bold"))
    seen: set[Evidence] = set()
    for carrier in told.carriers:
        mine = [one for one in found if carrier.number in {one.first, one.second}]
        for one in mine[:1]:  # people first, then the surest
            if one in seen:  # it is the best of both versions
                continue
            seen.add(one)
            other = one.first if one.second == carrier.number else one.second
            line = f"{names[carrier.number]} with {names[other]}: {_reasons(one)}"
            yield from terminal.wrap(Text(layout.printable(line)), width)


def values(told: Utterance, found: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Return all of the evidence as plain values for JSON."""
    names = {c.number: f"{c.article}#{c.statement}" for c in told.carriers}
    return [
        {
            "statements": [names[one.first], names[one.second]],
            "score": round(one.score, 4),
            "why": [list(reason) for reason in one.why],
            "decision": one.decision,
            "who": one.who,
            "reason": one.reason,
        }
        for one in found
    ]


def _reasons(one: Evidence) -> str:
    if one.decision is not None:
        said = f", “{one.reason}”" if one.reason else ""
        return f"{one.who} said so (decision {one.decision}{said})"
    why = ", ".join(reason for reason, _ in one.why)
    return f"{surety.word(one.score)}, {surety.percent(one.score)}: {why}"
