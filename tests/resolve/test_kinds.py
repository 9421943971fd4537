"""What kind of quotation a statement is, and within which other it is reported."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.model import Article, Attribution, Kind, Mode, Spans, Statement
from rejoinder.resolve.kinds import kind, statements
from rejoinder.text import normalise, quotations

#: Marks for the parts of an attribution in a text: [source], {cue}, <content>.
_PARTS = re.compile(r"[\[\]{}<>]")


def marked(text: str) -> tuple[Article, Attribution]:
    """Read a text with its parts marked: [source], {cue}, <content>."""
    plain = _PARTS.sub("", text)
    parts: dict[str, list[tuple[int, int]]] = {"[": [], "{": [], "<": []}
    opened: list[tuple[str, int]] = []
    for passed, match in enumerate(_PARTS.finditer(text)):
        here = match.start() - passed
        if match.group() in parts:
            opened.append((match.group(), here))
        else:
            mark, start = opened.pop()
            parts[mark].append((start, here))
    source, cue, content = (tuple(sorted(parts[mark])) for mark in "[{<")
    return Article(id="a", text=plain), Attribution(source=source, cue=cue, content=content)


def back(statement: Statement) -> Attribution:
    return Attribution(
        source=statement.source,
        cue=statement.cue,
        content=statement.content,
        mode=statement.mode,
        confidence=statement.confidence,
    )


DIRECT = """\
<“We shall stay,”> [Ann Vale] {said}.
“<We shall stay>,” [Ann Vale] {said}.
[Ann Vale] {said}: <"We shall stay.">
<'We shall stay,'> [Ann Vale] {said}.
<‘The allies’ plan is dead,’> [Ann Vale] {said}.
<`` We shall stay , ''> [Ann Vale] {said} .
<«We shall stay»>, {said} [Ann Vale].
<„We shall stay“>, {said} [Ann Vale].
<“We”>, [Ann Vale] {said}, <“shall stay.”>
<“We shall stay.> And so they did.
<“He told me ‘no’ and left,”> [Ann Vale] {said}.
<“He told me “no” and left,”> [Ann Vale] {said}.
“[Bo] {told} me <‘we stay’> and left,” Ann Vale said.
“[Bo] {told} me <“we stay”> and left,” Ann Vale said.
“[Bo] {told} me, <‘we stay.’>
“Cy told me, ‘[Bo] {said} <“no”> to me,’ and left,” Ann Vale said.
<We shall stay.> — [Ann Vale] (@annvale) May 3, 2019
<Bo said “no” and left.> — [Ann Vale] (@annvale) May 3, 2019
<“No,”> [Bo] {said} and left. — Ann Vale (@annvale) May 3, 2019
So [Bo] {said} <“no”> and left. — Ann Vale (@annvale) May 3, 2019""".splitlines()

INDIRECT = """\
[Ann Vale] {said} <they would stay>.
[Ann Vale] {said} <that it is Vale’s ship and the allies’ plan>.
{According to} [Ann Vale], <they would stay>.
[Ann Vale] {“promised”} <they would stay>.
[“Gull” Vale] {said} <they would stay>.
“[Bo] {said} <he would stay>,” Ann Vale said.
“[Bo] {said} <that it’s fine>, you know,” Ann Vale said.
“So [Bo] {says} <he stays> and that is all. Ann Vale left.
So [Bo] {says} <he stays> and that is all. — Ann Vale (@annvale) May 3, 2019
<The 12" gun is a museum piece>, [Ann Vale] {said}.
In the '90s <they stayed>, [Ann Vale] {said} of the kids' camp.""".splitlines()

MIXED = """\
[Ann Vale] {said} <they would “stay” for now>.
[Ann Vale] {said} <that “we shall stay”>.
[Ann Vale] {said} <the “coalition”> had met.
<“We shall stay,” and then leave>, [Ann Vale] {said}.
<They would leave>, [Ann Vale] {said}, <“but not today.”>
“[Bo] {said} <he would ‘stay’ there>,” Ann Vale said.""".splitlines()

KINDS = [
    (text, found)
    for texts, found in ((DIRECT, Kind.DIRECT), (INDIRECT, Kind.INDIRECT), (MIXED, Kind.MIXED))
    for text in texts
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kind_is_read_off_the_quotation_marks(text: str, expected: Kind) -> None:
    article, attribution = marked(text)
    (statement,) = statements(article, [attribution])
    assert statement.kind is expected
    assert back(statement) == attribution


@given(st.text("ab1 ,.“”"), st.data())
def test_kind_counts_letters_within_and_without(text: str, data: st.DataObject) -> None:
    bound = st.integers(0, len(text))
    content = normalise(data.draw(st.lists(st.tuples(bound, bound))))
    quoted = quotations(text)
    within = {i for start, end in quoted for i in range(start, end)}
    letters = [i for start, end in content for i in range(start, end) if text[i].isalnum()]
    inside = any(i in within for i in letters)
    outside = any(i not in within for i in letters)
    expected = (Kind.MIXED if outside else Kind.DIRECT) if inside else Kind.INDIRECT
    assert kind(text, content, quoted) is expected


def said(cue: int, *content: tuple[int, int], source: Spans = ()) -> Attribution:
    return Attribution(source=source, cue=((cue, cue + 2),), content=content)


#: Attributions in reading order, and the id of the statement within which each is reported.
NESTS = [
    ("apart", [said(0, (5, 9)), said(20, (25, 30))], [None, None]),
    ("in one another", [said(0, (5, 30)), said(10, (15, 20))], [None, "s1"]),
    (
        "the narrowest",
        [said(0, (5, 60)), said(10, (15, 50)), said(20, (25, 40))],
        [None, "s1", "s2"],
    ),
    ("two in one", [said(0, (5, 60)), said(10, (15, 20)), said(30, (35, 40))], [None, "s1", "s1"]),
    ("of the same content", [said(0, (10, 30)), said(5, (10, 30))], [None, None]),
    ("its cue outside", [said(0, (10, 30)), said(5, (12, 20))], [None, None]),
    ("its content beyond", [said(0, (5, 30)), said(10, (15, 31))], [None, None]),
    ("in the second part", [said(9, (0, 8), (14, 40)), said(20, (25, 30))], [None, "s1"]),
    ("in both parts", [said(9, (0, 8), (14, 40)), said(20, (2, 5), (25, 30))], [None, "s1"]),
    ("its cue between the parts", [said(9, (0, 8), (14, 40)), said(11, (25, 30))], [None, None]),
    ("at the same ends", [said(30, (0, 20)), said(2, (6, 20))], [None, "s1"]),
    ("told before its reporter", [said(2, (5, 9)), said(30, (1, 25))], ["s2", None]),
]


@pytest.mark.parametrize(
    ("found", "inside"), [row[1:] for row in NESTS], ids=[row[0] for row in NESTS]
)
def test_statements_within_statements(found: list[Attribution], inside: list[str | None]) -> None:
    made = statements(Article(id="a", text="x" * 80), found)
    by_cue = {statement.cue: statement for statement in made}
    assert [by_cue[attribution.cue].inside for attribution in found] == [
        None if name is None else by_cue[found[int(name[1:]) - 1].cue].id for name in inside
    ]


def test_ids_go_in_reading_order() -> None:
    late = said(30, (35, 40))
    source_first = said(20, (23, 29), source=((5, 8),))
    content_first = said(15, (10, 13))
    made = statements(Article(id="a", text="x" * 80), [late, content_first, source_first])
    assert [(s.id, s.cue[0][0]) for s in made] == [("s1", 20), ("s2", 15), ("s3", 30)]


def test_nothing_found_is_nothing_said() -> None:
    assert statements(Article(id="a", text="“Nobody” spoke."), []) == ()


TEXT = "“Ab ‘cd’ ef,” gh. “Ij “kl” mn.\nOp qr ‘st’ uv, 'wx' yz."
SPANS = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=3).map(
    normalise
)
FOUND = st.lists(
    st.builds(
        Attribution,
        source=SPANS,
        cue=SPANS,
        content=SPANS.filter(bool),
        mode=st.sampled_from(Mode),
        confidence=st.sampled_from([0.5, 0.9]),
    ),
    max_size=8,
)


@given(FOUND, st.randoms(use_true_random=False))
def test_the_order_in_which_they_were_found_does_not_matter(
    found: list[Attribution], random: Random
) -> None:
    article = Article(id="a", text=TEXT)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert statements(article, shuffled) == statements(article, found)


@given(FOUND)
def test_statements_made_again_of_their_own_parts_are_the_same(found: list[Attribution]) -> None:
    article = Article(id="a", text=TEXT)
    made = statements(article, found)
    assert statements(article, [back(statement) for statement in made]) == made


@given(FOUND)
def test_statements_are_numbered_in_order_and_nest_without_end(found: list[Attribution]) -> None:
    made = statements(Article(id="a", text=TEXT), found)
    assert [s.id for s in made] == [f"s{i + 1}" for i in range(len(found))]
    firsts = [min(a for a, _ in (*s.source, *s.cue, *s.content)) for s in made]
    assert all(a <= b for a, b in pairwise(firsts))
    by_id = {statement.id: statement for statement in made}
    for statement in made:
        seen = set()
        step: Statement | None = statement
        while step is not None:
            assert step.id not in seen
            seen.add(step.id)
            step = by_id[step.inside] if step.inside else None


def test_thousands_of_statements_are_no_trouble() -> None:
    sentence = "“We shall stay,” Ann said. "
    found = [
        Attribution(
            source=((at + 17, at + 20),), cue=((at + 21, at + 25),), content=((at, at + 16),)
        )
        for at in range(0, 5000 * len(sentence), len(sentence))
    ]
    made = statements(Article(id="a", text=sentence * 5000), found)
    assert {statement.kind for statement in made} == {Kind.DIRECT}


def test_marks_nested_without_end_are_no_trouble() -> None:
    article, attribution = marked("“‘" * 2000 + "[Ann] {said} <no>")
    (statement,) = statements(article, [attribution])
    assert statement.inside is None
