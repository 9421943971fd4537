"""Spans, paragraphs and quotation marks."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.model import Span, Spans
from rejoinder.text import (
    MONTH,
    MONTH_NUMBERS,
    SENTENCE,
    cut,
    day_from,
    end_of_word,
    holds,
    host,
    is_number,
    normalise,
    overlap,
    paragraphs,
    quotations,
    touching,
    unaccented,
    whole_words,
    without,
    words,
)

ANY_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)))
#: Texts in which marks are many.
MARKED = st.text("“”„‟«»‹›『』「」‘’\"'`ab ,.\n\u2028") | st.text()


def characters(spans: Spans | list[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


@given(ANY_SPANS)
def test_normal_spans_are_sorted_apart_and_of_the_same_characters(spans: list[Span]) -> None:
    normal = normalise(spans)
    assert all(start < end for start, end in normal)
    assert all(a[1] < b[0] for a, b in pairwise(normal))
    assert characters(normal) == characters(spans)
    assert normalise(normal) == normal
    assert normalise(reversed(spans)) == normal


@given(ANY_SPANS, ANY_SPANS)
def test_overlap_is_a_shared_character(one: list[Span], other: list[Span]) -> None:
    a, b = normalise(one), normalise(other)
    assert overlap(a, b) == overlap(b, a) == bool(characters(a) & characters(b))


MARKS = st.lists(
    st.tuples(
        st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda at: (at[0], at[0] + at[1])),
        st.sampled_from("abc"),
    )
)


@given(ANY_SPANS, st.integers(0, 30), st.integers(1, 30))
def test_what_touches_spans_in_order_overlaps_them(
    spans: list[Span], start: int, size: int
) -> None:
    ordered, span = normalise(spans), (start, start + size)
    found = touching(ordered, span)
    assert [*found] == [n for n, one in enumerate(ordered) if overlap((one,), (span,))]


@given(st.integers(0, 30), st.integers(0, 30), MARKS)
def test_pieces_join_to_the_span_and_have_the_names_of_the_marks_about_them(
    start: int, length: int, marks: list[tuple[Span, str]]
) -> None:
    pieces = list(cut((start, start + length), marks))
    assert [i for (a, b), _ in pieces for i in range(a, b)] == [*range(start, start + length)]
    for piece, names in pieces:
        assert piece[0] < piece[1]
        assert names == tuple(name for mark, name in marks if holds(mark, piece))
        inside = {i for mark, _ in marks for i in mark if piece[0] < i < piece[1]}
        assert inside == set(), "no mark begins or ends within a piece"


def test_marks_that_overlap_share_a_piece() -> None:
    assert list(cut((0, 9), [((2, 6), "who"), ((4, 12), "said"), ((8, 8), "gap")])) == [
        ((0, 2), ()),
        ((2, 4), ("who",)),
        ((4, 6), ("who", "said")),
        ((6, 8), ("said",)),
        ((8, 9), ("said",)),
    ]


@given(st.text(min_size=40, max_size=60), ANY_SPANS)
def test_what_stands_outside_spans_is_all_else_in_order(text: str, spans: list[Span]) -> None:
    gone = characters(spans)
    assert without(text, spans) == "".join(c for i, c in enumerate(text) if i not in gone)
    assert without(text, spans, gap="\0").count("\0") - text.count("\0") <= len(normalise(spans))


def test_what_was_left_out_is_shown_where_that_is_asked_for() -> None:
    assert without("Bo left. Also read. Aas stayed.", [(8, 19)], gap=" …") == (
        "Bo left. … Aas stayed."
    )


#: Words, and the number of the month that they are.
NAMED_MONTHS = [
    *(("January", 1), ("Jan.", 1), ("Feb", 2), ("May", 5), ("June", 6), ("Jun.", 6)),
    *(("Sep.", 9), ("Sept.", 9), ("September", 9), ("Dec", 12)),
    *(("Marbles", None), ("Mayors", None), ("Septem", None), ("march", None)),
]


@pytest.mark.parametrize(("words", "number"), NAMED_MONTHS)
def test_months_are_read_whole_and_short(words: str, number: int | None) -> None:
    found = re.match(MONTH, f"{words} 3")
    if found is None:
        assert number is None
    else:
        assert found[0] == words
        assert MONTH_NUMBERS[found[0].lower().rstrip(".")] == number


def test_the_dot_behind_a_whole_name_ends_a_sentence() -> None:
    assert re.findall(MONTH, "It was in March. Dec. 3 came later.") == ["March", "Dec."]


#: Addresses, and whose they are.
HOSTS = [
    ("https://www.Post.example/a?b=c", "post.example"),
    ("http://post.example:8080", "post.example"),
    ("post.example/a", None),
    ("http://[", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("address", "named"), HOSTS)
def test_whose_an_address_is(address: str | None, named: str | None) -> None:
    assert host(address) == named


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("Kim Seol-ram said", "Kim Seol-", "Kim Seol-ram"),
        ("Kim Seol-ram-hae said", "Kim Seol-", "Kim Seol-ram-hae"),
        ("Kim Seol - and", "Kim Seol -", "Kim Seol -"),
        ("Kim Seol-ram", "Kim Seol", "Kim Seol"),
        ("Kim", "Kim", "Kim"),
    ],
)
def test_a_word_goes_on_behind_its_hyphen(text: str, cut: str, whole: str) -> None:
    assert text[: end_of_word(text, len(cut))] == whole


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("the negotiators left", "tors", "negotiators"),
        ("Leena Varpio government", "ena Varpio gov", "Leena Varpio government"),
        ("the pilots", "the pilots", "the pilots"),
        ("Seol-ram", "ram", "ram"),
        ("(pilots)", "pilots)", "pilots)"),
    ],
)
def test_a_part_of_a_word_is_widened_to_it(text: str, part: str, whole: str) -> None:
    start = text.index(part)
    assert text[slice(*whole_words(text, (start, start + len(part))))] == whole


@given(st.text("ab -,"), st.integers(0, 9), st.integers(0, 9))
def test_whole_words_are_as_whole_as_can_be(text: str, start: int, end: int) -> None:
    span = (min(start, len(text)), min(max(start, end), len(text)))
    whole = whole_words(text, span)
    assert whole[0] <= span[0] and span[1] <= whole[1]
    assert whole_words(text, whole) == whole
    assert not {" ", "-", ","} & set(text[whole[0] : span[0]] + text[span[1] : whole[1]])


def test_letters_lose_their_accents() -> None:
    assert unaccented("Čaputová, Erdoğan, ﬁve “São”") == "Caputova, Erdogan, five “Sao”"


@given(MARKED)
def test_a_text_without_accents_stays_so(text: str) -> None:
    bare = unaccented(text)
    assert unaccented(bare) == bare
    assert not any(unicodedata.combining(c) for c in bare)


def test_words_show_where_some_are_left_out() -> None:
    assert words("Talks, he said, are over", ((0, 5), (16, 24))) == "Talks … are over"
    assert words("Talks are over", ((0, 5), (10, 14)), gap=" ") == "Talks over"
    assert words("Talks are over", ()) == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left. She stayed.", 2),
        ("“No.” She stayed.", 2),
        ("It was over! “Yes”", 2),
        ("One line\nanother", 2),
        ("Then Mr. Zvirgals and Gen. Brandt spoke.", 1),
        ("The U.S. Ambassador, J. Vale, spoke.", 1),
        ("He blamed the U.S. She left.", 2),
        ("Sens. Vale and Orr spoke to Brig. Gen. Brandt.", 1),
        ("It cost 2.5 million.", 1),
        ("He hailed the talks.Vale said “no.”More of it followed in 2012.Orr went on.", 4),
        ("It stands on change.org, at Change.Org and in the U.S.A today.", 1),
        ("He met Gen.Brandt there.", 1),
    ],
)
def test_sentences_end_where_another_begins(text: str, count: int) -> None:
    assert len(SENTENCE.split(text)) == count


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        (" \n\t\n", []),
        ("one line", ["one line"]),
        ("  one \n\n\ttwo  ", ["one", "two"]),
        ("one\r\ntwo\rthree", ["one", "two", "three"]),
        ("one\u2028two\u2029three\x85four", ["one", "two", "three", "four"]),
        ("one\x0btwo\x0cthree", ["one", "two", "three"]),
        ("\u00a0one\u00a0", ["one"]),
    ],
)
def test_paragraphs_are_lines_without_their_outer_white_space(text: str, lines: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == lines


#: A text, and what stands in quotation marks in it.
QUOTATIONS = [
    ("", []),
    ("Nobody said a word.", []),
    # Curly marks, whole and split around the cue.
    ("“We shall stay,” Ann Vale said.", ["“We shall stay,”"]),
    ("“We,” Ann said, “shall stay.”", ["“We,”", "“shall stay.”"]),
    ("Ann said: “We shall stay. For now.”", ["“We shall stay. For now.”"]),
    ("It is “fine”, “good” and “new”.", ["“fine”", "“good”", "“new”"]),
    ("“It’s Vale’s,” she said.", ["“It’s Vale’s,”"]),
    # Straight marks are paired in turn; inches and marks that can only close open nothing.
    ('"We shall stay," Ann said.', ['"We shall stay,"']),
    ('"We," Ann said, "shall stay."', ['"We,"', '"shall stay."']),
    ('" We shall stay , " Ann said .', ['" We shall stay , "']),
    ('A 12" knife, Ann said. "Yes," Bo said.', ['"Yes,"']),
    ('We shall stay," Ann said. "For now."', ['"For now."']),
    ('The ship ("Gull") sank.', ['"Gull"']),
    ("“We shall stay” and \"go\" and 'wait'", ["“We shall stay”", '"go"', "'wait'"]),
    # Marks of the Penn Treebank.
    ("`` We shall stay , '' Ann said .", ["`` We shall stay , ''"]),
    ('``We shall stay," Ann said.', ['``We shall stay,"']),
    # Single marks.
    ("‘We shall stay,’ Ann said.", ["‘We shall stay,’"]),
    ("'We shall stay,' Ann said.", ["'We shall stay,'"]),
    ("‘It’s ours, isn’t it?’ Ann said.", ["‘It’s ours, isn’t it?’"]),
    ("'It's ours, isn't it?' Ann said.", ["'It's ours, isn't it?'"]),
    ("‘The allies’ plan is dead,’ Ann said.", ["‘The allies’ plan is dead,’"]),
    ("'The allies' plan is dead,' Ann said.", ["'The allies' plan is dead,'"]),
    ("‘The unions’ and allies’ plan,’ she said", ["‘The unions’ and allies’ plan,’"]),
    ("The ‘experts’ said ‘no’ to it.", ["‘experts’", "‘no’"]),
    ("'Dogs' was 'all he said'.", ["'Dogs'", "'all he said'"]),
    ("The ‘hawks’ of the allies’ camp left.", ["‘hawks’"]),
    # Apostrophes.
    ("Vale's ship isn't the allies' ship.", []),
    ("Vale’s ship isn’t the allies’ ship.", []),
    ("In the '90s and the ‘80s they’d stay, in the kids' day.", []),
    ("Rock 'n' roll, 'tis said; get 'em.", []),
    ("the allies' and the unions' plan", []),
    # Guillemets, both ways round, and as ornaments.
    ("«We shall stay», Ann said.", ["«We shall stay»"]),
    ("« We shall stay », Ann said.", ["« We shall stay »"]),
    ("»We shall stay«, Ann said.", ["»We shall stay«"]),
    ("‹Stay›, Ann said.", ["‹Stay›"]),
    ("Home » News » World", []),
    ("‹ Back", []),
    # German and Polish, low to high, and the corner brackets of East Asia.
    ("„We shall stay“, Ann said.", ["„We shall stay“"]),
    ("„We shall stay”, Ann said.", ["„We shall stay”"]),
    ("„We“, Ann said, „shall stay.“", ["„We“", "„shall stay.“"]),
    ("‟We shall stay” and 「stay」 and 『go』", ["‟We shall stay”", "「stay」", "『go』"]),
    # What is never closed runs to the end of its paragraph, and no further.
    ("“We shall stay. \nAnn left.", ["“We shall stay."]),
    ("“We shall stay.\n“We shall,” Ann said.", ["“We shall stay.", "“We shall,”"]),
    ('"We shall stay.\n"We shall," Ann said.', ['"We shall stay.', '"We shall,"']),
    ("‘We shall stay, Ann said.", []),
    ("We shall stay,” Ann said.", []),
    # What is closed by a mark of the other make ends there.
    ('“We shall stay," Ann said. “For now,” Bo said.', ['“We shall stay,"', "“For now,”"]),
    ('“We shall stay," Ann said.', ['“We shall stay,"']),
    ('"We shall stay,” Ann said.', ['"We shall stay,”']),
    ('"We shall stay,” Ann said. "For now."', ['"We shall stay,”', '"For now."']),
    ('"It is “fine”," Ann said.', ['"It is “fine”,"']),
    ('“It is "fine", so we stay," Ann said.', ['“It is "fine", so we stay,"']),
    ('“It is "fine" and we stay.', ['“It is "fine" and we stay.']),
    ('"It is “fine” and we stay.', ['"It is “fine” and we stay.']),
    ('“We took a 12"pipe', ['“We took a 12"pipe']),
    # One within another; only the outermost count.
    ("“He told me ‘no’ and left,” Ann said.", ["“He told me ‘no’ and left,”"]),
    ("‘He told me “no” and left,’ Ann said.", ["‘He told me “no” and left,’"]),
    ("\"He told me 'no'\" Ann said.", ["\"He told me 'no'\""]),
    ("“He told me «no»,” Ann said.", ["“He told me «no»,”"]),
    ("“He told me “no” and left,” Ann said.", ["“He told me “no” and left,”"]),
    ("«He told me «no» and left», Ann said.", ["«He told me «no» and left»"]),
    ("“We stay, Ann said. “No,” Bo said. “Yes,” ...", ["“We stay, Ann said. “No,”", "“Yes,”"]),
    # Scare quotes and nicknames are in marks too: what they are is for others to say.
    ("The “coalition” met in Port Vale.", ["“coalition”"]),
    ("Ann “the Gull” Vale left.", ["“the Gull”"]),
    ("‘Gull’ Vale left.", ["‘Gull’"]),
]


@pytest.mark.parametrize(("text", "quoted"), QUOTATIONS)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted


@given(MARKED)
def test_quotations_are_in_order_apart_and_within_a_paragraph(text: str) -> None:
    found = quotations(text)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(
        any(first <= start < end <= last for first, last in paragraphs(text))
        for start, end in found
    )
    assert quotations(text) == found


#: Paragraphs in which each quotation is closed by its own mark.
CLOSED = st.lists(
    st.text("abc ,.’", max_size=8)
    | st.text("abc ,.’", min_size=1, max_size=8).map(" “{}” ".format)
    | st.text("abc", min_size=1, max_size=8).map(' "{}" '.format),
    max_size=6,
)


@given(CLOSED)
def test_where_every_quotation_is_closed_none_is_by_a_mark_of_the_other_make(
    parts: list[str],
) -> None:
    text = "".join(parts)
    quoted = [text[start:end] for start, end in quotations(text)]
    assert quoted == [part.strip() for part in parts if part.strip()[:1] in {"“", '"'}]


@given(st.text("abc ,.“”'’s"), st.text("abc ,.“”'’s"))
def test_quotations_of_a_paragraph_know_nothing_of_the_next(one: str, other: str) -> None:
    after = len(one) + 1
    moved = tuple((after + start, after + end) for start, end in quotations(other))
    assert quotations(f"{one}\n{other}") == quotations(one) + moved


#: What a line without end may be made of: marks that are closed, never, and the wrong way round.
UNITS = ["“", "“a ", "“a “b” ", '"', '"a" ', 'a" ', "'a ", "‘a ", "'as' ", "'a's ", "„a“ ", "»a"]
UNITS += ["»a« ", "``a ", "\"a'' ", "a", " "]


@pytest.mark.parametrize("unit", UNITS)
def test_a_line_without_end_is_no_trouble(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert all(0 <= start < end <= len(text) for start, end in quotations(text))


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ("0", True),
        ("123456789", True),
        ("1234567890", False),
        ("", False),
        ("-1", False),
        ("²", False),
        ("٣", False),
    ],
)
def test_a_number_is_a_few_plain_digits(told: str, plain: bool) -> None:
    assert is_number(told) is plain


@given(st.dates(), st.integers(-400, 400))
def test_a_day_from_another_is_of_the_calendar(day: date, days: int) -> None:
    there = day_from(day, days)
    try:
        assert there == day + timedelta(days=days)
    except OverflowError:
        assert there == (date.max if days > 0 else date.min)
