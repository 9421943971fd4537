"""What differs between versions, where an utterance is one of many."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.difference import compare
from rejoinder.export import differences
from rejoinder.merge.told import Carrier, Utterance
from rejoinder.model import Act
from rejoinder.web.retold import loud, loudest, rows_of
from rejoinder.web.shown import Shown

OPEN, SHUT = "We will open the southern banks in May", "We will not open the southern banks in May"
WORDINGS = (OPEN, SHUT, "We will open the banks", "We may open the southern banks in June")


def _carrier(number: int, words: str, *, quoted: bool = False) -> Carrier:
    said = f"“{words}”" if quoted else words
    text = f"Ana Brekka said {said}, and left."
    at = text.index(words)
    return Carrier(
        article=f"r{number}",
        title=None,
        outlet=f"Paper {number}",
        url=None,
        published=date(2026, 3, 3),
        statement="s1",
        number=number,
        kind="direct" if quoted else "indirect",
        act=Act.PLEDGE,
        confidence=0.9,
        act_confidence=0.9,
        words=words,
        content=((at, at + len(words)),),
        parts=((0, 10),),
        text=text,
        source="Ana Brekka",
        cue="said",
        occasion="",
        via="",
        current=True,
    )


def _told(*carriers: Carrier) -> Utterance:
    return Utterance(
        id=1,
        figure=None,
        speaker="Ana Brekka",
        role=None,
        side=None,
        side_guessed=False,
        act=Act.PLEDGE,
        target=None,
        target_figure=None,
        target_side=None,
        said_on=None,
        carriers=carriers,
    )


@given(st.lists(st.tuples(st.sampled_from(WORDINGS), st.booleans()), min_size=1, max_size=12))
def test_a_list_says_of_few_wordings_what_the_page_of_the_utterance_says(
    versions: list[tuple[str, bool]],
) -> None:
    told = _told(*(_carrier(n, words, quoted=quoted) for n, (words, quoted) in enumerate(versions)))
    whole = differences.versions_of(told)
    rows = compare(whole).rows
    assert rows_of(told) == rows
    loud_ = [row for row in rows if row.weight >= differences.ALARMING]
    assert Shown(told=told).alarming == bool(loud_)
    assert [one.sentence for one in loud([told])] == [
        differences.sentence(whole, row) for row in loud_[:1]
    ]


def test_many_copies_of_one_wording_hide_no_other() -> None:
    told = _told(*(_carrier(number, OPEN) for number in range(10)), _carrier(10, SHUT))
    (found,) = loudest([told], most=5)
    assert found.sentence == "Paper 10, 3 March 2026 has “not”, 10 versions lack it"
    assert Shown(told=told).differs == ("negation",)


def test_of_many_wordings_the_first_are_compared() -> None:
    wordings = [f"We will open {number} of the southern banks in May" for number in range(8)]
    told = _told(*(_carrier(number, words) for number, words in enumerate((*wordings, SHUT))))
    assert {row.sort.value for row in rows_of(told)} == {"number"}
    assert rows_of(_told(_carrier(0, OPEN))) == ()
