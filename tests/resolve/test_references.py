"""Who is meant: golden pairs of a report and its speakers, in `references/`, by kind of reference.

A case is a block of lines: its title, the report, and one line a statement in reading order. What
the marks in a report mean, `conftest.py` says; all persons are invented. The other lines:

    = speaker / side / how / role > target     "-" for nothing, "?" for anything; the end may lack
    ~ word > name 0.8       the model links the last mention that is `word` to the first of `name`
    @ name / side / office / alias             the actor book has this entry
    ! remark                                   and this is remarked

A case that fails is no reason to change what it expects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rejoinder.book import Book, Entry
from rejoinder.model import Actor, Article, Extraction, Statement
from rejoinder.resolve import statements

Reported = Callable[..., tuple[Article, Extraction]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A report and what is expected of it."""

    title: str
    report: str
    expected: tuple[str, ...]
    links: tuple[tuple[str, str, float], ...]
    book: Book
    remarks: tuple[str, ...]


def read_cases(group: str) -> Iterator[Case]:
    for block in group.strip().split("\n\n"):
        title, *lines = block.splitlines()
        told = {sign: tuple(x[2:] for x in lines if x[0] == sign) for sign in "=~@!"}
        yield Case(
            title=title,
            report="\n".join(x for x in lines if x[0] in "| "),
            expected=told["="],
            links=tuple(_link(x) for x in told["~"]),
            book=Book([_entry(x) for x in told["@"]]),
            remarks=told["!"],
        )


def _link(line: str) -> tuple[str, str, float]:
    word, name, chance = re.split(r" > | (?=[\d.]+$)", line)
    return word, name, float(chance)


def _entry(line: str) -> Entry:
    name, side, office, *aliases = (None if x == "-" else x for x in line.split(" / "))
    assert name
    known = tuple(alias for alias in aliases if alias)
    return Entry(name=name, side=side, office=office, aliases=known, line=1)


GROUPS = sorted((Path(__file__).parent / "references").glob("*.txt"))
CASES = [case for group in GROUPS for case in read_cases(group.read_text(encoding="utf8"))]
each_case = pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])


def as_line(statement: Statement, pattern: str) -> str:
    """Write what was found as `pattern` does: with "?" where it has one, and no more fields."""
    speaker, target = (f"{pattern} > ").split(" > ")[:2]
    who = statement.speaker or Actor(id="", name="-")
    how = statement.resolution.how if statement.resolution else "-"
    fields = (who.name, who.side or "-", str(how), who.role or "-")
    wanted = speaker.split(" / ")
    line = " / ".join(
        "?" if want == "?" else field for want, field in zip(wanted, fields, strict=False)
    )
    return f"{line} > {statement.target.name if statement.target else '-'}" if target else line


def resolved(case: Case, reported: Reported) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    article, extraction = reported(case.report, links=case.links)
    return statements(article, extraction, book=case.book)


@each_case
def test_who_is_meant(case: Case, reported: Reported) -> None:
    made, remarks = resolved(case, reported)
    found = [as_line(s, line) for s, line in zip(made, case.expected, strict=True)]
    assert found == list(case.expected)
    assert remarks == case.remarks


@each_case
def test_one_actor_has_one_id(case: Case, reported: Reported) -> None:
    made, _ = resolved(case, reported)
    actors = [actor for s in made for actor in (s.speaker, s.target) if actor]
    called = {(actor.name, actor.side) for actor in actors}
    assert len({(actor.id, actor.name, actor.side) for actor in actors}) == len(called)
    assert len({actor.id for actor in actors}) == len(called)


@each_case
def test_every_chain_begins_with_the_words_and_stays_in_the_text(
    case: Case, reported: Reported
) -> None:
    article, extraction = reported(case.report, links=case.links)
    for statement in statements(article, extraction, book=case.book)[0]:
        assert statement.resolution
        chain = statement.resolution.chain
        assert chain
        assert all(0 <= start < end <= len(article.text) for start, end in chain)
        told = [s for s in statement.source if s[0] <= chain[0][0] and chain[0][1] <= s[1]]
        assert told or not statement.source
