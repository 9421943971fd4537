"""Keyness: how surely one part of a record has a word rather than another, and what words are.

What `contrast` (two sides) and `labels` (an issue and all else) have in common: a measure, a
pattern and a list of stop words. Pure.

The one idea is weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn,
"Fightin' Words", Political Analysis 16, 2008): the odds of a term in either part, each helped by
what both say together as if that were a few words more, and their difference in units of its own
standard deviation (z). So a rare word needs no cut and a frequent one no excuse.
"""

from __future__ import annotations

import math
import re

from rejoinder.text import word_set

#: How many words of prior both parts together are worth.
_PRIOR = 50.0
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
#: Stop words, small: they say nothing by themselves, nor at either end of a phrase.
STOP = word_set(
    """
    a about above after again against ago all almost also although always am among an and another
    any are aren't around as at away back be because been before being below between both but by can
    can't cannot could couldn't did didn't do does doesn't doing don't down during each either else
    even ever every few for from further get gets getting go goes going gone got had hadn't has
    hasn't have haven't having he he's her here here's hers herself him himself his how however i
    i'd i'll i'm i've if in instead into is isn't it it's its itself just least less let let's like
    made make makes making many may maybe me might mine more most much must my myself neither never
    no nobody none nor not nothing now of off often on once one only or other others ought our ours
    ourselves out over own perhaps quite rather really said same say saying says shall she she's
    should shouldn't since so some somebody someone something soon still such take takes taking than
    that that's the their theirs them themselves then there there's therefore these they they're
    they've thing things this those though through thus to today together told tomorrow too toward
    towards under until up upon us very was wasn't we we'll we're we've well went were weren't what
    what's whatever when where whether which while who who's whom whose why will with within without
    won't would wouldn't yes yesterday yet you you're you've your yours yourself
    monday tuesday wednesday thursday friday saturday sunday
    two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds
    thousand thousands million millions billion billions first second third
    day days week weeks month months year years time times people way ways
    """
)


def bare(word: str) -> str:
    """Return a word without what makes it a possessive: "Iceland’s", "the allies'"."""
    return _POSSESSIVE.sub("", word) if "'" in word or "’" in word else word


def weigh(
    here: tuple[float, float], there: tuple[float, float], *, share: float
) -> tuple[float, float]:
    """Return the difference of a term's log-odds in two parts, and that as a z-score.

    Args:
        here: How often the one part has the term, of how often at most.
        there: How often the other does.
        share: Of the term in both together, above nought: what it has of the prior.
    """
    prior = _PRIOR * share
    one, other = here[0] + prior, there[0] + prior
    odds = _odds(one, here[1] + _PRIOR) - _odds(other, there[1] + _PRIOR)
    return odds, odds / math.sqrt(1 / one + 1 / other)


def _odds(count: float, total: float) -> float:
    """Return log-odds; what is all that is said counts as all but half a word."""
    return math.log(count / max(total - count, 0.5))
