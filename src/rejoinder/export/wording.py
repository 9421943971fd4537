"""What the views for people say of a statement beside its words: who, what act, what it answers.

Pure functions from statements to short strings; the views add colours or tags. Who speaks is in the
reading; nothing here resolves anything.

The one idea: a resolved name stands first, and the report's own words for the speaker stand beside
it wherever they differ, so that one can check the one against the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rejoinder.export import surety
from rejoinder.export.layout import UNNAMED, day, label, outlet, printable, quoted
from rejoinder.merge.told import Also, Carrier, Utterance
from rejoinder.model import Act, How, Reply, Statement

#: Longest office that the head of a statement has room for, in characters.
SHORT_ROLE = 48

#: No more reports are named beside one, where several carry the same.
_NAMED = 3
#: The verb for each act, alone and with the one that it is aimed at.
_VERBS = {
    Act.ASSERT: ("asserts", "asserts, aimed at {}"),
    Act.SUPPORT: ("supports", "supports {}"),
    Act.PLEDGE: ("pledges", "pledges to {}"),
    Act.CONCEDE: ("concedes", "concedes to {}"),
    Act.REQUEST: ("requests", "asks {}"),
    Act.ACCUSE: ("accuses", "accuses {}"),
    Act.DENY: ("denies", "denies, aimed at {}"),
    Act.REJECT: ("rejects", "rejects {}"),
    Act.WARN: ("warns", "warns {}"),
}
_THE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
#: The report goes on after a name with what belongs to it: "Ann Lee, the minister".
_GOES_ON = re.compile(r"\s*[,(–—]")
#: Words for who carried a statement that need no "via" before them: "told CNN", "on Twitter".
_CARRIED = re.compile(r"(?:told|on|in|to|by|at|from|with|through|via|over|according)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The speaker of a statement, as the head of the statement shows it."""

    #: The resolved name, or the report's words, or that nobody is named.
    name: str
    #: What stands behind the name: the report's words where they differ, the office.
    beside: str = ""
    #: The state or organisation that the speaker speaks for, where the name does not say it.
    side: str | None = None
    #: Whether no words of the report say so.
    guessed: bool = False
    #: Whether it is known who that is.
    known: bool = True

    @property
    def mark(self) -> str:
        """The side in brackets, or nothing: it has to be told without colours too."""
        return f" [{self.side}{'?' if self.guessed else ''}]" if self.side else ""


def is_open(statement: Statement) -> bool:
    """Tell whether it is open who speaks: nobody is named, or the words could mean several."""
    resolution = statement.resolution
    unresolved = resolution is not None and resolution.how is How.UNRESOLVED
    return statement.speaker is None or unresolved


def who(text: str, statement: Statement, known: tuple[str | None, bool] | None = None) -> Who:
    """Return who makes `statement`.

    Args:
        text: Of the report.
        statement: Of it.
        known: For whom the speaker speaks by a whole record, and whether that is a guess; what the
            report has where None.
    """
    written = label(text, statement.source)
    actor = statement.speaker
    if actor is None or is_open(statement):
        if not written:
            return Who(name=UNNAMED, known=False)
        return Who(name=written, beside=" (unresolved)", known=False)
    name = printable(actor.name)
    whose, guessed = known or (actor.side, actor.side_guessed)
    side = printable(whose) if whose and whose != actor.name else None
    beside = _beside(name, written) + _role(actor.role, written)
    return Who(name=name, beside=beside, side=side, guessed=guessed)


def _beside(name: str, written: str) -> str:
    """Return the report's words for a speaker so that they can stand behind its name."""
    bare = _THE.sub("", written)
    rest = bare[len(name) :] if bare.casefold().startswith(name.casefold()) else None
    if rest is not None and _GOES_ON.match(rest):
        return rest
    same = _THE.sub("", name).casefold() == bare.casefold()
    return "" if same or not written else f" (“{written}”)"


def _role(role: str | None, written: str) -> str:
    """Return an office, unless it is long or the report's words have it already."""
    shown = printable(role or "")
    told = not shown or shown.casefold() in written.casefold()
    return "" if told or len(shown) > SHORT_ROLE else f", {shown}"


def sides(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Return the two sides that most statements speak for, at most, the more frequent first."""
    counted = Counter(s.speaker.side for s in statements if s.speaker and s.speaker.side)
    return tuple(side for side, _ in counted.most_common(2))


def act(statement: Statement) -> str:
    """Return what a statement does, and to whom: "warns Russia"; "?" behind it where in doubt."""
    target = statement.target.name if statement.target else None
    return doing(statement.act, target) + surety.mark(statement.act_confidence)


def doing(act: Act, target: str | None) -> str:
    """Return an act as a verb, with the one that it is aimed at: "warns Russia"."""
    alone, aimed = _VERBS[act]
    return aimed.format(printable(target)) if target else alone


def answered(replies: Sequence[Reply]) -> str:
    """Return which statements are answered: "denies s4, answers s2?"; "?" where in doubt."""
    return ", ".join(
        f"{reply.type.value} {printable(reply.to)}{surety.mark(reply.confidence)}"
        for reply in replies
        if reply.to
    )


def beside(text: str, statement: Statement, replies: Sequence[Reply] = ()) -> tuple[str, ...]:
    """Return what is answered that is no statement, then where, through whom and when it was."""
    found = [
        f"↩ {reply.type.value} {quoted(text, reply.answers)}"
        for reply in replies
        # What was said may be no more than what it answers: "rejected [the demand]".
        if reply.to is None and reply.answers and reply.answers != statement.content
    ]
    found += [
        label(text, statement.occasion),
        _via(label(text, statement.via), label(text, statement.cue)),
    ]
    found.append(f"said on {day(statement.said_on)}" if statement.said_on else "")
    return tuple(fact for fact in found if fact)


#: What a person said of a statement as a whole, and of its parts.
_RULED = {"add": "put in", "accept": "accepted", "dismiss": "dismissed"}
_DECIDED = {"act": "act", "speaker": "speaker", "target": "target", "spans": "words"}


def ruled(told: Utterance) -> tuple[str, ...]:
    """Say what people decided about an utterance: "act, target decided by anna"."""
    parts: dict[str, list[str]] = {}
    for one in told.ruled:
        if one.what in _DECIDED:
            parts.setdefault(one.who, []).append(_DECIDED[one.what])
    found = [f"{', '.join(named)} decided by {who}" for who, named in parts.items()]
    found += [f"{_RULED[one.what]} by {one.who}" for one in told.ruled if one.what in _RULED]
    return tuple(map(printable, found))


def decided(who: str) -> str:
    """Say who decided something."""
    return f"decided by {printable(who)}"


#: What a decision about two statements says of the first, and of the second.
_OF_TWO = {
    "link": ("answers {}", "{} answers it"),
    "unlink": ("does not answer {}", "{} does not answer it"),
    "merge": ("one with {}", "one with {}"),
}


def of_two(deed: str, about: Sequence[int], mine: Collection[int]) -> str:
    """Say what a decision says of an utterance and another: "does not answer u12".

    Args:
        deed: "link", "unlink" or "merge"; of others there is nothing to say.
        about: The numbers of the statements that it is about.
        mine: Those of the versions of the utterance.
    """
    if deed not in _OF_TWO:
        return ""
    first, second = about
    of_first, of_second = _OF_TWO[deed]
    return of_first.format(f"u{second}") if first in mine else of_second.format(f"u{first}")


def cited(version: Carrier) -> str:
    """Return where a version stands: "report#s3", or "report#s3 (version 1)" if it is withdrawn."""
    behind = "" if version.current else f" (version {version.version})"
    return printable(f"{version.article}#{version.statement}{behind}")


def reported(told: Utterance) -> str | None:
    """Say which outlets had an utterance first, and which later; None where one alone has it.

    Nor is anything said where no day is known. Days are all that is known of when a report came
    out, so several may be the first.
    """
    days: dict[str, date | None] = {}
    for carrier in told.standing:
        days.setdefault(outlet(carrier.outlet, carrier.article), carrier.published)
    if told.first is None or len(days) < 2:
        return None
    first = [name for name, found in days.items() if found == told.first]
    undated = [name for name, found in days.items() if found is None]
    later = [name for name in days if name not in {*first, *undated}]
    facts = (
        f"First reported by {_few(first, 'outlets')} on {day(told.first)}",
        f"then by {_few(later, 'others')}" if later else "",
        f"on a day that is not known by {_few(undated, 'others')}" if undated else "",
    )
    return printable(", ".join(fact for fact in facts if fact))


def _few(names: Sequence[str], many: str) -> str:
    """Name one or two; of more, say how many."""
    return " and ".join(names) if len(names) < 3 else f"{len(names)} {many}"


def withdrawn(version: Carrier) -> str:
    """Say that its report no longer has a version: "version 1, withdrawn"; empty where it has."""
    return "" if version.current else f"version {version.version}, withdrawn"


def also(others: Sequence[Also]) -> str:
    """Say which other reports carry an utterance: the first few by outlet and day."""
    named = [
        " ".join(str(fact) for fact in (outlet(one.outlet, one.article), one.published) if fact)
        for one in others[:_NAMED]
    ]
    left = len(others) - len(named)
    return printable(", ".join(named)) + (f" and {left:,} more" if left else "")


def did_you_mean(word: str, near: str) -> str:
    """Say of a word that was looked for what it may be a slip of the pen for."""
    return f"nothing for “{word}”; did you mean “{near}”?"


def standing(number: int, versions: Sequence[int]) -> str | None:
    """Say which version of a report is shown: "version 2 of 2"; None where there is but one.

    Args:
        number: Of the one that is shown.
        versions: The numbers of all.
    """
    if len(versions) < 2:
        return None
    withdrawn = "" if number == max(versions) else ", withdrawn"
    return f"version {number} of {len(versions)}{withdrawn}"


def setting(version: Carrier, occasion: str | None = None) -> tuple[str, ...]:
    """Say where something was said, and through whom by one version of it.

    Args:
        version: Whoever carried it is told of this one alone: another has its own, or none.
        occasion: What other versions say of where it was, for one that says nothing.
    """
    place = _bare(version.occasion or occasion or "")
    carried = _bare(version.via)
    found = (
        f"occasion: {place}" if place else "",
        _via(carried, version.cue) if carried != place else "",
    )
    return tuple(fact for fact in found if fact)


def _bare(words: str) -> str:
    return label(words, ((0, len(words)),)) if words else ""


def _via(carried: str, cue: str) -> str:
    """Say through whom it was said: "told CNN", "via Digi24.ro"."""
    if not carried or _CARRIED.match(carried):
        return carried
    # Words to whoever carried them, not through them.
    return f"told {carried}" if cue.casefold().endswith("told") else f"via {carried}"


def why(text: str, statement: Statement) -> str:
    """Return how the speaker was found: from the words through the report to the name."""
    actor, resolution = statement.speaker, statement.resolution
    chain = resolution.chain if resolution and resolution.chain else statement.source
    links = [quoted(text, (span,)) for span in chain] or [UNNAMED]
    if actor is None or is_open(statement):
        return f"who: {links[0]}" + (" (unresolved)" if chain else "")
    name = printable(actor.name)
    if name.casefold() not in links[-1].casefold():
        links.append(name)
    how = ""
    if resolution:
        how = f" ({resolution.how.value}, {surety.percent(resolution.confidence)} sure)"
    return "who: " + " → ".join(links) + how


def how_sure(statement: Statement, replies: Sequence[Reply] = ()) -> str:
    """Return how sure it is, in numbers, that it is said so, what it does, and what it answers."""
    told = [
        f"{surety.percent(statement.confidence)} that these are the words",
        f"{surety.percent(statement.act_confidence)} that it {_VERBS[statement.act][0]}",
        *(
            f"{surety.percent(reply.confidence)} that it {reply.type.value} {printable(reply.to)}"
            for reply in replies
            if reply.to
        ),
    ]
    return "how sure: " + ", ".join(told)


def speakers(text: str, statements: Sequence[Statement]) -> Iterator[tuple[Statement, Who]]:
    """Yield the statements of which it is known who makes them."""
    for statement in statements:
        found = who(text, statement)
        if found.known:
            yield statement, found
