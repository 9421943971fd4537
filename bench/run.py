"""Measures the reader and writes `docs/benchmarks.md`.

Without the name of a measure, all are taken, in the order below. Figures of measures that are not
taken stay as they are. Progress is told on stderr.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.accuracy import attributions, exact
from bench.acts import acts
from bench.cold import cold
from bench.copies import copies
from bench.cost import cost
from bench.fields import gold, held
from bench.kills import kills
from bench.load import load
from bench.meaning import measure as meaning
from bench.mentions import chains, names
from bench.pages import pages
from bench.race import race
from bench.record import record
from bench.report import Figure, Result, insert, render, save
from bench.report import load as kept
from bench.serving import serving
from bench.setting import ROOT, Setting, say
from bench.size import size
from bench.spans import spans
from bench.speed import speed
from bench.utterances import utterances
from bench.whole import whole

MEASURES: dict[str, Callable[[Setting], Result]] = {
    "exact": exact,
    "attributions": attributions,
    "gold": gold,
    "held": held,
    "names": names,
    "chains": chains,
    "acts": acts,
    "meaning": meaning,
    "speed": speed,
    "race": race,
    "whole": whole,
    "cost": cost,
    "cold": cold,
    "size": size,
    "pages": pages,
    "spans": spans,
    "copies": copies,
    "kills": kills,
    "load": load,
    "utterances": utterances,
    "record": record,
    "serving": serving,
}
DOCUMENT = ROOT / "docs" / "benchmarks.md"
FIGURES = ROOT / "bench" / "figures.json"


def main() -> None:
    """Take the measures that the command line names."""
    args = arguments()
    setting = Setting(shared=args.shared.resolve(), weights=args.weights and args.weights.resolve())
    document, figures = DOCUMENT, FIGURES
    if setting.weights:  # a trial: the document stays as it is
        setting.work.mkdir(parents=True, exist_ok=True)
        document, figures = setting.work / DOCUMENT.name, setting.work / FIGURES.name
    for name in args.measures or MEASURES:
        say(f"{name} …")
        figure = take(name, setting)
        if not figure.result.rows:  # it has said why
            continue
        for row in figure.result.rows:
            say(f"{name}: " + " | ".join(filter(None, row.cells())))
        keep(name, figure, figures=figures, document=document)
    say(f"written: {document.relative_to(ROOT)}")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder that holds data/ and tools/")
    parser.add_argument("measures", nargs="*", metavar="measure", help=", ".join(MEASURES))
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="FOLDER",
        help="measure these in place of the shipped weights; the figures go to build/bench",
    )
    args = parser.parse_intermixed_args()
    unknown: Sequence[str] = [name for name in args.measures if name not in MEASURES]
    if unknown:
        parser.error(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    return args


def take(name: str, setting: Setting) -> Figure:
    """Take one measure."""
    facts = setting.facts()
    command = f"python -m bench.run ../shared {name}"
    return Figure(command=command, facts=facts, result=MEASURES[name](setting))


def keep(name: str, figure: Figure, *, figures: Path, document: Path) -> None:
    """Put one figure among those kept, and write the document's generated part anew."""
    known = {**kept(figures), name: figure}
    ordered = {key: known[key] for key in MEASURES if key in known}
    save(figures, ordered)
    frame = document if document.exists() else DOCUMENT
    document.write_text(insert(frame.read_text("utf-8"), render(ordered)), "utf-8")


if __name__ == "__main__":
    main()
