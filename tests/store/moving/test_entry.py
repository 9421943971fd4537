"""A record goes out as lines and comes in again, in SQLite and PostgreSQL."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rejoinder import pipeline
from rejoinder.errors import DecisionError
from rejoinder.export.json import line
from rejoinder.model import Act, Actor, Article, Failure, Parts, Reading
from rejoinder.pipeline import Finder
from rejoinder.samples import sample_paths
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.deciding import desk
from rejoinder.transfer import import_lines, lines_of


def taken(source: str, record: Record, *, stdin: bytes = b"") -> list[str]:
    """Return what became of the lines of a file, in words."""
    items = import_lines(source, lambda: nullcontext(record), program="1", stdin=io.BytesIO(stdin))
    return [i.reason if isinstance(i, Failure) else f"{i.outcome} {i.statements}" for i in items]


def piped(lines: Iterable[str], record: Record) -> list[str]:
    """Return what became of lines that were piped in."""
    return taken("-", record, stdin="\n".join(lines).encode())


#: Which article, which text of it, and through which program it came; or what could not be read.
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 1)) | st.integers(0, 3),
    max_size=12,
)


def filled(path: Path, steps: list[tuple[int, int, int] | int], finder: Finder) -> Record:
    """Return a record into which things came in some order."""
    record = Record(path)
    for step in steps:
        if isinstance(step, int):
            run = record.begin(program="0", weights="none")
            failure = Failure(source=f"/d/{step}.html", step="body", reason="there is no text")
            record.fail(failure, run=run)
            continue
        which, text, source = step
        article = Article(
            id="report",
            text=f"Bo said no{text}. Ann said {'a' if which < 3 else 'the same'}.",
            url=None if which == 3 else f"https://example.org/{which}",
            source=f"/d/{which if which == 3 else source}.html",
        )
        reading = pipeline.read_article(article, finder)
        record.add(reading, run=record.begin(program=str(source), weights=finder.version))
    return record


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@given(steps=STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
def test_an_empty_record_becomes_the_same(
    folder: Path, finder: Finder, *, steps: list[tuple[int, int, int] | int]
) -> None:
    for path in folder.iterdir():
        path.unlink()
    with filled(folder / "one.db", steps, finder) as one, Record(folder / "two.db") as two:
        told = list(lines_of(one))
        outcomes = piped(told, two)
        assert list(lines_of(two)) == told
        held = [list(record.readings(all_versions=True)) for record in (one, two)]
        assert held[0] == held[1]
        assert replace(one.status(), runs=0) == replace(two.status(), runs=0)
        assert list(two.problems()) == []
        # And once more, which changes nothing.
        status = two.status()
        assert piped(told, two) == ["known 0"] * len(outcomes)
        assert (two.status(), list(lines_of(two))) == (status, told)


@pytest.mark.usefixtures("weights")
def test_the_samples_survive_in_every_kind_of_record(tmp_path: Path, fresh: str) -> None:
    with (
        Record(tmp_path / "one.db") as one,
        Record(fresh) as two,
        Record(tmp_path / "3.db") as last,
    ):
        (tmp_path / "empty.txt").touch()
        sources = [*map(str, sample_paths()), str(tmp_path / "empty.txt")]
        for _ in pipeline.add_sources(sources, one, program="0"):
            pass
        told = list(lines_of(one))
        assert [outcome[:4] for outcome in piped(told, two)] == ["new "] * 4
        assert list(lines_of(two)) == told
        piped(lines_of(two), last)
        assert list(lines_of(last)) == told
        assert [hit.statement.id for hit in two.search("port")]
        # What was added there is known here: by its address, and by where it lay.
        again = pipeline.add_sources(sources[:4], last, program="0")
        assert [getattr(item, "outcome", item) for item in again] == ["known"] * 4
        assert list(lines_of(last)) == told


def read(finder: Finder, text: str, **fields: str) -> Reading:
    """Return a reading of an invented report."""
    article = Article(id=fields.pop("id", "report"), text=text, **fields)  # type: ignore[arg-type]
    return pipeline.read_article(article, finder)


def test_what_was_read_elsewhere_can_be_taken_in(tmp_path: Path, finder: Finder) -> None:
    texts = ("Bo said no.", "Ann said yes.")
    readings = [read(finder, text, id=text[0], outlet="Post") for text in texts]
    path = tmp_path / "statements.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(line, readings)).encode()))
    with Record(tmp_path / "one.db") as record:
        assert taken(str(path), record) == ["new 1", "new 1"]
        assert list(map(line, record.readings())) == list(map(line, readings))
        assert taken(str(path), record) == ["known 0", "known 0"]
        assert record.status().runs == 1
        # A line that has changed is a further version of the same.
        changed = [read(finder, "Bo said maybe.", id="B", outlet="Post"), readings[1]]
        path.write_bytes(gzip.compress("\n".join(map(line, changed)).encode()))
        assert taken(str(path), record) == ["changed 1", "known 0"]


def test_broken_lines_are_named_and_stop_nothing(tmp_path: Path, finder: Finder) -> None:
    whole = line(read(finder, "Bo said no."))
    outside = json.loads(whole)
    outside["statements"][0]["content"] = [[3, 99]]
    with Record(tmp_path / "one.db") as record:
        items = list(
            import_lines(
                "-",
                lambda: nullcontext(record),
                program="1",
                stdin=io.BytesIO("\n".join(["{]", json.dumps(outside), "[]", whole]).encode()),
            )
        )
        assert [item.source for item in items if isinstance(item, Failure)] == ["-:1", "-:2", "-:3"]
        assert record.status().articles == 1
        assert record.failures() == ()
        (item,) = import_lines(str(tmp_path / "nowhere"), lambda: nullcontext(record), program="1")
        assert isinstance(item, Failure) and item.step == "open"


def test_a_table_is_named_once_as_what_it_is(tmp_path: Path) -> None:
    table = tmp_path / "st.csv"
    table.write_text("\ufeffid,utterance,date\r\n1,u1,\r\n2,u2,\r\n", encoding="utf-8")
    with Record(tmp_path / "one.db") as record:
        (reason,) = taken(str(table), record)
    assert reason.startswith("this is a table (CSV), not JSON Lines")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Bo said no.\nAnn said yes.\n", "this is no JSON Lines; `rejoinder add` reads reports"),
        ("<p>Bo said no.</p>\n<p>", "this is HTML or XML, not JSON Lines; `rejoinder add` reads"),
        (
            '{"text": "Bo said no."}',
            "this is a report that was not read yet; `rejoinder add` reads",
        ),
        ('{\n"article": {}\n}', "this is one JSON document"),
    ],
)
def test_what_is_no_export_is_named_with_who_takes_it(
    tmp_path: Path, data: str, reason: str
) -> None:
    path = tmp_path / "a"
    path.write_text(data, encoding="utf-8")
    with Record(tmp_path / "one.db") as record:
        (told,) = taken(str(path), record)
    assert told.startswith(reason)


def test_a_record_is_no_lines_of_one(tmp_path: Path) -> None:
    with Record(tmp_path / "one.db") as record:
        (told,) = taken(str(tmp_path / "one.db"), record)
    assert told.startswith("this is a record itself: name it with --record")


def test_histories_of_one_article_are_joined(tmp_path: Path, finder: Finder) -> None:
    url = "https://example.org/a"
    first, second, third = (
        read(finder, f"Bo said {n}.", url=url, source="/d/a.html") for n in range(3)
    )
    with Record(tmp_path / "one.db") as one, Record(tmp_path / "two.db") as two:
        for record, held in ((one, (first, second, first)), (two, (second, third))):
            run = record.begin(program="0", weights="regex-1")
            for reading in held:
                record.add(reading, run=run)
        told = list(lines_of(one))
        assert piped(told, two) == ["changed 1", "known 0", "known 0"]
        assert [r.article.text for r in two.readings(all_versions=True)] == [
            "Bo said 1.",
            "Bo said 2.",
            "Bo said 0.",
        ]
        assert piped(told, two) == ["known 0"] * 3
        assert list(two.problems()) == []


def _taken_over(record: Record, tmp_path: Path) -> None:
    """Make sure that an empty record becomes the same, decisions and all."""
    told = list(lines_of(record))
    with Record(tmp_path / "taken.db") as taken_:
        assert all("decide" not in outcome for outcome in piped(told, taken_))
        assert list(lines_of(taken_)) == told
        assert list(taken_.readings()) == list(record.readings())
        assert _exchanged(taken_) == _exchanged(record)
        assert [_plain(d) for d in taken_.log()] == [_plain(d) for d in record.log()]
        assert _undone(taken_) == _undone(record)
        # And once more, which changes nothing.
        piped(told, taken_)
        assert list(lines_of(taken_)) == told
        assert len(taken_.log()) == len(record.log())
        # Their numbers may differ: PostgreSQL counts what was refused.
        for one, other in list(zip(taken_.log(), record.log(), strict=True))[::-1]:
            if not one.undone:
                taken_.undo(one.id, who="anna")
                record.undo(other.id, who="anna")
        assert list(taken_.readings()) == list(record.readings())
        assert _exchanged(taken_) == _exchanged(record)
        assert list(taken_.problems()) == []


def _undone(record: Record) -> list[str]:
    """Say what was decided and undone again: from what to what."""
    return [d.sentence for d in record.spelled_out(record.log()) if d.undone]


def _plain(decision: Decision) -> tuple[object, ...]:
    return decision.deed, decision.who, decision.why, decision.value, decision.made, decision.undone


def _exchanged(record: Record) -> object:
    """Return what the record shows beside its readings."""
    names = ("post#s1", "post#s2", "courier#s1", "wave#s1")
    numbers = [record.number_of(name) for name in names]
    told = record.utterances(n for n in numbers if n is not None)
    return (
        told,
        [record.around(n).ties for n in numbers if n is not None],
        [(p.name, p.side, p.seen) for p in record.profiles()],
        sorted(hit.article.id for hit in record.search("")),
    )


def _decide(record: Record, deed: Deed, *about: str, **told: object) -> int:
    numbers = tuple(record.number_of(name) for name in about)
    decision = Decision(deed=deed, who="anna", about=numbers, **told)  # type: ignore[arg-type]
    return record.decide(decision)


def test_decisions_go_along(dispute: Record, tmp_path: Path) -> None:
    _decide(dispute, Deed.ACT, "wave#s1", value="warn", why="a threat")
    _decide(dispute, Deed.ACT, "wave#s1", value="deny")
    _decide(dispute, Deed.SPEAKER, "wave#s1", value="Per Lund", side="Norway")
    _decide(dispute, Deed.SPLIT, "courier#s1")
    _decide(dispute, Deed.UNLINK, "post#s2", "post#s1")
    _decide(dispute, Deed.LINK, "wave#s1", "post#s2")
    _decide(dispute, Deed.DISMISS, "post#s2")
    undone = _decide(dispute, Deed.MERGE, "wave#s1", "post#s1")
    dispute.undo(undone, who="ben")
    lund, *_ = dispute.profiles(name="Lund")
    for name in ("Minister Lund", "P. Lund"):
        told = Decision(deed=Deed.RENAME, who="ben", about=(lund.id,), value=name)
        dispute.decide(told)
    _taken_over(dispute, tmp_path)


def test_what_stood_before_an_undone_decision_goes_along(dispute: Record, tmp_path: Path) -> None:
    made = [
        _decide(dispute, Deed.ACT, "wave#s1", value="warn"),
        _decide(dispute, Deed.ACT, "wave#s1", value="deny"),
        _decide(dispute, Deed.SPEAKER, "wave#s1", value="Per Lund", side="Norway"),
        _decide(dispute, Deed.SPANS, "post#s1", parts=Parts(content=((0, 10),))),
    ]
    for number in reversed(made):
        dispute.undo(number, who="ben")
    told = _undone(dispute)
    assert told[:2] == ["act: request → warn", "act: warn → deny"]
    _taken_over(dispute, tmp_path)
    with Record(tmp_path / "taken.db") as taken:
        assert _undone(taken)[: len(told)] == told


def test_who_is_who_and_words_that_were_marked_go_along(dispute: Record, tmp_path: Path) -> None:
    reading = dispute.reading("post")
    assert reading is not None
    (start, end), *_ = reading.statements[0].content
    _decide(dispute, Deed.SPANS, "post#s1", parts=Parts(content=((start, end - 8),)))
    missed = Parts(content=reading.statements[0].source)
    desk.put_in(dispute, "post", missed, who="anna")
    _decide(dispute, Deed.SPEAKER, "wave#s1", value="Ola Dahl", side="Norway")
    brekka, lund, dahl = (dispute.profiles(name=n)[0].id for n in ("Brekka", "Lund", "Dahl"))
    for deed, about, value in (
        (Deed.SAME, (lund, dahl), None),
        (Deed.RENAME, (lund,), "Minister Lund"),
        (Deed.APART, (lund, brekka), None),
    ):
        dispute.decide(Decision(deed=deed, who="ben", about=about, value=value))
    undone = dispute.decide(
        Decision(deed=Deed.RENAME, who="ben", about=(brekka,), value="The Minister")
    )
    dispute.undo(undone, who="ben")
    _taken_over(dispute, tmp_path)


def test_a_record_that_was_read_anew_goes_along(dispute: Record, tmp_path: Path) -> None:
    _decide(dispute, Deed.ACCEPT, "wave#s1")
    _decide(dispute, Deed.ACT, "courier#s1", value="warn")
    run = dispute.begin(program="1", weights="regex-1")
    for name in ("wave", "courier", "post"):
        reading = dispute.reading(name)
        assert reading is not None
        lost = replace(reading, statements=(), replies=()) if name == "wave" else reading
        dispute.refresh(lost, run=run)
    _taken_over(dispute, tmp_path)


def test_a_decision_about_what_is_not_there_is_named(dispute: Record, tmp_path: Path) -> None:
    _decide(dispute, Deed.DISMISS, "wave#s1")
    told = [line_ for line_ in lines_of(dispute) if '"decision": {' in line_]
    with Record(tmp_path / "one.db") as record:
        assert piped(told, record) == [
            f"the record lacks what anna decided about (dismiss, {dispute.log()[0].made})"
        ]
        assert record.log() == []
        wave = next(line_ for line_ in lines_of(dispute) if '"id": "wave"' in line_)
        shouted = told[0].replace('"dismiss"', '"act"').replace('"value": null', '"value": "shout"')
        assert piped([wave, shouted], record)[1:] == ["there is no act 'shout'"]
        assert record.log() == []
        broken = [told[0].replace('"dismiss"', '"shout"'), '{"decision": {"deed": 1}}']
        assert piped(broken, record) == [
            "there is no decision 'shout'",
            "decision.deed is no string",
        ]


STATEMENTS = ("post#s1", "post#s2", "courier#s1", "wave#s1")
DEEDS = st.lists(
    st.tuples(
        st.sampled_from([deed for deed in Deed if not deed.of_actors]),
        st.sampled_from(STATEMENTS),
        st.sampled_from(STATEMENTS),
        st.booleans(),
    ),
    max_size=5,
)


@given(deeds=DEEDS)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
def test_whatever_was_decided_goes_along(
    dispute: Record, tmp_path: Path, deeds: list[tuple[Deed, str, str, bool]]
) -> None:
    (tmp_path / "taken.db").unlink(missing_ok=True)
    for deed, one, other, undone in deeds:
        pair = deed in {Deed.MERGE, Deed.LINK, Deed.UNLINK}
        value = "warn" if deed is Deed.ACT else "Per Lund"
        with suppress(DecisionError):
            number = _decide(dispute, deed, one, *([other] if pair else []), value=value)
            if undone:
                dispute.undo(number, who="ben")
    _taken_over(dispute, tmp_path)


#: What is done to which of three actors and to which other, and what is undone afterwards.
WHO = st.lists(
    st.tuples(
        st.sampled_from([Deed.SAME, Deed.APART, Deed.RENAME]),
        st.permutations(range(3)),
        st.integers(0, 5),
    ),
    max_size=7,
)


@given(told=WHO)
@example(
    told=[
        (Deed.SAME, [0, 1, 2], 0),
        (Deed.RENAME, [0, 1, 2], 0),
        (Deed.APART, [0, 2, 1], 0),
        (Deed.RENAME, [0, 1, 2], 0),
    ]
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
def test_who_is_who_goes_along_under_whatever_name(
    tmp_path: Path, make_report: Callable[..., Reading], told: list[tuple[Deed, list[int], int]]
) -> None:
    for path in (tmp_path / "first.db", tmp_path / "taken.db"):
        path.unlink(missing_ok=True)
    with Record(tmp_path / "first.db") as record:
        run = record.begin(program="0", weights="regex-1")
        names = ("Ana Brekka", "Per Lund", "Siv Moe")
        for number, name in enumerate(names):
            line_ = (Actor(id=f"p{number}", name=name), "said", f"no to {number}", Act.DENY, None)
            record.add(make_report(f"r{number}", "Post", date(2026, 3, 3), line_), run=run)
        numbers = [record.profiles(name=name)[0].id for name in names]
        for count, (deed, (one, other, _), undone) in enumerate(told):
            about = (numbers[one], numbers[other])[: 2 if deed.of_two else 1]
            # Some new names are those of others.
            value = {Deed.RENAME: (*names, f"Minister {count}")[undone % 4]}.get(deed)
            with suppress(DecisionError):
                made = record.decide(Decision(deed=deed, who="eva", about=about, value=value))
                if undone == 5:
                    record.undo(made, who="ben")
        lines = list(lines_of(record))
        with Record(tmp_path / "taken.db") as taken_:
            assert all("decide" not in outcome for outcome in piped(lines, taken_))
            assert list(lines_of(taken_)) == lines
            assert [d.about for d in taken_.log()] == [d.about for d in record.log()]
            assert _called(taken_) == _called(record)


def _called(record: Record) -> list[tuple[int, str, int]]:
    return [(profile.id, profile.name, profile.seen) for profile in record.profiles()]
