"""Denials in apposition: ", a claim Western officials deny", "(which the ministry disputes)".

Takes a text and finds them. The one idea: a clause that calls what stands before it a claim and
says who denies it is so regular that a grammar of a few words finds it, while the encoder, whose
teachers seldom marked one, passes by nearly half of them. They are worth the trouble: each says
what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.model import Act, Span
from rejoinder.text import TITLES, overlap, quotations, word_set

#: What may be denied, and what may be refused; of both kinds are ideas and descriptions.
_SAID = (
    r"accusations?|accounts?|allegations?|arguments?|assertions?|assessments?|charges?|claims?|"
    r"conclusions?|contentions?|criticisms?|findings?|implications?|insinuations?|reports?|"
    r"rumou?rs?|stories|statements?|suggestions?|theory|theories"
)
_MEANT = (
    r"characteri[sz]ations?|comparisons?|demands?|depictions?|descriptions?|ideas?|interpretations?|"
    r"labels?|moves?|notions?|offers?|portrayals?|positions?|proposals?|views?"
)
_NOUN = re.compile(rf"(?:{_SAID}|{_MEANT})$")
_TO_REJECT = re.compile(rf"(?:{_MEANT})$")
_THING = (
    r"(?:(?:an?|the|another|one|all|both|such|some)\s+)?(?:[a-z][\w-]{0,40}\s+){0,2}?"
    rf"(?:{_SAID}|{_MEANT})|something|which"
)
_ADVERB = (
    r"(?:also|always|both|all|long|since|now|still|again|later|"
    r"(?!(?:hard|bare|scarce|rare)ly\b)[a-z]+ly)"
)
#: Of a thing that only "which" names, this much is a denial of words; "rejects" is of bills too.
_DENIES = r"den(?:y|ies|ied)|disput(?:e|es|ed)|refut(?:e|es|ed)"
_REJECTS = r"reject(?:s|ed)?|dismiss(?:es|ed)?|repudiat(?:e|es|ed)"
_END = r"(?=\s*(?:[,.;:)\n—–]|--|\Z)|\s+(?:in|on|at|during|through|as|and|but|when|while|last)\b)"
#: The same, but that "and" may join two who deny.
_END_OF_WHO = _END.replace("|and", "")
#: Initials keep their dots ("U.S."), and so do titles ("Mr. Vale").
_WORD = rf"(?:(?:[A-Z]\.){{1,4}}|(?:{'|'.join(TITLES)})\.|[^\s,.;:()“”\"—–]+)"
_WORDS = rf"{_WORD}(?:\s+{_WORD}){{0,9}}?"
#: What opens the clause.
_BEFORE = r"(?:,|\(|--|[—–]|\s-)\s*"

_ACTIVE = re.compile(
    rf"{_BEFORE}(?P<thing>{_THING})\s+(?:(?:that|which)\s+)?(?P<who>{_WORDS})\s+"
    rf"(?P<cue>(?:(?:has|have|had)\s+)?(?:{_ADVERB}\s+(?:and\s+{_ADVERB}\s+)?)*"
    rf"(?:{_DENIES}|{_REJECTS})){_END}"
)
_PASSIVE = re.compile(
    rf"{_BEFORE}(?P<thing>{_THING})\s+"
    r"(?:(?:that|which)\s+(?:(?:has|have|had)\s+been|was|were|is|are)\s+)?"
    rf"(?P<cue>(?:{_ADVERB}\s+)*(?:denied|disputed|refuted|rejected|dismissed)\s+by)\s+"
    rf"(?P<who>{_WORDS}){_END_OF_WHO}"
)

_PRONOUNS = word_set("he she they it")
_DETERMINERS = word_set(
    "the a an his her their its both all many most several other some two three four one another"
)
#: Those who deny are many where no name and no article says who: "allies of Vale deny".
_PEOPLE = re.compile(
    r"\b(?:activists|advisers|advocates|agencies|aides|allies|analysts|attorneys|authorities|"
    r"backers|campaigners|commanders|companies|conservatives|critics|defenders|delegates|diplomats|"
    r"executives|experts|families|governments|groups|investigators|lawmakers|lawyers|leaders|"
    r"liberals|members|ministers|negotiators|officers|officials|opponents|organi[sz]ers|police|"
    r"politicians|proponents|prosecutors|rebels|relatives|representatives|researchers|residents|"
    r"scientists|senators|spokesmen|spokespeople|supporters|troops|unions|witnesses)\b"
)
#: Words that no noun phrase has in which somebody speaks.
_VERBS = word_set(
    "is was are were be been being would will could can should may might must not never did does do"
    " who whom that which while when if because than he she they we you i has have had said says"
    " then there to himself cannot few nobody none no everyone anyone"
    " hardly barely scarcely rarely believe think made make calls"
)
#: Words that none begins with.
_NO_BEGINNING = word_set("against by from of in on for with to neither nor")
#: Who rules on motions and votes on bills, and so denies and rejects what is no claim.
_RULES = re.compile(
    r"\b(?:judges?|courts?|justices?|jury|jurors|magistrate|panel|senate|"
    r"(?<!white )house|congress|parliament|legislature|voters|committee|commission|board|council|"
    r"appeals)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A clause that says who denies what stands before it."""

    thing: Span
    who: Span
    cue: Span
    act: Act

    @property
    def clause(self) -> Span:
        """All of it, from what is denied to whichever of the other two ends last."""
        return self.thing[0], max(self.who[1], self.cue[1])


@lru_cache(maxsize=4)  # several floors ask for those of one report, one after the other
def denials(text: str) -> tuple[Denial, ...]:
    """Find the denials in apposition of a text, in no order, quotations aside."""
    return tuple(_denials(text))


def _denials(text: str) -> Iterator[Denial]:
    quoted = quotations(text)
    for pattern in (_ACTIVE, _PASSIVE):
        for match in pattern.finditer(text):
            denial = Denial(
                thing=match.span("thing"),
                who=match.span("who"),
                cue=match.span("cue"),
                act=_act(match["thing"], match["cue"]),
            )
            if _fits(match) and not overlap((denial.clause,), quoted):
                yield denial


def _fits(match: re.Match[str]) -> bool:
    """Tell whether somebody speaks, and of what can be denied."""
    thing, who = match["thing"], match["who"]
    noun = _NOUN.search(thing)
    if not noun and (re.search(_REJECTS, match["cue"]) or _RULES.search(who)):
        return False
    if noun and " " not in thing and not thing.endswith("s"):
        return False  # "report" without an article is a verb
    if "\n\n" in match.group():
        return False
    first, *rest = who.split()
    words = who.lower().split()
    if words[0] in _PRONOUNS:
        return not rest
    if (
        words[0] in _NO_BEGINNING
        or not _VERBS.isdisjoint(words)
        or any("n’t" in w or "n't" in w for w in words)
    ):
        return False
    return (
        first[0].isupper()
        or first[0].isdigit()
        or (words[0] in _DETERMINERS and bool(rest))
        or _PEOPLE.search(who) is not None
    )


def _act(thing: str, cue: str) -> Act:
    """Claims are denied, ideas and demands rejected, whichever verb it is."""
    rejects = re.search(_REJECTS, cue) and _TO_REJECT.search(thing)
    return Act.REJECT if rejects else Act.DENY
