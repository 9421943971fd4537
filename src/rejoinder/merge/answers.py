"""Answers across articles: whether a statement answers one that another report carries.

Takes a statement that seems to answer something and earlier ones by those whom it is aimed at; says
which of them it answers, if any. A pure function of features that a person can read; weights were
learnt on labelled pairs (`training/merging.py`) and stand in `answers.json` beside this module;
what a model of both texts says of the likeliest is one of them. The one idea: rather no tie than a
wrong one, so only what is likely is tied, and two that are as likely are both left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rejoinder.merge.utterances import Said, longest_run
from rejoinder.merge.weighing import Weighing, Why, load, unsure
from rejoinder.model import ReplyType

#: An answer comes within so many days of what it answers, by publication.
REACH_DAYS = 3
#: Statements that are less likely than this to answer anything are not asked.
LEAST_ANSWERING = 0.35
#: Two that are as likely as this are as likely.
_TIE = 0.02
#: What is shorter says too little to know what it is about, in words.
_SHORTEST = 5
_CONTRARY = frozenset({"deny", "reject", "concede"})
_TYPES = {
    "deny": ReplyType.DENIES,
    "reject": ReplyType.REJECTS,
    "concede": ReplyType.CONCEDES,
    "support": ReplyType.SUPPORTS,
}

#: Names of the features, in their order.
FEATURES = (
    "same meaning",
    "by the very one that it is aimed at",
    "days later",
    "denies, rejects or concedes",
    "supports",
    "accuses",
    "answers a promise, demand or threat",
    "answers an accusation",
    "same words",
    "same run of words",
    "seems to answer something",
    "aimed at each other",
    "length of the answer",
    "length of what it answers",
    "same meaning and contrary",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Weighing):
    """What each feature weighs, and from which score on there is a tie."""

    tie: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a statement answers, how surely and why."""

    to: Said
    type: ReplyType
    score: float
    why: Why


@cache
def shipped() -> Weights:
    """Load the weights that come with the program.

    Raises:
        WeightsError: They are not for these features.
    """
    return Weights(**load(Path(__file__).with_suffix(".json"), FEATURES))


def doubtful(reply: Said, earlier: Iterable[Said], weights: Weights) -> list[Said]:
    """Return those that a statement may answer as far as features tell, the likeliest first."""
    may = [other for other in earlier if may_answer(reply, other)]
    return unsure(((weights.score(features(reply, other)), other) for other in may), weights)


def answered(
    reply: Said, earlier: Iterable[Said], weights: Weights, *, odds: Mapping[int, float]
) -> Found | None:
    """Decide which of the earlier statements a statement answers.

    Args:
        reply: A statement.
        earlier: Statements of other reports, whatever their day and speaker.
        weights: What each feature weighs.
        odds: Log odds by both texts of those that were read together with it, by number. Of what is
            in doubt, only these can be answered.

    Returns:
        None where it answers none of them, or could as well answer two different utterances.
    """
    may = (other for other in earlier if may_answer(reply, other))
    judged = [(_score(reply, other, weights, odds=odds.get(other.id)), other) for other in may]
    ranked = sorted(judged, key=lambda pair: (-pair[0], pair[1].id))
    if not ranked or ranked[0][0] < weights.tie:
        return None
    best, to = ranked[0]
    rivals = (other for value, other in ranked[1:] if best - value < _TIE)
    if any(other.utterance != to.utterance for other in rivals):
        return None
    why = weights.why(FEATURES, features(reply, to), odds.get(to.id))
    return Found(to=to, type=_type(reply, to), score=best, why=why)


def _score(reply: Said, other: Said, weights: Weights, *, odds: float | None) -> float:
    values = features(reply, other)
    if odds is None and weights.in_doubt(weights.score(values)):
        return 0.0
    return weights.score(values, odds)


def may_answer(reply: Said, other: Said) -> bool:
    """Tell whether one could answer the other by who speaks and when."""
    aimed = _aimed(reply, other) or (reply.target_side and reply.target_side == other.side)
    if not aimed or reply.version == other.version or reply.utterance == other.utterance:
        return False
    if reply.figure is not None and reply.figure == other.figure:
        return False
    if reply.side is not None and reply.side == other.side:
        return False
    if min(len(reply.words), len(other.words)) < _SHORTEST:
        return False
    if reply.published is None or other.published is None:
        return False
    return 0 <= (reply.published - other.published).days <= REACH_DAYS


def features(reply: Said, other: Said) -> list[float]:
    """Return the value of each of `FEATURES`."""
    days = (reply.published - other.published).days if reply.published and other.published else 0
    meant = reply.likeness(other)
    contrary = float(reply.act in _CONTRARY)
    common = len(reply.bag & other.bag)
    return [
        meant,
        float(_aimed(reply, other)),
        days / REACH_DAYS,
        contrary,
        float(reply.act == "support"),
        float(reply.act == "accuse"),
        float(other.act in {"pledge", "request", "warn"}),
        float(other.act == "accuse"),
        min(common, 6) / 6,
        min(longest_run(reply.words, other.words), 6) / 6,
        reply.answering,
        float(_aimed(reply, other) and _aimed(other, reply)),
        min(len(reply.bag), 12) / 12,
        min(len(other.bag), 12) / 12,
        meant * contrary,
    ]


def _aimed(reply: Said, other: Said) -> bool:
    return other.figure is not None and reply.target == other.figure


def _type(reply: Said, to: Said) -> ReplyType:
    if reply.act == "accuse" and to.act in {"accuse", "warn"}:
        return ReplyType.COUNTERS
    return _TYPES.get(reply.act, ReplyType.ANSWERS)
