"""What things are called over many reports: each thing with all who give it a name.

Takes `Naming`s of a record, gives `Thing`s, which the terminal and the pages show, and their lines
in a terminal.

The one idea: what two call differently is what their quarrel is about, so that comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from rejoinder.export import closing, layout, terminal
from rejoinder.merge.told import Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing, and what each caller calls it."""

    words: str
    #: Whose words these are.
    whose: str
    callers: tuple[tuple[str, tuple[Naming, ...]], ...]

    @property
    def names(self) -> tuple[Naming, ...]:
        """All its names, whoever gives them."""
        return tuple(name for _, given in self.callers for name in given)


def things(names: Iterable[Naming]) -> tuple[Thing, ...]:
    """Return what things are called: first what most call differently, of equals as they come."""
    found: dict[str, defaultdict[str, list[Naming]]] = {}
    words: dict[str, Naming] = {}
    for name in names:
        key = name.thing.casefold()
        words.setdefault(key, name)
        found.setdefault(key, defaultdict(list))[name.caller].append(name)
    told = [
        Thing(
            words=words[key].thing,
            whose=closing.owner(words[key].whose, words[key].caller),
            callers=tuple((caller, tuple(given)) for caller, given in callers.items()),
        )
        for key, callers in found.items()
    ]
    return tuple(sorted(told, key=_agreement))


def _agreement(thing: Thing) -> tuple[int, int]:
    return -len(thing.callers), -len({name.label.casefold() for name in thing.names})


def lines(found: Iterable[Naming], width: int, *, most: int) -> Iterator[Text]:
    """Yield what each side calls a thing.

    Args:
        found: The names.
        width: Of a line, in cells.
        most: How many things to name; of more it is said how many there are.
    """
    told = things(found)
    if told:
        yield from (Text(), Text(closing.NAMES, "bold"))
    for thing in told[:most]:
        head = Text.assemble(f"{quoted(thing.words)}", (f" ({thing.whose})", "dim"))
        yield from _hanging(head, width, inset=1)
        for caller, given in thing.callers:
            labels = ", ".join(f"{quoted(name.label)} (u{name.utterance})" for name in given)
            does = f"{layout.printable(caller)} {closing.calls(caller)}"
            yield from _hanging(Text(f"{does} {labels}"), width, inset=3)
    if len(told) > most:
        left = layout.count(len(told) - most, "thing")
        yield Text(f" … and {left} more; --json has them all", "dim")


def _hanging(text: Text, width: int, *, inset: int) -> Iterator[Text]:
    """Yield a text in lines, all but the first of them set in further."""
    for number, row in enumerate(terminal.wrap(text, width - inset - 2)):
        yield Text.assemble(" " * (inset + 2 * bool(number)), row)


def quoted(words: str) -> str:
    """Return words of a report in quotation marks, on one line."""
    return layout.quoted(words, ((0, len(words)),))
