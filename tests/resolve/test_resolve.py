"""What holds of resolution whatever the report: it never raises, never guesses between equals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rejoinder.model import (
    Act,
    Article,
    Attribution,
    Extraction,
    How,
    Mention,
    MentionKind,
    NameType,
    Span,
    Spans,
    Statement,
)
from rejoinder.resolve import statements
from rejoinder.text import normalise

Reported = Callable[..., tuple[Article, Extraction]]

#: Paragraphs that have nothing to do with one another.
UNRELATED = [
    """\
| [Finnish Foreign Minister *Leena Varpio*] {said} <the strait would stay open>.
  [*Varpio*] {asked} <for talks>.""",
    """\
| [Russian government spokeswoman *Milica Obrovac*] {said} <the cable had been cut>.
  <“It was no accident,”> [she] {said}.""",
    """\
| [The _Latvian Defence Ministry_] {denied} <it>.
  [The ministry] {asked} <for proof>.""",
    """\
| [The _Kremlin_] {said} <the drills were routine>.""",
    """\
| [China's _U.N._ ambassador, *Wei Linhua*], {said} <the port was closed>.
  [The Chinese ambassador] {gave} <no date>.""",
    """\
| [Two senior Ukrainian officials] {said} <the fleet had sailed>.
  [They] {gave} <no date>.""",
    """\
| [*Anders Holmqvist* and *Rosalía Quint Marrero*] {said} <the catch was legal>.
  [*Holmqvist*] {showed} <the papers>.""",
    """\
| [The _Nordic Fisheries Watch Trust_ (_NFWT_)] {said} <the catch was not>.
  [_NFWT_] {showed} <no papers>.""",
]


def who(reported: Reported, paragraphs: Sequence[str]) -> dict[str, tuple[object, ...]]:
    """Tell to whom each source is resolved, and how, by its words and what it said."""
    article, extraction = reported("\n".join(paragraphs))
    return {
        " | ".join(article.text[a:b] for a, b in (*s.source, *s.content)): (
            s.speaker,
            s.resolution and s.resolution.how,
        )
        for s in statements(article, extraction)[0]
    }


@given(order=st.permutations(range(len(UNRELATED))))
def test_the_order_of_unrelated_paragraphs_does_not_matter(
    order: list[int], reported: Reported
) -> None:
    shuffled = who(reported, [UNRELATED[i] for i in order])
    assert shuffled == who(reported, UNRELATED)


@given(kept=st.sets(st.sampled_from(range(len(UNRELATED))), min_size=1))
def test_nor_whether_the_others_are_there(kept: set[int], reported: Reported) -> None:
    whole = who(reported, UNRELATED)
    part = who(reported, [UNRELATED[i] for i in sorted(kept)])
    assert part == {source: whole[source] for source in part}


#: Reports in which two, A and B, fit the last source equally well.
TIES = [
    "| *{A}* met *{B}* in ~Oslo~ on Monday. [She] {{said}} <the strait was open>.",
    "| *{A}* and *{B}* met in ~Oslo~ on Monday. [He] {{said}} <the strait was open>.",
    "| [*{A}* and *{B}*] {{said}} <it was open>.\n| [He] {{added}} <that it always had been>.",
    "| Spokesman *{A}* met spokesman *{B}* in ~Oslo~. [He] {{said}} <the strait was open>.",
    "| Premier *{A}* met Premier *{B}* in ~Oslo~. [The premier] {{said}} <it was open>.",
    "| Latvian envoy *{A}* met Finnish envoy *{B}*. [The envoy] {{said}} <it was open>.",
]
NAMED = ["Leena Varpio", "Tomas Ostrelid", "Orla Skarsgard", "Wei Linhua", "Kim Seol-ram"]


@pytest.mark.parametrize("tie", TIES)
@given(pair=st.permutations(NAMED))
def test_a_tie_stays_open_whoever_comes_first(
    tie: str, pair: list[str], reported: Reported
) -> None:
    for a, b in (pair[:2], pair[1::-1]):
        article, extraction = reported(tie.format(A=a, B=b))
        *_, last = statements(article, extraction)[0]
        assert last.resolution
        assert last.resolution.how is How.UNRESOLVED
        assert last.speaker
        assert last.speaker.side is None


@given(first=st.permutations(["Pavel", "Irena", "Jan"]), chance=st.floats(0, 0.5))
def test_a_surname_that_two_bear_stays_open(
    first: list[str], chance: float, reported: Reported
) -> None:
    report = f"""
| [*{first[0]} Hradek*] {{said}} <the cable had been cut>.
| [*{first[1]} Hradek*] {{denied}} <it>.
| [*Hradek*] {{left}} <it open>."""
    links = [("Hradek", f"{name} Hradek", chance) for name in first[:2]]
    article, extraction = reported(report, links=links)
    *_, last = statements(article, extraction)[0]
    assert last.resolution
    assert last.resolution.how is How.UNRESOLVED


#: A report, whom its sources are reported to speak for (nobody, the United States, another), and
#: the side that they have then.
STANDS: list[tuple[str, list[tuple[float, float, float]], str | None]] = [
    ("| [*Ilse Maren*] {said} <the strait was open>.", [(0.9, 0.1, 0.0)], None),
    ("| [*Ilse Maren*] {said} <the strait was open>.", [(0.1, 0.9, 0.0)], "United States"),
    # Whose else, the states named about it say, where most of them are one.
    ("| [*Ilse Maren*] {said} in ~Oslo~ <it was open>.", [(0.1, 0.0, 0.9)], "Norway"),
    ("| [*Ilse Maren*] {said} <the strait was open>.", [(0.1, 0.0, 0.9)], None),
    # All her statements are heard, not the last alone.
    (
        "| [*Ilse Maren*] {said} <it was open>.\n| [*Maren*] {added} <that it always was>.",
        [(0.1, 0.9, 0.0), (0.6, 0.4, 0.0)],
        "United States",
    ),
    # A senator who is president too: the words do not agree, so how it is reported tells.
    (
        "| [President *Ilse Maren*] {said} <no>.\n| [Senator *Maren*] {added} <that it was late>.",
        [(0.1, 0.9, 0.0), (0.1, 0.9, 0.0)],
        "United States",
    ),
    (
        "| [Former President *Ilse Maren*] {said} <no>.\n| [President *Maren*] {signed} <it>.",
        [(0.1, 0.9, 0.0), (0.1, 0.9, 0.0)],
        None,
    ),
    # What the report's own words say stands, unless it is all but sure that they mislead.
    (
        "| [*Ilse Maren*, president of Norway's Energy Alliance,] {said} <no>.",
        [(0.97, 0.02, 0.01)],
        None,
    ),
    ("| [Norwegian minister *Ilse Maren*] {said} <it was open>.", [(0.9, 0.1, 0.0)], "Norway"),
    ("| [Senator *Ilse Maren*] {said} <it was open>.", [(0.1, 0.9, 0.0)], None),
    ("| [Norway's minister, *Ilse Maren*,] {said} <it was open>.", [(0.9, 0.1, 0.0)], "Norway"),
    ("| [~Oslo~] {said} <the strait was open>.", [(0.9, 0.1, 0.0)], "Norway"),
]


@pytest.mark.parametrize(("report", "stands", "side"), STANDS)
def test_how_somebody_is_reported_tells_the_side_where_no_words_do(
    report: str, stands: list[tuple[float, float, float]], side: str | None, reported: Reported
) -> None:
    article, extraction = reported(report)
    heard = [
        replace(a, stands=told) for a, told in zip(extraction.attributions, stands, strict=True)
    ]
    made, _ = statements(article, replace(extraction, attributions=tuple(heard)))
    assert {s.speaker.side for s in made if s.speaker} == {side}


#: More of these, where an office says something but not all.
OFFICES_HEARD = [
    # An office of government makes it unlikelier that its holder speaks for nobody.
    ("| ~Norway~ was calm. [President *Ilse Maren*] {said} <no>.", (0.6, 0.0, 0.4), "Norway"),
    ("| ~Norway~ was calm. [Doctor *Ilse Maren*] {said} <no>.", (0.6, 0.0, 0.4), None),
    # The United States have no prime minister: what speaks for them speaks for another.
    ("| ~Norway~ was calm. [Prime Minister *Ilse Maren*] {said} <no>.", (0.3, 0.6, 0.1), "Norway"),
    ("| [The defence minister] {denied} <it>.", (0.1, 0.8, 0.1), None),
]


@pytest.mark.parametrize(("report", "stands", "side"), OFFICES_HEARD)
def test_an_office_weighs_in_how_somebody_is_reported(
    report: str, stands: tuple[float, float, float], side: str | None, reported: Reported
) -> None:
    article, extraction = reported(report)
    (told,) = extraction.attributions
    heard = replace(extraction, attributions=(replace(told, stands=stands),))
    ((statement,), _) = statements(article, heard)
    assert statement.speaker and statement.speaker.side == side


@pytest.mark.parametrize(
    ("report", "side", "guessed"),
    [
        ("| [~Norway~'s _Foreign Ministry_] {said} <no>.", "Norway", False),
        ("| [Norwegian minister *Ilse Maren*] {said} <no>.", "Norway", False),
        ("| [~Oslo~] {said} <no>.", "Norway", False),
        ("| ~Norway~ was calm. [The Foreign Ministry] {said} <no>.", "Norway", True),
        ("| [*Ilse Maren*] {said} <no>.", None, False),
    ],
)
def test_a_side_that_no_words_say_is_a_guess(
    report: str, side: str | None, guessed: bool, reported: Reported
) -> None:
    ((made,), _) = statements(*reported(report))
    assert made.speaker
    assert (made.speaker.side, made.speaker.side_guessed) == (side, guessed)


def test_an_office_is_told_without_whose_it_is(reported: Reported) -> None:
    ((made,), _) = statements(
        *reported("| [Its foreign minister, *Ilse Maren*,] {said} <the port was open>.")
    )
    assert made.speaker and made.speaker.role == "foreign minister"


def test_an_aide_has_the_side_of_a_chief_of_whom_it_was_only_heard(reported: Reported) -> None:
    article, extraction = reported(
        "| [*Ilse Maren*] {said} <the port was open>.\n| [A *Maren* aide] {denied} <it>."
    )
    first, second = extraction.attributions
    heard = (replace(first, stands=(0.1, 0.9, 0.0)), replace(second, stands=(0.9, 0.1, 0.0)))
    (_, aide), _ = statements(article, replace(extraction, attributions=heard))
    assert aide.speaker and aide.speaker.side == "United States"


#: The words that may name a target with how likely that is, and the target.
AIMED = [
    ({"Orla Brandt": 0.6}, "Orla Brandt"),
    ({"Orla Brandt": 0.2}, None),
    # All that mean one actor count together.
    ({"Orla Brandt": 0.2, "Brandt": 0.2, "Wei Linhua": 0.3}, "Orla Brandt"),
    # A part of a name is that name.
    ({"Orla": 0.6}, "Orla Brandt"),
    # What is likely of the speaker is shared out, but a little stays a little.
    ({"Maren": 0.6, "Wei Linhua": 0.15}, "Wei Linhua"),
    ({"Maren": 0.97, "Wei Linhua": 0.02}, None),
    # Nobody is aimed at by his own words.
    ({"Ilse Maren": 0.6, "Wei Linhua": 0.35}, "Wei Linhua"),
    ({"Maren": 0.9}, None),
    ({}, None),
]


@pytest.mark.parametrize(("aims", "target"), AIMED)
def test_the_target_is_whom_most_words_for_it_mean(
    aims: dict[str, float], target: str | None, reported: Reported
) -> None:
    article, extraction = reported(
        "| *Orla Brandt* met *Wei Linhua*. *Ilse Maren* came. "
        "[*Ilse Maren*] {told} <*Brandt* that *Maren* would go>."
    )
    made = aimed(article, extraction, aims, act=Act.WARN)
    assert (made.target.name if made.target else None) == target


def aimed(
    article: Article, extraction: Extraction, aims: Mapping[str, float], *, act: Act
) -> Statement:
    """Resolve an article with one attribution whose target may be named by some words."""
    (told,) = extraction.attributions
    spans = {words: article.text.rindex(words) for words in aims}
    found = tuple(((at, at + len(words)), aims[words]) for words, at in spans.items())
    told = replace(told, aims=found, act=act)
    (made,), _ = statements(article, replace(extraction, attributions=(told,)))
    return made


WORDS = [
    ",",
    "Vale",
    "Ann Vale",
    "Vale's",
    "Kim",
    "Seol-ram",
    "Mr.",
    "the minister",
    "The ministry",
    "of",
    "and",
    ".",
    "“",
    "”",
    "(NFWT)",
    "Russia",
    "Russian officials",
    "Moscow",
    "U.N.",
    "NATO's",
    "spokesman",
    "he",
    "she",
    "they",
    "who",
    "I",
    "we",
    "report by",
    "administration",
    "former",
    "An",
    "’s",
    "President",
    "Jr.",
    "–",
    "É",
    "克",
    "Monday",
    "\n",
]


def _somewhere(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, min(len(text), start + 40)))


@st.composite
def found_anywhere(draw: st.DrawFn) -> tuple[Article, Extraction]:
    """Draw any text, with attributions and mentions anywhere in it."""
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
    text = draw(words | st.text(min_size=1, max_size=60))

    def spans(most: int) -> Spans:
        return normalise(_somewhere(draw, text) for _ in range(draw(st.integers(0, most))))

    attributions = tuple(
        Attribution(
            source=spans(2),
            cue=spans(2),
            content=spans(2) or ((0, 1),),
            aims=tuple((span, draw(st.floats(0, 1))) for span in spans(3)),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    heads = sorted(_somewhere(draw, text) for _ in range(draw(st.integers(0, 8))))
    mentions = tuple(_mention(draw, head, number=i) for i, head in enumerate(heads))
    published = draw(st.none() | st.dates())
    return Article(id="a", text=text, published=published), Extraction(
        attributions=attributions, mentions=mentions
    )


def _mention(draw: st.DrawFn, head: Span, *, number: int) -> Mention:
    kind = draw(st.sampled_from(MentionKind))
    earlier = st.tuples(st.integers(0, max(0, number - 1)), st.floats(0, 1))
    return Mention(
        span=(max(0, head[0] - draw(st.integers(0, 4))), head[1]),
        head=head,
        kind=kind,
        type=draw(st.sampled_from(NameType)) if kind is MentionKind.NAME else None,
        antecedents=tuple(draw(st.lists(earlier, max_size=3))) if number else (),
    )


@settings(max_examples=300)
@given(found=found_anywhere())
@example(found=(Article(id="a", text=" "), Extraction(attributions=(), mentions=())))
def test_nothing_that_is_found_anywhere_makes_it_raise(found: tuple[Article, Extraction]) -> None:
    article, extraction = found
    made, remarks = statements(article, extraction)
    assert len(made) == len(extraction.attributions)
    assert remarks == ()
    assert (made, remarks) == statements(article, extraction)


@given(found=found_anywhere())
def test_whatever_is_resolved_says_why_by_spans_of_the_text(
    found: tuple[Article, Extraction],
) -> None:
    article, extraction = found
    for statement in statements(article, extraction)[0]:
        how = statement.resolution.how if statement.resolution else None
        shared = how in (How.SHARED, How.UNRESOLVED)
        assert (bool(statement.source) or bool(shared)) == (statement.speaker is not None)
        assert (statement.speaker is None) == (statement.resolution is None)
        if statement.resolution:
            chain = statement.resolution.chain
            assert chain
            assert all(0 <= start < end <= len(article.text) for start, end in chain)
            assert 0 <= statement.resolution.confidence <= 1
            assert (how is How.UNRESOLVED) == (statement.resolution.confidence == 0)


@given(found=found_anywhere())
def test_one_name_has_one_id_unless_it_is_open(found: tuple[Article, Extraction]) -> None:
    ids: dict[str, str] = {}
    for statement in statements(*found)[0]:
        if statement.resolution and statement.resolution.how is How.UNRESOLVED:
            continue
        for actor in (statement.speaker, statement.target):
            if actor:
                assert ids.setdefault(actor.name, actor.id) == actor.id


@given(found=found_anywhere())
def test_nobody_aims_at_himself(found: tuple[Article, Extraction]) -> None:
    for statement in statements(*found)[0]:
        if statement.speaker and statement.target:
            assert statement.speaker.id != statement.target.id


def test_who_said_nothing_is_nobody(reported: Reported) -> None:
    article, extraction = reported("| {It was said} <that the strait was open>.")
    (statement,) = statements(article, extraction)[0]
    assert statement.speaker is None
    assert statement.resolution is None


@pytest.mark.parametrize(("between", "shared"), [(" and ", True), (". It ", False)])
def test_a_statement_without_source_goes_on_with_its_sentence(between: str, shared: bool) -> None:
    text = f"Leena Varpio said it was open{between}warned against it."

    def span(words: str) -> Span:
        return text.index(words), text.index(words) + len(words)

    name, open_, against = span("Leena Varpio"), span("it was open"), span("against it")
    found = (
        Attribution(source=(name,), cue=(span("said"),), content=(open_,)),
        Attribution(source=(), cue=(span("warned"),), content=(against,)),
    )
    mention = Mention(span=name, head=name, kind=MentionKind.NAME, type=NameType.PERSON)
    extraction = Extraction(attributions=found, mentions=(mention,))
    (_, second), _ = statements(Article(id="a", text=text), extraction)
    assert (second.speaker is not None) == shared
    assert not shared or (second.resolution and second.resolution.how is How.SHARED)


@pytest.mark.parametrize(("word", "shared"), [("Noting", True), ("It was noted", False)])
def test_a_statement_that_opens_a_sentence_has_its_speaker(word: str, shared: bool) -> None:
    text = f"{word} that the port was open, Joost Akkerveen asked for calm."
    spans = {w: (text.index(w), text.index(w) + len(w)) for w in (word, "Joost Akkerveen", "asked")}
    first = Attribution(
        source=(), cue=(spans[word],), content=((len(word) + 1, text.index(",")),), confidence=1.0
    )
    second = Attribution(
        source=(spans["Joost Akkerveen"],),
        cue=(spans["asked"],),
        content=((spans["asked"][1] + 1, len(text) - 1),),
        confidence=1.0,
    )
    made, _ = statements(Article(id="a", text=text), Extraction(attributions=(first, second)))
    assert (made[0].speaker is not None) == shared
    assert not shared or made[0].speaker == made[1].speaker
