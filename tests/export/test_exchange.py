"""The order of the argument."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export.exchange import DEEPEST, Under, turns
from rejoinder.model import Article, Kind, Mode, Reading, Reply, Statement


def statement(number: int, inside: int | None = None) -> Statement:
    return Statement(
        id=f"s{number}",
        kind=Kind.INDIRECT,
        mode=Mode.SAID,
        source=(),
        cue=(),
        content=((number, number + 1),),
        inside=None if inside is None else f"s{inside}",
    )


def reading(*insides: int | None, replies: tuple[tuple[int, int], ...] = ()) -> Reading:
    return Reading(
        article=Article(id="a", text="x" * 99),
        statements=tuple(statement(number, inside) for number, inside in enumerate(insides, 1)),
        replies=tuple(Reply(reply=f"s{reply}", to=f"s{to}") for reply, to in replies),
    )


def order(made: Reading, *, flat: bool = False) -> list[str]:
    return [
        "  " * turn.depth
        + {None: "", Under.INSIDE: "↳", Under.ANSWER: "↩"}[turn.under]
        + turn.statement.id
        for turn in turns(made, flat=flat)
    ]


def test_without_replies_reading_order_is_kept() -> None:
    assert order(reading(None, None, None)) == ["s1", "s2", "s3"]


def test_answers_stand_under_what_they_answer() -> None:
    made = reading(None, None, None, None, replies=((3, 1), (4, 3)))
    assert order(made) == ["s1", "  ↩s3", "    ↩s4", "s2"]


def test_what_is_reported_first_may_be_the_answer() -> None:
    assert order(reading(None, None, None, replies=((1, 3),))) == ["s2", "s3", "  ↩s1"]


def test_statements_inside_others_stand_under_them_before_the_answers() -> None:
    made = reading(None, None, 1, replies=((2, 1),))
    assert order(made) == ["s1", "  ↳s3", "  ↩s2"]


def test_flat_names_replies_and_moves_only_what_is_inside() -> None:
    made = reading(None, None, 1, replies=((2, 1),))
    assert order(made, flat=True) == ["s1", "  ↳s3", "s2"]
    assert [len(turn.replies) for turn in turns(made, flat=True)] == [0, 0, 1]


def test_a_statement_inside_another_stays_there_and_its_answer_is_named() -> None:
    made = reading(None, None, 2, replies=((3, 1),))
    assert order(made) == ["s1", "s2", "  ↳s3"]
    assert [len(turn.replies) for turn in turns(made)] == [0, 0, 1]


def test_denying_what_one_reports_makes_no_circle() -> None:
    made = reading(None, 1, replies=((1, 2),))
    assert order(made) == ["s1", "  ↳s2"]
    assert next(turns(made)).replies == made.replies


def test_a_circle_is_opened_at_a_reply() -> None:
    assert order(reading(None, None, replies=((1, 2), (2, 1)))) == ["s1", "  ↩s2"]
    assert order(reading(2, None, None, replies=((2, 3), (3, 1)))) == ["s2", "  ↳s1", "    ↩s3"]
    made = reading(2, 1, None, replies=((3, 2),))
    assert sorted(line.strip(" ↳↩") for line in order(made)) == ["s1", "s2", "s3"]


def test_what_leads_into_a_circle_keeps_its_place() -> None:
    made = reading(None, None, None, replies=((1, 2), (2, 3), (3, 2)))
    assert order(made) == ["s2", "  ↩s1", "  ↩s3"]


def test_links_to_oneself_or_to_nobody_here_move_nothing() -> None:
    made = reading(1, 9, replies=((1, 1), (2, 7)))
    assert order(made) == ["s1", "s2"]
    assert [[r.to for r in turn.replies] for turn in turns(made)] == [[], ["s7"]]


def test_the_surest_reply_gives_the_place_and_comes_first() -> None:
    made = reading(None, None, None, replies=((3, 1), (3, 2), (3, 2)))
    unsure, sure, again = made.replies
    made = replace(made, replies=(replace(unsure, confidence=0.4), sure, again))
    assert order(made) == ["s1", "s2", "  ↩s3"]
    assert [reply.to for reply in list(turns(made))[-1].replies] == ["s2", "s1"]


def test_lines_are_moved_in_only_so_far() -> None:
    made = reading(*[None] * 8, replies=tuple((n + 1, n) for n in range(1, 8)))
    assert [turn.depth for turn in turns(made)] == [0, 1, 2, 3, DEEPEST, DEEPEST, DEEPEST, DEEPEST]


def test_long_chains_take_no_time() -> None:
    count = 20_000
    made = reading(*[None] * count, replies=tuple((n, n % count + 1) for n in range(1, count + 1)))
    assert len(list(turns(made))) == count


@given(st.data(), st.booleans())
def test_each_statement_is_shown_exactly_once(data: st.DataObject, flat: bool) -> None:
    numbers = st.integers(1, 9)
    insides = data.draw(st.lists(st.none() | numbers, max_size=8))
    replies = data.draw(st.lists(st.tuples(numbers, numbers), max_size=12))
    made = reading(*insides, replies=tuple(replies))
    shown = list(turns(made, flat=flat))
    assert sorted(turn.statement.id for turn in shown) == [s.id for s in made.statements]
    depths = [0, *(turn.depth for turn in shown)]
    assert all(0 <= b <= min(a + 1, DEEPEST) for a, b in pairwise(depths))
    for turn in shown:
        named = [reply.to for reply in turn.replies]
        asked = {f"s{to}" for reply, to in replies if f"s{reply}" == turn.statement.id}
        assert sorted(map(str, named)) == sorted(asked - {turn.statement.id})
        assert (turn.under is None) == (turn.depth == 0)
