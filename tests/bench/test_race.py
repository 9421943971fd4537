"""The race: who tells the same, and what becomes of what racers print."""

from __future__ import annotations

from bench.found import Printed, attributions, shares
from bench.measures import tells
from rejoinder.model import Attribution, Kind

TEXT = 'Bo Marl said the quay was shut. "It is open again," said Ann Tull.'


def span(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


QUOTED = Attribution(
    source=span("Ann Tull"), cue=span("said Ann")[:1], content=span('"It is open again,"')
)
TOLD = Attribution(source=span("Bo Marl"), cue=span("said"), content=span("the quay was shut"))


def test_what_is_found_is_told_apart_by_kind() -> None:
    printed: Printed = [{"source": [], "cue": [[0, 2]], "content": [list(QUOTED.content[0])]}]
    found = shares([printed], [(TEXT, (TOLD, QUOTED))])
    assert (found[Kind.DIRECT], found[Kind.INDIRECT]) == (1.0, 0.0)


def test_what_racers_print_becomes_attributions_again() -> None:
    printed = [{"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 20], [22, 30]]}]
    (one,) = attributions(printed)
    assert (one.source, one.cue, one.content) == (((0, 7),), ((8, 12),), ((13, 20), (22, 30)))


def test_long_and_short_parts_tell_the_same() -> None:
    long = Attribution(source=((0, 7),), cue=((3, 12),), content=TOLD.content)
    assert tells(TOLD, long) and tells(long, TOLD)


def test_other_speakers_and_other_words_do_not_tell_the_same() -> None:
    assert not tells(TOLD, QUOTED)
    other = Attribution(source=QUOTED.source, cue=TOLD.cue, content=TOLD.content)
    nobody = Attribution(source=(), cue=TOLD.cue, content=TOLD.content)
    assert not tells(TOLD, other)
    assert not tells(TOLD, nobody) and tells(nobody, nobody)
