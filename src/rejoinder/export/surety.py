"""How sure the program is, in the words that people read; programs get the number itself.

Pure functions from a probability to words. The one idea: one scale for all that may be wrong, a
statement, an act, a tie; it says how many of ten such are right, and the number stays in reach
(`--explain`, a title on pages, `--json`).
"""

from __future__ import annotations

#: What is at least so likely is called so; of what is below `UNCERTAIN`, a reader is told.
_SCALE = ((0.9, "sure"), (0.7, "likely"), (0.5, "rather likely"), (0.3, "perhaps"))
_LEAST = "doubtful"
#: Below this something is shown as uncertain: it is sooner wrong than right.
UNCERTAIN = 0.5
#: What the words mean, for the foot of a page.
SCALE = (
    "“?” marks a guess. Of ten that are called “sure” about nine or more are right, “likely” seven "
    "or more, “rather likely” five or more, “perhaps” three or more, “doubtful” fewer."
)
_MEANING = {
    "perhaps": "“perhaps”: 3 to 5 of 10 such have the right words for who and what",
    "doubtful": "“doubtful”: fewer than 3 of 10 have",
}


def word(confidence: float) -> str:
    """Return a probability as a word of the scale."""
    return next((told for least, told in _SCALE if confidence >= least), _LEAST)


def doubt(confidence: float) -> str:
    """Return the word for what is uncertain; nothing for what is not."""
    return word(confidence) if confidence < UNCERTAIN else ""


def mark(confidence: float) -> str:
    """Return the sign behind what is uncertain; nothing for what is not."""
    return "?" if confidence < UNCERTAIN else ""


def percent(confidence: float) -> str:
    """Return a probability in percent: only what is certain has a hundred."""
    whole = round(100 * confidence)
    return f"{whole if confidence >= 1 else min(whole, 99)} %"


def legend(doubts: set[str]) -> tuple[str, ...]:
    """Say what the marks and words of doubt that stand in a view mean, each once."""
    told = [meaning for said, meaning in _MEANING.items() if said in doubts]
    return (*(["“?”: a guess"] if "?" in doubts else []), *told)
