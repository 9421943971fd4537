"""What was measured, and how it is written down.

A measure gives a `Result`: rows that are held against a bound, and tables of detail. A `Figure` is
a result with where it comes from. Figures are kept in `figures.json`, one entry a measure, so that
a measure can be taken alone and the others stay; the generated part of `docs/benchmarks.md` is
made of that file and of nothing else. No measuring here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

BEGIN = "<!-- From here to the end mark, `make bench` writes; what is changed by hand is lost. -->"
END = "<!-- The end mark: prose goes on below. -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure, and the bound it is held against where there is one."""

    what: str
    measured: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    #: Decimals to show; bounds are held against the figure before rounding.
    digits: int = 2

    @property
    def met(self) -> bool | None:
        """Whether the figure keeps its bound; None where it has none."""
        if self.at_least is not None:
            return self.measured >= self.at_least
        return None if self.at_most is None else self.measured <= self.at_most

    def cells(self) -> tuple[str, str, str, str]:
        """Return what, at least, measured, met."""
        met = {True: "yes", False: "falls short", None: ""}[self.met]
        return self.what, self._bound(), self._show(self.measured, self.digits), met

    def _bound(self) -> str:
        bound = self.at_most if self.at_least is None else self.at_least
        if bound is None:
            return ""
        return ("" if self.at_least is not None else "at most ") + self._show(bound, None)

    def _show(self, value: float, digits: int | None) -> str:
        number = f"{value:g}" if digits is None else f"{value:,.{digits}f}"
        return f"{number} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Details: cells as they are printed, the first column being names."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one measure gives."""

    rows: Sequence[Row]
    tables: Sequence[Table] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A result with the command that gives it and the facts of the run (date, commit, …)."""

    command: str
    facts: Mapping[str, str]
    result: Result


def load(path: Path) -> dict[str, Figure]:
    """Read the figures kept in `path`; none where there is no such file."""
    if not path.exists():
        return {}
    return {name: _figure(entry) for name, entry in json.loads(path.read_text("utf-8")).items()}


def save(path: Path, figures: Mapping[str, Figure]) -> None:
    """Keep `figures` in `path`."""
    entries = {name: asdict(figure) for name, figure in figures.items()}
    path.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _figure(entry: Mapping[str, Any]) -> Figure:
    result = Result(
        rows=[Row(**row) for row in entry["result"]["rows"]],
        tables=[Table(**table) for table in entry["result"]["tables"]],
    )
    return Figure(command=entry["command"], facts=entry["facts"], result=result)


def insert(document: str, block: str) -> str:
    """Put `block` between the marks of `document`, in place of what is there.

    Raises:
        ValueError: The marks are not there, or not once, or not in order.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in before + after:
        raise ValueError("the document has no place for figures: one begin mark, then one end mark")
    return f"{before}{BEGIN}\n\n{block.strip()}\n\n{END}{after}"


def render(figures: Mapping[str, Figure]) -> str:
    """Write figures as Markdown: one table of all that has a bound, then a section a measure."""
    bounded = [row for f in figures.values() for row in f.result.rows if row.met is not None]
    return "\n\n".join(
        [
            grid(("what", "at least", "measured", "met"), (row.cells() for row in bounded)),
            *(_section(name, figure) for name, figure in figures.items()),
        ]
    )


def _section(name: str, figure: Figure) -> str:
    free = [row for row in figure.result.rows if row.met is None]
    facts = "; ".join(f"{key} {value}" for key, value in figure.facts.items())
    parts = [f"### {name}", f"`{figure.command}`", f"{facts}."]
    if free:
        parts.append(grid(("what", "measured"), ((r.cells()[0], r.cells()[2]) for r in free)))
    for table in figure.result.tables:
        parts += [f"**{table.title}**", grid(table.columns, table.rows)]
        parts += [table.note] if table.note else []
    return "\n\n".join(parts)


def grid(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table; every column but the first is set to the right."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return "\n".join(f"| {' | '.join(_cell(c) for c in row)} |" for row in (columns, rule, *rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
