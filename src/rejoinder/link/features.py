"""What is told of a statement, and of two, for learnt weights to say what answers what.

Takes the `Context` of an article's statements; gives numbers, each with a name.
"""

from __future__ import annotations

from math import log

from rejoinder.link.context import CONTRARY, HOSTILE, REACH, Context
from rejoinder.link.plain import named, reacts_to
from rejoinder.model import Act, Actor
from rejoinder.text import overlap

#: What `alone` holds, in order.
ALONE = (
    "head", "signal", "signal in cue", "deny", "reject", "accuse", "support", "concede", "warn",
    "request", "has target", "target spoke before", "other side spoke before", "first",
    "reacts", "names what it answers",
)  # fmt: skip


def alone(context: Context, i: int) -> tuple[float, ...]:
    """Describe a statement by what makes it an answer."""
    me = context.statements[i]
    before = context.statements[max(0, i - REACH) : i]
    signal = context.signals[i]
    odds = min(0.999, max(0.001, me.answering))
    return (
        log(odds / (1 - odds)),
        float(bool(signal)),
        float(bool(signal) and overlap(signal, me.cue)),
        *(float(me.act is act) for act in (Act.DENY, Act.REJECT, Act.ACCUSE, Act.SUPPORT)),
        *(float(me.act is act) for act in (Act.CONCEDE, Act.WARN, Act.REQUEST)),
        float(me.target is not None),
        float(any(_meets(me.target, s.speaker) for s in before)),
        float(any(_across(me.speaker, s.speaker) for s in before[-4:])),
        float(i == 0),
        float(bool(reacts_to(context, i))),
        float(bool(named(context, i))),
    )


#: What `pair` holds, in order.
PAIR = (
    "later", "gap in statements", "gap in paragraphs", "same sentence", "next", "target is speaker",
    "target is its side", "it aims at me", "sides differ", "shared rare words", "deny accuse",
    "reject request", "hostile pair", "contrary", "it is whole", "it is named in sentence",
    "only one of that speaker", "head", "asked for", "aimed at it",
)  # fmt: skip


def pair(context: Context, i: int, j: int) -> tuple[float, ...]:
    """Describe a pair of statements by what makes one the answer to the other."""
    me, it = context.statements[i], context.statements[j]
    gap = abs(i - j)
    shared = sum(context.rarity(word) for word in context.words[i] & context.words[j])
    sentence = context.lowered[i]
    name = it.speaker.name.lower().split()[-1:] if it.speaker else []
    odds = min(0.999, max(0.001, me.answering))
    return (
        float(j < i),
        log(gap),
        log(1 + abs(context.paragraphs[i] - context.paragraphs[j])),
        float(context.sentences[i] == context.sentences[j]),
        float(j == i - 1),
        float(_meets(me.target, it.speaker)),
        float(
            bool(me.target and it.speaker and me.target.side and me.target.side == it.speaker.side)
        ),
        float(_meets(it.target, me.speaker)),
        float(_across(me.speaker, it.speaker)),
        min(3.0, shared),
        float(me.act is Act.DENY and it.act is Act.ACCUSE),
        float(me.act is Act.REJECT and it.act in (Act.REQUEST, Act.PLEDGE)),
        float(me.act in HOSTILE and it.act in HOSTILE),
        float(me.act in CONTRARY),
        float(it.inside is None),
        float(any(word in sentence for word in name)),
        float(it.speaker is not None and context.spoken(i)[it.speaker.id] == 1),
        log(odds / (1 - odds)),
        context.asked_for(i, j),
        sum(chance for actor, chance in me.aims if _meets(actor, it.speaker)),
    )


def _meets(target: Actor | None, speaker: Actor | None) -> bool:
    """Tell whether a target is a speaker, or the side that it speaks for."""
    if target is None or speaker is None:
        return False
    return target.id == speaker.id or (speaker.side is not None and target.name == speaker.side)


def _across(a: Actor | None, b: Actor | None) -> bool:
    return bool(a and b and a.side and b.side and a.side != b.side)
