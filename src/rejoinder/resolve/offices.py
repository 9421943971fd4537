"""Offices: which words beside a person's name say what that person is.

Takes the text and where names of persons stand; gives spans of titles before a name ("Israeli army
spokesman [Lt. Col. Peter Lerner]"), appositions behind it ("[Wang Shouwen], China's vice-minister
for commerce") and clauses ("who heads …"). Whom the office speaks for is for `sides` to say.

The one idea: an office is a stretch of text that touches a name and has a noun of office in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rejoinder.model import Span
from rejoinder.phrases import head
from rejoinder.resolve.roles import COURTESY, ENTOURAGE, OFFICIAL, PRIVATE, collective, nouns
from rejoinder.text import TITLES, word_set

_WORD = re.compile(r"[^\s]+")
_DOTTED = re.compile(rf"^(?:[A-Z]\.)+$|^(?:{'|'.join(TITLES)}|Sr|Vice|Sec)\.$")
#: Words in lower case, beside those for offices, that may stand in a title before a name.
_WITHIN = word_set(
    """
    of for and to in the news former acting senior foreign prime national security economic special
    top press assistant vice defense defence interior finance air human rights energy trade oil
    interim presumptive presidential nuclear parliamentary ruling lead then longtime legal affairs
    information culture health justice home supreme high outgoing incoming new joint
    counterterrorism policy white house staff lower upper personal
    """
)
#: What goes on behind a noun of office, and is no first name.
_BEHIND_OFFICES = word_set("counsel correspondent councilor designate emeritus elect")
#: What else a title may end with.
_ENDS = word_set("State States Nations Kingdom Emirates")
_TITLE_WORDS = 14
#: Words with which a sentence or clause begins, not a title.
_OPENING = re.compile(
    r"(?:Since|But|And|When|While|After|As|If|For|That|Although|With|In|On|At|By|To|Of|Yet|So|Then|"
    r"Though|Before|Last|Both|Like|Despite|During|Earlier|Later|What|Until|Unlike|Because|Whether|"
    r"Somebody|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|of|for|to|and|in)\s+|[\"“”‘’']\s*"
)
#: In headlines these have capitals too: "Voters [Are] Backing Vale".
_VERBS = word_set(
    "are is was were be been has have had will would could can may must did does do not says said "
    "calls called tells told asks asked urges urged backs backed meets met"
)
_TIES = frozenset({"of", "for", "to", "and", "in"})
#: What goes on with "and" in what an office is for: "[Work] and Pensions Secretary".
_FIELDS = frozenset(
    {"Agriculture", "Business", "Citizenship", "Culture", "Defence", "Defense", "Development"}
    | {"Economy", "Education", "Employment", "Energy", "Environment", "Finance", "Food", "Foreign"}
    | {"Health", "Housing", "Immigration", "Industry", "Interior", "Justice", "Labour", "Science"}
    | {"Security", "Trade", "Transport", "Work"}
)
_ARTICLES = frozenset({"the", "a", "an"})
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
#: An office set off before a name: "India's prime minister, …".
_PREPOSED = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s|(?<![\w.])[\w.]+['’]s\s|(?<![\w.])[\w.]+s['’]\s)"
    r"(?:[\w.’'-]+\s){0,7}?(?P<noun>[\w-]+)"
    r"(?:\s(?:of|for|at)\s[^,.;:“”\n]{2,60})?,\s+$"
)
#: What a state's is called, no office: "the official Varo agency", "Latvia's official agency".
_NO_OFFICE = re.compile(r"(?:^|['’]s?\s)official$")
#: Behind a title's dot goes on a name: "a spokesman for Mr. Vale".
_NO_TITLE = "".join(rf"(?<!\b{title})" for title in TITLES)
#: What an apposition ends with.
_APPOSED_END = re.compile(
    rf",|;|:|(?<![A-Z]){_NO_TITLE}\.(?=\s|$)|\n"
    r"|\s(?:who|which|said|says|told|and said)\b|[–—(“\"]"
)
#: A clause of its own, no apposition.
_FINITE = re.compile(r"\b(?:has|have|had|is|was|are|were|will|would|could|can|may|did|does)\s")
#: No participle or verb, "Vale, greeting France's ambassador", but those that offices begin with.
_APPOSED = re.compile(
    r",\s+(?!(?:Mr|Mrs|Ms|who|whose|which|and|but|not|said|says|told|in|on|at|when|while|as|after|"
    r"(?!(?:retired|disgraced|exiled|ousted|deposed|renowned|elected|appointed|jailed|convicted|"
    r"embattled|seasoned|celebrated)\b)[a-z]+ed|"
    r"(?!(?:king|acting|outgoing|incoming|sitting|ruling|leading|visiting|serving)\b)[a-z]+ing)\b)"
)
_HEADS = re.compile(
    r",?\s+who\s+"
    r"(?:heads|leads|chairs|runs|commands|directs|oversees|represents|serves as|is|was)\s"
)
_NAMED_AFTER = re.compile(
    r"(?:['’]s?)?\s(?P<what>administration|White House|government|cabinet|regime)\b"
)
_STAFF = re.compile(r"chief(?=\sof\sstaff\b)", re.IGNORECASE)
#: What ties an office to whom it serves, and what of somebody's speaks for others too.
_SERVES = re.compile(r"\s(?:for|to|of)\s(?:the\s)?")
_OTHERS = re.compile(r"['’]s?\s(?!(?:office|team|government|administration|cabinet|regime)\b)")
_CLAUSE_END = re.compile(
    r"[,;\n]|(?<![A-Z])\.|\s(?:when|while|after|before|until|since|who|which)\s"
    r"|\sand\s(?:has|had|is|was|will)\b"
)
_PARTY = re.compile(r"[RDI]-[A-Z]|\([RDI](?:-|\))")


def has_office(words: str) -> bool:
    """Tell whether words hold a noun of office."""
    return any(noun in OFFICIAL or noun in PRIVATE for noun in nouns(words))


def offices(text: str, name: Span) -> Iterator[Span]:
    """Yield the stretches about a name that say what its bearer is, the nearest first."""
    for find in (title, borne, apposition, preposed, clause, following):
        found = find(text, name)
        if found:
            yield found


@lru_cache(maxsize=1024)  # asked of every name of a report, by several rules
def title(text: str, name: Span) -> Span | None:
    """Return the title before a name: back to what cannot belong to it."""
    line = max(text.rfind("\n", 0, name[0]), name[0] - 160) + 1
    words = list(_WORD.finditer(text, line, name[0]))
    start = name[0]
    last = words[-_TITLE_WORDS:]
    for k in range(len(last) - 1, -1, -1):
        word, before = last[k], last[k - 1].group() if k else ""
        fields = word.group() == "and" and before in _FIELDS
        tied = word.group() not in _TIES or fields or _ties(before)
        if not _titular(word.group()) or not tied or word.group().lower() in _VERBS:
            break
        # "Ambassador to the U.N."; "… and the President" begins somebody else.
        if word.group().lower() in _ARTICLES and before not in _TIES - {"and"}:
            break
        start = word.start()
    while opening := _OPENING.match(text, start, name[0]) or _ARTICLE.match(text, start, name[0]):
        start = opening.end()
    span = (start, len(text[: name[0]].rstrip()))
    told = text[slice(*span)]
    return span if has_office(told) and not _NO_OFFICE.search(told) else None


def first_name(text: str, surname: Span) -> Span | None:
    """Return the first name that stands behind a title and before what was taken for a name.

    "Foreign Minister [Leena] Varpio", where Varpio alone was found. Behind a state of two words
    too: "ambassador to the United States [Leena] Varpio".
    """
    found = title(text, surname)
    words = list(_WORD.finditer(text, *found))[-2:] if found else []
    if len(words) < 2 or " " in text[slice(*surname)]:
        return None
    office, first = (word.group() for word in words)
    low = first.lower()
    office_word = low in OFFICIAL or low in PRIVATE or low in _WITHIN or low in _BEHIND_OFFICES
    if not (first.isalpha() and first.istitle()) or office_word or COURTESY.match(first):
        return None
    holder = has_office(office) and not collective(office.lower())
    ends = holder or _DOTTED.match(office) or office in _ENDS
    return words[1].span() if ends else None


def borne(text: str, name: Span) -> Span | None:
    """Return the word of office that a name begins with: "[Mayor] Ahti Varpio"."""
    first = _WORD.match(text, name[0], name[1])
    held = first and first.end() < name[1] and has_office(first.group())
    return first.span() if first and held else None


def _ties(before: str) -> bool:
    """Tell whether "of" and the like go on with a title: only behind a noun of office in capitals.

    "[Secretary] of State", "[Ambassador] to Syria"; not "a critic of President …".
    """
    return before[:1].isupper() and any(noun in OFFICIAL for noun in nouns(before))


def _titular(word: str) -> bool:
    """Tell whether a word may stand in a title; a stop or comma behind it says no."""
    bare = re.sub(r"['’]s$", "", word).strip("“”\"'‘’")
    if _DOTTED.match(word):
        return True
    if not bare or not bare[-1].isalnum():
        return False
    low = bare.lower()
    return bare[0].isupper() or low in _WITHIN or low in OFFICIAL or low in PRIVATE or "-" in low


def apposition(text: str, name: Span) -> Span | None:
    """Return what stands between commas behind a name, where it says an office."""
    comma = _APPOSED.match(text, name[1])
    if comma is None:
        return None
    stop = _APPOSED_END.search(text, comma.end() + 1, comma.end() + 220)
    end = stop.start() if stop else min(len(text), comma.end() + 220)
    body = text[comma.end() : end]
    if _FINITE.search(body):
        return None
    if stop and stop.group() == "." and _PARTY.match(body):
        return comma.end(), end
    span = (comma.end(), end)
    held = _turns_on_office(text, span)
    return span if held or _PARTY.match(body) or body.startswith("one of") else None


def preposed(text: str, name: Span) -> Span | None:
    """Return the office set off by a comma before a name: "India's prime minister, [N. M.], …"."""
    before = max(text.rfind("\n", 0, name[0]) + 1, name[0] - 90)
    found = None
    for match in re.finditer(r"\S+", text[before : name[0]]):
        found = _PREPOSED.match(text, before + match.start(), name[0])
        if found:
            break
    closed = text[name[1] : name[1] + 1] in {",", ".", "", "\n", ")"}
    if not found or not closed or not has_office(found["noun"]):
        return None
    return found.start(), len(text[: name[0]].rstrip(" ,"))


def following(text: str, name: Span) -> Span | None:
    """Return what is called after its chief: "the Obama [administration]", "Assad's [regime]"."""
    found = _NAMED_AFTER.match(text, name[1])
    return found.span("what") if found else None


def staff(text: str, noun: Span) -> bool:
    """Tell whether a noun of office is of somebody's staff: "Vale's [chief] of staff"."""
    return text[slice(*noun)].lower() in ENTOURAGE or _STAFF.match(text, *noun) is not None


def serves(text: str, end: int, name: Span) -> bool:
    """Tell whether the office that ends there is with who is named behind it.

    "A [spokesman] for Prime Minister [Vale]'s office"; not "for [Vale]'s campaign".
    """
    begin = (title(text, name) or name)[0]
    return _SERVES.fullmatch(text, end, begin) is not None and not _OTHERS.match(text, name[1])


def clause(text: str, name: Span) -> Span | None:
    """Return what a clause says somebody heads or is: "who heads the Guards' aerospace branch"."""
    found = _HEADS.match(text, name[1])
    if found is None:
        return None
    stop = _CLAUSE_END.search(text, found.end(), found.end() + 160)
    end = stop.start() if stop else min(len(text), found.end() + 160)
    span = (found.end(), end)
    heads = re.match(r",?\s+who\s+(?:is|was|serves)", found.group()) is None
    return span if heads or _turns_on_office(text, span) else None


def _turns_on_office(text: str, span: Span) -> bool:
    noun = nouns(text[slice(*head(text, span))])[-1:]
    return noun != [] and (noun[0] in OFFICIAL or noun[0] in PRIVATE)
