"""From the hand-written tables to `src/rejoinder/states.json` and `leaders.json`.

Takes `states.tsv`, `organisations.tsv`, `blockers.txt` and `leaders.tsv` beside this file; gives
what `rejoinder.states` and `rejoinder.leaders` read. Nothing is guessed and nothing fetched: what
stands in the JSON stands in the tables, or is another spelling of it by `variants`. The one idea: a
form that two rows know stands for neither, and both rows have to say so.

    python -m tables.build            # check the tables, write the JSON
    python -m tables.build --check    # exit code 1 where the tables are wrong or the JSON is stale
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

from rejoinder.states import SignKind
from tables import leaders

HERE = Path(__file__).parent
ROOT = HERE.parent
TARGET = ROOT / "src" / "rejoinder"

#: The columns that hold forms, and what kind of sign each makes.
KINDS = {
    "names": SignKind.NAME,
    "demonyms": SignKind.DEMONYM,
    "capitals": SignKind.CAPITAL,
    "metonyms": SignKind.METONYM,
    "bodies": SignKind.BODY,
    "media": SignKind.MEDIA,
}
STATE_COLUMNS = ("code", "name", *KINDS, "ambiguous")
ORGANISATION_COLUMNS = ("name", "names", "metonyms", "bodies", "ambiguous")
EMPTY = "-"

#: Where our name is not CLDR's, on purpose: what news in English writes.
OUR_NAMES = {
    "CD": "DR Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "PS": "Palestine",
    "TR": "Turkey",
    "VC": "St. Vincent and the Grenadines",
}
#: What CLDR knows beside the territories of ISO 3166. XK is left out: it is ours, for Kosovo.
NOT_IN_ISO = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
#: Words that are spelt in several ways. "Defence" is not among them: in the names of ministries the
#: spelling tells one state's from another's.
SPELLINGS = (
    ("Organization", "Organisation"),
    ("Cooperation", "Co-operation"),
    ("Programme", "Program"),
    ("Labour", "Labor"),
    ("Centres", "Centers"),
    ("and", "&"),
    ("Saint", "St.", "St"),
)


class TableError(ValueError):
    """Tables that cannot be built from, with every reason."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One state or organisation."""

    #: File and line, for messages.
    where: str
    #: ISO 3166-1 alpha-2; None for an organisation.
    code: str | None
    #: The English short name: what the program prints.
    name: str
    #: Words that stand for it, as they are in the table, the short name among them.
    forms: tuple[tuple[str, SignKind], ...]
    #: Words that may stand for it or for something else; these win over `forms`.
    ambiguous: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A name that holds one of the table's forms and stands for none of its rows."""

    where: str
    form: str


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of a table that are no comments, each after its place."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            yield f"{path.parent.name}/{path.name}:{number}", line


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Read a table that has `columns`.

    Raises:
        TableError: where the header or a line has other cells.
    """
    for where, cells in _cells(path, columns):
        yield _row(where, dict(zip(columns, cells, strict=True)))


def _cells(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the cells of each line of a table, after its place."""
    table = lines(path)
    where, header = next(table, (path.name, ""))
    if header.split("\t") != list(columns):
        raise TableError([f"{where}: the header has to be {' '.join(columns)}, parted by tabs"])
    for where, line in table:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise TableError([f"{where}: {len(cells)} cells in place of {len(columns)}"])
        yield where, cells


def _row(where: str, cells: dict[str, str]) -> Row:
    forms = [(form, kind) for column, kind in KINDS.items() for form in _forms(cells, column)]
    return Row(
        where=where,
        code=cells.get("code"),
        name=cells["name"],
        forms=((cells["name"], SignKind.NAME), *forms),
        ambiguous=_forms(cells, "ambiguous"),
    )


def _forms(cells: dict[str, str], column: str) -> tuple[str, ...]:
    cell = cells.get(column, EMPTY)
    return () if cell == EMPTY else tuple(cell.split("; "))


def read(folder: Path = HERE) -> tuple[list[Row], list[Blocker]]:
    """Read the three tables of a folder."""
    states = rows(folder / "states.tsv", STATE_COLUMNS)
    organisations = rows(folder / "organisations.tsv", ORGANISATION_COLUMNS)
    blockers = [Blocker(where=where, form=form) for where, form in lines(folder / "blockers.txt")]
    return [*states, *organisations], blockers


def variants(form: str) -> set[str]:
    """Give `form` in all its spellings by `SPELLINGS`, with and without accents."""
    choices = (next((s for s in SPELLINGS if word in s), (word,)) for word in form.split(" "))
    spelt = {" ".join(words) for words in product(*choices)}
    return spelt | {_without_accents(words) for words in spelt}


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def _spelt(forms: Iterable[str]) -> set[str]:
    return {spelling for form in forms for spelling in variants(form)}


def problems(table: Sequence[Row], blockers: Sequence[Blocker]) -> list[str]:
    """Say all that is wrong with the tables by themselves."""
    return [
        *_out_of_order([(row.where, (row.code or "",)) for row in table if row.code]),
        *_out_of_order([(r.where, (r.name.casefold(), r.name)) for r in table if not r.code]),
        *_out_of_order([(blocker.where, (blocker.form,)) for blocker in blockers]),
        *_misshapen(table, blockers),
        *_repeated(table),
        *_disputed(table, blockers),
    ]


def _out_of_order(keys: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for (_, before), (where, key) in pairwise(keys):
        if key <= before:
            yield f"{where}: {key[-1]!r} is out of order or there twice, after {before[-1]!r}"


def _misshapen(table: Sequence[Row], blockers: Sequence[Blocker]) -> Iterator[str]:
    forms = [(row.where, form) for row in table for form, _ in row.forms]
    forms += [(row.where, form) for row in table for form in row.ambiguous]
    forms += [(blocker.where, blocker.form) for blocker in blockers]
    for where, form in forms:
        if " ".join(form.split()) != form or not form[:1].isalnum():
            yield f"{where}: {form!r} has to begin with a letter or digit, single spaces within"
        elif form[0].islower() or form.startswith("The "):
            yield f"{where}: {form!r} has to begin with a capital, and without an article"
        elif "’" in form or unicodedata.normalize("NFC", form) != form:
            yield f"{where}: {form!r} has to have straight apostrophes and composed letters"


def _repeated(table: Sequence[Row]) -> Iterator[str]:
    for row in table:
        for forms in ([form for form, _ in row.forms], row.ambiguous):
            for form, count in Counter(forms).items():
                if count > 1:
                    yield f"{row.where}: {form!r} is there {count} times"


def _disputed(table: Sequence[Row], blockers: Sequence[Blocker]) -> Iterator[str]:
    """Find forms that several know and not all call ambiguous, in whatever capitals."""
    claims: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in table:
        ambiguous = {form.upper() for form in _spelt(row.ambiguous)}
        for form in {form.upper() for form in _spelt(f for f, _ in row.forms)} | ambiguous:
            claims[form].append((row.where, form in ambiguous))
    blocked = {form.upper(): b.where for b in blockers for form in variants(b.form)}
    for form, where in blocked.items():
        claims[form].append((where, False))
    for form, claimants in sorted(claims.items()):
        sure = [where for where, ambiguous in claimants if not ambiguous]
        if len(claimants) > 1 and sure:
            others = ", ".join(where for where, _ in claimants if where != sure[0])
            yield f"{sure[0]}: {form!r} is in {others} too; make it ambiguous in each or drop it"


def foreign(table: Sequence[Row]) -> list[str]:
    """Say where codes and names differ from CLDR's (babel); our own names are in `OUR_NAMES`."""
    from babel import Locale

    territories: Mapping[str, str] = dict(Locale("en").territories)
    return [problem for row in table if row.code for problem in _foreign(row, territories)]


def _foreign(row: Row, territories: Mapping[str, str]) -> Iterator[str]:
    code = row.code or ""
    theirs = territories.get(code)
    if theirs is None or code in NOT_IN_ISO or len(code) != 2:
        yield f"{row.where}: {code!r} is no code of ISO 3166-1"
    elif row.name != OUR_NAMES.get(code, theirs.replace("’", "'").replace(" & ", " and ")):
        yield f"{row.where}: {code} is {row.name!r} here and {theirs!r} in CLDR; see OUR_NAMES"


def render(table: Sequence[Row], blockers: Sequence[Blocker]) -> str:
    """Give the JSON: one side a line, the same tables always the same text."""
    nothing = _spelt(b.form for b in blockers) | _spelt(f for row in table for f in row.ambiguous)
    sides = ",\n".join(_dumps(_side(row, nothing)) for row in table)
    return f'{{"nothing":{_dumps(sorted(nothing))},\n"sides":[\n{sides}\n]}}\n'


def _side(row: Row, nothing: set[str]) -> dict[str, object]:
    signs: dict[str, set[str]] = defaultdict(set)
    seen = set(nothing)
    for form, kind in row.forms:
        signs[kind.value] |= variants(form) - seen
        seen |= variants(form)
    listed = {kind: sorted(forms) for kind, forms in sorted(signs.items()) if forms}
    return {"code": row.code, "name": row.name, "signs": listed}


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def terms(folder: Path = HERE) -> list[leaders.Term]:
    """Read the table of who speaks for whom.

    Raises:
        TableError: where the header or a line has other cells.
    """
    return [
        leaders.term(where, cells)
        for where, cells in _cells(folder / "leaders.tsv", leaders.COLUMNS)
    ]


def build(folder: Path = HERE) -> dict[str, str]:
    """Read and check the tables of a folder and give each JSON by the name of its file.

    Raises:
        TableError: with all that is wrong, each with file and line.
    """
    table, blockers = read(folder)
    told = terms(folder)
    found = [*problems(table, blockers), *foreign(table)]
    found += leaders.problems(told, {row.name for row in table})
    if found:
        raise TableError(found)
    return {"states.json": render(table, blockers), "leaders.json": leaders.render(told)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is made, or with `--check` only compare it; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tables.build", description="Build states.json and leaders.json."
    )
    parser.add_argument("--check", action="store_true", help="compare only; 1 where stale")
    check = parser.parse_args(arguments).check
    try:
        fresh = {TARGET / name: text for name, text in build().items()}
    except TableError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stale = [path for path, text in fresh.items() if not _has(path, text)]
    if not check:
        for path in stale:
            path.write_text(fresh[path], encoding="utf-8", newline="\n")
    elif stale:
        listed = ", ".join(str(path.relative_to(ROOT)) for path in stale)
        sys.stderr.write(f"stale: {listed}; run python -m tables.build\n")
        return 1
    return 0


def _has(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
