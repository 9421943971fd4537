"""Whom a statement is aimed at, of those that it may be aimed at.

Takes a statement with its `aims`, the likeliest first, as its cue, content and act are known. Pure.

The one idea: whether it is aimed at anybody at all is another question than at whom. What only
asserts mostly is not, and to say nothing is aimed at nobody.
"""

from __future__ import annotations

import re

from rejoinder.model import Act, Actor, Statement
from rejoinder.text import words

#: The likeliest actor is the target from this probability on. Chosen on held-out articles, for the
#: best F1: where several are named, no one of them has more.
TARGET = 0.25
#: What only asserts is aimed at somebody much more seldom than the encoder has learnt; so the actor
#: has to be as likely as this together with that it is more than an assertion. The best on
#: held-out articles; our own training articles would have it higher still.
_MORE_THAN_ASSERTED = 0.2
_SILENT = re.compile(
    r"\b(?:(?:declin|refus)(?:e[sd]?|ing) (?:[\w’']+ ){0,2}?(?:to )?|"
    r"(?:(?:would|will|could|did|do|does)(?: not|n[’']t)|won[’']t) (?:immediately )?)"
    r"(?:comment|say|answer|discuss|elaborate|specify|disclose|reveal|name|identify|"
    r"(?:respond|reply) to (?:\w+ ){0,3}?(?:requests?|questions?|e-?mails?|calls?|messages?|"
    r"inquir(?:y|ies))|be (?:specific|drawn|interviewed|quoted|named|identified))\b|\bno comment\b",
    re.IGNORECASE,
)


def target(text: str, statement: Statement) -> Actor | None:
    """Return whom a statement is aimed at; None where that is nobody, or open, or the speaker."""
    least = TARGET
    if statement.act is Act.ASSERT:
        least = _MORE_THAN_ASSERTED / max(1 - statement.act_confidence, _MORE_THAN_ASSERTED)
    likely = next((actor for actor, chance in statement.aims if chance >= least), None)
    itself = likely and statement.speaker and likely.id == statement.speaker.id
    return None if itself or _silent(text, statement) else likely


def _silent(text: str, statement: Statement) -> bool:
    """Tell whether somebody is said to say nothing: "declined to comment"."""
    said = words(text, (*statement.cue, *statement.content[:1]), gap=" ")
    told = _SILENT.search(said)
    return told is not None and told.start() < len(words(text, statement.cue, gap=" "))
