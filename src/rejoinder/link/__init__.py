"""Replies within an article: which statements answer another, and which one.

Takes the statements of an article with their speakers and gives `Reply`s. A pure function of
what a person can read off the text: where its words leave no doubt (`plain`), they settle it; else
features do (`features`): the wording that signals an answer, the pair of acts, whether the target
is the other's speaker, how many rare words the two share, how far apart they stand. Their weights
were learnt on annotated articles (`training/replies.py`); those that come with the program stand in
`weights.json` beside this module, which `shipped` reads. Two candidates that are as likely leave
the link open.

The one idea: that a statement is an answer shows in itself and its sentence; what it answers shows
in the pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from rejoinder import weights as learnt
from rejoinder.link.context import HOSTILE, Context, candidates, resolved
from rejoinder.link.features import ALONE, PAIR, alone, pair
from rejoinder.link.plain import SURE, denied_at_once, named, said_to_answer
from rejoinder.model import Act, Article, Reply, ReplyType, Statement
from rejoinder.text import logistic

__all__ = ["Weights", "aimed", "replies", "reply_type", "shipped"]

#: Candidates nearer to each other than this are as likely.
_TIE = 0.005
#: What a reply does, by its act and that of what it answers.
_TYPES = {
    Act.DENY: ReplyType.DENIES,
    Act.REJECT: ReplyType.REJECTS,
    Act.CONCEDE: ReplyType.CONCEDES,
    Act.SUPPORT: ReplyType.SUPPORTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature weighs, learnt; the last of each is the offset."""

    #: Of `alone`: is this statement an answer?
    alone: tuple[float, ...]
    #: Of `pair`: is it an answer to that one?
    pair: tuple[float, ...]
    #: The least probability of being an answer, and of being one and to that statement.
    answer: float
    link: float


@cache
def shipped() -> Weights:
    """Load the weights that come with the program.

    Raises:
        WeightsError: They cannot be read, or are not for these features.
    """

    def made(data: Any) -> Weights:
        return Weights(
            alone=learnt.numbers(data["alone"], len(ALONE) + 1),
            pair=learnt.numbers(data["pair"], len(PAIR) + 1),
            answer=float(data["answer"]),
            link=float(data["link"]),
        )

    return learnt.load(Path(__file__).with_name("weights.json"), made)


def replies(
    article: Article, statements: Sequence[Statement], weights: Weights
) -> tuple[Reply, ...]:
    """Tie the statements of an article that answer another to what they answer."""
    context = Context(article.text, statements, outlet=article.outlet)
    reacting, denying = dict(said_to_answer(context)), dict(denied_at_once(context))
    answered = {statements[j].id for j in reacting.values()}
    told = denying | reacting
    out = []
    for i, statement in enumerate(statements):
        answering = SURE if i in told else logistic(weights.alone, alone(context, i))
        if answering < weights.answer or answered & {statement.id, statement.inside}:
            continue
        if i in told:
            ranked = [(1.0, -j) for j in (told[i],) if j is not None]
        else:
            scored = (
                (logistic(weights.pair, pair(context, i, j)), -j) for j in candidates(context, i)
            )
            ranked = sorted(scored, reverse=True)
        best = ranked[0] if ranked else (0.0, 0)
        tie = len(ranked) > 1 and best[0] - ranked[1][0] < _TIE
        linked = answering * best[0] >= weights.link and not tie
        answers = () if linked or i in denying else named(context, i)
        to = statements[-best[1]] if linked else None
        out.append(
            Reply(
                reply=statement.id,
                to=to.id if to else None,
                type=reply_type(statement, to),
                answers=answers,
                signal=context.signals[i],
                confidence=round(answering * best[0] if linked else answering, 3),
            )
        )
    return _one_way(out)


def _one_way(made: Sequence[Reply]) -> tuple[Reply, ...]:
    """Leave out what would answer its own answer; of two such, the surer is one."""
    # Of two as sure as each other, the later.
    surety = {(r.reply, r.to): (r.confidence, n) for n, r in enumerate(made)}
    back = [surety.get((r.to or "", r.reply)) for r in made]
    return tuple(
        reply
        for reply, other in zip(made, back, strict=True)
        if other is None or surety[reply.reply, reply.to] > other
    )


#: Acts that are aimed at whoever they answer.
_AIMED = frozenset({Act.DENY, Act.REJECT, Act.ACCUSE, Act.SUPPORT})


def aimed(statements: Sequence[Statement], replies: Sequence[Reply]) -> tuple[Statement, ...]:
    """Give a reply that names no target the speaker of what it answers, where its act has one."""
    known = {s.id: s for s in statements}
    to = {r.reply: known[r.to] for r in replies if r.to and resolved(known[r.to])}
    return tuple(
        replace(s, target=to[s.id].speaker)
        if s.target is None and s.id in to and s.act in _AIMED
        else s
        for s in statements
    )


def reply_type(statement: Statement, to: Statement | None) -> ReplyType:
    """Tell what a reply does to what it answers, from the pair of acts."""
    hostile = to is not None and to.act in HOSTILE
    if statement.act in HOSTILE and hostile:
        return ReplyType.COUNTERS
    return _TYPES.get(statement.act, ReplyType.ANSWERS)
