"""Occasions and carriers: whose they are, and how long they last.

Who is told something, or a tweet, carries nothing (`carrying`). What stands in a sentence of
another speaker's is that speaker's, however near it is (`owned`). And a report names an occasion
once: "Speaking in Riga, Vale said … He added …" (`carried`). Whether a statement still belongs to
it is judged by features that a person can read off the text (`bearing`); their weights were learnt
on labelled articles (`training/carrying.py`) and stand in `occasions.json` beside this module,
which `shipped` reads. All else is pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log1p
from pathlib import Path

from rejoinder.model import How, Span, Spans, Statement
from rejoinder.resolve.learnt import load
from rejoinder.text import MONTH, at, logistic, overlap, words

#: Words for an occasion or carrier last over so many statements and code points at most.
REACH, FARTHEST = 14, 3000
ROLES = ("occasion", "via")
_GOES_ON = re.compile(
    r"\b(?:add(?:s|ed|ing)?|also|went on|continu\w*|conclud\w*|further|again)\b", re.IGNORECASE
)
_SAYS = re.compile(r"\b(?:said|says|added|told)\b", re.IGNORECASE)
_POSTED = re.compile(
    r"[Tt]wit|[Tt]weet|Facebook|Instagram|Telegram|Weibo|Truth Social|\bposts?\b|\bposted\b|^X$"
)
#: Those to whom one speaks, and who carry nothing; and what is an occasion, of which the medium is
#: the platform.
_NO_MEDIUM = re.compile(
    r"(?:^|\s)(?:parliament|senate|congress|commons|knesset|duma|bundestag|assembly|legislature|"
    r"lawmakers|legislators|MPs|senators|deputies|rallygoers|supporters|voters|crowd|audience|"
    r"tweet(?:s|ed|ing)?)"
    r"(?:\s(?:(?:on|last|this)\s)?(?:\w+day|today|week))?['’\s.,]*$",
    re.IGNORECASE,
)
#: When, which is no occasion.
_TIME = re.compile(
    rf"(?:(?:in|on|last|this|that|the|of|by|late|early|earlier|mid)[\s-])*"
    rf"(?:(?:{MONTH}|\w+day|week|month|year|morning|afternoon|evening|night|today|spring|summer|"
    r"autumn|winter|\d{1,4})(?:,?\s)?)+"
)
#: An occasion that has been named before.
_SAME = re.compile(
    r"\b(?:the|that|this|same|his|her|their)\s(?:[\w-]+\s){0,3}?(?:interview|show|programme?|"
    r"broadcast|appearance|segment|op-ed|column|article|post|video)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('["“”]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What is learnt of a role."""

    #: What each feature of `bearing` weighs; the last is the offset.
    weights: tuple[float, ...]
    #: The least probability of still being of the same occasion.
    least: float


@cache
def shipped() -> Mapping[str, Weights]:
    """Load the weights that come with the program, by role.

    Raises:
        WeightsError: They are not for these features.
    """
    found = load(Path(__file__).with_suffix(".json"), ROLES, (*BEARING, "offset"))
    return {role: Weights(weights=weights, least=least) for role, (weights, least) in found.items()}


def carrying(text: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Take from statements what is no carrier and no occasion.

    "told [parliament]", "said in [a tweet]"; "said [in March]".
    """
    return tuple(
        replace(
            s,
            via=() if _NO_MEDIUM.search(words(text, s.via, gap=" ")) else s.via,
            occasion=() if _TIME.fullmatch(words(text, s.occasion, gap=" ")) else s.occasion,
        )
        for s in statements
    )


def owned(bounds: Sequence[Span], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Take from statements the occasions and carriers that others' sentences name.

    Args:
        bounds: The sentences of the article.
        statements: In reading order, with their speakers.
    """
    numbers = [at(bounds, statement.offset) for statement in statements]
    speaking: dict[int, set[str]] = defaultdict(set)
    for number, statement in zip(numbers, statements, strict=True):
        speaking[number].add(_known(statement))

    def kept(spans: Spans, number: int, speaker: str) -> Spans:
        there = at(bounds, spans[0][0]) if spans else number
        others = speaking[there] - {""}
        return () if there != number and others and speaker not in speaking[there] else spans

    return tuple(
        replace(s, occasion=kept(s.occasion, number, _known(s)), via=kept(s.via, number, _known(s)))
        for number, s in zip(numbers, statements, strict=True)
    )


def _known(statement: Statement) -> str:
    """Return the id of a statement's speaker; "" where it is open who that is."""
    known = statement.resolution and statement.resolution.how is not How.UNRESOLVED
    return statement.speaker.id if statement.speaker and known else ""


def carried(
    statements: Sequence[Statement],
    weights: Mapping[str, Weights],
    *,
    text: str,
    bounds: Sequence[Span],
) -> tuple[Statement, ...]:
    """Give statements without occasion or carrier that of an earlier one that they go on from.

    Args:
        statements: In reading order, with their speakers.
        weights: By role.
        text: The article's.
        bounds: Its sentences.
    """
    out = list(statements)
    for role, learnt in weights.items():
        for i, it in enumerate(out):
            last = None if getattr(it, role) else last_named(out, i, role=role)
            if last is None or _other_day(last, it) or _apart(text, statements[i], last, role=role):
                continue
            named: Spans = getattr(last, role)
            told = bearing(out, i, named, text=text, bounds=bounds)
            if logistic(learnt.weights, told) >= learnt.least:
                out[i] = _with(it, role, named)
    return tuple(out)


def _with(statement: Statement, role: str, named: Spans) -> Statement:
    if role == "via":
        return replace(statement, via=named)
    return replace(statement, occasion=named)


def last_named(statements: Sequence[Statement], i: int, *, role: str) -> Statement | None:
    """Find the speaker's last statement before one that has an occasion or carrier.

    None where there is none, or where its words for that stand too far away.
    """
    me = statements[i]
    speaker = _known(me)
    if not speaker:
        return None
    before = reversed(statements[max(0, i - REACH) : i])
    mine = (s for s in before if _known(s) == speaker and s.inside == me.inside)
    last = next((s for s in mine if getattr(s, role)), None)
    if last is None:
        return None
    start = getattr(last, role)[0][0]
    near = len(_since(statements, i, start)) < REACH and abs(me.offset - start) <= FARTHEST
    return last if near else None


def _since(statements: Sequence[Statement], i: int, start: int) -> list[Statement]:
    """List the statements that stand between an offset and one of them."""
    return [s for s in statements[max(0, i - REACH) : i] if s.offset > start]


def _other_day(last: Statement, statement: Statement) -> bool:
    return bool(last.said_on and statement.said_on and last.said_on != statement.said_on)


def _apart(text: str, statement: Statement, last: Statement, *, role: str) -> bool:
    """Tell whether a statement's own occasion, or carrier, sets it apart from an earlier one's.

    "In a speech on Monday, he …" was not said to the paper that "he told …" before.
    """
    own, other = (statement.occasion, last.occasion) if role == "via" else (statement.via, last.via)
    return bool(own) and not overlap(own, other) and not _SAME.search(words(text, own, gap=" "))


#: What `bearing` holds, in order.
BEARING = (
    "distance", "statements between", "others between", "another between", "line breaks between",
    "named before", "goes on", "quoted", "says", "next sentence", "posted",
)  # fmt: skip


def bearing(
    statements: Sequence[Statement], i: int, named: Spans, *, text: str, bounds: Sequence[Span]
) -> tuple[float, ...]:
    """Describe how a statement follows on the words for an occasion or carrier.

    By these words alone, not by the statement that has them: so it does not matter how many have
    taken them over in between.

    Args:
        statements: In reading order, with their speakers.
        i: Which of them.
        named: Where the words stand.
        text: The article's.
        bounds: Its sentences.
    """
    me, start = statements[i], named[0][0]
    between = _since(statements, i, start)
    others = sum(_known(s) != _known(me) for s in between)
    cue = words(text, me.cue, gap=" ")
    return (
        log1p(abs(me.offset - start)),
        float(len(between)),
        float(others),
        float(others > 0),
        float(text.count("\n", *sorted((start, me.offset)))),
        float(start < me.offset),
        float(bool(_GOES_ON.search(cue))),
        float(bool(_QUOTED.search(text[slice(*me.content[0])]))),
        float(bool(_SAYS.search(cue))),
        float(at(bounds, me.offset) - at(bounds, start) == 1),
        float(bool(_POSTED.search(words(text, named, gap=" ")))),
    )
