"""`rejoinder add`, `search`, `show`, `status`, `export`, `check`: the record of a dispute."""

from __future__ import annotations

import json as json_
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

import rejoinder
from rejoinder import book, pipeline
from rejoinder.cli.asked import ONCE, say_how_many
from rejoinder.cli.fetching import how_to_fetch
from rejoinder.cli.filtering import filtered
from rejoinder.cli.flat import ENDS, FLAT, NETWORKS, flat_parts
from rejoinder.cli.reading import how_to_read, sources_of
from rejoinder.cli.talk import Exit, bar_of, console, say, set_up_logging
from rejoinder.export import layout, wording
from rejoinder.export.json import as_found, line
from rejoinder.fetch import Fetcher, Manners
from rejoinder.model import Failure
from rejoinder.reading import count_inputs

if TYPE_CHECKING:
    from rejoinder.cli.filtering import Wanting
    from rejoinder.store import Hit, Status

#: Where the record is.
RECORD = click.option(
    "--record",
    "where",
    metavar="FILE",
    default="dispute.db",
    envvar="REJOINDER_RECORD",
    help="The record: a file, or the URL of a PostgreSQL database.",
)


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCES]...")
@RECORD
@how_to_read
@how_to_fetch
def add(
    sources: tuple[str, ...],
    *,
    where: str,
    actors: Path | None,
    samples: bool,
    max_chars: int,
    precise: bool,
    threads: int,
    jobs: int,
    quiet: bool,
    verbose: int,
    manners: Manners,
) -> Exit:
    """Read the reports at SOURCES and put them into the record.

    SOURCES are those of `rejoinder read`. An article goes in once: the same one again changes
    nothing, and what its outlet has changed is kept as a further version. A run that was stopped,
    in whatever way, loses and doubles nothing; the next one goes on. Of addresses, only what has
    changed is fetched again.

    \b
    Exit codes:
      0    done
      1    failed
      2    used wrongly
      3    done, but some inputs could not be read
      130  interrupted

    \b
    Examples:
      rejoinder add --samples
      rejoinder add --record iceland.db reports/
    """
    set_up_logging(verbose)
    named = sources_of(sources, samples=samples)
    known = book.Book.load(actors) if actors else None
    total = count_inputs(named)  # before the model is loaded: a mistyped name is answered at once
    from rejoinder import batch
    from rejoinder.store import Fetches, Record  # loads the database's library: a tenth of a second

    counts: Counter[str] = Counter()
    with (
        # Before the record, or a mistake would leave an empty one.
        batch.reader_of(jobs=jobs, threads=threads, book=known, precise=precise) as reader,
        Record(where) as record,
        Fetcher(manners, memory=Fetches(record)) as web,
        bar_of(total, quiet=quiet) as bar,
    ):
        items = pipeline.add_sources(
            named,
            record,
            reader=reader,
            program=rejoinder.__version__,
            stdin=sys.stdin.buffer,
            max_chars=max_chars,
            web=web,
        )
        for item in items:
            with bar.paused(item):
                if isinstance(item, Failure):
                    say(layout.failure(item))
                    counts["failed"] += 1
                else:
                    counts[item.outcome] += 1
                    counts["statements"] += item.statements
        counts["unchanged"] = web.unchanged
    if not quiet:
        say(added(counts))
    return Exit.SOME_INPUTS_FAILED if counts["failed"] else Exit.DONE


def added(counts: Counter[str]) -> str:
    """Say what went in."""
    told = [f"{layout.count(counts['new'], 'new report')}"]
    told += [f"{counts['changed']} changed"] if counts["changed"] else []
    told += [f"{counts['known']} known"] if counts["known"] else []
    told += [f"{counts['unchanged']} unchanged"] if counts["unchanged"] else []
    said = f"{', '.join(told)}; {layout.count(counts['statements'], 'statement')} added"
    lost = f"; {layout.count(counts['failed'], 'input')} could not be read"
    return said + (lost if counts["failed"] else "")


@click.command()
@RECORD
@ONCE
@click.option("--json", is_flag=True, help="Print one JSON object.")
def status(where: str, *, once: bool, json: bool) -> None:
    """Print how much the record holds.

    \b
    Examples:
      rejoinder status
      rejoinder status --json --record iceland.db
    """
    from rejoinder.store import Record

    with Record(where, create=False) as record:
        held = record.status(once=once)
    if json:
        click.echo(json_.dumps(asdict(held), default=str))
        return
    for row in _status(held):
        click.echo(row)


def _status(held: Status) -> list[str]:
    """Say for people how much a record holds."""
    dated = f"{held.first} to {held.last}" if held.first else "without dates"
    reports = f"{layout.count(held.articles, 'report')} of {layout.count(held.outlets, 'outlet')}"
    changed = held.versions - held.articles
    copied = {"an agency's": held.wire, "the same again": held.same, "a part of it": held.excerpts}
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in copied.items() if number)
    copies = f"{layout.count(sum(copied.values()), 'report')} with the words of another: {kinds}"
    return [
        f"{reports}, {dated}" + (f"; {changed} changed since" if changed else ""),
        *([copies] if kinds else []),
        f"{layout.count(held.statements, 'statement')}, {held.replies:,} that seem to answer "
        f"something ({held.ties:,} of them another statement), "
        f"{layout.count(held.framings, 'framing')}",
        f"{layout.count(held.utterances, 'utterance')} of {layout.count(held.actors, 'actor')}, "
        f"{held.shared:,} in several reports; {held.across:,} that answer one of another report",
        *([_decided(held)] if held.decisions else []),
        f"{layout.count(held.failures, 'input')} could not be read",
    ]


def _decided(held: Status) -> str:
    """Say how much people decided, and how much of what was found they took out."""
    said = f"{layout.count(held.decisions, 'decision')} of people"
    gone = layout.count(held.dismissed, "statement")
    return f"{said}; {gone} dismissed, counted nowhere else" if held.dismissed else said


@click.command()
@RECORD
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="All that is in it, for `rejoinder import`: earlier versions, how each came in, failures.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", *FLAT]),
    default="jsonl",
    help="JSON Lines; tables of statements or framings; a project of DNA; or networks.",
)
@click.option(
    "--by",
    type=click.Choice(ENDS),
    default=ENDS[0],
    help="Between whom --format ties, answers and graphml count.",
)
@filtered
def export(where: str, *, every: bool, form: str, by: str, wanting: Wanting) -> None:
    """Print what the record holds, one JSON object a line, one line a report.

    The options that choose statements are those of `rejoinder search`: whatever they do not admit
    is left out, and so are reports that have nothing else. Of answers, they choose what answers.

    --format statements gives a CSV table, a statement a row, with what a user of Discourse Network
    Analyzer codes: person, organization, concept, agreement, day and source; docs/codebook.md tells
    what each column means. dna gives the same as a project that Discourse Network Analyzer 3 opens.
    framings is a CSV table of what is called what, by whom and where.

    ties is a CSV list of edges: who does what in what it says to or of whom, how often and when,
    each utterance counted once. answers and graphml give who answers whom, as a CSV list of edges
    and for network programs. With --by sides, all three count between sides.

    \b
    Examples:
      rejoinder export > statements.jsonl
      rejoinder export --all --record iceland.db
      rejoinder export --format statements --once --side Iceland > statements.csv
      rejoinder export --format dna > dispute.dna
      rejoinder export --format ties --by sides --act accuse > accusations.csv
      rejoinder export --format graphml > answers.graphml
    """
    from rejoinder.store import Filter, Record
    from rejoinder.store.moving.chosen import readings
    from rejoinder.transfer import lines_of

    if every and form != "jsonl":
        raise click.UsageError("--all is for JSON Lines.")
    if by != ENDS[0] and form not in NETWORKS:
        raise click.UsageError("--by is for --format ties, answers and graphml.")
    with Record(where, create=False) as record:
        wanted = wanting(record)
        if every and wanted != Filter():
            raise click.UsageError("--all takes all; leave out what chooses statements.")
        if form in FLAT:
            for part in flat_parts(record, form, wanted, by=by):
                click.echo(part, nl=False)
            return
        for told in lines_of(record) if every else map(line, readings(record, wanted)):
            click.echo(told)


@click.command()
@RECORD
def check(where: str) -> Exit:
    """Print what is wrong with the record, a problem a line.

    It looks for damage of the file, for rows that lack others, and for spans outside their text.

    \b
    Exit codes:
      0  nothing is wrong
      1  there are problems, or there is no such record

    \b
    Examples:
      rejoinder check
      rejoinder check --record iceland.db
    """
    from rejoinder.store import Record

    out = console()
    end = Exit.DONE
    with Record(where, create=False) as record:
        for problem in record.problems():
            end = Exit.FAILED
            out.out(problem, highlight=False)
        if end is Exit.DONE:
            reports = layout.count(record.status().articles, "report")
            out.out(f"{reports}, no problems", highlight=False)
    return end


@click.command()
@click.argument("query", nargs=-1, metavar="[WORDS]...")
@RECORD
@filtered
@click.option("--words", "words_only", is_flag=True, help="Only what has all of WORDS.")
@click.option(
    "--sort",
    type=click.Choice(["rank", "newest", "oldest"]),
    default="rank",
    help="What comes first: what fits best, or by day, then only of what has all of WORDS.",
)
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    metavar="N",
    help="How many statements at most.",
)
@click.option("--json", is_flag=True, help="Print one JSON object a line, one line a statement.")
def search(
    query: tuple[str, ...],
    *,
    where: str,
    wanting: Wanting,
    words_only: bool,
    sort: str,
    limit: int,
    json: bool,
) -> None:
    """Print the statements of the record that have WORDS or mean the like, the best first.

    WORDS are looked for in what was said and in the names of speaker and target, without regard to
    case and accents; "words in quotation marks" have to stand together, and what is printed has no
    -word and no -"words in a row" with a hyphen before it. What lacks some of WORDS and means
    something like them is found as well and marked "by meaning", unless --words is given; words in
    quotation marks it has to have. What has all WORDS in a row comes first. An utterance is printed
    once, with the other reports that carry it. Without WORDS, whatever the options admit is
    printed, the latest first.

    \b
    Examples:
      rejoinder search talks
      rejoinder search --sort oldest 'talks -over'
      rejoinder search --act assert --limit 5 '"the talks were over"'
      rejoinder search --words --reply --kind direct talks
    """
    from rejoinder.store import Order, Record

    words = " ".join(query)
    with Record(where, create=False) as record:
        wanted = wanting(record)
        hits = record.search(words, wanted, limit=limit, words_only=words_only, order=Order(sort))
        odd = {} if any(not hit.by_meaning for hit in hits) else record.meant_words(words)
    for hit in hits:
        click.echo(json_.dumps(as_found(hit)) if json else _hit(hit))
    say_how_many(len(hits), more=len(hits) >= limit)
    for word, near in odd.items():
        say(wording.did_you_mean(word, near))


def _hit(hit: Hit) -> str:
    """Return a hit for people: who, what it does, what was said, and where that stands."""
    statement, article = hit.statement, hit.article
    who = wording.who(article.text, statement, (hit.side, hit.side_guessed))
    marks = [*layout.tags(statement), *(["by meaning"] if hit.by_meaning else [])]
    utterance = f"u{hit.utterance}" if hit.utterance else None
    stands = (utterance, f"{article.id}#{statement.id}", article.outlet, article.published)
    rows = (
        " · ".join([f"{who.name}{who.mark}", wording.act(statement), *marks]),
        f"    {layout.said(article.text, statement)}",
        f"    {' · '.join(str(fact) for fact in stands if fact)}",
        *([f"    also: {wording.also(hit.also)}"] if hit.also else []),
    )
    return "\n".join(layout.printable(row) for row in rows)
