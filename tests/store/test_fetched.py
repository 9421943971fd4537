"""What a record remembers of fetching, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rejoinder.fetch import Fetched
from rejoinder.model import Article, Failure, Reading
from rejoinder.store import Fetches, Record, stands_as

PAGE = "https://valley.example/talks"
TOLD = Fetched(
    address=PAGE,
    etag='"é\x00"',
    last_modified="Thu, 05 Mar 2026 09:00:00 GMT",
    when=datetime(2026, 3, 5, 9, 0, tzinfo=UTC),
    status=200,
)


def test_what_is_noted_is_recalled_and_the_last_note_counts(record: Record) -> None:
    memory = Fetches(record)
    assert memory.recall(PAGE) is None
    memory.note(TOLD)
    memory.note(replace(TOLD, address="https://valley.example/other", etag=None))
    assert memory.recall(PAGE) == TOLD
    later = replace(TOLD, etag=None, status=304, when=datetime(2026, 3, 6, tzinfo=UTC))
    memory.note(later)
    assert memory.recall(PAGE) == later


@pytest.mark.parametrize(
    ("step", "status", "over"),
    [
        ("fetch", 200, True),
        ("links", 304, True),
        ("fetch", 404, False),
        ("body", 200, False),
    ],
)
def test_a_failure_of_fetching_is_over_when_the_address_can_be_had(
    record: Record, step: str, status: int, over: bool
) -> None:
    run = record.begin(program="test", weights="none")
    for address in (PAGE, PAGE + "2"):
        record.fail(Failure(source=address, step=step, reason="no"), run=run)
    Fetches(record).note(replace(TOLD, status=status))
    left = [failure.source for failure in record.failures()]
    assert left == ([PAGE + "2"] if over else [PAGE, PAGE + "2"])


def test_an_article_stands_under_its_name_with_the_number_of_its_version(record: Record) -> None:
    run = record.begin(program="test", weights="none")
    first = Article(id="a", text="It was over.", url=PAGE, source=PAGE)
    other = Article(id="a", text="It had begun.", url=PAGE + "2", source=PAGE + "2")
    changed = replace(first, text="It was not over.")
    assert stands_as(record, first) is None
    for article in (first, other):
        record.add(Reading(article=article), run=run)
    assert (stands_as(record, first), stands_as(record, other)) == (("a", 1), ("a-2", 1))
    record.add(Reading(article=changed), run=run)
    assert stands_as(record, changed) == ("a", 2)


def test_a_page_is_found_again_whatever_folder_the_program_runs_in(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = record.begin(program="test", weights="none")
    record.fail(Failure(source="https://valley.example:8080", step="fetch", reason="no"), run=run)
    monkeypatch.chdir("/")
    article = Article(id="a", text="It was over.", source="https://valley.example:8080")
    record.add(Reading(article=article), run=run)
    assert record.failures() == ()
