"""The whole floor: any text, windows and their edges, with encoders that follow a script."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rejoinder.extract import Extractor
from rejoinder.extract.windows import CORE, LONGEST
from rejoinder.model import REPLYING_REACH, Article, Attribution, Mode, Spans
from rejoinder.posts import authors
from rejoinder.text import normalise, overlap, words

ODD = [
    "\ud800", "\x00", "😀", "👩‍👩‍👧", "e\u0301", "\u0301", "İ", "ﬁ", "مرحبا", "\u202eabc", "שלום",
    "漢字", "\u200b", "\n", "\r\n", " \n \n", "\u2028", "x" * 120, "la " * 90, "\n".join("la" * 50),
    "Bo said “la la.”\n", "“la,” said Ann. ", " said ", "“", "”", "Bo ", "hopes",
    " — Ann (@ann) May 3, 2019\n",
]  # fmt: skip
ANY_TEXT = st.lists(st.sampled_from(ODD) | st.text(st.characters()), max_size=12).map("".join)


def said(text: str, spans: Spans) -> str:
    return words(text, spans, gap="|")


def check(article: Article, found: tuple[Attribution, ...]) -> None:
    """Check what holds of whatever is found in whatever text."""
    text = article.text
    for attribution in found:
        parts = sorted((*attribution.source, *attribution.cue, *attribution.content))
        posted = set(attribution.source) & set(authors(text))
        assert (attribution.cue or posted) and attribution.content
        assert all(0 <= start < end <= len(text) for start, end in parts)
        assert all(a[1] <= b[0] for a, b in pairwise(parts))
        assert not overlap(tuple(parts), article.furniture)
        assert 0 <= attribution.confidence <= 1
    cues = [span for attribution in found for span in attribution.cue]
    assert len(normalise(cues)) <= len(cues)
    assert sum(b - a for a, b in normalise(cues)) == sum(b - a for a, b in cues)


def furnished(text: str, data: st.DataObject) -> Article:
    bound = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(bound, bound), max_size=2))
    return Article(id="a", text=text, furniture=normalise(spans))


@settings(max_examples=20)
@given(text=ANY_TEXT, data=st.data())
def test_any_tags_on_any_text_give_parts_within_it_and_apart(
    noise: Extractor, text: str, data: st.DataObject
) -> None:
    article = furnished(text, data)
    found = noise.extract(article).attributions
    check(article, found)
    assert noise.extract(article).attributions == found


@given(text=ANY_TEXT, data=st.data())
def test_what_stands_beside_cues_on_any_text_is_found_within_it(
    oracle: Extractor, text: str, data: st.DataObject
) -> None:
    article = furnished(text, data)
    found = oracle.extract(article).attributions
    check(article, found)
    assert oracle.extract(article).attributions == found


@pytest.mark.usefixtures("weights")
@settings(max_examples=25)
@given(text=ANY_TEXT, data=st.data())
def test_the_shipped_weights_on_any_text_give_parts_within_it_and_apart(
    shipped: Extractor, text: str, data: st.DataObject
) -> None:
    article = furnished(text, data)
    found = shipped.extract(article).attributions
    check(article, found)
    assert shipped.extract(article).attributions == found


@pytest.fixture(scope="module")
def shipped(weights: None) -> Extractor:
    """Return the extractor with the shipped weights."""
    return Extractor()


@pytest.mark.parametrize("text", ["", "\n", "\x00", "\ud800\ud800", "   \n \n"])
def test_nothing_is_found_in_nothing(noise: Extractor, text: str) -> None:
    assert noise.extract(Article(id="a", text=text)).attributions == ()


#: A text and what is found in it: source, cue, content.
FOUND = [
    ("Bo said “la la.”", [("Bo", "said", "“la la.”")]),
    ("“la la,” said Ann.", [("Ann", "said", "“la la,”")]),
    ("la la. said “la la” la", [("", "said", "“la la”")]),
    ("Bo said la la.", []),
    (
        "Bo said “la.”\nAnn said “no, la.”",
        [("Bo", "said", "“la.”"), ("Ann", "said", "“no, la.”")],
    ),
    ("“la.” said Bo. Ann said “no.”", [("Bo", "said", "“la.”"), ("Ann", "said", "“no.”")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_found(oracle: Extractor, text: str, expected: list[tuple[str, str, str]]) -> None:
    found = oracle.extract(Article(id="a", text=text)).attributions
    assert [(said(text, a.source), said(text, a.cue), said(text, a.content)) for a in found] == (
        expected
    )


@pytest.mark.parametrize("name", ["O’Ann", "O'Ann", "Bo’Ann", "Ann"])
def test_a_name_begins_where_its_word_does(oracle: Extractor, name: str) -> None:
    text = f"{name} said “la.”"
    named = [m for m in oracle.extract(Article(id="a", text=text)).mentions if m.type]
    assert [text[slice(*m.span)] for m in named] == [name]


#: Texts in which names go on over a mark behind them, as the model may have it, and these names.
CUT = [
    ("Ann-la said “la.”", ["Ann-la"]),
    ("“la,” said Bo-la", ["Bo-la"]),
    ("Bo-la-la’s la", ["Bo-la-la"]),
    ("Bo-backed la said “la.”", ["Bo"]),
    ("Bo-era la said “la.”", ["Bo"]),
    ("Bo - la said “la.”", ["Bo"]),
    ("Bo-Ann said “la.”", ["Bo", "Ann"]),
    ("Bo- said “la.”", ["Bo"]),
]


@pytest.mark.parametrize(("text", "names"), CUT)
def test_a_name_that_is_cut_behind_a_hyphen_ends_where_its_word_does(
    oracle: Extractor, monkeypatch: pytest.MonkeyPatch, text: str, names: list[str]
) -> None:
    article = Article(id="a", text=text)
    scan = oracle.scan(article)
    marks = [text[a:b] == "-" for a, b in zip(scan.pieces.starts, scan.pieces.ends, strict=True)]
    scan.names = [(a, b + (b < len(marks) and marks[b]), kind) for a, b, kind in scan.names]
    monkeypatch.setattr(oracle, "scan", lambda _: scan)
    named = [m for m in oracle.extract(article).mentions if m.type]
    assert [text[slice(*m.span)] for m in named] == names


def test_hopes_are_held(oracle: Extractor) -> None:
    text = "Bo hopes “la la.” Ann said “la.”"
    modes = [a.mode for a in oracle.extract(Article(id="a", text=text)).attributions]
    assert modes == [Mode.HELD, Mode.SAID]


def test_furniture_within_a_quotation_is_read_over(oracle: Extractor) -> None:
    text = "Bo said “la la\nSAID “ALSO” READ\nla.”"
    start = text.index("SAID")
    article = Article(id="a", text=text, furniture=((start, text.index("\nla.”")),))
    (found,) = oracle.extract(article).attributions
    assert said(text, found.content) == "“la la\n|\nla.”".replace("\n", "")


def test_each_attribution_tells_which_others_it_may_answer(oracle: Extractor) -> None:
    article = Article(id="a", text="Bo said “la”. Ann said “la la”. Bo said “la la la”.")
    found = oracle.extract(article).attributions
    assert len(found) == 3
    for attribution in found:
        others = dict(attribution.replying)
        assert set(others) == {a.cue for a in found} - {attribution.cue}
        assert sum(others.values()) == pytest.approx(1, abs=1e-3)


def test_what_is_far_off_is_not_told_of_what_it_may_answer(oracle: Extractor) -> None:
    between = "The sea was calm. " * (REPLYING_REACH // 18 + 1)
    text = f"Bo said “la”. Ann said “la la”. {between}Bo said “la la la”."
    one, other, far = oracle.extract(Article(id="a", text=text)).attributions
    assert [cue for cue, _ in one.replying] == [other.cue]
    assert [cue for cue, _ in other.replying] == [one.cue]
    assert far.replying == ()


def test_the_version_is_that_of_the_weights(oracle: Extractor) -> None:
    assert oracle.version == "script-1"


def article_of(before: int, quoted: int, after: int, *, cue_first: bool = True) -> Article:
    """Write a quotation of so many pieces, so many pieces into an article.

    Reports are of one line, so that cores are cut as late as can be.
    """
    quotation = "“" + "la " * (quoted - 3) + "x”"
    report = f"Bo said {quotation}" if cue_first else f"{quotation} said Bo"
    return Article(id="a", text="la " * before + report + " la" * after)


def check_whole(article: Article, found: tuple[Attribution, ...]) -> None:
    text = article.text
    (attribution,) = found
    assert said(text, attribution.source) == "Bo"
    assert said(text, attribution.cue) == "said"
    assert said(text, attribution.content) == text[text.index("“") : text.index("”") + 1]


@pytest.mark.parametrize("cue_first", [True, False])
@pytest.mark.parametrize("before", [*range(CORE - 6, CORE + 6), *range(2 * CORE - 6, 2 * CORE + 6)])
def test_a_cue_at_a_border_of_cores_is_found_once(
    oracle: Extractor, before: int, cue_first: bool
) -> None:
    article = article_of(before, 9, LONGEST, cue_first=cue_first)
    check_whole(article, oracle.extract(article).attributions)


@given(
    before=st.integers(0, 2 * LONGEST),
    quoted=st.integers(5, LONGEST // 2 - 8),
    after=st.integers(0, LONGEST),
    cue_first=st.booleans(),
)
def test_a_quotation_over_an_edge_is_not_cut(
    oracle: Extractor, before: int, quoted: int, after: int, cue_first: bool
) -> None:
    article = article_of(before, quoted, after, cue_first=cue_first)
    check_whole(article, oracle.extract(article).attributions)


@example(before=12, quoted=LONGEST - 60, after=60, cue_first=False)
@given(
    before=st.integers(0, 2 * LONGEST),
    quoted=st.integers(LONGEST // 2, LONGEST - 60),
    after=st.integers(0, LONGEST),
    cue_first=st.booleans(),
)
def test_a_quotation_that_fits_a_window_is_not_cut(
    oracle: Extractor, before: int, quoted: int, after: int, cue_first: bool
) -> None:
    article = article_of(before, quoted, after, cue_first=cue_first)
    check_whole(article, oracle.extract(article).attributions)


@given(
    before=st.integers(0, 2 * LONGEST),
    quoted=st.integers(LONGEST - 60, 3 * LONGEST),
    after=st.integers(0, LONGEST),
    cue_first=st.booleans(),
)
def test_what_is_longer_than_any_window_keeps_its_cue(
    oracle: Extractor, before: int, quoted: int, after: int, cue_first: bool
) -> None:
    article = article_of(before, quoted, after, cue_first=cue_first)
    (found,) = oracle.extract(article).attributions
    check(article, (found,))
    assert said(article.text, found.cue) == "said"
    assert said(article.text, found.source) == "Bo"
    whole = said(article.text, found.content)
    assert whole.count("la") > LONGEST // 3
    assert whole in article.text
    assert whole.startswith("“") if cue_first else whole.endswith("”")


@given(
    before=st.integers(0, LONGEST),
    quoted=st.integers(5, 3 * LONGEST),
    after=st.integers(0, LONGEST),
)
def test_nothing_is_read_without_end(
    oracle: Extractor, before: int, quoted: int, after: int
) -> None:
    encoder = oracle._encoder
    asked: list[int] = encoder.asked  # type: ignore[attr-defined]
    asked.clear()
    article = article_of(before, quoted, after)
    oracle.extract(article)
    windows = 1 + (before + quoted + after) // (CORE // 2)
    assert max(asked) <= LONGEST
    assert len(asked) <= windows + 4


def test_lines_without_end_are_read(oracle: Extractor) -> None:
    text = "la " * 3000 + "Bo said “la.” " + "la" * 20_000
    (found,) = oracle.extract(Article(id="a", text=text)).attributions
    assert said(text, found.content) == "“la.”"
