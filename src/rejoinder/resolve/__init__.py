"""Resolution: what the extractor found becomes statements with speakers, targets and dates.

`statements` is the whole floor. `kinds` puts attributions in order and tells what each is; `actors`
finds who speaks among the `entities` that are named, and those that are not (`unnamed`); `offices`,
`sides`, `names` and `roles` know what names, titles and groups look like; `stands` is for whom one
speaks where no words say it; `targets` is for whom one aims at, `dates` works out when, `media`
knows carriers by their names, `occasions` whose a place or carrier is and how long it lasts. All of
it is pure: text, spans and plain data in, plain data out.

The one idea: the report is walked through once, in order, as a reader would; where two readings
remain, the answer is that it is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Protocol

from rejoinder.model import (
    Actor,
    Article,
    Attribution,
    Extraction,
    How,
    Resolution,
    Span,
    Statement,
)
from rejoinder.posts import authors, quoted
from rejoinder.resolve import stands
from rejoinder.resolve.actors import FIRST_PERSON, Cast, Found
from rejoinder.resolve.dates import said_on
from rejoinder.resolve.entities import Roster
from rejoinder.resolve.heralded import declaring, interviewed
from rejoinder.resolve.kinds import in_order, kind
from rejoinder.resolve.kinds import statements as _bare
from rejoinder.resolve.media import carriers, media
from rejoinder.resolve.names import slug
from rejoinder.resolve.occasions import carried, carrying, owned, shipped
from rejoinder.resolve.offices import has_office
from rejoinder.resolve.passives import spoken_to
from rejoinder.resolve.targets import TARGET, target
from rejoinder.states import signs
from rejoinder.text import SENTENCE, overlap, sentences, whole_words
from rejoinder.turns import answering

__all__ = ["Book", "Known", "kind", "statements"]


class Known(Protocol):
    """What an actor book says of somebody."""

    @property
    def name(self) -> str:
        """Full name."""

    @property
    def office(self) -> str | None:
        """Office held."""

    @property
    def side(self) -> str | None:
        """Whom it speaks for."""


class Book(Protocol):
    """An actor book; `rejoinder.book.Book` reads one from a file."""

    def find(self, name: str, on: date | None) -> Known | None:
        """Return the one entry for a name on a day, or None."""


def statements(
    article: Article, extraction: Extraction, *, book: Book | None = None
) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Resolve what was found in an article.

    Args:
        article: Its text and date.
        extraction: What the extractor found in it.
        book: Overrides what the text says of the actors in it.

    Returns:
        Statements in reading order, and remarks: where the book contradicts the text.
    """
    ordered = in_order(extraction.attributions)
    made = _bare(article, ordered)
    day = article.published
    roster = Roster(article.text, extraction.mentions, signs(article.text), on=day)
    cast = Cast(roster)
    aims = [_aims(roster, a) for a in ordered]
    found = _meant(cast, ordered, aims)
    bound = _Bound(article, book)
    speakers = {s.id: found.get(_voice(article.text, s)) for s in made if s.source}
    speakers |= _shared(article.text, made, speakers)
    herald = declaring(roster)
    declarer = cast.resolve(herald, speaks=False) if herald else None
    if selves := _first_persons(article.text, made, speakers, declarer=declarer):
        speakers |= selves
        # What goes on from an "I" whose speaker is known only now.
        speakers |= _shared(article.text, made, speakers)
    out = []
    for statement, attribution, told in zip(made, ordered, aims, strict=True):
        written = _voice(article.text, statement) if statement.source else None
        speaker = bound.take(speakers.get(statement.id), written)
        known = (speakers.get(statement.id), speaker)
        aimed = bound.aims(_aimed(told, found, speakers=[k.actor for k in known if k]))
        told_so = replace(
            statement,
            speaker=speaker.actor if speaker else None,
            resolution=speaker.resolution if speaker else None,
            aims=aimed,
            said_on=said_on(article, attribution),
        )
        told_so = replace(told_so, target=target(article.text, told_so))
        out.append(_turned(told_so) if spoken_to(article.text, attribution) else told_so)
    bounds = sentences(article.text)
    named = media(article.text, roster.mentions)
    own = owned(bounds, carriers(article.text, carrying(article.text, out), named))
    lasting = carried(own, shipped(), text=article.text, bounds=bounds)
    return lasting, tuple(bound.remarks)


def _turned(statement: Statement) -> Statement:
    """Return a statement that is made to its speaker, by nobody knows whom."""
    target = statement.speaker
    return replace(statement, source=(), speaker=None, resolution=None, target=target)


#: What stands between one piece of a source and another that goes on with it, or names a place or
#: one more: "Vale, [in] Riga", "Vale [and] Orr".
_GOES_WITH = re.compile(
    r"(?:[,(–—]|\b(?:of|from|in|at|for|on|with|to|by|under|near|within|among|about|"
    r"through|against|via|and|or))(?:\s(?:the|an?))?\s*\Z",
    re.IGNORECASE,
)
#: Cues of which a person before them is no subject: "Vale urged [Orr] [to say]", "[saying]".
_NOT_FINITE = re.compile(r"to\b|\w+ing\b", re.IGNORECASE)
#: A name, with or without an article.
_NAMED = re.compile(r"(?:(?:[Tt]he|[Aa]n?)\s)?(?!(?:He|She|It|They|Who|We|You)\b)[A-Z]")
#: How far before its cue, in code points, a piece of a source may end.
_BESIDE = 2


def _voice(text: str, told: Attribution | Statement) -> Span:
    """Return the piece of a source that speaks: the first, or one right before the cue.

    "[Vale] spoke after [Orr] said": it is Orr who said it.
    """
    first, *others = told.source
    cue = told.cue[0][0] if told.cue else 0
    before = [span for span in others if span[1] <= cue]
    if not before or cue - before[-1][1] > _BESIDE:
        return first
    start, end = before[-1]
    tied = _GOES_WITH.search(text, first[1], start) or _NOT_FINITE.match(text, cue)
    somebody = text[start] != "(" and has_office(text[start:end])
    somebody |= _NAMED.match(text, start, end) is not None
    return before[-1] if somebody and not tied else first


#: Words for a target, with the probability that they are.
_Aims = Sequence[tuple[Span, float]]


def _meant(
    cast: Cast, ordered: Sequence[Attribution], aims: Iterable[_Aims]
) -> Mapping[Span, Found]:
    """Resolve every source and likely target once, in the order in which they stand.

    What is no likely target comes after them, so that it cannot change whom they mean.
    """
    text = cast.roster.text
    # A first piece that another speaks after is somebody too, whom "they" may mean later.
    sources = {span for a in ordered if a.source for span in (a.source[0], _voice(text, a))}
    # A post is shown, and the report goes on: "he" is whoever was spoken of before it.
    spans = {(span, span not in authors(text)) for span in sources}
    told = {span: chance for listed in aims for span, chance in listed}
    spans |= {(span, False) for span, chance in told.items() if chance >= TARGET}
    rest = {(span, False) for span in told}
    found: dict[Span, Found] = {}
    for group in (spans, rest):
        for span, speaks in sorted(group, key=lambda pair: (pair[0], not pair[1])):
            if span not in found:
                found[span] = _answerer(cast, span) or cast.resolve(span, speaks=speaks)
    heard = ((found[_voice(text, a)].entity, a.stands) for a in ordered if a.source)
    stands.settle(cast.roster, ((entity, chances) for entity, chances in heard if entity))
    return {span: cast.settle(actor) for span, actor in found.items()}


def _answerer(cast: Cast, label: Span) -> Found | None:
    """Resolve the label of an answer in an interview to whoever is interviewed; None of others."""
    labels = answering(cast.roster.text)
    if label not in labels:
        return None
    named = interviewed(cast.roster, min(labels)[0])
    if named is None:
        return cast.left_open(label)
    told = cast.resolve(named, speaks=False)
    if told.resolution.how is How.UNRESOLVED:
        return told
    resolution = Resolution(how=How.OFFICE, confidence=0.9, chain=(label, named))
    return replace(told, resolution=resolution)


#: Words less likely than this to name a target are not looked at.
_LEAST_AIM = 0.02


def _aims(roster: Roster, attribution: Attribution) -> _Aims:
    """Give the words that may name a target, each widened to the name that it is part of."""
    chances: dict[Span, float] = {}
    for part, chance in attribution.aims:
        span = whole_words(roster.text, part)
        if chance >= _LEAST_AIM and not overlap((span,), attribution.source):
            whole = roster.name_around(span) or span
            chances[whole] = chances.get(whole, 0.0) + chance
    return tuple(sorted(chances.items()))


#: Where most is likely of the speaker itself, the little that is left is not made much of.
_LEAST_REST = 0.3


def _aimed(
    aims: _Aims, found: Mapping[Span, Found], *, speakers: Sequence[Actor]
) -> tuple[tuple[Actor, float], ...]:
    """Sum up how likely each actor is aimed at, over all words for it, the likeliest first.

    Nobody aims at himself, or at the state that he speaks for: what is likely of these is shared
    out among the rest. A pronoun that nobody can be found for says nothing about it.
    """
    actors: dict[str, Actor] = {}
    chances: dict[str, float] = {}
    rest = 1.0
    for span, chance in aims:
        actor, how = found[span].actor, found[span].resolution.how
        if any(actor.id == own.id or actor.name == own.side for own in speakers):
            rest -= chance
        elif how is not How.UNRESOLVED:
            actors[actor.id] = actor
            chances[actor.id] = chances.get(actor.id, 0.0) + chance
    ranked = sorted(chances, key=lambda key: -chances[key])
    whole = max(rest, _LEAST_REST)
    return tuple((actors[key], round(min(1.0, chances[key] / whole), 3)) for key in ranked)


def _shared(
    text: str, made: Sequence[Statement], speakers: Mapping[str, Found | None]
) -> dict[str, Found | None]:
    """Give a statement without source the speaker of the one beside it in the same sentence.

    "Vale said the strait was open and warned against closing it": one source, two cues. Also
    "Noting that it was open, Vale warned …".
    """
    out: dict[str, Found | None] = {}

    def share(statement: Statement, other: Statement) -> None:
        speaker = out.get(other.id) or speakers.get(other.id)
        if speaker is not None and statement.inside == other.inside:
            known = speaker.resolution.how is not How.UNRESOLVED
            how = How.SHARED if known else How.UNRESOLVED
            out[statement.id] = replace(speaker, resolution=replace(speaker.resolution, how=how))

    later: Statement | None = None
    for statement in reversed(made):
        if statement.source:
            later = statement
            continue
        opens = statement.cue and _OPENS.match(text, statement.cue[0][0])
        if opens and later and _one_sentence(text, statement, later):
            share(statement, later)
    for before, statement in pairwise(made):
        open_ = not statement.source and statement.id not in out
        if open_ and _one_sentence(text, before, statement):
            share(statement, before)
    return out


#: A cue that a sentence begins with before it says who speaks.
_OPENS = re.compile(r"[A-Z]\w*ing\b")


def _one_sentence(text: str, before: Statement, statement: Statement) -> bool:
    """Tell whether no sentence ends between the cues of two statements."""
    if not before.cue or not statement.cue:
        return False
    start, end = before.cue[-1][1], statement.cue[0][0]
    # One further, as what ends a sentence is told by what begins the next.
    return start <= end and SENTENCE.search(text, start, end + 1) is None


def _first_persons(
    text: str,
    made: Sequence[Statement],
    speakers: Mapping[str, Found | None],
    *,
    declarer: Found | None,
) -> dict[str, Found | None]:
    """Resolve "I" and "we" to whoever speaks the statement that they stand in, if that is known.

    In none, and in no quotation, they are whose statement all of the text is (`declarer`).
    """
    known = {statement.id: statement for statement in made}
    out: dict[str, Found | None] = {}
    for statement in made:
        voice = _voice(text, statement) if statement.source else (0, 0)
        if text[slice(*voice)].lower() not in FIRST_PERSON:
            continue
        outer = known.get(statement.inside or "")
        if outer is not None and overlap(outer.content, statement.source):
            speaker = out.get(outer.id) or speakers.get(outer.id)
        else:
            speaker = None if overlap(quoted(text), (voice,)) else declarer
        if speaker is not None and speaker.resolution.how is not How.UNRESOLVED:
            chain = (voice, *speaker.resolution.chain)
            resolution = Resolution(how=How.PRONOUN, confidence=0.9, chain=chain)
            out[statement.id] = replace(speaker, resolution=resolution)
    return out


class _Bound:
    """The actor book at work on an article: it overrules the text, and remarks on differences."""

    def __init__(self, article: Article, book: Book | None) -> None:
        self._article = article
        self._book = book
        #: In the order in which they came up, each once.
        self.remarks: dict[str, None] = {}

    def take(self, found: Found | None, written: Span | None) -> Found | None:
        """Return who was found, or whom the book knows by that name or by the words as written."""
        if found is None:
            return None
        words = [self._article.text[slice(*written)]] if written else []
        actor = self.actor(found.actor, *words)
        if actor is None or actor is found.actor:
            return found
        resolution = replace(found.resolution, how=How.BOOK, confidence=1.0)
        return replace(found, actor=actor, resolution=resolution)

    def actor(self, said: Actor | None, *words: str) -> Actor | None:
        """Return an actor as the text has it, or as the book knows it by its name or by `words`."""
        entry = self._entry((said.name, *words)) if said else None
        if said is None or entry is None:
            return said
        if said.side and entry.side and said.side != entry.side:
            remark = f"{said.name} speaks for {said.side} by the text, for {entry.side} by the book"
            self.remarks[remark] = None
        return Actor(
            id=slug(entry.name),
            name=entry.name,
            role=entry.office or said.role,
            side=entry.side or said.side,
            side_guessed=said.side_guessed and not entry.side,
        )

    def aims(self, aimed: Sequence[tuple[Actor, float]]) -> tuple[tuple[Actor, float], ...]:
        """Put whom the book knows in place of those that the text has, each actor once."""
        known = [(self.actor(actor) or actor, chance) for actor, chance in aimed]
        actors = {actor.id: actor for actor, _ in known}
        chances = {one: sum(c for a, c in known if a.id == one) for one in actors}
        ranked = sorted(chances, key=lambda one: -chances[one])
        return tuple((actors[one], round(min(1.0, chances[one]), 3)) for one in ranked)

    def _entry(self, names: Iterable[str]) -> Known | None:
        entries = (self._book.find(n, self._article.published) for n in names if self._book)
        return next((entry for entry in entries if entry), None)
