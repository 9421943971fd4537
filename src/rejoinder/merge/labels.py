"""Labels: the words that set an issue apart from the rest of a record.

Takes what is said in an issue, as written, and how often each term is said in the whole record;
gives two to five words, in the reports' own spelling: names, nouns and phrases that end in one
("Iran: nuclear deal, sanctions"). The one idea: a term is good where it is much likelier in the
issue than outside it and often enough to be sure of that (`keyness`), and the better the more it
tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.merge.keyness import STOP, WORD, bare, weigh
from rejoinder.phrases import PRONOUNS
from rejoinder.text import word_set

#: So many terms of an issue are counted, the most frequent.
KEPT = 120
#: A label has become fixed when so many reports and statements are in its issue.
FIXED_REPORTS, FIXED_STATEMENTS = 10, 100
#: Until then it stays as long as each of its terms is among so many of the best.
_STAYS = 7
#: A label has no more words and terms than this.
_WORDS, _TERMS = 5, 3
#: So much more does a term tell for each further word. Chosen by reading the names of 60 issues.
_TELLING = 0.6
#: A term stands for another that is so often said in it, a full name for a part of it sooner.
_MOSTLY, _OF_NAME = 0.35, 0.2
#: A term that stands in a report's title counts as said so many times more.
_HEADED = 2
#: A term names an issue only where so large a part of its statements have it, and so many at least;
#: in an issue of fewer than `_FEW` any does.
_PART, _LEAST, _FEW = 0.05, 2, 8
_LONGEST = 40
#: So many texts and words are remembered with what was found in them.
_REMEMBERED, _WORDS_REMEMBERED = 512, 32_768
_GAP, _OF = ", ", ": "
#: What is a word of `_STOP` only when it is written small.
_SHOUTED = word_set("US WHO")
#: Words that say something, but not what an issue is about.
_STOP = STOP | word_set(
    """
    along already anybody anyone anything ask asked bad became become began believe believed best
    better big bring call called calls came case certain clear come comes coming country course done
    end enough everybody everyone everything fact far feel felt former found full gave give given
    gives good great happen happened hear heard high hope important issue keep kind knew know known
    knows large last later likely little long longer look looking lot man matter mean means member
    members need needed needs new next number old open part percent person place plan plans point
    possible probably put question real reason recent recently report reported reports right saw see
    seem seemed seems seen set several show showed situation sort state statement states sure taken
    talk tell tells think thought took tried true try trying turn united use used using want wanted
    wants whole word words work working world yeah
    believes thinks hopes denies rejects warns accuses demands expects
    january february march april june july august september october november december
    """
)


#: These say something only in a phrase: everybody who speaks is one of them.
_PALE = word_set(
    """
    administration aide aides chief comment comments critics director effort efforts government
    group groups house information interview item kind leader leaders left lead major member men
    minister ministers news note office officer official officials party policy power president
    remark remarks role secretary side single spokesman spokesperson spokeswoman story team total
    woman women man world
    """
)
#: No noun ends so, with few exceptions.
_NO_NOUN = re.compile(r"(?:[^e]ed|ous|ful|\w{3}[ai]ble)$")
_ADVERB = re.compile(r"(?<!fami)(?<!al)(?<!supp)(?<!assemb)ly$")
#: Nor does what is written large and ends so: "Chinese", "Republican".
_BELONGING = re.compile(r"^[A-Z]\w*(?:ese|[ie]an|ican|ish|cratic)$")
#: What stands before a noun, or whatever belongs to one.
_OPENS = word_set(
    "the a an his her its their our my your this these those that him them me us it every each no"
)
_LEADS = frozenset(
    {"", "and", "or", "of", "on", "in", "at", "for", "from", "with", "without", "about", "over"}
    | {"against", "between", "by", "into", "under", "after", "before", "during", "new", "more"}
    | {"other", "first", "last", "any", "some", "such", "many", "all", "own", "good", "big"}
    | _OPENS
)
_LINKS = frozenset({"of", "on", "with", "from", "over", "against", "for"})
#: A phrase has no more words on end than this, a name, and what hangs on "attacks on".
_PHRASE, _NAME, _HUNG = 3, 4, 2


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
    """Yield what a text names: nouns, names, and phrases of two to four words that end in one."""
    for run in _runs(text):
        for end, word in enumerate(run.words):
            if not run.names(end):
                continue
            if not (word.casefold() in _PALE or _BELONGING.search(word)):
                yield Term(form=word)
            for start in range(max(0, end + 1 - _NAME), end):
                phrase = " ".join(run.words[start : end + 1])
                if _reads(run.words[start : end + 1]) and (
                    end + 1 - start <= _PHRASE or phrase.istitle()
                ):
                    yield Term(form=phrase)
            if run.link and end < _HUNG:
                yield Term(form=f"{run.link} {' '.join(run.words[: end + 1])}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Words on end that each say something, and what stands right beside them."""

    words: tuple[str, ...]
    #: The word before and the word behind, small; empty at the edge of a sentence or clause.
    before: str
    behind: str
    #: What it hangs on: "attacks on the" before "tankers".
    link: str = ""

    def names(self, at: int) -> bool:
        """Tell whether the word there is a noun or name, as far as its neighbours tell.

        A verb is seen by what follows ("backed [the …]") or goes before ("to [win]", "has [paid]").
        """
        word = self.words[at]
        if word[:1].isupper():
            return True
        if _NO_NOUN.search(word) or at + 1 < len(self.words) or self.behind in _OPENS - {"that"}:
            return False
        if at:
            return True
        return self.before in (_LEADS if not word.endswith("ing") else _OPENS)


def _runs(text: str) -> Iterator[_Run]:
    """Part a text where a word says nothing, or something stands between two words."""
    found = [(bare(m[0]), m.start(), m.start() + len(bare(m[0]))) for m in WORD.finditer(text)]
    said = [_counts(word) for word, _, _ in found]
    # Whether a word stands right behind the one before it.
    close = [n > 0 and text[found[n - 1][2] : found[n][1]] == " " for n in range(len(found))]
    link, linked = "", -1
    start = 0
    while start < len(found):
        if not said[start]:
            start += 1
            continue
        end = start + 1
        while end < len(found) and said[end] and close[end]:
            end += 1
        before = found[start - 1][0].casefold() if start and close[start] else ""
        behind = found[end][0].casefold() if end < len(found) and close[end] else ""
        run = _Run(
            words=tuple(word for word, _, _ in found[start:end]),
            before=before,
            behind=behind,
            link=link if linked == start else "",
        )
        yield run
        link, linked = "", -1
        if behind in _LINKS and run.names(end - start - 1) and found[end - 1][0].islower():
            step = end + 1
            if step < len(found) and close[step] and found[step][0].casefold() == "the":
                step += 1
            if step < len(found) and close[step]:
                link, linked = text[found[end - 1][1] : found[step - 1][2]], step
        start = end


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _counts(word: str) -> bool:
    return _says(word) and not _ADVERB.search(word)


def _reads(words: Sequence[str]) -> bool:
    """Tell whether words are a phrase: names, then what is small ("Iran nuclear deal")."""
    large = [word[:1].isupper() for word in words]
    if len({word.casefold() for word in words}) < len(words):
        return False
    return large == sorted(large, reverse=True)


def counted(texts: Iterable[str]) -> dict[str, Term]:
    """Count in how many of the texts each term is; by key."""
    out: dict[str, Term] = {}
    for text in texts:
        for key, term in _named(text).items():
            out[key] = _sum(out.get(key), term)
    return out


@lru_cache(maxsize=_REMEMBERED)
def _named(text: str) -> Mapping[str, Term]:
    """Return the terms of a text by key; an issue and the record count the same ones."""
    # Sorted, so that what is written small comes last and stays.
    return {term.key: term for term in sorted(terms(text), key=lambda t: t.form)}


def added(one: Mapping[str, Term], other: Mapping[str, Term]) -> dict[str, Term]:
    """Add two counts up."""
    return {**one, **{key: _sum(one.get(key), term) for key, term in other.items()}}


def headed(held: Mapping[str, Term], title: str) -> dict[str, Term]:
    """Count terms that a report's title has too as said `_HEADED` times more.

    What only the title says does not count: headlines put verbs in capitals, and promise much.
    """
    told = (held[term.key] for term in terms(title) if term.key in held)
    more = {term.key: Term(form=term.form, count=term.count + _HEADED) for term in told}
    return {**held, **more}


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
        Two to five words, those of different terms parted by commas, names from things by a colon;
        fewer where there are none.
    """
    scores = {
        term: _fitness(term, held, statements, everywhere=everywhere, total=total)
        for term in held.values()
        if statements < _FEW or term.count >= max(_PART * statements, _LEAST)
    }
    best: list[Term] = []
    for found in sorted(scores, key=lambda t: (-scores[t], -t.count, t.key)):
        term = _whole(found, held)
        if not any(_alike(term, other) for other in best):
            best.append(term)
        if len(best) == _STAYS:
            break
    forms = [term.form for term in best]
    kept = before.replace(_OF, _GAP).split(_GAP)
    # One that had too few terms is not kept.
    if len(kept) > 1 and set(kept) <= set(forms):
        return before
    return _in_order(_short(forms))


def _in_order(forms: Sequence[str]) -> str:
    """Put terms in a readable order: where a name comes first, names, then what it is with them."""
    named = [form for form in forms if form[:1].isupper()]
    things = [form for form in forms if form not in named]
    if not (named and things and forms[0] in named):
        return _GAP.join(forms)
    return f"{_GAP.join(named)}{_OF}{_GAP.join(things)}"


def _short(forms: Iterable[str]) -> list[str]:
    """Return the first terms that have few enough words together."""
    chosen: list[str] = []
    for form in forms:
        if len(" ".join([*chosen, form]).split()) <= _WORDS and len(chosen) < _TERMS:
            chosen.append(form)
    return chosen


def _apart(count: int, statements: int, everywhere: float, *, total: int) -> float:
    """Return how much likelier a term is within than outside, in its own standard deviations."""
    outside, rest = max(everywhere - count, 0), max(total - statements, 0)
    # Never nought: a record may not have counted yet what is in this issue.
    share = (everywhere + 1) / (total + 1)
    return weigh((count, statements), (outside, rest), share=share)[1]


def _fitness(
    term: Term,
    held: Mapping[str, Term],
    statements: int,
    *,
    everywhere: Mapping[str, int],
    total: int,
) -> float:
    """Return how well a term names an issue: how surely it sets it apart, and how much it tells.

    Phrases are not counted over the record: one is taken to have as large a part in its words
    elsewhere as here.
    """
    words = _told(term)
    if len(words) == 1:
        return _apart(term.count, statements, everywhere.get(term.key, 0), total=total)
    rest = [
        max(everywhere.get(word.key, 0) - word.count, 0) * term.count / word.count
        for word in (held[key] for key in words if key in held)
    ]
    outside = min(rest, default=term.count)
    apart = _apart(term.count, statements, term.count + outside, total=total)
    return apart * (1 + _TELLING * (len(words) - 1))


def _whole(term: Term, held: Mapping[str, Term]) -> Term:
    """Return the name or phrase that a term mostly stands in: "North Korea" for "Korea"."""
    mine = f" {term.key} "
    whole = [
        other
        for key, other in held.items()
        if mine in f" {key} "
        and other is not term
        and other.count >= max((_OF_NAME if other.form.istitle() else _MOSTLY) * term.count, 2)
    ]
    return max(whole, key=lambda t: (t.count, len(t.key), t.key), default=term)


def _told(term: Term) -> list[str]:
    """Return the keys of the words in a term that say something: not "of the"."""
    return [Term(form=word).key for word in term.form.split() if _says(word)]


def _alike(one: Term, other: Term) -> bool:
    """Tell whether two terms share a word or the better part of one: "tariff", "tariffs"."""
    words = [(a, b) for a in _told(one) for b in _told(other)]
    return any(_common(a.casefold(), b.casefold()) for a, b in words)


def _common(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    return (one[:short] == other[:short] and short >= 3) or (short > 5 and one[:5] == other[:5])


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
