"""Labels: the words that set an issue apart from the rest of a record.

Takes what is said in an issue, as written, and how often each term is said in the whole record;
gives two to four words, in the reports' own spelling. The one idea: a term is good where it is much
likelier in the issue than outside it and often enough to be sure of that: weighted log-odds with an
informative prior (Monroe, Colaresi and Quinn, Political Analysis 16, 2008), in units of its own
uncertainty.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rejoinder.phrases import PRONOUNS
from rejoinder.text import word_set

#: So many terms of an issue are counted, the most frequent.
KEPT = 80
#: A label has become fixed when so many reports and statements are in its issue.
FIXED_REPORTS, FIXED_STATEMENTS = 10, 100
#: Until then it stays as long as each of its terms is among so many of the best.
_STAYS = 7
#: A label has no more words and terms than this.
_WORDS, _TERMS = 4, 3
#: How many words of prior a term's share in the record is worth.
_PRIOR = 50.0
#: A name or phrase stands for one of its words where that is so often said in it.
_MOSTLY = 0.5
_LONGEST = 40
_GAP = ", "
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: What is a word of `_STOP` only when it is written small.
_SHOUTED = word_set("US WHO")
_STOP = word_set(
    """
    a about above after again against ago all almost along already also although always am among an
    and another any anybody anyone anything are around as ask asked at away back bad be became
    because become been before began being believe believed best better between big both bring but
    by call called calls came can cannot case certain clear come comes coming could country course
    day days did do does doing done down during each either else end enough even ever every
    everybody everyone everything fact far feel felt few first five for former found four from full
    further gave get gets getting give given gives go goes going gone good got great had happen
    happened has have having he hear heard her here hers herself high him himself his hope hopes
    how however i if important in instead into is issue it its itself just keep kind knew know known
    knows large last later least less let like likely little long longer look looking lot made make
    makes making man many matter may maybe me mean means member members might million month months
    more most much must my myself need needed needs never new next no nobody none nor not nothing
    now number of off often old on once one only open or other others our ours out over own part
    people percent person place plan plans point possible probably put question quite rather real
    really reason recent recently report reported reports right said same saw say saying says second
    see seem seemed seems seen set several shall she should show showed since situation so some
    somebody someone something soon sort state statement states still such sure take taken takes
    taking talk tell tells than that the their theirs them themselves then there these they thing
    things think thinks third this those though thought three through time times to today together
    told tomorrow too took toward towards tried true try trying turn two under united until up upon
    us use used using very want wanted wants was way ways we week weeks well went were what whatever
    when where whether which while who whole whom whose why will with within without won't word
    words work working world would yeah year years yes yesterday yet you your yours yourself
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, name or phrase, and in how many statements it is."""

    #: As it is written.
    form: str
    count: int = 1

    @property
    def key(self) -> str:
        """As it is compared: "US" is not "us", but "Tariffs" is "tariffs"."""
        return self.form if self.form.isupper() else self.form.casefold()


def terms(text: str) -> Iterator[Term]:
    """Yield each word of a text that could be a label's, and each phrase of two or three such."""
    run: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        word = _bare(found[0])
        if not _says(word):
            run = []
            continue
        follows = bool(run) and text[end : found.start()] == " "
        # A name or a phrase: words that are all written large, or all small.
        like = follows and word[:1].isupper() == run[-1][:1].isupper()
        run = [*run[-2:], word] if like else [word]
        end = found.start() + len(word)
        yield Term(form=word)
        for length in range(2, len(run) + 1 if word[:1].isupper() else min(len(run), 2) + 1):
            yield Term(form=" ".join(run[-length:]))


def counted(texts: Iterable[str]) -> dict[str, Term]:
    """Count in how many of the texts each term is; by key."""
    out: dict[str, Term] = {}
    for text in texts:
        # Sorted, so that what is written small comes last and stays.
        seen = {term.key: term for term in sorted(terms(text), key=lambda t: t.form)}
        for key, term in seen.items():
            out[key] = _sum(out.get(key), term)
    return out


def added(one: Mapping[str, Term], other: Mapping[str, Term]) -> dict[str, Term]:
    """Add two counts up."""
    return {**one, **{key: _sum(one.get(key), term) for key, term in other.items()}}


def _sum(known: Term | None, term: Term) -> Term:
    """Add a count to another; what is written small anywhere is no name."""
    if known is None:
        return term
    form = term.form if term.form.islower() else known.form
    return Term(form=form, count=known.count + term.count)


def most(held: Mapping[str, Term]) -> dict[str, Term]:
    """Keep the terms that are said most, no more than `KEPT`."""
    kept = sorted(held.values(), key=lambda t: (-t.count, t.key))[:KEPT]
    return {term.key: term for term in kept}


def label(
    held: Mapping[str, Term],
    statements: int,
    everywhere: Mapping[str, int],
    *,
    total: int,
    before: str = "",
) -> str:
    """Return the words that set an issue apart.

    Args:
        held: Its terms, by key.
        statements: How many are in it.
        everywhere: In how many statements of the record each of its words is, its own included;
            phrases come along with the words that mostly stand in them.
        total: How many statements the record has.
        before: The label so far, which stays while it is nearly as good.

    Returns:
        Two to four words, those of different terms parted by commas; fewer where there are none.
    """
    scores = {
        term: _apart(term.count, statements, everywhere.get(term.key, 0), total=total)
        for term in held.values()
        if " " not in term.form
    }
    best: list[Term] = []
    for term in sorted(scores, key=lambda t: (-scores[t], -t.count, t.key)):
        whole = _phrase_of(term, held)
        if not any(_alike(whole, other) for other in best):
            best.append(whole)
        if len(best) == _STAYS:
            break
    forms = [term.form for term in best]
    kept = before.split(_GAP)
    # One that had too few terms is not kept.
    if len(kept) > 1 and set(kept) <= set(forms):
        return before
    return _GAP.join(_short(forms))


def _short(forms: Iterable[str]) -> list[str]:
    """Return the first terms that have few enough words together."""
    chosen: list[str] = []
    for form in forms:
        if len(" ".join([*chosen, form]).split()) <= _WORDS and len(chosen) < _TERMS:
            chosen.append(form)
    return chosen


def _apart(count: int, statements: int, everywhere: int, *, total: int) -> float:
    """Return how much likelier a term is within than outside, in its own standard deviations."""
    prior = _PRIOR * (everywhere + 1) / (total + 1)
    outside, rest = max(everywhere - count, 0), max(total - statements, 0)
    here = math.log((count + prior) / max(statements + _PRIOR - count - prior, 1.0))
    there = math.log((outside + prior) / max(rest + _PRIOR - outside - prior, 1.0))
    return (here - there) / math.sqrt(1 / (count + prior) + 1 / (outside + prior))


def _phrase_of(term: Term, held: Mapping[str, Term]) -> Term:
    """Return the name or phrase that a word mostly stands in: "North Korea" for "Korea"."""
    whole = [
        other
        for other in held.values()
        if " " in other.form
        and term.form in other.form.split()
        and other.count >= max(_MOSTLY * term.count, 2)
    ]
    return max(whole, key=lambda t: (t.count, len(t.key), t.key), default=term)


def _alike(one: Term, other: Term) -> bool:
    """Tell whether two terms share a word or the better part of one: "tariff", "tariffs"."""
    words = [(a, b) for a in one.key.split() for b in other.key.split()]
    return any(_common(a.casefold(), b.casefold()) for a, b in words)


def _common(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    return (one[:short] == other[:short] and short >= 3) or (short > 5 and one[:5] == other[:5])


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _says(word: str) -> bool:
    """Tell whether a word says what something is about; "US" does, "us" does not."""
    if not 1 < len(word) <= _LONGEST:
        return False
    if word.isupper():
        return word in _SHOUTED or word.casefold() not in _STOP
    return (
        len(word) > 2
        and (word[0].isupper() or "-" not in word)
        and word.casefold() not in _STOP
        and not PRONOUNS.fullmatch(word)
        and "'" not in word
        and "’" not in word
    )
