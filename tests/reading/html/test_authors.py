"""Who wrote a page is told by names, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.reading.html.authors import names_in
from tests.reading.html.conftest import read_page


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Ann Vale; Ben Orr", ("Ann Vale", "Ben Orr")),
        ("Story by Ann Vale; by Ben Orr", ("Ann Vale", "Ben Orr")),
        ("Ann Vale; Ann Vale", ("Ann Vale",)),
        ("Ann Vale; Diplomatic Correspondent", ("Ann Vale",)),
        ("Ann Vale; AP National Security Writer", ("Ann Vale",)),
        ("Ann Vale Chief Foreign Correspondent", ("Ann Vale",)),
        ("ANN VALE; BEN ORR Associated Press", ("ANN VALE", "BEN ORR", "Associated Press")),
        ("Ann Vale; Reuters", ("Ann Vale", "Reuters")),
        ("The Associated Press", ("The Associated Press",)),
        ("Ann Vale The Harbour Post", ("Ann Vale",)),
        ("The Harbour Post; Harbour Post Staff; Post Sport", ()),
        ("Ann Vale Monday", ("Ann Vale",)),
        ("Ann Vale; May 6", ("Ann Vale",)),
        ("Ann May; Dorothy Day; Yan Sun", ("Ann May", "Dorothy Day", "Yan Sun")),
        ("Ann Vale; Jr", ("Ann Vale, Jr",)),
        ("Jr", ("Jr",)),
        ("Ann van der Vale", ("Ann van der Vale",)),
        ("Harbour; White; Ann House", ("White", "Ann House")),
        ("Jane Doe; November", ("Jane Doe",)),
        ("Jane Doe is a reporter", ()),
        ("A name that goes on and on without end", ()),
        (";;", ()),
        (None, ()),
    ],
)
def test_what_is_no_name_is_no_author(told: str | None, names: tuple[str, ...]) -> None:
    assert names_in(told, outlet="The Harbour Post") == names


@pytest.mark.parametrize(
    "told", ["admin", "Site Admin", "Staff", "Staff Writer", "News Desk", "Web Editor", "Agencies"]
)
def test_a_post_is_nobody(told: str) -> None:
    assert names_in(told) == ()


def _authors(markup: str, head: str = "") -> tuple[str, ...]:
    return read_page(markup, head=head).authors


@pytest.mark.parametrize(
    "byline",
    [
        "<p class='byline'>By Ann Vale and Ben Orr in Lisbon</p>",
        "<p>By Ann Vale and Ben Orr in Lisbon</p>",
        "<p class='byline'>By <a rel='author'>Ann Vale</a> and <a rel='author'>Ben Orr</a></p>",
    ],
)
def test_all_who_a_byline_names_are_authors(byline: str) -> None:
    assert _authors(byline) == ("Ann Vale", "Ben Orr")


@pytest.mark.parametrize(
    "nobody", ["www.harbour.example/by/ann", "https://social.example/ann", "admin", "Site Admin"]
)
@pytest.mark.parametrize("name", ["name='author'", "property='article:author'"])
def test_the_byline_is_asked_where_the_head_names_nobody(nobody: str, name: str) -> None:
    head = f"<meta {name} content='{nobody}'>"
    assert _authors("<p class='byline'>By Ben Orr</p>", head) == ("Ben Orr",)
    assert _authors("", head) == ()


def test_an_address_without_end_is_no_trouble() -> None:
    assert _authors("", f"<meta name='author' content='{'a.' * 200_000}'>") == ()


def test_a_link_to_the_author_of_another_report_names_nobody_here() -> None:
    other = "<div><a rel='author'>Orla Brandt</a></div>"
    assert _authors(f"<p>By <a rel='author'>Ann Vale</a></p>{other}") == ("Ann Vale",)


WORDS = st.sampled_from(("Ann", "Vale", "Staff", "Monday", "6", "Post", "Reuters", ";", "by", "Jr"))


@given(st.lists(WORDS), st.sampled_from((None, "The Post", "Vale")))
def test_names_are_words_of_what_was_told(words: list[str], outlet: str | None) -> None:
    told = " ".join(words)
    names = names_in(told, outlet=outlet)
    assert len({*names}) == len(names)
    assert all(name and {*name.replace(",", "").split()} <= {*told.split()} for name in names)
