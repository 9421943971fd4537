"""For whom a figure speaks, of what reports say."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.sides import Said, Whose, whose

SAID = st.builds(
    Said,
    side=st.sampled_from(["Iceland", "ICELAND", "Norway", "Denmark"]),
    key=st.none(),
    guessed=st.booleans(),
    times=st.integers(0, 3),
).map(lambda s: Said(side=s.side, key=s.side.lower(), guessed=s.guessed, times=s.times))


@given(said=st.lists(SAID, max_size=6), seed=st.randoms())
def test_the_order_does_not_matter(said: list[Said], seed: random.Random) -> None:
    shuffled = list(said)
    seed.shuffle(shuffled)
    assert whose(shuffled) == whose(said)


@given(said=st.lists(SAID, max_size=6))
def test_only_what_is_said_surely_and_by_all_is_agreed(said: list[Said]) -> None:
    sure = {one.key for one in said if one.times and not one.guessed}
    found = whose(said)
    assert found.agreed == (len(sure) == 1)
    assert found.guessed == (not sure and any(one.times for one in said))
    if sure:
        assert found.key in sure
    assert found.found_under("norway", said=True) == "norway"
    assert found.found_under(None, said=False) == (found.key if found.agreed else None)


def test_what_most_say_counts_and_of_equals_the_first_by_name() -> None:
    norway = Said(side="Norway", key="norway", guessed=False, times=2)
    iceland = Said(side="Iceland", key="iceland", guessed=False, times=2)
    more = Said(side="Norway", key="norway", guessed=False, times=1)
    assert whose([norway, iceland]) == Whose(side="Iceland", key="iceland")
    assert whose([norway, iceland, more]) == Whose(side="Norway", key="norway")
    assert whose([]) == Whose()
