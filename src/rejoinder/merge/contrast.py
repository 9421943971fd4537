"""Contrast: the words by which two sides differ, with the places where each stands.

Takes what either side says in its own words; gives terms, each with how much likelier one side is
to use it than the other and with every use. Pure; what own words are, and whose, is decided where
they come from (`rejoinder.store.asking.contrast`).

The one idea: a term counts once for an utterance, so that the number of its uses is the number of
utterances that a reader can look up. How far apart two sides are in it is measured by `keyness`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.merge.keyness import STOP, WORD, bare, weigh
from rejoinder.model import Span
from rejoinder.states import signs

#: From here on, up or down, a difference is hardly chance (of one term alone, 1 in 20 is).
SURE = 1.96
#: A difference that so few utterances make is chance, whatever its size.
_LEAST_SURE = 3
#: So many utterances of a side are compared, the latest.
MOST = 300
#: A phrase has no more words.
_LONGEST = 3
#: A word stands mostly in a longer term if so large a share of its uses does.
_MOSTLY = 0.75
#: Of two terms whose utterances are so much the same, one is told.
_SAME = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What was said in an utterance, in own words: pieces that stand apart in the report."""

    utterance: int
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Where a term stands: in which utterance, in which piece of it."""

    utterance: int
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrasted:
    """A term, and how far apart two sides are in it."""

    #: As it is written first.
    term: str
    #: Above nought where the first side is likelier to use it.
    z: float
    #: The difference of the log-odds.
    odds: float
    #: By utterance, the first use in each.
    one: tuple[Use, ...] = field(repr=False)
    other: tuple[Use, ...] = field(repr=False)

    def tells(self, side: int) -> bool:
        """Tell whether it is a side's (0 or 1): likelier there, and, unless sure, more frequent."""
        likelier = self.z < 0 if side else self.z > 0
        return likelier and (self.sure or len(self.uses(side)) > len(self.uses(1 - side)))

    def uses(self, side: int) -> tuple[Use, ...]:
        """Return its uses at a side (0 or 1)."""
        return self.other if side else self.one

    @property
    def sure(self) -> bool:
        """Whether the difference is hardly chance."""
        return abs(self.z) >= SURE and len(self.uses(int(self.z < 0))) >= _LEAST_SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """By which words two sides differ."""

    sides: tuple[str, str]
    #: How many utterances there are of each, how many of them were compared, the latest, and how
    #: many of these with quoted words.
    whole: tuple[int, int]
    said: tuple[int, int]
    quoted: tuple[int, int]
    #: What sets the first side apart most comes first, what sets the second apart last.
    terms: tuple[Contrasted, ...]

    def leading(self, side: int, most: int) -> tuple[Contrasted, ...]:
        """Return the terms that set a side apart (0 or 1), the furthest first.

        A term that stands in nearly the same utterances as one further apart tells nothing more.
        """
        ranked = reversed(self.terms) if side else self.terms
        out: list[Contrasted] = []
        held: list[frozenset[int]] = []
        for term in ranked:
            if len(out) == most:
                break
            said = frozenset(use.utterance for use in term.uses(side))
            if term.tells(side) and not any(_alike(said, other) for other in held):
                out.append(term)
                held.append(said)
        return tuple(out)


def contrast(
    one: Sequence[Own],
    other: Sequence[Own],
    *,
    names: Collection[str] = (),
    least: int = 2,
) -> tuple[Contrasted, ...]:
    """Compare what two sides say, term by term; what sets the first apart most comes first.

    Args:
        one: What one side says.
        other: What the other does.
        names: Of whoever speaks or is spoken of. Their words are left out where they are written
            large, as are all words that stand for a state or an intergovernmental organisation:
            whom one speaks of is no choice of words.
        least: A term that both together use in fewer utterances is left out.
    """
    shunned = frozenset(word.casefold() for name in names for word in WORD.findall(name))
    mine, theirs = _used(one, shunned), _used(other, shunned)
    out: list[Contrasted] = []
    for length in range(1, _LONGEST + 1):
        counts = [
            {term: len(uses) for term, uses in used.items() if term.count(" ") == length - 1}
            for used in (mine, theirs)
        ]
        for term, (odds, z) in weighed(counts[0], counts[1]).items():
            uses = tuple(mine.get(term, ())), tuple(theirs.get(term, ()))
            if len(uses[0]) + len(uses[1]) >= least:
                written = (uses[0] or uses[1])[0]
                shown = written.words[slice(*written.span)]
                out.append(Contrasted(term=shown, z=z, odds=odds, one=uses[0], other=uses[1]))
    return tuple(sorted(_telling(out), key=lambda c: (-c.z, c.term)))


def weighed(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Return of each term the difference of its log-odds at two sides, and that as a z-score.

    The prior of a term is its share in what both say.

    Args:
        one: How often one side says each term.
        other: How often the other does.
    """
    both = Counter(one) + Counter(other)
    whole, total, rest = sum(both.values()), sum(one.values()), sum(other.values())
    return {
        term: weigh((one.get(term, 0), total), (other.get(term, 0), rest), share=count / whole)
        for term, count in both.items()
    }


def _used(said: Iterable[Own], shunned: frozenset[str]) -> dict[str, list[Use]]:
    """Return the uses of each term, the first of every utterance."""
    out: defaultdict[str, list[Use]] = defaultdict(list)
    for own in said:
        seen: set[str] = set()
        for piece in own.pieces:
            for key, span in terms(piece, shunned):
                if key not in seen:
                    seen.add(key)
                    out[key].append(Use(utterance=own.utterance, words=piece, span=span))
    return out


def terms(text: str, shunned: Collection[str] = ()) -> Iterator[tuple[str, Span]]:
    """Yield the terms of a text, small, with where they stand: words, and phrases of two or three.

    A phrase stands on end, with nothing but single spaces in between, and has no stop word at
    either end: "rule of law".

    Args:
        text: Own words.
        shunned: Words, small, that are no part of a term where they are written large.
    """
    states = [sign.span for sign in signs(text)]
    run: list[tuple[str, int, int]] = []
    for found in WORD.finditer(text):
        start, end = found.start(), found.start() + len(bare(found[0]))
        word = text[start:end].replace("’", "'").casefold()
        named = word in shunned and found[0][:1].isupper()
        if named or any(a < end and start < b for a, b in states):
            run = []
            continue
        follows = bool(run) and text[run[-1][2] : start] == " "
        run = [*(run[1 - _LONGEST :] if follows else []), (word, start, end)]
        if not _says(word):
            continue
        for first, (begun, begin, _) in enumerate(run):
            if _says(begun):
                yield " ".join(w for w, _, _ in run[first:]), (begin, end)


def _says(word: str) -> bool:
    return len(word) > 2 and word not in STOP


def _telling(found: Sequence[Contrasted]) -> Iterator[Contrasted]:
    """Leave out what mostly stands in a longer term: "pole" where it is mostly "pole vault"."""
    within: defaultdict[str, int] = defaultdict(int)
    for one in found:
        words = one.term.casefold().split()
        for length in range(1, len(words)):
            for k in range(len(words) - length + 1):
                part = " ".join(words[k : k + length])
                within[part] = max(within[part], _uses(one))
    for one in found:
        if within[one.term.casefold()] < _MOSTLY * _uses(one):
            yield one


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= _SAME * len(one | other)


def _uses(one: Contrasted) -> int:
    return len(one.one) + len(one.other)
