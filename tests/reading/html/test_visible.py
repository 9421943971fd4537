"""Pages say what a browser shows: marks around quotations, nothing that is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from rejoinder.reading import html
from rejoinder.reading.html.visible import as_shown


def _shown(markup: str) -> str:
    tree = fromstring(f"<div><p>{markup}</p></div>")
    as_shown(tree)
    return str(tree.text_content())


def _quote(parts: list[str]) -> str:
    return f"a <q>{' '.join(parts)}</q> b"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("called it <q>legal</q> and left", "called it “legal” and left"),
        ("<q> a <q>real</q> row </q>, he said", "“a ‘real’ row”, he said"),
        ("<q><q>One</q> of <i>two</i></q>", "“‘One’ of two”"),
        ("<q>a <q>b <q>c</q></q></q>", "“a ‘b “c”’”"),
        ("it is <q><!-- -->so</q>", "it is “so”"),
        ("called it “<q>legal</q>”", "called it “legal”"),
        ('called it <q>"legal"</q>', 'called it "legal"'),
        ("the allies' <q>plan</q>", "the allies' “plan”"),
        ("no <q> </q>words", "no  words"),
    ],
)
def test_a_quotation_by_markup_gets_its_marks(markup: str, text: str) -> None:
    assert _shown(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Seen <b hidden>not <i hidden>at all</i></b>here", "Seen here"),
        ("Seen <span hidden=''>not</span>here", "Seen here"),
        ("Seen <template><b>not</b></template>here", "Seen here"),
        ("Seen <b hidden='until-found'>here</b>", "Seen here"),
        ("Seen <template shadowrootmode='open'>here</template>", "Seen here"),
    ],
)
def test_what_is_hidden_goes(markup: str, text: str) -> None:
    assert _shown(markup) == text


LONG = (
    "The minister said on Monday that the ship would stay in port until Friday, whatever Lisbon "
    * 2
)


@pytest.mark.parametrize(
    "table",
    [
        f"<tr><td><a>Home</a></td><td>{LONG}</td></tr>".replace(LONG, LONG * 2),
        f"<tbody><tr><td><p>{LONG}</p></td></tr><tr><td><p>{LONG}</p></td></tr></tbody>",
        f"<tr><td><table><tr><th>Ship</th></tr></table>{LONG}{LONG}</td></tr>",
    ],
)
def test_a_table_for_layout_is_none(table: str) -> None:
    tree = fromstring(f"<div><table>{table}</table></div>")
    before = tree.text_content()
    as_shown(tree)
    assert tree.find("table") is None and tree.text_content() == before
    assert len(tree.findall(".//table")) == table.count("<table>")


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>Oslo</td><td>3</td></tr>" * 30,
        f"<tr><th>Who</th><th>What</th></tr><tr><td>Vale</td><td>{LONG}{LONG}</td></tr>",
        f"<caption>Ships</caption><tr><td>{LONG}{LONG}</td></tr>",
        f"<thead></thead><tr><td>{LONG}{LONG}</td></tr>",
        f"<tr><td class='quote'>{LONG}</td></tr>",
        "",
    ],
)
def test_a_table_of_data_stays_one(table: str) -> None:
    tree = fromstring(f"<div><table>{table}</table></div>")
    as_shown(tree)
    assert tree.find("table") is not None


def test_a_report_in_a_table_has_its_paragraphs() -> None:
    said = [
        f"Vale said on day {i} that the ship would stay, and that Oslo knew it." for i in range(9)
    ]
    rows = "".join(f"<tr><td><p>{words}</p></td></tr>" for words in said)
    page = f"<html><body><table><tr><td><a href='/'>Home</a></td></tr>{rows}</table></body></html>"
    assert html.draft_of(page, id="row", source="row.html").text.split("\n") == said


def _blocks(markup: str) -> list[str]:
    """Return the paragraphs and blocks that are shown of a page."""
    tree = fromstring(f"<html><body>{markup}</body></html>")
    as_shown(tree)
    return [" ".join(words.split()) for words in tree.itertext() if words.strip()]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>She said:</p><blockquote>We go.</blockquote>", ["She said:", "“We go.”"]),
        (
            "<p>She wrote on Monday.</p><blockquote><p>We go.</p><p>Now.</p></blockquote>",
            ["She wrote on Monday.", "“We go.", "“Now.”"],
        ),
        (
            "<div>It reads:<div><blockquote><p>We go.</p><p>— Ann</p></blockquote></div></div>",
            ["It reads:", "“We go.”", "— Ann"],
        ),
    ],
)
def test_a_block_of_somebodys_words_gets_marks(markup: str, blocks: list[str]) -> None:
    assert _blocks(markup) == blocks


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote>We go.</blockquote>",
        "<p>He left.</p><blockquote>All our news in your inbox.</blockquote>",
        "<p>She said:</p><blockquote>“We go,” she said.</blockquote>",
        "<p>She said:</p><blockquote class='twitter-tweet'><p>We go.</p></blockquote>",
        "<p>She said:</p><blockquote><ul><li>We go.</li></ul></blockquote>",
    ],
)
def test_other_blocks_get_none(markup: str) -> None:
    before = [words for words in fromstring(markup).itertext() if words.strip()]
    assert _blocks(markup) == before


@pytest.mark.parametrize(
    ("figure", "kept"),
    [
        ("<figure><blockquote>{}</blockquote><figcaption>Ann</figcaption></figure>", True),
        ("<figure class='pullquote'><blockquote>{}</blockquote></figure>", False),
        ("<p>{0} He left.</p><figure><blockquote>{0}</blockquote></figure>", False),
    ],
)
def test_a_quotation_is_no_picture(figure: str, kept: bool) -> None:
    tree = fromstring(f"<html><body>{figure.format('We go to court.')}</body></html>")
    as_shown(tree)
    assert (tree.find(".//figure") is None) == kept


def test_a_page_that_a_script_shows_is_read() -> None:
    tree = fromstring("<html><body hidden><p>Seen</p></body></html>")
    as_shown(tree)
    assert tree.text_content() == "Seen"


@given(st.recursive(st.just("x"), lambda inner: st.lists(inner, max_size=3).map(_quote)))
def test_every_mark_that_opens_closes(markup: str) -> None:
    shown = _shown(markup)
    assert shown.count("“") == shown.count("”")
    assert shown.count("‘") == shown.count("’")


def test_a_page_is_read_so() -> None:
    words = "We will not accept it. We will go to court, and we will win there."
    block = f"<p>He said:</p><figure><blockquote><p>{words}</p></blockquote></figure>"
    said = "<p>She called the closure <q>entirely legal</q> and accused Lisbon of lies.</p>"
    hidden = "<p hidden>She left.</p>"
    page = f"<html><body><article>{said}{hidden}{said * 2}{block}</article></body></html>"
    text = html.draft_of(page, id="row", source="row.html").text
    assert "closure “entirely legal” and accused" in text and "left" not in text
    assert f"He said:\n“{words}”" in text
