"""Utterances in the order of the argument."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.threads import Answer, Turn, threads


def answer(reply: int, to: int, score: float = 0.5) -> Answer:
    return Answer(reply=reply, to=to, score=score)


def test_what_answers_stands_under_what_it_answers() -> None:
    found = threads([1, 2, 3, 4], [answer(4, 1), answer(3, 4)])
    assert found == [
        (
            Turn(number=1, depth=0, to=None),
            Turn(number=4, depth=1, to=1),
            Turn(number=3, depth=2, to=4),
        ),
        (Turn(number=2, depth=0, to=None),),
    ]


def test_the_surest_answer_counts() -> None:
    (_, first), (second,) = threads([1, 2, 3], [answer(3, 2, 0.4), answer(3, 1, 0.9)])
    assert (first.number, first.to, second.number) == (3, 1, 2)


def test_a_circle_is_opened_at_its_weakest_tie() -> None:
    ((first, second, third),) = threads(
        [1, 2, 3], [answer(2, 1, 0.9), answer(3, 2, 0.8), answer(1, 3, 0.1)]
    )
    assert [first.number, second.number, third.number] == [1, 2, 3]


TIES = st.lists(
    st.builds(answer, st.integers(0, 7), st.integers(0, 7), st.floats(0, 1)), max_size=14
)


@given(TIES)
def test_every_utterance_stands_once_and_under_one_that_it_answers(ties: list[Answer]) -> None:
    turns = [turn for thread in threads(range(6), ties) for turn in thread]
    assert sorted(turn.number for turn in turns) == list(range(6))
    known = {(tie.reply, tie.to) for tie in ties}
    assert all((turn.number, turn.to) in known for turn in turns if turn.to is not None)
    assert all((turn.depth == 0) == (turn.to is None) for turn in turns)
