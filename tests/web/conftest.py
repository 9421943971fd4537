"""A record of an invented dispute, one of its reports hostile, and a browser without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rejoinder.coding.sample import Coding
from rejoinder.model import (
    Act,
    Actor,
    Article,
    Failure,
    Framing,
    How,
    Kind,
    Mode,
    Reading,
    Reply,
    ReplyType,
    Resolution,
    Spans,
    Statement,
)
from rejoinder.store import Decision, Deed, Record
from rejoinder.store.studies import coding, sheets
from rejoinder.web.app import application

BREKKA = Actor(id="ana-brekka", name="Ana Brekka", role="fisheries minister", side="Iceland")
LUND = Actor(id="per-lund", name="Per Lund", role="foreign minister", side="Norway")
EVIL = Actor(
    id="evil",
    name='<script>alert("name")</script>',
    role='" onmouseover="alert(1)',
    side="<b>Mordor</b>/&?#",
)
HOSTILE = '<script>alert(1)</script> & " onmouseover="alert(2)" \u202e \ud800 \x00 <img src=x>'
#: An id that looks like a way out, a tag, and a twin.
HOSTILE_ID = '../../etc/"><i>#passwd.json'
REFUSAL = "“We will not open the southern banks to foreign trawlers before the survey is done”"
#: Who, cue, what, kind, act and at whom it is aimed.
Line = tuple[Actor, str, str, Kind, Act, Actor | None]


def at(text: str, words: str) -> Spans:
    """Return where words stand, in one span."""
    start = text.index(words)
    return ((start, start + len(words)),)


def report(article: Article, *lines: Line, replies: bool = False) -> Reading:
    """Return a reading of an article that has these lines after its own text.

    Args:
        article: Its text stays in front.
        lines: What it says.
        replies: Whether the last line denies the first.
    """
    text, statements = article.text, []
    for number, (who, cue, what, kind, act, target) in enumerate(lines, 1):
        start = len(text)
        text += f"{who.name} {cue} {what}.\n"
        said = start + len(who.name) + 1
        content = said + len(cue) + 1
        statements.append(
            Statement(
                id=f"s{number}",
                kind=kind,
                mode=Mode.SAID,
                source=((start, said - 1),),
                cue=((said, content - 1),),
                content=((content, content + len(what)),),
                act=act,
                speaker=who,
                target=target,
                resolution=Resolution(how=How.NAME),
            )
        )
    told = Article(
        id=article.id,
        text=text,
        outlet=article.outlet,
        published=article.published,
        source=article.source or f"{article.id}.txt",
        title=article.title,
        url=article.url,
        furniture=article.furniture,
    )
    ties = [Reply(reply=f"s{len(lines)}", to="s1", type=ReplyType.DENIES)] if replies else []
    return Reading(article=told, statements=tuple(statements), replies=tuple(ties))


def readings() -> Iterator[Reading]:
    """Yield the reports of the dispute."""
    refusal = (BREKKA, "said", REFUSAL, Kind.DIRECT, Act.REJECT, LUND)
    answer = (LUND, "called", "the survey a farce", Kind.INDIRECT, Act.ACCUSE, BREKKA)
    post = report(
        Article(
            id="post",
            text="Also read: ten ways to cook cod\n",
            furniture=((0, 31),),
            outlet="The Post",
            published=date(2026, 3, 3),
            title="Banks stay closed",
            url="https://post.example/banks?a=1&b=2",
        ),
        refusal,
        answer,
        replies=True,
    )
    text = post.article.text
    called = Framing(statement="s2", thing=at(text, "the survey a"), label=at(text, "a farce"))
    yield Reading(
        article=post.article,
        statements=post.statements,
        replies=post.replies,
        framings=(called,),
    )
    without = (BREKKA, "said", REFUSAL.replace(" not", ""), Kind.DIRECT, Act.REJECT, LUND)
    yield report(
        Article(id="courier", text="", outlet="The Courier", published=date(2026, 3, 4)), without
    )
    yield report(
        Article(
            id=HOSTILE_ID,
            text=HOSTILE + "\n",
            outlet="<img src=x onerror=alert(3)>",
            published=date(2026, 3, 5),
            title="<script>alert(4)</script>",
            url="javascript:alert(5)",
            source="hostile.jsonl:1",
        ),
        (EVIL, "said", HOSTILE, Kind.INDIRECT, Act.WARN, BREKKA),
    )


@pytest.fixture
def held(tmp_path: Path) -> str:
    """Return where a record is that a test may write to."""
    where = str(tmp_path / "dispute.db")
    with Record(where) as record:
        run = record.begin(program="0", weights="w")
        for reading in readings():
            record.add(reading, run=run)
    return where


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where the record of the dispute is; nobody may write to it."""
    where = str(tmp_path_factory.mktemp("web") / "dispute.db")
    with Record(where) as record:
        run = record.begin(program="0", weights="w")
        for reading in readings():
            record.add(reading, run=run)
        failure = Failure(source="<b>bad</b>.html", step="parse", reason="no <article> in it")
        record.fail(failure, run=run)
        pair = [record.number_of(name) for name in ("post#s1", "courier#s1")]
        about = tuple(number for number in pair if number is not None)
        decision = Decision(deed=Deed.MERGE, who="anna <i>", why="the same briefing", about=about)
        record.decide(decision)
        _code(record)
    return where


def _code(record: Record) -> None:
    """Let two people code all passages, one of them with a hostile name."""
    coders = ("anna", "<i>ben</i>")
    sample = coding.draw(record, coding.Draw(name="pilot", size=9, seed=1, coders=coders))
    for number, passage in enumerate(sheets.passages(record, sample), 1):
        assert passage is not None
        for coder in coders:
            said = passage.machine[: 1 if coder == "anna" else 9]
            told = Coding(sample="pilot", unit=number, coder=coder, statements=said)
            coding.code(record, told)


@pytest.fixture(scope="session")
def browser(place: str) -> Iterator[TestClient]:
    """Return what asks the site for pages; a bug in it raises."""
    with TestClient(application(place), base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="session")
def number(place: str) -> int:
    """Return the number of Brekka's refusal."""
    with Record(place) as record:
        (told,) = record.utterances([record.number_of("courier#s1") or 0]).values()
    return told.id


@pytest.fixture(scope="session")
def pages(browser: TestClient, place: str, number: int) -> tuple[str, ...]:
    """Return an address of every kind of page, the hostile ones included."""
    from rejoinder.web import links

    with Record(place) as record:
        evil = record.utterances([record.number_of(f"{HOSTILE_ID}#s1") or 0])
        actors = record.profiles()
        issues = record.issues()
    return (
        "/",
        "/exchange",
        "/exchange?sides=Iceland&sides=Norway",
        "/exchange?sides=&sides=&since=&until=&limit=",
        links.exchange("Iceland", str(EVIL.side)),
        "/search",
        "/search?q=banks&act=reject",
        "/search?q=alert",
        *(links.utterance(n) for n in (number, *evil)),
        *(links.actor(profile.id) for profile in actors),
        "/differences",
        "/differences?side=Iceland&outlet=post",
        "/issues",
        "/issues?q=banks&side=Iceland&since=2026-01-01",
        *(links.issue(issue.id) for issue in issues),
        links.issue(issues[0].id, "Iceland", "Norway"),
        links.exchange(issue=issues[0].id),
        "/side/Iceland",
        links.side(str(EVIL.side)),
        *(links.article(id) for id in ("post", "courier", HOSTILE_ID)),
        links.article("post", "s1"),
        "/api/v1/",
        "/coding",
        "/coding?sample=pilot",
    )
