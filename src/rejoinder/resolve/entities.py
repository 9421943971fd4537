"""Entities: who and what an article names, put together from its names.

Takes the text, the extractor's mentions and the signs of states; gives a `Roster` with one
`Entity` for each person, organisation, place or state that is named, whatever the name is shortened
to later, with the offices said about it and the side it speaks for. Pure.

The one idea: full names come first, and a shorter form joins the one full name that it can mean;
one that can mean several is a tie, and stays one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from rejoinder import leaders
from rejoinder.model import Mention, MentionKind, NameType, Span
from rejoinder.phrases import head
from rejoinder.resolve import callings, names, offices, roles, sides
from rejoinder.resolve.sides import Stand
from rejoinder.resolve.titled import put_right, usual_types
from rejoinder.states import Sign, SignKind
from rejoinder.text import within

#: A mention goes to an entity only where that has at least this much weight, and so much more than
#: the next.
LEAST, AHEAD = 0.3, 0.12
#: Signs that are a state itself, whatever it is called; and those that stand for its government.
PLACES = (SignKind.NAME, SignKind.CAPITAL, SignKind.DEMONYM)
SEATS = (SignKind.CAPITAL, SignKind.METONYM)
#: What stands between a state's name and what is the state's.
_POSSESSED = re.compile(r"(?:['’]s?)?\s")
#: How far before a name, in code points, a courtesy may begin.
_COURTESY_REACH = 12


@dataclass(slots=True, kw_only=True, eq=False)
class Entity:
    """Somebody or something, as it is put together from mentions."""

    type: NameType
    #: The fullest name, and its words.
    name: str
    tokens: tuple[str, ...]
    #: Where it is named in full first.
    span: Span
    side: str | None = None
    #: Whether the article's words say for whom it speaks, be it nobody; else the side is a guess.
    settled: bool = False
    #: The state whose it is said to be: "Iran's Zarif".
    possessor: str | None = None
    #: Whom a person of that name is known to speak for: to be told where no words tell it.
    leads: str | None = None
    #: Whether the side is known from the name itself.
    signed: bool = False
    #: Whether it may be any of several that are named in full.
    tie: bool = False
    #: Of the words of the name.
    initials: str = ""
    offices: list[Span] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    #: Courtesies and relations that words beside its full names call it by.
    callings: set[str] = field(default_factory=set)


class Roster:
    """The entities of one article.

    Attributes:
        text: The article's.
        mentions: In reading order.
        signs: Of states and organisations.
        number: The number of the mention that turns on given words.
        owner: The entity of each mention that has one so far.
        entities: In the order in which they are named.
    """

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        signs: Sequence[Sign],
        *,
        on: date | None = None,
    ) -> None:
        """Put the entities together; `on` is the day of the report, where it is known."""
        self.text = text
        mentions = tuple(put_right(text, m) for m in mentions)
        self.mentions = mentions
        self.signs = signs
        self._exact = {sign.span: sign for sign in signs}
        self._numbers = [i for i, m in enumerate(mentions) if m.kind is MentionKind.NAME]
        self._names = [mentions[i].span for i in self._numbers]
        self.number = {m.head: i for i, m in enumerate(mentions)}
        self.head, self.turning = cache(self._head), cache(self._turning)
        self._surnames = self._last_words()
        self.mentions = tuple(map(self._no_capital, self.mentions))
        self.owner: dict[int, Entity] = {}
        self.entities: list[Entity] = []
        self._by_key: defaultdict[tuple[str, ...], dict[int, Entity]] = defaultdict(dict)
        #: By their words, those who are not the only one with a full name that ends so.
        self._namesakes: dict[tuple[str, ...], Entity] = {}
        #: How often names of one word stand there, by their words.
        self._alone: Counter[tuple[str, ...]] = Counter()
        self._name_all()
        for entity in self.entities:
            if entity.type is NameType.PERSON and not entity.tie:
                entity.leads = leaders.side_of(entity.tokens, on)
        self._give_sides()

    def _last_words(self) -> frozenset[str]:
        """Collect the last words of the full names of persons."""
        people = (m for m in self.mentions if m.type is NameType.PERSON)
        told = (names.tokens(self.words(m.span)) for m in people)
        return frozenset(name[-1] for name in told if len(name) > 1)

    def _no_capital(self, mention: Mention) -> Mention:
        """Make a person of a capital where somebody bears its name: Henry Rome, then "Rome"."""
        if mention.type is not NameType.PLACE or not self._surnamed(mention):
            return mention
        sign = self.sign(mention.span)
        capital = sign and sign.kind is SignKind.CAPITAL
        return replace(mention, type=NameType.PERSON) if capital else mention

    def _surnamed(self, mention: Mention) -> bool:
        return self.words(mention.span).casefold() in self._surnames

    def named_in(self, span: Span) -> list[int]:
        """Return the numbers of the names in a span that have an entity."""
        found = (self._numbers[k] for k in within(self._names, span))
        return [i for i in found if i in self.owner]

    def names_in(self, span: Span) -> list[Span]:
        """Return the spans of the names in a span."""
        return [self._names[k] for k in within(self._names, span)]

    def name_around(self, span: Span) -> Span | None:
        """Return the name that a span is part or the whole of."""
        last = bisect_right(self._names, span[0], key=lambda name: name[0]) - 1
        about = self._names[last] if last >= 0 else (0, 0)
        return about if span[1] <= about[1] else None

    def _head(self, span: Span) -> Span:
        """Return the words that a phrase turns on."""
        return head(self.text, span, self.names_in(span))

    def _name_all(self) -> None:
        """Make an entity of every name: states, full names, then what shortens them."""
        full: list[int] = []
        short: list[int] = []
        for i in self._numbers:
            mention = self.mentions[i]
            sign = self.sign(mention.span)
            if sign and not self._personal(mention, sign):
                self.owner[i] = self.state(mention.span, sign)
            else:
                several = len(names.tokens(self.words(mention.span))) > 1
                (full if several else short).append(i)
        # "J. Vale" can only be told whom it means once John and Jane Vale are known.
        for i in sorted(full, key=lambda i: names.has_initial(self._tokens(i))):
            self.owner[i] = self._full(self.mentions[i])
        self._alone = Counter(map(self._tokens, short))
        usual = usual_types(self.text, [self.mentions[i] for i in short])
        self._give_offices(self.owner)
        for i in full:
            self.owner[i].callings |= callings.callings(self.text, self.mentions[i].span)
        # Who bears a surname beside its only full name is known before the surname stands alone.
        for i in sorted(short, key=lambda i: not self._barred(i)):
            self.owner[i] = self._short(i, usual)
        self._give_offices(short)

    def _tokens(self, i: int) -> tuple[str, ...]:
        return names.tokens(self.words(self.mentions[i].span))

    def sign(self, span: Span) -> Sign | None:
        """Return the sign that a name is, with or without the stop at its end."""
        return self._exact.get(span) or self._exact.get((span[0], span[1] + 1))

    def _personal(self, mention: Mention, sign: Sign) -> bool:
        """Tell whether what could be a state's name is somebody called like it."""
        if mention.type is not NameType.PERSON or sign.kind not in PLACES:
            return False
        return self._surnamed(mention)

    def words(self, span: Span) -> str:
        """Return the words at a span."""
        return self.text[slice(*span)]

    def nouns(self, span: Span) -> list[str]:
        """Return the words at a span in lower case, hyphenated ones whole."""
        return roles.nouns(self.words(span))

    def state(self, span: Span, sign: Sign) -> Entity:
        """Return the entity of a sign: one for all names and capitals of a state."""
        name = sign.side if sign.kind in PLACES else names.as_written(self.words(span))
        for entity in self.entities:
            if entity.signed and entity.name == name:
                return entity
            if entity.signed and entity.side == sign.side and names.short_for(entity.name, name):
                entity.name = max(entity.name, name, key=len)
                return entity
        return self._add(NameType.PLACE, span, name=name, side=sign.side, signed=True)

    def _add(
        self,
        type_: NameType,
        span: Span,
        *,
        name: str,
        side: str | None = None,
        signed: bool = False,
    ) -> Entity:
        entity = Entity(
            type=type_,
            name=name,
            tokens=names.tokens(name),
            span=span,
            side=side,
            signed=signed,
            initials=names.initials(name),
        )
        self.entities.append(entity)
        self._note(entity)
        return entity

    def _note(self, entity: Entity) -> None:
        """Let an entity be found by its name as it is now, and by each of its words."""
        for key in names.keys(entity.tokens) | {(word,) for word in entity.tokens}:
            self._by_key[key][id(entity)] = entity

    def _full(self, mention: Mention) -> Entity:
        start, side = self._state_before(mention)
        words = names.as_written(self.text[start : mention.span[1]])
        if mention.type is NameType.PERSON:
            words = " ".join(names.once(tuple(words.split())))
        found, type_ = names.tokens(words), mention.type or NameType.ORGANISATION
        near = {id: e for key in names.keys(found) for id, e in self._by_key[key].items()}
        matches = [e for e in near.values() if self._is(e, mention, found=found, side=side)]
        exact = [e for e in matches if e.tokens == found]
        if len(exact or matches) == 1:
            entity = (exact or matches)[0]
            if names.fullness(words, found) > names.fullness(entity.name, entity.tokens):
                entity.name, entity.tokens, entity.span = words, found, mention.span
                self._note(entity)
            return entity
        entity = self._add(type_, (start, mention.span[1]), name=words, side=side)
        entity.settled = side is not None
        entity.tie = len(matches) > 1
        return entity

    def _is(
        self, entity: Entity, mention: Mention, *, found: tuple[str, ...], side: str | None
    ) -> bool:
        """Tell whether a full name can be another one of an entity."""
        if entity.signed or (side and entity.side not in (None, side)):
            return False
        person = NameType.PERSON in (entity.type, mention.type)
        return entity.tokens == found or (person and names.same_person(entity.tokens, found))

    def _state_before(self, mention: Mention) -> tuple[int, str | None]:
        """Return where a body's name begins, its state's included: "Iran's Foreign Ministry"."""
        start = mention.span[0]
        if (
            mention.type is not NameType.ORGANISATION
            or not set(self.nouns(mention.span)) & roles.OFFICIAL
        ):
            return start, None
        sign = self._sign_before(start)
        return (sign.span[0], sign.side) if sign else (start, None)

    def _short(self, i: int, usual: Mapping[tuple[str, ...], NameType]) -> Entity:
        """Join a name of one word to the full name that it can only mean."""
        mention = self.mentions[i]
        mention = replace(mention, type=usual.get(names.tokens(self.words(mention.span))))
        words = names.as_written(self.words(mention.span))
        found = names.tokens(words)
        fuller = self.fuller(mention, found, words)
        candidates = self.admitted(mention.span, fuller)
        namesake = self._namesakes.get(found)
        if namesake and len(candidates) == len(fuller):
            candidates.append(namesake)
        if len(candidates) > 1:
            candidates = self._told_apart(mention, candidates)
        if len(candidates) > 1:
            candidates = self.likeliest(i, candidates)
        if len(candidates) == 1:
            return candidates[0]
        for entity in self.entities:
            if entity.tokens == found and not entity.signed:
                return entity
        entity = self._add(mention.type or NameType.ORGANISATION, mention.span, name=words)
        entity.tie = len(candidates) > 1
        if fuller and not candidates:
            self._namesakes[found] = entity
        return entity

    def _barred(self, i: int) -> bool:
        """Tell whether a name of one word belongs to no full name that ends so."""
        mention, words = self.mentions[i], names.as_written(self.words(self.mentions[i].span))
        fuller = self.fuller(mention, names.tokens(words), words)
        return bool(fuller) and not self.admitted(mention.span, fuller)

    def admitted(self, span: Span, candidates: Iterable[Entity]) -> list[Entity]:
        """Keep those whom the courtesy or office before a short name can be of."""
        before, title = self._courtesy(span), offices.title(self.text, span)
        office = self.turning(title) if title else None
        return [
            e
            for e in candidates
            if callings.admits(e.callings, before)
            and callings.holds(e.callings, office, [self.turning(o) for o in e.offices])
        ]

    def _turning(self, span: Span) -> str:
        """Return the noun that an office turns on."""
        return (self.nouns(head(self.text, span)) or [""])[-1]

    def fuller(self, mention: Mention, found: tuple[str, ...], words: str) -> list[Entity]:
        """List the entities that a name of one word can be short for."""
        near = self._by_key[found[-1:]].values()
        people = [e for e in near if e.type is NameType.PERSON and not e.signed]
        # A surname is often taken for a place's name where it stands alone. Who has an office is
        # called by it, as is whoever is told of again; of anybody else the place may be meant.
        again = self._alone[found] > 1
        borne = any((e.offices or again) and names.by_last(found, e.tokens) for e in people)
        if mention.type is NameType.PLACE and not borne:
            return []
        if mention.type is NameType.ORGANISATION:
            acronym = [e for e in self.entities if len(words) > 1 and e.initials == words]
            borne_by = [e for e in people if names.by_last(found, e.tokens)]
            return acronym or borne_by or self._ending(found)
        fuller = [e for e in people if names.shortens(found, e.tokens)]
        # A surname alone is the father's, where the son is told from him by "Jr.".
        elders = [e for e in fuller if not names.is_junior(e.tokens)]
        fuller = elders or fuller
        last = [e for e in fuller if names.by_last(found, e.tokens)]
        # "Kim" is as soon Kim Jong Un, where he has an office, as somebody else Kim by surname.
        first = [e for e in fuller if e not in last and e.offices and names.of_three(e.tokens)]
        return [*last, *first] if last else fuller

    def shortened(self, span: Span) -> list[Entity]:
        """Return the one body that a phrase is short for: "the Commission" of a European one.

        Empty where it could be several, or where the words are no name.
        """
        words = self.words(span)
        short = names.as_written(words)
        if not words.casefold().startswith("the ") or not short[:1].isupper():
            return []
        fuller = [e for e in self._ending(names.tokens(short)) if not e.tie]
        return fuller if len(fuller) == 1 else []

    def _ending(self, found: tuple[str, ...]) -> list[Entity]:
        """List what is no person and has these words at the end of its name, but not alone."""
        bodies = (e for e in self.entities if e.type is not NameType.PERSON and e.tokens != found)
        return [e for e in bodies if names.by_last(found, e.tokens)]

    def _told_apart(self, mention: Mention, candidates: list[Entity]) -> list[Entity]:
        """Keep those whom a courtesy or an office before the short name admits."""
        gender = next(filter(None, map(roles.gender, self._courtesy(mention.span))), None)
        fit = [e for e in candidates if not gender or roles.admits(e.genders, gender)]
        office = offices.title(self.text, mention.span)
        if office:
            told = set(self.nouns(office))
            held = [e for e in fit if any(told & set(self.nouns(o)) for o in e.offices)]
            fit = held or fit
        return fit or candidates

    def likeliest(self, i: int, candidates: Sequence[Entity]) -> list[Entity]:
        """Keep the one candidate that the links prefer clearly; all of them where none is."""
        weights = self.weights(i)
        ranked = sorted(candidates, key=lambda e: -weights.get(id(e), 0.0))
        best, next_ = (weights.get(id(e), 0.0) for e in ranked[:2])
        return ranked[:1] if best >= LEAST and best - next_ >= AHEAD else list(candidates)

    def weights(self, i: int) -> dict[int, float]:
        """Sum the probabilities of a mention's antecedents by entity."""
        weights: dict[int, float] = defaultdict(float)
        for number, chance in self.mentions[i].antecedents:
            if number in self.owner:
                weights[id(self.owner[number])] += chance
        return weights

    def _give_offices(self, numbers: Iterable[int]) -> None:
        """Collect what is said beside the names that these mentions are."""
        for i in list(numbers):
            entity = self.owner[i]
            span = self.mentions[i].span
            if entity.signed:
                continue
            if entity.type is not NameType.PERSON:
                entity.offices += filter(None, [offices.title(self.text, span)])
                continue
            entity.offices += offices.offices(self.text, span)
            of = self._possessor(span) or sides.held_of(self.text, span, self.signs)
            entity.possessor = entity.possessor or of
            marks = [*self._courtesy(span), *(w for o in entity.offices for w in self.nouns(o))]
            entity.genders |= {g for g in map(roles.told, marks) if g}

    def _courtesy(self, name: Span) -> list[str]:
        """List the words before a name and at its beginning that may be a courtesy."""
        before = self.text[max(0, name[0] - _COURTESY_REACH) : name[0]].split()[-1:]
        first, *others = self.words(name).split() or [""]
        return [*before, *([first] if others and roles.COURTESY.match(first) else [])]

    def _possessor(self, name: Span) -> str | None:
        """Return the state whose somebody is said to be: "Iran's [Zarif]"."""
        sign = self._sign_before(name[0])
        if sign is None or sign.kind not in PLACES:
            return None
        return sign.side if self.text[sign.span[1] : name[0]].strip() else None

    def _sign_before(self, start: int) -> Sign | None:
        """Return the sign that stands before something, a mark of possession between or nothing."""
        number = bisect_left(self.signs, start, key=lambda sign: sign.span[1]) - 1
        sign = self.signs[number] if number >= 0 else None
        return sign if sign and _POSSESSED.fullmatch(self.text, sign.span[1], start) else None

    def behind(self, sign: Sign, span: Span) -> int | None:
        """Return the number of the person named behind a sentence's capital: "(In) Berlin, Vale".

        An official whose side no words tell is given that of the capital.
        """
        for i in self.named_in((sign.span[1], span[1]))[:1]:
            entity, start = self.owner[i], self.mentions[i].span[0]
            comma = self.text[sign.span[1] : start] == ", "
            if sign.kind is SignKind.CAPITAL and comma and entity.type is NameType.PERSON:
                nouns = {noun for office in entity.offices for noun in self.nouns(office)}
                if entity.side is None and nouns & roles.OFFICIAL and not nouns & roles.PRIVATE:
                    entity.side = sign.side
                return i
        return None

    def _give_sides(self) -> None:
        """Find sides by what is said of each; twice, as an aide's side is the chief's."""
        for _ in range(2):
            for entity in self.entities:
                if not entity.signed and entity.side is None:
                    stand = self.stand(self._telling(entity))
                    if not stand.settled and entity.possessor:
                        stand = Stand(side=entity.possessor, settled=True)
                    if not stand.settled and entity.leads:
                        stand = Stand(side=entity.leads, settled=False)
                    entity.side, entity.settled = stand.side, stand.settled

    def _telling(self, entity: Entity) -> list[Span]:
        """List the words that may say whose somebody is: a person's name does not.

        "Hamas", though, is no state's even where it is taken for a person's.
        """
        if entity.type is not NameType.PERSON:
            return [entity.span, *entity.offices]
        return [*entity.offices, *([entity.span] if sides.stateless(entity.name) else [])]

    def stand(self, spans: Iterable[Span]) -> Stand:
        """Tell the side that the first office which tells one tells, or guess it."""
        listed = list(spans)
        stands = [sides.stand(self.text, span, self.signs) for span in listed]
        for stand in stands:
            if stand.settled and (stand.side or not sides.held(map(self.words, listed), stands)):
                return stand
        guesses = (
            guess(self.text, span, self.signs)
            for guess in (sides.voice, sides.around)
            for span in listed
        )
        found = self.chief(listed) or next(filter(None, guesses), None)
        american = any(map(roles.AMERICAN.search, map(self.words, listed)))
        sure = american and found == sides.UNITED_STATES
        return Stand(side=found, settled=sure) if found else sides.UNKNOWN

    def chief(self, spans: Iterable[Span]) -> str | None:
        """Return the side of the first who is named as the chief in what somebody is called."""
        return next(filter(None, map(self._chief, spans)), None)

    def _chief(self, span: Span) -> str | None:
        """Return the side of who is named in "the Obama administration", "an aide to Biden"."""
        core = self.head(span)
        if not offices.staff(self.text, core):
            return None
        chiefs = self.named_in((span[0], core[0])) or [
            i
            for i in self.named_in((core[1], span[1]))[:1]
            if offices.serves(self.text, core[1], self.mentions[i].span)
            and self.owner[i].type is NameType.PERSON
            # A bare president who does not speak is soon taken for theirs.
            and (self.owner[i].settled or self.owner[i].side != sides.UNITED_STATES)
        ]
        return self.owner[chiefs[0]].side if chiefs else None
