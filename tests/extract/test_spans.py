"""Whatever the tags, the spans that come of them are in order, apart and of the report."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import cycle, pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rejoinder.extract import spans as cutting
from rejoinder.extract.chains import Range
from rejoinder.extract.confidence import EVIDENCE
from rejoinder.extract.decode import ACTS, Found
from rejoinder.extract.encoder import Manifest
from rejoinder.extract.pieces import Pieces
from rejoinder.extract.spans import best, shared_out, to_attribution, without
from rejoinder.model import Act, Article, Attribution, Mode, Span, Spans
from rejoinder.text import logistic, normalise, overlap, quotations, words

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5)


def characters(spans: Spans | list[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def cut(text: str) -> Pieces:
    """Cut a text into words, marks and line breaks, as the tokeniser would."""
    found = [m.span() for m in re.finditer(r"\w+|[^\w\s]|\n", text)]
    bounds = [(a, a if text[a] == "\n" else b) for a, b in found]
    pairs = np.array(bounds, dtype=np.int64).reshape(-1, 2)
    return Pieces(
        ids=np.zeros(len(pairs), dtype=np.int64),
        starts=pairs[:, 0],
        ends=pairs[:, 1],
        inner=np.zeros(len(pairs), dtype=np.bool_),
    )


def find(text: str, cue: str, source: str | None, *content: str, held: float = -1) -> Found:
    """Make a find of the pieces that hold these words."""
    pieces = cut(text)

    def held_by(words: str) -> Range:
        start = text.index(words)
        inside = np.flatnonzero((pieces.starts >= start) & (pieces.ends <= start + len(words)))
        return int(inside[0]), int(inside[-1]) + 1

    return Found(
        cue=held_by(cue),
        source=() if source is None else (held_by(source),),
        content=tuple(held_by(words) for words in content),
        nested=False,
        held=held,
        evidence=(0.0,) * len(EVIDENCE),
    )


#: A text, what was found in it (cue, source, contents), and the contents that come of it.
CONTENTS = [
    # White space goes, and loose marks before a part.
    ("Talks, Bo said, fail", ("said", "Bo", "Talks,", ", fail"), ["Talks,", "fail"]),
    ("Bo said: we go;", ("said", "Bo", ": we go;"), ["we go;"]),
    ("Bo said — we go —", ("said", "Bo", "— we go "), ["we go"]),
    ("Bo said\nwe go\n", ("said", "Bo", "\nwe go\n"), ["we go"]),
    ("Bo said we go.", ("said", "Bo", "we go."), ["we go."]),
    # The mark whose partner is within is taken in, and what stands before it.
    ("“We go,” Bo said.", ("said", "Bo", "“We go"), ["“We go,”"]),
    ("“We go,” Bo said.", ("said", "Bo", "“We go,"), ["“We go,”"]),
    ("“We go,” Bo said.", ("said", "Bo", "“We go,”"), ["“We go,”"]),
    ("“We go,” Bo said.", ("said", "Bo", "We go,”"), ["“We go,”"]),
    ("“We go,” Bo said.", ("said", "Bo", "We go"), ["“We go,”"]),
    ("“We go!” Bo said.", ("said", "Bo", "“We go"), ["“We go!”"]),
    ("“We go”, Bo said.", ("said", "Bo", "“We go"), ["“We go”"]),
    ('"We go," Bo said.', ("said", "Bo", '"We go,'), ['"We go,"']),
    ('"We go," Bo said.', ("said", "Bo", 'We go,"'), ['"We go,"']),
    ("«We go», Bo said.", ("said", "Bo", "«We go"), ["«We go»"]),
    ("‘We go,’ Bo said.", ("said", "Bo", "‘We go"), ["‘We go,’"]),
    ("Bo said: “We go.”", ("said", "Bo", "We go.”"), ["“We go.”"]),
    # A mark is left where its partner is elsewhere.
    ("“We go, we “run”” Bo said", ("said", "Bo", "we “run”"), ["we “run”"]),
    ("“Yes.” We go, Bo said", ("said", "Bo", "We go"), ["We go"]),
    # Parts that would overlap: the cue has its words first, then the source.
    ("Talks, Bo said, fail", ("said", "Bo", "Talks, Bo said, fail"), ["Talks", "fail"]),
    ("Talks Bo said fail", ("said", None, "Talks Bo said fail"), ["Talks Bo", "fail"]),
    ("Bo said “we”, “go”", ("said", "Bo", "“we”, “go”"), ["“we”, “go”"]),
    # Marks alone are no content.
    ("Bo said we go “ ”", ("said", "Bo", "we go", "“ ”"), ["we go"]),
]


@pytest.mark.parametrize(("text", "found", "contents"), CONTENTS)
def test_contents(
    manifest: Manifest, text: str, found: tuple[str, ...], contents: list[str]
) -> None:
    cue, source, *content = found
    made = to_attribution(
        Article(id="a", text=text),
        cut(text),
        find(text, cue, source, *content),
        manifest=manifest,
        quoted=quotations(text),
    )
    assert made is not None
    assert [text[a:b] for a, b in made.content] == contents
    assert [text[a:b] for a, b in made.cue] == [cue]
    assert [text[a:b] for a, b in made.source] == ([source] if source else [])


#: A text with furniture, what was found, and the parts that come of it: cue, source, content.
FURNISHED = [
    ("We go AD now, Bo said", ("said", "Bo", "We go AD now"), ("said", "Bo", "We go|now")),
    ("We go, AD, Bo said", ("said", "Bo", "We go, AD,"), ("said", "Bo", "We go")),
    ("We go, Bo AD Fox said", ("said", "Bo AD Fox", "We go"), ("said", "Bo|Fox", "We go")),
    ("AD We go, Bo said", ("said", "AD", "We go"), ("said", "", "We go")),
    ("AD We go, Bo said", ("said", "Bo", "AD"), None),
    ("We go, Bo AD", ("AD", "Bo", "We go"), None),
    ("We go, Bo said", ("said", "Bo", ","), None),
]


@pytest.mark.parametrize(("text", "found", "parts"), FURNISHED)
def test_nothing_is_taken_from_furniture(
    manifest: Manifest, text: str, found: tuple[str, str, str], parts: tuple[str, ...] | None
) -> None:
    furniture = tuple(m.span() for m in re.finditer("AD", text))
    article = Article(id="a", text=text, furniture=furniture)
    made = to_attribution(
        article, cut(text), find(text, *found), manifest=manifest, quoted=quotations(text)
    )
    shown = made and tuple(
        "|".join(text[a:b] for a, b in spans) for spans in (made.cue, made.source, made.content)
    )
    assert shown == parts


def test_furniture_on_other_lines_costs_nothing(manifest: Manifest) -> None:
    text = "AD\n" * 40_000 + "We go AD now, Bo said"
    furniture = tuple(m.span() for m in re.finditer("AD", text))
    article, found = Article(id="a", text=text, furniture=furniture), "We go AD now"
    given = (article, cut(text), find(text, "said", "Bo", found))
    begun = time.process_time()
    for _ in range(50):
        made = to_attribution(*given, manifest=manifest, quoted=())
    assert made and words(text, made.content) == "We go … now"
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("text", "content", "tidied"),
    [
        ("open, and", ((0, 9),), "open"),
        ("“open”, and", ((0, 11),), "“open”"),
        ("open and shut", ((0, 13),), "open and shut"),
        ("Monday’s “talks”", ((6, 16),), "“talks”"),
        ("and", ((0, 3),), "and"),
        ("one, two or", ((0, 3), (5, 11)), "one|two"),
    ],
)
def test_what_hangs_over_is_left_out(text: str, content: Spans, tidied: str) -> None:
    assert words(text, cutting._tidied(text, content), gap="|") == tidied


@pytest.mark.parametrize(("held", "mode"), [(-1.0, Mode.SAID), (0.0, Mode.SAID), (0.5, Mode.HELD)])
def test_mode_is_held_above_the_threshold(manifest: Manifest, held: float, mode: Mode) -> None:
    text = "Bo hopes to go"
    found = find(text, "hopes", "Bo", "to go", held=held)
    made = to_attribution(
        Article(id="a", text=text), cut(text), found, manifest=manifest, quoted=quotations(text)
    )
    assert made is not None
    assert made.mode is mode


#: A text, the words for occasion and via in it, and what comes of them.
ROLES = [
    ("Bo told Ann in Rome by letter we go", ("in Rome", "by letter"), None),
    # White space and loose marks before go; what shares its words with the content stays.
    ("Bo told us, on Monday\n we go", (", on Monday\n", ""), ("on Monday", "")),
    ("Bo told us we go to Ann", ("Ann", ""), ("Ann", "")),
    # Who speaks is no setting, nor a carrier; nor is the word that reports.
    ("Bo told Ann we go", ("Bo", "told"), ("", "")),
    ("Bo told Ann we go", ("told Ann", "Bo"), ("told Ann", "")),
    # Not from furniture.
    ("Bo told Ann AD Fox we go", ("Ann AD Fox", "AD"), ("Ann|Fox", "")),
]


@pytest.mark.parametrize(("text", "roles", "parts"), ROLES)
def test_roles_are_cut_out_of_the_report(
    manifest: Manifest, text: str, roles: tuple[str, ...], parts: tuple[str, ...] | None
) -> None:
    found = find(text, "told", "Bo", text[text.index("we go") :])
    ranges = [find(text, words, None).cue if words else None for words in roles]
    furniture = tuple(m.span() for m in re.finditer("AD", text))
    made = to_attribution(
        Article(id="a", text=text, furniture=furniture),
        cut(text),
        replace(found, roles=tuple((r,) if r else () for r in ranges)),
        manifest=manifest,
        quoted=quotations(text),
    )
    assert made is not None
    assert made.content == ((text.index("we go"), len(text)),)
    shown = tuple("|".join(text[a:b] for a, b in spans) for spans in (made.occasion, made.via))
    assert shown == (parts or roles)


#: A text, the words found for the occasion in it, and the occasion.
CARRIERS = [
    ('Vale said on "Harbour Sunday" that so.', 'Harbour Sunday"', '"Harbour Sunday"'),
    ("Vale said on “Harbour Sunday” that so.", "Harbour Sunday”", "“Harbour Sunday”"),
    ('Vale said on KLO\'s "Harbour," that so.', "KLO's \"Harbour", 'KLO\'s "Harbour,"'),
    ("Vale said on Harbour Sunday” that so.", "Harbour Sunday”", "Harbour Sunday"),
    ("Vale said on KLO’s “Harbour that so.", "“Harbour", "Harbour"),
    ("Vale said on KLO’s “ Harbour that so.", "KLO’s “", "KLO’s"),
    ("Vale said on KLO that so.", "KLO", "KLO"),
]


@pytest.mark.parametrize(("text", "found", "via"), CARRIERS)
def test_a_carrier_has_both_of_its_marks_or_none(
    text: str, found: str, via: str, manifest: Manifest
) -> None:
    pieces, find_ = cut(text), find(text, "said", "Vale", "so.")
    start = text.index(found)
    inside = np.flatnonzero((pieces.starts >= start) & (pieces.ends <= start + len(found)))
    carrier = ((int(inside[0]), int(inside[-1]) + 1),)
    made = to_attribution(
        Article(id="a", text=text),
        pieces,
        replace(find_, roles=((), carrier)),
        manifest=manifest,
        quoted=(),
    )
    assert made and words(text, made.via) == via


OCCASIONS = [
    ("Bo told us at a joint press conference we go", "conference", "at a joint press conference"),
    ("Bo told us during the talks we go", "the talks", "during the talks"),
    ("Bo told us in Rome we go", "in Rome", "in Rome"),
    ("Bo told us. The talks went on. we go", "talks", "talks"),
    # Not over the cue or the source.
    ("In Rome Bo told talks we go", "talks", "talks"),
]


@pytest.mark.parametrize(("text", "words", "occasion"), OCCASIONS)
def test_an_occasion_begins_with_its_preposition(
    manifest: Manifest, text: str, words: str, occasion: str
) -> None:
    found = find(text, "told", "Bo", "we go")
    made = to_attribution(
        Article(id="a", text=text),
        cut(text),
        replace(found, roles=((find(text, words, None).cue,), ())),
        manifest=manifest,
        quoted=(),
    )
    assert made is not None
    assert [text[a:b] for a, b in made.occasion] == [occasion]


@pytest.mark.parametrize(
    ("text", "found", "source"),
    [
        ("Kim Seol-ram said so.", "Kim Seol-", "Kim Seol-ram"),
        ("Vale – a fisher – said so.", "Vale – a fisher –", "Vale – a fisher –"),
        ("Vale – said so.", "Vale –", "Vale"),
        ("Vale -- a fisher -- said so.", "Vale -- a fisher --", "Vale -- a fisher --"),
        ("Vale- said so.", "Vale-", "Vale-"),
    ],
)
def test_a_source_ends_with_a_word_or_its_aside(
    text: str, found: str, source: str, manifest: Manifest
) -> None:
    made = to_attribution(
        Article(id="a", text=text),
        cut(text),
        find(text, "said", found, "so"),
        manifest=manifest,
        quoted=(),
    )
    assert made and words(text, made.source) == source


def test_a_source_does_not_reach_over_sentences(manifest: Manifest) -> None:
    text = "Bo left. Ann Fox, Lee said we go"
    found = find(text, "said", "Ann Fox", "we go")
    bo, lee = (find(text, name, None).cue for name in ("Bo", "Lee"))
    made = to_attribution(
        Article(id="a", text=text),
        cut(text),
        replace(found, source=(bo, *found.source, lee)),
        manifest=manifest,
        quoted=(),
    )
    assert made is not None
    assert [text[a:b] for a, b in made.source] == ["Ann Fox", "Lee"]


#: Words of a source, of the cue and of the content that make no statement.
NONE_SAID = [
    ("Bo asked not to be named", "asked", "Bo", "not to be named"),
    ("Bo asked to remain anonymous to speak freely", "asked", "Bo", "to remain anonymous to speak"),
    ("Bo demanded anonymity", "demanded", "Bo", "anonymity"),
    ("Nobody said we go", "said", "Nobody", "we go"),
    ("Neither Bo nor Ann said we go", "said", "Neither Bo nor Ann", "we go"),
    ("Bo asked for anonymity because he feared Ann", "asked for", "Bo", "anonymity because"),
]
#: The like that do.
SOME_SAID = [
    ("Bo said anonymity online must end", "said", "Bo", "anonymity online must end"),
    ("Bo promised anonymity for all", "promised", "Bo", "anonymity for all"),
    ("No fewer than ten said we go", "said", "No fewer than ten", "we go"),
    ("None other than Bo said we go", "said", "None other than Bo", "we go"),
    ("No Labels said we go", "said", "No Labels", "we go"),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), SOME_SAID)
def test_what_somebody_says_is_a_statement(
    text: str, cue: str, source: str, content: str, manifest: Manifest
) -> None:
    found = find(text, cue, source, content)
    article = Article(id="a", text=text)
    made = to_attribution(article, cut(text), found, manifest=manifest, quoted=())
    assert made and [text[a:b] for a, b in made.source] == [source]


@pytest.mark.parametrize(("text", "cue", "source", "content"), NONE_SAID)
def test_what_nobody_says_is_no_statement(
    text: str, cue: str, source: str, content: str, manifest: Manifest
) -> None:
    found = find(text, cue, source, content)
    article = Article(id="a", text=text)
    assert to_attribution(article, cut(text), found, manifest=manifest, quoted=()) is None


@pytest.mark.parametrize(("source", "kept"), [("No 10", ["No 10"]), ("No. 10", ["No. 10"])])
def test_a_house_with_a_number_speaks(source: str, kept: list[str], manifest: Manifest) -> None:
    text = f"{source} said we go"
    found = find(text, "said", source, "we go")
    made = to_attribution(
        Article(id="a", text=text), cut(text), found, manifest=manifest, quoted=()
    )
    assert made and [text[a:b] for a, b in made.source] == kept


def test_an_article_is_nobody(manifest: Manifest) -> None:
    text = "The demand that we go"
    found = find(text, "demand", "The", "that we go")
    made = to_attribution(
        Article(id="a", text=text), cut(text), found, manifest=manifest, quoted=()
    )
    assert made and made.source == ()


#: Pieces that may name a target, with the probability, and what comes of them.
AIMS = [
    ([(2, 0.5)], [("Ann", 0.5)]),
    # Pieces that follow on each other are one name, as likely as its pieces in sum.
    ([(2, 0.5), (3, 0.2)], [("Ann Fox", 0.7)]),
    ([(0, 0.1), (2, 0.5)], [("Bo", 0.1), ("Ann", 0.5)]),
    # Furniture names nobody.
    ([(4, 0.9)], []),
    ([], []),
]


@pytest.mark.parametrize(("aims", "expected"), AIMS)
def test_aims_are_words(
    manifest: Manifest, aims: list[tuple[int, float]], expected: list[tuple[str, float]]
) -> None:
    text = "Bo told Ann Fox AD we go"
    start = text.index("AD")
    made = to_attribution(
        Article(id="a", text=text, furniture=((start, start + 2),)),
        cut(text),
        replace(find(text, "told", None, "we go"), aims=tuple(aims)),
        manifest=manifest,
        quoted=(),
    )
    assert made is not None
    assert [(text[a:b], chance) for (a, b), chance in made.aims] == expected


@pytest.mark.parametrize("act", Act)
def test_the_act_is_the_likeliest(manifest: Manifest, act: Act) -> None:
    text = "Bo said we go"
    acts = tuple(0.36 if a is act else 0.08 for a in ACTS)
    found = replace(find(text, "said", "Bo", "we go"), acts=acts, turn=(0.0, 2.0))
    made = to_attribution(
        Article(id="a", text=text), cut(text), found, manifest=manifest, quoted=quotations(text)
    )
    assert made is not None
    assert (made.act, made.act_confidence) == (act, 0.36)
    assert made.answering == 0.5
    assert made.naming == pytest.approx(0.881, abs=1e-3)


RANGES = st.lists(st.tuples(st.integers(0, 15), st.integers(1, 6)), max_size=3)


@given(
    text=st.text("ab “”\"'‘’,.—\n", min_size=1),
    ranges=st.tuples(RANGES.filter(bool), RANGES, RANGES.filter(bool)),
    furniture=SPANS,
)
def test_parts_of_any_ranges_are_in_order_apart_and_out_of_furniture(
    manifest: Manifest,
    text: str,
    ranges: tuple[list[Range], list[Range], list[Range]],
    furniture: list[Span],
) -> None:
    pieces = cut(text)
    cue, source, content = (
        tuple((at, min(at + length, len(pieces))) for at, length in part if at < len(pieces))
        for part in ranges
    )
    if not cue:
        return
    evidence = (0.0,) * len(EVIDENCE)
    found = Found(
        cue=cue[0], source=source, content=content, nested=False, held=0, evidence=evidence
    )
    article = Article(id="a", text=text, furniture=normalise(furniture))
    made = to_attribution(article, pieces, found, manifest=manifest, quoted=quotations(text))
    if made is None:
        return
    assert made.cue and made.content
    parts = sorted((*made.source, *made.cue, *made.content))
    assert all(0 <= start < end <= len(text) for start, end in parts)
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
    for spans in (made.source, made.cue, made.content):
        assert list(spans) == sorted(spans)
        assert not overlap(spans, article.furniture)
        for start, end in spans:
            assert text[start] not in " ,\n" and text[end - 1] not in " \n"
    assert all(any(c.isalnum() for c in text[a:b]) for a, b in made.content)


@given(SPANS, SPANS)
def test_without_takes_out_just_those_characters(spans: list[Span], holes: list[Span]) -> None:
    whole = normalise(spans)
    left = without(whole, holes)
    assert characters(left) == characters(whole) - characters(holes)
    assert list(left) == sorted(left)
    assert all(start < end for start, end in left)
    assert all(a[1] <= b[0] for a, b in pairwise(left))
    assert without(left, holes) == left
    assert without(whole, ()) == whole


FLOATS = st.floats(-1e6, 1e6)


@given(st.lists(FLOATS, min_size=4, max_size=4), st.lists(FLOATS, min_size=3, max_size=3))
def test_confidence_is_a_probability(weights: list[float], evidence: list[float]) -> None:
    assert 0 < logistic(weights, evidence) < 1


def test_confidence_grows_with_what_speaks_for_it() -> None:
    assert logistic((0.0, 0.0), (5.0,)) == 0.5
    assert logistic((1.0, 0.0), (-1.0,)) < 0.5 < logistic((1.0, 0.0), (1.0,))
    assert logistic((0.0, 2.0), (0.0,)) == pytest.approx(0.881, abs=1e-3)


def attribution(confidence: float, *cue: Span) -> Attribution:
    content = ((50 + cue[0][0], 90),)
    return Attribution(source=(), cue=cue, content=content, confidence=confidence)


def test_of_cues_that_overlap_the_surest_stays() -> None:
    sure, unsure, other = (
        attribution(0.9, (4, 8)),
        attribution(0.5, (0, 2), (7, 9)),
        attribution(0.1, (8, 9)),
    )
    assert best([unsure, other, sure]) == (sure, other)
    assert best([]) == ()


def test_of_two_that_give_the_same_words_the_surest_stays() -> None:
    sure, unsure = attribution(0.9, (4, 8)), attribution(0.5, (20, 24))
    assert best([replace(unsure, content=sure.content), sure]) == (sure,)


def test_who_only_passed_a_statement_on_is_doubted() -> None:
    said = Attribution(source=((10, 14),), cue=((15, 19),), content=((0, 9),), confidence=0.9)
    passed_on = Attribution(source=((33, 40),), cue=((20, 32),), content=((0, 19),), confidence=0.3)
    assert best([said, passed_on]) == (said,)
    surer = replace(passed_on, confidence=0.6)
    assert best([said, surer]) == (said, surer)
    elsewhere = replace(passed_on, content=((0, 9), (12, 19)))
    assert best([said, elsewhere]) == (said, elsewhere)


def test_thousands_of_doubtful_ones_are_soon_looked_at() -> None:
    found = [
        Attribution(source=(), cue=((n, n + 2),), content=((n + 2, n + 9),), confidence=confidence)
        for n, confidence in zip(range(0, 40_000, 10), cycle((0.9, 0.3)), strict=False)
    ]
    begun = time.process_time()
    assert len(best(found)) == len(found)
    assert time.process_time() - begun < 2


def test_who_tells_of_a_statement_and_more_is_kept() -> None:
    said = Attribution(source=((10, 14),), cue=((15, 19),), content=((20, 40),), confidence=0.9)
    told = Attribution(source=((0, 4),), cue=((5, 9),), content=((10, 90),), confidence=0.3)
    assert best([said, told]) == (told, said)
    doubtful = replace(said, confidence=0.5)
    wholly = replace(told, content=((10, 42),))
    assert best([doubtful, wholly]) == (wholly, doubtful)
    assert best([said, wholly]) == (said,)


def said(cue: Span, *content: Span) -> Attribution:
    return Attribution(source=(), cue=(cue,), content=content, confidence=0.5)


def test_words_that_two_claim_are_the_nearer_ones() -> None:
    one, other = said((10, 14), (0, 9), (20, 30)), said((31, 35), (20, 30), (40, 50))
    assert shared_out([one, other]) == (replace(one, content=((0, 9),)), other)
    partly = replace(other, content=((26, 30), (40, 50)))
    assert shared_out([one, partly]) == (one, partly)
    alone = replace(one, content=((20, 30),))
    assert shared_out([alone, other]) == (alone, other)


def test_what_is_reported_within_is_claimed_by_both() -> None:
    outer, inner = said((0, 4), (5, 40), (50, 60)), said((10, 14), (15, 40), (50, 60))
    assert shared_out([outer, inner]) == (outer, inner)


@given(
    st.lists(
        st.builds(
            said,
            st.integers(0, 60).map(lambda a: (a, a + 3)),
            st.integers(0, 60).map(lambda a: (a, a + 9)),
            st.integers(70, 120).map(lambda a: (a, a + 9)),
        )
    )
)
@example(
    [
        said((30, 33), (0, 9), (70, 79)),
        said((20, 23), (4, 13), (80, 89)),
        said((17, 20), (8, 17), (90, 99)),
    ]
)
def test_no_words_are_lost_to_all(found: list[Attribution]) -> None:
    shared = shared_out(found)
    assert [a.cue for a in shared] == [a.cue for a in found]
    assert all(
        a.content and set(a.content) <= set(b.content) for a, b in zip(shared, found, strict=True)
    )
    every = {span for a in found for span in a.content}
    left = {i for a in shared for span in a.content for i in range(*span)}
    assert all(2 * len(left & set(range(*span))) > span[1] - span[0] for span in every)


@given(
    st.lists(
        st.builds(
            attribution, st.sampled_from([0.2, 0.5, 0.9]), st.tuples(*[st.integers(0, 20)] * 2)
        )
    )
)
def test_the_best_have_cues_apart_and_leave_nothing_surer(found: list[Attribution]) -> None:
    found = [a for a in found if a.cue[0][0] < a.cue[0][1]]
    kept = best(found)
    assert list(kept) == sorted(kept, key=lambda a: a.cue)
    assert all(a.cue[0][1] <= b.cue[0][0] for a, b in pairwise(kept))
    for one in found:
        rivals = [a.confidence for a in kept if overlap(a.cue, one.cue)]
        assert one in kept or max(rivals) >= one.confidence
    assert best(reversed(found)) == kept
    assert best(kept) == kept
