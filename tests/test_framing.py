"""What statements call things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.framing import Whose, by_thing, framings, whose
from rejoinder.model import Act, Actor, Article, Kind, Mode, Reading, Statement
from rejoinder.text import normalise

Told = Callable[..., Reading]

#: A text, its one statement's source, cue and content, and the thing and its name.
FRAMED = [
    (
        "Officials describe the drills as direct intervention.",
        ("Officials", "describe", "the drills as direct intervention"),
        ("the drills", "direct intervention"),
    ),
    (
        "NATO held its drills in May. Officials describe them as direct intervention.",
        ("Officials", "describe", "them as direct intervention"),
        ("its drills", "direct intervention"),
    ),
    (
        "Earlier Vale rejected the plan. Akers called it a threat.",
        ("Akers", "called", "it a threat"),
        ("the plan", "a threat"),
    ),
    (
        "Akers gave a sharp response to recent comments, framing them as a threat.",
        ("Akers", "framing", "them as a threat"),
        ("recent comments", "a threat"),
    ),
    (
        "The plan is old. Akers left, portraying it as preparation for war.",
        ("Akers", "portraying", "it as preparation for war"),
        ("The plan", "preparation for war"),
    ),
    *(
        (
            f"Akers, {cue} the raid as a farce, left.",
            ("Akers", cue, "the raid as a farce"),
            ("the raid", "a farce"),
        )
        for cue in ("decrying", "slamming", "labelling")
    ),
    (
        "Akers called the plan “an invasion” on Monday.",
        ("Akers", "called", "the plan “an invasion”"),
        ("the plan", "“an invasion”"),
    ),
    *(
        (
            f"Akers called the plan {name}{rest}.",
            ("Akers", "called", f"the plan {name}{rest}"),
            ("the plan", name),
        )
        for name, rest in (
            ('“an invasion"', ""),
            ('“an invasion"', " and Vale “mad”"),
        )
    ),
    (
        "Akers called the plan an invasion.",
        ("Akers", "called", "the plan an invasion"),
        ("the plan", "an invasion"),
    ),
    (
        "Akers called the plan a gift to Mr. Vale. Nobody else did.",
        ("Akers", "called", "the plan a gift to Mr. Vale"),
        ("the plan", "a gift to Mr. Vale"),
    ),
    (
        "Officials describe Gen. Vale as heralding Mr. Akers, who left.",
        ("Officials", "describe", "Gen. Vale as heralding Mr. Akers, who left"),
        ("Gen. Vale", "heralding Mr. Akers"),
    ),
    (
        "The plan is old. Akers said: “It is a plot of Dr. Lind.”",
        ("Akers", "said", "It is a plot of Dr. Lind."),
        ("The plan", "a plot of Dr. Lind"),
    ),
    (
        "Akers called this plan a gift.",
        ("Akers", "called", "this plan a gift"),
        ("this plan", "a gift"),
    ),
    (
        "The plan is old. Akers calls it a threat, and left.",
        ("Akers", "calls", "it a threat"),
        ("The plan", "a threat"),
    ),
    (
        "The drills went on. “All this is, of course, an obvious plan for war,” Akers said.",
        ("Akers", "said", "“All this is, of course, an obvious plan for war,”"),
        ("The drills", "an obvious plan for war"),
    ),
    (
        "The vote was held. “This is a farce,” Akers said.",
        ("Akers", "said", "“This is a farce,”"),
        ("The vote", "a farce"),
    ),
    (
        "Akers said the drills, a so-called “show of calm”, were over.",
        ("Akers", "said", "the drills, a so-called “show of calm”, were over"),
        ("the drills", "“show of calm”"),
    ),
    (
        "Akers said the fleet would sail, and described the talks as dead.",
        ("Akers", "said", "the fleet would sail, and described the talks as dead"),
        ("the talks", "dead"),
    ),
    (
        "The comments, described by Akers as a threat, were old.",
        ("Akers", "described", "as a threat"),
        ("The comments", "a threat"),
    ),
    (
        "Akers dismissed the report as “pure fiction” on Monday.",
        ("Akers", "dismissed", "the report as “pure fiction”"),
        ("the report", "“pure fiction”"),
    ),
    (
        "Akers called the plan to try the captain in the north “a farce” on Monday.",
        ("Akers", "called", "the plan to try the captain in the north “a farce” on Monday"),
        ("the plan to try the captain in the north", "“a farce”"),
    ),
    (
        "Akers described that quake as a test.",
        ("Akers", "described", "that quake as a test"),
        ("that quake", "a test"),
    ),
    (
        "Akers sees the trade gap as evidence that U.S. firms lose.",
        ("Akers", "sees", "the trade gap as evidence that U.S. firms lose"),
        ("the trade gap", "evidence that U.S. firms lose"),
    ),
    (
        "Akers described the U.S. as a partner of the U.K. They left.",
        ("Akers", "described", "the U.S. as a partner of the U.K. They left."),
        ("the U.S.", "a partner of the U.K."),
    ),
    (
        "Akers dismissed the raid as well as the blockade as routine.",
        ("Akers", "dismissed", "the raid as well as the blockade as routine"),
        ("the raid as well as the blockade", "routine"),
    ),
    (
        "Those warnings were dubbed “Project Gloom” by Akers.",
        ("Akers", "dubbed", "Those warnings were dubbed “Project Gloom”"),
        ("Those warnings", "“Project Gloom”"),
    ),
    (
        "Vale’s fleet is widely seen as a threat.",
        ("Vale", "is widely seen", "Vale’s fleet is widely seen as a threat"),
        ("Vale’s fleet", "a threat"),
    ),
    (
        "Akers characterized the tariffs not only as a wall but a gift.",
        ("Akers", "characterized", "the tariffs not only as a wall but a gift"),
        ("the tariffs", "a wall"),
    ),
    (
        "Akers, who did not attend, called the deal a gift.",
        ("Akers", "called", "the deal a gift"),
        ("the deal", "a gift"),
    ),
    (
        "Akers slammed the law in a written statement. “It is a farce,” she said.",
        ("she", "said", "“It is a farce,”"),
        ("the law", "a farce"),
    ),
    (
        "“What they call a seizure we call an inspection,” Akers said.",
        ("Akers", "said", "“What they call a seizure we call an inspection,”"),
        ("a seizure", "an inspection"),
    ),
    (
        "Akers said that what Vale calls a rescue, we would call “theft”.",
        ("Akers", "said", "that what Vale calls a rescue, we would call “theft”"),
        ("a rescue", "“theft”"),
    ),
]
#: These name nothing, or nothing that the report has named.
UNFRAMED = [
    ("Akers said the strait was open.", ("Akers", "said", "the strait was open")),
    ("Akers called on the fleet to sail.", ("Akers", "called on", "the fleet to sail")),
    ("Akers called for a vote.", ("Akers", "called for", "a vote")),
    ("Akers called it a threat.", ("Akers", "called", "it a threat")),
    ("The deal held. Akers called him a liar.", ("Akers", "called", "him a liar")),
    ("The deal held. Akers called them a threat.", ("Akers", "called", "them a threat")),
    ("The drills went on. Akers called it a threat.", ("Akers", "called", "it a threat")),
    ("Akers described the drills.", ("Akers", "described", "the drills")),
    ("“It is a threat,” Akers said.", ("Akers", "said", "“It is a threat,”")),
    ("Akers said he served as an envoy.", ("Akers", "said", "he served as an envoy")),
    ("Akers said what they call a ban ends.", ("Akers", "said", "what they call a ban ends")),
    ("Akers said he saw as much as you.", ("Akers", "said", "he saw as much as you")),
    (
        "Akers left the drills, which Oslo describes as routine, to others.",
        ("Akers", "left", "the drills, which Oslo describes as routine, to others"),
    ),
    *(
        (f"The ban held. {who} {cue} {it}.", (who, cue, it))
        for who, cue, it in (
            ("Akers", "characterized", "the tariffs not as a trade war"),
            ("Akers", "did not refer to", "the raid as a strike"),
            ("Akers", "didn’t seem to view", "Oslo as a threat"),
            ("Akers", "hardly regards", "Oslo as a threat"),
            ("Akers", "refusing to refer to", "it as “lenient”"),
            ("Akers", "stopped short of calling", "the deal a mistake"),
            ("Akers never", "called", "the deal a mistake"),
            ("Akers declined to publicly", "call", "the deal a mistake"),
            ("Akers", "did not say", "this was a mistake"),
            ("Akers", "said", "it was the chief of staff, Gen. Vale, who held the vote"),
            ("Akers", "said", "it was the U.S. envoy that held the vote"),
            ("Akers", "called out", "Oslo for dumping steel in the north"),
            ("Akers", "criticized", "the speeches as well as the marches"),
            ("Akers", "called", "the impounding of “Ann” a farce"),
            ("Akers", "saw", "a raid that she described as routine"),
        )
    ),
    (
        "The ruling, after his election, is a blow. It rained. “It is a farce,” Akers said.",
        ("Akers", "said", "“It is a farce,”"),
    ),
    ("The plan is old.\n“It is a farce,” Akers said.", ("Akers", "said", "“It is a farce,”")),
    *(
        (f"Akers called {it} “a farce”.", ("Akers", "called", f"{it} “a farce”"))
        for it in ("this an", "which Oslo sees", "that he sees", "whose fleet Oslo used to")
    ),
    *(
        (f"Akers described {it} as a farce.", ("Akers", "described", f"{it} as a farce"))
        for it in ("this an", "that he sees", "whom Oslo", "the fleet that Oslo saw")
    ),
]


@pytest.mark.parametrize(("text", "said", "framed"), FRAMED)
def test_a_thing_is_called_by_a_name(
    text: str, said: tuple[str, str, str], framed: tuple[str, str], told: Told
) -> None:
    reading = told(text, said)
    statements = [replace(s, naming=0.9) for s in reading.statements]
    found = framings(reading.article, statements)
    assert [
        (text[slice(*framing.thing[0])], text[slice(*framing.label[0])]) for framing in found
    ] == [framed]
    assert found[0].statement == "s1"


#: A text, its one statement's source, cue and content, the thing if any, and its name.
ONLY_SO = [
    (
        "It was sunk in what Akers has since called an “accident of war.” It rained.",
        ("Akers", "called", "an “accident of war.”"),
        (None, "an “accident of war.”"),
    ),
    (
        "Oslo wants to end what Mr. Akers described as a raid on its ports.",
        ("Mr. Akers", "described", "as a raid on its ports"),
        (None, "a raid on its ports"),
    ),
    (
        'They ended the strikes, what Akers calls "a farce," on Monday.',
        ("Akers", "calls", '"a farce,"'),
        ("the strikes", '"a farce,"'),
    ),
    (
        "Akers said ships of what he called a “free fleet” would sail.",
        ("Akers", "said", "ships of what he called a “free fleet” would sail"),
        (None, "“free fleet”"),
    ),
]


@pytest.mark.parametrize(("text", "said", "framed"), ONLY_SO)
def test_a_thing_may_have_no_other_name(
    text: str, said: tuple[str, str, str], framed: tuple[str | None, str], told: Told
) -> None:
    reading = told(text, said)
    (found,) = framings(reading.article, reading.statements)
    thing = text[slice(*found.thing[0])] if found.thing else None
    assert (thing, text[slice(*found.label[0])]) == framed
    assert whose(text, (), ()) is Whose.REPORT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is what we call a raid.", ("we", "call", "a raid")),
        ("It is what one calls a raid.", ("one", "calls", "a raid")),
        ("It is what Akers never called a raid.", ("Akers", "never called", "a raid")),
        ("It is what Orr wants. Akers called the raid off.", ("Akers", "called", "the raid off")),
        ("What led Akers to call a raid?", ("Akers", "call", "a raid")),
        ("Orr did what he could and Akers called a vote.", ("Akers", "called", "a vote")),
        ("He asked what happened before Akers called a vote.", ("Akers", "called", "a vote")),
        ("It is what others call a raid.", ("others", "call", "a raid")),
        ("It is what Akers called for.", ("Akers", "called", "for")),
    ],
)
def test_what_nobody_calls_it_is_no_name(text: str, said: tuple[str, str, str], told: Told) -> None:
    reading = told(text, said)
    assert framings(reading.article, reading.statements) == ()


def test_the_report_may_stand_between_two_names(told: Told) -> None:
    text = "“What my colleague calls a seizure,” Akers said, “we call an inspection.”"
    reading = told(text, ("Akers", "said", "“What my colleague calls a seizure,”"))
    first = reading.statements[0].content[0]
    second = (text.index("“we"), len(text))
    statement = replace(reading.statements[0], content=(first, second))
    (found,) = framings(reading.article, [statement])
    assert text[slice(*found.thing[0])] == "a seizure"
    assert text[slice(*found.label[0])] == "an inspection"
    assert framings(reading.article, reading.statements) == ()


@pytest.mark.parametrize(("text", "said"), UNFRAMED)
def test_where_nothing_can_be_pointed_at_nothing_is_framed(
    text: str, said: tuple[str, str, str], told: Told
) -> None:
    reading = told(text, said)
    assert framings(reading.article, reading.statements) == ()


def test_what_the_wording_leaves_unsure_needs_a_statement_that_names(told: Told) -> None:
    text = "Akers said the drills, a so-called “show of calm”, were over."
    reading = told(text, ("Akers", "said", "the drills, a so-called “show of calm”, were over."))
    assert framings(reading.article, reading.statements) == ()


@pytest.mark.parametrize("act", [Act.DENY, Act.REJECT])
def test_who_denies_that_it_is_so_does_not_call_it_so(told: Told, act: Act) -> None:
    text = "The plan came out. Akers denied that it was an invasion."
    reading = told(text, ("Akers", "denied", "that it was an invasion."))
    denial = [replace(s, act=act) for s in reading.statements]
    assert framings(reading.article, denial) == ()


def test_what_another_spoke_of_is_not_what_it_is(told: Told) -> None:
    text = "“The plan is old,” Vale said. “It is a farce,” Akers said."
    reading = told(
        text, ("Vale", "said", "“The plan is old,”"), ("Akers", "said", "“It is a farce,”")
    )
    vale, akers = (Actor(id=name, name=name) for name in ("vale", "akers"))
    first, second = reading.statements
    told_apart = [replace(first, speaker=vale), replace(second, speaker=akers)]
    assert framings(reading.article, told_apart) == ()


def test_two_names_for_one_thing_are_found_together(told: Told) -> None:
    text = "Akers called the plan an invasion. Vale described this plan as a gift."
    first, second = ("called", "the plan an invasion"), ("described", "this plan as a gift")
    reading = told(text, ("Akers", *first), ("Vale", *second))
    found = framings(reading.article, reading.statements)
    assert [[f.statement for f in group] for group in by_thing(text, found).values()] == [
        ["s1", "s2"]
    ]


WORDS = ["describe", "called", "as", "it", "a threat", "the plan", "“", "”", ",", "This is", "\n"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join), st.data())
def test_both_parts_are_words_of_the_report(text: str, data: st.DataObject) -> None:
    bound = st.integers(0, len(text))
    pairs = st.lists(st.tuples(bound, bound), max_size=2).map(normalise)
    statement = Statement(
        id="s1",
        kind=Kind.MIXED,
        mode=Mode.SAID,
        source=(),
        cue=data.draw(pairs),
        content=data.draw(pairs.filter(bool)),
    )
    for framing in framings(Article(id="a", text=text), [statement]):
        (thing,), (label,) = framing.thing, framing.label
        assert all(0 <= start < end <= len(text) for start, end in (thing, label))
        assert thing[1] <= label[0] or label[1] <= thing[0]


@pytest.mark.parametrize(
    ("thing", "content", "word"),
    [
        ("The drills", "“a farce” and her “so-called visit” a gift", Whose.REPORT),
        ("so-called visit", "“a farce” and her “so-called visit” a gift", Whose.CALLER),
        ("her “so-called visit”", "“a farce” and her “so-called visit” a gift", Whose.CALLER),
        ("a seizure", "“What they call a seizure we call an inspection,”", Whose.OTHERS),
        ("the raid", "“a farce”", Whose.QUOTED),
    ],
)
def test_it_is_told_whose_word_a_thing_is(thing: str, content: str, word: Whose) -> None:
    text = (
        "Vale spoke of “the raid”.\n"
        "The drills, Akers said, were “a farce” and her “so-called visit” a gift.\n"
        "“What they call a seizure we call an inspection,” Akers said."
    )
    at = [((text.index(words), text.index(words) + len(words)),) for words in (thing, content)]
    assert whose(text, *at) is word
