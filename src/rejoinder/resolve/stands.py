"""Stands: how somebody is reported says for whom he speaks, where no words do.

"Vale said …" with no office anywhere: the extractor gives each source the probabilities of speaking
for nobody, for the United States or for another. They are put together over all that one says;
which other state it is, the states named about it tell (`sides.foreign`). What the report says in
words stays as it is, unless it is all but sure that somebody speaks for nobody. Pure, but that it
fills in the sides of the roster's entities.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rejoinder.model import NameType, Span
from rejoinder.resolve import roles, sides
from rejoinder.resolve.entities import Entity, Roster
from rejoinder.text import word_set

#: Probabilities of speaking for nobody, for the United States, for another.
Stands = tuple[float, float, float]
#: What is left of the likelihood that the holder of an office of government speaks for nobody.
#: Chosen on held-out articles; anything from 0.1 to 0.5 does as well.
_OFFICIAL = 0.5
#: From this likelihood on it is all but sure that somebody speaks for a state other than the United
#: States. Chosen on held-out articles.
_SURE = 0.75
#: From this likelihood on somebody speaks for nobody, though words name a state: "the American
#: [Energy] Alliance". Chosen on held-out articles.
_PRIVATELY = 0.95
#: Offices of states alone. What stands before "President" is more often a company's name.
_GOVERNS = re.compile(r"^(?:Vice[- ])?President$|\b[Mm]inister\b")
#: Whose court it is, words say, or it is nobody's.
_COURTS = re.compile(r"\bcourts?\Z|\bcourt of\b", re.IGNORECASE)
#: Words that stand alone for a thing or a day.
_POINTING = word_set(
    "this that these those monday tuesday wednesday thursday friday saturday sunday"
)


def settle(roster: Roster, heard: Iterable[tuple[Entity, Stands]]) -> None:
    """Give sides to those who spoke and of whom no words say theirs.

    Args:
        roster: Of the article.
        heard: Who each source is, with the probabilities.
    """
    votes: dict[Entity, list[Stands]] = defaultdict(list)
    for entity, stands in heard:
        if any(stands) and not entity.signed and (entity.side or not entity.settled):
            votes[entity].append(stands)
    for entity, told in votes.items():
        mean = [sum(column) / len(told) for column in zip(*told, strict=True)]
        if not entity.settled:
            entity.side = entity.leads or _side(roster, entity, mean)
        elif mean[0] >= _PRIVATELY:
            entity.side = None
    # A chief's side is known only now.
    for entity in votes:
        if not entity.settled and not entity.leads:
            entity.side = roster.chief(_said(roster, entity)) or entity.side


def _side(roster: Roster, entity: Entity, mean: Sequence[float]) -> str | None:
    nobody, american, another = mean
    said = _said(roster, entity)
    if any(_COURTS.search(roster.words(span)) for span in said):
        return None
    if any(sides.official(roster.words(span)) for span in said):
        nobody *= _OFFICIAL
    if any(_governs(roster.words(office)) for office in entity.offices):
        nobody = 0.0
    if any(sides.never_american(roster.words(span)) for span in said):
        american, another = 0.0, american + another
    if nobody > american + another:
        return None
    if american > another:
        return sides.UNITED_STATES
    if entity.side not in (None, sides.UNITED_STATES):
        return entity.side
    if _thing(roster, entity):
        return None
    spans = [entity.span, *entity.offices]
    sure = another >= _SURE
    return sides.foreign(roster.text, spans, said=said, signs=roster.signs, sure=sure)


def _governs(office: str) -> bool:
    """Tell whether an office is a president's or minister's, who speak for some state."""
    return sides.official(office) and _GOVERNS.search(office) is not None


def _thing(roster: Roster, entity: Entity) -> bool:
    """Tell whether what is said to speak is nothing that a state has voice by: "the plan"."""
    if entity in roster.entities or sides.signs_in(roster.signs, entity.span):
        return False
    words, said = roster.words(entity.span), roster.nouns(entity.span)
    if not said:  # "47%"
        return True
    # A capital is that of a sentence, or of a name that was not taken for one.
    bare = words[:1].islower() or len(said) > 1 or said[0] in _POINTING
    return bare and words[1:].islower() and not set(said) & roles.SPEAKERS


def _said(roster: Roster, entity: Entity) -> list[Span]:
    """List the words that say what somebody is: a person's own name says nothing."""
    named = entity.type is NameType.PERSON and entity in roster.entities
    return entity.offices if named else [entity.span, *entity.offices]
