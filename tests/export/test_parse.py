"""Lines of JSON become what they were made of, or say what is wrong with them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.coding.sample import Sample
from rejoinder.errors import UnreadableSource
from rejoinder.export.json import line, whole_line
from rejoinder.export.parse import parsed
from rejoinder.model import (
    Act,
    Actor,
    Article,
    Entry,
    Failure,
    Framing,
    How,
    Kind,
    Lost,
    Mode,
    Passage,
    Reading,
    Reply,
    ReplyType,
    Resolution,
    Ruling,
    Run,
    Spans,
    Statement,
)

NAMES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=9)
CHANCES = st.floats(0, 1)
#: Half surrogate pairs are left out: two of them that meet are one character in JSON.
WORDS = st.text(max_size=9)
ACTORS = st.builds(
    Actor,
    id=WORDS,
    name=WORDS,
    role=st.none() | WORDS,
    side=st.sampled_from([None, "Iceland", "NATO", "elsewhere"]),
    side_guessed=st.booleans(),
)


def spans(text: str, *, least: int = 0) -> st.SearchStrategy[Spans]:
    """Return spans of a text, in order and apart."""
    points = st.lists(st.integers(0, len(text)), min_size=2 * least, max_size=6).map(sorted)
    return points.map(lambda found: tuple(zip(found[::2], found[1::2], strict=False)))


@st.composite
def statements(draw: st.DrawFn, text: str, ids: list[str], id: str) -> Statement:
    """Draw a statement of a text; `ids` are those of all."""
    within = spans(text)
    resolutions = st.builds(
        Resolution,
        how=st.sampled_from(How),
        confidence=CHANCES,
        chain=within.map(lambda s: s[::-1]),
    )
    return Statement(
        id=id,
        kind=draw(st.sampled_from(Kind)),
        mode=draw(st.sampled_from(Mode)),
        source=draw(within),
        cue=draw(within),
        content=draw(spans(text, least=1)),
        inside=draw(st.sampled_from([None, *ids])),
        confidence=draw(CHANCES),
        act=draw(st.sampled_from(Act)),
        act_confidence=draw(CHANCES),
        speaker=draw(st.none() | ACTORS),
        target=draw(st.none() | ACTORS),
        resolution=draw(st.none() | resolutions),
        occasion=draw(within),
        via=draw(within),
        said_on=draw(st.none() | st.dates()),
        answering=draw(CHANCES),
        naming=draw(CHANCES),
        aims=tuple(draw(st.lists(st.tuples(ACTORS, CHANCES), max_size=2))),
        replying=tuple(draw(st.lists(st.tuples(within, CHANCES), max_size=2))),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Draw an article in which anything may have been found."""
    text = draw(st.text(min_size=1, max_size=40))
    within = spans(text)
    ids = draw(st.lists(NAMES, unique=True, max_size=3))
    article = Article(
        id=draw(WORDS),
        text=text,
        furniture=draw(within),
        headings=draw(within),
        url=draw(st.none() | WORDS),
        outlet=draw(st.none() | WORDS),
        title=draw(st.none() | WORDS),
        published=draw(st.none() | st.dates()),
        published_from=draw(st.sampled_from([None, "page", "record"])),
        language=draw(st.sampled_from([None, "en"])),
        authors=tuple(draw(st.lists(WORDS, max_size=2))),
        cited=tuple(draw(st.lists(WORDS, max_size=2))),
        source=draw(WORDS),
    )
    replies = st.builds(
        Reply,
        reply=st.sampled_from(ids),
        to=st.none() | st.sampled_from([*ids, "other#s1"]),
        type=st.sampled_from(ReplyType),
        answers=within,
        signal=within,
        confidence=CHANCES,
    )
    framings = st.builds(
        Framing, statement=st.sampled_from(ids), thing=within, label=within, confidence=CHANCES
    )
    return Reading(
        article=article,
        statements=tuple(draw(statements(text, ids, id)) for id in ids),
        replies=tuple(draw(st.lists(replies, max_size=2))) if ids else (),
        framings=tuple(draw(st.lists(framings, max_size=2))) if ids else (),
        remarks=tuple(draw(st.lists(WORDS, max_size=2))),
        weights=draw(NAMES),
    )


RUNS = st.builds(Run, started=NAMES, program=NAMES, weights=NAMES)
HASHES = st.text("0123456789abcdef", min_size=1, max_size=8)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw a version as a record may hold it."""
    reading = draw(readings())
    return Entry(
        reading=reading,
        run=replace(draw(RUNS), weights=reading.weights),
        number=draw(st.integers(1, 9)),
        added=draw(NAMES),
        keys=tuple(draw(st.lists(WORDS, max_size=2))),
        seen=tuple(draw(st.lists(st.tuples(HASHES, HASHES), max_size=2))),
    )


FAILURES = st.builds(Failure, source=WORDS, step=NAMES, reason=WORDS)


@given(entries() | st.builds(Lost, failure=FAILURES, run=RUNS))
def test_what_a_record_holds_survives_as_it_is(held: Entry | Lost) -> None:
    assert parsed(json.loads(whole_line(held)), "x.jsonl:1") == held


@given(readings())
def test_what_a_line_tells_of_a_reading_survives(reading: Reading) -> None:
    told = line(reading)
    found = parsed(json.loads(told), "x.jsonl:1")
    assert isinstance(found, Reading)
    assert found.article == replace(reading.article, source="x.jsonl:1")
    assert [s.id for s in found.statements] == [s.id for s in reading.statements]
    assert line(found) == told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 99) | st.floats() | st.text(max_size=3),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=2),
    max_leaves=6,
)


@given(held=entries(), data=st.data())
def test_whatever_is_changed_in_a_line_is_read_or_refused(held: Entry, data: st.DataObject) -> None:
    record = json.loads(whole_line(held))
    places = list(_places(record))
    below, key = data.draw(st.sampled_from(places))
    if isinstance(below, dict) and data.draw(st.booleans()):
        del below[key]
    else:
        below[key] = data.draw(JSON)
    try:
        found = parsed(record, "x.jsonl:1")
    except UnreadableSource as refused:
        assert (refused.source, refused.step) == ("x.jsonl:1", "parse")
    else:
        made = found.reading if isinstance(found, Entry) else found
        assert isinstance(made, Reading)
        line(made)  # nothing in it is of a kind that it may not be


def _places(value: object) -> Any:
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        for key in keys:
            yield value, key
            yield from _places(value[key])


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["article"], None, "article is no object"),
        (["article", "text"], 3, "article.text is no string"),
        (["article", "published"], "soon", "article.published is no day"),
        (["article", "furniture"], [[0, 999]], "article.furniture holds what is no span of"),
        (["article", "furniture"], [[5, 4]], "article.furniture holds what is no span of"),
        (["article", "authors"], ["Ann", 1], "article.authors holds what is no string"),
        (["statements"], "s1", "statements is no list"),
        (["statements", 1, "cue"], [[5, 6], [2, 3]], r"statements\[1\].cue has spans out of order"),
        (["statements", 0, "cue"], [[1, 3], [2, 4]], r"statements\[0\].cue has spans out of order"),
        (["statements", 0, "content"], [], r"statements\[0\].content is empty"),
        (["statements", 0, "kind"], "sung", r"statements\[0\].kind is none of direct, indirect, m"),
        (["statements", 0, "confidence"], 1.5, r"statements\[0\].confidence is no probability"),
        (["statements", 0, "speaker", "name"], None, r"statements\[0\].speaker.name is no string"),
        (["statements", 0, "id"], "s2", "two have one id"),
        (["statements", 0, "id"], "s\n1", "cannot be printed"),
        (["statements", 0, "inside"], "s9", "statements: there is no statement 's9'"),
        (["replies", 0, "to"], "s9", "replies: there is no statement 's9'"),
        (["framings", 0, "statement"], "s9", "framings: there is no statement 's9'"),
        (["record"], {"source": "x"}, "record.started is no string"),
        (["failure"], {"source": "x"}, "failure.step is no string"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    argued: Reading, *, path: list[str | int], value: object, says: str
) -> None:
    record = json.loads(line(argued))
    below: Any = record
    for part in path[:-1]:
        below = below[part]
    below[path[-1]] = value
    with pytest.raises(UnreadableSource, match=f"^x.jsonl:7: parse: .*{says}"):
        parsed(record, "x.jsonl:7")


def test_lines_need_no_more_than_the_format_says(told: Callable[..., Reading]) -> None:
    reading = told("Ann said no", ("Ann", "said", "no"), published=date(2026, 3, 1))
    record = json.loads(line(reading))
    plain = copy.deepcopy(record)
    for name in ("remarks", "schemes", "weights"):
        del plain[name]
    del plain["statements"][0]["act_confidence"]
    del plain["statements"][0]["resolution"]
    source = replace(reading.article, source="x:1")
    assert parsed(plain, "x:1") == replace(reading, article=source, weights="")


@pytest.mark.parametrize("wanted", [["outlet", "Post"], [["outlet"]], [["outlet", 3]], [None]])
def test_a_sample_that_was_drawn_from_what_is_no_pair_is_refused(wanted: list[object]) -> None:
    sample = {"name": "w", "seed": 1, "blind": False, "coders": ["anna"], "units": []}
    told = {**sample, "drawn_from": 1, "reports": 1, "drawn": "2026-03-01", "who": "anna"}
    assert isinstance(parsed({"sample": told}, "x:1"), Sample)
    with pytest.raises(UnreadableSource, match=r"sample\.wanted holds what is no pair of strings"):
        parsed({"sample": {**told, "wanted": [["since", "2026-03-01"], *wanted]}}, "x:1")


PASSAGES = st.builds(
    Passage,
    article=WORDS,
    version=st.integers(1, 9),
    digest=NAMES,
    statement=NAMES,
    content=spans("a text of forty characters, if you count"),
)


@given(
    ruling=st.builds(
        Ruling,
        deed=NAMES,
        who=WORDS,
        made=NAMES,
        why=st.none() | WORDS,
        about=st.lists(PASSAGES, max_size=2).map(tuple),
        apart=st.lists(PASSAGES, max_size=2).map(tuple),
        actor=st.none() | WORDS,
        value=st.none() | WORDS,
        side=st.none() | WORDS,
        undone=st.none() | NAMES,
        undone_by=st.none() | WORDS,
    )
)
def test_a_decision_comes_back(ruling: Ruling) -> None:
    assert parsed(json.loads(whole_line(ruling)), "-") == ruling


def test_spans_of_a_decision_are_in_order() -> None:
    passage = Passage(article="a", version=1, digest="d", statement="s1", content=((9, 3),))
    told = json.loads(whole_line(Ruling(deed="act", who="a", made="1", about=(passage,))))
    with pytest.raises(UnreadableSource, match=r"about\[0\]\.content holds what is no span"):
        parsed(told, "-")
