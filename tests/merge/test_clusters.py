"""Groups of judgements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.merge.clusters import Edge, clusters


def edge(first: int, second: int, **told: object) -> Edge:
    return Edge(first=first, second=second, **{"same": True, "score": 0.9, **told})  # type: ignore[arg-type]


def test_what_is_one_with_one_is_one_with_all() -> None:
    assert clusters(range(5), [edge(0, 1), edge(1, 3)]) == [(0, 1, 3), (2,), (4,)]


def test_what_a_person_told_apart_stays_apart() -> None:
    apart = edge(0, 3, same=False, person=True)
    assert clusters(range(4), [edge(0, 1), edge(1, 3, score=0.5), apart]) == [(0, 1), (2,), (3,)]


def test_what_a_person_joined_comes_before_what_is_surer() -> None:
    edges = [
        edge(0, 1, score=0.99),
        edge(1, 2, score=1.0, person=True),
        edge(0, 2, same=False, person=True),
    ]
    assert clusters(range(3), edges) == [(0,), (1, 2)]


def test_a_chain_brings_no_two_of_one_place_together() -> None:
    chain = [edge(0, 1, score=0.9), edge(1, 2, score=0.8)]
    assert clusters(range(3), chain, places={0: 7, 1: 8, 2: 7}) == [(0, 1), (2,)]
    told = [*chain, edge(1, 2, person=True)]
    assert clusters(range(3), told, places={0: 7, 1: 8, 2: 7}) == [(0,), (1, 2)]


def test_what_is_sure_enough_brings_two_of_one_place_together() -> None:
    chain = [edge(0, 1, score=0.99), edge(1, 2, score=0.95)]
    places = {0: 7, 1: 8, 2: 7}
    assert clusters(range(3), chain, places=places, sure=0.96) == [(0, 1), (2,)]
    assert clusters(range(3), chain, places=places, sure=0.95) == [(0, 1, 2)]


EDGES = st.lists(
    st.builds(
        edge,
        st.integers(0, 6),
        st.integers(0, 6),
        same=st.booleans(),
        score=st.sampled_from([0.5, 0.7, 0.9]),
        person=st.booleans(),
    ),
    max_size=10,
)


@given(EDGES, st.randoms(use_true_random=False))
def test_every_thing_is_in_one_group_whatever_the_order(edges: list[Edge], random: object) -> None:
    found = clusters(range(7), edges)
    assert sorted(n for group in found for n in group) == list(range(7))
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clusters(range(7), shuffled) == found


@given(EDGES)
def test_no_group_holds_what_a_person_told_apart(edges: list[Edge]) -> None:
    homes = {n: group for group in clusters(range(7), edges) for n in group}
    for e in edges:
        if not e.same and e.person and e.first != e.second:
            assert homes[e.first] is not homes[e.second]
