"""Who is spoken to, and does not speak."""

from __future__ import annotations

import re

import pytest

from rejoinder.model import Article, Attribution, Extraction, Mention, MentionKind, NameType, Spans
from rejoinder.resolve import statements
from rejoinder.resolve.passives import spoken_to
from rejoinder.text import length


def marked(line: str) -> tuple[str, Attribution]:
    """Read "[source] {cue} <content>" with its text."""
    text = re.sub(r"[\[\]{}<>]", "", line)

    def part(marks: str) -> Spans:
        start = len(re.sub(r"[\[\]{}<>]", "", line.partition(marks[0])[0]))
        words = line.partition(marks[0])[2].partition(marks[1])[0]
        return ((start, start + len(words)),) if words else ()

    return text, Attribution(source=part("[]"), cue=part("{}"), content=part("<>"), confidence=0.9)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[Vale] {was told} <that the strait was open>.", True),
        ("[Vale] has {been accused} <of a threat>.", True),
        ("[Vale, the minister,] {was then pressed} <on the strait>.", True),
        ("[Reporters] {told} her <that the strait was open>.", False),
        ("[Vale] {was asked} by reporters <whether it was open>.", False),
        ("[Vale] {was quoted as saying} <it was open>.", False),
        ("{Asked} <whether it was open>, [Vale] was silent.", False),
        ("[Vale], who was told to rest, {said} <it was open>.", False),
    ],
)
def test_of_some_passives_the_subject_is_spoken_to(line: str, told: bool) -> None:
    assert spoken_to(*marked(line)) == told


def test_it_is_aimed_at_whoever_is_spoken_to_and_nobody_is_known_to_speak() -> None:
    text, attribution = marked("[Ann Vale] {was accused} <of a threat>.")
    name = attribution.source[0]
    found = Mention(span=name, head=name, kind=MentionKind.NAME, type=NameType.PERSON)
    extraction = Extraction(attributions=(attribution,), mentions=(found,))
    ((statement,), _) = statements(Article(id="a", text=text), extraction)
    assert (statement.source, statement.speaker, statement.resolution) == ((), None, None)
    assert statement.target is not None and statement.target.name == "Ann Vale"
    assert length(statement.content) == len("of a threat")
