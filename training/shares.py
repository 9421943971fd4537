"""How much the encoder's word counts beside what words say by themselves, for acts and turns.

Takes what each says of labelled statements that neither learnt from; gives the two numbers that
each is multiplied by in their sum, chosen so that the labels become likeliest (a product of
experts, weighed; Hinton 2002, log opinion pool). They settle how sure the sum is, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, logsumexp

from rejoinder.extract.chains import CLOSED
from rejoinder.extract.decode import ACTS, Found
from training.data import Example

Array = NDArray[np.float64]


def balance(
    encoded: Sequence[Found], words: Sequence[Found], examples: Sequence[Example]
) -> dict[str, list[float]]:
    """Choose the shares of the encoder and of words.

    Args:
        encoded: Statements as the encoder alone judges them.
        words: The same, as words alone do.
        examples: Their labels; acts are known.
    """
    act = np.log([[f.acts for f in found] for found in (encoded, words)])
    right = np.array([[a in e.acts for a in ACTS] for e in examples])
    known = [i for i, e in enumerate(examples) if e.reply is not None]
    turn = np.array([[found[i].turn[0] for i in known] for found in (encoded, words)])
    answers = np.array([bool(examples[i].reply) for i in known])

    def of_acts(shares: Array) -> float:
        logs = log_softmax(np.tensordot(shares, act, 1), axis=1)
        return -float(logsumexp(np.where(right, logs, CLOSED), axis=1).mean())

    def of_turns(shares: Array) -> float:
        odds = np.tensordot(shares, turn, 1)
        return float(np.logaddexp(0, np.where(answers, -odds, odds)).mean())

    return {"act": _least(of_acts), "turn": _least(of_turns)}


def _least(loss: Callable[[Array], float]) -> list[float]:
    return [round(float(share), 3) for share in minimize(loss, np.array([1.0, 0.0])).x]
