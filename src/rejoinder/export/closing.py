"""What stands below the statements: what each side calls a thing, and what is left open.

Pure functions from a reading to rows of strings; the views make tables of them.

The one idea: what the program could not tell is part of its answer, and stands where it is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rejoinder.export import surety, wording
from rejoinder.export.layout import UNNAMED, count, printable, quoted
from rejoinder.framing import Whose, by_thing, whose
from rejoinder.model import Framing, Reading, Statement
from rejoinder.phrases import head
from rejoinder.resolve import roles
from rejoinder.text import word_set

#: The headings of the two parts.
NAMES, OPEN = "What they call it", "Left open"
#: What stands for things that have no name but those that they are given.
OTHERWISE_UNNAMED = "What the report has no other word for"
#: Whose word the thing is called by, with the one who calls it otherwise.
_WHOSE = {
    Whose.REPORT: "the report’s words",
    Whose.CALLER: "words of {}",
    Whose.OTHERS: "what {} says others call it",
    Whose.QUOTED: "somebody else’s words, quoted in the report",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing, and the names that it is given."""

    #: As it is first called, quoted; `OTHERWISE_UNNAMED` for all that are called nothing else.
    words: str
    #: Whose words these are, in brackets; nothing for those.
    whose: str
    #: Who, the side or else the speaker, with the names that it uses: “a farce” (s2).
    names: tuple[tuple[str, tuple[str, ...]], ...]


def things(reading: Reading) -> Iterator[Thing]:
    """Yield the things that are given names, in the order in which they first are."""
    text = reading.article.text
    known = {statement.id: statement for statement in reading.statements}
    callers = {id: _caller(wording.who(text, found)) for id, found in known.items()}
    groups = by_thing(text, reading.framings)
    # What is called nothing else comes last.
    for words in sorted(groups, key=lambda words: not words):
        group = groups[words]
        names: defaultdict[str, list[Framing]] = defaultdict(list)
        for framing in group:
            names[callers.get(framing.statement, UNNAMED)].append(framing)
        yield Thing(
            words=quoted(text, group[0].thing) if words else OTHERWISE_UNNAMED,
            whose=f" ({_whose(text, group[0], known.get(group[0].statement))})" if words else "",
            names=tuple((caller, _labels(text, given)) for caller, given in names.items()),
        )


def owner(word: Whose, caller: str) -> str:
    """Say whose word a thing is called by, where `caller` calls it otherwise."""
    return _WHOSE[word].format(printable(caller))


def calls(caller: str) -> str:
    """Say what a caller does with a thing: one "calls it", several "call it"."""
    start, end = head(caller, (0, len(caller)))
    noun = caller[start:end]
    # A capital at the beginning is a name's, but for nouns of office: "Officials in Kyiv".
    common = noun.islower() or (start == 0 and noun[:-1].casefold() in roles.OFFICIAL)
    return "call it" if common and _several(noun.casefold()) else "calls it"


#: Plurals without an s, and singulars that end in one.
_PLURAL = word_set("people police men women")
_SINGULAR = word_set("analysis campus news politics")


def _several(noun: str) -> bool:
    plural = noun.endswith("s") and not noun.endswith("ss") and noun not in _SINGULAR
    return plural or noun in _PLURAL


def _whose(text: str, framing: Framing, statement: Statement | None) -> str:
    if statement is None:
        return owner(whose(text, framing.thing, ()), UNNAMED)
    caller = _caller(wording.who(text, statement))
    return owner(whose(text, framing.thing, statement.content), caller)


def _caller(who: wording.Who) -> str:
    return who.side or who.name


def _labels(text: str, framings: Sequence[Framing]) -> tuple[str, ...]:
    """Return each label, quoted, with the statements that use it."""
    used: defaultdict[str, list[str]] = defaultdict(list)
    for framing in framings:
        used[quoted(text, framing.label)].append(printable(framing.statement))
    return tuple(f"{words} ({', '.join(dict.fromkeys(ids))})" for words, ids in used.items())


def left_open(reading: Reading) -> tuple[str, ...]:
    """Return what the reader should know is not known: one line for the speakers, and remarks."""
    ids = [printable(s.id) for s in reading.statements if wording.is_open(s)]
    who = f"{count(len(ids), 'statement')} whose speaker is not known: {', '.join(ids)}"
    return (*([who] if ids else []), *map(printable, reading.remarks))


def doubts(reading: Reading) -> tuple[str, ...]:
    """Return what the marks and words of doubt mean that views show of a reading."""
    found = {surety.doubt(statement.confidence) for statement in reading.statements}
    found |= {surety.mark(statement.act_confidence) for statement in reading.statements}
    found |= {surety.mark(reply.confidence) for reply in reading.replies if reply.to}
    text = reading.article.text
    if any(wording.who(text, statement).mark.endswith("?]") for statement in reading.statements):
        found.add("?")
    return surety.legend(found)
