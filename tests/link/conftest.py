"""Small exchanges with all marked by hand, and weights made by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rejoinder.link import Weights
from rejoinder.link.features import ALONE, PAIR
from rejoinder.model import Act, Actor, Article, Kind, Mode, Span, Statement

ANN = Actor(id="ann-vale", name="Ann Vale", side="Norway")
BO = Actor(id="bo-lind", name="Bo Lind", side="Iceland")
CY = Actor(id="cy-dahl", name="Cy Dahl", side="Sweden")


def weights(
    *,
    one: Mapping[str, float],
    two: Mapping[str, float],
    offsets: tuple[float, float] = (-2.0, -2.0),
) -> Weights:
    """Make weights by hand, by the features' names; what is not named weighs nothing."""
    assert set(one) <= set(ALONE)
    assert set(two) <= set(PAIR)
    return Weights(
        alone=(*(one.get(name, 0.0) for name in ALONE), offsets[0]),
        pair=(*(two.get(name, 0.0) for name in PAIR), offsets[1]),
        answer=0.5,
        link=0.25,
    )


#: A denial or rejection, or a wording, says that it answers; an accusation before it, which.
BY_HAND = weights(
    one={"deny": 4, "reject": 4, "signal": 4},
    two={"deny accuse": 4, "target is speaker": 4, "reject request": 4},
)


def exchange(*said: tuple[Actor | None, Act, str]) -> tuple[Article, tuple[Statement, ...]]:
    """Make an article of sentences "[cue] <content>" with who says each and what it does."""
    text, made = "", []
    for number, (speaker, act, sentence) in enumerate(said, 1):
        start = len(text)
        text += re.sub(r"[\[\]<>]", "", sentence) + "\n"
        made.append(
            Statement(
                id=f"s{number}",
                kind=Kind.INDIRECT,
                mode=Mode.SAID,
                source=(),
                cue=(_part(sentence, r"\[(.*?)\]", start),),
                content=(_part(sentence, "<(.*?)>", start),),
                act=act,
                speaker=speaker,
            )
        )
    return Article(id="a", text=text), tuple(made)


def _part(sentence: str, pattern: str, start: int) -> Span:
    match = re.search(pattern, sentence)
    assert match
    before = len(re.findall(r"[\[\]<>]", sentence[: match.start(1)]))
    return start + match.start(1) - before, start + match.end(1) - before
