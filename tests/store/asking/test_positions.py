"""Two sides beside each other, against a count by hand, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rejoinder.merge.told import Scope
from rejoinder.model import Act, Actor
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.asking import latest
from tests.store.conftest import BANKS, BREKKA, LUND, Line, report

SIDES = ("Iceland", "Norway", "Denmark")
ACTS = (Act.ACCUSE, Act.REJECT, Act.REQUEST)
WORDS = (
    *("fish", "cod", "boat", "net", "trawler", "bank", "survey"),
    *("quota", "treaty", "port", "harbour", "minister", "talks", "year"),
)


def speakers(seed: random.Random) -> list[Actor]:
    """Return two speakers of each side; of some a report only guesses it."""
    return [
        Actor(
            id=f"{side}-{number}",
            name=f"{name} {side}sen",
            role=f"minister {number}",
            side=side,
            side_guessed=seed.random() < 0.2,
        )
        for side in SIDES
        for number, name in enumerate(("Ana", "Ola"))
    ]


@pytest.fixture
def many(record: Record) -> Record:
    """Return a record of 30 reports with what six people say of each other, some of it twice."""
    seed = random.Random(7)
    run = record.begin(program="0", weights="regex-1")
    said: list[Line] = []
    for number in range(30):
        lines: list[Line] = []
        for _ in range(4):
            who, whom = seed.sample(speakers(seed), 2)
            words = " ".join(seed.choices(WORDS, k=14))
            lines.append((who, "said", words, seed.choice(ACTS), whom))
        if said and number % 3 == 0:  # another report has the same words, as another act
            again = seed.choice(said)
            lines.append((again[0], again[1], again[2], seed.choice(ACTS), again[4]))
        said = lines
        day = date(2026, 3, 1) + timedelta(days=number // 3)
        record.add(report(f"r{number}", f"Outlet {number % 4}", day, *lines), run=run)
    changed = record.reading("r29")
    assert changed is not None
    article = replace(changed.article, text=changed.article.text + "More follows.")
    record.add(replace(changed, article=article, statements=changed.statements[:2]), run=run)
    record.decide(Decision(deed=Deed.DISMISS, who="anna", about=(5,)))
    return record


def counted(record: Record, one: str, other: str) -> Counter[Act]:
    """Count what one side does to another, statement by statement.

    An utterance counts where a version of it is of one to or of the other, for what all of it do.
    """
    told: dict[int, list[tuple[date, int, Act]]] = {}
    wanted = set[int]()
    known = {profile.name: profile.side for profile in record.profiles(limit=100)}
    numbers = {
        (r.article.id, s.id): record.number_of(f"{r.article.id}#{s.id}")
        for r in record.readings()
        for s in r.statements
    }
    for reading in record.readings():
        homes = record.homes(reading.article.id)
        for statement in reading.statements:
            speaker, target = statement.speaker, statement.target
            number = numbers[reading.article.id, statement.id]
            day = reading.article.published
            assert number is not None and day is not None
            if number == 5:
                continue
            told.setdefault(homes[statement.id], []).append((day, number, statement.act))
            if speaker is None or target is None:
                continue
            if (speaker.side, target.side) != (one, other):
                continue
            if speaker.side_guessed and known[speaker.name] not in {None, one}:
                continue
            wanted.add(homes[statement.id])
    counts = Counter[Act]()
    for home in wanted:
        acts = Counter(act for _, _, act in sorted(told[home]))
        counts[acts.most_common(1)[0][0]] += 1
    return counts


@pytest.mark.parametrize(
    ("told", "act", "outlets"),
    [
        (((3, Act.DENY), (4, Act.ASSERT), (5, Act.ASSERT)), Act.ASSERT, 3),
        (((5, Act.DENY), (3, Act.ASSERT)), Act.ASSERT, 2),
        (((3, Act.DENY), (3, Act.ASSERT)), Act.DENY, 2),
        (((None, Act.DENY), (4, Act.ASSERT)), Act.ASSERT, 2),
        (((3, Act.WARN), (5, Act.DENY), (3, Act.ASSERT), (4, Act.DENY)), Act.DENY, 4),
    ],
    ids=["most", "first published", "first added", "no day", "most of three"],
)
def test_an_utterance_does_the_same_wherever_it_is_told(
    record: Record, told: tuple[tuple[int | None, Act], ...], act: Act, outlets: int
) -> None:
    run = record.begin(program="0", weights="regex-1")
    for number, (day, what) in enumerate(told):
        line = (BREKKA, "said", BANKS, what, LUND)
        published = None if day is None else date(2026, 3, day)
        record.add(report(f"r{number}", f"Outlet {number}", published, line), run=run)
    (whole,) = record.utterances([record.number_of("r0#s1") or 0]).values()
    (issue,) = record.issues()
    standing = record.standing(issue.id)
    assert standing is not None
    (stance,) = standing.stances
    assert len(whole.carriers) == len(told)
    position, _ = record.compare("Iceland", "Norway").positions
    assert (whole.act, stance.act, dict(position.acts)) == (act, act, {act: 1})
    assert stance.outlets == outlets


def test_what_reports_aim_at_nobody_counts_for_what_an_utterance_does(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    told = ((Act.WARN, LUND), (Act.REJECT, None), (Act.REJECT, None))
    for number, (act, whom) in enumerate(told):
        line = (BREKKA, "said", BANKS, act, whom)
        record.add(report(f"r{number}", f"Outlet {number}", date(2026, 3, 3), line), run=run)
    (whole,) = record.utterances([record.number_of("r0#s1") or 0]).values()
    assert len(whole.carriers) == 3
    position, _ = record.compare("Iceland", "Norway").positions
    assert [told.act for told in position.latest] == [whole.act] == [Act.REJECT]
    assert dict(position.acts) == {Act.REJECT: 1}


def test_a_report_without_an_outlet_is_of_none(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    for name, outlet in (("post", "The Post"), ("sheet", None)):
        told = report(name, "", date(2026, 3, 3), (BREKKA, "said", BANKS, Act.REJECT, LUND))
        record.add(replace(told, article=replace(told.article, outlet=outlet)), run=run)
    (issue,) = record.issues()
    standing = record.standing(issue.id)
    assert standing is not None
    assert [stance.outlets for stance in standing.stances] == [issue.outlets] == [1]


@pytest.mark.parametrize("pair", [("Iceland", "Norway"), ("Norway", "Denmark")])
def test_all_acts_are_counted(many: Record, pair: tuple[str, str]) -> None:
    found = many.compare(*pair, shown=3)
    for position in found.positions:
        assert position.acts == counted(many, position.side, position.towards)
        assert sum(position.acts.values()) > 3 == len(position.latest)
        days = [told.first or date.min for told in position.latest]
        assert days == sorted(days, reverse=True)
    assert any(told.carriers[1:] for told in many.utterances(range(1, 130)).values())


def test_the_latest_are_the_same_in_the_latest_reports_and_in_all(
    many: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    scopes = [
        Scope(),
        *(Scope(sides=sides, limit=5) for sides in (("Iceland",), ("Iceland", "Norway"))),
        Scope(sides=("Iceland",), limit=5, until=date(2026, 3, 5)),
        Scope(sides=("Iceland",), limit=500, since=date(2026, 3, 2)),
    ]

    def asked() -> list[object]:
        found = [many.exchange(scope).utterances for scope in scopes]
        return [found, many.compare("Iceland", "Norway"), many.unanswered(scope=Scope(limit=5))]

    whole = asked()
    monkeypatch.setattr(latest, "_FEW", 0)
    for reports in ((1,), (3, 6), (1_000,)):
        monkeypatch.setattr(latest, "_REPORTS", reports)
        assert asked() == whole


def test_a_tie_across_reports_holds_while_both_stand_in_a_latest_version(record: Record) -> None:
    run = record.begin(program="0", weights="regex-1")
    day = date(2026, 3, 3)
    accusing = (LUND, "accused", "Iceland of breaking the treaty of 1976", Act.ACCUSE, BREKKA)
    denial = (BREKKA, "denied", "that there was any such treaty with anyone", Act.DENY, LUND)
    other = (LUND, "said", "the talks on herring would go on in the autumn", Act.ASSERT, None)
    record.add(report("post", "The Post", day, accusing), run=run)
    record.add(report("wave", "The Wave", day, denial), run=run)
    reply, to = (record.number_of(name) for name in ("wave#s1", "post#s1"))
    assert reply is not None and to is not None
    record.decide(Decision(deed=Deed.LINK, who="anna", about=(reply, to)))

    def ties() -> int:
        return len(record.around(reply).ties)

    assert ties() == 1
    assert record.status().across == 1
    record.add(report("wave", "The Wave", day, denial, other), run=run)
    assert ties() == 1, "the further version has it too"
    record.add(report("post", "The Post", day, other), run=run)
    assert ties() == 0, "nobody carries any more what it answers"
    assert record.status().across == 0
    assert len(record.around(reply).utterances) == 1
    record.add(report("post", "The Post", day, other, accusing), run=run)
    assert ties() == 1
