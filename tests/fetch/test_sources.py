"""Addresses as sources: pages, feeds and archives become articles and go into a record once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rejoinder import pipeline
from rejoinder.fetch import Fetcher, Manners, id_of
from rejoinder.model import Article, Failure
from rejoinder.pipeline import Added, Finder
from rejoinder.reading import count_inputs, read_articles
from rejoinder.store import Fetches, Record

Site = Any  # tests/fetch/conftest.py
Report = Callable[..., str]
NEAR = Manners(allow_private=True, pause=0)


@pytest.fixture(scope="module")
def report() -> Report:
    """Return a maker of pages with a report."""

    def make(said: str, *, speaker: str = "Ann", dated: bool = True, title: str = "Talks") -> str:
        day = '<meta property="article:published_time" content="2026-03-05T09:00:00Z">'
        return (
            f'<html lang="en"><head><title>{title}</title>{day if dated else ""}'
            '<meta property="og:site_name" content="Valley Post"></head>'
            f"<body><article><h1>{title}</h1>"
            "<p>The two delegations met for the third time this week in the customs house.</p>"
            f"<p>{speaker} said {said}.</p>"
            "<p>The river has been closed to ships since the beginning of the year, and the "
            "towns along it have begun to feel the want of trade.</p></article></body></html>"
        )

    return make


def feed(site: Site, *paths: str, updated: str = "2026-03-05T10:00:00Z") -> str:
    entries = "".join(
        f'<entry><title>Listed</title><link href="{site.at(path)}"/><updated>{updated}</updated>'
        "<published>2026-03-04T10:00:00Z</published></entry>"
        for path in paths
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley</title>{entries}</feed>'


def urls(site: Site, *paths: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>{site.at(path)}</loc></url>' for path in paths)}</urlset>"


def index(site: Site, *paths: str) -> str:
    found = "".join(f"<sitemap><loc>{site.at(path)}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{found}</sitemapindex>"


def opml(site: Site, *paths: str) -> str:
    found = "".join(f'<outline xmlUrl="{site.at(path)}"/>' for path in paths)
    return f"<opml><body>{found}</body></opml>"


def read(web: Fetcher, *sources: str) -> list[Article | Failure]:
    return list(read_articles(sources, web=web))


def articles(found: Sequence[object]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def failures(found: Sequence[object]) -> list[Failure]:
    return [item for item in found if isinstance(item, Failure)]


def test_a_page_is_an_article(site: Site, web: Fetcher, report: Report) -> None:
    site.put("/a", report("the talks were over"))
    site.pages["/moved"] = (301, {"Location": "/a"}, b"")
    (article,) = articles(read(web, site.at("/moved")))
    assert article.source == site.at("/moved")
    assert (article.url, article.id) == (site.at("/a"), id_of(site.at("/a")))
    assert (article.outlet, article.published, article.published_from) == (
        *("Valley Post", date(2026, 3, 5), "page"),
    )
    assert "Ann said the talks were over." in article.text


def test_plain_text_stays_as_it_is(site: Site, web: Fetcher) -> None:
    text = "The minister came in at nine. Ann said the talks were over for now.\n"
    site.put("/a", text.replace("Ann", "Zoë").encode("latin-1"), "text/plain; charset=latin-1")
    (article,) = articles(read(web, site.at("/a")))
    assert article.text == text.replace("Ann", "Zoë")


def test_the_encoding_that_the_server_tells_counts(
    site: Site, web: Fetcher, report: Report
) -> None:
    page = report("the talks were over", speaker="Žofie").encode("iso8859-2")
    site.put("/a", page, "text/html; charset=iso-8859-2")
    (article,) = articles(read(web, site.at("/a")))
    assert "Žofie said" in article.text


def test_a_feed_leads_to_its_pages_and_lends_what_they_lack(
    site: Site, web: Fetcher, report: Report
) -> None:
    site.put("/feed", feed(site, "/a", "/b", "/gone"), "text/html")  # as many servers say
    site.put("/a", report("the talks were over"))
    site.put("/b", report("the tolls were too high", dated=False))
    found = read(web, site.at("/feed"))
    one, two = articles(found)
    assert (one.published, one.published_from) == (date(2026, 3, 5), "page")
    assert (two.published, two.published_from) == (date(2026, 3, 4), "feed")
    assert (one.title, one.url, one.source) == ("Talks", site.at("/a"), site.at("/a"))
    (failure,) = failures(found)
    assert (failure.source, failure.step) == (site.at("/gone"), "fetch")


def test_the_day_in_an_address_counts_where_nothing_else_gives_one(
    site: Site, web: Fetcher, report: Report
) -> None:
    site.put("/feed", feed(site, "/2026/02/01/a"), "application/atom+xml")
    site.put("/2026/02/01/a", report("the talks were over", dated=False))
    site.put("/2026/02/01/b", report("the tolls were too high"))
    site.put("/2026/02/01/c", report("the river was open", dated=False))
    named = (site.at("/feed"), site.at("/2026/02/01/b"), site.at("/2026/02/01/c"))
    found = [(one.published, one.published_from) for one in articles(read(web, *named))]
    assert found == [
        (date(2026, 3, 4), "feed"),
        (date(2026, 3, 5), "page"),
        (date(2026, 2, 1), "address"),
    ]


@pytest.mark.parametrize(("name", "made"), [("a.rss", feed), ("a.xml", urls), ("a.opml", opml)])
def test_a_list_in_a_file_does_the_same(
    site: Site, web: Fetcher, report: Report, tmp_path: Path, name: str, made: Any
) -> None:
    site.put("/a", report("the talks were over"))
    (tmp_path / name).write_text(made(site, "/a"), encoding="utf-8")
    (article,) = articles(read(web, str(tmp_path / name)))
    assert article.url == site.at("/a")
    assert count_inputs([str(tmp_path / name)]) is None


def test_a_list_in_a_file_may_lead_to_what_cannot_be_had(
    site: Site, report: Report, tmp_path: Path
) -> None:
    site.put("/b", report("the talks were over"))
    (tmp_path / "a.rss").write_text(feed(site, "/gone", "/b", "/c"), encoding="utf-8")
    with Fetcher(replace(NEAR, max_pages=2)) as web:
        found = read(web, str(tmp_path / "a.rss"))
    assert [article.url for article in articles(found)] == [site.at("/b")]
    assert [each.step for each in failures(found)] == ["fetch", "links"]


def test_a_list_in_a_folder_fetches_nothing(site: Site, web: Fetcher, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ann said the talks were over for now.", encoding="utf-8")
    for name, made in (("b.rss", feed), ("c.opml", opml), ("d.xml", urls)):
        (tmp_path / name).write_text(made(site, "/a"), encoding="utf-8")
    assert len(read(web, str(tmp_path))) == 1
    assert site.asked == []


def test_sitemaps_are_found_behind_an_index_packed_too(
    site: Site, web: Fetcher, report: Report
) -> None:
    site.put("/index.xml", index(site, "/1.xml", "/2.xml.gz"), "application/xml")
    site.put("/1.xml", urls(site, "/a", "/b"), "text/xml")
    packed = gzip.compress(urls(site, "/b", "/c").encode())
    site.put("/2.xml.gz", packed, "application/octet-stream")
    for path in ("/a", "/b", "/c"):
        site.put(path, report(f"it was {path[1:]}"))
    found = articles(read(web, site.at("/index.xml"), site.at("/c#part")))
    assert [article.url for article in found] == [site.at(path) for path in ("/a", "/b", "/c")]
    assert site.paths().count("/b") == 1


def test_lists_without_end_are_left(site: Site, web: Fetcher) -> None:
    site.pages["/loop.xml"] = (
        *(200, {"Content-Type": "text/xml"}, index(site, "/loop.xml", "/1.xml").encode()),
    )
    for number in range(1, 20):
        site.put(f"/{number}.xml", index(site, f"/{number + 1}.xml"), "text/xml")
    (failure,) = failures(read(web, site.at("/loop.xml")))
    assert failure.step == "links"
    assert site.paths() == ["/loop.xml", "/1.xml", "/2.xml", "/3.xml", "/4.xml"]


def test_a_page_of_a_list_may_not_be_a_list(site: Site, web: Fetcher) -> None:
    site.put("/1.xml", urls(site, "/2.xml"), "text/xml")
    site.put("/2.xml", urls(site, "/3.xml"), "text/xml")
    (failure,) = failures(read(web, site.at("/1.xml")))
    assert (failure.source, failure.step) == (site.at("/2.xml"), "links")
    assert site.paths() == ["/1.xml", "/2.xml"]


def test_a_run_follows_so_many_pages_and_the_next_one_goes_on(
    site: Site, report: Report, finder: Finder, tmp_path: Path
) -> None:
    paths = [f"/{number}" for number in range(5)]
    site.put("/1.xml", urls(site, *paths), "text/xml", ETag='"1"')
    for path in paths:
        site.put(path, report(f"it was {path[1:]}"))
    manners = replace(NEAR, max_pages=3)
    with Record(tmp_path / "a.db") as record:
        found = add(record, finder, site.at("/1.xml"), manners=manners)
        assert (len(outcomes(found)), [each.step for each in failures(found)]) == (3, ["links"])
        assert [each.source for each in record.failures()] == [site.at("/1.xml")]
        assert outcomes(add(record, finder, site.at("/1.xml"), manners=manners)) == ["new", "new"]
        assert record.failures() == ()
        site.paths()
        assert add(record, finder, site.at("/1.xml"), manners=manners) == []
        assert site.paths() == ["/1.xml"]


def test_what_is_no_report_is_a_failure_with_its_reason(site: Site, web: Fetcher) -> None:
    site.put("/short", "<html><body><p>Nothing here.</p></body></html>")
    site.put("/pdf", b"%PDF-1.7 ...")
    site.put("/empty", b"")
    site.put("/png", b"\x89PNG", "image/png")
    site.put("/feed", "<rss><nothing", "application/rss+xml")
    paths = ("/short", "/pdf", "/empty", "/png", "/feed", "/gone")
    found = failures(read(web, *(site.at(path) for path in paths), "http://a:b@c.example/"))
    assert [failure.step for failure in found] == [
        *("body", "decode", "body", "type", "parse", "fetch", "address"),
    ]


def test_private_addresses_in_a_feed_are_refused(
    site: Site, report: Report, tmp_path: Path
) -> None:
    site.put("/a", report("the talks were over"))
    (tmp_path / "a.rss").write_text(feed(site, "/a"), encoding="utf-8")
    (failure,) = failures(list(read_articles([str(tmp_path / "a.rss")], web=Fetcher())))
    assert failure.step == "address"
    assert site.asked == []


def test_an_archive_at_an_address_is_read(site: Site, web: Fetcher, report: Report) -> None:
    pytest.importorskip("fastwarc")
    page = report("the talks were over").encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://valley.example/a\r\n"
        "WARC-Date: 2026-03-05T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    packed = gzip.compress(head.encode() + http + b"\r\n\r\n")
    site.put("/a.warc.gz", packed, "application/octet-stream")
    (article,) = articles(read(web, site.at("/a.warc.gz")))
    assert article.source == site.at("/a.warc.gz:0")
    assert article.url == "https://valley.example/a"


def add(
    record: Record, finder: Finder, *sources: str, manners: Manners = NEAR
) -> list[Added | Failure]:
    with Fetcher(manners, memory=Fetches(record)) as web:
        return list(
            pipeline.add_sources(sources, record, extractor=finder, program="test", web=web)
        )


def outcomes(found: Sequence[object]) -> list[str]:
    return [str(item.outcome) for item in found if isinstance(item, Added)]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "dispute.db")


def test_the_second_time_only_news_is_fetched(
    site: Site, report: Report, finder: Finder, record: Record
) -> None:
    site.put("/feed", feed(site, "/a", "/b"), "application/atom+xml", ETag='"1"')
    site.put("/a", report("the talks were over"), ETag='"a"')
    site.put("/b", report("the tolls were too high"))
    with record:
        assert outcomes(add(record, finder, site.at("/feed"))) == ["new", "new"]
        site.paths()
        assert add(record, finder, site.at("/feed")) == []
        assert site.paths() == ["/feed"]
        site.put("/feed", feed(site, "/c", "/a", "/b"), "application/atom+xml", ETag='"2"')
        site.put("/c", report("the river was open"))
        assert outcomes(add(record, finder, site.at("/feed"))) == ["new"]
        assert site.paths() == ["/feed", "/c"]


def test_an_entry_that_has_changed_is_asked_for_with_conditions(
    site: Site, report: Report, finder: Finder, record: Record
) -> None:
    site.put("/feed", feed(site, "/a", "/b"), "application/atom+xml")
    site.put("/a", report("the talks were over"), ETag='"1"')
    site.put("/b", report("the tolls were too high"), ETag='"1"')
    with record:
        add(record, finder, site.at("/feed"))
        later = feed(site, "/a", "/b", updated="2999-03-05T10:00:00Z")
        site.put("/feed", later, "application/atom+xml")
        site.put("/b", report("the tolls were far too high"), ETag='"2"')
        site.paths()
        assert outcomes(add(record, finder, site.at("/feed"))) == ["changed"]
        assert site.paths() == ["/feed", "/a", "/b"]
        assert (record.status().articles, record.status().versions) == (2, 3)


def test_a_page_that_is_named_is_asked_for_with_conditions(
    site: Site, report: Report, finder: Finder, record: Record
) -> None:
    site.put("/a", report("the talks were over"), ETag='"1"')
    with record:
        assert outcomes(add(record, finder, site.at("/a"))) == ["new"]
        assert add(record, finder, site.at("/a")) == []
        site.put("/a", report("the talks were not over"), ETag='"2"')
        assert outcomes(add(record, finder, site.at("/a"))) == ["changed"]


def test_who_is_stopped_between_fetching_and_adding_fetches_again(
    site: Site, report: Report, finder: Finder, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/feed", feed(site, "/a", "/b"), "application/atom+xml", ETag='"1"')
    for path in ("/a", "/b"):
        site.put(path, report(f"it was {path[1:]}"), ETag='"1"')
    with record:
        real, left = record.add, [1]

        def stopping(reading: Any, *, run: int) -> Any:
            if not left.pop():
                raise KeyboardInterrupt
            left.append(0)
            return real(reading, run=run)

        monkeypatch.setattr(record, "add", stopping)
        with pytest.raises(KeyboardInterrupt):
            add(record, finder, site.at("/feed"))
        monkeypatch.setattr(record, "add", real)
        assert record.status().articles == 1
        assert outcomes(add(record, finder, site.at("/feed"))) == ["new"]
        assert record.status().articles == 2


def test_what_cannot_be_fetched_is_tried_again_and_its_list_asked_for_in_full(
    site: Site, report: Report, finder: Finder, record: Record
) -> None:
    site.put("/feed", feed(site, "/a"), "application/atom+xml", ETag='"1"')
    site.pages["/a"] = (503, {}, b"")
    with record:
        (failure,) = failures(add(record, finder, site.at("/feed")))
        assert record.failures() == (failure,)
        site.put("/a", report("the talks were over"))
        assert outcomes(add(record, finder, site.at("/feed"))) == ["new"]
        assert record.failures() == ()


@pytest.mark.parametrize(
    "answer",
    [
        *((status, {}, b"nothing") for status in (401, 403, 404)),
        (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
    ],
)
def test_a_page_that_is_refused_once_is_asked_for_again(
    site: Site, report: Report, finder: Finder, record: Record, answer: Any
) -> None:
    site.put("/feed", feed(site, "/a"), "application/atom+xml", ETag='"1"')
    site.pages["/a"] = answer
    with record:
        (failure,) = failures(add(record, finder, site.at("/feed")))
        assert record.failures() == (failure,)
        assert failures(add(record, finder, site.at("/feed"))) == [failure]
        site.put("/a", report("the talks were over"))
        assert outcomes(add(record, finder, site.at("/feed"))) == ["new"]
        assert record.failures() == ()


def test_a_listed_page_without_a_report_is_not_fetched_each_time(
    site: Site, finder: Finder, record: Record
) -> None:
    site.put("/feed", feed(site, "/short", "/gone"), "application/atom+xml")
    site.put("/short", "<html><body><p>Nothing here.</p></body></html>", ETag='"1"')
    site.pages["/gone"] = (410, {}, b"")
    with record:
        assert len(failures(add(record, finder, site.at("/feed")))) == 2
        site.paths()
        assert add(record, finder, site.at("/feed")) == []
        assert site.paths() == ["/feed"]
        # Named, it is asked for in full, so that it is told again what is wrong.
        (failure,) = failures(add(record, finder, site.at("/short")))
        assert failure.step == "body"
        assert len(record.failures()) == 2
