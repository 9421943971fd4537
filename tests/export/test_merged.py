"""Why versions are one utterance, in lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export import merged
from rejoinder.merge.told import Evidence
from tests.export.test_threads import carrier, utterance

NUMBERS = (1, 2, 3, 4)
TOLD = utterance(*(carrier(f"Post {number}", number) for number in NUMBERS))
ONE = Evidence(
    first=1,
    second=2,
    score=0.9,
    why=(("the same words", 2.0),),
    decision=None,
    who=None,
    reason=None,
)
PAIRS = st.lists(st.sampled_from(list(combinations(NUMBERS, 2))), unique=True)


def told(found: list[Evidence]) -> list[str]:
    return [row.plain for row in merged.lines(TOLD, found, 100)][2:]


def test_a_pair_that_is_the_best_of_both_is_told_once() -> None:
    assert told([ONE]) == ["post 1#s1 with post 2#s1: sure, 90 %: the same words"]
    assert told([]) == []


@given(PAIRS)
def test_every_version_that_is_judged_is_named_and_no_pair_twice(
    pairs: list[tuple[int, int]],
) -> None:
    found = [replace(ONE, first=first, second=second) for first, second in pairs]
    rows = [row.partition(":")[0] for row in told(found)]
    named = [frozenset(row.split(" with ")) for row in rows]
    assert len(set(named)) == len(named)
    assert set().union(*named) == {f"post {n}#s1" for pair in pairs for n in pair}
