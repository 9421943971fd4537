"""The pages of a large record: how long the server takes, alone and with fifty readers.

    python -m bench.serving --record FILE    # a trial: printed, and nowhere else

Starts `rejoinder serve` as a user would, over the record that `record` has left, and asks it for
pages of every kind: the largest ones and others drawn from all. The one who asks is on the same
machine, and takes its part of the processors; what is measured is from the request to the last byte
of the answer. Warm is a page that was asked for before, and so may be kept by the server; how long
the first time took stands beside it.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import sqlite3
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.report import Result, Row, Table
from bench.setting import ROOT, Setting, say
from rejoinder.store import Record, Wanted
from rejoinder.web import links

#: So many of the largest of each kind, and as many drawn from all, are asked for so many times.
LEADING, DRAWN, ROUNDS = 10, 10, 5
READERS, SECONDS = 50, 60.0
#: Readers choose among so many drawn from all: most are pages that nobody has seen before.
_CHOICE = 400
#: A reader looks at a page for a second, give or take half of one.
THINKING = (0.5, 1.5)
#: What nobody asks for while they only read.
_DESK = frozenset({"desk", "desk item"})
_WORDS = ("sanctions", "nuclear deal", "border wall", "trade war", "airstrike", "election")
#: At the most, in milliseconds.
_ALONE, _TOGETHER = 150, 1000
_TOKEN = re.compile(r'name="token" value="([^"]+)"')

#: Addresses by the kind of page.
Addresses = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site that runs: where, and in which process."""

    host: str
    port: int
    process: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request: of which kind of page, its status, and how long it took in ms."""

    kind: str
    #: Nought where there was no answer.
    status: int
    milliseconds: float
    #: Whether nobody had asked for it before.
    first: bool = False


def serving(setting: Setting, record: Path | None = None, *, seconds: float = SECONDS) -> Result:
    """Ask for pages, one after the other and then with many readers.

    Args:
        setting: Where measuring takes place.
        record: A record in a file; the one that the measure `record` has left where None.
        seconds: How long the readers read.
    """
    path = record or setting.work / "record.db"
    if not path.exists():
        say(f"serving: there is no record at {path}; the measure “record” makes it")
        return Result(rows=[])
    addresses, choice = drawn(path, DRAWN), drawn(path, _CHOICE)
    with served(setting, path) as site:
        alone = _alone(site, addresses)
        memory = _memory(site.process)
        say("serving: every kind was asked for; now the readers come")
        read = {kind: told for kind, told in choice.items() if kind not in _DESK}
        together = _together(site, read, seconds=seconds, thinking=THINKING)
        hurried = _together(site, read, seconds=seconds / 3, thinking=(0, 0))
    return Result(
        rows=[
            *_size(path),
            *_rows_alone(alone),
            Row(what="memory of the server, all processes", measured=memory, unit="MB", digits=0),
            *_rows_together(together, seconds=seconds),
            Row(
                what="answers a second, readers who do not pause",
                measured=len(hurried) / (seconds / 3),
                digits=1,
            ),
        ],
        tables=[_table(alone, together)],
    )


def drawn(path: Path, count: int) -> Addresses:
    """Draw addresses of every kind of page from a record, the same in every run.

    Args:
        path: The record's file.
        count: How many of each kind are drawn from all, beside the largest.
    """
    chance = random.Random(1)
    with Record(path, create=False) as held:
        sides = [side for side, _ in held.facets("").sides]
        issues = [issue.id for issue in held.issues("", Wanted(biggest=True), limit=LEADING)]
        people = [profile.id for profile in held.profiles(limit=LEADING)]
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as rows:
        lot = partial(_lot, rows, chance, count)
        long = "SELECT name FROM versions WHERE latest ORDER BY length(text) DESC LIMIT ?"
        wide = "SELECT utterance FROM statements GROUP BY 1 ORDER BY count(*) DESC LIMIT ?"
        articles = [*_few(rows, long), *lot("versions", "name", "latest")]
        utterances = [*_few(rows, wide), *lot("statements", "utterance", "utterance IS NOT NULL")]
        talked = "EXISTS (SELECT 1 FROM statements WHERE issue = issues.id)"
        issues += lot("issues", "id", talked)
        people += lot("figures", "id", "seen > 0")
        doubted = lot("statements", "id", "version IN (SELECT id FROM versions WHERE latest)")
    many, some = sides[:LEADING], chance.sample(sides, min(count, len(sides)))
    pairs = [(many[0], other) for other in many[1:]]
    pairs += [(chance.choice(many), other) for other in some]
    return {
        "overview": ["/"],
        "exchange": ["/exchange", *(links.exchange(*pair) for pair in pairs)],
        "issue": [links.issue(number) for number in issues],
        "article": [links.article(name) for name in articles],
        "utterance": [links.utterance(number) for number in utterances],
        "actor": [links.actor(number) for number in people],
        "side": [links.side(side) for side in (*many, *some)],
        "search": [
            *(links.search(q=word) for word in _WORDS),
            *(links.search(q="talks", side=side) for side in many),
            *(links.search(side=side) for side in many),
        ],
        "issues": ["/issues", "/issues?biggest=1", *(links.issues(q=word) for word in _WORDS)],
        "desk": ["/desk", *(f"/desk?{urlencode({'side': side})}" for side in many[:3])],
        "desk item": [f"/desk/{number}" for number in doubted],
    }


def _few(rows: sqlite3.Connection, query: str) -> list[Any]:
    return [row[0] for row in rows.execute(query, (LEADING,))]


def _lot(
    rows: sqlite3.Connection, chance: random.Random, count: int, table: str, column: str, only: str
) -> list[Any]:
    """Draw rows of a table by chance, without a look at all of them."""
    (last,) = rows.execute(f"SELECT max(id) FROM {table}").fetchone()
    query = f"SELECT {column} FROM {table} WHERE id >= ? AND {only} ORDER BY id LIMIT 1"
    found = (rows.execute(query, (chance.randint(1, last),)).fetchone() for _ in range(count))
    return [row[0] for row in found if row]


@contextmanager
def served(setting: Setting, path: Path) -> Iterator[Site]:
    """Run `rejoinder serve` over a record, at a free port of this machine."""
    command = setting.program("serve", "--record", path, "--port", "0")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.stderr.readline() if process.stderr else ""
            found = re.search(r"http://([\d.]+):(\d+)/", told)
            if not found:
                raise RuntimeError(f"rejoinder serve says: {told}")
            yield Site(host=found[1], port=int(found[2]), process=process.pid)
        finally:
            process.terminate()


class Reader:
    """Somebody who asks for pages, one after the other, over one connection."""

    def __init__(self, site: Site, *, patience: float = 60) -> None:
        """Connect when the first page is asked for; wait no longer for one, in seconds."""
        self._line = http.client.HTTPConnection(site.host, site.port, timeout=patience)
        self._headers: dict[str, str] = {}

    def enter(self, name: str) -> None:
        """Say a name, as whoever goes to the desk has to."""
        self._line.request("GET", "/login")
        answer = self._line.getresponse()
        token = _TOKEN.search(answer.read().decode())
        form = urlencode({"name": name, "token": token[1] if token else "", "next": "/"})
        self._keep(answer)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._line.request("POST", "/login", form, {**self._headers, **kind})
        answer = self._line.getresponse()
        answer.read()
        self._keep(answer)

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        self._headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}

    def ask(self, kind: str, address: str, *, first: bool = False) -> Answer:
        """Ask for a page, maybe as the first one, and take the time until all of it is there."""
        start = time.perf_counter()
        try:
            self._line.request("GET", address, headers=self._headers)
            answer = self._line.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            self._line.close()
            status = 0
        taken = 1000 * (time.perf_counter() - start)
        return Answer(kind=kind, status=status, milliseconds=taken, first=first)


def _alone(site: Site, addresses: Addresses) -> list[Answer]:
    """Ask for every address once to warm it, then several times."""
    reader = Reader(site, patience=600)  # the site has only begun to begin
    reader.enter("bench")
    taken = [reader.ask(k, one, first=True) for k, told in addresses.items() for one in told]
    for _ in range(ROUNDS):
        for kind, told in addresses.items():
            # There is but one overview, and few lists: they are asked for as often as the others.
            times = max(1, (LEADING + DRAWN) // len(told))
            taken += [reader.ask(kind, address) for address in told for _ in range(times)]
    return taken


def _together(
    site: Site, addresses: Addresses, *, seconds: float, thinking: tuple[float, float]
) -> list[Answer]:
    """Let many read at once, from a process of their own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_crowd, site, addresses, seconds, thinking).result()


def _crowd(
    site: Site, addresses: Addresses, seconds: float, thinking: tuple[float, float]
) -> list[Answer]:
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(READERS) as readers:
        reading = [
            readers.submit(_read, site, addresses, end, thinking, number)
            for number in range(READERS)
        ]
        return [answer for one in reading for answer in one.result()]


def _read(
    site: Site, addresses: Addresses, end: float, thinking: tuple[float, float], number: int
) -> list[Answer]:
    """Ask for a page of any kind, look at it for a while, ask for another."""
    reader, chance, taken = Reader(site), random.Random(number), list[Answer]()
    kinds = sorted(addresses)
    time.sleep(chance.uniform(0, thinking[1]))  # they do not all come at once
    while time.monotonic() < end:
        kind = chance.choice(kinds)
        taken.append(reader.ask(kind, chance.choice(addresses[kind])))
        time.sleep(chance.uniform(*thinking))
    return taken


def p95(taken: Sequence[float]) -> float:
    """Return what 95 of 100 do not exceed."""
    return sorted(taken)[int(0.95 * (len(taken) - 1))]


def _by_kind(answers: Sequence[Answer], *, first: bool = False) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for answer in answers:
        if answer.first is first:
            found.setdefault(answer.kind, []).append(answer.milliseconds)
    return found


def _size(path: Path) -> list[Row]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as rows:
        ((articles,),) = rows.execute("SELECT count(*) FROM articles")
        ((statements,),) = rows.execute("SELECT count(*) FROM statements")
    return [
        Row(what="articles in the record that is served", measured=articles, digits=0),
        Row(what="statements in it", measured=statements, digits=0),
    ]


def _rows_alone(answers: Sequence[Answer]) -> list[Row]:
    wrong = [answer for answer in answers if answer.status != 200]
    return [
        *(
            Row(
                what=f"page, one reader, {kind}: p95",
                measured=p95(taken),
                unit="ms",
                at_most=_ALONE,
                digits=0,
            )
            for kind, taken in _by_kind(answers).items()
        ),
        Row(what="pages, one reader: errors", measured=len(wrong), at_most=0, digits=0),
    ]


def _rows_together(answers: Sequence[Answer], *, seconds: float) -> list[Row]:
    wrong = Counter(answer.status for answer in answers if answer.status != 200)
    if wrong:
        say(f"serving: {dict(wrong)} in place of 200")
    whole, taken = f"pages, {READERS} readers", [answer.milliseconds for answer in answers]
    bounded = partial(Row, unit="ms", at_most=_TOGETHER, digits=0)
    return [
        Row(what=f"{whole}: errors", measured=wrong.total(), at_most=0, digits=0),
        bounded(what=f"{whole}: p95", measured=p95(taken)),
        Row(what=f"{whole}: median", measured=statistics.median(taken), unit="ms", digits=0),
        Row(what=f"{whole}: answers a second", measured=len(answers) / seconds, digits=1),
    ]


def _table(alone: Sequence[Answer], together: Sequence[Answer]) -> Table:
    many, first = _by_kind(together), _by_kind(alone, first=True)
    rows = []
    for kind, taken in _by_kind(alone).items():
        told = [p95(first[kind]), statistics.median(taken), p95(taken), max(taken)]
        told += [p95(many[kind]), max(many[kind])] if kind in many else []
        rows.append([kind, *(f"{one:.0f}" for one in told), *([""] * (6 - len(told)))])
    return Table(
        title="Milliseconds by the kind of page",
        columns=(
            *("page", "the first time: p95", "warm: median", "p95", "longest"),
            *(f"{READERS} readers: p95", "longest"),
        ),
        rows=rows,
        note=(
            f"Of each kind the {LEADING} largest and {DRAWN} drawn by chance, {ROUNDS} times. "
            f"Readers choose among {_CHOICE} drawn by chance, where there are as many, and look at "
            f"a page for {THINKING[0]:g} to {THINKING[1]:g} seconds."
        ),
    )


def _memory(process: int) -> float:
    """Return the memory of a process and those that it has started, in MB; Linux only."""
    held = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:  # it has ended
            continue
        if process in (int(told["Pid"]), int(told["PPid"])) and "VmRSS" in told:
            held += int(told["VmRSS"].split()[0])
    return held / 1024


def main() -> None:
    """Run it and print what came of it; `bench.run` keeps the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description=__doc__)
    parser.add_argument("--record", type=Path, metavar="FILE")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    args = parser.parse_args()
    setting = Setting(shared=ROOT.parent / "shared")
    result = serving(setting, args.record, seconds=args.seconds)
    for row in result.rows:
        print(" | ".join(filter(None, row.cells())))
    for table in result.tables:
        for cells in (table.columns, *table.rows):
            print(" | ".join(cells))


if __name__ == "__main__":
    main()
