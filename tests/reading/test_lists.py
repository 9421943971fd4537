"""Feeds, sitemaps and OPML: what they say of the pages that they lead to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rejoinder.errors import UnreadableSource
from rejoinder.model import Failure
from rejoinder.reading import FORMATS, lists
from rejoinder.reading.draft import Listed
from rejoinder.reading.inputs import opened

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Valley Post: World</title>
<item><title>Talks &amp; tolls</title><link>https://valley.example/a</link>
<pubDate>Thu, 05 Mar 2026 23:30:00 -0500</pubDate>
<source url="https://hill.example/feed">Hill Times</source></item>
<item><title>By its guid</title><guid>https://valley.example/b</guid></item>
<item><title>Nowhere</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Post</title><entry>
<title>Talks</title><link rel="self" href="https://valley.example/self"/>
<link rel="alternate" href="https://valley.example/a"/>
<published>2026-03-04T23:30:00-05:00</published><updated>2026-03-05T10:00:00Z</updated>
</entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel><title>Valley</title></channel>
<item rdf:about="x"><title>Talks</title><link>https://valley.example/a</link></item></rdf:RDF>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><image:image><image:loc>https://valley.example/p.png</image:loc></image:image>
<loc> https://valley.example/a </loc><lastmod>2026-03-05</lastmod><news:news><news:publication>
<news:name>Valley Post</news:name></news:publication><news:title>Talks</news:title>
<news:publication_date>2026-03-04T23:30:00-05:00</news:publication_date></news:news></url>
<url><loc>https://valley.example/b</loc><lastmod>2026-03-05T10:00:00+02:00</lastmod></url>
<url><loc>mailto:desk@valley.example</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://valley.example/1.xml.gz</loc></sitemap></sitemapindex>"""
OPML = """<opml version="2.0"><head><title>Mine</title></head><body><outline text="World">
<outline text="Valley" type="rss" xmlUrl="https://valley.example/feed" htmlUrl="https://v.example/"/>
</outline><outline type="include" url="https://valley.example/more.opml"/></body></opml>"""


def read(path: Path, text: str) -> list[object]:
    """Read a list from a file, as the format that its bytes show."""
    path.write_text(text, encoding="utf-8")
    with opened(str(path), None) as stream:
        format = next(each for each in FORMATS if each.looks_like(stream.head))
        assert format.is_list
        return list(format.read(stream))


def test_a_feed_names_pages_with_title_outlet_and_local_day(tmp_path: Path) -> None:
    first, second, failure = read(tmp_path / "a.xml", RSS)
    assert first == Listed(
        address="https://valley.example/a",
        title="Talks & tolls",
        outlet="Hill Times",
        published=date(2026, 3, 5),
        changed=datetime(2026, 3, 6, 4, 30, tzinfo=UTC),
    )
    assert second == Listed(address="https://valley.example/b", title="By its guid")
    assert isinstance(failure, Failure) and failure.step == "links"


def test_an_atom_feed_tells_when_its_entries_changed(tmp_path: Path) -> None:
    (entry,) = read(tmp_path / "a.xml", ATOM)
    assert entry == Listed(
        address="https://valley.example/a",
        title="Talks",
        published=date(2026, 3, 4),
        changed=datetime(2026, 3, 5, 10, 0, tzinfo=UTC),
    )


def test_old_feeds_are_feeds(tmp_path: Path) -> None:
    (entry,) = read(tmp_path / "a.xml", RDF)
    assert entry == Listed(address="https://valley.example/a", title="Talks")


DUBLIN_CORE = RDF.replace("<rdf:RDF", '<rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/"')


@pytest.mark.parametrize(
    "text",
    [
        DUBLIN_CORE.replace("</link></item>", "</link><dc:date>{}</dc:date></item>"),
        ATOM.replace("2026-03-05T10:00:00Z", "{}").replace(
            "<published>2026-03-04T23:30:00-05:00</published>", ""
        ),
    ],
)
def test_an_entry_that_says_only_when_it_changed_has_that_day(tmp_path: Path, text: str) -> None:
    (entry,) = read(tmp_path / "a.xml", text.format("2026-03-04T23:30:00-05:00"))
    assert isinstance(entry, Listed)
    assert entry.published == date(2026, 3, 4)
    assert entry.changed == datetime(2026, 3, 5, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "day", "changed"),
    [
        ("March 5, 2026", date(2026, 3, 5), datetime.max.replace(2026, 3, 5, tzinfo=UTC)),
        ("20260305", date(2026, 3, 5), datetime.max.replace(2026, 3, 5, tzinfo=UTC)),
        (
            "Thu, 05 Mar 2026 23:30:00 -0500",
            date(2026, 3, 5),
            datetime(2026, 3, 6, 4, 30, tzinfo=UTC),
        ),
        ("2026-03", None, None),
        ("04/03/2026", None, None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_dates_of_a_sitemap_are_read_in_the_usual_forms(
    tmp_path: Path, told: str, day: date | None, changed: datetime | None
) -> None:
    text = (
        f"<urlset><url><loc>https://valley.example/a</loc><lastmod>{told}</lastmod><news>"
        f"<publication_date>{told}</publication_date></news></url></urlset>"
    )
    (entry,) = read(tmp_path / "a.xml", text)
    assert isinstance(entry, Listed)
    assert (entry.published, entry.changed) == (day, changed)


def test_a_sitemap_names_pages_and_no_pictures(tmp_path: Path) -> None:
    first, second, failure = read(tmp_path / "a.xml", SITEMAP)
    assert first == Listed(
        address="https://valley.example/a",
        title="Talks",
        outlet="Valley Post",
        published=date(2026, 3, 4),
        changed=datetime(2026, 3, 5, 23, 59, 59, 999999, tzinfo=UTC),
    )
    assert isinstance(second, Listed) and second.changed == datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
    assert isinstance(failure, Failure) and failure.step == "links"


def test_an_index_and_opml_name_further_lists(tmp_path: Path) -> None:
    assert read(tmp_path / "a.xml", INDEX) == [
        Listed(address="https://valley.example/1.xml.gz", page=False)
    ]
    assert read(tmp_path / "b.xml", OPML) == [
        Listed(address="https://valley.example/feed", page=False),
        Listed(address="https://valley.example/more.opml", page=False),
    ]


def test_what_came_before_a_break_is_given(tmp_path: Path) -> None:
    for text in (SITEMAP[:-60] + "<broken", OPML.replace("</body>", "</outline>")):
        path = tmp_path / "a.xml"
        path.write_text(text, encoding="utf-8")
        found: list[object] = []
        with opened(str(path), None) as stream:
            format = next(each for each in FORMATS if each.looks_like(stream.head))
            with pytest.raises(UnreadableSource, match="broken XML"):
                found.extend(iter_all(format.read(stream), found))
        assert found


def iter_all(items: object, found: list[object]) -> list[object]:
    """Put items into `found` one by one, so that those before an error are kept."""
    for item in items:  # type: ignore[attr-defined]
        found.append(item)
    return []


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("https://secret.example/", encoding="utf-8")
    doctype = f'<!DOCTYPE urlset [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    text = f"{doctype}<urlset><url><loc>https://valley.example/&a;</loc></url></urlset>"
    assert "secret.example" not in repr(read(tmp_path / "a.xml", text))
    many = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 20}">' for n in range(10))
    bomb = f'<!DOCTYPE urlset [<!ENTITY a0 "aaaaaaaaaa">{many}]>'
    text = f"{bomb}<urlset><url><loc>https://valley.example/&a10;</loc></url></urlset>"
    try:
        found = read(tmp_path / "b.xml", text)
    except UnreadableSource:  # as newer versions of the parser do
        return
    assert len(repr(found)) < 1_000


def test_a_list_without_end_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LONGEST", 100_000)
    entry = "<url><loc>https://valley.example/a</loc></url>"
    with pytest.raises(UnreadableSource, match="too large"):
        read(tmp_path / "a.xml", f"<urlset>{entry * 5_000}</urlset>")


def test_what_only_looks_like_a_feed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="feed"):
        read(tmp_path / "a.xml", "<feed>\n\nnothing")
