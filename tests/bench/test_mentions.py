"""Which of some mentions another program's chains put together."""

from __future__ import annotations

import pytest

from bench.mentions import _silver
from rejoinder.model import Span

TEXT = "President Ann Vale met Bo Orr, the envoy. She praised Vale's aide."


def at(words: str, nth: int = 0) -> Span:
    """Return where words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("chain", "together"),
    [
        ([at("President Ann Vale"), at("She")], {at("Ann Vale"), at("She")}),
        ([at("Bo Orr, the envoy"), at("She")], {at("Bo Orr"), at("She")}),
        ([at("Vale's aide"), at("She")], {at("She")}),
        ([at("Vale", 1), at("She")], {at("Vale", 1), at("She")}),
    ],
)
def test_a_mention_is_what_its_name_is_but_for_whose_somebody_is(
    chain: list[Span], together: set[Span]
) -> None:
    spans = [at("Ann Vale"), at("Bo Orr"), at("She"), at("Vale", 1)]
    found = _silver(spans, [chain], TEXT)
    assert together in found
    assert {m for one in found for m in one} == set(spans)
