"""The race: who tells the same, and what becomes of what racers print."""

from __future__ import annotations

from bench.measures import tells
from bench.race import _attributions, _found
from rejoinder.model import Attribution, Kind
from training.data import Document, Example

TEXT = 'Bo Marl said the quay was shut. "It is open again," said Ann Tull.'


def span(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


QUOTED = Example(
    source=span("Ann Tull"), cue=span("said Ann")[:1], content=span('"It is open again,"')
)
TOLD = Example(source=span("Bo Marl"), cue=span("said"), content=span("the quay was shut"))


def attribution(example: Example) -> Attribution:
    return Attribution(source=example.source, cue=example.cue, content=example.content)


def test_what_is_found_is_told_apart_by_kind() -> None:
    document = Document(id="a", text=TEXT, readings=((TOLD, QUOTED),))
    printed = [{"source": [], "cue": [[0, 2]], "content": [list(QUOTED.content[0])]}]
    shares = _found([printed], [document])
    assert (shares[Kind.DIRECT], shares[Kind.INDIRECT]) == (1.0, 0.0)


def test_what_racers_print_becomes_attributions_again() -> None:
    printed = [{"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 20], [22, 30]]}]
    (one,) = _attributions(printed)
    assert (one.source, one.cue, one.content) == (((0, 7),), ((8, 12),), ((13, 20), (22, 30)))


def test_long_and_short_parts_tell_the_same() -> None:
    short = attribution(TOLD)
    long = Attribution(source=((0, 7),), cue=((3, 12),), content=TOLD.content)
    assert tells(short, long) and tells(long, short)


def test_other_speakers_and_other_words_do_not_tell_the_same() -> None:
    told = attribution(TOLD)
    assert not tells(told, attribution(QUOTED))
    other = Attribution(source=QUOTED.source, cue=TOLD.cue, content=TOLD.content)
    nobody = Attribution(source=(), cue=TOLD.cue, content=TOLD.content)
    assert not tells(told, other)
    assert not tells(told, nobody) and tells(nobody, nobody)
