"""Actors: which mentions mean the same person, organisation, state or group, and who that is.

Takes the text, the extractor's mentions, the signs of states and the sources of attributions in
reading order; gives for each source an `Actor` with the `Resolution` that says why. Pure.

A `Cast` has the roster of those who are named (`entities`) and walks through the text once. The one
idea, taken from case-law citators: walk in order, and where two candidates remain, the answer is
"unresolved", never the first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rejoinder.model import Actor, How, Mention, MentionKind, NameType, Resolution, Span
from rejoinder.phrases import bare
from rejoinder.resolve import antecedents, holders, names, offices, relatives, roles, sides, unnamed
from rejoinder.resolve.entities import AHEAD, SEATS, Entity, Roster
from rejoinder.resolve.holders import DEFINITE
from rejoinder.resolve.joint import together
from rejoinder.states import Sign

#: The least that links give somebody who is meant by an office that nobody is said to hold.
#: Of 87 such on our training articles 59 were right; left open, their own words were for 26.
_LINKED = 0.5
#: How far back, in code points, somebody counts as just named.
_NEAR = 600
#: What a source may end with that names nobody else: "Vale himself", "the president's".
_TAIL = re.compile(r"(?<=\w)(?:\s(?:himself|herself|itself|themselves)|['’]s)$")
#: "WHO" and "US" are names.
_CAPITALS = re.compile(r"[A-Z]{2,}")
_RELATIVES = frozenset({"which", "that"})
#: What ends before the name of a body that was called something else first: "the watchdog, the …";
#: and what follows where more than that is listed.
_NAMED_SO = re.compile(r"^[^,]+,\s(?:the\s)?$", re.IGNORECASE)
#: A comma before a name, with or without a title in between.
_COMMA = re.compile(
    r",\s+(?:(?!(?:said|says|told|who|which|whose|when|where|and|or|but|as|like|including|such|is|was|"
    r"are|were|has|had|in|on|at|of|for|with|by|from|to|after|before|under|among|his|her|their|its|"
    r"(?!acting\b)[a-z]+ing)\b)[\w.’'-]+\s+){0,6}$"
)
_MORE = re.compile(r"[\s,]*[\w“]")
#: Resolved by whose statement they stand in.
FIRST_PERSON = frozenset({"i", "we", "our", "my", "me", "us"})
#: How far behind an office, in code points, its holder's name may end.
_NAME_REACH = 60
_POSSESSIVE = re.compile(r"^(?:his|her|their|its|my|our)\b", re.IGNORECASE)
_INDEFINITE = re.compile(r"^(?:an?|some|several|many|other|one|two|three|another)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a mention was resolved to."""

    actor: Actor
    resolution: Resolution
    entity: Entity | None = None


class Cast:
    """The actors of one article, found by walking through it.

    Attributes:
        roster: Those who are named.
    """

    def __init__(
        self, roster: Roster, learnt: Mapping[str, antecedents.Weights] | None = None
    ) -> None:
        """Begin before the first source; pronouns by `learnt`, or by what ships."""
        self.roster = roster
        self._learnt = learnt or antecedents.shipped()
        self._surroundings = antecedents.Surroundings(roster)
        #: Groups and unnamed persons by the noun they turn on, the latest last.
        self._groups: dict[str, list[tuple[Span, Entity]]] = defaultdict(list)
        #: Where these were spoken of last, by `id`.
        self._placed: dict[int, int] = {}
        #: Who has spoken, the latest last, and where the latest did.
        self._spoke: dict[int, Entity] = {}
        self._heard: tuple[int, Entity] | None = None
        #: Whose a document is that has spoken, by what it is called.
        self._wrote: dict[str, Entity] = {}

    def resolve(self, span: Span, *, speaks: bool = True) -> Found:
        """Tell who is meant by a source (who `speaks`) or a target, given in reading order."""
        found = self._resolve(span)
        if found.entity is not None and speaks:
            self._spoke.pop(id(found.entity), None)
            self._spoke[id(found.entity)] = found.entity
            self._heard = (span[1], found.entity)
            noun = self.roster.turning(span)
            named = found.entity in self.roster.entities
            if noun in roles.DOCUMENTS - roles.FLEETING and (named or noun not in self._wrote):
                self._wrote[noun] = found.entity
        return found

    def settle(self, found: Found) -> Found:
        """Tell again who was found, with what the rest of the text says of the actor."""
        if found.entity is None or found.resolution.how is How.UNRESOLVED:
            return found
        return replace(found, actor=self._actor(found.entity))

    def _resolve(self, span: Span) -> Found:
        tail = _TAIL.search(self.roster.words(span))
        if tail:
            span = (span[0], span[0] + tail.start())
        word = self.roster.words(span).strip()
        if not _CAPITALS.fullmatch(word):
            word = word.lower()
        if antecedents.kind(word):
            return self._pronoun(span, word)
        if word in FIRST_PERSON:
            return self.left_open(span)
        if word in _RELATIVES:
            return self._relative(span) or self.left_open(span)
        joint = together(self.roster, span)
        if joint:
            actor, chain = joint
            return Found(actor=actor, resolution=Resolution(how=How.NAME, chain=chain))
        named = self._named(span)
        if named:
            return named
        return self._written(span) or self._office(span) or self._body(span) or self._phrase(span)

    def _written(self, span: Span) -> Found | None:
        """Resolve "his remarks", "the statement" to whoever they are of: who spoke last.

        "The report" is the one that has spoken before.
        """
        core = self.roster.head(span)
        if self.roster.words(core).lower() not in roles.DOCUMENTS:
            return None
        words = self.roster.words(span)
        own = _POSSESSIVE.match(words)
        if own:
            return self._pronoun((span[0], span[0] + own.end()), own.group().lower())
        if not DEFINITE.match(words) or len(roles.nouns(words)) > 3 or not self._spoke:
            return None
        known = self._wrote.get(self.roster.turning(span)) if len(roles.nouns(words)) == 2 else None
        entity = known or list(self._spoke.values())[-1]
        return self._found(entity, How.PHRASE, confidence=0.6, chain=(span, entity.span))

    def _body(self, span: Span) -> Found | None:
        """Resolve "the company", "the ministry" to the body that spoke last and is called so."""
        words = self.roster.words(span)
        listed = roles.nouns(words)
        told = self.roster.names_in(span) or re.search(r"\s[A-Z]", words)
        if not DEFINITE.match(words) or told or len(listed) > 3 or listed[-1] not in roles.BODIES:
            return None
        noun = listed[-1]
        spoke = (e for e in reversed(self._spoke.values()) if self._organised(e))
        fit = [e for e in spoke if _may_be_called(noun, e)]
        called = (e for e in fit if noun in {*e.tokens, *map(self.roster.turning, e.offices)})
        entity = next(called, None) or next(iter(fit), None) or self._only_body(span)
        if entity is None or not _may_be_called(noun, entity):
            return None
        return self._found(entity, How.OFFICE, confidence=0.6, chain=(span, entity.span))

    def _only_body(self, span: Span) -> Entity | None:
        """Return the one organisation that was just named."""
        reach = (max(0, span[0] - _NEAR), span[0])
        near = {id(e): e for e in map(self.roster.owner.get, self.roster.named_in(reach)) if e}
        bodies = [e for e in near.values() if not e.signed and self._organised(e)]
        return bodies[0] if len(bodies) == 1 else None

    def _organised(self, entity: Entity) -> bool:
        return (
            entity.type is NameType.ORGANISATION
            and not entity.tie
            and entity in self.roster.entities
        )

    def _named(self, span: Span) -> Found | None:
        """Resolve a phrase that turns on a name, or is followed by one between commas."""
        core = self.roster.head(span)
        number = self.roster.number.get(core)
        owner = self.roster.owner.get(number) if number is not None else None
        named = number is not None and self.roster.mentions[number].kind is MentionKind.NAME
        sign = self._signed_phrase(span)
        behind = self.roster.behind(sign, span) if sign else None
        if behind is not None:
            return self._by_name(behind)
        if sign and not (owner and named and not owner.signed):
            how = How.METONYM if sign.kind in SEATS else How.NAME
            return self._found(self.roster.state(sign.span, sign), how, chain=(sign.span,))
        if number is not None and owner and named:
            return self._by_name(number)
        return (
            self._apposed(span)
            or self._titled(span)
            or self._document(span, core)
            or self._overlooked(span, core)
        )

    def _overlooked(self, span: Span, core: Span) -> Found | None:
        """Resolve a surname, or what is short for a body, that was not taken for a name there."""
        words = self.roster.words(core)
        if not words[:1].isupper():
            return None
        mention = Mention(span=core, head=core, kind=MentionKind.NAME, type=NameType.PERSON)
        fuller = self.roster.fuller(mention, names.tokens(words), words)
        fuller += [
            e for e in self.roster.entities if e.tokens == names.tokens(words) and not e.signed
        ]
        fuller = self.roster.admitted(core, fuller)
        if len({id(e) for e in fuller}) > 1:
            return self.left_open(span)
        fuller = fuller or self.roster.shortened(span)
        if not fuller:
            return None
        return self._found(fuller[0], How.SURNAME, confidence=0.9, chain=(core, fuller[0].span))

    def _signed_phrase(self, span: Span) -> Sign | None:
        """Return the sign that a phrase is, but for "the" and what is hung on behind."""
        start, end = bare(self.roster.text, span, self.roster.names_in(span))
        article = re.match(r"the\s+", self.roster.text[start:end], re.IGNORECASE)
        return self.roster.sign((start + (article.end() if article else 0), end))

    def _apposed(self, span: Span) -> Found | None:
        """Resolve an office followed by its holder's name: "China's ambassador, Liu Jieyi".

        Also what a body is called, followed by its name, where that is all that follows.
        """
        core = self.roster.head(span)
        noun = self.roster.turning(span)
        many = noun.endswith("s") and noun in roles.OFFICIAL | roles.PRIVATE
        for i in self.roster.named_in((span[0] + 1, span[1])):
            mention = self.roster.mentions[i]
            start = mention.span[0]
            before = self.roster.text[span[0] : start]
            # "Officials, among them Vale"; "his allies in parliament, the Varo".
            right_behind = before[core[1] - span[0] :].startswith(",")
            if many and (mention.type is NameType.PERSON or not right_behind):
                continue
            if mention.type is not NameType.PERSON:
                named = _NAMED_SO.search(before) and not _MORE.match(
                    self.roster.text, mention.span[1], span[1]
                )
                if named:
                    entity = self.roster.owner[i]
                    return self._found(entity, How.APPOSITION, chain=(span, mention.span))
                continue
            comma = _COMMA.search(before)
            if comma and "," not in before[: comma.start()]:
                entity = self.roster.owner[i]
                office = (span[0], span[0] + comma.start())
                entity.offices = [office, *(o for o in entity.offices if o != office)]
                stand = self.roster.stand(entity.offices)
                if stand.settled:
                    entity.side, entity.settled = stand.side, True
                elif entity.side is None:
                    entity.side = stand.side
                return self._found(entity, How.APPOSITION, chain=(span, mention.span))
        return None

    def _titled(self, span: Span) -> Found | None:
        """Resolve an office that stands right before its holder's name to that."""
        core = self.roster.head(span)
        for i in self.roster.named_in((span[1], span[1] + _NAME_REACH))[:1]:
            name = self.roster.mentions[i].span
            title = offices.title(self.roster.text, name)
            person = self.roster.owner[i].type is NameType.PERSON
            if person and title and title[0] <= core[0] and core[1] == title[1] == name[0] - 1:
                return self._found(self.roster.owner[i], How.APPOSITION, chain=(span, name))
        return None

    def _document(self, span: Span, core: Span) -> Found | None:
        """Resolve "a Pentagon report", "a statement by X" to whose report it is."""
        if self.roster.words(core).lower() not in roles.DOCUMENTS:
            return None
        for i in self.roster.named_in(span):
            mention = self.roster.mentions[i]
            end = mention.span[1]
            start = (offices.title(self.roster.text, mention.span) or mention.span)[0]
            between = self.roster.text[core[1] : start]
            if end < core[0] or re.match(
                r"^\s(?:by|from|of|published by|released by)\s(?:the\s)?$", between
            ):
                chain = (span, mention.span)
                return self._found(self.roster.owner[i], How.NAME, confidence=0.9, chain=chain)
        return None

    def _by_name(self, number: int) -> Found:
        entity, mention = self.roster.owner[number], self.roster.mentions[number]
        if entity.signed:
            sign = self.roster.sign(mention.span)
            how = How.METONYM if sign and sign.kind in SEATS else How.NAME
            return self._found(entity, how, chain=(mention.span,))
        written = names.tokens(self.roster.words(mention.span))
        if names.spelt(written) == names.spelt(entity.tokens):
            return self._found(entity, How.NAME, chain=(mention.span,))
        acronym = names.initials(entity.name) == self.roster.words(mention.span)
        how = How.ACRONYM if acronym else How.SURNAME
        return self._found(entity, how, confidence=0.95, chain=(mention.span, entity.span))

    def _found(
        self, entity: Entity, how: How, *, chain: tuple[Span, ...], confidence: float = 1.0
    ) -> Found:
        if entity.tie:
            return self.left_open(chain[0])
        resolution = Resolution(how=how, confidence=round(confidence, 3), chain=chain)
        return Found(actor=self._actor(entity), resolution=resolution, entity=entity)

    def _actor(self, entity: Entity) -> Actor:
        single = (o for o in entity.offices if not roles.collective(self.roster.turning(o)))
        office = next((o for o in single if not roles.is_kin(self.roster.words(o))), None)
        # Whose "its foreign minister" is, the side says.
        words = _POSSESSIVE.sub("", self.roster.words(office)) if office else ""
        role = " ".join(words.split()) or None
        return Actor(
            id=names.slug(entity.name),
            name=entity.name,
            role=role,
            side=entity.side,
            side_guessed=bool(entity.side) and not (entity.signed or entity.settled),
        )

    def _pronoun(self, span: Span, word: str) -> Found:
        if word in ("who", "whose"):
            relative = self._relative(span)
            if relative:
                return relative
        candidates, rows = self.weighed(span, word)
        found = self._learnt[antecedents.kind(word) or "other"].meant(rows)
        if found is None:
            return self.left_open(span)
        entity, chance = candidates[found[0]], found[1]
        number = self.roster.number.get(span)
        if number is not None:
            self.roster.owner[number] = entity
        told = roles.gender(word)
        if told:
            entity.genders.add(told)
        return self._found(entity, How.PRONOUN, confidence=chance, chain=(span, entity.span))

    def weighed(self, span: Span, word: str) -> tuple[list[Entity], list[tuple[float, ...]]]:
        """List whom a pronoun can mean, with the features of each (`antecedents.FEATURES`)."""
        number = self.roster.number.get(span)
        candidates = self._fitting(word, span)
        heard = antecedents.Heard(
            spoke=tuple(reversed(self._spoke.values())),
            links=self.roster.weights(number) if number is not None else {},
            gender=roles.gender(word),
            places=self._placed,
        )
        return candidates, self._surroundings.features(span, candidates, heard)

    def _relative(self, span: Span) -> Found | None:
        """Resolve "who" and "which" to the name or the description that they follow."""
        number = relatives.named_before(self.roster, span)
        if number is not None:
            chain = (span, self.roster.mentions[number].span)
            return self._found(self.roster.owner[number], How.PRONOUN, confidence=0.95, chain=chain)
        described = relatives.described_before(self.roster.text, span)
        if described is None:
            return None
        found = self._resolve(described)
        if found.resolution.how is How.UNRESOLVED:
            return None
        behind = (span, *found.resolution.chain)
        return replace(found, resolution=replace(found.resolution, how=How.PRONOUN, chain=behind))

    def _fitting(self, word: str, span: Span) -> list[Entity]:
        """List the entities named before that a pronoun's number and gender admit."""
        gender = roles.gender(word)
        personal = antecedents.kind(word) == "person"
        groups = (e for noun, told in self._groups.items() if noun != "you" for _, e in told)
        others = [relatives.denied_by(self.roster.text, span, self._heard)]
        if not _POSSESSIVE.match(word):
            others.append(relatives.called_by(self.roster, span))
        out = []
        for entity in (*self.roster.entities, *groups):
            known = entity.span[0] < span[0] or id(entity) in self._spoke
            known &= all(entity is not one for one in others)
            person = entity.type is NameType.PERSON and not entity.signed
            clash = gender and not roles.admits(entity.genders, gender)
            if known and person == personal and not clash and not entity.tie:
                out.append(entity)
        return out

    def _office(self, span: Span) -> Found | None:
        """Resolve "the NATO chief" to whose office it is, "the ministry" to a ministry."""
        words = self.roster.words(span)
        if _INDEFINITE.match(words):
            return None
        core = self.roster.head(span)
        listed = self.roster.nouns(core)
        if listed and listed[-1] in roles.SOURCES:
            return self._again(span)
        if not listed or listed[-1] not in roles.OFFICIAL | roles.PRIVATE:
            return None
        number = self.roster.number.get(core, self.roster.number.get(span))
        weights = dict(self.roster.weights(number)) if number is not None else {}
        own = sides.stand(self.roster.text, span, self.roster.signs)
        best: list[tuple[float, Entity]] = []
        fit = holders.fitting(self.roster, span)
        for entity in self.roster.entities:
            known = entity.span[0] < span[0] or any(o[0] < span[0] for o in entity.offices)
            score = fit(entity) if known else 0.0
            if score and not holders.elsewhere(entity, own.side):
                bonus = 0.25 if own.side and own.side == entity.side else 0.0
                best.append((score + bonus + weights.get(id(entity), 0.0), entity))
        best.sort(key=lambda pair: -pair[0])
        # "The official" is the official who spoke before, sooner than a minister.
        if not best or best[0][0] < holders.SAME_OFFICE:
            before = self._again(span)
            if before:
                return before
        if len(best) > 1 and best[0][0] - best[1][0] < AHEAD:
            return self.left_open(span)
        if best:
            score, entity = best[0]
            if own.settled and entity.side is None and not entity.settled:
                entity.side, entity.settled = own.side, True
            sure, chain = min(0.95, 0.5 + score / 2), (span, entity.span)
            return self._found(entity, How.OFFICE, confidence=sure, chain=chain)
        holder = holders.further_on(self.roster, span, own)
        if holder is not None:
            return self._found(holder, How.OFFICE, confidence=0.8, chain=(span, holder.span))
        return None if listed[-1] == "official" else self._linked(span, own, weights)

    def _linked(self, span: Span, own: sides.Stand, weights: Mapping[int, float]) -> Found | None:
        """Resolve "the president" to whom the encoder's links say, where nobody is called so."""
        many = roles.collective(self.roster.turning(span))
        if many or not DEFINITE.match(self.roster.words(span)):
            return None
        chance, best = holders.surest(self.roster, weights, own.side)
        if best is None or chance < _LINKED or holders.contradicts(self.roster, span, best):
            return None
        return self._found(best, How.OFFICE, confidence=chance, chain=(span, best.span))

    def _again(self, span: Span) -> Found | None:
        """Resolve "the official", "the sources" to those without a name who spoke before."""
        known = [entity for _, entity in self._groups.get(self.roster.turning(span), ())]
        spoke = list(self._spoke.values())
        entity = unnamed.again(self.roster, span, known=known, spoke=spoke)
        if entity is None:
            return None
        self._placed[id(entity)] = span[0]
        return self._found(entity, How.PHRASE, confidence=0.8, chain=(span, entity.span))

    def _phrase(self, span: Span) -> Found:
        """Take the words themselves for the name of a group or of somebody unnamed."""
        whole = self.roster.words(span)
        words = (
            names.plain(whole) if sides.listing(self.roster.text, span) else names.as_written(whole)
        )
        if not re.search(r"\w", words):
            return self.left_open(span)
        words = unnamed.set_apart(whole, words)
        core = self.roster.head(span)
        stand = self.roster.stand([span])
        noun = (self.roster.nouns(core) or [words.lower()])[-1]
        person = noun in roles.OFFICIAL | roles.PRIVATE | roles.SOURCES and not roles.collective(
            noun
        )
        entity = Entity(
            type=NameType.PERSON if person else NameType.ORGANISATION,
            name=words,
            tokens=names.tokens(words),
            span=span,
            side=stand.side,
            settled=stand.settled,
        )
        entity.genders |= {g for g in map(roles.gender, roles.nouns(words)) if g}
        for _, known in self._groups[noun]:
            if known.tokens == entity.tokens:
                self._placed[id(known)] = span[0]
                return self._found(known, How.PHRASE, confidence=0.9, chain=(span, known.span))
        self._groups[noun].append((span, entity))
        number = self.roster.number.get(core)
        if number is not None and number not in self.roster.owner:
            self.roster.owner[number] = entity
        return self._found(entity, How.PHRASE, confidence=0.9, chain=(span,))

    def left_open(self, span: Span) -> Found:
        """Leave it open: the words themselves, no side, merged with nobody."""
        words = self.roster.words(span).strip()
        actor = Actor(id=f"{names.slug(words)}-{span[0]}", name=words)
        return Found(
            actor=actor, resolution=Resolution(how=How.UNRESOLVED, confidence=0.0, chain=(span,))
        )


def _may_be_called(noun: str, body: Entity) -> bool:
    """Tell whether a body may be "the company" or "the ministry": no ministry is a company."""
    told = {noun} & roles.NAMED_BODIES
    return told <= set(body.tokens) and not (noun in roles.PRIVATE and sides.official(body.name))
