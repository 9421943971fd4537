"""Which differences there are in a block of an alignment.

Takes a block and both versions of it; gives the `Difference`s. Whoever misses a word that turns a
statement round ("not"), a number, or whom it is about, has been told something else; an article or
a tense is nothing. Every word that says something and is not the same is in some difference.

The one idea: a pair of related words is judged by its relation; a block without a relation is
looked through for words of each loud family that the other side does not have, and what is left of
it is told as cut, added or other words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rejoinder.difference.blocks import Block, spans
from rejoinder.difference.kinship import Kin, alike, person_differs
from rejoinder.difference.vocabulary import (
    ALIKE_HEDGES,
    ALIKE_MODALS,
    BACKSHIFTS,
    CONDITIONS,
    negative,
)
from rejoinder.difference.weights import Difference, Sort, Weight
from rejoinder.difference.words import Family, Pause, Version, Word
from rejoinder.model import Span, Spans
from rejoinder.text import holds

#: A block with no more words than this on a side is read word by word; a longer one as a passage.
_SHORT = 4
#: In one longer than this, a loud word of one side has as a rule nothing to do with the other.
_LONG = 10
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[\s*\]")
_LOUD = {
    Family.NUMBER: (Sort.NUMBER, Weight.NUMBER, Weight.NUMBER_MISSING),
    Family.NAME: (Sort.NAME, Weight.NAME, Weight.NAME_MISSING),
    Family.MODAL: (Sort.MODALITY, Weight.MODALITY, Weight.MODALITY_MISSING),
    Family.HEDGE: (Sort.HEDGE, Weight.HEDGE, Weight.HEDGE_MISSING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A block as one of the two versions has it."""

    version: Version
    #: All of the version's.
    words: Sequence[Word]
    numbers: range

    @property
    def here(self) -> list[Word]:
        return [self.words[number] for number in self.numbers]

    @property
    def at(self) -> int:
        """Where the words stand, or would stand: behind the word before."""
        if self.numbers:
            return self.words[self.numbers[0]].span[0]
        if self.numbers.start:
            return self.words[self.numbers.start - 1].span[1]
        return self.version.spans[0][0] if self.version.spans else 0

    def spans(self, chosen: Sequence[Word]) -> Spans:
        marks = {word.span for word in chosen}
        return spans([n for n in self.numbers if self.words[n].span in marks], self.words)

    def letters(self, chosen: Sequence[Word]) -> str:
        """Return the letters of words, for telling a misprint."""
        written = "".join(self.version.text[slice(*word.span)] for word in chosen).lower()
        return "".join(letter for letter in written if letter.isalnum())

    @property
    def place(self) -> str:
        """Where in the version the block stands: at its beginning, its end, or within."""
        if self.numbers.start == 0:
            return "beginning"
        return "end" if self.numbers.stop == len(self.words) else "middle"

    @property
    def sentences(self) -> bool:
        """Tell whether the block is whole sentences."""
        start, stop = self.numbers.start, self.numbers.stop
        ends = stop == len(self.words) or self.words[stop].pause is Pause.SENTENCE
        return ends and self.words[start].pause is Pause.SENTENCE

    @property
    def set_apart(self) -> bool:
        """Tell whether marks stand before and behind the block."""
        start, stop = self.numbers.start, self.numbers.stop
        edges = [self.words[n].pause for n in (start, stop) if n < len(self.words)]
        return all(pause is not Pause.NONE for pause in edges)

    @property
    def qualifies(self) -> bool:
        """Tell whether the block qualifies what it hangs on to: "but …", "… unless"."""
        edge = self.here[-1:] if self.place == "beginning" else self.here[:1]
        return not self.sentences and edge[0].key in CONDITIONS

    @property
    def marked(self) -> bool:
        """Tell whether an ellipsis stands where the block has no words."""
        start, stop = self.numbers.start, self.numbers.stop
        begins = self.words[start - 1].span[1] if start else self.version.spans[0][0]
        ends = self.words[stop].span[0] if stop < len(self.words) else self.version.spans[-1][1]
        return _ELLIPSIS.search(self.version.text, begins, ends) is not None


@dataclass(frozen=True, slots=True)
class _Both:
    """A block, with both versions of it."""

    first: _Side
    second: _Side

    def told(
        self,
        sort: Sort,
        weight: float,
        why: str,
        *,
        first: Sequence[Word] | None = None,
        second: Sequence[Word] | None = None,
    ) -> Difference:
        """Return a difference in some words of the block, or in all of it."""
        return Difference(
            weight=round(weight, 3),
            sort=sort,
            first=self.first.spans(self.first.here if first is None else first),
            second=self.second.spans(self.second.here if second is None else second),
            why=why,
            at=(self.first.at, self.second.at),
        )


def of_block(
    versions: tuple[Version, Version],
    words: tuple[Sequence[Word], Sequence[Word]],
    block: Block,
) -> Iterator[Difference]:
    """Yield the differences in one block of two versions."""
    first, second = (
        _Side(version=version, words=all_words, numbers=numbers)
        for version, all_words, numbers in zip(
            versions, words, (block.first, block.second), strict=True
        )
    )
    both = _Both(first, second)
    if block.kin is None:
        yield from _of_passage(both)
    elif block.kin is not Kin.SAME:
        yield _of_pair(block.kin, both)


def _of_pair(relation: Kin, both: _Both) -> Difference:
    """Judge two related words."""
    a, b = both.first.here[0], both.second.here[0]
    match relation:
        case Kin.NEGATED:
            return both.told(Sort.NEGATION, Weight.NEGATION, "one is the negative of the other")
        case Kin.OPPOSITE:
            negation = negates(a) != negates(b)
            sort = Sort.NEGATION if negation else Sort.OTHER
            return both.told(sort, Weight.OPPOSITE, "one is the opposite of the other")
        case Kin.NUMBER:
            return both.told(Sort.NUMBER, Weight.NUMBER, "the values differ")
        case Kin.ROUNDED:
            return both.told(Sort.NUMBER, Weight.ROUNDED, "perhaps a rounding, or part of a date")
        case Kin.SIDE:
            return both.told(Sort.NAME, Weight.SHIFT, "two names of the same side")
        case Kin.MODAL:
            return _of_modals(both, a, b)
        case Kin.PRONOUN if a.quoted and b.quoted and person_differs(a.key, b.key):
            return both.told(Sort.OTHER, Weight.PERSON, "both quote, and the person differs")
        case Kin.NEGATION:
            return both.told(Sort.NEGATION, Weight.SHIFT, "both negate, in other words")
    return both.told(Sort.OTHER, Weight.FORM, "a matter of form")


def _of_modals(both: _Both, a: Word, b: Word) -> Difference:
    """Judge two modals: "will" becomes "would" where speech is reported."""
    if frozenset((a.key, b.key)) in BACKSHIFTS and not (a.quoted and b.quoted):
        return both.told(Sort.MODALITY, Weight.SHIFT, "as reported speech changes it")
    if any({a.key, b.key} <= group for group in ALIKE_MODALS):
        return both.told(Sort.MODALITY, Weight.SHIFT, "two words for the same")
    return both.told(Sort.MODALITY, Weight.MODALITY, "another degree of certainty or duty")


def _of_passage(both: _Both) -> Iterator[Difference]:
    """Judge words that have nothing to do with each other, or stand on one side only."""
    if _inserted(both):
        yield both.told(
            Sort.CUT if both.first.numbers else Sort.ADDED, Weight.SHIFT, "an editor's words"
        )
        return
    one_sided = not (both.first.numbers and both.second.numbers)
    if one_sided and (_repeated(both.first) or _repeated(both.second)):
        sort = Sort.CUT if both.first.numbers else Sort.ADDED
        yield both.told(sort, Weight.SHIFT, "said twice in one")
        return
    found = list(_loud(both))
    yield from found
    ours = _untold(both.first, [span for d in found for span in d.first])
    theirs = _untold(both.second, [span for d in found for span in d.second])
    if not found or any(means(word) for word in (*ours, *theirs)):
        yield _rest(both)


def _inserted(both: _Both) -> bool:
    """Tell whether only one side has words, and these in square brackets."""
    here = both.first.here or both.second.here
    one_sided = not (both.first.numbers and both.second.numbers)
    return one_sided and all(word.bracketed for word in here)


def _repeated(side: _Side) -> bool:
    """Tell whether a side has its words twice on end."""
    start, stop = side.numbers.start, side.numbers.stop
    length = stop - start
    keys = [word.key for word in side.here]
    around = side.words[max(0, start - length) : start], side.words[stop : stop + length]
    return length > 0 and any([word.key for word in words] == keys for words in around)


def _untold(side: _Side, told: Sequence[Span]) -> list[Word]:
    return [word for word in side.here if not any(holds(span, word.span) for span in told)]


def means(word: Word) -> bool:
    """Tell whether a word says something, and does not only join others."""
    return word.family not in (Family.FUNCTION, Family.PRONOUN)


def _loud(both: _Both) -> Iterator[Difference]:
    """Yield what a passage has of loud words that are not in the other version of it."""
    ours = _lacking(both.first.here, both.second.here)
    theirs = _lacking(both.second.here, both.first.here)
    longest = max(len(both.first.numbers), len(both.second.numbers))
    if not both.first.numbers or not both.second.numbers:
        if longest <= _SHORT:
            yield from _loud_alone(both, ours, theirs)
    elif longest <= _SHORT or (longest <= _LONG and _both_mean(both)):
        edge = longest > 2 and {both.first.place, both.second.place} != {"middle"}
        sure = Weight.UNSURE if edge or longest > _SHORT else 1.0
        yield from _negation(both, ours, theirs, sure=sure)
        yield from _families(both, ours, theirs, sure=sure)


def _both_mean(both: _Both) -> bool:
    return all(any(means(word) for word in side.here) for side in (both.first, both.second))


def _loud_alone(both: _Both, ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Difference]:
    """Yield the loud words of a few that stand on one side only.

    Where a version only begins later or ends earlier, it has been cut, and what else was in that
    says less; but a "not" that it begins behind, and a hedge or number alone, are told.
    """
    whole = both.first if both.first.numbers else both.second
    if whole.sentences:
        return
    if whole.place == "middle":
        yield from _negation(both, ours, theirs, sure=1.0)
        yield from _families(both, ours, theirs, sure=1.0)
        return
    if whole.place == "beginning":
        if whole.set_apart:
            return
        yield from _negation(both, ours, theirs, sure=Weight.TRUNCATED_NEGATION)
    alone = {word.family for word in whole.here if means(word)} <= {Family.HEDGE, Family.NUMBER}
    if alone:
        yield from _families(both, ours, theirs, sure=1.0)


def _families(
    both: _Both, ours: Sequence[Word], theirs: Sequence[Word], *, sure: float
) -> Iterator[Difference]:
    for family in _LOUD:
        first = [word for word in ours if word.family is family]
        second = [word for word in theirs if word.family is family]
        if first and second:
            yield _exchanged(both, family, first=first, second=second, sure=sure)
        elif (first or second) and sure == 1:
            yield from _missing(both, family, first=first, second=second)


def _lacking(here: Sequence[Word], there: Sequence[Word]) -> list[Word]:
    """Return the words that have no equal on the other side."""
    left = Counter(word.key for word in there)
    out = []
    for word in here:
        if left[word.key]:
            left[word.key] -= 1
        else:
            out.append(word)
    return out


def _negation(
    both: _Both, ours: Sequence[Word], theirs: Sequence[Word], *, sure: float
) -> Iterator[Difference]:
    # "Illegal" is the opposite of "legal", but left out it denies nothing.
    against = both.first.numbers and both.second.numbers
    first, second = (
        [w for w in side if (negates(w) if against else w.family is Family.NEGATION)]
        for side in (ours, theirs)
    )
    others = [[w for w in side if means(w) and not negates(w)] for side in (ours, theirs)]
    if max(map(len, others)) > 1:
        # Where so much else is other, it is not the same thing that one denies.
        return
    if len(first) % 2 != len(second) % 2:
        yield both.told(
            Sort.NEGATION, Weight.NEGATION * sure, "only one negates", first=first, second=second
        )
    elif first and second:
        yield both.told(
            Sort.NEGATION, Weight.SHIFT, "both negate, in other words", first=first, second=second
        )


def negates(word: Word) -> bool:
    """Tell whether a word turns what is said round: "not", "unfair"."""
    return word.family is Family.NEGATION or negative(word.key)


def _exchanged(
    both: _Both, family: Family, *, first: list[Word], second: list[Word], sure: float
) -> Difference:
    sort, weight, _ = _LOUD[family]
    why = _EXCHANGED[family]
    if family is Family.HEDGE and any(
        {w.key for w in (*first, *second)} <= group for group in ALIKE_HEDGES
    ):
        weight, why = Weight.SHIFT, "two words for the same"
    if family is Family.NAME:
        ours, theirs = ({w.side for w in side} for side in (first, second))
        if ours & theirs - {None}:
            weight, why = Weight.SHIFT, "two names of the same side"
        elif None not in ours | theirs:
            weight = Weight.SIDE
        elif alike(both.first.letters(first), both.second.letters(second)):
            weight, why = Weight.SPELT, "one name in two spellings, or a misprint"
    return both.told(sort, weight * sure, why, first=first, second=second)


_EXCHANGED = {
    Family.NUMBER: "the values differ",
    Family.NAME: "another is named",
    Family.MODAL: "another degree of certainty or duty",
    Family.HEDGE: "hedged otherwise",
}


def _missing(
    both: _Both, family: Family, *, first: list[Word], second: list[Word]
) -> Iterator[Difference]:
    """Judge loud words to which nothing of their family answers."""
    sort, _, weight = _LOUD[family]
    why = f"only one has such a word ({sort.value})"
    if family is Family.NAME:
        weight, why = _named_once(both, first or second)
    elif family is Family.MODAL and _in_other_words(both):
        weight, why = Weight.SHIFT, "a matter of tense"
    elif {word.key for word in (*first, *second)} <= _WEAK:
        weight, why = Weight.SHIFT, "says little by itself"
    yield both.told(sort, weight, why, first=first, second=second)


#: "All the trouble", "one man": loud only against another such word.
_WEAK = frozenset({"#1", "all"})


def _named_once(both: _Both, named: Sequence[Word]) -> tuple[float, str]:
    """Judge a name to which none answers: a longer name, a name for a noun, or a name left out."""
    for side in (both.first, both.second):
        if side.numbers and named[0] in side.here and _longer_name(side, named):
            return Weight.SHIFT, "a name told in full"
    others = both.second.here if named[0] in both.first.here else both.first.here
    if not others and (both.first if both.first.numbers else both.second).set_apart:
        return Weight.CONTENT, "an address, or an apposition"
    if others:
        pronoun = all(word.family in (Family.PRONOUN, Family.FUNCTION) for word in others)
        weight = Weight.SHIFT if pronoun else Weight.NAME_OR_NOUN
        return weight, "named in one only"
    return Weight.NAME_MISSING, "named in one only"


def _longer_name(side: _Side, named: Sequence[Word]) -> bool:
    """Tell whether names only fill up a name that both have: "Leena" beside "Varpio"."""
    around = [side.numbers.start - 1, side.numbers.stop]
    beside = [side.words[n] for n in around if 0 <= n < len(side.words)]
    return any(w.family is Family.NAME and w.side is None for w in beside) and all(
        w.side is None for w in named
    )


def _in_other_words(both: _Both) -> bool:
    """Tell whether both sides have words where only one has a modal."""
    return bool(both.first.numbers and both.second.numbers)


def _rest(both: _Both) -> Difference:
    """Tell a passage as a whole: as cut, as added, or as told in other words."""
    if both.first.numbers and both.second.numbers:
        return _reworded(both)
    whole, gap = (both.first, both.second) if both.first.numbers else (both.second, both.first)
    sort = Sort.CUT if both.first.numbers else Sort.ADDED
    meant = [word for word in whole.here if means(word)]
    if not meant:
        return both.told(sort, Weight.LITTLE, "a little word")
    weight, why = _left_out(whole, gap)
    weight += min(len(meant), 10) / 100
    if whole.qualifies:
        weight, why = weight + Weight.QUALIFIES, f"{why}; it qualifies what is said"
    return both.told(sort, weight, why)


def _left_out(whole: _Side, gap: _Side) -> tuple[float, str]:
    if whole.place != "middle":
        if whole.sentences:
            return Weight.SENTENCES, f"left out at the {whole.place}: whole sentences"
        return Weight.TRUNCATED, f"left out at the {whole.place}, in the middle of a sentence"
    if gap.marked:
        return Weight.MARKED, "left out within, and marked"
    around = gap.words[gap.numbers.start - 1 : gap.numbers.stop + 1]
    if len(whole.numbers) > _SHORT and all(word.quoted for word in around):
        return Weight.SILENT, "left out within a quotation, without a mark"
    return Weight.CONTENT, "left out within"


def _reworded(both: _Both) -> Difference:
    ours, theirs = both.first.here, both.second.here
    meant = [word for word in (*ours, *theirs) if means(word)]
    if not meant:
        return both.told(Sort.OTHER, Weight.LITTLE, "little words")
    if len(ours) == len(theirs) == 1 and alike(ours[0].key, theirs[0].key):
        return both.told(Sort.OTHER, Weight.SPELT, "words of one family, or a misprint")
    if len(meant) > 2 * _SHORT:
        return both.told(Sort.OTHER, Weight.REWORDED, "told in other words")
    return both.told(Sort.OTHER, Weight.CONTENT, "another word")
